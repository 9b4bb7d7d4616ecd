"""What takes a registered callback out again?

A removal is paired with a registration by receiver, event and handler. What the code leaves open counts as a match: a
handler that is read from a table of registrations, an event in a variable, a removal that is handed on and called later
(`stack.callback(hub.off, "x", self.f)`).
"""

from __future__ import annotations

import ast
from typing import NamedTuple

from ..knowledge.listeners import CONTAINER_REMOVALS, LISTENERS, REMOVALS
from ..model import Model, Scope
from ..rule import File
from .pattern import Pattern
from .registrations import Registration, method, root

_REMOVAL = Pattern(REMOVALS)
_UNDO = {u.removesuffix("()").rpartition(".")[2] for row in LISTENERS.values() for u in row[2] if u[0] != "<"}


class Removal(NamedTuple):
    """A call that takes a callback out, by its name. call: None for a removal that is handed on uncalled."""

    node: ast.Attribute | ast.Call
    call: ast.Call | None
    scope: Scope
    name: str

    @property
    def handlers(self) -> list[ast.expr]:
        """The arguments that may be the handler."""
        arguments = [*self.call.args, *(k.value for k in self.call.keywords)] if self.call is not None else []
        return [a for a in arguments if not isinstance(a, ast.Constant)]

    @property
    def event(self) -> str:
        """The name of the event where the call gives it as text."""
        first = self.call.args[0] if self.call is not None and self.call.args else None
        value = first.value if isinstance(first, ast.Constant) else ""
        return value if isinstance(value, str) else ""


def tail(name: str) -> str:
    """The last part of a name in the table."""
    return name.removesuffix("()").rpartition(".")[2]


def removals(file: File, found: Registration) -> list[Removal]:
    """All calls and mentions in the file of what undoes a registration of this kind."""

    def look() -> list[Removal]:
        names = dict.fromkeys(tail(u) for u in found.undo if not u.startswith("<result>"))
        return [removal for name in names for removal in removals_by(file, name)]

    return file.model.keep(("removals", found.undo), look)


def removals_by(file: File, name: str) -> list[Removal]:
    """All calls and mentions in the file of a method or function of this name."""

    def look() -> list[Removal]:
        model = file.model
        called = {call.func: (call, scope) for call, scope in model.calls(name)}
        rows = [Removal(call, call, scope, name) for call, scope in called.values()]
        for node in model.attribute_nodes(name):
            if node not in called and isinstance(node.ctx, ast.Load):
                rows.append(Removal(node, None, model.scope(node), name))
        return rows

    return file.model.keep(("removals", name), look)


_MOST = 200  # how many removals are paired one by one: only generated code has more


def undone(file: File, found: Registration) -> bool:
    """Does anything in the file take out what is registered?"""
    model, callback = file.model, found.callback
    known = removals(file, found)
    if len(known) > _MOST or any(fits(model, found, removal) for removal in known):
        return True
    if not isinstance(callback, ast.Attribute):
        return False
    mine = _family(model, found.scope)
    known_by = frozenset(tail(u) for u in found.undo)

    def look() -> bool:
        nodes = (n for n in model.attribute_nodes(callback.attr) if _is_removed_by_name(model, n, known_by))
        return any(
            (cls := model.class_of(n.value, model.scope(n))) is None or model.family(cls)[0] is mine for n in nodes
        )

    return model.keep(("taken out", callback.attr, mine, known_by), look)


def _family(model: Model, scope: Scope) -> Scope | None:
    """The eldest class of the family in one of whose methods a scope lies."""
    around = method(model, scope)
    cls = model.method_of(around) if around is not None else None
    return model.family(cls)[0] if cls is not None else None


def fits(model: Model, found: Registration, removal: Removal) -> bool:
    """May this removal take out what is registered?"""
    if removal.name in CONTAINER_REMOVALS and not _same_container(model, found, removal):
        return False
    # What another class removes is its own affair, unless it names the handler.
    theirs = _family(model, removal.scope)
    elsewhere = theirs is not None and theirs is not _family(model, found.scope)
    if removal.call is None:
        return not elsewhere
    if found.event and removal.event and found.event != removal.event:
        return False
    handlers = removal.handlers
    if elsewhere:
        name = found.callback.attr if isinstance(found.callback, ast.Attribute) else ""
        handlers = [h for h in handlers if isinstance(h, ast.Attribute) and h.attr == name]
        return any(model.class_of(h.value, removal.scope) is None for h in handlers)  # type: ignore[attr-defined]
    return not handlers or any(_may_be(model, found, handler, removal.scope) for handler in handlers)


def _same_container(model: Model, found: Registration, removal: Removal) -> bool:
    """`loop.on_tick.add(f)` is taken out by `loop.on_tick.remove(f)`, not by `loop.remove(f)`."""
    mine, other = _owner(found.call), _owner(removal.node)
    if isinstance(other, ast.Name):
        owner = model.resolve(removal.scope, other.id)
        bound = model.bindings(owner, other.id) if owner is not None else []
        if removal.name in ("remove", "discard") and bound and bound[0].kind == "parameter":
            first = root(mine) if mine is not None else None
            return first is None or first.id != other.id  # a helper that is given the container
        other = bound[0].value if len(bound) == 1 else None
    return isinstance(mine, ast.Attribute) and isinstance(other, ast.Attribute) and mine.attr == other.attr


def _owner(node: ast.AST) -> ast.AST | None:
    func = node.func if isinstance(node, ast.Call) else node
    return func.value if isinstance(func, ast.Attribute) else None


def _may_be(model: Model, found: Registration, handler: ast.expr, scope: Scope) -> bool:
    """May an argument of a removal be the callback that was registered?"""
    mine = found.callback
    if isinstance(handler, (ast.Lambda, ast.Constant)) or _is_made(handler):
        return False
    if isinstance(handler, ast.Attribute) and isinstance(mine, ast.Attribute):
        if model.class_of(handler.value, scope) is not None and model.class_of(mine.value, found.scope) is not None:
            return handler.attr == mine.attr or not _is_function(model, handler, scope)
        return True
    if isinstance(handler, ast.Attribute) and isinstance(mine, ast.Name):
        return not _is_function(model, handler, scope)
    return True


def _is_made(node: ast.expr) -> bool:
    """`Handler(...)`"""
    name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
    return name.lstrip("_")[:1].isupper()


def _is_function(model: Model, node: ast.Attribute, scope: Scope) -> bool:
    """Is `self.name` a method of the family?"""
    cls = model.class_of(node.value, scope)
    bound = [n for each in model.family(cls) for n in each.bound.get(node.attr, ())] if cls is not None else []
    return any(isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef)) for n in bound)


def _is_removed_by_name(model: Model, node: ast.Attribute, known: frozenset[str]) -> bool:
    """Is a handler an argument of a call whose name says that it takes something out: `self._forget(self.f)`?

    known: names that are paired in full.
    """
    call = model.parent(node)
    if isinstance(call, ast.keyword):
        call = model.parent(call)
    if isinstance(call, ast.AugAssign):
        return isinstance(call.op, ast.Sub)
    if not isinstance(call, ast.Call) or call.func is node:
        return False
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    return name not in known and (name in _UNDO or bool(_REMOVAL.fullmatch(name)))


def is_kept(model: Model, found: Registration) -> bool:
    """Is the result of a registration kept, or handed on? It may be the undo."""
    for _, parent in model.ancestors(found.call):
        if isinstance(parent, ast.Await):
            continue
        return not isinstance(parent, ast.Expr)
    return False
