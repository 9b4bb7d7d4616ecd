"""The tables of resources, listeners and containers: well formed, and true of the libraries that are installed here."""

from __future__ import annotations

import ast
import codecs
import collections.abc
import contextlib
import gc
import importlib
import inspect
import io
import re
import sys
import typing
import warnings
import weakref
from collections import Counter
from importlib import metadata
from pathlib import Path
from types import ModuleType, UnionType
from typing import Any, NamedTuple

import pytest

from flake8_leaks.knowledge import containers as C
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
    "ssl.wrap_socket": {"unwrap"},
    "psutil.Popen": {"communicate", "poll"},
    "django.db.connection.cursor": {"close"},
    "anyio.create_memory_object_stream": {"close", "aclose"},
    "trio.open_memory_channel": {"close", "aclose"},
}
# Libraries that the environment `knowledge` does not install.
LEFT_OUT = {
    "MySQLdb": "no wheels for Linux",
    "PyQt6": "heavy",
    "PySide6": "heavy",
    "aioodbc": "needs pyodbc",
    "firebird": "wants an older protobuf than the Google libraries",
    "homeassistant": "heavy, and asks for one Python",
    "impala": "a part of it has no wheel",
    "kivy": "heavy",
    "moviepy": "heavy: brings ffmpeg",
    "osgeo": "no wheel",
    "pyhive": "no wheel",
    "pynput": "is imported on a desktop only",
    "pyodbc": "needs a library of the system",
    "pyppeteer": "wants older websockets",
    "pyspark": "heavy",
    "rx": "its successor, reactivex, is there",
    "sounddevice": "needs a library of the system",
}
# Names that only an older version of the installed library has.
OLD = {"zarr.ZipStore"}
# What these acquirers give, where neither RETURNS nor an annotation tells it: the outermost first, which may be what
# only `with` is used on; its releases belong to the last.
GIVES = {
    "PIL.Image.open": "PIL.ImageFile.ImageFile",
    "aioboto3.Session.client": "aiobotocore.session.ClientCreatorContext aiobotocore.client.AioBaseClient",
    "aiobotocore.session.AioSession.create_client": "aiobotocore.client.AioBaseClient",
    "aiofiles.open": "aiofiles.base.AiofilesContextManager aiofiles.threadpool.text.AsyncTextIOWrapper",
    "aiofiles.tempfile.TemporaryDirectory": (
        "aiofiles.tempfile.AiofilesContextManagerTempDir aiofiles.tempfile.temptypes.AsyncTemporaryDirectory"
    ),
    "aioftp.Client.context": "aioftp.Client",
    "aiohttp.ClientSession.delete": "aiohttp.client._BaseRequestContextManager aiohttp.ClientResponse",
    "aiohttp.ClientSession.get": "aiohttp.client._BaseRequestContextManager aiohttp.ClientResponse",
    "aiohttp.ClientSession.head": "aiohttp.client._BaseRequestContextManager aiohttp.ClientResponse",
    "aiohttp.ClientSession.options": "aiohttp.client._BaseRequestContextManager aiohttp.ClientResponse",
    "aiohttp.ClientSession.patch": "aiohttp.client._BaseRequestContextManager aiohttp.ClientResponse",
    "aiohttp.ClientSession.post": "aiohttp.client._BaseRequestContextManager aiohttp.ClientResponse",
    "aiohttp.ClientSession.put": "aiohttp.client._BaseRequestContextManager aiohttp.ClientResponse",
    "aiohttp.ClientSession.request": "aiohttp.client._BaseRequestContextManager aiohttp.ClientResponse",
    "aiohttp.ClientSession.ws_connect": "aiohttp.client._BaseRequestContextManager aiohttp.ClientWebSocketResponse",
    "aiomysql.connect": "aiomysql.Connection",
    "aiomysql.create_pool": "aiomysql.Pool",
    "aiopg.connect": "aiopg.utils._ContextManager aiopg.Connection",
    "aiopg.create_pool": "aiopg.utils._ContextManager aiopg.Pool",
    "aiormq.connect": "aiormq.connection.ConnectionContext aiormq.connection.Connection",
    "anyio.create_memory_object_stream": "anyio.streams.memory.MemoryObjectSendStream",
    "asyncmy.connect": "asyncmy.Connection",
    "asyncmy.create_pool": "asyncmy.pool.Pool",
    "asyncpg.connection.connect": "asyncpg.connection.Connection",
    "asyncpg.pool.Pool.acquire": "asyncpg.pool.PoolAcquireContext asyncpg.connection.Connection",
    "asyncpg.pool.create_pool": "asyncpg.pool.Pool",
    "av.container.open": "av.container.InputContainer",
    "av.open": "av.container.InputContainer",
    "boto3.client": "botocore.client.BaseClient",
    "boto3.session.Session.client": "botocore.client.BaseClient",
    "boto3.resource": "boto3.resources.base.ServiceResource",
    "cassandra.cluster.Cluster.connect": "cassandra.cluster.Session",
    "clickhouse_driver.dbapi.connect": "clickhouse_driver.dbapi.connection.Connection",
    "databricks.sql.connect": "databricks.sql.client.Connection",
    "django.db.connection.cursor": "django.db.backends.utils.CursorWrapper",
    "docker.client.from_env": "docker.DockerClient",
    "docker.from_env": "docker.DockerClient",
    "duckdb.connect": "duckdb.DuckDBPyConnection",
    "fdb.connect": "fdb.Connection",
    "fiona.open": "fiona.Collection",
    "fsspec.open": "fsspec.core.OpenFile",
    "google.cloud.storage.Blob.open": "google.cloud.storage.fileio.BlobWriter",
    "grpc.aio.server": "grpc.aio.Server",
    "grpc.server": "grpc.Server",
    "imageio.get_reader": "imageio.core.format.Format.Reader",
    "imageio.get_writer": "imageio.core.format.Format.Writer",
    "imageio.v3.imopen": "imageio.core.v3_plugin_api.PluginV3",
    "jaydebeapi.connect": "jaydebeapi.Connection",
    "lmdb.Environment.begin": "lmdb.Transaction",
    "loky.get_reusable_executor": "loky.reusable_executor._ReusablePoolExecutor",
    "matplotlib.pyplot.subplot_mosaic": "matplotlib.figure.Figure",
    "matplotlib.pyplot.subplots": "matplotlib.figure.Figure",
    "mysql.connector.aio.connect": "mysql.connector.aio.abstracts.MySQLConnectionAbstract",
    "mysql.connector.connect": "mysql.connector.abstracts.MySQLConnectionAbstract",
    "netmiko.ConnectHandler": "netmiko.base_connection.BaseConnection",
    "openpyxl.load_workbook": "openpyxl.Workbook",
    "paramiko.SFTPClient.from_transport": "paramiko.SFTPClient",
    "paramiko.sftp_client.SFTPClient.from_transport": "paramiko.SFTPClient",
    "paramiko.SSHClient.invoke_shell": "paramiko.Channel",
    "paramiko.SSHClient.open_sftp": "paramiko.SFTPClient",
    "paramiko.Transport.open_session": "paramiko.Channel",
    "pg8000.connect": "pg8000.legacy.Connection",
    "pg8000.dbapi.connect": "pg8000.dbapi.Connection",
    "playwright.async_api.async_playwright": (
        "playwright.async_api._context_manager.PlaywrightContextManager playwright.async_api.Playwright"
    ),
    "playwright.sync_api.sync_playwright": (
        "playwright.sync_api._context_manager.PlaywrightContextManager playwright.sync_api.Playwright"
    ),
    "psycopg2.extensions.connection.cursor": "psycopg2.extensions.cursor",
    "pyathena.connect": "pyathena.connection.Connection",
    "pymssql.connect": "pymssql.Connection",
    "pysqlite3.connect": "pysqlite3.Connection",
    "pytds.connect": "pytds.Connection",
    "rasterio.open": "rasterio.io.DatasetReader",
    "redis.ConnectionPool.from_url": "redis.ConnectionPool",
    "redis.asyncio.ConnectionPool.from_url": "redis.asyncio.ConnectionPool",
    "rpyc.connect": "rpyc.core.protocol.Connection",
    "serial.serial_for_url": "serial.Serial",
    "smart_open.open": "io.TextIOWrapper",
    "smbclient.open_file": "io.BufferedReader",
    "sqlalchemy.engine.Engine.raw_connection": "sqlalchemy.pool.PoolProxiedConnection",
    "sqlalchemy.ext.asyncio.async_sessionmaker.__call__": "sqlalchemy.ext.asyncio.AsyncSession",
    "sqlalchemy.orm.sessionmaker.__call__": "sqlalchemy.orm.Session",
    "sshtunnel.open_tunnel": "sshtunnel.SSHTunnelForwarder",
    "trino.dbapi.connect": "trino.dbapi.Connection",
    "trio.lowlevel.open_process": "trio.Process",
    "trio.open_file": "trio._file_io.AsyncIOWrapper",
    "trio.open_memory_channel": "trio.MemorySendChannel",
    "trio.open_ssl_over_tcp_stream": "trio.SSLStream",
    "trio.socket.socket": "trio._socket._SocketType",
    "websockets.asyncio.client.connect": (
        "websockets.asyncio.client.connect websockets.asyncio.client.ClientConnection"
    ),
    "websockets.connect": "websockets.asyncio.client.connect websockets.asyncio.client.ClientConnection",
    "websockets.sync.client.connect": "websockets.sync.client.ClientConnection",
    "xlrd.open_workbook": "xlrd.book.Book",
    "zmq.Context.socket": "zmq.Socket",
}
# Results that have no class of their own: there is nothing to look for.
UNTOLD = {"usb.core.find"}


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


def check_with(classes: set[type], leaving: str) -> None:
    sync, asynchronous = (any(hasattr(cls, name) for cls in classes) for name in ("__exit__", "__aexit__"))
    either = sync or asynchronous
    truth = {R.CLOSES: sync, R.ASYNC: asynchronous, R.KEEPS: either, R.NO: not either, R.DEPENDS: True}
    assert truth[leaving], f"{classes}: __exit__ {sync}, __aexit__ {asynchronous}, the table says {leaving!r}"


class Result(NamedTuple):
    """What an acquirer gives, as far as it can be told.

    classes: those that have the releases.
    entered: those that `with` may be used on: these, and what is wrapped around them.
    """

    classes: set[type]
    entered: set[type]


def result(name: str, value: object) -> Result:
    if name in GIVES:
        classes = [find(part) for part in GIVES[name].split()]
        assert all(map(inspect.isclass, classes)), f"{GIVES[name]} is no class"
        if inspect.isasyncgenfunction(inspect.unwrap(value)):  # type: ignore[arg-type]
            classes.insert(0, contextlib.AbstractAsyncContextManager)
        return Result({classes[-1]}, set(classes))  # type: ignore[arg-type]
    if inspect.isclass(value):
        return Result({value}, {value})
    told = annotated(return_type(value))
    if name in R.RETURNS:
        cls = find(R.RETURNS[name])
        assert inspect.isclass(cls), f"{R.RETURNS[name]} is no class"
        return Result({cls}, {cls} | told.entered)
    return told


def return_type(value: object) -> object:
    function: Any = inspect.unwrap(value)  # type: ignore[arg-type]
    text = getattr(function, "__annotations__", {}).get("return")
    try:
        return typing.get_type_hints(function).get("return")
    except (NameError, AttributeError, TypeError):  # a name that is imported for types only, maybe of a parameter
        try:
            return eval(text, vars(sys.modules[function.__module__])) if isinstance(text, str) else text
        except (NameError, AttributeError, TypeError):
            return None


def annotated(annotation: object) -> Result:
    """The classes in an annotation; past `Awaitable[X]`, `Iterator[X]`, `AbstractContextManager[X]` and the like."""
    origin, arguments = typing.get_origin(annotation), [a for a in typing.get_args(annotation) if a is not ...]
    cls = origin or annotation
    if cls in (typing.Union, UnionType, tuple, list):
        parts = [annotated(argument) for argument in arguments]
        return Result(set().union(*(p.classes for p in parts)), set().union(*(p.entered for p in parts)))
    if not inspect.isclass(cls) or cls in (object, type(None), typing.Any):
        return Result(set(), set())
    if arguments and cls.__module__ in ("collections.abc", "contextlib"):
        inner = annotated(arguments[-1 if cls is collections.abc.Coroutine else 0])
        return Result(inner.classes, inner.entered | {cls})
    return Result({cls}, {cls})


def check(name: str) -> None:
    """Check all that the tables say of this name and that introspection shows."""
    value = find(name)
    assert callable(value) or name in R.RETURNS
    if name in R.RESOURCES:
        _, _, releases, leaving = R.RESOURCES[name]
        told = result(name, value)
        for cls in told.classes:
            check_methods(name, cls, releases)
        if told.entered:
            check_with(told.entered, leaving)
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


@pytest.mark.parametrize("module", [R, L, C], ids=lambda module: module.__name__.rpartition(".")[2])
def test_no_key_twice(module: ModuleType) -> None:
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, (ast.Dict, ast.Set)):
            keys = node.keys if isinstance(node, ast.Dict) else node.elts
            texts = [str(key.value).removeprefix("builtins.") for key in keys if isinstance(key, ast.Constant)]
            assert [text for text, count in Counter(texts).items() if count > 1] == []


@pytest.mark.parametrize("module", [R, L, C], ids=lambda module: module.__name__.rpartition(".")[2])
def test_one_entry_one_line(module: ModuleType) -> None:
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            lines = [(key and key.lineno, value.end_lineno) for key, value in zip(node.keys, node.values, strict=True)]
            assert all(first == last for first, last in lines)
            assert len(set(lines)) == len(lines)


@pytest.mark.parametrize("module", [R, L, C], ids=lambda module: module.__name__.rpartition(".")[2])
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


def test_what_is_made_once() -> None:
    for name, why in R.PER_CALL.items():
        assert R.RESOURCES[name][1] in (R.MUST, R.SHOULD), name
        assert re.fullmatch(r"(each|its documentation) [a-z ]+", why), f"{name}: {why}"


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


# --- true of other libraries, which the environment `knowledge` installs -------


def library(name: str) -> str:
    return name.partition(".")[0]


THERE = [name for name in OTHERS if library(name) not in LEFT_OUT]


@pytest.fixture(scope="session")
def _django() -> None:
    """django.db.connection asks for settings."""
    import django.conf

    django.conf.settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})


@pytest.mark.knowledge
@pytest.mark.usefixtures("_django")
@pytest.mark.parametrize("name", THERE)
def test_library(name: str) -> None:
    if name in OLD:
        with pytest.raises((ImportError, AttributeError)):
            resolve(name)
        return
    check(name)


@pytest.mark.knowledge
def test_installed() -> None:
    """All that pyproject.toml asks for is there, and nothing of what is left out."""
    import tomllib
    from packaging.requirements import Requirement

    project = tomllib.loads(Path(__file__).parents[1].joinpath("pyproject.toml").read_text(encoding="utf-8"))
    for text in project["dependency-groups"]["knowledge"]:
        requirement = Requirement(text)
        assert requirement.specifier.contains(metadata.version(requirement.name)), text
    assert set(map(library, OTHERS)) - set(metadata.packages_distributions()) == set(LEFT_OUT)


@pytest.mark.knowledge
@pytest.mark.usefixtures("_django")
def test_how_much_was_checked(capsys: pytest.CaptureFixture[str]) -> None:
    """Says how many acquirers were checked. One whose result has a class that nothing tells must be named in GIVES."""
    acquirers = [name for name in R.RESOURCES if name in OTHERS]
    there = [name for name in acquirers if name in THERE and name not in OLD]
    untold = [name for name in there if not result(name, find(name)).classes]
    with capsys.disabled():
        print(
            f"\n{len(there)} of the {len(acquirers)} acquirers of other libraries exist; the releases and the context "
            f"managers of {len(there) - len(untold)} were checked, not those of {', '.join(untold)}"
        )
    assert set(untold) == UNTOLD
    assert set(GIVES) <= set(there)


# --- containers ----------------------------------------------------------------

CONTAINERS = sorted({*C.MAPPINGS, *C.COLLECTIONS, *C.CHANNELS})
CONTAINERS_HERE = [name for name in CONTAINERS if is_stdlib(name)]
CONTAINERS_ELSEWHERE = [name for name in CONTAINERS if not is_stdlib(name)]
BOUNDS = {"maxlen", "maxsize", "max_size", "max_buffer_size", "limit", "capacity", "size"}
# Verbs that no container of the standard library has: those of other libraries, those that a program gives to a
# container of its own, and those of a newer Python.
OF_LIBRARIES = {"forceput", "popone", "popall"}
OF_PROGRAMS = {"expire", "prune", "evict", "purge", "cull", "trim", "drain"}
NEWER = {"resize": (3, 14), "heapq.heappush_max": (3, 14)}


def is_method(verb: str) -> bool:
    """Not one of the model's own verbs, as `[]=` and `del`."""
    return verb.isidentifier() and verb != "del"


def make(name: str, *arguments: object, **named: object) -> Any:
    """A new container; an empty one without arguments."""
    constructor: Any = find(name)
    needed = {"array.array": ("i",), "builtins.dict.fromkeys": ((),), "collections.OrderedDict.fromkeys": ((),)}
    return constructor(*needed.get(name, ()), *arguments, **named)


def check_bound(name: str, bound: tuple[str, int] | None) -> None:
    """The bounding argument is where the table says, and there is one only if the table says so."""
    constructor: Any = find(name)
    constructor = typing.get_origin(constructor) or constructor
    try:
        parameters = list(inspect.signature(constructor).parameters)
    except ValueError:  # written in C
        if bound is None:
            with pytest.raises((TypeError, ValueError)):
                make(name, maxsize=1)
        else:
            argument, position = bound
            by_position, by_name = constructor(*[()] * position, 2), constructor(**{argument: 2})
            assert getattr(by_position, argument) == getattr(by_name, argument) == 2
    else:
        assert parameters.index(bound[0]) == bound[1] if bound else not BOUNDS & {*parameters}


def check_queue(name: str) -> None:
    """Items are put in and got out; a queue with two sides has them on each."""
    made = find(name)
    if not inspect.isclass(made):
        made = make(name)
    sided = hasattr(made, "sync_q") and hasattr(made, "async_q")
    assert sided or (hasattr(made, "put") and hasattr(made, "get"))


def verbs_of(names: list[str]) -> set[str]:
    """All attributes that some containers have."""
    return {verb for name in names for verb in dir(typing.get_origin(find(name)) or find(name))}


@pytest.mark.parametrize("name", CONTAINERS)
def test_container_entry(name: str) -> None:
    assert QUALNAME.fullmatch(name)
    assert (name in C.MAPPINGS) + (name in C.COLLECTIONS) + (name in C.CHANNELS) == 1
    bound = C.COLLECTIONS.get(name) or C.CHANNELS.get(name)
    assert bound is None or (bound[0] in BOUNDS and bound[1] in (0, 1))


def test_tables_of_containers_fit() -> None:
    assert C.FILLING <= C.MAPPINGS
    assert {*C.COLLECTIONS} >= C.QUEUES
    assert C.ELEMENT_PUTS == C.MAPPING_PUTS | C.COLLECTION_PUTS
    assert not C.ELEMENT_PUTS & (C.TAKES | C.QUEUE_TAKES)
    assert not C.PUSHERS & C.LOOKERS


@pytest.mark.parametrize("name", CONTAINERS_HERE)
def test_container(name: str) -> None:
    assert callable(find(name))
    if name in C.COLLECTIONS:
        check_bound(name, C.COLLECTIONS[name])
    if name in C.QUEUES:
        check_queue(name)


@pytest.mark.parametrize("name", [name for name in CONTAINERS_HERE if name in C.MAPPINGS])
def test_mapping_keeps_every_key(name: str) -> None:
    made = make(name)
    for key in range(1000):
        made[key] = key
    assert len(made) == 1000


@pytest.mark.parametrize("name", [name for name in CONTAINERS_HERE if name in C.MAPPINGS])
def test_which_mappings_fill_by_reading(name: str) -> None:
    made = make(name, int) if name.lower().endswith("defaultdict") else make(name)
    if name in C.FILLING:
        made["new"] += 1
        assert dict(made) == {"new": 1}
    else:
        with pytest.raises(KeyError):
            made["new"] += 1


@pytest.mark.parametrize("name", ["deque", "Queue"])
def test_what_a_bound_does(name: str) -> None:
    """A full deque drops the oldest item, a full queue refuses the newest: neither grows."""
    if name == "deque":
        made: Any = make("collections.deque", maxlen=2)
        made.extend(range(10))
        assert list(made) == [8, 9]
    else:
        made = make("queue.Queue", maxsize=2)
        made.put_nowait(1)
        made.put_nowait(2)
        with pytest.raises(find("queue.Full")):  # type: ignore[call-overload]
            made.put_nowait(3)


@pytest.mark.parametrize("bound", [0, -1])
@pytest.mark.parametrize("name", ["queue.Queue", "queue.LifoQueue", "queue.PriorityQueue", "asyncio.Queue"])
def test_no_bound(name: str, bound: int) -> None:
    made = make(name, bound)
    for item in range(1000):
        made.put_nowait(item)
    assert made.qsize() == 1000
    assert not made.full()


def test_verbs_are_methods_of_containers() -> None:
    verbs = {verb for verb in C.ELEMENT_PUTS | C.TAKES | C.QUEUE_TAKES if is_method(verb)}
    newer = {verb for verb, since in NEWER.items() if sys.version_info < since}
    assert verbs - verbs_of(CONTAINERS_HERE) == OF_LIBRARIES | OF_PROGRAMS | (newer & verbs)


@pytest.mark.parametrize("verb", ["rotate", "move_to_end", "reverse", "sort", "task_done", "join", "copy", "subtract"])
def test_neither_put_nor_take(verb: str) -> None:
    assert verb not in C.ELEMENT_PUTS | C.TAKES | C.QUEUE_TAKES


@pytest.mark.parametrize("name", sorted(C.PUSHERS))
def test_pusher(name: str) -> None:
    if sys.version_info < NEWER.get(name, ALWAYS):
        with pytest.raises(AttributeError):
            resolve(name)
        return
    items = [1, 3]
    find(name)(items, 2)  # type: ignore[operator]
    assert sorted(items) == [1, 2, 3]


@pytest.mark.parametrize("name", ["heapq.heappushpop", "heapq.heapreplace"])
def test_no_pusher(name: str) -> None:
    items = [1, 3]
    find(name)(items, 2)  # type: ignore[operator]
    assert len(items) == 2
    assert name not in C.PUSHERS


@pytest.mark.parametrize("name", sorted(C.LOOKERS))
def test_looker(name: str) -> None:
    assert callable(find(name))


@pytest.mark.knowledge
@pytest.mark.parametrize("name", CONTAINERS_ELSEWHERE)
def test_library_container(name: str) -> None:
    assert callable(find(name))
    if name not in C.MAPPINGS:
        check_bound(name, {**C.COLLECTIONS, **C.CHANNELS}[name])
    if name in C.QUEUES:
        check_queue(name)


@pytest.mark.knowledge
def test_library_verbs() -> None:
    assert verbs_of([name for name in CONTAINERS_ELSEWHERE if name in C.MAPPINGS]) >= OF_LIBRARIES


# -- listeners: what the tables beside LISTENERS say ----------------------------------------------------------------


class Registrant:
    """An object that registers its own method."""

    def reset(self) -> None: ...


@pytest.mark.parametrize("name", sorted(n for n in L.PROCESS_WIDE if is_stdlib(n)))
def test_a_process_keeps_the_method_of_the_object_that_it_is_given(name: str) -> None:
    each = Registrant()
    gone = weakref.ref(each)
    find(name)(each, each.reset)  # type: ignore[operator]
    del each
    gc.collect()
    assert gone() is not None


def test_what_is_process_wide_is_a_listener() -> None:
    assert set(L.LISTENERS) >= L.PROCESS_WIDE


@pytest.mark.parametrize("name", sorted(L.LOG_FILES))
def test_a_log_file_is_open_at_once(name: str, tmp_path: Path) -> None:
    handler = find(name)(str(tmp_path / "log"))  # type: ignore[operator]
    assert not handler.stream.closed
    handler.close()


@pytest.mark.parametrize("verb", L.UNWINDING)
def test_an_exit_stack_has_what_unwinds(verb: str) -> None:
    assert any(callable(getattr(find(name), verb, None)) for name in L.EXIT_STACKS)


@pytest.mark.parametrize("name", sorted(L.REMOVES_BY_IDENTITY))
def test_what_removes_undoes_a_listener(name: str) -> None:
    assert f"{name}()" in {undo for row in L.LISTENERS.values() for undo in row[2]}


@pytest.mark.parametrize("name", ["on_tick", "_on_tick", "listeners", "after_callbacks", "_hooks"])
def test_a_container_of_listeners(name: str) -> None:
    assert re.fullmatch(L.CONTAINERS, name)


@pytest.mark.parametrize("name", ["only", "on", "items", "handler", "online"])
def test_no_container_of_listeners(name: str) -> None:
    assert not re.fullmatch(L.CONTAINERS, name)


@pytest.mark.parametrize("name", ["unsubscribe", "removeObserver", "_forget_all", "dontNotifyOnDisconnect", "off"])
def test_a_removal(name: str) -> None:
    assert re.fullmatch(L.REMOVALS, name)


@pytest.mark.parametrize("name", ["offer", "dispatch", "display", "default", "remover", "add"])
def test_no_removal(name: str) -> None:
    assert not re.fullmatch(L.REMOVALS, name)


@pytest.mark.parametrize("name", ["get_event_loop", "getLogger", "get_bus", "instance", "getManager"])
def test_a_getter_of_what_is_shared(name: str) -> None:
    assert re.fullmatch(L.SHARED, name, re.IGNORECASE)


@pytest.mark.parametrize("name", ["get", "get_item", "loop", "make_bus"])
def test_no_getter_of_what_is_shared(name: str) -> None:
    assert not re.fullmatch(L.SHARED, name, re.IGNORECASE)
