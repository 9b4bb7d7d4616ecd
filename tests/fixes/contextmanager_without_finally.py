import contextlib
import os
import shutil
import sqlite3
import sys
import tempfile


@contextlib.contextmanager
def released_behind(path):
    connection = sqlite3.connect(path)  # LEK507 unsafe
    yield connection
    connection.close()


@contextlib.contextmanager
def success_only(path):
    connection = sqlite3.connect(path)  # LEK507 unsafe
    # Above the yield.
    yield connection
    connection.commit()

    # Above the release.
    connection.close()
    print(path)


@contextlib.contextmanager
def two(path):
    connection = sqlite3.connect(path)  # LEK507 unsafe
    cursor = connection.cursor()
    yield cursor
    cursor.close()
    connection.close()


@contextlib.contextmanager
def bound(path):
    folder = tempfile.mkdtemp()  # LEK507 unsafe
    answer = yield folder
    print(answer)
    shutil.rmtree(folder)


@contextlib.contextmanager
def started(lock):
    lock.acquire()  # LEK507 unsafe
    yield
    lock.release()


@contextlib.contextmanager
def stopped(server):
    server.start()  # LEK507 unsafe
    yield server
    server.stop()


@contextlib.contextmanager
def maybe_unbound(path):
    with contextlib.suppress(OSError):
        file = open(path)  # LEK507 unsafe
    yield path
    file.close()


@contextlib.contextmanager
def someone_elses(path):
    file = open(path) if path else sys.stdin  # LEK507 unsafe
    yield file
    file.close()


@contextlib.contextmanager
def never_released(path):
    connection = sqlite3.connect(path)  # LEK507 unsafe
    yield connection


@contextlib.contextmanager
def in_a_try(path, lock):
    connection = sqlite3.connect(path)  # LEK507 unsafe
    try:
        yield connection
    finally:
        lock.release()
    connection.close()


@contextlib.contextmanager
def in_two_places(path):
    number = os.open(path, os.O_RDONLY)  # LEK507 unsafe
    if path:
        yield number
    else:
        yield None
    os.close(number)
