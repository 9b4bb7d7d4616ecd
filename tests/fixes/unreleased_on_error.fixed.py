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
    with open(path) as file:
        text = file.read()

    return text


def released_where_errors_end(path):
    with open(path) as file:
        text = file.read()
        with contextlib.suppress(ValueError):
            print(text)
            file.close()
        print(file.closed)


def used_behind_the_release(path):
    with open(path) as file:
        text = file.read()
    return text + file.name


async def asynchronous(url):
    async with aiohttp.ClientSession() as session:
        text = await session.get(url)
    return text.status


# --- What no block closes is released in `finally` ---


def descriptor(path):
    # Above the opening.
    number: Final = os.open(path, os.O_RDONLY)
    # Above the use.
    try:
        data = os.read(number, 10)
    finally:
        # Above the release.
        os.close(number)
    return data


def one_of_two():
    number, path = tempfile.mkstemp()
    try:
        os.write(number, b"")
    finally:
        os.close(number)
    return path


def folder(command):
    path = tempfile.mkdtemp()
    try:
        subprocess.run(command, cwd=path)
    finally:
        shutil.rmtree(path)


def grows_upwards(path):
    number = os.open(path, os.O_RDONLY)
    try:
        os.read(number, 1)
        return os.read(number, 10)
    finally:
        os.close(number)


def grows_upwards_with_comments(path):
    number = os.open(path, os.O_RDONLY)
    try:
        os.read(number, 1)
        # Above the try.
        # In the try.
        return os.read(number, 10)
    finally:
        os.close(number)


def finally_does_more(path, log):
    number = os.open(path, os.O_RDONLY)
    os.read(number, 1)
    try:
        return os.read(number, 10)
    finally:
        log.write("read")
        os.close(number)


def left_at_once(path):
    number = os.open(path, os.O_RDONLY)
    try:
        if not os.read(number, 1):
            return None
        data = os.read(number, 10)
    finally:
        os.close(number)
    return data


def left_after_work(path, log):
    number = os.open(path, os.O_RDONLY)
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
            line = socket.socket()
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
    number, path = tempfile.mkstemp()
    try:
        os.write(number, b"")
    except BaseException:
        os.close(number)
        raise
    with os.fdopen(number, "w") as file:
        file.write(text)
    return path


def returned(host):
    line = socket.socket()
    try:
        line.settimeout(1)
        line.connect(host)
    except BaseException:
        line.close()
        raise
    return line


def wrapped(host, session):
    line = socket.create_connection(host)
    try:
        line.send(b"hello")
        return session(line, parse(line.recv(10)))
    except BaseException:
        line.close()
        raise


def parse(data):
    if not data:
        raise ValueError("nothing there")
    return data


def stored(self, host):
    line = socket.socket()
    try:
        line.connect(host)
    except BaseException:
        line.close()
        raise
    self.line = line
    print(host)


class Keeps:
    def __init__(self, host):
        self.line = socket.socket()
        # Above the use.
        try:
            self.line.connect(host)
        except BaseException:
            self.line.close()
            raise
        self.host = host

    def close(self):
        self.line.close()


async def awaited(url):
    session = aiohttp.ClientSession()
    await session.get(url)
    return session


def polite(host):
    post = smtplib.SMTP(host)
    try:
        post.starttls()
    except BaseException:
        post.close()
        raise
    return post


def bound_anew(host, other):
    line = socket.socket()
    line.connect(host)
    if not host:
        line, name = other
        line.send(name)
    return line


class Forgets:
    def __init__(self, path):
        self.number = os.open(path, os.O_RDONLY)
        if not os.read(self.number, 1):
            os.close(self.number)
            raise ValueError(path)
        os.read(self.number, 10)

    def close(self):
        os.close(self.number)


def yielded(hosts):
    for host in hosts:
        line = socket.socket()
        try:
            line.connect(host)
        except BaseException:
            line.close()
            raise
        # Whoever stops here has it already.
        yield line


class KeepsOneOfTwo:
    def __init__(self):
        self.number, path = tempfile.mkstemp()
        os.write(self.number, path.encode())

    def close(self):
        os.close(self.number)


def handed_over_in_a_branch(host):
    line = socket.socket()
    if host:
        line.connect(host)
        return line
    line.close()
    return None


def process(command):
    child = subprocess.Popen(command)
    child.stdin.write(b"")
    return child


# --- Two that overlap: the second in the next run ---


def two(source, target):
    with open(source) as reads:
        with open(target, "w") as writes:
            writes.write(reads.read())


# --- Closing writes what is left, and fails anew ---


def error_of_writing(path, lines):
    with open(path, "w") as file:
        try:
            file.writelines(lines)
            file.flush()
        except OSError as error:
            raise ValueError(path) from error


def error_of_reading(path):
    with open(path, "rb") as file:
        try:
            text = file.read()
        except OSError as error:
            raise ValueError(path) from error
    return text


# --- The name stands for something else later ---


def one_after_the_other(path, more):
    with open(path) as file:
        line = file.readline()
    with open(more) as file:
        text = file.read()
    return line, text


# --- What the whole process goes on with ---


def working_folder(old):
    folder = tempfile.mkdtemp()
    try:
        os.chdir(folder)
        print(os.listdir())
        os.chdir(old)
    finally:
        shutil.rmtree(folder)


# --- Handed out by a yield, and needed when what follows fails ---


def yielded_before(path):
    number = os.open(path, os.O_RDONLY)
    try:
        yield lambda: os.read(number, 10)
        os.lseek(number, 0, 0)
    except BaseException:
        os.close(number)
        raise
    yield number


# --- What ends it is a step of the work, or needs what was worked out ---


def moved(target):
    folder = tempfile.mkdtemp()
    subprocess.run(["make"], cwd=folder, check=True)
    shutil.move(folder, target)


def under_another_name():
    folder = tempfile.mkdtemp()
    subprocess.run(["make"], cwd=folder, check=True)
    path = os.path.abspath(folder)
    shutil.rmtree(path)


# --- A release inside of a larger statement stays ---


def told(path, log):
    with open(path) as file:
        text = file.read()
        log(text, file.close())
    return text


# --- A handler around it still reads it ---


def told_where(path):
    try:
        file = open(path)
        int(file.readline())
        return file
    except ValueError:
        print(file.tell())
        raise
