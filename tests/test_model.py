"""The model: what a program's names, calls and places mean, fact by fact."""

from __future__ import annotations

import ast
import sys
from textwrap import dedent

import pytest

from flake8_leaks.model import Binding, LastNames, Model, Place, Reference, Scope, build

needs_3_12 = pytest.mark.skipif(sys.version_info < (3, 12), reason="syntax of Python 3.12")
needs_3_13 = pytest.mark.skipif(sys.version_info < (3, 13), reason="syntax of Python 3.13")
needs_3_11 = pytest.mark.skipif(sys.version_info < (3, 11), reason="syntax of Python 3.11")


def model_of(source: str) -> Model:
    return build(ast.parse(dedent(source)))


def scope_of(model: Model, qualname: str) -> Scope:
    """The first scope of that qualified name that is not one of type parameters; "" is the module."""
    return next(s for s in model.scopes if s.qualname == qualname and s.kind != "type parameters")


def reads(model: Model, name: str) -> list[Reference]:
    """Every read of `name` anywhere, in source order."""
    nodes = [
        n for n in ast.walk(model.tree) if isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Load)
    ]
    nodes.sort(key=lambda n: (n.lineno, n.col_offset))
    return [Reference(n, model.scope(n)) for n in nodes]


def readers(model: Model, name: str) -> list[str]:
    """The kinds of the scopes that read `name`, in source order."""
    return [scope.kind for _, scope in reads(model, name)]


def owner(source: str, name: str) -> str | None:
    """Where the last read of `name` finds its binding: a scope's qualified name, None if nowhere in the file."""
    model = model_of(source)
    node, scope = reads(model, name)[-1]
    found = model.resolve(scope, node.id)
    return None if found is None else found.qualname


def expression(model: Model) -> ast.expr:
    """The value of the last expression statement, however deeply it stands."""
    statements = [n for n in ast.walk(model.tree) if isinstance(n, ast.Expr)]
    return max(statements, key=lambda n: n.lineno).value


def means(source: str) -> set[str]:
    """The qualified names that the last expression statement may mean."""
    model = model_of(source)
    node = expression(model)
    return set(model.qualnames(node, model.scope(node)))


def type_names(source: str) -> set[str]:
    """The types that the last expression statement may have."""
    model = model_of(source)
    node = expression(model)
    return set(model.types(node, model.scope(node)))


def place_of(model: Model, name: str, scope: str = "") -> Place:
    """The place of that name in a scope, which is there."""
    place = model.place(scope_of(model, scope), name)
    assert place is not None
    return place


def places_of(model: Model, scope: str = "") -> list[Place]:
    """The places among all the names that a scope binds."""
    owner = scope_of(model, scope)
    found = [model.place(owner, name) for name in owner.bound]
    return [place for place in found if place is not None]


def held(source: str) -> Place | None:
    """The place for which the last expression statement stands."""
    model = model_of(source)
    node = expression(model)
    return model.held(node, model.scope(node))


def kinds(source: str, name: str, scope: str = "f") -> list[str]:
    """The kinds of the bindings of a name, in source order."""
    model = model_of(source)
    return [b.kind for b in model.bindings(scope_of(model, scope), name)]


# -- which scope does an expression stand in? ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("@X\ndef f(): pass", id="decorator of a function"),
        pytest.param("@X\nclass C: pass", id="decorator of a class"),
        pytest.param("def f(a=X): pass", id="default"),
        pytest.param("def f(*, a=X): pass", id="keyword-only default"),
        pytest.param("lambda a=X: a", id="default of a lambda"),
        pytest.param("class C(X): pass", id="base"),
        pytest.param("class C(metaclass=X): pass", id="class keyword"),
        pytest.param("def f(a: X): pass", id="annotation of a parameter"),
        pytest.param("def f(*a: X, **k): pass", id="annotation of *args"),
        pytest.param("def f(**k: X): pass", id="annotation of **kwargs"),
        pytest.param("def f() -> X: pass", id="annotation of the result"),
        pytest.param("a: X = 1", id="annotation of a variable"),
        pytest.param("[a for a in X]", id="first iterable of a list comprehension"),
        pytest.param("{a for a in X}", id="first iterable of a set comprehension"),
        pytest.param("{a: a for a in X}", id="first iterable of a dict comprehension"),
        pytest.param("(a for a in X)", id="first iterable of a generator expression"),
    ],
)
def test_it_stands_in_the_scope_around_the_definition(source: str) -> None:
    assert readers(model_of(source), "X") == ["module"]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("def f(): X", "function"),
        ("async def f(): X", "function"),
        ("class C: X", "class"),
        ("class C:\n    def m(self, a=X): pass", "class"),
        ("lambda: X", "lambda"),
        ("[X for a in b]", "comprehension"),
        ("{X: 1 for a in b}", "comprehension"),
        ("{1: X for a in b}", "comprehension"),
        ("[a for a in b if X]", "comprehension"),
        ("[a for b in c for a in X]", "comprehension"),
        ("[a for a in [b for b in c if X]]", "comprehension"),
        ("def f():\n    def g(a=X): pass", "function"),
    ],
)
def test_it_stands_in_the_inner_scope(source: str, kind: str) -> None:
    assert readers(model_of(source), "X") == [kind]


def test_the_walk_and_the_question_agree_on_scopes() -> None:
    model = model_of(
        """
        @deco(x)
        def f(a: x = x, *b: x, c=x, **d: x) -> x:
            class C(x, metaclass=x):
                y = [x for i in x if x for j in x]
                def m(self, g=lambda v=x: x): return x
            return {x: (x := 1) for k in x}
        """
    )
    recorded = {node: scope for scope in model.scopes for node in scope.names}
    assert len(recorded) > 15
    assert {node: model.scope(node) for node in recorded} == recorded


# -- where does a name find its binding? -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "name", "found"),
    [
        pytest.param("x = 1\ndef f(): x", "x", "", id="global"),
        pytest.param("def f(x):\n    def g(): x", "x", "f", id="enclosing function"),
        pytest.param("def f(): x\nx = 1", "x", "", id="bound later in the file"),
        pytest.param("def f():\n    x\n    x = 1", "x", "f", id="bound later in the function"),
        pytest.param("class C:\n    x = 1\n    x", "x", "C", id="the class body sees itself"),
        pytest.param("x = 1\nclass C:\n    x = 2\n    def m(self): x", "x", "", id="methods skip the class"),
        pytest.param(
            "class C:\n    x = 2\n    def m(self): x", "x", None, id="methods skip the class, and find nothing"
        ),
        pytest.param("x = 1\nclass C:\n    x = 2\n    y = [x for _ in z]", "x", "", id="comprehensions skip the class"),
        pytest.param("x = 1\nclass C:\n    x = 2\n    y = lambda: x", "x", "", id="lambdas skip the class"),
        pytest.param("class C:\n    x = 2\n    y = [z for z in x]", "x", "C", id="the first iterable sees the class"),
        pytest.param("def f(a): [(x := b) for b in a]\n", "a", "f", id="first iterable"),
        pytest.param("def f(a):\n    [(x := b) for b in a]\n    x", "x", "f", id="walrus in a comprehension"),
        pytest.param("def f(a):\n    [[(x := b) for b in c] for c in a]\n    x", "x", "f", id="walrus two deep"),
        pytest.param("[(x := b) for b in a]\nx", "x", "", id="walrus in a comprehension of the module"),
        pytest.param("def f():\n    (lambda: (x := 1))\n    x", "x", None, id="walrus in a lambda stays there"),
        pytest.param("[x for x in a]\nx", "x", None, id="a comprehension keeps its variable"),
        pytest.param("def f():\n    global x\n    x = 1\ndef g(): x", "x", "", id="global binds in the module"),
        pytest.param("def f():\n    global x\n    x", "x", None, id="global that nothing binds"),
        pytest.param(
            "x = 1\ndef f():\n    x = 2\n    def g():\n        global x\n        x", "x", "", id="global skips"
        ),
        pytest.param("x = 1\ndef f():\n    global x\n    def g(): x", "x", "", id="global, read further in"),
        pytest.param(
            "def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2\n    x", "x", "f", id="nonlocal"
        ),
        pytest.param("class C:\n    global x\n    x = 1\nx", "x", "", id="global in a class body"),
        pytest.param("def f():\n    for x in y: pass\n    x", "x", "f", id="loop variable"),
        pytest.param("def f():\n    with y as x: x", "x", "f", id="with"),
        pytest.param("def f():\n    with y as (a, [x, *b]): x", "x", "f", id="with, unpacked"),
        pytest.param("def f():\n    import x.y\n    x", "x", "f", id="import in a function"),
        pytest.param("def f(*x): x", "x", "f", id="*args"),
        pytest.param("def f(**x): x", "x", "f", id="**kwargs"),
        pytest.param("def f(x, /): x", "x", "f", id="positional-only parameter"),
        pytest.param("def f(*, x): x", "x", "f", id="keyword-only parameter"),
        pytest.param("def f():\n    x: int\n    x", "x", "f", id="bare annotation"),
        pytest.param("def f(): len", "len", None, id="builtin"),
    ],
)
def test_a_name_resolves_to(source: str, name: str, found: str | None) -> None:
    assert owner(source, name) == found


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("x", {"x"}),
        ("[a, *rest]", {"a", "rest"}),
        ("{'k': v, **rest}", {"v", "rest"}),
        ("Point(x=a) as p", {"a", "p"}),
        ("(1 as one) | one", {"one"}),
        ("[_, *_]", set()),
    ],
)
def test_a_pattern_binds(pattern: str, names: set[str]) -> None:
    model = model_of(f"def f(value):\n    match value:\n        case {pattern}: pass")
    assert set(scope_of(model, "f").bound) == {"value"} | names


def test_a_class_in_a_pattern_is_read() -> None:
    assert readers(model_of("match value:\n    case Point(x=Limits.top): pass"), "Point") == ["module"]


@pytest.mark.parametrize("keyword", ["except", pytest.param("except*", marks=needs_3_11)])
def test_a_handler_binds_its_exception(keyword: str) -> None:
    assert kinds(f"def f():\n    try: pass\n    {keyword} OSError as e: e", "e") == ["except"]


def test_del_is_a_binding_of_its_own_kind() -> None:
    assert kinds("def f():\n    x = 1\n    del x", "x") == ["assign", "delete"]


def test_del_makes_a_name_local() -> None:
    assert owner("x = 1\ndef f():\n    x\n    del x", "x") == "f"


@needs_3_12
@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("def f[T](a: T): T", "T"),
        ("def f[T](a) -> T: pass", "T"),
        ("class C[T](Base[T]): pass", "T"),
        ("type A[T] = list[T]", "T"),
        ("def f[*Ts](*a: *Ts): pass", "Ts"),
        ("def f[**P](a: P): pass", "P"),
        ("class C[T]:\n    def m(self) -> T: pass", "T"),
    ],
)
def test_type_parameters_have_a_scope_of_their_own(source: str, name: str) -> None:
    model = model_of(source)
    found = [model.resolve(scope, node.id) for node, scope in reads(model, name)]
    assert [scope and scope.kind for scope in found] == ["type parameters"] * len(found)
    assert found
    assert name not in model.module.bound
    assert [b.kind for b in model.bindings(found[0], name)] == ["type parameter"]  # type: ignore[arg-type]


@needs_3_12
@pytest.mark.parametrize(
    "source",
    ["@X\ndef f[T](): pass", "def f[T](a=X): pass", "@X\nclass C[T]: pass"],
)
def test_decorators_and_defaults_stand_outside_of_the_type_parameters(source: str) -> None:
    model = model_of(source)
    (node,) = (n for n in ast.walk(model.tree) if isinstance(n, ast.Name) and n.id == "X")
    (recorded,) = (s for s in model.scopes if node in s.names)
    assert recorded.kind == "module"
    assert model.scope(node).kind == "module"


@needs_3_12
def test_the_name_of_a_type_alias_is_bound() -> None:
    assert owner("type A = int\nA", "A") == ""


@needs_3_12
def test_a_generic_definition_opens_its_own_scope_not_that_of_its_parameters() -> None:
    model = model_of("class C[T]:\n    def m[U](self): pass")
    cls = scope_of(model, "C")
    method = scope_of(model, "C.m")
    assert (model.opened(cls.node), model.opened(method.node)) == (cls, method)
    assert (cls.kind, method.kind) == ("class", "function")
    assert model.method_of(method) is cls
    assert cls.enclosing is model.module


@needs_3_12
def test_a_method_of_a_generic_class_still_skips_the_class() -> None:
    assert owner("class C[T]:\n    x = 1\n    def m(self): x", "x") is None


@needs_3_13
def test_the_default_of_a_type_parameter_is_read_among_them() -> None:
    assert readers(model_of("def f[T = X](): pass"), "X") == ["type parameters"]


# -- bindings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "kind", "value"),
    [
        ("x = 1", "assign", "1"),
        ("x = y = 1", "assign", "1"),
        ("x: int = 1", "assign", "1"),
        ("x: int", "annotation", None),
        ("(x := 1)", "assign", "1"),
        ("x, y = 1, 2", "assign", "1"),
        ("(x, y), z = (1, 2), 3", "assign", "1"),
        ("[x, y] = [1, 2]", "assign", "1"),
        ("x, y = f()", "unpack", None),
        ("x, *y = 1, 2, 3", "assign", "1"),
        ("*x, y = 1, 2, 3", "unpack", None),
        ("x, y = *a, 1", "unpack", None),
        ("y, x = 1,", "unpack", None),
        ("for x in y: pass", "loop", None),
        ("for x, z in y: pass", "loop", None),
        ("with y as x: pass", "with", "y"),
        ("with y as (x, z): pass", "unpack", None),
        ("import x", "import", None),
        ("from a import x", "import", None),
        ("def x(): pass", "def", None),
        ("async def x(): pass", "def", None),
        ("class x: pass", "class", None),
        ("del x", "delete", None),
        ("match y:\n    case x: pass", "match", None),
        ("match y:\n    case [*x]: pass", "match", None),
        ("match y:\n    case {**x}: pass", "match", None),
        ("try: pass\nexcept E as x: pass", "except", None),
    ],
)
def test_a_binding_has_a_kind_and_a_value(source: str, kind: str, value: str | None) -> None:
    model = model_of(source)
    (binding,) = model.bindings(model.module, "x")
    assert (binding.name, binding.kind) == ("x", kind)
    assert (None if binding.value is None else ast.unparse(binding.value)) == value


def test_an_augmented_assignment_is_a_binding_without_a_value() -> None:
    model = model_of("x = 1\nx += 2")
    assert [(b.kind, b.value is None) for b in model.bindings(model.module, "x")] == [
        ("assign", False),
        ("augmented", True),
    ]


def test_bindings_come_in_source_order() -> None:
    model = model_of("if a:\n    x = 1\nelse:\n    x = 2\nx = 3")
    assert [ast.literal_eval(b.value) for b in model.bindings(model.module, "x") if b.value] == [1, 2, 3]


@pytest.mark.parametrize(
    ("source", "default"),
    [
        ("def f(x): pass", None),
        ("def f(x=1): pass", "1"),
        ("def f(a, x=1): pass", "1"),
        ("def f(x, a=1): pass", None),
        ("def f(x=1, /, a=2): pass", "1"),
        ("def f(a=2, *, x=1): pass", "1"),
        ("def f(a=2, *, x): pass", None),
        ("def f(a=2, *x): pass", None),
    ],
)
def test_a_parameter_has_its_default_as_value(source: str, default: str | None) -> None:
    model = model_of(source)
    (binding,) = model.bindings(scope_of(model, "f"), "x")
    assert binding.kind == "parameter"
    assert (binding.value and ast.unparse(binding.value)) == default


def test_a_name_that_nothing_binds_has_no_bindings() -> None:
    model = model_of("x = 1")
    assert model.bindings(model.module, "y") == []


def test_the_annotation_of_a_parameter_or_variable() -> None:
    model = model_of("def f(a: int, b):\n    c: str = 1\n    d = 2")
    function = scope_of(model, "f")
    found = {name: model.annotation(model.bindings(function, name)[0].node) for name in "abcd"}
    assert {name: node and ast.unparse(node) for name, node in found.items()} == {
        "a": "int",
        "b": None,
        "c": "str",
        "d": None,
    }


# -- qualified names -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import a\na", {"a"}),
        ("import a\na.b.c", {"a.b.c"}),
        ("import a.b\na.b.c", {"a.b.c"}),
        ("import a.b\nimport a.c\na.c.d", {"a.c.d"}),
        ("import a.b as c\nc.d", {"a.b.d"}),
        ("import a as a\na.b", {"a.b"}),
        ("from a import b\nb.c", {"a.b.c"}),
        ("from a.b import c as d\nd", {"a.b.c"}),
        ("from . import a\na.b", {".a.b"}),
        ("from .a import b\nb", {".a.b"}),
        ("from ...a.b import c\nc", {"...a.b.c"}),
        ("try:\n    import fast as json\nexcept ImportError:\n    import json\njson.load", {"fast.load", "json.load"}),
        ("if x:\n    from a import f\nelse:\n    from b import f\nf", {"a.f", "b.f"}),
        ("def f():\n    from a import b\n    b.c", {"a.b.c"}),
        ("import a\ndef f():\n    a.b", {"a.b"}),
        ("from a import b\nc = b\nc", {"a.b"}),
        ("import a\nb = a.b\nc = b.c\nc.d", {"a.b.c.d"}),
        ("import a\ndef f():\n    b = a.b\n    b", {"a.b"}),
        ("import a\nif x:\n    b = a.b\nelse:\n    b = a.c\nb", {"a.b", "a.c"}),
        ("open", {"builtins.open"}),
        ("print.x", {"builtins.print.x"}),
        ("my_open = open\nmy_open", {"builtins.open"}),
        ("import io\nopen = io.open\nopen", {"io.open"}),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a as x\nelse:\n    import b as x\nx", {"b"}),
        ("import typing\nif typing.TYPE_CHECKING:\n    import a as x\nelse:\n    import b as x\nx", {"b"}),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a\na.b", {"a.b"}),
    ],
)
def test_a_qualified_name(source: str, names: set[str]) -> None:
    assert means(source) == names


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("nowhere", id="neither bound nor builtin"),
        pytest.param("def open(path): pass\nopen", id="shadowed by a function"),
        pytest.param("class open: pass\nopen", id="shadowed by a class"),
        pytest.param("def f(open):\n    open", id="shadowed by a parameter"),
        pytest.param("open = make()\nopen", id="shadowed by an unknown value"),
        pytest.param("for open in x:\n    open", id="shadowed by a loop"),
        pytest.param("from a import *\nopen", id="a star import may bind any builtin"),
        pytest.param("from a import *\nload", id="a star import may bind any name"),
        pytest.param("import a\na().b", id="attribute of a call"),
        pytest.param("import a\na[0].b", id="attribute of an element"),
        pytest.param("(lambda: 1)", id="not a name"),
        pytest.param("a = b\nb = a\na", id="aliases in a circle"),
        pytest.param("class C:\n    import a\n    def m(self):\n        a", id="an import in a class body"),
    ],
)
def test_an_unknown_name_means_nothing(source: str) -> None:
    assert means(source) == set()


def test_a_star_import_is_marked() -> None:
    assert model_of("from a import *").module.star
    assert not model_of("from a import b").module.star


# -- types -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "types"),
    [
        ("from pathlib import Path\nPath(p)", {"pathlib.Path"}),
        ("import a\nx = a.C()\nx", {"a.C"}),
        ("import a\nx: a.C = make()\nx", {"a.C"}),
        ("import a\nx: a.C\nx", {"a.C"}),
        ("import a\ndef f(x: a.C):\n    x", {"a.C"}),
        ("import a\nwith a.C() as x:\n    x", {"a.C"}),
        ("import a\nasync def f():\n    async with a.C() as x:\n        x", {"a.C"}),
        ("import a\nasync def f():\n    x = await a.connect()\n    x", {"a.connect"}),
        ("import a\nasync def f():\n    await a.connect()", {"a.connect"}),
        ("import a\nx = a.C()\ndef f():\n    x", {"a.C"}),
        ("import a\nif (x := a.C()):\n    x", {"a.C"}),
        ("try:\n    from a import C\nexcept ImportError:\n    from b import C\nC()", {"a.C", "b.C"}),
    ],
)
def test_the_type_of_a_value(source: str, types: set[str]) -> None:
    assert type_names(source) == types


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("import a\nx = a.C()\nx = None\nx", id="two bindings"),
        pytest.param("def f(x):\n    x", id="bare parameter"),
        pytest.param("import a\nx = y = 1\nx", id="constant"),
        pytest.param("class C: pass\nC()", id="class of the file"),
        pytest.param("import a\nx, y = a.f()\nx", id="unpacked"),
        pytest.param("import a\nfor x in a.f():\n    x", id="loop variable"),
        pytest.param("x", id="not bound"),
        pytest.param("1 + 1", id="not a name"),
    ],
)
def test_an_unknown_type(source: str) -> None:
    assert type_names(source) == set()


# -- calls -----------------------------------------------------------------------------------------------------------


NAMES = ["builtins.open", "io.open", "pathlib.Path.open", "db.connect", "a.C"]


def called(source: str, returns: dict[str, str] | None = None) -> list[str]:
    model = model_of(source)
    return sorted(name for _, _, name in model.called(LastNames(NAMES, returns or {})))


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("open(p)", ["builtins.open"]),
        ("open(p)\nopen(q)", ["builtins.open", "builtins.open"]),
        ("import io\nio.open(p)", ["io.open"]),
        ("from io import open\nopen(p)", ["io.open"]),
        ("from io import open as o\no(p)", ["io.open"]),
        ("o = open\no(p)", ["builtins.open"]),
        ("import io\no = io.open\no(p)", ["io.open"]),
        ("from db import connect as link\ndef f():\n    return link()", ["db.connect"]),
        ("from pathlib import Path\nPath(p).open()", ["pathlib.Path.open"]),
        ("from pathlib import Path\np = Path(x)\np.open()", ["pathlib.Path.open"]),
        ("from pathlib import Path\ndef f(p: Path): p.open()", ["pathlib.Path.open"]),
        (
            "try:\n    from db import connect\nexcept ImportError:\n    from db2 import connect\nconnect()",
            ["db.connect"],
        ),
        ("import a\nopen(a.C())", ["a.C", "builtins.open"]),
    ],
)
def test_calls_of_library_names_are_found(source: str, names: list[str]) -> None:
    assert called(source) == names


@pytest.mark.parametrize(
    "source",
    ["store.open(p)", "def open(p): pass\nopen(p)", "from other import open\nopen(p)", "open", "x = make()\nx.open()"],
)
def test_other_calls_of_the_same_last_name_are_not(source: str) -> None:
    assert called(source) == []


def test_the_call_and_its_scope_come_along() -> None:
    model = model_of("def f():\n    return [open(p) for p in q]")
    ((call, scope, name),) = model.called(LastNames(NAMES))
    assert (ast.unparse(call), scope.kind, name) == ("open(p)", "comprehension", "builtins.open")


def test_a_method_is_found_through_what_a_function_returns() -> None:
    source = "from db import make\np = make()\np.open()"
    assert called(source) == []
    assert called(source, {"db.make": "pathlib.Path"}) == ["pathlib.Path.open"]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import a\na.b(1)", {"a.b"}),
        ("import a\na.C().run()", {"a.C.run"}),
        ("import a\nx = a.C()\nx.run()", {"a.C.run"}),
        ("import a\nwith a.C() as x:\n    x.run()", {"a.C.run"}),
        ("x.run()", set()),
        ("(lambda: 1)()", set()),
        ("[f][0]()", set()),
    ],
)
def test_the_callee(source: str, names: set[str]) -> None:
    model = model_of(source)
    call = expression(model)
    assert isinstance(call, ast.Call)
    assert set(model.callee(call, model.scope(call))) == names


def test_calls_by_their_last_name() -> None:
    model = model_of("close()\na.close()\na.b.close(1)\nclose\na().close()\nclose()()")
    assert len(model.calls("close")) == 5
    assert model.calls("open") == []


def test_names_by_their_last_part() -> None:
    assert LastNames(["a.open", "b.open", "c", "os.close()"]) == {
        "open": ["a.open", "b.open"],
        "c": ["c"],
        "close": ["os.close()"],
    }


def test_words_that_a_file_mentions() -> None:
    model = model_of("import a\nx = a.b\ndef f(c): d.e = 1")
    assert [model.mentions(word) for word in ("a", "b", "d", "e")] == [True] * 4
    assert [model.mentions(word) for word in ("x", "f", "c", "z")] == [False] * 4


# -- references, parents, scopes -------------------------------------------------------------------------------------


def test_references_are_the_reads_of_one_binding_only() -> None:
    model = model_of(
        """
        x = 1
        print(x)
        def f(x): return x
        def g(): return x
        def h():
            global x
            x += x
        """
    )
    # `x += x` reads the one on the right; the one on the left is a binding.
    found = model.references(model.module, "x")
    assert sorted((node.lineno, scope.qualname) for node, scope in found) == [(3, ""), (5, "g"), (8, "h")]
    assert [node.lineno for node, _ in model.references(scope_of(model, "f"), "x")] == [4]


def test_references_reach_into_inner_functions_comprehensions_and_lambdas() -> None:
    model = model_of("def f(x):\n    [x for _ in y]\n    lambda: x\n    def g(): x\n    class C: x")
    scopes = {scope.kind for _, scope in model.references(scope_of(model, "f"), "x")}
    assert scopes == {"comprehension", "lambda", "function", "class"}


def test_a_name_without_reads_has_no_references() -> None:
    model = model_of("x = 1")
    assert model.references(model.module, "x") == []


def test_ancestors_end_at_the_function() -> None:
    model = model_of("class C:\n    def f(self):\n        if a:\n            x")
    node, _ = reads(model, "x")[0]
    pairs = [(type(child).__name__, type(parent).__name__) for child, parent in model.ancestors(node)]
    assert pairs == [("Name", "Expr"), ("Expr", "If"), ("If", "FunctionDef")]


def test_the_module_has_no_parent() -> None:
    model = model_of("x")
    assert model.parent(model.tree) is None
    assert model.parent(model.tree.body[0]) is model.tree


@pytest.mark.parametrize(
    ("source", "function"),
    [
        ("X", None),
        ("class C: X", None),
        ("[X for a in b]", None),
        ("def f(): X", "f"),
        ("def f(): return [X for a in b]", "f"),
        ("def f(): return [[X for a in b] for c in d]", "f"),
        ("def f():\n    def g(): X", "f.g"),
        ("class C:\n    def m(self): X", "C.m"),
        ("def f(): return lambda: X", "f.<lambda>"),
        ("def f():\n    class C: X", None),
    ],
)
def test_the_function_in_whose_call_code_runs(source: str, function: str | None) -> None:
    model = model_of(source)
    found = model.function(reads(model, "X")[0].scope)
    assert (found and found.qualname) == function


def test_the_class_of_a_method() -> None:
    model = model_of("class C:\n    def m(self):\n        def inner(): pass\ndef f(): pass")
    assert model.method_of(scope_of(model, "C.m")) is scope_of(model, "C")
    assert model.method_of(scope_of(model, "C.m.inner")) is None
    assert model.method_of(scope_of(model, "f")) is None


def test_a_scope_and_all_inside() -> None:
    model = model_of(
        "def f():\n    def g():\n        lambda: 1\n    class C:\n        def m(self): pass\ndef h(): pass"
    )
    assert sorted(s.qualname for s in model.within(scope_of(model, "f"))) == [
        "f",
        "f.C",
        "f.C.m",
        "f.g",
        "f.g.<lambda>",
    ]
    assert set(model.within(model.module)) == set(model.scopes)


def test_what_a_node_opens() -> None:
    model = model_of("def f(): pass\nx = 1")
    assert model.opened(model.tree) is model.module
    assert model.opened(model.tree.body[0]) is scope_of(model, "f")
    assert model.opened(model.tree.body[1]) is None


def test_an_answer_is_worked_out_once() -> None:
    model = model_of("x = 1")
    answers = iter([1, 2])
    assert [model.keep("question", lambda: next(answers)) for _ in range(2)] == [1, 1]


def test_the_tree_is_left_as_it_was() -> None:
    source = "class C:\n    def m(self, a=[]):\n        self.b = 1\n        return [x for x in a]"
    tree = ast.parse(source)
    before = [set(vars(node)) for node in ast.walk(tree)]
    model = build(tree)
    model.uses(place_of(model, "a", "C.m"))
    model.uses(place_of(model, "b", "C"))
    assert [set(vars(node)) for node in ast.walk(tree)] == before


# -- classes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "receiver"),
    [
        ("def m(self, a): pass", "self"),
        ("def m(this, /): pass", "this"),
        ("async def m(self): pass", "self"),
        ("@classmethod\n    def m(cls): pass", "cls"),
        ("@staticmethod\n    def m(a): pass", None),
        ("def m(*args): pass", None),
        ("def m(): pass", None),
    ],
)
def test_the_receiver_of_a_method(method: str, receiver: str | None) -> None:
    model = model_of(f"class C:\n    {method}")
    assert model.receiver(scope_of(model, "C.m")) == receiver


def test_a_plain_function_has_no_receiver() -> None:
    model = model_of("def f(self): pass")
    assert model.receiver(scope_of(model, "f")) is None


def test_attributes_of_self_and_cls_in_all_methods() -> None:
    model = model_of(
        """
        class C:
            def __init__(this): this.a = 1
            @classmethod
            def m(cls): return cls.b
            def n(self):
                del self.c
                def inner(): self.d
                type(self).e = self.__class__.f
            @staticmethod
            def s(x): x.g
            def o(self, other): other.h
        """
    )
    found = model.attributes(scope_of(model, "C"))
    assert {name: [type(node.ctx).__name__ for node, _ in nodes] for name, nodes in found.items()} == {
        "a": ["Store"],
        "b": ["Load"],
        "c": ["Del"],
        "d": ["Load"],
        "e": ["Store"],
        "f": ["Load"],
    }


def test_a_private_attribute_is_one_name_in_its_class() -> None:
    model = model_of("class C:\n    def m(self): self.__x = 1\n    def n(self): return self.__x")
    assert {name.rpartition("__")[2]: len(nodes) for name, nodes in model.attributes(scope_of(model, "C")).items()} == {
        "x": 2
    }


def test_a_private_attribute_of_a_subclass_is_another() -> None:
    uses_of_base = uses_of("class B:\n    __x = []\nclass C(B):\n    def m(self): self.__x.append(1)", "__x", "B")
    assert uses_of_base == ""


def test_members_of_a_name() -> None:
    model = model_of("def f(): pass\nf.a = 1\nprint(f.a, f.b, g.c)")
    assert {name: len(nodes) for name, nodes in model.members(model.module, "f").items()} == {"a": 2, "b": 1}


def test_the_family_of_a_class_are_its_bases_and_subclasses_in_the_file() -> None:
    model = model_of(
        """
        class A: pass
        class B(A): pass
        class C(B): pass
        class D(A, Unknown): pass
        class E: pass
        class F(E, module.G): pass
        """
    )

    def family(name: str) -> list[str]:
        return sorted(s.qualname for s in model.family(scope_of(model, name)))

    assert family("A") == family("B") == family("C") == family("D") == ["A", "B", "C", "D"]
    assert family("E") == family("F") == ["E", "F"]


def test_what_a_plain_name_is_defined_as() -> None:
    model = model_of("def f(): pass\nclass C: pass\nx = 1\ndef g(): pass\ndef g(): pass\nf, C, x, g, y, a.b")
    names = expression(model).elts  # type: ignore[attr-defined]
    found = [model.defined(node, model.module) for node in names]
    assert [scope and scope.qualname for scope in found] == ["f", "C", None, None, None, None]


# -- places ----------------------------------------------------------------------------------------------------------


def described(places: list[Place]) -> dict[str, tuple[str, str, list[str]]]:
    return {p.qualname: (p.kind, p.lifetime, [ast.unparse(v) for v in p.values]) for p in places}


def described_held(source: str) -> dict[str, tuple[str, str, list[str]]]:
    place = held(source)
    return {} if place is None else described([place])


def test_globals_class_attributes_and_variables_of_functions() -> None:
    model = model_of("a = []\nb: dict = {}\nclass C:\n    c = {}\n    d: int\ndef f(p):\n    e = []\n    e = {}")
    assert described(places_of(model)) == {
        "a": ("global", "process", ["[]"]),
        "b": ("global", "process", ["{}"]),
    }
    assert described(places_of(model, "C")) == {"C.c": ("class attribute", "process", ["{}"])}
    assert described(places_of(model, "f")) == {"f.e": ("closure", "closure", ["[]", "{}"])}


def test_a_name_that_is_also_imported_or_defined_is_no_place() -> None:
    model = model_of("try:\n    import a\nexcept ImportError:\n    a = None\ndef b(): pass\nb = 1\nfor c in d: pass")
    assert places_of(model) == []


def test_a_name_that_nothing_binds_is_no_place() -> None:
    model = model_of("class C: pass\ndef f(): pass")
    assert model.place(model.module, "x") is None
    assert model.place(scope_of(model, "C"), "x") is None
    assert model.place(scope_of(model, "f"), "x", ".") is None


def test_default_arguments() -> None:
    model = model_of("def f(a, b=[], *c, d={}, e): pass")
    assert described(places_of(model, "f")) == {
        "f.b": ("default argument", "process", ["[]"]),
        "f.d": ("default argument", "process", ["{}"]),
    }


def test_a_parameter_that_is_bound_anew_is_no_default_argument() -> None:
    model = model_of("def f(a=[]):\n    a = list(a)")
    assert places_of(model, "f") == []


def test_function_attributes() -> None:
    model = model_of("def f(): return f.cache\nf.cache = {}\nf.name: str = ''\ndef g(): pass\ng.cache")
    f, g = scope_of(model, "f"), scope_of(model, "g")
    found = [model.place(f, "cache", "."), model.place(f, "name", ".")]
    assert described([place for place in found if place]) == {
        "f.cache": ("function attribute", "process", ["{}"]),
        "f.name": ("function attribute", "process", ["''"]),
    }
    assert model.place(g, "cache", ".") is None


def test_a_function_attribute_and_a_variable_of_one_name_are_two_places() -> None:
    model = model_of("def f():\n    box = []\n    return lambda: box\nf.box = {}")
    function = scope_of(model, "f")
    found = [model.place(function, "box", dot) for dot in ("", ".")]
    assert [(place.kind, ast.unparse(place.values[0])) for place in found if place] == [
        ("closure", "[]"),
        ("function attribute", "{}"),
    ]


def test_asking_twice_gives_the_same_place() -> None:
    model = model_of("box = []\nclass C:\n    def m(self): self.x = {}\ndef f(): box\ndef g(): box")
    first, second = (model.held(*reference) for reference in reads(model, "box"))
    assert first is not None
    assert first is second
    assert place_of(model, "x", "C") is model.attribute(scope_of(model, "C"), "x")


# -- held: the place for which an expression stands ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "place"),
    [
        pytest.param("box = []\ndef f():\n    box", "global box", id="global"),
        pytest.param("box = []\nbox", "global box", id="global, in the module"),
        pytest.param("def f():\n    box\nbox = []", "global box", id="bound further down"),
        pytest.param("def f():\n    global box\n    box = []\ndef g():\n    box", "global box", id="bound by global"),
        pytest.param("if x:\n    box = []\nelse:\n    box = {}\nbox", "global box", id="bound in two branches"),
        pytest.param("class C:\n    box = []\n    box", "class attribute C.box", id="in the class body"),
        pytest.param("def f(box=[]):\n    box", "default argument f.box", id="default argument"),
        pytest.param("def f(*, box=[]):\n    box", "default argument f.box", id="keyword-only default argument"),
        pytest.param(
            "class C:\n    def m(self, box=[]):\n        box", "default argument C.m.box", id="default of a method"
        ),
        pytest.param("def f(): pass\nf.box = []\nf.box", "function attribute f.box", id="function attribute"),
        pytest.param(
            "def f():\n    f.box = []\n    f.box", "function attribute f.box", id="function attribute, bound inside"
        ),
        pytest.param("def f():\n    box = []\n    def g():\n        box", "closure f.box", id="closure"),
        pytest.param(
            "def f():\n    box = None\n    def g():\n        nonlocal box\n        box = []\n        box",
            "closure f.box",
            id="nonlocal",
        ),
        pytest.param(
            "def f():\n    box = []\n    def g():\n        def h():\n            box",
            "closure f.box",
            id="closure, two out",
        ),
        pytest.param(
            "def f():\n    box = []\n    class C:\n        def m(self):\n            box",
            "closure f.box",
            id="closure of a method",
        ),
    ],
)
def test_a_name_stands_for(source: str, place: str) -> None:
    found = held(source)
    assert found is not None
    assert f"{found.kind} {found.qualname}" == place


def test_a_closure_is_read_in_a_lambda_and_not_in_a_comprehension() -> None:
    model = model_of("def f():\n    box = []\n    g = lambda: box\n    return [box for _ in x]")
    in_lambda, in_comprehension = (model.held(*reference) for reference in reads(model, "box"))
    assert in_lambda is not None
    assert in_lambda.kind == "closure"
    assert in_comprehension is None


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def f():\n    box = []\n    box", id="local"),
        pytest.param("def f():\n    box = []\n    box = {}\n    box", id="local, bound twice"),
        pytest.param("box = []\ndef f():\n    box = []\n    box", id="local that shadows a global"),
        pytest.param("def f(box):\n    box", id="parameter"),
        pytest.param("def f(box):\n    def g():\n        box", id="parameter of an enclosing function"),
        pytest.param("def f(*box):\n    box", id="*args"),
        pytest.param("def f(box=[]):\n    box = box or []\n    box", id="parameter that is bound anew"),
        pytest.param("for box in x:\n    box", id="loop variable"),
        pytest.param("with x as box:\n    box", id="with"),
        pytest.param("box, x = make()\nbox", id="unpacked"),
        pytest.param("box: list\nbox", id="only annotated"),
        pytest.param("from state import box\ndef f():\n    box", id="imported"),
        pytest.param("import state\ndef f():\n    state.box", id="attribute of a module"),
        pytest.param("from state import *\ndef f():\n    box", id="star import"),
        pytest.param("def f():\n    global box\n    box", id="global that nothing binds"),
        pytest.param("from state import C\ndef f():\n    C.box", id="attribute of an imported class"),
        pytest.param("def f(x):\n    x.box = []\n    x.box", id="attribute of a parameter"),
        pytest.param("def f(): pass\nf.box", id="attribute that the function is never given"),
        pytest.param("def f(): pass\ndef f(): pass\nf.box = []\nf.box", id="attribute of a function defined twice"),
        pytest.param("def f():\n    def g(): pass\n    g.box = []\n    g.box", id="attribute of an inner function"),
        pytest.param(
            "def g(): pass\ng.box = []\ndef f():\n    def g(): pass\n    g.box", id="inner function of the same name"
        ),
        pytest.param("box = []\nmake(box)", id="what a call gives"),
        pytest.param("box = []\nbox + []", id="what an operator gives"),
        pytest.param("box = []\nbox.copy()", id="what a method gives"),
        pytest.param("box = []\nbox[0].parts", id="attribute of an element"),
        pytest.param("len", id="builtin"),
        pytest.param("[]", id="literal"),
    ],
)
def test_it_stands_for_no_place(source: str) -> None:
    assert held(source) is None


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("box[1]", id="by key"),
        pytest.param("box[1:]", id="slice"),
        pytest.param("box.get(1)", id="get"),
        pytest.param("box.setdefault(1, [])", id="setdefault"),
        pytest.param("box.__getitem__(1)", id="__getitem__"),
        pytest.param("box[1].get(2)[3]", id="element of an element"),
        pytest.param("y = box\n    y", id="alias"),
        pytest.param("y = z = box\n    z", id="second of two aliases"),
        pytest.param("y = box\n    z = y\n    z", id="alias of an alias"),
        pytest.param("if (y := box):\n        y", id="alias by walrus"),
        pytest.param("y = box[1]\n    y", id="alias of an element"),
        pytest.param("y = box.get(1)\n    y[2]", id="element of an alias of an element"),
        pytest.param("y = box\n    def g():\n        y", id="alias, read in an inner function"),
    ],
)
def test_an_element_or_an_alias_stands_for_the_place(body: str) -> None:
    found = held(f"box = []\ndef f(x):\n    {body}")
    assert found is not None
    assert (found.kind, found.qualname) == ("global", "box")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("y = box\n    y = []\n    y", id="two bindings"),
        pytest.param("if x: y = box\n    else: y = other\n    y", id="two places"),
        pytest.param("for y in box:\n        y", id="loop variable"),
        pytest.param("y, z = box\n    y", id="unpacked"),
        pytest.param("y = box or []\n    y", id="choice"),
        pytest.param("y = box.pop()\n    y", id="taken out"),
        pytest.param("y = list(box)\n    y", id="copy"),
        pytest.param("y = box\n    z = y\n    y = z\n    z", id="bound to each other"),
        pytest.param("y = y[0]\n    y", id="bound to itself"),
    ],
)
def test_a_local_name_that_may_be_something_else_stands_for_no_place(body: str) -> None:
    assert held(f"box = []\nother = []\ndef f(x):\n    {body}") is None


# -- attributes of classes and of their objects ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("    def m(self):\n        self.box", id="self"),
        pytest.param("    def m(this):\n        this.box", id="receiver of another name"),
        pytest.param("    @classmethod\n    def m(cls):\n        cls.box", id="cls"),
        pytest.param("    def m(self):\n        type(self).box", id="type(self)"),
        pytest.param("    def m(self):\n        self.__class__.box", id="self.__class__"),
        pytest.param("    def m(self):\n        C.box", id="name of the class, in a method"),
        pytest.param("    @staticmethod\n    def m():\n        C.box", id="name of the class, in a static method"),
        pytest.param("C.box", id="name of the class, in the module"),
        pytest.param("    def m(self):\n        def inner():\n            self.box", id="inner function of a method"),
        pytest.param("    box", id="the class body"),
        pytest.param("class D(C):\n    def m(self):\n        self.box", id="self of a subclass"),
        pytest.param("class D(C): pass\nD.box", id="name of a subclass"),
        pytest.param("    def m(self):\n        self.box[1].get(2)", id="element"),
        pytest.param("    def m(self):\n        y = self.box\n        y", id="alias"),
        pytest.param("    def m(self):\n        y = self.box[1]\n        y", id="alias of an element"),
        pytest.param("    def m(self):\n        y = self.box\n        z = y\n        z", id="alias of an alias"),
    ],
)
def test_a_class_attribute_is_held_through(body: str) -> None:
    assert described_held(f"class C:\n    box = []\n{body}") == {"C.box": ("class attribute", "process", ["[]"])}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("    @staticmethod\n    def m(self):\n        self.box", id="static method"),
        pytest.param("    def m(self, other):\n        other.box", id="another object"),
        pytest.param("    def m(self):\n        super().box", id="super()"),
        pytest.param("    def m(self):\n        self.part.box", id="a part of self"),
        pytest.param("def m(self):\n    self.box", id="plain function"),
        pytest.param("class D:\n    def m(self):\n        self.box", id="a class of another family"),
        pytest.param("class C:\n    box = {}\nC.box", id="class that is defined twice"),
        pytest.param("    def m(self):\n        self.lid", id="another attribute"),
    ],
)
def test_a_class_attribute_is_not_held_through(body: str) -> None:
    assert held(f"class C:\n    box = []\n{body}") is None


SELF_BINDS = "def __init__(self): self.box = {}"
CLS_BINDS = "@classmethod\n    def reset(cls): cls.box = {}"


@pytest.mark.parametrize(
    ("body", "kind", "values"),
    [
        pytest.param(SELF_BINDS, "attribute", ["{}"], id="in __init__"),
        pytest.param("def start(self): self.box = {}", "attribute", ["{}"], id="in another method"),
        pytest.param("def start(self): self.box, self.n = {}, 0", "attribute", ["{}"], id="in a row"),
        pytest.param("def start(self, box): self.box = box", "attribute", ["box"], id="to a parameter"),
        pytest.param("def start(self): self.box: dict = {}", "attribute", ["{}"], id="annotated in a method"),
        pytest.param(f"box: dict\n    {SELF_BINDS}", "attribute", ["{}"], id="annotated in the class body"),
        pytest.param(f"box = None\n    {SELF_BINDS}", "attribute", ["None", "{}"], id="with a value of the class"),
        pytest.param(CLS_BINDS, "class attribute", ["{}"], id="on cls"),
        pytest.param(f"box = []\n    {CLS_BINDS}", "class attribute", ["[]", "{}"], id="in the class body and on cls"),
        pytest.param("def start(self): type(self).box = {}", "class attribute", ["{}"], id="on type(self)"),
        pytest.param("def start(self): self.__class__.box = {}", "class attribute", ["{}"], id="on self.__class__"),
        pytest.param("def start(self): C.box = {}", "class attribute", ["{}"], id="on the name of the class"),
        pytest.param("pass\nC.box = {}", "class attribute", ["{}"], id="from outside"),
    ],
)
def test_what_binds_an_attribute_decides_on_its_kind(body: str, kind: str, values: list[str]) -> None:
    model = model_of(f"class C:\n    {body}")
    lifetime = {"attribute": "instance", "class attribute": "process"}[kind]
    assert described([place_of(model, "box", "C")]) == {"C.box": (kind, lifetime, values)}


@pytest.mark.parametrize(
    ("base", "child", "kind"),
    [
        pytest.param(SELF_BINDS, "pass", "attribute", id="the base, in __init__"),
        pytest.param("pass", SELF_BINDS, "attribute", id="the subclass, in __init__"),
        pytest.param("box: dict", SELF_BINDS, "attribute", id="the subclass; the base annotates it"),
        pytest.param("box = {}", "pass", "class attribute", id="the base, in its body"),
        pytest.param("pass", "box = {}", "class attribute", id="the subclass, in its body"),
        pytest.param("box = {}", "def start(self): self.box = {}", "attribute", id="both"),
    ],
)
def test_a_family_shares_what_one_of_it_binds(base: str, child: str, kind: str) -> None:
    model = model_of(
        f"class A:\n    {base}\n    def a(self): self.box\n"
        f"class B(A):\n    {child}\n    def b(self): self.box\n"
        "class C(B):\n    def c(self): self.box\n"
        "class D(A):\n    def d(self): self.box"
    )
    nodes = model.family_members(scope_of(model, "A"), "box")
    found = [model.held(node, scope) for node, scope in nodes if scope.qualname in ("A.a", "B.b", "C.c", "D.d")]
    assert len(found) == 4
    assert found[0] is not None
    assert found == [found[0]] * 4
    assert (found[0].kind, ast.unparse(found[0].values[0])) == (kind, "{}")


def test_an_attribute_is_named_after_the_class_whose_body_binds_it() -> None:
    model = model_of("class A: pass\nclass B(A):\n    box = {}\nclass C(B):\n    def m(self): self.box = []")
    names = [place_of(model, "box", name).qualname for name in "ABC"]
    assert names == ["B.box"] * 3


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("@property\n    def box(self): return self._box", id="property"),
        pytest.param("def box(self): pass", id="method"),
        pytest.param("class box: pass", id="nested class"),
        pytest.param("import box", id="import"),
        pytest.param("box: list", id="annotation alone"),
        pytest.param("for box in x: pass", id="loop"),
        pytest.param("def __init__(self): self.box, self.lid = make()", id="unpacked"),
        pytest.param("def add(self): self.box += [1]", id="augmented"),
        pytest.param("def drop(self): del self.box", id="deleted"),
        pytest.param("def __init__(self): self._box = []", id="another attribute"),
    ],
)
def test_it_is_no_attribute_that_holds_a_value(body: str) -> None:
    assert held(f"class C:\n    {body}\n    def m(self):\n        self.box") is None


@pytest.mark.parametrize("decorator", ["property", "staticmethod"])
def test_what_a_base_defines_is_no_attribute_of_a_subclass(decorator: str) -> None:
    model = model_of(f"class A:\n    @{decorator}\n    def box(self): pass\nclass B(A):\n    {SELF_BINDS}")
    assert model.attribute(scope_of(model, "A"), "box") is None
    assert model.attribute(scope_of(model, "B"), "box") is None


def test_a_private_attribute_belongs_to_its_class_alone() -> None:
    model = model_of(
        "class A:\n    def __init__(self): self.__box = []\n    def m(self): self.__box.pop()\n"
        "class B(A):\n    def __init__(self): self.__box = {}\n    def m(self): self.__box.clear()"
    )
    first, second = place_of(model, "__box", "A"), place_of(model, "__box", "B")
    assert described([first, second]) == {
        "A.__box": ("attribute", "instance", ["[]"]),
        "B.__box": ("attribute", "instance", ["{}"]),
    }
    assert (written(model.uses(first)), written(model.uses(second))) == ("=, pop", "=, clear")


def test_a_private_attribute_is_unknown_in_a_subclass() -> None:
    model = model_of("class A:\n    __box = []\nclass B(A):\n    def m(self): self.__box")
    ((node, scope),) = model.family_members(scope_of(model, "B"), "__box")
    assert model.held(node, scope) is None
    assert place_of(model, "__box", "A").kind == "class attribute"


def test_a_name_with_underscores_on_both_sides_is_shared_by_the_family() -> None:
    source = "class A:\n    __box__ = []\nclass B(A):\n    def m(self):\n        self.__box__"
    assert described_held(source) == {"A.__box__": ("class attribute", "process", ["[]"])}


def test_members_of_unknown_objects() -> None:
    model = model_of(
        """
        import library
        class C:
            def m(self, other):
                self.box = C.box
                other.box = 1
                del other.part.box
                super().box
            @classmethod
            def n(cls): type(cls.box)
        class D:
            def m(self): self.box
        def f(self): self.box
        library.box, D.box, other.lid
        """
    )
    found = model.foreign_members("box")
    assert sorted((ast.unparse(node), scope.qualname) for node, scope in found) == [
        ("library.box", ""),
        ("other.box", "C.m"),
        ("other.part.box", "C.m"),
        ("self.box", "f"),
        ("super().box", "C.m"),
    ]
    assert model.foreign_members("nowhere") == []


def test_stores_are_the_elements_that_are_set_and_what_is_augmented() -> None:
    model = model_of(
        """
        a[1] = b.c[2] = 0
        a = 0
        b.c = 0
        d += 1
        e.f += 1
        g[3] |= {}
        del h[4]
        i[5]
        def fun():
            j[6] = 0
            [k[7] for _ in l]
            m -= 1
        """
    )
    assert sorted((ast.unparse(target), scope.qualname) for target, scope in model.stores) == [
        ("a[1]", ""),
        ("b.c[2]", ""),
        ("d", ""),
        ("e.f", ""),
        ("g[3]", ""),
        ("j[6]", "fun"),
        ("m", "fun"),
    ]


# -- uses: what is done to a place -----------------------------------------------------------------------------------
# An expected use is its verb, behind one `*` for each step into an element.


def uses_of(source: str, name: str = "box", scope: str = "") -> str:
    model = model_of(source)
    return written(model.uses(place_of(model, name, scope)))


def written(uses: list) -> str:
    return ", ".join(sorted("*" * use.steps + use.verb for use in uses))


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("box.append(1)", "append"),
        ("box.close()", "close"),
        ("global box\n    box = []", "="),
        ("global box\n    box += [1]", "+="),
        ("global box\n    del box", "del"),
        ("print(box[1] + 1)", "*operand, []"),
        ("box[1] = 2", "[]="),
        ("box[1] += 2", "[]+="),
        ("del box[1]", "del []"),
        ("print(box.size + 1)", "."),
        ("box.size = 1", ".="),
        ("del box.size", ".="),
        ("return box", "return"),
        ("return lambda: box", "return"),
        ("yield box", "yield"),
        ("yield from box", "yield"),
        ("raise box", "raise"),
        ("f(box)", "argument"),
        ("f(key=box)", "argument"),
        ("f(*box)", "argument"),
        ("return [box]", "display"),
        ("return (box, 1)", "display"),
        ("return {box}", "display"),
        ("return {1: box}", "display"),
        ("x.y = box", "store"),
        ("x[1] = box", "store"),
        ("def inner(a=box): pass", "default"),
        ("with box: pass", "with"),
        ("for y in box: pass", "iterate"),
        ("return [1 for y in box]", "iterate"),
        ("return 1 in box", "in"),
        ("return 1 not in box", "in"),
        ("if box: pass", "test"),
        ("while box: pass", "test"),
        ("assert box", "test"),
        ("return not box", "test"),
        ("return 1 if box else 2", "test"),
        ("return box and 1", "return, test"),
        ("return box == 1", "compare"),
        ("return 1 == box", "compare"),
        ("return box is None", "compare"),
        ("return box + 1", "operand"),
        ("x += box", "operand"),
        ("return f'{box}'", "format"),
        ("return x[box]", "key"),
        ("return box()", "call"),
        ("box", "drop"),
    ],
)
def test_the_verb_of_a_use(statement: str, expected: str) -> None:
    assert uses_of(f"box = make()\ndef f(x):\n    {statement}") == expected


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        pytest.param("return box if x else None", "return", id="ternary"),
        pytest.param("return x or box", "return", id="last of or"),
        pytest.param("return box or x", "return, test", id="first of or"),
        pytest.param("return (y := box)", "return", id="walrus"),
        pytest.param("y = box\n    y.append(1)", "append", id="alias"),
        pytest.param("y: list = box\n    y.append(1)", "append", id="annotated alias"),
        pytest.param("y = z = box\n    y.append(1)\n    z.pop()", "append, pop", id="two aliases"),
        pytest.param("y = box\n    z = y\n    z.append(1)", "append", id="alias of an alias"),
        pytest.param("y, z = box, 1\n    y.append(1)", "append", id="alias in a row"),
        pytest.param("if (y := box): y.append(1)", "append, test", id="alias by walrus"),
        pytest.param("with box as y: y.append(1)", "append, with", id="alias by with"),
        pytest.param("y = x or box\n    y.append(1)", "append", id="alias of a choice"),
        pytest.param("y = box\n    y = []\n    y.append(1)", "alias", id="a name with two bindings is no alias"),
        pytest.param("global other\n    other = box", "alias", id="another global"),
        pytest.param("y, z = box", "unpack", id="unpacked"),
        pytest.param("y, *z = box, 1", "display", id="row with a star"),
        pytest.param("y = box\n    def inner(): y.append(1)", "append", id="alias in an inner function"),
        pytest.param("box[1].append(2)", "*append, []", id="element by key"),
        pytest.param("box.get(1).append(2)", "*append, get", id="element by get"),
        pytest.param("box.setdefault(1, []).append(2)", "*append, setdefault", id="element by setdefault"),
        pytest.param("box[1][2].append(3)", "**append, *[], []", id="element of an element"),
        pytest.param("box[1][2] = 3", "*[]=, []", id="put into an element"),
        pytest.param("del box[1][2]", "*del [], []", id="take-out from an element"),
        pytest.param("y = box[1]\n    y.pop()", "*pop, []", id="alias of an element"),
        pytest.param("return box[1]", "*return, []", id="element returned"),
        pytest.param("for y in box: y.close()", "*close, iterate", id="loop over elements"),
        pytest.param("for y in list(box): y.close()", "*close, argument", id="loop over a copy"),
        pytest.param("for y in sorted(list(box)): y.close()", "*close, argument", id="loop over a sorted copy"),
        pytest.param("for y in box.values(): y.close()", "*close, values", id="loop over values"),
        pytest.param("for k, y in box.items(): y.close()", "*close, items", id="loop over items"),
        pytest.param("for k, y in list(box.items()): y.close()", "*close, items", id="loop over a copy of items"),
        pytest.param("[y.close() for y in box]", "*close, iterate", id="comprehension over elements"),
        pytest.param("for y in (box, x): y.clear()", "clear", id="loop over several places"),
        pytest.param("for y in [box, x]: y.clear()", "clear", id="loop over a list of places"),
        pytest.param("old, box[1] = box[1], []", "[], []=", id="swap of an element"),
        pytest.param("for a, b in (box, x): pass", "display", id="loop that unpacks"),
    ],
)
def test_uses_through_names_and_elements(statement: str, expected: str) -> None:
    assert uses_of(f"box = make()\ndef f(x):\n    {statement}") == expected


def test_a_global_under_its_name_in_other_functions() -> None:
    assert uses_of("box = []\ndef f(): box.append(1)\ndef g():\n    def h(): box.pop()") == "append, pop"


def test_a_local_of_the_same_name_is_another_place() -> None:
    assert uses_of("box = []\ndef f():\n    box = []\n    box.append(1)\ndef g(box): box.pop()") == ""


def test_the_first_binding_is_no_use_and_the_next_is() -> None:
    assert uses_of("box = []\nbox = {}") == "="


def test_swap_and_drain_binds_anew() -> None:
    source = "box = []\ndef f():\n    global box\n    old, box = box, []\n    for x in old: x.run()"
    assert "=" in uses_of(source).split(", ")


def test_a_class_attribute_through_all_its_names() -> None:
    source = """
    class Base:
        box = []
        def a(self): self.box.append(1)
        @classmethod
        def b(cls): cls.box.extend([])
        def c(self): type(self).box.pop()
        def d(self): self.__class__.box.sort()
        def e(self): Base.box.clear()
    class Child(Base):
        def f(self): self.box.remove(1)
        def g(self): self.box = []
    Child.box.insert(0, 1)
    """
    assert uses_of(source, "box", "Base") == "=, append, clear, extend, insert, pop, remove, sort"


def test_a_default_argument_and_a_function_attribute() -> None:
    model = model_of("def f(key, box={}):\n    box[key] = 1\n    f.seen.add(key)\nf.seen = set()\nf.seen = None")
    attribute = model.place(scope_of(model, "f"), "seen", ".")
    assert attribute is not None
    assert written(model.uses(place_of(model, "box", "f"))) == "[]="
    assert written(model.uses(attribute)) == "=, add"


def test_a_variable_of_an_enclosing_function() -> None:
    source = "def f():\n    box = []\n    def g(): box.append(1)\n    def h(box): box.pop()\n    return box"
    assert uses_of(source, "box", "f") == "append, return"


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("self.box.append(1)", "append"),
        ("self.box[1] = 2", "[]="),
        ("del self.box[1]", "del []"),
        ("self.box[1].append(2)", "*append, []"),
        ("self.box.setdefault(1, []).append(2)", "*append, setdefault"),
        ("self.box = []", "="),
        ("self.box += [1]", "+="),
        ("del self.box", "del"),
        ("old, self.box = self.box, []", "="),
        ("return self.box", "return"),
        ("x(self.box)", "argument"),
        ("for y in self.box: y.close()", "*close, iterate"),
        ("return 1 in self.box", "in"),
        ("y = self.box\n        y.append(1)", "append"),
        ("y = self.box[1]\n        y.pop()", "*pop, []"),
        ("def inner(): self.box.append(1)", "append"),
        ("x.box.clear()", "clear"),
        ("x.part.box.clear()", "clear"),
        ("x.box = []", "="),
        ("del x.box", "del"),
        ("y = x.box\n        y.append(1)", "append"),
        ("x.lid.clear()", ""),
        ("box = []\n        box.append(1)", ""),
    ],
)
def test_the_uses_of_an_attribute(statement: str, expected: str) -> None:
    source = f"class C:\n    {SELF_BINDS}\n    def m(self, x):\n        {statement}"
    # A method that binds the attribute may do so again: `__init__` counts too.
    assert uses_of(source, "box", "C") == ", ".join(sorted(["=", *filter(None, expected.split(", "))]))


def test_the_uses_of_an_attribute_in_its_family_and_elsewhere() -> None:
    source = f"""
    class A:
        {SELF_BINDS}
    class B(A):
        def m(self): self.box.append(1)
        box.sort()
    class Other:
        def m(self): self.box.remove(1)
    def f(a, box):
        a.box.clear()
        box.extend([])
    box = []
    box.insert(0, 1)
    """
    assert uses_of(source, "box", "A") == "=, append, clear"


def test_a_value_in_the_class_body_is_no_use_and_one_in_a_method_is() -> None:
    assert uses_of("class C:\n    box = []", "box", "C") == ""
    assert uses_of(f"class C:\n    box = None\n    {SELF_BINDS}", "box", "C") == "="
    assert uses_of(f"class C:\n    {CLS_BINDS}", "box", "C") == "="


def test_what_the_class_body_does_with_its_value_is_no_use_of_the_attribute_of_each_object() -> None:
    body = "class C:\n    box = []\n    box.append(1)\n"
    assert uses_of(body, "box", "C") == "append"
    assert uses_of(f"{body}    {SELF_BINDS}", "box", "C") == "="


def test_a_class_attribute_may_be_used_through_unknown_objects_and_a_global_not() -> None:
    use = "def f(x): x.box.append(1)"
    assert uses_of(f"class C:\n    box = []\n{use}", "box", "C") == "append"
    assert uses_of(f"box = []\n{use}") == ""


def test_of_very_many_accesses_to_unknown_objects_only_some_are_looked_at() -> None:
    model = model_of(f"class C:\n    {SELF_BINDS}\ndef f(x):\n" + "    x.box.clear()\n" * 500)
    assert len(model.foreign_members("box")) == 500
    assert 1 < len(model.uses(place_of(model, "box", "C"))) < 500


def test_a_use_knows_its_site_and_scope() -> None:
    model = model_of("box = []\ndef f(): box.append(1)")
    (use,) = model.uses(place_of(model, "box"))
    assert ast.unparse(use.site) == "box.append(1)"
    assert (use.scope.qualname, ast.unparse(use.node)) == ("f", "box")


# -- generated code --------------------------------------------------------------------------------------------------

DEEP = 5000  # deeper than the interpreter recurses


def test_a_place_is_not_looked_for_at_the_far_end_of_a_chain_of_aliases() -> None:
    def chain(length: int) -> str:
        links = "".join(f"    a{i + 1} = a{i}\n" for i in range(length))
        return f"a0 = []\ndef f():\n{links}    a{length}"

    assert held(chain(20)) is not None
    assert held(chain(DEEP)) is None


def test_uses_are_found_at_the_far_end_of_a_chain_of_aliases() -> None:
    links = "".join(f"    a{i + 1} = a{i}\n" for i in range(DEEP))
    assert uses_of(f"a0 = []\ndef f():\n{links}    a{DEEP}.append(1)", "a0") == "append"


@pytest.mark.parametrize("step", ["element", "call", "attribute"])
def test_a_deep_expression_ends_without_recursion(step: str) -> None:
    tree = ast.parse("class C:\n    def m(self):\n        self.box = {}\n        self.box")
    statement = next(node for node in ast.walk(tree) if isinstance(node, ast.Expr))
    for _ in range(DEEP):  # by hand: the parser itself gives up on such text
        value = statement.value
        if step == "element":
            statement.value = ast.Subscript(value, ast.Constant(0), ast.Load())
        elif step == "call":
            statement.value = ast.Call(ast.Attribute(value, "get", ast.Load()), [ast.Constant(0)], [])
        else:
            statement.value = ast.Attribute(value, "box", ast.Load())
    model = build(tree)
    assert model.held(statement.value, model.scope(statement.value)) is None
    verbs = [use.verb for use in model.uses(place_of(model, "box", "C")) if not use.steps]
    assert {"element": "[]", "call": "get", "attribute": "."}[step] in verbs


def test_an_attribute_is_shared_along_thousands_of_subclasses() -> None:
    classes = "".join(f"class C{i + 1}(C{i}): pass\n" for i in range(DEEP))
    model = model_of(f"class C0:\n    {SELF_BINDS}\n{classes}")
    first, last = place_of(model, "box", "C0"), place_of(model, "box", f"C{DEEP}")
    assert first is last
    assert (first.kind, [ast.unparse(value) for value in first.values]) == ("attribute", ["{}"])


# -- trace: what is done with a value --------------------------------------------------------------------------------


def traced(body: str, rebound: bool = False) -> str:
    """The uses of what `make()` gives in a function of this body."""
    model = model_of(f"def f(x):\n    {body}")
    ((call, scope),) = model.calls("make")
    return written(model.trace([Reference(call, scope)], rebound))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("make()", "drop"),
        ("make().read()", "read"),
        ("return make()", "return"),
        ("x(make())", "argument"),
        ("y = make()\n    y.read()\n    return y", "read, return"),
        ("y = await_(make())", "argument"),
        ("with make() as y: y.read()", "read, with"),
        ("with make(): pass", "with"),
        ("y = make() if x else None\n    y.read()", "read"),
        ("self.y = make()", "store"),
        ("y, z = make()", "unpack"),
        ("y = make()\n    for z in y: z.run()", "*run, iterate"),
        ("y = make()\n    y[0].run()", "*run, []"),
        ("y = make()\n    return [y]", "display"),
        ("y = make()", ""),
    ],
)
def test_the_uses_of_a_value(body: str, expected: str) -> None:
    assert traced(body) == expected


def test_an_awaited_value_is_the_value() -> None:
    model = model_of("async def f():\n    y = await make()\n    y.read()")
    ((call, scope),) = model.calls("make")
    assert written(model.trace([Reference(call, scope)])) == "read"


def test_a_name_with_two_bindings_is_followed_only_on_request() -> None:
    body = "y = None\n    y = make()\n    y.close()"
    assert traced(body) == "alias"
    assert traced(body, rebound=True) == "close"


def test_names_that_are_bound_to_each_other_end() -> None:
    assert traced("y = make()\n    while x:\n        z = y\n        y = z", rebound=True) == ""


def test_a_value_bound_to_a_global_is_an_alias() -> None:
    assert traced("global y\n    y = make()\n    y.close()", rebound=True) == "alias"


def test_direct_uses_stop_at_names() -> None:
    model = model_of("def f(x):\n    y = make()\n    y.read()\n    make().read()\n    global g\n    g = make()")
    found = [model.direct(Reference(*call)) for call in sorted(model.calls("make"), key=lambda c: c[0].lineno)]
    assert [(written(uses), [name for _, name in names]) for uses, names in found] == [
        ("", ["y"]),
        ("read", []),
        ("alias", []),
    ]


# -- small values ----------------------------------------------------------------------------------------------------


def test_qualified_names_of_scopes() -> None:
    model = model_of("class C:\n    def m(self):\n        lambda: [x for x in y]")
    assert [s.qualname for s in model.scopes] == ["", "C", "C.m", "C.m.<lambda>", "C.m.<lambda>.<comprehension>"]
    assert model.module.name == ""


def test_a_binding_reads_like_what_it_is() -> None:
    model = model_of("x = 1")
    (statement,) = model.tree.body
    assert isinstance(statement, ast.Assign)
    assert model.bindings(model.module, "x") == [Binding("x", "assign", statement.targets[0], statement.value)]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("x" + ".y" * 500, id="attributes"),
        pytest.param("x" + "[0]" * 80, id="subscripts"),
        pytest.param("x = " + "[" * 40 + "]" * 40, id="lists"),
        pytest.param("".join(" " * depth + "if a:\n" for depth in range(60)) + " " * 60 + "x", id="ifs"),
    ],
)
def test_every_statement_and_expression_has_a_parent(source: str) -> None:
    model = build(ast.parse(source))
    orphans = [n for n in ast.walk(model.tree) if isinstance(n, (ast.stmt, ast.expr)) and model.parent(n) is None]
    assert orphans == []
