"""Random functions that open something and mostly forget it on some way; the same seed makes the same function.

They run in the world of `fuzz_world`: each opening has a path of its own, which tells what a run did with it.
"""

from __future__ import annotations

import random
import re
from typing import NamedTuple, Union

#: A statement is its text, or the clauses of a compound one. What follows a line break in a text is not indented.
Clause = tuple[str, "list[Statement]"]
Statement = Union[str, "list[Clause]"]


class Kind(NamedTuple):
    """What can be opened, in patterns: {n} its name, {p} its path in quotes, {v} a new name, {x} some value.

    module: what must be imported. opens: expressions. uses: statements. values: expressions that are plain data.
    hands: expressions that may need it open later. ends: statements that release it. waits: is it for async functions?
    target: what an opening binds.
    """

    module: str
    opens: tuple[str, ...]
    uses: tuple[str, ...]
    values: tuple[str, ...]
    hands: tuple[str, ...]
    ends: tuple[str, ...]
    waits: bool = False
    target: str = "{n}"


FILE = Kind(
    "",
    ("open({p})", "open({p}, 'w')", "open({p}, encoding='utf-8')"),
    (
        "{n}.write(str({x}))",
        "{n}.readline()",
        "{n}.flush()",
        "{n}.seek(0)",
        "{n}.write(f'{{{x}}}')",
        "log(*{n})",
        "{v}, *w = {n}",
    ),
    (
        "{n}.read()",
        "{n}.readlines()",
        "len({n}.read())",
        "[line.strip() for line in {n}]",
        "sorted({n})",
        "list({n})",
        "''.join({n})",
        "sum(1 for _ in {n})",
        "next({n}, None)",
        "dict(enumerate({n}))",
        "{n}.closed",
    ),
    (
        "iter({n})",
        "(line for line in {n})",
        "map(str.strip, {n})",
        "enumerate({n})",
        "{n}.read",
        "lambda: {n}.read()",
        "zip({n}, items)",
        "filter(None, {n})",
        "itertools.chain({n}, items)",
        "functools.partial({n}.write, 'x')",
        "{n}.close",
        "Keeper({n})",
    ),
    ("{n}.close()",),
)
ZIPPED = FILE._replace(module="gzip", opens=("gzip.open({p})", "gzip.open({p}, 'rt')", "gzip.GzipFile({p})"))
TEMPORARY = FILE._replace(
    module="tempfile",
    opens=("tempfile.NamedTemporaryFile({p})", "tempfile.TemporaryFile({p})"),
    values=("{n}.read()", "{n}.name"),
)
CONNECTION = Kind(
    "sqlite3",
    ("sqlite3.connect({p})", "sqlite3.connect({p}, timeout=3)"),
    ("{n}.execute({x})", "{n}.commit()", "{n}.rollback()", "{n}.executemany('x', [1, 2])"),
    ("{n}.execute('a').fetchall()", "list({n}.execute('b'))", "{n}.cursor().fetchone()"),
    ("{n}.cursor()", "{n}.execute('c')", "{n}.cursor().execute('d')"),
    ("{n}.close()",),
)
SERVER = CONNECTION._replace(
    module="psycopg2",
    opens=("psycopg2.connect({p})",),
    uses=("{n}.commit()", "{n}.rollback()", "{n}.cursor().execute({x})"),
    values=("{n}.cursor().fetchall()", "{n}.status"),
)
SOCKET = Kind(
    "socket",
    ("socket.create_connection({p})", "socket.socket({p})"),
    ("{n}.sendall({x})", "{n}.settimeout(3)", "{n}.connect({x})", "{n}.shutdown(2)", "{n}.bind({x})"),
    ("{n}.recv(10)", "{n}.getsockname()"),
    ("{n}.makefile()", "{n}.recv"),
    ("{n}.close()",),
)
ARCHIVE = Kind(
    "zipfile",
    ("zipfile.ZipFile({p})", "zipfile.ZipFile({p}, 'w')"),
    ("{n}.extractall()", "{n}.testzip()"),
    ("{n}.read('m')", "{n}.namelist()"),
    ("{n}.open('m')", "{n}.read"),
    ("{n}.close()",),
)
HTTP = Kind(
    "http.client",
    ("http.client.HTTPConnection({p})",),
    ("{n}.request('GET', {x})", "{n}.connect()"),
    ("{n}.getresponse().read()",),
    ("{n}.getresponse()",),
    ("{n}.close()",),
)
MAIL = Kind(
    "smtplib",
    ("smtplib.SMTP({p})",),
    ("{n}.sendmail('a', 'b', {x})", "{n}.login('a', 'b')", "{n}.starttls()"),
    ("{n}.noop()",),
    ("{n}.noop",),
    ("{n}.quit()", "{n}.close()"),
)
DESCRIPTOR = Kind(
    "os",
    ("os.open({p}, 0)",),
    ("os.write({n}, b'x')", "os.fsync({n})", "os.lseek({n}, 0, 0)"),
    ("os.read({n}, 10)",),
    ("lambda: os.read({n}, 3)",),
    ("os.close({n})",),
)
PAIR = DESCRIPTOR._replace(module="os tempfile", opens=("tempfile.mkstemp({p})",), target="{n}, {v}")
SESSION = Kind(
    "aiohttp",
    ("aiohttp.ClientSession({p})",),
    ("await {n}.get({x})", "await {n}.post('u', data={x})"),
    ("(await {n}.get('u')).status",),
    ("{n}.get('u')", "await {n}.get('v')"),
    ("await {n}.close()",),
    waits=True,
)
FILES = (FILE, ZIPPED, TEMPORARY)
KINDS = (FILE, FILE, FILE, ZIPPED, TEMPORARY, CONNECTION, SERVER, SOCKET, ARCHIVE, HTTP, MAIL, DESCRIPTOR, PAIR)

HELPERS = """\
def read_all(file):
    return file.read()


def read_lines(file):
    for line in file:
        yield line.strip()


def close_it(file):
    file.close()


def checked(value):
    step(0)
    if value == "bad":
        raise ValueError(value)
    return value


def made(path):
    return open(path)


def give_up(value):
    raise RuntimeError(value)


class Keeper:
    def __init__(self, file):
        self.file = file

    def __call__(self):
        return self.file.read()
"""


def helpers(code: str) -> list[str]:
    """The helpers that some code calls."""
    return [text for text in HELPERS.strip().split("\n\n\n") if re.search(rf"\b{re.split(r'[ (:]', text)[1]}\b", code)]


class Function(NamedTuple):
    """A function of a name, how it is to be run (plain, generator, manager, async, init), and the modules it needs."""

    name: str
    way: str
    modules: frozenset[str]
    statements: list[Statement]


class Resource(NamedTuple):
    name: str
    kind: Kind


class Body:
    """Writes the statements of one function of the parameters a, b, items and box."""

    def __init__(self, rnd: random.Random, way: str = "plain", names: tuple[str, ...] = ()) -> None:
        self.rnd = rnd
        self.way = way
        self.names = names or ("file", "conn", "src", "out", "handle", "x")
        self.modules: set[str] = set()
        self.number = 0
        self.resources: list[Resource] = []
        self.values = ["a", "b", "items"]
        self.loops = 0
        self.globals = self.chance(0.06)
        self.yielded = False
        self.budget = rnd.randint(2, 9)

    def function(self, name: str) -> Function:
        head = f"{'async ' if self.way == 'async' else ''}def {name}(a, b, items, box):"
        body: list[Statement] = ["global LAST"] if self.globals else []
        while self.budget > 0:
            body += self.statement(0)
        body += self.end()
        decorated: list[Statement] = []
        if self.way == "manager":
            decorated = ["@contextlib.contextmanager"]
            self.modules.add("contextlib")
        statements: list[Statement] = [*decorated, [(head, body)]]
        if self.way == "init":
            made: Statement = [("def __init__(self, a, b, items, box):", body)]
            names = {found.name for found in self.resources if found.name.startswith("self.")}
            end: Statement = [("def close(self):", [f"{each}.close()" for each in sorted(names)] or ["pass"])]
            statements = [[(f"class {name}:", [made, end] if self.chance(0.7) else [made])]]
        return Function(name, self.way, frozenset(self.modules), statements)

    # -- names and values --------------------------------------------------------------------------------------------

    def fresh(self, stem: str = "v") -> str:
        self.number += 1
        return f"{stem}{self.number}"

    def chance(self, share: float) -> bool:
        return self.rnd.random() < share

    def resource(self) -> Resource:
        return self.rnd.choice(self.resources[-3:])

    def filled(self, pattern: str, name: str = "") -> str:
        value = self.fresh() if "{v}" in pattern else ""
        text = pattern.format(n=name, v=value, x=self.plain(), p=f'"p{self.fresh("")}"')
        if value:
            self.values.append(value)
        return text

    def plain(self) -> str:
        return self.rnd.choice([*self.values[-4:], "a", "b", "'bad'", "1", "None"])

    def value(self) -> str:
        """An expression that gives plain data."""
        choices = [
            self.plain(),
            self.plain(),
            f"step({self.fresh('')})",
            f"str({self.plain()})",
            f"checked({self.plain()})",
        ]
        if self.resources:
            found = self.resource()
            read = self.filled(self.rnd.choice(found.kind.values), found.name)
            choices += [read, read, f"({read}, {self.plain()})", f"{read} if {self.plain()} else {self.plain()}"]
            choices += [
                f"str({read})",
                f"f'{{{found.name}}}'",
                f"[{read} for _ in items]",
                f"({read}) or {self.plain()}",
            ]
            if found.kind in FILES:
                choices.append(f"read_all({found.name})")
        return self.rnd.choice(choices)

    def handed(self, found: Resource) -> str:
        return self.filled(self.rnd.choice(found.kind.hands), found.name)

    def condition(self) -> str:
        choices = ["a", "b", "not a", "items", "len(items) > 1", f"step({self.fresh('')})", self.value()]
        if self.resources:
            name = self.resource().name
            choices += [name, f"{name} is None", f"{name} is not None", f"not {name}"]
        return self.rnd.choice(choices)

    def kind(self) -> Kind:
        return SESSION if self.way == "async" and self.chance(0.6) else self.rnd.choice(KINDS)

    def opening(self, kind: Kind) -> str:
        self.modules.update(kind.module.split())
        if kind is FILE and self.chance(0.1):
            return self.filled("made({p})")
        return self.filled(self.rnd.choice(kind.opens))

    # -- statements --------------------------------------------------------------------------------------------------

    def statement(self, depth: int) -> list[Statement]:
        self.budget -= 1
        if not self.resources or self.chance(0.12):
            return self.open(depth)
        makers = [
            (self.use, 10),
            (self.bind, 6),
            (self.filler, 4),
            (self.release, 3),
            (self.hand_over, 2),
            (self.leave, 3),
            (self.inner, 1),
            (self.rebind, 0.5),
            (self.give, 6 if self.way in ("generator", "manager") else 0),
            (self.temporary, 1),
            (self.deferred, 1),
        ]
        if depth < 3:
            makers += [(self.branch, 6), (self.loop, 3), (self.attempt, 5), (self.within, 2), (self.choice, 1)]
        functions, weights = zip(*makers, strict=True)
        maker = self.rnd.choices(functions, weights)[0]
        return maker(depth)  # type: ignore[no-any-return, operator]

    def block(self, depth: int, most: int = 3) -> list[Statement]:
        body: list[Statement] = []
        for _ in range(self.rnd.randint(1, most)):
            body += self.statement(depth + 1)
        return body

    def open(self, depth: int) -> list[Statement]:
        kind = self.kind()
        again = [found.name for found in self.resources]
        name = self.rnd.choice(again) if again and self.chance(0.07) else self.new_name()
        call = self.opening(kind)
        found = Resource(name, kind)
        self.resources.append(found)
        target = self.filled(kind.target, name)
        ways: list[list[Statement]] = [[f"{target} = {call}"]] * 12
        if kind.target == "{n}":
            ways += [
                [f"{name}: object = {call}"],
                [f"{name} = ({call})"],
                [f"{name} = {self.fresh('other')} = {call}"],
                [f"{name} = {call} if {self.condition()} else None"],
                [[(f"if ({name} := {call}):", [self.simple()])]] if name.isidentifier() else ["pass"],
                [[("if a:", [f"{name} = {call}"]), ("else:", [f"{name} = {self.opening(kind)}"])]],
                [[("if a:", [f"{name} = {call}"]), ("else:", [self.way_out()])]],
                [[("try:", [f"{name} = {call}"]), ("except OSError:", [self.way_out()])]],
                [f"{name} = None", [("if a:", [f"{name} = {call}"])]],
            ]
        return self.rnd.choice(ways)

    def new_name(self) -> str:
        free = [name for name in self.names if all(name != found.name for found in self.resources)]
        name = self.rnd.choice(free) if free else self.fresh("r")
        if self.globals and self.chance(0.3):
            return "LAST"
        return f"self.{name}" if self.way == "init" and "." not in name and self.chance(0.7) else name

    def simple(self) -> str:
        """One simple statement that uses something."""
        found = self.resource()
        return self.rnd.choice([self.filled(self.rnd.choice(found.kind.uses), found.name), f"log({self.value()})"])

    def use(self, depth: int) -> list[Statement]:
        return [self.simple()]

    def bind(self, depth: int) -> list[Statement]:
        found = self.resource()
        hand, value = self.handed(found), self.value()
        name = self.rnd.choice([self.fresh(), self.fresh(), "v"])
        texts = [f"{name} = {value}"] * 6 + [f"{name} = {hand}"] * 3
        texts += [
            f"{name} = {found.name}",
            f"{name}, w = {value}, {hand}",
            f"{name} = [{hand}]",
            f"log(({name} := {value}))",
        ]
        text = self.rnd.choice(texts)
        self.values.append(name)
        if text == f"{name} = {found.name}":
            self.resources.append(Resource(name, found.kind))
        return [text]

    def filler(self, depth: int) -> list[Statement]:
        number = self.fresh("")
        return [self.rnd.choice([f"step({number})", f"log({self.plain()})", f"assert a, step({number})", "pass"])]

    def release(self, depth: int) -> list[Statement]:
        found = self.resource()
        if self.chance(0.7):
            self.resources.remove(found)
            if not self.resources:
                self.resources.append(found)
        return [self.releasing(found)]

    def releasing(self, found: Resource) -> Statement:
        end = self.rnd.choice(found.kind.ends)
        text = self.filled(end, found.name)
        if self.chance(0.12):
            test = self.rnd.choice([found.name, "a", f"{found.name} is not None"])
            return [(f"if {test}:", [text])]
        if self.chance(0.05) and end == "{n}.close()":
            return f"close_it({found.name})"
        if self.chance(0.04):
            self.modules.add("contextlib")
            return [("with contextlib.suppress(OSError):", [text])]
        return text

    def hand_over(self, depth: int) -> list[Statement]:
        found = self.resource()
        given = self.rnd.choice([found.name, found.name, self.handed(found), f"({found.name}, {self.plain()})"])
        ways = [f"box.kept = {given}", f"box.append({given})", f"keep({given})", f"box.table[a] = {given}"]
        ways += [f"LAST = {given}"] if self.globals else []
        ways += [f"self.kept = {given}"] if self.way == "init" else []
        return [self.rnd.choice(ways)]

    def way_out(self) -> str:
        """A statement that leaves the block."""
        found = self.resource()
        number = self.fresh("")
        texts = ["return", f"return {self.plain()}", f"raise ValueError({number})", f"raise ValueError({self.value()})"]
        texts += [f"give_up({number})"] if self.chance(0.2) else []
        if self.way == "plain" or self.way == "async":
            texts += [f"return {self.value()}", f"return {self.value()}"]
            if self.chance(0.25):
                texts += [f"return {found.name}", f"return {self.handed(found)}"]
        else:
            texts = [text if not text.startswith("return ") else "return" for text in texts]
        if self.loops:
            texts += ["break", "continue", "continue"]
        return self.rnd.choice(texts)

    def leave(self, depth: int) -> list[Statement]:
        body: list[Statement] = [self.way_out()]
        if self.chance(0.4):
            body.insert(0, self.releasing(self.resource()))
        if self.chance(0.2):
            body.insert(0, self.simple())
        return [[(f"if {self.condition()}:", body)]]

    def inner(self, depth: int) -> list[Statement]:
        found = self.resource()
        name = self.fresh("inner")
        body: list[Statement] = [f"return {self.filled(self.rnd.choice(found.kind.values), found.name)}"]
        if found.kind.waits:
            return ["pass"]
        head = self.rnd.choice([f"def {name}():", f"def {name}(n=1):"])
        last = self.rnd.choice([f"log({name}())", f"box.kept = {name}", "pass", f"return {name}()"])
        if last.startswith("return") and self.way not in ("plain", "async"):
            last = f"log({name}())"
        return [[(head, body)], last]

    def rebind(self, depth: int) -> list[Statement]:
        found = self.resource()
        return [self.rnd.choice([f"{found.name} = None", f"del {found.name}", f"{found.name} = {self.plain()}"])]

    def give(self, depth: int) -> list[Statement]:
        if self.way == "manager" and (self.yielded or (depth and self.chance(0.5))):
            return [self.simple()]
        self.yielded = True
        found = self.resource()
        given = self.rnd.choice([found.name, self.value(), self.handed(found)])
        if found.kind.waits:
            given = self.plain()
        text = self.rnd.choice([f"yield {given}", f"yield {given}", f"got = yield {given}"])
        if self.chance(0.3):
            return [[("try:", [text]), ("finally:", [self.releasing(found)])]]
        return [text]

    def temporary(self, depth: int) -> list[Statement]:
        """What is opened and never bound to a name."""
        kind = self.rnd.choice([FILE, FILE, ZIPPED, CONNECTION, SERVER, ARCHIVE, SOCKET])
        call = self.opening(kind)
        value = self.filled(self.rnd.choice(kind.values), call)
        hand = self.filled(self.rnd.choice(kind.hands), call)
        name = self.fresh()
        texts: list[Statement] = [
            f"log({value})",
            f"log({value}, {self.value()})",
            f"log({self.value()}, {value})",
            f"{name} = {value}",
            f"{name} = {hand}",
            f"{call}",
            [(f"for line in {call}:", ["log(line)", self.simple()])],
            [(f"with {call} as {name}:", [f"{self.filled(self.rnd.choice(kind.uses), name)}"])],
            [(f"with {call}:", [self.simple()])],
            [(f"if {value}:", [self.simple()])],
            f"box.append({value})",
            f"log([{value} for _ in items])",
            f"log(a and {value})",
        ]
        if self.way in ("plain", "async"):
            texts += [f"return {value}", f"return {hand}"]
        self.values.append("a")
        return [self.rnd.choice(texts)]

    def deferred(self, depth: int) -> list[Statement]:
        """A use that is put off, or done by helpers of the file."""
        found = self.resource()
        value = self.filled(self.rnd.choice(found.kind.values), found.name)
        name = self.fresh("later")
        if found.kind.waits or "await" in value:
            return [self.simple()]
        files: list[list[Statement]] = [
            [[(f"for line in read_lines({found.name}):", ["log(line)"])]],
            [f"{name} = read_lines({found.name})", f"log(list({name}))"],
            [f"log(read_all({found.name}))"],
            [f"{name} = functools.partial(read_all, {found.name})", f"log({name}())"],
        ]
        return self.rnd.choice(
            [
                [f"{name} = lambda: {value}", f"log({name}())"],
                [f"{name} = lambda: {value}", f"box.append({name})"],
                [f"{name} = ({value} for _ in items)", f"log(list({name}))"],
                [f"{name} = ({value} for _ in items)", f"box.append({name})"],
                [f"{name} = [{found.name}]", f"log(str({name}[0]))"],
                [f"{name} = [{found.name}]", f"log({value.replace(found.name, f'{name}[0]')})"],
                [f"{name} = {{'a': {found.name}}}", f"log({value.replace(found.name, f'{name}[chr(97)]')})"],
                [[(f"def {name}():", [self.filled(found.kind.ends[0], found.name)])], f"{name}()"],
            ]
            + files * (found.kind in FILES)
        )

    # -- compound statements -----------------------------------------------------------------------------------------

    def branch(self, depth: int) -> list[Statement]:
        clauses: list[Clause] = [(f"if {self.condition()}:", self.block(depth))]
        if self.chance(0.2):
            clauses.append((f"elif {self.condition()}:", self.block(depth)))
        if self.chance(0.4):
            clauses.append(("else:", self.block(depth)))
        return [clauses]

    def loop(self, depth: int) -> list[Statement]:
        found = self.resource()
        heads = ["for each in items:", "for each in items:", "while more():", "for _ in range(2):"]
        if found.kind in FILES:
            heads += [f"for line in {found.name}:", f"for i, line in enumerate({found.name}):"]
        if found.kind is CONNECTION:
            heads += [f"for row in {found.name}.execute('e'):"]
        self.loops += 1
        body = self.block(depth)
        self.loops -= 1
        clauses: list[Clause] = [(self.rnd.choice(heads), body)]
        if self.chance(0.1):
            clauses.append(("else:", [self.simple()]))
        return [clauses]

    def attempt(self, depth: int) -> list[Statement]:
        clauses: list[Clause] = [("try:", self.block(depth))]
        found = self.resource()
        shape = self.rnd.random()
        if shape < 0.65:
            caught = self.rnd.choice(["OSError", "ValueError", "Exception", "(OSError, ValueError)", "BaseException"])
            body: list[Statement] = []
            if self.chance(0.5):
                body.append(self.rnd.choice(["log('failed')", self.simple(), f"step({self.fresh('')})"]))
            if self.chance(0.4):
                body.append(self.releasing(found))
            if self.chance(0.5):
                body.append(self.rnd.choice(["raise", self.way_out()]))
            name = " as error" if self.chance(0.3) else ""
            if name and self.chance(0.5):
                body.insert(0, "log(str(error))")
            clauses.append((f"except {caught}{name}:", body or ["pass"]))
            if self.chance(0.2):
                clauses.append(("else:", self.block(depth, 2)))
        if shape > 0.5:
            ends: list[Statement] = [self.releasing(found)]
            if self.chance(0.25):
                ends.insert(self.rnd.randint(0, 1), self.simple())
            if self.chance(0.2):
                ends = [f"log({self.plain()})"]
            clauses.append(("finally:", ends))
        return [clauses]

    def within(self, depth: int) -> list[Statement]:
        self.modules.add("contextlib")
        found = self.resource()
        heads = [
            f"with manager({self.fresh('')}):",
            "with contextlib.suppress(OSError):",
            "with contextlib.suppress(ValueError):",
        ]
        if not found.kind.waits and found.kind not in (DESCRIPTOR, PAIR, HTTP):
            heads += [f"with {found.name}:", f"with {found.name} as {self.fresh('w')}:"]
        head, body = self.rnd.choice(heads), self.block(depth)
        if not found.kind.waits and self.chance(0.1):
            ways = [f"stack.callback({found.name}.close)", f"stack.push({found.name})"]
            head, body = "with contextlib.ExitStack() as stack:", [self.rnd.choice(ways), *body]
        return [[(head, body)]]

    def choice(self, depth: int) -> list[Statement]:
        return [
            [
                (
                    f"match {self.plain()}:",
                    [[("case True:", self.block(depth + 1, 2))], [("case _:", self.block(depth + 1, 1))]],
                )
            ]
        ]

    def end(self) -> list[Statement]:
        """What stands at the end of the function: releases, and what it gives back."""
        body: list[Statement] = []
        seen: set[str] = set()
        if (self.way == "manager" and not self.yielded) or self.way == "generator":
            self.yielded = False
            body += self.give(0)
        for found in reversed(self.resources):
            if found.name not in seen and self.chance(0.35):
                body.append(self.releasing(found))
            seen.add(found.name)
        found = self.resource()
        if self.way in ("plain", "async") and self.chance(0.6):
            last = [self.plain(), self.plain(), self.value(), found.name if self.chance(0.4) else self.value()]
            body.append(f"return {self.rnd.choice([*last, self.handed(found)])}")
        return body


def function(rnd: random.Random, name: str, way: str = "", names: tuple[str, ...] = ()) -> Function:
    """A random function; where nothing is said, most are plain."""
    way = way or rnd.choices(["plain", "generator", "manager", "async", "init"], [10, 2, 2, 2, 1])[0]
    return Body(rnd, way, names).function(name)


def plain_text(statements: list[Statement], pad: str = "") -> str:
    """Statements as code of a plain layout."""
    lines: list[str] = []
    for statement in statements:
        if isinstance(statement, str):
            lines.append(pad + statement)
        else:
            for head, body in statement:
                lines += [pad + head, plain_text(body, pad + "    ")]
    return "\n".join(lines)
