import collections

import other

# --- Items that may be a handful ---

# A word for what a program is made of.
_LANGUAGES = set()


def speak(language):
    _LANGUAGES.add(language)  # LEK253


# The last word of a longer name decides.
_DIRS = set()


def enter(plugin_dir):
    _DIRS.add(plugin_dir)  # LEK253


# A list, where it is asked first whether it has the item.
_FOLDERS = []


def enter_once_each(folder):
    if folder not in _FOLDERS:
        _FOLDERS.append(folder)  # LEK253


# Several such words.
_PEERS = set()


def meet(host, port):
    _PEERS.add((host, port))  # LEK253


# An attribute that is named so.
_SUFFIXES = set()


def suffix_of(thing):
    _SUFFIXES.add(thing.suffix)  # LEK253


# A class attribute, a default argument, a function attribute.
class Importer:
    modules_met = set()

    def meet(self, module):
        self.modules_met.add(module)  # LEK253


def visit(namespace, visited=set()):
    visited.add(namespace)  # LEK253


def fold(path):
    fold.paths.add(path)  # LEK253


fold.paths = set()

# Many at once.
_BACKENDS_MET = set()


def meet_all(backends):
    _BACKENDS_MET.update(backends)  # LEK253


# A table whose name says that it holds the program's own parts.
LIVE_PLUGINS = []


class Server:
    def __init__(self, moment):
        LIVE_PLUGINS.append(moment)  # LEK253


# A set or list that is asked "are you in it?" remembers what was met: mostly a handful of different things.
_TOKENS = set()


def is_new(token):
    if token in _TOKENS:
        return False
    _TOKENS.add(token)  # LEK253
    return True


_TOKENS_IN_ORDER = []


def note(token):
    _TOKENS_IN_ORDER.append(token)  # LEK253
    return token in _TOKENS_IN_ORDER


# --- Items that are surely input: the stronger rule speaks ---

# The same in a handler: what arrives is no handful.
_TOKENS_RECEIVED = set()


def on_token(token):
    if token not in _TOKENS_RECEIVED:
        _TOKENS_RECEIVED.add(token)  # LEK201


_PATHS = []


def on_request(request):
    _PATHS.append(request.path)  # LEK201


_PAIRS = []


def pair(host, token):
    _PAIRS.append((host, token))  # LEK201


# --- A list that nobody asks takes the same item again and again: the stronger rule speaks ---

_DIRS_ENTERED = []


def enter_again(plugin_dir):
    _DIRS_ENTERED.append(plugin_dir)  # LEK201


class Loader:
    modules_loaded = []

    def run(self, module):
        self.modules_loaded.append(module)  # LEK201


def walk(namespace, walked=[]):
    walked.append(namespace)  # LEK201


def unfold(path):
    unfold.paths.append(path)  # LEK201


unfold.paths = []

# Of instances there are as many as are made.
LIVE_INSTANCES = []


class Client:
    def __init__(self, moment):
        LIVE_INSTANCES.append(moment)  # LEK201


# --- Silent for the same reasons as an accumulator ---

# Something takes out.
_REMOVED = set()


def removed_keep(language):
    _REMOVED.add(language)  # silent LEK253: _REMOVED.remove(language) => _REMOVED.union(language)


def removed_drop(language):
    _REMOVED.remove(language)


# Bound anew.
_REBOUND = set()


def rebound_keep(language):
    _REBOUND.add(language)  # silent LEK253: global _REBOUND => pass


def rebound_drop():
    global _REBOUND
    _REBOUND = set()


# Bounded.
_NEWEST = collections.deque(maxlen=10)


def newest_keep(language):
    if language not in _NEWEST:
        _NEWEST.append(language)  # silent LEK253: deque(maxlen=10) => deque()


# A look at the size.
_GUARDED = set()


def guarded_keep(language):
    if len(_GUARDED) < 10:
        _GUARDED.add(language)  # silent LEK253: len(_GUARDED) < 10 => language


# Handed away.
_GIVEN = set()


def given(language):
    _GIVEN.add(language)  # silent LEK253: return _GIVEN => return len(_GIVEN)
    return _GIVEN


# Set-up code.
_AT_SETUP = set()


def bootstrap(languages):
    for language in languages:
        _AT_SETUP.add(language)  # silent LEK253: def bootstrap( => def again(


# A registrar.
_SEARCHED = set()


def add_search_path(path):
    _SEARCHED.add(path)  # silent LEK253: def add_search_path( => def search_path(


# Code.
_FILTERS = set()


def through(filter):
    _FILTERS.add(filter)  # silent LEK253: _FILTERS.add(filter) => _FILTERS.add(filter.name)


# Types.
_KINDS = set()


def kind_of(thing):
    _KINDS.add(type(thing))  # silent LEK253: _KINDS.add(type(thing)) => _KINDS.add(thing.kind)


# Another module's container.
_FOREIGN = other.Basket()


def foreign(language):
    _FOREIGN.add(language)  # silent LEK253: other.Basket() => set()
