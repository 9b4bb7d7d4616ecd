"""What fixes change, and how changes are applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import libcst as cst

from .imports import Import, with_imports
from .tree import Node, Place, Tree

# Takes a statement out; what an empty line parts from it, and that line, stay above what follows.
GONE: cst.FlattenSentinel[cst.BaseStatement] = cst.FlattenSentinel([])
Replacement = cst.CSTNode | cst.FlattenSentinel[Any] | cst.RemovalSentinel


@dataclass(frozen=True)
class Change:
    """The cure of one finding.

    said: what was done, in words. edits: a node of the file -> what stands in its place. safe: do values, exceptions
    and the order of side effects stay on every path? imports: what the new code needs. dropped: names whose import at
    the top of the file goes if nothing reads them any more, with the comment on its line.
    """

    said: str
    edits: Mapping[cst.CSTNode, Replacement]
    safe: bool
    imports: tuple[Import, ...] = ()
    dropped: tuple[str, ...] = field(default=())


def overlap(tree: Tree, one: Change, other: Change) -> bool:
    """Do two changes touch the same code?"""
    spans = [tree.span(node) for node in other.edits]
    return any(_meet(tree.span(node), span) for node in one.edits for span in spans)


def _meet(one: tuple[Place, Place], other: tuple[Place, Place]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def apply(tree: Tree, changes: Iterable[Change]) -> str:
    """The text of the file with changes that don't overlap."""
    edits: dict[cst.CSTNode, Replacement] = {}
    imports: list[Import] = []
    dropped: set[str] = set()
    for change in changes:
        edits.update(change.edits)
        imports += change.imports
        dropped.update(change.dropped)
    return with_imports(replaced(tree.module, edits), imports, dropped).code


def replaced(node: Node, edits: Mapping[cst.CSTNode, Replacement]) -> Node:
    """A node with edits made inside of it."""
    new = node.visit(_Replace(edits)) if edits else node
    assert isinstance(new, type(node))
    return new


class _Replace(cst.CSTTransformer):
    def __init__(self, edits: Mapping[cst.CSTNode, Replacement]) -> None:
        super().__init__()
        self.edits = edits

    def on_visit(self, node: cst.CSTNode) -> bool:
        return node not in self.edits  # what is replaced was built from the nodes as they were

    def on_leave(self, original_node: cst.CSTNode, updated_node: cst.CSTNode) -> Replacement:  # type: ignore[override]
        if isinstance(original_node, (cst.Module, cst.IndentedBlock)):
            updated_node = updated_node.with_changes(body=self.closed_up(original_node.body, updated_node.body))  # type: ignore[attr-defined]
        return self.edits.get(original_node, updated_node)

    def closed_up(self, old: Sequence[cst.CSTNode], new: Sequence[cst.CSTNode]) -> list[cst.CSTNode]:
        """The statements of a block, with what stood apart above a statement that is GONE above what follows it."""
        body, at = list(new), 0
        apart: list[cst.EmptyLine] = []
        for statement in old:
            edit = self.edits.get(statement)
            if edit is GONE:
                apart = _joined(apart, _apart(statement.leading_lines))  # type: ignore[attr-defined]
            elif not isinstance(edit, cst.RemovalSentinel):
                if apart and at < len(body):
                    body[at] = body[at].with_changes(leading_lines=_joined(apart, body[at].leading_lines))  # type: ignore[attr-defined]
                apart = []
                at += len(edit) if isinstance(edit, cst.FlattenSentinel) else 1
        return body


def _apart(lines: Sequence[cst.EmptyLine]) -> list[cst.EmptyLine]:
    """What stands above a statement, up to the last empty line."""
    last = max((i for i, line in enumerate(lines) if line.comment is None), default=-1)
    return list(lines[: last + 1])


def _joined(above: Sequence[cst.EmptyLine], below: Sequence[cst.EmptyLine]) -> list[cst.EmptyLine]:
    """Lines that come to stand close to each other, with the empty lines of one of them between."""
    first = next((i for i, line in enumerate(below) if line.comment is not None), len(below))
    last = next((i for i in range(len(above), 0, -1) if above[i - 1].comment is not None), 0)
    return [*above[:last], *max(above[last:], below[:first], key=len), *below[first:]]
