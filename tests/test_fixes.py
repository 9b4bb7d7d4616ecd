"""What fixes make of code.

A file in fixes/ is named like the rule whose fix it is about, and has a twin `x.fixed.py`, which is what its fixes make
of it in as many runs as it takes. In it

    put(x)  # LEK101 safe                 this finding is fixed without being asked twice
    put(x)  # LEK101 unsafe               this one only with --leaks-unsafe-fixes
    put(x)  # LEK101 left: REASON         this one is left, and the reason given has REASON in it

Other rules than its own are not looked at, but no fix may bring a finding of theirs.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from flake8_leaks.lint import rules
from flake8_leaks.options import Options
from flake8_leaks.repair import Outcome, fixable, repair

FIXES = Path(__file__).with_name("fixes")
CASES = Path(__file__).with_name("cases")
MARK = re.compile(r"  # (LEK\d{3}) (safe|unsafe|left: (.+))$", flags=re.M)
NAMES = sorted(path.stem for path in FIXES.glob("*.py") if not path.stem.endswith(".fixed"))
CODES = {rule.name.replace("-", "_"): rule.code for rule in rules()}

each_fix = pytest.mark.parametrize("name", NAMES)


class Case(NamedTuple):
    """A file before its fix, without its marks; line -> what is due there: safe, unsafe, or why it is left."""

    source: str
    due: dict[int, str]


def read(name: str) -> Case:
    text = (FIXES / f"{name}.py").read_text("utf-8")
    due = {}
    for number, line in enumerate(text.splitlines(), 1):
        if mark := MARK.search(line):
            assert mark[1] == CODES[name]
            due[number] = mark[3] or mark[2]
    return Case(MARK.sub("", text), due)


def fixed(source: str, code: str, unsafe: bool) -> tuple[str, list[Outcome]]:
    """The source with the findings of one code fixed, and what became of each of them."""
    options = Options(pedantic=True)
    found = [o.finding for o in repair(source.encode(), "case.py", options).outcomes if o.finding.code == code]
    wanted = [(finding.code, finding.line, finding.col) for finding in found]
    repaired = repair(source.encode(), "case.py", options, wanted, unsafe)
    return repaired.data.decode(), repaired.outcomes


def test_each_fixable_rule_has_a_case() -> None:
    assert {CODES[name] for name in NAMES} == {rule.code for rule in rules() if fixable(rule)}


@each_fix
def test_what_is_fixed_and_what_is_left(name: str) -> None:
    case = read(name)
    safe = {o.finding.line: o for o in fixed(case.source, CODES[name], unsafe=False)[1]}
    unsafe = {o.finding.line: o for o in fixed(case.source, CODES[name], unsafe=True)[1]}
    assert safe.keys() == case.due.keys()
    for line, due in case.due.items():
        shown = f"line {line}: {safe[line].said} / {unsafe[line].said}"
        assert safe[line].fixed == (due == "safe"), shown
        assert unsafe[line].fixed == (due in ("safe", "unsafe")), shown
        assert due in ("safe", "unsafe") or due in unsafe[line].said, shown


def fixed_to_the_end(source: str, code: str) -> str:
    """The source after as many runs as it takes: of two fixes that overlap one is made now, the other in the next."""
    for _ in range(3):
        source, outcomes = fixed(source, code, unsafe=True)
        if not any("overlaps" in outcome.said for outcome in outcomes):
            break
    return source


@each_fix
def test_the_result_is_that_of_the_twin(name: str) -> None:
    result = fixed_to_the_end(read(name).source, CODES[name])
    assert result == (FIXES / f"{name}.fixed.py").read_text("utf-8")


@each_fix
@pytest.mark.parametrize(("old", "new"), [("\n", "\r\n"), ("    ", "\t")], ids=["Windows", "tabs"])
def test_the_layout_of_the_file_stays(name: str, old: str, new: str) -> None:
    result = fixed_to_the_end(read(name).source.replace(old, new), CODES[name])
    assert result == (FIXES / f"{name}.fixed.py").read_text("utf-8").replace(old, new)


@each_fix
def test_fixing_again_changes_nothing(name: str) -> None:
    result = fixed_to_the_end(read(name).source, CODES[name])
    again, outcomes = fixed(result, CODES[name], unsafe=True)
    assert again == result
    assert [o for o in outcomes if o.fixed] == []
