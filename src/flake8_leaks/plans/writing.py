"""May a file be written to, and does closing it fail again where writing failed?"""

from __future__ import annotations

import ast

from ..judgements.acquisitions import Acquisition
from ..judgements.leaving import swallows
from ..knowledge.resources import BUFFERED, MODE_FIRST
from ..model import Model
from ..model.flow import TRIES
from .blocks import index_in


def fails_again(model: Model, reads: list[ast.AST], body: list[ast.stmt]) -> bool:
    """Is an error of writing dealt with inside of a block that closes a file, which writes what is left in its buffer
    and so raises the error once more, in the place of what the handler does? reads: of a file that is written to."""
    for read in reads:
        for child, parent in model.ancestors(read):
            if child in body:
                break
            if _deals(model, parent, child):
                return index_in(model, body, parent) is not None
    return False


def _deals(model: Model, parent: ast.AST, child: ast.AST) -> bool:
    if isinstance(parent, (ast.With, ast.AsyncWith)):
        return child in parent.body and swallows(model, parent)
    if not isinstance(parent, TRIES) or child not in parent.body:  # type: ignore[attr-defined]
        return False
    ends = [node for each in parent.finalbody for node in ast.walk(each)]  # type: ignore[attr-defined]
    return bool(parent.handlers) or any(isinstance(end, (ast.Return, ast.Break, ast.Continue)) for end in ends)  # type: ignore[attr-defined]


def is_written(found: Acquisition) -> bool:
    """May a resource be open for writing, and have a buffer? By its kind, and its mode."""
    acquirer, call = found.acquirer, found.call
    if acquirer.kind not in BUFFERED:
        return False
    if any(isinstance(each, ast.Starred) for each in call.args) or any(k.arg is None for k in call.keywords):
        return True
    at = acquirer.name not in MODE_FIRST
    modes = [*call.args[at : at + 1], *(k.value for k in call.keywords if k.arg == "mode")]
    if not modes:
        return acquirer.kind == "temporary file"
    return not isinstance(modes[0], ast.Constant) or bool({*"wax+"} & {*str(modes[0].value)})
