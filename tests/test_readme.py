"""What README promises, and the programs in examples/, are true."""

from __future__ import annotations

import argparse
import ast
import configparser
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from flake8_leaks.lint import lint, rules
from flake8_leaks.options import Options
from flake8_leaks.plugin import Plugin
from flake8_leaks.repair import fixable, repair

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
EXAMPLES = ROOT / "examples"
#: program -> what flake8 says of its leaky form with default options
PROGRAMS = {
    "cached_method": "LEK103",
    "closure_captures_large": "LEK401",
    "global_accumulator": "LEK201",
    "listener_per_call": "LEK301",
    "temporary_resource": "LEK503",
    "unbounded_cache": "LEK101",
    "unreleased_resource": "LEK501",
}

#: The codes of the rules with a fix.
FIXABLE = {rule.code for rule in rules() if fixable(rule)}

each_program = pytest.mark.parametrize("program", PROGRAMS)


def blocks(language: str) -> list[str]:
    """The fenced blocks of README in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.M | re.S)


def findings(code: str, *, pedantic: bool) -> list[tuple[int, str]]:
    """(line, code) of each finding."""
    found = lint(ast.parse(code), code.splitlines(keepends=True), options=Options(pedantic=pedantic))
    return [(f.line, f.code) for f in found]


def marks(code: str) -> list[tuple[int, str]]:
    """(line, code) of each line that ends in a code."""
    return [(n, m[1]) for n, line in enumerate(code.splitlines(), 1) if (m := re.search(r"  # (LEK\d+)$", line))]


def fixed(code: str) -> str:
    """A marked program or snippet after all fixes, also those that may change behaviour."""
    unmarked = re.sub(r"  # LEK\d+$", "", code, flags=re.M)
    return repair(unmarked.encode(), "example.py", Options(), unsafe=True).data.decode()


# -- the snippets --------------------------------------------------------------------------------------------------

LEAKY = [code for code in blocks("python") if code.startswith("# leaks\n")]
FIXED = [code for code in blocks("python") if code.startswith("# fixed\n")]


def test_a_leaky_and_a_fixed_snippet_for_each_of_the_five_patterns() -> None:
    assert [code for snippet in LEAKY for _, code in marks(snippet)] == [
        "LEK101",
        "LEK201",
        "LEK301",
        "LEK401",
        "LEK501",
    ]
    pairs = [snippet for pair in zip(LEAKY, FIXED, strict=True) for snippet in pair]
    assert blocks("python") == pairs


@pytest.mark.parametrize("snippet", LEAKY)
def test_a_leaky_snippet_fires_on_its_marked_line(snippet: str) -> None:
    assert findings(snippet, pedantic=False) == marks(snippet)


@pytest.mark.parametrize("snippet", FIXED)
def test_a_fixed_snippet_is_silent(snippet: str) -> None:
    assert findings(snippet, pedantic=True) == []


@pytest.mark.parametrize(("leaky", "cured"), [*zip(LEAKY, FIXED, strict=True)])
def test_the_fixer_makes_of_a_leaky_snippet_the_fixed_one(leaky: str, cured: str) -> None:
    ((_, code),) = marks(leaky)
    if code not in FIXABLE:
        pytest.skip(f"{code} is left to a person")
    assert fixed(leaky.removeprefix("# leaks\n")) == cured.removeprefix("# fixed\n")


# -- the commands and options --------------------------------------------------------------------------------------


def test_the_test_command_is_what_continuous_integration_runs() -> None:
    (command,) = re.findall(r"^\$ (.*tox)$", README, flags=re.M)
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    runs = re.findall(r"^(?:python3|\.venv/bin/).*?(?= 2>&1|$)", script, flags=re.M)
    assert command == " && ".join(runs)


def test_the_first_command_prints_what_readme_shows() -> None:
    assert "--isolated --select=LEK,E9 examples/leaky\n" in README
    due = []
    for path in sorted((EXAMPLES / "leaky").glob("*.py")):
        text = path.read_text("utf-8")
        found = lint(ast.parse(text), text.splitlines(keepends=True))
        due += [f"examples/leaky/{path.name}:{f.line}:{f.col + 1}: {f.code} {f.text}" for f in found]
    (shown,) = blocks("text")
    assert shown.splitlines() == due


def test_the_hook_of_readme_exists() -> None:
    hooks = re.findall(r"^- id: (\S+)$", (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"), flags=re.M)
    assert hooks == ["flake8-leaks"]
    assert "      - id: flake8-leaks\n" in README


def test_the_options_of_readme_are_those_of_the_plugin() -> None:
    assert sorted(re.findall(r"^\| `(leaks-[\w-]+)` \| ", README, flags=re.M)) == sorted(defaults())


def defaults() -> dict[str, object]:
    """The plugin's options, as a configuration file spells them, with their defaults."""
    options: dict[str, object] = {}

    class Manager:
        def add_option(self, name: str, *, action: str = "", default: object = None, **_: object) -> None:
            options[name.removeprefix("--")] = False if action == "store_true" else default

    Plugin.add_options(Manager())  # type: ignore[arg-type]
    return options


def test_the_configuration_of_readme_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Plugin, "options", Options())
    (text,) = (block for block in blocks("ini") if "leaks-" in block)
    parser = configparser.RawConfigParser()
    parser.read_string(text)
    given = {**defaults(), **parser["flake8"], "leaks-pedantic": parser.getboolean("flake8", "leaks-pedantic")}
    assert given.keys() == defaults().keys()
    names = {name.replace("-", "_"): value for name, value in given.items()}
    Plugin.parse_options(argparse.Namespace(select=None, extend_select=None, **names))
    assert Plugin.options == Options(
        pedantic=True,
        resources={"mypkg.db.connect": ("close",), "mypkg.locks.acquire": ("release", "mypkg.locks.drop()")},
        listeners={".listen": ("unlisten",)},
        harmless=frozenset({"shelve.open"}),
        large_names=frozenset({"corpus", "embeddings"}),
    )


def test_the_files_that_readme_links_to_exist() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


# -- the programs --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["leaky", "fixed"])
def test_each_folder_holds_the_programs(folder: str) -> None:
    assert sorted(path.stem for path in (EXAMPLES / folder).glob("*.py")) == sorted(PROGRAMS)


@each_program
def test_a_leaky_program_has_its_finding(program: str) -> None:
    code = (EXAMPLES / "leaky" / f"{program}.py").read_text("utf-8")
    assert findings(code, pedantic=False) == marks(code)
    assert [code for _, code in marks(code)] == [PROGRAMS[program]]


@each_program
def test_a_fixed_program_is_silent(program: str) -> None:
    assert findings((EXAMPLES / "fixed" / f"{program}.py").read_text("utf-8"), pedantic=True) == []


@each_program
def test_the_fixer_makes_of_a_leaky_program_its_twin(program: str) -> None:
    if PROGRAMS[program] not in FIXABLE:
        pytest.skip(f"{PROGRAMS[program]} is left to a person")
    leaky, cured = ((EXAMPLES / folder / f"{program}.py").read_text("utf-8") for folder in ("leaky", "fixed"))
    assert without_docstring(fixed(leaky)) == without_docstring(cured)


def without_docstring(code: str) -> str:
    return "".join(code.splitlines(keepends=True)[ast.parse(code).body[0].end_lineno :])


@each_program
def test_a_leaky_program_grows_and_its_twin_does_not(program: str) -> None:
    if not os.path.isdir("/dev/fd") and "/dev/fd" in (EXAMPLES / "leaky" / f"{program}.py").read_text("utf-8"):
        pytest.skip("the program counts descriptors in /dev/fd")
    first, second, third = figures("leaky", program)
    assert first < second < third
    first, second, third = figures("fixed", program)
    assert first == second == third


def figures(folder: str, program: str) -> list[int]:
    """The figure at the end of each line that a program prints."""
    path = EXAMPLES / folder / f"{program}.py"
    # -I: coverage's and the caller's settings are no business of the program.
    run = subprocess.run([sys.executable, "-I", path], capture_output=True, text=True, timeout=60, check=True)
    return [int(line.rpartition(": ")[2]) for line in run.stdout.splitlines()]
