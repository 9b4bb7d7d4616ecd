"""What do functions that outlive a call keep of it?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from ..knowledge.large import ATTRIBUTES, MAKERS, NAMES, TYPES
from ..knowledge.values import PARTIALS
from ..model import Model, Reference, Scope, by_last_name
from ..model.scope import FUNCTION, LAMBDA
from ..rule import File

_NAME = re.compile(NAMES)
_PARTIALS = by_last_name(PARTIALS)


class Capture(NamedTuple):
    """A large value that a function, lambda or partial keeps beyond the call.

    name: the captured name. owner: the function whose call it comes from. node: what outlives that call.
    kind: how a message speaks of it. evidence: why the value is taken to be large.
    """

    name: str
    owner: Scope
    node: ast.AST
    kind: str
    evidence: str


def large_captures(file: File) -> Iterator[Capture]:
    """The functions of a file that are returned or stored and hold a large parameter or local of their maker."""
    model = file.model
    nested = [s for s in model.scopes if s.kind in (FUNCTION, LAMBDA) and s.parent is not model.module]
    owners = dict.fromkeys(model.function(s.enclosing) for s in nested if s.enclosing is not None)
    spoken: set[Scope] = set()
    for owner in owners:
        for name in owner.bound if owner is not None else ():
            assert owner is not None
            for reference in model.references(owner, name):
                holder = _holder(model, reference.scope, owner)
                if holder is None or holder in spoken:
                    continue
                evidence = largeness(file, owner, name)
                if not evidence:
                    break
                if _outlives(model, holder, owner):
                    spoken.add(holder)
                    kind = "a lambda" if holder.kind == LAMBDA else f"'{holder.name}'"
                    yield Capture(name, owner, holder.node, kind, evidence)
    for call, inner, _ in model.called(_PARTIALS):
        owner = model.function(inner)
        if owner is None:
            continue
        for argument in [*call.args[1:], *(k.value for k in call.keywords)]:
            if isinstance(argument, ast.Name) and model.resolve(inner, argument.id) is owner:
                evidence = largeness(file, owner, argument.id)
                if evidence and _leaves(model, Reference(call, inner)):
                    yield Capture(argument.id, owner, call, "a partial", evidence)
                    break


def _holder(model: Model, scope: Scope, owner: Scope) -> Scope | None:
    """The function directly inside of `owner` in which `scope` lies; None for what runs in its own call."""
    found = None
    here: Scope | None = scope
    while here is not None and here is not owner:
        if here.kind in (FUNCTION, LAMBDA):
            found = here
        here = here.parent
    return found


def largeness(file: File, owner: Scope, name: str) -> str:
    """Why a parameter or local is taken to hold a large object; "" where nothing says so."""
    return file.model.keep(("large", owner, name), lambda: _largeness(file, owner, name))


def _largeness(file: File, owner: Scope, name: str) -> str:
    model = file.model
    bindings = model.bindings(owner, name)
    for binding in bindings:
        annotation = model.annotation(binding.node)
        tail = _annotated(annotation)
        if tail:
            return f"a {tail} by its annotation"
        if isinstance(binding.value, ast.Call):
            for made in model.qualnames(binding.value.func, owner):
                if made in MAKERS and not _is_small(binding.value):
                    return f"it comes from {made}()"
    if not any(b.kind == "parameter" for b in bindings):
        return ""
    if any(model.annotation(b.node) is not None for b in bindings):
        return ""  # annotated as something else
    for node, _ in model.references(owner, name):
        parent = model.parent(node)
        if isinstance(parent, ast.Attribute) and parent.attr in ATTRIBUTES:
            return f"large by its use, .{parent.attr}"
    if name in file.options.large_names or _NAME.fullmatch(name):
        return "large by its name"
    return ""


def _is_small(call: ast.Call) -> bool:
    """`numpy.zeros(3)`"""
    size = getattr(call.args[0], "value", None) if call.args else None
    return isinstance(size, int) and size < 1_000


def _annotated(annotation: ast.expr | None) -> str:
    """The large type that an annotation names, also as `X | None`, `Optional[X]` or a string."""
    while isinstance(annotation, (ast.BinOp, ast.Subscript)):
        if isinstance(annotation, ast.BinOp):
            annotation = annotation.left
        else:
            outer = getattr(annotation.value, "attr", getattr(annotation.value, "id", ""))
            annotation = annotation.slice if outer == "Optional" else annotation.value
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        tail = re.split(r"[\[|]", annotation.value)[0].strip().rpartition(".")[2]
    else:
        tail = getattr(annotation, "attr", getattr(annotation, "id", ""))
    return tail if tail in TYPES else ""


def _outlives(model: Model, scope: Scope, owner: Scope) -> bool:
    """Is the function returned, or stored where it stays?"""
    if scope.kind == LAMBDA:
        node = scope.node
        assert isinstance(node, ast.Lambda)
        return _leaves(model, Reference(node, owner))
    return any(_leaves(model, reference) for reference in model.references(owner, scope.name))


def _leaves(model: Model, reference: Reference) -> bool:
    for use in model.trace([reference]):
        if use.verb == "return" and isinstance(use.site, ast.Return):
            return True
        if use.verb == "store" and isinstance(use.site, (ast.Assign, ast.AnnAssign)):
            targets = use.site.targets if isinstance(use.site, ast.Assign) else [use.site.target]
            if any(_is_lasting(t) for t in targets):
                return True
    return False


def _is_lasting(target: ast.expr) -> bool:
    """An attribute of `self`: what is stored there lives as long as the object."""
    return (
        isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id in ("self", "cls")
    )
