"""What each page says of itself where it is linked to."""

from html.parser import HTMLParser

import pytest

from tests.support.website import LESSONS, PAGES, SITE


class Head(HTMLParser):
    """The tags in the page's head, by name."""

    def __init__(self, page: str):
        super().__init__()
        self.tags: dict[str, str] = {}
        self.feed((SITE / page).read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        name = values.get("name") or values.get("property")
        if tag == "meta" and name and name != "viewport":
            assert name not in self.tags, f"{name} is there twice"
            self.tags[name] = values["content"] or ""


@pytest.mark.parametrize("page", PAGES)
def test_a_link_to_a_page_has_a_title_a_description_and_a_picture(page):
    tags = Head(page).tags
    assert tags["og:title"] and 20 <= len(tags["description"]) <= 250
    assert tags["description"] == tags["og:description"]
    assert (SITE / page).parent.joinpath(tags["og:image"]).read_bytes().startswith(b"\x89PNG")
    assert tags["twitter:card"] == "summary_large_image"


def test_no_two_lessons_have_the_same():
    heads = [Head(page).tags for page in ("index.html", "api.html", *LESSONS)]
    assert len({head["description"] for head in heads}) == len(heads) == len({head["og:title"] for head in heads})
    assert len({Head(page).tags["og:image"] for page in LESSONS}) == len(LESSONS)
