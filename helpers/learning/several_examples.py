"""Gradient descent on several training examples, each in turn, over and over."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .. import arguments
from .descent import first_not_finite, make_read_only

BISECTIONS = 50  # of the range where the limit lies: it is then known to ten digits or more
ROUNDING = 1e-9  # an eigenvalue larger than 1 by less may be 1


@dataclass(frozen=True)
class DescentInTurn:
    """Everything that happened while several examples were learnt, update by update. The arrays can't be changed."""

    inputs: np.ndarray  # (n, n_in)
    targets: np.ndarray  # (n, n_out)
    alpha: float
    frozen: tuple[int, ...]  # input columns whose weights do not change
    errors: np.ndarray  # (updates, n): the squared error of every example before each update, summed over the outputs
    weights: np.ndarray  # (updates + 1, n_out, n_in): at the start, then after each update

    def __post_init__(self) -> None:
        make_read_only(self)

    def __len__(self) -> int:
        return len(self.errors)

    @property
    def diverged_at(self) -> int | None:
        """Index of the first update with a number that is not finite; None if there is none."""
        return first_not_finite(self.errors, self.weights[1:])


@np.errstate(all="ignore")
def gradient_descent_in_turn(
    inputs: npt.ArrayLike,
    targets: npt.ArrayLike,
    weights: npt.ArrayLike,
    alpha: float,
    updates: int,
    frozen: Iterable[int] = (),
) -> DescentInTurn:
    """Learn several examples one after the other, over and over: each update is one step on one of them.

    inputs: (n, n_in), a row for each example. targets: (n, n_out); a flat list serves for one output.
    weights: (n_out, n_in), where learning starts; a flat list serves where one side is 1.
    alpha: the learning rate. updates: how many single updates, 0 or more; number `i` learns example `i % n`.
    frozen: input columns (from 0) whose weights must not change.

    Returns a `DescentInTurn`. Raises ValueError, naming the argument, for input that does not fit.
    Divergence is no error: see `DescentInTurn.diverged_at`. The update is that of `gradient_descent`.
    """
    inputs, targets = _examples(inputs, targets)
    start = arguments.weight_matrix(weights, targets.shape[1], inputs.shape[1])
    alpha, updates = arguments.learning_rate(alpha), arguments.count("updates", updates)
    frozen = arguments.columns(frozen, inputs.shape[1])
    arguments.check_memory("updates", updates, updates * (start.size + 3 * targets.size))

    history = np.empty((updates + 1, *start.shape))
    history[0] = start
    for i in range(updates):
        example = i % len(inputs)
        pred = history[i] @ inputs[example]
        delta = pred - targets[example]
        weight_deltas = np.outer(delta, inputs[example])
        weight_deltas[:, frozen] = 0
        history[i + 1] = history[i] - alpha * weight_deltas
    deltas = history[:-1] @ inputs.T - targets.T
    return DescentInTurn(inputs, targets, alpha, frozen, (deltas**2).sum(axis=1), history)


@np.errstate(all="ignore")
def least_error_weights(
    inputs: npt.ArrayLike, targets: npt.ArrayLike, weights: npt.ArrayLike, frozen: Iterable[int] = ()
) -> np.ndarray:
    """The weights (n_out, n_in) with which the squared errors of all examples add up to the least.

    The frozen weights stay as they are in `weights`. Where many weights do equally well, these are the nearest to
    `weights`, to which a small alpha would lead. Arguments and ValueErrors are those of `gradient_descent_in_turn`, and
    numbers so large that the weights would be infinite are refused, too.

    The change is the least squares solution of smallest length, by the pseudoinverse of the inputs whose weights may
    change (Golub and Van Loan, Matrix Computations, 2013, section 5.5).
    """
    inputs, targets = _examples(inputs, targets)
    best = arguments.weight_matrix(weights, targets.shape[1], inputs.shape[1]).copy()
    free = _free_columns(inputs, frozen)
    try:
        best[:, free] += (targets.T - best @ inputs.T) @ np.linalg.pinv(inputs[:, free]).T
    except np.linalg.LinAlgError:
        best[:] = np.nan
    if not np.isfinite(best).all():
        raise ValueError("inputs, targets and weights must be smaller numbers: the best weights would be infinite.")
    return best


@np.errstate(all="ignore")
def largest_stable_alpha_in_turn(inputs: npt.ArrayLike, frozen: Iterable[int] = ()) -> float:
    """The alpha above which learning the examples in turn diverges; `largest_stable_alpha` for several examples.

    A round, one update on each example, multiplies how far the weights are from where they settle by the product of
    the matrices `I - alpha * outer(x, x)`, with the inputs `x` whose weights may change. The distance shrinks while all
    eigenvalues of that product are smaller than 1 in size. (Directions that no input has are never moved along, and
    don't count.)

    Below `2 / the largest |x|^2` each update alone brings the weights nearer to its example's valley, above
    `2 / the smallest |x|^2` each takes them farther away; between the two, the limit is found by bisection.

    Returns infinity where no input can move a weight. Raises ValueError as `gradient_descent_in_turn` does.
    """
    inputs = arguments.array("inputs", inputs, 2)
    free = inputs[:, _free_columns(inputs, frozen)]
    scale = _power_of_2(np.abs(free).max(initial=0))
    return _limit(free / scale) / scale / scale


def _power_of_2(largest: float) -> float:
    """One near the largest input, by which all are divided without rounding, so that their squares are no infinity."""
    _, exponent = np.frexp(largest)
    return float(np.ldexp(1.0, exponent - 1))


def _limit(free: np.ndarray) -> float:
    """What `largest_stable_alpha_in_turn` gives, for the inputs (n, n_free) whose weights may change."""
    lengths_squared = (free**2).sum(axis=1)
    moves = lengths_squared > 0
    if not moves.any():
        return np.inf
    moved_along = _directions(free[moves])
    stable, unstable = 2 / lengths_squared[moves].max(), 2 / lengths_squared[moves].min()
    for _ in range(BISECTIONS):
        middle = np.sqrt(stable) * np.sqrt(unstable)
        if _growth_of_a_round(moved_along, middle) < 1 + ROUNDING:
            stable = middle
        else:
            unstable = middle
    return float(stable)


def _directions(inputs: np.ndarray) -> np.ndarray:
    """The inputs as seen along the directions that they span, (n, rank)."""
    _, sizes, directions = np.linalg.svd(inputs, full_matrices=False)
    return inputs @ directions[sizes > sizes[0] * 1e-12].T


def _growth_of_a_round(inputs: np.ndarray, alpha: float) -> float:
    """By how much a round stretches what it stretches most in the long run: the size of its largest eigenvalue."""
    a_round = np.eye(inputs.shape[1])
    for x in inputs:
        a_round = a_round - alpha * np.outer(x, x @ a_round)
    if not np.isfinite(a_round).all():
        return np.inf
    return float(np.abs(np.linalg.eigvals(a_round)).max())


def _examples(inputs: npt.ArrayLike, targets: npt.ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Copies (n, n_in) and (n, n_out); ValueError unless there is a target for each row of inputs."""
    inputs = arguments.array("inputs", inputs, 2).copy()
    targets = arguments.array("targets", targets, 1, 2).copy()
    if targets.ndim == 1:
        targets = targets[:, None]
    arguments.one_row_per_example("inputs", inputs, targets)
    return inputs, targets


def _free_columns(inputs: np.ndarray, frozen: Iterable[int]) -> np.ndarray:
    """The columns whose weights may change."""
    return np.delete(np.arange(inputs.shape[1]), arguments.columns(frozen, inputs.shape[1]))
