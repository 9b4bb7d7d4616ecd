"""How long do the objects of a class live? The evidence for and against, a table each.

Life-time evidence alone doesn't separate leaks from containers that are an object's product: see `accumulation`.
"""

from __future__ import annotations

import ast
from typing import NamedTuple

from ..knowledge.lifetimes import LOCKS, STARTERS
from ..model import LastNames, Model, Scope
from ..model.binding import FUNCTIONS
from ..rule import File
from .families import methods
from .pattern import Pattern
from .repeats import IMPORT, ONCE, repeats

# Names of classes whose objects serve for as long as the process: servers, managers, brokers.
_LONG = Pattern(
    r".*(Server|Service|Manager|Hub|Broker|Dispatcher|Scheduler|Supervisor|Gateway|Coordinator|Daemon|Balancer|"
    r"Tracker|Monitor|Consumer|Producer|Transport|Bot|Cluster|Router|Proxy|Orchestrator|Controller|Limiter|Throttle|"
    r"Throttler|Middleware|Watcher|Poller|Collector|Registry|Bridge|Worker|Runtime|Engine|Cache|Store|Jar|Pool|Backend|"
    r"Application|App)(Base|Mixin|Impl|Protocol|Async|Sync|\d)*"
)
# Names of classes whose objects do one job and go.
_SHORT = Pattern(
    r".*(Parser|Builder|Command|Error|Exception|Warning|Node|Visitor|Formatter|Request|Response|Context|Result|Token|"
    r"Report|Reporter|Test|TestCase|Tests|Writer|Reader|Lexer|Compiler|Generator|Encoder|Decoder|Serializer|Transformer|"
    r"Form|Field|Model|Schema|Spec|Config|Configuration|Options|Settings|Namespace|Query|Statement|Expression|Expr|"
    r"Iterator|Converter|Printer|Renderer|Loader|Dumper|Importer|Exporter|Extractor|Inspector|Checker|Validator|"
    r"Linter|Walker|Rewriter|Optimizer|Resolver|Tokenizer|Template|Document|Element|Widget|Figure|Axes|Plot|Table|"
    r"Graph|Tree|Scope|Frame|Record|Row|Event|Message|Info|Data|State|Module|Case|Action|Step|Playbook|Play|"
    r"Migration|Operation|Task|Job|Transaction|Patch|Diff|Fixture|Mock|Stub|Plan|Pipeline|Dataset|Layer|Metric|Metrics|"
    r"Callback|Buffer|Collection|List|Dict|Set|Map|Mapping|Counter|Stack|Ast|AST)"
    r"(Base|Mixin|Impl|Type|V\d|\d)*"
)
# Names of classes of which there is an object for each connection, stream and the like.
_SCOPED = Pattern(r".*(Connection|ConnectionHandler|Stream|StreamWrapper|Wrapper|Turn|Call|Iterator)")
# Objects that other files are meant to read.
_READ = Pattern(
    r".*(Config|Configuration|Options|Settings|Spec|Schema|Params|Args|Arguments|Info|Data|Namespace|Model|Record|Result|"
    r"Results|Report|State|Context|Metadata|Statement|Query|Builder)(Base|Mixin|V\d|\d)*"
)
_RECORDS = frozenset(
    """
    dataclasses.dataclass attr.s attr.attrs attr.dataclass attr.define attrs.define attrs.frozen pydantic.BaseModel
    pydantic.dataclasses.dataclass typing.NamedTuple unittest.TestCase unittest.mock.Mock ast.NodeVisitor
    ast.NodeTransformer argparse.Action
    """.split()
)
_STARTED = LastNames(STARTERS)
_LOCKED = LastNames(LOCKS)


class Life(NamedTuple):
    """What speaks for a long life, as a phrase for the message ("Hub starts a thread"), "" where nothing does; is that
    more than a name or a lock; does the class look short-lived; is there one object for each connection or the like?"""

    long: str
    sure: bool
    short: bool
    scoped: bool


def life(file: File, cls: Scope) -> Life:
    """How long the objects of a class live, as far as the file shows."""
    return file.model.keep(("life", cls), lambda: _life(file, cls))


def is_read_elsewhere(cls: Scope) -> bool:
    """Are the objects of a class there for other files to read, by its name?"""
    return any(_READ.fullmatch(name) for name in _names(cls))


def _life(file: File, cls: Scope) -> Life:
    model, names = file.model, sorted(_names(cls))
    eldest = model.family(cls)[0]
    long = model.keep(("lasting", eldest), lambda: _lasting(file, cls))
    short = model.keep(("short", eldest), lambda: _short(file, cls))
    weaker = model.keep(("guarded", eldest), lambda: _guarded(model, cls))
    if not weaker:
        weaker = next((f"{name} is long-lived by its name" for name in names if _LONG.fullmatch(name)), "")
    scoped = model.keep(("scoped", eldest), lambda: _is_entered(model, cls))
    scoped = scoped or any(_SCOPED.fullmatch(name) for name in names)
    return Life(long or weaker, bool(long), short or _made_per_call(model, cls), scoped)


def _is_entered(model: Model, cls: Scope) -> bool:
    return any(name in each.bound for each in model.family(cls) for name in ("__enter__", "__aenter__"))


def _names(cls: Scope) -> set[str]:
    """The name of a class and the last names of its bases."""
    assert isinstance(cls.node, ast.ClassDef)
    bases = [base.value if isinstance(base, ast.Subscript) else base for base in cls.node.bases]
    return {cls.name, *(b.attr if isinstance(b, ast.Attribute) else getattr(b, "id", "") for b in bases)}


def _lasting(file: File, cls: Scope) -> str:
    model = file.model
    family = model.family(cls)
    for each in family:
        if _names(each) & file.options.long_lived:
            return f"{each.name} is long-lived by configuration"
    starters = model.keep("starters", lambda: _owners(model, _STARTED, kept=False))
    for each in family:
        if each in starters:
            return f"{each.name} starts {STARTERS[starters[each]]}"
    for each in family:
        if _made_at_import(model, each):
            return f"the module keeps one {each.name}"
    return next((f"{each.name} loops for ever" for each in family if _loops_for_ever(model, each)), "")


def _guarded(model: Model, cls: Scope) -> str:
    """A lock says that more than one thread or task uses the object; many of those are made for one stream."""
    lockers = model.keep("lockers", lambda: _owners(model, _LOCKED, kept=True))
    return next((f"{each.name} guards itself with a lock" for each in model.family(cls) if each in lockers), "")


def _owners(model: Model, table: LastNames, kept: bool) -> dict[Scope, str]:
    """Class -> one of the functions of a table that its methods call; with `kept`, whose result they keep on self."""
    found: dict[Scope, str] = {}
    for call, scope, name in model.called(table):
        function = model.function(scope)
        while function is not None and model.method_of(function) is None:
            function = model.function(function.parent) if function.parent is not None else None
        cls = model.method_of(function) if function is not None else None
        if cls is not None and (not kept or any(isinstance(t, ast.Attribute) for t in model.bound_to(call))):
            found[cls] = min(name, found.get(cls, name))
    return found


def _made_at_import(model: Model, cls: Scope) -> bool:
    """`hub = Hub()` in the body of the module."""
    if cls.enclosing is not model.module:
        return False
    return any(
        scope is model.module and isinstance(model.parent(call), (ast.Assign, ast.AnnAssign))
        for call, scope in _made(model, cls)
    )


def _made(model: Model, cls: Scope) -> list[tuple[ast.Call, Scope]]:
    """The calls of a class of the module by its name."""
    return [
        (call, scope)
        for call, scope in model.calls(cls.name)
        if isinstance(call.func, ast.Name) and model.resolve(scope, cls.name) is model.module
    ]


def _loops_for_ever(model: Model, cls: Scope) -> bool:
    """Does a method hold `while True:`?"""
    todo: list[ast.AST] = [node for nodes in cls.bound.values() for node in nodes if isinstance(node, FUNCTIONS)]
    for node in todo:
        for child in getattr(node, "body", ()):
            if isinstance(child, ast.While) and isinstance(child.test, ast.Constant) and child.test.value:
                return not any(isinstance(inner, (ast.Return, ast.Break)) for inner in ast.walk(child))
            if isinstance(child, (ast.With, ast.AsyncWith, ast.Try, ast.If)):
                todo.append(child)
    return False


def _short(file: File, cls: Scope) -> bool:
    model = file.model
    for each in model.family(cls):
        names = _names(each)
        if names & file.options.long_lived:
            return False
        if names & file.options.short_lived or any(_SHORT.fullmatch(name) for name in names):
            return True
        node, around = each.node, each.enclosing or model.module
        assert isinstance(node, ast.ClassDef)
        made = [*node.bases, *(d.func if isinstance(d, ast.Call) else d for d in node.decorator_list)]
        record = any(model.qualnames(expression, around) & _RECORDS for expression in made)
        if record and not _LONG.fullmatch(each.name):
            return True
    return any(method.name == "__next__" for method in methods(model, cls))


def _made_per_call(model: Model, cls: Scope) -> bool:
    """Does the file itself make the objects of the class, each time for a local name or a `with` block only?"""
    if cls.enclosing is not model.module:
        return False
    made = _made(model, cls)
    return bool(made) and all(_is_for_the_call(model, call, scope) for call, scope in made)


def _is_for_the_call(model: Model, call: ast.Call, scope: Scope) -> bool:
    around = model.parent(call)
    if model.function(scope) is None or repeats(model, scope).answer in (IMPORT, ONCE):
        return False
    if isinstance(around, ast.withitem):
        return True
    target = around.targets[0] if isinstance(around, ast.Assign) else None
    if not isinstance(target, ast.Name) or model.resolve(scope, target.id) is model.module:
        return False
    return not any(_leaves(model.parent(node)) for node, _ in model.references(scope, target.id))


def _leaves(user: ast.AST | None) -> bool:
    """Is an object handed back, or kept on another one?"""
    if isinstance(user, ast.Assign):
        return any(not isinstance(target, ast.Name) for target in user.targets)
    return isinstance(user, (ast.Return, ast.Yield))
