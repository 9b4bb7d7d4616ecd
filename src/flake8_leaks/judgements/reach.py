"""How far does a take-out reach: does it run as the work goes on, or only at the end, on demand, or behind a flag?"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..model import Model, Scope, Use
from .families import MAKERS, outermost
from .pattern import Pattern
from .traffic import Traffic

#: A take-out runs as work goes on; only in `__del__`; only where the owner ends; only on demand or at a new start;
#: only if a flag says so.
WORKING, FINAL, END_ONLY, RARE, FLAGGED = "working", "final", "end", "rare", "flagged"

# What empties a container as a whole.
_WHOLESALE = frozenset({"=", "clear", "del"})
# Functions by which an object, or the program, ends.
_END = Pattern(
    r"_*(a|async_?|do_|on_)?(close|stop|disconnect|dispose|quit|finalize|destroy|kill|exit|aexit|del|uninstall|deactivate|"
    r"unload|clean_?up)(_?(all|everything|server|service|client|loop|app|workers|now))?_*|"
    r"_*(a|async_?|do_|on_)?(shut_?down|terminate|tear_?down|remove_all|un_?(instrument|register_all|patch|hook)|atexit)"
    r"(_\w+)?"
)
# Functions that empty things on demand.
_RARE = Pattern(r"_*(reset|clear|delete_all|drop_all|invalidate_all|load|restore|unpickle|setstate)(_\w+)?_*")


def reaches(model: Model, traffic: Traffic) -> list[tuple[Use, str]]:
    """The takes of a container, each with how far it reaches."""
    place = traffic.place
    key = "reaches", place.kind, place.owner, place.name
    return model.keep(key, lambda: [(use, reach(model, traffic, use)) for use in traffic.takes])


def reach(model: Model, traffic: Traffic, use: Use) -> str:
    """How far one of the takes of a container reaches."""
    function = outermost(model, use.scope)
    if function is None:
        return WORKING
    if function.name == "__del__" or _only_finalizes(model, function) or _is_finalizer(model, use):
        if any(holds_its_object(model, traffic, put) for put in traffic.puts):
            return FINAL
        return END_ONLY if traffic.place.kind == "attribute" and use.verb != "." else WORKING
    if use.verb in ("argument", "."):
        return WORKING  # a size is looked at; a bound method is handed on as a value
    looping = any(isinstance(parent, (ast.For, ast.While)) for _, parent in model.ancestors(use.site))
    if _is_wholesale(model, use) or (looping and _is_end(function.name)):
        if _is_end(function.name) and not _is_run_by_work(model, traffic, function):
            return END_ONLY
        if _RARE.fullmatch(function.name) and not _is_run_by_work(model, traffic, function):
            return RARE
    if flag(model, use) and not all(_shares_flag(model, put, use) for put in traffic.puts):
        return FLAGGED
    return WORKING


def _is_end(name: str) -> bool:
    return _END.fullmatch(name) is not None


def _is_finalizer(model: Model, use: Use) -> bool:
    """`weakref.finalize(thing, x.pop, key)`"""
    call = model.parent(use.site) if use.verb == "." else None
    return isinstance(call, ast.Call) and _finalizes(call)


def _finalizes(call: ast.Call) -> bool:
    return getattr(call.func, "attr", getattr(call.func, "id", "")) == "finalize"


def _only_finalizes(model: Model, method: Scope) -> bool:
    """Does nothing but `__del__` or a finalizer call this private method?"""
    cls = model.method_of(method)
    if cls is None or not method.name.startswith("_") or method.name.endswith("__"):
        return False
    calls = model.family_members(cls, method.name)
    return bool(calls) and all(
        getattr(outermost(model, scope), "name", "") == "__del__"
        or (isinstance(parent := model.parent(node), ast.Call) and _finalizes(parent))
        for node, scope in calls
    )


def _is_wholesale(model: Model, use: Use) -> bool:
    """Does the take empty the container: `clear()`, a new binding, or `pop` in a loop over all of it?"""
    if use.verb in _WHOLESALE:
        return True
    # `for key in list(x): x.pop(key)`, `while x: x.pop(...)`
    written = model.dotted(use.node)
    for _, parent in model.ancestors(use.site):
        loop = parent.iter if isinstance(parent, ast.For) else parent.test if isinstance(parent, ast.While) else None
        if isinstance(loop, ast.Call):
            loop = loop.args[0] if loop.args else loop.func.value if isinstance(loop.func, ast.Attribute) else loop
        if loop is not None and written and model.dotted(loop) == written:
            return True
    return False


def _is_run_by_work(model: Model, traffic: Traffic, function: Scope) -> bool:
    """Does other code of the file, which is no end or new start itself, call this function?"""

    def callers() -> bool:
        for call, scope in model.calls(function.name):
            caller = outermost(model, scope)
            if caller is None or caller is function or not _may_run(model, call, scope, function):
                continue
            if _is_conditional(model, call, traffic.place.name):
                continue
            if not _is_end(caller.name) and not _RARE.fullmatch(caller.name) and caller.name != "__init__":
                return True
        # Handed on as a value it is called by a timer or the like, unless that waits for the end of the program.
        for node in model.attribute_nodes(function.name):
            user = model.parent(node)
            if isinstance(user, (ast.Call, ast.keyword)) and getattr(user, "func", None) is not node:
                if "atexit" not in model.dotted(getattr(user, "func", user)):
                    return True
        return False

    return model.keep(("run by work", function, traffic.place.name), callers)


def _may_run(model: Model, call: ast.Call, scope: Scope, function: Scope) -> bool:
    """Does a call run a function of this file: by name, as a method of `self`, or of an object that may be one of its?
    Everything may be closed; that is the end of that object."""
    if model.runs(call.func, scope) is function:
        return True
    foreign = isinstance(call.func, ast.Attribute) and model.class_of(call.func.value, scope) is None
    return foreign and model.method_of(function) is not None and not _is_end(function.name)


# What is asked before a container is emptied that is too large or too old.
_BOUND = Pattern(
    r".*(len|size|count|max|limit|time|now|age|expir|full|old|stale|ttl|dirty|changed|version|hash|empty).*"
)


def _is_conditional(model: Model, call: ast.Call, name: str) -> bool:
    """Does a call that resets a container stand behind a condition that asks neither for its size nor for the time?"""
    for child, parent in model.ancestors(call):
        if isinstance(parent, ast.If) and child in parent.body:
            words = [getattr(n, "id", getattr(n, "attr", "")).lower() for n in ast.walk(parent.test)]
            return not any(word == name.lower() or _BOUND.fullmatch(word) for word in words)
    return False


def flag(model: Model, use: Use) -> str:
    """The flag behind which a use stands, as it is written: an attribute of the object, a setting or a parameter with a
    default, that says nothing of the container, its key or its item; "" where there is none."""
    for child, parent in model.ancestors(use.site):
        tests: list[ast.expr] = []
        if isinstance(parent, ast.If) and child in parent.body:
            tests = [parent.test]
        elif isinstance(parent, ast.BoolOp) and child is not parent.values[0] and isinstance(parent.op, ast.And):
            tests = parent.values[:1]
        else:
            tests = [guard.test for guard in _guards(model, child, parent)]
        for test in tests:
            for part in test.values if isinstance(test, ast.BoolOp) else (test,):
                if name := _flag(model, part, use):
                    return name
    return ""


# How many statements before one are looked at for what makes the function return.
_FAR = 20


def _guards(model: Model, child: ast.AST, parent: ast.AST) -> Iterator[ast.If]:
    """`if not flag: return` before a statement of the same block."""
    body = getattr(parent, "body", None)
    if isinstance(body, list) and child in body:
        index = body.index(child)
        for statement in body[max(0, index - _FAR) : index]:
            if isinstance(statement, ast.If) and not statement.orelse and isinstance(statement.body[-1], ast.Return):
                yield statement


def _flag(model: Model, test: ast.expr, use: Use) -> str:
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        test = test.operand
    elif isinstance(test, ast.Compare) and isinstance(test.ops[0], (ast.Is, ast.IsNot)):
        test = test.left
    if isinstance(test, ast.Name):
        value = model.only_value(test, use.scope)
        test = value if isinstance(value, ast.Attribute) else test
    name = model.dotted(test)
    if not name or name in {model.dotted(node) for node in _mentioned(use)}:
        return ""
    return name if _is_setting(model, test, use.scope) else ""


def _mentioned(use: Use) -> list[ast.AST]:
    """The container, and the key or item that is taken out."""
    key = getattr(use.site, "slice", None)
    return [use.node, *getattr(use.site, "args", ()), *([key] if key is not None else [])]


def _is_setting(model: Model, node: ast.expr, scope: Scope) -> bool:
    """`self.enabled`, `settings.TRACK`, `DEBUG`, or a parameter whose default is a constant"""
    root = node
    while isinstance(root, ast.Attribute):
        root = root.value
    if not isinstance(root, ast.Name):
        return False
    cls = model.class_of(root, scope)
    if cls is not None:
        return isinstance(node, ast.Attribute) and _is_bound_at_birth(model, cls, node)
    owner = model.resolve(scope, root.id)
    if owner is model.module:
        return isinstance(node, ast.Attribute) or root.id.isupper()
    (binding, *more) = model.bindings(owner, root.id) if owner is not None else [None]
    return binding is not None and not more and isinstance(node, ast.Name) and isinstance(binding.value, ast.Constant)


def _is_bound_at_birth(model: Model, cls: Scope, node: ast.Attribute) -> bool:
    """Is an attribute bound by constructors only, to no container? What is bound later is a state, not a setting."""
    place = model.attribute(cls, node.attr) if isinstance(node.value, ast.Name) else None
    if place is None or any(isinstance(v, (ast.Dict, ast.List, ast.Set, ast.Call)) for v in place.values):
        return False
    makers = (model.function(model.scope(value)) for value in place.values)
    return all(maker is None or maker.name in MAKERS for maker in makers)


def _shares_flag(model: Model, put: Use, take: Use) -> bool:
    return flag(model, put) == flag(model, take)


def is_product(model: Model, traffic: Traffic) -> bool:
    """Is the container read as a whole as the work goes on? Then what it collects is what it is for."""
    return any((function := outermost(model, use.scope)) is None or not _is_end(function.name) for use in traffic.bulk)


def loses_one(use: Use) -> bool:
    """Does the take remove a certain key or item?"""
    if use.verb == ".":
        return True
    return use.verb in ("del []", "remove", "discard") or (use.verb == "pop" and bool(getattr(use.site, "args", ())))


def holds_its_object(model: Model, traffic: Traffic, put: Use) -> bool:
    """Does a put keep the object whose end the take-outs wait for: `self`, its method, or what `finalize` is given?"""
    items: list[ast.AST] = []
    if isinstance(put.site, ast.Call):
        items += put.site.args
    elif isinstance(put.site, ast.Subscript):
        items += [put.site.slice, getattr(model.parent(put.site), "value", None) or put.site]
    watched = {
        model.dotted(call.args[0])
        for call, scope in model.calls("finalize")
        if call.args and outermost(model, scope) is outermost(model, put.scope)
    }
    for item in items:
        if isinstance(item, (ast.Tuple, ast.List)):
            items += item.elts
        elif isinstance(item, ast.Name) and (model.class_of(item, put.scope) is not None or item.id in watched):
            return True
        elif isinstance(item, ast.Attribute):
            cls = model.class_of(item.value, put.scope)
            if cls is not None and any(isinstance(n, ast.FunctionDef) for n in cls.bound.get(item.attr, ())):
                return True
    return False
