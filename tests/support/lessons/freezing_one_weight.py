"""What `2_freezing_one_weight.ipynb` says with numbers in it, and what it tells a reader to type or to try.

`prose` and `advice` tell how to write both down.
"""

from .advice import Advice, hand_in

SENTENCES = [
    # How to freeze a weight
    "set its `weight_delta` to 0 after it",
    "as computed | {-0.14 * inputs[0]} | {-0.14 * inputs[1]} | {-0.14 * inputs[2]} |",
    "with toes frozen | 0 | {-0.14 * inputs[1]} | {-0.14 * inputs[2]} |",
    "The *weight* of toes stays {start[0]}",
    "with `alpha` 0.3.",
    "Column 0 is {'toes': inputs[0] == season.toes[0]}, column 1 the {'record': inputs[1] == season.record[0]},"
    " column 2 the {'fans': inputs[2] == season.fans[0]}",
    "of output 0, for input i",
    "keeps its {run[2].weights[0, 0]} while the other two learn: in the third iteration, the prediction is"
    " {run[2].preds}",
    "`alpha` is {run.alpha} here. That is {'more than ten times': 10 < run.alpha /"
    " helpers.largest_stable_alpha(inputs)} the limit",
    # Why the curve moves
    "The weights of record and fans are {start[1:]}. What",
    "{inputs[1]} × {start[1]} + {inputs[2]} × ({start[2]}) = {inputs[1] * start[1]} - {-inputs[2] * start[2]} ="
    " {inputs[1] * start[1] + inputs[2] * start[2]}",
    "the prediction is {inputs[0]} × weight + {inputs[1] * start[1] + inputs[2] * start[2]}. It is exactly {true},"
    " and the error 0, if {inputs[0]} × weight = {true - inputs[1] * start[1] - inputs[2] * start[2]}. That is at"
    " the weight 0.99 / 8.5 = {0.99 / 8.5}",
    "Their weights are now {run[2].weights[0, 1]} and {run[2].weights[0, 2]}, and they contribute"
    " {run[2].weights[0, 1:] @ inputs[1:]}. Toes would only have to add the missing"
    " {true - run[2].weights[0, 1:] @ inputs[1:]}, and the lowest point is at 0.8773 / 8.5 = {0.8773 / 8.5}. The weight"
    " of toes is still {run[2].weights[0, 0]}",
    "In iteration 20 the other two contribute {others}. With {inputs[0]} × {start[0]} = {inputs[0] * start[0]} from"
    " toes, that makes {others + inputs[0] * start[0]}. The lowest point is at {lowest}",
    "the error at 0.01 to the right of the lowest point. It is always the same, (8.5 × 0.01)² = {beside}",
    "with that distance instead of 0.01",
    "the dot of toes stays at {run[2].weights[0, 0]}",
    "The dashed slope of toes is not 0. Only its `weight_delta` has been set to 0",
    "make it {inputs[0] / 2}",
    # Why alpha may be larger
    "Record goes up by {run.alpha} × {-run[0].weight_deltas[0, 1]} = {-run.alpha * run[0].weight_deltas[0, 1]}, and"
    " fans by {run.alpha} × {-run[0].weight_deltas[0, 2]} = {-run.alpha * run[0].weight_deltas[0, 2]}",
    "{inputs[1]} × 0.0273 + {inputs[2]} × 0.0504 = {inputs[1] * 0.0273} + {inputs[2] * 0.0504} ="
    " {inputs[1] * 0.0273 + inputs[2] * 0.0504}",
    "and delta goes from {run.deltas[0]} to {run.deltas[1]}",
    "each update multiplied delta by 1 - alpha",
    "1 - {run.alpha} × (0.65² + 1.2²) = 1 - {run.alpha} × {inputs[1]**2 + inputs[2]**2} ="
    " {1 - run.alpha * (inputs[1]**2 + inputs[2]**2)}",
    "And {run.deltas[0]} × 0.44125 is indeed about {-0.14 * 0.44125}. The square of toes, {inputs[0]**2}",
    "{'almost 40 times': 39 < helpers.largest_stable_alpha(inputs, [0]) / helpers.largest_stable_alpha(inputs) < 40} as"
    " large",
    # The error reaches 0
    "The error reaches 0 without toes",
    "is 7.9 with its point moved nine places to the left, {7.9e-09}",
    "the error is 0. All weights share that one error. An error cannot be below 0",
    "because the error has reached 0",
    "It stays at {afterwards.weights[-1, 0, 0]}. The error is {afterwards.errors[0]}, so delta is"
    " {afterwards.deltas[0]},"
    " so every `weight_delta` is {afterwards.weight_deltas[0, 0, 0]}",
    "two networks that are both right about game 1",
    "Both have an error of 0 on game 1. On the others they differ, {'most of all on game 3':"
    " max(range(4), key=lambda i: abs(neural_network([season.toes[i], season.record[i], season.fans[i]],"
    " with_all.weights[-1, 0] - without_toes.weights[-1, 0]))) == 2}",
    "good at game 3, {'the one that was lost': list(season.won) == [1, 1, 0, 1]}. Nothing in game 1",
    # The map
    "White is error 0",
    "record by {inputs[2]} and lower the weight of the fans by {inputs[1]}: the prediction changes by {inputs[1]} ×"
    " {inputs[2]} - {inputs[2]} × {inputs[1]} = 0",
    "alpha × delta × {inputs[1]} and fans by alpha × delta × {inputs[2]}, so all steps have the direction"
    " ({inputs[1:]}). The floor has the direction (1.2, -0.65)",
    "and leave alpha at {run.alpha}",
    "back in the sum: {inputs[0]**2} + {inputs[1]**2} = {inputs[0]**2 + inputs[1]**2}. The limit is 2 / 72.6725 ="
    " {helpers.largest_stable_alpha(inputs, [2])}. At alpha 0.3, learning {'diverges': helpers.largest_stable_alpha("
    "inputs, [2]) < 0.3}. At 0.01 it works",
    "Alpha {explorer.alpha.value} is {'far above the limit': explorer.alpha.value > 10 * explorer.limit}",
    "At 0.01 it should converge",
    "alpha × delta × {inputs[0]} and record by alpha × delta × {inputs[1]}, so toes moves {inputs[0] / inputs[1]}"
    " times",
    "At alpha {explorer.alpha.value} it converges",
    "whose input is {inputs[0] / inputs[1]} times that of the record",
    # Exercises 2.1 to 2.3
    "such as `[0]` for toes, `[0, 2]` for toes and fans",
    "froze column 0.",
    "where the error is 0? (Its input is not 0.)",
    "toes at the start, the answer is {bottom_of_curve(inputs, start, true, 0)}",
    "Raising the weight by 1 raises the prediction",
    "bring delta to 0",
    "you wrote 2 divided by the sum of the squared inputs",
    "With the inputs 3, 4 and 5 and `frozen=[2]` it is 2 / {3**2 + 4**2} = {largest_alpha_while_frozen([3, 4, 5],"
    " [2])}",
    "makes the list {[value for value in [5, -2, 7] if value > 0]}",
    # Four games
    "one on game 1, then one on game 2",
    "are {max(season.toes)} toes, a record of {max(season.record)}, and {max(season.fans)} million fans",
    "at the weights {start}",
    "game 1 ({'won': season.won[0] == 1}) and game 3 ({'lost': season.won[2] == 0})",
    "where the error of that game is 0",
    "There both errors are 0",
    "The first update is on game 1: its error {'falls': pair.errors[1, 0] < pair.errors[0, 0]}, and the error of game 3"
    " {'rises': pair.errors[1, 1] > pair.errors[0, 1]}. The second is on game 3, and now it is"
    " {'the other way round': pair.errors[2, 0] > pair.errors[1, 0] and pair.errors[2, 1] < pair.errors[1, 1]}",
    "and {four.iterations.max} updates",
    "can't reach 0. Its least value is {float(four.summary.split('at least ')[1].split(';')[0])}, at",
    "not one of the four errors is 0 there",
    "after 1,000 updates",
    "The errors of the four games are not 0, so their deltas are not 0, so toes gets weight_deltas other than 0",
    "Toes moves from {frozen_run.weights[-1, 0, 0]} to {freed_run.weights[-1, 0, 0]}, and the summed error falls from"
    " {summed_error(frozen_run.weights[-1, 0])} to {summed_error(freed_run.weights[-1, 0])}",
    "perhaps at 10 steps a second",
    "has come down to 0, as with its one game",
    "At 0 the summed error {'would be lower': summed_error([0, *frozen_run.weights[-1, 0, 1:]]) <"
    " summed_error(frozen_run.weights[-1, 0])} than at {frozen_run.weights[-1, 0, 0]}",
    "the error reaches 0 | the summed error stays at"
    " {summed_error(helpers.least_error_weights(games, season.won, start, [0])[0])} or more",
    "the error of *every* game to 0. With games 1 and 3, {'they can': helpers.gradient_descent_in_turn(games[::2],"
    " season.won[::2], start, 0.3, 2000, [0]).errors[-1].max() < 1e-9}",
    "with the record's weight {helpers.least_error_weights(games, season.won, start)[0, 1]}",
    "makes the weights {one_round([[1, 0]], [1], [0, 0], 0.1)}",
    # Key points
    "setting its `weight_delta` to 0. It still",
    "The error reaches 0 even with toes frozen",
    "The error stays above 0",
]

READERS = [
    [
        Advice(
            "Press *play*, or go one step at a time, and watch the curve of toes.",
            "predict.largest_alpha(explorer)",
            "explorer.iterations.value = explorer.iterations.max",
            holds="explorer.run.weights[-1, 0, 0] == 0.1",
        ),
        Advice(
            "Then drag the dot of toes a little way to the side",
            "explorer.iterations.value = 9",
            "explorer.stand_at({0: 0.11}, True)\nexplorer.iterations.value = 20",
            holds="explorer.run[19].weights[0, 0] == 0.11 and explorer.run.errors[19, 0] < 1e-12",
        ),
        Advice(
            "open *change the numbers* and halve the input of toes",
            'print(f"first update:',
            'explorer.example.inputs[0].value = "4.25"',
            holds="explorer.run.inputs[0] == 4.25",
        ),
        Advice(
            "(Afterwards, press *back to the lesson's numbers*.)",
            "without_toes = helpers",
            "explorer.example.back.click()",
            holds="explorer.run.inputs[0] == 8.5 and explorer.run.weights[0, 0, 0] == 0.1",
        ),
        Advice(
            "Grab the point on the map, drop it somewhere else and press *play*",
            "explorer.iterations.value = 10",
            "explorer.stand_at({0: 0.3, 1: 0.3}, True)\nstep = explorer.run[0].new_weights - explorer.run[0].weights",
            holds="abs(step[0, 0] / step[0, 1] - 8.5 / 0.65) < 1e-6",
        ),
        Advice(
            "Press *play*, perhaps at 10 steps a second.",
            "four = explorers.SeveralGames(",
            "four.iterations.value = four.iterations.max",
            holds="four.run.errors[-1].sum() < 0.001",
        ),
        Advice(
            "Go back to the start and press *play*.",
            'four.axes.label = "toes and fans"',
            "four.iterations.value = 0\nfour.iterations.value = 20",
            holds="four.run.weights[20, 0, 1] != four.run.weights[0, 0, 1]",
        ),
        hand_in("freezing"),
    ],
]
