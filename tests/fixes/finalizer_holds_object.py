import weakref
from weakref import finalize


class Connection:
    def __init__(self, socket):
        self.socket = socket
        weakref.finalize(self, self.close)  # LEK305 unsafe

    def close(self):
        """Close it."""
        self.socket.close()


class Pool:
    def __init__(self, pool):
        self._pool: object = pool
        self._finalizer = finalize(  # LEK305 unsafe
            self,
            lambda: self._pool.shutdown(False, cancel_futures=True),
        )


# --- Left ---


class Late:
    def __init__(self, socket):
        weakref.finalize(self, self.close)  # LEK305 left: the attribute may be bound to something else
        self.socket = socket

    def close(self):
        self.socket.close()


class Again:
    def __init__(self, socket):
        self.socket = socket
        weakref.finalize(self, self.close)  # LEK305 left: the attribute may be bound to something else

    def reopen(self, socket):
        self.socket = socket

    def close(self):
        self.socket.close()


class Longer:
    def __init__(self, socket):
        self.socket = socket
        weakref.finalize(self, self.close)  # LEK305 left: decide what of the object the finalizer needs

    def close(self):
        self.socket.flush()
        self.socket.close()


class Reads:
    def __init__(self, socket):
        self.socket = socket
        weakref.finalize(self, lambda: self.socket.close(self.why))  # LEK305 left: decide what of the object


class Itself:
    def __init__(self, socket):
        self.socket = socket
        weakref.finalize(self, print, self)  # LEK305 left: decide what of the object the finalizer needs


_REFS = {}


def watch(thing):
    _REFS[id(thing)] = weakref.ref(thing, lambda _: print(thing))  # LEK305 left: decide what of the object
