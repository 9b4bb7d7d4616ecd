"""## What it does
Finds a mapping on an object as in LEK104 on weaker evidence.

The object lives long, or a handler puts, or the key sounds like an identity (`user_id`, `url`, `token`), or the class
is a cache by name; and the mapping is read by key only.

## Why is this bad
If the object serves for as long as the process and the keys come from input, the mapping grows until the process ends.
If the object is made for one job, or the keys are few, nothing happens: that is why this rule is opt-in.

## Example
```python
class Menus:
    def __init__(self):
        self._menus = {}

    def menu(self, url):
        if url not in self._menus:
            self._menus[url] = read_menu(url)  # LEK154
        return self._menus[url]
```

## Use instead
```python
from cachetools import LRUCache


class Menus:
    def __init__(self):
        self._menus = LRUCache(maxsize=1000)

    def menu(self, url):
        if url not in self._menus:
            self._menus[url] = read_menu(url)
        return self._menus[url]
```

## Known problems
- How long the object lives, and who ends it, one file doesn't say.
- The limits of LEK104 hold here too.

## Options
- `leaks-pedantic`: turns this rule on, with all opt-in rules
- `leaks-long-lived`: classes, or bases of classes, whose objects live long
- `leaks-short-lived`: those whose objects don't
- `leaks-bounded`: containers of your own that evict
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: how long the object lives, and which event ends an entry, is not in the file. Decide whether the keys
come from input; if so, take each out when it is done with, or bound the mapping.

## References
- <https://cachetools.readthedocs.io/en/stable/>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import accumulation
from ..judgements.containers import MAPPING
from ..judgements.traffic import containers
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for growth in accumulation.grown(file):
        if growth.leak.kind == MAPPING and not growth.strong:
            yield accumulation.at(file, growth)


RULE = Rule(
    "LEK154",
    "growing-instance-mapping",
    "'{name}' only grows: {function}() adds a key per call and nothing in this module removes one ({evidence}); "
    "remove the key when it is done with, or bound the mapping",
    check,
    __doc__ or "",
    suspects=containers,
)
