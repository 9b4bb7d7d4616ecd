"""The connection is closed on every path. (Counts open descriptors; for Linux and macOS.)"""

import os
import sqlite3
import tempfile
from contextlib import closing


def user_count(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT count(*) FROM users").fetchone()[0]


if __name__ == "__main__":
    errors = []
    with tempfile.TemporaryDirectory() as folder:
        for day in range(1, 4):
            for _ in range(10):
                try:
                    user_count(os.path.join(folder, "empty.db"))
                except sqlite3.Error as error:
                    errors.append(error)
            print(f"day {day}, descriptors open: {len(os.listdir('/dev/fd'))}")
