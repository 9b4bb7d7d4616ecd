"""The page of each rule, which is the docstring of its module: its shape, its examples, and what README says of it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import flake8_leaks
from flake8_leaks import pages
from flake8_leaks.lint import lint, rules
from flake8_leaks.options import Options
from flake8_leaks.pages import sections
from flake8_leaks.plugin import Plugin
from flake8_leaks.repair import fixable, repair
from flake8_leaks.rule import Rule

README = Path(__file__).parents[1] / "README.md"
HEADINGS = [
    "What it does",
    "Why is this bad",
    "Example",
    "Use instead",
    "Known problems",
    "Options",
    "Fix safety",
    "References",
]
#: Holds the fix of each rule that has one, in a module of the rule's name.
FIXES = Path(flake8_leaks.__file__).parent / "fixes"

each_rule = pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)


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
    code = pages.code(rule, "Example")
    marked = [(n, rule.code) for n, line in enumerate(code.splitlines(), 1) if line.endswith(f"  # {rule.code}")]
    assert marked
    assert findings(code) == marked


@each_rule
def test_use_instead_is_silent(rule: Rule) -> None:
    code = pages.code(rule, "Use instead")
    assert "LEK" not in code
    assert findings(code) == []


@pytest.mark.parametrize("rule", [*filter(fixable, rules())], ids=lambda rule: rule.name)
def test_the_fix_makes_of_the_example_what_to_use_instead(rule: Rule) -> None:
    example = re.sub(r"  # LEK\d+$", "", pages.code(rule, "Example"), flags=re.M)
    repaired = repair(example.encode(), "example.py", Options(pedantic=True), unsafe=True)
    assert repaired.data.decode() == pages.code(rule, "Use instead")


@each_rule
def test_the_options_exist(rule: Rule) -> None:
    named = re.findall(r"^- `(leaks-[\w-]+)`: ", sections(rule)["Options"], flags=re.M)
    assert named
    assert set(named) <= options()
    assert ("leaks-pedantic" in named) == (int(rule.code[-2:]) >= 50)
    assert ("leaks-tests" in named) == (not rule.tests)


@each_rule
def test_fix_safety_begins_with_its_kind(rule: Rule) -> None:
    text = sections(rule)["Fix safety"]
    assert re.match(r"Safe:|Safe where |Unsafe:|There is no fix: ", text)
    assert text.endswith(".")
    assert pages.fix(rule) == "none" or text.startswith(("Safe", "Unsafe"))


@pytest.mark.skipif(not list(FIXES.glob("[!_]*.py")), reason="there are no fixes yet")
@each_rule
def test_a_page_promises_a_fix_if_there_is_one(rule: Rule) -> None:
    assert (pages.fix(rule) != "none") == (FIXES / f"{rule.name.replace('-', '_')}.py").is_file()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Safe: it only adds.", "safe"),
        ("Safe where nothing reads it.", "safe"),
        ("Safe where nothing reads it. Elsewhere it is unsafe.", "safe or unsafe"),
        ("Unsafe: it may be safe elsewhere.", "unsafe"),
        ("There is no fix: none would be safe.", "none"),
    ],
)
def test_the_kind_of_a_fix_is_read_from_the_page(text: str, kind: str) -> None:
    assert pages.fix(rules()[0]._replace(page=f"## Fix safety\n{text}\n")) == kind


@pytest.mark.parametrize("text", ["It is safe.", "Safely done.", ""])
def test_a_page_that_does_not_say_how_safe_its_fix_is(text: str) -> None:
    with pytest.raises(ValueError, match="LEK101"):
        pages.fix(rules()[0]._replace(page=f"## Fix safety\n{text}\n"))


def test_a_page_begins_with_a_heading() -> None:
    with pytest.raises(ValueError, match="LEK101"):
        sections(rules()[0]._replace(page="Finds.\n## What it does\nFinds.\n"))


def test_the_message_is_written_with_words_for_what_varies() -> None:
    rule = rules()[0]._replace(message="'{name}' grows: {why}; bound_it")
    assert pages.message(rule, "<{}>".format, str.upper) == "'<name>' GROWS: <why>; BOUND_IT"


def test_a_message_that_is_all_variable_is_not_shown() -> None:
    assert pages.message(rules()[0]._replace(message="'{name}' {what}, and {why}; {cure}"), "<{}>".format) == ""


def test_each_family_has_a_name() -> None:
    assert list(pages.FAMILIES) == sorted({rule.family for rule in rules()})


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
    assert table == [(rule.code, rule.name, pages.default(rule), pages.summary(rule)) for rule in rules()]


@each_rule
def test_the_first_sentence_says_what_is_found(rule: Rule) -> None:
    assert pages.first_sentence(rule) == f"Finds {pages.summary(rule)}."
