"""## What it does
Finds look-ups that store what they don't find, in a mapping that lives long and never loses a key.

Reading a `defaultdict` by subscript adds each missing key with its default, and so does `setdefault`.

## Why is this bad
Whoever asks for keys that aren't there (a crawler, a typing error, an attacker) makes the mapping grow for good. It
looks like a read, so nobody expects it.

## Example
```python
from collections import defaultdict

INDEX = defaultdict(list, load_index())


def pages_with(word):
    return [page.title for page in INDEX[word]]  # LEK155
```

## Use instead
```python
from collections import defaultdict

INDEX = defaultdict(list, load_index())


def pages_with(word):
    return [page.title for page in INDEX.get(word, ())]
```

## Known problems
- Whether the keys that are asked for are all there, one file doesn't say: that is why this rule is opt-in.
- A test for the same key (`in`) anywhere in the function silences it, and so does any take-out that runs as the work
  goes on.

## Options
- `leaks-pedantic`: turns this rule on, with all opt-in rules
- `leaks-long-lived`: classes, or bases of classes, whose objects live long
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: code may rely on the stored default, as `index[word].append(page)` does. Decide what a missing key
means to the caller, and give that to `get()` as the default.

## References
- <https://docs.python.org/3/library/collections.html#collections.defaultdict>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import lookups
from ..judgements.traffic import containers
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for traffic, use in lookups.growing_lookups(file):
        yield lookups.at(file, traffic, use)


RULE = Rule(
    "LEK155",
    "lookup-grows",
    "reading '{name}' in {function}() stores a default for every key that is missing, and nothing in this module "
    "removes one; ask with get()",
    check,
    __doc__ or "",
    suspects=containers,
)
