"""Questions about learning one training example."""

import numpy as np

from ..learning import error_along, gradient_descent, largest_stable_alpha
from .question import Choice, Number
from .words import nearness, right_or_not

NAMES = ("toes", "record", "fans")
OUTPUTS = ("hurt", "win", "sad")
STEPS = 30  # iterations over which an alpha is tried out


@np.errstate(all="ignore")
def largest_alpha(explorer):
    """At which alpha does learning stop working, with the inputs and the frozen weights that the explorer has now?"""
    asked = explorer.run
    total = (np.delete(asked.inputs, asked.frozen) ** 2).sum()
    limit = largest_stable_alpha(asked.inputs, asked.frozen)

    def tried(alpha):
        errors = _again(asked, alpha).errors.sum(axis=1)
        return f"at alpha {alpha:.4g} the error goes from {errors[0]:.3g} to {errors[-1]:.3g}"

    def reply(said):
        if not np.isfinite(limit):
            return ["At none: all inputs that count are 0, so no alpha moves any weight."]
        paragraphs = [
            f"Learning stops working above alpha {limit:.4g}. You said {said:g}: {nearness(said, limit)}.",
            f"Tried out over {STEPS} iterations: {tried(0.98 * limit)}; {tried(1.02 * limit)}.",
            (
                "Why there? Each step multiplies delta by the same number: 1 less alpha times the sum of the squared "
                f"inputs, {total:.4g}. At alpha {limit:.4g} that is -1; beyond, each step overshoots by more than it mends."
            ),
        ]
        if asked.frozen:
            none_frozen = largest_stable_alpha(asked.inputs)
            paragraphs.append(
                f"Only inputs whose weights may learn count. With none frozen, the limit would be {none_frozen:.4g}."
            )
        if explorer.run.frozen == asked.frozen:
            factor = 1 - explorer.alpha.value * total
            does = "grows" if abs(factor) > 1 else "shrinks" if abs(factor) < 1 else "stays as large as it is"
            paragraphs.append(
                f"Where your slider is, at alpha {explorer.alpha.value:.4g}, delta is multiplied by {factor:.3g}: it {does}."
            )
        return paragraphs

    frozen = "With a weight frozen as it is now, at" if asked.frozen else "At"
    return Number(explorer, f"{frozen} which alpha does learning stop working?", "an alpha", reply)


def largest_share(explorer, names=NAMES):
    """How large a part of all the moving is done by the weight that moves most?"""
    asked = explorer.run
    inputs = np.abs(asked.inputs)
    inputs[list(asked.frozen)] = 0
    names = _enough(names, inputs)

    def measured():
        run = _again(asked, explorer.alpha.value, explorer.iterations.value)
        moved = np.abs(run.weights[-1, 0] - run.weights[0, 0])
        if np.allclose(moved, 0) or not np.isfinite(moved.sum()):
            return "Where your sliders are, the weights are back where they began, or off any scale."
        shares = ", ".join(f"{name} {share:.0%}" for name, share in zip(names, moved / moved.sum()))
        return f"Measured where your sliders are: {shares}. Does it change with alpha, or with the iterations?"

    def reply(said):
        if not inputs.any():
            return ["Nothing moves at all: no input that counts is other than 0."]
        most = inputs.argmax()
        share = 100 * inputs[most] / inputs.sum()
        off = said - share
        how = "very near" if abs(off) < 2 else f"{abs(off):.0f} too {'many' if off > 0 else 'few'}"
        return [
            f"It is {names[most]}, with {share:.0f} per cent. You said {said:g}: {how}.",
            (
                "Why? Each weight moves by alpha times delta times its own input. Alpha and delta are the same for all, "
                f"so the inputs alone share out the moving: {inputs[most]:g} of {inputs.sum():g}."
            ),
            measured(),
        ]

    text = (
        f"All {len(inputs)} weights move. How many per cent of all their moving is done by the one that moves most, "
        f"after {explorer.iterations.value} iterations? And is it as much after {explorer.iterations.max}?"
    )
    return Number(explorer, text, "per cent", reply)


STAYS, UNDER, AWAY, FLATTER = (
    "it stays where it is",
    "it slides until its lowest point is under the dot",
    "it slides away from the dot",
    "it becomes flatter",
)


def frozen_curve(explorer, names=NAMES):
    """What happens to the error curve of the weight that is frozen now? Raises ValueError if none is."""
    asked, alpha = explorer.run, explorer.alpha.value
    if not asked.frozen:
        raise ValueError("No weight is frozen: choose one first, such as explorer.frozen.value = 0.")
    column = asked.frozen[0]
    name, value = _enough(names, asked.inputs)[column], asked.inputs[column]

    def reply(said):
        if not value:
            return [
                f"The input of {name} is 0, so its curve is a level line from the start. It can only move up or down."
            ]
        run = _again(asked, alpha, explorer.iterations.max)
        away = np.abs(run.deltas[:, 0] / value)
        truth = STAYS if np.isclose(away[-1], away[0]) else UNDER if away[-1] < away[0] else AWAY
        first, last = (_bend(run[i], column) for i in (0, -1))
        paragraphs = [
            (
                f"{right_or_not(said, truth)} At alpha {alpha:.3g} the lowest point is {away[0]:.3g} beside the dot at "
                f"first, and {away[-1]:.2g} after {len(run)} iterations."
            ),
            (
                "Why? The curve shows the error at other values of this one weight, the others as they are. When the "
                "others learn, it is another curve, but of the same shape: how sharply it bends was "
                f"{first:.4g} and is {last:.4g}, for the input alone sets that."
            ),
        ]
        if explorer.run.frozen == asked.frozen:
            now = _again(asked, explorer.alpha.value, explorer.iterations.value)[-1]
            dot = now.weights[0, column]
            bottom = dot - now.deltas[0] / value
            paragraphs.append(f"Where your sliders are: the dot at {dot:.4g}, the lowest point at {bottom:.4g}.")
        return paragraphs

    text = (
        f"The weight of {name} is frozen, so its dot can't move sideways. As the iterations go up, what does the "
        "curve under it do?"
    )
    return Choice(explorer, text, (STAYS, UNDER, AWAY, FLATTER), reply)


ALL_THE_SAME = "none: all by the same factor"


def fastest_output(explorer, outputs=OUTPUTS):
    """Which output's error shrinks by the largest factor?"""
    asked = explorer.run
    outputs = _enough(outputs, asked.targets)

    def reply(said):
        run = _again(asked, explorer.alpha.value, 2)
        missed = np.flatnonzero(run.errors[0])
        if not len(missed):
            return ["No error is left to shrink: every output is right from the start."]
        factors = run.errors[1, missed] / run.errors[0, missed]
        truth = ALL_THE_SAME if np.allclose(factors, factors[0], rtol=1e-6) else outputs[missed[factors.argmin()]]
        steps = ", ".join(
            f"{outputs[j]} from {run.errors[0, j]:.3g} to {run.errors[1, j]:.3g} (times {factor:.3f})"
            for j, factor in zip(missed, factors)
        )
        return [
            right_or_not(said, truth),
            f"One step at alpha {run.alpha:.3g}, where your slider is, takes the error of {steps}.",
            (
                "Why? An output that is further off takes larger steps, but has further to go. "
                "The factor comes from alpha and the input, which all outputs share."
            ),
        ]

    text = (
        "The outputs start with different errors. Whose error shrinks fastest, so that each step multiplies it by the "
        "smallest number?"
    )
    return Choice(explorer, text, (*outputs, ALL_THE_SAME), reply)


SMALLER, SAME, LARGER = "smaller", "the same", "larger"


def limit_of_all(explorer):
    """Is the largest alpha that works another one if there are several outputs?"""
    asked = explorer.run

    def reply(said):
        if not (asked.inputs.any() and asked.deltas[0].any()):
            return ["There is nothing to learn here: every input is 0, or no output is wrong."]
        one = [np.abs(asked.deltas[0]).argmax()]
        alone = _measured_limit(asked.inputs, asked.targets[one], asked.weights[0][one])
        together = _measured_limit(asked.inputs, asked.targets, asked.weights[0])
        truth = SAME if np.isclose(alone, together, rtol=1e-3) else SMALLER if together < alone else LARGER
        now = _again(asked, explorer.alpha.value).errors.sum(axis=1)
        return [
            (
                f"{right_or_not(said, truth)} Tried out with one output alone, the error begins to grow at alpha "
                f"{alone:.4g}; with all {len(asked.targets)}, at {together:.4g}."
            ),
            (
                "Why? The outputs share their inputs but no weight, so a step of one changes nothing for another. "
                "What limits alpha is the inputs."
            ),
            (
                f"Where your slider is, at alpha {explorer.alpha.value:.3g}, {STEPS} iterations take all errors together "
                f"from {now[0]:.3g} to {now[-1]:.3g}."
            ),
        ]

    text = (
        f"There are {asked.weights[0].size} weights now, for {len(asked.targets)} outputs. Compared with the same inputs "
        "and a single output, the largest alpha that works is ..."
    )
    return Choice(explorer, text, (SMALLER, SAME, LARGER), reply)


def _enough(names, values):
    """A name for each value; `number 3` where there are too few."""
    return (*names, *(f"number {i}" for i in range(len(names), len(values))))[: len(values)]


def _again(run, alpha, iterations=STEPS):
    """The same example, learnt with another alpha."""
    return gradient_descent(run.inputs, run.targets, run.weights[0], alpha, iterations, run.frozen)


def _bend(step, column, width=0.1):
    """How sharply the error curve of a weight bends, measured at three points of it."""
    at = step.weights[0, column] + width * np.array([-1, 0, 1])
    left, middle, right = error_along(step, 0, column, at)
    return (left - 2 * middle + right) / width**2


def _measured_limit(inputs, targets, weights):
    """The alpha at which the error stops shrinking, found by halving an interval; no formula for it is used."""

    def shrinks(alpha):
        errors = gradient_descent(inputs, targets, weights, alpha, 2).errors.sum(axis=1)
        return errors[1] < errors[0]

    low, high = 0.0, 1.0
    while shrinks(high) and high < 1e12:
        high *= 2
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if shrinks(middle) else (low, middle)
    return low
