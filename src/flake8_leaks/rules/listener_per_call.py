"""## What it does
Finds a listener that is registered each time a request, event or message arrives, and that nothing removes. So it finds
what such code pushes on the exit stack of a longer-lived object, and a log file that is opened and added to a shared
logger each time a function is given its name.

## Why is this bad
The emitter keeps each listener, and all that the listener refers to, such as the request. Memory grows, and every event
calls all old listeners too, so it takes longer each time. It doesn't matter where the emitter itself dies after the
request.

## Example
```python
def handle_request(request, emitter):
    def forward(update):
        request.send(update)

    emitter.on("update", forward)  # LEK301
```

## Use instead
```python
def handle_request(request, emitter):
    def forward(update):
        request.send(update)

    emitter.once("update", forward)
```

If it is to fire more than once, remove it in a `finally` block. If it is the same for all requests, register it once at
start-up.

## Known problems
- It speaks only where code evidently repeats: by its decorator (`@app.route`), name (`on_...`, `handle_...`), or
  parameter (`request`, `event`, `job`). A registration in any other function is not seen.
- A connection says so only for a function that is defined in the call and put into a container of something else that
  is given (`loop.on_tick.add(f)`).
- A log file counts where its name is a parameter and the logger is always the same; any look at `handlers` in the file
  silences it.
- What arrives is taken to go again, and its own listeners with it: `request.on(...)` is not seen.
- A removal of any listener, anywhere in the file, silences it. So do a result that is kept, which may be the undo, and
  a test around the registration (`if callback not in ...`).
- It is silent for registries that hold listeners weakly, and where a second registration replaces the first.
- Receivers of unknown type are judged by the name of the method. A method `on` or `subscribe` of another kind, which is
  given a function, is a wrong finding; so is an emitter that lives no longer than the request.

## Options
- `leaks-listeners`: methods and functions of your own that register, and what removes
- `leaks-tests`: look into tests too

## Fix safety
Unsafe: the listener no longer hears the second event, and an emitter that is known only by its method's name may have
no `once()`. There is a fix only where the registration gives an event and a listener, and the registry is known to have
a once-only variant that takes the same. Where a listener that fires more often is to be removed, a person decides.

## References
- <https://pyee.readthedocs.io/en/latest/>
- <https://docs.djangoproject.com/en/stable/topics/signals/>
- <https://docs.python.org/3/library/weakref.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.listening import piles
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for pile in piles(file):
        yield At(
            pile.call,
            symbol=f"{pile.function.qualname}.{pile.name.rpartition('.')[2]}",
            name=pile.name,
            adds=pile.adds,
            function=pile.function.name,
            why=pile.why,
            cure=pile.cure,
        )


RULE = Rule(
    "LEK301",
    "listener-per-call",
    "{name}() {adds} each time {function}() runs, and {why}; {cure}",
    check,
    __doc__ or "",
)
