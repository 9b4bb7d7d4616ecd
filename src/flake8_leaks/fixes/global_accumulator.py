"""Makes a list that only grows `deque(maxlen=1000)`.

The name must be bound once, to an empty list, and all that the file does with it must work on a deque too.

Unsafe: the oldest items are dropped. A deque raises where it grows while a loop runs over it, and other modules may do
with it what only a list can.
"""

from __future__ import annotations

import ast

import libcst as cst

from ..judgements import growth
from ..model import Model
from ..model.binding import root_name
from ..plans.listlike import check_uses, list_value
from ..rewriting.change import Change, Replacement
from ..rewriting.expressions import keyword, with_argument
from ..rewriting.imports import spelled
from ..rewriting.tree import Tree
from ..rule import At, File, Unfixable


def fix(file: File, at: At, tree: Tree) -> Change:
    model = file.model
    leak = next(leak for leak in growth.leaks(file) if leak.use.site is at.node)
    value = list_value(model, leak.place)
    check_uses(model, leak.place)
    spelling = spelled(model, leak.place.owner, "collections", "deque")
    bounded = with_argument(cst.Call(spelling.node), keyword("maxlen", "1000"))
    old = tree.value(value)
    if "#" in tree.module.code_for_node(old.with_changes(lpar=[], rpar=[])):
        raise Unfixable("a comment stands inside of the list: decide how to bound it")
    bounded = bounded.with_changes(lpar=old.lpar, rpar=old.rpar)  # with a comment, maybe
    edits: dict[cst.CSTNode, Replacement] = {old: bounded}
    imports = spelling.imports
    dropped: tuple[str, ...] = ()
    statement = model.parent(value)
    if isinstance(statement, ast.AnnAssign):
        written = _list_type(model, statement.annotation)
        if written is not None:
            of_typing = model.qualnames(written, model.module) == {"typing.List"}
            said_as = spelled(model, leak.place.owner, "typing", "Deque") if of_typing else spelling
            edits[tree.value(written)] = said_as.node
            imports, dropped = (*imports, *said_as.imports), (root_name(written),)
    elif _has_type_comment(tree.statement(statement)):  # type: ignore[arg-type]
        raise Unfixable("a comment says that it is a list: decide how to bound it")
    said = f"'{leak.place.name}' now keeps the last 1000 items"
    return Change(said, edits, safe=False, imports=imports, dropped=dropped)


def _list_type(model: Model, annotation: ast.expr) -> ast.expr | None:
    """The name in an annotation that says list, also in `Final[list[str]]`; None where the annotation fits a deque."""
    node: ast.expr = annotation
    while isinstance(node, ast.Subscript):
        names = model.qualnames(node.value, model.module)
        if names & {"builtins.list", "typing.List"}:
            return node.value
        if not names & _AROUND:
            break
        node = node.slice
    names = model.qualnames(node, model.module)
    if names & {"builtins.list", "typing.List"}:
        return node
    if not isinstance(node, ast.Subscript) and names & _AROUND:
        return None  # a bare `Final`
    head = node.value if isinstance(node, ast.Subscript) else node
    if model.qualnames(head, model.module) & _FITTING:
        return None
    raise Unfixable("its annotation may ask for a list: decide how to bound it")


_AROUND = frozenset({"typing.Final", "typing_extensions.Final", "typing.ClassVar"})
_FITTING = frozenset(
    f"{module}.{name}"
    for module in ("typing", "collections.abc", "collections")
    for name in "Deque deque MutableSequence Sequence Collection Iterable Container Reversible Sized Any".split()
)


def _has_type_comment(statement: cst.CSTNode) -> bool:
    behind = getattr(statement, "trailing_whitespace", None)
    return behind is not None and behind.comment is not None and "type:" in behind.comment.value
