"""## What it does
Finds a container whose take-out runs at times only: behind a flag, on some ways out of the function that puts, or in a
function that resets everything and that nothing in the module calls.

It looks at what lives as long as the process, and at objects that live long (they start a thread or a task, own a lock,
are made once by the module, or are called a server, a manager and so on).

## Why is this bad
With the flag off, after an early `return` or an exception, or for as long as nobody resets, each call leaves an entry
behind. Such leaks hide well: the take-out is there for all to see.

## Example
```python
_UPLOADS = {}


def handle_upload(upload_id, upload):
    _UPLOADS[upload_id] = upload  # LEK156
    if upload.size > 1000:
        raise ValueError("too large")
    upload.save()
    del _UPLOADS[upload_id]
```

## Use instead
```python
_UPLOADS = {}


def handle_upload(upload_id, upload):
    _UPLOADS[upload_id] = upload
    try:
        if upload.size > 1000:
            raise ValueError("too large")
        upload.save()
    finally:
        del _UPLOADS[upload_id]
```

## Known problems
- Whether a flag is ever off, or who calls `reset()`, one file doesn't say: that is why this rule is opt-in.
- It takes a condition for one about the entry, and keeps silent, unless it is a plain attribute, parameter or setting.
- An exception counts only where nothing in the function catches it.

## Options
- `leaks-pedantic`: turns this rule on, with all opt-in rules
- `leaks-long-lived`: classes, or bases of classes, whose objects live long
- `leaks-short-lived`: those whose objects don't
- `leaks-bounded`: containers of your own that evict
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: the condition may be meant. Decide whether the take-out belongs on every path (in a `finally`), or
whether what stays behind is wanted.

## References
- <https://docs.python.org/3/tutorial/errors.html#defining-clean-up-actions>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import eviction
from ..judgements.traffic import containers
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for miss in eviction.misses(file):
        if not miss.certain:
            yield eviction.at(file, miss)


RULE = Rule(
    "LEK156",
    "conditional-eviction",
    "'{name}' may only grow: {why}",
    check,
    __doc__ or "",
    before=("LEK154",),
    suspects=containers,
)
