"""## What it does
Finds an object made for one request, connection or job that keeps a callback or parser which holds the object in turn.

## Why is this bad
The two keep each other alive. Reference counting never frees them; they wait, with their sockets, buffers and frames,
until the cyclic collector comes by. Under load the memory of a server grows by all that waits. It doesn't matter for an
object that is made once.

## Example
```python
class Feed:
    def open(self, url):
        stream = connect(url)
        stream.on_end = lambda: stream.close()  # LEK403
        return stream
```

## Use instead
```python
import weakref


class Feed:
    def open(self, url):
        stream = connect(url)
        source = weakref.ref(stream)
        stream.on_end = lambda: source() and source().close()
        return stream
```

## Known problems
- That an object is made for a request, connection or job, only names and methods tell (`stream`, `connection_lost`).
- It silences for all attributes of a name if the file sets one of them to None or deletes it.
- What classes of other files keep it doesn't know, apart from some parsers written in C.
- An asyncio future drops its callbacks when they have run, so only those of executors are looked at.

## Options
- `leaks-long-lived`: classes, or bases of classes, whose objects live long: they are made once
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: behind a weak reference the object may be gone when the callback runs. Decide what is to happen then,
or drop the callback when the object ends.

## References
- <https://docs.python.org/3/library/gc.html>
- <https://docs.python.org/3/library/weakref.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.cycles import cycles
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for found in cycles(file):
        yield At(found.node, symbol=found.symbol, what=found.what, cure=found.cure)


RULE = Rule(
    "LEK403",
    "callback-captures-source",
    "{what}: a cycle each time, which only the garbage collector frees; {cure}",
    check,
    __doc__ or "",
)
