"""Decorators that remember the results of a function by its arguments.

Sources: the library reference of Python 3.13 (functools); the documentation of async-lru, cachetools and aiocache.
"""

from __future__ import annotations

#: qualified name -> (the argument that bounds it, its position, the size without that argument; None = no bound)
MEMOIZERS: dict[str, tuple[str, int, int | None]] = {
    "functools.cache": ("", -1, None),
    "functools.lru_cache": ("maxsize", 0, 128),
    "async_lru.alru_cache": ("maxsize", 0, 128),
    "cachetools.func.lru_cache": ("maxsize", 0, 128),
    "cachetools.func.lfu_cache": ("maxsize", 0, 128),
    "cachetools.func.fifo_cache": ("maxsize", 0, 128),
    "cachetools.func.rr_cache": ("maxsize", 0, 128),
    "cachetools.func.ttl_cache": ("maxsize", 0, 128),
    "cachetools.cached": ("cache", 0, 0),
}
