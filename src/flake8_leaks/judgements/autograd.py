"""Which tensors are kept together with the history of their computation?

A tensor carries its history if something runs backwards from it, or if it is a loss of what a model put out where no
one switched recording off. It is kept if it is summed or collected in something that outlives the turn of the loop in
which it was made. Nothing else is believed: a loss that is only passed on, a sum from which the gradients are taken
later, and what one call sums up for its caller are how training works.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from ..knowledge.tensors import BACKWARD, KEEPING, LOSSES, PACKAGE, READERS, SWITCHES
from ..model import LastNames, Model, Scope
from ..model.binding import last_name
from ..rule import File
from .pattern import Pattern

# One variable: the scope that binds it, and its name.
Variable = tuple[Scope, str]

_TAILS = LastNames(LOSSES)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_LOSS = Pattern(r"(\w*_)?(loss|losses|cost|criterion|crit|objective|loss_?fn|loss_?func|loss_?function)\d*", re.I)
_MODEL = Pattern(
    r"self|(\w*_)?(model|net|network|module|backbone|generator|discriminator|classifier|encoder|decoder|policy|actor|critic)\d*|"
    r"net_?[A-Z]|[GD]",
    re.I,
)
# Verbs that collect, and verbs that let go.
_COLLECTS = frozenset({"append", "appendleft", "add", "insert"})
_LETS_GO = frozenset({"clear", "pop", "popleft", "remove", "popitem", "detach_", "zero_", "fill_"})


class Kept(NamedTuple):
    """A tensor that is kept with its history.

    site: the statement or call that keeps it. scope: where. tensor: its name, as written. target: what keeps it.
    made: what bound the tensor, None where it is not known. collected: is it put into a container, not summed up?
    """

    site: ast.AST
    scope: Scope
    tensor: str
    target: ast.expr
    made: ast.AST | None
    collected: bool


def kept(file: File) -> Iterator[Kept]:
    """The tensors of a file that are kept with their history."""
    model = file.model
    losses = model.may_call(_TAILS) or not model.call_names.isdisjoint(BACKWARD)
    if not losses or not _uses_torch(model):
        return
    starts = _starts(model)
    verdicts: dict[object, bool] = {}
    seen: set[ast.AST] = set()
    for variable, calls in starts.items():
        if any(_is_told_to_keep(call) for call in calls) or len(model.bindings(*variable)) > _MOST:
            continue
        starting = {_last_before(model, variable, call) for call in calls}
        for found in _puts(model, variable):
            if found.made in starting and found.site not in seen and _leaks(model, found, starts, verdicts):
                seen.add(found.site)
                yield found
    for found in _evaluated(model, starts):
        if found.site not in seen and _leaks(model, found, starts, verdicts) and _only_read(model, found):
            seen.add(found.site)
            yield found


def _is_told_to_keep(call: ast.Call) -> bool:
    """`loss.backward(retain_graph=True)`: the history is kept on purpose."""
    return any(k.arg in ("retain_graph", "create_graph") for k in call.keywords)


def _uses_torch(model: Model) -> bool:
    """Does the module import PyTorch?"""
    for nodes in model.module.bound.values():
        if nodes[0].__class__ is ast.alias:
            statement = model.parent(nodes[0])
            name = statement.module if isinstance(statement, ast.ImportFrom) else nodes[0].name
            if (name or "").partition(".")[0] == PACKAGE:
                return True
    return False


# -- tensors that carry their history -------------------------------------------------------------------------------


def _starts(model: Model) -> dict[Variable, list[ast.Call]]:
    """The variables that something runs backwards from, the losses that they are the sum of, and the outputs of models
    that those were made of; with the calls that run backwards."""
    starts: dict[Variable, dict[ast.Call, None]] = {}
    for verb in BACKWARD:
        for call, scope in model.calls(verb):
            if not isinstance(call.func, ast.Attribute) or not isinstance(model.parent(call), ast.Expr):
                continue  # what hands back a gradient is no tensor
            origin = call.func.value
            if call.args and not _LOSS.fullmatch(last_name(origin)):
                origin = call.args[0]  # `accelerator.backward(loss)`
                if not _LOSS.fullmatch(last_name(origin)):
                    continue
            todo = [(origin, scope)]
            for count, (node, here) in enumerate(todo):
                if count > _FAR:
                    break
                if isinstance(node, ast.Name):
                    owner = model.resolve(here, node.id)
                    if owner is None or owner.kind == "class" or model.class_of(node, here) is not None:
                        continue
                    calls = starts.setdefault((owner, node.id), {})
                    if call not in calls:
                        calls[call] = None
                        todo += model.keep(("made of", owner, node.id), partial(_made_of, model, owner, node.id))
                elif isinstance(node, ast.BinOp):
                    todo += [(node.left, here), (node.right, here)]
                elif isinstance(node, ast.Call):
                    # `loss.mean().backward()`, `scaler.scale(loss).backward()`
                    if last_name(node.func) in KEEPING and isinstance(node.func, ast.Attribute):
                        todo.append((node.func.value, here))
                    todo += [(argument, here) for argument in node.args[:1]]
    return {variable: list(calls) for variable, calls in starts.items()}


# A name that is bound more often, or a loss that is made of more than this, is generated code; so is a sum that is
# mentioned more often.
_MOST, _FAR = 30, 300


def _made_of(model: Model, owner: Scope, name: str) -> list[tuple[ast.expr, Scope]]:
    """What a loss is computed from, as far as it carries history itself: summands that are losses, and outputs of
    models that a criterion is given."""
    found: list[tuple[ast.expr, Scope]] = []
    for binding in model.bindings(owner, name)[:_MOST]:
        todo = [binding.value] if binding.kind == "assign" and binding.value is not None else []
        for node in todo:
            if isinstance(node, ast.BinOp) and len(todo) < _MOST:
                todo += [node.left, node.right]
            elif isinstance(node, ast.Name):
                if _LOSS.fullmatch(node.id) and _calls_match(model, owner, node.id, _LOSS):
                    found.append((node, owner))
            elif isinstance(node, ast.Call) and _is_criterion(node.func):
                outputs = [a for a in node.args if isinstance(a, ast.Name) and _calls_match(model, owner, a.id, _MODEL)]
                found += [(argument, owner) for argument in outputs]
    return found


def _is_criterion(node: ast.expr) -> bool:
    """`criterion`, `self.loss_fn`, `F.cross_entropy`"""
    return _LOSS.fullmatch(last_name(node)) is not None or last_name(node) in _TAILS


def _calls_match(model: Model, scope: Scope, name: str, pattern: Pattern) -> bool:
    """Is the variable bound only to results of calls whose name says so?"""
    owner = model.resolve(scope, name)
    if owner is None:
        return False
    bindings = model.bindings(owner, name)
    return all(
        b.kind == "assign" and isinstance(b.value, ast.Call) and pattern.fullmatch(last_name(b.value.func)) is not None
        for b in bindings[:_MOST]
    )


def _last_before(model: Model, variable: Variable, node: ast.AST) -> ast.AST | None:
    """The last binding of the variable before `node`: what the name means there, but for the turns of a loop.

    `loss.backward(); loss = loss.item(); total += loss` keeps a number.
    """
    bindings = (b for b in model.bindings(*variable) if b.kind != "augmented")
    before = [b.node for b in bindings if position(b.node) < position(node)]
    return before[-1] if before else None


def position(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def _evaluated(model: Model, starts: Mapping[Variable, object]) -> Iterator[Kept]:
    """Sums of losses of what a model puts out, from which nothing runs backwards."""
    for call, scope in _loss_calls(model):
        if not any(_is_output(model, argument, scope) for argument in call.args) or _may_be_off(model, scope):
            continue
        target = getattr(model.parent(call), "targets", [None])[0]
        owner = model.resolve(scope, target.id) if isinstance(target, ast.Name) else None
        if owner is None or target is None:
            founds = [_put(model, call, scope, "the loss", call)]
        elif (owner, target.id) in starts or len(owner.bound[target.id]) > 1:
            continue
        else:
            founds = list(_puts(model, (owner, target.id)))
        yield from (found for found in founds if found is not None and not found.collected)


def _may_be_off(model: Model, scope: Scope) -> bool:
    """Does the function around switch recording off, or a function that calls it?"""
    switching = model.keep("switching recording", lambda: _switching(model))
    function = model.function(scope)
    if function is None or function in switching:
        return function in switching
    callers = model.keep(
        ("callers", function.name), lambda: frozenset(model.function(s) for _, s in model.calls(function.name))
    )
    return not switching.isdisjoint(callers)


def _switching(model: Model) -> frozenset[Scope | None]:
    """The functions, None for the module, in which recording may be switched off; as a decorator, inside of them."""
    found: set[Scope | None] = set()
    for name in SWITCHES:
        for node in model.attribute_nodes(name):
            found.add(_switched_by(model, node, model.scope(node)))
        for call, scope in model.calls(name):
            found.add(_switched_by(model, call, scope))
    return frozenset(found)


def _switched_by(model: Model, node: ast.AST, scope: Scope) -> Scope | None:
    parent = model.parent(node)
    while isinstance(parent, (ast.Call, ast.Attribute)):
        node, parent = parent, model.parent(parent)
    if isinstance(parent, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return model.opened(parent)
    return model.function(scope)


def _loss_calls(model: Model) -> Iterator[tuple[ast.Call, Scope]]:
    """Calls of a loss function, and of an object that is one: `criterion = nn.MSELoss(); criterion(a, b)`."""
    known: set[Variable] = set()
    for call, scope, name in model.called(_TAILS):
        if name.startswith(f"{PACKAGE}.nn.functional."):
            yield call, scope
            continue
        target = getattr(model.parent(call), "targets", [None])[0]
        if isinstance(target, ast.Name):
            owner = model.resolve(scope, target.id)
            if owner is None or (owner, target.id) in known:
                continue
            known.add((owner, target.id))
            for node, here in model.references(owner, target.id):
                use = model.parent(node)
                if isinstance(use, ast.Call) and use.func is node:
                    yield use, here


def _is_output(model: Model, node: ast.expr, scope: Scope) -> bool:
    """Does a model compute this: `model(x)`, or a name for it?"""
    if isinstance(node, ast.Name):
        return _calls_match(model, scope, node.id, _MODEL)
    return isinstance(node, ast.Call) and _MODEL.fullmatch(last_name(node.func)) is not None


def _only_read(model: Model, found: Kept) -> bool:
    """Is the sum of no other use than to be looked at: `total.item()`, `print(total / n)`?"""
    target = found.target
    owner = model.resolve(found.scope, target.id) if isinstance(target, ast.Name) else None
    if owner is None or not isinstance(target, ast.Name):
        return False
    looked_at = False
    for node, _ in model.references(owner, target.id):
        parent = model.parent(node)
        while isinstance(parent, ast.BinOp):
            parent = model.parent(parent)
        if parent is found.site:
            continue
        read = isinstance(parent, ast.FormattedValue) or (
            isinstance(parent, ast.Call) and getattr(parent.func, "id", "") in READERS
        )
        if not read and not (isinstance(parent, ast.Attribute) and parent.attr in ("item", "detach", "data")):
            return False
        looked_at = True
    return looked_at


# -- what keeps them ----------------------------------------------------------------------------------------------


def _puts(model: Model, variable: Variable) -> Iterator[Kept]:
    """Where a variable is summed up or collected."""
    for node, scope in model.references(*variable):
        found = _put(model, node, scope, variable[1], None)
        if found is not None:
            yield found._replace(made=_last_before(model, variable, found.site))


def _put(model: Model, node: ast.expr, scope: Scope, name: str, made: ast.AST | None) -> Kept | None:
    """The statement that sums up or collects a tensor, or another tensor that is made of it."""
    child: ast.AST = node
    shown = False
    for _ in range(_MOST):
        parent = model.parent(child)
        if isinstance(parent, ast.Attribute):
            outer = model.parent(parent)
            if not isinstance(outer, ast.Call) or parent.attr not in KEEPING:
                return None
            child = outer
        elif isinstance(parent, (ast.BinOp, ast.UnaryOp)):
            child = parent
        elif isinstance(parent, (ast.Tuple, ast.List, ast.Dict)):
            child, shown = parent, True
        elif isinstance(parent, ast.AugAssign):
            added = isinstance(parent.op, (ast.Add, ast.Sub)) and child is parent.value
            return Kept(parent, scope, name, parent.target, made, shown) if added else None
        elif isinstance(parent, ast.Assign):
            target = parent.targets[0]
            summed = not shown and model.dotted(target) in _operands(model, parent.value)
            return Kept(parent, scope, name, target, made, False) if summed else None
        elif isinstance(parent, ast.Call) and isinstance(parent.func, ast.Attribute) and child in parent.args:
            collected = parent.func.attr in _COLLECTS or (shown and parent.func.attr == "extend")
            return Kept(parent, scope, name, parent.func.value, made, True) if collected else None
        else:
            return None
    return None


def _operands(model: Model, node: ast.expr) -> set[str]:
    """The names that are summed in an expression."""
    found, todo = set(), [node]
    for each in todo:
        if isinstance(each, ast.BinOp):
            if isinstance(each.op, (ast.Add, ast.Sub)):
                todo += [each.left, each.right]
        else:
            found.add(model.dotted(each))
    return found - {""}


def _leaks(model: Model, found: Kept, starts: Mapping[Variable, object], verdicts: dict[object, bool]) -> bool:
    """Does what keeps the tensor outlive the turn of the loop in which the tensor was made, and not let go?"""
    if not found.collected and _unrecorded(model, found.site):
        return False
    root: ast.expr = found.target
    while isinstance(root, ast.Subscript):
        root = root.value
    nested = root is not found.target
    loop = _loop(model, found)
    if isinstance(root, ast.Attribute):
        cls = model.class_of(root.value, found.scope)
        if cls is None:
            return False
        key = (cls, root.attr, loop, found.collected, nested)
        if key not in verdicts:
            verdicts[key] = _attribute_keeps(model, cls, root.attr, loop, found.collected, nested)
        return verdicts[key]
    owner = model.resolve(found.scope, root.id) if isinstance(root, ast.Name) else None
    if owner is None or not isinstance(root, ast.Name) or owner.kind == "class" or (owner, root.id) in starts:
        return False
    own = owner is (model.function(found.scope) or model.module)
    if own and loop is None:
        return False
    around = loop if own else None  # what stands further out outlives the call, whatever loops there are
    key = (owner, root.id, around, found.collected, nested)
    if key not in verdicts:
        verdicts[key] = _variable_keeps(model, (owner, root.id), around, found.collected, nested)
    return verdicts[key]


def _variable_keeps(model: Model, variable: Variable, around: ast.AST | None, collected: bool, nested: bool) -> bool:
    """Is a variable bound outside of the loop only, and not emptied in it?"""
    if len(model.bindings(*variable)) + len(model.references(*variable)) > _FAR:
        return False
    bound = [b for b in model.bindings(*variable) if not _is_sum(model, b.node)]
    if around is None:
        reaching, renewed = bound, len(bound) > 1
    else:
        reaching = [b for b in bound if position(b.node) < position(around)][-1:]
        renewed = any(_inside(model, b.node, around) for b in bound)
    if not reaching or renewed:
        return False
    if collected and not all(b.kind == "parameter" or _is_plain(b.value, nested) for b in reaching):
        return False
    return not any(
        _lets_go(model, node) and (around is None or _inside(model, node, around))
        for node, _ in model.references(*variable)
    )


def _attribute_keeps(
    model: Model, cls: Scope, attr: str, around: ast.AST | None, collected: bool, nested: bool
) -> bool:
    """Is an attribute neither renewed nor emptied: in the same loop, or, where there is none, in any method but
    `__init__`?"""
    stores = []
    members = model.family_members(cls, attr)
    if len(members) > _FAR:
        return False
    for node, scope in members:
        if isinstance(node.ctx, ast.Load):  # type: ignore[attr-defined]
            ends = _lets_go(model, node)
        else:
            ends = not _is_sum(model, node)
            if ends:
                stores.append(node)
        if not ends:
            continue
        function = model.function(scope)
        if around is not None:
            if _inside(model, node, around):
                return False
        elif function is not None and function.name != "__init__":
            return False
    return bool(stores) and (
        not collected or all(_is_plain(getattr(model.parent(node), "value", None), nested) for node in stores)
    )


def _is_sum(model: Model, node: ast.AST) -> bool:
    """Is this the target of `x += y` or `x = x + y`?"""
    parent = model.parent(node)
    if isinstance(parent, ast.Assign):
        return model.dotted(node) in _operands(model, parent.value)
    return isinstance(parent, ast.AugAssign)


def _lets_go(model: Model, node: ast.AST) -> bool:
    """`x.clear()`, `x[k].pop()`, `del x[:]`, `x[k] = 0`; and `x.backward()`, where the sum is what is trained on."""
    parent = model.parent(node)
    while isinstance(parent, ast.Subscript) and parent.value is node:
        if isinstance(parent.ctx, ast.Del) or (
            isinstance(parent.ctx, ast.Store) and isinstance(model.parent(parent), ast.Assign)
        ):
            return True
        node, parent = parent, model.parent(parent)
    return isinstance(parent, ast.Attribute) and (parent.attr in _LETS_GO or parent.attr in BACKWARD)


_CONTAINERS = frozenset({"list", "dict", "set", "deque", "defaultdict", "OrderedDict"})


def _is_plain(value: ast.expr | None, nested: bool) -> bool:
    """Is it a display or an empty container, which keeps what it is given as it is?"""
    if isinstance(value, ast.Call):
        empty = not value.args or (nested and last_name(value.func) == "defaultdict")
        return empty and not value.keywords and last_name(value.func) in _CONTAINERS
    return isinstance(value, (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp))


def _unrecorded(model: Model, node: ast.AST) -> bool:
    """Does `node` stand under `with torch.no_grad():`?"""
    for _, parent in model.ancestors(node):
        if isinstance(parent, (ast.With, ast.AsyncWith)):
            for item in parent.items:
                manager = item.context_expr
                if last_name(manager.func if isinstance(manager, ast.Call) else manager) in SWITCHES:
                    return True
    return False


def _loop(model: Model, found: Kept) -> ast.AST | None:
    """The innermost loop of the function in which the tensor is both made and kept."""
    for child, parent in model.ancestors(found.site):
        if isinstance(parent, _LOOPS) and found.made is not None and _inside(model, found.made, parent):
            if not parent.orelse or position(child) < position(parent.orelse[0]):
                return parent
    return None


def _inside(model: Model, node: ast.AST, around: ast.AST) -> bool:
    """Does `node` stand in the statement `around`?"""
    return any(parent is around for _, parent in model.ancestors(node))


def spelled(model: Model, target: ast.expr) -> str:
    """What keeps the tensor, as it is written, without subscripts."""
    while isinstance(target, ast.Subscript):
        target = target.value
    return model.dotted(target)
