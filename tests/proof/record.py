"""Measures the pages on the running Python and writes `growth.json`.

    tox exec -e proof -- python tests/proof/record.py

The file holds, for each code that has a driver: what a call is, the unit, what `per` calls of the example and of what
is to be used instead gain, and the Python.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

from proof import CURE, EXAMPLE, RECORD, driver, entry, growth, prove

from flake8_leaks.lint import rules
from flake8_leaks.rule import Rule


def line(rule: Rule) -> str:
    example, cure = growth(rule, EXAMPLE), growth(rule, CURE)
    prove(example, cure)
    return f'  "{rule.code}": {json.dumps(entry(rule, example, cure))}'


if __name__ == "__main__":
    shown = [rule for rule in rules() if driver(rule).exists()]
    with ThreadPoolExecutor(2) as pool:
        lines = list(pool.map(line, shown))
    RECORD.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
