"""The questions that rules may ask about one file.

Everything but the walk's own record is worked out when first asked for, and then kept: a file in which no rule has
a suspect pays for the walk only.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeVar

from .binding import FUNCTIONS, Binding, assignment, binding, defaults, position
from .place import CALL, PROCESS, Place, Reference
from .scope import CLASS, COMPREHENSION, FUNCTION, LAMBDA, MODULE, TYPE_PARAMETERS, Scope
from .use import FAR, Use, climb

T = TypeVar("T")
_MOST = 50  # how many aliases of a name are looked through
_BUILTINS = frozenset(dir(builtins))


class Model:
    """Facts about one file; see `build`."""

    def __init__(
        self,
        tree: ast.Module,
        scopes: list[Scope],
        parents: dict[ast.AST, ast.AST],
        calls: Mapping[str, list[tuple[ast.Call, Scope]]],
        aliases: Mapping[str, set[str]],
    ) -> None:
        self.tree = tree
        self.scopes = scopes
        self.module = scopes[0]
        self._parents = parents
        self._calls = calls
        self._aliases = aliases
        self._references: dict[tuple[Scope, str], list[Reference]] = {}
        self._indexed: set[Scope] = set()
        self._attributes: dict[Scope, dict[str, list[Reference]]] = {}
        self._kept: dict[object, object] = {}
        self._bindings: dict[tuple[Scope, str], list[Binding]] = {}
        self._meanings: dict[tuple[Scope, str], frozenset[str]] = {}
        self._members: dict[tuple[Scope, str], dict[str, list[Reference]]] = {}
        self._scope_of: dict[ast.AST, Scope] = {}
        self._opened: dict[ast.AST, Scope] | None = None
        self._children: dict[Scope, list[Scope]] | None = None
        self._families: dict[Scope, list[Scope]] | None = None
        self._settle_declarations()

    def keep(self, key: object, answer: Callable[[], T]) -> T:
        """The answer to a question about the whole file, worked out once."""
        if key not in self._kept:
            self._kept[key] = answer()
        return self._kept[key]  # type: ignore[return-value]

    # -- scopes and names ---------------------------------------------------------------------------------------

    def _settle_declarations(self) -> None:
        """What a function binds under `global` or `nonlocal` is bound further out."""
        for scope in self.scopes:
            for name, word in (scope.declared or {}).items():
                nodes = scope.bound.pop(name, [])
                owner = self.module if word == "global" else self.resolve(scope, name)
                for node in nodes if owner is not None else ():
                    owner.bind(name, node)  # type: ignore[union-attr]

    def resolve(self, scope: Scope, name: str) -> Scope | None:
        """The scope whose binding `name` means in `scope`; None for builtins and names that nothing here binds."""
        if scope.declared and scope.declared.get(name) == "global":
            return self.module if name in self.module.bound else None
        here: Scope | None = scope
        if scope.declared and name in scope.declared:
            here = scope.parent
        elif name in scope.bound:
            return scope
        else:
            here = scope.parent
        while here is not None:
            if name in here.bound and here.kind != CLASS:
                return here
            if here.declared and here.declared.get(name) == "global":
                return self.module if name in self.module.bound else None
            here = here.parent
        return None

    def opened(self, node: ast.AST) -> Scope | None:
        """The scope that a function, class, lambda, comprehension or module opens."""
        if self._opened is None:
            # A generic definition opens two: its type parameters come first, the definition itself wins.
            self._opened = {s.node: s for s in self.scopes}
        return self._opened.get(node)

    def scope(self, node: ast.AST) -> Scope:
        """The scope in which `node` stands (a decorator, default or base stands outside of what it belongs to)."""
        known, parents, path = self._scope_of, self._parents, []
        found = self.module
        child = node
        while node in parents:
            if node in known:
                found = known[node]
                break
            # Parts of these two stand in different scopes: they can't be kept for the next climb.
            if not isinstance(node, (ast.arguments, ast.comprehension)):
                path.append(node)
            below, child, node = child, node, parents[node]
            scope = self.opened(node)
            around = scope and _scope_around(scope, node, child, below)
            if around is not None:
                found = around
                break
        # Everything on the way stands in the same scope: keeping it makes many questions cost one climb.
        known.update(dict.fromkeys(path, found))
        return found

    def parent(self, node: ast.AST) -> ast.AST | None:
        """The node around `node`; None for the module."""
        return self._parents.get(node)

    def ancestors(self, node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
        """(child, parent) from `node` outwards, up to the function or class it stands in, or as far as anyone reads."""
        for _ in range(FAR):
            if node not in self._parents:
                return
            child, node = node, self._parents[node]
            yield child, node
            if isinstance(node, (*FUNCTIONS, ast.ClassDef, ast.Lambda)):
                return

    def function(self, scope: Scope) -> Scope | None:
        """The function in whose call the code of `scope` runs; None for module and class bodies."""
        here: Scope | None = scope
        while here is not None and here.kind in (COMPREHENSION, TYPE_PARAMETERS):
            here = here.parent
        return here if here is not None and here.kind in (FUNCTION, LAMBDA) else None

    def method_of(self, scope: Scope) -> Scope | None:
        """The class whose body holds the function `scope`; None for a plain function."""
        outer = scope.enclosing
        return outer if outer is not None and outer.kind == CLASS else None

    def within(self, scope: Scope) -> list[Scope]:
        """`scope` and every scope inside it."""
        if scope is self.module:
            return self.scopes
        if self._children is None:
            self._children = {}
            for each in self.scopes[1:]:
                self._children.setdefault(each.parent, []).append(each)  # type: ignore[arg-type]
        found = [scope]
        for each in found:
            found += self._children.get(each, ())
        return found

    def references(self, owner: Scope, name: str) -> list[Reference]:
        """Every read of `name` as bound in `owner`, from any scope."""
        root = owner
        while root.parent is not None and root.parent is not self.module:
            root = root.parent
        if root not in self._indexed:
            self._indexed.add(root)
            self._index(root)
        return self._references.get((owner, name), [])

    def _index(self, root: Scope) -> None:
        """Find the owner of every name that is read inside of `root`: for the module those that are its own, for what
        stands in it those that belong further in. So each read is looked at twice at most."""
        table, bound, globally = self._references, self.module.bound, root is self.module
        for scope in self.within(root):
            owners: dict[str, Scope | None] = {}
            for node in scope.names:
                name = node.id
                if globally and name not in bound:
                    continue
                if name in owners:
                    owner = owners[name]
                else:
                    owner = owners[name] = self.resolve(scope, name)
                if owner is not None and (owner is self.module) is globally:
                    table.setdefault((owner, name), []).append(Reference(node, scope))

    # -- bindings -----------------------------------------------------------------------------------------------

    def bindings(self, scope: Scope, name: str) -> list[Binding]:
        """What binds `name` in `scope`, in source order."""
        found = self._bindings.get((scope, name))
        if found is None:
            nodes = sorted(scope.bound.get(name, ()), key=position)
            found = self._bindings[scope, name] = [binding(self._parents, name, node) for node in nodes]
        return found

    # -- qualified names ----------------------------------------------------------------------------------------

    def qualnames(self, node: ast.AST, scope: Scope) -> frozenset[str]:
        """The library names that an expression may mean: `np.load` -> {"numpy.load"}, `open` -> {"builtins.open"}.

        More than one where branches or `try` import differently; empty where the file itself defines the name, or
        where it cannot be known. Relative imports keep their dots.
        """
        tail = ""
        while isinstance(node, ast.Attribute):
            tail = f".{node.attr}{tail}"
            node = node.value
        if not isinstance(node, ast.Name):
            return frozenset()
        owner = self.resolve(scope, node.id)
        if owner is None:
            known = node.id in _BUILTINS and not self.module.star
            return frozenset({f"builtins.{node.id}{tail}"}) if known else frozenset()
        meanings = self._meanings.get((owner, node.id))
        if meanings is None:
            meanings = self._meanings[owner, node.id] = self._meaning(owner, node.id)
        return frozenset(name + tail for name in meanings) if tail and meanings else meanings

    def _meaning(self, owner: Scope, name: str) -> frozenset[str]:
        """The library names that a name bound in `owner` may mean, through imports and plain aliases."""
        found: set[str] = set()
        todo = [(owner, name, "")]
        seen = {(owner, name, "")}
        for owner, name, tail in todo:
            nodes = owner.bound[name]
            if len(nodes) > 1:
                nodes = [n for n in nodes if not isinstance(n, ast.alias) or not self._only_for_types(n)] or nodes
            for bound in nodes:
                if isinstance(bound, ast.alias):
                    found.add(self._imported(bound, name) + tail)
                elif isinstance(bound, ast.Name) and isinstance(bound.ctx, ast.Store):
                    value: ast.AST | None = assignment(self._parents, bound)[2]
                    end = tail
                    while isinstance(value, ast.Attribute):
                        end = f".{value.attr}{end}"
                        value = value.value
                    if not isinstance(value, ast.Name):
                        continue
                    outer = self.resolve(self.scope(value), value.id)
                    if outer is None and value.id in _BUILTINS and not self.module.star:
                        found.add(f"builtins.{value.id}{end}")
                    elif outer is not None and (outer, value.id, end) not in seen and len(todo) < _MOST:
                        seen.add((outer, value.id, end))
                        todo.append((outer, value.id, end))
        return frozenset(found)

    def _imported(self, alias: ast.alias, name: str) -> str:
        statement = self._parents[alias]
        if isinstance(statement, ast.ImportFrom):
            return f"{'.' * statement.level}{statement.module or ''}{'.' if statement.module else ''}{alias.name}"
        return alias.name if alias.asname else name

    def _only_for_types(self, node: ast.AST) -> bool:
        """Is this binding made under `if TYPE_CHECKING:`?"""
        for child, parent in self.ancestors(node):
            if isinstance(parent, ast.If) and child in parent.body:
                test = parent.test
                if getattr(test, "id", getattr(test, "attr", "")) == "TYPE_CHECKING":
                    return True
        return False

    def types(self, node: ast.AST, scope: Scope) -> frozenset[str]:
        """The qualified names whose call or annotation gives this value its type: `Path(p)` -> {"pathlib.Path"}.

        Looks through names with one binding; empty where it cannot be known.
        """
        seen: set[ast.AST] = set()
        while node not in seen:
            seen.add(node)
            if isinstance(node, ast.Await):
                node = node.value
            elif isinstance(node, ast.Call):
                return self.qualnames(node.func, scope)
            elif isinstance(node, ast.Name):
                owner = self.resolve(scope, node.id)
                if owner is None or len(owner.bound[node.id]) != 1:
                    break
                (binding,) = self.bindings(owner, node.id)
                annotation = self.annotation(binding.node)
                if annotation is not None:
                    return self.qualnames(annotation, owner)
                if binding.kind not in ("assign", "with") or not isinstance(binding.value, (ast.Call, ast.Await)):
                    break
                node, scope = binding.value, self.scope(binding.value)
        return frozenset()

    def annotation(self, node: ast.AST) -> ast.expr | None:
        """The annotation of a parameter or of an annotated assignment's target."""
        if isinstance(node, ast.arg):
            return node.annotation
        parent = self._parents.get(node)
        return parent.annotation if isinstance(parent, ast.AnnAssign) and parent.target is node else None

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
            if not all(isinstance(node, ast.Name) for node in nodes):
                continue
            bindings = self.bindings(owner, name)
            values = tuple(b.value for b in bindings if b.kind == "assign" and b.value is not None)
            if values:
                yield Place(kind, owner, name, bindings[0].node, values, lifetime)

    def defaults(self, owner: Scope) -> Iterator[Place]:
        """The default arguments of a function: made once, kept as long as the function."""
        for arg, value in defaults(owner.node):
            if len(owner.bound.get(arg.arg, ())) == 1:
                yield Place("default argument", owner, arg.arg, arg, (value,), PROCESS)

    def function_attributes(self) -> Iterator[Place]:
        """`f.cache = {}` on a function of the module."""
        for name, nodes in self.module.bound.items():
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
            for nodes in owner.bound.values():
                for node in nodes:
                    method = self.opened(node) if isinstance(node, FUNCTIONS) else None
                    receiver = self.receiver(method) if method is not None else None
                    for name, scope in self.references(method, receiver) if method and receiver else ():
                        attribute = self._past_type(name)
                        if isinstance(attribute, ast.Attribute):
                            table.setdefault(attribute.attr, []).append(Reference(attribute, scope))
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


def _scope_around(scope: Scope, node: ast.AST, child: ast.AST, below: ast.AST) -> Scope | None:
    """The scope that `node` opens, if `child`, in which `below` lies, stands in it; None if it stands outside."""
    parameters = scope.parent if scope.parent is not None and scope.parent.kind == TYPE_PARAMETERS else None
    if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
        if isinstance(child, ast.stmt):
            return scope
        outside = child in node.decorator_list or (isinstance(child, ast.arguments) and not isinstance(below, ast.arg))
        return None if outside else parameters
    if isinstance(node, ast.Lambda):
        return scope if child is node.body else None
    if scope.kind == TYPE_PARAMETERS:
        return None if child is getattr(node, "name", None) else scope
    if isinstance(child, ast.comprehension) and child is node.generators[0]:  # type: ignore[attr-defined]
        return None if below is child.iter else scope
    return scope


def by_last_name(names: Iterable[str]) -> dict[str, list[str]]:
    """Qualified names by the last of their parts, as `Model.called` asks for them."""
    tails: dict[str, list[str]] = {}
    for name in names:
        tails.setdefault(name.removesuffix("()").rpartition(".")[2], []).append(name)
    return tails
