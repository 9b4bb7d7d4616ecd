"""Each call dials a port where nobody listens, and its error is kept."""

import scenery

UNIT = "descriptors"
PORT = scenery.closed_port()


def call(page, n):
    with scenery.Reported(ConnectionError):
        page.dial("127.0.0.1", PORT)
