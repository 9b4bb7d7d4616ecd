"""The last thousand events are kept; older ones make room."""

from collections import deque

EVENTS = deque(maxlen=1000)


def on_event(event):
    EVENTS.append(event)


if __name__ == "__main__":
    for day in range(1, 4):
        for number in range(2000):
            on_event({"day": day, "number": number})
        print(f"day {day}, events kept: {len(EVENTS)}")
