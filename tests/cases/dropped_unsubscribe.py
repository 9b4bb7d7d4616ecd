import torch
from reactivex import Observable
from reactivex.subject import Subject
from traitlets import link

import other
from other import PRICES


def stable(*args):
    print(*args)


# --- By the table ---


# In a class that has an end.
class Panel:
    def __init__(self, prices: Observable):
        prices.subscribe(lambda price: self.show(price))  # LEK304

    def show(self, price):
        print(self, price)

    def close(self):
        print(self)


class KeepingPanel:
    def __init__(self, prices: Observable):
        self.undo = prices.subscribe(self.show)  # silent LEK304: self.undo = prices => prices

    def show(self, price):
        print(self, price)

    def close(self):
        self.undo.dispose()


# Without an end the object may live as long as the emitter does.
class Display:
    def __init__(self, prices: Observable):
        prices.subscribe(self.show)  # silent LEK304: def paint(self): => def close(self):

    def show(self, price):
        print(self, price)

    def paint(self):
        print(self)


# In code that runs per request.
def handle_model(request, model):
    model.register_forward_hook(lambda *args: print(request, args))  # LEK304


def handle_model_tidily(request, model):
    hook = model.register_forward_pre_hook(lambda *args: print(request))  # silent LEK304: hook = model => model
    model(request)
    hook.remove()


def handle_model_once(request):
    model = torch.nn.Linear(2, 2)
    model.register_full_backward_hook(lambda *args: request)  # silent LEK304: model = torch. => _ = torch.


# At import, and in set-up code.
def setup_model(request, model):
    model.register_forward_hook(lambda *args: print(request))  # silent LEK304: def setup_model( => def model_of(


# Its own emitter.
class Source:
    def __init__(self):
        self.prices = Subject()
        self.prices.subscribe(lambda price: self.show(price))

    def show(self, price):
        print(self, price)

    def close(self):
        print(self)


# A callback that doesn't refer to the object.
class Linked:
    def __init__(self, prices: Observable):
        prices.subscribe(print)  # silent LEK304: prices.subscribe(print) => prices.subscribe(self.close)

    def close(self):
        print(self)


def handle_link(request):
    return link((request.slider, "value"), (other.text, "value"))


# --- By what the class does elsewhere ---


class Service:
    def start(self, queue):
        self.token = queue.consume(self.on_build, "build")
        queue.consume(self.on_change, "change")  # LEK304

    def on_build(self):
        print(self)

    def on_change(self):
        print(self)

    def stop(self):
        self.token.unregister()


# It is not known to return an undo.
class Unknown:
    def start(self, queue):
        self.first = queue.enqueue(self.on_build, "build")
        queue.enqueue(self.on_change, "change")  # silent LEK304: self.first.flush() => self.first.unsubscribe()

    def on_build(self):
        print(self)

    def on_change(self):
        print(self)

    def stop(self):
        self.first.flush()


PRICES.subscribe(stable)
