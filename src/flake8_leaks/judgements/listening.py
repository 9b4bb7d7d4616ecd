"""Which registrations pile up?

A registration leaks when it runs again and again, adds one more entry each time, holds it strongly, with something
that outlives the call, and nothing in the file takes it out.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from ..knowledge.listeners import (
    ADDS,
    LISTENERS,
    METHODS_WEAK,
    NEEDS_CALLABLE,
    PARAM_WEAK,
    SAME,
    STRONG,
    WEAK,
)
from ..knowledge.resources import RETURNS
from ..knowledge.values import PARTIALS
from ..model import Model, Scope, by_last_name
from ..rule import File
from .repeats import ARRIVALS, CALLBACKS, MANY, repeats

FRESH, OWN_METHOD, METHOD, STABLE = "fresh", "own method", "method", "stable"


class Registration(NamedTuple):
    """A call that registers a callback, in code that repeats.

    name: as in the table. callback: the expression that is registered. undo: what would remove it, as in the table.
    once: the once-only variant, "" if there is none.
    """

    call: ast.Call
    scope: Scope
    name: str
    callback: ast.expr
    undo: tuple[str, ...]
    once: str


def piling(file: File) -> Iterator[Registration]:
    """The registrations of a file that add one more listener each time they run, and that nothing removes."""
    for call, scope, name, row in _registrations(file):
        held, again, undo, once = row
        callback = _callback(file.model, call, scope, name)
        if callback is None or not _repeats(file.model, scope):
            continue
        kind = _kind(file.model, callback, scope)
        if again not in (ADDS, SAME) or (again == SAME and kind not in (FRESH, METHOD)):
            continue
        if (
            held == WEAK
            or (held == METHODS_WEAK and kind in (METHOD, OWN_METHOD))
            or (held == PARAM_WEAK and not _strong(call))
        ):
            continue
        if not _outlives(file.model, call, scope, callback) or _kept_or_guarded(file.model, call):
            continue
        function = file.model.function(scope)
        if function is not None and file.model.keep(("flagged", function), partial(_flagged, file.model, function)):
            continue
        if not any(file.model.mentions(_tail(u)) for u in undo if not u.startswith("<result>")):
            yield Registration(call, scope, name, callback, undo, once)


def _registrations(file: File) -> Iterator[tuple[ast.Call, Scope, str, tuple[str, str, tuple[str, ...], str]]]:
    """Calls of the table, by qualified name where it is known, else by the method's name."""
    own = {name: (STRONG, ADDS, cures, "") for name, cures in file.options.listeners.items()}
    table = {**LISTENERS, **own} if own else LISTENERS
    tails = by_last_name(n for n in table if not n.startswith(".")) if own else _TAILS
    known = set()
    for call, scope, name in file.model.called(tails, RETURNS):
        known.add(call)
        yield call, scope, name, table[name]
    more = {name[1:]: name for name in own if name.startswith(".")}
    for tail, name in {**_METHODS, **more}.items() if more else _METHODS.items():
        for call, scope in file.model.calls(tail):
            if call not in known and isinstance(call.func, ast.Attribute):
                yield call, scope, name, table[name]


_METHODS = {name[1:]: name for name in LISTENERS if name.startswith(".")}
_TAILS = by_last_name(name for name in LISTENERS if not name.startswith("."))


def _tail(name: str) -> str:
    return name.removesuffix("()").rpartition(".")[2]


def _callback(model: Model, call: ast.Call, scope: Scope, name: str) -> ast.expr | None:
    """The argument that is kept: a callable, or an object made for the purpose such as a log handler."""
    arguments = [*call.args, *(k.value for k in call.keywords if k.arg)]
    for argument in arguments:
        if _is_callable(model, argument, scope):
            return argument
    if len(call.args) == 2 and isinstance(getattr(call.args[0], "value", None), str) and name.startswith("."):
        # An event's name, and what can only be its handler.
        return call.args[1] if isinstance(call.args[1], (ast.Name, ast.Attribute)) else None
    if name in NEEDS_CALLABLE:
        return None
    return arguments[0] if len(arguments) == 1 and isinstance(arguments[0], (ast.Name, ast.Call)) else None


def _is_callable(model: Model, node: ast.expr, scope: Scope) -> bool:
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


def _kind(model: Model, callback: ast.expr, scope: Scope) -> str:
    """FRESH: another object at each call. METHOD: of an object that comes in. OWN_METHOD: of `self`. STABLE."""
    if isinstance(callback, (ast.Lambda, ast.Call)):
        return FRESH
    if isinstance(callback, ast.Attribute):
        root = _root(callback)
        return METHOD if root is not None and root.id not in ("self", "cls") else OWN_METHOD
    assert isinstance(callback, ast.Name)
    owner = model.resolve(scope, callback.id)
    if owner is None or owner is model.module:
        return STABLE
    kinds = {b.kind for b in model.bindings(owner, callback.id)}
    return STABLE if "parameter" in kinds else FRESH


def _repeats(model: Model, scope: Scope) -> bool:
    """Does the registration run once a request, event or message? Without such a sign most are set-up code: of 22
    registrations that were read in 30 released packages none piled up."""
    return model.function(scope) is not None and repeats(model, scope).answer == MANY


def _outlives(model: Model, call: ast.Call, scope: Scope, callback: ast.expr) -> bool:
    """Does what is registered with live longer than the call? What the function made itself does not."""
    target: ast.expr = call.func
    if model.qualnames(call.func, scope):
        # A function of a module: its registry is the process's, or belongs to its first argument.
        if not call.args or call.args[0] is callback or isinstance(call.args[0], ast.Constant):
            return True
        target = call.args[0]
    root = _root(target)
    if root is None:
        return False
    owner = model.resolve(scope, root.id)
    if owner is None or owner is model.module:
        return True
    # What arrives (`request.on("close", ...)`) goes again, with its listeners.
    arrived = root.id in ARRIVALS and isinstance(target, ast.Attribute) and target.value is root
    return not arrived and all(b.kind == "parameter" for b in model.bindings(owner, root.id))


def _root(node: ast.expr) -> ast.Name | None:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node if isinstance(node, ast.Name) else None


def _strong(call: ast.Call) -> bool:
    return any(k.arg == "weak" and isinstance(k.value, ast.Constant) and k.value.value is False for k in call.keywords)


# Arguments that make a registration fire once, replace its like, or end with a token.
_TOKENS = frozenset({"once", "unique_id", "dispatch_uid", "replace_existing", "signal", "cancel_token"})


def _kept_or_guarded(model: Model, call: ast.Call) -> bool:
    """Is the result kept (it may be the undo), is it a once-only registration, or does a test keep it from running
    twice?"""
    if any(k.arg in _TOKENS for k in call.keywords):
        return True
    for child, parent in model.ancestors(call):
        if isinstance(parent, (ast.Expr, ast.Await)):
            continue
        if isinstance(parent, ast.If) and child in parent.body and _asks_whether_done(parent.test):
            return True
        if isinstance(parent, (ast.expr, ast.withitem, ast.Assign, ast.AnnAssign, ast.Return)):
            return True
    return False


def _asks_whether_done(test: ast.expr) -> bool:
    """`if not x:`, `if x is None:`, `if k not in x:`, `if len(x) == 0:`"""
    if isinstance(test, ast.Compare):
        counted = isinstance(test.left, ast.Call) and getattr(test.left.func, "id", "") == "len"
        return counted or isinstance(test.ops[0], (ast.Is, ast.NotIn))
    return isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)


def _flagged(model: Model, function: Scope) -> bool:
    """`if self.connected: return`, and further down `self.connected = True`"""
    body = getattr(function.node, "body", [])
    tests = [s.test for s in body if isinstance(s, ast.If) and isinstance(s.body[-1], ast.Return)]
    flags = {model.dotted(test) for test in tests} - {""}
    stores = [t for s in body if isinstance(s, ast.Assign) for t in s.targets]
    return any(model.dotted(target) in flags for target in stores)


def cure(found: Registration) -> str:
    """The cheapest fix, in words."""
    removal = next((u for u in found.undo if not u.startswith("<result>")), "")
    removal = removal.removesuffix("()")
    if found.once:
        return f"use {found.once}() if it is to fire once, or remove it with {removal}()"
    if removal:
        return f"register once at start-up, or remove it with {removal}()"
    if found.undo:
        return "keep what it returns and undo it when done"
    return "it cannot be undone: register once, at import"
