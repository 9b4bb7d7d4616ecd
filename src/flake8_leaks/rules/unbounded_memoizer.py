"""## What it does
Finds a memoized function whose memory is keyed by objects that are typically made for one call and compare by
identity: functions, requests, connections, exceptions, instances of a class without `__eq__`. With a bound it is
LEK152, except for frames: a frame holds all its locals and those of its callers, so one is too many.

## Why is this bad
An entry answers only for the very object that made it. A lambda, a bound method or a request that is made for the next
call is another object: the memory never answers again, keeps each with all that it holds, and grows until the process
ends.

## Example
```python
from functools import cache
from inspect import signature


@cache  # LEK102
def takes_arguments(callback):
    return bool(signature(callback).parameters)
```

## Use instead
```python
from inspect import signature


def takes_arguments(callback):
    return bool(signature(callback).parameters)
```

Or key the memory by what the result depends on (`callback.__code__`), or by the object in a
`weakref.WeakKeyDictionary`.

## Known problems
- What a parameter takes is read from its annotation, else from its name, and from the calls in this file. If other
  files give it only functions that stand at the top of a module, the finding is harmless.
- It is silent where all calls in this file give constants, classes, or functions at the top of a module, where the
  function decorates, where it runs at import or set-up only, and where the file empties the memory.
- It is silent where the memoizer is given a function that makes its keys, and where it is applied in a function.

## Options
- `leaks-tests`: look into tests too

## Fix safety
Unsafe: where callers do give the same object again, the function runs again, and its result may be another object. A
bound would be no cure: the memory would keep that many dead objects (LEK152) and still not answer. A function that
calls itself or that makes functions or classes is left, and so is one whose memory the file looks at.

## References
- <https://docs.python.org/3/library/functools.html#functools.lru_cache>
- <https://docs.python.org/3/library/weakref.html#weakref.WeakKeyDictionary>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.memory_keys import lasting_memories, pinned_arguments
from ..knowledge.memoizers import FRAME
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for found, key in pinned_arguments(file):
        frame = key.kind == FRAME
        if frame or not found.bounded:
            yield At(
                found.node,
                symbol=found.qualname,
                thing=found.function,
                name=found.name,
                memoizer=found.spelling,
                key=key.parameter,
                kind=key.kind,
                why="with its locals and those of its callers" if frame else "without a bound",
            )


RULE = Rule(
    "LEK102",
    "unbounded-memoizer",
    "{memoizer} on '{name}' keeps every '{key}' it is called with ({kind}) alive {why}; "
    "key it by what the result depends on, or don't remember it",
    check,
    __doc__ or "",
    before=("LEK152",),
    suspects=lasting_memories,
)
