"""Each call makes a report of 1,000 rows, asks it for its total and drops it.

The example keeps 32 reports and no more, so it is looked at before these are there, and the figure is for 30 calls.
"""

UNIT = "KiB"
CALLS = 10
WARM_UP = 0
PER = 30


def call(page, n):
    total = page.Report(list(range(n, n + 1000))).total
    assert (total() if callable(total) else total) > 0
