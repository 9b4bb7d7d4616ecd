"""Random programs with leaks of every kind that can be fixed, in any layout; the same seed makes the same program.

They are to be read, not run: `fuzz_bodies` has those that run.
"""

from __future__ import annotations

import random
import re
import warnings
from collections.abc import Callable

from fuzz_bodies import Body, Clause, Function, Statement, helpers

_TRIES = 50


def program(seed: str) -> bytes:
    """A program that compiles."""
    for attempt in range(_TRIES):
        made = _Program(random.Random(f"{seed} {attempt}")).data()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                compile(made, "program.py", "exec", dont_inherit=True)
        except (SyntaxError, ValueError):
            continue
        return made
    raise AssertionError(f"seed {seed} makes nothing that compiles")


# -- shapes of leaks that are no resources; § is a number of its own ---------------------------------------------------

Shape = tuple[str, list[list[Statement]]]


def _looked_up(rnd: random.Random) -> list[list[Statement]]:
    """LEK101"""
    value = rnd.choice(["other.load(url)", "len(url)", "(url, 1)"])
    body = rnd.choice(
        [
            [[("if url not in _PAGES§:", [f"_PAGES§[url] = {value}"])], "return _PAGES§[url]"],
            [
                [("if url in _PAGES§:", ["return _PAGES§[url]"])],
                f"found = {value}",
                "_PAGES§[url] = found",
                "return found",
            ],
            [
                [("try:", ["return _PAGES§[url]"]), ("except KeyError:", ["pass"])],
                f"_PAGES§[url] = parsed = {value}",
                "return parsed",
            ],
            [
                "found = _PAGES§.get(url)",
                [("if found is None:", [f"found = {value}", "_PAGES§[url] = found"])],
                "return found",
            ],
            [[("if (found := _PAGES§.get(url)) is None:", [f"found = _PAGES§[url] = {value}"])], "return found"],
        ]
    )
    if rnd.random() < 0.4:
        body = ['"""What stands there."""', *body]
    mapping = rnd.choice(["_PAGES§ = {}", "_PAGES§: dict[str, str] = {}", "_PAGES§ = dict()"])
    return [[mapping], [[("def page§(url):", body)]]]


def _memoizer_of_callables(rnd: random.Random) -> list[list[Statement]]:
    """LEK102"""
    decorator = rnd.choice(["@functools.cache", "@functools.lru_cache(maxsize=None)", "@functools.lru_cache(None)"])
    body: list[Statement] = ["return callback.__name__.lower()"]
    if rnd.random() < 0.3:
        return [[[("def _name§(callback):", body)]], ["name§ = functools.cache(_name§)"]]
    return [[decorator, [("def name§(callback):", body)]]]


def _memoizer_of_values(rnd: random.Random) -> list[list[Statement]]:
    """LEK151"""
    decorator = rnd.choice(
        ["@functools.cache", "@functools.lru_cache(maxsize=None)", "@functools.lru_cache(maxsize=None, typed=True)"]
    )
    body: list[Statement] = ["return '-'.join(title.lower().split())"]
    if rnd.random() < 0.3:
        return [[[("def _slug§(title):", body)]], ["slug§ = functools.lru_cache(maxsize=None)(_slug§)"]]
    return [[decorator, [("def slug§(title):", body)]]]


def _journal(rnd: random.Random) -> list[list[Statement]]:
    """LEK201"""
    bound = rnd.choice(["EVENTS§ = []", "EVENTS§: list[str] = []", "EVENTS§ = list()"])
    body: list[Statement] = ["EVENTS§.append(event)"]
    if rnd.random() < 0.5:
        body += ["print(len(EVENTS§), EVENTS§[-1])"]
    if rnd.random() < 0.3:
        return [
            [[("class Recorder§:", ["lines§ = []", [("def on_event(self, event):", ["self.lines§.append(event)"])]])]],
        ]
    return [[bound], [[("def on_event§(event):", body)]]]


def _tasks(rnd: random.Random) -> list[list[Statement]]:
    """LEK203"""
    bound = rnd.choice(["_TASKS§ = set()", "TASKS§ = set()"])
    name = bound.partition(" ")[0]
    made = rnd.choice(["asyncio.create_task(message.answer())", "asyncio.ensure_future(message.answer())"])
    body: list[Statement] = rnd.choice(
        [[f"task = {made}", f"{name}.add(task)"], [f"{name}.add({made})"], [f"{name}.add({made})", "message.log()"]]
    )
    if rnd.random() < 0.3:
        body = [[("if message:", body)]]
    if rnd.random() < 0.2:
        task = f"task = {made}"
        late = f"task.add_done_callback(lambda _: {name}.discard(task))"
        body = [[("for message in message.parts:", [task, f"{name}.add(task)", late])]]
    return [[bound], [[("def on_message§(message):", body)]]]


def _listener(rnd: random.Random) -> list[list[Statement]]:
    """LEK301"""
    verb = rnd.choice(["on", "on", "add_listener"])
    inner: Statement = [("def forward(update):", ["request.send(update)"])]
    body: list[Statement] = [inner, f"emitter.{verb}('update', forward)"]
    if rnd.random() < 0.4:
        body = [f"emitter.{verb}('update', lambda update: request.send(update))"]
    return [[[("def handle_request§(request, emitter):", body)]]]


def _finalizer(rnd: random.Random) -> list[list[Statement]]:
    """LEK305"""
    callback = rnd.choice(["self.close", "lambda: self.socket.close()"])
    given = rnd.choice(["", "_finalizer = ", "self._finalizer = "])
    made = ["self.socket = socket§", f"{given}weakref.finalize(self, {callback})"]
    end: Statement = [("def close(self):", ["self.socket.close()"])]
    return [[[("class Connection§:", [[("def __init__(self, socket§):", [*made])], end])]]]


def _exception(rnd: random.Random) -> list[list[Statement]]:
    """LEK402"""
    if rnd.random() < 0.5:
        put = rnd.choice(["_ERRORS§.append(error)", "_ERRORS§.append((document.name, error))"])
        attempt: Statement = [("try:", ["return document.convert()"]), ("except ValueError as error:", [put])]
        return [["_ERRORS§ = []"], [[("def convert§(document):", [attempt])]]]
    raises = rnd.choice(["raise EMPTY§", "raise EMPTY§ from None"])
    body: list[Statement] = [[("if not items:", [raises])], "return items[0]"]
    return [["EMPTY§ = LookupError('nothing there')"], [[("def first§(items):", body)]]]


def _connection(rnd: random.Random) -> list[list[Statement]]:
    """LEK552"""
    name = rnd.choice([" as db", "", " as (db)"])
    use = "db.execute('x')" if name else "print(path)"
    module = rnd.choice(["sqlite3", "psycopg2"])
    head = f"with {module}.connect(path){name}:"
    if rnd.random() < 0.3:
        head = f"with {module}.connect(path){name}, open(path) as file:"
    return [[[("def save§(path):", [[(head, [use])]])]]]


def _manager(rnd: random.Random) -> list[list[Statement]]:
    """LEK507"""
    opened = rnd.choice(["sqlite3.connect(path)", "open(path)", "socket.socket()"])
    body: list[Statement] = [f"thing = {opened}", rnd.choice(["yield thing", "got = yield thing"]), "thing.close()"]
    if rnd.random() < 0.3:
        body.insert(2, "print(path)")
    return [["@contextlib.contextmanager", [("def opened§(path):", body)]]]


def _unnamed(rnd: random.Random) -> list[list[Statement]]:
    """LEK503"""
    text = rnd.choice(
        [
            "return open(path).read()",
            "return [line for line in open(path, encoding='utf-8')]",
            "open(path, 'w').write(path)",
            "return pathlib.Path(path).open().read()",
            "data = gzip.open(path).read().split()",
            "print(open(path).read(), path)",
            "return path or open(path).read()",
            "open(path)",
        ]
    )
    body: list[Statement] = [text]
    if rnd.random() < 0.3:
        body = [[(rnd.choice(["for path in [path]:", "if path:", "while path:"]), body)]]
    if rnd.random() < 0.2:
        body = [[("for line in open(path):", ["print(line)"])]]
    return [[[("def read§(path):", body)]]]


SHAPES: list[Callable[[random.Random], list[list[Statement]]]] = [
    _looked_up, _memoizer_of_callables, _memoizer_of_values, _journal, _tasks, _listener, _finalizer, _exception,
    _connection, _manager, _unnamed,
]  # fmt: skip
_ALIASES = {
    "sqlite3": "db",
    "contextlib": "c",
    "functools": "ft",
    "tempfile": "tmp",
    "asyncio": "aio",
    "pathlib": "pl",
    "weakref": "wr",
    "socket": "net",
}
_MODULES = (
    "aiohttp asyncio contextlib functools gzip http.client os pathlib psycopg2 smtplib socket sqlite3 tempfile weakref "
    "zipfile"
).split()
_FOREIGN = {"aiohttp", "psycopg2", "other"}
_WORDS = ["why", "the usual way", "größer", "TODO: later", "naïve", "x = 1", "see #12"]
_TOOLS = ["# noqa", "# noqa: E501", "# type: ignore", "# pragma: no cover", "# pylint: disable=all", "# fmt: skip"]
_NAMES = [
    ("file", "conn", "src", "out", "handle", "x"),
    ("datei", "größe", "naïve", "señal", "über", "é"),
    ("f", "db", "s", "fh", "self_", "_"),
    ("file", "closing", "contextlib", "closed", "fd", "io"),
]


class _Program:
    """Writes one program."""

    def __init__(self, rnd: random.Random) -> None:
        self.rnd = rnd
        self.number = 0
        self.unit = "    "
        self.fancy = rnd.choice([0.0, 0.05, 0.15, 0.3])  # how odd the layout is
        self.modules: set[str] = set()

    def chance(self, share: float) -> bool:
        return self.rnd.random() < share

    def odd(self, share: float = 1.0) -> bool:
        return self.chance(self.fancy * share)

    def count(self) -> int:
        self.number += 1
        return self.number

    # -- the whole -----------------------------------------------------------------------------------------------------

    def data(self) -> bytes:
        chunks = [chunk for _ in range(self.rnd.choice([1, 1, 1, 2, 2, 3])) for chunk in self.part()]
        if self.chance(0.3):
            chunks.insert(self.rnd.randint(0, len(chunks)), self.filler())
        texts = []
        for chunk in chunks:
            self.unit = self.rnd.choice(["    ", "    ", "  ", "\t", "   ", "        "]) if self.odd(2) else self.unit
            texts.append("\n".join(self.lines(chunk, "")))
        texts[:0] = helpers("\n".join(texts))
        code = self.joined(texts)
        code = self.head(code)
        if self.odd():
            code = code.rstrip("\n")
        return self.encoded(code)

    def joined(self, texts: list[str]) -> str:
        code = ""
        for text in texts:
            gap = (
                "\n\n\n"
                if not self.odd()
                else self.rnd.choice(["\n", "\n\n", "\n\n\f\n", "\n\n\n\f", "\n# ---\n\n", "\n \n\n"])
            )
            code += (gap if code else "") + text
        return code + self.rnd.choice(["\n", "\n", "\n", "\n\n", "\n# the end\n"])

    def encoded(self, code: str) -> bytes:
        way = self.rnd.choices(["utf-8", "latin-1", "BOM", "utf-8 cookie"], [70, 10, 10, 10])[0]
        if way == "latin-1":
            code = f"# -*- coding: latin-1 -*-\n{code}"
        if way == "utf-8 cookie":
            code = f"#!/usr/bin/env python\n# vim: set fileencoding=utf-8 :\n{code}"
        ends = self.rnd.choices(["\n", "\r\n", "mixed", "\r"], [70, 15, 14, 1])[0]
        if ends == "\r" and way == "latin-1":
            ends = "\n"  # `tokenize` finds no cookie in the first line then, as there is but one
        if ends == "mixed":
            code = re.sub("\n", lambda _: self.rnd.choice(["\n", "\r\n"]), code)
        elif ends != "\n":
            code = code.replace("\n", ends)
        return (b"\xef\xbb\xbf" if way == "BOM" else b"") + code.encode("latin-1" if way == "latin-1" else "utf-8")

    # -- the head ------------------------------------------------------------------------------------------------------

    def head(self, code: str) -> str:
        """The code with imports of all that it needs, in some style."""
        lines: list[tuple[bool, str]] = []
        for module in _MODULES:
            names = sorted(set(re.findall(rf"\b{re.escape(module)}\.([A-Za-z_]\w*)", code)))
            if not names:
                if self.chance(0.04):
                    lines.append((module in _FOREIGN, f"import {module}"))
                continue
            style = self.rnd.random()
            line = f"import {module}"
            if style < 0.15 and module in _ALIASES and not re.search(rf"\b{_ALIASES[module]}\b", code):
                line += f" as {_ALIASES[module]}"
                code = re.sub(rf"\b{module}\.(?=[A-Za-z_])", f"{_ALIASES[module]}.", code)
            elif style < 0.35 and not any(re.search(rf"(?<!\.)\b{name}\b", code) for name in names):
                line = f"from {module} import {', '.join(names)}"
                code = re.sub(rf"\b{re.escape(module)}\.(?=[A-Za-z_])", "", code)
                if self.odd(2):
                    inside = "".join(f"    {name},\n" for name in names)
                    line = f"from {module} import (\n{inside})"
            if self.odd(0.5):
                line += f"  {self.comment()}"
            lines.append((module in _FOREIGN, line))
        if re.search(r"\bother\.", code):
            lines.append((True, "import other"))
        if self.chance(0.1):
            lines.append(
                (False, "from contextlib import " + self.rnd.choice(["closing", "suppress", "closing as _closing"]))
            )
        own = [line for foreign, line in lines if not foreign]
        foreign = [line for is_foreign, line in lines if is_foreign]
        if self.odd():
            self.rnd.shuffle(own)
        groups = [own, foreign]
        if self.chance(0.1):
            groups.append(["from . import models"])
        if self.chance(0.05):
            groups.append(["if TYPE_CHECKING:\n    from contextlib import closing"])
            own.append("from typing import TYPE_CHECKING")
        if self.chance(0.05):
            groups.append(["try:\n    import ujson as json\nexcept ImportError:\n    import json"])
        gap = "\n" if self.odd() else "\n\n"
        imports = gap.join("\n".join(group) for group in groups if group)
        top = []
        if self.chance(0.3):
            top.append(
                self.rnd.choice(
                    [
                        '"""What it does."""',
                        "'''What\n\nit does.\n'''",
                        "# Copyright: ü\n",
                        '"""a"""\n\n__version__ = "1"',
                    ]
                )
            )
        if self.chance(0.2) and not any("__version__" in part for part in top):
            top.append("from __future__ import annotations")
        if self.chance(0.03):
            imports += "\n\nclosing = None"
        sep = self.rnd.choice(["\n", "\n\n"])
        head = sep.join([*top, *([imports] if imports else [])])
        after = "\n\n\n" if not self.odd() else self.rnd.choice(["\n", "\n\n", "\n\n# --- code ---\n\n"])
        return head + (after if head else "") + code

    # -- the parts -----------------------------------------------------------------------------------------------------

    def part(self) -> list[list[Statement]]:
        if self.chance(0.5):
            return [self.function()]
        number = str(self.count())
        chunks = [_numbered(chunk, number) for chunk in self.rnd.choice(SHAPES)(self.rnd)]
        if self.odd() and len(chunks) > 1:
            chunks.insert(1, self.filler())
        return chunks

    def function(self) -> list[Statement]:
        """A function that opens something, somewhere."""
        way = self.rnd.choices(["plain", "generator", "manager", "async", "init"], [10, 2, 4, 2, 2])[0]
        body = Body(self.rnd, way, self.rnd.choice(_NAMES))
        made: Function = body.function(f"f{self.count()}")
        statements = made.statements
        where = self.rnd.random()
        if where < 0.15:
            decorator: list[Statement] = ["@other.decorated"] if self.chance(0.3) else []
            return [*decorator, *statements]
        if where < 0.3 and way != "init":
            return [[(f"class C{self.count()}:", [*self.doc(), *_as_method(statements)])]]
        if where < 0.4:
            return [[(f"def outer{self.count()}(a, b, items, box):", [*statements, "return None"])]]
        if where < 0.45:
            return [[("if True:", statements)]]
        return statements

    def doc(self) -> list[Statement]:
        return ['"""What it is."""'] if self.chance(0.3) else []

    def filler(self) -> list[Statement]:
        number = self.count()
        return self.rnd.choice(
            [
                [f"VALUE{number} = 1"],
                [f'TEXT{number} = """a\n  b\n\tc\n"""'],
                [f"TABLE{number} = {{\n    'a': 1,\n    'b': 2,\n}}"],
                [[(f"class Empty{number}:", ["pass"])]],
                [[(f"def plain{number}(a, *, b=2):", ['"""Nothing."""', "return a + b"])]],
            ]
        )

    # -- layout --------------------------------------------------------------------------------------------------------

    def comment(self) -> str:
        if self.chance(0.2):
            return self.rnd.choice(_TOOLS)
        return f"# {self.count()} {self.rnd.choice(_WORDS)}"

    def lines(self, statements: list[Statement], pad: str) -> list[str]:
        found: list[str] = []
        rest = list(statements)
        while rest:
            statement = rest.pop(0)
            if found and self.odd():
                found.append(self.rnd.choice(["", "", "", pad, "  "]))
            if self.odd():
                found.append(f"{pad}{self.comment()}")
                if self.odd():
                    found.append("")
            if isinstance(statement, str) and self.odd(0.3) and pad and not statement.startswith("@"):
                number = self.count()
                found.append(f'{pad}text{number} = """first {number}\n  second\n{pad}third"""')
            if isinstance(statement, str):
                text = self.laid_out(statement, pad)
                while (
                    rest and isinstance(rest[0], str) and self.odd(0.4) and not text.startswith("@") and "#" not in text
                ):
                    text += f"; {rest.pop(0)}"
                if self.odd(0.2) and not text.startswith("@") and "#" not in text:
                    text += ";"
                if self.odd() and "\\\n" not in text:
                    text += f"  {self.comment()}"
                found.append(pad + text)
            else:
                for clause in statement:
                    found += self.clause(clause, pad)
        if pad and self.odd(0.4):
            found.append(f"{pad}{self.comment()}")
        if pad and self.odd(0.2):
            found.append(f"{pad[: len(pad) // 2]}{self.comment()}")
        return found

    def clause(self, clause: Clause, pad: str) -> list[str]:
        head, body = clause
        if head.startswith(("match", "case")) and not head.startswith("case"):
            return [pad + head, *self.lines(body, pad + self.unit)]
        if all(isinstance(each, str) for each in body) and len(body) < 3 and self.odd():
            inside = "; ".join(each for each in body if isinstance(each, str))
            if "\n" not in inside and "@" not in inside:
                return [f"{pad}{head} {inside}"]
        behind = f"  {self.comment()}" if self.odd() else ""
        return [f"{pad}{head}{behind}", *self.lines(body, pad + self.unit)]

    def laid_out(self, statement: str, pad: str) -> str:
        """A simple statement, maybe over several lines."""
        bound = re.fullmatch(r"(\w+(?:, \w+)?) = (.+)", statement)
        if bound and self.odd(0.5) and "\n" not in statement:
            target, value = bound.groups()
            ways = [
                f"{target} = \\\n{pad}    {value}",
                f"{target} = (\n{pad}  {value}\n{pad})",
                f"{target} = (  # why\n {value})",
            ]
            return self.rnd.choice(ways)
        call = re.fullmatch(r"([^\"'()]*\w)\(([^()]+)\)", statement)
        if call and self.odd() and "\n" not in statement and ":=" not in statement and " for " not in statement:
            head, given = call.groups()
            inside = given.replace(", ", f",\n{pad}        ")
            behind = f"  {self.comment()}" if self.chance(0.3) else ""
            return f"{head}(\n{pad}        {inside},{behind}\n{pad})"
        if self.odd(0.1) and "\n" not in statement:
            return statement.replace(" = ", "=").replace(", ", " ,")
        return statement


def _numbered(chunk: list[Statement], number: str) -> list[Statement]:
    def filled(each: Statement) -> Statement:
        if isinstance(each, str):
            return each.replace("§", number)
        return [(head.replace("§", number), [filled(inner) for inner in body]) for head, body in each]

    return [filled(each) for each in chunk]


def _as_method(statements: list[Statement]) -> list[Statement]:
    """A function as a method that also has itself."""
    found: list[Statement] = []
    for each in statements:
        if isinstance(each, str):
            found.append(each)
        else:
            found.append([(re.sub(r"^((?:async )?def \w+\()", r"\1self, ", head), body) for head, body in each])
    return found
