import asyncio
import functools
import threading
import types
import weakref
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from xml.parsers import expat

import httptools

import other

# --- The leak: an object made for a request, connection or job keeps a callback over itself ---


# A lambda, a nested function, a coroutine.
def open_stream(url):
    stream = other.open(url)
    stream.on_end = lambda: stream.close()  # LEK403
    return stream


def fetch(url):
    def forget():
        response.close()

    response = other.get(url)
    response.on_error = forget  # LEK403
    return response


def follow(url):
    feed = other.Channel(url)

    async def fail(error):
        await feed.report(error)

    feed.on_fail = fail  # LEK403
    return feed


# A partial, and a method made by hand.
def attach_user(request):
    request.user = partial(other.user_of, request)  # LEK403


def attach_end(connection):
    connection.end = types.MethodType(other.end, connection)  # LEK403


# In a handler, whatever the object is called.
def on_message(message):
    order = other.order(message)
    order.retry = functools.partial(other.retry, order)  # LEK403
    return order.run()


# As a default argument, which holds it as well.
def open_socket(address):
    sock = other.connect(address)
    sock.on_close = lambda sock=sock: other.closed(sock)  # LEK403
    return sock


# One of several, in a container, by another name, under a condition.
def open_channel(address, quiet):
    channel = other.connect(address)
    callback = lambda: channel.flush()  # noqa: E731
    channel.callbacks.append(callback)  # LEK403
    channel.by_name["close"] = lambda: channel.close()  # LEK403
    channel.on_data = None if quiet else lambda: channel.read()  # LEK403
    return channel


# A helper that keeps the object which keeps it.
class BodyReader:
    def __init__(self, source, *, size=0):
        self.source = source
        self.size = size


def read_body(response):
    response.reader = BodyReader(response)  # LEK403
    return response.reader.size


def read_sized_body(response):
    response.sized_reader = BodyReader(size=1, source=response)  # LEK403


# A protocol and its parser, which is written in C.
class HttpProtocol(asyncio.Protocol):
    def __init__(self):
        self.http_parser = httptools.HttpRequestParser(self)  # LEK403

    def data_received(self, data):
        self.http_parser.feed_data(data)

    def connection_lost(self, exc):
        other.lost(exc)


# A protocol that keeps methods of its own, in each way of keeping.
class Exchange:
    def __init__(self, target):
        self.exchange_target = target


class LineProtocol(asyncio.Protocol):
    def connection_made(self, transport):
        self.line_handlers = {"GET": self.on_get, "PUT": self.on_put}  # LEK403
        self.line_timer = threading.Timer(30, self.expire)  # LEK403
        self.line_writer = partial(other.write, self)  # LEK403
        self.line_state = self.on_get  # LEK403
        self.line_exchange = Exchange(self.on_put)  # LEK403

    def on_get(self):
        return other.get(self)

    def on_put(self):
        return other.put(self)

    def expire(self):
        self.transport.abort()


# An expat parser holds what its handlers are bound to.
class FeedReader:
    def __init__(self):
        self.expat_parser = expat.ParserCreate()  # LEK403
        self.expat_parser.StartElementHandler = self.start

    def start(self, name, attributes):
        other.start(name, attributes)


# The future of an executor keeps its callbacks after they ran.
def submit(pool, job):
    future = pool.submit(job)
    future.add_done_callback(lambda _: other.report(future))  # LEK403


def submit_with_partial(pool, job):
    future = pool.submit(job)
    future.add_done_callback(partial(other.report_on, future))  # LEK403


def submit_to_own_pool(job):
    def done(_):
        other.report(waiting)

    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(job)
        waiting.add_done_callback(done)  # LEK403


def submit_to_loop(loop, work):
    sent = asyncio.run_coroutine_threadsafe(work, loop)
    sent.add_done_callback(lambda _: sent.result())  # LEK403


def promise():
    promised = Future()
    promised.add_done_callback(lambda _: promised.result())  # LEK403
    return promised


# --- Silent: something breaks the circle ---


# The attribute is set to None, or deleted.
def open_once(url):
    stream = other.open(url)

    def finish():
        stream.close()
        stream.on_finish = None

    stream.on_finish = finish  # silent LEK403: stream.on_finish = None => stream.finished = True
    return stream


def open_and_delete(url):
    stream = other.open(url)
    stream.on_first = lambda: stream.read()  # silent LEK403: del stream.on_first => stream.flush()
    other.wait()
    del stream.on_first


class ClosingProtocol(asyncio.Protocol):
    def __init__(self):
        self.closing_parser = httptools.HttpRequestParser(self)  # silent LEK403: self.closing_parser = None => pass

    def connection_lost(self, exc):
        self.closing_parser = None


class UnpackingProtocol(asyncio.Protocol):
    def __init__(self):
        self.unpacked_call = self.eof_received  # silent LEK403: None, None => 1, 2

    def reset(self):
        self.unpacked_call, self.unpacked_parser = None, None

    def eof_received(self):
        self.reset()


class ReplacingProtocol(asyncio.Protocol):
    def __init__(self):
        self.replaced_call = self.pong  # silent LEK403: def close_replaced => def open_replaced

    def data_received(self, data):
        self.replaced_call()

    def pong(self):
        other.pong(self)

    def close_replaced(self):
        self.replaced_call = other.nothing


class EmptiedProtocol(asyncio.Protocol):
    def __init__(self):
        self.emptied_calls = [self.eof_received]  # silent LEK403: self.emptied_calls.clear() => pass

    def eof_received(self):
        self.emptied_calls.clear()


class ForgettingProtocol(asyncio.Protocol):
    def __init__(self):
        self.forgotten_parser = httptools.HttpRequestParser(self)  # silent LEK403: self.__dict__.clear() => pass

    def connection_lost(self, exc):
        self.__dict__.clear()


# The helper is ended.
class ReaderProtocol(asyncio.Protocol):
    def __init__(self):
        self.ended_reader = BodyReader(self)  # silent LEK403: self.ended_reader.close() => pass

    def connection_lost(self, exc):
        self.ended_reader.close()


# --- Silent: it is not held strongly ---


def open_weakly(url):
    stream = other.open(url)
    weak = weakref.ref(stream)
    stream.on_weak = lambda: weak().close()  # silent LEK403: weak().close() => stream.close()
    return stream


class WeakProtocol(asyncio.Protocol):
    def __init__(self):
        self.weak_parser = httptools.HttpRequestParser(weakref.proxy(self))  # silent LEK403: weakref.proxy(self) => self
        self.weak_call = weakref.WeakMethod(self.eof_received)

    def eof_received(self):
        self.weak_call()


class WeakReader:
    def __init__(self, source):
        self.weak_source = weakref.ref(source)  # the helper is then no leak


def read_weakly(response):
    response.weak_reader = WeakReader(response)  # silent LEK403: weakref.ref(source) => source


# The callback has nothing of the object, or a parameter of its own that is called alike.
def open_apart(url, counter):
    stream = other.open(url)
    stream.on_count = lambda: counter.add(1)  # silent LEK403: counter.add(1) => stream.add(1)
    stream.on_own = lambda stream: stream.close()  # silent LEK403: lambda stream: => lambda _:
    return stream


# The future's own parameter is used, or the future is asyncio's, which drops the callbacks when they have run.
def submit_well(pool, job):
    result = pool.submit(job)
    result.add_done_callback(lambda done: other.report(done))  # silent LEK403: other.report(done) => other.report(result)


async def start(work):
    task = asyncio.create_task(work)
    task.add_done_callback(lambda _: other.report(task))  # silent LEK403: asyncio.create_task(work) => other.submit(work)
    await task


# --- Silent: it happens once ---


# Set-up code, a decorator, a server.
def configure_request(request):
    request.configured = partial(other.configure, request)  # silent LEK403: def configure_request => def change_request


def decorator(stream):
    def wrapper():
        return stream(wrapper.calls)

    wrapper.calls = lambda: wrapper
    return wrapper


class HubServer:
    def __init__(self):
        self.factory = self.make  # silent LEK403: class HubServer => class HubProtocol

    def connection_made(self, transport):
        other.made(transport)

    def make(self):
        return other.handler(self)


class PoolProtocol(asyncio.Protocol):
    def __init__(self):
        self.pool_factory = self.make  # silent LEK403: self, handler, transport => self, transport

    def connection_made(self, handler, transport):
        other.made(handler, transport)

    def make(self):
        return other.handler(self)


# An object of the module, and one that lives long by its name.
session = other.session()
session.on_end = lambda: session.close()


def attach_app(request):
    app = other.app(request)
    app.on_end = lambda: app.close()  # silent LEK403: app.on_end = lambda: app.close() => request.end = lambda: request.close()
