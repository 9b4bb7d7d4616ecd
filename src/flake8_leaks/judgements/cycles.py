"""Which objects hold themselves, through a callback or a helper that they keep, so that only the collector frees them?

Learned from released code: nearly every object that keeps a helper which knows it is a cycle, and nobody mends that.
What was mended are cycles that come again and again and hold something heavy: one for each connection (the protocol and
its parser), for each job (a logging context and its process), for each collection (weak references with a bound method
as callback). Those are *sure*; what is merely true is not. Objects that look long-lived are made once: silent.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from ..knowledge.cycles import (
    CONNECTION_METHODS,
    EXPAT,
    FUTURES,
    HEAVY,
    KEEPERS,
    LASTING,
    NATIVE,
    SUBMITTERS,
    WEAKLY,
)
from ..model import CLASS, FUNCTION, LastNames, Model, Reference, Scope
from ..model.binding import FUNCTIONS, position
from ..model.scope import LAMBDA
from ..rule import File
from .families import END, MAKERS, ends, methods
from .longevity import life
from .pattern import Pattern
from .repeats import IMPORT, MANY, ONCE, repeats

_KEEPERS = LastNames(KEEPERS)
_NATIVE = LastNames(NATIVE)
_EXPAT = LastNames(EXPAT)
_MAKERS = LastNames([*KEEPERS, *NATIVE, *EXPAT])
_HEAVY = Pattern(HEAVY, re.IGNORECASE)
_LASTING = Pattern(LASTING, re.IGNORECASE)
_ADDS = frozenset({"append", "appendleft", "add", "insert", "setdefault"})
_EMPTIES = frozenset({"clear", "pop", "popitem", "popleft", "remove", "discard"})
ITSELF = "the object itself"
_MOST = 200  # how many parts of one expression, or steps outwards, are looked at

Variable = tuple[Scope, str]


class Cycle:
    """An object that holds itself.

    node: where the finding stands. symbol: the qualified name of what closes the circle. what: that it does, in words.
    cure: the cheapest way out. sure: is it worth mending as such?
    """

    __slots__ = ("cure", "node", "sure", "symbol", "what")

    def __init__(self, node: ast.AST, symbol: str, what: str, cure: str, sure: bool) -> None:
        self.node = node
        self.symbol = symbol
        self.what = what
        self.cure = cure
        self.sure = sure


class _Kept(NamedTuple):
    """A target `x.attr`, `x.attr[k]` or `x.attr.append()` that keeps a value; variable: what `x` means."""

    target: ast.Attribute
    variable: Variable
    scope: Scope


def cycles(file: File) -> list[Cycle]:
    """The cycles of a file that are worth mending, each once."""
    return [cycle for cycle in _held(file) if cycle.sure]


def pedantic_cycles(file: File) -> list[Cycle]:
    """The cycles of a file that are true and no more, each once."""
    model, found = file.model, [*_held(file)]
    if _puts(model):
        found += _selves(file)
    if model.nested():
        found += _recursive(file)
    if model.classes:
        found += _classes(file)
    return [cycle for cycle in found if not cycle.sure]


def _held(file: File) -> list[Cycle]:
    """The objects that keep what holds them. Of several things that one place keeps the first counts, but each weak
    reference stands for itself."""
    if "cycles" not in file.kept:
        model, found = file.model, list[Cycle]()
        if model.nested():
            found += _closures(file)
        if model.may_call(_MAKERS):
            found += [*_keepers(file), *_parsers(file)]
        if _puts(model):
            found += _bound_methods(file)
        if model.classes and model.sets:
            found += _helpers(file)
        if "add_done_callback" in model.call_names:
            found += _futures(file)
        if found:
            found.sort(key=lambda cycle: position(cycle.node))
            firsts = {cycle.symbol: cycle for cycle in reversed(found)}
            found = [c for c in found if firsts[c.symbol] is c or isinstance(c.node, ast.Call)]
        file.kept["cycles"] = found
    return file.kept["cycles"]  # type: ignore[no-any-return]


# -- what is kept where ---------------------------------------------------------------------------------------------


def _kept(model: Model, *references: Reference) -> list[_Kept]:
    """The attributes that keep a value, by itself or in a container."""
    found: list[ast.expr] = []
    for use in model.trace(r for r in references if _may_stay(model, r.node)):
        if use.steps:
            continue
        if use.verb == "store":
            found += _assigned(use.site)
        elif use.verb == "display":
            found += _assigned(_statement(model, use.site))
        elif use.verb == "argument" and isinstance(use.site, ast.Call):
            func = use.site.func
            if isinstance(func, ast.Attribute) and func.attr in _ADDS:
                found.append(func.value)
    return [kept for target in found if (kept := _place(model, target)) is not None]


_HOLDING = (
    ast.Assign, ast.AnnAssign, ast.NamedExpr, ast.IfExp, ast.BoolOp, ast.Tuple, ast.List, ast.Set, ast.Dict,
    ast.ListComp, ast.SetComp, ast.DictComp, ast.Starred, ast.Await,
)  # fmt: skip


def _may_stay(model: Model, node: ast.expr) -> bool:
    """Most values go straight into a call, which tells nothing of where they are kept."""
    parent = model.parent(node)
    return isinstance(parent, _HOLDING) or (isinstance(parent, ast.Call) and getattr(parent.func, "attr", "") in _ADDS)


def _assigned(statement: ast.AST | None) -> list[ast.expr]:
    if isinstance(statement, ast.Assign):
        return statement.targets
    return [statement.target] if isinstance(statement, ast.AnnAssign) else []


_DISPLAYS = (ast.Tuple, ast.List, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp, ast.Starred)
_COPIES = frozenset({"dict", "list", "set", "tuple", "frozenset", "deque", "OrderedDict"})


def _statement(model: Model, node: ast.AST) -> ast.AST | None:
    """The statement whose value is a display, a copy of one, or a display in it."""
    for _ in range(_MOST):
        parent = model.parent(node)
        copied = isinstance(parent, ast.Call) and getattr(parent.func, "id", "") in _COPIES
        if not copied and not isinstance(parent, _DISPLAYS):
            return parent
        node = parent  # type: ignore[assignment]
    return None


def _place(model: Model, target: ast.AST) -> _Kept | None:
    while isinstance(target, ast.Subscript):
        target = target.value
    if not isinstance(target, ast.Attribute) or not isinstance(target.value, ast.Name):
        return None
    scope = model.scope(target)
    owner = model.resolve(scope, target.value.id)
    return None if owner is None or owner.kind != FUNCTION else _Kept(target, (owner, target.value.id), scope)


def _holds(model: Model, node: ast.AST | Scope, variable: Variable) -> bool:
    """Does the value of an expression, or a function, hold a variable strongly: the object, a method of it, a function
    that reads it or keeps it as a default?"""
    owner, name = variable
    todo: list[ast.AST | Scope | None] = [node]
    seen: set[Scope] = set()
    for _ in range(_MOST):
        if not todo:
            break
        each = todo.pop()
        if isinstance(each, ast.Name):
            scope = model.scope(each)
            if each.id == name and model.resolve(scope, name) is owner:
                return True
            function = model.defined(each, scope)
            if function is not None and _is_inner(function):
                todo.append(function)
        elif isinstance(each, Scope):
            if each not in seen and _reads(model, each, variable):
                return True
            if each not in seen:
                seen.add(each)
                todo += _defaults(each)
        elif isinstance(each, ast.Attribute):
            if isinstance(each.value, ast.Name) and _is_method(model, each):
                todo.append(each.value)
        elif isinstance(each, ast.Lambda):
            todo.append(model.opened(each))
        elif isinstance(each, (ast.Tuple, ast.List, ast.Set)):
            todo += each.elts
        elif isinstance(each, ast.Dict):
            todo += each.values
        elif isinstance(each, ast.IfExp):
            todo += (each.body, each.orelse)
        elif isinstance(each, ast.BoolOp):
            todo += each.values
        elif isinstance(each, ast.Starred):
            todo.append(each.value)
        elif isinstance(each, ast.Call):
            todo += _given(model, each)
    return False


def _reads(model: Model, function: Scope, variable: Variable) -> bool:
    """Does a function or lambda read a variable of the function around it?"""
    owner, name = variable
    return model.keep(
        ("reads", function, variable),
        lambda: any(
            node.id == name and model.resolve(scope, name) is owner
            for scope in model.within(function)
            for node in scope.names
        ),
    )


def _defaults(function: Scope) -> list[ast.expr]:
    arguments: ast.arguments = function.node.args  # type: ignore[attr-defined]
    return [default for default in (*arguments.defaults, *arguments.kw_defaults) if default is not None]


def _given(model: Model, call: ast.Call) -> list[ast.expr]:
    """The arguments that a call keeps as long as its result lives."""
    names = model.callee(call, model.scope(call)) & KEEPERS.keys()
    if not names or any(k.arg == "weak" and getattr(k.value, "value", False) for k in call.keywords):
        return []
    return [*(call.args[1:] if names & WEAKLY else call.args), *(k.value for k in call.keywords)]


def _is_inner(function: Scope) -> bool:
    return function.kind == FUNCTION and function.parent is not None and function.parent.kind == FUNCTION


def _is_method(model: Model, node: ast.Attribute) -> bool:
    """Is `x.name` a method bound to `x`, as far as the file tells?"""
    scope = model.scope(node)
    cls = model.class_of(node.value, scope)
    if cls is None:
        made = model.only_value(node.value, scope)
        cls = model.defined(made.func, scope) if isinstance(made, ast.Call) else None
        if cls is None or cls.kind != CLASS:
            return False
    table = model.keep(("bound methods", model.family(cls)[0]), partial(_method_names, model, cls))
    return table.get(node.attr, False)


def _method_names(model: Model, cls: Scope) -> dict[str, bool]:
    """Name -> do the classes of a family bind it to plain methods only?"""
    table: dict[str, bool] = {}
    for each in model.family(cls):
        for name, nodes in each.bound.items():
            plain = all(isinstance(n, FUNCTIONS) and not n.decorator_list for n in nodes)
            table[name] = plain and table.get(name, True)
    return table


# -- who closes the circle ------------------------------------------------------------------------------------------


def _closures(file: File) -> Iterator[Cycle]:
    """Lambdas and nested functions that are kept by what they capture."""
    model = file.model
    stored = _stored_names(model)
    for function in model.nested():
        if function.kind == LAMBDA:
            references = [Reference(function.node, function.enclosing)]  # type: ignore[arg-type]
            what = "a lambda"
        elif function.name in stored and _is_inner(function):
            references = model.references(function.enclosing, function.name)  # type: ignore[arg-type]
            what = f"{function.name}()"
        else:
            continue
        for kept in _kept(model, *references):
            if _holds(model, function, kept.variable):
                yield from _judge(file, kept, kept.target, what)


def _stored_names(model: Model) -> frozenset[str]:
    """The plain names that functions put on objects and into containers, or under other names."""
    found = set(model.aliased)
    for _, value, _ in _puts(model):
        if value.__class__ is ast.Name:
            found.add(value.id)
        elif value.__class__ is not ast.Attribute:
            found.update(part.id for part in _parts(value) if isinstance(part, ast.Name))
    return frozenset(found)


def _keepers(file: File) -> Iterator[Cycle]:
    """Partials, timers and the like that are kept by what they are given."""
    for call, scope, name in file.model.called(_KEEPERS):
        if file.model.function(scope) is None:
            continue
        for kept in _kept(file.model, Reference(call, scope)):
            if _holds(file.model, call, kept.variable):
                yield from _judge(file, kept, call if name in WEAKLY else kept.target, KEEPERS[name])


def _bound_methods(file: File) -> Iterator[Cycle]:
    """`self.x = self.method`, `x.a = x.method`"""
    model = file.model
    # In the order of the source: of a table full of methods the first is named.
    found: list[tuple[tuple[int, int], _Kept, str]] = []
    for node, scope in _stored_attributes(model):
        if isinstance(node.value, ast.Name) and _is_method(model, node):
            variable = model.resolve(scope, node.value.id), node.value.id
            kept_by = _kept(model, Reference(node, scope))
            found += ((position(node), kept, node.attr) for kept in kept_by if kept.variable == variable)
    for _, kept, name in sorted(found, key=itemgetter(0)):
        yield from _judge(file, kept, kept.target, f"its own {name}()")


def _stored_attributes(model: Model) -> Iterator[tuple[ast.Attribute, Scope]]:
    """The attributes `x.method` that are put on `x` itself, or into a container of it, directly or by a local name."""
    for target, value, scope in _puts(model):
        cls = value.__class__
        parts = [value] if cls is ast.Attribute else _parts(value) if cls in _COMPOSED else ()
        attributes = [part for part in parts if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name)]
        if attributes:
            root = target
            while isinstance(root, (ast.Attribute, ast.Subscript)):
                root = root.value
            name = getattr(root, "id", "")
            yield from ((part, scope) for part in attributes if part.value.id == name)  # type: ignore[attr-defined]


_Put = tuple[ast.expr, ast.expr, Scope]


def _puts(model: Model) -> list[_Put]:
    """(target, value, scope) of what functions put on objects and into containers, if it may hold a callable."""
    return model.keep("puts on objects", lambda: list(_found_puts(model)))


def _found_puts(model: Model) -> Iterator[_Put]:
    for target, value, scope in model.sets:
        if scope.kind == FUNCTION and _tells(value):
            yield target, value, scope
    for element, scope in model.stores:
        statement = model.parent(element) if scope.kind == FUNCTION else None
        if isinstance(statement, ast.Assign) and _tells(statement.value):
            yield element, statement.value, scope
    for name in sorted(model.call_names & _ADDS):
        for call, scope in model.calls(name):
            if isinstance(call.func, ast.Attribute) and scope.kind == FUNCTION:
                for argument in call.args:
                    if _tells(argument):
                        yield call.func.value, argument, scope


_COMPOSED = frozenset({*_DISPLAYS, ast.IfExp, ast.BoolOp, ast.Call})


def _tells(value: ast.expr) -> bool:
    """Does an expression show which names and attributes its value holds?"""
    cls = value.__class__
    if cls is ast.Call:
        return getattr(value.func, "id", "") in _COPIES  # type: ignore[attr-defined]
    return cls is ast.Name or cls is ast.Attribute or cls in _COMPOSED


def _parts(value: ast.expr) -> list[ast.expr]:
    """A value, or the values of a display, or of a choice between some."""
    parts = [value]
    for part in islice(parts, _MOST):
        if isinstance(part, (ast.Tuple, ast.List, ast.Set)):
            parts += part.elts
        elif isinstance(part, ast.Dict):
            parts += part.values
        elif isinstance(part, ast.IfExp):
            parts += (part.body, part.orelse)
        elif isinstance(part, ast.BoolOp):
            parts += part.values
        elif isinstance(part, ast.Call) and getattr(part.func, "id", "") in _COPIES:
            parts += part.args
        elif isinstance(part, (ast.ListComp, ast.SetComp)):
            parts.append(part.elt)
        elif isinstance(part, ast.DictComp):
            parts.append(part.value)
    return parts


def _selves(file: File) -> Iterator[Cycle]:
    """`self.root = self`"""
    model = file.model
    for target, value, method in _puts(model):
        if value.__class__ is not ast.Name or value.id != model.receiver(method):
            continue
        if isinstance(model.parent(value), (ast.Assign, ast.AnnAssign)):
            kept = _place(model, target)
            if kept is not None and kept.variable == (method, value.id):
                yield from _judge(file, kept, kept.target, ITSELF)


def _helpers(file: File) -> Iterator[Cycle]:
    """Objects of classes of the file, made with `self` and kept on it, that keep it in turn."""
    model = file.model
    names = model.call_names & {cls.name for cls in model.classes if "__init__" in cls.bound}
    for target, value, scope in model.sets if names else ():
        made = model.only_value(value, scope) if value.__class__ is ast.Name else value
        if made.__class__ is not ast.Call or getattr(made.func, "id", "") not in names:
            continue
        assert isinstance(made, ast.Call)
        cls = model.defined(made.func, scope)
        kept = _place(model, target) if cls is not None and cls.kind == CLASS and "__init__" in cls.bound else None
        if kept is not None and cls is not None and _keeps(model, cls, made, kept.variable):
            if not _is_ended(model, kept.target.attr):
                what = f"a {cls.name}, which keeps '{kept.variable[1]}'"
                yield from _judge(file, kept, kept.target, what, helper=True)


def _keeps(model: Model, cls: Scope, call: ast.Call, variable: Variable) -> bool:
    """Does the constructor of a class of the file keep an argument that holds the variable?"""
    nodes = cls.bound.get("__init__", ())
    init = model.opened(nodes[0]) if len(nodes) == 1 and isinstance(nodes[0], FUNCTIONS) else None
    if init is None or any(isinstance(argument, ast.Starred) for argument in call.args):
        return False
    arguments: ast.arguments = init.node.args  # type: ignore[attr-defined]
    names = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)][1:]
    given = [*zip(names, call.args, strict=False), *((k.arg, k.value) for k in call.keywords)]
    return any(
        name is not None and _holds(model, value, variable) and _stores(model, init, name) for name, value in given
    )


def _stores(model: Model, init: Scope, name: str) -> bool:
    """Does a constructor keep what its parameter is given on the object, for as long as that lives?"""
    me = init, model.receiver(init)
    return model.keep(
        ("stores", init, name),
        lambda: any(
            kept.variable == me and not _is_broken(model, kept.target.attr)
            for kept in _kept(model, *model.references(init, name))
        ),
    )


def _parsers(file: File) -> Iterator[Cycle]:
    """Parsers written in C that call the object which keeps them."""
    model = file.model
    for call, scope, name in model.called(_NATIVE):
        for kept in _kept(model, Reference(call, scope)):
            if any(_holds(model, argument, kept.variable) for argument in call.args):
                what = f"{NATIVE[name]} that calls '{kept.variable[1]}' back"
                yield from _judge(file, kept, kept.target, what, sure=True)
    for call, scope, _ in model.called(_EXPAT):
        for kept in _kept(model, Reference(call, scope)):
            if model.method_of(kept.variable[0]) in model.keep("expat handlers", partial(_handlers, model)):
                yield from _judge(file, kept, kept.target, "a parser that calls its methods", sure=True)


def _handlers(model: Model) -> set[Scope | None]:
    """The classes that set an own method as a handler of a parser: `parser.StartElementHandler = self.start`."""
    found: set[Scope | None] = set()
    for name in ("StartElementHandler", "EndElementHandler", "CharacterDataHandler"):
        for node in model.attribute_nodes(name):
            value = getattr(model.parent(node), "value", None)
            if isinstance(node.ctx, ast.Store) and isinstance(value, ast.Attribute):
                found.add(model.class_of(value.value, model.scope(node)))
    return found - {None}


def _futures(file: File) -> Iterator[Cycle]:
    """Futures of an executor whose done callback captures them: unlike those of asyncio they keep it for good."""
    model = file.model
    for call, scope in model.calls("add_done_callback"):
        if not isinstance(call.func, ast.Attribute) or not call.args:
            continue
        future = call.func.value
        owner = model.resolve(scope, future.id) if isinstance(future, ast.Name) else None
        if owner is None or not isinstance(future, ast.Name):
            continue
        made = model.only_value(future, scope)
        if not isinstance(made, ast.Call) or not _holds(model, call.args[0], (owner, future.id)):
            continue
        submits = isinstance(made.func, ast.Attribute) and made.func.attr in SUBMITTERS
        if submits or model.types(future, scope) & FUTURES:
            what = f"'{future.id}' keeps a done callback that captures '{future.id}'"
            yield Cycle(call, f"{owner.qualname}.{future.id}", what, "use the future that the callback is given", True)


# -- does it matter -------------------------------------------------------------------------------------------------


def _judge(
    file: File, kept: _Kept, node: ast.AST, what: str, *, helper: bool = False, sure: bool = False
) -> Iterator[Cycle]:
    """The finding for a place that keeps what holds its object, unless that is made once or something breaks it."""
    model, (owner, name), attr = file.model, kept.variable, kept.target.attr
    # What a weak reference's callback takes out, it takes out when the other object ends.
    if _is_broken(model, attr, at_the_end=what == ITSELF or isinstance(node, ast.Call)):
        return
    phrase = f"'{name}.{attr}' keeps {what}"
    if model.receiver(owner) != name:
        yield from _on_object(model, kept, node, phrase)
        return
    cls = model.method_of(owner)
    if cls is None or not _is_instance(model, owner):
        return
    connection = _is_connection(model, cls)
    if not connection and ((life(file, cls).long and what != ITSELF) or (helper and not _is_per_job(cls))):
        return
    if _clears_all(model, cls) or _is_shared(model, cls, kept):
        return
    cure = f"capture weakref.ref({name}) instead, or keep a weakref.WeakMethod"
    end = _end(model, cls)
    if end and not isinstance(node, ast.Call):
        cure = f"set it to None in {end}()"
    yield Cycle(node, f"{cls.qualname}.{attr}", phrase, cure, sure or connection)


def _on_object(model: Model, kept: _Kept, node: ast.AST, phrase: str) -> Iterator[Cycle]:
    """The finding for an object other than `self`: it counts if it is made for a request, connection or job."""
    owner, name = kept.variable
    function = model.function(kept.scope)
    if function is None or repeats(model, function).answer in (IMPORT, ONCE) or _LASTING.fullmatch(name):
        return
    if not {b.kind for b in model.bindings(owner, name)} <= {"parameter", "assign", "with", "loop"}:
        return
    made = model.only_value(kept.target.value, kept.scope)
    maker = made.func if isinstance(made, ast.Call) else None
    heavy = any(_HEAVY.fullmatch(each) for each in (name, getattr(maker, "attr", getattr(maker, "id", ""))))
    often = repeats(model, function).answer == MANY
    cure = f"capture weakref.ref({name}) instead, or set it to None when it is done"
    yield Cycle(node, f"{owner.qualname}.{name}.{kept.target.attr}", phrase, cure, heavy or often)


def _is_instance(model: Model, method: Scope) -> bool:
    """Is the first parameter an object that may be made often, not a class?"""
    decorators = {getattr(d, "id", "") for d in method.node.decorator_list}  # type: ignore[attr-defined]
    named = method.name in ("__init_subclass__", "__class_getitem__", "__new__")
    return not named and "classmethod" not in decorators and repeats(model, method).answer != IMPORT


def _is_shared(model: Model, cls: Scope, kept: _Kept) -> bool:
    """Is what keeps it a container of the class, or one that holds weakly?"""
    if isinstance(kept.target.ctx, ast.Store):
        return False
    place = model.attribute(cls, kept.target.attr)
    if place is None:
        return False
    makers = [value.func for value in place.values if isinstance(value, ast.Call)]
    weak = any("Weak" in getattr(maker, "attr", getattr(maker, "id", "")) for maker in makers)
    return weak or place.kind == "class attribute"


def _end(model: Model, cls: Scope) -> str:
    """The name of a method by which the objects end; `__del__` runs only when the collector does."""
    names = model.keep(("end", model.family(cls)[0]), lambda: [m.name for m in methods(model, cls) if m.name in _LOST])
    return names[0] if names else next((m.name for m in ends(model, cls) if m.name != "__del__"), "")


def _is_connection(model: Model, cls: Scope) -> bool:
    """Is there an object of the class for each connection, by the methods that it has?"""
    if _SERVES.fullmatch(cls.name):
        return False
    return model.keep(("connection", model.family(cls)[0]), lambda: _serves_one(model, cls))


def _serves_one(model: Model, cls: Scope) -> bool:
    found = [m for m in methods(model, cls) if m.name in CONNECTION_METHODS]
    # A server's `connection_made` is also given the protocol.
    told = [len(m.node.args.args) for m in found if m.name in _TOLD]  # type: ignore[attr-defined]
    return bool(found) and max(told, default=2) <= 2


def _is_per_job(cls: Scope) -> bool:
    """Is there an object for each request, transaction or `with` block?"""
    assert isinstance(cls.node, ast.ClassDef)
    bases = [getattr(b, "attr", getattr(b, "id", "")) for b in cls.node.bases]
    return any(_PER_JOB.fullmatch(name) or _HEAVY.fullmatch(name) for name in (cls.name, *bases))


_SERVES = Pattern(r".*(Server|Factory|Manager|Hub|Pool|Listener)")
_TOLD = frozenset({"connection_made", "connection_lost"})
_LOST = frozenset({"connection_lost", "connectionLost"})
_PER_JOB = Pattern(r".*(Context|Span|Scope|Job|Call|Process|Cursor|Result|ResultSet)")


def _is_broken(model: Model, attr: str, at_the_end: bool = False) -> bool:
    """Does the file delete an attribute of this name, empty it, or set it to None, or anew when the object ends?

    at_the_end: None counts only there; elsewhere it may be a cache that is emptied.
    """
    return model.keep(
        ("broken", attr, at_the_end),
        lambda: any(_breaks(model, node, at_the_end) for node in model.attribute_nodes(attr)),
    )


def _breaks(model: Model, node: ast.Attribute, at_the_end: bool) -> bool:
    if isinstance(node.ctx, ast.Del):
        return True
    parent = model.parent(node)
    if isinstance(node.ctx, ast.Load):
        if not isinstance(parent, ast.Attribute) or not isinstance(model.parent(parent), ast.Call):
            return False
        return parent.attr == "clear" or (parent.attr in _EMPTIES and not at_the_end)
    function = model.function(model.scope(node))
    if function is None or function.name in MAKERS:
        return False
    if END.fullmatch(function.name) or function.name in _LOST:
        return True
    if at_the_end:
        return False
    value = getattr(parent, "value", None)
    if isinstance(parent, ast.Tuple) and isinstance(row := getattr(model.parent(parent), "value", None), ast.Tuple):
        index = parent.elts.index(node)
        value = row.elts[index] if index < len(row.elts) else None
    if isinstance(value, ast.Lambda):
        value = value.body  # `self.on_response = lambda: None` holds nothing any more
    return isinstance(value, ast.Constant) and value.value is None


def _is_ended(model: Model, attr: str) -> bool:
    """Is a method called on the attribute that ends what is there: `self.parser.close()`?"""
    return model.keep(("ended", attr), lambda: any(_calls_end(model, node) for node in model.attribute_nodes(attr)))


def _calls_end(model: Model, node: ast.Attribute) -> bool:
    parent = model.parent(node)
    called = isinstance(parent, ast.Attribute) and isinstance(model.parent(parent), ast.Call)
    return called and END.fullmatch(parent.attr) is not None  # type: ignore[union-attr]


def _clears_all(model: Model, cls: Scope) -> bool:
    """`self.__dict__.clear()`, `delattr(self, name)`, `setattr(self, name, None)`"""
    return model.keep(("clears all", model.family(cls)[0]), lambda: _clears(model, model.family(cls)))


def _clears(model: Model, family: list[Scope]) -> bool:
    for node in model.attribute_nodes("__dict__"):
        parent = model.parent(node)
        if isinstance(parent, ast.Attribute) and parent.attr == "clear":
            if model.class_of(node.value, model.scope(node)) in family:
                return True
    for name in ("delattr", "setattr"):
        for call, scope in model.calls(name):
            if len(call.args) > 1 and not isinstance(call.args[1], ast.Constant):
                if name == "delattr" or getattr(call.args[-1], "value", call) is None:
                    if model.class_of(call.args[0], scope) in family:
                        return True
    return False


# -- functions and classes that know themselves ---------------------------------------------------------------------


def _recursive(file: File) -> Iterator[Cycle]:
    """Nested functions that call themselves, or each other, through the variables of the function around them."""
    model = file.model
    inner: dict[Scope, dict[str, Scope]] = {}
    for function in model.nested():
        owner = function.parent
        # More than one binding: `del f` or `f = None` frees it.
        if _is_inner(function) and owner is not None and len(owner.bound.get(function.name, ())) == 1:
            inner.setdefault(owner, {})[function.name] = function
    for owner, calls in _calls_between(model, inner).items():
        functions = inner[owner]
        for name, called in calls.items():
            mutual = [other for other in called if other > name and name in calls.get(other, ())]
            if (name not in called and not mutual) or _leaves(model, owner, name):
                continue
            if repeats(model, owner).answer in (IMPORT, ONCE):
                continue
            kept = _captured(model, functions[name], owner, functions)
            if kept:
                where = f"through a variable of {owner.name}()"
                what = f"{name}() calls itself {where} and keeps '{kept}'"
                if name not in called:
                    what = f"{name}() and {min(mutual)}() call each other {where} and keep '{kept}'"
                yield Cycle(
                    functions[name].node, functions[name].qualname, what, f"hand '{kept}' to a function outside", False
                )


def _calls_between(model: Model, inner: Mapping[Scope, Mapping[str, Scope]]) -> dict[Scope, dict[str, set[str]]]:
    """Function -> which of the functions in it call which."""
    found: dict[Scope, dict[str, set[str]]] = {}
    for name in sorted(model.call_names & {name for functions in inner.values() for name in functions}):
        for call, scope in model.calls(name):
            owner = model.resolve(scope, name) if isinstance(call.func, ast.Name) else None
            if owner is not None and name in inner.get(owner, ()):
                caller = _inside(scope, owner)
                if caller in inner[owner]:
                    found.setdefault(owner, {}).setdefault(caller, set()).add(name)
    return found


def _inside(scope: Scope, owner: Scope) -> str:
    """The name of the function of `owner` in which a scope lies."""
    here: Scope | None = scope
    while here is not None and here.enclosing is not owner:
        here = here.enclosing
    return here.name if here is not None else ""


def _leaves(model: Model, owner: Scope, name: str) -> bool:
    """Is what a name means returned, yielded or kept?"""
    for node, _ in model.references(owner, name):
        if isinstance(model.parent(node), (ast.Return, ast.Yield, ast.Assign, ast.AnnAssign, ast.Tuple, ast.Dict)):
            return True
    return False


def _classes(file: File) -> Iterator[Cycle]:
    """Classes made anew by each call of a method or handler."""
    model = file.model
    for cls in model.classes:
        owner = cls.enclosing
        if owner is None or owner.kind != FUNCTION or owner.name in MAKERS or len(owner.bound.get(cls.name, ())) != 1:
            continue
        answer = repeats(model, owner).answer
        if answer in (IMPORT, ONCE) or (answer != MANY and model.receiver(owner) is None) or _is_cached(owner):
            continue
        references = model.references(owner, cls.name)
        around = [model.parent(node) for node, scope in references if _inside(scope, owner) != cls.name]
        if not around or any(isinstance(node, (ast.Assign, ast.AnnAssign)) for node in around):
            continue
        kept = _captured(model, cls, owner, {cls.name: cls})
        if kept:
            what = f"each call of {owner.name}() makes a class {cls.name}, which refers to itself and keeps '{kept}'"
            yield Cycle(
                cls.node, cls.qualname, what, f"move it out of {owner.name}(), and hand '{kept}' to its objects", False
            )


def _is_cached(function: Scope) -> bool:
    decorators = [d.func if isinstance(d, ast.Call) else d for d in function.node.decorator_list]  # type: ignore[attr-defined]
    return any("cache" in getattr(d, "attr", getattr(d, "id", "")) for d in decorators)


def _captured(model: Model, inner: Scope, owner: Scope, apart: Mapping[str, Scope]) -> str:
    """A parameter or local of `owner` that a function or class in it keeps: without one the cycle is tiny."""
    names = {
        node.id
        for scope in model.within(inner)
        for node in scope.names
        if node.id in owner.bound
        and node.id not in apart
        and model.resolve(scope, node.id) is owner
        and (scope.kind != CLASS or isinstance(model.parent(node), (*_DISPLAYS, ast.Assign, ast.AnnAssign)))
    }
    kinds = {name: owner.bound[name][0] for name in names}
    values = [name for name, node in kinds.items() if not isinstance(node, (*FUNCTIONS, ast.ClassDef, ast.alias))]
    return min(values, key=lambda n: (not isinstance(kinds[n], ast.arg), n != "self", n[0] < "a", n), default="")
