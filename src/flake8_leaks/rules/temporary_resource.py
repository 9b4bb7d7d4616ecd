"""## What it does
Finds a resource that is never bound to a name, so that nothing can release it: `json.load(open(path))`.

## Why is this bad
Only the collector can close it. CPython does so at once if all goes well; if `load` raises, the traceback holds the
file, and other interpreters close it late. Data that is written may still sit in the buffer. It doesn't matter in a
script that ends at once.

## Example
```python
import json


def settings(path):
    return json.load(open(path))  # LEK503
```

## Use instead
```python
import json


def settings(path):
    with open(path) as file:
        return json.load(file)
```

## Known problems
- A resource that is passed to code outside of the file counts as someone else's, unless that is known only to read it
  (`json.load`, `csv.reader`, `list`).
- It knows the callables of a table. What only wraps them, in another file, must be named in `leaks-resources`.
- Results that end by themselves are left out: `urlopen(url).read()`, an executor, a database in memory.
- It is silent at module level, in `main()`, `setup()` and the like, in functions that are called at import only, and in
  test files.

## Options
- `leaks-resources`: callables of your own that open something, and what releases it
- `leaks-owners`: callables of your own that take over what they are given
- `leaks-harmless`: callables whose result needs no release in your project
- `leaks-tests`: look into tests too

## Fix safety
Safe where the resource is opened before its statement does anything else, and where nothing that it handed out is
needed behind the statements that go into the block. What the statement does with the outcome, such as calling other
code with it, it does when the block is left, as before. It is unsafe for a response over the network: what stands in
for one in tests may have no `with`. `path.open().read()` of a `pathlib.Path` becomes `path.read_text()`, which is safe,
too. Where it can't be taken out of its expression, as in a comprehension, `open(path).read()` becomes
`Path(path).read_text()`: unsafe, since `open` also takes bytes or a descriptor.

## References
- <https://docs.python.org/3/tutorial/inputoutput.html#reading-and-writing-files>
- <https://docs.python.org/3/library/exceptions.html#ResourceWarning>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements.acquisitions import acquires, cure, is_script, symbol
from ..judgements.instances import acquisitions
from ..judgements.ownership import HELD
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    for found in acquisitions(file):
        if found.fate == HELD and not found.names and not is_script(file.model, found.scope):
            yield At(
                found.call,
                symbol=symbol(found),
                kind=found.acquirer.kind,
                opened=found.opened,
                cure=cure(found),
            )


RULE = Rule(
    "LEK503",
    "temporary-resource",
    "the {kind} from {opened}() is never bound to a name, so nothing can release it; {cure}",
    check,
    __doc__ or "",
    suspects=acquires,
)
