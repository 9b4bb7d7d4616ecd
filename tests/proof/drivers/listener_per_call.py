"""Each call is a request and one update, on an emitter of pyee. Few calls: each update calls all that listen."""

from pyee import EventEmitter

UNIT = "KiB"
CALLS = 200
WARM_UP = 20
EMITTER = EventEmitter()


class Request:
    sent = False

    def send(self, update):
        self.sent = True


def call(page, n):
    request = Request()
    page.handle_request(request, EMITTER)
    EMITTER.emit("update", n)
    assert request.sent
