"""## What it does
Finds a mapping that lives as long as the process, gains a key per call and never loses one.

It looks at globals, class attributes, default arguments, function attributes and the variables of a decorator that its
wrapper fills, and reports the line that puts the key in.

## Why is this bad
Every new key stays in memory until the process ends. A server that meets new users, URLs or queries all day grows
until it is restarted or killed. It doesn't matter in a script that ends soon, or where the keys are few and known.

## Example
```python
_PROFILES = {}


def profile(user_id):
    if user_id not in _PROFILES:
        _PROFILES[user_id] = load_profile(user_id)  # LEK101
    return _PROFILES[user_id]
```

## Use instead
```python
from functools import lru_cache


@lru_cache(maxsize=1024)
def profile(user_id):
    return load_profile(user_id)
```

If entries also go stale, use `cachetools.TTLCache`. If the caller knows when a key is done with, delete it there.

## Known problems
- It reads one file. If another module evicts, the finding is wrong.
- Any way to take something out silences it, even one that nobody calls or that takes out other keys.
- It is silent where the mapping is returned, passed on or read as a whole (`for`, `.values()`), where its size is
  compared, where code runs at import or set-up only, and in functions whose name says that they register (`add_...`).
- It doesn't see mappings on instances, or those that only a closure holds which no decorator made.
- It takes a parameter for unbounded unless its name or annotation says that it is a class, a flag or a constant. Keys
  that sound like a handful (`language`, `path`) are left to LEK153.

## Options
- `leaks-bounded`: containers of your own that evict
- `leaks-tests`: look into tests too

## Fix safety
Unsafe: with more than 1024 keys, results are computed anew that were remembered before, with all that computing them
does, and are other objects then. `lru_cache` also remembers a result that the function takes for none (`if value is
None`), and computes once for each way to give the same arguments. Another module that imports the dict breaks. There is
a fix only where one plain function of the module fills the dict, nothing else in the file uses it, the key is made of
all parameters as they are, and the function does nothing but look up, compute and store. Comments on the lines that go
are lost.

## References
- <https://docs.python.org/3/library/functools.html#functools.lru_cache>
- <https://cachetools.readthedocs.io/en/stable/>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import growth
from ..judgements.containers import MAPPING
from ..judgements.traffic import containers
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for leak in growth.leaks(file):
        if leak.kind == MAPPING and leak.sure:
            yield growth.at(file, leak)


RULE = Rule(
    "LEK101",
    "unbounded-cache",
    "'{name}' only grows: {function}() adds a key per call and nothing in this module evicts; "
    "bound it with functools.lru_cache(maxsize=...) or cachetools.TTLCache",
    check,
    __doc__ or "",
    suspects=containers,
)
