"""Context managers written as generators, and those that are entered by hand: is what they hold released?"""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..knowledge.resources import KEEPS, NONE, RESOURCES, RETURNS
from ..knowledge.values import DATA_ATTRIBUTES, DATA_METHODS, ENDINGS
from ..model import CLASS, Model, Reference, Scope, Use
from ..rule import File
from .acquisitions import Acquisition, is_script
from .instances import acquisitions
from .ownership import ESCAPED

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_TRIES = (ast.Try, getattr(ast, "TryStar", ast.Try))
_WITHS = (ast.With, ast.AsyncWith)
_MANAGERS = frozenset(
    """
    contextlib.contextmanager contextlib.asynccontextmanager contextlib2.contextmanager contextlib2.asynccontextmanager
    async_generator.asynccontextmanager
    """.split()
)
# Endings that say of a success as much as of an end: waiting for it, closing a span or a tag, restoring a state.
_RELEASES = ENDINGS - frozenset(
    """
    serve_forever wait_closed join drain reset abort finish end end_run finalize communicate wait unregister unbind
    unlink detach
    """.split()
)
# What begins something on a receiver -> what ends it there. Pairs such as open_tag/close_tag are left out: they balance
# what is written, and after an error nobody reads it.
_PAIRS: dict[str, frozenset[str]] = {
    "acquire": frozenset({"release"}),
    "lock": frozenset({"unlock", "release"}),
    "start": frozenset({"stop", "terminate", "kill", "shutdown", "join", "cancel", "quit"}),
    "startup": frozenset({"shutdown"}),
    "connect": frozenset({"disconnect", "close", "quit", "shutdown"}),
    "open": frozenset({"close"}),
    "login": frozenset({"logout", "quit", "close"}),
    "mount": frozenset({"unmount", "umount"}),
    "__enter__": frozenset({"__exit__"}),
    "__aenter__": frozenset({"__aexit__"}),
}
_ENDERS = frozenset().union(*_PAIRS.values())
# `pool.putconn(x)` gives back what `pool.getconn()` gave.
_GIVES_BACK = frozenset(
    """
    putconn put put_nowait release checkin check_in give_back putback put_back put_connection release_connection
    return_connection close free
    """.split()
)
_REMOVES = frozenset({"os.unlink", "os.remove", "os.rmdir", "os.removedirs", "shutil.rmtree"})
_REMOVERS = frozenset({"unlink", "rmdir", "rmtree"})  # of a path
_FUNCTION_RELEASES = frozenset({"os.close", "os.closerange", "matplotlib.pyplot.close"})
_TAKES_OVER = frozenset(
    """
    callback push push_async_callback push_async_exit enter_context enter_async_context enterContext closing aclosing
    enterAsyncContext finalize register addCleanup addAsyncCleanup addfinalizer append add insert extend setdefault
    """.split()
)
_MEASURES = re.compile(r"timers?$|clock|stopwatch|prof|tracemalloc|bench|coverage|\bcov\b|perf|elapsed|measur", re.I)
_TEMPORARY = re.compile(r"te?mp", re.I)
_BROAD = frozenset({"Exception", "BaseException"})
_MOST = 20  # more yields, bindings or releases of a thing than these are generated code


class Late(NamedTuple):
    """What a generator-based context manager holds while it is suspended, and doesn't release when the block raises.

    call: what acquired or started it. release: how the code spells the release after the yield; "" where there is none.
    """

    call: ast.Call
    scope: Scope
    name: str
    release: str


def late_releases(file: File) -> Iterator[Late]:
    """Resources of the file's context managers that are released after the `yield` only, or never."""
    functions = list(_managers(file.model))
    if not functions:
        return
    for function in functions:
        yield from _Manager(file, function).late()
    for found in acquisitions(file):
        if found.fate == ESCAPED and file.model.function(found.scope) in functions and _only_yielded(file.model, found):
            yield Late(found.call, found.scope, found.names[0] if found.names else f"{found.opened}()", "")


def _managers(model: Model) -> Iterator[Scope]:
    """The generators that `contextlib` makes context managers of; a server's lifespan ends with the process."""
    for scope in model.scopes:
        node = scope.node
        if not isinstance(node, _FUNCTIONS) or scope.kind != "function" or not node.decorator_list:
            continue
        around = scope.enclosing or model.module
        if any(model.qualnames(d, around) & _MANAGERS for d in node.decorator_list):
            if "lifespan" not in node.name and not is_script(model, scope) and not _is_lifespan(model, around, scope):
                yield scope


def _is_lifespan(model: Model, around: Scope, function: Scope) -> bool:
    """Is the function given to an application: `FastAPI(lifespan=manage)`?"""
    return any(
        isinstance(keyword := model.parent(node), ast.keyword) and "lifespan" in (keyword.arg or "")
        for node, _ in model.references(around, function.name)
    )


class _Manager:
    """One generator-based context manager: what stands in its own code, inner functions left out.

    about: a name as it is written -> the calls of its methods, and those that it is an argument of. stores: the same ->
    where it is bound. opened: a name -> the managers that a `with` binds it to. inner: the calls of inner functions.
    """

    def __init__(self, file: File, function: Scope) -> None:
        self.file, self.model, self.function = file, file.model, function
        self.calls: list[ast.Call] = []
        self.yields: list[ast.Yield] = []
        self.inner: list[ast.Call] = []
        self.about: defaultdict[str, list[ast.Call]] = defaultdict(list)
        self.stores: defaultdict[str, list[ast.expr]] = defaultdict(list)
        self.opened: defaultdict[str, list[ast.expr]] = defaultdict(list)
        todo: list[ast.AST] = list(function.node.body)  # type: ignore[attr-defined]
        for node in todo:
            if not isinstance(node, (*_FUNCTIONS, ast.ClassDef, ast.Lambda)):
                self.enter(node)
                todo += ast.iter_child_nodes(node)
        self.calls.sort(key=_position)
        self.yields = sorted(self.yields, key=_position)[:_MOST]

    def enter(self, node: ast.AST) -> None:
        dotted = self.model.dotted
        if isinstance(node, ast.Call):
            self.calls.append(node)
            receiver = dotted(node.func).rpartition(".")[0]
            for name in {receiver, *map(dotted, node.args)} - {""}:
                self.about[name].append(node)
            inner = self.model.defined(node.func, self.function)
            if inner is not None and inner.enclosing is self.function:
                self.inner.append(node)
        elif isinstance(node, ast.Yield):
            self.yields.append(node)
        elif isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Store):
            self.stores[dotted(node)].append(node)
        elif isinstance(node, ast.withitem) and isinstance(node.optional_vars, ast.Name):
            self.opened[node.optional_vars.id].append(node.context_expr)

    def late(self) -> Iterator[Late]:
        said = set()
        looked: Counter[str] = Counter()
        for release in self.calls if self.yields else ():
            for name, origins in self.releases(release):
                if not origins or looked[name] >= _MOST or self.handed(name):
                    continue
                looked[name] += 1
                begun = self.held(name, origins[:_MOST], release)
                if begun is not None and begun not in said:
                    said.add(begun)
                    given = name if any(self.model.dotted(a) == name for a in release.args[:1]) else ""
                    yield Late(begun, self.function, name, f"{self.model.dotted(release.func)}({given})")

    def releases(self, call: ast.Call) -> Iterator[tuple[str, list[ast.Call]]]:
        """What a call may release, as it is written, and the calls that may have begun it."""
        func = call.func
        names = self.model.qualnames(func, self.function)
        first = self.model.dotted(call.args[0]) if call.args else ""
        if names & _REMOVES and first:
            yield first, self.temporary(first)
        elif names & _FUNCTION_RELEASES and first:
            yield first, self.made(first)
        elif isinstance(func, ast.Attribute) and not self.is_module(func):
            receiver = self.model.dotted(func.value)
            if func.attr in _GIVES_BACK and len(call.args) == 1 and first and receiver:
                made = [c for c in self.made(first) if isinstance(c.func, ast.Attribute)]
                yield first, [c for c in made if self.model.dotted(c.func.value) == receiver]  # type: ignore[attr-defined]
            elif receiver and func.attr in _REMOVERS and (found := self.temporary(receiver)):
                yield receiver, found
            elif receiver and not (func.attr == "stop" and _MEASURES.search(receiver)):
                yield receiver, self.made(receiver, func.attr) + self.begun(receiver, func.attr, call)

    def is_module(self, func: ast.Attribute) -> bool:
        """Is a function of a module called, `tracemalloc.stop()`?"""
        root = self.model.dotted(func).partition(".")[0]
        owner = self.model.resolve(self.function, root)
        nodes = owner.bound[root] if owner is not None else []
        return any(isinstance(n, ast.alias) and isinstance(self.model.parent(n), ast.Import) for n in nodes)

    def begun(self, receiver: str, verb: str, release: ast.Call) -> list[ast.Call]:
        """The calls `x.start()`, `x.acquire()` whose end is `verb`; closing a part of x by its name is no end of x."""
        if verb not in _ENDERS or (release.args and verb in ("close", "disconnect", "release", "quit")):
            return []
        return [
            call
            for call in self.about[receiver][:_MOST]
            if isinstance(call.func, ast.Attribute)
            and verb in _PAIRS.get(call.func.attr, ())
            and self.model.dotted(call.func.value) == receiver
        ]

    def made(self, name: str, verb: str = "") -> list[ast.Call]:
        """The calls whose result a local name, or an attribute set here, is bound to. verb: what releases it."""
        found: list[ast.Call] = []
        if self.is_shared(name):
            return found
        for value in self.values(name):
            for call in _results(value):
                known = self.model.callee(call, self.function, RETURNS)
                rows = [RESOURCES[n] for n in known if n in RESOURCES]
                cures = {c for _, _, cures, _ in rows for cure in cures for c in cure.split("+")}
                cures.update(*(self.file.options.resources.get(n, ()) for n in known))
                spelled = known | {n.removeprefix("builtins.") for n in known}
                if any(row[1] == NONE for row in rows) or spelled & self.file.options.harmless:
                    continue
                if not verb or verb in _RELEASES or verb in cures:
                    found.append(call)
        return found

    def is_shared(self, name: str) -> bool:
        """Is it an attribute of the object that other methods use too? They may release it."""
        root, _, attr = name.partition(".")
        cls = self.model.method_of(self.function)
        if not attr or cls is None or root != self.model.receiver(self.function):
            return bool(attr)
        members = self.model.family_members(cls, attr.partition(".")[0])
        return any(self.model.function(member.scope) is not self.function for member in members)

    def values(self, name: str) -> Iterator[ast.expr]:
        """The right sides of the assignments to a name or attribute, in this function's own code."""
        for target in self.targets(name):
            around = (p for _, p in self.model.ancestors(target) if isinstance(p, (ast.stmt, ast.NamedExpr)))
            statement = next(around, None)
            if isinstance(statement, (ast.Assign, ast.AnnAssign, ast.NamedExpr)) and statement.value is not None:
                yield statement.value

    def targets(self, name: str) -> list[ast.expr]:
        return self.stores[name][:_MOST]

    def temporary(self, name: str) -> list[ast.Call]:
        """The calls that made the temporary file or folder on which a path is built."""
        found: list[ast.Call] = []
        todo = [name.partition(".")[0]]
        for word in todo:
            managers = self.opened[word][:_MOST]
            for value in (*self.values(word), *managers):
                for node in ast.walk(value):
                    if isinstance(node, ast.Name) and node.id not in todo and len(todo) < _MOST:
                        todo.append(node.id)
                    if not isinstance(node, ast.Call) or not _TEMPORARY.search(_tail(node.func)):
                        continue
                    if value not in managers or any(k.arg == "delete" for k in node.keywords):
                        found.append(node)
        return found

    def held(self, name: str, origins: list[ast.Call], release: ast.Call) -> ast.Call | None:
        """The call that begins what is held at a yield from which only a normal end leads to the release."""
        model = self.model
        for paused in self.yields:
            if not _reaches(model, paused, release) or self.covered(paused, name, origins, release):
                continue
            if any(_reaches(model, paused, t) and _reaches(model, t, release) for t in self.targets(name)):
                continue  # bound anew: the release is of something else
            ends = [
                call for call in self.about[name][:_MOST] if self.ends(call, name) and _reaches(model, call, paused)
            ]
            for origin in origins:
                before = any(call is not origin and _reaches(model, origin, call) for call in ends)
                if not before and _reaches(model, origin, paused):
                    return origin
        return None

    def covered(self, paused: ast.Yield, name: str, origins: list[ast.Call], release: ast.Call) -> bool:
        """Does a `finally`, a handler of everything or a `with` around the yield take care?"""
        around = {p for _, p in self.model.ancestors(release)}
        for child, parent in self.model.ancestors(paused):
            block = _block(parent, child)
            if isinstance(parent, _TRIES) and block != "finalbody":
                if self.settled(parent.finalbody, name):
                    return True
                for handler in filter(_is_broad, parent.handlers if block == "body" else ()):
                    if self.settled(handler.body, name) or (parent not in around and not self.leaves(handler)):
                        return True
            elif isinstance(parent, _WITHS) and block:
                for item in parent.items:
                    swallows = _tail(getattr(item.context_expr, "func", item)) == "suppress"
                    if (swallows and parent not in around) or self.manages(item, name, origins):
                        return True
        return False

    def leaves(self, handler: ast.ExceptHandler) -> bool:
        """Does a handler raise or return, so that what follows its `try` is not reached?"""
        return self.model.keep(
            ("leaves", handler), lambda: any(isinstance(n, (ast.Raise, ast.Return)) for n in ast.walk(handler))
        )

    def manages(self, item: ast.withitem, name: str, origins: list[ast.Call]) -> bool:
        """Does a `with` item release the thing?"""
        expression = item.context_expr
        if expression in origins:
            return False  # a temporary file that outlives its `with`
        root = name.partition(".")[0]
        if any(isinstance(n, ast.Name) and n.id == root for n in ast.walk(item.optional_vars or ast.Pass())):
            return True
        if self.model.dotted(expression) == name:
            known = self.model.types(expression, self.function)
            return not any(n in RESOURCES and RESOURCES[n][3] == KEEPS for n in known)
        is_path = any(_TEMPORARY.search(_tail(origin.func)) for origin in origins)
        arguments = expression.args if isinstance(expression, ast.Call) else []
        return not is_path and any(self.model.dotted(a) == name for a in arguments)

    def settled(self, body: list[ast.stmt], name: str) -> bool:
        """Does code release the thing, or may it: what it calls gets the thing, holds it, or is an inner function?"""
        holders = [name[:i] for i, letter in enumerate(name) if letter == "."]
        for call in (*self.inner, *(c for holder in holders for c in self.about[holder])):
            if _within(body, call):
                return True
        for call in self.about[name]:
            is_argument = any(self.model.dotted(a) == name for a in call.args)
            if _within(body, call) and (is_argument or self.ends(call, name)):
                return True
        return False

    def ends(self, call: ast.Call, name: str) -> bool:
        """Does a call release the thing, by its method or by a function?"""
        func = call.func
        if any(self.model.dotted(a) == name for a in call.args[:1]):
            names = self.model.qualnames(func, self.function)
            return bool(names & (_REMOVES | _FUNCTION_RELEASES)) or _tail(func) in _GIVES_BACK
        if not isinstance(func, ast.Attribute) or self.model.dotted(func.value) != name:
            return False
        return func.attr in ENDINGS or func.attr in _ENDERS or func.attr in _REMOVERS

    def handed(self, name: str) -> bool:
        """Is the thing, or the way to release it, kept by someone else too?"""
        for node, scope in self.model.references(self.function, name.partition(".")[0]):
            here: ast.expr = node
            while isinstance(parent := self.model.parent(here), ast.Attribute) and self.model.dotted(here) != name:
                here = parent
            loaded = isinstance(getattr(here, "ctx", None), ast.Load)
            if loaded and self.model.dotted(here) == name and parent is not None:
                inside = self.model.function(scope) is self.function
                if self.takes(parent, here) if inside else _is_released_by(parent):
                    return True
        stores = [s for t in self.targets(name) if isinstance(s := self.model.parent(t), ast.Assign)]
        return any(len(s.targets) > 1 for s in stores)

    def takes(self, parent: ast.AST, node: ast.expr) -> bool:
        """Does what stands around the thing keep it: an exit stack, a list, another name or attribute?"""
        outer = self.model.parent(parent)
        if isinstance(parent, ast.Call):
            return node is not parent.func and _tail(parent.func) in _TAKES_OVER
        if isinstance(parent, ast.Attribute):  # `stack.callback(x.close)`
            return parent.attr in ENDINGS | _ENDERS | _REMOVERS and getattr(outer, "func", None) is not parent
        if isinstance(parent, (ast.Tuple, ast.List, ast.Set, ast.Dict)):
            return not isinstance(outer, ast.Yield)
        return isinstance(parent, ast.Assign)


def _is_released_by(parent: ast.AST) -> bool:
    """Does an inner function end what it gets from outside, or give it to something?"""
    return isinstance(parent, ast.Call) or (isinstance(parent, ast.Attribute) and parent.attr in ENDINGS)


def _reaches(model: Model, first: ast.AST, then: ast.AST) -> bool:
    """May the flow of one function come from one node to a later one? A loop's next round is left out."""
    above = {parent: child for child, parent in model.ancestors(first)}
    if then in above:
        return True
    theirs, common = next(((c, p) for c, p in model.ancestors(then) if p in above), (then, None))
    if common is None:
        return False
    mine = above[common]
    here, there = _block(common, mine), _block(common, theirs)
    if here == there:
        if here in ("handlers", "cases") or _position(mine) >= _position(theirs):
            return False
    elif here and (isinstance(common, ast.If) or (here, there) not in _FLOW):
        return False
    for inner, outer in model.ancestors(first):
        if outer is common:
            return True
        block = _block(outer, inner)
        if block and _position(inner) < _last_exit(model, outer, block):
            return False
    return True


def _last_exit(model: Model, parent: ast.AST, block: str) -> tuple[int, int]:
    """Where the last `return` or `raise` of a block stands."""

    def last() -> tuple[int, int]:
        exits = [_position(s) for s in getattr(parent, block) if isinstance(s, (ast.Return, ast.Raise))]
        return max(exits, default=(0, 0))

    return model.keep(("last exit", parent, block), last)


_BLOCKS = ("body", "handlers", "orelse", "finalbody")
_FLOW = frozenset(
    (
        ("body", "orelse"),
        ("body", "finalbody"),
        ("handlers", "finalbody"),
        ("orelse", "finalbody"),
    )
)


def _block(parent: ast.AST, child: ast.AST) -> str:
    """The field of a statement that holds a list in which `child` stands; "" for its expressions."""
    if isinstance(child, ast.match_case):
        return "cases"
    return next((f for f in _BLOCKS if isinstance(b := getattr(parent, f, None), list) and _within(b, child)), "")


def _within(body: Sequence[ast.AST], node: ast.AST) -> bool:
    """Does `node` stand in these statements of its function?"""
    if not body or not hasattr(node, "lineno"):
        return False
    last = body[-1]
    return _position(body[0]) <= _position(node) <= (getattr(last, "end_lineno", 0), getattr(last, "end_col_offset", 0))


def _results(value: ast.expr) -> Iterator[ast.Call]:
    """The calls whose result an expression may be: `open(p) if p else sys.stdout`."""
    todo = [value]
    for node in todo:
        if isinstance(node, ast.Call):
            yield node
        elif isinstance(node, ast.Await):
            todo.append(node.value)
        elif isinstance(node, ast.IfExp):
            todo += [node.body, node.orelse]
        elif isinstance(node, ast.BoolOp):
            todo += node.values


def _is_broad(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or any(_tail(node) in _BROAD for node in ast.walk(handler.type))


def _tail(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _position(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


_LOOKS = frozenset({"yield", "test", "compare", "format", "drop", "iterate"})


def _only_yielded(model: Model, found: Acquisition) -> bool:
    """Does the caller get the resource, and nobody else? A file made of the standard streams is no file of ours."""
    call = found.call
    if any(k.arg == "closefd" for k in call.keywords) or any(_is_number(a) for a in call.args[:1]):
        return False
    uses = [use for name in found.names for use in model.trace(model.references(found.scope, name))]
    if not found.names:
        uses = model.direct(Reference(found.call, found.scope))[0]
    return any(map(_is_yield, uses)) and all(
        use.verb in _LOOKS
        or _is_yield(use)
        or (use.verb in DATA_METHODS and isinstance(use.site, ast.Call))
        or (use.verb == "." and getattr(use.site, "attr", "") in DATA_ATTRIBUTES)
        or (use.verb == "display" and isinstance(model.parent(use.site), ast.Yield))
        for use in uses
    )


def _is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int)


def _is_yield(use: Use) -> bool:
    return use.verb == "yield" or (use.verb == "display" and use.steps == 0)


class Entered(NamedTuple):
    """A context manager that is entered by a call of `__enter__` or `__aenter__`, and that nothing leaves.

    thing: what made the manager. name: the name it has, or the call.
    """

    call: ast.Call
    scope: Scope
    thing: ast.AST
    name: str
    verb: str


def entered_by_hand(file: File) -> Iterator[Entered]:
    """The managers that the file enters by hand, and neither leaves nor hands on."""
    model = file.model
    for verb in ("__enter__", "__aenter__"):
        for call, scope in model.calls(verb):
            if isinstance(call.func, ast.Attribute) and not call.args and not is_script(model, scope):
                thing = _kept_open(model, call.func.value, scope)
                if thing is not None and not _result_goes(model, call, scope):
                    made = model.dotted(thing.func) or _tail(thing.func) or "..."
                    yield Entered(call, scope, thing, model.dotted(call.func.value) or f"{made}()", verb)


def _kept_open(model: Model, node: ast.expr, scope: Scope) -> ast.Call | None:
    """The call that made a manager, if the file made it, and nothing in the file leaves it or hands it on."""
    if isinstance(node, ast.Call):
        return node if _tail(node.func) not in ("super", "type") else None
    if isinstance(node, ast.Name):
        owner = model.resolve(scope, node.id)
        if owner is None or owner.kind == CLASS or is_script(model, owner):
            return None
        return model.keep(("entered", owner, node.id), lambda: _local_kept_open(model, owner, node.id))
    method = model.function(scope)
    cls = model.method_of(method) if method is not None else None
    if method is None or cls is None or model.dotted(node) != f"{model.receiver(method)}.{_tail(node)}":
        return None
    return model.keep(("entered", cls, _tail(node)), lambda: _field_kept_open(model, cls, _tail(node)))


def _local_kept_open(model: Model, owner: Scope, name: str) -> ast.Call | None:
    bindings = model.bindings(owner, name)
    made = [c for b in bindings if b.kind == "assign" and b.value is not None for c in _results(b.value)]
    if not made or any(b.kind not in ("assign", "annotation") for b in bindings):
        return None
    return None if _ends_or_goes(model, model.trace(model.references(owner, name))) else made[0]


def _field_kept_open(model: Model, cls: Scope, attr: str) -> ast.Call | None:
    members = model.family_members(cls, attr)
    made = [c for m in members if (value := _stored(model, m.node)) is not None for c in _results(value)]
    loads = [m for m in members if isinstance(m.node, ast.Attribute) and isinstance(m.node.ctx, ast.Load)]
    return None if not made or _ends_or_goes(model, model.trace(loads)) else made[0]


def _stored(model: Model, node: ast.AST) -> ast.expr | None:
    parent = model.parent(node)
    return parent.value if isinstance(parent, (ast.Assign, ast.AnnAssign)) and parent.value is not node else None


def _ends_or_goes(model: Model, uses: list[Use]) -> bool:
    """Does a use end what was entered, or hand it, or something that it gave, to someone who may?"""
    for use in uses:
        if use.verb in ENDINGS or (use.verb == "." and getattr(use.site, "attr", "") in ENDINGS):
            return True
        if isinstance(use.site, ast.Call) and use.verb != "argument":
            given = model.direct(Reference(use.site, use.scope))[0] if use.verb not in DATA_METHODS else []
            if any(u.verb in ("return", "yield", "store") for u in given):
                return True
        elif use.verb not in (".", ".=", "test", "compare", "format", "drop"):
            return True
    return False


def _result_goes(model: Model, call: ast.Call, scope: Scope) -> bool:
    """The same of what `__enter__` returned, which mostly is the manager itself."""
    uses, names = model.direct(Reference(call, scope))
    return _ends_or_goes(model, uses) or any(_name_goes(model, *name) for name in names)


def _name_goes(model: Model, owner: Scope, name: str) -> bool:
    references = model.references(owner, name)
    return model.keep(("goes", owner, name), lambda: _ends_or_goes(model, model.trace(references)))
