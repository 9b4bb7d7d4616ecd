"""Each call is a view that is watched and then is not. The bus is a list that, like many, ignores what it hasn't."""

UNIT = "KiB"
CALLS = 200
WARM_UP = 20


class Bus:
    def __init__(self):
        self.listeners = []

    def add_listener(self, event, listener):
        self.listeners.append((event, listener))

    def remove_listener(self, event, listener):
        if (event, listener) in self.listeners:
            self.listeners.remove((event, listener))


class View:
    def refresh(self):
        pass


BUS = Bus()


def call(page, n):
    view = View()
    undo = page.watch(BUS, view)
    if undo:
        undo()
    else:
        page.unwatch(BUS, view)
