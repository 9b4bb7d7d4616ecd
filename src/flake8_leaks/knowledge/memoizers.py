"""Decorators that remember the results of a function by its arguments, and what such arguments often are.

Sources: the library reference of Python 3.13 (functools); the documentation of async-lru, cachetools, aiocache and
Streamlit. What each keeps alive was tried: functools, async-lru 2.4, cachetools 5.5, asyncache 0.3, cachebox 6.2,
methodtools 0.4, toolz and cytoolz 1.2, boltons 26.2, kombu 5.7, memoization 0.4, aiocache 0.12. joblib keeps its
memory on disk, ring and theine have a bound by default: they are left out.
"""

from __future__ import annotations

OBJECTS, OBJECTS_OF_FUNCTIONS, TEXT = "objects", "objects of functions", "text"

# How a memoizer is bounded, and what its memory holds on to:
#   the argument that bounds it, a size or a container; "" for none
#   its position
#   the size without that argument; None = no bound, 0 = the argument must be given
#   what it keeps: OBJECTS (the arguments, `self` too), OBJECTS_OF_FUNCTIONS (the same, but on a method the memory is
#   the instance's, or it doesn't work there) or TEXT (the key is text or a hash made of the arguments)
#   arguments that bound it in other ways, by time for example; "*" where that is always so
#   the argument that takes a function which makes the key
_Row = tuple[str, int, "int | None", str, tuple[str, ...], str]

_CONTAINER: _Row = ("cache", 0, 0, OBJECTS, (), "key")
_CURRIED: _Row = ("cache", 1, None, OBJECTS, (), "key")
_SIZED: _Row = ("maxsize", 0, 128, OBJECTS, (), "")

#: qualified name -> what is known of it
MEMOIZERS: dict[str, _Row] = {
    "functools.cache": ("", -1, None, OBJECTS, (), ""),
    "functools.lru_cache": _SIZED,
    "async_lru.alru_cache": ("maxsize", 0, 128, OBJECTS, ("ttl",), "key"),
    "cachetools.func.lru_cache": _SIZED,
    "cachetools.func.lfu_cache": _SIZED,
    "cachetools.func.fifo_cache": _SIZED,
    "cachetools.func.mru_cache": _SIZED,
    "cachetools.func.rr_cache": _SIZED,
    "cachetools.func.ttl_cache": ("maxsize", 0, 128, OBJECTS, ("*",), ""),
    "cachetools.cached": _CONTAINER,
    "asyncache.cached": _CONTAINER,
    "cachebox.cached": ("cache", 0, None, OBJECTS, (), "key_maker"),
    "methodtools.lru_cache": ("maxsize", 0, 128, OBJECTS_OF_FUNCTIONS, (), ""),
    "toolz.memoize": _CURRIED,
    "toolz.functoolz.memoize": _CURRIED,
    "toolz.curried.memoize": _CURRIED,
    "cytoolz.memoize": _CURRIED,
    "cytoolz.functoolz.memoize": _CURRIED,
    "cytoolz.curried.memoize": _CURRIED,
    "tlz.memoize": _CURRIED,
    "boltons.cacheutils.cached": ("cache", 0, 0, OBJECTS_OF_FUNCTIONS, (), "key"),
    "kombu.utils.functional.memoize": ("maxsize", 0, None, OBJECTS, (), "keyfun"),
    "celery.utils.functional.memoize": ("maxsize", 0, None, OBJECTS, (), "keyfun"),
    "memoization.cached": ("max_size", 1, None, OBJECTS, (), "custom_key_maker"),
    "aiocache.cached": ("cache", 5, None, TEXT, ("ttl", "alias"), "key_builder"),
    "aiocache.cached_stampede": ("cache", -1, None, TEXT, ("ttl", "alias"), "key_builder"),
    "streamlit.cache_data": ("max_entries", -1, None, TEXT, ("ttl", "max_size"), ""),
    "streamlit.cache_resource": ("max_entries", -1, None, TEXT, ("ttl", "max_size"), ""),
}
#: What empties a memory, as an attribute of the memoized function.
CLEARS: frozenset[str] = frozenset(
    {"cache_clear", "clear_cache", "cache_invalidate", "cache_close", "cache", "clear", "uncache"}
)
#: Functions that make keys of all arguments, as a memoizer does by itself.
WHOLE_KEYS: frozenset[str] = frozenset(
    {"cachetools.keys.hashkey", "cachetools.keys.typedkey", "cachebox.make_key", "cachebox.make_typed_key"}
)
#: Values of a size that mean: no bound.
NO_BOUND: frozenset[str] = frozenset({"math.inf", "sys.maxsize"})

# Objects that compare by identity and are typically made anew for a call: a memory keyed by them never answers for
# the next one, and keeps each with all that it holds.
FUNCTION, FRAME = "a function", "a frame"
#: Last name of an annotation -> what such a value is.
IDENTITY_TYPES: dict[str, str] = {
    name: kind
    for kind, names in {
        FUNCTION: "Callable FunctionType MethodType LambdaType partial",
        FRAME: "FrameType",
        "a request": "Request HttpRequest WSGIRequest ASGIRequest HTTPServerRequest HTTPConnection",
        "a response": "HttpResponse HTTPResponse ClientResponse StreamResponse StreamingResponse",
        "a connection": "Connection AsyncConnection Cursor AsyncCursor DBAPIConnection socket SSLSocket WebSocket "
        "WebSocketResponse StreamReader StreamWriter Transaction",
        "a session": "Session AsyncSession ClientSession",
        "a task": "Task Future Thread Coroutine Awaitable",
        "an iterator": "Iterator AsyncIterator Generator AsyncGenerator",
        "an exception": "Exception BaseException TracebackType",
        "a file": "IO TextIO BinaryIO TextIOWrapper BufferedReader BufferedWriter BytesIO StringIO",
        "a tensor": "Tensor",
    }.items()
    for name in names.split()
}
#: Last words of annotations that say the same: `JsonDumpsFunction`, `ErrorHandler`.
FUNCTION_TYPES: tuple[str, ...] = ("Function", "Func", "Fn", "Callback", "Handler", "Listener", "Hook", "Callable")
#: Last words of parameters without annotation: `func`, `error_handler`.
FUNCTION_NAMES: frozenset[str] = frozenset(
    "func fn function callback cb handler listener predicate coro coroutine closure".split()
)
#: Name of a parameter without annotation -> what it takes.
IDENTITY_NAMES: dict[str, str] = {
    name: kind
    for kind, names in {
        "a request": "request req http_request",
        "a response": "response resp",
        "a connection": "conn connection sock socket websocket ws cursor dbapi_connection",
        "a session": "session db_session http_session",
        "an exception": "exc exception traceback tb",
    }.items()
    for name in names.split()
}
#: Attributes that frames have, and little else.
FRAME_ATTRIBUTES: frozenset[str] = frozenset({"f_back", "f_code", "f_locals", "f_globals", "f_lineno"})
#: Attributes that text has: then a `handler` is the name of one.
TEXT_METHODS: frozenset[str] = frozenset(
    "lower upper casefold strip lstrip rstrip split rsplit partition rpartition startswith endswith encode".split()
)
#: Annotations of plain values, which input can make without end.
VALUE_TYPES: frozenset[str] = frozenset(
    """
    str bytes int float complex Decimal Fraction UUID date datetime time timedelta Path PurePath PathLike StrPath
    StrOrBytesPath tuple Tuple frozenset FrozenSet Sequence Iterable Collection Hashable Any object Mapping AnyStr
    IPv4Address IPv6Address
    """.split()
)
