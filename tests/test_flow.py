"""The control flow of one function: by which ways is it left while something is open?

The programs are words. `open_a` opens the thing a, `close_a` closes it, `lose_a` binds its name to something else.
`has_a` in the head of a statement says that a is not open past it, `no_a` that it is not open in its body. A call may
raise, and nothing else may. `with suppress` swallows what its body raises, `except Missing` catches nothing of a call.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from textwrap import dedent, indent

import pytest

from flake8_leaks.model import Duties, Flow, Way
from flake8_leaks.model.flow import ERROR

BLOCKS = (ast.stmt, ast.ExceptHandler, ast.match_case)


def head(statement: ast.stmt) -> list[ast.AST]:
    """The nodes of a statement, without those of the statements in its blocks."""
    nodes: list[ast.AST] = [statement]
    for node in nodes:
        nodes += [child for child in ast.iter_child_nodes(node) if not isinstance(child, BLOCKS)]
    return nodes


def swallows(statement: ast.stmt) -> bool:
    assert isinstance(statement, (ast.With, ast.AsyncWith))
    return any(getattr(item.context_expr, "id", "") == "suppress" for item in statement.items)


def catches(handler: ast.ExceptHandler) -> bool:
    return getattr(handler.type, "id", "") != "Missing"


class Program:
    """A function made of words, its flow, and what its words open and close."""

    def __init__(self, body: str) -> None:
        function = ast.parse("async def f():\n" + indent(dedent(body), "    ")).body[0]
        assert isinstance(function, ast.AsyncFunctionDef)
        self.flow = Flow(function, swallows, catches)
        self.duties = Duties()
        self.things: list[str] = []
        self.steps = 0
        for statement in self.flow.spots:
            for node in head(statement):
                if isinstance(node, ast.Name):
                    self.enter(statement, *node.id.partition("_")[::2])

    def enter(self, statement: ast.stmt, verb: str, thing: str) -> None:
        tables = {"open": self.duties.opens, "close": self.duties.closes, "lose": self.duties.rebinds}
        branches = {"no": True, "has": False}
        if verb in tables or verb in branches:
            if thing not in self.things:
                self.things.append(thing)
            bit = 1 << self.things.index(thing)
            if verb in tables:
                tables[verb][statement] |= bit
            else:
                self.duties.unless[statement, branches[verb]] |= bit

    def raises(self, statement: ast.stmt) -> ast.AST | None:
        """The first call of a statement. It is asked once for each step of a walk."""
        self.steps += 1
        calls = [node for node in head(statement) if isinstance(node, (ast.Call, ast.Yield))]
        return min(calls, key=lambda call: (call.lineno, call.col_offset), default=None)

    def ways(self) -> list[set[Way]] | None:
        return self.flow.ways(self.duties, self.raises)


def spelled(way: Way) -> str:
    """A way in words: "end", "error load", "return after load" where a handler caught an exception of load(), "error
    save once caught" where it caught one before."""
    name = getattr(getattr(way.node, "func", None), "id", "yield" if way.node is not None else "nothing")
    if way.kind == ERROR:
        return f"error {name}{' once caught' if way.caught else ''}"
    return f"{way.kind} after {name}" if way.caught else way.kind


def ways(body: str) -> dict[str, set[str]]:
    """For each thing of a program, the ways out on which it is open."""
    program = Program(body)
    found = program.ways()
    assert found is not None
    assert len(found) <= len(program.things)
    return {thing: {spelled(way) for way in some} for thing, some in zip(program.things, found, strict=False)}


def cases(text: str) -> list[object]:
    """Programs, each under a line that says what it is and on which ways it leaves a open."""
    found = []
    for paragraph in text.strip().split("\n\n"):
        title, _, body = paragraph.partition("\n")
        name, _, expected = title.removeprefix("# ").partition(" -> ")
        assert body, paragraph
        assert expected, paragraph
        found.append(pytest.param(body, set(expected.split(", ")) - {"never"}, id=name))
    return found


# -- statements one after the other ---------------------------------------------------------------------------------

STRAIGHT = """
# open to the end -> end
open_a

# closed -> never
open_a
close_a

# closed before it is opened -> end
close_a
open_a

# closed where it is opened -> never
with_(open_a, close_a)

# return -> return
open_a
return

# raise -> raise
open_a
raise E

# return before it is opened -> never
if x: return
open_a
close_a

# a call -> error load
open_a
load()
close_a

# the first of two calls -> error load
open_a
load()
read()
close_a

# a call before it is open -> never
load()
open_a
close_a

# the call that opens -> never
make(open_a)
close_a

# the call that closes -> never
open_a
end(close_a)

# a call after it is closed -> never
open_a
close_a
load()

# a call in a return -> error load, return
open_a
return load()

# a call in a raise -> error load, raise
open_a
raise load()

# left at a yield -> error yield
open_a
yield
close_a

# bound anew -> rebound
open_a
lose_a
close_a

# bound anew when closed -> never
open_a
close_a
lose_a

# the call by which it is bound anew -> error load, rebound
open_a
load(lose_a)

# opened again -> again, end
for x in y: open_a

# the block of an inner function is not ours -> never
open_a
def g(): return load()
close_a
"""

# -- if and match ---------------------------------------------------------------------------------------------------

BRANCHES = """
# closed in one branch -> end
open_a
if x: close_a

# closed in both -> never
open_a
if x: close_a
else: close_a

# the other branch returns -> return
open_a
if x: close_a
else: return

# a middle branch returns -> return
open_a
if x: pass
elif y: return
else: pass
close_a

# no branch is taken -> end
open_a
if x: close_a
elif y: close_a

# opened in one branch, closed in it -> never
if x:
    open_a
    close_a
return

# opened in one branch, closed after it -> never
if x: open_a
close_a

# opened in one branch, closed in another -> end
if x: open_a
else: close_a

# a call in a test -> error test
open_a
if test(): pass
close_a

# a call in the test of an elif -> error test
open_a
if x: pass
elif test(): pass
close_a

# nested -> return
open_a
if x:
    if y: return
    close_a
else: close_a

# with the body of a with between -> return
open_a
if x:
    with y: return
close_a

# closed in every case -> never
open_a
match x:
    case 1: close_a
    case _: close_a

# no wildcard -> end
open_a
match x:
    case 1: close_a
    case 2: close_a

# a name takes everything -> never
open_a
match x:
    case [y]: close_a
    case y: close_a

# a wildcard under a condition -> end
open_a
match x:
    case _ if y: close_a

# a named pattern is no wildcard -> end
open_a
match x:
    case [y] as z: close_a

# one case returns -> return
open_a
match x:
    case 1: return
close_a

# a call in a subject -> error load
open_a
match load():
    case 1: pass
close_a
"""

GUARDS = """
# closed if it is open -> never
open_a
if has_a: close_a

# nothing is open in this return -> never
open_a
if no_a: return
close_a

# it is open in this one -> return
open_a
if has_a: return
close_a

# not past either: the else -> never
open_a
if has_a: close_a
else: return

# else of the opposite test -> never
open_a
if no_a: return
else: close_a

# in an elif -> return
open_a
if x: return
elif has_a: close_a

# as long as it is open -> never
open_a
while has_a: close_a

# while it isn't -> end
open_a
while no_a: return

# closed in a loop over what is open -> never
open_a
for x in has_a: close_a

# closed in the cases that need it -> never
open_a
match has_a:
    case 1: close_a

# it knows what it says, not before -> return
open_a
if x: return
if has_a: close_a

# a new one is open again -> end
open_a
if no_a: open_a
"""

# -- loops ----------------------------------------------------------------------------------------------------------

LOOPS = """
# a loop that may not run -> end
open_a
for x in y: close_a

# closed after it -> never
open_a
for x in y: pass
close_a

# while may not run -> end
open_a
while x: close_a

# async for may not run -> end
open_a
async for x in y: close_a

# a call in the head -> error load
open_a
for x in load(): pass
close_a

# a call in a test, also after a round -> again, end, error test
while test(): open_a

# a call in the body -> error load
open_a
for x in y: load()
close_a

# opened and closed in each round -> never
for x in y:
    open_a
    close_a

# opened in one round, closed in the next -> again, end
for x in y:
    if x: close_a
    open_a

# return -> return
open_a
for x in y:
    if x: return
close_a

# break before the close -> end
for x in y:
    open_a
    if x: break
    close_a

# break leads past the loop -> never
for x in y:
    open_a
    if x: break
    close_a
close_a

# continue -> again, end
for x in y:
    open_a
    if x: continue
    close_a

# continue in while -> again, end
while x:
    open_a
    if x: continue
    close_a

# the else always runs -> never
open_a
for x in y: pass
else: close_a

# the else, but for a break -> end
open_a
for x in y:
    if x: break
else: close_a

# continue comes to the else -> never
open_a
for x in y:
    if x: continue
else: close_a

# else of while -> end
open_a
while x:
    if y: break
else: close_a

# a loop without end -> never
open_a
while True: pass

# one that a break leaves -> end
open_a
while True:
    if x: break

# one that a return leaves -> return
open_a
while 1:
    if x: return
    if y: break
close_a

# one that an exception leaves -> error load
open_a
while True: load()

# what follows it is not reached -> return
open_a
while True:
    if x: return
lose_a

# its else is not reached -> end
open_a
while True:
    if x: break
else: close_a

# while False is a loop like others -> end
open_a
while False: close_a

# break leaves the inner loop -> never
for x in y:
    open_a
    for z in x: break
    close_a

# continue stays in the inner loop -> never
for x in y:
    open_a
    for z in x: continue
    close_a

# continue in an else belongs to the outer loop -> again, end
for x in y:
    open_a
    for z in x:
        if z: break
    else: continue
    close_a

# return out of two loops -> return
for x in y:
    open_a
    while x:
        if z: return
    close_a

# break out of a with and an if -> end
while x:
    open_a
    with y:
        if z: break
    close_a
"""

# -- try ------------------------------------------------------------------------------------------------------------

HANDLERS = """
# a handler that goes on -> never
open_a
try: load()
except E: pass
close_a

# a handler that returns -> return after load
open_a
try: load()
except E: return
close_a

# a handler at the end -> end after load
open_a
try:
    load()
    close_a
except E: pass

# a handler that closes -> never
open_a
try: load()
except E:
    close_a
    return
close_a

# one handler of two -> return after load
open_a
try: load()
except D: close_a
except E: return
close_a

# a handler that nothing leads to -> never
open_a
try: pass
except E: return
close_a

# a handler that catches no call -> error load
open_a
try: load()
except Missing: return
close_a

# opened in the try -> return after load
try:
    open_a
    load()
except E: return
close_a

# the opening fails -> never
try: make(open_a)
except E: return
close_a

# continue -> again after load, end after load
for x in y:
    open_a
    try: load()
    except E: continue
    close_a

# break -> end after load
for x in y:
    open_a
    try: load()
    except E: break
    close_a

# bound anew -> rebound after load
open_a
try: load()
except E: lose_a
else: close_a

# a call in a handler -> error save once caught
open_a
try: load()
except E: save()
close_a

# raised again -> reraise after load
open_a
try: load()
except E: raise
close_a

# another one is raised -> reraise after load
open_a
try: load()
except E: raise D from None
close_a

# closed and raised again -> never
open_a
try: load()
except E:
    close_a
    raise
close_a

# the else after no exception -> never
open_a
try: load()
except E: close_a
else: close_a

# a handler is no way to the else -> end after load
open_a
try: load()
except E: pass
else: close_a

# handlers don't look at the else -> error save
open_a
try: pass
except E: pass
else: save()
close_a

# return in the else -> return
open_a
try: pass
except E: pass
else: return
close_a

# the first of the calls caught -> return after load
open_a
try:
    load()
    save()
except E: return
close_a

# both with and without exception -> return, return after load
open_a
try: load()
except E: pass
if x: return
close_a

# an outer handler -> return after load
open_a
try:
    try: load()
    except Missing: pass
except E: return
close_a

# an outer handler catches what an inner one raises -> never
open_a
try:
    try: load()
    except E: raise
except Exception: close_a
else: close_a

# and forgets -> return after load
open_a
try:
    try: load()
    except E: raise
except Exception: return
close_a

# through loops and branches -> return after load
open_a
try:
    for x in y:
        if x:
            with z: load()
except E: return
close_a
"""

RAISES = """
# caught by its name -> never
open_a
try: raise E
except E: close_a

# no exception of a call -> return
open_a
try: raise E
except E: return

# caught by one of several names -> never
open_a
try: raise E
except (D, E): close_a

# caught by the last name -> never
open_a
try: raise errors.E
except E: close_a

# caught by anything -> never
open_a
try: raise E
except: close_a

# caught as Exception -> never
open_a
try: raise E
except Exception: close_a

# caught as BaseException -> never
open_a
try: raise E
except (D, BaseException): close_a

# caught as its built-in base -> never
open_a
try: raise KeyError
except LookupError: close_a

# a built-in one that is no such thing -> raise
open_a
try: raise KeyError
except ValueError: close_a

# not caught -> raise
open_a
try: raise E
except D: close_a

# caught by the second handler -> never
open_a
try: raise E
except D: return
except E: close_a

# the first handler that fits gets it -> never
open_a
try: raise E
except E: close_a
except Exception: return

# anything, then its name -> never
open_a
try: raise E
except Exception: close_a
except E: return

# caught by what can't be read -> raise, return
open_a
try: raise E
except errors[x]: return

# caught further out -> never
open_a
try:
    try: raise E
    except D: return
except E: close_a

# caught out of a loop -> never
open_a
try:
    for x in y: raise E
except E: pass
close_a

# caught out of a finally -> never
open_a
try:
    try: raise E
    finally: pass
except E: pass
close_a

# not caught out of a loop -> raise
open_a
try:
    for x in y: raise E
except D: return
close_a

# in a handler, caught further out -> never
open_a
try:
    try: load()
    except D: raise E
except E: close_a
else: close_a

# in a handler, not caught -> reraise after load
open_a
try:
    try: load()
    except D: raise E
except C: return
close_a

# of what was caught: caught or not -> reraise after load, return after load
open_a
try:
    try: load()
    except D: raise
except C: return
close_a

# in an else -> raise
open_a
try: pass
except E: pass
else: raise E
close_a
"""

FINALLY = """
# closes -> never
open_a
try: load()
finally: close_a

# closes before a return -> never
open_a
try: return load()
finally: close_a

# closes before a raise -> never
open_a
try: raise E
finally: close_a

# closes before a break -> never
for x in y:
    open_a
    try: break
    finally: close_a

# closes before a continue -> never
for x in y:
    open_a
    try: continue
    finally: close_a

# closes after a handler -> never
open_a
try: load()
except E: return save()
finally: close_a

# closes after an else -> never
open_a
try: load()
except E: raise
else: return save()
finally: close_a

# does nothing: exception -> error load
open_a
try: load()
finally: pass
close_a

# does nothing: return -> return
open_a
try:
    if x: return
finally: pass
close_a

# does nothing: raise -> raise
open_a
try: raise E
finally: pass
close_a

# does nothing: break -> end
for x in y:
    open_a
    try: break
    finally: pass
    close_a

# does nothing: continue -> again, end
for x in y:
    open_a
    try: continue
    finally: pass
    close_a

# does nothing: handler -> return after load
open_a
try: load()
except E: return
finally: pass
close_a

# does nothing: raised again -> reraise after load
open_a
try: load()
except E: raise
finally: pass
close_a

# closes under a condition -> end, error load
open_a
try: load()
finally:
    if x: close_a

# closes what is open -> never
try:
    open_a
    load()
finally:
    if has_a: close_a

# what follows runs after no exception -> error load
open_a
try: load()
finally: pass
close_a

# a return in it ends the exception -> return
open_a
try: load()
finally: return

# a return in it overrules a raise -> return
open_a
try: raise E
finally: return

# a break in it ends the exception -> never
for x in y:
    open_a
    try: load()
    finally: break
close_a

# a continue in it ends the return -> again, end
for x in y:
    open_a
    try: return
    finally: continue

# a raise in it -> raise
open_a
try: return
finally: raise E

# a call in it -> error load
open_a
try: pass
finally: load()
close_a

# a loop in it -> return
open_a
try: return
finally:
    for x in y:
        if x: break

# the inner one closes -> never
open_a
try:
    try: load()
    finally: close_a
finally: pass

# the outer one closes -> never
open_a
try:
    try: return load()
    finally: pass
finally: close_a

# neither closes -> error load, return
open_a
try:
    try: return load()
    finally: pass
finally: pass

# inside another one -> return
open_a
try: return
finally:
    try: pass
    finally: pass

# inside another one, and closes -> never
open_a
try: return load()
finally:
    try: pass
    finally: close_a

# inside another one, each exception its own -> error load
open_a
try: return
finally:
    try: load()
    finally: pass
    close_a

# opened in it -> end
try: load()
finally: open_a

# opened in it, return after it -> return
try: load()
finally: open_a
return

# opened in one inside another -> end
try: pass
finally:
    try: pass
    finally: open_a

# handled further out -> return after load
open_a
try:
    try: load()
    finally: pass
except E: return
close_a

# swallowed further out -> end after load
open_a
with suppress:
    try: load()
    finally: pass
    close_a

# of the first call at each door -> error load
open_a
load()
try: save()
finally: close_a

# of the first call that isn't cleaned up -> error save
open_a
try: load()
except E:
    close_a
    return
save()
close_a
"""

# -- with -----------------------------------------------------------------------------------------------------------

WITHS = """
# its head closes -> never
open_a
with close_a: load()

# opened in its head -> error load
with open_a: load()
close_a

# return in it -> return
open_a
with x: return
close_a

# a call in its head -> error load
open_a
with load(): pass
close_a

# a call in it -> error load
open_a
async with x: load()
close_a

# what follows it -> never
open_a
with x: pass
close_a

# swallowed: what follows it -> never
open_a
with suppress: load()
close_a

# swallowed: the rest of it is skipped -> end after load
open_a
with suppress:
    load()
    close_a

# swallowed: by one of several -> end after load
open_a
with x, suppress:
    load()
    close_a

# swallowed: async -> end after load
open_a
async with suppress:
    load()
    close_a

# swallowed: in a loop -> again after load, end after load
for x in y:
    open_a
    with suppress:
        load()
        close_a

# not swallowed: return -> return
open_a
with suppress: return
close_a

# not swallowed: break -> end
for x in y:
    open_a
    with suppress: break
    close_a

# not swallowed: its head -> error load
open_a
with load(), suppress: pass
close_a

# swallowed: raised again -> end after load
open_a
with suppress:
    try: load()
    except E: raise
    close_a

# swallowed: from a handler -> end after save
open_a
with suppress:
    try: pass
    finally: save()
    close_a
"""


@pytest.mark.parametrize(("body", "expected"), cases(STRAIGHT))
def test_one_after_the_other(body: str, expected: set[str]) -> None:
    assert ways(body)["a"] == expected


@pytest.mark.parametrize(("body", "expected"), cases(BRANCHES))
def test_branches(body: str, expected: set[str]) -> None:
    assert ways(body)["a"] == expected


@pytest.mark.parametrize(("body", "expected"), cases(GUARDS))
def test_what_cannot_be_open_in_a_branch(body: str, expected: set[str]) -> None:
    assert ways(body)["a"] == expected


@pytest.mark.parametrize(("body", "expected"), cases(LOOPS))
def test_loops(body: str, expected: set[str]) -> None:
    assert ways(body)["a"] == expected


@pytest.mark.parametrize(("body", "expected"), cases(HANDLERS))
def test_handlers(body: str, expected: set[str]) -> None:
    assert ways(body)["a"] == expected


@pytest.mark.parametrize(("body", "expected"), cases(RAISES))
def test_raise_in_a_try(body: str, expected: set[str]) -> None:
    assert ways(body)["a"] == expected


@pytest.mark.parametrize(("body", "expected"), cases(FINALLY))
def test_finally(body: str, expected: set[str]) -> None:
    assert ways(body)["a"] == expected


@pytest.mark.parametrize(("body", "expected"), cases(WITHS))
def test_with(body: str, expected: set[str]) -> None:
    assert ways(body)["a"] == expected


def test_a_raise_that_a_with_swallows() -> None:
    """Whether that counts as caught is left open."""
    (found,) = Program("open_a\nwith suppress:\n    raise E\nreturn").ways() or [set()]
    assert {way.kind for way in found} == {"return"}


@pytest.mark.skipif(sys.version_info < (3, 11), reason="except* is new in 3.11")
def test_exception_groups() -> None:
    body = "open_a\ntry:\n    load()\nexcept* E:\n    {}\nfinally:\n    pass\nclose_a"
    assert ways(body.format("pass"))["a"] == set()
    assert ways(body.format("raise"))["a"] == {"reraise after load"}


def test_of_the_calls_that_are_caught_the_first_is_named() -> None:
    """The handler of load() closes, that of save() does not: the walk does not tell them apart."""
    body = """
        open_a
        try:
            load()
        except E:
            close_a
            raise
        try:
            save()
        except E:
            raise
        close_a
        """
    assert ways(body)["a"] == {"reraise after load"}


# -- many things ----------------------------------------------------------------------------------------------------


def test_each_thing_has_its_own_ways() -> None:
    body = """
        open_a
        open_b
        if x:
            close_a
            return
        try:
            load()
        except E:
            close_b
            return
        open_c
        close_a
        close_b
        """
    assert ways(body) == {
        "a": {"return after load"},
        "b": {"return"},
        "c": {"end"},
    }


def test_a_guard_of_one_thing_says_nothing_of_another() -> None:
    assert ways("open_a\nopen_b\nif no_a:\n    return\nclose_a\nclose_b") == {"a": set(), "b": {"return"}}


def test_what_is_never_opened_has_no_ways() -> None:
    assert ways("close_a\nlose_a\nopen_b\nif no_a:\n    return") == {"a": set(), "b": {"return", "end"}}


def test_nothing_is_opened() -> None:
    program = Program("load()\nreturn")
    assert program.ways() == []
    assert program.steps == 0


def test_one_statement_may_close_everything() -> None:
    program = Program("open_a\nopen_b\nif x:\n    stop\n    return\nif y:\n    return\nclose_a\nclose_b")
    stop, second = (next(s for s in program.flow.spots if word in names(s)) for word in ("stop", "y"))
    program.duties.closes[stop] = -1
    program.duties.unless[second, True] = -1
    assert program.ways() == [set(), set()]


def names(statement: ast.stmt) -> set[str]:
    return {node.id for node in head(statement) if isinstance(node, ast.Name)}


def test_a_walk_leaves_the_flow_as_it_was() -> None:
    program = Program("open_a\ntry:\n    load()\nfinally:\n    pass")
    first = program.ways()
    assert first is not None
    assert program.ways() == first


def test_where_statements_stand() -> None:
    """A handler and a `finally` clean up, with all that is in them; inner functions have a flow of their own."""
    program = Program(
        """
        one
        try:
            two
        except E:
            if x:
                three
        else:
            four
        finally:
            with y:
                five
        def six():
            seven
        """
    )
    words = {s.value.id: s for s in program.flow.spots if isinstance(s, ast.Expr) and isinstance(s.value, ast.Name)}
    assert sorted(words) == ["five", "four", "one", "three", "two"]
    assert {word for word, statement in words.items() if statement in program.flow.cleanup} == {"three", "five"}


@pytest.mark.parametrize(
    ("handler", "expected"),
    [
        ("except E: pass", {"one", "two"}),
        ("except E: return", {"one", "two"}),
        ("except E: raise", set()),
        ("except Missing: pass", set()),
        ("except Missing: pass\nexcept E: pass", {"one", "two"}),
        ("finally: pass", set()),
    ],
)
def test_what_is_tried(handler: str, expected: set[str]) -> None:
    """What stands in a `try` whose handlers go on, when it fails."""
    program = Program(f"zero\ntry:\n    one\n    if x:\n        two\n{handler}\nthree")
    assert {name for s in program.flow.tried for name in names(s)} - {"x"} == expected


def test_what_cleans_up_is_not_tried() -> None:
    program = Program("try: one\nexcept E:\n    try: two\n    except E: pass")
    assert {name for s in program.flow.tried for name in names(s)} == {"one"}


# -- size -----------------------------------------------------------------------------------------------------------


def lines(count: int, *text: str) -> str:
    """A text that is repeated with the numbers from 0 on for $."""
    return "\n".join(line.replace("$", str(i)) for i in range(count) for line in text)


MANY: dict[str, tuple[Callable[[int], str], set[str]]] = {
    "opened and closed": (lambda n: lines(n, "open_a$", "x", "close_a$"), set()),
    "closed at the end": (lambda n: lines(n, "open_a$") + "\n" + lines(n, "close_a$"), set()),
    "an exit each": (
        lambda n: lines(n, "open_a$", "if x: return") + "\n" + lines(n, "close_a$"),
        {"return"},
    ),
    "a call each": (lambda n: lines(n, "open_a$", "load()", "close_a$"), {"error load"}),
    "a finally each": (lambda n: lines(n, "open_a$", "try: load()", "finally: close_a$"), set()),
    "a finally each that forgets": (
        lambda n: lines(n, "open_a$", "try: load()", "finally: pass", "close_a$"),
        {"error load"},
    ),
    "a handler each": (
        lambda n: lines(n, "open_a$", "try: load()", "except E: return", "close_a$"),
        {"return after load"},
    ),
    "a loop each": (lambda n: lines(n, "open_a$", "for x in y:", " if x: break", "close_a$"), set()),
    "a case each": (lambda n: lines(n, "match x:", " case 1: open_a$", " case _: pass", "x", "close_a$"), set()),
    "all in one loop": (lambda n: "while x:\n" + indent(lines(n, "open_a$", "x", "close_a$"), " "), set()),
    "a continue each": (
        lambda n: "while x:\n" + indent(lines(n, "open_a$", "if x: continue", "close_a$"), " "),
        {"again", "end"},
    ),
    "a break each": (
        lambda n: "while x:\n" + indent(lines(n, "open_a$", "if x: break", "close_a$"), " "),
        {"end"},
    ),
    "a handler each that goes on": (
        lambda n: "while x:\n" + indent(lines(n, "open_a$", "try: load()", "except E: continue", "close_a$"), " "),
        {"again after load", "end after load"},
    ),
    "elif": (lambda n: "if x: pass\n" + lines(n, "elif x: open_a$") + "\n" + lines(n, "close_a$"), set()),
}


@pytest.mark.parametrize("shape", MANY)
def test_many_things_in_one_pass(shape: str) -> None:
    """Twice as many things take about twice as many steps."""
    text, expected = MANY[shape]
    small, large = Program(text(200)), Program(text(400))
    assert [{spelled(way) for way in some} for some in small.ways() or ()] == [expected] * 200
    assert [{spelled(way) for way in some} for some in large.ways() or ()] == [expected] * 400
    assert 0 < large.steps < 2.5 * small.steps


def test_a_long_elif_chain() -> None:
    """It is nested as deep as it is long."""
    body = "open_a\nif x: pass\n" + lines(2000, "elif x$: pass") + "\nelse: return\nclose_a"
    assert ways(body)["a"] == {"return"}


def nest(head: str, depth: int, inside: str) -> str:
    """`inside` in a head in a head in a head."""
    return "\n".join([*(" " * level + head for level in range(depth)), " " * depth + inside])


@pytest.mark.parametrize("head", ["if x:", "for x in y:", "while x:", "while True:", "with x:", "with suppress:"])
def test_deep_blocks(head: str) -> None:
    program = Program("open_a\n" + nest(head, 15, "return"))
    found = program.ways()
    assert found is not None
    assert "return" in {spelled(way) for way in found[0]}
    assert program.steps < 500


def deep_try(depth: int, last: str, inside: str) -> Iterator[str]:
    yield from (f"{' ' * level}try:" for level in range(depth))
    yield " " * depth + inside
    for level in reversed(range(depth)):
        yield f"{' ' * level}{last}"


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("finally: pass", {"error load", "return"}),
        ("except E: raise", {"reraise after load", "return"}),
        ("except Missing: return", {"error load", "return"}),
        ("except E: return", {"return after load", "return"}),
    ],
)
def test_deep_tries(last: str, expected: set[str]) -> None:
    body = "\n".join(["open_a", *deep_try(15, last, "return load()")])
    assert ways(body)["a"] == expected
    program = Program(body)
    program.ways()
    assert program.steps < 500


@pytest.mark.parametrize("depth", [2, 5, 15])
def test_a_finally_in_a_finally_in_a_finally(depth: int) -> None:
    """Each doubles the ways, or worse. There is an answer soon, if only that there are too many."""
    text = "open_a\n"
    for level in range(depth):
        pad = " " * level
        text += f"{pad}for x in y:\n" if level == 0 else ""
        text += f"{pad} try:\n{pad}  if x: return load()\n{pad}  if y: break\n{pad}  if z: continue\n{pad} finally:\n"
    text += " " * (depth + 1) + "pass\n"
    program = Program(text)
    found = program.ways()
    assert found is None or {"return", "end", "error load"} <= {spelled(way) for way in found[0]}
    assert found is not None or depth > 2
    assert program.steps <= 200 * len(program.flow.spots)
