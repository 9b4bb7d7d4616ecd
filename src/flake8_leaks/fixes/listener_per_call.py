"""Registers the listener to fire once: `emitter.on("update", f)` becomes `emitter.once("update", f)`.

Only where the registry is known to have a once-only variant that takes the same arguments; where to remove a listener
that is to fire more than once, only a person knows.

Unsafe: the listener no longer hears the second event. Of an emitter that is known by the name `on` alone nobody knows
that it has `once`.
"""

from __future__ import annotations

import ast

import libcst as cst

from ..judgements.listening import piling
from ..judgements.registrations import Registration
from ..knowledge.listeners import SAME_SIGNATURE
from ..model import CLASS, Model
from ..rewriting.change import Change
from ..rewriting.tree import Tree
from ..rule import At, File, Unfixable


def fix(file: File, at: At, tree: Tree) -> Change:
    found = next((each for each in piling(file) if each.call is at.node), None)
    if found is None or not found.once:
        raise Unfixable("decide where the listener is removed, or register it once, at start-up")
    func, once = found.call.func, found.once
    plain = len(found.call.args) == 2 and not found.call.keywords
    if once not in SAME_SIGNATURE or not isinstance(func, ast.Attribute) or not plain:
        raise Unfixable(f"{once}() takes other arguments: decide where the listener is removed")
    if _lacks(file.model, found, once):
        raise Unfixable(f"the emitter has no {once}(): decide where the listener is removed")
    node = tree.expression(func, cst.Attribute)
    said = f"{file.model.dotted(func)}() became {once}()"
    return Change(said, {node: node.with_changes(attr=cst.Name(once))}, safe=False)


def _lacks(model: Model, found: Registration, once: str) -> bool:
    """Is the receiver an object of a class of this file that has no such method, nor has a base, and all are seen?"""
    receiver = found.call.func.value  # type: ignore[attr-defined]
    owner = model.resolve(found.scope, receiver.id) if isinstance(receiver, ast.Name) else None
    bindings = model.bindings(owner, receiver.id) if owner is not None else []
    value = bindings[0].value if len(bindings) == 1 else None
    cls = model.defined(value.func, owner) if isinstance(value, ast.Call) and owner is not None else None
    classes = [cls]
    for each in classes:
        if each is None or each.kind != CLASS or once in each.bound or "__getattr__" in each.bound:
            return False
        classes += [model.defined(base, each.enclosing or model.module) for base in each.node.bases]  # type: ignore[attr-defined]
    return True
