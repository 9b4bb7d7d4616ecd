"""A dict in which a function remembers."""

import os
from functools import partial

import other

__all__ = ["EXPORTED"]

# --- The shapes of a look-up ---

# A page, by its address.
_PAGES = {}  # grows for ever


def page(url):
    """What stands there.

    More about it.
    """

    # Once an address.
    if url not in _PAGES:
        _PAGES[url] = other.load(url)  # LEK101 unsafe
    return _PAGES[url]


_TEXTS: dict[str, str] = {}


def text(url: str) -> str:
    if url in _TEXTS:
        return _TEXTS[url]
    # This takes long.
    with other.open(url) as stream:
        found = stream.read()
    _TEXTS[url] = found  # LEK101 unsafe
    return found


_TREES = dict()


def tree(url):
    try:
        return _TREES[url]
    except KeyError:
        pass
    _TREES[url] = parsed = other.parse(  # LEK101 unsafe
        url,
        strict=True,
    )
    return parsed


_HEADS = {}


def head(url):
    try:
        found = _HEADS[url]
    except KeyError:
        found = _HEADS[url] = other.head(url)  # LEK101 unsafe
    return found


_TITLES = {}


def title(url):
    global _TITLES
    found = _TITLES.get(url)
    if found is None:
        found = other.title(url)
        _TITLES[url] = found  # LEK101 unsafe
    return found


_LINKS = {}


def links(url):
    if (found := _LINKS.get(url)) is None:
        found = _LINKS[url] = other.links(url)  # LEK101 unsafe
    return found


_IMAGES = {}


def image(url):
    if (found := _IMAGES.get(url, None)) is not None:
        return found
    else:
        _IMAGES[url] = found = other.image(url)  # LEK101 unsafe
        return found


_WORDS = {}


def words(url):
    if not _WORDS.get(url):
        found = other.words(url)
        if found.empty:
            raise ValueError(url)
        _WORDS[url] = found  # LEK101 unsafe
        return found
    return _WORDS[url]


# --- Keys of several parameters ---

_SIZES = {}
_DATES = {}


def size(url, *, depth=1):
    key = (url, depth)
    if key not in _SIZES:
        _SIZES[key] = other.size(url, depth)  # LEK101 unsafe
    return _SIZES[key]


def date(url, query):
    key = url, query
    if key in _DATES:
        return _DATES[key]
    other.log(key)
    _DATES[key] = other.date(url, query)  # LEK101 unsafe
    return _DATES[key]


# What it counts otherwise is counted less often.
_COUNTING = {}
loads = 0


def counting(url):
    global loads
    return loads + len(url)


def counts(url):
    if url not in _COUNTING:
        global loads
        loads += 1
        _COUNTING[url] = other.load(url)  # LEK101 unsafe
    return _COUNTING[url]


# A function that calls itself.
_ROUTES = {}


def routes(user_id):
    if user_id not in _ROUTES:
        _ROUTES[user_id] = routes(user_id - 1) + routes(user_id - 2)  # LEK101 left: calls itself in several places
    return _ROUTES[user_id]


# --- Left ---

_BESIDE = {}


def beside(url):
    """What stands there."""; found = _BESIDE.get(url)
    if found is None:
        found = _BESIDE[url] = other.load(url)  # LEK101 left: its docstring shares a line
    return found


# Something else reads the dict, in code or by its name.
_READ = {}


def reader(url):
    if url not in _READ:
        _READ[url] = other.load(url)  # LEK101 left: other code uses it, too
    return _READ[url]


def how_many():
    return len(_READ)


EXPORTED = {}


def exporter(url):
    if url not in EXPORTED:
        EXPORTED[url] = other.load(url)  # LEK101 left: other code uses it, too
    return EXPORTED[url]


# The key is not what the function is given.
_LOWER = {}


def lower(url):
    if url.lower() not in _LOWER:
        _LOWER[url.lower()] = other.load(url)  # LEK101 left: its key is not made of all parameters as they are
    return _LOWER[url.lower()]


_PARTS = {}


def part(url, depth):
    if url not in _PARTS:
        _PARTS[url] = other.load(url, depth)  # LEK101 left: its key is not made of all parameters as they are
    return _PARTS[url]


_REBOUND = {}


def rebound(url):
    if url not in _REBOUND:
        url = url.strip()
        _REBOUND[url] = other.load(url)  # LEK101 left: its key is not made of all parameters as they are
    return _REBOUND[url]


_STARRED = {}


def starred(url, *more):
    if url not in _STARRED:
        _STARRED[url] = other.load(url, *more)  # LEK101 left: its key is not made of all parameters as they are
    return _STARRED[url]


# It does more.
_COUNTED = {}


def counted(url):
    other.count(url)
    if url not in _COUNTED:
        _COUNTED[url] = other.load(url)  # LEK101 left: the function does not begin with the look-up
    return _COUNTED[url]


_LOCKED = {}


def locked(url):
    with other.lock:
        if url not in _LOCKED:
            _LOCKED[url] = other.load(url)  # LEK101 left: the function does not begin with the look-up
        return _LOCKED[url]


_SOME = {}


def some(url):
    if url in _SOME:
        return _SOME[url]
    found = other.load(url)
    if found:
        _SOME[url] = found  # LEK101 left: the function keeps some of its results only
    return found


_EARLY = {}


def early(url):
    if url in _EARLY:
        return _EARLY[url]
    if not url:
        return None
    _EARLY[url] = other.load(url)  # LEK101 left: the function keeps some of its results only
    return _EARLY[url]


_AFTER = {}


def after(url):
    if url in _AFTER:
        return _AFTER[url]
    found = _AFTER[url] = other.load(url)  # LEK101 left: the function does something else once it has stored
    other.log(url)
    return found


_CHANGED = {}


def changed(url):
    if url not in _CHANGED:
        _CHANGED[url] = other.load(url)  # LEK101 left: the function does more with it
    return _CHANGED[url].copy()


_PRESET = {"/": "root"}


def preset(url):
    if url not in _PRESET:
        _PRESET[url] = other.load(url)  # LEK101 left: it is not simply bound to an empty dict
    return _PRESET[url]


# No function of the module, or one that lru_cache doesn't fit.
_ASYNC = {}


async def asynchronous(url):
    if url not in _ASYNC:
        _ASYNC[url] = await other.load(url)  # LEK101 left: no plain function of the module
    return _ASYNC[url]


class Browser:
    pages = {}

    def page(self, url):
        if url not in self.pages:
            self.pages[url] = other.load(url)  # LEK101 left: it is a class attribute
        return self.pages[url]


@other.traced
def traced(url, found={}):
    if url not in found:
        found[url] = other.load(url)  # LEK101 left: it is a default argument
    return found[url]


_TRACED = {}


@other.traced
def also_traced(url):
    if url not in _TRACED:
        _TRACED[url] = other.load(url)  # LEK101 left: the function is decorated
    return _TRACED[url]


print(os, partial)


# Another error than that of a missing key is caught, too.
_FORGIVEN = {}


def forgiven(url):
    try:
        return _FORGIVEN[url]
    except Exception:
        _FORGIVEN[url] = other.load(url)  # LEK101 left: the function does more with it
        return _FORGIVEN[url]
