"""Each call makes a client, closes it and drops it.

CPython closes a socket that nobody closed when the client goes, and warns: these are counted. The server is stood in
for: the peer of the socket has gone.
"""

import scenery

UNIT = "unclosed resources"
scenery.lines_without_peer()


def call(page, n):
    page.Client("server.example").close()
