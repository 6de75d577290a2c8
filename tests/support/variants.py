"""Answers that differ from a right one by one natural slip, made from its code by rule.

A bracket dropped or moved, one place off, a swapped pair, a lost sign, a missing factor, the first for all, another
variable, a line that stands in a loop or out of it: whatever one slip of the hand or of the mind does to a line.
"""

import ast
import copy
from collections.abc import Iterator

Node = ast.AST
OPERATORS = {
    ast.Add: [ast.Sub], ast.Sub: [ast.Add], ast.Mult: [ast.Div, ast.Add], ast.Div: [ast.Mult, ast.FloorDiv],
    ast.FloorDiv: [ast.Mod, ast.Div], ast.Mod: [ast.FloorDiv], ast.Pow: [ast.Mult], ast.MatMult: [ast.Mult],
}  # fmt: skip
COMPARISONS = {
    ast.Lt: [ast.LtE, ast.Gt], ast.Gt: [ast.GtE, ast.Lt], ast.LtE: [ast.Lt, ast.GtE], ast.GtE: [ast.Gt, ast.LtE],
    ast.Eq: [ast.NotEq], ast.NotEq: [ast.Eq], ast.In: [ast.NotIn], ast.NotIn: [ast.In],
}  # fmt: skip
FUNCTIONS = {
    "max": ["min", "sum"], "min": ["max"], "sum": ["max", "len", "mean"], "mean": ["sum"], "argmax": ["argmin", "max"],
}  # fmt: skip
AROUND = ["abs({})", "({}) ** 2", "-({})", "2 * ({})"]
OF_A_SEQUENCE = ["({})[1:]", "({})[:-1]", "({})[:1]", "({})[::-1]"]
OF_A_PLACE = ["({}) + 1", "({}) - 1", "0", "-1"]


def variants(code: str) -> dict[str, str]:
    """{what stands now, and what stood before, where they differ: the whole code}"""
    tree = ast.parse(code)
    plain = ast.unparse(tree)
    found = {}
    for _ in _changed(tree):
        changed = ast.unparse(ast.fix_missing_locations(tree))
        try:
            compile(changed, "variant", "exec")
        except SyntaxError:
            continue
        if changed != plain:
            found[_difference(plain, changed)] = changed
    return found


def _difference(before: str, after: str) -> str:
    """The lines that are new; those that are gone, or what follows where a line has moved, tell the rest."""
    old, new = before.splitlines(), after.splitlines()
    gone = [line.strip() for line in old if line not in new]
    come = [line.strip() for line in new if line not in old]
    if not come:
        return f"other order: {' ; '.join(line.strip() for line in new[1:])}"
    return f"{' ; '.join(come)}   <- {' ; '.join(gone)}"


def _changed(tree: Node) -> Iterator[None]:
    """Changes the tree at one place at a time, and back again."""
    for parent in list(ast.walk(tree)):
        for name, value in list(ast.iter_fields(parent)):
            if isinstance(value, list):
                before = list(value)
                for block in list(_blocks(parent, name, before)):
                    value[:] = block
                    yield
                    value[:] = before
                for k, child in enumerate(before):
                    for replacement in list(_replacements(child, parent, tree)):
                        value[k] = replacement
                        yield
                    value[:] = before
            elif isinstance(value, ast.AST):
                for replacement in list(_replacements(value, parent, tree)):
                    setattr(parent, name, replacement)
                    yield
                setattr(parent, name, value)


def _expression(template: str, *nodes: Node) -> Node:
    return ast.parse(template.format(*map(ast.unparse, nodes)), mode="eval").body


def _replacements(node: Node, parent: Node, tree: Node) -> Iterator[Node]:
    if isinstance(node, ast.operator):
        yield from (other() for other in OPERATORS.get(type(node), []))
    if isinstance(node, ast.cmpop):
        yield from (other() for other in COMPARISONS[type(node)])
    if isinstance(node, ast.AugAssign):
        yield ast.Assign([node.target], node.value)
    if isinstance(node, ast.comprehension):
        yield ast.comprehension(node.target, node.iter, [], 0)
    if not isinstance(node, ast.expr) or isinstance(getattr(node, "ctx", None), ast.Store):
        return
    if isinstance(node, ast.BinOp):
        yield from _of_two(node)
    if isinstance(node, ast.UnaryOp):
        yield node.operand
        yield ast.Constant(0)
    if isinstance(node, ast.Call):
        yield from _of_a_call(node)
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield from (ast.Constant(value) for value in (node.value + 1, node.value - 1, 0, -node.value, 10))
    if isinstance(node, ast.Tuple) and len(node.elts) > 1:
        yield ast.Tuple([node.elts[1], node.elts[0], *node.elts[2:]], node.ctx)
        yield from node.elts
    if isinstance(node, ast.Slice):
        for part in ("lower", "upper"):
            yield ast.Slice(**{"lower": node.lower, "upper": node.upper, part: None})
    if isinstance(node, ast.Name) and not isinstance(parent, ast.Call | ast.Attribute):
        yield from (ast.Name(name, ast.Load()) for name in sorted(_variables(tree) - {node.id}))
    if _is_a_number(node, parent, tree):
        yield from (_expression(template, node) for template in AROUND)
    if _is_a_place_or_count(node, parent) and not isinstance(node, ast.Slice) and not _is_call(parent):
        yield from (_expression(template, node) for template in OF_A_PLACE)
    if isinstance(parent, ast.For | ast.comprehension) and node is parent.iter and not _is_call(node):
        yield from (_expression(template, node) for template in OF_A_SEQUENCE)


def _is_a_number(node: Node, parent: Node, tree: Node) -> bool:
    """As far as can be seen: not what is called, gone through, or counted."""
    if isinstance(node, ast.Name) and node.id not in _variables(tree):
        return False
    if node is getattr(parent, "iter", None) or _is_a_place_or_count(node, parent):
        return False
    return isinstance(node, ast.Name | ast.BinOp | ast.Subscript | ast.Call)


def _is_a_place_or_count(node: Node, parent: Node) -> bool:
    if isinstance(parent, ast.Subscript):
        return node is parent.slice
    return isinstance(parent, ast.Slice) or (_is_call(parent) and ast.unparse(parent.func) in ("range", "len"))


def _is_call(node: Node) -> bool:
    return isinstance(node, ast.Call)


def _variables(tree: Node) -> set[str]:
    names = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    return names | {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def _of_two(node: ast.BinOp) -> Iterator[Node]:
    left, right = node.left, node.right
    yield left
    yield right
    yield ast.BinOp(right, node.op, left)
    if isinstance(left, ast.BinOp):  # (a - b) * c  ->  a - b * c
        yield ast.BinOp(left.left, left.op, ast.BinOp(left.right, node.op, right))
    if isinstance(right, ast.BinOp):  # a * (b - c)  ->  a * b - c
        yield ast.BinOp(ast.BinOp(left, node.op, right.left), right.op, right.right)


def _of_a_call(node: ast.Call) -> Iterator[Node]:
    called = ast.unparse(node.func).rpartition(".")[2]
    for name in FUNCTIONS.get(called, []):
        other = copy.deepcopy(node)
        if isinstance(other.func, ast.Attribute):
            other.func.attr = name
        else:
            other.func.id = name
        yield other
    if called == "range":
        yield from _of_range(node)
    elif called == "len":
        yield from (_expression(template, node) for template in OF_A_PLACE[:2])
    elif len(node.args) == 1:
        yield node.args[0]
    elif len(node.args) > 1:
        yield ast.Call(node.func, [node.args[1], node.args[0], *node.args[2:]], node.keywords)
    elif isinstance(node.func, ast.Attribute):
        yield node.func.value
    if node.keywords:
        yield ast.Call(node.func, node.args, [])


def _of_range(node: ast.Call) -> Iterator[Node]:
    if len(node.args) == 1:
        yield from (
            _expression(template, node.args[0])
            for template in ("range(1, {})", "range({} - 1)", "range({} + 1)", "range(1, {} + 1)", "range(1)")
        )
    else:
        start, end = node.args
        yield from (
            _expression(template, start, end)
            for template in ("range({1})", "range({0} + 1, {1})", "range({0} - 1, {1})", "range({0}, {1} - 1)")
        )


def _blocks(parent: Node, name: str, statements: list[Node]) -> Iterator[list[Node]]:
    """Other orders and other indentations of some lines."""
    if name not in ("body", "orelse") or not all(isinstance(each, ast.stmt) for each in statements):
        return
    for k, statement in enumerate(statements):
        before, after = statements[:k], statements[k + 1 :]
        if not isinstance(statement, ast.Return | ast.FunctionDef):
            yield [*before, ast.Pass(), *after]
        if after and not isinstance(statement, ast.FunctionDef):
            yield [*before, after[0], statement, *after[1:]]
        if isinstance(statement, ast.For | ast.If):
            yield [*before, _with_body(statement, statement.body[:-1] or [ast.Pass()]), statement.body[-1], *after]
            if len(statement.body) > 1:
                yield [*before, statement.body[0], _with_body(statement, statement.body[1:]), *after]
            if after:
                yield [*before, _with_body(statement, [*statement.body, after[0]]), *after[1:]]
            if before:
                yield [*before[:-1], _with_body(statement, [before[-1], *statement.body]), *after]


def _with_body(loop: ast.For | ast.If, body: list[Node]) -> Node:
    other = copy.copy(loop)
    other.body = body
    return other
