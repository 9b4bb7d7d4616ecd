"""Each call makes an uploader and closes it."""

UNIT = "KiB"
CALLS = 200
WARM_UP = 20


class Queue:
    def flush(self):
        pass


def call(page, n):
    page.Uploader(Queue()).close()
