"""The questions that rules and judgements may ask about one file."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Set
from types import MappingProxyType

from .binding import FUNCTIONS, Parents, assignment, defaults, position
from .last_names import LastNames
from .names import Names
from .place import CLOSURE, INSTANCE, PROCESS, Place, Reference
from .scope import CLASS, FUNCTION, LAMBDA, MODULE, Scope
from .use import ELEMENT, FAR, Use, climb

_KINDS = {MODULE: ("global", PROCESS), CLASS: ("class attribute", PROCESS)}
_MOST = 100  # how many accesses to one attribute of unknown objects are looked at


class Model(Names):
    """Facts about one file; see `build`. A file in which no rule has a suspect pays for the walk only."""

    def __init__(
        self,
        tree: ast.Module,
        scopes: list[Scope],
        parents: Parents,
        *,
        classes: list[Scope],
        declaring: list[Scope],
        calls: Mapping[str, list[tuple[ast.Call, Scope]]],
        attributes: Mapping[str, list[tuple[ast.Attribute, Scope]]],
        stores: list[tuple[ast.expr, Scope]],
        sets: list[tuple[ast.Attribute, ast.expr, Scope]],
        raises: list[tuple[ast.Raise, Scope]],
        handlers: list[tuple[ast.ExceptHandler, Scope]],
        aliases: Mapping[str, set[str]],
        roots: Set[str],
    ) -> None:
        super().__init__(scopes, parents, classes, declaring)
        self.tree = tree
        #: (target, scope) of `x[k] = v` and of every augmented assignment, in no particular order.
        self.stores = stores
        #: (target, value, scope) of `x.attr = value`, in no particular order.
        self.sets = sets
        #: Every `raise`, and every handler that names the exception, with the scope; in no particular order.
        self.raises = raises
        self.handlers = handlers
        #: The last names of all calls, and of what is given another name; the names of all attributes.
        self.call_names: Set[str] = calls.keys()
        self.aliased: Set[str] = aliases.keys()
        self.attribute_names: Set[str] = attributes.keys()
        self._calls = calls
        self._attribute_nodes = attributes
        self._aliases = aliases
        self._roots = roots  # the first parts of the library names that may be meant
        self._spelled = self.call_names | self.aliased  # what a call in the file may mean
        self._holders: dict[str, dict[Scope | None, list[Reference]]] = {}
        self._storers: dict[str, dict[Scope | None, list[Reference]]] = {}
        self._members: dict[tuple[Scope, str], dict[str, list[Reference]]] = {}
        self._attributes: dict[Scope, dict[str, list[Reference]]] = {}
        self._families: dict[Scope, list[Scope]] | None = None
        self._places: dict[tuple[Scope, str], Place | None] = {}
        self._receivers: dict[Scope, str | None] = {}
        self._meant: dict[tuple[Scope, str], Scope | None] = {}

    # -- calls --------------------------------------------------------------------------------------------------

    def called(self, names: LastNames) -> Iterator[tuple[ast.Call, Scope, str]]:
        """Calls of the given library names, in no particular order: (call, scope, qualified name).

        Only calls whose last name, or a local alias of it, stands in the file are resolved at all, and only where the
        file imports what it would take.
        """
        spelled = names.keys() & self._spelled
        return self._called(names, spelled) if spelled else iter(())

    def _called(self, names: LastNames, spelled: Set[str]) -> Iterator[tuple[ast.Call, Scope, str]]:
        wanted: dict[str, set[str]] = {}
        for last in spelled:
            if not self._roots.isdisjoint(names.roots(last)):
                for local in (last, *self._aliases.get(last, ())):
                    wanted.setdefault(local, set()).add(last)
        for local, lasts in wanted.items():
            for call, scope in self._calls.get(local, ()):
                known = self.callee(call, scope, names.returns)
                for last in lasts:
                    for name in known:
                        if name in names[last]:
                            yield call, scope, name
                            break
                    else:
                        continue
                    break

    def may_call(self, names: LastNames) -> bool:
        """May the file call one of the given library names, by what it spells and imports?"""
        spelled = names.keys() & self._spelled
        return bool(spelled) and any(not self._roots.isdisjoint(names.roots(last)) for last in spelled)

    def spells(self, names: LastNames) -> bool:
        """Does a last name of the given ones stand in the file: called, as an attribute, or bound in the module?"""
        last = names.keys()
        return bool(last & self._spelled or last & self.attribute_names or last & self.module.bound.keys())

    def imports(self, module: str) -> bool:
        """May the file import a module, or a part of it? Told by the first part of its name."""
        return module.partition(".")[0] in self._roots

    def spellings(self, tails: Iterable[str]) -> set[str]:
        """Last names of library names, and the local names that imports and assignments give them."""
        names = set(tails)
        for tail in names & self._aliases.keys():
            names |= self._aliases[tail]
        return names

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
        found = self._attribute_nodes.get(name)
        return [node for node, _ in found] if found else []

    # -- places and uses ----------------------------------------------------------------------------------------

    def held(self, node: ast.AST, scope: Scope) -> Place | None:
        """The place that outlives the call in which an expression reads it: a global, a class attribute, an attribute
        of `self`, a default argument, a function attribute, or a variable of an enclosing function.

        Looks through element reads (`x[k]`, `x.get(k)`, `x.setdefault(k, [])`) and local names with one binding. None
        for locals, and where the file doesn't show what is bound to the place.
        """
        for _ in range(FAR):
            if isinstance(node, ast.Subscript):
                node = node.value
            elif isinstance(node, ast.Call) and _hands_out(node):
                node = node.func.value  # type: ignore[attr-defined]
            elif isinstance(node, ast.Attribute):
                return self._attribute_held(node, scope)
            elif isinstance(node, ast.Name):
                owner = self.resolve(scope, node.id)
                if owner is None:
                    return None
                value = self._alias_of(owner, node.id)
                if value is None:
                    local = owner is self.function(scope) and owner.bound[node.id][0].__class__ is not ast.arg
                    return None if local else self.place(owner, node.id)
                node, scope = value, self.scope(value)
            else:
                return None
        return None

    def _alias_of(self, owner: Scope, name: str) -> ast.expr | None:
        """The expression for which a function's local name stands, if it is bound once, to a name, an attribute or an
        element."""
        nodes = owner.bound[name]
        if owner.kind not in (FUNCTION, LAMBDA) or len(nodes) > 1 or nodes[0].__class__ is not ast.Name:
            return None
        parent = self._parents[nodes[0]]
        plain = isinstance(parent, (ast.AnnAssign, ast.NamedExpr)) or nodes[0] in getattr(parent, "targets", ())
        if not plain or not isinstance(parent, (ast.Assign, ast.AnnAssign, ast.NamedExpr)):
            return None
        value = parent.value
        known = isinstance(value, (ast.Name, ast.Attribute, ast.Subscript))
        return value if known or (isinstance(value, ast.Call) and _hands_out(value)) else None

    def _attribute_held(self, node: ast.Attribute, scope: Scope) -> Place | None:
        cls = self._class_meant(node.value, scope)
        if cls is not None:
            return self.attribute(cls, node.attr)
        function = self.defined(node.value, scope)
        if function is None or function.enclosing is not self.module:
            return None
        return self.place(function, node.attr, ".")

    def only_value(self, node: ast.AST, scope: Scope) -> ast.expr | None:
        """The expression that a local name is assigned, where there is just one."""
        owner = self.resolve(scope, node.id) if isinstance(node, ast.Name) else None
        nodes = owner.bound[node.id] if owner is not None and owner is not self.module else ()  # type: ignore[attr-defined]
        if len(nodes) != 1 or nodes[0].__class__ is not ast.Name:
            return None
        (binding,) = self.bindings(owner, node.id)  # type: ignore[arg-type, attr-defined]
        return binding.value if binding.kind == "assign" else None

    def bound_to(self, value: ast.expr) -> list[ast.expr]:
        """The targets of the assignment whose value this is."""
        statement = self._parents[value]
        if isinstance(statement, ast.Assign):
            return statement.targets
        return [statement.target] if isinstance(statement, ast.AnnAssign) else []

    def place(self, owner: Scope, name: str, dot: str = "") -> Place | None:
        """The variable `name` of a scope, or with a dot the attribute that a function of the module is given."""
        if owner.kind == CLASS:
            return self.attribute(owner, name)
        key = (owner, dot + name)
        if key not in self._places:
            self._places[key] = self._function_attribute(owner, name) if dot else self._variable(owner, name)
        return self._places[key]

    def _variable(self, owner: Scope, name: str) -> Place | None:
        nodes = owner.bound.get(name, [])
        if len(nodes) == 1 and isinstance(nodes[0], ast.arg):
            value = next((v for arg, v in defaults(owner.node) if arg is nodes[0]), None)
            return None if value is None else Place("default argument", owner, name, nodes[0], (value,), PROCESS)
        names = [node for node in nodes if isinstance(node, ast.Name)]
        if not names or len(names) < len(nodes):
            return None
        if len(names) > 1:
            names = sorted((n for n in names if not self._is_declaration(n)), key=position) or names
        bound = [assignment(self._parents, node) for node in names if isinstance(node.ctx, ast.Store)]
        values = tuple(value for how, _, value in bound if how == "assign" and value is not None)
        kind, lifetime = _KINDS.get(owner.kind, ("closure", CLOSURE))
        return Place(kind, owner, name, names[0], values, lifetime) if values else None

    def _function_attribute(self, function: Scope, name: str) -> Place | None:
        """`f.cache = {}` on a function of the module."""
        members = self.members(self.module, function.name).get(name, ())
        stores = [node for node, _ in members if isinstance(node.ctx, ast.Store)]  # type: ignore[attr-defined]
        stores.sort(key=position)
        values = tuple(v for v in (assignment(self._parents, node)[2] for node in stores) if v is not None)
        return Place("function attribute", function, name, stores[0], values, PROCESS) if values else None

    def attribute(self, cls: Scope, name: str) -> Place | None:
        """What the classes of a family bind on their objects (kind `attribute`), or only on the class itself."""
        cls = self._holder(cls, name)
        if (cls, name) not in self._places:
            self._places[cls, name] = self._attribute(cls, name)
        return self._places[cls, name]

    def _attribute(self, cls: Scope, name: str) -> Place | None:
        family = [cls] if _is_mangled(name) else self.family(cls)
        nodes = [(each, node) for each in family for node in each.bound.get(name, ())]
        if any(not isinstance(node, ast.Name) for _, node in nodes):
            return None  # a method, a property, a nested class
        of_class = [place for each, _ in nodes if (place := self._variable(each, name)) is not None]
        stores = sorted(self._stored_by(name).get(cls, ()), key=lambda store: position(store[0]))
        values = [value for place in of_class for value in place.values]
        values += [v for n, _ in stores if (v := assignment(self._parents, n)[2]) is not None]
        if not values:
            return None
        # `self.x += [1]` extends the list of the class; of a tuple or text it makes one for the object.
        shared = any(isinstance(v, (ast.List, ast.Set, ast.Dict)) for place in of_class for v in place.values)
        own = [(n, s) for n, s in stores if not (shared and isinstance(self._parents[n], ast.AugAssign))]
        on_object = any(self._is_of_object(node, scope) for node, scope in own)
        kind, lifetime = ("attribute", INSTANCE) if on_object else ("class attribute", PROCESS)
        if of_class:
            owner, first = of_class[0].owner, of_class[0].node
        else:
            first, where = stores[0]
            owner = self._class_meant(first.value, where) or cls  # type: ignore[attr-defined]
        return Place(kind, owner, name, first, tuple(values), lifetime)

    def _is_of_object(self, node: ast.expr, scope: Scope) -> bool:
        """Does a store give the object, not the class, a value of its own: `self.x = ...`?"""
        target = node.value  # type: ignore[attr-defined]
        owner = self.resolve(scope, target.id) if isinstance(target, ast.Name) else None
        if owner is None or self.class_of(target, scope) is None:
            return False
        decorators = owner.node.decorator_list  # type: ignore[attr-defined]
        return target.id != "cls" and not any(isinstance(d, ast.Name) and d.id == "classmethod" for d in decorators)

    def uses(self, place: Place) -> list[Use]:
        """All that the file does to a place, through its names, its aliases and its elements."""
        members: list[Reference] = []
        references: list[Reference] = []
        stores: list[tuple[ast.AST, Scope]] = []
        if place.kind == "function attribute":
            members = self.members(self.module, place.owner.name).get(place.name, [])
        else:
            references = list(self.references(place.owner, place.name)) if place.kind != "attribute" else []
            stores = [(node, self.scope(node)) for node in place.owner.bound.get(place.name, ())]
            if place.kind in ("class attribute", "attribute"):
                members = self.family_members(place.owner, place.name) + self.foreign_members(place.name)[:_MOST]
        for member in members:
            if isinstance(member.node.ctx, ast.Load):  # type: ignore[attr-defined]
                references.append(member)
            else:
                stores.append(member)
        # What a method binds it may bind anew each time.
        by_method = place.kind in ("class attribute", "attribute") and self.scope(place.node).kind != CLASS
        first = None if by_method else place.node
        return self.trace(references) + [
            self._store(node, scope) for node, scope in stores if node is not first and not self._is_declaration(node)
        ]

    def _is_declaration(self, node: ast.AST) -> bool:
        """`x: dict` without a value"""
        parent = self._parents[node]
        return isinstance(parent, ast.AnnAssign) and parent.value is None

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

    def own_members(self, attr: str) -> dict[Scope, list[Reference]]:
        """What `attributes` has under one name, for all classes: class -> the nodes `self.attr` in its methods."""
        return self.keep(("own members", attr), lambda: self._own_members(attr))

    def _own_members(self, attr: str) -> dict[Scope, list[Reference]]:
        found: dict[Scope, list[Reference]] = {}
        for node, scope in self._attribute_nodes.get(attr, ()):
            cls = self.class_of(_without_type(node.value), scope)
            if cls is not None:
                found.setdefault(cls, []).append(Reference(node, scope))
        return found

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
        return self._held_by(attr).get(self._holder(owner, attr), [])

    def foreign_members(self, attr: str) -> list[Reference]:
        """Every `x.attr` where x is no `self`, `cls` or class of this file."""
        return self._held_by(attr).get(None, [])

    def _holder(self, cls: Scope, attr: str) -> Scope:
        return cls if _is_mangled(attr) else self.family(cls)[0]

    def _held_by(self, attr: str) -> dict[Scope | None, list[Reference]]:
        """The nodes `x.attr` by the eldest class of the family whose object, or which itself, x is."""
        found = self._holders.get(attr)
        if found is None:
            found = self._holders[attr] = self._by_holder(attr, self._attribute_nodes.get(attr, ()))
        return found

    def _stored_by(self, attr: str) -> dict[Scope | None, list[Reference]]:
        """The same of the stores alone: most attributes are only asked what they are."""
        found = self._storers.get(attr)
        if found is None:
            stores = [each for each in self._attribute_nodes.get(attr, ()) if each[0].ctx.__class__ is ast.Store]
            found = self._storers[attr] = self._by_holder(attr, stores)
        return found

    def _by_holder(
        self, attr: str, nodes: Iterable[tuple[ast.Attribute, Scope]]
    ) -> dict[Scope | None, list[Reference]]:
        found: dict[Scope | None, list[Reference]] = {}
        mangled = _is_mangled(attr)
        for node, scope in nodes:
            cls = self._class_meant(node.value, scope)
            if cls is not None and not mangled:
                cls = self.family(cls)[0]
            found.setdefault(cls, []).append(Reference(node, scope))
        return found

    def _class_meant(self, node: ast.expr, scope: Scope) -> Scope | None:
        """The class of `self`, `cls`, `type(self)`, `self.__class__`, or the class of the file that is named."""
        node = _without_type(node)
        if not isinstance(node, ast.Name):
            return None
        key = (scope, node.id)
        if key not in self._meant:
            self._meant[key] = self._named_class(*key)
        return self._meant[key]

    def _named_class(self, scope: Scope, name: str) -> Scope | None:
        owner = self.resolve(scope, name)
        if owner is None:
            return None
        if owner.kind == FUNCTION:
            return self.method_of(owner) if self.receiver(owner) == name else None
        nodes = owner.bound[name]
        return self.opened(nodes[0]) if len(nodes) == 1 and isinstance(nodes[0], ast.ClassDef) else None

    def receiver(self, method: Scope) -> str | None:
        """The name of a method's first parameter, `self` or `cls`; None for static methods and plain functions."""
        if method not in self._receivers:
            self._receivers[method] = self._receiver(method)
        return self._receivers[method]

    def _receiver(self, method: Scope) -> str | None:
        node = method.node
        if self.method_of(method) is None or not isinstance(node, FUNCTIONS):
            return None
        if any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in node.decorator_list):
            return None
        parameters = node.args.posonlyargs or node.args.args
        return parameters[0].arg if parameters else None

    def family(self, owner: Scope) -> list[Scope]:
        """The class and the classes of this file that are its bases or subclasses, near and far."""
        if self._families is None:
            self._families = {}
            for scope in self.classes:
                mine = self._families.setdefault(scope, [scope])
                for base in scope.node.bases:  # type: ignore[attr-defined]
                    name = base.value if isinstance(base, ast.Subscript) else base  # `Base[int]`
                    other = self.defined(name, scope.enclosing or self.module)
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


def _is_mangled(name: str) -> bool:
    return name.startswith("__") and not name.endswith("__")


def _without_type(node: ast.expr) -> ast.expr:
    """What stands in `type(x)` and `x.__class__`; any other expression itself."""
    if isinstance(node, ast.Attribute) and node.attr == "__class__":
        return node.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "type" and node.args:
        return node.args[0]
    return node


def _hands_out(call: ast.Call) -> bool:
    """Does a call hand out an element of what it is called on: `x.get(k)`?"""
    return isinstance(call.func, ast.Attribute) and call.func.attr in ELEMENT
