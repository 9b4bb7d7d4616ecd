"""Who owns a resource: the names that it goes by, the events that end the duty, and which calls hand one out."""

from __future__ import annotations

import ast
from textwrap import dedent, indent
from typing import Any

import pytest

from flake8_leaks.judgements import acquisitions, instances, ownership
from flake8_leaks.judgements.acquisitions import Acquisition
from flake8_leaks.judgements.ownership import ESCAPED, HELD, KEPT, LENT, RELEASED, Acquirer, Event, Holding
from flake8_leaks.knowledge.resources import CLOSES, MUST, NO
from flake8_leaks.lint import lint
from flake8_leaks.model import build
from flake8_leaks.options import Options
from flake8_leaks.rule import File


def file_of(source: str, **options: Any) -> File:
    return File(build(ast.parse(dedent(source))), Options(**options), is_test=False)


def codes(source: str, **options: Any) -> list[str]:
    """The codes that a file gets, by position."""
    text = dedent(source)
    return [f.code for f in lint(ast.parse(text), text.splitlines(), options=Options(**options))]


def first(source: str) -> Acquisition:
    """The first acquisition of a file."""
    return acquisitions.opened(file_of(source))[0]


def holding(body: str, more: str = "") -> Holding:
    """What becomes of the first thing that f(p) opens. more: what else stands in the file."""
    imports = "import csv, io, subprocess, sqlite3, contextlib\n"
    (held,) = first(f"{imports}def f(p):\n{indent(dedent(body), '    ')}\n{dedent(more)}").holdings
    return held


def told(held: Holding) -> list[tuple[str, str]]:
    """The events of a resource, in source order: what each means, and by which verb."""
    events = sorted(held.events, key=lambda e: (e.node.lineno, e.node.col_offset))  # type: ignore[attr-defined]
    return [(event.fate, event.verb) for event in events]


# -- events and names -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a = open(p)\na.read()", []),
        ("a = open(p)\na.close()", [(RELEASED, "close")]),
        ("a = open(p)\nif a: a.close()\na.close()", [(RELEASED, "close"), (RELEASED, "close")]),
        ("a = open(p)\nreturn a", [(ESCAPED, "return")]),
        ("a = open(p)\na.close()\nyield a", [(RELEASED, "close"), (ESCAPED, "yield")]),
        ("a = open(p)\nreturn [a]", [(ESCAPED, "display")]),
        ("a = open(p)\np.file = a", [(ESCAPED, "store")]),
        ("a = open(p)\np[0] = a", [(ESCAPED, "store")]),
        ("a = open(p)\nload(a)", [(ESCAPED, "argument")]),
        ("a = open(p)\nload(file=a)", [(ESCAPED, "argument")]),
        ("a = open(p)\nraise E(p) from a", [(ESCAPED, "raise")]),
        ("a = open(p)\nwith a: pass", [(RELEASED, "with")]),
        ("a = sqlite3.connect(p)\nwith a: pass", [(KEPT, "with")]),
        ("a = sqlite3.connect(p)\nwith contextlib.closing(a): pass", [(RELEASED, "with")]),
        ("a = open(p)\ndel a", [(RELEASED, "del")]),
        ("a = open(p)\nclose = a.close", [(RELEASED, ".")]),
        ("a = open(p)\nreturn csv.reader(a)", [(LENT, "argument")]),
        ("a = open(p)\nreturn a.buffer", [(LENT, ".")]),
        ("a = open(p)\nreturn a.name", []),
        ('a = open(p)\nreturn "".join(a)', []),
        ("a = sqlite3.connect(p)\nwith contextlib.suppress(E): a.close()", [(RELEASED, "close")]),
        ("a = open(p)\nreturn a.read()", []),
        ("a = subprocess.Popen(p)\nreturn a.pid", [(ESCAPED, ".")]),
        ("a = subprocess.Popen(p)\na.wait()", [(RELEASED, "wait")]),
        ("open(p).close()", [(RELEASED, "close")]),
        ("return open(p)", [(ESCAPED, "return")]),
        ("return open(p).read()", []),
    ],
)
def test_what_ends_the_duty(body: str, expected: list[tuple[str, str]]) -> None:
    assert told(holding(body)) == expected


def test_one_answer_from_all_events() -> None:
    model = build(ast.parse(""))

    def fate(*fates: str) -> str:
        return Holding([], [Event(each, model.tree, model.module, "") for each in fates]).fate

    assert fate() == HELD
    assert fate(KEPT) == KEPT
    assert fate(KEPT, LENT) == LENT
    assert fate(LENT, ESCAPED, KEPT) == ESCAPED
    assert fate(ESCAPED, RELEASED) == RELEASED


def names(held: Holding) -> list[tuple[str, str, bool]]:
    return [(name.owner.qualname, name.word, name.wrapped) for name in held.names]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a = open(p)", [("f", "a", False)]),
        ("a = b = open(p)", [("f", "a", False), ("f", "b", False)]),
        ("a = open(p)\nb = a\nc = b", [("f", "a", False), ("f", "b", False), ("f", "c", False)]),
        ("a = open(p) if p else None", [("f", "a", False)]),
        ("if a := open(p): pass", [("f", "a", False)]),
        ("a = io.TextIOWrapper(open(p))", [("f", "a", True)]),
        ("a = open(p)\nb = io.TextIOWrapper(a)\nc = b", [("f", "a", False), ("f", "b", True), ("f", "c", True)]),
        ("a = open(p)\nb = a.read()", [("f", "a", False)]),
        ("return open(p)", []),
    ],
)
def test_the_names_of_a_resource(body: str, expected: list[tuple[str, str, bool]]) -> None:
    assert names(holding(body)) == expected


def test_a_name_that_means_itself() -> None:
    held = holding("a = open(p)\nb = a\na = b\nb.close()")
    assert names(held) == [("f", "a", False), ("f", "b", False)]
    assert told(held) == [(RELEASED, "close")]


def test_an_inner_function_may_outlive_us() -> None:
    assert told(holding("a = open(p)\ndef g(): a.read()\nreturn g")) == [(ESCAPED, "read")]
    assert told(holding("a = open(p)\ndef g(): a.close()\nreturn g")) == [(RELEASED, "close")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a = grpc.insecure_channel(p)\nb = api.ShopStub(a)\nb.Buy(p)", []),
        ("api.ShopStub(grpc.insecure_channel(p)).Buy(p)", []),
        ("a = grpc.insecure_channel(p)\nreturn api.ShopStub(a)", [(LENT, "argument")]),
        ("a = grpc.insecure_channel(p)\nb = api.Shop(a)", [(ESCAPED, "argument")]),
    ],
)
def test_what_only_borrows_it(body: str, expected: list[tuple[str, str]]) -> None:
    assert told(first(f"import grpc\ndef f(p):\n{indent(body, '    ')}").holdings[0]) == expected


# -- helpers --------------------------------------------------------------------------------------------------------


def through(helper: str, call: str = "h(a)") -> list[tuple[str, str]]:
    return told(holding(f"a = open(p)\n{call}", helper))


@pytest.mark.parametrize(
    ("helper", "expected"),
    [
        pytest.param("def h(x): x.close()", [(RELEASED, "argument")], id="closes"),
        pytest.param("def h(x):\n    x.close()\n    x.close()", [(RELEASED, "argument")], id="one event a call"),
        pytest.param("def h(x): x.read()", [], id="only uses"),
        pytest.param("def h(x): keep(x)", [(ESCAPED, "argument")], id="hands on"),
        pytest.param("def h(x): return x", [(ESCAPED, "argument")], id="returns"),
        pytest.param("def h(x):\n    y = x\n    y.close()", [(RELEASED, "argument")], id="closes under another name"),
        pytest.param("def h(x):\n    with x: pass", [(RELEASED, "argument")], id="with"),
        pytest.param("def h(x): g(x)\ndef g(y): y.close()", [(RELEASED, "argument")], id="a helper of its own closes"),
        pytest.param("def h(x): g(x)\ndef g(y): y.read()", [], id="a helper of its own only uses"),
        pytest.param("def h(x): h(x)", [], id="calls itself"),
        pytest.param("def h(x):\n    h(x)\n    x.close()", [(RELEASED, "argument")], id="calls itself, and closes"),
        pytest.param("def h(x): g(x)\ndef g(x): h(x)", [], id="two that call each other"),
        pytest.param(
            "def h(x): g(x)\ndef g(x):\n    h(x)\n    x.close()", [(RELEASED, "argument")], id="and one of them closes"
        ),
        pytest.param("def h(*x): pass", [(ESCAPED, "argument")], id="takes anything"),
        pytest.param("def h(): pass", [(ESCAPED, "argument")], id="takes nothing"),
        pytest.param("def h(x): pass\ndef h(x): x.close()", [(ESCAPED, "argument")], id="defined twice"),
        pytest.param("class h:\n    def __init__(self, x): pass", [(ESCAPED, "argument")], id="a class"),
        pytest.param("async def h(x): x.close()", [(RELEASED, "argument")], id="async"),
    ],
)
def test_what_a_helper_does(helper: str, expected: list[tuple[str, str]]) -> None:
    assert through(helper) == expected


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("h(1, a)", [(RELEASED, "argument")]),
        ("h(1, y=a)", [(RELEASED, "argument")]),
        ("h(a, 1)", []),
        ("h(x=a, y=1)", []),
        ("h(*p, a)", [(ESCAPED, "argument")]),
        ("h(1, 2, z=a)", [(ESCAPED, "argument")]),
        ("h(1, 2, a)", [(ESCAPED, "argument")]),
    ],
)
def test_which_parameter_gets_it(call: str, expected: list[tuple[str, str]]) -> None:
    assert (
        through("def h(x, /, y, **more): y.close()" if "x=" not in call else "def h(x, y): y.close()", call) == expected
    )


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("def h(self, x): x.close()", [(RELEASED, "argument")]),
        ("def h(self, x): x.read()", []),
        ("@classmethod\n    def h(cls, x): x.close()", [(RELEASED, "argument")]),
        ("@staticmethod\n    def h(x): x.close()", [(RELEASED, "argument")]),
        ("def h(self, *, x=1): x.close()", [(ESCAPED, "argument")]),
    ],
)
def test_a_method_as_helper(method: str, expected: list[tuple[str, str]]) -> None:
    source = f"class C:\n    def f(self, p):\n        a = open(p)\n        self.h(a)\n    {method}\n"
    assert told(first(source).holdings[0]) == expected


def test_a_helper_in_the_family_of_the_class() -> None:
    base = "class B:\n    def h(self, x): x.close()\n"
    source = f"{base}class C(B):\n    def f(self, p):\n        a = open(p)\n        self.h(a)"
    assert told(first(source).holdings[0]) == [(RELEASED, "argument")]


def test_a_method_of_another_object_is_unknown() -> None:
    source = "class C:\n    def h(self, x): x.read()\ndef f(p, c):\n    a = open(p)\n    c.h(a)"
    assert told(first(source).holdings[0]) == [(ESCAPED, "argument")]


def test_a_helper_is_asked_once_for_all_that_it_is_given() -> None:
    """The event is where the helper is called, of each resource its own."""
    source = "def h(x): x.close()\ndef f(p):\n    a = open(p)\n    h(a)\n    b = open(p)\n    h(b)"
    found = acquisitions.opened(file_of(source))
    assert [event.node.lineno for a in found for event in a.holdings[0].events] == [4, 6]  # type: ignore[attr-defined]
    assert [a.fate for a in found] == [RELEASED, RELEASED]


# -- several resources in a tuple ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "fates"),
    [
        ("a, b = socket.socketpair()\na.close()", [RELEASED, HELD]),
        ("a, b = socket.socketpair()\nreturn a", [ESCAPED, HELD]),
        ("pair = socket.socketpair()\nreturn pair", [ESCAPED]),
        ("socket.socketpair()", [HELD]),
        ("p.a, b = socket.socketpair()", [ESCAPED, HELD]),
        ("tempfile.mkstemp()[1]", [HELD]),
        ("tempfile.mkstemp()[0]", [ESCAPED]),
        ("a, *b = socket.socketpair()", [ESCAPED]),
        ("global a\na, b = socket.socketpair()", [ESCAPED]),
        ("a = b = socket.socketpair()", [ESCAPED]),
    ],
)
def test_a_tuple_of_resources(body: str, fates: list[str]) -> None:
    found = first(f"import socket, tempfile\ndef f(p):\n{indent(body, '    ')}")
    assert [held.fate for held in found.holdings] == fates


# -- which calls open something ---------------------------------------------------------------------------------------


def opened(source: str) -> list[tuple[int, str, str]]:
    """Line, spelling and fate of what a file opens."""
    return [(a.call.lineno, a.opened, a.fate) for a in acquisitions.opened(file_of(source))]


def test_acquisitions_stand_in_source_order() -> None:
    source = "def g(p):\n    a = make(p)\n    b = open(p); c = open(p)\ndef make(p): return open(p)"
    assert [line for line, _, _ in opened(source)] == [2, 3, 3, 4]


@pytest.mark.parametrize(
    "make",
    [
        pytest.param("def make(p): return open(p)", id="returns at once"),
        pytest.param("def make(p):\n    a = open(p)\n    return a", id="under a name"),
        pytest.param("def make(p):\n    a = open(p)\n    a.seek(1)\n    return a", id="uses it before"),
        pytest.param("def make(p):\n    if p: return open(p)\n    return None", id="maybe"),
        pytest.param("def make(p):\n    a = open(p)\n    if p: return a\n    return a", id="returns in two places"),
        pytest.param("async def make(p): return open(p)", id="async"),
        pytest.param("def make(p): return inner(p)\ndef inner(p): return open(p)", id="a factory of a factory"),
        pytest.param(
            "def make(p): return m1(p)\ndef m1(p): return m2(p)\ndef m2(p):\n    a = open(p)\n    return a", id="three"
        ),
        pytest.param("def make(p):\n    if p: return make(p)\n    return open(p)", id="calls itself"),
        pytest.param(
            "def make(p): return back(p)\ndef back(p):\n    if p: return make(p)\n    return open(p)",
            id="two that call each other",
        ),
    ],
)
def test_a_factory(make: str) -> None:
    source = f"def f(p):\n    a = make(p)\n    a.read()\n{make}"
    assert opened(source)[0] == (2, "make", HELD)
    assert {fate for _, _, fate in opened(source)[1:]} == {ESCAPED}
    assert codes(source) == ["LEK501"]
    assert codes(source.replace("a.read()", "a.close()")) == []
    assert codes(source.replace("a = make(p)\n    a.read()", "make(p).read()")) == ["LEK503"]


@pytest.mark.parametrize(
    "make",
    [
        pytest.param("def make(p):\n    a = open(p)\n    keep(a)\n    return a", id="keeps it"),
        pytest.param("def make(p):\n    a = open(p)\n    p.append(a)\n    return a", id="stores it"),
        pytest.param(
            "def make(p):\n    a = open(p)\n    if p:\n        a.close()\n    return a", id="closes it, maybe"
        ),
        pytest.param("def make(p): yield open(p)", id="a generator"),
        pytest.param("def make(p): return [open(p)]", id="returns a list"),
        pytest.param("@cache\ndef make(p): return open(p)", id="decorated"),
        pytest.param("def make(p): return open(p)\nmake = wrap(make)", id="bound twice"),
        pytest.param("def make(p):\n    a = open(p)\n    def g(): return a\n    return g", id="an inner function's"),
        pytest.param("make = lambda p: open(p)", id="a lambda"),
        pytest.param("def make(p): return open(p).read()", id="returns what is read"),
    ],
)
def test_no_factory(make: str) -> None:
    assert 2 not in [line for line, _, _ in opened(f"def f(p):\n    a = make(p)\n    a.read()\n{make}")]


@pytest.mark.parametrize("decorator", ["", "@staticmethod", "@classmethod"])
def test_a_method_as_factory(decorator: str) -> None:
    parameters = "p" if decorator == "@staticmethod" else "self, p"
    source = f"""
class C:
    {decorator}
    def make({parameters}): return open(p)
    def f(self, p):
        a = self.make(p)
        a.read()
"""
    assert [(name, fate) for _, name, fate in opened(source)] == [("open", ESCAPED), ("self.make", HELD)]


def test_a_method_of_the_same_name_of_another_object_is_no_factory() -> None:
    source = "class C:\n    def make(self, p): return open(p)\ndef f(p, c):\n    a = c.make(p)\n    a.read()"
    assert [line for line, _, _ in opened(source)] == [2]


def test_a_factory_that_is_awaited() -> None:
    source = "async def make(p): return open(p)\nasync def f(p):\n    a = await make(p)\n    a.read()"
    assert opened(source)[1:] == [(3, "make", HELD)]
    assert acquisitions.opened(file_of(source))[1].names == ("a",)


def test_a_subclass_of_a_resource_is_one() -> None:
    source = """
        import io, logging
        class Raw(io.FileIO): pass
        class Log(logging.FileHandler): pass
        class Far(Raw): pass
        class Other(Unknown): pass
        def f(p):
            a = Raw(p)
            b = Log(p)
            c = Far(p)
            d = Other(p)
        """
    assert [(name, fate) for _, name, fate in opened(source)] == [("Raw", HELD), ("Log", HELD), ("Far", HELD)]


def test_a_subclass_that_stands_before_its_base() -> None:
    """As it can in a function, or behind a condition."""
    source = "import io\ndef f(p):\n    a = Far(p)\nclass Far(Raw): pass\nclass Raw(io.FileIO): pass"
    assert [name for _, name, _ in opened(source)] == ["Far"]


def test_classes_that_inherit_from_each_other_are_none() -> None:
    assert opened("class A(B): pass\nclass B(A): pass\ndef f():\n    a = A()\n    a.read()") == []


def test_two_classes_of_one_name_are_unknown() -> None:
    assert opened("import io\nclass A(io.FileIO): pass\nclass A: pass\ndef f(p):\n    a = A(p)") == []


# -- own classes ------------------------------------------------------------------------------------------------------

KEEPER = """
class Log:
    def __init__(self, p): self.file = open(p)
    def close(self): self.file.close()
"""


def made(source: str, cls: str = KEEPER) -> Acquisition | None:
    """The acquisition of a Log that f makes."""
    found = instances.acquisitions(file_of(f"{cls}\ndef f(p):\n{indent(dedent(source), '    ')}"))
    return next((a for a in found if a.scope.name == "f"), None)


@pytest.mark.parametrize(
    ("body", "fate"),
    [
        ("a = Log(p)\na.write(p)", HELD),
        ("a = Log(p)\na.close()", RELEASED),
        ("a = Log(p)\na.stop()", RELEASED),
        ("return Log(p)", ESCAPED),
        ("a = Log(p)\nkeep(a)", ESCAPED),
        ("Log(p).write(p)", HELD),
    ],
)
def test_an_object_that_keeps_a_resource(body: str, fate: str) -> None:
    found = made(body)
    assert found is not None
    assert (found.fate, found.opened, found.acquirer.kind) == (fate, "Log", "file")


def test_how_such_an_object_is_released() -> None:
    """By any method that comes to the release; those by which objects end come first."""
    found = made("a = Log(p)", KEEPER + "    def again(self): self.close()\n    def _stop(self): self.close()\n")
    assert found is not None
    assert found.acquirer == Acquirer("Log", "file", MUST, ("close", "_stop", "again"), NO)


def test_leaving_a_with_releases_it_if_the_class_says_so() -> None:
    manager = KEEPER + "    def __enter__(self): return self\n    def __exit__(self, *exc): self.close()\n"
    found = made("with Log(p) as a: a.write(p)", manager)
    assert found is not None
    assert (found.acquirer.leaving, found.fate) == (CLOSES, RELEASED)


@pytest.mark.parametrize(
    "cls",
    [
        pytest.param(KEEPER + "    def __del__(self): self.close()\n", id="looks after itself"),
        pytest.param(KEEPER.replace("self.file.close()", "pass"), id="does not release it"),
        pytest.param(KEEPER.replace("def close", "def reload"), id="has no end"),
        pytest.param(KEEPER.replace("__init__", "start"), id="opens it later"),
        pytest.param(KEEPER.replace("open(p)", "p"), id="was given it"),
        pytest.param(KEEPER + KEEPER, id="defined twice"),
    ],
)
def test_an_object_that_needs_no_release(cls: str) -> None:
    assert made("a = Log(p)\na.write(p)", cls) is None


def test_a_method_of_the_same_name_makes_no_such_object() -> None:
    assert made("a = p.Log(p)\na.write(p)") is None


def test_what_a_module_switches_off_opens_nothing() -> None:
    source = "DEBUG = {}\ndef f(p):\n    if DEBUG:\n        a = open(p)\n        a.read()"
    assert opened(source.format("False")) == []
    assert [fate for _, _, fate in opened(source.format("True"))] == [HELD]
    assert [fate for _, _, fate in opened(source.format("False\nDEBUG = read()"))] == [HELD]


def test_clients_and_processes_are_told_apart() -> None:
    source = "import requests, multiprocessing\ndef f():\n    a = requests.Session()\n    b = multiprocessing.Process()"
    file = file_of(source)
    assert [a.names for a in acquisitions.clients(file)] == [("a",)]
    assert ("b",) in [a.names for a in acquisitions.keepable(file)]


def test_one_tracer_for_all_that_one_callable_opens() -> None:
    file = file_of("def f(p):\n    a = open(p)\n    b = open(p)")
    a, b = acquisitions.opened(file)
    assert acquisitions.tracer(file, a.acquirer) is acquisitions.tracer(file, b.acquirer)
    assert isinstance(acquisitions.tracer(file, a.acquirer), ownership.Tracer)
