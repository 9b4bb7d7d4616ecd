"""One file in, findings out."""

from __future__ import annotations

import ast
import importlib
import os
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from . import rules as rules_package
from .judgements.tests import is_test
from .model import build
from .options import Options
from .rule import At, File, Finding, Rule, validate

RAISE = "FLAKE8_LEAKS_RAISE"  # this environment variable lets an error inside a rule through


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """All rules, by code."""
    found = [importlib.import_module(f"{rules_package.__name__}.{name}").RULE for name in _modules()]
    validate(found)
    return tuple(sorted(found))


def _modules() -> list[str]:
    """The names of the modules of rules."""
    (folder,) = rules_package.__path__
    if not os.path.isdir(folder):  # in an archive
        import pkgutil

        return [module.name for module in pkgutil.iter_modules(rules_package.__path__)]
    # pkgutil would take as long to import and ask as ten rules.
    stems = {os.path.splitext(name)[0] for name in os.listdir(folder) if name.endswith((".py", ".pyc"))}
    return sorted(stems - {"__init__"})


class Report(NamedTuple):
    """What one rule says: the rule, where and of what (for its fix), and the finding that flake8 gets."""

    rule: Rule
    at: At
    finding: Finding


class Linted(NamedTuple):
    """One file, linted. file: None where the model itself failed. errors: findings LEK000."""

    file: File | None
    reports: list[Report]
    errors: list[Finding]


def lint(tree: ast.Module, lines: Sequence[str], filename: str = "", options: Options | None = None) -> list[Finding]:
    """The leaks of one parsed file, by position.

    lines: the source, a line an item, with or without line ends. filename: only used to tell test files.
    An error inside a rule is a finding LEK000, and the other rules go on.
    """
    linted = examine(tree, lines, filename, options)
    return sorted({*linted.errors, *(report.finding for report in linted.reports)})


def examine(tree: ast.Module, lines: Sequence[str], filename: str = "", options: Options | None = None) -> Linted:
    """The same with what fixes need: the file, and where each rule speaks."""
    if options is None:
        options = Options()
    wanted = [rule for rule in rules() if options.wakes(rule.code)]
    try:
        model = build(tree)
        file = File(model, options, is_test(model, filename))
    except Exception as error:
        return Linted(None, [], [_internal("the model", error)])
    errors: list[Finding] = []
    spoken: list[Report] = []
    known: dict[object, bool] = {}
    for rule in wanted:
        if file.is_test and not rule.tests and not options.tests:
            continue
        try:
            if rule.suspects is not None:
                if rule.suspects not in known:
                    known[rule.suspects] = bool(rule.suspects(file))
                if not known[rule.suspects]:
                    continue
            spoken += [Report(rule, at, _finding(rule, at, lines)) for at in rule.check(file)]
        except Exception as error:
            errors.append(_internal(rule.code, error))
    return Linted(file, _one_each(spoken), errors)


def _one_each(spoken: list[Report]) -> list[Report]:
    """At most one finding on one thing in a family: `before` decides, else the lower code."""
    first: dict[tuple[str, object], Report] = {}
    for report in spoken:
        key = report.rule.family, report.at.thing
        other = first.get(key)
        if other is None or other.rule.code in report.rule.before:
            first[key] = report
    return list(first.values())


def _finding(rule: Rule, at: At, lines: Sequence[str]) -> Finding:
    line, byte = _position(at.node)
    text = lines[line - 1] if line <= len(lines) else ""
    col = byte if text.isascii() else len(text.encode("utf-8", "surrogatepass")[:byte].decode("utf-8", "replace"))
    return Finding(line, col, rule.code, rule.message.format(**at.words), at.symbol)


def _position(node: ast.AST) -> tuple[int, int]:
    """Line and byte column of a finding: for a call, those of the name that is called."""
    while isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Attribute):
        # What stands between the dot and the name (a backslash, a line break) doesn't matter: it ends with the name.
        return node.end_lineno or node.lineno, max((node.end_col_offset or 0) - len(node.attr.encode()), 0)
    return getattr(node, "lineno", 1), getattr(node, "col_offset", 0)


def _internal(where: str, error: Exception) -> Finding:
    if os.environ.get(RAISE):
        raise error
    detail = " ".join(f"{type(error).__name__}: {error}".split())
    return Finding(1, 0, "LEK000", f"internal error in {where} ({detail}), please report", "")
