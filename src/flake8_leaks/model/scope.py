"""Scopes: the namespaces of a program."""

from __future__ import annotations

import ast

MODULE, CLASS, FUNCTION, LAMBDA, COMPREHENSION, TYPE_PARAMETERS = (
    "module",
    "class",
    "function",
    "lambda",
    "comprehension",
    "type parameters",
)


class Scope:
    """One namespace of the program.

    kind: MODULE, CLASS, FUNCTION, LAMBDA, COMPREHENSION or TYPE_PARAMETERS.
    node: the node that opens it. parent: the enclosing scope, None for the module; scopes point up only.
    bound: name -> the nodes that bind it here (see `binding.Binding`).
    names: every `ast.Name` that is read here, in no particular order.
    declared: names under `global` or `nonlocal` here -> the word.
    star: True when a `from x import *` may bind any name here.
    """

    __slots__ = ("bound", "declared", "kind", "names", "node", "parent", "star")

    def __init__(self, kind: str, node: ast.AST, parent: Scope | None) -> None:
        self.kind = kind
        self.node = node
        self.parent = parent
        self.bound: dict[str, list[ast.AST]] = {}
        self.names: list[ast.Name] = []
        self.declared: dict[str, str] | None = None
        self.star = False

    @property
    def name(self) -> str:
        """The name of the function or class; `<lambda>` and the like for the others, "" for the module."""
        if self.kind == MODULE:
            return ""
        return getattr(self.node, "name", f"<{self.kind}>")

    @property
    def qualname(self) -> str:
        """The dotted path from the module to this scope, "" for the module itself."""
        parts = []
        scope: Scope | None = self
        while scope is not None:
            if scope.kind not in (MODULE, TYPE_PARAMETERS):
                parts.append(scope.name)
            scope = scope.parent
        return ".".join(reversed(parts))

    @property
    def enclosing(self) -> Scope | None:
        """The scope in which this one's definition stands, type parameters skipped."""
        scope = self.parent
        while scope is not None and scope.kind == TYPE_PARAMETERS:
            scope = scope.parent
        return scope

    def bind(self, name: str, node: ast.AST) -> None:
        """Record that `node` binds `name` in this scope."""
        nodes = self.bound.get(name)
        if nodes is None:
            self.bound[name] = [node]
        else:
            nodes.append(node)
