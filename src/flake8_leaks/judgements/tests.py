"""Is this file a test?"""

from __future__ import annotations

import ast
import os
import re

from ..model import Model

_FILE = re.compile(r"(^|/)(tests?/|test_[^/]*$|[^/]*_test\.py$|conftest\.py$)")
_RUNNERS = frozenset({"pytest", "unittest"})
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def is_test(model: Model, filename: str) -> bool:
    """By content: it imports pytest or unittest and defines tests, or most of what it defines is tests. By path only
    below the working folder, so that where a project happens to lie does not decide."""
    if "test" in filename and not filename.startswith(("-", "<")):
        below = os.path.relpath(filename)
        if not below.startswith("..") and _FILE.search(below.replace(os.sep, "/")):
            return True
    defined = [name for name, nodes in model.module.bound.items() if isinstance(nodes[0], _DEFINITIONS)]
    tests = [n for n in defined if n.startswith(("test_", "Test")) or n.endswith(("Test", "Tests", "TestCase"))]
    return bool(tests) and (2 * len(tests) > len(defined) or _runs_tests(model))


def _runs_tests(model: Model) -> bool:
    """Does the module import pytest or unittest?"""
    for nodes in model.module.bound.values():
        if isinstance(nodes[0], ast.alias):
            statement = model.parent(nodes[0])
            module = statement.module if isinstance(statement, ast.ImportFrom) else nodes[0].name
            if (module or "").partition(".")[0] in _RUNNERS:
                return True
    return False
