"""Which registrations pile up?

A registration leaks when it runs again and again, adds one more entry each time, holds it strongly, with something
that outlives the call, and nothing in the file takes it out.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from ..knowledge.listeners import ADDS, EXIT_STACKS, LOG_FILES, SAME, UNWINDING
from ..model import LastNames, Model, Reference, Scope
from ..model.scope import FUNCTION
from ..rule import File
from .pairing import tail, undone
from .pattern import Pattern
from .registrations import FRESH, METHOD, Registration, is_container, is_strong, kind, registrations, root, target
from .repeats import ARRIVALS, MANY, arrival, repeats

# What says that a function runs for each connection, where `repeats` knows of none.
_CONNECTIONS = frozenset("connection conn client session peer socket sock channel".split())
# A handler of signals mostly ends the process. What is called when an object begins is called once for it, and what it
# registers with itself then dies with it.
_SIGNALS = Pattern(r"\w*(sig|signal)_handler")
_BIRTHS = Pattern(r"_*on_?(mount|start|startup|init|load|ready|create|attach|enter|open)(ed)?")
_LOG_FILES = LastNames(LOG_FILES)


class Pile:
    """Something that piles up: the call, the function that runs again and again, the name of what is called; and, for
    the message, what it adds, why that stays, and the cheapest fix."""

    __slots__ = ("adds", "call", "cure", "function", "name", "why")

    def __init__(self, call: ast.Call, function: Scope, name: str, adds: str, why: str, cure: str) -> None:
        self.call = call
        self.function = function
        self.name = name
        self.adds = adds
        self.why = why
        self.cure = cure


def piles(file: File) -> Iterator[Pile]:
    """All that piles up."""
    model = file.model
    for found in piling(file) if registrations(file) else ():
        function = model.function(found.scope)
        assert function is not None
        name = model.dotted(found.call.func) or found.name.removeprefix(".")
        yield Pile(found.call, function, name, "adds one more listener", _UNREMOVED, cure(found))
    for call, function, stack in () if model.call_names.isdisjoint(UNWINDING) else unwound_late(file):
        why = f"'{stack}' unwinds only when its object ends"
        todo = "release it in a finally block, or on an exit stack of the call"
        yield Pile(call, function, model.dotted(call.func), "keeps one more callback", why, todo)
    for call, function in log_files(file) if "addHandler" in model.call_names else ():
        name = model.dotted(call.func) or "addHandler"
        todo = "close and remove the handlers of the logger first"
        yield Pile(call, function, name, "adds one more handler with an open file", _UNREMOVED, todo)


_UNREMOVED = "nothing in this module removes it"


def piling(file: File) -> Iterator[Registration]:
    """The registrations of a file that add one more listener each time they run, and that nothing removes."""
    model = file.model
    for found in registrations(file):
        function = model.function(found.scope)
        if function is None or _SIGNALS.fullmatch(function.name) or not adds_one_more(model, found, function):
            continue
        if model.keep(("flagged", function), partial(_flagged, model, function)):
            continue
        if is_container(found):
            taken = undone(file, found)
        else:
            taken = any(model.mentions(tail(u)) for u in found.undo if not u.startswith("<result>"))
        if not taken:
            yield found


def adds_one_more(model: Model, found: Registration, function: Scope) -> bool:
    """Does a registration run once a request, event or message, and add an entry that stays?

    Without a sign that it repeats most are set-up code: of 22 registrations that were read in 30 released packages none
    piled up.
    """
    often = repeats(model, found.scope).answer == MANY
    # What is put into a container of requests is for the rules on accumulation.
    if often is is_container(found) or (is_container(found) and not _per_connection(model, found, function)):
        return False
    what = kind(model, found.callback, found.scope)
    if found.again not in (ADDS, SAME) or (found.again == SAME and what not in (FRESH, METHOD)):
        return False
    return is_strong(found, what) and _outlives(model, found) and not _kept_or_guarded(model, found.call)


def _per_connection(model: Model, found: Registration, function: Scope) -> bool:
    """Does a function that is given a connection hand what it defines itself to something else that it is given?"""
    inner = model.defined(found.callback, found.scope)
    receiver = root(target(model, found) or found.call)
    if inner is None or inner.enclosing is not function or receiver is None:
        return False
    given = _parameters(function)
    return receiver.id in given - _CONNECTIONS - ARRIVALS and bool(given & _CONNECTIONS)


def _parameters(function: Scope) -> set[str]:
    arguments = function.node.args  # type: ignore[attr-defined]
    return {a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}


def _outlives(model: Model, found: Registration) -> bool:
    """Does what is registered with live longer than the call? What the function made itself does not."""
    call, scope = found.call, found.scope
    receiver: ast.expr = call.func
    if model.qualnames(call.func, scope):
        # A function of a module: its registry is the process's, or belongs to its first argument.
        if not call.args or call.args[0] is found.callback or isinstance(call.args[0], ast.Constant):
            return True
        receiver = call.args[0]
    name = root(receiver)
    if name is None:
        return False
    owner = model.resolve(scope, name.id)
    if owner is None or owner is model.module:
        return True
    function = model.function(scope)
    if function is not None and _BIRTHS.fullmatch(function.name) and model.class_of(name, scope) is not None:
        return False
    # What arrives (`request.on("close", ...)`) goes again, with its listeners.
    arrived = name.id in ARRIVALS and isinstance(receiver, ast.Attribute) and receiver.value is name
    return not arrived and all(b.kind == "parameter" for b in model.bindings(owner, name.id))


# Arguments that make a registration fire once, replace its like, or end with a token.
_TOKENS = frozenset({"once", "unique_id", "dispatch_uid", "replace_existing", "signal", "cancel_token"})


def _kept_or_guarded(model: Model, call: ast.Call) -> bool:
    """Is the result kept (it may be the undo), is it a once-only registration, or does a test keep it from running
    twice?"""
    if any(k.arg in _TOKENS for k in call.keywords):
        return True
    for child, parent in model.ancestors(call):
        if isinstance(parent, (ast.Expr, ast.Await)):
            continue
        if isinstance(parent, ast.If) and child in parent.body and _asks_whether_done(parent.test):
            return True
        if isinstance(parent, (ast.expr, ast.withitem, ast.Assign, ast.AnnAssign, ast.Return)):
            return True
    return False


def _asks_whether_done(test: ast.expr) -> bool:
    """`if not x:`, `if x is None:`, `if k not in x:`, `if len(x) == 0:`"""
    if isinstance(test, ast.Compare):
        counted = isinstance(test.left, ast.Call) and getattr(test.left.func, "id", "") == "len"
        return counted or isinstance(test.ops[0], (ast.Is, ast.NotIn))
    return isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)


def _flagged(model: Model, function: Scope) -> bool:
    """`if self.connected: return`, and further down `self.connected = True`"""
    body = getattr(function.node, "body", [])
    tests = [s.test for s in body if isinstance(s, ast.If) and isinstance(s.body[-1], ast.Return)]
    flags = {model.dotted(test) for test in tests} - {""}
    stores = [t for s in body if isinstance(s, ast.Assign) for t in s.targets]
    return any(model.dotted(target) in flags for target in stores)


def cure(found: Registration) -> str:
    """The cheapest fix, in words."""
    removal = found.removal
    if found.once:
        return f"use {found.once}() if it is to fire once, or remove it with {removal}()"
    if removal:
        return f"register once at start-up, or remove it with {removal}()"
    if found.undo:
        return "keep what it returns and undo it when done"
    return "it cannot be undone: register once, at import"


# -- exit stacks that live longer than the call --------------------------------------------------------------------


def unwound_late(file: File) -> Iterator[tuple[ast.Call, Scope, str]]:
    """What is pushed per request on an exit stack that the object keeps: (call, function, stack)."""
    model = file.model
    first: dict[tuple[Scope, str], ast.Call] = {}
    for verb in UNWINDING:
        for call, scope in model.calls(verb):
            stack = call.func.value if isinstance(call.func, ast.Attribute) else None
            function = model.function(scope)
            if not isinstance(stack, ast.Attribute) or function is None or model.class_of(stack.value, scope) is None:
                continue
            if not arrival(function) or repeats(model, scope).answer != MANY or not _is_kept_stack(model, stack, scope):
                continue
            other = first.get((function, stack.attr), call)
            first[function, stack.attr] = min(call, other, key=lambda each: (each.lineno, each.col_offset))
    for (function, attr), call in first.items():
        yield call, function, f"self.{attr}"


def _is_kept_stack(model: Model, stack: ast.Attribute, scope: Scope) -> bool:
    """Does an object keep an exit stack, made elsewhere and unwound elsewhere?"""
    cls = model.class_of(stack.value, scope)
    place = model.attribute(cls, stack.attr) if cls is not None else None
    made = [model.types(value, model.scope(value)) for value in place.values] if place is not None else []
    if cls is None or not any(name in EXIT_STACKS for names in made for name in names):
        return False
    members = model.family_members(cls, stack.attr)

    def unwinding() -> set[Scope]:
        ctxs = ((m, m.node.ctx) for m in members)  # type: ignore[attr-defined]
        return {m.scope for m, ctx in ctxs if not isinstance(ctx, ast.Load) or _is_unwound(model, m)}

    return scope not in model.keep(("unwound in", model.family(cls)[0], stack.attr), unwinding)


def _is_unwound(model: Model, member: Reference) -> bool:
    parent = model.parent(member.node)
    return isinstance(parent, ast.withitem) or getattr(parent, "attr", "") in ("close", "aclose", "pop_all")


# -- log handlers that open a file per call ------------------------------------------------------------------------


def log_files(file: File) -> Iterator[tuple[ast.Call, Scope]]:
    """Handlers that open a file and are added to a shared logger each time a function is called with a name:
    (addHandler call, function). Silent where the file looks at what handlers there are, or removes one."""
    model = file.model
    adding = model.calls("addHandler")
    if (
        not adding
        or model.attribute_nodes("handlers")
        or model.mentions("removeHandler")
        or model.mentions("hasHandlers")
    ):
        return
    makers = {call: scope for call, scope, _ in model.called(_LOG_FILES)} if adding else {}
    for call, scope in adding:
        function = model.function(scope)
        if function is None or len(call.args) != 1 or function.kind != FUNCTION or _kept_or_guarded(model, call):
            continue
        made = _makers(model, call.args[0], scope)
        used = {n.id for m in made for a in m.args[:1] for n in ast.walk(a) if isinstance(n, ast.Name)}
        parameters = _parameters(function)
        if any(m in makers for m in made) and used & parameters and _is_shared(model, call, scope, used & parameters):
            yield call, function


def _makers(model: Model, node: ast.expr, scope: Scope) -> list[ast.Call]:
    """The calls that may have made a handler."""
    if isinstance(node, ast.Call):
        return [node]
    owner = model.resolve(scope, node.id) if isinstance(node, ast.Name) else None
    if owner is None or owner is not model.function(scope):
        return []
    values = [binding.value for binding in model.bindings(owner, node.id)]  # type: ignore[attr-defined]
    return [value for value in values if isinstance(value, ast.Call)]


def _is_shared(model: Model, call: ast.Call, scope: Scope, names: set[str]) -> bool:
    """Is the logger the same for all calls: a global, or one that is got by a name which is not given?"""
    logger = call.func.value if isinstance(call.func, ast.Attribute) else None
    if isinstance(logger, ast.Name):
        owner = model.resolve(scope, logger.id)
        if owner is None or owner is model.module:
            return True
        bound = [b.value for b in model.bindings(owner, logger.id) if b.kind == "assign"]
        logger = bound[0] if len(bound) == 1 else None
    if not isinstance(logger, ast.Call) or getattr(logger.func, "attr", getattr(logger.func, "id", "")) not in (
        "getLogger",
        "get_logger",
    ):
        return False
    return all(isinstance(argument, (ast.Constant, ast.Name)) for argument in logger.args) and not any(
        isinstance(argument, ast.Name) and model.resolve(scope, argument.id) is not model.module
        for argument in logger.args
    )
