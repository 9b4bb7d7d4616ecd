"""What a context manager releases after its `yield` is released in `finally`.

Safe: when the block ends well, all runs in the order in which it ran before; when it raises, the release runs where it
was skipped. What stands between the `yield` and the release, such as a commit, still runs on success only. Unsafe where
the release does more than give something back (a server that is stopped may wait, or drop what was to be drained),
where what is released may be someone else's, and where a name of the release may not be bound by then: `finally` would
raise another error. Where nothing releases what is yielded, it is opened in a block, as for LEK501.
"""

from __future__ import annotations

import ast

from ..judgements.managing import Late, late_releases, yields
from ..model import Model
from ..plans.acquired import acquired
from ..plans.blocks import block_of, index_in, statement_of
from ..plans.spans import span
from ..rewriting.blocks import instead, released_last
from ..rewriting.change import Change
from ..rewriting.closing import enclosed
from ..rewriting.tree import Tree
from ..rule import At, File, Unfixable


def fix(file: File, at: At, tree: Tree) -> Change:
    late = next(late for late in late_releases(file) if late.call is at.node)
    if not late.ends:
        found = acquired(file, at.node)
        return enclosed(file, tree, found, span(file, found))
    ends = [statement_of(file.model, end) for end in late.ends]
    block = block_of(file.model, ends[0])
    starts = {index_in(file.model, block, node) for node in yields(late.scope)}
    first, last = (starts.pop() if len(starts) == 1 else None), block.index(ends[0])
    if len(ends) > 1 or first is None or first >= last:
        raise Unfixable("it yields or releases in several places; put a 'finally' around the yield")
    run = [tree.statement(statement) for statement in block[first : last + 1]]
    edits = instead(run, [released_last(tree, run[0], run)])
    sure = late.only_gives_back and late.is_own and _is_bound_before(file.model, late, block[:first], ends[0])
    return Change("released in 'finally'", edits, safe=sure)


def _is_bound_before(model: Model, late: Late, before: list[ast.stmt], release: ast.stmt) -> bool:
    """Are the local names of a release bound by statements that surely ran, and by no others?"""
    words = {node.id for node in ast.walk(release) if isinstance(node, ast.Name)}
    bindings = [binding for word in words for binding in model.bindings(late.scope, word)]
    return all(b.kind == "parameter" or statement_of(model, b.node) in before for b in bindings)
