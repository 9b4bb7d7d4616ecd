"""## What it does
Finds a registration that hands back its only undo, in code that drops it: a function that runs for each request, event
or message, or a class that has an end (`close`, `stop` ...).

## Why is this bad
Without what the call returned nothing can take the listener out again. It stays, with all that it refers to, and is
called as long as the emitter lives.

## Example
```python
from reactivex import Observable


class Panel:
    def __init__(self, prices: Observable):
        prices.subscribe(lambda price: self.show(price))  # LEK304

    def show(self, price):
        print(price)

    def close(self):
        print("closed")
```

## Use instead
```python
from reactivex import Observable


class Panel:
    def __init__(self, prices: Observable):
        self._prices = prices.subscribe(lambda price: self.show(price))

    def show(self, price):
        print(price)

    def close(self):
        self._prices.dispose()
```

## Known problems
- Libraries are known by a table. A registration of any other kind counts only in a class that keeps and undoes what the
  same method returned elsewhere.
- A result that is kept is taken to be undone.
- What the object made itself dies with it, and is silent.

## Options
- `leaks-listeners`: methods and functions of your own that register, and what removes
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: the undo has to be kept where the end can reach it, and what is undone first can matter. Decide who
ends the registration, keep the undo there, and call it.

## References
- <https://rxpy.readthedocs.io/en/latest/>
- <https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.register_forward_hook>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import undoing
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for each in undoing.dropped(file):
        name = file.model.dotted(each.call.func)
        last = name.rpartition(".")[2] or getattr(each.call.func, "attr", "")
        yield At(
            each.call,
            symbol=f"{each.scope.qualname}.{last}",
            name=name or last,
            why=each.why,
            undo=each.undo,
        )


RULE = Rule(
    "LEK304",
    "dropped-unsubscribe",
    "what {name}() returns is the undo of the registration, and it is dropped: {why}; keep it and call {undo}",
    check,
    __doc__ or "",
    before=("LEK301", "LEK302"),
)
