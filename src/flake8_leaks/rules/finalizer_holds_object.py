"""## What it does
Finds a finalizer, the callback of a weak reference, or an entry of a weak mapping that keeps alive the very object it
waits for.

## Why is this bad
`weakref.finalize(obj, function, *arguments)` holds the function and the arguments until `obj` is gone. A bound method,
a lambda that reads the object or the object as an argument is a reference to it: it never goes, the finalizer doesn't
run before the program ends, and each object that is made stays. The same goes for the callback of a weak reference that
is kept somewhere else, and for a value of a `WeakKeyDictionary` that refers to its key.

## Example
```python
import weakref


class Connection:
    def __init__(self, socket):
        self.socket = socket
        weakref.finalize(self, self.close)  # LEK305

    def close(self):
        self.socket.close()
```

## Use instead
```python
import weakref


class Connection:
    def __init__(self, socket):
        self.socket = socket
        weakref.finalize(self, self.socket.close)

    def close(self):
        self.socket.close()
```

Of the object pass only what is to be released; a static method or a function of the module does for longer work. The
finalizer can itself be the way to close: with `self.close = weakref.finalize(self, socket.close)` the call
`connection.close()` runs it once, and it runs on its own if nobody did.

## Known problems
- `weakref.finalize(self, self.pool.close)` holds the pool only. If the pool refers back to the object it is pinned all
  the same, and that isn't seen.
- A bound method that is read from `weakref.proxy(self)` is bound to the object itself; `weakref.WeakMethod` is not.
- Of an object whose class isn't in the file, what is to be called is taken to be a method.

## Options
- `leaks-tests`: look into tests too

## Fix safety
Unsafe: the finalizer now runs when the object is gone, not at the end of the program, and what it releases may still be
in use elsewhere. A method that a subclass overrides is no longer called. There is a fix only for `weakref.finalize`
where the callback is one call on an attribute with constant arguments, and the attribute is bound before, in the same
function, and never again.

## References
- <https://docs.python.org/3/library/weakref.html#weakref.finalize>
- <https://docs.python.org/3/library/weakref.html#weakref.WeakKeyDictionary>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.finalizing import pins
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for pin in pins(file):
        symbol = f"{pin.scope.qualname}.{pin.name}".lstrip(".")
        yield At(pin.node, symbol=symbol, keeper=pin.keeper, name=pin.name, how=pin.how, cure=pin.cure)


RULE = Rule(
    "LEK305",
    "finalizer-holds-object",
    "'{name}' is never freed: {keeper} keeps {how}; {cure}",
    check,
    __doc__ or "",
)
