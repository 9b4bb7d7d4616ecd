"""The plugin inside the real flake8: selection, suppression, positions, and what happens when something is wrong."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_leaks import lint as lint_module
from flake8_leaks.options import Options
from flake8_leaks.plugin import Plugin
from flake8_leaks.rule import At, File, Rule

# One leak of each of five codes; the last two belong to opt-in rules. Clean for every other plugin of flake8.
LEAKY = """\
import functools
import sqlite3

CACHE = {}
EVENTS = []


def remember(user_id, value):
    CACHE[user_id] = value


def on_event(event):
    EVENTS.append(event)


def read(path):
    file = open(path)
    return file.read()


def count(path):
    with sqlite3.connect(path) as connection:
        return connection.execute("select count(*) from t").fetchone()


class Report:
    @functools.lru_cache(maxsize=8)
    def total(self):
        return 1
"""


def flake8(
    folder: Path, *arguments: str, config: str | None = None, stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run flake8 in a folder, with nothing but the given configuration."""
    if config is None:
        arguments = ("--isolated", *arguments)
    else:
        (folder / "flake8.cfg").write_text(config, encoding="utf-8")
        arguments = ("--config", "flake8.cfg", *arguments)
    return subprocess.run(
        [sys.executable, "-m", "flake8", *arguments],
        cwd=folder,
        env={**os.environ, "FLAKE8_LEAKS_RAISE": "1", "PYTHONIOENCODING": "utf-8"},
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def codes(run: subprocess.CompletedProcess[str]) -> str:
    """The codes in the output of flake8, each once, as one sorted text."""
    assert run.stderr == ""
    return " ".join(sorted(set(re.findall(r" ([A-Z]+\d+) ", run.stdout))))


# -- which codes show -------------------------------------------------------------------------------------------

DEFAULT = "LEK101 LEK201 LEK501"
ALL = "LEK101 LEK152 LEK201 LEK501 LEK552"
# option, value, the codes that show, the codes that show with --leaks-pedantic
MATRIX = [
    ("", "", DEFAULT, ALL),
    ("select", "LEK", DEFAULT, ALL),
    ("select", "LEK5", "LEK501", "LEK501 LEK552"),
    ("extend-select", "LEK55", "LEK101 LEK201 LEK501 LEK552", ALL),
    ("extend-select", "LEK552", "LEK101 LEK201 LEK501 LEK552", ALL),
    ("ignore", "LEK101", "LEK201 LEK501", "LEK152 LEK201 LEK501 LEK552"),
    ("extend-ignore", "LEK5", "LEK101 LEK201", "LEK101 LEK152 LEK201"),
    ("per-file-ignores", "leaky.py:LEK501", "LEK101 LEK201", "LEK101 LEK152 LEK201 LEK552"),
]


@pytest.mark.parametrize("pedantic", [False, True], ids=["default", "pedantic"])
@pytest.mark.parametrize("where", ["command line", "configuration file"])
@pytest.mark.parametrize(("option", "value", "shown", "shown_pedantic"), MATRIX)
def test_which_codes_show(
    tmp_path: Path, option: str, value: str, shown: str, shown_pedantic: str, where: str, pedantic: bool
) -> None:
    (tmp_path / "leaky.py").write_text(LEAKY, encoding="utf-8")
    if where == "command line":
        arguments = [f"--{option}={value}"] if option else []
        run = flake8(tmp_path, *arguments, *(["--leaks-pedantic"] if pedantic else []), "leaky.py")
    else:
        lines = ["[flake8]", f"{option} = {value}" if option else "", "leaks-pedantic = true" if pedantic else ""]
        run = flake8(tmp_path, "leaky.py", config="\n".join(lines))
    assert codes(run) == (shown_pedantic if pedantic else shown)
    assert run.returncode == 1


def test_select_of_an_opt_in_code_wakes_it_alone(tmp_path: Path) -> None:
    (tmp_path / "leaky.py").write_text(LEAKY, encoding="utf-8")
    assert codes(flake8(tmp_path, "--select=LEK552,LEK10", "leaky.py")) == "LEK101 LEK552"


# -- suppression ------------------------------------------------------------------------------------------------

NOQA = '''\
def code(path):
    file = open(path)  # noqa: LEK501
    return file.read()


def bare(path):
    file = open(path)  # noqa
    return file.read()


def prefix(path):
    file = open(path)  # noqa: LEK5
    return file.read()


def prefix_without_digits(path):
    file = open(path)  # noqa: LEK
    return file.read()


def one_of_two(path):
    file = open(path)  # noqa: E501, LEK501
    return file.read()


def another_code(path):
    file = open(path)  # noqa: LEK101  <- reported
    return file.read()


def name_of_a_call_over_several_lines(path):
    file = open(  # noqa: LEK501
        path,
    )
    return file.read()


def name_on_a_line_of_its_own(path):
    import gzip
    file = (
        gzip
        .open(  # noqa: LEK501
            path
        )
    )
    return file.read()


def closing_bracket(path):
    file = open(  # <- reported
        path,
    )  # noqa: LEK501
    return file.read()


def text_over_several_lines():
    file = open("""a
        name""")  # noqa: LEK501
    return file.read()


def inside_a_text_over_several_lines():
    file = open("""a # noqa: LEK501
        name""")
    return file.read()
'''


def test_noqa_counts_on_the_line_of_the_name_that_is_called(tmp_path: Path) -> None:
    (tmp_path / "shapes.py").write_text(NOQA, encoding="utf-8")
    run = flake8(tmp_path, "--select=LEK,E9", "--format=%(row)d %(code)s", "shapes.py")
    marked = [number for number, line in enumerate(NOQA.splitlines(), 1) if "<- reported" in line]
    assert len(marked) == 2
    assert run.stdout.splitlines() == [f"{number} LEK501" for number in marked]


def test_without_noqa_every_shape_is_reported(tmp_path: Path) -> None:
    (tmp_path / "shapes.py").write_text(NOQA, encoding="utf-8")
    run = flake8(tmp_path, "--select=LEK,E9", "--disable-noqa", "--format=%(code)s", "shapes.py")
    assert run.stdout.splitlines() == ["LEK501"] * NOQA.count("def ")


def test_noqa_for_a_file_skips_it_for_all_plugins(tmp_path: Path) -> None:
    (tmp_path / "skipped.py").write_text(f"# flake8: noqa: LEK101\nimport os\n{LEAKY}", encoding="utf-8")
    (tmp_path / "checked.py").write_text(f"import os\n{LEAKY}", encoding="utf-8")
    run = flake8(tmp_path, "--select=LEK,F", "skipped.py", "checked.py")
    assert codes(run) == f"F401 {DEFAULT}"
    assert "skipped.py" not in run.stdout


# -- positions --------------------------------------------------------------------------------------------------


def test_columns_are_characters(tmp_path: Path) -> None:
    lines = [
        "def read(path, größe):",
        "\tplain = open(path)",
        "\tä = größe and open(path)",
        '\temoji = "😀😀" and open(path)',
        '\tcombined = "e\u0301" and open(path)',
        '\ttab = "\t" and\topen(path)',
        "\treturn plain.read(), ä.read(), emoji.read(), combined.read(), tab.read()",
    ]
    (tmp_path / "columns.py").write_text("\n".join(lines) + "\n", encoding="utf-8")
    run = flake8(tmp_path, "--select=LEK,E9", "--format=%(row)d:%(col)d %(code)s", "columns.py")
    expected = [(n, line.index("open") + 1) for n, line in enumerate(lines, 1) if "open" in line]
    assert run.stdout.splitlines() == [f"{row}:{col} LEK501" for row, col in expected]


# -- ways to run ------------------------------------------------------------------------------------------------


def test_a_syntax_error_is_flake8s_own_finding_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text(f"{LEAKY}\n\ndef (:\n", encoding="utf-8")
    run = flake8(tmp_path, "--select=LEK,E9", "broken.py")
    assert codes(run) == "E999"
    assert run.stdout.count("\n") == 1


def test_standard_input_has_the_name_that_is_given(tmp_path: Path) -> None:
    run = flake8(tmp_path, "--select=LEK", "--stdin-display-name", "src/app.py", "-", stdin=LEAKY)
    assert codes(run) == DEFAULT
    assert all(line.startswith("src/app.py:") for line in run.stdout.splitlines())


def test_the_name_of_standard_input_says_whether_it_is_a_test(tmp_path: Path) -> None:
    run = flake8(tmp_path, "--select=LEK", "--stdin-display-name", "tests/test_app.py", "-", stdin=LEAKY)
    assert codes(run) == "LEK501"


def test_two_jobs_find_what_one_finds(tmp_path: Path) -> None:
    for name in "abcd":
        (tmp_path / f"{name}.py").write_text(LEAKY, encoding="utf-8")
    arguments = ["--select=LEK", "--leaks-pedantic", "--leaks-harmless=builtins.open", "."]
    one = flake8(tmp_path, "--jobs=1", *arguments)
    two = flake8(tmp_path, "--jobs=2", *arguments)
    assert codes(one) == "LEK101 LEK152 LEK201 LEK552"
    assert sorted(one.stdout.splitlines()) == sorted(two.stdout.splitlines())


def test_the_version_names_us(tmp_path: Path) -> None:
    assert f"flake8-leaks: {Plugin.version}" in " ".join(flake8(tmp_path, "--version").stdout.split())


# -- options ----------------------------------------------------------------------------------------------------


def test_options_over_several_lines_with_comments(tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text(
        "import mypkg\n\n\n"
        "def use(name, bus, request):\n"
        "    thing = mypkg.open_thing(name)\n"
        "    loan = mypkg.lend(name)\n"
        "    hired = mypkg.hire(name)\n"
        "    kept = mypkg.lend(name)\n"
        "    kept.give_back()\n"
        "    file = open(name)\n"
        "    bus.listen(lambda: None)\n"
        "    return thing.read(), loan.read(), hired.read(), file.read()\n",
        encoding="utf-8",
    )
    config = """\
[flake8]
select = LEK,E9
leaks-resources =
    # what the package opens
    mypkg.open_thing: close  # as files are
    mypkg.lend: give_back; mypkg.hire: fire, mypkg.dismiss()
leaks-listeners = .listen: .unlisten  # heard for ever
leaks-harmless =
    builtins.open
    mypkg.nothing
"""
    found = flake8(tmp_path, "--format=%(row)d %(code)s", "own.py", config=config)
    assert found.stdout.splitlines() == ["5 LEK501", "6 LEK501", "7 LEK501", "11 LEK301"]
    assert found.stderr == ""


@pytest.mark.parametrize(
    ("option", "value", "entry"),
    [
        ("leaks-resources", "mypkg.open_thing: close; mypkg.lend", "mypkg.lend"),
        ("leaks-large-names", "cohort; two words", "two words"),
    ],
)
def test_a_malformed_option_ends_the_run_with_a_clear_error(
    tmp_path: Path, option: str, value: str, entry: str
) -> None:
    (tmp_path / "leaky.py").write_text(LEAKY, encoding="utf-8")
    for run in (
        flake8(tmp_path, f"--{option}={value}", "leaky.py"),
        flake8(tmp_path, "leaky.py", config=f"[flake8]\n{option} = {value}\n"),
    ):
        message = run.stdout + run.stderr
        assert f"--{option}: '{entry}'" in message
        assert "Traceback" not in message
        assert "LEK" not in message
        assert run.returncode == 1


# -- errors of our own ------------------------------------------------------------------------------------------


def _broken(file: File) -> Iterator[At]:
    yield At(file.model.tree.body[0], symbol="one")
    raise KeyError("no such\nkey")


def _wordless(file: File) -> Iterator[At]:
    yield At(file.model.tree.body[0], symbol="one")


BROKEN = Rule("LEK199", "broken-rule", "never said", _broken, "A page.")
# Its message asks for a word that it doesn't give.
WORDLESS = Rule("LEK299", "wordless-rule", "'{name}' leaks", _wordless, "A page.")


def run_plugin(monkeypatch: pytest.MonkeyPatch, *more: Rule) -> list[tuple[int, int, str]]:
    """What the plugin yields for LEAKY, in process, with more rules than there are."""
    known = lint_module.rules()
    monkeypatch.setattr(lint_module, "rules", lambda: (*more, *known))
    monkeypatch.setattr(Plugin, "options", Options(pedantic=True))
    found = Plugin(ast.parse(LEAKY), "leaky.py", LEAKY.splitlines(keepends=True)).run()
    return [(line, col, text) for line, col, text, _ in found]


@pytest.mark.parametrize("rule", [BROKEN, WORDLESS], ids=lambda rule: rule.name)
def test_an_error_inside_a_rule_is_reported_once_and_the_run_goes_on(
    monkeypatch: pytest.MonkeyPatch, rule: Rule
) -> None:
    monkeypatch.delenv(lint_module.RAISE, raising=False)
    (first, *others) = run_plugin(monkeypatch, rule)
    assert first[:2] == (1, 0)
    assert re.fullmatch(rf"LEK000 internal error in {rule.code} \(KeyError: .*\), please report", first[2])
    assert " ".join(sorted(text[:6] for _, _, text in others)) == ALL


def test_an_error_inside_the_model_is_reported_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(lint_module.RAISE, raising=False)

    def fail(tree: ast.Module) -> None:
        raise RuntimeError("no model")

    monkeypatch.setattr(lint_module, "build", fail)
    found = run_plugin(monkeypatch)
    assert found == [(1, 0, "LEK000 internal error in the model (RuntimeError: no model), please report")]


def test_the_environment_variable_lets_an_error_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(lint_module.RAISE, "1")
    with pytest.raises(KeyError, match="no such"):
        run_plugin(monkeypatch, BROKEN)
