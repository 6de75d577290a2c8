"""What the notebooks say with numbers in it; `prose` tells how to write it down here."""

SENTENCES = {
    "1_multiple_inputs": [
        "The prediction should have been {true}.",
        "the output says {pred}, which is {-delta} too low, an error of {error}",
        "it hands the same delta, {first.deltas}, to all three weights",
        "Suppose an output was too low by {-first.deltas}",
        "behind an input of 0 the weight had no say at all",
        "The factor {slope / weight_deltas[2]} comes from",
        "toes moves by {new_weights[0] - weights[0]}",
        "the record by {'less than a thousandth': 0 < new_weights[1] - weights[1] < 1e-3}",
        "leave out the minus sign of delta (0.14 for {first.deltas}), round the single weight_delta to -1.25",
        "({one.inputs} × {one.deltas} is {one.weight_deltas})",
        "the updated weight to .1125 (it is {one.new_weights})",
        "the error is down from {first.errors} to {error}.",
        "the prediction climbs from {run[0].preds} to {run[1].preds} and {run[2].preds}",
        "With the first game, alpha {alpha} and 3 iterations that is about `[{train(inputs, [0.1, 0.2, -0.1], true,"
        " alpha, 3)}]`",
        "alpha {explorer.alpha.value} is {'just above': 1 < explorer.alpha.value /"
        " helpers.largest_stable_alpha(inputs) < 1.05}"
        " the limit of {helpers.largest_stable_alpha(inputs)}.",
        "Toes did {(end - start)[0] / sum(end - start)} of it",
        "because {inputs[0]} is a larger number than {inputs[1]}",
        "first game's toes, {inputs[0]}, then become {inputs[0]} / {max(toes)} = {inputs[0] / max(toes)}, and its"
        " record"
        " {inputs[1]} / {max(record)} = {inputs[1] / max(record)}",
        "{runs['alpha 0.001'].alpha} {'creeps': 0.2 < runs['alpha 0.001'].errors[-1] / runs['alpha 0.001'].errors[0]"
        " < 1},"
        " {runs['alpha 0.01'].alpha} {'races down': runs['alpha 0.01'].errors[-1] < 1e-6},"
        " and {runs['alpha 0.1'].alpha} {'diverges': runs['alpha 0.1'].errors[-1] > 1e6}.",
        "multiplied by something between -1 and 1 shrinks",
        "the error goes to 0, exactly while alpha lies between 0 and",
        "at half of that the factor is {1 - 2 / length_squared / 2 * length_squared}",
        "They are at most {max(toes) / max(toes)}, so their squares add up to little:"
        " {sum((values[0] / max(values)) ** 2 for values in [toes, record, fans])} for the first game, where it was"
        " {length_squared}.",
        "of -30 and 10, the -30 is the larger",
        "trains with your normalised season at alpha 0.1",
        "The largest becomes 1 or -1",
        "For the inputs 3 and 4 that is 2 / {3**2 + 4**2} = {largest_alpha([3, 4])}",
        "For which alpha is that 0?",
        "With that alpha the new delta is delta times 0",
    ],
    "2_freezing_one_weight": [
        "learns nothing once the error is 0",
        "set its `weight_delta` to 0 after it",
        "setting that to 0 would change the prediction",
        "Column 0 is {'toes': inputs[0] == season.toes[0]}",
        "keeps its {run[2].weights[0, 0]} while the other two do the work: the prediction climbs to {run[2].preds} in"
        " the third iteration",
        "It is {run.alpha}, {'more than ten times': 10 < run.alpha / helpers.largest_stable_alpha(inputs) < 12} the"
        " limit",
        "there, the error would be 0, so this one weight",
        "The error reaches 0 without toes",
        "It stays at {afterwards.weights[-1, 0, 0]}. The error is {afterwards.errors[0]}, so delta is"
        " {afterwards.deltas[0]},"
        " so every weight_delta is {afterwards.weight_deltas[0, 0, 0]}",
        "{'most of all on game 3': np.argmax([abs(neural_network(x, with_all.weights[-1, 0]) - neural_network(x,"
        " without_toes.weights[-1, 0]))"
        " for x in zip(season.toes, season.record, season.fans)]) == 2}",
        "good at game 3, {'the one that was lost': list(season.won) == [1, 1, 0, 1]}",
        "White is error 0",
        "with *fans* frozen and alpha still {path.alpha}",
        "With toes free to learn, {explorer.alpha.value} is {'far above the limit':"
        " explorer.frozen.value == 2 and explorer.alpha.value > 10 * helpers.largest_stable_alpha(inputs, [2])}",
        "At alpha {explorer.alpha.value} it converges",
        "whose input is {inputs[0] / inputs[1]} times that of the record",
        "such as `[0]` for toes, `[0, 2]` for toes and fans",
        "froze column 0.",
        "where the error is 0? (Its input is not 0.)",
        "toes at the start, the answer is {bottom_of_curve(inputs, start, true, 0)}",
        "Moving the weight by 1 moves the prediction",
        "As the others bring delta to 0",
        "you wrote 2 divided by the sum of the squared inputs",
        "With the inputs 3, 4 and 5 and `frozen=[2]` it is 2 / {3**2 + 4**2} = {largest_alpha_while_frozen([3, 4, 5],"
        " [2])}",
        "Freezing a weight means setting its `weight_delta` to 0. The others then reach error 0",
    ],
    "3_multiple_outputs": [
        "Three predictions from the one input {record}",
        "Beyond the limit of {helpers.largest_stable_alpha([record])}",
        "The prediction misses by {-deltas[1]}, so the error is {deltas[1] ** 2}",
        "Its drawing gives .96 as the error of *win*",
        "The inputs are {inputs[0]} toes, a record of {inputs[1]}, and {inputs[2]} million fans",
        "the output *sad* with its delta {deltas[2]}, and the input with its {inputs[1]}",
        "The record's three are now {both[0].new_weights[:, 1]}",
        "At alpha {explorer.alpha.value}, all three errors have shrunk",
        "the same network with {helpers.load_mnist()[0].shape[1]} inputs and {len(helpers.one_hot([0])[0])} outputs",
    ],
    "4_mnist": [
        "We use the first {len(helpers.load_mnist()[0])} of its training images, and keep"
        " {len(helpers.load_mnist('test')[0])} others aside",
        "number 5, a {labels[5]}.",
        "A {labels[5]}, drawn with a loop. It has 28 × 28 = {28 * 28} pixels, each a number from {images.min()}"
        " (paper) to {images.max()} (ink)",
        "it is a list of {len(two)} inputs",
        "row 0 first, then row 1, and so on",
        "{images.shape[1]} inputs, one for each pixel, and {len(set(labels))} outputs",
        "Only a few of its {len(two)} inputs are drawn",
        "All of them start at {weights.max()}",
        "would say {helpers.one_hot(labels)[5, 2]} at the output for *{labels[5]}* and"
        " {np.delete(helpers.one_hot(labels)[5], 2).max()} at the nine others",
        "between 0 and 1, or makes them add up to 1",
        "1 at the place of the label, counted from 0, and 0 elsewhere",
        "`[0] * 10` is a list of {'ten': [0] * 10 == list(np.zeros(10))} zeros. For the label 5, place number 5 of it"
        " becomes {one_hot([5])[0][5]}",
        "Places count from 0, as digits do",
        "With all weights at {weights.max()}, the first prediction",
        "output {labels[5]} says {new_weights[2] @ two} instead of {pred[2]}",
        "The other nine had a delta of {np.delete(delta, 2).max()}",
        "the network reads {training_accuracy * len(images)} of the {len(images)} training images,"
        " and {'three quarters': 0.74 < test_accuracy < 0.76} of images it has never seen",
        "Always guessing the most frequent digit would give {np.bincount(labels).max() / len(labels)}",
        "the output for *{(run.weights[10] @ two).argmax()}* is the highest by far, with {(run.weights[10] @"
        " two).max()}",
        "Two others have something to say for themselves:"
        " a {np.argsort(run.weights[10] @ two)[-2]} has a loop as well, and a {np.argsort(run.weights[10] @ two)[-3]}",
        "For a block of {helpers.learning.blocks.BLOCK} images",
        "That makes {helpers.learning.blocks.BLOCK} equations",
        "leave the range from 0 to 1 by far",
        "Test image 15 is a {test_labels[15]}, which the network takes for a {(explorer.weights @"
        " test_images[15]).argmax()}.",
        "And test image 8, another {test_labels[8]}?",
        "All {len(run.errors)} passes at alpha {run.alpha}, as a still picture",
        "gets worse: {test_accuracies[9]} after 10 passes, {test_accuracies[99]} after 100",
        "The largest training accuracy, {max(helpers.stochastic_gradient_descent(images, targets, np.zeros((10, 784)),"
        " alpha, 100).accuracies[-1] for alpha in [0.001, 0.005, 0.01])}, goes with one of the lowest test accuracies,"
        " {helpers.evaluate(helpers.stochastic_gradient_descent(images, targets, np.zeros((10, 784)), 0.005,"
        " 100).weights[-1],"
        " test_images, helpers.one_hot(test_labels))[1]}.",
        "and test image 8:",
        "At alpha {explorer.alpha.value} each image upsets",
        "after {'ten': explorer.iterations.value == 10} passes the accuracy is {explorer.run.accuracies[9]},"
        " and the {test_labels[explorer.image.value]} is taken for a {explorer.scores.argmax()}.",
        "## All 60,000 images",
        "Here {'three': trainer.results.shape[-1] == 3} passes over the thousand images: training accuracy"
        " {trainer.results[1, 0, -1]}, test accuracy {trainer.results[1, 1, -1]}",
        "With all 60,000 at the same alpha, both come out at 0.82",
        "learnt by heart with {weights.size} weights",
        "If that is true for all {len(row)} pixels",
        "a number from 0 to 1.",
    ],
    "5_visualizing_weights": [
        "Draw {28 * 28} weights as a picture",
        "Each output has {weights.shape[1]} weights, one for each pixel.",
        "folded back into 28 rows of {weights.shape[1] / 28}",
        "White is 0: what is there makes no difference",
        "they started with, {run.weights[0].max()}.",
        "gets a `row` of {weights.shape[1]} numbers and returns a list of 28 rows with {weights.shape[1] / 28}"
        " numbers each."
        " The first 28 numbers are the top row.",
        "in a cell of your own shows a {labels[5]}.",
        "Row 2 of the weights is changed",
        "At the very beginning all predictions are {(run.weights[0] @ images[0]).max()}",
        "{'wherever one has a 1, the other has a 0': all(sorted(pair) == [0, 1] for pair in zip(a, b))}",
        "meet in one place: 1 · {b_with_c}.",
        "meet in two: 1 · 0.5 + 1 · 0.5.",
        "meet in one: 1 · {c_with_d}.",
        "both are above 0 add to it",
        "the row of weights for 2",
        "Here is the {labels[5]} of section 4",
        "the sum is {weights[2] @ two}. Of the weights of *1?* it meets as much orange as blue, so they nearly"
        " cancel: {weights[1] @ two}.",
        "the scores are {'still far from 1': (weights @ two).max() < 0.5}",
        "test image 8 is a {test_labels[8]} that is taken for a {(weights @ test_images[8]).argmax()}.",
        "Alpha 0.001, ten passes",
        "Alpha 0.005, ten passes",
        "The training accuracy has risen further, to {noisy.accuracies[-1]}; the test accuracy has fallen to"
        " {helpers.evaluate(noisy.weights[-1], test_images, helpers.one_hot(test_labels))[1]}",
        "misreads {'one in five': 0.18 < np.mean((test_images @ ragged.weights[-1].T).argmax(axis=1) != test_labels)"
        " < 0.22} of MNIST's",
        "the network of alpha {ragged.alpha} and {'ten': len(ragged.errors) == 10} passes",
        "1. A 1 that is a single stroke",
        "Are both a 1 to this network",
        "scaled to fit into 20 × 20 pixels, then moved so that its centre of mass is in the middle of 28 × 28",
        "such as `(3, 5)`",
        "(counted from 0)",
        "The {len(images[0])} numbers add up",
        "chapter 5 of *Grokking",
        "| delta 0.14 | {helpers.gradient_descent([8.5, 0.65, 1.2], [1], [0.1, 0.2, -0.1], 0.01, 1).deltas} |",
        "| -1.25 | {helpers.gradient_descent([8.5], [1], [0.1], 0.01, 1).weight_deltas} |",
        "| .1125 | {helpers.gradient_descent([8.5], [1], [0.1], 0.01, 1)[0].new_weights} |",
        "| .96 | {helpers.gradient_descent([8.5, 0.65, 1.2], [1], [0.1, 0.2, 0], 0.01, 1).errors} |",
        "| .09, .2, -.01 | {helpers.gradient_descent([8.5, 0.65, 1.2], [0.1, 1, 0.1], [[0.1, 0.1, -0.3], [0.1, 0.2,"
        " 0], [0, 1.3, 0.1]],"
        " 0.01, 1)[0].new_weights[:, 1]} |",
    ],
    "MNISTPreprocessor": [
        "handed round since 1998",
        "at which of {28 * 28} places",
        "inputs between 0 and 1, and labels",
        "They are {(70_000 * (28 * 28 + 1) + 2 * 16 + 2 * 8) / 1e6} MB",
        "It downloads 12 MB",
        "into {len(hashlib.sha256(b'').hexdigest())} hexadecimal digits",
        "(Only the first 16 of the {len(datasets.RAW_SHA256['t10k-images-idx3-ubyte'])} digits are printed; all 64"
        " are compared.)",
        "pixels from 0 to 255, labels from 0 to 9",
        "The training files hold 60,000 images.",
        "from the first {len(helpers.load_mnist()[0])} of them, in their original order",
        "The {len(test_images)} test images are kept whole",
        "its first 16 bytes:",
        "(8 means a whole number from 0 to {np.iinfo(np.uint8).max} in one byte)",
        "`{list(content[4:8])}`: {content[6]} · 256 + {content[7]}.",
        "{len(test_images)} images of {test_images.shape[1]} rows and {test_images.shape[2]} columns",
        "agree on all {by_hand.size} pixels",
        "{images.min()} where the paper is empty, {images.max()} where the ink is darkest",
        "a number to check your own copy against: {images[0].sum()}.",
        "all of row 0, then all of row 1, and so on",
        "In an image of 28 columns, the pixel in row 5, column 7 has",
        "Rows and columns count from 0.",
        "fill a square with the numbers 0 to {28 * 28 - 1}",
        "Rows, columns and places count from 0",
        "{len(images)} squares become {len(images)} rows of {images[0].size}",
        "pixel in row 5, column 16 is where",
        "From 0..{images.max()} to 0..1",
        "Divided by {images.max()}, every pixel lies between 0 (paper) and {images.max() / 255} (darkest ink)",
        "cannot count past {np.iinfo(np.uint8).max}. 200 + 100 starts again from 0 at {np.iinfo(np.uint8).max + 1}",
        "For a label 5, the output that stands for 5 should say 1 and the other nine 0",
        "gives the same {len(labels)} rows",
        "from {min(counts)} eights to {max(counts)} sevens",
        "is right {max(counts) / sum(counts) * 100} times in a hundred",
        "All 60,000",
        "they take {60_000 * inputs[0].nbytes / 1e6} MB of memory",
        "The course's {len(labels)} are the first",
    ],
}
