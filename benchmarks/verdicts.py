"""What readers said of findings or fixes: lines of JSON, each with the finding it belongs to."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar


class Verdict(NamedTuple):
    package: str
    version: str
    path: str
    line: int
    code: str
    symbol: str
    verdict: str
    why: str


class Judged(Hashable, Protocol):
    """What a verdict may belong to."""

    @property
    def package(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def code(self) -> str: ...
    @property
    def symbol(self) -> str: ...


J = TypeVar("J", bound=Judged)


def _key(thing: Judged) -> tuple[str, ...]:
    return (thing.package, thing.version, thing.path, thing.code, thing.symbol)


def load(path: Path, words: tuple[str, ...]) -> list[Verdict]:
    """The verdicts of a file, none if there is no file. Ends the program, with a message, at a line that is none, or
    whose verdict is none of the words."""
    verdicts = []
    for number, line in enumerate(path.read_text("utf-8").splitlines() if path.exists() else (), 1):
        row = json.loads(line)
        if set(row) != set(Verdict._fields) or row["verdict"] not in words or not row["why"].strip():
            sys.exit(
                f"{path.name}:{number}: a verdict has {', '.join(Verdict._fields)}, and is one of {', '.join(words)}"
            )
        verdicts.append(Verdict(**row))
    return verdicts


def match(items: Iterable[J], verdicts: Iterable[Verdict]) -> tuple[dict[J, Verdict], list[Verdict]]:
    """Each verdict with its finding, at most one to one, and the verdicts that have none."""
    open_items: dict[tuple[str, ...], list[J]] = defaultdict(list)
    for item in items:
        open_items[_key(item)].append(item)
    judged: dict[J, Verdict] = {}
    rest = []
    for verdict in verdicts:
        candidates = open_items[_key(verdict)]
        exact = next((item for item in candidates if item.line == verdict.line), None)
        if exact is None:
            rest.append(verdict)
        else:
            judged[exact] = verdict
            candidates.remove(exact)
    lost = []
    for verdict in rest:
        candidates = open_items[_key(verdict)]
        if candidates:
            nearest = min(candidates, key=lambda item: abs(item.line - verdict.line))
            judged[nearest] = verdict
            candidates.remove(nearest)
        else:
            lost.append(verdict)
    return judged, lost
