"""Leakbench: real leaks that maintainers fixed, in released code; how many does a linter see?

Each row of rows.jsonl names a released file that leaks (`before`), the release that fixed it (`after`)
and the lines that the leak is about. A row is a HIT if a finding of a fitting family stands in a statement
that begins on, or contains, one of those lines of the leaky file. A hit is QUIET if the fixed file has no
finding of the same code left in the same function or class. Rows of releases that the index no longer has are
named, and left out of all totals.

    python score.py                         # flake8-leaks as installed in this environment
    python score.py --misses --hits         # row by row
    python score.py --command "python -m flake8 --isolated --jobs=1 --select=LEK --leaks-pedantic"
    python score.py --command "ruff check --isolated --no-cache --output-format=concise --select=B019,SIM115"

Needs flake8 and flake8-leaks in the environment it runs in, and the package index on first use (released
files are kept under LEAKBENCH_CACHE, default ~/.cache/leakbench). It runs none of the code it reads.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import shlex
import subprocess
import sys
import warnings
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from releases import Missing, release, source

ROWS = Path(__file__).with_name("rows.jsonl")
FINDING = re.compile(r"^(.*?):(\d+):(?:\d+:)? \[?([A-Z]+\d+)(.*)$")
LEAKS = f"{sys.executable} -m flake8 --isolated --jobs=1 --select=LEK"
# The code families that may speak of a leak of each kind; other linters' codes fit all.
FITS = {
    "cache": "12",
    "accumulator": "12",
    "listener": "34",
    "closure": "34",
    "resource": "56",
    "lifetime": "256",
    "other": "123456",
}
SIDES = ("before", "after")


class Outline:
    """Which lines belong to the same statement, and in which function or class a line stands."""

    def __init__(self, path: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(path.read_bytes())
        self.span: dict[int, tuple[int, int]] = {}
        self.owner: dict[int, str] = {}
        todo: list[tuple[ast.AST, str]] = [(tree, "")]
        while todo:
            node, owner = todo.pop()
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                owner = f"{owner}.{node.name}"
                for line in range(node.lineno, node.end_lineno + 1):
                    if len(owner) >= len(self.owner.get(line, "")):
                        self.owner[line] = owner
            if isinstance(node, ast.stmt):
                body = getattr(node, "body", None)
                last = max(node.lineno, body[0].lineno - 1) if isinstance(body, list) else node.end_lineno
                for line in range(node.lineno, last + 1):
                    old = self.span.get(line)
                    if old is None or last - node.lineno <= old[1] - old[0]:
                        self.span[line] = (node.lineno, last)
            todo += [(child, owner) for child in ast.iter_child_nodes(node)]

    def lines(self, line: int) -> range:
        first, last = self.span.get(line, (line, line))
        return range(first, last + 1)


def findings(command: list[str], files: list[Path]) -> dict[Path, list[tuple[int, str, str]]]:
    found = defaultdict(list)
    for start in range(0, len(files), 100):
        some = [str(file) for file in files[start : start + 100]]
        run = subprocess.run([*command, *some], capture_output=True, text=True, check=False)
        if not run.stdout and run.returncode:
            sys.exit(f"{shlex.join(command)} failed with {run.returncode}:\n{run.stderr}")
        for match in map(FINDING.match, run.stdout.splitlines()):
            if match:
                found[Path(match[1]).resolve()].append((int(match[2]), match[3], match[4]))
    return found


def present(rows: list[dict]) -> list[dict]:
    """The rows whose two releases can be had; names the others."""

    def missing(wanted: tuple[str, str]) -> str:
        try:
            release(*wanted)
        except Missing as error:
            return str(error)
        return ""

    wanted = sorted({(r["pypi"], r[side]) for r in rows for side in SIDES})
    with ThreadPoolExecutor(8) as pool:
        why = dict(zip(wanted, pool.map(missing, wanted), strict=True))
    kept = []
    for r in rows:
        reasons = [why[r["pypi"], r[side]] for side in SIDES if why[r["pypi"], r[side]]]
        if reasons:
            print(f"LEFT OUT {r['id']} [{r['family']}, visible in {r['visible']}]: {'; '.join(reasons)}")
        else:
            kept.append(r)
    return kept


def fits(code: str, family: str) -> bool:
    return not code.startswith("LEK") or code[3] in FITS[family]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--command", default=LEAKS, help="the linter, files are appended (default: %(default)s)")
    options.add_argument("--rows", type=Path, default=ROWS)
    options.add_argument("--hits", action="store_true", help="print each hit")
    options.add_argument("--misses", action="store_true", help="print each miss that one file shows")
    args = options.parse_args()

    every_row = [json.loads(line) for line in args.rows.read_text(encoding="utf-8").splitlines()]
    rows = present(every_row)
    before = {r["id"]: source(r["pypi"], r["before"], r["path"]).resolve() for r in rows}
    after = {r["id"]: source(r["pypi"], r["after"], r["path_after"]).resolve() for r in rows}
    found = findings(shlex.split(args.command), sorted({*before.values(), *after.values()}))

    total: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    quiet = hits_all = 0
    for r in rows:
        leaky = Outline(before[r["id"]])
        accepted = {line for mark in r["lines"] for line in leaky.lines(mark)}
        near = [f for f in found[before[r["id"]]] if f[0] in accepted and fits(f[1], r["family"])]
        groups = ["all", f"visible in {r['visible']}"]
        if r["visible"] == "file":
            groups += [f"  {r['family']}", f"  held by {r['scope']}"]
        for group in groups:
            total[group] += 1
            hit[group] += bool(near)
        if near:
            fixed = Outline(after[r["id"]])
            spoken = {(f[1], leaky.owner.get(f[0], "")) for f in near}
            still = any((f[1], fixed.owner.get(f[0], "")) in spoken for f in found[after[r["id"]]])
            hits_all += 1
            quiet += not still
            if args.hits:
                print(f"HIT  {r['id']} {near[0][1]}:{near[0][0]}{' (still there after the fix)' if still else ''}")
        elif args.misses and r["visible"] == "file":
            place = f"{r['pypi']} {r['before']} {r['path']}:{r['lines']}"
            print(f"MISS {r['id']} [{r['family']}, held by {r['scope']}] {place}\n     {r['what']}")
    files = len({*before.values(), *after.values()})
    print(f"{sum(map(len, found.values()))} findings in {files} files; quiet after the fix {quiet}/{hits_all}")
    left_out = len(every_row) - len(rows)
    print(f"{len(rows)} of {len(every_row)} rows, {left_out} left out{' (named above)' if left_out else ''}")
    for group in (
        "all",
        "visible in file",
        *sorted(g for g in total if g.startswith("  ")),
        "visible in domain",
        "visible in project",
    ):
        if total[group]:
            print(f"{group:24s} {hit[group]:3d}/{total[group]:<3d} {hit[group] / total[group]:4.0%}")


if __name__ == "__main__":
    main()
