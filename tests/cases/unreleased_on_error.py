"""LEK551: a resource is released on every way out but one: when a call in between raises, it stays open."""

import asyncio
import atexit
import contextlib
import csv
import io
import json
import logging
import multiprocessing
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
import weakref
import zipfile

import aiohttp
import asyncpg
import matplotlib.pyplot as plt
import psycopg2
import requests

logger = logging.getLogger(__name__)


# Closed by hand, after calls that may raise.


def reads_and_closes(path):
    read_file = open(path)  # LEK551
    text = read_file.read()
    read_file.close()
    return text


def parses_and_closes(path):
    json_file = open(path)  # LEK551
    found = json.load(json_file)
    json_file.close()
    return found


def writes_rows_and_closes(path, rows):
    table_file = open(path, "w", newline="")  # LEK551
    csv.writer(table_file).writerows(rows)
    table_file.close()


def copies_and_closes(source, target):
    from_file = open(source, "rb")  # LEK551
    to_file = open(target, "wb")  # LEK551
    shutil.copyfileobj(from_file, to_file)
    from_file.close()
    to_file.close()


def packs_and_closes(path, names):
    archive = zipfile.ZipFile(path, "w")  # LEK551
    for name in names:
        archive.write(name)
    archive.close()


def calls_something_else_and_closes(path, work):
    idle_file = open(path)  # LEK551
    work(path)
    idle_file.close()


def in_one_of_the_branches(path, fast):
    branch_file = open(path)  # LEK551
    if fast:
        branch_file.close()
        return None
    text = branch_file.read()
    branch_file.close()
    return text


def in_a_condition(path, wanted):
    tested_file = open(path)  # LEK551
    if wanted(path):
        tested_file.close()
        return True
    tested_file.close()
    return False


def in_a_loop(paths):
    for path in paths:
        part = open(path)  # LEK551
        print(part.read())
        part.close()


def in_an_endless_loop(path, size):
    chunked = open(path, "rb")  # LEK551
    total = 0
    while True:
        chunk = chunked.read(size)
        if not chunk:
            break
        total += len(chunk)
    chunked.close()
    return total


def in_the_else_of_a_loop(path, names, wanted):
    searched = open(path)  # LEK551
    for name in names:
        if name == wanted:
            break
    else:
        searched.readline()
    searched.close()


def in_a_match(path):
    matched = open(path)  # LEK551
    match matched.readline():
        case "":
            empty = True
        case _:
            empty = False
    matched.close()
    return empty


def under_a_walrus(path):
    if (asked := open(path)):  # LEK551
        text = asked.read()
        asked.close()
        return text
    return ""


def opened_or_none(path):
    optional = open(path) if path else None  # LEK551
    if optional:
        json.load(optional)
        optional.close()


def after_it_is_closed(path):
    shut_first = open(path)  # silent LEK551: size = 1 => size = len(shut_first.read())
    size = 1
    shut_first.close()
    return json.loads(path), size


def before_it_is_opened(path, parse):
    name = parse(path)
    opened_late = open(parse(name))  # silent LEK551: name = "closed" => name = parse("closed")
    name = "closed"
    opened_late.close()
    return name


# Connections, sockets, processes, descriptors, figures.


def closes_on_the_happy_path(dsn, query):
    happy_db = psycopg2.connect(dsn)  # LEK551
    cursor = happy_db.cursor()
    cursor.execute(query)
    rows = cursor.fetchall()
    happy_db.close()
    return rows


def commits_and_closes(path):
    committed_db = sqlite3.connect(path)  # LEK551
    committed_db.execute("DELETE FROM jobs")
    committed_db.commit()
    committed_db.close()


def asks_and_hangs_up(address):
    asking = socket.create_connection(address)  # LEK551
    asking.sendall(b"status")
    answer = asking.recv(1024)
    asking.close()
    return answer


def connects_before_it_returns(address):
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)  # LEK551
    sock.connect(address)
    return sock


def binds_before_it_returns(address):
    listener = socket.socket()  # LEK551
    listener.bind(address)
    listener.listen(5)
    return listener


def asks_by_a_session(url):
    web_session = requests.Session()  # LEK551
    print(web_session.get(url).text)
    web_session.close()


def feeds_a_child(command, data):
    fed_child = subprocess.Popen(command, stdin=subprocess.PIPE)  # LEK551
    fed_child.stdin.write(data)
    fed_child.stdin.close()
    fed_child.wait()


def maps_in_a_pool(function, items):
    workers = multiprocessing.Pool()  # LEK551
    workers.map(function, items)
    workers.close()


def writes_a_descriptor(path, data):
    low_fd = os.open(path, os.O_WRONLY)  # LEK551
    os.write(low_fd, data)
    os.close(low_fd)


def changes_the_mode_before_it_wraps(text):
    bare_fd, path = tempfile.mkstemp()  # LEK551
    os.chmod(path, 0o644)
    with os.fdopen(bare_fd, "w") as file:
        file.write(text)
    return path


def writes_a_temporary_descriptor(data):
    temp_fd, path = tempfile.mkstemp()  # LEK551
    os.write(temp_fd, data)
    os.close(temp_fd)
    return path


def runs_between_the_ends_of_a_pipe(command):
    read_end, write_end = os.pipe()  # LEK551
    subprocess.run(command, stdout=write_end)
    os.close(write_end)
    os.close(read_end)


def builds_in_a_temporary_folder(command):
    build_dir = tempfile.mkdtemp()  # LEK551
    subprocess.run(command, check=True)
    shutil.rmtree(build_dir)


def draws_and_closes(path, values):
    figure, axes = plt.subplots()  # LEK551
    axes.plot(values)
    figure.savefig(path)
    plt.close(figure)


def communicates_at_once(command):
    talked = subprocess.Popen(command)  # silent LEK551: timeout = 10 => timeout = json.loads(command)
    timeout = 10
    output, errors = talked.communicate(timeout=timeout)
    return output


def wraps_the_temporary_descriptor_at_once(text):
    new_fd, path = tempfile.mkstemp()  # silent LEK551: mode = "w" => mode = json.loads(text)
    mode = "w"
    with os.fdopen(new_fd, mode) as file:
        file.write(text)
    return path


def releases_the_descriptor_in_finally(path, data):
    final_fd = os.open(path, os.O_WRONLY)  # silent LEK551: written = 0 => written = os.write(final_fd, data)
    written = 0
    try:
        written = os.write(final_fd, data)
    finally:
        os.close(final_fd)
    return written


def releases_both_ends_in_finally(command):
    first_end, second_end = os.pipe()  # silent LEK551: done = None => done = subprocess.run(command)
    done = None
    try:
        done = subprocess.run(command, stdout=second_end)
    finally:
        os.close(first_end)
        os.close(second_end)
    return done


def closes_a_socket_that_cannot_connect(address):
    tried_sock = socket.socket()  # silent LEK551: error = None => error = tried_sock.bind(address)
    error = None
    try:
        tried_sock.connect(address)
    except OSError:
        tried_sock.close()
        raise
    return tried_sock, error


# Between the opening and the `try`.


def second_open_before_the_try(path, other):
    left = open(path)  # LEK551
    right = open(other)
    try:
        return left.read() + right.read()
    finally:
        left.close()
        right.close()


def works_before_the_try(path, prepare):
    prepared = open(path)  # LEK551
    prepare(path)
    try:
        return prepared.read()
    finally:
        prepared.close()


def works_before_the_block(path, prepare):
    blocked = open(path)  # LEK551
    prepare(path)
    with blocked:
        return blocked.read()


def works_before_it_is_on_the_stack(path, prepare):
    with contextlib.ExitStack() as stack:
        unstacked = open(path)  # LEK551
        prepare(path)
        stack.callback(unstacked.close)
        return unstacked.read()


def starts_the_second_connection(address, other):
    near = socket.create_connection(address)  # LEK551
    far = socket.create_connection(other)
    return near, far


def nothing_before_the_try(path, limit):
    soon = open(path)  # silent LEK551: size = limit or 1 => size = int(soon.readline())
    size = limit or 1
    try:
        return soon.read(size)
    finally:
        soon.close()


def second_open_inside_the_try(path, other):
    outer_file = open(path)  # silent LEK551: inner_file = None => inner_file = open(other)
    inner_file = None
    try:
        inner_file = open(other)  # silent LEK501: inner_file.close() => inner_file.flush()
        return outer_file.read() + inner_file.read()
    finally:
        if inner_file is not None:
            inner_file.close()
        outer_file.close()


def second_item_of_a_block(path, other):
    first_item = open(path)  # silent LEK551: other = other or path => other = json.loads(other)
    other = other or path
    with first_item, open(other) as next_item:
        return first_item.read() + next_item.read()


def parenthesised_block(path, other):
    top_item = open(path)  # silent LEK551: other = other or "b" => other = json.loads(other)
    other = other or "b"
    with (
        top_item,
        open(other) as low_item,
    ):
        return top_item.read() + low_item.read()


# Every exception that can be expected reaches a release.


def release_in_finally(path):
    in_finally = open(path)  # silent LEK551: rows = () => rows = in_finally.readlines()
    rows = ()
    try:
        rows = json.load(in_finally)
    finally:
        in_finally.close()
    return rows


def finally_that_returns(path):
    text = ""
    returned_in = open(path)  # silent LEK551: text = "-" => text = returned_in.read()
    text = "-"
    try:
        text = returned_in.read()
    finally:
        returned_in.close()
        return text


def finally_around_the_open(path):
    around = None
    try:
        around = open(path)  # silent LEK501: around.close() => around.flush()
        return around.read()
    finally:
        if around:
            around.close()


def finally_with_a_short_guard(path):
    guarded = None
    try:
        guarded = open(path)  # silent LEK501: guarded.close() => guarded.flush()
        return json.load(guarded)
    finally:
        guarded and guarded.close()


def handler_of_everything(path):
    anything = open(path)  # silent LEK551: text = "?" => text = anything.read()
    text = "?"
    try:
        text = anything.read()
    except:
        anything.close()
        raise
    anything.close()
    return text


def handler_of_exceptions(dsn):
    utc_db = psycopg2.connect(dsn)  # silent LEK551: zone = "UTC" => zone = json.loads(dsn)
    zone = "UTC"
    try:
        utc_db.cursor().execute("SET TIME ZONE %s", [zone])
    except Exception:
        utc_db.close()
        raise
    return utc_db


def handler_of_base_exceptions(path):
    based = open(path)  # silent LEK551: skipped = 4 => skipped = len(based.readline())
    skipped = 4
    try:
        based.readline(skipped)
    except BaseException:
        based.close()
        raise
    return based


def handler_that_swallows(path):
    swallowed = open(path)  # silent LEK551: size = 5 => size = len(swallowed.readline())
    size = 5
    try:
        text = swallowed.read(size)
    except Exception:
        text = None
    swallowed.close()
    return text


def suppress_that_swallows(path):
    hushed = open(path, "w")  # silent LEK551: contextlib.suppress(Exception) => contextlib.nullcontext()
    with contextlib.suppress(Exception):
        hushed.write("x")
    hushed.close()


def finally_in_each_round(paths):
    for path in paths:
        each_file = open(path)  # silent LEK551: seen = path => seen = os.stat(path)
        seen = path
        try:
            print(seen, each_file.read())
        finally:
            each_file.close()


def finally_around_a_loop(path, size):
    looped = open(path, "rb")  # silent LEK551: total = 0  # bytes => total = len(looped.read(size))
    total = 0  # bytes
    try:
        while True:
            chunk = looped.read(size)
            if not chunk:
                break
            total += len(chunk)
    finally:
        looped.close()
    return total


def nested_tries(path):
    nested = open(path)  # silent LEK501: nested.close() => nested.flush()
    try:
        try:
            return nested.read()
        except ValueError:
            return None
    finally:
        nested.close()


def finally_in_the_else(path):
    try:
        else_file = open(path)  # silent LEK551: size = 3 => size = len(else_file.read(1))
    except FileNotFoundError:
        return None
    else:
        size = 3
        try:
            return else_file.read(size)
        finally:
            else_file.close()


# A handler that lets the exception out must close as well.


def logs_and_raises(path):
    logged = open(path)  # LEK551
    try:
        logged.readline()
    except Exception:
        logger.exception("cannot read")
        raise
    return logged


def translates_the_error(path):
    translated = sqlite3.connect(path)  # LEK551
    try:
        translated.execute("PRAGMA quick_check")
    except sqlite3.DatabaseError as error:
        raise ValueError(path) from error
    return translated


def closes_before_it_translates(path):
    reworded = sqlite3.connect(path)  # silent LEK551: reworded.close() => pass
    try:
        reworded.execute("PRAGMA quick_check")
    except sqlite3.DatabaseError as error:
        reworded.close()
        raise ValueError(path) from error
    return reworded


def drops_and_raises(address):
    dropped = socket.create_connection(address)  # LEK551
    try:
        dropped.sendall(b"hello")
    except OSError:
        dropped = None
        raise
    return dropped


def handler_of_the_open_only(path):
    try:
        missing = open(path)  # LEK551
        text = missing.read()
        missing.close()
    except FileNotFoundError:
        return None
    return text


def finally_that_closes_another(path, other):
    another = open(path)  # LEK551
    with open(other) as second:
        try:
            text = another.read() + second.read()
        finally:
            print(other)
    another.close()
    return text


# Calls that hardly ever fail are no reason.


def logs_in_between(path):
    noted = open(path)  # silent LEK551: logger.debug("opened %s", path) => os.stat(path)
    logger.debug("opened %s", path)
    noted.close()


def measures_in_between(path):
    clocked = open(path)  # silent LEK551: time.monotonic() => os.stat(path)
    started = time.monotonic()
    clocked.close()
    return started


def checks_the_type_in_between(path):
    typed = open(path)  # silent LEK551: isinstance(path, str) => json.loads(path)
    known = isinstance(path, str)
    typed.close()
    return known


# Handed over at once, or to something that closes.


def returned_at_once(address):
    handed = socket.create_connection(address)  # silent LEK551: kind = "tcp" => kind = handed.recv(1)
    kind = "tcp"
    return kind, handed


def stored_at_once(path, opened):
    stored = open(path)  # silent LEK551: key = path => key = os.stat(path)
    key = path
    opened[key] = stored
    return stored.readline()


def given_to_an_unknown_function(path, consume):
    given = open(path)  # silent LEK551: label = "given" => label = consume("given")
    label = "given"
    consume(given, label)


def entered_on_a_stack(path, other):
    with contextlib.ExitStack() as stack:
        entered = open(path)  # silent LEK551: name = other => name = json.loads(other)
        name = other
        stack.enter_context(entered)
        return entered.read() + stack.enter_context(open(name)).read()


def called_back_by_a_stack(path, prepare):
    with contextlib.ExitStack() as stack:
        called_back = open(path)  # silent LEK551: fine = True => fine = prepare(path)
        fine = True
        stack.callback(called_back.close)
        return prepare(path) and fine


def pushed_on_a_given_stack(stack, path, prepare):
    pushed = open(path)  # silent LEK551: fit = True => fit = prepare(path)
    fit = True
    stack.push(pushed)
    return prepare(path) and fit


def stack_that_is_kept(path, prepare):
    with contextlib.ExitStack() as stack:
        popped = stack.enter_context(open(path))  # silent LEK503: popped = stack.enter_context => popped = print
        prepare(path)
        stack.pop_all()
        return popped


async def async_stack(address, prepare):
    async with contextlib.AsyncExitStack() as stack:
        web = aiohttp.ClientSession()  # silent LEK551: trust = True => trust = prepare(address)
        trust = True
        await stack.enter_async_context(web)
        return await web.get(address, trust=trust)


async def async_stack_callback(address, prepare):
    async with contextlib.AsyncExitStack() as stack:
        cb_web = aiohttp.ClientSession()  # silent LEK551: agent = "x" => agent = prepare(address)
        agent = "x"
        stack.push_async_callback(cb_web.close)
        return await cb_web.get(address, agent=agent)


class StackOwner:
    def __init__(self):
        self._stack = contextlib.ExitStack()

    def load(self, path):
        owned = open(path)  # silent LEK551: mark = "owned" => mark = os.stat(path)
        mark = "owned"
        self._stack.enter_context(owned)
        return owned.read(), mark

    def close(self):
        self._stack.close()


class Fixture(unittest.TestCase):
    def setUp(self):
        cleaned = open("fixture")  # silent LEK551: self.size = 0 => self.size = os.stat("fixture")
        self.size = 0
        self.addCleanup(cleaned.close)
        self.text = cleaned.read()


def closing_in_a_block(address):
    closed = socket.create_connection(address)  # silent LEK551: size = 2 => size = len(closed.recv(1))
    size = 2
    with contextlib.closing(closed):
        return closed.recv(size)


def at_exit(path):
    last_file = open(path, "a")  # silent LEK551: line = "x" => line = json.loads(path)
    line = "x"
    atexit.register(last_file.close)
    last_file.write(line)


def finalizer(owner, path):
    tied = open(path)  # silent LEK551: word = "x" => word = json.loads(path)
    word = "x"
    weakref.finalize(owner, tied.close)
    tied.write(word)


# Wrappers: one resource.


def closes_the_wrapper(path):
    core = open(path, "rb")  # LEK551
    shell = io.TextIOWrapper(core)
    text = shell.read()
    shell.close()
    return text


def wrapper_in_a_block(path):
    kernel = open(path, "rb")  # silent LEK551: coding = "utf-8" => coding = json.loads(path)
    coding = "utf-8"
    with io.TextIOWrapper(kernel, encoding=coding) as text:
        return text.read()


def wrapped_is_closed_in_finally(path):
    inner = open(path, "rb")  # silent LEK551: lines = [] => lines = inner.readlines()
    lines = []
    try:
        lines += io.TextIOWrapper(inner)
    finally:
        inner.close()
    return lines


# Helpers and factories of this file.


def shut(handle):
    try:
        handle.close()
    except OSError:
        logger.warning("cannot close")


def size_of(handle):
    return len(handle.read())


def connect_to(path):
    return sqlite3.connect(path)


def factory_and_close(path):
    made_db = connect_to(path)  # LEK551
    made_db.execute("VACUUM")
    made_db.close()


def helper_in_a_handler(address):
    helped = socket.create_connection(address)  # silent LEK551: word = b"hello" => word = helped.recv(5)
    word = b"hello"
    try:
        helped.sendall(word)
    except Exception:
        shut(helped)
        raise
    return helped


def helper_in_finally(path):
    aided = connect_to(path)  # silent LEK551: count = None => count = aided.execute("SELECT 1").rowcount
    count = None
    try:
        count = aided.execute("SELECT 1").rowcount
    finally:
        shut(aided)
    return count


class Dialer:
    def __init__(self, address):
        self.address = address
        self.link = None

    def _dial(self):
        return socket.create_connection(self.address)

    def greets_before_it_stores(self):
        fresh_link = self._dial()  # LEK551
        fresh_link.sendall(b"hello")
        if self.link is None:
            self.link = fresh_link
        else:
            fresh_link.close()

    def greets_after_it_stores(self):
        kept_link = self._dial()  # silent LEK551: hello = b"kept" => hello = kept_link.recv(5)
        hello = b"kept"
        if self.link is None:
            self.link = kept_link
        else:
            kept_link.close()
        self.link.sendall(hello)

    def close(self):
        if self.link is not None:
            self.link.close()


# Functions in functions, and generators that nobody reads to the end.


def inner_function_closes_late(paths):
    def first_line(path):
        lined = open(path)  # LEK551
        line = lined.readline()
        lined.close()
        return line

    return [first_line(path) for path in paths]


def generator_left_at_a_yield(path):
    streamed = open(path)  # LEK551
    for line in streamed:
        yield line
    streamed.close()


def generator_with_finally(path):
    drained = open(path)  # silent LEK551: first = None => first = yield path
    first = None
    try:
        yield first
        yield from drained
    finally:
        drained.close()


def generator_with_a_block(path):
    in_block = open(path)  # silent LEK551: second = None => second = yield path
    second = None
    with in_block:
        yield second
        yield from in_block


# Coroutines.


async def fetches_and_closes(dsn, query):
    pg_link = await asyncpg.connect(dsn)  # LEK551
    rows = await pg_link.fetch(query)
    await pg_link.close()
    return rows


async def gets_and_closes(url):
    web_client = aiohttp.ClientSession()  # LEK551
    async with web_client.get(url) as response:
        text = await response.text()
    await web_client.close()
    return text


async def reads_a_line_and_closes(host):
    reader, writer = await asyncio.open_connection(host, 80)  # LEK551
    line = await reader.readline()
    writer.close()
    return line


async def waits_before_the_block(delay):
    delayed_web = aiohttp.ClientSession()  # LEK551
    await asyncio.sleep(delay)
    async with delayed_web:
        await delayed_web.get("/")


async def fetches_under_finally(dsn, query):
    final_link = await asyncpg.connect(dsn)  # silent LEK551: found = () => found = await final_link.fetch(query)
    found = ()
    try:
        found = await final_link.fetch(query)
    finally:
        await final_link.close()
    return found


async def async_loop_under_finally(dsn, rows):
    looped_link = await asyncpg.connect(dsn)  # silent LEK551: done = 0  # rows => done = await rows.skip()
    done = 0  # rows
    try:
        async for row in rows:
            await looped_link.execute(row)
            done += 1
    finally:
        await looped_link.close()
    return done


async def async_block(url):
    later_web = aiohttp.ClientSession()  # silent LEK551: path = url => path = json.loads(url)
    path = url
    async with later_web, later_web.get(path) as response:
        return await response.text()


async def stream_under_finally(host):
    areader, awriter = await asyncio.open_connection(host, 80)  # silent LEK551: got = b"" => got = await areader.read()
    got = b""
    try:
        got = await areader.readline()
    finally:
        awriter.close()
        await awriter.wait_closed()
    return got


# Constructors: who never gets the object cannot close it.


class GreetingClient:
    def __init__(self, address):
        self.sock = socket.create_connection(address)  # LEK551
        self.sock.sendall(b"hello")

    def close(self):
        self.sock.close()


class ReaderOfTwo:
    def __init__(self, path, other):
        self.one = open(path)  # LEK551
        self.two = open(other)

    def close(self):
        self.one.close()
        self.two.close()


class HeaderReader:
    def __init__(self, path):
        header_file = open(path)  # LEK551
        self.header = header_file.readline()
        header_file.close()


class EnteringDatabase:
    def __init__(self, path):
        self.path = path

    def __enter__(self):
        self.entered_db = sqlite3.connect(self.path)  # LEK551
        self.entered_db.execute("PRAGMA foreign_keys = ON")
        return self

    def __exit__(self, *exc):
        self.entered_db.close()


class AsyncEnteringDatabase:
    async def __aenter__(self):
        self.async_db = await asyncpg.connect("postgres://")  # LEK551
        await self.async_db.execute("SET TIME ZONE 'UTC'")
        return self

    async def __aexit__(self, *exc):
        await self.async_db.close()


class ForgettingClient:
    def __init__(self, address):
        self.lost = socket.create_connection(address)  # LEK551
        try:
            self.lost.sendall(b"hello")
        except OSError:
            self.lost = None
            raise

    def close(self):
        self.lost.close()


class CarefulClient:
    def __init__(self, address):
        self.care = socket.create_connection(address)  # silent LEK551: hello = b"care" => hello = self.care.recv(5)
        hello = b"care"
        try:
            self.care.sendall(hello)
        except BaseException:
            self.care.close()
            raise

    def close(self):
        self.care.close()


class ClientThatClosesItself:
    def __init__(self, address):
        self.itself = socket.create_connection(address)  # silent LEK551: word = b"self" => word = self.itself.recv(5)
        word = b"self"
        try:
            self.itself.sendall(word)
        except Exception:
            self.close()
            raise

    def close(self):
        self.itself.close()


class ClientThatOpensLast:
    def __init__(self, address, prepare):
        self.name = prepare(address)
        self.last_sock = socket.create_connection(address)  # silent LEK551: self.ready = True => self.ready = prepare()
        self.ready = True

    def close(self):
        self.last_sock.close()


class ClientWithFinalizer:
    def __init__(self, address):
        self.finalized = socket.create_connection(address)  # silent LEK551: def __del__( => def close(
        self.finalized.sendall(b"hello")

    def __del__(self):
        self.finalized.close()


class EnteringSafely:
    def __enter__(self):
        with contextlib.ExitStack() as stack:
            self.safe_db = sqlite3.connect("safe")  # silent LEK551: pragma = "A" => pragma = json.loads("1")
            pragma = "A"
            stack.callback(self.safe_db.close)
            self.safe_db.execute(pragma)
            stack.pop_all()
        return self

    def __exit__(self, *exc):
        self.safe_db.close()


# Leaving the program is no leak; what was given is its giver's; a script ends.


def leaves_the_program(path, mode):
    exited = open(path)  # silent LEK551: sys.exit("unknown mode") => os.stat(mode)
    if mode != "r":
        sys.exit("unknown mode")
    exited.close()


def closes_what_was_given(stream):
    text = stream.read()
    stream.close()
    return text


def main():
    script_file = open("script")  # silent LEK551: def main( => def run_script(
    print(script_file.read())
    script_file.close()
