"""## What it does
Finds a mapping on an object that gains keys, never loses one, and shows strong evidence of a leak.

The evidence is one of these, and the message names it: another container of the object gets the same key and loses it;
the key is made in the call (a uuid, the time, a counter); nothing in the file reads the mapping; each key gets a lock,
an event, a queue or a future; or a handler keeps what arrives, by an identity, on an object that lives long (it starts
a thread or a task, owns a lock, is made once by the module, or is called a server, a manager and so on).

## Why is this bad
The mapping grows as long as the object lives, and a server's objects live as long as the server. Most leaks that
maintainers fixed were of this kind, not globals.

## Example
```python
import uuid


class Relay:
    def __init__(self):
        self._writers = {}

    def connect(self, writer):
        session = uuid.uuid4()
        self._writers[session] = writer  # LEK104
        return session

    def send(self, session, text):
        self._writers[session].write(text)
```

## Use instead
```python
import uuid


class Relay:
    def __init__(self):
        self._writers = {}

    def connect(self, writer):
        session = uuid.uuid4()
        self._writers[session] = writer
        return session

    def send(self, session, text):
        self._writers[session].write(text)

    def disconnect(self, session):
        self._writers.pop(session, None)
```

## Known problems
- It reads one file. If another module takes the keys out, the finding is wrong.
- Any take-out that runs as the work goes on silences it, even one of other keys. One in `close()`, `stop()` or
  `__exit__` doesn't: the object grows until then.
- It is silent where the mapping is handed away or read as a whole, where its size is compared, and for classes whose
  name or base says that their objects are short-lived (`...Parser`, `...Request`, dataclasses).
- Weaker evidence is left to LEK154.

## Options
- `leaks-long-lived`: classes, or bases of classes, whose objects live long
- `leaks-short-lived`: those whose objects don't
- `leaks-bounded`: containers of your own that evict
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: which event ends an entry is not in the code. Decide when a key is done with (a reply, a disconnect, a
timeout) and take it out there, or bound the mapping and accept that old keys go.

## References
- <https://docs.python.org/3/library/weakref.html>
- <https://cachetools.readthedocs.io/en/stable/>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import accumulation
from ..judgements.containers import MAPPING
from ..judgements.traffic import containers
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for growth in accumulation.grown(file):
        if growth.leak.kind == MAPPING and growth.strong:
            yield accumulation.at(file, growth)


RULE = Rule(
    "LEK104",
    "unbounded-instance-cache",
    "'{name}' only grows: {function}() adds a key per call and nothing in this module removes one ({evidence}); "
    "remove the key when it is done with, or bound the mapping",
    check,
    __doc__ or "",
    suspects=containers,
)
