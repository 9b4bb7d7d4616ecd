"""## What it does
Finds a queue without a bound that one function fills again and again while another one, side by side with it, empties
it.

It looks at the queues of the standard library (threads, asyncio, processes) and of gevent, eventlet, Tornado, curio
and the like, and at Trio's and AnyIO's memory channels with an infinite buffer.

## Why is this bad
If the side that gets is slower than the side that puts, waits for a slow peer, or dies, the items pile up until the
process is out of memory. With a bound the side that puts waits, or is told that the queue is full, and the load shows
where it arises. It doesn't matter where few items come.

## Example
```python
import queue


class AuditLog:
    def __init__(self, store):
        self.store = store
        self.events = queue.Queue()  # LEK251

    def record(self, event):
        self.events.put(event)

    def work(self):
        while True:
            self.store.save(self.events.get())
```

## Use instead
```python
import queue


class AuditLog:
    def __init__(self, store):
        self.store = store
        self.events = queue.Queue(maxsize=10_000)

    def record(self, event):
        self.events.put(event)

    def work(self):
        while True:
            self.store.save(self.events.get())
```

## Known problems
- It needs both sides in one file: a put in a handler, a loop or a public function that is given what it puts, and a get
  in a loop that goes on when the queue is empty.
- It can't tell how much arrives: many a queue without a bound never holds more than a few items.
- It is silent where the size of the queue is looked at (`qsize`, `full`), where the side that puts waits for an answer,
  for a semaphore or for `join()`, where it hands the item back to its caller as an executor does, where the items of a
  list are put, where the side that gets comes to put too (a bound would be a deadlock), and in handlers of signals.
- It doesn't see a queue in a list or mapping, one that an object is given, or one that is made in an expression or as
  `Queue[int]()`.

## Options
- `leaks-pedantic`: turns this rule on, with all opt-in rules
- `leaks-bounded`: queues of your own that have a bound
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: a bound makes the side that puts wait or fail, and two sides that wait for each other never go on.
Decide how many items may wait, and whether the side that puts then waits, drops or reports.

## References
- <https://docs.python.org/3/library/queue.html#queue.Queue>
- <https://docs.python.org/3/library/asyncio-queue.html#asyncio.Queue>
- <https://trio.readthedocs.io/en/stable/reference-core.html#buffering-in-channels>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.queues import backlogs
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for found in backlogs(file):
        cure = f"give it a {found.bound}" if found.bound else "use a Queue with a maxsize"
        yield At(found.call, symbol=found.symbol, name=found.name, puts=found.puts, gets=found.gets, cure=cure)


RULE = Rule(
    "LEK251",
    "unbounded-queue",
    "'{name}' has no bound: if {gets}() falls behind or dies, what {puts}() puts piles up; {cure}",
    check,
    __doc__ or "",
)
