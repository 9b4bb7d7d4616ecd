"""Reading source files, and replacing them as one step."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile


class Unwritable(Exception):
    """Why a file was not replaced."""


def replace(path: str, old: bytes, new: bytes) -> None:
    """Put `new` in the place of a file whose content is `old`, as one step: whoever reads sees the one or the other.

    A symbolic link stays, its target is replaced; permissions stay, and the owner as far as the system lets us.
    Raises Unwritable if the file can't be written or isn't `old` any more; then it is as it was.
    """
    target = os.path.realpath(path)
    try:
        status = os.stat(target)
        if not stat.S_ISREG(status.st_mode):
            raise Unwritable("is no regular file")
        if not status.st_mode & 0o222 or not os.access(target, os.W_OK):
            raise Unwritable("is write-protected")
        # In the same folder: across file systems a move is no single step.
        handle, part = tempfile.mkstemp(dir=os.path.dirname(target), prefix=".leaks-fix-", suffix=".part")
        try:
            with open(handle, "wb") as file:
                file.write(new)
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(OSError, AttributeError):
                os.chown(part, status.st_uid, status.st_gid)
            shutil.copymode(target, part)
            if read(target) != old:
                raise Unwritable("was changed meanwhile; run again")
            os.replace(part, target)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(part)
            raise
    except OSError as error:
        raise Unwritable(f"cannot be written ({error.strerror or error})") from error


def read(path: str) -> bytes:
    """The bytes of a file; OSError if it can't be read."""
    with open(path, "rb") as file:
        return file.read()
