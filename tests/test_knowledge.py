"""The tables of resources and listeners: well formed, and true of the libraries that are installed here."""

from __future__ import annotations

import ast
import codecs
import importlib
import importlib.util
import inspect
import io
import re
import sys
import warnings
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from flake8_leaks.knowledge import listeners as L
from flake8_leaks.knowledge import resources as R

QUALNAME = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+")
METHOD = r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*"
FUNCTION = r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+\(\)"
RELEASE = re.compile(rf"({METHOD}|{FUNCTION})(\+({METHOD}|{FUNCTION}))*")
UNDO = re.compile(rf"[A-Za-z_]\w*|{FUNCTION}|<result>\(\)|<result>\.[A-Za-z_]\w*")
KIND = re.compile(r"[a-z]+( [a-z]+)?")

KINDS = {
    "file", "archive", "buffer", "iterator", "directory iterator", "mailbox", "temporary file", "temporary directory",
    "descriptor", "memory map", "database", "connection", "cursor", "blob", "transaction", "session",
    "session registry", "engine", "driver", "client", "pool", "pipeline", "subscription", "socket", "websocket",
    "context", "selector", "response", "opener", "transport", "connector", "stream", "channel", "tunnel", "server",
    "process", "shared memory", "queue", "executor", "cluster", "thread", "timer", "event loop", "exit stack",
    "handler", "scheduler", "window", "browser", "browser context", "page", "figure", "writer", "run", "image file",
    "video capture", "video writer", "container", "clip", "document", "workbook", "port", "device", "bus", "scanner",
    "handle", "credential", "producer", "consumer", "application",
}  # fmt: skip
OBLIGATIONS = {R.MUST, R.SHOULD, R.NONE}
WITH = {R.CLOSES, R.ASYNC, R.KEEPS, R.DEPENDS, R.NO}
HELD = {L.STRONG, L.WEAK, L.METHODS_WEAK, L.PARAM_WEAK, L.PARAM_STRONG}
AGAIN = {L.ADDS, L.SAME, L.REPLACES, L.ERROR}

# Names that not every supported Python has: (first version with it, first version without it).
ALWAYS, NEVER = (0, 0), (99, 0)
SPAN = {
    "aifc": (ALWAYS, (3, 13)),
    "sunau": (ALWAYS, (3, 13)),
    "nntplib": (ALWAYS, (3, 13)),
    "pipes": (ALWAYS, (3, 13)),
    "telnetlib": (ALWAYS, (3, 13)),
    "ssl.wrap_socket": (ALWAYS, (3, 12)),
    "asyncio.Runner": ((3, 11), NEVER),
    "sqlite3.Connection.blobopen": ((3, 11), NEVER),
    "sys.monitoring": ((3, 12), NEVER),
    "dbm.sqlite3": ((3, 13), NEVER),
    "os.posix_openpt": ((3, 13), NEVER),
    "os.timerfd_create": ((3, 13), NEVER),
}
# Names that depend on the platform, or on how this Python was built.
ELSEWHERE = {
    "dbm.sqlite3", "os.eventfd", "os.memfd_create", "os.openpty", "os.pidfd_open",
    "os.pipe2", "os.posix_openpt", "os.posix_spawn", "os.posix_spawnp", "os.register_at_fork", "os.timerfd_create",
    "os.waitid", "pty", "select.epoll", "selectors.EpollSelector", "selectors.PollSelector",
    "socketserver.UnixDatagramServer", "socketserver.UnixStreamServer", "tkinter",
}  # fmt: skip
# Releases that the class does not show: start() makes them, or they are delegated, or calling the class gives another.
LATE = {
    "multiprocessing.managers.BaseManager": {"shutdown"},
    "multiprocessing.managers.SyncManager": {"shutdown"},
    "multiprocessing.managers.SharedMemoryManager": {"shutdown"},
    "ssl.SSLContext.wrap_socket": {"unwrap"},
    "psutil.Popen": {"communicate", "poll"},
    "anyio.create_memory_object_stream": {"close", "aclose"},
    "trio.open_memory_channel": {"close", "aclose"},
    "websockets.connect": {"close"},
}
# Classes whose calls give something else, so that their own __exit__ says nothing.
FACTORIES = {"anyio.create_memory_object_stream", "trio.open_memory_channel"}
# Packages that several distributions share.
SHARED = {"databricks"}
# Names that exist only in a configured program.
CONFIGURED = {"django.db.connection.cursor"}


def functions(releases: tuple[str, ...]) -> list[str]:
    return [part[:-2] for release in releases for part in release.split("+") if part.endswith("()") and "<" not in part]


def methods(releases: tuple[str, ...]) -> list[str]:
    return [part for release in releases for part in release.split("+") if re.fullmatch(r"\w+", part)]


def names() -> list[str]:
    """Every qualified name that a table holds."""
    found = [*R.RESOURCES, *R.RETURNS, *R.RETURNS.values(), *R.WRAPPERS]
    found += [name for name in L.LISTENERS if not name.startswith(".")]
    for table in (R.RESOURCES, L.LISTENERS):
        for entry in table.values():
            found += functions(entry[2])
    return sorted(set(found))


def is_stdlib(name: str) -> bool:
    return name.partition(".")[0] in sys.stdlib_module_names


# A module that this Python has lost is no third-party one: sys.stdlib_module_names of 3.13 does not know aifc.
REMOVED = {name for name in SPAN if SPAN[name][1] != NEVER}
STDLIB = [name for name in names() if is_stdlib(name) or name.partition(".")[0] in REMOVED]
OTHERS = [name for name in names() if name not in STDLIB]


def has(name: str) -> bool:
    """Is the name in this version of Python?"""
    return all(
        since <= sys.version_info[:2] < until
        for part, (since, until) in SPAN.items()
        if name == part or name.startswith(part + ".")
    )


def may_miss(name: str) -> bool:
    return any(name == part or name.startswith(part + ".") for part in ELSEWHERE)


def resolve(name: str) -> object:
    """The object of that name; ImportError or AttributeError where there is none."""
    parts = name.split(".")
    module: ModuleType | None = None
    depth = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for depth in range(1, len(parts) + 1):
            try:
                module = importlib.import_module(".".join(parts[:depth]))
            except ModuleNotFoundError as error:
                if error.name is None or not name.startswith(error.name) or module is None:
                    raise
                depth -= 1
                break
        value: object = module
        for part in parts[depth:]:
            value = getattr(value, part)
    return value


def find(name: str) -> object:
    """As resolve, but skips what this platform lacks."""
    try:
        return resolve(name)
    except (ImportError, AttributeError):
        if may_miss(name):
            pytest.skip(f"{name} is not on this platform")
        raise


def check_methods(name: str, cls: type, releases: tuple[str, ...]) -> None:
    missing = [m for m in methods(releases) if not hasattr(cls, m) and m not in LATE.get(name, ())]
    assert not missing, f"{cls} has no {missing}"


def check_with(cls: type, leaving: str) -> None:
    sync, asynchronous = hasattr(cls, "__exit__"), hasattr(cls, "__aexit__")
    truth = {R.CLOSES: sync, R.KEEPS: sync, R.ASYNC: asynchronous, R.NO: not sync and not asynchronous, R.DEPENDS: True}
    assert truth[leaving], f"{cls}: __exit__ {sync}, __aexit__ {asynchronous}, the table says {leaving!r}"


def check(name: str) -> None:
    """Check all that the tables say of this name and that introspection shows."""
    value = find(name)
    assert callable(value) or name in R.RETURNS
    if name in R.RESOURCES:
        _, _, releases, leaving = R.RESOURCES[name]
        if inspect.isclass(value):
            check_methods(name, value, releases)
            if name not in FACTORIES:
                check_with(value, leaving)
    owner = name.rpartition(".")[0]
    if name in L.LISTENERS and QUALNAME.fullmatch(owner):
        receiver = find(owner)
        for undo in (*methods(L.LISTENERS[name][2]), *filter(None, [L.LISTENERS[name][3]])):
            assert hasattr(receiver, undo), f"{owner} has no {undo}"


# --- well formed -------------------------------------------------------------


@pytest.mark.parametrize("name", R.RESOURCES)
def test_resource_entry(name: str) -> None:
    kind, obligation, releases, leaving = R.RESOURCES[name]
    assert QUALNAME.fullmatch(name)
    assert KIND.fullmatch(kind)
    assert kind in KINDS
    assert obligation in OBLIGATIONS
    assert leaving in WITH
    assert all(RELEASE.fullmatch(release) for release in releases)
    assert len(set(releases)) == len(releases)


def test_duties_can_be_met() -> None:
    for name, (_, obligation, releases, _) in R.RESOURCES.items():
        assert releases or obligation == R.NONE, f"{name} asks for a release and names none"


def test_kinds_are_used() -> None:
    assert {entry[0] for entry in R.RESOURCES.values()} == KINDS


@pytest.mark.parametrize("name", L.LISTENERS)
def test_listener_entry(name: str) -> None:
    held, again, undo, once = L.LISTENERS[name]
    assert QUALNAME.fullmatch(name.lstrip(".") + ".x") if name.startswith(".") else QUALNAME.fullmatch(name)
    assert held in HELD
    assert again in AGAIN
    assert all(UNDO.fullmatch(way) for way in undo)
    assert len(set(undo)) == len(undo)
    assert once == "" or once.isidentifier()


def test_vague_heuristics_exist() -> None:
    assert all(name.startswith(".") and name in L.LISTENERS for name in L.NEEDS_CALLABLE)


@pytest.mark.parametrize("module", [R, L], ids=lambda module: module.__name__.rpartition(".")[2])
def test_no_key_twice(module: ModuleType) -> None:
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, (ast.Dict, ast.Set)):
            keys = node.keys if isinstance(node, ast.Dict) else node.elts
            texts = [str(key.value).removeprefix("builtins.") for key in keys if isinstance(key, ast.Constant)]
            assert [text for text, count in Counter(texts).items() if count > 1] == []


@pytest.mark.parametrize("module", [R, L], ids=lambda module: module.__name__.rpartition(".")[2])
def test_one_entry_one_line(module: ModuleType) -> None:
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            lines = [(key and key.lineno, value.end_lineno) for key, value in zip(node.keys, node.values, strict=True)]
            assert all(first == last for first, last in lines)
            assert len(set(lines)) == len(lines)


@pytest.mark.parametrize("module", [R, L], ids=lambda module: module.__name__.rpartition(".")[2])
def test_data_only(module: ModuleType) -> None:
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    for node in tree.body:
        assert isinstance(node, (ast.Expr, ast.Assign, ast.AnnAssign)) or (
            isinstance(node, ast.ImportFrom) and node.module == "__future__"
        )


def test_elements() -> None:
    assert set(R.ELEMENTS) <= set(R.RESOURCES)
    for name, positions in R.ELEMENTS.items():
        assert positions, name
        assert list(positions) == sorted(set(positions)), name
        assert positions[0] >= 0, name


def test_wrappers() -> None:
    assert all(QUALNAME.fullmatch(name) for name in R.WRAPPERS)
    pure = {"contextlib.closing", "contextlib.aclosing", "io.BufferedRWPair", "anyio.wrap_file", "trio.wrap_file"}
    pure |= {"codecs.StreamReaderWriter", "codecs.StreamRecoder"}
    assert R.WRAPPERS - set(R.RESOURCES) == pure


def test_returns_lead_to_methods() -> None:
    keyed = {name.rpartition(".")[0] for name in [*R.RESOURCES, *L.LISTENERS]}
    for name, cls in R.RETURNS.items():
        assert QUALNAME.fullmatch(name)
        assert QUALNAME.fullmatch(cls)
        assert name != cls
        assert cls in keyed, f"no table has a method of {cls}"
        assert cls not in R.RETURNS or R.RETURNS[cls] in keyed


# --- true --------------------------------------------------------------------


@pytest.mark.parametrize("name", STDLIB)
def test_stdlib(name: str) -> None:
    if not has(name):
        with pytest.raises((ImportError, AttributeError)):
            resolve(name)
        return
    check(name)


@pytest.mark.parametrize("name", [name for name in R.RETURNS if name in STDLIB and name in R.RESOURCES])
def test_stdlib_release_of_returned(name: str) -> None:
    """What a factory of a known class asks for is a method of that class."""
    cls = find(R.RETURNS[name])
    assert inspect.isclass(cls)
    check_methods(name, cls, R.RESOURCES[name][2])


@pytest.mark.parametrize("name", ["TextIOWrapper", "BufferedReader", "BufferedWriter", "BufferedRandom"])
def test_wrapper_closes(name: str) -> None:
    inner = io.BytesIO()
    getattr(io, name)(inner).close()
    assert inner.closed
    assert f"io.{name}" in R.WRAPPERS


def test_codecs_wrappers_close() -> None:
    reader, writer = codecs.getreader("utf-8"), codecs.getwriter("utf-8")
    inner = [io.BytesIO(), io.BytesIO()]
    codecs.EncodedFile(inner[0], "utf-8").close()
    codecs.StreamReaderWriter(inner[1], reader, writer).close()
    assert [stream.closed for stream in inner] == [True, True]


@pytest.mark.parametrize("name", ["gzip.GzipFile", "bz2.BZ2File", "lzma.LZMAFile", "zipfile.ZipFile"])
def test_archive_does_not_close(name: str) -> None:
    inner = io.BytesIO()
    opened = {"gzip.GzipFile": {"fileobj": inner}, "zipfile.ZipFile": {"file": inner}}.get(name, {"filename": inner})
    archive: Any = resolve(name)
    archive(mode="w", **opened).close()
    assert not inner.closed
    assert name not in R.WRAPPERS


def test_spans_are_used() -> None:
    for part in [*SPAN, *ELSEWHERE]:
        assert any(name == part or name.startswith(part + ".") for name in names()), part


def importorskip(name: str) -> None:
    """Skip unless the library of this name is installed: its top package, or below shared ones such as `google`."""
    if name in CONFIGURED:
        pytest.skip(f"{name} needs a configuration")
    parts = name.split(".")
    for depth in range(1, len(parts)):
        package = ".".join(parts[:depth])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            spec = None if package in sys.modules else importlib.util.find_spec(package)
        if spec is None and package not in sys.modules:
            pytest.skip(f"{package} is not installed")
        module = sys.modules.get(package)
        origin = spec.origin if spec is not None else getattr(module, "__file__", None)
        if origin is not None and package not in SHARED:
            return


@pytest.mark.knowledge
@pytest.mark.parametrize("name", OTHERS)
def test_library(name: str) -> None:
    importorskip(name)
    try:
        check(name)
    except ImportError as error:
        if isinstance(error, ModuleNotFoundError) or "shared object" not in str(error):
            raise
        pytest.skip(f"{name} lacks a library of the system: {error}")
