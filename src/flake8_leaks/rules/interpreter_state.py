"""## What it does
Finds functions that add to what the interpreter itself keeps, each time they run: `sys.path` and its like, keys of
`sys.modules` and loggers under made-up names, warnings filters, `ContextVar` objects, pointer types of `ctypes`.

## Why is this bad
The interpreter drops nothing of this until the process ends. A logger for each request is a logger too many per
request, with its handlers and its name; another entry in `sys.path` also makes every import slower, and another filter
every warning.

## Example
```python
import logging


def handle_request(request_id, body):
    log = logging.getLogger(f"{__name__}.{request_id}")  # LEK204
    log.info("got %s", body)
```

## Use instead
```python
import logging

LOG = logging.getLogger(__name__)


def handle_request(request_id, body):
    log = logging.LoggerAdapter(LOG, {"request_id": request_id})
    log.info("got %s", body)
```

Ask whether a path is in `sys.path` before you add it, or remove it in a `finally` block. What you have loaded under a
made-up name, delete from `sys.modules`. Make a `ContextVar` at the top of the module, and reset it.

## Known problems
- Names of loggers and keys of `sys.modules` are made up if they come from random numbers, the time, an object's `id()`,
  or a variable that is called like what there is one of per request (`request_id`, `session_id`, `uuid`). Any other
  name is taken for one of a few.
- Where it isn't known how often a function runs, `sys.path` counts only if the function is called to load or add what
  its caller gives it (`load_...`, `add_...`), or adds a temporary folder. A program that calls it a fixed number of
  times loses nothing.
- A removal from the same list anywhere in the file, and any look at the list in the same function, silence it.
- A warnings filter that is the same each time replaces the old one, and is no finding. `catch_warnings` anywhere in the
  file silences filters.
- A `ContextVar` that is never set, or that is reset, costs nothing, and one on an object counts only where requests or
  events are handled.
- Pointer types are kept up to Python 3.13 only, one for each size of an array.

## Options
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: each kind of state has a way back of its own, and configuration elsewhere may go by the very name that
is made up here. Decide what the calls can share, and make that once; undo the rest in a `finally`.

## References
- <https://docs.python.org/3/howto/logging-cookbook.html>
- <https://docs.python.org/3/library/sys.html#sys.path>
- <https://docs.python.org/3/library/warnings.html#warnings.filterwarnings>
- <https://docs.python.org/3/library/contextvars.html#contextvars.ContextVar>
- <https://github.com/python/cpython/issues/100926>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import interpreter
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for growth in interpreter.growing(file):
        yield At(
            growth.node,
            symbol=f"{growth.function.qualname}.{growth.name}",
            function=growth.function.name,
            what=growth.what,
            why=growth.why,
            cure=growth.cure,
        )


RULE = Rule(
    "LEK204",
    "interpreter-state",
    "{function}() {what}, and {why}; {cure}",
    check,
    __doc__ or "",
)
