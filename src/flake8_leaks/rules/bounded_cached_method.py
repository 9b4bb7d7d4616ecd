"""## What it does
Finds a method whose results are remembered up to a bound: `@lru_cache`, `@lru_cache(maxsize=32)` and their kin. So
too a function that is keyed by objects made for a call, as in LEK102: callbacks, requests, connections.

## Why is this bad
`self` is part of the key, so up to `maxsize` instances stay alive after their last use, and all instances of the class
share the bound. So does each callback with all that it closes over. It matters where they are large or hold a
resource. Where they are small the memory has an end: that is why this rule is opt-in.

## Example
```python
from functools import lru_cache


class Report:
    def __init__(self, rows):
        self.rows = rows

    @lru_cache(maxsize=32)  # LEK152
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

## Known problems
- It can't know how large an instance is, or how many there are.
- The limits of LEK103 hold here too, and for functions those of LEK102.

## Options
- `leaks-pedantic`: turns this rule on, with all opt-in rules
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: how large the instances are, and how many there are, is not in the file. Decide whether it is worth a
change; if so, the choice is that of LEK103.

## References
- <https://docs.python.org/3/faq/programming.html#how-do-i-cache-method-calls>
- <https://docs.python.org/3/library/functools.html#functools.lru_cache>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.memory_keys import lasting_memories, pinned_arguments, pinned_instances
from ..rule import At, File, Rule

_METHOD = "use functools.cached_property, or memoize a function of the values it needs"
_FUNCTION = "key it by what the result depends on, or keep the result in a weakref.WeakKeyDictionary"


def check(file: File) -> Iterator[At]:
    found = [(m, f"instances of {m.cls.name}", _METHOD) for m in pinned_instances(file) if m.cls is not None]
    found += [(m, f"values of '{key.parameter}' ({key.kind} each)", _FUNCTION) for m, key in pinned_arguments(file)]
    for memory, what, cure in found:
        if memory.bounded:
            yield At(
                memory.node,
                symbol=memory.qualname,
                thing=memory.function,
                name=memory.name,
                memoizer=memory.spelling,
                what=what,
                cure=cure,
            )


RULE = Rule(
    "LEK152",
    "bounded-cached-method",
    "{memoizer} on '{name}' keeps up to maxsize {what} alive; {cure}",
    check,
    __doc__ or "",
    suspects=lasting_memories,
)
