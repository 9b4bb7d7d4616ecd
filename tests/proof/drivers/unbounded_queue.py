"""Each call is an event, from a program that is faster than its store.

The queue with a bound is full before the first reading; from then on each call waits for the store.
"""

import threading
import time

UNIT = "KiB"
WARM_UP = 11_000


class Store:
    def save(self, event):
        time.sleep(0.0001)


def prepare(page):
    page.log = page.AuditLog(Store())
    threading.Thread(target=page.log.work, daemon=True).start()


def call(page, n):
    page.log.record({"number": n})
