"""A resource that nothing releases is opened in a block, over just the statements that use it.

`with`, `async with`, or `with contextlib.closing(...)` where leaving a `with` would not close. Safe where nothing that
the resource handed out is needed behind the block, where it claims nothing for as long as it is open (a lock, an
address, a descriptor of someone else), and where leaving the block does nothing but close; unsafe otherwise.
"""

from __future__ import annotations

from ..plans.acquired import acquired
from ..plans.spans import span
from ..rewriting.change import Change
from ..rewriting.closing import enclosed
from ..rewriting.tree import Tree
from ..rule import At, File


def fix(file: File, at: At, tree: Tree) -> Change:
    found = acquired(file, at.node)
    return enclosed(file, tree, found, span(file, found))
