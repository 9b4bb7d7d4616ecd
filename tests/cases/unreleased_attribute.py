"""LEK504: a resource is kept on self, the class has an end, and the end misses the resource."""

import abc
import asyncio
import atexit
import contextlib
import csv
import functools
import io
import mmap
import multiprocessing
import os
import selectors
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import threading
import typing
import weakref
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import aiohttp
import asyncpg
import httpx
import requests
from other import Filter, drain, registry

# A close() that does something else.


class OnlyFlushes:
    def __init__(self, path):
        self._flushed = open(path, "w")  # LEK504

    def write(self, text):
        self._flushed.write(text)

    def close(self):
        self._flushed.flush()


class OnlyCommits:
    def __init__(self, path):
        self._ledger = sqlite3.connect(path)  # LEK504

    def add(self, row):
        self._ledger.execute("INSERT INTO t VALUES (?)", row)

    def close(self):
        self._ledger.commit()


class OnlySetsAFlag:
    def __init__(self, address):
        self._stopped = False
        self._link = socket.create_connection(address)  # LEK504

    def run(self):
        while not self._stopped:
            print(self._link.recv(1024))

    def stop(self):
        self._stopped = True


class OnlyDropsIt:
    def __init__(self, address):
        self._dropped = socket.create_connection(address)  # LEK504

    def send(self, data):
        self._dropped.sendall(data)

    def disconnect(self):
        self._dropped = None


class OnlyWrites:
    def __init__(self, path):
        self._lock_fd = os.open(path, os.O_RDWR)  # LEK504

    def shutdown(self):
        os.write(self._lock_fd, b"bye")


class OnlyForgetsTheNames:
    def __init__(self):
        self._names = []
        self._scratch = tempfile.mkdtemp()  # LEK504

    def cleanup(self):
        self._names.clear()


class OnlyJoinsTheThread:
    def __init__(self, command):
        self._thread = threading.Thread(target=print, daemon=True)
        self._child = subprocess.Popen(command)  # LEK504

    def stop(self):
        self._thread.join()


class OnlyForgetsTheJobs:
    def __init__(self):
        self._jobs = {}
        self._workers = multiprocessing.Pool(4)  # LEK504

    def shutdown(self):
        self._jobs = {}


class EmptyClose:
    def __init__(self, path):
        self._opened: io.TextIOBase = open(path)  # LEK504

    def read(self):
        return self._opened.read()

    def close(self):
        """Nothing to do."""


class OnlyWaitsForTheQueue:
    def __init__(self, queue):
        self._queue = queue

    async def connect(self, dsn):
        self._db_pool = await asyncpg.create_pool(dsn)  # LEK504

    async def close(self):
        await self._queue.join()


# One of two is forgotten.


class ForgetsTheSecondFile:
    def load(self, data, index):
        self._data_file = open(data)  # silent LEK504: self._data_file.close() => print("closed")
        self._index_file = open(index)  # LEK504

    def close(self):
        self._data_file.close()


class ForgetsTheThirdInTheLoop:
    def load(self, one, two, three):
        self._part_one = open(one)
        self._part_two = open(two)
        self._part_three = open(three)  # LEK504

    def close(self):
        for part in (self._part_one, self._part_two):
            part.close()


class ForgetsTheFileUnderTheMap:
    def load(self, path):
        self._mapped_file = open(path, "rb")  # LEK504
        self._view = mmap.mmap(self._mapped_file.fileno(), 0)

    def close(self):
        self._view.close()


class ForgetsTheSelector:
    def start(self, address):
        self._selector = selectors.DefaultSelector()  # LEK504
        self._listener = socket.create_server(address)

    def stop(self):
        self._listener.close()


class ForgetsOneEndOfThePipe:
    def start(self):
        self._read_end, self._write_end = os.pipe()  # LEK504

    def stop(self):
        os.close(self._read_end)


class ForgetsTheFileUnderTheWriter:
    def start(self, path):
        self._table_file = open(path, "w")  # LEK504
        self._table = csv.writer(self._table_file)

    def stop(self):
        self._table.writerow(["end"])


# Leaving the `with` block over the object must release what the object holds.


class ExitForgets:
    def __init__(self, path):
        self._path = path

    def __enter__(self):
        self._entered = open(self._path)  # LEK504
        return self

    def __exit__(self, *exc):
        print("left", self._path)


class ExitCloses:
    def __init__(self, path):
        self._path = path

    def __enter__(self):
        self._well_kept = open(self._path)  # silent LEK504: self._well_kept.close() => self._well_kept.flush()
        return self

    def __exit__(self, *exc):
        self._well_kept.close()


class ExitLeavesItToClose:
    def __init__(self, command):
        self._samples = []
        self._tracker = subprocess.Popen(command)  # LEK504

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self._samples = []

    def close(self):
        self._tracker.terminate()
        self._tracker.wait()


class ExitCallsClose:
    def __init__(self, path):
        self._chain = open(path)  # silent LEK504: self.finish() => print("left")

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.finish()

    def finish(self):
        self._chain.close()


class ExitHandsOn:
    def __init__(self, path):
        self._inner = open(path)  # silent LEK504: self._inner.__exit__(*exc) => print(*exc)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        return self._inner.__exit__(*exc)


class AsyncExitForgets:
    async def __aenter__(self):
        self._http = httpx.AsyncClient()  # LEK504
        return self

    async def __aexit__(self, *exc):
        await asyncio.sleep(0)


class AsyncExitCloses:
    async def __aenter__(self):
        self._web = httpx.AsyncClient()  # silent LEK504: await self._web.aclose() => await self._web.get("/")
        return self

    async def __aexit__(self, *exc):
        await self._web.aclose()


class AsyncExitIsClose:
    async def __aenter__(self):
        self._agent = aiohttp.ClientSession()  # silent LEK504: await self._agent.close() => await asyncio.sleep(0)
        return self

    async def close(self, *exc):
        await self._agent.close()

    __aexit__ = close


# It is made only at times: then it is the object's own, and the object must end it.


class MadeWhenNoneIsGiven:
    def __init__(self, session=None):
        self._session = session or requests.Session()  # LEK504

    def fetch(self, url):
        return self._session.get(url).text

    def close(self):
        print("closed")


class OpenedWhenAPathIsGiven:
    def __init__(self, source):
        self._source = open(source) if isinstance(source, str) else source  # LEK504

    def close(self):
        print(self._source.name)


class OwnedAndClosed:
    def __init__(self, source):
        self._owned = isinstance(source, str)
        self._stream = open(source) if self._owned else source  # silent LEK504: self._stream.close() => print("end")

    def close(self):
        if self._owned:
            self._stream.close()


class GivenByTheCaller:
    def __init__(self, http):
        self._given = http  # silent LEK504: self._given = http => self._given = requests.Session()

    def close(self):
        print("the giver closes it")


class MadeWhenFirstUsed:
    def __init__(self, path):
        self._path = path
        self._lazy_db = None

    def count(self):
        if self._lazy_db is None:
            self._lazy_db = sqlite3.connect(self._path)  # LEK504
        return self._lazy_db.execute("SELECT count(*) FROM t").fetchone()[0]

    def close(self):
        print("closed")


class BoundToANameFirst:
    def __init__(self, path):
        handle = open(path)  # LEK504
        self._bound = handle

    def close(self):
        print("closed")


class BoundToANameAndClosed:
    def __init__(self, path):
        kept = open(path)  # silent LEK504: self._kept.close() => print("closed")
        self._kept = kept

    def close(self):
        self._kept.close()


@dataclass
class MadeAfterInit:
    path: str
    _made: typing.IO = field(init=False)

    def __post_init__(self):
        self._made = open(self.path)  # LEK504

    def close(self):
        self.path = ""


@dataclass
class MadeAfterInitAndClosed:
    path: str
    _post: typing.IO = field(init=False)

    def __post_init__(self):
        self._post = open(self.path)  # silent LEK504: self._post.close() => self.path = ""

    def close(self):
        self._post.close()


# Bases that hold nothing of ours don't matter.


class AbstractBase(abc.ABC):
    def __init__(self, path):
        self._abstract = open(path)  # LEK504

    @abc.abstractmethod
    def parse(self): ...

    def close(self):
        print("closed")


Item = typing.TypeVar("Item")


class GenericBase(typing.Generic[Item], object):
    def __init__(self, path):
        self._generic = open(path)  # LEK504

    def close(self):
        print("closed")


# A base from another file doesn't know a private field. A public one it may well release: see LEK553.


class BaseOfAnotherFile(Filter):
    def __init__(self, path):
        self._private = open(path)  # LEK504

    def close(self):
        self._private.flush()


# What reads or writes it doesn't end it.


class PrintsToIt:
    def __init__(self, path):
        self._log = open(path, "a")  # LEK504

    def log(self, text):
        print(text, file=self._log)

    def close(self):
        self.log("end")


class HelperOnlyUsesIt:
    def __init__(self, address):
        self._used = socket.create_connection(address)  # LEK504

    def close(self):
        say_goodbye(self._used)


class HelperClosesIt:
    def __init__(self, address):
        self._ended = socket.create_connection(address)  # silent LEK504: end(self._ended) => say_goodbye(self._ended)

    def close(self):
        end(self._ended)


def say_goodbye(connection):
    connection.sendall(b"bye")


def end(connection):
    say_goodbye(connection)
    connection.close()


class MethodClosesWhatItIsGiven:
    def __init__(self, address):
        self._first = socket.create_connection(address)  # silent LEK504: self._end(self._first) => print(self._first)

    def _end(self, connection):
        connection.close()

    def stop(self):
        self._end(self._first)


class StaticMethodClosesWhatItIsGiven:
    def __init__(self, address):
        self._peer = socket.create_connection(address)  # silent LEK504: self._cut(self._peer) => print(self._peer)

    @staticmethod
    def _cut(connection):
        connection.shutdown(socket.SHUT_RDWR)
        connection.close()

    def stop(self):
        self._cut(self._peer)


# The release may stand in any method of the class.


class EndedWhenReadToItsEnd:
    def __init__(self, path):
        self._lines = open(path)  # silent LEK504: self._lines.close() => print("end")

    def __next__(self):
        line = self._lines.readline()
        if not line:
            self._lines.close()
            raise StopIteration
        return line

    def stop(self):
        print("stopped")


class EndedByItsThread:
    def __init__(self, address):
        self._running = True
        self._served = socket.create_connection(address)  # silent LEK504: self._served.close() => print("end")

    def run(self):
        try:
            while self._running:
                print(self._served.recv(1024))
        finally:
            self._served.close()

    def stop(self):
        self._running = False


class EndedWhenCollected:
    def __init__(self, path):
        self._path = path
        self._collected = open(path)  # silent LEK504: self._collected.close() => print("end")

    def stop(self):
        self._path = None

    def __del__(self):
        self._collected.close()


class EndedByAContextManager:
    def __init__(self, path):
        self._lent = open(path)  # silent LEK504: self._lent.close() => print("end")

    @contextlib.contextmanager
    def reading(self):
        try:
            yield self
        finally:
            self._lent.close()

    def stop(self):
        print("stopped")


class EndedUnderGuards:
    def __init__(self, path):
        self._guarded = open(path)  # silent LEK504: self._guarded.close() => print("end")

    def close(self):
        if self._guarded is not None and not self._guarded.closed:
            with contextlib.suppress(OSError):
                self._guarded.close()


class EndedByAnInnerFunction:
    def __init__(self, path):
        self._deferred = open(path)  # silent LEK504: self._deferred.close() => print("end")

    def close(self, loop):
        def finish():
            self._deferred.close()

        loop.call_soon(finish)


class EndedByALambda:
    def __init__(self, path):
        self._late = open(path)  # silent LEK504: lambda: self._late.close() => print

    def close(self, loop):
        loop.call_soon(lambda: self._late.close())


class EndedByAWith:
    def __init__(self, path):
        self._whole = open(path)  # silent LEK504: with self._whole: => if self._whole:

    def stop(self):
        with self._whole:
            print(self._whole.read())


class EndedByClosing:
    def __init__(self, path):
        self._base = sqlite3.connect(path)  # silent LEK504: with contextlib.closing(self._base): => if self._base:

    def stop(self):
        with contextlib.closing(self._base):
            self._base.commit()


class Deleted:
    def __init__(self, path):
        self._deleted = open(path)  # silent LEK504: del self._deleted => print("end")

    def close(self):
        del self._deleted


# Several fields at once, by name or by value.


class ClosedInALoop:
    def load(self, left, right):
        self._left = open(left)  # silent LEK504: side.close() => side.flush()
        self._right = open(right)

    def close(self):
        for side in (self._left, self._right):
            side.close()


class ClosedInAComprehension:
    def load(self, up, down):
        self._up = open(up)  # silent LEK504: [way.close() for way in [self._up, self._down]] => print("closed")
        self._down = open(down)

    def close(self):
        [way.close() for way in [self._up, self._down]]


class ClosedByName:
    def load(self, path):
        self._by_name = open(path)  # silent LEK504: getattr(self, name).close() => print(name)

    def close(self):
        for name in ("_by_name", "_other"):
            getattr(self, name).close()


class ClosedWithAllAttributes:
    def load(self, path):
        self._any = open(path)  # silent LEK504: vars(self).values() => range(3)

    def close(self):
        for value in vars(self).values():
            if hasattr(value, "close"):
                value.close()


class ClosedByGather:
    async def start(self):
        self._north = aiohttp.ClientSession()  # silent LEK504: (self._north.close(), self._ => (self._
        self._south = aiohttp.ClientSession()

    async def stop(self):
        await asyncio.gather(self._north.close(), self._south.close())


# Releases that are functions.


class ClosesTheDescriptor:
    def __init__(self, path):
        self._fd = os.open(path, os.O_RDONLY)  # silent LEK504: os.close(self._fd) => os.fsync(self._fd)

    def close(self):
        os.close(self._fd)


class RemovesTheFolder:
    def __init__(self):
        self._folder = tempfile.mkdtemp()  # silent LEK504: shutil.rmtree(self._folder) => print(self._folder)

    def cleanup(self):
        shutil.rmtree(self._folder)


class ClosesBothEnds:
    def start(self):
        self._source_end, self._sink_end = os.pipe()  # silent LEK504: os.close(self._sink_end) => print("end")

    def stop(self):
        os.close(self._source_end)
        os.close(self._sink_end)


# Under another name.


class ClosedByAnAlias:
    def __init__(self, address):
        self._sock = socket.create_connection(address)  # silent LEK504: sock.close() => sock.recv(1)

    def close(self):
        sock = self._sock
        self._sock = None
        sock.close()


class ClosedAfterASwap:
    def __init__(self, address):
        self._wire = socket.create_connection(address)  # silent LEK504: wire.close() => wire.recv(1)

    def close(self):
        wire, self._wire = self._wire, None
        wire.close()


class ClosedByAWalrus:
    def __init__(self, path):
        self._log_file = open(path)  # silent LEK504: found.close() => found.read()

    def close(self):
        if (found := self._log_file) is not None:
            found.close()


class ClosedThroughItsWrapper:
    def start(self, path):
        self._raw = open(path, "rb")  # silent LEK504: io.TextIOWrapper(self._raw) => io.StringIO()
        self._text = io.TextIOWrapper(self._raw)

    def stop(self):
        self._text.close()


class ClosedByItsMethod:
    def __init__(self, path):
        self._source_file = open(path)  # silent LEK504: self.close = self._source_file.close => print("open")
        self.close = self._source_file.close

    def stop(self):
        print("stopped")


# Handed out: someone else may close it.


class HandedToAnUnknownFunction:
    def __init__(self, path):
        self._drained = open(path)  # silent LEK504: drain(self._drained) => print(self._drained)

    def close(self):
        drain(self._drained)


class HandedToAThread:
    def start(self, address, serve):
        self._shared = socket.create_connection(address)  # silent LEK504: args=(self._shared,) => args=()
        threading.Thread(target=serve, args=(self._shared,)).start()

    def stop(self):
        print("stopped")


class HandedOutByAGetter:
    def __init__(self, path):
        self._public = open(path)  # silent LEK504: return self._public => return self._public.name

    @property
    def file(self):
        return self._public

    def close(self):
        print("closed")


class HandedOutByALazyProperty:
    def __init__(self, path):
        self._path = path
        self._shared_db = None

    @property
    def db(self):
        if self._shared_db is None:
            self._shared_db = sqlite3.connect(self._path)  # silent LEK504: return self._shared_db => return None
        return self._shared_db

    def close(self):
        print("closed")


class YieldedToTheCaller:
    def __init__(self, path):
        self._yielded = open(path)  # silent LEK504: yield self._yielded => yield self._yielded.name

    def files(self):
        yield self._yielded

    def close(self):
        print("closed")


class StoredElsewhere:
    def __init__(self, path, owner):
        self._owner = owner
        self._stored = open(path)  # silent LEK504: self._owner.file = self._stored => print(self._owner)

    def close(self):
        self._owner.file = self._stored


class ListedForSomeoneElse:
    def __init__(self, path):
        self._listed = open(path)  # silent LEK504: registry.append(self._listed) => print(registry)

    def close(self):
        registry.append(self._listed)


class CloserIsHandedOver:
    def __init__(self, path):
        self._callable = open(path)  # silent LEK504: functools.partial(self._callable.close) => print

    def stop(self, loop):
        loop.call_soon(functools.partial(self._callable.close))


class ClosedFromOutside:
    def __init__(self, path):
        self._internal = open(path)  # silent LEK504: holder._internal.close() => print(holder)

    def stop(self):
        print("stopped")


def close_holder(holder):
    holder._internal.close()


# Exit stacks, finalizers, and the end of the process.


class OnAStack:
    def __init__(self):
        self._stack = contextlib.ExitStack()

    def start(self, path):
        self._on_stack = self._stack.enter_context(open(path))  # silent LEK504: self._stack.enter_context( => (

    def close(self):
        self._stack.close()


class EnteredLater:
    def __init__(self):
        self._closing = contextlib.ExitStack()

    def start(self, path):
        self._put_on = open(path)  # silent LEK504: enter_context(self._put_on) => callback(print)
        self._closing.enter_context(self._put_on)

    def close(self):
        self._closing.close()


class PushedOnAStack:
    def __init__(self):
        self._ending = contextlib.ExitStack()

    def start(self, path):
        self._pushed = open(path)  # silent LEK504: self._ending.push(self._pushed) => print(self._pushed)
        self._ending.push(self._pushed)

    def close(self):
        self._ending.close()


class CalledBackByAStack:
    def __init__(self):
        self._later = contextlib.ExitStack()

    def start(self, path):
        self._called_back = open(path)  # silent LEK504: self._later.callback(self._called_back.close) => print(path)
        self._later.callback(self._called_back.close)

    def close(self):
        self._later.close()


class OnAnAsyncStack:
    def __init__(self):
        self._async_stack = contextlib.AsyncExitStack()

    async def start(self):
        opened = httpx.AsyncClient()  # silent LEK504: await self._async_stack.enter_async_context(opened) => opened
        self._stacked = await self._async_stack.enter_async_context(opened)

    async def close(self):
        await self._async_stack.aclose()


class CalledBackByAnAsyncStack:
    def __init__(self):
        self._callbacks = contextlib.AsyncExitStack()

    async def start(self):
        self._async = httpx.AsyncClient()  # silent LEK504: push_async_callback(self._async.aclose) => callback(print)
        self._callbacks.push_async_callback(self._async.aclose)

    async def close(self):
        await self._callbacks.aclose()


class Finalized:
    def __init__(self, path):
        self._final = open(path)  # silent LEK504: self._final.close) => print)
        weakref.finalize(self, self._final.close)

    def stop(self):
        print("stopped")


class FolderFinalized:
    def __init__(self):
        self._place = tempfile.mkdtemp()  # silent LEK504: shutil.rmtree, self._place) => print)
        weakref.finalize(self, shutil.rmtree, self._place)

    def stop(self):
        print("stopped")


class ClosedAtExit:
    def __init__(self, path):
        self._last = open(path)  # silent LEK504: atexit.register(self._last.close) => print(path)
        atexit.register(self._last.close)

    def stop(self):
        print("stopped")


# Nothing is lost when these are forgotten.


class EndsByItself:
    def __init__(self):
        self._tmp = tempfile.TemporaryDirectory()  # silent LEK504: tempfile.TemporaryDirectory() => tempfile.mkdtemp()

    def close(self):
        print("closed")


class DaemonThread:
    def __init__(self, address):
        self._reader = threading.Thread(target=print, daemon=True)
        self._reader.start()

    def close(self):
        print("closed")


class InMemory:
    def __init__(self, data):
        self._archive = zipfile.ZipFile(io.BytesIO(data))  # silent LEK504: ZipFile(io.BytesIO(data)) => ZipFile(data)

    def close(self):
        print("closed")


# Processes and pools have several ends.


class Waits:
    def __init__(self, command):
        self._waited = subprocess.Popen(command)  # silent LEK504: self._waited.wait() => print("end")

    def stop(self):
        self._waited.wait()


class Terminates:
    def __init__(self, command):
        self._killed = subprocess.Popen(command)  # silent LEK504: self._killed.terminate() => print("end")

    def stop(self):
        self._killed.terminate()


class KillsByNumber:
    def __init__(self, command):
        self._group = subprocess.Popen(command)  # silent LEK504: os.killpg(self._group.pid, 9) => print("end")

    def stop(self):
        os.killpg(self._group.pid, 9)


class EndsThePool:
    def __init__(self):
        self._crew = multiprocessing.Pool(4)  # silent LEK504: self._crew.terminate() => print("end")

    def shutdown(self):
        self._crew.terminate()


# The bases and subclasses of the file belong to the class.


class Base:
    def close(self):
        self._of_subclass.close()


class OpensForItsBase(Base):
    def __init__(self, path):
        self._of_subclass = open(path)  # silent LEK504: self._of_subclass.close() => print("closed")


class OpensForItsSubclass:
    def __init__(self, path):
        self._of_base = open(path)  # silent LEK504: self._of_base.close() => print("closed")

    def stop(self):
        print("stopped")


class ClosesForItsBase(OpensForItsSubclass):
    def close(self):
        self._of_base.close()


class CallsAHook:
    def close(self):
        self._close_it()


class ClosesInTheHook(CallsAHook):
    def __init__(self, path):
        self._hooked = open(path)  # silent LEK504: self._hooked.close() => print("closed")

    def _close_it(self):
        self._hooked.close()


class Image:
    def __init__(self, path):
        self._image_file = open(path)  # silent LEK504: self._image_file.close() => print("closed")

    def close(self):
        self._image_file.close()


class LayeredImage(Image):
    def load(self, path):
        self._layer_file = open(path)  # LEK504


class MaskedImage(Image):
    def load(self, path):
        self._mask_file = open(path)  # silent LEK504: self._mask_file.close() => print("mask")

    def close(self):
        self._mask_file.close()
        super().close()
