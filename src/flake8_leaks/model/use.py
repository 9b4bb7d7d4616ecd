"""What is done with an expression; read off its parents."""

from __future__ import annotations

import ast
from typing import NamedTuple

from .binding import Parents
from .scope import Scope

# Methods of containers that hand out one element of them.
ELEMENT = frozenset({"get", "setdefault", "__getitem__"})
# Calls that hand on the elements of their argument, to be looped over.
_PASS_ELEMENTS = frozenset({"list", "tuple", "sorted", "reversed", "iter", "set"})
# How far out of a chain of expressions a value is followed. Only generated code is deeper, and there each value of a
# chain would cost as much as the chain is long.
FAR = 50
# A local name that is bound to a value, and the steps from the place to that value.
Target = tuple[ast.Name, int]


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


def climb(parents: Parents, node: ast.AST, scope: Scope, steps: int, uses: list[Use]) -> list[Target]:
    """Record what is done with `node`; return the local names that it is bound to, with their steps."""
    names: list[Target] = []

    def use(verb: str, site: ast.AST) -> None:
        uses.append(Use(verb, node, scope, steps, site))

    for _ in range(FAR):
        parent = parents[node]
        if isinstance(parent, ast.Attribute):
            outer = parents[parent]
            if isinstance(outer, ast.Call) and outer.func is parent:
                use(parent.attr, outer)
                if parent.attr in ELEMENT:
                    node, steps = outer, steps + 1
                    continue
                if parent.attr in ("values", "items"):
                    return names + _looped(parents, outer, steps, parent.attr == "items")
            else:
                use("." if isinstance(parent.ctx, ast.Load) else ".=", parent)
        elif isinstance(parent, ast.Subscript):
            if parent.value is not node:
                use("key", parent)
            elif isinstance(parent.ctx, ast.Load):
                use("[]", parent)
                node, steps = parent, steps + 1
                continue
            elif isinstance(parent.ctx, ast.Del):
                use("del []", parent)
            else:
                use("[]+=" if isinstance(parents[parent], ast.AugAssign) else "[]=", parent)
        elif isinstance(parent, ast.Call):
            use("call" if parent.func is node else "argument", parent)
            if isinstance(parent.func, ast.Name) and parent.func.id in _PASS_ELEMENTS:
                return names + _looped(parents, parent, steps, False)
        elif isinstance(parent, ast.keyword):
            outer = parents[parent]
            use("argument" if isinstance(outer, ast.Call) else "store", outer)
        elif isinstance(parent, (ast.Starred, ast.Await)) or (
            isinstance(parent, ast.IfExp) and parent.test is not node
        ):
            node = parent
            continue
        elif isinstance(parent, ast.BoolOp):
            if parent.values[-1] is not node:
                use("test", parent)
            node = parent
            continue
        elif isinstance(parent, ast.NamedExpr):
            names.append((parent.target, steps))
            node = parent
            continue
        elif isinstance(parent, (ast.Assign, ast.AnnAssign)):
            return names + _assigned(parents, node, parent, scope, steps, uses)
        elif isinstance(parent, (ast.Tuple, ast.List)) and isinstance(parents[parent], ast.For):
            loop = parents[parent]
            assert isinstance(loop, ast.For)
            if isinstance(loop.target, ast.Name):
                return [*names, (loop.target, steps)]
            use("display", parent)
        elif isinstance(parent, ast.Tuple) and isinstance(parents[parent], ast.Assign):
            return names + _assigned(parents, node, parents[parent], scope, steps, uses, parent)
        elif isinstance(parent, (ast.For, ast.AsyncFor, ast.comprehension)):
            use("iterate", parent)
            return names + _looped(parents, node, steps, False)
        elif isinstance(parent, ast.withitem):
            use("with", parent)
            if isinstance(parent.optional_vars, ast.Name):
                return [*names, (parent.optional_vars, steps)]
        elif isinstance(parent, ast.Compare):
            membership = parent.left is not node and isinstance(parent.ops[0], (ast.In, ast.NotIn))
            use("in" if membership else "compare", parent)
        else:
            use(_VERBS.get(type(parent), "other"), parent)
        return names
    use("other", node)
    return names


def _assigned(
    parents: Parents,
    node: ast.AST,
    statement: ast.AST,
    scope: Scope,
    steps: int,
    uses: list[Use],
    row: ast.Tuple | None = None,
) -> list[Target]:
    """`x = node`: names to follow; anything else is a store."""
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]  # type: ignore[attr-defined]
    if row is not None:
        index = row.elts.index(node)  # type: ignore[arg-type]
        rows = [t.elts for t in targets if isinstance(t, (ast.Tuple, ast.List))]
        plain = len(rows) == len(targets) and all(
            len(elts) == len(row.elts) and not any(isinstance(e, ast.Starred) for e in elts) for elts in rows
        )
        if not plain:
            uses.append(Use("display", node, scope, steps, row))
            return []
        targets = [elts[index] for elts in rows]
    names = []
    for target in targets:
        if isinstance(target, ast.Name):
            names.append((target, steps))
        else:
            verb = "unpack" if isinstance(target, (ast.Tuple, ast.List)) else "store"
            uses.append(Use(verb, node, scope, steps, statement))
    return names


def _looped(parents: Parents, node: ast.AST, steps: int, pairs: bool) -> list[Target]:
    """The loop variable that takes the elements of `node`, if it is looped over."""
    loop = parents[node]
    while isinstance(loop, ast.Call) and isinstance(loop.func, ast.Name) and loop.func.id in _PASS_ELEMENTS:
        node, loop = loop, parents[loop]
    if not isinstance(loop, (ast.For, ast.AsyncFor, ast.comprehension)) or loop.iter is not node:
        return []
    target: ast.expr = loop.target
    if pairs and isinstance(target, ast.Tuple) and len(target.elts) == 2:
        target = target.elts[1]
    return [(target, steps + 1)] if isinstance(target, ast.Name) else []


_VERBS: dict[type, str] = {
    ast.Return: "return",
    ast.Lambda: "return",
    ast.Yield: "yield",
    ast.YieldFrom: "yield",
    ast.Raise: "raise",
    ast.AugAssign: "operand",
    ast.BinOp: "operand",
    ast.UnaryOp: "test",
    ast.If: "test",
    ast.While: "test",
    ast.Assert: "test",
    ast.IfExp: "test",
    ast.FormattedValue: "format",
    ast.Tuple: "display",
    ast.List: "display",
    ast.Set: "display",
    ast.Dict: "display",
    ast.ListComp: "display",
    ast.SetComp: "display",
    ast.DictComp: "display",
    ast.GeneratorExp: "display",
    ast.arguments: "default",
    ast.Expr: "drop",
}
