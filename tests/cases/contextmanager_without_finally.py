"""LEK507: context managers written as generators, whose release stands after the yield but not in a finally."""

import atexit
import contextlib
import ftplib
import io
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import asynccontextmanager, contextmanager, suppress
from contextlib import contextmanager as manager
from pathlib import Path

import aiohttp
import matplotlib.pyplot as plt
import pytest

# A connection is made, lent and closed: the block's exception comes out of the yield.


@contextmanager
def database(path):
    connection = sqlite3.connect(path)  # LEK507
    yield connection
    connection.close()


@contextlib.contextmanager
def database_by_module(path):
    connected = sqlite3.connect(path)  # LEK507
    yield connected
    connected.close()


@manager
def database_by_alias(path):
    db = sqlite3.connect(path)  # LEK507
    yield db
    db.close()


@asynccontextmanager
async def web():
    session = aiohttp.ClientSession()  # LEK507
    yield session
    await session.close()


class Store:
    @contextmanager
    def cursor(self):
        with self.lock:
            opened = sqlite3.connect(self.path)  # LEK507
            yield opened
            opened.close()



class Recorder:
    @contextmanager
    def recording(self):
        self.tape = self.make()
        yield self
        self.tape.close()

    def stop(self):
        self.tape.close()


@contextmanager
def database_at_last(path):
    kept = sqlite3.connect(path)  # silent LEK507: finally:  # kept => else:
    try:
        yield kept
    except sqlite3.Warning:
        pass
    finally:  # kept
        kept.close()


@contextmanager
def file_at_last(path):
    file = open(path)  # silent LEK507: finally:  # file => else:
    try:
        yield file
    except EOFError:
        pass
    finally:  # file
        file.close()


@contextmanager
def unknown_maker(factory):
    thing = factory.make()  # LEK507
    yield thing
    thing.close()


@contextmanager
def given(client):
    yield client
    client.close()


# The transaction is ended on all paths, the connection on one.


@contextmanager
def transaction(path):
    rolled = sqlite3.connect(path)  # LEK507
    try:
        yield rolled
        rolled.commit()
    except Exception:
        rolled.rollback()
        raise
    rolled.close()


@contextmanager
def transaction_that_ends(path):
    ended = sqlite3.connect(path)  # silent LEK507: ended.close()  # after an error => ended.rollback()
    try:
        yield ended
    except Exception:
        ended.close()  # after an error
        raise
    ended.close()


@contextmanager
def transaction_that_goes_on(path, log):
    survives = sqlite3.connect(path)  # silent LEK507: log.exception("failed") => raise
    try:
        yield survives
    except BaseException:
        log.exception("failed")
    survives.close()


@contextmanager
def transaction_with_another_error(path, other):
    narrow = sqlite3.connect(path)  # LEK507
    try:
        yield narrow
    except other:
        narrow.close()
        raise
    narrow.close()


@contextmanager
def sqlite_ends_the_transaction_only(path):
    committed = sqlite3.connect(path)  # LEK507
    with committed:
        yield committed
    committed.close()


@contextmanager
def suppresses(factory):
    quiet = factory.make()  # silent LEK507: with suppress(Exception): => with print(Exception):
    with suppress(Exception):
        yield quiet
    quiet.close()


# A `with` around the yield takes care.


@contextmanager
def inside_a_with(path):
    with open(path) as inner:  # silent LEK507: with open(path) as inner: => if inner := open(path):
        yield inner


@contextmanager
def closes_once_more(path):
    with open(path) as twice:  # silent LEK507: with open(path) as twice: => if twice := open(path):
        yield twice
        twice.close()


@asynccontextmanager
async def with_in_an_async_generator(path):
    with open(path) as lent:  # silent LEK507: with open(path) as lent: => if lent := open(path):
        yield lent


@contextmanager
def closing_by_name(path):
    named = sqlite3.connect(path)  # silent LEK507: with contextlib.closing(named): => with named:
    with contextlib.closing(named):
        yield named
    named.close()


@contextmanager
def on_a_stack(path):
    with contextlib.ExitStack() as stack:
        stacked = sqlite3.connect(path)  # silent LEK507: stack.callback(stacked.close) => print(stack)
        stack.callback(stacked.close)
        yield stacked
        stacked.close()


@contextmanager
def at_exit(path):
    folder = tempfile.mkdtemp()  # silent LEK507: atexit.register(shutil.rmtree, folder) => print(path)
    atexit.register(shutil.rmtree, folder)
    yield folder
    shutil.rmtree(folder)


@contextmanager
def closed_by_an_inner_function(path, run):
    shared = sqlite3.connect(path)  # silent LEK507: shared.close()  # by the hook => pass

    def hook():
        shared.close()  # by the hook

    run(hook)
    yield shared
    shared.close()


@contextmanager
def kept_elsewhere_too(path, registry):
    registry.current = listed = sqlite3.connect(path)  # silent LEK507: registry.current = listed => listed
    yield listed
    listed.close()


@contextmanager
def helper_in_finally(path, finish):
    helped = sqlite3.connect(path)  # silent LEK507: finish(helped) => finish(path)
    try:
        yield helped
        helped.close()
    finally:
        finish(helped)


@contextmanager
def started_in_its_own_with(factory):
    with factory.make() as scoped:
        scoped.start()  # silent LEK507: with factory.make() as scoped: => for scoped in factory.make():
        yield scoped
        scoped.stop()


# However the call is spelled whose result is kept.


@asynccontextmanager
async def awaited(factory):
    link = await factory.connect()  # LEK507
    yield link
    await link.close()


@contextmanager
def one_or_the_other(factory, path):
    either = factory.make(path) if path else None  # LEK507
    yield either
    either.close()


@contextmanager
def first_or_second(factory, ready):
    whichever = ready or factory.make()  # LEK507
    yield whichever
    whichever.close()


@contextmanager
def chosen_by_kind(factory, kind):
    match kind:
        case "new":
            fresh = factory.make()  # LEK507
            yield fresh
            fresh.close()
        case _:
            yield None


# Descriptors, sockets, threads, processes.


@contextmanager
def locked_file(path):
    descriptor = os.open(path, os.O_RDWR)  # LEK507
    os.lockf(descriptor, os.F_LOCK, 0)
    yield
    os.lockf(descriptor, os.F_ULOCK, 0)
    os.close(descriptor)


@contextmanager
def pair_of_sockets():
    left, right = socket.socketpair()  # LEK507
    yield left, right
    left.close()
    right.close()


@contextmanager
def standard_output_or_file(path):
    if path == "-":
        handle = sys.stdout
    else:
        handle = open(path, "w")  # LEK507
    yield handle
    handle.flush()
    handle.close()


@contextmanager
def child(command):
    process = subprocess.Popen(command)  # LEK507
    yield process
    process.terminate()


@contextmanager
def waits_for_a_child(command):
    waited = subprocess.Popen(command)  # LEK507
    yield waited.pid
    waited.wait()


@contextmanager
def worker(target):
    thread = threading.Thread(target=target)
    thread.start()  # LEK507
    yield thread
    thread.join()


@contextmanager
def alarm(callback):
    timer = threading.Timer(5, callback)
    timer.start()  # LEK507
    yield
    timer.cancel()


@contextmanager
def ftp_client(host):
    ftp = ftplib.FTP()  # LEK507
    ftp.connect(host)
    yield ftp
    ftp.close()


@contextmanager
def figure(path):
    drawn = plt.figure()  # LEK507
    yield drawn
    drawn.savefig(path)
    plt.close(drawn)


# What is begun on something that was given: locks, servers, other managers.


@contextmanager
def locked(lock, timeout):
    taken = lock.acquire(timeout=timeout)  # LEK507
    yield taken
    if taken:
        lock.release()


@contextmanager
def locked_in_a_condition(mutex):
    if mutex.acquire(blocking=False):  # LEK507
        yield True
        mutex.release()
    else:
        yield False


@contextmanager
def locked_at_last(guard):
    guard.acquire()  # silent LEK507: finally:  # guard => else:
    try:
        yield
    except EOFError:
        pass
    finally:  # guard
        guard.release()


@contextmanager
def unlocked_for_a_while(held):
    held.release()
    yield
    held.acquire()


@contextmanager
def released_before(early):
    early.acquire()  # silent LEK507: early.release()  # before => print(early)
    early.release()  # before
    yield
    early.release()


@contextmanager
def running(server):
    server.start()  # LEK507
    yield server
    server.stop()


@asynccontextmanager
async def running_asynchronously(broker):
    await broker.connect()  # LEK507
    yield broker
    await broker.disconnect()


@contextmanager
def measured(profiler):
    profiler.start()  # silent LEK507: profiler.stop() => profiler.shutdown()
    yield
    profiler.stop()


@contextmanager
def enters_by_hand(inner):
    value = inner.__enter__()  # LEK507
    yield value
    inner.__exit__(None, None, None)


class Guarded:
    @contextmanager
    def changing(self):
        self.mutex.acquire()  # LEK507
        yield self
        self.mutex.release()

    def is_free(self):
        return not self.mutex.locked()


class Pool:
    @contextmanager
    def lend(self):
        member = self.free.get()  # LEK507
        yield member
        self.free.put(member)

    @contextmanager
    def lend_from_a_driver(self, pool):
        borrowed = pool.getconn()  # LEK507
        yield borrowed
        pool.putconn(borrowed)

    @contextmanager
    def lend_at_last(self):
        returned = self.free.get()  # silent LEK507: finally:  # returned => else:
        try:
            yield returned
        except EOFError:
            pass
        finally:  # returned
            self.free.put(returned)


# Temporary files and folders are removed after the yield only; others may be meant to stay after an error.


@contextmanager
def scratch_folder():
    scratch = tempfile.mkdtemp()  # LEK507
    yield scratch
    shutil.rmtree(scratch)


@contextmanager
def scratch_file(suffix):
    with tempfile.NamedTemporaryFile(suffix=suffix, delete=False) as stream:  # LEK507
        path = stream.name
    yield path
    os.remove(path)


@contextmanager
def scratch_file_by_its_attribute():
    with tempfile.NamedTemporaryFile(delete=False) as written:  # LEK507
        yield written
    os.unlink(written.name)


@contextmanager
def scratch_path():
    place = Path(tempfile.mkdtemp()) / "place"  # LEK507
    yield place
    shutil.rmtree(place)


@contextmanager
def descriptor_is_closed_before(text):
    fd, name = tempfile.mkstemp()  # LEK507
    os.close(fd)
    yield name
    os.unlink(name)


@contextmanager
def folder_that_removes_itself():
    with tempfile.TemporaryDirectory() as base:
        note = os.path.join(base, "note")
        yield note
        os.remove(note)


@contextmanager
def marker(path):
    touched = Path(path)  # silent LEK507: Path(path) => Path(tempfile.mktemp())
    touched.touch()
    yield touched
    touched.unlink()


# After the yield stands what success is for, or a state that is set back.


@contextmanager
def written_in_one_go(target):
    draft = tempfile.mktemp()  # silent LEK507: os.replace(draft, target) => os.unlink(draft)
    yield draft
    os.replace(draft, target)


@contextmanager
def timed(log):
    start = time.perf_counter()
    yield
    log.info("took %s", time.perf_counter() - start)


@contextmanager
def in_folder(path):
    before = os.getcwd()
    os.chdir(path)
    yield
    os.chdir(before)


@contextmanager
def committed_on_success(engine):
    unit = engine.begin()  # silent LEK507: unit.commit() => unit.close()
    yield unit
    unit.commit()


@contextmanager
def span(tracer):
    current = tracer.start_span()  # silent LEK507: current.finish() => current.close()
    yield current
    current.finish()


@contextmanager
def element(xml):
    xml.open("p")  # silent LEK507: xml.close("p") => xml.close()
    yield
    xml.close("p")


@contextmanager
def in_memory():
    buffer = io.StringIO()  # silent LEK507: io.StringIO() => io.FileIO("x")
    yield buffer
    buffer.close()


# Several yields: each is looked at with what comes before and after it.


@contextmanager
def optional(path):
    if path is None:
        yield None
    else:
        chosen = sqlite3.connect(path)  # LEK507
        yield chosen
        chosen.close()


@contextmanager
def nothing_is_open_yet(path):
    if path is None:
        yield None
        return
    late = sqlite3.connect(path)  # silent LEK507: finally:  # late => else:
    try:
        yield late
    except EOFError:
        pass
    finally:  # late
        late.close()


@contextmanager
def one_path_each(path):
    each = sqlite3.connect(path)  # silent LEK507: (Exception, KeyboardInterrupt) => EOFError
    try:
        yield each
    except (Exception, KeyboardInterrupt):
        each.close()
        raise
    else:
        each.close()


@contextmanager
def yields_and_breaks(paths):
    for tried in paths:
        probe = sqlite3.connect(tried)  # LEK507
        yield probe
        probe.close()
        break


@contextmanager
def opened_again(path):
    first = open(path)
    first.close()
    yield
    first = open(path, "r+")
    first.close()


# Nothing after the yield, and nothing around it: leaving the caller's `with` closes nothing.


@contextmanager
def yields_a_file(path):
    yield open(path)  # LEK507


@contextmanager
def yields_a_file_by_name(path):
    text = open(path)  # LEK507
    text.readline()
    yield text


@contextmanager
def yields_a_file_or_nothing(path):
    yield open(path, "rb") if path else None  # LEK507


@contextmanager
def yields_on_a_descriptor(path):
    number = os.open(path, os.O_RDONLY)
    try:
        yield open(number, closefd=False)  # silent LEK507: open(number, closefd=False) => open(path)
    finally:
        os.close(number)


@contextmanager
def yields_standard_output():
    yield os.fdopen(1, "wb")  # silent LEK507: os.fdopen(1, "wb") => open("x", "wb")


@contextmanager
def yields_what_another_owns(path, owner):
    owned = open(path)  # silent LEK507: owner.adopt(owned) => owner.adopt(path)
    owner.adopt(owned)
    yield owned


# Not of contextlib: pytest goes on with a fixture after a failure, and a plain generator is its caller's.


@pytest.fixture
def fixture(path):
    ready = sqlite3.connect(path)  # silent LEK507: @pytest.fixture => @contextmanager
    yield ready
    ready.close()


def plain(path):
    walked = sqlite3.connect(path)
    yield walked
    walked.close()


# The lifespan of a server ends with the process.


@asynccontextmanager
async def lifespan(app):
    app.broker.connect()  # silent LEK507: async def lifespan(app) => async def lives(app)
    yield
    app.broker.disconnect()


@asynccontextmanager
async def stays_up(app):
    app.database.connect()  # silent LEK507: application(lifespan=stays_up) => application(stays_up)
    yield
    app.database.disconnect()


def build(application):
    return application(lifespan=stays_up)
