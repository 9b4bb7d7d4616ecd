"""## What it does
Finds a client, engine or pool that is meant to be made once and is made per call, and neither closed nor handed over.

## Why is this bad
Such an object keeps a connection pool or threads of its own. Made per call it pays for new connections each time, keeps
the old ones until it is collected, and under load runs out of ports or of places on the server.

## Example
```python
import requests


def price(symbol):
    session = requests.Session()  # LEK506
    return session.get(f"https://prices.example/{symbol}").json()
```

## Use instead
```python
import requests

SESSION = requests.Session()


def price(symbol):
    return SESSION.get(f"https://prices.example/{symbol}").json()
```

## Known problems
- One per call that is closed is no leak: it is silent, though it is still slow.
- It knows the clients of a table, whose documentation asks for one or which keep a pool or threads.
- It is silent at module level, in `main()`, `setup()` and the like, and in functions that are called at import only.

## Options
- `leaks-owners`: callables of your own that take over what they are given
- `leaks-harmless`: callables whose result needs no release in your project
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: a shared client has to bear being used by several threads or event loops, and somebody has to close
it. Decide who owns it: the module, an object, or the caller.

## References
- <https://requests.readthedocs.io/en/latest/user/advanced/#session-objects>
- <https://www.python-httpx.org/advanced/clients/>
- <https://docs.sqlalchemy.org/en/20/core/connections.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.acquisitions import acquires, clients, is_script, symbol
from ..judgements.ownership import HELD
from ..judgements.repeats import ONCE, repeats
from ..knowledge.resources import PER_CALL
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for found in clients(file):
        once = is_script(file.model, found.scope) or repeats(file.model, found.scope).answer == ONCE
        if found.fate == HELD and not once:
            yield At(
                found.call,
                symbol=symbol(found),
                opened=found.opened,
                kind=found.acquirer.kind,
                why=PER_CALL[found.acquirer.name],
            )


RULE = Rule(
    "LEK506",
    "client-per-call",
    "a {kind} from {opened}() is made per call and never closed: {why}; make it once and share it, or close it",
    check,
    __doc__ or "",
    before=("LEK501", "LEK503"),
    suspects=acquires,
)
