"""What the notebooks of the course share.

arguments  what a caller passes in, as it was meant, or a sentence that says what is wrong with it
learning   gradient descent, numbers only
datasets   the season's four games, and MNIST
figures    pictures of the learning
explorers  pictures with sliders, and a pad to draw on
check      tells a reader how an exercise stands, and which slip it may be
predict    questions to commit to before sliding
lab        JupyterLab, opened on the course

Each folder uses only those above it; `check` and `predict` use only the first three, `lab` uses none. `printing` is for
all that print what learners or file systems give.
"""

from .datasets import fetch_mnist, load_mnist, one_hot
from .learning import (
    error_along,
    evaluate,
    gradient_descent,
    gradient_descent_in_turn,
    largest_stable_alpha,
    largest_stable_alpha_in_turn,
    least_error_weights,
    one_image_at_a_time,
    stochastic_gradient_descent,
)

__all__ = [
    "error_along",
    "evaluate",
    "fetch_mnist",
    "gradient_descent",
    "gradient_descent_in_turn",
    "largest_stable_alpha",
    "largest_stable_alpha_in_turn",
    "least_error_weights",
    "load_mnist",
    "one_hot",
    "one_image_at_a_time",
    "stochastic_gradient_descent",
]
