"""The options: their grammar, how flake8 hands them over, and that each has the effect it promises."""

from __future__ import annotations

import argparse
import ast
from collections.abc import Callable, Iterator

import pytest
from flake8.exceptions import ExecutionError
from flake8.options.manager import OptionManager

from flake8_leaks.lint import lint
from flake8_leaks.options import Options
from flake8_leaks.plugin import Plugin
from flake8_leaks.tables import Malformed, names, table

# -- grammar ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("\n  # nothing but a comment\n ; ;\n", {}),
        ("mypkg.open_thing: close", {"mypkg.open_thing": ("close",)}),
        ("  mypkg.open_thing  :  close  ", {"mypkg.open_thing": ("close",)}),
        ("lend: give_back, .drop", {"lend": ("give_back", "drop")}),
        ("lend: mypkg.give_back()", {"lend": ("mypkg.give_back()",)}),
        (".listen: .unlisten", {".listen": ("unlisten",)}),
        ("a: b; c: d", {"a": ("b",), "c": ("d",)}),
        ("a: b\nc: d", {"a": ("b",), "c": ("d",)}),
        ("a: b  # because; of: this\nc: d", {"a": ("b",), "c": ("d",)}),
        ("öffne_2._x: schließe", {"öffne_2._x": ("schließe",)}),
        ("a: b; a: c", {"a": ("c",)}),
    ],
)
def test_a_table(text: str, expected: dict[str, tuple[str, ...]]) -> None:
    assert table(text, methods=True) == expected


@pytest.mark.parametrize(
    "entry",
    [
        "a",
        "a:",
        ": b",
        "a b: c",
        "a: b c",
        "a: b,",
        "a: , b",
        "1a: b",
        "a.: b",
        "a..b: c",
        "a: b: c",
        "a: b()c",
        "a(): b",
    ],
)
def test_a_malformed_table_entry_is_quoted(entry: str) -> None:
    with pytest.raises(Malformed) as caught:
        table(f"fine: close; {entry} # comment\nalso.fine: close", methods=True)
    assert str(caught.value).startswith(repr(entry))


def test_a_method_is_no_name_where_a_callable_is_needed() -> None:
    with pytest.raises(Malformed, match=r"^'\.listen: close' names a method"):
        table(".listen: close", methods=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", set()),
        ("mypkg.LRU", {"mypkg.LRU"}),
        ("mypkg.LRU; Box\n.method", {"mypkg.LRU", "Box", ".method"}),
        ("LRU, Box , mypkg.Bag", {"LRU", "Box", "mypkg.Bag"}),
        ("LRU  # the only one, I think", {"LRU"}),
    ],
)
def test_a_list_of_names(text: str, expected: set[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize("entry", ["two words", "a: b", "a,,b", "f()", "a.", "2a", "*"])
def test_a_malformed_name_is_quoted(entry: str) -> None:
    with pytest.raises(Malformed) as caught:
        names(f"fine; {entry} # comment\nalso.fine")
    assert str(caught.value).startswith(repr(entry))


# -- from flake8 to Options -------------------------------------------------------------------------------------


Parse = Callable[..., Options]


@pytest.fixture
def parse() -> Iterator[Parse]:
    """A function that takes a command line as flake8 would, and returns the plugin's options."""
    before = Plugin.options
    manager = OptionManager(version="0", plugin_versions="", parents=[], formatter_names=[])
    manager.add_option("--select", comma_separated_list=True)
    manager.add_option("--extend-select", comma_separated_list=True)
    Plugin.add_options(manager)

    def parse_options(*arguments: str) -> Options:
        Plugin.parse_options(manager.parse_args(arguments))
        return Plugin.options

    yield parse_options
    Plugin.options = before


def test_without_options_all_is_as_in_options(parse: Parse) -> None:
    assert parse() == Options()


def test_every_option_arrives(parse: Parse) -> None:
    assert parse(
        "--leaks-pedantic",
        "--leaks-tests",
        "--leaks-resources=mypkg.open_thing: close",
        "--leaks-listeners=.listen: .unlisten",
        "--leaks-owners=mypkg.adopt",
        "--leaks-bounded=mypkg.LRU",
        "--leaks-harmless=mypkg.peek",
        "--leaks-long-lived=Server",
        "--leaks-short-lived=Parser",
        "--leaks-large-names=cohort; frame",
        "--select=LEK,E9",
        "--extend-select=LEK55",
    ) == Options(
        pedantic=True,
        selected=("LEK", "E9", "LEK55"),
        tests=True,
        resources={"mypkg.open_thing": ("close",)},
        listeners={".listen": ("unlisten",)},
        owners=frozenset({"mypkg.adopt"}),
        bounded=frozenset({"mypkg.LRU"}),
        harmless=frozenset({"mypkg.peek"}),
        long_lived=frozenset({"Server"}),
        short_lived=frozenset({"Parser"}),
        large_names=frozenset({"cohort", "frame"}),
    )


@pytest.mark.parametrize(
    "option",
    ["resources", "listeners", "owners", "bounded", "harmless", "long-lived", "short-lived", "large-names"],
)
def test_a_malformed_entry_is_an_error_that_names_option_and_entry(parse: Parse, option: str) -> None:
    with pytest.raises(ExecutionError, match=rf"^--leaks-{option}: 'no good' is not "):
        parse(f"--leaks-{option}=no good")


def test_the_options_are_those_of_the_whole_class(parse: Parse) -> None:
    """Workers of flake8 make their own instances."""
    parse("--leaks-tests")
    assert Plugin(ast.parse(""), "a.py", []).options.tests


def test_parse_options_takes_one_argument() -> None:
    """flake8 calls it again with one argument when a call with more raises TypeError, which would hide an error."""
    with pytest.raises(TypeError):
        Plugin.parse_options(None, argparse.Namespace(), [])  # type: ignore[call-arg, arg-type]


# -- which rules run --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "selected", "runs"),
    [
        ("LEK101", "", True),
        ("LEK101", "E9", True),
        ("LEK149", "", True),
        ("LEK150", "", False),
        ("LEK552", "", False),
        ("LEK552", "E,LEK", False),
        ("LEK552", "LEK5", False),
        ("LEK552", "LEK55", True),
        ("LEK552", "LEK552", True),
        ("LEK552", "E,LEK552", True),
        ("LEK552", "LEK551", False),
        ("LEK552", "LEK15,LEK25", False),
        ("LEK000", "", True),
    ],
)
def test_opt_in_rules_run_when_their_tens_are_named(code: str, selected: str, runs: bool) -> None:
    assert Options(selected=tuple(selected.split(","))).wakes(code) is runs
    assert Options(selected=tuple(selected.split(",")), pedantic=True).wakes(code)


# -- effects ----------------------------------------------------------------------------------------------------


def codes(source: str, filename: str = "", **options: object) -> list[str]:
    """The codes of the findings in a program."""
    found = lint(ast.parse(source), source.splitlines(), filename, Options(**options))  # type: ignore[arg-type]
    return [finding.code for finding in found]


HELD = """
import mypkg

def use(name):
    thing = mypkg.open_thing(name)
    return thing.read()
"""


def test_resources_are_to_be_released() -> None:
    assert codes(HELD) == []
    assert codes(HELD, resources={"mypkg.open_thing": ("shut",)}) == ["LEK501"]


@pytest.mark.parametrize("release", ["thing.shut()", "mypkg.shut_all()"])
def test_resources_are_released_by_what_the_option_names(release: str) -> None:
    released = HELD.replace("return", f"{release}\n    return")
    assert codes(released, resources={"mypkg.open_thing": ("shut", "mypkg.shut_all()")}) == []
    assert codes(released, resources={"mypkg.open_thing": ("melt", "mypkg.melt_all()")}) == ["LEK501"]


def test_resources_without_a_name_are_found_too() -> None:
    source = "import mypkg\n\ndef use(name):\n    return mypkg.open_thing(name).read()\n"
    assert codes(source, resources={"mypkg.open_thing": ("close",)}) == ["LEK503"]


LISTENING = """
def handle(request, bus):
    bus.listen(lambda: request)
"""


def test_listeners_pile_up() -> None:
    assert codes(LISTENING) == []
    assert codes(LISTENING, listeners={".listen": ("unlisten",)}) == ["LEK301"]


def test_listeners_are_removed_by_what_the_option_names() -> None:
    removing = f"{LISTENING}\ndef stop(bus):\n    bus.unlisten()\n"
    assert codes(removing, listeners={".listen": ("unlisten",)}) == []
    assert codes(removing, listeners={".listen": ("mute",)}) == ["LEK301"]


def test_a_listener_may_be_a_function_of_a_package() -> None:
    source = "import mypkg\n\ndef handle(request):\n    mypkg.listen(lambda: request)\n"
    assert codes(source, listeners={"mypkg.listen": ("mypkg.mute()",)}) == ["LEK301"]


CACHE = """
import collections

_CACHE = collections.OrderedDict()

def remember(user_id, value):
    _CACHE[user_id] = value
"""


def test_bounded_containers_do_not_grow() -> None:
    assert codes(CACHE) == ["LEK101"]
    assert codes(CACHE, bounded=frozenset({"collections.OrderedDict"})) == []


def test_harmless_acquirers_need_no_release() -> None:
    source = "import gzip\n\ndef read(path):\n    file = gzip.open(path)\n    return file.read()\n"
    assert codes(source) == ["LEK501"]
    assert codes(source, harmless=frozenset({"builtins.open"})) == ["LEK501"]
    assert codes(source, harmless=frozenset({"gzip.open"})) == []


def test_parameters_with_large_names_are_large() -> None:
    source = "def filtered(cohort):\n    def inner(x):\n        return cohort[x]\n    return inner\n"
    assert codes(source) == []
    assert codes(source, large_names=frozenset({"cohort"})) == ["LEK401"]


@pytest.mark.parametrize("filename", ["tests/test_app.py", "app_test.py", "test_app.py", "src/tests/helpers.py"])
def test_tests_are_looked_at_for_resources_only(filename: str) -> None:
    source = f"{CACHE}\ndef read(path):\n    file = open(path)\n    return file.read()\n"
    assert codes(source, "app.py") == ["LEK101", "LEK501"]
    assert codes(source, filename) == ["LEK501"]
    assert codes(source, filename, tests=True) == ["LEK101", "LEK501"]
