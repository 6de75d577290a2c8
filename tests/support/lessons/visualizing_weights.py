"""What `5_visualizing_weights.ipynb` says with numbers in it, and what it tells a reader to type or to try.

`prose` and `advice` tell how to write both down.
"""

from .advice import Advice, hand_in

SENTENCES = [
    # A row of weights as an image
    "Draw a row of {28 * 28} weights as a picture",
    "near 0, or far below 0",
    "Each output has {weights.shape[1]} weights, one for each pixel",
    "laid the {weights.shape[1] / 28} rows of an image end to end."
    " Cut a row of weights into {weights.shape[1] / 28} pieces",
    "should be 1 when the image is a 2.)",
    "there it is, a vague 2, and the 1 is a blue stroke",
    "Blue weights are above 0: ink there **raises** the score. Orange ones are below 0: ink there **lowers** it."
    " White is 0: ink there changes nothing. The stronger the colour, the further from 0.",
    "and red for 0.",
    "{'blue pixels have more ink in 2s than in other digits': np.mean((images[labels == 2].mean(axis=0)"
    " > images[labels != 2].mean(axis=0))[weights[2] > 0.001]) > 0.95}",
    "{'The middle of *0?* is orange': weights[0].reshape(28, 28)[13:16, 13:16].max() < 0}",
    "an input of {most_ink[never_inked].max()} in every step",
    "what they started with, {run.weights[0].max()}.",
    "gets a `row` of {weights.shape[1]} numbers and returns a list of 28 rows with {weights.shape[1] / 28} numbers"
    " each. The first 28 numbers are the top row.",
    "the numbers from place 0 up to place 28, without that one",
    "in a cell of your own shows a {labels[5]}.",
    # Why do they look like digits?
    "(When a 2 scores more than 1, or another digit less than 0, it",
    "Before the first step, all predictions are {(run.weights[0] @ images[0]).max()}. So the delta of *2?* is"
    " {(run.weights[0] @ images[5] - targets[5])[2]} for a 2, and {(run.weights[0] @ images[0] - targets[0])[2]} for",
    "stay close to 0 for the whole first pass",
    "(`1e-7` is 0.0000001.",
    "since the weights start at {run.weights[0].max()}, the following",
    # Dot products
    "{'Pixels are never below 0': images.min() == 0}, but {'nearly half of our weights are': 0.4 < (weights < 0).mean()"
    " < 0.5}.",
    "{'wherever one has a 1, the other has a 0': all(sorted(pair) == [0, 1] for pair in zip(a, b))}",
    "meet in one place: 1 · {b_with_c}.",
    "meet in two: 1 · 0.5 + 1 · 0.5.",
    "meet in one: 1 · {c_with_d}.",
    "both numbers are above 0 add to it",
    "each product is {a[1] * e[1]}, and the sum lies below 0.",
    "The products are {[b[0] * f[0], b[2] * f[2]]}, and they cancel. So a dot product of {dot(b, f)} can",
    # The score of an image
    "Here is the {labels[5]} of section 4",
    "{'Most of the stroke of this 2 lies on blue weights': (two * (weights[2] > 0)).sum() > 0.7 * two.sum()} of *2?*:"
    " the sum is {weights[2] @ two}. On the weights of *1?* it meets about as much orange as blue, so they nearly"
    " cancel: {weights[1] @ two}.",
    "the scores are {'still far from 1': (weights @ two).max() < 0.5}",
    "{'On average, yes': (np.array([scores[test_labels == d].mean(axis=0) for d in range(10)]).argmax(axis=1)"
    " == range(10)).all()}: the 4s score",
    "look at the 9s.",
    "{'many single 9s score more': (scores[test_labels == 9, 7] > scores[test_labels == 9, 9]).sum() > 200}",
    # Why it errs
    "the network's {len(test_images)} answers",
    "counts the 4s that it takes for a 9",
    "the stroke of the 1 runs right through the hole of the 0, and the ring of the 0 through the",
    "**clearly above 0**",
    "**near 0**",
    "**far below 0**, as for *0?* and *1?*: what speaks for the one speaks against the other. They are hardly ever"
    " confused: here {'once': confused == 1}, among {len(test_images)} test images",
    "such as {weights[4] @ weights[4]} for *4?*",
    # Predict, then slide
    "raise alpha to about 0.005, and play again. Which digit can still be made out after 10 passes?",
    "Test image 8 is a {test_labels[8]} that is taken for a {(weights @ test_images[8]).argmax()}.",
    "the same network learnt from 10,000 images, and read this 5 rightly",
    "From the {'fifth': [(table @ test_images[8])[5] > (table @ test_images[8])[4] for table in learnt.weights[1:]]"
    " == [False] * 4 + [True] * 6} pass on",
    "(With all 60,000 images, three",
    "to read 5s of this kind",
    # Clear pictures, good answers?
    "alpha 0.001 and ten passes: the digits",
    "alpha 0.005 and ten passes: only the 1 is left",
    "than the ragged ones, {helpers.evaluate(noisy.weights[-1], test_images, test_targets)[1]} against"
    " {helpers.evaluate(ragged.weights[-1], test_images, test_targets)[1]}, which",
    "whose test accuracy is {helpers.evaluate(weights, test_images, test_targets)[1]}",
    "a checkerboard of 0.02 and -0.02 over the row of *2?*:"
    " {'more than twice the largest weight in that row': 0.02 > 2 * np.abs(weights[2]).max()}.",
    "(A list times 14 is the list 14 times over",
    "rows of {len([0.02, -0.02] * 14)} numbers",
    "the test accuracy is {helpers.evaluate(checkered, test_images, test_targets)[1]}, and was"
    " {helpers.evaluate(weights, test_images, test_targets)[1]}.",
    "their dot product was {weights[4] @ weights[9]} in the clear weights, and is"
    " {ragged.weights[-1, 4] @ ragged.weights[-1, 9]} in the ragged ones",
    "where every slope is 0. For each output, that makes {weights.shape[1]} equations for its"
    " {weights.shape[1]} weights",
    "to have all slopes at 0 gives",
    "cuts off what lies beyond -0.1 and 0.1",
    "on these {len(many)} images",
    "with an accuracy of {test}.",
    "With all 60,000 images there",
    # Your own digit
    "The network of alpha {ragged.alpha} and {'ten': len(ragged.errors) == 10} passes",
    "1. A 1 that is a single stroke",
    "Are both a 1 to this network",
    "The single stroke was a 1.",
    "Leaning to the right: a 1.",
    "Most 1s among the thousand images",
    "misreads {'one in five': 0.18 < np.mean((test_images @ ragged.weights[-1].T).argmax(axis=1) != test_labels)"
    " < 0.22} of MNIST's",
    "scaled to fit into 20 × 20 pixels",
    "is in the middle of 28 × 28",
    # Your turn
    "such as `(3, 5)`",
    "confuse most often: {np.sum((answers == 7) & (test_labels == 9) | (answers == 9) & (test_labels == 7))} times",
    "1 for the same pattern, 0 for nothing in common, -1 for opposites",
    "*4?* and *9?* with {weights[4] @ weights[9] / (weights[4] @ weights[4] * (weights[9] @ weights[9])) ** 0.5}",
    "*3?* and *5?* with {weights[3] @ weights[5] / (weights[3] @ weights[3] * (weights[5] @ weights[5])) ** 0.5}",
    "*7?* and *9?* with {weights[7] @ weights[9] / (weights[7] @ weights[7] * (weights[9] @ weights[9])) ** 0.5}",
    "(counted from 0)",
    "In the row of {weights.shape[1]}, `place",
    "The {len(images[0])} numbers add up",
    # The end
    "above 0 for likeness, below 0 for opposites, 0 for nothing in common",
    "`first` makes 1,000 numbers out of {weights.shape[1]} pixels",
    "{'most of them between -0.06 and 0.06': np.mean(abs(np.random.default_rng(0).normal(scale=0.03, size=1000))"
    " < 0.06) > 0.9}",
    "{len(second @ first)} × {(second @ first).shape[1]} weights",
    "whatever is below 0 becomes {np.maximum(-1, 0)}.",
    "the {len(first)} numbers in between",
    "The random layer alone {'changes next to nothing': abs(test_accuracy(images, test_images)"
    " - test_accuracy(between, test_between)) < 0.003}. With all that is below 0 cut off, the same thousand images give"
    " {test_accuracy(np.maximum(between, 0), np.maximum(test_between, 0))} instead of"
    " {test_accuracy(images, test_images)}.",
    "chapter 6, *Building",
    # If you compare with the lab text
    "| delta 0.14 | {helpers.gradient_descent([8.5, 0.65, 1.2], [1], [0.1, 0.2, -0.1], 0.01, 1).deltas} |",
    "| -1.25 | {helpers.gradient_descent([8.5], [1], [0.1], 0.01, 1).weight_deltas} |",
    "| .1125, which follows from -1.25 | {helpers.gradient_descent([8.5], [1], [0.1], 0.01, 1)[0].new_weights} |",
    "| .96 | {helpers.gradient_descent([8.5, 0.65, 1.2], [1], [0.1, 0.2, 0], 0.01, 1).errors} |",
    "| .09, .2, -.01, which are row 1 of `weights - alpha * outer(inputs, deltas)` | {helpers.gradient_descent([8.5,"
    " 0.65, 1.2], [0.1, 1, 0.1], [[0.1, 0.1, -0.3], [0.1, 0.2, 0], [0, 1.3, 0.1]], 0.01, 1)[0].new_weights[:, 1]} |",
]

READERS = [
    [
        Advice(
            "When it is right, `figures.digits([unflatten(images[5])], [2])` in a cell of your own shows a 2.",
            "check.unflatten(",
            "figures.digits([unflatten(images[5])], [2])",
            holds='shown.result == "Handwritten digits, 1 in all: 2."',
        ),
        Advice(
            "NumPy's `row.reshape(28, 28)` does the same at once.",
            "check.unflatten(",
            "check.unflatten(lambda row: row.reshape(28, 28))",
            holds='shown.result.startswith("✓")',
        ),
        Advice(
            "Go back to one pass, press *play*, and watch the piles grow."
            " Then raise alpha to about 0.005, and play again. Which digit can still be made out after 10 passes?",
            "predict.clearer(",
            "explorer.alpha.value, explorer.iterations.value = 0.005, 10",
            holds="explorer.weights_at(explorer.position()).std() > 5 * weights.std()",
        ),
        Advice(
            "Put `weights`, the clear ones, or `noisy.weights[-1]` in place of `ragged.weights[-1]`",
            "own = explorers.OwnDigit(",
            "weights",
            instead_of="ragged.weights[-1]",
            holds="(own.weights == weights).all()",
        ),
        Advice(
            "try `most_alike(weights)`, and look at the two with `figures.weight_images(weights, most_alike(weights))`",
            "check.most_alike(",
            "figures.weight_images(weights, most_alike(weights))",
            holds='most_alike(weights) == (7, 9) and shown.result.count("?") == 2',
        ),
        Advice(
            "Choose one of them, such as `place = 8`,"
            " and look at it with `figures.digits([test_images[place]], [test_labels[place]])`",
            "check.mistakes(",
            "place = 8\nfigures.digits([test_images[place]], [test_labels[place]])",
            holds="shown.png and 8 in mistakes(test_images, test_labels, weights)[:10]",
        ),
        Advice(
            "try it on one of the mistakes that you have found:",
            "check.deciding_pixel(",
            "deciding_pixel(test_images[8], test_labels[8], weights)",
            holds="all(0 <= place < 28 for place in eval(shown.result, {'np': np}))",
        ),
        Advice(
            "`figures.similarity(test_images[8], test_labels[8], weights, digits=(4, 5))`,"
            " where `digits` are the network's answer and the label",
            "check.deciding_pixel(",
            "figures.similarity(test_images[8], test_labels[8], weights, digits=(4, 5))",
            holds="shown.png and np.argmax(weights @ test_images[8]) == 4 and test_labels[8] == 5",
        ),
        hand_in("visualizing"),
    ],
    [
        Advice(
            "Put `weights`, the clear ones, or `noisy.weights[-1]` in place of `ragged.weights[-1]`",
            "own = explorers.OwnDigit(",
            "noisy.weights[-1]",
            instead_of="ragged.weights[-1]",
            holds="np.array_equal(own.weights, noisy.weights[-1])",
        )
    ],
]
