"""Containers of the standard library and of cache libraries, and what their methods do.

Constructors are qualified names. Verbs are method names and the model's own (`[]=`, `del []`, `+=`).
Sources: the library reference of Python 3.13 and 3.14, and the documentation of sortedcontainers, multidict, bidict,
boltons, ordered-set, gevent, eventlet, Tornado, Trio, AnyIO, curio, janus, culsans, billiard and multiprocess.

Left out, because nothing grows without end in them: caches that evict by default (cachetools, zict, lru-dict,
expiringdict, boltons.cacheutils), containers whose entries die with their keys or values (weakref), pipes
(multiprocessing.SimpleQueue) and rendezvous (gevent.queue.Channel).
"""

from __future__ import annotations

#: Constructors of mappings that keep every key.
MAPPINGS: frozenset[str] = frozenset(
    {
        "builtins.dict",
        "collections.OrderedDict",
        "collections.defaultdict",
        "collections.Counter",
        "collections.ChainMap",
        "collections.UserDict",
        "typing.OrderedDict",
        "typing.DefaultDict",
        "typing.Counter",
        "typing.ChainMap",
        "builtins.dict.fromkeys",
        "collections.OrderedDict.fromkeys",
        # other libraries
        "sortedcontainers.SortedDict",
        "multidict.MultiDict",
        "multidict.CIMultiDict",
        "bidict.bidict",
        "bidict.OrderedBidict",
        "boltons.dictutils.OMD",
        "boltons.dictutils.OrderedMultiDict",
        "boltons.dictutils.OneToOne",
        "boltons.dictutils.ManyToMany",
    }
)
#: Constructors of mappings in which `x[key] += 1` makes the key.
FILLING: frozenset[str] = frozenset(
    {"collections.defaultdict", "collections.Counter", "typing.DefaultDict", "typing.Counter"}
)
#: Constructors of sequences, sets and queues that keep every item -> the argument that bounds them, and its position.
COLLECTIONS: dict[str, tuple[str, int] | None] = {
    "builtins.list": None,
    "builtins.set": None,
    "builtins.bytearray": None,
    "array.array": None,
    "collections.UserList": None,
    "collections.deque": ("maxlen", 1),
    "typing.Deque": ("maxlen", 1),
    "queue.Queue": ("maxsize", 0),
    "queue.LifoQueue": ("maxsize", 0),
    "queue.PriorityQueue": ("maxsize", 0),
    "queue.SimpleQueue": None,
    "asyncio.Queue": ("maxsize", 0),
    "asyncio.LifoQueue": ("maxsize", 0),
    "asyncio.PriorityQueue": ("maxsize", 0),
    "multiprocessing.Queue": ("maxsize", 0),
    "multiprocessing.JoinableQueue": ("maxsize", 0),
    # other libraries
    "sortedcontainers.SortedList": None,
    "sortedcontainers.SortedKeyList": None,
    "sortedcontainers.SortedSet": None,
    "boltons.listutils.BList": None,
    "boltons.listutils.BarrelList": None,
    "boltons.setutils.IndexedSet": None,
    "boltons.queueutils.PriorityQueue": None,
    "boltons.queueutils.HeapPriorityQueue": None,
    "boltons.queueutils.SortedPriorityQueue": None,
    "ordered_set.OrderedSet": None,
    "gevent.queue.Queue": ("maxsize", 0),
    "gevent.queue.SimpleQueue": ("maxsize", 0),
    "gevent.queue.JoinableQueue": ("maxsize", 0),
    "gevent.queue.LifoQueue": ("maxsize", 0),
    "gevent.queue.PriorityQueue": ("maxsize", 0),
    "gevent.queue.UnboundQueue": None,
    "eventlet.Queue": ("maxsize", 0),
    "eventlet.queue.Queue": ("maxsize", 0),
    "eventlet.queue.LightQueue": ("maxsize", 0),
    "eventlet.queue.LifoQueue": ("maxsize", 0),
    "eventlet.queue.PriorityQueue": ("maxsize", 0),
    "tornado.queues.Queue": ("maxsize", 0),
    "tornado.queues.LifoQueue": ("maxsize", 0),
    "tornado.queues.PriorityQueue": ("maxsize", 0),
    "curio.Queue": ("maxsize", 0),
    "curio.LifoQueue": ("maxsize", 0),
    "curio.PriorityQueue": ("maxsize", 0),
    "janus.Queue": ("maxsize", 0),
    "janus.LifoQueue": ("maxsize", 0),
    "janus.PriorityQueue": ("maxsize", 0),
    "culsans.Queue": ("maxsize", 0),
    "culsans.LifoQueue": ("maxsize", 0),
    "culsans.PriorityQueue": ("maxsize", 0),
    "billiard.Queue": ("maxsize", 0),
    "billiard.JoinableQueue": ("maxsize", 0),
    "multiprocess.Queue": ("maxsize", 0),
    "multiprocess.JoinableQueue": ("maxsize", 0),
    "six.moves.queue.Queue": ("maxsize", 0),
    "six.moves.queue.LifoQueue": ("maxsize", 0),
    "six.moves.queue.PriorityQueue": ("maxsize", 0),
}
#: Of these, the queues by which threads, tasks, greenlets or processes hand each other work.
QUEUES: frozenset[str] = frozenset(
    name for name in COLLECTIONS if name.endswith("Queue") and not name.startswith("boltons.")
)
#: Functions that make the two ends of a queue, (sender, receiver) -> the argument that bounds it, and its position.
#: They ask for a bound, and `math.inf` stands for none; anyio's default is 0, a rendezvous.
CHANNELS: dict[str, tuple[str, int]] = {
    "trio.open_memory_channel": ("max_buffer_size", 0),
    "anyio.create_memory_object_stream": ("max_buffer_size", 0),
}
#: What adds a key to a mapping.
MAPPING_PUTS: frozenset[str] = frozenset({"[]=", "[]+=", "setdefault", "update", "add", "put", "forceput"})
#: What adds an item to a list, set, deque or queue.
COLLECTION_PUTS: frozenset[str] = frozenset(
    """
    append appendleft extend extendleft insert add update put put_nowait frombytes fromlist fromfile fromunicode
    """.split()
)
#: What puts into an element of a mapping of containers or counts.
ELEMENT_PUTS: frozenset[str] = MAPPING_PUTS | COLLECTION_PUTS
#: What takes something out of a container, or empties it.
TAKES: frozenset[str] = frozenset(
    {
        "pop",
        "popitem",
        "popleft",
        "clear",
        "remove",
        "discard",
        "del",
        "del []",
        "difference_update",
        "intersection_update",
        "symmetric_difference_update",
        "get_nowait",
        "__delitem__",
        "popone",
        "popall",
        "resize",
        # of containers that a program or a cache library makes: they drop what is old, or what is too much
        "expire",
        "prune",
        "evict",
        "purge",
        "cull",
        "trim",
        "drain",
        "=",
    }
)
#: What takes something out of a queue; on other containers `get` only reads.
QUEUE_TAKES: frozenset[str] = frozenset({"get", "get_nowait"})
#: Calls that look at a container or a value and do not keep it.
LOOKERS: frozenset[str] = frozenset(
    f"builtins.{name}"
    for name in """
    len list tuple set frozenset dict sorted reversed enumerate sum min max any all str repr print bool
    isinstance id type iter next zip map filter hash format callable hasattr bytes int float abs range
    issubclass
    """.split()
) | frozenset(
    {
        "json.dumps",
        "pprint.pprint",
        "pprint.pformat",
        "copy.copy",
        "copy.deepcopy",
        "random.choice",
        "bisect.bisect",
        "bisect.bisect_left",
        "bisect.bisect_right",
        "heapq.nlargest",
        "heapq.nsmallest",
    }
)
#: Functions that put an item into the list given as first argument (`heappushpop` and `heapreplace` keep its size).
PUSHERS: frozenset[str] = frozenset(
    {
        "heapq.heappush",
        "heapq.heappush_max",
        "bisect.insort",
        "bisect.insort_left",
        "bisect.insort_right",
    }
)
#: Functions that declare a field whose value a factory makes for each object.
FIELDS: frozenset[str] = frozenset({"dataclasses.field", "attr.ib", "attr.attrib", "attrs.field"})
#: What a deque with a bound does as a list does it: methods, and the model's own verbs.
DEQUE_METHODS: frozenset[str] = frozenset("append extend iterate in test count index reverse drop".split())
#: Functions that read a deque as they read a list.
DEQUE_READERS: frozenset[str] = frozenset(
    f"builtins.{name}"
    for name in """
    len list tuple set frozenset sorted reversed enumerate sum min max any all iter zip map filter bool
    """.split()
)
