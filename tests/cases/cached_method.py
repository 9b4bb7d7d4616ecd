import enum
import functools
import functools as ft
import math
import re
import sys
from enum import Enum, IntEnum
from functools import cache, cached_property, lru_cache
from functools import lru_cache as lc

import asyncache
import cachebox
import cachetools
import cytoolz
import memoization
import methodtools
import other
import toolz
from aiocache import cached as remembered
from async_lru import alru_cache
from boltons import cacheutils
from cachetools import cached
from cachetools import func as cachetools_func
from kombu.utils.functional import memoize as kombu_memoize

from ._compat import cache as old_cache

try:
    from functools import cache as memoize
except ImportError:
    from functools import lru_cache as memoize

# --- The leak, in every spelling of a memoizer without a bound ---


class Parser:
    @functools.lru_cache(maxsize=None)  # LEK103
    def parse(self, text):
        return text.split()

    @functools.cache  # LEK103
    def words(self, text):
        return text.split()

    @cache  # LEK103
    def letters(self, text):
        return list(text)

    @lru_cache(None)  # LEK103
    def lines(self, text):
        return text.splitlines()

    @lru_cache(typed=True, maxsize=None)  # LEK103
    def digits(self, text):
        return re.findall("[0-9]", text)

    @ft.cache  # LEK103
    def spaces(self, text):
        return text.count(" ")

    @ft.lru_cache(maxsize=None)  # LEK103
    def tabs(self, text):
        return text.count("\t")

    @lc(maxsize=None)  # LEK103
    def commas(self, text):
        return text.count(",")

    @cached({})  # LEK103
    def dots(self, text):
        return text.count(".")

    @cachetools.cached(cache={}, key=cachetools.keys.hashkey)  # LEK103
    def dashes(self, text):
        return text.count("-")

    @memoize  # LEK103
    def stars(self, text):
        return text.count("*")


# By other libraries.
class Lexer:
    @cachebox.cached()  # LEK103
    def parse(self, text):
        return text.split()

    @cachebox.cached(cachebox.LRUCache(0))  # LEK103
    def words(self, text):
        return text.split()

    @toolz.memoize  # LEK103
    def letters(self, text):
        return list(text)

    @cytoolz.memoize(cache={})  # LEK103
    def lines(self, text):
        return text.splitlines()

    @kombu_memoize()  # LEK103
    def digits(self, text):
        return re.findall("[0-9]", text)

    @memoization.cached  # LEK103
    def spaces(self, text):
        return text.count(" ")

    @asyncache.cached({})  # LEK103
    async def tabs(self, text):
        return await other.count(text)

    @old_cache  # LEK103
    def commas(self, text):
        return text.count(",")


# With a size that is no bound, also by a name of the module.
ENDLESS = None
TABLE = {}


class Scanner:
    @lru_cache(maxsize=sys.maxsize)  # LEK103
    def words(self, text):
        return text.split()

    @lru_cache(maxsize=ENDLESS)  # LEK103
    def letters(self, text):
        return list(text)

    @cached(cachetools.LRUCache(maxsize=math.inf))  # LEK103
    def lines(self, text):
        return text.splitlines()

    @cached(TABLE)  # LEK103
    def digits(self, text):
        return re.findall("[0-9]", text)


# By a memoizer that was given a name before.
forever = lru_cache(maxsize=None)


class Reader:
    @forever  # LEK103
    def words(self, text):
        return text.split()


# Applied as a call, in the body of the class.
class Shape:
    def _area(self):
        return other.area(self)

    def _size(self):
        return other.size(self)

    def _length(self):
        return other.length(self)

    area = lru_cache(None)(_area)  # LEK103
    size = property(cache(_size))  # LEK103
    length = forever(_length)  # LEK103
    width = cache(lambda self: other.width(self))  # LEK103


# On coroutines.
class Client:
    @alru_cache(maxsize=None)  # LEK103
    async def get(self, url):
        return await other.get(url)

    @lru_cache(maxsize=None)  # LEK103
    async def head(self, url):
        return await other.head(url)


# Under or above another decorator.
class Page:
    @property
    @cache  # LEK103
    def title(self):
        return other.title(self)

    @other.logged
    @cache  # LEK103
    def body(self):
        return other.body(self)

    @cache  # LEK103
    @other.logged
    def foot(self):
        return other.foot(self)


# On special methods, on methods without arguments, in nested and in local classes.
class Outer:
    @cache  # LEK103
    def __hash__(self):
        return other.hash(self)

    class Inner:
        @cache  # LEK103
        def length(self):
            return other.length(self)


def make_class():
    class Local:
        @cache  # LEK103
        def width(self):
            return other.width(self)

    return Local


# Under a condition.
class Fast:
    if other.FAST:

        @cache  # LEK103
        def speed(self):
            return other.speed(self)


# In a subclass.
class Faster(Fast):
    @cache  # LEK103
    def top_speed(self):
        return other.speed(self)


# --- Bounded ---


class Bounded:
    @lru_cache(maxsize=10)  # LEK152
    def first(self):
        return 1


# --- No method ---


@cache
def at_module_level(strict: bool):
    return other.split(strict)


class Plain:
    # Without the instance in the key.
    @staticmethod  # above
    @cache  # silent LEK103: @staticmethod  # above => @other.logged
    def static(strict: bool):
        return other.split(strict)

    @cache  # silent LEK103: @staticmethod  # below => @other.logged  # below
    @staticmethod  # below
    def static_below(strict: bool):
        return other.split(strict)

    # With the class in the key: classes live as long as the process.
    @classmethod  # above
    @lru_cache(maxsize=None)  # silent LEK103: @classmethod  # above => @other.logged
    def of_class(klass, strict: bool):
        return other.split(strict)

    # The same, made a class method by a decorator that nobody knows: its parameter says so.
    @other.validator
    @cache  # silent LEK103: def of_class_by_its_name(cls, => def of_class_by_its_name(self,
    def of_class_by_its_name(cls, strict: bool):
        return other.split(strict)

    @cache
    def __new__(cls, text):  # one instance for each text
        return super().__new__(cls)

    # A function inside a method.
    def nest(self, texts):
        @cache
        def inner(text):
            return text.split()

        return [inner(each) for each in texts]


# Kept on the instance, and gone with it.
class Kept:
    @cached_property  # silent LEK103: @cached_property => @cache
    def value(self):
        return other.value(self)


# In a memory that each instance has for itself.
class Own:
    def __init__(self):
        self.load = lru_cache(maxsize=None)(self._load)
        self.save = cache(self._save)

    def _load(self, text):
        return other.load(self, text)

    def _save(self, text):
        return other.save(self, text)

    @methodtools.lru_cache(maxsize=None)  # silent LEK103: @methodtools.lru_cache => @lru_cache
    def parse(self, text):
        return text.split()

    @cacheutils.cached({})  # silent LEK103: @cacheutils.cached({}) => @cached({})
    def words(self, text):
        return text.split()


# Applied to functions that take no instance.
class Tools:
    def _cut(text):
        return other.cut(text)

    def _join(klass, strict: bool):
        return other.join(strict)

    cut = staticmethod(cache(_cut))  # LEK151
    join = classmethod(cache(_join))  # silent LEK103: classmethod(cache(_join)) => cache(_join)


# Under a decorator that makes a property of the class.
class Table:
    @other.classproperty
    @cache  # silent LEK103: @other.classproperty => @other.property
    def columns(klass):
        return other.columns(klass)


# With a key that may leave the instance out, or that is text.
class Keyed:
    @cached({}, key=lambda self, text: text)  # silent LEK103: , key=lambda self, text: text => 
    def words(self, text):
        return text.split()

    @remembered()
    async def letters(self, language):
        return await other.letters(language)


# Entries that leave by time, or that are never made.
class Timed:
    @cachetools_func.ttl_cache(maxsize=None)  # LEK152
    def words(self, text):
        return text.split()

    @alru_cache(maxsize=None, ttl=60)  # LEK152
    async def lines(self, text):
        return await other.lines(text)

    @cached(None)  # silent LEK103: @cached(None) => @cached({})  # never made
    def letters(self, text):
        return list(text)


# --- Another decorator of the same name ---


class Weakly:
    @other.cache  # silent LEK103: @other.cache => @cache
    def value(self):
        return other.value(self)


def shadowing():
    cache = other.weak_cache  # made here

    class Shadowed:
        @cache  # silent LEK103: cache = other.weak_cache => weak = other.weak_cache
        def value(self):
            return other.value(self)

    return Shadowed


# --- The instances are immortal anyway ---


class Color(Enum):
    RED = 1

    @cache  # silent LEK103: class Color(Enum): => class Color(other.Model):
    def shades(self):
        return other.shades(self)


class Level(IntEnum):
    LOW = 1

    @cache  # silent LEK103: class Level(IntEnum): => class Level(int):
    def name_of(self):
        return other.name(self)


class Shade(str, enum.Enum):
    DARK = "dark"

    @cache  # silent LEK103: class Shade(str, enum.Enum): => class Shade(str, other.Model):
    def mix(self):
        return other.mix(self)


# Through a base of this file that has no members of its own.
class Coded(Enum):
    def code(self):
        return self.value


class Grade(Coded):
    A = 1

    @cache  # silent LEK103: class Coded(Enum): => class Coded(other.Model):
    def points(self):
        return other.points(self)


# By an enumeration of another file, as its name says.
class Tone(other.CodedEnum):
    HIGH = 1

    @cache  # silent LEK103: class Tone(other.CodedEnum): => class Tone(other.Coded):
    def pitch(self):
        return other.pitch(self)


class OrderMeta(type):
    @cache  # silent LEK103: class OrderMeta(type): => class OrderMeta(object):
    def fields(self):
        return other.fields(self)


class SubOrder(other.ModelMeta):
    @cache  # silent LEK103: (other.ModelMeta) => (other.Model)
    def fields(self):
        return other.fields(self)


class Registry(metaclass=other.Singleton):
    @cache  # silent LEK103: (metaclass=other.Singleton) => (metaclass=other.Meta)
    def find(self, language):
        return other.find(language)


class Settings(other.Singleton):
    @cache  # silent LEK103: class Settings(other.Singleton) => class Settings(other.Model)
    def find(self, language):
        return other.find(language)


# One instance, made at import.
class Engine:
    @cache  # silent LEK103: ENGINE = Engine() => ENGINE = Engine
    def plan(self, language):
        return other.plan(language)


ENGINE = Engine()


# The file makes one only where it is run as a script.
class Demo:
    @cache  # LEK103
    def plan(self, language):
        return other.plan(language)


if __name__ == "__main__":
    Demo().plan("en")


# One instance, which every call of the class hands out.
class Only:
    _only = None

    def __new__(cls):
        if cls._only is None:
            cls._only = super().__new__(cls)
        return cls._only

    @cache  # silent LEK103: return cls._only => return super().__new__(cls)
    def find(self, language):
        return other.find(language)


# One instance made at import, others in functions.
class Motor:
    @cache  # LEK103
    def plan(self, text):
        return other.plan(text)


MOTOR = Motor()


def more():
    return Motor()


# --- Somebody empties the memory ---


class Catalogue:
    @cache  # silent LEK103: self.price.cache_clear() => self.price(1)
    def price(self, item):
        return other.price(item)

    def reload(self):
        self.price.cache_clear()


class Shelf:
    @lru_cache(None)  # silent LEK103: Shelf.count.cache_clear() => Shelf.count()
    def count(self):
        return other.count(self)


def reload_all():
    Shelf.count.cache_clear()


# By way of an object that may be anything.
class Drawer:
    @cache  # silent LEK103: drawer.listing.cache_clear() => drawer.listing()
    def listing(self):
        return other.listing(self)


def empty(drawer):
    drawer.listing.cache_clear()


# In a loop over several methods.
class Warehouse:
    @cache  # silent LEK103: each.cache_clear() => each(1)
    def stock(self, item):
        return other.stock(item)

    def restock(self):
        for each in (self.stock, self.weigh):
            each.cache_clear()

    def weigh(self, item):
        return item.weight


# By someone who is given the way to do it.
class Market:
    @cache  # silent LEK103: other.at_midnight(Market.rate.cache_clear) => other.at_midnight(Market)
    def rate(self, item):
        return other.rate(item)


other.at_midnight(Market.rate.cache_clear)


# By the way of another library.
class Bank:
    @cached({})  # silent LEK103: self.balance.cache.clear() => self.balance(1)
    def balance(self, account):
        return other.balance(account)

    def reload(self):
        self.balance.cache.clear()


# Another method's memory is emptied: that is no help.
class Half:
    @cache  # LEK103
    def left(self):
        return other.left(self)

    @cache  # silent LEK103: self.right.cache_clear() => self.right()
    def right(self):
        return other.right(self)

    def reset(self):
        self.right.cache_clear()


# The container is emptied.
PRICES = {}


class Stand:
    @cached(PRICES)  # silent LEK103: PRICES.clear() => PRICES.copy()
    def cost(self, item):
        return other.cost(self, item)

    def reload(self):
        PRICES.clear()


# One of many that are emptied in a loop.
class Booth:
    @cache  # silent LEK103: in [Booth.offer]: => in [Booth]:
    def offer(self, item):
        return other.offer(self, item)


def empty_all():
    for memory in [Booth.offer]:
        memory.cache_clear()
