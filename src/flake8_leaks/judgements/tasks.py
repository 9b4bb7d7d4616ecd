"""Tasks, futures, threads and processes that are kept in a long-lived container when they are done."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..knowledge.lifetimes import SPAWNERS, SPAWNING
from ..model import LastNames, Model, Scope, Use
from ..rule import At, File
from .containers import MAPPING, added
from .families import MAKERS, outermost
from .keys import is_bounded
from .pattern import Pattern
from .reach import RARE, WORKING, reaches
from .repeats import IMPORT, ONCE, repeats
from .traffic import Traffic, containers

_SPAWNERS = LastNames([*SPAWNERS, *SPAWNING])
# Functions that make as many as there are workers, and once.
_START = Pattern(r"_*(start|run|open|launch|connect|begin|serve|resume|spawn_workers|__a?enter__)(_\w+)?_*|main|_main")


class Kept:
    """A container that keeps what is done: as it is written, the thing that it is, the put, the function, what it keeps
    ("task"), and is there a callback that drops another one?"""

    __slots__ = ("function", "late", "name", "put", "thing", "what")

    def __init__(self, name: str, thing: object, put: ast.AST, function: Scope, what: str, late: bool) -> None:
        self.name = name
        self.thing = thing
        self.put = put
        self.function = function
        self.what = what
        self.late = late


def kept(file: File) -> Iterator[Kept]:
    """The long-lived containers of a file whose tasks and the like nothing drops when they are done."""
    if not file.model.spells(_SPAWNERS) or not file.model.call_names & file.model.spellings(_SPAWNERS):
        return
    yield from _late(file.model)
    for traffic in containers(file):
        if traffic.escapes or traffic.drained:
            continue
        puts = [(use, what) for use in traffic.puts if (what := spawned(file.model, use))]
        if not puts:
            continue
        late = [use for use in traffic.takes if _is_late(file.model, use)]
        if any(answer in (WORKING, RARE) for use, answer in reaches(file.model, traffic) if use not in late):
            continue
        for use, what in puts:
            if _repeats(file.model, traffic, use):
                place = traffic.place
                name = f"self.{place.name}" if place.kind == "attribute" else place.name
                function = outermost(file.model, use.scope)
                assert function is not None
                yield Kept(name, (place.kind, place.owner, place.name), use.site, function, what, bool(late))
                break


def _late(model: Model) -> Iterator[Kept]:
    """`tasks.add(task); task.add_done_callback(lambda _: tasks.discard(task))` in a loop, whatever `tasks` is: when the
    callback runs, `task` is a later one."""
    for call, scope in model.calls("add_done_callback"):
        made = call.args[0] if call.args else None
        drop = made.body if isinstance(made, ast.Lambda) else None
        if not isinstance(drop, ast.Call) or not isinstance(drop.func, ast.Attribute) or not drop.args:
            continue
        function, item, name = model.function(scope), drop.args[0], model.dotted(drop.func.value)
        if drop.func.attr not in ("discard", "remove") or not isinstance(item, ast.Name) or not name:
            continue
        if function is None or not isinstance(made, ast.Lambda) or item.id in {arg.arg for arg in made.args.args}:
            continue
        if item.id not in function.bound or not _is_bound_in_loop_around(model, call, function, item.id):
            continue
        put = model.keep("adds", lambda: _adds(model)).get((scope, name, item.id))
        if put is not None:
            place = model.held(put.func.value, scope)  # type: ignore[attr-defined]
            thing = (place.kind, place.owner, place.name) if place is not None else put
            yield Kept(name, thing, put, function, "task", True)


def _adds(model: Model) -> dict[tuple[Scope, str, str], ast.Call]:
    """(scope, container, item) as they are written -> the call that adds it."""
    found: dict[tuple[Scope, str, str], ast.Call] = {}
    for call, scope in (*model.calls("add"), *model.calls("append")):
        if isinstance(call.func, ast.Attribute) and call.args and isinstance(call.args[0], ast.Name):
            found.setdefault((scope, model.dotted(call.func.value), call.args[0].id), call)
    return found


def _is_bound_in_loop_around(model: Model, node: ast.AST, function: Scope, name: str) -> bool:
    """Is a name bound by, or in, the loop in which a node stands?"""
    for child, parent in model.ancestors(node):
        if isinstance(parent, (ast.For, ast.AsyncFor, ast.While)) and child in parent.body:
            return any(parent is p for bound in function.bound[name] for _, p in model.ancestors(bound))
    return False


def _repeats(model: Model, traffic: Traffic, use: Use) -> bool:
    """Does the put run as the work goes on, and not only for as many as there are workers?"""
    function = outermost(model, use.scope)
    if function is None or function.name in MAKERS or repeats(model, use.scope).answer in (IMPORT, ONCE):
        return False
    key = added(model, use) if traffic.kind == MAPPING else None
    if key is not None and is_bounded(model, use.scope, key):
        return False
    around = (parent for _, parent in model.ancestors(use.site))
    loops = [parent for parent in around if isinstance(parent, (ast.For, ast.AsyncFor, ast.While))]
    if any(isinstance(loop, ast.For) and _counts(loop) for loop in loops):
        return False
    if not _START.fullmatch(function.name) or any(isinstance(loop, (ast.While, ast.AsyncFor)) for loop in loops):
        return True
    return traffic.place.kind != "attribute" and _is_of_caller(model, use, function)


def _is_of_caller(model: Model, use: Use, function: Scope) -> bool:
    """Does a caller hand in what runs: `def run_in_background(coroutine)`? Then there is one for each call."""
    item = next(iter(getattr(use.site, "args", ())), None)
    made = model.only_value(item, use.scope) if isinstance(item, ast.Name) else item
    for given in made.args if isinstance(made, ast.Call) else ():
        run = given.func if isinstance(given, ast.Call) else given
        run = run.value if isinstance(run, ast.Attribute) else run
        if isinstance(run, ast.Name) and isinstance(function.bound.get(run.id, [None])[0], ast.arg):
            return True
    return False


def _counts(loop: ast.For) -> bool:
    """`for _ in range(4)`"""
    return isinstance(loop.iter, ast.Call) and getattr(loop.iter.func, "id", "") == "range"


def spawned(model: Model, use: Use) -> str:
    """What a put keeps: "task", "thread" and so on; "" for anything else."""
    site = use.site
    values: list[ast.expr | None] = []
    if isinstance(site, ast.Call):
        values += site.args[1:] if use.verb in ("setdefault", "insert", "argument") else site.args[:1]
    elif isinstance(site, ast.AugAssign):
        values.append(site.value)
    elif use.verb == "[]=":
        values = [getattr(model.parent(site), "value", None)]
    for value in values:
        if isinstance(value, (ast.GeneratorExp, ast.ListComp, ast.SetComp)):
            values.append(value.elt)
        elif isinstance(value, (ast.List, ast.Tuple, ast.Set)):
            values += value.elts[:3]
        elif isinstance(value, ast.Call):
            scope = model.scope(value)
            known = model.qualnames(value.func, scope) & SPAWNERS.keys()
            if known:
                return SPAWNERS[min(known)]
            if isinstance(value.func, ast.Attribute) and value.func.attr in SPAWNING:
                return SPAWNING[value.func.attr]
        elif isinstance(value, ast.Name) and (owner := model.resolve(use.scope, value.id)) is not None:
            if owner.kind == "function":
                values += [b.value for b in model.bindings(owner, value.id)[:3] if isinstance(b.value, ast.Call)]
    return ""


def _is_late(model: Model, use: Use) -> bool:
    """Does a callback made in a loop take out what a variable of the loop means when it runs? By then it is another."""
    function = model.function(use.scope)
    item = next(iter(getattr(use.site, "args", ())), getattr(use.site, "slice", None))
    if function is None or not isinstance(item, ast.Name):
        return False
    owner: Scope | None = model.resolve(use.scope, item.id)
    if owner is None or owner is function or owner.kind != "function":
        return False
    return _is_bound_in_loop_around(model, function.node, owner, item.id)


def at(file: File, found: Kept) -> At:
    """Where kept tasks are reported: at the put."""
    return At(
        found.put,
        symbol=f"{found.function.qualname}.{found.name}",
        thing=found.thing,
        name=found.name,
        what=found.what,
        how=": its callback drops a later one, the last of the loop" if found.late else "",
        function=found.function.name,
    )
