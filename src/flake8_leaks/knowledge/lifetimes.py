"""What a class does whose objects live long.

Sources: the library reference of Python 3.13 (threading, asyncio, multiprocessing, sched, socketserver); the
documentation of Twisted, Tornado, Trio, AnyIO and APScheduler.
"""

from __future__ import annotations

#: What goes on running when the call is over -> what it is called in a message. Names with "()" are methods.
STARTERS: dict[str, str] = {
    "threading.Thread": "a thread",
    "threading.Timer": "a timer",
    "multiprocessing.Process": "a process",
    "concurrent.futures.ThreadPoolExecutor": "an executor",
    "asyncio.create_task": "a task",
    "asyncio.ensure_future": "a task",
    "asyncio.start_server": "a server",
    "asyncio.start_unix_server": "a server",
    "tornado.ioloop.PeriodicCallback": "a periodic callback",
    "twisted.internet.task.LoopingCall": "a looping call",
    "apscheduler.schedulers.background.BackgroundScheduler": "a scheduler",
}
#: What guards state that more than one thread or task uses.
LOCKS: frozenset[str] = frozenset(
    """
    threading.Lock threading.RLock threading.Condition threading.Semaphore threading.BoundedSemaphore
    asyncio.Lock asyncio.Condition asyncio.Semaphore asyncio.BoundedSemaphore multiprocessing.Lock
    multiprocessing.RLock anyio.Lock anyio.Condition trio.Lock
    """.split()
)
#: What makes a value that no other call makes.
FRESH: frozenset[str] = frozenset(
    """
    uuid.uuid1 uuid.uuid4 uuid.uuid7 secrets.token_hex secrets.token_urlsafe secrets.token_bytes os.urandom
    builtins.object builtins.next time.time time.time_ns time.monotonic time.perf_counter time.monotonic_ns
    datetime.datetime.now datetime.datetime.utcnow ulid.new shortuuid.uuid nanoid.generate bson.ObjectId
    bson.objectid.ObjectId
    """.split()
)
#: What code waits for: made for each key it stays until someone takes it out -> what it is called in a message.
WAITED_FOR: dict[str, str] = {
    **{
        f"{module}.{name}": f"a{'n' if name == 'Event' else ''} {name.lower()}"
        for module in ("threading", "asyncio", "anyio", "trio", "multiprocessing")
        for name in ("Lock", "RLock", "Event", "Condition", "Semaphore", "BoundedSemaphore")
    },
    **{f"{module}.Queue": "a queue" for module in ("queue", "asyncio", "multiprocessing", "gevent.queue")},
    "queue.SimpleQueue": "a queue",
    "asyncio.Future": "a future",
    "concurrent.futures.Future": "a future",
}
#: What makes a task, future, thread or process -> what it is called in a message.
SPAWNERS: dict[str, str] = {
    "asyncio.create_task": "task",
    "asyncio.ensure_future": "task",
    "asyncio.Task": "task",
    "asyncio.run_coroutine_threadsafe": "future",
    "threading.Thread": "thread",
    "threading.Timer": "timer",
    "multiprocessing.Process": "process",
    "gevent.spawn": "greenlet",
    "eventlet.spawn": "greenlet",
}
#: The same for methods of event loops and executors.
SPAWNING: dict[str, str] = {
    "create_task": "task",
    "ensure_future": "task",
    "submit": "future",
    "run_in_executor": "future",
}
#: Functions that wait for what they are given, and keep none of it.
WAITERS: frozenset[str] = frozenset(
    """
    asyncio.gather asyncio.wait asyncio.as_completed asyncio.wait_for asyncio.shield concurrent.futures.wait
    concurrent.futures.as_completed gevent.joinall gevent.killall gevent.wait multiprocessing.connection.wait
    """.split()
)
#: What refers to an object without keeping it alive, and stays itself when the object is gone.
WEAK_REFERENCES: frozenset[str] = frozenset({"weakref.ref", "weakref.WeakMethod", "weakref.proxy"})
#: What makes futures of concurrent.futures.
EXECUTORS: frozenset[str] = frozenset(
    f"{module}.{name}"
    for module in ("concurrent.futures", "concurrent.futures.thread", "concurrent.futures.process")
    for name in ("ThreadPoolExecutor", "ProcessPoolExecutor", "InterpreterPoolExecutor")
)
