"""What the classes of a family have in common: their methods, their ends, who calls whom.

A family is a class with its bases and subclasses in the file. Each question is answered once a family.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TypeVar

from ..model import CLASS, Model, Reference, Scope
from .pattern import Pattern

T = TypeVar("T")

# Methods by which an object ends.
END = Pattern(
    r"_*(a|async_?|sync_?|on_|do_|safe_|force_)?"
    r"(close|stop|shut_?down|disconnect|clean_?up|terminate|tear_?down|dispose|release|quit|finalize|finish|destroy"
    r"|kill|exit|aexit|del|uninstall|deactivate|unload|unmount|hang_?up|log_?out|detach|end)"
    r"(_\w+)?_*"
)
# Methods in which an object gets its first values.
MAKERS = frozenset(
    """
    __init__ __new__ __post_init__ __attrs_post_init__ __setstate__ __init_subclass__ __set_name__ __cinit__ __copy__
    __deepcopy__
    """.split()
)
_LEAVES = frozenset({"__exit__", "__aexit__"})
# Bases that end nothing of their own.
_EMPTY_BASES = frozenset(
    """
    object abc.ABC typing.Generic typing.Protocol typing.NamedTuple enum.Enum builtins.object builtins.Exception
    """.split()
)


def _once(question: Callable[[Model, Scope], T]) -> Callable[[Model, Scope], T]:
    """Keep the answer for all classes of a family."""

    def ask(model: Model, cls: Scope) -> T:
        return model.keep((question.__name__, model.family(cls)[0]), lambda: question(model, cls))

    return ask


def callers(model: Model, cls: Scope, name: str) -> set[Scope]:
    """The methods of a family that read `self.name`."""
    table = model.keep(("callers", name), lambda: _callers(model, name))
    return table.get(model.family(cls)[0], set())


def _callers(model: Model, name: str) -> dict[Scope, set[Scope]]:
    """The eldest class of each family -> its methods that read `self.name`."""
    table: dict[Scope, set[Scope]] = {}
    for cls, references in model.own_members(name).items():
        for reference in references:
            function = reference.scope
            while model.method_of(function) is None and function.parent is not None:
                function = function.parent
            table.setdefault(model.family(cls)[0], set()).add(function)
    return table


@_once
def methods(model: Model, cls: Scope) -> list[Scope]:
    """The methods of a class and of its family in the file."""
    nodes = [n for each in model.family(cls) for ns in each.bound.values() for n in ns]
    return [s for n in nodes if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef)) and (s := model.opened(n))]


@_once
def ends(model: Model, cls: Scope) -> list[Scope]:
    """The methods by which the objects of a class end."""
    return [method for method in methods(model, cls) if END.fullmatch(method.name)]


@_once
def leaves(model: Model, cls: Scope) -> list[Scope]:
    """The methods that end a `with` block over an object of the class."""
    return [method for method in methods(model, cls) if method.name in _LEAVES]


@_once
def unknown_base(model: Model, cls: Scope) -> bool:
    """Does a class of the family inherit from one that another file defines?"""
    for each in model.family(cls):
        around = each.enclosing or model.module
        for base in each.node.bases:  # type: ignore[attr-defined]
            node = base.value if isinstance(base, ast.Subscript) else base
            if model.defined(node, around) is None and not model.qualnames(node, around) & _EMPTY_BASES:
                return True
    return False


@_once
def reads_all(model: Model, cls: Scope) -> bool:
    """Do methods of the class reach fields by names that are not in the code: `getattr(self, name)`, `vars(self)`?"""
    if model.family_members(cls, "__dict__"):
        return True
    for name in ("getattr", "vars"):
        for call, scope in model.calls(name):
            if call.args and (owner := model.class_of(call.args[0], scope)) is not None:
                constant = len(call.args) > 1 and isinstance(call.args[1], ast.Constant)
                if not constant and owner in model.family(cls):
                    return True
    return False


@_once
def reads(model: Model, cls: Scope) -> dict[Scope, list[tuple[str, Reference]]]:
    """Function -> the attributes of `self` that it reads, sets or deletes, with their names."""
    table: dict[Scope, list[tuple[str, Reference]]] = {}
    for each in model.family(cls):
        for attr, references in model.attributes(each).items():
            for reference in references:
                table.setdefault(reference.scope, []).append((attr, reference))
    return table


def only_made(model: Model, cls: Scope, function: Scope | None) -> bool:
    """Does a function run only while the object is made: a constructor, or a private helper that only those call?"""
    if function is None or function.name in MAKERS:
        return True
    if not function.name.startswith("_"):
        return False
    calling = [outermost(model, scope) for _, scope in model.family_members(cls, function.name)]
    return bool(calling) and all(caller is not None and caller.name in MAKERS for caller in calling)


def descends(model: Model, cls: Scope, base: Scope) -> bool:
    """Is one class of the file the other, or derived from it, near or far?"""
    todo, seen = [cls], {cls}
    for each in todo:
        if each is base:
            return True
        for node in each.node.bases:  # type: ignore[attr-defined]
            other = model.defined(node, each.enclosing or model.module)
            if other is not None and other.kind == CLASS and other not in seen:
                seen.add(other)
                todo.append(other)
    return False


def outermost(model: Model, scope: Scope) -> Scope | None:
    """The method, or function of the module, in which the code of a scope stands."""
    function = model.function(scope)
    around = _around(model, function)
    # In a deep nest each put would climb all of it.
    return function if around is None else model.keep(("outermost", function), lambda: _outermost(model, around))


def _outermost(model: Model, function: Scope) -> Scope:
    while (around := _around(model, function)) is not None:
        function = around
    return function


def _around(model: Model, function: Scope | None) -> Scope | None:
    """The function in which another one stands."""
    return model.function(function.parent) if function is not None and function.parent is not None else None
