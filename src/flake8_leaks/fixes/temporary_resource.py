"""A resource that is never bound to a name is opened in a `with` of its own.

Safe where it is opened before the statement does anything else, and where nothing that it handed out is needed behind
the statements that go into the block. What else the statement does, it does behind the block: there it found the
resource closed before, too. `path.open().read()` of a `Path` becomes `path.read_text()`, which is safe, too.
Where it can't be taken out of its expression, `open(path).read()` becomes `Path(path).read_text()`: unsafe, for `open`
also takes a descriptor or bytes.
"""

from __future__ import annotations

from ..plans.acquired import acquired
from ..plans.hoisting import hoist
from ..rewriting.change import Change
from ..rewriting.closing import hoisted
from ..rewriting.paths import read_at_once
from ..rewriting.tree import Tree
from ..rule import At, File, Unfixable


def fix(file: File, at: At, tree: Tree) -> Change:
    found = acquired(file, at.node)
    short = read_at_once(file, tree, found)
    if short is not None and short.safe:
        return short
    try:
        return hoisted(file, tree, found, hoist(file, found))
    except Unfixable:
        if short is None:
            raise
        return short
