"""A resource that one way out leaves open is opened in a block, over just the statements that use it.

As for LEK501, and safe where that is: every other way releases the resource already. A release that stands where the
block ends is taken out, others may stay, as to close twice does no harm. A resource that some ways hand on is left.
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
