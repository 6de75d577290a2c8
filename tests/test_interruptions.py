"""What is shown is what was learnt, whatever breaks into a move: the stop button, an exception, another thread."""

import threading
from functools import cache

import numpy as np
import pytest
from traitlets import TraitError

from helpers.explorers import FullTraining, OwnDigit, mnist, one_example, several_games
from tests.support.explorers import MAKERS, kept, on_a_page, png

pytestmark = pytest.mark.thorough

SLIDERS = [name for name in MAKERS if name != "own digit"]


def moved(explorer):
    """What is moved of an explorer, and to where."""
    if isinstance(explorer, OwnDigit):
        return explorer.image, 7
    return explorer.alpha, explorer.alpha.values[len(explorer.alpha.values) // 3]


def move(explorer):
    slider, value = moved(explorer)
    slider.value = value
    return explorer


@cache
def seen_without_a_fault(name):
    explorer = move(on_a_page(name))
    return explorer.summary, png(explorer)


class Stopped:
    """Raises once, when it is called for the first time; then it does what the original does."""

    def __init__(self, original, fault, after=False):
        self.original, self.fault, self.after = original, fault, after

    def __call__(self, *arguments, **options):
        fault, self.fault = self.fault, None
        if fault and self.after:
            self.original(*arguments, **options)
        if fault:
            raise fault
        return self.original(*arguments, **options)


def calls_of(explorer):
    """Where a move can be broken off: (owner, name) of functions that it calls."""
    first, *_, last = explorer.live.moving
    learning = [(explorer, "learn")] if hasattr(explorer, "learn") else []
    return [(explorer, "place"), (explorer.live, "send"), (first, "draw"), (last, "draw"), *learning]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("name", MAKERS)
def test_after_a_move_that_was_broken_off_the_next_look_is_right(name, after, monkeypatch):
    explorer = on_a_page(name)
    slider, start = moved(explorer)[0], moved(explorer)[0].value
    for owner, function in calls_of(explorer):
        with monkeypatch.context() as patch:
            patch.setattr(owner, function, Stopped(getattr(owner, function), KeyboardInterrupt(), after))
            with pytest.raises(KeyboardInterrupt):
                move(explorer)
        assert (explorer.summary, png(explorer)) == seen_without_a_fault(name)
        slider.value = start


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), MemoryError()])
@pytest.mark.parametrize(
    ("name", "module", "function"),
    [
        ("several inputs", one_example, "gradient_descent"),
        ("freezing", one_example, "gradient_descent"),
        ("several games", several_games, "gradient_descent_in_turn"),
        ("training", mnist, "stochastic_gradient_descent"),
        ("weights", mnist, "stochastic_gradient_descent"),
    ],
)
def test_learning_that_was_stopped_is_done_anew(name, module, function, fault, monkeypatch):
    explorer, expected = on_a_page(name), move(on_a_page(name))
    with monkeypatch.context() as patch:
        patch.setattr(module, function, Stopped(getattr(module, function), fault))
        with pytest.raises(type(fault)):
            move(explorer)
    assert explorer.run.alpha == explorer.alpha.value
    explorer.iterations.value = expected.iterations.value = 5
    assert explorer.run.alpha == explorer.alpha.value
    assert explorer.summary == expected.summary and png(explorer) == png(expected)


@pytest.mark.parametrize("name", SLIDERS)
def test_a_move_waits_for_one_in_another_thread(name, monkeypatch):
    explorer, expected = on_a_page(name), move(on_a_page(name))
    other = threading.Thread(target=setattr, args=(explorer.iterations, "value", 7))
    place_artists = explorer.place

    def place(at):
        if not other.ident:
            other.start()
            other.join(0.2)  # it would be over by then
        return place_artists(at)

    monkeypatch.setattr(explorer, "place", place)
    move(explorer)
    other.join(60)
    expected.iterations.value = 7
    assert explorer.live.words == expected.live.words and png(explorer) == png(expected)


def test_a_stop_while_full_training_waits_for_its_last_piece():
    explorer = on_a_page("full training")
    explorer.wait = Stopped(explorer.wait, KeyboardInterrupt())
    explorer.start()
    with pytest.raises(KeyboardInterrupt):
        explorer.alpha.value = 0.02
    FullTraining.wait(explorer)
    assert explorer.summary == "alpha 0.0200, 0 of 3 passes over 100 images: nothing learnt yet"
    assert explorer.progress.value == 0


@pytest.mark.parametrize("name", SLIDERS)
def test_an_alpha_set_by_code_is_rounded_at_once(name):
    explorer = kept(name)
    slider = explorer.alpha
    for value in np.linspace(0, 1.1 * slider.values[-1], 9):
        slider.value = value
        assert slider.value == pytest.approx(min(slider.values, key=lambda place: abs(place - value)))
        assert slider.value == float(f"{slider.value:.4g}")
    for value in (float("nan"), "much", None):
        with pytest.raises(TraitError):
            slider.value = value
    assert f"alpha {slider.value:.3g}"[:9] in explorer.summary


def test_an_exception_in_a_reader_s_own_observer():
    explorer = on_a_page("training")
    explorer.alpha.observe(lambda change: 1 / 0, "value")
    with pytest.raises(ZeroDivisionError):
        explorer.alpha.value = 0.002
    assert explorer.run.alpha == 0.002 and explorer.live.words.startswith("alpha 0.00200, ")
