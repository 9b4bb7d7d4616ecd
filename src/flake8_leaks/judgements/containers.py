"""What the uses of a container do to it: put in, take out, hand it away.

The names of verbs are those of `model.use.Use` and of the tables in `knowledge.containers`.
"""

from __future__ import annotations

import ast

from ..knowledge.containers import (
    COLLECTION_PUTS,
    COLLECTIONS,
    ELEMENT_PUTS,
    FIELDS,
    FILLING,
    LOOKERS,
    MAPPING_PUTS,
    MAPPINGS,
    PUSHERS,
    QUEUE_TAKES,
    TAKES,
)
from ..knowledge.lifetimes import WAITERS
from ..knowledge.values import READERS
from ..model import CLASS, Model, Place, Scope, Use
from ..rule import File
from .families import MAKERS

MAPPING, COLLECTION = "mapping", "collection"
# A class that defines one of these bounds itself, or may.
PUTS = MAPPING_PUTS | COLLECTION_PUTS | {"__setitem__", "__new__"}

# Functions that look at the container, wait for what is in it, or hand on what they read.
_HARMLESS = LOOKERS | WAITERS | READERS
# Verbs that hand the container itself to code we don't see.
_ESCAPES = frozenset("return yield display store alias unpack default raise other argument . .= with".split())


def container(file: File, place: Place) -> str | None:
    """MAPPING or COLLECTION when every value bound to the place is an unbounded container of that kind."""
    if len(place.values) == 1 and not isinstance(place.values[0], (ast.IfExp, ast.BoolOp)):
        kind = _kind(file, place.values[0], place.owner)
        return None if kind == "none" else kind
    # `self.x = other.x` binds the same place of another object.
    values = [value for value in place.values if getattr(value, "attr", "") != place.name]
    if place.kind == "attribute":
        # What a method binds later is a take-out, whatever it is.
        values = [value for value in values if _binds_at_birth(file.model, value)] or values
    for value in values:
        if isinstance(value, ast.IfExp):
            values += [value.body, value.orelse]
        elif isinstance(value, ast.BoolOp):
            values.append(value.values[-1])
    # `{} if x is None else x`: what was passed in is of the same kind.
    chosen = len(values) > len(place.values)
    kinds = {
        _kind(file, value, place.owner)
        for value in values
        if not isinstance(value, (ast.IfExp, ast.BoolOp)) and not (chosen and isinstance(value, ast.Name))
    }
    kinds.discard("none")
    return kinds.pop() if len(kinds) == 1 else None


def _binds_at_birth(model: Model, value: ast.expr) -> bool:
    function = model.function(model.scope(value))
    return function is None or function.name in MAKERS or isinstance(value, (ast.Dict, ast.List, ast.Set))


def _kind(file: File, value: ast.expr, scope: Scope) -> str | None:
    while isinstance(value, ast.BinOp):
        value = value.right  # `x + [item]`
    if isinstance(value, (ast.Dict, ast.DictComp)):
        return MAPPING
    if isinstance(value, (ast.List, ast.ListComp, ast.Set, ast.SetComp, ast.Tuple)):
        return COLLECTION
    if isinstance(value, ast.Constant):
        return "none" if value.value is None else COLLECTION if isinstance(value.value, (str, bytes)) else None
    if isinstance(value, ast.Call):
        names = file.model.qualnames(value.func, scope)
        if names & FIELDS:
            made = [k.value for k in value.keywords if k.arg in ("default_factory", "factory")]
            return _made(file, made[0], scope) if made else None
        if names & file.options.bounded:
            return None
        if names & MAPPINGS:
            return MAPPING
        for name in names & COLLECTIONS.keys():
            return None if _argument(value, COLLECTIONS[name]) else COLLECTION
        cls = file.model.defined(value.func, scope)
        if cls is not None and cls.kind == CLASS and not value.args and not any(name in PUTS for name in cls.bound):
            return next((kind for base in cls.node.bases if (kind := _made(file, base, cls.parent or scope))), None)  # type: ignore[attr-defined]
    return None


def _made(file: File, factory: ast.expr, scope: Scope) -> str | None:
    """The kind of container that a factory without arguments makes: `dict`, `lambda: defaultdict(list)`."""
    if isinstance(factory, ast.Lambda):
        return _kind(file, factory.body, scope)
    names = file.model.qualnames(factory, scope)
    return MAPPING if names & MAPPINGS else COLLECTION if names & COLLECTIONS.keys() else None


def _argument(call: ast.Call, bound: tuple[str, int] | None) -> bool:
    """Does the call give the argument that bounds the container (0, negative numbers and None don't)?"""
    if bound is None:
        return False
    name, position = bound
    given = [k.value for k in call.keywords if k.arg in (name, None)] + call.args[position : position + 1]
    return any(not (isinstance(v, ast.Constant) and not v.value) and not isinstance(v, ast.UnaryOp) for v in given)


def makes_container(file: File, put: Use) -> bool:
    """Does a put give its key a container: `x[k] = []`, `x.setdefault(k, set())`?"""
    value = value_put(file.model, put)
    return value is not None and _kind(file, value, put.scope) in (MAPPING, COLLECTION)


def value_put(model: Model, put: Use) -> ast.expr | None:
    """What a put stores under its key."""
    if put.verb == "[]=":
        return getattr(model.parent(put.site), "value", None)
    if put.verb == "setdefault" and isinstance(put.site, ast.Call) and len(put.site.args) == 2:
        return put.site.args[1]
    return None


def is_field(model: Model, place: Place) -> bool:
    """Is a class attribute the declaration of a field, which each object has for itself?"""
    return any(isinstance(v, ast.Call) and model.qualnames(v.func, place.owner) & FIELDS for v in place.values)


def is_put(model: Model, use: Use, kind: str, place: Place, fills: bool) -> bool:
    """Does this use add a key or an item, in code that runs after the import?"""
    function = model.function(use.scope)
    if function is None or (place.kind == "closure" and function is place.owner):
        return False
    if use.steps:
        return True
    if use.verb == "[]+=":
        return kind == MAPPING and fills  # a plain dict raises KeyError
    if use.verb == "[]=":
        return kind == MAPPING and not isinstance(getattr(use.site, "slice", None), ast.Slice)
    if use.verb == "=":
        return rebuilt(use.site, place) is not None
    if use.verb == "+=":
        return isinstance(use.site, ast.AugAssign) and isinstance(use.site.op, (ast.Add, ast.BitOr))
    if use.verb == "argument" and isinstance(use.site, ast.Call):
        return use.site.args[:1] == [use.node] and bool(model.qualnames(use.site.func, use.scope) & PUSHERS)
    return use.verb in (MAPPING_PUTS if kind == MAPPING else COLLECTION_PUTS)


def fills_by_reading(model: Model, place: Place) -> bool:
    """Does `x[key] += 1` add a missing key, as in a defaultdict or Counter?"""
    calls = [value for value in place.values if isinstance(value, ast.Call)]
    return any(
        not model.qualnames(call.func, place.owner).isdisjoint(FILLING) or _stores_missing(model, call, place.owner)
        for call in calls
    )


def stores_default(model: Model, place: Place) -> bool:
    """Does reading a missing key store it: in a defaultdict with a factory, or by a `__missing__` that stores?"""
    for value in place.values:
        if isinstance(value, ast.Call):
            if "collections.defaultdict" in model.qualnames(value.func, place.owner):
                return bool(value.args) and not isinstance(value.args[0], ast.Constant)
            if _stores_missing(model, value, place.owner):
                return True
    return False


def _stores_missing(model: Model, value: ast.Call, scope: Scope) -> bool:
    """Does the call make an object of a class of this file whose `__missing__` stores what it makes?"""
    cls = model.defined(value.func, scope)
    methods = cls.bound.get("__missing__", ()) if cls is not None and cls.kind == CLASS else ()
    method = model.opened(methods[0]) if methods else None
    return method is not None and any(
        where is method and isinstance(target, ast.Subscript) and model.class_of(target.value, where) is cls
        for target, where in model.stores
    )


def is_element_put(use: Use) -> bool:
    """`events[user_id].append(event)`"""
    return use.steps == 1 and use.verb in ELEMENT_PUTS and isinstance(use.node, ast.Subscript)


def rebuilt(statement: ast.AST, place: Place) -> ast.expr | None:
    """What an assignment adds that binds a container to a copy of itself with one thing more: `x = {**x, key: v}`,
    `x = x | {key: v}`, `x = [*x, item]`, `x = x + [item]`."""
    value = getattr(statement, "value", None)
    if isinstance(value, ast.BinOp) and isinstance(value.op, (ast.Add, ast.BitOr)) and _is(value.left, place):
        value = value.right
        parts: list[ast.expr | None] = getattr(value, "keys", None) or getattr(value, "elts", [])
        return next((part for part in parts if part is not None), None)
    if isinstance(value, ast.Dict) and None in value.keys and _is(value.values[value.keys.index(None)], place):
        return next((key for key in value.keys if key is not None), None)
    if isinstance(value, (ast.List, ast.Tuple, ast.Set)):
        if any(isinstance(e, ast.Starred) and _is(e.value, place) for e in value.elts):
            return next((e for e in value.elts if not isinstance(e, ast.Starred)), None)
    return None


def _is(node: ast.expr, place: Place) -> bool:
    return getattr(node, "attr", getattr(node, "id", "")) == place.name


def added(model: Model, use: Use, place: Place | None = None) -> ast.expr | None:
    """What a put adds: the key of a mapping, the item of another container."""
    if use.verb == "=" and place is not None:
        return rebuilt(use.site, place)
    site = use.node if use.steps else use.site
    if isinstance(site, ast.Subscript):
        return site.slice
    if isinstance(site, ast.Call):
        arguments = site.args[1:] if use.verb in ("argument", "insert") else site.args
        return arguments[0] if arguments else None
    return site.value if isinstance(site, ast.AugAssign) else None


def takes_out(file: File, use: Use, kind: str) -> bool:
    """Does this use take something out, empty the container, or look at its size (a guard)?"""
    if use.verb in QUEUE_TAKES and kind == COLLECTION:
        return True
    if use.verb == "=":
        return file.model.function(use.scope) is not None
    if use.verb == "+=":
        return True  # neither + nor |: what is left only shrinks
    if use.verb == "[]=":
        emptied = kind == COLLECTION and _is_nothing(getattr(file.model.parent(use.site), "value", None))
        return emptied or isinstance(getattr(use.site, "slice", None), ast.Slice)
    if use.verb == "argument":
        site = use.site
        if isinstance(site, ast.Call) and getattr(site.func, "id", "") == "len":
            return _is_compared(file.model, site, use.scope)
    if use.verb == ".":
        return getattr(use.site, "attr", "") in TAKES
    return use.verb in TAKES


def _is_nothing(value: ast.AST | None) -> bool:
    """`x[index] = None` gives a slot free."""
    return isinstance(value, ast.Constant) and value.value is None


def _is_compared(model: Model, size: ast.expr, scope: Scope) -> bool:
    """Is a size compared with another, also under a name?"""
    parent = model.parent(size)
    if isinstance(parent, ast.Assign) and isinstance(parent.targets[0], ast.Name):
        places = [model.parent(r.node) for r in model.references(scope, parent.targets[0].id)]
    else:
        places = [parent]
    return any(isinstance(p, ast.Compare) and isinstance(p.ops[0], (ast.Lt, ast.LtE, ast.Gt, ast.GtE)) for p in places)


def escapes(file: File, use: Use) -> bool:
    """Does the container itself get into the hands of code we don't see?"""
    if use.verb == "argument" and isinstance(use.site, ast.Call):
        return not file.model.qualnames(use.site.func, use.scope) & _HARMLESS
    return use.verb in _ESCAPES


def first_reads_of(uses: list[Use]) -> dict[Scope, int]:
    """The line of the first read by key in each scope."""
    lines: dict[Scope, int] = {}
    for use in uses:
        if use.verb in ("[]", "get"):
            line = use.site.lineno  # type: ignore[attr-defined]
            lines[use.scope] = min(line, lines.get(use.scope, line))
    return lines


def is_drain(model: Model, use: Use, first_reads: dict[Scope, int]) -> bool:
    """`items = x[key]; x[key] = []`: what was collected under the key is taken."""
    if use.verb != "[]=" or use.scope not in first_reads:
        return False
    statement = model.parent(use.site)
    value = statement.value if isinstance(statement, ast.Assign) else None
    empty = isinstance(value, (ast.List, ast.Dict)) and not (
        getattr(value, "elts", None) or getattr(value, "keys", None)
    )
    nothing = isinstance(value, ast.Constant) and value.value is None
    return (empty or nothing) and first_reads[use.scope] < use.site.lineno  # type: ignore[attr-defined]
