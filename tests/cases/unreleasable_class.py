"""LEK553: a class keeps a resource, and nothing in the file ends it: no end at all, or a base from elsewhere."""

import mmap
import multiprocessing
import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import threading
import typing
import unittest
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import aiohttp
import requests
from other import Filter, Mixin, drain

# What ends by itself when it is collected, in a class that means to end before.


class ForgetsItsExecutor:
    def __init__(self):
        self._workers = ThreadPoolExecutor()  # LEK553

    def close(self):
        print("closed")


class LivesOnWithItsExecutor:
    def __init__(self):
        self._workers = ThreadPoolExecutor()  # silent LEK553: ends_later => close

    def ends_later(self):
        print("closed")


# A class without an end.


class KeepsAFile:
    def __init__(self, path):
        self._file = open(path)  # LEK553

    def read(self):
        return self._file.read()


class KeepsAConnection:
    def __init__(self, path):
        self.path = path
        self.init_db()

    def init_db(self):
        self.db = sqlite3.connect(self.path)  # LEK553

    def count(self):
        return self.db.execute("SELECT count(*) FROM t").fetchone()[0]


class KeepsASocket:
    def __init__(self, address):
        self._socket = socket.create_connection(address)  # LEK553

    def ask(self, data):
        self._socket.sendall(data)
        return self._socket.recv(1024)


class KeepsAPool:
    def __init__(self):
        self._pool = multiprocessing.Pool()  # LEK553

    def run(self, function, items):
        self._pool.map(function, items)


class KeepsAFolder:
    def __init__(self):
        self._folder = tempfile.mkdtemp()  # LEK553


class KeepsAProcess:
    def __init__(self, command):
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE)  # LEK553

    def send(self, line):
        self._process.stdin.write(line)


class KeepsADescriptor:
    def __init__(self, path):
        self._fd = os.open(path, os.O_RDONLY)  # LEK553

    def read(self):
        return os.read(self._fd, 100)


class KeepsASession:
    def __init__(self, token):
        self._session = requests.Session()  # LEK553
        self._session.headers["Authorization"] = token

    def fetch(self, url):
        return self._session.get(url).text


class KeepsAnAsyncSession:
    async def start(self):
        self._web = aiohttp.ClientSession()  # LEK553

    async def fetch(self, url):
        async with self._web.get(url) as reply:
            return await reply.text()


class KeepsAMap:
    def load(self, path):
        with open(path, "rb") as source:
            self._map = mmap.mmap(source.fileno(), 0)  # LEK553

    def at(self, index):
        print(self._map[index])


class KeepsWhatItMadeItself:
    def __init__(self, session=None):
        self._http = session or requests.Session()  # LEK553

    def fetch(self, url):
        return self._http.get(url).text


class OpensWhenFirstUsed:
    def __init__(self, path):
        self._path = path
        self._lines = None

    def next_line(self):
        if self._lines is None:
            self._lines = open(self._path)  # LEK553
        return self._lines.readline()


@dataclass
class OpensAfterInit:
    path: str
    file: typing.IO = field(init=False)

    def __post_init__(self):
        self.file = open(self.path)  # LEK553


class EndsWithItsThread(threading.Thread):
    def __init__(self, address):
        super().__init__(daemon=True)
        self._peer = socket.create_connection(address)  # LEK553

    def run(self):
        print(self._peer.recv(1024))


# A base from another file may end it.


class LogFilter(Filter):
    def __init__(self, path):
        self.log = open(path)  # LEK553

    def close(self):
        self.log.flush()


class Uploader(Mixin):
    def start(self, address):
        self.link = socket.create_connection(address)  # LEK553

    def stop(self):
        print("stopped")


class Downloader(Uploader):
    def load(self, path):
        self.target = open(path)  # LEK553


class WithoutAnEnd(Mixin):
    def __init__(self, path):
        self.source = open(path)  # LEK553


class ReadsAFixture(unittest.TestCase):
    def setUp(self):
        self.fixture_file = open("fixture")  # LEK553

    def tearDown(self):
        print("down")


# Any method may release it, whatever its name.


class ReadsToTheEnd:
    def __init__(self, path):
        self._rows = open(path)  # silent LEK553: self._rows.close() => self._rows.tell()

    def read_all(self):
        rows = self._rows.readlines()
        self._rows.close()
        return rows


class ReadsInAWith:
    def __init__(self, path):
        self._words = open(path)  # silent LEK553: with self._words: => if self._words:

    def __iter__(self):
        with self._words:
            yield from self._words.read().split()


class FinishesTheProcess:
    def __init__(self, command):
        self._child = subprocess.Popen(command)  # silent LEK553: self._child.communicate() => print(self._child)

    def output(self):
        return self._child.communicate()


class EndsWhenCollected:
    def __init__(self, path):
        self._collected = open(path)

    def __del__(self):
        self._collected.close()


class EndsWithAFinalizer:
    def __init__(self):
        self._bin = tempfile.mkdtemp()  # silent LEK553: weakref.finalize(self, shutil.rmtree, self._bin) => pass
        weakref.finalize(self, shutil.rmtree, self._bin)


class ClosesInItsRun(threading.Thread):
    def __init__(self, address):
        super().__init__(daemon=True)
        self._conn = socket.create_connection(address)  # silent LEK553: with self._conn: => if self._conn:

    def run(self):
        with self._conn:
            print(self._conn.recv(1024))


class ClosesInASubclass:
    def __init__(self, path):
        self._open = open(path)  # silent LEK553: self._open.close() => self._open.tell()


class Closing(ClosesInASubclass):
    def leave(self):
        self._open.close()


class ClosesUnderAnUnknownBase(Filter):
    def __init__(self, path):
        self.closed_log = open(path)  # silent LEK553: self.closed_log.close() => self.closed_log.flush()

    def close(self):
        super().close()
        self.closed_log.close()


# Handed out: someone else may end it.


class HandsItOut:
    def __init__(self, path):
        self._public = open(path)  # silent LEK553: return self._public => return self._public.name

    def file(self):
        return self._public


class HandsItOn:
    def __init__(self, path):
        self._passed = open(path)  # silent LEK553: drain(self._passed) => print(self._passed)

    def run(self):
        drain(self._passed)


class NotesTheNumber:
    def __init__(self, command):
        self._daemon = subprocess.Popen(command)  # silent LEK553: return self._daemon.pid => return None

    def number(self):
        return self._daemon.pid


class ClosedByAFunction:
    def __init__(self, path):
        self.shared = open(path)  # silent LEK553: holder.shared.close() => print(holder)


def close_shared(holder):
    holder.shared.close()


class WasGiven:
    def __init__(self, session):
        self._given = session  # silent LEK553: self._given = session => self._given = requests.Session()


class EndsByItself:
    def __init__(self):
        self._tmp = tempfile.TemporaryDirectory()  # silent LEK553: tempfile.TemporaryDirectory() => tempfile.mkdtemp()


# Test cases leave the release to the runner.


class CleansUp(unittest.TestCase):
    def setUp(self):
        self._sample = open("sample")  # silent LEK553: self.addCleanup(self._sample.close) => print(self._sample)
        self.addCleanup(self._sample.close)


class EntersIt(unittest.TestCase):
    def setUp(self):
        self._entered = self.enterContext(open("sample"))  # silent LEK553: self.enterContext(open( => (open(


class ClosesInTearDown(unittest.TestCase):
    def setUp(self):
        self._torn = open("sample")  # silent LEK553: self._torn.close() => self._torn.tell()

    def tearDown(self):
        self._torn.close()


class RemovesTheFolder(unittest.TestCase):
    def setUp(self):
        self._place = tempfile.mkdtemp()  # silent LEK553: shutil.rmtree, self._place, True) => print)
        self.addCleanup(shutil.rmtree, self._place, True)
