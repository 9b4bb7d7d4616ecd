"""Each call has a `with` block that fails, and its error is kept."""

import os
import sqlite3

import scenery

UNIT = "descriptors"
PATH = os.path.join(scenery.folder(), "empty.db")


def call(page, n):
    with scenery.Reported(sqlite3.OperationalError), page.database(PATH) as connection:
        connection.execute("SELECT * FROM users")
