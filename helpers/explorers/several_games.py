"""An explorer of several games that are learnt in turn."""

from collections.abc import Sequence
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import numpy.typing as npt

from .. import arguments
from ..figures.game_errors import GameErrorsTable, GameErrorsView
from ..figures.games import GamesMapView, square_around
from ..figures.given import check_nodes
from ..figures.history import LINE_STYLES
from ..figures.numbers import number
from ..figures.picture import Picture
from ..figures.style import course_style
from ..figures.zoom import smallest_zoom
from ..learning import DescentInTurn, gradient_descent_in_turn, largest_stable_alpha_in_turn, least_error_weights
from .choices import Dropdown, ZoomChoice
from .example import Examples, ExamplesFields, small
from .explorer import Explorer
from .live import Grip
from .sliders import AlphaSlider, WholeSlider, round_alphas
from .words import brief, position

WIDTH, HEIGHT, SIDE = 860, 560, 392  # pixels of the picture, and of a side of the map
UPDATES = 200
LENGTHS = (20, 50, 100, UPDATES)  # of the chart of the errors: it grows as learning goes on
MOST_GAMES = len(LINE_STYLES)  # that can be told apart
DARKEST = 4.0  # the summed error from which on the map is darkest, in errors at the start
ROUNDING = 1e-12  # a share of a prediction that small is no error
HEADROOM = 1.15  # the height of the chart of the errors, in errors at the start


class SeveralGames(Explorer):
    """Several games, each of which pulls the weights to its own valley in turn: a map, and every game's own error.

    inputs: (n_games, n_in). targets: (n_games,). weights: (n_in,), where learning starts. names: of the inputs.
    `iterations` counts single updates; `games`, `frozen` and `axes` choose what is learnt and which weights are seen.
    """

    @course_style()
    def __init__(
        self,
        inputs: npt.ArrayLike,
        targets: npt.ArrayLike,
        weights: npt.ArrayLike,
        names: Sequence[str] = ("toes", "record", "fans"),
    ):
        first = small(Examples.of(inputs, targets, weights))
        n_games, n_in = np.shape(first.inputs)
        self.names = names = arguments.names("names", names, n_in)
        check_sizes(n_games, n_in)
        self.example = ExamplesFields(first, names, "win")
        self.zoom = ZoomChoice()
        figure = Picture(WIDTH, HEIGHT)
        self.map = GamesMapView(
            figure.add_axes_at(left=0.095, bottom=0.205, width=SIDE / WIDTH, height=SIDE / HEIGHT),
            figure.add_axes_at(left=0.095, bottom=0.955, width=SIDE / WIDTH, height=0.03),
            figure.add_axes_at(left=0.095, bottom=0.005, width=0.52, height=0.12),
        )
        self.history = GameErrorsView(figure.add_axes_at(left=0.685, bottom=0.51, width=0.295, height=0.395))
        self.table = GameErrorsTable(figure.add_axes_at(left=0.685, bottom=0.09, width=0.295, height=0.31))
        narrow = {"layout": {"width": "190px"}, "style": {"description_width": "50px"}}
        self.games = Dropdown(options=game_choices(n_games), description="games", **narrow)
        self.games.value = tuple(range(n_games))
        frozen = [("none", None), *((name, column) for column, name in enumerate(names))]
        self.frozen = Dropdown(options=frozen, description="frozen", **narrow)
        pairs = [(f"{names[a]} and {names[b]}", (a, b)) for a, b in combinations(range(n_in), 2)]
        self.axes = Dropdown(options=pairs, value=pairs[-1][1], description="axes", **narrow)
        if n_in > 2:
            self.frozen.value = 0
        self._learnt: tuple[object, DescentInTurn] | None = None
        super().__init__(
            figure, [self.map, self.history, self.table],
            AlphaSlider(0.3, round_alphas(0.001, 1.5)),
            WholeSlider(12, 0, UPDATES, "iterations"),
            games=self.games, frozen=self.frozen, axes=self.axes, zoom=self.zoom, below={"example": self.example},
        )  # fmt: skip
        self.live.grips = [Grip("point on the map", self.map.position, self._drag)]

    def position(self) -> SimpleNamespace:
        at = super().position()
        at.zoom = self.zoom.held()
        return at

    def frozen_columns(self, at: SimpleNamespace) -> tuple[int, ...]:
        """The input columns whose weights may not change."""
        if at.frozen is None:
            return ()
        return (at.frozen,)

    def learn(self, at: SimpleNamespace) -> DescentInTurn:
        asked = at.example, at.alpha, at.games, at.frozen
        if self._learnt is None or self._learnt[0] != asked:
            games, weights = self.examples(at), at.example.weights
            run = gradient_descent_in_turn(*games, weights, at.alpha, UPDATES + 2, self.frozen_columns(at))
            self._learnt = asked, run
        return self._learnt[1]

    def examples(self, at: SimpleNamespace) -> tuple[np.ndarray, np.ndarray]:
        """Inputs and targets of the games that are learnt."""
        chosen = list(at.games)
        return np.array(at.example.inputs)[chosen], np.array(at.example.targets)[chosen]

    @property
    def limit(self) -> float:
        """The largest stable alpha."""
        return self.limit_at(self.position())

    def limit_at(self, at: SimpleNamespace) -> float:
        return largest_stable_alpha_in_turn(self.examples(at)[0], self.frozen_columns(at))

    def scene(self, at: SimpleNamespace) -> tuple:
        run = self.learn(at)
        sums = run.errors[: at.iterations + 1].sum(axis=1)
        limit = self.usual_height(run)
        error_zoom = smallest_zoom([(-limit, limit)], sums[:, None])
        length = min(length for length in LENGTHS if length >= at.iterations)
        return at.games, at.frozen, at.axes, self.zoom_at(at), error_zoom, length, self.usual_height(run)

    def set_scene(self, at: SimpleNamespace) -> None:
        *_, zoom, error_zoom, length, height = self.scene(at)
        inputs, targets, weights = map(np.array, self.example.first)
        all_games = errors_with(weights, inputs, targets).sum() or 1.0
        self.map.look_at(at.axes, self.windows(at), self.names, DARKEST * all_games, zoom)
        self.history.look_at(length, error_zoom * height, error_zoom)

    def zoom_at(self, at: SimpleNamespace) -> float:
        """What was chosen, or else the least that shows the whole path."""
        if at.zoom is not None:
            return at.zoom
        return smallest_zoom(self.windows(at), self.learn(at).weights[: at.iterations + 2, 0, list(at.axes)])

    def usual_height(self, run: DescentInTurn) -> float:
        """The highest error on the chart as it is not zoomed."""
        return HEADROOM * (run.errors[0].sum() or 1.0)

    def windows(self, at: SimpleNamespace) -> np.ndarray:
        """Of the map: they hold the lesson's start, and the weights of the least error of all its games."""
        first = self.example.first
        least = least_error_weights(first.inputs, first.targets, first.weights, self.frozen_columns(at))
        return square_around(np.concatenate([[first.weights], least])[:, list(at.axes)])

    def place(self, at: SimpleNamespace) -> str:
        run = self.learn(at)
        best = least_error_weights(*self.examples(at), at.example.weights, self.frozen_columns(at))[0]
        at_best = errors_with(best, run.inputs, run.targets[:, 0])
        self.map.show(run, at.iterations, at.games, best, at_best.sum())
        self.history.show(run, at.iterations, at.games, at_best.sum())
        self.table.show(run, at.iterations, at.games, at_best)
        return self.sentence(at, at_best.sum())

    def _drag(self, x: float, y: float, is_last: bool) -> None:
        """Start anew where learning is now, but with the two weights that are below the hand."""
        with self.one_move():
            at = self.position()
            start = self.learn(at).weights[at.iterations, 0].copy()
            start[list(at.axes)] = np.round(self.map.weights_at(x, y), 3)
            self.zoom.in_hand = self.zoom_at(at)
            if is_last:
                self.zoom.in_hand = None
            self.example.value = at.example.with_weights(start)
            self.iterations.value = 0

    def sentence(self, at: SimpleNamespace, least: float) -> str:
        """games 1 and 2, toes frozen, alpha 0.300, 1 update: errors 0.0107, 0.0169, together 0.0276; ..."""
        errors = self.learn(at).errors[at.iterations]
        frozen = "nothing"
        if at.frozen is not None:
            frozen = self.names[at.frozen]
        told = f"error {brief(errors[0])}"
        if len(errors) > 1:
            told = f"errors {', '.join(map(brief, errors))}, together {brief(errors.sum())}"
        sentence = (
            f"{games_in_words(at.games)}, {frozen} frozen, {position(at, 'update', 'updates')}: {told}; "
            f"at least {number(least, 3)}; next: game {at.games[at.iterations % len(at.games)] + 1} pulls"
        )
        if at.alpha > self.limit_at(at):
            sentence += f"; diverges, alpha is above {number(self.limit_at(at))}"
        return sentence


def errors_with(weights: np.ndarray, inputs: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Each game's error, (n,), and 0 where it is nothing but the rounding of floats."""
    errors = (inputs @ weights - targets) ** 2
    errors[errors < (ROUNDING * (np.abs(inputs) @ np.abs(weights) + np.abs(targets))) ** 2] = 0
    return errors


def check_sizes(n_games: int, n_in: int) -> None:
    """ValueError unless the games can be drawn."""
    if n_games > MOST_GAMES:
        raise ValueError(f"inputs must be of at most {MOST_GAMES} games, which can be told apart; got {n_games}.")
    if n_in < 2:
        raise ValueError("inputs must have at least 2 columns, whose weights are the axes of the map; got 1.")
    check_nodes("inputs", range(n_in))


def game_choices(n_games: int) -> list[tuple[str, tuple[int, ...]]]:
    """The first game, it and any other, the first three and so on: what the dropdown calls them, and which they are."""
    pairs = [(0, other) for other in range(1, n_games)]
    more = [tuple(range(count)) for count in range(3, n_games + 1)]
    return [(listed(games), games) for games in [(0,), *pairs, *more]]


def listed(games: Sequence[int]) -> str:
    """1; 1 and 3; 1 to 4. games: counted from 0."""
    if len(games) == 1:
        return str(games[0] + 1)
    if len(games) == 2:
        return f"{games[0] + 1} and {games[1] + 1}"
    return f"{games[0] + 1} to {games[-1] + 1}"


def games_in_words(games: Sequence[int]) -> str:
    if len(games) == 1:
        return f"game {listed(games)}"
    return f"games {listed(games)}"
