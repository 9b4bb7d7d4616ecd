"""Random programs that leak: all are fixed without an exception, and what is safe changes only when something closes.

The programs come from seeds; a failure shows the seed and the program.
"""

from __future__ import annotations

import ast
import builtins
import io
import os
import random
import re
import tokenize
from collections import Counter
from collections.abc import Container, Iterable
from functools import lru_cache
from itertools import takewhile
from typing import Any, NamedTuple

import pytest
from fuzz_bodies import Function, function, helpers, plain_text
from fuzz_programs import program
from fuzz_world import HOW, Run, path_at, run

from flake8_leaks.judgements.acquisitions import Acquisition
from flake8_leaks.lint import lint, rules
from flake8_leaks.model import Model, Scope
from flake8_leaks.options import Options
from flake8_leaks.plans.extent import Extent, extent
from flake8_leaks.repair import Repaired, Untouchable, fixable, repair
from flake8_leaks.rewriting.change import Change, apply
from flake8_leaks.rewriting.imports import Spelling
from flake8_leaks.rewriting.tree import Statement, Tree
from flake8_leaks.rule import File, Finding

pytestmark = pytest.mark.fuzz

FIXABLE = {rule.code for rule in rules() if fixable(rule)}
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
    code = plain_text(made.statements)
    return Runnable(made, "\n\n\n".join([imports, *helpers(code), code]) + "\n")


INPUTS = [(a, b, items) for a in (True, False) for b in (True, "bad") for items in ([], [1, 2])]
ERRORS = [OSError, ValueError, KeyboardInterrupt]


def compared(seed: int) -> list[str]:
    """Compare a function before and after its safe fixes, if there are any: "leaked" if it did leak before."""
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
    # Nor is what waits in a `finally` for its turn, if what stands there before raises.
    waiting: set[str] = set()
    tries = [node for node in ast.walk(ast.parse(repaired.data)) if isinstance(node, ast.Try)]
    if any(len(node.finalbody) > 1 for node in tries):
        waiting |= {path for outcome, path in done if "finally" in outcome.said}
    # What is released by an exception only stays open else; and whether it is, what only went away does not say.
    partly = "released where", "gone with"
    fixed = {path for outcome, path in done if not outcome.said.startswith(partly)} - late
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
                    due = (fixed | late if yielded else fixed) - (waiting if fail_at or runs[0].failed else set())
                    problem = differ(*runs, due)
                    if problem:
                        where = f"{way} {given}, call {fail_at} raises {error.__name__}"
                        raise AssertionError(shown(seed, program.source, repaired, f"{where}: {problem}"))
                    leaked |= any(t.path in fixed | late and t.shut is None and not t.kept for t in runs[0].things)
                    fail_at += 1
    return ["leaked"] if leaked else ["did not leak"]


def closed_in_the_end(tree: ast.Module) -> set[str]:
    """The paths of what a function closes whatever happens, so that whoever knows it is lent it."""
    body: list[ast.stmt] = getattr(tree.body[-1], "body", [])
    ends = {ast.unparse(end) for each in body for end in (each.finalbody if isinstance(each, ast.Try) else [each])}
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            target = node.targets[0]
            name = ast.unparse(target.elts[0] if isinstance(target, ast.Tuple) else target)
            if ends & {f"{name}.close()", f"await {name}.close()", f"os.close({name})"}:
                found |= {str(each.value) for each in node.value.args if isinstance(each, ast.Constant)}
    return found


def a_copy(given: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(list(each) if isinstance(each, list) else each for each in given)


def differ(old: Run, new: Run, fixed: set[str]) -> str:
    """How a run after a fix differs from the run before it, but for closes that come earlier or come at all."""
    if old.broken and old.outcome == new.outcome and old.events == new.events[: len(old.events)]:
        return ""
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


@pytest.mark.parametrize("portion", seeds(300, 100), ids=str)
def test_a_safe_fix_changes_nothing_but_when_it_closes(portion: range) -> None:
    seen = Counter(word for seed in portion for word in compared(seed))
    assert seen["leaked"] >= len(portion) / 10
    assert seen["did not leak"] <= seen["leaked"]


# -- what any fix leaves as it is -------------------------------------------------------------------------------------


class Text(NamedTuple):
    """A program as text: with its own line ends, in lines with and without them."""

    code: str
    lines: list[str]
    codec: str

    @classmethod
    def of(cls, data: bytes) -> Text:
        codec = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
        code = data.decode(codec)
        return cls(code, re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", code), codec)


@lru_cache(maxsize=8)
def counted(data: bytes) -> Counter[tuple[str, str]]:
    """How many findings a program has, by code and symbol."""
    lines = [line.rstrip("\r\n") for line in Text.of(data).lines]
    found = lint(ast.parse(data), lines, "program.py", Options(pedantic=True, tests=True))
    return Counter((finding.code, finding.symbol) for finding in found)


def leaky(seed: int) -> bytes:
    """A program with a finding that has a fix."""
    made = (program(f"{seed} {number}") for number in range(50))
    return next(data for data in made if any(code in FIXABLE for code, _ in counted(data)))


def checked(old: bytes, unsafe: bool) -> Repaired:
    """A program after its repair, which is what a repair should be."""
    repaired = repair(old, "program.py", ALL, unsafe=unsafe)
    done = [outcome.finding for outcome in repaired.outcomes if outcome.fixed]
    if not done:
        assert repaired.data == old
        return repaired
    new = repaired.data
    compile(new, "program.py", "exec", dont_inherit=True)
    before, after = counted(old), counted(new)
    assert not after - before, "more findings"
    # Another finding on the same name may have hidden behind one that was cured along with it, so codes of a family
    # count as one.
    gone = Counter((code[:4], symbol) for code, symbol in (before - after).elements())
    assert not Counter((f.code[:4], f.symbol) for f in done) - gone, "a finding is still there"
    check_layout(Text.of(old), Text.of(new), done)
    return repaired


def check_layout(old: Text, new: Text, done: list[Finding]) -> None:
    """What is not the matter of the findings that were fixed is there as it was: comments, texts, line ends, indents,
    statements."""
    codes, fixed = {finding.code for finding in done}, {finding.line for finding in done}
    assert new.codec == old.codec
    assert new.code.startswith("\ufeff") == old.code.startswith("\ufeff")
    head = list(takewhile(lambda line: line.lstrip("\ufeff").startswith("#"), old.lines))
    assert new.lines[: len(head)] == head, "the head of the file"
    assert old.lines[-1].endswith(("\r", "\n")) == new.lines[-1].endswith(("\r", "\n")), "the end of the file"
    lost = comments(old) - comments(new) - may_lose(old, done)
    assert not lost, f"lost comments: {lost}"
    texts = Counter(t for t in constants(old.code) if "\n" in t) - Counter(constants(new.code))
    assert not texts, f"other texts: {texts}"
    assert unbound(new.code) <= unbound(old.code), "names that nothing binds"
    for statement in ast.parse(old.code.lstrip("\ufeff")).body:
        assert statement.end_lineno is not None
        span = range(statement.lineno, statement.end_lineno + 1)
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and fixed.isdisjoint(span):
            if "LEK402" not in codes:
                assert "".join(old.lines[span[0] - 1 : span[-1]]).rstrip() in new.code, "what has no finding"
    # Of lines that are the only ones of their content, the old one and the new one.
    pairs = [
        {line.strip(): line for line in lines if once[line.strip()] == 1}
        for lines, once in map(with_counts, (old, new))
    ]
    for content in pairs[0].keys() & pairs[1].keys():
        one, other = pairs[0][content], pairs[1][content]
        if not re.fullmatch(r"\w*:?", content) and one != old.lines[-1] and other != new.lines[-1]:
            assert one[len(one.rstrip("\r\n")) :] == other[len(other.rstrip("\r\n")) :], f"the line end of {one!r}"
            moved = not indent(one) or "LEK402" in codes  # what is raised anew comes from another place
            assert moved or set(indent(other)) <= set(indent(one)), f"the indent of {one!r}: {other!r}"


def with_counts(text: Text) -> tuple[list[str], Counter[str]]:
    return text.lines, Counter(line.strip() for line in text.lines)


def indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


def comments(text: Text, only: Container[int] | None = None) -> Counter[str]:
    """The comments of a program, or those on some lines."""
    lines = io.StringIO(text.code.lstrip("\ufeff"), newline=None).readline
    tokens = [token for token in tokenize.generate_tokens(lines) if token.type == tokenize.COMMENT]
    return Counter(token.string for token in tokens if only is None or token.start[0] in only)


def unbound(code: str) -> set[str]:
    """The names that a program reads and nowhere binds."""
    tree = ast.parse(code.lstrip("\ufeff"))
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    bound = {name.id for name in names if not isinstance(name.ctx, ast.Load)}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            bound.update((alias.asname or alias.name).partition(".")[0] for alias in node.names)
        bound.add(getattr(node, "arg", None) or getattr(node, "name", None) or "")
    return {name.id for name in names} - bound - vars(builtins).keys()


def constants(code: str) -> list[str]:
    nodes = ast.walk(ast.parse(code.lstrip("\ufeff")))
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def may_lose(text: Text, done: list[Finding]) -> Counter[str]:
    """The comments on lines that go, as the fixes say: of a function that gets a memoizer, of a decorator, of an
    exception that is raised anew, of imports that nothing needs any more."""
    lines: set[int] = set()
    fixed: dict[str, list[Finding]] = {}
    for finding in done:
        fixed.setdefault(finding.code, []).append(finding)
    tree = ast.parse(text.code.lstrip("\ufeff"))
    bound = [finding.symbol.rpartition(".")[2] for finding in [*fixed.get("LEK101", []), *fixed.get("LEK402", [])]]
    for node in ast.walk(tree):
        span = range(getattr(node, "lineno", 1), getattr(node, "end_lineno", 0) + 1)
        if isinstance(node, ast.FunctionDef) and any(finding.line in span for finding in fixed.get("LEK101", [])):
            lines.update(span)
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                if any(finding.line == decorator.lineno for finding in fixed.get("LEK102", [])):
                    lines.update(range(decorator.lineno, node.lineno))
        if isinstance(node, (ast.Import, ast.ImportFrom)) and fixed.keys() & {"LEK102", "LEK151", "LEK201"}:
            lines.update(span)
        if isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id in bound for target in targets):
                lines.update([span[0] - 1, *span])
    return comments(text, lines)


def repaired_to_the_end(seed: int, unsafe: bool) -> Counter[str]:
    """Repair a program until nothing changes; the codes of what the first round fixes."""
    data = leaky(seed)
    seen: Counter[str] = Counter()
    try:
        for number in range(10):
            repaired = checked(data, unsafe)
            if not number:
                seen.update(outcome.finding.code for outcome in repaired.outcomes if outcome.fixed)
            if repaired.data == data:
                return seen
            data = repaired.data
        raise AssertionError("it is not finished after 10 rounds")
    except Untouchable:
        return Counter(["untouchable"])
    except Exception as error:
        shown = data.decode(tokenize.detect_encoding(io.BytesIO(data).readline)[0])
        raise AssertionError(f"seed {seed}, unsafe: {unsafe}, {error!r}\n{shown}") from error


@pytest.mark.parametrize("portion", seeds(2000, 50), ids=str)
def test_a_program_is_fixed_and_is_as_it_was_otherwise(portion: range) -> None:
    safe = sum((repaired_to_the_end(seed, unsafe=False) for seed in portion), Counter[str]())
    both = sum((repaired_to_the_end(seed, unsafe=True) for seed in portion), Counter[str]())
    assert max(safe.pop("untouchable", 0), both.pop("untouchable", 0)) <= len(portion) / 5
    assert len(safe) >= 3, safe
    assert len(both) >= 10, both


# -- do these tests fail where they should? ---------------------------------------------------------------------------


def test_programs_of_all_kinds_are_fixed() -> None:
    seen: Counter[str] = Counter()
    for seed in seeds(100, 100)[0]:
        seen += repaired_to_the_end(seed, unsafe=True)
    assert seen.keys() >= FIXABLE


def _too_short(file: File, found: Acquisition) -> Extent:
    reach = extent(file, found)
    return reach._replace(reads=reach.reads[:1])


def _unbound(model: Model, scope: Scope, module: str, name: str) -> Spelling:
    return Spelling(f"{module}.{name}", ())


def _all_gone(body: list[Statement]) -> list[Statement]:
    return [line.with_changes(leading_lines=[]) for line in body]


def _with_other_ends(tree: Tree, changes: Iterable[Change]) -> str:
    return "\r\n".join(apply(tree, changes).splitlines())


def _believed(repair: Any, changes: Iterable[Change], *_: Any) -> tuple[bytes, str]:
    return repair.text.encoded(apply(repair.tree, changes)), ""


#: What is broken -> what is noticed, and what is put where.
LAYOUT: dict[str, tuple[str, dict[str, Any]]] = {
    "comments go with releases": ("lost comments", {"rewriting.closing.has_comment": lambda line: False}),
    "comments above the first statement go": ("lost comments", {"rewriting.blocks.closed_up": _all_gone}),
    "nothing is imported": ("names that nothing binds", {"rewriting.closing.spelled": _unbound}),
    "lines end as they like": (
        "the line end of|the end of the file|what has no finding",
        {"rewriting.change.apply": _with_other_ends},
    ),
    "nothing is cured, and nobody looks": (
        "a finding is still there",
        {"fixes.kept_tasks.instead": lambda *_: {}, "repair._Repair.tried": _believed},
    ),
}
BEHAVIOUR: dict[str, tuple[str, Any]] = {
    "the block ends too early": ("plans.spans.extent", _too_short),
    "nothing is in doubt": ("plans.spans._Planner.doubt", lambda *_: ""),
    "any statement releases": ("plans.spans._Planner.is_sure", lambda *_: True),
    "a release is needless wherever it stands": (
        "plans.spans._Planner.is_followed_by_leaving",
        lambda *_: True,
    ),
}


@pytest.mark.parametrize("name", LAYOUT)
def test_a_fix_that_spoils_the_program_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    problem, broken = LAYOUT[name]
    for where, value in broken.items():
        monkeypatch.setattr(f"flake8_leaks.{where}", value)
    with pytest.raises(AssertionError, match=f"seed.*({problem})"):
        sum((repaired_to_the_end(seed, unsafe=True) for seed in range(500)), Counter[str]())


@pytest.mark.parametrize("name", BEHAVIOUR)
def test_a_fix_that_is_not_safe_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, broken = BEHAVIOUR[name]
    monkeypatch.setattr(f"flake8_leaks.{where}", broken)
    with pytest.raises(AssertionError, match=r"(?s)seed \d+\n.*call \d+ raises"):
        sum((Counter(compared(seed)) for seed in range(1000)), Counter[str]())
