"""May a container of tasks drop each as soon as it is done: what would anyone miss?"""

from __future__ import annotations

import ast
import re
from typing import NamedTuple

from ..judgements.families import MAKERS
from ..judgements.traffic import Traffic, containers
from ..knowledge.lifetimes import EXECUTORS, SPAWNERS, SPAWNING
from ..model import Model, Scope, Use
from ..rule import File, Unfixable

_TASKS = frozenset({"task", "future"})
_OF_ASYNCIO = frozenset(name for name in SPAWNERS if name.startswith("asyncio.") and "threadsafe" not in name)
_LOOPS = re.compile(r"\w*(loop|tg|task_?group|group|nursery)|asyncio", re.IGNORECASE)
_REMOVALS = {"add": "discard", "append": "remove"}


class Drop(NamedTuple):
    """How a container drops what is done.

    put: the call that adds it. item: what is added. removal: the container's method. safe: does nobody notice?
    """

    put: ast.Call
    item: ast.expr
    removal: str
    safe: bool


def drop(file: File, put: ast.AST, what: str) -> Drop:
    """How a container would drop what a put adds; Unfixable where it can't, or where someone may want it yet."""
    model = file.model
    if what not in _TASKS:
        raise Unfixable(f"a {what} does not say when it is done: decide who drops it")
    func = put.func if isinstance(put, ast.Call) else None
    plain = isinstance(put, ast.Call) and len(put.args) == 1 and isinstance(model.parent(put), ast.Expr)
    if not plain or not isinstance(put, ast.Call) or not isinstance(func, ast.Attribute) or func.attr not in _REMOVALS:
        raise Unfixable(f"the {what} is not simply added to a set or list: decide who drops it")
    if not model.dotted(func.value):
        raise Unfixable("the container has no plain name: decide who drops what is done")
    scope = model.scope(put)
    makers = _makers(model, put.args[0], scope)
    of_asyncio = bool(makers) and all(_is_of_asyncio(model, call) for call in makers)
    if not makers or not all(of_asyncio or _is_of_executor(model, call) for call in makers):
        raise Unfixable(f"what is added may be no {what} of asyncio or concurrent.futures: decide who drops it")
    place = model.held(func.value, scope)
    traffic = next((t for t in containers(file) if place is not None and t.place[:3] == place[:3]), None)
    if traffic is None:
        raise Unfixable("the container is used in ways that can't be followed: decide who drops what is done")
    noticed = _is_noticed(model, traffic, of_asyncio)
    removal = _REMOVALS[func.attr]
    if removal == "remove" and traffic.takes:
        raise Unfixable("the list is emptied elsewhere, and to remove what isn't in it raises: make it a set")
    known = all(_is_known(model, call) for call in makers)
    return Drop(put, put.args[0], removal, known and not noticed and traffic.place.name.startswith("_"))


def _makers(model: Model, item: ast.expr, scope: Scope) -> list[ast.Call]:
    """The calls that make what is added; none where it may be something else, too."""
    owner = model.resolve(scope, item.id) if isinstance(item, ast.Name) else None
    values = [item] if owner is None else [b.value for b in model.bindings(owner, item.id)]  # type: ignore[attr-defined]
    calls = [value for value in values if isinstance(value, ast.Call)]
    return calls if len(calls) == len(values) else []


def _is_of_asyncio(model: Model, call: ast.Call) -> bool:
    """Does a call make a task of asyncio, whose callbacks run on the loop's next round?"""
    if model.qualnames(call.func, model.scope(call)) & _OF_ASYNCIO:
        return True
    func = call.func
    made = isinstance(func, ast.Attribute) and func.attr in SPAWNING and func.attr != "submit"
    return made and not model.qualnames(func, model.scope(call))


def _is_of_executor(model: Model, call: ast.Call) -> bool:
    return _has(call, "submit") or bool(
        model.qualnames(call.func, model.scope(call)) & {"asyncio.run_coroutine_threadsafe"}
    )


def _has(call: ast.Call, name: str) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr == name


def _is_known(model: Model, call: ast.Call) -> bool:
    """Is what a call makes known by more than the name of a method?"""
    scope = model.scope(call)
    if model.qualnames(call.func, scope) & SPAWNERS.keys() or not isinstance(call.func, ast.Attribute):
        return True
    receiver = call.func.value
    types = model.types(receiver, scope)
    last = getattr(receiver, "attr", getattr(receiver, "id", ""))
    if call.func.attr == "submit":
        return bool(types & EXECUTORS)
    return bool(_LOOPS.fullmatch(last)) and not _is_of_the_file(model, receiver)


def _is_of_the_file(model: Model, receiver: ast.expr) -> bool:
    """Is what a loop's name is bound to, in any class, an object of a class of the file?"""
    last = getattr(receiver, "attr", "")
    values = [value for target, value, _ in model.sets if target.attr == last]
    made = [value for value in values if isinstance(value, ast.Call)]
    return any(model.defined(value.func, model.scope(value)) is not None for value in made)


def _is_noticed(model: Model, traffic: Traffic, of_asyncio: bool) -> bool:
    """Does the file see what is in the container? Unfixable where it would miss what is done, or trip over a container
    that changes while a loop runs over it."""
    noticed = False
    puts = {use.site for use in traffic.puts}
    for use in model.uses(traffic.place):
        function = model.function(use.scope)
        made = use.verb == "=" and (function is None or function.name in MAKERS)
        if use.steps or use.site in puts or made:
            continue
        noticed = True
        if use in traffic.takes or use.verb in ("in", "test") or _is_size(use):
            continue
        if not _only_cancels(model, use, of_asyncio) and not _waits_for_nothing(model, use):
            raise Unfixable("the file waits for what is in the container, or reads it: decide who drops what is done")
    return noticed


def _is_size(use: Use) -> bool:
    return use.verb == "argument" and isinstance(use.site, ast.Call) and getattr(use.site.func, "id", "") == "len"


def _only_cancels(model: Model, use: Use, of_asyncio: bool) -> bool:
    """`for task in tasks: task.cancel()`. The callbacks of asyncio run later, those of an executor's futures at once:
    there a copy must be looped over."""
    loop: ast.AST | None = use.site
    if use.verb == "argument" and getattr(getattr(use.site, "func", None), "id", "") in ("list", "tuple", "set"):
        loop = model.parent(use.site)
    elif not of_asyncio:
        return False
    if not isinstance(loop, ast.For) or not isinstance(loop.target, ast.Name) or loop.orelse:
        return False
    nodes = [n for each in loop.body for n in ast.walk(each)]
    calls = [n for n in nodes if isinstance(n, ast.Call)]
    asked = (isinstance(c.func, ast.Attribute) and c.func.attr in ("cancel", "done", "cancelled") for c in calls)
    return all(asked) and not any(isinstance(n, (ast.Await, ast.Yield, ast.Return, *_BINDS)) for n in nodes)


_BINDS = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.NamedExpr)


def _waits_for_nothing(model: Model, use: Use) -> bool:
    """`await asyncio.gather(*tasks, return_exceptions=True)`, and nobody reads what came out"""
    call = use.site
    if use.verb != "argument" or not isinstance(use.node, ast.Starred) or not isinstance(call, ast.Call):
        return False
    swallows = any(k.arg == "return_exceptions" and getattr(k.value, "value", False) for k in call.keywords)
    waited = model.parent(call)
    alone = isinstance(waited, ast.Await) and isinstance(model.parent(waited), ast.Expr)
    return swallows and alone and "asyncio.gather" in model.qualnames(call.func, use.scope)
