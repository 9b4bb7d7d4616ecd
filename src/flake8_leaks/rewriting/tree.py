"""The concrete syntax tree of a file, and which of its nodes stands for a node of the model."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TypeVar

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from ..rule import Unfixable

Node = TypeVar("Node", bound=cst.CSTNode)
Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement
Place = tuple[int, int]  # line from 1, column from 0 in characters


class Tree:
    """One file as libcst sees it.

    module: the tree. lines: the text, a line an item, as `ast` numbers them.
    """

    def __init__(self, module: cst.Module, lines: Sequence[str]) -> None:
        self.module = module
        self.lines = lines
        # Nothing was added to the tree, so no node stands in it twice and it needs no copy.
        wrapper = MetadataWrapper(module, unsafe_skip_copy=True)
        self._spans = wrapper.resolve(PositionProvider)
        self._at: dict[Place, list[cst.CSTNode]] = {}
        for node, span in self._spans.items():
            self._at.setdefault((span.start.line, span.start.column), []).append(node)
        self._blocks: dict[cst.CSTNode, cst.IndentedBlock | cst.Module] = {}
        for block in (module, *self._spans):
            if isinstance(block, (cst.IndentedBlock, cst.Module)):
                self._blocks.update(dict.fromkeys(block.body, block))

    def span(self, node: cst.CSTNode) -> tuple[Place, Place]:
        """Where a node of the file begins and ends."""
        span = self._spans[node]
        return (span.start.line, span.start.column), (span.end.line, span.end.column)

    def column(self, line: int, byte: int) -> int:
        """The column in characters of one that `ast` counts in UTF-8 bytes."""
        text = self.lines[line - 1]
        return byte if text.isascii() else len(text.encode("utf-8", "surrogatepass")[:byte].decode("utf-8", "replace"))

    def expression(self, node: ast.expr, kind: type[Node]) -> Node:
        """The expression of a kind that stands for an expression of the model; Unfixable where it isn't found."""
        start = node.lineno, self.column(node.lineno, node.col_offset)
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        end = node.end_lineno, self.column(node.end_lineno, node.end_col_offset)
        for found in self._at.get(start, ()):
            if isinstance(found, kind) and self.span(found)[1] == end:
                return found
        raise Unfixable("its code could not be found again")

    def value(self, node: ast.expr) -> cst.BaseExpression:
        """The expression, of whatever kind, that stands for one of the model; Unfixable where it isn't found."""
        return self.expression(node, cst.BaseExpression)  # type: ignore[type-abstract]

    def outermost(self, node: ast.expr, kind: type[Node]) -> Node:
        """The outermost node of a kind that begins where an expression of the model does."""
        start = node.lineno, self.column(node.lineno, node.col_offset)
        found = next((each for each in self._at.get(start, ()) if isinstance(each, kind)), None)
        if found is None:
            raise Unfixable("its code could not be found again")
        return found

    def statement(self, node: ast.stmt) -> Statement:
        """The line or compound statement for a statement of the model.

        Unfixable where it shares its line with others (`a = 1; b = 2`) or with the head of its block (`if a: b = 2`).
        """
        start = node.lineno, self.column(node.lineno, node.col_offset)
        for found in self._at.get(start, ()):
            if isinstance(found, cst.SimpleStatementLine) and len(found.body) == 1:
                return found
            if isinstance(found, cst.BaseCompoundStatement):
                return found
        raise Unfixable("its statement shares a line with another")

    def block(self, statement: Statement) -> cst.IndentedBlock | cst.Module:
        """The block in which a statement stands."""
        return self._blocks[statement]
