"""Runs one Python block of a page again and again, and prints what that gains.

`python -I measure.py DRIVER.py < block`, in a process of its own. It prints JSON: the unit, the calls of a span, and
the readings before and after each of three spans.

A driver is a file that says what the block needs and how one call of it looks:

- `UNIT`: one of those below, or the plural of what the driver's own `reading()` counts.
- `GIVEN`: names that the page takes from elsewhere. Modules that are stood in for it puts into `sys.modules`.
- `prepare(page)`: what is done once, when the block has run; `page` is the block as a module.
- `call(page, n)`: one call, with a number of six digits that never comes again.
- `CALLS`, `WARM_UP`: calls of a span, and before the first reading, where those below don't fit.
- `COLLECTOR = False`: the page says that only the cyclic collector frees, so it is off while we look.
- `PER`: where an example stops growing before 1,000 calls, the calls that its figure is for.
"""

from __future__ import annotations

import gc
import json
import os
import runpy
import sys
import tracemalloc
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

SPANS = 3
KIB, DESCRIPTORS, UNCLOSED = "KiB", "descriptors", "unclosed resources"
#: unit -> (calls of a span, calls before the first reading)
# Memory: 3,000 calls fill what the pages bound to about 1,000, and bring its table to its last size. Others: some
# systems allow 256 descriptors.
LENGTHS = {KIB: (1000, 3000)}
OTHERS = (50, 5)
# All numbers have six digits, so that texts which hold them are of one size.
FIRST = 100_000


def measure(driver: dict[str, Any], code: str) -> dict[str, Any]:
    unit = driver["UNIT"]
    calls, warm_up = LENGTHS.get(unit, OTHERS)
    calls, warm_up = driver.get("CALLS", calls), driver.get("WARM_UP", warm_up)
    reading = driver.get("reading") or READINGS[unit]()
    page = ModuleType("page")
    vars(page).update(driver.get("GIVEN", {}))
    sys.modules["page"] = page
    exec(compile(code, "<page>", "exec"), vars(page))
    driver.get("prepare", bool)(page)
    number = iter(range(FIRST, 10 * FIRST))
    call = driver["call"]
    for _ in range(warm_up):
        call(page, next(number))
    collector = driver.get("COLLECTOR", True)
    gc.collect()
    if not collector:
        gc.disable()
    readings = [reading()]
    for _ in range(SPANS):
        for _ in range(calls):
            call(page, next(number))
        if collector:
            gc.collect()
        readings.append(reading())
    if not collector:
        unit += " until the collector runs"
    return {"unit": unit, "calls": calls, "per": driver.get("PER", 1000), "readings": readings}


def memory() -> Any:
    tracemalloc.start()
    return lambda: tracemalloc.get_traced_memory()[0] / 1024


def descriptors() -> Any:
    folder = next(folder for folder in FOLDERS if os.path.isdir(folder))
    return lambda: len(os.listdir(folder))


def unclosed() -> Any:
    """How often CPython warned that nobody had closed what it had to free."""
    seen = 0

    def show(_message: object, category: type[Warning], *_: object) -> None:
        nonlocal seen
        seen += issubclass(category, ResourceWarning)

    warnings.showwarning = show
    warnings.simplefilter("always", ResourceWarning)
    return lambda: seen


FOLDERS = ["/proc/self/fd", "/dev/fd"]
READINGS = {KIB: memory, DESCRIPTORS: descriptors, UNCLOSED: unclosed}

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))  # -I leaves it out; drivers import scenery
    block = sys.stdin.read()
    print(json.dumps(measure(runpy.run_path(sys.argv[1]), block)))
