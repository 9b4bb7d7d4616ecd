"""A dict in which a function remembers."""

import os
from functools import lru_cache, partial

import other

__all__ = ["EXPORTED"]

# --- The shapes of a look-up ---


# A page, by its address.
# grows for ever
@lru_cache(maxsize=1024)
def page(url):
    """What stands there.

    More about it.
    """

    return other.load(url)


@lru_cache(maxsize=1024)
def text(url: str) -> str:
    # This takes long.
    with other.open(url) as stream:
        found = stream.read()
    return found


@lru_cache(maxsize=1024)
def tree(url):
    return other.parse(
        url,
        strict=True,
    )


@lru_cache(maxsize=1024)
def head(url):
    return other.head(url)


@lru_cache(maxsize=1024)
def title(url):
    return other.title(url)


@lru_cache(maxsize=1024)
def links(url):
    return other.links(url)


@lru_cache(maxsize=1024)
def image(url):
    return other.image(url)


@lru_cache(maxsize=1024)
def words(url):
    found = other.words(url)
    if found.empty:
        raise ValueError(url)
    return found


# --- Keys of several parameters ---


@lru_cache(maxsize=1024)
def size(url, *, depth=1):
    return other.size(url, depth)


@lru_cache(maxsize=1024)
def date(url, query):
    key = url, query
    other.log(key)
    return other.date(url, query)


loads = 0


def counting(url):
    global loads
    return loads + len(url)


# What it counts otherwise is counted less often.
@lru_cache(maxsize=1024)
def counts(url):
    global loads
    loads += 1
    return other.load(url)


# A function that calls itself.
_ROUTES = {}


def routes(user_id):
    if user_id not in _ROUTES:
        _ROUTES[user_id] = routes(user_id - 1) + routes(user_id - 2)
    return _ROUTES[user_id]


# --- Left ---

_BESIDE = {}


def beside(url):
    """What stands there."""; found = _BESIDE.get(url)
    if found is None:
        found = _BESIDE[url] = other.load(url)
    return found


# Something else reads the dict, in code or by its name.
_READ = {}


def reader(url):
    if url not in _READ:
        _READ[url] = other.load(url)
    return _READ[url]


def how_many():
    return len(_READ)


EXPORTED = {}


def exporter(url):
    if url not in EXPORTED:
        EXPORTED[url] = other.load(url)
    return EXPORTED[url]


# The key is not what the function is given.
_LOWER = {}


def lower(url):
    if url.lower() not in _LOWER:
        _LOWER[url.lower()] = other.load(url)
    return _LOWER[url.lower()]


_PARTS = {}


def part(url, depth):
    if url not in _PARTS:
        _PARTS[url] = other.load(url, depth)
    return _PARTS[url]


_REBOUND = {}


def rebound(url):
    if url not in _REBOUND:
        url = url.strip()
        _REBOUND[url] = other.load(url)
    return _REBOUND[url]


_STARRED = {}


def starred(url, *more):
    if url not in _STARRED:
        _STARRED[url] = other.load(url, *more)
    return _STARRED[url]


# It does more.
_COUNTED = {}


def counted(url):
    other.count(url)
    if url not in _COUNTED:
        _COUNTED[url] = other.load(url)
    return _COUNTED[url]


_LOCKED = {}


def locked(url):
    with other.lock:
        if url not in _LOCKED:
            _LOCKED[url] = other.load(url)
        return _LOCKED[url]


_SOME = {}


def some(url):
    if url in _SOME:
        return _SOME[url]
    found = other.load(url)
    if found:
        _SOME[url] = found
    return found


_EARLY = {}


def early(url):
    if url in _EARLY:
        return _EARLY[url]
    if not url:
        return None
    _EARLY[url] = other.load(url)
    return _EARLY[url]


_AFTER = {}


def after(url):
    if url in _AFTER:
        return _AFTER[url]
    found = _AFTER[url] = other.load(url)
    other.log(url)
    return found


_CHANGED = {}


def changed(url):
    if url not in _CHANGED:
        _CHANGED[url] = other.load(url)
    return _CHANGED[url].copy()


_PRESET = {"/": "root"}


def preset(url):
    if url not in _PRESET:
        _PRESET[url] = other.load(url)
    return _PRESET[url]


# No function of the module, or one that lru_cache doesn't fit.
_ASYNC = {}


async def asynchronous(url):
    if url not in _ASYNC:
        _ASYNC[url] = await other.load(url)
    return _ASYNC[url]


class Browser:
    pages = {}

    def page(self, url):
        if url not in self.pages:
            self.pages[url] = other.load(url)
        return self.pages[url]


@other.traced
def traced(url, found={}):
    if url not in found:
        found[url] = other.load(url)
    return found[url]


_TRACED = {}


@other.traced
def also_traced(url):
    if url not in _TRACED:
        _TRACED[url] = other.load(url)
    return _TRACED[url]


print(os, partial)


# Another error than that of a missing key is caught, too.
_FORGIVEN = {}


def forgiven(url):
    try:
        return _FORGIVEN[url]
    except Exception:
        _FORGIVEN[url] = other.load(url)
        return _FORGIVEN[url]
