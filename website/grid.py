"""Where an explorer is recorded: at some positions of its own controls, and at all where a notebook shows it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import ipywidgets as widgets

from helpers.explorers.explorer import SLIDERS, Explorer

HIDDEN = "hidden"  # the axis of the answers that are kept secret
ALPHA, ITERATIONS = "alpha", "iterations"

ALL_SMALL = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30)
SOME = (1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 100)
FEW = (1, 2, 3, 5, 7, 10, 20, 30)
UPDATES = (*range(7), 8, 10, 14, 20, 50, 100, 200)  # of games that are learnt in turn

# Alphas in shares of the largest stable one: as many that learn as that diverge, where a slider has them evenly.
SHARES_OF_LIMIT = (0.05, 0.15, 0.3, 0.5, 0.75, 0.9, 1.0, 1.04, 1.4, 3.7)


@dataclass(frozen=True)
class Plan:
    """How finely a kind of explorer is recorded, so that its files stay small: what is shown is recorded besides.

    alphas: how many, where the slider has them closer together the smaller they are. choices: further values of other
    controls. together: controls that are recorded only as they are shown together.
    """

    alphas: int
    iterations: Sequence[int]
    choices: Mapping[str, Sequence] = field(default_factory=dict)
    together: Sequence[str] = ()


PLANS = {
    "MultipleInputs": Plan(12, ALL_SMALL),
    "FreezingOneWeight": Plan(4, FEW, {"frozen": (None, 0, 2)}),
    "SeveralGames": Plan(3, UPDATES, together=("games", "frozen", "axes")),
    "MultipleOutputs": Plan(12, ALL_SMALL),
    "TwoImages": Plan(5, FEW, {"image_a": (0, 27), "image_b": (7, 27, 47)}),
    "Training": Plan(5, SOME, {"image": (0, 3, 8, 15)}),
    "Confusions": Plan(5, (1, 3, 10, 30, 100), {"digit": (5, 7, 9), "taken_for": (3, 7, 9)}),
    "FullTraining": Plan(5, range(1, 11)),
    "Weights": Plan(6, SOME, together=("image", "first", "second")),
}


@dataclass(frozen=True)
class Axis:
    """A slider or menu of the page: the controls that it moves, and for each stop their values and its label."""

    controls: tuple[str, ...]
    description: str
    values: tuple[tuple, ...]
    labels: tuple[str, ...]
    is_slider: bool

    def at(self, stop: int) -> dict[str, Any]:
        return dict(zip(self.controls, self.values[stop]))

    def stop_at(self, position: Mapping[str, Any]) -> int:
        return self.values.index(tuple(position[name] for name in self.controls))


Position = Mapping[str, Any]  # the value of each control that can be recorded, and the answers that are hidden


def position_of(explorer: Explorer) -> Position:
    values = {name: control.value for name, control in explorer.controls.items() if _has_options(control)}
    return {**values, HIDDEN: explorer.hidden}


def grid(explorer: Explorer, shown: Sequence[Position]) -> list[Axis]:
    """The axes: alpha first and iterations last. shown: where a notebook shows the explorer."""
    plan, controls = PLANS[type(explorer).__name__], explorer.controls
    wanted = {name: [position[name] for position in shown] for name in shown[0]}
    wanted[ALPHA] += _alphas(explorer, plan.alphas)
    wanted[ITERATIONS] += plan.iterations
    for name, values in plan.choices.items():
        wanted[name] += values
    choices = [name for name in wanted if name not in (ALPHA, ITERATIONS, HIDDEN, *plan.together)]
    choices.sort(key=lambda name: isinstance(controls[name], SLIDERS))  # what is learnt depends on the menus
    axes = [_axis(name, controls[name], wanted[name]) for name in (ALPHA, *choices)]
    if plan.together:
        axes.append(_view_axis(plan.together, controls, shown))
    return [*axes, _answers_axis(wanted[HIDDEN]), _axis(ITERATIONS, explorer.iterations, wanted[ITERATIONS])]


def go_to(explorer: Explorer, position: Position) -> None:
    with explorer.one_move():
        for name in position.keys() - {HIDDEN}:
            if explorer.controls[name].value != position[name]:
                explorer.controls[name].value = position[name]
        if explorer.hidden != position[HIDDEN]:
            explorer.reveal()
            for answer in sorted(position[HIDDEN]):
                explorer.hide(answer)


def _axis(name: str, control: widgets.ValueWidget, wanted: Iterable) -> Axis:
    found = set(wanted)
    stops = {value: label for value, label in _options(control).items() if value in found}
    values = tuple((value,) for value in stops)
    return Axis((name,), control.description, values, tuple(stops.values()), isinstance(control, SLIDERS))


def _view_axis(names: Sequence[str], controls: Mapping, shown: Iterable[Position]) -> Axis:
    values = tuple(dict.fromkeys(tuple(position[name] for name in names) for position in shown))
    labels = tuple(", ".join(_named(controls[name], value) for name, value in zip(names, stop)) for stop in values)
    return Axis(tuple(names), "view", values, labels, is_slider=False)


def _named(control: widgets.ValueWidget, value: Any) -> str:
    """frozen toes"""
    return f"{control.description} {_options(control)[value]}"


def _answers_axis(hidden: Iterable[frozenset[str]]) -> Axis:
    """What is hidden in the notebook, and nothing."""
    sets = sorted({*hidden, frozenset()}, key=sorted)
    return Axis(
        (HIDDEN,),
        HIDDEN,
        tuple((each,) for each in sets),
        tuple(" ".join(sorted(each)) for each in sets),
        is_slider=False,
    )


def _alphas(explorer: Explorer, count: int) -> list[float]:
    values = explorer.alpha.values
    if values[0] > 0:
        return [values[round(step * (len(values) - 1) / (count - 1))] for step in range(count)]
    return [min(values, key=lambda alpha: abs(alpha - share * explorer.limit)) for share in SHARES_OF_LIMIT]


def _has_options(control: widgets.ValueWidget) -> bool:
    return isinstance(control, (widgets.IntSlider, widgets.SelectionSlider, widgets.Dropdown))


def _options(control: widgets.ValueWidget) -> dict[Any, str]:
    """What it can be set to, and how that is called."""
    if isinstance(control, widgets.IntSlider):
        return {number: str(number) for number in range(control.min, control.max + 1)}
    if isinstance(control.options[0], tuple):
        return {value: label for label, value in control.options}
    return {value: str(value) for value in control.options}
