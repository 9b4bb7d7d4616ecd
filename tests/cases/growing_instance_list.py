import asyncio
import bisect
import heapq
import threading
import weakref
from ast import NodeVisitor
from collections import deque
from dataclasses import dataclass
from enum import Enum

import other

# --- Nothing says how often it is filled, but the object lives long ---

# It owns a lock.
class Samples:
    def __init__(self):
        self._lock = threading.Lock()
        self._samples = []

    def measure(self, value):
        with self._lock:
            self._samples.append(value)  # LEK254

    def last(self):
        return self._samples[-1]


# It starts a thread.
class Weights:
    def __init__(self):
        self._weights = []
        threading.Thread(target=other.tick, daemon=True).start()

    def weigh(self, value):
        self._weights.append(value)  # LEK254

    def last(self):
        return self._weights[-1]


# It starts a task.
class Heights:
    def __init__(self):
        self._heights = []

    async def start(self):
        self._ticking = asyncio.create_task(other.tick())

    def climb(self, value):
        self._heights.append(value)  # LEK254

    def last(self):
        return self._heights[-1]


# It loops for ever.
class Depths:
    def __init__(self):
        self.depths = []

    async def run(self):
        while True:
            await self.dive(await other.depth())

    async def dive(self, value):
        self.depths.append(value)  # LEK254


# Its name says so, or its base; nothing reads what is public.
class PaintManager:
    def __init__(self):
        self.colours = []

    def mix(self, colour):
        self.colours.append(colour)  # LEK254


class Paint(other.BaseService):
    def __init__(self):
        super().__init__()
        self.colours = []

    def mix(self, colour):
        self.colours.append(colour)  # LEK254


# The module makes the one object.
class Palette:
    def __init__(self):
        self.mixed = []

    def mix(self, colour):
        self.mixed.append(colour)  # LEK254


PALETTE = Palette()


# By any put.
class PutServer:
    def __init__(self):
        self.many = list()
        self.added = []
        self.front = deque()
        self.heap = []
        self.ordered = []
        self.tokens = set()
        self.data = bytearray()

    def keep_many(self, leaves):
        self.many.extend(leaves)  # LEK254

    def keep_added(self, leaf):
        self.added += [leaf]  # LEK254

    def keep_front(self, leaf):
        self.front.appendleft(leaf)  # LEK254

    def keep_heap(self, leaf):
        heapq.heappush(self.heap, leaf)  # LEK254

    def keep_ordered(self, leaf):
        bisect.insort(self.ordered, leaf)  # LEK254

    def keep_token(self, token):
        self.tokens.add(token)  # LEK254

    def keep_data(self, data):
        self.data += data  # LEK254


# Nothing is known of the object.
class Leaves:
    def __init__(self):
        self._leaves = []

    def rake(self, leaf):
        self._leaves.append(leaf)  # silent LEK254: class Leaves: => class LeavesServer:

    def last(self):
        return self._leaves[-1]


# Each function makes its own object.
class Twigs:
    def __init__(self):
        self._twigs = []

    def rake(self, twig):
        self._twigs.append(twig)  # silent LEK254: heap = None => heap = Twigs()

    def last(self):
        return self._twigs[-1]


heap = None


def new_twigs():
    return Twigs()


# --- A handler fills it, and nothing says how long the object lives ---

class Echoes:
    def __init__(self):
        self._echoes = []

    def on_sound(self, sound):
        self._echoes.append(sound)  # LEK254

    def last(self):
        return self._echoes[-1]


# Handlers go by their parameters and decorators too.
class Clicks:
    def __init__(self):
        self.clicks = []
        self.met = set()

    def click(self, event):
        self.clicks.append(event)  # LEK254

    @other.bot.event
    def meet(self, visitor):
        self.met.add(visitor)  # LEK254


# Nothing says that it is one.
class Whispers:
    def __init__(self):
        self._whispers = []

    def whisper(self, sound):
        self._whispers.append(sound)  # silent LEK254: def whisper(self => def on_whisper(self

    def last(self):
        return self._whispers[-1]


# --- A text, or bytes, that grows at its end ---

class Wire:
    def __init__(self):
        self._buffer = b""

    def data_received(self, data):
        self._buffer += data  # LEK254
        if self._buffer.endswith(b"\n"):
            other.ring()


class Console:
    def __init__(self):
        self._lock = threading.Lock()
        self.output = ""

    def print(self, line):
        with self._lock:
            self.output += f"{line}\n"  # LEK254


# What was dealt with is cut off.
class Cable:
    def __init__(self):
        self._bytes = b""

    def data_received(self, data):
        self._bytes += data  # silent LEK254: self._bytes = self._bytes[8:] => print(self._bytes[8:])
        while self._bytes[:8]:
            self._bytes = self._bytes[8:]


# It is emptied.
class Pipe:
    def __init__(self):
        self._rest = ""

    def data_received(self, data):
        self._rest += data  # silent LEK254: self._rest = str() => print(self)
        if self._rest.endswith("\n"):
            self._rest = str()


# Unpacked anew.
class Tube:
    def __init__(self):
        self._tail = ""

    def data_received(self, data):
        self._tail += data  # silent LEK254: line, self._tail = => line, rest =
        line, self._tail = self._tail.split("\n", 1)
        other.read(line)


# The text is the product.
class Scribe:
    def __init__(self):
        self._page = ""

    def on_word(self, word):
        self._page += word  # silent LEK254: return self._page => return not self._page

    def page(self):
        return self._page


# A number is no text.
class Meter:
    def __init__(self):
        self._total = 0

    def on_tick(self, ticks):
        self._total += ticks  # silent LEK254: self._total = 0 => self._total = ""
        if self._total:
            other.ring()


# --- Only the end of the object empties it ---

class CoalService:
    def __init__(self):
        self.coals = []

    def burn(self, coal):
        self.coals.append(coal)  # LEK254

    def stop(self):
        for coal in self.coals:
            coal.quench()
        self.coals = []


# A lock says no more.
class Ashes:
    def __init__(self):
        self._lock = threading.Lock()
        self._ashes = []

    def on_ash(self, ash):
        with self._lock:
            self._ashes.append(ash)  # LEK254

    def last(self):
        return self._ashes[-1]


class Embers:
    def __init__(self):
        self._embers = []

    def glow(self, ember):
        self._embers.append(weakref.ref(ember))  # LEK202

    def last(self):
        return self._embers[-1]()


# --- Something takes out, or the program bounds it ---

class FruitServer:
    def __init__(self):
        self.popped = []
        self.left = deque()
        self.cut = []
        self.swapped = []
        self.sliced = []
        self.guarded = []
        self.recent = deque(maxlen=100)
        self.aliased = []
        self.first = []

    def pick_popped(self, fruit):
        self.popped.append(fruit)  # silent LEK254: self.popped.pop() => 1

    def pick_left(self, fruit):
        self.left.append(fruit)  # silent LEK254: self.left.popleft() => 1

    def pick_cut(self, fruit):
        self.cut.append(fruit)  # silent LEK254: del self.cut[0] => print

    def pick_swapped(self, fruit):
        self.swapped.append(fruit)  # silent LEK254: batch, self.swapped = => batch, _ =

    def pick_sliced(self, fruit):
        self.sliced.append(fruit)  # silent LEK254: self.sliced = self.sliced[-9:] => print(self.sliced[-9])

    def pick_guarded(self, fruit):
        if len(self.guarded) >= 100:
            raise OverflowError
        self.guarded.append(fruit)  # silent LEK254: len(self.guarded) >= 100 => not fruit

    def pick_recent(self, fruit):
        self.recent.append(fruit)  # silent LEK254: deque(maxlen=100) => deque()

    def pick_aliased(self, fruit):
        self.aliased.append(fruit)  # silent LEK254: fruits.clear() => fruits.index(1)

    def pick_first(self, fruit):
        if not self.first:
            self.first.append(fruit)  # silent LEK254: if not self.first: => if not fruit:

    def eat(self):
        self.popped.pop()
        self.left.popleft()
        del self.cut[0]
        batch, self.swapped = self.swapped[0], []
        self.sliced = self.sliced[-9:]
        fruits = self.aliased
        fruits.clear()
        return batch


# A helper of the file takes out.
def trim(items):
    del items[:-10]


class TrimServer:
    def __init__(self):
        self.trimmed = []

    def keep(self, item):
        self.trimmed.append(item)  # silent LEK254: trim(self.trimmed) => trim([])
        trim(self.trimmed)


# A subclass does.
class Basket:
    def __init__(self):
        self._lock = threading.Lock()
        self.fruits = []

    def pick(self, fruit):
        self.fruits.append(fruit)  # silent LEK254: self.fruits.remove(fruit) => print(fruit)


class LooseBasket(Basket):
    def drop(self, fruit):
        self.fruits.remove(fruit)


# Another class of the file does.
class Cart:
    def __init__(self):
        self._lock = threading.Lock()
        self.goods = []

    def load_good(self, good):
        self.goods.append(good)  # silent LEK254: self.cart.goods.pop() => 1


class Porter:
    def __init__(self, cart: Cart):
        self.cart = cart

    def unload(self):
        return self.cart.goods.pop()


# A set of a handful.
class Grade(Enum):
    GOOD = 1


class GradeServer:
    def __init__(self):
        self.grades = set()
        self.kinds = set()
        self.languages = set()

    def grade(self, grade: Grade):
        self.grades.add(grade)  # silent LEK254: grade: Grade => grade: str

    def kind(self, thing):
        self.kinds.add(type(thing))  # silent LEK254: type(thing) => repr(thing)

    def speak(self, language):
        self.languages.add(language)  # silent LEK254: add(language) => add(language.text)


# What is asked "are you in it?" before it is put in, to do something once.
class OnceServer:
    def __init__(self):
        self.seen = set()

    def once(self, sentence):
        if sentence not in self.seen:
            self.seen.add(sentence)  # silent LEK254: if sentence not in self.seen: => if sentence:
            print(sentence)


# --- What was collected is the product, or in other hands ---

class AlbumServer:
    def __init__(self, friend):
        self.photos = []
        self.frames = []
        self.stickers = []
        self.titles = []
        self.notes = []
        friend.notes = self.notes

    def shoot(self, photo):
        self.photos.append(photo)  # silent LEK254: in self.photos: => in ():

    def frame(self, frame):
        self.frames.append(frame)  # silent LEK254: return self.frames => return None

    def stick(self, sticker):
        self.stickers.append(sticker)  # silent LEK254: other.print(self.stickers) => other.print()

    def title(self, title):
        self.titles.append(title)  # silent LEK254: list(self.titles) => []

    def note(self, note):
        self.notes.append(note)  # silent LEK254: friend.notes = self.notes => friend.notes = []

    def show(self):
        for photo in self.photos:
            print(photo)
        other.print(self.stickers)
        return self.frames

    def contents(self):
        return list(self.titles)


# --- The object does not live long, or takes what it is given ---

class WordEncoder:
    def __init__(self):
        self._words = []

    def on_word(self, word):
        self._words.append(word)  # silent LEK254: class WordEncoder => class WordForest

    def last(self):
        return self._words[-1]


class Words(NodeVisitor):
    def __init__(self):
        self._found = []

    def handle_word(self, word):
        self._found.append(word)  # silent LEK254: Words(NodeVisitor) => Words

    def last(self):
        return self._found[-1]


@dataclass
class Sentence:
    text: str

    def __post_init__(self):
        self._commas = []

    def on_comma(self, comma):
        self._commas.append(comma)  # silent LEK254: @dataclass => @other.thing

    def last(self):
        return self._commas[-1]


class StampServer:
    def __init__(self):
        self.stamps = []
        self.albums = []

    def add_stamp(self, stamp):
        self.stamps.append(stamp)  # silent LEK254: def add_stamp(self => def lick(self

    def register_album(self, album):
        self.albums.append(album)  # silent LEK254: def register_album(self => def buy(self
        return album


# --- It does not repeat ---

class RopeServer:
    def __init__(self):
        self.ropes = []
        self.knots = []
        self._tie("bowline")

    def setup_ropes(self, ropes):
        self.ropes.extend(ropes)  # silent LEK254: def setup_ropes( => def stretch(

    def _tie(self, knot):
        self.knots.append(knot)  # silent LEK254: def _tie( => def tie(
