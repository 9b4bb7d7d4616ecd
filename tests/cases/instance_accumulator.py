import asyncio
import bisect
import collections
import heapq
import threading
import weakref
from ast import NodeVisitor
from collections import deque
from dataclasses import dataclass, field
from enum import Enum
from functools import partial

import other

# --- Weak references are kept, and stay when what they refer to is gone ---

# Read in bulk, through a public adder: a dead reference is nobody's product.
class Canvas:
    def __init__(self):
        self._views = []

    def add_view(self, view):
        self._views.append(weakref.ref(view))  # LEK202

    def draw(self):
        for ref in self._views:
            view = ref()
            if view is not None:
                view.draw()


# References to methods, in a set; made before they are kept.
class Bell:
    def __init__(self):
        self._ears = set()

    def hear(self, ear):
        ref = weakref.WeakMethod(ear)
        self._ears.add(ref)  # LEK202

    def ring(self):
        for ref in self._ears:
            other.ring(ref())


# Proxies, in a tuple with what belongs to them.
class Orbit:
    def __init__(self):
        self._moons = []

    def catch(self, moon, height):
        self._moons.append((weakref.proxy(moon), height))  # LEK202

    def heights(self):
        return [height for _, height in self._moons]


# A new start is not what the dead ones wait for.
class Parade:
    def __init__(self):
        self._floats = []

    def join(self, wagon):
        self._floats.append(weakref.ref(wagon))  # LEK202

    def cancel_parade(self):
        self._floats = []

    def pass_by(self):
        for ref in self._floats:
            other.wave(ref())


# The list is rebuilt without the dead ones.
class Meadow:
    def __init__(self):
        self._sheep = []

    def graze(self, sheep):
        self._sheep.append(weakref.ref(sheep))  # silent LEK202: self._sheep = [ref for => alive = [ref for

    def count(self):
        self._sheep = [ref for ref in self._sheep if ref() is not None]


# A dead reference is removed when it is met.
class Pond:
    def __init__(self):
        self._fish = []

    def release(self, fish):
        self._fish.append(weakref.ref(fish))  # silent LEK202: self._fish.remove(ref) => print(ref)

    def feed(self):
        for ref in list(self._fish):
            if ref() is None:
                self._fish.remove(ref)


# The reference removes itself.
class Sky:
    def __init__(self):
        self._kites = []

    def fly(self, kite):
        self._kites.append(weakref.ref(kite, self._kites.remove))  # silent LEK202: (kite, self._kites.remove) => (kite)

    def look(self):
        return any(ref() for ref in self._kites)


# A strong reference keeps what it refers to, and that may be meant so.
class Nest:
    def __init__(self):
        self._eggs = []

    def lay(self, egg):
        self._eggs.append(egg)  # silent LEK202: self._eggs.append(egg) => self._eggs.append(weakref.ref(egg))

    def hatch(self):
        for egg in self._eggs:
            other.hatch(egg)


# The list is handed to code that may prune it.
class Herd:
    def __init__(self):
        self._cows = []

    def lead(self, cow):
        self._cows.append(weakref.ref(cow))  # silent LEK202: other.prune(self._cows) => other.prune()

    def count(self):
        other.prune(self._cows)


# A weak container forgets by itself.
class Hive:
    def __init__(self):
        self._bees = weakref.WeakSet()

    def buzz(self, bee):
        self._bees.add(bee)  # silent LEK202: weakref.WeakSet() => set()


# --- Private, and nothing reads it ---

class Gauge:
    def __init__(self):
        self._readings = []

    def read(self, value):
        self._readings.append(value)  # LEK202


# By any put.
class Pile:
    def __init__(self):
        self._tuples: list[tuple[int, str]] = []
        self._many = list()
        self._added = []
        self._front = deque()
        self._heap = []
        self._sorted = []
        self._set = set()
        self._bytes = bytearray()
        self._first = collections.deque([], None)

    def rake_pair(self, number, text):
        self._tuples.append((number, text))  # LEK202

    def rake_many(self, leaves):
        self._many.extend(leaves)  # LEK202

    def rake(self, leaves):
        self._added += leaves  # LEK202

    def rake_front(self, leaf):
        self._front.appendleft(leaf)  # LEK202

    def rake_up(self, leaf):
        heapq.heappush(self._heap, leaf)  # LEK202

    def rake_in(self, leaf):
        bisect.insort(self._sorted, leaf)  # LEK202

    def rake_set(self, leaf):
        self._set |= {leaf}  # LEK202

    def rake_bytes(self, data):
        self._bytes.extend(data)  # LEK202

    def rake_first(self, leaf):
        self._first.insert(0, leaf)  # LEK202


# A text.
class Log:
    def __init__(self):
        self._text = ""

    def say(self, line):
        self._text += line + "\n"  # LEK202


# A number only counts.
class Steps:
    def __init__(self):
        self._steps = 0

    def step(self, steps):
        self._steps += steps  # silent LEK202: self._steps = 0 => self._steps = ""


# Bound with others.
class Hill:
    def __init__(self):
        self._stones, self.height = [], 0

    def climb(self, stone):
        self._stones.append(stone)  # LEK202


# Filled through an alias, in a nested function.
class Brook:
    def __init__(self):
        self._drops = []

    def flow(self, drops):
        kept = self._drops

        def keep(drop):
            kept.append(drop)  # LEK202

        other.each(drops, keep)


# A field of a class.
@dataclass
class LineService:
    _lines: list = field(default_factory=list)

    def line(self, text):
        self._lines.append(text)  # LEK202


# Bound by a base class.
class Ground:
    def __init__(self, seeds=None):
        self._seeds = [] if seeds is None else list(seeds)


class Bed(Ground):
    def sow(self, seed):
        self._seeds.append(seed)  # LEK202


# Only the end of the object empties it.
class Bin:
    def __init__(self):
        self._scraps = []

    def drop(self, scrap):
        self._scraps.append(scrap)  # LEK202

    def close(self):
        self._scraps.clear()


class Chest:
    def __init__(self):
        self._coins = []

    def __enter__(self):
        return self

    def coin(self, coin):
        self._coins.append(coin)  # LEK202

    def __exit__(self, *exc_info):
        self._coins = []


class Trunk:
    def __init__(self):
        self._rags = []

    def rag(self, rag):
        self._rags.append(rag)  # LEK202

    def __del__(self):
        del self._rags[:]


# A method that works empties it too.
class Sink:
    def __init__(self):
        self._dishes = []

    def dish(self, dish):
        self._dishes.append(dish)  # silent LEK202: def wash(self): => def teardown(self):

    def wash(self):
        self._dishes.clear()


# Something reads it.
class Trace:
    def __init__(self):
        self._points = []

    def point(self, point):
        self._points.append(point)  # silent LEK202: return self._points[-1] => return None

    def last(self):
        return self._points[-1]


# Public: other files may read it.
class Tale:
    def __init__(self):
        self.told, self._told = [], []

    def tell(self, text):
        self.told.append(text)  # silent LEK202: self.told.append => self._told.append


# --- Another container of the object loses what this one keeps ---

# A set of the keys of a mapping.
class Rooms:
    def __init__(self):
        self._guests = {}
        self._ever = set()

    def welcome(self, guest, room):
        self._guests[guest] = room
        self._ever.add(guest)  # LEK202

    def knows(self, guest):
        return guest in self._ever

    def goodbye(self, guest):
        self._guests.pop(guest, None)


# Two sets.
class Yard:
    def __init__(self):
        self._wagons = set()
        self._order = []

    def arrive(self, wagon):
        self._wagons.add(wagon)
        self._order.append(wagon)  # LEK202

    def first(self):
        return self._order[0]

    def depart(self, wagon):
        self._wagons.discard(wagon)


# Both lose it.
class Dock:
    def __init__(self):
        self._ships = set()
        self._queue = []

    def arrive(self, ship):
        self._ships.add(ship)
        self._queue.append(ship)  # silent LEK202: self._queue.remove(ship) => print(ship)

    def first(self):
        return self._queue[0]

    def depart(self, ship):
        self._ships.discard(ship)
        self._queue.remove(ship)


# Neither does.
class Quay:
    def __init__(self):
        self._boats = set()
        self._line = []

    def arrive(self, boat):
        self._boats.add(boat)
        self._line.append(boat)  # silent LEK202: self._boats.isdisjoint => self._boats.discard

    def first(self, boat):
        return self._boats.isdisjoint(boat) or self._line[0]


# --- A handler keeps what arrives, on an object that lives long ---

# It owns a lock, which is weaker; only the last one is read.
class Mailbox:
    def __init__(self):
        self._lock = threading.Lock()
        self.mails = []

    def on_mail(self, mail):
        with self._lock:
            self.mails.append(mail)  # LEK254

    def last(self):
        return self.mails[-1]


# It starts a thread; nothing is read.
class Radio:
    def __init__(self):
        self.songs = []
        threading.Thread(target=other.play, daemon=True).start()

    def handle_song(self, song):
        self.songs.append(song)  # LEK202


# It starts a task.
class Ticker:
    def __init__(self):
        self.prices = deque()
        self.ticking = None

    async def start(self):
        self.ticking = asyncio.create_task(other.tick())

    def on_price(self, price):
        self.prices.append(price)  # LEK202

    def first(self):
        return self.prices[0]


# Only its name says so: weaker. Handlers go by their parameters too.
class VoteServer:
    def __init__(self):
        self.votes = []
        self.voters = set()

    def vote(self, request):
        self.votes.append(request.vote)  # LEK254
        self.voters.add(request.token)  # LEK254


# The module makes the one object.
class Doorman:
    def __init__(self):
        self.visits = []

    def on_visit(self, visit):
        self.visits.append(visit)  # LEK202


VISITS = Doorman()


# One of the two is missing: that is weaker evidence.
class Postbox:
    def __init__(self):
        self.cards = []

    def on_card(self, card):
        self.cards.append(card)  # LEK254

    def last(self):
        return self.cards[-1]


class CardServer:
    def __init__(self):
        self.cards = []

    def keep(self, card):
        self.cards.append(card)  # LEK254

    def last(self):
        return self.cards[-1]


# Read in bulk.
class BoxServer:
    def __init__(self):
        self.boxes = []
        self.crates = []
        self.bags = []
        self.sacks = []
        threading.Thread(target=other.tick, daemon=True).start()

    def on_box(self, box):
        self.boxes.append(box)  # silent LEK202: in self.boxes: => in ():

    def on_crate(self, crate):
        self.crates.append(crate)  # silent LEK202: return self.crates => return None

    def on_bag(self, bag):
        self.bags.append(bag)  # silent LEK202: sorted(self.bags) => sorted("")

    def on_sack(self, sack):
        self.sacks.append(sack)  # silent LEK202: ",".join(self.sacks) => ""

    def show(self):
        for box in self.boxes:
            print(box)

    def all(self):
        return self.crates

    def best(self):
        return sorted(self.bags)[0]

    def text(self):
        return ",".join(self.sacks)


# Handed away: passed on, stored, yielded, in a display.
class GiftServer:
    def __init__(self, friend):
        self.gifts = []
        self.cakes = []
        self.songs_sung = []
        self.cards = []
        friend.cakes = self.cakes
        threading.Thread(target=other.tick, daemon=True).start()

    def on_gift(self, gift):
        self.gifts.append(gift)  # silent LEK202: other.send(self.gifts) => other.send()

    def on_cake(self, cake):
        self.cakes.append(cake)  # silent LEK202: friend.cakes = self.cakes => friend.cakes = []

    def on_song(self, song):
        self.songs_sung.append(song)  # silent LEK202: yield self.songs_sung => yield

    def on_card(self, card):
        self.cards.append(card)  # silent LEK202: {"cards": self.cards} => {}

    def send(self):
        other.send(self.gifts)

    def sing(self):
        yield self.songs_sung

    def status(self):
        return {"cards": self.cards}


# Something takes out.
class DrainServer:
    def __init__(self):
        self.popped = []
        self.left = deque()
        self.cut = []
        self.swapped = []
        self.discarded = set()
        self.shifted = []
        self.pruned = []
        self.guarded = []
        self.wrapped = []
        threading.Thread(target=self.work, daemon=True).start()

    def on_popped(self, item):
        self.popped.append(item)  # silent LEK202: self.popped.pop() => 1

    def on_left(self, item):
        self.left.append(item)  # silent LEK202: self.left.popleft() => 1

    def on_cut(self, item):
        self.cut.append(item)  # silent LEK202: del self.cut[:10] => print

    def on_swapped(self, item):
        self.swapped.append(item)  # silent LEK202: batch, self.swapped = => batch, _ =

    def on_discarded(self, item):
        item.add_done_callback(self.discarded.discard)
        self.discarded.add(item)  # silent LEK202: (self.discarded.discard) => (print)

    def on_shifted(self, item):
        self.shifted.append(item)  # silent LEK202: self.shifted = self.shifted[-10:] => last = self.shifted[-1]

    def on_pruned(self, item):
        self.pruned.append(item)  # silent LEK202: self.pruned[:] = => fresh =
        self.pruned[:] = other.fresh()

    def on_guarded(self, item):
        if len(self.guarded) < 100:
            self.guarded.append(item)  # silent LEK202: len(self.guarded) < 100 => item

    def on_wrapped(self, item):
        other.later(60, partial(self.wrapped.remove, item))
        self.wrapped.append(item)  # silent LEK202: partial(self.wrapped.remove, item) => print

    def work(self):
        self.popped.pop()
        self.left.popleft()
        del self.cut[:10]
        batch, self.swapped = self.swapped[0], []
        self.shifted = self.shifted[-10:]
        return batch


# Only so many fit in.
class RecentServer:
    def __init__(self):
        self.recent = deque(maxlen=100)
        threading.Thread(target=other.tick, daemon=True).start()

    def on_item(self, item):
        self.recent.append(item)  # silent LEK202: deque(maxlen=100) => deque()


# A set of a handful.
class Level(Enum):
    LOW = 1


class LevelServer:
    def __init__(self):
        self.levels = set()
        self.kinds = set()
        self.languages = set()
        self.flags = set()
        threading.Thread(target=other.tick, daemon=True).start()

    def on_level(self, heat: Level):
        self.levels.add(heat)  # silent LEK202: heat: Level => heat: str

    def on_kind(self, thing):
        self.kinds.add(type(thing))  # silent LEK202: type(thing) => repr(thing)

    def on_language(self, language):
        self.languages.add(language)  # silent LEK202: add(language) => add(language.text)

    def on_flag(self, thing):
        self.flags.add("seen")  # silent LEK202: add("seen") => add(thing)


# What was said once is as large as the program.
class WarnServer:
    def __init__(self):
        self._warned = set()

    def on_trouble(self, trouble):
        if trouble.text not in self._warned:
            print(trouble)
            self._warned.add(trouble.text)  # silent LEK202: if trouble.text not in self._warned: => if trouble:


# --- The object does not live long, whatever it starts ---

class TextWriter:
    def __init__(self):
        self.written = []
        threading.Thread(target=other.tick, daemon=True).start()

    def on_text(self, text):
        self.written.append(text)  # silent LEK202: class TextWriter => class TextWell

    def last(self):
        return self.written[-1]


class ErrorReport:
    def __init__(self):
        self.errors = []
        threading.Thread(target=other.tick, daemon=True).start()

    def on_trouble(self, trouble):
        self.errors.append(trouble)  # silent LEK202: class ErrorReport => class ErrorWell

    def last(self):
        return self.errors[-1]


class Names(NodeVisitor):
    def __init__(self):
        self.names = []
        threading.Thread(target=other.tick, daemon=True).start()

    def on_name(self, name):
        self.names.append(name)  # silent LEK202: Names(NodeVisitor) => Names

    def last(self):
        return self.names[-1]


class Mishap(ValueError):
    def __init__(self):
        self.notes = []
        threading.Thread(target=other.tick, daemon=True).start()

    def on_note(self, note):
        self.notes.append(note)  # silent LEK202: Mishap(ValueError) => Mishap

    def last(self):
        return self.notes[-1]


# --- What is kept was handed in to be kept ---

class Guild:
    def __init__(self):
        self._members = []

    def add_member(self, member):
        self._members.append(member)  # silent LEK202: def add_member(self => def greet(self


class Troupe:
    def __init__(self):
        self._actors = []

    def register(self, actor):
        self._actors.append(actor)  # silent LEK202: def register(self => def hire(self
        return actor


# --- It does not repeat ---

class Walls:
    def __init__(self):
        self._bricks = []


class House(Walls):
    def __init__(self, bricks):
        for brick in bricks:
            self._bricks.append(brick)  # silent LEK202: def __init__(self, bricks): => def build(self, bricks):


class Garden:
    def __init__(self):
        self._plants = []
        self._plant("rose")

    def _plant(self, plant):
        self._plants.append(plant)  # silent LEK202: def _plant( => def plant(


class Theatre:
    def __init__(self):
        self._props = []

    def setup_props(self, props):
        self._props.extend(props)  # silent LEK202: def setup_props( => def props(
