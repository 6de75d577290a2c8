"""What all explorers share: sliders above, a picture below, and a sentence that says what it shows."""

from html import escape
from types import SimpleNamespace
from typing import Any

import ipywidgets as widgets
from IPython.display import display
from traitlets import Bunch

from ..figures.picture import Picture, encode, png_bundle
from .live import LivePicture
from .slider_access import SliderAccess
from .sliders import AlphaSlider

BRING_BACK = "To move the sliders, choose Run → Run All Cells."


class LiveBox(widgets.VBox):
    """Controls and the picture that follows them.

    `figure` is the matplotlib figure, `summary` one sentence with the numbers shown. As the result of a cell
    it is the live widget where there is a kernel; where there is none, a PNG, the summary, and how to get the controls.

    A subclass builds its figure, puts what is in the box into `children`, and says in `position` what is chosen, and in
    `place` what the picture shows of it. However a move was interrupted: whoever looks next sees what is chosen then.
    """

    def __init__(self, figure: Picture, views: list):
        self.figure = figure
        self.live = LivePicture(figure, [artist for view in views for artist in view.moving], self._place_now)
        self._shown: SimpleNamespace | None = None
        self._no_controls = widgets.Box(layout={"display": "none"})
        super().__init__()
        self.add_class("explorer")

    def position(self) -> SimpleNamespace:
        """What is chosen now: a namespace with a value for each control."""
        raise NotImplementedError

    def place(self, at: SimpleNamespace) -> str:
        """Put the moving artists where they belong at a position; return the summary."""
        raise NotImplementedError

    @property
    def summary(self) -> str:
        with self.live.lock:
            self._catch_up()
            return self.live.words

    def cell_outputs(self) -> list[tuple[dict, dict]]:
        """What a cell shows: (data, metadata) of the box, then of what stands below its picture without a kernel."""
        nothing = self._no_controls._repr_mimebundle_()
        html = f"<p>{escape(self.summary)}</p>\n<p><i>{BRING_BACK}</i></p>"
        return [self._repr_mimebundle_(), ({**nothing, "text/html": html, "text/plain": BRING_BACK}, {})]

    def _ipython_display_(self) -> None:
        for data, metadata in self.cell_outputs():
            display(data, metadata=metadata, raw=True)

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict, dict]:
        live = super()._repr_mimebundle_(**options)
        with self.live.lock:
            summary = self.summary
            png = encode(self.figure.canvas.buffer_rgba(), compress_level=9)
            self.live.keep_still(png)
            still, metadata = png_bundle(self.figure, png, summary)
        return {**live, **still}, metadata

    def __repr__(self) -> str:
        return self.summary

    def _move(self, change: Bunch | None = None) -> None:
        with self.live.lock:
            self._shown = None
            self.live.draw()
            self._shown = self._placed

    def _catch_up(self) -> None:
        if self._shown != self.position():
            self._move()

    def _place_now(self) -> str:
        at = self.position()
        words = self.place(at)
        self._placed = at
        return words


class Explorer(LiveBox):
    """A picture that follows the sliders `alpha` and `iterations`, and perhaps other choices.

    A subclass says what it learns in `learn`, and draws it in `place`. Both get the position, since a control may be
    moved on meanwhile, by another thread: `at.alpha`, `at.iterations`, and one for each choice.
    """

    def __init__(
        self,
        figure: Picture,
        views: list,
        alpha: AlphaSlider,
        iterations: widgets.IntSlider,
        **choices: widgets.ValueWidget,
    ):
        self.alpha, self.iterations = alpha, iterations
        self.controls = {"alpha": alpha, "iterations": iterations, **choices}
        super().__init__(figure, views)
        row = widgets.HBox(list(self.controls.values()), layout={"flex_flow": "row wrap"})
        sliders = [each for each in self.controls.values() if not isinstance(each, widgets.Dropdown)]
        self.children = [row, SliderAccess(*sliders), self.live]
        self._move()
        for control in self.controls.values():
            control.observe(self._move, "value")

    def position(self) -> SimpleNamespace:
        return SimpleNamespace(**{name: control.value for name, control in self.controls.items()})

    def learn(self, at: SimpleNamespace) -> Any:
        """What is learnt at a position; kept, so that it is learnt once."""
        raise NotImplementedError

    @property
    def run(self) -> Any:
        """What is learnt where the controls are now."""
        with self.live.lock:
            return self.learn(self.position())
