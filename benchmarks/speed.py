"""What does a lint cost, beside `ast.parse`, pyflakes and flake8-bugbear, and how does it grow?

    python benchmarks/speed.py                              # all three parts
    python benchmarks/speed.py corpus --corpus stdlib       # one part, one corpus
    python benchmarks/speed.py corpus --corpus packages --every 8 --rounds 3
    python benchmarks/speed.py --check                      # exit status 1 if a limit is broken

corpus: CPU seconds of this process, the garbage collector off, so that nobody pays for another's garbage. In each round
each stage gets a freshly parsed tree of its own: pyflakes and bugbear write on theirs, and who meets a tree first pays
for it. The stages take turns in going first, which costs a little: its memory is fresh. A round's figure is the sum
over all files; the table shows the median of the rounds, and the median of the rounds' ratios.

import: CPU time of importing the plugin and collecting its rules, in fresh processes that have imported flake8.

growth: generated programs of 1, 2, 4 and 8 times a size, each made to cost as much as it can; the slope of the
straight line through log(size) and log(time) is 1 when cost grows as the program does, and 2 when as its square.

Needs flake8-leaks and the group `benchmark` of pyproject.toml in the environment it runs in.
"""

from __future__ import annotations

import argparse
import ast
import gc
import io
import json
import math
import os
import platform
import re
import subprocess
import sys
import sysconfig
import tokenize
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from time import process_time
from typing import NamedTuple

import bugbear
import pyflakes.checker

from flake8_leaks.lint import RAISE, lint
from flake8_leaks.options import Options

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "leakbench"))

from releases import packages, release  # noqa: E402

PYFLAKES_LIMIT = 0.35
PARSE_LIMIT = 0.8
IMPORT_LIMIT_MS = 30
SLOPE_LIMIT = 1.15

CORPORA = ("stdlib", "packages", "cases")
# Every line of the cases speaks to some rule: that corpus is shown, but the limits are for code as people write it.
LIMITED = ("stdlib", "packages")
PARTS = ("corpus", "import", "growth")
CASE_COPIES = 50
IMPORT_RUNS = 11
SIZES = (1, 2, 4, 8)
# Seconds of one lint after which no larger size is tried: the slope is plain by then.
TOO_LONG = 5
WORST_MIN_PARSE = 0.005


class Program(NamedTuple):
    """A text to measure on."""

    name: str
    source: str

    @property
    def lines(self) -> list[str]:
        # Not str.splitlines: flake8, like the parser, ends a line at a newline only.
        return io.StringIO(self.source).readlines()


# Before the clock counts: the first lint imports the rules, and caches fill.
WARM_UP = Program("warm-up", "def f(path):\n    return open(path).read()\n")


# --- the corpora


def stdlib() -> list[Path]:
    """The standard library of the running interpreter, without its tests and what is installed beside it."""
    root = Path(sysconfig.get_path("stdlib"))
    unwanted = {"site-packages", "dist-packages", "test", "tests", "idle_test"}
    return sorted(path for path in root.rglob("*.py") if unwanted.isdisjoint(path.relative_to(root).parts))


def released() -> list[Path]:
    """The files of the releases that leakbench/packages.txt pins."""
    return [path for name, version in packages() for path in sorted(release(name, version).rglob("*.py"))]


def read(path: Path) -> str | None:
    """The text of a file that the running interpreter can parse."""
    try:
        with tokenize.open(path) as file:
            source = file.read()
        ast.parse(source)
    except (SyntaxError, UnicodeDecodeError, ValueError, RecursionError):
        return None
    return source


def cases() -> Program:
    """All case files, many times over, as one program.

    Case files that import a test framework stay out: they would make the whole program a test, where most rules rest.
    """
    paths = sorted((HERE.parent / "tests" / "cases").glob("*.py"))
    texts = [read(path) for path in paths if not path.name.endswith(".fixed.py")]
    test = re.compile(r"^\s*(import|from) (pytest|unittest)\b", re.MULTILINE)
    kept = [text for text in texts if text is not None and not test.search(text)]
    return Program(f"{len(kept)} case files x {CASE_COPIES}", "\n".join(kept * CASE_COPIES))


def programs(corpus: str, every: int) -> list[Program]:
    if corpus == "cases":
        return [program for program in (cases(),) if program.source]
    paths = (stdlib() if corpus == "stdlib" else released())[::every]
    texts = [(path, read(path)) for path in paths]
    return [Program(str(path), text) for path, text in texts if text is not None]


# --- the stages

Stage = Callable[[ast.Module, Program, list[str]], object]


def ours(tree: ast.Module, program: Program, lines: list[str]) -> object:
    return lint(tree, lines, program.name)


def ours_pedantic(tree: ast.Module, program: Program, lines: list[str]) -> object:
    return lint(tree, lines, program.name, Options(pedantic=True))


def run_pyflakes(tree: ast.Module, program: Program, lines: list[str]) -> object:
    return pyflakes.checker.Checker(tree, filename=program.name)


def run_bugbear(tree: ast.Module, program: Program, lines: list[str]) -> object:
    return list(bugbear.BugBearChecker(tree=tree, lines=lines, filename=program.name).run())


PARSE, OURS, PEDANTIC, PYFLAKES, BUGBEAR = "ast.parse", "flake8-leaks", "... --leaks-pedantic", "pyflakes", "bugbear"
STAGES: dict[str, Stage] = {
    OURS: ours,
    PEDANTIC: ours_pedantic,
    PYFLAKES: run_pyflakes,
    BUGBEAR: run_bugbear,
}
ALL_STAGES = (PARSE, *STAGES)


def timed(work: Callable[[], object]) -> tuple[float, object]:
    begin = process_time()
    result = work()
    return process_time() - begin, result


def measure(program: Program, turn: int) -> dict[str, float]:
    """Seconds of each stage on one program. turn: how far the order of the stages is turned."""
    seconds = {}
    lines = program.lines
    seconds[PARSE], tree = timed(lambda: ast.parse(program.source))
    stages = list(STAGES.items())
    first = turn % len(stages)
    for name, stage in stages[first:] + stages[:first]:
        # A tree of its own for each: some stages write on it, and the first to meet a tree pays for meeting it.
        tree = ast.parse(program.source)
        seconds[name], result = timed(lambda stage=stage, tree=tree: stage(tree, program, lines))
        # What a stage leaves behind goes before the next one is timed.
        del result
    return seconds


class Table:
    """The seconds of each program, stage and round of one corpus."""

    def __init__(self, corpus: str, every: int, rounds: int) -> None:
        self.corpus = corpus
        self.failed: dict[str, str] = {}
        every_program = programs(corpus, every)
        measured: list[dict[str, dict[str, float]]] = [{} for _ in range(rounds)]
        for number, one_round in enumerate(measured):
            for turn, program in enumerate(every_program, number):
                try:
                    one_round[program.name] = measure(program, turn)
                except Exception as error:
                    self.failed[program.name] = f"{type(error).__name__}: {error}"
                gc.collect()
        # All stages and rounds are to speak of the same files.
        self.programs = [program for program in every_program if program.name not in self.failed]
        self.rounds = [[one_round[program.name] for program in self.programs] for one_round in measured]

    def totals(self, stage: str) -> list[float]:
        return [sum(seconds[stage] for seconds in one_round) for one_round in self.rounds]

    def seconds(self, stage: str) -> float:
        return median(self.totals(stage))

    def ratio(self, stage: str, base: str) -> float:
        return median(a / b for a, b in zip(self.totals(stage), self.totals(base), strict=True))

    def of_program(self, index: int, stage: str) -> float:
        return median(one_round[index][stage] for one_round in self.rounds)

    def worst(self) -> Iterator[tuple[str, int]]:
        """The file that costs most, and the one that costs most for its size."""
        indexes = range(len(self.programs))
        yield "longest", max(indexes, key=lambda i: self.of_program(i, OURS))
        large = [i for i in indexes if self.of_program(i, PARSE) > WORST_MIN_PARSE]
        if large:
            yield "dearest for its size", max(large, key=lambda i: self.of_program(i, OURS) / self.of_program(i, PARSE))

    def show(self) -> None:
        lines = sum(len(program.lines) for program in self.programs)
        print(f"\n## {self.corpus}: {len(self.programs)} files, {lines:,} lines, median of {len(self.rounds)} rounds\n")
        for path, error in self.failed.items():
            print(f"left out, a stage failed: {path}: {error}")
        if not self.programs:
            print("nothing to measure")
            return
        print(f"| {'stage':20} | seconds | x ast.parse | x pyflakes |")
        print(f"| {'-' * 20} | ------: | ----------: | ---------: |")
        for stage in ALL_STAGES:
            in_parse, in_pyflakes = self.ratio(stage, PARSE), self.ratio(stage, PYFLAKES)
            print(f"| {stage:20} | {self.seconds(stage):7.2f} | {in_parse:11.2f} | {in_pyflakes:10.2f} |")
        print()
        for title, index in self.worst() if len(self.programs) > 1 else ():
            mine, parse, flakes = (self.of_program(index, stage) for stage in (OURS, PARSE, PYFLAKES))
            name = Path(self.programs[index].name)
            print(
                f"{title}: {'/'.join(name.parts[-3:])}: {1000 * mine:.1f} ms, "
                f"{mine / parse:.2f}x ast.parse, {mine / flakes:.2f}x pyflakes"
            )

    def broken(self) -> Iterator[str]:
        if self.failed:
            yield f"{self.corpus}: {len(self.failed)} files left out, a stage failed"
        if not self.programs:
            yield f"{self.corpus}: nothing to measure"
        if self.corpus not in LIMITED or not self.programs:
            return
        for stage in (OURS, PEDANTIC):
            for base, limit in ((PARSE, PARSE_LIMIT), (PYFLAKES, PYFLAKES_LIMIT)):
                ratio = self.ratio(stage, base)
                if ratio > limit:
                    yield f"{self.corpus}: {stage} costs {ratio:.2f}x {base}, the limit is {limit}"


def corpus_part(wanted: str, every: int, rounds: int) -> Iterator[str]:
    """Prints the tables; yields what is wrong."""
    gc.collect()
    gc.freeze()
    gc.disable()
    measure(WARM_UP, 0)
    for corpus in CORPORA if wanted == "all" else (wanted,):
        table = Table(corpus, every, rounds)
        table.show()
        yield from table.broken()


# --- the import

IMPORT_PROBE = """
import json, sys, time
import flake8.main.cli, flake8.plugins.pyflakes, flake8.plugins.pycodestyle, mccabe, ast
host = time.process_time()
import flake8_leaks.fixer, flake8_leaks.plugin
from flake8_leaks.lint import lint
lint(ast.parse(""), [], "empty.py")
plugin = time.process_time()
source = "CACHE = {}\\ndef get(key):\\n    CACHE[key] = open(key).read()\\n    return CACHE[key]\\n"
lint(ast.parse(source), source.splitlines(keepends=True), "leaky.py")
print(json.dumps([host, plugin - host, "libcst" in sys.modules]))
"""


def import_part() -> Iterator[str]:
    """Prints the cost of the import; yields what is wrong."""
    runs = []
    # Without the compiled modules this would measure the compiler.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(IMPORT_RUNS + 1):
        done = subprocess.run([sys.executable, "-c", IMPORT_PROBE], capture_output=True, text=True, check=True, env=env)
        runs.append(json.loads(done.stdout))
    # The first run may have compiled the modules.
    host, plugin = (1000 * median(run[i] for run in runs[1:]) for i in (0, 1))
    print(f"\n## import: median of {IMPORT_RUNS} processes\n")
    print(f"python with flake8, pyflakes, pycodestyle and mccabe {host:.0f} ms CPU; our plugin adds {plugin:.1f} ms")
    if plugin > IMPORT_LIMIT_MS:
        yield f"import: {plugin:.1f} ms, the limit is {IMPORT_LIMIT_MS} ms"
    if any(run[2] for run in runs):
        yield "import: libcst is imported by a lint"


# --- the growth


def opens(size: int) -> str:
    """One function of 20,000 statements that opens 5,000 files; every other one is closed."""

    def four(i: int) -> str:
        last = f"f{i}.close()" if i % 2 else "pass"
        return f"    f{i} = open(path)\n    t{i} = f{i}.read()\n    print(len(t{i}))\n    {last}\n"

    return "def work(path):\n" + "".join(four(i) for i in range(5_000 * size))


def opens_and_exits(size: int) -> str:
    """One function that opens 2,500 files, may leave after each, and closes them all in the end."""
    count = 2_500 * size
    body = [f"    f{i} = open(path)\n    if f{i}.read():\n        return {i}\n" for i in range(count)]
    return "def work(path):\n" + "".join(body) + "".join(f"    f{i}.close()\n" for i in range(count))


def one_name(size: int) -> str:
    """One function that binds the same name to 500 files."""
    return "def work(path):\n" + "    f = open(path)\n    print(f.read())\n" * (500 * size)


def module_globals(size: int) -> str:
    """5,000 global mappings and lists, each with a function that puts into it."""
    parts = [
        f"C{i} = {{}}\nL{i} = []\ndef put{i}(key, value):\n    C{i}[key] = value\n    L{i}.append(value)\n"
        for i in range(2_500 * size)
    ]
    return "".join(parts)


def one_global(size: int) -> str:
    """One global mapping with 5,000 functions that put into it."""
    return "CACHE = {}\n" + "".join(f"def put{i}(key):\n    CACHE[key] = make(key)\n" for i in range(5_000 * size))


def one_function(size: int) -> str:
    """One function that puts 500 times into one global mapping and list, all with the same names."""
    put = "    CACHE[key] = make(key)\n    ITEMS.append(key)\n"
    return "CACHE = {}\nITEMS = []\ndef put(key):\n" + put * (500 * size)


def one_class(size: int) -> str:
    """One class with 2,500 methods that put into the same mapping."""
    methods = "".join(f"    def put{i}(self, key):\n        self.store[key] = make(key)\n" for i in range(2_500 * size))
    return f"class Store:\n    store = {{}}\n{methods}"


def one_loop(size: int) -> str:
    """One endless loop of 500 statements, each of which opens a file or keeps one."""
    body = "            f = open(path)\n            self.files.append(f)\n" * (250 * size)
    return f"class Watcher:\n    def run(self, path):\n        while True:\n{body}"


def class_attributes(size: int) -> str:
    """One class with 5,000 mappings, each with a method that puts into it."""
    count = 5_000 * size
    attributes = "".join(f"    a{i} = {{}}\n" for i in range(count))
    methods = "".join(f"    def put{i}(self, key, value):\n        self.a{i}[key] = value\n" for i in range(count))
    return f"class Store:\n{attributes}{methods}"


def instance_attributes(size: int) -> str:
    """One class whose instances have 5,000 mappings, each with a method that puts into it."""
    count = 5_000 * size
    attributes = "".join(f"        self.a{i} = {{}}\n" for i in range(count))
    methods = "".join(f"    def put{i}(self, key, value):\n        self.a{i}[key] = value\n" for i in range(count))
    return f"class Store:\n    def __init__(self):\n{attributes}{methods}"


def listeners(size: int) -> str:
    """One function that registers 5,000 listeners."""
    return "def handle(emitter, request):\n" + "".join(
        f"    emitter.on('event{i}', lambda: request)\n" for i in range(5_000 * size)
    )


def closures(size: int) -> str:
    """One function with a large parameter and 2,500 inner functions that capture it, all of them kept."""
    inner = "".join(
        f"    def inner{i}():\n        return df.sum()\n    kept.append(inner{i})\n" for i in range(2_500 * size)
    )
    return f"import pandas as pd\ndef outer(df: pd.DataFrame, kept):\n{inner}    return inner0\n"


def nested_functions(size: int) -> str:
    """Functions in functions, 10 deep, each with 200 statements that use names of the outermost scope."""
    text = ["CACHE = {}\n"]
    for depth in range(10 * size):
        pad = " " * depth
        text += [f"{pad}def f{depth}(key):\n", f"{pad} CACHE[key] = str(key)\n" * 200]
    return "".join(text)


def nested_expressions(size: int) -> str:
    """Sums, attribute and call chains, 100 deep; the parser bounds how deep they can be."""
    depth = 100 * size
    one = f"    x = {' + '.join(['a'] * depth)}\n    y = a{'.b' * depth}\n    z = a{'.b()' * (depth // 2)}\n"
    return "".join(f"def f{i}(a):\n{one}" for i in range(50))


def branches(size: int) -> str:
    """`elif` chains 100 deep that open a file in each branch."""
    chain = "".join(f"    elif x == {i}:\n        f = open(path)\n" for i in range(100 * size))
    return "".join(f"def f{i}(x, path):\n    if not x:\n        pass\n{chain}    f.close()\n" for i in range(20))


GROWTH: tuple[Callable[[int], str], ...] = (
    opens,
    opens_and_exits,
    one_name,
    module_globals,
    one_global,
    one_function,
    one_class,
    one_loop,
    class_attributes,
    instance_attributes,
    listeners,
    closures,
    nested_functions,
    nested_expressions,
    branches,
)


def slope(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The slope of the least-squares line through the logarithms."""
    x = [math.log(size) for size in sizes]
    y = [math.log(one) for one in seconds]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    above = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    return above / sum((a - mean_x) ** 2 for a in x)


def best(source: str, rounds: int) -> tuple[float, float, int]:
    """Seconds of the parse and of our lint with all rules, best of the rounds, and the number of findings."""
    lines = Program("hostile.py", source).lines
    parses, lints, findings = [], [], []
    while len(lints) < rounds and sum(lints) < TOO_LONG:
        seconds, tree = timed(lambda: ast.parse(source))
        assert isinstance(tree, ast.Module)
        parses.append(seconds)
        seconds, found = timed(lambda tree=tree: lint(tree, lines, "hostile.py", Options(pedantic=True)))
        lints.append(seconds)
        findings.append(len(found))
        del tree, found
        gc.collect()
    return min(parses), min(lints), findings[0]


def growth_part(rounds: int = 3) -> Iterator[str]:
    """Prints the slopes; yields what is wrong."""
    gc.collect()
    gc.freeze()
    gc.disable()
    measure(WARM_UP, 0)
    print(f"\n## growth: all rules, 1 to {SIZES[-1]} times the size, best of {rounds}\n")
    head = " | ".join(f"ms at {size}x" for size in SIZES)
    print(f"| {'program':20} | {head} | slope | slope of ast.parse | findings at 1x |")
    print(f"| {'-' * 20} | {' | '.join(['-------:'] * len(SIZES))} | ----: | -----------------: | -------------: |")
    for program in GROWTH:
        parses: list[float] = []
        lints: list[float] = []
        for size in SIZES:
            if lints and lints[-1] > TOO_LONG:
                break
            parse, mine, findings = best(program(size), rounds)
            parses.append(parse)
            lints.append(mine)
            if size == SIZES[0]:
                found = findings
        sizes = SIZES[: len(lints)]
        cells = " | ".join(f"{1000 * seconds:8.0f}" for seconds in lints)
        cells += " |        -" * (len(SIZES) - len(sizes))
        ours_slope = slope(sizes, lints) if len(sizes) > 1 else math.inf
        parse_slope = slope(sizes, parses) if len(sizes) > 1 else math.inf
        print(f"| {program.__name__:20} | {cells} | {ours_slope:5.2f} | {parse_slope:18.2f} | {found:14} |", flush=True)
        if ours_slope > SLOPE_LIMIT:
            yield f"growth: {program.__name__} has slope {ours_slope:.2f}, the limit is {SLOPE_LIMIT}"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("parts", nargs="*", help=f"any of {', '.join(PARTS)} (default: all)")
    options.add_argument("--corpus", choices=(*CORPORA, "all"), default="all")
    options.add_argument("--every", type=int, default=1, metavar="N", help="each Nth file of the corpus")
    options.add_argument("--rounds", type=int, default=5, metavar="N")
    options.add_argument("--check", action="store_true", help="exit with status 1 if a limit is broken")
    args = options.parse_args()
    if unknown := set(args.parts) - set(PARTS):
        options.error(f"unknown part: {', '.join(sorted(unknown))}")
    warnings.simplefilter("ignore")  # what the compiler says about the code we read
    os.environ[RAISE] = "1"  # an error inside a rule would look like a quick lint
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} {platform.machine()}")

    parts = {
        "corpus": lambda: corpus_part(args.corpus, args.every, args.rounds),
        "import": import_part,
        "growth": growth_part,
    }
    broken = [text for part in PARTS if part in (args.parts or PARTS) for text in parts[part]()]
    print()
    for text in broken:
        print(f"LIMIT BROKEN {text}")
    if not broken:
        print("all limits kept")
    return 1 if broken and args.check else 0


if __name__ == "__main__":
    sys.exit(main())
