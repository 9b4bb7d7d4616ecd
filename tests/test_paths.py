"""By which ways is a function left while what it opened is still open? See test_flow.py for the control flow alone."""

from __future__ import annotations

import ast
from textwrap import dedent, indent

import pytest

from flake8_leaks.judgements.failing import raising
from flake8_leaks.judgements.instances import acquisitions
from flake8_leaks.judgements.paths import forgetful, fragile, paths
from flake8_leaks.judgements.reopening import overwritten
from flake8_leaks.lint import lint
from flake8_leaks.model import build
from flake8_leaks.options import Options
from flake8_leaks.rule import File

IMPORTS = "import contextlib, os, socket, sqlite3, subprocess, sys, tempfile\n"


def file_of(source: str) -> File:
    return File(build(ast.parse(IMPORTS + dedent(source))), Options(), is_test=False)


def function(body: str) -> File:
    """A file with one function of some body."""
    return file_of(f"def f(p, q):\n{indent(dedent(body), '    ')}")


def said(file: File) -> list[str]:
    """What is open, and the way out in the code that leaves it so."""
    return [f"{name}: {how}" for _, name, how in forgetful(file)]


def fails(file: File) -> list[str]:
    """What is open, and the call whose exception leaves it so."""
    return [f"{name}: {call}" for _, name, call in fragile(file)]


# -- a way in the code --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a = open(p)\nif q: return\na.close()", ["a: a 'return'"]),
        ("a = open(p)\nif q: raise E\na.close()", ["a: a 'raise'"]),
        ("a = open(p)\nif q: a.close()\nelse: print(p)", ["a: one way to the end of the function"]),
        ("for x in p:\n    a = open(x)\n    if q: continue\n    a.close()", ["a: the next round of the loop"]),
        ("for x in p:\n    a = open(x)\n    if q: break\n    a.close()", ["a: one way to the end of the function"]),
        ("a = open(p)\ntry: a.read()\nexcept E: return\na.close()", ["a: a 'return' after an exception"]),
        (
            "for x in p:\n    a = open(x)\n    try: a.read()\n    except E: continue\n    a.close()",
            ["a: the next round of the loop after an exception"],
        ),
        (
            "a = open(p)\nb = open(q)\nif p: return\na.close()\nif q: raise E\nb.close()",
            ["a: a 'return'", "b: a 'return'"],
        ),
        ("a = open(p)\nif p: return\nif q: raise E\na.close()", ["a: a 'return'"]),
        ("a, b = socket.socketpair()\nif q: return a\na.close()\nb.close()", ["a: a 'return'"]),
        ("a = open(p)\nif q: return a\na.close()", []),
        ("a = open(p)\na.close()", []),
        ("a = open(p)\na.read()", []),
        ("if q: return\na = open(p)\na.close()", []),
        ("a = open(p)\nif q:\n    a.close()\n    return\na.close()", []),
        ("with open(p) as a:\n    if q: return", []),
        ("a = open(p)\ntry:\n    if q: return\nfinally:\n    a.close()", []),
        ("a = open(p)\nif q: a.close()", []),
        ("a = open(p)\nfor x in q: a.close()", []),
        ("a = open(p)\nmatch q:\n    case 1: a.close()", []),
        ("a = open(p)\nwith contextlib.suppress(OSError): a.close()", []),
    ],
)
def test_a_way_out_in_the_code(body: str, expected: list[str]) -> None:
    assert said(function(body)) == expected


@pytest.mark.parametrize(
    "guard",
    [
        "if not a: return",
        "if a is None: return",
        "if a == None: return",
        "if not a and q: return",
        "if a.closed: return",
        "if not (a is not None): return",
        "if not bool(a): return",
        "if a: pass\nelse: return",
        "if q: sys.exit(1)",
        "if q: os._exit(1)",
        "if q: raise SystemExit(2)",
        "if q: raise KeyboardInterrupt",
        "while a is None: return",
    ],
)
def test_an_exit_where_nothing_is_open(guard: str) -> None:
    assert said(function(f"a = open(p) if p else None\n{guard}\na.close()")) == []


@pytest.mark.parametrize(
    "guard",
    [
        "if a: return",
        "if a is not None: return",
        "if not q: return",
        "if a is q: return",
        "if q is None: return",
        "if a.name: return",
        "if a[0]: return",
        "if p + q: return",
        "if a or q: return",
        "if a is None or q: return",
        "if q: print(p); return",
    ],
)
def test_an_exit_where_something_is_open(guard: str) -> None:
    assert said(function(f"a = open(p) if p else None\n{guard}\na.close()")) == ["a: a 'return'"]


def test_a_flag_tells_how_it_went() -> None:
    body = "{}\ntry:\n    a = open(p)\n    ok = True\nexcept OSError:\n    pass\nif not ok: return\na.close()"
    assert said(function(body.format("ok = False"))) == []


def test_a_helper_that_closes_closes_at_its_call() -> None:
    helper = "\ndef end(x): x.close()"
    body = "def f(p, q):\n    a = open(p)\n    {}if q: return\n    end(a)"
    assert said(file_of(body.format("") + helper)) == ["a: a 'return'"]
    assert said(file_of(body.format("end(a)\n    ") + helper)) == []


def test_what_an_inner_function_does_is_out_of_sight() -> None:
    assert said(function("a = open(p)\ndef g(): a.close()\nif q: return\ng()")) == []


def test_what_a_factory_made() -> None:
    source = (
        "def make(p):\n    a = open(p)\n    return a\ndef f(p, q):\n    b = make(p)\n    if q: return\n    b.close()"
    )
    assert said(file_of(source)) == ["b: a 'return'"]


def test_an_object_of_an_own_class() -> None:
    source = """
        class Log:
            def __init__(self, p): self.file = open(p)
            def close(self): self.file.close()
        def f(p, q):
            log = Log(p)
            if q: return
            log.close()
        """
    assert said(file_of(source)) == ["log: a 'return'"]


def test_a_loop_that_releases_nothing() -> None:
    """What its rounds leave open is overwritten, not forgotten."""
    file = function("for x in p: a = open(x)\na.close()")
    assert said(file) == []
    assert [name for _, name in overwritten(file)] == ["a"]


def test_a_name_that_is_bound_anew() -> None:
    assert [name for _, name in overwritten(function("a = open(p)\na = open(q)\na.close()"))] == ["a"]
    assert [name for _, name in overwritten(function("a = open(p)\na.close()\na = open(q)\na.close()"))] == []
    assert [name for _, name in overwritten(function("a = None\na = open(q)\na.close()"))] == []
    assert [name for _, name in overwritten(function("a = open(p)\nb = a\na = open(q)\na.close()\nb.close()"))] == []
    assert [name for _, name in overwritten(function("a = open(p)\na = wrap(a)\na.close()"))] == []


@pytest.mark.parametrize(
    "body",
    [
        "a = open(p)\na = open(p)\na.close()",
        "a = open(p)\nif p: return\na.close()",
        "a = socket.socket()\na.connect(p)\na.close()",
    ],
)
def test_a_script_ends_with_its_process(body: str) -> None:
    source = f"import socket\ndef {{}}(p):\n{indent(body, '    ')}"
    found = [
        lint(ast.parse(text), text.splitlines(), options=Options(pedantic=True))
        for text in (source.format("main"), source.format("f"))
    ]
    assert [len(some) for some in found] == [0, 1]


# -- only an exception ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a = socket.socket()\na.connect(p)\nreturn a", ["a: a.connect()"]),
        ("a = socket.socket()\na.connect(p)\na.send(q)\na.close()", ["a: a.connect()"]),
        ("a = open(p)\nq()\na.close()", ["a: q()"]),
        ("a = open(p)\nyield a\na.close()", []),
        ("a = socket.socket()\nlen(p)\nreturn a", []),
        ("a = socket.socket()\ntry:\n    a.connect(p)\nexcept E:\n    a.close()\n    raise\nreturn a", []),
        ("a = socket.socket()\ntry:\n    a.connect(p)\nfinally:\n    a.close()", []),
        ("with open(p) as a: a.read()", []),
        ("a = socket.socket()\nif q: return\na.connect(p)\na.close()", []),
    ],
)
def test_an_exception_of_a_call(body: str, expected: list[str]) -> None:
    assert fails(function(body)) == expected


def test_left_at_a_yield() -> None:
    assert fails(function("a = open(p)\nyield 1\na.close()")) == ["a: the code around its 'yield'"]


def test_the_two_share_nothing() -> None:
    """One acquisition is forgotten by a way in the code, or only by an exception."""
    file = function("a = open(p)\nb = open(q)\na.read()\nif p: return b.close()\na.close()\nb.read()\nb.close()")
    forgotten = {found.call for found, _, _ in forgetful(file)}
    broken = {found.call for found, _, _ in fragile(file)}
    assert len(forgotten) == len(broken) == 1
    assert not forgotten & broken
    assert forgotten | broken == {found.call for found in acquisitions(file)}


# -- constructors ---------------------------------------------------------------------------------------------------


def constructor(body: str, more: str = "", name: str = "__init__") -> File:
    return file_of(f"""
class C:
    def {name}(self, p, q):
{indent(dedent(body), " " * 8)}
    def close(self): self.a.close()
    def check(self):
        if not self.a: raise ValueError
    def look(self): pass
{indent(dedent(more), "    ")}
""")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("self.a = open(p)\nif q: raise E", ["self.a: a 'raise' in __init__()"]),
        ("a = open(p)\nself.a = a\nif q: raise E", ["a: a 'raise' in __init__()"]),
        ("self.a = open(p)\nself.check()", ["self.a: a 'raise' in self.check()"]),
        ("self.a = open(p)\nif q: return", []),
        ("self.a = open(p)\nself.look()", []),
        ("if q: raise E\nself.a = open(p)", []),
        ("self.check()\nself.a = open(p)", []),
        ("self.a = open(p)\nif q:\n    self.a.close()\n    raise E", []),
        ("self.a = open(p)\nif q:\n    self.close()\n    raise E", []),
        ("self.a = open(p)\ntry:\n    self.check()\nexcept E:\n    self.close()\n    raise", []),
        ("self.a = open(p)\ntry:\n    if q: raise E\nexcept E:\n    pass", []),
    ],
)
def test_a_constructor_that_gives_up(body: str, expected: list[str]) -> None:
    assert said(constructor(body)) == expected


@pytest.mark.parametrize("name", ["__new__", "__enter__", "__aenter__", "__post_init__"])
def test_other_constructors(name: str) -> None:
    assert said(constructor("self.a = open(p)\nif q: raise E", name=name)) == [f"self.a: a 'raise' in {name}()"]


def test_a_method_is_no_constructor() -> None:
    assert said(constructor("self.a = open(p)\nif q: raise E", name="start")) == []


def test_an_object_that_is_collected_releases_in_the_end() -> None:
    end = "def __del__(self): self.a.close()"
    assert said(constructor("self.a = open(p)\nif q: raise E", end)) == []


def test_a_constructor_that_fails() -> None:
    file = constructor("self.a = socket.socket()\nself.a.connect(p)")
    assert said(file) == []
    assert fails(file) == ["self.a: self.a.connect()"]


# -- which functions raise on purpose ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("raise E", True),
        ("raise E(1) from None", True),
        ("if x: raise errors.E", True),
        ("for x in y:\n    pass\nelse:\n    raise E", True),
        ("while x:\n    with y:\n        raise E", True),
        ("match x:\n    case 1: raise E", True),
        ("try: pass\nexcept E: raise F", True),
        ("try: pass\nfinally: raise F", True),
        ("try:\n    raise F\nfinally: pass", True),
        ("try:\n    raise F\nexcept E: pass", False),
        ("try: pass\nexcept E: raise", False),
        ("raise NotImplementedError", False),
        ("raise NotImplementedError('later')", False),
        ("raise AssertionError", False),
        ("def inner(): raise E", False),
        ("pass", False),
        ("other()", True),
        ("try: other()\nexcept E: pass", False),
        ("try: pass\nexcept E: other()", True),
        ("x.other()", False),
        ("f()", False),
        ("third()", True),
    ],
)
def test_raising_on_purpose(body: str, expected: bool) -> None:
    more = "def other(): raise E\ndef third(): other()\n"
    model = build(ast.parse(f"def f(x, y):\n{indent(body, '    ')}\n{more}"))
    assert {"other", "third"} <= {scope.name for scope in raising(model)}
    assert ("f" in {scope.name for scope in raising(model)}) is expected


def test_methods_that_raise_through_each_other() -> None:
    source = """
        class C:
            def a(self): self.b()
            def b(self):
                self.a()
                self.c()
            def c(self): raise E
            def d(self): pass
        """
    assert {scope.name for scope in raising(file_of(source).model)} == {"a", "b", "c"}


# -- the order, and what is left out ----------------------------------------------------------------------------------


def test_ways_come_in_the_same_order_each_time() -> None:
    body = "a = open(p)\nif q: return\nif p: raise E\na.read()\nfor x in q: a = open(x)\na.close()"
    first, second = (
        [[(way.kind, way.caught) for way in found.ways] for found in paths(function(body))] for _ in range(2)
    )
    assert first == second
    assert all(ways == sorted(ways, key=lambda way: (way[1], way[0])) for ways in first)


def test_too_many_ways_are_no_finding() -> None:
    lines = ["a = open(p)", "for x in p:"]
    for level in range(15):
        pad = " " * level
        lines += [f"{pad} try:", f"{pad}  if q: return x", f"{pad}  if x: break", f"{pad} finally:"]
    lines += [" " * 16 + "pass", "a.close()"]
    assert said(function("\n".join(lines))) == []
