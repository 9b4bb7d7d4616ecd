"""Memories of functions: where they are, what bounds them, and what an annotation says of a key."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from flake8_leaks.judgements import memory_keys
from flake8_leaks.knowledge.memoizers import FRAME, FUNCTION, MEMOIZERS
from flake8_leaks.model import build
from flake8_leaks.options import Options
from flake8_leaks.rule import File

IMPORTS = """
import functools, math, sys
from collections.abc import Callable
from types import FrameType
from typing import Annotated, Any, Optional, Union
import cachebox, cachetools, toolz
from cachetools import LRUCache, TTLCache
from kombu.utils.functional import memoize
from async_lru import alru_cache
from functools import cache, lru_cache
NO, ONE = None, 1
"""


def file_of(source: str) -> File:
    return File(build(ast.parse(IMPORTS + dedent(source))), Options(), is_test=False)


def instances(source: str) -> list[str]:
    """The memoized methods that keep instances, by name."""
    return [memory.qualname for memory in memory_keys.pinned_instances(file_of(source))]


def arguments(source: str) -> list[tuple[str, str, str]]:
    """(function, parameter, what it takes) of the memories that are keyed by identity."""
    return [(memory.qualname, key.parameter, key.kind) for memory, key in memory_keys.pinned_arguments(file_of(source))]


def values(source: str) -> list[tuple[str, str]]:
    """(function, parameter) of the memories that grow by values."""
    return [(memory.qualname, parameter) for memory, parameter in memory_keys.grown_by_values(file_of(source))]


@pytest.mark.parametrize("name", [name for name, row in MEMOIZERS.items() if "*" not in row[4]])
def test_every_memoizer_is_known_where_it_has_no_bound(name: str) -> None:
    argument = MEMOIZERS[name][0]
    settings = {"": "", "cache": "(cache={})"}.get(argument, f"({argument}=None)")
    assert values(f"import {name.rpartition('.')[0]}\n@{name}{settings}\ndef f(text): pass") == [("f", "text")]


@pytest.mark.parametrize(
    ("decorator", "bounded"),
    [
        ("lru_cache(maxsize=NO)", False),
        ("lru_cache(maxsize=ONE)", True),
        ("lru_cache(maxsize=UNKNOWN)", True),
        ("lru_cache(maxsize=sys.maxsize)", False),
        ("lru_cache(maxsize=math.inf)", False),
        ("lru_cache(maxsize=float('inf'))", False),
        ("cachetools.cached(LRUCache(maxsize=math.inf))", False),
        ("cachetools.cached(LRUCache(maxsize=10))", True),
        ("cachetools.cached(TTLCache(10, 60))", True),
        ("cachebox.cached(cachebox.LRUCache(0))", False),
        ("cachebox.cached(cachebox.LRUCache(10))", True),
        ("cachebox.cached()", False),
        ("toolz.memoize", False),
        ("toolz.memoize(cache=LRUCache(10))", True),
        ("memoize()", False),
        ("memoize(100)", True),
        ("memoize(maxsize=None)", False),
        ("alru_cache(maxsize=None)", False),
        ("alru_cache(maxsize=None, ttl=60)", True),
    ],
)
def test_what_bounds_a_memory(decorator: str, bounded: bool) -> None:
    (memory,) = memory_keys.pinned_instances(file_of(f"class C:\n    @{decorator}\n    def m(self): pass"))
    assert memory.bounded is bounded


@pytest.mark.parametrize(
    "source",
    [
        "class C:\n    @cache\n    def m(self): pass",
        "class C:\n    def _m(self): pass\n    m = cache(_m)",
        "class C:\n    def _m(self): pass\n    m = lru_cache(None)(_m)",
        "class C:\n    def _m(self): pass\n    m: object = property(lru_cache(None)(_m))",
        "class C:\n    m = cache(lambda self: 1)",
        "def _m(self): pass\nclass C:\n    m = cache(_m)",
        "forever = lru_cache(None)\nclass C:\n    @forever\n    def m(self): pass",
        "forever = lru_cache(None)\nclass C:\n    def _m(self): pass\n    m = forever(_m)",
    ],
)
def test_a_method_is_memoized(source: str) -> None:
    assert instances(source) == ["C.m"]


@pytest.mark.parametrize(
    "source",
    [
        "class C:\n    def _m(): pass\n    m = staticmethod(cache(_m))",
        "class C:\n    def _m(klass): pass\n    m = classmethod(cache(_m))",
        "class C:\n    def __init__(self): self.m = cache(self._m)\n    def _m(self): pass",
        "class C:\n    def _m(self): pass\n    m = cached(_m)",
        "class C:\n    m = cache(print)",
        "class C:\n    m = cache(int)",
        "class C:\n    m = cache()",
        "class D: pass\nclass C:\n    m = cache(D)",
        "class C:\n    def m(self) -> cache: pass",
        "forever = lru_cache(None)\nforever = print\nclass C:\n    @forever\n    def m(self): pass",
    ],
)
def test_no_method_is_memoized(source: str) -> None:
    assert instances(source) == []


@pytest.mark.parametrize(
    ("parameter", "kind"),
    [
        ("x: Callable", FUNCTION),
        ("x: Callable[..., int] | None", FUNCTION),
        ("x: Optional[Callable[..., int]] = None", FUNCTION),
        ("x: Union[str, Callable]", FUNCTION),
        ("x: Annotated[Callable, 1]", FUNCTION),
        ("x: tuple[Callable, ...]", FUNCTION),
        ("x: 'Optional[Callable[[int], str]]'", FUNCTION),
        ("x: 'Union[str, Callable[..., int]]'", FUNCTION),
        ("x: 'collections.abc.Callable[[int], int] | None'", FUNCTION),
        ("x: other.DumpsFunction", FUNCTION),
        ("x: FrameType", FRAME),
        ("x: 'types.FrameType'", FRAME),
        ("request", "a request"),
        ("session: Any", "a session"),
    ],
)
def test_an_annotation_or_a_name_says_what_a_parameter_takes(parameter: str, kind: str) -> None:
    (found,) = arguments(f"@cache\ndef f({parameter}): pass")
    assert found == ("f", parameter.partition(":")[0], kind)


@pytest.mark.parametrize(
    "parameter",
    ["x", "func: str", "func: type[Callable]", "x: list[Callable]", "x: 'str | type[Callable]'", "func: Function_"],
)
def test_what_is_no_object_made_for_a_call(parameter: str) -> None:
    assert arguments(f"@cache\ndef f({parameter}): pass") == []


def test_a_frame_comes_before_all_other_keys() -> None:
    source = "@cache\ndef f(callback, frame): return callback(frame.f_code)"
    assert arguments(source) == [("f", "frame", FRAME)]


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ("f(len)", False),
        ("f(other)", False),
        ("f(*given)", True),
        ("f(**given)", True),
        ("f(given)", True),
        ("f", True),
        ("map(f, given)", True),
        ("f()", False),
    ],
)
def test_calls_with_what_the_program_names_bound_a_memory(call: str, found: bool) -> None:
    source = f"import other\n@cache\ndef f(func=None): pass\ndef g(given): return {call}"
    assert bool(arguments(source)) is found


def test_the_first_value_without_a_bound_is_named() -> None:
    assert values("@cache\ndef f(flag: bool, kind: type, text: str, n: int): pass") == [("f", "text")]


def test_a_memory_is_cleared_by_the_names_of_its_function_only() -> None:
    source = "@cache\ndef f(text): pass\n@cache\ndef g(text): pass\nf.cache_clear()"
    assert values(source) == [("g", "text")]
