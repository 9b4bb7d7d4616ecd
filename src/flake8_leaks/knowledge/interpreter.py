"""What the interpreter and its standard library keep for as long as the process lives.

Sources: the library reference of Python 3.13 (sys, gc, logging, warnings, contextvars, ctypes, copyreg, linecache) and
the logging cookbook; CPython issue 100926 for the cache of pointer types, which Python 3.14 no longer has. Executed on
Python 3.10 to 3.13: 50 logger names leave 50 loggers; a warnings filter that is equal to one there is replaces it, 50
that differ leave 50; a ContextVar that is set and not reset stays, with its value, in the context, one that is never
set or that is reset does not; POINTER, CFUNCTYPE, copyreg.pickle and singledispatch keep a class that a function makes.
Classes alone (`class` statements, pydantic.create_model) and those that an abstract base class registers are collected;
`typing` keeps the last 128.
"""

from __future__ import annotations

#: Lists that are read on every import or collection.
LISTS: frozenset[str] = frozenset({"sys.path", "sys.meta_path", "sys.path_hooks", "gc.callbacks"})
#: Mappings of which nothing is dropped unless someone deletes it.
MAPPINGS: frozenset[str] = frozenset({"sys.modules", "linecache.cache", "os.environ"})
#: Functions that keep a logger for each name that they are given.
LOGGERS: frozenset[str] = frozenset(
    {"logging.getLogger", "celery.utils.log.get_logger", "celery.utils.log.get_task_logger"}
)
#: Functions that insert a warnings filter -> the positions of the arguments that may differ from call to call.
FILTERS: dict[str, tuple[int, ...]] = {"warnings.filterwarnings": (1, 2, 3), "warnings.simplefilter": (1,)}
#: Makers of pointer types, which ctypes caches by the type that is pointed to.
POINTERS: frozenset[str] = frozenset({"ctypes.POINTER"})
#: Functions that keep a class that they are given.
CLASS_KEEPERS: frozenset[str] = frozenset(
    {"ctypes.POINTER", "ctypes.CFUNCTYPE", "ctypes.WINFUNCTYPE", "ctypes.PYFUNCTYPE", "copyreg.pickle"}
)
#: Functions whose result is another one at each call; a name that ends in a dot stands for a whole module.
MADE_UP: frozenset[str] = frozenset(
    """
    builtins.id uuid.uuid1 uuid.uuid4 uuid.uuid6 uuid.uuid7 time.time time.time_ns time.monotonic time.monotonic_ns
    time.perf_counter time.perf_counter_ns datetime.datetime.now datetime.datetime.utcnow os.urandom tempfile.mktemp
    tempfile.mkdtemp tempfile.mkstemp tempfile.TemporaryDirectory tempfile.NamedTemporaryFile random. secrets.
    """.split()
)
#: A pattern of names for what there is one of per request, session, connection or message.
IDENTITIES = (
    r"_*(\w+_)?((request|req|session|connection|conn|message|msg|trace|span|user|order|transaction|correlation|chat|"
    r"conversation|invocation)_?(id|uuid)|uuid\d?|guid|peername|client_address|remote_addr(ess)?)"
)
#: The same for work, of which a process may do just one piece.
PIECES = r"_*(\w+_)?(job|task|run|execution|event|call)_?(id|uuid)"
