"""Places that hold values, and expressions that stand for a value."""

from __future__ import annotations

import ast
from typing import NamedTuple

from .scope import Scope

PROCESS, CLOSURE, INSTANCE = "process", "closure", "instance"


class Place(NamedTuple):
    """Somewhere a value is kept.

    kind: global, class attribute, default argument, function attribute, closure or attribute (of an object).
    owner: the scope that holds it (for an attribute, the class whose code first binds it, or the function).
    name: its name there. node: where it is first bound. values: the expressions that are bound to it.
    lifetime: PROCESS for globals, class attributes, default arguments and function attributes; CLOSURE for a cell,
    which lives as long as the function that holds it; INSTANCE for attributes of an object.
    """

    kind: str
    owner: Scope
    name: str
    node: ast.AST
    values: tuple[ast.expr, ...]
    lifetime: str

    @property
    def qualname(self) -> str:
        """The dotted path from the module, as baselines and verdicts name it."""
        outer = self.owner.qualname
        return f"{outer}.{self.name}" if outer else self.name


class Reference(NamedTuple):
    """An expression that stands for a value, and the scope in which it is read."""

    node: ast.expr
    scope: Scope
