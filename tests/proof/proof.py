"""What the blocks of a page gain when they are run, and when that counts as growth."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from measure import KIB

from flake8_leaks.rule import Rule

HERE = Path(__file__).parent
RECORD = HERE / "growth.json"
EXAMPLE, CURE = "Example", "Use instead"

#: KiB that all spans together may gain without a leak: what the reading and the interpreter's own memory need.
# Less than 8 bytes, the place in a list, in each of the 600 calls that nearly all drivers make, most of them 3,000.
SLACK = 3
#: Bytes that a leak gains per call at least: the smallest object there is.
OBJECT = 16


class Growth(NamedTuple):
    """The readings of `measure.py`."""

    unit: str
    calls: int
    per: int
    readings: list[float]

    @property
    def spans(self) -> list[float]:
        return [after - before for before, after in pairwise(self.readings)]

    @property
    def total(self) -> float:
        return self.readings[-1] - self.readings[0]

    @property
    def figure(self) -> int:
        """What `per` calls gain: two significant digits of memory, else the exact number."""
        figure = self.total / (self.calls * len(self.spans)) * self.per
        return int(float(f"{figure:.2g}")) if self.of_memory and figure >= 1 else round(figure)

    @property
    def of_memory(self) -> bool:
        return self.unit.startswith(KIB)

    def grows(self) -> bool:
        """Does every span gain an object per call?"""
        floor = max(SLACK, self.calls * OBJECT / 1024) if self.of_memory else self.calls
        return all(span >= floor for span in self.spans)

    def is_flat(self) -> bool:
        return self.total < (SLACK if self.of_memory else 1)


def driver(rule: Rule) -> Path:
    return HERE / "drivers" / f"{rule.name.replace('-', '_')}.py"


def block(rule: Rule, heading: str) -> str:
    """The Python block of a section of the page."""
    (code,) = re.findall(rf"^## {heading}\n```python\n(.*?)^```$", rule.page, flags=re.M | re.S)
    return code


def growth(rule: Rule, heading: str) -> Growth:
    """What the block under the heading gains in a process of its own."""
    # -I: coverage's and the caller's settings are no business of the block.
    command = [sys.executable, "-I", str(HERE / "measure.py"), str(driver(rule))]
    run = subprocess.run(command, input=block(rule, heading), capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stderr
    return Growth(**json.loads(run.stdout))


def prove(example: Growth, cure: Growth) -> None:
    assert example.grows(), f"the example doesn't grow: {example}"
    assert cure.is_flat(), f"what is to be used instead grows: {cure}"


def scene(rule: Rule) -> str:
    """What one call is, in the words of the driver."""
    text = ast.get_docstring(ast.parse(driver(rule).read_text("utf-8"))) or ""
    return " ".join(text.partition("\n\n")[0].split())


def entry(rule: Rule, example: Growth, cure: Growth) -> dict[str, Any]:
    """What stands in the record, and on the page."""
    return {
        "call": scene(rule),
        "unit": example.unit,
        "example": example.figure,
        "fixed": cure.figure,
        "per": example.per,
        "python": ".".join(map(str, sys.version_info[:2])),
    }
