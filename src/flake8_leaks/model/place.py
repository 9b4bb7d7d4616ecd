"""Places that hold values, and what the file does to them."""

from __future__ import annotations

import ast
from typing import NamedTuple

from .scope import Scope

PROCESS, CLOSURE, INSTANCE, CALL = "process", "closure", "instance", "call"


class Place(NamedTuple):
    """Somewhere a value is kept.

    kind: global, class attribute, default argument, function attribute, closure, attribute or local.
    owner: the scope that holds it (for an attribute, the class or the function). name: its name there.
    node: where it is first bound. values: the expressions that are bound to it. lifetime: PROCESS for globals,
    class attributes, default arguments and function attributes; CLOSURE for a cell, which lives as long as the
    function that holds it; INSTANCE; CALL.
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


class Use(NamedTuple):
    """One thing that is done to a place, to an element of it, or to a value.

    verb: the method's name for a call on it (`append`, `close`), else one of
      `=` bound anew, `+=` augmented, `del` unbound, `[]` read by key, `[]=`, `[]+=`, `del []`,
      `.` an attribute is read (also a bound method as a value), `.=` an attribute is set or deleted,
      `return`, `yield`, `raise`, `argument`, `display` (put into a tuple, list, set or dict), `store` (bound to an
      attribute, element or name that outlives the expression), `alias` (bound to one more local name), `default`,
      `with`, `iterate`, `in` (membership is tested), `test`, `compare`, `operand`, `format`, `key`, `call`, `drop`
      (a statement that does nothing with it).
    node: the expression that is used. scope: where. steps: 0 for the place itself, 1 for an element of it, and so on.
    site: the node that does it: the Call, Subscript, Attribute, keyword or statement.
    """

    verb: str
    node: ast.AST
    scope: Scope
    steps: int
    site: ast.AST


class Reference(NamedTuple):
    """An expression that stands for a value, and the scope in which it is read."""

    node: ast.expr
    scope: Scope
