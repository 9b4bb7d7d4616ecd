"""## What it does
Finds objects, functions and classes that hold themselves, where LEK403 sees no sign that it matters.

An object keeps a function over itself, a method of itself, or itself. A nested function calls itself and keeps what it
reads of the function around it. A method makes a class each time it runs, which keeps what it reads of the method:
classes refer to themselves.

## Why is this bad
Reference counting never frees what holds itself: it waits, with all that it refers to, until the cyclic collector comes
by. Where many are made and the collector is tuned down or switched off, memory grows.

## Example
```python
def total(tree, prices):
    def walk(node):  # LEK451
        return prices[node] + sum(walk(child) for child in node.children)

    return walk(tree)
```

## Use instead
```python
def total(tree, prices):
    return prices[tree] + sum(total(child, prices) for child in tree.children)
```

## Known problems
- Most cycles are small and few, and the collector is there for them: that is why this rule is opt-in.
- It goes by direct references: an object that keeps a helper of another file, which keeps the object, is not seen.
- Functions that call each other in a ring of three or more are not seen.

## Options
- `leaks-pedantic`: turns this rule on, with all opt-in rules
- `leaks-long-lived`: classes, or bases of classes, whose objects live long: they are made once
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: most such cycles are harmless, and to break one means to change how the code is built. Decide whether
enough are made to matter; if so, turn the nested function into one of the module, or drop the reference when the
object ends.

## References
- <https://docs.python.org/3/library/gc.html>
- <https://devguide.python.org/garbage_collector/>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.cycles import pedantic_cycles
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for found in pedantic_cycles(file):
        yield At(found.node, symbol=found.symbol, what=found.what, cure=found.cure)


RULE = Rule(
    "LEK451",
    "self-cycle",
    "{what}: a cycle, which only the garbage collector frees; {cure}",
    check,
    __doc__ or "",
)
