"""## What it does
Finds a function, lambda or partial that outlives the call and keeps a large value of it alive.

It outlives the call when it is returned, or stored on `self`.

## Why is this bad
A closure keeps the variables that it reads, not the results it needs of them. Ten functions that each need one number
of a table keep ten tables. It doesn't matter where the function dies soon, or needs all of the table anyway.

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
- Nothing in the source tells how large a value is. It goes by the annotation (`DataFrame`, `ndarray`, `Tensor`), by the
  call that makes it (`pandas.read_csv`), by what is done with it (`.groupby`), and by its name (`df`, `..._tensor`).
  Other large values are not seen, and a small `df` is a wrong finding.
- It can't know how long the returned function lives.
- Functions that are handed to other code, or put into a container, are not seen. Of several captures of one function it
  names one.

## Options
- `leaks-large-names`: names of parameters of your own that hold large values
- `leaks-tests`: look into tests too

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
        )


RULE = Rule(
    "LEK401",
    "closure-captures-large",
    "{kind} keeps '{name}' ({evidence}) alive after {function}() has returned; capture only what it needs of it",
    check,
    __doc__ or "",
)
