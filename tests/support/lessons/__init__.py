"""What the tests know of each notebook's text, a module for each."""

from types import ModuleType

from . import freezing_one_weight, mnist, mnistpreprocessor, multiple_inputs, multiple_outputs, visualizing_weights

LESSONS: dict[str, ModuleType] = {
    "1_multiple_inputs": multiple_inputs,
    "2_freezing_one_weight": freezing_one_weight,
    "3_multiple_outputs": multiple_outputs,
    "4_mnist": mnist,
    "5_visualizing_weights": visualizing_weights,
    "MNISTPreprocessor": mnistpreprocessor,
}
