"""Which block would hold a resource that is never bound to a name?"""

from __future__ import annotations

import ast
import builtins
import keyword
import re
from typing import NamedTuple

from ..judgements.acquisitions import Acquisition
from ..model import Model, Scope
from ..rule import File, Unfixable
from .blocks import block_of, index_in, is_before, statement_of
from .closing import CLAIM, STARTS, doubt_of, form_of
from .effects import is_last_act, opens_first
from .extent import Extent, extent


class Hoist(NamedTuple):
    """A block for a resource that is never bound to a name: body[0] opens and uses it. dropped: it does nothing else
    than to open it. part: what alone goes into the block, for the statement does other things with what comes of it,
    which gets the name `result`. The rest is as in `Span`."""

    form: str
    name: str
    body: list[ast.stmt]
    dropped: bool
    part: ast.expr | None
    result: str
    doubt: str


def hoist(file: File, found: Acquisition) -> Hoist:
    """The block for a resource that is never bound to a name. Unfixable says why there is none."""
    model = file.model
    statement = statement_of(model, found.call)
    if not opens_first(model, found.call, statement):
        raise Unfixable("open it in a 'with' block before the expression")
    reach = extent(file, found)
    if reach.starts:
        raise Unfixable(STARTS)
    block = block_of(model, statement)
    ends = [index_in(model, block, read) for read in reach.reads]
    if None in ends or any(is_before(read, statement) for read in reach.reads):
        raise Unfixable("what it hands out is used outside of the block")
    start = block.index(statement)
    body = block[start : max([start, *(end for end in ends if end is not None)]) + 1]
    dropped = isinstance(statement, ast.Expr) and statement.value is found.call
    form = form_of(model, found, [])
    doubt = CLAIM if reach.claims else doubt_of(model, found, reach)
    part = None if dropped or reach.reads else _part(model, reach, statement)
    name, result = (fresh_name(model, found.scope, word) for word in (found.acquirer.kind, _word(part)))
    return Hoist(form, name, body, dropped, part, result, doubt)


def _part(model: Model, reach: Extent, statement: ast.stmt) -> ast.expr | None:
    """What of a statement needs the resource open, if the statement goes on to do more with the outcome: others would
    find it open still."""
    if len(reach.data) != 1 or reach.escapes:
        return None
    part = reach.data[0]
    around = model.parent(part)
    part = around if isinstance(around, ast.Await) else part
    assert isinstance(part, ast.expr)
    return None if is_last_act(model, part, statement) else part


def _word(part: ast.expr | None) -> str:
    """What the outcome of a part is called."""
    call = part.value if isinstance(part, ast.Await) else part
    method = call.func.attr if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) else ""
    return {"read": "content", "readlines": "lines", "readline": "line"}.get(method, "data")


def fresh_name(model: Model, scope: Scope, kind: str) -> str:
    """A name for a resource of a kind, which means nothing else in a function or in what is defined there."""
    function = model.function(scope)
    inside = [each for each in model.scopes if each is function or _stands_in(each, function)]
    taken = {
        word for each in inside for word in (*each.bound, *(each.declared or ()), *(node.id for node in each.names))
    }
    word = re.split(r"\W", kind)[-1]
    candidates = (f"{word}{number or ''}" for number in range(len(taken) + 2))
    return next(w for w in candidates if w not in taken and not keyword.iskeyword(w) and not hasattr(builtins, w))


def _stands_in(scope: Scope, function: Scope | None) -> bool:
    here = scope.parent
    while here is not None and here is not function:
        here = here.parent
    return here is not None
