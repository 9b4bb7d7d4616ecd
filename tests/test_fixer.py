"""flake8's report format `leaks-fix`, in the real flake8: what is fixed, what is left and why, and what is printed.

Most runs are made in this process, which is fast and lets a test break things. What depends on the process itself has
one of its own.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from flake8.checker import Manager
from flake8.main.cli import main

from flake8_leaks import fixer as fixer_module
from flake8_leaks import lint as lint_module
from flake8_leaks.fixes import unreleased_resource
from flake8_leaks.lint import RAISE
from flake8_leaks.plugin import Plugin
from flake8_leaks.rule import At, File, Rule

LEAKY = "def size(path):\n    file = open(path)\n    return len(file.read())\n"
FIXED = "def size(path):\n    with open(path) as file:\n        return len(file.read())\n"

# One finding of each kind: fixed, opt-in and fixed, unsafe, without a fix.
MIXED = """\
import functools
import sqlite3

EVENTS = []


def size(path):
    file = open(path)
    return len(file.read())


def on_event(event):
    EVENTS.append(event)


class Report:
    @functools.cache
    def total(self):
        return 1


def count(path):
    with sqlite3.connect(path) as connection:
        return connection.execute("select count(*) from t").fetchone()
"""


class Run(NamedTuple):
    """What flake8 printed, and its exit status."""

    out: str
    err: str
    status: int


Flake8 = Callable[..., Run]


@pytest.fixture
def flake8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Flake8:
    """Run flake8 in this process and in an empty folder."""
    monkeypatch.setattr(Plugin, "options", Plugin.options)  # each run sets them
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Run:
        status = main(["--jobs=1", *arguments])
        sys.stdout.flush()
        return Run(*capfd.readouterr(), status)

    return run


@pytest.fixture
def fix(flake8: Flake8) -> Flake8:
    """Run the fixer without a configuration file."""
    return lambda *arguments: flake8("--isolated", "--select=LEK,E9", "--format=leaks-fix", *arguments)


def write(name: str, text: str = LEAKY) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def texts(*names: str) -> list[str]:
    return [Path(name).read_bytes().decode() for name in names]


# -- what is fixed -----------------------------------------------------------------------------------------------


def test_what_is_fixed_and_what_is_left_is_told(fix: Flake8) -> None:
    file = write("mixed.py", MIXED)
    run = fix("--leaks-pedantic", "mixed.py")
    assert run.out.splitlines() == [
        "mixed.py:8:12: LEK501 fixed: closed by 'with'",
        "mixed.py:13:12: LEK201 'EVENTS' only grows: on_event() adds an item per call and nothing in this module "
        "removes one; bound it with collections.deque(maxlen=...), or remove what is no longer needed",
        "    left: the fix may change behaviour; --leaks-unsafe-fixes applies it",
        "mixed.py:17:16: LEK103 @cache on 'total' keeps every Report instance it is called on alive, "
        "without a bound; use functools.cached_property, or memoize a function of the values it needs",
        "    left: `cached_property` takes no arguments and is read without parentheses, so every caller changes, "
        "in other files too",
        "mixed.py:23:18: LEK552 fixed: closed by 'with closing(...)'",
        "",
        "Fixed 2 findings in 1 file: 1 LEK501, 1 LEK552",
        "Left 2 findings:",
        "     1  LEK201: the fix may change behaviour; --leaks-unsafe-fixes applies it",
        "     1  LEK103: `cached_property` takes no arguments and is read without parentheses, so every caller "
        "changes, in other files too",
    ]
    assert run.err == ""
    assert run.status == 1
    assert "    with open(path) as file:\n        return len(file.read())\n" in file.read_text()
    assert "    with closing(sqlite3.connect(path)) as connection, connection:\n" in file.read_text()

    once = file.read_bytes()
    run = fix("--leaks-pedantic", "mixed.py")
    assert file.read_bytes() == once
    assert "Fixed nothing\nLeft 2 findings:\n" in run.out
    assert run.status == 1


def test_when_all_is_fixed_there_is_nothing_more_to_say(fix: Flake8) -> None:
    write("leaky.py")
    assert fix("leaky.py") == (
        "leaky.py:2:12: LEK501 fixed: closed by 'with'\n\nFixed 1 finding in 1 file: 1 LEK501\n",
        "",
        1,
    )
    assert fix("leaky.py") == ("", "", 0)
    assert texts("leaky.py") == [FIXED]


OPT_IN = "def read(path):\n    file = open(path)\n    x = file.read()\n    file.close()\n    return x\n"
CONFIGURATION = """\
[flake8]
format = leaks-fix
select = LEK
ignore = LEK503
exclude = excluded.py
per-file-ignores =
    src/ignored.py: LEK501
leaks-resources = mypkg.take: give_back
leaks-harmless = tarfile.open
"""


def test_the_configuration_of_flake8_decides(flake8: Flake8) -> None:
    write(".flake8", CONFIGURATION)
    write("src/leaky.py")
    untouched = {
        "src/excluded.py": LEAKY,
        "src/ignored.py": LEAKY,
        "src/noqa.py": LEAKY.replace("path)\n", "path)  # noqa: LEK501\n"),
        "src/noqa_all.py": LEAKY.replace("path)\n", "path)  # noqa\n"),
        "src/noqa_file.py": f"# flake8: noqa\n{LEAKY}",
        "src/temporary.py": "def read(path):\n    return open(path).read()\n",
        "src/opt_in.py": OPT_IN,
        "src/harmless.py": "import tarfile\n\n\n" + LEAKY.replace("open", "tarfile.open"),
    }
    for name, text in untouched.items():
        write(name, text)
    write("src/ours.py", "import mypkg\n\n\ndef use(name):\n    thing = mypkg.take(name)\n    return thing.read()\n")
    write("src/one_of_two.py", f"{LEAKY}\n\n{LEAKY}".replace("path)\n", "path)  # noqa: LEK501\n", 1))
    run = flake8()
    assert texts(*untouched) == [*untouched.values()]
    assert texts("src/leaky.py", "src/one_of_two.py") == [
        FIXED,
        LEAKY.replace("path)\n", "path)  # noqa: LEK501\n") + "\n\n" + FIXED,
    ]
    assert "src/ours.py:5:19: LEK501 'thing' holds the resource from mypkg.take(), and nothing releases it" in run.out
    assert "\nFixed 2 findings in 2 files: 2 LEK501\nLeft 1 finding:\n" in run.out
    assert run.err == ""
    assert run.status == 1

    # Nothing more is fixed, and the command line has the last word.
    assert "Fixed nothing\nLeft 1 finding:\n" in flake8().out
    flake8("--extend-select=LEK55", "src/opt_in.py")
    flake8("--ignore=", "src/temporary.py")
    flake8("--disable-noqa", "src/noqa.py")
    assert texts("src/opt_in.py", "src/temporary.py", "src/noqa.py") == [
        "def read(path):\n    with open(path) as file:\n        x = file.read()\n    return x\n",
        "def read(path):\n    with open(path) as file:\n        return file.read()\n",
        FIXED.replace(":\n        r", ":  # noqa: LEK501\n        r"),
    ]


@pytest.mark.parametrize("where", ["command line", "configuration file"])
def test_unsafe_fixes_are_made_when_they_are_asked_for(flake8: Flake8, where: str) -> None:
    write("mixed.py", MIXED)
    write(".flake8", "[flake8]\nselect = LEK\n")
    asked = "--leaks-unsafe-fixes"
    if where == "configuration file":
        write(".flake8", "[flake8]\nselect = LEK\nleaks-unsafe-fixes = true\n")
        asked = "--format=leaks-fix"
    run = flake8("--format=leaks-fix", asked, "mixed.py")
    assert "Fixed 2 findings in 1 file: 1 LEK201, 1 LEK501\nLeft 1 finding:\n" in run.out
    assert "EVENTS = deque(maxlen=" in texts("mixed.py")[0]


def test_the_option_for_unsafe_fixes_may_stand_in_the_configuration_of_those_who_lint(flake8: Flake8) -> None:
    write("leaky.py")
    write(".flake8", "[flake8]\nselect = LEK\nleaks-unsafe-fixes = true\n")
    assert flake8("leaky.py").out.startswith("leaky.py:2:12: LEK501 'file' holds the file from open(), and nothing")
    assert texts("leaky.py") == [LEAKY]


# -- what is printed ---------------------------------------------------------------------------------------------

ROOT = Path(__file__).parents[1]


def test_the_page_on_fixing_shows_what_is_printed(flake8: Flake8, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs" / "fixing.md").read_text("utf-8")
    (diff,), (told,) = (re.findall(rf"^```{kind}\n(.*?)^```$", page, flags=re.M | re.S) for kind in ("diff", "text"))
    command = re.findall(r"^\$ flake8 (.*)$", page, flags=re.M)[0]
    monkeypatch.chdir(ROOT)
    run = flake8("--isolated", *command.split())
    assert run.out == diff
    assert run.err == told


OTHERS = "import os, sys\nx=1\n\n\n" + LEAKY


@pytest.mark.parametrize("color", ["never", "always"])
def test_findings_of_others_are_printed_as_flake8_prints_them(flake8: Flake8, color: str) -> None:
    write("others.py", OTHERS)
    write("broken.py", f"{LEAKY}def (:\n")
    arguments = ["--isolated", f"--color={color}", "--show-source", "broken.py", "others.py"]
    plain = flake8(*arguments).out
    run = flake8("--format=leaks-fix", *arguments)
    due = re.split(r"^(?=\S*(?:broken|others)\.py)", plain, flags=re.M)[1:]  # a finding with its source each
    (own,) = (finding for finding in due if "LEK501" in finding)
    due.remove(own)
    start = own[: own.index("'file'")]
    assert run.out == "".join(due) + f"{start}fixed: closed by 'with'\n\nFixed 1 finding in 1 file: 1 LEK501\n"
    assert "E999" in run.out
    assert "F401" in run.out
    assert ("\033[" in run.out) == (color == "always")
    assert texts("others.py", "broken.py") == [OTHERS.replace(LEAKY, FIXED), f"{LEAKY}def (:\n"]


def test_the_source_of_what_is_left(fix: Flake8) -> None:
    write("mixed.py", MIXED)
    run = fix("--show-source", "mixed.py")
    assert re.search(
        r"^mixed\.py:13:12: LEK201 .+\n    left: .+\n    EVENTS\.append\(event\)\n           \^\n", run.out, flags=re.M
    )
    assert run.out.count("^") == 2


def test_the_other_options_for_output(fix: Flake8) -> None:
    write("leaky.py", OTHERS)
    run = fix("--statistics", "--count", "--exit-zero", "leaky.py")
    assert run.out == (
        "leaky.py:6:12: LEK501 fixed: closed by 'with'\n"
        "1     LEK501 'file' holds the file from open(), and nothing releases it; open it in a 'with' block\n"
        "\n"
        "Fixed 1 finding in 1 file: 1 LEK501\n"
        "1\n"
    )
    assert run.status == 0


@pytest.mark.parametrize("tee", [False, True])
def test_output_goes_to_a_file(fix: Flake8, tee: bool) -> None:
    write("leaky.py")
    due = "leaky.py:2:12: LEK501 fixed: closed by 'with'\n\nFixed 1 finding in 1 file: 1 LEK501\n"
    run = fix("--output-file=out/told.txt", *(["--tee"] if tee else []), "leaky.py")
    assert texts("out/told.txt", "leaky.py") == [due, FIXED]
    assert run.out == (due if tee else "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--leaks-diff"], "--leaks-diff needs --format=leaks-fix"),
        (["--leaks-diff", "--format=pylint"], "--leaks-diff needs --format=leaks-fix"),
        (["-q", "--format=leaks-fix"], "--quiet replaces --format=leaks-fix, so nothing would be fixed"),
        (["-qq", "--format=leaks-fix"], "--quiet replaces --format=leaks-fix, so nothing would be fixed"),
    ],
)
def test_what_would_fix_nothing_is_refused(flake8: Flake8, arguments: list[str], message: str) -> None:
    write("leaky.py")
    run = flake8("--isolated", "--select=LEK", *arguments, "leaky.py")
    assert run.out == f"There was a critical error during execution of Flake8:\n{message}\n"
    assert run.status == 1
    assert texts("leaky.py") == [LEAKY]


def test_an_internal_error_is_printed_and_the_rest_is_fixed(fix: Flake8, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(file: File) -> Iterator[At]:
        yield At(file.model.tree.body[0], symbol="one")
        raise KeyError("no such key")

    known = lint_module.rules()
    broken = Rule("LEK199", "broken-rule", "never said", fail, "A page.")
    monkeypatch.setattr(lint_module, "rules", lambda: (broken, *known))
    monkeypatch.delenv(RAISE)
    write("leaky.py")
    assert fix("--leaks-pedantic", "leaky.py").out == (
        "leaky.py:1:1: LEK000 internal error in LEK199 (KeyError: 'no such key'), please report\n"
        "leaky.py:2:12: LEK501 fixed: closed by 'with'\n"
        "\n"
        "Fixed 1 finding in 1 file: 1 LEK501\n"
    )
    assert texts("leaky.py") == [FIXED]
    assert fix("--leaks-pedantic", "leaky.py").out.endswith("please report\n")


# -- the diff ----------------------------------------------------------------------------------------------------

FILES: dict[str, bytes] = {
    "leaky.py": LEAKY.encode(),
    "src/app/deep.py": LEAKY.encode(),
    "src/two words.py": LEAKY.encode(),
    "src/größe.py": LEAKY.encode(),
    "windows.py": LEAKY.replace("\n", "\r\n").encode(),
    "mixed.py": (LEAKY + LEAKY.replace("size", "count").replace("\n", "\r\n")).encode(),
    "no_end.py": LEAKY.rstrip().encode(),
    "windows_no_end.py": LEAKY.rstrip().replace("\n", "\r\n").encode(),
    "macintosh.py": LEAKY.replace("\n", "\r").encode() + b"#",
    "latin.py": f"# coding: latin-1\n\n\n{LEAKY}    # größer\n".encode("latin-1"),
    "mark.py": b"\xef\xbb\xbf" + LEAKY.encode(),
    "tabs.py": LEAKY.replace("    ", "\t").encode(),
    "separators.py": f"# a \u2028 b \x0c c \x1c d\n{LEAKY}    # a \u2028 b \x0c c \x1c d\n".encode(),
    "clean.py": FIXED.encode(),
}


def tree(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES}


@pytest.mark.parametrize("tool", ["patch -p1 --binary", "git apply --whitespace=nowarn -"])
def test_the_diff_makes_what_fixing_makes(flake8: Flake8, tmp_path: Path, tool: str) -> None:
    if not shutil.which(tool.split(maxsplit=1)[0]):
        pytest.skip("not installed")
    for name, data in FILES.items():
        write(name).write_bytes(data)
    arguments = [sys.executable, "-m", "flake8", "--isolated", "--select=LEK", "--format=leaks-fix", "."]
    # Statistics and the count would be no part of a diff.
    more = ["--leaks-diff", "--statistics", "--count"]
    run = subprocess.run([*arguments, *more], cwd=tmp_path, capture_output=True, check=False)
    assert run.returncode == 1
    assert run.stdout.startswith(b"--- a/latin.py\n+++ b/latin.py\n@@ -")
    assert tree(tmp_path) == FILES

    copy = tmp_path / "copy"
    for name, data in FILES.items():
        write(f"copy/{name}").write_bytes(data)
    # Else git takes the folder for a part of a repository around it, and leaves out what is outside.
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(tmp_path)}
    subprocess.run(tool.split(), cwd=copy, input=run.stdout, capture_output=True, check=True, env=environment)
    shutil.move(copy, tmp_path.with_name(f"{tmp_path.name}-patched"))

    assert flake8("--isolated", "--select=LEK", "--format=leaks-fix", ".").status == 1
    assert tree(tmp_path) == tree(tmp_path.with_name(f"{tmp_path.name}-patched"))
    assert [name for name, data in FILES.items() if tree(tmp_path)[name] == data] == ["clean.py"]


def test_the_diff_is_all_of_the_standard_output(fix: Flake8) -> None:
    write("leaky.py", OTHERS)
    run = fix("--leaks-diff", "--extend-select=E,F", "--statistics", "--count", "leaky.py")
    assert run.out == (
        "--- a/leaky.py\n+++ b/leaky.py\n"
        "@@ -3,5 +3,5 @@\n \n \n def size(path):\n"
        "-    file = open(path)\n-    return len(file.read())\n"
        "+    with open(path) as file:\n+        return len(file.read())\n"
    )
    assert "leaky.py:1:10: E401 " in run.err
    assert "leaky.py:6:12: LEK501 would be fixed: closed by 'with'\n" in run.err
    assert "\n1     E401 " in run.err
    assert run.err.endswith("\n\nWould fix 1 finding in 1 file: 1 LEK501\n")
    assert run.status == 1
    assert texts("leaky.py") == [OTHERS]
    write("left.py", MIXED)
    run = fix("--leaks-diff", "--select=LEK1", "left.py")
    assert run.out == ""
    assert "Would fix nothing\nLeft 1 finding:\n" in run.err


@pytest.mark.parametrize("tee", [False, True])
def test_the_diff_goes_to_a_file(fix: Flake8, tee: bool) -> None:
    write("leaky.py")
    run = fix("--leaks-diff", "--output-file=changes.diff", *(["--tee"] if tee else []), "leaky.py")
    (diff,) = texts("changes.diff")
    assert diff.startswith("--- a/leaky.py\n")
    assert run.out == (diff if tee else "")
    assert "Would fix 1 finding" in run.err


def test_the_diff_is_coloured_as_the_rest_is(fix: Flake8) -> None:
    write("leaky.py", LEAKY.rstrip())
    plain = fix("--leaks-diff", "leaky.py").out
    coloured = fix("--leaks-diff", "--color=always", "--output-file=changes.diff", "--tee", "leaky.py").out
    bold, red, green, cyan = "\033[1m", "\033[31m", "\033[32m", "\033[36m"
    assert [line[:5] for line in coloured.splitlines()] == [
        *(f"{bold}-", f"{bold}+", f"{cyan}"),
        *(" def ", red, red, "\\ No ", green, green, "\\ No "),
    ]
    assert re.sub("\033\\[\\d*m", "", coloured) == plain
    assert texts("changes.diff") == [plain]


def test_the_names_in_a_diff(fix: Flake8, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def names(*arguments: str) -> set[str]:
        return set(re.findall(r"^(?:---|\+\+\+) ./(.+)$", fix("--leaks-diff", *arguments).out, flags=re.M))

    write("src/leaky.py")
    assert names("src") == names("./src/leaky.py") == names(str(tmp_path / "src")) == {"src/leaky.py"}
    (tmp_path / "other").mkdir()
    monkeypatch.chdir("other")
    outside = (tmp_path / "src/leaky.py").resolve().as_posix().lstrip("/")
    assert names("../src") == names(str(tmp_path / "src")) == {outside}


def test_a_link_is_followed(fix: Flake8) -> None:
    write("real.py")
    Path("link.py").symlink_to("real.py")
    assert fix("--leaks-diff", "link.py").out.startswith("--- a/real.py\n+++ b/real.py\n")
    fix("link.py")
    assert os.readlink("link.py") == "real.py"
    assert texts("real.py") == [FIXED]


@pytest.mark.parametrize("more", [[], ["--leaks-diff"]], ids=["fixed", "diff"])
def test_a_file_that_is_given_twice_is_fixed_once(fix: Flake8, more: list[str]) -> None:
    write("leaky.py")
    Path("link.py").symlink_to("leaky.py")
    run = fix(*more, "leaky.py", "link.py", "./leaky.py", ".")
    assert (run.out + run.err).count("fixed: closed by 'with'") == 1
    assert re.search(r"\d  LEK501: the file was given twice$", run.out + run.err, flags=re.M)
    assert run.out.count("--- a/leaky.py") == len(more)
    assert texts("leaky.py") == [LEAKY if more else FIXED]


# -- files that are left alone -----------------------------------------------------------------------------------


def assert_left(run: Run, reason: str) -> None:
    """Its finding is told with the reason, and the other file of the run is fixed."""
    assert re.search(rf"^leaky\.py:\d+:\d+: LEK501 'file' holds .+\n    left: {re.escape(reason)}", run.out, flags=re.M)
    assert texts("other.py") == [FIXED]
    assert "\nFixed 1 finding in 1 file: 1 LEK501\nLeft 1 finding:\n     1  LEK501: " in run.out
    assert run.status == 1


CHANGES: dict[str, Callable[[str], str]] = {
    "a line above": lambda text: f"import os\n{text}",
    "its line": lambda text: text.replace("open(path)", "open(path, 'rb')"),
    "only a noqa": lambda text: text.replace("open(path)", "open(path)  # noqa: LEK501"),
    "only a noqa for the file": lambda text: f"{text}# flake8: noqa\n",
    "a noqa in the text around it": lambda text: text.replace("path)\n    ", 'path), """ # noqa\n"""\n    '),
    "it is fixed": lambda text: FIXED,
    "it is empty": lambda text: "",
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_file_that_changed_after_it_was_linted(fix: Flake8, monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    changed = CHANGES[case](LEAKY)
    _between(monkeypatch, lambda: Path("leaky.py").write_bytes(changed.encode()))
    write("leaky.py")
    write("other.py")
    assert_left(fix("leaky.py", "other.py"), "the file was changed after it was linted; run again\n")
    assert texts("leaky.py") == [changed]


def test_a_change_elsewhere_in_the_file_is_kept(fix: Flake8, monkeypatch: pytest.MonkeyPatch) -> None:
    _between(monkeypatch, lambda: write("leaky.py", f"{LEAKY}# more\n"))
    write("leaky.py")
    assert "Fixed 1 finding" in fix(".").out
    assert texts("leaky.py") == [f"{FIXED}# more\n"]


def _between(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Act after all files are linted and before the first is fixed."""
    report = Manager.report

    def changed(self: Manager) -> tuple[int, int]:
        act()
        return report(self)

    monkeypatch.setattr(Manager, "report", changed)


GONE = {
    "it is no text": (lambda: Path("leaky.py").write_bytes(b"\xff\n"), "the file cannot be decoded ("),
    "it is gone": (lambda: Path("leaky.py").unlink(), "the file cannot be read (No such file or directory)\n"),
    "it is Python no more": (
        lambda: write("leaky.py", f"{LEAKY}return\n"),
        "the file cannot be compiled ('return' outside function",
    ),
}


@pytest.mark.parametrize("case", GONE)
def test_a_file_that_cannot_be_read_any_more(fix: Flake8, monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    act, reason = GONE[case]
    _between(monkeypatch, act)
    write("leaky.py")
    write("other.py")
    assert_left(fix("leaky.py", "other.py"), reason)


def test_a_file_that_changes_while_it_is_fixed(fix: Flake8, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(data: bytes, filename: str, *rest: object) -> object:
        if filename.endswith("leaky.py"):
            write("leaky.py", "theirs = 1\n")
        return repair(data, filename, *rest)

    repair = fixer_module.repair
    monkeypatch.setattr(fixer_module, "repair", meanwhile)
    write("leaky.py")
    write("other.py")
    assert_left(fix("leaky.py", "other.py"), "the file was changed meanwhile; run again\n")
    assert texts("leaky.py") == ["theirs = 1\n"]


def test_a_file_that_cannot_be_written(fix: Flake8) -> None:
    write("mixed.py", MIXED).chmod(0o444)
    run = fix("mixed.py")
    assert run.out.count("    left: the file is write-protected\n") == 1
    # For the others nothing would have been written.
    assert "Fixed nothing\nLeft 3 findings:\n" in run.out
    assert "     1  LEK501: the file is write-protected\n" in run.out
    assert "     1  LEK201: the fix may change behaviour" in run.out
    assert texts("mixed.py") == [MIXED]
    assert "Would fix 1 finding" in fix("--leaks-diff", "mixed.py").err


LEFT: dict[str, tuple[bytes, str]] = {
    "other bytes": (b"# gr\xf6\xdfe\n" + LEAKY.encode(), "the file cannot be decoded ("),
    "form feed": (b"\x0c" + LEAKY.encode(), "the file would not come back as it is (libcst loses"),
    "return": (LEAKY.encode() + b"return 1\n", "the file cannot be compiled ('return' outside function"),
    "libcst": (LEAKY.encode() + b"(x): int = 1\n", "the file cannot be parsed by libcst (line 4)"),
}


@pytest.mark.parametrize("case", LEFT)
def test_a_file_that_is_left_alone(fix: Flake8, case: str) -> None:
    data, reason = LEFT[case]
    Path("leaky.py").write_bytes(data)
    write("other.py")
    assert_left(fix("leaky.py", "other.py"), reason)
    assert Path("leaky.py").read_bytes() == data


def test_an_error_inside_a_fix_ends_neither_the_file_nor_the_run(fix: Flake8, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(file: File, at: At, tree: object) -> object:
        if "fail" in at.symbol:
            raise KeyError("no such key")
        return real(file, at, tree)

    real = unreleased_resource.fix
    monkeypatch.setattr(unreleased_resource, "fix", fail)
    monkeypatch.delenv(RAISE)
    failing = LEAKY.replace("size", "fail")
    write("leaky.py", f"{failing}\n\n{LEAKY}")
    write("other.py")
    run = fix("leaky.py", "other.py")
    assert texts("leaky.py", "other.py") == [f"{failing}\n\n{FIXED}", FIXED]
    assert "Fixed 2 findings in 2 files: 2 LEK501\nLeft 1 finding:\n" in run.out
    assert run.out.count("internal error in the fix (KeyError: 'no such key'), please report\n") == 2
    monkeypatch.setenv(RAISE, "1")
    with pytest.raises(KeyError):
        fix("leaky.py")


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_a_run_that_is_stopped_leaves_whole_files(
    fix: Flake8, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    def stop(part: str, target: str) -> None:
        if target.endswith("b.py"):
            raise error
        move(part, target)

    move = os.replace
    monkeypatch.setattr(os, "replace", stop)
    for name in "abc":
        write(f"{name}.py")
    if error is KeyboardInterrupt:
        run = fix(".")
        assert run.out.endswith("... stopped\n")
        assert run.status == 1
    else:
        with pytest.raises(SystemExit):
            fix(".")
    assert texts("a.py", "b.py", "c.py") == [FIXED, LEAKY, LEAKY]
    assert sorted(os.listdir()) == ["a.py", "b.py", "c.py"]


@pytest.mark.parametrize("mode", [0o755, 0o640])
def test_permissions_stay(fix: Flake8, mode: int) -> None:
    file = write("leaky.py", f"#!/usr/bin/env python3\n{LEAKY}")
    file.chmod(mode)
    assert "Fixed 1 finding" in fix("leaky.py").out
    assert stat.S_IMODE(file.stat().st_mode) == mode


# -- processes of their own --------------------------------------------------------------------------------------


def process(
    folder: Path, *arguments: str, stdin: str | None = None, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run Python with arguments, in a folder."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


RUN = ["-m", "flake8", "--isolated", "--select=LEK", "--format=leaks-fix"]


def test_standard_input_is_not_fixed_whatever_its_name(tmp_path: Path) -> None:
    file = tmp_path / "leaky.py"
    file.write_text(LEAKY)
    for name in ("stdin", "leaky.py"):
        run = process(tmp_path, *RUN, f"--stdin-display-name={name}", "-", stdin=LEAKY)
        assert run.stdout.startswith(f"{name}:2:12: LEK501 ")
        assert "Fixed nothing\n" in run.stdout
        assert "     1  LEK501: the file was read from standard input\n" in run.stdout
        assert run.stderr == ""
    assert file.read_text() == LEAKY
    assert os.listdir(tmp_path) == ["leaky.py"]


SPAWN = """\
import multiprocessing, sys
from flake8.main.cli import main

if __name__ == "__main__":
    multiprocessing.set_start_method(sys.argv.pop(1))
    sys.exit(main())
"""


@pytest.mark.parametrize("start", ["spawn", *(["fork"] if hasattr(os, "fork") else [])])
def test_jobs(tmp_path: Path, start: str) -> None:
    (tmp_path / "run.py").write_text(SPAWN)
    source = tmp_path / "src"
    source.mkdir()
    for name in "abc":
        (source / f"{name}.py").write_text(f"import tarfile\n\n\n{LEAKY}\n\n{LEAKY.replace('open', 'tarfile.open')}")
    run = process(tmp_path, "run.py", start, *RUN[2:], "--jobs=2", "--leaks-harmless=tarfile.open", "src")
    assert run.stderr == ""
    assert run.stdout.endswith("\n\nFixed 3 findings in 3 files: 3 LEK501\n")
    for name in "abc":
        assert f"{FIXED}\n\ndef size(path):\n    file = tarfile.open(path)\n" in (source / f"{name}.py").read_text()


def test_a_terminal_that_knows_only_ascii(tmp_path: Path) -> None:
    source = f"GRÖSSE = []\n\n\ndef on_größe(größe):\n    GRÖSSE.append(größe)\n\n\n{LEAKY}    # größer\n"
    (tmp_path / "größe.py").write_text(source, encoding="utf-8")
    ascii_only = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    run = process(tmp_path, *RUN, "--leaks-diff", ".", environment=ascii_only)
    assert "+    with open(path) as file:\n" in run.stdout
    assert "     # größer\n" in run.stdout
    assert run.stderr.count(r"'GR\xd6SSE' only grows") == 1
    assert "Traceback" not in run.stderr
    run = process(tmp_path, *RUN, ".", environment=ascii_only)
    assert "'GRÖSSE' only grows" in run.stdout
    assert run.stderr == ""
    assert (tmp_path / "größe.py").read_text("utf-8").count("with open(path) as file:") == 1


@pytest.mark.parametrize(
    ("source", "needed"), [(FIXED, False), (MIXED.replace("file = open", "return open"), False), (LEAKY, True)]
)
def test_libcst_is_imported_only_when_there_is_something_to_fix(tmp_path: Path, source: str, needed: bool) -> None:
    (tmp_path / "module.py").write_text(source)
    run = process(tmp_path, "-X", "importtime", *RUN, "--leaks-diff", "--select=LEK103,LEK501", "module.py")
    assert run.returncode == (source != FIXED)
    assert "flake8_leaks.repair" in run.stderr
    assert ("libcst" in run.stderr) == needed


@pytest.mark.skipif(os.name == "nt", reason="needs a shell")
def test_a_reader_that_goes_away(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"module_{number}.py").write_text(LEAKY * 20)
    command = " ".join([sys.executable, *RUN, "--leaks-diff . 2> err.txt | head -1"])
    run = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.stdout == "--- a/module_0.py\n"
    # As flake8 itself ends when its output breaks off; no finding is told as left for that.
    assert "left:" not in (tmp_path / "err.txt").read_text()
