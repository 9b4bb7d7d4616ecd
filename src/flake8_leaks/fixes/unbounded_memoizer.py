"""Takes the memoizer off a function whose memory never answers.

A bound would be no cure: the memory would still keep that many dead objects, which is LEK152, and still not answer.

Unsafe: where the memory did answer, because callers do give the same object again, results are worked out again, may be
other objects than last time, and what the function does besides is done again. Left is a function that calls itself,
or that makes functions or classes, which are costly and meant to be the same each time; and one whose memory the file
looks at. What a comment says of a decorator goes with it.
"""

from __future__ import annotations

import ast

import libcst as cst

from ..judgements.memoizing import Memory
from ..judgements.memory_calls import reads_of
from ..judgements.memory_keys import pinned_arguments
from ..knowledge.values import PARTIALS
from ..model import Model
from ..model.binding import FUNCTIONS, root_name
from ..rewriting.change import Change, Replacement
from ..rewriting.tree import Tree
from ..rule import At, File, Unfixable


def fix(file: File, at: At, tree: Tree) -> Change:
    memory = next(found for found, _ in pinned_arguments(file) if found.node is at.node)
    _check(file.model, memory)
    old, new = _without(file.model, memory, tree)
    said = f"{memory.name}() no longer remembers"
    return Change(said, {old: new}, safe=False, dropped=(root_name(memory.node),))


def _check(model: Model, memory: Memory) -> None:
    """Raise Unfixable where the memory may be needed."""
    inner = model.within(memory.function)
    makes = any(isinstance(scope.node, (*FUNCTIONS, ast.ClassDef)) for scope in inner[1:])
    if makes or any(_makes_code(model, node, memory) for node in ast.walk(memory.function.node)):
        raise Unfixable("the function makes functions or classes: choose a key that lives on")
    if any(_is_made_of_nothing(model, memory, node) for node in ast.walk(memory.function.node)):
        raise Unfixable("what it remembers is the state itself, not worked out anew: choose a key that lives on")
    for node, scope in reads_of(model, memory):
        if scope in inner:
            raise Unfixable("the function calls itself and may need its memory: choose a key that lives on")
        if isinstance(model.parent(node), ast.Attribute):
            raise Unfixable("the file looks at its memory: choose a key that lives on")


def _is_made_of_nothing(model: Model, memory: Memory, node: ast.AST) -> bool:
    """`return {}`, `return Lock()`, `state = State(); return state`"""
    value = node.value if isinstance(node, ast.Return) else None
    if isinstance(value, ast.Name):
        bindings = model.bindings(memory.function, value.id)
        value = bindings[0].value if len(bindings) == 1 else None
    if isinstance(value, ast.Call):
        known = model.resolve(memory.function, root_name(value.func)) in (model.module, None)
        return known and not value.args and not value.keywords
    return (isinstance(value, ast.List) and not value.elts) or (isinstance(value, ast.Dict) and not value.keys)


def _makes_code(model: Model, node: ast.AST, memory: Memory) -> bool:
    """`type(name, bases, {...})`, `partial(...)`"""
    if not isinstance(node, ast.Call):
        return False
    made = model.qualnames(node.func, memory.function)
    return bool(made & PARTIALS) or (made == {"builtins.type"} and len(node.args) == 3)


def _without(model: Model, memory: Memory, tree: Tree) -> tuple[cst.CSTNode, Replacement]:
    """What to replace by what so that nothing is remembered."""
    node = tree.value(memory.node)
    function = model.parent(memory.node)
    if isinstance(function, FUNCTIONS):
        statement = cst.ensure_type(tree.statement(function), cst.FunctionDef)
        decorator = next(each for each in statement.decorators if each.decorator is node)
        return decorator, cst.RemoveFromParent()
    call = function if isinstance(function, ast.Call) and function.func is memory.node else memory.node
    if not isinstance(call, ast.Call) or len(call.args) != 1 or call.keywords:
        raise Unfixable("the memoizer is given more than the function: choose a key that lives on")
    old, new = tree.expression(call, cst.Call), tree.value(call.args[0])
    if tree.module.code_for_node(old).count("#") > tree.module.code_for_node(new).count("#"):
        raise Unfixable("its comments would be lost with it: choose a key that lives on")
    return old, new
