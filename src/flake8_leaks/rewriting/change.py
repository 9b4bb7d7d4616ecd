"""What fixes change, and how changes are applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import libcst as cst

from .imports import Import, with_imports
from .tree import Node, Place, Tree

Replacement = cst.CSTNode | cst.FlattenSentinel[Any] | cst.RemovalSentinel


@dataclass(frozen=True)
class Change:
    """The cure of one finding.

    said: what was done, in words. edits: a node of the file -> what stands in its place. safe: do values, exceptions
    and the order of side effects stay on every path? imports: what the new code needs. dropped: names whose import at
    the top of the file goes if nothing reads them any more.
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
        return self.edits.get(original_node, updated_node)
