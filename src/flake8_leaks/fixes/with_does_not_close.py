"""`with connection` that only ends the transaction becomes `with closing(connection) as name, name`.

Safe: the transaction ends as before, by the second item of the `with`, and the connection is closed after it. Not where
it, or what it handed out, is used behind the block.
"""

from __future__ import annotations

import ast

import libcst as cst

from ..plans.acquired import acquired
from ..plans.blocks import index_in
from ..plans.closing import CLOSING
from ..plans.extent import extent
from ..plans.hoisting import fresh_name
from ..plans.spans import span
from ..rewriting.change import Change
from ..rewriting.closing import enclosed, managed
from ..rewriting.tree import Tree
from ..rule import At, File, Unfixable


def fix(file: File, at: At, tree: Tree) -> Change:
    found = acquired(file, at.node)
    item = file.model.parent(found.call)
    if not isinstance(item, ast.withitem):
        return enclosed(file, tree, found, span(file, found))
    reach = extent(file, found)
    statement = file.model.parent(item)
    if not isinstance(statement, ast.With) or "close" not in found.acquirer.releases:
        raise Unfixable(f"how to release the {found.acquirer.kind} is for a person to say")
    if any(index_in(file.model, [statement], read) is None for read in reach.reads):
        raise Unfixable("it is used behind the 'with' block, too")
    if reach.lazy:
        raise Unfixable(f"{reach.escapes}: read all of it before")
    if not isinstance(item.optional_vars, (ast.Name, type(None))):
        raise Unfixable("it is bound to no plain name")
    fresh = fresh_name(file.model, found.scope, found.acquirer.kind)
    name = item.optional_vars.id if item.optional_vars is not None else fresh
    value, imports = managed(file.model, found.scope, CLOSING, tree.expression(found.call, cst.Call))
    old = tree.outermost(found.call, cst.WithItem)
    new = [
        cst.WithItem(value, cst.AsName(cst.Name(name))),
        cst.WithItem(cst.Name(name), comma=old.comma),
    ]
    safe = not reach.escapes
    return Change("closed by 'with closing(...)'", {old: cst.FlattenSentinel(new)}, safe=safe, imports=imports)
