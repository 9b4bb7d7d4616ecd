import abc
import functools
import inspect
import types
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple, Optional, TypeVar, Union

import cachetools
import methodtools
import other
import toolz
from async_lru import alru_cache
from cachetools import cached
from cachetools.keys import hashkey
from other import Connection, DumpsFunction, ErrorHandler, Mode, Request, Session, Tensor

T = TypeVar("T")
HookT = TypeVar("HookT")

# --- Keyed by functions, by annotation ---


@cache  # LEK102
def arity(what: Callable[..., Any]) -> int:
    return len(inspect.signature(what).parameters)


@functools.lru_cache(maxsize=None)  # LEK102
def wrapped(base: type, dumps: DumpsFunction):
    return type(base.__name__, (base,), {"dumps": dumps})


@lru_cache(None)  # LEK102
def chain(first: ErrorHandler, apps: tuple):
    return other.chain(first, apps)


# In any wrapping of the annotation.
@cache  # LEK102
def optional(what: Optional[Callable] = None):
    return other.name(what)


@cache  # LEK102
def either(what: Union[str, "Callable[..., int]"]):
    return other.name(what)


@cache  # LEK102
def quoted(what: "types.FunctionType | None"):
    return other.name(what)


@cache  # LEK102
def several(what: tuple[Callable, ...]):
    return other.names(what)


@cache  # LEK102
def any_of_them(*what: Callable):
    return other.names(what)


@cache  # LEK102
def by_keyword(*, what: Callable):
    return other.name(what)


# --- Keyed by functions, by name ---


@cache  # LEK102
def is_async(func):
    return inspect.iscoroutinefunction(func)


@cache  # LEK102
def is_generator(callback: Any):
    return inspect.isgeneratorfunction(callback)


@cache  # LEK102
def is_method(error_handler: T):
    return inspect.ismethod(error_handler)


@cache  # LEK102
def is_builtin(hook: HookT, fn: Hashable):
    return inspect.isbuiltin(fn)


# --- Keyed by functions that the file itself makes for the call ---


@cache  # LEK102
def title(what):
    return what.__name__


def title_of_lambda(size):
    return title(lambda: size)


@cache  # LEK102
def caption(what):
    return what.__name__


def caption_of_nested(size):
    def nested():
        return size

    return caption(what=nested)


@cache  # LEK102
def headline(what):
    return other.name(what)


def headline_of_partial(size):
    return headline(partial(print, size))


@cache  # LEK102
def footer(what):
    return what.__name__


class Page:
    def size(self):
        return footer(self.size)


# --- Keyed by other objects that compare by identity ---


@cache  # LEK102
def language(request):
    return request.headers["Accept-Language"]


@cache  # LEK102
def tenant(incoming: Request):
    return incoming.headers["Host"]


@alru_cache(maxsize=None)  # LEK102
async def version(conn):
    return await conn.fetch("select version()")


@cached({})  # LEK102
def tables(database: Connection):
    return database.execute("select name from tables")


@cached(cache={}, key=hashkey)  # LEK102
def user(store: Session, number: int):
    return store.get(number)


@cachetools.func.lru_cache(maxsize=None)  # LEK102
def reason(exc):
    return str(exc)


@toolz.memoize  # LEK102
def first(items: Iterator[int]):
    return next(items)


@methodtools.lru_cache(maxsize=None)  # LEK102
def norm(weights: Tensor):
    return weights.norm()


# By a name of this module for such a type.
Dumps = Callable[[object], str]


@cache  # LEK102
def dumper(dumps: Dumps):
    return other.dumper(dumps)


# Instances of a class of this file that are made per call.
class Job:
    def __init__(self, number):
        self.number = number


class Retry(Job):
    pass


@cache  # LEK102
def cost(job: Job):
    return other.cost(job)


@cache  # LEK102
def delay(retry: "Retry"):
    return other.delay(retry)


def run(number):
    return cost(Job(number)) + delay(Retry(number))


# The instance itself, handed to a function.
@cache  # LEK102
def layout(widget):
    return other.layout(widget)


class Widget:
    def draw(self):
        return layout(self)


# --- Keyed by frames: also with a bound, also on a method ---


@lru_cache(maxsize=100)  # LEK102
def skipped(frame):
    return "skip" in frame.f_code.co_varnames


@cache  # LEK102
def line(where: types.FrameType):
    return where.f_lineno


class Debugger:
    @lru_cache(1024)  # LEK102
    def is_skipped(self, frame):
        return self.skip in frame.f_locals


# A frame of something else.
@lru_cache(maxsize=100)  # silent LEK102: return frame.width => return frame.f_back
def width(frame):
    return frame.width


# --- In a class, applied as a call, by a memoizer with a name ---


class Inspector:
    @staticmethod
    @cache  # LEK102
    def arity(func):
        return other.arity(func)

    @classmethod
    @cache  # LEK102
    def kind(cls, func):
        return other.kind(cls, func)


# In an enumeration, whose members live for ever.
class Phase(Enum):
    START = 1

    @cache  # LEK102
    def accepts(self, callback):
        return other.accepts(self, callback)


def _build(handler):
    return other.build(handler)


build = lru_cache(maxsize=None)(_build)  # LEK102
name_of = cache(lambda func: func.__name__)  # LEK102

forever = lru_cache(maxsize=None)


@forever  # LEK102
def kept(func):
    return other.keep(func)


# On a method the instance is the first reason.
class Runner:
    @cache  # LEK103
    def accepts(self, callback):
        return other.accepts(callback)


# --- With a bound it is another code ---


@lru_cache(maxsize=10)  # LEK152
def bounded(callback):
    return other.name(callback)


# --- Other keys ---


# Values, classes and flags.
@cache  # silent LEK102: func: str => func
def find(func: str):
    return other.find(func)


@cache  # silent LEK102: handler: type[Page] => handler
def make(handler: type[Page]):
    return handler()


@cache  # silent LEK102: callback: bool => callback
def flagged(callback: bool):
    return other.flag(callback)


@cache  # silent LEK102: return handler.lower() => return handler.name
def lowered(handler):
    return handler.lower()


# A name of this module for such a type.
Callback = str  # a name


@cache  # silent LEK102: Callback = str  # a name => Callback = Callable[..., str]
def called(handler: Callback):
    return other.call(handler)


# Types that are not known here.
@cache  # silent LEK102: request: Mode => request
def modal(request: Mode):
    return other.modal(request)


# Instances that compare by value.
class Point:
    def __init__(self, x):
        self.x = x

    def __eq__(self, that):
        return self.x == that.x

    def __hash__(self):
        return hash(self.x)


@dataclass(frozen=True)
class Span:
    start: int


class Pair(NamedTuple):
    left: int


class Coded(other.Base):
    pass


@cache  # silent LEK102: point: Point => point: Job
def move(point: Point):
    return other.move(point)


@cache  # silent LEK102: span: Span => span: Job
def shift(span: Span):
    return other.shift(span)


@cache  # silent LEK102: pair: Pair => pair: Job
def swap(pair: Pair):
    return other.swap(pair)


@cache  # silent LEK102: coded: Coded => coded: Job
def decode(coded: Coded):
    return other.decode(coded)


def make_all(number):
    return [move(Point(number)), shift(Span(number)), swap(Pair(number)), decode(Coded(number))]


# Instances that are all made at import, and members.
class Plugin:
    pass


PLUGIN = Plugin()


class Color(Enum):
    RED = 1


@cache  # silent LEK102: plugin: Plugin => plugin: Job
def load(plugin: Plugin):
    return other.load(plugin)


@cache  # silent LEK102: color: Color => color: Job
def paint(color: Color):
    return other.paint(color)


# Instances that only other files make: nothing says how many.
class Theme:
    pass


@cache  # silent LEK102: theme: Theme => theme: Job
def style(theme: Theme):
    return other.style(theme)


# --- Bounded by the text of the program ---


# The file gives it functions at its top, imported ones, and classes.
@cache  # silent LEK102: sized(callback=run) => sized(callback=other.make())
def sized(callback):
    return other.size(callback)


def sizes():
    from other import local

    return sized(len), sized(other.measure), sized(Job), sized(callback=run), sized(types.FunctionType), sized(local)


# What a variable holds at the moment is not what the text names.
STATE = other.State()


@cache  # LEK102
def counted(callback):
    return other.count(callback)


def count():
    return counted(STATE.callback)


# By way of a name that is bound once.
@cache  # silent LEK102: chosen = run  # at the top => chosen = lambda: kind
def weighed(callback):
    return other.weigh(callback)


def weight(kind):
    chosen = run  # at the top
    return weighed(chosen)


# The file calls it at import only.
@cache  # silent LEK102: SHAPE = shaped(other.make()) => SHAPE = shaped
def shaped(callback):
    return other.shape(callback)


SHAPE = shaped(other.make())


# A decorator, which is given functions when they are defined.
@cache  # silent LEK102: return inner  # the wrapper => return func
def traced(func):
    @functools.wraps(func)
    def inner(*args):
        return func(*args)

    return inner  # the wrapper


@cache  # silent LEK102: @marked => @other.marked
def marked(func):
    return other.mark(func)


@marked
def work(number):
    return number


@cache  # silent LEK102: @noted => @other.noted(noted)
def noted(func):
    return other.note(func)


@noted
def rest(number):
    return noted(work)


# --- A memory that dies, or that is emptied ---


# It dies with the call.
def search(nodes):
    @cache
    def score(func):
        return func(nodes)

    again = cache(_build)
    return score(len), again


# The file empties it.
@cache  # silent LEK102: cleared.cache_clear() => cleared(print)
def cleared(callback):
    return other.name(callback)


def clear(make):
    cleared.cache_clear()
    return cleared(make())


# By the way of another library.
@alru_cache(maxsize=None)  # silent LEK102: closed.cache_invalidate(conn) => closed(conn)
async def closed(conn):
    return await conn.fetch()


async def close(conn):
    closed.cache_invalidate(conn)


# The key leaves the object out.
@cached({}, key=lambda request: request.path)  # silent LEK102: ({}, key=lambda request: request.path) => ({})
def routed(request):
    return other.route(request)


# An entry leaves by time.
@alru_cache(maxsize=None, ttl=5)  # LEK152
async def timed(conn):
    return await conn.fetch()


# --- Another decorator of the same name ---


@other.cache  # silent LEK102: @other.cache => @cache
def remembered(callback):
    return other.name(callback)


# --- Code that runs once ---


@cache  # silent LEK102: def setup_logging( => def logs_of(
def setup_logging(handler):
    other.log(handler)


# What overrides an abstract method has a memory of its own, or none.
class Renderer(abc.ABC):
    @staticmethod
    @functools.cache  # silent LEK102: @abc.abstractmethod => @other.noted
    @abc.abstractmethod
    def signature(renderer: Callable):
        return None
