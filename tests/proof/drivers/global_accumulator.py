"""Each call is an event."""

UNIT = "KiB"


def call(page, n):
    page.on_event({"number": n})
