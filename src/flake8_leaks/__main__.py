"""The rules in the terminal: `python -m flake8_leaks explain LEK101`, and `--list`. Linting is flake8's part."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from . import __version__, pages
from .lint import rules
from .rule import Rule

_PROGRAM = "python -m flake8_leaks"
_NARROW = 40  # a last column of fewer characters is set below its row
_WIDE = 100  # longer lines of prose are hard to read


class Unknown(Exception):
    """There is no such rule; the message says which there are."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is asked for, and return the exit status: 1 if there are no pages, 2 for a rule that isn't there."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if not asked.rules and not asked.list:
        parser.print_help()
        return 0
    if not all(rule.page for rule in rules()):
        print(f"{_PROGRAM}: the pages are docstrings, which python -OO leaves out: run it without -OO", file=sys.stderr)
        return 1
    try:
        # None where nobody sees it: a pipe or a file has no width.
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        text = table(width) if asked.list else "\n\n".join(explain(find(name), width) for name in asked.rules)
    except Unknown as error:
        print(f"{_PROGRAM}: {error}", file=sys.stderr)
        return 2
    return _print(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=_PROGRAM,
        description="Explain the rules of flake8-leaks. To lint, run flake8: the rules are a plugin of it.",
    )
    parser.add_argument("--version", action="version", version=f"flake8-leaks {__version__}")
    parser.add_argument("--list", action="store_true", help="list the rules: code, name, default, fix, what they find")
    parser.set_defaults(rules=[])
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    command = commands.add_parser("explain", help="print the page of a rule", description="Print the pages of rules.")
    command.add_argument("rules", nargs="+", metavar="RULE", help="a code or name: LEK101, unbounded-cache")
    return parser


def find(name: str) -> Rule:
    """The rule of a code or name, in upper or lower case; Unknown, with the nearest, if there is none."""
    key = name.strip().lower()
    known = _known()
    if key in known:
        return known[key]
    if key == "lek000":
        raise Unknown(f"{name} is no rule, but an error in the plugin itself: please report it")
    members = [rule for rule in rules() if key and rule.code.lower().startswith(key)]
    if members:
        family = pages.FAMILIES.get(key.upper())
        what = f"a family of rules, {family}" if family else "the beginning of several codes"
        raise Unknown(f"{name} is no rule, but {what}:{_listed(members)}")
    near = _near(key)
    raise Unknown(f"there is no rule {name}; the nearest:{_listed(near)}" if near else f"there is no rule {name}")


def _known() -> dict[str, Rule]:
    return {name: rule for rule in rules() for name in (rule.code.lower(), rule.name)}


def _near(key: str) -> list[Rule]:
    """The rules whose code or name comes near; of a family first."""
    number = re.fullmatch(r"(?:lek)?(\d{3})", key)
    if number:
        wanted = int(number[1])
        by_distance = sorted(rules(), key=lambda rule: abs(int(rule.code[3:]) - wanted))
        return sorted(by_distance, key=lambda rule: rule.code[3] != number[1][0])[:3]
    known = _known()
    within = [name for name in known if len(key) > 2 and key in name]
    return list(dict.fromkeys(known[name] for name in within or get_close_matches(key, known, n=3)))


def _listed(found: Sequence[Rule]) -> str:
    return "".join(f"\n  {rule.code} {rule.name}" for rule in found)


def explain(rule: Rule, width: int | None = None) -> str:
    """The page of a rule as plain text, in lines of at most `width` characters; code and addresses stay whole."""
    width = min(width or _WIDE, _WIDE)
    head = f"{rule.code} {rule.name}"
    facts = f"{_default(rule)}. Family: {pages.FAMILIES[rule.family]}. Fix: {pages.fix(rule)}."
    parts = [f"{head}\n{'=' * len(head)}", textwrap.fill(facts, width)]
    message = pages.message(rule, "<{}>".format)
    if message:
        parts.append(_filled(f"Message: {message}", width))
    for heading, text in pages.sections(rule).items():
        parts += [f"{heading}\n{'-' * len(heading)}", *_blocks(text, width)]
    return "\n\n".join(parts)


def _default(rule: Rule) -> str:
    return "On by default" if pages.default(rule) == "on" else "Opt-in"


def _blocks(text: str, width: int) -> Iterator[str]:
    """The blocks of a section: code is indented, paragraphs and items are filled."""
    for block in re.split(r"(^```python\n.*?^```$)", text, flags=re.M | re.S):
        if block.startswith("```"):
            yield textwrap.indent("\n".join(block.splitlines()[1:-1]), "    ")
            continue
        for paragraph in filter(None, block.strip().split("\n\n")):
            items = re.split(r"\n(?=- )", re.sub(r"<(https?://\S+)>", r"\1", paragraph))
            yield "\n".join(_filled(item, width) for item in items)


def _filled(text: str, width: int) -> str:
    """A paragraph or an item of a list; an address stays whole, beside its dash."""
    if text.startswith("- http"):
        return text
    return "\n".join(_wrapped(text, width, later="  " if text.startswith("- ") else ""))


def _wrapped(text: str, width: int, first: str = "", later: str = "") -> list[str]:
    """Lines of a text, each behind its indent."""
    wrapper = textwrap.TextWrapper(
        width, initial_indent=first, subsequent_indent=later, break_long_words=False, break_on_hyphens=False
    )
    return wrapper.wrap(" ".join(text.split()))


def table(width: int | None = None) -> str:
    """The rules, a row each: code, name, default, fix, what it finds.

    width: of the terminal; the last column is filled to it, or set below its row where little would be left. None: one
    line a rule, however long.
    """
    rows = [("code", "name", "default", "fix", "finds")]
    rows += [(r.code, r.name, pages.default(r), pages.fix(r), pages.summary(r)) for r in rules()]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    left = sum(widths) + 2 * len(widths)
    lines = []
    for row in rows:
        start = "  ".join(cell.ljust(size) for cell, size in zip(row, widths, strict=False))
        if width is None:
            lines.append(f"{start}  {row[4]}")
        elif width - left >= _NARROW:
            first, *rest = _wrapped(row[4], width - left)
            lines += [f"{start}  {first}", *(" " * left + line for line in rest)]
        else:
            lines += [start.rstrip(), *_wrapped(row[4], width, "  ", "  ")]
    return "\n".join(lines)


def _print(text: str) -> int:
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # The reader (`| head`) has gone. What is left in the buffer must not fail again when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())
