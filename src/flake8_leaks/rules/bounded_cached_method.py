"""## What it does
Finds a method whose results are remembered up to a bound: `@lru_cache`, `@lru_cache(maxsize=32)` and their kin.

## Why is this bad
`self` is part of the key, so up to `maxsize` instances stay alive after their last use, and all instances of the class
share the bound. It matters where instances are large or hold a resource. Where they are small the memory has an end:
that is why this rule is opt-in.

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
- The limits of LEK103 hold here too.

## Options
- `leaks-pedantic`: turns this rule on, with all opt-in rules
- `leaks-tests`: look into tests too

## References
- <https://docs.python.org/3/faq/programming.html#how-do-i-cache-method-calls>
- <https://docs.python.org/3/library/functools.html#functools.lru_cache>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.memoizing import memoized_methods
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for found in memoized_methods(file):
        if found.bounded:
            yield At(
                found.decorator,
                symbol=found.function.qualname,
                thing=found.function,
                name=found.function.name,
                memoizer=found.spelling,
                cls=found.cls.name,
            )


RULE = Rule(
    "LEK152",
    "bounded-cached-method",
    "@{memoizer} on '{name}' keeps up to maxsize instances of {cls} alive; "
    "use functools.cached_property, or memoize a function of the values it needs",
    check,
    __doc__ or "",
)
