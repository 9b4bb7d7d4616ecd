"""Generators that `contextlib` makes context managers of: is what they hold released when the block raises?

The exception comes up at the `yield`: what stands after it, and in no `finally`, is skipped.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from ..knowledge.resources import DEPENDS, MUST, NONE, RESOURCES, RETURNS
from ..knowledge.values import GIVING_BACK, MANAGERS, PAIRS, RELEASES, REMOVERS, TAKERS
from ..model import FUNCTION, LastNames, Model, Scope
from ..model.binding import last_name
from ..model.flow import ERROR
from ..rule import File
from .acquisitions import Acquisition, acquisition, is_script, keepable, results
from .failing import first
from .leaving import FunctionFlow, Suspect
from .ownership import ESCAPED, RELEASED, Acquirer, Event, Name
from .pattern import Pattern

# What nobody knows of a call: whatever ends its result releases it.
_MANAGERS = LastNames(MANAGERS)
_ANYTHING = Acquirer("", "thing", MUST, (), DEPENDS)
_MEASURES = Pattern(r"timers?$|clock|stopwatch|prof|tracemalloc|bench|coverage|\bcov\b|perf|elapsed|measur", re.I)
_TEMPORARY = Pattern(r"te?mp", re.I)


class Late(NamedTuple):
    """What a generator-based context manager holds while it is suspended, and doesn't release when the block raises.

    call: what acquired or started it. release: how the code spells the release after the yield; "" where there is none.
    ends: the calls that release.
    """

    call: ast.Call
    scope: Scope
    name: str
    release: str
    ends: tuple[ast.AST, ...]


def late_releases(file: File) -> Iterator[Late]:
    """What the file's context managers release after the `yield` only, or never."""
    for function in _managers(file.model):
        manager = _Manager(file, function)
        held = [*manager.bound(), *manager.started(), *manager.temporary()]
        left = manager.flow.ways([one.suspect for one in held], lambda statement: first(statement, _yields))
        said: set[object] = set()
        for (name, release, suspect), ways in zip(held, left, strict=True):
            skipped = any(way.kind == ERROR or way.caught for way in ways)
            if skipped and said.isdisjoint({name, suspect.found.call}):
                said |= {name, suspect.found.call}
                ends = tuple(event.node for event in suspect.events if event.fate == RELEASED)
                yield Late(suspect.found.call, function, name, release, ends)
        for found in manager.known.values():
            events = [event for holding in found.holdings for event in holding.events]
            if events and all(event.verb == "yield" for event in events):
                yield Late(found.call, function, found.names[0] if found.names else f"{found.opened}()", "", ())


def yields(function: Scope) -> list[ast.AST]:
    """The `yield` expressions of a generator's own."""
    found: list[ast.AST] = []
    todo: list[ast.AST] = list(function.node.body)  # type: ignore[attr-defined]
    for node in todo:
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            found.append(node)
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            todo += ast.iter_child_nodes(node)
    return found


def _managers(model: Model) -> Iterator[Scope]:
    """The generators that `contextlib` makes context managers of; a server's lifespan ends with the process."""
    imported = "contextlib" in model.module.bound
    if not imported and not model.spells(_MANAGERS):
        return
    spelled = model.spellings(_MANAGERS)
    if not imported and spelled.isdisjoint(model.module.bound):
        return  # imported in a function, or not at all
    for scope in model.scopes:
        decorators = scope.node.decorator_list if scope.kind == FUNCTION else ()  # type: ignore[attr-defined]
        around = scope.enclosing or model.module
        if any(last_name(d) in spelled and model.qualnames(d, around) & MANAGERS for d in decorators):
            lifespan = any(
                "lifespan" in (getattr(model.parent(node), "arg", None) or "")
                for node, _ in model.references(around, scope.name)
            )
            if not lifespan and "lifespan" not in scope.name and not is_script(model, scope):
                yield scope


class _Held(NamedTuple):
    """A thing under a name, how its release is spelled, and what the flow follows."""

    name: str
    release: str
    suspect: Suspect


class _Manager:
    """One generator-based context manager."""

    def __init__(self, file: File, function: Scope) -> None:
        self.file, self.model, self.function = file, file.model, function
        self.flow = FunctionFlow(file, function, _is_broad)
        self.known = {found.call: found for found in keepable(file) if found.scope is function}

    def bound(self) -> Iterator[_Held]:
        """What local names are bound to, and released here: known resources, and results of any call."""
        found = list(self.known.values())
        for word in self.function.bound:
            for binding in self.model.bindings(self.function, word):
                if binding.kind == "assign" and binding.value is not None:
                    found += [self.unknown(c) for c in results(binding.value) if c not in self.known and self.counts(c)]
        for made in found:
            for holding in made.holdings:
                releases = [event for event in holding.events if self.releases(event, made.acquirer)]
                if releases and holding.names:
                    events = [e for e in holding.events if e.fate == RELEASED or e in releases or self.goes(e)]
                    word = holding.names[0].word
                    yield _Held(word, self.spelled(releases[0], word), Suspect(made, holding.names, events, False))

    def unknown(self, call: ast.Call) -> Acquisition:
        return acquisition(self.file, call, self.function, _ANYTHING)

    def counts(self, call: ast.Call) -> bool:
        """May a call hand out something to release?"""
        names = self.model.callee(call, self.function, RETURNS)
        needless = any(RESOURCES[name][1] == NONE for name in names if name in RESOURCES)
        return not needless and self.file.options.harmless.isdisjoint(n.removeprefix("builtins.") for n in names)

    def releases(self, event: Event, acquirer: Acquirer) -> bool:
        """Is it a release that an error must not skip? Waiting for an end, or closing a span, is none."""
        if event.verb == "argument":
            return event.fate == RELEASED or last_name(self.called(event)) in GIVING_BACK
        return event.fate == RELEASED and (event.verb in RELEASES or event.verb in acquirer.releases)

    def goes(self, event: Event) -> bool:
        """Does a hand-over leave the release to someone else? A function that releases what it lends to a call is still
        its owner, unless it lends it when it cleans up."""
        if event.verb == "argument":
            return last_name(self.called(event)) in TAKERS or self.flow.statement(event.node) in self.flow.flow.cleanup
        given = self.model.parent(event.node) if event.verb == "display" else event.node
        lent = event.verb in ("yield", ".") or isinstance(self.model.parent(given or event.node), ast.Yield)
        return event.fate == ESCAPED and not lent

    def called(self, event: Event) -> ast.AST:
        """What an event's resource is an argument of."""
        call = event.node if isinstance(event.node, ast.Call) else self.model.parent(event.node)
        return call.func if isinstance(call, ast.Call) else event.node

    def spelled(self, event: Event, word: str) -> str:
        if event.verb == "argument":
            return f"{self.model.dotted(self.called(event))}({word})"
        return f"{word}.{event.verb}()"

    def started(self) -> Iterator[_Held]:
        """What is begun by one method and ended by another of the same receiver: `lock.acquire()`, `lock.release()`."""
        for verb, ends in PAIRS.items():
            for call in self.calls(verb):
                receiver = self.model.dotted(call.func).rpartition(".")[0]
                kinds = {binding.kind for binding in self.model.bindings(self.function, receiver)}
                if not receiver or "with" in kinds:
                    continue
                closing = [
                    other
                    for end in sorted(ends)
                    for other in self.calls(end)
                    # closing a part of it by its name is no end of it
                    if self.model.dotted(other.func) == f"{receiver}.{end}" and not (other.args and end in _BY_NAME)
                    if not (end == "stop" and _MEASURES.search(receiver))
                ]
                if closing:
                    events = [Event(RELEASED, other, self.function, "") for other in closing]
                    names = [Name(self.function, receiver)] if "." not in receiver else []
                    release = f"{self.model.dotted(closing[0].func)}()"
                    yield _Held(receiver, release, Suspect(self.unknown(call), names, events, False))

    def calls(self, name: str) -> list[ast.Call]:
        return [call for call, scope in self.model.calls(name) if scope is self.function]

    def temporary(self) -> Iterator[_Held]:
        """The paths of temporary files and folders that are removed here."""
        for word in self.function.bound:
            for binding in self.model.bindings(self.function, word):
                value = binding.value if binding.kind in ("assign", "with") else None
                row = self.model.parent(binding.node)
                if binding.kind == "unpack" and isinstance(row, ast.Tuple):  # `descriptor, path = mkstemp()`
                    value = getattr(self.model.parent(row), "value", None)
                nodes = ast.walk(value) if value is not None else ()
                made = [n for n in nodes if isinstance(n, ast.Call) and _TEMPORARY.search(last_name(n.func))]
                if not made or (binding.kind == "with" and not any(k.arg == "delete" for k in made[0].keywords)):
                    continue
                removed = [c for name in sorted(REMOVERS) for c in self.calls(name) if self.is_about(c, word)]
                kept = any(self.is_about(c, word) for name in TAKERS for c in self.calls(name))
                if removed and not kept:
                    events = [Event(RELEASED, call, self.function, "") for call in removed]
                    release = f"{self.model.dotted(removed[0].func)}()"
                    yield _Held(word, release, Suspect(self.unknown(made[0]), [], events, False))

    def is_about(self, call: ast.Call, word: str) -> bool:
        """Is a name, or one that is made of it, an argument or the receiver of a call?"""
        nodes = [*call.args, *([call.func.value] if isinstance(call.func, ast.Attribute) else [])]
        names = {n.id for node in nodes for n in ast.walk(node) if isinstance(n, ast.Name)}
        values = [b.value for name in names for b in self.model.bindings(self.function, name) if b.value is not None]
        return word in names or any(isinstance(n, ast.Name) and n.id == word for v in values for n in ast.walk(v))


# Methods that end a part of their receiver when they get its name.
_BY_NAME = frozenset({"close", "disconnect", "release", "quit"})


def _yields(node: ast.AST) -> bool:
    return isinstance(node, ast.Yield)


def _is_broad(handler: ast.ExceptHandler) -> bool:
    """Does a handler catch whatever the block raises?"""
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(each is None or last_name(each) in ("Exception", "BaseException") for each in types)
