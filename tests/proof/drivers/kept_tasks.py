"""Each call is a message, and waits until it is answered."""

import asyncio

UNIT = "KiB"
LOOP = asyncio.new_event_loop()


class Message:
    def __init__(self, n):
        self.n = n

    async def answer(self):
        return self.n


async def receive(page, n):
    page.on_message(Message(n))
    await asyncio.sleep(0)  # the answer
    await asyncio.sleep(0)  # what the page does when it is there


def call(page, n):
    LOOP.run_until_complete(receive(page, n))
