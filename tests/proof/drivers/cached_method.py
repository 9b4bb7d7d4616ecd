"""Each call makes a report, asks it for its total and drops it."""

UNIT = "KiB"


def call(page, n):
    total = page.Report([n, n]).total
    assert (total() if callable(total) else total) == 2 * n
