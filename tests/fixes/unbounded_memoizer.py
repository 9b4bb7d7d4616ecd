import functools
from functools import cache, lru_cache, partial
from inspect import signature


# The decorator goes, its comment with it.
@cache  # for speed  # LEK102 unsafe
def takes_arguments(callback):
    return bool(signature(callback).parameters)


class Bus:
    @staticmethod
    @lru_cache(maxsize=None)  # LEK102 unsafe
    def counts(handler):
        return len(signature(handler).parameters)


@functools.cache  # LEK102 unsafe
def name_of(callback):
    return callback.__name__.lower()


# Applied as a call.
def _is_coroutine(callback):
    return callback.__code__.co_flags & 128


is_coroutine = cache(_is_coroutine)  # LEK102 unsafe


# --- Left ---


def _is_generator(callback):
    return callback.__code__.co_flags & 32


is_generator = cache(  # LEK102 left: its comments would be lost
    _is_generator,  # as it was
)


# It makes what is meant to be the same each time.
@cache  # LEK102 left: the function makes functions or classes
def bound(callback):
    return partial(callback, 1)


@cache  # LEK102 left: the function makes functions or classes
def wrapped(handler):
    class Wrapped:
        call = handler

    return Wrapped


@cache  # LEK102 left: the function makes functions or classes
def model_for(callback):
    return type("Model", (), {"call": callback})


# Without memory it may take for ever.
@cache  # LEK102 left: the function calls itself
def depth(callback):
    return 1 + depth(callback.__wrapped__) if hasattr(callback, "__wrapped__") else 0


# The memory is looked at.
@cache  # LEK102 left: looks at its memory
def seen(callback):
    return callback.__name__


def hits():
    return seen.cache_info().hits


# What is remembered is made of nothing: it is the state.
@functools.cache  # LEK102 left: the state itself
def state_of(request):
    return {}
