import asyncio
import itertools
import json
import secrets
import threading
import time
import uuid
import weakref
from ast import NodeVisitor
from collections import Counter, OrderedDict, defaultdict
from dataclasses import dataclass, field
from enum import Enum
from functools import partial

import other
from cachetools import LRUCache

# --- Another container of the object gets the same key, and loses it; this one is forgotten ---

# The sibling is popped from.
class Streams:
    def __init__(self):
        self.queues = {}
        self.offsets = {}

    def begin(self, ticket, lane):
        self.queues[ticket] = lane
        self.offsets[ticket] = 0  # LEK104

    def offset(self, ticket):
        return self.offsets[ticket]

    def finish(self, ticket):
        self.queues.pop(ticket, None)


# The sibling is deleted from; the key is an attribute of a parameter.
class Lounge:
    def __init__(self):
        self.guests = {}
        self.arrived = {}

    def welcome(self, guest):
        self.arrived[guest.badge] = time.time()  # LEK104
        self.guests[guest.badge] = guest

    def since(self, guest):
        return self.arrived.get(guest.badge)

    def goodbye(self, guest):
        del self.guests[guest.badge]


# The sibling is a set; the forgotten one is filled by setdefault and found by `in`.
class Races:
    def __init__(self):
        self.running = set()
        self.laps = {}

    def lap(self, runner, seconds):
        self.running.add(runner)
        self.laps.setdefault(runner, []).append(seconds)  # LEK104

    def has_run(self, runner):
        return runner in self.laps

    def out(self, runner):
        self.running.discard(runner)


# The sibling is pruned by a base class.
class Tables:
    def __init__(self):
        self.booked = {}
        self.wishes = {}

    def leave(self, party):
        self.booked.pop(party)


class QuietTables(Tables):
    def book(self, party, wish):
        self.booked[party] = other.table()
        self.wishes[party] = wish  # LEK104

    def wish(self, party):
        return self.wishes[party]


# In a nested function, through an alias.
class Ferry:
    def __init__(self):
        self.aboard = {}
        self.fares = {}

    def board(self, passengers):
        fares = self.fares

        def board_one(passenger):
            self.aboard[passenger] = True
            fares[passenger] = other.fare(passenger)  # LEK104

        other.each(passengers, board_one)

    def fare(self, passenger):
        return self.fares[passenger]

    def ashore(self, passenger):
        self.aboard.pop(passenger)


# Only the end of the object takes out of it.
class Harbour:
    def __init__(self):
        self.moored = {}
        self.fees = {}

    def moor(self, ship):
        self.moored[ship] = other.berth()
        self.fees[ship] = 0  # LEK104

    def fee(self, ship):
        return self.fees[ship]

    def cast_off(self, ship):
        del self.moored[ship]

    def close(self):
        self.moored.clear()
        self.fees.clear()


# An adder and its remover, which forgets one of two.
class Switchboard:
    def __init__(self):
        self._lines = {}
        self._tones = {}

    def add_caller(self, caller, tone):
        self._lines[caller] = other.line()
        self._tones[caller] = tone  # LEK104

    def remove_caller(self, caller):
        del self._lines[caller]

    def tone(self, caller):
        return self._tones[caller]


# Nobody loses a key: there is no sibling that shows what was forgotten.
class Tombola:
    def __init__(self):
        self._drawn = {}
        self._prizes = {}

    def draw(self, ticket):
        self._drawn[ticket] = True
        self._prizes[ticket] = other.prize()  # silent LEK104: self._drawn.get(ticket) => self._drawn.pop(ticket)

    def prize(self, ticket):
        return self._drawn.get(ticket) and self._prizes[ticket]


# The sibling loses keys at the end of the object only.
class Choir:
    def __init__(self):
        self._voices = {}
        self._pitches = {}

    def sing(self, singer):
        self._voices[singer] = other.voice()
        self._pitches[singer] = 440  # silent LEK104: def shutdown(self): => def rest(self):

    def pitch(self, singer):
        return self._voices[singer], self._pitches[singer]

    def shutdown(self):
        for singer in list(self._voices):
            del self._voices[singer]


# The sibling gets another key.
class Hotel:
    def __init__(self):
        self._rooms = {}
        self._bills = {}

    def check_in(self, guest, bill):
        self._rooms[guest] = other.room()
        self._bills[bill.text] = bill  # silent LEK104: self._bills[bill.text] => self._bills[guest]

    def bill(self, text):
        return self._bills[text]

    def check_out(self, guest):
        self._rooms.pop(guest)


# The sibling gets its key in another function.
class Cinema:
    def __init__(self):
        self._seated = {}
        self._tastes = {}

    def seat(self, viewer):
        self._seated[viewer] = other.seat()

    def rate(self, viewer, stars):
        self._tastes[viewer] = stars  # silent LEK104: = stars => = self._seated[viewer] = stars

    def taste(self, viewer):
        return self._tastes[viewer]

    def rise(self, viewer):
        self._seated.pop(viewer)


# Both lose the key.
class Theatre:
    def __init__(self):
        self._inside = {}
        self._coats = {}

    def enter(self, viewer):
        self._inside[viewer] = True
        self._coats[viewer] = other.coat()  # silent LEK104: self._coats.pop(viewer) => self._coats.get(viewer)

    def go(self, viewer):
        self._inside.pop(viewer)
        return self._coats.pop(viewer)


# --- The key is made in the call: each call adds one ---

# uuid4
class Jobs:
    def __init__(self):
        self._jobs = {}

    def begin(self, job):
        ticket = uuid.uuid4()
        self._jobs[ticket] = job  # LEK104
        return ticket

    def look(self, ticket):
        return self._jobs[ticket]


# Its text, in one expression.
class Exports:
    def __init__(self):
        self._exports: dict[str, object] = {}

    def begin(self, what):
        self._exports[uuid.uuid4().hex] = what  # LEK104

    def look(self, ticket):
        return self._exports.get(ticket)


# A random text.
class Invitations:
    def __init__(self):
        self._invitations = dict()

    def invite(self, friend):
        slip = secrets.token_hex(8)
        self._invitations[slip] = friend  # LEK104
        return slip

    def who(self, slip):
        return self._invitations.get(slip)


# object()
class Claims:
    def __init__(self):
        self._claims = {}

    def claim(self, field_):
        mark = object()
        self._claims[mark] = field_  # LEK104
        return mark

    def claimed(self, mark):
        return self._claims[mark]


# The id of an object that is made in the call.
class Panels:
    def __init__(self):
        self._titles = {}

    def panel(self, title):
        made = other.Panel()
        self._titles[id(made)] = title  # LEK104
        return made

    def title(self, made):
        return self._titles[id(made)]


# The time.
class Marks:
    def __init__(self):
        self._marks = {}

    def mark(self, text):
        self._marks[time.time()] = text  # LEK104

    def at(self, moment):
        return self._marks[moment]


# The next number.
class Calls:
    def __init__(self):
        self._numbers = itertools.count()
        self._calls = {}

    def call(self, text):
        number = next(self._numbers)
        self._calls[number] = text  # LEK104
        return number

    def text(self, number):
        return self._calls[number]


# The next number, counted by hand.
class Waits:
    def __init__(self):
        self._serial = 0
        self._waits = {}

    def wait(self, text):
        self._serial += 1
        self._waits[self._serial] = text  # LEK104
        return self._serial

    def text(self, number):
        return self._waits[number]


# A key that the caller gives may be the same each time.
class Letters:
    def __init__(self):
        self._letters = {}

    def write(self, slip, text):
        self._letters[slip] = text  # silent LEK104: self._letters[slip] = text => self._letters[uuid.uuid4()] = text

    def letter(self, slip):
        return self._letters[slip]


# What was made in the call is taken out in the call.
class Visits:
    def __init__(self):
        self._visits = {}

    def visit(self, work):
        slip = uuid.uuid4()
        self._visits[slip] = work  # silent LEK104: del self._visits[slip] => work()
        try:
            return work()
        finally:
            del self._visits[slip]


# --- Private, and nothing reads it ---

class Trail:
    def __init__(self):
        self._walked = {}

    def walk(self, step, now):
        self._walked[step] = now  # LEK104


# Counted, but nobody looks at the count.
class Turnstile:
    def __init__(self):
        self._passed = Counter()

    def turn(self, visitor):
        self._passed[visitor] += 1  # LEK104


# Many at once.
class Ledger:
    def __init__(self):
        self._entries = {}

    def book(self, entries):
        self._entries.update(entries)  # LEK104


# Something reads it: it is a memory, and how much it meets is not known.
class Glossary:
    def __init__(self):
        self._meanings = {}

    def meaning(self, sentence):
        self._meanings[sentence] = other.meaning(sentence)  # silent LEK104: self._meanings.get(sentence) => sentence

    def known(self, sentence):
        return self._meanings.get(sentence)


# Public: other files may read it, and take out.
class Orchard:
    def __init__(self):
        self.picked = {}

    def pick(self, apple):
        self.picked[apple.text] = apple  # silent LEK104: self.picked[apple.text] => self.picked[secrets.token_hex()]


class OwnOrchard:
    def __init__(self):
        self._gathered = {}

    def gather(self, apple):
        self._gathered[apple.text] = apple  # LEK104


# Another class of the file reads it.
class Diary:
    def __init__(self):
        self._days = {}

    def write(self, moment, text):
        self._days[moment] = text  # silent LEK104: diary._days[moment] => diary.days[moment]


def day(diary: Diary, moment):
    return diary._days[moment]


# --- A lock, an event, a queue or a future for each key ---

class LocksManager:
    def __init__(self):
        self._locks = {}

    def lock(self, key):
        if key not in self._locks:
            self._locks[key] = threading.Lock()  # LEK104
        return self._locks[key]


# setdefault
class GatesManager:
    def __init__(self):
        self._gates = {}

    def gate(self, digest):
        return self._gates.setdefault(digest, asyncio.Event())  # LEK104


# Made first, then kept.
class TurnsManager:
    def __init__(self):
        self._turns = {}

    async def turn(self, digest):
        turn = self._turns.get(digest)
        if turn is None:
            turn = asyncio.Semaphore(2)
            self._turns[digest] = turn  # LEK104
        async with turn:
            return await other.work(digest)


# A default value for each key.
class GuardsManager:
    def __init__(self):
        self._guards = defaultdict(threading.RLock)

    def guarded(self, digest, work):
        with self._guards[digest]:  # LEK104
            return work()


# A future, a condition and a queue for each key.
class AnswersManager:
    def __init__(self):
        self._futures = {}
        self._conditions = {}
        self._lanes = {}

    def ask(self, question):
        future = self._futures[question] = asyncio.get_running_loop().create_future()  # LEK104
        return future

    def answer(self, question, text):
        self._futures[question].set_result(text)

    def condition(self, question):
        return self._conditions.setdefault(question, threading.Condition())  # LEK104

    def lane(self, question):
        return self._lanes.setdefault(question, asyncio.Queue(10))  # LEK104


# Any other value is a memory: weaker, and nothing without a long-lived object.
class DiceManager:
    def __init__(self):
        self._dice = {}

    def die(self, digest):
        return self._dice.setdefault(digest, other.Die())  # LEK154


class Masks:
    def __init__(self):
        self._masks = {}

    def mask(self, digest):
        return self._masks.setdefault(digest, other.Mask())  # silent LEK154: other.Mask() => threading.Lock()


# A lock for each of a few: the key is a word for what a program is made of.
class FilesManager:
    def __init__(self):
        self._by_path = {}

    def of(self, path):
        return self._by_path.setdefault(path, threading.Lock())  # silent LEK104: (path, => (path.text,


# --- A handler keeps what arrives, by its identity, on an object that lives long ---

# The object starts a thread.
class Desk:
    def __init__(self):
        self._drafts = {}
        threading.Thread(target=self._work, daemon=True).start()

    def _work(self):
        other.work()

    def on_message(self, message):
        self._drafts[message.chat_id] = message  # LEK104

    def draft(self, chat_id):
        return self._drafts.get(chat_id)


# It starts a task.
class Relay:
    def __init__(self):
        self.positions = {}
        self.ticking = None

    async def start(self):
        self.ticking = asyncio.create_task(other.tick())

    async def handle_frame(self, frame):
        self.positions[frame.client_id] = frame  # LEK104

    def position(self, client_id):
        return self.positions[client_id]


# It starts a timer.
class Pulse:
    def __init__(self):
        self.beats = {}
        timer = threading.Timer(60, other.tick)
        timer.daemon = True
        timer.start()

    def on_beat(self, peer):
        self.beats[peer] = time.time()  # LEK104

    def last(self, peer):
        return self.beats.get(peer)


# It owns a lock: weaker.
class Carts:
    def __init__(self):
        self._lock = threading.Lock()
        self.carts = {}

    def cart(self, request):
        with self._lock:
            if request.session_id not in self.carts:
                self.carts[request.session_id] = other.Cart()  # LEK154
            return self.carts[request.session_id]


# It loops for ever.
class Inbox:
    def __init__(self, wire):
        self.wire = wire
        self.latest = {}

    async def run(self):
        while True:
            self.handle_mail(await self.wire.next())

    def handle_mail(self, mail):
        self.latest[mail.user_id] = mail  # LEK104

    def of(self, user_id):
        return self.latest.get(user_id)


# The module makes the one object.
class Moods:
    def __init__(self):
        self.moods = {}

    def on_mood(self, event):
        self.moods[event.user] = event.mood  # LEK104

    def mood(self, user):
        return self.moods.get(user, "fine")


MOODS = Moods()


# Only its name says so, or that of its base: weaker.
class ChatServer:
    def __init__(self):
        self.nicknames = {}

    def on_nickname(self, event):
        self.nicknames[event.token] = event.text  # LEK154

    def nickname(self, token):
        return self.nicknames[token]


class Hall(other.BaseManager):
    def __init__(self):
        super().__init__()
        self.etags = {}

    def process_page(self, page):
        self.etags[page.url] = page.etag  # LEK154

    def etag(self, url):
        return self.etags.get(url)


# A local name stands between.
class TopicBroker:
    def __init__(self):
        self.offsets = {}

    def handle(self, message):
        topic = message.topic
        key = (topic, message.client_id)
        self.offsets[key] = message.offset  # LEK154

    def offset(self, topic, client_id):
        return self.offsets[topic, client_id]


# One of the three is missing: that is weaker evidence. No long life:
class Notes:
    def __init__(self):
        self.notes = {}

    def on_note(self, note):
        self.notes[note.chat_id] = note  # LEK154

    def note(self, chat_id):
        return self.notes.get(chat_id)


# No handler:
class NoteServer:
    def __init__(self):
        self.notes = {}

    def keep(self, note):
        self.notes[note.chat_id] = note  # LEK154

    def note(self, chat_id):
        return self.notes.get(chat_id)


# No identity:
class WordServer:
    def __init__(self):
        self.words = {}

    def on_word(self, word):
        self.words[word.text] = word  # LEK154

    def word(self, text):
        return self.words.get(text)


# --- The leak, by how the container is bound ---

# One of two containers, by what came in.
class RoomsManager:
    def __init__(self, rooms=None):
        self._rooms = {} if rooms is None else rooms

    def room(self, key):
        return self._rooms.setdefault(key, threading.Lock())  # LEK104


# Annotated in the class, made in `__init__`.
class LateRoomsManager:
    _rooms: "dict[str, threading.Lock] | None" = None

    def __init__(self):
        self._rooms = OrderedDict()

    def room(self, key):
        return self._rooms.setdefault(key, threading.Lock())  # LEK104


# A base class of the file binds it.
class Floor:
    def __init__(self):
        self._cells = {}


class UpperFloorManager(Floor):
    def cell(self, key):
        return self._cells.setdefault(key, threading.Lock())  # LEK104


# A class of fields.
@dataclass
class RoomManager:
    _rooms: dict = field(default_factory=dict)

    def room(self, key):
        return self._rooms.setdefault(key, threading.Lock())  # LEK104


# Made on first use, which is no new start.
class LazyRoomsManager:
    def __init__(self):
        self._rooms = None

    def room(self, key):
        if self._rooms is None:
            self._rooms = {}
        return self._rooms.setdefault(key, threading.Lock())  # LEK104


# --- Not a container that keeps everything ---

# It was passed in: its giver bounds it.
class BorrowedManager:
    def __init__(self, lent):
        self._lent = lent

    def lock(self, key):
        return self._lent.setdefault(key, threading.Lock())  # silent LEK104: self._lent = lent => self._lent = {}


# It evicts.
class RecentManager:
    def __init__(self):
        self._recent = LRUCache(maxsize=100)

    def lock(self, key):
        return self._recent.setdefault(key, threading.Lock())  # silent LEK104: LRUCache(maxsize=100) => dict()


# A class of the file that evicts.
class Small(OrderedDict):
    def __setitem__(self, key, value):
        super().__setitem__(key, value)
        while len(self) > 100:
            self.popitem(last=False)


class SmallerManager:
    def __init__(self):
        self._small = Small()

    def lock(self, key):
        return self._small.setdefault(key, threading.Lock())  # silent LEK104: self._small = Small() => self._small = {}


# It lets go of what nobody holds.
class WeakManager:
    def __init__(self):
        self._weak = weakref.WeakValueDictionary()

    def lock(self, key):
        return self._weak.setdefault(key, threading.Lock())  # silent LEK104: weakref.WeakValueDictionary() => {}


# --- Only the end of the object takes out ---

class CabinManager:
    def __init__(self):
        self._closed = {}

    def lock(self, key):
        return self._closed.setdefault(key, threading.Lock())  # LEK104

    def close(self):
        self._closed.clear()


class BarnManager:
    def __init__(self):
        self._stopped = {}

    def lock(self, key):
        return self._stopped.setdefault(key, threading.Lock())  # LEK104

    async def stop(self):
        self._stopped = {}


class TentManager:
    def __init__(self):
        self._left = {}

    def __enter__(self):
        return self

    def lock(self, key):
        return self._left.setdefault(key, threading.Lock())  # LEK154

    def __exit__(self, *exc_info):
        while self._left:
            self._left.popitem()


# A method that works, and not only at the end.
class HutManager:
    def __init__(self):
        self._swept = {}

    def lock(self, key):
        return self._swept.setdefault(key, threading.Lock())  # silent LEK104: def tidy_up(self): => def stop(self):

    def tidy_up(self):
        self._swept.clear()


# The end of the object calls what works.
class CaveManager:
    def __init__(self):
        self._emptied = {}

    def lock(self, key):
        return self._emptied.setdefault(key, threading.Lock())  # silent LEK104: self._emptied.clear() => print(self)

    def empty(self):
        self._emptied.clear()

    def close(self):
        self.empty()


# --- Something takes out: verbs ---

class PoppedManager:
    def __init__(self):
        self._popped = {}

    def lock(self, key):
        return self._popped.setdefault(key, threading.Lock())  # silent LEK104: self._popped.pop(key) => print(key)

    def unlock(self, key):
        self._popped.pop(key)


class OldestManager:
    def __init__(self):
        self._oldest = OrderedDict()

    def lock(self, key):
        made = self._oldest[key] = threading.Lock()  # silent LEK104: self._oldest.popitem(last=False) => print(key)
        self._oldest.popitem(last=False)
        return made


class DeletedManager:
    def __init__(self):
        self._deleted = {}

    def lock(self, key):
        return self._deleted.setdefault(key, threading.Lock())  # silent LEK104: del self._deleted[key] => print(key)

    def unlock(self, key):
        del self._deleted[key]


# Bound anew.
class ReboundManager:
    def __init__(self):
        self._rebound = {}

    def lock(self, key):
        return self._rebound.setdefault(key, threading.Lock())  # silent LEK104: self._rebound = dict() => print(self)

    def next_day(self):
        self._rebound = dict()


# A working method makes it, each time anew.
class RenewedManager:
    def renew(self):
        self._renewed = {}

    def lock(self, key):
        return self._renewed.setdefault(key, threading.Lock())  # silent LEK104: def renew(self) => def __init__(self)


# Swapped and drained.
class SwappedManager:
    def __init__(self):
        self._swapped = {}

    def lock(self, key):
        return self._swapped.setdefault(key, threading.Lock())  # silent LEK104: old, self._swapped = => old, _ =

    def flush(self):
        old, self._swapped = self._swapped.get("old"), {}
        return old


# Pruned and bound anew.
class PrunedManager:
    def __init__(self):
        self._pruned = {}

    def lock(self, key):
        return self._pruned.setdefault(key, threading.Lock())  # silent LEK104: self._pruned = {k: => kept = {k:

    def prune(self, alive):
        self._pruned = {k: self._pruned[k] for k in alive}


# A size guard.
class GuardedManager:
    def __init__(self):
        self._guarded = {}

    def lock(self, key):
        if len(self._guarded) > 1000:
            raise RuntimeError(key)
        return self._guarded.setdefault(key, threading.Lock())  # silent LEK104: len(self._guarded) > 1000 => not key


# A sweep of what is stale, in a thread.
class StaleManager:
    def __init__(self):
        self._stale = {}
        threading.Thread(target=self._sweep, daemon=True).start()

    def lock(self, key):
        return self._stale.setdefault(key, threading.Lock())  # silent LEK104: self._stale.pop(old, None) => print(old)

    def _sweep(self):
        for old in other.stale():
            self._stale.pop(old, None)


# --- Something takes out: spellings ---

# As a done callback.
class Asked:
    def __init__(self):
        self._asked = {}

    def ask(self, question):
        future = self._asked[question] = asyncio.Future()  # silent LEK104: partial(self._asked.pop, question) => print
        future.add_done_callback(partial(self._asked.pop, question))
        return future


# As a timer, through a method.
class BriefManager:
    def __init__(self, loop):
        self._brief = {}
        self._loop = loop

    def ask(self, question):
        self._loop.call_later(60, self._brief.pop, question)
        return self._brief.setdefault(question, asyncio.Event())  # silent LEK104: 60, self._brief.pop, => 60, print,


# In a lambda.
class LazyManager:
    def __init__(self):
        self._lazy = {}

    def tie(self, thing, digest):
        weakref.finalize(thing, lambda: self._lazy.pop(digest))
        return self._lazy.setdefault(digest, asyncio.Event())  # silent LEK104: lambda: self._lazy.pop(digest) => print


# Through an alias.
class AliasedManager:
    def __init__(self):
        self._aliased = {}

    def lock(self, key):
        return self._aliased.setdefault(key, threading.Lock())  # silent LEK104: table.pop(stale) => print(stale)

    def sweep(self, stale):
        table = self._aliased
        table.pop(stale)


# In a loop over several tables.
class SeveralManager:
    def __init__(self):
        self._north = {}
        self._south = {}

    def north(self, key):
        return self._north.setdefault(key, threading.Lock())  # silent LEK104: (self._north, => (

    def south(self, key):
        return self._south.get(key)

    def sweep(self):
        for each in (self._north, self._south):
            each.clear()


# By a helper of the file.
def drop_from(table, stale):
    for each in stale:
        table.pop(each)


class HelpedManager:
    def __init__(self):
        self._helped = {}

    def lock(self, key):
        return self._helped.setdefault(key, threading.Lock())  # silent LEK104: drop_from(self._helped, => print(

    def sweep(self, stale):
        drop_from(self._helped, stale)


# By a subclass.
class ParentManager:
    def __init__(self):
        self._by_child = {}

    def lock(self, key):
        return self._by_child.setdefault(key, threading.Lock())  # silent LEK104: self._by_child.pop => print


class Child(ParentManager):
    def unlock(self, key):
        self._by_child.pop(key)


# By a base class.
class Elder:
    def unlock(self, key):
        self._by_elder.pop(key)


class YoungerManager(Elder):
    def __init__(self):
        self._by_elder = {}

    def lock(self, key):
        return self._by_elder.setdefault(key, threading.Lock())  # silent LEK104: self._by_elder.pop => print


# From outside, through a name that is known to be of the class, or through any name.
class PlainManager:
    def __init__(self):
        self._by_friend = {}
        self._by_stranger = {}

    def lock(self, key):
        return self._by_friend.setdefault(key, threading.Lock())  # silent LEK104: plain._by_friend.pop => print

    def other_lock(self, key):
        return self._by_stranger.setdefault(key, threading.Lock())  # silent LEK104: it._by_stranger.pop => print


def unlock_plain(plain: PlainManager, key):
    plain._by_friend.pop(key)


def unlock_any(it, key):
    it._by_stranger.pop(key)


# Through a name that is made up.
class MadeUpManager:
    def __init__(self):
        self._made_up = {}

    def lock(self, key):
        return self._made_up.setdefault(key, threading.Lock())  # silent LEK104: getattr(self, title) => set

    def reset(self, title):
        getattr(self, title).clear()


class VariedManager:
    def __init__(self):
        self._varied = {}

    def lock(self, key):
        return self._varied.setdefault(key, threading.Lock())  # silent LEK104: vars(self).values() => ()

    def reset(self):
        for table in vars(self).values():
            table.clear()


# --- The container gets into other hands ---

class ReturnedManager:
    def __init__(self):
        self._returned = {}

    def lock(self, key):
        made = self._returned.setdefault(key, threading.Lock())  # silent LEK104: return self._returned => return None
        return made

    @property
    def locks(self):
        return self._returned


class YieldedManager:
    def __init__(self):
        self._yielded = {}

    def lock(self, key):
        return self._yielded.setdefault(key, threading.Lock())  # silent LEK104: yield self._yielded => yield

    def locks(self):
        yield self._yielded


class PassedManager:
    def __init__(self):
        self._passed_on = {}
        other.sweep_daily(self._passed_on)

    def lock(self, key):
        return self._passed_on.setdefault(key, threading.Lock())  # silent LEK104: sweep_daily(self._passed_on) => x


class StoredManager:
    def __init__(self, friend):
        self._stored = {}
        friend.table = self._stored

    def lock(self, key):
        return self._stored.setdefault(key, threading.Lock())  # silent LEK104: = self._stored => = {}


# --- Read in bulk: what was collected is the product ---

class Album:
    def __init__(self):
        self._photos = {}

    def shoot(self, photo):
        self._photos[uuid.uuid4()] = photo  # silent LEK104: for photo in self._photos: => for photo in ():

    def show(self):
        for photo in self._photos:
            print(photo)


class Basket:
    def __init__(self):
        self._fruits = {}

    def pick(self, fruit):
        self._fruits[uuid.uuid4()] = fruit  # silent LEK104: self._fruits.values() => ()

    def weight(self):
        return sum(fruit.weight for fruit in self._fruits.values())


class Atlas:
    def __init__(self):
        self._maps = {}

    def draw(self, sheet):
        self._maps[uuid.uuid4()] = sheet  # silent LEK104: list(self._maps) => []

    def titles(self):
        return list(self._maps)


class Census:
    def __init__(self):
        self._people = {}

    def count(self, person):
        self._people[uuid.uuid4()] = person  # silent LEK104: json.dumps(self._people) => json.dumps({})

    def dump(self):
        return json.dumps(self._people)


class Mosaic:
    def __init__(self):
        self._stones = {}

    def lay(self, stone):
        self._stones[uuid.uuid4()] = stone  # silent LEK104: {**self._stones} => {}

    def all(self):
        return {**self._stones}


# --- The object does not live long ---

# By its name.
class RowParser:
    def __init__(self):
        self._row_locks = {}

    def lock(self, key):
        return self._row_locks.setdefault(key, threading.Lock())  # silent LEK104: class RowParser => class RowManager


class QueryBuilder:
    def __init__(self):
        self._terms = {}

    def term(self, text):
        slip = uuid.uuid4()
        self._terms[slip] = text  # silent LEK104: class QueryBuilder => class QueryPalace
        return slip

    def text(self, slip):
        return self._terms[slip]


class ShopRequest:
    def __init__(self):
        self._facts = {}
        self._open = {}

    def begin(self, ticket, fact):
        self._open[ticket] = True
        self._facts[ticket] = fact  # silent LEK104: class ShopRequest => class ShopPalace

    def end(self, ticket):
        del self._open[ticket]
        return self._facts[ticket]


# By its base.
class TroubleManager(Exception):
    def __init__(self):
        self._cause_locks = {}

    def lock(self, key):
        return self._cause_locks.setdefault(key, threading.Lock())  # silent LEK104: TroubleManager(Exception) => TroubleManager


class NamesManager(NodeVisitor):
    def __init__(self):
        self._name_locks = {}

    def lock(self, key):
        return self._name_locks.setdefault(key, threading.Lock())  # silent LEK104: NamesManager(NodeVisitor) => NamesManager


# By its decorator, even if it starts a thread.
@dataclass(eq=False)
class Cell:
    _cell_locks: dict = field(default_factory=dict)

    def __post_init__(self):
        threading.Thread(target=other.tick, daemon=True).start()

    def lock(self, key):
        return self._cell_locks.setdefault(key, threading.Lock())  # silent LEK104: @dataclass(eq=False) =>


# Unless its name says the opposite.
@dataclass
class CellManager:
    _lane_locks: dict = field(default_factory=dict)

    def lock(self, key):
        return self._lane_locks.setdefault(key, threading.Lock())  # LEK104


# --- What is kept was handed in to be kept, or is a handful ---

# A public adder.
class Shop:
    def __init__(self):
        self._goods = {}

    def add_good(self, good):
        self._goods[good.text] = good  # silent LEK104: def add_good(self => def sell(self


# A registrar.
class Hooks:
    def __init__(self):
        self._hooked = {}

    def register(self, key, thing):
        self._hooked[key] = thing  # silent LEK104: def register(self => def hang(self
        return thing


# An adder that does more than add.
class Market:
    def __init__(self):
        self._offers = {}

    def add_offer(self, offer):
        ticket = uuid.uuid4()
        price = other.price(offer)
        self._offers[ticket] = (offer, price)  # LEK104
        other.announce(offer)
        return ticket

    def offer(self, ticket):
        return self._offers[ticket]


# Its size is looked at.
class SizedManager:
    def __init__(self):
        self._sized = {}

    def lock(self, key):
        return self._sized.setdefault(key, threading.Lock())  # silent LEK104: len(self._sized) >= 10 => True

    def full(self):
        return len(self._sized) >= 10


# What was said once is as large as the program.
class Voice:
    def __init__(self):
        self._warned = {}

    def warn(self, text):
        if text not in self._warned:
            self._warned[text] = print(text)  # silent LEK104: if text not in self._warned: => if text:


# Keys that it has already.
class WardrobeManager:
    def __init__(self, garments):
        self._worn = {garment: None for garment in garments}

    def wear(self, garment):
        if garment not in self._worn:
            raise KeyError(garment)
        self._worn[garment] = threading.Lock()  # silent LEK104: if garment not in self._worn: => if not garment:


class CellarManager:
    def __init__(self):
        self._wines = {}

    def age(self, wine):
        if wine in self._wines:
            self._wines[wine] = threading.Lock()  # silent LEK104: if wine in self._wines: => if wine:


# Constants, types, members of an enumeration.
class Suit(Enum):
    HEARTS = 1


class Cards:
    def __init__(self):
        self._last = {}
        self._by_type = {}
        self._by_suit = {}

    def last(self, value):
        self._last["last"] = value  # silent LEK104: ["last"] => [value]

    def typed(self, value):
        self._by_type[type(value)] = value  # silent LEK104: [type(value)] => [hash(value)]

    def suit(self, suit: Suit, value):
        self._by_suit[suit] = value  # silent LEK104: suit: Suit => suit: str


# Counters of what the program names.
class Tally:
    def __init__(self):
        self._tally = Counter()

    def count(self, thing):
        self._tally[type(thing).__name__] += 1  # silent LEK104: [type(thing).__name__] => [thing.text]


# A word of the configuration.
class Engines:
    def __init__(self):
        self._engines = {}

    def engine(self, database_url):
        self._engines[database_url] = other.Engine()  # silent LEK104: [database_url] => [database_url.text]


# --- It does not repeat ---

# In `__init__`.
class Port:
    def __init__(self):
        self._ships = {}


class Fleet(Port):
    def __init__(self, ships):
        for ship in ships:
            self._ships[ship.text] = ship  # silent LEK104: def __init__(self, ships): => def launch(self, ships):


# In a set-up method.
class Stage:
    def __init__(self):
        self._props = {}

    def setup_props(self, props):
        for prop in props:
            self._props[prop.text] = prop  # silent LEK104: def setup_props( => def props(


# In a helper that only `__init__` calls.
class Grove:
    def __init__(self, trees):
        self._trees = {}
        for tree in trees:
            self._plant(tree)

    def _plant(self, tree):
        self._trees[tree.text] = tree  # silent LEK104: def _plant( => def plant(
