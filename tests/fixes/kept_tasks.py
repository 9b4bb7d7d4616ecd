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
    _TASKS.add(task)  # LEK203 safe


_ANSWERS = []


def on_answer(message):
    if message:
        # Held, too.
        _ANSWERS.append(  # LEK203 safe
            asyncio.ensure_future(message.answer()),
        )
        message.log()


_JOBS = set()


def on_job(message):
    _JOBS.add(_POOL.submit(message.answer))  # LEK203 safe


class Hub:
    def __init__(self, loop):
        self.loop = loop
        self._sends = set()

    def on_send(self, message):
        task = self.loop.create_task(message.send())
        self._sends.add(task)  # LEK203 safe


# --- Someone may ---

PUBLIC = set()


def on_public(message):
    PUBLIC.add(asyncio.create_task(message.answer()))  # LEK203 unsafe


_CANCELLED = set()


def on_cancelled(message):
    _CANCELLED.add(asyncio.create_task(message.answer()))  # LEK203 unsafe


async def aclose():
    for task in _CANCELLED:
        if not task.done():
            task.cancel()
    await asyncio.gather(*_CANCELLED, return_exceptions=True)


# Maybe no executor.
_MAYBE = set()


def on_maybe(message):
    _MAYBE.add(other.pool.submit(message.answer))  # LEK203 unsafe


# The callback drops another one.
_LATE = set()


def on_all(messages):
    for message in messages:
        task = asyncio.create_task(message.answer())
        _LATE.add(task)  # LEK203 unsafe
        task.add_done_callback(lambda _: _LATE.discard(task))


# --- Left ---

_THREADS = []


def on_thread(message):
    thread = threading.Thread(target=message.answer)
    thread.start()
    _THREADS.append(thread)  # LEK203 left: a thread does not say when it is done


_BY_ID = {}


def on_keyed(message):
    _BY_ID[message.id] = asyncio.create_task(message.answer())  # LEK203 left: not simply added to a set or list


# The results are wanted.
_WANTED = set()


def on_wanted(message):
    _WANTED.add(asyncio.create_task(message.answer()))  # LEK203 left: waits for what is in the container


async def shutdown():
    return await asyncio.gather(*_WANTED)


# A future that is cancelled calls back at once, while the loop runs over the set.
_FUTURES = set()


def on_future(message):
    _FUTURES.add(_POOL.submit(message.answer))  # LEK203 left: waits for what is in the container, or reads it


def stop():
    for future in _FUTURES:
        future.cancel()


# What isn't in a list can't be removed from it.
_EMPTIED = []


def on_emptied(message):
    _EMPTIED.append(asyncio.create_task(message.answer()))  # LEK203 left: the list is emptied elsewhere


def close():
    _EMPTIED.clear()


_TAKEN = set()


def on_taken(task):
    _TAKEN.add(asyncio.create_task(task.answer()))  # LEK203 left: the name for it is taken


# A loop of the file's own: what it makes may be no task.
_OWN = set()


class Loop:
    def create_task(self, coroutine):
        return coroutine


class OwnHub:
    def __init__(self):
        self.own_loop = Loop()

    def on_send(self, message):
        _OWN.add(self.own_loop.create_task(message.send()))  # LEK203 unsafe
