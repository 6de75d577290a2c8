"""Whose settings hold while an exercise is checked: np.seterr, warnings.simplefilter and the like.

A learner's function runs as it does in their cell: what they have set to raise an exception raises it here too. What
the check itself computes is the same whatever they have set.
"""

import contextlib
import io
import random
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np


@contextlib.contextmanager
def learners_settings() -> Iterator[io.StringIO]:
    """Settings stay as they are, but what is printed or warned of stays off the page. Gives what was printed.

    What a learner's function sets by itself is undone, and so are its draws from the random numbers that all share.
    """
    printing: dict[str, Any] = {kind: "ignore" for kind, reaction in np.geterr().items() if reaction == "print"}
    with (
        contextlib.redirect_stdout(io.StringIO()) as printed,
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(record=True),
        np.errstate(**printing),
        np.printoptions(),
        _random_numbers_as_before(),
    ):
        yield printed


@contextlib.contextmanager
def _random_numbers_as_before() -> Iterator[None]:
    pythons, numpys = random.getstate(), np.random.get_state()
    try:
        yield
    finally:
        random.setstate(pythons)
        np.random.set_state(numpys)


@contextlib.contextmanager
def checks_settings() -> Iterator[None]:
    """Nothing is raised or warned of that NumPy or Python only warns of."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield
