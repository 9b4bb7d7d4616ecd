"""Which calls register a callback, what they register, and with whom?

Facts for the rules on listeners: a registration is told by the qualified name of what is called, or by the name of a
method together with an argument that can only be a callback.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from ..knowledge.listeners import (
    ADDS,
    CONTAINER_ADDS,
    CONTAINER_REMOVALS,
    CONTAINERS,
    LISTENERS,
    METHODS_WEAK,
    NEEDS_CALLABLE,
    PARAM_WEAK,
    PROCESS_WIDE,
    STRONG,
    WEAK,
)
from ..knowledge.resources import RETURNS
from ..knowledge.values import PARTIALS
from ..model import LastNames, Model, Scope
from ..model.binding import FUNCTIONS
from ..model.scope import CLASS, FUNCTION, LAMBDA
from ..rule import File
from .pattern import Pattern
from .repeats import CALLBACKS

FRESH, OWN_METHOD, METHOD, STABLE = "fresh", "own method", "method", "stable"

_METHODS = {name[1:]: name for name in LISTENERS if name.startswith(".")}
_TAILS = LastNames((name for name in LISTENERS if not name.startswith(".")), RETURNS)
_CONTAINER = Pattern(CONTAINERS)
_ROW_OF_CONTAINER = (STRONG, ADDS, CONTAINER_REMOVALS, "")


class Registration(NamedTuple):
    """A call that registers a callback.

    name: as in the table. callback: the expression that is registered. held, again, undo, once: as in the table.
    """

    call: ast.Call
    scope: Scope
    name: str
    callback: ast.expr
    held: str
    again: str
    undo: tuple[str, ...]
    once: str

    @property
    def event(self) -> str:
        """The name of the event where the call gives it as text."""
        first = self.call.args[0] if self.call.args else None
        value = first.value if isinstance(first, ast.Constant) else ""
        return value if isinstance(value, str) else ""

    @property
    def removal(self) -> str:
        """The first undo of the same receiver or module, "" where only the result undoes it, or nothing."""
        return next((u.removesuffix("()") for u in self.undo if not u.startswith("<result>")), "")


def registrations(file: File) -> list[Registration]:
    """All registrations of a file."""
    return file.model.keep("registrations", lambda: list(_registrations(file)))


def _registrations(file: File) -> Iterator[Registration]:
    model = file.model
    for call, scope, name, row in _calls(file):
        callback = _callback(model, call, scope, name)
        if callback is not None:
            yield Registration(call, scope, name, callback, *row)
    for verb in CONTAINER_ADDS:
        for call, scope in model.calls(verb):
            owner = call.func.value if isinstance(call.func, ast.Attribute) else None
            if isinstance(owner, ast.Attribute) and _CONTAINER.fullmatch(owner.attr) and len(call.args) == 1:
                if is_callable(model, call.args[0], scope):
                    yield Registration(call, scope, f".{verb}", call.args[0], *_ROW_OF_CONTAINER)


def _calls(file: File) -> Iterator[tuple[ast.Call, Scope, str, tuple[str, str, tuple[str, ...], str]]]:
    """Calls of the table, by qualified name where it is known, else by the method's name."""
    table, tails, methods = LISTENERS, _TAILS, _METHODS
    if file.options.listeners:
        table = {**LISTENERS, **{name: (STRONG, ADDS, cures, "") for name, cures in file.options.listeners.items()}}
        tails = LastNames((name for name in table if not name.startswith(".")), RETURNS)
        methods = {name[1:]: name for name in table if name.startswith(".")}
    known = set()
    for call, scope, name in file.model.called(tails):
        known.add(call)
        yield call, scope, name, table[name]
    for tail in sorted(file.model.call_names & methods.keys()):
        name = methods[tail]
        for call, scope in file.model.calls(tail):
            if call not in known and isinstance(call.func, ast.Attribute):
                yield call, scope, name, table[name]


def _callback(model: Model, call: ast.Call, scope: Scope, name: str) -> ast.expr | None:
    """The argument that is kept: a callable, or an object made for the purpose such as a log handler."""
    arguments = [*call.args, *(k.value for k in call.keywords if k.arg)]
    for argument in arguments:
        if is_callable(model, argument, scope):
            return argument
    if len(call.args) == 2 and isinstance(getattr(call.args[0], "value", None), str) and name.startswith("."):
        # An event's name, and what can only be its handler.
        return call.args[1] if isinstance(call.args[1], (ast.Name, ast.Attribute)) else None
    if name in NEEDS_CALLABLE:
        return None
    return arguments[0] if len(arguments) == 1 and isinstance(arguments[0], (ast.Name, ast.Call)) else None


def is_callable(model: Model, node: ast.expr, scope: Scope) -> bool:
    """Can an argument only be a callback?"""
    if isinstance(node, ast.Lambda):
        return True
    if isinstance(node, ast.Call):
        return bool(model.qualnames(node.func, scope) & PARTIALS)
    if isinstance(node, ast.Attribute):
        return isinstance(node.value, ast.Name) and (
            node.value.id in ("self", "cls") or node.attr.lstrip("_") in CALLBACKS or node.attr.startswith("on_")
        )
    if isinstance(node, ast.Name):
        defined = model.defined(node, scope)
        return (defined is not None and defined.kind == "function") or node.id in CALLBACKS
    return False


def is_container(found: Registration) -> bool:
    """Is a callback put into a container of listeners: `loop.on_tick.add(f)`?"""
    return found.undo is CONTAINER_REMOVALS


def kind(model: Model, callback: ast.expr, scope: Scope) -> str:
    """FRESH: another object at each call. METHOD: of an object that comes in. OWN_METHOD: of `self`. STABLE."""
    if isinstance(callback, (ast.Lambda, ast.Call)):
        return FRESH
    if isinstance(callback, ast.Attribute):
        found = root(callback)
        return METHOD if found is not None and found.id not in ("self", "cls") else OWN_METHOD
    if not isinstance(callback, ast.Name):
        return STABLE
    owner = model.resolve(scope, callback.id)
    if owner is None or owner is model.module:
        return STABLE
    kinds = {b.kind for b in model.bindings(owner, callback.id)}
    return STABLE if "parameter" in kinds else FRESH


def is_strong(found: Registration, what: str) -> bool:
    """Does the registry keep a callback of this kind alive?"""
    if found.held == WEAK or (found.held == METHODS_WEAK and what in (METHOD, OWN_METHOD)):
        return False
    return found.held != PARAM_WEAK or any(
        k.arg == "weak" and isinstance(k.value, ast.Constant) and k.value.value is False for k in found.call.keywords
    )


def root(node: ast.AST) -> ast.Name | None:
    """The name with which an attribute chain begins."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node if isinstance(node, ast.Name) else None


def target(model: Model, found: Registration) -> ast.expr | None:
    """What a callback is registered with; None for the registry of a module, such as that of `atexit`."""
    call = found.call
    if model.qualnames(call.func, found.scope) and not _is_object(model, call, found.scope):
        plain = not call.args or call.args[0] is found.callback or isinstance(call.args[0], ast.Constant)
        if plain or found.name in PROCESS_WIDE:
            return None
        return call.args[0]
    return call.func.value if isinstance(call.func, ast.Attribute) else call.func


def _is_object(model: Model, call: ast.Call, scope: Scope) -> bool:
    """Is the function that is called a method of an object that was imported: `from app import bus; bus.on(...)`?"""
    return isinstance(call.func, ast.Attribute) and not model.qualnames(call.func, scope) & LISTENERS.keys()


def method(model: Model, scope: Scope) -> Scope | None:
    """The method in whose code, or in whose inner functions, a scope lies."""
    here: Scope | None = scope
    while here is not None and here.kind != CLASS:
        if here.kind == FUNCTION and model.method_of(here) is not None:
            return here
        here = here.parent
    return None


def holds_self(model: Model, callback: ast.expr, scope: Scope, cls: Scope) -> str:
    """How a callback holds the object whose method registers it, as a phrase; "" where it doesn't."""
    if isinstance(callback, ast.Attribute):
        owner = model.class_of(callback.value, scope)
        return f"self.{callback.attr}" if owner is not None and _is_method(model, owner, callback.attr) else ""
    if isinstance(callback, ast.Name) and model.class_of(callback, scope) is not None:
        return "itself" if method(model, scope) is not None and callback.id != "cls" else ""
    if isinstance(callback, ast.Call):
        for argument in [*callback.args, *(k.value for k in callback.keywords)]:
            if model.qualnames(callback.func, scope) & PARTIALS and holds_self(model, argument, scope, cls):
                return "a partial over itself"
        return ""
    inner = model.opened(callback) if isinstance(callback, ast.Lambda) else model.defined(callback, scope)
    if inner is None or inner.kind not in (FUNCTION, LAMBDA):
        return ""
    around = method(model, inner)
    name = model.receiver(around) if around is not None and around is not inner else None
    if around is None or name is None or name == "cls":
        return ""
    if any(n.id == name and model.resolve(s, name) is around for s in model.within(inner) for n in s.names):
        return "a lambda over itself" if inner.kind == LAMBDA else f"{inner.name}(), which refers to it"
    return ""


def _is_method(model: Model, cls: Scope, attr: str) -> bool:
    """Is `self.attr` a bound method, by a definition in the file?"""
    for each in model.family(cls):
        for node in each.bound.get(attr, ()):
            decorators = getattr(node, "decorator_list", None)
            if not isinstance(node, FUNCTIONS) or decorators is None:
                return False
            names = {getattr(d, "id", getattr(d, "attr", "")) for d in decorators}
            return not names & {"staticmethod", "classmethod", "property", "cached_property"}
    return False
