import functools
import functools as ft
from collections import OrderedDict
from collections.abc import Callable
from enum import Flag
from functools import lru_cache
from functools import lru_cache as lc

import cachetools.func
import other
import toolz
from async_lru import alru_cache
from cachetools import LRUCache, TTLCache, cached
from kombu.utils.functional import memoize as kombu_memoize

# --- Up to maxsize instances are kept, in every spelling ---


class Parser:
    @lru_cache  # LEK152
    def words(self, text):
        return text.split()

    @lru_cache()  # LEK152
    def letters(self, text):
        return list(text)

    @functools.lru_cache(maxsize=32)  # LEK152
    def lines(self, text):
        return text.splitlines()

    @functools.lru_cache(32, typed=True)  # LEK152
    def digits(self, text):
        return text.count("1")

    @ft.lru_cache(maxsize=other.SIZE)  # LEK152
    def spaces(self, text):
        return text.count(" ")

    @lc(maxsize=1)  # LEK152
    def commas(self, text):
        return text.count(",")

    @cached(TTLCache(maxsize=100, ttl=60))  # LEK152
    def dots(self, text):
        return text.count(".")

    @cached(cache=LRUCache(maxsize=100))  # LEK152
    def dashes(self, text):
        return text.count("-")

    @cachetools.func.ttl_cache(maxsize=100, ttl=60)  # LEK152
    def stars(self, text):
        return text.count("*")

    @cachetools.func.lfu_cache  # LEK152
    def slashes(self, text):
        return text.count("/")


# On coroutines, under property, with a bound that is not seen here.
class Client:
    @alru_cache  # LEK152
    async def get(self, url):
        return await other.get(url)

    @alru_cache(maxsize=10, ttl=5)  # LEK152
    async def head(self, url):
        return await other.head(url)

    @property
    @lru_cache(maxsize=1)  # LEK152
    def token(self):
        return other.token(self)


# Applied as a call in the body of the class.
class Shape:
    def _area(self):
        return other.area(self)

    area = lru_cache(_area)  # LEK152
    edge = property(lru_cache(32)(lambda self: other.edge(self)))  # LEK152


# By a memoizer that was given a name before, by other libraries.
briefly = lru_cache(maxsize=32)


class Lexer:
    @briefly  # LEK152
    def words(self, text):
        return text.split()

    @toolz.memoize(cache=LRUCache(100))  # LEK152
    def letters(self, text):
        return list(text)

    @kombu_memoize(100)  # LEK152
    def lines(self, text):
        return text.splitlines()


# --- Up to maxsize objects are kept that compare by identity, and that are made for a call ---


# Callbacks, by annotation or by name.
@lru_cache(maxsize=2048)  # LEK152
def parameters(callback: Callable[..., object]):
    return other.signature(callback)


@lru_cache  # LEK152
def is_async(func):
    return other.is_async(func)


# Applied as a call.
def _build(handler: "Handler"):
    return other.wrap(handler)


build = lru_cache(maxsize=1024)(_build)  # LEK152


# Connections, requests.
@lru_cache(maxsize=8)  # LEK152
def version(connection):
    return connection.execute("select version()")


@cached(TTLCache(maxsize=100, ttl=60))  # LEK152
def language(request):
    return request.headers["Accept-Language"]


# In a static method.
class Inspector:
    @staticmethod
    @lru_cache  # LEK152
    def arity(fn):
        return other.arity(fn)


# Text.
@lru_cache  # silent LEK152: func: str => func
def words(func: str):
    return other.words(func)


# Functions at the top of the module only.
@lru_cache  # silent LEK152: doubled(words) => doubled(function)
def doubled(function):
    return other.twice(function)


def double_words(function):
    return doubled(words)


# --- Without a bound: the stronger rule speaks ---


class Unbounded:
    @lru_cache(maxsize=None)  # LEK103
    def words(self, text):
        return text.split()

    @cached(dict())  # LEK103
    def letters(self, text):
        return list(text)

    @cached(OrderedDict())  # LEK103
    def digits(self, text):
        return text.count("1")

    @cachetools.func.lru_cache(maxsize=None)  # LEK103
    def lines(self, text):
        return text.splitlines()


# --- Silent for the same reasons as without a bound ---


@lru_cache
def at_module_level(text):
    return text.split()


class Plain:
    @staticmethod  # above
    @lru_cache  # silent LEK152: @staticmethod  # above => @other.logged
    def static(text):
        return text.split()

    @classmethod
    @lru_cache(maxsize=5)  # silent LEK152: @classmethod => @other.logged
    def of_class(klass, text):
        return text.split()

    @other.validator
    @lru_cache(maxsize=6)  # silent LEK152: def of_class_by_its_name(cls, => def of_class_by_its_name(self,
    def of_class_by_its_name(cls, text):
        return text.split()

    @functools.cached_property  # silent LEK152: @functools.cached_property => @functools.lru_cache
    def value(self):
        return other.value(self)


class Permission(Flag):
    READ = 1

    @lru_cache  # silent LEK152: (Flag) => (int)
    def names(self):
        return other.names(self)


class ModelMeta(type):
    @lru_cache  # silent LEK152: ModelMeta(type) => ModelMeta(object)
    def fields(self):
        return other.fields(self)


class Engine:
    @lru_cache  # silent LEK152: ENGINE = Engine() => ENGINE = Engine
    def plan(self, text):
        return other.plan(text)


ENGINE = Engine()


class Catalogue:
    @lru_cache(maxsize=1000)  # silent LEK152: self.price.cache_clear() => self.price(1)
    def price(self, item):
        return other.price(item)

    def reload(self):
        self.price.cache_clear()
