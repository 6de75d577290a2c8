"""The course's data.

season       four games of a team
mnist        MNIST as data/ or the raw files hold it, checked
idx          the format of the raw files
download     the raw files, from a mirror
handwriting  a drawing made into an image as those of MNIST
"""

from . import season
from .download import fetch_mnist
from .handwriting import as_mnist
from .idx import read_idx
from .mnist import RAW_SHA256, load_mnist, load_pixels, load_raw, one_hot

__all__ = [
    "RAW_SHA256",
    "as_mnist",
    "fetch_mnist",
    "load_mnist",
    "load_pixels",
    "load_raw",
    "one_hot",
    "read_idx",
    "season",
]
