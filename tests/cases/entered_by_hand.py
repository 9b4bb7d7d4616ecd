"""LEK508: context managers that are entered by a call of __enter__ and that nothing leaves."""

import atexit
import contextlib
import threading
from contextlib import ExitStack
from unittest import mock

# Entered, and forgotten.


def forgets(factory):
    manager = factory.make()
    manager.__enter__()  # LEK508
    return 1


async def forgets_asynchronously(factory):
    connection = factory.connect()
    await connection.__aenter__()  # LEK508
    await connection.send("hello")


def forgets_the_result(factory):
    cursor = factory.cursor()
    row = cursor.__enter__()  # LEK508
    print(row is None)


def forgets_on_the_spot(settings):
    settings.override(debug=True).__enter__()  # LEK508


def forgets_what_a_maker_of_makers_made(factories):
    factories[0]().__enter__()  # LEK508


def forgets_a_lock():
    lock = threading.Lock()
    lock.__enter__()  # LEK508
    print("locked")


def reads_its_name_only(factory):
    source = factory.make()
    source.__enter__()  # LEK508
    if source is None:
        print(source.name, f"{source}")


class Client:
    def start(self):
        self.session = self.make()
        self.session.__enter__()  # LEK508

    def get(self, url):
        return self.session.get(url).status_code == 200 and "ok"


class Entered:
    def __enter__(self):
        self.inner = self.make()
        self.inner.__enter__()  # LEK508
        return self

    def __exit__(self, *error):
        print("done")


# Left again, in any way and anywhere.


def leaves(factory):
    left = factory.make()
    left.__enter__()  # silent LEK508: left.__exit__(None, None, None) => print("left")
    left.__exit__(None, None, None)


async def leaves_asynchronously(factory):
    done = factory.make()
    await done.__aenter__()  # silent LEK508: await done.__aexit__(None, None, None) => print("done")
    await done.__aexit__(None, None, None)


def closes(factory):
    closed = factory.make()
    closed.__enter__()  # silent LEK508: closed.close() => closed.flush()
    closed.close()


def closes_what_it_was_given(factory):
    maker = factory.make()
    product = maker.__enter__()  # silent LEK508: product.close() => product.flush()
    product.close()


def leaves_at_exit(factory):
    lasting = factory.make()
    lasting.__enter__()  # silent LEK508: atexit.register(lasting.__exit__, None, None, None) => print()
    atexit.register(lasting.__exit__, None, None, None)


def leaves_by_a_stack(factory, stack):
    pushed = factory.make()
    pushed.__enter__()  # silent LEK508: stack.push(pushed.__exit__) => stack.close()
    stack.push(pushed.__exit__)


def leaves_in_a_callback(factory, loop):
    called = factory.make()
    called.__enter__()  # silent LEK508: loop.at_end(lambda: called.__exit__(None, None, None)) => print()
    loop.at_end(lambda: called.__exit__(None, None, None))


def leaves_by_a_with(factory):
    again = factory.make()
    again.__enter__()  # silent LEK508: with again: => while not again:
    with again:
        print("again")


class Service:
    def start(self):
        self.client = self.make()
        self.client.__enter__()  # silent LEK508: self.client.__exit__(None, None, None) => print("stop")

    def stop(self):
        self.client.__exit__(None, None, None)


class Base:
    def stop(self):
        self.transport.close()  # by the base


class Derived(Base):
    def start(self):
        self.transport = self.make()
        self.transport.__enter__()  # silent LEK508: self.transport.close()  # by the base => pass


class Delegates:
    def __enter__(self):
        self.wrapped = self.make()
        self.wrapped.__enter__()  # silent LEK508: self.wrapped.__exit__(*error) => print(error)
        return self

    def __exit__(self, *error):
        self.wrapped.__exit__(*error)


# Handed on: who has it may leave it.


def returns(factory):
    returned = factory.make()
    returned.__enter__()  # silent LEK508: return returned => return None
    return returned


def returns_what_it_was_given(factory):
    source_of_it = factory.make()
    return source_of_it.__enter__()  # silent LEK508: return source_of_it.__enter__() => source_of_it.__enter__()


def returns_a_generator(factory):
    parser = factory.make()
    return parser.__enter__().rows()  # silent LEK508: return parser.__enter__().rows() => parser.__enter__()


def hands_on(factory, owner):
    adopted = factory.make()
    adopted.__enter__()  # silent LEK508: owner.adopt(adopted) => owner.adopt()
    owner.adopt(adopted)


def stores(factory, request):
    stored = factory.make()
    stored.__enter__()  # silent LEK508: request.scope = stored => request.scope = None
    request.scope = stored


class Publisher:
    async def start(self):
        self.channel = await self.connect().__aenter__()  # silent LEK508: self.channel = await => await

    async def stop(self):
        await self.channel.close()


# Someone else's: a parameter, an element, what a base class made, the object itself and its own base.


def enters_a_parameter(given):
    given.__enter__()  # silent LEK508: given.__enter__() => given().__enter__()


def enters_elements(managers):
    for element in managers:
        element.__enter__()


class Proxy(Base):
    def __enter__(self):
        self.owner.held.__enter__()
        return self.unknown.__enter__()

    def open(self):
        self.__enter__()
        return self


class Child(ExitStack):
    def __enter__(self):
        super().__enter__()
        return self


def emulates_with(subject):
    made = subject()
    value = type(made).__enter__(made)
    print(value)


# What runs once, or lives as long as the process.

_stack = contextlib.ExitStack()
_stack.__enter__()


def main():
    patched = mock.patch("os.getcwd")
    patched.__enter__()  # silent LEK508: def main(): => def patches():
    print("patched")
