"""What does the file do with a memoized function: what does it call it with, and does it empty its memory?

The text of the program bounds a memory whose function is called with nothing but what this text names.
"""

from __future__ import annotations

import ast

from ..knowledge.memoizers import CLEARS, FUNCTION
from ..model import Model, Reference, Scope, Use
from ..model.binding import FUNCTIONS
from ..model.scope import CLASS
from ..rule import File
from .containers import MAPPING, escapes, takes_out
from .identity import compares_by_identity
from .memoizing import Memory, memoizer

FEW = "few"
_Call = tuple["dict[str, ast.expr] | None", Scope]


def calls_of(model: Model, memory: Memory) -> list[_Call]:
    """The calls of a memoized function that functions make, each with its scope: parameter -> what it is given, None
    where the function is handed on, to be called with anything. Calls at import are few: they are left out."""
    found: list[_Call] = []
    names = [parameter.arg for parameter in memory.parameters]
    for node, scope in reads_of(model, memory):
        parent = model.parent(node)
        call = parent if isinstance(parent, ast.Call) and parent.func is node else None
        if model.function(scope) is None and (call is not None or isinstance(parent, (*FUNCTIONS, ast.ClassDef))):
            continue
        if not isinstance(parent, ast.Attribute):
            found.append((_given(call, names) if call is not None else None, scope))
    return found


def _given(call: ast.Call, names: list[str]) -> dict[str, ast.expr]:
    """What a call gives to the parameters; `*x` and `**x` to all those that may take it from there."""
    given = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg is not None}
    stars = [keyword.value for keyword in call.keywords if keyword.arg is None]
    for name, value in zip(names, call.args, strict=False):
        if isinstance(value, ast.Starred):
            stars.append(value)
            break
        given[name] = value
    return {**dict.fromkeys(names, stars[0]), **given} if stars else given


def reads_of(model: Model, memory: Memory) -> list[Reference]:
    """Where the file reads the memoized function."""
    if memory.owner.kind != CLASS:
        return model.references(memory.owner, memory.name)
    members = model.family_members(memory.owner, memory.name)
    return [member for member in members if isinstance(member.node.ctx, ast.Load)]  # type: ignore[attr-defined]


def gives(model: Model, calls: list[_Call], name: str) -> str:
    """What the file gives to a parameter: FEW where it calls the function only with what its text names; what it makes
    for the call, "a function" or "an instance of Page"; "" for anything else."""
    few, made = bool(calls), ""
    for given, scope in calls:
        value = given.get(name) if given is not None else None
        if value is not None and not _is_named(model, scope, value):
            few, made = False, made or _made_here(model, scope, value)
        few = few and given is not None
    return FEW if few else made


def _is_named(model: Model, scope: Scope, value: ast.expr) -> bool:
    """Is it a constant, or has it a name of its own: at the top of the module, in another one, in a class?"""
    if isinstance(value, ast.Name):
        value = model.only_value(value, scope) or value
    root = value
    while isinstance(root, ast.Attribute):
        root = root.value
    if not isinstance(root, ast.Name):
        return isinstance(root, ast.Constant)
    owner = model.resolve(scope, root.id)
    if owner is None:
        return True
    kinds = {binding.kind for binding in model.bindings(owner, root.id)}
    return kinds == {"import"} or (owner is model.module and (root is value or kinds <= {"import", "class"}))


def _made_here(model: Model, scope: Scope, value: ast.expr) -> str:
    """A lambda, a partial, a nested function, a bound method, or the instance whose method calls."""
    if isinstance(value, ast.Lambda):
        return FUNCTION
    if isinstance(value, ast.Call):
        return FUNCTION if "functools.partial" in model.qualnames(value.func, scope) else ""
    made = model.runs(value, scope)
    if made is not None and made.kind != CLASS and made.enclosing is not model.module:
        calls_it = isinstance(value, ast.Attribute) and made.node.decorator_list  # type: ignore[attr-defined]
        return "" if calls_it else FUNCTION  # a property
    cls = model.class_of(value, scope) if getattr(value, "id", "") == "self" else None
    return f"an instance of {cls.name}" if cls is not None and compares_by_identity(model, cls) else ""


# -- emptying -----------------------------------------------------------------------------------------------------


def is_cleared(file: File, memory: Memory) -> bool:
    """Does the file empty the memory: `f.cache_clear()`, `f.cache.clear()`, also handed on as a value, in a loop over
    several functions, or by way of the container that the memoizer was given?"""
    model = file.model
    named, unknown = model.keep("cleared", lambda: _cleared(model))
    if memory.owner.kind == CLASS and memory.name in named:
        return True
    for use in model.trace(reads_of(model, memory)):
        if use.verb in CLEARS or getattr(use.site, "attr", "") in CLEARS:
            return True
        if unknown and use.verb in ("display", "store", "argument", "alias"):
            return True
    settings = memory.settings
    given = [*settings.args, *(k.value for k in settings.keywords)] if isinstance(settings, ast.Call) else []
    names = {n.id for n in given if isinstance(n, ast.Name) and model.resolve(memory.owner, n.id) is model.module}
    return any(_is_emptied(file, name) for name in sorted(names))


def _cleared(model: Model) -> tuple[frozenset[str], bool]:
    """The names of the attributes whose memory the file clears, `x.f.cache_clear()` -> f; and does it clear what is
    only known where it runs, in a loop over several functions?"""
    nodes = [node for verb in ("cache_clear", "clear_cache") for node in model.attribute_nodes(verb)]
    unknown = any(isinstance(n.value, ast.Name) and model.defined(n.value, model.scope(n)) is None for n in nodes)
    return frozenset(node.value.attr for node in nodes if isinstance(node.value, ast.Attribute)), unknown


def _is_emptied(file: File, name: str) -> bool:
    """Does the file take out of a container of the module, or hand it on but to a memoizer?"""
    model = file.model

    def empties(use: Use) -> bool:
        memoizes = isinstance(use.site, ast.Call) and memoizer(model, use.site.func, use.scope)
        return not memoizes and (takes_out(file, use, MAPPING) or escapes(file, use))

    return model.keep(("emptied", name), lambda: any(map(empties, model.trace(model.references(model.module, name)))))
