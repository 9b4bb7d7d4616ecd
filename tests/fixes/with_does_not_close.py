import sqlite3


def transaction(path):
    with sqlite3.connect(path) as connection:  # LEK552 safe
        connection.execute("DELETE FROM users")


def without_a_name(path):
    with sqlite3.connect(path):  # LEK552 safe
        print(path)


def beside_others(path, lock):
    with lock, sqlite3.connect(path) as connection, open(path) as file:  # LEK552 safe
        connection.execute(file.read())


def first_bound(path):
    connection = sqlite3.connect(path)  # LEK552 safe
    with connection:
        connection.execute("DELETE FROM users")
    print(path)


def used_behind(path):
    with sqlite3.connect(path) as connection:  # LEK552 left: used behind
        connection.execute("DELETE FROM users")
    print(connection.total_changes)
