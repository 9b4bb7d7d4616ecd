"""What does the file name by a text: in `__all__`, for `getattr()`?"""

from __future__ import annotations

import ast

from ..model import Model


def is_spelled(model: Model, name: str) -> bool:
    """Is there a text in the file that is a name?"""
    return name in model.keep("texts", lambda: _texts(model))


def _texts(model: Model) -> frozenset[str]:
    nodes = (node.value for node in ast.walk(model.tree) if isinstance(node, ast.Constant))
    return frozenset(value for value in nodes if isinstance(value, str))
