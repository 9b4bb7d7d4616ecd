"""Is a name or a field bound anew while what it held is still open?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..model import Model, Scope
from ..model.flow import AGAIN, REBOUND
from ..rule import File
from .acquisitions import Acquisition, tracer
from .fields import CONSTRUCTORS, Field, fields, releasing
from .ownership import ESCAPED, RELEASED
from .paths import paths

# Methods that are there to be called while the object is in use, and again.
_AGAIN = re.compile(
    r"_*(re_?(connect|open|start|load|set|new|init|create|fresh)|set|switch|rotate|roll|change|update|swap|next"
    r"|on|handle)(_\w+)?|_*\w+_(reconnect|reopen|rotate|rollover)"
)
_RE = re.compile(r"_*re_?(connect|open|init|create|new|set)")


def overwritten(file: File) -> Iterator[tuple[Acquisition, str]]:
    """The acquisitions whose resource, or whose predecessor under the same name, is lost: with that name."""
    for found, constructing, ways, _, looping in paths(file):
        lost = {REBOUND, AGAIN} if looping else {REBOUND}
        if not constructing and any(way.kind in lost and not way.caught for way in ways):
            yield found, found.names[0]
    for field in fields(file):
        for found in field.made if field.must else ():
            if _reopens(file, field, found):
                yield found, f"self.{field.attr}"


def _reopens(file: File, field: Field, found: Acquisition) -> bool:
    """Does a method open the field again, and look neither at the old one nor at any other state before?"""
    model, method = file.model, found.scope
    if model.method_of(method) is None:
        return False
    loop = _loop(model, found.call)
    if loop is not None:
        if any(isinstance(node, (ast.Break, ast.Return)) for node in ast.walk(loop)):
            return False
        return not any(event.scope is method for event in field.kept.events) and not _careful(
            file, field, method, found.call
        )
    if method.name in CONSTRUCTORS:
        return False
    known = any(event.fate == RELEASED for event in field.kept.events)
    at_birth = any(made.scope.name in CONSTRUCTORS for made in field.made)
    renews = _is_setter(method) or _AGAIN.fullmatch(method.name) is not None
    if renews and (
        at_birth or (known and len({m.scope for m in field.made}) > 1) or _RE.match(method.name) is not None
    ):
        return not _careful(file, field, method, found.call)
    return _called_again(file, field, method) and not _careful(file, field, method, found.call)


def _called_again(file: File, field: Field, method: Scope) -> bool:
    """Does the constructor call a method that opens the field, and a handler of errors in another method, too?"""
    calls = file.model.attributes(field.cls).get(method.name, [])
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
    before = [
        reference
        for reference in model.attributes(field.cls).get(field.attr, ())
        if reference.scope is method
        and reference.node.lineno <= opening.lineno
        and isinstance(reference.node.ctx, ast.Load)  # type: ignore[attr-defined]
    ]
    if tracer(file, field.made[0].acquirer).held(before).fate in (RELEASED, ESCAPED):
        return True
    release = {each.name for each in releasing(model, field)} - {method.name}
    for attr, references in model.attributes(field.cls).items():
        for node, scope in references:
            if scope is method and node.lineno <= opening.lineno and node is not getattr(opening, "func", opening):
                if attr in release or (isinstance(node.ctx, ast.Load) and _is_tested(model, node)):  # type: ignore[attr-defined]
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


def _is_setter(method: Scope) -> bool:
    """Is a method the setter of a property?"""
    return any(getattr(d, "attr", "") == "setter" for d in method.node.decorator_list)  # type: ignore[attr-defined]


def _is_tested(model: Model, node: ast.AST) -> bool:
    """Does a value decide which way the code goes?"""
    for child, parent in model.ancestors(node):
        if isinstance(parent, (ast.If, ast.While, ast.IfExp)):
            return child is parent.test
        if isinstance(parent, ast.stmt):
            return False
    return False
