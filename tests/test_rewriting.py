"""How imports are spelled, added and dropped."""

from __future__ import annotations

import ast

import libcst as cst
import pytest

from flake8_leaks.model import build
from flake8_leaks.rewriting.imports import Import, spelled, with_imports
from flake8_leaks.rule import Unfixable

DEQUE = Import("collections", "deque")
LRU = Import("functools", "lru_cache")
FUNCTOOLS = Import("functools")


def added(source: str, *imports: Import, dropped: tuple[str, ...] = ()) -> str:
    return with_imports(cst.parse_module(source), imports, dropped).code


# -- where an import is added ------------------------------------------------------------------------------------

PLACES = {
    "no imports": ("x = 1\n", "from collections import deque\n\nx = 1\n"),
    "a definition follows": ("def f(): ...\n", "from collections import deque\n\n\ndef f(): ...\n"),
    "empty lines are there": ("\n\ndef f(): ...\n", "\n\nfrom collections import deque\n\n\ndef f(): ...\n"),
    "docstring": ('"""Doc."""\nx = 1\n', '"""Doc."""\n\nfrom collections import deque\n\nx = 1\n'),
    "docstring alone": ('"""Doc."""\n', '"""Doc."""\n\nfrom collections import deque\n'),
    "docstring and imports": ('"""Doc."""\n\nimport os\n', '"""Doc."""\n\nimport os\nfrom collections import deque\n'),
    "shebang": ("#!/usr/bin/python\nx = 1\n", "#!/usr/bin/python\nfrom collections import deque\n\nx = 1\n"),
    "shebang and imports": (
        "#!/usr/bin/python\n# -*- coding: utf-8 -*-\nfrom queue import Queue\n",
        "#!/usr/bin/python\n# -*- coding: utf-8 -*-\nfrom collections import deque\nfrom queue import Queue\n",
    ),
    "a comment on what follows": (
        "# License.\n\n# About x.\nx = 1\n",
        "# License.\n\nfrom collections import deque\n\n# About x.\nx = 1\n",
    ),
    "from __future__": (
        "from __future__ import annotations\n\nx = 1\n",
        "from __future__ import annotations\n\nfrom collections import deque\n\nx = 1\n",
    ),
    "from __future__ and others": (
        "from __future__ import annotations\n\nimport os\n",
        "from __future__ import annotations\n\nimport os\nfrom collections import deque\n",
    ),
    "__version__": (
        '"""Doc."""\n__version__ = "1.0"\n\nimport os\n',
        '"""Doc."""\n__version__ = "1.0"\n\nimport os\nfrom collections import deque\n',
    ),
    "sorted, in the middle": (
        "import os\nfrom ast import parse\nfrom queue import Queue\n",
        "import os\nfrom ast import parse\nfrom collections import deque\nfrom queue import Queue\n",
    ),
    "sorted, first": (
        "# Ours.\nfrom queue import Queue\n",
        "# Ours.\nfrom collections import deque\nfrom queue import Queue\n",
    ),
    "sorted by modules alone": (
        "from ast import parse\nimport os\nfrom queue import Queue\n",
        "from ast import parse\nfrom collections import deque\nimport os\nfrom queue import Queue\n",
    ),
    "not sorted": (
        "from queue import Queue\nimport os\nimport ast\n",
        "from queue import Queue\nimport os\nimport ast\nfrom collections import deque\n",
    ),
    "third-party only": ("import numpy\n", "from collections import deque\n\nimport numpy\n"),
    "third-party only, behind a docstring": (
        '"""Doc."""\n\n# Numbers.\nimport numpy\n',
        '"""Doc."""\n\nfrom collections import deque\n\n# Numbers.\nimport numpy\n',
    ),
    "relative only": ("from . import x\n", "from collections import deque\n\nfrom . import x\n"),
    "three groups": (
        "import os\n\nimport numpy\n\nfrom . import x\n",
        "import os\nfrom collections import deque\n\nimport numpy\n\nfrom . import x\n",
    ),
    "one group of all kinds": (
        "import numpy\nimport os\nfrom . import x\n",
        "import numpy\nimport os\nfrom collections import deque\nfrom . import x\n",
    ),
    "TYPE_CHECKING": (
        "import typing\n\nif typing.TYPE_CHECKING:\n    from collections import deque\n",
        "import typing\nfrom collections import deque\n\nif typing.TYPE_CHECKING:\n    from collections import deque\n",
    ),
    "try": (
        "try:\n    import json\nexcept ImportError:\n    json = None\n",
        "from collections import deque\n\ntry:\n    import json\nexcept ImportError:\n    json = None\n",
    ),
    "one line for two": ("import os; import sys\n", "from collections import deque\n\nimport os; import sys\n"),
    "Windows": ("import os\r\nx = 1\r\n", "import os\r\nfrom collections import deque\r\nx = 1\r\n"),
    "Windows, no imports": ("x = 1\r\n", "from collections import deque\r\n\r\nx = 1\r\n"),
    "no line end": ("x = 1", "from collections import deque\n\nx = 1"),
}


@pytest.mark.parametrize("case", PLACES)
def test_an_import_is_added_where_isort_would_put_it(case: str) -> None:
    source, due = PLACES[case]
    assert added(source, DEQUE) == due


def test_a_module_comes_before_names_of_modules() -> None:
    assert (
        added("import os\nfrom ast import parse\n", FUNCTOOLS) == "import functools\nimport os\nfrom ast import parse\n"
    )


def test_a_package_from_elsewhere_gets_a_group_of_its_own() -> None:
    new = Import("cachetools", "LRUCache")
    assert added("import os\n\nx = 1\n", new) == "import os\n\nfrom cachetools import LRUCache\n\nx = 1\n"
    assert added("import os\n\nfrom . import x\n", new) == (
        "import os\n\nfrom cachetools import LRUCache\n\nfrom . import x\n"
    )


def test_two_imports_of_one_module_share_a_line() -> None:
    assert added("x = 1\n", DEQUE, Import("collections", "Counter")) == (
        "from collections import Counter, deque\n\nx = 1\n"
    )


# -- among the names of a line -----------------------------------------------------------------------------------

LINES = {
    "last": ("from functools import cache\n", "from functools import cache, lru_cache\n"),
    "first": ("from functools import wraps\n", "from functools import lru_cache, wraps\n"),
    "classes first": ("from functools import Z\n", "from functools import Z, lru_cache\n"),
    "not sorted": ("from functools import wraps, cache\n", "from functools import wraps, cache, lru_cache\n"),
    "with another name": ("from functools import wraps as w\n", "from functools import lru_cache, wraps as w\n"),
    "with a comment": ("from functools import wraps  # one\n", "from functools import lru_cache, wraps  # one\n"),
    "in brackets": ("from functools import (cache, wraps)\n", "from functools import (cache, lru_cache, wraps)\n"),
    "in brackets, one": ("from functools import (cache)\n", "from functools import (cache, lru_cache)\n"),
    "a line each": (
        "from functools import (\n    cache,  # one\n    wraps,  # two\n)\n",
        "from functools import (\n    cache,  # one\n    lru_cache,\n    wraps,  # two\n)\n",
    ),
    "a line each, last": (
        "from functools import (\n    cache,  # one\n)\n",
        "from functools import (\n    cache,  # one\n    lru_cache,\n)\n",
    ),
    "a comment below the last": (
        "from functools import (\n    cache,\n    # below\n)\n",
        "from functools import (\n    cache,\n    lru_cache,\n    # below\n)\n",
    ),
    "a line each, no comma at the end": (
        "from functools import (\n    cache,\n    f\n)\n",
        "from functools import (\n    cache,\n    f,\n    lru_cache\n)\n",
    ),
    "a statement each": (
        "from functools import cache\nfrom functools import wraps\n",
        "from functools import cache\nfrom functools import lru_cache\nfrom functools import wraps\n",
    ),
    "of all": ("from functools import *\n", "from functools import *\nfrom functools import lru_cache\n"),
}


@pytest.mark.parametrize("case", LINES)
def test_a_name_is_added_to_the_line_of_its_module(case: str) -> None:
    source, due = LINES[case]
    assert added(source, LRU) == due


# -- what is dropped ---------------------------------------------------------------------------------------------

DROPPED = {
    "the only one": ("from functools import cache\n\n\ndef f(): ...\n", "def f(): ...\n"),
    "below a docstring": (
        '"""Doc."""\n\nfrom functools import cache\n\nx = 1\n',
        '"""Doc."""\n\nx = 1\n',
    ),
    "below a head": ("# Head.\nfrom functools import cache\n\nx = 1\n", "# Head.\n\nx = 1\n"),
    "one of a group": ("import os\n\nimport cache\nimport x\n", "import os\n\nimport x\n"),
    "one of a line": ("from functools import cache, wraps\n", "from functools import wraps\n"),
    "the last of a line": ("from functools import a, cache  # both\n", "from functools import a  # both\n"),
    "in brackets": ("from functools import (\n    cache,\n    wraps,\n)\n", "from functools import (\n    wraps,\n)\n"),
    "in brackets, last": ("from functools import (\n    a,\n    cache,\n)\n", "from functools import (\n    a,\n)\n"),
    "by another name": ("from functools import lru_cache as cache\nimport os\n", "import os\n"),
    "a text": ('from functools import cache\nx = "cache"\n', 'x = "cache"\n'),
}
KEPT = [
    "from functools import cache\ncache(f)\n",
    "from functools import cache\n__all__ = ['cache']\n",
    "from functools import cache\nx: 'cache[int]' = 1\n",
    "from functools import cache\ndef f() -> 'cache': ...\n",
    "from functools import cache as cache\n",
    "from functools import *\n",
    "if x:\n    from functools import cache\n",
]


@pytest.mark.parametrize("case", DROPPED)
def test_an_import_that_nobody_reads_is_dropped(case: str) -> None:
    source, due = DROPPED[case]
    assert added(source, dropped=("cache",)) == due


@pytest.mark.parametrize("source", KEPT)
def test_an_import_that_somebody_may_read_stays(source: str) -> None:
    assert added(source, dropped=("cache",)) == source


# -- how a name is spelled ---------------------------------------------------------------------------------------

SPELLED = {
    "not there": ("x = 1", "lru_cache", (LRU,)),
    "by its name": ("from functools import lru_cache", "lru_cache", ()),
    "by another name": ("from functools import lru_cache as memo", "memo", ()),
    "of its module": ("import functools", "functools.lru_cache", ()),
    "of its module, by another name": ("import functools as ft", "ft.lru_cache", ()),
    "in a function only": ("def g():\n    from functools import lru_cache", "functools.lru_cache", (FUNCTOOLS,)),
    "for types only": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from functools import lru_cache",
        "functools.lru_cache",
        (FUNCTOOLS,),
    ),
    "too late": ("@f\ndef g(): ...\nfrom functools import lru_cache", "functools.lru_cache", (FUNCTOOLS,)),
    "behind __version__ and a guard": (
        "__version__ = '1'\ntry:\n    import x\nexcept ImportError:\n    x = None\nimport functools",
        "functools.lru_cache",
        (),
    ),
    "the name is taken": ("def lru_cache(f): ...", "functools.lru_cache", (FUNCTOOLS,)),
    "a local has the name": ("def g(lru_cache): ...", "functools.lru_cache", (FUNCTOOLS,)),
    "from elsewhere": ("from compat import lru_cache", "functools.lru_cache", (FUNCTOOLS,)),
    "bound anew": (
        "from functools import lru_cache\nlru_cache = trace(lru_cache)",
        "functools.lru_cache",
        (FUNCTOOLS,),
    ),
}


@pytest.mark.parametrize("case", SPELLED)
def test_a_name_is_spelled_as_the_file_does_it(case: str) -> None:
    source, code, imports = SPELLED[case]
    model = build(ast.parse(source))
    assert spelled(model, model.module, "functools", "lru_cache") == (code, imports)


def test_a_name_that_a_function_hides_is_not_used_there() -> None:
    model = build(ast.parse("import functools\ndef g(functools): ..."))
    (function,) = [scope for scope in model.scopes if scope.name == "g"]
    assert spelled(model, model.module, "functools", "lru_cache").code == "functools.lru_cache"
    assert spelled(model, function, "functools", "lru_cache") == ("lru_cache", (LRU,))


def test_both_names_may_be_taken() -> None:
    model = build(ast.parse("lru_cache = functools = None"))
    with pytest.raises(Unfixable, match="'lru_cache' and 'functools'"):
        spelled(model, model.module, "functools", "lru_cache")
