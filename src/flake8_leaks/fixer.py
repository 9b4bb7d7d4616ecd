"""flake8's report format `leaks-fix`: cures what flake8 reports.

A formatter runs once, in the parent process, and is given just what survived noqa, select and per-file-ignores.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import sys
from collections import Counter
from typing import Any, TextIO

from flake8.exceptions import ExecutionError
from flake8.formatting.base import BaseFormatter
from flake8.options.manager import OptionManager
from flake8.violation import Violation

from .files import Unwritable, read, replace
from .plugin import Plugin
from .repair import Untouchable, decoded, repair

NAME = "leaks-fix"


class Fixer(BaseFormatter):
    """Fixes a file when flake8 is through with it; prints what was fixed, what is left and why.

    With `--leaks-diff` the standard output is a unified diff and nothing else; the rest goes to the standard error.
    """

    @staticmethod
    def add_options(manager: OptionManager) -> None:
        """Register `--leaks-diff` and `--leaks-unsafe-fixes`."""
        manager.add_option(
            "--leaks-diff",
            action="store_true",
            help=f"with --format={NAME}: print what would be fixed as a unified diff, and change nothing",
        )
        manager.add_option(
            "--leaks-unsafe-fixes",
            action="store_true",
            parse_from_config=True,
            help=f"with --format={NAME}: also apply fixes that may change behaviour",
        )

    @staticmethod
    def parse_options(options: argparse.Namespace) -> None:
        """Refuse, by ExecutionError, what would silently fix nothing."""
        if options.leaks_diff and options.format != NAME:
            raise ExecutionError(f"--leaks-diff needs --format={NAME}")
        if options.format == NAME and options.quiet:
            raise ExecutionError(f"--quiet replaces --format={NAME}, so nothing would be fixed")

    def after_init(self) -> None:
        self.violations: list[Violation] = []
        self.fixed: Counter[str] = Counter()
        self.changed = 0
        self.left: Counter[str] = Counter()

    def beginning(self, filename: str) -> None:
        self.violations = []

    def handle(self, error: Violation) -> None:
        """Keep what is ours until the file is finished; print the rest at once."""
        if error.code.startswith("LEK") and error.code != "LEK000":
            self.violations.append(error)
        else:
            self.say(self.format(error), error)

    def finished(self, filename: str) -> None:
        if not self.violations:
            return
        try:
            self.fix(filename)
        except (Untouchable, Unwritable) as reason:
            for violation in self.violations:
                self.leave(violation, f"the file {reason}")
        except OSError as error:
            for violation in self.violations:
                self.leave(violation, f"the file cannot be read ({error.strerror or error})")

    def fix(self, filename: str) -> None:
        if "-" in self.options.filenames and filename == self.options.stdin_display_name:
            raise Untouchable("was read from standard input")
        data = read(filename)
        self.compare(data)
        wanted = [(v.code, v.line_number, v.column_number - 1) for v in self.violations]
        repaired = repair(data, filename, Plugin.options, wanted, self.options.leaks_unsafe_fixes)
        if repaired.data != data:
            if self.options.leaks_diff:
                self.diff(filename, data, repaired.data)
            else:
                replace(filename, data, repaired.data)
            self.changed += 1
        outcomes = {(o.finding.code, o.finding.line, o.finding.col): o for o in repaired.outcomes}
        for violation, key in zip(self.violations, wanted, strict=True):
            if outcomes[key].fixed:
                self.fixed[violation.code] += 1
                self.say(f"{self.position(violation)} {violation.code} fixed: {outcomes[key].said}")
            else:
                self.leave(violation, outcomes[key].said)

    def compare(self, data: bytes) -> None:
        """Raise Untouchable unless the lines that flake8 saw are those on the disk."""
        lines = decoded(data).lines
        for violation in self.violations:
            # Of a string over several lines flake8 gives all of them.
            seen = violation.physical_line or "".join(lines[violation.line_number - 1 : violation.line_number])
            count = len(seen.splitlines()) or 1
            starts = range(max(violation.line_number - count, 0), violation.line_number)
            if not any("".join(lines[start : start + count]) == seen for start in starts):
                raise Untouchable("was changed after it was linted; run again")

    def diff(self, filename: str, old: bytes, new: bytes) -> None:
        """Print a unified diff that `patch` and `git apply` take, in the encoding of the file."""
        name = os.path.relpath(filename)
        name = (filename if name.startswith(os.pardir) else name).replace(os.sep, "/").lstrip("/")
        before, after = ([*re.findall(rb"[^\n]*\n|[^\n]+", data)] for data in (old, new))
        names = f"a/{name}".encode(), f"b/{name}".encode()
        for line in difflib.diff_bytes(difflib.unified_diff, before, after, *names):
            end = b"" if line.endswith(b"\n") else b"\n\\ No newline at end of file\n"
            for stream in self.streams():
                stream.flush()
                stream.buffer.write(line + end)

    def streams(self) -> list[TextIO]:
        """Where the output goes: a file, the standard output, or both."""
        shown: list[Any] = [sys.stdout] if self.output_fd is None or self.options.tee else []
        return [*shown, *([self.output_fd] if self.output_fd is not None else [])]

    def leave(self, violation: Violation, reason: str) -> None:
        self.left[reason] += 1
        self.say(f"{self.format(violation)} (left: {reason})", violation)

    def say(self, line: str, violation: Violation | None = None) -> None:
        """Print a line, with the source of a finding if flake8 is asked to show it."""
        source = self.show_source(violation) if violation is not None else None
        if self.options.leaks_diff:
            print(line, *([source] if source else []), sep="\n", file=sys.stderr)
        else:
            self.write(line, source)

    def format(self, error: Violation) -> str:
        return f"{self.position(error)} {error.code} {error.text}"

    def position(self, error: Violation) -> str:
        return f"{error.filename}:{error.line_number}:{error.column_number}:"

    def stop(self) -> None:
        """Print the sums."""
        if self.fixed or self.left:
            verb = "Would fix" if self.options.leaks_diff else "Fixed"
            self.say(f"{verb} {_count(self.fixed.total(), 'finding')} in {_count(self.changed, 'file')}")
            for code, count in sorted(self.fixed.items()):
                self.say(f"  {count:>4}  {code}")
        if self.left:
            self.say(f"Left {_count(self.left.total(), 'finding')}")
            for reason, count in self.left.most_common():
                self.say(f"  {count:>4}  {reason}")
        super().stop()


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
