"""Lets each task or future take itself out when it is done: `task.add_done_callback(TASKS.discard)` behind the put.

A task that is made in the call that adds it gets a name first. Where a callback takes out a variable of a loop, by then
another task, it gets the method itself instead.

Safe where the file does nothing with a container of a private name but put tasks into it that are evidently those of
asyncio or of an executor: then nobody sees that one is gone. Unsafe where it also counts, tests or cancels them.
"""

from __future__ import annotations

import ast

import libcst as cst

from ..judgements import tasks
from ..model import Model, Scope
from ..plans.dropping import drop
from ..rewriting.blocks import instead
from ..rewriting.change import Change
from ..rewriting.tree import Statement, Tree
from ..rule import At, File, Unfixable


def fix(file: File, at: At, tree: Tree) -> Change:
    model = file.model
    found = next(each for each in tasks.kept(file) if each.put is at.node)
    if found.late:
        return _of_the_loop(model, at.node, tree)
    dropped = drop(file, found.put, found.what)
    scope = model.scope(dropped.put)
    add = cst.ensure_type(tree.statement(model.parent(dropped.put)), cst.SimpleStatementLine)  # type: ignore[arg-type]
    container = tree.value(dropped.put.func.value)  # type: ignore[attr-defined]
    statements: list[Statement] = [add]
    name = getattr(dropped.item, "id", "")
    if not name:
        name = _free(model, scope, found.what)
        made = cst.Assign([cst.AssignTarget(cst.Name(name))], tree.value(dropped.item))
        old = tree.expression(dropped.put, cst.Call)
        put = cst.Call(old.func, [cst.Arg(cst.Name(name))])
        if tree.module.code_for_node(old).count("#") > tree.module.code_for_node(old.args[0].value).count("#"):
            put = old.with_changes(args=[old.args[0].with_changes(value=cst.Name(name))])  # its comments stay
        first = cst.SimpleStatementLine([made], leading_lines=add.leading_lines)
        statements = [first, add.with_changes(body=[cst.Expr(put)], leading_lines=[])]
    callback = cst.Call(
        cst.Attribute(cst.Name(name), cst.Name("add_done_callback")),
        [cst.Arg(cst.Attribute(container, cst.Name(dropped.removal)))],
    )
    statements.append(cst.SimpleStatementLine([cst.Expr(callback)]))
    said = f"'{found.name}' drops the {found.what} when it is done"
    return Change(said, instead([add], statements), safe=dropped.safe)


def _free(model: Model, scope: Scope, name: str) -> str:
    """A name for a local variable that nothing in the function has."""
    function = model.function(scope)
    for each in model.within(function) if function is not None else ():
        if name in each.bound or name in (each.declared or ()) or any(node.id == name for node in each.names):
            raise Unfixable("the name for it is taken: give what is added a name, and a done callback")
    return name


def _of_the_loop(model: Model, put: ast.AST, tree: Tree) -> Change:
    """`lambda _: TASKS.discard(task)` becomes `TASKS.discard`."""
    scope = model.scope(put)
    container, item = put.func.value, put.args[0]  # type: ignore[attr-defined]
    for call, where in model.calls("add_done_callback"):
        made = call.args[0] if len(call.args) == 1 else None
        drop = made.body if isinstance(made, ast.Lambda) else None
        if where is not scope or not isinstance(drop, ast.Call) or not isinstance(drop.func, ast.Attribute):
            continue
        same = model.dotted(drop.func.value) == model.dotted(container)
        if same and len(drop.args) == 1 and getattr(drop.args[0], "id", None) == getattr(item, "id", ""):
            assert isinstance(made, ast.Lambda)
            method = tree.value(drop.func)
            said = "the callback drops the task that is done, not the last of the loop"
            return Change(said, {tree.expression(made, cst.Lambda): method}, safe=False)
    raise Unfixable("its callback is no lambda: pass the container's method itself")
