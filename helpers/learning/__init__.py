"""The learning itself: numbers in, numbers out.

descent      one training example, every number of every iteration
stochastic   many training examples, one update per image, and how well weights do
blocks       the same updates, a block of images at a time
fast_passes  passes over all blocks in less time
threads      threads that compute beside each other
arguments    what a reader passes in, as arrays, or what is wrong with it

What a learner has set with np.seterr is for their own code: each function here, and each thread, computes with errors
ignored. Numbers that are no longer finite are told of in the result.
"""

from .descent import Descent, Step, error_along, gradient_descent, largest_stable_alpha
from .stochastic import TrainingRun, evaluate, one_image_at_a_time, stochastic_gradient_descent

__all__ = [
    "Descent",
    "Step",
    "TrainingRun",
    "error_along",
    "evaluate",
    "gradient_descent",
    "largest_stable_alpha",
    "one_image_at_a_time",
    "stochastic_gradient_descent",
]
