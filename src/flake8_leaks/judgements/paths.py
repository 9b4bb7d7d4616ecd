"""By which ways is a function left while what it acquired is still open?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from ..knowledge.resources import PATHS
from ..model import FUNCTION, Model, Scope, Way
from ..model.flow import AGAIN, END, ERROR, RAISE, RERAISE, RETURN
from ..rule import File
from .acquisitions import Acquisition, acquires, tracer
from .failing import Failing, first
from .fields import CONSTRUCTORS, fields, kept_on, releasing
from .instances import acquisitions
from .leaving import FunctionFlow, Suspect
from .ownership import ESCAPED, KEPT, LENT, RELEASED, Event


class Paths(NamedTuple):
    """The ways on which an acquisition is left open. refused: in a constructor, the same where only calls of the
    object's own methods that raise on purpose count. looping: it stands in a loop that releases it nowhere."""

    found: Acquisition
    constructing: bool
    ways: list[Way]
    refused: list[Way]
    looping: bool


def paths(file: File) -> list[Paths]:
    """The ways of those acquisitions of a file that some path releases or hands over."""
    return file.model.keep("paths", lambda: list(_paths(file)) if acquires(file) else [])


def forgetful(file: File) -> Iterator[tuple[Acquisition, str, str]]:
    """The acquisitions that a written way out leaves open: with the name of what is open, and that way in words."""
    for found, constructing, ways, refused, looping in paths(file):
        if not constructing:
            said = _written(ways, looping)
        elif any(way.kind == RAISE for way in ways):
            said = f"a 'raise' in {found.scope.name}()"
        else:
            said = next((f"a 'raise' in {_spelled(file.model, way.node)}" for way in refused if way.kind == ERROR), "")
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


def _paths(file: File) -> Iterator[Paths]:
    by_function: dict[Scope, list[Suspect]] = {}
    for suspect in [*_locals(file), *_constructed(file)]:
        by_function.setdefault(suspect.found.scope, []).append(suspect)
    for function, suspects in by_function.items():
        flow = FunctionFlow(file, function, _catches)
        failing = Failing(file.model, function, {name.word for suspect in suspects for name in suspect.names})
        raises = _Raises(flow, failing)
        ways = flow.ways(suspects, raises)
        refused: list[list[Way]] = [[] for _ in suspects]
        if any(suspect.constructing for suspect in suspects):
            refused = flow.ways(suspects, failing.refusal)
        for suspect, open_on, refused_on in zip(suspects, ways, refused, strict=True):
            yield Paths(suspect.found, suspect.constructing, open_on, refused_on, flow.loops(suspect))


def _locals(file: File) -> Iterator[Suspect]:
    """Resources under local names that are released or handed over somewhere."""
    for found in acquisitions(file):
        if found.fate not in (RELEASED, ESCAPED, LENT) or found.scope.kind != FUNCTION:
            continue
        if tracer(file, found.acquirer).released_at_large(found.scope):
            continue
        for holding in found.holdings:
            if holding.names and KEPT not in holding.fates and all(name.owner is found.scope for name in holding.names):
                yield Suspect(found, holding.names, holding.events, False)


def _constructed(file: File) -> Iterator[Suspect]:
    """Resources that a constructor keeps on the object that it makes."""
    model = file.model
    for field in fields(file):
        release = releasing(model, field)
        if not field.must or any(method.name == "__del__" for method in release):
            continue  # it runs, too, for an object whose constructor raised
        for found in field.made:
            if found.scope.name not in CONSTRUCTORS or found.scope.kind != FUNCTION:
                continue
            here = [event for event in field.kept.events if event.scope is found.scope]
            here += [
                Event(RELEASED, reference.node, reference.scope, "")
                for method in release
                for reference in model.own_members(method.name).get(field.cls, ())
                if reference.scope is found.scope
            ]
            own = [e for h in found.holdings for e in h.events if e.verb != "store" and e.scope is found.scope]
            yield Suspect(found, [], [*here, *own], True)


class _Raises:
    """The call of a statement that may raise, or its `yield`; worked out once.

    In a `try` whose handlers go on any call may, for its writer says so; elsewhere only what is known to do what can
    fail. Code that cleans up is taken not to.
    """

    def __init__(self, flow: FunctionFlow, failing: Failing) -> None:
        self.flow = flow.flow
        self.failing = failing
        self.known: dict[ast.stmt, ast.AST | None] = {}

    def __call__(self, statement: ast.stmt) -> ast.AST | None:
        if statement in self.flow.cleanup or isinstance(statement, ast.Raise):
            return None
        if statement not in self.known:
            wanted = self.failing.may if statement in self.flow.tried else self.failing.does
            self.known[statement] = first(statement, wanted)
        return self.known[statement]


def _catches(handler: ast.ExceptHandler) -> bool:
    """Does a handler catch what the use of a resource raises? That a file isn't there shows when it is opened."""
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(getattr(each, "id", "") not in _OF_OPENING for each in types)


_OF_OPENING = frozenset(
    """
    FileNotFoundError FileExistsError IsADirectoryError NotADirectoryError ImportError ModuleNotFoundError NameError
    """.split()
)
_WORDS = {
    RETURN: "a 'return'",
    RAISE: "a 'raise'",
    AGAIN: "the next round of the loop",
    END: "one way to the end of the function",
}


def _written(ways: list[Way], looping: bool) -> str:
    """The first of the ways that stand in the code, in words."""
    for caught in (False, True):
        kinds = {way.kind for way in ways if way.caught is caught and not (way.kind == AGAIN and looping)}
        for kind, words in _WORDS.items():
            if kind in kinds:
                return f"{words} after an exception" if caught else words
    return ""


def _name(model: Model, found: Acquisition) -> str:
    """What a reader calls the resource."""
    attrs = [f"self.{attr}" for _, attr in kept_on(model, found)]
    return [*found.names, *attrs, found.opened][0]


def _spelled(model: Model, node: ast.AST | None) -> str:
    """A call as it is written, without its arguments."""
    if not isinstance(node, ast.Call):
        return "the code around its 'yield'"
    return f"{model.dotted(node.func) or getattr(node.func, 'attr', 'a call')}()"
