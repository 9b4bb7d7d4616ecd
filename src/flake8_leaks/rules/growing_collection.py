"""## What it does
Finds a list, set, deque or queue as in LEK201 whose items may be a handful that the program itself fixes.

The name of the item (`plugin`, `path`) or of the container (`..._handlers`) says so, or the code asks first whether the
item is there: then the container takes each item once.

## Why is this bad
If the items come from input after all, the container grows until the process ends. If they are the parts of the
program, it fills once and stays: that is why this rule is opt-in.

## Example
```python
SEARCHED = []


def search(folder):
    if folder not in SEARCHED:
        SEARCHED.append(folder)  # LEK253
    return sorted(folder.iterdir())
```

## Use instead
```python
from collections import deque

SEARCHED = deque(maxlen=100)


def search(folder):
    if folder not in SEARCHED:
        SEARCHED.append(folder)
    return sorted(folder.iterdir())
```

## Known problems
- Only names tell what an item is. A list that nobody asks takes the same item again and again: it is left to LEK201.
- Most findings in finished code are containers that stay small.
- The limits of LEK201 hold here too.

## Options
- `leaks-pedantic`: turns this rule on, with all opt-in rules
- `leaks-bounded`: containers of your own that evict
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: whether the items are a fixed handful or come from input is not in the file. If they are fixed,
silence the line and say so there; if not, bound the container as in LEK201.

## References
- <https://docs.python.org/3/library/collections.html#collections.deque>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import growth
from ..judgements.containers import COLLECTION
from ..judgements.traffic import containers
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for leak in growth.leaks(file):
        if leak.kind == COLLECTION and not leak.sure:
            yield growth.at(file, leak)


RULE = Rule(
    "LEK253",
    "growing-collection",
    "'{name}' only grows: {function}() adds items and nothing in this module removes one; "
    "if they come from input, bound it",
    check,
    __doc__ or "",
    suspects=containers,
)
