"""Can this code run again and again, or only at import or set-up time?

What runs once cannot leak. The answer comes with its evidence.
"""

from __future__ import annotations

import ast
from typing import NamedTuple

from ..knowledge.memoizers import MEMOIZERS
from ..model import Model, Scope
from .pattern import Pattern

IMPORT, ONCE, UNKNOWN, MANY = "import", "once", "unknown", "many"

# Set-up code and hooks of class creation run once a process, or once a class.
_ONCE = Pattern(
    r"(?!__init__)_*(main|cli|setup|set_up|init|initiali[sz]e|configure|config|install|bootstrap|ready|startup|"
    r"lifespan|preload|includeme|instrument|monkey_?patch|patch|populate|load_plugins?|discover|autodiscover|"
    r"(create|make|build|get)_(app|application|parser|argparser|logger)|setup_\w+|setup\w*_once|init_\w+|configure_\w+|"
    r"install_\w+|(up|down)grade(_\w+)?|migrate(_\w+)?|convert_v?\d\w*|initiali[sz]e_\w+|instrument_\w+|patch_\w+|populate_\w+|bootstrap_\w+|"
    r"pytest_\w+|_?_init_subclass__|__set_name__|__prepare__|__reload__)",
)
# Names that say: called for each thing that arrives.
_MANY = Pattern(
    r"_*(?!serve$)(on|handle|process|receive|recv|dispatch|serve|consume|ingest|track)"
    r"(?!_(arg|opt|config|setting|param|command|cmd|template|file|path)s?)(_\w+|[A-Z]\w*)?|"
    r"(?!_*(add|create|ensure|get|install|make|register|remove|set)_)\w+_(handler|callback|listener|view|endpoint|hook)|"
    r"do_(GET|POST|PUT|DELETE|HEAD)|"
    r"(data|message|event|datagram|packet|line|frame)_?[rR]eceived|handler|callback|lambda_handler"
)
ARRIVALS = frozenset(
    """
    request req event update environ packet payload job order notification webhook websocket ws
    update_id user_id session_id request_id
    """.split()
)
CALLBACKS = frozenset(
    """
    callback cb handler listener func fn f hook observer function receiver
    """.split()
)
_ROUTES = frozenset(
    """
    route get post put delete patch head websocket errorhandler before_request after_request teardown_request
    task shared_task receiver on on_event event subscribe message_handler exception_handler listens_for
    """.split()
)


class Repeat(NamedTuple):
    """answer: IMPORT (only while the module is imported), ONCE (set-up code), UNKNOWN or MANY; and what says so."""

    answer: str
    evidence: str


def repeats(model: Model, scope: Scope) -> Repeat:
    """How often the code of a scope may run."""
    function = model.function(scope)
    if function is None:
        return Repeat(IMPORT, "it stands outside of any function")
    return model.keep(("repeats", function), lambda: _repeats(model, function))


def _repeats(model: Model, function: Scope) -> Repeat:
    if function.enclosing is model.module and function in model.keep("import only", lambda: _import_only(model)):
        return Repeat(IMPORT, f"{function.name}() is only called while the module is imported")
    cls = model.method_of(function)
    if cls is not None and _is_metaclass(cls):
        return Repeat(ONCE, f"{cls.name} makes classes")
    if _remembered(model, function):
        return Repeat(ONCE, f"{function.name}() remembers its result")
    if decorates(model, function):
        return Repeat(ONCE, f"{function.name}() decorates")
    if "opt_str" in function.bound and "parser" in function.bound:
        return Repeat(ONCE, f"{function.name}() is called by the parser of the command line")
    named = function
    while named.kind == "lambda" and named.enclosing is not None and model.function(named.enclosing) is not None:
        named = model.function(named.enclosing) or named
    if _ONCE.fullmatch(function.name):
        return Repeat(ONCE, f"{named.name}() sets things up")
    evidence = arrival(named)
    return Repeat(MANY, evidence) if evidence else Repeat(UNKNOWN, "")


def _remembered(model: Model, function: Scope) -> bool:
    """A memoized function without parameters runs once."""
    node = function.node
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) or not node.decorator_list:
        return False
    if any(ast.iter_child_nodes(node.args)):
        return False
    return any(
        model.qualnames(d.func if isinstance(d, ast.Call) else d, function.parent or function) & MEMOIZERS.keys()
        for d in node.decorator_list
    )


def decorates(model: Model, function: Scope) -> bool:
    """Does the function take a function or class and hand back it, or a wrapper around it? Then its own code, but not
    that of the wrapper, runs once a definition. A decorator takes one argument, or is made by a factory."""
    return model.keep(("decorates", function), lambda: _decorates(model, function))


def _decorates(model: Model, function: Scope) -> bool:
    node = function.node
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    parameters = [*node.args.posonlyargs, *node.args.args]
    if model.receiver(function) is not None:
        parameters = parameters[1:]
    if len(parameters) != 1 or node.args.vararg or node.args.kwarg:
        return False
    name = parameters[0].arg
    made_by_factory = function.parent is not None and function.parent.kind == "function"
    for wrapper, nodes in function.bound.items():
        if isinstance(nodes[0], (ast.FunctionDef, ast.AsyncFunctionDef)) and _returned(model, function, wrapper):
            inner = model.opened(nodes[0])
            return inner is not None and any(
                isinstance(call := model.parent(r.node), ast.Call) and r.node in (call.func, *call.args)
                for r in model.references(function, name)
            )
    return made_by_factory and _returned(model, function, name) and _returned(model, function.parent, node.name)


def _returned(model: Model, function: Scope | None, name: str) -> bool:
    """Does the function return what `name` means in it?"""
    if function is None:
        return False
    return any(isinstance(model.parent(r.node), ast.Return) for r in model.references(function, name))


def arrival(function: Scope) -> str:
    """What says that a function runs for each request, event or message; "" where nothing does."""
    node = function.node
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return ""
    for decorator in node.decorator_list:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        tail = target.attr if isinstance(target, ast.Attribute) else ""
        if tail in _ROUTES:
            return f"@{tail}"
    if _MANY.fullmatch(node.name) and not _takes_callback(node):
        return f"{node.name}()"
    for arg in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
        if arg.arg in ARRIVALS:
            return f"'{arg.arg}'"
    return ""


def _takes_callback(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """`def on_change(self, callback)` registers; it does not handle."""
    names = [arg.arg for arg in node.args.args if arg.arg not in ("self", "cls")]
    return bool(names) and all(name in CALLBACKS for name in names)


def _is_metaclass(cls: Scope) -> bool:
    bases = cls.node.bases if isinstance(cls.node, ast.ClassDef) else []
    tails = [b.attr if isinstance(b, ast.Attribute) else getattr(b, "id", "") for b in bases]
    return any(tail == "type" or tail.endswith(("Meta", "MetaClass", "Metaclass")) for tail in tails)


def _import_only(model: Model) -> frozenset[Scope]:
    """The module's functions that nothing but import-time code of this file calls.

    A use other than a call or a decorator (the function is handed on) could call it at any time. What stands under
    `if __name__ == "__main__"` says nothing of how an importer uses it.
    """
    at_import = [node for scope in model.scopes if model.function(scope) is None for node in scope.names]
    wanted = {name for name, nodes in model.module.bound.items() if _defined(model, nodes) is not None}
    if all(node.id not in wanted or in_main_block(model, node) for node in at_import):
        return frozenset()
    callers: dict[Scope, set[Scope | None]] = {}
    for name, nodes in model.module.bound.items():
        function = _defined(model, nodes)
        if function is None:
            continue
        found: set[Scope | None] = set()
        for node, scope in model.references(model.module, name):
            parent = model.parent(node)
            called = isinstance(parent, ast.Call) and parent.func is node
            decorates = isinstance(parent, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
            if not called and not decorates:
                break
            caller = model.function(scope)
            if caller is not None or not in_main_block(model, node):
                found.add(caller)
        else:
            if found:
                callers[function] = found
    calls: dict[Scope | None, list[Scope]] = {}
    for function, found in callers.items():
        for caller in found:
            calls.setdefault(caller, []).append(function)
    # A call from a function that may run later takes the called one out, and so on.
    late = [caller for caller in calls if caller is not None and caller not in callers]
    for caller in late:
        late += [function for function in calls.get(caller, ()) if callers.pop(function, None)]
    # Functions that only call each other are called from elsewhere: import-time code must reach them.
    reached: dict[Scope, None] = dict.fromkeys(f for f in calls.get(None, ()) if f in callers)
    todo = list(reached)
    for caller in todo:
        more = [f for f in calls.get(caller, ()) if f in callers and f not in reached]
        reached.update(dict.fromkeys(more))
        todo += more
    return frozenset(reached)


def _defined(model: Model, nodes: list[ast.AST]) -> Scope | None:
    """The one function or lambda to which a name of the module is bound; it may be deleted later."""
    bound = [node for node in nodes if not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Del))]
    if len(bound) != 1:
        return None
    node: ast.AST | None = bound[0]
    if isinstance(node, ast.Name):
        node = getattr(model.parent(node), "value", None)
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    return model.opened(node) if isinstance(node, kinds) else None


def in_main_block(model: Model, node: ast.AST) -> bool:
    """Does `node` stand under `if __name__ == "__main__":`?"""
    for _, parent in model.ancestors(node):
        if isinstance(parent, ast.If) and isinstance(parent.test, ast.Compare):
            if isinstance(parent.test.left, ast.Name) and parent.test.left.id == "__name__":
                return True
    return False
