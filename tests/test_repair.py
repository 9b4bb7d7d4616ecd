"""What a repair keeps of a file, which files it leaves alone, and what becomes of fixes that fail."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import NoReturn

import libcst as cst
import pytest

from flake8_leaks import pages
from flake8_leaks.fixes import unreleased_resource
from flake8_leaks.lint import RAISE, rules
from flake8_leaks.options import Options
from flake8_leaks.repair import Outcome, Repaired, Untouchable, decoded, fixable, repair
from flake8_leaks.rewriting.change import Change
from flake8_leaks.rewriting.tree import Tree
from flake8_leaks.rule import At, File, Unfixable

LEAKY = "def size(path):\n    file = open(path)\n    return len(file.read())\n"
FIXED = "def size(path):\n    with open(path) as file:\n        return len(file.read())\n"


def repaired(source: str | bytes, options: Options | None = None, unsafe: bool = False) -> Repaired:
    data = source.encode() if isinstance(source, str) else source
    return repair(data, "module.py", options or Options(), unsafe=unsafe)


def outcomes(found: Repaired) -> list[tuple[bool, str]]:
    return [(outcome.fixed, outcome.said) for outcome in found.outcomes]


def test_a_leak_is_fixed_and_told() -> None:
    found = repaired(LEAKY)
    assert found.data.decode() == FIXED
    ((finding, fixed, said),) = found.outcomes
    assert (finding.code, finding.line, finding.col, fixed, said) == ("LEK501", 2, 11, True, "closed by 'with'")


def test_a_file_without_findings_stays() -> None:
    assert repaired(FIXED) == (FIXED.encode(), [])


# -- what stays --------------------------------------------------------------------------------------------------

# Around and inside of LEAKY, all of this must be in the file as it was.
COMMENTED = """\
#!/usr/bin/env python3
# Head.


def size(path):  # of a file
\t# Open it.
\tfile = open(  path  )   # here
\tx = [1,2 ,3] ,( 'a'\t"b" )

\t# Read it.
\treturn  len (file.read())# at once


# End.
"""
WITH_COMMENTS = COMMENTED.replace(
    """\
\tfile = open(  path  )   # here
\tx = [1,2 ,3] ,( 'a'\t"b" )

\t# Read it.
\treturn  len (file.read())# at once
""",
    """\
\twith open(  path  ) as file:   # here
\t\tx = [1,2 ,3] ,( 'a'\t"b" )

\t\t# Read it.
\t\treturn  len (file.read())# at once
""",
)

LAYOUTS: dict[str, Callable[[str], bytes]] = {
    "Unix": str.encode,
    "Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "old Macintosh": lambda text: text.replace("\n", "\r").encode() + b"#",
    "no line end at the end": lambda text: text.rstrip("\n").encode(),
    "byte-order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "byte-order mark and Windows": lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
    "page break": lambda text: text.replace("\n\ndef", "\n\x0c\ndef").encode(),
    "not ASCII": lambda text: text.replace("of a", "größe 大きさ 😀 e\u0301 \u2028").encode(),
    "latin-1": lambda text: text.replace("Head.", "coding: latin-1").replace("End", "Größe").encode("latin-1"),
    "iso-8859-15": lambda text: (
        text.replace("Head", "-*- coding: iso-8859-15 -*-").replace("End", "5 €").encode("iso-8859-15")
    ),
    "cp1252": lambda text: (
        text.replace("Head", "vim: set fileencoding=cp1252 :").replace("'a'", "'“€”'").encode("cp1252")
    ),
    "euc-jp": lambda text: text.replace("Head.", "coding: euc-jp").replace("Open", "大きさ").encode("euc-jp"),
    "cookie utf-8": lambda text: text.replace("Head.", "coding: utf-8").replace("End", "Größe").encode(),
    "mark and cookie": lambda text: (
        b"\xef\xbb\xbf" + text.replace("Head.", "coding: utf-8").replace("End", "Größe").encode()
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_all_else_stays(layout: str) -> None:
    found = repaired(LAYOUTS[layout](COMMENTED))
    assert found.data == LAYOUTS[layout](WITH_COMMENTS)
    assert outcomes(found) == [(True, "closed by 'with'")]


def test_mixed_line_ends_stay_where_they_are() -> None:
    lines = LEAKY.splitlines()
    found = repaired(f"# a\n# b\r\n# c\r{lines[0]}\r\n{lines[1]}\n{lines[2]}\r\n# d\n# e\r\n")
    # One new line end is that of the head of the block; the old one of that line was `\n`.
    assert found.data == (
        b"# a\n# b\r\n# c\rdef size(path):\r\n    with open(path) as file:\n"
        b"        return len(file.read())\r\n# d\n# e\r\n"
    )


def test_columns_are_found_behind_what_takes_several_bytes() -> None:
    found = repaired('def größe(path):\n    print("😀e\u0301größe", open(path).read())\n')
    assert found.data.decode() == (
        'def größe(path):\n    with open(path) as file:\n        print("😀e\u0301größe", file.read())\n'
    )


# -- files that are left alone -----------------------------------------------------------------------------------

UNTOUCHABLE: dict[str, tuple[bytes, str]] = {
    "no UTF-8": (b"# gr\xf6\xdfer\n" + LEAKY.encode(), "cannot be decoded"),
    "no such encoding": (b"# coding: klingon\n" + LEAKY.encode(), "cannot be decoded"),
    "a mark and another encoding": (b"\xef\xbb\xbf# coding: latin-1\n" + LEAKY.encode(), "cannot be decoded"),
    "two spellings of one character": (
        b"# coding: cp932\n# \x87\x90\n" + LEAKY.encode(),
        "would not come back as it is (cp932 spells some characters in two ways)",
    ),
    "a syntax error": (LEAKY.encode() + b"def (:\n", "cannot be compiled"),
    "an error of the compiler": (LEAKY.encode() + b"return 1\n", "cannot be compiled ('return' outside function"),
    "a null": (LEAKY.encode() + b"# \0\n", "cannot be compiled"),
    "a form feed that libcst loses": (
        b"\x0c" + LEAKY.encode(),
        "would not come back as it is (libcst loses a part of its layout)",
    ),
    "a backslash that libcst loses": (
        b"\\\nx = 1\n" + LEAKY.encode(),
        "would not come back as it is (libcst loses a part of its layout)",
    ),
    "a last carriage return that libcst loses": (
        LEAKY.encode() + b"\r",
        "would not come back as it is (libcst loses a part of its layout)",
    ),
    "what libcst can't parse": (LEAKY.encode() + b"(x): int = 1\n", "cannot be parsed by libcst (line 4)"),
    "a sum of 450 names": (LEAKY.encode() + b"x = " + b"x + " * 450 + b"x\n", "is nested too deep"),
    "a sum of 600 names": (LEAKY.encode() + b"x = " + b"x + " * 600 + b"x\n", "is nested too deep"),
    "600 branches": (
        LEAKY.encode() + b"if x == 0:\n    pass\n" + b"elif x:\n    pass\n" * 600,
        "is nested too deep",
    ),
}


@pytest.mark.parametrize("case", UNTOUCHABLE)
def test_a_file_that_must_be_left_alone(case: str) -> None:
    data, reason = UNTOUCHABLE[case]
    with pytest.raises(Untouchable) as raised:
        repaired(data)
    assert str(raised.value).startswith(reason)
    assert "\n" not in str(raised.value)


def test_how_deep_is_too_deep_does_not_depend_on_libcst(monkeypatch: pytest.MonkeyPatch) -> None:
    # Deeper still, it would not raise RecursionError but crash the interpreter.
    monkeypatch.setattr("flake8_leaks.repair._DEEPEST", 5)
    with pytest.raises(Untouchable, match=r"^is nested too deep$"):
        repaired(LEAKY)


@pytest.mark.parametrize(
    "wanted",
    [
        [("LEK501", 3, 11)],
        [("LEK501", 2, 10)],
        [("LEK502", 2, 11)],
        [("LEK501", 2, 11), ("LEK501", 2, 11)],
    ],
    ids=["line", "column", "code", "number"],
)
def test_a_finding_that_is_not_there(wanted: list[tuple[str, int, int]]) -> None:
    with pytest.raises(Untouchable, match=r"^was changed after it was linted; run again$"):
        repair(LEAKY.encode(), "module.py", Options(), wanted)


def test_the_text_of_a_file() -> None:
    text = decoded(b"\xef\xbb\xbfa\r\nb\rc\n\x0cd\n\xe2\x80\xa8e")
    assert text.lines == ["a\n", "b\n", "c\n", "\x0cd\n", "\u2028e"]
    assert text.encoded(text.code) == b"\xef\xbb\xbfa\r\nb\rc\n\x0cd\n\xe2\x80\xa8e"


# -- which findings ----------------------------------------------------------------------------------------------

TWO = LEAKY + "\n\n" + LEAKY.replace("size", "count")


def test_only_what_is_wanted_is_fixed() -> None:
    found = repair(TWO.encode(), "module.py", Options(), [("LEK501", 7, 11)])
    assert found.data.decode() == LEAKY + "\n\n" + FIXED.replace("size", "count")
    assert [(outcome.finding.line, outcome.fixed) for outcome in found.outcomes] == [(7, True)]


def test_nothing_wanted_is_nothing_done() -> None:
    assert repair(TWO.encode(), "module.py", Options(), []) == (TWO.encode(), [])


def test_findings_on_one_line() -> None:
    source = "def both(a, b):\n    return open(a).read() + open(b).read()\n"
    once = repaired(source, unsafe=True)
    assert [outcome.finding.col for outcome in once.outcomes] == [11, 28]
    assert outcomes(once) == [(True, "opened in 'with'"), (False, "overlaps another fix; run again")]
    assert once.data.decode() == (
        "def both(a, b):\n"
        "    with open(a) as file:\n"
        "        content = file.read()\n"
        "    return content + open(b).read()\n"
    )
    # To open the second file earlier than before may matter.
    assert outcomes(repaired(source))[1] == (False, "the fix may change behaviour; --leaks-unsafe-fixes applies it")


def test_overlapping_fixes_are_made_run_by_run() -> None:
    source = (
        "def copy(a, b):\n"
        "    old = open(a)\n"
        "    new = open(b, 'w')\n"
        "    new.write(old.read())\n"
    )  # fmt: skip
    once = repaired(source)
    assert outcomes(once) == [(True, "closed by 'with'"), (False, "overlaps another fix; run again")]
    twice = repaired(once.data)
    assert outcomes(twice) == [(True, "closed by 'with'")]
    assert twice.data.decode() == (
        "def copy(a, b):\n"
        "    with open(a) as old:\n"
        "        with open(b, 'w') as new:\n"
        "            new.write(old.read())\n"
    )
    assert repaired(twice.data) == (twice.data, [])


def test_a_finding_that_goes_with_the_fix_of_another_is_fixed() -> None:
    found = repaired(
        "def read(path):\n"
        "    if path:\n"
        "        file = open(path)\n"
        "    else:\n"
        "        file = open('default')\n"
        "    return file.read()\n"
    )
    assert outcomes(found) == [(True, "closed by 'with'"), (True, "gone with the fix of another finding")]
    assert found.data.decode() == (
        "def read(path):\n"
        "    if path:\n"
        "        file = open(path)\n"
        "    else:\n"
        "        file = open('default')\n"
        "    with file:\n"
        "        return file.read()\n"
    )


# -- why a finding is left ---------------------------------------------------------------------------------------

UNSAFE = "from functools import cache\n\n\n@cache\ndef square(x: int):\n    return x * x\n"


def test_a_fix_that_may_change_behaviour_waits_to_be_asked_for() -> None:
    pedantic = Options(pedantic=True)
    found = repaired(UNSAFE, pedantic)
    assert found.data.decode() == UNSAFE
    assert outcomes(found) == [(False, "the fix may change behaviour; --leaks-unsafe-fixes applies it")]
    found = repaired(UNSAFE, pedantic, unsafe=True)
    assert outcomes(found) == [(True, "square() now keeps 1024 results")]
    assert "@lru_cache(maxsize=1024)\n" in found.data.decode()


NO_FIX = "from functools import cache\n\n\nclass A:\n    @cache\n    def total(self):\n        return 1\n"


def test_a_rule_without_a_fix_says_why() -> None:
    reason = "`cached_property` takes no arguments and is read without parentheses, so every caller changes, "
    assert outcomes(repaired(NO_FIX)) == [(False, f"{reason}in other files too")]


def test_without_pages_there_is_still_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    stripped = tuple(rule._replace(page="") for rule in rules())  # as under `python -OO`
    monkeypatch.setattr("flake8_leaks.lint.rules", lambda: stripped)
    assert outcomes(repaired(NO_FIX)) == [(False, "there is no fix")]


@pytest.mark.parametrize("rule", [rule for rule in rules() if not fixable(rule)], ids=lambda rule: rule.code)
def test_the_reason_is_one_line_that_goes_on_behind_a_colon(rule: pages.Rule) -> None:
    reason = pages.no_fix(rule)
    assert 20 < len(reason) < 130
    assert "\n" not in reason
    assert not reason.endswith(".")
    assert reason[0].islower() or reason[0] == "`"


@pytest.mark.parametrize("rule", [rule for rule in rules() if fixable(rule)], ids=lambda rule: rule.code)
def test_a_rule_with_a_fix_has_no_such_reason(rule: pages.Rule) -> None:
    with pytest.raises(ValueError, match=rule.code):
        pages.no_fix(rule)


# -- fixes that don't do what they should ------------------------------------------------------------------------

real = unreleased_resource.fix


def instead(*code: str) -> Callable[[File, At, Tree], Change]:
    """A fix that puts other code in the place of the statement that opens; only in count()."""

    def fix(file: File, at: At, tree: Tree) -> Change:
        change = real(file, at, tree)
        if not at.symbol.startswith("count."):
            return change
        *_, opening = change.edits
        return Change("rewritten", {opening: cst.FlattenSentinel(map(cst.parse_statement, code))}, safe=True)

    return fix


SPOILT = {
    "is no Python": (instead("continue"), "the fixed file cannot be compiled ('continue' not properly in loop"),
    "leaves it": (instead("file = open( path )"), "the fix would leave the finding"),
    "leaves it under another name": (
        instead("other = open(path)", "file = None"),
        "the fix would bring a finding LEK501 of 'count.other'",
    ),
    "brings another": (
        instead("with open(path) as file: other = open(path); print(other.read())"),
        "the fix would bring a finding LEK501 of 'count.other'",
    ),
    "brings one of an opt-in rule": (
        instead(
            "file = __import__('sqlite3').connect(path)", "import sqlite3", "with sqlite3.connect(path) as file: pass"
        ),
        "the fix would bring a finding LEK552",
    ),
}


@pytest.mark.parametrize("case", SPOILT)
@pytest.mark.parametrize("how", ["alone", "beside another"])
def test_a_fix_that_does_not_do_what_it_should_is_not_made(
    monkeypatch: pytest.MonkeyPatch, case: str, how: str
) -> None:
    fix, reason = SPOILT[case]
    monkeypatch.setattr(unreleased_resource, "fix", fix)
    wanted = [("LEK501", 7, 11)] if how == "alone" else None
    found = repair(TWO.encode(), "module.py", Options(), wanted)
    assert found.outcomes[-1].said.startswith(reason)
    assert not found.outcomes[-1].fixed
    first = LEAKY if how == "alone" else FIXED
    assert found.data.decode() == first + "\n\n" + LEAKY.replace("size", "count")
    assert len(found.outcomes) == (1 if how == "alone" else 2)
    assert all(outcome.fixed for outcome in found.outcomes[:-1])


def test_good_fixes_on_both_sides_of_a_bad_one_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unreleased_resource, "fix", instead("continue"))
    found = repaired(f"{TWO}\n\n{LEAKY.replace('size', 'third')}")
    assert [outcome.fixed for outcome in found.outcomes] == [True, False, True]
    assert found.data.decode() == "\n\n".join([FIXED, LEAKY.replace("size", "count"), FIXED.replace("size", "third")])


def _bug(file: File, at: At, tree: Tree) -> Change:
    if at.symbol.startswith("count."):
        raise KeyError("no such\nkey")
    return real(file, at, tree)


BUG = "internal error in the fix (KeyError: 'no such\\nkey'), please report"


def test_an_error_inside_a_fix_is_told_and_the_others_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unreleased_resource, "fix", _bug)
    with pytest.raises(KeyError):
        repaired(TWO)
    monkeypatch.delenv(RAISE)
    found = repaired(TWO)
    assert outcomes(found) == [(True, "closed by 'with'"), (False, BUG)]
    assert found.data.decode() == FIXED + "\n\n" + LEAKY.replace("size", "count")


def test_an_error_where_fixes_are_applied_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> NoReturn:
        raise TypeError("no node\n  of a tree")

    monkeypatch.setattr("flake8_leaks.rewriting.change.apply", fail)
    with pytest.raises(TypeError):
        repaired(LEAKY)
    monkeypatch.delenv(RAISE)
    found = repaired(LEAKY)
    assert found.data.decode() == LEAKY
    assert outcomes(found) == [(False, "internal error in the fix (TypeError: no node of a tree), please report")]


@pytest.mark.parametrize("where", ["flake8_leaks.fixes.unreleased_resource.fix", "flake8_leaks.rewriting.change.apply"])
def test_code_too_deep_for_a_fix_is_no_error_of_ours(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    def fail(*_: object) -> NoReturn:
        raise RecursionError("maximum recursion depth exceeded")

    monkeypatch.setattr(where, fail)
    found = repaired(LEAKY)
    assert found.data.decode() == LEAKY
    assert outcomes(found) == [(False, "its code is nested too deep")]


def test_a_fix_may_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise Unfixable("it is beautiful")

    monkeypatch.setattr(unreleased_resource, "fix", refuse)
    assert repaired(LEAKY) == (LEAKY.encode(), [Outcome(repaired(LEAKY).outcomes[0].finding, False, "it is beautiful")])


# -- libcst ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("source", "needed"), [(FIXED, False), (NO_FIX, False), (LEAKY, True)])
def test_libcst_is_imported_when_there_is_something_to_fix(source: str, needed: bool) -> None:
    program = (
        "import sys; from flake8_leaks.options import Options; from flake8_leaks.repair import repair;"
        "repair(sys.argv[1].encode(), 'module.py', Options()); print('libcst' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program, source], capture_output=True, text=True, check=True)
    assert run.stdout == f"{needed}\n"


def test_what_an_option_names_is_closed_as_it_says() -> None:
    source = "import mypkg\n\n\ndef size(path):\n    thing = mypkg.open_thing(path)\n    return len(thing.read())\n"
    options = Options(resources={"mypkg.open_thing": ("close",)})
    repaired = repair(source.encode(), "module.py", options)
    assert [outcome.fixed for outcome in repaired.outcomes] == [True]
    assert "    with closing(mypkg.open_thing(path)) as thing:\n" in repaired.data.decode()
    other = repair(source.encode(), "module.py", Options(resources={"mypkg.open_thing": ("shut",)}))
    assert [outcome.said for outcome in other.outcomes] == [
        "how to release the resource, and when, is for a person to say"
    ]
