"""Objects of the file's own classes that must be released because they keep a resource."""

from __future__ import annotations

from ..knowledge.resources import CLOSES, MUST, NO
from ..model import Scope
from ..rule import File
from .acquisitions import Acquisition, acquires, acquisition, counts, opened
from .families import ends, leaves
from .fields import CONSTRUCTORS, fields, releasing
from .ownership import Acquirer


def acquisitions(file: File) -> list[Acquisition]:
    """All calls of a file that hand out what must be released, with what becomes of it, in source order."""
    return file.model.keep("acquisitions", lambda: _acquisitions(file) if acquires(file) else [])


def _acquisitions(file: File) -> list[Acquisition]:
    model = file.model
    found = {made.call: made for made in opened(file)}
    for cls, acquirer in _holders(file).items():
        for call, scope in model.calls(cls.name):
            if call not in found and model.defined(call.func, scope) is cls and counts(file, call, scope, acquirer):
                found[call] = acquisition(file, call, scope, acquirer)
    return sorted(found.values(), key=lambda made: (made.call.lineno, made.call.col_offset))


def _holders(file: File) -> dict[Scope, Acquirer]:
    """The classes whose constructor opens something, and that have an end which releases it.

    Any method that comes to the release counts as one; a class that releases in `__del__` looks after itself.
    """
    model = file.model
    found: dict[Scope, Acquirer] = {}
    for field in fields(file):
        if not model.calls(field.cls.name):
            continue
        methods = {method.name for method in releasing(model, field)}
        made = [made for made in field.made if made.scope.name in CONSTRUCTORS and made.acquirer.obligation == MUST]
        by_name = {end.name for end in ends(model, field.cls)}
        if made and "__del__" not in methods and methods & by_name:
            leaving = CLOSES if leaves(model, field.cls) else NO
            names = sorted(methods, key=lambda name: (name not in by_name, name.startswith("_"), name))
            found.setdefault(field.cls, Acquirer(field.cls.name, made[0].acquirer.kind, MUST, tuple(names), leaving))
    return found
