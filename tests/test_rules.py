"""Every rule on every case file.

A file in cases/ is named like the module of the rule that it is about (syntax of a newer Python: `x_py312.py`), and
is linted with all rules on, so it is a test of the other rules' silence too. In it

    put(x)  # LEK101                      this line has exactly this finding (several codes: `# LEK101 LEK503`)
    put(x)  # silent LEK101: OLD => NEW   this line has none, and OLD is why: with NEW in its place it has that one

OLD stands exactly once in the file, marks not counted; NEW may be empty.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from flake8_leaks.lint import lint, rules
from flake8_leaks.options import Options
from flake8_leaks.rule import Finding

CASES = Path(__file__).with_name("cases")
GUILTY = re.compile(r"# (LEK\d{3}(?: LEK\d{3})*)")
SILENT = re.compile(r"# silent (LEK\d{3}): (.+?) =>(?: (.*))?")
NEWER_SYNTAX = re.compile(r"_py(\d)(\d+)$")


class Edit(NamedTuple):
    """A silent line, and the edit that takes its reason away."""

    line: int
    code: str
    old: str
    new: str


class Case(NamedTuple):
    """A case file. source: without its marks. guilty: (line, code) of each finding that is due.

    malformed: comments that look like marks and are none.
    """

    name: str
    source: str
    guilty: list[tuple[int, str]]
    edits: list[Edit]
    malformed: list[str]


def read(path: Path) -> Case:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    guilty, edits, malformed = [], [], []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.COMMENT:
            continue
        number, column = token.start
        if found := GUILTY.fullmatch(token.string.rstrip()):
            guilty += [(number, code) for code in found[1].split()]
        elif found := SILENT.fullmatch(token.string.rstrip()):
            edits.append(Edit(number, found[1], found[2], found[3] or ""))
        else:
            if re.match(r"# *(LEK|silent\b)", token.string):
                malformed.append(f"{number}: {token.string}")
            continue
        lines[number - 1] = lines[number - 1][:column].rstrip() + "\n"
    return Case(path.stem, "".join(lines), guilty, edits, malformed)


def runs_here(path: Path) -> bool:
    newer = NEWER_SYNTAX.search(path.stem)
    return newer is None or sys.version_info >= (int(newer[1]), int(newer[2]))


def findings(source: str, options: Options | None = None) -> list[Finding]:
    return lint(ast.parse(source), source.splitlines(keepends=True), options=options or Options(pedantic=True))


PATHS = sorted(CASES.glob("*.py"))
READ = [read(path) for path in PATHS if runs_here(path)]
EDITS = [pytest.param(case, edit, id=f"{case.name}:{edit.line} {edit.old}") for case in READ for edit in case.edits]
each_case = pytest.mark.parametrize("case", READ, ids=lambda case: case.name)


@each_case
def test_marks_are_well_formed(case: Case) -> None:
    assert case.malformed == []


@each_case
def test_the_findings_are_those_that_are_marked(case: Case) -> None:
    lines = case.source.splitlines()
    found = Counter((f.line, f.code, lines[f.line - 1].strip()) for f in findings(case.source))
    due = Counter((line, code, lines[line - 1].strip()) for line, code in case.guilty)
    assert sorted(found - due) == [], "false alarms"
    assert sorted(due - found) == [], "misses"


@pytest.mark.edit
@pytest.mark.parametrize(("case", "edit"), EDITS)
def test_a_silent_line_fires_without_its_reason(case: Case, edit: Edit) -> None:
    assert case.source.count(edit.old) == 1, f"{edit.old!r} must stand exactly once in the file"
    assert (edit.line, edit.code) not in as_written(case)
    edited = case.source.replace(edit.old, edit.new)
    found = {(finding.line, finding.code) for finding in findings(edited)}
    assert (edit.line, edit.code) in found, edited.splitlines()[edit.line - 1]


# What the files are found to have as they are: asked once for each of their edits.
AS_WRITTEN: dict[str, set[tuple[int, str]]] = {}


def as_written(case: Case) -> set[tuple[int, str]]:
    if case.name not in AS_WRITTEN:
        AS_WRITTEN[case.name] = {(finding.line, finding.code) for finding in findings(case.source)}
    return AS_WRITTEN[case.name]


@each_case
def test_one_thing_has_one_finding(case: Case) -> None:
    found = findings(case.source)
    positions = Counter((f.code[:4], f.line, f.col) for f in found)
    assert [position for position, times in positions.items() if times > 1] == []
    # A container is one thing however many lines put into it. Of calls and closures, whose symbol names the function
    # that they stand in, there may be several, each with its own position.
    containers = Counter(f.symbol for f in found if f.code[:4] in ("LEK1", "LEK2"))
    assert [symbol for symbol, times in containers.items() if times > 1] == []


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_a_rule_has_a_case_file_with_guilty_and_silent_lines(rule) -> None:
    module = rule.check.__module__.rpartition(".")[2]
    assert module == rule.name.replace("-", "_")
    case = read(CASES / f"{module}.py")
    assert rule.code in {code for _, code in case.guilty}
    assert rule.code in {edit.code for edit in case.edits}


def test_no_case_file_is_without_a_rule() -> None:
    names = {rule.name.replace("-", "_") for rule in rules()}
    assert {NEWER_SYNTAX.sub("", path.stem) for path in PATHS} <= names


@each_case
def test_a_message_names_the_thing(case: Case) -> None:
    lines = case.source.splitlines()
    for found in findings(case.source):
        names = {found.symbol.rpartition(".")[2]}
        if found.code.startswith("LEK5"):  # or the call that acquires
            names.add(name_at(lines, found))
        assert any(name in found.text for name in names), found


@each_case
def test_a_message_holds_no_line_number(case: Case) -> None:
    lower = findings("\n" * 1000 + case.source)
    assert [f._replace(line=f.line - 1000) for f in lower] == findings(case.source)


@each_case
def test_a_finding_points_at_code(case: Case) -> None:
    lines = case.source.splitlines()
    for found in findings(case.source):
        assert 1 <= found.line <= len(lines)
        assert name_at(lines, found), found


def name_at(lines: list[str], found: Finding) -> str:
    """The name or keyword that stands where the finding is reported; "" where there is none."""
    name = re.match(r"[^\W\d]\w*", lines[found.line - 1][found.col :])
    return name[0] if name else ""


@each_case
def test_linting_twice_gives_equal_results(case: Case) -> None:
    tree, lines, options = ast.parse(case.source), case.source.splitlines(keepends=True), Options(pedantic=True)
    first = lint(tree, lines, options=options)
    assert first == lint(tree, lines, options=options)
    assert first == findings(case.source)


@each_case
def test_opt_in_rules_sleep_by_default(case: Case) -> None:
    due = [found for found in findings(case.source) if int(found.code[-2:]) < 50]
    assert findings(case.source, Options()) == due


KEEPER = """class Keeper:
    def __init__(self):
        self._kept = {}
    def get(self, key):
        return self._kept[key]
"""


@pytest.mark.parametrize(
    ("source", "code", "options"),
    [
        pytest.param(
            "from store import LRU\n_CACHE = dict()\ndef fetch(key):\n    _CACHE[key] = LRU(key)\n",
            "LEK101",
            {"bounded": frozenset({"builtins.dict"})},
            id="leaks-bounded",
        ),
        pytest.param(
            f"import uuid\n{KEEPER}    def keep(self, value):\n        self._kept[uuid.uuid4()] = value\n",
            "LEK104",
            {"short_lived": frozenset({"Keeper"})},
            id="leaks-short-lived",
        ),
    ],
)
def test_an_option_silences(source: str, code: str, options: dict[str, frozenset[str]]) -> None:
    assert [f.code for f in findings(source)] == [code]
    assert findings(source, Options(pedantic=True, **options)) == []


@pytest.mark.parametrize(
    ("source", "code", "options"),
    [
        pytest.param(
            "def handle(request, hub):\n    hub.listen('tick', lambda: request)\n",
            "LEK301",
            {"listeners": {".listen": ("unlisten",)}},
            id="leaks-listeners",
        ),
        pytest.param(
            "def serve(ledger):\n    return lambda row: ledger[row]\n",
            "LEK401",
            {"large_names": frozenset({"ledger"})},
            id="leaks-large-names",
        ),
        pytest.param(
            f"{KEEPER}    def keep(self, word, value):\n        self._kept[word.text] = value\n",
            "LEK154",
            {"long_lived": frozenset({"Keeper"})},
            id="leaks-long-lived",
        ),
    ],
)
def test_an_option_makes_it_fire(source: str, code: str, options: dict[str, object]) -> None:
    assert findings(source) == []
    assert [f.code for f in findings(source, Options(pedantic=True, **options))] == [code]


def test_in_a_test_file_only_bound_resources_are_looked_for() -> None:
    source = (
        "_PAGES = {}\ndef fetch(url, path):\n    page = open(path)\n    _PAGES[url] = page.read(), open(url).read()\n"
    )
    assert [f.code for f in findings(source)] == ["LEK501", "LEK101", "LEK503"]
    test = "import pytest\n" + source.replace("fetch", "test_fetch")
    assert [f.code for f in findings(test)] == ["LEK501"]
    assert [f.code for f in findings(test, Options(pedantic=True, tests=True))] == ["LEK501", "LEK101", "LEK503"]
