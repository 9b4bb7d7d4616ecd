"""Is this file a test?"""

from __future__ import annotations

import ast
import os
import re

from ..model import Model

_FILE = re.compile(r"(^|/)(tests?/|test_[^/]*$|[^/]*_test\.py$|conftest\.py$)")
_RUNNERS = frozenset({"pytest", "unittest"})


def is_test(model: Model, filename: str) -> bool:
    """By content: it imports pytest or unittest and defines tests, or most of what it defines is tests. By path only
    below the working folder, so that where a project happens to lie does not decide."""
    if filename and not filename.startswith(("-", "<")):
        below = os.path.relpath(filename)
        if not below.startswith("..") and _FILE.search(below.replace(os.sep, "/")):
            return True
    runs = False
    tests = others = 0
    for name, nodes in model.module.bound.items():
        node = nodes[0]
        if isinstance(node, ast.alias):
            statement = model.parent(node)
            module = statement.module if isinstance(statement, ast.ImportFrom) else node.name
            runs = runs or (module or "").partition(".")[0] in _RUNNERS
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            if name.startswith(("test_", "Test")) or name.endswith(("Test", "Tests", "TestCase")):
                tests += 1
            else:
                others += 1
    return tests > 0 and (runs or tests > others)
