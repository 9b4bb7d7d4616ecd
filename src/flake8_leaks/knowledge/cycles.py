"""What keeps what it is given for as long as it lives itself, and what is made for each connection or job.

Sources: the library reference of Python 3.13 (asyncio protocols, concurrent.futures, pyexpat, threading, weakref); the
documentation of Twisted, Tornado, vine and httptools. Run on CPython 3.10 to 3.13: a timer keeps its function after it
ran and after cancel(), a started thread drops its target; an asyncio future drops its callbacks when they have run, a
concurrent one keeps them; a weak reference drops its callback when its object dies.
"""

from __future__ import annotations

#: Calls that keep every argument -> what it is called in a message.
KEEPERS: dict[str, str] = {
    "functools.partial": "a partial",
    "functools.partialmethod": "a partial",
    "types.MethodType": "a bound method",
    "collections.defaultdict": "a defaultdict",
    "threading.Timer": "a timer",
    "vine.promise": "a promise",
    "vine.promises.promise": "a promise",
    "vine.barrier": "a barrier",
    "tornado.ioloop.PeriodicCallback": "a periodic callback",
    "twisted.internet.task.LoopingCall": "a looping call",
    "weakref.ref": "a weak reference's callback",
    "weakref.KeyedRef": "a weak reference's callback",
}
#: Of these, what reads its first argument weakly: only a callback can be held.
WEAKLY: frozenset[str] = frozenset({"weakref.ref", "weakref.KeyedRef"})
#: Makers of parsers that are written in C and call methods of the object that they are given.
NATIVE: dict[str, str] = {
    "httptools.HttpRequestParser": "a parser",
    "httptools.HttpResponseParser": "a parser",
    "http_parser.parser.HttpParser": "a parser",
}
#: Makers of parsers whose callbacks are set as attributes.
EXPAT: frozenset[str] = frozenset(
    {"xml.parsers.expat.ParserCreate", "pyexpat.ParserCreate", "xml.parsers.expat.expat.ParserCreate"}
)
#: Methods that only an object has of which there is one for each connection.
CONNECTION_METHODS: frozenset[str] = frozenset(
    """
    connection_made connection_lost data_received datagram_received eof_received buffer_updated pipe_data_received
    connectionMade connectionLost dataReceived lineReceived
    """.split()
)
#: Methods whose name says that their result is a future of `concurrent.futures`, which keeps its callbacks.
SUBMITTERS: frozenset[str] = frozenset({"submit"})
FUTURES: frozenset[str] = frozenset({"concurrent.futures.Future", "asyncio.run_coroutine_threadsafe"})
#: The name of an object (or of the class that makes it) of which there is one for each request, connection or job, and
#: that holds sockets, buffers or what was asked for.
HEAVY: str = (
    r".*(request|response|conn|connection|websocket|sock|socket|stream|channel|transport|protocol|session|proc|process|"
    r"parser|reader|writer|transaction|upload|download|thread|greenlet)_?\d*"
)
#: Names of classes, modules and of what serves as long as the process.
LASTING: str = (
    r"_*(\w+_)?(cls|klass|class|type|mcs|hub|loop|app|application|server|module|mod|manager|pool|engine|master|root|shell|"
    r"registry|config|settings|logger|window|dialog|parent|kernel|handler)_*"
)
