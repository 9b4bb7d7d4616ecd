"""The page of a rule: its sections, and what a table or a headline says of it.

The command line, the generator of docs/rules and the tests read pages through these functions.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .options import Options
from .rule import Rule

#: The family of a rule -> the leak pattern that its rules find.
FAMILIES = {
    "LEK1": "caches that never evict",
    "LEK2": "state that only accumulates",
    "LEK3": "listeners never removed",
    "LEK4": "references kept too long",
    "LEK5": "resources not released",
}

_NO_FIX = "There is no fix"


def sections(rule: Rule) -> dict[str, str]:
    """Heading -> the text below it, in the order of the page. ValueError for text above the first heading."""
    start, *parts = re.split(r"^## (.+)\n", rule.page, flags=re.M)
    if start.strip():
        raise ValueError(f"the page of {rule.code} begins with text, not with a heading")
    return dict(zip(parts[::2], (text.strip() for text in parts[1::2]), strict=True))


def code(rule: Rule, heading: str) -> str:
    """The one Python block of a section."""
    (block,) = re.findall(r"^```python\n(.*?)^```$", sections(rule)[heading], flags=re.M | re.S)
    return str(block)


def first_sentence(rule: Rule) -> str:
    """The sentence that says what the rule finds, on one line: "Finds a list that only grows."."""
    return " ".join(re.split(r"(?<=\.)\s", sections(rule)["What it does"])[0].split())


def summary(rule: Rule) -> str:
    """What the rule finds, as a cell of a table: "a list that only grows"."""
    return first_sentence(rule).removeprefix("Finds ").removesuffix(".")


def default(rule: Rule) -> str:
    """Does the rule run without being asked for: "on" or "opt-in"."""
    return "on" if Options().wakes(rule.code) else "opt-in"


def fix(rule: Rule) -> str:
    """The kind of fix that the page promises: "safe", "unsafe", "safe or unsafe", or "none".

    ValueError for a page whose text on fix safety doesn't begin with one of the four ways to say so.
    """
    text = sections(rule)["Fix safety"]
    if text.startswith(_NO_FIX):
        return "none"
    word = re.match(r"Safe where\b|Safe\b|Unsafe\b", text)
    if not word:
        raise ValueError(f"the page of {rule.code} doesn't say how safe its fix is")
    if word[0] == "Safe where" and re.search(r"\bunsafe\b", text):
        return "safe or unsafe"
    return "unsafe" if word[0] == "Unsafe" else "safe"


def no_fix(rule: Rule) -> str:
    """Why a rule has no fix, up to the first full stop; ValueError for one that has a fix, or no page."""
    if not rule.page or fix(rule) != "none":
        raise ValueError(f"the page of {rule.code} doesn't say why there is no fix")
    text = sections(rule)["Fix safety"].removeprefix(_NO_FIX).removeprefix(": ")
    return " ".join(re.split(r"\.(?:\s|$)", text)[0].split())


def message(rule: Rule, word: Callable[[str], str], text: Callable[[str], str] = str) -> str:
    """The message of the rule; "" where nearly all of it differs from finding to finding.

    word: writes what stands for the words of a finding, such as `name`. text: writes all else.
    """
    parts = re.split(r"\{(\w+)\}", rule.message)
    if len(re.findall(r"[a-z]{2,}", " ".join(parts[::2]))) < 2:
        return ""
    return "".join(word(part) if number % 2 else text(part) for number, part in enumerate(parts))
