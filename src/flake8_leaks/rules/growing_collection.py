"""What it does.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import growth
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for leak in growth.leaks(file):
        if leak.kind == growth.COLLECTION and not leak.sure:
            yield growth.at(file, leak)


RULE = Rule(
    "LEK253",
    "growing-collection",
    "'{name}' only grows: {function}() adds items and nothing in this module removes one; if they come from input, bound it",
    check,
    __doc__ or "",
)
