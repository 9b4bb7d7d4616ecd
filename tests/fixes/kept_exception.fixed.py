import logging
import sys

last_error = None
shown_error = None
_ERRORS = []


def convert(document):
    global last_error
    try:
        return document.convert()
    except ValueError as error:
        logging.exception("no conversion")
        last_error = error.with_traceback(None)


def collect(document):
    try:
        return document.collect()
    except ValueError as error:
        _ERRORS.append((document.name, error.with_traceback(None)))


def first(items):
    if not items:
        raise LookupError("nothing there")
    return items[0]


def last(items):
    if not items:
        raise LookupError("nothing there") from None
    if items.busy:
        raise RuntimeError("busy", 1)
    return items[-1]


# --- Left ---


def show(document):
    global shown_error
    try:
        return document.show()
    except ValueError as error:
        shown_error = error
        raise


_TRACES = []


def trace(document):
    try:
        return document.trace()
    except ValueError as error:
        _TRACES.append(error.__traceback__)


_INFOS = []


def info(document):
    try:
        return document.info()
    except ValueError:
        _INFOS.append(sys.exc_info())


COMPARED = ValueError("compared")
MADE = ValueError(sys.argv)


def compare(items, other):
    if other is COMPARED:
        raise COMPARED
    raise MADE


class Queue:
    FULL = ValueError("full")

    def put(self, item):
        raise self.FULL


def on_request(request):
    try:
        return request.answer()
    except ValueError:
        kind, error, trace = sys.exc_info()
        logging.error("%s %s", kind, error)
