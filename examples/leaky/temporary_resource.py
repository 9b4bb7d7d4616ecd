"""A file is opened and never bound to a name.

CPython closes it when `load` returns. Here `load` raises, and the error, kept for a report, holds the variables of
`load`, and with them the file. (Counts open descriptors; for Linux and macOS.)
"""

import json
import os
import tempfile


def settings(path):
    return json.load(open(path))  # LEK503


if __name__ == "__main__":
    errors = []
    with tempfile.NamedTemporaryFile("w", suffix=".json") as broken:
        for day in range(1, 4):
            for _ in range(10):
                try:
                    settings(broken.name)
                except ValueError as error:
                    errors.append(error)
            print(f"day {day}, descriptors open: {len(os.listdir('/dev/fd'))}")
