"""Small expressions that fixes write."""

from __future__ import annotations

import libcst as cst


def keyword(name: str, value: str) -> cst.Arg:
    """`name=value`, the value given as code."""
    plain = cst.SimpleWhitespace("")
    return cst.Arg(
        keyword=cst.Name(name),
        value=cst.parse_expression(value),
        equal=cst.AssignEqual(whitespace_before=plain, whitespace_after=plain),
    )


def with_argument(call: cst.Call, argument: cst.Arg) -> cst.Call:
    """A call with one more argument at its end."""
    return call.with_changes(args=[*call.args, argument])
