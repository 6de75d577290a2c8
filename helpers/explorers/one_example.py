"""Explorers of gradient descent on one training example."""

from collections.abc import Sequence
from types import SimpleNamespace

import ipywidgets as widgets
import numpy.typing as npt

from ..figures.curves import curve_views, frame
from ..figures.history import AlphaView, ErrorHistoryView
from ..figures.matrices import OuterProductView, largest
from ..figures.network_view import NetworkView
from ..figures.numbers import number
from ..figures.picture import Picture
from ..figures.style import course_style
from ..figures.surface import ErrorSurfaceView
from ..learning import gradient_descent, largest_stable_alpha
from ..learning.descent import Descent
from .explorer import Explorer
from .sliders import AlphaSlider, even_alphas, iterations_slider, round_alphas
from .words import brief, position

ITERATIONS = 30


def named(what: str, names: Sequence[str], values: Sequence[float]) -> Sequence[str]:
    """The names; ValueError unless there is one for each of the values."""
    if len(names) != len(values):
        raise ValueError(f"{what} must give one name for each of the {len(values)} numbers; got {list(names)}.")
    return names


class OneExample(Explorer):
    """Shared by the explorers of this module: one example is learnt anew for each alpha."""

    def __init__(
        self,
        figure: Picture,
        views: list,
        alpha: AlphaSlider,
        iterations: widgets.IntSlider,
        *,
        inputs: Sequence[float],
        targets: Sequence[float],
        weights: npt.ArrayLike,
        **choices: widgets.ValueWidget,
    ):
        self.inputs, self.targets, self.weights = inputs, targets, weights
        self._learnt: Descent | None = None
        super().__init__(figure, views, alpha, iterations, **choices)

    def frozen_columns(self, at: SimpleNamespace) -> tuple[int, ...]:
        """The input columns whose weights may not change."""
        return ()

    def learn(self, at: SimpleNamespace) -> Descent:
        frozen = self.frozen_columns(at)
        if self._learnt is None or (self._learnt.alpha, self._learnt.frozen) != (at.alpha, frozen):
            self._learnt = gradient_descent(self.inputs, self.targets, self.weights, at.alpha, ITERATIONS, frozen)
        return self._learnt

    @property
    def limit(self) -> float:
        """The largest stable alpha."""
        return self.limit_at(self.position())

    def limit_at(self, at: SimpleNamespace) -> float:
        return largest_stable_alpha(self.inputs, self.frozen_columns(at))

    def sentence(self, at: SimpleNamespace, names: Sequence[str] = ("",)) -> str:
        """alpha 0.0100, 3 iterations: error 0.0196 -> 0.0000880"""
        run, limit = self.learn(at), self.limit_at(at)
        first, last = run.errors[0], run.errors[at.iterations - 1]
        errors = [f"{name} error {brief(a)} -> {brief(b)}".strip() for name, a, b in zip(names, first, last)]
        sentence = f"{position(at)}: {', '.join(errors)}"
        if at.alpha > limit:
            sentence += f"; diverges, alpha is above {number(limit)}"
        return sentence


class MultipleInputs(OneExample):
    """Several inputs, one output: the network, an error curve for each weight, the error so far."""

    @course_style()
    def __init__(
        self,
        inputs: Sequence[float],
        targets: Sequence[float],
        weights: npt.ArrayLike,
        names: Sequence[str] = ("toes", "record", "fans"),
    ):
        named("names", names, inputs)
        first = gradient_descent(inputs, targets, weights, 0, 1)[0]
        figure = Picture(860, 600)
        self.network = NetworkView(figure.add_axes_at(left=0, bottom=0.52, width=0.54, height=0.47), names, ["win"])
        self.history = ErrorHistoryView(figure.add_axes_at(left=0.62, bottom=0.6, width=0.355, height=0.34), ITERATIONS)
        row = [
            figure.add_axes_at(left=0.065 + 0.32 * i, bottom=0.19, width=0.255, height=0.27) for i in range(len(names))
        ]
        self.curves = curve_views(row, first, names)
        self.alphas = AlphaView(figure.add_axes_at(left=0.065, bottom=0.045, width=0.895, height=0.03), 0, 0.1)
        self.alphas.mark(largest_stable_alpha(inputs))
        super().__init__(
            figure, [self.network, self.history, *self.curves, self.alphas],
            AlphaSlider(0.01, even_alphas(0.1, 100)), iterations_slider(3, ITERATIONS),
            inputs=inputs, targets=targets, weights=weights,
        )  # fmt: skip

    def place(self, at: SimpleNamespace) -> str:
        run = self.learn(at)
        step = run[at.iterations - 1]
        self.network.show(step)
        for curve in self.curves:
            curve.show(step)
        self.history.show(run.errors, at.iterations)
        self.alphas.show(at.alpha)
        return self.sentence(at)


class FreezingOneWeight(OneExample):
    """Several inputs, one output, one weight frozen or none: curves, error surface, the error so far."""

    @course_style()
    def __init__(
        self,
        inputs: Sequence[float],
        targets: Sequence[float],
        weights: npt.ArrayLike,
        names: Sequence[str] = ("toes", "record", "fans"),
    ):
        self.names = named("names", names, inputs)
        first = gradient_descent(inputs, targets, weights, 0, 1)[0]
        figure = Picture(860, 640)
        row = [
            figure.add_axes_at(left=0.065 + 0.32 * i, bottom=0.68, width=0.255, height=0.26) for i in range(len(names))
        ]
        self.curves = curve_views(row, first, names, same_scale=False)
        self.windows = frame(first, same_scale=False)[0][0]
        self.surface = ErrorSurfaceView(
            figure.add_axes_at(left=0.085, bottom=0.18, width=0.4, height=0.385), first.errors.max()
        )
        self.history = ErrorHistoryView(
            figure.add_axes_at(left=0.61, bottom=0.18, width=0.36, height=0.385), ITERATIONS
        )
        self.alphas = AlphaView(
            figure.add_axes_at(left=0.065, bottom=0.045, width=0.895, height=0.03), 10**-3.0, 10**0.2, log=True
        )
        self.frozen = widgets.Dropdown(
            options=[("none", None), *((name, i) for i, name in enumerate(names))], value=0, description="frozen",
            layout={"width": "180px"},
        )  # fmt: skip
        self._aimed_for: tuple[int, ...] | None = None
        super().__init__(
            figure, [*self.curves, self.surface, self.history, self.alphas],
            AlphaSlider(0.3, round_alphas(0.001, 1.5)), iterations_slider(3, ITERATIONS), frozen=self.frozen,
            inputs=inputs, targets=targets, weights=weights,
        )  # fmt: skip

    def frozen_columns(self, at: SimpleNamespace) -> tuple[int, ...]:
        if at.frozen is None:
            return ()
        return (at.frozen,)

    def place(self, at: SimpleNamespace) -> str:
        if self._aimed_for != self.frozen_columns(at):
            self._aim(at)
        run = self.learn(at)
        for view in self.curves:
            view.show(run[at.iterations - 1])
        self.surface.show(run, at.iterations)
        self.history.show(run.errors, at.iterations)
        self.alphas.show(at.alpha)
        frozen = "nothing"
        if at.frozen is not None:
            frozen = self.names[at.frozen]
        return f"{frozen} frozen, {self.sentence(at)}"

    def _aim(self, at: SimpleNamespace) -> None:
        """Mark the limit of alpha, and let the surface look at two weights that may learn."""
        self.live.forget_background()
        self.alphas.mark(self.limit_at(at))
        free = [i for i in range(len(self.names)) if i != at.frozen]
        pair = (free[0], free[-1])
        self.surface.look_at(pair, self.windows[list(pair)], self.names)
        self._aimed_for = self.frozen_columns(at)


class MultipleOutputs(OneExample):
    """One or several inputs, several outputs: the network, its weight_deltas, each output's error so far."""

    @course_style()
    def __init__(
        self,
        inputs: Sequence[float],
        targets: Sequence[float],
        weights: npt.ArrayLike,
        names: Sequence[str],
        outputs: Sequence[str] = ("hurt", "win", "sad"),
    ):
        named("names", names, inputs)
        self.outputs = named("outputs", outputs, targets)
        first = gradient_descent(inputs, targets, weights, 0, 1)[0]
        self.scale = largest(first.weight_deltas)
        start, highest, steps = (0.1, 6, 120) if len(inputs) == 1 else (0.01, 0.1, 100)
        figure = Picture(860, 560)
        self.network = NetworkView(figure.add_axes_at(left=0, bottom=0.46, width=0.56, height=0.53), names, outputs)
        self.table = OuterProductView(
            figure.add_axes_at(left=0.56, bottom=0.52, width=0.43, height=0.46), names, outputs
        )
        self.history = ErrorHistoryView(
            figure.add_axes_at(left=0.065, bottom=0.2, width=0.895, height=0.21), ITERATIONS, outputs
        )
        self.alphas = AlphaView(figure.add_axes_at(left=0.065, bottom=0.05, width=0.895, height=0.03), 0, highest)
        self.alphas.mark(largest_stable_alpha(inputs))
        super().__init__(
            figure, [self.network, self.table, self.history, self.alphas],
            AlphaSlider(start, even_alphas(highest, steps)), iterations_slider(1, ITERATIONS),
            inputs=inputs, targets=targets, weights=weights,
        )  # fmt: skip

    def place(self, at: SimpleNamespace) -> str:
        run = self.learn(at)
        step = run[at.iterations - 1]
        self.network.show(step)
        self.table.show(step, self.scale)
        self.history.show(run.errors, at.iterations)
        self.alphas.show(at.alpha)
        return self.sentence(at, self.outputs)
