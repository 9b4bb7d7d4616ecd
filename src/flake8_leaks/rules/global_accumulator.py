"""## What it does
Finds a list, set, deque or queue that lives as long as the process, gains an item per call and never loses one.

It looks at globals, class attributes, default arguments, function attributes and the variables of a decorator that its
wrapper fills, and reports the line that puts the item in.

## Why is this bad
Each event, request or message leaves something behind until the process ends. It doesn't matter in a script that ends
soon, or in a function that runs a fixed number of times.

## Example
```python
EVENTS = []


def on_event(event):
    EVENTS.append(event)  # LEK201
```

## Use instead
```python
from collections import deque

EVENTS = deque(maxlen=1000)


def on_event(event):
    EVENTS.append(event)
```

Where no item may be lost, write the items out in batches and clear the list.

## Known problems
- It reads one file. If another module takes the items out, the finding is wrong.
- Any way to take something out silences it, even one that nobody calls.
- It is silent where the container is returned or passed on, where its size is compared, where the code runs at import
  or set-up only, where the name says that things happen once (`seen`, `warned`), and in functions that register
  something (`add_...`, or the item is a callback).
- Where the code asks first whether the item is there, the items are left to LEK253, save in a handler.
- It doesn't see containers on instances, those that only a closure holds which no decorator made, and no strings that
  grow by `+=`.

## Options
- `leaks-bounded`: containers of your own that evict
- `leaks-tests`: look into tests too

## Fix safety
Unsafe: of more than 1000 items the oldest are dropped. A deque raises if it grows while a loop runs over it, and
another module may do with it what only a list can. Sets, queues, names that are bound more than once, and lists that
the file slices, sorts, compares, returns or hands on are left. So are lists that may keep their items alive while they
are in use.

## References
- <https://docs.python.org/3/library/collections.html#collections.deque>
- <https://docs.python.org/3/library/queue.html#queue.Queue>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import growth
from ..judgements.containers import COLLECTION
from ..judgements.traffic import containers
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for leak in growth.leaks(file):
        if leak.kind == COLLECTION and leak.sure:
            yield growth.at(file, leak)


RULE = Rule(
    "LEK201",
    "global-accumulator",
    "'{name}' only grows: {function}() adds an item per call and nothing in this module removes one; "
    "bound it with collections.deque(maxlen=...), or remove what is no longer needed",
    check,
    __doc__ or "",
    suspects=containers,
)
