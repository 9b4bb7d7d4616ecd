"""What it does.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import growth
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for leak in growth.leaks(file):
        if leak.kind == growth.COLLECTION and leak.sure:
            yield growth.at(file, leak)


RULE = Rule(
    "LEK201",
    "global-accumulator",
    "'{name}' only grows: {function}() adds an item per call and nothing in this module removes one; "
    "bound it with collections.deque(maxlen=...), or remove what is done with",
    check,
    __doc__ or "",
)
