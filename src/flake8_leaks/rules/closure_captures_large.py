"""What it does.
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
