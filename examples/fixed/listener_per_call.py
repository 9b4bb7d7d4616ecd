"""The listener is registered to fire once; the emitter then drops it."""


class Emitter:
    def __init__(self):
        self.listeners = []

    def on(self, event, callback):
        self.listeners.append((event, callback))

    def once(self, event, callback):
        def fire(value):
            self.listeners.remove((event, fire))
            callback(value)

        self.listeners.append((event, fire))

    def emit(self, event, value):
        for name, callback in list(self.listeners):
            if name == event:
                callback(value)


emitter = Emitter()


def handle_request(request):
    def answer(value):
        request["answer"] = value

    emitter.once("update", answer)


if __name__ == "__main__":
    for day in range(1, 4):
        for number in range(100):
            handle_request({"number": number})
            emitter.emit("update", number)
        print(f"day {day}, listeners kept: {len(emitter.listeners)}")
