"""Where the time of a slider's move goes on the kernel's side; what is left is the wire and the browser."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

import helpers
from helpers import explorers
from helpers.explorers import live
from helpers.explorers.explorer import Explorer
from tests.support.lesson import INPUTS, START, TRUE


def measure(quick: bool = False) -> dict[str, dict[str, float]]:
    """For each move, the median seconds of its pieces."""
    moves = _moves(4 if quick else 30)
    return {what: _profile(explorer, getattr(explorer, slider), values) for what, explorer, slider, values in moves}


def _moves(number: int) -> Iterator[tuple[str, Explorer, str, Sequence[float]]]:
    """What, explorer, slider, and the positions that it goes through."""
    mnist = *helpers.load_mnist(), *helpers.load_mnist("test")
    steps = range(1, number + 1)
    one = explorers.MultipleInputs(INPUTS, TRUE, START)
    yield "notebook 1, alpha", one, "alpha", [0.001 * i for i in steps]
    frozen = explorers.FreezingOneWeight(INPUTS, TRUE, START)
    yield "notebook 2, alpha", frozen, "alpha", frozen.alpha.values[-number - 10 : -10]
    for notebook, explorer in ((4, explorers.Training(*mnist)), (5, explorers.Weights(*mnist))):
        explorer.iterations.value = 10
        alphas = explorer.alpha.values[-number - 20 : -20]
        yield f"notebook {notebook}, alpha (trains 10 passes)", explorer, "alpha", alphas
        explorer.iterations.value = 11
        yield f"notebook {notebook}, iterations", explorer, "iterations", [11 + i for i in steps]


def _profile(explorer: Explorer, slider: Any, values: Sequence[float]) -> dict[str, float]:
    """Median seconds of each piece of a move."""
    explorer.live.draw_for_page(None, {"density": 1}, [])  # what a page does that shows it
    names = ("learning", "placing the artists", "drawing the artists", "encoding", "the rest")
    pieces: dict[str, list[float]] = {name: [] for name in names}
    learning: list[tuple[Any, str]] = [(explorer, "learn")]
    if isinstance(explorer, explorers.Training):
        learning.append((explorer, "measure"))
    watched = [*learning, (explorer.live, "place"), (explorer.live, "draw"), (live, "encode")]
    with _timed(watched) as spent:
        for value in values:
            spent[:] = [0] * len(watched)
            start = time.perf_counter()
            slider.value = value
            whole = time.perf_counter() - start
            *learns, place, draw, encode = spent
            learn = sum(learns)
            for name, seconds in zip(pieces, (learn, place - learn, draw - place - encode, encode, whole - draw)):
                pieces[name].append(seconds)
    return {name: float(np.median(seconds)) for name, seconds in pieces.items()}


@contextmanager
def _timed(watched: list[tuple[Any, str]]) -> Iterator[list[float]]:
    """Adds up the seconds that calls of these functions take: [(owner, name), ...]."""
    spent = [0.0] * len(watched)
    own = [name in vars(owner) for owner, name in watched]
    before = [getattr(owner, name) for owner, name in watched]

    def watch(i: int) -> Callable:
        def timed(*args: Any, **options: Any) -> Any:
            start = time.perf_counter()
            try:
                return before[i](*args, **options)
            finally:
                spent[i] += time.perf_counter() - start

        return timed

    for i, (owner, name) in enumerate(watched):
        setattr(owner, name, watch(i))
    try:
        yield spent
    finally:
        for (owner, name), function, was_own in zip(watched, before, own):
            if was_own:
                setattr(owner, name, function)
            else:
                delattr(owner, name)
