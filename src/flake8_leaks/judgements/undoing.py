"""Which registrations hand back their undo, to code that drops it?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from ..knowledge.listeners import UNDOERS
from ..model import Scope
from ..rule import File
from .listening import adds_one_more
from .pairing import is_kept, undone
from .registrants import end_of, is_single, outliving
from .registrations import FRESH, holds_self, kind, method, registrations


class Dropped(NamedTuple):
    """A registration whose undo is dropped. why: what says that it stays, as a phrase. undo: how to call it."""

    call: ast.Call
    scope: Scope
    why: str
    undo: str


def dropped(file: File) -> Iterator[Dropped]:
    """The registrations of a file that only their result can undo, and whose result is dropped."""
    if registrations(file):
        yield from _known(file)
    if not file.model.call_names.isdisjoint(UNDOERS):
        yield from _told_by_others(file)


def _known(file: File) -> Iterator[Dropped]:
    """By the table: there is no other way to undo it."""
    model = file.model
    for found in registrations(file):
        if not found.undo or not all(u.startswith("<result>") for u in found.undo) or is_kept(model, found):
            continue
        function = model.function(found.scope)
        undo = "it" if found.undo[0] == "<result>()" else f"its {found.undo[0].rpartition('.')[2]}"
        if function is not None and adds_one_more(model, found, function):
            yield Dropped(found.call, found.scope, f"{function.name}() adds one more each time it runs", undo)
            continue
        around = method(model, found.scope)
        cls = model.method_of(around) if around is not None else None
        if around is None or cls is None or not (end := end_of(model, cls)) or is_single(model, cls, around):
            continue
        what = kind(model, found.callback, found.scope)
        if what == FRESH or holds_self(model, found.callback, found.scope, cls):
            if outliving(model, found) and not undone(file, found):
                yield Dropped(found.call, found.scope, f"{end}() cannot undo it", undo)


def _told_by_others(file: File) -> Iterator[Dropped]:
    """By the class itself: elsewhere it keeps the result of the same call, and undoes it.

    The end of the class takes out what it remembers, so what it drops stays.
    """
    model = file.model
    known: dict[tuple[Scope, str], str] = {}
    for name in UNDOERS:
        for call, scope in model.calls(name):
            field = call.func.value if isinstance(call.func, ast.Attribute) else None
            if not isinstance(field, ast.Attribute) or (cls := model.class_of(field.value, scope)) is None:
                continue
            place = model.attribute(cls, field.attr)
            for value in place.values if place is not None else ():
                value = value.value if isinstance(value, ast.Await) else value
                inside = model.scope(value)
                if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
                    if any(holds_self(model, argument, inside, cls) for argument in value.args):
                        known[model.family(cls)[0], value.func.attr] = name
    for (eldest, attr), undo in known.items():
        for call, scope in model.calls(attr):
            around = method(model, scope)
            cls = model.method_of(around) if around is not None else None
            if cls is None or model.family(cls)[0] is not eldest or not isinstance(call.func, ast.Attribute):
                continue
            statement = model.parent(call)
            statement = model.parent(statement) if isinstance(statement, ast.Await) else statement
            end = end_of(model, cls)
            holds = any(holds_self(model, argument, scope, cls) for argument in call.args)
            if isinstance(statement, ast.Expr) and end and holds:
                yield Dropped(call, scope, f"{end}() cannot undo it", f"its {undo}")
