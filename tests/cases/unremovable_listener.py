import atexit
import logging
from functools import partial

import matplotlib.pyplot as plt
from reactivex.subject import Subject

import other
from other import bus, hub

LOG = logging.getLogger(__name__)


def stable(*args):
    print(*args)


# --- A fresh object ---


# A lambda.
def watch(view):
    bus.add_listener("tick", lambda event: view.refresh())


def unwatch(view):
    bus.remove_listener("tick", lambda event: view.refresh())  # LEK303


# A partial.
def unwatch_partially(view):
    bus.remove_event_handler("tick", partial(stable, view))  # LEK303


# A function that is defined anew.
def unwatch_inside(view):
    def refresh():
        view.refresh()

    bus.remove_observer(refresh)  # LEK303


# What was added just before is the same object.
def balanced(view):
    def refresh():
        view.refresh()

    bus.add_observer(refresh)
    bus.remove_observer(refresh)  # silent LEK303: bus.add_observer(refresh) => bus.add_observer(stable)


def handed_on(view, stack):
    def refresh():
        view.refresh()

    stack.attach(refresh)
    bus.remove_callback(refresh)  # silent LEK303: stack.attach(refresh) => stack.attach()


# A new log handler.
def mute():
    LOG.removeHandler(logging.StreamHandler())  # LEK303


# A handler that is kept.
HANDLER = logging.StreamHandler()


def mute_one():
    LOG.removeHandler(HANDLER)  # silent LEK303: LOG.removeHandler(HANDLER) => LOG.removeHandler(logging.StreamHandler())


# A new object of an own class; one that compares by its values.
class Listener:
    def notify(self):
        print(self)


class Equal:
    def __eq__(self, other):
        return type(self) is type(other)

    def __hash__(self):
        return 1


def drop_listeners():
    bus.remove_listener(Listener())  # LEK303
    bus.remove_listener(Equal())  # silent LEK303: def __eq__(self, other): => def matches(self, other):


# A function of the standard library.
def at_exit():
    atexit.unregister(lambda: print("over"))  # LEK303


def not_at_exit():
    atexit.unregister(stable)  # silent LEK303: atexit.unregister(stable) => atexit.unregister(partial(stable, 1))


# A method's name that may mean something else, with and without a registration that it undoes.
def start_news(view):
    hub.subscribe("news", lambda text: view.show(text))


def stop_news(view):
    hub.unsubscribe("news", lambda text: view.show(text))  # LEK303


def stop_mails(view):
    hub.unsubscribe("mails", lambda done: view.show(done))  # silent LEK303: unsubscribe("mails" => unsubscribe("news"


def choose(rows):
    rows.unregister(lambda row: row.old)  # silent LEK303: rows.unregister(lambda => rows.removeEventListener(lambda


# --- Bound methods compare equal ---


class View:
    def open(self, store):
        store.add_event_listener(self.refresh)

    def close(self, store):
        store.remove_event_listener(self.refresh)  # silent LEK303: remove_event_listener(self.refresh) => remove_event_listener(lambda: 1)

    def refresh(self):
        print(self)


# --- Another handler ---


class Panel:
    def show(self, clock):
        clock.ticked.connect(self.paint)

    def hide(self, clock):
        clock.ticked.disconnect(self.repaint)  # LEK303

    def paint(self):
        print(self)

    def repaint(self):
        print(self)


# Both were connected, one is enough.
class Pair:
    def show(self, clock):
        clock.rung.connect(self.paint)
        clock.rung.connect(self.ring)

    def hide(self, clock):
        clock.rung.disconnect(self.ring)  # silent LEK303: clock.rung.connect(self.ring) => clock.rung.wait()

    def paint(self):
        print(self)

    def ring(self):
        print(self)


# Another event, another receiver.
class Several:
    def show(self, source):
        source.on("open", self.opened)

    def hide(self, source):
        source.off("close", self.closed)  # silent LEK303: source.off("close" => source.off("open"

    def opened(self):
        print(self)

    def closed(self):
        print(self)


# One handler for all signals of a loop, by their names or as they are.
class Chart:
    def add(self, node):
        node.closed.connect(self.on_closed)
        node.renamed.connect(self.on_renamed)

    def drop(self, node):
        for signal in ["closed", "renamed"]:
            getattr(node, signal).disconnect(self.on_closed)  # LEK303

    def on_closed(self):
        print(self)

    def on_renamed(self):
        print(self)


class Graph:
    def add(self, node):
        node.closed.connect(self.when_closed)
        node.renamed.connect(self.when_renamed)

    def drop(self, node):
        for signal in (node.closed, node.renamed):
            signal.disconnect(self.when_closed)  # LEK303

    def when_closed(self):
        print(self)

    def when_renamed(self):
        print(self)


# In pairs.
class Tree:
    def add(self, node):
        node.opened.connect(self.if_opened)
        node.shut.connect(self.if_shut)

    def drop(self, node):
        for signal in (node.opened, node.shut):
            signal.disconnect(self.if_opened)  # silent LEK303: node.shut.disconnect(self.if_shut) => print(node.shut)
        node.shut.disconnect(self.if_shut)

    def if_opened(self):
        print(self)

    def if_shut(self):
        print(self)


# --- The undo is overwritten ---


class Counter:
    def start(self, prices: Subject, rates: Subject):
        self.undo = prices.subscribe(stable)  # LEK303
        self.undo = rates.subscribe(stable)

    def stop(self):
        self.undo.dispose()


# It is called in between.
class Follower:
    def start(self, prices: Subject, rates: Subject):
        self.undoing = prices.subscribe(stable)  # silent LEK303: self.undoing.dispose() # first => print(1)
        self.undoing.dispose() # first
        self.undoing = rates.subscribe(stable)

    def stop(self):
        self.undoing.dispose()


# A name of a function.
def draw(figure):
    number = figure.canvas.mpl_connect("key_press_event", stable)  # LEK303
    number = figure.canvas.mpl_connect("scroll_event", stable)
    plt.show()
    figure.canvas.mpl_disconnect(number)


def draw_both(figure):
    keys = figure.canvas.mpl_connect("key_press_event", stable)  # silent LEK303: wheel = figure => keys = figure
    wheel = figure.canvas.mpl_connect("scroll_event", stable)
    figure.canvas.mpl_disconnect(wheel)
    figure.canvas.mpl_disconnect(keys)


# A plain method that returns nothing of the kind.
def plain(source):
    result = source.fetch(stable)
    result = source.fetch(print)
    return result, other
