"""LEK503: a resource is used where it is opened and never bound to a name, so nothing can release it."""

import asyncio
import contextlib
import csv
import gzip
import io
import json
import os
import pickle
import socket
import sqlite3
import subprocess
import tempfile
import unittest
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

import asyncpg
import matplotlib.pyplot as plt
import psycopg2
import yaml


# Read in one go: the text leaves, the file stays open.


def returns_the_text(path):
    return open(path).read()  # LEK503


def returns_the_lines(path):
    return open(path).readlines()  # LEK503


def writes_in_one_go(path, text):
    open(path, "w").write(text)  # LEK503


def prints_the_text(path):
    print(open(path).read())  # LEK503


def formats_the_text(path):
    return f"{open(path).read()}"  # LEK503


def text_of_a_path_object(name):
    return Path(name).open().read()  # LEK503


def checks_the_text(path):
    assert open(path).read()  # LEK503


def yields_the_text(path):
    yield open(path).read()  # LEK503


read_lazily = lambda path: open(path).read()  # LEK503


def reads_what_was_given(stream):
    return stream.read()


def hands_over_the_file(path):
    return open(path, "r+")  # silent LEK503: return open(path, "r+") => return open(path).tell()


def hands_over_the_read_method(path):
    return open(path, "rt").read  # silent LEK503: "rt").read => "rt").read()


def reads_the_text_without_a_handle(path):
    return Path(path).read_text()  # silent LEK503: Path(path).read_text() => Path(path).open().read()


# Functions that read a file keep nothing of it.


def loads_json(path):
    return json.load(open(path))  # LEK503


def loads_pickle(path):
    return pickle.load(open(path, "rb"))  # LEK503


def loads_yaml(path):
    return yaml.safe_load(open(path))  # LEK503


def dumps_json(path, value):
    json.dump(value, open(path, "w"))  # LEK503


def loads_json_in_a_block(path):
    with open(path, "rb") as file:  # silent LEK503: with open(path, "rb") as file => for file in open(path)
        return json.load(file)


def loads_by_an_unknown_function(path, load):
    return load(open(path, "rb+"))  # silent LEK503: return load(open => return json.load(open


def reads_csv(path):
    return list(csv.reader(open(path, newline="")))  # LEK503


def loops_over_csv(path):
    for row in csv.DictReader(open(path)):  # LEK503
        print(row)


def writes_csv(path, rows):
    csv.writer(open(path, "w")).writerows(rows)  # LEK503


def logs_a_child(command, path):
    subprocess.run(command, stdout=open(path, "w"))  # LEK503


def logs_a_child_that_lives_on(command, path, run):
    run(command, stdout=open(path, "a"))  # silent LEK503: run(command, stdout=open(path, "a")) => open(path, "a")


def gives_a_csv_reader(path):
    return csv.reader(open(path, newline="\n"))  # silent LEK503: return csv.reader(open => return json.load(open


# Loops and comprehensions read lines; nobody closes what they loop over.


def loops(path):
    for line in open(path):  # LEK503
        print(line)


def counts_lines(path):
    for number, line in enumerate(open(path)):  # LEK503
        print(number, line)


def comprehension(path):
    return [line.strip() for line in open(path)]  # LEK503


def set_of_lines(path):
    return {line for line in open(path)}  # LEK503


def dict_of_lines(path):
    return dict(line.split("=") for line in open(path))  # LEK503


def sum_of_lines(path):
    return sum(1 for _ in open(path))  # LEK503


def lists_lines(path):
    return list(open(path))  # LEK503


def sorts_lines(path):
    return sorted(open(path))  # LEK503


def second_iterable(paths):
    return [line for path in paths for line in open(path)]  # LEK503


def generator_of_lines(path):
    return (line for line in open(path))  # LEK503


def pairs_of_lines(path, other):
    for pair in zip(open(path), other):  # LEK503
        print(pair)


def hands_over_the_iterator(path):
    return map(str.strip, open(path, "r"))  # silent LEK503: return map(str.strip, => return sorted(


def loop_over_files(paths):
    for file in map(open, paths):  # silent LEK503: map(open, paths) => open(paths[0])
        print(file)


# A bare call opens, and nothing more.


def opens_as_a_statement(path):
    open(path)  # LEK503


def opens_to_see_whether_it_can(path):
    try:
        open(path)  # LEK503
    except OSError:
        return False
    return True


def touches(path):
    open(path, "w").close()  # silent LEK503: open(path, "w").close() => open(path).flush()


def touches_a_path(path: Path):
    path.open("a").close()  # silent LEK503: path.open("a").close() => path.open("a").flush()


def starts_and_lets_go(daemon):
    subprocess.Popen(daemon)  # silent LEK503: subprocess.Popen(daemon) => open(daemon)


# Processes: reaped at once, or their output read and they forgotten.


def output_of_a_child(command):
    return subprocess.Popen(command, stdout=subprocess.PIPE).stdout.read()  # LEK503


def output_of_a_reaped_child(command):
    return subprocess.Popen(command).communicate()[0]  # silent LEK503: communicate()[0] => stdout.read()


def exit_status(command):
    return subprocess.Popen(command, cwd="/").wait()  # silent LEK503: cwd="/").wait() => cwd="/").returncode


def output_of_a_pipe(command):
    return os.popen(command).read()  # LEK503


# Responses, connections, sockets, archives.


def fetches(url):
    return urlopen(url).readline()  # LEK503


def fetches_all(url):
    return urlopen(url).read()  # silent LEK503: urlopen(url).read() => urlopen(url).status


def fetches_json(url):
    return json.load(urlopen(url))  # LEK503


def fetches_in_a_block(url):
    with urlopen(url) as page:  # silent LEK503: with urlopen(url) as page => for page in urlopen(url)
        return page.read()


def fetches_and_closes(url):
    with contextlib.closing(urlopen(url)) as response:  # silent LEK503: contextlib.closing( => print(
        return response.read()


def queries(path):
    return sqlite3.connect(path).execute("SELECT 1").fetchall()  # LEK503


def lends_a_cursor(path):
    return sqlite3.connect(path).execute("SELECT 2")  # silent LEK503: "SELECT 2") => "SELECT 2").fetchone()


def commits(dsn):
    psycopg2.connect(dsn).commit()  # LEK503


def sends(address):
    socket.create_connection(address).sendall(b"x")  # LEK503


def names_in_an_archive(path):
    return zipfile.ZipFile(path).namelist()  # LEK503


def names_in_memory(data):
    return zipfile.ZipFile(io.BytesIO(data)).namelist()  # silent LEK503: ZipFile(io.BytesIO(data)) => ZipFile(data)


def unzips_what_is_given(stream):
    return gzip.GzipFile(fileobj=stream).read()  # silent LEK503: fileobj=stream => filename=stream


def unzips(path):
    return gzip.open(path).read()  # LEK503


# The threads of an executor end when it is collected; but each call starts new ones.


def submits(task):
    ThreadPoolExecutor().map(print, task)  # LEK506


def hands_over_the_future(task):
    return ThreadPoolExecutor(1).submit(task)  # LEK506


async def connects_to_see_whether_it_can(host):
    await asyncio.open_connection(host, 80)  # LEK503


# Descriptors come first in a tuple: taking only the path loses it.


def takes_only_the_path():
    return tempfile.mkstemp()[1]  # LEK503


def takes_only_the_descriptor():
    return tempfile.mkstemp()[0]  # silent LEK503: tempfile.mkstemp()[0] => tempfile.mkstemp()[1]


def gives_the_descriptor_on(path):
    with os.fdopen(os.open(path, os.O_RDONLY)) as file:  # silent LEK503: os.fdopen( => print(
        return file.read()


def wraps_and_forgets(path):
    return io.TextIOWrapper(open(path, "rb")).read()  # LEK503


# Figures: pyplot keeps the current one.


def draws(path):
    plt.figure()  # LEK503
    plt.plot([1])
    plt.savefig(path)


def hands_over_the_axes():
    return plt.subplots()[1]  # silent LEK503: return plt.subplots()[1] => plt.subplots()


def draws_in_the_axes():
    print(plt.subplots()[1])  # silent LEK503: print(plt.subplots()[1]) => plt.subplots()


def draws_and_shows():
    plt.figure()  # silent LEK503: plt.show() => plt.grid()
    plt.show()


def draws_in_the_current_axes():
    plt.figure()  # silent LEK503: plt.gca() => plt.axis()
    return plt.gca()


def draws_and_closes(path):
    plt.figure()  # silent LEK503: plt.close() => print(path)
    plt.savefig(path)
    plt.close()


# Managed where it is opened.


def one_of_two_managers(path):
    with open(path) if path else contextlib.nullcontext():  # silent LEK503: with open(path) if => while open(path) if
        print(path)


def walrus_in_a_block(path):
    with (file := open(path)):  # silent LEK501: with (file := open(path)) => if (file := open(path))
        return file.read()


def on_a_stack(path):
    with contextlib.ExitStack() as stack:
        entered = stack.enter_context(open(path))  # silent LEK503: entered = stack.enter_context => entered = print
        return entered.read()


def on_a_stack_that_was_given(stack, path):
    lent = stack.enter_context(open(path))  # silent LEK503: lent = stack.enter_context => lent = print
    return lent.read()


def in_a_generator(path):
    yield open(path, "w+")  # silent LEK503: yield open(path, "w+") => yield open(path).read()


def as_a_default(path, opened=open("default")):  # silent LEK503: =open("default") => =lambda: open("x").read()
    return opened


def in_a_table(path):
    return {"file": open(path, "a+")}  # silent LEK503: open(path, "a+")} => open(path).read()}


def in_an_object(path, owner):
    owner.file = open(path, "ab")  # silent LEK503: open(path, "ab") => open(path).read()


# In a condition, a subject, or behind a choice.


def in_a_condition(path):
    if open(path).read():  # LEK503
        print(path)


def in_the_condition_of_a_loop(command):
    while os.popen(command).read():  # LEK503
        print(command)


def as_the_subject_of_a_match(path):
    match open(path).read():  # LEK503
        case "":
            print(path)


def one_of_two_sources(path, stream):
    return (open(path) if path else stream).read()  # LEK503


async def awaited_in_one_go(dsn):
    return await (await asyncpg.connect(dsn)).fetch("SELECT 1")  # LEK503


async def awaited_and_closed(dsn):
    await (await asyncpg.connect(dsn)).close()  # silent LEK503: (dsn)).close() => (dsn)).execute("")


# Put straight into a container or an object: it is kept.


def under_a_key(path, kept):
    kept[path] = open(path, "x")  # silent LEK503: open(path, "x") => open(path, "x").name


def at_an_index(path, kept):
    kept[0] = open(path, "xt")  # silent LEK503: open(path, "xt") => open(path, "xt").name


def into_a_list(path, kept):
    kept.append(open(path, "xb"))  # silent LEK503: open(path, "xb") => open(path, "xb").name


def into_a_response(url):
    return urlopen(url, timeout=5)  # silent LEK503: urlopen(url, timeout=5) => urlopen(url, timeout=5).status


def by_a_lambda(path):
    return lambda: open(path, "w+t")  # silent LEK503: open(path, "w+t") => open(path, "w+t").read()


# On a stack, by every spelling.


def pushed_on_a_stack(stack, path):
    stack.push(open(path, "r+b"))  # silent LEK503: stack.push( => print(


def called_back_by_a_stack(stack, path):
    stack.callback(open(path, "w+b").close)  # silent LEK503: "w+b").close => "w+b").tell()


async def on_an_async_stack(stack, dsn):
    link = await asyncpg.connect(dsn)  # silent LEK501: stack.push_async_callback(link.close) => link.execute("")
    stack.push_async_callback(link.close)


class Fixture(unittest.TestCase):
    def setUp(self):
        self.text = self.enterContext(open("fixture"))  # silent LEK503: self.enterContext( => list(

    @classmethod
    def setUpClass(cls):
        cls.shared = cls.enterClassContext(open("shared"))  # silent LEK503: cls.enterClassContext( => list(


@contextlib.contextmanager
def descriptor_as_a_file(path):
    fd = os.open(path, os.O_RDONLY)
    try:
        yield open(fd, closefd=False)  # silent LEK503: yield open(fd, closefd=False) => yield open(path).read()
    finally:
        os.close(fd)


# Helpers, factories and classes of this file.


def close_quietly(handle):
    with contextlib.suppress(OSError):
        handle.close()


def open_page(path):
    return open(path)


class Ledger:
    def __init__(self, path):
        self.ledger_db = sqlite3.connect(path)

    def rows(self):
        return self.ledger_db.execute("SELECT 1").fetchall()

    def close(self):
        self.ledger_db.close()


def helper_reads(path):
    return reads_what_was_given(open(path))  # LEK503


def helper_closes(path):
    close_quietly(open(path))  # silent LEK503: close_quietly(open( => reads_what_was_given(open(


def text_of_a_factory(path):
    return open_page(path).read()  # LEK503


def json_of_a_factory(path):
    return json.load(open_page(path))  # LEK503


def rows_of_a_ledger(path):
    return len(Ledger(path).rows())  # LEK503


def file_of_a_factory(path):
    return open_page(path or "x")  # silent LEK503: open_page(path or "x") => list(open_page(path))


def factory_in_a_block(path):
    with open_page(path) as page:  # silent LEK503: with open_page(path) as page => for page in open_page(path)
        return page.read()


# Two of them, bound by one assignment, have names.


def two_at_once(path, other):
    old, new = open(path), open(other)  # silent LEK501: old.close() => old.tell()
    old.close()
    new.close()


# What ends with the process: module level, class bodies, main().


settings = json.load(open("settings"))  # silent LEK503: settings = => def settings(): return


class Texts:
    intro = open("intro").read()  # silent LEK503: class Texts: => def texts():


def main():
    print(open("script").read())  # silent LEK503: def main( => def run_script(


def setup():
    print(open("setup").read())  # silent LEK503: def setup( => def set_it_up_again(
