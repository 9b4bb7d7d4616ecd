"""flake8's report format `leaks-fix`: cures what flake8 reports.

A formatter runs once, in the parent process, and is given just what survived noqa, select and per-file-ignores.
"""

from __future__ import annotations

import argparse
import difflib
import io
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from flake8.exceptions import ExecutionError
from flake8.formatting.default import COLORS, Default, SimpleFormatter
from flake8.options.manager import OptionManager
from flake8.processor import FileProcessor
from flake8.violation import Violation

from .files import Unwritable, read, replace
from .plugin import Plugin
from .repair import Outcome, Untouchable, decoded, repair

NAME = "leaks-fix"
_PAINT = {b"+": "green", b"-": "red", b"@": "cyan"}


class Fixer(SimpleFormatter):
    """Fixes a file when flake8 is through with it; prints what was fixed, what is left and why.

    With `--leaks-diff` the standard output is a unified diff and nothing else; the rest goes to the standard error.
    """

    error_format = Default.error_format

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
        if options.leaks_diff:
            options.count = False  # flake8 would print the count behind the diff

    def after_init(self) -> None:
        self.violations: list[Violation] = []
        self.seen: set[Path] = set()
        self.fixed: Counter[str] = Counter()
        self.changed = 0
        #: Reason -> the codes of what is left for it.
        self.left: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def beginning(self, filename: str) -> None:
        self.violations = []

    def handle(self, error: Violation) -> None:
        """Keep what is ours until the file is finished; print the rest at once."""
        if error.code.startswith("LEK") and error.code != "LEK000":
            self.violations.append(error)
        else:
            super().handle(error)

    def finished(self, filename: str) -> None:
        if not self.violations:
            return
        try:
            outcomes = self.fix(filename)
        except Untouchable as reason:
            for violation in self.violations:
                self.leave(violation, f"the file {reason}")
            return
        # Both are in the order of the file.
        for violation, outcome in zip(self.violations, outcomes, strict=True):
            if outcome.fixed:
                self.fixed[violation.code] += 1
                verb = "would be fixed" if self.options.leaks_diff else "fixed"
                self.write(self.format(violation._replace(text=f"{verb}: {outcome.said}")), None)
            else:
                self.leave(violation, outcome.said)

    def leave(self, violation: Violation, reason: str) -> None:
        self.left[reason][violation.code] += 1
        self.write(f"{self.format(violation)}\n    left: {reason}", self.show_source(violation))

    def fix(self, filename: str) -> list[Outcome]:
        """Fix a file, or print the diff; what became of each finding. Untouchable if it must be left alone."""
        if "-" in self.options.filenames and filename == self.options.stdin_display_name:
            raise Untouchable("was read from standard input")
        path = Path(filename).resolve()
        if path in self.seen:
            raise Untouchable("was given twice")
        self.seen.add(path)
        try:
            data = read(filename)
        except OSError as error:
            raise Untouchable(f"cannot be read ({error.strerror or error})") from error
        self.compare(filename, data)
        wanted = [(v.code, v.line_number, v.column_number - 1) for v in self.violations]
        repaired = repair(data, filename, Plugin.options, wanted, self.options.leaks_unsafe_fixes)
        if repaired.data == data:
            return repaired.outcomes
        if self.options.leaks_diff:
            self.diff(path, data, repaired.data)
        else:
            try:
                replace(filename, data, repaired.data)
            except Unwritable as reason:
                left = f"the file {reason}"
                return [o._replace(fixed=False, said=left) if o.fixed else o for o in repaired.outcomes]
        self.changed += 1
        return repaired.outcomes

    def compare(self, filename: str, data: bytes) -> None:
        """Raise Untouchable unless flake8 would see the lines, and `# noqa` on them, as it did."""
        processor = FileProcessor(filename, self.options, decoded(data).lines)
        seen = all(v.physical_line == processor.noqa_line_for(v.line_number) for v in self.violations)
        if not seen or processor.should_ignore_file():
            raise Untouchable("was changed after it was linted; run again")

    def diff(self, path: Path, old: bytes, new: bytes) -> None:
        """Print a unified diff that `patch -p1` and `git apply` take, in the encoding of the file."""
        folder = Path.cwd()
        name = path.relative_to(folder if path.is_relative_to(folder) else path.anchor).as_posix()
        tab = "\t" if " " in name else ""  # for `patch` the name would end at the first space
        a, b = (os.fsencode(f"{side}/{name}{tab}") for side in "ab")
        before, after = (io.BytesIO(data).readlines() for data in (old, new))
        lines = [
            line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n"
            for line in difflib.diff_bytes(difflib.unified_diff, before, after, a, b)
        ]
        if self.output_fd is None or self.options.tee:
            _write(sys.stdout, map(_painted, lines) if self.color else lines)
        if self.output_fd is not None:
            _write(self.output_fd, lines)

    def _write(self, output: str) -> None:
        """Print a line, beside the standard output if that is to hold a diff and nothing else."""
        if self.options.leaks_diff:
            print(output, file=sys.stderr)
        else:
            # A name that is no text here would end flake8, and this run in the middle.
            super()._write(output.encode(errors="backslashreplace").decode())

    def stop(self) -> None:
        """Print the sums."""
        if self.fixed or self.left:
            self._write("\n" + "\n".join(self.summary()))
        super().stop()

    def summary(self) -> Iterator[str]:
        verb = "Would fix" if self.options.leaks_diff else "Fixed"
        codes = ", ".join(f"{count} {code}" for code, count in sorted(self.fixed.items()))
        what = f"{_count(self.fixed.total(), 'finding')} in {_count(self.changed, 'file')}: {codes}"
        yield f"{verb} {what if codes else 'nothing'}"
        if self.left:
            yield f"Left {_count(sum(map(Counter.total, self.left.values())), 'finding')}:"
        for reason, left in sorted(self.left.items(), key=lambda item: -item[1].total()):
            yield f"{left.total():>6}  {', '.join(sorted(left))}: {reason}"


def _painted(line: bytes) -> bytes:
    """A line of a diff, coloured as git does."""
    color = "bold" if line.startswith((b"--- ", b"+++ ")) else _PAINT.get(line[:1])
    return line if color is None else b"%b%b%b\n" % (COLORS[color].encode(), line[:-1], COLORS["reset"].encode())


def _write(stream: Any, lines: Iterable[bytes]) -> None:
    stream.flush()
    stream.buffer.writelines(lines)
    stream.buffer.flush()


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
