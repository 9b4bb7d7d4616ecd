"""## What it does
Finds a function, lambda or partial that outlives the call and keeps a large value of it alive.

It outlives the call when it is returned, stored on `self`, on an object that comes in or in a global, put into a
container that outlives the call, registered as a listener, scheduled, or run by a thread or task that loops for ever.

The finding means that the function needs only a part of the value that it could have been given: the length, one
column, one element, a sum. A function that needs all of it is reported where it is added to a collection of the module
or of a class that nothing empties, and for the names of `leaks-large-names`.

## Why is this bad
A closure keeps the variables that it reads, not the results it needs of them. Ten functions that each need one number
of a table keep ten tables. It doesn't matter where the function dies soon.

## Example
```python
import pandas as pd


def make_scaler(table: pd.DataFrame):
    def scale(price):  # LEK401
        return price / table["price"].max()

    return scale
```

## Use instead
```python
import pandas as pd


def make_scaler(table: pd.DataFrame):
    highest = table["price"].max()

    def scale(price):
        return price / highest

    return scale
```

## Known problems
- Nothing in the source tells how large a value is. It goes by the annotation (`DataFrame`, `ndarray`, `Tensor`,
  `torch.nn.Module`, `bytes` under a name such as `payload`), by the call that makes it (`pandas.read_csv`, `.read()`),
  by what is done with it (`.groupby`, `.shape`, `numpy.mean`), and by its name (`df`, `..._tensor`). Other large values
  are not seen, and a small `df` is a wrong finding.
- It can't know how long the function lives, nor whether the caller keeps the value anyway.
- An element or slice of an array is a view that keeps the array: capture a copy or a number.
- Functions that are handed to code that it doesn't know are taken to be used at once. Of several captures of one
  function it names one.

## Options
- `leaks-large-names`: names of parameters of your own that hold large values; no function is to keep them
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: to read the part when the function is made is to read it earlier: later changes of the value are no
longer seen. Decide which part is needed, and whether it may be read that early.

## References
- <https://docs.python.org/3/reference/executionmodel.html#binding-of-names>
- <https://docs.python.org/3/library/functools.html#functools.partial>
- <https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.memory_usage.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.capture import large_captures
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for found in large_captures(file):
        yield At(
            found.node,
            symbol=f"{found.owner.qualname}.{found.name}",
            name=found.name,
            kind=found.kind,
            function=found.owner.name,
            evidence=found.evidence,
            cure=found.cure,
        )


RULE = Rule(
    "LEK401",
    "closure-captures-large",
    "{kind} keeps '{name}' ({evidence}) alive after {function}() has returned; {cure}",
    check,
    __doc__ or "",
)
