from collections import deque
from collections.abc import Sequence
from typing import ClassVar, Deque, Final

import other

EVENTS = deque(maxlen=1000)


def on_event(event):
    EVENTS.append(event)


# All of this a deque does too.
_READ = deque(maxlen=1000)


def on_read(event):
    _READ.append(event)
    print(len(_READ), _READ[-1], *_READ, sum(_READ))
    if _READ and event in _READ:
        return [each for each in _READ]
    return sorted(_READ)


_BETWEEN = (  # as they come
    deque(maxlen=1000)
)


def on_between(event):
    _BETWEEN.append(event)


# With types.
typed: deque[str] = deque(maxlen=1000)
older: Deque[str] = deque(maxlen=1000)
final: Final[deque[int]] = deque(maxlen=1000)
plain: Final = deque(maxlen=1000)
wide: Sequence[str] = deque(maxlen=1000)


def on_line(event):
    typed.append(event)
    older.append(event)
    final.append(event)
    plain.append(event)
    wide.extend(event)


class Recorder:
    lines: ClassVar[deque[str]] = deque(maxlen=1000)

    def record(self, event):
        self.lines.append(event)


# --- Left ---

# A set, another container, one that isn't empty or is bound elsewhere.
SEEN_IDS = set()
BYTES = bytearray()
PRESET = ["start"]
TWICE = OTHER = []
__all_events__ = []


def on_more(event):
    SEEN_IDS.add(event.id)
    BYTES.extend(event.data)
    PRESET.append(event)
    __all_events__.append(event)
    TWICE.append(event)


# What a deque can't do.
SLICED = []
ADDED = []
SHOWN = []
PLACED = []


def on_list(event):
    SLICED.append(event)
    ADDED.append(event)
    SHOWN.append(event)
    PLACED.insert(0, event)
    print(SLICED[2:], f"{SHOWN}")
    return ADDED + [1]


# What comments and annotations say.
COMMENTED = []  # type: List[str]
QUOTED: "list[str]" = []


def on_said(event):
    COMMENTED.append(event)
    QUOTED.append(event)


# Objects that may be kept alive on purpose.
WINDOWS = []
VIEWS = []


class Window:
    def on_open(self, event):
        WINDOWS.append(self)


def on_view(event):
    view = other.View(event)
    VIEWS.append(view)
    return view


def journal(event, entries=[]):
    entries.append(event)


# A loop that may see it grow.
WORK = []


def on_work(event):
    WORK.append(event)
    for each in WORK:
        if each.child:
            WORK.append(each.child)


# A comment inside.
MORE = [  # growing
]


def on_more(event):
    MORE.append(event)
