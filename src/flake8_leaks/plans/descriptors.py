"""Does what a call opens close a descriptor at its end that others go on using?"""

from __future__ import annotations

import ast

from ..judgements.acquisitions import Acquisition
from ..judgements.instances import acquisitions
from ..knowledge.resources import DESCRIPTORS, TAKES_DESCRIPTOR
from ..model import Model
from ..rule import File
from .blocks import reaches, statement_of


def closes_another(file: File, found: Acquisition) -> bool:
    """Is what a call opens made of a descriptor, as by `os.fdopen(number)`, that was not opened just for it?"""
    number = _number(found)
    if number is None:
        return False
    model, start = file.model, statement_of(file.model, found.call)
    own = {each.call for each in acquisitions(file) if each.acquirer.kind in DESCRIPTORS}
    if not isinstance(number, ast.Name):
        return number not in own and (_is_sure(found) or _is_fileno(number))
    owner = model.resolve(found.scope, number.id)
    if owner is None:
        return _is_sure(found)
    values = [_value(model, binding.node) for binding in model.bindings(owner, number.id)]
    if not values or not all(value in own for value in values):
        return _is_sure(found) or any(value in own or _is_fileno(value) for value in values)
    inside = set(ast.walk(start))
    reads = [node for node, _ in model.references(owner, number.id) if node not in inside]
    return any(reaches(model, start, read, []) for read in reads)


def _number(found: Acquisition) -> ast.expr | None:
    """The argument that is the descriptor, or may be one."""
    call, (position, word, _) = found.call, TAKES_DESCRIPTOR.get(found.acquirer.name, (0, "", False))
    given = next((keyword.value for keyword in call.keywords if word and keyword.arg == word), None)
    return given or (call.args[position] if word and len(call.args) > position else None)


def _is_sure(found: Acquisition) -> bool:
    """Is that argument always a descriptor?"""
    return TAKES_DESCRIPTOR[found.acquirer.name][2]


def _is_fileno(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "fileno"


def _value(model: Model, target: ast.AST) -> ast.AST | None:
    """What an assignment binds to a target, or to the tuple that holds it."""
    statement = statement_of(model, target)
    return statement.value if isinstance(statement, (ast.Assign, ast.AnnAssign)) else None
