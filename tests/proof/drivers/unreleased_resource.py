"""Each call asks a database without the table, and its error is kept.

psycopg2 is stood in for by sqlite3: its own needs a server. Both keep a descriptor until `close()` or until nothing
refers to the connection.
"""

import os
import sqlite3
import sys
from types import SimpleNamespace

import scenery

UNIT = "descriptors"
sys.modules["psycopg2"] = SimpleNamespace(connect=sqlite3.connect)
PATH = os.path.join(scenery.folder(), "empty.db")


def call(page, n):
    with scenery.Reported(sqlite3.OperationalError):
        page.user_count(PATH)
