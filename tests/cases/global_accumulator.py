import array
import asyncio
import bisect
import collections
import heapq
import multiprocessing
import queue
import random
import weakref
from collections import deque
from enum import Enum
from functools import cache, wraps

import other

# --- The leak, by place ---

# A global list to which an event handler appends.
_EVENTS = []


def on_event(event):
    _EVENTS.append(event)  # LEK201


# A class attribute, through self, cls, type(self) and the name of the class.
class Recorder:
    lines = []
    digests = set()
    moments = []
    texts = []

    def record(self, line):
        self.lines.append(line)  # LEK201

    @classmethod
    def digest(cls, data):
        cls.digests.add(hash(data))  # LEK201

    def moment(self, now):
        type(self).moments.append(now)  # LEK201

    @staticmethod
    def text(sentence):
        Recorder.texts.append(sentence)  # LEK201


# A default argument.
def collect(item, items=[]):
    items.append(item)  # LEK201
    return len(items)


# A function attribute.
def journal(entry):
    journal.entries.append(entry)  # LEK201


journal.entries = []

# A cell that the wrapper of a decorator fills.
def traced(func):
    calls = []

    @wraps(func)
    def wrapper(*args):
        calls.append(args)  # LEK201
        return func(*args)

    return wrapper


# --- The leak, by container and by put ---

_SET = set()


def keep_in_set(token):
    _SET.add(token)  # LEK201


_NOT_EMPTY = ["first"]


def keep_after_first(token):
    _NOT_EMPTY.append(token)  # LEK201


_COMPUTED = [each for each in (1, 2)]


def keep_after_computed(token):
    _COMPUTED.append(token)  # LEK201


_EXTENDED: list[str] = list()


def keep_many(tokens):
    _EXTENDED.extend(tokens)  # LEK201


_FRONT = deque()


def keep_in_front(token):
    _FRONT.appendleft(token)  # LEK201


_BOTH = collections.deque([], None)


def keep_at_the_other_end(tokens):
    _BOTH.extendleft(tokens)  # LEK201


_INSERTED = []


def keep_first(token):
    _INSERTED.insert(0, token)  # LEK201


_UPDATED = set()


def keep_all(tokens):
    _UPDATED.update(tokens)  # LEK201


_ADDED = []


def keep_added(token):
    global _ADDED
    _ADDED += [token]  # LEK201


_JOINED = set()


def keep_joined(token):
    global _JOINED
    _JOINED |= {token}  # LEK201


_NUMBERS = array.array("d")


def keep_number(number):
    _NUMBERS.append(number)  # LEK201


_BUFFER = bytearray()


def keep_bytes(data):
    _BUFFER.extend(data)  # LEK201


_HEAP = []


def keep_in_heap(item):
    heapq.heappush(_HEAP, item)  # LEK201


_SORTED = []


def keep_sorted(item):
    bisect.insort(_SORTED, item)  # LEK201


_QUEUE = queue.Queue()


def enqueue(job):
    _QUEUE.put(job)  # LEK201


_UNBOUNDED_QUEUE = asyncio.Queue(maxsize=0)


async def enqueue_later(job):
    _UNBOUNDED_QUEUE.put_nowait(job)  # LEK201


_ACROSS = multiprocessing.Queue(-1)


def enqueue_across(job):
    _ACROSS.put(job)  # LEK201


# Two puts: the first is reported.
_TWICE = []


def keep_twice(token):
    _TWICE.append(token)  # LEK201
    _TWICE.append(token)


# --- The leak, by where the put stands ---

# In an async function, a nested function, a lambda, a comprehension, a loop.
_ASYNC = []


async def keep_async(coming):
    _ASYNC.append(await coming)  # LEK201


_NESTED = []


def keep_nested(tokens):
    def keep(token):
        _NESTED.append(token)  # LEK201

    other.each(tokens, keep)


_BY_LAMBDA = []
keep_by_lambda = lambda token: _BY_LAMBDA.append(token)  # LEK201
_BY_COMPREHENSION = []


def keep_by_comprehension(tokens):
    return [_BY_COMPREHENSION.append(each) for each in tokens]  # LEK201


_BY_LOOP = []


def keep_by_loop(tokens):
    for each in tokens:
        _BY_LOOP.append(each)  # LEK201


# Through an alias.
_ALIASED = []


def keep_aliased(token):
    items = _ALIASED
    items.append(token)  # LEK201


# In the wrapper that a decorator returns.
_TIMINGS = []


def timed(func):
    @wraps(func)
    def wrapper(*args):
        result = func(*args)
        _TIMINGS.append(other.now())  # LEK201
        return result

    return wrapper


# A mutated default under another name.
def history(token, log=[]):
    entries = log
    entries.append(token)  # LEK201


# Objects that are kept alive by what should only count them.
class Node:
    nodes_made = []

    def __init__(self, parent):
        self.parent = parent
        Node.nodes_made.append(self)  # LEK201


# --- Not the container that it looks like ---

_SHADOWED = []


def shadow(token):
    _SHADOWED = mine = []
    _SHADOWED.append(token)  # silent LEK201: _SHADOWED = mine = [] => mine = []
    return mine


_PASSED = []


def fill_passed(_PASSED, token):
    _PASSED.append(token)  # silent LEK201: fill_passed(_PASSED, token) => fill_passed(token)


class Own:
    items = []

    def __init__(self):
        self.items = []

    def keep(self, token):
        self.items.append(token)  # silent LEK201: self.items = [] => self.others = []


# A dataclass field has a list for each instance.
@other.define
class Row:
    cells: list = other.field(list)

    def fill(self, token):
        self.cells.append(token)  # silent LEK201: other.field(list) => []


# None as a default, and a list made in the call.
def gather(token, found=None):
    found = [] if found is None else found
    found.append(token)
    return found


# --- Something takes out ---

_POPPED = []


def popped_keep(token):
    _POPPED.append(token)  # silent LEK201: _POPPED.pop() => _POPPED.index(1)


def popped_take():
    return _POPPED.pop()


_FROM_LEFT = deque()


def from_left_keep(token):
    _FROM_LEFT.append(token)  # silent LEK201: _FROM_LEFT.popleft() => _FROM_LEFT.index(1)


def from_left_take():
    return _FROM_LEFT.popleft()


_CLEARED = []


def cleared_keep(token):
    _CLEARED.append(token)  # silent LEK201: _CLEARED.clear() => _CLEARED.sort()


def cleared_drop():
    _CLEARED.clear()


_REMOVED = []


def removed_keep(token):
    _REMOVED.append(token)  # silent LEK201: _REMOVED.remove(token) => _REMOVED.index(token)


def removed_drop(token):
    _REMOVED.remove(token)


_DISCARDED = set()


def discarded_keep(token):
    _DISCARDED.add(token)  # silent LEK201: _DISCARDED.discard(token) => _DISCARDED.isdisjoint(token)


def discarded_drop(token):
    _DISCARDED.discard(token)


_DIFFERENCE = set()


def difference_keep(token):
    _DIFFERENCE.add(token)  # silent LEK201: _DIFFERENCE.difference_update => _DIFFERENCE.isdisjoint


def difference_drop(tokens):
    _DIFFERENCE.difference_update(tokens)


_MINUS = set()


def minus_keep(token):
    _MINUS.add(token)  # silent LEK201: _MINUS -= tokens => _MINUS |= tokens


def minus_drop(tokens):
    global _MINUS
    _MINUS -= tokens


_DELETED = []


def deleted_keep(token):
    _DELETED.append(token)  # silent LEK201: del _DELETED[0] => pass


def deleted_drop():
    del _DELETED[0]


_SLICED_OFF = []


def sliced_off_keep(token):
    _SLICED_OFF.append(token)  # silent LEK201: del _SLICED_OFF[:-100] => pass
    del _SLICED_OFF[:-100]


_REPLACED = []


def replaced_keep(token):
    _REPLACED.append(token)  # silent LEK201: _REPLACED[:] = [] => pass


def replaced_drop():
    _REPLACED[:] = []


_REBOUND = []


def rebound_keep(token):
    _REBOUND.append(token)  # silent LEK201: global _REBOUND => pass


def rebound_drop():
    global _REBOUND
    _REBOUND = []


# The last hundred are kept.
_LAST = []


def last_keep(token):
    global _LAST
    _LAST.append(token)  # silent LEK201: _LAST = _LAST[-100:] => pass
    _LAST = _LAST[-100:]


# Swapped and drained.
_BATCH = []


def batch_keep(token):
    _BATCH.append(token)  # silent LEK201: batch, _BATCH = _BATCH, [] => batch = len(_BATCH)


def batch_flush():
    global _BATCH
    batch, _BATCH = _BATCH, []
    return batch


# A constant slot is no put.
_SLOT = [None]


def slot_keep(token):
    _SLOT[0] = token  # silent LEK201: _SLOT[0] = token => _SLOT.append(token)


# As a done callback.
_CALLS = set()


def begin_call(text):
    call = other.call(text)
    _CALLS.add(call)  # silent LEK201: call.add_done_callback(_CALLS.discard) => call.cancel()
    call.add_done_callback(_CALLS.discard)


# As a finalizer.
_KEPT = set()


def keep_while_alive(thing, token):
    _KEPT.add(token)  # silent LEK201: weakref.finalize(thing, _KEPT.discard, token) => weakref.ref(thing)
    weakref.finalize(thing, _KEPT.discard, token)


# Through a loop over several.
_NORTH = []
_SOUTH = []


def both_keep(token):
    _NORTH.append(token)  # silent LEK201: each.clear() => each.sort()
    _SOUTH.append(token)  # silent LEK201: each.clear() => each.sort()


def both_drop():
    for each in (_NORTH, _SOUTH):
        each.clear()


# By a consumer at the other end of the queue.
_JOBS = queue.Queue()  # LEK251


def jobs_put(job):
    _JOBS.put(job)  # silent LEK201: other.work(_JOBS.get()) => _JOBS.qsize()


def jobs_work():
    while True:
        other.work(_JOBS.get())


_LATER_JOBS = asyncio.Queue()


async def later_jobs_put(job):
    await _LATER_JOBS.put(job)  # silent LEK201: other.work(await _LATER_JOBS.get()) => _LATER_JOBS.qsize()


async def later_jobs_work():
    other.work(await _LATER_JOBS.get())


_READY_JOBS = queue.SimpleQueue()


def ready_jobs_put(job):
    _READY_JOBS.put(job)  # silent LEK201: _READY_JOBS.get_nowait() => _READY_JOBS.qsize()


def ready_jobs_work():
    other.work(_READY_JOBS.get_nowait())


# From a heap.
_DUE = []


def due_keep(moment):
    heapq.heappush(_DUE, moment)  # silent LEK201: heapq.heappop(_DUE) => len(_DUE)


def due_take():
    return heapq.heappop(_DUE)


# The inner list is emptied: the outer keeps it.
_ROWS = [[]]


def rows_keep(token):
    _ROWS.append([token])  # LEK201


def rows_drop():
    _ROWS[0].clear()


# --- A look at the size, a bound ---

_GUARDED = []


def guarded_keep(token):
    if len(_GUARDED) < 100:
        _GUARDED.append(token)  # silent LEK201: len(_GUARDED) < 100 => token


_NEWEST = deque(maxlen=100)


def newest_keep(token):
    _NEWEST.append(token)  # silent LEK201: deque(maxlen=100) => deque()


_NEWEST_TOO = deque([], 100)


def newest_too_keep(token):
    _NEWEST_TOO.append(token)  # silent LEK201: deque([], 100) => deque([])


_SHORT_QUEUE = queue.Queue(10)


def short_queue_put(job):
    _SHORT_QUEUE.put(job)  # silent LEK201: queue.Queue(10) => queue.Queue()


_SHORT_ASYNC = asyncio.Queue(maxsize=other.LIMIT)


async def short_async_put(job):
    await _SHORT_ASYNC.put(job)  # silent LEK201: (maxsize=other.LIMIT) => ()


_WEAK = weakref.WeakSet()


def weak_keep(thing):
    _WEAK.add(thing)  # silent LEK201: weakref.WeakSet() => set()


# --- It leaves our hands, or is the product ---

_RETURNED = []


def returned_keep(token):
    _RETURNED.append(token)  # silent LEK201: return _RETURNED => return _RETURNED[0]


def returned():
    return _RETURNED


_PASSED_ON = []


def passed_on_keep(token):
    _PASSED_ON.append(token)  # silent LEK201: other.send(_PASSED_ON) => len(_PASSED_ON)


def passed_on():
    other.send(_PASSED_ON)


_LISTED = []
ALL = {"listed": _LISTED}


def listed_keep(token):
    _LISTED.append(token)  # silent LEK201: {"listed": _LISTED} => {}


def kept_default(token, _kept=[]):
    _kept.append(token)  # silent LEK201: return _kept => return _kept[0]
    return _kept


# To look at it, or at an element, is no hand-over.
_LOOKED_AT = []


def looked_at_keep(token):
    _LOOKED_AT.append(token)  # LEK201
    return sum(_LOOKED_AT), random.choice(_LOOKED_AT), _LOOKED_AT[-1]


# --- The put does not repeat ---

_AT_IMPORT = []
for _token in other.tokens():
    _AT_IMPORT.append(_token)

_BY_IMPORT = []


def _note_at_import(token):
    _BY_IMPORT.append(token)  # silent LEK201: other.later() => _note_at_import(1)


_note_at_import("a")


def later():
    other.later()


_AT_SETUP = []


def init_tables(tokens):
    for token in tokens:
        _AT_SETUP.append(token)  # silent LEK201: def init_tables( => def tables(


_FIRST_ONLY = []


@cache
def fill_first():
    _FIRST_ONLY.extend(other.tokens())  # silent LEK201: import cache, wraps => import wraps


class Plugin:
    shades = []

    def __init_subclass__(cls, shade):
        Plugin.shades.append(shade)  # silent LEK201: __init_subclass__ => make_again


# A decorator's own code runs once a definition.
_DECORATED = []


def decorated(func):
    _DECORATED.append(func.pages)  # silent LEK201: return inner_decorated => return None

    def inner_decorated(*args):
        return func(*args)

    return inner_decorated


# --- A registrar keeps what its caller wrote ---

_ROUTES = []


def add_route(path_text):
    _ROUTES.append(path_text)  # silent LEK201: def add_route( => def route(


_MIDDLEWARE = []


def wraps_all(func):
    _MIDDLEWARE.append(func)  # silent LEK201: _MIDDLEWARE.append(func) => _MIDDLEWARE.append(func.pages)


_CODE = []


def make_code(token):
    def code():
        return token

    _CODE.append(code)  # silent LEK201: _CODE.append(code) => _CODE.append(token)


# --- The program bounds what is kept ---


class Color(Enum):
    RED = 1


_COLORS = set()


def paint(value):
    _COLORS.add(Color.RED)  # silent LEK201: _COLORS.add(Color.RED) => _COLORS.add(value)


_TYPES_MET = set()


def meet(value):
    _TYPES_MET.add(type(value))  # silent LEK201: _TYPES_MET.add(type(value)) => _TYPES_MET.add(value)


# A list has no keys: the same constant again and again makes it longer.
_TICKS = []


def on_tick():
    _TICKS.append(1)  # LEK201


# Nor does it matter what the items are called: a list or queue takes a language as often as it comes.
_LANGUAGES_SPOKEN = []


def speak(language):
    _LANGUAGES_SPOKEN.append(language)  # LEK201


_JOBS_BY_NAME = queue.Queue()


def schedule(task_name):
    _JOBS_BY_NAME.put(task_name)  # LEK201


_TICKS_ADDED = []


def on_second_tick():
    global _TICKS_ADDED
    _TICKS_ADDED += [1]  # LEK201


_TICKS_IN_A_HEAP = []


def on_third_tick():
    heapq.heappush(_TICKS_IN_A_HEAP, 1)  # LEK201


_LANGUAGES_ADDED = []


def speak_again(language):
    global _LANGUAGES_ADDED
    _LANGUAGES_ADDED += [language]  # LEK201


# Unless it is asked first whether it has the item: then constants bound it, as they bound a set.
_TICKS_ONE_EACH = []


def tick_one_each(value):
    if "tick" not in _TICKS_ONE_EACH:
        _TICKS_ONE_EACH.append("tick")  # silent LEK201: if "tick" not in _TICKS_ONE_EACH => if value


# A handler that asks first remembers what arrived, which nobody bounds.
_TOKENS_MET = set()


def on_token(token):
    if token not in _TOKENS_MET:
        _TOKENS_MET.add(token)  # LEK201


_TOKENS_LISTED = []


def handle_token(token):
    if token not in _TOKENS_LISTED:
        _TOKENS_LISTED.append(token)  # LEK201


# --- Sets of texts that were said once are as large as the program ---


_WARNED = set()


def on_warning(text):
    if text not in _WARNED:
        _WARNED.add(text)  # silent LEK201: if text not in _WARNED: => if text:
        print(text)


# Who never asks, doesn't do it once.
def say(text, _warned=set()): _warned.add(text)  # LEK201


# Whoever appends to a default argument means the caller's list, and gets the one that all calls share.
def append_to(item, target=[]):
    target.append(item)  # LEK201
    return len(target)


# --- What grows without a method: texts, bytes, tuples, copies ---


# A text, bytes and a tuple.
_LOG_TEXT = ""
_RECEIVED = b""
_VISITORS = ()


def on_line(line):
    global _LOG_TEXT
    _LOG_TEXT += line  # LEK201


def on_data(data):
    global _RECEIVED
    _RECEIVED += data  # LEK201


def on_visitor(visitor):
    global _VISITORS
    _VISITORS += (visitor,)  # LEK201


# A text of a class.
class Transcript:
    spoken = ""

    def say(self, sentence):
        Transcript.spoken += sentence  # LEK201


# A number doesn't grow.
_TOTAL = 0


def on_amount(amount):
    global _TOTAL
    _TOTAL += amount  # silent LEK201: _TOTAL = 0 => _TOTAL = ""


# What has arrived is taken as a whole.
_ARRIVED = b""


def on_chunk(chunk):
    global _ARRIVED
    _ARRIVED += chunk  # silent LEK201: whole, _ARRIVED = _ARRIVED, b"" => whole = len(_ARRIVED)


def take_arrived():
    global _ARRIVED
    whole, _ARRIVED = _ARRIVED, b""
    return whole


# The rest is kept, what was read is cut off.
_UNREAD = b""


def on_more(chunk):
    global _UNREAD
    _UNREAD += chunk  # silent LEK201: _UNREAD = _UNREAD[100:] => print(_UNREAD[100:])
    _UNREAD = _UNREAD[100:]


# A copy with one item more.
_BY_SUM = []
_BY_STAR = []


def on_summand(token):
    global _BY_SUM
    _BY_SUM = _BY_SUM + [token]  # LEK201


def on_star(token):
    global _BY_STAR
    _BY_STAR = [*_BY_STAR, token]  # LEK201


# --- Made late, of an own class, or filled by a helper ---


# It is made on first use.
_LATE = None


def keep_late(token):
    global _LATE
    if _LATE is None:
        _LATE = []
    _LATE.append(token)  # LEK201


# An own class that adds nothing to a list.
class Protocol(list):
    """A list by another name."""


_PROTOCOL = Protocol()


def protocol(token):
    _PROTOCOL.append(token)  # LEK201


# A function of this file only looks at it.
_WATCHED = []


def _look_at(items):
    print(len(items))


def keep_watched(token):
    _WATCHED.append(token)  # LEK201
    _look_at(_WATCHED)


# --- More that takes out ---


# A loop until the consumer is told to end.
_UNTIL_NONE = queue.Queue()  # LEK251


def until_none_put(job):
    _UNTIL_NONE.put(job)  # silent LEK201: iter(_UNTIL_NONE.get, None) => range(_UNTIL_NONE.qsize())


def until_none_work():
    for job in iter(_UNTIL_NONE.get, None):
        other.work(job)


# A pool thread waits for the next one.
_IN_POOL = queue.Queue()


def in_pool_put(job):
    _IN_POOL.put(job)  # silent LEK201: loop.run_in_executor(None, _IN_POOL.get) => other.wait(_IN_POOL.qsize())


async def in_pool_take(loop):
    return await loop.run_in_executor(None, _IN_POOL.get)


# An intersection, and what is left of a set.
_PRESENT = set()


def present_keep(token):
    _PRESENT.add(token)  # silent LEK201: _PRESENT &= tokens => _PRESENT |= tokens


def present_narrow(tokens):
    global _PRESENT
    _PRESENT &= tokens


# A list of weak references keeps the references.
_VIEWS = []


def keep_view(view):
    _VIEWS.append(weakref.ref(view))  # LEK201
