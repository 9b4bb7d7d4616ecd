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
from ..model import FUNCTION, Model, Scope
from ..model.flow import TRIES
from ..rule import File, Unfixable
from .acquisitions import WITH_WAITS, Acquisition
from .blocks import block_of, index_in, is_before, reaches, statement_of
from .extent import Extent, extent
from .instances import acquisitions
from .leaving import leaves
from .ownership import ESCAPED, LENT, OWN, RELEASED, Event

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
    a method, or by a function (module, name). doubt: as in `Span`."""

    name: str
    body: list[ast.stmt]
    method: str
    function: tuple[str, str] | None
    doubt: str


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
    if any(file.model.dotted(node) == name and _is_bound(node) for each in body for node in ast.walk(each)):
        raise Unfixable("its name is bound to something else before it is handed over")
    function = None
    if release.endswith("()"):
        module, _, last = release.removesuffix("()").rpartition(".")
        function = module, last
        if any(event.fate == RELEASED and event not in given for h in found.holdings for event in h.events):
            raise Unfixable("some ways release it already; release it on the others, too")
    # What else a release does (commit, say goodbye) is not asked for behind an error, or raises another.
    doubt = "" if "close" in release or function else f"{release}() may do more than close it"
    return Guard(name, body, release, function, doubt)


def hand_overs(model: Model, found: Acquisition) -> list[Event]:
    """Where a resource becomes someone else's: what it is returned by, stored by, given to, or wrapped in (`f =
    os.fdopen(number)`)."""
    events = [event for holding in found.holdings for event in holding.events]
    return [
        event
        for event in events
        if event.fate in (ESCAPED, LENT)
        or (event.fate == RELEASED and event.verb == "argument" and not _is_statement(model, event.node))
    ]


def is_handed_over(model: Model, found: Acquisition) -> bool:
    """Is a resource someone else's in the end, and does the function itself never release it?"""
    given = hand_overs(model, found)
    released = [e for h in found.holdings for e in h.events if e.fate == RELEASED and e not in given]
    return bool(given) and not released


def _is_statement(model: Model, node: ast.AST) -> bool:
    """Does a node stand in a statement that is but a call, so that nobody gets the result?"""
    statement = statement_of(model, node)
    value = statement.value if isinstance(statement, ast.Expr) else None
    value = value.value if isinstance(value, ast.Await) else value
    return isinstance(value, ast.Call) and (node is value or model.parent(node) in (value, value.func))


def _bound(model: Model, found: Acquisition) -> tuple[ast.stmt, str]:
    """The statement that binds a resource to a name or to `self.name`, and that name."""
    statement = _assignment(model, found)
    if found.names:
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
    quiet = isinstance(last, (ast.Return, ast.Assign)) and _is_quiet(last.value)
    return end if taken or quiet else end + 1


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
    doubt = _CLAIM if reach.claims else _doubt(model, found, reach)
    return Hoist(form, fresh_name(model, found.scope, found.acquirer.kind), body, dropped, doubt)


# Statements that evaluate all of their expressions once, before they do anything.
_SIMPLE = (ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Return, ast.Raise, ast.Delete)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
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
        if isinstance(parent, ast.comprehension):
            # The first iterable of a comprehension is evaluated at once, before all else.
            holder = model.parent(parent)
            if child is not parent.iter or holder.generators[0] is not parent:  # type: ignore[union-attr]
                return False
            parent = holder
        elif isinstance(parent, (*_COMPREHENSIONS, ast.Lambda)) or not _comes_first(parent, child):
            return False
        assert parent is not None
        child = parent
    return True


def _comes_first(parent: ast.AST, child: ast.AST) -> bool:
    """Is a part of a node evaluated whenever the node is, and does nothing happen before?"""
    if isinstance(parent, ast.For) and child is not parent.iter:
        return False
    for field, part in ast.iter_fields(parent):
        parts = part if isinstance(part, list) else [part]
        if field == _LATE.get(type(parent)):
            continue
        before = parts[: parts.index(child)] if child in parts else parts
        skipped = isinstance(parent, (ast.BoolOp, ast.IfExp)) or field == "comparators"
        if before and skipped:
            return False  # `a and child`, `child if a else b`, `a < b < child`
        if not all(_is_calm(each) for each in before if isinstance(each, ast.AST)):
            return False
        if child in parts:
            break
    return True


_ACTS = (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr)


def _is_calm(node: ast.AST) -> bool:
    """Does evaluating an expression do nothing that anyone sees?"""
    return not any(isinstance(part, _ACTS) for part in ast.walk(node))


_HANDED_ON = "it is handed on, too; release it on the way that forgets it"


class _Planner:
    def __init__(self, file: File, found: Acquisition) -> None:
        self.file = file
        self.model = file.model
        self.found = found
        if len(found.holdings) != 1 or not found.holdings[0].names:
            raise Unfixable("an object keeps it, or several are opened at once")
        self.name = found.holdings[0].names[0].word
        self.opening = _assignment(self.model, found)
        self.events = found.holdings[0].events
        self.extent = extent(file, found)

    # -- which block, and from where to where -----------------------------------------------------------------------

    def plan(self) -> Span:
        self.refuse_hand_overs()
        form = _form(self.model, self.found, self.releases)
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
        if any(is_before(read, self.opening) for read in reads):
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
            if _is_same_form(self.model, other, self.found)
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
        return [event for event in self.events if event.fate == RELEASED and event.verb != "with"]

    def is_sure(self, statement: ast.stmt) -> bool:
        if isinstance(statement, ast.If):
            branches = (statement.body, statement.orelse)
            return all(branch and (leaves(branch) or self.is_sure(branch[-1])) for branch in branches)
        if isinstance(statement, TRIES):
            return any(map(self.is_sure, statement.finalbody))  # type: ignore[attr-defined]
        if isinstance(statement, (ast.With, ast.AsyncWith)):
            return self.is_sure(statement.body[-1])
        # A loop may run no round, a `match` may meet no case, another name may be bound to something else, and behind
        # the shutdown of a socket some of it still works.
        simple = not hasattr(statement, "body") and not isinstance(statement, ast.Match)
        nodes = list(ast.walk(statement))
        closing = {"close", "aclose", "argument", "del", *self.found.acquirer.releases}
        ends = [event for event in self.releases if event.verb in closing and self.is_own(event)]
        return simple and any(event.node in nodes for event in ends)

    def ends_surely(self, body: list[ast.stmt]) -> bool:
        """Does whoever comes to the end of the block release the resource there, and not another of its name?"""
        return bool(body) and self.is_sure(body[-1]) and not self.is_bound_anew(body)

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
        doubt = _doubt(self.model, self.found, self.extent)
        if self.ends_surely(body) and doubt == self.extent.escapes:
            return ""  # what is needed behind the release doesn't work now either
        if any(self.is_conditional(event, body) for event in self.releases):
            return "it is released behind a condition now"
        if self.extent.claims and block is not getattr(self.found.scope.node, "body", None):
            return _CLAIM
        return doubt

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
        closes = {statement for statement in closes if isinstance(statement, ast.Expr)}
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
        leaving = all(isinstance(end, ast.Expr) and self.is_followed_by_leaving(end, body) for end in before)
        if len(before) == len(ends) or not leaving or not isinstance(final, ast.Expr):
            raise Unfixable("some ways release it already; release it on the others, too")
        return before

    def is_followed_by_leaving(self, statement: ast.stmt, body: list[ast.stmt]) -> bool:
        """Does nothing run between a release and the end of the block?"""
        here = statement
        while here not in body:
            block = block_of(self.model, here)
            follow = block[block.index(here) + 1 :]
            if follow:
                return _only_leaves(follow[0]) and not self.is_tried(here, body)
            around = self.model.parent(here)
            if not isinstance(around, (ast.If, ast.With, ast.AsyncWith)) or len(block) == 1:
                return False
            here = around
        return here is body[-1] and len(body) > 1

    def is_tried(self, statement: ast.stmt, body: list[ast.stmt]) -> bool:
        """Would a `try` inside of the block catch what leaves it at a statement, or run something on the way?"""
        for child, parent in self.model.ancestors(statement):
            if isinstance(parent, TRIES) and (child in parent.body or parent.finalbody):  # type: ignore[attr-defined]
                return True
            if parent in body:
                return False
        return False


def _only_leaves(statement: ast.stmt) -> bool:
    """Does a statement leave the function, and do nothing else that anyone sees?"""
    if isinstance(statement, ast.Return):
        return _is_quiet(statement.value)
    if not isinstance(statement, ast.Raise) or statement.exc is None:
        return isinstance(statement, ast.Raise)
    made = statement.exc
    parts = [*made.args, *(k.value for k in made.keywords)] if isinstance(made, ast.Call) else [made]
    return all(map(_is_calm, parts))


_CLAIM = "it holds a lock, an address, a descriptor or a file on the disk for as long as it is open"


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


def _doubt(model: Model, found: Acquisition, reach: Extent) -> str:
    """Why a block that closes a resource may change more than that."""
    acquirer = found.acquirer
    if reach.lazy:
        raise Unfixable(f"{reach.escapes}: read all of it before")
    only_closes = acquirer.kind in ONLY_CLOSES and acquirer.name in RESOURCES
    if acquirer.leaving in (CLOSES, ASYNC) and not only_closes:
        return f"leaving a 'with' over a {acquirer.kind} may do more than close it"
    factory = model.runs(found.call.func, found.scope)
    if factory is not None and factory.kind == FUNCTION and _returns_more(factory):
        return f"{found.opened}() may hand out what is someone else's, too"
    return reach.escapes


def _assignment(model: Model, found: Acquisition) -> ast.Assign | ast.AnnAssign:
    """The statement that binds what a call hands out."""
    value: ast.AST | None = found.call
    if isinstance(model.parent(found.call), ast.Await):
        value = model.parent(found.call)
    statement = model.parent(value) if value is not None else None
    if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is value:
        return statement
    raise Unfixable("it is opened inside a larger expression")


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


def _is_same_form(model: Model, one: Acquisition, other: Acquisition) -> bool:
    leaving = one.acquirer.leaving == other.acquirer.leaving
    return leaving and (one.acquirer.kind in ONLY_CLOSES) == (other.acquirer.kind in ONLY_CLOSES)


def _is_quiet(value: ast.expr | None) -> bool:
    """Does nothing happen when an expression is evaluated?"""
    if isinstance(value, (ast.Tuple, ast.List)):
        return all(map(_is_quiet, value.elts))
    return value is None or isinstance(value, (ast.Constant, ast.Name))


def fresh_name(model: Model, scope: Scope, kind: str) -> str:
    """A name for a resource of a kind, which means nothing else in a function or in what is defined there."""
    function = model.function(scope)
    inside = [each for each in model.scopes if each is function or _stands_in(each, function)]
    taken = {word for each in inside for word in (*each.bound, *(node.id for node in each.names))}
    word = re.split(r"\W", kind)[-1]
    candidates = (f"{word}{number or ''}" for number in range(len(taken) + 2))
    return next(w for w in candidates if w not in taken and not keyword.iskeyword(w) and not hasattr(builtins, w))


def _stands_in(scope: Scope, function: Scope | None) -> bool:
    here = scope.parent
    while here is not None and here is not function:
        here = here.parent
    return here is not None


def _returns_more(function: Scope) -> bool:
    """Does a function of the file return in more than one place?"""
    body: list[ast.AST] = list(function.node.body)  # type: ignore[attr-defined]
    count = 0
    for node in body:
        count += isinstance(node, ast.Return)
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            body += ast.iter_child_nodes(node)
    return count > 1
