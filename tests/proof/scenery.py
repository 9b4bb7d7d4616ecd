"""What several drivers need: errors that are kept, and the other end of a line."""

from __future__ import annotations

import gc
import socket
import tempfile
from types import TracebackType

#: What a program keeps for its report of the day.
ERRORS: list[BaseException] = []


class Reported:
    """A call that must fail with this kind of error, which is then kept.

    CPython closes what nothing refers to, so a function that closes nothing leaks where its frame is kept. A list of
    errors does that: each error holds its traceback, and that the frames. What was closed on the way out is closed.
    """

    def __init__(self, kind: type[BaseException]) -> None:
        self.kind = kind

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, traceback: TracebackType | None) -> bool:
        if error is None:
            raise AssertionError("the call was to fail")
        if not isinstance(error, self.kind):
            return False
        ERRORS.append(error)
        return True


def living(kind: type) -> int:
    """How many objects of a class are alive."""
    return sum(isinstance(thing, kind) for thing in gc.get_objects())


def folder() -> str:
    """A new folder, which goes with the process."""
    made = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    _KEPT.append(made)
    return made.name


def closed_port() -> int:
    """A port where nobody listens; it stays taken, so that nobody will."""
    taken = socket.socket()
    _KEPT.append(taken)
    taken.bind(("127.0.0.1", 0))
    return int(taken.getsockname()[1])


def lines_without_peer() -> None:
    """Let `socket.create_connection` give a real socket whose peer has gone, whatever the address."""

    def create_connection(*_: object) -> socket.socket:
        near, far = socket.socketpair()
        far.close()
        return near

    socket.create_connection = create_connection  # type: ignore[assignment]


_KEPT: list[object] = []
