"""What a project may set; `plugin.py` reads it from flake8's configuration."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

_NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Options(NamedTuple):
    """The settings of one run; the defaults are those of flake8 without any `leaks-` option.

    pedantic: run the opt-in rules too. selected: the entries of flake8's select and extend-select; an entry that
    names an opt-in rule by at least its tens (`LEK55`) wakes it. tests: look for every kind of leak in test files
    too. resources, listeners: qualified name -> what releases or undoes it. owners: callees that take their
    arguments over. bounded: container constructors that evict. harmless: acquirers that need no release.
    long_lived, short_lived: class names. large_names: parameter names that hold large objects.
    """

    pedantic: bool = False
    selected: tuple[str, ...] = ()
    tests: bool = False
    resources: Mapping[str, tuple[str, ...]] = _NOTHING
    listeners: Mapping[str, tuple[str, ...]] = _NOTHING
    owners: frozenset[str] = frozenset()
    bounded: frozenset[str] = frozenset()
    harmless: frozenset[str] = frozenset()
    long_lived: frozenset[str] = frozenset()
    short_lived: frozenset[str] = frozenset()
    large_names: frozenset[str] = frozenset()

    def wakes(self, code: str) -> bool:
        """Does a rule of this code run? Codes ending in 01-49 always do."""
        if code[4] < "5" or self.pedantic:
            return True
        return any(len(entry) >= 5 and code.startswith(entry) for entry in self.selected)
