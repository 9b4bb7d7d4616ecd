"""Resources that an object keeps on itself, and whether its class gives them back.

A field belongs to its class and to the classes of its family in the file. Read by hand on released packages, a field
that nothing in the file releases is mostly someone else's: what speaks for a leak is a class that has an end, and an
end that misses the field.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from ..knowledge.resources import MUST
from ..model import FUNCTION, Model, Reference, Scope
from ..rule import File
from .acquisitions import Acquisition, acquires, keepable, tracer
from .families import callers, ends, leaves, methods, reads_all, unknown_base
from .ownership import ESCAPED, HELD, KEPT, LENT, RELEASED, Event, Holding
from .pattern import Pattern

#: methods in which a program meets an object, before it has one that it could end
CONSTRUCTORS = frozenset({"__init__", "__new__", "__enter__", "__aenter__", "__post_init__"})
# Methods that run as long as their object works, and put away what it used when they are done.
_RUN = Pattern(
    r"_*((run|main|loop|work|serve|process|execute|call|iter|next|consume|poll|watch|listen)(_\w+)?|\w+_loop)_*"
)


class Field(NamedTuple):
    """A field that keeps resources.

    cls: the class whose method opens one. attr: the name of the field. made: what opens one and keeps it there.
    kept: what the methods of the family do with the field.
    """

    cls: Scope
    attr: str
    made: list[Acquisition]
    kept: Holding

    @property
    def must(self) -> bool:
        """Must an object that ends release the field? A child process that ends with the program counts, too."""
        return any(made.acquirer.obligation == MUST or made.acquirer.kind == "process" for made in self.made)


def fields(file: File) -> list[Field]:
    """The fields of the file's classes that keep a resource."""
    return file.model.keep("fields", lambda: list(_fields(file)) if acquires(file) else [])


def _fields(file: File) -> Iterator[Field]:
    model = file.model
    made: dict[tuple[Scope, str], list[Acquisition]] = {}
    classes: dict[tuple[Scope, str], Scope] = {}
    for found in keepable(file):
        for cls, attr in kept_on(model, found):
            key = model.family(cls)[0], attr
            made.setdefault(key, []).append(found)
            classes.setdefault(key, cls)
    for (head, attr), each in made.items():
        cls = classes[head, attr]
        members = model.family_members(cls, attr)
        kept = tracer(file, each[0].acquirer).held([m for m in members if isinstance(m.node.ctx, ast.Load)])  # type: ignore[attr-defined]
        gone = [Event(RELEASED, m.node, m.scope, "del") for m in members if isinstance(m.node.ctx, ast.Del)]  # type: ignore[attr-defined]
        # What it lends stays its own.
        events = [event for event in (*kept.events, *gone) if event.fate != LENT]
        yield Field(cls, attr, each, Holding(kept.names, events))


def kept_on(model: Model, found: Acquisition) -> list[tuple[Scope, str]]:
    """The fields, as class and name, on which an acquired resource is kept."""
    places = []
    for holding in found.holdings:
        for event in holding.stores:
            places += [
                (cls, target.attr)
                for target in _targets(model, event.node)
                if isinstance(target, ast.Attribute) and (cls := model.class_of(target.value, event.scope)) is not None
            ]
    return list(dict.fromkeys(places))


def _targets(model: Model, node: ast.AST) -> list[ast.expr]:
    """What an expression is stored to; a target of an unpacked tuple stands for itself."""
    if isinstance(getattr(node, "ctx", None), ast.Store):
        return [node]  # type: ignore[list-item]
    statement = model.parent(node)
    if isinstance(statement, ast.Tuple):  # `self.a, self.b = open(p), open(q)`
        index = statement.elts.index(node)  # type: ignore[arg-type]
        statement = model.parent(statement)
        rows = [getattr(target, "elts", [])[index : index + 1] for target in getattr(statement, "targets", [])]
        return [target for row in rows for target in row]
    if isinstance(statement, ast.Assign):
        return statement.targets
    return [statement.target] if isinstance(statement, ast.AnnAssign) else []


def _elsewhere(file: File, field: Field) -> bool:
    """Does the file end the field, or hand it on, by another name than `self`: `server.socket.close()`?"""
    model = file.model

    def by_other_names() -> list[Reference]:
        nodes = [node for node in model.attribute_nodes(field.attr) if isinstance(node.ctx, ast.Load)]
        references = [Reference(node, model.scope(node)) for node in nodes]
        return [reference for reference in references if model.class_of(reference.node.value, reference.scope) is None]  # type: ignore[attr-defined]

    others = model.keep(("by other names", field.attr), by_other_names)
    members = {member.node for member in model.family_members(field.cls, field.attr)} if others else ()
    found = tracer(file, field.made[0].acquirer).held([each for each in others if each.node not in members])
    return found.fate in (RELEASED, ESCAPED)


def releasing(model: Model, field: Field) -> set[Scope]:
    """The methods of the family that release the field, themselves or by calling one that does."""
    return model.keep(("releasing", model.family(field.cls)[0], field.attr), lambda: _releasing(model, field))


def _releasing(model: Model, field: Field) -> set[Scope]:
    release = {
        function
        for event in field.kept.events
        if event.fate == RELEASED and (function := model.function(event.scope)) is not None
    }
    for method in list(release):  # what an inner function releases, the method around it does
        while method.parent is not None and model.method_of(method) is None and method.parent.kind == FUNCTION:
            method = method.parent
            release.add(method)
    todo = list(release)
    for method in todo:
        more = callers(model, field.cls, method.name) - release
        release |= more
        todo += more
    return release


def missed(file: File) -> Iterator[tuple[Field, str]]:
    """The fields whose resource is never released though their class has an end: with the method that misses it."""
    for field in fields(file):
        if field.must and not _is_foreign(file.model, field):
            end = _missing(file.model, field)
            if end and not _may_end(file, field):
                yield field, end


def _may_end(file: File, field: Field) -> bool:
    """Does the file reach the field in ways that its name in the class doesn't show?"""
    return reads_all(file.model, field.cls) or _elsewhere(file, field)


def _missing(model: Model, field: Field) -> str:
    """The end of the class that comes to no release of the field; "" if there is none."""
    found = sorted(ends(model, field.cls), key=lambda method: (method.name.startswith("_"), method.name))
    if field.kept.fate in (HELD, KEPT):
        return found[0].name if found else ""
    if any(event.fate != RELEASED for event in field.kept.events):
        return ""
    release = releasing(model, field)
    if not release <= set(methods(model, field.cls)) or release & {made.scope for made in field.made}:
        return ""
    if any(method.name == "__del__" or _scoped(method) for method in release):
        return ""
    exits = leaves(model, field.cls)
    if exits and not release.intersection(exits):
        return exits[0].name
    if not found or found[0].name.startswith("_") or release.intersection(found):
        return ""
    return "" if any(_RUN.fullmatch(method.name) for method in release) else found[0].name


def _scoped(method: Scope) -> bool:
    """Does a decorator, such as `contextmanager`, say when a method is left?"""
    return bool(method.node.decorator_list)  # type: ignore[attr-defined]


def unreleasable(file: File) -> Iterator[Field]:
    """The fields whose resource nothing in the file releases, and that no end of their class is seen to miss."""
    said = {field.made[0].call for field, _ in missed(file)}
    for field in fields(file):
        # What frees itself when it is collected lasts too long only where someone means to end it before.
        if field.kept.fate in (HELD, KEPT) and (field.must or ends(file.model, field.cls)):
            if field.made[0].call not in said and not _may_end(file, field):
                yield field


def _is_foreign(model: Model, field: Field) -> bool:
    """May a class of another file, from which this one inherits, release the field?"""
    return not field.attr.startswith("_") and unknown_base(model, field.cls)
