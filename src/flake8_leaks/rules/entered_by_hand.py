"""## What it does
Finds a context manager that is entered by a call of `__enter__()`, and that nothing leaves.

## Why is this bad
Only `__exit__` releases what `__enter__` took. Without it the file stays open, the lock stays taken, the patch or
setting stays in force, until the manager is collected, and often for ever.

## Example
```python
import warnings


def quietly(compute, message):
    warnings.catch_warnings().__enter__()  # LEK508
    warnings.filterwarnings("ignore", message)
    return compute()
```

## Use instead
```python
import warnings


def quietly(compute, message):
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message)
        return compute()
```

## Known problems
- Any `__exit__`, `close()` or the like silences it, on whichever path, and so does a manager that is returned, stored
  or passed on.
- It is silent for parameters, in `main()`, `setup()` and the like, at module level, and in test files.

## Options
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: how far the effect is to reach is not in the code. Decide where it ends, and put what lies between
into a `with` block.

## References
- <https://docs.python.org/3/reference/datamodel.html#with-statement-context-managers>
- <https://docs.python.org/3/library/contextlib.html#contextlib.ExitStack.enter_context>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.entering import entered_by_hand
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for found in entered_by_hand(file):
        yield At(
            found.call,
            symbol=f"{found.scope.qualname}.{found.name}",
            thing=found.thing,
            name=found.name,
            enter=found.verb,
            leave=found.verb.replace("enter", "exit"),
        )


RULE = Rule(
    "LEK508",
    "entered-by-hand",
    "{name}.{enter}() is called, and {leave}() never; use 'with', or enter_context() of an exit stack",
    check,
    __doc__ or "",
)
