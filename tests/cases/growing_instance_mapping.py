import asyncio
import socketserver
import threading
import uuid
import weakref
from collections import Counter, OrderedDict, defaultdict
from dataclasses import dataclass
from enum import Enum

import other
from cachetools import TTLCache

# --- The key sounds like an identity, of which there are as many as come in ---

# By the name of a parameter.
class Menus:
    def __init__(self):
        self._menus = {}

    def menu(self, url):
        if url not in self._menus:
            self._menus[url] = other.read(url)  # LEK154
        return self._menus[url]


# By its last word, as an attribute.
class Parcels:
    def __init__(self):
        self.weights = {}

    def weigh(self, parcel):
        self.weights[parcel.order_id] = other.weigh(parcel)  # LEK154

    def weight(self, order_id):
        return self.weights.get(order_id)


# By setdefault, which hands out what it keeps.
class Tunes:
    def __init__(self):
        self._tunes = {}

    def tune(self, topic):
        return self._tunes.setdefault(topic, other.tune(topic))  # LEK154


# In a tuple, a format, a call.
class Fares:
    def __init__(self):
        self._by_pair = {}
        self._by_text = {}
        self._by_call = {}

    def by_pair(self, token, day):
        return self._by_pair.setdefault((token, day), other.fare(token))  # LEK154

    def by_text(self, token):
        return self._by_text.setdefault(f"fare:{token}", other.fare(token))  # LEK154

    def by_call(self, token):
        return self._by_call.setdefault(str(token), other.fare(token))  # LEK154


# Through a local name.
class Keys:
    def __init__(self):
        self._keys = OrderedDict()

    def key(self, visitor):
        mark = visitor.session_key or visitor.uuid
        if mark in self._keys:
            return self._keys[mark]
        made = self._keys[mark] = other.key(visitor)  # LEK154
        return made


# Counted.
class Doors:
    def __init__(self):
        self._knocks = Counter()

    def knock(self, client):
        self._knocks[client] += 1  # LEK154
        return self._knocks[client] > 3


# An element of a defaultdict, and of a dict of lists.
class Wishes:
    def __init__(self):
        self._wishes = defaultdict(list)
        self._hopes = {}

    def wish(self, sid, text):
        self._wishes[sid].append(text)  # LEK154

    def wished(self, sid):
        return self._wishes[sid][-1]

    def hope(self, sid, text):
        self._hopes.setdefault(sid, []).append(text)  # LEK154

    def hoped(self, sid):
        return self._hopes[sid][-1]


# Any other key, in a class of which nothing is known, is a memory of unknown size and life.
class Rhymes:
    def __init__(self):
        self._rhymes = {}

    def rhyme(self, word):
        return self._rhymes.setdefault(word.text, other.rhyme())  # silent LEK154: word.text => word.uuid


# --- The object lives long ---

# It owns a lock.
class Proverbs:
    def __init__(self):
        self._lock = threading.Lock()
        self._proverbs = {}

    def proverb(self, sentence):
        with self._lock:
            if sentence not in self._proverbs:
                self._proverbs[sentence] = other.proverb(sentence)  # LEK154
            return self._proverbs[sentence]


# It starts a thread.
class Tides:
    def __init__(self):
        self._tides = {}
        self._ticking = threading.Thread(target=other.tick, daemon=True)

    def start(self):
        self._ticking.start()

    def tide(self, moment):
        return self._tides.setdefault(moment, other.tide(moment))  # LEK154


# It starts a task.
class Winds:
    def __init__(self):
        self._winds = {}

    async def start(self):
        self._blowing = asyncio.create_task(other.blow())

    def wind(self, moment):
        return self._winds.setdefault(moment, other.wind(moment))  # LEK154


# Its name says so.
class WeatherService:
    def __init__(self):
        self._forecasts = {}

    def forecast(self, moment):
        return self._forecasts.setdefault(moment, other.forecast(moment))  # LEK154


# Its base says so.
class Weather(socketserver.ThreadingTCPServer):
    def __init__(self):
        self._clouds = {}

    def cloud(self, moment):
        return self._clouds.setdefault(moment, other.cloud(moment))  # LEK154


# The module makes the one object.
class Almanac:
    def __init__(self):
        self._pages = {}

    def page(self, moment):
        return self._pages.setdefault(moment, other.page(moment))  # LEK154


almanac = Almanac()


# A function makes it: it lives as long as its caller wants.
class Calendar:
    def __init__(self):
        self._days = {}

    def day(self, moment):
        return self._days.setdefault(moment, other.day(moment))  # silent LEK154: today = None => today = Calendar()


today = None


def new_calendar():
    return Calendar()


# A lock that is made for the call is not the object's.
class Stars:
    def __init__(self):
        self._stars = {}

    def star(self, moment):
        gate = threading.RLock()
        with gate:
            return self._stars.setdefault(moment, other.star(gate))  # silent LEK154: gate = => gate = self.gate =


# --- The put stands in handler code ---

class Echoes:
    def __init__(self):
        self._echoes = {}

    def on_sound(self, sound):
        self._echoes[sound.text] = sound  # LEK154

    def echo(self, text):
        return self._echoes.get(text)


# Handlers go by their parameters too.
class Answers:
    def __init__(self):
        self._answers = {}

    def answer(self, request):
        if request.text not in self._answers:
            self._answers[request.text] = other.answer(request)  # LEK154
        return self._answers[request.text]


# The same in a method of any name.
class Murmurs:
    def __init__(self):
        self._murmurs = {}

    def murmur(self, sound):
        self._murmurs[sound.text] = sound  # silent LEK154: def murmur(self => def on_murmur(self

    def last(self, text):
        return self._murmurs.get(text)


# --- Only the end of the object takes out ---

class Lamps:
    def __init__(self):
        self._lamps = {}

    def lamp(self, token):
        return self._lamps.setdefault(token, other.lamp())  # LEK154

    def shutdown(self):
        for lamp in self._lamps.values():
            lamp.off()
        self._lamps.clear()


# --- With stronger evidence it is the other rule's ---

# The key is made in the call.
class Orders:
    def __init__(self):
        self._orders = {}

    def order(self, what):
        token = uuid.uuid4().hex
        self._orders[token] = what  # LEK104
        return token

    def ordered(self, token):
        return self._orders[token]


# A lock for each key, on an object that lives long.
class OrderLockManager:
    def __init__(self):
        self._order_locks = {}

    def lock(self, order_id):
        return self._order_locks.setdefault(order_id, threading.Lock())  # LEK104


# It is weaker where nothing says so.
class Tills:
    def __init__(self):
        self._till_locks = {}

    def lock(self, till_id):
        return self._till_locks.setdefault(till_id, threading.Lock())  # LEK154


# Or where the object ends with a connection, whatever it owns.
class TillConnection:
    def __init__(self):
        self._lock = threading.Lock()
        self._drawer_locks = {}

    def lock(self, drawer_id):
        return self._drawer_locks.setdefault(drawer_id, threading.Lock())  # LEK154


# --- The key is one of a handful ---

# Words for what a program is made of, on an object that lives long.
class PageServer:
    def __init__(self):
        self._by_language = {}
        self._by_host = {}
        self._by_api = {}

    def in_language(self, language):
        return self._by_language.setdefault(language, other.page())  # silent LEK154: (language, => (language.text,

    def at_host(self, host, port):
        return self._by_host.setdefault((host, port), other.page())  # silent LEK154: port), => port.text),

    def of_api(self, api_url):
        return self._by_api.setdefault(api_url, other.page())  # silent LEK154: (api_url, => (api_url.text,


# Types, constants, members of an enumeration, flags.
class Season(Enum):
    SPRING = 1


class SeasonServer:
    def __init__(self):
        self._by_type = {}
        self._by_name = {}
        self._by_season = {}
        self._by_flag = {}

    def typed(self, value):
        return self._by_type.setdefault(type(value), value)  # silent LEK154: (type(value), => (repr(value),

    def named(self, value):
        return self._by_name.setdefault("latest", value)  # silent LEK154: ("latest", => (value.text,

    def seasoned(self, season: Season):
        return self._by_season.setdefault(season, [])  # silent LEK154: season: Season => season: str

    def flagged(self, warm: bool):
        return self._by_flag.setdefault(warm, [])  # silent LEK154: warm: bool => warm: float


# A counter over the names of metrics.
class MeterServer:
    def __init__(self):
        self._ticks = Counter()

    def count(self, metric):
        self._ticks[metric] += 1  # silent LEK154: metric] += 1 => metric.text] += 1

    def counted(self, metric):
        return self._ticks[metric]


# --- Something takes out ---

class Stoves:
    def __init__(self):
        self._stoves = {}

    def stove(self, token):
        return self._stoves.setdefault(token, other.stove())  # silent LEK154: self._stoves.pop(token) => print(token)

    def cold(self, token):
        self._stoves.pop(token)


# Its size is looked at.
class Kettles:
    def __init__(self):
        self._kettles = {}

    def kettle(self, token):
        if len(self._kettles) > 99:
            raise RuntimeError(token)
        return self._kettles.setdefault(token, other.kettle())  # silent LEK154: len(self._kettles) > 99 => not token


# When it is stale.
class Breads:
    def __init__(self):
        self._breads = {}

    def bread(self, token):
        return self._breads.setdefault(token, other.bread())  # silent LEK154: del self._breads[old] => print(old)

    def sweep(self):
        for old in other.stale():
            if self._breads[old].stale:
                del self._breads[old]


# Bound anew in a working method.
class Clocks:
    def __init__(self):
        self._clocks = {}

    def clock(self, token):
        return self._clocks.setdefault(token, other.clock())  # silent LEK154: def midnight(self): => def close(self):

    def midnight(self):
        self._clocks = {}


# When the object of the key dies.
class Owners:
    def __init__(self):
        self._owned = {}

    def own(self, client):
        weakref.finalize(client, self._owned.pop, id(client), None)
        return self._owned.setdefault(id(client), other.thing())  # silent LEK154: self._owned.pop, => print,


# Through a name that is made up.
class Halves:
    def __init__(self):
        self._left = {}

    def left(self, token):
        return self._left.setdefault(token, other.half())  # silent LEK154: getattr(self, side) => print(side)

    def forget(self, side, token):
        del getattr(self, side)[token]


# --- Not a container that keeps everything ---

class Sessions:
    def __init__(self):
        self._timed = TTLCache(100, 60)

    def session(self, token):
        return self._timed.setdefault(token, other.session())  # silent LEK154: TTLCache(100, 60) => {}


class Friends:
    def __init__(self):
        self._weak = weakref.WeakKeyDictionary()

    def friend(self, peer):
        return self._weak.setdefault(peer, other.friend())  # silent LEK154: weakref.WeakKeyDictionary() => {}


class Given:
    def __init__(self, given):
        self._given = given

    def gift(self, token):
        return self._given.setdefault(token, other.gift())  # silent LEK154: self._given = given => self._given = {}


# --- What was collected is the product ---

class Herbarium:
    def __init__(self):
        self._leaves = {}

    def leaf(self, sid):
        return self._leaves.setdefault(sid, other.leaf())  # silent LEK154: self._leaves.values() => ()

    def all(self):
        return self._leaves.values()


class Library:
    def __init__(self):
        self._books = {}

    def book(self, url):
        return self._books.setdefault(url, other.book())  # silent LEK154: in self._books.items() => in ()

    def print(self):
        for url, book in self._books.items():
            print(url, book)


class Quarry:
    def __init__(self):
        self.stones = {}

    def stone(self, token):
        made = self.stones.setdefault(token, other.stone())  # silent LEK154: return self.stones => return None
        return made

    def result(self):
        return self.stones


class Sieve:
    def __init__(self):
        self._grains = {}

    def grain(self, token):
        return self._grains.setdefault(token, other.grain())  # silent LEK154: max(self._grains) => max(1, 2)

    def largest(self):
        return max(self._grains)


# Handed to code that we don't see.
class Posts:
    def __init__(self):
        self._posts = {}

    def post(self, url):
        return self._posts.setdefault(url, other.post())  # silent LEK154: other.save(self._posts) => other.save()

    def save(self):
        other.save(self._posts)


# --- What is kept was handed in to be kept ---

class Shelf:
    def __init__(self):
        self._jars = {}

    def add_jar(self, token, jar):
        self._jars[token] = jar  # silent LEK154: def add_jar(self => def fill(self

    def jar(self, token):
        return self._jars[token]


class Rack:
    def __init__(self):
        self._hats = {}

    def set_hat(self, token, hat):
        other.brush(hat)
        self._hats[token] = hat  # silent LEK154: def set_hat(self => def hang(self

    def hat(self, token):
        return self._hats[token]


# A mapping's own door for puts.
class Chest:
    def __init__(self):
        self._things = {}

    def __setitem__(self, token, thing):
        self._things[token] = thing  # silent LEK154: def __setitem__(self => def lay(self

    def __getitem__(self, token):
        return self._things[token]


# --- The object does not live long ---

class TokenLexer:
    def __init__(self):
        self._lexed = {}

    def lex(self, token):
        return self._lexed.setdefault(token, other.lex())  # silent LEK154: class TokenLexer => class TokenFlock


class PageResponse:
    def __init__(self):
        self._links = {}

    def link(self, url):
        return self._links.setdefault(url, other.link())  # silent LEK154: class PageResponse => class PageFlock


class MoveCommand:
    def __init__(self):
        self._moves = {}

    def move(self, peer):
        return self._moves.setdefault(peer, other.move())  # silent LEK154: class MoveCommand => class MoveFlock


# A short life by its base, whatever it owns.
class Failure(other.BaseError):
    def __init__(self):
        self._lock = threading.Lock()
        self._reasons = {}

    def reason(self, token):
        return self._reasons.setdefault(token, other.reason())  # silent LEK154: Failure(other.BaseError) => Failure


# By its decorator.
@dataclass
class Card:
    title: str

    def __post_init__(self):
        self._notes = {}

    def note(self, user):
        return self._notes.setdefault(user, other.note())  # silent LEK154: @dataclass => @other.thing


# --- It does not repeat, or adds nothing new ---

class Crew:
    def __init__(self):
        self._crew = {}

    def initialize_crew(self, tokens):
        for token in tokens:
            self._crew[token] = other.sailor()  # silent LEK154: def initialize_crew( => def crew(

    def sailor(self, token):
        return self._crew[token]


# Only a key that is there already.
class Scores:
    def __init__(self, tokens):
        self._scores = dict.fromkeys(tokens, 0)

    def score(self, token):
        if token not in self._scores:
            raise KeyError(token)
        self._scores[token] = 1  # silent LEK154: if token not in self._scores: => if not token:

    def scored(self, token):
        return self._scores[token]
