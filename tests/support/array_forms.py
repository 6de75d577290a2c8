"""Calculating with whole arrays looks as calculating with numbers does: only a run can tell them apart."""

import ast
from collections.abc import Iterator

import numpy as np

from tests.support.forms import Use

ARITHMETIC, COMPARISON = "arithmetic with arrays", "comparison of arrays"


def array_uses_in(source: str, namespace: dict) -> Iterator[Use]:
    """Of the lines outside functions, in a cell that has been run."""
    statements = [each for each in ast.parse(source).body if not isinstance(each, ast.FunctionDef)]
    for node in (node for statement in statements for node in ast.walk(statement)):
        match node:
            case ast.BinOp(op=ast.MatMult()):  # has a sign of its own
                continue
            case ast.BinOp(left, _, right) | ast.AugAssign(left, _, right):
                form, operands = ARITHMETIC, [left, right]
            case ast.Compare(left, _, rights):
                form, operands = COMPARISON, [left, *rights]
            case _:
                continue
        if any(_is_array(operand, namespace) for operand in operands):
            yield Use(node.lineno, form)


def _is_array(operand: ast.expr, namespace: dict) -> bool:
    try:
        return isinstance(eval(ast.unparse(operand), dict(namespace)), np.ndarray)
    except Exception:  # a name within a comprehension, which is gone
        return False
