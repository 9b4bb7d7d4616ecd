import contextlib
import errno
import os
import shutil
import smtplib
import socket
import subprocess
import tempfile
from typing import Final

import aiohttp

# --- Released at the end ---


def at_the_end(path):
    file = open(path)  # LEK551 safe
    text = file.read()
    file.close()

    return text


def released_where_errors_end(path):
    file = open(path)  # LEK551 safe
    text = file.read()
    with contextlib.suppress(ValueError):
        print(text)
        file.close()
    print(file.closed)


def used_behind_the_release(path):
    file = open(path)  # LEK551 safe
    text = file.read()
    file.close()
    return text + file.name


async def asynchronous(url):
    session = aiohttp.ClientSession()  # LEK551 unsafe
    text = await session.get(url)
    await session.close()
    return text.status


# --- What no block closes is released in `finally` ---


def descriptor(path):
    # Above the opening.
    number: Final = os.open(path, os.O_RDONLY)  # LEK551 safe
    # Above the use.
    data = os.read(number, 10)

    # Above the release.
    os.close(number)
    return data


def one_of_two():
    number, path = tempfile.mkstemp()  # LEK551 safe
    os.write(number, b"")
    os.close(number)
    return path


def folder(command):
    path = tempfile.mkdtemp()  # LEK551 safe
    subprocess.run(command, cwd=path)
    shutil.rmtree(path)


def grows_upwards(path):
    number = os.open(path, os.O_RDONLY)  # LEK551 safe
    os.read(number, 1)
    try:
        return os.read(number, 10)
    finally:
        os.close(number)


def grows_upwards_with_comments(path):
    number = os.open(path, os.O_RDONLY)  # LEK551 safe
    os.read(number, 1)
    # Above the try.
    try:
        # In the try.
        return os.read(number, 10)
    finally:
        os.close(number)


def finally_does_more(path, log):
    number = os.open(path, os.O_RDONLY)  # LEK551 left: its 'finally' does more
    os.read(number, 1)
    try:
        return os.read(number, 10)
    finally:
        log.write("read")
        os.close(number)


def left_at_once(path):
    number = os.open(path, os.O_RDONLY)  # LEK551 safe
    if not os.read(number, 1):
        os.close(number)
        return None
    data = os.read(number, 10)
    os.close(number)
    return data


def left_after_work(path, log):
    number = os.open(path, os.O_RDONLY)  # LEK551 left: some ways release it already
    if not os.read(number, 1):
        os.close(number)
        return log(path)
    data = os.read(number, 10)
    os.close(number)
    return data


# --- Handed over ---


def one_of_many(addresses):
    lines = []
    for address in addresses:
        try:
            line = socket.socket()  # LEK551 left: handed on, too
        except OSError:
            continue
        try:
            line.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                line.close()
                continue
            raise
        lines.append(line)
    return lines


def wrapped_in_a_file(text):
    number, path = tempfile.mkstemp()  # LEK551 safe
    os.write(number, b"")
    with os.fdopen(number, "w") as file:
        file.write(text)
    return path


def returned(host):
    line = socket.socket()  # LEK551 safe
    line.settimeout(1)
    line.connect(host)
    return line


def wrapped(host, session):
    line = socket.create_connection(host)  # LEK551 unsafe
    line.send(b"hello")
    return session(line, parse(line.recv(10)))


def parse(data):
    if not data:
        raise ValueError("nothing there")
    return data


def stored(self, host):
    line = socket.socket()  # LEK551 safe
    line.connect(host)
    self.line = line
    print(host)


class Keeps:
    def __init__(self, host):
        self.line = socket.socket()  # LEK551 unsafe
        # Above the use.
        self.line.connect(host)
        self.host = host

    def close(self):
        self.line.close()


async def awaited(url):
    session = aiohttp.ClientSession()  # LEK551 left: how to release the session
    await session.get(url)
    return session


def polite(host):
    post = smtplib.SMTP(host)  # LEK551 safe
    post.starttls()
    return post


def bound_anew(host, other):
    line = socket.socket()  # LEK551 left: bound to something else
    line.connect(host)
    if not host:
        line, name = other
        line.send(name)
    return line


class Forgets:
    def __init__(self, path):
        self.number = os.open(path, os.O_RDONLY)  # LEK551 left: some ways release it already
        if not os.read(self.number, 1):
            os.close(self.number)
            raise ValueError(path)
        os.read(self.number, 10)

    def close(self):
        os.close(self.number)


def yielded(hosts):
    for host in hosts:
        line = socket.socket()  # LEK551 safe
        line.connect(host)
        # Whoever stops here has it already.
        yield line


class KeepsOneOfTwo:
    def __init__(self):
        self.number, path = tempfile.mkstemp()  # LEK551 left: opened inside a larger expression
        os.write(self.number, path.encode())

    def close(self):
        os.close(self.number)


def handed_over_in_a_branch(host):
    line = socket.socket()  # LEK551 left: handed on, too
    if host:
        line.connect(host)
        return line
    line.close()
    return None


def process(command):
    child = subprocess.Popen(command)  # LEK551 left: how to release the process
    child.stdin.write(b"")
    return child


# --- Two that overlap: the second in the next run ---


def two(source, target):
    reads = open(source)  # LEK551 safe
    writes = open(target, "w")  # LEK551 left: overlaps another fix
    writes.write(reads.read())
    writes.close()
    reads.close()


# --- Closing writes what is left, and fails anew ---


def error_of_writing(path, lines):
    file = open(path, "w")  # LEK551 unsafe
    try:
        file.writelines(lines)
        file.flush()
    except OSError as error:
        raise ValueError(path) from error
    file.close()


def error_of_reading(path):
    file = open(path, "rb")  # LEK551 safe
    try:
        text = file.read()
    except OSError as error:
        raise ValueError(path) from error
    file.close()
    return text


# --- The name stands for something else later ---


def one_after_the_other(path, more):
    file = open(path)  # LEK551 safe
    line = file.readline()
    file.close()
    file = open(more)  # LEK551 safe
    text = file.read()
    file.close()
    return line, text


# --- What the whole process goes on with ---


def working_folder(old):
    folder = tempfile.mkdtemp()  # LEK551 unsafe
    os.chdir(folder)
    print(os.listdir())
    os.chdir(old)
    shutil.rmtree(folder)


# --- Handed out by a yield, and needed when what follows fails ---


def yielded_before(path):
    number = os.open(path, os.O_RDONLY)  # LEK551 unsafe
    yield lambda: os.read(number, 10)
    os.lseek(number, 0, 0)
    yield number


# --- What ends it is a step of the work, or needs what was worked out ---


def moved(target):
    folder = tempfile.mkdtemp()  # LEK551 left: a step of the work
    subprocess.run(["make"], cwd=folder, check=True)
    shutil.move(folder, target)


def under_another_name():
    folder = tempfile.mkdtemp()  # LEK551 left: a step of the work
    subprocess.run(["make"], cwd=folder, check=True)
    path = os.path.abspath(folder)
    shutil.rmtree(path)


# --- A release inside of a larger statement stays ---


def told(path, log):
    file = open(path)  # LEK551 safe
    text = file.read()
    log(text, file.close())
    return text


# --- A handler around it still reads it ---


def told_where(path):
    try:
        file = open(path)  # LEK551 left: still reads it
        int(file.readline())
        return file
    except ValueError:
        print(file.tell())
        raise
