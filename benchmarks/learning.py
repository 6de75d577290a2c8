"""The same stochastic gradient descent written in several ways: same weights, different speed.

Runs in a Python of its own, which has the peers: see peers.py.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import numpy as np

import helpers
from helpers.learning import blocks, fast_passes
from helpers.learning.threads import threads

from .report import Row, Section, duration

ALPHA = 0.001
OUTPUTS = 10
TOLERANCE = 1e-9
UNSCALED = 10**9  # more images than are timed
RAW = Path(__file__).resolve().parents[1] / "notebooks" / "raw"

Learn = Callable[[np.ndarray, np.ndarray, int], np.ndarray]  # images, targets, passes -> the weights at the end


def ours(images, targets, passes):
    return helpers.stochastic_gradient_descent(images, targets, _zeros(images), ALPHA, passes).weights[-1]


def numpy_loop(images, targets, passes):
    return helpers.one_image_at_a_time(images, targets, _zeros(images), ALPHA, passes).weights[-1]


def plain_lists(images, targets, passes):
    images, targets, weights = images.tolist(), targets.tolist(), _zeros(images).tolist()
    for _ in range(passes):
        for image, target in zip(images, targets):
            for row, wanted in zip(weights, target):
                step = ALPHA * (sum(weight * pixel for weight, pixel in zip(row, image)) - wanted)
                row[:] = [weight - step * pixel for weight, pixel in zip(row, image)]
    return np.array(weights)


def torch_by_hand(images, targets, passes):
    import torch

    images, targets = torch.from_numpy(images), torch.from_numpy(targets)
    weights = torch.zeros(OUTPUTS, images.shape[1], dtype=torch.float64)
    with torch.no_grad():
        for _ in range(passes):
            for image, target in zip(images, targets):
                delta = weights @ image - target
                weights -= ALPHA * torch.outer(delta, image)
    return weights.numpy()


def torch_optim_sgd(images, targets, passes):
    import torch

    images, targets = torch.from_numpy(images), torch.from_numpy(targets)
    weights = torch.zeros(OUTPUTS, images.shape[1], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([weights], lr=ALPHA)
    for _ in range(passes):
        for image, target in zip(images, targets):
            optimizer.zero_grad()
            error = ((weights @ image - target) ** 2).sum() / 2
            error.backward()
            optimizer.step()
    return weights.detach().numpy()


def scikit_learn(images, targets, passes):
    from sklearn.linear_model import SGDRegressor

    weights = []
    for target in targets.T:
        model = SGDRegressor(
            loss="squared_error", penalty=None, learning_rate="constant", eta0=ALPHA, fit_intercept=False, shuffle=False
        )
        for _ in range(passes):
            model.partial_fit(images, target)
        weights.append(model.coef_)
    return np.array(weights)


# Name in the table, the function, and how many images it is timed for at most: a slower one is scaled up from there.
PEERS: list[tuple[str, Learn, int]] = [
    ("the NumPy loop", numpy_loop, 100_000),
    ("PyTorch, by hand", torch_by_hand, 100_000),
    ("torch.optim.SGD", torch_optim_sgd, 10_000),
    ("scikit-learn's SGDRegressor", scikit_learn, 100_000),
    ("plain Python lists", plain_lists, 1_000),
]


def blocks_alone(images, targets, passes):
    """What blocks.py says, and nothing of fast_passes.py."""
    image_blocks, target_blocks = blocks.in_blocks(images), blocks.in_blocks(targets)
    weights = _zeros(images)
    with threads(1):
        inverses = [blocks.invert(block, ALPHA) for block in image_blocks]
        for _ in range(passes):
            weights = blocks.one_pass(weights, image_blocks, target_blocks, inverses, ALPHA)
    return weights


def pass_by_pass(images, targets, passes):
    return fast_passes.pass_by_pass(images, targets, _zeros(images), ALPHA, passes)[-1]


def with_a_matrix(images, targets, passes):
    return fast_passes.with_a_matrix(images, targets, _zeros(images), ALPHA, passes)[-1]


def pass_by_pass_of_inked(images, targets, passes):
    inked = images.any(axis=0)
    weights = _zeros(images)
    weights[:, inked] = pass_by_pass(images.compress(inked, axis=1), targets, passes)
    return weights


def measure(quick: bool = False) -> dict:
    """Sections, and what the report's other parts need."""
    images, labels = helpers.load_mnist()
    targets = helpers.one_hot(labels)
    many, many_targets, origin = _sixty_thousand()
    peers, notes = _that_agree(images, targets)
    repetitions = 1 if quick else 5
    rows = [row for passes in (100, 10) for row in _side_by_side(peers, images, targets, passes, repetitions)]
    title = "Stochastic gradient descent: 100 and 10 passes over the 1,000 images"
    about = (
        f"All of them only learn; alpha {ALPHA}, float64. "
        "A number in brackets says from how many images a slow one was scaled up."
    )
    return {
        "sections": [
            asdict(Section(title, rows, [about, *notes])),
            asdict(_growth(peers, many, many_targets, origin, quick)),
            asdict(_means(images, targets, many, many_targets, repetitions)),
        ],
        "versions": versions(),
    }


def _that_agree(images, targets):
    """The peers that are installed and end at the same weights, and a sentence on each that does not."""
    wanted, peers, notes = ours(images, targets, 3), [], []
    for name, peer, most in PEERS:
        try:
            error = np.abs(peer(images, targets, 3) - wanted).max() / np.abs(wanted).max()
        except ImportError as missing:
            notes.append(f"{name} is left out: {missing}.")
            continue
        if error < TOLERANCE:
            peers.append((name, peer, most))
            notes.append(f"{name}: same weights after 3 passes, largest difference {error:.0e} of the largest weight.")
        else:
            notes.append(f"{name} is left out: its weights differ by {error:.0e} of the largest.")
    return peers, notes


def _side_by_side(peers, images, targets, passes, repetitions):
    """One row a peer; in turn, so that whatever else the machine does hits all of them."""
    everyone = [("ours", ours, UNSCALED), *peers]
    samples = {name: [] for name, *_ in everyone}
    for repetition in range(repetitions):
        for name, function, most in everyone:
            slow = len(images) * passes > most
            if not (slow and repetition > 2):
                samples[name].append(_seconds(function, images, targets, passes, most))
    what = f"{passes} pass{'es' * (passes > 1)}, {len(images):,} images"
    rows = []
    for name, _, most in peers:
        scaled = f" ({most:,})" if len(images) * passes > most else ""
        rows.append(Row(what, samples["ours"], name + scaled, samples[name]))
    return rows


def _seconds(function, images, targets, passes, most):
    timed_passes = max(1, min(passes, most // len(images)))
    timed_images = min(len(images), most)
    seconds = _seconds_of(lambda: function(images[:timed_images], targets[:timed_images], timed_passes))
    return seconds * (passes * len(images)) / (timed_passes * timed_images)


def _means(images, targets, many, many_targets, repetitions):
    """What each means of fast_passes.py saves: ours beside the same without it."""
    alone = ("blocks alone", blocks_alone, UNSCALED)
    of_ten = [("all pixels", pass_by_pass, UNSCALED), alone]
    of_hundred = [("all pixels", with_a_matrix, UNSCALED), ("no matrix", pass_by_pass_of_inked, UNSCALED), alone]
    rows = _side_by_side([alone], many, many_targets, 1, repetitions)
    rows += _side_by_side(of_ten, images, targets, 10, repetitions)
    rows += _side_by_side(of_hundred, images, targets, 100, repetitions)
    notes = [
        "Blocks alone: what helpers/learning/blocks.py shows. In one pass, all that ours has beyond that are inverses "
        "computed on a second thread, many in one go."
    ]
    return Section("What each means of helpers/learning/fast_passes.py saves", rows, notes)


def _growth(peers, many, wanted, origin, quick):
    speed = matrix_product_speed()
    product = f"The machine's matrix product, 2,000 x 2,000 in float64, median of 9: {speed / 1e9:.3g} GFLOP/s."
    rows, notes = [], [origin, product]
    for n, repetitions in ((1_000, 15), (10_000, 5), (60_000, 5)):
        rows += _side_by_side(peers, many[:n], wanted[:n], 1, 2 if quick else repetitions)
        needed, seconds = operations(many[:n]), np.median(rows[-1].ours)
        notes.append(
            f"Ours, {n:,} images: {duration(1000 * seconds / n)} for each 1,000; {needed / 1e9:.3g} GFLOP needed, so "
            f"{needed / seconds / 1e9:.3g} GFLOP/s, {needed / seconds / speed:.0%} of the matrix product's."
        )
    notes.append(
        "Needed for n images with k pixels ever used, m outputs, blocks of B: B n k for the products of images with "
        "the earlier ones of their block, B n m to solve for the deltas, 2 n k m each for the preds and the change of "
        "the weights."
    )
    return Section("Stochastic gradient descent: one pass, from 1,000 to 60,000 images", rows, notes)


def _sixty_thousand():
    """(images, targets, a sentence that says where they come from)."""
    try:
        many, labels = helpers.load_mnist("train", RAW)
        return many, helpers.one_hot(labels), "The 60,000 training images of MNIST."
    except FileNotFoundError:
        noise = np.random.default_rng(0)
        images, labels = helpers.load_mnist(count=10_000)
        many = np.tile(images, (6, 1))
        many += (many > 0) * noise.normal(0, 0.02, many.shape)
        origin = "The 10,000 images of data/ six times over, each with its own small noise on the ink: the raw files "
        origin += "are not here."
        return many, helpers.one_hot(np.tile(labels, 6)), origin


def operations(images):
    """Floating-point operations that one pass in blocks needs at least."""
    n, k, m, block = len(images), int(images.any(axis=0).sum()), OUTPUTS, blocks.BLOCK
    return block * n * k + block * n * m + 2 * 2 * n * k * m


def _seconds_of(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def matrix_product_speed(side=2000):
    """Floating-point operations a second."""
    a, b = np.random.default_rng(0).random((2, side, side))
    return 2 * side**3 / np.median([_seconds_of(lambda: a @ b) for _ in range(9)])


def versions():
    """The peers, and the linear algebra below NumPy, in words."""
    found = {}
    installed = [name for name in ("torch", "scikit-learn") if find_spec(name.replace("scikit-learn", "sklearn"))]
    if installed:
        found["peers"] = ", ".join(f"{name} {version(name)}" for name in installed)
    if find_spec("threadpoolctl"):
        from threadpoolctl import threadpool_info

        pools = [pool for pool in threadpool_info() if "numpy" in pool["filepath"]]
        found["linear algebra below NumPy"] = ", ".join(
            f"{pool['internal_api']} {pool['version']} on {pool['num_threads']} threads" for pool in pools
        )
    return found


def _zeros(images):
    return np.zeros((OUTPUTS, images.shape[1]))


if __name__ == "__main__":
    json.dump(measure("--quick" in sys.argv), sys.stdout)
