import csv
import json
import sqlite3
import urllib.request
from contextlib import closing
from pathlib import Path

import paramiko

# --- Taken out of the expression ---


def loaded(path):
    # Above the statement.
    with open(path) as file:
        return json.load(file)


def in_a_loop(path):
    with open(path) as file:
        for line in file:
            print(line)


def assigned(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    return text


def dropped(path):
    with open(path, "w"):
        pass


def dropped_with_a_comment(path):
    with open(
        path, "w"
    ):  # made empty
        pass


def name_is_taken(path, file):
    with open(path) as file1:
        return file, json.load(file1)


def over_several_lines(path):
    with open(path) as file:
        data = json.loads(  # of all
            file.read()
        )
    return data


def alone_on_its_line(path):
    with open(path, encoding="utf-8") as file:
        data = json.load(file)
    return data


def behind_what_does_nothing(self, path):
    with open(path) as file:
        self.data[path] = json.load(file)


def read_later(path):
    with open(path) as file:
        rows = csv.reader(file)
        for row in rows:
            print(row)
    print(path)


def does_not_close(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT 1").fetchone()


def in_two_steps(path):
    with open(path) as file:
        return [line.split() for line in file]


# --- As one call ---


def one_call(path: Path):
    return path.read_text()


def one_call_of_bytes(path: Path):
    return Path(path, "x").read_bytes()


def one_call_that_writes(path: Path, text):
    path.write_text(text, encoding="utf-8")


def where_nothing_can_be_taken_out(paths):
    return [Path(path).read_text() for path in paths]


def on_a_condition(path):
    return path and Path(path).read_bytes()


# --- What is for a person ---


def not_at_once(paths):
    return [json.load(open(path)) for path in paths]


def not_always(path):
    return json.load(open(path)) if path else None


def behind_something(log, path):
    return log(path), json.load(open(path))


def in_a_test(path):
    if json.load(open(path)):
        print(path)


def with_line_ends(path: Path):
    return [path.open(newline="").read() for _ in path.parts]


def response(url):
    with urllib.request.urlopen(url) as response:
        for line in response:
            print(line)


# --- How it is opened is not in the call ---


def starred(arguments):
    with open(*arguments) as file:
        print(file.read())


def by_name(path, mode):
    with open(path, mode) as file:
        print(file.read())


def for_each(paths):
    return [line for path in paths for line in open(path)]


# --- What is started goes on when the statement is done ---


def starts(connection, handler):
    paramiko.Transport(connection).start_server(server=handler)


# --- What the statement does with the outcome, it does when the file is closed ---


def shown(self, path):
    # Above.
    with open(path) as file:
        content = file.read()
    self.show(content, 1)


def each_line(path, step):
    with open(path) as file:
        lines = file.readlines()
    for line in lines:
        step(line)


def handed_out(path):
    with open(path) as file:
        content = file.read()
    yield content


def of_several_lines(path, step):
    with open(path) as file:
        content = (file
             .read())
    step(content)


def other_outcome(path, step):
    with open(path) as file:
        data = json.load(file)
    step(**data)


def collected(path, step, data):
    with open(path) as file:
        data1 = [line.split() for line in file]
    return data, step(data1)


async def helped(path, step):
    with open(path) as file:
        data = await line_of(file)
    step(data)


async def line_of(file):
    return file.readline()


def only_looks(path):
    with open(path) as file:
        return json.loads(file.read().strip())
