"""How a file says the name of something in the standard library, and what it must import for that."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import libcst as cst

from ..model import Model, Scope
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
    if module not in taken:
        return Spelling(qualified, (Import(module),))
    raise Unfixable(f"the file uses the names {name!r} and {module!r} for something else")


def _is_at_the_top(model: Model, alias: ast.AST) -> bool:
    """Is it imported by a statement of the module's own, so that it is there whenever a function runs?"""
    return model.parent(model.parent(alias)) is model.tree  # type: ignore[arg-type]


# -- the imports at the top of a file -------------------------------------------------------------------------------


def with_imports(module: cst.Module, imports: Iterable[Import], dropped: Iterable[str] = ()) -> cst.Module:
    """The module with imports added where a reader looks for them, and without those of names that nothing reads."""
    for each in sorted(set(imports)):
        module = _added(module, each)
    for name in sorted(dropped):
        if _is_unread(module, name):
            module = _without(module, name)
    return module


def _added(module: cst.Module, new: Import) -> cst.Module:
    """One import more: among the names of the same module, in the group of the standard library, or as one."""
    body = list(module.body)
    start, stop = _leading_imports(body)
    for index in range(start, stop):
        merged = _merged(body[index], new)
        if merged is not None:
            body[index] = merged
            return module.with_changes(body=body)
    groups = _groups(body, start, stop)
    group = next((g for g in groups if all(_is_standard(body[i]) for i in g)), None)
    line = new.statement
    if group is not None:
        keys = [_key(body[i]) for i in group]
        mine = _key(line)
        # Where the group isn't sorted as isort does, the end is as good a place as any.
        before = next((i for i, key in zip(group, keys, strict=True) if keys == sorted(keys) and key > mine), None)
        if before is None:
            body.insert(group[-1] + 1, line)
        else:
            if before == group[0]:
                line, body[before] = _led_by(line, body[before])
            body.insert(before, line)
    elif start < stop:
        line, body[start] = _led_by(line, body[start])
        body[start] = body[start].with_changes(leading_lines=[cst.EmptyLine(indent=False)])
        body.insert(start, line)
    else:
        after = body[start] if start < len(body) else None
        if start:
            line = line.with_changes(leading_lines=[cst.EmptyLine(indent=False)])
        if after is not None:
            body[start] = _spaced(after)
        body.insert(start, line)
    return module.with_changes(body=body)


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
    """An assignment of constants to names with underscores around: `__version__ = "1.0"`."""
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


def _is_standard(statement: Statement) -> bool:
    return (_module(statement) or "").partition(".")[0] in sys.stdlib_module_names


def _key(statement: Statement) -> tuple[bool, str]:
    """isort's order: `import x` before `from x import y`, then by module."""
    line = cst.ensure_type(statement, cst.SimpleStatementLine)
    return isinstance(line.body[0], cst.ImportFrom), _module(statement) or ""


def _groups(body: Sequence[Statement], start: int, stop: int) -> list[list[int]]:
    """The imports of a run, parted where a line is empty."""
    groups: list[list[int]] = []
    for index in range(start, stop):
        lines = cst.ensure_type(body[index], cst.SimpleStatementLine).leading_lines
        if not groups or any(line.comment is None for line in lines):
            groups.append([])
        groups[-1].append(index)
    return groups


def _merged(statement: Statement, new: Import) -> Statement | None:
    """`from module import a, name` for a plain line `from module import a`."""
    if not new.name or _module(statement) != new.module or not isinstance(statement, cst.SimpleStatementLine):
        return None
    small = statement.body[0]
    if not isinstance(small, cst.ImportFrom) or isinstance(small.names, cst.ImportStar) or small.lpar is not None:
        return None
    names = [alias.evaluated_name for alias in small.names]
    index = next((i for i, name in enumerate(names) if name > new.name), len(names))
    aliases = [alias.with_changes(comma=cst.MaybeSentinel.DEFAULT) for alias in small.names]
    aliases.insert(index, cst.ImportAlias(cst.Name(new.name)))
    return statement.with_changes(body=[small.with_changes(names=aliases)])


def _led_by(line: cst.SimpleStatementLine, statement: Statement) -> tuple[cst.SimpleStatementLine, Statement]:
    """A new first line of a group takes over what stands above the one that was first."""
    led = line.with_changes(leading_lines=statement.leading_lines)
    return led, statement.with_changes(leading_lines=[])


def _spaced(statement: Statement) -> Statement:
    """A statement behind the imports, with the empty lines that belong between."""
    wanted = 2 if isinstance(statement, (cst.FunctionDef, cst.ClassDef)) else 1
    lines = list(statement.leading_lines)
    empty = next((i for i, line in enumerate(lines) if line.comment is not None), len(lines))
    lines = [*([cst.EmptyLine(indent=False)] * max(wanted - empty, 0)), *lines]
    return statement.with_changes(leading_lines=lines)


def _is_unread(module: cst.Module, name: str) -> bool:
    tree = ast.parse(module.code)
    reads = (node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == name)
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return next(reads, None) is None and name not in texts  # `__all__` names it by a text


def _without(module: cst.Module, name: str) -> cst.Module:
    """The module without its import of a name."""
    body: list[Statement] = []
    for statement in module.body:
        small = statement.body[0] if _module(statement) is not None else None  # type: ignore[index]
        if isinstance(small, (cst.Import, cst.ImportFrom)) and not isinstance(small.names, cst.ImportStar):
            kept = [alias for alias in small.names if (alias.evaluated_alias or alias.evaluated_name) != name]
            if not kept:
                continue
            if len(kept) < len(small.names):
                if isinstance(small, cst.Import) or small.lpar is None:
                    kept[-1] = kept[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
                statement = statement.with_changes(body=[small.with_changes(names=kept)])
        body.append(statement)
    return module.with_changes(body=body)
