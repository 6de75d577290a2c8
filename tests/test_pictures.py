"""The chapter's figures, as the notebooks' own calls draw them: each looks as it did when it was last looked at.

pytest-mpl compares each with its picture in `pictures/`, which `make figures` renews. Patch releases of matplotlib draw
them alike to the last bit (3.10.0 and 3.10.9 do, so do 3.11.0 and 3.11.2), with any Pillow and NumPy; a minor release,
with another FreeType, draws every letter anew. So they are compared with the lock's minor release only, and strictly.
"""

import base64
import pickle
import re
from functools import cache
from pathlib import Path

import matplotlib
import numpy as np
import pytest

from helpers.figures.outlines import Canvas
from tests.support.notebook import FOLDER, SECTIONS, code_of, run
from tests.support.pictures import LOCKED_MINOR, TOLERANCE, drawn_as_locked, same

PICTURES = Path(__file__).with_name("pictures")

ONE, TWO, THREE, FOUR, FIVE = (path.name for path in SECTIONS)
ITERATIONS = 'figures.network(*run, titles=["iteration 1", "iteration 2", "iteration 3"])'
FIGURES = {  # the number in the chapter, and what it shows: the notebook, and the cell's last line
    "01_empty_network": (ONE, 'figures.network(first, stage="empty")'),
    "01_predict_and_compare": (ONE, 'figures.network(first, stage="compare")'),
    "02_weight_deltas": (ONE, 'figures.network(first, stage="learn")'),
    "03_update": (ONE, 'figures.network(first, stage="update")'),
    "05_output_node": (ONE, "figures.output_node(first)"),
    "06_one_weight_delta_and_three": (ONE, 'figures.network(one, first, titles=sides, stage="learn")'),
    "08_three_iterations": (ONE, ITERATIONS),
    "09_their_error_curves": (ONE, "figures.error_curves(*run)"),
    "10_three_iterations_toes_frozen": (TWO, ITERATIONS),
    "11_their_error_curves": (TWO, "figures.error_curves(*run, same_scale=False)"),
    "12_three_outputs": (THREE, 'figures.network(single[0], inputs=["record"], outputs=names)'),
    "13_their_weight_deltas": (THREE, 'figures.network(single[0], inputs=["record"], outputs=names, stage="learn")'),
    "13_their_update": (THREE, 'figures.network(single[0], inputs=["record"], outputs=names, stage="update")'),
    "14_three_inputs_three_outputs": (THREE, "figures.network(both[0], outputs=names)"),
    "15_their_outer_product": (THREE, "figures.outer_product(both[0])"),
    "15_their_weight_deltas": (THREE, 'figures.network(both[0], outputs=names, stage="learn")'),
    "15_their_update": (THREE, 'figures.network(both[0], outputs=names, stage="update")'),
    "16_handwritten_2": (FOUR, "figures.digits([two], [labels[5]])"),
    "17_784_inputs_10_outputs": (FOUR, "figures.digit_network(two)"),
    "18_the_2_goes_through": (FOUR, "figures.digit_network(two, run.weights[10] @ two)"),
    "19_weights_of_2_and_1": (FIVE, "figures.weight_images(weights, [2, 1])"),
    "20_dot_products": (
        FIVE,
        'figures.dot_products((("a", a), ("b", b)), (("b", b), ("c", c)), (("b", b), ("d", d)), (("c", c), ("d", d)))',
    ),
    "21_the_2_against_the_weights": (FIVE, "figures.similarity(two, labels[5], weights, digits=(2, 1))"),
    "more_one_curve": (ONE, 'figures.error_curves(one, names=["toes"], same_scale=False)'),
    "more_runs_compared": (ONE, "figures.errors(runs)"),
    "more_error_surface": (
        TWO,
        "figures.error_surface(path, columns=[1, 2], windows=[[0.1, 0.4], [-0.2, 0.1]])",
    ),
    "more_curves_of_three_outputs": (THREE, "figures.error_curves(single[0], names=names)"),
    "more_digits": (FOUR, "figures.digits(images[:20], labels[:20])"),
    "more_digits_of_two_kinds": (FOUR, "figures.digits(images[[0, 47, 7]], labels[[0, 47, 7]])"),
    "more_mean_images": (FOUR, "figures.digits(means, range(10))"),
    "more_training": (
        FOUR,
        "figures.training((run.errors, test_errors), (run.accuracies, test_accuracies))",
    ),
    "more_weights": (FIVE, "figures.weight_images(weights)"),
    "more_ragged_weights": (FIVE, "figures.weight_images(ragged.weights[-1])"),
    "more_noisy_weights": (FIVE, "figures.weight_images(noisy.weights[-1])"),
    "more_alike_and_opposite_weights": (FIVE, "figures.weight_images(weights, [4, 9, 0, 1])"),
    "more_checkered_weights": (FIVE, "figures.weight_images(checkered, [2, 1])"),
    "more_least_squares_weights": (FIVE, "figures.weight_images(np.clip(best, -0.1, 0.1))"),
}

as_locked = pytest.mark.skipif(
    not drawn_as_locked,
    reason=f"the pictures are drawn by matplotlib {LOCKED_MINOR}, and this is {matplotlib.__version__}",
)


class Shown:
    """What the reader is shown, for pytest-mpl to save."""

    def __init__(self, picture):
        self.png = base64.b64decode(picture._repr_mimebundle_()[0]["image/png"])

    def savefig(self, path, **_):
        Path(path).write_bytes(self.png)


def last_line(source) -> str:
    return source.splitlines()[-1]


def is_drawn(source) -> bool:
    return last_line(source).startswith("figures.")


def needs_a_widget(source) -> bool:
    return bool(re.search(r"\b(explorer|trainer|own)\b", source))


@cache
def drawn(notebook):
    """{last line of a cell: the `Picture` that it draws}, in the order of the notebook."""
    pictures, namespace = {}, {}
    cells = code_of(FOLDER / notebook)
    while not is_drawn(cells[-1].source):
        cells.pop()
    for cell in cells:
        if is_drawn(cell.source):
            *before, last = cell.source.splitlines()
            run("\n".join(before), namespace)
            pictures[last] = eval(last, namespace)
        elif not needs_a_widget(cell.source):
            run(cell.source, namespace)
    return pictures


def draw(name):
    notebook, call = FIGURES[name]
    return drawn(notebook)[call]


def compared(name):
    as_before = pytest.mark.mpl_image_compare(
        baseline_dir=PICTURES.name, filename=f"{name}.png", tolerance=TOLERANCE, style="default"
    )
    return pytest.param(name, id=name, marks=as_before)


@as_locked
@pytest.mark.parametrize("name", [compared(name) for name in FIGURES])
def test_it_looks_as_it_did(name):
    return Shown(draw(name))


def test_the_chapter_s_figures_are_all_there():
    """But 4 and 7, which show the two networks of 6 once more; in their place the notebook has a table."""
    assert {int(name[:2]) for name in FIGURES if name[0].isdigit()} == set(range(1, 22)) - {4, 7}


def test_nothing_is_drawn_that_is_not_held_and_nothing_held_that_is_not_drawn():
    calls = [
        (path.name, last_line(cell.source)) for path in SECTIONS for cell in code_of(path) if is_drawn(cell.source)
    ]
    assert sorted(calls) == sorted(FIGURES.values())
    assert sorted(path.stem for path in PICTURES.iterdir()) == sorted(FIGURES)


def test_the_pictures_are_small():
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < 2e6


def another_digit(picture):
    (error,) = [text for axes in picture.axes for text in axes.texts if "0.00131" in text.get_text()]
    error.set_text(error.get_text().replace("0.00131", "0.00137"))


def a_lost_minus(picture):
    delta = next(text for axes in picture.axes for text in axes.texts if "delta -" in text.get_text())
    delta.set_text(delta.get_text().replace("delta -", "delta "))


def a_moved_point(picture):
    axes = picture.axes[4]
    point = next(line for line in axes.lines if line.get_marker() == "o" and len(line.get_xdata()))
    point.set_xdata(point.get_xdata() + 0.005 * np.ptp(axes.get_xlim()))


def a_flipped_colour_map(picture):
    image = picture.axes[1].images[0]
    image.set_cmap(image.get_cmap().reversed())


def one_paler_image(picture):
    image = picture.axes[1].images[0]
    image.set_data(0.95 * image.get_array())


@as_locked
@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("08_three_iterations", another_digit),
        ("08_three_iterations", a_lost_minus),
        ("09_their_error_curves", a_moved_point),
        ("19_weights_of_2_and_1", a_flipped_colour_map),
        ("more_weights", one_paler_image),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_the_tolerance_is_small_enough(name, change, tmp_path):
    held = (PICTURES / f"{name}.png").read_bytes()
    picture = pickle.loads(pickle.dumps(draw(name)))
    Canvas(picture)
    assert same(Shown(picture).png, held, tmp_path)
    change(picture)
    assert not same(Shown(picture).png, held, tmp_path)
