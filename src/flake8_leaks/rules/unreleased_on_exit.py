"""## What it does
Finds a resource that the function does release or hand over, while another way out of it leaves the resource open: an
early `return`, a `raise`, a `continue`, a handler that goes on, the end of one branch, a constructor that gives up.

## Why is this bad
The way that forgets is mostly the one for bad input and failed calls. A server that meets them again and again runs out
of descriptors or connections, just when something else is already wrong. When a constructor raises, its caller gets no
object to close.

## Example
```python
import socket


def is_up(host, port):
    probe = socket.socket()  # LEK502
    try:
        probe.connect((host, port))
    except OSError:
        return False
    probe.close()
    return True
```

## Use instead
```python
import socket


def is_up(host, port):
    with socket.socket() as probe:
        try:
            probe.connect((host, port))
        except OSError:
            return False
    return True
```

## Known problems
- A release behind a condition counts as a release, unless the other branch does something else: `if own: f.close()`.
- So does a hand-over to code outside of the file, from the call on.
- A handler counts as one for every exception of a call in its `try`, unless it names only those of opening
  (`FileNotFoundError`, `FileExistsError` ...).
- A call of a method of the same object that has a `raise` in it counts as a `raise` in a constructor.
- A test of a local flag that is bound several times says how the function went on; the exits behind it count as right.
- It is silent at module level, in `main()`, `setup()` and the like, and in functions that are called at import only.

## Options
- `leaks-resources`: callables of your own that open something, and what releases it
- `leaks-owners`: callables of your own that take over what they are given
- `leaks-harmless`: callables whose result needs no release in your project

## Fix safety
Safe where that of LEK501 is: on the ways that release the resource now, it is released at the same point or a little
later, when nothing more happens. A release that leaving the block makes needless goes; one that stands before other
work stays, as closing twice does no harm. It is unsafe where the release stands behind a condition: that may mean that
the resource lives on. A resource that some way hands on, or that an object keeps, is left: a person says who closes it.

## References
- <https://docs.python.org/3/reference/compound_stmts.html#the-with-statement>
- <https://docs.python.org/3/library/contextlib.html#contextlib.ExitStack.pop_all>
- <https://cwe.mitre.org/data/definitions/772.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.acquisitions import acquires, cure, is_script, symbol
from ..judgements.paths import forgetful
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for found, name, how in forgetful(file):
        if not is_script(file.model, found.scope):
            yield At(
                found.call,
                symbol=symbol(found),
                name=name,
                kind=found.acquirer.kind,
                opened=found.opened,
                how=how,
                cure=cure(found),
            )


RULE = Rule(
    "LEK502",
    "unreleased-on-exit",
    "'{name}' holds the {kind} from {opened}(), and {how} leaves it open; {cure}",
    check,
    __doc__ or "",
    tests=True,
    suspects=acquires,
)
