"""A world in which generated functions run: what they open is fake, notes what happens to it, and fails on request."""

from __future__ import annotations

import ast
import builtins
import contextlib
import functools
import itertools
import re
from collections.abc import Callable, Iterator
from types import CodeType, SimpleNamespace
from typing import Any, NamedTuple


class Run(NamedTuple):
    """What one run did.

    outcome: what was returned or raised, and what can still be done with all that was handed out. events: the side
    effects in their order, without closes. things: what was opened. failed: did it end by an exception? broken: by a
    name that isn't bound, of which nobody is told when it is read?
    """

    outcome: Any
    events: list[Any]
    things: list[Thing]
    failed: bool
    broken: bool


class Thing:
    """Something that was opened. closed: after how many events, if it was. claimed: does it claim an address?"""

    def __init__(self, world: World, path: str, *_: Any, **__: Any) -> None:
        world.happens("open", type(self).__name__, path)
        self.world = world
        self.path = path
        self.shut: int | None = None
        self.claimed = False
        self.kept = False
        self.number = len(world.things)
        world.things.append(self)

    def act(self, *event: Any) -> None:
        if self.shut is not None:
            raise ValueError("closed", self.path)
        self.world.happens(*event, self.path)

    def close(self) -> None:
        if self.shut is None:
            self.shut = len(self.world.events)

    def __repr__(self) -> str:
        return f"<{self.path}>"

    def __enter__(self) -> Any:
        if self.shut is not None:
            raise ValueError("closed", self.path)
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


class FakeFile(Thing):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left = 2

    @property
    def closed(self) -> bool:
        return self.shut is not None

    @property
    def name(self) -> str:
        return f"name of {self.path}"

    def read(self, size: int = -1) -> str:
        self.act("read")
        self.left = 0
        return f"text of {self.path}"

    def readline(self) -> str:
        self.act("readline")
        self.left -= self.left > 0
        return f"line {self.left} of {self.path}\n"

    def readlines(self) -> list[str]:
        return list(self)

    def write(self, text: Any) -> int:
        self.act("write", normal(self.world, text))
        return len(str(text))

    def flush(self) -> None:
        self.act("flush")

    def seek(self, to: int) -> None:
        self.act("seek")
        self.left = 2

    def __iter__(self) -> FakeFile:
        return self

    def __next__(self) -> str:
        self.act("next")
        if not self.left:
            raise StopIteration
        self.left -= 1
        return f"line {self.left} of {self.path}\n"


class FakeCursor:
    def __init__(self, owner: Thing) -> None:
        self.owner = owner
        self.rows = [(1,), (2,)]

    def execute(self, statement: Any) -> FakeCursor:
        self.owner.act("execute", normal(self.owner.world, statement))
        return self

    def fetchall(self) -> list[Any]:
        self.owner.act("fetchall")
        return self.rows

    def fetchone(self) -> Any:
        self.owner.act("fetchone")
        return self.rows[0]

    def __iter__(self) -> Iterator[Any]:
        for row in self.rows:
            self.owner.act("row")
            yield row


class FakeConnection(Thing):
    status = 1

    def cursor(self) -> FakeCursor:
        self.act("cursor")
        return FakeCursor(self)

    def execute(self, statement: Any) -> FakeCursor:
        return FakeCursor(self).execute(statement)

    def executemany(self, statement: Any, rows: Any) -> FakeCursor:
        return FakeCursor(self).execute(statement)

    def commit(self) -> None:
        self.act("commit")

    def rollback(self) -> None:
        self.act("rollback")

    def __exit__(self, kind: Any, *_: Any) -> None:
        self.act("commit" if kind is None else "rollback")


class FakeSocket(Thing):
    def sendall(self, data: Any) -> None:
        self.act("sendall", normal(self.world, data))

    def connect(self, to: Any) -> None:
        self.act("connect", normal(self.world, to))

    def bind(self, to: Any) -> None:
        self.act("bind", normal(self.world, to))
        self.claimed = True

    def settimeout(self, seconds: int) -> None:
        self.act("settimeout")

    def shutdown(self, how: int) -> None:
        self.act("shutdown")

    def recv(self, size: int = 1) -> bytes:
        self.act("recv")
        return b"data"

    def getsockname(self) -> str:
        self.act("getsockname")
        return "socket's name"

    def makefile(self) -> Part:
        self.act("makefile")
        return Part(self)


class Part:
    """What another thing handed out and needs it open."""

    status = 200

    def __init__(self, owner: Thing) -> None:
        self.owner = owner

    def read(self) -> str:
        self.owner.act("read part")
        return f"part of {self.owner.path}"

    def __iter__(self) -> Iterator[str]:
        yield self.read()

    def close(self) -> None:
        pass

    def __enter__(self) -> Part:
        return self

    def __exit__(self, *_: Any) -> None:
        pass

    def __await__(self) -> Iterator[Any]:
        self.owner.act("await")
        return self
        yield

    async def __aenter__(self) -> Part:
        self.owner.act("await")
        return self

    async def __aexit__(self, *_: Any) -> None:
        self.owner.act("done")


class FakeArchive(Thing):
    def extractall(self) -> None:
        self.act("extractall")

    def testzip(self) -> None:
        self.act("testzip")

    def read(self, member: str = "m") -> str:
        self.act("read", member)
        return f"{member} of {self.path}"

    def namelist(self) -> list[str]:
        self.act("namelist")
        return ["m"]

    def open(self, member: str) -> Part:
        self.act("open member", member)
        return Part(self)


class FakeHTTP(Thing):
    __enter__ = None  # type: ignore[assignment]
    __exit__ = None  # type: ignore[assignment]

    def request(self, method: str, url: Any) -> None:
        self.act("request", normal(self.world, url))

    def connect(self) -> None:
        self.act("connect")

    def getresponse(self) -> Part:
        self.act("getresponse")
        return Part(self)


class FakeMail(Thing):
    def sendmail(self, *args: Any) -> None:
        self.act("sendmail")

    def login(self, *args: Any) -> None:
        self.act("login")

    def starttls(self) -> None:
        self.act("starttls")

    def noop(self) -> tuple[int, str]:
        self.act("noop")
        return 250, "ok"

    def quit(self) -> None:
        self.act("quit")
        self.close()

    def __exit__(self, *_: Any) -> None:
        if self.shut is None:
            self.quit()


class Later:
    """What is done when it is awaited."""

    def __init__(self, action: Callable[[], None]) -> None:
        self.action = action

    def __await__(self) -> Iterator[Any]:
        self.action()
        return
        yield


class FakeSession(Thing):
    def get(self, url: Any) -> Part:
        self.act("get", normal(self.world, url))
        return Part(self)

    def post(self, url: Any, data: Any) -> Part:
        self.act("post", normal(self.world, data))
        return Part(self)

    def close(self) -> Later:  # type: ignore[override]
        return Later(super().close)

    async def __aenter__(self) -> FakeSession:
        return self

    async def __aexit__(self, *_: Any) -> None:
        await self.close()


class FakeDescriptor(Thing):
    """What stands behind a number."""


class Box:
    """What a function may hand things over to."""

    def __init__(self) -> None:
        self.kept: Any = None
        self.table: dict[Any, Any] = {}
        self.items: list[Any] = []

    def append(self, item: Any) -> None:
        self.items.append(item)


class World:
    """fail_at: which of the calls raises, from 1; 0 for none. error: what. lent: the paths of what others may know, and
    find closed in the end."""

    def __init__(self, fail_at: int, error: type[BaseException], lent: frozenset[str]) -> None:
        self.fail_at = fail_at
        self.error = error
        self.events: list[Any] = []
        self.things: list[Thing] = []
        self.box = Box()
        self.rounds = 3
        self.over = False
        self.raised = False
        self.dead = False
        self.lent = lent
        self.way = ""
        self.given: list[Any] = []
        self.globals = self.names()

    def happens(self, *event: Any) -> None:
        self.events.append(event)
        if len(self.events) == self.fail_at and not self.over:
            raise self.error("told to")
        if len(self.events) > 400:
            raise RuntimeError("goes on for ever")

    # -- what the code finds there -----------------------------------------------------------------------------------

    def names(self) -> dict[str, Any]:
        modules = {
            "gzip": SimpleNamespace(open=self.make(FakeFile), GzipFile=self.make(FakeFile)),
            "tempfile": SimpleNamespace(
                NamedTemporaryFile=self.make(FakeFile), TemporaryFile=self.make(FakeFile), mkstemp=self.mkstemp
            ),
            "sqlite3": SimpleNamespace(connect=self.make(FakeConnection)),
            "psycopg2": SimpleNamespace(connect=self.make(FakeConnection)),
            "socket": SimpleNamespace(socket=self.make(FakeSocket), create_connection=self.make(FakeSocket)),
            "zipfile": SimpleNamespace(ZipFile=self.make(FakeArchive)),
            "http": SimpleNamespace(client=SimpleNamespace(HTTPConnection=self.make(FakeHTTP))),
            "smtplib": SimpleNamespace(SMTP=self.make(FakeMail)),
            "aiohttp": SimpleNamespace(ClientSession=self.make(FakeSession)),
            "os": SimpleNamespace(
                open=self.descriptor,
                close=self.close,
                read=lambda number, size: self.of(number, "read") or b"bytes",
                write=lambda number, data: self.of(number, "write"),
                fsync=lambda number: self.of(number, "fsync"),
                lseek=lambda number, to, how: self.of(number, "lseek"),
            ),
        }

        def imported(name: str, *args: Any) -> Any:
            root = name.partition(".")[0]
            return modules.get(root) or builtins.__import__(name, *args)

        return {
            "__builtins__": {**vars(builtins), "open": self.make(FakeFile), "__import__": imported},
            "__name__": "generated",
            "step": self.step,
            "log": lambda *values: self.happens("log", normal(self, values)),
            "keep": self.box.append,
            "more": self.more,
            "manager": self.manager,
            "functools": functools,
            "itertools": itertools,
        }

    def make(self, cls: type[Thing]) -> Callable[..., Thing]:
        return functools.partial(cls, self)

    def descriptor(self, path: str, flags: int = 0) -> int:
        return 1000 + FakeDescriptor(self, path).number

    def mkstemp(self, path: str) -> tuple[int, str]:
        return self.descriptor(path), f"name of {path}"

    def of(self, number: int, event: str) -> None:
        if not isinstance(number, int) or not 1000 <= number < 1000 + len(self.things):
            raise TypeError("no descriptor")
        thing = self.things[number - 1000]
        if thing.shut is not None:
            raise OSError(9, "bad descriptor")
        thing.act(event)

    def close(self, number: int) -> None:
        """Unlike the others, a descriptor must not be closed twice: by then it may be another's."""
        if not isinstance(number, int) or not 1000 <= number < 1000 + len(self.things):
            raise TypeError("no descriptor")
        thing = self.things[number - 1000]
        if thing.shut is not None:
            raise OSError(9, "bad descriptor")
        thing.close()

    def is_open(self, thing: Thing) -> bool:
        """Does a thing that was handed over, for good, reach its new owner open?"""
        # A constructor that gives up takes back what others saw of it.
        known = self.over and not (self.raised and self.way == "init")
        return known and thing.shut is None and thing.path not in self.lent

    def step(self, number: int) -> int:
        self.happens("step", number)
        return number

    def more(self) -> bool:
        self.happens("more")
        self.rounds -= 1
        return self.rounds > 0

    @contextlib.contextmanager
    def manager(self, number: int) -> Iterator[None]:
        self.happens("enter", number)
        try:
            yield
        finally:
            self.happens("exit", number)


def run(
    code: CodeType,
    name: str,
    way: str,
    given: tuple[Any, ...],
    fail_at: int,
    error: type[BaseException],
    lent: frozenset[str] = frozenset(),
) -> Run:
    """Run a function of a module in a world of its own."""
    world = World(fail_at, error, lent)
    exec(code, world.globals)
    del world.events[:]
    function = world.globals[name]
    way, _, how = way.partition(" ")
    world.way = way
    try:
        outcome = "returned", _WAYS[way](world, function, (*given, world.box), how)
    except BaseException as raised:
        if not isinstance(raised, (Exception, KeyboardInterrupt)):
            raise
        outcome = "raised", [type(raised).__name__, normal(world, raised.args)]
    world.over = True
    count = len(world.events)
    world.raised = outcome[0] == "raised"
    handed = outcome, world.given, world.box.__dict__, world.globals.get("LAST")
    for thing in world.things:
        thing.kept = _holds(thing, handed)
    shown = normal(world, outcome)
    world.dead = world.raised or bool(lent)
    given_out = world.given if way == "generator" else []
    left = normal(world, (world.box.__dict__, world.globals.get("LAST"), given_out))
    broken = world.raised and outcome[1][0] in ("NameError", "UnboundLocalError")
    return Run([shown, left], world.events[:count], world.things, world.raised, broken)


def _plain(world: World, function: Any, given: tuple[Any, ...], how: str) -> Any:
    return function(*given)


def _generator(world: World, function: Any, given: tuple[Any, ...], how: str) -> Any:
    made = function(*given)
    got = []
    try:
        for item in made:
            got.append(item)
            world.given.append(item)
            world.happens("got", normal(world, item))
            if how == "stopped" or len(got) > 20:
                break
    finally:
        _shut(made)
    return len(got)


def _manager(world: World, function: Any, given: tuple[Any, ...], how: str) -> Any:
    manager = function(*given)
    try:
        return _entered(world, manager, how)
    finally:
        _shut(manager.gen)


def _init(world: World, function: Any, given: tuple[Any, ...], how: str) -> Any:
    return vars(function(*given))


def _shut(generator: Any) -> None:
    """Close a generator, also one that goes on when it is told to stop."""
    for _ in range(9):
        try:
            return generator.close()
        except RuntimeError as error:
            if "ignored" not in str(error):
                raise
    return None


def _entered(world: World, manager: Any, how: str) -> Any:
    with manager as item:
        world.given.append(item)
        world.happens("got", normal(world, item))
        if isinstance(item, FakeFile):
            item.read()
        if how == "raising":
            raise KeyError("of the caller")
    return None


def _async(world: World, function: Any, given: tuple[Any, ...], how: str) -> Any:
    try:
        function(*given).send(None)
    except StopIteration as end:
        return end.value
    raise AssertionError("it waits for something")


_WAYS: dict[str, Callable[[World, Any, tuple[Any, ...], str], Any]] = {
    "plain": _plain,
    "generator": _generator,
    "manager": _manager,
    "async": _async,
    "init": _init,
}
#: How functions of each kind are run.
HOW = {
    "plain": ["plain"],
    "generator": ["generator", "generator stopped"],
    "manager": ["manager", "manager raising"],
    "async": ["async"],
    "init": ["init"],
}


def normal(world: World, value: Any, depth: int = 0) -> Any:
    """A value as plain data: of what may need a resource, what can still be done with it."""
    if depth > 6:
        return "..."
    if isinstance(value, str):
        return re.sub(r" at 0x\w+", "", value)
    if value is None or isinstance(value, (bytes, int, float)):
        thing = world.things[value - 1000] if type(value) is int and 1000 <= value < 1000 + len(world.things) else None
        return value if thing is None else ["descriptor", thing.path, world.is_open(thing)]
    if isinstance(value, Thing):
        return [type(value).__name__, value.path, world.is_open(value)]
    if isinstance(value, (Part, FakeCursor)):
        return [type(value).__name__, value.owner.path, not world.dead and world.is_open(value.owner)]
    if isinstance(value, dict):
        return [[normal(world, each, depth + 1) for each in pair] for pair in value.items()]
    if isinstance(value, (list, tuple)):
        return [normal(world, each, depth + 1) for each in value]
    if isinstance(value, BaseException):
        return [type(value).__name__, normal(world, value.args, depth + 1)]
    # What was handed over and depends on a resource that is closed in the end must bear that on all ways.
    if not world.over or world.dead:
        return type(value).__name__
    try:
        if hasattr(value, "__next__"):
            return ["iterator", normal(world, list(itertools.islice(value, 10)), depth + 1)]
        if hasattr(value, "send"):
            return ["coroutine", normal(world, _async(world, lambda: value, (), ""), depth + 1)]
        if callable(value):
            return ["call", normal(world, value(), depth + 1)]
    except Exception as error:
        return ["fails", type(error).__name__, normal(world, error.args, depth + 1)]
    return type(value).__name__


def _holds(thing: Thing, value: Any, depth: int = 0) -> bool:
    """Did a function hand a thing over, so that someone else has it now?"""
    if value is thing or (isinstance(thing, FakeDescriptor) and type(value) is int and value == 1000 + thing.number):
        return True
    if depth > 6:
        return False
    if isinstance(value, dict):
        return any(_holds(thing, each, depth + 1) for each in value.values())
    if isinstance(value, (list, tuple)):
        return any(_holds(thing, each, depth + 1) for each in value)
    if isinstance(value, (Part, FakeCursor)):
        return value.owner is thing
    return callable(value) or hasattr(value, "__next__")


def path_at(tree: ast.Module, line: int, column: int) -> str:
    """The path of what is opened by the call that a finding is about."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            func = node.func
            place = (func.lineno, func.col_offset)
            if isinstance(func, ast.Attribute):
                assert func.end_lineno is not None
                assert func.end_col_offset is not None
                place = func.end_lineno, func.end_col_offset - len(func.attr.encode())
            if place == (line, column):
                return next((str(a.value) for a in node.args if isinstance(a, ast.Constant)), "")
    raise AssertionError("no call there")
