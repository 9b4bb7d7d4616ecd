"""Random programs with findings: all are fixed without an exception, and what is safe changes nothing but when it closes.

The programs come from seeds; a failure shows the seed and the program. `fuzz_bodies` writes them.
"""

from __future__ import annotations

import ast
import os
import random
from collections import Counter
from typing import Any, NamedTuple

import pytest

from flake8_leaks.options import Options
from flake8_leaks.repair import Repaired, repair
from fuzz_bodies import HELPERS, Function, function, plain_text
from fuzz_world import HOW, Run, path_at, run

pytestmark = pytest.mark.fuzz

ALL = Options(pedantic=True)
# What is worth more time: `FUZZ=20 pytest -m fuzz` tries other seeds, and 20 times as many.
TIMES = int(os.environ.get("FUZZ", "0"))
FIRST = 1_000_000 * TIMES


def seeds(count: int, size: int) -> list[range]:
    """Seeds in portions, each of which is a test."""
    return [range(FIRST + start, FIRST + start + size) for start in range(0, count * max(TIMES, 1), size)]


# -- what a safe fix changes ------------------------------------------------------------------------------------------


class Runnable(NamedTuple):
    function: Function
    source: str


def runnable(seed: int) -> Runnable:
    rnd = random.Random(seed)
    made = function(rnd, "f")
    imports = "".join(f"import {name}\n" for name in sorted(made.modules | {"contextlib", "functools"}))
    return Runnable(made, f"{imports}\n\n{HELPERS}\n\n{plain_text(made.statements)}\n")


INPUTS = [(a, b, items) for a in (True, False) for b in (True, "bad") for items in ([], [1, 2])]
ERRORS = [OSError, ValueError, KeyboardInterrupt]


def compared(seed: int) -> list[str]:
    """What a safe fix did to a function, if anything was fixed: "leaked" if it did leak before; raises if it changed."""
    program = runnable(seed)
    try:
        old_code = compile(program.source, "before", "exec")
    except SyntaxError:
        return []
    repaired = repair(program.source.encode(), "program.py", ALL)
    if repaired.data == program.source.encode():
        return []
    tree = ast.parse(program.source)
    done = [(o, path_at(tree, o.finding.line, o.finding.col)) for o in repaired.outcomes if o.fixed]
    # What a context manager releases late is another finding than what an exception before its yield skips; and what is
    # handed over in the end is not closed then.
    late = {path for outcome, path in done if outcome.finding.code == "LEK507"}
    fixed = {path for outcome, path in done if not outcome.said.startswith("released where")} - late
    new_code = compile(repaired.data, "after", "exec")
    leaked = False
    plain = [run(old_code, "f", way, a_copy(g), 0, ERRORS[0]) for way in HOW[program.function.way] for g in INPUTS]
    lent = frozenset(thing.path for each in plain for thing in each.things if thing.kept and thing.shut is not None)
    lent |= closed_in_the_end(tree)
    for way in HOW[program.function.way]:
        for given in INPUTS:
            count = None
            for error in ERRORS:
                fail_at = 0 if error is ERRORS[0] else 1
                while count is None or fail_at <= count:
                    if fail_at > 40:
                        break
                    codes = old_code, new_code
                    runs = [run(code, "f", way, a_copy(given), fail_at, error, lent) for code in codes]
                    count = len(runs[0].events) if count is None else count
                    yielded = any(event[0] == "got" for event in runs[0].events)
                    problem = differ(*runs, fixed | late if yielded else fixed)
                    if problem:
                        where = f"{way} {given}, call {fail_at} raises {error.__name__}"
                        raise AssertionError(shown(seed, program.source, repaired, f"{where}: {problem}"))
                    leaked |= any(t.path in fixed | late and t.shut is None and not t.kept for t in runs[0].things)
                    fail_at += 1
    return ["leaked"] if leaked else ["did not leak"]


def closed_in_the_end(tree: ast.Module) -> frozenset[str]:
    """The paths of what a function closes whatever happens, so that whoever knows it is lent it."""
    paths = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            target = node.targets[0]
            name = target.elts[0] if isinstance(target, ast.Tuple) else target
            paths[ast.unparse(name)] = next((str(a.value) for a in node.value.args if isinstance(a, ast.Constant)), "")
    found = set()
    for statement in ast.unparse(tree.body[-1]).splitlines():
        for name, path in paths.items():
            if statement in {
                f"    {a}{name}{b}" for a, b in [("", ".close()"), ("await ", ".close()"), ("os.close(", ")")]
            }:
                found.add(path)
    return frozenset(found)


def a_copy(given: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(list(each) if isinstance(each, list) else each for each in given)


def differ(old: Run, new: Run, fixed: set[str]) -> str:
    """How a run after a fix differs from the run before it, but for closes that come earlier or come at all."""
    if old.events != new.events:
        return f"other side effects: {old.events} became {new.events}"
    if old.outcome != new.outcome:
        return f"another outcome: {old.outcome} became {new.outcome}"
    end = len(old.events)
    for before, after in zip(old.things, new.things, strict=True):
        if before.shut is not None and (after.shut is None or after.shut > before.shut):
            return f"{after.path} is closed later: after {before.shut} became {after.shut} events"
        if after.claimed and after.shut is not None and after.shut < (end if before.shut is None else before.shut):
            return f"{after.path} claims an address, and is closed earlier"
        if after.path in fixed and after.shut is None and not after.kept:
            return f"{after.path} stays open"
    return ""


def shown(seed: int, source: str, repaired: Repaired, problem: str) -> str:
    said = "\n".join(f"{o.finding.line}: {o.finding.code} {o.fixed} {o.said}" for o in repaired.outcomes)
    return f"seed {seed}\n{source}\n--- becomes ---\n{repaired.data.decode()}\n--- {said}\n--- {problem}"


@pytest.mark.parametrize("portion", seeds(600, 60), ids=str)
def test_a_safe_fix_changes_nothing_but_when_it_closes(portion: range) -> None:
    seen = Counter(word for seed in portion for word in compared(seed))
    assert seen["leaked"] >= len(portion) / 4
    assert seen["did not leak"] <= seen["leaked"] / 4
