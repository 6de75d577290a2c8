"""The forms of Python and NumPy that a cell uses: each has a short name, such as "list comprehension" or "zip()".

What is not listed here gets the name of its class in `ast`, so that nothing is overlooked. Functions of the course have
their full name, "helpers.gradient_descent"; their arguments, all of `figures`, `explorers`, `check` and `predict`, and
what explorers do are self-explaining. Of `explorer.alpha.value` only ".value" counts.
"""

import ast
import builtins
import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec

FORMS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**", ast.USub: "-", ast.UAdd: "+",
    ast.FloorDiv: "//", ast.Mod: "%", ast.MatMult: "@", ast.BitAnd: "&", ast.BitOr: "|", ast.Invert: "~",
    ast.And: "and", ast.Or: "or", ast.Not: "not", ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.Assign: "=", ast.For: "for", ast.If: "if", ast.FunctionDef: "function definition", ast.Return: "return",
    ast.Import: "import", ast.ImportFrom: "import", ast.While: "while", ast.With: "with", ast.Lambda: "lambda",
    ast.IfExp: "conditional expression", ast.List: "list display", ast.Dict: "dict display", ast.Set: "set display",
    ast.ListComp: "list comprehension", ast.DictComp: "dict comprehension", ast.SetComp: "set comprehension",
    ast.GeneratorExp: "generator expression", ast.NamedExpr: ":=",
}  # fmt: skip
STRUCTURE = (
    ast.Module, ast.Expr, ast.Call, ast.Compare, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Name, ast.expr_context,
    ast.arguments, ast.arg, ast.keyword, ast.alias, ast.comprehension, ast.withitem,
)  # fmt: skip
SELF_EXPLAINING = {"helpers.check", "helpers.explorers", "helpers.figures", "helpers.predict"}
SCIENTIFIC = re.compile(r"[\d.]+e[+-]?\d+")
FORMAT = re.compile(r"(?P<align>.?[<>^])?[+]?(?P<width>\d+)?(?P<comma>,)?(?P<digits>\.\d+)?(?P<kind>[a-z%])?")


@dataclass(frozen=True)
class Use:
    line: int  # in the cell, from 1
    form: str


class Finder(ast.NodeVisitor):
    """Goes through a notebook's cells in their order, for imports and explorers stay known."""

    def __init__(self) -> None:
        self._imported: dict[str, str] = {}  # {"np": "numpy"}
        self._own: set[str] = set()  # names that the notebook gives to something
        self._explorers: set[str] = set()

    def uses_in(self, source: str) -> list[Use]:
        self._source, self._line, self._found = source, 1, []
        tree = ast.parse(source)
        for node in ast.walk(tree):
            self._note(node)
        self.visit(tree)
        return list(dict.fromkeys(self._found))

    def _note(self, node: ast.AST) -> None:
        match node:
            case ast.Import(names):
                self._imported |= {each.asname or each.name: each.name for each in names}
            case ast.ImportFrom(module, names):
                self._imported |= {each.asname or each.name: f"{module}.{each.name}" for each in names}
            case ast.FunctionDef(name=name) | ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                self._own.add(name)
            case ast.Assign([ast.Name(id=name)], ast.Call(ast.Attribute(ast.Name("explorers")))):
                self._explorers.add(name)

    def _add(self, form: str) -> None:
        self._found.append(Use(self._line, form))

    def visit(self, node: ast.AST) -> None:
        self._line = getattr(node, "lineno", self._line)
        super().visit(node)

    def generic_visit(self, node: ast.AST) -> None:
        if not isinstance(node, STRUCTURE):
            self._add(FORMS.get(type(node), type(node).__name__))
        super().generic_visit(node)

    # Values

    def visit_Constant(self, node: ast.Constant) -> None:
        match node.value:
            case bool():
                self._add("True, False")
            case None | bytes():
                self._add(type(node.value).__name__.replace("NoneType", "None"))
            case str():
                self._add("text")
            case int() | float():
                written = ast.get_source_segment(self._source, node) or ""
                self._add("number such as 1e-6" if SCIENTIFIC.fullmatch(written) else "number")
            case _:
                self._add("...")

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self._add("f-string")
        for value in node.values:
            if isinstance(value, ast.FormattedValue):
                self.visit(value.value)
                if value.format_spec:
                    self._add_format("".join(getattr(part, "value", "{}") for part in value.format_spec.values))

    def _add_format(self, spec: str) -> None:
        found = FORMAT.fullmatch(spec)
        if not found:
            self._add(f"f-string {{:{spec}}}")
            return
        if found["align"]:
            self._add("f-string {:<6}")
        elif found["width"]:
            self._add("f-string {:6}")
        if found["comma"]:
            self._add("f-string {:,}")
        if found["kind"] or found["digits"]:
            self._add(f"f-string {{:.2{found['kind'] or ''}}}")

    def visit_List(self, node: ast.List) -> None:
        if any(isinstance(each, ast.List) for each in node.elts):
            self._add("list of lists")
        self.generic_visit(node)

    def visit_Tuple(self, node: ast.Tuple) -> None:
        if isinstance(node.ctx, ast.Load):
            self._add("tuple")
        for each in node.elts:
            self.visit(each)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if isinstance(node.left, ast.List) or isinstance(node.right, ast.List):
            self._add(f"{FORMS[type(node.op)]} with a list")
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        if len(node.ops) > 1:
            self._add("chained comparison")
        self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.value)
        if isinstance(node.value, ast.Subscript):
            self._add("index after index")
        if not isinstance(node.slice, ast.Tuple):
            self._index(node.slice, "slice")
            return
        self._add("index with commas")
        for part in node.slice.elts:
            self._index(part, "slice with commas")

    def _index(self, part: ast.expr, slice_form: str) -> None:
        match part:
            case ast.Slice():
                self._add(slice_form)
                for bound in (part.lower, part.upper):
                    if bound:
                        self._index(bound, slice_form)
                if part.step:
                    self._add("slice with a step")
                return
            case ast.UnaryOp(ast.USub(), ast.Constant()):
                self._add("negative index")
                return
            case ast.Compare():
                self._add("index with a condition")
            case ast.Constant(str()) | ast.JoinedStr():
                self._add("index with a name")
            case _:
                self._add("index")
        self.visit(part)

    # Statements

    def visit_Expr(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Tuple):
            self._add("several values in the last line")
            for each in node.value.elts:
                self.visit(each)
        else:
            self.visit(node.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        if len(node.targets) > 1:
            self._add("chained assignment")
        if isinstance(node.targets[0], ast.Tuple):
            both = isinstance(node.value, ast.Tuple)
            self._add("a, b = 1, 2" if both else "a, b = pair")
            for each in [*node.targets, *(node.value.elts if both else [node.value])]:
                self.visit(each)
        else:
            self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self._add(f"{FORMS[type(node.op)]}=")
        self.visit(node.target)
        self.visit(node.value)

    def visit_For(self, node: ast.For) -> None:
        if isinstance(node.target, ast.Tuple):
            self._add("for a, b in")
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        if isinstance(node.target, ast.Tuple):
            self._add("for a, b in")
        if node.ifs:
            self._add("comprehension with if")
        self.generic_visit(node)

    def visit_arguments(self, node: ast.arguments) -> None:
        if node.defaults or any(node.kw_defaults):
            self._add("default argument")
        self.generic_visit(node)

    # Functions and attributes

    def visit_Name(self, node: ast.Name) -> None:
        if node.id in self._own:
            return
        if hasattr(builtins, node.id):
            self._add(f"{node.id}()")
        elif node.id in self._imported and not self._module(node):
            self._add(node.id)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Attribute):
            function = self._attribute(node.func, "()")
        else:
            self.visit(node.func)
            function = getattr(node.func, "id", "")
        for argument in node.args:
            if isinstance(argument, ast.Starred):
                self._add("star argument")
                argument = argument.value
            self.visit(argument)
        for keyword in node.keywords:
            self._line = keyword.lineno
            self._add("keyword argument")
            if function and function not in self._own and not function.startswith("helpers."):
                self._add(f"{keyword.arg}=")
            self.visit(keyword.value)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self._attribute(node, "")

    def _attribute(self, node: ast.Attribute, call: str) -> str | None:
        """Its form; None if it needs no introduction."""
        module, of_explorer = self._module(node.value), self._root(node) in self._explorers
        if module in SELF_EXPLAINING or self._module(node) or (of_explorer and call):
            return None
        if module:
            form = f"{module.replace('numpy', 'np')}.{node.attr}"
        else:
            form = f".{node.attr}{call}"
            if not of_explorer:
                self.visit(node.value)
        self._line = node.end_lineno
        self._add(form)
        return form

    def _module(self, node: ast.expr) -> str | None:
        """The full name of the module that an expression such as `np.random` stands for."""
        name = None
        if isinstance(node, ast.Name):
            name = self._imported.get(node.id)
        elif isinstance(node, ast.Attribute) and (outer := self._module(node.value)):
            name = f"{outer}.{node.attr}"
        return name if name and _is_module(name) else None

    def _root(self, node: ast.expr) -> str | None:
        while isinstance(node, ast.Attribute | ast.Subscript):
            node = node.value
        return getattr(node, "id", None)


@cache
def _is_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:  # of a function, say, which has no modules in it
        return False
