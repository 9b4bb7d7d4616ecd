"""The blocks that `judgements.spans` plans, as code."""

from __future__ import annotations

import ast
from collections.abc import Sequence

import libcst as cst

from ..judgements.acquisitions import Acquisition
from ..judgements.spans import ASYNC_WITH, CLOSING, FINALLY, Span
from ..model import Model, Scope
from ..rule import File, Unfixable
from .blocks import Edits, has_comment, instead, try_finally, with_block
from .change import Change, replaced
from .imports import Import, spelled
from .tree import Statement, Tree


def enclosed(file: File, tree: Tree, found: Acquisition, plan: Span) -> Change:
    """The change that puts statements into the block of a plan."""
    body = _inside(tree, plan)
    if plan.form == FINALLY:
        run = [tree.statement(statement) for statement in plan.body]
        return Change("released in 'finally'", instead(run, [_finally(tree, body)]), safe=not plan.doubt)
    if plan.opening is None:
        run = [tree.statement(statement) for statement in plan.body]
        item, imports = managed(file.model, found.scope, plan.form, cst.Name(plan.name))
        head = cst.SimpleStatementLine([cst.Pass()], leading_lines=run[0].leading_lines)
        new = with_block(tree, run[0], head, [cst.WithItem(item)], body, plan.form == ASYNC_WITH)
    else:
        opening = tree.statement(plan.opening)
        assert isinstance(opening, cst.SimpleStatementLine)
        run = [opening, *(tree.statement(statement) for statement in plan.body)]
        item, imports = managed(file.model, found.scope, plan.form, tree.expression(found.call, cst.Call))
        name = cst.AsName(cst.Name(plan.name))
        new = with_block(tree, opening, opening, [cst.WithItem(item, name)], body, plan.form == ASYNC_WITH)
    return Change(f"closed by {_spelled(plan.form)}", instead(run, [new]), safe=not plan.doubt, imports=imports)


def managed(
    model: Model, scope: Scope, form: str, value: cst.BaseExpression
) -> tuple[cst.BaseExpression, tuple[Import, ...]]:
    """What a `with` statement gets so that it closes a value, and what must be imported for that."""
    if form != CLOSING:
        return value, ()
    closing = spelled(model, scope, "contextlib", "closing")
    return cst.Call(closing.node, [cst.Arg(value)]), closing.imports


def _spelled(form: str) -> str:
    return {CLOSING: "'with closing(...)'", ASYNC_WITH: "'async with'"}.get(form, "'with'")


def _inside(tree: Tree, plan: Span) -> list[Statement]:
    """The statements of the block, without the releases that it makes needless."""
    gone: Edits = {}
    for statement in plan.dropped:
        if (line := _plain_line(tree, statement)) is not None:
            gone[line] = cst.RemoveFromParent()
    body: list[Statement] = []
    for statement in plan.body:
        line = tree.statement(statement)
        if statement is plan.unwrapped and isinstance(line, cst.Try) and _is_bare(line):
            inner = [replaced(part, gone) for part in lines_of(line.body)]
            body += [inner[0].with_changes(leading_lines=line.leading_lines), *inner[1:]]
        elif line not in gone:
            body.append(replaced(line, gone))
    return body


def _plain_line(tree: Tree, statement: ast.stmt) -> Statement | None:
    """The line of a statement, if nothing but the statement stands on it, and no comment belongs to it."""
    try:
        line = tree.statement(statement)
    except Unfixable:
        return None
    return None if has_comment(line) else line


def _is_bare(attempt: cst.Try) -> bool:
    """Does a `try ... finally` hold no comment that would be lost with its two heads and its `finally`?"""
    body, final = attempt.body, attempt.finalbody
    if not isinstance(body, cst.IndentedBlock) or final is None or not isinstance(final.body, cst.IndentedBlock):
        return False
    lines = [*final.leading_lines, *body.footer, *final.body.footer]
    heads = [body.header.comment, final.body.header.comment, *(line.comment for line in lines)]
    return not any(heads) and not any(map(has_comment, lines_of(final.body)))


def _finally(tree: Tree, body: Sequence[Statement]) -> cst.Try:
    """`try` over all but the last statement, which releases; one that ends with `try ... finally` grows upwards."""
    *before, last = body
    if isinstance(last, cst.Try):
        tried = lines_of(last.body)
        if last.handlers or last.orelse or not tried or not before:
            raise Unfixable("it is released on some ways only")
        first = tried[0].with_changes(leading_lines=last.leading_lines)
        whole = [before[0].with_changes(leading_lines=[]), *before[1:], first, *tried[1:]]
        return last.with_changes(body=last.body.with_changes(body=whole), leading_lines=before[0].leading_lines)
    if not before or not isinstance(last, cst.SimpleStatementLine):
        raise Unfixable("it is released on some ways only")
    return try_finally(tree, before, [last])
