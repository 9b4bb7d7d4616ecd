"""Each call is another title."""

UNIT = "KiB"


def call(page, n):
    page.slug(f"Story {n}")
