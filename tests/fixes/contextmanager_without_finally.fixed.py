import contextlib
import os
import shutil
import sqlite3
import sys
import tempfile


@contextlib.contextmanager
def released_behind(path):
    connection = sqlite3.connect(path)
    try:
        yield connection
    finally:
        connection.close()


@contextlib.contextmanager
def success_only(path):
    connection = sqlite3.connect(path)
    # Above the yield.
    try:
        yield connection
        connection.commit()
    finally:
        # Above the release.
        connection.close()
    print(path)


@contextlib.contextmanager
def two(path):
    connection = sqlite3.connect(path)
    cursor = connection.cursor()
    try:
        yield cursor
        cursor.close()
    finally:
        connection.close()


@contextlib.contextmanager
def bound(path):
    folder = tempfile.mkdtemp()
    try:
        answer = yield folder
        print(answer)
    finally:
        shutil.rmtree(folder)


@contextlib.contextmanager
def started(lock):
    lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def stopped(server):
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextlib.contextmanager
def maybe_unbound(path):
    with contextlib.suppress(OSError):
        file = open(path)
    try:
        yield path
    finally:
        file.close()


@contextlib.contextmanager
def someone_elses(path):
    file = open(path) if path else sys.stdin
    try:
        yield file
    finally:
        file.close()


@contextlib.contextmanager
def never_released(path):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        yield connection


@contextlib.contextmanager
def in_a_try(path, lock):
    connection = sqlite3.connect(path)
    try:
        yield connection
    finally:
        lock.release()
        connection.close()


@contextlib.contextmanager
def in_two_places(path):
    number = os.open(path, os.O_RDONLY)
    try:
        if path:
            yield number
        else:
            yield None
    finally:
        os.close(number)
