"""Which calls may raise? Any may, so this is about those of which one should think.

Read by hand on released packages: of the findings that named just any call, six in ten named one that does not fail
(a setter, a constructor, a method of a dict). Those that talk to a file, a peer or a child process do.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from ..knowledge.containers import LOOKERS
from ..knowledge.resources import MUST, RESOURCES, WRAPPERS
from ..knowledge.values import (
    CALM_FUNCTIONS,
    CALM_METHODS,
    ENDINGS,
    FAILING_METHODS,
    FAILING_MODULES,
    SAFE_FUNCTIONS,
)
from ..model import FUNCTION, Model, Scope

# A wrapper that fails has taken over what it wraps.
_CALM = LOOKERS | CALM_FUNCTIONS | WRAPPERS
_INNER = (ast.stmt, ast.ExceptHandler, ast.match_case)
# What holds no call.
_PLAIN = (ast.Name, ast.Constant, ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop)
# Raised to say that a method is not there, or by a check that is there for the developer.
_NO_FAILURE = frozenset({"NotImplementedError", "AssertionError"})


_APART = _INNER + _PLAIN


def first(statement: ast.stmt, wanted: Callable[[ast.AST], bool]) -> ast.AST | None:
    """The first node of a certain kind, no name or constant, that runs when a statement does, in source order; of a
    compound one, in its head."""
    return next(filter(wanted, _head(statement)), None)


def _head(statement: ast.stmt) -> Iterator[ast.AST]:
    todo: list[ast.AST] = [statement]
    while todo:
        node = todo.pop()
        if isinstance(node, (ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        yield node
        todo += reversed([child for child in ast.iter_child_nodes(node) if not isinstance(child, _APART)])


class Failing:
    """The calls of one function that may raise. words: the names of the resources whose use is asked for."""

    def __init__(self, model: Model, scope: Scope, words: set[str]) -> None:
        self.model = model
        self.scope = scope
        self.words = words

    def may(self, node: ast.AST) -> bool:
        """May it raise, as far as the table of calm calls goes? A `yield` raises when the generator is left there."""
        if not isinstance(node, ast.Call):
            return isinstance(node, (ast.Yield, ast.YieldFrom))
        method = getattr(node.func, "attr", "")
        if method in ENDINGS:
            return False
        if isinstance(node.func, ast.Attribute) and method in CALM_METHODS:
            return method == "get" and getattr(node.func.value, "id", "") in self.words  # `session.get(url)`
        return not self.model.callee(node, self.scope) & _CALM

    def does(self, node: ast.AST) -> bool:
        """Is it known to do what can fail: it waits, reads, writes, opens, runs code that it is given, or raises on
        purpose?"""
        if not self.may(node):
            return isinstance(node, ast.Await) and not isinstance(node.value, ast.Call)
        if not isinstance(node, ast.Call) or isinstance(self.model.parent(node), ast.Await):
            return True
        names = self.model.callee(node, self.scope)
        if names & SAFE_FUNCTIONS:
            return False
        if getattr(node.func, "attr", "") in CALM_METHODS:
            return True
        return (
            any(map(_talks, self.model.qualnames(node.func, self.scope)))
            or any(name in RESOURCES and RESOURCES[name][1] == MUST for name in names)
            or getattr(node.func, "attr", "") in FAILING_METHODS
            or self.is_given(node.func)
            or self.runs_raising(node)
        )

    def is_given(self, node: ast.expr) -> bool:
        """Is it a parameter of a function?"""
        owner = self.model.resolve(self.scope, node.id) if isinstance(node, ast.Name) else None
        return owner is not None and any(isinstance(b, ast.arg) for b in owner.bound.get(node.id, ()))  # type: ignore[attr-defined]

    def refusal(self, statement: ast.stmt) -> ast.AST | None:
        """The first call of a statement that runs a method of the same object which raises on purpose."""
        return first(statement, self.refuses)

    def refuses(self, node: ast.AST) -> bool:
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            return False
        return self.runs_raising(node)

    def runs_raising(self, call: ast.Call) -> bool:
        """Does a call run a function of this file that raises on purpose?"""
        function = self.model.runs(call.func, self.scope)
        return function is not None and function in raising(self.model)


def _talks(name: str) -> bool:
    """Does a library function talk to the system, a peer or a server, or take data apart?"""
    return name not in RESOURCES and name.partition(".")[0] in FAILING_MODULES and not name.startswith("os.path.")


def raising(model: Model) -> set[Scope]:
    """The functions of a file that raise on purpose, themselves or through a function of the file that they call.

    Abstract methods, which only say that they are not there, and what stands in a `try` don't count.
    """
    return model.keep("raising", lambda: _raising(model))


def _raising(model: Model) -> set[Scope]:
    found = {
        scope
        for node, scope in model.raises
        if scope.kind == FUNCTION and _is_failure(node) and not _protected(model, node)
    }
    todo = list(found)
    for function in todo:
        for call, scope in model.calls(function.name):
            caller = model.function(scope)
            if caller is None or caller in found or caller.kind != FUNCTION or _protected(model, call):
                continue
            if model.runs(call.func, scope) is function:
                found.add(caller)
                todo.append(caller)
    return found


def _is_failure(node: ast.Raise) -> bool:
    if node.exc is None:
        return False
    what = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return getattr(what, "attr", getattr(what, "id", "")) not in _NO_FAILURE


def _protected(model: Model, node: ast.AST) -> bool:
    """Does it stand in the body of a `try` that has handlers?"""
    return any(
        getattr(parent, "handlers", None) and child in parent.body  # type: ignore[attr-defined]
        for child, parent in model.ancestors(node)
    )
