"""The page for authors: what a notebook may call, from signatures and docstrings."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from types import ModuleType
from typing import Any

import helpers
from helpers import check, datasets, explorers, figures, learning, predict
from helpers.check.exercise import Exercise

from .markdown import plain, plain_but_code

HEAD = """\
# What notebooks may call

For authors: what is public in the package `helpers`, as its docstrings have it. Names and arguments stay as they are,
since learners' copies of the notebooks call them too.
"""
MODULES = (learning, datasets, figures, explorers, predict, check)
ARGUMENT = r"[a-z_]\w*(?:, [a-z_]\w*)*: "  # such as `images, labels: `
TWO_COLUMNS = r"(\S.*?)\s{2,}(\S.*)"


def api_page() -> str:
    """The page in MyST."""
    return "\n\n".join([HEAD, *(part for module in MODULES for part in _section(module))])


def _section(module: ModuleType) -> Iterator[str]:
    name = module.__name__
    yield f"## {name}"
    yield _text(module)
    for public in module.__all__:
        entry = vars(module)[public]
        owner = name
        if vars(helpers).get(public) is entry:
            owner = helpers.__name__  # the shorter name, by which the notebooks call it
        if isinstance(entry, Exercise):
            title = f"Checks exercise {entry.number}, *{plain(entry.title)}*."
            yield _directive("function", f"{owner}.{public}(answer)", title)
        elif inspect.isclass(entry):
            about = "\n\n".join([_text(entry), *_fields(entry)])
            yield _directive("class", f"{owner}.{public}{_arguments_of_class(entry)}", about)
        elif inspect.isfunction(entry):
            yield _directive("function", f"{owner}.{public}{_arguments(entry)}", _text(entry))


def _directive(kind: str, signature: str, text: str) -> str:
    return f"````{{py:{kind}}} {signature}\n\n{text}\n````"


def _arguments(function: Callable[..., Any]) -> str:
    """The arguments and the result as they are written in the source."""
    (written,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    assert isinstance(written, ast.FunctionDef)
    arguments = f"({ast.unparse(written.args).removeprefix('self').removeprefix(', ')})"
    if written.returns is None or written.name == "__init__":
        return arguments
    return f"{arguments} -> {ast.unparse(written.returns)}"


def _arguments_of_class(entry: type) -> str:
    """Results of a function have none: nobody makes them."""
    if is_dataclass(entry):
        return ""
    return _arguments(inspect.unwrap(inspect.getattr_static(entry, "__init__")))


def _fields(entry: type) -> Iterator[str]:
    """What a result holds: the comments in its source, or else the types."""
    if is_dataclass(entry):
        written = re.findall(r"^    (\w+): (.+?)(?: = .+?)?(?:  # (.+))?$", inspect.getsource(entry), re.MULTILINE)
        yield "\n".join(f"- `{name}`: {plain_but_code(comment or kind)}" for name, kind, comment in written)


def _text(entry: object) -> str:
    """The docstring in MyST: arguments and two columns become lists, and what follows them a paragraph."""
    paragraphs = re.split(r"\n\n|\n(?=Raises |Returns )", inspect.getdoc(entry) or "")
    return "\n\n".join(_paragraph(re.sub(r"\n +", " ", paragraph)) for paragraph in paragraphs)


def _paragraph(text: str) -> str:
    lines = text.split("\n")
    rows = [re.fullmatch(TWO_COLUMNS, line) for line in lines]
    if re.match(ARGUMENT, text):
        parts = re.split(rf"(?:\n|(?<=\.) |^)(?={ARGUMENT})", text)
        pairs = [part.split(": ", 1) for part in parts if part]
        return "\n".join(f"- `{name}`: {plain_but_code(' '.join(about.split()))}" for name, about in pairs)
    if all(rows):
        return "\n".join(f"- `{row[1]}`: {plain_but_code(row[2])}" for row in rows if row)
    return plain_but_code(" ".join(lines))
