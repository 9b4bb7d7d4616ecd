"""Each call asks about a new callback."""

UNIT = "KiB"


def call(page, n):
    page.takes_arguments(lambda answer: n)
