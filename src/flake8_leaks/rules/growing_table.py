"""What it does.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import growth
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for leak in growth.leaks(file):
        if leak.kind == growth.MAPPING and not leak.sure:
            yield growth.at(file, leak)


RULE = Rule(
    "LEK153",
    "growing-table",
    "'{name}' only grows: {function}() adds keys and nothing in this module removes one; if its keys come from input, bound it",
    check,
    __doc__ or "",
)
