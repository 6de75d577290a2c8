"""Four games of one season: one tuple per quantity, one number per game.

The first game is the one that the notebooks learn from. Source: Trask, Grokking Deep Learning, chapter 5.
"""

from collections.abc import Sequence

from .. import arguments

# What is known before the game: the inputs.
toes = (8.5, 9.5, 9.9, 9.0)  # average number of toes per player
record = (0.65, 0.8, 0.8, 0.9)  # games won so far, as a fraction of games played
fans = (1.2, 1.3, 0.5, 1.0)  # millions

# What is known after it: the targets.
won = (1, 1, 0, 1)  # 1 won, 0 lost
hurt = (0.1, 0.0, 0.0, 0.1)  # players hurt, as a fraction of the team
sad = (0.1, 0.0, 0.1, 0.2)  # players sad, as a fraction of the team

# The record where it is the only input, of three outputs; it differs from `record` in games 2 and 3.
record_alone = (0.65, 1.0, 1.0, 0.9)

INPUTS = {"toes": toes, "record": record, "fans": fans}
TARGETS = {"win": won, "hurt": hurt, "sad": sad}


def games_like(
    inputs: Sequence[float], names: Sequence[str], outputs: Sequence[str]
) -> list[tuple[list[float], list[float]]]:
    """All four games as (inputs, targets), if `inputs` are those of the first one; else none.

    names, outputs: which of the quantities above they are. inputs: as they were noted down, or each divided by the
    largest of the season; then so are those of the other games. Raises ValueError unless there is a name for each
    input.
    """
    inputs = arguments.array("inputs", inputs, 1).tolist()
    names, outputs = arguments.names("names", names, len(inputs)), arguments.texts("outputs", outputs)
    known = dict(INPUTS)
    if list(names) == ["record"]:
        known["record"] = record_alone
    if not (set(names) <= set(known) and set(outputs) <= set(TARGETS)):
        return []
    noted = [known[name] for name in names]
    normalised = [[value / max(quantity) for value in quantity] for quantity in noted]
    targets = [TARGETS[output] for output in outputs]
    for quantities in (noted, normalised):
        games = [list(game) for game in zip(*quantities)]
        if games[0] == inputs:
            return [(game, list(true)) for game, true in zip(games, zip(*targets))]
    return []
