"""May a file be written to, and does closing it fail again where writing failed?"""

from __future__ import annotations

import ast

from ..judgements.acquisitions import Acquisition
from ..judgements.leaving import swallows
from ..model import Model
from ..model.flow import TRIES
from .blocks import index_in


def fails_again(model: Model, found: Acquisition, reads: list[ast.AST], body: list[ast.stmt]) -> bool:
    """Is an error of writing dealt with inside of a block that closes a file, which writes what is left in its buffer
    and so raises the error once more, in the place of what the handler does? reads: of the file."""
    if found.acquirer.kind not in _BUFFERED or not is_written(found):
        return False
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


_BUFFERED = frozenset({"archive", "file", "temporary file"})


def is_written(found: Acquisition) -> bool:
    """May a file be open for writing, by its mode?"""
    temporary = found.acquirer.kind == "temporary file"
    call = found.call
    if any(isinstance(each, ast.Starred) for each in call.args) or any(k.arg is None for k in call.keywords):
        return True
    at = 0 if temporary or found.acquirer.name == "pathlib.Path.open" else 1
    modes = [*call.args[at : at + 1], *(k.value for k in call.keywords if k.arg == "mode")]
    if not modes:
        return temporary
    return not isinstance(modes[0], ast.Constant) or bool({*"wax+"} & {*str(modes[0].value)})
