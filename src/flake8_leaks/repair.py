"""One file's bytes in, the same with leaks cured out; nothing is read from or written to a disk."""

from __future__ import annotations

import ast
import importlib
import io
import os
import tokenize
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from . import pages
from .lint import RAISE, Linted, Report, examine
from .options import Options
from .rule import Finding, Rule, Unfixable

if TYPE_CHECKING:
    from .rewriting.change import Change
    from .rewriting.tree import Tree

# libcst can crash the interpreter on a deeper tree.
_DEEPEST = 500
_UNSAFE = "the fix may change behaviour; --leaks-unsafe-fixes applies it"
_OVERLAPS = "overlaps another fix; run again"
_CURED = "gone with the fix of another finding"
_BOM = b"\xef\xbb\xbf"

Key = tuple[str, str]  # of a finding, whatever line it is on: code and symbol


class Untouchable(Exception):
    """Why a whole file is left alone."""


class Outcome(NamedTuple):
    """What became of one finding: said is what was done if it is fixed, else why it is left."""

    finding: Finding
    fixed: bool
    said: str


class Repaired(NamedTuple):
    """A file after its repair: the bytes, the same as before if nothing was fixed, and what became of each finding."""

    data: bytes
    outcomes: list[Outcome]


class Text(NamedTuple):
    """A file's text, without byte-order mark and with its own line ends; codec: how its bytes spell it."""

    code: str
    codec: str
    mark: bytes

    @property
    def lines(self) -> list[str]:
        """As `ast` and flake8 number them: `\\r\\n` and `\\r` end a line, a form feed doesn't."""
        return io.StringIO(self.code, newline=None).readlines()

    def encoded(self, code: str) -> bytes:
        return self.mark + code.encode(self.codec)


def fixable(rule: Rule) -> bool:
    """Is there a fix for a rule's findings? Answered without libcst."""
    return rule.name.replace("-", "_") in _fixes()


@lru_cache(maxsize=1)
def _fixes() -> frozenset[str]:
    folder = Path(__file__).with_name("fixes")
    return frozenset(path.stem for path in folder.glob("[a-z]*.py"))


def repair(
    data: bytes,
    filename: str,
    options: Options,
    wanted: Iterable[tuple[str, int, int]] | None = None,
    unsafe: bool = False,
) -> Repaired:
    """Fix findings of one file.

    data: its bytes. filename: to tell test files, and for messages. wanted: (code, line, column from 0) of the findings
    to fix; None means all. unsafe: apply those fixes, too, that may change behaviour.
    Raises Untouchable, with the reason in words, where the file as a whole must be left alone.
    """
    text = decoded(data)
    linted = _examined(data, text.lines, filename, options)
    reports = _chosen(linted, wanted)
    if not any(fixable(report.rule) for report in reports):
        return Repaired(data, [Outcome(report.finding, False, _no_fix(report.rule)) for report in reports])
    return _Repair(text, data, filename, options, linted, unsafe).run(reports)


def decoded(data: bytes) -> Text:
    """The text of a source file, in the encoding that it declares (PEP 263); Untouchable if it can't be read so."""
    try:
        codec, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        mark = _BOM if data.startswith(_BOM) else b""
        codec = "utf-8" if codec == "utf-8-sig" else codec
        text = Text(data[len(mark) :].decode(codec), codec, mark)
    except (SyntaxError, UnicodeError, LookupError) as error:
        raise Untouchable(f"cannot be decoded ({error})") from error
    if text.encoded(text.code) != data:
        raise Untouchable(f"would not come back as it is ({codec} spells some characters in two ways)")
    return text


def _examined(data: bytes, lines: Sequence[str], filename: str, options: Options) -> Linted:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the compiler says of the code, flake8 has heard already
            tree = ast.parse(data)
            compile(data, filename, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Untouchable(f"cannot be compiled ({error})") from error
    if _is_deep(tree):
        raise Untouchable("is nested too deep")
    return examine(tree, lines, filename, options)


def _is_deep(tree: ast.AST) -> bool:
    level = [tree]
    for _ in range(_DEEPEST):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return False
    return True


def _chosen(linted: Linted, wanted: Iterable[tuple[str, int, int]] | None) -> list[Report]:
    """The reports that are meant, in source order; each that is wanted must be there."""
    reports = sorted(linted.reports, key=lambda report: report.finding)
    if wanted is None:
        return reports
    due = Counter(wanted)
    chosen = []
    for report in reports:
        key = report.finding.code, report.finding.line, report.finding.col
        if due[key]:
            due[key] -= 1
            chosen.append(report)
    if due.total():
        raise Untouchable("was changed after it was linted; run again")
    return chosen


def _no_fix(rule: Rule) -> str:
    # Under `python -OO` there are no pages.
    return pages.no_fix(rule) if rule.page else "there is no fix"


class _Repair:
    """The repair of one file, from the moment that libcst is needed."""

    def __init__(self, text: Text, data: bytes, filename: str, options: Options, linted: Linted, unsafe: bool) -> None:
        self.text = text
        self.data = data
        self.filename = filename
        self.options = options
        self.linted = linted
        self.unsafe = unsafe
        # All rules, also in tests: a cure that is another leak is none.
        self.strict = options._replace(pedantic=True, tests=True)
        self.reported = _counted(linted)
        self.known = self.counted(data, self.strict)
        self.tree = self.parsed()

    def parsed(self) -> Tree:
        import libcst

        from .rewriting.tree import Tree

        try:
            module = libcst.parse_module(self.text.code)
            if module.code != self.text.code:
                raise Untouchable("would not come back as it is (libcst loses a part of its layout)")
            return Tree(module, self.text.lines)
        except libcst.ParserSyntaxError as error:
            raise Untouchable(f"cannot be parsed by libcst (line {error.editor_line})") from error
        except RecursionError as error:
            raise Untouchable("is nested too deep") from error

    def run(self, reports: list[Report]) -> Repaired:
        changes: dict[int, Change] = {}
        said: dict[int, str] = {}
        for index, report in enumerate(reports):
            try:
                changes[index] = self.change(report, list(changes.values()))
            except Unfixable as reason:
                said[index] = str(reason)
            except Exception as error:
                said[index] = _trouble(error)
        keys = [_key(report.finding) for report in reports]
        data, broken = self.applied(changes, keys)
        said.update(broken)
        still = self.counted(data, self.options)
        outcomes = []
        for index, report in enumerate(reports):
            if index not in said:
                outcomes.append(Outcome(report.finding, True, changes[index].said))
            elif still[keys[index]]:
                outcomes.append(Outcome(report.finding, False, said[index]))
            else:
                outcomes.append(Outcome(report.finding, True, _CURED))
        return Repaired(data, outcomes)

    def change(self, report: Report, others: list[Change]) -> Change:
        """What cures a finding, if it may be applied beside others."""
        from .rewriting.change import overlap

        if not fixable(report.rule):
            raise Unfixable(_no_fix(report.rule))
        fix = importlib.import_module(f".fixes.{report.rule.name.replace('-', '_')}", __package__).fix
        change: Change = fix(self.linted.file, report.at, self.tree)
        if not (change.safe or self.unsafe):
            raise Unfixable(_UNSAFE)
        if any(overlap(self.tree, change, other) for other in others):
            raise Unfixable(_OVERLAPS)
        return change

    def applied(self, changes: dict[int, Change], keys: Sequence[Key]) -> tuple[bytes, dict[int, str]]:
        """The bytes with those changes that do what they should; for the others, why not.

        keys: of the findings that the changes, by their numbers, are to cure.
        """
        if not changes:
            return self.data, {}
        data, problem = self.tried(changes.values(), [keys[index] for index in changes])
        if not problem:
            return data, {}
        # One of them spoils it: add them one by one.
        good: dict[int, Change] = {}
        broken: dict[int, str] = {}
        data = self.data
        for index, change in changes.items():
            more = {**good, index: change}
            new, problem = self.tried(more.values(), [keys[index] for index in more])
            if problem:
                broken[index] = problem
            else:
                good, data = more, new
        return data, broken

    def tried(self, changes: Iterable[Change], keys: Iterable[Key]) -> tuple[bytes, str]:
        """The bytes after changes that are to cure findings, and what is wrong with them, if anything."""
        from .rewriting.change import apply

        try:
            data = self.text.encoded(apply(self.tree, changes))
            new = self.counted(data, self.strict) - self.known
            gone = self.reported - self.counted(data, self.options)
        except Untouchable as error:
            return self.data, f"the fixed file {error}"
        except Exception as error:
            return self.data, _trouble(error)
        if new:
            code, symbol = min(new)
            return self.data, f"the fix would bring a finding {code} of {symbol!r}"
        if Counter(keys) - gone:
            return self.data, "the fix would leave the finding"
        return data, ""

    def counted(self, data: bytes, options: Options) -> Counter[Key]:
        """How often each finding is in a file."""
        return _counted(_examined(data, decoded(data).lines, self.filename, options))


def _counted(linted: Linted) -> Counter[Key]:
    return Counter(map(_key, [*linted.errors, *(report.finding for report in linted.reports)]))


def _key(finding: Finding) -> Key:
    return finding.code, finding.symbol


def _trouble(error: Exception) -> str:
    """What is told of an error inside a fix."""
    if isinstance(error, RecursionError):
        return "its code is nested too deep"
    if os.environ.get(RAISE):
        raise error
    detail = " ".join(f"{type(error).__name__}: {error}".split())
    return f"internal error in the fix ({detail}), please report"
