"""The learning itself: numbers in, numbers out."""

from .descent import Descent, Step, error_along, gradient_descent, largest_stable_alpha
from .stochastic import Training, evaluate, one_image_at_a_time, stochastic_gradient_descent

__all__ = [
    "Descent",
    "Step",
    "Training",
    "error_along",
    "evaluate",
    "gradient_descent",
    "largest_stable_alpha",
    "one_image_at_a_time",
    "stochastic_gradient_descent",
]
