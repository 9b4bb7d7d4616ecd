"""Is each instance of a class of this file a key of its own, and does it come to an end?

An instance that is made for a call and compares by identity finds nothing in a memory, and stays there. One that lives
as long as the process anyway loses nothing by it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..model import Model, Scope
from ..model.binding import last_name
from ..model.scope import CLASS
from . import keys
from .repeats import IMPORT, ONCE, in_main_block, repeats

_MOST = 20  # how many bases are followed: more have generated classes only
_EMPTY_BASES = frozenset({"object", "ABC", "ABCMeta", "Generic"})


def tail(node: ast.AST | None) -> str:
    """The last name of what is named, called or subscribed: `functools.cache`, `cache()` and `cache[int]` -> cache."""
    if isinstance(node, ast.Call):
        node = node.func
    elif isinstance(node, ast.Subscript):
        node = node.value
    return last_name(node)


def runs_again(model: Model, scope: Scope) -> bool:
    """May the code of a scope run after import and set-up?"""
    return repeats(model, scope).answer not in (IMPORT, ONCE)


def compares_by_identity(model: Model, cls: Scope) -> bool:
    """Do the instances compare by identity, as far as the file tells, and come to an end?"""
    todo, seen = [cls], {cls}
    for each in todo:
        node = each.node
        assert isinstance(node, ast.ClassDef)
        if len(todo) > _MOST or node.decorator_list or not each.bound.keys().isdisjoint(("__eq__", "__hash__")):
            return False
        for base in (*node.bases, *(keyword.value for keyword in node.keywords)):
            other = model.defined(base, each.enclosing or model.module)
            if other is not None and other.kind == CLASS:
                if other not in seen:
                    seen.add(other)
                    todo.append(other)
            elif tail(base) not in _EMPTY_BASES:
                return False
    return not is_immortal(model, cls)


def is_made_per_call(model: Model, cls: Scope) -> bool:
    """Does the file make instances in code that may run again?"""
    return model.keep(("made per call", cls), lambda: any(runs_again(model, scope) for _, scope in _made(model, cls)))


def is_immortal(model: Model, cls: Scope) -> bool:
    """Do the instances live as long as the process anyway: members, classes, singletons, instances of the module?"""
    return model.keep(("immortal", cls), lambda: _is_immortal(model, cls))


def _is_immortal(model: Model, cls: Scope) -> bool:
    node = cls.node
    assert isinstance(node, ast.ClassDef)
    bases = [tail(base) for base in node.bases]
    if "type" in bases or any(base.endswith(("Meta", "Enum")) for base in bases) or keys.is_enum(model, cls):
        return True
    named = [*bases, *(tail(keyword.value) for keyword in node.keywords if keyword.arg == "metaclass")]
    if any("singleton" in name.lower() for name in named) or _hands_out_the_one(model, cls):
        return True
    made = [model.function(scope) for call, scope in _made(model, cls) if not in_main_block(model, call)]
    return bool(made) and not any(made)  # all at import


def _hands_out_the_one(model: Model, cls: Scope) -> bool:
    """Does `__new__` return what it keeps on the class?"""
    for row in model.attributes(cls).values():
        for node, scope in row:
            user = model.parent(node)
            if isinstance(user, ast.Subscript):
                user = model.parent(user)  # one for each key
            if scope.name == "__new__" and isinstance(user, ast.Return):
                return True
    return False


def _made(model: Model, cls: Scope) -> Iterator[tuple[ast.Call, Scope]]:
    """The calls that make an instance, by the name of the class."""
    for node, scope in model.references(cls.enclosing or model.module, cls.name):
        call = model.parent(node)
        if isinstance(call, ast.Call) and call.func is node:
            yield call, scope
