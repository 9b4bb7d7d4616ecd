"""## What it does
Finds a container whose take-out exists and can't do its work.

There are three ways: it stands in `__del__` (or behind `weakref.finalize`) of an object that the container itself keeps
alive; the function that ends an entry reads it with `get` and leaves it there; or it only empties the container under a
key, and the key stays.

## Why is this bad
Whoever wrote it thought of the leak, and believes it closed. The container grows all the same: `__del__` never runs for
an object that is still referred to, and an empty set under a key that nobody asks for again is a few hundred bytes for
each user, room or job that ever was.

## Example
```python
ROOMS = {}


def join(room_id, user):
    ROOMS.setdefault(room_id, set()).add(user)  # LEK105


def leave(room_id, user):
    ROOMS[room_id].discard(user)
```

## Use instead
```python
ROOMS = {}


def join(room_id, user):
    ROOMS.setdefault(room_id, set()).add(user)


def leave(room_id, user):
    ROOMS[room_id].discard(user)
    if not ROOMS[room_id]:
        del ROOMS[room_id]
```

For objects that register themselves use `weakref.WeakSet` or `weakref.WeakValueDictionary`.

## Known problems
- It reads one file. If another module takes the entry out, the finding is wrong.
- Any other take-out that runs as the work goes on silences it.
- It is silent where the container is handed away, and where the keys sound like a handful that the program fixes.

## Options
- `leaks-short-lived`: classes, or bases of classes, whose objects don't live long
- `leaks-bounded`: containers of your own that evict
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: a take-out in the wrong place shows that somebody meant to end the entry, not when it ends. Decide who
is the last to need it, and take it out there.

## References
- <https://docs.python.org/3/reference/datamodel.html#object.__del__>
- <https://docs.python.org/3/library/weakref.html#weakref.finalize>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import eviction
from ..judgements.traffic import containers
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for miss in eviction.misses(file):
        if miss.certain:
            yield eviction.at(file, miss)


RULE = Rule(
    "LEK105",
    "partial-eviction",
    "'{name}' only grows although something takes out: {why}",
    check,
    __doc__ or "",
    before=("LEK101", "LEK104"),
    suspects=containers,
)
