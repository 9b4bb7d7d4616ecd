"""The pages are true: the example of each rule is run and grows, and what is to be used instead does not."""

from __future__ import annotations

import json
import os
import re
import sys
from typing import Any

import pytest
from measure import DESCRIPTORS, FOLDERS
from proof import CURE, EXAMPLE, HERE, RECORD, driver, entry, growth, prove, scene

from flake8_leaks.lint import rules
from flake8_leaks.rule import Rule

#: code -> why its leak is not shown
NOT_SHOWN = {
    "LEK205": "what a tensor keeps is PyTorch's doing, which is 200 MB and more; a stand-in shows what we put into it",
}
#: Rules of each unit that must not pass when example and cure change places.
SWAPPED = ["LEK101", "LEK401", "LEK403", "LEK451", "LEK503", "LEK505"]
#: How much more or less than on record may be measured on the same Python: the tables of the interpreter grow in leaps.
FACTOR = 1.5

SHOWN = [rule for rule in rules() if driver(rule).exists()]


def record() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(RECORD.read_text("utf-8"))
    return found


def needs(rule: Rule) -> None:
    """Skip where what the driver counts cannot be counted."""
    if sys.implementation.name != "cpython":
        pytest.skip("how soon something is freed is CPython's")
    if f'UNIT = "{DESCRIPTORS}"' in driver(rule).read_text("utf-8") and not any(map(os.path.isdir, FOLDERS)):
        pytest.skip("no folder here lists the descriptors of a process")


def test_each_rule_has_a_driver_or_a_reason() -> None:
    codes = {rule.code for rule in rules()}
    shown = {rule.code for rule in SHOWN}
    assert shown | NOT_SHOWN.keys() == codes
    assert not shown & NOT_SHOWN.keys()
    assert {path.name for path in (HERE / "drivers").glob("*.py")} == {driver(rule).name for rule in SHOWN}


def test_the_record_is_of_the_rules_that_are_shown() -> None:
    assert {code: found["call"] for code, found in record().items()} == {rule.code: scene(rule) for rule in SHOWN}
    assert all(scene(rule).startswith("Each call ") for rule in SHOWN)
    for found in record().values():
        assert found["fixed"] == 0 < found["example"]
        assert re.fullmatch(r"3\.\d+", found["python"])


@pytest.mark.proof
@pytest.mark.parametrize("rule", SHOWN, ids=lambda rule: rule.code)
def test_the_example_grows_and_its_cure_does_not(rule: Rule) -> None:
    needs(rule)
    example, cure = growth(rule, EXAMPLE), growth(rule, CURE)
    prove(example, cure)
    measured, recorded = entry(rule, example, cure), record()[rule.code]
    assert (measured["unit"], measured["per"]) == (recorded["unit"], recorded["per"])
    if measured["python"] == recorded["python"]:
        again = "the record is of old: run tests/proof/record.py"
        assert measured["fixed"] == recorded["fixed"], again
        assert recorded["example"] / FACTOR <= measured["example"] <= recorded["example"] * FACTOR, again


@pytest.mark.proof
@pytest.mark.parametrize("rule", [rule for rule in SHOWN if rule.code in SWAPPED], ids=lambda rule: rule.code)
def test_a_page_whose_blocks_change_places_is_refused(rule: Rule) -> None:
    needs(rule)
    example, cure = growth(rule, EXAMPLE), growth(rule, CURE)
    with pytest.raises(AssertionError, match="the example doesn't grow"):
        prove(cure, cure)
    with pytest.raises(AssertionError, match="what is to be used instead grows"):
        prove(example, example)
    with pytest.raises(AssertionError):
        prove(cure, example)
