"""The explorers' figures as one usually draws them: a pyplot function that `ipywidgets.interact` calls anew
for every position of a slider. Same panels, same data, same size."""

from functools import cache
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import BoundaryNorm, LinearSegmentedColormap
from matplotlib.patches import Circle, Rectangle

import helpers
from helpers.figures.curves import frame
from helpers.figures.pixel_images import colour_scale
from helpers.learning import Descent, Step

BLUE, ORANGE, INK, GREY = "#0072B2", "#C24E00", "#222222", "#6B6B6B"
WEIGHTS = LinearSegmentedColormap.from_list("weights", [ORANGE, "#F0A36B", "#FFFFFF", "#6CB4E4", BLUE])
DEPTH = LinearSegmentedColormap.from_list("depth", ["#FFFFFF", "#BBD9EC", "#4C93C3", "#123B5D"])

INPUTS, TARGETS, START = [8.5, 0.65, 1.2], [1.0], [0.1, 0.2, -0.1]
NAMES = ("toes", "record", "fans")
ITERATIONS = 30
FROZEN = 0  # toes
PASSES = 100


def multiple_inputs(alpha: float, iterations: int) -> None:
    """Notebook 1."""
    run = helpers.gradient_descent(INPUTS, TARGETS, START, alpha, ITERATIONS)
    windows, limit = frame(run[0])
    plt.figure(figsize=(8.6, 6))
    network(plt.axes((0, 0.52, 0.54, 0.47)), run[iterations - 1])
    error_history(plt.axes((0.62, 0.6, 0.355, 0.34)), run, iterations)
    for i, name in enumerate(NAMES):
        error_curve(plt.axes((0.065 + 0.32 * i, 0.19, 0.255, 0.27)), run[iterations - 1], i, name, windows[0, i], limit)
    alpha_line(plt.axes((0.065, 0.045, 0.895, 0.03)), alpha, helpers.largest_stable_alpha(INPUTS), 0, 0.1)
    plt.show()


def freezing_one_weight(alpha: float, iterations: int) -> None:
    """Notebook 2."""
    run = helpers.gradient_descent(INPUTS, TARGETS, START, alpha, ITERATIONS, [FROZEN])
    windows, limit = frame(run[0], same_scale=False)
    plt.figure(figsize=(8.6, 6.4))
    for i, name in enumerate(NAMES):
        error_curve(plt.axes((0.065 + 0.32 * i, 0.68, 0.255, 0.26)), run[iterations - 1], i, name, windows[0, i], limit)
    error_surface(plt.axes((0.085, 0.18, 0.4, 0.385)), run, iterations, [1, 2], windows[0, 1:])
    error_history(plt.axes((0.61, 0.18, 0.36, 0.385)), run, iterations)
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


def learn(alpha: float, passes: int, test: bool = True) -> Any:
    """A run of the plain NumPy loop, and (error, accuracy) on the test images after each pass."""
    images, labels = mnist("train")
    run = helpers.one_image_at_a_time(images, helpers.one_hot(labels), np.zeros((10, 784)), alpha, passes)
    test_images, test_labels = mnist("test")
    return run, helpers.evaluate(run.weights[1:], test_images, helpers.one_hot(test_labels)) if test else None


@cache
def learnt(alpha: float) -> Any:
    return learn(alpha, PASSES)


def draw_training(learnt: Any, passes: int, image: int) -> None:
    run, (test_errors, test_accuracies) = learnt
    pixels, label = mnist("test")[0][image], mnist("test")[1][image]
    plt.figure(figsize=(8.6, 5.4))
    axes = plt.axes((0.05, 0.57, 0.42, 0.36))
    two_lines(axes, "error", run.errors, test_errors, passes)
    axes = plt.axes((0.55, 0.57, 0.42, 0.36))
    two_lines(axes, "accuracy", run.accuracies, test_accuracies, passes)
    axes.legend(fontsize=8, loc="center right", bbox_to_anchor=(1, 0.3), frameon=False)
    digit(plt.axes((0.06, 0.05, 0.36, 0.36)), pixels, f"test image {image}: a {label}")
    outputs(plt.axes((0.55, 0.06, 0.42, 0.36)), run.weights[passes] @ pixels)
    plt.show()


def draw_weights(run: Any, passes: int, image: int, compared: tuple[int, int] = (2, 1)) -> None:
    learnt, pixels, label = run.weights[passes], mnist("test")[0][image], mnist("test")[1][image]
    scale = colour_scale(learnt)
    figure = plt.figure(figsize=(8.6, 7.6))
    for d in range(10):
        axes = plt.axes((0.01 + 0.18 * (d % 5), 0.78 - 0.23 * (d // 5), 0.172, 0.19))
        shown = weight_image(axes, learnt[d], scale, f"{d}?")
    bar = figure.colorbar(shown, cax=plt.axes((0.92, 0.57, 0.016, 0.38)), ticks=[-scale, 0, scale])
    bar.ax.set_yticklabels([f"{-scale:.2g}", "0", f"{scale:.2g}"], fontsize=8)
    for d, y in zip(compared, (0.275, 0.02)):
        left, middle, right = (plt.axes((0.09 + 0.26 * k, y, 0.2, 0.19)) for k in range(3))
        digit(left, pixels, f"image of a {label}")
        weight_image(middle, learnt[d], scale, f"weights of {d}?")
        weight_image(right, pixels * learnt[d], scale, "pixel × weight")
        for axes, sign in ((middle, "×"), (right, "=")):
            axes.text(-0.09, 0.5, sign, transform=axes.transAxes, ha="center", va="center", fontsize=18)
        score = f"sum = {pixels @ learnt[d]:.3g}"
        right.text(1.1, 0.5, score, transform=right.transAxes, va="center", fontsize=12)
    plt.show()


def network(axes: Axes, step: Step) -> None:
    axes.set(xlim=(-1.25, 6.3), ylim=(-1.55, 1.55), aspect="equal")
    axes.axis("off")
    axes.add_patch(Circle((4, 0), 0.36, facecolor="white", edgecolor=INK))
    axes.text(4, 0, f"{step.preds[0]:.3g}", ha="center", va="center", fontsize=8.5, fontweight="bold")
    axes.text(4, -0.39, "win", ha="center", va="top", fontsize=9)
    compared = f"true {step.targets[0]:.4g}\nerror {step.errors[0]:.4g}\ndelta {step.deltas[0]:.4g}"
    axes.text(4.48, 0, compared, va="center", fontsize=8.5)
    for y, name, value, weight in zip((1, 0, -1), NAMES, step.inputs, step.weights[0]):
        colour = BLUE if weight > 0 else ORANGE
        axes.plot([0.36, 3.64], [y, 0], color=colour, linewidth=0.8 + 2.4 * min(abs(weight), 1.3), zorder=0)
        axes.add_patch(Circle((0, y), 0.36, facecolor="white", edgecolor=INK))
        axes.text(0, y, f"{value:.4g}", ha="center", va="center", fontsize=9)
        axes.text(-0.46, y, name, ha="right", va="center", fontsize=9)
        label = {"facecolor": "white", "edgecolor": "none", "pad": 1.2}
        axes.text(2, y / 2, f"{weight:.4g}", ha="center", va="center", fontsize=8.5, color=colour, bbox=label)


def error_history(axes: Axes, run: Descent, iterations: int) -> None:
    tidy(axes, "error at each iteration", "iteration")
    drawn = np.clip(run.errors[:iterations, 0], 1e-12, 1e4)
    axes.semilogy(range(1, iterations + 1), drawn, color=BLUE, linewidth=1.6)
    axes.semilogy([iterations], drawn[-1:], "o", color=BLUE, markersize=7, clip_on=False)
    axes.set(xlim=(0.5, ITERATIONS + 0.5), ylim=(1e-12, 1e4), yticks=[1e-12, 1e-8, 1e-4, 1, 1e4])
    axes.minorticks_off()
    axes.grid(axis="y", color="#D9D9D9", linewidth=0.6)


def error_curve(axes: Axes, step: Step, i: int, name: str, window: np.ndarray, limit: float) -> None:
    tidy(axes, name, "weight", "error")
    axes.locator_params(nbins=5)
    weight, error, slope = step.weights[0, i], step.errors[0], 2 * step.weight_deltas[0, i]
    along = np.linspace(*window, 161)
    axes.axhline(0, color="#D9D9D9", linewidth=1)
    axes.plot(along, helpers.error_along(step, 0, i, along), color=BLUE, linewidth=2)
    if window[0] <= weight <= window[1] and error <= limit:
        half = np.ptp(window) / 4
        axes.plot([weight - half, weight + half], [error - half * slope, error + half * slope], "--", color=ORANGE)
        axes.plot([weight], [error], "o", color=INK, markersize=8)
    axes.set(xlim=window, ylim=(-0.06 * limit, limit))
    axes.text(1, 1.03, f"weight_delta {slope / 2:.3g}", transform=axes.transAxes, ha="right", fontsize=8.5, color=GREY)


def error_surface(axes: Axes, run: Descent, iterations: int, columns: list[int], windows: np.ndarray) -> None:
    tidy(axes, "error over two weights (white: 0)", *(f"weight of {NAMES[c]}" for c in columns))
    axes.locator_params(nbins=5)
    step, path = run[iterations - 1], run.weights[:iterations, 0, columns]
    across, up = (np.linspace(*window, 80) for window in windows)
    here, inputs = path[-1], step.inputs[columns]
    heights = (step.deltas[0] + inputs[0] * (across - here[0]) + inputs[1] * (up[:, None] - here[1])) ** 2
    levels = run.errors.max() * np.linspace(0, 1, 10) ** 2
    axes.imshow(
        np.minimum(heights, 1e6), extent=np.ravel(windows), origin="lower", aspect="auto", interpolation="bilinear",
        interpolation_stage="data", cmap=DEPTH, norm=BoundaryNorm(levels, DEPTH.N, extend="max"),
    )  # fmt: skip
    axes.plot(*path.T, ".-", color=ORANGE, linewidth=1.4)
    axes.plot(*here, "o", color=INK, markersize=8)
    axes.set(xlim=windows[0], ylim=windows[1])


def alpha_line(axes: Axes, alpha: float, limit: float, lowest: float, highest: float, scale: str = "linear") -> None:
    tidy(axes)
    axes.spines["left"].set_visible(False)
    axes.set(xscale=scale, xlim=(lowest, highest), ylim=(0, 1), yticks=[])
    axes.text(-0.01, 0.5, "alpha", transform=axes.transAxes, ha="right", va="center", fontsize=9)
    axes.add_patch(Rectangle((lowest, 0), limit - lowest, 1, color="#D6EAF6"))
    axes.add_patch(Rectangle((limit, 0), highest - limit, 1, facecolor="#FBE6D6", edgecolor="#E0B090", hatch="///"))
    for at, text, side in ((limit / 2, "one step", "right"), (limit, "limit", "left")):
        axes.axvline(at, color=INK, linewidth=1, linestyle=":")
        axes.text(at, 1.12, f"{text} {at:.4g}", ha=side, fontsize=8)
    axes.plot([alpha], [0.55], "v", color=INK, markersize=9, clip_on=False)


def two_lines(axes: Axes, title: str, train: np.ndarray, test: np.ndarray, passes: int) -> None:
    tidy(axes, title, "passes over the training images")
    for values, colour, style, marker, name in (
        (train, BLUE, "-", "o", "1,000 training images"),
        (test, ORANGE, "--", "s", "10,000 test images"),
    ):
        axes.plot(range(1, passes + 1), values[:passes], style, color=colour, linewidth=1.6, label=name)
        axes.plot([passes], values[passes - 1 : passes], marker, color=colour, markersize=7, clip_on=False)
    axes.set(xlim=(0, PASSES), ylim=(0, 1))
    axes.grid(axis="y", color="#E3E3E3", linewidth=0.6)
    last = f"training {train[passes - 1]:.3f}, test {test[passes - 1]:.3f}"
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
    names = [f"{d}?" for d in range(10)]
    colours = [BLUE if d == scores.argmax() else "#9DB9CC" for d in range(10)]
    axes.barh(range(10), scores, height=0.7, color=colours)
    for d, score in enumerate(scores):
        axes.text(max(score, 0) + 0.03, d, f"{score:.2f}", va="center", fontsize=8)
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.axvline(1, color="#D9D9D9", linewidth=0.8)
    axes.set(xlim=(-0.6, 1.4), ylim=(9.6, -0.6), yticks=range(10), yticklabels=names)


def tidy(axes: Axes, title: str = "", xlabel: str = "", ylabel: str = "") -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=8)
    axes.set_title(title, fontsize=10, loc="left")
    axes.set_xlabel(xlabel, fontsize=9)
    axes.set_ylabel(ylabel, fontsize=9)
