"""An event handler appends to a module-level list that nothing empties."""

EVENTS = []


def on_event(event):
    EVENTS.append(event)  # LEK201


if __name__ == "__main__":
    for day in range(1, 4):
        for number in range(2000):
            on_event({"day": day, "number": number})
        print(f"day {day}, events kept: {len(EVENTS)}")
