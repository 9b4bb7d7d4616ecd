"""## What it does
Finds an object that registers its own method, or a function that refers to it, with something that outlives it, and
that never takes it out.

## Why is this bad
The registry keeps the method, and the method its object: no object of the class is ever freed, nor what it refers to.
Each of them goes on being called, too, long after the rest of the program has done with it. `atexit`,
`os.register_at_fork` and the like keep what they are given until the process ends.

## Example
```python
import atexit


class Uploader:
    def __init__(self, queue):
        self.queue = queue
        atexit.register(self.close)  # LEK302

    def close(self):
        self.queue.flush()
```

## Use instead
```python
import weakref


class Uploader:
    def __init__(self, queue):
        self.queue = queue
        self.close = weakref.finalize(self, queue.flush)
```

`close()` runs it once, and it runs at exit if nobody did. `atexit.unregister(self.close)` in `close()` frees the object
too, but up to Python 3.13 an empty slot of 8 bytes stays behind.

Where the registry has no way back (`os.register_at_fork`), register a function that holds the object weakly:
`method = weakref.WeakMethod(self.reset)`, and `lambda: (call := method()) and call()`.

## Known problems
- An object that is there once for the whole process loses nothing. The rule sees that where the module makes it at
  import, and by a name such as `Application`; elsewhere it can't.
- A parameter (`hub.on("x", self.f)`, also when it was kept on `self`) counts only in a class that has an end (`close`,
  `stop` ...) which misses it, and that doesn't end the parameter as well.
- What the object made itself dies with it, and is silent; so is a registry that holds methods weakly.
- A result that is kept counts as the undo. It is looked at only where the class undoes it when it registers anew, but
  not in its end.
- Receivers of unknown type are judged by the name of the method.

## Options
- `leaks-listeners`: methods and functions of your own that register, and what removes
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: where the life of an object ends is not always in the code, nor whether anyone calls that method.
Decide where it ends and take the listener out there, or register a weak reference.

## References
- <https://docs.python.org/3/library/atexit.html#atexit.unregister>
- <https://docs.python.org/3/library/os.html#os.register_at_fork>
- <https://docs.python.org/3/library/weakref.html#weakref.finalize>
- <https://docs.python.org/3/library/weakref.html#weakref.WeakMethod>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import registrants
from ..judgements.registrations import registrations
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for each in registrants.staying(file):
        found = each.found
        yield At(
            found.call,
            symbol=f"{each.cls.qualname}.{found.name.rpartition('.')[2]}",
            name=file.model.dotted(found.call.func) or found.name.removeprefix("."),
            cls=each.cls.name,
            how=each.how,
            missing=registrants.missing(each),
            cure=registrants.cure(each),
        )
    for call, cls, attr, undo, end in registrants.replaced_only(file):
        yield At(
            call,
            symbol=f"{cls.qualname}.{attr}",
            name=file.model.dotted(call.func) or attr,
            cls=cls.name,
            how="its own method",
            missing=f"{end}() does not undo it",
            cure=f"call self.{attr}.{undo}() there",
        )


RULE = Rule(
    "LEK302",
    "listener-per-instance",
    "{name}() keeps this {cls} alive: it registers {how}, and {missing}; {cure}",
    check,
    __doc__ or "",
    suspects=registrations,
)
