"""What the uses of a container do to it: put in, take out, hand it away.

The names of verbs are those of `model.use.Use` and of the tables in `knowledge.containers`.
"""

from __future__ import annotations

import ast

from ..knowledge.containers import (
    COLLECTION_PUTS,
    COLLECTIONS,
    ELEMENT_PUTS,
    FILLING,
    LOOKERS,
    MAPPING_PUTS,
    MAPPINGS,
    PUSHERS,
    QUEUE_TAKES,
    TAKES,
)
from ..model import Model, Place, Scope, Use
from ..rule import File

MAPPING, COLLECTION = "mapping", "collection"

# Verbs that hand the container itself to code we don't see.
_ESCAPES = frozenset("return yield display store alias unpack default raise other argument . .= with".split())


def container(file: File, place: Place) -> str | None:
    """MAPPING or COLLECTION when every value bound to the place is an unbounded container of that kind."""
    if len(place.values) == 1 and not isinstance(place.values[0], ast.IfExp):
        kind = _kind(file, place.values[0], place.owner)
        return None if kind == "none" else kind
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


def is_put(model: Model, use: Use, kind: str, place: Place, fills: bool) -> bool:
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


def fills_by_reading(model: Model, place: Place) -> bool:
    """Does `x[key] += 1` add a missing key, as in a defaultdict or Counter?"""
    return any(
        isinstance(value, ast.Call) and not model.qualnames(value.func, place.owner).isdisjoint(FILLING)
        for value in place.values
    )


def is_element_put(use: Use) -> bool:
    """`events[user_id].append(event)`"""
    return use.steps == 1 and use.verb in ELEMENT_PUTS and isinstance(use.node, ast.Subscript)


def added(model: Model, use: Use) -> ast.expr | None:
    """What a put adds: the key of a mapping, the item of another container."""
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
        return isinstance(getattr(use.site, "slice", None), ast.Slice)
    if use.verb == "argument":
        site = use.site
        if isinstance(site, ast.Call) and getattr(site.func, "id", "") == "len":
            compare = file.model.parent(site)
            return isinstance(compare, ast.Compare) and isinstance(compare.ops[0], (ast.Lt, ast.LtE, ast.Gt, ast.GtE))
    if use.verb == ".":
        return getattr(use.site, "attr", "") in TAKES
    return use.verb in TAKES


def escapes(file: File, use: Use) -> bool:
    """Does the container itself get into the hands of code we don't see?"""
    if use.verb == "argument" and isinstance(use.site, ast.Call):
        return not file.model.qualnames(use.site.func, use.scope) & LOOKERS
    return use.verb in _ESCAPES


def first_reads_of(uses: list[Use]) -> dict[Scope, int]:
    """The line of the first read by key in each scope."""
    lines: dict[Scope, int] = {}
    for use in uses:
        if use.verb == "[]":
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
