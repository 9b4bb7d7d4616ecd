"""Does a container on an instance only grow, and does the instance live long enough for it to matter?

In finished code most instance containers that grow and never shrink are an object's product, or die with it: of 40
drawn at random 9 were leaks, and with nothing but a long-lived owner 7 of 44. So a default code speaks on strong
evidence only, and the message names it. Strong, for a mapping:

- sibling: another container of the object gets the same key in the same function, and loses keys (4 of 5 leaks);
- fresh key: the key is made in the call (a uuid, a random text, the time, a counter), so no two calls share an entry;
- unread: nothing in the file reads a private container, so nothing would miss its entries;
- lock: each key gets a lock, an event, a queue or a future, which nobody ends;
- arrival: a handler keeps what arrives, by its identity, on an object that lives long (11 of 15 leaks).

For a list or set: weak references that nothing prunes, unread, sibling, and arrival. Against, all of it: the container
is read as a whole, its size is compared, the class is short-lived by name, base or kind, the keys are a handful.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from ..knowledge.lifetimes import FRESH, WAITED_FOR, WEAK_REFERENCES
from ..model import Model, Scope, Use
from ..rule import At, File
from .containers import COLLECTION, MAPPING, added, value_put
from .families import only_made, outermost, reads_all
from .growth import Leak, growing
from .keys import same
from .longevity import Life, is_read_elsewhere, life
from .pattern import Pattern
from .reach import END_ONLY, FINAL, WORKING, is_product, loses_one, reaches
from .repeats import ARRIVALS, MANY, repeats
from .tasks import spawned
from .traffic import Traffic, containers, factory

# What a program meets without end, and each once or for a while.
_IDENTITY = Pattern(
    r"(.*_)?(id|uid|uuid|guid|sid|pid|jid|key|token|session|nonce|fingerprint|cookie|email|url|uri|topic|"
    r"addr|address|ip|peer|user|username|client|conn|connection|ws|websocket|channel|chat|room|message|msg|request|req|"
    r"job|task|order|query|subscription|seq|serial|stamp|timestamp)"
)


# How many containers that get a key in one function are compared.
_MOST = 20
# (what speaks for a leak, is that strong evidence?)
_Evidence = tuple[str, bool]
_NONE: _Evidence = "", False
_Questions = dict[str, tuple[Callable[[File, Traffic, Leak, Life], _Evidence], ...]]


# A class whose objects are caches and nothing else.
_CACHE = Pattern(r"\w*Cache|_?cache")


# What another file may empty.
_LETTER_BOX = Pattern(r".*(error|warning|message|deferred|pending|result|inbox|outbox|queue|event|log|buffer|record)s?")


class Growth(NamedTuple):
    """A container of an instance that only grows: the put, what speaks for a leak, and is that strong evidence?"""

    leak: Leak
    evidence: str
    strong: bool


def grown(file: File) -> list[Growth]:
    """The instance containers of a file that only grow, where something speaks for a leak."""
    return file.model.keep("accumulation", lambda: list(_grown(file)))


def _grown(file: File) -> Iterator[Growth]:
    for traffic in containers(file):
        if traffic.place.kind == "attribute":
            growth = _growth(file, traffic)
            if growth is not None:
                yield growth


def _growth(file: File, traffic: Traffic) -> Growth | None:
    model, cls = file.model, traffic.place.owner
    if traffic.escapes or traffic.drained:
        return None
    takes = _counting(model, traffic)
    if WORKING in takes:
        return None
    if any(spawned(model, use) for use in traffic.puts):
        return None  # LEK203 asks for those
    puts = [
        leak
        for leak in growing(file, traffic, registrars=True)
        if leak.sure and not only_made(model, cls, outermost(model, leak.use.scope))
    ]
    if not puts or reads_all(model, cls):
        return None
    function = outermost(model, puts[0].use.scope)
    found = life(file, (function and model.method_of(function)) or cls)
    takes_at_end = takes <= {END_ONLY, FINAL}
    if takes_at_end:
        for question in _STRONG[traffic.kind]:
            for leak in puts:
                evidence, strong = question(file, traffic, leak, found)
                if evidence:
                    return Growth(leak, evidence, strong)
    if traffic.kind == MAPPING and not traffic.takes and _CACHE.fullmatch(cls.name):
        return Growth(puts[0], f"{cls.name} has no way to evict", False)
    # What is asked "are you in it?" before it is added remembers what was seen: mostly a handful of different things.
    guarded = traffic.kind == COLLECTION and any(use.verb == "in" for use in traffic.reads)
    puts = [leak for leak in puts if not leak.handed_in]
    if not puts or guarded or found.short or is_product(model, traffic):
        return None
    for leak in puts:
        if evidence := _arrival(file, traffic, leak, found):
            return Growth(leak, evidence, takes_at_end and found.sure)
    for leak in puts if takes_at_end else ():
        if evidence := _weak(file, traffic, leak, found):
            return Growth(leak, evidence, False)
    return None


def _counting(model: Model, traffic: Traffic) -> set[str]:
    """The reaches of the takes. Emptying a list of weak references as a whole is no pruning of the dead ones."""
    takes = reaches(model, traffic)
    if takes and traffic.kind == COLLECTION and any(_is_weak(model, use) for use in traffic.puts):
        takes = [(use, answer) for use, answer in takes if not _starts_anew(model, use)]
    return {answer for _, answer in takes}


def _starts_anew(model: Model, use: Use) -> bool:
    """`x = []`, `x.clear()`"""
    value = getattr(model.parent(use.node), "value", None) if use.verb == "=" else None
    return use.verb == "clear" or (isinstance(value, ast.List) and not value.elts)


# -- strong evidence ----------------------------------------------------------------------------------------------


def _sibling(file: File, traffic: Traffic, leak: Leak, found: Life) -> _Evidence:
    """Another container of the object gets the same key in the same function, and loses keys as work goes on."""
    model, key = file.model, added(file.model, leak.use, leak.place)
    if key is None or found.short or is_product(model, traffic):
        return _NONE
    where = outermost(model, leak.use.scope), model.dotted(key)
    for put, other in islice(_puts_by_key(file).get(where, {}).values(), _MOST):
        kin = other.place.owner is traffic.place.owner and other.place.name != traffic.place.name
        if kin and same(added(model, put), key):
            if any(loses_one(use) and answer == WORKING for use, answer in reaches(model, other)):
                return f"'{other.place.name}' loses the same key, this one keeps it", _may_last(found)
    return _NONE


def _puts_by_key(file: File) -> dict[tuple[Scope | None, str], dict[str, tuple[Use, Traffic]]]:
    """(function, key as it is written) -> the containers of objects into which it puts, by name."""

    def collect() -> dict[tuple[Scope | None, str], dict[str, tuple[Use, Traffic]]]:
        found: dict[tuple[Scope | None, str], dict[str, tuple[Use, Traffic]]] = {}
        for traffic in containers(file):
            for use in traffic.puts if traffic.place.kind == "attribute" else ():
                key = added(file.model, use, traffic.place)
                where = outermost(file.model, use.scope), file.model.dotted(key) if key is not None else ""
                found.setdefault(where, {}).setdefault(traffic.place.name, (use, traffic))
        return found

    return file.model.keep("puts by key", collect)


def _may_last(found: Life) -> bool:
    """Objects for one connection, stream or `with` block end with it."""
    return not found.scoped


def _fresh(file: File, traffic: Traffic, leak: Leak, found: Life) -> _Evidence:
    """The key is made in the call."""
    key, scope = added(file.model, leak.use, leak.place), leak.use.scope
    asked = any(use.verb == "in" and use.scope is scope for use in traffic.reads)
    if key is None or asked or found.short or is_product(file.model, traffic):
        return _NONE
    return ("the key is made in the call", _may_last(found)) if _made_here(file.model, scope, key) else _NONE


def _made_here(model: Model, scope: Scope, key: ast.expr) -> bool:
    """`uuid4()`, `str(uuid4())`, `next(self._ids)`, `id(Thing())`, a counter that the function has just advanced."""
    todo: list[tuple[ast.expr, Scope]] = [(key, scope)]
    for node, here in islice(todo, 20):
        while isinstance(node, (ast.Attribute, ast.FormattedValue)):
            if isinstance(node, ast.Attribute) and _advanced(model, here, node):
                return True
            node = node.value
        if isinstance(node, ast.Call):
            names = model.qualnames(node.func, here)
            if names & FRESH:
                return True
            if "builtins.id" in names and node.args:
                value = model.only_value(node.args[0], here) if isinstance(node.args[0], ast.Name) else node.args[0]
                return isinstance(value, ast.Call)
            if names & {"builtins.str", "builtins.int", "builtins.hex"} and node.args:
                todo.append((node.args[0], here))
            elif isinstance(node.func, ast.Attribute) and not names:
                todo.append((node.func.value, here))
        elif isinstance(node, ast.Name) and (value := model.only_value(node, here)) is not None:
            todo.append((value, here))
        elif isinstance(node, ast.JoinedStr):
            todo += [(v, here) for v in node.values if isinstance(v, ast.FormattedValue)]
    return False


def _advanced(model: Model, scope: Scope, node: ast.Attribute) -> bool:
    """`self._serial += 1` in the same function"""

    def counters() -> set[tuple[Scope, str]]:
        kept = ((t, where) for t, where in model.stores if isinstance(model.parent(t), ast.AugAssign))
        return {(where, model.dotted(target)) for target, where in kept}

    return (scope, model.dotted(node)) in model.keep("counters", counters)


def _unread(file: File, traffic: Traffic, leak: Leak, found: Life) -> _Evidence:
    """Nothing in the file reads a private container, which is no letter box by its name."""
    name, listed = traffic.place.name, traffic.kind == COLLECTION
    if not name.startswith("_") or traffic.bulk or traffic.reads:
        return _NONE
    if leak.handed_in or (listed and found.short) or is_read_elsewhere(traffic.place.owner):
        return _NONE
    sites = {(put.node, put.site) for put in traffic.puts}
    if any((use.node, use.site) not in sites for use in traffic.inner):
        return _NONE
    if any(use.verb == "setdefault" and not _dropped(file.model, use.site) for use in traffic.puts):
        return _NONE
    return "nothing in the file reads it", not listed or not _LETTER_BOX.fullmatch(name)


def _dropped(model: Model, node: ast.AST) -> bool:
    """Is the result of a call thrown away, or only put into?"""
    parent = model.parent(node)
    return isinstance(parent, (ast.Expr, ast.Attribute))


def _waited_for(file: File, traffic: Traffic, leak: Leak, found: Life) -> _Evidence:
    """Each key gets a lock, an event, a queue or a future."""
    use, model = leak.use, file.model
    if leak.handed_in or found.short:
        return _NONE
    value = factory(traffic) if use.verb == "[]" else value_put(model, use)
    values = [value]
    if isinstance(value, ast.Name) and use.verb != "[]":
        owner = model.resolve(use.scope, value.id)
        values = [b.value for b in model.bindings(owner, value.id)] if owner is not None else []
    for made in values[:20]:
        callee = made.func if isinstance(made, ast.Call) else made if use.verb == "[]" else None
        if callee is not None:
            known = model.qualnames(callee, use.scope) & WAITED_FOR.keys()
            if known or getattr(callee, "attr", "") == "create_future":
                return f"each key gets {WAITED_FOR[min(known)] if known else 'a future'}", bool(
                    found.long
                ) and _may_last(found)
    return _NONE


def _weak_items(file: File, traffic: Traffic, leak: Leak, found: Life) -> _Evidence:
    """Weak references whose dead ones nothing prunes."""
    return ("dead weak references stay in it", True) if _is_weak(file.model, leak.use) else _NONE


def _is_weak(model: Model, use: Use) -> bool:
    item = added(model, use)
    while isinstance(item, ast.Tuple) and item.elts:
        item = item.elts[0]
    if isinstance(item, ast.Name):
        item = model.only_value(item, use.scope)
    if not isinstance(item, ast.Call) or len(item.args) > 1:  # a second argument is told of the death
        return False
    return bool(model.qualnames(item.func, use.scope) & WEAK_REFERENCES)


_STRONG: _Questions = {
    MAPPING: (_sibling, _fresh, _unread, _waited_for),
    COLLECTION: (_weak_items, _sibling, _unread),
}


def _arrival(file: File, traffic: Traffic, leak: Leak, found: Life) -> str:
    """A handler keeps what arrives, by its identity, on an object that lives long."""
    if not found.long or repeats(file.model, leak.use.scope).answer != MANY:
        return ""
    return found.long if traffic.kind == COLLECTION or _identity(file.model, leak) else ""


# -- weaker evidence ----------------------------------------------------------------------------------------------


def _weak(file: File, traffic: Traffic, leak: Leak, found: Life) -> str:
    """A long-lived owner, a handler or, for a mapping, a key that sounds like an identity."""
    repeat = repeats(file.model, leak.use.scope)
    if found.long:
        return found.long
    if repeat.answer == MANY:
        return f"{repeat.evidence} says that it runs for each that arrives"
    identity = _identity(file.model, leak) if traffic.kind == MAPPING else ""
    return f"keyed by {identity}" if identity else ""


def _identity(model: Model, leak: Leak) -> str:
    """The part of the key that sounds like an identity: `user_id`, `request.url`."""
    parts: list[ast.expr] = [key for key in (added(model, leak.use, leak.place),) if key is not None]
    for node in islice(parts, 20):
        if isinstance(node, (ast.Tuple, ast.List)):
            parts += node.elts
        elif isinstance(node, ast.JoinedStr):
            parts += [v.value for v in node.values if isinstance(v, ast.FormattedValue)]
        elif isinstance(node, ast.BoolOp):
            parts += node.values
        elif isinstance(node, ast.Call):
            parts += node.args or ([node.func.value] if isinstance(node.func, ast.Attribute) else [])
        elif isinstance(node, ast.Subscript):
            parts += [node.value, node.slice]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _IDENTITY.fullmatch(node.value):
            return node.value
        else:
            name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
            if _IDENTITY.fullmatch(name.lower()) or name in ARRIVALS:
                return name
            if isinstance(node, ast.Name) and (value := model.only_value(node, leak.use.scope)) is not None:
                parts.append(value)
    return ""


def at(file: File, growth: Growth) -> At:
    """Where a growing container of an instance is reported: at the put."""
    leak, place = growth.leak, growth.leak.place
    function = outermost(file.model, leak.use.scope)
    assert function is not None
    cls = file.model.method_of(function) or place.owner
    return At(
        leak.use.site,
        symbol=f"{cls.qualname}.{place.name}",
        thing=(place.kind, place.owner, place.name),
        name=f"self.{place.name}",
        function=function.name,
        evidence=growth.evidence,
    )
