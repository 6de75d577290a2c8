"""Questions about one training example with several inputs."""

from collections.abc import Sequence

import numpy as np

from ..learning import Descent, largest_stable_alpha
from .explorer import ExplorerOfOneExample, run_of_one_example
from .one_example import INPUTS, ITERATIONS, is_same_example, learn_again, names_for, secret
from .question import Number
from .words import nearness_of_alpha, nearness_of_share, say_nearness


@np.errstate(all="ignore")
def largest_alpha(explorer: ExplorerOfOneExample) -> Number:
    """At which alpha does learning stop working, with the inputs and the frozen weights that the explorer has now?

    Raises ValueError for an explorer of something else.
    """
    asked = run_of_one_example(explorer)
    sum_of_squares = (np.delete(asked.inputs, asked.frozen) ** 2).sum()
    limit = largest_stable_alpha(asked.inputs, asked.frozen)

    def reply_to(answer: float) -> list[str]:
        if not np.isfinite(limit):
            return ["At none: all inputs that count are 0, so no alpha moves any weight."]
        tried = [_tried_out(asked, alpha) for alpha in (0.98 * limit, 1.02 * limit)]
        paragraphs = [
            f"Learning stops working above alpha {limit:.4g}. {say_nearness(answer, nearness_of_alpha(answer, limit))}",
            f"Tried out over {ITERATIONS} iterations: {'; '.join(tried)}.",
            (
                "Why there? Each step multiplies delta by the same number: 1 less alpha times the sum of the squared "
                f"inputs, {sum_of_squares:.4g}. At alpha {limit:.4g} that is -1; beyond, each step overshoots by more "
                "than it mends."
            ),
        ]
        if asked.frozen:
            limit_of_all = largest_stable_alpha(asked.inputs)
            paragraphs.append(
                f"Only inputs whose weights may learn count. With none frozen, the limit would be {limit_of_all:.4g}."
            )
        if is_same_example(explorer.run, asked):
            alpha = explorer.alpha.value
            factor = 1 - alpha * sum_of_squares
            paragraphs.append(
                f"Where your slider is, at alpha {alpha:.4g}, delta is multiplied by {factor:.3g}: it {_grows(factor)}."
            )
        return paragraphs

    text = "At which alpha does learning stop working?"
    if asked.frozen:
        text = "With a weight frozen as it is now, at which alpha does learning stop working?"
    return Number(
        explorer.controls.values(),
        text,
        reply_to,
        placeholder="an alpha",
        truth=limit,
        nearness=nearness_of_alpha,
        reveal=secret(explorer, "limit"),
    )


def _tried_out(example: Descent, alpha: float) -> str:
    errors = learn_again(example, alpha).errors.sum(axis=1)
    return f"at alpha {alpha:.4g} the error goes from {errors[0]:.3g} to {errors[-1]:.3g}"


def _grows(factor: float) -> str:
    """What delta does if each step multiplies it by this."""
    if abs(factor) > 1:
        return "grows"
    if abs(factor) < 1:
        return "shrinks"
    return "stays as large as it is"


@np.errstate(all="ignore")
def largest_share(explorer: ExplorerOfOneExample, names: Sequence[str] | None = None) -> Number:
    """How large a part of all the moving is done by the weight that moves most?

    names: of the inputs, without them toes, record and fans; ValueError unless there is one for each, or for an
    explorer of something else.
    """
    asked = run_of_one_example(explorer)
    inputs = np.abs(asked.inputs)
    inputs[list(asked.frozen)] = 0
    names = names_for("names", names, inputs, INPUTS)
    largest = inputs.argmax()
    share = 100 * inputs[largest] / inputs.sum()

    def reply_to(answer: float) -> list[str]:
        if not inputs.any():
            return ["Nothing moves at all: no input that counts is other than 0."]
        nearness = say_nearness(answer, nearness_of_share(answer, share))
        return [
            f"It is {names[largest]}, with {share:.0f}% of the total. {nearness}",
            (
                "Why? Each weight moves by alpha times delta times its own input. Alpha and delta are the same for "
                f"all, so the inputs alone decide the shares: {inputs[largest]:g} of {inputs.sum():g}."
            ),
            _measured_shares(learn_again(asked, explorer.alpha.value, explorer.iterations.value), names),
        ]

    text = (
        f"All {len(inputs)} weights move. What percentage of their total movement comes from the one that moves "
        f"most, after {explorer.iterations.value} iterations? And is it the same after {explorer.iterations.max}?"
    )
    return Number(
        explorer.controls.values(),
        text,
        reply_to,
        placeholder="a percentage",
        truth=share,
        nearness=nearness_of_share,
        reveal=secret(explorer, "way"),
    )


def _measured_shares(run: Descent, names: Sequence[str]) -> str:
    moved = np.abs(run.weights[-1, 0] - run.weights[0, 0])
    if np.allclose(moved, 0) or not np.isfinite(moved.sum()):
        return "Where your sliders are, the weights are back where they began, or off any scale."
    shares = ", ".join(f"{name} {share:.0%}" for name, share in zip(names, moved / moved.sum()))
    return f"Measured where your sliders are: {shares}. Does it change with alpha, or with the iterations?"
