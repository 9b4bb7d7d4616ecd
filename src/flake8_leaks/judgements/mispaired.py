"""Which removals miss what was added?

A registry finds a listener by identity or by ==. A fresh lambda or partial, a function that is defined anew and a new
handler object are other objects than those that were added; bound methods of one object compare equal.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator

from ..knowledge.listeners import HANDLER_REMOVALS, LISTENERS, REMOVES_BY_IDENTITY
from ..knowledge.values import PARTIALS
from ..model import LastNames, Model, Scope
from ..model.scope import CLASS, FUNCTION
from ..rule import File
from .pairing import Removal, is_kept, removals_by, tail, undone
from .pattern import Pattern
from .registrations import Registration, method, registrations

_BY_NAME = LastNames(REMOVES_BY_IDENTITY)
_CLASS = Pattern(r"_*[A-Z]\w*[a-z]\w*")


class Miss:
    """A removal that takes nothing out, or a registration that nothing can take out any more.

    node: where. scope: in which scope. name: what is called. why: why it misses, as a phrase. cure: in words.
    """

    __slots__ = ("cure", "name", "node", "scope", "why")

    def __init__(self, node: ast.AST, scope: Scope, name: str, why: str, cure: str) -> None:
        self.node = node
        self.scope = scope
        self.name = name
        self.why = why
        self.cure = cure


def misses(file: File) -> Iterator[Miss]:
    """The removals of a file that cannot find what was added."""
    said: set[ast.AST] = set()
    found = [*_fresh(file), *_others(file), *_looped(file)] if _removals(file) else []
    if registrations(file):
        found += _rebound(file)
    for miss in found:
        if miss.node not in said:
            said.add(miss.node)
            yield miss


def _removals(file: File) -> list[Removal]:
    """All calls that remove a handler which they are given."""
    return file.model.keep("removals", lambda: list(_found_removals(file.model)))


def _found_removals(model: Model) -> Iterator[Removal]:
    known = set()
    for call, scope, name in model.called(_BY_NAME):
        known.add(call)
        yield Removal(call, call, scope, name)
    for name in sorted(model.call_names & HANDLER_REMOVALS):
        for call, scope in model.calls(name):
            if isinstance(call.func, ast.Attribute) and (call.args or call.keywords) and call not in known:
                yield Removal(call, call, scope, name)


# -- a fresh object ------------------------------------------------------------------------------------------------


def _fresh(file: File) -> Iterator[Miss]:
    model = file.model
    for removal in _removals(file):
        assert removal.call is not None
        for handler in removal.handlers:
            why = _freshness(model, removal, handler)
            if why and (removal.name not in _VAGUE or _is_registered_here(file, removal)):
                name = model.dotted(removal.call.func) or removal.name
                yield Miss(removal.call, removal.scope, name, why, "keep what was added, and remove that")
                break


# Methods that may take a callback of another kind: to be told when it is done, or to choose what to remove.
_VAGUE = frozenset({"off", "unsubscribe", "disconnect", "unregister", "unobserve", "unbind"})


def _is_registered_here(file: File, removal: Removal) -> bool:
    """Does the file register something that a removal of this name undoes, for the same event?"""

    def look() -> dict[str, set[str]]:
        table: dict[str, set[str]] = {}
        for found in registrations(file):
            for way in found.undo:
                if not way.startswith("<result>"):
                    table.setdefault(tail(way), set()).add(found.event)
        return table

    events = file.model.keep("events by undo", look).get(removal.name, set())
    return bool(events) and (not removal.event or removal.event in events or "" in events)


def _freshness(model: Model, removal: Removal, handler: ast.expr) -> str:
    """Why an argument can be no object that was added before; "" where it may be."""
    if isinstance(handler, ast.Lambda):
        return "a new lambda is another object than the one that was added"
    if isinstance(handler, ast.Call):
        if model.qualnames(handler.func, removal.scope) & PARTIALS:
            return "a new partial is another object than the one that was added"
        if removal.name in _OBJECTS and _is_made(model, handler, removal.scope):
            made = getattr(handler.func, "attr", getattr(handler.func, "id", ""))
            return f"a new {made} is another object than the one that was added"
        return ""
    inner = model.defined(handler, removal.scope)
    if inner is None or inner.kind != FUNCTION or inner.enclosing is None or inner.enclosing.kind != FUNCTION:
        return ""
    if model.function(removal.scope) is not inner.enclosing:
        return ""
    users = [model.parent(node) for node, _ in model.references(inner.enclosing, inner.name)]
    if all(isinstance(user, ast.Call) and _removes(user, removal) for user in users):
        return f"{inner.name}() is defined anew, and is another object than the one that was added"
    return ""


_OBJECTS = frozenset(
    {"removeHandler", "removeFilter", "remove_handler", "remove_listener", "removeObserver", "remove_observer"}
)


def _removes(call: ast.Call, removal: Removal) -> bool:
    return getattr(call.func, "attr", getattr(call.func, "id", "")) == tail(removal.name)


def _is_made(model: Model, call: ast.Call, scope: Scope) -> bool:
    """Is an object made by a class that compares by identity?"""
    defined = model.defined(call.func, scope)
    if defined is not None:
        return defined.kind == CLASS and not any("__eq__" in each.bound for each in model.family(defined))
    names = model.qualnames(call.func, scope)
    return any(name.startswith("logging.") and _CLASS.fullmatch(name.rpartition(".")[2]) for name in names)


# -- another handler of the same object ----------------------------------------------------------------------------


def _others(file: File) -> Iterator[Miss]:
    """`disconnect(self.b)` on what only `self.a` was connected to."""
    model = file.model
    suspects = [removal for removal in _removals(file) if removal.name in _PAIRED]
    if not suspects:
        return
    rows = _by_receiver(file)
    added = {each.callback.attr for each in registrations(file) if isinstance(each.callback, ast.Attribute)}
    for removal in suspects:
        assert removal.call is not None
        cls, receiver = _own(model, removal.scope), _receiver(model, removal.call)
        handlers = [h for h in removal.handlers if _own_method(model, h, removal.scope)]
        if cls is None or not receiver or len(handlers) != 1 or handlers[0].attr in added:  # type: ignore[attr-defined]
            continue
        for found in rows.get(receiver, ()):
            if found.event != removal.event or removal.name not in found.undo or _own(model, found.scope) is not cls:
                continue
            if _own_method(model, found.callback, found.scope) and not undone(file, found):
                handler, other = handlers[0].attr, found.callback.attr  # type: ignore[attr-defined]
                if not _mentioned_as_value(model, handler, handlers[0]):
                    name = model.dotted(removal.call.func)
                    why = f"self.{other} was added, and not self.{handler}"
                    yield Miss(removal.call, removal.scope, name, why, f"remove self.{other}")
                    break


def _by_receiver(file: File) -> dict[str, list[Registration]]:
    """The first registrations with each receiver, as the code writes it."""

    def look() -> dict[str, list[Registration]]:
        table: dict[str, list[Registration]] = {}
        for found in registrations(file):
            row = table.setdefault(_receiver(file.model, found.call), [])
            if len(row) < _MOST:
                row.append(found)
        return table

    return file.model.keep("registrations by receiver", look)


_MOST = 50  # how many registrations with one receiver are compared
_PAIRED = {u for name, row in LISTENERS.items() if name.startswith(".") for u in row[2] if u.isidentifier()}


def _own(model: Model, scope: Scope) -> Scope | None:
    """The eldest class of the family whose method this is."""
    around = method(model, scope)
    cls = model.method_of(around) if around is not None else None
    return model.family(cls)[0] if cls is not None else None


def _receiver(model: Model, call: ast.Call) -> str:
    return model.dotted(call.func.value) if isinstance(call.func, ast.Attribute) else ""


def _own_method(model: Model, node: ast.expr, scope: Scope) -> bool:
    cls = model.class_of(node.value, scope) if isinstance(node, ast.Attribute) else None
    if cls is None or not isinstance(node, ast.Attribute):
        return False
    bound = [n for each in model.family(cls) for n in each.bound.get(node.attr, ())]
    return bool(bound) and all(isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef)) for n in bound)


def _mentioned_as_value(model: Model, attr: str, but: ast.expr) -> bool:
    """Is a method handed on anywhere else? Then it may have been added there."""
    for node in model.attribute_nodes(attr)[:_MOST]:
        parent = model.parent(node)
        called = isinstance(parent, ast.Call) and parent.func is node
        if node is not but and not called and not _is_removal_argument(parent):
            if isinstance(parent, (ast.Call, ast.keyword)) or model.class_of(node.value, model.scope(node)) is not None:
                return True
    return False


def _is_removal_argument(parent: ast.AST | None) -> bool:
    return isinstance(parent, ast.Call) and getattr(parent.func, "attr", "") in HANDLER_REMOVALS


# -- a loop over several signals with one handler ------------------------------------------------------------------


def _looped(file: File) -> Iterator[Miss]:
    """`for s in (a.x, a.y): s.disconnect(self.f)`, `for n in ("x", "y"): getattr(a, n).disconnect(self.f)`, where the
    signals were connected to different handlers."""
    model = file.model
    for removal in _removals(file):
        assert removal.call is not None
        if removal.name not in _PAIRED or not isinstance(removal.call.func, ast.Attribute):
            continue
        handlers = [h for h in removal.handlers if _own_method(model, h, removal.scope)]
        signals = _signals(model, removal.call.func.value, removal.scope) if len(handlers) == 1 else set()
        cls = _own(model, removal.scope)
        if cls is None or len(signals) < 2:
            continue
        handler = handlers[0].attr  # type: ignore[attr-defined]
        for signal, found in [(s, each) for s in sorted(signals) for each in _by_receiver(file).get(s, ())]:
            other = found.callback
            if _own(model, found.scope) is not cls:
                continue
            if _own_method(model, other, found.scope) and other.attr != handler:  # type: ignore[attr-defined]
                name = f"{signal}.{removal.name}"
                why = f"self.{other.attr} was added, and not self.{handler}"  # type: ignore[attr-defined]
                if not _is_removed_apart(file, found, removal):
                    yield Miss(removal.call, removal.scope, name, why, "pair each signal with its handler")
                    break


def _is_removed_apart(file: File, found: Registration, removal: Removal) -> bool:
    """Does another removal take out the handler itself?"""
    mine = found.callback.attr  # type: ignore[attr-defined]
    for other in removals_by(file, removal.name)[:_MOST]:
        if other.node is not removal.node:
            if (
                other.call is None
                or any(getattr(h, "attr", mine) == mine for h in other.handlers)
                or not other.handlers
            ):
                return True
    return False


def _signals(model: Model, node: ast.expr, scope: Scope) -> set[str]:
    """The signals, as the code writes them, that a loop variable goes through."""
    asked = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "getattr"
    arguments = node.args if isinstance(node, ast.Call) else []
    name = arguments[1] if asked and len(arguments) > 1 else node
    if not isinstance(name, ast.Name):
        return set()
    owner = model.resolve(scope, name.id)
    bound = model.bindings(owner, name.id) if owner is not None else []
    loop = model.parent(bound[0].node) if len(bound) == 1 and bound[0].kind == "loop" else None
    items = getattr(getattr(loop, "iter", None), "elts", [])
    if asked:
        names = [i.value for i in items if isinstance(i, ast.Constant) and isinstance(i.value, str)]
        return {f"{model.dotted(arguments[0])}.{name}" for name in names}
    return {model.dotted(i) for i in items if isinstance(i, ast.Attribute)}


# -- the undo is overwritten ---------------------------------------------------------------------------------------


def _rebound(file: File) -> Iterator[Miss]:
    """`self._undo = hub.subscribe(f)` twice in one block, with nothing in between that calls the first."""
    model = file.model
    for found in registrations(file):
        if not any(u.startswith("<result>") or u in _BY_TOKEN for u in found.undo) or not is_kept(model, found):
            continue
        statement = model.parent(found.call)
        if isinstance(statement, ast.Await):
            statement = model.parent(statement)
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        if len(targets) != 1 or not model.dotted(targets[0]):
            continue
        name = model.dotted(targets[0])
        for later in _following(model, statement):  # type: ignore[arg-type]
            if _reads(later, name):
                break
            if _assigns_registration(model, later, name, found):
                undo = model.dotted(found.call.func) or found.name
                why = f"'{name}' is bound anew to the next one before this one is undone"
                yield Miss(found.call, found.scope, undo, why, "keep both")
                break


_NEAR = 20  # how many statements further down an undo is looked for
_BY_TOKEN = frozenset({"mpl_disconnect"})


def _following(model: Model, statement: ast.stmt) -> list[ast.stmt]:
    """The next simple statements of the block."""
    around = model.parent(statement)
    for field in ("body", "orelse", "finalbody"):
        block = getattr(around, field, None)
        if isinstance(block, list):
            index = model.keep(("index", around, field), lambda block=block: {s: i for i, s in enumerate(block)})  # type: ignore[misc]
            if statement in index:
                after = block[index[statement] + 1 :][:_NEAR]
                return list(itertools.takewhile(lambda each: not hasattr(each, "body"), after))
    return []


def _assigns_registration(model: Model, statement: ast.stmt, name: str, found: Registration) -> bool:
    """Does a statement bind the name to what another call of the same method returns?"""
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return False
    value = statement.value.value if isinstance(statement.value, ast.Await) else statement.value
    if not isinstance(value, ast.Call) or model.dotted(statement.targets[0]) != name:
        return False
    return model.dotted(value.func).rpartition(".")[2] == model.dotted(found.call.func).rpartition(".")[2] != ""


def _reads(statement: ast.stmt, name: str) -> bool:
    last = name.rpartition(".")[2]
    return any(
        getattr(node, "attr", getattr(node, "id", "")) == last and isinstance(getattr(node, "ctx", None), ast.Load)
        for node in ast.walk(statement)
    )
