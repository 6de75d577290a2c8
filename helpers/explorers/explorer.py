"""What all explorers share: sliders above, a picture below, and a sentence that says what it shows."""

import ipywidgets as widgets
from traitlets import validate

from ..figures.picture import image_bundle, number
from .live import LivePicture
from .names import SliderNames

WIDE = {"style": {"description_width": "70px"}, "layout": {"width": "400px"}}


class LiveBox(widgets.VBox):
    """Controls and the picture that follows them.

    `figure` is the matplotlib figure, `summary` one sentence with the numbers shown. As the result of a cell
    it is the live widget where there is a kernel, and a PNG with the summary as text where there is none.

    A subclass builds its figure, puts what is in the box into `children`, and draws in `draw`.
    """

    def __init__(self, figure, views):
        self.figure = figure
        self._live = LivePicture(figure, [artist for view in views for artist in view.moving])
        super().__init__()
        self.add_class("explorer")

    def draw(self):
        """Put the present position on the figure; return the summary."""
        raise NotImplementedError

    def redraw(self):
        """Draw the whole figure anew: for a change of what a control does not move."""
        self._tell()
        self._live.draw_all()

    def _move(self, change):
        self._tell()
        self._live.draw()

    def _tell(self):
        self.summary = self._live.words = self.draw()

    def _repr_mimebundle_(self, **options):
        live = super()._repr_mimebundle_(**options)
        still, metadata = image_bundle(self.figure, self.summary)
        return {**live, **still}, metadata

    def __repr__(self):
        return self.summary


class Explorer(LiveBox):
    """A picture that follows the sliders `alpha` and `iterations`, and perhaps other choices.

    A subclass says what it learns in `learn`, and draws it in `draw`.
    """

    def __init__(self, figure, views, alpha, iterations, *choices):
        self.alpha, self.iterations = alpha, iterations
        super().__init__(figure, views)
        controls = widgets.HBox([alpha, iterations, *choices], layout={"flex_flow": "row wrap"})
        self.children = [controls, SliderNames(), self._live]
        self.learn()
        self.redraw()
        alpha.observe(self._relearn, "value")
        iterations.observe(self._move, "value")

    def learn(self):
        """Compute the whole path for the present alpha."""
        raise NotImplementedError

    def _relearn(self, change):
        self.learn()
        self._move(change)


def alpha_slider(value, lowest, highest, step):
    return widgets.FloatSlider(
        value, min=lowest, max=highest, step=step, description="alpha", readout_format=".3f", **WIDE
    )


class RoundAlphaSlider(widgets.SelectionSlider):
    """Round alphas from `lowest` to `highest`, closer together where they are small: 0.001, 0.0011 ... 0.3, 0.32.

    A value set from code becomes the nearest of them. (`FloatLogSlider` would round it too, but in the page only, and
    send that back to the kernel some time later, perhaps after the code has gone on to the next value.)
    """

    def __init__(self, value, lowest, highest):
        alphas = [alpha for alpha in _round_numbers() if lowest <= alpha <= highest]
        options = [(f"{alpha:g}", alpha) for alpha in alphas]
        super().__init__(options=options, value=value, description="alpha", **WIDE)

    @property
    def values(self):
        return self._options_values

    @validate("value")
    def _validate_value(self, proposal):
        return min(self.values, key=lambda alpha: abs(alpha - proposal.value))


def _round_numbers():
    digits = [*range(10, 20), *range(20, 50, 2), *range(50, 100, 5)]
    return [float(f"{two}e{power}") for power in range(-6, 2) for two in digits]


def iterations_slider(value, highest):
    return widgets.IntSlider(value, min=1, max=highest, description="iterations", **WIDE)


def position(explorer, one="iteration", many="iterations"):
    """The sliders in words: alpha 0.0100, 3 iterations."""
    n = explorer.iterations.value
    return f"alpha {brief(explorer.alpha.value)}, {n} {one if n == 1 else many}"


def brief(value):
    """Three significant digits, zeros kept: 0.0100, 0.0000880."""
    return number(value, 3, keep_zeros=True)
