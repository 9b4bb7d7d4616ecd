import asyncio
import threading
import weakref
from collections import defaultdict
from enum import Enum

import other

# --- The container holds the object whose __del__ should take it out ---


# A class-level set of all instances.
class Instrumented:
    _apps = set()

    def __init__(self, title):
        self.title = title
        Instrumented._apps.add(self)  # LEK105

    def __del__(self):
        Instrumented._apps.discard(self)


# It makes no difference that a teardown empties it: the program runs before that.
class Hooked:
    _hooked = set()

    def __init__(self, title):
        self.title = title
        type(self)._hooked.add(self)  # LEK105

    def __del__(self):
        type(self)._hooked.discard(self)


def uninstrument():
    for each in Hooked._hooked:
        print(each.title)
    Hooked._hooked.clear()


# A class-level list, through self and __class__.
class Timer:
    _timers = []

    def __init__(self, seconds):
        self.seconds = seconds
        self._timers.append(self)  # LEK105

    def __del__(self):
        self.__class__._timers.remove(self)


# A global table.
_CHANNELS = {}


class Channel:
    def __init__(self, number):
        self.number = number
        _CHANNELS[number] = self  # LEK105

    def __del__(self):
        _CHANNELS.pop(self.number, None)


# As the key.
_EXTRAS = {}


class Extra:
    def fill(self, value):
        _EXTRAS[self] = value  # LEK105

    def __del__(self):
        del _EXTRAS[self]


# Inside of a tuple.
_PAIRS = []


class Pair:
    def begin(self, partner):
        self.partner = partner
        _PAIRS.append((self, partner))  # LEK105

    def __del__(self):
        _PAIRS.remove((self, self.partner))


# As the owner of a bound method.
_TICKS = []


class Ticking:
    def start(self):
        _TICKS.append(self.tick)  # LEK105

    def tick(self):
        return 1

    def __del__(self):
        _TICKS.remove(self.tick)


# A helper takes it out, and only __del__ calls the helper.
class Watch:
    _watches = set()

    def __init__(self, path):
        self.path = path
        Watch._watches.add(self)  # LEK105

    def _forget(self):
        Watch._watches.discard(self)

    def __del__(self):
        self._forget()


# A finalizer waits for the object's end as __del__ does.
class Mounted:
    _mounted = {}

    def __init__(self, path):
        Mounted._mounted[id(self)] = self  # LEK105
        weakref.finalize(self, Mounted._mounted.pop, id(self))


# The finalizer's callback is a method.
class Lent:
    _lent = set()

    def __init__(self, path):
        Lent._lent.add(self)  # LEK105
        weakref.finalize(self, self._give_back)  # LEK305

    def _give_back(self):
        Lent._lent.discard(self)


# The finalizer waits for what is passed in, and the table holds just that.
_LOANS = {}


def lend(thing):
    _LOANS[id(thing)] = thing  # LEK105
    weakref.finalize(thing, _LOANS.pop, id(thing))


# The table holds something else than what the finalizer waits for.
_SIZES = {}


def measure(thing):
    _SIZES[id(thing)] = thing.size  # silent LEK105: = thing.size => = thing
    weakref.finalize(thing, _SIZES.pop, id(thing))


# Nor does __del__ wait for ever when the table holds a part of the object.
_TITLES = {}


class Titled:
    def __init__(self, title):
        self.title = title
        _TITLES[id(self)] = self.title  # silent LEK105: _TITLES[id(self)] = self.title => _TITLES[id(self)] = self

    def __del__(self):
        _TITLES.pop(id(self), None)


# A weak set lets the object die.
class Page:
    _pages = weakref.WeakSet()

    def __init__(self, title):
        self.title = title
        Page._pages.add(self)  # silent LEK105: _pages = weakref.WeakSet() => _pages = set()

    def __del__(self):
        Page._pages.discard(self)


# So does a weak reference.
class View:
    _views = set()

    def __init__(self):
        self._me = weakref.ref(self)
        View._views.add(self._me)  # silent LEK105: View._views.add(self._me) => View._views.add(self)

    def __del__(self):
        View._views.discard(self._me)


# Its users can take it out with close().
class Recorder:
    _recorders = set()

    def __init__(self):
        Recorder._recorders.add(self)  # silent LEK105: Recorder._recorders.discard(self) => pass

    def close(self):
        Recorder._recorders.discard(self)

    def __del__(self):
        type(self)._recorders.discard(self)


# Or with a `with` statement.
class Session:
    _sessions = set()

    def __enter__(self):
        Session._sessions.add(self)  # silent LEK105: def __exit__(self, *exc_info): => def __del__(self):
        return self

    def __exit__(self, *exc_info):
        Session._sessions.discard(self)


# close() calls the helper too.
class Feed:
    _feeds = set()

    def __init__(self):
        Feed._feeds.add(self)  # silent LEK105: self._forget_feed() => pass

    def _forget_feed(self):
        Feed._feeds.discard(self)

    def close(self):
        self._forget_feed()

    def __del__(self):
        Feed._forget_feed(self)


# The work itself empties it.
class Draft:
    _drafts = []

    def __init__(self):
        Draft._drafts.append(self)  # silent LEK105: def publish_all(cls): => def shutdown(cls):

    @classmethod
    def publish_all(cls):
        for draft in cls._drafts:
            print(draft)
        cls._drafts.clear()

    def __del__(self):
        Draft._drafts.remove(self)


# --- get() where pop() was meant ---


# The connection is closed, its entry stays.
class Connections:
    def __init__(self):
        self._lock = threading.Lock()
        self._connections = {}

    def begin(self, connection_id, address):
        self._connections[connection_id] = other.dial(address)  # LEK105

    def send(self, connection_id, data):
        self._connections[connection_id].send(data)

    def close_connection(self, connection_id):
        connection = self._connections.get(connection_id)
        if connection is not None:
            connection.close()


# Who registers and unregisters means that it ends.
class Sessions:
    def __init__(self):
        self._lock = threading.Lock()
        self._sessions = {}

    def register(self, session_id, session):
        self._sessions[session_id] = session  # LEK105

    def find(self, session_id):
        return self._sessions.get(session_id)

    def unregister(self, session_id):
        session = self._sessions.get(session_id)
        if session:
            session.stop()


# That the table is read as a whole makes the dead entries worse.
class Broadcaster:
    def __init__(self):
        self._lock = threading.Lock()
        self._clients = {}

    def add_client(self, client_id, client):
        self._clients[client_id] = client  # LEK105

    def broadcast(self, text):
        for client in self._clients.values():
            client.send(text)

    def remove_client(self, client_id):
        if client := self._clients.get(client_id):
            client.cancel()


# A global table, read by subscript.
_STREAMS = {}


def open_stream(stream_id, source):
    _STREAMS[stream_id] = other.stream(source)  # LEK105


def end_stream(stream_id):
    stream = _STREAMS[stream_id]
    stream.close()


# A handler for the end of a connection only looks.
_USERS = {}


def on_connect(sid, user):
    _USERS[sid] = user  # LEK105


def on_disconnect(sid):
    user = _USERS.get(sid)
    print(user, "has left")


# A sibling is popped, this one is only read.
class Uploads:
    def __init__(self):
        self._lock = threading.Lock()
        self._uploads = {}
        self._owners = {}

    def begin(self, upload_id, upload, owner):
        self._uploads[upload_id] = upload
        self._owners[upload_id] = owner  # LEK105

    def delete_upload(self, upload_id):
        self._uploads.pop(upload_id, None)
        print("deleted for", self._owners.get(upload_id))


# A get() whose result nobody wants.
class Waiting:
    def __init__(self):
        self._lock = threading.Lock()
        self._waiting = {}

    def expect(self, request_id, reply):
        self._waiting[request_id] = reply  # LEK105

    def answered(self, request_id):
        self._waiting.get(request_id, None)


# The same on a global table.
_TICKETS = {}


def sell(ticket_id, ticket):
    _TICKETS[ticket_id] = ticket  # LEK105


def used(ticket_id):
    _TICKETS.get(ticket_id)


# At the end of a class attribute's entry.
class Leases:
    _leases = {}

    def take(self, lease_id, lease):
        self._leases[lease_id] = lease  # LEK105

    def release(self, lease_id):
        lease = self._leases.get(lease_id)
        lease.expire()


# pop() in its place.
class PoppedConnections:
    def __init__(self):
        self._lock = threading.Lock()
        self._popped = {}

    def begin(self, connection_id, address):
        self._popped[connection_id] = other.dial(address)  # silent LEK105: self._popped.pop( => self._popped.get(

    def close_connection(self, connection_id):
        connection = self._popped.pop(connection_id)
        connection.close()


# get(), and then del.
class DeletedConnections:
    def __init__(self):
        self._lock = threading.Lock()
        self._deleted = {}

    def begin(self, connection_id, address):
        self._deleted[connection_id] = other.dial(address)  # silent LEK105: del self._deleted[connection_id] => pass

    def close_connection(self, connection_id):
        connection = self._deleted.get(connection_id)
        connection.close()
        del self._deleted[connection_id]


# Another method takes out what is closed.
class SweptConnections:
    def __init__(self):
        self._lock = threading.Lock()
        self._swept = {}

    def begin(self, connection_id, address):
        self._swept[connection_id] = other.dial(address)  # silent LEK105: self._swept.pop(stale) => print(stale)

    def close_connection(self, connection_id):
        connection = self._swept.get(connection_id)
        connection.close()

    def on_closed(self, stale):
        self._swept.pop(stale)


# A done callback takes it out.
class CalledBack:
    def __init__(self):
        self._lock = threading.Lock()
        self._calls = {}

    def begin(self, call_id, call):
        self._calls[call_id] = call  # silent LEK105: lambda _: self._calls.pop(call_id) => print
        call.add_done_callback(lambda _: self._calls.pop(call_id))

    def cancel_call(self, call_id):
        call = self._calls.get(call_id)
        call.cancel()


# The slot is set to None: the entry that is left is small, and meant.
class Slots:
    def __init__(self):
        self._lock = threading.Lock()
        self._slots = {}

    def begin(self, slot_id, slot):
        self._slots[slot_id] = slot  # silent LEK105: self._slots[slot_id] = None => pass

    def end_slot(self, slot_id):
        slot = self._slots.get(slot_id)
        slot.close()
        self._slots[slot_id] = None


# The table goes out of our hands.
class Shown:
    def __init__(self):
        self._lock = threading.Lock()
        self._shown = {}

    def begin(self, window_id, window):
        self._shown[window_id] = window  # silent LEK105: return self._shown => return len(self._shown)

    def shown(self):
        return self._shown

    def close_window(self, window_id):
        window = self._shown.get(window_id)
        window.close()


# The program fixes the keys.
class Side(Enum):
    LEFT = 1
    RIGHT = 2


class Doors:
    def __init__(self):
        self._lock = threading.Lock()
        self._doors = {}

    def begin(self, side: Side, door):
        self._doors[side] = door  # silent LEK105: side: Side, door => side, door

    def close_door(self, side):
        door = self._doors.get(side)
        door.close()


# A handful of keys, by what they are called.
class Vaults:
    def __init__(self):
        self._lock = threading.Lock()
        self._vaults = {}

    def begin(self, value, backend_name):
        self._vaults[backend_name] = value  # silent LEK105: _vaults[backend_name] => _vaults[value.id]

    def close_vault(self, backend_name):
        vault = self._vaults.get(backend_name)
        vault.close()


# A function that ends nothing may look: the cache is another rule's.
_PROFILES = {}


def profile(user_id):
    if user_id not in _PROFILES:
        _PROFILES[user_id] = other.load(user_id)  # LEK101
    return _PROFILES.get(user_id)


# What is removed is a part of the entry, not the entry.
_ITEMS = {}


def load_item(item_id):
    _ITEMS[item_id] = other.load(item_id)  # LEK101


def remove_label(item_id, label):
    item = _ITEMS.get(item_id)
    item.labels.discard(label)


# --- The inner container is emptied, its key stays ---


# A set for each room.
_ROOMS = {}


def join(room_id, user):
    _ROOMS.setdefault(room_id, set()).add(user)  # LEK105


def leave(room_id, user):
    _ROOMS[room_id].discard(user)


# The same on an object that serves for long, with a defaultdict.
class Hub:
    def __init__(self):
        self._lock = threading.Lock()
        self._members = defaultdict(set)

    def enter(self, channel_id, member):
        self._members[channel_id].add(member)  # LEK105

    def quit(self, channel_id, member):
        self._members[channel_id].discard(member)

    def members(self, channel_id):
        return sorted(self._members.get(channel_id, ()))


# Verbs of its users that sound like a registrar's, and a look before the removal.
class Presence:
    def __init__(self):
        self._lock = threading.Lock()
        self._sockets = {}

    def add_socket(self, user_id, socket):
        self._sockets.setdefault(user_id, []).append(socket)  # LEK105

    def remove_socket(self, user_id, socket):
        if user_id in self._sockets and socket in self._sockets[user_id]:
            self._sockets[user_id].remove(socket)


# The inner list is put by hand, and taken from through a local name.
class Mailboxes:
    def __init__(self):
        self._lock = threading.Lock()
        self._boxes = {}

    def deliver(self, user_id, letter):
        if user_id not in self._boxes:
            self._boxes[user_id] = []  # LEK105
        self._boxes[user_id].append(letter)

    def next_letter(self, user_id):
        box = self._boxes.get(user_id)
        return box.pop(0) if box else None


# An inner mapping.
class Votes:
    _votes = defaultdict(dict)

    def vote(self, poll_id, user, choice):
        self._votes[poll_id][user] = choice  # LEK105

    def withdraw(self, poll_id, user):
        del self._votes[poll_id][user]


# The wholesale end comes when the program stops, or never.
class Locks:
    def __init__(self):
        self._lock = threading.Lock()
        self._holders = defaultdict(list)

    def hold(self, document_id, holder):
        self._holders[document_id].append(holder)  # LEK105

    def let_go(self, document_id, holder):
        self._holders[document_id].remove(holder)

    def close(self):
        self._holders.clear()


# The inner container is emptied at once.
_READINGS = defaultdict(list)


def on_reading(sensor_id, reading):
    _READINGS[sensor_id].append(reading)  # LEK105
    if len(_READINGS[sensor_id]) > 10:
        other.store(sensor_id, sum(_READINGS[sensor_id]))
        _READINGS[sensor_id].clear()


# The key goes when its set is empty.
_TIDY = {}


def join_tidy(room_id, user):
    _TIDY.setdefault(room_id, set()).add(user)  # silent LEK105: del _TIDY[room_id] => print(room_id)


def leave_tidy(room_id, user):
    _TIDY[room_id].discard(user)
    if not _TIDY[room_id]:
        del _TIDY[room_id]


# The same on an object, with a local name for the set.
class TidyHub:
    def __init__(self):
        self._lock = threading.Lock()
        self._tidy = defaultdict(set)

    def enter(self, channel_id, member):
        self._tidy[channel_id].add(member)  # silent LEK105: self._tidy.pop(channel_id) => print(channel_id)

    def quit(self, channel_id, member):
        members = self._tidy[channel_id]
        members.discard(member)
        if not members:
            self._tidy.pop(channel_id)


# A sweep takes the empty ones.
class SweptHub:
    def __init__(self):
        self._lock = threading.Lock()
        self._crowds = defaultdict(set)

    def enter(self, channel_id, member):
        self._crowds[channel_id].add(member)  # silent LEK105: self._crowds = {c: s => crowds = {c: s

    def quit(self, channel_id, member):
        self._crowds[channel_id].discard(member)

    def sweep(self):
        self._crowds = {c: s for c, s in self._crowds.items() if s}


# It is emptied as a whole while it works.
class Rounds:
    def __init__(self):
        self._lock = threading.Lock()
        self._bets = defaultdict(list)

    def bet(self, player_id, bet):
        self._bets[player_id].append(bet)  # silent LEK105: def next_round(self): => def shutdown(self):

    def take_back(self, player_id, bet):
        self._bets[player_id].remove(bet)

    def next_round(self):
        self._bets.clear()


# A handful of keys.
class Levels:
    def __init__(self):
        self._lock = threading.Lock()
        self._watching = defaultdict(set)

    def watch(self, watcher, level):
        self._watching[level].add(watcher)  # silent LEK105: [level].add(watcher) => [watcher].add(level)

    def unwatch(self, level, watcher):
        self._watching[level].discard(watcher)


# Callbacks by event: who writes the program decides how many events there are.
class Emitter:
    def __init__(self):
        self._lock = threading.Lock()
        self._receivers = defaultdict(list)

    def when(self, signal, callback):
        self._receivers[signal].append(callback)  # silent LEK105: .append(callback) => .append(signal.sender)

    def not_when(self, signal, callback):
        self._receivers[signal].remove(callback)


# Who only builds something doesn't live long.
class RoomParser:
    def __init__(self):
        self._doors_of = defaultdict(set)

    def door(self, room_id, door):
        self._doors_of[room_id].add(door)  # silent LEK105: class RoomParser: => class RoomServer:

    def wall(self, room_id, door):
        self._doors_of[room_id].discard(door)


# What is kept is no container that was made here: what its remove() means, nobody knows.
_TEAMS = {}


def team(team_id):
    if team_id not in _TEAMS:
        _TEAMS[team_id] = other.Team(team_id)  # LEK101
    return _TEAMS[team_id]


def leave_team(team_id, player):
    _TEAMS[team_id].remove(player)


# Nothing is ever taken from the inner set: that is a cache that never evicts.
_VISITS = {}


def visit(user_id, page):
    _VISITS.setdefault(user_id, set()).add(page)  # LEK101


# A queue for each key: its items are taken, it is not.
_INBOXES = {}


async def post(user_id, letter):
    if user_id not in _INBOXES:
        _INBOXES[user_id] = asyncio.Queue(10)  # LEK101
    await _INBOXES[user_id].put(letter)


async def collect(user_id):
    return await _INBOXES[user_id].get()
