"""Unseen inputs by chance: numbers of about the size of the lesson's, with two decimals, so that they can be quoted."""

import numpy as np


def number(chance: np.random.Generator, largest: float = 1.5) -> float:
    """Of either sign; never 0, nor near it."""
    return float(np.round(chance.choice([-1, 1]) * chance.uniform(0.1, largest), 2))


def values(chance: np.random.Generator, count: int, largest: float = 1.5) -> list[float]:
    return [number(chance, largest) for _ in range(count)]


def table(chance: np.random.Generator, rows: int, columns: int, largest: float = 1.5) -> list[list[float]]:
    return [values(chance, columns, largest) for _ in range(rows)]


def count(chance: np.random.Generator, least: int = 2, most: int = 4) -> int:
    return int(chance.integers(least, most + 1))


def alpha(chance: np.random.Generator) -> float:
    return float(np.round(chance.uniform(0.05, 0.4), 2))


def example(chance: np.random.Generator) -> tuple[list[float], list[float], float]:
    """Inputs, weights and what is true, for a network with one output."""
    n_in = count(chance)
    return values(chance, n_in), values(chance, n_in, 0.6), number(chance, 1.0)


def some_of(chance: np.random.Generator, n_in: int) -> list[int]:
    """Columns in any order: none, some, never all."""
    return chance.permutation(n_in)[: chance.integers(n_in)].tolist()
