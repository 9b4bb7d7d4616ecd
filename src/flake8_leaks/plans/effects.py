"""What does evaluating an expression, or running a statement, do that anyone sees?"""

from __future__ import annotations

import ast

from ..knowledge.containers import LOOKERS
from ..knowledge.values import PARSERS
from ..model import Model


def is_quiet(value: ast.expr | None) -> bool:
    """Does nothing happen when an expression is evaluated?"""
    if isinstance(value, (ast.Tuple, ast.List)):
        return all(map(is_quiet, value.elts))
    return value is None or isinstance(value, (ast.Constant, ast.Name))


_ACTS = (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr)


def is_calm(node: ast.AST) -> bool:
    """Does evaluating an expression do nothing that anyone sees?"""
    return not any(isinstance(part, _ACTS) for part in ast.walk(node))


def is_last_act(model: Model, part: ast.AST, statement: ast.stmt) -> bool:
    """Does a statement, when it has evaluated a part, do nothing more that anyone sees but look at the value?"""
    inside = set(ast.walk(part))
    acts = (node for node in ast.walk(statement) if isinstance(node, _ACTS) and node not in inside)
    return not isinstance(statement, ast.For) and all(_only_looks(model, node, part) for node in acts)


def _only_looks(model: Model, node: ast.AST, part: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute) and node.func.attr in _OF_DATA:
        here: ast.AST = node.func.value
        while isinstance(here, (ast.Call, ast.Attribute, ast.Subscript)) and here is not part:
            here = here.func if isinstance(here, ast.Call) else here.value
        if here is part or isinstance(here, ast.Constant):
            return True
    return bool(model.callee(node, model.scope(node)) & (LOOKERS | PARSERS))


_OF_DATA = frozenset({*dir(str), *dir(bytes), *dir(list), *dir(dict)})


def only_leaves(statement: ast.stmt) -> bool:
    """Does a statement leave the function, and do nothing else that anyone sees?"""
    if isinstance(statement, ast.Return):
        return is_quiet(statement.value)
    if not isinstance(statement, ast.Raise) or statement.exc is None:
        return isinstance(statement, ast.Raise)
    made = statement.exc
    if not isinstance(made, ast.Call):
        return isinstance(made, ast.Name)
    # A class, by its name; what else makes an exception may look at the file first.
    parts = [*made.args, *(k.value for k in made.keywords)]
    word = made.func.id if isinstance(made.func, ast.Name) else getattr(made.func, "attr", "")
    acts = (isinstance(node, (*_ACTS, ast.Attribute)) for part in parts for node in ast.walk(part))
    return word[:1].isupper() and not any(acts)


# Statements that evaluate all of their expressions once, before they do anything.
_SIMPLE = (ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Return, ast.Raise, ast.Delete)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
# Parts that are evaluated after others of the same node which stand behind them in the source.
_LATE = {ast.Assign: "targets", ast.AnnAssign: "target", ast.For: "target", ast.NamedExpr: "target"}


def opens_first(model: Model, call: ast.Call, statement: ast.stmt) -> bool:
    """Is a call always made when a statement runs, once, and before the statement does anything else?"""
    if not isinstance(statement, (*_SIMPLE, ast.For)):
        return False
    child: ast.AST = call
    while child is not statement:
        parent = model.parent(child)
        assert parent is not None
        if isinstance(parent, ast.comprehension):
            # The first iterable of a comprehension is evaluated at once, before all else.
            holder = model.parent(parent)
            if child is not parent.iter or holder.generators[0] is not parent:  # type: ignore[union-attr]
                return False
            parent = holder
        elif isinstance(parent, (*_COMPREHENSIONS, ast.Lambda)) or not _comes_first(parent, child):
            return False
        assert parent is not None
        child = parent
    return True


def _can_wait(node: ast.AST) -> bool:
    """May something be opened before an expression is evaluated: does that do nothing, and hardly fail?"""
    return is_calm(node) and not any(isinstance(part, (ast.Subscript, ast.BinOp)) for part in ast.walk(node))


def _comes_first(parent: ast.AST, child: ast.AST) -> bool:
    """Is a part of a node evaluated whenever the node is, and does nothing happen before?"""
    if isinstance(parent, ast.For) and child is not parent.iter:
        return False
    for field, part in ast.iter_fields(parent):
        parts = part if isinstance(part, list) else [part]
        if field == _LATE.get(type(parent)):
            continue
        before = parts[: parts.index(child)] if child in parts else parts
        skipped = isinstance(parent, (ast.BoolOp, ast.IfExp)) or field == "comparators"
        if before and skipped:
            return False  # `a and child`, `child if a else b`, `a < b < child`
        if not all(_can_wait(each) for each in before if isinstance(each, ast.AST)):
            return False
        if child in parts:
            break
    return True
