"""## What it does
Finds a list, set, deque or text on an object as in LEK202 on weaker evidence.

The object lives long, or a handler puts, and nothing reads the container as a whole.

## Why is this bad
If the object serves for as long as the process, each call leaves something behind until the process ends. If it is made
for one job, nothing happens: that is why this rule is opt-in.

## Example
```python
class Desk:
    def __init__(self):
        self.cards = []

    def on_card(self, card):
        self.cards.append(card)  # LEK254

    def last(self):
        return self.cards[-1]
```

## Use instead
```python
from collections import deque


class Desk:
    def __init__(self):
        self.cards = deque(maxlen=100)

    def on_card(self, card):
        self.cards.append(card)

    def last(self):
        return self.cards[-1]
```

## Known problems
- How long the object lives, and who ends it, one file doesn't say.
- The limits of LEK202 hold here too.

## Options
- `leaks-pedantic`: turns this rule on, with all opt-in rules
- `leaks-long-lived`: classes, or bases of classes, whose objects live long
- `leaks-short-lived`: those whose objects don't
- `leaks-bounded`: containers of your own that evict
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: how long the object lives, and whether old items may be dropped, is not in the file. Decide both; then
bound the container, or take items out when they are done with.

## References
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
        if growth.leak.kind == COLLECTION and not growth.strong:
            yield accumulation.at(file, growth)


RULE = Rule(
    "LEK254",
    "growing-instance-list",
    "'{name}' only grows: {function}() adds an item per call and nothing in this module removes one ({evidence}); "
    "remove it when it is done with, or bound it with collections.deque(maxlen=...)",
    check,
    __doc__ or "",
    suspects=containers,
)
