"""The course looks the same whatever style a reader has chosen, and leaves the reader's own plots as they styled them."""

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
from making import IMAGES, MAKERS, NAMES, OUTCOMES, TABLE, TEST, trained

import helpers
from helpers import figures

THREE = helpers.gradient_descent([8.5, 0.65, 1.2], OUTCOMES, TABLE, 0.01, 3)
ONE = helpers.gradient_descent([8.5, 0.65, 1.2], [1], [0.1, 0.2, -0.1], 0.01, 3)
FIGURES = {
    "digit_network": lambda: figures.digit_network(TEST[0][0], trained() @ TEST[0][0]),
    "digits": lambda: figures.digits(IMAGES[0][:5], IMAGES[1][:5]),
    "dot_products": lambda: figures.dot_products((("a", [0, 1]), ("b", [1, -1]))),
    "error_curves": lambda: figures.error_curves(*ONE),
    "error_surface": lambda: figures.error_surface(ONE, (0, 1), ((0, 0.3), (0, 0.4))),
    "errors": lambda: figures.errors({"slow": ONE, "of three": THREE}),
    "network": lambda: figures.network(THREE[0], inputs=NAMES, outputs=["hurt", "win", "sad"], stage="learn"),
    "outer_product": lambda: figures.outer_product(THREE[0]),
    "output_node": lambda: figures.output_node(ONE[0]),
    "similarity": lambda: figures.similarity(TEST[0][0], TEST[1][0], trained()),
    "training": lambda: figures.training(([0.5, 0.4], [0.6, 0.5]), ([0.8, 0.9], [0.7, 0.7])),
    "weight_images": lambda: figures.weight_images(trained()),
}
SHOWN = {**FIGURES, **MAKERS}


def grotesque():
    """Settings that the styles leave alone, and that a matplotlibrc may hold."""
    plt.rcParams.update(
        {
            "figure.autolayout": True, "figure.dpi": 37, "savefig.dpi": 20, "axes.grid": True, "axes.titlesize": 40,
            "font.family": "no such font", "font.size": 31, "lines.antialiased": False, "text.hinting_factor": 1,
            "text.color": "magenta", "axes.formatter.limits": (0, 1), "axes.unicode_minus": False, "axes.xmargin": 2,
            "xtick.minor.visible": True, "image.origin": "lower", "image.interpolation": "lanczos", "hatch.color": "lime",
            "legend.frameon": True, "path.simplify": False, "axes.prop_cycle": plt.cycler(color=["red"]),
        }
    )  # fmt: skip


STYLES = {
    "dark": lambda: plt.style.use("dark_background"),
    "ggplot": lambda: plt.style.use("ggplot"),
    "comic": plt.xkcd,
    "grotesque": grotesque,
}


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


@pytest.mark.parametrize("style", STYLES)
def test_the_course_s_pictures_are_the_same_to_the_byte(style, plain, capfd):
    with plt.rc_context(), warnings.catch_warnings(), np.errstate(all="raise"):
        STYLES[style]()
        warnings.simplefilter("error")
        own = settings()
        for name in SHOWN:
            assert drawn(name) == plain[name], name
            assert settings() == own
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("style", STYLES)
def test_a_style_chosen_later_changes_no_explorer_s_moves(style):
    explorer, expected = MAKERS["freezing"](), MAKERS["freezing"]()
    with plt.rc_context():
        STYLES[style]()
        explorer.frozen.value, explorer.alpha.value = 2, 0.01
        moved = explorer._repr_mimebundle_()[0]["image/png"]
    expected.frozen.value, expected.alpha.value = 2, 0.01
    assert moved == expected._repr_mimebundle_()[0]["image/png"]


def test_a_picture_saved_to_a_file_has_the_course_s_look_too(tmp_path):
    picture = FIGURES["network"]()
    picture.savefig(tmp_path / "plain.png")
    with plt.rc_context():
        grotesque()
        picture.savefig(tmp_path / "styled.png")
    assert (tmp_path / "plain.png").read_bytes() == (tmp_path / "styled.png").read_bytes()


def test_a_reader_s_own_plot_keeps_its_style():
    def own_plot():
        figure, axes = plt.subplots()
        plt.close(figure)
        axes.plot([1, 2, 4])
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        return np.asarray(canvas.buffer_rgba())

    with plt.rc_context():
        plt.style.use("ggplot")
        before = own_plot()
        for name in SHOWN:
            SHOWN[name]()._repr_mimebundle_()
        np.testing.assert_array_equal(own_plot(), before)


@pytest.mark.parametrize("home", ["no folder", "read-only", "odd settings"])
def test_nothing_is_said_where_matplotlib_finds_no_home_or_odd_settings_in_it(home, tmp_path):
    places = {"no folder": os.devnull, "read-only": "/proc", "odd settings": str(tmp_path)}
    (tmp_path / ".config/matplotlib").mkdir(parents=True)
    (tmp_path / ".config/matplotlib/matplotlibrc").write_text("figure.facecolor: red\nno.such.key: 1\n")
    code = "from helpers import explorers, figures, predict; import hashlib, helpers; " + (
        "run = helpers.gradient_descent([1, 2], [1], [0, 0], 0.1, 2); "
        "print(hashlib.sha256(figures.error_curves(*run, names=['a', 'b'])._repr_mimebundle_()[0]['image/png'].encode()).hexdigest())"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG", "MPL"))}
    said = [
        subprocess.run([sys.executable, "-c", code], env={**environment, "HOME": each}, capture_output=True, timeout=120)
        for each in (places[home], str(tmp_path / "none"))
    ]
    assert said[0].stderr == b"" and said[0].returncode == 0
    assert said[0].stdout == said[1].stdout
