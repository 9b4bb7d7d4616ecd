"""Lets a finalizer hold what it releases instead of the object.

`weakref.finalize(self, self.close)`, where `close()` is nothing but `self.socket.close()`, becomes
`weakref.finalize(self, self.socket.close)`.

The attribute must be bound once, before the finalizer is made, so that both mean the same; arguments must be constants.

Unsafe: the finalizer now runs when the object is gone, and not at the end of the program. What it releases may still be
used by others, or may itself refer to the object. A method that a subclass in another file overrides is not called.
"""

from __future__ import annotations

import ast

import libcst as cst

from ..judgements.finalizing import pins
from ..model import Model, Scope
from ..model.binding import FUNCTIONS
from ..rewriting.change import Change
from ..rewriting.tree import Tree
from ..rule import At, File, Unfixable


def fix(file: File, at: At, tree: Tree) -> Change:
    model = file.model
    pin = next(each for each in pins(file) if each.node is at.node)
    call, scope = pin.node, pin.scope
    if not isinstance(call, ast.Call) or "weakref.finalize" not in model.qualnames(call.func, scope):
        raise _left()
    cls = model.class_of(call.args[0], scope)
    if cls is None or len(call.args) != 2 or call.keywords:
        raise _left()
    receiver, released = _released(model, call.args[1], scope)
    func = released.func if isinstance(released, ast.Call) else None
    owner = func.value if isinstance(func, ast.Attribute) else None
    if (
        not isinstance(released, ast.Call)
        or not isinstance(func, ast.Attribute)
        or not isinstance(owner, ast.Attribute)
    ):
        raise _left()
    if getattr(owner.value, "id", None) != receiver or not all(map(_is_constant, _arguments(released))):
        raise _left()
    _check_bound_before(model, cls, owner.attr, call)
    code = cst.parse_expression(f"{pin.name}.{owner.attr}.{func.attr}")
    node = tree.expression(call, cst.Call)
    first, second = node.args
    arguments = [first, second.with_changes(value=code), *tree.expression(released, cst.Call).args]
    arguments[1] = arguments[1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
    arguments[-1] = arguments[-1].with_changes(comma=second.comma)
    new = node.with_changes(args=arguments)
    said = f"the finalizer holds '{pin.name}.{owner.attr}' only"
    return Change(said, {node: new}, safe=False)


def _left() -> Unfixable:
    return Unfixable("decide what of the object the finalizer needs, and pass a function with only that")


def _released(model: Model, callback: ast.expr, scope: Scope) -> tuple[str | None, ast.expr | None]:
    """What a callback does, if that is one expression, and the name that the object has in it."""
    if isinstance(callback, ast.Lambda):
        plain = not callback.args.args and not callback.args.vararg
        return (model.receiver(scope), callback.body) if plain else (None, None)
    method = model.runs(callback, scope)
    if method is None or not isinstance(method.node, ast.FunctionDef) or method.node.decorator_list:
        return None, None
    body = method.node.body
    if ast.get_docstring(method.node) is not None:
        body = body[1:]
    alone = len(body) == 1 and isinstance(body[0], (ast.Expr, ast.Return))
    return (model.receiver(method), body[0].value) if alone else (None, None)  # type: ignore[attr-defined]


def _arguments(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def _is_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant)


def _check_bound_before(model: Model, cls: Scope, name: str, call: ast.Call) -> None:
    """Raise Unfixable unless the same function binds an attribute before the call, and nothing does again."""
    stores = [node for node, _ in model.family_members(cls, name) if not isinstance(node.ctx, ast.Load)]  # type: ignore[attr-defined]
    path = [call, *(parent for _, parent in model.ancestors(call))]
    body = next((parent.body for parent in path if isinstance(parent, FUNCTIONS)), [])
    at = next((i for i, statement in enumerate(body) if statement in path), 0)
    before = {target for statement in body[:at] if isinstance(statement, ast.Assign) for target in statement.targets}
    before |= {s.target for s in body[:at] if isinstance(s, ast.AnnAssign) and s.value is not None}
    foreign = [node for node, _ in model.foreign_members(name) if not isinstance(node.ctx, ast.Load)]  # type: ignore[attr-defined]
    if len(stores) != 1 or stores[0] not in before or foreign:
        raise Unfixable("the attribute may be bound to something else by then: decide what it is to release")
