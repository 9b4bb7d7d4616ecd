"""LEK552: leaving `with` ends the transaction, and the connection stays open."""

import contextlib
import sqlite3
from contextlib import closing

import apsw
import duckdb
import psycopg
import psycopg2
import psycopg2.pool
import pyodbc


# `with` over a connection commits or rolls back. It does not close.


def sqlite(path):
    with sqlite3.connect(path) as db:  # LEK552
        db.execute("DELETE FROM t")


def sqlite_rows(path):
    with sqlite3.connect(path) as rows_db:  # LEK552
        return rows_db.execute("SELECT 1").fetchall()


def sqlite_without_a_name(path):
    with sqlite3.connect(path):  # LEK552
        print(path)


def postgres(dsn):
    with psycopg2.connect(dsn) as pg:  # LEK552
        with pg.cursor() as cursor:
            cursor.execute("SELECT 1")


def other_drivers(path, dsn):
    with apsw.Connection(path) as db:  # LEK552
        db.execute("SELECT 1")
    with pyodbc.connect(dsn) as link:  # LEK552
        link.commit()


def bound_first(path):
    early_db = sqlite3.connect(path)  # LEK552
    with early_db:
        early_db.execute("SELECT 1")


def twice(path):
    db = sqlite3.connect(path)  # LEK552
    with db:
        db.execute("SELECT 1")
    with db:
        db.execute("SELECT 2")


def aliased_driver(dsn):
    connect = psycopg2.connect
    with connect(dsn) as aliased:  # LEK552
        aliased.commit()


# Closed besides, or by a wrapper that does close.


def closed_after(path):
    shut_db = sqlite3.connect(path)  # silent LEK552: shut_db.close() => shut_db.commit()
    with shut_db:
        shut_db.execute("SELECT 1")
    shut_db.close()


def closed_in_finally(dsn):
    final_pg = psycopg2.connect(dsn)  # silent LEK552: final_pg.close() => final_pg.commit()
    try:
        with final_pg, final_pg.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        final_pg.close()


def closed_inside(path):
    with sqlite3.connect(path) as inner_db:  # silent LEK552: inner_db.close() => inner_db.commit()
        inner_db.execute("SELECT 1")
        inner_db.close()


def closed_by_a_wrapper(path):
    with closing(apsw.Connection(path)) as db:  # silent LEK552: closing(apsw.Connection(path)) => sqlite3.connect(path)
        db.execute("SELECT 1")


def closed_by_a_wrapper_after_a_transaction(dsn):
    with closing(pyodbc.connect(dsn)) as db, db:  # silent LEK552: closing(pyodbc.connect(dsn)) => pyodbc.connect(dsn)
        db.cursor().execute("SELECT 1")


def closed_under_its_name(path):
    named_db = sqlite3.connect(path)  # silent LEK552: closing(named_db) => contextlib.nullcontext()
    with closing(named_db), named_db:
        named_db.execute("SELECT 1")


def wrapper_under_a_name(path):
    wrapper = closing(sqlite3.connect(path))  # silent LEK552: closing(sqlite3.connect(path)) => sqlite3.connect(path)
    with wrapper as db:
        db.execute("SELECT 1")


def on_a_stack(path):
    with contextlib.ExitStack() as stack:
        stacked = sqlite3.connect(path)  # silent LEK552: stack.callback(stacked.close) => print(path)
        stack.callback(stacked.close)
        with stacked:
            stacked.execute("SELECT 1")


# Drivers whose `with` does close.


def newer_postgres(dsn):
    with psycopg.connect(dsn) as db:  # silent LEK552: psycopg.connect(dsn) => psycopg2.connect(dsn)
        db.execute("SELECT 1")


def duck(path):
    with duckdb.connect(path) as db:  # silent LEK552: duckdb.connect(path) => apsw.Connection(path)
        db.execute("SELECT 1")


# Someone else's: returned, stored, or given away after the transaction.


def returned(path):
    with sqlite3.connect(path) as made:  # silent LEK552: return made => return None
        made.execute("CREATE TABLE t (x)")
    return made


def given_away(path, use):
    with sqlite3.connect(path) as shared:  # silent LEK552: use(shared) => use(path)
        use(shared)


class Store:
    def open(self, path):
        kept_db = sqlite3.connect(path)  # silent LEK552: self.link = kept_db => self.link = path
        with kept_db:
            kept_db.execute("SELECT 1")
        self.link = kept_db

    def close(self):
        self.link.close()


def passed_in(connection):
    with connection:  # silent LEK552: with connection: => with sqlite3.connect(""):
        connection.execute("SELECT 1")


def generator(path):
    with sqlite3.connect(path) as lent:  # silent LEK552: yield lent => yield None
        yield lent


# What ends with the process.


with sqlite3.connect("startup") as startup:
    startup.execute("SELECT 1")


def main():
    with sqlite3.connect("script") as db:  # silent LEK552: def main( => def run_script(
        db.execute("SELECT 1")
