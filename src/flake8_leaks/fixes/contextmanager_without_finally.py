"""What a context manager releases after its `yield` is released in `finally`.

When the block ends well, all runs in the order in which it ran before; when it raises, the release runs where it was
skipped. What stands between the `yield` and the release, such as a commit, still runs on success only. Unsafe all the
same: whether someone relies on what is still there behind an error (a folder with the log of what failed) is not in the
file, nor whether a release waits. Where nothing releases what is yielded, it is opened in a block, as for LEK501.
"""

from __future__ import annotations

from ..judgements.managing import late_releases, yields
from ..plans.acquired import acquired
from ..plans.blocks import block_of, index_in, statement_of
from ..plans.handing import is_but_a_call
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
        return enclosed(file, tree, found, span(file, found)._replace(doubt="the users of the manager are elsewhere"))
    ends = [statement_of(file.model, end) for end in late.ends]
    block = block_of(file.model, ends[0])
    starts = {index_in(file.model, block, node) for node in yields(late.scope)}
    first, last = (starts.pop() if len(starts) == 1 else None), block.index(ends[0])
    if len(ends) > 1 or first is None or first >= last:
        raise Unfixable("it yields or releases in several places; put a 'finally' around the yield")
    if not is_but_a_call(file.model, late.ends[0]):
        raise Unfixable("its release is part of a larger statement; put a 'finally' around the yield")
    run = [tree.statement(statement) for statement in block[first : last + 1]]
    return Change("released in 'finally'", instead(run, [released_last(tree, run[0], run)]), safe=False)
