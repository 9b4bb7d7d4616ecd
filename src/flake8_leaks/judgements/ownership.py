"""Who owns a resource, and does its owner release it?

What an acquiring call hands out is ours until it is returned, yielded, stored, or given to code we don't see. An
unknown hand-over makes us silent.
"""

from __future__ import annotations

import ast
from typing import NamedTuple

from ..knowledge.containers import LOOKERS
from ..knowledge.resources import (
    DRAINS,
    ELEMENTS,
    HOLDERS,
    KEEPS,
    SWEEPERS,
    WRAPPERS,
)
from ..knowledge.values import DATA_ATTRIBUTES, DATA_METHODS, ENDINGS, HANDLES, LAZY, READERS
from ..model import Reference, Scope, Use, by_last_name
from ..rule import File

# What becomes of a resource, in the order in which one answer overrules another: someone releases it, it is someone
# else's, only a `with` that doesn't close it gets it, nothing releases it.
RELEASED, ESCAPED, KEPT, HELD = "released", "escaped", "kept", "held"

_LEAVES = frozenset({"return", "yield", "display", "store", "alias", "raise", "default", "call", "key", "other"})


OWN = "resource"  # the kind of what an option names
# A name of the resource: the scope that binds it, the name, and whether it stands for a wrapper around the resource.
_Name = tuple[Scope, str, bool]


class Acquirer(NamedTuple):
    """One row of `knowledge.resources.RESOURCES`, or of the option leaks-resources, with its name."""

    name: str
    kind: str
    obligation: str
    releases: tuple[str, ...]
    leaving: str


class Tracer:
    """Follows the resources of one acquirer through the functions of a file.

    A resource goes from name to name: a local, an alias, the parameter of a helper in this file. What is done under
    one name is worked out once, however many acquisitions go by it.
    """

    def __init__(self, file: File, acquirer: Acquirer) -> None:
        self.model = file.model
        self.owners = file.options.owners
        self.acquirer = acquirer
        self.methods = ENDINGS.union(*(r.split("+") for r in acquirer.releases))
        self.functions = {r.removesuffix("()") for r in acquirer.releases if r.endswith("()")}
        self.drains = DRAINS.get(acquirer.name, ())
        self.known: dict[_Name, tuple[set[str], list[_Name]]] = {}
        self.leaving: dict[tuple[Scope, str], tuple[bool, list[tuple[Scope, str]]]] = {}

    def fate(self, call: ast.Call, scope: Scope) -> str:
        """What becomes of what a call hands out."""
        elements = ELEMENTS.get(self.acquirer.name)
        if elements is None:
            fates, names = self.of_value(Reference(call, scope))
            fate = self.worst_for_us(fates, names)
        else:
            fate = self.of_elements(call, scope, elements)
        return RELEASED if fate == HELD and self.released_at_large(scope) else fate

    def worst_for_us(self, fates: set[str], names: list[_Name]) -> str:
        """One answer from all that is done with the resource, under all of its names."""
        todo, seen = list(names), set(names)
        for name in todo:
            more, others = self.of_name(name)
            fates = fates | more
            todo += [other for other in others if other not in seen]
            seen.update(others)
        return next((fate for fate in (RELEASED, ESCAPED, KEPT) if fate in fates), HELD)

    def of_name(self, name: _Name) -> tuple[set[str], list[_Name]]:
        """The fates that the uses of a name give a resource, and the other names that it gets."""
        if name not in self.known:
            owner, word, wrapped = name
            fates: set[str] = set()
            names: list[_Name] = []
            if any(b.kind == "delete" for b in self.model.bindings(owner, word)):
                fates.add(RELEASED)  # `del f` drops the last reference on purpose
            for reference in self.model.references(owner, word):
                more, others = self.of_value(reference, self.model.function(owner), wrapped)
                fates |= more
                names += others
            self.known[name] = fates, names
        return self.known[name]

    def of_value(
        self, reference: Reference, home: Scope | None = None, wrapped: bool = False
    ) -> tuple[set[str], list[_Name]]:
        """The same for one expression. home: the function to which the resource's name belongs."""
        home = home or self.model.function(reference.scope)
        fates: set[str] = set()
        names: list[_Name] = []
        todo = [(reference, wrapped)]
        for value, is_wrapper in todo:
            uses, bound = self.model.direct(value)
            names += [(owner, name, is_wrapper) for owner, name in bound]
            for use in uses:
                verdict = self.of_use(use, home, is_wrapper)
                if isinstance(verdict, str):
                    fates.add(verdict)
                elif isinstance(verdict, Reference):
                    todo.append((verdict, True))
                else:
                    names.append(verdict)
        return fates, names

    def of_use(self, use: Use, home: Scope | None, wrapped: bool) -> str | Reference | _Name:
        """What one use says: a fate, the wrapper that now stands for the resource, or the helper's name for it."""
        verb, site = use.verb, use.site
        if verb in self.methods:
            return RELEASED
        if verb in self.drains and isinstance(use.node, ast.Call) and isinstance(site, ast.Call) and not site.args:
            return RELEASED
        if verb == "with":
            return KEPT if self.acquirer.leaving == KEEPS and not wrapped else RELEASED
        if verb == "argument" and isinstance(site, ast.Call):
            return self.of_argument(use, site)
        if verb == "[]" and self.leaves(Reference(site, use.scope)):  # type: ignore[arg-type]
            return ESCAPED
        if verb == "." and isinstance(site, ast.Attribute):
            if site.attr in self.methods:
                return RELEASED
            if site.attr in HANDLES:
                return ESCAPED
            if site.attr not in DATA_ATTRIBUTES and self.leaves(Reference(site, use.scope)):
                return ESCAPED
        elif verb in _LEAVES or (verb == "drop" and self.acquirer.kind == "process"):
            return ESCAPED  # a process that is started and let go: on purpose
        elif isinstance(site, ast.Call) and verb not in DATA_METHODS and self.leaves(Reference(site, use.scope)):
            return ESCAPED
        return HELD if self.model.function(use.scope) is home else ESCAPED  # an inner function may outlive us

    def of_argument(self, use: Use, call: ast.Call) -> str | Reference | _Name:
        names = self.model.callee(call, use.scope)
        if names & self.functions:
            return RELEASED
        if names & self.owners or getattr(call.func, "attr", getattr(call.func, "id", "")) in self.owners:
            return ESCAPED
        if names & WRAPPERS:
            return Reference(call, use.scope)
        if self.is_reader(call, use.scope):
            return ESCAPED if names & LAZY and self.leaves(Reference(call, use.scope)) else HELD
        helper = self.model.defined(call.func, use.scope)
        parameter = _parameter(helper, call, use.node) if helper is not None else None
        return (helper, parameter, False) if helper is not None and parameter is not None else ESCAPED

    def leaves(self, reference: Reference) -> bool:
        """Does something that the resource handed out, and that may hold it, leave the function?"""
        leaves, names = self.value_leaves(reference)
        todo, seen = list(names), set(names)
        for name in todo:
            if leaves:
                return True
            if name not in self.leaving:
                found = [self.value_leaves(r) for r in self.model.references(*name)]
                self.leaving[name] = any(left for left, _ in found), [n for _, more in found for n in more]
            leaves, others = self.leaving[name]
            todo += [other for other in others if other not in seen]
            seen.update(others)
        return leaves

    def value_leaves(self, reference: Reference) -> tuple[bool, list[tuple[Scope, str]]]:
        """The same for one expression, and the local names that it is bound to."""
        names: list[tuple[Scope, str]] = []
        todo = [reference]
        for value in todo:
            uses, bound = self.model.direct(value)
            names += bound
            for use in uses:
                if use.verb == "." and isinstance(use.site, ast.Attribute) and use.site.attr not in DATA_ATTRIBUTES:
                    todo.append(Reference(use.site, use.scope))
                elif self.use_leaves(use):
                    return True, names
        return False, names

    def use_leaves(self, use: Use) -> bool:
        if use.verb == "argument" and isinstance(use.site, ast.Call):
            return not self.is_reader(use.site, use.scope)
        if isinstance(use.site, ast.Call) and use.verb not in DATA_METHODS:
            return isinstance(self.model.parent(use.site), (ast.Return, ast.Yield, ast.YieldFrom))
        return use.verb in _LEAVES

    def is_reader(self, call: ast.Call, scope: Scope) -> bool:
        """Does the call look at what it is given, and keep nothing of it?"""
        if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Constant):
            return True  # `"".join(...)`
        return bool(self.model.callee(call, scope) & (LOOKERS | READERS))

    def of_elements(self, call: ast.Call, scope: Scope, elements: tuple[int, ...]) -> str:
        """The fate of what comes in a tuple, where the tuple is unpacked at once, indexed or dropped."""
        parent = self.model.parent(call)
        if isinstance(parent, ast.Await):
            parent = self.model.parent(parent)
        if isinstance(parent, ast.Subscript):
            part = (*HOLDERS.get(self.acquirer.name, ()), *elements)
            return ESCAPED if getattr(parent.slice, "value", None) in part else HELD
        if isinstance(parent, ast.Expr):
            return HELD
        row = parent.targets[0] if isinstance(parent, ast.Assign) and len(parent.targets) == 1 else None
        targets = row.elts if isinstance(row, (ast.Tuple, ast.List)) else []
        fates = []
        for index in (*HOLDERS.get(self.acquirer.name, ()), *elements):
            target = targets[index] if index < len(targets) else None
            if not isinstance(target, ast.Name):
                return ESCAPED
            owner = self.model.resolve(scope, target.id)
            if owner is None or owner is self.model.module:
                return ESCAPED
            if index in elements:
                fates.append(self.worst_for_us(set(), [(owner, target.id, False)]))
            elif any(map(self.leaves, self.model.references(owner, target.id))):
                return ESCAPED
        return next(fate for fate in (ESCAPED, HELD, KEPT, RELEASED) if fate in fates)

    def released_at_large(self, scope: Scope) -> bool:
        """Does the function release or hand out whatever is open: `plt.close("all")`, `plt.show()`, `plt.gcf()`?"""
        # What an option names may act on everything: the option has no way to tell.
        sweepers = SWEEPERS.get(self.acquirer.kind) or (self.functions if self.acquirer.kind == OWN else ())
        return bool(sweepers) and self.model.function(scope) in self.model.keep(
            ("released at large", self.acquirer.kind, self.acquirer.name),
            lambda: {self.model.function(s) for _, s, _ in self.model.called(by_last_name(sweepers))},
        )


def _parameter(helper: Scope, call: ast.Call, node: ast.AST) -> str | None:
    """The name of the parameter that takes `node` in a call of a plain function."""
    definition = helper.node
    if not isinstance(definition, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return None
    for keyword in call.keywords:
        if keyword.value is node:
            return keyword.arg if keyword.arg in helper.bound else None
    if not any(argument is node for argument in call.args) or any(isinstance(a, ast.Starred) for a in call.args):
        return None
    parameters = [*definition.args.posonlyargs, *definition.args.args]
    index = next(i for i, argument in enumerate(call.args) if argument is node)
    return parameters[index].arg if index < len(parameters) else None
