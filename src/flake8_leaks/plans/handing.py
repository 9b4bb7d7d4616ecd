"""Where does a resource become someone else's, and what must be released if something raises before?"""

from __future__ import annotations

import ast
from typing import NamedTuple

from ..judgements.acquisitions import WITH_WAITS, Acquisition
from ..judgements.ownership import ESCAPED, LENT, RELEASED, Event
from ..knowledge.resources import ASYNC
from ..model import Model
from ..model.flow import TRIES
from ..rule import File, Unfixable
from .blocks import block_of, index_in, statement_of
from .closing import FAILS
from .effects import is_quiet
from .extent import extent
from .writing import fails_again, is_written


class Guard(NamedTuple):
    """Statements between the opening and the hand-over of a resource, and how it is released if one of them raises: by
    a method, or by a function (module, name). doubt: as in `Span`."""

    name: str
    body: list[ast.stmt]
    method: str
    function: tuple[str, str] | None
    doubt: str


def guard(file: File, found: Acquisition) -> Guard:
    """What to release by an exception, up to where a resource is handed over. Unfixable says why it can't be told."""
    releases = found.acquirer.releases
    release = "close" if "close" in releases else releases[0] if releases else "+"
    waits = found.acquirer.leaving == ASYNC or isinstance(file.model.parent(found.call), ast.Await)
    if found.acquirer.kind in WITH_WAITS or "+" in release or waits:
        raise Unfixable(f"how to release the {found.acquirer.kind} is for a person to say")
    opening, name = _bound(file.model, found)
    block = block_of(file.model, opening)
    start = block.index(opening)
    given = hand_overs(file.model, found)
    body = block[start + 1 : _stop(file.model, given, block) if found.names else _end_of_work(block)]
    if not body:
        raise Unfixable("it is opened and handed over in one statement")
    again = [b.node for b in file.model.bindings(file.model.function(found.scope) or found.scope, name)]
    if any(index_in(file.model, body, node) is not None for node in again) or any(
        file.model.dotted(node) == name and _is_bound(node) for each in body for node in ast.walk(each)
    ):
        raise Unfixable("its name is bound to something else before it is handed over")
    if _is_read_around(file.model, name, opening):
        raise Unfixable("what stands around it still reads it when an exception passes")
    function = None
    if release.endswith("()"):
        module, _, last = release.removesuffix("()").rpartition(".")
        function = module, last
        if any(event.fate == RELEASED and event not in given for h in found.holdings for event in h.events) or any(
            name in map(file.model.dotted, call.args) and scope in file.model.within(found.scope)
            for call, scope in file.model.calls(last)
        ):
            raise Unfixable("some ways release it already; release it on the others, too")
    # What else a release does (commit, say goodbye) is not asked for behind an error, or raises another.
    doubt = "" if "close" in release or function else f"{release}() may do more than close it"
    reach = extent(file, found)
    handed = (node for node in reach.handed if isinstance(node, ast.Yield))
    if any(index_in(file.model, body, node) is not None for node in handed):
        doubt = "what was yielded before may need it open"
    if not found.names:
        doubt = "the object may live on, or release it itself"
    elif any(index_in(file.model, body[-1:], event.node) is not None for event in given):
        doubt = "whoever takes it over may keep it, or release it, before that fails"
    elif is_written(found) and (found.acquirer.kind == "file" or fails_again(file.model, reach.reads, body)):
        doubt = FAILS
    return Guard(name, body, release, function, doubt)


def _is_read_around(model: Model, name: str, opening: ast.stmt) -> bool:
    """Does a handler, or the end of a `try`, around an opening say its name?"""
    for child, parent in model.ancestors(opening):
        if isinstance(parent, TRIES) and child in parent.body:  # type: ignore[attr-defined]
            behind = [*parent.handlers, *parent.finalbody]  # type: ignore[attr-defined]
            if any(model.dotted(node) == name for each in behind for node in ast.walk(each)):
                return True
    return False


def hand_overs(model: Model, found: Acquisition) -> list[Event]:
    """Where a resource becomes someone else's: what it is returned by, stored by, given to, or wrapped in (`f =
    os.fdopen(number)`)."""
    events = [event for holding in found.holdings for event in holding.events]
    return [
        event
        for event in events
        if event.fate in (ESCAPED, LENT)
        or (event.fate == RELEASED and event.verb == "argument" and not is_but_a_call(model, event.node))
    ]


def is_handed_over(model: Model, found: Acquisition) -> bool:
    """Is a resource someone else's in the end, and does the function itself never release it?"""
    given = hand_overs(model, found)
    released = [e for h in found.holdings for e in h.events if e.fate == RELEASED and e not in given]
    return bool(given) and not released


def is_but_a_call(model: Model, node: ast.AST) -> bool:
    """Does a node stand in a statement that is but a call, so that nobody gets the result?"""
    statement = statement_of(model, node)
    value = statement.value if isinstance(statement, ast.Expr) else None
    value = value.value if isinstance(value, ast.Await) else value
    return isinstance(value, ast.Call) and (node is value or model.parent(node) in (value, value.func))


def _bound(model: Model, found: Acquisition) -> tuple[ast.stmt, str]:
    """The statement that binds a resource to a name or to `self.name`, and that name."""
    statement = assignment(model, found)
    if found.holdings[0].names:
        return statement, found.holdings[0].names[0].word
    target = model.dotted(statement.targets[0]) if isinstance(statement, ast.Assign) else ""
    if not target or len(statement.targets) > 1:  # type: ignore[union-attr]
        raise Unfixable("it is opened inside a larger expression")
    return statement, target


def _is_bound(node: ast.AST) -> bool:
    return not isinstance(getattr(node, "ctx", ast.Load()), ast.Load)


def _stop(model: Model, given: list[Event], block: list[ast.stmt]) -> int:
    """The index behind the last statement of a block before a resource is someone else's."""
    statements = [statement_of(model, event.node) for event in given]
    ends = [index_in(model, block, statement) for statement in statements]
    places = [end for end in ends if end is not None]
    if len(places) < len(ends):
        raise Unfixable("it is handed over in another block than it is opened in")
    if all(isinstance(statement, ast.Return) for statement in statements):
        end = max(places)
    else:
        end = min(places)
        if block[end] not in statements:
            raise Unfixable("it is handed over in a part of the block only")
    last = block[end]
    taken = any(event.fate == RELEASED for event in given)  # who takes it over closes it when that fails
    quiet = isinstance(last, (ast.Return, ast.Assign)) and is_quiet(last.value)
    if any(isinstance(node, (ast.Yield, ast.YieldFrom)) for node in ast.walk(last)):
        # Whoever stops at the `yield` has it already.
        given_up = (
            last.value.value if isinstance(last, (ast.Expr, ast.Assign)) and isinstance(last.value, ast.Yield) else last
        )
        if not isinstance(given_up, ast.expr) or not is_quiet(given_up):
            raise Unfixable("it is handed over in the middle of a statement")
        quiet = True
    return end if taken or quiet else end + 1


def _end_of_work(block: list[ast.stmt]) -> int:
    """The index behind the last statement of a block that calls something."""
    calls = [any(isinstance(node, (ast.Call, ast.Raise)) for node in ast.walk(statement)) for statement in block]
    return len(block) - calls[::-1].index(True)


def assignment(model: Model, found: Acquisition) -> ast.Assign | ast.AnnAssign:
    """The statement that binds what a call hands out."""
    value: ast.AST | None = found.call
    if isinstance(model.parent(found.call), ast.Await):
        value = model.parent(found.call)
    statement = model.parent(value) if value is not None else None
    if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is value:
        return statement
    raise Unfixable("it is opened inside a larger expression")
