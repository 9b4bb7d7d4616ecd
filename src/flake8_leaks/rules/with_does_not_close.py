"""## What it does
Finds a `with` block over a connection that ends the transaction and leaves the connection open.

## Why is this bad
`with sqlite3.connect(...)` looks as if it closed, but only commits or rolls back; `psycopg2` does the same. The
connection stays open until the collector takes it. It doesn't matter where that happens at once, as it mostly does in
CPython: that is why this rule is opt-in.

## Example
```python
import sqlite3


def save(path, name):
    with sqlite3.connect(path) as connection:  # LEK552
        connection.execute("INSERT INTO users VALUES (?)", (name,))
```

## Use instead
```python
import sqlite3
from contextlib import closing


def save(path, name):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO users VALUES (?)", (name,))
```

The second `connection` keeps the transaction, which `closing` alone would lose.

## Known problems
- A release on any path silences it, and so does a connection that is returned, stored or passed on.
- It is silent at module level, in `main()`, `setup()` and the like, and in functions that are called at import only.
- It knows the connections of a table, and only those whose documentation says that `with` does not close.

## Options
- `leaks-pedantic`: turns this rule on, with all opt-in rules
- `leaks-owners`: callables of your own that take over what they are given
- `leaks-harmless`: callables whose result needs no release in your project

## Fix safety
Safe: the second item of the `with` ends the transaction as before, and the connection is closed after it. Where the
connection, or a cursor of it, is used or handed out behind the block, and where a pool lends it, it is left.

## References
- <https://docs.python.org/3/library/sqlite3.html#how-to-use-the-connection-context-manager>
- <https://www.psycopg.org/docs/connection.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.acquisitions import acquires, is_script, symbol
from ..judgements.instances import acquisitions
from ..judgements.ownership import KEPT
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for found in acquisitions(file):
        if found.fate == KEPT and not is_script(file.model, found.scope):
            yield At(
                found.call,
                symbol=symbol(found),
                kind=found.acquirer.kind,
                opened=found.opened,
            )


RULE = Rule(
    "LEK552",
    "with-does-not-close",
    "leaving 'with' does not close the {kind} from {opened}(); wrap it in contextlib.closing(...)",
    check,
    __doc__ or "",
    tests=True,
    suspects=acquires,
)
