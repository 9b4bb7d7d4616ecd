import functools
from functools import (
    cache,
    wraps,
)

import aiocache
import cachetools
import streamlit as st
from async_lru import alru_cache
from cachetools import cached
from kombu.utils.functional import memoize


@cache  # LEK151 unsafe
def slug(title):
    return "-".join(title.lower().split())


@functools.cache  # LEK151 unsafe
def upper(title):
    return title.upper()


# Settings that stand beside the size stay.
@functools.lru_cache(maxsize=None, typed=True)  # LEK151 unsafe
def words(title):
    return title.split()


@functools.lru_cache(None)  # LEK151 unsafe
def letters(title):
    return list(title)


# Applied as a call.
def _length(title):
    return len(title)


def _width(title):
    return len(title.strip())


length = cache(_length)  # LEK151 unsafe
width = functools.lru_cache(maxsize=None)(_width)  # LEK151 unsafe


# By a name that it got with its settings.
forever = functools.lru_cache(maxsize=None)


@forever  # LEK151 unsafe
def first(title):
    return title[0]


# Other memoizers.
@alru_cache(maxsize=None)  # LEK151 unsafe
async def fetched(title):
    return await title


@memoize()  # LEK151 unsafe
def last(title):
    return title[-1]


@st.cache_data  # LEK151 unsafe
def table(title):
    return [title]


@st.cache_data(show_spinner=False)  # LEK151 unsafe
def row(title):
    return [title]


@cached({})  # LEK151 unsafe
def reverse(title):
    return title[::-1]


# --- Left ---


@cachetools.cached(cache={"": ""})  # LEK151 left: takes a container of your own
def middle(title):
    return title[1:-1]


@aiocache.cached()  # LEK151 left: takes a container of your own
async def loaded(title):
    return await title


print(wraps)
