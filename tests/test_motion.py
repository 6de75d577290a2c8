"""Learning is seen to happen: trails, the next step, zoom, dragging, other numbers, and answers that wait."""

import re

import ipywidgets
import numpy as np
import pytest
from matplotlib.colors import to_rgba_array
from traitlets import TraitError

import helpers
from helpers import predict
from helpers.explorers.example import OWN_NUMBERS, Example
from helpers.figures.zoom import smallest_zoom, widened
from tests.support.explorers import MAKERS, kept, on_a_page, png
from tests.support.lesson import INPUTS, START, TRUE

ON_CURVES = ["several inputs", "freezing"]
OF_ONE_EXAMPLE = [*ON_CURVES, "one input, several outputs", "several of both"]
ALPHAS = [0.001, 0.02, 0.0262, 0.028, 0.05, 0.1]


@pytest.fixture(params=ON_CURVES)
def explorer(request):
    explorer = kept(request.param)
    explorer.example.value = explorer.example.first
    explorer.zoom.value = None
    explorer.reveal()
    return explorer


def go(explorer, **values):
    for name, value in values.items():
        explorer.controls[name].value = value
    return explorer


def texts(explorer):
    everywhere = [*explorer.figure.texts, *(text for axes in explorer.figure.axes for text in axes.texts)]
    return [text.get_text() for text in everywhere if text.get_text()]


def views(explorer):
    return [*explorer.curves, *([explorer.surface] if hasattr(explorer, "surface") else [])]


def points_of(view):
    """All that is drawn of the way: the trail, and where the next step lands."""
    return np.column_stack([np.concatenate([view.trail.line.get_data(), view.trail.ring.get_data()], axis=1).T])


@pytest.mark.parametrize("alpha", ALPHAS)
@pytest.mark.parametrize("iterations", [1, 2, 12, 29, 30])
def test_the_way_and_the_next_step_are_drawn_as_computed_and_nothing_leaves_the_picture(explorer, alpha, iterations):
    go(explorer, alpha=alpha, iterations=iterations)
    run = explorer.run
    again = helpers.gradient_descent(INPUTS, TRUE, START, run.alpha, 31, run.frozen)
    for view in explorer.curves:
        expected = np.column_stack([again.weights[: iterations + 1, 0, view.column], again.errors[: iterations + 1, 0]])
        np.testing.assert_allclose(points_of(view), expected, rtol=1e-9)
        assert view.point.get_marker() == "o"
    for view in views(explorer):
        (left, right), (bottom, top) = view.axes.get_xlim(), view.axes.get_ylim()
        assert (points_of(view) >= [left, bottom]).all() and (points_of(view) <= [right, top]).all()
        shades = to_rgba_array(view.trail.dots.get_facecolor())[:, 0]
        assert len(shades) == iterations - 1 and (np.diff(shades) <= 0).all()
    zoom = explorer.zoom_at(explorer.position())
    assert any(f"zoomed out × {zoom:g}" == text for text in texts(explorer)) or zoom == 1 or zoom >= 1e5


def test_a_zoomed_curve_keeps_its_shape_and_all_panels_zoom_alike(explorer):
    shapes = []
    for zoom in (1, 5, 100):
        go(explorer, alpha=0.01, iterations=1, zoom=zoom)
        for view in explorer.curves:
            along, errors = view.curve.get_data()
            bend, *_ = np.polyfit(
                (along - along[0]) / np.ptp(view.axes.get_xlim()), errors / view.axes.get_ylim()[1], 2
            )
            shapes.append(bend)
            assert np.ptp(view.axes.get_xlim()) == pytest.approx(zoom * np.ptp(explorer.windows[view.column]))
    np.testing.assert_allclose(np.reshape(shapes, (3, -1)), [shapes[: len(explorer.curves)]] * 3, rtol=1e-6)


def test_a_zoom_that_is_held_stays(explorer):
    go(explorer, alpha=explorer.alpha.values[-1], iterations=9, zoom=2)
    np.testing.assert_allclose(explorer.curves[0].axes.get_xlim(), widened(explorer.windows[0], 2))
    assert explorer.curves[0].point.get_marker() != "o"
    go(explorer, zoom=None)
    assert explorer.curves[0].point.get_marker() == "o"


def test_the_ladder_is_1_2_5_10_and_so_on():
    windows = np.array([[-1.0, 1.0]])
    assert [smallest_zoom(windows, np.array([[far]])) for far in (0.5, 1, 1.01, 2.5, 7, 10.01, 4e4)] == [
        1, 1, 2, 5, 10, 20, 50000,
    ]  # fmt: skip
    assert smallest_zoom(windows, np.array([[0.5]]), limit=1, errors=np.array([4.0])) == 2
    assert smallest_zoom(windows, np.array([[np.inf], [np.nan], [3]])) == 5
    assert smallest_zoom(windows, np.array([[1e200]])) == 5e59


def test_on_the_map_a_step_straight_downhill_goes_straight_across_the_valley():
    explorer = go(kept("freezing"), frozen=0, alpha=0.3, iterations=1)
    axes = explorer.surface.axes
    step = np.diff(axes.transData.transform(points_of(explorer.surface)), axis=0)[0]
    valley = np.array([-INPUTS[2], INPUTS[1]])  # along it the weighted sum of record and fans stays the same
    along = np.diff(axes.transData.transform([[0, 0], valley]), axis=0)[0]
    assert step @ along == pytest.approx(0, abs=1e-6 * np.linalg.norm(step) * np.linalg.norm(along))


@pytest.mark.parametrize("name", OF_ONE_EXAMPLE)
def test_answers_wait_until_the_reader_has_committed_or_asks_for_them(name):
    explorer = go(on_a_page(name), iterations=4)
    explorer.alpha.value = 1.2 * explorer.limit
    open_picture, said = png(explorer), explorer.summary
    question = predict.largest_alpha(explorer)
    assert png(explorer) != open_picture
    assert not any(re.search(r"limit \d", text) for text in texts(explorer)) and "above" not in explorer.summary
    question.button.click()
    assert not any(re.search(r"limit \d", text) for text in texts(explorer)), "nothing was answered yet"
    question.answer.value = "3"
    question.button.click()
    assert (png(explorer), explorer.summary) == (open_picture, said)
    explorer.hide("limit")
    explorer.hide("way")
    assert all(not len(view.trail.ring.get_xdata()) for view in getattr(explorer, "curves", []))
    assert all(not len(ring.get_xdata()) for ring in explorer.history.rings)
    assert explorer.show_button.layout.display != "none"
    explorer.show_button.click()
    assert explorer.show_button.layout.display == "none"
    assert (png(explorer), explorer.summary) == (open_picture, said)


@pytest.mark.parametrize("name", OF_ONE_EXAMPLE)
def test_the_numbers_can_be_changed_and_brought_back(name):
    explorer = go(on_a_page(name), iterations=3)
    before, fields = (png(explorer), explorer.summary), explorer.example
    fields.inputs[0].value, fields.targets[0].value, fields.weights[-1].value = "0,5", "0.25", "-1"
    run = explorer.run
    assert (run.inputs[0], run.targets[0], run.weights[0, -1, -1]) == (0.5, 0.25, -1)
    assert explorer.limit == helpers.largest_stable_alpha(run.inputs, run.frozen)
    assert fields.game.value == OWN_NUMBERS and (png(explorer), explorer.summary) != before
    for typed in ("", "much", "nan", "1e9"):
        fields.inputs[0].value = typed
        assert fields.inputs[0].value == "0.5" and explorer.run.inputs[0] == 0.5
        assert fields.message.value == f"{typed!r} is no number between -1,000,000 and 1,000,000."
    fields.game.value = "game 3"
    assert explorer.run.targets.tolist() == [{"win": 0, "hurt": 0.0, "sad": 0.1}[each] for each in outputs(explorer)]
    assert explorer.run.weights[0, -1, -1] == -1
    fields.back.click()
    assert (png(explorer), explorer.summary) == before and fields.game.value == "game 1"


def outputs(explorer):
    return getattr(explorer, "outputs", ["win"])


def test_a_larger_input_makes_the_bowl_narrower_and_another_weight_only_moves_the_point():
    explorer = kept("several inputs")
    bends, first = [], explorer.example.first
    for example in (first, first._replace(inputs=(17, 0.65, 1.2)), first.with_weights([[0.11, 0.2, -0.1]])):
        explorer.example.value = example
        along, errors = explorer.curves[0].curve.get_data()
        bends.append(np.polyfit(along, errors, 2)[0])
    explorer.example.value = first
    np.testing.assert_allclose(bends, [8.5**2, 17**2, 8.5**2], rtol=1e-6)


@pytest.mark.parametrize("values", [([1, 2], [1], [0, 0, 0]), ([1, 2, np.inf], [1], [0, 0, 0]), ([1, 2, 3], [1], "no")])
def test_numbers_that_fit_no_example_are_refused(values):
    explorer = kept("several inputs")
    before = explorer.example.value
    with pytest.raises(TraitError, match="^(inputs|weights) must be|^weights must have the shape"):
        explorer.example.value = Example(*values)
    assert explorer.example.value == before


def grip(explorer, name):
    (found,) = [each for each in explorer.live.grips if each.name == name]
    return found


def bring(explorer, name, right, up, *, last=True):
    """Drag as a page does: so many pixels to the right and up."""
    x, y = grip(explorer, name).place()
    width, height = explorer.figure.bbox.size
    message = {"grip": name, "x": (x + right) / width, "y": 1 - (y + up) / height, "last": last}
    explorer.live.receive(None, message, [])


def test_a_point_that_is_dragged_sets_its_starting_weight_and_the_others_stay_where_they_are(explorer):
    go(explorer, alpha=0.02, iterations=4)
    before = explorer.run.weights[3, 0]
    (x, _), toes = grip(explorer, "weight of toes").place(), explorer.curves[0]
    bring(explorer, "weight of toes", 20, 7)
    after = explorer.run.weights[0, 0]
    assert after[0] == pytest.approx(toes.weight_at(x + 20, 0), abs=np.ptp(toes.window) / 500)
    assert explorer.iterations.value == 1 and np.array_equal(after[1:], before[1:])
    assert explorer.example.weights[0].value == f"{after[0]:.6g}" and explorer.example.game.value == "game 1"
    assert grip(explorer, "weight of toes").place()[0] == pytest.approx(x + 20, abs=1)
    assert grip(explorer, "weight of toes").value() == pytest.approx(after[0], rel=1e-3)


def test_both_weights_of_the_map_s_point_can_be_dragged_at_once():
    explorer = go(on_a_page("freezing"), frozen=1, iterations=2)
    before = explorer.run.weights[1, 0]
    bring(explorer, "point on the map", 10, 12)
    after = explorer.run.weights[0, 0]
    assert after[0] > before[0] and after[2] > before[2] and after[1] == before[1]


def test_nothing_zooms_below_a_point_while_it_is_dragged(explorer):
    go(explorer, alpha=1.5 * explorer.limit, iterations=1)
    zoom = explorer.zoom_at(explorer.position())
    bring(explorer, "weight of toes", 300, 0, last=False)
    assert explorer.zoom_at(explorer.position()) == zoom
    assert explorer.run.weights[0, 0, 0] <= explorer.curves[0].window[1], "no farther than the edge"
    bring(explorer, "weight of toes", 0, 0)
    assert explorer.zoom_at(explorer.position()) > zoom


def test_a_move_of_several_controls_is_drawn_once(monkeypatch):
    explorer, drawn = on_a_page("several inputs"), []
    monkeypatch.setattr(explorer.live, "draw", lambda: drawn.append(1))
    with explorer.one_move():
        explorer.alpha.value, explorer.iterations.value = 0.05, 9
        assert not drawn
    assert len(drawn) == 1


@pytest.mark.parametrize("name", [name for name in MAKERS if name != "own digit"])
def test_every_choice_is_shown_as_chosen(name):
    for control in kept(name).controls.values():
        if isinstance(control, ipywidgets.Dropdown):
            assert control.index is not None
            for index, value in reversed(list(enumerate(control._options_values))):
                control.value = value
                assert control.index == index and control.label == control._options_labels[index]


@pytest.mark.parametrize("name", [name for name in MAKERS if name != "own digit"])
def test_a_player_belongs_to_the_iterations(name):
    explorer = kept(name)
    assert explorer.player.slider == explorer.iterations.model_id and not explorer.player.playing
