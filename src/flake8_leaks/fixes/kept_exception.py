"""Takes the frames off an exception that is kept, and raises a new one in place of one that is raised again and again.

`last_error = error` becomes `last_error = error.with_traceback(None)`, where the handler needs the traceback no longer.
`raise EMPTY` becomes `raise LookupError("nothing there")` as the module binds it, with constant arguments only; the
name goes, with the comments that stand by it, so nothing else in the file may read it.

Unsafe: who reads the exception later finds no traceback, and one that is raised anew is another object each time.
Frames, tracebacks and `sys.exc_info()` are left: what of them is needed, a person knows.
"""

from __future__ import annotations

import ast

import libcst as cst

from ..judgements.exceptions import Kept, kept
from ..model import Model
from ..model.binding import position, root_name
from ..plans.texts import is_spelled
from ..rewriting.change import GONE, Change, Replacement
from ..rewriting.tree import Tree
from ..rule import At, File, Unfixable


def fix(file: File, at: At, tree: Tree) -> Change:
    found = next(each for each in kept(file) if each.node is at.node)
    if not found.sources:
        raise Unfixable("catch the exception by 'as' instead, or keep its text")
    if isinstance(file.model.parent(found.node), ast.Raise):
        return _raised_anew(file.model, found, tree)
    edits: dict[cst.CSTNode, Replacement] = {}
    for source in found.sources:
        _check_handler(file.model, source)
        node = tree.expression(source, cst.Name)
        edits[node] = cst.Call(cst.Attribute(node, cst.Name("with_traceback")), [cst.Arg(cst.Name("None"))])
    return Change(f"'{found.name}' keeps the exception without its frames", edits, safe=False)


# What a handler does with the traceback of the exception that it handles.
_NEEDS = frozenset("exception print_exc format_exc exc_info print_exception format_exception stack_info".split())


def _check_handler(model: Model, source: ast.expr) -> None:
    """Raise Unfixable unless an expression is the name of a caught exception that is then read no more."""
    handlers = [parent for _, parent in model.ancestors(source) if isinstance(parent, ast.ExceptHandler)]
    name = source.id if isinstance(source, ast.Name) else ""
    handler = next((each for each in handlers if each.name == name), None)
    if handler is None or handler is not handlers[0]:
        raise Unfixable("decide what of the exception, traceback or frame is needed, and keep only that")
    for node in (node for statement in handler.body for node in ast.walk(statement)):
        later = position(node) > position(source)
        word = getattr(node, "attr", getattr(node, "id", getattr(node, "arg", "")))
        if later and (isinstance(node, ast.Raise) or word in _NEEDS or word == name):
            raise Unfixable("the handler needs the exception after that: decide where its frames are taken off")


def _raised_anew(model: Model, found: Kept, tree: Tree) -> Change:
    """`raise EMPTY` becomes `raise LookupError("nothing there")`."""
    name, scope = found.name, model.module
    binding = model.bindings(scope, name)[0] if len(scope.bound.get(name, ())) == 1 else None
    made = binding.value if binding is not None and binding.kind == "assign" else None
    statement = model.parent(made) if made is not None else None
    plain = isinstance(statement, ast.AnnAssign) or (isinstance(statement, ast.Assign) and len(statement.targets) == 1)
    if not isinstance(made, ast.Call) or not plain or model.parent(statement) is not model.tree:  # type: ignore[arg-type]
        raise Unfixable("it is not simply bound in the module: decide what is raised instead")
    if not all(isinstance(each, ast.Constant) for each in (*made.args, *(k.value for k in made.keywords))):
        raise Unfixable("it is made of more than constants: decide what is raised instead")
    edits: dict[cst.CSTNode, Replacement] = {}
    new = tree.expression(made, cst.Call)
    for source in found.sources:
        raised = model.parent(source)
        where = model.scope(source)
        if not isinstance(raised, ast.Raise) or raised.exc is not source:
            raise Unfixable("it is not only raised: decide who may rely on its being one object")
        if model.resolve(where, root_name(made)) is not model.resolve(scope, root_name(made)):
            raise Unfixable("its class has another meaning where it is raised: decide what is raised instead")
        edits[tree.expression(source, cst.Name)] = new.deep_clone()
    if not is_spelled(model, name):
        edits[tree.statement(statement)] = GONE  # type: ignore[arg-type]
    return Change(f"raises a new {root_name(made)} each time", edits, safe=False)
