"""What is shown is what was learnt, whatever breaks into a move: the stop button, an exception, another thread."""

import threading

import numpy as np
import pytest
from making import MAKERS
from traitlets import TraitError

from helpers.explorers import FullTraining, mnist, one_example
from helpers.figures.picture import encode

CONTROLS = {"own digit": ("image", 7)}  # what is moved, and to where
SLIDERS = [name for name in MAKERS if name not in CONTROLS]


def with_a_page(name):
    explorer = MAKERS[name]()
    explorer.live.send = lambda *message: None
    explorer.live.draw_for_page(None, {"density": 1}, [])
    return explorer


def png(explorer):
    return encode(explorer.figure.canvas.buffer_rgba(), compress_level=1)


def move(explorer, name):
    """To another place, the same for every explorer of this name."""
    control, value = CONTROLS.get(name, ("alpha", None))
    slider = getattr(explorer, control)
    slider.value = value or slider.values[len(slider.values) // 3]


def straight_there(name):
    explorer = with_a_page(name)
    move(explorer, name)
    return explorer


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


def places_of(explorer):
    """Where a move can be broken off: (owner, name) of functions that it calls."""
    places = [(explorer, "place"), (explorer.live, "send"), (explorer.live.moving[0], "draw"), (explorer.live.moving[-1], "draw")]
    return [*places, (explorer, "learn")] if hasattr(explorer, "learn") else places


@pytest.mark.parametrize(("fault", "after"), [(KeyboardInterrupt(), False), (MemoryError(), True)], ids=["stop", "memory"])
@pytest.mark.parametrize("name", MAKERS)
def test_after_a_move_that_was_broken_off_the_next_look_is_right(name, fault, after, monkeypatch):
    explorer, expected = with_a_page(name), straight_there(name)
    start = explorer.position()
    for owner, function in places_of(explorer):
        with monkeypatch.context() as patch:
            patch.setattr(owner, function, Stopped(getattr(owner, function), fault, after))
            with pytest.raises(type(fault)):
                move(explorer, name)
        assert explorer.summary == expected.summary
        explorer._repr_mimebundle_()
        assert png(explorer) == png(expected)
        back(explorer, name, start)


def back(explorer, name, start):
    control, _ = CONTROLS.get(name, ("alpha", None))
    getattr(explorer, control).value = getattr(start, control)


@pytest.mark.parametrize("name", ["several inputs", "freezing", "training", "weights"])
def test_learning_that_was_stopped_is_done_anew(name, monkeypatch):
    module = mnist if name in ("training", "weights") else one_example
    function = "stochastic_gradient_descent" if module is mnist else "gradient_descent"
    explorer, expected = with_a_page(name), straight_there(name)
    with monkeypatch.context() as patch:
        patch.setattr(module, function, Stopped(getattr(module, function), KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            move(explorer, name)
    assert explorer.run.alpha == explorer.alpha.value
    explorer.iterations.value = expected.iterations.value = 5
    assert explorer.run.alpha == explorer.alpha.value
    assert explorer.summary == expected.summary and png(explorer) == png(expected)


@pytest.mark.parametrize("name", SLIDERS)
def test_two_threads_on_one_explorer(name):
    explorer, alone, faults = with_a_page(name), with_a_page(name), []
    alphas = explorer.alpha.values[::9]

    def go(slider, values):
        try:
            for value in values:
                slider.value = value
        except Exception as fault:
            faults.append(fault)

    moves = [(explorer.alpha, alphas), (explorer.iterations, [30, 2, 25, 1, 7, 28, 3, 10])]
    threads = [threading.Thread(target=go, args=each) for each in moves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for slider, values in ((alone.alpha, alphas), (alone.iterations, [10])):
        slider.value = values[-1]
    assert faults == []
    assert explorer.live.words == alone.live.words and png(explorer) == png(alone)


def test_a_stop_while_full_training_waits_for_its_last_piece():
    explorer = with_a_page("full training")
    explorer.wait = Stopped(explorer.wait, KeyboardInterrupt())
    explorer.start()
    with pytest.raises(KeyboardInterrupt):
        explorer.alpha.value = 0.02
    FullTraining.wait(explorer)
    assert explorer.summary == "alpha 0.0200, 0 of 3 passes over 100 images: nothing learnt yet"
    assert explorer.progress.value == 0


@pytest.mark.parametrize("name", SLIDERS)
def test_an_alpha_set_by_code_is_rounded_at_once(name):
    explorer = MAKERS[name]()
    slider = explorer.alpha
    for value in np.linspace(0, 1.1 * slider.values[-1], 37):
        slider.value = value
        assert slider.value == pytest.approx(min(slider.values, key=lambda place: abs(place - value)))
        assert slider.value == float(f"{slider.value:.4g}")
    for value in (float("nan"), "much", None):
        with pytest.raises(TraitError):
            slider.value = value
    assert f"alpha {slider.value:.3g}"[:9] in explorer.summary


def test_an_exception_in_a_reader_s_own_observer():
    explorer = with_a_page("training")
    explorer.alpha.observe(lambda change: 1 / 0, "value")
    with pytest.raises(ZeroDivisionError):
        explorer.alpha.value = 0.002
    assert explorer.run.alpha == 0.002 and explorer.live.words.startswith("alpha 0.00200, ")
