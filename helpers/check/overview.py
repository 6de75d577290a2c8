"""What a teacher sees of what was handed in: who has solved what, and the slips that were met most often."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from .reply import MARKS, NOT_CHECKED, NOT_STARTED, RIGHT, UNFINISHED, WRONG
from .results import Results, Standing
from .terminal import encodable

BEST_FIRST = [RIGHT, WRONG, UNFINISHED, NOT_STARTED, NOT_CHECKED]
SLIPS_LISTED = 10
MEANING_OF_MARKS = ", ".join(f"{MARKS[state]} {state}" for state in BEST_FIRST) + ", empty: not handed in"

Standings = Mapping[str, Standing]  # {number of the exercise: standing}


def overview(handed_in: Iterable[Results], encoding: str = "utf-8") -> str:
    """Text: a row for each learner, a column for each exercise; below, the slips that most learners met.

    Who hands in twice counts once: an exercise that was right in any of the files is right. `encoding` is that of the
    terminal; whatever it lacks is written in signs that it has.
    """
    learners = {encodable(name, encoding): standings for name, standings in _by_learner(handed_in).items()}
    lines = [*_table(learners), "", MEANING_OF_MARKS]
    slips = _slips(learners)
    if slips:
        lines += ["", "The slips that most learners met:"]
        lines += [f"{count:3} in {number}: {sentence}" for count, number, sentence in slips[:SLIPS_LISTED]]
    return encodable("\n".join(lines), encoding)


def _by_learner(handed_in: Iterable[Results]) -> dict[str, Standings]:
    """{name: standings}, names in order. Small and large letters make no other learner."""
    names: dict[str, str] = {}
    found: dict[str, dict[str, Standing]] = defaultdict(dict)
    for results in handed_in:
        name = names.setdefault(results.learner.casefold(), results.learner)
        for number, standing in results.exercises.items():
            known = found[name].get(number, standing)
            found[name][number] = _together(known, standing)
    return {name: found[name] for name in sorted(found, key=str.casefold)}


def _together(first: Standing, second: Standing) -> Standing:
    """The better state of two, and the slips of both, each once."""
    state = min(first.state, second.state, key=BEST_FIRST.index)
    return Standing(first.title, state, list(dict.fromkeys(first.slips + second.slips)))


def _table(learners: Mapping[str, Standings]) -> list[str]:
    standings_of_all = list(learners.values())
    numbers = sorted({number for standings in standings_of_all for number in standings})
    right = Counter(
        number for standings in standings_of_all for number, each in standings.items() if each.state == RIGHT
    )
    rows = [("", numbers)]
    for name, standings in learners.items():
        rows.append((name, [_mark(standings, number) for number in numbers]))
    rows.append((f"right, of {len(learners)}", [str(right[number]) for number in numbers]))
    width = max(len(beginning) for beginning, _ in rows)
    return [_row(beginning, cells, width) for beginning, cells in rows]


def _row(beginning: str, cells: list[str], width: int) -> str:
    return " ".join([f"{beginning:{width}}", *(f"{cell:^3}" for cell in cells)]).rstrip()


def _mark(standings: Standings, number: str) -> str:
    if number not in standings:
        return ""
    return MARKS[standings[number].state]


def _slips(learners: Mapping[str, Standings]) -> list[tuple[int, str, str]]:
    """[(how many learners, number of the exercise, sentence)], the most frequent first."""
    counts = Counter(
        (number, sentence)
        for standings in learners.values()
        for number, standing in standings.items()
        for sentence in standing.slips
    )
    slips = [(count, number, sentence) for (number, sentence), count in counts.items()]
    return sorted(slips, key=lambda slip: (-slip[0], *slip[1:]))
