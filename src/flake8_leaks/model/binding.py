"""What binds a name, and to what; read off the parents of the binding node."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import NamedTuple

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Parents = Mapping[ast.AST, ast.AST]


class Binding(NamedTuple):
    """One way in which a name gets its value.

    kind: import, def, class, parameter, assign, annotation, augmented, unpack, loop, with, except, match,
    delete or type parameter.
    node: the node that binds. value: the expression that gives the value, None where the source shows none.
    """

    name: str
    kind: str
    node: ast.AST
    value: ast.expr | None


def binding(parents: Parents, name: str, node: ast.AST) -> Binding:
    """What a node in `Scope.bound` says of the name."""
    if isinstance(node, ast.alias):
        return Binding(name, "import", node, None)
    if isinstance(node, FUNCTIONS):
        return Binding(name, "def", node, None)
    if isinstance(node, ast.ClassDef):
        return Binding(name, "class", node, None)
    if isinstance(node, ast.arg):
        return Binding(name, "parameter", node, _default(parents, node))
    if isinstance(node, ast.ExceptHandler):
        return Binding(name, "except", node, None)
    if not isinstance(node, ast.Name):
        kind = "match" if isinstance(node, (ast.MatchAs, ast.MatchStar, ast.MatchMapping)) else "type parameter"
        return Binding(name, kind, node, None)
    if isinstance(node.ctx, ast.Del):
        return Binding(name, "delete", node, None)
    return Binding(name, *assignment(parents, node))


def assignment(parents: Parents, node: ast.expr) -> tuple[str, ast.AST, ast.expr | None]:
    """(kind, statement or target, value) of a name or attribute that is stored to."""
    target: ast.AST = node
    parent = parents[node]
    path: list[int] = []
    while isinstance(parent, (ast.Tuple, ast.List, ast.Starred)):
        if not isinstance(parent, ast.Starred):
            path.append(parent.elts.index(target))  # type: ignore[arg-type]
        else:
            path.append(-1)
        target, parent = parent, parents[parent]
    value: ast.expr | None = None
    kind = "assign"
    if isinstance(parent, (ast.Assign, ast.NamedExpr)):
        value = parent.value
    elif isinstance(parent, ast.AnnAssign):
        kind, value = ("assign", parent.value) if parent.value else ("annotation", None)
    elif isinstance(parent, ast.AugAssign):
        kind = "augmented"
    elif isinstance(parent, (ast.For, ast.AsyncFor, ast.comprehension)):
        kind = "loop"
    elif isinstance(parent, ast.withitem):
        kind, value = "with", parent.context_expr
    else:
        kind = "type parameter"
    if path and value is not None:
        kind = "unpack"
        for index in reversed(path):
            starred = isinstance(value, (ast.Tuple, ast.List)) and any(isinstance(e, ast.Starred) for e in value.elts)
            if not isinstance(value, (ast.Tuple, ast.List)) or index < 0 or starred or index >= len(value.elts):
                return kind, node, None
            value = value.elts[index]
        kind = "assign"
    return kind, node, value


def defaults(function: ast.AST) -> Iterator[tuple[ast.arg, ast.expr]]:
    """The parameters of a function or lambda that have a default, with it."""
    arguments: ast.arguments = function.args  # type: ignore[attr-defined]
    if arguments.defaults:
        positional = [*arguments.posonlyargs, *arguments.args]
        yield from zip(positional[-len(arguments.defaults) :], arguments.defaults, strict=True)
    if arguments.kwonlyargs:
        yield from ((a, d) for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if d is not None)


def _default(parents: Parents, node: ast.arg) -> ast.expr | None:
    function = parents[parents[node]]
    return next((value for arg, value in defaults(function) if arg is node), None)


def last_name(node: ast.AST | None) -> str:
    """The last name of a name or attribute chain, `cache` of `functools.cache`; "" for anything else."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def position(node: ast.AST) -> tuple[int, int]:
    """Line and byte column, for sorting."""
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def root_name(node: ast.AST) -> str:
    """The name with which a chain of attributes, calls and subscripts begins: `functools` of `functools.cache(f)`."""
    while not isinstance(node, ast.Name):
        inner = getattr(node, "func", getattr(node, "value", None))
        if not isinstance(inner, ast.AST):
            return ""
        node = inner
    return node.id
