"""The grammar in which a project extends the tables of knowledge.

An option is one string: entries end at line ends and `;`, and `#` begins a comment. An entry of a table is
`name: what, what`, an entry of a list is `name`. A name is dotted; a leading dot makes it a method's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Compiled when an option is set, which it mostly isn't.
_NAME = r"\.?[^\W\d]\w*(\.[^\W\d]\w*)*"
_CURE = r"\.?[^\W\d]\w*(\.[^\W\d]\w*)*(\(\))?"


class Malformed(ValueError):
    """An entry that is not of the grammar; the text quotes it."""


def table(text: str, methods: bool) -> dict[str, tuple[str, ...]]:
    """`mypkg.open_thing: close, mypkg.drop()` -> {"mypkg.open_thing": ("close", "mypkg.drop()")}.

    methods: may a name be that of a method, `.listen`?
    """
    found = {}
    for entry in _entries(text):
        name, colon, rest = (part.strip() for part in entry.partition(":"))
        cures = tuple(cure.strip() for cure in rest.split(","))
        if not colon or not re.fullmatch(_NAME, name) or not all(re.fullmatch(_CURE, cure) for cure in cures):
            raise Malformed(f"{entry!r} is not of the form 'name: method' or 'name: package.function()'")
        if name.startswith(".") and not methods:
            raise Malformed(f"{entry!r} names a method; here the full name of a callable is needed")
        found[name] = tuple(cure.removeprefix(".") for cure in cures)
    return found


def names(text: str) -> frozenset[str]:
    """`mypkg.Cache; LRU` -> {"mypkg.Cache", "LRU"}; commas part names too."""
    found = set()
    for entry in _entries(text):
        for name in entry.rstrip(",").split(","):
            if not re.fullmatch(_NAME, name.strip()):
                raise Malformed(f"{entry!r} is not a dotted name")
            found.add(name.strip())
    return frozenset(found)


def _entries(text: str) -> Iterator[str]:
    for line in text.splitlines():
        for entry in line.partition("#")[0].split(";"):
            if entry.strip():
                yield entry.strip()
