"""## What it does
Finds tasks, futures, threads and processes that a long-lived container keeps when they are done.

It looks at globals, class attributes and attributes of objects that gain one per call, and from which nothing takes
out as the work goes on.

## Why is this bad
What is done still holds its result or exception, its arguments, and all that its frame referred to. To wait for all of
them at the end doesn't help: until then the container grows with every request.

## Example
```python
import asyncio

TASKS = set()


def on_message(message):
    task = asyncio.create_task(message.answer())
    TASKS.add(task)  # LEK203
```

## Use instead
```python
import asyncio

TASKS = set()


def on_message(message):
    task = asyncio.create_task(message.answer())
    TASKS.add(task)
    task.add_done_callback(TASKS.discard)
```

In a loop pass the method itself, not `lambda _: TASKS.discard(task)`: when that runs, `task` is a later one. Threads
have no such callback; drop the dead ones when you add one (`threads = [t for t in threads if t.is_alive()]`).

## Known problems
- It reads one file. If another module takes the tasks out, the finding is wrong.
- Any take-out that runs as the work goes on silences it, even one of other tasks.
- Functions whose names say that they start the workers (`start`, `run`, `launch`) are silent unless they loop for ever.

## Options
- `leaks-bounded`: containers of your own that evict
- `leaks-tests`: look into tests too

## Fix safety
Safe where the container has a private name, the file only puts into it, and what it puts is evidently a task of asyncio
or a future of an executor: nobody sees that one is gone. (asyncio may now report at once an exception that nobody
retrieved.) Elsewhere it is unsafe: the file counts, tests or cancels the tasks, other modules may, or the callback that
is there drops another task. Threads, processes, mappings, and containers whose results are waited for are left.

## References
- <https://docs.python.org/3/library/asyncio-task.html#asyncio.create_task>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import tasks
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for found in tasks.kept(file):
        yield tasks.at(file, found)


RULE = Rule(
    "LEK203",
    "kept-tasks",
    "'{name}' keeps every {what} that {function}() adds, also when it is done{how}; "
    "drop it then, as with task.add_done_callback(tasks.discard)",
    check,
    __doc__ or "",
    before=("LEK201", "LEK202"),
)
