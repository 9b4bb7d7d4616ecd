"""flake8's door: options in, findings out."""

from __future__ import annotations

import argparse
import ast
from collections.abc import Iterator, Sequence
from typing import ClassVar

from flake8.exceptions import ExecutionError
from flake8.options.manager import OptionManager

from . import __version__
from .lint import lint
from .options import Options
from .tables import Malformed, names, table

_TABLES = {
    "resources": "callables that open something, and what releases it: `mypkg.open_thing: close`",
    "listeners": "callables that register, and what removes: `.listen: .unlisten`",
}
_NAMES = {
    "owners": "callables that take over what they are given",
    "bounded": "container classes that evict",
    "harmless": "callables whose result needs no release",
    "long-lived": "classes whose instances live as long as the process",
    "short-lived": "classes whose instances die soon",
    "large-names": "names of parameters that hold large objects",
}


class Plugin:
    """The checker that flake8 makes for each file."""

    name = "flake8-leaks"
    version = __version__
    options: ClassVar[Options] = Options()

    def __init__(self, tree: ast.Module, filename: str, lines: Sequence[str]) -> None:
        self.tree = tree
        self.filename = filename
        self.lines = lines

    def run(self) -> Iterator[tuple[int, int, str, type[Plugin]]]:
        """(line, column, code and text, checker) of each finding."""
        for finding in lint(self.tree, self.lines, self.filename, self.options):
            yield finding.line, finding.col, f"{finding.code} {finding.text}", type(self)

    @staticmethod
    def add_options(manager: OptionManager) -> None:
        """Register the `--leaks-...` options; all but the first can be long, so they suit the configuration file."""
        manager.add_option(
            "--leaks-pedantic", action="store_true", parse_from_config=True, help="run the opt-in rules (LEKx50-99) too"
        )
        manager.add_option(
            "--leaks-tests",
            action="store_true",
            parse_from_config=True,
            help="run all rules on tests too, not only those on resources that are never released",
        )
        for option, meaning in {**_TABLES, **_NAMES}.items():
            manager.add_option(
                f"--leaks-{option}",
                default="",
                metavar="ENTRIES",
                parse_from_config=True,
                help=f"{meaning}; entries end at ';' or a line's end, '#' begins a comment",
            )

    @classmethod
    def parse_options(cls, options: argparse.Namespace) -> None:
        """Take the settings over; ExecutionError names the option and the entry that is malformed."""
        values: dict[str, object] = {}
        for option in (*_TABLES, *_NAMES):
            field = option.replace("-", "_")
            text = getattr(options, f"leaks_{field}")
            try:
                values[field] = table(text, option == "listeners") if option in _TABLES else names(text)
            except Malformed as error:
                raise ExecutionError(f"--leaks-{option}: {error}") from error
        cls.options = Options(
            pedantic=options.leaks_pedantic,
            tests=options.leaks_tests,
            selected=(*(options.select or ()), *(options.extend_select or ())),
            **values,  # type: ignore[arg-type]
        )
