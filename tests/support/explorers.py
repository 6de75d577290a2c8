"""Every explorer on the lesson's numbers, and what it shows."""

from collections.abc import Callable
from functools import cache

from helpers import explorers
from helpers.datasets import season
from helpers.explorers.explorer import LiveBox
from helpers.figures.picture import encode
from tests.support import widgets
from tests.support.lesson import IMAGES, INPUTS, NAMES, OUTCOMES, START, TABLE, TEST, TRUE, trained

GAMES = list(zip(season.toes, season.record, season.fans))

MAKERS: dict[str, Callable[[], LiveBox]] = {
    "several inputs": lambda: explorers.MultipleInputs(INPUTS, TRUE, START),
    "freezing": lambda: explorers.FreezingOneWeight(INPUTS, TRUE, START),
    "several games": lambda: explorers.SeveralGames(GAMES, season.won, START),
    "one input, several outputs": lambda: explorers.MultipleOutputs([0.65], OUTCOMES, [0.3, 0.2, 0.9], ["record"]),
    "several of both": lambda: explorers.MultipleOutputs(INPUTS, OUTCOMES, TABLE, NAMES),
    "training": lambda: explorers.Training(*IMAGES, *TEST),
    "two images": lambda: explorers.TwoImages(*IMAGES),
    "confusions": lambda: explorers.Confusions(*IMAGES, *TEST),
    "full training": lambda: explorers.FullTraining(*IMAGES, *TEST),
    "weights": lambda: explorers.Weights(*IMAGES, *TEST),
    "own digit": lambda: explorers.OwnDigit(trained(), *TEST),
}


def on_a_page(name: str) -> LiveBox:
    """A new explorer that a page looks at, on a screen of the coarsest kind: it is drawn soonest."""
    explorer = MAKERS[name]()
    explorer.live.send = lambda *message: None
    explorer.live.draw_for_page(None, {"density": 1}, [])
    return explorer


@cache
def kept(name: str) -> LiveBox:
    """One that serves many tests, since explorers take a while to make: it must be usable however it was left."""
    with widgets.kept():
        return on_a_page(name)


def png(explorer: LiveBox) -> bytes:
    return encode(explorer.figure.canvas.buffer_rgba(), compress_level=1)
