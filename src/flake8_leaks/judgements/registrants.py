"""Which objects stay because they registered themselves with something that outlives them?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..knowledge.listeners import ADDS, ERROR, SAME, SHARED, UNDOERS
from ..model import Model, Scope
from ..rule import File
from .families import END, callers, ends
from .identity import is_immortal
from .pairing import is_kept, undone
from .pattern import Pattern
from .registrations import Registration, holds_self, is_strong, kind, method, registrations, root, target
from .repeats import ARRIVALS, IMPORT, repeats

PROCESS, MODULE, GIVEN = "process", "module", "given"
_SHARED = Pattern(SHARED, re.IGNORECASE)
_HOOK = Pattern(r"on_")  # called when something else ends
_USUAL = frozenset("close stop shutdown disconnect dispose aclose".split())
_MOST = 20  # how many values of a field are looked at
_FAR = 5  # how many names are looked through to find what a receiver is


class Registrant:
    """An object that registers itself.

    found: the registration. cls: its class. how: what is registered, as a phrase. life: how long that with which it is
    registered lives: PROCESS, MODULE or GIVEN. end: the method by which its objects end, "" if there is none.
    """

    __slots__ = ("cls", "end", "found", "how", "life")

    def __init__(self, found: Registration, cls: Scope, how: str, life: str, end: str) -> None:
        self.found = found
        self.cls = cls
        self.how = how
        self.life = life
        self.end = end


def staying(file: File) -> Iterator[Registrant]:
    """The registrations by which objects of the file's classes stay, and that nothing takes out."""
    model = file.model
    for found in registrations(file):
        around = method(model, found.scope)
        cls = model.method_of(around) if around is not None else None
        if around is None or cls is None or found.again not in (ADDS, SAME, ERROR) or is_kept(model, found):
            continue
        how = holds_self(model, found.callback, found.scope, cls)
        if not how or not is_strong(found, kind(model, found.callback, found.scope)):
            continue
        life = outliving(model, found)
        over = end_of(model, cls)
        if not life or (life == GIVEN and (not over or _is_ended(model, found, cls))):
            continue
        if _is_held_anyway(model, around, life, over) or (life == GIVEN and _is_called_back(model, found, cls, over)):
            continue
        if not is_single(model, cls, around) and not undone(file, found):
            yield Registrant(found, cls, how, life, over)


def _is_held_anyway(model: Model, around: Scope, life: str, over: str) -> bool:
    """Does a thread that nothing ends hold the object, started in the same function or in a method that it calls?"""
    if over or life != PROCESS:
        return False
    started = {model.function(scope) for call, scope in model.calls("Thread") if _runs_own_method(model, call, scope)}
    return around in started or any(
        model.runs(call.func, scope) in started
        for method_ in started
        if method_ is not None
        for call, scope in model.calls(method_.name)[:_MOST]
        if model.function(scope) is around
    )


def _runs_own_method(model: Model, call: ast.Call, scope: Scope) -> bool:
    """`Thread(target=self._loop)`"""
    target_ = next((k.value for k in call.keywords if k.arg == "target"), None)
    return isinstance(target_, ast.Attribute) and model.class_of(target_.value, scope) is not None


def _is_called_back(model: Model, found: Registration, cls: Scope, over: str) -> bool:
    """Is the end of the object itself called by what it registers with: `hub.on_close.add(self.stop)`? Then both end
    together."""
    nodes = model.family_members(cls, over) if over and target(model, found) is not None else []
    calls = (model.parent(node) for node, scope in nodes if scope is found.scope)
    return any(isinstance(call, ast.Call) and call.func not in (node for node, _ in nodes) for call in calls)


def end_of(model: Model, cls: Scope) -> str:
    """The method by which the objects of a class end, a public one first; "" if there is none."""
    names = [each.name for each in ends(model, cls) if not _HOOK.match(each.name)]
    return min(names, key=lambda name: (name.startswith("_"), name not in _USUAL, name), default="")


def outliving(model: Model, found: Registration) -> str:
    """How long what is registered with lives: PROCESS, MODULE or GIVEN; "" where it may die with the object."""
    receiver = target(model, found)
    return PROCESS if receiver is None else _life(model, receiver, found.scope)


def _life(model: Model, node: ast.expr, scope: Scope, far: int = _FAR) -> str:
    for left in range(far, 0, -1):
        first: ast.expr = node
        while isinstance(first, ast.Attribute):
            first = first.value
        if isinstance(first, ast.Call):
            name = getattr(first.func, "attr", getattr(first.func, "id", ""))
            if _SHARED.fullmatch(name):
                return MODULE
            if not isinstance(first.func, ast.Attribute) or first.args or not name.startswith("get"):
                return ""
            node = first.func.value
            continue
        owner = model.resolve(scope, first.id) if isinstance(first, ast.Name) else None
        if owner is None or not isinstance(first, ast.Name):
            return ""
        if owner is model.module:
            return MODULE
        cls = model.class_of(first, scope)
        if cls is not None:
            return _life_of_field(model, node, cls, left - 1)
        bindings = model.bindings(owner, first.id)
        if all(b.kind == "parameter" for b in bindings):
            # What arrives (`request.on("close", ...)`) goes again, with its listeners.
            return "" if first.id in ARRIVALS and getattr(node, "value", node) is first else GIVEN
        if len(bindings) != 1 or bindings[0].kind != "assign" or bindings[0].value is None:
            return ""
        node = bindings[0].value
        scope = model.scope(node)
    return ""


def _life_of_field(model: Model, node: ast.expr, cls: Scope, far: int) -> str:
    """`self.hub.changes`: is `self.hub` given from outside? A class attribute may be a descriptor, as signals are."""
    if not isinstance(node, ast.Attribute):
        return ""
    while isinstance(node.value, ast.Attribute):
        node = node.value
    place = model.attribute(cls, node.attr)
    if place is None or place.kind == "class attribute":
        return ""
    values = place.values[:_MOST]

    def look() -> str:
        lives = set()
        for value in values:
            value = value.values[0] if isinstance(value, ast.BoolOp) else value
            if not isinstance(value, ast.Constant):
                name = root(value)
                own = name is not None and model.class_of(name, model.scope(name)) is not None
                lives.add("" if own else _life(model, value, model.scope(value), far))
        return min(lives, default="")

    return model.keep(("life of field", model.family(cls)[0], node.attr), look)


def _is_ended(model: Model, found: Registration, cls: Scope) -> bool:
    """Does the class end what it was given, and its listeners with it: `self._socket.close()`?"""
    node: ast.expr | None = target(model, found)
    while isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
        node = node.value
    if not isinstance(node, ast.Attribute):
        return False
    attr = node.attr

    def look() -> bool:
        enders = (model.parent(member) for member, _ in model.family_members(cls, attr))
        names = (each.attr for each in enders if isinstance(each, ast.Attribute))
        return any(name == "cancel" or END.fullmatch(name) for name in names)

    return model.keep(("ended", model.family(cls)[0], attr), look)


# Code that ends with the process, and classes of which a process has one object.
_RUNS = Pattern(r"_*(run|main|serve_forever|mainloop|start_?ioloop)(_\w+)?")
_SINGLE = Pattern(r".*(App|Application|Singleton\w*|CLI)")


def is_single(model: Model, cls: Scope, around: Scope) -> bool:
    """Is there one object of the class for the whole process, or does a method run until the process ends?"""
    eldest = model.family(cls)[0]
    return bool(_RUNS.fullmatch(around.name)) or model.keep(("single", eldest), lambda: _is_made_once(model, cls))


def _is_made_once(model: Model, cls: Scope) -> bool:
    for each in model.family(cls):
        assert isinstance(each.node, ast.ClassDef)
        if "__new__" in each.bound and is_immortal(model, each):
            return True
        if any(name in each.bound for name in ("instance", "get_instance", "getInstance", "_instance", "__instance")):
            return True
        named = [each.name, *(model.dotted(base).rpartition(".")[2] for base in each.node.bases)]
        named += [model.dotted(keyword.value).rpartition(".")[2] for keyword in each.node.keywords]
        if any(_SINGLE.fullmatch(name) for name in named):
            return True
        if each.enclosing is not model.module:
            continue
        made = [
            (call, scope)
            for node, scope in model.references(model.module, each.name)
            if isinstance(call := model.parent(node), ast.Call) and call.func is node
        ]
        if any(repeats(model, scope).answer == IMPORT for _, scope in made):
            return True
        if made and all(_is_bound_globally(model, call, scope) for call, scope in made):
            return True
    return False


def _is_bound_globally(model: Model, call: ast.Call, scope: Scope) -> bool:
    """`global _client`, `_client = Client()`"""
    statement = model.parent(call)
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return any(isinstance(each, ast.Name) and model.resolve(scope, each.id) is model.module for each in targets)


def replaced_only(file: File) -> Iterator[tuple[ast.Call, Scope, str, str, str]]:
    """Registrations whose undo is kept on the object, and called only when the next one replaces it, though the class
    has an end: (call, class, field, undo, end)."""
    model = file.model
    if model.call_names.isdisjoint(UNDOERS):
        return
    fields: dict[tuple[Scope, str], dict[Scope, str]] = {}
    for name in UNDOERS:
        for call, scope in model.calls(name):
            field = call.func.value if isinstance(call.func, ast.Attribute) else None
            cls = model.class_of(field.value, scope) if isinstance(field, ast.Attribute) else None
            around = method(model, scope)
            if cls is not None and around is not None and isinstance(field, ast.Attribute):
                fields.setdefault((model.family(cls)[0], field.attr), {})[around] = name
    for (cls, attr), releasing in fields.items():
        place, end = model.attribute(cls, attr), end_of(model, cls)
        for value in place.values if place is not None and end and not end.startswith("_") else ():
            scope = model.scope(value)
            around = method(model, scope)
            if not isinstance(value, ast.Call) or around is None or set(releasing) != {around}:
                continue
            if END.fullmatch(around.name) or _reached(model, cls, around):
                continue
            if any(holds_self(model, argument, scope, cls) for argument in value.args) and not _hands_on(
                model, cls, attr
            ):
                yield value, cls, attr, releasing[around], end


def _reached(model: Model, cls: Scope, around: Scope) -> bool:
    """Does an end of the class call a method?"""
    return any(END.fullmatch(caller.name) for caller in callers(model, cls, around.name))


def _hands_on(model: Model, cls: Scope, attr: str) -> bool:
    """Is the undo given away, or called by itself?"""
    loads = [m for m in model.family_members(cls, attr) if isinstance(m.node.ctx, ast.Load)]  # type: ignore[attr-defined]
    return any(use.verb in ("argument", "return", "call", "display", "store") for use in model.trace(loads))


def missing(each: Registrant) -> str:
    """Why an object stays, as a phrase."""
    return f"{each.end}() does not take it out" if each.end else "nothing in this module takes it out"


def cure(each: Registrant) -> str:
    """The cheapest fix, in words."""
    if each.found.removal:
        return f"call {each.found.removal}() {'there' if each.end else 'when it is done'}"
    if each.found.undo:
        return "keep what it returns, and undo it"
    return "register a function that holds it weakly (weakref.WeakMethod)"
