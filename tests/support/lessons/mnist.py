"""What `4_mnist.ipynb` says with numbers in it, and what it tells a reader to type or to try.

`prose` and `advice` tell how to write both down.
"""

from .advice import Advice, hand_in

SENTENCES = [
    # The images, the network, the targets
    "placed each digit in the middle of 28 × 28 pixels",
    "the first {len(helpers.load_mnist()[0])} of its training images, and keep"
    " {len(helpers.load_mnist('test')[0])} others aside",
    "not including, row number 20.",
    "The first {'twenty': len(images[:20]) == 20} training images",
    "number 5, a {labels[5]}.",
    "numbers count from 0.)",
    "A {labels[5]}, drawn with a loop. It has 28 × 28 = {28 * 28} pixels, each a number from {images.min()}"
    " (paper) to {images.max()} (ink)",
    "it is a list of {len(two)} inputs",
    "So row 10 begins at place `10 * 28` of the list",
    "and column 12 of that row is 12 places further on",
    "row 0 first, then row 1, and so on",
    "{images.shape[1]} inputs, one for each pixel, and {len(set(labels))} outputs",
    "Only a few of its {len(two)} inputs are drawn",
    "(`(10, 784)` is a *tuple*: several values in round brackets. Here it says: {len(set(labels))} rows,"
    " {images.shape[1]} columns.)",
    "All of them start at {weights.max()}",
    "would say {helpers.one_hot(labels)[5, 2]} at the output for *{labels[5]}* and"
    " {np.delete(helpers.one_hot(labels)[5], 2).max()} at the nine others",
    "between 0 and 1, or makes them add up to 1",
    "1 at the place of the label, counted from 0, and 0 elsewhere",
    "(`[0] * 10` is a list of {'ten': [0] * 10 == list(np.zeros(10))} zeros.)",
    "For the label 5, place number 5 of the row becomes {one_hot([5])[0][5]}",
    "Places count from 0, as digits do",
    "With all weights at {weights.max()}, the first prediction is ten zeros, so each delta is {weights.max()} minus",
    "output {labels[5]} says {new_weights[2] @ two} instead of {pred[2]}",
    "The other nine had a delta of {np.delete(delta, 2).max()}",
    # Two images
    "three pixels instead of {len(two)}, and a single output. Its weights are 0, alpha is 0.1, and for A the output"
    " should say 1.",
    "The delta for A is {delta_for_a}, so the step raised the first weight by {new_row[0]} and the second by"
    " {new_row[1]}.",
    "It has ink {b[1]} on the second, so its output rises by {b[1]} × {new_row[1]} = {new_row @ b}.",
    "1 × 0 + 0.5 × 0.5 + 0 × 1 = {a @ b}",
    "the move of the output for B is 0.1 × 1 × {a @ b} = {new_row @ b}",
    "two real pairs: a 5 with another {labels[47]}, and the same {labels[0]} with a {labels[7]}.",
    "Training images number 0, 47 and 7",
    "After one step on it, at alpha {alpha}, what does",
    "Before the step it said {weights[5] @ five} to all of them, the delta for A was {delta_for_five[5]}, and",
    "The other {labels[47]} is **helped**: its output for *5* should be 1, and has risen from 0 to {after[5] @"
    " images[47]} without",
    "should stay 0, and has risen to {after[5] @ images[7]}. It {'shares more ink with A': five @ images[7] > five @"
    " images[47]} than the other {labels[47]} does",
    "pixels lie between {images.min()} and {images.max()}, so no",
    "{'no dot product of two images is': (images @ images.T).min() >= 0}",
    "(Dot products below 0 need",
    "mean dot product of our {labels[0]} with",
    "This {labels[0]} shares more ink with {'the average 3, 0 or 8 than with the average 5': min(dot_products[labels =="
    " d].mean() for d in (3, 0, 8)) > dot_products[labels == 5].mean()}",
    "A's error will go to 0.",
    "the other {labels[47]}, number 47?",
    "the green mark is the target 1",
    "set *image B* to 47 and play again",
    "climbs to {five @ images[7] / (five @ five)} though it should be 0, and its error goes up from {((weights @"
    " images[7]"
    " - targets[7]) ** 2).sum()} to {1 + (five @ images[7] / (five @ five)) ** 2}.",
    "For the other {labels[47]} it climbs to {five @ images[47] / (five @ five)} of the 1 that it should be, and its"
    " error goes down to {(1 - five @"
    " images[47] / (five @ five)) ** 2}.",
    "Why {five @ images[7] / (five @ five)}? In all, the steps move A's own output from 0 to 1.",
    "here {five @ images[7]} / {five @ five}.",
    "number {np.argsort(dot_products)[-2]}, a {labels[np.argsort(dot_products)[-2]]} {'in thick strokes':"
    " (images[27] ** 2).sum() > 1.8 * (images ** 2).sum(axis=1).mean()}",
    # Where alpha's limit comes from
    "For our 5 it is {five @ five}, so one step at alpha {alpha} multiplies its delta by 1 - {alpha} × {five @ five} ="
    " {(after[5] @ five - 1) / delta_for_five[5]}.",
    "with {len(two)} inputs instead of three",
    "For our 5 the limit is 2 / {five @ five} = {pair.limit}, as the bar",
    "if alpha times $|x|^2$ is more than 2.",
    "True counts as 1 and False as 0, so the mean is the share of Trues; `:.1%` prints",
    "Up to {2 / squares.max()}, the lowest limit, no step",
    "At 0.01 {'a single image': (0.01 * squares > 2).sum() == 1} of the thousand overshoots that far; at 0.03 it is"
    " {'seven in ten': 0.70 < (0.03 * squares > 2).mean() < 0.72}",
    "Somewhere between {2 / squares.max()} and 0.03, learning",
    "Between 0.02 and 0.022, where alpha is above the limit of {(0.02 * squares > 2).mean()} to {(0.022 * squares >"
    " 2).mean()} of the images.",
    # A thousand images
    "the network reads {training_accuracy * len(images)} of the {len(images)} training images,"
    " and {'three quarters': 0.74 < test_accuracy < 0.76} of images it has never seen",
    "say 1 to everything, since it is the {'most frequent digit': np.bincount(test_labels).argmax() == 1}",
    "Always saying 1 reads {(test_labels == 1).mean()} of the test images",
    "The nearest mean image reads {(nearest == test_labels).mean()}, {'more than our network after one pass':"
    " (nearest == test_labels).mean() > test_accuracy}",
    "the mean error and the accuracy; `[1]` takes the second",
    "a number from 0 to 1.",
    "so pass 10 stands at place 9",
    "For a block of {helpers.learning.blocks.BLOCK} images",
    "That makes {helpers.learning.blocks.BLOCK} equations",
    "the output for *{(run.weights[10] @ two).argmax()}* is the highest by far, with {(run.weights[10] @ two).max()}",
    "*{np.argsort(run.weights[10] @ two)[-2]}* with {np.sort(run.weights[10] @ two)[-2]} and"
    " *{np.argsort(run.weights[10] @ two)[-3]}* with {np.sort(run.weights[10] @ two)[-3]}. Perfect would be 1 for",
    "for *2* and 0 for the rest",
    "a number between {2 / squares.max()} and 0.03. Here",
    "At 0.01, just above the lowest limit, {'the network still learns': train(images, labels, 0.01, 5).errors[4] <"
    " 0.5}."
    " At 0.02 the error stays large, {'without growing': max(train(images, labels, 0.02, 100).errors[1:]) < 5}; at"
    " 0.022"
    " it {'explodes': errors[4] > 1e6}",
    "ten passes at alpha {alpha}, shuffled",
    "the numbers from 0 to 999 in random order",
    "between 0.802 and 0.812 of the test images; in the fixed order, {accuracy_on(run.weights[10], test_images,"
    " test_labels)}",
    "that differ by less than 0.01 may",
    # More passes
    "leave the range from 0 to 1 by far",
    "they lie between {(run.weights[10] @ test_images[0]).min()} and {(run.weights[10] @ test_images[0]).max()} after"
    " ten"
    " passes at alpha {alpha}, and between {(train(images, labels, 0.01, 10).weights[10] @ test_images[0]).min()} and"
    " {(train(images, labels, 0.01, 10).weights[10] @ test_images[0]).max()} at 0.01, just above the lowest limit",
    "from {(train(images, labels, 0.015, 10).weights[10] @ test_images[0]).min()} to {(train(images, labels, 0.015,"
    " 10).weights[10] @ test_images[0]).max()} at 0.015, from {(train(images, labels, 0.02, 10).weights[10] @"
    " test_images[0]).min()} to {(train(images, labels, 0.02, 10).weights[10] @ test_images[0]).max()} at 0.02.",
    "outside of 0 to 1 is nothing special",
    "is alpha 0.00015 after 63 passes, with {accuracy_on(train(images, labels, 0.00015, 63).weights[63], test_images,"
    " test_labels)}; many",
    "at alpha 0.0024 after 100 passes, and there the test accuracy is only {accuracy_on(train(images, labels, 0.0024,"
    " 100).weights[100], test_images, test_labels)}.",
    "Test image 15 is a {test_labels[15]}, which the network takes for a {(explorer.weights @"
    " test_images[15]).argmax()}.",
    "And test image 8, another {test_labels[8]}?",
    "Test image 15: yes, many, such as alpha 0.005 after 30 passes. Test image 8 is taken for a 4 at nearly every",
    "only at alpha 0.022 after 3 and 4 passes",
    "and {'fewer than one test image in ten': accuracy_on(train(images, labels, 0.022, 3).weights[3], test_images,"
    " test_labels) < 0.1}",
    "don't teach the network this kind of {test_labels[8]}; further down",
    "All {len(run.errors)} passes at alpha {run.alpha}, as a still picture",
    "gets worse: {test_accuracies[9]} after 10 passes, {test_accuracies[99]} after 100",
    "with only {images.shape[1]} weights for each digit",
    "The thousand images span only {np.linalg.matrix_rank(images)} dimensions: all of them can be put together from"
    " {np.linalg.matrix_rank(images)}.",
    "chosen freely for {np.linalg.matrix_rank(images)} images",
    "The largest training accuracy, {max(train(images, labels, rate, 100).accuracies[99] for rate in [0.0001, 0.001,"
    " 0.005, 0.01])}, goes with one of the lowest test accuracies, {accuracy_on(train(images, labels, 0.005,"
    " 100).weights[100], test_images, test_labels)}.",
    "at 0.0001 the test accuracy still rises until pass {accuracy_on(train(images, labels, 0.0001, 100).weights[1:],"
    " test_images, test_labels).argmax() + 1}, where it is {accuracy_on(train(images, labels, 0.0001, 100).weights[1:],"
    " test_images, test_labels).max()}.",
    "Here is 0.02, and a test image that is {'read rightly': (run.weights[10] @ test_images[3]).argmax() =="
    " test_labels[3]} at {run.alpha}:",
    "Alpha {explorer.alpha.value} is above the limit of {'three images in ten': (0.02 * squares > 2).mean() == 0.3}",
    "after {'ten': explorer.iterations.value == 10} passes the training accuracy is {explorer.run.accuracies[9]},"
    " and the {test_labels[explorer.image.value]} is taken for a {explorer.scores.argmax()}.",
    # Choose without fooling yourself
    "my network reads {accuracy_on(train(images, labels, 0.00015, 63).weights[63], test_images, test_labels)} of new",
    "learn from 800, and validate with the other 200.",
    "belongs to the {len(images) - len(honest.run.images)} validation images: accuracy {honest.accuracies[1][9]} after"
    " {'ten': honest.iterations.value == 10} passes",
    "the places in a tuple are counted from 0, as in a list",
    "are the first 800 rows",
    "those from number 800 on",
    "The best validation accuracy is {max(results, key=lambda each: each[3])[3]}, at alpha {max(results, key=lambda"
    " each:"
    " each[3])[0]} after {max(results, key=lambda each: each[3])[1]} passes: that is our choice.",
    "chosen alpha {max(results, key=lambda each: each[2])[0]} and {max(results, key=lambda each: each[2])[1]} passes,"
    " with the {'lowest validation accuracy': min(results, key=lambda each: each[3]) == max(results, key=lambda each:"
    " each[2])}",
    "{accuracy_on(chosen.weights[3], test_images, test_labels)}: that is the number to report. Why is it less than the"
    " {max(results, key=lambda each: each[3])[3]} that",
    "cut the {len(test_images)} test images into 50 groups of 200",
    "the {'first half of the file is harder than the second': accuracy_on(run.weights[10], test_images[:5000],"
    " test_labels[:5000]) < accuracy_on(run.weights[10], test_images[5000:], test_labels[5000:]) - 0.1}",
    "makes rows of 200",
    "With $p$ = 0.8 and 200 images that is the root of 0.8 × 0.2 / 200, which is {(0.8 * 0.2 / 200) ** 0.5}, {'about"
    " what"
    " you have just seen': abs(groups.std() - 0.028) < 0.003}. With {len(test_images)} images it is {(0.8 * 0.2 /"
    " 10000)"
    " ** 0.5}.",
    "In 19 cases of 20, the",
    'so {max(results, key=lambda each: each[3])[3]} on 200 images says "somewhere between {0.845 - 2 * (0.845 * 0.155 /'
    ' 200) ** 0.5} and {0.845 + 2 * (0.845 * 0.155 / 200) ** 0.5}"',
    "the best of {'fifteen': len(results) == 15} noisy numbers",
    # Where it errs
    "5 is read worst, {confusions.accuracies.min()} of them rightly, and 8 with {confusions.accuracies[8]} hardly"
    " better."
    " 1 is read best: {confusions.accuracies.max()}.",
    "{confusions.counts[9, 7]} 9s are taken for a 7, but only {confusions.counts[7, 9]} 7s for a 9.",
    # More images
    "The course brings {len(helpers.load_mnist(count=10000)[0])} training images",
    "If you want all 60,000,",
    "With {len(all_images)} images the two lines stay close together: after {'three': trainer.results.shape[-1] == 3}"
    " passes the training accuracy is {trainer.results[1, 0, -1]}, the test accuracy {trainer.results[1, 1, -1]}.",
    "(With all 60,000, both come out at 0.82.)",
    "from {run.accuracies[9] - test_accuracies[9]} to {more.accuracies[9] - test}: the",
    "for {weights.size} weights can't",
    "Test image 8, the {test_labels[8]} that was {'taken for a 4': (run.weights[10] @ test_images[8]).argmax() =="
    " 4}, is {'read rightly': answer == test_labels[8]} with {len(more_images)} images.",
    "from 3,000 to {len(more_images)} images",
    "If all {len(row)} weights are like that",
]

READERS = [
    [
        Advice(
            "Press the play button, or step. Then set *image B* to 47 and play again, and try other pairs.",
            "pair = explorers.TwoImages(",
            "pair.image_b.value, pair.iterations.value = 47, 30",
            holds='"image B, a 5, error 0.357" in pair.summary',
        ),
        Advice(
            "Is there a position where it reads it rightly?",
            "predict.more_passes(explorer)",
            "explorer.image.value, explorer.iterations.value, explorer.alpha.value = 15, 30, 0.005",
            holds='"test image 15, a 5, is taken for a 5" in explorer.summary',
        ),
        Advice(
            "start it with the button *train*, watch the bar, stop it whenever you like, and go on working in other"
            " cells",
            "predict.gap(trainer)",
            "trainer.button.click()\ntrainer.button.click()\ntrainer.wait()",
            holds="not trainer.is_training and trainer.button.description == 'train'",
        ),
        Advice(
            "NumPy has a shorter way, `np.mean(np.argmax(outputs, axis=1) == labels)`",
            "check.accuracy(",
            "check.accuracy(lambda outputs, labels: np.mean(np.argmax(outputs, axis=1) == labels))",
            holds='shown.result.startswith("✓")',
        ),
        hand_in("mnist"),
    ],
    [
        Advice(
            '`helpers.fetch_mnist("raw")` downloads them',
            "predict.more_passes(explorer)",
            'helpers.fetch_mnist("raw")',
            holds='Path("raw").is_dir()',
        ),
        Advice(
            "you put this line in place of the first line of the next cell; everything below works with them too:\n\n"
            '```python\nall_images, all_labels = helpers.load_mnist("train", folder="raw")\n```',
            "predict.gap(trainer)",
            'all_images, all_labels = helpers.load_mnist("train", folder="raw")\n',
            instead_of="all_images, all_labels = helpers.load_mnist(count=10000)\n",
            holds='"passes over 3,000 images" in trainer.summary',
        ),
    ],
]
