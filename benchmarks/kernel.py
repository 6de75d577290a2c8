"""Where the time of a slider's move goes on the kernel's side; what is left is the wire and the browser."""

import time
from contextlib import contextmanager

import numpy as np

import helpers
from helpers import explorers
from helpers.explorers import live
from tests.support.lesson import INPUTS, START, TRUE


def measure(quick: bool = False) -> dict[str, dict[str, float]]:
    """For each move, the median seconds of its pieces."""
    moves = _moves(4 if quick else 30)
    return {what: _profile(explorer, getattr(explorer, slider), values) for what, explorer, slider, values in moves}


def _moves(number):
    """What, explorer, slider, and the positions that it goes through."""
    mnist = *helpers.load_mnist(), *helpers.load_mnist("test")
    steps = range(1, number + 1)
    one = explorers.MultipleInputs(INPUTS, TRUE, START)
    yield "notebook 1, alpha", one, "alpha", [0.001 * i for i in steps]
    frozen = explorers.FreezingOneWeight(INPUTS, TRUE, START)
    yield "notebook 2, alpha", frozen, "alpha", frozen.alpha.values[-number:]
    for notebook, explorer in ((4, explorers.Training(*mnist)), (5, explorers.Weights(*mnist))):
        explorer.iterations.value = 10
        alphas = explorer.alpha.values[-number - 20 : -20]
        yield f"notebook {notebook}, alpha (trains 10 passes)", explorer, "alpha", alphas
        explorer.iterations.value = 11
        yield f"notebook {notebook}, iterations", explorer, "iterations", [11 + i for i in steps]


def _profile(explorer, slider, values):
    """Median seconds of each piece of a move."""
    explorer.live.draw_for_page(None, {"density": 1}, [])  # what a page does that shows it
    pieces = {"learning": [], "placing the artists": [], "drawing the artists": [], "encoding": [], "the rest": []}
    learning = [(explorer, name) for name in ("learn", "measure") if hasattr(explorer, name)]
    watched = [*learning, (explorer, "place"), (explorer.live, "draw"), (live, "encode")]
    with _timed(watched) as spent:
        for value in values:
            spent[:] = [0] * len(watched)
            start = time.perf_counter()
            slider.value = value
            whole = time.perf_counter() - start
            *learn, place, draw, encode = spent
            learn = sum(learn)
            for name, seconds in zip(pieces, (learn, place - learn, draw - place - encode, encode, whole - draw)):
                pieces[name].append(seconds)
    return {name: float(np.median(seconds)) for name, seconds in pieces.items()}


@contextmanager
def _timed(watched):
    """Adds up the seconds that calls of these functions take: [(owner, name), ...]."""
    spent = [0] * len(watched)
    own = [name in vars(owner) for owner, name in watched]
    before = [getattr(owner, name) for owner, name in watched]

    def watch(i):
        def timed(*args, **options):
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
            setattr(owner, name, function) if was_own else delattr(owner, name)
