"""Pictures with sliders, one class for each section of the course."""

from .full_training import FullTraining
from .mnist import Training, Weights
from .one_example import FreezingOneWeight, MultipleInputs, MultipleOutputs
from .own_digit import OwnDigit

__all__ = [
    "FreezingOneWeight",
    "FullTraining",
    "MultipleInputs",
    "MultipleOutputs",
    "OwnDigit",
    "Training",
    "Weights",
]
