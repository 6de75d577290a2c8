"""The learning itself: numbers in, numbers out.

What a learner has set with np.seterr is for their own code: each function here, and each piece of work for a thread,
computes with `np.errstate(all="ignore")` of its own. Numbers that are no longer finite are told of in the result.
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
