"""Which functions remember their results, and what their memory holds on to."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from ..knowledge.containers import MAPPINGS
from ..knowledge.memoizers import MEMOIZERS
from ..model import Model, Reference, Scope
from ..rule import File
from .keys import is_enum
from .repeats import in_main_block


class Memoized(NamedTuple):
    """A memoized method: the decorator, its name, the method, its class, and whether the memory has a bound."""

    decorator: ast.expr
    spelling: str
    function: Scope
    cls: Scope
    bounded: bool


def memoized_methods(file: File) -> Iterator[Memoized]:
    """Memoizers on methods, where they keep instances alive that would die otherwise.

    Not on static and class methods, not in enumerations and metaclasses (whose instances are immortal anyway), not
    where the class is a singleton of the module, and not where the file clears the memory.
    """
    model = file.model
    for scope in model.scopes:
        node = scope.node
        if scope.kind != "function" or not node.decorator_list:  # type: ignore[attr-defined]
            continue
        assert isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        cls = model.method_of(scope)
        if cls is None or node.name == "__new__":
            continue
        names = [model.qualnames(_callee(d), cls) for d in node.decorator_list]
        if any(n & {"builtins.staticmethod", "builtins.classmethod"} for n in names) or model.receiver(scope) == "cls":
            continue
        for decorator, known in zip(node.decorator_list, names, strict=True):
            memoizers = known & MEMOIZERS.keys()
            if memoizers and not _immortal(model, cls) and not _cleared(model, cls, node.name):
                name = min(memoizers)
                spelling = name.rpartition(".")[2]
                yield Memoized(decorator, spelling, scope, cls, is_bounded(model, cls, decorator, name))


def _callee(decorator: ast.expr) -> ast.expr:
    return decorator.func if isinstance(decorator, ast.Call) else decorator


def is_bounded(model: Model, scope: Scope, decorator: ast.expr, name: str) -> bool:
    """Has the memory a bound? `@cache`, `@lru_cache(None)`, `@lru_cache(maxsize=None)` and `@cached({})` have none."""
    argument, position, default = MEMOIZERS[name]
    if not isinstance(decorator, ast.Call) or not argument:
        return default is not None
    given = [k.value for k in decorator.keywords if k.arg == argument] + decorator.args[position : position + 1]
    if not given:
        return default is not None
    value = given[0]
    if isinstance(value, ast.Call):
        return not model.qualnames(value.func, scope) & MAPPINGS
    return not (isinstance(value, ast.Constant) and value.value is None) and not isinstance(value, ast.Dict)


_SINGLETON = re.compile("[sS]ingleton(Meta|Type)?$")


def _immortal(model: Model, cls: Scope) -> bool:
    """Do the instances live as long as the process anyway?"""
    return model.keep(("immortal", cls), lambda: _lives_for_ever(model, cls))


def _lives_for_ever(model: Model, cls: Scope) -> bool:
    node = cls.node
    assert isinstance(node, ast.ClassDef)
    for base in node.bases:
        tail = base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")
        if tail == "type" or tail.endswith(("Meta", "Enum", "Singleton")):
            return True
    if is_enum(model, cls) or _returns_the_one(model, cls):
        return True
    if any(k.arg == "metaclass" and _SINGLETON.search(model.dotted(k.value)) for k in node.keywords):
        return True
    outer = cls.enclosing
    if outer is not model.module:
        return False
    made = [
        model.function(scope)
        for reference, scope in model.references(outer, cls.name)
        if isinstance(call := model.parent(reference), ast.Call)
        and call.func is reference
        and not in_main_block(model, call)
    ]
    return bool(made) and not any(made)  # every instance that the file makes is made at import


def _returns_the_one(model: Model, cls: Scope) -> bool:
    """A singleton: its `__new__` returns what it keeps on the class."""
    for node in cls.bound.get("__new__", ()):
        method = model.opened(node)
        receiver = model.receiver(method) if method is not None else None
        for name, _ in model.references(method, receiver) if method is not None and receiver is not None else ():
            attribute = model.parent(name)
            if isinstance(attribute, ast.Attribute) and isinstance(model.parent(attribute), ast.Return):
                return True
    return False


def _cleared(model: Model, cls: Scope, name: str) -> bool:
    """Does the file clear the method's memory: `f.cache_clear()`, `f.cache.clear()`, also handed on as a value?"""
    if any(getattr(node.value, "attr", "") == name for node in model.attribute_nodes("cache_clear")):
        return True
    uses = [Reference(r.node, r.scope) for c in model.family(cls) for r in model.attributes(c).get(name, ())]
    return any(
        use.verb == "cache_clear" or getattr(use.site, "attr", "") in ("cache_clear", "cache")
        for use in model.trace(uses)
    )
