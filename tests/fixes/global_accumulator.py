from collections.abc import Sequence
from typing import ClassVar, Final, List

import other

EVENTS = []


def on_event(event):
    EVENTS.append(event)  # LEK201 unsafe


# All of this a deque does too.
_READ = list()


def on_read(event):
    _READ.append(event)  # LEK201 unsafe
    print(len(_READ), _READ[-1], *_READ, sum(_READ))
    if _READ and event in _READ:
        return [each for each in _READ]
    return sorted(_READ)


_BETWEEN = (  # as they come
    []
)


def on_between(event):
    _BETWEEN.append(event)  # LEK201 unsafe


# With types.
typed: list[str] = []
older: List[str] = []
final: Final[list[int]] = []
plain: Final = []
wide: Sequence[str] = []


def on_line(event):
    typed.append(event)  # LEK201 unsafe
    older.append(event)  # LEK201 unsafe
    final.append(event)  # LEK201 unsafe
    plain.append(event)  # LEK201 unsafe
    wide.extend(event)  # LEK201 unsafe


class Recorder:
    lines: ClassVar[list[str]] = []

    def record(self, event):
        self.lines.append(event)  # LEK201 unsafe


# --- Left ---

# A set, another container, one that isn't empty or is bound elsewhere.
SEEN_IDS = set()
BYTES = bytearray()
PRESET = ["start"]
TWICE = OTHER = []
__all_events__ = []


def on_more(event):
    SEEN_IDS.add(event.id)  # LEK201 left: it is a set, which has no bound
    BYTES.extend(event.data)  # LEK201 left: not simply bound to an empty list
    PRESET.append(event)  # LEK201 left: not simply bound to an empty list
    __all_events__.append(event)  # LEK201 left: others know it by its name
    TWICE.append(event)  # LEK201 left: it is not bound once and for all


# What a deque can't do.
SLICED = []
ADDED = []
SHOWN = []
PLACED = []


def on_list(event):
    SLICED.append(event)  # LEK201 left: it is sliced
    ADDED.append(event)  # LEK201 left: it is added to others
    SHOWN.append(event)  # LEK201 left: it is printed
    PLACED.insert(0, event)  # LEK201 left: it is used by insert
    print(SLICED[2:], f"{SHOWN}")
    return ADDED + [1]


# What comments and annotations say.
COMMENTED = []  # type: List[str]
QUOTED: "list[str]" = []


def on_said(event):
    COMMENTED.append(event)  # LEK201 left: a comment says that it is a list
    QUOTED.append(event)  # LEK201 left: its annotation may ask for a list


# Objects that may be kept alive on purpose.
WINDOWS = []
VIEWS = []


class Window:
    def on_open(self, event):
        WINDOWS.append(self)  # LEK201 left: it may keep its items alive


def on_view(event):
    view = other.View(event)
    VIEWS.append(view)  # LEK201 left: it may keep its items alive
    return view


def journal(event, entries=[]):
    entries.append(event)  # LEK201 left: it is a default argument


# A loop that may see it grow.
WORK = []


def on_work(event):
    WORK.append(event)  # LEK201 left: a loop runs over it
    for each in WORK:
        if each.child:
            WORK.append(each.child)


# A comment inside.
MORE = [  # growing
]


def on_more(event):
    MORE.append(event)  # LEK201 left: a comment stands inside
