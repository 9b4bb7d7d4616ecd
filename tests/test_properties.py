"""Any program that parses is linted without an exception, and linting it again finds the same."""

from __future__ import annotations

import ast
import os
import warnings
from collections import Counter

import hypothesmith
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flake8_leaks.lint import lint
from flake8_leaks.options import Options
from flake8_leaks.rule import Finding

COMMON = settings(
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


def lint_twice(source: str) -> list[Finding]:
    """What all rules find in a program, after a look that it is the same again, and the same in another tree of it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree, other = ast.parse(source), ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    lines = source.split("\n")
    found = lint(tree, lines, "program.py", Options(pedantic=True))
    assert lint(tree, lines, "program.py", Options(pedantic=True)) == found
    assert lint(other, lines, "program.py", Options(pedantic=True)) == found
    for finding in found:
        assert 1 <= finding.line <= len(lines)
        assert 0 <= finding.col < len(lines[finding.line - 1])
    return found


# -- programs of the whole grammar ------------------------------------------------------------------------------


@settings(COMMON, max_examples=60)
@given(hypothesmith.from_grammar())
def test_any_program(source: str) -> None:
    lint_twice(source)


@settings(COMMON, max_examples=30)
@given(hypothesmith.from_node())
def test_any_program_by_another_generator(source: str) -> None:
    lint_twice(source)


# -- programs that leak -----------------------------------------------------------------------------------------

IMPORTS = """
import sqlite3
import sqlite3 as db, gzip
import functools, atexit, logging
import collections.abc, xml.etree.ElementTree as tree
from sqlite3 import connect
from sqlite3 import connect as open
from functools import cache, lru_cache as remember, partial
from collections import OrderedDict, defaultdict, deque
from .models import Session as S, x
from tempfile import *
try: import ujson as json
except ImportError: import json
if TYPE_CHECKING: from pandas import DataFrame as DF
import os; connect = os.open
""".strip().splitlines()
NAMES = ["x", "y", "user_id", "df", "items", "CACHE", "LOG", "self", "open", "connect", "S", "f", "C", "event", "bus"]
name = st.sampled_from(NAMES)


def _filled(template: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """The template, each {} of it drawn."""
    return st.tuples(*parts).map(lambda drawn: template.format(*drawn))


def _expressions(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        _filled("open({})", inner),
        _filled("sqlite3.connect({})", inner),
        _filled("gzip.open({}).read({})", inner, inner),
        _filled("{}.{}", inner, name),
        _filled("{}({})", inner, inner),
        _filled("{}[{}]", inner, inner),
        _filled("[{}, *{}]", inner, inner),
        _filled("{{{}: {}}}", inner, inner),
        _filled("(lambda {}={}: {})", name, inner, inner),
        _filled("[{} for {} in {} if {}]", inner, name, inner, inner),
        _filled("({} if {} else {})", inner, inner, inner),
        _filled("({} or {})", inner, inner),
        _filled("({} := {})", name, inner),
        _filled("(await {})", inner),
        _filled("(yield {})", inner),
        _filled("partial({}, {})", inner, inner),
        _filled("{}.setdefault({}, []).append({})", name, inner, inner),
        _filled("{}.on({}, {})", name, inner, inner),
        _filled("f'{{{}}}'", name),
    )


ATOMS = ["1", "'a'", "None", "{}", "[]", "set()", "dict()", "deque(maxlen=3)", "open('x')", "self.items", "type(self)"]
expression = st.recursive(st.one_of(name, name, st.sampled_from(ATOMS)), _expressions, max_leaves=4)
target = st.one_of(
    name,
    name,
    _filled("{}.{}", name, name),
    _filled("{}[{}]", name, expression),
    _filled("{}, *{}", name, name),
    _filled("[{}, ({}, {})]", name, name, name),
)
parameters = st.lists(
    st.sampled_from(
        ["x", "self", "df", "event", "user_id", "bus", "items={}", "y=[]", "x: DF = None", "*items", "**x"]
    ),
    max_size=3,
    unique=True,
).map(", ".join)

simple = st.one_of(
    st.sampled_from(IMPORTS),
    st.sampled_from(["pass", "global CACHE, LOG", "nonlocal x, y", "global x", "return", "raise", "break"]),
    _filled("{} = {}", target, expression),
    _filled("{} = {}", target, expression),
    _filled("{} = {} = {}", target, target, expression),
    _filled("{}, {} = {}, {}", name, name, expression, expression),
    _filled("{}: {} = {}", name, expression, expression),
    _filled("{} += {}", name, expression),
    _filled("{}[{}] += {}", name, expression, expression),
    _filled("{}[{}] = {}", st.sampled_from(["CACHE", "items", "self.items", "C.items", "f.items"]), name, expression),
    _filled("{}.{}({})", name, st.sampled_from(["append", "add", "pop", "close", "on", "off", "update"]), expression),
    _filled("bus.on('x', {})", expression),
    st.sampled_from(
        ["SEEN[user_id] = x", "SEEN.setdefault(user_id, []).append(x)", "QUEUE.append(event)", "items[x] = 1"]
    ),
    _filled("SEEN[{}] = {}", expression, expression),
    _filled("QUEUE.append({})", expression),
    _filled("return lambda: df.head({})", name),
    _filled("del {}", target),
    _filled("return {}", expression),
    _filled("raise {} from {}", expression, expression),
    expression,
)
HEADS = st.one_of(
    _filled("def {}({}):", st.sampled_from(["f", "on_event", "__init__", "close", "handle", "register"]), parameters),
    _filled("async def {}({}) -> {}:", name, parameters, expression),
    _filled("class {}:", name),
    _filled("class {}({}, metaclass={}):", name, expression, expression),
    _filled("with {} as {}:", expression, target),
    _filled("with {}, {}:", expression, expression),
    _filled("async with {} as {}:", expression, name),
    _filled("for {} in {}:", target, expression),
    _filled("if {}:", expression),
    _filled("while {}:", expression),
    st.just("if __name__ == '__main__':"),
)
DECORATORS = st.sampled_from(
    ["@cache", "@functools.lru_cache(maxsize=None)", "@remember(8)", "@app.route('/')", "@f", "@staticmethod"]
)


def _indented(lines: list[str]) -> list[str]:
    return [f" {line}" for line in lines]


def _blocks(inner: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    body = st.lists(inner, min_size=1, max_size=4).map(lambda blocks: _indented([line for b in blocks for line in b]))
    return st.one_of(
        st.tuples(HEADS, body).map(lambda t: [t[0], *t[1]]),
        st.tuples(HEADS, body).map(lambda t: [t[0], *t[1]]),
        st.tuples(DECORATORS, parameters, body).map(lambda t: [t[0], f"def f({t[1]}):", *t[2]]),
        st.tuples(body, name, body, body).map(
            lambda t: ["try:", *t[0], f"except (A, B) as {t[1]}:", *t[2], "else:", *t[3], "finally:", *t[0]]
        ),
        st.tuples(expression, name, body).map(
            lambda t: [f"match {t[0]}:", f" case [{t[1]}, *_] | {{'a': C(x={t[1]})}}:", *_indented(t[2])]
        ),
        st.tuples(expression, name, body).map(
            lambda t: [f"match {t[0]}:", f" case {{**{t[1]}}} if {t[0]}:", *_indented(t[2]), " case _: pass"]
        ),
    )


# Whole leaks, which the rest of the program may undo, repeat or bind anew.
LEAKS = [
    [
        "def on_event(event, user_id, bus):",
        " SEEN[user_id] = event",
        " QUEUE.append(event)",
        " bus.on('x', lambda: bus)",
    ],
    ["def f(df: 'DataFrame', x):", " y = gzip.open(x)", " y.read()", " return lambda: df"],
    ["class C:", " @cache", " def f(self): return open(self.x).read()"],
    ["def f(x):", " with sqlite3.connect(x) as y: y.execute('')"],
]
statement = st.one_of(simple.map(lambda line: [line]), simple.map(lambda line: [line]), st.sampled_from(LEAKS))
block = st.recursive(statement, _blocks, max_leaves=8)
programs = st.lists(block, min_size=1, max_size=6).map(
    lambda blocks: "\n".join(line for b in blocks for line in b) + "\n"
)

PREAMBLE = """\
import functools, gzip, sqlite3
from functools import cache, partial
CACHE, LOG = {}, []
SEEN = {}
QUEUE = []
"""


@settings(COMMON, max_examples=200)
@given(programs)
def test_any_leaky_program(source: str) -> None:
    lint_twice(PREAMBLE + source)


def test_the_leaky_programs_parse_and_reach_the_rules() -> None:
    parsed: Counter[bool] = Counter()
    codes: Counter[str] = Counter()

    @settings(COMMON, max_examples=100, derandomize=True, database=None)
    @given(programs)
    def count(source: str) -> None:
        try:
            ast.parse(PREAMBLE + source)
        except SyntaxError:
            parsed[False] += 1
        else:
            parsed[True] += 1
            codes.update(finding.code for finding in lint_twice(PREAMBLE + source))

    count()
    assert parsed[True] > parsed[False]
    assert len(codes) >= 4, codes
