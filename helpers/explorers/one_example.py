"""Explorers of gradient descent on one training example."""

from collections.abc import Mapping, Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any

import ipywidgets as widgets
import numpy as np
import numpy.typing as npt
from matplotlib.artist import Artist

from .. import arguments
from ..datasets import season
from ..figures.curves import ErrorCurveView, curve_views, errors_after, frame
from ..figures.given import check_nodes
from ..figures.history import LINE_STYLES, AlphaView, ErrorHistoryView
from ..figures.matrices import OuterProductView, largest
from ..figures.network_view import NetworkView
from ..figures.numbers import number
from ..figures.picture import Picture
from ..figures.style import course_style
from ..figures.surface import SMALLEST, ErrorSurfaceView
from ..figures.trail import explain_trail
from ..figures.zoom import ZoomNote, smallest_zoom
from ..learning import gradient_descent, largest_stable_alpha
from ..learning.descent import Descent
from .choices import Dropdown, ZoomChoice
from .example import Example, ExampleFields, small
from .explorer import Explorer
from .live import Grip
from .sliders import AlphaSlider, even_alphas, iterations_slider, round_alphas
from .words import brief, position

ITERATIONS = 30
MOST_CURVES, MOST_INPUTS = 3, 6  # with one output, with several
HINT = "the limit is marked once you have committed to an answer"


def of_one_output(inputs: npt.ArrayLike, targets: npt.ArrayLike, weights: npt.ArrayLike, fewest: int) -> Example:
    """The example; ValueError unless it has one output, and as many inputs as there is room for error curves."""
    example = small(Example.of(inputs, targets, weights))
    if len(example.targets) != 1:
        raise ValueError(f"targets must be one number, as there is one output; got {len(example.targets)}.")
    if not fewest <= len(example.inputs) <= MOST_CURVES:
        raise ValueError(
            f"inputs must be from {fewest} to {MOST_CURVES} numbers, each with an error curve; "
            f"got {len(example.inputs)}."
        )
    return example


class OneExample(Explorer):
    """Shared by the explorers of this module: one example is learnt anew for each alpha.

    `example` holds the numbers that are learnt, and where learning starts; a reader can change them.
    The answers that can be hidden: "limit", the largest stable alpha, and "way", where the steps came from and go to.
    """

    answers = ("limit", "way")
    alphas: AlphaView
    history: ErrorHistoryView

    def __init__(
        self,
        figure: Picture,
        views: list,
        alpha: AlphaSlider,
        iterations: widgets.IntSlider,
        *,
        example: Example,
        names: Sequence[str],
        outputs: Sequence[str],
        **choices: widgets.ValueWidget,
    ):
        self._learnt: tuple[tuple, Descent] | None = None
        games = season.games_like(example.inputs, names, outputs)
        self.example = ExampleFields(example, names, outputs, games)
        views = [*views, self.history, self.alphas]
        super().__init__(figure, views, alpha, iterations, below={"example": self.example}, **choices)

    def frozen_columns(self, at: SimpleNamespace) -> tuple[int, ...]:
        """The input columns whose weights may not change."""
        return ()

    def learn(self, at: SimpleNamespace) -> Descent:
        asked = *at.example, at.alpha, ITERATIONS, self.frozen_columns(at)
        if self._learnt is None or self._learnt[0] != asked:
            self._learnt = asked, gradient_descent(*asked)
        return self._learnt[1]

    @property
    def limit(self) -> float:
        """The largest stable alpha."""
        return self.limit_at(self.position())

    def limit_at(self, at: SimpleNamespace) -> float:
        return largest_stable_alpha(at.example.inputs, self.frozen_columns(at))

    def scene(self, at: SimpleNamespace) -> tuple:
        return at.example.inputs, self.frozen_columns(at), "limit" in at.hidden

    def set_scene(self, at: SimpleNamespace) -> None:
        if "limit" in at.hidden:
            self.alphas.mark_nothing(HINT)
        else:
            self.alphas.mark(self.limit_at(at))

    def place(self, at: SimpleNamespace) -> str:
        run = self.learn(at)
        self.history.show(run.errors, at.iterations)
        if "way" not in at.hidden:
            self.history.show_landing(errors_after(run[at.iterations - 1]), at.iterations)
        self.alphas.show(at.alpha)
        return self.sentence(at)

    def sentence(self, at: SimpleNamespace, names: Sequence[str] = ("",)) -> str:
        """alpha 0.0100, 3 iterations: error 0.0196 -> 0.0000880"""
        run, limit = self.learn(at), self.limit_at(at)
        first, last = run.errors[0], run.errors[at.iterations - 1]
        errors = [f"{name} error {brief(a)} -> {brief(b)}".strip() for name, a, b in zip(names, first, last)]
        sentence = f"{position(at)}: {', '.join(errors)}"
        if at.alpha > limit and "limit" not in at.hidden:
            sentence += f"; diverges, alpha is above {number(limit)}"
        return sentence


class OnCurves(OneExample):
    """Shared by the explorers of one output: an error curve for each weight, whose point can be dragged, and a zoom.

    windows: (n_in, 2), limit: the weights and errors that are shown without zooming out.
    """

    def __init__(
        self,
        figure: Picture,
        views: list,
        *arguments: widgets.ValueWidget,
        curves: Sequence[ErrorCurveView],
        windows: np.ndarray,
        limit: float,
        zoom_note: ZoomNote,
        names: Sequence[str],
        **options: Any,
    ):
        self.curves, self.windows, self.error_limit, self.zoom_note = curves, windows, limit, zoom_note
        self.zoom = ZoomChoice()
        self._zoomed: float | None = None
        super().__init__(
            figure, [*views, *curves, zoom_note], *arguments, names=names, outputs=["win"], zoom=self.zoom, **options
        )
        self.live.grips = [
            Grip(f"weight of {name}", curve.position, partial(self._drag_on_curve, curve), partial(self._weight, curve))
            for name, curve in zip(names, curves)
        ]

    def position(self) -> SimpleNamespace:
        at = super().position()
        at.zoom = self.zoom.held()
        return at

    def zoom_at(self, at: SimpleNamespace) -> float:
        """What was chosen, or else the least that shows all points."""
        if at.zoom is not None:
            return at.zoom
        run, now = self.learn(at), at.iterations - 1
        weights, errors = run.weights[: now + 2, 0], [*run.errors[: now + 1, 0], *errors_after(run[now])]
        if "way" in at.hidden:
            weights, errors = weights[[now]], errors[now : now + 1]
        return smallest_zoom(self.windows, weights, self.error_limit, np.array(errors))

    def set_scene(self, at: SimpleNamespace) -> None:
        super().set_scene(at)
        self._zoomed = None

    def scenery(self) -> list[Artist]:
        return [axis for curve in self.curves for axis in (curve.axes.xaxis, curve.axes.yaxis)]

    def zoom_to(self, zoom: float) -> None:
        for curve in self.curves:
            curve.zoom_to(zoom)

    def place(self, at: SimpleNamespace) -> str:
        zoom = self.zoom_at(at)
        if self._zoomed != zoom:
            self._zoomed = None  # if this is interrupted, nobody knows how far it has come
            self.live.forget_scenery()
            self.zoom_to(zoom)
            self._zoomed = zoom
        run = self.learn(at)
        for curve in self.curves:
            curve.show(run[at.iterations - 1])
        self.show_way(at, self.curves)
        self.zoom_note.show(zoom)
        return super().place(at)

    def show_way(self, at: SimpleNamespace, views: Sequence[ErrorCurveView | ErrorSurfaceView]) -> None:
        for view in views:
            if "way" in at.hidden:
                view.show_no_way()
            else:
                view.show_way(self.learn(at), at.iterations)

    def stand_at(self, weights: Mapping[int, float], is_last: bool) -> None:
        """Start anew where learning is now, but with other weights in some columns. While dragging, the zoom stays."""
        with self.one_move():
            at = self.position()
            start = self.learn(at).weights[at.iterations - 1].copy()
            for column, weight in weights.items():
                digits = 3 - int(np.floor(np.log10(self.zoom_at(at) * np.ptp(self.windows[column]))))
                start[0, column] = round(weight, digits)
            self.zoom.in_hand = self.zoom_at(at)
            if is_last:
                self.zoom.in_hand = None
            self.example.value = at.example.with_weights(start)
            self.iterations.value = 1

    def _drag_on_curve(self, curve: ErrorCurveView, x: float, y: float, is_last: bool) -> None:
        self.stand_at({curve.column: curve.weight_at(x, y)}, is_last)

    def _weight(self, curve: ErrorCurveView) -> float:
        at = self.position()
        return float(f"{self.learn(at).weights[at.iterations - 1, 0, curve.column]:.4g}")


class MultipleInputs(OnCurves):
    """Several inputs, one output: the network, an error curve for each weight, the error so far."""

    @course_style()
    def __init__(
        self,
        inputs: Sequence[float],
        targets: Sequence[float],
        weights: npt.ArrayLike,
        names: Sequence[str] = ("toes", "record", "fans"),
    ):
        example = of_one_output(inputs, targets, weights, fewest=1)
        names = arguments.names("names", names, len(example.inputs))
        first = gradient_descent(*example, 0, 1)[0]
        figure = Picture(860, 590)
        self.network = NetworkView(figure.add_axes_at(left=0, bottom=0.52, width=0.54, height=0.47), names, ["win"])
        self.history = ErrorHistoryView(figure.add_axes_at(left=0.62, bottom=0.6, width=0.355, height=0.34), ITERATIONS)
        row = [
            figure.add_axes_at(left=0.085 + 0.315 * i, bottom=0.215, width=0.245, height=0.255)
            for i in range(len(names))
        ]
        windows, limit = frame(first, same_scale=False)
        self.alphas = AlphaView(figure.add_axes_at(left=0.065, bottom=0.045, width=0.895, height=0.03), 0, 0.1)
        explain_trail(figure, left=0.065, bottom=0.108)
        note = ZoomNote(figure, bottom=0.108, right=0.96)
        super().__init__(
            figure, [self.network], AlphaSlider(0.01, even_alphas(0.1, 100)), iterations_slider(3, ITERATIONS),
            curves=curve_views(row, first, names, same_scale=False), windows=windows[0], limit=limit, zoom_note=note,
            example=example, names=names,
        )  # fmt: skip

    def place(self, at: SimpleNamespace) -> str:
        self.network.show(self.learn(at)[at.iterations - 1])
        return super().place(at)


class FreezingOneWeight(OnCurves):
    """Several inputs, one output, one weight frozen or none: curves, error surface, the error so far."""

    @course_style()
    def __init__(
        self,
        inputs: Sequence[float],
        targets: Sequence[float],
        weights: npt.ArrayLike,
        names: Sequence[str] = ("toes", "record", "fans"),
    ):
        example = of_one_output(inputs, targets, weights, fewest=2)
        self.names = names = arguments.names("names", names, len(example.inputs))
        first = gradient_descent(*example, 0, 1)[0]
        figure = Picture(860, 600)
        row = [
            figure.add_axes_at(left=0.085 + 0.315 * i, bottom=0.7, width=0.245, height=0.24) for i in range(len(names))
        ]
        windows, limit = frame(first, same_scale=False)
        self.surface = ErrorSurfaceView(
            figure.add_axes_at(left=0.085, bottom=0.215, width=0.44, height=0.36), max(first.errors.max(), SMALLEST)
        )
        self.history = ErrorHistoryView(
            figure.add_axes_at(left=0.61, bottom=0.215, width=0.36, height=0.36), ITERATIONS
        )
        self.alphas = AlphaView(
            figure.add_axes_at(left=0.065, bottom=0.045, width=0.895, height=0.03), 10**-3.0, 10**0.2, log=True
        )
        self.frozen = Dropdown(
            options=[("none", None), *((name, i) for i, name in enumerate(names))], value=0, description="frozen",
            layout={"width": "180px"},
        )  # fmt: skip
        explain_trail(figure, left=0.065, bottom=0.108)
        note = ZoomNote(figure, bottom=0.108, right=0.96)
        super().__init__(
            figure, [self.surface], AlphaSlider(0.3, round_alphas(0.001, 1.5)), iterations_slider(3, ITERATIONS),
            curves=curve_views(row, first, names, same_scale=False), windows=windows[0], limit=limit,
            zoom_note=note, example=example, names=names,
            frozen=self.frozen,
        )  # fmt: skip
        self.live.grips.append(Grip("point on the map", self.surface.position, self._drag_on_map))

    def frozen_columns(self, at: SimpleNamespace) -> tuple[int, ...]:
        if at.frozen is None:
            return ()
        return (at.frozen,)

    def set_scene(self, at: SimpleNamespace) -> None:
        """The surface looks at two weights that may learn; of two inputs, at both weights."""
        super().set_scene(at)
        free = [i for i in range(len(self.names)) if i != at.frozen or len(self.names) == 2]
        pair = [free[0], free[-1]]
        self.surface.look_at(pair, self.windows[pair], self.names)

    def scenery(self) -> list[Artist]:
        return [*super().scenery(), self.surface.axes.xaxis, self.surface.axes.yaxis]

    def zoom_to(self, zoom: float) -> None:
        super().zoom_to(zoom)
        self.surface.zoom_to(zoom)

    def place(self, at: SimpleNamespace) -> str:
        words = super().place(at)
        self.surface.show(self.learn(at), at.iterations)
        self.show_way(at, [self.surface])
        frozen = "nothing"
        if at.frozen is not None:
            frozen = self.names[at.frozen]
        return f"{frozen} frozen, {words}"

    def _drag_on_map(self, x: float, y: float, is_last: bool) -> None:
        self.stand_at(dict(zip(self.surface.columns, self.surface.weights_at(x, y))), is_last)


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
        example = small(Example.of(inputs, targets, weights))
        names = arguments.names("names", names, len(example.inputs))
        self.outputs = outputs = arguments.names("outputs", outputs, len(example.targets))
        check_nodes("inputs", example.inputs, MOST_INPUTS)
        check_nodes("targets", example.targets, len(LINE_STYLES))
        first = gradient_descent(*example, 0, 1)[0]
        self.scale = largest(first.weight_deltas)
        start, highest, steps = (0.1, 6, 120) if len(names) == 1 else (0.01, 0.1, 100)
        figure = Picture(860, 560)
        self.network = NetworkView(figure.add_axes_at(left=0, bottom=0.46, width=0.56, height=0.53), names, outputs)
        self.table = OuterProductView(
            figure.add_axes_at(left=0.56, bottom=0.52, width=0.43, height=0.46), names, outputs
        )
        self.history = ErrorHistoryView(
            figure.add_axes_at(left=0.065, bottom=0.2, width=0.895, height=0.21), ITERATIONS, outputs
        )
        self.alphas = AlphaView(figure.add_axes_at(left=0.065, bottom=0.05, width=0.895, height=0.03), 0, highest)
        super().__init__(
            figure, [self.network, self.table],
            AlphaSlider(start, even_alphas(highest, steps)), iterations_slider(1, ITERATIONS),
            example=example, names=names, outputs=outputs,
        )  # fmt: skip

    def place(self, at: SimpleNamespace) -> str:
        step = self.learn(at)[at.iterations - 1]
        self.network.show(step)
        self.table.show(step, self.scale)
        return super().place(at)

    def sentence(self, at: SimpleNamespace, names: Sequence[str] = ()) -> str:
        return super().sentence(at, self.outputs)
