"""The website's page for authors."""

import re

import helpers
from helpers import check, datasets, explorers, figures, learning, predict
from website.api import api_page

PAGE = api_page()
ENTRIES = dict(re.findall(r"^````\{py:\w+\} (\S+?)(?:\(.*|)\n\n((?:.|\n)*?)\n````$", PAGE, re.MULTILINE))
CALLED = {
    f"{module.__name__}.{name}"
    for module in (learning, datasets, figures, explorers, predict, check)
    for name in module.__all__
    if callable(vars(module)[name])
}


def short(name: str) -> str:
    """`helpers.NAME` where notebooks can call it so."""
    last = name.rpartition(".")[2]
    if last in helpers.__all__ and not name.startswith("helpers.check"):
        return f"helpers.{last}"
    return name


def test_the_page_has_all_that_notebooks_may_call():
    assert set(ENTRIES) == {short(name) for name in CALLED}


def test_each_entry_says_what_it_is():
    assert [name for name, text in ENTRIES.items() if len(text.split()) < 4] == []


def test_an_entry_has_arguments_types_and_what_they_mean():
    assert "helpers.gradient_descent(inputs: npt.ArrayLike, targets: npt.ArrayLike, " in PAGE
    assert r"- `inputs`: (n\_in,) numbers." in ENTRIES["helpers.gradient_descent"]
    assert "\n\nReturns a `Descent`. Raises ValueError" in ENTRIES["helpers.gradient_descent"]
    assert r"- `preds`: (iterations, n\_out)" in ENTRIES["helpers.learning.Descent"]
    assert ENTRIES["helpers.check.train"] == "Checks exercise 1.2, *A whole training*."
