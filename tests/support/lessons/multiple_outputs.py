"""What `3_multiple_outputs.ipynb` says with numbers in it, and what it tells a reader to type or to try.

`prose` and `advice` tell how to write both down.
"""

from .advice import Advice, hand_in

WITHOUT_RECORD = "helpers.gradient_descent([8.5, 0, 1.2], true, weights, 0.01, 30)"
AGAINST_RECORD = "helpers.gradient_descent([8.5, -0.65, 1.2], true, weights, 0.01, 30)[0]"
SENTENCES = [
    "foresee what an input of 0, or a negative one",
    "`season.won[0]` is {season.won[0]}, since that game was won",
    "that is {record} × {weights[0]} = {record * weights[0]}. It should have been {true[0]}",
    "the delta of *hurt* is {record * weights[0]} - {true[0]} = {record * weights[0] - true[0]}.",
    "Three predictions from the one input {record}",
    "*win* is right at the weight {true[1]} / {record} = {true[1] / record}, *hurt* and *sad* are right at"
    " {true[2]} / {record} = {true[0] / record}",
    "-1 is the last, 1 is *win* (counted from 0), and 0 is the only input",
    "blue is above 0, orange below, and the farther from 0",
    "let all {len(explorer.run)} iterations go by",
    "Then try alpha 2.35. It is {'next to the *one step* mark': abs(2.35 - explorer.limit / 2) < 0.02}",
    "in iteration 2, each error is {'less than a thousandth': (1 - 2.35 * record**2) ** 2 < 1e-3}",
    "for games 2 and 3: {season.record_alone[1]}, where section 1 has {season.record[1]}",
    "whose record is {record} in both",
    "that input squared, {record} × {record} = {record**2}.",
    "the same limit of alpha: 2 / {record**2} = {explorer.limit}",
    "It is far larger than the {helpers.largest_stable_alpha([8.5, 0.65, 1.2])} of section 1, because the large"
    " input, {season.toes[0]} toes",
    "The factor is 1 - {explorer.alpha.value} × {record**2} = {1 - explorer.alpha.value * record**2}: every",
    "column 0: from **toes** | column 1: from the **record** | column 2: from **fans**",
    "| row 0: to **hurt** | {weights[0][0]} | {weights[0][1]} | {weights[0][2]} |",
    "| row 1: to **win** | {weights[1][0]} | {weights[1][1]} | {weights[1][2]} |",
    "| row 2: to **sad** | {weights[2][0]} | {weights[2][1]} | {weights[2][2]} |",
    "the place in that row, both counted from 0",
    "Row 2 is *sad*, column 1 is the record. So it is the weight from the record to *sad*, {weights[2][1]}",
    "{inputs[0]} × {weights[0][0]} + {inputs[1]} × {weights[0][1]} + {inputs[2]} × ({weights[0][2]})"
    " = {inputs[0] * weights[0][0]} + {inputs[1] * weights[0][1]} - {-inputs[2] * weights[0][2]}"
    " = {sum(value * weight for value, weight in zip(inputs, weights[0]))}",
    "Its drawing gives .96 as the error of *win*",
    "The prediction misses by {-deltas[1]}, so the error is {deltas[1] ** 2}",
    "From toes to *hurt*, for example: {deltas[0]} × {inputs[0]} = {deltas[0] * inputs[0]}",
    "The inputs are {inputs[0]} toes, a record of {inputs[1]}, and {inputs[2]} million fans",
    "the output *sad* with its delta {deltas[2]}, and the input with its {inputs[1]}",
    "since its delta is close to 0",
    "The record's three, column 1 of the table, are now {both[0].new_weights[:, 1]}",
    "(row 0, column 1) would get the weight_delta {inputs_first[0, 1]}, which",
    "gets stuck at {error_after(1000, 'inputs first')}",
    "Its drawing gives .09, .2 and -.01 as the record's three new weights",
    "These are row 1 of",
    "in full, it is {(np.array(weights) - alpha * inputs_first)[1]}",
    "The record's true new weights are column 1 of",
    "np.outer(deltas, inputs)`: {(np.array(weights) - alpha * deltas_first)[:, 1]}",
    "both start at {weights[0][1]}, and",
    "until all cells are as good as 0",
    "(alpha is {both.alpha})",
    "1 - {both.alpha} × {np.dot(inputs, inputs)} = {1 - both.alpha * np.dot(inputs, inputs)}.",
    "**1.** In the explorer above, set *iterations* back to 1",
    "type 0 for the input *record*",
    f"The whole column is {{{WITHOUT_RECORD}.weight_deltas[:, :, 1].max()}}, since any delta times 0 is 0",
    f"The record's weights stay at {{{WITHOUT_RECORD}.weights[-1, :, 1]}}, while",
    f"bring the errors {{'down': {WITHOUT_RECORD}.errors[-1].max() < 1e-9}} without them",
    "**2.** Set *iterations* back to 1, and type -0.65",
    f"its delta is now {{{AGAINST_RECORD}.deltas[1]}}, so it is too low",
    "The limit of alpha is the same as with {inputs[1]}",
    "At alpha {explorer.alpha.value}, all three errors have shrunk",
    "The factor is 1 - {explorer.alpha.value} × {np.dot(inputs, inputs)} ="
    " {1 - explorer.alpha.value * np.dot(inputs, inputs)}, so",
    "is short for {explorer.run.errors[11, 0]}",
    "each has the limit of section 1, {explorer.limit}, and so have all three",
    "the same network with {helpers.load_mnist()[0].shape[1]} inputs and {len(helpers.one_hot([0])[0])} outputs",
]

READERS = [
    [
        Advice(
            "Press *play*, and let all 30 iterations go by.",
            "predict.fastest_output(",
            "explorer.iterations.value = 30; factors = explorer.run.errors[1:] / explorer.run.errors[:-1]",
            holds="np.ptp(factors) < 1e-9",
        ),
        Advice(
            "Then try alpha 2.35.",
            "predict.fastest_output(",
            "explorer.alpha.value = 2.35",
            holds="(explorer.run.errors[1] < explorer.run.errors[0] / 1000).all()",
        ),
        Advice(
            "Write the number, or the product.",
            "check.sad_from_record(",
            "check.sad_from_record(0.56225), check.sad_from_record(deltas[2] * inputs[1])",
            holds='shown.result.count("✓") == 2',
        ),
        Advice(
            "**1.** In the explorer above, set *iterations* back to 1. Open *change the numbers* below the picture,"
            " type 0 for the input *record*, and press Enter. Press *play*. What do",
            "predict.limit_of_all(",
            'explorer.example.inputs[1].value = "0"; explorer.iterations.value = 30',
            holds="not explorer.run.weight_deltas[:, :, 1].any()",
        ),
        Advice(
            "**2.** Set *iterations* back to 1, and type -0.65 for the record. Look at each row: which cell has a"
            " different sign from the other two?",
            "predict.limit_of_all(",
            'explorer.iterations.value = 1; explorer.example.inputs[1].value = "-0.65"',
            holds="(np.sign(explorer.run[0].weight_deltas / explorer.run[0].deltas[:, None]) == [1, -1, 1]).all()",
        ),
        Advice(
            "The button *back to the lesson's numbers* undoes it all.",
            "predict.limit_of_all(",
            "explorer.example.back.click()",
            holds="explorer.run.inputs.tolist() == inputs",
        ),
        hand_in("multiple outputs"),
    ],
]
