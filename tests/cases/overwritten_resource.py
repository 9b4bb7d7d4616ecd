"""LEK505: a name or an attribute is bound anew while the resource that it holds is open, so the old one is lost."""

import contextlib
import gzip
import logging
import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile

import websockets
from other import drain, wrap


def hang_up(connection):
    if connection is not None:
        connection.close()


# A name is bound anew, and only the resource that it holds in the end is closed.


def reopens(path, other):
    text = open(path)  # LEK505
    print(text.read())
    text = open(other)
    try:
        print(text.read())
    finally:
        text.close()


def closes_in_between(path, other):
    book = open(path)  # silent LEK505: with book: => if book:
    with book:
        print(book.read())
    book = open(other)
    try:
        print(book.read())
    finally:
        book.close()


def falls_back_to_another(path, other):
    lines = open(path)  # LEK505
    if not lines.readline():
        lines = open(other)
    with lines:
        print(lines.read())


def falls_back_when_there_is_none(path, default):
    try:
        config = open(path)  # silent LEK505: except FileNotFoundError: => finally:
    except FileNotFoundError:
        config = open(default)
    with config:
        print(config.read())


def opens_one_of_two(path):
    if path.endswith(".gz"):
        packed = gzip.open(path)
    else:
        packed = open(path, "rb")
    with packed:
        print(packed.read())


def opens_in_a_try(path):
    result = None  # silent LEK505: result = None => result = open("other")
    try:
        result = open(path)
        print(result.read())
    finally:
        if result is not None:
            result.close()


def wraps_what_it_opened(path):
    stream = open(path, "rb")  # silent LEK505: wrap(stream) => wrap(path)
    stream = wrap(stream)
    with stream:
        print(stream.read())


def opens_one_with_after_the_other(path, other):
    with open(path) as block:
        print(block.read())
    with open(other) as block:
        print(block.read())


# Loops bind the name once more each time round.


def closes_only_the_last(paths):
    page = None
    for path in paths:
        page = open(path)  # LEK505
        print(page.readline())
    if page is not None:
        page.close()


def closes_only_the_last_part(rows):
    part = None
    try:
        for number, row in enumerate(rows):
            if number % 1000 == 0:
                part = open(f"part-{number}", "w")  # LEK505
            part.write(row)
    finally:
        if part is not None:
            part.close()


def closes_the_part_before(rows):
    chunk = None
    try:
        for number, row in enumerate(rows):
            if number % 1000 == 0:
                hang_up(chunk)
                chunk = open(f"chunk-{number}", "w")  # silent LEK505: hang_up(chunk) => print(chunk)
            chunk.write(row)
    finally:
        if chunk is not None:
            chunk.close()


def asks_again_while_it_is_open(address):
    peer = None
    while peer is None or not peer.recv(1):
        peer = socket.create_connection(address)  # LEK505
    peer.close()


def connects_again_when_the_peer_has_left(address, wanted):
    feed = socket.create_connection(address)
    try:
        while wanted():
            if not feed.recv(1024):
                hang_up(feed)
                feed = socket.create_connection(address)  # silent LEK505: hang_up(feed) => print(feed)
    finally:
        feed.close()


def stops_at_the_first_that_opens(paths):
    found = None
    for path in paths:
        try:
            found = open(path)  # silent LEK505: break => print(path)
            break
        except OSError:
            print(path)
    if found is not None:
        found.close()


def closes_each(paths):
    for path in paths:
        each = open(path)
        try:
            print(each.read())
        finally:
            each.close()


def opens_each_in_a_with(paths):
    for path in paths:
        with open(path) as sheet:
            print(sheet.read())


# An attribute is bound anew, by set_...() and its like.


class SetsAnotherPath:
    def __init__(self, path):
        self._log = open(path, "a")

    def set_path(self, path):
        self._log = open(path, "a")  # LEK505

    def close(self):
        self._log.close()


class SetsAnotherPathAndCloses:
    def __init__(self, path):
        self._journal = open(path, "a")

    def set_path(self, path):
        hang_up(self._journal)
        self._journal = open(path, "a")  # silent LEK505: hang_up(self._journal) => print(path)

    def close(self):
        self._journal.close()


class SetsAnotherLogFile:
    def __init__(self, path):
        self.handler = logging.FileHandler(path)

    def set_log_path(self, path):
        self.handler.flush()
        self.handler = logging.FileHandler(path)  # LEK505

    def stop(self):
        self.handler.close()


class OpensInASetter:
    def __init__(self, path):
        self._source = open(path)

    @property
    def path(self):
        return self._source.name

    @path.setter
    def path(self, path):
        self._source = open(path)  # LEK505

    def close(self):
        self._source.close()


class Rotates:
    def __init__(self, path):
        self._number = 0
        self._out = open(path, "w")

    def rotate(self):
        self._out.flush()
        self._number += 1
        self._out = open(f"{self._out.name}.{self._number}", "w")  # LEK505

    def close(self):
        self._out.close()


class ClosesTheOtherFile:
    def __init__(self, path):
        self._records = open(path)

    def load_index(self, path):
        self._index = open(path)

    def reopen(self, path):
        self._index.close()
        self._records = open(path)  # LEK505

    def close(self):
        self._index.close()
        self._records.close()


class BindsInALoop:
    def read_all(self, paths):
        for path in paths:
            self._current = open(path)  # LEK505
            print(self._current.read())

    def close(self):
        self._current.close()


class ClosesInItsLoop:
    def read_all(self, paths):
        for path in paths:
            self._now = open(path)
            print(self._now.read())
            self._now.close()


class MakesAnotherFolder:
    def __init__(self):
        self._folder = tempfile.mkdtemp()

    def reset(self):
        self._folder = tempfile.mkdtemp()  # LEK505

    def cleanup(self):
        shutil.rmtree(self._folder)


class RemovesTheOldFolder:
    def __init__(self):
        self._scratch = tempfile.mkdtemp()

    def reset(self):
        shutil.rmtree(self._scratch, True)
        self._scratch = tempfile.mkdtemp()  # silent LEK505: shutil.rmtree(self._scratch, True) => print("reset")

    def cleanup(self):
        shutil.rmtree(self._scratch)


# Connecting again.


class Reconnects:
    def __init__(self, address):
        self._address = address
        self._socket = socket.create_connection(address)

    def reconnect(self):
        self._socket = socket.create_connection(self._address)  # LEK505

    def close(self):
        self._socket.close()


class ReconnectsAndCloses:
    def __init__(self, address):
        self._address = address
        self._sock = socket.create_connection(address)

    def reconnect(self):
        with contextlib.suppress(OSError):
            self._sock.close()
        self._sock = socket.create_connection(self._address)  # silent LEK505: self._sock.close() => print("again")

    def close(self):
        hang_up(self._sock)


class ReconnectsAfterClose:
    def __init__(self, path):
        self._path = path
        self._db = sqlite3.connect(path)

    def reconnect(self):
        self.close()
        self._db = sqlite3.connect(self._path)  # silent LEK505: self.close() => print(self._path)

    def close(self):
        self._db.close()


class ReconnectsWhenSendingFails:
    def __init__(self, address):
        self._address = address
        self._connect()

    def _connect(self):
        self._wire = socket.create_connection(self._address)  # LEK505

    def send(self, data):
        try:
            self._wire.sendall(data)
        except OSError:
            self._connect()
            self._wire.sendall(data)

    def close(self):
        self._wire.close()


class ClosesWhenSendingFails:
    def __init__(self, address):
        self._address = address
        self._dial()

    def _dial(self):
        self._line = socket.create_connection(self._address)  # silent LEK505: self.drop() => print("again")

    def send(self, data):
        try:
            self._line.sendall(data)
        except OSError:
            self.drop()
            self._dial()
            self._line.sendall(data)

    def drop(self):
        self._line.close()


class ReconnectsAsync:
    def __init__(self, url):
        self._url = url
        self._websocket = None

    async def connect(self):
        self._websocket = await websockets.connect(self._url)

    async def reconnect(self):
        self._websocket = await websockets.connect(self._url)  # LEK505

    async def close(self):
        await self._websocket.close()


class ReconnectsAsyncAndCloses:
    def __init__(self, url):
        self._url = url
        self._ws = None

    async def connect(self):
        self._ws = await websockets.connect(self._url)

    async def reconnect(self):
        await self.disconnect()
        self._ws = await websockets.connect(self._url)  # silent LEK505: await self.disconnect() => print(self._url)

    async def disconnect(self):
        await self._ws.close()


class Restarts:
    def __init__(self, command):
        self._command = command
        self._process = subprocess.Popen(command)

    def restart(self):
        self._process = subprocess.Popen(self._command)  # LEK505

    def stop(self):
        self._process.terminate()


class RestartsWhatHasEnded:
    def __init__(self, command):
        self._command = command
        self._child = subprocess.Popen(command)

    def restart(self, force):
        if self._child.poll() is not None:
            self._child = subprocess.Popen(self._command)  # silent LEK505: self._child.poll() => force

    def stop(self):
        self._child.terminate()


# Guards: it is bound anew only where there is none, or where the old one is closed.


class OpensWhenThereIsNone:
    def __init__(self, path):
        self._path = path
        self._file = open(path, "a")

    def reopen(self, text):
        if self._file is None:
            self._file = open(self._path, "a")  # silent LEK505: if self._file is None: => if text:
        self._file.write(text)

    def close(self):
        self._file.close()
        self._file = None


class OpensWhenThereIsNothing:
    def __init__(self, path):
        self._path = path
        self._rows = open(path)

    def reopen(self, path):
        if not self._rows:
            self._rows = open(path or self._path)  # silent LEK505: if not self._rows: => if path:

    def close(self):
        self._rows.close()
        self._rows = None


class OpensWhenItIsClosed:
    def __init__(self, path):
        self._words = open(path)

    def reopen(self, path):
        if self._words is None or self._words.closed:
            self._words = open(path)  # silent LEK505: if self._words is None or self._words.closed: => if path:

    def close(self):
        self._words.close()


class ReturnsWhenItIsOpen:
    def __init__(self, path):
        self._input = open(path)

    def reopen(self, path):
        if self._input is not None:
            return
        self._input = open(path)  # silent LEK505: if self._input is not None: => if path is None:

    def close(self):
        self._input.close()
        self._input = None


class OpensWhatIsMissing:
    def __init__(self, path):
        self._first = open(path)

    def reopen(self, path):
        if getattr(self, "_first", None) is None:
            self._first = open(path)  # silent LEK505: if getattr(self, "_first", None) is None: => if path:

    def close(self):
        self._first.close()
        del self._first


class OpensWhatWasDeleted:
    def __init__(self, path):
        self._second = open(path)

    def reopen(self, path):
        if not hasattr(self, "_second"):
            self._second = open(path)  # silent LEK505: if not hasattr(self, "_second"): => if path:

    def close(self):
        self._second.close()
        del self._second


class ClosesUnderAGuard:
    def __init__(self, path):
        self._notes = open(path)

    def set_path(self, path):
        if self._notes is not None and not self._notes.closed:
            self._notes.close()
        self._notes = open(path)

    def close(self):
        hang_up(self._notes)


# The old one goes elsewhere first.


class Swaps:
    def __init__(self, address):
        self._address = address
        self._peer = socket.create_connection(address)

    def reconnect(self):
        old, self._peer = self._peer, socket.create_connection(self._address)  # silent LEK505: old.close() => print()
        old.close()

    def close(self):
        self._peer.close()


class ClosesTheOldOneAfterwards:
    def __init__(self, address):
        self._address = address
        self._port = socket.create_connection(address)

    def reconnect(self):
        before = self._port
        self._port = socket.create_connection(self._address)  # silent LEK505: before.close() => print(before)
        before.close()

    def close(self):
        self._port.close()


class HandsTheOldOneOn:
    def __init__(self, path):
        self._batch = open(path, "w")

    def rotate(self, path):
        drain(self._batch)
        self._batch = open(path, "w")  # silent LEK505: drain(self._batch) => print(self._batch)

    def close(self):
        self._batch.close()


class HandsOutTheOldOne:
    def __init__(self, path):
        self._volume = open(path, "w")

    def next_volume(self, path):
        full = self._volume
        self._volume = open(path, "w")  # silent LEK505: return full => return full.name
        return full

    def close(self):
        self._volume.close()


# Bound in one place that runs once: no second one is opened over the first.


class OpensOnce:
    def __init__(self):
        self._opened = None

    def open(self, path):
        self._opened = open(path)

    def close(self):
        self._opened.close()


class OpensInEnter:
    def __init__(self, path):
        self._path = path

    def __enter__(self):
        self._entered = open(self._path)
        return self

    def __exit__(self, *exc):
        self._entered.close()


class OpensOneOfTwo:
    def __init__(self, path):
        if path.endswith(".gz"):
            self._packed = gzip.open(path)
        else:
            self._packed = open(path, "rb")

    def close(self):
        self._packed.close()


class OpensTheDefault:
    def __init__(self, path):
        try:
            self._config = open(path)
        except OSError:
            self._config = open(os.devnull)

    def close(self):
        self._config.close()
