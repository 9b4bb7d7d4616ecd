"""Files that are read or written as a whole: what `pathlib` has one call for."""

from __future__ import annotations

import ast

import libcst as cst

from ..judgements.acquisitions import Acquisition
from ..rule import File
from .change import Change
from .imports import Import, spelled
from .tree import Tree

_OPENS = {"builtins.open", "io.open"}
_METHODS = {
    ("read", "r"): "read_text",
    ("read", "rt"): "read_text",
    ("read", "rb"): "read_bytes",
    ("write", "w"): "write_text",
    ("write", "wt"): "write_text",
    ("write", "wb"): "write_bytes",
}


def read_at_once(file: File, tree: Tree, found: Acquisition) -> Change | None:
    """`path.open().read()` as `path.read_text()`, `open(path).read()` as `Path(path).read_text()`; None for all else.

    The second is not safe: `open` takes a descriptor or bytes, too.
    """
    model = file.model
    attribute = model.parent(found.call)
    use = model.parent(attribute) if isinstance(attribute, ast.Attribute) else None
    if not isinstance(attribute, ast.Attribute) or not isinstance(use, ast.Call) or use.keywords:
        return None
    method, text = _method(found, attribute.attr)
    # What is to be written is worked out before the file is emptied, not after.
    given = [argument for argument in use.args if isinstance(argument, (ast.Constant, ast.Name))]
    if not method or len(given) != len(use.args) or len(given) != (attribute.attr == "write"):
        return None
    call = tree.expression(found.call, cst.Call)
    named = [argument for argument in call.args if argument.keyword is not None]
    options = [a for a in named if a.keyword is not None and a.keyword.value in ("encoding", "errors")]
    if len(options) < len([a for a in named if a.keyword is not None and a.keyword.value != "mode"]):
        return None
    if not text and options:
        return None
    imports: tuple[Import, ...] = ()
    if found.acquirer.name == "pathlib.Path.open":
        assert isinstance(call.func, cst.Attribute)
        path = call.func.value
    else:
        spelling = spelled(model, found.scope, "pathlib", "Path")
        path, imports = (
            cst.Call(spelling.node, [call.args[0].with_changes(comma=cst.MaybeSentinel.DEFAULT)]),
            spelling.imports,
        )
    whole = tree.expression(use, cst.Call)
    new = cst.Call(cst.Attribute(path, cst.Name(method)), [*whole.args, *options])
    safe = found.acquirer.name == "pathlib.Path.open"
    return Change(f"{method}() opens and closes it", {whole: new}, safe=safe, imports=imports)


def _method(found: Acquisition, use: str) -> tuple[str, bool]:
    """The method that opens, reads or writes, and closes; and whether it is about text."""
    arguments = found.call.args
    if found.acquirer.name in _OPENS:
        if not arguments or isinstance(arguments[0], ast.Starred):
            return "", False
        arguments = arguments[1:]
    elif found.acquirer.name != "pathlib.Path.open" or not isinstance(found.call.func, ast.Attribute):
        return "", False
    modes = [*arguments, *(k.value for k in found.call.keywords if k.arg == "mode")]
    if len(modes) > 1 or not all(isinstance(mode, ast.Constant) for mode in modes):
        return "", False
    mode = modes[0].value if modes and isinstance(modes[0], ast.Constant) else "r"
    method = _METHODS.get((use, str(mode)), "")
    return method, method.endswith("text")
