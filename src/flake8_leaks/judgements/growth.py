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

from ..knowledge.containers import (
    COLLECTION_PUTS,
    COLLECTIONS,
    ELEMENT_PUTS,
    LOOKERS,
    MAPPING_PUTS,
    MAPPINGS,
    PUSHERS,
    QUEUE_TAKES,
    TAKES,
)
from ..model import Model, Place, Scope, Use
from ..model.place import CLOSURE
from ..rule import At, File
from .keys import is_bounded, is_few
from .repeats import IMPORT, MANY, ONCE, decorates, repeats

MAPPING, COLLECTION = "mapping", "collection"

# Verbs that hand the container itself to code we don't see.
_ESCAPES = frozenset(
    {
        "return",
        "yield",
        "display",
        "store",
        "alias",
        "unpack",
        "default",
        "raise",
        "other",
        "argument",
        ".",
        ".=",
        "with",
    }
)
# Verbs that add an item each time, also one that is there already.
_REPEATING = frozenset({"append", "appendleft", "extend", "extendleft", "insert", "put", "put_nowait"})
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
_TABLE = re.compile(
    r".*(registry|registries|registered|instances?|singletons?|backends|plugins|types|handlers|converters|serializers|"
    r"commands|factories|modules|configs|settings|versions|services|loggers|integrations|translations|counts?|counters?|"
    r"stats|metrics)",
    re.I,
)
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
    known: set[tuple[Scope, str]] = set()
    for scope in model.scopes:
        if scope.kind == "class":
            # Classes of a family share what they name alike.
            eldest = model.family(scope)[0]
            yield from (p for p in model.variables(scope) if (eldest, p.name) not in known)
            known.update((eldest, name) for name in scope.bound)
        elif scope.kind == "function":
            yield from model.defaults(scope)
            if decorates(model, scope):
                for place in model.variables(scope):
                    yield place._replace(kind="closure", lifetime=CLOSURE)


def container(file: File, place: Place) -> str | None:
    """MAPPING or COLLECTION when every value bound to the place is an unbounded container of that kind."""
    values = list(place.values)
    for value in values:
        if isinstance(value, ast.IfExp):
            values += [value.body, value.orelse]
    kinds = {_kind(file, value, place.owner) for value in values if not isinstance(value, ast.IfExp)}
    kinds.discard("none")
    return kinds.pop() if len(kinds) == 1 else None


def _kind(file: File, value: ast.expr, scope: Scope) -> str | None:
    if isinstance(value, (ast.Dict, ast.DictComp)):
        return MAPPING
    if isinstance(value, (ast.List, ast.ListComp, ast.Set, ast.SetComp)):
        return COLLECTION
    if isinstance(value, ast.Constant) and value.value is None:
        return "none"
    if isinstance(value, ast.Call):
        names = file.model.qualnames(value.func, scope)
        if names & file.options.bounded:
            return None
        if names & MAPPINGS:
            return MAPPING
        for name in names & COLLECTIONS.keys():
            return None if _argument(value, COLLECTIONS[name]) else COLLECTION
    return None


def _argument(call: ast.Call, bound: tuple[str, int] | None) -> bool:
    """Does the call give the argument that bounds the container (0, negative numbers and None don't)?"""
    if bound is None:
        return False
    name, position = bound
    given = [k.value for k in call.keywords if k.arg in (name, None)] + call.args[position : position + 1]
    return any(not (isinstance(v, ast.Constant) and not v.value) and not isinstance(v, ast.UnaryOp) for v in given)


def only_grows(file: File, place: Place, kind: str) -> Leak | None:
    """The put by which a long-lived container grows for ever; None where something may take out."""
    model = file.model
    puts = []
    fills = _fills_by_reading(model, place)
    uses = [use for use in model.uses(place) if not use.steps or (fills and _is_element_put(use))]
    first_reads = _first_reads(uses)
    for use in uses:
        if _is_put(model, use, kind, place, fills):
            puts.append(use)
            if _is_drain(model, use, first_reads) or _fills_once(model, use, place):
                return None
        elif _takes(file, use, kind) or _escapes(file, use) or (kind == MAPPING and use.verb in _BULK):
            return None
    # What is asked "are you in it?" before it is added remembers what was seen: mostly a handful of different things.
    known = _only_known_keys(model, uses)
    looked_up = any(use.verb == "in" for use in uses)
    leaks = []
    for use in puts:
        repeat = repeats(model, use.scope).answer
        key = _key(model, use)
        if repeat in (IMPORT, ONCE) or key is None or use.scope in known or _registers(model, use):
            continue
        if use.verb in _REPEATING and not looked_up:
            leaks.append(Leak(place, kind, use, not _TABLE.fullmatch(place.name)))
        elif not is_bounded(model, use.scope, key):
            few = is_few(model, use.scope, key) or _TABLE.fullmatch(place.name)
            sure = not few and (not looked_up or kind == MAPPING or repeat == MANY)
            leaks.append(Leak(place, kind, use, sure))
    if not leaks or _ONCE_GUARD.fullmatch(place.name) or _is_reached_by_name(model, place):
        return None
    return min(leaks, key=lambda leak: (not leak.sure, _line(leak)), default=None)


def _only_known_keys(model: Model, uses: list[Use]) -> set[Scope]:
    """The scopes that go no further with a key that isn't there: `if key not in x: return`."""
    found = set()
    for use in uses:
        if use.verb == "in" and isinstance(use.site, ast.Compare) and isinstance(use.site.ops[0], ast.NotIn):
            branch = model.parent(use.site)
            if isinstance(branch, ast.If) and isinstance(branch.body[-1], (ast.Return, ast.Raise)):
                found.add(use.scope)
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


def _line(leak: Leak) -> int:
    return getattr(leak.use.site, "lineno", 0)


def _is_put(model: Model, use: Use, kind: str, place: Place, fills: bool) -> bool:
    function = model.function(use.scope)
    if function is None or (place.kind == "closure" and function is place.owner):
        return False
    if use.steps:
        return True
    if use.verb == "[]+=":
        return kind == MAPPING and fills  # a plain dict raises KeyError
    if use.verb == "[]=":
        return kind == MAPPING and not isinstance(getattr(use.site, "slice", None), ast.Slice)
    if use.verb == "+=":
        return isinstance(use.site, ast.AugAssign) and isinstance(use.site.op, (ast.Add, ast.BitOr))
    if use.verb == "argument" and isinstance(use.site, ast.Call):
        return use.site.args[:1] == [use.node] and bool(model.qualnames(use.site.func, use.scope) & PUSHERS)
    return use.verb in (MAPPING_PUTS if kind == MAPPING else COLLECTION_PUTS)


def _fills_by_reading(model: Model, place: Place) -> bool:
    """Does `x[key] += 1` add a missing key, as in a defaultdict or Counter?"""
    return any(
        isinstance(value, ast.Call)
        and not model.qualnames(value.func, place.owner).isdisjoint(("collections.defaultdict", "collections.Counter"))
        for value in place.values
    )


def _is_element_put(use: Use) -> bool:
    """`events[user_id].append(event)`"""
    return use.steps == 1 and use.verb in ELEMENT_PUTS and isinstance(use.node, ast.Subscript)


def _first_reads(uses: list[Use]) -> dict[Scope, int]:
    """The line of the first read by key in each scope."""
    lines: dict[Scope, int] = {}
    for use in uses:
        if use.verb == "[]":
            line = use.site.lineno  # type: ignore[attr-defined]
            lines[use.scope] = min(line, lines.get(use.scope, line))
    return lines


def _is_drain(model: Model, use: Use, first_reads: dict[Scope, int]) -> bool:
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


def _fills_once(model: Model, use: Use, place: Place) -> bool:
    """`if not x: x.append(...)` holds one item at the most."""
    for child, parent in model.ancestors(use.site):
        if isinstance(parent, ast.If) and child in parent.body and isinstance(parent.test, ast.UnaryOp):
            return isinstance(parent.test.op, ast.Not) and getattr(parent.test.operand, "id", "") == place.name
    return False


def _takes(file: File, use: Use, kind: str) -> bool:
    """Does this use take something out, empty the container, or look at its size (a guard)?"""
    if use.verb in QUEUE_TAKES and kind == COLLECTION:
        return True
    if use.verb == "=":
        return file.model.function(use.scope) is not None
    if use.verb == "+=":
        return True  # neither + nor |: what is left only shrinks
    if use.verb == "[]=":
        return isinstance(getattr(use.site, "slice", None), ast.Slice)
    if use.verb == "argument":
        site = use.site
        if isinstance(site, ast.Call) and getattr(site.func, "id", "") == "len":
            compare = file.model.parent(site)
            return isinstance(compare, ast.Compare) and isinstance(compare.ops[0], (ast.Lt, ast.LtE, ast.Gt, ast.GtE))
    if use.verb == ".":
        return getattr(use.site, "attr", "") in TAKES
    return use.verb in TAKES


def _escapes(file: File, use: Use) -> bool:
    """Does the container itself get into the hands of code we don't see?"""
    if use.verb == "argument" and isinstance(use.site, ast.Call):
        return not file.model.qualnames(use.site.func, use.scope) & LOOKERS
    return use.verb in _ESCAPES


def _key(model: Model, use: Use) -> ast.expr | None:
    """What a put adds: the key of a mapping, the item of another container."""
    site = use.node if use.steps else use.site
    if isinstance(site, ast.Subscript):
        return site.slice
    if isinstance(site, ast.Call):
        arguments = site.args[1:] if use.verb in ("argument", "insert") else site.args
        return arguments[0] if arguments else None
    return site.value if isinstance(site, ast.AugAssign) else None


def is_registrar(name: str) -> bool:
    """Is a function of this name called to have something kept?"""
    return _REGISTRAR.fullmatch(name) is not None


def _registers(model: Model, use: Use) -> bool:
    """A registrar stores what its caller wrote down: a function, a class, a plug-in."""
    function = model.function(use.scope)
    assert function is not None
    if is_registrar(function.name):
        return True
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
