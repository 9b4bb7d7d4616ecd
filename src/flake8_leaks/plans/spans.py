"""Which statements belong into the block that closes a resource, and is it sure that nothing changes by it?

The plan of a cure, in terms of the model; how the code is changed is not known here.
"""

from __future__ import annotations

import ast
from typing import NamedTuple

from ..judgements.acquisitions import Acquisition
from ..judgements.instances import acquisitions
from ..judgements.leaving import leaves, swallows
from ..judgements.ownership import ESCAPED, LENT, RELEASED, Event
from ..knowledge.resources import ONLY_CLOSES
from ..model import Model
from ..model.flow import TRIES
from ..rule import File, Unfixable
from .blocks import block_of, index_in, is_before, reaches, statement_of
from .closing import CLAIM, CLOSING, FAILS, FINALLY, STARTS, WITH, doubt_of, form_of
from .effects import only_leaves
from .extent import extent
from .handing import assignment, hand_overs
from .writing import fails_again, is_written


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


_HANDED_ON = "it is handed on, too; release it on the way that forgets it"


class _Planner:
    def __init__(self, file: File, found: Acquisition) -> None:
        self.file = file
        self.model = file.model
        self.found = found
        if len(found.holdings) != 1 or not found.holdings[0].names:
            raise Unfixable("an object keeps it, or several are opened at once")
        self.name = found.holdings[0].names[0].word
        self.opening = assignment(self.model, found)
        self.events = found.holdings[0].events
        self.extent = extent(file, found)

    # -- which block, and from where to where -----------------------------------------------------------------------

    def plan(self) -> Span:
        self.refuse_hand_overs()
        form = form_of(self.model, self.found, self.releases)
        block: list[ast.stmt] = block_of(self.model, self.opening)
        start = block.index(self.opening)
        reads = self.reads()
        stays = form == FINALLY or not _is_plain(self.opening)
        if any(index_in(self.model, block, read) is None for read in reads):
            block, start = self.behind(reads, form)
            stays = True
        body = block[start + 1 : self.last(block, start, reads) + 1]
        if stays and not body:
            raise Unfixable("nothing is done with it")
        if self.is_lent and not self.ends_surely(body):
            raise Unfixable(_HANDED_ON)
        if self.extent.starts and form != FINALLY and not self.ends_surely(body):
            raise Unfixable(STARTS)
        dropped, unwrapped = self.needless(form, body)
        opening = None if stays else self.opening
        return Span(form, opening, self.name, body, dropped, unwrapped, self.doubt(block, body))

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
        if self.extent.again or any(is_before(read, self.opening) for read in reads):
            raise Unfixable("what it was in the last round of the loop is used, too")
        return reads

    def behind(self, reads: list[ast.AST], form: str) -> tuple[list[ast.stmt], int]:
        """The block, and the index before which it may not begin, where the opening is the end of a branch or of a
        `try`, and whoever comes to what follows has one to close: no other branch does anything but open one or
        leave."""
        openers = {
            other.call
            for other in acquisitions(self.file)
            if other.holdings[0].names and other.holdings[0].names[0] == self.found.holdings[0].names[0]
            if _is_sameform_of(self.model, other, self.found)
        }
        statement: ast.stmt = self.opening
        while form in (WITH, CLOSING):
            around = self.model.parent(statement)
            if not isinstance(around, (ast.If, ast.Try)) or block_of(self.model, statement)[-1] is not statement:
                break
            if isinstance(around, ast.Try) and self.hold(around.orelse, -1, reads):
                return around.orelse, -1
            if not all(_gives(branch, openers) for branch in _branches(around)):
                break
            block = block_of(self.model, around)
            if self.hold(block, block.index(around), reads):
                return block, block.index(around)
            statement = around
        raise Unfixable("it is used outside of the block in which it is opened")

    def hold(self, block: list[ast.stmt], start: int, reads: list[ast.AST]) -> bool:
        """Do all of the reads stand in a block, behind an index?"""
        ends = [index_in(self.model, block, read) for read in reads]
        return all(end is not None and end > start for end in ends)

    def last(self, block: list[ast.stmt], start: int, reads: list[ast.AST]) -> int:
        """Where the block ends: at the last release if that comes whatever else does, else at the last read."""
        ends = [index for event in self.releases if (index := index_in(self.model, block, event.node)) is not None]
        if ends and max(ends) > start and self.is_sure(block[max(ends)]):
            return max(ends)
        if self.extent.claims:
            return len(block) - 1  # what it holds may be needed by all that follows
        return max([start, *(index_in(self.model, block, read) or 0 for read in reads)])

    @property
    def releases(self) -> list[Event]:
        """Those that may be of this resource, not of another that the name is bound to later."""
        released = [event for event in self.events if event.fate == RELEASED and event.verb != "with"]
        return [event for event in released if reaches(self.model, self.opening, event.node, self.others)]

    def is_sure(self, statement: ast.stmt) -> bool:
        if isinstance(statement, ast.If):
            branches = (statement.body, statement.orelse)
            return all(branch and (leaves(branch) or self.is_sure(branch[-1])) for branch in branches)
        if isinstance(statement, TRIES):
            return any(map(self.is_sure, statement.finalbody))  # type: ignore[attr-defined]
        if isinstance(statement, (ast.With, ast.AsyncWith)):
            return self.is_sure(statement.body[-1]) and not swallows(self.model, statement)
        # A loop may run no round, a `match` may meet no case, another name may be bound to something else, and behind
        # the shutdown of a socket some of it still works.
        simple = not hasattr(statement, "body") and not isinstance(statement, ast.Match)
        nodes = list(ast.walk(statement))
        closing = {"close", "aclose", "argument", "del", *self.found.acquirer.releases}
        ends = [event for event in self.releases if event.verb in closing and self.is_own(event)]
        return simple and any(event.node in nodes for event in ends)

    def ends_surely(self, body: list[ast.stmt]) -> bool:
        """Does whoever comes to the end of the block release the resource there, and not another of its name?"""
        passed = not any(isinstance(statement, (ast.Return, ast.Raise)) for statement in body[:-1])
        return bool(body) and passed and self.is_sure(body[-1]) and not self.is_bound_anew(body)

    def is_own(self, event: Event) -> bool:
        """Does it say the name that the resource was bound to, not another that it goes by?"""
        return any(isinstance(node, ast.Name) and node.id == self.name for node in ast.walk(event.node))

    # -- how ---------------------------------------------------------------------------------------------------------

    def refuse_hand_overs(self) -> None:
        """Unfixable where something else than the function may own the resource in the end."""
        handed = hand_overs(self.model, self.found)
        taken = any(event.fate == RELEASED for event in handed)
        if taken or {event.verb for event in handed} - {"argument", "yield"} or (self.is_lent and not self.releases):
            raise Unfixable(_HANDED_ON)
        if any(event.scope is not self.found.scope for event in self.releases):
            raise Unfixable("another function releases it")

    @property
    def is_lent(self) -> bool:
        """Does code outside of the file get it? It is lent only if it is released in the end, whatever else happens;
        where that is in a handler, or on one way out, others may go on with it."""
        return any(event.verb == "argument" for event in self.events if event.fate in (ESCAPED, LENT))

    def is_bound_anew(self, body: list[ast.stmt]) -> bool:
        return any(index_in(self.model, body, node) is not None for node in self.others)

    def doubt(self, block: list[ast.stmt], body: list[ast.stmt]) -> str:
        doubt = doubt_of(self.model, self.found, self.extent)
        if is_written(self.found) and fails_again(self.model, self.extent.reads, body):
            return FAILS
        if self.ends_surely(body) and doubt == self.extent.escapes and not self.leaves_early(body):
            return ""  # what is needed behind the release doesn't work now either
        if any(self.is_conditional(event, body) for event in self.releases):
            return "it is released behind a condition now"
        whole = block is getattr(self.found.scope.node, "body", None) and not self.others
        if self.extent.claims and not whole:
            return CLAIM
        return doubt

    def leaves_early(self, body: list[ast.stmt]) -> bool:
        """Does a way out before the release hand out what needs the resource open, or does someone else go on with it
        at once?"""
        handed = self.extent.handed
        if any(isinstance(node, ast.Call) or _is_own_yield(node) for node in handed):
            return True
        ways = [statement_of(self.model, node) for node in handed]
        return any(isinstance(way, (ast.Return, ast.Raise)) and not self.is_released_after(way, body) for way in ways)

    def is_released_after(self, way: ast.stmt, body: list[ast.stmt]) -> bool:
        """Does a `finally` release the resource that is still open where the function is left, or is it closed by
        then?"""
        around = (parent for _, parent in self.model.ancestors(way))
        ends = (parent for parent in around if isinstance(parent, ast.stmt) and isinstance(parent, TRIES))
        return index_in(self.model, body, way) is None or any(map(self.is_sure, ends))

    def is_conditional(self, event: Event, body: list[ast.stmt]) -> bool:
        """Does a release stand in an `if` that does nothing else: `if own: f.close()`?"""
        statement = statement_of(self.model, event.node)
        around = self.model.parent(statement)
        return isinstance(around, ast.If) and not leaves(around.body) and around.body == [statement]

    def needless(self, form: str, body: list[ast.stmt]) -> tuple[list[ast.stmt], ast.stmt | None]:
        """The releases that leaving the block makes needless. Unfixable where others stay that may not run twice."""
        if form == FINALLY:
            return self.all_but_the_last(body), None
        if self.is_bound_anew(body):
            return [], None  # they may be of something else
        own = [event for event in self.releases if event.verb in ("close", "aclose") and self.is_own(event)]
        closes = {statement_of(self.model, event.node) for event in own}
        closes = {statement for statement in closes if self.is_but_a_release(statement)}
        dropped: list[ast.stmt] = [close for close in closes if self.is_followed_by_leaving(close, body)]
        last = body[-1] if body else None
        if isinstance(last, ast.Try) and not last.handlers and not last.orelse:
            if len(last.finalbody) == 1 and last.finalbody[0] in closes:
                return dropped, last
        return dropped, None

    def all_but_the_last(self, body: list[ast.stmt]) -> list[ast.stmt]:
        """The releases before the one that goes into `finally`: after each of them the function is left at once."""
        if self.is_bound_anew(body):
            raise Unfixable("its name is bound to something else before it is released")
        ends = [statement_of(self.model, event.node) for event in self.releases]
        inner = body[-1].finalbody if body and isinstance(body[-1], ast.Try) else body
        final = inner[-1] if inner else None
        before = [end for end in ends if end is not final]
        leaving = all(self.is_but_a_release(end) and self.is_followed_by_leaving(end, body) for end in before)
        if len(before) == len(ends) or not leaving or not isinstance(final, ast.Expr):
            raise Unfixable("some ways release it already; release it on the others, too")
        if not self.is_but_a_release(final):
            raise Unfixable("what ends it may be a step of the work; release it on the ways that leave before")
        read = {node.id for node in ast.walk(final) if isinstance(node, ast.Name)}
        if any(self.is_bound_in(word, body) for word in read - {self.name}):
            raise Unfixable("its release needs what is worked out before")
        return before

    def is_bound_in(self, word: str, body: list[ast.stmt]) -> bool:
        owner = self.model.resolve(self.found.scope, word)
        bindings = self.model.bindings(owner, word) if owner is not None else []
        return any(index_in(self.model, body, binding.node) is not None for binding in bindings)

    def is_but_a_release(self, statement: ast.stmt) -> bool:
        """Does a statement release the resource, by its name, and do nothing else?"""
        value = statement.value if isinstance(statement, ast.Expr) else None
        call = value.value if isinstance(value, ast.Await) else value
        if not isinstance(call, ast.Call):
            return False
        if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
            if call.func.value.id == self.name:
                return not any(isinstance(node, ast.Call) for each in call.args for node in ast.walk(each))
        given = [each.id for each in call.args if isinstance(each, ast.Name)]
        last = self.model.dotted(call.func).rpartition(".")[2]
        ends = {release.removesuffix("()").rpartition(".")[2] for release in self.found.acquirer.releases}
        return self.name in given[:1] and last in ends

    def is_followed_by_leaving(self, statement: ast.stmt, body: list[ast.stmt]) -> bool:
        """Does nothing run between a release and the end of the block?"""
        here = statement
        while here not in body:
            block = block_of(self.model, here)
            follow = block[block.index(here) + 1 :]
            if follow:
                return only_leaves(follow[0]) and not self.is_tried(here, body)
            around = self.model.parent(here)
            if not isinstance(around, ast.If) or len(block) == 1:
                return False
            here = around
        return here is body[-1] and len(body) > 1

    def is_tried(self, statement: ast.stmt, body: list[ast.stmt]) -> bool:
        """Would a `try` or `with` inside of the block catch what leaves it at a statement, or do more on the way?"""
        for child, parent in self.model.ancestors(statement):
            if isinstance(parent, TRIES) and (child in parent.body or parent.finalbody):  # type: ignore[attr-defined]
                return True
            if isinstance(parent, (ast.With, ast.AsyncWith)) and index_in(self.model, body, parent) is not None:
                return True
            if parent in body:
                return False
        return False


def _is_own_yield(node: ast.AST) -> bool:
    return isinstance(node, ast.Yield) and isinstance(node.value, ast.Name)


def _is_plain(statement: ast.stmt) -> bool:
    """`name = ...`"""
    return (
        isinstance(statement, ast.Assign) and len(statement.targets) == 1 and isinstance(statement.targets[0], ast.Name)
    )


def _branches(statement: ast.If | ast.Try) -> list[list[ast.stmt]]:
    """The ways through a statement; one that skips it is empty."""
    if isinstance(statement, ast.If):
        return [statement.body, statement.orelse]
    handlers = [handler.body for handler in statement.handlers]
    return [[], *handlers] if statement.finalbody else [statement.body, *handlers]


def _gives(block: list[ast.stmt], openers: set[ast.Call]) -> bool:
    """Does whoever goes through a block leave by it, or come out with a resource?"""
    if not block:
        return False
    last = block[-1]
    if isinstance(last, (ast.If, ast.Try)):
        return all(_gives(branch, openers) for branch in _branches(last))
    return leaves(block) or (isinstance(last, ast.Assign) and last.value in openers)


def _is_sameform_of(model: Model, one: Acquisition, other: Acquisition) -> bool:
    leaving = one.acquirer.leaving == other.acquirer.leaving
    return leaving and (one.acquirer.kind in ONLY_CLOSES) == (other.acquirer.kind in ONLY_CLOSES)
