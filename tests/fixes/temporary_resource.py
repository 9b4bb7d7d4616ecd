import csv
import json
import sqlite3
import urllib.request
from pathlib import Path

import paramiko

# --- Taken out of the expression ---


def loaded(path):
    # Above the statement.
    return json.load(open(path))  # LEK503 safe


def in_a_loop(path):
    for line in open(path):  # LEK503 safe
        print(line)


def assigned(path):
    text = open(path, encoding="utf-8").read()  # LEK503 safe
    return text


def dropped(path):
    open(path, "w")  # LEK503 safe


def dropped_with_a_comment(path):
    open(  # LEK503 safe
        path, "w"
    )  # made empty


def name_is_taken(path, file):
    return file, json.load(open(path))  # LEK503 safe


def over_several_lines(path):
    data = json.loads(  # of all
        open(path).read()  # LEK503 safe
    )
    return data


def alone_on_its_line(path):
    data = json.load(
        open(path, encoding="utf-8")  # LEK503 safe
    )
    return data


def behind_what_does_nothing(self, path):
    self.data[path] = json.load(open(path))  # LEK503 safe


def read_later(path):
    rows = csv.reader(open(path))  # LEK503 safe
    for row in rows:
        print(row)
    print(path)


def does_not_close(path):
    return sqlite3.connect(path).execute("SELECT 1").fetchone()  # LEK503 safe


def in_two_steps(path):
    return [line.split() for line in open(path)]  # LEK503 safe


# --- As one call ---


def one_call(path: Path):
    return path.open().read()  # LEK503 safe


def one_call_of_bytes(path: Path):
    return Path(path, "x").open("rb").read()  # LEK503 safe


def one_call_that_writes(path: Path, text):
    path.open("w", encoding="utf-8").write(text)  # LEK503 safe


def where_nothing_can_be_taken_out(paths):
    return [open(path).read() for path in paths]  # LEK503 unsafe


def on_a_condition(path):
    return path and open(path, "rb").read()  # LEK503 unsafe


# --- What is for a person ---


def not_at_once(paths):
    return [json.load(open(path)) for path in paths]  # LEK503 left: before the expression


def not_always(path):
    return json.load(open(path)) if path else None  # LEK503 left: before the expression


def behind_something(log, path):
    return log(path), json.load(open(path))  # LEK503 left: before the expression


def in_a_test(path):
    if json.load(open(path)):  # LEK503 left: before the expression
        print(path)


def with_line_ends(path: Path):
    return [path.open(newline="").read() for _ in path.parts]  # LEK503 left: before the expression


def response(url):
    for line in urllib.request.urlopen(url):  # LEK503 unsafe
        print(line)


# --- How it is opened is not in the call ---


def starred(arguments):
    print(open(*arguments).read())  # LEK503 safe


def by_name(path, mode):
    print(open(path, mode).read())  # LEK503 safe


def for_each(paths):
    return [line for path in paths for line in open(path)]  # LEK503 left: before the expression


# --- What is started goes on when the statement is done ---


def starts(connection, handler):
    paramiko.Transport(connection).start_server(server=handler)  # LEK503 left: what it starts goes on


# --- What the statement does with the outcome, it does when the file is closed ---


def shown(self, path):
    # Above.
    self.show(open(path).read(), 1)  # LEK503 safe


def each_line(path, step):
    for line in open(path).readlines():  # LEK503 safe
        step(line)


def handed_out(path):
    yield open(path).read()  # LEK503 safe


def of_several_lines(path, step):
    step(open(path)  # LEK503 safe
         .read())


def other_outcome(path, step):
    step(**json.load(open(path)))  # LEK503 safe


def collected(path, step, data):
    return data, step([line.split() for line in open(path)])  # LEK503 safe


async def helped(path, step):
    step(await line_of(open(path)))  # LEK503 safe


async def line_of(file):
    return file.readline()


def only_looks(path):
    return json.loads(open(path).read().strip())  # LEK503 safe
