"""How does a block close a resource, and may that change more than when it is closed?"""

from __future__ import annotations

import ast

from ..judgements.acquisitions import WITH_WAITS, Acquisition
from ..judgements.ownership import OWN, Event
from ..knowledge.resources import ASYNC, CLOSES, KEEPS, NO, ONLY_CLOSES, RESOURCES, SAVING
from ..model import FUNCTION, Model, Scope
from ..model.scope import CLASS
from ..rule import Unfixable
from .extent import Extent

# How the block closes what it is given: `with x`, `async with x`, `with closing(x)`, `try ... finally: x.close()`.
WITH, ASYNC_WITH, CLOSING, FINALLY = "with", "async with", "closing", "finally"
# Why it may not be closed before the function ends.
CLAIM = "it holds a lock, an address, a descriptor or a file on the disk for as long as it is open"
FAILS = "closing it writes what is left, which fails anew where an error of writing is dealt with"
# Why no block is to close it.
STARTS = "what it starts goes on; when that is to end is for a person to say"


def form_of(model: Model, found: Acquisition, releases: list[Event]) -> str:
    """How a block closes a resource, which the code releases so far by the given calls."""
    acquirer = found.acquirer
    awaited = isinstance(model.parent(found.call), ast.Await)
    form = ""
    if acquirer.leaving == CLOSES and acquirer.kind not in WITH_WAITS and not awaited:
        form = WITH
    elif acquirer.leaving == ASYNC and not awaited:
        function = model.function(found.scope)
        if function is None or not isinstance(function.node, ast.AsyncFunctionDef):
            raise Unfixable("it closes in an async function only")
        form = ASYNC_WITH
    elif (acquirer.leaving in (NO, KEEPS) or acquirer.kind == OWN) and "close" in acquirer.releases and not awaited:
        form = CLOSING
    elif releases and acquirer.kind not in WITH_WAITS:
        return FINALLY
    else:
        choice = "whether to wait for" if acquirer.kind in WITH_WAITS else "how to release"
        raise Unfixable(f"{choice} the {acquirer.kind}, and when, is for a person to say")
    other = {event.verb for event in releases} - {"close", "aclose", "del", "shutdown"}
    if other:
        raise Unfixable(f"it is released by {min(other)}(), which a 'with' block would not do")
    return form


def doubt_of(model: Model, found: Acquisition, reach: Extent) -> str:
    """Why a block that closes a resource may change more than that."""
    acquirer = found.acquirer
    if reach.lazy:
        raise Unfixable(f"{reach.escapes}: read all of it before")
    own = model.defined(found.call.func, found.scope)
    only_closes = acquirer.kind in ONLY_CLOSES and acquirer.name in RESOURCES and (own is None or own.kind != CLASS)
    if acquirer.leaving in (CLOSES, ASYNC) and not only_closes:
        return f"a 'with' over a {acquirer.kind} may do more than close it, or not be there"
    if acquirer.kind in SAVING:
        return f"closing the {acquirer.kind} writes what was changed, which an exception kept from being written"
    factory = model.runs(found.call.func, found.scope)
    if factory is not None and factory.kind == FUNCTION and not _returns_its_own(model, factory):
        return f"{found.opened}() may hand out what is someone else's, too"
    return reach.escapes


def _returns_its_own(model: Model, function: Scope) -> bool:
    """Does a function of the file hand out what a call gives, and nothing else?"""
    body: list[ast.AST] = list(function.node.body)  # type: ignore[attr-defined]
    values = []
    for node in body:
        if isinstance(node, ast.Return):
            values.append(node.value)
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            body += ast.iter_child_nodes(node)
    if len(values) != 1:
        return False
    (value,) = values
    if isinstance(value, ast.Name):
        bindings = model.bindings(function, value.id)
        value = bindings[0].value if len(bindings) == 1 else None
    return isinstance(value, (ast.Call, ast.Await))
