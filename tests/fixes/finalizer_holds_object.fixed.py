import weakref
from weakref import finalize


class Connection:
    def __init__(self, socket):
        self.socket = socket
        weakref.finalize(self, self.socket.close)

    def close(self):
        """Close it."""
        self.socket.close()


class Pool:
    def __init__(self, pool):
        self._pool: object = pool
        self._finalizer = finalize(
            self,
            self._pool.shutdown, False, cancel_futures=True,
        )


# --- Left ---


class Late:
    def __init__(self, socket):
        weakref.finalize(self, self.close)
        self.socket = socket

    def close(self):
        self.socket.close()


class Again:
    def __init__(self, socket):
        self.socket = socket
        weakref.finalize(self, self.close)

    def reopen(self, socket):
        self.socket = socket

    def close(self):
        self.socket.close()


class Longer:
    def __init__(self, socket):
        self.socket = socket
        weakref.finalize(self, self.close)

    def close(self):
        self.socket.flush()
        self.socket.close()


class Reads:
    def __init__(self, socket):
        self.socket = socket
        weakref.finalize(self, lambda: self.socket.close(self.why))


class Itself:
    def __init__(self, socket):
        self.socket = socket
        weakref.finalize(self, print, self)


_REFS = {}


def watch(thing):
    _REFS[id(thing)] = weakref.ref(thing, lambda _: print(thing))
