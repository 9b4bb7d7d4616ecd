"""Exceptions, tracebacks and frames that are kept beyond their handler, with every local of their frames.

Run on Python 3.10 to 3.13: a stored exception pins the locals of all frames of its traceback, `with_traceback(None)`
frees them (but not those of its `__cause__` and `__context__`), `traceback.clear_frames` does for frames that have
returned. An exception that is raised again and again gains an entry a frame at each raise, and keeps the frames of all.
A local for the traceback or the exception in the frame that caught it is a cycle, also after `del` of only one of the
two; a local for `sys.exc_info()` in a function that the handler calls is none.

To keep an exception so as to raise it later is ordinary code. So what counts is where it stays: in a global, or in a
container of a long-lived object that nothing empties; in a single attribute only if nothing binds it anew, and nobody
gets the exception itself: then its text would have done.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from ..knowledge.containers import LOOKERS
from ..knowledge.exceptions import CLEARERS, EXC_INFO, FRAMES, NAMES, OF_IMPORTS, TEXTS
from ..model import CLASS, LastNames, Model, Place, Scope, Use
from ..model.binding import last_name, position
from ..model.place import PROCESS
from ..model.scope import MODULE
from ..rule import File
from .families import MAKERS, only_made, outermost, reads_all
from .landing import PUTS, Landing, landings
from .longevity import life
from .pattern import Pattern
from .reach import RARE, WORKING, is_product, reach
from .repeats import IMPORT, MANY, ONCE, repeats
from .traffic import Traffic, containers

EXCEPTION, TRACEBACK, FRAME = "the exception", "the traceback", "the frame"
_CURES = {
    EXCEPTION: "keep its text, or exc.with_traceback(None)",
    TRACEBACK: "keep its text, as of traceback.format_exc()",
    FRAME: "keep what you need of it",
}
_FRAMES = LastNames(FRAMES)
_EXC_INFO = LastNames(EXC_INFO)
_CLEARERS = LastNames(CLEARERS)
_SOURCES = LastNames(FRAMES | EXC_INFO)
# Names of exception classes.
_CLASS = Pattern(
    r"_*[A-Z]\w*(Error|Exception|Exit|Interrupt|Timeout|Cancelled|Warning|Abort|Aborted|Closed|Failure|Failed|NotFound)|"
    r"StopIteration|Empty|Full|Timeout"
)
# How such names end: asked first, of every name that is called.
_ENDS = tuple(
    """
    Error Exception Exit Interrupt Timeout Cancelled Warning Abort Aborted Closed Failure Failed NotFound StopIteration
    Empty Full
    """.split()
)
# Classes and functions that are there to look at frames.
_DEBUGS = Pattern(r".*(pdb|bdb|debug|tracer|profile|traceback|inspector|shell|ultratb).*", re.IGNORECASE)


class Kept:
    """What keeps an exception, traceback or frame.

    node: the put or the raise. function: where. thing: the place. name: as it is written. why, cure: in words.
    sources: the expressions for what is kept that are put into the place, or all reads of what is raised again.
    """

    __slots__ = ("cure", "function", "name", "node", "sources", "thing", "why")

    def __init__(
        self,
        node: ast.AST,
        function: Scope,
        thing: object,
        name: str,
        why: str,
        cure: str,
        sources: tuple[ast.expr, ...] = (),
    ) -> None:
        self.node = node
        self.function = function
        self.thing = thing
        self.name = name
        self.why = why
        self.cure = cure
        self.sources = sources


class Source(NamedTuple):
    """An expression that stands for something with frames, and what that is."""

    node: ast.expr
    scope: Scope
    what: str


def kept(file: File) -> Iterator[Kept]:
    """The exceptions, tracebacks and frames of a file that are kept too long, one finding a place."""
    spoken: set[object] = set()
    asks_system = (_cycles, _handed_back) if file.model.may_call(_EXC_INFO) else ()
    for question in (_stored, _raised_again, *asks_system):
        for found in question(file):
            if found.thing not in spoken:
                spoken.add(found.thing)
                yield found


# -- where they come from ---------------------------------------------------------------------------------------


def _sources(model: Model) -> Iterator[Source]:
    clearing = {p for call, _, _ in model.called(_CLEARERS) for _, p in model.ancestors(call)}
    by_scope: dict[Scope, dict[ast.ExceptHandler, str]] = {}
    for handler, where in model.handlers:
        name = handler.name or ""
        owner = model.resolve(where, name) if name in NAMES and handler not in clearing else None
        if owner is not None:
            by_scope.setdefault(owner, {})[handler] = name
    for scope, handlers in by_scope.items():
        yield from _caught(model, scope, handlers)
    names: dict[tuple[Scope, str], str] = {}
    for call, scope, _ in model.called(_EXC_INFO):
        parent = model.parent(call)
        if isinstance(parent, ast.Subscript):
            index = getattr(parent.slice, "value", None)
            if index != 0:
                yield Source(parent, scope, TRACEBACK if index in (2, -1) else EXCEPTION)
            continue
        yield Source(call, scope, EXCEPTION)
        for target, what in _unpacked(parent):
            owner = model.resolve(scope, target.id)
            if owner is not None and owner is not model.module:
                names[owner, target.id] = what
    for (owner, name), what in names.items():
        yield from (Source(node, where, what) for node, where in model.references(owner, name))
    for call, scope, _ in model.called(_FRAMES):
        node: ast.expr = call
        while isinstance(parent := model.parent(node), ast.Attribute) and parent.attr == "f_back":
            node = parent
        yield Source(node, scope, FRAME)


def _caught(model: Model, scope: Scope, handlers: dict[ast.ExceptHandler, str]) -> Iterator[Source]:
    """What the handlers of a function caught, and its traceback, where it may go somewhere; not where its frames are
    taken off it: `e.__traceback__ = None`, `e.with_traceback(None)`."""
    found: list[tuple[ast.AST, Source]] = []
    cleared: set[ast.AST] = set()
    names = set(handlers.values())
    for node in [node for node in scope.names if node.id in names]:
        parent = model.parent(node)
        source = Source(node, scope, EXCEPTION)
        if isinstance(parent, ast.Attribute):
            if parent.attr not in ("__traceback__", "with_traceback"):
                continue
            source = Source(parent, scope, TRACEBACK)
        elif not isinstance(parent, (ast.Assign, ast.AnnAssign, ast.Tuple, ast.List, ast.Dict)) and not _is_put(parent):
            continue
        around = (p for _, p in model.ancestors(node) if isinstance(p, ast.ExceptHandler))
        handler = next((p for p in around if handlers.get(p) == node.id), None)
        if handler is None or _is_of_import(handler):
            continue
        if isinstance(parent, ast.Attribute) and (parent.attr == "with_traceback" or isinstance(parent.ctx, ast.Store)):
            cleared.add(handler)
        else:
            found.append((handler, source))
    yield from (source for handler, source in found if handler not in cleared)


def _is_put(node: ast.AST | None) -> bool:
    """`errors.append(e)`, `errors.setdefault(k, e)`"""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in PUTS


def _is_of_import(handler: ast.AST) -> bool:
    kind = getattr(handler, "type", None)
    kinds = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(getattr(each, "id", "") in OF_IMPORTS for each in kinds)


def _unpacked(statement: ast.AST | None) -> Iterator[tuple[ast.Name, str]]:
    """The names of the exception and of the traceback in `kind, value, tb = sys.exc_info()`."""
    for target in statement.targets if isinstance(statement, ast.Assign) else ():
        if isinstance(target, (ast.Tuple, ast.List)) and len(target.elts) == 3:
            for element, what in zip(target.elts[1:], (EXCEPTION, TRACEBACK), strict=True):
                if isinstance(element, ast.Name):
                    yield element, what


# -- where they stay --------------------------------------------------------------------------------------------


def _stored(file: File) -> Iterator[Kept]:
    """`self.errors.append(e)`, `LAST[name] = e`, `self.last = e`"""
    model = file.model
    if not model.handlers and not model.may_call(_SOURCES):
        return
    known: set[tuple[Scope, str]] = set()
    puts: dict[tuple[tuple[str, Scope, str], bool], list[tuple[Place, Landing, Source]]] = {}
    for source in _sources(model):
        for landing in landings(model, source.node, source.scope, known):
            place = model.held(landing.place, landing.scope)
            if place is not None and place.kind != "closure" and _repeats(model, landing.scope, source.what):
                thing = (place.kind, place.owner, place.name)
                puts.setdefault((thing, landing.item), []).append((place, landing, source))
    for (thing, item), found in puts.items():
        place, landing, source = min(found, key=lambda put: position(put[1].site))
        if item:
            how = _in_container(file, place, [put.scope for _, put, _ in found])
        else:
            how = _in_slot(file, place, {put.site for _, put, _ in found})
        function = outermost(model, landing.scope)
        if how and function is not None:
            name = model.dotted(landing.place) or place.name
            why = f"keeps {source.what} of {function.name}() {how}, and with it all locals of its frames"
            sources = tuple(each.node for _, _, each in found)
            yield Kept(landing.site, function, thing, name, why, _CURES[source.what], sources)


def _repeats(model: Model, scope: Scope, what: str) -> bool:
    """May a put run more than once, and in code that isn't there to look at frames?"""
    function = outermost(model, scope)
    if function is None or repeats(model, scope).answer in (IMPORT, ONCE):
        return False
    cls = model.method_of(function)
    return not (cls is not None and only_made(model, cls, function)) and not (
        what == FRAME and _looks_at_frames(function)
    )


def _looks_at_frames(function: Scope) -> bool:
    return any(_DEBUGS.fullmatch(name) for name in function.qualname.split("."))


_FOR_EVER = "for as long as the program runs"


def _in_container(file: File, place: Place, puts: list[Scope]) -> str:
    """What says that a container keeps what is put into it, "" where it may not. puts: where that is done."""
    traffic = _by_place(file).get((place.owner, place.name))
    if traffic is None or traffic.escapes or traffic.drained:
        return ""
    if not {reach(file.model, traffic, use) for use in traffic.takes}.isdisjoint((WORKING, RARE)):
        return ""
    if traffic.place.lifetime == PROCESS:
        return _FOR_EVER
    lives = life(file, place.owner)
    sure = lives.sure or any(repeats(file.model, scope).answer == MANY for scope in puts)
    if not lives.long or not sure or lives.short or lives.scoped or is_product(file.model, traffic):
        return ""
    return f"for good ({lives.long})"


def _by_place(file: File) -> dict[tuple[Scope, str], Traffic]:
    if "traffic by place" not in file.kept:
        file.kept["traffic by place"] = {(t.place.owner, t.place.name): t for t in containers(file)}
    found: dict[tuple[Scope, str], Traffic] = file.kept["traffic by place"]
    return found


# What is done with an exception of which the text would do. What is called is something else by that name: `log.error`.
_LOOKS = frozenset({"test", "compare", "format", "drop", "call"})


def _in_slot(file: File, place: Place, stores: set[ast.AST]) -> str:
    """What says that a variable or attribute keeps what is bound to it, "" where it may not: something else is bound to
    it later, or someone gets the exception itself. stores: the targets that an exception is bound to."""
    model = file.model
    if place.kind == "attribute":
        lives = life(file, place.owner)
        if not lives.sure or lives.short or lives.scoped or reads_all(model, place.owner):
            return ""
        how = f"until the next one ({lives.long})"
    elif place.lifetime == PROCESS:
        how = "until the next one"
    else:
        return ""
    for use in model.uses(place):
        function = model.function(use.scope)
        if use.verb in ("=", "del"):
            if function is not None and function.name not in MAKERS and use.node not in stores:
                return ""
        elif use.verb not in _LOOKS and not _is_text(model, use):
            return ""
    return how


def _is_text(model: Model, use: Use) -> bool:
    """`str(x)`, `log.error("...", x)`"""
    if use.verb != "argument" or not isinstance(use.site, ast.Call):
        return False
    known = model.qualnames(use.site.func, use.scope)
    return bool(known & _LOOKERS) or getattr(use.site.func, "attr", "") in _LOGS


_LOOKERS = LOOKERS | TEXTS
_LOGS = frozenset({"debug", "info", "warning", "error", "exception", "critical", "log"})


# -- raised again and again -------------------------------------------------------------------------------------


def _raised_again(file: File) -> Iterator[Kept]:
    """`_EMPTY = ValueError("empty")` in the module or a class, and `raise _EMPTY` in a function."""
    model = file.model
    if not model.raises or not _raises_kept(model):
        return
    for callee in [name for name in model.call_names if name.endswith(_ENDS)]:
        for call, owner in model.calls(callee) if _CLASS.fullmatch(callee) else ():
            target = next(iter(model.bound_to(call)), None) if owner.kind in (MODULE, CLASS) else None
            name = getattr(target, "id", "")
            if not name or len(owner.bound.get(name, ())) > 1:
                continue
            reads = model.references(owner, name) if owner is model.module else model.family_members(owner, name)
            if any(_changes(model, node) for node, _ in reads):
                continue
            for node, scope in reads:
                statement, function = model.parent(node), outermost(model, scope)
                if not isinstance(statement, ast.Raise) or statement.exc is not node or function is None:
                    continue
                if repeats(model, scope).answer not in (IMPORT, ONCE):
                    why = f"is one exception for all raises: each in {function.name}() adds frames to its traceback"
                    why += " and keeps all their locals"
                    sources = tuple(read for read, _ in reads)
                    yield Kept(node, function, (owner, name), name, why, "raise a new one", sources)
                    break


def _raises_kept(model: Model) -> bool:
    """Is anything raised that the module or a class binds?"""
    raised = {last_name(node.exc) for node, _ in model.raises} - {""}
    return any(
        owner.bound[name][0].__class__ is ast.Name
        for owner in (model.module, *model.classes)
        for name in raised & owner.bound.keys()
    )


def _changes(model: Model, node: ast.expr) -> bool:
    """Is something else bound to an attribute, or are the frames taken off the exception that it holds?"""
    parent = model.parent(node)
    return isinstance(getattr(node, "ctx", None), ast.Store) or (
        isinstance(parent, ast.Attribute) and parent.attr in ("with_traceback", "__traceback__")
    )


# -- cycles -----------------------------------------------------------------------------------------------------


def _cycles(file: File) -> Iterator[Kept]:
    """`kind, exc, tb = sys.exc_info()` in the handler of a long-lived object's method, or of code that runs for each
    request. The cycle is real anywhere, but of 16 that were read in 57 released packages 10 hold nothing of note until
    the collector comes."""
    model = file.model
    deleted: dict[tuple[Scope, str], bool] = {}
    for call, scope, _ in model.called(_EXC_INFO):
        function = model.function(scope)
        named = [target for target, what in _unpacked(model.parent(call)) if what == TRACEBACK and target.id != "_"]
        if function is None or not named or not _matters(file, function):
            continue
        if not any(isinstance(parent, ast.ExceptHandler) for _, parent in model.ancestors(call)):
            continue
        key = (function, named[0].id)
        if key not in deleted:
            bound = function.bound.get(named[0].id, [])
            deleted[key] = any(isinstance(getattr(node, "ctx", None), ast.Del) for node in bound)
        if not deleted[key]:
            why = f"makes a cycle with the frame of {function.name}(): all its locals wait for the collector"
            cure = "catch it with 'as exc' instead, or use traceback.format_exc()"
            yield Kept(named[0], function, key, named[0].id, why, cure)


def _matters(file: File, function: Scope) -> bool:
    """Does a function run for each request or the like, or belong to a long-lived object?"""
    if _looks_at_frames(function):
        return False
    answer = repeats(file.model, function).answer
    if answer in (IMPORT, ONCE, MANY):
        return answer == MANY
    cls = file.model.method_of(function)
    lives = life(file, cls) if cls is not None else None
    return lives is not None and bool(lives.long) and not lives.short and not lives.scoped


def _handed_back(file: File) -> Iterator[Kept]:
    """A nested function over variables of the function around it hands back `sys.exc_info()`."""
    model = file.model
    for call, scope, name in model.called(_EXC_INFO):
        function = model.function(scope)
        around = model.function(function.parent) if function is not None and function.parent is not None else None
        if function is None or around is None or not isinstance(model.parent(call), ast.Return):
            continue
        read = model.keep(("first captured", function), partial(_captured, model, function, around))
        if read:
            why = f"is handed back by {function.name}() with its frame, which holds '{read}' of {around.name}()"
            yield Kept(call, function, call, f"{name}()", why, f"pass '{read}' as an argument, or hand back the text")


def _captured(model: Model, function: Scope, around: Scope) -> str:
    """The first variable of the function around it that a nested function reads."""
    found = [n for n in function.names if model.resolve(function, n.id) is around and n.id != function.name]
    return min(found, key=position).id if found else ""
