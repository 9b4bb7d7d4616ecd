"""What it does.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import ownership
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for found in ownership.acquisitions(file):
        if found.fate == ownership.HELD and not found.names and not ownership.is_script(file.model, found.scope):
            yield At(
                found.call,
                symbol=ownership.symbol(found),
                kind=found.acquirer.kind,
                opened=ownership.spelling(found),
                cure=ownership.cure(found.acquirer),
            )


RULE = Rule(
    "LEK503",
    "temporary-resource",
    "the {kind} from {opened}() is never bound to a name, so nothing can release it; {cure}",
    check,
    __doc__ or "",
    tests=True,
)
