"""What `1_multiple_inputs.ipynb` says with numbers in it, and what it tells a reader to type or to try.

`prose` and `advice` tell how to write both down.
"""

from .advice import Advice, hand_in

SENTENCES = [
    "each gridline stands for"
    " {explorer.history.axes.get_yticks()[1] / explorer.history.axes.get_yticks()[0]} times the one below it.",
    "($10^0$ is {10 ** 0}, and",
    "is {10 ** -4}.)",
    "is 8.803 with its point moved 5 places to the left, {explorer.run.errors[2]}.",
    "whether the team won: 1 if it did, 0 if not",
    "with four digits after the point",
    "`[0]` picks that step",
    "Blue is above 0, orange below.",
    "The prediction should have been {true}.",
    "{'twice the delta is four times the error': (2 * 0.14) ** 2 == 4 * 0.14 ** 2}",
    "the output says {pred}, which is {-delta} too low, an error of {error}",
    "with the weight {weights[0]}. Then `pred` would be {inputs[0]} × {weights[0]} = {inputs[0] * weights[0]}",
    "Here it is {2 * one.weight_deltas}. It is",
    "a weight larger by 0.01 would lower the error by {-2 * one.weight_deltas * 0.01}",
    "The table above says {one.errors} - {(8.5 * 0.11 - 1) ** 2} = {one.errors - (8.5 * 0.11 - 1) ** 2}, because the"
    " curve bends",
    "at the lowest point it is 0.",
    "The 2 is the same for every weight",
    "it hands the same delta, {first.deltas}, to all three weights",
    "Suppose an output is too *high* by 0.14, so its delta is 0.14.",
    "behind an input of 0, the weight has no say in the prediction, whatever it is. Its weight_delta is 0,",
    "We came out {-first.deltas} too low",
    "My input is {inputs[0]}, so you hear whatever I do {inputs[0]} times as loud",
    "Mine is only {inputs[1]}.",
    "**weight behind -0.65**",
    "**weight behind 0**",
    "We begin with 0.01.",
    "toes moves by {new_weights[0] - weights[0]}",
    "the record by {'less than a thousandth': 0 < new_weights[1] - weights[1] < 1e-3}",
    "for `i` = 0, 1 and 2",
    "leave out the minus sign of delta (0.14 for {first.deltas})",
    "One of them has -1.25 as the single weight_delta; {one.inputs} × {one.deltas} is {one.weight_deltas}.",
    "the .1125 of the next drawing ({one.weights} + 0.0125), where the updated weight is {one.new_weights}.",
    "the error is down from {first.errors} to {error}.",
    "`[iteration, output]` | 3 iterations, 1 output |",
    "`run.weight_deltas` | `[iteration, output, input]` | 3 iterations, 1 output, 3 inputs |",
    "| 4 (the start, then after each iteration), 1 output, 3 inputs |",
    "Indices count from 0, as in a list, and -1 stands for the last.",
    "so its index is 0.",
    "makes a number 8 characters wide",
    "the prediction climbs from {run[0].preds} to {run[1].preds} and {run[2].preds}",
    "With the first game, alpha {alpha} and 3 iterations that is about `[{train(inputs, [0.1, 0.2, -0.1], true,"
    " alpha, 3)}]`",
    "*zoomed out × 2* means twice as many weights, and errors {2 ** 2} times as high",
    "Put alpha between the two marks, at 0.02.",
    "Put alpha just above the limit, at {helpers.largest_stable_alpha(inputs) + 0.001}.",
    "Back at alpha {explorer.alpha.value}, drag the dot",
    "because there is only one error, and it is now almost 0. So delta is almost 0,",
    "change the input of toes from {inputs[0]} to 1.",
    "and no longer by {inputs[0]} times as much. The limit rises from {helpers.largest_stable_alpha(inputs)} to"
    " {helpers.largest_stable_alpha([1, *inputs[1:]])}, far beyond the end of the bar",
    "set the input of record to 0.",
    "after three iterations at alpha {second.alpha.value}. In numbers:",
    "Toes did {100 * (run.weights[-1, 0] - run.weights[0, 0])[0] / total_move} per cent of it, and it is the same after"
    " {explorer.iterations.max} iterations",
    "so the inputs alone decide: {inputs[0]} is {100 * inputs[0] / sum(inputs)} per cent of {inputs[0]} + {inputs[1]} +"
    " {inputs[2]}.",
    "because {inputs[0]} is a larger number than {inputs[1]}",
    "first game's toes, {inputs[0]}, then become {inputs[0]} / {max(toes)} = {inputs[0] / max(toes)}, and its"
    " record {inputs[1]} / {max(record)} = {inputs[1] / max(record)}",
    "{runs['alpha 0.001'].alpha} {'creeps': 0.2 < runs['alpha 0.001'].errors[-1] / runs['alpha 0.001'].errors[0]"
    " < 1},"
    " {runs['alpha 0.01'].alpha} {'races down': runs['alpha 0.01'].errors[-1] < 1e-6},"
    " and {runs['alpha 0.1'].alpha} {'diverges': runs['alpha 0.1'].errors[-1] > 1e6}.",
    "the inputs 3 and 4, both weights 0, and 5 as the right answer. Then pred is 0 and delta is -5, and the"
    " weight_deltas are -5 × 3 = {-5 * 3} and -5 × 4 = {-5 * 4}. One update with alpha 0.02:",
    "goes up by 0.02 × 15 = {0.02 * 15}. In the next prediction it is multiplied by its input, 3: that adds"
    " {0.02 * 15 * 3}.",
    "goes up by 0.02 × 20 = {0.02 * 20}. Multiplied by its input, 4, that adds {0.02 * 20 * 4}.",
    "goes up by 0.9 + 1.6 = {0.9 + 1.6}, and delta from -5 to {-5 + 2.5}. It is halved.",
    "goes up by 0.02 × 5 × (3 × 3 + 4 × 4), and what counts is the sum of the *squared* inputs, {3 * 3} + {4 * 4}"
    " = {3 * 3 + 4 * 4}. Delta is multiplied by 1 - 0.02 × 25 = {1 - 0.02 * 25}.",
    "| 0.02 | {1 - 0.02 * 25} |",
    "| 0.04 | {1 - 0.04 * 25} |",
    "| 0.06 | {1 - 0.06 * 25} |",
    "| 0.08 | {1 - 0.08 * 25} |",
    "| 0.1 | {1 - 0.1 * 25} |",
    "when it lies between -1 and 1:",
    "The right half says that alpha must be above 0. The left half, with 1 taken off both sides",
    "the error goes to 0. At exactly 0 or at the limit itself, the factor is 1 or"
    " {1 - 2 / length_squared * length_squared}, and",
    "at half the limit the factor is {1 - 1 / length_squared * length_squared}:",
    "For the inputs 3 and 4 the limit is 2 / {3 * 3 + 4 * 4} = {2 / (3 * 3 + 4 * 4)}, as you have seen. For our game it"
    " is 2 / {length_squared} = {2 / length_squared}.",
    "alpha {second.alpha.value} is {'just above': 1 < second.alpha.value / limit < 1.05} the limit of {limit}.",
    "They are at most {max(toes) / max(toes)} in size, so three of them have squares that add up to at most"
    " {1 ** 2 + 1 ** 2 + 1 ** 2}, and the limit is at least 2 / 3. For the first game the sum is"
    " {sum((values[0] / max(values)) ** 2 for values in [toes, record, fans])}, where it was {length_squared}.",
    "Most of the {length_squared} was the square of toes",
    "of -30 and 10, the -30 is the larger",
    "trains with your normalised season at alpha 0.1",
    "The largest becomes 1 or -1",
    "For the inputs 3 and 4 that is 2 / {3**2 + 4**2} = {largest_alpha([3, 4])}",
    "For which alpha is that 0?",
    "With that alpha the new delta is delta times 0",
]

EXPLORER = "predict.largest_alpha(explorer)"
LESSONS_NUMBERS = (
    "explorer.example.value = explorer.example.first\nexplorer.alpha.value, explorer.iterations.value = 0.01, 3"
)
LOWER = "all(explorer.run.errors[1:9] < explorer.run.errors[:8])"
TO_AND_FRO = "all(explorer.run.deltas[1:9] * explorer.run.deltas[:8] < 0)"
MOVED = "abs(explorer.run.weights[-1, 0] - explorer.run.weights[0, 0])"

READERS = [
    [
        Advice(
            "Press **play** (▶), then drag **alpha** to the right and press play again.",
            "explorer.hide(",
            "explorer.alpha.value, explorer.iterations.value = 0.05, 30",
            holds="explorer.run.errors[-1] > 1e6 and 'limit' in explorer.hidden",
        ),
        Advice("Press **play**", "explorer.hide(", "explorer.alpha.value, explorer.iterations.value = 0.01, 3"),
        Advice(
            "Put alpha between the two marks, at 0.02. From the start, go one step forward at a time",
            EXPLORER,
            "explorer.alpha.value = 0.02",
            holds=f"explorer.limit / 2 < 0.02 < explorer.limit and {LOWER} and {TO_AND_FRO}",
        ),
        Advice(
            "Put alpha just above the limit, at 0.028.",
            EXPLORER,
            "explorer.alpha.value = 0.028",
            holds=f"0.028 > explorer.limit and not {LOWER} and {TO_AND_FRO}",
        ),
        Advice(
            "drag the dot of toes to the lowest point of its curve, and press play",
            EXPLORER,
            "explorer.alpha.value = 0.01\nnow = explorer.run[explorer.iterations.value - 1]\n"
            "explorer.stand_at({0: (now.weights - now.deltas / now.inputs)[0, 0]}, True)",
            holds=f"explorer.run.errors[0] < 1e-6 and max({MOVED}) < 1e-4",
        ),
        Advice(
            "Drag the dot of record a long way to the right.",
            EXPLORER,
            "before = explorer.run[0]\nexplorer.stand_at({1: 0.6}, True)\nafter = explorer.run[0]",
            holds="all((after.weights - after.deltas / after.inputs)[0, [0, 2]]"
            " < (before.weights - before.deltas / before.inputs)[0, [0, 2]])",
        ),
        Advice(
            "Press *back to the lesson's numbers*. Then change the input of toes from 8.5 to 1.",
            EXPLORER,
            f"{LESSONS_NUMBERS}\nexplorer.example.inputs[0].value = '1'",
            holds="explorer.limit > max(explorer.alpha.values)",
        ),
        Advice(
            "Press *back to the lesson's numbers* again, and set the input of record to 0.",
            EXPLORER,
            f"{LESSONS_NUMBERS}\nexplorer.example.inputs[1].value = '0'",
            holds=f"{LOWER} and {MOVED}[1] == 0",
        ),
        Advice(
            "Try other starting weights, and another `true`.",
            EXPLORER,
            f"{LESSONS_NUMBERS}\nexplorer.example.weights[0].value = '0.5'\nexplorer.example.targets[0].value = '-2'",
            holds="explorer.limit == helpers.largest_stable_alpha(inputs) and explorer.run.targets == -2",
        ),
        Advice("Press *back to the lesson's numbers*", EXPLORER, LESSONS_NUMBERS),
        hand_in("multiple inputs"),
    ],
]
