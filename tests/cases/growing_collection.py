import collections

import other

# --- Items that may be a handful ---

# A word for what a program is made of.
_LANGUAGES = set()


def speak(language):
    _LANGUAGES.add(language)  # LEK253


# The last word of a longer name decides.
_DIRS = []


def enter(plugin_dir):
    _DIRS.append(plugin_dir)  # LEK253


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
    modules_met = []

    def meet(self, module):
        self.modules_met.append(module)  # LEK253


def visit(namespace, visited=[]):
    visited.append(namespace)  # LEK253


def fold(path):
    fold.paths.append(path)  # LEK253


fold.paths = []

# Many at once.
_BACKENDS_MET = set()


def meet_all(backends):
    _BACKENDS_MET.update(backends)  # LEK253


# A table whose name says that it holds the program's own parts.
LIVE_INSTANCES = []


class Server:
    def __init__(self, moment):
        LIVE_INSTANCES.append(moment)  # LEK253


# --- Items that are surely input: the stronger rule speaks ---

_PATHS = []


def on_request(request):
    _PATHS.append(request.path)  # LEK201


_PAIRS = []


def pair(host, token):
    _PAIRS.append((host, token))  # LEK201


# --- Silent for the same reasons as an accumulator ---

# Something takes out.
_REMOVED = []


def removed_keep(language):
    _REMOVED.append(language)  # silent LEK253: _REMOVED.remove(language) => _REMOVED.index(language)


def removed_drop(language):
    _REMOVED.remove(language)


# Bound anew.
_REBOUND = []


def rebound_keep(language):
    _REBOUND.append(language)  # silent LEK253: global _REBOUND => pass


def rebound_drop():
    global _REBOUND
    _REBOUND = []


# Bounded.
_NEWEST = collections.deque(maxlen=10)


def newest_keep(language):
    _NEWEST.append(language)  # silent LEK253: deque(maxlen=10) => deque()


# A look at the size.
_GUARDED = []


def guarded_keep(language):
    if len(_GUARDED) < 10:
        _GUARDED.append(language)  # silent LEK253: len(_GUARDED) < 10 => language


# Handed away.
_GIVEN = []


def given(language):
    _GIVEN.append(language)  # silent LEK253: return _GIVEN => return len(_GIVEN)
    return _GIVEN


# Set-up code.
_AT_SETUP = []


def bootstrap(languages):
    for language in languages:
        _AT_SETUP.append(language)  # silent LEK253: def bootstrap( => def again(


# A registrar.
_SEARCHED = []


def add_search_path(path):
    _SEARCHED.append(path)  # silent LEK253: def add_search_path( => def search_path(


# Code.
_FILTERS = []


def through(filter):
    _FILTERS.append(filter)  # silent LEK253: _FILTERS.append(filter) => _FILTERS.append(filter.name)


# Types.
_KINDS = set()


def kind_of(thing):
    _KINDS.add(type(thing))  # silent LEK253: _KINDS.add(type(thing)) => _KINDS.add(thing.kind)


# Another module's container.
_FOREIGN = other.Basket()


def foreign(language):
    _FOREIGN.append(language)  # silent LEK253: other.Basket() => []
