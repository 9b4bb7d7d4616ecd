"""The one walk over the tree: scopes, what they bind and read, calls, parents.

A scope at a time, with an explicit stack: the scope need not ride along with every node, and no depth of
nesting ends in RecursionError. The tree itself is never written to: it is flake8's.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from .model import Model
from .scope import CLASS, COMPREHENSION, FUNCTION, LAMBDA, MODULE, TYPE_PARAMETERS, Scope

# Fields that hold no nodes, or only nodes without meaning here (contexts and operators).
_LEAF_FIELDS = frozenset(
    """
    arg asname attr conversion ctx id is_async kind kwd_attrs level module n name op ops rest s simple
    type_comment type_ignores
    """.split()
)
_CHILDLESS = (ast.Constant, ast.MatchSingleton)  # their values are no nodes


def build(tree: ast.Module) -> Model:
    """The model of one parsed file."""
    walk = _Walk(tree)
    walk.run()
    return Model(
        tree,
        walk.scopes,
        walk.parents,
        classes=walk.classes,
        declaring=walk.declaring,
        calls=walk.calls,
        attributes=walk.attributes,
        stores=walk.stores,
        sets=walk.sets,
        raises=walk.raises,
        handlers=walk.handlers,
        aliases=walk.aliases,
        roots=walk.roots,
    )


_Handler = Callable[["_Walk", Any, Scope, list[ast.AST]], bool]
# How a type of node is walked: its handler, the fields that hold one node, and those that hold a list of them.
_Plan = tuple["_Handler | None", tuple[str, ...], tuple[str, ...]]


class _Walk:
    def __init__(self, tree: ast.Module) -> None:
        self.scopes: list[Scope] = []
        self.classes: list[Scope] = []
        self.declaring: list[Scope] = []
        self.parents: dict[ast.AST, ast.AST] = {}
        self.calls: defaultdict[str, list[tuple[ast.Call, Scope]]] = defaultdict(list)
        self.attributes: defaultdict[str, list[tuple[ast.Attribute, Scope]]] = defaultdict(list)
        self.stores: list[tuple[ast.expr, Scope]] = []
        self.sets: list[tuple[ast.Attribute, ast.expr, Scope]] = []
        self.raises: list[tuple[ast.Raise, Scope]] = []
        self.handlers: list[tuple[ast.ExceptHandler, Scope]] = []
        self.aliases: defaultdict[str, set[str]] = defaultdict(set)
        self.roots = {"builtins"}
        self.pending: list[tuple[Scope, list[ast.AST]]] = []
        self.enter(MODULE, tree, None, tree.body)

    def enter(self, kind: str, node: ast.AST, parent: Scope | None, roots: Sequence[ast.AST]) -> Scope:
        """Open a scope; what stands in it is walked when the enclosing scope is done."""
        scope = Scope(kind, node, parent)
        self.scopes.append(scope)
        parents = self.parents
        for root in roots:
            parents[root] = node
        self.pending.append((scope, list(roots)))
        return scope

    def adopt(self, parent: ast.AST, children: Iterable[ast.AST | None], stack: list[ast.AST]) -> None:
        parents = self.parents
        for child in children:
            if child is not None:
                parents[child] = parent
                if child.__class__ is not ast.Constant:
                    stack.append(child)

    def run(self) -> None:
        """Walk everything. The inner loop runs once a node of the file. It is kept flat for speed, deals with the two
        commonest kinds itself, and never puts a name or a constant, which are two in three nodes, on the stack."""
        parents, calls, attributes, plans = self.parents, self.calls, self.attributes, _PLANS
        name_type, load_type, constant_type = ast.Name, ast.Load, ast.Constant
        call_type, attribute_type = ast.Call, ast.Attribute
        while self.pending:
            scope, stack = self.pending.pop()
            pop, push, read, bind = stack.pop, stack.append, scope.names.append, scope.bind
            while stack:
                node: Any = pop()
                cls = node.__class__
                if cls is attribute_type:
                    attributes[node.attr].append((node, scope))
                    child = node.value
                    parents[child] = node
                    if child.__class__ is name_type:
                        read(child)
                    else:
                        push(child)
                    continue
                if cls is call_type:
                    child = node.func
                    parents[child] = node
                    kind = child.__class__
                    if kind is attribute_type:
                        calls[child.attr].append((node, scope))
                        attributes[child.attr].append((child, scope))
                        value = child.value
                        parents[value] = child
                        if value.__class__ is name_type:
                            read(value)
                        else:
                            push(value)
                    elif kind is name_type:
                        calls[child.id].append((node, scope))
                        read(child)
                    else:
                        push(child)
                    for child in node.args + node.keywords:
                        parents[child] = node
                        kind = child.__class__
                        if kind is name_type:
                            read(child)
                        elif kind is not constant_type:
                            push(child)
                    continue
                handler, fields, lists = plans.get(cls) or _plan(node)
                if handler is not None and handler(self, node, scope, stack):
                    continue
                for field in fields:
                    child = getattr(node, field)
                    if child is None:
                        continue
                    parents[child] = node
                    kind = child.__class__
                    if kind is name_type:
                        if child.ctx.__class__ is load_type:
                            read(child)
                        else:
                            bind(child.id, child)
                    elif kind is not constant_type:
                        push(child)
                for field in lists:
                    for child in getattr(node, field):
                        if child is None:
                            continue
                        parents[child] = node
                        kind = child.__class__
                        if kind is name_type:
                            if child.ctx.__class__ is load_type:
                                read(child)
                            else:
                                bind(child.id, child)
                        elif kind is not constant_type:
                            push(child)


# Handlers bind names and open scopes. They return True when they have dealt with the node's children.


def _name(walk: _Walk, node: Any, scope: Scope, stack: list[ast.AST]) -> bool:
    """A name that another handler put on the stack."""
    if isinstance(node.ctx, ast.Load):
        scope.names.append(node)
    else:
        scope.bind(node.id, node)
    return True


def _function(walk: _Walk, node: Any, scope: Scope, stack: list[ast.AST]) -> bool:
    scope.bound.setdefault(node.name, []).append(node)
    if node.decorator_list:
        walk.adopt(node, node.decorator_list, stack)
    outer, annotations = scope, stack
    if getattr(node, "type_params", None):
        outer, annotations = _type_parameters(walk, node, scope, stack)
    inner = walk.enter(FUNCTION, node, outer, node.body)
    _parameters(walk, node, inner, stack, annotations)
    if node.returns is not None:
        walk.adopt(node, (node.returns,), annotations)
    return True


def _lambda(walk: _Walk, node: Any, scope: Scope, stack: list[ast.AST]) -> bool:
    inner = walk.enter(LAMBDA, node, scope, [node.body])
    _parameters(walk, node, inner, stack, stack)
    return True


def _parameters(walk: _Walk, node: Any, inner: Scope, stack: list[ast.AST], annotations: list[ast.AST]) -> None:
    """Parameters bind in the function; defaults and annotations are read outside of it."""
    arguments, parents, bound = node.args, walk.parents, inner.bound
    parents[arguments] = node
    if arguments.defaults:
        walk.adopt(arguments, arguments.defaults, stack)
    if arguments.kw_defaults:
        walk.adopt(arguments, arguments.kw_defaults, stack)
    for arg in (*arguments.posonlyargs, *arguments.args, arguments.vararg, *arguments.kwonlyargs, arguments.kwarg):
        if arg is not None:
            parents[arg] = arguments
            bound[arg.arg] = [arg]
            if arg.annotation is not None:
                walk.adopt(arg, (arg.annotation,), annotations)


def _class(walk: _Walk, node: Any, scope: Scope, stack: list[ast.AST]) -> bool:
    scope.bind(node.name, node)
    walk.adopt(node, node.decorator_list, stack)
    outer, bases = _type_parameters(walk, node, scope, stack)
    walk.adopt(node, node.bases, bases)
    walk.adopt(node, node.keywords, bases)
    walk.classes.append(walk.enter(CLASS, node, outer, node.body))
    return True


def _type_parameters(walk: _Walk, node: Any, scope: Scope, stack: list[ast.AST]) -> tuple[Scope, list[ast.AST]]:
    """The scope around a generic definition (PEP 695), and the stack of what is read in it; else the current ones."""
    parameters = getattr(node, "type_params", None)
    if not parameters:
        return scope, stack
    outer = walk.enter(TYPE_PARAMETERS, node, scope, parameters)
    return outer, walk.pending[-1][1]


def _type_parameter(walk: _Walk, node: Any, scope: Scope, stack: list[ast.AST]) -> bool:
    scope.bind(node.name, node)
    return False


def _type_alias(walk: _Walk, node: Any, scope: Scope, stack: list[ast.AST]) -> bool:
    walk.adopt(node, [node.name], stack)
    _, value = _type_parameters(walk, node, scope, stack)
    walk.adopt(node, [node.value], value)
    return True


def _comprehension(walk: _Walk, node: Any, scope: Scope, stack: list[ast.AST]) -> bool:
    """The first iterable is read outside of the comprehension's own scope."""
    elements = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    walk.enter(COMPREHENSION, node, scope, elements)
    inside = walk.pending[-1][1]
    for generator in node.generators:
        walk.parents[generator] = node
        first = generator is node.generators[0]
        walk.adopt(generator, [generator.iter], stack if first else inside)
        walk.adopt(generator, [generator.target, *generator.ifs], inside)
    return True


def _walrus(walk: _Walk, node: Any, scope: Scope, stack: list[ast.AST]) -> bool:
    """A walrus in a comprehension binds in the function around it."""
    while scope.kind == COMPREHENSION and scope.parent is not None:
        scope = scope.parent
    scope.bind(node.target.id, node.target)
    walk.parents[node.target] = node
    walk.adopt(node, [node.value], stack)
    return True


def _import(walk: _Walk, node: Any, scope: Scope, stack: list[ast.AST]) -> bool:
    plain = isinstance(node, ast.Import)
    if not plain:
        walk.roots.add("" if node.level else node.module.partition(".")[0])
    for alias in node.names:
        if plain:
            walk.roots.add(alias.name.partition(".")[0])
        walk.parents[alias] = node
        if alias.name == "*":
            scope.star = True
            continue
        name = alias.asname or (alias.name.partition(".")[0] if plain else alias.name)
        scope.bind(name, alias)
        if alias.asname:
            walk.aliases[alias.name.rpartition(".")[2]].add(name)
    return True


def _declaration(walk: _Walk, node: Any, scope: Scope, stack: list[ast.AST]) -> bool:
    word = "global" if isinstance(node, ast.Global) else "nonlocal"
    if scope.declared is None:
        scope.declared = {}
        walk.declaring.append(scope)
    for name in node.names:
        scope.declared[name] = word
    return True


def _except(walk: _Walk, node: Any, scope: Scope, stack: list[ast.AST]) -> bool:
    if node.name:
        scope.bind(node.name, node)
        walk.handlers.append((node, scope))
    return False


def _raise(walk: _Walk, node: Any, scope: Scope, stack: list[ast.AST]) -> bool:
    walk.raises.append((node, scope))
    return False


def _pattern(walk: _Walk, node: Any, scope: Scope, stack: list[ast.AST]) -> bool:
    name = node.rest if isinstance(node, ast.MatchMapping) else node.name
    if name:
        scope.bind(name, node)
    return False


def _assign(walk: _Walk, node: Any, scope: Scope, stack: list[ast.AST]) -> bool:
    """`connect = psycopg2.connect` makes `connect` one more name to look for; `x[k] = v` puts into `x`."""
    value, parents, bound = node.value, walk.parents, scope.bound
    kind = value.__class__
    tail = value.attr if kind is ast.Attribute else value.id if kind is ast.Name else None
    for target in node.targets:
        parents[target] = node
        if target.__class__ is ast.Name:
            bound.setdefault(target.id, []).append(target)
            if tail is not None:
                walk.aliases[tail].add(target.id)
            continue
        stack.append(target)
        if target.__class__ is ast.Subscript:
            walk.stores.append((target, scope))
        elif target.__class__ is ast.Attribute:
            walk.sets.append((target, value, scope))
    parents[value] = node
    if kind is ast.Name:
        scope.names.append(value)
    elif kind is not ast.Constant:
        stack.append(value)
    return True


def _annotated(walk: _Walk, node: Any, scope: Scope, stack: list[ast.AST]) -> bool:
    if node.target.__class__ is ast.Attribute and node.value is not None:
        walk.sets.append((node.target, node.value, scope))
    return False


def _augmented(walk: _Walk, node: Any, scope: Scope, stack: list[ast.AST]) -> bool:
    walk.stores.append((node.target, scope))
    return False


_HANDLERS: dict[type, _Handler] = {
    ast.Name: _name,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.Lambda: _lambda,
    ast.ClassDef: _class,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.DictComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.NamedExpr: _walrus,
    ast.Import: _import,
    ast.ImportFrom: _import,
    ast.Global: _declaration,
    ast.Nonlocal: _declaration,
    ast.ExceptHandler: _except,
    ast.Raise: _raise,
    ast.MatchAs: _pattern,
    ast.MatchStar: _pattern,
    ast.MatchMapping: _pattern,
    ast.Assign: _assign,
    ast.AugAssign: _augmented,
    ast.AnnAssign: _annotated,
}
for _newer in ("TypeVar", "ParamSpec", "TypeVarTuple"):
    if hasattr(ast, _newer):
        _HANDLERS[getattr(ast, _newer)] = _type_parameter
if hasattr(ast, "TypeAlias"):
    _HANDLERS[ast.TypeAlias] = _type_alias

_PLANS: dict[type, _Plan] = {}


def _plan(node: ast.AST) -> _Plan:
    """How nodes of this type are walked, told from the first that is met: what holds a list in one, does in all."""
    cls = node.__class__
    held = () if cls in _CHILDLESS else [field for field in cls._fields if field not in _LEAF_FIELDS]
    lists = tuple(field for field in held if isinstance(getattr(node, field), list))
    plan = _PLANS[cls] = _HANDLERS.get(cls), tuple(field for field in held if field not in lists), lists
    return plan
