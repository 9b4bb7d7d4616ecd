import contextvars
import copyreg
import ctypes
import gc
import itertools
import linecache
import logging
import os
import random
import sys
import tempfile
import time
import uuid
import warnings
from contextvars import ContextVar
from functools import lru_cache
from logging import getLogger
from uuid import uuid4

from celery.utils.log import get_task_logger

import other
from other import app, options

LOG = logging.getLogger(__name__)
PROCESS_ID = uuid.uuid4().hex
NUMBERS = itertools.count()
CURRENT = ContextVar("CURRENT")


# --- sys.path and its like ---


# A handler adds the same entry each time it runs.
def lambda_handler(event, context):
    sys.path.append("/opt/plugins")  # LEK204


def handle_upload(request):
    sys.path.insert(0, request.folder)  # LEK204


@app.post("/modules")
def modules():
    sys.path.extend([os.path.dirname(__file__)])  # LEK204


def on_message(message):
    sys.path += [message.place]  # LEK204


def process_job(job):
    sys.path = [job.folder] + sys.path  # LEK204


def on_start(message):
    sys.path = [message.place, *sys.path]  # LEK204


def on_plugin(message):
    sys.meta_path.insert(0, other.Finder(message))  # LEK204


def handle_reload(request):
    gc.callbacks.append(lambda phase, info: request.log(phase, info))  # LEK204


# A function that is called to load or add what its caller gives it.
def load_report(path):
    sys.path.insert(0, os.path.dirname(path))  # LEK204
    return __import__(os.path.basename(path))


# A temporary folder is another one each time.
def unpack(archive):
    folder = tempfile.mkdtemp()
    archive.extractall(folder)
    sys.path.insert(0, folder)  # LEK204


# It asks first, or otherwise looks at the list.
def load_once(path_):
    if path_ not in sys.path:
        sys.path.insert(0, path_)  # silent LEK204: if path_ not in sys.path: => if path_:


def load_from(place):
    known = set(sys.path)
    if place not in known:
        sys.path.append(place)  # silent LEK204: known = set(sys.path) => known = set()


# A flag keeps it from running twice.
class Loader:
    def on_load(self, message):
        if self.loaded:
            return
        self.loaded = True
        sys.path_hooks.append(other.hook)  # silent LEK204: self.loaded = True => message.loaded()

    def on_reload(self, message):
        if not self.reloaded:
            sys.path_hooks.append(message.hook)  # silent LEK204: if not self.reloaded: => if message:


# What the program is configured with, and its own parts, are set up once.
def handle_defaults(request):
    sys.path.insert(0, options.python_path)  # silent LEK204: options.python_path => other.python_path


def serve_app(app_dir, request):
    sys.path.insert(0, app_dir)  # silent LEK204: sys.path.insert(0, app_dir) => sys.path.insert(0, request.app_dir)


# It isn't known how often it runs.
def begin(place_):
    sys.path.insert(0, place_)  # silent LEK204: def begin(place_) => def load_begin(place_)


# Set-up code and import time.
def setup_paths(path_of_request):
    sys.path.insert(0, path_of_request)  # silent LEK204: def setup_paths => def load_paths


sys.path.insert(0, "/opt/own")


# --- Mappings that nothing empties ---


# A module under a name that is made up.
def load_module(spec):
    name = f"code_{uuid.uuid4().hex}"
    module = other.module_from_spec(spec)
    sys.modules[name] = module  # LEK204
    return module


def load_numbered(module):
    sys.modules["plugin_%d" % next(NUMBERS)] = module  # LEK204


def load_timed(module):
    return sys.modules.setdefault(f"plugin_{time.time_ns()}", module)  # LEK204


# Source for tracebacks, and a variable for child processes.
def compile_cell(source, session_id):
    linecache.cache[f"<cell {random.random()}>"] = len(source), None, source.splitlines(True), "cell"  # LEK204
    os.environ["RESULT_" + session_id] = source  # LEK204


# Names of which there are so many.
def load_named(name, module):
    sys.modules[name + PROCESS_ID] = module  # silent LEK204: name + PROCESS_ID => name + str(uuid4())
    sys.modules[f"{__name__}.loaded"] = module


def compile_named(source, trace_id):
    linecache.cache["<>"] = len(source), None, [], trace_id  # silent LEK204: linecache.cache["<>"] => linecache.cache[trace_id]


# --- Names of loggers ---


# A request's id, an object's, a random one, the time, a number.
def handle_request(request, request_id):
    log = logging.getLogger(f"{__name__}.{request_id}")  # LEK204
    log.info(request)


def serve_logged(request):
    return getLogger(f"app.{request.id}")  # LEK204


class Connection:
    def __init__(self, session_id):
        self.log = logging.getLogger(str(id(self)))  # LEK204
        self.session_id = session_id

    def random(self):
        return logging.getLogger("connection." + str(uuid4())[:8])  # LEK204

    def session(self):
        return logging.getLogger("connection.%s" % self.session_id)  # LEK204

    def timed(self):
        return LOG.getChild("{}".format(time.time()))  # LEK204

    def numbered(self):
        number = next(NUMBERS)
        return logging.getLogger(__name__).getChild(str(number))  # LEK204

    def peer(self, stream):
        return get_task_logger(stream.peername)  # LEK204


# A second logger of the same function is the same finding.
def handle_twice(request, request_id):
    return logging.getLogger(f"a.{request_id}"), logging.getLogger(f"b.{request_id}")  # LEK204


# The id of a job counts where jobs are handled.
def handle_job(job_id):
    return logging.getLogger(f"job.{job_id}")  # LEK204


def run_single(job_id):
    return logging.getLogger(f"single.{job_id}")  # silent LEK204: def run_single => def process_single


# Names of modules and classes, constants, what is configured, what there is one of, and unknown names.
class Named:
    def handle(self, request, name):
        self.a = getLogger(__name__)  # silent LEK204: self.a = getLogger(__name__) => self.a = getLogger(uuid4().hex)
        self.b = logging.getLogger(self.__class__.__name__)
        self.c = logging.getLogger(f"{type(self).__module__}.{type(self).__qualname__}")
        self.d = logging.getLogger(name)
        self.e = logging.getLogger(f"app.{PROCESS_ID}")
        self.f = logging.getLogger(f"app.{os.getpid()}.{id(Named)}")
        self.g = logging.getLogger()
        self.h = request.getChild(str(id(self)))  # silent LEK204: request.getChild => request.log.getChild


# --- Warnings filters ---


# A filter that is another one each time.
def handle_text(request, message_id):
    warnings.filterwarnings("ignore", f".*{message_id}.*")  # LEK204
    return request


def handle_any_text(request):
    warnings.filterwarnings("ignore", message=request.text)  # LEK204


def call_quietly(function):
    class Quiet(UserWarning):
        pass

    warnings.simplefilter("ignore", Quiet)  # LEK204
    return function()


# The same filter replaces itself, also one for each of a few names.
def handle_quietly(request, name):
    warnings.simplefilter("ignore")
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    warnings.filterwarnings("ignore", message="old")  # silent LEK204: message="old" => message=str(uuid4())
    warnings.filterwarnings("ignore", module=name)
    return request


# --- Context variables ---


# One that a function makes and sets.
def track(value):
    current = contextvars.ContextVar("current")  # LEK204
    current.set(value)
    return current.get()


def handle_tracked(value):
    tracked = ContextVar("tracked")  # LEK204
    tracked.set(value)
    return tracked.get()


def set_at_once(value):
    ContextVar("once").set(value)  # LEK204


# On an object that a handler makes anew.
class Tracker:
    def on_event(self, event):
        self.current = ContextVar("event")  # LEK204
        self.current.set(event)


# One that is reset, that is never set, or that is handed on.
def reset_again(value):
    variable = ContextVar("variable")
    token = variable.set(value)
    value.run()
    variable.reset(token)


def never_set():
    unset = ContextVar("unset", default=None)
    return unset.get()


def make_variable(name, value):
    variable = ContextVar(name)  # silent LEK204: return variable, name => return name
    variable.set(value)
    return variable, name


# On an object of which there may be one only.
class Integration:
    def begin_integration(self):
        self.seen = ContextVar("seen")  # silent LEK204: def begin_integration => def on_integration
        self.seen.set(None)


# --- Types ---


# A pointer to an array of any size, by itself or under a name.
def read_buffer(data, size):
    return ctypes.cast(data, ctypes.POINTER(ctypes.c_ubyte * size)).contents  # LEK204


def read_table(data, table):
    array = ctypes.c_uint * table.entries
    return ctypes.cast(data, ctypes.POINTER(array)).contents  # LEK204


# A class that the function makes.
def read_point(data):
    class Point(ctypes.Structure):
        _fields_ = (("x", ctypes.c_int),)

    copyreg.pickle(Point, repr)  # LEK204
    return ctypes.cast(data, ctypes.POINTER(Point)).contents  # LEK204


# Arrays of a fixed size, types of the module or of the function around, arrays without a pointer, what is remembered.
def read_fixed(data, size):
    pair = ctypes.cast(data, ctypes.POINTER(ctypes.c_int * 2))  # silent LEK204: ctypes.c_int * 2 => ctypes.c_int * size
    plain = ctypes.cast(data, ctypes.POINTER(ctypes.c_int))
    return pair, plain, (ctypes.c_int * size).from_address(data)


def point_reader():
    class OuterPoint(ctypes.Structure):
        _fields_ = (("x", ctypes.c_int),)

    def read(data):
        return ctypes.cast(data, ctypes.POINTER(OuterPoint)).contents

    return read


@lru_cache
def pointer_type(size):
    return ctypes.POINTER(ctypes.c_short * size)  # silent LEK204: @lru_cache => @other.cache
