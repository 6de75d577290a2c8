"""What `MNISTPreprocessor.ipynb` says with numbers in it, and what it tells a reader to type or to try.

`prose` and `advice` tell how to write both down.
"""

from .advice import Advice, hand_in

SENTENCES = [
    "passed on since 1998",
    "at which of {28 * 28} places",
    "inputs between 0 and 1, and labels into rows of zeros with a single 1",
    "Together they are {(70_000 * (28 * 28 + 1) + 2 * 16 + 2 * 8) / 1e6} MB",
    "It downloads 12 MB",
    "into {len(hashlib.sha256(b'').hexdigest())} hexadecimal digits (0 to 9 and a to f)",
    "a whole number from 0 to {np.iinfo(np.uint8).max}, and a file",
    "(Only the first 16 of the {len(sha256(b''))} digits are printed; all 64 are compared.",
    "pixels from 0 to 255, labels from 0 to 9",
    "The training files hold 60,000 images.",
    "comes with the first {len(train_images)} of them, in their original order",
    "learns from the first {len(helpers.load_mnist()[0])}: few enough",
    "The {len(test_images)} test images are all there",
    "its first 16 bytes. (",
    "(8 means a whole number from 0 to {np.iinfo(np.uint8).max} in one byte)",
    "counts 256 times as much as the next",
    "`{list(content[4:8])}`, so it is {content[6]} · 256 + {content[7]}.",
    "{len(test_images)} images of {test_images.shape[1]} rows and {test_images.shape[2]} columns",
    "the numbers are arranged: {len(test_images)} images, each {test_images.shape[1]} rows of {test_images.shape[2]}",
    "agree on all {by_hand.size} pixels",
    "{images.min()} where the paper is empty, {images.max()} where the ink is darkest",
    "`images[0, 4:26, 3:25]` is image 0, of it rows {range(28)[4:26][0]} to {range(28)[4:26][-1]}, and of these"
    " columns {range(28)[3:25][0]} to {range(28)[3:25][-1]}",
    "a number to check your own copy against: {images[0].sum()}.",
    "all of row 0, then all of row 1, and so on",
    "In an image of 28 columns, the pixel in row 5, column 7 has",
    "Rows and columns count from 0.",
    "fill a square with the numbers 0 to {28 * 28 - 1}",
    "Rows, columns and places count from 0",
    "{len(images)} squares become {len(images)} rows of {images[0].size}",
    "pixel in row 5, column 16 is where",
    "From 0..{images.max()} to 0..1",
    "the limit is 2 divided by the sum of the squared inputs",
    "With pixels up to {images.max()} that limit is tiny. Divide them by 255, and it becomes 255² = {255**2} times",
    "every input is then between {images.min() / 255} (paper) and {images.max() / 255} (darkest ink)",
    "cannot count past {np.iinfo(np.uint8).max}. At {np.iinfo(np.uint8).max + 1} they start again from 0",
    "so 200 + 100 is {(200 + 100) % 256}",
    "For a label 5, the output that stands for 5 should say 1 and the other nine 0",
    "(`[0] * 10` is a list of ten zeros.)",
    "gives the same {len(labels)} rows",
    "from {min(counts)} eights to {max(counts)} sevens",
    "is right for {max(counts) / sum(counts)} of these images",
    "the first {len(train_images)} training images, of which the lesson uses the first {len(images)},",
    "for the lesson's {len(images)} images",
    "up to the {len(train_images)} in `data/`. The lesson's {len(course_inputs)} are the first",
    "can give you all 60,000",
    "they need {60_000 * inputs[0].nbytes / 1e6} MB of memory",
    "The course's {len(more_labels)} are the first",
    "Pixels divided by {images.max()} are inputs between {inputs.min()} and {inputs.max()}",
    "A label becomes ten targets, one of them {targets[0].max()}",
]

READERS = [
    [
        Advice(
            'Paste this line into a new cell below and run it:\n\n```python\nhelpers.fetch_mnist("raw")\n```',
            "from helpers import check",
            'helpers.fetch_mnist("raw")',
        ),
        Advice(
            "delete it if you want a new one",
            "if not train_file.exists():",
            "train_file.unlink()",
            again=True,
            holds="have_raw and train_file.is_file()",
        ),
        hand_in("preprocessing"),
    ],
    [
        Advice(
            "If you keep them elsewhere, type that place between the quotes below.",
            'raw_folder = Path("raw")',
            '"elsewhere/mnist"',
            instead_of='"raw"',
        ),
        Advice(
            "To get them: helpers.fetch_mnist(raw_folder).",
            "missing = [",
            "helpers.fetch_mnist(raw_folder)",
            again=True,
            holds='"All four raw files are here" in shown.stdout and raw_folder == Path("elsewhere/mnist")',
        ),
    ],
]
