"""What waits for the end of an object, and keeps it alive by what it is to do then.

Run on Python 3.10 to 3.13: a finalizer pins its object by a bound method (also one that is read from
`weakref.proxy(obj)`), by a lambda, nested function or partial over it, and by an argument. Static and class methods,
methods of an attribute, `obj.__dict__` and `WeakMethod` don't. The callback of a weak reference pins only as long as
the reference is kept: on the object itself it makes a cycle, which the collector frees; anywhere else it pins. A value
of a WeakKeyDictionary pins the key that it refers to, unless the dictionary hangs on that key.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from ..knowledge.finalizers import FINALIZERS, PROXIES, REFERENCES, WEAK_KEYS, WEAK_VALUES
from ..knowledge.values import PARTIALS
from ..model import CLASS, LastNames, Model, Scope, Use
from ..model.binding import FUNCTIONS
from ..rule import File
from .families import MAKERS, unknown_base
from .landing import PUTS, landings

_FINALIZERS = LastNames(FINALIZERS)
_REFERENCES = LastNames(REFERENCES)
_WEAK = LastNames(WEAK_KEYS | WEAK_VALUES)
_WAITERS = LastNames([*FINALIZERS, *REFERENCES, *WEAK_KEYS, *WEAK_VALUES])
_MOST = 50  # how many expressions are looked at to see what one holds


class Pin:
    """What keeps alive what it waits for.

    node: the call or the put. scope: where. keeper: what holds the callback or value, in words. name: the object as it
    is written. how: by what it is held, in words. cure: the cheapest fix, in words.
    """

    __slots__ = ("cure", "how", "keeper", "name", "node", "scope")

    def __init__(self, node: ast.AST, scope: Scope, keeper: str, name: str, how: str, cure: str) -> None:
        self.node = node
        self.scope = scope
        self.keeper = keeper
        self.name = name
        self.how = how
        self.cure = cure


class Thing(NamedTuple):
    """An object as the code names it: the scope that binds its name, the name, and the attributes after it."""

    owner: Scope
    name: str
    path: tuple[str, ...]


def pins(file: File) -> Iterator[Pin]:
    """The finalizers, weak references and weak mappings of a file that keep alive what they wait for."""
    if file.model.may_call(_WAITERS):
        yield from _finalizers(file.model)
        yield from _callbacks(file.model)
        yield from _mappings(file.model)


# -- who waits --------------------------------------------------------------------------------------------------


def _finalizers(model: Model) -> Iterator[Pin]:
    lasting: dict[Thing, bool] = {}
    for call, scope, name in model.called(_FINALIZERS):
        thing = _thing(model, call.args[0], scope) if call.args else None
        if thing is None or _is_ended_by_hand(model, call, scope):
            continue
        if thing not in lasting:
            lasting[thing] = _is_kept_by_root(model, thing, scope)
        words = {keyword.arg: keyword.value for keyword in call.keywords}
        called = call.args[1] if len(call.args) > 1 else words.get("callback")
        held = [*call.args[1:], *words.values()] if lasting[thing] else []
        how = next((how for node in held if (how := _holds(model, node, scope, thing, node is called))), "")
        if how:
            keeper = f"{name.rpartition('.')[2]}()"
            cure = "pass a static method or a function, and only what it needs of it"
            yield Pin(call, scope, keeper, model.dotted(call.args[0]), how, cure)


def _is_ended_by_hand(model: Model, call: ast.Call, scope: Scope) -> bool:
    """`self._on_exit = Finalize(self, self.flush, exitpriority=1)`, and further down `self._on_exit.cancel()`: a hook
    for the end of the program that the object itself takes back."""
    if not any(keyword.arg == "exitpriority" for keyword in call.keywords):
        return False
    for target in model.bound_to(call):
        cls = model.class_of(target.value, scope) if isinstance(target, ast.Attribute) else None
        if isinstance(target, ast.Attribute) and cls is not None:
            reads = (model.parent(node) for node, _ in model.family_members(cls, target.attr))
            return any(isinstance(read, ast.Attribute) and read.attr == "cancel" for read in reads)
    return False


def _callbacks(model: Model) -> Iterator[Pin]:
    """`refs[id(obj)] = weakref.ref(obj, lambda _: refs.pop(id(obj)))`"""
    known: set[tuple[Scope, str]] = set()
    for call, scope, name in model.called(_REFERENCES):
        if len(call.args) != 2:
            continue
        waited = call.args[0]
        if name.endswith("Method"):
            waited = waited.value if isinstance(waited, ast.Attribute) else waited
        thing = _thing(model, waited, scope)
        how = _holds(model, call.args[1], scope, thing, True) if thing is not None else ""
        for landing in landings(model, call, scope, known) if how else ():
            place = model.held(landing.place, landing.scope)
            if place is not None and thing is not None and not _hangs_on(model, landing.place, landing.scope, thing):
                keeper = f"the callback of the {name.rpartition('.')[2]}() in '{place.name}'"
                cure = "let the callback refer to its id, or to another weak reference"
                yield Pin(call, scope, keeper, model.dotted(waited), how, cure)
                break


# What takes an entry out of a mapping.
_TAKES = frozenset({"pop", "popitem", "clear", "del []", "__delitem__"})


def _mappings(model: Model) -> Iterator[Pin]:
    seen: set[tuple[Scope, str]] = set()
    for call, scope, name in model.called(_WEAK):
        for target in model.bound_to(call):
            place = model.held(target, scope)
            if place is None or (place.owner, place.name) in seen:
                continue
            seen.add((place.owner, place.name))
            uses = model.uses(place)
            if any(use.verb in _TAKES and not use.steps for use in uses):
                continue
            for use in uses:
                key, value = _entry(model, use)
                if name in WEAK_VALUES:
                    key, value = value, key
                thing = _thing(model, key, use.scope) if key is not None else None
                if thing is None or key is None or value is None or _hangs_on(model, use.node, use.scope, thing):
                    continue
                how = _holds(model, value, use.scope, thing, False) if _is_kept_by_root(model, thing, use.scope) else ""
                if how:
                    kind, weak = ("value", "key") if name in WEAK_KEYS else ("key", "value")
                    keeper = f"the {kind} in '{place.name}', which holds its {weak}s weakly,"
                    cure = f"hold it weakly in the {kind} too"
                    yield Pin(use.site, use.scope, keeper, model.dotted(key), how, cure)
                    break


def _entry(model: Model, use: Use) -> tuple[ast.expr | None, ast.expr | None]:
    """The key and the value that a use puts into a mapping, or adds to what is under the key."""
    site = use.site
    if use.verb == "[]=" and not use.steps and isinstance(site, ast.Subscript):
        statement = model.parent(site)
        return site.slice, statement.value if isinstance(statement, ast.Assign) else None
    if isinstance(site, ast.Call) and site.args and use.verb in PUTS:
        if not use.steps and use.verb == "setdefault" and len(site.args) == 2:
            return site.args[0], site.args[1]
        if use.steps == 1:
            inner = use.node
            if isinstance(inner, ast.Subscript):
                return inner.slice, site.args[-1]
            if isinstance(inner, ast.Call) and inner.args:
                return inner.args[0], site.args[-1]
    return None, None


def _hangs_on(model: Model, node: ast.AST, scope: Scope, thing: Thing) -> bool:
    """Is a place an attribute of the object itself? Then the two make a cycle, which the collector frees."""
    while isinstance(node, (ast.Subscript, ast.Call)):
        node = node.value if isinstance(node, ast.Subscript) else node.func
    root = _root(node)
    if root is None or not isinstance(node, ast.Attribute) or root.id != thing.name:
        return False
    cls = model.class_of(root, scope)
    place = model.attribute(cls, node.attr) if cls is not None else None
    return place is None or place.kind == "attribute"


# -- what holds what --------------------------------------------------------------------------------------------


def _root(node: ast.AST) -> ast.Name | None:
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node if isinstance(node, ast.Name) else None


def _thing(model: Model, node: ast.AST, scope: Scope) -> Thing | None:
    """What a name or a chain of attributes means, through local names for it; None for globals, functions and the
    like."""
    path: list[str] = []
    for _ in range(_MOST):
        while isinstance(node, ast.Attribute):
            path.append(node.attr)
            node = node.value
        owner = model.resolve(scope, node.id) if isinstance(node, ast.Name) else None
        if owner is None or owner is model.module or not isinstance(node, ast.Name):
            return None  # what is global stays anyway
        if not isinstance(owner.bound[node.id][0], (ast.Name, ast.arg)):
            return None
        value = _value(model, owner, node.id)
        if not isinstance(value, (ast.Name, ast.Attribute)) or owner.kind == CLASS:
            return Thing(owner, node.id, tuple(reversed(path)))
        node, scope = value, model.scope(value)
    return None


def _value(model: Model, owner: Scope, name: str) -> ast.expr | None:
    """What a name with one binding is bound to."""
    if len(owner.bound[name]) != 1:
        return None
    (binding,) = model.bindings(owner, name)
    return binding.value if binding.kind == "assign" and isinstance(binding.value, ast.expr) else None


def _is_kept_by_root(model: Model, thing: Thing, scope: Scope) -> bool:
    """Does what holds `self` hold `self.x` for good? Not if the class binds it anew."""
    if not thing.path:
        return True
    cls = model.class_of(ast.Name(thing.name, ast.Load()), scope)
    place = model.attribute(cls, thing.path[0]) if cls is not None and len(thing.path) == 1 else None
    if place is None or place.kind != "attribute":
        return False
    here = model.function(scope)
    stores = [u for u in model.uses(place) if u.verb in ("=", "del") and not u.steps]
    return all((f := model.function(u.scope)) is here or (f is not None and f.name in MAKERS) for u in stores)


def _holds(model: Model, node: ast.expr, scope: Scope, thing: Thing, called: bool) -> str:
    """By what an expression holds an object, in words; "" if it doesn't. called: is it the callback itself?"""
    todo: list[tuple[ast.AST, Scope, bool, str]] = [(node, scope, called, "")]
    for expression, where, is_called, how in todo:
        if len(todo) > _MOST:
            break
        if isinstance(expression, (ast.Name, ast.Attribute)):
            found = _thing(model, expression, where)
            if found == thing or (found is not None and not found.path and found[:2] == thing[:2]):
                return how or "it itself" if found == thing else how or f"'{thing.name}'"
            if isinstance(expression, ast.Attribute):
                if _is_bound(model, expression, where, thing, is_called):
                    written = model.dotted(expression) or f"its {expression.attr}"
                    return how or f"{written}, which is bound to '{thing.name}'"
                continue
            owner = model.resolve(where, expression.id)
            if owner is None or owner is model.module or len(owner.bound[expression.id]) != 1:
                continue
            nested = owner.bound[expression.id][0]
            value = _value(model, owner, expression.id)
            if isinstance(nested, FUNCTIONS):
                if model.keep(("captures", nested, thing), partial(_captures, model, nested, thing)):
                    return how or f"{nested.name}(), which reads it"
            elif value is not None:
                todo.append((value, model.scope(value), is_called, how))
        elif isinstance(expression, ast.Lambda):
            if _captures(model, expression, thing):
                return how or "a lambda that reads it"
            todo += [(d, where, False, "a default of a lambda") for d in _defaults(expression)]
        elif isinstance(expression, ast.Call):
            todo += [(given, where, first, words) for given, first, words in _kept_by(model, expression, where)]
        elif isinstance(expression, ast.IfExp):
            todo += [(expression.body, where, is_called, how), (expression.orelse, where, is_called, how)]
        elif isinstance(expression, ast.BoolOp):
            todo += [(value, where, is_called, how) for value in expression.values]
        elif isinstance(expression, ast.Starred):
            todo.append((expression.value, where, False, how))
        elif isinstance(expression, ast.Dict):
            todo += [(v, where, False, how or "a dict with it") for v in (*expression.keys, *expression.values) if v]
        elif isinstance(expression, (ast.Tuple, ast.List, ast.Set)):
            todo += [(element, where, False, how or "a container with it") for element in expression.elts]
    return ""


def _defaults(function: ast.Lambda) -> list[ast.expr]:
    return [*function.args.defaults, *(d for d in function.args.kw_defaults if d is not None)]


def _kept_by(model: Model, call: ast.Call, scope: Scope) -> Iterator[tuple[ast.expr, bool, str]]:
    """The arguments that the result of a call keeps: (argument, is it called?, in words)."""
    if model.qualnames(call.func, scope) & PARTIALS:
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        yield from ((node, node is given[0], "a partial over it") for node in given)
        return
    cls = model.defined(call.func, scope)
    if cls is None or cls.kind != CLASS:
        return
    if _decorated(cls.node) & _RECORDS:
        yield from ((n, False, f"a {cls.name} of it") for n in (*call.args, *(k.value for k in call.keywords)))
        return
    maker = next((model.opened(n) for n in cls.bound.get("__init__", ()) if isinstance(n, FUNCTIONS)), None)
    if maker is None or not isinstance(maker.node, FUNCTIONS):
        return
    parameters = [arg.arg for arg in (*maker.node.args.posonlyargs, *maker.node.args.args)][1:]
    given_by_name = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    kept = model.keep(("keeps", maker), partial(_keeps, model, maker, parameters))
    for name, node in (*zip(parameters, call.args, strict=False), *given_by_name.items()):
        if name in kept:
            yield node, False, f"a {cls.name} that keeps it"


_RECORDS = frozenset({"dataclass", "define", "attrs", "frozen"})  # decorators of classes that keep what they are given


def _keeps(model: Model, maker: Scope, parameters: list[str]) -> frozenset[str]:
    """The parameters that a constructor binds to attributes as they are."""
    return frozenset(
        name for name in parameters if any(_is_kept(model, node, maker) for node, _ in model.references(maker, name))
    )


def _is_kept(model: Model, node: ast.AST, maker: Scope) -> bool:
    """`self.x = node`"""
    statement = model.parent(node)
    targets = statement.targets if isinstance(statement, ast.Assign) and statement.value is node else []
    return any(isinstance(t, ast.Attribute) and model.class_of(t.value, maker) is not None for t in targets)


def _captures(model: Model, function: ast.AST, thing: Thing) -> bool:
    """Does a function keep the variable of an object: itself, or by way of another nested function?"""
    scope = model.opened(function)
    todo = [scope] if scope is not None else []
    seen = set(todo)
    for here in todo:
        for inner in model.within(here):
            for name in inner.names:
                owner = model.resolve(inner, name.id)
                if owner is thing.owner and name.id == thing.name and owner is not model.module:
                    return True
                # A nested function that it calls.
                node = owner.bound[name.id][0] if owner is not None and owner is thing.owner else None
                other = model.opened(node) if isinstance(node, FUNCTIONS) else None
                if other is not None and other not in seen and owner is not model.module:
                    seen.add(other)
                    todo.append(other)
    return False


# -- methods ----------------------------------------------------------------------------------------------------


def _is_bound(model: Model, node: ast.Attribute, scope: Scope, thing: Thing, called: bool) -> bool:
    """Is `obj.name` a method that is bound to the object? Of an object whose class isn't seen it is one where it is to
    be called; a method of its proxy is bound to the object itself."""
    base = node.value
    if isinstance(base, ast.Name):
        owner = model.resolve(scope, base.id)
        base = (_value(model, owner, base.id) if owner is not None else None) or base
    if isinstance(base, ast.Call) and base.args and model.qualnames(base.func, scope) & PROXIES:
        return called and _thing(model, base.args[0], scope) == thing
    found = _thing(model, base, scope)
    if found is None or found[:2] != thing[:2] or found.path not in ((), thing.path):
        return False
    if found.path:
        return called
    cls = model.class_of(ast.Name(found.name, ast.Load()), found.owner)
    if cls is None:
        made = _value(model, found.owner, found.name)
        cls = model.defined(made.func, found.owner) if isinstance(made, ast.Call) else None
        if cls is None or cls.kind != CLASS:
            return called
    elif _is_of_class(found.owner):
        return False
    kind = model.keep(("method", cls, node.attr), partial(_method, model, cls, node.attr))
    return kind == _OWN or (kind == _INHERITED and called)


def _is_of_class(method: Scope) -> bool:
    """Is the first parameter of a method the class?"""
    return _decorated(method.node) & {"classmethod"} != set() or method.name in ("__new__", "__init_subclass__")


def _decorated(node: ast.AST) -> set[str]:
    made = [d.func if isinstance(d, ast.Call) else d for d in getattr(node, "decorator_list", ())]
    return {getattr(d, "attr", getattr(d, "id", "")) for d in made}


_FREE = frozenset({"staticmethod", "classmethod", "property", "cached_property", "setter", "reify", "hybrid_property"})


_OWN, _INHERITED, _NONE = "own", "inherited", ""


def _method(model: Model, cls: Scope, name: str) -> str:
    """Is this a method of a class that is bound to its objects, or maybe one of a base in another file?"""
    nodes = [node for each in model.family(cls) for node in each.bound.get(name, ())]
    if nodes:
        bound = all(isinstance(node, FUNCTIONS) and not _decorated(node) & _FREE for node in nodes)
        return _OWN if bound else _NONE
    if any(isinstance(node.ctx, ast.Store) for node, _ in model.family_members(cls, name)):  # type: ignore[attr-defined]
        return _NONE  # an attribute that may be any function
    return _INHERITED if unknown_base(model, cls) else _NONE
