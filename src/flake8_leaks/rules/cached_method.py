"""## What it does
Finds a method whose results are remembered without a bound: `@cache`, `@lru_cache(maxsize=None)` and their kin.

## Why is this bad
`self` is part of the key, and the memory belongs to the class. So every instance that the method was called on stays
alive, with all that it holds, until the process ends. It doesn't matter where a few instances live as long as the
program anyway.

## Example
```python
from functools import cache


class Report:
    def __init__(self, rows):
        self.rows = rows

    @cache  # LEK103
    def total(self):
        return sum(self.rows)
```

## Use instead
```python
from functools import cached_property


class Report:
    def __init__(self, rows):
        self.rows = rows

    @cached_property
    def total(self):
        return sum(self.rows)
```

With arguments, memoize a function that takes only the values it needs, not the object.

## Known problems
- It can't know how many instances there are. For a class with one instance the finding is harmless.
- It is silent in enumerations, metaclasses and singletons, where the file makes all instances at import, and where the
  file calls `cache_clear()` on the method, however seldom that runs.
- It is silent where the memoizer is given a function that makes its keys: that may leave the instance out.
- It sees the memoizers of functools, async-lru, cachetools, asyncache, cachebox, toolz, cytoolz, kombu and memoization,
  also applied as a call in the class (`area = cache(_area)`). A cache written by hand is LEK101. In `__init__`,
  `self.load = cache(self._load)` makes a memory for each instance, that dies with it.

## Options
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: `cached_property` takes no arguments and is read without parentheses, so every caller changes, in
other files too. Decide whether the result belongs to the object (`cached_property`) or to the values that it is
computed from (a function of them).

## References
- <https://docs.python.org/3/faq/programming.html#how-do-i-cache-method-calls>
- <https://docs.python.org/3/library/functools.html#functools.cached_property>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.memory_keys import lasting_memories, pinned_instances
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for found in pinned_instances(file):
        if not found.bounded and found.cls is not None:
            yield At(
                found.node,
                symbol=found.qualname,
                thing=found.function,
                name=found.name,
                memoizer=found.spelling,
                cls=found.cls.name,
            )


RULE = Rule(
    "LEK103",
    "cached-method",
    "{memoizer} on '{name}' keeps every {cls} instance it is called on alive, without a bound; "
    "use functools.cached_property, or memoize a function of the values it needs",
    check,
    __doc__ or "",
    before=("LEK102",),
    suspects=lasting_memories,
)
