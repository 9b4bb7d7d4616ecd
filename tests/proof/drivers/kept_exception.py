"""Each call converts a document that is broken, and asks for the first of nothing.

The last error alone is one, however many there were: what grows is the exception that is raised again and again.
"""

import contextlib

UNIT = "KiB"


class Document:
    def convert(self):
        raise ValueError("broken")


def call(page, n):
    page.convert(Document())
    with contextlib.suppress(LookupError):
        page.first([])
        raise AssertionError("nothing has a first")
