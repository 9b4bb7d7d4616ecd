import collections
import functools
import threading
import types
import weakref
from dataclasses import dataclass
from functools import lru_cache, partial

import vine
from tornado.ioloop import PeriodicCallback

import other

# --- The leak: an object keeps a function over itself, or a method of its own ---


class Document:
    def __init__(self, pages):
        self.pages = pages
        self.render = self.render_plain  # LEK451
        self.count = lambda: len(self.pages)  # LEK451
        self.find = partial(other.find, self)  # LEK451
        self.find_page = partial(other.find, pages, self.render_plain)  # LEK451
        self.show = types.MethodType(other.show, self)  # LEK451
        self.defaulted = lambda document=self: document.pages  # LEK451

    def render_plain(self):
        def title():
            return self.pages[0].title

        async def body():
            return self.pages[1:]

        self.title = title  # LEK451
        self.body: object = body  # LEK451
        first = self.find
        return first


# In containers.
class Printer:
    def __init__(self, fast):
        self.commands = {"text": self.print_text, "page": self.print_page}  # LEK451
        self.steps = [self.print_text]  # LEK451
        self.table = dict(text=1, more={"page": self.print_page})
        self.nested = {"all": (self.print_text, self.print_page)}  # LEK451
        self.later = []
        self.later.append(lambda: self.print_page())  # LEK451
        self.by_name = {}
        self.by_name["text"] = self.print_text  # LEK451
        self.chosen = self.print_text if fast else self.print_page  # LEK451
        self.missing = collections.defaultdict(self.print_text)  # LEK451

    def print_text(self):
        return other.text(self)

    def print_page(self):
        return other.page(self)


# A promise keeps its arguments when it is fulfilled.
class Answer:
    def __init__(self):
        self.on_ready = vine.promise(args=(self,))  # LEK451
        self.on_error = vine.promise(self.fail)  # LEK451

    def fail(self):
        return other.fail(self)


# The object itself, also where its name is set anew.
class Node:
    def __init__(self, parent=None):
        self.parent = parent
        self.root = self  # LEK451

    def move(self, parent):
        self.parent = parent
        self.root = None


class Bunch(dict):
    def __init__(self):
        self.__dict__ = self  # LEK451


# The callback of a weak reference is held strongly.
class Watched:
    def __init__(self, items):
        self.items = [weakref.ref(item, self.forget) for item in items]  # LEK451
        self.owner = weakref.ref(items, lambda _: self.items.clear)  # LEK451

    def add(self, item):
        self.items.append(weakref.ref(item, self.forget))  # LEK451

    def forget(self, reference):
        self.items.remove(reference)


# A job and a helper that knows it.
class Accounting:
    def __init__(self, name, context):
        self.name = name
        self.accounted = context


class AccountingContext:
    def __enter__(self):
        self.accounting = Accounting("job", self)  # LEK451
        return self

    def __exit__(self, *exc_info):
        other.left(self)


# An object that looks like no request, connection or job.
def draw(shape):
    figure = other.figure(shape)
    figure.redraw = lambda: figure.draw()  # LEK451
    return figure


class Brush:
    def dip(self, color):
        other.dip(self, color)


def paint(color):
    brush = Brush()
    brush.again = brush.dip  # LEK451
    return brush


# --- The leak: a nested function calls itself ---


def total(tree, unit):
    def walk(node):  # LEK451
        return node.size * unit + sum(walk(child) for child in node.children)

    return walk(tree)


# Two call each other; inside of a method; a coroutine; remembered.
def balance(tree, limit):
    def left(node):  # LEK451
        return node.size > limit or right(node.left)

    def right(node):
        return left(node.right)

    return left(tree)


class Crawler:
    async def crawl(self, page):
        async def visit(link):  # LEK451
            for each in await self.fetch(link):
                await visit(each)

        await visit(page)

    async def fetch(self, link):
        return await other.fetch(self, link)


def ways(steps):
    @lru_cache(maxsize=100)
    def count(position):  # LEK451
        return sum(count(position - step) for step in steps)

    return count(100)


# --- The leak: a class for each call of a method or handler ---


class Fixtures:
    def request(self, name):
        class Request:  # LEK451
            fixtures = (self, name)

        return Request

    def reader(self, path):
        class Reader:  # LEK451
            def read(self):
                return other.read(path)

        return Reader().read()


def handle_upload(upload):
    class Part:  # LEK451
        def size(self):
            return upload.size

    return Part().size()


# --- Silent: something breaks the circle ---


class Closing:
    def __init__(self):
        self.closing_call = self.run  # silent LEK451: self.closing_call = None => pass
        self.deleted_call = self.run  # silent LEK451: del self.deleted_call => pass
        self.emptied_calls = [self.run]  # silent LEK451: self.emptied_calls.clear() => pass

    def run(self):
        return other.run(self)

    def close(self):
        self.closing_call = None
        self.emptied_calls.clear()
        del self.deleted_call


class ClearedByName:
    def __init__(self):
        self.cleared_call = self.run  # silent LEK451: setattr(self, name, None) => print(name)

    def run(self):
        return other.run(self)

    def close(self):
        for name in vars(self):
            setattr(self, name, None)


class ClosedRoot:
    def __init__(self):
        self.closed_root = self  # silent LEK451: def close_root => def open_root

    def close_root(self):
        self.closed_root = None


def walk_and_forget(tree, unit):
    def forgotten(node):  # silent LEK451: del forgotten => print(tree)
        return node.size * unit + sum(forgotten(child) for child in node.children)

    try:
        return forgotten(tree)
    finally:
        del forgotten


def walk_and_reset(tree, unit):
    def reset(node):  # silent LEK451: reset = None => print(tree)
        return node.size * unit + sum(reset(child) for child in node.children)

    try:
        return reset(tree)
    finally:
        reset = None


# --- Silent: nothing is held, or weakly ---


class Weak:
    def __init__(self, items):
        me = weakref.ref(self)
        self.weak_call = lambda: me().run()  # silent LEK451: lambda: me().run() => lambda: self.run()
        self.weak_method = weakref.WeakMethod(self.run)  # silent LEK451: weakref.WeakMethod(self.run) => self.run
        self.weak_proxy = weakref.proxy(self)  # silent LEK451: weakref.proxy(self) => self
        self.weak_promise = vine.promise(self.run, weak=True)  # silent LEK451: , weak=True =>
        self.weak_items = weakref.ref(items, lambda _: me())  # silent LEK451: lambda _: me() => lambda _: self
        self.weak_methods = weakref.WeakSet()
        self.weak_methods.add(self.run)  # silent LEK451: weakref.WeakSet() => set()

    def run(self):
        return other.run(self)


# A property or a data attribute, a call of the method, a static method, a function of another object.
class Plain:
    def __init__(self, shelf):
        self.measured = self.width  # silent LEK451: @property =>
        self.called = self.measure()  # silent LEK451: self.called = self.measure() => self.called = self.measure
        self.helped = self.help
        self.shelved = shelf.measure
        self.own = lambda self: self.measure()  # silent LEK451: lambda self: => lambda _:

    @property
    def width(self):
        return other.width(self)

    @staticmethod
    def help():
        return other.help()

    def measure(self):
        return other.measure(self)


# What a helper doesn't keep is not held, and a thread drops its target when it has run.
class Runner:
    def __init__(self, name):
        self.runner_name = str(name)


class RunnerContext:
    def __init__(self):
        self.runner = Runner(self)  # silent LEK451: str(name) => name


class Download:
    def start(self):
        self.thread = threading.Thread(target=self.run)  # silent LEK451: threading.Thread(target=self.run) => self.run
        self.thread.start()

    def run(self):
        return other.run(self)


# A nested function without recursion, or with nothing of the call; one that only hands itself on.
def sizes(tree, unit):
    def size(node):  # silent LEK451: node.own_size => size(node.child)
        return node.own_size * unit

    return [size(node) for node in tree]


def flatten(tree):
    def flat(node):  # silent LEK451: [node] => [tree, node]
        return [node] + [each for child in node for each in flat(child)]

    return flat(tree)


def poll_later(loop, job):
    def poll():  # silent LEK451: loop.call_later(1, poll) => poll()
        if not job.done():
            loop.call_later(1, poll)

    poll()


# A class without anything of the call, in the constructor, in a plain function, cached, kept.
class Shop:
    def __init__(self, sign_name):
        class Sign:  # silent LEK451: __init__(self, sign_name) => open(self, sign_name)
            text = sign_name

        self.sign = str(Sign())

    def box(self, size):
        class Box:  # silent LEK451: kind = "box" => kind = size
            kind = "box"

        return Box()

    @functools.cached_property
    def shelf(self):
        class Shelf:  # silent LEK451: @functools.cached_property =>
            shop = self

        return Shelf()

    def door(self, width):
        class Door:  # silent LEK451: self.door_class = Door => print(Door)
            opening = width

        self.door_class = Door


def shop_class(name):
    class NamedShop:  # silent LEK451: def shop_class => def on_shop
        shop_name = name

    return NamedShop()


# --- Silent: it happens once ---


# A long-lived object, a class, a metaclass, a container of the class.
class JobManager:
    def __init__(self):
        self.run_job = self.run  # silent LEK451: class JobManager => class Jobs

    def run(self):
        return other.run(self)


class Registered:
    known = {}

    def __init__(self):
        self.known["run"] = self.run  # silent LEK451: known = {} => names = {}

    def run(self):
        return other.run(self)

    @classmethod
    def default(cls):
        cls.instance = cls
        return cls.instance


# What starts timers is taken to live long.
class Ticker:
    def __init__(self):
        self.tick = PeriodicCallback(self.poll, 1000)
        self.alarm = threading.Timer(60, self.poll)
        self.poll_now = self.poll

    def poll(self):
        return other.poll(self)


# A back-reference of an object that is no request, connection or job.
class Wheel:
    def __init__(self, car):
        self.car = car


class Car:
    def __init__(self):
        self.wheel = Wheel(self)  # silent LEK451: class Car: => class CarContext:


# Set-up code; a decorator; a function that is handed out.
def setup(tree, unit):
    def prepare(node):  # silent LEK451: def setup => def measure_all
        return node.size * unit + sum(prepare(child) for child in node.children)

    return prepare(tree)


def retry(function):
    def again(*args):
        return function(*args) or again(*args)

    return again


def make_walker(unit):
    def walk_units(node):  # silent LEK451: return walk_units => return walk_units(unit)
        return node.size * unit + sum(walk_units(child) for child in node.children)

    return walk_units


@dataclass
class Record:
    name: str

    def __post_init__(self):
        self.label = lambda: self.name  # LEK451
