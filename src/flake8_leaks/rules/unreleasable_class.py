"""## What it does
Finds a resource that an object keeps on itself and that nothing in the file releases, in a class without an end of its
own, or in one that inherits from a class of another file.

## Why is this bad
Such an object can't be put away: its resource is released when the object happens to be collected. That is late where
the object is part of a cycle or kept by others, and a server connection or a child process may outlast it.

## Example
```python
import sqlite3


class History:
    def __init__(self, path):
        self.db = sqlite3.connect(path)  # LEK553

    def add(self, line):
        self.db.execute("INSERT INTO history VALUES (?)", (line,))
```

## Use instead
```python
import sqlite3


class History:
    def __init__(self, path):
        self.db = sqlite3.connect(path)

    def add(self, line):
        self.db.execute("INSERT INTO history VALUES (?)", (line,))

    def close(self):
        self.db.close()
```

## Known problems
- An object that lives as long as the program needs no end: hence opt-in.
- A base class in another file may release what it knows of.

## Options
- `leaks-pedantic`: turns this rule on, with all opt-in rules
- `leaks-resources`: callables of your own that open something, and what releases it
- `leaks-owners`: callables of your own that take over what they are given
- `leaks-harmless`: callables whose result needs no release in your project
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: a new `close()` helps only if somebody calls it. Decide who ends the object, and give the class a
`close()`, or make it a context manager.

## References
- <https://docs.python.org/3/reference/datamodel.html#with-statement-context-managers>
- <https://docs.python.org/3/library/weakref.html#weakref.finalize>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.acquisitions import acquires
from ..judgements.fields import unreleasable
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for field in unreleasable(file):
        made = field.made[0]
        yield At(
            made.call,
            symbol=f"{field.cls.qualname}.{field.attr}",
            name=f"self.{field.attr}",
            kind=made.acquirer.kind,
            opened=made.opened,
            cls=field.cls.name,
        )


RULE = Rule(
    "LEK553",
    "unreleasable-class",
    "'{name}' holds the {kind} from {opened}(), and nothing in {cls} releases it; give the class a close()",
    check,
    __doc__ or "",
    suspects=acquires,
)
