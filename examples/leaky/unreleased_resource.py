"""A database connection is opened, used and never closed.

CPython closes it when the last reference goes. Here a query fails, and the error, kept for a report, holds the
function's variables, and with them the connection. (Counts open descriptors; for Linux and macOS.)
"""

import os
import sqlite3
import tempfile


def user_count(path):
    connection = sqlite3.connect(path)  # LEK501
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
