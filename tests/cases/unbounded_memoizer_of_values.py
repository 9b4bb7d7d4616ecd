import datetime
import enum
import functools
import importlib
from collections.abc import Callable
from enum import IntEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, Optional, TypeVar, Union

import aiocache
import cachetools
import numpy as np
import other
import streamlit as st
import toolz
from async_lru import alru_cache
from cachetools import cached
from other import Mode

T = TypeVar("T")

# --- Keyed by values that input can bring, in every spelling ---


@cache  # LEK151
def slug(title):
    return "-".join(title.lower().split())


@functools.lru_cache(maxsize=None)  # LEK151
def fold(text: str) -> str:
    return text.casefold()


@lru_cache(None)  # LEK151
def fibonacci(n: int) -> int:
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


@alru_cache(maxsize=None)  # LEK151
async def fetch(url: str):
    return await other.get(url)


@cached({})  # LEK151
def price(item: Optional[str] = None):
    return other.price(item)


@cachetools.cached(dict())  # LEK151
def rebate(item: "str | None"):
    return other.rebate(item)


@toolz.memoize  # LEK151
def area(size: tuple[float, float]):
    return size[0] * size[1]


# By libraries that make text of the key: an instance is not kept, an entry is.
@aiocache.cached()  # LEK151
async def weather(city: str):
    return await other.weather(city)


@aiocache.cached()  # LEK151
async def profile(request):
    return await other.profile(request)


@st.cache_data  # LEK151
def report(query: str):
    return other.report(query)


class Weather:
    @aiocache.cached()  # LEK151
    async def at(self, city: str):
        return await other.weather(self, city)


# Any number of them, and one besides others that are bounded.
@cache  # LEK151
def total(*numbers):
    return sum(numbers)


@cache  # LEK151
def shorten(strict: bool, text: Union[str, bytes]):
    return text[: 10 if strict else 20]


@cache  # LEK151
def at(day: datetime.date, kind: Mode):
    return other.at(day, kind)


@cache  # LEK151
def echo(value: T) -> T:
    return value


@cache  # LEK151
def shout(value: Any):
    return str(value).upper()


# In a class, applied as a call.
class Text:
    @staticmethod
    @cache  # LEK151
    def words(text):
        return text.split()

    @classmethod
    @cache  # LEK151
    def letters(cls, text):
        return list(text)


def _lines(text):
    return text.splitlines()


lines = lru_cache(maxsize=None)(_lines)  # LEK151
tabs = cache(lambda text: text.count("\t"))  # LEK151


# --- Nothing to key by ---


@cache  # silent LEK151: def settings() => def settings(text)
def settings():
    return other.read()


# --- Bounded by type ---


class Level(IntEnum):
    LOW = 1


class Shade(str, enum.Enum):
    DARK = "dark"


@cache  # silent LEK151: level: Level => amount: int
def label(level: Level):
    return other.label(level)


@cache  # silent LEK151: shade: Shade | None => shade: str | None
def paint(shade: Shade | None = None):
    return other.paint(shade)


@cache  # silent LEK151: mode: Literal["r", "w"] => text: str
def opener(mode: Literal["r", "w"]):
    return other.opener(mode)


@cache  # silent LEK151: strict: bool, reverse: Optional[bool] => strict: bool, reverse: Optional[int]
def order(strict: bool, reverse: Optional[bool]):
    return other.order(strict, reverse)


@cache  # silent LEK151: model: type[Level] => text: str
def fields(model: type[Level]):
    return other.fields(model)


@cache  # silent LEK151: kind: np.dtype => text: str
def item_size(kind: np.dtype):
    return other.size(kind)


# By types of other files, of which nothing is known here.
@cache  # silent LEK151: choice: Mode => text: str
def choose(choice: Mode):
    return other.choose(choice)


# --- Named after what the program itself is made of ---


@cache  # silent LEK151: language: str => phrase: str
def catalogue(language: str):
    return other.catalogue(language)


@cache  # silent LEK151: names(cls) => names(text)
def names(cls):
    return dir(cls)


@cache  # silent LEK151: folder: Path => when: float
def version(folder: Path):
    return other.version(folder)


# --- Checked against a fixed table first ---

UNITS = {"m": 1, "km": 1000}


@cache  # silent LEK151: if word not in UNITS: => if not word:
def factor(word: str):
    if word not in UNITS:
        raise ValueError(word)
    return other.convert(word)


# Looked up in one: what it doesn't hold raises, and what raises is not remembered.
@cache  # silent LEK151: return UNITS[symbol_text]["size"] => return other.size(symbol_text)
def size_of(symbol_text: str):
    return UNITS[symbol_text]["size"]


class Codec:
    _TABLES = {"text": {"upper": str.upper}}

    @classmethod
    @cache  # silent LEK151: cls._TABLES["text"][how] => other.tables["text"][how]
    def function(cls, how: str):
        return cls._TABLES["text"][how]


# Looked up, and made where it is missing.
@cache  # LEK151
def maker(word: str):
    try:
        return UNITS[word]
    except KeyError:
        return other.unit(word)


# --- Keyed by what is imported: the program has only so many modules ---


@cache  # silent LEK151: importlib.import_module(dotted) => other.find(dotted)
def imported(dotted: str):
    return importlib.import_module(dotted)


# --- Bounded by the text of the program ---


# The file gives it constants only.
@cache  # silent LEK151: tag(phrase="b") => tag(phrase=content)
def tag(phrase: str):
    return f"<{phrase}>"


def bold(content):
    return tag("i") + tag(phrase="b") + content


# The file calls it at import only.
@cache  # silent LEK151: TEN = power(10) => TEN = 10
def power(exponent: int):
    return 2**exponent


TEN = power(10)


# It says something once.
@cache  # silent LEK151: def warn_about(text) => def look_at(text)
def warn_about(text):
    other.warn(text)


# It sets things up.
@cache  # silent LEK151: def init_reader(text) => def reader_of(text)
def init_reader(text):
    return other.reader(text)


# --- The memory has an end ---


@lru_cache(maxsize=100)  # silent LEK151: maxsize=100 => maxsize=None
def bounded(text):
    return text.split()


@alru_cache(maxsize=None, ttl=60)  # silent LEK151: maxsize=None, ttl=60 => maxsize=None
async def timed(text):
    return await other.get(text)


@aiocache.cached(ttl=60)  # silent LEK151: @aiocache.cached(ttl=60) => @aiocache.cached()
async def timed_text(text):
    return await other.get(text)


@st.cache_data(max_entries=100)  # silent LEK151: (max_entries=100) => (persist=True)
def report_of(text):
    return other.report(text)


@st.cache_resource(ttl="1h")  # silent LEK151: (ttl="1h") => ()
def connection_of(text):
    return other.connect(text)


@cached(cache={}, key=lambda text: text[:1])  # silent LEK151: , key=lambda text: text[:1] =>
def initial(text):
    return other.initial(text)


# The file empties it.
@cache  # silent LEK151: cleared.cache_clear() => cleared("")
def cleared(text):
    return text.split()


def clear(text):
    cleared.cache_clear()
    return cleared(text)


# Someone is given the way to empty it.
@cache  # silent LEK151: other.at_midnight(handed.cache_clear) => other.at_midnight(print)
def handed(text):
    return text.split()


other.at_midnight(handed.cache_clear)


# One of several that are emptied in a loop.
@cache  # silent LEK151: each.cache_clear() => each("")
def looped(text):
    return text.split()


MEMORIES: list[Callable] = [looped]


def clear_all():
    for each in MEMORIES:
        each.cache_clear()


# The container is emptied.
PRICES: dict[str, int] = {}


@cached(PRICES)  # silent LEK151: PRICES.clear() => PRICES.copy()
def cost(text):
    return other.cost(text)


def reload():
    PRICES.clear()


# It dies with the call.
def search(texts):
    @cache
    def score(text):
        return other.score(text)

    again = lru_cache(maxsize=None)(_lines)
    return [score(text) + again(text) for text in texts]


# One instance a key is what it is for.
class Symbol:
    @cache
    def __new__(cls, text):
        return super().__new__(cls)


# --- Another decorator of the same name ---


@other.cache  # silent LEK151: @other.cache => @cache
def remembered(text):
    return text.split()
