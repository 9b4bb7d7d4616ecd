"""Take-outs that exist and don't do their work.

Some can't: in `__del__` of an object that the container itself keeps alive; `get` where `pop` was meant; on the inner
container only, whose key stays. Those are certain. Others do it at times: behind a flag, on one way out of the function
only, or only when someone resets everything.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from ..knowledge.containers import LOOKERS, TAKES
from ..knowledge.values import CALM_FUNCTIONS, CALM_METHODS
from ..model import FUNCTION, Duties, Model, Scope, Use
from ..rule import At, File
from .containers import MAPPING, makes_container
from .failing import first
from .families import descends, only_made, outermost
from .growth import CODE, Leak, growing
from .leaving import FunctionFlow
from .longevity import life
from .pattern import Pattern
from .reach import (
    END_ONLY,
    FINAL,
    FLAGGED,
    RARE,
    WORKING,
    flag,
    holds_its_object,
    is_product,
    loses_one,
    reaches,
)
from .traffic import Traffic, containers

# Functions that end one of the things that a mapping keeps.
_ENDERS = Pattern(
    r"_*(on_|handle_|do_)?(remove|delete|del|close|end|finish|finali[sz]e|release|un_?register|deregister|drop|discard|"
    r"forget|disconnect|disconnected|logout|log_out|leave|left|stop|cancel|expire|kill|terminate|destroy|dispose|free)"
    r"(_\w+)?"
)
# What takes an item out of an inner container.
_INNER_TAKES = TAKES - {"=", "del", "get_nowait"}
_CALM = LOOKERS | CALM_FUNCTIONS


class Miss(NamedTuple):
    """A container that grows in spite of its take-outs: the put, why they don't help, and can't they ever?"""

    leak: Leak
    why: str
    certain: bool


def misses(file: File) -> list[Miss]:
    """The containers of a file whose take-outs don't do their work."""
    return file.model.keep("eviction", lambda: list(_misses(file)))


def _misses(file: File) -> Iterator[Miss]:
    for traffic in containers(file):
        if traffic.escapes or traffic.drained or not (traffic.takes or traffic.kind == MAPPING):
            continue
        takes = reaches(file.model, traffic)
        miss = _keeps_objects(file.model, traffic, takes)
        if miss is None and any(answer == WORKING for _, answer in takes):
            miss = _on_one_way(file, traffic, takes)
        elif miss is None:
            miss = _certain(file, traffic, {answer for _, answer in takes}) or _at_times(file, traffic, takes)
        if miss is not None:
            yield miss


def _growing(file: File, traffic: Traffic) -> list[Leak]:
    """The puts that repeat without bound, on an owner that isn't short-lived."""
    place, leaks = traffic.place, growing(file, traffic, registrars=True)
    if place.kind != "attribute":
        return leaks
    if life(file, place.owner).short:
        return []
    return [leak for leak in leaks if not only_made(file.model, place.owner, outermost(file.model, leak.use.scope))]


# -- take-outs that can't work ------------------------------------------------------------------------------------


def _keeps_objects(model: Model, traffic: Traffic, takes: list[tuple[Use, str]]) -> Miss | None:
    """Objects that register themselves, and that only their own end would take out, or a setting that not all have."""
    for put in traffic.puts if takes else ():
        if not holds_its_object(model, traffic, put):
            continue
        reaches = {answer for use, answer in takes if not _is_of_another_class(model, use, put)}
        if FINAL in reaches and reaches <= {FINAL, END_ONLY, RARE}:
            why = "what takes it out waits for the end of an object that it keeps alive"
        elif reaches == {FLAGGED} and traffic.place.kind != "attribute":
            flags = {flag(model, use) for use, answer in takes if answer == FLAGGED}
            why = f"it keeps each object whose '{min(flags)}' is not set"
        else:
            continue
        return Miss(Leak(traffic.place, traffic.kind, put, True), why, True)
    return None


def _is_of_another_class(model: Model, take: Use, put: Use) -> bool:
    """Does a take remove `self` of another class than the put adds?"""
    items = getattr(take.site, "args", ())[:1]
    cls = model.class_of(items[0], take.scope) if items else None
    function = outermost(model, put.scope)
    own = model.method_of(function) if function is not None else None
    return cls is not None and own is not None and not (descends(model, own, cls) or descends(model, cls, own))


def _certain(file: File, traffic: Traffic, reaches: set[str]) -> Miss | None:
    if traffic.kind != MAPPING or not reaches <= {END_ONLY, RARE, FINAL}:
        return None
    leaks = [leak for leak in _growing(file, traffic) if leak.sure and leak.handed_in != CODE]
    if leaks and (ender := _only_looks(file.model, traffic)):
        return Miss(leaks[0], f"{ender}() reads the entry and leaves it there; take it out with pop()", True)
    if leaks and (taker := _empties_inner(file, traffic)):
        return Miss(leaks[0], f"{taker}() takes from the inner container and its key stays", True)
    return None


def _only_looks(model: Model, traffic: Traffic) -> str:
    """The function that ends an entry and only reads it, or reads it for nothing."""
    if any(put.verb == "[]=" and _is_none(model, put) for put in traffic.puts):
        return ""  # the slot is emptied by hand
    for use in traffic.reads:
        function = model.function(use.scope)
        if use.verb not in ("get", "[]") or function is None:
            continue
        if use.verb == "get" and isinstance(model.parent(use.site), ast.Expr):
            return function.name
        if not isinstance(function.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        if _ENDERS.fullmatch(function.name) and _key_is_given(model, use, function) and _ends_entry(model, use):
            return function.name
    return ""


def _is_none(model: Model, put: Use) -> bool:
    value = getattr(model.parent(put.site), "value", None)
    return isinstance(value, ast.Constant) and value.value is None


def _key_is_given(model: Model, use: Use, function: Scope) -> bool:
    """Is the key that is read a parameter, or an attribute of one?"""
    key = use.site.slice if isinstance(use.site, ast.Subscript) else next(iter(getattr(use.site, "args", ())), None)
    while isinstance(key, ast.Attribute):
        key = key.value
    return isinstance(key, ast.Name) and isinstance(function.bound.get(key.id, [None])[0], ast.arg)


_ENDING = frozenset(
    """
    close aclose stop cancel terminate kill shutdown release disconnect expire dispose set_result set_exception set
    finish end abort join quit destroy free unlink
    """.split()
)


def _ends_entry(model: Model, use: Use) -> bool:
    """Is what was read ended, or only shown?"""
    todo: list[ast.AST] = [use.site]
    parent = model.parent(use.site)
    target = parent.targets[0] if isinstance(parent, ast.Assign) else getattr(parent, "target", None)
    if isinstance(target, ast.Name):
        todo += [reference.node for reference in model.references(use.scope, target.id)]
    for node in todo:
        attribute = model.parent(node)
        if isinstance(attribute, ast.Attribute):
            if attribute.attr in _ENDING:
                return True
        elif isinstance(attribute, ast.Call) and node in attribute.args:
            return True
    return False


def _empties_inner(file: File, traffic: Traffic) -> str:
    """The function that takes out of the containers under the keys, where the program makes those containers."""
    if not traffic.fills and not any(makes_container(file, put) for put in traffic.puts):
        return ""
    for use in traffic.inner:
        function = file.model.function(use.scope)
        if use.steps == 1 and use.verb in _INNER_TAKES and function is not None:
            return function.name
    return ""


# -- take-outs that work at times ---------------------------------------------------------------------------------


def _at_times(file: File, traffic: Traffic, takes: list[tuple[Use, str]]) -> Miss | None:
    """The take-outs stand behind a flag, or someone must ask for them."""
    reaches = {answer for _, answer in takes}
    if not reaches & {FLAGGED, RARE} or (traffic.kind == MAPPING and is_product(file.model, traffic)):
        return None
    if not _lives(file, traffic):
        return None
    leaks = [leak for leak in _growing(file, traffic) if FLAGGED in reaches or (leak.sure and not leak.handed_in)]
    if not leaks:
        return None
    for use, answer in takes:
        function = outermost(file.model, use.scope)
        assert function is not None
        if answer == FLAGGED:
            return Miss(leaks[0], f"{function.name}() takes out only if '{flag(file.model, use)}'", False)
        if answer == RARE:
            return Miss(leaks[0], f"only {function.name}() takes out, and nothing in this module calls it", False)
    return None


def _lives(file: File, traffic: Traffic) -> bool:
    return traffic.place.kind != "attribute" or bool(life(file, traffic.place.owner).long)


def _on_one_way(file: File, traffic: Traffic, takes: list[tuple[Use, str]]) -> Miss | None:
    """All that takes out stands in the function that puts, and some way out of it passes by."""
    model = file.model
    working = [use for use, answer in takes if answer == WORKING]
    scopes = {use.scope for use in (*working, *traffic.puts)}
    if len(scopes) != 1 or not all(loses_one(use) and use.verb != "." for use in working):
        return None
    (scope,) = scopes
    if scope.kind != FUNCTION or not isinstance(scope.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return None
    leaks = _growing(file, traffic) if _lives(file, traffic) else []
    if not leaks:
        return None
    flow = FunctionFlow(file, scope, _catches)
    put, ends = flow.statement(leaks[0].use.site), [flow.statement(use.site) for use in working]
    if put is None or None in ends or put in ends:
        return None
    duties = Duties()
    duties.opens[put] = 1
    around = {parent for parent, _ in flow.blocks(put) or ()}
    if all(_is_optional(flow, end, around) for end in ends if end is not None):
        return None  # what is kept is kept on purpose, and one of the ways ends it
    for end in ends:
        assert end is not None
        duties.closes[end] |= 1
        for parent, field in flow.blocks(end) or ():
            # `if key in x: del x[key]`: past it there is nothing to take out.
            if isinstance(parent, ast.If) and parent not in around and _asks_for_it(model, parent.test, traffic):
                duties.unless[parent, field != "body"] |= 1
    found = flow.flow.ways(duties, lambda statement: first(statement, lambda node: _may_raise(model, scope, node)))
    if not found or not found[0]:
        return None
    return Miss(leaks[0], f"{scope.name}() takes it out on some ways out only", False)


def _is_optional(flow: FunctionFlow, end: ast.stmt, around: set[ast.AST]) -> bool:
    """Does a take-out stand in a branch or handler in which the put doesn't?"""
    return any(
        parent not in around and (isinstance(parent, (ast.If, ast.Match)) or field == "handlers")
        for parent, field in flow.blocks(end) or ()
    )


def _asks_for_it(model: Model, test: ast.expr, traffic: Traffic) -> bool:
    return any(getattr(node, "id", getattr(node, "attr", "")) == traffic.place.name for node in ast.walk(test))


def _may_raise(model: Model, scope: Scope, node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    return name not in CALM_METHODS and not model.qualnames(node.func, scope) & _CALM


def _catches(handler: ast.ExceptHandler) -> bool:
    """Does a handler catch whatever is raised?"""
    return handler.type is None or getattr(handler.type, "id", "") in ("Exception", "BaseException")


def at(file: File, miss: Miss) -> At:
    """Where a container whose take-outs miss is reported: at the put."""
    place, use = miss.leak.place, miss.leak.use
    on_object = place.kind == "attribute"
    return At(
        use.node if use.steps else use.site,
        symbol=place.qualname,
        thing=(place.kind, place.owner, place.name),
        name=f"self.{place.name}" if on_object else place.name,
        why=miss.why,
    )
