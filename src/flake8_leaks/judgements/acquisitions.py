"""Which calls of a file hand out a resource that must be released, and what becomes of it."""

from __future__ import annotations

import ast
import re
from typing import NamedTuple

from ..knowledge.resources import ASYNC, BUFFERS, CLOSES, DEPENDS, KEEPS, MUST, NO, RESOURCES, RETURNS, WRAPPERS
from ..model import Model, Scope, by_last_name
from ..rule import File
from .ownership import OWN, Acquirer, Tracer
from .repeats import IMPORT, MANY, repeats

_TAILS = by_last_name(RESOURCES)


class Acquisition(NamedTuple):
    """A call that hands out a resource.

    fate: RELEASED, ESCAPED, KEPT or HELD, as in `ownership`.
    names: the local names that it, or a part of it, is bound to.
    """

    call: ast.Call
    scope: Scope
    acquirer: Acquirer
    fate: str
    names: tuple[str, ...]


def acquisitions(file: File) -> list[Acquisition]:
    """The acquiring calls of a file whose result must be released, with what becomes of it, in source order."""
    return file.model.keep("acquisitions", lambda: _acquisitions(file))


def _acquisitions(file: File) -> list[Acquisition]:
    own = {name: Acquirer(name, OWN, MUST, cures, DEPENDS) for name, cures in file.options.resources.items()}
    tails = by_last_name([*RESOURCES, *own]) if own else _TAILS
    tracers: dict[str, Tracer] = {}
    found = []
    for call, scope, name in file.model.called(tails, RETURNS):
        acquirer = own.get(name) or Acquirer(name, *RESOURCES[name])
        if acquirer.obligation != MUST or name in WRAPPERS:
            continue  # a wrapper stands for what it wraps, and what it was given is its giver's
        if not file.options.harmless.isdisjoint((name, name.removeprefix("builtins."))):
            continue
        if file.is_test and (acquirer.kind == "figure" or _must_raise(file.model, call)):
            continue  # plotting suites close all figures in a fixture
        if any(excuse(file.model, call, scope) for excuse in (_in_memory, _switched_off, _serves)):
            continue
        if name not in tracers:
            tracers[name] = Tracer(file, acquirer)
        found.append(Acquisition(call, scope, acquirer, tracers[name].fate(call, scope), _names(file.model, call)))
    return sorted(found, key=lambda a: (a.call.lineno, a.call.col_offset))


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


def _in_memory(model: Model, call: ast.Call, scope: Scope) -> bool:
    """Does the resource only read from or write to a file object or buffer that it is given?"""
    arguments = [*call.args[:2], *(k.value for k in call.keywords)]
    if any(":memory:" in str(a.value) for a in arguments if isinstance(a, ast.Constant)):
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


_MAIN = re.compile(r"(\w*_)?main|(run_)?cli|setup|set_up|configure|bootstrap")


def spelling(found: Acquisition) -> str:
    """The acquirer as a reader knows it: `open`, `psycopg2.connect`."""
    return found.acquirer.name.removeprefix("builtins.")


def symbol(found: Acquisition) -> str:
    """The qualified name of what leaks: the local name, else the acquirer."""
    return ".".join(part for part in (found.scope.qualname, (*found.names, spelling(found))[0]) if part)


def cure(acquirer: Acquirer) -> str:
    """The cheapest fix, in words; never a `with` that would change the meaning."""
    first = acquirer.releases[0] if acquirer.releases else ""
    call = " and ".join(f"{part}()" if not part.endswith("()") else part for part in first.split("+"))
    if acquirer.leaving == CLOSES and acquirer.kind not in _WITH_WAITS:
        return "open it in a 'with' block"
    if acquirer.leaving == ASYNC:
        return "open it in an 'async with' block"
    if acquirer.leaving in (NO, KEEPS) and first == "close":
        return "wrap it in 'with contextlib.closing(...)'"
    return f"call {call} in a 'finally' block" if first else "release it"


# Leaving a `with` over these waits for them or kills them: not what the code does now.
_WITH_WAITS = frozenset({"process", "pool", "executor", "thread pool", "thread", "server"})
