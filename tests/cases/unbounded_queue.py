import asyncio
import math
import multiprocessing
import queue
import signal
import threading
from concurrent.futures import Future
from queue import SimpleQueue

import anyio
import gevent.queue
import janus
import other
import trio


# --- A method puts what it is given, a worker gets ---


# The queue is an attribute.
class Recorder:
    def __init__(self, store):
        self.store = store
        self.events = queue.Queue()  # LEK251
        threading.Thread(target=self._work, daemon=True).start()

    def record(self, event):
        self.events.put(event)

    def _work(self):
        while True:
            self.store.save(self.events.get())


# A bound of 0, of None and of a negative number is none.
class ThreeForms:
    def __init__(self):
        self.zero = queue.Queue(0)  # LEK251
        self.named = queue.LifoQueue(maxsize=0)  # LEK251
        self.below = queue.PriorityQueue(-1)  # LEK251

    def offer(self, thing):
        self.zero.put(thing)
        self.named.put_nowait(thing)
        self.below.put((1, thing))

    def take_each(self):
        while not self.stopped:
            yield self.zero.get(), self.named.get(), self.below.get(timeout=1)


# A queue that can have no bound.
class Simple:
    def __init__(self):
        self.lines = SimpleQueue()  # LEK251

    def write_line(self, line):
        self.lines.put(line)

    def copy_out(self):
        for line in iter(self.lines.get, None):
            print(line)


# A global; the worker is a plain function.
_MAILS = queue.Queue()  # LEK251


def send_mail(mail):
    _MAILS.put(mail)


def mail_worker(server):
    while True:
        server.deliver(_MAILS.get())


# A class attribute.
class Shared:
    jobs: queue.Queue = queue.Queue()  # LEK251

    def hand_in(self, work):
        self.jobs.put(work)

    @classmethod
    def labour(cls):
        while True:
            cls.jobs.get().run()


# It is declared first and made later, and made anew after a fork: one queue.
class Late:
    def __init__(self):
        self.parcels = None
        self.parcels = queue.Queue()  # LEK251

    def after_fork(self):
        self.parcels = queue.Queue()

    def ship(self, parcel):
        self.parcels.put(parcel)

    def carry(self):
        while True:
            self.parcels.get().carry()


# The method that gets is called in the loop.
class OneStep:
    def __init__(self):
        self.steps = queue.Queue()  # LEK251

    def add_step(self, step):
        self.steps.put(step)

    def _step(self):
        self.steps.get(timeout=1).run()

    def walk_on(self):
        while not self.done.is_set():
            self._step()


# The method that puts is called by the public one.
class Inner:
    def __init__(self):
        self.texts = queue.Queue()  # LEK251

    def write(self, text):
        self._keep(text)

    def _keep(self, text):
        self.texts.put(text)

    def _flush(self):
        while True:
            self.stream.write(self.texts.get())


# --- A handler puts ---


class Connection(asyncio.Protocol):
    def connection_made(self, transport):
        self.packets = asyncio.Queue()  # LEK251

    def data_received(self, data):
        self.packets.put_nowait(data)

    async def reply(self, transport):
        while True:
            transport.write(await self.packets.get())


# From another thread.
class Bridge:
    def __init__(self, loop):
        self.loop = loop
        self.messages = asyncio.Queue()  # LEK251

    def on_message(self, message):
        self.loop.call_soon_threadsafe(self.messages.put_nowait, message)

    async def pump(self):
        while True:
            await self.forward(await self.messages.get())


# A function inside of the one that gets.
async def listen(source):
    notes = asyncio.Queue()  # LEK251

    def on_note(note):
        notes.put_nowait(note)

    source.callback = on_note
    while True:
        yield await notes.get()


# The item is asked for where the loop asks whether it is the last.
class Camera:
    def __init__(self):
        self.frames = queue.Queue()  # LEK251

    def on_frame(self, frame):
        self.frames.put(frame)

    def encode(self):
        while (frame := self.frames.get()) is not None:
            self.encoder.add(frame)


# --- A loop puts ---


class Sampler:
    def __init__(self, sensor):
        self.sensor = sensor
        self.samples = multiprocessing.Queue()  # LEK251

    def sample(self):
        while True:
            self.samples.put(self.sensor.read())

    def plot(self):
        while True:
            self.figure.add(self.samples.get())


# The queue is given to both sides.
def read_all(readings, port):
    while True:
        readings.put(port.read())


def store_all(readings, store):
    while True:
        store.save(readings.get())


def start_both(port, store):
    readings = queue.Queue()  # LEK251
    threading.Thread(target=read_all, args=(readings, port)).start()
    threading.Thread(target=store_all, args=(readings, store)).start()


async def poll(quotes, feed):
    async for quote in feed:
        await quotes.put(quote)


async def show(screen, quotes=None):
    while True:
        screen.draw(await quotes.get())


async def run_both(feed, screen):
    quotes = asyncio.Queue()  # LEK251
    await asyncio.gather(poll(quotes, feed), show(screen, quotes=quotes))


# --- Other libraries ---


class Greenlets:
    def __init__(self):
        self.calls = gevent.queue.Queue()  # LEK251

    def call(self, number):
        self.calls.put(number)

    def dial(self):
        while True:
            self.phone.dial(self.calls.get())


# The two ends of a channel.
class Channel:
    def __init__(self):
        self.into, self.out_of = trio.open_memory_channel(math.inf)  # LEK251
        self.far, self.near = anyio.create_memory_object_stream(max_buffer_size=float("inf"))  # LEK251

    async def tell(self, news):
        await self.into.send(news)
        self.far.send_nowait(news)

    async def print_news(self):
        async for news in self.out_of:
            print(news)

    async def show_news(self):
        while True:
            self.screen.show(await self.near.receive())

    def close(self):
        self.far.close()
        self.near.close()


# --- Silent: it has a bound ---


class Bounded:
    def __init__(self, size):
        self.first = queue.Queue(maxsize=10)  # silent LEK251: queue.Queue(maxsize=10) => queue.Queue()
        self.second = asyncio.Queue(size)  # silent LEK251: asyncio.Queue(size) => asyncio.Queue()
        self.third = trio.open_memory_channel(0)
        self.fourth_in, self.fourth_out = trio.open_memory_channel(8)  # silent LEK251: channel(8) => channel(math.inf)
        self.fifth_in, self.fifth_out = anyio.create_memory_object_stream()  # silent LEK251: stream() => stream(math.inf)

    async def offer_to_all(self, thing):
        self.first.put(thing)
        await self.second.put(thing)
        await self.fourth_in.send(thing)
        await self.fifth_in.send(thing)

    async def take_from_all(self):
        while True:
            yield self.first.get(), await self.second.get()
            yield await self.fourth_out.receive(), await self.fifth_out.receive()

    def close(self):
        self.fifth_in.close()
        self.fifth_out.close()


# It may get one with a bound.
class Given:
    def __init__(self, given=None):
        self.given = queue.Queue()  # silent LEK251: self.given = given => self.kept = given
        if given is not None:
            self.given = given

    def add_given(self, thing):
        self.given.put(thing)

    def drop_given(self):
        while True:
            self.given.get()


# Somebody looks at its size.
class Sized:
    def __init__(self):
        self.sized = queue.Queue()  # silent LEK251: self.sized.qsize() < 100 => self.open

    def add_sized(self, thing):
        if self.sized.qsize() < 100:
            self.sized.put(thing)

    def drop_sized(self):
        while True:
            self.sized.get()


# The side that puts has a permit for each item.
class Permitted:
    def __init__(self):
        self.semaphore = threading.Semaphore(10)
        self.permitted = queue.Queue()  # silent LEK251: self.semaphore.acquire() => self.lock.acquire()

    def add_permitted(self, thing):
        self.semaphore.acquire()
        self.permitted.put(thing)

    def drop_permitted(self):
        while True:
            self.permitted.get()
            self.semaphore.release()


# --- Silent: the side that puts waits ---


# For the answer.
class Asking:
    def __init__(self):
        self.questions = queue.Queue()  # silent LEK251: return answer.result() => self.last = answer

    def ask(self, question):
        answer = Future()
        self.questions.put((question, answer))
        return answer.result()

    def answer_all(self):
        while True:
            question, answer = self.questions.get()
            answer.set_result(question())


class AskingAsync:
    def __init__(self):
        self.queries = asyncio.Queue()  # silent LEK251: await reply => self.reply = reply

    async def query(self, text):
        reply = asyncio.get_running_loop().create_future()
        self.queries.put_nowait((text, reply))
        await reply

    async def reply_all(self):
        while True:
            text, reply = await self.queries.get()
            reply.set_result(text)


# For what comes back in another queue.
class Echo:
    def __init__(self):
        self.back = queue.Queue(maxsize=1)
        self.forth = queue.Queue()  # silent LEK251: return self.back.get() => return 1

    def shout(self, word):
        self.forth.put(word)
        return self.back.get()

    def echo(self):
        while True:
            self.back.put(self.forth.get())


# Until everything is dealt with.
class Joined:
    def __init__(self):
        self.batch = queue.Queue()  # silent LEK251: self.batch.join() => pass

    def deal_with(self, thing):
        self.batch.put(thing)
        self.batch.join()

    def deal(self):
        while True:
            self.batch.get()
            self.batch.task_done()


# Its caller gets the item, and waits for it if it likes: an executor.
class Executor:
    def __init__(self):
        self.tasks = queue.Queue()  # silent LEK251: return promise => return None

    def submit(self, work):
        promise = Future()
        item = (work, promise)
        self.tasks.put(item)
        return promise

    def execute_tasks(self):
        while True:
            work, promise = self.tasks.get()
            promise.set_result(work())


# --- Silent: what is put has an end ---


# A list of work, which workers get through.
class WorkList:
    def __init__(self):
        self.folders = queue.Queue()  # silent LEK251: for folder in folders: => while folder := folders.pop():

    def visit(self, folders):
        for folder in folders:
            self.folders.put(folder)

    def visit_all(self):
        while True:
            self.folders.get().visit()


# The word that ends it.
class Ending:
    def __init__(self):
        self.words = queue.Queue()  # silent LEK251: self.words.put(None) => self.words.put(reason)
        self.marks = queue.Queue()  # silent LEK251: self.marks.put(_SENTINEL) => self.marks.put(reason)
        self.ends = queue.Queue()  # silent LEK251: def close(self, reason) => def say(self, reason)

    def tell_reason(self, reason):
        self.words.put(None)
        self.marks.put(_SENTINEL)

    def close(self, reason):
        self.ends.put(reason)

    def read_words(self):
        while True:
            yield self.words.get(), self.marks.get(), self.ends.get()


_SENTINEL = object()


# One result.
class Result:
    def __init__(self):
        self.results = queue.Queue()  # silent LEK251: def _compute(self) => def on_compute(self)

    def _compute(self):
        self.results.put(self.value())

    def wait_for_results(self):
        while True:
            yield self.results.get()


# Things that are lent: what is put was got.
class Pool:
    def __init__(self):
        self.free = queue.Queue()  # silent LEK251: def release(self, item) => def offer(self, item)

    def release(self, item):
        self.free.put(item)

    def lend(self):
        while True:
            item = self.free.get()
            if item.alive:
                return item


# Set-up code.
class AtSetup:
    def __init__(self):
        self.ports = queue.Queue()  # silent LEK251: def configure(self, port) => def again(self, port)

    def configure(self, port):
        self.ports.put(port)

    def use_ports(self):
        while True:
            self.ports.get().use()


# Signals are few, and their handler must not wait.
class Signals:
    def __init__(self):
        self.signals = queue.SimpleQueue()  # silent LEK251: def on_signal(self, number, frame) => def on_signal(self, number)
        signal.signal(signal.SIGHUP, self.on_signal)

    def on_signal(self, number, frame):
        self.signals.put(number)

    def act(self):
        while True:
            self.signals.get()


# --- Silent: nobody gets in a loop ---


# Only what is there is taken out.
class Drained:
    def __init__(self):
        self.drops = queue.Queue()  # silent LEK251: while not self.drops.empty(): => while True:
        self.drips = queue.Queue()  # silent LEK251: except queue.Empty: => except ValueError:

    def drip(self, drop):
        self.drops.put(drop)
        self.drips.put(drop)

    def drain(self):
        while not self.drops.empty():
            self.drops.get()

    def drain_drips(self):
        while True:
            try:
                self.drips.get(block=False)
            except queue.Empty:
                break


# A single one.
class Once:
    def __init__(self):
        self.once = queue.Queue()  # silent LEK251: return self.once.get() => while True: self.once.get()

    def add_once(self, thing):
        self.once.put(thing)

    def take_once(self):
        return self.once.get()


# --- Silent: the side that gets is the one that puts ---


# It puts what is to be tried again.
class Retrying:
    def __init__(self):
        self.attempts = queue.Queue()  # silent LEK251: self.attempts.put(attempt) => def on_new(new): self.attempts.put(new)

    def try_all(self):
        while True:
            attempt = self.attempts.get()
            self.attempts.put(attempt)


# It comes to call what puts: a bound would be a deadlock.
class Crawler:
    def __init__(self):
        self.pages = queue.Queue()  # silent LEK251: self.parse(page) => page.parse()

    def crawl(self):
        while True:
            page = self.pages.get()
            self.parse(page)

    def parse(self, page):
        while page.links:
            self.visit_link(page.links.next())

    def visit_link(self, link):
        self.pages.put(link)


# --- Silent: not a queue that we know ---


class Foreign:
    def __init__(self):
        self.foreign = other.Queue()  # silent LEK251: other.Queue() => queue.Queue()

    def add_foreign(self, thing):
        self.foreign.put(thing)

    def drop_foreign(self):
        while True:
            self.foreign.get()


# One of several.
class Several:
    def __init__(self):
        self.several = {}

    def open(self, name):
        self.several[name] = queue.Queue()

    def add_several(self, name, thing):
        self.several[name].put(thing)

    def drop_several(self, name):
        while True:
            self.several[name].get()


# Its ends are objects of their own.
class TwoSided:
    def __init__(self):
        self.two_sided = janus.Queue()

    def add_two_sided(self, thing):
        self.two_sided.sync_q.put(thing)

    async def drop_two_sided(self):
        while True:
            await self.two_sided.async_q.get()
