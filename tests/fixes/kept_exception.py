import logging
import sys

last_error = None
shown_error = None
_ERRORS = []

# Raised when there is nothing.
EMPTY = LookupError("nothing there")
_BUSY: RuntimeError = RuntimeError("busy", 1)


def convert(document):
    global last_error
    try:
        return document.convert()
    except ValueError as error:
        logging.exception("no conversion")
        last_error = error  # LEK402 unsafe


def collect(document):
    try:
        return document.collect()
    except ValueError as error:
        _ERRORS.append((document.name, error))  # LEK402 unsafe


def first(items):
    if not items:
        raise EMPTY
    return items[0]


def last(items):
    if not items:
        raise EMPTY from None  # LEK402 unsafe
    if items.busy:
        raise _BUSY  # LEK402 unsafe
    return items[-1]


# --- Left ---


def show(document):
    global shown_error
    try:
        return document.show()
    except ValueError as error:
        shown_error = error  # LEK402 left: the handler needs the exception after that
        raise


_TRACES = []


def trace(document):
    try:
        return document.trace()
    except ValueError as error:
        _TRACES.append(error.__traceback__)  # LEK402 left: decide what of the exception, traceback or frame is needed


_INFOS = []


def info(document):
    try:
        return document.info()
    except ValueError:
        _INFOS.append(sys.exc_info())  # LEK402 left: decide what of the exception, traceback or frame is needed


COMPARED = ValueError("compared")
MADE = ValueError(sys.argv)


def compare(items, other):
    if other is COMPARED:
        raise COMPARED  # LEK402 left: it is not only raised
    raise MADE  # LEK402 left: it is made of more than constants


class Queue:
    FULL = ValueError("full")

    def put(self, item):
        raise self.FULL  # LEK402 left: it is not simply bound in the module


def on_request(request):
    try:
        return request.answer()
    except ValueError:
        kind, error, trace = sys.exc_info()  # LEK402 left: catch the exception by 'as'
        logging.error("%s %s", kind, error)
