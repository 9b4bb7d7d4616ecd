"""Registrations that keep a callback, and what takes it out again. Data only: this module imports nothing.

LISTENERS, one entry a line, keyed by the qualified name of the registering callable with its imports resolved
(a method with its class, as in `resources`; `resources.RETURNS` leads from factories to classes), or by a method name
with a leading dot, for receivers of unknown type: a heuristic, asked only when no qualified name fits.

1. held: what the registry does with the callable.
   STRONG        keeps it, and all that it refers to, alive
   WEAK          holds it weakly
   METHODS_WEAK  bound methods weakly, functions, lambdas and partials strongly
   PARAM_WEAK    weakly unless the call passes weak=False
   PARAM_STRONG  strongly unless the call passes weak=True
2. again: registering the same callable on the same receiver for the same event once more
   ADDS          makes a second entry
   SAME          changes nothing; a fresh lambda or partial, or a method of another object, is another callable
   REPLACES      takes the place of the entry of that event, signal or name: it grows by distinct names only
   ERROR         raises
3. undo: alternatives.
   "off"                 a method of the same receiver
   "atexit.unregister()" ends in "()": a callable, by qualified name
   "<result>.cancel"     a method of what the registration returned
   "<result>()"          a call of what the registration returned
   ()                    there is none
   A setter undoes itself by its next call, and names itself.
4. the once-only variant: a method of the same receiver that drops the callback when it has fired, or ""

Left out: what fires once and is then dropped (done callbacks, timers, `Deferred.addCallback`, `on_commit`, exit
stacks); registries of types and names that hold no callback; appends to lists of the interpreter (`gc.callbacks`,
`sys.meta_path`), which belong to the rule on interpreter state; `weakref.finalize`, which has a rule of its own.
"""

from __future__ import annotations

STRONG, WEAK, METHODS_WEAK, PARAM_WEAK, PARAM_STRONG = "strong", "weak", "methods weak", "weak=", "strong="
ADDS, SAME, REPLACES, ERROR = "adds", "same", "replaces", "error"

#: qualified name, or a method name with a leading dot (a heuristic) ->
#: (how the callback is held, what registering the same callable again does, undo, the once-only variant or "")
LISTENERS: dict[str, tuple[str, str, tuple[str, ...], str]] = {
    # standard library: the process
    "atexit.register": (STRONG, ADDS, ("atexit.unregister()",), ""),
    "os.register_at_fork": (STRONG, ADDS, (), ""),
    "signal.signal": (STRONG, REPLACES, ("signal.signal()",), ""),
    "sys.addaudithook": (STRONG, ADDS, (), ""),
    "sys.settrace": (STRONG, REPLACES, ("sys.settrace()",), ""),
    "sys.setprofile": (STRONG, REPLACES, ("sys.setprofile()",), ""),
    "sys.monitoring.register_callback": (STRONG, REPLACES, ("sys.monitoring.register_callback()",), ""),
    "threading.settrace": (STRONG, REPLACES, ("threading.settrace()",), ""),
    "threading.setprofile": (STRONG, REPLACES, ("threading.setprofile()",), ""),
    "codecs.register": (STRONG, ADDS, ("codecs.unregister()",), ""),
    "multiprocessing.util.register_after_fork": (STRONG, ADDS, (), ""),
    "billiard.util.register_after_fork": (STRONG, ADDS, (), ""),
    # standard library: logging (a handler made per call is another handler each time)
    "logging.Logger.addHandler": (STRONG, SAME, ("removeHandler",), ""),
    "logging.Logger.addFilter": (STRONG, SAME, ("removeFilter",), ""),
    "logging.Handler.addFilter": (STRONG, SAME, ("removeFilter",), ""),
    "logging.setLogRecordFactory": (STRONG, REPLACES, ("logging.setLogRecordFactory()",), ""),
    # standard library: loops and selectors
    "asyncio.AbstractEventLoop.add_reader": (STRONG, REPLACES, ("remove_reader",), ""),
    "asyncio.AbstractEventLoop.add_writer": (STRONG, REPLACES, ("remove_writer",), ""),
    "asyncio.AbstractEventLoop.add_signal_handler": (STRONG, REPLACES, ("remove_signal_handler",), ""),
    "asyncio.AbstractEventLoop.set_exception_handler": (STRONG, REPLACES, ("set_exception_handler",), ""),
    "selectors.BaseSelector.register": (STRONG, ERROR, ("unregister", "close"), ""),
    # standard library: sqlite3 and tkinter (a second bind replaces the first, whose Tcl command stays)
    "sqlite3.Connection.create_function": (STRONG, REPLACES, ("create_function", "close"), ""),
    "sqlite3.Connection.set_trace_callback": (STRONG, REPLACES, ("set_trace_callback", "close"), ""),
    "tkinter.Misc.bind": (STRONG, ADDS, ("unbind", "destroy"), ""),
    "tkinter.Misc.bind_all": (STRONG, ADDS, ("unbind_all",), ""),
    "tkinter.Misc.bind_class": (STRONG, ADDS, ("unbind_class",), ""),
    "tkinter.Variable.trace_add": (STRONG, ADDS, ("trace_remove",), ""),
    # Django and Celery: a new closure, or a method of a new object, is a new entry
    "django.dispatch.Signal.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "django.dispatch.receiver": (PARAM_WEAK, SAME, ("django.dispatch.Signal.disconnect()",), ""),
    "django.db.models.signals.pre_init.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "django.db.models.signals.post_init.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "django.db.models.signals.pre_save.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "django.db.models.signals.post_save.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "django.db.models.signals.pre_delete.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "django.db.models.signals.post_delete.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "django.db.models.signals.m2m_changed.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "django.db.models.signals.class_prepared.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "django.db.models.signals.pre_migrate.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "django.db.models.signals.post_migrate.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "django.core.signals.request_started.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "django.core.signals.request_finished.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "django.core.signals.got_request_exception.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "django.core.signals.setting_changed.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "celery.signals.task_prerun.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "celery.signals.task_postrun.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "celery.signals.task_success.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "celery.signals.task_failure.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "celery.signals.task_retry.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "celery.signals.task_revoked.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "celery.signals.worker_init.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "celery.signals.worker_ready.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "celery.signals.worker_process_init.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "celery.signals.worker_shutdown.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "celery.signals.setup_logging.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    # Blinker and Flask
    "blinker.Signal.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "blinker.Signal.connect_via": (PARAM_STRONG, SAME, ("disconnect",), ""),
    "flask.request_started.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "flask.request_finished.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "flask.got_request_exception.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "flask.template_rendered.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "flask.appcontext_tearing_down.connect": (PARAM_WEAK, SAME, ("disconnect",), ""),
    "flask.Flask.before_request": (STRONG, ADDS, (), ""),
    "flask.Flask.after_request": (STRONG, ADDS, (), ""),
    "flask.Flask.teardown_request": (STRONG, ADDS, (), ""),
    "flask.Flask.teardown_appcontext": (STRONG, ADDS, (), ""),
    # event emitters and observables
    "pyee.EventEmitter.on": (STRONG, SAME, ("remove_listener", "remove_all_listeners"), "once"),
    "pyee.EventEmitter.add_listener": (STRONG, SAME, ("remove_listener", "remove_all_listeners"), "once"),
    "pydispatch.dispatcher.connect": (PARAM_WEAK, SAME, ("pydispatch.dispatcher.disconnect()",), ""),
    "pubsub.pub.subscribe": (WEAK, SAME, ("pubsub.pub.unsubscribe()", "pubsub.pub.unsubAll()"), ""),
    "psygnal.SignalInstance.connect": (METHODS_WEAK, ADDS, ("disconnect",), ""),
    "reactivex.Observable.subscribe": (STRONG, ADDS, ("<result>.dispose",), ""),
    "rx.subject.Subject.subscribe": (STRONG, ADDS, ("<result>.dispose",), ""),
    "traitlets.HasTraits.observe": (STRONG, SAME, ("unobserve", "unobserve_all"), ""),
    "traitlets.link": (STRONG, ADDS, ("<result>.unlink",), ""),
    "traitlets.dlink": (STRONG, ADDS, ("<result>.unlink",), ""),
    "param.parameterized.Parameters.watch": (STRONG, ADDS, ("unwatch",), ""),
    # windows and plots
    "PyQt6.QtCore.pyqtBoundSignal.connect": (METHODS_WEAK, ADDS, ("disconnect",), ""),
    "PySide6.QtCore.SignalInstance.connect": (METHODS_WEAK, ADDS, ("disconnect",), ""),
    "kivy.clock.Clock.schedule_interval": (WEAK, ADDS, ("unschedule", "<result>.cancel"), "schedule_once"),
    "ipywidgets.Widget.observe": (STRONG, SAME, ("unobserve", "unobserve_all", "close"), ""),
    "ipywidgets.Widget.on_msg": (STRONG, SAME, ("close",), ""),
    "ipywidgets.Button.on_click": (STRONG, SAME, ("close",), ""),
    "matplotlib.backend_bases.FigureCanvasBase.mpl_connect": (METHODS_WEAK, SAME, ("mpl_disconnect",), ""),
    "matplotlib.backend_bases.TimerBase.add_callback": (STRONG, ADDS, ("remove_callback",), ""),
    "matplotlib.cbook.CallbackRegistry.connect": (METHODS_WEAK, SAME, ("disconnect",), ""),
    # databases
    "sqlalchemy.event.listen": (STRONG, SAME, ("sqlalchemy.event.remove()",), ""),
    "sqlalchemy.event.listens_for": (STRONG, SAME, ("sqlalchemy.event.remove()",), ""),
    "asyncpg.connection.Connection.add_listener": (STRONG, SAME, ("remove_listener", "reset", "close"), ""),
    "psycopg.Connection.add_notify_handler": (STRONG, ADDS, ("remove_notify_handler", "close"), ""),
    "psycopg.Connection.add_notice_handler": (STRONG, ADDS, ("remove_notice_handler", "close"), ""),
    "pymongo.monitoring.register": (STRONG, ADDS, (), ""),
    "redis.client.PubSub.subscribe": (STRONG, REPLACES, ("unsubscribe", "reset", "close"), ""),
    "redis.client.PubSub.psubscribe": (STRONG, REPLACES, ("punsubscribe", "reset", "close"), ""),
    # brokers and sockets
    "kafka.KafkaConsumer.subscribe": (STRONG, REPLACES, ("unsubscribe", "close"), ""),
    "confluent_kafka.Consumer.subscribe": (STRONG, REPLACES, ("unsubscribe", "close"), ""),
    "nats.aio.client.Client.subscribe": (STRONG, ADDS, ("<result>.unsubscribe", "drain", "close"), ""),
    "paho.mqtt.client.Client.message_callback_add": (STRONG, REPLACES, ("message_callback_remove",), ""),
    "pika.adapters.blocking_connection.BlockingChannel.basic_consume": (STRONG, ADDS, ("basic_cancel", "close"), ""),
    "pika.channel.Channel.basic_consume": (STRONG, ADDS, ("basic_cancel", "close"), ""),
    "socketio.Client.on": (STRONG, REPLACES, (), ""),
    "socketio.Server.on": (STRONG, REPLACES, (), ""),
    "grpc.Channel.subscribe": (STRONG, ADDS, ("unsubscribe", "close"), ""),
    "zmq.eventloop.zmqstream.ZMQStream.on_recv": (STRONG, REPLACES, ("stop_on_recv", "close"), ""),
    "zeroconf.Zeroconf.add_service_listener": (STRONG, REPLACES, ("remove_service_listener", "close"), ""),
    # browsers (dead with their page)
    "playwright.sync_api.Page.on": (STRONG, ADDS, ("remove_listener", "close"), "once"),
    "playwright.async_api.Page.on": (STRONG, ADDS, ("remove_listener", "close"), "once"),
    "playwright.sync_api.Page.route": (STRONG, ADDS, ("unroute", "unroute_all", "close"), ""),
    "playwright.async_api.Page.route": (STRONG, ADDS, ("unroute", "unroute_all", "close"), ""),
    "playwright.sync_api.Page.add_locator_handler": (STRONG, ADDS, ("remove_locator_handler", "close"), ""),
    "playwright.async_api.Page.add_locator_handler": (STRONG, ADDS, ("remove_locator_handler", "close"), ""),
    # web clients
    "botocore.hooks.HierarchicalEmitter.register": (STRONG, ADDS, ("unregister",), ""),
    "requests.Request.register_hook": (STRONG, ADDS, ("deregister_hook",), ""),
    # logs and metrics
    "loguru.logger.add": (STRONG, ADDS, ("remove",), ""),
    "opentelemetry.metrics.Meter.create_observable_counter": (STRONG, SAME, (), ""),
    "opentelemetry.metrics.Meter.create_observable_gauge": (STRONG, SAME, (), ""),
    "opentelemetry.metrics.Meter.create_observable_up_down_counter": (STRONG, SAME, (), ""),
    "opentelemetry.sdk.trace.TracerProvider.add_span_processor": (STRONG, ADDS, ("shutdown",), ""),
    "prometheus_client.CollectorRegistry.register": (STRONG, ERROR, ("unregister",), ""),
    "prometheus_client.Gauge.set_function": (STRONG, REPLACES, (), ""),
    "twisted.logger.LogPublisher.addObserver": (STRONG, SAME, ("removeObserver",), ""),
    # schedulers, watchers, loops
    "apscheduler.schedulers.base.BaseScheduler.add_job": (STRONG, ADDS, ("remove_job", "<result>.remove"), ""),
    "apscheduler.schedulers.base.BaseScheduler.add_listener": (STRONG, ADDS, ("remove_listener",), ""),
    "watchdog.observers.api.BaseObserver.schedule": (STRONG, SAME, ("unschedule", "unschedule_all", "stop"), ""),
    "tornado.ioloop.IOLoop.add_handler": (STRONG, ERROR, ("remove_handler",), ""),
    # bots, plugins, devices
    "discord.ext.commands.Bot.add_listener": (STRONG, ADDS, ("remove_listener",), "wait_for"),
    "telegram.ext.Application.add_handler": (STRONG, ADDS, ("remove_handler",), ""),
    "homeassistant.core.EventBus.async_listen": (STRONG, ADDS, ("<result>()",), "async_listen_once"),
    "homeassistant.helpers.dispatcher.async_dispatcher_connect": (STRONG, SAME, ("<result>()",), ""),
    "pluggy.PluginManager.register": (STRONG, ERROR, ("unregister",), ""),
    "IPython.core.events.EventManager.register": (STRONG, SAME, ("unregister",), ""),
    "can.Notifier.add_listener": (STRONG, ADDS, ("remove_listener", "stop"), ""),
    "asyncua.common.subscription.Subscription.subscribe_data_change": (STRONG, ADDS, ("unsubscribe", "delete"), ""),
    # heuristics. Too vague, and left out: .bind (sockets, signatures, structured loggers; a widget's bindings die with
    # it), .listen (sockets, servers), .attach (nodes, volumes, debuggers), .register (types, plugins, metrics),
    # .watch and .add (data), .hook and .use (no common undo)
    ".on": (STRONG, ADDS, ("off", "remove_listener", "removeListener", "remove_all_listeners"), "once"),
    ".add_listener": (STRONG, ADDS, ("remove_listener", "remove_all_listeners", "<result>()"), "once"),
    ".addListener": (STRONG, ADDS, ("removeListener", "removeAllListeners"), "once"),
    ".register_listener": (STRONG, ADDS, ("unregister_listener", "deregister_listener", "remove_listener"), ""),
    ".addEventListener": (STRONG, SAME, ("removeEventListener",), ""),
    ".add_event_listener": (STRONG, ADDS, ("remove_event_listener",), ""),
    ".add_event_handler": (STRONG, ADDS, ("remove_event_handler",), ""),
    ".add_observer": (STRONG, ADDS, ("remove_observer", "delete_observer"), ""),
    ".addObserver": (STRONG, ADDS, ("removeObserver", "deleteObserver"), ""),
    ".register_observer": (STRONG, ADDS, ("unregister_observer", "deregister_observer", "remove_observer"), ""),
    ".register_callback": (STRONG, ADDS, ("unregister_callback", "deregister_callback", "remove_callback"), ""),
    ".addHandler": (STRONG, SAME, ("removeHandler",), ""),
    ".add_handler": (STRONG, ADDS, ("remove_handler",), ""),
    ".subscribe": (STRONG, ADDS, ("unsubscribe", "<result>.dispose", "<result>.unsubscribe", "<result>()"), ""),
    ".observe": (STRONG, ADDS, ("unobserve", "unobserve_all", "<result>()"), ""),
    ".connect": (METHODS_WEAK, ADDS, ("disconnect", "disconnect_all", "<result>.disconnect"), ""),
    ".mpl_connect": (METHODS_WEAK, SAME, ("mpl_disconnect",), ""),
    ".register_forward_hook": (STRONG, ADDS, ("<result>.remove",), ""),
    ".register_forward_pre_hook": (STRONG, ADDS, ("<result>.remove",), ""),
    ".register_full_backward_hook": (STRONG, ADDS, ("<result>.remove",), ""),
}

#: heuristics that name other things as well (`on` a date, `connect` to a host, `observe` a number): they count only
#: when an argument is evidently a callable
NEEDS_CALLABLE: frozenset[str] = frozenset({".on", ".subscribe", ".observe", ".connect"})

#: once-only variants that take what the registration takes, (event, listener)
SAME_SIGNATURE: frozenset[str] = frozenset({"once", "async_listen_once"})

#: functions whose first argument is not what keeps the callback: the registry is the process's
PROCESS_WIDE: frozenset[str] = frozenset(
    "multiprocessing.util.register_after_fork billiard.util.register_after_fork".split()
)

#: attributes that hold the listeners of an event, to which code adds them itself: `loop.on_tick.add(f)`
CONTAINERS = r"_?on_[a-z]\w*|(\w+_)?_?(listeners|callbacks|handlers|hooks|observers|subscribers)"
#: how code adds a listener to those, and how it takes one out
CONTAINER_ADDS: tuple[str, ...] = ("add", "append", "appendleft")
CONTAINER_REMOVALS: tuple[str, ...] = ("remove", "discard", "clear", "pop")

#: names of calls that take out a handler which they are given, whatever library defines them
REMOVALS = (
    r"_*(un[a-z]+|off|dis(connect|able|pose|card|sociate)|remove|rm|del|delete|detach|de(register|activate)|cancel|"
    r"clear|drop|forget|dont|stop|pop|revoke)(_\w+|[A-Z]\w*)?"
)
#: functions and methods that hand out an object which is there for all: what is registered with it outlives the caller
SHARED = (
    r"get_?([a-z]\w*)?(loop|logger|reactor|app|application|hub|bus|emitter|manager|ipython|registry)|instance|current"
)
#: what unwinds when it is closed
EXIT_STACKS: frozenset[str] = frozenset("contextlib.ExitStack contextlib.AsyncExitStack".split())
#: methods of an exit stack that keep what they are given until the stack unwinds
UNWINDING: tuple[str, ...] = (
    "push_async_callback",
    "callback",
    "push",
    "push_async_exit",
    "enter_context",
    "enter_async_context",
)
#: log handlers that open a file
LOG_FILES: frozenset[str] = frozenset(
    """
    logging.FileHandler logging.handlers.RotatingFileHandler logging.handlers.TimedRotatingFileHandler
    logging.handlers.WatchedFileHandler
    """.split()
)
#: methods that take out the handler which they are given
HANDLER_REMOVALS: frozenset[str] = frozenset(
    """
    off remove_listener removeListener unregister_listener deregister_listener removeEventListener remove_event_listener
    remove_event_handler remove_observer delete_observer removeObserver deleteObserver unregister_observer
    deregister_observer unregister_callback deregister_callback remove_callback removeHandler removeFilter
    remove_handler unsubscribe unobserve disconnect unregister unbind unwatch remove_done_callback
    """.split()
)
#: functions that do the same
REMOVES_BY_IDENTITY: frozenset[str] = frozenset(
    "atexit.unregister codecs.unregister sqlalchemy.event.remove pydispatch.dispatcher.disconnect".split()
)
#: methods of what a registration hands back, that undo it
UNDOERS: tuple[str, ...] = tuple(
    "unregister unsubscribe dispose disconnect unlisten unobserve unlink deregister stopConsuming".split()
)
