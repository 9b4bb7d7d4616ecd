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

    emitter.on("update", forward)  # LEK301 unsafe
    EMITTER.on("update", forward)  # LEK301 unsafe
    EMITTER.add_listener("update", forward)  # LEK301 unsafe
    SOME.on(  # LEK301 unsafe
        "update",
        lambda update: request.send(update),
    )


# --- Left ---


def handle_other(request, bus, logger: logging.Logger):
    def forward(update):
        request.send(update)

    bus.subscribe("update", forward)  # LEK301 left: decide where the listener is removed
    OWN.on("update", forward)  # LEK301 left: the emitter has no once()
    BETTER.on("update", forward)  # LEK301 unsafe
    bus.on("update", forward, True)  # LEK301 left: once() takes other arguments
