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
from contextlib import closing

import paramiko
import psycopg
import psycopg2

# --- The block covers just the statements that use it ---


def last_use(path):
    # Above the opening.
    with open(path) as file:
        # Above the first use.
        text = file.read()
    size = len(text)
    return size


def last_use_returns(path):
    with open(path) as file:
        return file.read()


def unused(path):
    with open(path, "w") as file:
        pass


def comment_behind(path):
    with open(path) as file:  # keeps its comment
        print(file.read())
    # Of what follows.
    print(path)


def over_several_lines(path):
    with open(
        path,
        encoding="utf-8",
    ) as file:
        print("""the lines of a text
  stay where they are""", file.read(
            10,
        ))


def in_a_branch(path):
    if path:
        for _ in range(3):
            with open(path) as file:
                if file.read():
                    continue
            print(path)


def two(source, target):
    with open(source) as reads:
        with open(target, "w") as writes:
            writes.write(reads.read())
    print(source)


def generator(path):
    with open(path) as file:
        for line in file:
            yield line.strip()
    print(path)


# --- What it handed out counts as it, unless it is plain data ---


def reader(path):
    with open(path) as file:
        rows = csv.reader(file)
        header = next(rows)
        for row in rows:
            print(header, row)
    return header


def cursor(dsn):
    with closing(psycopg2.connect(dsn)) as connection:
        cursor = connection.cursor()
        cursor.execute("SELECT 1")
        return cursor.fetchone()[0]


def name_of_temporary(command):
    with tempfile.NamedTemporaryFile() as file:
        name = file.name
        file.flush()
        subprocess.run([command, name])
        print(command)


def is_there(command):
    with tempfile.NamedTemporaryFile(dir=".") as file:
        subprocess.run(command)


def name_that_stays(command):
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(b"")
        return file.name


def helper_of_the_file(path):
    with open(path) as file:
        return parse(file)


def parse(file):
    return [line.split() for line in file]


def lazy_helper(path):
    file = open(path)
    return lines(file)


def lines(file):
    for line in file:
        yield line.strip()


def lazy(path):
    file = open(path)
    rows = (line.split() for line in file)
    return rows


def lock(path):
    with open(path, "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        print(path)


def lock_in_a_branch(path):
    if path:
        with open(path, "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
    print(path)


def address(host):
    with socket.socket() as line:
        line.bind((host, 0))
        print(host)


def descriptor_of_another(stream):
    with os.fdopen(stream.fileno(), "w") as file:
        file.flush()
        print(stream)


def descriptor_of_another_in_a_branch(stream, number):
    # Until the function ends, what it was made of is open.
    if stream:
        with os.fdopen(number, "w") as file:
            file.flush()
    stream.write("")


def opened_anew(stream):
    for _ in range(3):
        number = stream.fileno()
        with open(number, "w") as file:
            file.flush()
    stream.write("")


def descriptor_of_its_own(path):
    if path:
        number = os.open(path, os.O_RDONLY)
        with os.fdopen(number) as file:
            print(file.read())


def descriptor_in_place(path):
    if path:
        with os.fdopen(os.open(path, os.O_RDONLY)) as file:
            print(file.read())


def descriptor_that_is_used_on(path):
    if path:
        number = os.open(path, os.O_RDWR)
        with os.fdopen(number, "w") as file:
            file.flush()
            os.fsync(number)


# --- How it is closed ---


def does_not_close(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT 1").fetchone()


def may_do_more(dsn):
    with psycopg.connect(dsn) as connection:
        return connection.execute("SELECT 1").fetchone()


def waits(command):
    process = subprocess.Popen(command)
    print(process.args)


async def awaited(host):
    connection = await asyncio.open_connection(host, 80)
    print(connection)


# --- Opened where the block can't begin ---


def in_a_try(path):
    try:
        file = open(path)
    except OSError:
        return None
    # Above the use.
    with file:
        text = file.read()
    return text


def in_a_try_with_else(path):
    try:
        file = open(path)
    except OSError:
        print("no such file")
    else:
        with file:
            print(file.read())


def in_a_try_that_goes_on(path):
    file = None
    try:
        file = open(path)
    except OSError:
        print("no such file")
    if file:
        print(file.read())


def in_branches(path):
    if path.endswith(".gz"):
        file = gzip.open(path)
    elif path:
        file = open(path, "rb")
    else:
        raise ValueError(path)
    with file:
        return file.read()


def in_one_branch(path, file=None):
    if file is None:
        file = open(path)
    return file.read()


def with_an_annotation(path):
    archive: zipfile.ZipFile = zipfile.ZipFile(path)
    with archive:
        return archive.namelist()


def in_an_expression(path):
    file = open(path) if path else None
    return file.read()


def on_one_line(path):
    file = open(path); print(file.read())


# --- A name that is used again ---


def bound_anew(one, other):
    with open(one) as file:
        text = file.read()
    with open(other) as file:
        text += file.read()
    return text


def in_two_branches(one, other):
    if one:
        with open(one) as file:
            print(file.read())
    else:
        with open(other) as file:
            print(file.read())


def in_the_next_round(paths):
    size = 0
    for path in paths:
        if size:
            print(file.mode)
        file = open(path)
        size = len(file.read())


def from_elsewhere(self, path):
    file = self.shared(path)
    print(file.read())


def shared_or_own(log, path):
    if log:
        return log
    return open(path)


def of_a_factory(log, path):
    with shared_or_own(log, path) as file:
        return file.read()


def of_a_plain_factory(path):
    with opened(path) as file:
        return file.read()


def opened(path):
    return open(path)


def deleted(path):
    pool = multiprocessing.Pool()
    del pool
    print(path)


# --- What is started goes on when the function is left ---


def starts(connection, handler, key):
    transport = paramiko.Transport(connection)
    transport.add_server_key(key)
    transport.start_server(server=handler)


# --- A coroutine reads when it is waited for ---


async def line_of(file):
    await asyncio.sleep(0)
    return file.readline()


async def waited_for(path):
    with open(path) as file:
        return await line_of(file)


async def waited_for_later(path):
    file = open(path)
    task = asyncio.create_task(line_of(file))
    return task


# --- Several names, of which one meant something else before ---


def bound_before(path):
    with open(path) as file:
        text = file.readline()
        print(text)
        text = file
        return [line.strip() for line in text]


def generators(path):
    with open(path) as file:
        pairs = ([line for line in file] for _ in range(3))
        return list(pairs)


# --- A function of the file that reads it goes on with it, or claims something ---


def lines_of(file):
    return (line.strip() for line in file)


def read_by_a_lazy_helper(path):
    file = open(path)
    lines = lines_of(file)
    return list(lines)


def claim(file):
    fcntl.flock(file, fcntl.LOCK_EX)


def locked_by_a_helper(path, work):
    with open(path, "w") as file:
        claim(file)
        work()


# --- A factory that may hand out what is someone else's ---


def source_of(path):
    return sys.stdin if path == "-" else open(path)


def from_a_factory(path):
    with source_of(path) as file:
        return file.readline()


# --- What the last round of a loop has opened, by another name ---


def pairs(paths):
    last = None
    for path in paths:
        file = open(path)
        if last is not None:
            print(last.read())
        last = file


# --- What writes to it when it is closed itself ---


def buffered(path):
    file = open(path, "wb")
    text = io.TextIOWrapper(file)
    text.write("hello")
