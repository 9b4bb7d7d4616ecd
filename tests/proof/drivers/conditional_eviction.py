"""Each call is an upload that is too large."""

import contextlib

UNIT = "KiB"


class Upload:
    size = 2000


def call(page, n):
    with contextlib.suppress(ValueError):
        page.handle_upload(n, Upload())
        raise AssertionError("too large an upload was taken")
