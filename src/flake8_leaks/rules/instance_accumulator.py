"""## What it does
Finds a list, set, deque or text on an object that gains items, never loses one, and shows strong evidence of a leak.

The evidence is one of these, and the message names it: weak references whose dead ones nothing prunes; another
container of the object gets the same item and loses it; nothing in the file reads the container; or a handler keeps
what arrives on an object that lives long (it starts a thread or a task, owns a lock, is made once by the module, or is
called a server, a manager and so on).

## Why is this bad
It grows as long as the object lives, and a server's objects live as long as the server.

## Example
```python
import weakref


class Buffer:
    def __init__(self):
        self._views = []

    def view(self, start):
        view = View(self, start)
        self._views.append(weakref.ref(view))  # LEK202
        return view

    def touch(self):
        for view in self._views:
            if view() is not None:
                view().refresh()
```

## Use instead
```python
import weakref


class Buffer:
    def __init__(self):
        self._views = weakref.WeakSet()

    def view(self, start):
        view = View(self, start)
        self._views.add(view)
        return view

    def touch(self):
        for view in self._views:
            view.refresh()
```

Where only the latest items are wanted, use `collections.deque(maxlen=...)`.

## Known problems
- It reads one file. If another module takes the items out, the finding is wrong.
- Any take-out that runs as the work goes on silences it, even one of other items. One in `close()`, `stop()` or
  `__exit__` doesn't: the object grows until then.
- It is silent where the container is handed away, where its size is compared, and, weak references apart, for classes
  whose name or base says that their objects are short-lived (`...Parser`, `...Request`, dataclasses).
- Weaker evidence is left to LEK254.

## Options
- `leaks-long-lived`: classes, or bases of classes, whose objects live long
- `leaks-short-lived`: those whose objects don't
- `leaks-bounded`: containers of your own that evict
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: whether old items may be dropped is not in the code. Decide that: if they may, bound the container; if
not, decide which event takes an item out.

## References
- <https://docs.python.org/3/library/weakref.html#weakref.WeakSet>
- <https://docs.python.org/3/library/collections.html#collections.deque>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import accumulation
from ..judgements.containers import COLLECTION
from ..judgements.traffic import containers
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for growth in accumulation.grown(file):
        if growth.leak.kind == COLLECTION and growth.strong:
            yield accumulation.at(file, growth)


RULE = Rule(
    "LEK202",
    "instance-accumulator",
    "'{name}' only grows: {function}() adds an item per call and nothing in this module removes one ({evidence}); "
    "remove it when it is done with, or bound it with collections.deque(maxlen=...)",
    check,
    __doc__ or "",
    suspects=containers,
)
