"""## What it does
Finds a resource that an object keeps on itself, in a class that has an end (`close`, `stop`, `__exit__` ...) which does
not release it.

## Why is this bad
Whoever calls `close()` means that all is over. What it forgets stays open until the object itself is collected, and an
object that others refer to, or that is part of a cycle, is collected late or never.

## Example
```python
import socket


class Client:
    def __init__(self, host):
        self.lines = []
        self.control = socket.create_connection((host, 2001))  # LEK504

    def close(self):
        self.lines.clear()
```

## Use instead
```python
import socket


class Client:
    def __init__(self, host):
        self.lines = []
        self.control = socket.create_connection((host, 2001))

    def close(self):
        self.lines.clear()
        self.control.close()
```

## Known problems
- A field that is handed to code outside of the file, or that a method returns, counts as someone else's.
- Methods of a base class in another file are not seen: a field without a leading underscore in such a class is LEK553.
- A class whose methods reach fields by computed names (`getattr(self, name)`, `vars(self)`) is left alone.
- A release in any method of the class, its bases and its subclasses in the file silences it, unless the class is a
  context manager whose `__exit__` doesn't come to that method.

## Options
- `leaks-resources`: callables of your own that open something, and what releases it
- `leaks-owners`: callables of your own that take over what they are given
- `leaks-harmless`: callables whose result needs no release in your project
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: the order in which the parts of an object end can matter, and so can what happens to the others if one
release fails. Decide where in the end of the class the release belongs.

## References
- <https://docs.python.org/3/reference/datamodel.html#with-statement-context-managers>
- <https://cwe.mitre.org/data/definitions/772.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.acquisitions import acquires
from ..judgements.fields import missed
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for field, end in missed(file):
        made = field.made[0]
        yield At(
            made.call,
            symbol=f"{field.cls.qualname}.{field.attr}",
            name=f"self.{field.attr}",
            kind=made.acquirer.kind,
            opened=made.opened,
            end=end,
        )


RULE = Rule(
    "LEK504",
    "unreleased-attribute",
    "'{name}' holds the {kind} from {opened}(), and {end}() does not release it; release it there",
    check,
    __doc__ or "",
    suspects=acquires,
)
