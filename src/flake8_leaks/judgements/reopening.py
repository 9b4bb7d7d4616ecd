"""Is a name or a field bound anew while what it held is still open?"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..model import Model, Scope
from ..model.flow import AGAIN, REBOUND
from ..rule import File
from .acquisitions import Acquisition, tracer
from .families import reads
from .fields import CONSTRUCTORS, Field, fields, releasing
from .ownership import ESCAPED, RELEASED
from .paths import paths
from .pattern import Pattern

# Methods that are there to be called while the object is in use, and again.
_AGAIN = Pattern(
    r"_*(re_?(connect|open|start|load|set|new|init|create|fresh)|set|switch|rotate|roll|change|update|swap|next"
    r"|on|handle)(_\w+)?|_*\w+_(reconnect|reopen|rotate|rollover)"
)
_RE = Pattern(r"_*re_?(connect|open|init|create|new|set)")


def overwritten(file: File) -> Iterator[tuple[Acquisition, str]]:
    """The acquisitions whose resource, or whose predecessor under the same name, is lost: with that name."""
    for found, constructing, ways, _, looping in paths(file):
        lost = {REBOUND, AGAIN} if looping else {REBOUND}
        if not constructing and any(way.kind in lost and not way.caught for way in ways):
            yield found, found.names[0]
    for field in fields(file):
        scopes = {made.scope for made in field.made}
        at_birth = any(scope.name in CONSTRUCTORS for scope in scopes)
        known = len(scopes) > 1 and any(event.fate == RELEASED for event in field.kept.events)
        touching = {event.scope for event in field.kept.events}
        for found in field.made if field.must else ():
            method = found.scope
            if file.model.method_of(method) is None:
                continue
            again = _runs_again(method) and (at_birth or known or _RE.match(method.name) is not None)
            loop = _loop(file.model, found.call)
            if loop is not None:
                again = method not in touching and not _is_left(loop)
            elif method.name in CONSTRUCTORS:
                continue
            if (again or _called_again(file, field, method)) and not _careful(file, field, method, found.call):
                yield found, f"self.{field.attr}"


def _runs_again(method: Scope) -> bool:
    """Does the name of a method say so, or is it the setter of a property?"""
    setter = any(getattr(d, "attr", "") == "setter" for d in method.node.decorator_list)  # type: ignore[attr-defined]
    return setter or _AGAIN.fullmatch(method.name) is not None


def _is_left(loop: ast.AST) -> bool:
    """Does something leave a loop: does it try until it succeeds?"""
    return any(isinstance(node, (ast.Break, ast.Return)) for node in ast.walk(loop))


def _called_again(file: File, field: Field, method: Scope) -> bool:
    """Does the constructor call a method that opens the field, and a handler of errors in another method, too?"""
    calls = file.model.own_members(method.name).get(field.cls, [])
    if not any(call.scope.name in CONSTRUCTORS for call in calls):
        return False
    return any(
        any(isinstance(parent, ast.ExceptHandler) for _, parent in file.model.ancestors(call.node))
        and call.scope.name not in CONSTRUCTORS
        and not _careful(file, field, call.scope, call.node)
        for call in calls
    )


def _careful(file: File, field: Field, method: Scope, opening: ast.expr) -> bool:
    """Does a method, before it opens the field, release it, hand it on, or ask for it or any state of its object?"""
    model = file.model
    release = {each.name for each in releasing(model, field)} - {method.name}
    skipped = getattr(opening, "func", opening)
    before = []
    for attr, reference in reads(model, field.cls).get(method, ()):
        node = reference.node
        if node.lineno > opening.lineno or node is skipped or not isinstance(node.ctx, ast.Load):  # type: ignore[attr-defined]
            continue
        if attr in release or _is_tested(model, node):
            return True
        if attr == field.attr:
            before.append(reference)
    if before and tracer(file, field.made[0].acquirer).held(before).fate in (RELEASED, ESCAPED):
        return True
    return any(
        scope is method and call.args and model.class_of(call.args[0], scope) is not None
        for name in ("getattr", "hasattr")
        for call, scope in model.calls(name)
    )


def _loop(model: Model, node: ast.AST) -> ast.AST | None:
    """The loop of the same function in whose body a node stands."""
    for child, parent in model.ancestors(node):
        if isinstance(parent, (ast.For, ast.AsyncFor, ast.While)) and child in parent.body:
            return parent
    return None


def _is_tested(model: Model, node: ast.AST) -> bool:
    """Does a value decide which way the code goes?"""
    around = ((child, parent) for child, parent in model.ancestors(node) if isinstance(parent, (ast.stmt, ast.IfExp)))
    child, parent = next(around, (node, node))
    return child is getattr(parent, "test", None)
