"""## What it does
Finds a file, connection, process or other resource that is bound to a name and released on no path.

## Why is this bad
Descriptors, server connections and processes are few. CPython releases many of them when the last reference goes, but
not while a traceback or a cycle still holds one, and other interpreters release them late. A folder from
`tempfile.mkdtemp` stays even then. It doesn't matter in a script that ends at once.

## Example
```python
import psycopg2


def user_count(dsn):
    connection = psycopg2.connect(dsn)  # LEK501
    cursor = connection.cursor()
    cursor.execute("SELECT count(*) FROM users")
    return cursor.fetchone()[0]
```

## Use instead
```python
from contextlib import closing

import psycopg2


def user_count(dsn):
    with closing(psycopg2.connect(dsn)) as connection:
        cursor = connection.cursor()
        cursor.execute("SELECT count(*) FROM users")
        return cursor.fetchone()[0]
```

`with psycopg2.connect(...)` alone ends the transaction and does not close: see LEK552.

## Known problems
- A release on one path silences it: LEK502 and LEK551 look at the others.
- A resource that is returned, stored, or passed to code outside of the file counts as someone else's, unless that is
  known only to read it (`json.load`, `csv.reader`, `subprocess.run`). So does one that an inner function uses, and a
  process whose `pid` is read.
- It knows the callables of a table, and what this file makes of them: functions that hand on what they open, classes
  that inherit from one or keep one and release it. What wraps them in another file must be named in `leaks-resources`.
- What ends by itself when it is collected, such as an executor, and clients that live well without `close()` are left
  out.
- It is silent at module level, in `main()`, `setup()` and the like, and in functions that are called at import only.

## Options
- `leaks-resources`: callables of your own that open something, and what releases it
- `leaks-owners`: callables of your own that take over what they are given
- `leaks-harmless`: callables whose result needs no release in your project

## Fix safety
Safe where the block only closes, and nothing that the resource handed out is needed behind the statements that use it:
values, exceptions and the order of all else stay, and the resource is closed at the last use instead of some time
later. What holds something for as long as it is open (a lock, an address, a temporary file on the disk) stays open to
the end of the function. It is unsafe where that would have to outlive a branch, where an unknown call may keep what it
got, where leaving the `with` may do more than close it (commit, log out) or a stand-in for a client or a response may
have no `with`, and where an error of writing is dealt with inside of the block: closing writes what is left, and fails
anew. A resource that is opened inside a larger expression, that is waited for rather than closed (a process, a pool),
or that starts work which goes on (`start_server()`), is left.

## References
- <https://docs.python.org/3/library/contextlib.html#contextlib.closing>
- <https://docs.python.org/3/reference/compound_stmts.html#the-with-statement>
- <https://www.psycopg.org/docs/connection.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.acquisitions import acquires, cure, is_script, symbol
from ..judgements.instances import acquisitions
from ..judgements.ownership import HELD
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for found in acquisitions(file):
        if found.fate == HELD and found.names and not is_script(file.model, found.scope):
            yield At(
                found.call,
                symbol=symbol(found),
                name=found.names[0],
                kind=found.acquirer.kind,
                opened=found.opened,
                cure=cure(found),
            )


RULE = Rule(
    "LEK501",
    "unreleased-resource",
    "'{name}' holds the {kind} from {opened}(), and nothing releases it; {cure}",
    check,
    __doc__ or "",
    tests=True,
    suspects=acquires,
)
