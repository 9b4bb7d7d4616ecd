import sqlite3
from contextlib import closing


def transaction(path):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM users")


def without_a_name(path):
    with closing(sqlite3.connect(path)) as connection, connection:
        print(path)


def beside_others(path, lock):
    with lock, closing(sqlite3.connect(path)) as connection, connection, open(path) as file:
        connection.execute(file.read())


def first_bound(path):
    with closing(sqlite3.connect(path)) as connection:
        with connection:
            connection.execute("DELETE FROM users")
    print(path)


def used_behind(path):
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM users")
    print(connection.total_changes)
