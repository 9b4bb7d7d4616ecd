"""Which code adds to what the interpreter keeps, again and again?

Of the state of the interpreter nothing is ever collected. A function that may run often must take out again what it
puts in, ask first whether it is there, or use only so many different keys.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

from ..knowledge.interpreter import (
    CLASS_KEEPERS,
    FILTERS,
    IDENTITIES,
    LISTS,
    LOGGERS,
    MADE_UP,
    MAPPINGS,
    PIECES,
    POINTERS,
)
from ..knowledge.memoizers import MEMOIZERS
from ..model import LastNames, Model, Scope
from ..model.binding import last_name
from ..rule import File
from .keys import is_bounded, is_few
from .pattern import Pattern
from .repeats import ARRIVALS, IMPORT, MANY, ONCE, repeats

_VARIABLE = "contextvars.ContextVar"
_TAILS = LastNames({*LOGGERS, *FILTERS, *CLASS_KEEPERS, _VARIABLE})
# Attribute -> module, of the lists and mappings.
_ATTRIBUTES = {attr: module for module, _, attr in (name.rpartition(".") for name in LISTS | MAPPINGS)}
# Calls of a file: (call, scope, qualified name).
Calls = list[tuple[ast.Call, Scope, str]]
_IDENTITY = Pattern(IDENTITIES)
_PIECE = Pattern(PIECES)
_COUNTER = Pattern(r".*(count|counter|ids?|serial|sequence|seq)", re.I)
_PUTS = frozenset({"append", "insert", "extend"})
_TAKES = frozenset({"remove", "pop", "popitem", "clear"})
# Functions that are called to load or add something, and what a program is configured with.
_LOADER = Pattern(r"_*(re)?(load|import|exec|execute|add|append|prepend|insert)(_\w+)?")
_OPTIONS = Pattern(r"(\w+_)?(options?|opts?|args|arguments|config|cfg|conf|settings?)")
# An expression of more parts than this is generated.
_MOST = 50


class Growth:
    """Code that adds to what the interpreter keeps.

    node: where. function: the function that does it. name: of what grows. what, why, cure: three pieces of a sentence.
    """

    __slots__ = ("cure", "function", "name", "node", "what", "why")

    def __init__(self, node: ast.AST, function: Scope, name: str, what: str, why: str, cure: str) -> None:
        self.node = node
        self.function = function
        self.name = name
        self.what = what
        self.why = why
        self.cure = cure


def growing(file: File) -> Iterator[Growth]:
    """What the functions of a file add to the interpreter's own state each time they run: the first line for each."""
    model = file.model
    calls = list(model.called(_TAILS))
    finders = []
    if any(model.imports(_ATTRIBUTES[name]) for name in model.attribute_names & _ATTRIBUTES.keys()):
        finders += [_lists(model), _mappings(model)]
    if calls or model.calls("getChild"):
        finders += [_loggers(model, calls), _filters(model, calls), _variables(model, calls), _types(model, calls)]
    for found in finders:
        first: dict[tuple[Scope, str], Growth] = {}
        for growth in found:
            other = first.setdefault((growth.function, growth.name), growth)
            if _position(growth.node) < _position(other.node):
                first[growth.function, growth.name] = growth
        yield from first.values()


def _position(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def _repeating(model: Model, scope: Scope) -> tuple[Scope | None, bool]:
    """The function that may run again and again, None where it doesn't; and whether it is sure to."""
    function = model.function(scope)
    if function is None:
        return None, False
    answer = repeats(model, scope).answer
    return (None, False) if answer in (IMPORT, ONCE) else (function, answer == MANY)


# -- lists and mappings -------------------------------------------------------------------------------------------


def _accesses(
    model: Model, names: frozenset[str], puts: Callable[[Model, ast.Attribute], object]
) -> dict[str, list[tuple[ast.Attribute, Scope]]]:
    """Every expression of the file that means one of the given attributes of modules, where at least one looks like a
    put: name -> (node, scope)."""
    found: dict[str, list[tuple[ast.Attribute, Scope]]] = {}
    for name in names:
        module, _, attr = name.rpartition(".")
        if attr not in model.attribute_names or not model.imports(module):
            continue
        nodes = [node for node in model.attribute_nodes(attr) if node.value.__class__ is ast.Name]
        spelled = model.spellings((module,))
        nodes = [node for node in nodes if node.value.id in spelled]  # type: ignore[attr-defined]
        if any(puts(model, node) is not None for node in nodes):
            means = [(node, model.scope(node)) for node in nodes]
            found[name] = [(node, scope) for node, scope in means if name in model.qualnames(node, scope)]
    return found


def _lists(model: Model) -> Iterator[Growth]:
    """`sys.path.insert(0, path)`, unless the function looks at the list first, or the file takes something out of it.

    What comes from the program's options, or is a part of the program by its name, is set up once. Where it isn't known
    how often a function runs, it counts only if it adds to the path what it made up, or if it is called to load or add
    what its caller gives it. All else was set-up code: of 25 such calls in 30 packages none ran twice.
    """
    for name, nodes in _accesses(model, LISTS, _added).items():
        puts: list[tuple[ast.AST, Scope, list[ast.expr]]] = []
        looking: set[Scope | None] = set()
        for node, scope in nodes:
            added = _added(model, node)
            if added is not None:
                puts.append((_site(model, node), scope, added))
            elif _takes_out(model, node):
                break
            elif not _is_part_of_put(model, node):
                looking.add(model.function(scope))
        else:
            for site, scope, added in puts:
                function, sure = _repeating(model, scope)
                if function is None or function in looking or _asked(model, site, function):
                    continue
                if any(_comes_new(model, function, scope, value, sure, name) for value in added):
                    yield Growth(
                        site,
                        function,
                        name,
                        f"adds to {name} each time it runs",
                        "nothing in this module takes it out",
                        f"add it once, ask first whether it is in {name}, or remove it in a finally block",
                    )


def _added(model: Model, node: ast.Attribute) -> list[ast.expr] | None:
    """What an access adds to the list: `x.append(v)`, `x += [v]`, `x[:0] = [v]`, `x = [v] + x`; None for any other."""
    parent = model.parent(node)
    outer = model.parent(parent) if parent is not None else None
    if isinstance(parent, ast.Attribute):
        called = isinstance(outer, ast.Call) and outer.func is parent and parent.attr in _PUTS
        return outer.args[-1:] if called and isinstance(outer, ast.Call) else None
    if isinstance(parent, ast.AugAssign) and parent.target is node:
        return _items(parent.value)
    if isinstance(parent, ast.Assign) and node in parent.targets:
        same = model.dotted(node)
        parts = [parent.value]
        for part in parts:
            if isinstance(part, ast.BinOp) and len(parts) < _MOST:
                parts += [part.left, part.right]
            elif isinstance(part, (ast.List, ast.Tuple)):
                parts += [e.value for e in part.elts if isinstance(e, ast.Starred)]
        if any(model.dotted(part) == same for part in parts):
            return [item for part in parts if isinstance(part, (ast.List, ast.Tuple)) for item in _items(part)]
    return None


def _items(node: ast.expr) -> list[ast.expr]:
    elements = node.elts if isinstance(node, (ast.List, ast.Tuple)) else [node]
    return [element for element in elements if not isinstance(element, ast.Starred)]


def _site(model: Model, node: ast.AST) -> ast.AST:
    """The statement or call that puts in."""
    parent = model.parent(node)
    return (model.parent(parent) if isinstance(parent, ast.Attribute) else parent) or node


def _takes_out(model: Model, node: ast.Attribute) -> bool:
    """`x.remove(v)`, also as a value; `del x[0]`; `x[:] = old`, `x = old`"""
    parent = model.parent(node)
    if isinstance(parent, ast.Attribute):
        return parent.attr in _TAKES
    if isinstance(parent, ast.Subscript):
        return not isinstance(parent.ctx, ast.Load)
    return not isinstance(node.ctx, ast.Load) and not isinstance(parent, ast.AugAssign)


def _is_part_of_put(model: Model, node: ast.AST) -> bool:
    """The list on the right of `x = [v] + x`."""
    for _, parent in model.ancestors(node):
        if isinstance(parent, ast.Assign):
            return any(isinstance(t, ast.Attribute) and _added(model, t) is not None for t in parent.targets)
        if isinstance(parent, ast.stmt) or not isinstance(parent, (ast.BinOp, ast.List, ast.Starred)):
            return False
    return False


def _asked(model: Model, site: ast.AST, function: Scope) -> bool:
    """Does a test keep it from running twice: `if not done:`, `if x is None:`; `if done: return`, `done = True`?"""
    for child, parent in model.ancestors(site):
        if isinstance(parent, ast.If) and not (parent.orelse and _position(child) >= _position(parent.orelse[0])):
            test = parent.test
            if isinstance(test, ast.UnaryOp) or (isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Is)):
                return True
    return model.keep(("flagged once", function), lambda: _is_flagged(model, function))


def _is_flagged(model: Model, function: Scope) -> bool:
    body = getattr(function.node, "body", None)
    body = body if isinstance(body, list) else []
    flags = {model.dotted(s.test) for s in body if isinstance(s, ast.If) and isinstance(s.body[-1], ast.Return)} - {""}
    return any(model.dotted(t) in flags for s in body if isinstance(s, ast.Assign) for t in s.targets)


def _comes_new(model: Model, function: Scope, scope: Scope, value: ast.expr, sure: bool, name: str) -> bool:
    """May the value be added many times over?"""
    if sure:
        own = name == "sys.path" and not is_bounded(model, scope, value) and is_few(model, scope, value)
        return not own and not any(_OPTIONS.fullmatch(_root(part)) for part in _parts(model, scope, value))
    if name != "sys.path":
        return False
    if made_up(model, scope, value, False):
        return True
    if not _LOADER.fullmatch(function.name):
        return False
    given = [part.id for part in _parts(model, scope, value) if isinstance(part, ast.Name)]
    return any(b.kind == "parameter" for n in given if n in function.bound for b in model.bindings(function, n)[:_MOST])


def _root(node: ast.AST) -> str:
    """`options` of `options.path`; "" for what doesn't begin with a name."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _mappings(model: Model) -> Iterator[Growth]:
    """`sys.modules[key] = m` under a key that is made up, and that nothing in the file deletes.

    What is deleted under a fixed key is another entry.
    """
    for name, nodes in _accesses(model, MAPPINGS, _key).items():
        puts: list[tuple[ast.AST, Scope, ast.expr]] = []
        for node, scope in nodes:
            parent = model.parent(node)
            outer = model.parent(parent) if parent is not None else None
            key = _key(model, node)
            if key is not None:
                puts.append((parent if isinstance(parent, ast.Subscript) else outer or node, scope, key))
            elif isinstance(parent, ast.Attribute) and isinstance(outer, ast.Call) and outer.args:
                if parent.attr in _TAKES and not is_bounded(model, scope, outer.args[0]):
                    break
            elif isinstance(parent, ast.Subscript):
                if isinstance(parent.ctx, ast.Del) and not is_bounded(model, scope, parent.slice):
                    break
            elif _takes_out(model, node) or isinstance(parent, ast.Call):
                break
        else:
            for site, scope, key in puts:
                function, sure = _repeating(model, scope)
                source = made_up(model, scope, key, sure) if function is not None else ""
                if function is not None and source:
                    yield Growth(
                        site,
                        function,
                        name,
                        f"makes up a key of {name} from {source}",
                        "nothing in this module deletes it",
                        "delete it when done, or use a fixed name",
                    )


def _key(model: Model, node: ast.Attribute) -> ast.expr | None:
    """The key under which an access puts something in: `x[key] = v`, `x.setdefault(key, v)`; None for any other."""
    parent = model.parent(node)
    if isinstance(parent, ast.Subscript):
        return parent.slice if isinstance(parent.ctx, ast.Store) else None
    outer = model.parent(parent) if isinstance(parent, ast.Attribute) else None
    if isinstance(outer, ast.Call) and outer.args and last_name(outer.func) in ("setdefault", "__setitem__"):
        return outer.args[0] if outer.func is parent else None
    return None


# -- what is kept by name -----------------------------------------------------------------------------------------


def _loggers(model: Model, known: Calls) -> Iterator[Growth]:
    """`logging.getLogger(f"{__name__}.{request_id}")`, `log.getChild(str(id(self)))`."""
    calls = [(call, scope) for call, scope, name in known if name in LOGGERS]
    for call, scope in model.calls("getChild"):
        receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
        if receiver is not None and ("log" in last_name(receiver).lower() or model.types(receiver, scope) & LOGGERS):
            calls.append((call, scope))
    if not calls or model.attribute_nodes("loggerDict"):
        return
    for call, scope in calls:
        function, sure = _repeating(model, scope) if call.args else (None, False)
        source = made_up(model, scope, call.args[0], sure) if function is not None else ""
        if function is not None and source:
            yield Growth(
                call,
                function,
                "logging",
                f"makes up a logger's name from {source}",
                "the logging module keeps every logger",
                "use one logger, and a LoggerAdapter or extra= for what varies",
            )


def _filters(model: Model, known: Calls) -> Iterator[Growth]:
    """`warnings.filterwarnings("ignore", message=text)` where the filter is another one each time, and nothing in the
    file puts the old filters back."""
    if model.calls("catch_warnings") or model.calls("resetwarnings") or model.attribute_nodes("filters"):
        return
    for call, scope, name in known:
        function, sure = _repeating(model, scope) if name in FILTERS else (None, False)
        if function is None:
            continue
        varying = [call.args[i] for i in FILTERS[name] if i < len(call.args)]
        varying += [k.value for k in call.keywords if k.arg in ("message", "category", "module")]
        for value in varying:
            source = made_up(model, scope, value, sure) or _local_class(model, scope, value)
            if sure and not source and not is_bounded(model, scope, value) and not is_few(model, scope, value):
                source = "its input"
            if source:
                yield Growth(
                    call,
                    function,
                    "warnings.filters",
                    f"adds to warnings.filters what it makes from {source}",
                    "nothing in this module takes it out",
                    "set a fixed filter once, or use warnings.catch_warnings()",
                )
                break


def _variables(model: Model, known: Calls) -> Iterator[Growth]:
    """A ContextVar that a function makes, and that is set but never reset.

    On an attribute it counts only in code that is sure to repeat: all 11 in 30 packages belonged to objects of which
    there is one.
    """
    for call, scope, name in known:
        function, sure = _repeating(model, scope) if name == _VARIABLE else (None, False)
        if function is None:
            continue
        parent = model.parent(call)
        target = parent.targets[0] if isinstance(parent, ast.Assign) else getattr(parent, "target", None)
        verbs: set[str] = set()
        if isinstance(parent, ast.Attribute):
            verbs = {parent.attr}
        elif isinstance(target, ast.Name) and model.resolve(scope, target.id) is function:
            if len(function.bound[target.id]) == 1:
                verbs = {_verb(model, node) for node, _ in model.references(function, target.id)}
        elif isinstance(target, ast.Attribute) and sure:
            cls = model.class_of(target.value, scope)
            members = model.family_members(cls, target.attr) if cls is not None else []
            verbs = {_verb(model, node) for node, _ in members if isinstance(node.ctx, ast.Load)}  # type: ignore[attr-defined]
        if "set" in verbs and verbs <= {"set", "get", "name"}:
            yield Growth(
                call,
                function,
                "ContextVar",
                "makes a ContextVar and sets it each time",
                "the context keeps it, with its value",
                "make it once, at the top of the module",
            )


def _verb(model: Model, node: ast.AST) -> str:
    parent = model.parent(node)
    return parent.attr if isinstance(parent, ast.Attribute) else "other"


# -- what is kept by type -----------------------------------------------------------------------------------------


def _types(model: Model, known: Calls) -> Iterator[Growth]:
    """`POINTER(c_char * size)`, and a class that the function makes and hands to what keeps classes."""
    for call, scope, name in known:
        function, _ = _repeating(model, scope) if name in CLASS_KEEPERS else (None, False)
        if function is None or _memoized(model, function):
            continue
        for value in call.args:
            if name in POINTERS and _is_array_of_any_size(model, scope, value):
                yield Growth(
                    call,
                    function,
                    name,
                    f"calls {name} for an array of another size each time",
                    "ctypes keeps every pointer type, up to Python 3.13",
                    "point to the items, or make the array with from_address()",
                )
            elif _local_class(model, scope, value):
                yield Growth(
                    call,
                    function,
                    name,
                    f"hands a class of its own to {name}",
                    "that keeps the class of every call",
                    "define the class at the top of the module",
                )
            else:
                continue
            break


def _is_array_of_any_size(model: Model, scope: Scope, node: ast.expr) -> bool:
    """`c_char * n`, or a name for it, where the program doesn't fix n."""
    if isinstance(node, ast.Name):
        owner = model.resolve(scope, node.id)
        bindings = model.bindings(owner, node.id) if owner is not None and owner is not model.module else []
        value = bindings[0].value if len(bindings) == 1 and bindings[0].kind == "assign" else None
        if value is None or isinstance(value, ast.Name):
            return False
        node = value
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Mult):
        return False
    return not is_bounded(model, scope, node.right) and not is_few(model, scope, node.right)


def _local_class(model: Model, scope: Scope, node: ast.expr) -> str:
    """The name of a class that the function around makes at each call; "" for any other expression."""
    cls = model.defined(node, scope)
    if cls is None or cls.kind != "class" or cls.enclosing is None:
        return ""
    return cls.name if model.function(cls.enclosing) is model.function(scope) is not None else ""


def _memoized(model: Model, function: Scope) -> bool:
    """Does a decorator remember the results, so that each call is made once?"""
    decorators = getattr(function.node, "decorator_list", ())
    outside = function.parent or function
    return any(
        model.qualnames(d.func if isinstance(d, ast.Call) else d, outside) & MEMOIZERS.keys() for d in decorators
    )


# -- keys that are made up ----------------------------------------------------------------------------------------


def made_up(model: Model, scope: Scope, key: ast.expr, sure: bool) -> str:
    """What makes a key another one at each call: a random number, the time, an object's id, a name for what there is
    one of per request; "" where nothing does. sure: is it known that the code repeats?"""
    for node in _parts(model, scope, key):
        if isinstance(node, ast.Call):
            source = _source(model, scope, node)
            if source:
                return f"{source}()"
        else:
            name = last_name(node)
            if _IDENTITY.fullmatch(name) or (sure and _PIECE.fullmatch(name)):
                return f"'{name}'"
            if name == "id" and isinstance(node, ast.Attribute) and last_name(node.value) in ARRIVALS:
                return f"'{model.dotted(node)}'"
    return ""


def _source(model: Model, scope: Scope, call: ast.Call) -> str:
    """The last name of a function that gives another result at each call."""
    for name in model.qualnames(call.func, scope):
        module, _, tail = name.rpartition(".")
        if name in MADE_UP or f"{module}." in MADE_UP:
            fixed = name == "builtins.id" and all(is_bounded(model, scope, argument) for argument in call.args)
            return "" if fixed else tail
        if name == "builtins.next" and call.args:
            counts = "itertools.count" in model.types(call.args[0], scope) or _COUNTER.fullmatch(
                last_name(call.args[0])
            )
            return "next" if counts else ""
    return ""


def _parts(model: Model, scope: Scope, key: ast.expr) -> Iterator[ast.expr]:
    """The calls, names and attributes that a key is made of; names that the function binds once are looked through.

    Globals are left out: of them there is one.
    """
    todo: list[ast.expr] = [key]
    seen: set[str] = set()
    for count, node in enumerate(todo):
        if count > _MOST:
            return
        if isinstance(node, ast.Call):
            yield node
            todo += node.args
            todo += [k.value for k in node.keywords]
            if isinstance(node.func, ast.Attribute) and not isinstance(node.func.value, ast.Name):
                todo.append(node.func.value)
        elif isinstance(node, ast.JoinedStr):
            todo += [v.value for v in node.values if isinstance(v, ast.FormattedValue)]
        elif isinstance(node, ast.BinOp):
            todo += [node.left, node.right]
        elif isinstance(node, (ast.Tuple, ast.List)):
            todo += node.elts
        elif isinstance(node, (ast.Subscript, ast.Starred, ast.Await)):
            todo.append(node.value)
        elif isinstance(node, ast.IfExp):
            todo += [node.body, node.orelse]
        elif isinstance(node, ast.Attribute):
            yield node
            if isinstance(node.value, ast.Call):
                todo.append(node.value)
        elif isinstance(node, ast.Name) and node.id not in seen:
            seen.add(node.id)
            owner = model.resolve(scope, node.id)
            if owner is None or owner is model.module:
                continue
            yield node
            bindings = model.bindings(owner, node.id)
            todo += [b.value for b in bindings[:_MOST] if b.kind in ("assign", "with") and b.value is not None]
