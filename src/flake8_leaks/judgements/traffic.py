"""What goes into a container that outlives the call, what comes out, and who else gets hold of it.

Facts for the rules of the families LEK1 and LEK2: the places are found from the puts, so that a file which puts nothing
into a long-lived container costs next to nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..knowledge.containers import COLLECTION_PUTS, ELEMENT_PUTS, FILLING, LOOKERS, MAPPING_PUTS, PUSHERS
from ..knowledge.lifetimes import WAITED_FOR
from ..model import LastNames, Model, Place, Scope, Use
from ..model.binding import FUNCTIONS, last_name
from ..model.place import INSTANCE
from ..rule import File
from .containers import (
    MAPPING,
    container,
    escapes,
    fills_by_reading,
    first_reads_of,
    is_drain,
    is_element_put,
    is_field,
    is_put,
    rebuilt,
    stores_default,
    takes_out,
)
from .families import MAKERS
from .repeats import decorates

# Verbs that read a container as a whole: then what it collects is its product, as in a registry.
_BULK = frozenset({"values", "items", "keys", "iterate", "copy"})
_PUTS = (MAPPING_PUTS | COLLECTION_PUTS) - {"[]=", "[]+="}
_PUSHED = LastNames(PUSHERS)
_FILLING = LastNames(FILLING)


class Traffic(NamedTuple):
    """The uses of one container, sorted by what they do to it.

    kind: MAPPING or COLLECTION. puts: what adds a key or an item. takes: what removes one, empties it, binds it anew
    or compares its size. escapes: what hands it to code we don't see. bulk: what reads it as a whole. reads: what
    reads it by key. inner: what is done to its elements. lookups: reads that store a default for a missing key.
    drained: is what was collected under a key taken on the way?
    """

    place: Place
    kind: str
    fills: bool
    puts: list[Use]
    takes: list[Use]
    escapes: list[Use]
    bulk: list[Use]
    reads: list[Use]
    inner: list[Use]
    lookups: list[Use]
    drained: bool


def containers(file: File) -> list[Traffic]:
    """The long-lived containers into which code of this file puts something, with all that is done to them."""
    return file.model.keep("traffic", lambda: _containers(file))


def _containers(file: File) -> list[Traffic]:
    found = []
    for place in _places(file.model):
        traffic = _traffic(file, place)
        if traffic is not None:
            found.append(traffic)
    return found


def _places(model: Model) -> Iterator[Place]:
    """The places into which something is put, each once."""
    known: set[tuple[str, Scope, str]] = set()
    seen: set[tuple[Scope, str]] = set()
    for node, scope in _receivers(model):
        if isinstance(node, ast.Name):
            if (scope, node.id) in seen:
                continue
            seen.add((scope, node.id))
        place = model.held(node, scope)
        if place is None or (key := (place.kind, place.owner, place.name)) in known:
            continue
        known.add(key)
        if place.kind != "closure" or decorates(model, place.owner):
            yield place


def _receivers(model: Model) -> Iterator[tuple[ast.expr, Scope]]:
    """(expression, scope) of everything that a function may put into, also by reading."""
    for target, scope in model.stores:
        if model.function(scope) is not None:
            yield (target.value if isinstance(target, ast.Subscript) else target), scope
    for name in sorted(model.call_names & _PUTS):
        for call, scope in model.calls(name):
            if isinstance(call.func, ast.Attribute) and model.function(scope) is not None:
                yield call.func.value, scope
    for call, scope, _ in model.called(_PUSHED):
        if call.args and model.function(scope) is not None:
            yield call.args[0], scope
    for scope in model.declaring:
        for name, word in scope.declared.items():  # type: ignore[union-attr]
            if word == "global" and isinstance(bound := model.module.bound.get(name, [None])[0], ast.Name):
                yield bound, model.module  # a copy with one thing more may be bound to it
    for call, scope in _filled(model) if model.classes or model.may_call(_FILLING) else ():
        for target in model.bound_to(call):
            yield target, scope


def _filled(model: Model) -> Iterator[tuple[ast.Call, Scope]]:
    """The calls that make a mapping which stores what it doesn't find."""
    for call, scope, _ in model.called(_FILLING):
        yield call, scope
    for cls in model.classes:
        if "__missing__" in cls.bound:
            yield from model.calls(cls.name)


def _traffic(file: File, place: Place) -> Traffic | None:
    kind = container(file, place)
    if kind is None:
        return None
    if place.kind == "class attribute" and is_field(file.model, place):
        place = place._replace(kind="attribute", lifetime=INSTANCE)
    fills = fills_by_reading(file.model, place)
    traffic = Traffic(place, kind, fills, [], [], [], [], [], [], [], False)
    own: list[Use] = []
    for use in file.model.uses(place):
        if use.steps:
            traffic.inner.append(use)
        if not use.steps or (fills and is_element_put(use)):
            own.append(use)
    _sort(file, traffic, own)
    if not traffic.puts and not traffic.lookups:
        return None
    first_reads = first_reads_of(own)
    drained = (is_drain(file.model, use, first_reads) or _fills_once(file.model, use, place) for use in traffic.puts)
    return traffic._replace(drained=any(drained))


def _sort(file: File, traffic: Traffic, own: list[Use]) -> None:
    """Tell what each use of the container itself does to it."""
    model, place, kind, fills = file.model, traffic.place, traffic.kind, traffic.fills
    copies = {use.site for use in own if use.verb == "=" and rebuilt(use.site, place) is not None}
    stores = fills and stores_default(model, place)
    makes = _makes_by_reading(model, traffic) if fills else None
    for use in own:
        reads_key = fills and use.verb == "[]" and model.function(use.scope) is not None
        if kind == MAPPING and _is_glance(model, use):
            traffic.lookups.append(use)
        elif is_put(model, use, kind, place, fills) or (reads_key and makes is not None and makes(use)):
            traffic.puts.append(use)
        elif (use.verb == "=" and binds_first(model, use, place)) or _shares(model, use, place):
            continue
        elif takes_out(file, use, kind):
            traffic.takes.append(use)
        elif model.parent(use.site) in copies or _only_looks(model, use):
            continue
        elif escapes(file, use):
            traffic.escapes.append(use)
        elif use.verb in _BULK or _reads_all(use):
            traffic.bulk.append(use)
        else:
            traffic.reads.append(use)
            if reads_key and stores:
                traffic.lookups.append(use)


def _makes_by_reading(model: Model, traffic: Traffic) -> Callable[[Use], bool]:
    """Is a key read to make it: for a lock or the like, which nobody reads to see whether it is there, or to put
    something into what is under it (`x = d[key]; x.append(...)`)?"""
    made = factory(traffic)
    if made is not None and not model.qualnames(made, traffic.place.owner).isdisjoint(WAITED_FOR):
        return lambda use: True
    named = {u.scope for u in traffic.inner if u.steps == 1 and u.verb in ELEMENT_PUTS and isinstance(u.node, ast.Name)}
    return lambda use: use.scope in named and isinstance(model.parent(use.site), (ast.Assign, ast.NamedExpr))


def _is_glance(model: Model, use: Use) -> bool:
    """Is `x.setdefault(key, [])` only looked at?"""
    site = use.site
    if use.verb != "setdefault" or use.steps or not isinstance(site, ast.Call) or len(site.args) != 2:
        return False
    default, parent = site.args[1], model.parent(site)
    empty = not (getattr(default, "elts", None) or getattr(default, "keys", None))
    empty = empty and isinstance(default, (ast.List, ast.Dict, ast.Tuple))
    if isinstance(default, ast.Call) and not default.args:
        empty = getattr(default.func, "id", "") in ("list", "dict", "set", "tuple")
    looped = isinstance(parent, (ast.For, ast.comprehension)) and parent.iter is site
    return empty and (looped or isinstance(parent, ast.Compare))


def _shares(model: Model, use: Use, place: Place) -> bool:
    """`self.x = other.x`: both are the same place."""
    targets = use.site.targets if isinstance(use.site, ast.Assign) else ()
    value = use.site.value if isinstance(use.site, ast.Assign) else None
    if not isinstance(value, ast.Attribute) or value.attr != place.name or model.class_of(value.value, use.scope):
        return False
    return any(isinstance(target, ast.Attribute) and target.attr == place.name for target in targets)


def _only_looks(model: Model, use: Use) -> bool:
    """Is the container handed to a function of this file that looks at it and no more?"""
    call = use.site
    if use.verb != "argument" or not isinstance(call, ast.Call) or use.node not in call.args:
        return False
    function = model.runs(call.func, use.scope)
    if function is None or not isinstance(function.node, FUNCTIONS):
        return False
    parameters = [*function.node.args.posonlyargs, *function.node.args.args]
    index = call.args.index(use.node) + (model.receiver(function) is not None)
    if index >= len(parameters) or any(isinstance(arg, ast.Starred) for arg in call.args):
        return False
    inside = model.trace(model.references(function, parameters[index].arg))
    return all(use.steps or use.verb in _LOOKS or _is_looked_at(model, use) for use in inside)


_LOOKS = frozenset({"[]", "in", "get", "test", "compare", "format"})


def _is_looked_at(model: Model, use: Use) -> bool:
    call = use.site if use.verb == "argument" else None
    return isinstance(call, ast.Call) and not model.qualnames(call.func, use.scope).isdisjoint(LOOKERS)


def factory(traffic: Traffic) -> ast.expr | None:
    """What a defaultdict makes for a missing key."""
    for value in traffic.place.values:
        if isinstance(value, ast.Call) and value.args:
            made = value.args[0]
            return made.body.func if isinstance(made, ast.Lambda) and isinstance(made.body, ast.Call) else made
    return None


# Functions that hand on what is in a container, or its sum.
_READERS = frozenset(
    """
    list tuple set frozenset dict sorted reversed enumerate sum min max any all iter zip map filter dumps copy deepcopy
    """.split()
)


def _reads_all(use: Use) -> bool:
    """`list(x)`, `sum(x)`, `json.dumps(x)`"""
    func = use.site.func if use.verb == "argument" and isinstance(use.site, ast.Call) else None
    return getattr(func, "attr", getattr(func, "id", "")) in _READERS


def _fills_once(model: Model, use: Use, place: Place) -> bool:
    """`if not x: x.append(...)` holds one item at the most."""
    for child, parent in model.ancestors(use.site):
        if isinstance(parent, ast.If) and child in parent.body and isinstance(parent.test, ast.UnaryOp):
            operand = parent.test.operand
            name = getattr(operand, "attr" if place.kind == "attribute" else "id", "")
            return isinstance(parent.test.op, ast.Not) and name == place.name
    return False


def binds_first(model: Model, use: Use, place: Place) -> bool:
    """Does this assignment give a place its first value: in a constructor, or where it was None or missing?"""
    function = model.function(use.scope)
    if function is None or (place.kind == "attribute" and function.name in MAKERS):
        return True
    for child, parent in model.ancestors(use.site):
        if isinstance(parent, ast.If) and child in parent.body and _asks_if_missing(parent.test, place.name):
            return True
        if isinstance(parent, ast.ExceptHandler) and getattr(parent.type, "id", "") in ("AttributeError", "NameError"):
            return True
    return False


def _asks_if_missing(test: ast.expr, name: str) -> bool:
    """`x is None`, `not x`, `not hasattr(self, "x")`"""
    if isinstance(test, ast.Compare) and isinstance(test.ops[0], (ast.Is, ast.Eq)):
        return last_name(test.left) == name
    if not isinstance(test, ast.UnaryOp) or not isinstance(test.op, ast.Not):
        return False
    asked = test.operand
    if isinstance(asked, ast.Call) and getattr(asked.func, "id", "") == "hasattr" and len(asked.args) == 2:
        return getattr(asked.args[1], "value", None) == name
    return last_name(asked) == name
