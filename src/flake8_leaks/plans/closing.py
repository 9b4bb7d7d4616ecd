"""How does a block close a resource, and may that change more than when it is closed?"""

from __future__ import annotations

import ast

from ..judgements.acquisitions import WITH_WAITS, Acquisition
from ..judgements.ownership import OWN, Event
from ..knowledge.resources import ASYNC, CLOSES, KEEPS, NO, ONLY_CLOSES, RESOURCES
from ..model import FUNCTION, Model, Scope
from ..model.flow import TRIES
from ..rule import Unfixable
from .blocks import index_in
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
    only_closes = acquirer.kind in ONLY_CLOSES and acquirer.name in RESOURCES
    if acquirer.leaving in (CLOSES, ASYNC) and not only_closes:
        return f"a 'with' over a {acquirer.kind} may do more than close it, or not be there"
    factory = model.runs(found.call.func, found.scope)
    if factory is not None and factory.kind == FUNCTION and _returns_more(factory):
        return f"{found.opened}() may hand out what is someone else's, too"
    return reach.escapes


def fails_again(model: Model, found: Acquisition, reach: Extent, body: list[ast.stmt]) -> bool:
    """Is an error of writing dealt with inside of a block that closes a file, which writes what is left in its buffer
    and so raises the error once more, in the place of what the handler does?"""
    if found.acquirer.kind not in _BUFFERED or not _is_written(found):
        return False
    for read in reach.reads:
        for child, parent in model.ancestors(read):
            if child in body:
                break
            if isinstance(parent, TRIES) and parent.handlers and child in parent.body:  # type: ignore[attr-defined]
                return index_in(model, body, parent) is not None
    return False


_BUFFERED = frozenset({"archive", "file", "temporary file"})


def _is_written(found: Acquisition) -> bool:
    """May a file be open for writing, by its mode?"""
    temporary = found.acquirer.kind == "temporary file"
    at = 0 if temporary or found.acquirer.name == "pathlib.Path.open" else 1
    modes = [*found.call.args[at : at + 1], *(k.value for k in found.call.keywords if k.arg == "mode")]
    if not modes:
        return temporary
    return not isinstance(modes[0], ast.Constant) or bool({*"wax+"} & {*str(modes[0].value)})


def _returns_more(function: Scope) -> bool:
    """Does a function of the file return in more than one place?"""
    body: list[ast.AST] = list(function.node.body)  # type: ignore[attr-defined]
    count = 0
    for node in body:
        count += isinstance(node, ast.Return)
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            body += ast.iter_child_nodes(node)
    return count > 1
