"""The judgements: does it repeat, is the key bounded, is the file a test, is the value large, who releases it?"""

from __future__ import annotations

import ast
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from flake8_leaks.judgements import acquisitions, instances, keys, memoizing, ownership
from flake8_leaks.judgements.capture import largeness
from flake8_leaks.judgements.repeats import IMPORT, MANY, ONCE, UNKNOWN, Repeat, arrival, in_main_block, repeats
from flake8_leaks.judgements.tests import is_test
from flake8_leaks.knowledge.resources import ASYNC, CLOSES, DEPENDS, KEEPS, MUST, NO
from flake8_leaks.lint import lint
from flake8_leaks.model import Model, Scope, build
from flake8_leaks.options import Options
from flake8_leaks.rule import File


def model_of(source: str) -> Model:
    return build(ast.parse(dedent(source)))


def scope_of(model: Model, qualname: str) -> Scope:
    return next(s for s in model.scopes if s.qualname == qualname)


def codes(source: str, **options: Any) -> list[str]:
    """The codes that a file gets, by position."""
    text = dedent(source)
    return [f.code for f in lint(ast.parse(text), text.splitlines(), options=Options(**options))]


# -- repeats: only at import, once, or for each thing that arrives? ---------------------------------------------------


def repeat(source: str, qualname: str = "f") -> Repeat:
    model = model_of(source)
    return repeats(model, scope_of(model, qualname))


@pytest.mark.parametrize(
    ("source", "qualname"),
    [
        pytest.param("x = 1", "", id="module level"),
        pytest.param("class C: x = 1", "C", id="class body"),
        pytest.param("x = [y for y in z]", "<comprehension>", id="comprehension of the module"),
        pytest.param("def f(): pass\nf()", "f", id="called at import"),
        pytest.param("def f(): pass\nfor x in y: f()", "f", id="called in a loop at import"),
        pytest.param("def f(): pass\ndef g(): f()\ng()", "f", id="called by what is called at import"),
        pytest.param("def f(x): return x\n@f\ndef g(): pass", "f", id="decorates at import"),
        pytest.param("def f(x): return x\nclass C:\n    @f\n    def m(self): pass", "f", id="decorates a method"),
        pytest.param("def f(): pass\nclass C: x = f()", "f", id="called in a class body"),
        pytest.param("def f(n): return f(n - 1)\nf(3)", "f", id="calls itself too"),
        pytest.param("def f(): return [x for x in y]\nf()", "f.<comprehension>", id="comprehension in such a function"),
    ],
)
def test_code_that_runs_only_at_import(source: str, qualname: str) -> None:
    assert repeat(source, qualname).answer == IMPORT


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def f(): pass", id="never called here"),
        pytest.param("def f(): pass\ndef g(): f()", id="called by a function that nobody here calls"),
        pytest.param("def f(): pass\nf()\ndef g(): f()", id="called at import, and later"),
        pytest.param("def f(): pass\nf()\nhooks = [f]", id="called at import, and handed on"),
        pytest.param("def f(): g()\ndef g(): f()", id="functions that only call each other"),
        pytest.param("def f(): pass\nif __name__ == '__main__':\n    f()", id="called in the main block only"),
        pytest.param("def f(): pass\ndef f(): pass\nf()", id="defined twice"),
        pytest.param("def f(): pass\nx = lambda: f()", id="called by a lambda"),
    ],
)
def test_code_that_may_run_later(source: str) -> None:
    assert repeat(source).answer == UNKNOWN


@pytest.mark.parametrize(
    "name",
    "setup set_up init initialize configure main cli install bootstrap ready startup lifespan create_app get_logger "
    "make_parser _setup setup_logging setup_once setup_hub_once init_db configure_app install_hooks patch_all "
    "pytest_configure __set_name__ __prepare__".split(),
)
def test_set_up_code_runs_once(name: str) -> None:
    assert repeat(f"def {name}(): pass", name).answer == ONCE


@pytest.mark.parametrize(
    ("source", "qualname"),
    [
        pytest.param("class M(type):\n    def new(cls): pass", "M.new", id="metaclass"),
        pytest.param("class M(abc.ABCMeta):\n    def new(cls): pass", "M.new", id="metaclass by its base's name"),
        pytest.param("from functools import cache\n@cache\ndef f(): pass", "f", id="remembers its result"),
        pytest.param("import functools\n@functools.lru_cache()\ndef f(): pass", "f", id="remembers, with a call"),
        pytest.param("def f(fn):\n    def g(): return fn()\n    return g", "f", id="decorator"),
        pytest.param("def f(x):\n    def g(fn): return fn\n    return g", "f.g", id="made by a factory"),
        pytest.param(
            "class C:\n    def __init_subclass__(cls): pass", "C.__init_subclass__", id="hook of class creation"
        ),
    ],
)
def test_other_code_that_runs_once(source: str, qualname: str) -> None:
    assert repeat(source, qualname).answer == ONCE


@pytest.mark.parametrize(
    ("source", "qualname"),
    [
        pytest.param("from functools import cache\n@cache\ndef f(x): pass", "f", id="remembers per argument"),
        pytest.param("def f(fn):\n    def g(): return fn()\n    return g", "f.g", id="the wrapper of a decorator"),
        pytest.param("def f(a, b):\n    def g(): return a()\n    return g", "f", id="takes two arguments"),
        pytest.param("def f(*a):\n    def g(): return 1\n    return g", "f", id="takes any number"),
        pytest.param("def f(x):\n    def g(): return x\n    return g", "f", id="a closure that calls nothing"),
        pytest.param("def f(x): return x", "f", id="hands back what it gets, and no factory made it"),
        pytest.param("class C(Base):\n    def new(cls): pass", "C.new", id="plain class"),
        pytest.param("def resetup(): pass", "resetup", id="a name that only ends like set-up"),
        pytest.param("def setup():\n    return lambda: 1", "setup.<lambda>", id="what set-up code makes runs later"),
    ],
)
def test_code_of_which_nothing_is_known(source: str, qualname: str) -> None:
    assert repeat(source, qualname).answer == UNKNOWN


def test_the_answer_comes_with_its_evidence() -> None:
    assert repeat("def handle_message(x): pass", "handle_message") == Repeat(MANY, "handle_message()")
    assert "load()" in repeat("def load(): pass\nload()", "load").evidence
    assert repeat("def f(): pass").evidence == ""


@pytest.mark.parametrize(
    ("head", "evidence"),
    [
        ("def on_message(self, x)", "on_message()"),
        ("def handle(x)", "handle()"),
        ("def handleError(x)", "handleError()"),
        ("async def process_order(x)", "process_order()"),
        ("def order_handler(x)", "order_handler()"),
        ("def do_GET(self)", "do_GET()"),
        ("def dataReceived(self, data)", "dataReceived()"),
        ("def datagram_received(self, data)", "datagram_received()"),
        ("def lambda_handler(x, y)", "lambda_handler()"),
        ("def f(request)", "'request'"),
        ("def f(self, *, session_id)", "'session_id'"),
        ("def f(event, /)", "'event'"),
        ("def f(a, websocket=None)", "'websocket'"),
        ("@app.route('/')\ndef f()", "@route"),
        ("@router.get('/')\nasync def f()", "@get"),
        ("@app.task\ndef f()", "@task"),
        ("@other\n@bot.on_event('x')\ndef f()", "@on_event"),
    ],
)
def test_a_function_that_runs_for_each_thing_that_arrives(head: str, evidence: str) -> None:
    function = model_of(f"{head}: pass").scopes[1]
    assert arrival(function) == evidence


@pytest.mark.parametrize(
    "head",
    [
        "def f(x)",
        "def on_change(self, callback)",
        "def on_change(callback)",
        "def handle_options(x)",
        "def process_template(x)",
        "def process_args(x)",
        "def online(x)",
        "def handler_name(x)",
        "def install_signal_handler(x)",
        "def add_error_handler(x)",
        "def f(message)",
        "def f(msg)",
        "def f(client)",
        "def f(conn)",
        "def f(user)",
        "@get\ndef f()",
        "@property\ndef f(self)",
        "@app.cached('/')\ndef f()",
    ],
)
def test_a_function_of_which_nothing_says_that_it_repeats(head: str) -> None:
    assert arrival(model_of(f"{head}: pass").scopes[1]) == ""


def test_a_lambda_has_no_arrival() -> None:
    model = model_of("lambda request: request")
    assert arrival(model.scopes[1]) == ""


def test_set_up_code_called_at_import_is_import_code() -> None:
    assert repeat("def setup(): pass\nsetup()", "setup").answer == IMPORT


def test_what_stands_in_the_main_block() -> None:
    model = model_of("a()\nif __name__ == '__main__':\n    b()\nif x == 1:\n    c()\nif x:\n    d()")
    found = {name: in_main_block(model, model.calls(name)[0][0]) for name in "abcd"}
    assert found == {"a": False, "b": True, "c": False, "d": False}


# -- keys: does the program itself fix how many there are? ------------------------------------------------------------


def bounded(key: str, body: str = "", parameters: str = "x", head: str = "") -> bool:
    """Is `key` bounded at the end of a function of this body?"""
    lines = [*dedent(head).splitlines(), f"def f({parameters}):", *(f"    {b}" for b in body.splitlines())]
    model = model_of("\n".join([*lines, f"    return ({key})"]))
    function = scope_of(model, "f")
    statement = function.node.body[-1]  # type: ignore[attr-defined]
    return keys.is_bounded(model, function, statement.value)


@pytest.mark.parametrize(
    "key",
    [
        "'name'",
        "1",
        "('a', 1)",
        "True",
        "x is None",
        "not x",
        "lambda: x",
        "-1",
        "type(x)",
        "bool(x)",
        "isinstance(x, int)",
        "callable(x)",
        "x.__class__",
        "x.__module__",
        "x.RED",
        "(x.RED, type(x))",
        "x.__class__.__name__",
        "f'{type(x)}-1'",
        "'a' + x.__name__",
        "x.__name__ or 'none'",
        "'a' if x else 'b'",
        "[1, 2][0]",
        "str(type(x))",
        "type(x).__name__.lower()",
        "TABLE",
        "CONSTANT",
    ],
)
def test_a_key_that_the_program_fixes(key: str) -> None:
    assert bounded(key, head="TABLE = 1\nfrom limits import CONSTANT")


@pytest.mark.parametrize(
    "key",
    [
        "x",
        "x.name",
        "x.y.z",
        "x[0]",
        "str(x)",
        "(x, 1)",
        "('a', x)",
        "x + 1",
        "1 + x",
        "f'{x}'",
        "x or 1",
        "x if x else 1",
        "-x",
        "x.get()",
        "unknown(x)",
        "make()",
        "lookup.get(key=x)",
        "{x}",
        "[*x]",
        "await_(x)",
    ],
)
def test_a_key_that_comes_in(key: str) -> None:
    assert not bounded(key)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("k = 'a'", True, id="constant"),
        pytest.param("k = 'a'\nk = 'b'", True, id="two constants"),
        pytest.param("k = x", False, id="parameter"),
        pytest.param("k = 'a'\nk = x", False, id="constant or parameter"),
        pytest.param("k = j = type(x)", True, id="type"),
        pytest.param("j = x.__class__\nk = j.__name__", True, id="through another name"),
        pytest.param("import k", True, id="module"),
        pytest.param("def k(): pass", True, id="function"),
        pytest.param("class k: pass", True, id="class"),
        pytest.param("for k in ('a', 'b'): pass", True, id="loop over constants"),
        pytest.param("for k in x: pass", False, id="loop over a parameter"),
        pytest.param("k, j = x", False, id="unpacked"),
        pytest.param("with x as k: pass", False, id="with"),
        pytest.param("k = k + 'a'", True, id="a name that depends on itself and constants"),
        pytest.param("k = 0\nk += 1", False, id="counter"),
        pytest.param("k = [j for j in x]", False, id="comprehension"),
    ],
)
def test_a_key_under_a_local_name(body: str, expected: bool) -> None:
    assert bounded("k", body) is expected


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ("k", False),
        ("k: str", False),
        ("k: bool", True),
        ("k: type", True),
        ("k: type[Base]", True),
        ("k: typing.Type[Base]", True),
        ("k: Literal['a', 'b']", True),
        ("k: Callable[..., int]", True),
        ("k='a'", False),
    ],
)
def test_a_key_that_is_a_parameter(parameters: str, expected: bool) -> None:
    assert bounded("k", parameters=parameters) is expected


@pytest.mark.parametrize("name", ["cls", "klass", "dtype", "type_", "model_class"])
def test_a_parameter_that_is_called_like_a_class(name: str) -> None:
    assert bounded(name, parameters=name)


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        pytest.param("if k not in ('a', 'b'): raise KeyError(k)", True, id="in a tuple"),
        pytest.param("assert k in {'a': 1}", True, id="in a dict"),
        pytest.param("if k not in KNOWN: raise KeyError(k)", True, id="in a filled table of the module"),
        pytest.param("if k in KNOWN: pass", False, id="in it, and goes on either way"),
        pytest.param("if k not in KNOWN: print(k)", False, id="not in it, and goes on"),
        pytest.param("if k not in KNOWN: return None", True, id="not in it, and leaves"),
        pytest.param("if k not in EMPTY: raise KeyError(k)", False, id="in a table that starts empty"),
        pytest.param("if k not in lower: raise KeyError(k)", False, id="in a variable"),
        pytest.param("if k not in unknown: raise KeyError(k)", False, id="in something unknown"),
        pytest.param("if k == 'a': pass", False, id="compared"),
        pytest.param("if 'a' in k: pass", False, id="looked into"),
    ],
)
def test_a_parameter_that_is_checked_first(check: str, expected: bool) -> None:
    head = "KNOWN = {'a': 1}\nEMPTY = {}\nlower = {'a': 1}"
    assert bounded("k", check, "k", head) is expected


def test_a_name_that_is_bound_very_often_is_not_followed() -> None:
    assert bounded("k", "k = 1\n" * 20)
    assert not bounded("k", "k = 1\n" * 21)


def few(key: str, body: str = "pass", parameters: str = "x") -> bool:
    """Does `key` speak of the program's own make-up?"""
    lines = [f"def f({parameters}):", *(f"    {line}" for line in body.splitlines()), f"    return ({key})"]
    model = model_of("\n".join(lines))
    function = scope_of(model, "f")
    return keys.is_few(model, function, function.node.body[-1].value)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "key",
    [
        "language",
        "module_name",
        "modelNames",
        "fname2",
        "backends",
        "x.encoding",
        "self.config.path",
        "(host, port)",
        "f'{scheme}-{port}'",
        "str(path)",
        "path.lower()",
        "os.path.join(folder, filename)",
        "module + file",
        "version or 'x'",
        "params['locale']",
        "api_url",
        "serverUrl",
        "get_column()",
        "server_id",
        "backend_key",
        "module_hash",
        "default_token",
        "message.type",  # not everything called a message arrived: of its types there are few
    ],
)
def test_a_key_of_which_there_are_few(key: str) -> None:
    assert few(key)


@pytest.mark.parametrize(
    "key",
    [
        "user_id",
        "token_hash",
        "key",
        "x",
        "text",
        "url",
        "page_url",
        "(host, user)",
        "f'{scheme}-{token}'",
        "request.path",
        "event.name",
        "hash(payload)",
        "'constant'",
        "__",
    ],
)
def test_a_key_of_which_there_may_be_many(key: str) -> None:
    assert not few(key)


def test_few_looks_through_one_binding() -> None:
    assert few("key", "key = module_name")
    assert not few("key", "key = user_id")
    assert not few("key", "key = module_name\nkey = module_name")
    assert few("path", "path = user_id")
    assert not few("key", "key = (key, user_id)")


# -- is it a test? ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("import pytest\ndef test_x(): pass", True, id="pytest and a test"),
        pytest.param(
            "from pytest import raises\ndef test_x(): pass\ndef a(): pass\ndef b(): pass", True, id="from pytest"
        ),
        pytest.param("import unittest\nclass TestX: pass", True, id="unittest and a test class"),
        pytest.param("from unittest import mock\nclass XTest: pass", True, id="class named ...Test"),
        pytest.param("import unittest.mock\nclass XTestCase: pass", True, id="class named ...TestCase"),
        pytest.param("def test_x(): pass", True, id="nothing but tests"),
        pytest.param("def test_x(): pass\ndef test_y(): pass\ndef helper(): pass", True, id="mostly tests"),
        pytest.param("def test_x(): pass\ndef helper(): pass", False, id="half tests, no runner"),
        pytest.param("import pytest\ndef helper(): pass", False, id="a runner, no tests"),
        pytest.param("import pytest\ndef testing(): pass", False, id="a name that only begins like a test"),
        pytest.param("import pytests\ndef test_x(): pass\ndef helper(): pass", False, id="another module"),
        pytest.param("x = 1", False, id="nothing"),
        pytest.param("", False, id="empty"),
    ],
)
def test_a_test_by_its_content(source: str, expected: bool) -> None:
    assert is_test(model_of(source), "") is expected
    assert is_test(model_of(source), "-") is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("tests/data.py", True),
        ("test/data.py", True),
        ("package/tests/data.py", True),
        ("test_data.py", True),
        ("package/test_data.py", True),
        ("data_test.py", True),
        ("conftest.py", True),
        ("./tests/data.py", True),
        ("data.py", False),
        ("package/data.py", False),
        ("contests/data.py", False),
        ("latest_data.py", False),
        ("testing/data.py", False),
        ("package/my_conftest.py", False),
    ],
)
def test_a_test_by_its_path(path: str, expected: bool) -> None:
    assert is_test(model_of("x = 1"), path) is expected
    assert is_test(model_of("x = 1"), str(Path(path).absolute())) is expected


def test_where_the_project_lies_does_not_decide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path / "tests" / "project"
    project.mkdir(parents=True)
    file = str(project / "data.py")
    monkeypatch.chdir(project)
    assert not is_test(model_of("x = 1"), file)
    monkeypatch.chdir(tmp_path)
    assert is_test(model_of("x = 1"), file)


def test_a_file_beside_the_working_folder_is_no_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    assert not is_test(model_of("x = 1"), "../tests/data.py")


# -- memoizing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decorator", "name", "expected"),
    [
        ("cache", "functools.cache", False),
        ("cache()", "functools.cache", False),
        ("lru_cache", "functools.lru_cache", True),
        ("lru_cache()", "functools.lru_cache", True),
        ("lru_cache(None)", "functools.lru_cache", False),
        ("lru_cache(maxsize=None)", "functools.lru_cache", False),
        ("lru_cache(10)", "functools.lru_cache", True),
        ("lru_cache(maxsize=10)", "functools.lru_cache", True),
        ("lru_cache(maxsize=SIZE)", "functools.lru_cache", True),
        ("lru_cache(typed=True)", "functools.lru_cache", True),
        ("lru_cache(None, typed=True)", "functools.lru_cache", False),
        ("alru_cache(maxsize=None)", "async_lru.alru_cache", False),
        ("alru_cache", "async_lru.alru_cache", True),
        ("ttl_cache(maxsize=None)", "cachetools.func.ttl_cache", False),
        ("cached({})", "cachetools.cached", False),
        ("cached(cache={})", "cachetools.cached", False),
        ("cached(dict())", "cachetools.cached", False),
        ("cached(None)", "cachetools.cached", False),
        ("cached(LRUCache(10))", "cachetools.cached", True),
    ],
)
def test_whether_a_memory_has_a_bound(decorator: str, name: str, expected: bool) -> None:
    model = model_of(f"from cachetools import LRUCache\n@{decorator}\ndef f(): pass")
    (node,) = scope_of(model, "f").node.decorator_list  # type: ignore[attr-defined]
    assert memoizing.is_bounded(model, model.module, node, name) is expected


# -- largeness --------------------------------------------------------------------------------------------------------


def large(source: str, name: str = "x", large_names: frozenset[str] = frozenset()) -> str:
    model = model_of(source)
    file = File(model, Options(large_names=large_names), is_test=False)
    return largeness(file, scope_of(model, "f"), name)


@pytest.mark.parametrize(
    ("source", "evidence"),
    [
        ("def f(x: DataFrame): pass", "DataFrame"),
        ("def f(x: pd.DataFrame): pass", "DataFrame"),
        ("def f(x: 'pd.DataFrame'): pass", "DataFrame"),
        ("def f(x: 'DataFrame | None'): pass", "DataFrame"),
        ("def f(x: DataFrame | None): pass", "DataFrame"),
        ("def f(x: Optional[DataFrame]): pass", "DataFrame"),
        ("def f(x: typing.Optional[np.ndarray]): pass", "ndarray"),
        ("def f(x: NDArray[np.float64]): pass", "NDArray"),
        ("def f(*, x: torch.Tensor): pass", "Tensor"),
        ("def f():\n    x: bytearray = make()", "bytearray"),
        ("import pandas as pd\ndef f():\n    x = pd.read_csv('a')", "pandas.read_csv()"),
        ("import numpy\ndef f():\n    x = numpy.zeros(1_000)", "numpy.zeros()"),
        ("import numpy\ndef f(n):\n    x = numpy.zeros(n)", "numpy.zeros()"),
        ("from torch import load\ndef f():\n    x = load('a')", "torch.load()"),
        ("def f(x): x.iloc[0]", ".iloc"),
        ("def f(x): return x.groupby('a')", ".groupby"),
        ("def f(x):\n    def g(): return x.to_numpy()\n    return g", ".to_numpy"),
        ("def f(x): return x.shape", ".shape"),
        ("import numpy as np\ndef f(x): return np.mean(x)", "numpy.mean()"),
        ("from torch import nn\ndef f(x: nn.Module): pass", "Module"),
        ("def f(path):\n    x = path.read_bytes()", ".read_bytes()"),
        ("async def f(stream):\n    x = await stream.read()", ".read()"),
        ("import pickle\ndef f(file):\n    x = pickle.load(file)", "pickle.load()"),
    ],
)
def test_what_is_taken_to_be_large(source: str, evidence: str) -> None:
    assert evidence in large(source)


@pytest.mark.parametrize("name", ["df", "train_df", "dataframe", "data_frame", "tensor", "large_table", "raw_blob"])
def test_large_by_its_name(name: str) -> None:
    assert large(f"def f({name}): pass", name).endswith("by its name")


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def f(x): pass", id="any parameter"),
        pytest.param("def f(x: int): x.iloc", id="annotated as something else, used alike"),
        pytest.param("def f(x: 'int'): pass", id="annotated in quotes"),
        pytest.param("def f(x: list[DataFrame]): pass", id="a list"),
        pytest.param("def f(x: int | str): pass", id="a union"),
        pytest.param("def f():\n    x = 1", id="small local"),
        pytest.param("def f():\n    x = make()\n    x.iloc", id="local of unknown making"),
        pytest.param("import numpy\ndef f():\n    x = numpy.mean(y)", id="a number"),
        pytest.param("import numpy\ndef f():\n    x = numpy.zeros(9)", id="nine numbers"),
        pytest.param("def f(x): x.append(1)", id="another method"),
        pytest.param("def f(x: Module): pass", id="a module of who knows where"),
        pytest.param("def f(x: bytes): pass", id="bytes of which the name says nothing"),
        pytest.param("def f(file):\n    x = file.read(4)", id="four bytes"),
        pytest.param("def f(x, shape): shape.x", id="a shape"),
        pytest.param("import numpy as np\ndef f(x, y): np.mean(y, x)", id="another argument"),
    ],
)
def test_what_is_not_taken_to_be_large(source: str) -> None:
    assert large(source) == ""


@pytest.mark.parametrize("name", ["payload", "request_body", "image_data"])
def test_bytes_are_large_under_a_name_that_speaks_of_content(name: str) -> None:
    assert large(f"def f({name}: bytes): pass", name) == "a bytes by its annotation"


def test_a_parameter_that_is_annotated_small_is_not_large_by_its_name() -> None:
    assert large("def f(df: int): pass", "df") == ""


def test_a_project_names_its_own_large_parameters() -> None:
    assert large("def f(corpus): pass", "corpus") == ""
    assert large("def f(corpus): pass", "corpus", frozenset({"corpus"})).endswith("by its name")


def test_by_configuration_a_function_is_reported_that_needs_all_of_a_value() -> None:
    source = "def f(cohort): return lambda key: cohort[key]"
    assert codes(source) == []
    assert codes(source.replace("cohort", "df")) == []
    assert codes(source, large_names=frozenset({"cohort"})) == ["LEK401"]


# -- ownership: options, test files, and the words of the message ----------------------------------------------------


def test_a_project_names_its_own_resources() -> None:
    source = "from shop import open_till\ndef f():\n    till = open_till()\n    till.count()"
    own = {"shop.open_till": ("lock",)}
    assert codes(source) == []
    assert codes(source, resources=own) == ["LEK501"]
    assert codes(f"{source}\n    till.lock()", resources=own) == []
    assert codes("from shop import open_till\ndef f():\n    open_till().count()", resources=own) == ["LEK503"]


def test_an_own_resource_is_released_by_a_function() -> None:
    source = "import shop\ndef f():\n    till = shop.open_till()\n    shop.lock(till)"
    assert codes(source, resources={"shop.open_till": ("shop.lock()",)}) == []
    assert codes(source.replace("shop.lock", "print"), resources={"shop.open_till": ("shop.lock()",)}) == ["LEK501"]


def test_an_own_resource_may_be_a_method_of_a_class() -> None:
    source = "from shop import Shop\ndef f(shop: Shop):\n    till = shop.open()\n    till.count()"
    assert codes(source, resources={"shop.Shop.open": ("close",)}) == ["LEK501"]


def test_an_own_entry_overrules_the_table() -> None:
    source = "def f(p):\n    file = open(p)\n    file.lock()"
    assert codes(source) == ["LEK501"]
    assert codes(source, resources={"builtins.open": ("lock",)}) == []


def test_with_over_an_own_resource_releases_it() -> None:
    source = "import shop\ndef f():\n    till = shop.open_till()\n    with till: till.count()"
    assert codes(source, resources={"shop.open_till": ("lock",)}, pedantic=True) == []


def test_a_project_names_what_needs_no_release() -> None:
    source = "import zipfile\ndef f(p):\n    z = zipfile.ZipFile(p)\n    z.namelist()\n    open(p).read()"
    assert codes(source) == ["LEK501", "LEK503"]
    assert codes(source, harmless=frozenset({"zipfile.ZipFile"})) == ["LEK503"]


def test_a_project_names_what_takes_over() -> None:
    source = "def keep(x): print(x)\ndef f(p):\n    file = open(p)\n    keep(file)"
    assert codes(source) == ["LEK501"]
    assert codes(source, owners=frozenset({"keep"})) == []


def test_a_library_function_that_takes_over() -> None:
    source = "import json\ndef f(p): return json.load(open(p))"
    assert codes(source) == ["LEK503"]
    assert codes(source, owners=frozenset({"json.load"})) == []


def test_an_acquisition_that_must_fail_in_a_test() -> None:
    test = "import pytest\ndef test_x(p):\n    with pytest.raises(OSError):\n        {}"
    assert codes(test.format("f = open(p)")) == []
    assert codes(test.format("open(p).read()"), tests=True) == []
    assert codes(test.format("pass\n    open(p).read()"), tests=True) == ["LEK503"]
    assert codes(test.format("pass\n    f = open(p)\n    f.read()")) == ["LEK501"]
    assert codes(test.format("f = open(p)").replace("test_x", "load")) == ["LEK501"]


def test_an_acquisition_that_must_fail_in_a_test_case() -> None:
    source = "import unittest\nclass XTest(unittest.TestCase):\n    def test_x(self):\n        with {}: f = open('a')"
    assert codes(source.format("self.assertRaises(OSError)")) == []
    assert codes(source.format("self.assertRaisesRegex(OSError, 'a')")) == []
    assert codes(source.format("self.subTest()")) == ["LEK501"]


def test_figures_of_a_test_are_closed_by_its_suite() -> None:
    source = "import matplotlib.pyplot as plt\ndef {}():\n    figure = plt.figure()\n    figure.savefig('a')"
    assert codes(source.format("test_x")) == []
    assert codes(source.format("draw")) == ["LEK501"]


def test_tests_must_release_what_they_bind() -> None:
    """What they read in one go is not worth a word, unless the project asks for all."""
    bound = "import pytest\ndef test_x(p):\n    f = open(p)\n    assert f.read()"
    in_one_go = "import pytest\ndef test_x(p):\n    assert open(p).read()"
    assert codes(bound) == ["LEK501"]
    assert codes(in_one_go) == []
    assert codes(in_one_go, tests=True) == ["LEK503"]


@pytest.mark.parametrize(
    ("kind", "releases", "leaving", "words"),
    [
        ("file", ("close",), CLOSES, "open it in a 'with' block"),
        ("session", ("close",), ASYNC, "open it in an 'async with' block"),
        ("connection", ("close",), KEEPS, "wrap it in 'with contextlib.closing(...)'"),
        ("connection", ("close",), NO, "wrap it in 'with contextlib.closing(...)'"),
        ("connection", ("close",), DEPENDS, "call close() in a 'finally' block"),
        ("descriptor", ("os.close()", "os.fdopen()"), NO, "call os.close() in a 'finally' block"),
        ("process", ("wait", "kill"), CLOSES, "call wait() in a 'finally' block"),
        ("executor", ("shutdown",), CLOSES, "call shutdown() in a 'finally' block"),
        ("pool", ("close+wait_closed",), NO, "call close() and wait_closed() in a 'finally' block"),
        ("browser", ("quit",), NO, "call quit() in a 'finally' block"),
        ("thing", (), NO, "release it"),
    ],
)
def test_the_cure_never_changes_the_meaning(kind: str, releases: tuple[str, ...], leaving: str, words: str) -> None:
    assert acquisitions.cure(acquired(kind, releases, leaving, ownership.HELD)) == words


def test_the_cure_of_what_is_handed_on_is_no_with() -> None:
    handed_on = acquired("file", ("close",), CLOSES, ownership.ESCAPED)
    assert acquisitions.cure(handed_on) == "call close() on that way, too"


def acquired(kind: str, releases: tuple[str, ...], leaving: str, fate: str) -> acquisitions.Acquisition:
    call = ast.parse("a.b()", mode="eval").body
    assert isinstance(call, ast.Call)
    acquirer = ownership.Acquirer("a.b", kind, MUST, releases, leaving)
    return acquisitions.Acquisition(call, build(ast.parse("")).module, acquirer, "a.b", [], fate, ())


@pytest.mark.parametrize(
    ("body", "symbol", "text"),
    [
        ("file = open(p); file.read()", "C.load.file", "the file from open()"),
        ("open(p).read()", "C.load.open", "the file from open()"),
        (
            "import sqlite3; sqlite3.connect(p).commit()",
            "C.load.sqlite3.connect",
            "the connection from sqlite3.connect()",
        ),
        (
            "import tempfile; fd, name = tempfile.mkstemp(); print(name)",
            "C.load.fd",
            "the descriptor from tempfile.mkstemp()",
        ),
    ],
)
def test_a_finding_names_the_thing(body: str, symbol: str, text: str) -> None:
    source = f"class C:\n    def load(self, p):\n        {body}"
    (finding,) = lint(ast.parse(source), source.splitlines())
    assert finding.symbol == symbol
    assert text in finding.text


@pytest.mark.parametrize("name", ["main", "_main", "import_main", "cli", "run_cli", "setup", "configure"])
def test_a_script_ends_with_its_process(name: str) -> None:
    model = model_of(f"def {name}():\n    def inner(): pass\ndef other(): pass\ndef early(): pass\nearly()")
    assert acquisitions.is_script(model, model.module)
    assert acquisitions.is_script(model, scope_of(model, name))
    assert acquisitions.is_script(model, scope_of(model, "early"))
    assert not acquisitions.is_script(model, scope_of(model, "other"))
    assert acquisitions.is_script(model, scope_of(model, f"{name}.inner"))


def test_acquisitions_come_in_source_order_with_their_fate() -> None:
    model = model_of(
        """
        import sqlite3
        def f(p):
            a = open(p)
            b = open(p); b.close()
            with sqlite3.connect(p): pass
            return open(p)
        """
    )
    found = instances.acquisitions(File(model, Options(), is_test=False))
    assert [(a.names, a.fate) for a in found] == [
        (("a",), ownership.HELD),
        (("b",), ownership.RELEASED),
        ((), ownership.KEPT),
        ((), ownership.ESCAPED),
    ]
