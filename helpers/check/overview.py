"""What a teacher sees of what was handed in: who has solved what, and the slips that were met most often."""

from collections import defaultdict

from .reply import MARKS, NOT_CHECKED, NOT_STARTED, RIGHT, WRONG
from .terminal import shown

BEST_FIRST = [RIGHT, WRONG, NOT_STARTED, NOT_CHECKED]
MOST = 10  # slips that are listed
LEGEND = ", ".join(f"{MARKS[state]} {state}" for state in BEST_FIRST) + ", empty: not handed in"


def overview(handed_in, encoding="utf-8"):
    """Text: a row for each learner, a column for each exercise; below, the slips that most learners met.

    Who hands in twice counts once: an exercise that was right in any of the files is right. `encoding` is that of the
    terminal; whatever it lacks is written in signs that it has.
    """
    learners = {shown(name, encoding): standings for name, standings in _by_learner(handed_in).items()}
    numbers = sorted({number for standings in learners.values() for number in standings})
    slips = _slips(learners)
    lines = [*_table(learners, numbers), "", LEGEND, *(["", *_most_often(slips)] if slips else [])]
    return shown("\n".join(lines), encoding)


def _by_learner(handed_in):
    """{name: {number: (state, slips)}}, names in order. Small and large letters make no other learner."""
    names, found = {}, defaultdict(dict)
    for results in handed_in:
        name = names.setdefault(results.learner.casefold(), results.learner)
        for number, standing in results.exercises.items():
            state, slips = found[name].get(number, (NOT_CHECKED, set()))
            found[name][number] = min(state, standing.state, key=BEST_FIRST.index), slips | set(standing.slips)
    return {name: found[name] for name in sorted(found, key=str.casefold)}


def _table(learners, numbers):
    last = f"right, of {len(learners)}"
    width = max(map(len, [*learners, last]))
    yield " ".join([" " * width, *(f"{number:>3}" for number in numbers)])
    for name, standings in learners.items():
        marks = (MARKS[standings[number][0]] if number in standings else "" for number in numbers)
        yield " ".join([f"{name:{width}}", *(f"{mark:^3}" for mark in marks)]).rstrip()
    right = [sum(standings.get(number, [""])[0] == RIGHT for standings in learners.values()) for number in numbers]
    yield " ".join([f"{last:{width}}", *(f"{n:^3}" for n in right)]).rstrip()


def _slips(learners):
    """[(how many learners, number of the exercise, sentence)], the most frequent first."""
    counted = defaultdict(int)
    for standings in learners.values():
        for number, (_, slips) in standings.items():
            for slip in slips:
                counted[number, slip] += 1
    return sorted(((n, *what) for what, n in counted.items()), key=lambda slip: (-slip[0], *slip[1:]))


def _most_often(slips):
    yield "The slips that most learners met:"
    for n, number, sentence in slips[:MOST]:
        yield f"{n:3} in {number}: {sentence}"
