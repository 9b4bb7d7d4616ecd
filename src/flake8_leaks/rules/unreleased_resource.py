"""What it does.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import ownership
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for found in ownership.acquisitions(file):
        if found.fate == ownership.HELD and found.names and not ownership.is_script(file.model, found.scope):
            yield At(
                found.call,
                symbol=ownership.symbol(found),
                name=found.names[0],
                kind=found.acquirer.kind,
                opened=ownership.spelling(found),
                cure=ownership.cure(found.acquirer),
            )


RULE = Rule(
    "LEK501",
    "unreleased-resource",
    "'{name}' is a {kind} from {opened}() that no path releases; {cure}",
    check,
    __doc__ or "",
    tests=True,
)
