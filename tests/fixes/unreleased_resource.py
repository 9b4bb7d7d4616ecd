import asyncio
import csv
import fcntl
import gzip
import io
import multiprocessing
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import zipfile

import paramiko
import psycopg
import psycopg2

# --- The block covers just the statements that use it ---


def last_use(path):
    # Above the opening.
    file = open(path)  # LEK501 safe

    # Above the first use.
    text = file.read()
    size = len(text)
    return size


def last_use_returns(path):
    file = open(path)  # LEK501 safe
    return file.read()


def unused(path):
    file = open(path, "w")  # LEK501 safe


def comment_behind(path):
    file = open(path)  # keeps its comment  # LEK501 safe
    print(file.read())
    # Of what follows.
    print(path)


def over_several_lines(path):
    file = open(  # LEK501 safe
        path,
        encoding="utf-8",
    )
    print("""the lines of a text
  stay where they are""", file.read(
        10,
    ))


def in_a_branch(path):
    if path:
        for _ in range(3):
            file = open(path)  # LEK501 safe
            if file.read():
                continue
            print(path)


def two(source, target):
    reads = open(source)  # LEK501 safe
    writes = open(target, "w")  # LEK501 left: overlaps another fix
    writes.write(reads.read())
    print(source)


def generator(path):
    file = open(path)  # LEK501 safe
    for line in file:
        yield line.strip()
    print(path)


# --- What it handed out counts as it, unless it is plain data ---


def reader(path):
    file = open(path)  # LEK501 safe
    rows = csv.reader(file)
    header = next(rows)
    for row in rows:
        print(header, row)
    return header


def cursor(dsn):
    connection = psycopg2.connect(dsn)  # LEK501 safe
    cursor = connection.cursor()
    cursor.execute("SELECT 1")
    return cursor.fetchone()[0]


def name_of_temporary(command):
    file = tempfile.NamedTemporaryFile()  # LEK501 safe
    name = file.name
    file.flush()
    subprocess.run([command, name])
    print(command)


def is_there(command):
    file = tempfile.NamedTemporaryFile(dir=".")  # LEK501 safe
    subprocess.run(command)


def name_that_stays(command):
    file = tempfile.NamedTemporaryFile(delete=False)  # LEK501 safe
    file.write(b"")
    return file.name


def helper_of_the_file(path):
    file = open(path)  # LEK501 safe
    return parse(file)


def parse(file):
    return [line.split() for line in file]


def lazy_helper(path):
    file = open(path)  # LEK501 left: read all of it before
    return lines(file)


def lines(file):
    for line in file:
        yield line.strip()


def lazy(path):
    file = open(path)  # LEK501 left: read all of it before
    rows = (line.split() for line in file)
    return rows


def lock(path):
    file = open(path, "w")  # LEK501 safe
    fcntl.flock(file, fcntl.LOCK_EX)
    print(path)


def lock_in_a_branch(path):
    if path:
        file = open(path, "w")  # LEK501 unsafe
        fcntl.flock(file, fcntl.LOCK_EX)
    print(path)


def address(host):
    line = socket.socket()  # LEK501 safe
    line.bind((host, 0))
    print(host)


def descriptor_of_another(stream):
    file = os.fdopen(stream.fileno(), "w")  # LEK501 safe
    file.flush()
    print(stream)


def descriptor_of_another_in_a_branch(stream, number):
    # Until the function ends, what it was made of is open.
    if stream:
        file = os.fdopen(number, "w")  # LEK501 unsafe
        file.flush()
    stream.write("")


def opened_anew(stream):
    for _ in range(3):
        number = stream.fileno()
        file = open(number, "w")  # LEK501 unsafe
        file.flush()
    stream.write("")


def descriptor_of_its_own(path):
    if path:
        number = os.open(path, os.O_RDONLY)
        file = os.fdopen(number)  # LEK501 safe
        print(file.read())


def descriptor_in_place(path):
    if path:
        file = os.fdopen(os.open(path, os.O_RDONLY))  # LEK501 safe
        print(file.read())


def descriptor_that_is_used_on(path):
    if path:
        number = os.open(path, os.O_RDWR)
        file = os.fdopen(number, "w")  # LEK501 unsafe
        file.flush()
        os.fsync(number)


# --- How it is closed ---


def does_not_close(path):
    connection = sqlite3.connect(path)  # LEK501 safe
    return connection.execute("SELECT 1").fetchone()


def may_do_more(dsn):
    connection = psycopg.connect(dsn)  # LEK501 unsafe
    return connection.execute("SELECT 1").fetchone()


def waits(command):
    process = subprocess.Popen(command)  # LEK501 left: whether to wait for the process
    print(process.args)


async def awaited(host):
    connection = await asyncio.open_connection(host, 80)
    print(connection)


# --- Opened where the block can't begin ---


def in_a_try(path):
    try:
        file = open(path)  # LEK501 safe
    except OSError:
        return None
    # Above the use.
    text = file.read()
    return text


def in_a_try_with_else(path):
    try:
        file = open(path)  # LEK501 safe
    except OSError:
        print("no such file")
    else:
        print(file.read())


def in_a_try_that_goes_on(path):
    file = None
    try:
        file = open(path)  # LEK501 left: outside of the block
    except OSError:
        print("no such file")
    if file:
        print(file.read())


def in_branches(path):
    if path.endswith(".gz"):
        file = gzip.open(path)  # LEK501 safe
    elif path:
        file = open(path, "rb")  # LEK501 safe
    else:
        raise ValueError(path)
    return file.read()


def in_one_branch(path, file=None):
    if file is None:
        file = open(path)  # LEK501 left: outside of the block
    return file.read()


def with_an_annotation(path):
    archive: zipfile.ZipFile = zipfile.ZipFile(path)  # LEK501 safe
    return archive.namelist()


def in_an_expression(path):
    file = open(path) if path else None  # LEK501 left: larger expression
    return file.read()


def on_one_line(path):
    file = open(path); print(file.read())  # LEK501 left: shares a line


# --- A name that is used again ---


def bound_anew(one, other):
    file = open(one)  # LEK501 safe
    text = file.read()
    file = open(other)  # LEK501 safe
    text += file.read()
    return text


def in_two_branches(one, other):
    if one:
        file = open(one)  # LEK501 safe
        print(file.read())
    else:
        file = open(other)  # LEK501 safe
        print(file.read())


def in_the_next_round(paths):
    size = 0
    for path in paths:
        if size:
            print(file.mode)
        file = open(path)  # LEK501 left: last round of the loop
        size = len(file.read())


def from_elsewhere(self, path):
    file = self.shared(path)
    print(file.read())


def shared_or_own(log, path):
    if log:
        return log
    return open(path)


def of_a_factory(log, path):
    file = shared_or_own(log, path)  # LEK501 unsafe
    return file.read()


def of_a_plain_factory(path):
    file = opened(path)  # LEK501 safe
    return file.read()


def opened(path):
    return open(path)


def deleted(path):
    pool = multiprocessing.Pool()
    del pool
    print(path)


# --- What is started goes on when the function is left ---


def starts(connection, handler, key):
    transport = paramiko.Transport(connection)  # LEK501 left: what it starts goes on
    transport.add_server_key(key)
    transport.start_server(server=handler)


# --- A coroutine reads when it is waited for ---


async def line_of(file):
    await asyncio.sleep(0)
    return file.readline()


async def waited_for(path):
    file = open(path)  # LEK501 safe
    return await line_of(file)


async def waited_for_later(path):
    file = open(path)  # LEK501 left: a coroutine reads it later
    task = asyncio.create_task(line_of(file))
    return task


# --- Several names, of which one meant something else before ---


def bound_before(path):
    file = open(path)  # LEK501 safe
    text = file.readline()
    print(text)
    text = file
    return [line.strip() for line in text]


def generators(path):
    file = open(path)  # LEK501 safe
    pairs = ([line for line in file] for _ in range(3))
    return list(pairs)


# --- A function of the file that reads it goes on with it, or claims something ---


def lines_of(file):
    return (line.strip() for line in file)


def read_by_a_lazy_helper(path):
    file = open(path)  # LEK501 left: read all of it before
    lines = lines_of(file)
    return list(lines)


def claim(file):
    fcntl.flock(file, fcntl.LOCK_EX)


def locked_by_a_helper(path, work):
    file = open(path, "w")  # LEK501 safe
    claim(file)
    work()


# --- A factory that may hand out what is someone else's ---


def source_of(path):
    return sys.stdin if path == "-" else open(path)


def from_a_factory(path):
    file = source_of(path)  # LEK501 unsafe
    return file.readline()


# --- What the last round of a loop has opened, by another name ---


def pairs(paths):
    last = None
    for path in paths:
        file = open(path)  # LEK501 left: last round of the loop
        if last is not None:
            print(last.read())
        last = file


# --- What writes to it when it is closed itself ---


def buffered(path):
    file = open(path, "wb")  # LEK501 left: around it writes
    text = io.TextIOWrapper(file)
    text.write("hello")
