"""What novices hand in, and what the checks say to it: tests/answers."""

from collections import Counter

import pytest

from helpers import check
from helpers.check import limits
from tests.support.answers import ANSWERS
from tests.support.exercises import hand_in


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: f"{answer.exercise}: {answer.title}")
def test_novices_are_told_what_helps_them_and_nothing_that_is_not_so(answer, monkeypatch):
    monkeypatch.setattr(limits, "SECONDS", 0.3)
    reply = hand_in(answer.exercise, answer.code)
    assert reply.state == answer.state, reply
    for part in answer.says:
        assert part in reply.sentence or part[0].upper() + part[1:] in reply.sentence, reply
    for part in answer.says_not:
        assert part not in reply.sentence, reply


def test_each_exercise_has_its_novices():
    count = Counter(answer.exercise for answer in ANSWERS)
    states = {(answer.exercise, answer.state) for answer in ANSWERS}
    for section in check.SECTIONS.values():
        for exercise in section.exercises:
            assert count[exercise.name] >= 15, exercise.name
            assert {(exercise.name, state) for state in ("right", "wrong")} <= states
