"""## What it does
Finds a resource that every written way out of the function releases or hands over, and an exception of a call in
between does not.

## Why is this bad
It is the leak of the bad day: as long as nothing fails, nothing leaks. In CPython the resource mostly comes back when
the traceback goes; a server connection that waits in a pool, a child process or a temporary folder doesn't.

## Example
```python
import socket


def dial(host, port):
    line = socket.socket()  # LEK551
    line.connect((host, port))
    return line
```

## Use instead
```python
import socket


def dial(host, port):
    line = socket.socket()
    try:
        line.connect((host, port))
    except BaseException:
        line.close()
        raise
    return line
```

## Known problems
- Which calls can fail is a matter of degree: those count that talk to a file, a peer, a server or a child process, open
  something, run what they are given, or run a function of the file that raises on purpose.
- Exceptions of what is no call, such as a missing key, are not seen.
- A handler counts as one for every exception of a call in its `try`.

## Options
- `leaks-pedantic`: turns this rule on, with all opt-in rules
- `leaks-resources`: callables of your own that open something, and what releases it
- `leaks-owners`: callables of your own that take over what they are given
- `leaks-harmless`: callables whose result needs no release in your project
- `leaks-tests`: look into tests too

## Fix safety
Safe: on the ways without an exception the resource is released where it was before. One that the function releases is
opened in a `with` block, or released in `finally` where no block closes it; one that it hands over gets `except
BaseException: ...close(); raise` up to that point. It is unsafe where leaving the `with` may do more than close it,
where an error of writing is dealt with before (closing writes what is left, and fails anew), where the whole process
goes on with it (`os.chdir`), where an object keeps it that may live on, and where it is the hand-over itself that may
fail. A process, a pool, what is handed over in the middle of a branch, and what is ended by a step of the work, such as
moving it elsewhere, are left.

## References
- <https://docs.python.org/3/library/contextlib.html#contextlib.ExitStack>
- <https://docs.python.org/3/reference/compound_stmts.html#the-try-statement>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.acquisitions import acquires, cure, is_script, symbol
from ..judgements.paths import fragile
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for found, name, call in fragile(file):
        if not is_script(file.model, found.scope):
            yield At(
                found.call,
                symbol=symbol(found),
                name=name,
                kind=found.acquirer.kind,
                opened=found.opened,
                call=call,
                cure=cure(found),
            )


RULE = Rule(
    "LEK551",
    "unreleased-on-error",
    "'{name}' holds the {kind} from {opened}(), and stays open if {call} raises; {cure}",
    check,
    __doc__ or "",
    suspects=acquires,
)
