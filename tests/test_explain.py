"""`python -m flake8_leaks`: the pages and the list of rules in the terminal."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from flake8_leaks import __version__, pages
from flake8_leaks.__main__ import explain, main, table
from flake8_leaks.lint import rules
from flake8_leaks.rule import Rule

each_rule = pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)


def run(*arguments: str, interpreter: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """`python -m flake8_leaks` in a process of its own."""
    command = [sys.executable, *interpreter, "-m", "flake8_leaks", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False)


def failed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a wrong question prints on standard error."""
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err


# -- explain -------------------------------------------------------------------------------------------------------


@each_rule
def test_a_page_is_printed_whole(rule: Rule) -> None:
    """Each word of it, in order, less the marks of Markdown around code and addresses."""
    printed = explain(rule)
    words = re.sub(r"^```(python)?$|^## |<(?=http)|(?<=\S)>$", "", rule.page, flags=re.M).split()
    without_lines = re.sub(r"^-{4,}$", "", printed, flags=re.M)
    assert without_lines.split("What it does\n", 1)[1].split() == words[3:]
    assert printed.startswith(f"{rule.code} {rule.name}\n===")
    assert f"Fix: {pages.fix(rule)}." in printed
    assert "```" not in printed


@each_rule
@pytest.mark.parametrize("width", [60, 80, 200])
def test_prose_fits_the_terminal(rule: Rule, width: int) -> None:
    long = [line for line in explain(rule, width).splitlines() if len(line) > min(width, 100)]
    assert [line for line in long if not re.match(r"    |- https://", line)] == []


def test_code_keeps_its_lines() -> None:
    assert "    def profile(user_id):\n        if user_id not in _PROFILES:\n" in explain(rules()[0])


@pytest.mark.parametrize("name", ["LEK101", "lek101", "unbounded-cache", "Unbounded-Cache"])
def test_a_rule_goes_by_code_and_by_name(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", name]) == 0
    assert capsys.readouterr() == (explain(rules()[0]) + "\n", "")


def test_several_rules_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "LEK103", "unreleased-resource"]) == 0
    heads = re.findall(r"^(.*)\n=+$", capsys.readouterr().out, flags=re.M)
    assert heads == ["LEK103 cached-method", "LEK501 unreleased-resource"]


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("LEK199", ["LEK156", "LEK155", "LEK154"]),
        ("LEK509", ["LEK508", "LEK507", "LEK506"]),
        ("101", ["LEK101", "LEK102", "LEK103"]),
        ("unbound-cache", ["LEK101", "LEK104", "LEK152"]),
        ("listener", ["LEK301", "LEK302", "LEK303"]),
        ("completely-else", []),
    ],
)
def test_an_unknown_rule(name: str, nearest: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    err = failed(capsys, "explain", "LEK101", name)
    assert f"there is no rule {name}" in err
    assert re.findall(r"^  (LEK\d+) ", err, flags=re.M) == nearest


def test_a_family_is_no_rule(capsys: pytest.CaptureFixture[str]) -> None:
    err = failed(capsys, "explain", "LEK3")
    assert "LEK3 is no rule, but a family of rules, listeners never removed:" in err
    assert re.findall(r"^  (LEK\d+) ", err, flags=re.M) == [r.code for r in rules() if r.family == "LEK3"]


def test_the_beginning_of_codes_is_no_rule(capsys: pytest.CaptureFixture[str]) -> None:
    err = failed(capsys, "explain", "LEK55")
    assert re.findall(r"^  (LEK\d+) ", err, flags=re.M) == [r.code for r in rules() if r.code.startswith("LEK55")]


def test_an_internal_error_is_no_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert "please report" in failed(capsys, "explain", "LEK000")


# -- list ----------------------------------------------------------------------------------------------------------


def test_the_list_in_a_pipe_has_a_line_for_each_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.split() == ["code", "name", "default", "fix", "finds"]
    cells = [tuple(re.split(r" {2,}", line)) for line in lines]
    assert cells == [(r.code, r.name, pages.default(r), pages.fix(r), pages.summary(r)) for r in rules()]


@pytest.mark.parametrize("width", [72, 80, 110, 160])
def test_the_list_fits_the_terminal(width: int) -> None:
    text = table(width)
    assert max(map(len, text.splitlines())) <= width
    assert sorted(text.split()) == sorted(table(None).split())


def test_a_terminal_sets_the_width(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["--list"]) == 0
    assert capsys.readouterr().out == table(120) + "\n"


# -- the rest ------------------------------------------------------------------------------------------------------


def test_without_arguments_it_helps(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert capsys.readouterr().out.startswith("usage: python -m flake8_leaks ")


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert (ended.value.code, capsys.readouterr().out) == (0, f"flake8-leaks {__version__}\n")


def test_it_runs_as_a_module() -> None:
    ended = run("explain", "LEK101")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, explain(rules()[0]) + "\n", "")


def test_an_unknown_rule_ends_with_status_two() -> None:
    ended = run("explain", "LEK999")
    assert (ended.returncode, ended.stdout) == (2, "")


@pytest.mark.parametrize("arguments", [["--list"], ["explain", "LEK101"]])
def test_without_docstrings_it_says_so(arguments: list[str]) -> None:
    ended = run(*arguments, interpreter=("-OO",))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "without -OO" in ended.stderr


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is another error there")
def test_a_reader_that_leaves_early_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        command = [sys.executable, "-m", "flake8_leaks", "--list"]
        ended = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, timeout=60, check=False)
    finally:
        os.close(writer)
    assert (ended.returncode, ended.stderr) == (0, b"")
