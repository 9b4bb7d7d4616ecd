"""Which statements belong into the block that closes a resource, and is it sure that nothing changes by it?

The plan of a cure, in terms of the model; how the code is changed is not known here.
"""

from __future__ import annotations

import ast
import builtins
import keyword
import re
from typing import NamedTuple

from ..knowledge.resources import ASYNC, CLOSES, KEEPS, NO, ONLY_CLOSES, RESOURCES
from ..model import Model
from ..model.flow import TRIES
from ..rule import File, Unfixable
from .acquisitions import WITH_WAITS, Acquisition
from .blocks import block_of, index_in, is_before, reaches, statement_of
from .extent import Extent, extent
from .leaving import leaves
from .ownership import ESCAPED, LENT, RELEASED, Event

# How the block closes what it is given: `with x`, `async with x`, `with closing(x)`, `try ... finally: x.close()`.
WITH, ASYNC_WITH, CLOSING, FINALLY = "with", "async with", "closing", "finally"


class Span(NamedTuple):
    """A block over a run of statements that stand side by side.

    form: how it closes. opening: the statement `name = call` that becomes its head; None where it stays, as the block
    begins behind it. name: what is closed. body: the statements that go in. dropped: releases of `body` that leaving
    the block makes needless. unwrapped: the last statement of `body`, a `try` whose `finally` does nothing but release.
    doubt: why behaviour may change; "" if it can't.
    """

    form: str
    opening: ast.stmt | None
    name: str
    body: list[ast.stmt]
    dropped: list[ast.stmt]
    unwrapped: ast.stmt | None
    doubt: str


class Guard(NamedTuple):
    """Statements between the opening and the hand-over of a resource, and how it is released if one of them raises: by
    a method, or by a function (module, name)."""

    name: str
    body: list[ast.stmt]
    method: str
    function: tuple[str, str] | None


class Hoist(NamedTuple):
    """A block for a resource that is never bound to a name: body[0] opens and uses it. dropped: it does nothing else
    than to open it. The rest is as in `Span`."""

    form: str
    name: str
    body: list[ast.stmt]
    dropped: bool
    doubt: str


def span(file: File, found: Acquisition) -> Span:
    """The block that closes a resource which is bound to a local name, over just the statements that use it.

    Unfixable says why there is none.
    """
    return _Planner(file, found).plan()


def guard(file: File, found: Acquisition) -> Guard:
    """What to release by an exception, up to where a resource is handed over. Unfixable says why it can't be told."""
    release = found.acquirer.releases[0] if found.acquirer.releases else "+"
    if found.acquirer.kind in WITH_WAITS or "+" in release or isinstance(file.model.parent(found.call), ast.Await):
        raise Unfixable(f"how to release the {found.acquirer.kind} is for a person to say")
    opening, name = _bound(file.model, found)
    block = block_of(file.model, opening)
    start = block.index(opening)
    stop = _hand_over(file, found, block) if found.names else _end_of_work(block)
    body = block[start + 1 : stop]
    if not body:
        raise Unfixable("it is opened and handed over in one statement")
    function = None
    if release.endswith("()"):
        module, _, last = release.removesuffix("()").rpartition(".")
        function = module, last
        if any(event.fate == RELEASED for holding in found.holdings for event in holding.events):
            raise Unfixable("some ways release it already; release it on the others, too")
    return Guard(name, body, release, function)


def _bound(model: Model, found: Acquisition) -> tuple[ast.stmt, str]:
    """The statement `name = call` or `self.name = call`, and what it binds."""
    statement = model.parent(found.call)
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and model.dotted(statement.targets[0]):
        return statement, model.dotted(statement.targets[0])
    raise Unfixable("it is opened inside a larger expression")


def _hand_over(file: File, found: Acquisition, block: list[ast.stmt]) -> int:
    """The index behind the last statement of a block before a resource is someone else's."""
    events = [event for holding in found.holdings for event in holding.events if event.fate in (ESCAPED, LENT)]
    statements = [statement_of(file.model, event.node) for event in events]
    ends = [index_in(file.model, block, statement) for statement in statements]
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
    quiet = isinstance(last, (ast.Return, ast.Assign)) and _is_quiet(last.value)
    return end if quiet else end + 1


def _end_of_work(block: list[ast.stmt]) -> int:
    """The index behind the last statement of a block that calls something."""
    calls = [any(isinstance(node, (ast.Call, ast.Raise)) for node in ast.walk(statement)) for statement in block]
    return len(block) - calls[::-1].index(True)


def hoist(file: File, found: Acquisition) -> Hoist:
    """The block for a resource that is never bound to a name. Unfixable says why there is none."""
    model = file.model
    statement = statement_of(model, found.call)
    if not _opens_first(model, found.call, statement):
        raise Unfixable("open it in a 'with' block before the expression")
    reach = extent(file, found)
    block = block_of(model, statement)
    ends = [index_in(model, block, read) for read in reach.reads]
    if None in ends or any(is_before(read, statement) for read in reach.reads):
        raise Unfixable("what it hands out is used outside of the block")
    start = block.index(statement)
    body = block[start : max([start, *(end for end in ends if end is not None)]) + 1]
    dropped = isinstance(statement, ast.Expr) and statement.value is found.call
    form = _form(model, found, [])
    return Hoist(form, fresh_name(model, found.acquirer.kind), body, dropped, _doubt(found, reach))


# Statements that evaluate all of their expressions once, before they do anything.
_SIMPLE = (ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Return, ast.Raise, ast.Delete)
_NOT_AT_ONCE = (ast.Lambda, ast.comprehension, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
# Parts that are evaluated after others of the same node which stand behind them in the source.
_LATE = {ast.Assign: "targets", ast.AnnAssign: "target", ast.For: "target", ast.NamedExpr: "target"}


def _opens_first(model: Model, call: ast.Call, statement: ast.stmt) -> bool:
    """Is a call always made when a statement runs, once, and before the statement does anything else?"""
    if not isinstance(statement, (*_SIMPLE, ast.For)):
        return False
    child: ast.AST = call
    while child is not statement:
        parent = model.parent(child)
        assert parent is not None
        if isinstance(parent, (ast.Lambda, ast.comprehension)) or (
            isinstance(parent, ast.For) and child is not parent.iter
        ):
            return False
        if isinstance(parent, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            return False
        for field, part in ast.iter_fields(parent):
            parts = part if isinstance(part, list) else [part]
            if field == _LATE.get(type(parent)):
                continue
            before = parts[: parts.index(child)] if child in parts else parts
            if before and isinstance(parent, (ast.BoolOp, ast.IfExp)):
                return False
            if isinstance(parent, ast.Compare) and field == "comparators" and before:
                return False
            if not all(_is_calm(each) for each in before if isinstance(each, ast.AST)):
                return False
            if child in parts:
                break
        child = parent
    return True


_ACTS = (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr)


def _is_calm(node: ast.AST) -> bool:
    """Does evaluating an expression do nothing that anyone sees?"""
    return not any(
        isinstance(n, (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr)) for n in ast.walk(node)
    )


class _Planner:
    def __init__(self, file: File, found: Acquisition) -> None:
        self.model = file.model
        self.found = found
        if len(found.holdings) != 1 or len(found.names) != 1:
            raise Unfixable("it is opened inside a larger expression")
        self.name = found.names[0]
        self.awaited = isinstance(self.model.parent(found.call), ast.Await)
        self.opening = self.assignment()
        self.events = found.holdings[0].events
        self.extent = extent(file, found)

    def assignment(self) -> ast.stmt:
        """The statement `name = call`."""
        value = self.model.parent(self.found.call) if self.awaited else self.found.call
        statement = self.model.parent(value) if value is not None else None
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and statement.value is value:
            return statement
        raise Unfixable("it is opened inside a larger expression")

    # -- which block, and from where to where -----------------------------------------------------------------------

    def plan(self) -> Span:
        self.refuse_hand_overs()
        form = _form(self.model, self.found, self.releases)
        block: list[ast.stmt] = block_of(self.model, self.opening)
        start = block.index(self.opening)
        opening: ast.stmt | None = self.opening
        reads = self.reads()
        if any(index_in(self.model, block, read) is None for read in reads):
            block, start = self.behind_try(block, reads)
            opening = None
        body = block[start + 1 : self.last(block, start, reads) + 1]
        dropped, unwrapped = self.needless(body)
        return Span(form, opening, self.name, body, dropped, unwrapped, self.doubt(body))

    @property
    def others(self) -> list[ast.AST]:
        """The nodes that bind the name to something else, or delete it."""
        owner = self.model.resolve(self.found.scope, self.name)
        assert owner is not None
        return [b.node for b in self.model.bindings(owner, self.name) if self.model.parent(b.node) is not self.opening]

    def reads(self) -> list[ast.AST]:
        """What reads or deletes the resource, or reads what depends on it, behind its opening."""
        reads = list(self.extent.reads)
        for node in self.others:
            if isinstance(getattr(node, "ctx", None), ast.Del) and reaches(self.model, self.opening, node, []):
                reads.append(node)
        if any(is_before(read, self.opening) for read in reads):
            raise Unfixable("what it was in the last round of the loop is used, too")
        return reads

    def behind_try(self, block: list[ast.stmt], reads: list[ast.AST]) -> tuple[list[ast.stmt], int]:
        """The block, and the index before which it may not begin, where only the opening stands in a `try` whose
        handlers leave: what follows the `try`, or its `else`."""
        attempt = self.model.parent(self.opening)
        if isinstance(attempt, ast.Try) and block is attempt.body and block[-1] is self.opening:
            if all(leaves(handler.body) for handler in attempt.handlers) and not attempt.finalbody:
                around = block_of(self.model, attempt)
                for other, start in ((attempt.orelse, -1), (around, around.index(attempt))):
                    ends = [index_in(self.model, other, read) for read in reads]
                    if all(end is not None and end > start for end in ends):
                        return other, start
        raise Unfixable("it is used outside of the block in which it is opened")

    def last(self, block: list[ast.stmt], start: int, reads: list[ast.AST]) -> int:
        """Where the block ends: at the last release if that comes whatever else does, else at the last read."""
        ends = [index for event in self.releases if (index := index_in(self.model, block, event.node)) is not None]
        if ends and max(ends) > start and self.is_sure(block[max(ends)]):
            return max(ends)
        return max([start, *(index_in(self.model, block, read) or 0 for read in reads)])

    @property
    def releases(self) -> list[Event]:
        return [event for event in self.events if event.fate == RELEASED and event.verb != "with"]

    def is_sure(self, statement: ast.stmt) -> bool:
        if isinstance(statement, ast.If):
            branches = (statement.body, statement.orelse)
            return all(branch and (leaves(branch) or self.is_sure(branch[-1])) for branch in branches)
        if isinstance(statement, TRIES):
            return any(map(self.is_sure, statement.finalbody))  # type: ignore[attr-defined]
        if isinstance(statement, (ast.With, ast.AsyncWith)):
            return self.is_sure(statement.body[-1])
        simple = not hasattr(statement, "body")  # a loop may run no round
        return simple and any(event.node is node for event in self.releases for node in ast.walk(statement))

    # -- how ---------------------------------------------------------------------------------------------------------

    def refuse_hand_overs(self) -> None:
        """Unfixable where something else than the function may own the resource in the end."""
        given = {event.verb for event in self.events if event.fate in (ESCAPED, LENT)}
        if given - {"argument", "yield"} or ("argument" in given and not self.releases):
            raise Unfixable("it is handed on, too; release it on the way that forgets it")
        if any(event.scope is not self.found.scope for event in self.releases):
            raise Unfixable("another function releases it")

    def doubt(self, body: list[ast.stmt]) -> str:
        doubt = _doubt(self.found, self.extent)
        if body and self.is_sure(body[-1]) and doubt == self.extent.escapes:
            return ""  # what is needed behind the release doesn't work now either
        if any(self.is_conditional(event, body) for event in self.releases):
            return "it is released behind a condition now"
        return doubt

    def is_conditional(self, event: Event, body: list[ast.stmt]) -> bool:
        """Does a release stand in an `if` that does nothing else: `if own: f.close()`?"""
        statement = statement_of(self.model, event.node)
        around = self.model.parent(statement)
        return isinstance(around, ast.If) and not leaves(around.body) and around.body == [statement]

    def needless(self, body: list[ast.stmt]) -> tuple[list[ast.stmt], ast.stmt | None]:
        """The releases that leaving the block makes needless."""
        dropped: list[ast.stmt] = []
        unwrapped = None
        if any(index_in(self.model, body, node) is not None for node in self.others):
            return dropped, None  # they may be of something else
        closes = {statement_of(self.model, event.node) for event in self.releases if event.verb in ("close", "aclose")}
        closes = {statement for statement in closes if isinstance(statement, ast.Expr)}
        for statement in closes:
            if self.is_followed_by_leaving(statement, body):
                dropped.append(statement)
        last = body[-1] if body else None
        if isinstance(last, ast.Try) and not last.handlers and not last.orelse:
            if len(last.finalbody) == 1 and last.finalbody[0] in closes:
                unwrapped = last
        return dropped, unwrapped

    def is_followed_by_leaving(self, statement: ast.stmt, body: list[ast.stmt]) -> bool:
        """Does nothing run between a release and the end of the block?"""
        here = statement
        while here not in body:
            block = block_of(self.model, here)
            follow = block[block.index(here) + 1 :]
            around = self.model.parent(here)
            if not isinstance(around, (ast.If, ast.With, ast.AsyncWith)) or len(block) == 1:
                return False
            if follow:
                leaving = isinstance(follow[0], ast.Return) and _is_quiet(follow[0].value)
                return leaving and not self.is_tried(here, body)
            here = around
        return here is body[-1] and len(body) > 1

    def is_tried(self, statement: ast.stmt, body: list[ast.stmt]) -> bool:
        """Does a `try` inside of the block stand around a statement?"""
        for _, parent in self.model.ancestors(statement):
            if isinstance(parent, TRIES):
                return True
            if parent in body:
                return False
        return False


def _form(model: Model, found: Acquisition, releases: list[Event]) -> str:
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
    elif acquirer.leaving in (NO, KEEPS) and "close" in acquirer.releases and not awaited:
        form = CLOSING
    elif releases and acquirer.kind not in WITH_WAITS:
        return FINALLY
    else:
        raise Unfixable(f"whether to wait for the {acquirer.kind} or to end it, and when, is for a person to say")
    other = {event.verb for event in releases} - {"close", "aclose", "del", "shutdown"}
    if other:
        raise Unfixable(f"it is released by {min(other)}(), which a 'with' block would not do")
    return form


def _doubt(found: Acquisition, reach: Extent) -> str:
    """Why a block that closes a resource may change more than that."""
    acquirer = found.acquirer
    if reach.lazy:
        raise Unfixable(f"{reach.escapes}: read all of it before")
    only_closes = acquirer.kind in ONLY_CLOSES and acquirer.name in RESOURCES
    if acquirer.leaving in (CLOSES, ASYNC) and not only_closes:
        return f"leaving a 'with' over a {acquirer.kind} may do more than close it"
    return reach.escapes


def _is_quiet(value: ast.expr | None) -> bool:
    """Does nothing happen when an expression is evaluated?"""
    if isinstance(value, (ast.Tuple, ast.List)):
        return all(map(_is_quiet, value.elts))
    return value is None or isinstance(value, (ast.Constant, ast.Name))


def fresh_name(model: Model, kind: str) -> str:
    """A name for a resource of a kind: nothing in the file is called so yet."""
    taken = {word for each in model.scopes for word in (*each.bound, *(node.id for node in each.names))}
    word = re.split(r"\W", kind)[-1]
    candidates = (f"{word}{number or ''}" for number in range(len(taken) + 2))
    return next(w for w in candidates if w not in taken and not keyword.iskeyword(w) and not hasattr(builtins, w))
