"""Gives the memory a bound of 1024 results: `@cache` and `@lru_cache(maxsize=None)` become `@lru_cache(maxsize=1024)`.

Other memoizers get the size by the argument that they have for it; those that take a container of one's own are left,
save `cachetools.cached({})`.

Unsafe: with more than 1024 different arguments results are worked out again that were remembered before. A result may
then be another object than last time, and what the function does besides (a query, a line in a log) is done again.
"""

from __future__ import annotations

import ast

import libcst as cst

from ..judgements.memoizing import Memory
from ..judgements.memory_calls import reads_of
from ..judgements.memory_keys import grown_by_values
from ..model.binding import root_name
from ..rewriting.change import Change
from ..rewriting.expressions import keyword, with_argument
from ..rewriting.imports import Import, Spelling, spelled
from ..rewriting.tree import Tree
from ..rule import At, File, Unfixable

_SIZE = "1024"


def fix(file: File, at: At, tree: Tree) -> Change:
    memory = next(found for found, _ in grown_by_values(file) if found.node is at.node)
    inner = file.model.within(memory.function)
    if sum(scope in inner for _, scope in reads_of(file.model, memory)) > 1:
        raise Unfixable("the function calls itself in several places: with a bound it may compute the same without end")
    old, new, imports = _bounded(file, memory, tree)
    said = f"{memory.name}() now keeps {_SIZE} results"
    return Change(said, {old: new}, safe=False, imports=imports, dropped=(root_name(memory.settings),))


def _bounded(
    file: File, memory: Memory, tree: Tree
) -> tuple[cst.BaseExpression, cst.BaseExpression, tuple[Import, ...]]:
    """What to replace by what so that a memory gets a bound, and what must be imported for it."""
    settings, size = memory.settings, memory.size
    if memory.memoizer == "functools.cache":
        spelling = spelled(file.model, memory.owner, "functools", "lru_cache")
        name = settings.func if isinstance(settings, ast.Call) else settings
        return tree.value(name), _sized(spelling), spelling.imports
    if memory.argument == "cache":
        if memory.memoizer != "cachetools.cached" or not isinstance(size, ast.Dict) or size.keys:
            raise Unfixable(f"{memory.memoizer}() takes a container of your own: choose one with a bound")
        spelling = spelled(file.model, memory.owner, "cachetools", "LRUCache")
        return tree.value(size), _sized(spelling), spelling.imports
    if size is not None:
        return tree.value(size), cst.Integer(_SIZE), ()
    node = tree.value(settings)
    call = node if isinstance(node, cst.Call) else cst.Call(node)
    return node, with_argument(call, keyword(memory.argument, _SIZE)), ()


def _sized(spelling: Spelling) -> cst.Call:
    return with_argument(cst.Call(spelling.node), keyword("maxsize", _SIZE))
