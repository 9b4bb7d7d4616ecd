"""What it does.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import ownership
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for found in ownership.acquisitions(file):
        if found.fate == ownership.KEPT and not ownership.is_script(file.model, found.scope):
            yield At(
                found.call,
                symbol=ownership.symbol(found),
                kind=found.acquirer.kind,
                opened=ownership.spelling(found),
            )


RULE = Rule(
    "LEK552",
    "with-does-not-close",
    "leaving 'with' does not close the {kind} from {opened}(); wrap it in contextlib.closing(...)",
    check,
    __doc__ or "",
    tests=True,
)
