"""What all explorers share: sliders above, a picture below, and a sentence that says what it shows."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from types import MappingProxyType, SimpleNamespace
from typing import Any

import ipywidgets as widgets
from IPython.display import display
from matplotlib.artist import Artist
from traitlets import Bunch

from ..arguments import choice, quoted
from ..figures.picture import Picture, encode, png_bundle
from .live import LivePicture
from .player import Player
from .slider_access import SliderAccess
from .sliders import AlphaSlider

SLIDERS = (widgets.IntSlider, widgets.SelectionSlider)
IN_ROWS = {"flex_flow": "row wrap", "align_items": "center"}
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
        moving = [artist for view in views for artist in view.moving]
        self.live = LivePicture(figure, moving, self.scenery(), self._place_now)
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

    def scenery(self) -> list[Artist]:
        """What changes now and then, and lies below the moving artists; `live.forget_scenery` has it drawn anew."""
        return []

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
        words = self._place_at(at)
        self._placed = at
        return words

    def _place_at(self, at: SimpleNamespace) -> str:
        return self.place(at)


class Explorer(LiveBox):
    """A picture that follows the sliders `alpha` and `iterations`, and perhaps other choices.

    A subclass says what it learns in `learn`, and draws it in `place`. Both get the position, since a control may be
    moved on meanwhile, by another thread: `at.alpha`, `at.iterations`, one for each choice, and `at.hidden`, the
    answers that are kept secret. What stands still in the picture, such as the axes and what is marked on them, is a
    `scene`, which the subclass sets up in `set_scene`. `player` has the buttons that move the iterations.

    `answers` are what can be hidden. choices: more controls, by name. below: those that stand below the picture.
    """

    answers: tuple[str, ...] = ()

    def __init__(
        self,
        figure: Picture,
        views: list,
        alpha: AlphaSlider,
        iterations: widgets.IntSlider,
        *,
        below: Mapping[str, widgets.ValueWidget] = MappingProxyType({}),
        **choices: widgets.ValueWidget,
    ):
        self.alpha, self.iterations = alpha, iterations
        self.controls = {"alpha": alpha, "iterations": iterations, **choices, **below}
        self.hidden: frozenset[str] = frozenset()
        self._scene: tuple | None = None
        self._is_held = False
        super().__init__(figure, views)
        self.player = Player(iterations)
        self.show_button = widgets.Button(description="show the answers", layout={"width": "auto", "display": "none"})
        sliders = [each for each in (alpha, iterations, *choices.values()) if isinstance(each, SLIDERS)]
        others = [each for each in choices.values() if not isinstance(each, SLIDERS)]
        self.children = [
            widgets.HBox(sliders, layout=IN_ROWS),
            widgets.HBox([self.player, *others, self.show_button], layout=IN_ROWS),
            SliderAccess(*sliders),
            self.live,
            *below.values(),
        ]
        self._move()
        self.show_button.on_click(lambda button: self.reveal(*self.hidden))
        for control in self.controls.values():
            control.observe(self._move, "value")

    def position(self) -> SimpleNamespace:
        values = {name: control.value for name, control in self.controls.items()}
        return SimpleNamespace(**values, hidden=self.hidden)

    def learn(self, at: SimpleNamespace) -> Any:
        """What is learnt at a position; kept, so that it is learnt once."""
        raise NotImplementedError

    def scene(self, at: SimpleNamespace) -> object:
        """What stands still at a position, as a value that differs when it does."""
        return None

    def set_scene(self, at: SimpleNamespace) -> None:
        """Set up what stands still at a position."""

    @property
    def run(self) -> Any:
        """What is learnt where the controls are now."""
        with self.live.lock:
            return self.learn(self.position())

    def hide(self, answer: str) -> None:
        """Keep what answers a question out of the picture, until it is revealed or the reader asks for it.

        answer: one of `answers`; ValueError for another.
        """
        self._check_answers(answer)
        self._set_hidden(self.hidden | {answer})

    def reveal(self, *answers: str) -> None:
        """Show answers that were hidden; all of them if none is named. ValueError for what is no answer."""
        self._check_answers(*answers)
        self._set_hidden(self.hidden - set(answers or self.hidden))

    def _check_answers(self, *answers: str) -> None:
        for answer in answers:
            if not self.answers:
                raise ValueError(
                    f"answer must be one that can be hidden; this explorer has none; got {quoted(answer)}."
                )
            choice("answer", answer, self.answers)

    @contextmanager
    def one_move(self) -> Iterator[None]:
        """Inside, controls can be set one after the other; the picture follows when all are."""
        with self.live.lock:
            self._is_held = True
            try:
                yield
            finally:
                self._is_held = False
            self._move()

    def _set_hidden(self, hidden: frozenset[str]) -> None:
        self.hidden = hidden
        self.show_button.layout.display = None if hidden else "none"
        self._move()

    def _move(self, change: Bunch | None = None) -> None:
        if not self._is_held:
            super()._move(change)

    def _place_at(self, at: SimpleNamespace) -> str:
        scene = (self.scene(at),)
        if self._scene != scene:
            self._scene = None  # if this is interrupted, nobody knows what is set up
            self.live.forget_background()
            self.set_scene(at)
            self._scene = scene
        return super()._place_at(at)
