"""Who may import whom, and what no file does: the house rules that a test can hold."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

COURSE = Path(__file__).resolve().parents[1]
HELPERS = COURSE / "helpers"
FOLDERS = ("helpers", "classroom", "website", "benchmarks", "tools", "tests")
FILES = [COURSE / "start.py", *(path for folder in FOLDERS for path in sorted((COURSE / folder).rglob("*.py")))]

NUMBERS = {"numpy", "helpers.arguments", "helpers.learning", "helpers.datasets"}
PICTURES = {"matplotlib", "PIL"}
JUPYTER = {"jupyter_client", "jupyter_core", "jupyter_server", "jupyterlab", "jupyterlab_server"}
ALLOWED = {
    "arguments": {"numpy"},
    "learning": {"numpy", "threadpoolctl", "helpers.arguments"},
    "datasets": {"numpy", "pooch", "requests", "helpers.arguments"},
    "figures": NUMBERS | PICTURES,
    "explorers": NUMBERS | PICTURES | {"helpers.figures", "anywidget", "ipywidgets", "traitlets", "IPython"},
    "check": NUMBERS | {"helpers.printing"},
    "predict": NUMBERS | {"ipywidgets"},
    "lab": JUPYTER | {"helpers.printing", "json5", "tornado", "traitlets"},
}


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def imported(path: Path) -> set[str]:
    """The full dotted name of everything that the file imports, wherever in it that stands."""
    package, names = path.parent.relative_to(COURSE).parts, set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = []
            if node.level:
                base = package[: len(package) + 1 - node.level]
            names |= {".".join(filter(None, [*base, node.module, alias.name])) for alias in node.names}
    return names


def origin(name: str) -> str:
    """`helpers.figures` for what comes from there, else the library's name."""
    first, _, rest = name.partition(".")
    if first == "helpers":
        return f"helpers.{rest.partition('.')[0]}"
    return first


def folder_of(path: Path) -> str:
    return path.relative_to(COURSE).parts[0]


def is_test(path: Path) -> bool:
    return path.name.startswith("test_") or path.name == "conftest.py"


@pytest.mark.parametrize("path", [path for path in FILES if HELPERS in path.parents], ids=lambda path: path.name)
def test_imports_follow_the_arrows(path):
    folder = path.relative_to(HELPERS).parts[0]
    used = {origin(name) for name in imported(path)} - sys.stdlib_module_names
    assert used <= ALLOWED.get(folder, {"helpers.learning", "helpers.datasets"}) | {f"helpers.{folder}"}
    assert not any(name.startswith("matplotlib.pyplot") for name in imported(path)), "its state is the reader's"


def test_every_folder_has_its_rule():
    assert {path.name for path in HELPERS.iterdir() if any(path.glob("*.py"))} == set(ALLOWED)


def test_a_test_is_imported_by_nobody_and_what_tests_share_by_tests_and_benchmarks_alone():
    for path in FILES:
        assert not [name for name in imported(path) if re.search(r"(^|\.)test_", name)], path
        if folder_of(path) not in ("tests", "benchmarks") and not is_test(path):
            assert not [name for name in imported(path) if name.startswith("tests")], path


def test_nobody_changes_the_path_that_modules_are_found_on():
    """But website/conf.py, which Sphinx loads by its own path, has to say where its parts are."""
    change = re.compile(r"sys\.path(\.(insert|append|extend|remove)\(|(\[.*\])? \+?= )")
    for path in set(FILES) - {COURSE / "website/conf.py"}:
        statements = [node for node in nodes(path) if isinstance(node, ast.Expr | ast.Assign | ast.AugAssign)]
        assert not [node for node in statements if change.match(ast.unparse(node))], path


@cache
def private_names(path: Path) -> set[str]:
    """Those that the file gives to functions, classes, variables and attributes; `_repr_mimebundle_` is IPython's."""
    names = {node.name for node in nodes(path) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    names |= {node.id for node in nodes(path) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    names |= {node.attr for node in nodes(path) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)}
    return {name for name in names if name.startswith("_") and not name.endswith("_")}


def test_nobody_uses_another_module_s_private_names():
    for path in FILES:
        used = {name.rpartition(".")[2] for name in imported(path)}
        attributes = [node for node in nodes(path) if isinstance(node, ast.Attribute)]
        used |= {node.attr for node in attributes if ast.unparse(node.value) not in ("self", "super()")}
        others = set().union(*(private_names(other) for other in FILES if other != path))
        assert not used & others - private_names(path), path


def test_no_module_is_hidden_behind_something_else_of_its_name():
    for path in FILES:
        if path.name == "__init__.py":
            modules = {each.stem for each in path.parent.iterdir()}
            for node in nodes(path):
                if isinstance(node, ast.ImportFrom) and node.module:
                    assert not {alias.asname or alias.name for alias in node.names} & modules, path


def test_predict_and_the_website_know_what_an_explorer_has():
    for path in FILES:
        if folder_of(path) == "website" or HELPERS / "predict" in path.parents:
            assert not {"hasattr", "getattr"} & {node.id for node in nodes(path) if isinstance(node, ast.Name)}, path


def test_conditional_expressions_are_few_and_none_has_three_ways():
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in FILES)
    conditional = [node for path in FILES for node in nodes(path) if isinstance(node, ast.IfExp)]
    assert len(conditional) <= 6 * lines / 1000
    assert not [node for node in conditional if isinstance(node.body, ast.IfExp) or isinstance(node.orelse, ast.IfExp)]


def test_importing_helpers_loads_no_drawing_and_no_downloading():
    code = "import helpers, sys; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    loaded = run.stdout.split()
    assert "helpers.learning" in loaded
    assert not {"matplotlib", "ipywidgets", "PIL", "jupyterlab", "pooch", "requests", "tqdm"} & set(loaded)
