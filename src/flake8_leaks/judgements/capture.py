"""What do functions that outlive a call keep of it?

A function that is made for a large value is ordinary: a lookup over a table, the objective of an optimizer, a data
loader, a handler that forwards a body. It needs all of the value, and whoever holds the function wants that. What is
worth a change is the function that needs one number, one column or the length of it: the cure is evident and safe.
In 22,000 files of 75 released packages seven functions outlive the call with a value that is evidently large, and
all of them are of the ordinary kind. So a function that uses the whole value counts only where it is added to a
collection that lives as long as the process, for a value that is large by annotation or origin, or by configuration.

Nor is it worth a change where something else keeps the value anyway (it is stored, returned, or given to an object
beside the function, or another function needs all of it), where it is written to later (an earlier read would be
another value), or where the code runs once.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from ..knowledge.containers import COLLECTION_PUTS, TAKES
from ..knowledge.large import (
    ATTRIBUTES,
    CHANGES,
    CONTENT,
    INDEXERS,
    LOOKS,
    MAKERS,
    NAMES,
    QUALIFIED,
    RAW,
    READ_METHODS,
    REDUCERS,
    REDUCTIONS,
    RUNNERS,
    RUNNING,
    SCHEDULERS,
    SCHEDULING,
    SHAPES,
    SMALL,
    TYPES,
    WHOLE,
)
from ..knowledge.listeners import LISTENERS, METHODS_WEAK, STRONG
from ..knowledge.resources import RETURNS
from ..knowledge.values import PARTIALS
from ..model import FUNCTION, LastNames, Model, Place, Reference, Scope, Use
from ..model.binding import defaults
from ..model.scope import LAMBDA
from ..rule import File
from .pattern import Pattern
from .repeats import IMPORT, ONCE, decorates, repeats

_NAME = Pattern(NAMES)
_CONTENT = Pattern(CONTENT)
_PARTIALS = LastNames(PARTIALS)
_MAKERS = LastNames(MAKERS)
_REDUCERS = LastNames(REDUCERS)
_STRONG = frozenset(name for name, row in LISTENERS.items() if row[0] in (STRONG, METHODS_WEAK))
_PUTS = (COLLECTION_PUTS | {"setdefault"}) - {"put", "put_nowait"}  # a queue hands on
_MOST = 20  # how many parts of a key are looked at
_MOST_READS = 100  # a local that is read more often is not followed: each function that it holds would follow it anew

# How a function outlives the call: not at all, by being returned, by being kept somewhere, by being added to a
# collection that lives as long as the process.
DIES, RETURNED, KEPT, PILED = range(4)

PART_CURE = "capture only what it needs of it"
WHOLE_CURE = "give it what it needs when it is called, or take it out when it is done"


class Capture:
    """A large value that a function, lambda, partial or bound method keeps beyond the call.

    name: the captured name. owner: the function whose call it comes from. node: what outlives that call.
    kind: how a message speaks of it. evidence: why the value is taken to be large. cure: what to do, in words.
    """

    __slots__ = ("cure", "evidence", "kind", "name", "node", "owner")

    def __init__(self, name: str, owner: Scope, node: ast.AST, kind: str, evidence: str, cure: str) -> None:
        self.name = name
        self.owner = owner
        self.node = node
        self.kind = kind
        self.evidence = evidence
        self.cure = cure


class _Holder(NamedTuple):
    """What may keep a value: a function or lambda (its scope), or a partial or bound method (no scope).

    node: the definition or expression. reads: where the function reads the value, empty for what keeps all of it.
    """

    node: ast.AST
    scope: Scope | None
    reads: list[Reference]


def large_captures(file: File) -> Iterator[Capture]:
    """The functions of a file that outlive a call and needlessly hold a large parameter or local of it."""
    spoken: set[ast.AST] = set()
    for owner, name in _suspects(file):
        if not _may_be_large(file, owner, name) or file.model.receiver(owner) == name:
            continue
        evidence = largeness(file, owner, name)
        if not evidence or _runs_once(file.model, owner):
            continue
        for holder, cure in _needless(file, owner, name, evidence):
            if holder.node not in spoken:
                spoken.add(holder.node)
                yield Capture(name, owner, holder.node, _kind(file.model, holder), evidence, cure)


def _runs_once(model: Model, owner: Scope) -> bool:
    """Is this set-up code? What takes a large value is no decorator, even where it looks like one."""
    answer = repeats(model, owner).answer
    return answer == IMPORT or (answer == ONCE and not decorates(model, owner))


def _suspects(file: File) -> Iterator[tuple[Scope, str]]:
    """(function, name) of the parameters and locals that a function inside, a partial or a bound method may hold."""
    model = file.model
    makers: list[Scope | None] = []
    if model.nested():
        makers += [model.function(scope.enclosing or scope) for scope in model.nested()]
    if model.may_call(_PARTIALS):
        makers += [model.function(inner) for _, inner, _ in model.called(_PARTIALS)]
    owners = {owner: None for owner in makers if owner is not None} if makers else {}
    for owner in owners:
        for name in owner.bound:
            yield owner, name
    for put in model.call_names & _PUTS:
        for call, inner in model.calls(put):
            for argument in call.args:
                if isinstance(argument, ast.Attribute) and isinstance(argument.value, ast.Name):
                    source = model.resolve(inner, argument.value.id)
                    if source is not None and source.kind == FUNCTION and source not in owners:
                        yield source, argument.value.id


def _kind(model: Model, holder: _Holder) -> str:
    if holder.scope is not None:
        return "a lambda" if holder.scope.kind == LAMBDA else f"'{holder.scope.name}'"
    return "a partial" if isinstance(holder.node, ast.Call) else f"the bound method '{model.dotted(holder.node)}'"


# -- is it large? -----------------------------------------------------------------------------------------------------


def largeness(file: File, owner: Scope, name: str) -> str:
    """Why a parameter or local is taken to hold a large object; "" where nothing says so."""
    return file.model.keep(("large", owner, name), lambda: _largeness(file, owner, name))


def _may_be_large(file: File, owner: Scope, name: str) -> bool:
    """A look at the words alone, for the many that are not."""
    model = file.model
    for node in owner.bound[name]:
        around = node if isinstance(node, ast.arg) else model.parent(node)
        if isinstance(around, (ast.arg, ast.AnnAssign)) and around.annotation is not None:
            return bool(_annotated(model, around.annotation, owner, name))
        if isinstance(around, ast.arg):
            if name in _used_as_large(model) or name in file.options.large_names or _NAME.fullmatch(name):
                return True
        elif isinstance(around, (ast.Assign, ast.NamedExpr)) and isinstance(around.value, (ast.Call, ast.Await)):
            if _making(model):
                return True
    return False


def _making(model: Model) -> bool:
    """Does anything in the file make or read something large?"""
    return model.keep("making", lambda: bool(_made(model)) or any(model.calls(tail) for tail in READ_METHODS))


def _made(model: Model) -> dict[ast.Call, str]:
    """The calls that make something large, with the names of what they call."""
    return model.keep("large calls", lambda: {call: name for call, _, name in model.called(_MAKERS)})


def _largeness(file: File, owner: Scope, name: str) -> str:
    model = file.model
    bindings = model.bindings(owner, name)
    made = _made(model)
    annotated = False
    for binding in bindings:
        annotation = model.annotation(binding.node)
        annotated = annotated or annotation is not None
        tail = _annotated(model, annotation, owner, name) if annotation is not None else ""
        if tail:
            return f"a {tail} by its annotation"
        value = binding.value.value if isinstance(binding.value, ast.Await) else binding.value
        if isinstance(value, ast.Call) and binding.kind != "parameter":
            if value in made and not _is_small(value):
                return f"it comes from {made[value]}()"
            tail = value.func.attr if isinstance(value.func, ast.Attribute) else ""
            if tail in READ_METHODS and not value.args and not value.keywords:
                return f"it comes from .{tail}()"
    if annotated or not any(b.kind == "parameter" for b in bindings):
        return ""
    if name in _used_as_large(model):
        for node, scope in model.references(owner, name):
            use = _large_use(model, node, scope)
            if use:
                return f"large by its use, {use}"
    if name in file.options.large_names or _NAME.fullmatch(name):
        return "large by its name"
    return ""


def _used_as_large(model: Model) -> frozenset[str]:
    """The words of which something is asked that only large values have; a word may mean more than one variable."""

    def words() -> frozenset[str]:
        nodes: list[ast.expr] = [node.value for attr in ATTRIBUTES | SHAPES for node in model.attribute_nodes(attr)]
        nodes += [call.args[0] for call, _, _ in model.called(_REDUCERS) if call.args]
        return frozenset(node.id for node in nodes if isinstance(node, ast.Name))

    return model.keep("used as large", words)


def _large_use(model: Model, node: ast.expr, scope: Scope) -> str:
    parent = model.parent(node)
    if isinstance(parent, ast.Attribute) and (parent.attr in ATTRIBUTES or parent.attr in SHAPES):
        return f".{parent.attr}"
    if isinstance(parent, ast.Call) and parent.args and parent.args[0] is node:
        return next((f"{name}()" for name in sorted(model.qualnames(parent.func, scope) & REDUCERS)), "")
    return ""


def _is_small(call: ast.Call) -> bool:
    """`numpy.zeros(3)`"""
    size = getattr(call.args[0], "value", None) if call.args else None
    return isinstance(size, int) and size < 1_000


def _annotated(model: Model, annotation: ast.expr, scope: Scope, name: str) -> str:
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
        if model.qualnames(annotation, scope) & QUALIFIED:
            return tail
    return tail if tail in TYPES or (tail in RAW and _CONTENT.fullmatch(name)) else ""


# -- who holds it, and does that need all of it? ----------------------------------------------------------------------


def _needless(file: File, owner: Scope, name: str, evidence: str) -> Iterator[tuple[_Holder, str]]:
    """What keeps a value although it need not, with the cure."""
    model = file.model
    own, holders = _holders(model, owner, name)
    fates = [(holder, fate) for holder in holders if (fate := _fate_of(file, holder, owner))]
    if not fates:
        return
    whole = [(holder, fate) for holder, fate in fates if not _needs_part(model, holder)]
    named = name in file.options.large_names
    sure = evidence.startswith(("a ", "it comes from ")) and "from ." not in evidence
    for holder, fate in whole:
        if named or (sure and fate == PILED):
            yield holder, WHOLE_CURE
    if whole or _is_kept_anyway(model, own):
        return
    for holder, _ in fates:
        if not _changes_later(model, owner, name, holder):
            yield holder, PART_CURE


def _holders(model: Model, owner: Scope, name: str) -> tuple[list[Reference], list[_Holder]]:
    """The reads of a name in the call itself, and what it makes that keeps the value."""
    own: list[Reference] = []
    inside: dict[Scope, list[Reference]] = {}
    others: list[_Holder] = []
    for reference in model.references(owner, name):
        scope = _outermost(reference.scope, owner)
        if scope is not None:
            inside.setdefault(scope, []).append(reference)
            continue
        other = _default_of(model, reference.node) or _bound_by(model, reference)
        if other is not None:
            others.append(other)
        else:
            own.append(reference)
    return own, [_Holder(scope.node, scope, reads) for scope, reads in inside.items()] + others


def _outermost(scope: Scope, owner: Scope) -> Scope | None:
    """The function directly inside of `owner` in which `scope` lies; None for what runs in its own call."""
    found = None
    here: Scope | None = scope
    while here is not None and here is not owner:
        if here.kind in (FUNCTION, LAMBDA):
            found = here
        here = here.parent
    return found


def _default_of(model: Model, node: ast.expr) -> _Holder | None:
    """The function of which a read is the default of a parameter: `lambda df=df: ...`."""
    arguments = model.parent(node)
    if not isinstance(arguments, ast.arguments):
        return None
    function = model.parent(arguments)
    scope = model.opened(function) if function is not None else None
    if scope is None or function is None:
        return None
    names = model.keep(("defaults", function), lambda: {value: arg.arg for arg, value in defaults(function)})
    name = names.get(node)
    return None if name is None else _Holder(function, scope, list(model.references(scope, name)))


def _bound_by(model: Model, reference: Reference) -> _Holder | None:
    """The partial that a read is an argument of, or the bound method that is taken of it as a value."""
    around = model.parent(reference.node)
    outer = model.parent(around) if around is not None else None
    if isinstance(around, ast.Attribute) and isinstance(around.ctx, ast.Load):
        handed = isinstance(outer, ast.Call) and outer.func is not around and around.attr not in SMALL
        return _Holder(around, None, []) if handed else None
    call = outer if isinstance(around, ast.keyword) else around
    if isinstance(call, ast.Call) and call.func is not reference.node and len(call.args) + len(call.keywords) > 1:
        if model.qualnames(call.func, reference.scope) & PARTIALS and call.args[:1] != [reference.node]:
            return _Holder(call, None, [])
    return None


def _needs_part(model: Model, holder: _Holder) -> bool:
    """Does a function read nothing of the value but what could be read before?"""
    scope = holder.scope
    return scope is not None and bool(holder.reads) and all(_is_part(model, read, scope) for read in holder.reads)


def _is_part(model: Model, read: Reference, holder: Scope) -> bool:
    """Is a small part of the value read that doesn't depend on what the function is given: `df["price"].max()`?"""
    node: ast.AST = read.node
    for _ in range(_MOST):
        parent = model.parent(node)
        outer = model.parent(parent) if parent is not None else None
        if isinstance(parent, ast.Attribute):
            if not isinstance(parent.ctx, ast.Load):
                return False
            if isinstance(outer, ast.Call) and outer.func is parent:
                arguments = [*outer.args, *(k.value for k in outer.keywords)]
                return parent.attr in REDUCTIONS and all(_is_fixed(model, a, read.scope, holder) for a in arguments)
            if parent.attr in INDEXERS:
                taken = isinstance(outer, ast.Subscript) and outer.value is parent
                return taken and _is_fixed_key(model, outer, read.scope, holder)  # type: ignore[arg-type]
            if parent.attr not in WHOLE:
                return parent.attr in SMALL or not isinstance(outer, ast.Call)  # a bound method may be handed on
            node = parent
            continue
        if isinstance(parent, ast.Subscript) and parent.value is node:
            return _is_fixed_key(model, parent, read.scope, holder)
        if isinstance(parent, ast.Call) and parent.args and parent.args[0] is node:
            names = model.qualnames(parent.func, read.scope)
            rest = [*parent.args[1:], *(k.value for k in parent.keywords)]
            return bool(names & (LOOKS | REDUCERS)) and all(_is_fixed(model, a, read.scope, holder) for a in rest)
        if isinstance(parent, ast.Compare):
            return isinstance(parent.ops[0], (ast.Is, ast.IsNot))
        return False
    return False


def _is_fixed_key(model: Model, node: ast.Subscript, scope: Scope, holder: Scope) -> bool:
    """`["price"]`, `[0]`, `[column]` with a column of the outer function, `[:10]`"""
    if not isinstance(node.ctx, ast.Load):
        return False
    if isinstance(node.slice, ast.Slice):
        return isinstance(node.slice.upper, ast.Constant) and node.slice.step is None
    return _is_fixed(model, node.slice, scope, holder)


def _is_fixed(model: Model, node: ast.expr, scope: Scope, holder: Scope) -> bool:
    """Is an expression a constant, or a name that the function doesn't bind itself, or a few of them?"""
    for part in node.elts[:_MOST] if isinstance(node, (ast.Tuple, ast.List)) else (node,):
        inner = part.operand if isinstance(part, ast.UnaryOp) else part
        if isinstance(inner, ast.Constant):
            continue
        if not isinstance(inner, ast.Name):
            return False
        owner = model.resolve(scope, inner.id)
        here = holder.parent
        while here is not None and here is not owner:
            here = here.parent
        if owner is not None and here is None:
            return False
    return True


def _is_kept_anyway(model: Model, own: list[Reference]) -> bool:
    """Does the call itself hand the value on to what may keep it: store it, return it, give it to an object?"""
    for use in model.trace(own):
        if use.steps:
            continue
        if use.verb in ("store", "return", "yield") or (use.verb == "alias" and _is_global(model, use)):
            return True
        if use.verb == "display" and not isinstance(model.parent(use.site), ast.Call):
            return True
        if use.verb == "argument" and isinstance(use.site, ast.Call):
            written = model.dotted(use.site.func)
            root, _, _ = written.partition(".")
            makes = written.rpartition(".")[2][:1].isupper() and not model.qualnames(use.site.func, use.scope) & MAKERS
            if makes or root in ("self", "cls", "super", ""):
                return True
    return False


def _changes_later(model: Model, owner: Scope, name: str, holder: _Holder) -> bool:
    """Is the name bound anew, or the value written to, after the function was made? Then it reads what is newest."""
    made = getattr(holder.node, "lineno", 0)
    changes = model.keep(("changes", owner, name), lambda: _changes(model, owner, name))
    return changes > made


def _changes(model: Model, owner: Scope, name: str) -> float:
    """The last line in which the name is bound or its value is written to; infinite for what a function inside does."""
    last = 0.0
    for binding in model.bindings(owner, name):
        elsewhere = binding.kind != "parameter" and model.function(model.scope(binding.node)) is not owner
        if elsewhere or binding.kind in ("augmented", "delete", "loop"):
            return float("inf")
        last = max(last, getattr(binding.node, "lineno", 0))
    for node, scope in model.references(owner, name):
        parent = model.parent(node)
        written = isinstance(parent, (ast.Subscript, ast.Attribute)) and not isinstance(parent.ctx, ast.Load)
        if isinstance(parent, ast.Attribute) and not written:
            outer = model.parent(parent)
            called = isinstance(outer, ast.Call) and outer.func is parent
            indexed = isinstance(outer, ast.Subscript) and parent.attr in INDEXERS | WHOLE
            written = (called and (parent.attr in CHANGES or parent.attr.endswith("_"))) or (
                indexed and not isinstance(outer.ctx, ast.Load)  # type: ignore[union-attr]
            )
        if written:
            if model.function(scope) is not owner:
                return float("inf")
            last = max(last, node.lineno)
    return last


# -- does it outlive the call? ----------------------------------------------------------------------------------------


def _fate_of(file: File, holder: _Holder, owner: Scope) -> int:
    """How a function, partial or bound method outlives the call."""
    known: dict[ast.AST, int] = file.kept.setdefault("fates of functions", {})
    if holder.node not in known:
        model = file.model
        if isinstance(holder.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            name = holder.node.name
            references = model.references(owner, name) if name in owner.bound else []
        else:
            assert isinstance(holder.node, ast.expr)
            references = [Reference(holder.node, model.scope(holder.node))]
        fate = _fate(model, references, holder.scope)
        if fate == RETURNED and model.keep(("used up", owner), lambda: _is_used_up(model, owner)):
            fate = DIES
        known[holder.node] = fate
    return known[holder.node]


def _is_used_up(model: Model, maker: Scope) -> bool:
    """Is this a helper of the file whose callers use what it returns up?"""
    cls, around = model.method_of(maker), maker.enclosing
    if maker.kind != FUNCTION or around is None or not (maker.name.startswith("_") or around.kind == FUNCTION):
        return False
    references = model.family_members(cls, maker.name) if cls is not None else model.references(around, maker.name)
    calls = []
    for node, scope in references:
        call = model.parent(node)
        if not isinstance(call, ast.Call) or call.func is not node:
            return False
        calls.append(Reference(call, scope))
    return bool(calls) and _fate(model, calls, None) == DIES


def _fate(model: Model, references: list[Reference], function: Scope | None) -> int:
    """The strongest of the ways in which a value outlives the call; function: what it is, for threads that run it."""
    found = DIES
    todo = list(references)
    followed: set[object] = set()
    while todo:
        uses = model.trace(todo)
        todo = []
        for use in uses:
            if use.steps:
                continue
            fate, more = _fate_by(model, use, function)
            found = max(found, fate)
            for key, further in more:
                if key not in followed:
                    followed.add(key)
                    todo += further
    return found


_More = list[tuple[object, list[Reference]]]


def _fate_by(model: Model, use: Use, function: Scope | None) -> tuple[int, _More]:
    """What one use says, and the expressions that now hold the function as well."""
    site = use.site
    if use.verb == "return":
        return (RETURNED, []) if isinstance(site, ast.Return) else (DIES, [])
    if use.verb == "alias":
        if _is_global(model, use):
            return KEPT, []
        targets = getattr(site, "targets", None) or [getattr(site, "target", None)]
        names = [t for t in targets if isinstance(t, ast.Name)]
        return DIES, [each for name in names for each in _of_local(model, model.resolve(use.scope, name.id), name.id)]
    if use.verb == "display" and isinstance(site, ast.expr):
        return DIES, [(site, [Reference(site, use.scope)])]
    if use.verb == "store" and isinstance(site, (ast.Assign, ast.AnnAssign)):
        targets = site.targets if isinstance(site, ast.Assign) else [site.target]
        places = [
            _put(model, t, use.scope, isinstance(t, ast.Subscript)) for t in targets if not isinstance(t, ast.Name)
        ]
        return max(fate for fate, _ in places), [each for _, more in places for each in more]
    if use.verb == "argument" and isinstance(site, ast.Call):
        return _given(model, site, use.scope, function)
    if use.verb == "call" and isinstance(site, ast.Call):
        task = model.parent(site)
        if isinstance(task, ast.Call) and site in task.args and _runs(model, task, use.scope):
            return (KEPT, []) if function is not None and _loops_for_ever(function) else (DIES, [])
    return DIES, []


def _is_global(model: Model, use: Use) -> bool:
    """`current = value` after `global current`"""
    names = [target for target in getattr(use.site, "targets", ()) if isinstance(target, ast.Name)]
    return any(model.resolve(use.scope, target.id) is model.module for target in names)


def _given(model: Model, call: ast.Call, scope: Scope, function: Scope | None) -> tuple[int, _More]:
    """What becomes of a function that is an argument. Most callees use it and forget it."""
    tail = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    names = model.callee(call, scope, RETURNS)
    if names & PARTIALS:
        return DIES, [(call, [Reference(call, scope)])]
    if tail in _PUTS and isinstance(call.func, ast.Attribute) and not names:
        return _put(model, call.func.value, scope, True)
    if names & (_STRONG | SCHEDULERS) or (not names and tail in SCHEDULING):
        return KEPT, []
    if not names and f".{tail}" in _STRONG and isinstance(call.func, ast.Attribute):
        return _put(model, call.func.value, scope, False)
    if _runs(model, call, scope):
        return (KEPT, []) if function is not None and _loops_for_ever(function) else (DIES, [])
    return DIES, []


def _runs(model: Model, call: ast.Call, scope: Scope) -> bool:
    names = model.callee(call, scope, RETURNS)
    return bool(names & RUNNERS) or (isinstance(call.func, ast.Attribute) and call.func.attr in RUNNING)


def _put(model: Model, place: ast.expr, scope: Scope, element: bool) -> tuple[int, _More]:
    """What becomes of a function that is put into a place: an attribute, or an element of a container."""
    root: ast.expr = place
    for _ in range(_MOST):
        if isinstance(root, (ast.Attribute, ast.Subscript)):
            root = root.value
    owner = model.resolve(scope, root.id) if isinstance(root, ast.Name) else None
    if owner is None or not isinstance(root, ast.Name):
        return DIES, []
    if owner.kind not in (FUNCTION, LAMBDA) or root.id == "cls":
        container = place.value if isinstance(place, ast.Subscript) else place
        held = model.held(container, scope) if element else None
        return (PILED, []) if held is not None and not _is_emptied(model, held) else (KEPT, [])
    if all(binding.kind == "parameter" for binding in model.bindings(owner, root.id)):
        return KEPT, []
    return DIES, _of_local(model, owner, root.id)


def _of_local(model: Model, owner: Scope | None, name: str) -> _More:
    """The reads of a local that holds the function: it may leave in its turn."""
    references = model.references(owner, name) if owner is not None else []
    return [((owner, name), references)] if len(references) < _MOST_READS else []


def _is_emptied(model: Model, place: Place) -> bool:
    def answer() -> bool:
        return any(use.verb in TAKES or use.verb == "=" for use in model.uses(place))

    return model.keep(("emptied", place.owner, place.name), answer)


def _loops_for_ever(function: Scope) -> bool:
    """`while True:` without an end"""
    todo = list(getattr(function.node, "body", ())) if function.kind == FUNCTION else []
    for statement in todo:
        if isinstance(statement, ast.While) and isinstance(statement.test, ast.Constant) and statement.test.value:
            return not any(isinstance(each, (ast.Return, ast.Break)) for each in statement.body)
        if isinstance(statement, (ast.With, ast.AsyncWith, ast.Try, ast.If)):
            todo += statement.body
    return False
