"""## What it does
Finds a memoized function whose memory has no bound and is keyed by plain values: text, numbers, tuples.

## Why is this bad
Each new value adds an entry that stays until the process ends. It doesn't matter where the values are few; nobody
bounds them, though, where they come from input. That only the callers know: this rule is opt-in.

## Example
```python
from functools import cache


@cache  # LEK151
def slug(title):
    return "-".join(title.lower().split())
```

## Use instead
```python
from functools import lru_cache


@lru_cache(maxsize=1024)
def slug(title):
    return "-".join(title.lower().split())
```

## Known problems
- It can't know how many values there are. It is silent where the annotation bounds them (`bool`, `Literal`, an
  enumeration of this file, a class), where the name speaks of the program's own parts (`language`, `module`, `path`),
  where the parameter is checked against a fixed table or looked up in one (what is missing raises, and is not
  remembered), where the function imports what it names, and where all calls in this file give constants.
- It is silent where the file empties the memory, where the function runs at import or set-up only, and where it warns
  or logs: then it is memoized so that it says each text once.

## Options
- `leaks-pedantic`: turns this rule on, with all opt-in rules
- `leaks-tests`: look into tests too

## Fix safety
Unsafe: with more than 1024 different arguments, results are computed anew that were remembered before, with all that
computing them does, and are other objects then. Memoizers that take a container are left, save `cachetools.cached({})`.

## References
- <https://docs.python.org/3/library/functools.html#functools.lru_cache>
- <https://cachetools.readthedocs.io/en/stable/>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.memory_keys import grown_by_values, lasting_memories
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for found, parameter in grown_by_values(file):
        yield At(
            found.node,
            symbol=found.qualname,
            thing=found.function,
            name=found.name,
            memoizer=found.spelling,
            key=parameter,
        )


RULE = Rule(
    "LEK151",
    "unbounded-memoizer-of-values",
    "{memoizer} on '{name}' keeps a result for every '{key}', and nothing in this module clears it; "
    "if '{key}' comes from input, use lru_cache(maxsize=...)",
    check,
    __doc__ or "",
    suspects=lasting_memories,
)
