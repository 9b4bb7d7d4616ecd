"""Is this file a test?"""

from __future__ import annotations

import ast
import os

from ..model import Model
from .pattern import Pattern

_FILE = Pattern(r"(^|/)(tests?/|test_[^/]*$|[^/]*_test\.py$|conftest\.py$)")
_RUNNERS = frozenset({"pytest", "unittest"})
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def is_test(model: Model, filename: str) -> bool:
    """By content: it imports pytest or unittest and defines tests, or most of what it defines is tests. By path only
    below the working folder, so that where a project happens to lie does not decide."""
    if "test" in filename and not filename.startswith(("-", "<")):
        below = os.path.relpath(filename)
        if not below.startswith("..") and _FILE.search(below.replace(os.sep, "/")):
            return True
    bound = model.module.bound
    tests = [name for name in bound if "est" in name and isinstance(bound[name][0], _DEFINITIONS) and _is_named(name)]
    if not tests:
        return False
    defined = [name for name, nodes in bound.items() if isinstance(nodes[0], _DEFINITIONS)]
    return 2 * len(tests) > len(defined) or _runs_tests(model)


def _is_named(name: str) -> bool:
    """Is a function or class a test by its name?"""
    return name.startswith(("test_", "Test")) or name.endswith(("Test", "Tests", "TestCase"))


def _runs_tests(model: Model) -> bool:
    """Does the module import pytest or unittest?"""
    for nodes in model.module.bound.values():
        if isinstance(nodes[0], ast.alias):
            statement = model.parent(nodes[0])
            module = statement.module if isinstance(statement, ast.ImportFrom) else nodes[0].name
            if (module or "").partition(".")[0] in _RUNNERS:
                return True
    return False
