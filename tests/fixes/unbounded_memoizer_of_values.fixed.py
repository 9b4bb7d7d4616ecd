import functools
from functools import (
    wraps,
)

import aiocache
import cachetools
import streamlit as st
from async_lru import alru_cache
from cachetools import cached
from kombu.utils.functional import memoize


@functools.lru_cache(maxsize=1024)
def slug(title):
    return "-".join(title.lower().split())


@functools.lru_cache(maxsize=1024)
def upper(title):
    return title.upper()


# Settings that stand beside the size stay.
@functools.lru_cache(maxsize=1024, typed=True)
def words(title):
    return title.split()


@functools.lru_cache(1024)
def letters(title):
    return list(title)


# Applied as a call.
def _length(title):
    return len(title)


def _width(title):
    return len(title.strip())


length = functools.lru_cache(maxsize=1024)(_length)
width = functools.lru_cache(maxsize=1024)(_width)


# By a name that it got with its settings.
forever = functools.lru_cache(maxsize=1024)


@forever
def first(title):
    return title[0]


# Other memoizers.
@alru_cache(maxsize=1024)
async def fetched(title):
    return await title


@memoize(maxsize=1024)
def last(title):
    return title[-1]


@st.cache_data(max_entries=1024)
def table(title):
    return [title]


@st.cache_data(show_spinner=False, max_entries=1024)
def row(title):
    return [title]


@cached(cachetools.LRUCache(maxsize=1024))
def reverse(title):
    return title[::-1]


# --- Left ---


@cachetools.cached(cache={"": ""})
def middle(title):
    return title[1:-1]


@aiocache.cached()
async def loaded(title):
    return await title


print(wraps)
