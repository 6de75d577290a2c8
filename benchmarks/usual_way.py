"""The explorers' figures as one usually draws them: a pyplot function that `ipywidgets.interact` calls anew
for every position of a slider. Same panels, same data, same size."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import BoundaryNorm, LinearSegmentedColormap
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Rectangle

import helpers
from helpers.figures.curves import frame
from helpers.figures.pixel_images import colour_scale
from helpers.figures.surface import equally_scaled
from helpers.figures.zoom import smallest_zoom, widened
from helpers.learning import Descent, Step

BLUE, ORANGE, INK, GREY, PALE = "#0072B2", "#C24E00", "#222222", "#6B6B6B", "#8C8C8C"
WEIGHTS = LinearSegmentedColormap.from_list("weights", [ORANGE, "#F0A36B", "#FFFFFF", "#6CB4E4", BLUE])
DEPTH = LinearSegmentedColormap.from_list("depth", ["#FFFFFF", "#BBD9EC", "#4C93C3", "#123B5D"])
RING: dict[str, Any] = {
    "marker": "o", "markersize": 9, "markerfacecolor": "none", "markeredgecolor": ORANGE, "linestyle": "none",
}  # fmt: skip
TANGENT: dict[str, Any] = {"color": ORANGE, "linewidth": 1.6, "linestyle": "--"}

INPUTS, TARGETS, START = [8.5, 0.65, 1.2], [1.0], [0.1, 0.2, -0.1]
NAMES = ("toes", "record", "fans")
ITERATIONS = 30
PAST_CURVES = 8
FROZEN = 0  # toes
PASSES = 100


def multiple_inputs(alpha: float, iterations: int) -> None:
    """Notebook 1."""
    run = helpers.gradient_descent(INPUTS, TARGETS, START, alpha, ITERATIONS + 1)
    plt.figure(figsize=(8.6, 5.9))
    network(plt.axes((0, 0.52, 0.54, 0.47)), run[iterations - 1])
    error_history(plt.axes((0.62, 0.6, 0.355, 0.34)), run, iterations)
    error_curves(run, iterations, bottom=0.215, height=0.255)
    trail_key()
    alpha_line(plt.axes((0.065, 0.045, 0.895, 0.03)), alpha, helpers.largest_stable_alpha(INPUTS), 0, 0.1)
    plt.show()


def freezing_one_weight(alpha: float, iterations: int) -> None:
    """Notebook 2."""
    run = helpers.gradient_descent(INPUTS, TARGETS, START, alpha, ITERATIONS + 1, [FROZEN])
    plt.figure(figsize=(8.6, 6))
    windows, zoom = error_curves(run, iterations, bottom=0.7, height=0.24)
    error_surface(plt.axes((0.085, 0.215, 0.44, 0.36)), run, iterations, [1, 2], windows[1:], zoom)
    error_history(plt.axes((0.61, 0.215, 0.36, 0.36)), run, iterations)
    trail_key()
    stable = helpers.largest_stable_alpha(INPUTS, [FROZEN])
    alpha_line(plt.axes((0.065, 0.045, 0.895, 0.03)), alpha, stable, 10**-3.0, 10**0.2, scale="log")
    plt.show()


def training(passes: int, image: int = 0) -> None:
    """Notebook 4, with what was learnt beforehand."""
    draw_training(learnt(0.001), passes, image)


def training_anew(alpha: float, passes: int, image: int = 0) -> None:
    """Notebook 4, training at every position."""
    draw_training(learn(alpha, passes), passes, image)


def weights(passes: int, image: int = 0) -> None:
    """Notebook 5, with what was learnt beforehand."""
    draw_weights(learnt(0.0001)[0], passes, image)


def weights_anew(alpha: float, passes: int, image: int = 0) -> None:
    """Notebook 5, training at every position."""
    draw_weights(learn(alpha, passes, test=False)[0], passes, image)


@cache
def mnist(part: str) -> tuple[np.ndarray, np.ndarray]:
    return helpers.load_mnist(part)


@cache
def limits() -> np.ndarray:
    """Of each training image, the largest alpha that is stable for it alone."""
    return 2 / (mnist("train")[0] ** 2).sum(axis=1)


def learn(alpha: float, passes: int, test: bool = True) -> Any:
    """A run of the plain NumPy loop, and (error, accuracy) on the test images after each pass."""
    images, labels = mnist("train")
    run = helpers.one_image_at_a_time(images, helpers.one_hot(labels), np.zeros((10, 784)), alpha, passes)
    tested = None
    if test:
        test_images, test_labels = mnist("test")
        tested = helpers.evaluate(run.weights[1:], test_images, helpers.one_hot(test_labels))
    return run, tested


@cache
def learnt(alpha: float) -> Any:
    return learn(alpha, PASSES)


def draw_training(learnt: Any, passes: int, image: int) -> None:
    run, (test_errors, test_accuracies) = learnt
    pixels, label = mnist("test")[0][image], mnist("test")[1][image]
    plt.figure(figsize=(8.6, 5.9))
    axes = plt.axes((0.05, 0.645, 0.42, 0.305))
    two_lines(axes, "error", run.errors, test_errors, passes)
    axes = plt.axes((0.55, 0.645, 0.42, 0.305))
    two_lines(axes, "accuracy", run.accuracies, test_accuracies, passes)
    axes.legend(fontsize=8, loc="center right", bbox_to_anchor=(1, 0.3), frameon=False)
    digit(plt.axes((0.06, 0.2, 0.36, 0.335)), pixels, f"test image {image}: a {label}")
    outputs(plt.axes((0.55, 0.2, 0.42, 0.335)), run.weights[passes] @ pixels)
    alpha_law(plt.axes((0.065, 0.042, 0.895, 0.03)), run.alpha)
    plt.show()


def draw_weights(run: Any, passes: int, image: int, compared: tuple[int, int] = (2, 1)) -> None:
    learnt, pixels, label = run.weights[passes], mnist("test")[0][image], mnist("test")[1][image]
    scale = colour_scale(learnt)
    figure = plt.figure(figsize=(8.6, 5.9))
    for d in range(10):
        axes = plt.axes((0.012 + 0.174 * (d % 5), 0.72 - 0.288 * (d // 5), 0.165, 0.2405))
        shown = weight_image(axes, learnt[d], scale, f"{d}?")
    bar = figure.colorbar(shown, cax=plt.axes((0.89, 0.432, 0.016, 0.5285)), ticks=[-scale, 0, scale])
    bar.ax.set_yticklabels([f"{-scale:.2g}", "0", f"{scale:.2g}"], fontsize=8)
    for d, x in zip(compared, (0.012, 0.515)):
        left, middle, right = (plt.axes((x + 0.166 * k, 0.172, 0.134, 0.195)) for k in range(3))
        digit(left, pixels, f"image of a {label}")
        weight_image(middle, learnt[d], scale, f"weights of {d}?")
        weight_image(right, pixels * learnt[d], scale, "pixel × weight")
        for axes, sign in ((middle, "×"), (right, "=")):
            axes.text(-0.09, 0.5, sign, transform=axes.transAxes, ha="center", va="center", fontsize=18)
        score = f"sum = {pixels @ learnt[d]:.3g}"
        right.text(1, -0.04, score, transform=right.transAxes, ha="right", va="top", fontsize=10)
    alpha_law(plt.axes((0.065, 0.042, 0.895, 0.03)), run.alpha)
    plt.show()


def network(axes: Axes, step: Step) -> None:
    axes.set(xlim=(-1.25, 6.3), ylim=(-2.15, 1.45), aspect="equal")
    axes.axis("off")
    axes.add_patch(Circle((4, 0), 0.36, facecolor="white", edgecolor=INK))
    axes.text(4, 0, f"{step.preds[0]:.3g}", ha="center", va="center", fontsize=8.5, fontweight="bold")
    axes.text(4, -0.39, "win", ha="center", va="top", fontsize=9)
    compared = f"true {step.targets[0]:.4g}\nerror {step.errors[0]:.4g}\ndelta {step.deltas[0]:.4g}"
    axes.text(4.48, 0, compared, va="center", fontsize=8.5)
    for y, name, value, weight in zip((1, 0, -1), NAMES, step.inputs, step.weights[0]):
        colour = BLUE
        if weight <= 0:
            colour = ORANGE
        axes.plot([0.36, 3.64], [y, 0], color=colour, linewidth=0.8 + 2.4 * min(abs(weight), 1.3), zorder=0)
        axes.add_patch(Circle((0, y), 0.36, facecolor="white", edgecolor=INK))
        axes.text(0, y, f"{value:.4g}", ha="center", va="center", fontsize=9)
        axes.text(-0.46, y, name, ha="right", va="center", fontsize=9)
        label = {"facecolor": "white", "edgecolor": "none", "pad": 1.2}
        turned = np.degrees(np.arctan2(-y, 4))
        axes.text(
            2, y / 2, f"{weight:.4g}", ha="center", va="center", fontsize=8.5, color=colour, rotation=turned, bbox=label
        )
    key = "each line: a weight\nblue above 0, orange below 0; the larger, the thicker"
    axes.text(0.5, 0, key, transform=axes.transAxes, ha="center", fontsize=8, color=GREY)


def error_history(axes: Axes, run: Descent, iterations: int) -> None:
    tidy(axes, "error at each iteration", "iteration")
    drawn = np.clip(run.errors[: iterations + 1, 0], 1e-12, 1e4)
    axes.semilogy(range(1, iterations + 1), drawn[:-1], color=BLUE, linewidth=1.6)
    axes.semilogy([iterations], drawn[-2:-1], "o", color=BLUE, markersize=7, clip_on=False)
    axes.plot([iterations + 1], drawn[-1:], **RING)
    axes.set(xlim=(0.5, ITERATIONS + 0.5), ylim=(1e-12, 1e4), yticks=[1e-12, 1e-8, 1e-4, 1, 1e4])
    axes.minorticks_off()
    axes.grid(axis="y", color="#D9D9D9", linewidth=0.6)


def error_curves(run: Descent, iterations: int, bottom: float, height: float) -> tuple[np.ndarray, float]:
    """A curve for each weight, zoomed out until all points are seen. Gives the windows without zoom, and the zoom."""
    windows, limit = frame(run[0], same_scale=False)
    zoom = smallest_zoom(windows[0], run.weights[: iterations + 1, 0], limit, run.errors[: iterations + 1, 0])
    for i, (name, window) in enumerate(zip(NAMES, windows[0])):
        axes = plt.axes((0.085 + 0.315 * i, bottom, 0.245, height))
        error_curve(axes, run, iterations, i, name, widened(window, zoom), limit * zoom**2)
    if zoom > 1:
        plt.figtext(0.96, 0.108, f"zoomed out × {zoom:g}", ha="right", fontsize=8.5, fontweight="bold", color=ORANGE)
    return windows[0], zoom


def error_curve(
    axes: Axes, run: Descent, iterations: int, i: int, name: str, window: tuple[float, float], limit: float
) -> None:
    tidy(axes, name, "weight")
    if i == 0:
        axes.set_ylabel("error", fontsize=9)
    axes.locator_params(nbins=5)
    step = run[iterations - 1]
    weight, error, slope = step.weights[0, i], step.errors[0], 2 * step.deltas[0] * step.inputs[i]
    axes.axhline(0, color="#D9D9D9", linewidth=1)
    along = np.linspace(*window, 41)
    for past in range(max(0, iterations - 1 - PAST_CURVES), iterations - 1):
        axes.plot(along, helpers.error_along(run[past], 0, i, along), color=BLUE, linewidth=0.6, alpha=0.35)
    along = np.linspace(*window, 161)
    axes.plot(along, helpers.error_along(step, 0, i, along), color=BLUE, linewidth=2)
    half = np.ptp(window) / 4
    axes.plot([weight - half, weight + half], [error - half * slope, error + half * slope], **TANGENT)
    trail(axes, run.weights[: iterations + 1, 0, i], run.errors[: iterations + 1, 0])
    axes.set(xlim=window, ylim=(-0.06 * limit, limit))
    note = f"weight_delta {slope / 2:.3g}"
    if i in step.frozen:
        note = "frozen"
    axes.text(1, 1.03, note, transform=axes.transAxes, ha="right", fontsize=8.5, color=GREY)


def trail(axes: Axes, xs: np.ndarray, ys: np.ndarray) -> None:
    """From where learning began to where it is, which is the last but one, and a ring where the next step lands."""
    axes.plot(xs[:-1], ys[:-1], color=PALE, linewidth=1)
    axes.scatter(xs[:-2], ys[:-2], s=22, c=np.linspace(0.8, 0.2, len(xs) - 2), cmap="gray", vmin=0, vmax=1, zorder=3)
    axes.plot(xs[-2:], ys[-2:], ":", color=ORANGE, linewidth=1)
    axes.plot(xs[-1:], ys[-1:], zorder=4, **RING)
    axes.plot(xs[-2:-1], ys[-2:-1], "o", color=INK, markersize=8, clip_on=False, zorder=5)


def trail_key() -> None:
    handles = [
        Line2D([], [], color=INK, marker="o", markersize=8, linestyle="none"),
        Line2D([], [], color="0.6", marker="o", markersize=5, linestyle="none"),
        Line2D([], [], **RING),
        Line2D([], [], **TANGENT),
    ]
    words = ["now", "before: darker is later", "where the next step will land", "slope: 2 × weight_delta"]
    plt.figlegend(
        handles, words, loc="lower left", bbox_to_anchor=(0.065, 0.108), ncols=4, frameon=False, fontsize=8,
        borderpad=0, borderaxespad=0, handletextpad=0.3, columnspacing=1.2,
    )  # fmt: skip


def error_surface(
    axes: Axes, run: Descent, iterations: int, columns: list[int], windows: np.ndarray, zoom: float
) -> None:
    tidy(axes, "error over two weights (white: 0)", *(f"weight of {NAMES[c]}" for c in columns))
    axes.locator_params(nbins=5)
    step, path = run[iterations - 1], run.weights[: iterations + 1, 0, columns]
    seen = [widened(window, zoom) for window in equally_scaled(axes, windows)]
    across, up = (np.linspace(*window, 80) for window in seen)
    here, inputs = path[-2], step.inputs[columns]
    heights = (step.deltas[0] + inputs[0] * (across - here[0]) + inputs[1] * (up[:, None] - here[1])) ** 2
    levels = zoom**2 * run.errors[0, 0] * np.linspace(0, 1, 10) ** 2
    axes.imshow(
        np.minimum(heights, 10 * levels[-1]), extent=(*seen[0], *seen[1]), origin="lower", aspect="auto",
        interpolation="bilinear", interpolation_stage="data", cmap=DEPTH,
        norm=BoundaryNorm(levels, DEPTH.N, extend="max"),
    )  # fmt: skip
    trail(axes, *path.T)
    axes.set(xlim=seen[0], ylim=seen[1])


def alpha_line(axes: Axes, alpha: float, limit: float, lowest: float, highest: float, scale: str = "linear") -> None:
    alpha_areas(axes, scale, [lowest, limit, highest], ["", "///"])
    for at, text, side in ((limit / 2, "one step", "right"), (limit, "limit", "left")):
        axes.axvline(at, color=INK, linewidth=1, linestyle=":")
        axes.text(at, 1.12, f"{text} {at:.4g}", ha=side, fontsize=8)
    axes.plot([alpha], [0.55], "v", color=INK, markersize=9, clip_on=False)


def alpha_law(axes: Axes, alpha: float) -> None:
    first, half = limits().min(), np.median(limits())
    alpha_areas(axes, "log", [0.0001, first, half, 0.03], ["", "//", "xxxx"])
    axes.set_xticks([0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03], ["0.0001", "0.0003", "0.001", "0.003", "0.01", "0.03"])
    axes.minorticks_off()
    above: dict[str, Any] = {"transform": axes.transAxes, "fontsize": 8}
    for at, text, x in ((first, "the first image's", 0.83), (half, "half of them", 1)):
        axes.axvline(at, color=INK, linewidth=1, linestyle=":")
        axes.text(x, 1.15, f"{text}: {at:.4g}", ha="right", **above)
    axes.text(0, 2.15, "limits 2 / |x|² of the training images", **above | {"fontsize": 10})
    axes.text(1, 2.15, f"alpha is above {np.mean(limits() < alpha):.1%} of them", ha="right", **above)
    axes.plot([alpha], [0.5], "v", color=INK, markersize=9, clip_on=False)


def alpha_areas(axes: Axes, scale: str, ends: Sequence[float], hatches: Sequence[str]) -> None:
    """Alpha on a line: areas from end to end, the first of which is where learning works."""
    tidy(axes)
    axes.spines["left"].set_visible(False)
    axes.set(xscale=scale, xlim=(ends[0], ends[-1]), ylim=(0, 1), yticks=[])
    axes.text(-0.01, 0.5, "alpha", transform=axes.transAxes, ha="right", va="center", fontsize=9)
    colours = ["#D6EAF6", "#FBE6D6", "#FBE6D6"]
    for left, right, hatch, colour in zip(ends, ends[1:], hatches, colours):
        axes.add_patch(
            Rectangle((left, 0), right - left, 1, facecolor=colour, edgecolor="#E0B090", hatch=hatch, linewidth=0)
        )


def two_lines(axes: Axes, title: str, train: np.ndarray, test: np.ndarray, passes: int) -> None:
    tidy(axes, title, "passes over the training images")
    for values, colour, style, marker, name in (
        (train, BLUE, "-", "o", "training images"),
        (test, ORANGE, "--", "s", "test images"),
    ):
        axes.plot(range(1, passes + 1), values[:passes], style, color=colour, linewidth=1.6, label=name)
        axes.plot([passes], values[passes - 1 : passes], marker, color=colour, markersize=7, clip_on=False)
    axes.set(xlim=(0, PASSES), ylim=(0, 1))
    axes.grid(axis="y", color="#E3E3E3", linewidth=0.6)
    last = f"training {train[passes - 1]:.3g}, test {test[passes - 1]:.3g}"
    axes.text(1, 1.03, last, transform=axes.transAxes, ha="right", fontsize=8.5)


def digit(axes: Axes, pixels: np.ndarray, title: str) -> None:
    axes.imshow(pixels.reshape(28, 28), cmap="gray_r", vmin=0, vmax=1)
    axes.set(xticks=[], yticks=[])
    axes.set_title(title, fontsize=10)


def weight_image(axes: Axes, values: np.ndarray, scale: float, title: str) -> Any:
    shown = axes.imshow(values.reshape(28, 28), cmap=WEIGHTS, vmin=-scale, vmax=scale)
    axes.set(xticks=[], yticks=[])
    axes.set_title(title, fontsize=10)
    return shown


def outputs(axes: Axes, scores: np.ndarray) -> None:
    tidy(axes, "outputs for this image")
    colours = ["#9DB9CC"] * 10
    colours[scores.argmax()] = BLUE
    axes.barh(range(10), scores, height=0.7, color=colours)
    for d, score in enumerate(scores):
        axes.text(max(score, 0) + 0.03, d, f"{score:.2f}", va="center", fontsize=8)
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.axvline(1, color="#D9D9D9", linewidth=0.8)
    axes.set(xlim=(-0.7, 1.75), ylim=(9.6, -0.6), yticks=range(10), yticklabels=[f"{d}?" for d in range(10)])
    axes.set_xticks([0, 1], ["others: 0", "right digit: 1"])


def tidy(axes: Axes, title: str = "", xlabel: str = "", ylabel: str = "") -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=8)
    axes.set_title(title, fontsize=10, loc="left")
    axes.set_xlabel(xlabel, fontsize=9)
    axes.set_ylabel(ylabel, fontsize=9)
