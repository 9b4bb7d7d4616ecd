"""Each call is another request. The root logger is as Python sets it up, so that nothing is printed."""

UNIT = "KiB"


def call(page, n):
    page.handle_request(f"request-{n}", "body")
