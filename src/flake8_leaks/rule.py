"""What a rule is, and what it yields."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable
from typing import Any, NamedTuple

from .model import Model
from .options import Options


class File:
    """What a rule is given: the model of one file, its settings, and what kind of file it is.

    kept: what judgements work out once and what refers to the model; kept by the model it would be a cycle, and the
    tree would wait for the collector.
    """

    __slots__ = ("is_test", "kept", "model", "options")

    def __init__(self, model: Model, options: Options, is_test: bool) -> None:
        self.model = model
        self.options = options
        self.is_test = is_test
        self.kept: dict[Any, Any] = {}


class At:
    """A leak at a node: the put, or the acquiring call.

    symbol: the qualified name of the place that leaks. thing: the place or call that the finding is about; there is
    at most one finding on a thing in a family. words: what the rule's message template asks for.
    """

    __slots__ = ("node", "symbol", "thing", "words")

    def __init__(self, node: ast.AST, *, symbol: str, thing: object = None, **words: str) -> None:
        self.node = node
        self.symbol = symbol
        self.thing = node if thing is None else thing
        self.words = words


class Rule(NamedTuple):
    """One rule: a plain value; the page is the docstring of the module that defines it.

    The page is empty under `python -OO`.
    before: codes that keep silent on a thing of which this rule speaks. tests: does it look at test files? suspects:
    what it starts from; several rules share the answer, and none of them looks at a file without.
    """

    code: str
    name: str
    message: str
    check: Callable[[File], Iterable[At]]
    page: str
    before: tuple[str, ...] = ()
    tests: bool = False
    suspects: Callable[[File], Collection[object]] | None = None

    @property
    def family(self) -> str:
        """The leak pattern: `LEK1` of `LEK101`."""
        return self.code[:4]


class Unfixable(Exception):
    """Why a finding is left for a person; the text goes on behind "left: "."""


class Finding(NamedTuple):
    """One finding: line from 1, column from 0 in characters, the text without code.

    symbol: the qualified name of what leaks, for baselines and verdicts.
    """

    line: int
    col: int
    code: str
    text: str
    symbol: str


def validate(rules: Iterable[Rule]) -> None:
    """Raise ValueError for a rule that is not well formed, or for a code or name that two rules share."""
    seen: set[str] = set()
    for rule in rules:
        if not _is_code(rule.code) or not _is_kebab(rule.name):
            raise ValueError(f"rule {rule.code!r} {rule.name!r}: a code is LEK + three digits, a name is kebab-case")
        for key in (rule.code, rule.name):
            if key in seen:
                raise ValueError(f"two rules are called {key}")
            seen.add(key)
        if not rule.message:
            raise ValueError(f"rule {rule.code} has no message")


# Not as regular expressions: those would be compiled at each import, for this alone.


def _is_code(text: str) -> bool:
    """`LEK101`: a family from 1 to 6, and two more digits."""
    digits = text.removeprefix("LEK")
    return text.startswith("LEK") and len(digits) == 3 and digits[0] in "123456" and set(digits) <= set("0123456789")


def _is_kebab(text: str) -> bool:
    """`unbounded-cache`: two words at least, in small letters."""
    words = text.split("-")
    return len(words) > 1 and all(word.isascii() and word.isalpha() and word.islower() for word in words)
