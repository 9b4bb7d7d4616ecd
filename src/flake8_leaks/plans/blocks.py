"""Where statements stand: blocks, and what comes before what."""

from __future__ import annotations

import ast

from ..model import Model

LOOPS = (ast.For, ast.AsyncFor, ast.While)


def statement_of(model: Model, node: ast.AST) -> ast.stmt:
    """The innermost statement in which a node stands."""
    here: ast.AST | None = node
    while not isinstance(here, ast.stmt):
        assert here is not None
        here = model.parent(here)
    return here


def block_of(model: Model, statement: ast.stmt) -> list[ast.stmt]:
    """The block in which a statement stands."""
    parent = model.parent(statement)
    assert parent is not None
    blocks = (getattr(parent, name) for name in ("body", "orelse", "finalbody") if hasattr(parent, name))
    return next(block for block in blocks if isinstance(block, list) and statement in block)


def index_in(model: Model, block: list[ast.stmt], node: ast.AST) -> int | None:
    """The index of the statement of a block in which a node stands; None if it stands in none of them."""
    here: ast.AST | None = node
    while here is not None:
        if here in block:
            return block.index(here)
        here = model.parent(here)
    return None


def reaches(model: Model, start: ast.stmt, read: ast.AST, others: list[ast.AST]) -> bool:
    """May a read see what the statement `start` has bound to a name? others: the nodes that bind it to something
    else."""
    if is_before(read, start) and not _share_a_loop(model, read, start):
        return False
    return not any(_hides(model, other, start, read) for other in others)


def _hides(model: Model, other: ast.AST, start: ast.stmt, read: ast.AST) -> bool:
    """Has whoever comes from `start` to a read always passed another binding of the name?"""
    statement = statement_of(model, other)
    if isinstance(statement, (ast.With, ast.AsyncWith)):
        if index_in(model, statement.body, read) is not None:
            return index_in(model, statement.body, start) is None
    elif not isinstance(statement, (ast.Assign, ast.AnnAssign, ast.Import, ast.ImportFrom)):
        return False  # it may bind, or not
    elif isinstance(statement, ast.AnnAssign) and statement.value is None:
        return False
    block = block_of(model, statement)
    bound, seen, opened = block.index(statement), index_in(model, block, read), index_in(model, block, start)
    return seen is not None and bound < seen and (opened is None or opened < bound or opened > seen)


def _share_a_loop(model: Model, one: ast.AST, other: ast.AST) -> bool:
    around = {parent for _, parent in model.ancestors(one) if isinstance(parent, LOOPS)}
    return any(parent in around for _, parent in model.ancestors(other))


def is_before(node: ast.AST, statement: ast.stmt) -> bool:
    """Does a node stand before a statement?"""
    return (node.lineno, node.col_offset) < (statement.lineno, statement.col_offset)  # type: ignore[attr-defined]
