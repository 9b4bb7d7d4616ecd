"""Putting statements into a block of their own: `with`, `try`."""

from __future__ import annotations

import re
from collections.abc import Sequence

import libcst as cst

from ..rule import Unfixable
from .change import Replacement
from .tree import Statement, Tree

Edits = dict[cst.CSTNode, Replacement]


def block_of(tree: Tree, sibling: Statement, body: Sequence[Statement]) -> cst.IndentedBlock:
    """A block for statements that stood beside `sibling`, indented as the file does it there."""
    around = tree.block(sibling)
    indent = around.indent if isinstance(around, cst.IndentedBlock) else None
    return cst.IndentedBlock(body=body or [cst.SimpleStatementLine([cst.Pass()])], indent=indent)


def lines_of(suite: cst.BaseSuite) -> list[Statement]:
    """The statements of a block; none where it stands on the line of its head (`if a: b`)."""
    body = suite.body if isinstance(suite, cst.IndentedBlock) else ()
    return [each for each in body if isinstance(each, (cst.SimpleStatementLine, cst.BaseCompoundStatement))]


def closed_up(body: Sequence[Statement]) -> list[Statement]:
    """Statements that are to be the first of a block: no empty line stands above them, comments stay."""
    if not body:
        return []
    lines = list(body[0].leading_lines)
    while lines and lines[0].comment is None:
        del lines[0]
    return [body[0].with_changes(leading_lines=lines), *body[1:]]


def has_comment(statement: Statement) -> bool:
    """Does a comment stand above or behind a simple statement?"""
    behind = statement.trailing_whitespace.comment if isinstance(statement, cst.SimpleStatementLine) else None
    return behind is not None or any(line.comment is not None for line in statement.leading_lines)


def comments_of(statement: Statement) -> list[cst.EmptyLine]:
    """The comments close above and behind a simple statement, as lines; what tools read (`# noqa`) left out."""
    lines = list(statement.leading_lines)
    while any(line.comment is None for line in lines):
        del lines[0]
    behind = statement.trailing_whitespace.comment if isinstance(statement, cst.SimpleStatementLine) else None
    if behind is not None and not re.match(r"#\s*(noqa|type:|pylint:|pragma|nosec|fmt:|mypy:|pyright:)", behind.value):
        lines.append(cst.EmptyLine(comment=behind))
    return lines


def instead(statements: Sequence[Statement], new: Sequence[Statement]) -> Edits:
    """Edits that put new statements in the place of a run of old ones."""
    first, *rest = statements
    edits: Edits = dict.fromkeys(rest, cst.RemoveFromParent())
    edits[first] = new[0] if len(new) == 1 else cst.FlattenSentinel(new)
    return edits


def with_block(
    tree: Tree,
    sibling: Statement,
    head: cst.SimpleStatementLine,
    items: Sequence[cst.WithItem],
    body: Sequence[Statement],
    asynchronous: bool = False,
) -> cst.With:
    """A `with` statement over statements that stood beside `sibling`; `head` gives the comments above and behind."""
    return cst.With(
        items=items,
        body=block_of(tree, sibling, closed_up(body)).with_changes(header=head.trailing_whitespace),
        asynchronous=cst.Asynchronous() if asynchronous else None,
        leading_lines=head.leading_lines,
    )


def released_last(tree: Tree, sibling: Statement, body: Sequence[Statement]) -> cst.Try:
    """`try` over all but the last of some statements beside `sibling`; that one is simple and goes into `finally`.

    Where what stands before is a `try ... finally` itself, its `finally` gets one more; where the last is one, it grows
    upwards.
    """
    *before, last = body
    if isinstance(last, cst.Try):
        tried = lines_of(last.body)
        if last.handlers or last.orelse or not tried or not before:
            raise Unfixable("it is released on some ways only")
        if last.finalbody is None or len(last.finalbody.body.body) > 1:
            raise Unfixable("its 'finally' does more than to release it")
        above = [*last.leading_lines, *closed_up(tried)[0].leading_lines]
        first = tried[0].with_changes(leading_lines=above)
        whole = [before[0].with_changes(leading_lines=[]), *before[1:], first, *tried[1:]]
        return last.with_changes(body=last.body.with_changes(body=whole), leading_lines=before[0].leading_lines)
    if not before or not isinstance(last, cst.SimpleStatementLine):
        raise Unfixable("it is released on some ways only")
    if (
        len(before) == 1
        and isinstance(before[0], cst.Try)
        and (final := before[0].finalbody)
        and not before[0].handlers
    ):
        lines = lines_of(final.body)
        if lines:
            more = final.with_changes(body=final.body.with_changes(body=[*lines, *closed_up([last])]))
            return before[0].with_changes(finalbody=more)
    return cst.Try(
        body=block_of(tree, sibling, [before[0].with_changes(leading_lines=[]), *before[1:]]),
        finalbody=cst.Finally(block_of(tree, sibling, closed_up([last]))),
        leading_lines=before[0].leading_lines,
    )


def try_except(tree: Tree, body: Sequence[Statement], handler: Sequence[str]) -> cst.Try:
    """`try: body except BaseException: handler`, the handler given as lines of code."""
    lines = body[0].leading_lines
    statements = [cst.parse_statement(line, tree.module.config_for_parsing) for line in handler]
    return cst.Try(
        body=block_of(tree, body[0], [body[0].with_changes(leading_lines=[]), *body[1:]]),
        handlers=[
            cst.ExceptHandler(type=cst.Name("BaseException"), body=block_of(tree, body[0], statements)),
        ],
        leading_lines=lines,
    )
