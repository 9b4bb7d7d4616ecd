"""Each call opens a stream over a real socket and drops it."""

import socket

UNIT = "descriptors"
COLLECTOR = False


class Stream:
    def __init__(self, url):
        self.socket = socket.socket()

    def close(self):
        self.socket.close()


GIVEN = {"connect": Stream}


def prepare(page):
    page.feed = page.Feed()


def call(page, n):
    page.feed.open(f"https://feeds.example/{n}")
