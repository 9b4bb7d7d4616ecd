"""What do the keys of a memory hold on to, and do they come to an end?

A memory is a leak where its keys never end: instances (the memoizer is on a method), other objects that are made for a
call and compare by identity, or plain values from input. A memory that the file empties is looked after.

Learned from the findings in 30 released packages. Objects: all of 11 memories without a bound were keyed by callables,
9 by those of the package's users, 2 by the package's own, which are few. Values: names of the program's own parts
(modules, languages, paths) were almost never worth a fix. Of 19 others 4 were false. Two functions imported, or looked
up in a constant table, what the key names: now silent. In two only the callers know that the keys are few.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from ..knowledge.memoizers import (
    FRAME,
    FRAME_ATTRIBUTES,
    FUNCTION,
    FUNCTION_NAMES,
    FUNCTION_TYPES,
    IDENTITY_NAMES,
    IDENTITY_TYPES,
    TEXT_METHODS,
    VALUE_TYPES,
)
from ..model import Model, Scope
from ..model.scope import CLASS
from ..rule import File
from . import keys
from .identity import compares_by_identity, is_made_per_call, runs_again, tail
from .memoizing import Memory, memories, stands_for
from .memory_calls import FEW, calls_of, gives, is_cleared
from .pattern import Pattern


class Key(NamedTuple):
    """A parameter of a memoized function, and what it takes: "a function", "a request", "an instance of Page"."""

    parameter: str
    kind: str


def pinned_instances(file: File) -> Iterator[Memory]:
    """Memoizers on methods, where they keep instances alive that would die otherwise."""
    return (memory for memory, _ in lasting_memories(file) if memory.cls is not None)


def pinned_arguments(file: File) -> Iterator[tuple[Memory, Key]]:
    """Memories whose keys are objects that are made for a call and compare by identity: such an entry never answers
    again, and it keeps the object with all that it holds."""
    return ((memory, key) for memory, key in lasting_memories(file) if key is not None)


def grown_by_values(file: File) -> Iterator[tuple[Memory, str]]:
    """Memories without a bound whose keys are plain values that the program doesn't bound, with the parameter."""
    model = file.model
    for memory, key in lasting_memories(file):
        if key is not None or memory.cls is not None or memory.bounded or not _meets_values(model, memory):
            continue
        calls = calls_of(model, memory)
        for arg in memory.parameters:
            if _is_value(model, memory.function, arg) and gives(model, calls, arg.arg) != FEW:
                yield memory, arg.arg
                break


def lasting_memories(file: File) -> list[tuple[Memory, Key | None]]:
    """The memories that the file doesn't empty, and the parameter that takes objects which compare by identity."""
    found: list[tuple[Memory, Key | None]] | None = file.kept.get("memories")
    if found is None:
        found = file.kept["memories"] = []
        for memory in memories(file.model):
            if not is_cleared(file, memory):
                found.append((memory, _object_key(file.model, memory)))
    return found


# -- objects ------------------------------------------------------------------------------------------------------


def _object_key(model: Model, memory: Memory) -> Key | None:
    """The parameter that takes objects which are made for a call, a frame before all others."""
    if memory.is_text or not runs_again(model, memory.function):
        return None
    calls, found = calls_of(model, memory), []
    for arg in memory.parameters:
        given = gives(model, calls, arg.arg)
        kind = _kind(model, memory.function, arg) or given
        if kind and given != FEW:
            found.append(Key(arg.arg, kind))
    return min(found, key=lambda key: key.kind != FRAME, default=None)


def _kind(model: Model, function: Scope, arg: ast.arg) -> str:
    """What a parameter takes, by its annotation, or by its name where that says nothing; "" for anything else.

    A class, a value and what the program can't make without end are nothing. A frame is known by what the function
    reads of it, as `frame` is also a table, a picture or a window.
    """
    heads = _meant(model, function, arg)
    for head, cls in heads:
        if cls is not None:
            if compares_by_identity(model, cls) and is_made_per_call(model, cls):
                return f"an instance of {head}"
        elif head in IDENTITY_TYPES:
            return IDENTITY_TYPES[head]
        elif head.endswith(FUNCTION_TYPES):
            return FUNCTION
    if not all(head in _ANYTHING or _TYPE_VARIABLE.fullmatch(head) for head, _ in heads):
        return ""
    read = model.members(function, arg.arg).keys()
    if not FRAME_ATTRIBUTES.isdisjoint(read):
        return FRAME
    if not TEXT_METHODS.isdisjoint(read):
        return ""
    if arg.arg.rpartition("_")[2] in FUNCTION_NAMES:
        return FUNCTION
    return IDENTITY_NAMES.get(arg.arg.lstrip("_"), "")


_ANYTHING = frozenset({"Any", "object", "Hashable", "None"})
_TYPE_VARIABLE = Pattern(r"_?[A-Z]{1,2}\d?|_?[A-Z]\w*T|_?T_[A-Z]\w*|_?[A-Z]+_co")
# What is looked into: the value is one of its parts, or is made of them.
_WRAPPERS = frozenset({"Optional", "Union", "Annotated", "Tuple", "tuple", "FrozenSet", "frozenset", "Final"})


def _meant(model: Model, function: Scope, arg: ast.arg) -> list[tuple[str, Scope | None]]:
    """The last names of an annotation, where the module gives one a meaning (`Dumps = Callable[..., str]`) those of
    that; and the class of this file that each means."""
    outer, found = function.parent or model.module, []
    for head in _heads(arg.annotation):
        name = ast.Name(head, ast.Load())
        value = stands_for(model, outer, name)
        for each in (_heads(value) if value is not name else []) or [head]:
            cls = model.defined(ast.Name(each, ast.Load()), outer)
            found.append((each, cls if cls is not None and cls.kind == CLASS else None))
    return found


def _heads(annotation: ast.expr | None) -> list[str]:
    """The last names of what an annotation is made of: `Callable[..., T] | None` -> Callable, None."""
    found: list[str] = []
    todo: list[ast.AST | None] = [annotation]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.BinOp):
            todo += [node.right, node.left]
        elif isinstance(node, ast.Subscript) and tail(node) in _WRAPPERS:
            parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            todo += reversed(parts[:1] if tail(node) == "Annotated" else parts)
        elif isinstance(node, ast.Constant):
            # Within quotes the names up to the first bracket count.
            text = str(node.value).strip().removeprefix("Optional[").removeprefix("Union[").partition("[")[0]
            found += [name.rpartition(".")[2] for name in re.findall(r"[\w.]+", text)]
        elif isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)):
            found.append(tail(node))
    return found


# -- values -------------------------------------------------------------------------------------------------------

# Memoized so that it says something once: as many entries as the program has texts.
_SAYS_ONCE = Pattern(r"_*(warn|deprecat|log_)|\w*_once$")
_IMPORTERS = ("import_module", "__import__")
_DEEP = 5  # how many levels a constant table may have


def _is_value(model: Model, function: Scope, arg: ast.arg) -> bool:
    """Does the parameter take plain values that input may bring, and not only so many?

    Not what another type says, as of flags and members; not what names the program's own make-up, or what must stand
    in a fixed table.
    """
    heads = _meant(model, function, arg)
    if heads and not any(h in VALUE_TYPES or (cls is None and _TYPE_VARIABLE.fullmatch(h)) for h, cls in heads):
        return False
    name = ast.Name(arg.arg, ast.Load())
    few = keys.is_bounded(model, function, name) or keys.is_few(model, function, name)
    return not few and not _is_looked_up(model, function, arg.arg)


def _is_looked_up(model: Model, function: Scope, name: str) -> bool:
    """`return UNITS[name]`: for what the constant doesn't hold it raises, and what raises is not remembered."""
    for node, _ in model.references(function, name):
        table = model.parent(node)
        if isinstance(table, ast.Subscript) and table.slice is node:
            caught = any(isinstance(parent, ast.Try) for _, parent in model.ancestors(table))
            for _ in range(_DEEP):
                table = table.value if isinstance(table, ast.Subscript) else table
            if not caught and tail(table).isupper():
                return True
    return False


def _meets_values(model: Model, memory: Memory) -> bool:
    """May a function meet any number of values? Not at import, not where it imports modules by their names."""
    importing = model.keep("importing", lambda: {model.function(s) for n in _IMPORTERS for _, s in model.calls(n)})
    says_once = _SAYS_ONCE.match(memory.name) is not None
    return not says_once and memory.function not in importing and runs_again(model, memory.function)
