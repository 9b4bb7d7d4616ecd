"""Each call probes a port where nobody listens.

CPython closes the socket when the function returns, and warns each time that nobody else had: these are counted.
"""

import scenery

UNIT = "unclosed resources"
PORT = scenery.closed_port()


def call(page, n):
    assert page.is_up("127.0.0.1", PORT) is False
