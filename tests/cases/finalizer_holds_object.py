import functools
import weakref
from dataclasses import dataclass
from multiprocessing.util import Finalize
from weakref import finalize

import other


# --- Finalizers ---


# Its own method.
class Connection:
    def __init__(self, socket):
        self.socket = socket
        weakref.finalize(self, self.close)  # LEK305

    def close(self):
        self.socket.close()


# A lambda over it; also one that is bound to a name before.
class Worker:
    def __init__(self, thread):
        self.thread = thread
        self.stopping = finalize(self, lambda: self.thread.join())  # LEK305
        join = lambda: self.thread.join(5)
        finalize(self, join)  # LEK305


# A nested function over it, and one that calls another one that reads it.
class Folder:
    def __init__(self, path):
        self.path = path

        def remove():
            other.remove(self.path)

        def remove_soon():
            other.wait()
            remove()

        weakref.finalize(self, remove)  # LEK305
        weakref.finalize(self, remove_soon)  # LEK305


# A partial over it, the object as an argument, in a container, as a keyword, as a default.
class Pool:
    def __init__(self, size):
        self.size = size
        finalize(self, functools.partial(other.release, self))  # LEK305
        finalize(self, functools.partial(self.drain, size))  # LEK305
        finalize(self, other.release, self)  # LEK305
        finalize(self, other.release, [self, size])  # LEK305
        finalize(self, other.release, {"pool": self})  # LEK305
        finalize(self, other.release, pool=self)  # LEK305
        finalize(self, lambda pool=self: other.release(pool))  # LEK305

    def drain(self, size):
        other.release(size)


# A method of a proxy is bound to the object itself.
class Proxied:
    def __init__(self):
        weakref.finalize(self, weakref.proxy(self).close)  # LEK305
        proxy = weakref.proxy(self)
        weakref.finalize(self, proxy.close)  # LEK305

    def close(self):
        other.release(1)


# An object that comes in, or that is made here.
def watch(handle):
    weakref.finalize(handle, handle.release)  # LEK305
    weakref.finalize(handle, other.forget, handle)  # LEK305


def made():
    folder = Folder("/tmp/x")
    weakref.finalize(folder, other.forget, folder)  # LEK305
    return folder


# Under another name.
class Renamed:
    def __init__(self):
        me = self
        close = self.close
        weakref.finalize(me, close)  # LEK305

    def close(self):
        other.release(2)


# One of two callbacks.
class Either:
    def __init__(self, quick):
        weakref.finalize(self, other.release if quick else self.close)  # LEK305

    def close(self):
        other.release(3)


# Something that keeps it, given what the file's own class does with it.
class Cleaner:
    def __init__(self, target, level):
        self.target = target
        self.level = level


class Cleaned:
    def __init__(self):
        weakref.finalize(self, other.clean, Cleaner(self, 1))  # LEK305
        weakref.finalize(self, other.clean, Cleaner(1, level=self))  # LEK305


# An attribute, and a method of the object that keeps it.
class Converter:
    def __init__(self, folder):
        self._folder = folder
        weakref.finalize(self._folder, self.stop)  # LEK305

    def stop(self):
        other.release(4)


# An inherited method, and one with a decorator.
class Inherited(other.Base):
    def __init__(self):
        weakref.finalize(self, self.shutdown)  # LEK305
        weakref.finalize(self, self.locked_close)  # LEK305

    @other.locked
    def locked_close(self):
        other.release(5)


# The finalizer of multiprocessing does the same.
class Shared:
    def __init__(self, memory):
        Finalize(self, self.unlink)  # LEK305
        Finalize(self, other.unlink, args=(self, memory))  # LEK305

    def unlink(self):
        other.unlink(self)


# One that is detached at the end: it still never runs for an object that nobody closes.
class Detached:
    def __init__(self):
        self._finalizer = weakref.finalize(self, self.close)  # LEK305

    def close(self):
        self._finalizer.detach()


# A hook for the end of the program, which the object takes back.
class Restored:
    def __init__(self):
        self._at_exit = Finalize(self, self.restore, exitpriority=1)  # silent LEK305: _at_exit.cancel() => _at_exit

    def restore(self):
        self._at_exit.cancel()


# Static and class methods hold the class only.
class Static:
    def __init__(self, handle):
        weakref.finalize(self, self.free, handle)  # silent LEK305: @staticmethod => @other.locked
        weakref.finalize(self, self.count)  # silent LEK305: @classmethod => @other.logged
        weakref.finalize(self, Static.free, handle)

    @staticmethod
    def free(handle):
        other.release(handle)

    @classmethod
    def count(cls):
        other.release(6)


# What it has, but not itself.
class Parts:
    def __init__(self, pool, path):
        self._pool = pool
        self.path = path
        weakref.finalize(self, self._pool.close)  # silent LEK305: self._pool.close => self.shut
        weakref.finalize(self, other.remove, self.path)  # silent LEK305: remove, self.path => remove, self
        weakref.finalize(self, other.remove, path)
        weakref.finalize(self, lambda: other.remove(path))
        weakref.finalize(self, lambda found: found.close(), self._pool)
        weakref.finalize(self, other.remove, self.__dict__, id(self), type(self))

    def shut(self):
        other.release(self._pool)


# A weak reference to it.
class Weak:
    def __init__(self):
        me = weakref.ref(self)
        weakref.finalize(self, lambda: other.release(me))  # silent LEK305: other.release(me) => other.release(self)
        weakref.finalize(self, weakref.WeakMethod(self.close))
        weakref.finalize(self, other.release, weakref.ref(self))
        weakref.finalize(self, lambda me=weakref.proxy(self): me)

    def close(self):
        other.release(7)


# A parameter of the lambda, not the object.
class Shadowed:
    def __init__(self, text):
        weakref.finalize(self, lambda self: print(self), text)  # silent LEK305: lambda self: => lambda _:


# An attribute that may be any function, or a property.
class Handed:
    def __init__(self, on_close):
        self.on_close = on_close
        weakref.finalize(self, self.on_close)
        weakref.finalize(self, self.closer)

    @property
    def closer(self):
        return other.closer


# The end of another object.
class Sessions:
    def open(self, session):
        weakref.finalize(session, self.forget, id(session))  # silent LEK305: id(session) => session

    def forget(self, key):
        other.forget(key)


# An attribute that the class lets go of.
class Renewed:
    def __init__(self, folder):
        self._work = folder
        weakref.finalize(self._work, self.stop)  # silent LEK305: self._work = None => pass

    def stop(self):
        other.release(8)

    def renew(self):
        self._work = None


# A class that keeps something else of what it is given.
class Named:
    def __init__(self, target):
        self.name = target.name
        self.weak = weakref.ref(target)


class KeepsName:
    def __init__(self):
        weakref.finalize(self, other.clean, Named(self))  # silent LEK305: self.weak = weakref.ref(target) => self.t = target


# What is global stays anyway; other things that are called finalize.
WATCHED = Folder("/tmp")
weakref.finalize(WATCHED, other.forget, WATCHED)


def elsewhere(document):
    document.finalize(document, document.close)
    weakref.finalize()
    weakref.finalize(document)
    weakref.finalize(None, document.close)
    weakref.finalize(*document)


# --- Callbacks of weak references ---


# Kept by something that lives on.
class Registry:
    def __init__(self):
        self.refs = {}

    def add(self, item):
        self.refs[id(item)] = weakref.ref(item, lambda _: self.refs.pop(id(item)))  # LEK305

    def add_by_key(self, item):
        key = id(item)
        self.refs[key] = weakref.ref(item, lambda _: self.refs.pop(key))  # silent LEK305: self.refs.pop(key) => (item, self.refs.pop(key))


_REFS = set()


class Listed:
    def __init__(self):
        _REFS.add(weakref.ref(self, self._gone))  # LEK305
        reference = weakref.proxy(self, self._gone)  # LEK305
        _REFS.add(reference)

    def _gone(self, reference):
        _REFS.discard(reference)


# On the object itself it is a cycle and no more; the end of another object.
class Own:
    def __init__(self, parent):
        self._me = weakref.ref(self, self._gone)  # LEK451
        self._parent = weakref.ref(parent, self._gone)  # LEK451

    def _gone(self, _):
        other.release(9)


# Without a callback, or dropped at once.
def look(item):
    weakref.ref(item, item.gone)
    _REFS.add(weakref.ref(item))
    _REFS.discard(weakref.ref(item))


# --- Weak mappings ---


_STATES = weakref.WeakKeyDictionary()
_HANDLERS = weakref.WeakKeyDictionary()
_CLOSERS = weakref.WeakKeyDictionary()
_NAMES = weakref.WeakKeyDictionary()


class State:
    def __init__(self, task):
        self.task = task


# A value that refers to its key: a method of it, a lambda, an object that keeps it, an item of a list.
def remember(task):
    _STATES[task] = State(task)  # LEK305
    _NAMES[task] = task.name


def handle(task):
    _HANDLERS.setdefault(task, []).append(lambda: task.cancel())  # LEK305


def closing(task):
    _CLOSERS[task] = [task, 1]  # LEK305


# A mapping of the class, and one that two attributes of an object are kept in.
class Client:
    _clients = weakref.WeakKeyDictionary()
    _by_loop = weakref.WeakKeyDictionary()

    def __init__(self, loop):
        self.loop = loop
        self._clients[self] = functools.partial(other.call, self)  # LEK305
        Client._by_loop[self.loop] = self  # LEK305


# Weak in its values, which the keys hold.
_KEYED = weakref.WeakValueDictionary()
_BY_ID = weakref.WeakValueDictionary()


def index(task):
    _KEYED[(task, 1)] = task  # LEK305
    _BY_ID[id(task)] = task


# A mapping of the key itself, and one whose entries are taken out.
_TAKEN = weakref.WeakKeyDictionary()


class Holder:
    def __init__(self):
        self._own = weakref.WeakKeyDictionary()
        self._own[self] = lambda: self

    def put(self, task):
        _TAKEN[task] = State(task)  # silent LEK305: _TAKEN.pop(task, None) => pass

    def take(self, task):
        _TAKEN.pop(task, None)


# Values that don't refer to it.
_PLAIN = weakref.WeakKeyDictionary()


def plain(task, value):
    _PLAIN[task] = value
    _PLAIN[task] = weakref.ref(task)
    _PLAIN[task] = Named(task)
    _PLAIN[task] = lambda: value


# A dataclass keeps what it is given.
_RECORDS = weakref.WeakKeyDictionary()


@dataclass
class Record:
    task: object


def record(task):
    _RECORDS[task] = Record(task)  # LEK305
