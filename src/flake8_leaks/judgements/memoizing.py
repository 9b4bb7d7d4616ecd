"""Which functions remember their results, by which memoizer, and has their memory a bound?

A memory lives as long as the memoized function. So one that is made anew with each call is left out: a decorator in a
function, `self.load = lru_cache(None)(self._load)` in `__init__`. So is a memory whose keys are not the arguments: the
program makes them by a function of its own, which may leave out what would leak.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from ..knowledge.containers import MAPPINGS
from ..knowledge.memoizers import MEMOIZERS, NO_BOUND, OBJECTS_OF_FUNCTIONS, TEXT, WHOLE_KEYS
from ..model import LastNames, Model, Scope
from ..model.binding import FUNCTIONS
from ..model.scope import CLASS
from .identity import is_immortal, tail
from .pattern import Pattern

_TAILS = LastNames(MEMOIZERS)
# Where packages keep what an older Python lacks, under its name in functools: `from ._compat import cache`.
_COMPATIBILITY = Pattern(r"(?:.*\.)?(?:_?\w*compat|_?backports?)\.(cache|lru_cache)")
_OF_CLASS = Pattern(r"\w*class_?(method|property)")


class _Memoizer(NamedTuple):
    """A row of the table of memoizers."""

    argument: str
    position: int
    size: int | None
    keeps: str
    expires: tuple[str, ...]
    key: str


_ROWS = {name: _Memoizer(*row) for name, row in MEMOIZERS.items()}


class Memory(NamedTuple):
    """A memoized function.

    node: the memoizer, where a finding stands. spelling: `@cache`, or `cache()` where it is applied as a call.
    settings: the call that sets the memoizer up, or its bare name. function: what is memoized. name, owner: the name
    that it has then, and the scope that binds it. cls: the class whose instances the memory keeps alive, None where
    there are none. parameters: those that the key is made of, the instance left out. bounded: has the memory a bound?
    is_text: is the key text made of the arguments, which are not kept themselves? memoizer: its qualified name.
    argument: the name of the argument that bounds it, "" for none. size: what that is given, None for nothing.
    """

    node: ast.expr
    spelling: str
    settings: ast.expr
    function: Scope
    name: str
    owner: Scope
    cls: Scope | None
    parameters: list[ast.arg]
    bounded: bool
    is_text: bool
    memoizer: str
    argument: str
    size: ast.expr | None

    @property
    def qualname(self) -> str:
        """The dotted path from the module, as baselines and verdicts name it."""
        outer = self.owner.qualname
        return f"{outer}.{self.name}" if outer else self.name


def memories(model: Model) -> Iterator[Memory]:
    """The memories of a file that outlive a call."""
    for mention in _mentions(model):
        call = model.parent(mention)
        settings = call if isinstance(call, ast.Call) and call.func is mention else mention
        if settings is mention and not isinstance(call, FUNCTIONS):
            continue
        name = memoizer(model, mention, model.scope(mention))
        for node in (settings, *_read_by_name(model, settings)) if name else ():
            memory = _memory(model, node, settings, name)
            if memory is not None:
                yield memory


def memoizer(model: Model, node: ast.expr, scope: Scope) -> str:
    """The qualified name of the memoizer that an expression means, "" for anything else."""
    names = model.qualnames(node, scope)
    names |= {f"functools.{match[1]}" for name in names if (match := _COMPATIBILITY.fullmatch(name))}
    return min(names & MEMOIZERS.keys(), default="")


def _mentions(model: Model) -> list[ast.expr]:
    """The names and attributes that may mean a memoizer, by their spelling; in most files there are none."""
    if not model.spells(_TAILS):
        return []
    names = model.spellings(_TAILS)
    found: list[ast.expr] = []
    for name in sorted(names & model.attribute_names):
        found += model.attribute_nodes(name)
    for name in sorted(names & model.module.bound.keys()):
        found += [node for node, _ in model.references(model.module, name)]
    return found


def _read_by_name(model: Model, settings: ast.expr) -> Iterator[ast.expr]:
    """Where a memoizer is read that got a name together with its settings: `forever = lru_cache(maxsize=None)`."""
    for target in model.bound_to(settings):
        if isinstance(target, ast.Name):
            owner = model.resolve(model.scope(target), target.id)
            if owner is not None and len(owner.bound[target.id]) == 1:
                yield from (node for node, _ in model.references(owner, target.id))


def _memory(model: Model, node: ast.expr, settings: ast.expr, memoizer: str) -> Memory | None:
    """The memory that a memoizer makes where it stands, if it outlives a call and its keys are the arguments."""
    owner, row = model.scope(node), _ROWS[memoizer]
    function, name, wrappers = _memoized(model, node, owner)
    if function is None or function.kind == CLASS or not name or not _keeps_arguments(model, owner, settings, row):
        return None
    if "abstractmethod" in wrappers:
        return None  # what overrides it has a memory of its own, or none
    arguments: ast.arguments = function.node.args  # type: ignore[attr-defined]
    parameters = [*arguments.posonlyargs, *arguments.args]
    cls = owner if owner.kind == CLASS and "staticmethod" not in wrappers else None
    if cls is not None:
        if name == "__new__" or row.keeps == OBJECTS_OF_FUNCTIONS:
            return None  # one instance a key is what it is for; the instance has the memory
        if row.keeps == TEXT or _takes_class(parameters, wrappers) or is_immortal(model, cls):
            cls = None
        parameters = parameters[1:]
    if cls is None and _dies(model, owner):
        return None
    parameters += [a for a in (arguments.vararg, *arguments.kwonlyargs, arguments.kwarg) if a is not None]
    word = memoizer.rpartition(".")[2]
    spelling = f"@{word}" if isinstance(model.parent(node), FUNCTIONS) else f"{word}()"
    bounded = _expires(settings, row) or is_bounded(model, owner, settings, memoizer)
    size = _setting(settings, row.argument, row.position)
    return Memory(
        node,
        spelling,
        settings,
        function,
        name,
        owner,
        cls,
        parameters,
        bounded,
        row.keeps == TEXT,
        memoizer,
        row.argument,
        size,
    )


def _memoized(model: Model, node: ast.expr, scope: Scope) -> tuple[Scope | None, str, set[str]]:
    """The function that a memoizer decorates or is called with, the name that the result gets, and the last names of
    what else is wrapped around it: `area = property(cache(_area))`"""
    outer = model.parent(node)
    if isinstance(outer, FUNCTIONS):
        wrappers = model.keep(("decorators", outer), lambda: set(map(tail, outer.decorator_list)))
        return (model.opened(outer) if node is not outer.returns else None), outer.name, wrappers
    call = outer if isinstance(outer, ast.Call) and outer.func is node else node
    if not isinstance(call, ast.Call) or not call.args:
        return None, "", set()
    value, result, wrappers = call.args[0], call, set()
    function = model.opened(value) if isinstance(value, ast.Lambda) else model.defined(value, scope)
    for child, parent in model.ancestors(call):
        if not isinstance(parent, ast.Call) or child not in parent.args:
            break
        result = parent
        wrappers.add(tail(parent))
    return function, next((t.id for t in model.bound_to(result) if isinstance(t, ast.Name)), ""), wrappers


def _takes_class(parameters: list[ast.arg], wrappers: set[str]) -> bool:
    """Does a method take its class, by the name of the first parameter or the last names of its decorators?"""
    return [arg.arg for arg in parameters[:1]] == ["cls"] or any(map(_OF_CLASS.fullmatch, wrappers))


def _dies(model: Model, scope: Scope | None) -> bool:
    """Does what stands in a scope die with a call?"""
    while scope is not None and model.function(scope) is None:
        scope = scope.parent
    return scope is not None


# -- settings -----------------------------------------------------------------------------------------------------


def is_bounded(model: Model, scope: Scope, settings: ast.expr, name: str) -> bool:
    """Has the memory a size? `@cache`, `@lru_cache(None)`, `@lru_cache(maxsize=None)` and `@cached({})` have none.

    What cannot be known, `lru_cache(maxsize=SIZE)`, counts as a size.
    """
    row = _ROWS[name]
    value = _setting(settings, row.argument, row.position)
    if value is None:
        return row.size is not None
    value = stands_for(model, scope, value)
    if isinstance(value, (ast.Dict, ast.DictComp)) or _is_endless(model, scope, value):
        return False
    if not isinstance(value, ast.Call):
        return True
    made = model.qualnames(value.func, scope)
    size = _setting(value, "maxsize", 0)
    zero = getattr(size, "value", None) == 0 and any(name.startswith("cachebox.") for name in made)  # 0 means endless
    return not made & MAPPINGS and not zero and (size is None or not _is_endless(model, scope, size))


def _is_endless(model: Model, scope: Scope, size: ast.expr) -> bool:
    """`None`, `math.inf`, `float("inf")`"""
    if isinstance(size, ast.Call):
        infinite = [getattr(argument, "value", None) for argument in size.args] == ["inf"]
        return infinite and "builtins.float" in model.qualnames(size.func, scope)
    if isinstance(size, ast.Constant):
        return size.value is None
    return not model.qualnames(size, scope).isdisjoint(NO_BOUND)


def _setting(settings: ast.expr, argument: str, position: int) -> ast.expr | None:
    """An argument by its name, or by its position; -1 for none."""
    if not isinstance(settings, ast.Call):
        return None
    given = [keyword.value for keyword in settings.keywords if argument and keyword.arg == argument]
    given += settings.args[position : position + 1] if position >= 0 else []
    return given[0] if given else None


def _expires(settings: ast.expr, row: _Memoizer) -> bool:
    """Do entries leave by time, or is there another bound?"""
    return "*" in row.expires or any(_setting(settings, argument, -1) is not None for argument in row.expires)


def _keeps_arguments(model: Model, scope: Scope, settings: ast.expr, row: _Memoizer) -> bool:
    """Does it remember at all, which `cached(None)` doesn't, and make keys of all arguments?"""
    if row.size == 0 and isinstance(_setting(settings, row.argument, row.position), ast.Constant):
        return False
    key = _setting(settings, row.key, row.position + 1 if row.position >= 0 else -1) if row.key else None
    return key is None or not model.qualnames(key, scope).isdisjoint(WHOLE_KEYS)


def stands_for(model: Model, scope: Scope, value: ast.expr) -> ast.expr:
    """What a name of the module is bound to, where that is done once; the expression itself for all others."""
    if isinstance(value, ast.Name) and model.resolve(scope, value.id) is model.module:
        bindings = model.bindings(model.module, value.id)
        if len(bindings) == 1 and bindings[0].kind == "assign" and bindings[0].value is not None:
            return bindings[0].value
    return value
