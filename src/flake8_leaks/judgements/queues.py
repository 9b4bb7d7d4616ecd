"""Queues without a bound between code that puts and code that gets, side by side.

If the code that gets is slower than the code that puts, or dies, the items pile up. What was learned from released
packages: a queue is no backlog where its items are its own workers' (a crawler: a bound would be a deadlock), where
each putter waits for the answer to its item or hands the item back to its caller (an executor), and where one item or
a list of known length is put. Whatever can't be known makes us silent.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Collection, Container, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from ..knowledge.containers import CHANNELS, COLLECTIONS, QUEUES
from ..model import LastNames, Model, Reference, Scope, Use
from ..rule import File
from .pattern import Pattern
from .repeats import IMPORT, MANY, ONCE, repeats

_MAKERS = LastNames([*QUEUES, *CHANNELS])
_PUTS = frozenset({"put", "put_nowait", "send", "send_nowait"})
# A loop around `get_nowait` empties what is there, and ends: no sign of somebody who always listens.
_GETS = frozenset({"get", "receive"})
# Looks at how much is in it before more is put in.
_SIZES = frozenset({"qsize", "full", "statistics"})
# Whoever calls one of these after a put waits until its item, or all of them, are dealt with.
_WAITS = frozenset({"result", "wait", "wait_for", "join"})
# Who must have one of these before it puts waits until items were dealt with.
_PERMIT = Pattern(r".*(sem|slot|permit|limit|throttl|quota|budget|credit)", re.I)
_FEW = 50  # how many puts, or callers of a function, are looked at: only generated code has more
# What takes leave puts the item that says so; what hands something back puts what it got.
_ENDS = Pattern(
    r"_*(close|stop|shutdown|shut_down|terminate|finish|finalize|quit|exit|cancel|kill|abort|join|end|release|free|"
    r"return|recycle|give_back|check_?in|put_?back|put_?conn|requeue|retry|reset|start|__exit__|__aexit__|__del__|"
    r"aclose|disconnect|interrupt|wake\w*)(_\w+|[A-Z]\w*)?"
)


class Backlog:
    """A queue without a bound.

    call: the constructor. name, symbol: what the queue is called, and its qualified name. puts, gets: the functions at
    both ends. bound: the argument that would bound it, "" where none can.
    """

    __slots__ = ("bound", "call", "gets", "name", "puts", "symbol")

    def __init__(self, call: ast.Call, name: str, symbol: str, puts: str, gets: str, bound: str) -> None:
        self.call = call
        self.name = name
        self.symbol = symbol
        self.puts = puts
        self.gets = gets
        self.bound = bound


class _End(NamedTuple):
    """One end of a queue: the scope that owns it, its name there, and the reads of it."""

    owner: Scope
    name: str
    references: list[Reference]

    @property
    def symbol(self) -> str:
        """Its qualified name."""
        return ".".join(filter(None, [self.owner.qualname, self.name]))


def backlogs(file: File) -> Iterator[Backlog]:
    """The unbounded queues of a file that one function fills again and again, and another one empties."""
    model = file.model
    made = {}
    for call, scope, maker in model.called(_MAKERS):
        bound = COLLECTIONS[maker] if maker in COLLECTIONS else CHANNELS[maker]
        if maker not in file.options.bounded and not _is_bounded(model, call, scope, bound, maker in CHANNELS):
            made[call] = scope, bound, maker in CHANNELS
    seen = set()
    for call in sorted(made, key=lambda call: (call.lineno, call.col_offset)):
        scope, bound, channel = made[call]
        ends = _ends(model, call, scope, channel, made.keys())
        if ends is None or (ends[0].owner, ends[0].name) in seen:
            continue
        seen.add((ends[0].owner, ends[0].name))
        sides = _sides(file, *ends)
        if sides is not None:
            putter, getter = (side.name for side in sides)
            yield Backlog(call, ends[0].name, ends[0].symbol, putter, getter, bound[0] if bound else "")


def _is_bounded(model: Model, call: ast.Call, scope: Scope, bound: tuple[str, int] | None, channel: bool) -> bool:
    """Has the queue a bound? A queue's 0, None and negative numbers are none; nor is a channel's infinity."""
    if bound is None:
        return False
    name, position = bound
    given = [k.value for k in call.keywords if k.arg in (name, None)] + call.args[position : position + 1]
    for value in given:
        if _is_infinite(model, value, scope):
            continue
        if channel or not (isinstance(value, ast.UnaryOp) or (isinstance(value, ast.Constant) and not value.value)):
            return True
    return channel and not given


def _is_infinite(model: Model, value: ast.expr, scope: Scope) -> bool:
    if isinstance(value, ast.Call):
        text = value.args[0].value if value.args and isinstance(value.args[0], ast.Constant) else None
        return text in ("inf", "infinity") and "builtins.float" in model.qualnames(value.func, scope)
    return "math.inf" in model.qualnames(value, scope)


def _ends(
    model: Model, call: ast.Call, scope: Scope, channel: bool, unbounded: Collection[ast.AST]
) -> tuple[_End, _End] | None:
    """The end into which is put and the one from which is got: the same, unless it is a channel.

    unbounded: all calls that make queues without a bound.
    """
    statement = model.parent(call)
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target: ast.expr = statement.targets[0]
    elif isinstance(statement, ast.AnnAssign):
        target = statement.target
    else:
        return None
    if channel:
        if not isinstance(target, ast.Tuple) or len(target.elts) != 2:
            return None
        sender, receiver = (_end(model, each, scope, unbounded) for each in target.elts)
    else:
        sender = receiver = _end(model, target, scope, unbounded)
    return (sender, receiver) if sender is not None and receiver is not None else None


def _end(model: Model, target: ast.expr, scope: Scope, unbounded: Collection[ast.AST]) -> _End | None:
    """What a name or an attribute of `self` stands for, if nothing with a bound is ever bound to it."""
    if isinstance(target, ast.Name):
        owner = model.resolve(scope, target.id)
        if owner is None:
            return None
        stores = [node for node in owner.bound[target.id] if node is not target]
        name = target.id
        references = [*model.references(owner, name)]
        if owner.kind == "class":
            members = model.family_members(owner, name)
            stores += [r.node for r in members if not _is_read(r.node)]
            references += [r for r in members if _is_read(r.node)]
    elif isinstance(target, ast.Attribute):
        cls = model.class_of(target.value, scope)
        if cls is None:
            return None
        owner, name = cls, target.attr
        members = model.family_members(cls, name)
        stores = [r.node for r in members if not _is_read(r.node) and r.node is not target]
        references = [r for r in members if _is_read(r.node)]
    else:
        return None
    if not all(_has_no_bound(model, store, unbounded) for store in stores):
        return None
    return _End(owner, name, references)


def _is_read(node: ast.expr) -> bool:
    return isinstance(getattr(node, "ctx", None), ast.Load)


def _has_no_bound(model: Model, store: ast.AST, unbounded: Collection[ast.AST]) -> bool:
    """`x = None`, `x: Queue`, `del x`, `x = Queue()`"""
    statement = model.parent(store)
    if isinstance(statement, (ast.Assign, ast.AnnAssign)):
        value = statement.value
        return value is None or value in unbounded or (isinstance(value, ast.Constant) and value.value is None)
    return isinstance(statement, ast.Delete)


def _sides(file: File, sender: _End, receiver: _End) -> tuple[Scope, Scope] | None:
    """The function that puts again and again, and the one that gets in a loop."""
    model = file.model
    puts = _uses(model, sender)
    gets = puts if sender is receiver else _uses(model, receiver)
    if any(_verb(use) in _SIZES for use in (*puts, *gets)):
        return None
    getters = dict.fromkeys(function for use in gets for function in _gets(model, use, receiver.name))
    if not getters:
        return None
    for use in islice((use for use in puts if _verb(use) in _PUTS), _FEW):
        putter = _puts(model, use)
        if putter is None or putter in getters or _waits(file, putter, use) or _is_run_by(model, putter, getters):
            continue
        return putter, next(iter(getters))
    return None


def _uses(model: Model, end: _End) -> list[Use]:
    """What is done with one end of a queue, also by the functions of the file that are given it."""
    references = list(end.references)
    given: set[tuple[Scope, str]] = set()
    uses = []
    for _ in range(3):
        found = [use for use in model.trace(references) if not use.steps]
        uses += found
        handed = (_parameter(model, use) for use in found if use.verb in ("argument", "display"))
        parameters = {parameter for parameter in handed if parameter is not None} - given
        given |= parameters
        references = [r for function, name in parameters for r in model.references(function, name)]
        if not references:
            break
    return uses


def _parameter(model: Model, use: Use) -> tuple[Scope, str] | None:
    """(function, parameter) that a queue becomes: `work(queue)`, `Thread(target=work, args=(queue,))`."""
    site, target, place, word = use.site, None, -1, None
    if isinstance(site, ast.Call):
        target = site.func
        if use.node in site.args:
            place = site.args.index(use.node)
        else:
            word = next((k.arg for k in site.keywords if k.value is use.node), None)
    elif isinstance(site, (ast.Tuple, ast.List)) and isinstance(keyword := model.parent(site), ast.keyword):
        outer = model.parent(keyword)
        if keyword.arg == "args" and isinstance(outer, ast.Call) and use.node in site.elts:
            target = next((k.value for k in outer.keywords if k.arg == "target"), None)
            place = site.elts.index(use.node)
    function = model.runs(target, use.scope) if target is not None else None
    if function is None or not isinstance(function.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return None
    parameters = [*function.node.args.posonlyargs, *function.node.args.args][model.receiver(function) is not None :]
    if 0 <= place < len(parameters):
        return function, parameters[place].arg
    return (function, word) if word in function.bound else None


def _verb(use: Use) -> str:
    """The method that is called on the queue, or handed on to be called."""
    return getattr(use.site, "attr", "") if use.verb == "." else use.verb


def _named(model: Model, scope: Scope) -> Scope | None:
    """The function with a name in which the code of a scope stands."""
    function = model.function(scope)
    while function is not None and function.kind == "lambda" and function.enclosing is not None:
        function = model.function(function.enclosing)
    return function


def _gets(model: Model, use: Use, name: str) -> list[Scope]:
    """The function that gets in a loop which goes on when the queue is empty; with that which it gets for, if the loop
    is there."""
    function = _named(model, use.scope)
    if function is None:
        return []
    if use.verb == "iterate":
        return [function] if isinstance(use.site, ast.AsyncFor) else []
    if _verb(use) not in _GETS:
        return []
    if _loop(model, use.site, name) is not None:
        return [function]
    looping = (caller for call, caller in _callers(model, function) if _loop(model, call, name) is not None)
    caller = next(looping, None)
    return [caller, function] if caller is not None else []


def _loop(model: Model, node: ast.AST, name: str = "") -> ast.AST | None:
    """The loop around a node that no list and no count ends, and no look at `name` either."""
    for child, parent in model.ancestors(node):
        if isinstance(parent, ast.Try) and child in parent.body and name and any(map(_gives_up, parent.handlers)):
            return None
        if isinstance(parent, ast.While):
            test = parent.test
            if child is test:
                return parent
            if isinstance(test, ast.UnaryOp):
                test = test.operand
            mentioned = isinstance(test, ast.Call) and name and f".{name}." in f".{model.dotted(test.func)}."
            if mentioned or isinstance(test, ast.Compare):
                return None
            return parent
        if isinstance(parent, ast.AsyncFor) and child is not parent.iter:
            return parent
        if isinstance(parent, ast.For) and isinstance(parent.iter, ast.Call):
            if getattr(parent.iter.func, "id", "") == "iter" and len(parent.iter.args) == 2:
                return parent
    return None


def _gives_up(handler: ast.ExceptHandler) -> bool:
    """`except queue.Empty: break`"""
    kind = getattr(handler.type, "attr", getattr(handler.type, "id", ""))
    return kind.endswith("Empty") and isinstance(handler.body[-1], (ast.Break, ast.Return))


def _puts(model: Model, use: Use) -> Scope | None:
    """The function that puts an item which is not fixed, again and again."""
    verb = _verb(use)
    function = _named(model, use.scope)
    if function is None or verb not in _PUTS or _ENDS.fullmatch(function.name):
        return None
    if not any(map(_varies, _items(model, use))):
        return None
    answer = repeats(model, function).answer
    if answer in (IMPORT, ONCE) or _given(function)[1:] == ["frame"]:
        return None  # a handler of signals, (number, frame), must not wait, and few come
    if answer == MANY or _loop(model, use.site) is not None:
        return function
    if any(isinstance(parent, ast.For) for _, parent in model.ancestors(use.site)):
        return None  # a list of work
    asked = _is_asked(function) or any(
        _is_asked(caller) and not _ENDS.fullmatch(caller.name) for _, caller in _callers(model, function)
    )
    return function if asked and _given(function) else None


def _items(model: Model, use: Use) -> list[ast.expr]:
    """What a put puts: `x.put(item)`, `call_soon(x.put, item)`."""
    if isinstance(use.site, ast.Call):
        return [*use.site.args[:1], *(k.value for k in use.site.keywords if k.arg in ("item", "obj"))]
    call = model.parent(use.site)
    return call.args[call.args.index(use.site) + 1 :] if isinstance(call, ast.Call) and use.site in call.args else []


def _varies(item: ast.expr) -> bool:
    """Is the item more than a constant or a marker (`None`, `STOP`, `self._SENTINEL`)?"""
    name = item.attr if isinstance(item, ast.Attribute) else getattr(item, "id", "")
    marks = name.isupper() or "sentinel" in name.lower() or "stop" in name.lower()
    return not isinstance(item, ast.Constant) and not marks


def _is_asked(function: Scope) -> bool:
    """Is it a public function that is given what it puts?"""
    return bool(_given(function)) and not function.name.startswith("_")


def _given(function: Scope) -> list[str]:
    """The names of a function's parameters, without the receiver's."""
    arguments: ast.arguments = function.node.args  # type: ignore[attr-defined]
    parameters = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    return [arg.arg for arg in parameters if arg.arg not in ("self", "cls")]


def _waits(file: File, putter: Scope, use: Use) -> bool:
    """Does the function that puts go on only when its item, or another one, is dealt with?"""
    model = file.model
    last: dict[Scope | None, float] | None = file.kept.get("waiting")
    if last is None:
        last = file.kept["waiting"] = {}
        for name in (*_WAITS, "get", "acquire"):
            for call, scope in model.calls(name):
                waits = name != "get" or not call.args
                if name == "acquire":
                    receiver = model.dotted(call.func.value) if isinstance(call.func, ast.Attribute) else ""
                    waits = _PERMIT.match(receiver) is not None
                if waits:
                    function = _named(model, scope)
                    line = math.inf if name == "acquire" else call.lineno
                    last[function] = max(line, last.get(function, 0))
    if last.get(putter, 0) >= use.site.lineno:  # type: ignore[attr-defined]
        return True
    return any(_is_waited_for(file, putter, word) for word in _words(model, putter, _items(model, use)))


def _is_waited_for(file: File, putter: Scope, word: str) -> bool:
    """Is a local of the function awaited, or returned, as by an executor? Then the caller can wait for it."""
    key = "waited for", putter, word
    if key not in file.kept:
        model = file.model
        found = (model.parent(reference.node) for reference in model.references(putter, word))
        file.kept[key] = any(isinstance(parent, (ast.Await, ast.Return)) for parent in found)
    return bool(file.kept[key])


def _words(model: Model, function: Scope, items: Sequence[ast.expr]) -> set[str]:
    """The locals of a function that go into some expressions, directly or through one other local."""
    words: set[str] = set()
    for _ in range(2):
        found = {n.id for item in items for n in ast.walk(item) if isinstance(n, ast.Name)}
        found &= function.bound.keys() - words
        words |= found
        items = [b.value for word in found for b in model.bindings(function, word) if b.value is not None]
    return words


def _is_run_by(model: Model, function: Scope, getters: Container[Scope]) -> bool:
    """Do those that get come to call the function? Then the queue feeds itself, and a bound would be a deadlock."""
    seen = [function]
    for callee in seen:
        for _, caller in _callers(model, callee):
            if caller in getters:
                return True
            if caller not in seen and len(seen) < _FEW:
                seen.append(caller)
    return False


def _callers(model: Model, function: Scope) -> Iterator[tuple[ast.Call, Scope]]:
    """Calls of a function of this file, with the function in which they stand."""
    for call, scope in islice(model.calls(function.name), _FEW):
        if model.runs(call.func, scope) is function:
            caller = _named(model, scope)
            if caller is not None:
                yield call, caller
