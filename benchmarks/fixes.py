"""What do the fixes do to released code? Applies each, checks the result, and replays readers' verdicts.

    python benchmarks/fixes.py                       # fixes per code, and every one that is not as it should be
    python benchmarks/fixes.py --check               # exit status 1 if there is any, or a verdict "changes"
    python benchmarks/fixes.py diffs --codes LEK5    # the fixes as diffs, to be read
    python benchmarks/fixes.py sample --n 60 > items.jsonl

Works on the releases that leakbench/packages.txt pins and on those of leakbench, with all codes. Nothing is written
to them, and none of their code is run. A fix is as it should be if the file compiles, the finding is gone, and no other
finding has come; each is looked at alone, and all of a file together.

A verdict is a line of fix_verdicts.jsonl: package, version, path, line, code, symbol, verdict, why. It is one of
    keeps     values, exceptions and the order of side effects are as before on every path, but for the leak
    changes   they aren't: the fix must become unsafe
It belongs to the safe fix of that code and symbol in that file, and if there are several, to the one on its line.

Needs flake8-leaks in the environment it runs in.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import hashlib
import json
import os
import random
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from flake8_leaks.lint import RAISE, lint
from flake8_leaks.options import Options
from flake8_leaks.repair import Outcome, Untouchable, decoded, repair

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "leakbench"))

from releases import Missing, packages, release  # noqa: E402
from verdicts import Verdict, load, match  # noqa: E402

VERDICTS = HERE / "fix_verdicts.jsonl"
WORDS = ("keeps", "changes")
OPTIONS = Options(pedantic=True)


class Item(NamedTuple):
    """A finding with a fix, or the reason why it has none. kind: safe, unsafe or left."""

    package: str
    version: str
    path: str
    line: int
    code: str
    symbol: str
    kind: str
    said: str
    diff: str
    fault: str


class File(NamedTuple):
    """One file of a release; the path is relative to its folder."""

    package: str
    version: str
    path: str

    def read(self) -> bytes:
        return (release(self.package, self.version) / self.path).read_bytes()


# --- the files


def files(only: list[str]) -> list[File]:
    """Those of the packages and of the releases of leakbench, with and without the leak; of files that several releases
    have, the first."""
    wanted = packages()
    for line in (HERE / "leakbench" / "rows.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        wanted += [(row["pypi"], row["before"]), (row["pypi"], row["after"])]
    found: dict[bytes, File] = {}
    missing = []
    for name, version in dict.fromkeys(wanted):
        if only and name not in only:
            continue
        try:
            folder = release(name, version)
        except Missing:
            missing.append(f"{name} {version}")
            continue
        for path in sorted(folder.rglob("*.py")):
            digest = hashlib.sha256(path.read_bytes()).digest()
            found.setdefault(digest, File(name, version, path.relative_to(folder).as_posix()))
    if missing:
        print(f"not in the index any more: {', '.join(missing)}", file=sys.stderr)
    return list(found.values())


def fixed(file: File) -> list[Item]:
    try:
        return tried(file)
    except Exception as error:
        raise RuntimeError(f"{file.package} {file.version} {file.path}") from error


def tried(file: File) -> list[Item]:
    """What becomes of the findings of one file, each alone; a fault of all fixes together is one of the last."""
    data = file.read()
    try:
        unsafe = repair(data, file.path, OPTIONS, unsafe=True)
    except Untouchable as reason:
        return [Item(*file, 0, "", "", "left", f"the file {reason}", "", "")] if counted(data, file.path) else []
    items = []
    for one in unsafe.outcomes:
        finding = one.finding
        alone = repair(data, file.path, OPTIONS, [(finding.code, finding.line, finding.col)], unsafe=True)
        (outcome,) = alone.outcomes
        kind = "left"
        if outcome.fixed:
            kind = "safe" if is_safe(outcome, data, file) else "unsafe"
        fault = broken(file, data, alone.data, [outcome]) if outcome.fixed else ""
        items.append(
            Item(*file, finding.line, finding.code, finding.symbol, kind, outcome.said, diff(data, alone.data), fault)
        )
    together = [outcome for outcome in unsafe.outcomes if outcome.fixed]
    fault = broken(file, data, unsafe.data, together) if together else ""
    if fault:
        items[-1] = items[-1]._replace(fault=f"all together: {fault}")
    return items


def is_safe(outcome: Outcome, data: bytes, file: File) -> bool:
    finding = outcome.finding
    wanted = [(finding.code, finding.line, finding.col)]
    return repair(data, file.path, OPTIONS, wanted).outcomes[0].fixed


def broken(file: File, before: bytes, after: bytes, outcomes: list[Outcome]) -> str:
    """What is wrong with a fixed file, if anything."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(after, file.path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        return f"does not compile: {error}"
    old, new = counted(before, file.path), counted(after, file.path)
    if new - old:
        return f"new findings: {sorted(new - old)}"
    due = Counter((outcome.finding.code, outcome.finding.symbol) for outcome in outcomes)
    left = due - (old - new)
    return f"findings left: {sorted(left)}" if left else ""


def counted(data: bytes, path: str) -> Counter[tuple[str, str]]:
    """How many findings a file has, by code and symbol."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(data)
        found = lint(tree, decoded(data).lines, path, Options(pedantic=True, tests=True))
    except (SyntaxError, ValueError, RecursionError, Untouchable):
        return Counter()
    return Counter((finding.code, finding.symbol) for finding in found)


def diff(before: bytes, after: bytes) -> str:
    old, new = (decoded(data).lines for data in (before, after))
    return "".join(difflib.unified_diff(old, new, "before", "after", n=12))


def run(args: argparse.Namespace) -> list[Item]:
    os.environ[RAISE] = "1"  # an error inside a rule or a fix is to be seen, with its traceback
    with ProcessPoolExecutor(args.jobs) as pool:
        found = [item for items in pool.map(fixed, files(args.package), chunksize=32) for item in items]
    return [item for item in found if not args.codes or item.code.startswith(tuple(args.codes))]


# --- verdicts


def judged(items: list[Item]) -> tuple[dict[Item, Verdict], list[Verdict]]:
    """The safe fixes that have a verdict, with it, and the verdicts on what is no safe fix any more."""
    return match([item for item in items if item.kind == "safe"], load(VERDICTS, WORDS))


# --- the verbs


def report(args: argparse.Namespace) -> int:
    items = run(args)
    verdicts, lost = judged(items)
    print("| code | findings | safe | unsafe | left | judged | keeps |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for code in [*sorted({item.code for item in items if item.kind != "left"}), "together"]:
        mine = [item for item in items if code in (item.code, "together")]
        kinds = Counter(item.kind for item in mine)
        words = Counter(verdicts[item].verdict for item in mine if item in verdicts)
        figures = [len(mine), kinds["safe"], kinds["unsafe"], kinds["left"], words.total(), words["keeps"]]
        print(f"| {code} | {' | '.join(map(str, figures))} |")
    if args.verbose:
        for reason, count in Counter((item.code, item.said) for item in items if item.kind == "left").most_common():
            print(f"{count:5} {reason[0]} {reason[1]}")
    faults = [item for item in items if item.fault]
    for item in faults:
        print(f"FAULT {item.package}-{item.version}/{item.path}:{item.line}: {item.code}: {item.fault}")
    changes = [verdict for verdict in verdicts.values() if verdict.verdict == "changes"]
    for verdict in changes:
        print(
            f"CHANGES {verdict.package}-{verdict.version}/{verdict.path}:{verdict.line}: {verdict.code} {verdict.why}"
        )
    if args.verbose:
        for verdict in lost:
            print(f"LOST {verdict.package}-{verdict.version}/{verdict.path}:{verdict.line}: {verdict.code}")
    print(f"\n{len(faults)} faults, {len(changes)} safe fixes judged to change behaviour")
    print(f"{len(lost)} verdicts on what is no safe fix any more")
    return 1 if args.check and (faults or changes) else 0


def diffs(args: argparse.Namespace) -> int:
    for item in run(args):
        if item.kind in args.kind:
            print(f"=== {item.package}-{item.version}/{item.path}:{item.line}: {item.code} {item.kind}: {item.said}")
            print(item.diff)
    return 0


def drawn(items: list[Item], count: int, seed: int) -> Iterator[Item]:
    """The codes take turns; within a code chance decides."""
    by_code: dict[str, list[Item]] = defaultdict(list)
    for item in sorted(items):
        by_code[item.code].append(item)
    for code, queue in by_code.items():
        random.Random(f"{seed} {code}").shuffle(queue)
    while count and any(by_code.values()):
        for code in sorted(by_code):
            if by_code[code] and count:
                count -= 1
                yield by_code[code].pop()


def sample(args: argparse.Namespace) -> int:
    items = run(args)
    known = judged(items)[0]
    for item in drawn([item for item in items if item.kind == "safe" and item not in known], args.n, args.seed):
        print(json.dumps(item._asdict(), ensure_ascii=False))
    return 0


def main() -> int:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--codes", type=lambda text: text.split(","), default=[], help="only these, by prefix")
    common.add_argument("--package", action="append", default=[], help="only this one; may be repeated")
    common.add_argument("--jobs", type=int, default=2)
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = options.add_subparsers(dest="verb")
    verb = verbs.add_parser("report", parents=[common], help="(default) fixes per code, faults, verdicts")
    verb.add_argument("--check", action="store_true", help="exit with status 1 if anything is not as it should be")
    verb.add_argument("--verbose", action="store_true", help="why findings are left")
    verb = verbs.add_parser("diffs", parents=[common], help="print the fixes as diffs")
    verb.add_argument("--kind", nargs="+", default=["safe", "unsafe"], choices=["safe", "unsafe"])
    verb = verbs.add_parser("sample", parents=[common], help="draw safe fixes to judge, as JSON lines")
    verb.add_argument("--n", type=int, default=60, help="how many (default: %(default)s)")
    verb.add_argument("--seed", type=int, default=1, help="what chance depends on (default: %(default)s)")
    arguments = sys.argv[1:]
    if not arguments or (arguments[0] not in verbs.choices and arguments[0] not in ("-h", "--help")):
        arguments = ["report", *arguments]
    args = options.parse_args(arguments)
    return {"report": report, "diffs": diffs, "sample": sample}[args.verb](args)


if __name__ == "__main__":
    sys.exit(main())
