"""Does a place that outlives the call only grow?

A place grows for ever when something is put into it in code that repeats, under keys that the program doesn't
bound, nothing in the file takes anything out, and the container never leaves the hands of the code that was read.
Whatever can't be known makes us silent.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from ..model import Model, Place, Scope, Use
from ..model.place import CLOSURE
from ..rule import At, File
from .containers import (
    COLLECTION,
    MAPPING,
    added,
    container,
    escapes,
    fills_by_reading,
    first_reads_of,
    is_drain,
    is_element_put,
    is_put,
    takes_out,
)
from .keys import is_bounded, is_few
from .repeats import IMPORT, MANY, ONCE, decorates, repeats

# Verbs that add an item each time, also one that is there already (an `argument` that is a put is `heappush`'s).
_REPEATING = frozenset({"append", "appendleft", "extend", "extendleft", "insert", "put", "put_nowait", "argument"})
# Verbs that read a container as a whole: then what it collects is its product, as in a registry.
_BULK = frozenset({"values", "items", "keys", "iterate", "copy"})
# A function that keeps what its caller hands in, on purpose: what it stores is the caller's to bound.
_REGISTRAR = re.compile(
    r"_*(register|unregister|deregister|add|set|define|declare|install|enable|alias|extend|include|provide|bind|"
    r"connect|subscribe|plug|hook|override|overwrite|append|insert|push|put|"
    r"attach|expose|announce|publish|watch|allow|deny|ignore|exclude|include)(_\w+|[A-Z]\w*)?"
)
# Parameters that take code: a list of them is a table of plug-ins, filled by who writes the program.
_CODE = frozenset(
    """
    f fn func function cls klass callback cb handler hook plugin decorator wrapped method meth factory typ
    type_ filter middleware listener observer receiver extension converter validator processor provider
    """.split()
)
# Tables of a program's own parts, and objects of which there is one per key by design.
_PARTS = (
    "registry|registries|registered|backends|plugins|types|handlers|converters|serializers|commands|factories|modules|"
    "configs|settings|versions|services|loggers|integrations|translations|deprecated|warnings"
)
_TABLE = {
    COLLECTION: re.compile(f".*({_PARTS})", re.I),
    MAPPING: re.compile(f".*({_PARTS}|instances?|singletons?|counts?|counters?|stats|metrics)", re.I),
}
# Sets that make something happen once: as many entries as there are different texts in the program.
_ONCE_GUARD = re.compile(
    r".*(warned|warning|reported|deprecat|seen|once|already|logged|notified|registered|patched).*", re.I
)


class Leak(NamedTuple):
    """A put that nothing undoes.

    kind: MAPPING or COLLECTION. use: the put. sure: the keys or items come from the program's input; else they may be
    a handful that the program itself fixes (names of modules, languages, back ends).
    """

    place: Place
    kind: str
    use: Use
    sure: bool


def leaks(file: File) -> list[Leak]:
    """The places of a file that live as long as the process and only grow."""
    return file.model.keep("growth", lambda: list(_leaks(file)))


def _leaks(file: File) -> Iterator[Leak]:
    for place in _places(file.model):
        kind = container(file, place)
        leak = only_grows(file, place, kind) if kind else None
        if leak is not None:
            yield leak


def _places(model: Model) -> Iterator[Place]:
    """Everything in the file that lives as long as the process and holds a value."""
    yield from model.variables(model.module)
    yield from model.function_attributes()
    yield from model.defaults()
    known: set[tuple[Scope, str]] = set()
    makers: dict[Scope, None] = {}
    for scope in model.scopes:
        if scope.kind == "class":
            # Classes of a family share what they name alike.
            eldest = model.family(scope)[0]
            yield from (p for p in model.variables(scope) if (eldest, p.name) not in known)
            known.update((eldest, name) for name in scope.bound)
        elif scope.kind == "function" and scope.parent is not None and scope.parent.kind == "function":
            makers[scope.parent] = None
    for maker in makers:
        if decorates(model, maker):
            for place in model.variables(maker):
                yield place._replace(kind="closure", lifetime=CLOSURE)


def only_grows(file: File, place: Place, kind: str) -> Leak | None:
    """The put by which a long-lived container grows for ever; None where something may take out."""
    model = file.model
    puts = []
    fills = fills_by_reading(model, place)
    uses = [use for use in model.uses(place) if not use.steps or (fills and is_element_put(use))]
    first_reads = first_reads_of(uses)
    for use in uses:
        if is_put(model, use, kind, place, fills):
            puts.append(use)
            if is_drain(model, use, first_reads) or _fills_once(model, use, place):
                return None
        elif takes_out(file, use, kind) or escapes(file, use) or (kind == MAPPING and use.verb in _BULK):
            return None
    refused = _refused_keys(model, uses)
    # What is asked "are you in it?" before it is added remembers what was seen: mostly a handful of different things.
    looked_up = any(use.verb == "in" for use in uses)
    once = _ONCE_GUARD.fullmatch(place.name) and any(use.verb in ("in", "get", "[]") for use in uses)
    leaks = []
    for use in puts:
        repeat = repeats(model, use.scope).answer
        key = added(model, use)
        if repeat in (IMPORT, ONCE) or key is None or _registers(model, use, place):
            continue
        branch = refused.get((use.scope, model.dotted(key)))
        if branch is not None and all(parent is not branch for _, parent in model.ancestors(use.site)):
            continue
        if _adds_each_time(use) and not looked_up:
            few = False
        elif is_bounded(model, use.scope, key):
            continue
        else:
            few = is_few(model, use.scope, key) or (looked_up and kind == COLLECTION and repeat != MANY)
        leaks.append(Leak(place, kind, use, not few and not _TABLE[kind].fullmatch(place.name)))
    if not leaks or once or _is_reached_by_name(model, place):
        return None
    return min(leaks, key=lambda leak: (not leak.sure, _line(leak)), default=None)


def _refused_keys(model: Model, uses: list[Use]) -> dict[tuple[Scope, str], ast.If]:
    """(scope, key) that goes no further where it isn't there yet: `if key not in x: return`; with that branch."""
    found = {}
    for use in uses:
        compare = use.site
        if use.verb != "in" or not isinstance(compare, ast.Compare) or not isinstance(compare.ops[0], ast.NotIn):
            continue
        branch = model.parent(compare)
        if isinstance(branch, ast.If) and isinstance(branch.body[-1], (ast.Return, ast.Raise)):
            found[use.scope, model.dotted(compare.left)] = branch
    return found


def _is_reached_by_name(model: Model, place: Place) -> bool:
    """May the file reach the place under a name that is made at run time: `globals()[n]`, `getattr(self, n)`?"""
    if place.kind == "global":
        return bool(model.calls("globals"))
    if place.kind != "class attribute":
        return False
    family = model.family(place.owner)
    inside = model.keep(("inside", family[0]), lambda: {scope for cls in family for scope in model.within(cls)})
    calls = [call for name in ("getattr", "setattr", "delattr") for call in model.calls(name)]
    return any(
        scope in inside and len(call.args) > 1 and not isinstance(call.args[1], ast.Constant) for call, scope in calls
    )


def _adds_each_time(use: Use) -> bool:
    """Does the put add an item each time, also one that is there already?"""
    if isinstance(use.site, ast.AugAssign):
        return isinstance(use.site.op, ast.Add) and use.verb == "+="
    return use.verb in _REPEATING


def _line(leak: Leak) -> int:
    return getattr(leak.use.site, "lineno", 0)


def _fills_once(model: Model, use: Use, place: Place) -> bool:
    """`if not x: x.append(...)` holds one item at the most."""
    for child, parent in model.ancestors(use.site):
        if isinstance(parent, ast.If) and child in parent.body and isinstance(parent.test, ast.UnaryOp):
            return isinstance(parent.test.op, ast.Not) and getattr(parent.test.operand, "id", "") == place.name
    return False


def is_registrar(name: str) -> bool:
    """Is a function of this name called to have something kept?"""
    return _REGISTRAR.fullmatch(name) is not None


def _registers(model: Model, use: Use, place: Place) -> bool:
    """A registrar stores what its caller wrote down: a function, a class, a plug-in."""
    function = model.function(use.scope)
    assert function is not None
    if is_registrar(function.name) and place.kind != "default argument":
        return True  # but nobody registers with a default argument
    site = use.site
    statement = model.parent(site)
    stored = site.args[-1:] if isinstance(site, ast.Call) else [getattr(statement, "value", None)]
    for value in stored:
        if not isinstance(value, ast.Name):
            continue
        owner = model.resolve(function, value.id)
        nodes = owner.bound[value.id] if owner is not None and owner is not model.module else []
        if any(isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) for n in nodes):
            return True
        if nodes and isinstance(nodes[0], ast.arg) and value.id in _CODE:
            return True
    return False


def at(file: File, leak: Leak) -> At:
    """Where a leak is reported: at the put."""
    function = file.model.function(leak.use.scope)
    assert function is not None
    place = leak.place
    return At(
        leak.use.site,
        symbol=place.qualname,
        thing=(place.kind, place.owner, place.name),
        name=place.name,
        function=function.name,
        kind=place.kind,
    )
