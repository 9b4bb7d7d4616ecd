"""Look-ups that store what they don't find: subscripts of a defaultdict, and `setdefault` where `get` was meant."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..knowledge.containers import ELEMENT_PUTS, TAKES
from ..model import Model, Use
from ..rule import At, File
from .containers import MAPPING, added
from .keys import is_bounded, is_few, same
from .longevity import life
from .reach import WORKING, reaches
from .repeats import IMPORT, ONCE, repeats
from .traffic import Traffic, containers


def growing_lookups(file: File) -> Iterator[tuple[Traffic, Use]]:
    """The look-ups that add a key to a mapping which lives long and never loses one."""
    for traffic in containers(file):
        if traffic.kind != MAPPING or not traffic.lookups or traffic.escapes:
            continue
        if any(answer == WORKING for _, answer in reaches(file.model, traffic)):
            continue
        if traffic.place.kind == "attribute":
            found = life(file, traffic.place.owner)
            if found.short or not found.long:
                continue
        for use in traffic.lookups:
            if _adds(file.model, traffic, use):
                yield traffic, use
                break


def _adds(model: Model, traffic: Traffic, use: Use) -> bool:
    """May a look-up be of a key that isn't there, among as many as come in?"""
    key, method = added(model, use), model.parent(use.site)
    if isinstance(method, ast.Attribute) and method.attr in ELEMENT_PUTS | TAKES:
        return False  # it means that key, and what is under it
    if isinstance(method, ast.Subscript) and not isinstance(method.ctx, ast.Load):
        return False
    if key is None or repeats(model, use.scope).answer in (IMPORT, ONCE):
        return False
    if is_bounded(model, use.scope, key) or is_few(model, use.scope, key) or _is_own(model, traffic, use, key):
        return False
    function = model.function(use.scope)
    for other in (*traffic.reads, *traffic.puts):
        if model.function(other.scope) is function:
            asked = other.site.left if isinstance(other.site, ast.Compare) else added(model, other)
            if (other.verb == "in" or other in traffic.puts) and same(asked, key):
                return False  # it is there already, or is put there on purpose
    return True


def _is_own(model: Model, traffic: Traffic, use: Use, key: ast.expr) -> bool:
    """Does the key come from the container itself: `for key in x: x[key]`?"""
    owner = model.resolve(use.scope, key.id) if isinstance(key, ast.Name) else None
    for binding in model.bindings(owner, key.id) if owner is not None and isinstance(key, ast.Name) else ():
        node: ast.AST | None = model.parent(binding.node)
        while isinstance(node, (ast.Tuple, ast.List)):
            node = model.parent(node)
        if binding.kind in ("loop", "unpack") and isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension)):
            if any(getattr(n, "attr", getattr(n, "id", "")) == traffic.place.name for n in ast.walk(node.iter)):
                return True
    return False


def at(file: File, traffic: Traffic, use: Use) -> At:
    """Where a look-up that stores is reported: at the look-up."""
    place = traffic.place
    function = file.model.function(use.scope)
    assert function is not None
    return At(
        use.site,
        symbol=place.qualname,
        thing=(place.kind, place.owner, place.name),
        name=f"self.{place.name}" if place.kind == "attribute" else place.name,
        function=function.name,
    )
