"""By which ways is a function left while what it acquired is still open?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from ..knowledge.containers import COLLECTION_PUTS, LOOKERS
from ..knowledge.resources import MUST, PATHS, RESOURCES, WRAPPERS
from ..knowledge.values import (
    CALM_FUNCTIONS,
    CALM_METHODS,
    ENDINGS,
    FAILING_METHODS,
    FAILING_MODULES,
    NO_RETURN,
    SAFE_FUNCTIONS,
)
from ..model import Duties, Flow, Model, Scope, Way
from ..model.flow import AGAIN, END, ERROR, RAISE, RERAISE, RETURN
from ..rule import File
from .acquisitions import Acquisition, tracer
from .fields import CONSTRUCTORS, fields, kept_on, releasing
from .instances import acquisitions
from .ownership import ESCAPED, KEPT, LENT, RELEASED, Event, Name

_LOOPS = (ast.For, ast.AsyncFor, ast.While)


class Suspect(NamedTuple):
    """One resource whose ways are asked: its acquisition, its names, what ends the duty, and whether it is kept on an
    object that is still being made, so that only an exception loses it."""

    found: Acquisition
    names: list[Name]
    events: list[Event]
    constructing: bool


class Paths(NamedTuple):
    """The ways on which an acquisition is left open. checked: in a constructor, the same where only calls of the object's
    own methods that raise on purpose count. looping: it stands in a loop that releases it nowhere."""

    found: Acquisition
    constructing: bool
    ways: list[Way]
    checked: list[Way]
    looping: bool


def paths(file: File) -> list[Paths]:
    """The ways of those acquisitions of a file that some path releases or hands over."""
    return file.model.keep("paths", lambda: list(_paths(file)))


def _paths(file: File) -> Iterator[Paths]:
    by_function: dict[Scope, list[Suspect]] = {}
    for suspect in [*_locals(file), *_constructed(file)]:
        by_function.setdefault(suspect.found.scope, []).append(suspect)
    for function, suspects in by_function.items():
        yield from _Function(file, function).paths(suspects)


def _locals(file: File) -> Iterator[Suspect]:
    """Resources under local names that are released or handed over somewhere."""
    for found in acquisitions(file):
        if found.fate in (RELEASED, ESCAPED, LENT) and found.scope.kind == "function":
            if tracer(file, found.acquirer).released_at_large(found.scope):
                continue
            for holding in found.holdings:
                if holding.names and all(e.fate != KEPT for e in holding.events):
                    if all(name.owner is found.scope for name in holding.names):
                        yield Suspect(found, holding.names, holding.events, False)


def _constructed(file: File) -> Iterator[Suspect]:
    """Resources that a constructor keeps on the object that it makes."""
    model = file.model
    for field in fields(file):
        release = releasing(model, field)
        if not field.must or any(method.name == "__del__" for method in release):
            continue  # it runs, too, for an object whose constructor raised
        for found in field.made:
            if found.scope.name not in CONSTRUCTORS or found.scope.kind != "function":
                continue
            here = [event for event in field.kept.events if event.scope is found.scope]
            here += [
                Event(RELEASED, reference.node, reference.scope, "")
                for method in release
                for reference in model.attributes(field.cls).get(method.name, ())
                if reference.scope is found.scope
            ]
            own = [e for h in found.holdings for e in h.events if e.verb != "store" and e.scope is found.scope]
            yield Suspect(found, [], [*here, *own], True)


def forgetful(file: File) -> Iterator[tuple[Acquisition, str, str]]:
    """The acquisitions that a written way out leaves open: with the name of what is open, and that way in words."""
    for found, constructing, ways, checked, looping in paths(file):
        if constructing:
            said = next((f"a 'raise' in {found.scope.name}()" for way in ways if way.kind == RAISE), "")
            errors = (way for way in checked if way.kind in (ERROR, RERAISE))
            said = said or next((f"a 'raise' in {_spelled(file.model, way.node)}" for way in errors), "")
        else:
            said = _written(ways, looping)
        if said:
            yield found, _name(file.model, found), said


def fragile(file: File) -> Iterator[tuple[Acquisition, str, str]]:
    """The acquisitions that only an exception of a call leaves open: with the name of what is open, and that call."""
    said = {found.call for found, _, _ in forgetful(file)}
    for found, _, ways, _, _ in paths(file):
        if found.acquirer.kind in PATHS and found.fate != RELEASED:
            continue  # a folder that is handed on is there for others, whole or not
        call = next((way.node for way in ways if way.kind in (ERROR, RERAISE) and way.node is not None), None)
        if call is not None and found.call not in said:
            said.add(found.call)
            yield found, _name(file.model, found), _spelled(file.model, call)


def _in_order(ways: set[Way]) -> list[Way]:
    return sorted(
        ways, key=lambda w: (w.caught, w.kind, getattr(w.node, "lineno", 0), getattr(w.node, "col_offset", 0))
    )


def _written(ways: list[Way], looping: bool) -> str:
    """The first of the ways that stand in the code, in words."""
    for caught in (False, True):
        kinds = {way.kind for way in ways if way.caught is caught and not (way.kind == AGAIN and looping)}
        for kind, words in _WORDS.items():
            if kind in kinds:
                return f"{words} after an exception" if caught else words
    return ""


_WORDS = {
    RETURN: "a 'return'",
    RAISE: "a 'raise'",
    AGAIN: "the next round of the loop",
    END: "one way to the end of the function",
}


def _name(model: Model, found: Acquisition) -> str:
    """What a reader calls the resource."""
    attrs = [f"self.{attr}" for _, attr in kept_on(model, found)]
    return [*found.names, *attrs, found.opened][0]


def _spelled(model: Model, node: ast.AST | None) -> str:
    """A call as it is written, without its arguments."""
    if not isinstance(node, ast.Call):
        return "the code around its 'yield'"
    return f"{model.dotted(node.func) or getattr(node.func, 'attr', 'a call')}()"


class _Function:
    """The control flow of one function, and what its suspects make of it."""

    def __init__(self, file: File, scope: Scope) -> None:
        self.file = file
        self.model = file.model
        self.scope = scope
        assert isinstance(scope.node, (ast.FunctionDef, ast.AsyncFunctionDef))
        self.flow = Flow(scope.node, self.swallows, _catches)
        self.words: set[str] = set()
        self.noted = {name for statement in self.flow.cleanup for name in _written_to(statement)}
        self.calls: dict[ast.stmt, ast.AST | None] = {}
        self.checks: dict[ast.stmt, ast.AST | None] = {}

    def paths(self, suspects: list[Suspect]) -> Iterator[Paths]:
        duties = Duties()
        kept: list[Suspect] = []
        self.words = {name.word for suspect in suspects for name in suspect.names}
        for suspect in suspects:
            if self.place(suspect, duties, 1 << len(kept)):
                kept.append(suspect)
        if not kept:
            return
        self.settle(duties)
        ways = self.flow.ways(duties, self.raises)
        checked = None
        if any(suspect.constructing for suspect in kept):
            checked = self.flow.ways(duties, self.raises_on_purpose)
        for bit, suspect in enumerate(kept):
            if ways is not None:
                some = _in_order(checked[bit]) if checked else []
                yield Paths(suspect.found, suspect.constructing, _in_order(ways[bit]), some, self.loops(suspect))

    def loops(self, suspect: Suspect) -> bool:
        """Does the acquisition stand in a loop in which nothing ends the duty?"""
        around = [parent for _, parent in self.model.ancestors(suspect.found.call)]
        loop = next((parent for parent in around if isinstance(parent, _LOOPS)), None)
        return loop is not None and not any(
            parent is loop for event in suspect.events for _, parent in self.model.ancestors(event.node)
        )

    def place(self, suspect: Suspect, duties: Duties, bit: int) -> bool:
        """Enter a suspect under its bit; False if something happens to it where the flow can't see."""
        opens = self.statement(suspect.found.call)
        if opens is None:
            return False
        closes = []
        for event in suspect.events:
            statement = self.statement(event.node)
            if statement is None or statement is opens:
                return False
            closes.append(statement)
        duties.opens[opens] |= bit
        around = self.blocks(opens)
        for statement in closes:
            duties.closes[statement] |= bit
            for block, branch in self.conditions(statement, around):
                duties.unless[block, branch] |= bit
        words = {name.word for name in suspect.names}
        for node, inside, past in self.guards(words):
            if inside:
                duties.unless[node, True] |= bit
            if past:
                duties.unless[node, False] |= bit
        if len(words) == 1:
            for statement in self.rebindings(next(iter(words)), opens):
                duties.rebinds[statement] |= bit
        return True

    def statement(self, node: ast.AST) -> ast.stmt | None:
        """The statement of this function in which a node stands; of a compound one, its head."""
        here: ast.AST | None = node
        while here is not None and here not in self.flow.spots:
            if here is self.scope.node:
                return None
            here = self.model.parent(here)
        return here

    def blocks(self, statement: ast.stmt) -> set[tuple[ast.AST, str]]:
        """The compound statements around a statement, each with the block in which it stands."""
        found = set()
        child: ast.AST = statement
        parent = self.model.parent(child)
        while parent is not None and child is not self.scope.node:
            for field in ("body", "orelse", "handlers", "finalbody", "cases"):
                block = getattr(parent, field, None)
                if isinstance(block, list) and any(child is each for each in block):
                    found.add((parent, field))
            child, parent = parent, self.model.parent(parent)
        return found

    def conditions(self, release: ast.stmt, around: set[tuple[ast.AST, str]]) -> Iterator[tuple[ast.stmt, bool]]:
        """The branches past a release that count as released, since they are taken when there is nothing to release:
        `if own: f.close()`, `for f in opened: f.close()`."""
        conditional = any(isinstance(parent, ast.If) for parent, _ in around)
        for parent, field in self.blocks(release):
            if (parent, field) in around or parent not in self.flow.spots:
                continue
            if isinstance(parent, ast.If):
                block, other = (parent.body, parent.orelse) if field == "body" else (parent.orelse, parent.body)
                if conditional or (not _leaves(block) and (not other or field == "orelse")):
                    if field == "body" and (not other or conditional):
                        yield parent, False
                    elif field == "orelse" and conditional:
                        yield parent, True
            elif isinstance(parent, ast.Match) or (isinstance(parent, _LOOPS) and field == "body"):
                yield parent, False

    def guards(self, words: set[str]) -> Iterator[tuple[ast.stmt, bool, bool]]:
        """The tests of a name: (statement, is it not open in the body, is it not open past it)."""
        for node in self.flow.spots:
            if isinstance(node, (ast.If, ast.While)):
                inside, past = _denies(node.test, words)
                if inside or past:
                    yield node, inside, past

    def rebindings(self, word: str, opens: ast.stmt) -> Iterator[ast.stmt]:
        """The statements that bind a name to something else."""
        for binding in self.model.bindings(self.scope, word):
            statement = self.statement(binding.node)
            if binding.kind != "assign" or statement is None or statement is opens:
                continue
            value = binding.value
            dropped = isinstance(value, ast.Constant) and any(
                field == "handlers" for _, field in self.blocks(statement)
            )
            if value is None or dropped or any(isinstance(n, ast.Name) and n.id == word for n in ast.walk(value)):
                continue
            yield statement

    def settle(self, duties: Duties) -> None:
        """Where nothing can be said of any suspect: the process ends; a flag says how an earlier part went."""
        for statement in self.flow.spots:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
                func = statement.value.func
                last = getattr(func, "attr", getattr(func, "id", ""))
                if _GIVES_UP.fullmatch(last) or (last in _LAST and self.model.qualnames(func, self.scope) & NO_RETURN):
                    duties.closes[statement] = -1
            elif isinstance(statement, ast.Raise) and _ends_process(statement):
                duties.closes[statement] = -1
            elif isinstance(statement, ast.If) and self.is_flag(statement.test):
                for branch, block in ((True, statement.body), (False, statement.orelse)):
                    if _leaves(block) or any(node in duties.rebinds for each in block for node in ast.walk(each)):
                        duties.unless[statement, branch] = -1

    def is_flag(self, test: ast.expr) -> bool:
        """Does a test look at a local that a handler writes to, or that is bound several times, to constants too?"""
        if any(isinstance(node, ast.Name) and node.id in self.noted for node in ast.walk(test)):
            return True
        if isinstance(test, ast.UnaryOp):
            test = test.operand
        if isinstance(test, ast.Compare):
            test = test.left
        if not isinstance(test, ast.Name):
            return False
        values = [binding.value for binding in self.model.bindings(self.scope, test.id)]
        return len(values) > 1 and any(isinstance(value, ast.Constant) for value in values)

    def swallows(self, statement: ast.stmt) -> bool:
        """Does this `with` end exceptions of its body?"""
        for item in statement.items:  # type: ignore[attr-defined]
            call = item.context_expr
            if isinstance(call, ast.Call):
                last = self.model.dotted(call.func).rpartition(".")[2].lower()
                if last == "suppress" or last.startswith(("raises", "assertraises", "ignore", "suppress")):
                    return True
        return False

    def raises(self, statement: ast.stmt) -> ast.AST | None:
        """The first call of a statement that may raise, or its `yield`.

        In a `try` that has handlers any call may, for its writer says so; elsewhere only what is known to do what can
        fail. Code that cleans up is taken not to.
        """
        if statement not in self.calls:
            nodes = () if statement in self.flow.cleanup else _head(statement)
            may = self.may_fail if statement in self.flow.tried else self.fails
            self.calls[statement] = next(filter(may, nodes), None)
        return self.calls[statement]

    def may_fail(self, node: ast.AST) -> bool:
        return isinstance(node, _RAISING) and not self.is_calm(node)

    def fails(self, node: ast.AST) -> bool:
        """Is it known of a call that it may fail: it waits, reads, writes, opens, runs code that it is given, or raises
        on purpose?"""
        if isinstance(node, ast.Await) and not isinstance(node.value, ast.Call):
            return True
        if not self.may_fail(node):
            return False
        if not isinstance(node, ast.Call) or isinstance(self.model.parent(node), ast.Await):
            return True
        names = self.model.callee(node, self.scope)
        if names:
            failing = any(
                name.partition(".")[0] in FAILING_MODULES and not name.startswith("os.path.") for name in names
            )
            if (
                failing
                and not names & SAFE_FUNCTIONS
                or any(name in RESOURCES and RESOURCES[name][1] == MUST for name in names)
            ):
                return True
        if getattr(node.func, "attr", "") in FAILING_METHODS and not names & SAFE_FUNCTIONS:
            return True
        if isinstance(node.func, ast.Name) and self.is_parameter(node.func):
            return True
        return self.model.runs(node.func, self.scope) in raising(self.model)

    def is_parameter(self, name: ast.Name) -> bool:
        owner = self.model.resolve(self.scope, name.id)
        return owner is not None and any(isinstance(bound, ast.arg) for bound in owner.bound.get(name.id, ()))

    def is_calm(self, node: ast.AST) -> bool:
        if not isinstance(node, ast.Call):
            return False
        method = getattr(node.func, "attr", "")
        if method in ENDINGS:
            return True
        if isinstance(node.func, ast.Attribute) and method in CALM_METHODS:
            return getattr(node.func.value, "id", "") not in self.words
        return bool(self.model.callee(node, self.scope) & CALM)

    def raises_on_purpose(self, statement: ast.stmt) -> ast.AST | None:
        """The first call of a statement that runs a method of the same object which has a `raise` for its caller."""
        if statement not in self.checks:
            self.checks[statement] = next(
                (
                    node
                    for node in _head(statement)
                    if isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and (function := self.model.runs(node.func, self.scope)) is not None
                    and function in raising(self.model)
                ),
                None,
            )
        return self.checks[statement]


def raising(model: Model) -> set[Scope]:
    """The functions of a file that raise on purpose, themselves or through a function of the file that they call.

    Abstract methods, which only say that they are not there, and what stands in a `try` don't count.
    """
    return model.keep("raising", lambda: _raising(model))


def _raising(model: Model) -> set[Scope]:
    found: set[Scope] = set()
    for scope in model.scopes:
        if scope.kind == "function" and any(_raises(node) for node in _own_statements(scope)):
            found.add(scope)
    todo = list(found)
    for function in todo:
        for call, scope in model.calls(function.name):
            caller = model.function(scope)
            if caller is None or caller in found or caller.kind != "function" or _protected(model, call):
                continue
            if model.runs(call.func, scope) is function:
                found.add(caller)
                todo.append(caller)
    return found


def _own_statements(scope: Scope) -> Iterator[ast.AST]:
    todo: list[ast.AST] = list(getattr(scope.node, "body", []))
    while todo:
        node = todo.pop()
        yield node
        if isinstance(node, (ast.If, *_LOOPS, ast.With, ast.AsyncWith)):
            todo += [*node.body, *getattr(node, "orelse", [])]
        elif isinstance(node, (ast.Try, ast.Match)) or hasattr(node, "handlers"):
            todo += getattr(node, "cases", [])
            todo += getattr(node, "handlers", [])
            if not getattr(node, "handlers", []):
                todo += getattr(node, "body", [])
        elif isinstance(node, (ast.ExceptHandler, ast.match_case)):
            todo += node.body


def _raises(node: ast.AST) -> bool:
    if not isinstance(node, ast.Raise) or node.exc is None:
        return False
    what = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return getattr(what, "attr", getattr(what, "id", "")) not in ("NotImplementedError", "AssertionError")


def _protected(model: Model, call: ast.Call) -> bool:
    """Does the call stand in the body of a `try` that has handlers?"""
    return any(
        getattr(parent, "handlers", None) and child in parent.body  # type: ignore[attr-defined]
        for child, parent in model.ancestors(call)
    )


CALM = LOOKERS | CALM_FUNCTIONS | WRAPPERS  # a wrapper that fails has taken over what it wraps
# What a call is named that ends the program or the test: `module.fail_json(...)`, `self.fail(...)`, `die(...)`.
_GIVES_UP = re.compile(r"fail(_\w+)?|abort|die|fatal|bail(_out)?|exit(_\w+)?|usage")
_LAST = frozenset(name.rpartition(".")[2] for name in NO_RETURN)
_RAISING = (ast.Call, ast.Yield, ast.YieldFrom)


def _head(statement: ast.stmt) -> Iterator[ast.AST]:
    """The nodes that run when a statement does, in the order of the source; of a compound one, its head."""
    todo: list[ast.AST] = [statement]
    while todo:
        node = todo.pop()
        if isinstance(node, (ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        yield node
        children = [child for child in ast.iter_child_nodes(node) if not isinstance(child, _INNER)]
        todo += reversed(children)


_INNER = (ast.stmt, ast.ExceptHandler, ast.match_case)


def _leaves(block: list[ast.stmt]) -> bool:
    """Does a block end in a statement that leaves it?"""
    while block and isinstance(block[-1], (ast.With, ast.AsyncWith)):
        block = block[-1].body
    return bool(block) and isinstance(block[-1], (ast.Return, ast.Raise, ast.Break, ast.Continue))


def _written_to(statement: ast.stmt) -> Iterator[str]:
    """The locals that a statement binds, or puts something into."""
    for node in [statement] if isinstance(statement, (ast.Assign, ast.AugAssign, ast.Expr)) else []:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            method = node.value.func
            if isinstance(method, ast.Attribute) and method.attr in COLLECTION_PUTS:
                targets = [method.value]
        for target in targets:
            while isinstance(target, ast.Subscript):
                target = target.value
            if isinstance(target, ast.Name):
                yield target.id


def _ends_process(statement: ast.Raise) -> bool:
    what = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
    return getattr(what, "id", "") in ("SystemExit", "KeyboardInterrupt")


def _catches(handler: ast.ExceptHandler) -> bool:
    """Does a handler catch what the use of a resource raises? That a file isn't there shows when it is opened."""
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(getattr(each, "id", "") not in _OF_OPENING for each in types)


_OF_OPENING = frozenset(
    {"FileNotFoundError", "FileExistsError", "IsADirectoryError", "NotADirectoryError", "ImportError", "NameError",
     "ModuleNotFoundError"}
)  # fmt: skip


def _denies(test: ast.expr, words: set[str]) -> tuple[bool, bool]:
    """Whether a test that holds, and one that doesn't, means that none of the names is open."""
    turned = False
    while isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        test, turned = test.operand, not turned
    inside = past = False
    if isinstance(test, ast.BoolOp):
        each = [_denies_plainly(value, words) for value in test.values]
        every, some = (all, any) if isinstance(test.op, ast.Or) else (any, all)
        inside, past = every(i for i, _ in each), some(p for _, p in each)
    else:
        inside, past = _denies_plainly(test, words)
    return (past, inside) if turned else (inside, past)


def _denies_plainly(test: ast.expr, words: set[str]) -> tuple[bool, bool]:
    turned = False
    while isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        test, turned = test.operand, not turned
    inside = past = False
    if isinstance(test, ast.NamedExpr):
        test = test.target
    if isinstance(test, ast.Name):
        past = test.id in words
    elif isinstance(test, ast.Attribute):
        inside = test.attr == "closed" and getattr(test.value, "id", "") in words
    elif isinstance(test, ast.Call):
        past = bool(test.args) and getattr(test.args[0], "id", "") in words
    elif isinstance(test, ast.Compare) and len(test.ops) == 1:
        left = test.left.target if isinstance(test.left, ast.NamedExpr) else test.left
        other = test.comparators[0]
        if getattr(left, "id", "") in words and isinstance(other, ast.Constant) and other.value is None:
            equal = isinstance(test.ops[0], (ast.Is, ast.Eq))
            inside, past = equal, not equal
    return (past, inside) if turned else (inside, past)
