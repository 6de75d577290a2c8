"""The learning itself: numbers in, numbers out.

descent           one training example, every number of every iteration
several_examples  several of them in turn, and the weights that suit them best
stochastic        many training examples, one update per image, and how well weights do
measuring         error, accuracy and answers of arrays that fit each other
confusions        which digits are read, and which are taken for others
blocks            the same updates, a block of images at a time
fast_passes       passes over all blocks in less time
threads           threads that compute beside each other

What a learner has set with np.seterr is for their own code: each function here, and each thread, computes with errors
ignored. Numbers that are no longer finite are told of in the result.
"""

from .confusions import NO_ANSWER, accuracy_per_digit, answers, confusion_matrix
from .descent import Descent, Step, error_along, gradient_descent, largest_stable_alpha
from .several_examples import (
    DescentInTurn,
    gradient_descent_in_turn,
    largest_stable_alpha_in_turn,
    least_error_weights,
)
from .stochastic import TrainingRun, evaluate, one_image_at_a_time, stochastic_gradient_descent

__all__ = [
    "NO_ANSWER",
    "Descent",
    "DescentInTurn",
    "Step",
    "TrainingRun",
    "accuracy_per_digit",
    "answers",
    "confusion_matrix",
    "error_along",
    "evaluate",
    "gradient_descent",
    "gradient_descent_in_turn",
    "largest_stable_alpha",
    "largest_stable_alpha_in_turn",
    "least_error_weights",
    "one_image_at_a_time",
    "stochastic_gradient_descent",
]
