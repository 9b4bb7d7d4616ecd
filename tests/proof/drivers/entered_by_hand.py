"""Each call computes something, and is quiet about another warning."""

UNIT = "KiB"
CALLS = 200
WARM_UP = 1500  # the 512 patterns that `re` keeps, and a table of the last size for them


def call(page, n):
    assert page.quietly(lambda: n, f"part {n}") == n
