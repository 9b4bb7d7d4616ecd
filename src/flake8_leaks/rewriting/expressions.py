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


def on_its_own(module: cst.Module, value: cst.BaseExpression) -> cst.BaseExpression:
    """An expression taken out of brackets: with some of its own if it runs over several lines."""
    if value.lpar or "\n" not in module.code_for_node(value).replace("\r", "\n"):
        return value
    return value.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
