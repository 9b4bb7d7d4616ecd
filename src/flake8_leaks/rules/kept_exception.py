"""## What it does
Finds exceptions, tracebacks and frames that are kept beyond their handler.

It looks for those that are stored in a global, on a class, or on an object that lives long; for one exception that is
raised again and again; and for tracebacks that are bound to a local of the frame they belong to.

## Why is this bad
An exception holds its traceback, the traceback its frames, and the frames all their locals: the request, the file's
content, the open connection. Who stores the exception keeps all of that. An exception that is made once and raised many
times gains frames at each raise. A local for the traceback of its own frame makes a cycle, and all locals of the frame
wait for the garbage collector.

## Example
```python
last_error = None


def convert(document):
    global last_error
    try:
        return document.convert()
    except ValueError as error:
        last_error = error  # LEK402


EMPTY = LookupError("nothing there")


def first(items):
    if not items:
        raise EMPTY  # LEK402
    return items[0]
```

## Use instead
```python
last_error = None


def convert(document):
    global last_error
    try:
        return document.convert()
    except ValueError as error:
        last_error = error.with_traceback(None)


def first(items):
    if not items:
        raise LookupError("nothing there")
    return items[0]
```

Often the text will do: `str(error)`, or `traceback.format_exc()` with the traceback. To keep the traceback but not the
locals call `traceback.clear_frames(error.__traceback__)`. Instead of
`kind, value, tb = sys.exc_info()` catch it `as error`: Python unbinds that name at the end of the handler. To delete
only `tb` doesn't end the cycle: `value` refers to it too.

## Known problems
- To keep an exception so as to raise it later is ordinary. An attribute or global is silent if the file raises it,
  hands it out, or binds something else to it later; on an object it is silent unless the file shows that the object
  lives long.
- A traceback as a local is reported only in handlers of code that runs for each request, message or event, or of a
  class that lives long. Elsewhere it is a cycle too.
- `with_traceback(None)` leaves the frames of `__cause__` and `__context__`.
- What a handler caught is looked for under the usual names (`e`, `exc`, `err`, `error` and the like).

## Options
- `leaks-long-lived`, `leaks-short-lived`: classes whose objects live long, or don't
- `leaks-tests`: look into tests too

## Fix safety
Unsafe: whoever reads the exception later finds no traceback, and an exception that is raised anew is another object
each time; a module that imports its name breaks. Left are handlers that raise, log or read the exception after they
stored it, exceptions that are not only raised or are made of more than constants, and tracebacks, frames and
`sys.exc_info()`.

## References
- <https://docs.python.org/3/library/traceback.html#traceback.clear_frames>
- <https://docs.python.org/3/library/inspect.html#the-interpreter-stack>
- <https://docs.python.org/3/reference/compound_stmts.html#except-clause>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.exceptions import kept
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for found in kept(file):
        symbol = f"{found.function.qualname}.{found.name}"
        yield At(found.node, symbol=symbol, thing=found.thing, name=found.name, why=found.why, cure=found.cure)


RULE = Rule("LEK402", "kept-exception", "'{name}' {why}; {cure}", check, __doc__ or "")
