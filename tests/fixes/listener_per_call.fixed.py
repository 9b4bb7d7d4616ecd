import logging

import pyee

import other

EMITTER = pyee.EventEmitter()
SOME = other.Emitter()


class Emitter:
    def on(self, event, callback):
        print(event, callback)


class Better(Emitter):
    def once(self, event, callback):
        print(event, callback)


OWN = Emitter()
BETTER = Better()


def handle_request(request, emitter):
    def forward(update):
        request.send(update)

    emitter.once("update", forward)
    EMITTER.once("update", forward)
    EMITTER.once("update", forward)
    SOME.once(
        "update",
        lambda update: request.send(update),
    )


# --- Left ---


def handle_other(request, bus, logger: logging.Logger):
    def forward(update):
        request.send(update)

    bus.subscribe("update", forward)
    OWN.on("update", forward)
    BETTER.once("update", forward)
    bus.on("update", forward, True)
