"""The control flow of one function: by which ways is it left while something is open?

Statements are the nodes; which one follows is read off the blocks when it is asked, so no graph is kept. A `finally`
is walked once for each kind of way that leads through it.
"""

from __future__ import annotations

import ast
import builtins
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from heapq import heapify, heappop, heappush
from itertools import count
from typing import NamedTuple

# The ways out: the end of the body; an explicit statement (a `raise` in a handler apart: it passes on an exception);
# an exception of a call that nothing in the function catches; back to the statement that opens; the name bound anew.
END, RETURN, RAISE, RERAISE, ERROR, AGAIN, REBOUND = "end", "return", "raise", "reraise", "error", "again", "rebound"
_EXCEPTIONS = frozenset({RAISE, RERAISE, ERROR})
_BREAK, _CONTINUE = "break", "continue"

_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_WITHS = (ast.With, ast.AsyncWith)
TRIES: tuple[type, ...] = (ast.Try, getattr(ast, "TryStar", ast.Try))
_COMPOUND = (ast.If, ast.Match, *_WITHS, *_LOOPS, *TRIES)
_JUMPS: dict[type, str] = {ast.Return: RETURN, ast.Raise: RAISE, ast.Break: _BREAK, ast.Continue: _CONTINUE}
_CAUGHT = "caught"  # the door of exceptions that a handler catches
_CATCH_ALL = frozenset({"Exception", "BaseException"})

# A `finally` inside of a `finally` multiplies the ways; nobody writes more than a few.
_STATES_PER_STATEMENT = 50


class Way(NamedTuple):
    """One way out of a function with something open.

    kind: END, RETURN, RAISE, RERAISE, ERROR, AGAIN or REBOUND. caught: a handler of the function caught an exception
    of a call on this way. node: for ERROR and where one was caught, the first call in the order of the source that may
    raise; else None.
    """

    kind: str
    caught: bool
    node: ast.AST | None


class Duties:
    """What is opened and closed where, a bit of an integer for each thing: statement -> bits.

    opens, closes, rebinds: by statement (of a compound one, its head). unless: (statement, branch) -> what cannot be
    open where this branch is taken; the branch True is the body of an `if` or `while`, False the way past it.
    """

    __slots__ = ("closes", "opens", "rebinds", "unless")

    def __init__(self) -> None:
        self.opens: dict[ast.stmt, int] = defaultdict(int)
        self.closes: dict[ast.stmt, int] = defaultdict(int)
        self.rebinds: dict[ast.stmt, int] = defaultdict(int)
        self.unless: dict[tuple[ast.stmt, bool], int] = defaultdict(int)


# Where a statement stands: the function, loop, `try` or swallowing `with` around it, which block of that, what follows.
_Spot = tuple[ast.AST, str, "ast.stmt | None"]
# What a `finally` goes on with: the kind of way; of an exception of a call the first `try` that it went through, of a
# written one its name; what an outer one goes on with.
_Pending = tuple[str, "ast.AST | str | None", "object"]
_State = tuple[ast.stmt, "_Pending | None"]


class _Block(NamedTuple):
    """Statements; the function, loop, `try` or swallowing `with` that they belong to, and by which field; the statement
    or function that directly holds them, and by which field; what follows; the set in which they are noted."""

    statements: list[ast.stmt]
    owner: ast.AST
    field: str
    parent: ast.AST
    name: str
    follow: ast.stmt | None
    kind: set[ast.stmt] | None


class Flow:
    """The control flow of one function.

    spots: every statement of the function's own -> where it stands. inside: the same -> the statement or function that
    directly holds it, and the field in which. cleanup: those in a handler or a `finally`.
    tried: those in the body of a `try` with a handler that catches and goes on.
    swallows: does this `with` statement end exceptions of its body, as `contextlib.suppress` does? catches: does this
    handler catch exceptions of calls? kinds: the name of an exception -> it and the names of its bases.
    """

    def __init__(
        self,
        function: ast.FunctionDef | ast.AsyncFunctionDef,
        swallows: Callable[[ast.stmt], bool],
        catches: Callable[[ast.ExceptHandler], bool],
        kinds: Callable[[str], Collection[str]] | None = None,
    ) -> None:
        self.function = function
        self.kinds = kinds or builtin_kinds
        self.catches = catches
        self.spots: dict[ast.stmt, _Spot] = {}
        self.inside: dict[ast.AST, tuple[ast.AST, str]] = {}
        self.cleanup: set[ast.stmt] = set()
        self.tried: set[ast.stmt] = set()
        self._place(swallows)

    def _place(self, swallows: Callable[[ast.stmt], bool]) -> None:
        """Note where each statement stands.

        A block that only holds statements is no step of its own: what follows it follows its last one.
        """
        todo: list[_Block] = [_Block(self.function.body, self.function, "body", self.function, "body", None, None)]
        while todo:
            block = todo.pop()
            if block.kind is not None:
                block.kind.update(block.statements)
            for index, statement in enumerate(block.statements):
                after = block.statements[index + 1] if index + 1 < len(block.statements) else block.follow
                self.spots[statement] = block.owner, block.field, after
                self.inside[statement] = block.parent, block.name
                if isinstance(statement, _COMPOUND):
                    todo += self._blocks(statement, swallows, block, after)

    def _blocks(
        self, statement: ast.stmt, swallows: Callable[[ast.stmt], bool], around: _Block, after: ast.stmt | None
    ) -> Iterator[_Block]:
        """The blocks of a compound statement, which stands in `around` before `after`."""

        def plain(statements: list[ast.stmt], name: str) -> _Block:
            return _Block(statements, around.owner, around.field, statement, name, after, around.kind)

        def own(statements: list[ast.stmt], name: str, kind: set[ast.stmt] | None) -> _Block:
            return _Block(statements, statement, name, statement, name, None, kind)

        if isinstance(statement, ast.If):
            yield plain(statement.body, "body")
            yield plain(statement.orelse, "orelse")
        elif isinstance(statement, ast.Match):
            yield from (plain(case.body, "cases") for case in statement.cases)
        elif isinstance(statement, _WITHS):
            swallowing = swallows(statement)
            yield own(statement.body, "body", around.kind) if swallowing else plain(statement.body, "body")
        elif isinstance(statement, _LOOPS):
            yield own(statement.body, "body", around.kind)
            yield plain(statement.orelse, "orelse")
        elif isinstance(statement, TRIES):
            handlers = statement.handlers  # type: ignore[attr-defined]
            tried = self.tried if around.kind is None and any(map(self.goes_on, handlers)) else around.kind
            yield own(statement.body, "body", tried)  # type: ignore[attr-defined]
            yield own(statement.orelse, "orelse", around.kind)  # type: ignore[attr-defined]
            yield own(statement.finalbody, "finalbody", self.cleanup)  # type: ignore[attr-defined]
            yield from (own(handler.body, "handlers", self.cleanup) for handler in handlers)

    def goes_on(self, handler: ast.ExceptHandler) -> bool:
        return self.catches(handler) and not isinstance(handler.body[-1], ast.Raise)

    def ways(
        self,
        duties: Duties,
        raises: Callable[[ast.stmt], ast.AST | None],
        settle: Callable[[ast.stmt], None] = lambda statement: None,
    ) -> list[set[Way]] | None:
        """For each bit, the ways out of the function on which it is open; None if there are too many to follow.

        raises: the call (or `yield`) of a statement that may raise, if any. settle: called for each statement that a
        way comes to, before the first; may add to its duties.
        """
        walk = _Walk(self, duties, raises, settle)
        return walk.found() if walk.run() else None


class _Walk:
    """One pass over a function, for all its duties: two sets of bits a state, without and after a caught exception."""

    def __init__(
        self,
        flow: Flow,
        duties: Duties,
        raises: Callable[[ast.stmt], ast.AST | None],
        settle: Callable[[ast.stmt], None],
    ) -> None:
        self.flow = flow
        self.duties = duties
        self.raises = raises
        self.settle = settle
        self.settled: set[ast.stmt] = set()
        self.open: dict[_State, tuple[int, int]] = {}
        # In the order of the source, so that where ways meet all of them have come in; what leads back, in the next
        # round.
        self.todo: list[tuple[int, int, int, _State]] = []
        self.later: list[tuple[int, int, int, _State]] = []
        self.here = 0, 0
        self.waiting: set[_State] = set()
        # What exceptions of calls have brought to the handlers of a `try` already.
        self.thrown: dict[tuple[ast.stmt, _Pending | None], int] = defaultdict(int)
        self.count = count()
        self.left: dict[tuple[str, bool, ast.AST | None], int] = defaultdict(int)
        self.origins: dict[ast.AST | str | None, list[tuple[ast.AST, int]]] = defaultdict(list)
        self.named: dict[ast.AST | str | None, int] = defaultdict(int)

    def run(self) -> bool:
        limit = _STATES_PER_STATEMENT * len(self.flow.spots)
        for statement in self.duties.opens:
            self.wait((statement, self.pending(statement)))
        while self.todo or self.later:
            if len(self.open) > limit:
                return False
            if not self.todo:
                self.todo, self.later, self.here = self.later, [], (0, 0)
                heapify(self.todo)
            line, column, _, state = heappop(self.todo)
            self.here = line, column
            self.waiting.remove(state)
            self.step(*state, *self.open.get(state, (0, 0)))
        return True

    def pending(self, statement: ast.stmt) -> _Pending | None:
        """What goes on after a `finally` in which a walk begins: what follows it."""
        found: _Pending | None = None
        owner, field, _ = self.flow.spots[statement]
        while owner is not self.flow.function:
            if field == "finalbody":
                found = END, None, found
            owner, field, _ = self.flow.spots[owner]  # type: ignore[index]
        return found

    def found(self) -> list[set[Way]]:
        bits = 0
        for opened in self.duties.opens.values():
            bits |= opened
        ways: list[set[Way]] = [set() for _ in range(bits.bit_length())]
        for (kind, caught, door), mask in self.left.items():
            if kind == ERROR or caught:
                for node, origin in self.origins[door if kind == ERROR else _CAUGHT]:
                    for bit in _bits(origin & mask):
                        ways[bit].add(Way(kind, caught, node))
            else:
                for bit in _bits(mask):
                    ways[bit].add(Way(kind, caught, None))
        return ways

    def enter(self, state: _State, plain: int, caught: int) -> None:
        if not plain | caught:
            return
        known = self.open.get(state)
        if known is None:
            self.open[state] = plain, caught
        else:
            merged = known[0] | plain, known[1] | caught
            if merged == known:
                return
            self.open[state] = merged
        self.wait(state)

    def wait(self, state: _State) -> None:
        if state not in self.waiting:
            self.waiting.add(state)
            position = state[0].lineno, state[0].col_offset
            entry = (*position, next(self.count), state)
            if position <= self.here:
                self.later.append(entry)
            else:
                heappush(self.todo, entry)

    def step(self, statement: ast.stmt, pending: _Pending | None, plain: int, caught: int) -> None:
        duties = self.duties
        if statement not in self.settled:
            self.settled.add(statement)
            self.settle(statement)
        closes = ~duties.closes.get(statement, 0)
        plain, caught = plain & closes, caught & closes
        call = self.raises(statement) if plain | caught else None
        if call is not None:
            self.name(statement, call, plain | caught)
            self.leave(statement, pending, ERROR, plain, caught)
        opens = duties.opens.get(statement, 0) & closes
        for kind, lost in ((REBOUND, duties.rebinds.get(statement, 0)), (AGAIN, opens)):
            if lost:
                self.left[kind, False, None] |= plain & lost
                self.left[kind, True, None] |= caught & lost
                plain, caught = plain & ~lost, caught & ~lost
        plain |= opens
        jump = _JUMPS.get(type(statement))
        if jump is not None:
            self.leave(statement, pending, jump, plain, caught)
        else:
            self.go_on(statement, pending, plain, caught)

    def go_on(self, statement: ast.stmt, pending: _Pending | None, plain: int, caught: int) -> None:
        """Where a statement leads if nothing happens."""
        past = True
        blocks: list[list[ast.stmt]] = []
        if isinstance(statement, ast.If):
            blocks, past = [statement.body], not statement.orelse
        elif isinstance(statement, _LOOPS):
            blocks = [statement.body]
            past = not (statement.orelse or _endless(statement))
        elif isinstance(statement, (*_WITHS, *TRIES)):
            blocks, past = [statement.body], False  # type: ignore[attr-defined]
        elif isinstance(statement, ast.Match):
            blocks = [case.body for case in statement.cases]
            last = statement.cases[-1]
            past = not (isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None and last.guard is None)
        inside = ~self.duties.unless.get((statement, True), 0)
        for block in blocks:
            self.enter((block[0], pending), plain & inside, caught & inside)
        outside = ~self.duties.unless.get((statement, False), 0)
        plain, caught = plain & outside, caught & outside
        other = statement.orelse if isinstance(statement, (ast.If, *_LOOPS)) else []
        if other and not _endless(statement):
            self.enter((other[0], pending), plain, caught)
        if past:
            self.leave(statement, pending, END, plain, caught)

    def leave(self, statement: ast.stmt, pending: _Pending | None, kind: str, plain: int, caught: int) -> None:
        """Follow a way from the end of a statement, or a jump or an exception out of it, to where it leads."""
        door: ast.AST | None = None  # the first `finally` on the way
        raised = _raised(statement)
        while True:
            owner, field, follow = self.flow.spots[statement]
            if kind == END and follow is not None:
                return self.enter((follow, pending), plain, caught)
            if owner is self.flow.function:
                self.left[kind, False, door] |= plain
                self.left[kind, True, door] |= caught
                return None
            assert isinstance(owner, ast.stmt)
            if isinstance(owner, TRIES):
                if field == "handlers" and kind == RAISE:
                    kind = RERAISE
                if field == "finalbody":
                    assert pending is not None
                    resumed, way, outer = pending
                    pending = outer  # type: ignore[assignment]
                    if kind == END:  # what led into the `finally` goes on; a jump out of it overrules that
                        kind, door, raised = resumed, None, ""
                        if isinstance(way, str):
                            raised = way
                        else:
                            door = way
                else:
                    if field == "body" and kind == END and owner.orelse:  # type: ignore[attr-defined]
                        return self.enter((owner.orelse[0], pending), plain, caught)  # type: ignore[attr-defined]
                    if (
                        field == "body"
                        and kind in _EXCEPTIONS
                        and self.catch(owner, raised, pending, kind, plain, caught)
                    ):
                        return None
                    if owner.finalbody:  # type: ignore[attr-defined]
                        if kind == ERROR:
                            door = door or owner
                        state = owner.finalbody[0], (kind, door or raised, pending)  # type: ignore[attr-defined]
                        return self.enter(state, plain, caught)
            elif isinstance(owner, _LOOPS):
                if kind in (END, _CONTINUE):
                    return self.enter((owner, pending), plain, caught)
                if kind == _BREAK:
                    kind = END
            elif kind == ERROR:  # a `with` that swallows
                kind, plain, caught = END, 0, plain | caught
            elif kind in _EXCEPTIONS:
                kind = END
            statement = owner

    def catch(self, owner: ast.stmt, raised: str, pending: _Pending | None, kind: str, plain: int, caught: int) -> bool:
        """Enter the handlers of a `try` that an exception may reach. Return whether it goes no further.

        raised: the name of the exception, if it is written. An exception of a call counts as caught by any handler:
        that none names it is not for the file to tell.
        """
        if kind == ERROR:
            known = self.thrown[owner, pending]
            if not (plain | caught) & ~known:
                return any(map(self.flow.catches, owner.handlers))  # type: ignore[attr-defined]
            self.thrown[owner, pending] |= plain | caught
        reached = False
        for handler in owner.handlers:  # type: ignore[attr-defined]
            names = _names(handler.type)
            every = handler.type is None or not _CATCH_ALL.isdisjoint(names)
            if kind == ERROR:
                if self.flow.catches(handler):
                    self.enter((handler.body[0], pending), 0, plain | caught)
                    reached = True
                if every:
                    break
            elif every or not raised or not names or not names.isdisjoint(self.flow.kinds(raised)):
                self.enter((handler.body[0], pending), plain, caught)
                if every or (raised and names):
                    return True
        return reached

    def name(self, statement: ast.stmt, call: ast.AST, mask: int) -> None:
        """Remember the first call that leaves by each door, and that a handler catches, with something open."""
        door: ast.AST | None = None
        handled = False
        here: ast.AST = statement
        while here is not self.flow.function and not handled:
            owner, field, _ = self.flow.spots[here]  # type: ignore[index]
            handlers = getattr(owner, "handlers", ()) if field == "body" else ()
            handled = isinstance(owner, _WITHS) or any(map(self.flow.catches, handlers))
            if door is None and isinstance(owner, TRIES) and field != "finalbody" and owner.finalbody:  # type: ignore[attr-defined]
                door = None if handled else owner
            here = owner
        doors: list[ast.AST | str | None] = [_CAUGHT] if handled else []
        if door is not None or not handled:
            doors.append(door)
        for each in doors:
            new = mask & ~self.named[each]
            if new:
                self.named[each] |= new
                self.origins[each].append((call, new))


def _bits(mask: int) -> list[int]:
    return [index for index, digit in enumerate(reversed(bin(mask)[2:])) if digit == "1"]


def _endless(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.While) and isinstance(statement.test, ast.Constant) and bool(statement.test.value)


def _raised(statement: ast.stmt) -> str:
    """The last name of the exception that a `raise` statement spells out."""
    if not isinstance(statement, ast.Raise):
        return ""
    node = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
    name = getattr(node, "attr", getattr(node, "id", ""))
    return name if name[:1].isupper() else ""  # else a variable


def builtin_kinds(name: str) -> set[str]:
    """An exception's name, with those of its bases if it is a built-in one."""
    kind = getattr(builtins, name, None)
    return {base.__name__ for base in kind.__mro__} if isinstance(kind, type) else {name}


def _names(node: ast.expr | None) -> set[str]:
    """The last names of the exceptions that a handler spells out."""
    parts = node.elts if isinstance(node, ast.Tuple) else [node]
    return {getattr(part, "attr", getattr(part, "id", "")) for part in parts} - {""}
