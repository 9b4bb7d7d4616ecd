"""Do released packages still pass their own tests when all safe fixes are applied to them?

    python benchmarks/suites.py                      # all suites of the table below
    python benchmarks/suites.py requests httpx
    python benchmarks/suites.py --check              # exit status 1 if a test fails only after the safe fixes
    python benchmarks/suites.py --work DIR           # keeps the fixed sources, the environments and the logs

For each: unpacks the source archive of the release that leakbench/packages.txt pins, installs it with what its tests
need in a new virtual environment, and runs its tests three times: as released, with all safe fixes of all rules in the
package and in the tests, and with the unsafe ones as well (for information). The fixes are made by the command itself,
again and again until it fixes nothing more. Tests are compared by name: none may fail, or be gone, that passed before.

THIS RUNS CODE OF THIRD PARTIES. The tests run without a network, with only a loopback of their own (by `unshare`, on
Linux), for so long as LIMIT says. Needs flake8-leaks in the environment it runs in, and what a source archive needs to
be built.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import difflib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "leakbench"))

from releases import archive, packages  # noqa: E402

LIMIT = 360  # seconds for one run of one suite
RUNNER = ("pytest-reportlog>=0.4,<2", "pytest-timeout>=2.3,<3", "coverage>=7.10,<8")
FIX = (sys.executable, "-m", "flake8", "--isolated", "--select=LEK", "--leaks-pedantic", "--format", "leaks-fix")
STAGES = ("as released", "safe", "unsafe")


class Suite(NamedTuple):
    """code, tests: what is fixed, and of that what is run. needs: beyond what the package needs. options: of pytest."""

    code: str
    tests: str
    needs: tuple[str, ...]
    options: tuple[str, ...] = ()
    extras: str = ""


SUITES = {
    "requests": Suite(
        "src",
        "tests",
        ("pytest>=8,<10", "pytest-httpbin>=2.1,<3", "httpbin>=0.10,<0.11", "pytest-mock>=3.14,<4", "trustme>=1,<2"),
        extras="socks",
    ),
    "httpx": Suite(
        "httpx",
        "tests",
        ("pytest>=8,<9", "uvicorn>=0.30,<1", "trio>=0.26,<1", "trustme>=1,<2", "chardet>=5.2,<6", "cryptography>=43"),
        ("-W", "default", "-m", "not network"),
        "brotli,cli,http2,socks,zstd",
    ),
    "paramiko": Suite(
        "paramiko",
        "tests",
        ("pytest>=8,<10", "pytest-relaxed>=2,<3", "icecream>=2.1,<3", "invoke>=2.2,<4"),
    ),
    "gunicorn": Suite(
        "gunicorn",
        "tests",
        ("pytest>=9,<10", "pytest-asyncio>=1,<2"),
        ("-o", "addopts=--assert=plain"),  # its own measure coverage, too
        "testing,tornado",
    ),
    "ipykernel": Suite(
        "ipykernel",
        "tests",
        ("pytest>=8,<10", "pytest-asyncio>=0.26,<2", "flaky>=3.8,<4", "ipyparallel>=9,<10", "psutil>=5.7,<8"),
        ("-o", "asyncio_default_fixture_loop_scope=function"),  # to leave it unset is a warning, and so an error
    ),
    "prompt-toolkit": Suite("src", "tests", ("pytest>=8,<10",)),
    "scrapy": Suite(
        "scrapy",
        "tests",
        (
            "pytest>=8.4,<10",
            "pytest-twisted>=1.14.3,<2",
            "pytest-rerunfailures>=15,<17",
            "attrs>=23",
            "pexpect>=4.8,<5",
            "psutil>=5.7,<8",
            "pyftpdlib>=2.0.1,<3",
            "sybil>=9,<10",
            "pygments>=2",
        ),
        # All take half an hour: only those around what is fixed.
        ("-m", "not requires_internet", "-k", "dupefilter or scheduler or utils or response"),
    ),
    "tornado": Suite(
        "tornado",
        "tornado/test",
        ("pytest>=8,<10",),
        ("--log-disable=tornado.access",),  # as its own runner does
    ),
    "flask": Suite("src", "tests", ("pytest>=8,<9", "asgiref>=3.2,<4", "greenlet>=3,<4", "python-dotenv>=1,<2")),
}


class Sources(NamedTuple):
    """The content of the files that any fix changes, per stage, and how often each code was fixed in them."""

    texts: dict[str, dict[Path, bytes]]
    fixes: dict[str, Counter[tuple[str, bool]]]  # (code, in the tests)


class Outcome(NamedTuple):
    """What became of each test; "failed" is also what fails in its fixtures, or can't be collected."""

    tests: dict[str, str]
    seconds: float
    end: str  # how the run ended, if not by itself

    def named(self, *words: str) -> set[str]:
        return {name for name, word in self.tests.items() if word in words}


# --- the package


def said(command: list[str], folder: Path, **more: object) -> str:
    done = subprocess.run(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **more
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)}: exit status {done.returncode}\n{done.stdout[-3000:]}")
    return done.stdout


def installed(suite: Suite, work: Path, tree: Path) -> Path:
    """A Python that has the package, as the sources in `tree`, and what its tests need."""
    python = work / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.exists():
        said([sys.executable, "-m", "venv", str(work / "venv")], work)
    package = f".[{suite.extras}]" if suite.extras else "."
    said([str(python), "-m", "pip", "install", "--quiet", "--editable", package, *suite.needs, *RUNNER], tree)
    return python


def fixed(suite: Suite, tree: Path) -> Sources:
    """Fix the sources, keep what came of it, and leave them as they were."""
    files = [path for path in sorted(tree.rglob("*.py")) if path.is_file()]
    before = {path: path.read_bytes() for path in files}
    texts, fixes = {STAGES[0]: before}, {}
    for stage in STAGES[1:]:
        more = ["--leaks-unsafe-fixes"] if stage == "unsafe" else []
        fixes[stage] = Counter()
        for _ in range(5):  # fixes that overlap wait for the next run
            found = fix([*FIX, *more, *dict.fromkeys((suite.code, suite.tests))], tree, suite.tests)
            fixes[stage] += found
            if not found:
                break
        texts[stage] = {path: path.read_bytes() for path in files}
    changed = [path for path in files if len({text[path] for text in texts.values()}) > 1]
    texts = {stage: {path: text[path] for path in changed} for stage, text in texts.items()}
    put(texts[STAGES[0]])
    return Sources(texts, fixes)


def fix(command: list[str], tree: Path, tests: str) -> Counter[tuple[str, bool]]:
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)  # status 1: findings are left
    if done.returncode not in (0, 1) or done.stderr:
        sys.exit(f"{' '.join(command)}: exit status {done.returncode}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    lines = re.findall(r"^(.+?):\d+:\d+: (LEK\d+) fixed: ", done.stdout, re.MULTILINE)
    return Counter((code, Path(path).is_relative_to(tests)) for path, code in lines)


def put(texts: dict[Path, bytes]) -> None:
    for path, data in texts.items():
        path.write_bytes(data)


# --- its tests


def offline() -> list[str]:
    """What a command is put behind, to have a loopback and no other network; nothing where that can't be."""
    rights = [] if os.name == "nt" or os.geteuid() == 0 else ["--map-root-user"]
    prefix = ["unshare", *rights, "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "offline"]
    try:
        works = subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        works = False
    return prefix if works else []


def tested(suite: Suite, work: Path, tree: Path, python: Path, changed: list[Path], only: list[str]) -> Outcome:
    """Run the tests, all or only those named; what ran of the changed files goes to .coverage files of `work`."""
    log = work / "report.jsonl"
    log.unlink(missing_ok=True)
    home = work / "home"
    home.mkdir(exist_ok=True)
    names = "\n    ".join(map(str, changed))
    (work / "coveragerc").write_text(
        f"[run]\nparallel = true\npatch = subprocess\ndata_file = {work / '.coverage'}\ninclude =\n    {names}\n"
    )
    measured = ["-m", "coverage", "run", f"--rcfile={work / 'coveragerc'}"] if changed else []
    command = [*offline(), str(python), *measured, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--timeout=60"]
    command += ["--continue-on-collection-errors", f"--report-log={log}", *suite.options, *(only or [suite.tests])]
    # Few variables: a suite must not depend on this machine. PYTHONDONTWRITEBYTECODE: a stale .pyc would pass for the
    # fixed file if both have one size and second.
    env = {"PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}", "HOME": str(home), "LANG": "C.UTF-8"}
    env |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    start, end = time.monotonic(), ""
    with open(work / "log", "ab") as out:
        process = subprocess.Popen(
            command, cwd=tree, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
        try:
            status = process.wait(LIMIT)
            if status not in (0, 1):
                end = f"exit status {status}"
        except subprocess.TimeoutExpired:
            end = f"stopped after {LIMIT} s"
        finally:
            with contextlib.suppress(OSError):  # also what the tests left running
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return Outcome(outcomes(log), time.monotonic() - start, end)


def outcomes(log: Path) -> dict[str, str]:
    """The worst word on each test."""
    words = ("passed", "skipped", "failed")
    found: dict[str, str] = {}
    for line in log.read_text("utf-8").splitlines() if log.exists() else ():
        row = json.loads(line)
        kind = row.get("$report_type", "")
        if kind in ("TestReport", "SubTestReport", "SubtestReport") or (
            kind == "CollectReport" and row["outcome"] == "failed"
        ):
            name = re.sub(r"0x[0-9a-f]{6,}", "0x", row["nodeid"])  # of a parameter without a name of its own
            found[name] = max(found.get(name, "passed"), row["outcome"], key=words.index)
    return found


def ran(work: Path, python: Path, sources: Sources) -> dict[Path, tuple[int, int]]:
    """Of the statements that safe fixes changed in each file: how many ran, of how many."""
    rcfile = f"--rcfile={work / 'coveragerc'}"
    report = work / "coverage.json"
    said([str(python), "-m", "coverage", "combine", "--quiet", rcfile], work)
    said([str(python), "-m", "coverage", "json", "--quiet", rcfile, "-o", str(report)], work)
    measured = json.loads(report.read_text("utf-8"))["files"]
    found = {}
    for path, text in sources.texts["safe"].items():
        changed = changed_lines(sources.texts["as released"][path], text)
        lines = measured.get(str(path.relative_to(work)))
        if lines:
            done, left = (len(changed.intersection(lines[key])) for key in ("executed_lines", "missing_lines"))
        else:  # never imported
            statements = {node.lineno for node in ast.walk(ast.parse(text)) if isinstance(node, ast.stmt)}
            done, left = 0, len(changed & statements)
        if changed:
            found[path] = done, done + left
    return found


def changed_lines(before: bytes, after: bytes) -> set[int]:
    matcher = difflib.SequenceMatcher(None, before.splitlines(), after.splitlines(), autojunk=False)
    return {
        line for tag, _, _, start, end in matcher.get_opcodes() if tag != "equal" for line in range(start + 1, end + 1)
    }


# --- the report


class Result(NamedTuple):
    release: str
    suite: Suite
    tree: Path
    sources: Sources
    runs: dict[str, Outcome]
    ran: dict[Path, tuple[int, int]]
    # Stage -> tests that fail or are gone, and passed as released; and of these, those that fail by chance: run once
    # more they pass, or fail as released, too.
    lost: dict[str, set[str]]
    unsteady: dict[str, set[str]]


def examined(name: str, version: str, work: Path) -> Result:
    suite = SUITES[name]
    work.mkdir(parents=True, exist_ok=True)
    work = work.resolve()
    tree = work / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(archive(name, version), tree, symlinks=True)
    python = installed(suite, work, tree)
    sources = fixed(suite, tree)
    runs: dict[str, Outcome] = {}
    statements: dict[Path, tuple[int, int]] = {}
    lost: dict[str, set[str]] = {}
    unsteady: dict[str, set[str]] = {}
    for stage in STAGES:
        same = next((other for other in runs if sources.texts[other] == sources.texts[stage]), None)
        if same:
            runs[stage], lost[stage], unsteady[stage] = runs[same], lost[same], unsteady[same]
            continue
        put(sources.texts[stage])
        changed = [path for path, text in sources.texts["safe"].items() if text != sources.texts["as released"][path]]
        for old in work.glob(".coverage*"):
            old.unlink()
        print(f"{name} {version}: tests, {stage}", file=sys.stderr)
        run = runs[stage] = tested(suite, work, tree, python, changed, [])
        if stage == "safe" and changed:
            statements = ran(work, python, sources)
        lost[stage] = runs["as released"].named("passed") - run.named("passed")
        again = sorted(lost[stage] & run.named("failed"))
        unsteady[stage] = set()
        if again and len(again) <= 50:
            steady = tested(suite, work, tree, python, changed, again).named("failed")
            put(sources.texts["as released"])
            steady -= tested(suite, work, tree, python, changed, again).named("failed")
            unsteady[stage] = set(again) - steady
    put(sources.texts["safe"])
    return Result(f"{name} {version}", suite, tree, sources, runs, statements, lost, unsteady)


def row(result: Result) -> list[str]:
    suite, runs = result.suite, result.runs
    cells = [result.release]
    for tests in (False, True):
        codes = Counter({code: n for (code, where), n in result.sources.fixes["safe"].items() if where == tests})
        files = {p: n for p, n in result.ran.items() if p.is_relative_to(result.tree / suite.tests) == tests}
        cells.append(", ".join(f"{n} {code}" for code, n in sorted(codes.items())) or "none")
        done, of = (sum(n[i] for n in files.values()) for i in (0, 1))
        cells.append(f"{done} of {of}" if files else "")
    cells += [passed(runs["as released"]), passed(runs["safe"])]
    cells.append(str(len(result.lost["safe"] - result.unsteady["safe"])))
    more = result.sources.fixes["unsafe"].total()
    lost = len(result.lost["unsafe"] - result.unsteady["unsafe"])
    cells.append(f"{more} more: {passed(runs['unsafe'])}, {lost} lost" if more else "none")
    return cells


def passed(run: Outcome) -> str:
    return f"{len(run.named('passed')):,}" + (f" ({run.end})" if run.end else "")


HEAD = (
    "release",
    "fixed in the package",
    "ran",
    "fixed in its tests",
    "ran",
    "passed before",
    "after",
    "lost",
    "unsafe",
)


def report(results: list[Result]) -> None:
    print(f"| {' | '.join(HEAD)} |")
    print("| --- | --- | ---: | --- | ---: | ---: | ---: | ---: | --- |")
    for result in results:
        print(f"| {' | '.join(row(result))} |")
    for result in results:
        print(f"\n{result.release}: {', '.join(f'{stage} {run.seconds:.0f} s' for stage, run in result.runs.items())}")
        for path, (done, of) in result.ran.items():
            print(f"  {done} of {of} changed statements ran in {path.relative_to(result.tree).as_posix()}")
        for stage, run in result.runs.items():
            mine = result.lost[stage]
            steady, unsteady = mine - result.unsteady[stage], result.unsteady[stage]
            if stage == "as released":
                listed(f"failed {stage}", run.named("failed"))
            else:
                listed(f"LOST, {stage}", steady)
                listed(f"failed by chance, {stage}", unsteady)


def listed(title: str, names: set[str]) -> None:
    if names:
        print(f"  {title}: {len(names)}")
        for name in sorted(names)[:40]:
            print(f"    {name}")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("release", nargs="*", metavar="NAME", help=f"one or more of {', '.join(SUITES)}")
    options.add_argument("--check", action="store_true", help="exit with status 1 if safe fixes lose a test")
    options.add_argument("--work", type=Path, help="where to work, to be kept (default: a temporary folder)")
    args = options.parse_args()
    unknown = set(args.release) - set(SUITES)
    if unknown:
        options.error(f"no suite of {', '.join(sorted(unknown))}")
    if not offline():
        print("no 'unshare' here: the tests are not cut off from the network", file=sys.stderr)
    versions = dict(packages())
    with contextlib.ExitStack() as stack:
        work = args.work or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="suites-")))
        results = [examined(name, versions[name], work / name) for name in args.release or SUITES]
    report(results)
    poor = [
        result
        for result in results
        if result.lost["safe"] - result.unsteady["safe"] or result.runs["as released"].end or result.runs["safe"].end
    ]
    return 1 if args.check and poor else 0


if __name__ == "__main__":
    sys.exit(main())
