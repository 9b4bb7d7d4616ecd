"""What names mean: scopes, who owns a name, who reads it, what binds it, and which library it comes from.

Everything but the walk's own record is worked out when first asked for, and then kept.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from .binding import FUNCTIONS, Binding, Parents, assignment, binding, position
from .place import Reference
from .scope import CLASS, COMPREHENSION, FUNCTION, LAMBDA, MODULE, TYPE_PARAMETERS, Scope
from .use import FAR

T = TypeVar("T")
_MOST = 50  # how many aliases of a name are looked through
_BUILTINS = frozenset(dir(builtins))
_PLAIN = frozenset({MODULE, CLASS})


class Names:
    """The scopes and names of one file, and the parents of its nodes."""

    def __init__(self, scopes: list[Scope], parents: Parents, classes: list[Scope], declaring: list[Scope]) -> None:
        self.scopes = scopes
        self.module = scopes[0]
        self.classes = classes
        #: The scopes with a `global` or `nonlocal` statement.
        self.declaring = declaring
        self._parents = parents
        self._references: dict[tuple[Scope, str], list[Reference]] = {}
        self._indexed: set[tuple[Scope, bool]] = set()
        self._bindings: dict[tuple[Scope, str], list[Binding]] = {}
        self._meanings: dict[tuple[Scope, str], frozenset[str]] = {}
        self._kept: dict[object, object] = {}
        self._scope_of: dict[ast.AST, Scope] = {}
        self._opened: dict[ast.AST, Scope] | None = None
        self._children: dict[Scope, list[Scope]] | None = None
        self._settle_declarations()

    def keep(self, key: object, answer: Callable[[], T]) -> T:
        """The answer to a question about the whole file, worked out once."""
        if key not in self._kept:
            self._kept[key] = answer()
        return self._kept[key]  # type: ignore[return-value]

    # -- scopes and names ---------------------------------------------------------------------------------------

    def _settle_declarations(self) -> None:
        """What a function binds under `global` or `nonlocal` is bound further out."""
        for scope in self.declaring:
            for name, word in scope.declared.items():  # type: ignore[union-attr]
                nodes = scope.bound.pop(name, [])
                owner = self.module if word == "global" else self.resolve(scope, name)
                for node in nodes if owner is not None else ():
                    owner.bind(name, node)  # type: ignore[union-attr]

    def resolve(self, scope: Scope, name: str) -> Scope | None:
        """The scope whose binding `name` means in `scope`; None for builtins and names that nothing here binds."""
        if name in scope.bound:
            return scope  # what is declared here is bound further out
        if scope.declared and scope.declared.get(name) == "global":
            return self.module if name in self.module.bound else None
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

    def nested(self) -> list[Scope]:
        """The functions and lambdas that a call of another one makes."""
        return self.keep("nested", self._nested)

    def _nested(self) -> list[Scope]:
        return [
            scope
            for scope in self.scopes[1:]
            if scope.parent.kind not in _PLAIN  # type: ignore[union-attr]
            and scope.kind in (FUNCTION, LAMBDA)
            and self.function(scope.enclosing) is not None  # type: ignore[arg-type]
        ]

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
        root = here = owner
        while here.parent is not None and here.parent is not self.module:
            here = here.parent
            if here.kind != CLASS:  # what stands in a class doesn't see its names
                root = here
        variable = root is self.module and _is_variable(root.bound.get(name, ()))
        if (root, variable) not in self._indexed:
            self._indexed.add((root, variable))
            self._index(root, variable)
        return self._references.get((owner, name), [])

    def _index(self, root: Scope, variables: bool) -> None:
        """Find the owner of every name that is read inside of `root`: for the module those that are its own (variables
        apart from imports and definitions, which are many and seldom asked for), for a class those of its body, for an
        outermost function those that belong to it or further in. So each read is looked at three times at most."""
        table, module = self._references, self.module
        new = tuple.__new__  # tens of thousands a file: past the named tuple's own
        globally = root is module
        bound = {name for name, nodes in module.bound.items() if _is_variable(nodes) is variables} if globally else ()
        for scope in [root] if root.kind == CLASS else self.within(root):
            rows: dict[str, list[Reference] | None] = {}
            for node in scope.names:
                name = node.id
                if globally and name not in bound:
                    continue
                if name in rows:
                    row = rows[name]
                else:
                    owner = self.resolve(scope, name)
                    wanted = owner is not None and (owner is module) is globally
                    row = rows[name] = table.setdefault((owner, name), []) if wanted else None  # type: ignore[arg-type]
                if row is not None:
                    row.append(new(Reference, (node, scope)))

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


def _is_variable(nodes: Sequence[ast.AST]) -> bool:
    """Is a name bound by assignments and the like, not by an import or a definition?"""
    return bool(nodes) and nodes[0].__class__ is ast.Name


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
