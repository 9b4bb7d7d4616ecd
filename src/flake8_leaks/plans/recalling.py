"""Which function looks its result up in a mapping, and else computes it and puts it there?

All usual shapes come down to one: what runs where the key is missing. That is a row of statements that compute, one
that stores, and a `return` of what was stored; nothing runs before the look-up but what makes the key.
"""

from __future__ import annotations

import ast
from typing import NamedTuple

from ..model import Model, Place, Scope
from ..model.binding import FUNCTIONS
from ..rule import Unfixable
from .texts import is_spelled


class Recall(NamedTuple):
    """A function that remembers its results in a mapping of the module.

    function: its definition. binding: the assignment that makes the mapping. compute: the statements that work a result
    out. result: what is returned then. line: the statement in whose place it is returned.
    """

    function: ast.FunctionDef
    binding: ast.stmt
    compute: list[ast.stmt]
    result: ast.expr
    line: ast.stmt


def recall(model: Model, place: Place, scope: Scope) -> Recall:
    """What a function would do if it didn't remember; Unfixable, with the reason, where it does more than that."""
    function = model.function(scope)
    name = place.name
    if place.kind != "global":
        raise Unfixable(f"it is a {place.kind}: {_DECIDE}")
    node = function.node if function is not None else None
    if function is None or not isinstance(node, ast.FunctionDef) or function.enclosing is not model.module:
        raise Unfixable(f"no plain function of the module fills it: {_DECIDE}")
    binding = _binding(model, place)
    if node.decorator_list or any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in ast.walk(node)):
        raise Unfixable("the function is decorated or a generator: decide where lru_cache belongs")
    reads = model.references(model.module, name)
    if any(model.function(read.scope) is not function for read in reads) or is_spelled(model, name):
        raise Unfixable(f"other code uses it, too: {_DECIDE}")
    if sum(scope in model.within(function) for _, scope in model.references(model.module, function.name)) > 1:
        raise Unfixable("the function calls itself in several places: with a bound it may compute the same without end")
    shape = _Shape(model, function, name)
    compute, result, line = shape.found(node.body)
    if len(shape.known) < len(reads):
        raise shape.other
    return Recall(node, binding, compute, result, line)


_DECIDE = "decide what may leave it, and when"


def _binding(model: Model, place: Place) -> ast.stmt:
    """The statement that binds an empty dict to a global, and nothing else."""
    (value, *more) = place.values
    statement = model.parent(value)
    plain = isinstance(statement, ast.AnnAssign) or (isinstance(statement, ast.Assign) and len(statement.targets) == 1)
    empty = isinstance(value, ast.Dict) and not value.keys
    if isinstance(value, ast.Call) and not value.args and not value.keywords:
        made = model.qualnames(value.func, model.module)
        empty = bool(made) and made <= {"builtins.dict", "collections.OrderedDict"}
    one = not more and len(place.owner.bound[place.name]) == 1 and model.parent(statement) is model.tree  # type: ignore[arg-type]
    if not plain or not empty or not one or not isinstance(statement, ast.stmt):
        raise Unfixable(f"it is not simply bound to an empty dict: {_DECIDE}")
    return statement


class _Shape:
    """One function, and the mapping that it looks into. known: the reads of the mapping that were accounted for."""

    def __init__(self, model: Model, function: Scope, name: str) -> None:
        self.model = model
        self.function = function
        self.name = name
        self.known: set[ast.AST] = set()
        self.key: ast.Name | None = None  # the local name of the key
        self.key_value: ast.expr | None = None
        self.hit = ""  # the local name of what was looked up

    @property
    def other(self) -> Unfixable:
        return Unfixable(f"the function does more with it than look up, compute and store: {_DECIDE}")

    @property
    def some(self) -> Unfixable:
        return Unfixable("the function keeps some of its results only: decide which, and for how long")

    def found(self, body: list[ast.stmt]) -> tuple[list[ast.stmt], ast.expr, ast.stmt]:
        """The statements that compute, what is returned, and the line where that is to be done."""
        rest = list(body)
        if ast.get_docstring(self.function.node, clean=False) is not None:  # type: ignore[arg-type]
            del rest[0]
        before: list[ast.stmt] = []
        while rest and self.is_before(rest[0]):
            before.append(rest.pop(0))
        missing = self.missing(rest)
        compute, result, line = self.computed(missing)
        used = {n.id for each in (*compute, result) for n in ast.walk(each) if isinstance(n, ast.Name)}
        key = self.key
        if key is not None and key.id in used:
            compute = [*(each for each in before if isinstance(each, ast.Assign)), *compute]
        return compute, result, line

    def is_before(self, statement: ast.stmt) -> bool:
        """Is it a `global` for the mapping, or does it give the key a name?"""
        if isinstance(statement, ast.Global):
            return statement.names == [self.name]
        if self.key is None and isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target = statement.targets[0]
            if isinstance(target, ast.Name) and len(self.function.bound.get(target.id, ())) == 1:
                if self.is_of_parameters(statement.value):
                    self.key, self.key_value = target, statement.value
                    return True
        return False

    # -- what is read ------------------------------------------------------------------------------------------

    def is_of_parameters(self, node: ast.expr) -> bool:
        """Is it made exactly of all parameters: the only one, or a tuple of all?"""
        arguments = self.function.node.args  # type: ignore[attr-defined]
        names = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
        parts = node.elts if isinstance(node, ast.Tuple) else [node]
        given = [part.id for part in parts if isinstance(part, ast.Name)]
        once = all(len(self.function.bound[name]) == 1 for name in names)
        stars = arguments.vararg is not None or arguments.kwarg is not None
        return once and not stars and len(given) == len(parts) and sorted(given) == sorted(names)

    def check_key(self, node: ast.expr) -> None:
        if self.key is not None and isinstance(node, ast.Name) and node.id == self.key.id:
            return
        if not self.is_of_parameters(node):
            raise Unfixable(f"its key is not made of all parameters as they are: {_DECIDE}")

    def is_mapping(self, node: ast.AST | None) -> bool:
        if not isinstance(node, ast.Name) or node.id != self.name:
            return False
        self.known.add(node)
        return True

    def is_item(self, node: ast.AST | None) -> bool:
        """`mapping[key]`, read or stored"""
        if not isinstance(node, ast.Subscript) or not self.is_mapping(node.value):
            return False
        self.check_key(node.slice)
        return True

    def is_get(self, node: ast.AST | None) -> bool:
        """`mapping.get(key)`"""
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != "get":
            return False
        nothing = len(node.args) == 1 or (len(node.args) == 2 and getattr(node.args[1], "value", 0) is None)
        if not nothing or node.keywords or not self.is_mapping(node.func.value):
            return False
        self.check_key(node.args[0])
        return True

    def is_hit(self, node: ast.AST | None) -> bool:
        """The value that was found: under its name, or looked up."""
        return (isinstance(node, ast.Name) and node.id == self.hit) or self.is_item(node) or self.is_get(node)

    def is_there(self, test: ast.expr) -> bool | None:
        """What a test says of the key: that it is there, that it isn't, or something else (None)."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            inner = self.is_there(test.operand)
            return None if inner is None else not inner
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            operator, right = test.ops[0], test.comparators[0]
            if isinstance(operator, (ast.In, ast.NotIn)) and self.is_mapping(right):
                self.check_key(test.left)
                return isinstance(operator, ast.In)
            if isinstance(operator, (ast.Is, ast.IsNot)) and getattr(right, "value", 0) is None:
                return isinstance(operator, ast.IsNot) if self.is_looked_up(test.left) else None
            return None
        return True if self.is_looked_up(test) else None

    def is_looked_up(self, node: ast.expr) -> bool:
        """`value`, or `(value := mapping.get(key))`"""
        if isinstance(node, ast.NamedExpr) and self.is_get(node.value):
            self.hit = node.target.id
            return True
        return self.is_get(node) or (isinstance(node, ast.Name) and node.id == self.hit)

    # -- the two ways ------------------------------------------------------------------------------------------

    def missing(self, rest: list[ast.stmt]) -> list[ast.stmt]:
        """What runs where the key is missing."""
        if rest and (name := _bound_name(rest[0])) and self.is_get(rest[0].value):  # type: ignore[attr-defined]
            self.hit = name
            rest = rest[1:]
        first, rest = (rest[0], rest[1:]) if rest else (None, [])
        if isinstance(first, ast.Try):
            return self.missing_in_handler(first, rest)
        there = self.is_there(first.test) if isinstance(first, ast.If) else None
        if there is None or not isinstance(first, ast.If):
            raise Unfixable(f"the function does not begin with the look-up: {_DECIDE}")
        found, missing = (first.body, first.orelse) if there else (first.orelse, first.body)
        return self.ends_alike(found, missing, rest)

    def missing_in_handler(self, statement: ast.Try, rest: list[ast.stmt]) -> list[ast.stmt]:
        """`try: return mapping[key] except KeyError: ...`"""
        handler = statement.handlers[0] if len(statement.handlers) == 1 else None
        if handler is None or handler.name or statement.orelse or statement.finalbody:
            raise self.other
        if not isinstance(handler.type, ast.Name) or handler.type.id != "KeyError" or len(statement.body) != 1:
            raise self.other
        missing = [] if all(isinstance(each, ast.Pass) for each in handler.body) else handler.body
        return self.ends_alike(statement.body, missing, rest)

    def ends_alike(self, found: list[ast.stmt], missing: list[ast.stmt], rest: list[ast.stmt]) -> list[ast.stmt]:
        """What runs where the key is missing, if nothing but what was found is returned where it is there."""
        ends = bool(missing) and isinstance(missing[-1], (ast.Return, ast.Raise))
        if len(found) == 1 and isinstance(found[0], ast.Return) and self.is_hit(found[0].value):
            if ends and rest:
                raise self.other
            return [*missing, *rest]
        if len(found) == 1 and (name := _bound_name(found[0])) and self.is_item(found[0].value):  # type: ignore[attr-defined]
            self.hit = name
        elif found:
            raise self.other
        if len(rest) != 1 or not isinstance(rest[0], ast.Return) or not self.is_hit(rest[0].value):
            raise self.other
        return missing if ends else [*missing, *rest]

    def computed(self, missing: list[ast.stmt]) -> tuple[list[ast.stmt], ast.expr, ast.stmt]:
        """Part what runs where the key is missing: compute, store, return."""
        stores = [each for each in missing if isinstance(each, ast.Assign) and any(map(self.is_item, each.targets))]
        last = missing[-1] if missing else None
        if not stores and any(self.is_item(n) for each in missing for n in _walk(each) if _is_stored(n)):
            raise self.some
        if len(stores) != 1 or not isinstance(last, ast.Return) or last.value is None:
            raise self.other
        (store,) = stores
        at = missing.index(store)
        compute, between = missing[:at], missing[at + 1 : -1]
        if any(isinstance(n, ast.Return) for each in (*compute, *between) for n in _walk(each)):
            raise self.some
        names = [target.id for target in store.targets if isinstance(target, ast.Name)]
        if any(name in (self.function.declared or ()) for name in names):
            raise self.other
        if len(names) + 1 < len(store.targets):
            raise self.other
        if isinstance(store.value, ast.Name):
            names.append(store.value.id)
        if not self.is_item(last.value) and not (isinstance(last.value, ast.Name) and last.value.id in names):
            raise self.other
        if self.hit and not self.is_bound_first([*compute, store.value]):
            raise self.other
        if between:
            raise Unfixable(f"the function does something else once it has stored its result: {_DECIDE}")
        if not isinstance(store.value, ast.Name):
            return compute, store.value, store
        name = store.value.id
        if compute and _bound_name(compute[-1]) == name and self.is_read_once(name, compute):
            return compute[:-1], compute[-1].value, compute[-1]  # type: ignore[attr-defined]
        return compute, store.value, last

    def is_bound_first(self, nodes: list[ast.AST]) -> bool:
        """Is the name of what was looked up bound by what computes before that reads it?"""
        for node in nodes:
            reads = [n for n in ast.walk(node) if isinstance(n, ast.Name) and n.id == self.hit]
            if reads:
                value = getattr(node, "value", None)
                inside = isinstance(value, ast.AST) and any(n in reads for n in ast.walk(value))
                return isinstance(node, ast.stmt) and _bound_name(node) == self.hit and not inside
        return True

    def is_read_once(self, name: str, compute: list[ast.stmt]) -> bool:
        """Is a local name that the last statement binds in no other statement that computes, nor in its own value?"""
        if name in (self.function.declared or ()):
            return False
        others: list[ast.AST] = [*compute[:-1], compute[-1].value]  # type: ignore[attr-defined]
        return not any(isinstance(n, ast.Name) and n.id == name for each in others for n in ast.walk(each))


def _bound_name(statement: ast.stmt) -> str:
    """The only name that a plain assignment binds, "" for anything else."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target: ast.expr = statement.targets[0]
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        target = statement.target
    else:
        return ""
    return target.id if isinstance(target, ast.Name) else ""


def _is_stored(node: ast.AST) -> bool:
    return isinstance(getattr(node, "ctx", None), ast.Store)


def _walk(node: ast.AST) -> list[ast.AST]:
    """The nodes of a statement, nested functions and classes left out."""
    found = [node]
    for each in found:
        if not isinstance(each, (*FUNCTIONS, ast.Lambda, ast.ClassDef)):
            found += ast.iter_child_nodes(each)
    return found
