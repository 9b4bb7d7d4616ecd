"""Would a deque do for a list, by all that the file does with it?"""

from __future__ import annotations

import ast

from ..knowledge.containers import DEQUE_METHODS, DEQUE_READERS
from ..model import Model, Place, Use
from ..rule import Unfixable


def list_value(model: Model, place: Place) -> ast.expr:
    """The empty list or deque that is bound to a global, once; Unfixable for anything else."""
    name, (value, *more) = place.name, place.values
    if place.kind != "global":
        raise Unfixable(f"'{name}' is a {place.kind}: decide what may leave it, and when")
    statement = model.parent(value)
    plain = isinstance(statement, ast.AnnAssign) or (isinstance(statement, ast.Assign) and len(statement.targets) == 1)
    if more or len(place.owner.bound[name]) > 1 or not plain or model.parent(statement) is not model.tree:  # type: ignore[arg-type]
        raise Unfixable(f"'{name}' is bound in several places: decide what may leave it, and when")
    made = model.qualnames(value.func, model.module) if isinstance(value, ast.Call) else frozenset({"builtins.list"})
    elements = getattr(value, "elts", None) or getattr(value, "args", None) or getattr(value, "keywords", None)
    if made & {"builtins.set", "builtins.frozenset"} or isinstance(value, (ast.Set, ast.SetComp)):
        raise Unfixable(f"'{name}' is a set, which has no bound: decide what may leave it, and when")
    if elements or not isinstance(value, (ast.List, ast.Call)) or not made <= {"builtins.list", "collections.deque"}:
        raise Unfixable(f"'{name}' is not simply bound to an empty list: decide how it is to be bounded")
    return value


def check_uses(model: Model, place: Place) -> None:
    """Raise Unfixable where the file does with a list what a deque can't, or hands it to code that isn't seen."""
    for use in model.uses(place):
        if not use.steps and (what := _only_of_lists(model, use)):
            raise Unfixable(f"'{place.name}' is {what}, and a deque may not do there: decide what may leave it, and when")


def _only_of_lists(model: Model, use: Use) -> str:
    """What a use does that a deque can't, in words; "" for nothing."""
    site = use.site
    if use.verb == "[]" and isinstance(site, ast.Subscript):
        return "sliced" if isinstance(site.slice, ast.Slice) else ""
    if use.verb == "argument":
        if isinstance(use.node, ast.Starred):
            return ""
        readers = isinstance(site, ast.Call) and model.qualnames(site.func, use.scope) & DEQUE_READERS
        return "" if readers else "handed on"
    if use.verb == "+=":
        return ""
    return "" if use.verb in DEQUE_METHODS else _WORDS.get(use.verb, f"used by {use.verb}")


_WORDS = {
    "return": "returned",
    "yield": "yielded",
    "compare": "compared",
    "format": "printed",
    "operand": "added to others",
    "alias": "given another name",
    "display": "put into something else",
    "store": "stored",
}
