"""What a test says of a name: `if f:`, `if f is not None:`, `if not f:`."""

from __future__ import annotations

import ast


def denies(test: ast.expr, word: str) -> tuple[bool, bool]:
    """Whether a test that holds, and one that doesn't, means that the name stands for nothing open."""
    test, turned = _plain(test)
    if isinstance(test, ast.BoolOp):
        each = [_denies_plainly(value, word) for value in test.values]
        every, some = (all, any) if isinstance(test.op, ast.Or) else (any, all)
        inside, past = every(i for i, _ in each), some(p for _, p in each)
    else:
        inside, past = _denies_plainly(test, word)
    return (past, inside) if turned else (inside, past)


def _denies_plainly(test: ast.expr, word: str) -> tuple[bool, bool]:
    test, turned = _plain(test)
    inside = past = False
    if isinstance(test, ast.NamedExpr):
        test = test.target
    if isinstance(test, ast.Name):
        past = test.id == word
    elif isinstance(test, ast.Attribute):
        inside = test.attr == "closed" and getattr(test.value, "id", "") == word
    elif isinstance(test, ast.Call):
        past = bool(test.args) and getattr(test.args[0], "id", "") == word
    elif isinstance(test, ast.Compare) and len(test.ops) == 1:
        left = test.left.target if isinstance(test.left, ast.NamedExpr) else test.left
        other = test.comparators[0]
        if getattr(left, "id", "") == word and isinstance(other, ast.Constant) and other.value is None:
            equal = isinstance(test.ops[0], (ast.Is, ast.Eq))
            inside, past = equal, not equal
    return (past, inside) if turned else (inside, past)


def _plain(test: ast.expr) -> tuple[ast.expr, bool]:
    """A test without the `not` in front, and whether that turned it."""
    turned = False
    while isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        test, turned = test.operand, not turned
    return test, turned
