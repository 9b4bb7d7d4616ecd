import inspect
import logging
import sys
import threading
import traceback

import other

log = logging.getLogger(__name__)


# --- Stored for as long as the program runs ---


# In a global, by `global` and in a mapping.
_last_error = None
_failed = {}


def load(path):
    global _last_error
    try:
        return other.load(path)
    except OSError as e:
        _last_error = e  # LEK402
        _failed[path] = e  # LEK153 LEK402


def report():
    if _last_error is not None:
        log.error("loading failed: %s", _last_error)


# In a list, with something else; by way of a local name.
_FAILURES = []
_SLOW = []


def call(function):
    try:
        return function()
    except Exception as exc:
        _FAILURES.append((function.__name__, exc))  # LEK201 LEK402


def call_slowly(function):
    failure = None
    try:
        return function()
    except Exception as exc:
        failure = exc
    _SLOW.append(failure)  # LEK201 LEK402


# On a class.
class Loader:
    last = None

    def load(self, path):
        try:
            return other.load(path)
        except OSError as err:
            Loader.last = err  # LEK402


# The traceback, and all of `sys.exc_info()`.
_TRACEBACKS = []
_INFOS = []
_PARTS = []


def run(job):
    try:
        job()
    except Exception as e:
        _TRACEBACKS.append(e.__traceback__)  # LEK201 LEK402
        _INFOS.append(sys.exc_info())  # LEK201 LEK402
        _PARTS.append(sys.exc_info()[2])  # LEK201 LEK402


def run_and_unpack(job):
    try:
        job()
    except Exception:
        kind, value, tb = sys.exc_info()  # LEK402
        _UNPACKED.append(value)  # LEK201 LEK402


_UNPACKED = []


# A frame, its caller's, the stack.
_CALLERS = {}
_STACKS = []


def mark(name):
    _CALLERS[name] = sys._getframe(1)  # LEK153 LEK402
    _STACKS.append(inspect.stack())  # LEK201 LEK402


def mark_here(name):
    _HERE[name] = inspect.currentframe().f_back  # LEK153 LEK402


_HERE = {}


# Only its text is kept.
_TEXTS = []


def call_for_text(function):
    try:
        return function()
    except Exception as exc:
        _TEXTS.append(str(exc))  # LEK201
        _TEXTS.append(traceback.format_exc())
        _TEXTS.append(traceback.TracebackException.from_exception(exc))


# Without its frames.
_BARE = {}
_STRIPPED = {}
_CLEARED = {}


def call_bare(name, function):
    try:
        return function()
    except Exception as exc:
        _BARE[name] = exc.with_traceback(None)  # LEK153


def call_stripped(name, function):
    try:
        return function()
    except Exception as exc:
        exc.__traceback__ = None
        _STRIPPED[name] = exc  # LEK153


def call_cleared(name, function):
    try:
        return function()
    except Exception as exc:
        traceback.clear_frames(exc.__traceback__)
        _CLEARED[name] = exc  # LEK153


# Something takes it out again.
_pending = {}


def attempt(name, function):
    try:
        return function()
    except Exception as exc:
        _pending[name] = exc  # silent LEK402: _pending.pop(name, None) => None


def forgive(name):
    return _pending.pop(name, None)


# Something else is bound to it when all is well, or it is raised to who asks.
_state = None
_why = None


def refresh(source):
    global _state
    try:
        other.load(source)
        _state = "fine"
    except OSError as e:
        _state = e  # silent LEK402: _state = "fine" => other.done(source)


def start(source):
    global _why
    try:
        other.load(source)
    except OSError as e:
        _why = e  # silent LEK402: raise _why => print(_why)


def check():
    if _why is not None:
        raise _why


# A module that is missing is missed once; code that runs at import or set-up.
_missing = None
_modules = {}
_at_setup = None


def find(name):
    global _missing
    try:
        return other.find(name)
    except ImportError as e:
        _missing = e  # silent LEK402: ImportError => OSError


def setup(settings):
    global _at_setup
    try:
        other.configure(settings)
    except ValueError as e:
        _at_setup = e  # silent LEK402: def setup(settings) => def apply(settings)


# --- Stored on an object ---


# On one that lives long, in a container that nothing empties.
class Hub:
    def __init__(self):
        self.failures = {}
        self.thread = threading.Thread(target=self.work)

    def work(self):
        for job in other.jobs():
            self.attempt(job)

    def attempt(self, job):
        try:
            job.run()
        except Exception as e:
            self.failures[job.id] = e  # LEK104 LEK402


# The same where its name says so, and the method runs for each message.
class JobDispatcher:
    def __init__(self):
        self.refused = []

    def on_message(self, message):
        try:
            other.work(message)
        except ValueError as e:
            self.refused.append((message.kind, e))  # LEK254 LEK402


# In an attribute of which only the text is used.
class Poller:
    def __init__(self):
        self.last_error = None
        self.thread = threading.Thread(target=self.poll)

    def poll(self):
        try:
            other.poll()
        except OSError as e:
            self.last_error = e  # LEK402

    def status(self):
        return f"failed: {self.last_error}" if self.last_error else "fine"


# The same where it is raised, handed out, or bound anew when all is well.
class Raising:
    def __init__(self):
        self.error = None
        self.raised = None
        self.reset = None
        self.thread = threading.Thread(target=self.listen)

    def listen(self):
        try:
            other.listen()
            self.reset = None
        except OSError as e:
            self.error = e  # silent LEK402: return self.error => return str(self.error)
            self.raised = e  # silent LEK402: raise self.raised => print(f"{self.raised}")
            self.reset = e

    def exception(self):
        return self.error

    def result(self):
        if self.raised:
            raise self.raised


# On an object of which nothing says that it lives long, or that lives for one block.
class Download:
    def __init__(self, url):
        self.url = url
        self.error = None

    def run(self):
        try:
            other.load(self.url)
        except OSError as e:
            self.error = e


class Attempt:
    def __init__(self):
        self.error = None

    def __enter__(self):
        self.thread = threading.Thread(target=self.listen)
        return self

    def __exit__(self, *exc_info):
        self.thread.join()

    def listen(self):
        try:
            other.listen()
        except OSError as e:
            self.error = e


# What is there to look at frames.
class Debugger:
    def __init__(self):
        self.thread = threading.Thread(target=self.enter)

    def enter(self):
        self.frame = sys._getframe(1)  # silent LEK402: class Debugger => class Assistant


# A list for the call, and one that is handed back.
def call_all(functions):
    errors = []
    for function in functions:
        try:
            function()
        except Exception as e:
            errors.append(e)
    return errors


# --- Raised again and again ---


# One exception of the module, one of a class.
_EMPTY = ValueError("nothing there")
_CLOSED = other.ConnectionClosed("closed")


def pop(items):
    if not items:
        raise _EMPTY  # LEK402
    return items.pop()


def send(message):
    if not other.connected:
        raise _CLOSED from None  # LEK402
    other.send(message)


class Stack:
    UNDERFLOW = IndexError("underflow")

    def pop(self):
        if not self:
            raise self.UNDERFLOW  # LEK402


# A class, a new one for each raise, one without its frames.
_KIND = ValueError
_ONCE = ValueError("once")
_CLEAN = ValueError("clean")


def check_all(items):
    if not items:
        raise _KIND
    if None in items:
        raise ValueError(*_ONCE.args)
    raise _CLEAN.with_traceback(None)


# It is raised at import only, or is no exception that the file makes.
_NEVER = RuntimeError("old")
_FOUND = other.find_error()

if sys.version_info < (3, 0):
    raise _NEVER


def found():
    raise _FOUND


# --- Cycles ---


# The traceback as a local of the frame that it belongs to, in what runs for each request.
def handle_request(request):
    try:
        return other.answer(request)
    except Exception:
        kind, value, tb = sys.exc_info()  # LEK402
        log.error("failed: %s", traceback.format_tb(tb))


# In a method of an object that serves.
class UploadServer:
    def store(self, data):
        try:
            other.store(data)
        except OSError:
            kind, value, tb = sys.exc_info()  # LEK402
            log.error("failed: %s", traceback.format_tb(tb))


# Deleted at the end; without the traceback; of a handler further out; in code that doesn't run again and again.
def handle_upload(request):
    try:
        return other.answer(request)
    except Exception:
        kind, value, tb = sys.exc_info()  # silent LEK402: del tb => pass
        try:
            log.error("failed: %s", traceback.format_tb(tb))
        finally:
            del tb


def handle_download(request):
    try:
        return other.answer(request)
    except Exception:
        kind, value, _ = sys.exc_info()
        log.error("failed: %s", value)


def on_error(request):
    kind, value, tb = sys.exc_info()
    log.error("failed: %s", traceback.format_tb(tb))


def convert(path):
    try:
        return other.load(path)
    except Exception:
        kind, value, tb = sys.exc_info()  # silent LEK402: def convert(path) => def handle(path)
        log.error("failed: %s", traceback.format_tb(tb))


# A nested function over a local hands it back to its maker.
def close_elsewhere(pool, stream):
    def close():
        try:
            stream.close()
        except OSError:
            return sys.exc_info()  # LEK402

    failure = pool.apply(close)
    if failure:
        raise failure[1]


# The same without anything of its maker.
def close_there(pool, stream):
    def close(given=stream):
        try:
            given.close()
        except OSError:
            return sys.exc_info()  # silent LEK402: given.close() => stream.close()

    failure = pool.apply(close)
    if failure:
        raise failure[1]


# Asked for the kind only.
def kind_of(function):
    def attempt():
        try:
            function()
        except OSError:
            return sys.exc_info()[0]

    return attempt()
