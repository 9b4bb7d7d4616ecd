"""The questions that rules and judgements may ask about one file."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from .binding import FUNCTIONS, Parents, assignment, defaults, position
from .names import Names
from .place import CALL, PROCESS, Place, Reference
from .scope import CLASS, FUNCTION, MODULE, Scope
from .use import Use, climb


class Model(Names):
    """Facts about one file; see `build`. A file in which no rule has a suspect pays for the walk only."""

    def __init__(
        self,
        tree: ast.Module,
        scopes: list[Scope],
        parents: Parents,
        calls: Mapping[str, list[tuple[ast.Call, Scope]]],
        aliases: Mapping[str, set[str]],
        extended: set[str],
    ) -> None:
        super().__init__(scopes, parents)
        self.tree = tree
        self._calls = calls
        self._aliases = aliases
        self._extended = extended
        self._members: dict[tuple[Scope, str], dict[str, list[Reference]]] = {}
        self._attributes: dict[Scope, dict[str, list[Reference]]] = {}
        self._families: dict[Scope, list[Scope]] | None = None

    # -- calls --------------------------------------------------------------------------------------------------

    def called(
        self, tails: Mapping[str, Collection[str]], returns: Mapping[str, str] = MappingProxyType({})
    ) -> Iterator[tuple[ast.Call, Scope, str]]:
        """Calls of the given library names, in no particular order: (call, scope, qualified name).

        tails: last name -> the qualified names that end in it. Only calls whose last name, or a local alias of it,
        stands in the file are resolved at all. returns: function -> the type that it returns, for methods.
        """
        names = set(tails.keys() & self._calls.keys())
        spelled: dict[str, set[str]] = {name: {name} for name in names}
        for tail in tails.keys() & self._aliases.keys():
            for local in self._aliases[tail]:
                if local in self._calls:
                    spelled.setdefault(local, set()).add(tail)
        for local, wanted in spelled.items():
            for call, scope in self._calls[local]:
                known = self.callee(call, scope, returns)
                for tail in wanted:
                    for name in known:
                        if name in tails[tail]:
                            yield call, scope, name
                            break
                    else:
                        continue
                    break

    def spellings(self, tails: Iterable[str]) -> set[str]:
        """Last names of library names, and the local names that imports and assignments give them."""
        return {*tails, *(local for tail in tails for local in self._aliases.get(tail, ()))}

    def callee(self, call: ast.Call, scope: Scope, returns: Mapping[str, str] = MappingProxyType({})) -> frozenset[str]:
        """The qualified names of what is called; methods by the type of their receiver: `Path(p).open()`."""
        names = self.qualnames(call.func, scope)
        if not names and isinstance(call.func, ast.Attribute):
            types = self.types(call.func.value, scope)
            return frozenset(f"{returns.get(name, name)}.{call.func.attr}" for name in types)
        return names

    def calls(self, name: str) -> list[tuple[ast.Call, Scope]]:
        """Every call whose last name is `name`: `name(...)`, `x.name(...)`."""
        return self._calls.get(name, [])

    def dotted(self, node: ast.AST) -> str:
        """A name or attribute chain as it is written, `emitter.on`; "" for anything else."""
        parts = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""

    def mentions(self, name: str) -> bool:
        """Does `name` stand anywhere in the file as an attribute or a plain name that is read?"""

        names = self.keep("names", lambda: frozenset(node.id for scope in self.scopes for node in scope.names))
        return name in names or bool(self.attribute_nodes(name))

    def attribute_nodes(self, name: str) -> list[ast.Attribute]:
        """Every `x.name` of the file, whatever x is."""

        def by_name() -> dict[str, list[ast.Attribute]]:
            found: dict[str, list[ast.Attribute]] = {}
            for node in self._parents:
                if isinstance(node, ast.Attribute):
                    found.setdefault(node.attr, []).append(node)
            return found

        return self.keep("attribute nodes", by_name).get(name, [])

    # -- places and uses ----------------------------------------------------------------------------------------

    def variables(self, owner: Scope) -> Iterator[Place]:
        """The module's globals, a class's attributes or a function's locals that are bound by assignment."""
        kind, lifetime = {MODULE: ("global", PROCESS), CLASS: ("class attribute", PROCESS)}.get(
            owner.kind, ("local", CALL)
        )
        for name, nodes in owner.bound.items():
            if len(nodes) == 1:
                node = nodes[0]
                parent = self._parents.get(node) if node.__class__ is ast.Name else None
                if parent.__class__ is ast.Assign and parent.targets[0] is node:
                    yield Place(kind, owner, name, node, (parent.value,), lifetime)
                    continue
            names = [node for node in nodes if isinstance(node, ast.Name)]
            if len(names) < len(nodes):
                continue
            if len(names) > 1:
                names.sort(key=position)
            bound = [assignment(self._parents, node) for node in names if isinstance(node.ctx, ast.Store)]
            values = tuple(value for how, _, value in bound if how == "assign" and value is not None)
            if values:
                yield Place(kind, owner, name, names[0], values, lifetime)

    def defaults(self) -> Iterator[Place]:
        """The default arguments of all functions: made once, kept as long as the function."""
        for owner in self.scopes:
            if owner.kind == FUNCTION and (owner.node.args.defaults or owner.node.args.kw_defaults):  # type: ignore[attr-defined]
                for arg, value in defaults(owner.node):
                    if len(owner.bound.get(arg.arg, ())) == 1:
                        yield Place("default argument", owner, arg.arg, arg, (value,), PROCESS)

    def function_attributes(self) -> Iterator[Place]:
        """`f.cache = {}` on a function of the module."""
        for name in sorted(self._extended & self.module.bound.keys()):
            nodes = self.module.bound[name]
            if len(nodes) != 1 or not isinstance(nodes[0], FUNCTIONS):
                continue
            function = self.opened(nodes[0])
            assert function is not None
            for attr, members in self.members(self.module, name).items():
                stores = [node for node, _ in members if isinstance(node.ctx, ast.Store)]  # type: ignore[attr-defined]
                values = [
                    value for value in (assignment(self._parents, node)[2] for node in stores) if value is not None
                ]
                if values:
                    yield Place("function attribute", function, attr, stores[0], tuple(values), PROCESS)

    def uses(self, place: Place) -> list[Use]:
        """All that the file does to a place, through its names, its aliases and its elements."""
        members: list[Reference] = []
        references: list[Reference] = []
        stores: list[tuple[ast.AST, Scope]] = []
        if place.kind == "function attribute":
            members = self.members(self.module, place.owner.name).get(place.name, [])
        else:
            references = list(self.references(place.owner, place.name))
            stores = [(node, self.scope(node)) for node in place.owner.bound[place.name]]
            if place.kind == "class attribute":
                members = self.family_members(place.owner, place.name)
        for member in members:
            if isinstance(member.node.ctx, ast.Load):  # type: ignore[attr-defined]
                references.append(member)
            else:
                stores.append(member)
        return self.trace(references) + [self._store(n, s) for n, s in stores if n is not place.node]

    def _store(self, node: ast.AST, scope: Scope) -> Use:
        parent = self._parents[node]
        verb = "del" if isinstance(getattr(node, "ctx", None), ast.Del) else "="
        return Use("+=" if isinstance(parent, ast.AugAssign) else verb, node, scope, 0, parent)

    def members(self, owner: Scope, name: str) -> dict[str, list[Reference]]:
        """The attributes that the file reads, sets or deletes on what `name` of `owner` means: attribute -> nodes."""
        found = self._members.get((owner, name))
        if found is None:
            found = self._members[owner, name] = {}
            for node, scope in self.references(owner, name):
                parent = self._parents[node]
                if isinstance(parent, ast.Attribute):
                    found.setdefault(parent.attr, []).append(Reference(parent, scope))
        return found

    def attributes(self, owner: Scope) -> dict[str, list[Reference]]:
        """The attributes of `self` or `cls` that the methods of a class read, set or delete: name -> nodes."""
        if owner not in self._attributes:
            table: dict[str, list[Reference]] = {}
            new = tuple.__new__
            for nodes in owner.bound.values():
                for node in nodes:
                    method = self.opened(node) if isinstance(node, FUNCTIONS) else None
                    receiver = self.receiver(method) if method is not None else None
                    for name, scope in self.references(method, receiver) if method and receiver else ():
                        attribute = self._past_type(name)
                        if isinstance(attribute, ast.Attribute):
                            row = table.get(attribute.attr)
                            if row is None:
                                row = table[attribute.attr] = []
                            row.append(new(Reference, (attribute, scope)))
            self._attributes[owner] = table
        return self._attributes[owner]

    def _past_type(self, node: ast.expr) -> ast.AST:
        """The node around `self`, or around `type(self)` and `self.__class__`."""
        parent = self._parents[node]
        if isinstance(parent, ast.Attribute) and parent.attr == "__class__":
            return self._parents[parent]
        if isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name) and parent.func.id == "type":
            return self._parents[parent]
        return parent

    def family_members(self, owner: Scope, attr: str) -> list[Reference]:
        """Every `x.attr` where x is `self`, `cls` or the name of the class or of one of its family. A mangled name
        belongs to its own class only."""
        family = self.family(owner)
        if attr.startswith("__") and not attr.endswith("__"):
            family = [owner]

        def by_name() -> dict[str, list[Reference]]:
            found: dict[str, list[Reference]] = {}
            for cls in family:
                outside = self.members(cls.enclosing or self.module, cls.name)
                for table in (self.attributes(cls), outside):
                    for name, references in table.items():
                        found.setdefault(name, []).extend(references)
            return found

        return self.keep(("family members", family[0], len(family)), by_name).get(attr, [])

    def receiver(self, method: Scope) -> str | None:
        """The name of a method's first parameter, `self` or `cls`; None for static methods and plain functions."""
        node = method.node
        if self.method_of(method) is None or not isinstance(node, FUNCTIONS):
            return None
        if any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in node.decorator_list):
            return None
        parameters = [*node.args.posonlyargs, *node.args.args]
        return parameters[0].arg if parameters else None

    def family(self, owner: Scope) -> list[Scope]:
        """The class and the classes of this file that are its bases or subclasses, near and far."""
        if self._families is None:
            self._families = {}
            for scope in self.scopes:
                if scope.kind != CLASS:
                    continue
                mine = self._families.setdefault(scope, [scope])
                for base in scope.node.bases:  # type: ignore[attr-defined]
                    other = self.defined(base, scope.enclosing or self.module)
                    if other is None or other.kind != CLASS:
                        continue
                    theirs = self._families.setdefault(other, [other])
                    if theirs is not mine:
                        small, large = sorted((mine, theirs), key=len)
                        large += small
                        for member in small:
                            self._families[member] = large
                        mine = large
        return self._families[owner]

    def defined(self, node: ast.AST, scope: Scope) -> Scope | None:
        """The function or class of this file that a plain name means."""
        if isinstance(node, ast.Name):
            owner = self.resolve(scope, node.id)
            nodes = owner.bound[node.id] if owner is not None else []
            if len(nodes) == 1 and isinstance(nodes[0], (*FUNCTIONS, ast.ClassDef)):
                return self.opened(nodes[0])
        return None

    def runs(self, node: ast.AST, scope: Scope) -> Scope | None:
        """The function or class of this file that a call of `node` runs: a plain name, or a method of `self` that the
        classes of the file define once."""
        if not isinstance(node, ast.Attribute):
            return self.defined(node, scope)
        cls = self.class_of(node.value, scope)
        if cls is None:
            return None
        found = [n for each in self.family(cls) for n in each.bound.get(node.attr, ())]
        return self.opened(found[0]) if len(found) == 1 and isinstance(found[0], FUNCTIONS) else None

    def class_of(self, node: ast.AST, scope: Scope) -> Scope | None:
        """The class whose instance, or which itself, `self` or `cls` stands for; None for any other expression."""
        owner = self.resolve(scope, node.id) if isinstance(node, ast.Name) else None
        if owner is None or owner.kind != FUNCTION or self.receiver(owner) != node.id:  # type: ignore[attr-defined]
            return None
        return self.method_of(owner)

    def trace(self, references: Iterable[Reference], rebound: bool = False) -> list[Use]:
        """What is done with the given values: every use, also of their elements and of local aliases.

        A local name with one binding *is* the value. One with several may be something else at times: it is an
        `alias` use, and its own uses count only with `rebound`.
        """
        uses: list[Use] = []
        todo = [(node, scope, 0) for node, scope in references]
        followed: set[tuple[Scope, str, int]] = set()
        while todo:
            node, scope, steps = todo.pop()
            for target, depth in climb(self._parents, node, scope, steps, uses):
                owner = self._local(target)
                if owner is None or (len(owner.bound[target.id]) > 1 and not rebound):
                    uses.append(Use("alias", node, scope, depth, self._parents[target]))
                elif (owner, target.id, depth) not in followed:
                    followed.add((owner, target.id, depth))
                    todo += [(n, s, depth) for n, s in self.references(owner, target.id)]
        return uses

    def direct(self, reference: Reference) -> tuple[list[Use], list[tuple[Scope, str]]]:
        """What is done with a value where it stands, and the local names (owner, name) that it is bound to there.

        Uses of elements are left out; a name that is not a function's own is an `alias` use.
        """
        uses: list[Use] = []
        names: list[tuple[Scope, str]] = []
        node, scope = reference
        for target, depth in climb(self._parents, node, scope, 0, uses):
            owner = self._local(target)
            if owner is None:
                uses.append(Use("alias", node, scope, depth, self._parents[target]))
            elif not depth:
                names.append((owner, target.id))
        return [use for use in uses if not use.steps], names

    def _local(self, target: ast.Name) -> Scope | None:
        """The function that owns a name which is bound; None for globals and class attributes."""
        owner = self.resolve(self.scope(target), target.id)
        return None if owner is None or owner.kind in (MODULE, CLASS) else owner


def by_last_name(names: Iterable[str]) -> dict[str, list[str]]:
    """Qualified names by the last of their parts, as `Model.called` asks for them."""
    tails: dict[str, list[str]] = {}
    for name in names:
        tails.setdefault(name.removesuffix("()").rpartition(".")[2], []).append(name)
    return tails
