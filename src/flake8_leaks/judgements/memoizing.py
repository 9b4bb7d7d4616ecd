"""Which functions remember their results, and what their memory holds on to."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from ..knowledge.memoizers import MEMOIZERS
from ..model import Model, Scope
from ..rule import File
from .repeats import in_main_block

_ENUMS = frozenset({"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"})


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
    cleared = _cleared(model)
    for scope in model.scopes:
        node = scope.node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) or scope.kind != "function":
            continue
        cls = model.method_of(scope) if node.decorator_list else None
        if cls is None or node.name == "__new__":
            continue
        names = [model.qualnames(_callee(d), cls) for d in node.decorator_list]
        if any(n & {"builtins.staticmethod", "builtins.classmethod"} for n in names):
            continue
        for decorator, known in zip(node.decorator_list, names, strict=True):
            memoizers = known & MEMOIZERS.keys()
            if memoizers and not _immortal(model, cls) and node.name not in cleared:
                name = min(memoizers)
                spelling = name.rpartition(".")[2]
                yield Memoized(decorator, spelling, scope, cls, is_bounded(decorator, name))


def _callee(decorator: ast.expr) -> ast.expr:
    return decorator.func if isinstance(decorator, ast.Call) else decorator


def is_bounded(decorator: ast.expr, name: str) -> bool:
    """Has the memory a bound? `@cache`, `@lru_cache(None)`, `@lru_cache(maxsize=None)` and `@cached({})` have none."""
    argument, position, default = MEMOIZERS[name]
    if not isinstance(decorator, ast.Call) or not argument:
        return default is not None
    given = [k.value for k in decorator.keywords if k.arg == argument] + decorator.args[position : position + 1]
    if not given:
        return default is not None
    value = given[0]
    return not (isinstance(value, ast.Constant) and value.value is None) and not isinstance(value, ast.Dict)


def _immortal(model: Model, cls: Scope) -> bool:
    """Do the instances live as long as the process anyway?"""
    return model.keep(("immortal", cls), lambda: _lives_for_ever(model, cls))


def _lives_for_ever(model: Model, cls: Scope) -> bool:
    node = cls.node
    assert isinstance(node, ast.ClassDef)
    for base in node.bases:
        tail = base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")
        if tail in _ENUMS or tail == "type" or tail.endswith(("Meta", "Enum", "Singleton")):
            return True
    if any(k.arg == "metaclass" and "ingleton" in ast.dump(k.value) for k in node.keywords):
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


def _cleared(model: Model) -> set[str]:
    """The names of the functions whose `cache_clear()` the file calls."""
    receivers = [c.func.value for c, _ in model.calls("cache_clear") if isinstance(c.func, ast.Attribute)]
    return {getattr(r, "attr", getattr(r, "id", "")) for r in receivers}
