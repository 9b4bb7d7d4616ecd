"""How often is a finding right, on finished code? Draws findings to be judged, and replays the verdicts.

    python benchmarks/precision.py                          # replay: verdicts per code, and what nobody has judged
    python benchmarks/precision.py replay --check           # exit status 1 if a floor is broken
    python benchmarks/precision.py sample --n 150 > items.jsonl
    python benchmarks/precision.py findings --json --package flask

All verbs lint the releases that leakbench/packages.txt pins, with the default codes or, with --pedantic, with all.

A verdict is a line of verdicts.jsonl: package, version, path, line, code, symbol, verdict, why. It is one of
    fix       a maintainer would want to change this
    harmless  what the message states is true, and costs nobody anything
    false     what the message states is not true
It belongs to the finding of that code and symbol in that file, and if there are several, to the one on its line, or
else to the nearest. A verdict whose finding is no longer made is counted apart and touches no share.

Needs flake8-leaks in the environment it runs in.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import signal
import sys
import tokenize
import traceback
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from flake8_leaks.lint import RAISE, lint
from flake8_leaks.options import Options

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "leakbench"))

from releases import packages, release  # noqa: E402
from verdicts import Verdict, load, match  # noqa: E402

VERDICTS = HERE / "verdicts.jsonl"
WORDS = ("fix", "harmless", "false")

# The floors, as shares of the judged findings.
MAX_FALSE_TOGETHER = 0.10
MIN_FIX_TOGETHER = 0.60
MAX_FALSE_OF_CODE = 0.25
MIN_FIX_OF_CODE = 0.40
MAX_FALSE_OPT_IN = 0.25
# A code with fewer judged findings has no share worth the name.
MIN_JUDGED_OF_CODE = 10

PER_CLASS = 3
CONTEXT = 15
# Seconds for one file; the longest of these releases take less than one.
PATIENCE = 30


class Item(NamedTuple):
    """A finding in a release; the path is relative to the folder of the release."""

    package: str
    version: str
    path: str
    line: int
    col: int
    code: str
    symbol: str
    text: str

    @property
    def kin(self) -> tuple[str, ...]:
        """Findings of one kin are much alike: same package, code and class; outside of classes, same file."""
        owner = self.symbol.rpartition(".")[0]
        return (self.package, self.code, owner or self.path)

    def excerpt(self) -> str:
        lines = read(release(self.package, self.version) / self.path)
        first = max(self.line - 1 - CONTEXT, 0)
        numbered = enumerate(lines[first : self.line + CONTEXT], first + 1)
        return "".join(f"{'>' if n == self.line else ' '}{n:5} {line.rstrip()}\n" for n, line in numbered)


class Linted(NamedTuple):
    """What came of one file."""

    items: list[Item]
    lines: int
    unreadable: bool
    error: str


# --- linting the releases


def read(path: Path) -> list[str]:
    """The lines of a file as flake8 reads them."""
    try:
        with tokenize.open(path) as file:
            return file.readlines()
    except (SyntaxError, UnicodeDecodeError):
        return path.read_text(encoding="latin-1").splitlines(keepends=True)


@contextmanager
def patience(text: str) -> Iterator[None]:
    """A lint that does not end is a fault like any other; where there are no timers it just goes on."""

    def stop(*_: object) -> None:
        raise TimeoutError(text)

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def lint_file(task: tuple[str, str, str, bool]) -> Linted:
    package, version, path, pedantic = task
    lines = read(release(package, version) / path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse("".join(lines))
    except (SyntaxError, ValueError, RecursionError):
        return Linted([], 0, True, "")
    try:
        with patience(f"more than {PATIENCE} seconds"):
            # The relative path, as whoever works on that package would see it.
            found = lint(tree, lines, path, Options(pedantic=pedantic))
    except Exception:
        return Linted([], len(lines), False, f"{package} {version} {path}\n{traceback.format_exc()}")
    items = [Item(package, version, path, f.line, f.col, f.code, f.symbol, f.text) for f in found]
    return Linted(items, len(lines), False, "")


class Run(NamedTuple):
    items: list[Item]
    lines: int
    files: int
    errors: int


def lint_all(args: argparse.Namespace) -> Run:
    """Lint all releases; exceptions go to standard error."""
    pinned = packages()
    if unknown := set(args.package) - {name for name, _ in pinned}:
        sys.exit(f"not in packages.txt: {', '.join(sorted(unknown))}")
    tasks = []
    for name, version in pinned:
        if not args.package or name in args.package:
            folder = release(name, version)
            paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.py"))
            tasks += [(name, version, path, args.pedantic) for path in paths]
    os.environ[RAISE] = "1"  # an error inside a rule is to be seen, with its traceback
    with ProcessPoolExecutor(args.jobs) as pool:
        results = list(pool.map(lint_file, tasks, chunksize=32))
    errors = [result.error for result in results if result.error]
    for error in errors:
        print(f"EXCEPTION {error}", file=sys.stderr)
    read_files = [result for result in results if not result.unreadable]
    unreadable = len(results) - len(read_files)
    lines = sum(result.lines for result in read_files)
    print(
        f"{len(read_files)} files, {lines:,} lines; {unreadable} files that this Python cannot parse; "
        f"{len(errors)} exceptions",
        file=sys.stderr,
    )
    items = sorted(item for result in results for item in result.items)
    return Run(items, lines, len(read_files), len(errors))


# --- verdicts


class Shares:
    """The verdicts on one code, or on several together."""

    def __init__(self, name: str, items: list[Item], judged: dict[Item, Verdict]) -> None:
        self.name = name
        self.found = len(items)
        self.words = Counter(judged[item].verdict for item in items if item in judged)
        self.judged = self.words.total()

    def share(self, word: str) -> float:
        return self.words[word] / self.judged if self.judged else 0.0

    def row(self, lines: int) -> str:
        verdicts = " | ".join(
            f"{f'{self.words[word]} ({self.share(word):.0%})' if self.judged else '-':>12}" for word in WORDS
        )
        density = 1000 * self.found / lines if lines else 0.0
        unjudged = self.found - self.judged
        return f"| {self.name:16} | {self.found:8} | {density:9.3f} | {self.judged:6} | {verdicts} | {unjudged:8} |"


def is_default(code: str) -> bool:
    return int(code[-2:]) < 50


def broken_floors(default: Shares, opt_in: Shares, codes: Iterable[Shares]) -> Iterator[str]:
    def too_false(shares: Shares, limit: float) -> Iterator[str]:
        if shares.share("false") > limit:
            yield f"{shares.name}: {shares.share('false'):.0%} of the judged are false, the limit is {limit:.0%}"

    def too_few(shares: Shares, floor: float) -> Iterator[str]:
        if shares.share("fix") < floor:
            yield f"{shares.name}: {shares.share('fix'):.0%} of the judged are worth a fix, the floor is {floor:.0%}"

    if default.judged:
        yield from too_false(default, MAX_FALSE_TOGETHER)
        yield from too_few(default, MIN_FIX_TOGETHER)
    elif default.found:
        yield f"{default.name}: nobody has judged any"
    yield from too_false(opt_in, MAX_FALSE_OPT_IN)
    for shares in codes:
        if shares.judged < MIN_JUDGED_OF_CODE:
            continue
        if is_default(shares.name):
            yield from too_false(shares, MAX_FALSE_OF_CODE)
            yield from too_few(shares, MIN_FIX_OF_CODE)
        else:
            yield from too_false(shares, MAX_FALSE_OPT_IN)


# --- the verbs


def wanted(items: list[Item], codes: list[str]) -> list[Item]:
    """The items whose code begins like one of those named; all if none is named."""
    return [item for item in items if not codes or item.code.startswith(tuple(codes))]


def as_json(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False)


def findings(args: argparse.Namespace) -> int:
    run = lint_all(args)
    for item in wanted(run.items, args.codes):
        if args.json:
            print(as_json(item._asdict()))
        else:
            print(f"{item.package}-{item.version}/{item.path}:{item.line}:{item.col + 1}: {item.code} {item.text}")
    return 1 if run.errors else 0


def draw(items: list[Item], judged: Iterable[Item], count: int, seed: int) -> list[Item]:
    """The codes take turns, so that each is heard; within a code chance decides, and no kin gives more than three."""
    taken = Counter(item.kin for item in judged)
    by_code: dict[str, list[Item]] = defaultdict(list)
    for item in sorted(items):
        by_code[item.code].append(item)
    for code, queue in by_code.items():
        # A generator of its own for each code: a new code does not change what is drawn of the others.
        random.Random(f"{seed} {code}").shuffle(queue)
    drawn: list[Item] = []
    while len(drawn) < count and any(by_code.values()):
        for code in sorted(by_code):
            queue = by_code[code]
            while queue and taken[queue[-1].kin] >= PER_CLASS:
                queue.pop()
            if queue and len(drawn) < count:
                item = queue.pop()
                taken[item.kin] += 1
                drawn.append(item)
    return sorted(drawn)


def sample(args: argparse.Namespace) -> int:
    run = lint_all(args)
    judged = {} if args.all else match(run.items, load(args.verdicts, WORDS))[0]
    unjudged = [item for item in wanted(run.items, args.codes) if item not in judged]
    drawn = draw(unjudged, judged, args.n, args.seed)
    for item in drawn:
        print(as_json({**item._asdict(), "excerpt": item.excerpt()}))
    print(f"{len(drawn)} of {len(unjudged)} {'' if args.all else 'unjudged '}findings", file=sys.stderr)
    return 1 if run.errors else 0


def replay(args: argparse.Namespace) -> int:
    run = lint_all(args)
    items = wanted(run.items, args.codes)
    names = {item.package for item in items} | set(args.package)
    verdicts = [v for v in load(args.verdicts, WORDS) if not args.package or v.package in names]
    judged, lost = match(run.items, verdicts)

    by_code: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_code[item.code].append(item)
    codes = [Shares(code, by_code[code], judged) for code in sorted(by_code)]
    default = Shares("default together", [item for item in items if is_default(item.code)], judged)
    opt_in = Shares("opt-in together", [item for item in items if not is_default(item.code)], judged)

    print(f"| {'code':16} | findings | per 1,000 | judged | {' | '.join(f'{word:>12}' for word in WORDS)} | unjudged |")
    print(f"| {'-' * 16} | -------: | --------: | -----: | {' | '.join(['-----------:'] * len(WORDS))} | -------: |")
    for shares in (*codes, default, *([opt_in] if args.pedantic else [])):
        print(shares.row(run.lines))
    print(f"\n{run.files} files, {run.lines:,} lines; {len(lost)} verdicts whose finding is no longer made")
    if args.verbose:
        for verdict in lost:
            place = f"{verdict.package}-{verdict.version}/{verdict.path}:{verdict.line}"
            print(f"GONE {verdict.verdict} {place}: {verdict.code} {verdict.symbol}")
        for item in items:
            if item not in judged:
                print(f"UNJUDGED {item.package}-{item.version}/{item.path}:{item.line}: {item.code} {item.text}")
    floors = list(broken_floors(default, opt_in, codes))
    for text in floors:
        print(f"FLOOR BROKEN {text}")
    return 1 if run.errors or (args.check and floors) else 0


def main() -> int:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--pedantic", action="store_true", help="the opt-in codes too")
    common.add_argument(
        "--codes", type=lambda text: text.split(","), default=[], help="only these, by prefix: LEK1,LEK501"
    )
    common.add_argument("--package", action="append", default=[], help="only this one; may be repeated")
    common.add_argument("--verdicts", type=Path, default=VERDICTS)
    common.add_argument("--jobs", type=int, default=2)

    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = options.add_subparsers(dest="verb")
    verb = verbs.add_parser("replay", parents=[common], help="(default) what the verdicts say of today's findings")
    verb.add_argument("--check", action="store_true", help="exit with status 1 if a floor is broken")
    verb.add_argument("--verbose", action="store_true", help="name the unjudged findings and the lost verdicts")
    verb = verbs.add_parser("sample", parents=[common], help="draw findings to judge, as JSON lines")
    verb.add_argument("--n", type=int, default=150, help="how many (default: %(default)s)")
    verb.add_argument("--seed", type=int, default=1, help="what chance depends on (default: %(default)s)")
    verb.add_argument("--all", action="store_true", help="those that have a verdict too")
    verb = verbs.add_parser("findings", parents=[common], help="print all findings")
    verb.add_argument("--json", action="store_true", help="as JSON lines")

    arguments = sys.argv[1:]
    if not arguments or (arguments[0] not in verbs.choices and arguments[0] not in ("-h", "--help")):
        arguments = ["replay", *arguments]
    args = options.parse_args(arguments)
    verb_functions: dict[str, Callable[[argparse.Namespace], int]] = {
        "replay": replay,
        "sample": sample,
        "findings": findings,
    }
    return verb_functions[args.verb](args)


if __name__ == "__main__":
    sys.exit(main())
