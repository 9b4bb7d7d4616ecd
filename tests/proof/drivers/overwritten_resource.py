"""Each call connects one feed again.

CPython closes a socket that nobody closed when nothing refers to it, and warns: these are counted. The server is stood
in for: the peer of the socket has gone.
"""

import scenery

UNIT = "unclosed resources"
ADDRESS = ("server.example", 2001)
scenery.lines_without_peer()


def prepare(page):
    page.feed = page.Feed(ADDRESS)


def call(page, n):
    page.feed.reconnect(ADDRESS)
