"""The benchmarks' own parts; nothing here is timed."""

import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
from matplotlib import pyplot as plt

import helpers
from benchmarks import learning, report, usual_way
from tests.support.explorers import kept


@pytest.fixture(autouse=True)
def off_screen():
    plt.switch_backend("agg")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "FigureCanvasAgg is non-interactive", UserWarning)
        yield
    plt.close("all")


@pytest.mark.parametrize(
    ("name", "draw", "alphas"),
    [
        ("several inputs", usual_way.multiple_inputs, (0.001, 0.01, 0.1)),
        ("freezing", usual_way.freezing_one_weight, (0.001, 0.1, 1.2)),
        ("training", usual_way.training_anew, (0.0001, 0.005)),
        ("weights", usual_way.weights_anew, (0.0001, 0.005)),
    ],
)
def test_the_usual_way_draws_the_panels_of_ours_as_large(name, draw, alphas):
    ours = kept(name).figure
    for alpha, iterations in zip(alphas, (1, 3, 30)):
        draw(alpha, iterations)
        usual = plt.gcf()
        usual.canvas.draw()
        assert usual.get_size_inches() == pytest.approx(ours.get_size_inches())
        assert places(usual) == places(ours)


def places(figure) -> list[tuple[float, ...]]:
    """Of the panels, in shares of the figure."""
    return sorted(tuple(axes.get_position(original=True).bounds) for axes in figure.axes)


def test_the_usual_way_zooms_out_as_far_as_ours():
    usual_way.multiple_inputs(0.1, 12)
    explorer = kept("several inputs")
    explorer.alpha.value, explorer.iterations.value = 0.1, 12
    windows = [
        [axes.get_xlim() for axes in each.axes if axes.get_xlabel() == "weight"]
        for each in (plt.gcf(), explorer.figure)
    ]
    np.testing.assert_allclose(*windows)


@pytest.mark.parametrize("peer", [learning.numpy_loop, learning.plain_lists])
def test_the_peers_end_at_the_same_weights(peer):
    images, labels = helpers.load_mnist()
    images, targets = images[:30], helpers.one_hot(labels[:30])
    np.testing.assert_allclose(peer(images, targets, 2), learning.ours(images, targets, 2), atol=1e-13)


def test_a_row_puts_both_sides_next_to_each_other():
    row = report.Row("a key", [0.03, 0.031, 0.029], "the usual way", [0.15, 0.3, 0.15])
    assert row.line() == "| a key | 30.0 ms | 30.9 ms | the usual way | 150 ms | 285 ms | 5 times |"
    assert report.Row("fast", [0.001], "slow", [1.05]).line().endswith("| 1,050 times |")
    assert report.Row("a drag", [20, 30], "the usual way", [5, 5], "pictures/s").ratio == 5
    assert report.Row("big", [12.34], unit="MB").line() == "| big | 12.3 MB | 12.3 MB |  |  |  |  |"
    assert report.Row("alone", [2.0]).line() == "| alone | 2.00 s | 2.00 s |  |  |  |  |"


def test_a_section_is_a_table_with_notes():
    lines = report.Section("Keys", [report.Row("a key", [0.03])], ["With care."]).text().splitlines()
    table = [line for line in lines if line.startswith("|")]
    assert lines[0] == "## Keys" and "- With care." in lines
    assert len(table) == 3 and len({line.count("|") for line in table}) == 1


@pytest.mark.parametrize(
    ("measured", "less_is_better", "verdict"),
    [(7, False, "the aim"), (5, False, "at least, not the aim"), (3, False, "**not reached**"), (5, True, "the aim")],
)
def test_figures_say_whether_they_are_reached(measured, less_is_better, verdict):
    least, aim = (12, 6) if less_is_better else (4, 6)
    assert report.Figure("speed", measured, least, aim, "times", less_is_better).verdict() == verdict


def test_the_command_lists_its_pieces():
    course = Path(__file__).resolve().parents[1]
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks", "nothing"], cwd=course, capture_output=True, text=True, check=False
    )
    assert run.returncode == 2 and "sliders, motion, site, kernel, learning, imports, memory" in run.stderr
