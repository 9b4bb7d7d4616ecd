"""Who owns a resource, and does its owner release it?

What an acquiring call hands out is ours until it is returned, yielded, stored, or given to code we don't see. An
unknown hand-over makes us silent.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import NamedTuple

from ..knowledge.containers import LOOKERS
from ..knowledge.resources import ASYNC, CLOSES, ELEMENTS, HOLDERS, KEEPS, MUST, NO, RESOURCES, RETURNS, WRAPPERS
from ..knowledge.values import DATA_ATTRIBUTES, DATA_METHODS, ENDINGS, READERS
from ..model import Model, Reference, Scope, Use
from ..rule import File
from .repeats import IMPORT, repeats

# What becomes of a resource, in the order in which one answer overrules another.
RELEASED, ESCAPED, KEPT, HELD = "released", "escaped", "kept", "held"

_LEAVES = frozenset({"return", "yield", "display", "store", "alias", "raise", "default", "call", "key", "other"})


class Acquirer(NamedTuple):
    """One row of `knowledge.resources.RESOURCES`, or of the option leaks-resources, with its name."""

    name: str
    kind: str
    obligation: str
    releases: tuple[str, ...]
    leaving: str


class Acquisition(NamedTuple):
    """A call that hands out a resource.

    fate: RELEASED, ESCAPED (someone else's), KEPT (only a `with` that doesn't close it) or HELD (nothing releases it).
    names: the local names that it is bound to. uses: what is done with it.
    """

    call: ast.Call
    scope: Scope
    acquirer: Acquirer
    fate: str
    names: tuple[str, ...]
    uses: tuple[Use, ...]


def acquisitions(file: File) -> list[Acquisition]:
    """The acquiring calls of a file whose result must be released, with what becomes of it, in source order."""
    return file.model.keep("acquisitions", lambda: _acquisitions(file))


def _acquisitions(file: File) -> list[Acquisition]:
    own = {name: Acquirer(name, "resource", MUST, cures, "closes") for name, cures in file.options.resources.items()}
    tails = _TAILS if not own else _tails([*RESOURCES, *own])
    found = []
    for call, scope, name in file.model.called(tails, RETURNS):
        acquirer = own.get(name) or Acquirer(name, *RESOURCES[name])
        if acquirer.obligation != MUST or name in file.options.harmless:
            continue
        if file.is_test and (acquirer.kind == "figure" or _must_raise(file.model, call)):
            continue  # plotting suites close all figures in a fixture
        if _in_memory(file.model, call, scope):
            continue
        found.append(_Tracer(file, call, scope, acquirer).acquisition())
    return sorted(found, key=lambda a: (a.call.lineno, a.call.col_offset))


def _in_memory(model: Model, call: ast.Call, scope: Scope) -> bool:
    """Does the resource only read from or write to a file object or buffer that it is given?"""
    arguments = [*call.args[:2], *(k.value for k in call.keywords)]
    if any(k.arg == "fileobj" for k in call.keywords):
        return True  # GzipFile and TarFile leave a file that they are given to its owner
    return any(model.types(a, scope) & _BUFFERS for a in arguments if isinstance(a, (ast.Name, ast.Call)))


_BUFFERS = frozenset({"io.BytesIO", "io.StringIO", "_io.BytesIO", "_io.StringIO", "six.BytesIO", "six.StringIO"})


def _must_raise(model: Model, call: ast.Call) -> bool:
    """Is the acquisition expected to fail: `with pytest.raises(...)`, `self.assertRaises(...)`?"""
    for _, parent in model.ancestors(call):
        if isinstance(parent, (ast.With, ast.AsyncWith)):
            for item in parent.items:
                func = getattr(item.context_expr, "func", None)
                if getattr(func, "attr", getattr(func, "id", "")).lower().startswith(("raises", "assertraises")):
                    return True
    return False


def _tails(names: Iterable[str]) -> dict[str, list[str]]:
    tails: dict[str, list[str]] = {}
    for name in names:
        tails.setdefault(name.rpartition(".")[2], []).append(name)
    return tails


_TAILS = _tails(RESOURCES)


class _Tracer:
    """Follows one resource through its function."""

    def __init__(self, file: File, call: ast.Call, scope: Scope, acquirer: Acquirer) -> None:
        self.file = file
        self.model = file.model
        self.call = call
        self.scope = scope
        self.acquirer = acquirer
        self.methods = ENDINGS.union(*(r.split("+") for r in acquirer.releases))
        self.functions = {r.removesuffix("()") for r in acquirer.releases if r.endswith("()")}

    def acquisition(self) -> Acquisition:
        elements = ELEMENTS.get(self.acquirer.name)
        if elements is None:
            fate, uses = self.fate([Reference(self.call, self.scope)])
        else:
            fate, uses = self.element_fate(elements)
        if fate == HELD and self.released_at_large():
            fate = RELEASED
        return Acquisition(self.call, self.scope, self.acquirer, fate, self.names(), tuple(uses))

    def names(self) -> tuple[str, ...]:
        """The local names that the call's result, or an element of it, is bound to."""
        node: ast.AST = self.call
        parent = self.model.parent(node)
        while isinstance(parent, (ast.Await, ast.IfExp, ast.BoolOp)):
            node, parent = parent, self.model.parent(parent)
        if isinstance(parent, ast.Assign):
            found = []
            for target in parent.targets:
                rows = target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target]
                found += [t.id for t in rows if isinstance(t, ast.Name)]
            return tuple(found)
        target = getattr(parent, "target", None)
        if isinstance(parent, (ast.AnnAssign, ast.NamedExpr)) and isinstance(target, ast.Name):
            return (target.id,)
        return ()

    def element_fate(self, elements: tuple[int, ...]) -> tuple[str, list[Use]]:
        """The fate of what the acquirer returns in a tuple, where the tuple is unpacked at once or indexed."""
        (use, *more) = self.model.trace([Reference(self.call, self.scope)], rebound=True) or [None]
        if use is None or more:
            return ESCAPED, []
        if use.verb == "[]" and isinstance(use.site, ast.Subscript):
            index = getattr(use.site.slice, "value", None)
            return (ESCAPED if index in elements else HELD), [use]
        if use.verb == "drop":
            return HELD, [use]
        if use.verb != "unpack" or not isinstance(use.site, ast.Assign) or len(use.site.targets) != 1:
            return ESCAPED, []
        row = getattr(use.site.targets[0], "elts", ())
        fates, uses = [], [use]
        holders = HOLDERS.get(self.acquirer.name, ())
        for target in (row[i] for i in holders if i < len(row)):
            if not isinstance(target, ast.Name) or self.derived_names_leave(target):
                return ESCAPED, []
        for index in elements:
            target = row[index] if index < len(row) else None
            if not isinstance(target, ast.Name):
                return ESCAPED, []
            owner = self.model.resolve(self.scope, target.id)
            if owner is None or owner is self.model.module:
                return ESCAPED, []
            fate, found = self.fate(self.model.references(owner, target.id))
            if any(b.kind == "delete" for b in self.model.bindings(owner, target.id)):
                fate = RELEASED
            fates.append(fate)
            uses += found
        return next(fate for fate in (ESCAPED, HELD, KEPT, RELEASED) if fate in fates), uses

    def derived_names_leave(self, target: ast.Name) -> bool:
        """Does a name that is bound beside the resource, and holds it, leave the function?"""
        owner = self.model.resolve(self.scope, target.id)
        references = self.model.references(owner, target.id) if owner is not None else []
        return any(self.derived_fate(node, scope) == ESCAPED for node, scope in references)

    def released_at_large(self) -> bool:
        """Does the function release whatever is open: `plt.close("all")`, `plt.show()`?"""
        here = self.model.function(self.scope)
        for name in self.functions:
            for call, scope in self.model.calls(name.rpartition(".")[2]):
                if self.model.function(scope) is here and name in self.model.callee(call, scope):
                    return True
        return False

    def fate(self, references: Iterable[Reference], helper: Scope | None = None) -> tuple[str, list[Use]]:
        """What becomes of the resource that these expressions stand for, here or in a helper that is given it."""
        uses = self.model.trace(references, rebound=True)
        fates = set()
        todo = [use for use in uses if not use.steps]
        wrapped: set[ast.AST] = set()
        for use in todo:
            verdict = self.use_fate(use, helper)
            if verdict is not None:
                fates.add(verdict)
            elif isinstance(use.site, ast.Call) and use.site not in wrapped:  # the wrapper stands for it
                wrapped.add(use.site)
                todo += [u for u in self.model.trace([Reference(use.site, use.scope)], rebound=True) if not u.steps]
        if self.deleted():
            fates.add(RELEASED)
        return next((fate for fate in (RELEASED, ESCAPED, KEPT) if fate in fates), HELD), uses

    def deleted(self) -> bool:
        """`del f` drops the last reference on purpose."""
        for name in self.names():
            owner = self.model.resolve(self.scope, name)
            if owner is not None and any(b.kind == "delete" for b in self.model.bindings(owner, name)):
                return True
        return False

    def use_fate(self, use: Use, inside: Scope | None) -> str | None:
        """What one use says of the resource; None when a wrapper takes its place."""
        verb, site = use.verb, use.site
        if verb in self.methods:
            return RELEASED
        if verb == "with":
            return KEPT if self.acquirer.leaving == KEEPS else RELEASED
        if verb == "argument" and isinstance(site, ast.Call):
            return self.argument_fate(use, site, inside)
        if verb == "." and isinstance(site, ast.Attribute):
            if site.attr in self.methods:
                return RELEASED
            return HELD if site.attr in DATA_ATTRIBUTES else self.derived_fate(site, use.scope)
        if verb in _LEAVES:
            return ESCAPED
        if verb == "drop" and self.acquirer.kind == "process":
            return ESCAPED  # started and let go, on purpose
        if isinstance(site, ast.Call) and verb not in DATA_METHODS:
            return self.derived_fate(site, use.scope)
        if self.model.function(use.scope) is not self.model.function(inside or self.scope):
            return ESCAPED  # an inner function holds it
        return HELD

    def argument_fate(self, use: Use, call: ast.Call, inside: Scope | None) -> str | None:
        names = self.model.callee(call, use.scope)
        if names & self.functions:
            return RELEASED
        if names & WRAPPERS:
            return None
        if names & LOOKERS or names & READERS:
            return self.derived_fate(call, use.scope) if names & _HOLDING else HELD
        helper = self.model.defined(call.func, use.scope)
        if inside is None and helper is not None and helper.kind == "function":
            parameter = _parameter(helper, call, use.node)
            if parameter is not None:
                return self.fate(self.model.references(helper, parameter), helper)[0]
        return ESCAPED

    def derived_fate(self, node: ast.expr, scope: Scope) -> str:
        """What a resource hands out may hold it: if that leaves the function, the resource is no longer ours."""
        for use in self.model.trace([Reference(node, scope)], rebound=True):
            if use.verb in _LEAVES and not use.steps:
                return ESCAPED
            if use.verb == "argument" and isinstance(use.site, ast.Call):
                if not self.model.callee(use.site, use.scope) & (LOOKERS | READERS):
                    return ESCAPED
            if isinstance(use.site, ast.Call) and use.verb not in DATA_METHODS and use.verb != "argument":
                parent = self.model.parent(use.site)
                if isinstance(parent, (ast.Return, ast.Yield, ast.YieldFrom)):
                    return ESCAPED
        return HELD


# Lookers whose result still reads from what they were given.
_HOLDING = frozenset(
    f"builtins.{n}" for n in "iter enumerate zip map filter reversed next min max dict list tuple set".split()
)


def _parameter(helper: Scope, call: ast.Call, node: ast.AST) -> str | None:
    """The name of the parameter that takes `node` in a call of a plain function."""
    definition = helper.node
    if not isinstance(definition, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return None
    for keyword in call.keywords:
        if keyword.value is node:
            return keyword.arg if keyword.arg in helper.bound else None
    if node not in call.args or any(isinstance(a, ast.Starred) for a in call.args):
        return None
    parameters = [*definition.args.posonlyargs, *definition.args.args]
    index = call.args.index(node)  # type: ignore[arg-type]
    return parameters[index].arg if index < len(parameters) else None


def is_script(model: Model, scope: Scope) -> bool:
    """Code whose resources end with the process: what runs while the module is imported, and `main()`."""
    function = model.function(scope)
    if function is None:
        return True
    return function.name in ("main", "cli", "run_cli") or repeats(model, scope).answer == IMPORT


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
    return f"call {call} in a 'finally' block" if call else "release it"


# Leaving a `with` over these waits for them or kills them: not what the code does now.
_WITH_WAITS = frozenset({"process", "pool", "executor", "thread pool", "thread", "server"})
