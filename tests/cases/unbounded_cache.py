import asyncio
import collections
import os
import weakref
from collections import Counter, OrderedDict, defaultdict
from enum import Enum
from functools import cache, partial, wraps
from typing import Literal

import other
from cachetools import LRUCache, TTLCache

# --- The leak, by place ---

# A global that a function fills per key.
_PROFILES = {}


def profile(user_id):
    if user_id not in _PROFILES:
        _PROFILES[user_id] = other.load(user_id)  # LEK101
    return _PROFILES[user_id]


# One of two containers, by a condition.
_SWITCHED = {} if other.FAST else dict()


def switched(user_id):
    _SWITCHED[user_id] = other.load(user_id)  # LEK101


# The same, declared first as None and made on first use.
_AVATARS = None
_AVATARS = {}


def avatar(user_id):
    _AVATARS[user_id] = other.load(user_id)  # LEK101


# Annotated, and read by `get` before the put.
_ANSWERS: dict[str, bytes] = dict()


def answer(question):
    if (hit := _ANSWERS.get(question)) is None:
        hit = _ANSWERS[question] = other.load(question)  # LEK101
    return hit


# A class attribute filled through self.
class Renderer:
    _pages = {}

    def page(self, url):
        self._pages[url] = other.load(url)  # LEK101


# A class attribute filled through cls.
class Resolver:
    _addresses = {}

    @classmethod
    def resolve(cls, question):
        cls._addresses[question] = other.load(question)  # LEK101


# A class attribute filled through type(self).
class Signer:
    _signed = {}

    def sign(self, digest):
        type(self)._signed[digest] = other.load(digest)  # LEK101


# A class attribute filled through self.__class__.
class Verifier:
    _verified = {}

    def verify(self, digest):
        self.__class__._verified[digest] = other.load(digest)  # LEK101


# A class attribute filled through the name of the class, in a static method.
class Tokenizer:
    _tokens = {}

    @staticmethod
    def tokens(text):
        Tokenizer._tokens[text] = text.split()  # LEK101


# A class attribute filled by a subclass.
class Base:
    _by_ip = {}


class Derived(Base):
    def look(self, ip):
        self._by_ip[ip] = other.load(ip)  # LEK101


# A default argument.
def fibonacci(number, _memo={}):
    if number not in _memo:
        _memo[number] = other.load(number)  # LEK101
    return _memo[number]


# A keyword-only default argument.
def square(number, *, _squares=dict()):
    _squares[number] = number * number  # LEK101


# A function attribute.
def translate(sentence):
    translate.done[sentence] = other.load(sentence)  # LEK101


translate.done = {}


# A cell that the wrapper of a decorator fills: it lives as long as what is decorated.
def memoize(func):
    results = {}

    @wraps(func)
    def wrapper(argument):
        if argument not in results:
            results[argument] = func(argument)  # LEK101
        return results[argument]

    return wrapper


# The same with arguments for the decorator, in two forms.
def memoize_by(prefix):
    def decorate_by(func):
        answers = dict()

        def wrapper(*arguments):
            return answers.setdefault((prefix, arguments), func(*arguments))  # LEK101

        return wrapper

    return decorate_by


# The wrapper lets its users empty it.
def memoize_with_clear(func):
    clearable = {}

    def wrapper(argument):
        clearable[argument] = func(argument)  # silent LEK101: wrapper.clear = clearable.clear => wrapper.clear = print
        return clearable[argument]

    wrapper.clear = clearable.clear
    return wrapper


# The wrapper hands it out.
def memoize_openly(func):
    opened = {}

    def wrapper(argument):
        opened[argument] = func(argument)  # silent LEK101: wrapper.cache = opened => wrapper.cache = None
        return opened[argument]

    wrapper.cache = opened
    return wrapper


# The wrapper keeps so many and no more.
def memoize_some(func):
    some = {}

    def wrapper(argument):
        if len(some) <= 100:
            some[argument] = func(argument)  # silent LEK101: if len(some) <= 100: => if argument:
        return func(argument)

    return wrapper


# A cell of a function that is no decorator lives as long as its callers want.
def reader_of(source):
    read = {}

    def reader(token):
        read[token] = token  # silent LEK101: read[token] = token => read[token] = source(token)
        return source

    return reader


# A function that loads what is missing is no registrar: nobody wrote down what it keeps.
_LOADED = {}


def load_user(user_id):
    if user_id not in _LOADED:
        _LOADED[user_id] = other.query(user_id)  # LEK101
    return _LOADED[user_id]


# A name that only begins like a registrar's: user (use), address (add), settle (set).
_NICKNAMES = {}
_STREETS = {}
_SETTLED = {}


def user_nickname(user_id):
    _NICKNAMES[user_id] = other.query(user_id)  # LEK101


def address_of(user_id):
    _STREETS[user_id] = other.query(user_id)  # LEK101


def settle(invoice_id):
    _SETTLED[invoice_id] = other.query(invoice_id)  # LEK101


# --- The leak, by put ---

# setdefault
_LOCKS = {}


def lock_of(session_id):
    return _LOCKS.setdefault(session_id, asyncio.Lock())  # LEK101


# update
_HEADERS = {}


def remember_headers(request):
    _HEADERS.update({request.id: request.headers})  # LEK101


# |=
_PREFERENCES = {}


def prefer(user_id, value):
    global _PREFERENCES
    _PREFERENCES |= {user_id: value}  # LEK101


# += on an element of a Counter
_HITS = Counter()


def hit(address):
    _HITS[address] += 1  # LEK101


# A test for the key, with the put and a return in its body.
_USERS_BY_ID = {}


def user_by_id(user_id):
    if user_id not in _USERS_BY_ID:
        _USERS_BY_ID[user_id] = other.load(user_id)  # LEK101
        return _USERS_BY_ID[user_id]
    return _USERS_BY_ID[user_id]


# A test for the key that goes no further without it.
_SCORES_BY_ID = {}


def score(user_id):
    if user_id not in _SCORES_BY_ID:
        return
    _SCORES_BY_ID[user_id] = 1  # silent LEK101: if user_id not in _SCORES_BY_ID: => if not user_id:


# An element of a defaultdict: the look-up adds the key, whatever is done with the element.
_EVENTS_BY_USER = defaultdict(list)


def note_event(user_id, text):
    _EVENTS_BY_USER[user_id].append(text)  # LEK101


_HITS_BY_USER = defaultdict(set)


def note_hit(user_id, page):
    _HITS_BY_USER[user_id].add(page)  # LEK105
    if not page:
        _HITS_BY_USER[user_id].clear()


_FORGOTTEN_BY_USER = defaultdict(list)


def note_and_forget(user_id, text):
    _FORGOTTEN_BY_USER[user_id].append(text)  # silent LEK101: _FORGOTTEN_BY_USER.pop(user_id) => print(user_id)
    _FORGOTTEN_BY_USER.pop(user_id)


# An element of a plain dict: the key was put there elsewhere.
_KNOWN_BY_USER = dict.fromkeys(other.users())


def note_known(user_id, text):
    _KNOWN_BY_USER[user_id].append(text)  # silent LEK101: dict.fromkeys(other.users()) => defaultdict(list)


# Qualified constructors, and two puts: the first is reported.
_ORDERED = collections.OrderedDict()


def keep_ordered(token, value):
    _ORDERED[token] = value  # LEK101


def keep_ordered_too(token, value):
    _ORDERED[token] = value


# A sure put is reported rather than an unsure one that stands before it.
_MIXED = defaultdict(list)


def keep_named(name, value):
    _MIXED[name] = value


def keep_for(request, value):
    _MIXED[request.id] = value  # LEK101


# --- The leak, by where the put stands ---

# Through a local alias.
_ALIASED = {}


def fill_through_alias(token, value):
    table = _ALIASED
    table[token] = value  # LEK101


# In an async function.
_FETCHED = {}


async def fetch(url):
    _FETCHED[url] = await other.fetch(url)  # LEK101


# In a nested function.
_NESTED = {}


def nest(items):
    def inner(item):
        _NESTED[item] = other.load(item)  # LEK101

    other.each(items, inner)


# In a lambda.
_BY_LAMBDA = {}
find_token = lambda token: _BY_LAMBDA.setdefault(token, other.load(token))  # LEK101


# In a comprehension.
_BY_COMPREHENSION = {}


def fetch_all(tokens):
    return [_BY_COMPREHENSION.setdefault(t, other.load(t)) for t in tokens]  # LEK101


# In a wrapper that a decorator returns: it runs at each call of what is decorated.
_RESULTS = {}


def remember(func):
    @wraps(func)
    def wrapper(*args):
        if args not in _RESULTS:
            _RESULTS[args] = func(*args)  # LEK101
        return _RESULTS[args]

    return wrapper


# --- Not the container that it looks like ---

# A local of the same name.
_SHADOWED = {}


def shadow(token):
    _SHADOWED = mine = {}
    _SHADOWED[token] = 1  # silent LEK101: _SHADOWED = mine = {} => mine = {}
    return mine


# A parameter of the same name.
_PASSED = {}


def fill_passed(_PASSED, token):
    _PASSED[token] = 1  # silent LEK101: fill_passed(_PASSED, token) => fill_passed(token)


# The loop variable of a comprehension of the same name.
_LOOPED = {}


def fill_looped(token, tables):
    return [_LOOPED.setdefault(token, 1) for _LOOPED in tables]  # silent LEK101: for _LOOPED in => for each in


# A class attribute is not seen by a bare name in a method: that is another name.
_BARE = []


class Bare:
    _BARE = {}

    def fill(self, token):
        _BARE[token] = 1  # silent LEK101: _BARE[token] => self._BARE[token]


# The instance has a table of its own.
class Own:
    _mine = {}

    def __init__(self):
        self._mine = {}

    def fill(self, word):
        self._mine[word.text] = 1  # silent LEK101: self._mine = {} => self._other = {}
        return self._mine[word.text]


# --- Something takes out: verbs ---

# pop
_POPPED = {}


def pop_fill(token, value):
    _POPPED[token] = value  # silent LEK101: _POPPED.pop(token, None) => print(token)


def pop_take(token):
    _POPPED.pop(token, None)


# popitem
_OLDEST = OrderedDict()


def oldest_fill(token, value):
    _OLDEST[token] = value  # silent LEK101: _OLDEST.popitem(last=False) => print(token)
    _OLDEST.popitem(last=False)


# clear
_CLEARED = {}


def clear_fill(token, value):
    _CLEARED[token] = value  # silent LEK101: _CLEARED.clear() => print()


def sweep_all():
    _CLEARED.clear()


# del
_DELETED = {}


def del_fill(token, value):
    _DELETED[token] = value  # silent LEK101: del _DELETED[token] => pass


def del_take(token):
    del _DELETED[token]


# __delitem__
_DUNDER = {}


def dunder_fill(token, value):
    _DUNDER[token] = value  # silent LEK101: _DUNDER.__delitem__(token) => print(token)


def dunder_take(token):
    _DUNDER.__delitem__(token)


# Bound anew in a function.
_REBOUND = {}


def rebound_fill(token, value):
    _REBOUND[token] = value  # silent LEK101: global _REBOUND => pass


def rebound_reset():
    global _REBOUND
    _REBOUND = {}


# Rebuilt without what is stale, and bound anew.
_ALIVE = {}


def alive_fill(token, value):
    _ALIVE[token] = value  # silent LEK101: global _ALIVE => pass


def alive_sweep(now):
    global _ALIVE
    _ALIVE = {token: value for token, value in other.pairs() if value > now}


# Unbound.
_UNBOUND = {}


def unbound_fill(token, value):
    _UNBOUND[token] = value  # silent LEK101: global _UNBOUND => pass


def unbound_drop():
    global _UNBOUND
    del _UNBOUND


# Swapped and drained.
_PENDING = {}


def pending_fill(token, value):
    _PENDING[token] = value  # silent LEK101: global _PENDING => pass


def pending_flush():
    global _PENDING
    batch, _PENDING = other.pairs(), {}
    return len(batch)


# What was kept under a key is taken, and the slot set to None.
_SLOTS = {}


def slots_fill(token, value):
    _SLOTS[token] = value  # silent LEK101: _SLOTS[token] = None => pass


def slots_take(token):
    value = _SLOTS[token]
    _SLOTS[token] = None
    return value


# What was collected under a key is taken, and the slot emptied.
_BATCHES = {}


def batch_fill(token, value):
    _BATCHES.setdefault(token, []).append(value)  # silent LEK101: _BATCHES[token] = [] => pass


def batch_take(token):
    batch = _BATCHES[token]
    _BATCHES[token] = []
    return len(batch)


# Counted down.
_TALLY = Counter()


def tally_up(token):
    _TALLY[token] += 1  # silent LEK101: _TALLY -= Counter([token]) => _TALLY |= Counter([token])


def tally_down(token):
    global _TALLY
    _TALLY -= Counter([token])


# --- Something takes out: spellings ---

# As a done callback.
_CALLS = {}


def begin_call(token, text):
    call = _CALLS[token] = other.call(text)  # silent LEK101: partial(_CALLS.pop, token) => print
    call.add_done_callback(partial(_CALLS.pop, token))


# As a default argument.
_REQUESTS = {}


def begin(token, value):
    _REQUESTS[token] = value  # silent LEK101: remove=_REQUESTS.pop => remove=print


def end(token, remove=_REQUESTS.pop):
    remove(token)


# As a finalizer.
_DATA = {}


def tie_data(thing):
    _DATA[id(thing)] = other.load(thing)  # silent LEK101: , _DATA.pop, => , print,
    weakref.finalize(thing, _DATA.pop, id(thing))


# Through a local alias.
_SWEPT = {}


def swept_fill(token, value):
    _SWEPT[token] = value  # silent LEK101: table.pop(stale) => print(stale)


def sweep(stale):
    table = _SWEPT
    table.pop(stale)


# In a loop over several tables.
_NORTH = {}
_SOUTH = {}


def north_fill(token, value):
    _NORTH[token] = value  # silent LEK101: each.clear() => print(each)
    _SOUTH[token] = value  # silent LEK101: each.clear() => print(each)


def sweep_both():
    for each in (_NORTH, _SOUTH):
        each.clear()


# In a method of another class of the family.
class Store:
    _rows = {}

    def drop(self, token):
        self._rows.pop(token)


class CachedStore(Store):
    def fill(self, token, value):
        self._rows[token] = value  # silent LEK101: self._rows.pop(token) => print(token)


# Through type(self).
class Typed:
    _typed = {}

    def fill(self, token, value):
        self._typed[token] = value  # silent LEK101: type(self)._typed.pop(token) => print(token)

    def drop(self, token):
        type(self)._typed.pop(token)


# Through a name that is made up.
class Dynamic:
    _dynamic = {}

    def fill(self, token, value):
        self._dynamic[token] = value  # silent LEK101: getattr(self, title).clear() => print(title)

    def reset(self, title):
        getattr(self, title).clear()


# In a lambda.
_AT_EXIT = {}
other.at_midnight(lambda: _AT_EXIT.clear())


def fill_until_midnight(token, value):
    _AT_EXIT[token] = value  # silent LEK101: lambda: _AT_EXIT.clear() => lambda: 1


# In module code outside of the class.
class Shared:
    _entries = {}

    def fill(self, token, value):
        self._entries[token] = value  # silent LEK101: Shared._entries.clear() => print()


def sweep_shared():
    Shared._entries.clear()


# From a function attribute.
def lookup(token):
    lookup.seen_tokens_by_id = None
    lookup.table[token] = other.load(token)  # silent LEK101: lookup.table.clear() => print()


lookup.table = {}


def forget_lookups():
    lookup.table.clear()


# From a default argument.
def bounded_memo(number, _results={}):
    if number < 0:
        _results.clear()
    _results[number] = number  # silent LEK101: _results.clear() => print(number)


# The inner container is emptied, the key stays: no take-out from the table.
_ROOMS = {}


def join(room_id, user):
    _ROOMS.setdefault(room_id, set()).add(user)  # LEK105


def leave(room_id, user):
    _ROOMS[room_id].discard(user)


# --- A look at the size ---

# A guard.
_SMALL = {}


def small_fill(token, value):
    if len(_SMALL) < 1000:
        _SMALL[token] = value  # silent LEK101: len(_SMALL) < 1000 => value


# A sweep when it is full.
_FULL = {}


def full_fill(token, value):
    _FULL[token] = value  # silent LEK101: len(_FULL) >= 1000 => value
    if len(_FULL) >= 1000:
        other.sweep("full")


# To ask whether it is empty is no guard.
_EMPTY = {}


def empty_fill(token, value):
    if len(_EMPTY) == 0:
        print("the first")
    _EMPTY[token] = value  # LEK101


# Printing the size is no guard.
_PRINTED = {}


def printed_fill(token, value):
    _PRINTED[token] = value  # LEK101
    print(len(_PRINTED))


# --- The table leaves our hands ---

# Returned.
_RETURNED = {}


def returned_fill(token, value):
    _RETURNED[token] = value  # silent LEK101: return _RETURNED => return len(_RETURNED)


def returned():
    return _RETURNED


# Yielded.
_YIELDED = {}


def yielded_fill(token, value):
    _YIELDED[token] = value  # silent LEK101: yield _YIELDED => yield str(_YIELDED)


def yielded():
    yield _YIELDED


# Passed on, at import.
_EVICTED = {}
other.start_evicting(_EVICTED)


def evicted_fill(token, value):
    _EVICTED[token] = value  # silent LEK101: other.start_evicting(_EVICTED) => len(_EVICTED)


# Passed on, by keyword.
_BY_KEYWORD = {}


def by_keyword_fill(token, value):
    _BY_KEYWORD[token] = value  # silent LEK101: other.trim(table=_BY_KEYWORD) => len(_BY_KEYWORD)
    other.trim(table=_BY_KEYWORD)


# Stored elsewhere.
_STORED = {}


def stored_fill(token, value, holder):
    _STORED[token] = value  # silent LEK101: holder.table = _STORED => pass
    holder.table = _STORED


# One more global name for it.
_FIRST_NAME = {}
SECOND_NAME = _FIRST_NAME


def first_fill(token, value):
    _FIRST_NAME[token] = value  # silent LEK101: SECOND_NAME = _FIRST_NAME => SECOND_NAME = 1


# Put into another container.
_LISTED = {}
ALL_TABLES = [_LISTED]


def listed_fill(token, value):
    _LISTED[token] = value  # silent LEK101: ALL_TABLES = [_LISTED] => ALL_TABLES = []


# Functions that only look at it do not take it over.
_LOOKED_AT = {}


def looked_at_fill(token, value):
    _LOOKED_AT[token] = value  # LEK101
    return str(_LOOKED_AT), bool(_LOOKED_AT), token in _LOOKED_AT


# --- Read as a whole: the table is the product ---

_VALUES = {}


def values_fill(token, value):
    _VALUES[token] = value  # silent LEK101: _VALUES.values() => (1, 2)
    return max(_VALUES.values())


_ITEMS = {}


def items_fill(token, value):
    _ITEMS[token] = value  # silent LEK101: _ITEMS.items() => (1, 2)
    return [pair for pair in _ITEMS.items()]


_KEYS = {}


def keys_fill(token, value):
    _KEYS[token] = value  # silent LEK101: _KEYS.keys() => (1, 2)
    return set(_KEYS.keys())


_ITERATED = {}


def iterated_fill(token, value):
    _ITERATED[token] = value  # silent LEK101: for each in _ITERATED: => for each in (1, 2):
    for each in _ITERATED:
        print(each)


_COPIED = {}


def copied_fill(token, value):
    _COPIED[token] = value  # silent LEK101: _COPIED.copy() => _COPIED.get(1)
    return _COPIED.copy()


# --- The container bounds itself ---

_EXPIRING = TTLCache(maxsize=100, ttl=60)


def expiring_fill(token, value):
    _EXPIRING[token] = value  # silent LEK101: TTLCache(maxsize=100, ttl=60) => {}


_RECENT = LRUCache(maxsize=100)


def recent_fill(token, value):
    _RECENT[token] = value  # silent LEK101: LRUCache(maxsize=100) => {}


_WEAK_VALUES = weakref.WeakValueDictionary()


def weak_values_fill(token, value):
    _WEAK_VALUES[token] = value  # silent LEK101: weakref.WeakValueDictionary() => dict()


_WEAK_KEYS = weakref.WeakKeyDictionary()


def weak_keys_fill(token, value):
    _WEAK_KEYS[token] = value  # silent LEK101: weakref.WeakKeyDictionary() => dict()


# Nobody knows what another module's container does.
_FOREIGN = other.Cache()


def foreign_fill(token, value):
    _FOREIGN[token] = value  # silent LEK101: other.Cache() => OrderedDict()


# An own class under the name of a builtin.
def own_dict_module():
    dict = other.BoundedDict
    return dict()


# --- The put does not repeat ---

# At import.
_AT_IMPORT = {}
for _token in other.tokens():
    _AT_IMPORT[_token] = other.load(_token)


# In the body of a class.
class Body:
    table = {}
    for _key in other.tokens():
        table[_key] = other.load(_key)


# By a function that only import-time code calls.
_BY_IMPORT = {}


def _fill_by_import(token):
    _BY_IMPORT[token] = other.load(token)  # silent LEK101: other.later(1) => _fill_by_import(1)


_fill_by_import("a")
_fill_by_import("b")


def later():
    other.later(1)


# By a function that another such function calls.
_BY_TWO_STEPS = {}


def _second_step(token):
    _BY_TWO_STEPS[token] = other.load(token)  # silent LEK101: other.later(2) => _first_step(2)


def _first_step(token):
    _second_step(token)


_first_step("a")


def much_later():
    other.later(2)


# By a function that is handed on: it may be called at any time.
_BY_HANDED_ON = {}


def _handed_on(token):
    _BY_HANDED_ON[token] = other.load(token)  # LEK101


_handed_on("a")
other.call_often(_handed_on)


# Under `if __name__ == "__main__"`: that says nothing of how an importer uses the function.
_BY_MAIN_BLOCK = {}


def fill_for_all(token):
    _BY_MAIN_BLOCK[token] = other.load(token)  # LEK101


if __name__ == "__main__":
    fill_for_all("a")


# In a set-up function.
_AT_SETUP = {}


def setup_tables(tokens):
    for token in tokens:
        _AT_SETUP[token] = other.load(token)  # silent LEK101: def setup_tables( => def tables(


# By a function that set-up code hands on: it is called later, and often.
_BY_INNER_FUNCTION = {}
_BY_INNER_LAMBDA = {}


def setup_hooks(hub):
    def learn(token):
        _BY_INNER_FUNCTION[token] = other.load(token)  # LEK101

    hub.each(learn)
    hub.each(lambda token: _BY_INNER_LAMBDA.setdefault(token, other.load(token)))  # LEK101


# In main.
_IN_MAIN = {}


def main(tokens):
    for token in tokens:
        _IN_MAIN[token] = other.load(token)  # silent LEK101: def main( => def again(


# In a memoized function without parameters.
_FILLED_FIRST = {}


@cache
def fill_once():
    for token in other.tokens():
        _FILLED_FIRST[token] = other.load(token)  # silent LEK101: import cache, partial => import partial


# When a subclass is made.
class Plugin:
    by_shade = {}

    def __init_subclass__(cls, shade):
        Plugin.by_shade[shade] = 1  # silent LEK101: __init_subclass__ => make_again


# When an attribute is bound.
class Descriptor:
    by_owner = {}

    def __set_name__(self, owner, shade):
        self.by_owner[shade] = 1  # silent LEK101: __set_name__ => name_again


# When a class is made.
class ShapeMeta(type):
    shapes = {}

    def __new__(mcs, title, bases, namespace):
        made = super().__new__(mcs, title, bases, namespace)
        mcs.shapes[title] = made  # silent LEK101: ShapeMeta(type) => ShapeMeta(other.Base)
        return made


# When a function is decorated.
_DESCRIBED = {}


def described(func):
    _DESCRIBED[func.title] = 1  # silent LEK101: return inner_described => return None

    def inner_described(*args):
        return func(*args)

    return inner_described


# When a function is decorated, with arguments for the decorator.
_ROUTES_BY_PATH = {}


def path_for(pattern_text):
    def decorate(handle):
        _ROUTES_BY_PATH[pattern_text] = 1  # silent LEK101: return handle => return None
        return handle

    return decorate


# --- A registrar keeps what its caller wrote ---

# By the name of the function.
_CODECS = {}


def register_codec(token, value):
    _CODECS[token] = value  # silent LEK101: def register_codec( => def codec(


# By what is stored: a parameter that takes code.
_HOOKED = {}


def when(token, callback):
    _HOOKED[token] = callback  # silent LEK101: def when(token, callback): => def when(token):


# By what is stored: a function that is defined here.
_LOCAL_CODE = {}


def make_local(token):
    def code():
        return token

    _LOCAL_CODE[token] = code  # silent LEK101: _LOCAL_CODE[token] = code => _LOCAL_CODE[token] = code()


# --- The program bounds its keys ---

# Constants.
_BY_CONSTANT = {}


def by_constant(value):
    _BY_CONSTANT["last"] = value  # silent LEK101: ["last"] => [value]


# Members of an enumeration, and constants by convention.
class Color(Enum):
    RED = 1


_BY_MEMBER = {}


def by_member(value):
    _BY_MEMBER[Color.RED] = value  # silent LEK101: [Color.RED] => [value.red]


# The type of what comes in.
_BY_TYPE = {}


def by_type(value):
    _BY_TYPE[type(value)] = 1  # silent LEK101: [type(value)] => [hash(value)]


_BY_CLASS = {}


def by_class(value):
    _BY_CLASS[value.__class__.__name__] = 1  # silent LEK101: value.__class__.__name__ => value.shade


# cls
class PerClass:
    _per_class = {}

    @classmethod
    def fill(cls, value):
        cls._per_class[cls] = 1  # silent LEK101: _per_class[cls] => _per_class[value]


# Booleans.
_BY_BOOL = {}


def by_bool(value):
    _BY_BOOL[bool(value)] = 1  # silent LEK101: [bool(value)] => [value]


_BY_NOT = {}


def by_not(value):
    _BY_NOT[not value] = 1  # silent LEK101: [not value] => [-value]


_BY_COMPARISON = {}


def by_comparison(value):
    _BY_COMPARISON[value > 3] = 1  # silent LEK101: [value > 3] => [value + 3]


_BY_FLAG = {}


def by_flag(value: bool):
    _BY_FLAG[value] = 1  # silent LEK101: value: bool => value: str


# One of a few literals.
_BY_LITERAL = {}


def by_literal(value: Literal["r", "w"]):
    _BY_LITERAL[value] = 1  # silent LEK101: value: Literal["r", "w"] => value: list["r"]


# The process and its threads.
_BY_PROCESS = {}


def by_process(value):
    _BY_PROCESS[os.getpid()] = value  # silent LEK101: os.getpid() => os.urandom(value)


# A loop over constants.
_BY_LOOP = {}


def by_loop(values):
    for each in ("a", "b"):
        _BY_LOOP[each] = values  # silent LEK101: in ("a", "b"): => in values:


# A local that was computed from constants.
_BY_LOCAL = {}


def by_local(value):
    place = "left" if value else "right"
    _BY_LOCAL[place] = value  # silent LEK101: if value else "right" => if value else value


# Tuples, formats, sums and choices of bounded parts.
_BY_TUPLE = {}


def by_tuple(value):
    _BY_TUPLE[type(value), "a"] = value  # silent LEK101: [type(value), "a"] => [value, "a"]


_BY_FORMAT = {}


def by_format(value):
    _BY_FORMAT[f"{type(value)}!"] = value  # silent LEK101: f"{type(value)}!" => f"{value}!"


_BY_SUM = {}


def by_sum(value):
    _BY_SUM["a" + type(value).__name__] = value  # silent LEK101: "a" + type(value).__name__ => "a" + value


_BY_CHOICE = {}


def by_choice(value):
    _BY_CHOICE[type(value) or "none"] = value  # silent LEK101: type(value) or "none" => value or "none"


_BY_METHOD = {}


def by_method(value):
    _BY_METHOD[type(value).__name__.lower()] = 1  # silent LEK101: type(value).__name__.lower() => value.lower()


# A member of an enumeration that is passed in.
_BY_PAINT = {}


def by_paint(paint: Color, value):
    _BY_PAINT[paint] = value  # silent LEK101: paint: Color => paint: tuple


# A class that is passed in.
_BY_KLASS = {}


def by_klass(klass, value):
    key = klass
    _BY_KLASS[key] = value  # silent LEK101: key = klass => key = value


# A constant of another module.
_BY_FOREIGN = {}


def by_foreign(value):
    _BY_FOREIGN[other.shade] = value  # silent LEK101: [other.shade] => [value.shade]


# A name of the module or of an import.
_DEFAULT = other.default()
_BY_GLOBAL = {}


def by_global(value):
    _BY_GLOBAL[_DEFAULT] = value  # silent LEK101: [_DEFAULT] => [value.token]


# A function that is defined here.
_BY_FUNCTION = {}


def by_function(value):
    def helper():
        return value

    _BY_FUNCTION[helper.__name__] = 1  # silent LEK101: [helper.__name__] => [helper()]


# A part of something bounded.
_BY_PART = {}


def by_part(value):
    _BY_PART[type(value).__mro__[0]] = 1  # silent LEK101: type(value).__mro__[0] => value[0]


# A key that was looked up in a fixed table first.
SIZES = {"small": 1, "large": 2}
_BY_SIZE = {}


def by_size(value):
    if value not in SIZES:
        raise ValueError(value)
    _BY_SIZE[value] = 1  # silent LEK101: if value not in SIZES: => if value not in other.sizes():


_BY_WEIGHT = {}


def by_weight(value):
    if value not in other.weights:
        raise ValueError(value)
    _BY_WEIGHT[value] = 1  # silent LEK101: if value not in other.weights: => if value not in other.load(value):


_BY_CHOICES = {}


def by_choices(value):
    if value not in ("red", "green"):
        raise ValueError(value)
    _BY_CHOICES[value] = 1  # silent LEK101: if value not in ("red", "green"): => if not value:


# What a request brings, an exception and what was unpacked are bounded by nobody.
_BY_REQUEST = {}


def by_request(request):
    _BY_REQUEST[request.path] = 1  # LEK101


_BY_EXCEPTION = {}


def by_exception(work):
    try:
        work()
    except ValueError as error:
        _BY_EXCEPTION[str(error)] = 1  # LEK101


_BY_UNPACKED = {}


def by_unpacked(pair):
    left, _ = pair
    _BY_UNPACKED[left] = 1  # LEK101


_BY_TIME = {}


def by_time(value):
    _BY_TIME[other.now()] = value  # LEK101


# A guard against a few bad keys bounds nothing.
_BY_CHECKED = {}


def by_checked(value):
    if value in (None, ""):
        return
    _BY_CHECKED[value] = 1  # LEK101


# --- Sets of texts that were said once are as large as the program ---


_WARNED = {}


def say(text):
    if text not in _WARNED:
        _WARNED[text] = print(text)  # silent LEK101: if text not in _WARNED: => if text:


# Who never asks, doesn't do it once.
def say_each_time(text, _warned_of={}): _warned_of.setdefault(text, print(text))  # LEK101


# --- The container is made late, or of an own class ---


# It is made on first use.
_LATE = None


def late(token):
    global _LATE
    if _LATE is None:
        _LATE = {}
    _LATE[token] = other.load(token)  # LEK101
    return _LATE[token]


# It is made on first use, and dropped.
_DROPPED: dict = None


def late_and_dropped(token):
    global _DROPPED
    if _DROPPED is None:
        _DROPPED = {}
    _DROPPED[token] = other.load(token)  # silent LEK101: _DROPPED = None => pass


def drop_late():
    global _DROPPED
    _DROPPED = None


# An own class that adds nothing to a dict.
class Table(dict):
    """A dict by another name."""


_OF_OWN_CLASS = Table()


def fill_own_class(token):
    _OF_OWN_CLASS[token] = other.load(token)  # LEK101


# An own class that keeps itself small.
class Newest(OrderedDict):
    def __setitem__(self, key, value):
        super().__setitem__(key, value)
        self.popitem(last=False)


_NEWEST = Newest()


def fill_newest(token):
    _NEWEST[token] = other.load(token)  # silent LEK101: def __setitem__(self, key, value): => def keep_one(self, key, value):


# --- Puts that don't look like one ---


# A copy with one key more.
_COPIED_BY_STARS = {}
_COPIED_BY_OR = {}


def one_more_by_stars(token, value):
    global _COPIED_BY_STARS
    _COPIED_BY_STARS = {**_COPIED_BY_STARS, token: value}  # LEK101


def one_more_by_or(token, value):
    global _COPIED_BY_OR
    _COPIED_BY_OR = _COPIED_BY_OR | {token: value}  # LEK101


# The look-up makes what is wanted: a lock for each key.
_MUTEXES = defaultdict(asyncio.Lock)


async def guarded_by_user(user_id):
    async with _MUTEXES[user_id]:  # LEK101
        await other.work(user_id)


# An element under a local name.
_NOTES_BY_USER = defaultdict(list)


def note_under_a_name(user_id, text):
    notes = _NOTES_BY_USER[user_id]  # LEK101
    notes.append(text)


# Counts by input, in the three spellings.
_TIMES_HEARD = {}
_HEARD = Counter()
_HEARD_AGAIN = defaultdict(int)


def on_word(word):
    _TIMES_HEARD[word] = _TIMES_HEARD.get(word, 0) + 1  # LEK101
    _HEARD.update([word])  # LEK101
    _HEARD_AGAIN[word] += 1  # LEK101


# A class attribute under a local name.
class Geocoder:
    _places = {}

    @classmethod
    def locate(cls, address):
        places = cls._places
        if address not in places:
            places[address] = other.load(address)  # LEK101
        return places[address]


# --- Functions of this file that get the container ---


# One that only looks takes nothing out.
_SHOWN = {}


def _show(table):
    print(len(table))


def fill_shown(token):
    _SHOWN[token] = other.load(token)  # LEK101
    _show(_SHOWN)


# One that trims does.
_TRIMMED = {}


def _trim(table):
    while other.low_memory():
        table.popitem()


def fill_trimmed(token):
    _TRIMMED[token] = other.load(token)  # silent LEK101: table.popitem() => print(len(table))
    _trim(_TRIMMED)


# --- A take-out for later, and one for a sibling ---


# The event loop takes it out after a minute.
_FOR_A_MINUTE = {}


def keep_for_a_minute(token, loop):
    _FOR_A_MINUTE[token] = other.load(token)  # silent LEK101: (60, _FOR_A_MINUTE.pop, token) => (60, print, token)
    loop.call_later(60, _FOR_A_MINUTE.pop, token)


# Two tables are filled alike, one of them is forgotten.
_OPEN_ORDERS = {}
_ORDER_TIMES = {}


def on_order(order_id, order):
    _OPEN_ORDERS[order_id] = order
    _ORDER_TIMES[order_id] = order.time  # LEK101


def on_order_done(order_id):
    _OPEN_ORDERS.pop(order_id)
