"""A resource that only an exception leaves open is opened in a block, or released in `finally`, or before a re-raise.

Safe: on the ways without an exception the release comes where it came before. A resource that is handed over in the
end, which a block would close, gets `try ... except BaseException: release; raise` up to there; that is unsafe where
the release does more than close it.
"""

from __future__ import annotations

from ..plans.acquired import acquired
from ..plans.handing import guard, is_handed_over
from ..plans.spans import span
from ..rewriting.change import Change
from ..rewriting.closing import enclosed, guarded
from ..rewriting.tree import Tree
from ..rule import At, File


def fix(file: File, at: At, tree: Tree) -> Change:
    found = acquired(file, at.node)
    if is_handed_over(file.model, found):
        return guarded(file, tree, found, guard(file, found))
    return enclosed(file, tree, found, span(file, found))
