"""Each call is a connection that comes, is written to, and goes; who can be told that it went, is told."""

UNIT = "KiB"


class Writer:
    def write(self, text):
        pass


def prepare(page):
    page.relay = page.Relay()


def call(page, n):
    session = page.relay.connect(Writer())
    page.relay.send(session, "hello")
    if hasattr(page.relay, "disconnect"):
        page.relay.disconnect(session)
