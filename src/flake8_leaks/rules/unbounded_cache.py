"""What it does.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import growth
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for leak in growth.leaks(file):
        if leak.kind == growth.MAPPING and leak.sure:
            yield growth.at(file, leak)


RULE = Rule(
    "LEK101",
    "unbounded-cache",
    "'{name}' only grows: {function}() adds a key per call and nothing in this module evicts; "
    "bound it with functools.lru_cache(maxsize=...) or cachetools.TTLCache",
    check,
    __doc__ or "",
)
