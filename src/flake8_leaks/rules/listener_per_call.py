"""What it does.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import listening
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for found in listening.piling(file):
        function = file.model.function(found.scope)
        assert function is not None
        yield At(
            found.call,
            symbol=f"{function.qualname}.{found.name.rpartition('.')[2]}",
            name=found.name.rpartition(".")[2],
            function=function.name,
            cure=listening.cure(found),
        )


RULE = Rule(
    "LEK301",
    "listener-per-call",
    "{name}() adds one more listener each time {function}() runs, and nothing in this module removes it; {cure}",
    check,
    __doc__ or "",
)
