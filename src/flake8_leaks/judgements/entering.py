"""Context managers that are entered by hand: does anyone leave them?"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..knowledge.values import DATA_METHODS, ENDINGS
from ..model import CLASS, Model, Reference, Scope, Use
from ..rule import File
from .acquisitions import is_script, results


class Entered:
    """A context manager that is entered by a call of `__enter__` or `__aenter__`, and that nothing leaves.

    thing: what made the manager. name: the name it has, or the call.
    """

    __slots__ = ("call", "name", "scope", "thing", "verb")

    def __init__(self, call: ast.Call, scope: Scope, thing: ast.AST, name: str, verb: str) -> None:
        self.call = call
        self.scope = scope
        self.thing = thing
        self.name = name
        self.verb = verb


def entered_by_hand(file: File) -> Iterator[Entered]:
    """The managers that the file enters by hand, and neither leaves nor hands on."""
    model = file.model
    for verb in ("__enter__", "__aenter__"):
        for call, scope in model.calls(verb):
            if isinstance(call.func, ast.Attribute) and not call.args and not is_script(model, scope):
                thing = _kept_open(model, call.func.value, scope)
                if thing is not None and not _result_goes(model, call, scope):
                    made = model.dotted(thing.func) or getattr(thing.func, "attr", "...")
                    yield Entered(call, scope, thing, model.dotted(call.func.value) or f"{made}()", verb)


def _kept_open(model: Model, node: ast.expr, scope: Scope) -> ast.Call | None:
    """The call that made a manager, if the file made it, and nothing in the file leaves it or hands it on."""
    if isinstance(node, ast.Call):
        return node if getattr(node.func, "id", "") not in ("super", "type") else None
    if isinstance(node, ast.Name):
        owner = model.resolve(scope, node.id)
        if owner is None or owner.kind == CLASS or is_script(model, owner):
            return None
        return model.keep(("entered", owner, node.id), lambda: _local_kept_open(model, owner, node.id))
    method = model.function(scope)
    cls = model.method_of(method) if method is not None else None
    if method is None or cls is None or model.dotted(node) != f"{model.receiver(method)}.{getattr(node, 'attr', '')}":
        return None
    return model.keep(
        ("entered", cls, getattr(node, "attr", "")), lambda: _field_kept_open(model, cls, getattr(node, "attr", ""))
    )


def _local_kept_open(model: Model, owner: Scope, name: str) -> ast.Call | None:
    bindings = model.bindings(owner, name)
    made = [c for b in bindings if b.kind == "assign" and b.value is not None for c in results(b.value)]
    if not made or any(b.kind not in ("assign", "annotation") for b in bindings):
        return None
    return None if _ends_or_goes(model, model.trace(model.references(owner, name))) else made[0]


def _field_kept_open(model: Model, cls: Scope, attr: str) -> ast.Call | None:
    members = model.family_members(cls, attr)
    made = [c for m in members if (value := _stored(model, m.node)) is not None for c in results(value)]
    loads = [m for m in members if isinstance(m.node, ast.Attribute) and isinstance(m.node.ctx, ast.Load)]
    return None if not made or _ends_or_goes(model, model.trace(loads)) else made[0]


def _stored(model: Model, node: ast.AST) -> ast.expr | None:
    parent = model.parent(node)
    return parent.value if isinstance(parent, (ast.Assign, ast.AnnAssign)) and parent.value is not node else None


def _ends_or_goes(model: Model, uses: list[Use]) -> bool:
    """Does a use end what was entered, or hand it, or something that it gave, to someone who may?"""
    for use in uses:
        if use.verb in ENDINGS or (use.verb == "." and getattr(use.site, "attr", "") in ENDINGS):
            return True
        if isinstance(use.site, ast.Call) and use.verb != "argument":
            given = model.direct(Reference(use.site, use.scope))[0] if use.verb not in DATA_METHODS else []
            if any(u.verb in ("return", "yield", "store") for u in given):
                return True
        elif use.verb not in (".", ".=", "test", "compare", "format", "drop"):
            return True
    return False


def _result_goes(model: Model, call: ast.Call, scope: Scope) -> bool:
    """The same of what `__enter__` returned, which mostly is the manager itself."""
    uses, names = model.direct(Reference(call, scope))
    return _ends_or_goes(model, uses) or any(_name_goes(model, *name) for name in names)


def _name_goes(model: Model, owner: Scope, name: str) -> bool:
    references = model.references(owner, name)
    return model.keep(("goes", owner, name), lambda: _ends_or_goes(model, model.trace(references)))
