"""The blocks and guards that are planned for resources, as code."""

from __future__ import annotations

import ast

import libcst as cst

from ..judgements.acquisitions import Acquisition
from ..model import Model, Scope
from ..plans.closing import ASYNC_WITH, CLOSING, FINALLY, WITH
from ..plans.handing import Guard
from ..plans.hoisting import Hoist
from ..plans.spans import Span
from ..rule import File, Unfixable
from .blocks import Edits, closed_up, has_comment, instead, lines_of, released_last, try_except, with_block
from .change import Change, replaced
from .expressions import on_its_own
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
    run = [tree.statement(statement) for statement in plan.body]
    item, imports = managed(file.model, found.scope, plan.form, call)
    first, *inside = run
    behind: list[Statement] = []
    head = cst.SimpleStatementLine([cst.Pass()], leading_lines=first.leading_lines)
    name: cst.AsName | None = cst.AsName(cst.Name(plan.name))
    edits = _read_by_name(tree, file.model.parent(found.call), call, plan.name)
    if plan.dropped:
        head, name = cst.ensure_type(first, cst.SimpleStatementLine), None
    elif plan.part is None:
        inside.insert(0, replaced(first, edits).with_changes(leading_lines=[]))
    else:
        part = tree.value(plan.part)
        read = on_its_own(tree.module, replaced(part, edits))
        inside = [cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(cst.Name(plan.result))], read)])]
        behind = [replaced(first, {part: cst.Name(plan.result)}).with_changes(leading_lines=[])]
    new = with_block(tree, first, head, [cst.WithItem(item, name)], inside, plan.form == ASYNC_WITH)
    said = f"opened in {_WORDS[plan.form]}"
    return Change(said, instead(run, [new, *behind]), safe=not plan.doubt, imports=imports)


def _read_by_name(tree: Tree, around: ast.AST | None, call: cst.Call, name: str) -> Edits:
    """Edits that put a name in the place of a call; if the call is all that another gets, its brackets close up."""
    read = cst.Name(name)
    if isinstance(around, ast.Call) and len(around.args) == 1 and not around.keywords:
        outer = tree.expression(around, cst.Call)
        argument = outer.args[0]
        if argument.value is call and "#" not in tree.module.code_for_node(
            outer.with_deep_changes(argument, value=read)
        ):
            return {outer: outer.with_changes(args=[cst.Arg(read)], whitespace_before_args=cst.SimpleWhitespace(""))}
    return {call: read}


def guarded(file: File, tree: Tree, found: Acquisition, plan: Guard) -> Change:
    """The change that releases a resource, which is handed over in the end, if something raises before."""
    run = [tree.statement(statement) for statement in plan.body]
    release, imports = f"{plan.name}.{plan.method}()", tuple[Import, ...]()
    if plan.function:
        function = spelled(file.model, found.scope, *plan.function)
        release, imports = f"{function.code}({plan.name})", function.imports
    new = try_except(tree, run, [release, "raise"])
    said = "released where an exception leaves the function"
    return Change(said, instead(run, [new]), safe=not plan.doubt, imports=imports)


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
            above = [*line.leading_lines, *closed_up(inner)[0].leading_lines]
            body += [inner[0].with_changes(leading_lines=above), *inner[1:]]
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
