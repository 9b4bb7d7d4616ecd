"""Which calls of a file hand out a resource that must be released, and what becomes of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from ..knowledge.resources import (
    ASYNC,
    BUFFERS,
    CLOSES,
    DEPENDS,
    KEEPS,
    MUST,
    NO,
    NONE,
    PER_CALL,
    RESOURCES,
    RETURNS,
    SHARING,
    WRAPPERS,
)
from ..model import FUNCTION, LastNames, Model, Scope
from ..model.binding import last_name
from ..rule import File
from .ownership import ESCAPED, HELD, KEPT, LENT, OWN, RELEASED, Acquirer, Holding, Tracer
from .pattern import Pattern
from .repeats import IMPORT, MANY, repeats

_TAILS = LastNames(RESOURCES, RETURNS)


class Acquisition(NamedTuple):
    """A call that hands out a resource.

    opened: what is called, as a reader knows it. holdings: the resource, or each of those that come in a tuple.
    fate: RELEASED, ESCAPED, LENT, KEPT or HELD, as in `ownership`. names: the local names that it, or a part of it, is
    bound to.
    """

    call: ast.Call
    scope: Scope
    acquirer: Acquirer
    opened: str
    holdings: list[Holding]
    fate: str
    names: tuple[str, ...]


def opened(file: File) -> list[Acquisition]:
    """The calls of a file that open what must be released, with what becomes of it, in source order: of libraries, of
    functions of the file that hand on what they open, and of its classes that inherit from a library's resource."""
    return file.model.keep("opened", lambda: [a for a in acquires(file) if a.acquirer.obligation == MUST])


def keepable(file: File) -> list[Acquisition]:
    """The same with what should be released: clients, executors, child processes that end with the program."""
    return [a for a in acquires(file) if a.acquirer.obligation != NONE]


def clients(file: File) -> list[Acquisition]:
    """The calls of a file that make what is meant to be made once: clients, engines, pools. In source order.

    One that is given the pool or transport of another costs nothing of its own.
    """
    made = (a for a in acquires(file) if a.acquirer.name in PER_CALL)
    return [a for a in made if SHARING.isdisjoint(keyword.arg or "" for keyword in a.call.keywords)]


def acquires(file: File) -> list[Acquisition]:
    """All that a file acquires. Most files acquire nothing, and there is nothing more to ask."""
    return file.model.keep("all acquisitions", lambda: _Acquisitions(file).found())


def tracer(file: File, acquirer: Acquirer) -> Tracer:
    """The tracer of an acquirer's resources: one a file."""
    found = file.kept.get(acquirer)
    if found is None:
        found = file.kept[acquirer] = Tracer(file, acquirer)
    return found


class _Acquisitions:
    """Finds the acquiring calls of a file: of the libraries' callables, then of its own that hand on what they open."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.model = file.model
        self.own: dict[str, Acquirer] = {}
        for name, cures in file.options.resources.items():
            self.own[name] = Acquirer(name, OWN, MUST, cures, DEPENDS)
        self.tails = LastNames([*RESOURCES, *self.own], RETURNS) if self.own else _TAILS

    def found(self) -> list[Acquisition]:
        calls = [(c, s, self.acquirer(n), "") for c, s, n in self.model.called(self.tails)]
        for cls, acquirer in self.subclasses().items() if self.model.classes else ():
            calls += [
                (c, s, acquirer, cls.name)
                for c, s in self.model.calls(cls.name)
                if self.model.defined(c.func, s) is cls
            ]
        if not calls:
            return []
        found: dict[ast.Call, Acquisition] = {}
        factories: set[Scope] = set()
        for call, scope, acquirer, opened in calls:
            if call in found or self.is_managed(call, acquirer) or not counts(self.file, call, scope, acquirer):
                continue
            found[call] = made = acquisition(self.file, call, scope, acquirer, opened)
            factory = self.factory(made)
            if factory is not None and factory not in factories:
                factories.add(factory)
                uses = [(c, s) for c, s in self.model.calls(factory.name) if self.model.runs(c.func, s) is factory]
                calls += [(c, s, acquirer, self.model.dotted(c.func)) for c, s in uses]
        return sorted(found.values(), key=lambda a: (a.call.lineno, a.call.col_offset))

    def is_managed(self, call: ast.Call, acquirer: Acquirer) -> bool:
        """Is it opened in a `with` that closes it? Most are, and there is nothing more to ask."""
        return acquirer.leaving in (CLOSES, ASYNC) and isinstance(self.model.parent(call), ast.withitem)

    def acquirer(self, name: str) -> Acquirer:
        return self.own.get(name) or Acquirer(name, *RESOURCES[name])

    def subclasses(self) -> dict[Scope, Acquirer]:
        """The classes of the file that are a library's resource by inheritance."""
        found: dict[Scope, Acquirer] = {}
        for cls in self.model.classes:
            for base in cls.node.bases:  # type: ignore[attr-defined]
                if last_name(base) in self.tails:
                    names = self.model.qualnames(base, cls.enclosing or self.model.module)
                    found.update((cls, self.acquirer(n)) for n in names if n in self.own or n in RESOURCES)
        if found:
            daughters: dict[Scope, list[Scope]] = {}
            for cls in self.model.classes:
                for base in cls.node.bases:  # type: ignore[attr-defined]
                    mother = self.model.defined(base, cls.enclosing or self.model.module)
                    if mother is not None:
                        daughters.setdefault(mother, []).append(cls)
            todo = list(found)
            for mother in todo:
                new = [cls for cls in daughters.get(mother, ()) if cls not in found]
                found.update((cls, found[mother]) for cls in new)
                todo += new
        return found

    def factory(self, made: Acquisition) -> Scope | None:
        """The function of this file that opens a resource for its caller, and does nothing else with it."""
        function = made.scope if made.scope.kind == FUNCTION else None
        if function is None:
            return None
        for holding in made.holdings:
            if not holding.events or any(e.verb != "return" or e.scope is not function for e in holding.events):
                return None
        decorators = {getattr(d, "id", "") for d in function.node.decorator_list}  # type: ignore[attr-defined]
        return function if decorators <= {"staticmethod", "classmethod"} else None


def counts(file: File, call: ast.Call, scope: Scope, acquirer: Acquirer) -> bool:
    """Is what this call hands out to be released?"""
    name = acquirer.name
    if name in WRAPPERS or (acquirer.obligation == NONE and name not in PER_CALL):
        return False  # a wrapper stands for what it wraps, and what it was given is its giver's
    if not file.options.harmless.isdisjoint((name, name.removeprefix("builtins."))):
        return False
    if acquirer.kind == "file" and (any(k.arg == "closefd" for k in call.keywords) or _is_stream(call)):
        return False  # a file made of a standard stream, or of someone's descriptor, is no file of ours
    if acquirer.kind == "figure" and (file.is_test or scope.name.startswith("test")):
        return False  # plotting suites close all figures in a fixture
    if file.is_test and _must_raise(file.model, call):
        return False
    return not any(excuse(file.model, call, scope) for excuse in (_in_memory, _switched_off, _serves))


def acquisition(file: File, call: ast.Call, scope: Scope, acquirer: Acquirer, opened: str = "") -> Acquisition:
    """An acquiring call, with what becomes of what it hands out."""
    trace = tracer(file, acquirer)
    holdings = trace.holdings(call, scope)
    fates = {holding.fate for holding in holdings}
    fate = next(fate for fate in (ESCAPED, LENT, HELD, KEPT, RELEASED) if fate in fates)
    if fate == HELD and trace.released_at_large(scope):
        fate = RELEASED
    spelling = opened or acquirer.name.removeprefix("builtins.")
    return Acquisition(call, scope, acquirer, spelling, holdings, fate, _names(file.model, call))


def _names(model: Model, call: ast.Call) -> tuple[str, ...]:
    """The local names that a call's result, or a part of it, is bound to."""
    node: ast.AST = call
    parent: ast.AST | None = None
    for _, parent in model.ancestors(call):
        if not isinstance(parent, (ast.Await, ast.IfExp, ast.BoolOp)):
            break
        node = parent
    if isinstance(parent, (ast.AnnAssign, ast.NamedExpr)):
        targets: list[ast.expr] = [parent.target]
    elif isinstance(parent, ast.Assign):
        targets = [e for t in parent.targets for e in (t.elts if isinstance(t, (ast.Tuple, ast.List)) else [t])]
    elif isinstance(parent, ast.Tuple) and isinstance(assign := model.parent(parent), ast.Assign):
        index = next(i for i, element in enumerate(parent.elts) if element is node)
        targets = [elts[index] for t in assign.targets if index < len(elts := getattr(t, "elts", ()))]
    else:
        targets = []
    return tuple(target.id for target in targets if isinstance(target, ast.Name))


def _is_stream(call: ast.Call) -> bool:
    """Is a file made of a descriptor that the program was started with: `open(1, "w")`?"""
    number = call.args[0] if call.args else None
    return isinstance(number, ast.Constant) and type(number.value) is int and number.value < 3


def _in_memory(model: Model, call: ast.Call, scope: Scope) -> bool:
    """Does the resource only read from or write to a file object or buffer that it is given?"""
    arguments = [*call.args[:2], *(k.value for k in call.keywords)]
    if any(":memory:" in str(a.value) or a.value == "sqlite://" for a in arguments if isinstance(a, ast.Constant)):
        return True  # a database of SQLite's
    if any(k.arg == "fileobj" for k in call.keywords):
        return True  # GzipFile and TarFile leave a file that they are given to its owner
    return any(model.types(a, scope) & BUFFERS for a in arguments if isinstance(a, (ast.Name, ast.Call)))


def _switched_off(model: Model, call: ast.Call, scope: Scope) -> bool:
    """Does the call stand under a switch that the module sets to False?"""
    for child, parent in model.ancestors(call):
        if isinstance(parent, ast.If) and child in parent.body and isinstance(parent.test, ast.Name):
            values = [b.value for b in model.bindings(model.module, parent.test.id)]
            if values and all(isinstance(v, ast.Constant) and v.value is False for v in values):
                return True
    return False


def _serves(model: Model, call: ast.Call, scope: Scope) -> bool:
    """Is what is acquired used by a loop that never ends, as a listening socket is? The call stands before the loop."""
    function = model.function(scope)
    loops = model.keep(("endless", function), lambda: _endless_loops(function)) if function is not None else []
    return bool(loops) and all(parent not in loops for _, parent in model.ancestors(call))


def _endless_loops(function: Scope) -> list[ast.AST]:
    """The loops `while True:` in a function's own block that nothing leaves but an exception."""
    body = function.node.body if isinstance(function.node, (ast.FunctionDef, ast.AsyncFunctionDef)) else []
    return [
        loop
        for loop in body
        if isinstance(loop, ast.While)
        and isinstance(loop.test, ast.Constant)
        and loop.test.value
        and not any(isinstance(node, (ast.Break, ast.Return, ast.Yield)) for node in ast.walk(loop))
    ]


def _must_raise(model: Model, call: ast.Call) -> bool:
    """Is the acquisition expected to fail: `with pytest.raises(...)`, `self.assertRaises(...)`?"""
    for _, parent in model.ancestors(call):
        if isinstance(parent, (ast.With, ast.AsyncWith)):
            for item in parent.items:
                func = getattr(item.context_expr, "func", None)
                if getattr(func, "attr", getattr(func, "id", "")).lower().startswith(("raises", "assertraises")):
                    return True
    return False


def results(value: ast.expr) -> Iterator[ast.Call]:
    """The calls whose result an expression may be: `open(p) if p else sys.stdout`."""
    todo = [value]
    for node in todo:
        if isinstance(node, ast.Call):
            yield node
        elif isinstance(node, ast.Await):
            todo.append(node.value)
        elif isinstance(node, ast.IfExp):
            todo += [node.body, node.orelse]
        elif isinstance(node, ast.BoolOp):
            todo += node.values


def is_script(model: Model, scope: Scope) -> bool:
    """Code whose resources end with the process, or that opens them once: import time, `setup()`, `main()` and what is
    defined in it."""
    function = model.function(scope)
    if function is None or repeats(model, scope).answer == IMPORT:
        return True
    here: Scope | None = function
    while here is not None and repeats(model, here).answer != MANY:
        if _MAIN.fullmatch(here.name):
            return True
        here = model.function(here.parent) if here.parent is not None else None
    return False


_MAIN = Pattern(r"(\w*_)?main|(run_)?cli|setup|set_up|configure|bootstrap")


def symbol(found: Acquisition) -> str:
    """The qualified name of what leaks: the local name, else the acquirer."""
    return ".".join(part for part in (found.scope.qualname, (*found.names, found.opened)[0]) if part)


def cure(found: Acquisition) -> str:
    """The cheapest fix, in words; never a `with` that would change the meaning."""
    acquirer = found.acquirer
    first = acquirer.releases[0] if acquirer.releases else ""
    call = " and ".join(f"{part}()" if not part.endswith("()") else part for part in first.split("+"))
    if found.fate in (ESCAPED, LENT):  # it is to live on where all goes well
        return f"call {call} on that way, too" if first else "release it on that way, too"
    if acquirer.leaving == CLOSES and acquirer.kind not in WITH_WAITS:
        return "open it in a 'with' block"
    if acquirer.leaving == ASYNC:
        return "open it in an 'async with' block"
    if acquirer.leaving in (NO, KEEPS) and first == "close":
        return "wrap it in 'with contextlib.closing(...)'"
    return f"call {call} in a 'finally' block" if first else "release it"


# Leaving a `with` over these waits for them or kills them: not what the code does now.
WITH_WAITS = frozenset({"process", "pool", "executor", "thread pool", "thread", "server"})
