"""The blocks that `judgements.spans` plans, as code."""

from __future__ import annotations

import ast

import libcst as cst

from ..judgements.acquisitions import Acquisition
from ..judgements.spans import ASYNC_WITH, CLOSING, FINALLY, WITH, Guard, Hoist, Span
from ..model import Model, Scope
from ..rule import File, Unfixable
from .blocks import Edits, has_comment, instead, lines_of, released_last, try_except, with_block
from .change import Change, replaced
from .imports import Import, spelled
from .tree import Statement, Tree

_WORDS = {WITH: "'with'", ASYNC_WITH: "'async with'", CLOSING: "'with closing(...)'"}


def enclosed(file: File, tree: Tree, found: Acquisition, plan: Span) -> Change:
    """The change that puts statements into the block of a plan."""
    body = _inside(tree, plan)
    run = [tree.statement(statement) for statement in plan.body]
    if plan.form == FINALLY:
        return Change("released in 'finally'", instead(run, [released_last(tree, run[0], body)]), safe=not plan.doubt)
    name: cst.AsName | None = None
    if plan.opening is None:
        value: cst.BaseExpression = cst.Name(plan.name)
        head = cst.SimpleStatementLine([cst.Pass()], leading_lines=run[0].leading_lines)
        body[0] = body[0].with_changes(leading_lines=[])
    else:
        value = tree.expression(found.call, cst.Call)
        name = cst.AsName(cst.Name(plan.name))
        head = cst.ensure_type(tree.statement(plan.opening), cst.SimpleStatementLine)
        run.insert(0, head)
    item, imports = managed(file.model, found.scope, plan.form, value)
    new = with_block(tree, run[0], head, [cst.WithItem(item, name)], body, plan.form == ASYNC_WITH)
    return Change(f"closed by {_WORDS[plan.form]}", instead(run, [new]), safe=not plan.doubt, imports=imports)


def hoisted(file: File, tree: Tree, found: Acquisition, plan: Hoist) -> Change:
    """The change that opens what was never bound to a name in a `with` around the statement that uses it."""
    call = tree.expression(found.call, cst.Call)
    first, *rest = [tree.statement(statement) for statement in plan.body]
    item, imports = managed(file.model, found.scope, plan.form, call)
    name = cst.AsName(cst.Name(plan.name)) if not plan.dropped else None
    inside = [] if plan.dropped else [replaced(first, {call: cst.Name(plan.name)}), *rest]
    behind = cst.TrailingWhitespace()
    head = cst.SimpleStatementLine([cst.Pass()], leading_lines=first.leading_lines, trailing_whitespace=behind)
    if inside:
        inside[0] = inside[0].with_changes(leading_lines=[])
    new = with_block(tree, first, head, [cst.WithItem(item, name)], inside, plan.form == ASYNC_WITH)
    said = f"opened in {_WORDS[plan.form]}"
    return Change(said, instead([first, *rest], [new]), safe=not plan.doubt, imports=imports)


def guarded(file: File, tree: Tree, found: Acquisition, plan: Guard) -> Change:
    """The change that releases a resource, which is handed over in the end, if something raises before."""
    run = [tree.statement(statement) for statement in plan.body]
    release, imports = f"{plan.name}.{plan.method}()", tuple[Import, ...]()
    if plan.function:
        function = spelled(file.model, found.scope, *plan.function)
        release, imports = f"{function.code}({plan.name})", function.imports
    new = try_except(tree, run, [release, "raise"])
    return Change("released where an exception leaves the function", instead(run, [new]), safe=True, imports=imports)


def managed(
    model: Model, scope: Scope, form: str, value: cst.BaseExpression
) -> tuple[cst.BaseExpression, tuple[Import, ...]]:
    """What a `with` statement gets so that it closes a value, and what must be imported for that."""
    if form != CLOSING:
        return value, ()
    closing = spelled(model, scope, "contextlib", "closing")
    return cst.Call(closing.node, [cst.Arg(value)]), closing.imports


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
