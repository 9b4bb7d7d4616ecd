"""The control flow of a function, and where in it the duty to release begins and ends."""

from __future__ import annotations

import ast
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from ..knowledge.containers import COLLECTION_PUTS
from ..knowledge.values import NO_RETURN
from ..model import Duties, Flow, Model, Scope, Way
from ..model.flow import builtin_kinds
from ..model.use import FAR
from ..rule import File
from .acquisitions import Acquisition
from .guards import denies
from .ownership import Event, Name
from .pattern import Pattern

_LOOPS = (ast.For, ast.AsyncFor, ast.While)
# More resources in one function are generated code, where each statement would cost as much as they are many.
_MOST = 500
_LAST = frozenset(name.rpartition(".")[2] for name in NO_RETURN)
# What a call is named that ends the program or the test: `module.fail_json(...)`, `self.fail(...)`, `die(...)`.
_GIVES_UP = Pattern(r"fail(_json)?|abort|die|fatal|bail(_out)?|exit(_json)?|usage")


class Suspect(NamedTuple):
    """One resource whose ways are asked: its acquisition, its names, what ends the duty, and whether it is kept on an
    object that is still being made, so that only an exception loses it."""

    found: Acquisition
    names: list[Name]
    events: list[Event]
    constructing: bool


class FunctionFlow:
    """The control flow of one function, in which any number of suspects is followed at once.

    catches: does a handler catch the exceptions that are asked for? words: the names of all suspects.
    """

    def __init__(self, file: File, scope: Scope, catches: Callable[[ast.ExceptHandler], bool]) -> None:
        self.model = file.model
        self.scope = scope
        assert isinstance(scope.node, (ast.FunctionDef, ast.AsyncFunctionDef))
        self.flow = Flow(scope.node, partial(swallows, self.model), catches, partial(_kinds, self.model))

    def ways(self, suspects: list[Suspect], raises: Callable[[ast.stmt], ast.AST | None]) -> list[list[Way]]:
        """The ways on which each suspect is left open, in a fixed order; none for one that can't be followed.

        raises: the call (or `yield`) of a statement that may raise, if any.
        """
        duties = Duties()
        if len(suspects) > _MOST:
            return [[] for _ in suspects]
        # Things under one name share all that is done to it: it is entered once for them.
        groups: dict[int, list[tuple[Suspect, int]]] = defaultdict(list)
        for index, suspect in enumerate(suspects):
            groups[id(suspect.events)].append((suspect, 1 << index))
        for group in groups.values():
            self.place(group, duties)
        if not duties.opens:
            return [[] for _ in suspects]
        found = self.flow.ways(duties, raises, self.settling(duties)) or []
        found += [set()] * (len(suspects) - len(found))
        return [sorted(ways, key=_order) for ways in found]

    def place(self, group: list[tuple[Suspect, int]], duties: Duties) -> None:
        """Enter suspects, each under its bit, that share their names and events; leave out those to which something
        happens where the flow can't see."""
        names, events = group[0][0].names, group[0][0].events
        closes = [self.statement(event.node) for event in events]
        if None in closes or any(self.model.function(event.scope) is not self.scope for event in events):
            return  # an inner function does something to it, some time
        closing = set(closes)
        inside: dict[tuple[ast.AST, str], int] = defaultdict(int)
        everyone = conditional = 0
        for suspect, bit in group:
            opens = self.statement(suspect.found.call)
            blocks = self.blocks(opens) if opens is not None else None
            if opens is None or blocks is None or opens in closing:
                continue
            duties.opens[opens] |= bit
            everyone |= bit
            for parent, field in blocks:
                inside[parent, field] |= bit
                conditional |= bit if isinstance(parent, ast.If) else 0
        for statement in closing:
            assert statement is not None
            duties.closes[statement] |= everyone
            for parent, field in self.blocks(statement) or ():
                self.condition(duties, parent, field, everyone & ~inside[parent, field], conditional)
        words = {name.word for name in names}
        for word in words:
            for test in self.tests(word):
                for branch, denied in zip((True, False), denies(test.test, word), strict=True):
                    if denied:
                        duties.unless[test, branch] |= everyone
            if len(words) == 1:
                for statement in self.rebindings(word):
                    duties.rebinds[statement] |= everyone & ~duties.opens.get(statement, 0)

    def tests(self, word: str) -> set[ast.If | ast.While]:
        """The statements that test a local name."""
        nodes: list[ast.AST] = [reference.node for reference in self.model.references(self.scope, word)]
        nodes += [binding.node for binding in self.model.bindings(self.scope, word)]  # `if f := open(path):`
        around = map(self.statement, nodes)
        return {statement for statement in around if isinstance(statement, (ast.If, ast.While))}

    def condition(self, duties: Duties, parent: ast.AST, field: str, bits: int, conditional: int) -> None:
        """Count a branch past a release as released where it is taken when there is nothing to release: `if own:
        f.close()`, `for f in opened: f.close()`. A branch that does something else instead doesn't count, unless the
        acquisition is conditional, too."""
        if isinstance(parent, ast.If):
            if field == "body" and not parent.orelse and not leaves(parent.body):
                conditional = -1
            duties.unless[parent, field != "body"] |= bits & conditional
        elif isinstance(parent, ast.Match) or (isinstance(parent, _LOOPS) and field == "body"):
            duties.unless[parent, False] |= bits

    def statement(self, node: ast.AST) -> ast.stmt | None:
        """The statement of this function in which a node stands; of a compound one, its head."""
        here: ast.AST | None = node
        while here is not None and here not in self.flow.spots:
            if here is self.scope.node:
                return None
            here = self.model.parent(here)
        return here

    def blocks(self, statement: ast.stmt) -> list[tuple[ast.AST, str]] | None:
        """The compound statements around a statement, each with the block in which it stands; None in generated code,
        where they are too many."""
        found: list[tuple[ast.AST, str]] = []
        here: ast.AST = statement
        while here is not self.scope.node:
            if len(found) == FAR:
                return None
            found.append(self.flow.inside[here])
            here = found[-1][0]
        return found

    def rebindings(self, word: str) -> Iterator[ast.stmt]:
        """The statements that bind a name to something else; that a handler forgets it, is a way of its own."""
        for binding in self.model.bindings(self.scope, word):
            statement = self.statement(binding.node)
            if binding.kind != "assign" or binding.value is None or statement is None:
                continue
            forgets = isinstance(binding.value, ast.Constant) and self.flow.inside[statement][1] == "handlers"
            if not forgets and not any(isinstance(n, ast.Name) and n.id == word for n in ast.walk(binding.value)):
                yield statement

    def settling(self, duties: Duties) -> Callable[[ast.stmt], None]:
        """Where nothing can be said of any suspect: the process ends; a flag says how an earlier part went."""
        rebound = sorted((statement.lineno, statement.col_offset) for statement in duties.rebinds)
        noted = {name for statement in self.flow.cleanup for name in _written_to(statement)}

        def settle(statement: ast.stmt) -> None:
            if self.is_last(statement):
                duties.closes[statement] = -1
            elif isinstance(statement, ast.If):
                for branch, block in ((True, statement.body), (False, statement.orelse)):
                    if (leaves(block) or _holds(block, rebound)) and self.is_flag(statement.test, noted):
                        duties.unless[statement, branch] = -1

        return settle

    def is_last(self, statement: ast.stmt) -> bool:
        """Does a statement end the process, or the test?"""
        if isinstance(statement, ast.Raise):
            what = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
            return getattr(what, "id", "") in ("SystemExit", "KeyboardInterrupt")
        if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
            return False
        func = statement.value.func
        last = getattr(func, "attr", getattr(func, "id", ""))
        if last in _LAST and self.model.qualnames(func, self.scope) & NO_RETURN:
            return True
        return _GIVES_UP.fullmatch(last) is not None

    def is_flag(self, test: ast.expr, noted: set[str]) -> bool:
        """Does a test look at a local that a handler writes to, or that is bound several times, to constants too?"""
        if noted and any(isinstance(node, ast.Name) and node.id in noted for node in ast.walk(test)):
            return True
        test = test.operand if isinstance(test, ast.UnaryOp) else test
        test = test.left if isinstance(test, ast.Compare) else test
        values = [b.value for b in self.model.bindings(self.scope, test.id)] if isinstance(test, ast.Name) else []
        return len(values) > 1 and any(isinstance(value, ast.Constant) for value in values)

    def loops(self, suspect: Suspect) -> bool:
        """Does the acquisition stand in a loop in which nothing ends the duty?"""
        around = (parent for _, parent in self.model.ancestors(suspect.found.call))
        loop = next((parent for parent in around if isinstance(parent, _LOOPS)), None)
        return loop is not None and not any(
            parent is loop for event in suspect.events for _, parent in self.model.ancestors(event.node)
        )


def swallows(model: Model, statement: ast.stmt) -> bool:
    """Does this `with` end exceptions of its body?"""
    calls = [item.context_expr for item in statement.items]  # type: ignore[attr-defined]
    names = [model.dotted(call.func).rpartition(".")[2].lower() for call in calls if isinstance(call, ast.Call)]
    return any(name.startswith(("suppress", "ignore", "raises", "assertraises")) for name in names)


def _kinds(model: Model, name: str) -> set[str]:
    """An exception's name with those of its bases: of a built-in one, or of a class of this file."""
    found = builtin_kinds(name)
    todo = list(found) if len(found) == 1 else []
    for each in todo:
        for scope in model.classes:
            bases = scope.node.bases if scope.name == each else ()  # type: ignore[attr-defined]
            names = {kind for b in bases for kind in builtin_kinds(getattr(b, "attr", getattr(b, "id", "")))}
            todo += names - found
            found |= names
    return found


def leaves(block: list[ast.stmt]) -> bool:
    """Does a block end in a statement that leaves it?"""
    while block and isinstance(block[-1], (ast.With, ast.AsyncWith)):
        block = block[-1].body
    return bool(block) and isinstance(block[-1], (ast.Return, ast.Raise, ast.Break, ast.Continue))


def _holds(block: list[ast.stmt], positions: list[tuple[int, int]]) -> bool:
    """Does one of the sorted positions lie in a block?"""
    if not block:
        return False
    index = bisect_left(positions, (block[0].lineno, block[0].col_offset))
    last = block[-1]
    return index < len(positions) and positions[index] <= (last.end_lineno or 0, last.end_col_offset or 0)


def _written_to(statement: ast.stmt) -> Iterator[str]:
    """The locals that a statement binds, or puts something into."""
    targets: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AugAssign):
        targets = [statement.target]
    elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        method = statement.value.func
        targets = [method.value] if isinstance(method, ast.Attribute) and method.attr in COLLECTION_PUTS else []
    for target in targets:
        while isinstance(target, ast.Subscript):
            target = target.value
        if isinstance(target, ast.Name):
            yield target.id


def _order(way: Way) -> tuple[bool, str, int, int]:
    return way.caught, way.kind, getattr(way.node, "lineno", 0), getattr(way.node, "col_offset", 0)
