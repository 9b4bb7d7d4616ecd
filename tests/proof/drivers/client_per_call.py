"""Each call asks for a price, gets no JSON, and its error is kept.

The server is a real one in this process: the address is changed to that. What is counted are the connections that it
holds open.
"""

import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests
import scenery

UNIT = "connections"
OPEN = set()
os.environ["NO_PROXY"] = "*"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # keeps the line open
    wbufsize = -1  # an answer is one packet

    def setup(self):
        OPEN.add(self.request)
        super().setup()

    def finish(self):
        super().finish()
        OPEN.discard(self.request)

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"busy")

    def log_message(self, *_):
        pass


SERVER = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
SERVER.daemon_threads = True
threading.Thread(target=SERVER.serve_forever, daemon=True).start()
prepare_url = requests.PreparedRequest.prepare_url


def prepare_local(self, url, params):
    prepare_url(self, url.replace("https://prices.example", f"http://127.0.0.1:{SERVER.server_port}"), params)


requests.PreparedRequest.prepare_url = prepare_local


def reading():
    return len(OPEN)


def call(page, n):
    with scenery.Reported(ValueError):
        page.price(f"stock-{n}")
