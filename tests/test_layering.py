"""The shape of the package: which module may know which, what a rule may look like, and what a lint must not touch."""

from __future__ import annotations

import ast
import gc
import io
import subprocess
import sys
import tokenize
import weakref
from pathlib import Path

import pytest

import flake8_leaks
from flake8_leaks.knowledge import containers, listeners, memoizers, resources
from flake8_leaks.lint import lint
from flake8_leaks.options import Options

PACKAGE = Path(flake8_leaks.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
RULES = [path for path in sorted((PACKAGE / "rules").glob("*.py")) if path.name != "__init__.py"]

# Part of the package -> the parts that it may import: plugin -> lint -> rules -> judgements -> model, knowledge, and
# fixer -> repair -> lint, fixes -> rewriting -> plans -> judgements.
MAY_IMPORT = {
    "knowledge": set(),
    "model": {"model"},
    "options": set(),
    "tables": set(),
    "rule": {"model", "options"},
    "judgements": {"judgements", "model", "knowledge", "options", "rule"},
    "rules": {"judgements", "model", "knowledge", "rule"},
    "lint": {"judgements", "model", "options", "rule", "rules"},
    "plugin": {"lint", "options", "tables", "__version__"},
    "plans": {"plans", "judgements", "model", "knowledge", "rule"},
    "rewriting": {"rewriting", "plans", "judgements", "model", "rule"},
    "fixes": {"rewriting", "plans", "judgements", "knowledge", "model", "rule"},
    "repair": {"lint", "options", "pages", "rewriting", "rule"},
    "files": set(),
    "fixer": {"files", "plugin", "repair"},
    "pages": {"options", "rule"},
    "__main__": {"lint", "pages", "rule", "__version__"},
}
# The parts that change code. `repair` imports libcst, and them, inside functions: when there is something to fix.
CHANGES_CODE = {"rewriting", "fixes", "repair"}
# What the model may import from the standard library: `ast`, what says how Python and its types are called, and for the
# walk over the control flow, a heap and a counter.
MODEL_NEEDS = {"__future__", "ast", "builtins", "collections", "dataclasses", "enum", "types", "typing"}
MODEL_NEEDS |= {"heapq", "itertools"}


def part(path: Path) -> str:
    """The part of the package that a module belongs to: `model` for model/build.py, `plugin` for plugin.py."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> tuple[set[str], set[str]]:
    """(parts of the package, top-level packages from elsewhere) that a module imports anywhere."""
    inside, outside = set(), set()
    folder = path.parent.relative_to(PACKAGE).parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            outside.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            outside.add(str(node.module).partition(".")[0])
        elif isinstance(node, ast.ImportFrom):
            base = folder[: len(folder) - node.level + 1]
            dotted = [*base, *(node.module or "").split(".")] if node.module else list(base)
            inside.update([dotted[0]] if dotted else [alias.name for alias in node.names])
    return inside, outside


def called(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


# -- imports ----------------------------------------------------------------------------------------------------


def test_the_table_of_parts_is_complete() -> None:
    assert {part(path) for path in MODULES} == {*MAY_IMPORT, "__init__"}


@pytest.mark.parametrize("path", MODULES, ids=called)
def test_imports_point_down_only(path: Path) -> None:
    inside, outside = imports(path)
    assert inside <= MAY_IMPORT.get(part(path), set())
    assert "flake8_leaks" not in outside, "imports inside the package are relative"


@pytest.mark.parametrize("path", [p for p in MODULES if part(p) == "model"], ids=called)
def test_the_model_needs_only_ast(path: Path) -> None:
    assert imports(path)[1] <= MODEL_NEEDS


@pytest.mark.parametrize("path", [p for p in MODULES if part(p) == "knowledge"], ids=called)
def test_knowledge_imports_nothing(path: Path) -> None:
    assert imports(path) <= (set(), {"__future__"})


@pytest.mark.parametrize("path", [p for p in MODULES if part(p) not in CHANGES_CODE], ids=called)
def test_only_what_changes_code_needs_libcst(path: Path) -> None:
    assert "libcst" not in imports(path)[1]


@pytest.mark.parametrize("path", [p for p in MODULES if part(p) not in ("plugin", "fixer")], ids=called)
def test_only_its_two_doors_know_flake8(path: Path) -> None:
    assert "flake8" not in imports(path)[1]


# -- rules ------------------------------------------------------------------------------------------------------

LIBRARY_NAMES = {
    name
    for table in (resources.RESOURCES, listeners.LISTENERS, memoizers.MEMOIZERS, containers.COLLECTIONS)
    for name in (*table, *(name.removeprefix("builtins.") for name in table))
} | containers.MAPPINGS


@pytest.mark.parametrize("path", RULES, ids=called)
def test_a_rule_is_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    page = ast.parse(source).body[0]
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    blank = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    code = {token.start[0] for token in tokens if token.type not in blank and token.start[0] > page.end_lineno}
    assert 0 < len(code) < 60, "a long rule asks for something that the model or a judgement should know"


@pytest.mark.parametrize("path", RULES, ids=called)
def test_a_rule_has_a_page(path: Path) -> None:
    assert len(ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "") > 200


@pytest.mark.parametrize("path", RULES, ids=called)
def test_a_rule_does_not_walk_the_tree(path: Path) -> None:
    assert "ast" not in imports(path)[1]
    words = {
        node.attr for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Attribute)
    }
    assert not words & {"walk", "iter_child_nodes", "iter_fields", "_fields", "body", "tree"}


@pytest.mark.parametrize("path", RULES, ids=called)
def test_a_rule_names_no_library(path: Path) -> None:
    """Libraries are knowledge. Only the page and the message, which are prose, may name one."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prose = {id(node) for statement in (tree.body[0], tree.body[-1]) for node in ast.walk(statement)}
    texts = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose
    }
    assert not texts & LIBRARY_NAMES


# -- what a lint leaves behind ----------------------------------------------------------------------------------

# Has findings of every rule, through every kind of place.
LEAKY = """
import atexit, contextlib, functools, gzip, socket, sqlite3, warnings
import pandas as pd
import requests

CACHE: dict = {}
TABLE = {}
EVENTS = []
NAMES = []

def remember(user_id, value, default={}):
    CACHE[user_id] = value
    default[user_id] = value
    remember.seen[user_id] = value

remember.seen = {}

def rename(name):
    TABLE[name] = 1
    if name not in NAMES:
        NAMES.append(name)

class Handler:
    items = []

    def on_event(self, event, bus):
        EVENTS.append(event)
        self.items.append(event)
        bus.register_callback(lambda: event)

    @functools.lru_cache(maxsize=None)
    def total(self):
        return [f"{x!r:>{y}}" for x in self.items if (y := len(x)) for _ in range(y)]

    @functools.lru_cache(maxsize=8)
    def some(self):
        return 1

def read(path):
    with sqlite3.connect(path) as connection:
        connection.execute("pragma optimize")
    file = gzip.open(path)
    return file.read() + open(path).read()

def filtered(df: pd.DataFrame):
    def inner(key):
        match key:
            case {"a": [x, *_], **rest}:
                return df.shape, x, rest
    return inner

def first_line(path):
    file = open(path)
    try:
        for line in file:
            if line:
                return line
            while True:
                break
        else:
            raise LookupError(path)
    except OSError:
        return ""
    finally:
        path = None
    file.close()

def dial(address):
    line = socket.socket()
    line.connect(address)
    return line

def twice(path):
    file = open(path)
    file = open(path + "~")
    file.close()

def price(name):
    session = requests.Session()
    return session.get(name).json()

@contextlib.contextmanager
def database(path):
    connection = sqlite3.connect(path)
    yield connection
    connection.close()

def quietly(compute):
    warnings.catch_warnings().__enter__()
    return compute()

class Feed:
    def __init__(self, address):
        self.log = open(address)
        self.line = socket.create_connection(address)

    def reconnect(self, address):
        self.line = socket.create_connection(address)

    def close(self):
        self.line.close()

class History:
    def __init__(self, path):
        self.db = sqlite3.connect(path)

def feed(address):
    made = Feed(address)
    return made.line.recv(1)

import asyncio, collections, logging, queue, threading, torch, uuid, weakref
from reactivex import Observable

ROOMS, RUNNING, APPS = {}, set(), set()
INDEX = collections.defaultdict(list, {})
JOBS = set()

@functools.cache
def arity(callback):
    return callback.__code__.co_argcount

@functools.cache
def slug(title):
    return title.lower()

def join(room_id, user):
    ROOMS.setdefault(room_id, set()).add(user)
    logging.getLogger(f"app.{uuid.uuid4()}")

def leave(room_id, user):
    ROOMS[room_id].discard(user)

def run(task_id):
    RUNNING.add(task_id)
    task_id.work()
    RUNNING.discard(task_id)

def find(word):
    return len(INDEX[word])

def on_job(job):
    JOBS.add(asyncio.create_task(job.run()))

class Relay:
    def __init__(self):
        self._writers, self._views, self._pages = {}, [], {}
        self.mails = queue.Queue()

    def connect(self, writer):
        session = uuid.uuid4()
        self._writers[session] = writer
        self._views.append(weakref.ref(writer))
        return session

    def send(self, session):
        return self._writers[session], self._views[-1]

    def page(self, url):
        return self._pages.setdefault(url, writer(url))

    def drop(self, mail):
        self.mails.put(mail)

    def carry(self):
        while True:
            self.mails.get().carry()

class Desk:
    def __init__(self):
        self.cards = []

    def on_card(self, card):
        self.cards.append(card)
        return self.cards[-1]

class Uploader:
    def __init__(self):
        atexit.register(self.close)
        weakref.finalize(self, self.close)

    def close(self):
        print(self)

def unwatch(bus):
    bus.remove_listener("tick", lambda: bus)

def handle(request, prices: Observable):
    prices.subscribe(lambda price: request)

EMPTY = ValueError()

def first():
    raise EMPTY

def open_stream(url):
    stream = connect(url)
    stream.on_end = lambda: stream.close()

def total(tree, prices):
    def walk(node):
        return prices[node] + walk(node.next)
    return walk(tree)

def train(model, loader, criterion):
    total = 0
    for inputs in loader:
        loss = criterion(model(inputs))
        loss.backward()
        total += loss
    return total
"""
CODES = {"LEK101", "LEK102", "LEK103", "LEK104", "LEK105", "LEK151", "LEK152", "LEK153", "LEK154", "LEK155", "LEK156"}
CODES |= {"LEK201", "LEK202", "LEK203", "LEK204", "LEK205", "LEK251", "LEK253", "LEK254"}
CODES |= {"LEK301", "LEK302", "LEK303", "LEK304", "LEK305", "LEK401", "LEK402", "LEK403", "LEK451"}
CODES |= {"LEK501", "LEK502", "LEK503", "LEK504", "LEK505", "LEK506", "LEK507", "LEK508", "LEK551", "LEK552", "LEK553"}


def everything(tree: ast.Module) -> set[str]:
    """The codes that all rules together find in a tree of LEAKY."""
    return {finding.code for finding in lint(tree, LEAKY.splitlines(), "leaky.py", Options(pedantic=True))}


def test_the_program_has_findings_of_every_rule() -> None:
    assert everything(ast.parse(LEAKY)) == CODES
    assert len(CODES) == len(RULES), "a new rule needs a leak here"


def test_a_lint_leaves_the_tree_as_it_was() -> None:
    tree = ast.parse(LEAKY)
    text = ast.dump(tree, include_attributes=True)
    attributes = [(node, dict(vars(node))) for node in ast.walk(tree)]
    everything(tree)
    assert ast.dump(tree, include_attributes=True) == text
    assert [(node, vars(node)) for node in ast.walk(tree)] == attributes


def test_a_lint_makes_no_cycle_and_keeps_nothing() -> None:
    """A cyclic tree would stay until the collector runs, and make the parse of the next file dearer."""
    everything(ast.parse(LEAKY))  # fills what is worked out once a process
    gc.collect()
    gc.disable()
    try:
        tree = ast.parse(LEAKY)
        remains = weakref.ref(tree)
        found = lint(tree, LEAKY.splitlines(), "leaky.py", Options(pedantic=True))
        del tree
        assert found
        assert remains() is None
    finally:
        gc.enable()


def test_a_lint_opens_no_file_and_imports_nothing() -> None:
    """In a fresh interpreter, where nobody else has imported or opened anything."""
    program = f"""
import ast, sys
import flake8_leaks.fixer, flake8_leaks.plugin
from flake8_leaks.lint import lint, rules
from flake8_leaks.options import Options

assert not [name for name in sys.modules if name.partition(".")[0] == "libcst"], "importing the plugin imports libcst"
rules()
source = {LEAKY!r}
tree = ast.parse(source)
modules = set(sys.modules)
seen = []
sys.addaudithook(lambda event, arguments: seen.append((event, arguments[:1])))
found = lint(tree, source.splitlines(), "leaky.py", Options(pedantic=True))
seen = list(seen)
print(len(found), sorted(set(sys.modules) - modules), [e for e in seen if e[0].partition(".")[0] in
      ("open", "socket", "subprocess", "os", "import", "shutil", "tempfile", "urllib", "exec", "compile", "ctypes")])
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=False)
    assert run.stderr == ""
    found = len(lint(ast.parse(LEAKY), LEAKY.splitlines(), "leaky.py", Options(pedantic=True)))
    assert run.stdout.strip() == f"{found} [] []"
