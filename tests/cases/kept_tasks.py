import asyncio
import collections
import functools
import multiprocessing
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import other


# --- Tasks ---


# A list of tasks, one more per request.
class Server:
    def __init__(self):
        self._running = []

    async def handle_request(self, request):
        self._running.append(asyncio.create_task(self.answer(request)))  # LEK203


# A set keeps a task from being collected too early, and keeps it ever after.
class Hub:
    def __init__(self):
        self._sends = set()

    def on_message(self, message):
        task = asyncio.create_task(self.send(message))
        self._sends.add(task)  # LEK203


# In code that nothing says how often it runs.
class Background:
    def __init__(self):
        self._in_background = set()

    def spawn(self, work):
        task = asyncio.ensure_future(work)
        self._in_background.add(task)  # LEK203
        return task


# By the loop.
class ByLoop:
    def __init__(self, loop):
        self.loop = loop
        self._by_loop = []

    def on_event(self, event):
        self._by_loop.append(self.loop.create_task(event.run()))  # LEK203


# In a mapping.
class Sessions:
    def __init__(self):
        self._by_session = {}

    async def on_connect(self, session_id):
        self._by_session[session_id] = asyncio.create_task(self.talk(session_id))  # LEK203


# A global.
_TASKS = set()


async def dispatch(event):
    task = asyncio.create_task(event.run())
    _TASKS.add(task)  # LEK203


# A class attribute.
class Shared:
    shared_tasks = []

    async def handle(self, request):
        self.shared_tasks.append(asyncio.create_task(request.answer()))  # LEK203


# Several at once.
class Batches:
    def __init__(self):
        self._batches = []
        self._more_batches = []

    async def on_batch(self, batch):
        self._batches.extend(asyncio.create_task(item.run()) for item in batch)  # LEK203
        self._more_batches += [asyncio.create_task(item.run()) for item in batch]  # LEK203


# A queue that nobody gets from, and a list in order of time.
class Newest:
    def __init__(self):
        self._newest = collections.deque()

    async def on_post(self, post):
        self._newest.appendleft(asyncio.create_task(post.send()))  # LEK203


# --- Futures, threads and processes ---


# Futures of an executor and of another thread's loop.
class Futures:
    def __init__(self, executor: ThreadPoolExecutor, loop):
        self.executor = executor
        self.loop = loop
        self._submitted = []
        self._across = []

    def process(self, job):
        self._submitted.append(self.executor.submit(job.run))  # LEK203

    def process_there(self, job):
        future = asyncio.run_coroutine_threadsafe(job.run(), self.loop)
        self._across.append(future)  # LEK203


# Threads that have ended.
class Acceptor:
    def __init__(self):
        self.threads = []

    def handle_connection(self, connection):
        thread = threading.Thread(target=self.serve, args=(connection,))
        thread.start()
        self.threads.append(thread)  # LEK203


# A thread for each connection that a loop accepts.
class Listener:
    def __init__(self, socket):
        self.socket = socket
        self.peers = []

    def listen(self):
        while True:
            connection, _ = self.socket.accept()
            peer = Thread(target=connection.run)
            self.peers.append(peer)  # LEK203
            peer.start()


# Timers that have fired, and processes.
class Timers:
    def __init__(self):
        self.timers = []
        self.children = []

    def on_alarm(self, alarm):
        timer = threading.Timer(alarm.delay, alarm.ring)
        timer.start()
        self.timers.append(timer)  # LEK203

    def handle_job(self, job):
        child = multiprocessing.Process(target=job.run)
        child.start()
        self.children.append(child)  # LEK203


# --- A callback that drops another task ---


# When it runs, the loop's variable is a later task.
class LateBinding:
    def __init__(self):
        self._emitted = set()

    def emit(self, handlers):
        for handler in handlers:
            task = asyncio.create_task(handler())
            self._emitted.add(task)  # LEK203
            task.add_done_callback(lambda _: self._emitted.discard(task))


# The same on a global.
_PUBLISHED = set()


async def publish(event, subscribers):
    for subscriber in subscribers:
        task = asyncio.ensure_future(subscriber(event))
        _PUBLISHED.add(task)  # LEK203
        task.add_done_callback(lambda done: _PUBLISHED.discard(task))


# From another set.
class OtherSet:
    def __init__(self):
        self._open = set()
        self._closed = set()

    def on_open(self, page):
        task = asyncio.create_task(page.load())
        self._open.add(task)  # LEK203
        task.add_done_callback(self._closed.discard)


# It only looks at the result.
class Logged:
    def __init__(self):
        self._logged = set()

    def on_line(self, line):
        task = asyncio.create_task(line.write())
        self._logged.add(task)  # LEK203
        task.add_done_callback(self._log)

    def _log(self, task):
        print(task.result())


# --- They are only awaited or cancelled at the end ---


# Until then it holds every task that has ended.
class Closing:
    def __init__(self):
        self._until_close = []

    def on_packet(self, packet):
        self._until_close.append(asyncio.create_task(packet.read()))  # LEK203

    async def close(self):
        for task in self._until_close:
            task.cancel()
        await asyncio.gather(*self._until_close, return_exceptions=True)


class Stopping:
    def __init__(self):
        self.started = []

    def on_start_request(self, request):
        thread = Thread(target=request.run)
        thread.start()
        self.started.append(thread)  # LEK203

    def stop(self):
        for thread in self.started:
            thread.join()


# To wait for them drops none of them.
class Waiting:
    def __init__(self):
        self._waited_for = set()

    def on_frame(self, frame):
        self._waited_for.add(asyncio.create_task(frame.draw()))  # LEK203

    async def flush(self):
        await asyncio.gather(*self._waited_for)

    async def flush_some(self):
        if self._waited_for:
            await asyncio.wait(self._waited_for)


# --- Silent: a callback drops it ---


# The method of the set itself.
class Discarding:
    def __init__(self):
        self._discarded = set()
        self._removed = []

    def on_discarded(self, event):
        task = asyncio.create_task(event.run())
        self._discarded.add(task)  # silent LEK203: task.add_done_callback(self._discarded.discard) => pass
        task.add_done_callback(self._discarded.discard)

    def on_removed(self, event):
        task = asyncio.create_task(event.run())
        task.add_done_callback(self._removed.remove)
        self._removed.append(task)  # silent LEK203: task.add_done_callback(self._removed.remove) => pass


# The same on a global.
_BACKGROUND = set()


async def run_in_background(event):
    task = asyncio.create_task(event.run())
    _BACKGROUND.add(task)  # silent LEK203: task.add_done_callback(_BACKGROUND.discard) => pass
    task.add_done_callback(_BACKGROUND.discard)


# A lambda over what it is given, in a loop too.
class WithLambda:
    def __init__(self):
        self._each = set()
        self._default = set()
        self._keyed = {}

    def on_each(self, handlers):
        for handler in handlers:
            task = asyncio.create_task(handler())
            self._each.add(task)  # silent LEK203: lambda t: self._each.discard(t) => lambda t: self._each.discard(task)
            task.add_done_callback(lambda t: self._each.discard(t))

    def on_default(self, handlers):
        for handler in handlers:
            task = asyncio.create_task(handler())
            self._default.add(task)  # silent LEK203: lambda _, own=task: self._default.discard(own) => print
            task.add_done_callback(lambda _, own=task: self._default.discard(own))

    def on_keyed(self, session_id):
        task = asyncio.create_task(self.talk(session_id))
        self._keyed[session_id] = task  # silent LEK203: lambda _: self._keyed.pop(session_id, None) => print
        task.add_done_callback(lambda _: self._keyed.pop(session_id, None))


# Without a loop the variable stays what it is.
class NoLoop:
    def __init__(self):
        self._alone = set()

    def on_alone(self, event):
        task = asyncio.create_task(event.run())
        self._alone.add(task)  # silent LEK203: lambda _: self._alone.discard(task) => print
        task.add_done_callback(lambda _: self._alone.discard(task))


# A method, a function inside, a partial.
class WithMethod:
    def __init__(self):
        self._by_method = set()
        self._by_function = set()
        self._by_partial = {}

    def on_by_method(self, event):
        task = asyncio.create_task(event.run())
        self._by_method.add(task)  # silent LEK203: self._by_method.discard(task) => task.result()
        task.add_done_callback(self._forget)

    def _forget(self, task):
        self._by_method.discard(task)

    def on_by_function(self, event):
        def done(task):
            self._by_function.remove(task)

        task = asyncio.create_task(event.run())
        self._by_function.add(task)  # silent LEK203: self._by_function.remove(task) => task.result()
        task.add_done_callback(done)

    def on_by_partial(self, user_id):
        task = asyncio.create_task(self.greet(user_id))
        self._by_partial[user_id] = task  # silent LEK203: functools.partial(self._by_partial.pop, user_id) => print
        task.add_done_callback(functools.partial(self._by_partial.pop, user_id))


# The task does it itself when it ends.
class Itself:
    def __init__(self):
        self._itself = set()

    def on_itself(self, event):
        self._itself.add(asyncio.create_task(self.work_on(event)))  # silent LEK203: self._itself.discard( => print(

    async def work_on(self, event):
        try:
            await event.run()
        finally:
            self._itself.discard(asyncio.current_task())


# --- Silent: what has ended is swept out ---


# By binding it anew.
class Pruning:
    def __init__(self):
        self.alive = []
        self.sliced = []

    def handle_alive(self, connection):
        self.alive = [t for t in self.alive if t.is_alive()]
        thread = Thread(target=connection.run)
        thread.start()
        self.alive.append(thread)  # silent LEK203: self.alive = [t for => alive = [t for

    def handle_sliced(self, connection):
        self.sliced[:] = [t for t in self.sliced if t.is_alive()]
        thread = Thread(target=connection.run)
        thread.start()
        self.sliced.append(thread)  # silent LEK203: self.sliced[:] = => sliced =


# In a loop.
class Reaping:
    def __init__(self):
        self._reaped = []
        self._joined = []

    def on_reaped(self, event):
        self._reaped.append(asyncio.create_task(event.run()))  # silent LEK203: self._reaped.remove(task) => print(task)

    def _reap(self):
        for task in list(self._reaped):
            if task.done():
                self._reaped.remove(task)

    def on_joined(self, event):
        thread = Thread(target=event.run)
        thread.start()
        self._joined.append(thread)  # silent LEK203: self._joined.pop().join() => self._joined[-1].join()

    def join_all(self):
        while self._joined:
            self._joined.pop().join()


# All are awaited and then dropped, as work goes on.
class Flushing:
    def __init__(self):
        self._flushed = []
        self._drained = []
        self._swapped = []

    def on_flushed(self, event):
        self._flushed.append(asyncio.create_task(event.run()))  # silent LEK203: self._flushed.clear() => pass

    async def flush(self):
        await asyncio.gather(*self._flushed)
        self._flushed.clear()

    def on_drained(self, event):
        self._drained.append(asyncio.create_task(event.run()))  # silent LEK203: self._drained = list(pending) => pass

    async def drain(self):
        _, pending = await asyncio.wait(self._drained, timeout=1)
        self._drained = list(pending)

    def on_swapped(self, event):
        self._swapped.append(asyncio.create_task(event.run()))  # silent LEK203: swapped, self._swapped = => swapped, other =

    async def swap(self):
        swapped, self._swapped = self._swapped, []
        await asyncio.gather(*swapped)


# Only so many are kept.
class Limited:
    def __init__(self):
        self._latest = collections.deque(maxlen=10)

    def on_latest(self, event):
        self._latest.append(asyncio.create_task(event.run()))  # silent LEK203: maxlen=10 => maxlen=None


# --- Silent: as many as there are workers ---


# Made with the object, or when it starts.
class Workers:
    def __init__(self, size):
        self.workers = []
        for _ in range(size):
            worker = Thread(target=self.work)
            self.workers.append(worker)
        self.loops = []
        self.services = []
        self.helpers = []

    def start(self):
        self.loops.append(asyncio.create_task(self.poll()))  # silent LEK203: def start(self) => def on_poll(self)

    async def setup(self):
        self.services.append(asyncio.create_task(self.watch()))  # silent LEK203: def setup(self) => def on_watch(self)

    def scale(self):
        for _ in range(4):
            self.helpers.append(Thread(target=self.work))  # silent LEK203: for _ in range(4): => while self.open:

    def stop(self):
        for loop in self.loops:
            loop.cancel()
        for service in self.services:
            service.cancel()
        for helper in self.helpers:
            helper.join()


# At import.
_AT_IMPORT = [Thread(target=print)]
_AT_IMPORT.append(Thread(target=print))


# One per name that the code itself gives.
class Named:
    def __init__(self):
        self._named = {}
        self._poller = None

    def on_settings(self, settings):
        self._named["poll"] = asyncio.create_task(self.poll(settings))  # silent LEK203: ["poll"] => [settings.session_id]
        self._poller = asyncio.create_task(self.poll(settings))


# --- Silent: it ends with the call, or isn't kept ---


async def gather_all(requests):
    tasks = []
    for request in requests:
        tasks.append(asyncio.create_task(request.answer()))
    return await asyncio.gather(*tasks)


def run_all(jobs):
    threads = []
    for job in jobs:
        thread = Thread(target=job.run)
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()


# A set that does not keep what it holds.
class Weak:
    def __init__(self):
        self._weak = weakref.WeakSet()

    def on_weak(self, event):
        self._weak.add(asyncio.create_task(event.run()))  # silent LEK203: weakref.WeakSet() => set()


# A group drops its tasks when they end.
class Group:
    def __init__(self, group):
        self.group = group

    def on_group(self, event):
        self.group.create_task(event.run())


# --- Silent: somebody else may drop it ---


class Given:
    def __init__(self):
        self._given = []
        self._returned = []

    def on_given(self, event):
        self._given.append(asyncio.create_task(event.run()))  # silent LEK203: other.watch(self._given) => pass

    def watch(self):
        other.watch(self._given)

    def on_returned(self, event):
        self._returned.append(asyncio.create_task(event.run()))  # silent LEK203: return self._returned => return 1

    def tasks(self):
        return self._returned


# No task.
class NoTasks:
    def __init__(self):
        self._plain = set()
        self._plain.add(1)

    def on_plain(self, event):
        self._plain.add(event.kind)  # silent LEK203: self._plain.add(event.kind) => self._plain.add(asyncio.create_task(event))

    def show_plain(self):
        for kind in self._plain:
            print(kind)
