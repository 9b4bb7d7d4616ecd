"""Each call writes into a history without the table, and its error is kept. Who can close the history, does."""

import os
import sqlite3

import scenery

UNIT = "descriptors"
PATH = os.path.join(scenery.folder(), "empty.db")


def call(page, n):
    history = page.History(PATH)
    with scenery.Reported(sqlite3.OperationalError):
        history.add("line")
    if hasattr(history, "close"):
        history.close()
