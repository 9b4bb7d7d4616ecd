"""Each call is a room that one user joins and leaves."""

UNIT = "KiB"


def call(page, n):
    page.join(n, "user")
    page.leave(n, "user")
