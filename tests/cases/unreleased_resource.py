"""LEK501: a resource is opened, bound to a name, and no path of the function releases it."""

import asyncio
import atexit
import codecs
import contextlib
import csv
import gzip
import http.server
import io
import json
import multiprocessing
import os
import pathlib
import pickle
import shutil
import socket
import sqlite3
import subprocess
import tarfile
import tempfile
import threading
import unittest
import weakref
import zipfile
from concurrent import futures
from pathlib import Path
from urllib.request import urlopen

import aiohttp
import asyncpg
import docker
import httpx
import matplotlib.pyplot as plt
import psycopg2
import pymongo
import qdrant_client
import requests
import serial
from psycopg2 import connect as pg_connect

dial = socket.create_connection
registry = object()


# Files: what they hand out is text, and the file stays open.


def reads_a_file(path):
    text_file = open(path)  # LEK501
    return text_file.read()


def writes_a_file(path, rows):
    out_file = open(path, "w", encoding="utf-8")  # LEK501
    for row in rows:
        out_file.write(row)
    out_file.flush()


def binds_and_forgets(path):
    forgotten = open(path)  # LEK501


def asks_for_its_name(path):
    named_file = open(path)  # LEK501
    print(named_file.name, named_file.mode)


def closes_at_the_end(path):
    plain_file = open(path)  # silent LEK501: plain_file.close() => plain_file.flush()
    try:
        rows = plain_file.readlines()
    finally:
        plain_file.close()
    return rows


def opens_with_a_path_object(path: Path):
    log_file = path.open()  # LEK501
    return log_file.readline()


def opens_a_path_made_here(name):
    folder = pathlib.Path(name)
    page = folder.open("rb")  # LEK501
    return page.read()


def opens_something_unknown(store, name):
    entry = store.open(name)  # silent LEK501: store.open(name) => open(name)
    return entry.read()


def annotated_name(path):
    typed_file: io.TextIOBase = open(path)  # LEK501
    return typed_file.read()


def codec_file(path):
    latin_file = codecs.open(path, encoding="latin-1")  # LEK501
    return latin_file.read()


# Loops and comprehensions read elements, and hand out elements only.


def loops_over_it(path):
    seen_lines = open(path)  # LEK501
    for line in seen_lines:
        print(line)


def comprehension_over_a_name(path):
    words_file = open(path)  # LEK501
    return [line.strip() for line in words_file]


def generator_of_lines(path):
    streamed = open(path)  # LEK501
    for line in streamed:
        yield line


def sorted_lines(path):
    unsorted_file = open(path)  # LEK501
    return sorted(unsorted_file)


# Functions that only read or write a file keep nothing of it.


def parses_json(path):
    json_file = open(path)  # LEK501
    return json.load(json_file)


def dumps_pickle(path, value):
    pickle_file = open(path, "wb")  # LEK501
    pickle.dump(value, pickle_file)


def copies(source, target):
    from_file = open(source, "rb")  # LEK501
    with open(target, "wb") as to_file:
        shutil.copyfileobj(from_file, to_file)


# Archives and compressed files.


def lists_an_archive(path):
    archive = zipfile.ZipFile(path)  # LEK501
    return archive.namelist()


def extracts_a_tarball(path, target):
    tarball = tarfile.open(path)  # LEK501
    tarball.extractall(target)


def closes_an_archive(path):
    bundle = zipfile.ZipFile(path)  # silent LEK501: bundle.close() => bundle.testzip()
    try:
        bundle.extractall()
    finally:
        bundle.close()


def reads_gzip(path):
    zipped = gzip.open(path, "rt")  # LEK501
    return zipped.read()


# Sockets.


def talks(host):
    sock = socket.socket()  # LEK501
    sock.connect((host, 80))
    sock.sendall(b"hello")
    return sock.recv(1024)


def dials_by_alias(address):
    line_out = dial(address)  # LEK501
    line_out.sendall(b"hello")


def hangs_up(address):
    peer = socket.create_connection(address)  # silent LEK501: peer.close() => peer.settimeout(1)
    try:
        return peer.recv(10)
    finally:
        peer.close()


def detached_socket(address):
    raw = socket.create_connection(address)  # silent LEK501: raw.detach() => raw.getsockname()
    return raw.detach()


def accepts(port):
    with socket.create_server(("", port)) as server:
        client, address = server.accept()  # LEK501
        client.sendall(b"welcome")


def accepts_and_closes(port):
    with socket.create_server(("", port)) as listener:
        guest, address = listener.accept()  # silent LEK501: guest.close() => guest.sendall(b"")
        guest.close()


# Database connections, with the cursors that they make.


def queries_sqlite(path):
    database = sqlite3.connect(path)  # LEK501
    return database.execute("SELECT 1").fetchall()


def queries_by_cursor(path):
    sqlite_db = sqlite3.connect(path)  # LEK501
    cursor = sqlite_db.cursor()
    cursor.execute("SELECT 1")
    return cursor.fetchall()


def closes_only_the_cursor(dsn):
    pg = psycopg2.connect(dsn)  # LEK501
    cursor = pg.cursor()
    cursor.execute("SELECT 1")
    cursor.close()


def with_over_the_cursor_only(dsn):
    pg_db = pg_connect(dsn)  # LEK501
    with pg_db.cursor() as cursor:
        cursor.execute("SELECT 1")
    pg_db.commit()


def closes_the_connection(dsn):
    pg_link = psycopg2.connect(dsn)  # silent LEK501: pg_link.close() => pg_link.commit()
    try:
        with pg_link.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        pg_link.close()


def returns_a_cursor(path):
    lent_db = sqlite3.connect(path)  # silent LEK501: return lent_db.cursor() => return lent_db.commit()
    return lent_db.cursor()


def returns_a_bound_cursor(path):
    held_db = sqlite3.connect(path)  # silent LEK501: return held_cursor => return held_cursor.fetchall()
    held_cursor = held_db.cursor()
    return held_cursor


def imports_inside(dsn):
    import psycopg2 as driver

    inner_db = driver.connect(dsn)  # LEK501
    inner_db.commit()


# Responses and clients.


def fetches(url):
    response = urlopen(url)  # LEK501
    return response.read()


def asks_for_the_status(url):
    reply = urlopen(url)  # LEK501
    return reply.status


def closes_the_response(url):
    page_reply = urlopen(url)  # silent LEK501: page_reply.close() => page_reply.info()
    try:
        return page_reply.read()
    finally:
        page_reply.close()


# Sessions and clients keep connections open; what is meant to be made once has a code of its own.


def opens_a_plain_session(url):
    http = requests.Session()  # LEK506
    print(http.headers)


def closes_the_session(url):
    closed_http = requests.Session()  # silent LEK506: closed_http.close() => print(url)
    try:
        closed_http.get(url)
    finally:
        closed_http.close()


def opens_a_client(url):
    client = httpx.Client()  # LEK506
    return client.get(url).text


def opens_a_docker_client(image):
    docker_client = docker.from_env()  # LEK506
    print(docker_client.version())


def session_of_a_client_library(name):
    api = qdrant_client.QdrantClient()  # LEK506
    print(api.count(name).text)


# Processes: whoever waits has reaped the child.


def forgets_a_child(command):
    child = subprocess.Popen(command)  # LEK501
    print(child.args)


def waits(command):
    waited = subprocess.Popen(command)  # silent LEK501: waited.wait() => waited.args
    waited.wait()


def communicates(command):
    piped = subprocess.Popen(command, stdout=subprocess.PIPE)  # silent LEK501: piped.communicate() => piped.args
    output, errors = piped.communicate()
    return output


def polls(command):
    polled = subprocess.Popen(command)  # silent LEK501: polled.poll() => polled.returncode
    return polled.poll()


def kills(command):
    victim = subprocess.Popen(command)  # silent LEK501: victim.kill() => print(victim.args)
    victim.kill()


def hands_out_the_number(command):
    daemon = subprocess.Popen(command)  # silent LEK501: return daemon.pid => return daemon.args
    return daemon.pid


def notes_the_number(command):
    noted = subprocess.Popen(command)  # silent LEK501: print(noted.pid) => print(noted.args)
    print(noted.pid)


# Servers: who serves for ever means it to.


def serves(address):
    server = http.server.HTTPServer(address, None)  # silent LEK501: server.serve_forever() => server.handle_request()
    server.serve_forever()


# Executors and pools: made per call, each starts its own workers.


def submits(tasks):
    executor = futures.ThreadPoolExecutor()  # LEK506
    for task in tasks:
        executor.submit(task)


def maps(function, items):
    workers = futures.ProcessPoolExecutor()  # LEK506
    return list(workers.map(function, items))


def maps_in_a_pool(function, items):
    pool_of_workers = multiprocessing.Pool()  # LEK506
    return list(pool_of_workers.map(function, items))


def drains_a_pool(function, items):
    pool = multiprocessing.Pool()  # silent LEK506: pool.close() => print(items)
    try:
        pool.map(function, items)
    finally:
        pool.close()


# Descriptors are numbers: functions release them.


def opens_a_descriptor(path):
    fd = os.open(path, os.O_RDONLY)  # LEK501
    print(fd)


def closes_a_descriptor(path):
    low_fd = os.open(path, os.O_RDONLY)  # silent LEK501: os.close(low_fd) => print(low_fd)
    os.close(low_fd)


def takes_the_path_only():
    fd, path = tempfile.mkstemp()  # LEK501
    with open(path, "w") as file:
        file.write("x")
    return path


def closes_the_temporary_descriptor():
    temp_fd, path = tempfile.mkstemp()  # silent LEK501: os.close(temp_fd) => print(temp_fd)
    os.close(temp_fd)
    return path


def wraps_the_temporary_descriptor(text):
    new_fd, path = tempfile.mkstemp()  # silent LEK501: os.fdopen(new_fd, "w") => open(path, "w")
    with os.fdopen(new_fd, "w") as file:
        file.write(text)
    return path


def returns_the_pair():
    pair = tempfile.mkstemp()  # silent LEK501: pair = => fd, path =
    return pair


def passes_the_descriptor_on(worker):
    given_fd, path = tempfile.mkstemp()  # silent LEK501: worker(given_fd) => print(given_fd)
    worker(given_fd)


def keeps_the_descriptor(owner):
    owner.fd, path = tempfile.mkstemp()  # silent LEK501: owner.fd, path = => fd, path =
    return path


def closes_one_end():
    reading, writing = os.pipe()  # LEK501
    os.close(writing)


def closes_both_ends():
    source_end, sink_end = os.pipe()  # silent LEK501: os.close(sink_end) => print(sink_end)
    os.close(source_end)
    os.close(sink_end)


def wraps_a_descriptor_and_forgets_it(fd):
    wrapper = os.fdopen(fd)  # LEK501
    return wrapper.read()


def wrapper_takes_the_descriptor_over(path):
    raw_fd = os.open(path, os.O_RDONLY)  # silent LEK501: os.fdopen(raw_fd) => os.fdopen(path)
    raw_file = os.fdopen(raw_fd)  # LEK501
    return raw_file.read()


# Temporary files, folders and devices.


def temporary_file():
    scratch = tempfile.NamedTemporaryFile()  # LEK501
    scratch.write(b"x")


def temporary_folder():
    workdir = tempfile.mkdtemp()  # LEK501
    print(workdir)


def removes_the_folder():
    scratch_dir = tempfile.mkdtemp()  # silent LEK501: shutil.rmtree(scratch_dir) => print(scratch_dir)
    shutil.rmtree(scratch_dir)


def cleans_itself_up():
    tidy = tempfile.TemporaryDirectory()  # silent LEK501: tempfile.TemporaryDirectory() => tempfile.TemporaryFile()
    print(tidy.name)


def device(path):
    port = serial.Serial(path)  # LEK501
    return port.readline()


# Figures: pyplot itself keeps them.


def draws(path):
    figure = plt.figure()  # LEK501
    figure.savefig(path)


def draws_in_axes(path, values):
    canvas, axes = plt.subplots()  # LEK501
    axes.plot(values)
    canvas.savefig(path)


def closes_the_figure(path):
    chart = plt.figure()  # silent LEK501: plt.close(chart) => print(path)
    try:
        chart.savefig(path)
    finally:
        plt.close(chart)


def closes_whatever_is_open(path):
    graph, axes = plt.subplots()  # silent LEK501: plt.close("all") => print(path)
    graph.savefig(path)
    plt.close("all")


def shows_the_figure():
    plot, axes = plt.subplots()  # silent LEK501: plt.show() => print(axes)
    axes.grid()
    plt.show()


def figure_shows_itself():
    diagram = plt.figure()  # silent LEK501: diagram.show() => diagram.tight_layout()
    diagram.show()


def hands_out_the_current_figure():
    current = plt.figure()  # silent LEK501: return plt.gcf() => return plt.grid()
    current.tight_layout()
    return plt.gcf()


def hands_out_the_current_axes():
    drawn = plt.figure()  # silent LEK501: return plt.gca() => return plt.axis()
    drawn.tight_layout()
    return plt.gca()


def returns_the_axes():
    sheet, sheet_axes = plt.subplots()  # silent LEK501: return sheet_axes => return None
    sheet.tight_layout()
    return sheet_axes


# Coroutines: the resource comes through await, or async with releases it.


async def queries_async(dsn):
    link = await asyncpg.connect(dsn)  # LEK501
    await link.execute("SELECT 1")


async def closes_async(dsn):
    alink = await asyncpg.connect(dsn)  # silent LEK501: await alink.close() => await alink.execute("")
    try:
        await alink.execute("SELECT 1")
    finally:
        await alink.close()


async def opens_a_session():
    web = aiohttp.ClientSession()  # LEK506
    web.headers.update(agent="x")


async def with_over_the_session(url):
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as response:
            return await response.text()


async def later_async_with():
    later_web = aiohttp.ClientSession()  # silent LEK506: async with later_web: => if later_web:
    async with later_web:
        print(later_web.headers)


async def opens_a_stream(host):
    reader, writer = await asyncio.open_connection(host, 80)  # LEK501
    writer.write(b"x")
    return await reader.read()


async def closes_the_stream(host):
    areader, awriter = await asyncio.open_connection(host, 80)  # silent LEK501: awriter.close() => awriter.write(b"")
    try:
        return await areader.readline()
    finally:
        awriter.close()


# Released wherever it stands: finally, a later with, an else branch, behind a guard.


def in_finally(path):
    final_file = open(path)  # silent LEK501: final_file.close() => final_file.tell()
    try:
        return final_file.read()
    finally:
        final_file.close()


def later_with(path):
    later_file = open(path)  # silent LEK501: with later_file: => if later_file:
    with later_file:
        return later_file.read()


def with_in_the_else_branch(path):
    try:
        tried_file = open(path)  # silent LEK501: with tried_file: => if tried_file:
    except OSError:
        return None
    else:
        with tried_file:
            return tried_file.read()


def bound_to_none_first(path):
    maybe_file = None
    try:
        maybe_file = open(path)  # silent LEK501: maybe_file.close() => maybe_file.tell()
        return maybe_file.read()
    finally:
        if maybe_file is not None:
            maybe_file.close()


def guarded_by_truth(path):
    truthy_file = open(path) if path else None  # silent LEK501: truthy_file.close() => truthy_file.tell()
    if truthy_file:
        truthy_file.close()


def guarded_by_suppress(path):
    quiet_file = open(path)  # silent LEK501: quiet_file.close() => quiet_file.tell()
    with contextlib.suppress(OSError):
        quiet_file.close()


def closed_in_one_branch(path, fast):
    forked_file = open(path)  # LEK502
    if fast:
        forked_file.read(2)
    else:
        forked_file.close()


def bound_in_both_branches(path, zipped):
    if zipped:
        any_file = gzip.open(path)
    else:
        any_file = open(path)  # silent LEK501: with any_file: => if any_file:
    with any_file:
        return any_file.read()


def left_open_in_both_branches(path, zipped):
    if zipped:
        either_file = gzip.open(path)  # LEK501
    else:
        either_file = open(path)  # LEK501
    return either_file.read()


def parenthesised_with(path, other):
    first_file = open(path)  # LEK551
    second_file = open(other)  # silent LEK501: second_file): => open(other)):
    with (first_file, second_file):
        print(path)


def closed_in_a_case(path, mode):
    case_file = open(path)  # silent LEK501: case_file.close() => case_file.read()
    match mode:
        case "r":
            case_file.close()


def closed_by_the_method_itself(path):
    exit_file = open(path)  # silent LEK501: exit_file.__exit__( => print(
    exit_file.__exit__(None, None, None)


def closes_another_file(path, other):
    open_file = open(path)  # LEK501
    other_file = open(other)  # silent LEK501: other_file.close() => open_file.tell()
    other_file.close()
    open_file.read()


# The standard ways to leave the release to someone else.


def closing(url):
    closed_reply = urlopen(url)  # silent LEK501: contextlib.closing(closed_reply) => contextlib.suppress(OSError)
    with contextlib.closing(closed_reply):
        return closed_reply.read()


def exit_stack(path):
    with contextlib.ExitStack() as stack:
        stacked = open(path)  # silent LEK501: stack.enter_context(stacked) => print(stacked)
        stack.enter_context(stacked)
        return stacked.read()


def exit_stack_callback(path):
    with contextlib.ExitStack() as stack:
        called_back = open(path)  # silent LEK501: stack.callback(called_back.close) => print(stack)
        stack.callback(called_back.close)
        return called_back.read()


def exit_stack_push(path):
    with contextlib.ExitStack() as stack:
        pushed = open(path)  # silent LEK501: stack.push(pushed) => print(pushed)
        stack.push(pushed)
        return pushed.read()


def exit_stack_parameter(stack, path):
    lent = open(path)  # silent LEK501: stack.enter_context(lent) => print(lent)
    stack.enter_context(lent)
    return lent.read()


async def async_exit_stack(stack):
    async_web = aiohttp.ClientSession()  # silent LEK506: stack.enter_async_context(async_web) => asyncio.sleep(0)
    await stack.enter_async_context(async_web)


async def async_exit_stack_callback(stack):
    cb_web = aiohttp.ClientSession()  # silent LEK506: stack.push_async_callback(cb_web.close) => print(stack)
    stack.push_async_callback(cb_web.close)


class StackOwner:
    def __init__(self):
        self._stack = contextlib.ExitStack()

    def load(self, path):
        owned = open(path)  # silent LEK501: self._stack.enter_context(owned) => print(owned)
        self._stack.enter_context(owned)
        return owned.read()


class Fixture(unittest.TestCase):
    def setUp(self):
        fixture_file = open("fixture")  # silent LEK501: self.addCleanup(fixture_file.close) => print(fixture_file)
        self.addCleanup(fixture_file.close)

    def check_entered(self):
        entered = open("fixture")  # silent LEK501: self.enterContext(entered) => print(entered)
        self.enterContext(entered)

    @classmethod
    def setUpClass(cls):
        shared = open("fixture")  # silent LEK501: cls.enterClassContext(shared) => print(shared)
        cls.enterClassContext(shared)


def at_exit(path):
    last_file = open(path, "a")  # silent LEK501: atexit.register(last_file.close) => print(last_file)
    atexit.register(last_file.close)
    last_file.write("x")


def finalizer(owner, path):
    tied = open(path)  # silent LEK501: weakref.finalize(owner, tied.close) => print(owner)
    weakref.finalize(owner, tied.close)


def deleted(path):
    dropped = open(path)  # silent LEK501: del dropped => print(path)
    del dropped


# Handed over: whoever gets the resource, or a part that keeps it, has the duty now.


def returns_a_part():
    mongo = pymongo.MongoClient()  # silent LEK506: return mongo["shop"] => return None
    return mongo["shop"]


def returns_a_part_of_a_part():
    cluster = pymongo.MongoClient()  # silent LEK506: return cluster.shop.orders => return None
    return cluster.shop.orders


def returned(path):
    result = open(path)  # silent LEK501: return result => return result.read()
    return result


def returned_in_a_tuple(path):
    part = open(path)  # silent LEK501: return part, path => return path
    return part, path


def returned_in_a_branch(path):
    choice = open(path)  # silent LEK501: return choice if path else None => return choice.mode
    return choice if path else None


def returned_reader(path):
    source = open(path)  # silent LEK501: return source.read => return source.read()
    return source.read


def yielded(path):
    given = open(path)  # silent LEK501: yield given => yield given.read()
    yield given


def put_into_a_list(path):
    listed = open(path)  # silent LEK501: return [listed] => return [listed.name]
    return [listed]


def put_into_a_dict(path):
    valued = open(path)  # silent LEK501: {"file": valued} => {"file": valued.name}
    return {"file": valued}


def appended(path, kept):
    added = open(path)  # silent LEK501: kept.append(added) => kept.append(added.name)
    kept.append(added)


def stored_under_a_key(path, kept):
    filed = open(path)  # silent LEK501: kept[path] = filed => kept[path] = filed.name
    kept[path] = filed


def stored_on_an_attribute(path, owner):
    tacked = open(path)  # silent LEK501: owner.file = tacked => owner.file = tacked.name
    owner.file = tacked


def stored_through_a_chain(path, owner):
    owner.log = chained = open(path)  # silent LEK501: owner.log = => also =
    chained.write("x")


def given_to_an_unknown_function(path, consume):
    eaten = open(path)  # silent LEK501: consume(eaten) => consume(eaten.name)
    consume(eaten)


def given_by_keyword(path, consume):
    fed = open(path)  # silent LEK501: consume(source=fed) => consume(source=fed.name)
    consume(source=fed)


def given_to_a_thread(address, serve):
    conn = socket.create_connection(address)  # silent LEK501: args=(conn,) => args=()
    threading.Thread(target=serve, args=(conn,)).start()


# Readers and writers of the library only use what they are given: it stays ours to close.


def given_to_a_csv_writer(path, rows):
    table_file = open(path, "w")  # LEK501
    csv.writer(table_file).writerows(rows)


def csv_reader_that_is_handed_over(path):
    row_file = open(path, newline="")  # silent LEK501: return csv.reader(row_file) => print(csv.reader(row_file))
    return csv.reader(row_file)


def given_to_a_child_that_ends(command, path):
    child_log = open(path, "w")  # LEK501
    subprocess.run(command, stdout=child_log)


def given_to_an_unknown_child(command, path, run):
    other_log = open(path, "w")  # silent LEK501: run(command, stdout=other_log) => subprocess.run(stdout=other_log)
    run(command, stdout=other_log)


def read_into_a_list(path):
    listed_file = open(path)  # LEK501
    return list(listed_file)


def read_into_a_set(path):
    set_file = open(path)  # LEK501
    return set(set_file), tuple(set_file)


def handed_over_as_an_iterator(path):
    iterated_file = open(path)  # silent LEK501: return iter(iterated_file) => return list(iterated_file)
    return iter(iterated_file)


# A helper in the same file: does it close what it is given?


def close_quietly(handle):
    try:
        handle.close()
    except OSError:
        print("could not close")


def count_bytes(handle):
    return len(handle.read())


def helper_closes(path):
    helped = open(path)  # silent LEK501: close_quietly(helped) => count_bytes(helped)
    close_quietly(helped)


def helper_closes_by_keyword(path):
    aided = open(path)  # silent LEK501: close_quietly(handle=aided) => count_bytes(handle=aided)
    close_quietly(handle=aided)


def helper_reads(path):
    measured = open(path)  # LEK501
    return count_bytes(measured)


def helper_gets_too_much(path):
    starred = open(path)  # silent LEK501: count_bytes(*[starred]) => count_bytes(starred)
    return count_bytes(*[starred])


def passes_on(handle):
    close_quietly(handle)


def passes_in_circles(handle, depth):
    if depth:
        passes_in_circles(handle, depth - 1)


def collects(*handles):
    return handles


class Reader:
    def __init__(self, handle):
        self.handle = handle


def helper_of_a_helper_closes(path):
    deep = open(path)  # silent LEK501: passes_on(deep) => count_bytes(deep)
    passes_on(deep)


def helper_calls_itself(path):
    circling = open(path)  # LEK501
    passes_in_circles(circling, 3)


def helper_takes_any_number(path):
    collected = open(path)  # silent LEK501: collects(collected) => count_bytes(collected)
    collects(collected)


def class_of_this_file_takes_it(path):
    wrapped_file = open(path)  # silent LEK501: Reader(wrapped_file) => count_bytes(wrapped_file)
    Reader(wrapped_file)


# An inner function holds it: it lives as long as that function.


def captured_by_a_function(path):
    captured = open(path)  # silent LEK501: captured.readline() => path

    def next_line():
        return captured.readline()

    return next_line


def captured_by_a_lambda(path):
    tapped = open(path)  # silent LEK501: lambda: tapped.readline() => lambda: path
    return lambda: tapped.readline()


def closed_by_an_inner_function(path):
    late_file = open(path)  # silent LEK501: late_file.close() => print(path)

    def finish():
        late_file.close()

    finish()


# Wrapper and wrapped are one resource.


def text_over_bytes(path):
    inner = open(path, "rb")  # silent LEK501: with io.TextIOWrapper(inner) as outer => with io.StringIO() as outer
    with io.TextIOWrapper(inner) as outer:
        return outer.read()


def closes_the_wrapper(path):
    core = open(path, "rb")  # silent LEK501: shell.close() => shell.flush()
    shell = io.TextIOWrapper(core)
    shell.close()


def wraps_what_is_given(stream):
    layer = io.TextIOWrapper(stream)  # silent LEK501: io.TextIOWrapper(stream) => open(stream)
    return layer.read()


def forgets_the_wrapper(path):
    under = open(path, "rb")  # LEK501
    over = io.TextIOWrapper(under)  # silent LEK501: io.TextIOWrapper(under) => open(under)
    return over.read()


# Names: aliases, loops over several, a walrus, a global, a shadowed builtin.


def closed_by_its_alias(path):
    original = open(path)  # silent LEK501: alias.close() => alias.tell()
    alias = original
    alias.close()


def closed_in_a_loop_over_several(path, other):
    left = open(path)  # LEK551
    right = open(other)  # silent LEK501: each_file.close() => each_file.tell()
    for each_file in (left, right):
        each_file.close()


def two_targets(path):
    one = two = open(path)  # silent LEK501: two.close() => two.tell()
    two.close()


def walrus(path):
    if (asked := open(path)):  # LEK501
        print(asked.read())


def walrus_closed(path):
    if (answered := open(path)):  # silent LEK501: answered.close() => answered.tell()
        answered.close()


def either_or(path, default):
    chosen = default or open(path)  # LEK501
    print(chosen.read())


def bound_to_a_global(path):
    global LOG
    LOG = open(path)  # silent LEK501: global LOG => LOG = None
    LOG.write("x")


def shadowed_builtin(path, opener):
    open = opener
    foreign = open(path)  # silent LEK501: open = opener => print(opener)
    return foreign.read()


def bound_twice(path, other):
    again = open(path)  # LEK501
    again = open(other)  # LEK501
    return again.read()


def bound_twice_and_closed(path, other):
    anew = open(path)  # LEK505
    text = anew.read()
    anew = open(other)  # silent LEK501: anew.close() => anew.tell()
    anew.close()
    return text


def bound_by_an_inner_function(path):
    outer_file = None

    def load():
        nonlocal outer_file
        outer_file = open(path)  # silent LEK501: outer_file.close() => outer_file.tell()

    load()
    outer_file.close()


# Memory only: nothing is lost when it is forgotten.


def archive_in_memory(data):
    packed = zipfile.ZipFile(io.BytesIO(data))  # silent LEK501: ZipFile(io.BytesIO(data)) => ZipFile(data)
    return packed.namelist()


def archive_in_a_named_buffer():
    buffer = io.BytesIO()
    built = zipfile.ZipFile(buffer, "w")  # silent LEK501: ZipFile(buffer, "w") => ZipFile("built.zip", "w")
    built.infolist()


def file_object_that_was_given(stream):
    unzipped = gzip.GzipFile(fileobj=stream)  # silent LEK501: fileobj=stream => filename=stream
    return unzipped.read()


def buffer_under_text(data):
    text_layer = io.TextIOWrapper(io.BytesIO(data))  # silent LEK501: TextIOWrapper(io.BytesIO(data)) => FileIO(data)
    return text_layer.read()


def database_in_memory():
    scratch_db = sqlite3.connect(":memory:")  # silent LEK501: sqlite3.connect(":memory:") => sqlite3.connect("file")
    return scratch_db.execute("SELECT 1").fetchone()


def only_a_buffer():
    memory = io.StringIO()  # silent LEK501: io.StringIO() => open("memory")
    memory.write("x")
    return memory.getvalue()


# A factory of this file: what it hands out is its caller's, and its own `return` is no leak.


def open_index(path):
    return open(path)


def open_named(path):
    fresh = open(path)  # silent LEK501: return fresh => return None
    return fresh


def open_if_there(path):
    try:
        return open(path)
    except OSError:
        return None


def open_again(path):
    return open_index(path)


async def connect_async(dsn):
    return await asyncpg.connect(dsn)


def uses_a_factory(path):
    index = open_index(path)  # LEK501
    return index.read()


def uses_a_factory_that_binds_a_name(path):
    named_index = open_named(path)  # LEK501
    return named_index.read()


def uses_a_factory_that_may_fail(path):
    index_or_none = open_if_there(path)  # LEK501
    if index_or_none is None:
        return ""
    return index_or_none.read()


def uses_a_factory_of_a_factory(path):
    second_hand = open_again(path)  # LEK501
    return second_hand.read()


async def uses_an_async_factory(dsn):
    own_pg = await connect_async(dsn)  # LEK501
    await own_pg.execute("SELECT 1")


def closes_what_a_factory_opened(path):
    closed_index = open_index(path)  # silent LEK501: with closed_index: => if closed_index:
    with closed_index:
        return closed_index.read()


def hands_over_what_a_factory_opened(path, kept):
    kept_index = open_index(path)  # silent LEK501: kept[path] = kept_index => kept[path] = kept_index.name
    kept[path] = kept_index


class Pages:
    def __init__(self, path):
        self.path = path
        self.index = None

    def _open(self):
        return open(self.path)

    @classmethod
    def open_default(cls):
        return open("default")

    def _shared(self):
        if self.index is None:
            self.index = open(self.path)
        return self.index

    def first_line(self):
        page_file = self._open()  # LEK501
        return page_file.readline()

    def default_line(self):
        default_page = self.open_default()  # LEK501
        return default_page.readline()

    # Not fresh: the object keeps it.
    def shared_line(self):
        shared_page = self._shared()  # silent LEK501: shared_page = self._shared() => shared_page = self._open()
        return shared_page.readline()

    def close(self):
        if self.index is not None:
            self.index.close()


# A class of this file that is a resource, or that keeps one and knows how to release it.


class Link(socket.socket):
    def greet(self):
        self.sendall(b"hello")


class Ledger:
    def __init__(self, path):
        self.ledger_db = sqlite3.connect(path)

    def rows(self):
        return self.ledger_db.execute("SELECT 1").fetchall()

    def close(self):
        self.ledger_db.close()


class Journal:
    def __init__(self, path):
        self.journal_file = open(path, "a")

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.journal_file.close()

    def note(self, text):
        self.journal_file.write(text)


def greets_by_a_subclass(address):
    link = Link()  # LEK501
    link.connect(address)
    link.greet()


def reads_a_ledger(path):
    ledger = Ledger(path)  # LEK501
    return len(ledger.rows())


def notes_in_a_journal(path):
    journal = Journal(path)  # LEK501
    journal.note("x")


def greets_and_hangs_up(address):
    short_link = Link()  # silent LEK501: with short_link: => if short_link:
    with short_link:
        short_link.connect(address)


def reads_and_closes_a_ledger(path):
    closed_ledger = Ledger(path)  # silent LEK501: closed_ledger.close() => closed_ledger.rows()
    closed_ledger.close()


def notes_in_a_block(path):
    block_journal = Journal(path)  # silent LEK501: with block_journal: => if block_journal:
    with block_journal:
        block_journal.note("x")


def returns_a_ledger(path):
    made_ledger = Ledger(path)  # silent LEK501: return made_ledger => return path
    return made_ledger


# More ways to leave the release to someone else.


async def own_async_stack():
    async with contextlib.AsyncExitStack() as stack:
        inner_web = aiohttp.ClientSession()  # silent LEK506: stack.enter_async_context(inner_web) => asyncio.sleep(0)
        await stack.enter_async_context(inner_web)


def closed_by_a_lambda_that_is_returned(path):
    undone = open(path)  # silent LEK501: lambda: undone.close() => lambda: path
    return lambda: undone.close()


def own_wrapper_with_a_method_of_another_name(path):
    recorded = open(path, "w")  # silent LEK501: Recorder(recorded) => Recorder(recorded.name)
    recorder = Recorder(recorded)
    recorder.finish()


class Recorder:
    def __init__(self, handle):
        self.handle = handle

    def finish(self):
        self.handle.close()


def text_of(handle):
    return io.TextIOWrapper(handle)


def wrapped_by_a_helper_and_returned(path):
    bytes_file = open(path, "rb")  # silent LEK501: return text_of(bytes_file) => return count_bytes(bytes_file)
    return text_of(bytes_file)


def wrapped_under_the_same_name(path):
    rewrapped = open(path, "rb")  # silent LEK501: return rewrapped => return rewrapped.read()
    rewrapped = io.TextIOWrapper(rewrapped)
    return rewrapped


class Copier:
    def _finish(self, handle):
        handle.close()

    def _measure(self, handle):
        return len(handle.read())

    def method_of_this_class_closes(self, path):
        finished = open(path)  # silent LEK501: self._finish(finished) => self._measure(finished)
        self._finish(finished)

    def method_of_this_class_reads(self, path):
        only_measured = open(path)  # LEK501
        return self._measure(only_measured)


def uses_what_was_given(session, url):
    return session.get(url).text


# What ends with the process: module level, main(), the main block, functions called at import.


startup = open("startup")
print(startup.read())


class Settings:
    defaults = open("defaults")  # silent LEK501: class Settings: => def settings():
    print(defaults.read())


def main():
    script_file = open("script")  # silent LEK501: def main( => def run_script(
    print(script_file.read())


    def print_again():
        script_file_again = open("again")  # silent LEK501: def main( => def run_script(
        print(script_file_again.read())

    print_again()


def import_main():
    import_file = open("import")  # silent LEK501: def import_main( => def import_it(
    print(import_file.read())


def setup():
    setup_file = open("setup")  # silent LEK501: def setup( => def start_over(
    print(setup_file.read())


def configure():
    config_file = open("config")  # silent LEK501: def configure( => def configure_again(
    print(config_file.read())


def read_version():
    version_file = open("version")  # silent LEK501: VERSION = read_version() => VERSION = ""
    return version_file.read()


VERSION = read_version()

if __name__ == "__main__":
    arguments = open("arguments")
    print(arguments.read())
    main()


# A listening socket that an endless loop serves lives as long as the process.
def serve_for_ever(handle_connection):
    listener = socket.create_server(("", 8000))  # silent LEK501: while True => while other.busy
    while True:
        connection, _ = listener.accept()
        handle_connection(connection)


# What the loop opens itself is open once more each time round.
def probe_for_ever(address):
    while 1:
        probe = socket.create_connection(address)  # LEK501
        probe.sendall(b"ping")
