"""The course looks the same whatever style a reader has chosen, and leaves the reader's own plots alone."""

import base64
import os
import subprocess
import sys
import warnings

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

import helpers
from helpers import figures
from tests.support.explorers import MAKERS, on_a_page, png
from tests.support.lesson import IMAGES, INPUTS, NAMES, OUTCOMES, OUTPUTS, START, TABLE, TEST, TRUE, trained

pytestmark = pytest.mark.thorough

THREE = helpers.gradient_descent(INPUTS, OUTCOMES, TABLE, 0.01, 3)
ONE = helpers.gradient_descent(INPUTS, TRUE, START, 0.01, 3)
FIGURES = {
    "digit_network": lambda: figures.digit_network(TEST[0][0], trained() @ TEST[0][0]),
    "digits": lambda: figures.digits(IMAGES[0][:5], IMAGES[1][:5]),
    "dot_products": lambda: figures.dot_products((("a", [0, 1]), ("b", [1, -1]))),
    "error_curves": lambda: figures.error_curves(*ONE),
    "error_surface": lambda: figures.error_surface(ONE, (0, 1), ((0, 0.3), (0, 0.4))),
    "errors": lambda: figures.errors({"slow": ONE, "of three": THREE}),
    "network": lambda: figures.network(THREE[0], inputs=NAMES, outputs=OUTPUTS, stage="learn"),
    "outer_product": lambda: figures.outer_product(THREE[0]),
    "output_node": lambda: figures.output_node(ONE[0]),
    "similarity": lambda: figures.similarity(TEST[0][0], TEST[1][0], trained()),
    "training": lambda: figures.training(([0.5, 0.4], [0.6, 0.5]), ([0.8, 0.9], [0.7, 0.7])),
    "weight_images": lambda: figures.weight_images(trained()),
}
SHOWN = {**FIGURES, **MAKERS}


def grotesque():
    """Two styles, and settings that they leave alone and a matplotlibrc may hold."""
    plt.style.use(["ggplot", "dark_background"])
    plt.rcParams.update(
        {
            "figure.autolayout": True, "figure.dpi": 37, "savefig.dpi": 20, "axes.grid": True, "axes.titlesize": 40,
            "font.family": "no such font", "font.size": 31, "lines.antialiased": False, "text.hinting_factor": 1,
            "text.color": "magenta", "axes.formatter.limits": (0, 1), "axes.unicode_minus": False, "axes.xmargin": 2,
            "xtick.minor.visible": True, "image.origin": "lower", "image.interpolation": "lanczos",
            "hatch.color": "lime", "legend.frameon": True, "path.simplify": False,
            "axes.prop_cycle": plt.cycler(color=["red"]),
        }
    )  # fmt: skip


STYLES = {"comic": plt.xkcd, "grotesque": grotesque}


def drawn(name):
    data, _ = SHOWN[name]()._repr_mimebundle_()
    return base64.b64decode(data["image/png"])


def settings():
    return {name: value for name, value in matplotlib.rcParams.copy().items() if name != "backend"}


@pytest.fixture(scope="module")
def plain():
    return {name: drawn(name) for name in SHOWN}


def test_every_figure_and_explorer_is_here():
    assert set(FIGURES) == set(figures.__all__) - {"Picture"}


def own_plot():
    figure, axes = plt.subplots()
    plt.close(figure)
    axes.plot([1, 2, 4])
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return bytes(canvas.buffer_rgba())


@pytest.mark.parametrize("style", STYLES)
def test_the_course_s_pictures_are_the_same_to_the_byte_and_a_reader_s_own_plot_stays_too(style, plain, capfd):
    with plt.rc_context(), warnings.catch_warnings(), np.errstate(all="raise"):
        STYLES[style]()
        own = settings(), own_plot()
        capfd.readouterr()  # of what the reader's own plot may say
        warnings.simplefilter("error")
        for name in SHOWN:
            assert drawn(name) == plain[name], name
            assert settings() == own[0]
        assert capfd.readouterr() == ("", "")
        warnings.simplefilter("ignore")
        assert own_plot() == own[1]


def test_a_style_chosen_later_changes_no_explorer_s_moves():
    explorer, pictures = on_a_page("freezing"), set()
    for choose in (lambda: None, *STYLES.values()):
        explorer.frozen.value, explorer.alpha.value = None, 0.005
        with plt.rc_context():
            choose()
            explorer.frozen.value, explorer.alpha.value = 2, 0.01
            pictures.add(png(explorer))
    assert len(pictures) == 1


def test_a_picture_saved_to_a_file_has_the_course_s_look_too(tmp_path):
    picture = FIGURES["network"]()
    picture.savefig(tmp_path / "plain.png")
    with plt.rc_context():
        grotesque()
        picture.savefig(tmp_path / "styled.png")
    assert (tmp_path / "plain.png").read_bytes() == (tmp_path / "styled.png").read_bytes()


def test_nothing_is_said_where_matplotlib_finds_no_home_or_odd_settings_in_it(tmp_path):
    """No folder, one that can't be written to, odd settings; and an ordinary one, which looks no other."""
    (tmp_path / ".config/matplotlib").mkdir(parents=True)
    (tmp_path / ".config/matplotlib/matplotlibrc").write_text("figure.facecolor: red\nno.such.key: 1\n")
    code = """
import helpers
from helpers import explorers, figures, predict
run = helpers.gradient_descent([1, 2], [1], [0, 0], 0.1, 2)
print(figures.error_curves(*run, names=["a", "b"])._repr_mimebundle_()[0]["image/png"])
"""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG", "MPL"))}
    shown = set()
    for home in (os.devnull, "/proc", tmp_path, tmp_path / "ordinary"):
        run = subprocess.run([sys.executable, "-c", code], env=environment | {"HOME": str(home)}, capture_output=True,
                             text=True, check=True, timeout=120)  # fmt: skip
        assert run.stderr == "" and run.stdout.startswith("iVBOR")
        shown.add(run.stdout)
    assert len(shown) == 1
