"""Resources that objects keep on themselves: which fields, who releases them, and how an object ends."""

from __future__ import annotations

import ast
from textwrap import dedent, indent

import pytest

from flake8_leaks.judgements import fields
from flake8_leaks.judgements.fields import Field
from flake8_leaks.judgements.ownership import ESCAPED, HELD, KEPT, RELEASED
from flake8_leaks.judgements.reopening import overwritten
from flake8_leaks.model import Model, Scope, build
from flake8_leaks.options import Options
from flake8_leaks.rule import File


def file_of(source: str) -> File:
    return File(build(ast.parse(dedent(source))), Options(), is_test=False)


def scope_of(model: Model, qualname: str) -> Scope:
    return next(s for s in model.scopes if s.qualname == qualname)


def in_class(methods: str, bases: str = "") -> str:
    """A class C with some methods."""
    return f"import os, socket, subprocess, tempfile\nclass C{bases}:\n{indent(dedent(methods), '    ')}\n"


OPENS = "def __init__(self, p): self.a = open(p)\n"


def only(source: str) -> tuple[File, Field]:
    """A file, and the only field in it that keeps a resource."""
    file = file_of(source)
    (field,) = fields.fields(file)
    return file, field


# -- which fields ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("self.a = open(p)", ["a"]),
        ("self.a: IO = open(p)", ["a"]),
        ("self.a = open(p) if p else None", ["a"]),
        ("self.a = self.b = open(p)", ["a", "b"]),
        ("self.a, self.b = open(p), p", ["a"]),
        ("self.a, self.b = p, open(p)", ["b"]),
        ("a = open(p)\n    self.a = a", ["a"]),
        ("a = open(p)\n    b = a\n    self.b = b", ["b"]),
        ("self.a, self.b = socket.socketpair()", ["a", "b"]),
        ("self.a, path = tempfile.mkstemp()", ["a"]),
        ("p.a = open(p)", []),
        ("self.a = [open(p)]", []),
        ("self.a[p] = open(p)", []),
        ("self.a.b = open(p)", []),
        ("self.a = p", []),
        ("self.a = open(p).read()", []),
        ("C.a = open(p)", []),
    ],
)
def test_the_fields_that_keep_a_resource(body: str, expected: list[str]) -> None:
    file = file_of(in_class(f"def __init__(self, p):\n    {body}"))
    assert [field.attr for field in fields.fields(file)] == expected
    assert {field.cls.name for field in fields.fields(file)} <= {"C"}


def test_one_field_may_be_opened_in_several_places() -> None:
    _, field = only(in_class(OPENS + "def again(self, p): self.a = open(p)"))
    assert [made.scope.name for made in field.made] == ["__init__", "again"]


def test_one_field_of_a_family() -> None:
    source = in_class(OPENS) + "class D(C):\n    def again(self, p): self.a = open(p)\nclass E(C): pass\n"
    _, field = only(source)
    assert [made.scope.qualname for made in field.made] == ["C.__init__", "D.again"]


def test_fields_of_one_name_in_two_classes() -> None:
    source = (
        in_class(OPENS) + "class D:\n    def __init__(self, p): self.a = open(p)\n    def close(self): self.a.close()"
    )
    fates = {field.cls.name: field.kept.fate for field in fields.fields(file_of(source))}
    assert fates == {"C": HELD, "D": RELEASED}


def test_a_field_that_an_inner_function_opens() -> None:
    _, field = only(in_class("def start(self, p):\n    def run(): self.a = open(p)\n    return run"))
    assert field.attr == "a"


# -- what becomes of them -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("methods", "fate"),
    [
        ("def m(self): pass", HELD),
        ("def m(self): return self.a.read()", HELD),
        ("def m(self): self.a.close()", RELEASED),
        ("def m(self):\n    a = self.a\n    a.close()", RELEASED),
        ("def m(self):\n    a, self.a = self.a, None\n    a.close()", RELEASED),
        ("def m(self):\n    for each in (self.a, self.b): each.close()", RELEASED),
        ("def m(self):\n    for each in [self.b, self.a]:\n        each.close()", RELEASED),
        ("def m(self): del self.a", RELEASED),
        ("def m(self):\n    with self.a: pass", RELEASED),
        ("def m(self): self.end(self.a)\ndef end(self, x): x.close()", RELEASED),
        ("def m(self): self.end(self.a)\ndef end(self, x): x.read()", HELD),
        ("def m(self): return self.a", ESCAPED),
        ("def m(self): yield self.a", ESCAPED),
        ("def m(self): keep(self.a)", ESCAPED),
        ("def m(self): self.all.append(self.a)", ESCAPED),
        ("def m(self): return self.a.buffer", HELD),
    ],
)
def test_what_the_class_does_to_a_field(methods: str, fate: str) -> None:
    assert only(in_class(OPENS + methods))[1].kept.fate == fate


@pytest.mark.parametrize(
    ("more", "forgotten"),
    [
        ("def f(c): c.a.close()", False),
        ("def f(c): c.a.read()", True),
        ("def f(c): keep(c.a)", False),
        ("class D(C):\n    def close(self): self.a.close()", False),
        ("class D:\n    def close(self): self.a.close()", True),
        ("class D:\n    def close(self, c): c.a.close()", False),
    ],
)
def test_what_others_do_to_a_field(more: str, forgotten: bool) -> None:
    file = File(build(ast.parse(in_class(OPENS) + more)), Options(), False)
    assert [field.attr for field in fields.unreleasable(file)] == ["a"] * forgotten


def test_a_release_by_a_function() -> None:
    opens = "def __init__(self): self.fd = os.open('x', 0)\n"
    assert only(in_class(opens + "def close(self): os.close(self.fd)"))[1].kept.fate == RELEASED
    assert only(in_class(opens + "def close(self): os.fsync(self.fd)"))[1].kept.fate == HELD


def test_a_connection_that_with_keeps_open() -> None:
    source = (
        "import sqlite3\nclass C:\n    def __init__(self): self.db = sqlite3.connect('x')\n    def m(self):\n        "
    )
    assert only(source + "with self.db: pass")[1].kept.fate == KEPT


# -- releasing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("methods", "expected"),
    [
        ("def m(self): pass", set()),
        ("def m(self): self.a.close()", {"m"}),
        ("def m(self): self.n()\ndef n(self): self.a.close()", {"m", "n"}),
        ("def m(self): self.n()\ndef n(self): self.o()\ndef o(self): self.a.close()", {"m", "n", "o"}),
        ("def m(self): self.a.close()\ndef n(self): self.a.read()", {"m"}),
        ("def m(self): at_end(self.n)\ndef n(self): self.a.close()", {"m", "n"}),
        ("def m(self):\n    def inner(): self.a.close()\n    return inner", {"m", "inner"}),
        ("def m(self):\n    run(lambda: self.n())\ndef n(self): self.a.close()", {"m", "n"}),
        ("def m(self): self.n()\ndef n(self): self.m()", set()),
        ("def m(self): self.n()\ndef n(self):\n    self.m()\n    self.a.close()", {"m", "n"}),
        ("def m(self): self.end(self.a)\ndef end(self, x): x.close()", {"m"}),
        ("async def m(self): self.n()\nasync def n(self): self.a.close()", {"m", "n"}),
    ],
)
def test_the_methods_that_come_to_the_release(methods: str, expected: set[str]) -> None:
    file, field = only(in_class(OPENS + methods))
    assert {method.name for method in fields.releasing(file.model, field)} == expected


def test_a_release_in_the_family_counts() -> None:
    source = in_class(OPENS + "def close(self): self.end()") + "class D(C):\n    def end(self): self.a.close()"
    file, field = only(source)
    assert {method.qualname for method in fields.releasing(file.model, field)} == {"C.close", "D.end"}


def test_the_constructor_that_cleans_up_is_among_them() -> None:
    methods = (
        "def __init__(self, p):\n    self.a = open(p)\n    if not p: self.close()\ndef close(self): self.a.close()"
    )
    file, field = only(in_class(methods))
    assert {method.name for method in fields.releasing(file.model, field)} == {"__init__", "close"}


# -- the ends of a class --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    "close _close aclose async_close close_all on_close stop shutdown shut_down disconnect cleanup clean_up terminate "
    "teardown tear_down __exit__ __aexit__ __del__ dispose release quit safe_stop force_close do_stop".split(),
)
def test_methods_by_which_objects_end(name: str) -> None:
    model = file_of(in_class(f"def {name}(self): pass")).model
    assert [method.name for method in fields.ends(model, scope_of(model, "C"))] == [name]


@pytest.mark.parametrize(
    "name",
    "open __init__ closed is_closed stopped reset read start ending endpoint enter closes".split(),
)
def test_methods_by_which_they_do_not(name: str) -> None:
    model = file_of(in_class(f"def {name}(self): pass")).model
    assert fields.ends(model, scope_of(model, "C")) == []


def test_the_ends_of_the_family() -> None:
    source = """
        class B:
            def stop(self): pass
        class C(B):
            def close(self): pass
        class D(C): pass
        class X:
            def quit(self): pass
        """
    model = file_of(source).model
    assert {method.qualname for method in fields.ends(model, scope_of(model, "D"))} == {"B.stop", "C.close"}
    assert fields.leaves(model, scope_of(model, "D")) == []


def test_methods_that_end_a_with() -> None:
    model = file_of(in_class("def __exit__(self, *exc): pass\ndef close(self): pass")).model
    assert [method.name for method in fields.leaves(model, scope_of(model, "C"))] == ["__exit__"]


# -- what can't be seen ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("class C: pass", False),
        ("class C(object): pass", False),
        ("import abc\nclass C(abc.ABC): pass", False),
        ("from typing import Generic, T\nclass C(Generic[T]): pass", False),
        ("class B: pass\nclass C(B): pass", False),
        ("class C(Exception): pass", False),
        ("class C(B): pass", True),
        ("from other import B\nclass C(B): pass", True),
        ("import other\nclass C(other.B): pass", True),
        ("from other import B\nclass C(B[int]): pass", True),
        ("from other import B\nclass A(B): pass\nclass C(A): pass", True),
        ("from other import B\nclass C: pass\nclass D(C, B): pass", True),
        ("class C(make()): pass", True),
        ("def f():\n    class B: pass\n    class C(B): pass", False),
    ],
)
def test_a_base_of_another_file(source: str, expected: bool) -> None:
    model = file_of(source).model
    cls = next(s for s in model.scopes if s.name == "C")
    assert fields.unknown_base(model, cls) is expected


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("def m(self): pass", False),
        ("def m(self, n): return getattr(self, n)", True),
        ("def m(self): return getattr(self, 'a')", False),
        ("def m(self, o, n): return getattr(o, n)", False),
        ("def m(self): return vars(self)", True),
        ("def m(self): return vars()", False),
        ("def m(self): return self.__dict__", True),
        ("def m(self, o): return o.__dict__", False),
    ],
)
def test_fields_that_are_reached_by_any_name(method: str, expected: bool) -> None:
    model = file_of(in_class(method)).model
    assert fields.reads_all(model, scope_of(model, "C")) is expected


def test_fields_that_a_relative_reaches_by_any_name() -> None:
    model = file_of(in_class("pass") + "class D(C):\n    def m(self): return vars(self)\nclass E: pass").model
    assert fields.reads_all(model, scope_of(model, "C"))
    assert not fields.reads_all(model, scope_of(model, "E"))


# -- the ends that miss a field ---------------------------------------------------------------------------------------


def missed(methods: str, bases: str = "") -> list[str]:
    """The methods that miss the release of a field of C."""
    return [end for _, end in fields.missed(file_of(in_class(OPENS + methods, bases)))]


@pytest.mark.parametrize(
    ("methods", "expected"),
    [
        pytest.param("def close(self): pass", ["close"], id="does nothing"),
        pytest.param("def close(self): self.a.flush()", ["close"], id="only flushes"),
        pytest.param("def close(self): self.a.close()", [], id="releases"),
        pytest.param("def stop(self): self.a.close()", [], id="releases by any end"),
        pytest.param("def close(self): self._end()\ndef _end(self): self.a.close()", [], id="comes to the release"),
        pytest.param("def _stop(self): pass\ndef close(self): pass", ["close"], id="the public end is named"),
        pytest.param("def read(self): pass", [], id="no end"),
        pytest.param("def close(self): pass\ndef get(self): return self.a", [], id="someone else may"),
        pytest.param("def close(self): pass\ndef m(self): return vars(self)", [], id="by any name"),
        pytest.param("def close(self): pass\ndef __del__(self): self.a.close()", [], id="in the end"),
        pytest.param(
            "def __exit__(self, *e): pass\ndef close(self): self.a.close()", ["__exit__"], id="with misses it"
        ),
        pytest.param("def __exit__(self, *e): self.close()\ndef close(self): self.a.close()", [], id="with closes"),
        pytest.param("def close(self): pass\ndef reset(self): self.a.close()", ["close"], id="another method has it"),
        pytest.param("def close(self): pass\ndef run(self): self.a.close()", [], id="at the end of its work"),
    ],
)
def test_the_end_that_misses_a_field(methods: str, expected: list[str]) -> None:
    assert missed(methods) == expected


def test_a_base_of_another_file_may_release_what_it_knows_of() -> None:
    assert missed("def close(self): pass", "(Base)") == []
    private = OPENS.replace("self.a", "self._a") + "def close(self): pass"
    assert [end for _, end in fields.missed(file_of(in_class(private, "(Base)")))] == ["close"]


def test_one_of_two_fields() -> None:
    methods = "def __init__(self, p):\n    self.a = open(p)\n    self.b = open(p)\ndef close(self): self.b.close()"
    assert [field.attr for field, _ in fields.missed(file_of(in_class(methods)))] == ["a"]


def unreleasable(methods: str, bases: str = "") -> list[str]:
    return [field.attr for field in fields.unreleasable(file_of(in_class(OPENS + methods, bases)))]


def test_a_class_that_cannot_release() -> None:
    assert unreleasable("def read(self): return self.a.read()") == ["a"]
    assert unreleasable("def close(self): pass", "(Base)") == ["a"]
    assert unreleasable("def close(self): pass") == [], "it misses it"
    assert unreleasable("def end_of_day(self): self.a.close()") == []
    assert unreleasable("def m(self): return self.__dict__") == []


# -- opened again -----------------------------------------------------------------------------------------------------


def reopened(methods: str) -> list[str]:
    """The functions that bind a name or field anew while what it held is open."""
    return [found.scope.name for found, _ in overwritten(file_of(in_class(methods)))]


CLOSES = "def close(self): self.a.close()\n"


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        pytest.param("def reconnect(self, p): self.a = open(p)", ["reconnect"], id="without a look"),
        pytest.param("def set_path(self, p): self.a = open(p)", ["set_path"], id="a setter by its name"),
        pytest.param("@path.setter\ndef path(self, p): self.a = open(p)", ["path"], id="a setter"),
        pytest.param("def reconnect(self, p):\n    self.a.close()\n    self.a = open(p)", [], id="closes before"),
        pytest.param("def reconnect(self, p):\n    self.close()\n    self.a = open(p)", [], id="by a method"),
        pytest.param("def reconnect(self, p):\n    if self.a is None: self.a = open(p)", [], id="asks for it"),
        pytest.param(
            "def reconnect(self, p):\n    if self.ready: return\n    self.a = open(p)", [], id="asks for a state"
        ),
        pytest.param(
            "def reconnect(self, p):\n    if hasattr(self, 'a'): return\n    self.a = open(p)", [], id="hasattr"
        ),
        pytest.param("def reconnect(self, p):\n    keep(self.a)\n    self.a = open(p)", [], id="hands it on"),
        pytest.param(
            "def reconnect(self, p):\n    self.a = open(p)\n    self.a.close()", ["reconnect"], id="closes the new one"
        ),
        pytest.param("def read(self, p): self.a = open(p)", [], id="may be the first call"),
        pytest.param("def fill(self, p):\n    for x in p: self.a = open(x)", ["fill"], id="in a loop"),
        pytest.param(
            "def fill(self, p):\n    for x in p:\n        self.a = open(x)\n        break", [], id="once in a loop"
        ),
        pytest.param(
            "def fill(self, p):\n    for x in p:\n        self.a = open(x)\n        self.a.close()",
            [],
            id="each round closes",
        ),
    ],
)
def test_a_field_that_is_opened_again(method: str, expected: list[str]) -> None:
    assert reopened(OPENS + CLOSES + method) == expected


def test_what_an_inner_function_opens_again_may_be_its_first() -> None:
    method = "def start(self, p):\n    def reconnect(): self.a = open(p)\n    return reconnect"
    assert reopened(CLOSES + method) == []


def test_a_start_that_an_error_handler_repeats() -> None:
    methods = """
        def __init__(self, p): self.open_(p)
        def open_(self, p): self.a = open(p)
        def close(self): self.a.close()
        def read(self, p):
            try:
                return self.a.read()
            except OSError:
                {}self.open_(p)
        """
    assert reopened(methods.format("")) == ["open_"]
    assert reopened(methods.format("self.a.close(); ")) == []
    assert reopened(methods.format("pass\n            if p: ")) == []
