"""Where does a value come to stay?

A value that is bound to an attribute, an element or a name of the module, or put into a container, outlives the
expression in which it stands.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from ..knowledge.containers import COLLECTION_PUTS
from ..model import Model, Scope

# What a value is put into on its way: `xs.append((name, value))`.
_DISPLAYS = (ast.Tuple, ast.List, ast.Set, ast.Dict, ast.Starred, ast.IfExp, ast.BoolOp, ast.NamedExpr, ast.keyword)
_FAR = 10
#: Methods that put what they are given into a container.
PUTS = COLLECTION_PUTS | {"setdefault"}


class Landing(NamedTuple):
    """One place where a value stays.

    place: the expression of it, `self.x` or `_ERRORS`. item: is it put into a container that stands there, or is it
    bound to the place itself? scope: where that is read. site: the target or call that does it.
    """

    place: ast.expr
    item: bool
    scope: Scope
    site: ast.AST


def landings(model: Model, node: ast.AST, scope: Scope, known: set[tuple[Scope, str]]) -> Iterator[Landing]:
    """Where a value is bound or put, also by way of local names.

    known: the local names that were followed before; those of this value are added, so that many values under one name
    cost one look at it.
    """
    todo = [(node, scope)]
    for value, where in todo:
        for landing in _direct(model, value, where):
            name = landing.place
            owner = model.resolve(where, name.id) if isinstance(name, ast.Name) and not landing.item else None
            if owner is None or owner is model.module or not isinstance(name, ast.Name):
                yield landing
            elif (owner, name.id) not in known:
                known.add((owner, name.id))
                todo += model.references(owner, name.id)


def _direct(model: Model, node: ast.AST, scope: Scope) -> Iterator[Landing]:
    """Where the expression that holds a value goes."""
    for _ in range(_FAR):
        parent = model.parent(node)
        if isinstance(parent, ast.IfExp) and parent.test is node:
            return
        if isinstance(parent, ast.NamedExpr):
            yield Landing(parent.target, False, scope, parent.target)
        if not isinstance(parent, _DISPLAYS):
            break
        node = parent
    if isinstance(parent, (ast.Assign, ast.AnnAssign)) and parent.value is node:
        for target in parent.targets if isinstance(parent, ast.Assign) else [parent.target]:
            if isinstance(target, ast.Subscript):
                yield Landing(target.value, True, scope, target)
            elif isinstance(target, (ast.Name, ast.Attribute)):
                yield Landing(target, False, scope, target)
    elif isinstance(parent, ast.Call) and parent.func is not node and isinstance(parent.func, ast.Attribute):
        if parent.func.attr in PUTS:
            yield Landing(parent.func.value, True, scope, parent)
