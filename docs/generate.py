"""Writes docs/rules from the docstrings of the rules, and the rules' part of the navigation in mkdocs.yml.

    python docs/generate.py

tests/test_docs.py fails when what stands there is stale.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flake8_leaks import pages
from flake8_leaks.lint import lint, rules
from flake8_leaks.options import Options
from flake8_leaks.rule import Rule

ROOT = Path(__file__).parents[1]
SITE = ROOT / "mkdocs.yml"
#: What the programs of tests/proof measured: code -> call, unit, example, fixed, per, python.
FIGURES = ROOT / "tests" / "proof" / "growth.json"
CODE = re.compile(r"(^```.*?^```$|`[^`]+`)", flags=re.M | re.S)
MARKED = re.compile(r"(?<=# rules: generated\n).*?(?=^ *# rules: end$)", flags=re.M | re.S)


def files(figures: Mapping[str, Mapping[str, Any]]) -> dict[Path, str]:
    """File -> what is to stand in it."""
    folder = ROOT / "docs" / "rules"
    made = {folder / f"{rule.code}.md": page(rule, figures.get(rule.code)) for rule in rules()}
    site = MARKED.sub(navigation(), SITE.read_text("utf-8"))
    return {folder / "index.md": index(), **made, SITE: site}


def figures() -> Mapping[str, Mapping[str, Any]]:
    """What was measured; nothing where nobody has measured yet."""
    return json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}


def page(rule: Rule, figure: Mapping[str, Any] | None) -> str:
    """The page of one rule. figure: what was measured of its example, if anything."""
    family = pages.FAMILIES[rule.family]
    facts = [
        "**On by default**" if pages.default(rule) == "on" else "**[Opt-in](../options.md#which-codes-run)**",
        f"[{family}](index.md#{family.replace(' ', '-')})",
        f"fix: [{pages.fix(rule)}](../fixing.md)",
    ]
    message = pages.message(rule, "*{}*".format, plain)
    parts = [f"# {rule.code} {rule.name}", " · ".join(facts), *([f"> {message}"] if message else [])]
    for heading, text in pages.sections(rule).items():
        parts += [f"## {heading}", linked(text, rule)]
        if heading == "Example":
            parts += findings(rule)
        if heading == "Use instead" and figure:
            parts += ["## Measured", measured(figure)]
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    """Text of which Markdown makes nothing else."""
    return re.sub(r"([\\`*_<>\[\]])", r"\\\1", text)


def linked(text: str, rule: Rule) -> str:
    """The text with links to the rules and options that it names."""
    parts = CODE.split(text)
    parts[::2] = [
        re.sub(r"LEK\d{3}", lambda m: m[0] if m[0] == rule.code else f"[{m[0]}]({m[0]}.md)", part)
        for part in parts[::2]
    ]
    parts[1::2] = [
        f"[{part}](../options.md)" if re.fullmatch(r"`leaks-[\w-]+`", part) else part for part in parts[1::2]
    ]
    return "".join(parts)


def findings(rule: Rule) -> list[str]:
    """What is said of the example, a paragraph a finding."""
    code = pages.code(rule, "Example")
    found = lint(ast.parse(code), code.splitlines(keepends=True), options=Options(pedantic=True))
    return [f"> Line {finding.line}: {plain(finding.text)}" for finding in found if finding.code == rule.code]


def measured(figure: Mapping[str, Any]) -> str:
    """What a call is, and how much calls of the example and of its cure leave behind."""
    calls = "One call" if figure["per"] == 1 else f"{figure['per']:,} calls"
    verb = "adds" if figure["per"] == 1 else "add"
    those = "that" if figure["per"] == 1 else "those"
    example, fixed = (amount(figure[key], figure["unit"]) for key in ("example", "fixed"))
    return (
        f"{figure['call']} {calls} of the example {verb} {example}; {those} of its cure {verb} {fixed} "
        f"(CPython {figure['python']}, `tox -e proof`)."
    )


def amount(value: float, unit: str) -> str:
    """A figure with its unit, to three digits at least: "187 KiB", "1 thread", "none"."""
    number = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    if float(number.replace(",", "")) == 0:
        return "none"
    return f"{number} {unit.removesuffix('s') if number == '1' else unit}"


def index() -> str:
    """The rules by family."""
    parts = [
        "# Rules",
        "Codes that end in 01 to 49 are on by default, those that end in 50 to 99 are "
        "[opt-in](../options.md#which-codes-run): what they say is often true and seldom urgent. "
        "[Fixing](../fixing.md) says what a fix may change and how to apply it. "
        "`python -m flake8_leaks explain LEK101` prints a page in the terminal.",
    ]
    for family, name in pages.FAMILIES.items():
        rows = [
            f"| [{rule.code}]({rule.code}.md) | {rule.name} | {pages.default(rule)} | {pages.fix(rule)} "
            f"| {linked(pages.summary(rule), rule)} |"
            for rule in rules()
            if rule.family == family
        ]
        table = ["| code | name | default | fix | finds |", "| --- | --- | --- | --- | --- |", *rows]
        parts += [f"## {name.capitalize()}", "\n".join(table)]
    return "\n\n".join(parts) + "\n"


def navigation() -> str:
    """The rules' lines of `nav` in mkdocs.yml."""
    lines = []
    for family, name in pages.FAMILIES.items():
        lines.append(f"      - {name.capitalize()}:")
        lines += [f"          - rules/{rule.code}.md" for rule in rules() if rule.family == family]
    return "\n".join(lines) + "\n"


def main() -> None:
    made = files(figures())
    for path in set((ROOT / "docs" / "rules").glob("*.md")) - made.keys():
        path.unlink()
    for path, text in made.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
