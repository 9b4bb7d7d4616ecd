"""Is the key space bounded?

A key is bounded when the program itself, not its input, decides how many values it can take: constants, members of
enumerations, types, functions and modules, booleans, and what is computed from them alone.
"""

from __future__ import annotations

import ast
from itertools import islice

from ..knowledge.lifetimes import FRESH
from ..knowledge.values import FIXED_CALLS
from ..model import Model, Scope
from .pattern import Pattern
from .repeats import ARRIVALS

# Attributes whose values the program fixes: names of classes, functions and modules, and constants by convention.
_FIXED = Pattern(r"__\w+__|[A-Z][A-Z0-9_]*")
_TYPE_NAMES = frozenset(
    """
    cls klass typ type_ kls dtype model_class model_cls class_ owner enum
    """.split()
)
_TYPE_ANNOTATIONS = frozenset(["type", "Type", "bool", "Literal", "Enum", "ModuleType", "Callable", "FunctionType"])


def is_bounded(model: Model, scope: Scope, key: ast.expr) -> bool:
    """Can this expression take only so many values, whatever comes in?"""
    todo: list[tuple[ast.AST, Scope]] = [(key, scope)]
    seen: set[ast.AST] = set()
    while todo:
        node, here = todo.pop()
        if node in seen:
            continue
        seen.add(node)
        if isinstance(node, (ast.Constant, ast.Compare, ast.Lambda)) or (
            isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
        ):
            continue
        if isinstance(node, ast.Attribute):
            if not _FIXED.fullmatch(node.attr) and not _is_member_value(node):
                if not model.qualnames(node, here):
                    return False
        elif isinstance(node, ast.Name):
            if not _bounded_name(model, here, node, todo):
                return False
        elif isinstance(node, ast.Call):
            names = model.qualnames(node.func, here)
            if names & FIXED_CALLS:
                continue
            if names & FRESH:
                return False
            arguments = [*node.args, *(k.value for k in node.keywords)]
            if isinstance(node.func, ast.Attribute) and not names:
                arguments.append(node.func.value)
            if not arguments:
                return False
            todo += [(a, here) for a in arguments]
        elif isinstance(node, (ast.Tuple, ast.List)):
            todo += [(e, here) for e in node.elts]
        elif isinstance(node, ast.JoinedStr):
            todo += [(v.value, here) for v in node.values if isinstance(v, ast.FormattedValue)]
        elif isinstance(node, ast.BinOp):
            todo += [(node.left, here), (node.right, here)]
        elif isinstance(node, ast.BoolOp):
            todo += [(v, here) for v in node.values]
        elif isinstance(node, ast.IfExp):
            todo += [(node.body, here), (node.orelse, here)]
        elif isinstance(node, (ast.Starred, ast.Subscript, ast.UnaryOp, ast.Await)):
            inner = node.operand if isinstance(node, ast.UnaryOp) else node.value
            todo.append((inner, here))
        else:
            return False
    return True


def _is_member_value(node: ast.Attribute) -> bool:
    """`Level.LOW.value`"""
    return node.attr in ("value", "name") and isinstance(node.value, ast.Attribute) and node.value.attr.isupper()


def _bounded_name(model: Model, scope: Scope, node: ast.Name, todo: list[tuple[ast.AST, Scope]]) -> bool:
    """Is a plain name bounded? What it depends on goes to `todo`."""
    owner = model.resolve(scope, node.id)
    if owner is None or owner is model.module:
        return True
    bindings = model.bindings(owner, node.id)
    if len(bindings) > _MOST:
        return False
    for binding in bindings:
        if binding.kind in ("import", "def", "class", "type parameter"):
            continue
        if binding.kind == "assign" and binding.value is not None:
            todo.append((binding.value, owner))
        elif binding.kind == "loop":
            loop = model.parent(binding.node)
            iterable = loop.iter if isinstance(loop, (ast.For, ast.AsyncFor, ast.comprehension)) else None
            if iterable is None:
                return False
            todo.append((iterable, owner))
        elif binding.kind == "parameter":
            checked = _is_type(model, owner, binding.node) or model.keep(
                ("checked", owner, node.id), lambda: _checked(model, owner, node.id)
            )
            if not checked:
                return False
        else:
            return False
    return True


def _is_type(model: Model, owner: Scope, node: ast.AST) -> bool:
    """A parameter that takes a class, a boolean, or one of a few literals or members, by its annotation or name."""
    assert isinstance(node, ast.arg)
    annotation = node.annotation
    cls = model.defined(annotation, owner.parent or owner) if annotation is not None else None
    if cls is not None and is_enum(model, cls):
        return True
    if isinstance(annotation, ast.Subscript):
        annotation = annotation.value
    tail = annotation.attr if isinstance(annotation, ast.Attribute) else getattr(annotation, "id", "")
    return tail in _TYPE_ANNOTATIONS or node.arg in _TYPE_NAMES


def is_enum(model: Model, cls: Scope) -> bool:
    """Is a class of this file an enumeration, also through a base of this file?"""
    return cls in model.keep("enumerations", lambda: _enumerations(model))


def _enumerations(model: Model) -> frozenset[Scope]:
    """All of them at once, from the bases down: asked a class at a time, a long chain of bases costs its square."""
    found: dict[Scope, None] = {}
    heirs: dict[Scope, list[Scope]] = {}
    for cls in model.classes:
        for base in cls.node.bases:  # type: ignore[attr-defined]
            tail = base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")
            if tail in _ENUMS:
                found[cls] = None
            elif (other := model.defined(base, cls.parent or cls)) is not None:
                heirs.setdefault(other, []).append(cls)
    todo = list(found)
    for cls in todo:
        more = [heir for heir in heirs.get(cls, ()) if heir not in found]
        found.update(dict.fromkeys(more))
        todo += more
    return frozenset(found)


_ENUMS = frozenset({"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "ReprEnum"})


def _checked(model: Model, owner: Scope, name: str) -> bool:
    """Is the parameter looked up in a fixed table of the module first: `if name not in TABLE: raise`?"""
    for node, scope in model.references(owner, name):
        compare = model.parent(node)
        if not isinstance(compare, ast.Compare) or compare.left is not node:
            continue
        statement = model.parent(compare)
        refused = (
            isinstance(compare.ops[0], ast.NotIn)
            and isinstance(statement, ast.If)
            and isinstance(statement.body[-1], (ast.Raise, ast.Return))
        )
        if not refused and not (isinstance(compare.ops[0], ast.In) and isinstance(statement, ast.Assert)):
            continue
        table = compare.comparators[0]
        if isinstance(table, (ast.Tuple, ast.List, ast.Set, ast.Dict)):
            return True
        raises = isinstance(statement, ast.If) and isinstance(statement.body[-1], ast.Raise)
        own = isinstance(table, ast.Attribute) and model.class_of(table.value, scope) is not None
        if refused and raises and (own or model.qualnames(table, scope)):
            return True  # `if name not in self.known: raise`: who fills that table bounds this one, too
        if isinstance(table, ast.Name) and table.id.isupper() and model.resolve(scope, table.id) is model.module:
            values = [b.value for b in model.bindings(model.module, table.id)]
            if all(isinstance(v, (ast.Dict, ast.Set, ast.Tuple, ast.List)) and _filled(v) for v in values):
                return True
    return False


def _filled(node: ast.expr) -> bool:
    return bool(getattr(node, "elts", None) or getattr(node, "keys", None))


# Words for what a program is configured with, made of, or deployed on: it meets a handful of them and then no more.
# Of 34 judged findings in 30 packages that were keyed by such words, or kept in such tables, one was worth a fix.
_FEW = frozenset(
    """
    account alias instance warehouse api app arch attr backend base branch category charset cli cls codec class
    classname collection color column command cmd config connection_url counter country currency database db
    deployment device dialect dir directory dist distribution driver dtype encoding engine entrypoint env
    environment executable ext extension factory field file filename fmt fname folder font format func function
    group handler hook host hostname import interpreter kind label lang language level lib library loader locale
    loop metric mode model modname module method name namespace node op operator option package param parser
    path pid pkg platform plugin port prefix property protocol provider python region resource role root schema
    scheme scope script section serializer server service setting shape signature source spec status storage
    style suffix symbol table tag target task template theme fd pattern offset code thread timezone type tz unit
    uri verb version worker zone cafile capath cert certfile keyfile cipher ciphers curve http fontproperties properties
    transport exchange queue tzname tzinfo face bold italic weight
    """.split()
)
_OWN_URLS = frozenset(
    """
    api base server db database connection tracking service endpoint host
    """.split()
)
# A name that is bound more often than this is not followed: generated code, where the answer costs more than it tells.
_MOST = 20
_WORD = Pattern(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def is_few(model: Model, scope: Scope, key: ast.expr) -> bool:
    """Does every part of the key speak of the program's own make-up, not of what comes in?"""
    parts: list[ast.expr] = [key]
    seen: set[str] = set()
    names = []
    for node in parts:
        if isinstance(node, (ast.Tuple, ast.List)):
            parts += node.elts
        elif isinstance(node, ast.JoinedStr):
            parts += [v.value for v in node.values if isinstance(v, ast.FormattedValue)]
        elif isinstance(node, ast.Call):
            parts += node.args or ([node.func.value] if isinstance(node.func, ast.Attribute) else [node.func])
        elif isinstance(node, (ast.Subscript, ast.Starred, ast.Await)):
            parts.append(node.value)
        elif isinstance(node, ast.BinOp):
            parts += [node.left, node.right]
        elif isinstance(node, ast.BoolOp):
            parts += node.values
        elif isinstance(node, ast.Attribute):
            if isinstance(node.value, ast.Name) and node.value.id in ARRIVALS:
                return False
            names.append(node.attr)
        elif isinstance(node, ast.Name) and node.id not in seen:
            seen.add(node.id)
            value = model.only_value(node, scope)
            if value is None or _speaks_of_few(node.id):
                names.append(node.id)
            else:
                parts.append(value)
    return bool(names) and all(map(_speaks_of_few, names))


def _speaks_of_few(name: str) -> bool:
    """`server_uri`, `modelNames`, `fname2`, `api_url`"""
    words = [word.lower() for word in _WORD.findall(name)]
    if not words:
        return False
    if "default" in words:
        return True
    if words[-1] == "url" and len(words) > 1:
        return words[-2] in _OWN_URLS
    if words[-1] in ("id", "key", "hash") and len(words) > 1:
        words.pop()  # `server_id` is as few as servers are, `user_id` as many as users
    return words[-1] in _FEW or words[-1].removesuffix("s") in _FEW


def same(one: ast.AST | None, other: ast.AST | None) -> bool:
    """Are two keys written alike? Long expressions are not compared to their end: nobody writes them twice."""
    pairs: list[tuple[object, object]] = [(one, other)]
    for left, right in islice(pairs, 200):
        if isinstance(left, ast.AST) and isinstance(right, ast.AST):
            if type(left) is not type(right):
                return False
            pairs += [(getattr(left, f, None), getattr(right, f, None)) for f in left._fields if f != "ctx"]
        elif isinstance(left, list) and isinstance(right, list):
            if len(left) != len(right):
                return False
            pairs += zip(left, right, strict=True)
        elif left != right:
            return False
    return len(pairs) <= 200
