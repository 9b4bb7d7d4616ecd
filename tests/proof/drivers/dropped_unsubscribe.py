"""Each call opens a panel on one stream of prices of reactivex, and closes it."""

import contextlib
import io

from reactivex.subject import Subject

UNIT = "KiB"
CALLS = 200
WARM_UP = 20
PRICES = Subject()


def call(page, n):
    with contextlib.redirect_stdout(io.StringIO()):  # close() prints
        page.Panel(PRICES).close()
