"""Would a deque do for a list, by all that the file does with it?"""

from __future__ import annotations

import ast

from ..knowledge.containers import DEQUE_METHODS, DEQUE_READERS
from ..model import Model, Place, Use
from ..rule import Unfixable


def list_value(model: Model, place: Place) -> ast.expr:
    """The empty list or deque that is bound to a global or in a class, once; Unfixable for anything else."""
    name, (value, *more) = place.name, place.values
    if place.kind not in ("global", "class attribute"):
        raise Unfixable(f"it is a {place.kind}: decide what may leave it, and when")
    if name.startswith("__"):
        raise Unfixable("others know it by its name: decide what may leave it, and when")
    statement = model.parent(value)
    plain = isinstance(statement, ast.AnnAssign) or (isinstance(statement, ast.Assign) and len(statement.targets) == 1)
    once = not more and len(place.owner.bound.get(name, ())) == 1
    if not once or not plain or model.parent(statement) is not place.owner.node:  # type: ignore[arg-type]
        raise Unfixable("it is not bound once and for all: decide what may leave it, and when")
    made = model.qualnames(value.func, place.owner) if isinstance(value, ast.Call) else frozenset({"builtins.list"})
    elements = getattr(value, "elts", None) or getattr(value, "args", None) or getattr(value, "keywords", None)
    if made & {"builtins.set", "builtins.frozenset"} or isinstance(value, (ast.Set, ast.SetComp)):
        raise Unfixable("it is a set, which has no bound: decide what may leave it, and when")
    if elements or not isinstance(value, (ast.List, ast.Call)) or not made <= {"builtins.list", "collections.deque"}:
        raise Unfixable("it is not simply bound to an empty list: decide how to bound it")
    return value


def check_uses(model: Model, place: Place) -> None:
    """Raise Unfixable where the file does with a list what a deque can't, or hands it to code that isn't seen; and
    where a list may be there to keep objects alive, as of windows that are open."""
    for use in model.uses(place):
        if not use.steps and use.verb in ("append", "appendleft") and _is_in_use(model, use):
            raise Unfixable("it may keep its items alive while they are in use: decide when one may go")
        if use.verb == "+=" and place.kind == "class attribute":
            raise Unfixable("it may be the object's own: decide what may leave it, and when")
        if _grows_under_a_loop(model, use):
            raise Unfixable("a loop runs over it while it may grow: decide what may leave it, and when")
        if not use.steps and (what := _only_of_lists(model, use)):
            raise Unfixable(f"it is {what}, and a deque may not do there: decide what may leave it, and when")


def _grows_under_a_loop(model: Model, use: Use) -> bool:
    """`for x in items: items.append(...)`, or one that others may come in between; a deque ends such a loop."""
    loop = model.parent(use.node)
    if not isinstance(loop, (ast.For, ast.AsyncFor)) or loop.iter is not use.node:
        return False
    inside = [node for each in loop.body for node in ast.walk(each)]
    waits = any(isinstance(node, (ast.Await, ast.Yield, ast.YieldFrom)) for node in inside)
    return waits or any(model.dotted(node) == f"{model.dotted(use.node)}.append" for node in inside)


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


def _is_in_use(model: Model, use: Use) -> bool:
    """Is what is added the object whose method adds it, or does the function that adds it return it, too?"""
    item = use.site.args[0] if isinstance(use.site, ast.Call) and use.site.args else None
    if not isinstance(item, ast.Name):
        return False
    owner = model.resolve(use.scope, item.id)
    reads = model.references(owner, item.id) if owner is not None else ()
    returned = any(isinstance(model.parent(node), ast.Return) for node, _ in reads)
    return returned or model.class_of(item, use.scope) is not None


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
