import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import other

_POOL = ThreadPoolExecutor()

# --- Nobody sees what is in there ---

_TASKS = set()


def on_message(message):
    # Held until it is done.
    task = asyncio.create_task(message.answer())
    _TASKS.add(task)
    task.add_done_callback(_TASKS.discard)


_ANSWERS = []


def on_answer(message):
    if message:
        # Held, too.
        task = asyncio.ensure_future(message.answer())
        _ANSWERS.append(task)
        task.add_done_callback(_ANSWERS.remove)
        message.log()


_JOBS = set()


def on_job(message):
    future = _POOL.submit(message.answer)
    _JOBS.add(future)
    future.add_done_callback(_JOBS.discard)


class Hub:
    def __init__(self, loop):
        self.loop = loop
        self._sends = set()

    def on_send(self, message):
        task = self.loop.create_task(message.send())
        self._sends.add(task)
        task.add_done_callback(self._sends.discard)


# --- Someone may ---

PUBLIC = set()


def on_public(message):
    task = asyncio.create_task(message.answer())
    PUBLIC.add(task)
    task.add_done_callback(PUBLIC.discard)


_CANCELLED = set()


def on_cancelled(message):
    task = asyncio.create_task(message.answer())
    _CANCELLED.add(task)
    task.add_done_callback(_CANCELLED.discard)


async def aclose():
    for task in _CANCELLED:
        if not task.done():
            task.cancel()
    await asyncio.gather(*_CANCELLED, return_exceptions=True)


# Maybe no executor.
_MAYBE = set()


def on_maybe(message):
    future = other.pool.submit(message.answer)
    _MAYBE.add(future)
    future.add_done_callback(_MAYBE.discard)


# The callback drops another one.
_LATE = set()


def on_all(messages):
    for message in messages:
        task = asyncio.create_task(message.answer())
        _LATE.add(task)
        task.add_done_callback(_LATE.discard)


# --- Left ---

_THREADS = []


def on_thread(message):
    thread = threading.Thread(target=message.answer)
    thread.start()
    _THREADS.append(thread)


_BY_ID = {}


def on_keyed(message):
    _BY_ID[message.id] = asyncio.create_task(message.answer())


# The results are wanted.
_WANTED = set()


def on_wanted(message):
    _WANTED.add(asyncio.create_task(message.answer()))


async def shutdown():
    return await asyncio.gather(*_WANTED)


# A future that is cancelled calls back at once, while the loop runs over the set.
_FUTURES = set()


def on_future(message):
    _FUTURES.add(_POOL.submit(message.answer))


def stop():
    for future in _FUTURES:
        future.cancel()


# What isn't in a list can't be removed from it.
_EMPTIED = []


def on_emptied(message):
    _EMPTIED.append(asyncio.create_task(message.answer()))


def close():
    _EMPTIED.clear()


_TAKEN = set()


def on_taken(task):
    _TAKEN.add(asyncio.create_task(task.answer()))


# A loop of the file's own: what it makes may be no task.
_OWN = set()


class Loop:
    def create_task(self, coroutine):
        return coroutine


class OwnHub:
    def __init__(self):
        self.own_loop = Loop()

    def on_send(self, message):
        task = self.own_loop.create_task(message.send())
        _OWN.add(task)
        task.add_done_callback(_OWN.discard)
