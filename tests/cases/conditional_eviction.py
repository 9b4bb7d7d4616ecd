import threading
import time
from collections import OrderedDict, defaultdict
from contextlib import suppress

import other
from other import settings

# --- Behind a flag ---


# A setting of the object, on an object that serves for long.
class Tracker:
    def __init__(self, enabled):
        self._lock = threading.Lock()
        self.enabled = enabled
        self._spans = {}

    def on_start(self, span_id, span):
        self._spans[span_id] = span  # LEK156

    def on_end(self, span_id):
        if self.enabled:
            self._spans.pop(span_id, None)


# A setting of the program, and a global table.
_JOBS = {}


def begin_job(job_id, job):
    _JOBS[job_id] = job  # LEK156


def end_job(job_id):
    if settings.DISCARD_RESULTS:
        del _JOBS[job_id]


# A parameter that says whether to clean up.
_SCRATCH = {}


def scratch(request_id):
    _SCRATCH[request_id] = bytearray(4096)  # LEK156


def finish(request_id, cleanup=False):
    if cleanup:
        _SCRATCH.pop(request_id)


# The flag makes the function return before.
_SOCKETS = {}


def opened(socket_id, peer):
    _SOCKETS[socket_id] = peer  # LEK156


def closed(socket_id):
    if not settings.TRACK_PEERS:
        return
    _SOCKETS.pop(socket_id, None)


# Only with a parent is the marker taken out of the set of all.
_MARKERS = set()


class Marker:
    def __init__(self, parent):
        self.parent = parent
        _MARKERS.add(self)  # LEK105

    def dispose(self):
        parent = self.parent
        if parent is not None:
            parent.remove_child(self)
            _MARKERS.discard(self)


# The put stands behind the same flag.
class SameFlag:
    def __init__(self, enabled):
        self._lock = threading.Lock()
        self.enabled = enabled
        self._timings = {}

    def on_start(self, span_id, span):
        if self.enabled and span_id:
            self._timings[span_id] = span  # silent LEK156: if self.enabled and span_id: => if span_id:

    def on_end(self, span_id):
        if self.enabled:
            self._timings.pop(span_id, None)


# The same flag makes the putting function return before.
_SAMPLES = {}


def begin_sample(sample_id, sample):
    if not settings.PROFILE:
        return
    _SAMPLES[sample_id] = sample  # silent LEK156: if not settings.PROFILE: => if sample is None:


def end_sample(sample_id):
    if settings.PROFILE:
        del _SAMPLES[sample_id]


# An error that is ignored is no condition, in either spelling.
_GUESTS = {}
_VISITORS = {}


def greet(guest_id, guest):
    _GUESTS[guest_id] = guest  # silent LEK156: with suppress(KeyError): => if settings.FORGET_GUESTS:


def see_off(guest_id):
    with suppress(KeyError):
        del _GUESTS[guest_id]


def let_in(visitor_id, visitor):
    _VISITORS[visitor_id] = visitor  # silent LEK156: _VISITORS.pop => settings.TIDY and _VISITORS.pop


def let_out(visitor_id):
    try:
        _VISITORS.pop(visitor_id)
    except KeyError:
        pass


# Nor is a loop over what is stale.
_LOANS = {}


def lend(loan_id, loan):
    _LOANS[loan_id] = loan  # silent LEK156: for loan_id in stale: => if settings.SWEEP_LOANS:


def sweep_loans(stale):
    for loan_id in stale:
        _LOANS.pop(loan_id)


# Without the flag something else takes out.
_REPLIES = {}


def ask(question_id, question):
    _REPLIES[question_id] = question  # silent LEK156: _REPLIES.pop(question_id) => print(question_id)


def reply(question_id):
    if settings.ARCHIVE:
        other.archive(_REPLIES.pop(question_id, None))
    else:
        _REPLIES.pop(question_id)


# The take-out itself is unconditional, what is behind the flag is only said.
_LOGINS = {}


def log_in(login_id, user):
    _LOGINS[login_id] = user  # silent LEK156: user = _LOGINS => user = settings.LOG and _LOGINS


def log_out(login_id):
    user = _LOGINS.pop(login_id)
    if settings.VERBOSE:
        print(user, "has left")


# Another function takes out without asking.
_LEASES = {}


def grant(lease_id, lease):
    _LEASES[lease_id] = lease  # silent LEK156: _LEASES.pop(expired_id) => print(expired_id)


def give_back(lease_id):
    if settings.EAGER:
        _LEASES.pop(lease_id, None)


def on_lease_expired(expired_id):
    _LEASES.pop(expired_id)


# --- The condition is about the container, the key or the item ---


# Is the key there?
_ORDERS = {}


def place_order(order_id, order):
    _ORDERS[order_id] = order  # silent LEK156: if order_id in _ORDERS: => if settings.FORGET_ORDERS:


def cancel_order(order_id):
    if order_id in _ORDERS:
        del _ORDERS[order_id]


# Is there something under the key?
_PARCELS = {}


def send_parcel(parcel_id, parcel):
    _PARCELS[parcel_id] = parcel  # silent LEK156: if parcel is not None: => if settings.FORGET_PARCELS:


def receive_parcel(parcel_id):
    parcel = _PARCELS.get(parcel_id)
    if parcel is not None:
        parcel.open()
        del _PARCELS[parcel_id]


# Is it too full?
_RECENT = OrderedDict()


def remember(token, value):
    _RECENT[token] = value  # silent LEK156: if len(_RECENT) > 1000: => if settings.FORGET_OLDEST:
    if len(_RECENT) > 1000:
        _RECENT.popitem(last=False)


# Is there anything in it?
_WAITING = {}


def wait_for(ticket_id, ticket):
    _WAITING[ticket_id] = ticket  # silent LEK156: if _WAITING: => if settings.SERVE:


def serve_next():
    if _WAITING:
        _WAITING.popitem()


# Is what it holds under the key empty?
_ROOMS = defaultdict(set)


def join(room_id, user):
    _ROOMS[room_id].add(user)  # silent LEK156: if not _ROOMS[room_id]: => if settings.TIDY:


def leave(room_id, user):
    _ROOMS[room_id].discard(user)
    if not _ROOMS[room_id]:
        del _ROOMS[room_id]


# Is it too old?
_ANSWERS = {}


def answer(question, text):
    _ANSWERS[question] = (time.monotonic(), text)  # silent LEK156: if now - since > 60: => if settings.FORGET:


def forget_answer(question):
    since, _ = _ANSWERS[question]
    now = time.monotonic()
    if now - since > 60:
        _ANSWERS.pop(question)


# A function says that it has expired.
_TOKENS = {}


def issue(token, user):
    _TOKENS[token] = user  # silent LEK156: if other.expired(token): => if settings.EXPIRE_TOKENS:


def check_token(token):
    if other.expired(token):
        del _TOKENS[token]


# Is it done?
class Pool:
    def __init__(self):
        self._lock = threading.Lock()
        self._runs = {}

    def begin(self, run_id, run):
        self._runs[run_id] = run  # silent LEK156: if run.done(): => if settings.PRUNE_RUNS:

    def look(self, run_id):
        run = self._runs.get(run_id)
        if run.done():
            self._runs.pop(run_id)


# Is it alive? Is it closed?
_WORKERS = {}
_LINES = {}


def hire(worker_id, worker):
    _WORKERS[worker_id] = worker  # silent LEK156: if not worker.is_alive(): => if settings.FIRE:


def visit_worker(worker_id):
    worker = _WORKERS[worker_id]
    if not worker.is_alive():
        del _WORKERS[worker_id]


def dial(line_id, line):
    _LINES[line_id] = line  # silent LEK156: if line.closed: => if settings.HANG_UP:


def look_at_line(line_id):
    line = _LINES[line_id]
    if line.closed:
        del _LINES[line_id]


# Was that the last of several?
_PARTS = {}


def on_part(upload_id, part):
    _PARTS.setdefault(upload_id, []).append(part)  # silent LEK156: if part.is_last: => if settings.JOIN_PARTS:
    if part.is_last:
        return b"".join(_PARTS.pop(upload_id))
    return None


# What kind of event is it? One of the kinds is the end.
_CALLS = {}


def on_call(event):
    if event.kind == "ring":
        _CALLS[event.call_id] = event  # silent LEK156: elif event.kind == "hang up": => elif settings.HANG_UP_CALLS:
    elif event.kind == "hang up":
        _CALLS.pop(event.call_id, None)


# --- On one exit only ---


# A return comes first.
_ACTIVE = {}


def process_job(job_id, job):
    _ACTIVE[job_id] = job  # LEK156
    if not job.ready:
        return None
    result = other.work(job)
    _ACTIVE.pop(job_id)
    return result


# A raise comes first.
_UPLOADS = {}


def handle_upload(upload_id, upload):
    _UPLOADS[upload_id] = upload  # LEK156
    if upload.size > 1000:
        raise ValueError("too large")
    upload.save()
    del _UPLOADS[upload_id]


# A continue comes first.
_CHECKED = {}


def check_rows(rows):
    for row in rows:
        _CHECKED[row.id] = row  # LEK156
        if row.empty:
            continue
        other.check(row)
        del _CHECKED[row.id]


# What is called in between may raise.
_RUNNING = set()


def run(task_id):
    _RUNNING.add(task_id)  # LEK156
    other.work(task_id)
    _RUNNING.discard(task_id)


# The same on an object that serves for long, where an answer may never come.
class Gateway:
    def __init__(self):
        self._lock = threading.Lock()
        self._asked = {}

    async def ask(self, request_id, question):
        self._asked[request_id] = question  # LEK156
        reply = await other.ask(question)
        self._asked.pop(request_id)
        return reply


# Only where it went wrong is it taken out: what went well is kept on purpose.
_DEPLOYED = {}


def deploy(release_id, release):
    _DEPLOYED[release_id] = release
    try:
        release.start()
    except OSError:
        del _DEPLOYED[release_id]
        raise


# What is refused was put before it was refused.
class Server:
    def __init__(self, accept):
        self._lock = threading.Lock()
        self.accept = accept
        self._environs = {}

    def on_message(self, sid, environ):
        self._environs[sid] = environ  # LEK156
        if not self.accept(environ):
            return False
        other.serve(environ)
        del self._environs[sid]
        return True


# In a finally clause.
_FINALLY = {}


def process_finally(job_id, job):
    _FINALLY[job_id] = job  # silent LEK156: finally: => else:
    try:
        if not job.ready:
            return
        other.work(job)
    except ValueError:
        print(job)
    finally:
        _FINALLY.pop(job_id)


# On each exit.
_BOTH = {}


def process_both(job_id, job):
    _BOTH[job_id] = job  # silent LEK156: except BaseException: => except ValueError:
    try:
        result = other.work(job)
    except BaseException:
        _BOTH.pop(job_id, None)
        raise
    _BOTH.pop(job_id)
    return result


# Before the early return too.
_EARLY = {}


def process_early(job_id, job):
    _EARLY[job_id] = job  # silent LEK156: _EARLY.pop(job_id, None) => pass
    if not job.ready:
        _EARLY.pop(job_id, None)
        return False
    _EARLY.pop(job_id)
    return True


# Nothing can go wrong in between.
_DEPTHS = set()


def depth(node_id):
    _DEPTHS.add(node_id)  # silent LEK156: number = len(_DEPTHS) => number = other.count(node_id)
    number = len(_DEPTHS)
    _DEPTHS.discard(node_id)
    return number


# What it leaves behind another function takes out.
_LEFT = {}


def process_left(job_id, job):
    _LEFT[job_id] = job  # silent LEK156: _LEFT.pop(old_id) => print(old_id)
    if not job.ready:
        return
    other.work(job)
    _LEFT.pop(job_id)


def on_timeout(old_id):
    _LEFT.pop(old_id)


# --- Only wholesale, at the end or when someone thinks of it ---


# When the program stops: that is no take-out at all.
_CLIENTS = {}


def client_of(tenant_id):
    if tenant_id not in _CLIENTS:
        _CLIENTS[tenant_id] = other.connect(tenant_id)  # LEK101
    return _CLIENTS[tenant_id]


def shutdown():
    for client in _CLIENTS.values():
        client.stop()
    _CLIENTS.clear()


# When a user of the module thinks of it: nobody in the file does.
_PAGES = {}


def page(url):
    if url not in _PAGES:
        _PAGES[url] = other.load(url)  # LEK156
    return _PAGES[url]


def clear_cache():
    _PAGES.clear()


# Bound anew.
_TEMPLATES = {}


def template(text):
    if text not in _TEMPLATES:
        _TEMPLATES[text] = other.compile(text)  # LEK156
    return _TEMPLATES[text]


def reset():
    global _TEMPLATES
    _TEMPLATES = {}


# On a class.
class Wrapped:
    _wrapped = {}

    def wrap(self, engine_id, engine):
        Wrapped._wrapped[engine_id] = engine  # LEK153

    @classmethod
    def remove_all(cls):
        cls._wrapped.clear()


# A list of what is to be undone: each new item waits until all is undone.
_UNDO = []


def trace(connection):
    _UNDO.append((connection, connection.hook))  # LEK201


def uninstrument():
    while _UNDO:
        connection, hook = _UNDO.pop()
        connection.unhook(hook)


# On an object that serves for long: a stream that starts again is rare.
class Typing:
    def __init__(self):
        self._lock = threading.Lock()
        self._room_serials = {}

    def on_typing(self, room_id, serial):
        self._room_serials[room_id] = serial  # LEK156

    def serial_of(self, room_id):
        return self._room_serials.get(room_id, 0)

    def reset_stream(self):
        self._room_serials = {}


# On the only object of its class, which the module keeps.
class Directory:
    def __init__(self):
        self._people = {}

    def person(self, person_id):
        if person_id not in self._people:
            self._people[person_id] = other.load(person_id)  # LEK154
        return self._people[person_id]

    def stop(self):
        self._people.clear()


DIRECTORY = Directory()


# Someone in the file calls it while the program works.
_VIEWS = {}


def view(url):
    if url not in _VIEWS:
        _VIEWS[url] = other.load(url)  # silent LEK156: reset_views() => print(event)
    return _VIEWS[url]


def reset_views(reason=None):
    _VIEWS.clear()


def on_change(event):
    reset_views()


# Another function takes out a key at a time.
_PEERS = {}


def meet(peer_id, peer):
    _PEERS[peer_id] = peer  # silent LEK156: _PEERS.pop(gone_id) => print(gone_id)


def on_gone(gone_id):
    _PEERS.pop(gone_id)


def reset_peers():
    _PEERS.clear()


# It is emptied as a part of the work.
_BATCH = {}


def gather(row_id, row):
    _BATCH[row_id] = row  # silent LEK156: def flush_batch(): => def clear_batch():


def flush_batch():
    other.store(len(_BATCH))
    _BATCH.clear()


# A handful of keys.
_GRAMMARS = {}


def grammar(text, language):
    if language not in _GRAMMARS:
        _GRAMMARS[language] = text  # silent LEK156: _GRAMMARS[language] = text => _GRAMMARS[text] = language
    return _GRAMMARS[language]


def clear_grammars():
    _GRAMMARS.clear()
