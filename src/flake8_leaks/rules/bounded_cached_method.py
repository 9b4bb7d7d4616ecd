"""What it does.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.memoizing import memoized_methods
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for found in memoized_methods(file):
        if found.bounded:
            yield At(
                found.decorator,
                symbol=found.function.qualname,
                thing=found.function,
                name=found.function.name,
                memoizer=found.spelling,
                cls=found.function.enclosing.name,
            )


RULE = Rule(
    "LEK152",
    "bounded-cached-method",
    "@{memoizer} on '{name}' keeps up to maxsize {cls} instances alive; "
    "use functools.cached_property, or memoize a function of the values it needs",
    check,
    __doc__ or "",
)
