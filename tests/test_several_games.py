"""Several games, learnt in turn: the numbers, the weights that suit them best, the limit of alpha, and the explorer."""

import numpy as np
import pytest

import helpers
from helpers import explorers
from helpers.datasets import season
from helpers.figures.valleys import end_to_name, ends_on_map, spread
from tests.support.explorers import on_a_page
from tests.support.lesson import INPUTS, NAMES, START, TRUE

GAMES = np.transpose([season.toes, season.record, season.fans])
NORMALISED = GAMES / GAMES.max(axis=0)
TOES, ROUNDS = 0, 4  # the column that is frozen; updates in a round


def total(run, updates=-1):
    return run.errors[updates].sum()


def test_each_update_is_a_step_on_the_game_whose_turn_it_is():
    run = helpers.gradient_descent_in_turn(GAMES, season.won, START, 0.01, 9, [1])
    assert run.weights.shape == (10, 1, 3) and run.errors.shape == (9, 4) and len(run) == 9
    for i in range(9):
        step = helpers.gradient_descent(GAMES[i % 4], [season.won[i % 4]], run.weights[i], 0.01, 1, [1])
        np.testing.assert_allclose(run.weights[i + 1], step.weights[1], rtol=1e-12)
        assert run.errors[i, i % 4] == pytest.approx(step.errors[0, 0])
        np.testing.assert_allclose(run.errors[i], (GAMES @ run.weights[i, 0] - season.won) ** 2)


def test_one_example_is_learnt_as_ever():
    for targets, weights in ((TRUE, START), ([0.1, 1, 0.1], np.ones((3, 3)))):
        run = helpers.gradient_descent_in_turn([INPUTS], [targets], weights, 0.01, 20)
        expected = helpers.gradient_descent(INPUTS, targets, weights, 0.01, 20)
        np.testing.assert_allclose(run.weights, expected.weights)
        np.testing.assert_allclose(run.errors[:, 0], expected.errors.sum(axis=1))
    assert helpers.largest_stable_alpha_in_turn([INPUTS]) == pytest.approx(helpers.largest_stable_alpha(INPUTS))


def test_with_toes_frozen_the_error_stops_and_freed_they_move():
    """A thousand rounds at alpha 0.1, then three thousand at 0.01, of the games as they are."""
    frozen = helpers.gradient_descent_in_turn(GAMES, season.won, START, 0.1, 1000 * ROUNDS + 1, [TOES])
    assert f"{total(frozen):.2f}" == f"{total(frozen, 500 * ROUNDS):.2f}" == "0.29"
    freed = helpers.gradient_descent_in_turn(GAMES, season.won, frozen.weights[-2], 0.01, 3000 * ROUNDS + 1)
    assert f"{freed.weights[0, 0, TOES]:.3f} -> {freed.weights[-2, 0, TOES]:.3f}" == "0.100 -> -0.098"
    assert f"{total(freed):.3f}" == "0.082"


def test_of_the_normalised_games_the_error_stops_and_freed_they_move():
    """What the explorer shows after all its updates."""
    frozen = helpers.gradient_descent_in_turn(NORMALISED, season.won, START, 0.3, 201, [TOES])
    freed = helpers.gradient_descent_in_turn(NORMALISED, season.won, START, 0.3, 201)
    assert (f"{total(frozen):.3f}", f"{total(freed):.4f}") == ("0.179", "0.0937")
    assert f"{freed.weights[-2, 0, TOES]:.2f}" == "-0.74"


@pytest.mark.parametrize("frozen", [[], [0], [1, 2]])
def test_no_weights_do_better_than_those_of_the_least_error(frozen):
    best = helpers.least_error_weights(GAMES, season.won, START, frozen)
    free = np.delete(np.arange(3), frozen)
    assert (best[0, frozen] == np.array(START)[frozen]).all()
    deltas = best @ GAMES.T - season.won
    np.testing.assert_allclose(deltas @ GAMES[:, free], 0, atol=1e-9)  # the slopes of the summed error
    assert (deltas**2).sum() == pytest.approx({0: 0.0160, 1: 0.2878, 2: 0.9755}[len(frozen)], rel=1e-2)


def test_where_many_weights_do_a_small_alpha_leads_to_those_of_the_least_error():
    games, won = NORMALISED[:3:2], season.won[:3:2]
    run = helpers.gradient_descent_in_turn(games, won, START, 0.3, 2000)
    np.testing.assert_allclose(run.weights[-1], helpers.least_error_weights(games, won, START), atol=1e-6)
    assert total(run) < 1e-9


@pytest.mark.parametrize("seed", range(8))
def test_above_the_limit_learning_diverges_and_below_it_does_not(seed):
    generator = np.random.default_rng(seed)
    inputs, frozen = generator.normal(size=(1 + seed % 4, 3)), [[], [1]][seed % 2]
    limit = helpers.largest_stable_alpha_in_turn(inputs, frozen)
    below, above = (
        helpers.gradient_descent_in_turn(inputs, inputs @ START, np.add(START, 1), share * limit, 4000, frozen)
        for share in (0.9, 1.1)
    )
    assert np.abs(below.weights[-1]).max() < 100 and not np.abs(above.weights[-1]).max() < 1e9


def test_no_alpha_is_too_large_where_no_weight_can_move():
    assert helpers.largest_stable_alpha_in_turn([[0, 2], [0, 3]], [1]) == np.inf


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([1, 2], [1], [0, 0], 0.1, 1), "inputs must be rows of numbers; got an array of shape"),
        (([[1, 2]], [1, 0], [0, 0], 0.1, 1), "inputs and targets must have one row per example; got the shapes"),
        (([[1, 2]], [np.nan], [0, 0], 0.1, 1), "targets must be finite numbers"),
        (([[1, 2]], [1], [0, 0, 0], 0.1, 1), "weights must have the shape"),
        (([[1, 2]], [1], [0, 0], "0.1", 1), "alpha must be a finite number"),
        (([[1, 2]], [1], [0, 0], 0.1, -1), "updates must be a whole number"),
        (([[1, 2]], [1], [0, 0], 0.1, 1, [2]), "frozen must list input columns"),
    ],
)
def test_what_does_not_fit_is_said(arguments, message):
    with pytest.raises(ValueError, match=message):
        helpers.gradient_descent_in_turn(*arguments)


@pytest.fixture(scope="module")
def explorer():
    return on_a_page("several games")


def go(explorer, games, frozen, alpha, updates, axes="record and fans"):
    explorer.games.label, explorer.frozen.label, explorer.axes.label = games, frozen, axes
    explorer.alpha.value, explorer.iterations.value = alpha, updates
    return explorer.map


@pytest.mark.parametrize(("frozen", "alpha", "axes"), [("toes", 0.3, (1, 2)), ("none", 0.02, (0, 2))])
def test_steps_go_straight_at_the_valley_of_the_game_that_pulls(explorer, frozen, alpha, axes):
    view = go(explorer, "1 to 4", frozen, alpha, 3, " and ".join(explorer.names[i] for i in axes))
    to_pixels = view.axes.transData.transform
    path = to_pixels(explorer.run.weights[:5, 0, axes])
    for game in range(4):
        ends = to_pixels(np.transpose(view.valleys[game].line.get_data()))
        step, valley = path[game + 1] - path[game], ends[1] - ends[0]
        assert abs(step @ valley) < 1e-6 * np.hypot(*step) * np.hypot(*valley)
    assert len(view.steps.get_segments()) == 3
    np.testing.assert_allclose(np.ravel(view.trail.ring.get_data()), explorer.run.weights[4, 0, axes])


def test_the_map_shows_what_was_computed(explorer):
    view = go(explorer, "1 and 3", "toes", 0.5, 30)
    np.testing.assert_allclose(np.ravel(view.point.get_data()), explorer.run.weights[30, 0, 1:])
    crossing = np.linalg.solve(GAMES[[0, 2], 1:], [1 - 0.85, 0 - 0.99])
    np.testing.assert_allclose(np.ravel(view.star.get_data()), crossing)
    shown = view.image.get_array()[10, 90]
    x, y = (np.linspace(*window, len(view.image.get_array()))[k] for window, k in zip(view.windows, (90, 10)))
    assert shown == pytest.approx(((GAMES[[0, 2]] @ [0.1, x, y] - [1, 0]) ** 2).sum())
    assert [valley.name.get_text() for valley in view.valleys] == ["game 1", "", "game 3", ""]
    go(explorer, "1 to 4", "toes", 0.1, 200)
    assert view.key.least.get_text() == "least summed error 0.288"


def test_a_path_that_explodes_stays_on_the_map(explorer):
    zooms = []
    for updates in (0, 4, 40, 200):
        view = go(explorer, "1 to 4", "toes", 1.5, updates)
        assert view.has_point and len(view.steps.get_segments()) == updates
        zooms.append(view.bands.zoom.get_text())
    assert zooms[0] == "" and zooms[-1].startswith("zoomed out × ") and len(set(zooms)) > 2
    assert "; diverges, alpha is above 1.357" in explorer.summary


def test_its_sentence(explorer):
    go(explorer, "1", "none", 0.01, 1)
    assert explorer.summary == (
        "game 1, nothing frozen, alpha 0.0100, 1 update: error 0.00131; at least 0; next: game 1 pulls"
    )


def test_games_that_cannot_be_drawn_are_refused():
    for inputs, names, message in (
        (np.ones((5, 3)), NAMES, "at most 4 games"),
        (np.ones((2, 1)), NAMES[:1], "at least 2 columns"),
        (np.ones((2, 2)), NAMES, "names must give one name for each of the 2 numbers"),
    ):
        with pytest.raises(ValueError, match=message):
            explorers.SeveralGames(inputs, np.ones(len(inputs)), np.zeros(inputs.shape[1]), names)
    with pytest.raises(ValueError, match="targets must be one number for each game; got 2"):
        explorers.SeveralGames(np.ones((2, 3)), np.ones((2, 2)), np.zeros((2, 3)))


def test_valleys_end_at_the_edge_of_the_map_and_their_names_keep_apart():
    for valley in ((1, 1, 0.5), (1, 0, 0.2), (0, 2, -1), (1, -3, 0), (-1, -1, 1.9)):
        ends = ends_on_map(valley)
        np.testing.assert_allclose(ends @ valley[:2], valley[2])
        np.testing.assert_allclose(np.abs(ends).max(axis=1), 1)
    for passing_by in ((1, 1, 3), (0, 0, 0), (1, np.nan, 0), (1, 1, np.inf)):
        assert ends_on_map(passing_by).shape == (0, 2)
    assert end_to_name(ends_on_map((-1, -1, 1.9))) == ("left", pytest.approx(0.05))
    np.testing.assert_allclose(spread([0.5, 0.52, 0.99], 0.1, 0.05, 0.95), [0.5, 0.6, 0.95])
    np.testing.assert_allclose(spread([0.94, 0.95], 0.1, 0.05, 0.95), [0.85, 0.95])
