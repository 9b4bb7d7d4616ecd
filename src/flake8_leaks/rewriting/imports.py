"""How a file says the name of something in another module, and what it must import for that."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import libcst as cst

from ..model import Model, Scope
from ..model.binding import FUNCTIONS, position
from ..rule import Unfixable
from .tree import Statement


class Import(NamedTuple):
    """An import to add: `from module import name`, or `import module` where the name is empty."""

    module: str
    name: str = ""

    @property
    def statement(self) -> cst.SimpleStatementLine:
        text = f"from {self.module} import {self.name}" if self.name else f"import {self.module}"
        return cst.ensure_type(cst.parse_statement(text), cst.SimpleStatementLine)


class Spelling(NamedTuple):
    """How the code says a name, and what it must import first."""

    code: str
    imports: tuple[Import, ...]

    @property
    def node(self) -> cst.BaseExpression:
        return cst.parse_expression(self.code)


def spelled(model: Model, scope: Scope, module: str, name: str) -> Spelling:
    """How the code of a scope says `module.name`: as the file does already, else by an import that hides nothing.

    Unfixable where the file uses both names for something else.
    """
    qualified = f"{module}.{name}"
    for local, nodes in model.module.bound.items():
        if not all(isinstance(node, ast.alias) and _is_at_the_top(model, node) for node in nodes):
            continue
        for code in (local, f"{local}.{name}"):
            reads = ast.parse(code, mode="eval").body
            if model.resolve(scope, local) is model.module and model.qualnames(reads, scope) == {qualified}:
                return Spelling(code, ())
    taken = {word for each in model.scopes for word in (*each.bound, *(node.id for node in each.names))}
    if name not in taken:
        return Spelling(name, (Import(module, name),))
    root = module.partition(".")[0]
    if root not in taken:
        return Spelling(qualified, (Import(module),))
    raise Unfixable(f"the file uses the names {name!r} and {root!r} for something else")


def _is_at_the_top(model: Model, alias: ast.AST) -> bool:
    """Is it imported by a statement of the module's own, before any code that may need it?"""
    return model.parent(model.parent(alias)) is model.tree and position(alias) < _first_code(model)  # type: ignore[arg-type]


def _inside(statement: ast.stmt) -> list[ast.AST]:
    """What a guard around imports may hold, with the statement itself."""
    return list(ast.walk(statement)) if isinstance(statement, (ast.If, ast.Try)) else [statement]


def _first_code(model: Model) -> tuple[int, int]:
    """Where the module first does something else than to import, guarded or not, and to bind names with `__`."""

    def find() -> tuple[int, int]:
        guarded = [(each, inner) for each in model.tree.body for inner in _inside(each)]
        for statement, inner in guarded:
            if isinstance(inner, (*FUNCTIONS, ast.ClassDef)):
                return position(statement)
            if isinstance(statement, (*FUNCTIONS, ast.ClassDef, ast.For, ast.While, ast.With)):
                return position(statement.decorator_list[0] if getattr(statement, "decorator_list", ()) else statement)  # type: ignore[union-attr]
            if isinstance(statement, (ast.Assign, ast.AnnAssign)):
                targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
                if not all(isinstance(t, ast.Name) and t.id.startswith("__") for t in targets):
                    return position(statement)
        return sys.maxsize, 0

    return model.keep("first code", find)


# -- the imports at the top of a file -------------------------------------------------------------------------------


def with_imports(module: cst.Module, imports: Iterable[Import], dropped: Iterable[str] = ()) -> cst.Module:
    """The module with imports added where isort would put them, and without those of names that nothing reads."""
    for each in sorted(set(imports)):
        module = _added(module, each)
    for name in sorted(dropped):
        if _is_unread(module, name):
            module = _without(module, name)
    return module


def _added(module: cst.Module, new: Import) -> cst.Module:
    """One import more: among the names of the same module, in the group of its kind, or as a group of its own."""
    body = list(module.body)
    start, stop = _leading_imports(body)
    for index in range(start, stop):
        merged = _merged(body, index, new, (start, stop))
        if merged is not None:
            body[index] = merged
            return module.with_changes(body=body)
    line = new.statement
    groups = _groups(body, start, stop)
    kind = _kind(new.module)
    pure = (g for g in groups if all(_kind(_module(body[i])) == kind for i in g))
    mixed = (g for g in groups if any(_kind(_module(body[i])) == kind for i in g))
    group = next(pure, None) or next(mixed, None)
    if group is not None:
        _insert_into(body, group, line)
    elif start < stop:
        after = next((g[0] for g in groups if _kind(_module(body[g[0]])) > kind), stop)
        _insert_group(body, after, start, stop, line)
    else:
        module, body = _with_comment_below(module, body)
        if start:
            line = line.with_changes(leading_lines=[_EMPTY])
        if start < len(body):
            body[start] = _spaced(body[start])
        body.insert(start, line)
    return module.with_changes(body=body)


def _with_comment_below(module: cst.Module, body: list[Statement]) -> tuple[cst.Module, list[Statement]]:
    """For libcst all that stands above the first statement is the head of the file: here, what an empty line parts from
    the rest is the statement's own."""
    header = list(module.header)
    last = max((i for i, line in enumerate(header) if line.comment is None), default=-1)
    if body and 0 < last < len(header) - 1:
        body[0] = _led_by(body[0], header[last + 1 :])
        module = module.with_changes(header=header[: last + 1])
    return module, body


_EMPTY = cst.EmptyLine(indent=False)


def _insert_into(body: list[Statement], group: Sequence[int], line: cst.SimpleStatementLine) -> None:
    """A line more in a group that is sorted as isort does it, or by modules alone; at the end of any other."""
    if any(_kind(_module(body[i])) != _kind(_module(line)) for i in group):
        group = [i for i in group if _kind(_module(body[i])) == _kind(_module(line))]
    before = None
    orders: tuple[Callable[[Statement], Any], ...] = (_key, _module_key)
    for key in orders:
        keys = [key(body[i]) for i in group]
        if keys == sorted(keys):
            before = next((i for i, other in zip(group, keys, strict=True) if other > key(line)), None)
            break
    if before is None:
        body.insert(group[-1] + 1, line)
        return
    if before == group[0]:
        # What stands above the group stays above it.
        line, body[before] = line.with_changes(leading_lines=_lines(body[before])), _led_by(body[before], [])
    body.insert(before, line)


def _insert_group(body: list[Statement], at: int, start: int, stop: int, line: cst.SimpleStatementLine) -> None:
    """A group of one line before that which begins at `at`, or behind all."""
    if at == stop:
        body.insert(at, line.with_changes(leading_lines=[_EMPTY]))
    elif at == start:
        lines = _lines(body[at])
        comments = next((i for i, each in enumerate(lines) if each.comment is not None), len(lines))
        body[at] = _led_by(body[at], [_EMPTY, *lines[comments:]])
        body.insert(at, line.with_changes(leading_lines=lines[:comments]))
    else:
        body.insert(at, line.with_changes(leading_lines=[_EMPTY]))


def _leading_imports(body: Sequence[Statement]) -> tuple[int, int]:
    """The first run of imports in a module, without those from `__future__`; an empty one where there is none, behind
    the docstring."""
    first = 1 if body and _is_docstring(body[0]) else 0
    while first < len(body) and _module(body[first]) == "__future__":
        first += 1
    # Constants such as `__version__` may stand before.
    start = first
    while start < len(body) and _is_plain(body[start]) and _module(body[start]) is None:
        start += 1
    if start == len(body) or _module(body[start]) is None:
        return first, first
    stop = start
    while stop < len(body) and _module(body[stop]) is not None:
        stop += 1
    return start, stop


def _is_docstring(statement: Statement) -> bool:
    small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
    return isinstance(small, cst.Expr) and isinstance(small.value, (cst.SimpleString, cst.ConcatenatedString))


def _is_plain(statement: Statement) -> bool:
    """An assignment to names with underscores in front: `__version__ = "1.0"`."""
    small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
    return isinstance(small, cst.Assign) and all(
        isinstance(t.target, cst.Name) and t.target.value.startswith("__") for t in small.targets
    )


def _module(statement: Statement) -> str | None:
    """The module that a line imports, or imports from (`.models` if relative); None for any other statement."""
    if not isinstance(statement, cst.SimpleStatementLine) or len(statement.body) != 1:
        return None
    small = statement.body[0]
    if isinstance(small, cst.Import):
        return _dotted(small.names[0].name)
    if isinstance(small, cst.ImportFrom):
        return "." * len(small.relative) + (_dotted(small.module) if small.module is not None else "")
    return None


def _dotted(node: cst.BaseExpression) -> str:
    if isinstance(node, cst.Attribute):
        return f"{_dotted(node.value)}.{node.attr.value}"
    return node.value if isinstance(node, cst.Name) else ""


def _kind(module: str | None) -> int:
    """The order of groups: the standard library, other packages, relative imports."""
    name = module or ""
    return 2 if name.startswith(".") else int(name.partition(".")[0] not in sys.stdlib_module_names)


def _key(statement: Statement) -> tuple[bool, str, tuple[int, str]]:
    """isort's order: `import x` before `from x import y`, then by module, then by name."""
    small = cst.ensure_type(statement, cst.SimpleStatementLine).body[0]
    names = small.names if isinstance(small, cst.ImportFrom) else ()
    name = names[0].evaluated_name if names and not isinstance(names, cst.ImportStar) else ""
    return isinstance(small, cst.ImportFrom), _module_key(statement), _name_key(name)


def _module_key(statement: Statement) -> str:
    return (_module(statement) or "").lower()


def _groups(body: Sequence[Statement], start: int, stop: int) -> list[list[int]]:
    """The imports of a run, parted where a line is empty."""
    groups: list[list[int]] = []
    for index in range(start, stop):
        if not groups or any(line.comment is None for line in _lines(body[index])):
            groups.append([])
        groups[-1].append(index)
    return groups


def _lines(statement: Statement) -> list[cst.EmptyLine]:
    """What stands above a statement."""
    return list(statement.leading_lines)


def _led_by(statement: Statement, lines: Sequence[cst.EmptyLine]) -> Statement:
    return statement.with_changes(leading_lines=lines)


# -- the names of one import ----------------------------------------------------------------------------------------


def _merged(body: Sequence[Statement], index: int, new: Import, run: tuple[int, int]) -> Statement | None:
    """`from module import a, name` for a line `from module import a`; None where the file has one line a name."""
    statement = body[index]
    if not new.name or _module(statement) != new.module or not isinstance(statement, cst.SimpleStatementLine):
        return None
    small = statement.body[0]
    if not isinstance(small, cst.ImportFrom) or isinstance(small.names, cst.ImportStar):
        return None
    if _has_line_for_each(body[slice(*run)]):
        return None
    keys = [_name_key(alias.evaluated_name) for alias in small.names]
    after = [i for i, key in enumerate(keys) if key > _name_key(new.name)]
    at = after[0] if after and keys == sorted(keys) else len(keys)
    return statement.with_changes(body=[small.with_changes(names=_with_alias(small, at, new.name))])


def _has_line_for_each(run: Iterable[Statement]) -> bool:
    """Does the file import each name by a line of its own (isort's force_single_line)?"""
    seen: list[str | None] = []
    for statement in run:
        small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
        if isinstance(small, cst.ImportFrom) and not isinstance(small.names, cst.ImportStar):
            if len(small.names) > 1:
                return False
            seen.append(_module(statement))
    return len(set(seen)) < len(seen)


def _name_key(name: str) -> tuple[int, str]:
    """isort's order of names: constants, classes, others."""
    return 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2, name.lower()


def _with_alias(statement: cst.ImportFrom, at: int, name: str) -> list[cst.ImportAlias]:
    """The names of an import with one more, laid out as the others are."""
    aliases = list(cst.ensure_type(statement, cst.ImportFrom).names)  # type: ignore[arg-type]
    last = aliases[-1].comma
    between = next((a.comma for a in aliases[:-1]), None)
    if between is None:
        # One name so far: below it if it has a line of its own, else beside it.
        own_line = isinstance(last, cst.Comma) and isinstance(last.whitespace_after, cst.ParenthesizedWhitespace)
        opening = statement.lpar.whitespace_after if statement.lpar is not None else None
        between = cst.Comma(whitespace_after=opening if own_line and opening else cst.SimpleWhitespace(" "))
    between = _without_comment(between)
    if at < len(aliases):
        aliases.insert(at, cst.ImportAlias(cst.Name(name), comma=between))
    else:
        aliases[-1] = aliases[-1].with_changes(comma=_with_comment_of(between, last))
        aliases.append(cst.ImportAlias(cst.Name(name), comma=_without_comment(last, lines=True)))
    return aliases


Comma = cst.Comma | cst.MaybeSentinel


def _without_comment(comma: Comma, lines: bool = False) -> Comma:
    """A comma without what stands behind it on its line; lines: those below it stay."""
    after = comma.whitespace_after if isinstance(comma, cst.Comma) else None
    if not isinstance(after, cst.ParenthesizedWhitespace):
        return comma
    plain = cst.TrailingWhitespace(newline=after.first_line.newline)
    below = after.empty_lines if lines else []
    return comma.with_changes(whitespace_after=after.with_changes(first_line=plain, empty_lines=below))  # type: ignore[union-attr]


def _with_comment_of(comma: Comma, other: Comma) -> Comma:
    """A comma with what stands behind another on its line."""
    after = comma.whitespace_after if isinstance(comma, cst.Comma) else None
    behind = other.whitespace_after if isinstance(other, cst.Comma) else None
    if not isinstance(after, cst.ParenthesizedWhitespace) or not isinstance(behind, cst.ParenthesizedWhitespace):
        return comma
    return comma.with_changes(whitespace_after=after.with_changes(first_line=behind.first_line))  # type: ignore[union-attr]


def _spaced(statement: Statement) -> Statement:
    """A statement behind the imports, with the empty lines that belong between."""
    wanted = 2 if isinstance(statement, (cst.FunctionDef, cst.ClassDef)) else 1
    lines = _lines(statement)
    empty = next((i for i, line in enumerate(lines) if line.comment is not None), len(lines))
    return _led_by(statement, [*([_EMPTY] * max(wanted - empty, 0)), *lines])


# -- imports that nobody needs any more -----------------------------------------------------------------------------


def _is_unread(module: cst.Module, name: str) -> bool:
    """Does nothing read a name any more: no code, no annotation in quotes, no `__all__`?"""
    tree = ast.parse(module.code)
    reads = (node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == name)
    return next(reads, None) is None and not any(name in re.findall(r"\w+", text) for text in _texts(tree))


def _texts(tree: ast.Module) -> Iterator[str]:
    """The texts that name something: in annotations and `__all__`."""
    for node in ast.walk(tree):
        root = getattr(node, "annotation", getattr(node, "returns", None))
        if isinstance(node, (ast.Assign, ast.AugAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            root = node.value if any(isinstance(t, ast.Name) and t.id == "__all__" for t in targets) else None
        for part in ast.walk(root) if root is not None else ():
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value


def _without(module: cst.Module, name: str) -> cst.Module:
    """The module without its import of a name."""
    body: list[Statement] = []
    header = list(module.header)
    left: list[cst.EmptyLine] | None = None  # what stood above a line that went
    for statement in module.body:
        small = statement.body[0] if _module(statement) is not None else None  # type: ignore[index]
        if isinstance(small, (cst.Import, cst.ImportFrom)) and not isinstance(small.names, cst.ImportStar):
            kept = [alias for alias in small.names if _local(alias) != name or _is_exported(alias)]
            if not kept:
                left = _lines(statement) if left is None else left
                continue
            if len(kept) < len(small.names):
                kept[-1] = kept[-1].with_changes(comma=small.names[-1].comma)
                statement = statement.with_changes(body=[small.with_changes(names=kept)])
        if left is not None:
            if not _lines(statement) or _lines(statement)[0].comment is not None:
                statement = _led_by(statement, [*left, *_lines(statement)])
            elif not body and not header and not any(line.comment for line in left):
                statement = _closed_up(statement)
            left = None
        body.append(statement)
    return module.with_changes(body=body, header=header)


def _closed_up(statement: Statement) -> Statement:
    lines = _lines(statement)
    while lines and lines[0].comment is None:
        del lines[0]
    return _led_by(statement, lines)


def _local(alias: cst.ImportAlias) -> str:
    return alias.evaluated_alias or alias.evaluated_name


def _is_exported(alias: cst.ImportAlias) -> bool:
    """`from x import y as y`"""
    return alias.evaluated_alias is not None and alias.evaluated_alias == alias.evaluated_name
