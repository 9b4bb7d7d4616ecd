"""## What it does
Finds a name or a field that is bound anew while the resource that it held is still open.

## Why is this bad
Nothing refers to the old one any more, so nobody can release it. Code that connects again after a failure does this as
often as the other side fails.

## Example
```python
import socket


class Feed:
    def __init__(self, address):
        self.line = socket.create_connection(address)

    def reconnect(self, address):
        self.line = socket.create_connection(address)  # LEK505

    def close(self):
        self.line.close()
```

## Use instead
```python
import socket


class Feed:
    def __init__(self, address):
        self.line = socket.create_connection(address)

    def reconnect(self, address):
        self.line.close()
        self.line = socket.create_connection(address)

    def close(self):
        self.line.close()
```

## Known problems
- A method that looks at the field, or at any state of its object in a test, before it opens counts as careful.
- Of fields, only methods are looked at whose name says that they run again: `reconnect`, `set_path`, `rotate`.

## Options
- `leaks-resources`: callables of your own that open something, and what releases it
- `leaks-owners`: callables of your own that take over what they are given
- `leaks-harmless`: callables whose result needs no release in your project

## Fix safety
There is no fix: released first, the old resource is gone if the new one can't be opened; released later, both are open
for a moment. Decide which of the two the code can bear.

## References
- <https://docs.python.org/3/reference/simple_stmts.html#assignment-statements>
- <https://cwe.mitre.org/data/definitions/772.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.acquisitions import acquires, is_script, symbol
from ..judgements.reopening import overwritten
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for found, name in overwritten(file):
        if not is_script(file.model, found.scope):
            yield At(found.call, symbol=symbol(found), name=name, kind=found.acquirer.kind, opened=found.opened)


RULE = Rule(
    "LEK505",
    "overwritten-resource",
    "'{name}' is bound anew while the {kind} from {opened}() that it holds is open; release the old one first",
    check,
    __doc__ or "",
    tests=True,
    suspects=acquires,
)
