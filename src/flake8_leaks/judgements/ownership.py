"""Who owns a resource, and does its owner release it?

What an acquiring call hands out is ours until it is returned, yielded, stored, or given to code we don't see. An
unknown hand-over makes us silent.
"""

from __future__ import annotations

import ast
from typing import NamedTuple

from ..knowledge.containers import COLLECTION_PUTS, LOOKERS
from ..knowledge.resources import (
    BORROWERS,
    DATA_CLIENTS,
    DRAINS,
    ELEMENTS,
    HOLDERS,
    KEEPS,
    PATHS,
    SWEEPERS,
    WAITING,
    WRAPPERS,
)
from ..knowledge.values import (
    DATA_ATTRIBUTES,
    DATA_METHODS,
    ENDINGS,
    HANDLES,
    LAZY,
    PATH_MAKERS,
    READERS,
    TAKING,
    WAITS,
)
from ..model import LastNames, Reference, Scope, Use
from ..rule import File
from .pattern import Pattern

# What becomes of a resource, in the order in which one answer overrules another: someone releases it; it is someone
# else's; what it handed out, and what may need it open, is someone else's (of a local the same as ESCAPED: nobody could
# close it before); only a `with` that doesn't close it gets it; nothing releases it.
RELEASED, ESCAPED, LENT, KEPT, HELD = "released", "escaped", "lent", "kept", "held"

_ONLY_READ = LOOKERS | READERS
_LEAVES = frozenset({"return", "yield", "display", "store", "alias", "raise", "default", "call", "key", "other"})


# What a callable is called that puts away what it is given, or that keeps it until it is time to.
_TAKES_AWAY = Pattern(
    r"rm|remove|delete|clean|clear|unlink|purge|destroy|discard|defer|finalize|register|callback|move"
)
OWN = "resource"  # the kind of what an option names


class Acquirer(NamedTuple):
    """One row of `knowledge.resources.RESOURCES`, or of the option leaks-resources, with its name."""

    name: str
    kind: str
    obligation: str
    releases: tuple[str, ...]
    leaving: str


class Name(NamedTuple):
    """A name of a resource: the scope that binds it, the word, and whether it stands for a wrapper of the resource."""

    owner: Scope
    word: str
    wrapped: bool = False


class Event(NamedTuple):
    """Something that ends our duty, or that is a `with` which does not: a fate, and where it comes about."""

    fate: str
    node: ast.AST
    scope: Scope
    verb: str


class Holding:
    """One resource: the names that it goes by, and what ends the duty to release it.

    fates: of all events. fate: RELEASED, ESCAPED, LENT, KEPT or HELD, one answer from them. stores: the events that put
    it somewhere. Things under one name share a holding, so these are worked out once.
    """

    __slots__ = ("events", "fate", "fates", "names", "stores")

    def __init__(self, names: list[Name], events: list[Event]) -> None:
        self.names = names
        self.events = events
        self.fates = {event.fate for event in events}
        self.fate = next((fate for fate in (RELEASED, ESCAPED, LENT, KEPT) if fate in self.fates), HELD)
        self.stores = [event for event in events if event.verb == "store"]


# A further name, and the call that hands the resource over to it where it is the parameter of a helper.
_Link = tuple[Name, "ast.AST | None"]


class Tracer:
    """Follows the resources of one acquirer through the functions of a file.

    A resource goes from name to name: a local, an alias, the parameter of a helper in this file. What is done under
    one name is worked out once, however many acquisitions go by it.
    """

    def __init__(self, file: File, acquirer: Acquirer) -> None:
        self.model = file.model
        self.owners = file.options.owners
        self.acquirer = acquirer
        self.named = {method for release in acquirer.releases for method in release.split("+")}
        endings = ENDINGS | WAITS if acquirer.kind in WAITING or not acquirer.releases else ENDINGS
        self.methods = endings | self.named
        self.functions = {r.removesuffix("()") for r in acquirer.releases if r.endswith("()")}
        self.drains = DRAINS.get(acquirer.name, ())
        self.known: dict[Name, tuple[list[Event], list[_Link]]] = {}
        self.helpers: dict[Name, str] = {}
        self.held_by: dict[Name, Holding] = {}
        self.leaving: dict[tuple[Scope, str], tuple[bool, list[tuple[Scope, str]]]] = {}

    def holdings(self, call: ast.Call, scope: Scope) -> list[Holding]:
        """What a call hands out: one resource, or several where it returns a tuple of them."""
        elements = ELEMENTS.get(self.acquirer.name)
        if elements is not None:
            return self.of_elements(call, scope, elements)
        return [self.follow(*self.of_value(Reference(call, scope)))]

    def held(self, references: list[Reference]) -> Holding:
        """The same for a resource that is already kept somewhere, such as a field: the given reads of it."""
        events: list[Event] = []
        links: list[_Link] = []
        for reference in references:
            more, further = self.of_value(reference)
            events += more
            links += further
        return self.follow(events, links)

    def follow(self, events: list[Event], links: list[_Link]) -> Holding:
        """Add what is done under further names: for those of a helper, one event where it is called."""
        if events or len(links) != 1 or links[0][1] is not None:
            return self.followed(events, links)
        name = links[0][0]
        if name not in self.held_by:
            self.held_by[name] = self.followed([], links)
        return self.held_by[name]

    def followed(self, events: list[Event], links: list[_Link]) -> Holding:
        events = list(events)
        names: list[Name] = []
        seen: set[Name] = set()
        todo = list(links)
        for name, site in todo:
            if site is not None:
                fate = self.of_helper(name)
                if fate != HELD:
                    events.append(Event(fate, site, self.model.scope(site), "argument"))
            elif name not in seen:
                seen.add(name)
                names.append(name)
                more, further = self.of_name(name)
                events += more
                todo += further
        return Holding(names, events)

    def of_helper(self, name: Name) -> str:
        """What becomes of a resource that is handed to the parameter `name` of a function in this file."""
        if name not in self.helpers:
            events, links = self.of_name(name)
            events = list(events)
            todo = [link for link, _ in links]
            seen = {name}
            for other in todo:
                if other not in seen:
                    seen.add(other)
                    more, further = self.of_name(other)
                    events += more
                    todo += [link for link, _ in further]
            self.helpers[name] = Holding([], events).fate
        return self.helpers[name]

    def of_name(self, name: Name) -> tuple[list[Event], list[_Link]]:
        """What the uses of a name do to a resource, and the other names that it gets."""
        if name not in self.known:
            owner, word, wrapped = name
            # `del f` drops the last reference on purpose
            gone = (b.node for b in self.model.bindings(owner, word) if b.kind == "delete")
            events = [Event(RELEASED, node, self.model.scope(node), "del") for node in gone]
            links: list[_Link] = []
            for reference in self.model.references(owner, word):
                more, further = self.of_value(reference, self.model.function(owner), wrapped)
                events += more
                links += further
            self.known[name] = events, links
        return self.known[name]

    def of_value(
        self, reference: Reference, home: Scope | None = None, wrapped: bool = False
    ) -> tuple[list[Event], list[_Link]]:
        """The same for one expression. home: the function to which the resource's name belongs."""
        home = home or self.model.function(reference.scope)
        events: list[Event] = []
        links: list[_Link] = []
        todo = [(reference, wrapped)]
        for value, is_wrapper in todo:
            uses, bound = self.model.direct(value)
            links += [(Name(owner, word, is_wrapper), None) for owner, word in bound]
            for use in uses:
                verdict = self.of_use(use, home, is_wrapper)
                if isinstance(verdict, str):
                    if verdict != HELD:
                        events.append(Event(verdict, use.node, use.scope, use.verb))
                elif isinstance(verdict, Reference):
                    todo.append((verdict, True))
                else:
                    links.append((verdict, use.site))
        return events, links

    def of_use(self, use: Use, home: Scope | None, wrapped: bool) -> str | Reference | Name:
        """What one use says: a fate, the wrapper that now stands for the resource, or the helper's name for it."""
        verb, site = use.verb, use.site
        if self.ends(verb, site):
            return RELEASED
        if verb in self.drains and isinstance(use.node, ast.Call) and isinstance(site, ast.Call) and not site.args:
            return RELEASED
        if verb == "with":
            return KEPT if self.acquirer.leaving == KEEPS and not wrapped else RELEASED
        if verb == "argument" and isinstance(site, ast.Call):
            return self.of_argument(use, site)
        if verb in ("operand", "format") and self.acquirer.kind in PATHS:
            text = site if verb == "operand" else self.model.parent(site)
            return Reference(text, use.scope) if isinstance(text, ast.expr) else HELD
        if verb == "[]" and self.leaves(Reference(site, use.scope)):  # type: ignore[arg-type]
            return LENT
        if verb == "." and isinstance(site, ast.Attribute):
            if site.attr in self.methods:
                return RELEASED
            if site.attr in HANDLES:
                return ESCAPED
            if site.attr not in DATA_ATTRIBUTES and self.leaves(Reference(site, use.scope)):
                return LENT
        elif verb in _LEAVES or (verb == "drop" and self.acquirer.kind == "process"):
            return ESCAPED  # a process that is started and let go: on purpose
        elif isinstance(site, ast.Call) and not self.is_data(verb) and self.leaves(Reference(site, use.scope)):
            return LENT
        return HELD if self.model.function(use.scope) is home else ESCAPED  # an inner function may outlive us

    def ends(self, verb: str, site: ast.AST) -> bool:
        """Does a method end the resource? One that its table doesn't name ends something else if it is told what:
        `client.stop(container)`."""
        if verb not in self.methods:
            return False
        return verb in self.named or verb in TAKING or not (isinstance(site, ast.Call) and site.args)

    def is_data(self, method: str) -> bool:
        """Does a method of the resource hand out plain data?"""
        return method in DATA_METHODS or self.acquirer.name in DATA_CLIENTS

    def of_argument(self, use: Use, call: ast.Call) -> str | Reference | Name:
        names = self.model.callee(call, use.scope)
        if names & self.functions:
            return RELEASED
        if names & self.owners or getattr(call.func, "attr", getattr(call.func, "id", "")) in self.owners:
            return ESCAPED
        if names & WRAPPERS or (self.acquirer.kind in PATHS and names & PATH_MAKERS):
            return Reference(call, use.scope)
        if self.is_reader(call, use.scope):
            return LENT if names & LAZY and self.leaves(Reference(call, use.scope)) else HELD
        borrower = BORROWERS.get(self.acquirer.name)
        if borrower and getattr(call.func, "attr", getattr(call.func, "id", "")).lower().endswith(borrower):
            inline = isinstance(use.node, ast.Call)  # then the borrower is all that ever sees it
            return HELD if inline or not self.leaves(Reference(call, use.scope)) else LENT
        helper = self.model.runs(call.func, use.scope)
        parameter = self.parameter(helper, call, use.node) if helper is not None else None
        if helper is not None and parameter is not None:
            hook = self.model.method_of(helper) is not None and not self.model.references(helper, parameter)
            return ESCAPED if hook else Name(helper, parameter)  # a method that ignores it is there to be overridden
        return self.of_path(call, use) if self.acquirer.kind in PATHS else ESCAPED

    def of_path(self, call: ast.Call, use: Use) -> str:
        """What an unknown call does with a path: it uses what stands there, unless it says that it takes it away, or is
        handed something else that does."""
        words = [getattr(call.func, "attr", getattr(call.func, "id", ""))]
        words += [getattr(a, "attr", getattr(a, "id", "")) for a in call.args if a is not use.node]
        if any(word in self.functions or _TAKES_AWAY.search(word.lower()) for word in words):
            return RELEASED
        if words[0] in COLLECTION_PUTS:
            return ESCAPED
        return LENT if self.leaves(Reference(call, use.scope)) else HELD

    def parameter(self, helper: Scope, call: ast.Call, node: ast.AST) -> str | None:
        """The name of the parameter that takes `node` in a call of a function or method of this file."""
        definition = helper.node
        if not isinstance(definition, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return None
        for keyword in call.keywords:
            if keyword.value is node:
                return keyword.arg if keyword.arg in helper.bound else None
        if not any(argument is node for argument in call.args) or any(isinstance(a, ast.Starred) for a in call.args):
            return None
        parameters = [*definition.args.posonlyargs, *definition.args.args]
        if isinstance(call.func, ast.Attribute) and self.model.receiver(helper) is not None:
            parameters = parameters[1:]
        index = next(i for i, argument in enumerate(call.args) if argument is node)
        return parameters[index].arg if index < len(parameters) else None

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
        return bool(self.model.callee(call, scope) & _ONLY_READ)

    def of_elements(self, call: ast.Call, scope: Scope, elements: tuple[int, ...]) -> list[Holding]:
        """The resources that come in a tuple, where the tuple is unpacked at once, indexed or dropped."""
        gone = [Holding([], [Event(ESCAPED, call, scope, "unpack")])]
        parent = self.model.parent(call)
        if isinstance(parent, ast.Await):
            parent = self.model.parent(parent)
        if isinstance(parent, ast.Subscript):
            part = (*HOLDERS.get(self.acquirer.name, ()), *elements)
            return gone if getattr(parent.slice, "value", None) in part else [Holding([], [])]
        if isinstance(parent, ast.Expr):
            return [Holding([], [])]
        row = parent.targets[0] if isinstance(parent, ast.Assign) and len(parent.targets) == 1 else None
        targets = row.elts if isinstance(row, (ast.Tuple, ast.List)) else []
        found = []
        for index in (*HOLDERS.get(self.acquirer.name, ()), *elements):
            target = targets[index] if index < len(targets) else None
            if isinstance(target, ast.Attribute) and index in elements:
                found.append(Holding([], [Event(ESCAPED, target, scope, "store")]))
                continue
            if not isinstance(target, ast.Name):
                return gone
            owner = self.model.resolve(scope, target.id)
            if owner is None or owner is self.model.module:
                return gone
            if index in elements:
                found.append(self.follow([], [(Name(owner, target.id), None)]))
            elif any(map(self.leaves, self.model.references(owner, target.id))):
                return gone
        return found

    def released_at_large(self, scope: Scope) -> bool:
        """Does the function release or hand out whatever is open: `plt.close("all")`, `plt.show()`, `plt.gcf()`?"""
        # What an option names may act on everything: the option has no way to tell.
        sweepers = SWEEPERS.get(self.acquirer.kind) or (self.functions if self.acquirer.kind == OWN else ())
        return bool(sweepers) and self.model.function(scope) in self.model.keep(
            ("released at large", self.acquirer.kind, self.acquirer.name),
            lambda: {
                self.model.function(s)
                for call, s, _ in self.model.called(LastNames(sweepers))
                if not (call.args and isinstance(call.args[0], ast.Name))  # `plt.close(figure)` closes that one
            },
        )
