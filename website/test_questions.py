"""Questions in the page: each can be answered, and gets the notebook's reply."""

import random

import pytest
from playwright.sync_api import Locator, Page, expect

from helpers import predict
from helpers.predict.words import nearness_of_alpha, nearness_of_share
from tests.support.browser import needs_chromium
from tests.support.explorers import MAKERS
from tests.support.website import LESSONS, SITE, Reader

pytestmark = needs_chromium

WITH_QUESTIONS = [page for page in LESSONS if 'class="question' in (SITE / page).read_text(encoding="utf-8")]
# A question's first words, its page, the explorer that it is about, and the question in a notebook.
QUESTIONS = [
    ("At which alpha", "1_multiple_inputs", "several inputs", predict.largest_alpha),
    ("All 3 weights", "1_multiple_inputs", "several inputs", predict.largest_share),
    ("The weight of toes", "2_freezing_one_weight", "freezing", predict.frozen_curve),
    ("The outputs start", "3_multiple_outputs", "one input, several outputs", predict.fastest_output),
]
HIDDEN = "explorer => explorer.position.hidden"


def question_in(page: Page, words: str) -> Locator:
    return page.locator(".question").filter(has_text=words)


def explorer_below(question: Locator) -> Locator:
    name = question.locator("form").get_attribute("data-explorer")
    return question.locator(f'xpath=following::div[@data-explorer="{name}"]').first


def answer(question: Locator, number: str) -> str | float:
    """Give an answer by the keyboard: the number, or the last choice."""
    box = question.get_by_role("textbox")
    if box.count():
        box.fill(number)
        box.press("Enter")
        return float(number.replace(",", "."))
    last = question.get_by_role("radio").last
    last.focus()
    last.press("Space")
    question.get_by_role("button", name="commit").press("Enter")
    return last.locator("xpath=..").text_content().strip()


def put(explorer, position: dict) -> None:
    for name, value in position.items():
        if name in explorer.controls:
            explorer.controls[name].value = value


@pytest.mark.parametrize(("words", "page", "maker", "ask"), QUESTIONS)
def test_the_reply_is_the_notebook_s_and_follows_the_explorer(chromium, root, words, page, maker, ask):
    explorer = MAKERS[maker]()
    question = ask(explorer)
    with Reader(chromium) as reader:
        reader.page.goto(f"{root}/notebooks/{page}.html")
        asked = question_in(reader.page, words)
        reply, shown = asked.get_by_role("status"), explorer_below(asked)
        asked.get_by_role("button", name="commit").click()
        expect(reply).to_have_text(question.answer_missing)
        shown.scroll_into_view_if_needed()
        slider = shown.get_by_role("slider", name="iterations")
        expect(slider).to_be_visible()
        given = answer(asked, "0,05")
        for key in ("ArrowRight", "End", "Home"):
            put(explorer, shown.evaluate("place => place.position"))
            expect(reply).to_have_text("".join(question.reply_to(given)))
            slider.press(key)
        for other in reader.page.locator(".question").all():
            is_about = shown.evaluate("(shown, other) => shown === other", explorer_below(other).element_handle())
            if is_about and other.get_by_role("button", name="commit").is_enabled():
                assert shown.evaluate(HIDDEN) != []
                answer(other, "1")
        assert shown.evaluate(HIDDEN) == []
        expect(shown.get_by_role("button", name="show the answers")).not_to_be_visible()
        assert reader.complaints == []


def test_who_commits_and_then_scrolls_down_finds_the_answers_shown(chromium, address):
    with Reader(chromium) as reader:
        reader.page.goto(f"{address}/notebooks/1_multiple_inputs.html")
        asked = question_in(reader.page, "At which alpha")
        asked.locator("form").evaluate("form => { form.querySelector('input').value = '0.03'; form.requestSubmit(); }")
        shown = explorer_below(asked)
        assert shown.evaluate("explorer => explorer.position") is None
        shown.scroll_into_view_if_needed()
        expect(shown.get_by_role("slider", name="alpha")).to_be_visible()
        assert shown.evaluate(HIDDEN) == []


@pytest.mark.parametrize("page", WITH_QUESTIONS)
def test_every_question_can_be_answered_once_or_read_without_scripts(chromium, address, page):
    with Reader(chromium) as reader:
        reader.page.goto(f"{address}/{page}")
        for asked in reader.page.locator(".question").all():
            answer(asked, "0.5")
            expect(asked.get_by_role("status").locator("p").first).not_to_be_empty()
            expect(asked.get_by_role("button", name="commit")).to_be_disabled()
        assert reader.complaints == []
    with Reader(chromium, java_script_enabled=False) as reader:
        reader.page.goto(f"{address}/{page}")
        for asked in reader.page.locator(".question").all():
            expect(asked.get_by_role("listitem").first).to_be_visible()
            expect(asked.get_by_role("button")).to_have_count(0)


def test_a_number_is_judged_in_the_words_of_the_notebook(chromium, address):
    rng = random.Random(19)
    answers = [-1, 0, 0.02699, *(float(f"{10 ** rng.uniform(-7, 9):.4g}") for _ in range(300))]
    with Reader(chromium) as reader:
        reader.page.goto(f"{address}/index.html")
        for judge, truth in ((nearness_of_alpha, 0.02699), (nearness_of_share, 82.1)):
            judged = "([name, truth, answers]) => answers.map((answer) => course.nearness[name](answer, truth))"
            found = reader.page.evaluate(judged, [judge.__name__, truth, answers])
            assert found == [judge(answer, truth) for answer in answers]
        written = reader.page.evaluate("answers => answers.map((answer) => course.numbers.general(answer))", answers)
        assert written == [f"{answer:g}" for answer in answers]


def test_each_exercise_leads_to_where_it_can_be_run(chromium, address):
    with Reader(chromium) as reader:
        for page in LESSONS:
            reader.page.goto(f"{address}/{page}")
            exercises = reader.page.locator(".cell.tag_exercise")
            assert exercises.count() > 0
            for exercise in exercises.all():
                expect(exercise.locator("xpath=following-sibling::div[1]").get_by_role("link")).to_be_visible()
        reader.page.locator(".where-to-run a").first.click()
        expect(reader.page).to_have_url(f"{address}/index.html#run-it-yourself")
        expect(reader.page.get_by_role("heading", name="Run it yourself")).to_be_in_viewport()
