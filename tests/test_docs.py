"""The site: what is generated is fresh, and its links lead somewhere in the repository, too."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from flake8_leaks import pages
from flake8_leaks.lint import rules

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    """docs/generate.py, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figure(**changes: Any) -> dict[str, Any]:
    return {
        "call": "Each call is a user.",
        "unit": "KiB",
        "example": 187.4,
        "fixed": 0.0,
        "per": 1000,
        "python": "3.12",
        **changes,
    }


# -- what is generated ---------------------------------------------------------------------------------------------


def test_the_generated_pages_are_fresh(generate: ModuleType) -> None:
    due = generate.files(generate.figures())
    there = {*(DOCS / "rules").glob("*.md"), ROOT / "mkdocs.yml"}
    stale = {path for path in due if path not in there or path.read_text("utf-8") != due[path]} | (there - due.keys())
    names = ", ".join(sorted(path.relative_to(ROOT).as_posix() for path in stale))
    assert not stale, f"stale: {names}; run `python docs/generate.py`"


def test_each_rule_has_a_page_in_its_family(generate: ModuleType) -> None:
    files = generate.files({})
    _, *parts = re.split(r"^## ", files[DOCS / "rules" / "index.md"], flags=re.M)
    for (family, name), part in zip(pages.FAMILIES.items(), parts, strict=True):
        assert part.startswith(f"{name.capitalize()}\n")
        codes = re.findall(r"^\| \[(LEK\d+)\]\(\1\.md\) \|", part, flags=re.M)
        assert codes == [rule.code for rule in rules() if rule.family == family]
    assert re.findall(r"^ +- rules/(\w+)\.md$", files[ROOT / "mkdocs.yml"], flags=re.M) == [
        "index",
        *(rule.code for rule in rules()),
    ]


def test_a_page_shows_what_is_said_of_its_example(generate: ModuleType) -> None:
    text = generate.page(rules()[0], None)
    assert text.startswith("# LEK101 unbounded-cache\n\n**On by default** · ")
    assert r"> '*name*' only grows: *function*() adds a key" in text
    assert r"> Line 6: '\_PROFILES' only grows: profile() adds a key" in text
    assert "LEK153](LEK153.md)" in text
    assert "# LEK101\n" in text, "no links in code"


def test_a_page_with_figures_has_a_section_for_them(generate: ModuleType) -> None:
    sentence = (
        "Each call is a user. "
        "1,000 calls of the example add 187 KiB; those of its cure add none (CPython 3.12, `tox -e proof`)."
    )
    with_figures, without = (generate.page(rules()[0], given) for given in (figure(), None))
    headings = re.findall(r"^## (.*)$", with_figures, flags=re.M)
    assert headings[headings.index("Measured") - 1] == "Use instead"
    assert with_figures.replace(f"## Measured\n\n{sentence}\n\n", "") == without


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"unit": "descriptors", "example": 1000, "fixed": 1},
            "1,000 calls of the example add 1,000 descriptors; those of its cure add 1 descriptor",
        ),
        (
            {"example": 12345.6, "fixed": 0.25, "per": 20},
            "20 calls of the example add 12,346 KiB; those of its cure add 0.25 KiB",
        ),
        (
            {"unit": "threads", "example": 2.0, "per": 1},
            "One call of the example adds 2 threads; that of its cure adds none",
        ),
    ],
)
def test_figures_are_told_in_a_sentence(generate: ModuleType, changes: dict[str, Any], sentence: str) -> None:
    assert generate.measured(figure(**changes)) == f"Each call is a user. {sentence} (CPython 3.12, `tox -e proof`)."


def test_figures_go_to_their_rule(generate: ModuleType) -> None:
    files = generate.files({"LEK501": figure(unit="descriptors", example=1000)})
    measured = [path.stem for path, text in files.items() if "## Measured" in text]
    assert measured == ["LEK501"]


# -- links and shared text -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_links_lead_to_files_of_the_site(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).is_file()] == []


def test_what_the_site_takes_from_other_files_is_there() -> None:
    taken = {line for path in PAGES for line in re.findall(r'^--8<-- "(.+)"$', path.read_text("utf-8"), flags=re.M)}
    readme = (ROOT / "README.md").read_text("utf-8")
    marks = re.findall(r"^<!-- --8<-- \[(start|end):([\w-]+)\] -->$", readme, flags=re.M)
    names = [name for _, name in marks[::2]]
    assert marks == [mark for name in names for mark in (("start", name), ("end", name))]
    assert taken == {*(f"README.md:{name}" for name in names), "CONTRIBUTING.md", "CHANGELOG.md"}
