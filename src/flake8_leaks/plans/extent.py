"""How far does a resource reach: which expressions read it, or read what it handed out and may need it open?

Ownership asks whether someone else takes a resource over; here the question is when the last one is through with it.
What is not known to be plain data counts as needing it.
"""

from __future__ import annotations

import ast
from typing import NamedTuple

from ..judgements.acquisitions import Acquisition
from ..judgements.managing import yields
from ..knowledge.containers import LOOKERS
from ..knowledge.resources import LASTING, REMOVING
from ..knowledge.values import (
    BUFFERS,
    CLAIMING,
    CLAIMING_METHODS,
    DATA_ATTRIBUTES,
    DATA_METHODS,
    ENDINGS,
    FIXTURES,
    IN_PARTS,
    ITERATED,
    KEEPING,
    LAZY,
    MANAGERS,
    PROCESS_WIDE,
    READERS,
    READING_SQL,
    RUNNING,
    SHARING,
    WAITED_FOR,
)
from ..model import FUNCTION, Model, Scope
from ..model.scope import COMPREHENSION, LAMBDA
from ..rule import File
from .blocks import is_before, reaches, statement_of
from .descriptors import closes_another
from .writing import is_written


class Extent(NamedTuple):
    """reads: the expressions that read a resource, or what depends on it, under any local name.
    escapes: why something of it may be needed later than the last of the reads, in words; "" if nothing is.
    lazy: does what escapes certainly go on reading? claims: does it hold something for as long as it is open, such as a
    lock, an address, a file that goes when it is closed, a descriptor that others use? handed: of what escapes, that
    which leaves the function. starts: does it start work that goes on behind the call? data: the expressions that read
    it and come to plain data, or to what nobody can read on from. again: does a read see what the last round of a loop
    has bound?
    """

    reads: list[ast.AST]
    escapes: str
    lazy: bool
    claims: bool
    handed: list[ast.AST]
    starts: bool
    data: list[ast.AST]
    again: bool


def extent(file: File, found: Acquisition) -> Extent:
    """How far does what a call hands out reach?"""
    follow = _settled(file.model, found, file.model.function(found.scope))
    claims = follow.claims or (follow.changes and not follow.commits) or closes_another(file, found)
    return Extent(
        follow.reads, follow.escapes, follow.lazy, claims, follow.handed, follow.starts, follow.data, follow.again
    )


def _settled(
    model: Model,
    found: Acquisition,
    function: Scope | None,
    given: ast.arg | None = None,
    seen: frozenset[Scope] = frozenset(),
) -> _Follow:
    """Follow a resource in a function: from its opening, or from the parameter that it is given by."""
    bound: set[ast.AST] = {given} if given is not None else set()
    while True:
        follow = _Follow(model, found, bound, function, seen)
        follow.run(given)
        if len(follow.bound) == len(bound):
            return follow
        bound = follow.bound  # a read may see a binding that came to light after it was looked at


# Expressions that are, or hold, what one of their parts is.
_SAME = (ast.Await, ast.Starred, ast.IfExp, ast.BoolOp, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.keyword)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_TEXTS = (ast.BinOp, ast.FormattedValue, ast.JoinedStr)
# What looks at a value and keeps nothing of it.
_LOOKS = (ast.Compare, ast.UnaryOp, ast.Expr, ast.If, ast.While, ast.Assert, ast.Slice, ast.YieldFrom)


class _Follow:
    """Follows the values that need a resource open, from name to name."""

    def __init__(
        self, model: Model, found: Acquisition, bound: set[ast.AST], function: Scope | None, seen: frozenset[Scope]
    ) -> None:
        """bound: the targets that are known to be bound to such values. seen: the functions that have been looked into
        on the way to this one."""
        self.model = model
        self.found = found
        self.bound = set(bound)
        self.function = function
        self.seen = seen
        self.acquirer = found.acquirer
        self.call = found.call
        self.own = {(name.owner, name.word) for holding in found.holdings for name in holding.names}
        self.lasting = LASTING.get(found.acquirer.kind, frozenset())
        self.escapes = ""
        self.lazy = False
        self.claims = False
        self.starts = False
        self.data: list[ast.AST] = []
        if any(k.arg == "delete" and getattr(k.value, "value", True) is False for k in found.call.keywords):
            self.lasting -= {"name"}
        elif found.acquirer.name in REMOVING | CLAIMING or any(k.arg in SHARING for k in found.call.keywords):
            self.claims = True
        self.changes = False  # does it change a database, and
        self.commits = False  # end the transaction?
        self.again = False
        self.reads: list[ast.AST] = []
        self.handed: list[ast.AST] = []
        self.todo: list[tuple[Scope, str]] = []
        self.reading: set[tuple[Scope, str]] = set()  # names of what is known to read on

    def run(self, given: ast.arg | None) -> None:
        if given is None or self.function is None:
            self.value(self.call, owned=True)
        else:
            self.todo.append((self.function, given.arg))
            self.own.add(self.todo[0])
        self.by_name()
        for name in self.todo:
            nodes = [binding.node for binding in self.model.bindings(*name)]
            starts = [statement_of(self.model, node) for node in nodes if node in self.bound]
            others = [node for node in nodes if node not in self.bound]
            for node, scope in self.model.references(*name):
                seen = [start for start in starts if reaches(self.model, start, node, others)]
                if not seen:
                    continue
                self.reads.append(node)
                self.again = self.again or all(is_before(node, start) for start in seen)
                deferred = self.deferred(scope)
                if deferred is None:
                    self.value(node, owned=name in self.own, lazy=name in self.reading)
                elif isinstance(deferred, ast.GeneratorExp):
                    self.value(deferred, lazy=True)
                else:
                    self.escape("an inner function reads it")
                    if isinstance(deferred, ast.Lambda):
                        self.value(deferred)
                    else:
                        self.bind(deferred)

    def by_name(self) -> None:
        """What reads all names, or any."""
        for word in ("locals", "vars", "eval", "exec"):
            for call, scope in self.model.calls(word):
                bare = word != "vars" or not call.args
                if bare and isinstance(call.func, ast.Name) and self.model.function(scope) is self.function:
                    self.escape(f"{word}() may read it")

    def deferred(self, scope: Scope) -> ast.AST | None:
        """The lambda, inner function or generator expression that puts a read off."""
        here: Scope | None = scope
        while here is not None and here is not self.function:
            if here.kind in (FUNCTION, LAMBDA) or isinstance(here.node, ast.GeneratorExp):
                return here.node
            here = here.parent
        return None

    def value(self, node: ast.AST | None, owned: bool = False, lazy: bool = False) -> None:
        """Follow a value to where it ends. owned: is it the resource itself, of which ownership knows what becomes?
        lazy: is it known to read on when it is asked?"""
        while node is not None:
            parent = self.model.parent(node)
            if isinstance(parent, ast.Attribute):
                call = self.model.parent(parent)
                called = isinstance(call, ast.Call) and call.func is parent
                if called and parent.attr in CLAIMING_METHODS:
                    self.claims = True
                self.changes = self.changes or _changes(call)
                self.commits = self.commits or parent.attr == "commit"
                if called and (parent.attr == "start" or parent.attr.startswith("start_")):
                    self.starts = True
                node = call if called else parent
                if self.is_data(parent.attr, called):
                    self.data.append(node)  # type: ignore[arg-type]
                    return
            elif isinstance(parent, ast.Call) and parent.func is not node:
                verdict = self.argument(parent, node, owned, lazy)
                if not verdict:
                    self.data.append(parent)
                    return
                node, lazy = parent, lazy or verdict == _LAZILY
            elif isinstance(parent, (*_SAME, ast.Call)) or (self.lasting and isinstance(parent, _TEXTS)):
                node = parent
                if isinstance(parent, ast.keyword):
                    continue  # still what it was
            elif isinstance(parent, ast.Subscript) and parent.value is node:
                node = parent
            elif isinstance(parent, ast.comprehension):
                if parent.iter is not node:
                    return
                node = self.model.parent(parent)
                lazy = lazy or isinstance(node, ast.GeneratorExp)
                if self.acquirer.kind not in ITERATED:
                    self.bind(parent.target)
                elif not lazy:
                    self.data.append(node)  # type: ignore[arg-type]
                    return
            elif isinstance(parent, _COMPREHENSIONS):
                node, lazy = parent, lazy or isinstance(parent, ast.GeneratorExp)
            elif isinstance(parent, ast.NamedExpr):
                self.bind(parent.target)
                node = parent
            else:
                return self.end(node, parent, lazy)
            owned = False

    def argument(self, call: ast.Call, node: ast.AST, owned: bool, lazy: bool) -> str:
        """What the result of a call is that gets the value: plain data (""), something that may need it, or something
        that surely does."""
        names = self.model.callee(call, self.model.scope(call))
        waited_for = isinstance(self.model.parent(call), ast.Await)
        if names & CLAIMING:
            self.claims = True
        if names & PROCESS_WIDE:
            self.escape("the process goes on with it")
            self.handed.append(call)
        if names & BUFFERS and is_written(self.found):
            self.escape("what is around it writes when that is closed", certain=True)
        if names & LAZY or any(keyword.arg in IN_PARTS for keyword in call.keywords):
            return _LAZILY
        if names & WAITED_FOR and not waited_for:
            self.escape("a coroutine reads it later", certain=True)
        if names & READERS and any(keyword.arg is None for keyword in call.keywords):
            self.escape("how it is read is not in the call")
            return _MAYBE
        if names & KEEPING and isinstance(node, ast.keyword):
            return _MAYBE
        if lazy and names & LOOKERS and self.acquirer.kind not in ITERATED:
            return _MAYBE  # what it is made of may read on
        if names & (LOOKERS | READERS) or (isinstance(call.func, ast.Attribute) and _is_text(call.func.value)):
            return ""
        helper = self.model.runs(call.func, self.model.scope(call))
        if owned and helper is not None and helper.kind == FUNCTION:
            if isinstance(helper.node, ast.AsyncFunctionDef) and not waited_for:
                self.escape("a coroutine reads it later", certain=True)
            return self.helped(helper, call, node)
        if not owned:
            self.escape("a call may keep what it handed out")
        return _MAYBE

    def helped(self, helper: Scope, call: ast.Call, node: ast.AST) -> str:
        """What a function of the file makes of the resource: see `argument`."""
        if yields(helper):
            return _LAZILY
        if helper in self.seen:
            return ""
        given = _parameter(self.model, helper, call, node)
        if given is None:
            self.escape("a call may keep what it handed out")
            return _MAYBE
        inside = _settled(self.model, self.found, helper, given, self.seen | {helper})
        self.claims = self.claims or inside.claims
        self.changes = self.changes or inside.changes
        self.commits = self.commits or inside.commits
        self.starts = self.starts or inside.starts
        if inside.escapes:
            self.escape(inside.escapes, inside.lazy)
            return _LAZILY if inside.lazy else _MAYBE
        return ""

    def bind(self, target: ast.AST, lazy: bool = False) -> None:
        """What a target binds depends on the resource; what is stored elsewhere outlives the reads."""
        todo = [target]
        for node in todo:
            if isinstance(node, (ast.Tuple, ast.List)):
                todo += node.elts
            elif isinstance(node, ast.Starred):
                todo.append(node.value)
            else:
                word = getattr(node, "id", "") or getattr(node, "name", "")  # of a variable, or of an inner function
                owner = self.model.resolve(self.model.scope(node), word) if word else None
                if owner is None or owner.kind not in (FUNCTION, COMPREHENSION):
                    self.escape("what it handed out is stored elsewhere")
                else:
                    self.bound.add(node)
                    name = owner, word
                    if name not in self.todo:
                        self.todo.append(name)
                    if lazy:
                        self.reading.add(name)

    def end(self, node: ast.AST, parent: ast.AST | None, lazy: bool) -> None:
        """Where a value goes that is no longer part of an expression."""
        if isinstance(parent, (ast.For, ast.AsyncFor)):
            if self.acquirer.kind not in ITERATED:
                self.bind(parent.target)
        elif isinstance(parent, ast.withitem):
            self.commits = True
            if parent.optional_vars is not None:
                self.bind(parent.optional_vars)
        elif isinstance(parent, ast.Assign):
            for target in parent.targets:
                self.bind(target, lazy)
        elif isinstance(parent, (ast.AnnAssign, ast.AugAssign)):
            self.bind(parent.target)
        elif isinstance(parent, ast.Return) or (isinstance(parent, ast.Yield) and not isinstance(node, ast.Name)):
            self.escape("what leaves the function may still need it", certain=lazy)
            self.handed.append(parent)
        elif isinstance(parent, ast.Yield):
            # Who is given it by a context manager or a fixture is through with it when the generator goes on.
            if not self.is_managed():
                self.escape("whoever it is yielded to may need it longer")
                self.handed.append(parent)
        elif isinstance(parent, ast.Raise):
            self.escape("an exception carries it")
            self.handed.append(parent)
        elif not isinstance(parent, (*_LOOKS, *_TEXTS, ast.Subscript)):
            self.escape("it is used in a way that is not followed")

    def is_managed(self) -> bool:
        """Is the function a context manager's generator, or a fixture's?"""
        if self.function is None or not hasattr(self.function.node, "decorator_list"):
            return False
        around = self.function.enclosing or self.model.module
        makers = [each.func if isinstance(each, ast.Call) else each for each in self.function.node.decorator_list]
        return any(self.model.qualnames(maker, around) & (MANAGERS | FIXTURES) for maker in makers)

    def escape(self, why: str, certain: bool = False) -> None:
        self.escapes = self.escapes or why
        self.lazy = self.lazy or certain

    def is_data(self, attr: str, called: bool) -> bool:
        """Is what an attribute gives, or a method's result, plain data?"""
        if attr in self.lasting:
            return False
        if called:
            return (attr in DATA_METHODS and attr not in RUNNING) or attr in ENDINGS or attr in self.acquirer.releases
        return attr in DATA_ATTRIBUTES


_MAYBE, _LAZILY = "maybe", "lazily"


def _changes(call: ast.AST | None) -> bool:
    """Does a call run a statement on a database that may change it, and so lock it until the transaction ends?"""
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or call.func.attr not in RUNNING:
        return False
    text = call.args[0] if call.args else None
    words = str(text.value).split(None, 1) if isinstance(text, ast.Constant) else []
    return not words or words[0].upper() not in READING_SQL


def _parameter(model: Model, helper: Scope, call: ast.Call, node: ast.AST) -> ast.arg | None:
    """The parameter by which a function gets an argument; None where that can't be told, or a decorator may do more
    than to call the function."""
    function = helper.node
    assert isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
    words = {model.dotted(decorator) for decorator in function.decorator_list}
    if not words <= {"staticmethod", "classmethod"} or any(isinstance(each, ast.Starred) for each in call.args):
        return None
    arguments = function.args
    by_position = [*arguments.posonlyargs, *arguments.args]
    if isinstance(node, ast.keyword):
        named = [*arguments.args, *arguments.kwonlyargs]
        return next((each for each in named if each.arg == node.arg), None)
    bound = model.method_of(helper) is not None and "staticmethod" not in words
    at = call.args.index(node) + bound if node in call.args else len(by_position)
    return by_position[at] if at < len(by_position) else None


def _is_text(node: ast.AST) -> bool:
    """`", ".join(lines)`"""
    return isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes))
