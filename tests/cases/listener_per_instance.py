import asyncio
import atexit
import functools
import logging
import multiprocessing.util
import os
import signal
import sys
import weakref
from abc import ABC

import blinker
import pyee
import sqlalchemy.event
from contextlib import ExitStack

import other
from other import bus, fallback, patched

LOG = logging.getLogger(__name__)
CHANGED = blinker.Signal()
HUB = other.Hub()


def stable(*args):
    print(*args)


# --- Registries of the process ---


# The end doesn't take it out.
class Uploader:
    def __init__(self):
        self.rows = 0
        atexit.register(self.close)  # LEK302

    def close(self):
        print(self.rows)


# There is no end, and no way to take it out.
class Forked:
    def __init__(self):
        self.rows = 0
        os.register_at_fork(after_in_child=self.reset)  # LEK302

    def reset(self):
        self.rows = 0


# The object is held weakly, its own method isn't.
class Pool:
    def begin(self):
        multiprocessing.util.register_after_fork(self, self.reset)  # LEK302

    def reset(self):
        print(self)


# A function of the module, that gets the object.
class WeakPool:
    def begin(self):
        multiprocessing.util.register_after_fork(self, stable)  # silent LEK302: (self, stable) => (self, self.reset)

    def reset(self):
        print(self)


# A lambda, a partial and a nested function that refer to it.
class Auditor:
    def __init__(self):
        self.rows = 0
        sys.addaudithook(lambda event, args: self.see(event))  # LEK302

    def see(self, event):
        print(self.rows, event)


class Flusher:
    def __init__(self):
        atexit.register(functools.partial(stable, self))  # LEK302


class Closer:
    def begin(self):
        def finish():
            print(self)

        atexit.register(finish)  # LEK302


# What doesn't refer to it.
class Plain:
    def begin(self, path):
        def remove():
            os.unlink(path)

        atexit.register(remove)  # silent LEK302: os.unlink(path) => os.unlink(self)


# A static method, or what another object is asked for.
class Static:
    def __init__(self):
        atexit.register(self.finish)  # silent LEK302: @staticmethod # of Static => # none

    @staticmethod # of Static
    def finish():
        print("over")


# A weak reference, in a lambda of its own.
class Weakly:
    def __init__(self):
        method = weakref.WeakMethod(self.reset)
        os.register_at_fork(after_in_child=lambda: method()())  # silent LEK302: lambda: method()() => lambda: self.reset()

    def reset(self):
        print(self)


# It takes it out in its end, in another method, or lets an exit stack do it.
class Tidy:
    def __init__(self):
        atexit.register(self.close)  # silent LEK302: atexit.unregister(self.close) => print(self.close)

    def close(self):
        atexit.unregister(self.close)


class TidyElsewhere:
    def __init__(self):
        atexit.register(self.flush)  # silent LEK302: atexit.unregister(self.flush) => print(self.flush)

    def flush(self):
        print(self)

    def forget(self):
        atexit.unregister(self.flush)


class TidyStack:
    def __init__(self, stack: ExitStack):
        bus.add_observer(self.see)  # silent LEK302: stack.callback(bus.remove_observer, self.see) => stack.close()
        stack.callback(bus.remove_observer, self.see)

    def see(self):
        print(self)


# It keeps what the registration returns: that may be the undo.
class Kept:
    def __init__(self):
        self.undo = bus.add_listener(self.see)  # silent LEK302: self.undo = bus.add_listener => bus.add_listener

    def see(self):
        print(self)


# One object for the whole process: made at import, kept in a global, an application, a singleton.
class Registry:
    def __init__(self):
        atexit.register(self.close)  # silent LEK302: REGISTRY = Registry() => REGISTRY = Registry

    def close(self):
        print(self)


REGISTRY = Registry()


class Telemetry:
    def __init__(self):
        atexit.register(self.close)  # silent LEK302: _telemetry = Telemetry() => _ = Telemetry()

    def close(self):
        print(self)


_telemetry = None


def telemetry():
    global _telemetry
    if _telemetry is None:
        _telemetry = Telemetry()
    return _telemetry


class PhotoApplication:
    def __init__(self):
        atexit.register(self.close)  # silent LEK302: class PhotoApplication: => class Photo:

    def close(self):
        print(self)


class Only(metaclass=other.Singleton):
    def __init__(self):
        atexit.register(self.close)  # silent LEK302: class Only(metaclass=other.Singleton): => class Only:

    def close(self):
        print(self)


class Shared:
    def __init__(self):
        atexit.register(self.close)  # silent LEK302: def get_instance(cls): => def make(cls):

    @classmethod
    def get_instance(cls):
        return cls()

    def close(self):
        print(self)


# What runs until the process ends.
class Loop:
    def run_for_ever(self):
        atexit.register(self.close)  # silent LEK302: def run_for_ever(self): => def begin(self):

    def close(self):
        print(self)


# The next one replaces it.
class Handler:
    def __init__(self):
        signal.signal(15, self.stop)  # silent LEK302: signal.signal(15, self.stop) => atexit.register(self.stop)

    def stop(self, *args):
        print(self, args)


# --- An emitter of the module, or one that is there for all ---


class Panel:
    def __init__(self):
        bus.on("tick", self.refresh)  # LEK302

    def refresh(self):
        print(self)


class Table:
    def __init__(self):
        HUB.add_listener("tick", self.refresh)  # LEK302

    def refresh(self):
        print(self)


# The object itself.
class Observer:
    def watch(self):
        bus.add_observer(self)  # LEK302

    def notify(self):
        print(self)


# Through a getter, and through a name.
class Session:
    def __init__(self):
        emitter = other.get_bus()
        emitter.add_event_handler("end", self.close)  # LEK302

    def close(self):
        print(self)


# SQLAlchemy: the target comes first.
class Recorder:
    def __init__(self, engine):
        sqlalchemy.event.listen(engine, "commit", self.see)  # LEK302

    def see(self, *args):
        print(self, args)

    def close(self):
        print(self)


# A log handler of its own.
class Collector(logging.Handler):
    def __init__(self):
        super().__init__()
        LOG.addHandler(self)  # LEK302


# Signals that hold methods weakly, and ones that are told not to.
class Page:
    def __init__(self):
        CHANGED.connect(self.see)  # silent LEK302: CHANGED.connect(self.see) => CHANGED.connect(self.see, weak=False)

    def see(self, sender):
        print(self, sender)


class Window:
    def __init__(self):
        bus.resized.connect(self.see)  # silent LEK302: bus.resized.connect(self.see) => bus.resized.connect(lambda: self.see())

    def see(self):
        print(self)


# Removed with a handler from a table, by a helper, with all others.
class Remembering:
    def __init__(self):
        self.rows = [("tick", self.see)]
        bus.on("tick", self.see)  # silent LEK302: bus.off(event, row) => print(event, row)

    def see(self):
        print(self)

    def close(self):
        for event, row in self.rows:
            bus.off(event, row)
        self.rows.clear()


class Helped:
    def __init__(self):
        patched.hub.on("helped", self.see_helped)  # silent LEK302: self._remove_from(patched.hub, self.see_helped) => 0

    def see_helped(self):
        print(self)

    def close(self):
        self._remove_from(patched.hub, self.see_helped)

    def _remove_from(self, hub, handler):
        print(self, hub, handler)


class Clearing:
    def __init__(self):
        fallback.register_listener(self.see)  # silent LEK302: fallback.unregister_listener() => fallback.tick()

    def see(self):
        print(self)

    def close(self):
        fallback.unregister_listener()


# --- A parameter, in a class that has an end ---


class View:
    def __init__(self, hub):
        hub.register_observer(self.refresh)  # LEK302

    def refresh(self):
        print(self)

    def close(self):
        print(self)


# Without an end it may live as long as the parameter does.
class Plugin:
    def __init__(self, hub):
        hub.register_observer(self.refresh)  # silent LEK302: def paint(self): # of Plugin => def close(self):

    def refresh(self):
        print(self)

    def paint(self): # of Plugin
        print(self)


# Kept on the object first.
class Client:
    def __init__(self, manager, loop=None):
        self._manager = manager
        self._loop = loop or asyncio.get_event_loop()
        self._manager.events.add_event_listener("end", self.end_of)  # LEK302

    def end_of(self):
        print(self._loop)

    def disconnect(self):
        print(self)


# A container of listeners.
class Heart:
    def __init__(self, worker):
        self.worker = worker
        self.worker.on_enabled.add(self.start)  # LEK302

    def start(self):
        print(self)

    def stop(self):
        print(self)


class TidyHeart:
    def __init__(self, worker):
        self.worker = worker
        self.worker.on_ready.add(self.start)  # silent LEK302: self.worker.on_ready.discard(self.start) => print(0)

    def start(self):
        print(self)

    def stop(self):
        self.worker.on_ready.discard(self.start)


# One of two handlers is left.
class Suggestions:
    def connect(self, app):
        self.buffers = [app.buffer]
        app.buffer.on_insert.add_handler(self.reset)
        app.buffer.on_move.add_handler(self.dismiss)  # LEK302

    def reset(self):
        print(self)

    def dismiss(self):
        print(self)

    def disconnect(self):
        for buffer in self.buffers:
            buffer.on_insert.remove_handler(self.reset)
        self.buffers.clear()


# For another event.
class Reader:
    def __init__(self, source):
        source.on("data", self.read)
        source.on("end", self.read)  # LEK302
        self.source = source

    def read(self):
        print(self)

    def close(self):
        self.source.off("data", self.read)


# A base class takes it out.
class Base(ABC):
    def close(self):
        self.hub.remove_event_handler("end", self.see)


class Derived(Base):
    def __init__(self, hub):
        self.hub = hub
        self.hub.add_event_handler("end", self.see)  # silent LEK302: remove_event_handler("end", self.see) => go()

    def see(self):
        print(self)


# --- What dies with the object ---


# It made the emitter itself.
class Button:
    def __init__(self):
        self.events = pyee.EventEmitter()
        self.events.on("click", self.see)  # silent LEK302: self.events = pyee.EventEmitter() => self.events = bus

    def see(self):
        print(self)

    def close(self):
        print(self)


class Own:
    changed = other.Signal()

    def __init__(self):
        self.changed.subscribe(self.see)  # silent LEK302: self.changed.subscribe(self.see) => bus.subscribe(self.see)

    def see(self):
        print(self)

    def close(self):
        print(self)


# It ends the emitter that it was given.
class Wrapper:
    def __init__(self, source):
        self.source = source
        self.source.on("data", self.see)  # silent LEK302: self.source.close() => print(self.source)

    def see(self):
        print(self)

    def close(self):
        self.source.close()


# What arrives goes again.
class Endpoint:
    def __init__(self, request):
        request.on("close", self.close)  # silent LEK302: request.on("close" => bus.on("close"

    def close(self):
        print(self)


# --- The undo is called only when the next one replaces it ---


class Worker:
    def reconfigure(self, manager, port):
        if self.registration:
            self.registration.unregister()
        self.registration = manager.register(port, self.perspective)  # LEK302

    registration = None

    def perspective(self):
        return self

    def stop(self):
        print(self)


class TidyWorker:
    enlisted = None

    def reconfigure(self, manager, port):
        if self.enlisted:
            self.enlisted.unregister()
        self.enlisted = manager.register(port, self.view)  # silent LEK302: self.enlisted.unregister() # at last => 0

    def view(self):
        return self

    def stop(self):
        self.enlisted.unregister() # at last
