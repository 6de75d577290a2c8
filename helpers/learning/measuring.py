"""How well weights do, of arrays that fit each other: `evaluate` and `answers` see to that, and say what is what.

Numbers may be float32 or float64, and what is not finite is no fault.
"""

from itertools import repeat

import numpy as np

from .threads import CORES, threads

IMAGES_PER_TASK = 500  # that a thread looks at together, so that memory stays bounded
NO_ANSWER = -1  # of weights that are no longer finite


@np.errstate(all="ignore")
def errors_and_accuracies(
    weights: np.ndarray, images: np.ndarray, targets: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Of k networks, (k,) each. weights: (k, n_out, n_in). images: (n, n_in). targets: (n, n_out)."""
    parts = _parts(images), _parts(targets), _parts(right_answers(targets))
    errors, hits = np.zeros((2, len(weights)))
    with threads(CORES) as pool:
        for errors_of_part, hits_of_part in pool.map(_errors_and_hits, repeat(weights), *parts):
            errors += errors_of_part
            hits += hits_of_part
    return errors / len(images), hits / len(images)


def right_answers(targets: np.ndarray) -> np.ndarray:
    """Where the largest target of each row is, (n,); NO_ANSWER in a row in which several are the largest."""
    largest = targets.max(axis=1, keepdims=True)
    single = (targets == largest).sum(axis=1) == 1
    return np.where(single, targets.argmax(axis=1), NO_ANSWER)


def _errors_and_hits(
    weights: np.ndarray, images: np.ndarray, targets: np.ndarray, right: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """For each of k networks: the squared errors added up, and the number of images whose largest pred is right."""
    networks, n_out, n_in = weights.shape
    preds = (weights.reshape(networks * n_out, n_in) @ images.T).reshape(networks, n_out, len(images))
    hits = preds.argmax(axis=1) == right
    preds -= targets.T
    errors = np.einsum("kji,kji->k", preds, preds)
    if not np.isfinite(errors).all():
        hits &= np.isfinite(preds).all(axis=1)
    return errors, hits.sum(axis=1)


@np.errstate(all="ignore")
def answers_of(weights: np.ndarray, images: np.ndarray) -> np.ndarray:
    """Where the largest pred of each image is, (n,); NO_ANSWER where a pred is not finite. weights: (n_out, n_in)."""
    with threads(CORES) as pool:
        return np.concatenate(list(pool.map(_answers_to_part, repeat(weights), _parts(images))))


def _answers_to_part(weights: np.ndarray, images: np.ndarray) -> np.ndarray:
    preds = images @ weights.T
    return np.where(np.isfinite(preds).all(axis=1), preds.argmax(axis=1), NO_ANSWER)


def _parts(rows: np.ndarray) -> list[np.ndarray]:
    return np.split(rows, range(IMAGES_PER_TASK, len(rows), IMAGES_PER_TASK))
