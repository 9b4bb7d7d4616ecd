"""## What it does
Finds a mapping as in LEK101 whose keys may be a handful that the program itself fixes.

The name of the key (`language`, `host`, `path`) or of the mapping (`..._registry`, `..._settings`) says so.

## Why is this bad
If the keys come from input after all, the mapping grows until the process ends. If they are the five languages or back
ends that the program knows, it fills once and stays: that is why this rule is opt-in.

## Example
```python
_CATALOGUES = {}


def catalogue(language):
    if language not in _CATALOGUES:
        _CATALOGUES[language] = read_catalogue(language)  # LEK153
    return _CATALOGUES[language]
```

## Use instead
```python
from functools import lru_cache


@lru_cache(maxsize=32)
def catalogue(language):
    return read_catalogue(language)
```

## Known problems
- Only names tell what a key is. Most findings in finished code are tables that stay small.
- The limits of LEK101 hold here too.

## Options
- `leaks-pedantic`: turns this rule on, with all opt-in rules
- `leaks-bounded`: containers of your own that evict
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: whether the keys are a fixed handful or come from input is not in the file. If they are fixed, silence
the line and say so there; if not, bound the mapping as in LEK101.

## References
- <https://docs.python.org/3/library/functools.html#functools.lru_cache>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import growth
from ..judgements.containers import MAPPING
from ..judgements.traffic import containers
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for leak in growth.leaks(file):
        if leak.kind == MAPPING and not leak.sure:
            yield growth.at(file, leak)


RULE = Rule(
    "LEK153",
    "growing-table",
    "'{name}' only grows: {function}() adds keys and nothing in this module removes one; "
    "if they come from input, bound it",
    check,
    __doc__ or "",
    suspects=containers,
)
