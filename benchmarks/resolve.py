"""Of the calls that open something, how many does the model recognize?

    python benchmarks/resolve.py                            # the share, and what most often is not
    python benchmarks/resolve.py --every 8 --show 40        # every 8th file; 40 places to read, drawn by chance
    python benchmarks/resolve.py --show 40 --name connect   # places of one last name only

Reads the releases that leakbench/packages.txt pins. A call counts as an acquiring site by its text: its last name is
that of an entry of RESOURCES that asks for a release (MUST or SHOULD), and the file imports that entry's library. A
builtin must be called by its bare name, a function of a module by its bare name or after what is named like the module
(`plt.figure`, not `report.figure`), and a method with ASYNC counts only where it is awaited or entered.
A site is resolved if `model.called(LastNames(RESOURCES, RETURNS))` yields it.

Text is generous: `d.get(key)` looks like the `get` of a session in a file that imports the library. So a site is taken
out, as one of another type, if the file shows that it is something else:
    - the callee resolves to something else: a function or class of the file, an import from another library, a
      builtin, a name of RESOURCES that asks for no release (what comes from another module of the same library stays)
    - the receiver is `self`, `cls`, `super()`, a class of the file, or an instance that is made or annotated of another
      type, wherever the file binds that name or that attribute of the class
    - the receiver is a literal, an f-string, a comprehension or an operation on them
What remains unresolved is a parameter, an attribute or the result of a call whose type the file does not tell, of
whatever type it is. Judge the share of the methods for itself: functions nearly all resolve.

Needs flake8-leaks in the environment it runs in.
"""

from __future__ import annotations

import argparse
import ast
import random
import sys
import tokenize
import warnings
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import NamedTuple

from flake8_leaks.knowledge.resources import ASYNC, MUST, NONE, RESOURCES, RETURNS, SHOULD
from flake8_leaks.model import CLASS, Binding, LastNames, Model, Scope, build

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "leakbench"))

from releases import packages, release  # noqa: E402

RESOLVED, UNRESOLVED, OTHER = "resolved", "unresolved", "of another type"
TAILS = LastNames(RESOURCES, RETURNS)
LITERALS = (
    ast.Constant, ast.JoinedStr, ast.Dict, ast.List, ast.Set, ast.Tuple, ast.BinOp, ast.BoolOp, ast.Compare,
    ast.DictComp, ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.Lambda,
)  # fmt: skip
NICKNAMES = {"pyplot": "plt"}
MOST = 30


class Entry(NamedTuple):
    name: str
    root: str
    owner: str
    is_method: bool
    is_async: bool


class Site(NamedTuple):
    """A call that looks like an acquiring one; the place is as in `grep -n`."""

    outcome: str
    name: str
    spelling: str  # the qualified name if there is one, else as it is written
    place: str
    text: str
    is_method: bool


@cache
def wanted() -> dict[str, list[Entry]]:
    """Last name -> the entries that ask for a release."""
    found: dict[str, list[Entry]] = {}
    for name, (_, obligation, _, leaving) in RESOURCES.items():
        if obligation in (MUST, SHOULD):
            *owner, last = name.split(".")
            entry = Entry(name, owner[0], owner[-1], owner[-1][:1].isupper(), leaving == ASYNC)
            found.setdefault(last, []).append(entry)
    return found


def libraries(tree: ast.Module) -> set[str]:
    """The top-level packages that a file imports, anywhere."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def acquires(call: ast.Call, model: Model, imported: set[str]) -> bool:
    """Does the call look like an acquiring one, by its text?"""
    func = call.func
    if isinstance(func, ast.Name):
        return any(e.root in imported or e.root == "builtins" for e in wanted().get(func.id, ()))
    if not isinstance(func, ast.Attribute):
        return False
    parent = model.parent(call)
    awaited = isinstance(parent, ast.Await) or (
        isinstance(parent, ast.withitem) and isinstance(model.parent(parent), ast.AsyncWith)
    )
    return any(e.root in imported and fits(e, func.value, awaited) for e in wanted().get(func.attr, ()))


def fits(entry: Entry, receiver: ast.expr, awaited: bool) -> bool:
    """May what is before the dot have the entry's callable? An instance has methods, a module has functions."""
    if entry.is_method:
        return awaited or not entry.is_async
    return named(receiver) in (entry.owner, NICKNAMES.get(entry.owner))


def named_like_module(func: ast.Attribute) -> bool:
    """`sqlalchemy.create_engine` without an import is one all the same: modules are fetched in other ways, too."""
    return any(not entry.is_method and fits(entry, func.value, False) for entry in wanted().get(func.attr, ()))


def named(node: ast.AST) -> str:
    """The last name of a name or attribute."""
    name = getattr(node, "attr", getattr(node, "id", ""))
    return name if isinstance(name, str) else ""


def is_other(call: ast.Call, scope: Scope, model: Model) -> bool:
    """Does the file show that an unresolved call is no acquiring one?"""
    func = call.func
    imported = model.qualnames(func, scope)
    if not imported and isinstance(func, ast.Attribute) and named_like_module(func):
        return False
    if callee := imported or model.callee(call, scope, RETURNS):
        of_entries = {entry.root for entry in wanted().get(named(func), ())}
        return not any(is_respelled(name, of_entries) for name in callee)
    if isinstance(func, ast.Name):
        return model.resolve(scope, func.id) is not None  # a parameter, or a definition of the file
    return isinstance(func, ast.Attribute) and is_other_value(func.value, scope, model)


def is_respelled(name: str, of_entries: set[str]) -> bool:
    """May that be an entry's callable, imported from another module of its library?"""
    return name not in RESOURCES and name.partition(".")[0] in of_entries - {"builtins"}


def is_other_value(node: ast.AST, scope: Scope, model: Model, steps: int = 0) -> bool:
    """Is the type of this value known, and no library's? What has a library's type is resolved before."""
    if isinstance(node, LITERALS):
        return True
    if isinstance(node, ast.Call):
        callee = model.callee(node, scope, RETURNS)
        if callee:
            return not any(map(may_open, callee))
        func = node.func
        if isinstance(func, ast.Name) and (func.id == "super" or is_class(model, func, scope)):
            return True
        return is_class(model, func, scope)
    if isinstance(node, ast.Name):
        if is_receiver(model, node.id, scope) or is_class(model, node, scope):
            return True
        owner = model.resolve(scope, node.id)
        if owner is not None and steps < 3:
            bindings = model.bindings(owner, node.id)
            return bool(bindings) and all(is_other_binding(b, owner, model, steps) for b in bindings)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and steps < 3:
        return is_other_attribute(node, scope, model, steps)
    return False


def is_other_binding(binding: Binding, owner: Scope, model: Model, steps: int) -> bool:
    annotation = model.annotation(binding.node)
    if annotation is not None:
        return is_other_annotation(annotation, owner, model)
    value = binding.value if binding.kind in ("assign", "with") else None
    return value is not None and is_other_value(value, model.scope(value), model, steps + 1)


def is_other_attribute(node: ast.Attribute, scope: Scope, model: Model, steps: int) -> bool:
    """`self.x`, where each value that the class gives to x is of another type."""
    assert isinstance(node.value, ast.Name)
    function = model.function(scope)
    owner = model.method_of(function) if function is not None else None
    if owner is None or not is_receiver(model, node.value.id, scope):
        return False
    values = []
    for reference in model.family_members(owner, node.attr):
        parent = model.parent(reference.node)
        if isinstance(parent, ast.AnnAssign) and parent.target is reference.node:
            return is_other_annotation(parent.annotation, reference.scope, model)
        if isinstance(parent, ast.Assign) and reference.node in parent.targets:
            values.append((parent.value, reference.scope))
    known = [(v, s) for v, s in values if not (isinstance(v, ast.Constant) and v.value is None)]
    return bool(known) and all(is_other_value(value, where, model, steps + 1) for value, where in known)


def is_other_annotation(node: ast.expr, scope: Scope, model: Model) -> bool:
    """An annotation that names a class of the file, a builtin or a plain `dict[...]`."""
    if isinstance(node, ast.BinOp):
        parts = [part for part in (node.left, node.right) if not isinstance(part, ast.Constant)]
        return bool(parts) and all(is_other_annotation(part, scope, model) for part in parts)
    if isinstance(node, ast.Subscript):
        name = named(node.value)
        return is_other_annotation(node.slice if name in ("Optional", "Final") else node.value, scope, model)
    names = model.qualnames(node, scope)
    return is_class(model, node, scope) or (bool(names) and not any(map(may_open, names)))


@cache
def may_open(name: str) -> bool:
    """Is that a name of a library whose types may acquire? Then the type is not known to be another."""
    library = name.lstrip(".").partition(".")[0]
    return name.startswith(".") or any(e.root == library for entries in wanted().values() for e in entries)


def is_receiver(model: Model, name: str, scope: Scope) -> bool:
    """Is that the first parameter of the method around?"""
    here: Scope | None = scope
    while here is not None:
        if here.node is not model.tree and model.receiver(here) == name:
            return True
        here = here.parent
    return False


def is_class(model: Model, node: ast.AST, scope: Scope) -> bool:
    found = model.defined(node, scope)
    return found is not None and found.kind == CLASS


def sites(package: str, folder: Path, path: str) -> Iterator[Site]:
    try:
        with tokenize.open(folder / path) as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            text = file.read()
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return
    imported = libraries(tree)
    model = build(tree)
    lines = text.splitlines()
    resolved = {call: name for call, _, name in model.called(TAILS)}
    for call in [node for node in ast.walk(tree) if isinstance(node, ast.Call)]:
        name = resolved.get(call, "")
        scope = model.scope(call)
        if name and RESOURCES[name][1] == NONE:
            outcome = OTHER
        elif name:
            outcome = RESOLVED
        elif acquires(call, model, imported):
            outcome = OTHER if is_other(call, scope, model) else UNRESOLVED
        else:
            continue
        last = named(call.func)
        yield Site(
            outcome,
            name or last,
            min(model.callee(call, scope, RETURNS), default="") or model.dotted(call.func) or f"(...).{last}",
            f"{package}/{path}:{call.lineno}",
            lines[call.lineno - 1].strip()[:110],
            any(e.is_method for e in wanted().get(last, ()) if not name or e.name == name),
        )


def read(task: tuple[str, str, str]) -> list[Site]:
    package, version, path = task
    return list(sites(package, release(package, version), path))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--every", type=int, default=1, help="every n-th file (default: all)")
    options.add_argument("--package", action="append", default=[], help="only this one; may be repeated")
    options.add_argument("--show", type=int, default=0, help="draw so many unresolved places")
    options.add_argument("--other", action="store_true", help="draw from those of another type instead")
    options.add_argument("--name", default="", help="only sites with this last name")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--jobs", type=int, default=2)
    args = options.parse_args()

    tasks = []
    for name, version in packages():
        if not args.package or name in args.package:
            folder = release(name, version)
            tasks += [(name, version, path.relative_to(folder).as_posix()) for path in sorted(folder.rglob("*.py"))]
    with ProcessPoolExecutor(args.jobs) as pool:
        results = list(pool.map(read, tasks[:: args.every], chunksize=32))
    found = [s for result in results for s in result if not args.name or s.name.rpartition(".")[2] == args.name]

    count = Counter(site.outcome for site in found)
    acquiring = count[RESOLVED] + count[UNRESOLVED]
    share = count[RESOLVED] / acquiring if acquiring else 0.0
    print(f"{len(results)} files, {acquiring} acquiring sites, {count[RESOLVED]} resolved: {share:.1%}")
    for title, is_method in (("methods", True), ("functions and classes", False)):
        some = Counter(site.outcome for site in found if site.is_method is is_method)
        print(f"  {title}: {some[RESOLVED]} of {some[RESOLVED] + some[UNRESOLVED]}")
    print(f"besides {count[OTHER]} sites that look like them and are of another type")
    for title, outcome in (("resolved", RESOLVED), ("not resolved", UNRESOLVED)):
        kept = [site for site in found if site.outcome == outcome]
        spelled = Counter(site.name if outcome == RESOLVED else site.spelling for site in kept)
        print(f"\n{title}, by {'entry' if outcome == RESOLVED else 'spelling'}:")
        for spelling, number in spelled.most_common(MOST):
            print(f"{number:6}  {spelling}")
    if args.show:
        drawn = [site for site in found if site.outcome == (OTHER if args.other else UNRESOLVED)]
        random.Random(args.seed).shuffle(drawn)
        print()
        for site in drawn[: args.show]:
            print(f"{site.place}: {site.text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
