"""Each call makes a connection over a real socket and drops it."""

import socket

UNIT = "descriptors"


def call(page, n):
    page.Connection(socket.socket())
