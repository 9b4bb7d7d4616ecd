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
from .extent import extent
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


def span(file: File, found: Acquisition) -> Span:
    """The block that closes a resource which is bound to a local name, over just the statements that use it.

    Unfixable says why there is none.
    """
    return _Planner(file, found).plan()


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
        form = self.form()
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
        if self.found.fate in (ESCAPED, LENT) or given - {"argument", "yield"}:
            raise Unfixable("it is handed on, too; release it on the way that forgets it")
        if given and not self.releases:
            raise Unfixable("it is handed on")
        if any(event.scope is not self.found.scope for event in self.releases):
            raise Unfixable("another function releases it")

    def form(self) -> str:
        acquirer = self.found.acquirer
        if acquirer.leaving == CLOSES and acquirer.kind not in WITH_WAITS and not self.awaited:
            return self.checked(WITH)
        if acquirer.leaving == ASYNC and not self.awaited:
            function = self.model.function(self.found.scope)
            if function is None or not isinstance(function.node, ast.AsyncFunctionDef):
                raise Unfixable("it closes in an async function only")
            return self.checked(ASYNC_WITH)
        if acquirer.leaving in (NO, KEEPS) and "close" in acquirer.releases and not self.awaited:
            return self.checked(CLOSING)
        if self.releases and acquirer.kind not in WITH_WAITS:
            return FINALLY
        raise Unfixable(f"whether to wait for the {acquirer.kind} or to end it, and when, is for a person to say")

    def checked(self, form: str) -> str:
        """The form, if what the code calls to release may be called before the block does it again, or never."""
        ends = {event.verb for event in self.releases}
        if not ends <= {"close", "aclose", "del", "shutdown"}:
            raise Unfixable(f"it is released by {min(ends)}(), which a 'with' block would not do")
        return form

    def doubt(self, body: list[ast.stmt]) -> str:
        acquirer = self.found.acquirer
        if self.extent.lazy:
            raise Unfixable(f"{self.extent.escapes}: read all of it before")
        only_closes = acquirer.kind in ONLY_CLOSES and acquirer.name in RESOURCES
        if acquirer.leaving in (CLOSES, ASYNC) and not only_closes:
            return f"leaving a 'with' over a {acquirer.kind} may do more than close it"
        if body and self.is_sure(body[-1]):
            return ""
        if any(self.is_conditional(event, body) for event in self.releases):
            return "it is released behind a condition now"
        return self.extent.escapes

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
