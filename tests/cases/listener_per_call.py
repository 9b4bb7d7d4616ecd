import atexit
import codecs
import logging
import signal
from contextlib import AsyncExitStack
from functools import partial
from logging import FileHandler, StreamHandler

import blinker
import pyee
import sqlalchemy
import sqlalchemy.event
from sqlalchemy import event as orm

import other
from other import app, bus, emitter

LOG = logging.getLogger(__name__)
PLAIN_LOG = other.logger()
EMITTER = pyee.EventEmitter()
ANY_EMITTER = other.Emitter()
CHANGED = blinker.Signal()


def stable(*args):
    print(*args)


# --- The leak: one more listener for each request, event or message ---


# A callback that is passed in, on an emitter that is passed in.
def handle_request(request_emitter, callback):
    request_emitter.on("update", callback)  # LEK301


# A lambda, on an imported emitter; the parameter says that it runs per request.
def answer(request):
    emitter.on("update", lambda value: request.send(value))  # LEK301


# A nested function, on a global of the module; the decorator says that it runs per request.
@app.get("/updates")
def updates():
    def forward(value):
        print(value)

    ANY_EMITTER.on("update", forward)  # LEK301


# A nested coroutine, in a coroutine.
@app.websocket("/live")
async def live(socket):
    async def forward(value):
        await socket.send(value)

    await bus.subscribe("live", forward)  # LEK301


# A partial.
def on_message(message):
    bus.subscribe("news", partial(print, message))  # LEK301


# A function of the module: the emitter does not look whether it knows it already.
def process_order(order):
    bus.add_observer(stable)  # LEK301


# A bound method, also one of another object.
class Session:
    def handle_open(self, channel):
        bus.add_event_handler("close", self.close)  # LEK301

    def receive(self, job):
        bus.register_callback(job.on_done)  # LEK301

    def close(self):
        bus.forget(self)


# An emitter that belongs to the object.
class Page:
    def process_click(self):
        self.emitter.addEventListener("click", lambda: print(self))  # LEK301


# An emitter of an object that is passed in, by keyword.
def dispatch(worker):
    worker.queue.register_observer(observer=lambda: print(worker))  # LEK301


# In a loop, in a branch that does not ask whether it is done already, behind `with`.
def consume(messages, verbose):
    for each in messages:
        if verbose:
            with other.lock:
                bus.add_event_handler("end", lambda: print(each))  # LEK301


# On an emitter of the class.
class Hub:
    changes = other.Emitter()

    def on_request(self, request):
        self.changes.add_event_handler("end", lambda: request)  # LEK301

    @classmethod
    def handle(cls, request):
        cls.changes.add_event_handler("start", lambda: request)  # LEK301


# Under a name that only another name leads to.
def handle_alias(request):
    hub = bus
    hub.register_callback(lambda: request)  # LEK301


# Two of them.
def serve(request):
    bus.register_callback(lambda: request)  # LEK301
    bus.register_callback(lambda: request.id)  # LEK301


# In a call that spans lines: it stands where the name is.
def handle_all(request):
    bus.topics[
        "all"
    ].subscribe(
        lambda: request,
    )
    (
        bus
        .subscribe(  # LEK301
            "all",
            lambda: request,
        )
    )


# --- Known libraries ---


# Functions to be called at the end of the process.
def handle_upload(request):
    atexit.register(lambda: request.drop())  # LEK301


def handle_search(request):
    codecs.register(stable)  # LEK301


# A log handler made per call.
def handle_logged(request):
    LOG.addHandler(StreamHandler(request.stream))  # LEK301


def handle_logged_by_any(request):
    PLAIN_LOG.addHandler(StreamHandler(request.stream))  # LEK301


def handle_filtered(request):
    LOG.addFilter(lambda record: request.id in record.msg)  # LEK301


# pyee keeps a set: only fresh callbacks pile up.
def handle_fresh(request):
    EMITTER.on("update", lambda: request)  # LEK301


def handle_same(request):
    EMITTER.on("update", stable)  # silent LEK301: EMITTER.on("update", stable) => EMITTER.on("update", lambda: 1)


# pyee, a receiver that is annotated.
def handle_annotated(request, given: pyee.EventEmitter):
    given.on("update", lambda: request)  # LEK301


# blinker holds weakly unless told otherwise.
def handle_weak(request):
    def changed(sender):
        print(request, sender)

    CHANGED.connect(changed)  # silent LEK301: CHANGED.connect(changed) => CHANGED.connect(changed, weak=False)


def handle_strong(request):
    def changed_strongly(sender):
        print(request, sender)

    CHANGED.connect(changed_strongly, weak=False)  # LEK301


# SQLAlchemy.
def handle_query(request, engine):
    sqlalchemy.event.listen(engine, "before_execute", lambda *args: request)  # LEK301


def handle_query_again(request, engine):
    orm.listen(engine, "after_execute", lambda *args: request)  # LEK301


def handle_query_stable(request, engine):
    orm.listen(engine, "commit", stable)  # silent LEK301: "commit", stable) => "commit", lambda: 1)


# An engine made in the call takes its listeners along when it goes.
def handle_own_engine(request):
    engine = sqlalchemy.create_engine(request.url)
    orm.listen(engine, "close", lambda *args: request)  # silent LEK301: engine = sqlalchemy. => _ = sqlalchemy.


# The next registration replaces this one.
def handle_signal(request):
    signal.signal(15, lambda *args: request)  # silent LEK301: signal.signal(15, => bus.register_callback(


# Qt and its kin hold bound methods weakly.
class Window:
    def on_show(self):
        other.clock.ticked.connect(self.paint)  # silent LEK301: ticked.connect(self.paint) => ticked.connect(lambda: 1)

    def on_draw(self):
        other.clock.ticked.connect(lambda: self.paint())  # LEK301

    def paint(self):
        print(self)


# --- The name means something else ---


# A date, a host, a number.
def handle_event(event):
    other.calendar.on("2020-01-01", 3)  # silent LEK301: on("2020-01-01", 3) => on("2020-01-01", stable)


def handle_connect(request):
    other.database.connect(request.host)  # silent LEK301: connect(request.host) => connect(lambda: request.host)


def handle_measure(request):
    other.gauge.observe(request.seconds)  # silent LEK301: observe(request.seconds) => observe(lambda: request.seconds)


# --- It does not repeat, or nothing says so ---

bus.add_observer(stable)
atexit.register(stable)


def wire(hub, callback):
    hub.on("update", callback)  # silent LEK301: def wire( => def handle_wire(


def setup_bus(request):
    bus.add_observer(stable)  # silent LEK301: def setup_bus( => def bus_of(


def main(request):
    bus.add_observer(stable)  # silent LEK301: def main( => def again(


def _handle_at_import(request):
    bus.add_observer(stable)  # silent LEK301: _handle_at_import(None) => other.later(_handle_at_import)


_handle_at_import(None)


# A registrar that passes on what it is given.
def on_change(callback):
    bus.add_observer(callback)  # silent LEK301: def on_change(callback): => def on_change(callback, value):


# --- What it is registered with dies with the call ---


def handle_own(request):
    mine = other.Emitter()
    mine.on("update", lambda: request)  # silent LEK301: mine = other.Emitter() => mine = emitter


# What arrives dies when it was dealt with, and its listeners die with it.
def handle_closing(request):
    request.on("close", lambda: print("closed"))  # silent LEK301: request.on("close" => bus.on("close"


# What it belongs to stays.
def handle_in_application(request):
    request.app.hub.add_observer(lambda: 1)  # LEK301


def handle_made(request):
    other.Emitter().on("update", lambda: request)  # silent LEK301: other.Emitter().on( => emitter.on(


def handle_opened(request):
    with other.open_hub() as hub:
        hub.on("update", lambda: request)  # silent LEK301: with other.open_hub() as hub: => with other.open_hub():


# --- It is undone ---


# In the same function.
def handle_balanced(request):
    def changed(value):
        request.send(value)

    other.store.addObserver(changed)  # silent LEK301: other.store.removeObserver(changed) => print(changed)
    other.store.removeObserver(changed)


# In another method.
class Viewer:
    def on_open(self, store):
        store.add_event_listener(self.refresh)  # silent LEK301: store.remove_event_listener => print

    def on_close(self, store):
        store.remove_event_listener(self.refresh)

    def refresh(self):
        print(self)


# By a callback of an exit stack.
def handle_stacked(request, stack, hub):
    hub.add_handler(stable)  # silent LEK301: stack.callback(hub.remove_handler, stable) => stack.close()
    stack.callback(hub.remove_handler, stable)


# By a function of the library.
def handle_gauge(request, figure):
    figure.mpl_connect("key", lambda key: request)  # silent LEK301: figure.mpl_disconnect(1) => print(1)
    figure.mpl_disconnect(1)


# The registration hands back its undo, and the code keeps it.
def handle_token(request):
    undo = bus.subscribe("kept", lambda: request)  # silent LEK301: undo = bus.subscribe( => bus.subscribe(
    undo()


class Subscriber:
    def on_start(self):
        self.token = bus.subscribe("mine", self.on_data)  # silent LEK301: self.token = bus.subscribe( => bus.subscribe(

    def on_data(self, data):
        print(data)


def handle_returned(request):
    return bus.subscribe("given", lambda: request)  # silent LEK301: return bus.subscribe( => bus.subscribe(


def handle_scoped(request):
    with bus.subscribe("scoped", lambda: request):  # silent LEK301: with bus.subscribe("s => if bus.subscribe("s
        request.wait()


def handle_collected(request, stack):
    stack.push(bus.subscribe("pushed", lambda: request))  # silent LEK301: stack.push(bus.subscribe( => (bus.subscribe(


# A token that is passed in undoes it.
def handle_cancelled(request, hub, token):
    hub.add_observer(lambda: request, signal=token)  # silent LEK301: , signal=token =>


# --- Once only ---


def handle_once(request):
    emitter.once("update", lambda: request)  # silent LEK301: emitter.once( => emitter.on(


def handle_once_by_keyword(request):
    emitter.on("update", lambda: request, once=True)  # silent LEK301: , once=True =>


def handle_replaced(request):
    bus.add_event_handler("mail", stable, unique_id="mail")  # silent LEK301: , unique_id="mail" =>


# A test keeps it from running twice.
def handle_guarded(request):
    if request.kind not in other.known:
        bus.add_observer(stable)  # silent LEK301: if request.kind not in other.known: => if other.known:


def handle_when_none(request):
    if not other.hooked:
        bus.add_observer(stable)  # silent LEK301: if not other.hooked: => if other.hooked:


def handle_when_empty(request):
    if other.client is None:
        bus.add_observer(stable)  # silent LEK301: if other.client is None: => if other.client:


# A return in front keeps it from running twice.
def handle_returned_early(request):
    if other.connected: return
    other.connected = True
    bus.add_observer(stable)  # silent LEK301: if other.connected: return => pass


# A test of what came in is no guard.
def handle_posted(request):
    if request.method == "POST":
        bus.add_observer(stable)  # LEK301


# The other branch of the test is no guard.
def handle_otherwise(request):
    if not other.wired:
        print(request)
    else:
        bus.add_observer(stable)  # LEK301


# --- For each connection: what the function defines itself goes to something else that it is given ---


def attach_to_loop(connection, loop):
    def on_tick():
        connection.poll()

    loop.on_tick.add(on_tick)  # LEK301


def attach_to_poller(connection, poller):
    def on_poll():
        connection.poll()

    def on_end():
        poller.on_poll.discard(on_poll)

    connection.on_end = on_end
    poller.on_poll.add(on_poll)  # silent LEK301: poller.on_poll.discard(on_poll) => print(on_poll)


# The connection takes it along, and a function of the module is there once.
def attach_to_connection(connection, hub):
    def on_data():
        hub.poll()

    connection.on_data.add(on_data)  # silent LEK301: connection.on_data.add(on_data) => hub.on_data.add(on_data)


def attach_stable(connection, hub):
    def own():
        connection.poll()

    own()
    hub.on_data.add(stable)  # silent LEK301: hub.on_data.add(stable) => hub.on_data.add(own)


# --- An exit stack that lives longer than the call ---


class Client:
    def __init__(self):
        self._stack = AsyncExitStack()

    async def send(self, request):
        reader, writer = other.streams()
        self._stack.push_async_callback(lambda: writer.aclose())  # LEK301
        self._stack.push_async_callback(lambda: reader.aclose())
        return await reader.receive(request)

    async def connect(self, host):
        await self._stack.enter_async_context(other.open(host))  # silent LEK301: def connect(self, host): => def handle(self, host):

    async def aclose(self):
        await self._stack.aclose()


# It unwinds in the call, or was made there.
class Short:
    def __init__(self):
        self._exits = AsyncExitStack()
        self._rows = other.Stack()

    async def send(self, request):
        self._exits.callback(request.drop)  # silent LEK301: await self._exits.aclose() => await request.wait()
        await self._exits.aclose()

    async def ask(self, request):
        async with AsyncExitStack() as stack:
            stack.callback(request.forget)  # silent LEK301: stack.callback(request.forget) => self._late.callback(request.forget)

    async def put(self, request):
        self._rows.push(request)  # silent LEK301: self._rows = other.Stack() => self._rows = AsyncExitStack()

    def __enter__(self):
        self._late = AsyncExitStack()


# --- When an object begins, or when the process is told to end ---


class Screen:
    def on_mount(self):
        self.layout.add_observer(lambda: print(self))  # silent LEK301: def on_mount(self): => def on_key(self):


def term_signal_handler(request):
    atexit.register(stable)  # silent LEK301: def term_signal_handler( => def term_handler(


# --- A log file for each call, on a logger that is there once ---


def log_to(path, level=logging.INFO):
    handler = FileHandler(path)
    handler.setLevel(level)
    logging.getLogger("app").addHandler(handler)  # LEK301


def log_in_branches(target):
    logger = logging.getLogger()
    if target:
        if hasattr(target, "write"):
            handler = StreamHandler(target)
        else:
            handler = FileHandler(target)
        logger.addHandler(handler)  # LEK301
    return logger


# Always the same file, a logger of its own, no file.
def log_to_one(path):
    PLAIN_LOG.addHandler(FileHandler("app.log"))  # silent LEK301: FileHandler("app.log") => FileHandler(path)


def log_apart(name, path):
    logging.getLogger(name).addHandler(FileHandler(path))  # silent LEK301: logging.getLogger(name) => logging.getLogger()


def log_to_screen(stream):
    logging.getLogger().addHandler(StreamHandler(stream))  # silent LEK301: (StreamHandler(stream)) => (FileHandler(stream))
