import functools
from functools import cache, partial
from inspect import signature


# The decorator goes, its comment with it.
def takes_arguments(callback):
    return bool(signature(callback).parameters)


class Bus:
    @staticmethod
    def counts(handler):
        return len(signature(handler).parameters)


def name_of(callback):
    return callback.__name__.lower()


# Applied as a call.
def _is_coroutine(callback):
    return callback.__code__.co_flags & 128


is_coroutine = _is_coroutine


# --- Left ---


def _is_generator(callback):
    return callback.__code__.co_flags & 32


is_generator = cache(
    _is_generator,  # as it was
)


# It makes what is meant to be the same each time.
@cache
def bound(callback):
    return partial(callback, 1)


@cache
def wrapped(handler):
    class Wrapped:
        call = handler

    return Wrapped


@cache
def model_for(callback):
    return type("Model", (), {"call": callback})


# Without memory it may take for ever.
@cache
def depth(callback):
    return 1 + depth(callback.__wrapped__) if hasattr(callback, "__wrapped__") else 0


# The memory is looked at.
@cache
def seen(callback):
    return callback.__name__


def hits():
    return seen.cache_info().hits


# What is remembered is made of nothing: it is the state.
@functools.cache
def state_of(request):
    return {}
