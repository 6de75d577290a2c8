"""Pictures with sliders, one class for each section of the course."""

from .mnist import Training, Weights
from .one_example import FreezingOneWeight, MultipleInputs, MultipleOutputs

__all__ = ["FreezingOneWeight", "MultipleInputs", "MultipleOutputs", "Training", "Weights"]
