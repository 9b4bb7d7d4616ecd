"""Each call saves into a database without the table, and its error is kept."""

import os
import sqlite3

import scenery

UNIT = "descriptors"
PATH = os.path.join(scenery.folder(), "empty.db")


def call(page, n):
    with scenery.Reported(sqlite3.OperationalError):
        page.save(PATH, "Ann")
