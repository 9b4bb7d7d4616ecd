"""Does a place that outlives the call only grow?

A place grows for ever when something is put into it in code that repeats, under keys that the program doesn't
bound, nothing in the file takes anything out, and the container never leaves the hands of the code that was read.
Whatever can't be known makes us silent.
"""

from __future__ import annotations

import ast
import re
from typing import NamedTuple

from ..model import Model, Place, Scope, Use
from ..rule import At, File
from .containers import COLLECTION, MAPPING, added
from .families import outermost
from .keys import is_bounded, is_few, same
from .pattern import Pattern
from .reach import END_ONLY, is_product, reaches
from .repeats import IMPORT, MANY, ONCE, repeats
from .tasks import spawned
from .traffic import Traffic, containers

# Verbs that add an item each time, also one that is there already (an `argument` that is a put is `heappush`'s).
_REPEATING = frozenset({"append", "appendleft", "extend", "extendleft", "insert", "put", "put_nowait", "argument"})
# A function that keeps what its caller hands in, on purpose: what it stores is the caller's to bound.
_REGISTRAR = Pattern(
    r"_*(register|unregister|deregister|add|set|define|declare|install|enable|alias|extend|include|provide|bind|"
    r"connect|subscribe|plug|hook|override|overwrite|append|insert|push|put|"
    r"attach|expose|announce|publish|watch|allow|deny|ignore|exclude|include)(_\w+|[A-Z]\w*)?|__set(item|attr)__"
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
    COLLECTION: Pattern(f".*({_PARTS})", re.I),
    MAPPING: Pattern(f".*({_PARTS}|instances?|singletons?|counts?|counters?|stats|metrics)", re.I),
}
# Sets that make something happen once: as many entries as there are different texts in the program.
_ONCE_GUARD = Pattern(
    r".*(warned|warning|reported|deprecat|seen|once|already|logged|notified|registered|patched).*", re.I
)


# By the name of the function, what its caller adds; a function, class or the like that its caller wrote.
ADDER, CODE = "adder", "code"


class Leak(NamedTuple):
    """A put that nothing undoes.

    kind: MAPPING or COLLECTION. use: the put. sure: the keys or items come from the program's input; else they may be
    a handful that the program itself fixes (names of modules, languages, back ends). handed_in: ADDER or CODE where a
    registrar stores what its caller gives it.
    """

    place: Place
    kind: str
    use: Use
    sure: bool
    handed_in: str = ""


def leaks(file: File) -> list[Leak]:
    """The places of a file that live as long as the process and only grow."""
    return file.model.keep("growth", lambda: [leak for t in containers(file) if (leak := _leak(file, t)) is not None])


def _leak(file: File, traffic: Traffic) -> Leak | None:
    """The put by which a container that lives as long as the process grows for ever; None where something may take
    out, or hands it away."""
    if traffic.place.kind == "attribute" or traffic.escapes or traffic.drained:
        return None
    if any(answer != END_ONLY for _, answer in reaches(file.model, traffic)):
        return None
    if any(spawned(file.model, use) for use in traffic.puts):
        return None  # LEK203 asks for those
    if traffic.kind == MAPPING and is_product(file.model, traffic):
        return None
    if _is_reached_by_name(file.model, traffic.place):
        return None
    return min(growing(file, traffic), key=lambda leak: (not leak.sure, _line(leak)), default=None)


def growing(file: File, traffic: Traffic, registrars: bool = False) -> list[Leak]:
    """The puts of a container that repeat under keys, or with items, that the program doesn't bound.

    registrars: also those of functions that store what their caller hands in.
    """
    model, place, kind = file.model, traffic.place, traffic.kind
    # What is asked "are you in it?" before it is added remembers what was seen: mostly a handful of different things.
    looked_up = kind == COLLECTION and not registrars and any(use.verb == "in" for use in traffic.reads)
    if _ONCE_GUARD.fullmatch(place.name) and any(use.verb in ("in", "get", "[]") for use in traffic.reads):
        return []
    known = _known_keys(model, traffic.reads)
    leaks = []
    for use in traffic.puts:
        repeat = repeats(model, use.scope).answer
        key = added(model, use, place)
        if repeat in (IMPORT, ONCE) or key is None:
            continue
        handed_in = _registers(model, use, place)
        if handed_in and not registrars:
            continue
        if _is_known(model, use, known.get((use.scope, model.dotted(key)), [])):
            continue
        if kind == MAPPING and not traffic.fills and _was_read(model, use, key, traffic.reads):
            continue
        if _adds_each_time(use) and not looked_up:
            few = False
        elif is_bounded(model, use.scope, key):
            continue
        else:
            few = is_few(model, use.scope, key) or (looked_up and repeat != MANY)
        few = few or _is_optional(model, use.scope)
        leaks.append(Leak(place, kind, use, not few and not _TABLE[kind].fullmatch(place.name), handed_in))
    return leaks


def _is_optional(model: Model, scope: Scope) -> bool:
    """Is a function of the module only there if a setting says so at import: `if DEBUG: def note(...)`?"""
    function = outermost(model, scope)
    if function is None or function.enclosing is not model.module:
        return False
    parent = model.parent(function.node)
    test = parent.test if isinstance(parent, ast.If) else None
    return isinstance(test, ast.Name)


_BRANCHES = (ast.If, ast.IfExp, ast.BoolOp, ast.For, ast.While, ast.Try, ast.ExceptHandler, ast.Match)


def _was_read(model: Model, put: Use, key: ast.expr, uses: list[Use]) -> bool:
    """Was the key read before in the same function, on the way to the put? Then it is there, or the read has failed."""
    line = getattr(put.site, "lineno", 0)
    for use in uses:
        if use.verb == "[]" and use.scope is put.scope and getattr(use.site, "lineno", line) < line:
            around = [p for _, p in model.ancestors(use.site) if isinstance(p, _BRANCHES)]
            tried = any(isinstance(branch, ast.Try) for branch in around)
            if same(added(model, use), key) and not tried and {*around} <= {p for _, p in model.ancestors(put.site)}:
                return True
    return False


def _known_keys(model: Model, uses: list[Use]) -> dict[tuple[Scope, str], list[tuple[ast.If, bool]]]:
    """(scope, key) -> the branches that say of it that it is there already: the body of `if key in x`, and all but
    the body of `if key not in x: return`."""
    found: dict[tuple[Scope, str], list[tuple[ast.If, bool]]] = {}
    for use in uses:
        compare = use.site
        branch = model.parent(compare) if use.verb == "in" and isinstance(compare, ast.Compare) else None
        if not isinstance(compare, ast.Compare) or not isinstance(branch, ast.If):
            continue
        inside = isinstance(compare.ops[0], ast.In)
        if inside or isinstance(branch.body[-1], (ast.Return, ast.Raise)):
            found.setdefault((use.scope, model.dotted(compare.left)), []).append((branch, inside))
    return found


def _is_known(model: Model, put: Use, branches: list[tuple[ast.If, bool]]) -> bool:
    """Does a put stand where its key is there already?"""
    for branch, inside in branches:
        within = any(parent is branch and child in branch.body for child, parent in model.ancestors(put.site))
        if within is inside:
            return True
    return False


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


def is_registrar(name: str) -> bool:
    """Is a function of this name called to have something kept?"""
    return _REGISTRAR.fullmatch(name) is not None


def _registers(model: Model, use: Use, place: Place) -> str:
    """A registrar stores what its caller wrote down: a function, a class, a plug-in."""
    function = model.function(use.scope)
    assert function is not None
    if is_registrar(function.name) and place.kind != "default argument" and not _is_our_own(model, function):
        return ADDER  # but nobody registers with a default argument
    site = use.site
    statement = model.parent(site)
    stored = site.args[-1:] if isinstance(site, ast.Call) else [getattr(statement, "value", None)]
    for value in stored:
        if not isinstance(value, ast.Name):
            continue
        owner = model.resolve(function, value.id)
        nodes = owner.bound[value.id] if owner is not None and owner is not model.module else []
        if any(isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) for n in nodes):
            return CODE
        if nodes and isinstance(nodes[0], ast.arg) and value.id in _CODE:
            return CODE
    return ""


def _is_our_own(model: Model, function: Scope) -> bool:
    """Is a private registrar called by code of this file that runs again and again? Then nobody else bounds it."""
    if not function.name.startswith("_") or function.name.endswith("__"):
        return False
    return any(
        model.runs(call.func, scope) is function and repeats(model, scope).answer not in (IMPORT, ONCE)
        for call, scope in model.calls(function.name)[:_MOST]
    )


# Calls of one function that are looked at.
_MOST = 50


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
