"""## What it does
Finds a `@contextmanager` function that releases what it holds after its `yield`, but not in a `finally`.

## Why is this bad
When the caller's `with` block raises, the exception comes out of the `yield`. What stands after it never runs: the
connection stays open, the lock stays taken, the folder stays on the disk. The same holds if nothing releases what is
yielded, as leaving the `with` only ends the generator.

## Example
```python
import contextlib
import sqlite3


@contextlib.contextmanager
def database(path):
    connection = sqlite3.connect(path)  # LEK507
    yield connection
    connection.close()
```

## Use instead
```python
import contextlib
import sqlite3


@contextlib.contextmanager
def database(path):
    connection = sqlite3.connect(path)
    try:
        yield connection
    finally:
        connection.close()
```

## Known problems
- What is done to succeed (a commit, a log line, a rename), or to restore a state (a folder, a variable), is no release.
- A `finally` or a handler of all exceptions that gives the resource to code outside of the file counts as a release,
  and so does a `with` around the `yield` that gets it.
- A resource that is also kept elsewhere, on an exit stack or in an attribute that other methods use, counts as someone
  else's.
- A file is only known as a temporary one by the call that makes its path.
- It is silent for the lifespan of a server, which ends with the process, in `main()` and the like, and in test files.

## Options
- `leaks-resources`: callables of your own that open something, and what releases it
- `leaks-harmless`: callables whose result needs no release in your project
- `leaks-tests`: look into tests too

## Fix safety
Unsafe: when the block ends well, all runs in the order in which it ran before, and when it raises, the release runs
where it was skipped. What stands between the `yield` and the release, such as a commit, still runs on success only. But
whether someone relies on what is still there behind an error, such as a folder with the log of what failed, is not in
the file, nor whether a release waits. A manager that releases in several places, or within a larger statement, is left.

## References
- <https://docs.python.org/3/library/contextlib.html#contextlib.contextmanager>
- <https://docs.python.org/3/reference/expressions.html#generator.throw>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.managing import late_releases
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for late in late_releases(file):
        why = (
            f"is released after the yield only: an exception in the with block skips {late.release}"
            if late.release
            else "is yielded and never released: leaving the with block does not close it"
        )
        yield At(late.call, symbol=f"{late.scope.qualname}.{late.name}", name=late.name, why=why)


RULE = Rule(
    "LEK507",
    "contextmanager-without-finally",
    "'{name}' {why}; release it in 'finally'",
    check,
    __doc__ or "",
)
