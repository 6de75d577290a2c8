"""Pictures with sliders, one class for each section of the course."""

from .confusions import Confusions
from .full_training import FullTraining
from .one_example import FreezingOneWeight, MultipleInputs, MultipleOutputs
from .own_digit import OwnDigit
from .several_games import SeveralGames
from .training import Training
from .two_images import TwoImages
from .weights import Weights

__all__ = [
    "Confusions",
    "FreezingOneWeight",
    "FullTraining",
    "MultipleInputs",
    "MultipleOutputs",
    "OwnDigit",
    "SeveralGames",
    "Training",
    "TwoImages",
    "Weights",
]
