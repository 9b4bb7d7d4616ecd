"""The page of each rule, which is the docstring of its module: its shape, its examples, and what README says of it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from flake8_leaks.lint import lint, rules
from flake8_leaks.options import Options
from flake8_leaks.plugin import Plugin
from flake8_leaks.rule import Rule

README = Path(__file__).parents[1] / "README.md"
HEADINGS = [
    "What it does",
    "Why is this bad",
    "Example",
    "Use instead",
    "Known problems",
    "Options",
    "References",
]

each_rule = pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)


def sections(rule: Rule) -> dict[str, str]:
    """Heading -> the text below it."""
    start, *parts = re.split(r"^## (.+)\n", rule.page, flags=re.M)
    assert not start.strip(), "a page begins with its first heading"
    return dict(zip(parts[::2], (text.strip() for text in parts[1::2]), strict=True))


def block(rule: Rule, heading: str) -> str:
    """The one Python block of a section."""
    (code,) = re.findall(r"^```python\n(.*?)^```$", sections(rule)[heading] + "\n", flags=re.M | re.S)
    return code


def findings(code: str) -> list[tuple[int, str]]:
    """(line, code) of each finding, all rules on."""
    found = lint(ast.parse(code), code.splitlines(keepends=True), options=Options(pedantic=True))
    return [(f.line, f.code) for f in found]


def options() -> set[str]:
    """The names of the plugin's options, as a configuration file spells them."""
    names = set()

    class Manager:
        def add_option(self, name: str, **_: object) -> None:
            names.add(name.removeprefix("--"))

    Plugin.add_options(Manager())  # type: ignore[arg-type]
    return names


def first_sentence(rule: Rule) -> str:
    return re.split(r"(?<=\.)\s", sections(rule)["What it does"])[0]


@each_rule
def test_the_headings_stand_in_order(rule: Rule) -> None:
    assert re.findall(r"^#.*", rule.page, flags=re.M) == [f"## {heading}" for heading in HEADINGS]
    assert all(sections(rule).values()), "a section is empty"


@each_rule
def test_only_example_and_use_instead_hold_code(rule: Rule) -> None:
    with_code = [heading for heading, text in sections(rule).items() if "```" in text]
    assert with_code == ["Example", "Use instead"]


@each_rule
def test_the_example_fires_on_the_marked_lines(rule: Rule) -> None:
    code = block(rule, "Example")
    marked = [(n, rule.code) for n, line in enumerate(code.splitlines(), 1) if line.endswith(f"  # {rule.code}")]
    assert marked
    assert findings(code) == marked


@each_rule
def test_use_instead_is_silent(rule: Rule) -> None:
    code = block(rule, "Use instead")
    assert "LEK" not in code
    assert findings(code) == []


@each_rule
def test_the_options_exist(rule: Rule) -> None:
    named = re.findall(r"^- `(leaks-[\w-]+)`: ", sections(rule)["Options"], flags=re.M)
    assert named
    assert set(named) <= options()
    assert ("leaks-pedantic" in named) == (int(rule.code[-2:]) >= 50)
    assert ("leaks-tests" in named) == (not rule.tests)


@each_rule
def test_the_references_are_addresses(rule: Rule) -> None:
    lines = sections(rule)["References"].splitlines()
    assert [line for line in lines if not re.fullmatch(r"- <https://[^\s>]+>", line)] == []


@each_rule
def test_codes_that_a_page_names_exist(rule: Rule) -> None:
    assert set(re.findall(r"LEK\d+", rule.page)) <= {other.code for other in rules()}


def test_the_code_table_of_readme_lists_the_rules() -> None:
    """Code, name, when it runs, and the first sentence of the page without its "Finds"."""
    table = re.findall(r"^\| (LEK\d\d\d) \| ([\w-]+) \| (on|opt-in) \| (.+) \|$", README.read_text("utf-8"), flags=re.M)
    assert table == [
        (rule.code, rule.name, "on" if Options().wakes(rule.code) else "opt-in", summary(rule)) for rule in rules()
    ]


def summary(rule: Rule) -> str:
    words = first_sentence(rule).split()
    assert words[0] == "Finds"
    return " ".join(words[1:]).removesuffix(".")
