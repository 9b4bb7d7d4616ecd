import enum
import functools
import functools as ft
import re
from enum import Enum, IntEnum
from functools import cache, cached_property, lru_cache
from functools import lru_cache as lc

import cachetools
import other
from async_lru import alru_cache
from cachetools import cached

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

    @cachetools.cached(cache={}, key=other.key)  # LEK103
    def dashes(self, text):
        return text.count("-")

    @memoize  # LEK103
    def stars(self, text):
        return text.count("*")


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
def at_module_level(text):
    return text.split()


class Plain:
    # Without the instance in the key.
    @staticmethod  # above
    @cache  # silent LEK103: @staticmethod  # above => @other.logged
    def static(text):
        return text.split()

    @cache  # silent LEK103: @staticmethod  # below => @other.logged  # below
    @staticmethod  # below
    def static_below(text):
        return text.split()

    # With the class in the key: classes live as long as the process.
    @classmethod  # above
    @lru_cache(maxsize=None)  # silent LEK103: @classmethod  # above => @other.logged
    def of_class(klass, text):
        return text.split()

    # The same, made a class method by a decorator that nobody knows: its parameter says so.
    @other.validator
    @cache  # silent LEK103: def of_class_by_its_name(cls, => def of_class_by_its_name(self,
    def of_class_by_its_name(cls, text):
        return text.split()

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
    def find(self, text):
        return other.find(text)


class Settings(other.Singleton):
    @cache  # silent LEK103: class Settings(other.Singleton) => class Settings(other.Model)
    def find(self, text):
        return other.find(text)


# One instance, made at import.
class Engine:
    @cache  # silent LEK103: ENGINE = Engine() => ENGINE = Engine
    def plan(self, text):
        return other.plan(text)


ENGINE = Engine()


# One instance, which every call of the class hands out.
class Only:
    _only = None

    def __new__(cls):
        if cls._only is None:
            cls._only = super().__new__(cls)
        return cls._only

    @cache  # silent LEK103: return cls._only => return super().__new__(cls)
    def find(self, text):
        return other.find(text)


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
