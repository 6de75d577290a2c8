"""Explorers of gradient descent on one training example."""

import ipywidgets as widgets

from ..figures.curves import curve_views, frame
from ..figures.history import AlphaView, ErrorHistoryView
from ..figures.matrices import OuterProductView, largest
from ..figures.network import NetworkView
from ..figures.picture import Picture, number
from ..figures.surface import ErrorSurfaceView
from ..learning import gradient_descent, largest_stable_alpha
from .explorer import Explorer, RoundAlphaSlider, alpha_slider, brief, iterations_slider, position

ITERATIONS = 30


def named(what, names, values):
    """The names; ValueError unless there is one for each of the values."""
    if len(names) != len(values):
        raise ValueError(f"{what} must give one name for each of the {len(values)} numbers; got {list(names)}.")
    return names


class OneExample(Explorer):
    """Shared by the explorers of this module: one example is learnt anew for each alpha."""

    frozen_columns = ()

    def __init__(self, figure, views, alpha, iterations, *choices, inputs, targets, weights):
        self.inputs, self.targets, self.weights = inputs, targets, weights
        self.alphas.mark(self.limit)
        super().__init__(figure, views, alpha, iterations, *choices)

    def learn(self):
        self.run = gradient_descent(
            self.inputs, self.targets, self.weights, self.alpha.value, ITERATIONS, self.frozen_columns
        )

    @property
    def limit(self):
        """The largest stable alpha."""
        return largest_stable_alpha(self.inputs, self.frozen_columns)

    def sentence(self, names=("",)):
        """alpha 0.0100, 3 iterations: error 0.0196 -> 0.0000880"""
        first, last = self.run.errors[0], self.run.errors[self.iterations.value - 1]
        errors = [f"{name} error {brief(a)} -> {brief(b)}".strip() for name, a, b in zip(names, first, last)]
        diverges = self.alpha.value > self.limit
        warning = f"; diverges, alpha is above {number(self.limit)}" if diverges else ""
        return f"{position(self)}: {', '.join(errors)}{warning}"


class MultipleInputs(OneExample):
    """Several inputs, one output: the network, an error curve for each weight, the error so far."""

    def __init__(self, inputs, targets, weights, names=("toes", "record", "fans")):
        named("names", names, inputs)
        first = gradient_descent(inputs, targets, weights, 0, 1)[0]
        figure = Picture(860, 600)
        self.network = NetworkView(figure.add_axes((0, 0.52, 0.54, 0.47)), names, ["win"])
        self.history = ErrorHistoryView(figure.add_axes((0.62, 0.6, 0.355, 0.34)), ITERATIONS)
        row = [figure.add_axes((0.065 + 0.32 * i, 0.19, 0.255, 0.27)) for i in range(len(names))]
        self.curves = curve_views(row, first, names)
        self.alphas = AlphaView(figure.add_axes((0.065, 0.045, 0.895, 0.03)), 0, 0.1)
        super().__init__(
            figure, [self.network, self.history, *self.curves, self.alphas],
            alpha_slider(0.01, 0, 0.1, 0.001), iterations_slider(3, ITERATIONS),
            inputs=inputs, targets=targets, weights=weights,
        )  # fmt: skip

    def draw(self):
        step = self.run[self.iterations.value - 1]
        for view in (self.network, *self.curves):
            view.show(step)
        self.history.show(self.run.errors, self.iterations.value)
        self.alphas.show(self.alpha.value)
        return self.sentence()


class FreezingOneWeight(OneExample):
    """Several inputs, one output, one weight frozen or none: curves, error surface, the error so far."""

    def __init__(self, inputs, targets, weights, names=("toes", "record", "fans")):
        self.names = named("names", names, inputs)
        first = gradient_descent(inputs, targets, weights, 0, 1)[0]
        figure = Picture(860, 640)
        row = [figure.add_axes((0.065 + 0.32 * i, 0.68, 0.255, 0.26)) for i in range(len(names))]
        self.curves = curve_views(row, first, names, same_scale=False)
        self.windows = frame(first, same_scale=False)[0][0]
        self.surface = ErrorSurfaceView(figure.add_axes((0.085, 0.18, 0.4, 0.385)), first.errors.max())
        self.history = ErrorHistoryView(figure.add_axes((0.61, 0.18, 0.36, 0.385)), ITERATIONS)
        self.alphas = AlphaView(figure.add_axes((0.065, 0.045, 0.895, 0.03)), 10**-3.0, 10**0.2, log=True)
        self.frozen = widgets.Dropdown(
            options=[("none", None), *((name, i) for i, name in enumerate(names))], value=0, description="frozen",
            layout={"width": "180px"},
        )  # fmt: skip
        self._aim()
        super().__init__(
            figure, [*self.curves, self.surface, self.history, self.alphas],
            RoundAlphaSlider(0.3, 0.001, 1.5), iterations_slider(3, ITERATIONS), self.frozen,
            inputs=inputs, targets=targets, weights=weights,
        )  # fmt: skip
        self.frozen.observe(self._freeze, "value")

    @property
    def frozen_columns(self):
        return () if self.frozen.value is None else (self.frozen.value,)

    def _aim(self):
        """Let the surface look at two weights that may learn."""
        free = [i for i in range(len(self.names)) if i != self.frozen.value]
        pair = (free[0], free[-1])
        self.surface.look_at(pair, self.windows[list(pair)], self.names)

    def draw(self):
        for view in self.curves:
            view.show(self.run[self.iterations.value - 1])
        self.surface.show(self.run, self.iterations.value)
        self.history.show(self.run.errors, self.iterations.value)
        self.alphas.show(self.alpha.value)
        frozen = "nothing" if self.frozen.value is None else self.names[self.frozen.value]
        return f"{frozen} frozen, {self.sentence()}"

    def _freeze(self, change):
        self.alphas.mark(self.limit)
        self._aim()
        self.learn()
        self.redraw()


class MultipleOutputs(OneExample):
    """One or several inputs, several outputs: the network, its weight_deltas, each output's error so far."""

    def __init__(self, inputs, targets, weights, names, outputs=("hurt", "win", "sad")):
        named("names", names, inputs)
        self.outputs = named("outputs", outputs, targets)
        first = gradient_descent(inputs, targets, weights, 0, 1)[0]
        self.scale = largest(first.weight_deltas)
        highest = 6 if len(inputs) == 1 else 0.1
        figure = Picture(860, 560)
        self.network = NetworkView(figure.add_axes((0, 0.46, 0.56, 0.53)), names, outputs)
        self.table = OuterProductView(figure.add_axes((0.56, 0.52, 0.43, 0.46)), names, outputs)
        self.history = ErrorHistoryView(figure.add_axes((0.065, 0.2, 0.895, 0.21)), ITERATIONS, outputs)
        self.alphas = AlphaView(figure.add_axes((0.065, 0.05, 0.895, 0.03)), 0, highest)
        super().__init__(
            figure, [self.network, self.table, self.history, self.alphas],
            alpha_slider(highest / 60 if len(inputs) == 1 else 0.01, 0, highest, highest / 100),
            iterations_slider(1, ITERATIONS),
            inputs=inputs, targets=targets, weights=weights,
        )  # fmt: skip

    def draw(self):
        step = self.run[self.iterations.value - 1]
        self.network.show(step)
        self.table.show(step, self.scale)
        self.history.show(self.run.errors, self.iterations.value)
        self.alphas.show(self.alpha.value)
        return self.sentence(self.outputs)
