"""Containers of the standard library and of cache libraries, and what their methods do.

Constructors are qualified names. Verbs are method names and the model's own (`[]=`, `del []`, `+=`).
Sources: the library reference of Python 3.13, and the documentation of cachetools, cachebox, zict and lru-dict.
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
        "builtins.dict.fromkeys",
    }
)
#: Constructors of mappings in which `x[key] += 1` makes the key.
FILLING: frozenset[str] = frozenset({"collections.defaultdict", "collections.Counter"})
#: Constructors of sequences, sets and queues that keep every item -> the argument that bounds them, and its position.
COLLECTIONS: dict[str, tuple[str, int] | None] = {
    "builtins.list": None,
    "builtins.set": None,
    "builtins.bytearray": None,
    "array.array": None,
    "collections.UserList": None,
    "collections.deque": ("maxlen", 1),
    "queue.Queue": ("maxsize", 0),
    "queue.LifoQueue": ("maxsize", 0),
    "queue.PriorityQueue": ("maxsize", 0),
    "queue.SimpleQueue": None,
    "asyncio.Queue": ("maxsize", 0),
    "asyncio.LifoQueue": ("maxsize", 0),
    "asyncio.PriorityQueue": ("maxsize", 0),
    "multiprocessing.Queue": ("maxsize", 0),
}
#: What adds a key to a mapping.
MAPPING_PUTS: frozenset[str] = frozenset({"[]=", "[]+=", "setdefault", "update"})
#: What adds an item to a list, set, deque or queue.
COLLECTION_PUTS: frozenset[str] = frozenset(
    {"append", "appendleft", "extend", "extendleft", "insert", "add", "update", "put", "put_nowait"}
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
    }
)
#: Functions that put an item into the list given as first argument.
PUSHERS: frozenset[str] = frozenset({"heapq.heappush", "bisect.insort", "bisect.insort_left", "bisect.insort_right"})
