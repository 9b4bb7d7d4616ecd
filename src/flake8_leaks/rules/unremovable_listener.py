"""## What it does
Finds the removal of a listener that misses what was added, and a registration whose undo is overwritten.

## Why is this bad
A registry looks for the very object that was added. A lambda, a partial, a nested function or a handler that is made
for the removal is a new object: nothing is found, many registries say nothing, and the listener stays with all that it
refers to.

## Example
```python
def watch(bus, view):
    bus.add_listener("tick", lambda event: view.refresh())


def unwatch(bus, view):
    bus.remove_listener("tick", lambda event: view.refresh())  # LEK303
```

## Use instead
```python
def watch(bus, view):
    def on_tick(event):
        view.refresh()

    bus.add_listener("tick", on_tick)
    return lambda: bus.remove_listener("tick", on_tick)
```

## Known problems
- Bound methods compare equal: `remove_listener(self.refresh)` finds what `add_listener(self.refresh)` added in a
  registry that compares with `==`, as lists, sets and dicts do, and is silent. In one that compares with `is` it finds
  nothing.
- `off`, `disconnect`, `unsubscribe` and `unregister` with a lambda count only where the file registers something that
  they undo: elsewhere the lambda may choose what to remove.
- An undo that is overwritten is seen only in one block of statements.

## Options
- `leaks-listeners`: methods and functions of your own that register, and what removes
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: the listener has to be kept from its registration to its removal, and where is a matter of design.
Decide who keeps it: an attribute, or the function that registers and hands back the undo.

## References
- <https://docs.python.org/3/reference/expressions.html#lambda>
- <https://docs.python.org/3/library/functools.html#functools.partial>
- <https://docs.python.org/3/library/logging.html#logging.Logger.removeHandler>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import mispaired
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for miss in mispaired.misses(file):
        yield At(miss.node, symbol=f"{miss.scope.qualname}.{miss.name}", name=miss.name, why=miss.why, cure=miss.cure)


RULE = Rule(
    "LEK303",
    "unremovable-listener",
    "{name}() leaves a listener that stays: {why}; {cure}",
    check,
    __doc__ or "",
)
