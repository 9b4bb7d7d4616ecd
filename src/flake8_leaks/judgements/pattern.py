"""Regular expressions that are compiled when they are first asked: no file asks for all of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

_Match = Callable[[str], "re.Match[str] | None"]


class Pattern:
    """What of a compiled pattern the judgements use."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._pattern = pattern
        self._flags = flags

    @cached_property
    def fullmatch(self) -> _Match:
        return re.compile(self._pattern, self._flags).fullmatch

    @cached_property
    def match(self) -> _Match:
        return re.compile(self._pattern, self._flags).match

    @cached_property
    def search(self) -> _Match:
        return re.compile(self._pattern, self._flags).search

    @cached_property
    def findall(self) -> Callable[[str], list[str]]:
        return re.compile(self._pattern, self._flags).findall
