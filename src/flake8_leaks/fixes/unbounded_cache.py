"""Makes of a dict in which a function remembers its results `@lru_cache(maxsize=1024)` on the function.

The dict goes, so nothing else in the file may use it, and the key must be made of all parameters as they are: then the
memoizer's key is the same. Comments on the lines that go are lost; those above the dict are kept above the function.

Unsafe: with more than 1024 keys results are worked out again that were remembered before, and once for each way in
which the same arguments are given (by position, by name). What the function takes for no result (`if value is None`)
is remembered, too. Other modules that read the dict break.
"""

from __future__ import annotations

import libcst as cst

from ..judgements import growth
from ..plans.recalling import recall
from ..rewriting.blocks import closed_up, comments_of
from ..rewriting.change import GONE, Change, Replacement
from ..rewriting.expressions import keyword, with_argument
from ..rewriting.imports import spelled
from ..rewriting.tree import Statement, Tree
from ..rule import At, File, Unfixable


def fix(file: File, at: At, tree: Tree) -> Change:
    leak = next(leak for leak in growth.leaks(file) if leak.use.site is at.node)
    found = recall(file.model, leak.place, leak.use.scope)
    function = cst.ensure_type(tree.statement(found.function), cst.FunctionDef)
    block = cst.ensure_type(function.body, cst.IndentedBlock)
    mapping = tree.statement(found.binding)
    line = cst.ensure_type(tree.statement(found.line), cst.SimpleStatementLine)
    result = tree.value(found.result)
    docstring = list(block.body[:1]) if function.get_docstring(clean=False) is not None else []
    if any(len(each.body) > 1 for each in docstring if isinstance(each, cst.SimpleStatementLine)):
        raise Unfixable("its docstring shares a line with another statement")
    compute = [tree.statement(each) for each in found.compute]
    last = line.with_changes(body=[cst.Return(result)])
    new = _led(closed_up([*compute, last]), block if docstring else None)
    spelling = spelled(file.model, file.model.module, "functools", "lru_cache")
    decorator = cst.Decorator(with_argument(cst.Call(spelling.node), keyword("maxsize", "1024")))
    memoized = function.with_changes(
        leading_lines=[*function.leading_lines, *comments_of(mapping)],
        decorators=[decorator],
        body=block.with_changes(body=[*docstring, *new]),
    )
    edits: dict[cst.CSTNode, Replacement] = {mapping: GONE, function: memoized}
    said = f"{found.function.name}() now keeps 1024 results with lru_cache"
    return Change(said, edits, safe=False, imports=spelling.imports)


def _led(body: list[Statement], block: cst.IndentedBlock | None) -> list[Statement]:
    """Statements behind the docstring of a block, with the empty lines that stand there."""
    lines = block.body[1].leading_lines if block is not None else ()  # type: ignore[attr-defined]
    empty = [line for line in lines if line.comment is None]
    return [body[0].with_changes(leading_lines=[*empty, *body[0].leading_lines]), *body[1:]]
