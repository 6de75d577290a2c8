"""The built website in a real browser: `make test-site`."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.support.browser import needs_chromium
from tests.support.website import LESSONS, NARROW, PAGES, WIDE, Reader

pytestmark = needs_chromium


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole(chromium, address, name, width, scheme):
    with Reader(chromium, width, scheme) as reader:
        reader.page.goto(f"{address}/{name}", wait_until="networkidle")
        assert reader.complaints == []
        assert [url for url in reader.asked if not url.startswith((f"{address}/", "data:"))] == []
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= width
        assert reader.page.evaluate("[...document.images].filter(i => !i.naturalWidth || !i.alt.trim()).length") == 0
        background = reader.page.evaluate("getComputedStyle(document.body).backgroundColor")
        shades = [int(shade) for shade in background.removeprefix("rgb(").removesuffix(")").split(",")]
        assert (max(shades) < 64, min(shades) > 192) == (scheme == "dark", scheme == "light")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_screen_reader_finds_its_way(chromium, address, name, scheme):
    with Reader(chromium, scheme=scheme) as reader:
        reader.page.goto(f"{address}/{name}", wait_until="networkidle")
        found = Axe().run(reader.page)
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", LESSONS)
def test_formulas_are_drawn(chromium, address, name):
    with Reader(chromium) as reader:
        reader.page.goto(f"{address}/{name}")
        reader.page.evaluate("document.querySelectorAll('details').forEach(folded => (folded.open = true))")
        assert all(formula.bounding_box()["height"] > 8 for formula in reader.page.locator("math").all())
        assert not [text for text in reader.page.locator("article p").all_text_contents() if "$" in text]


def test_the_menu_leads_to_every_lesson_and_to_the_page_for_authors(chromium, address):
    with Reader(chromium) as reader:
        reader.page.goto(f"{address}/index.html")
        links = reader.page.locator(".sidebar-tree a").all()
        assert [link.get_attribute("href") for link in links] == [*LESSONS, "api.html"]


def test_the_search_finds_what_is_asked_for(chromium, root):
    with Reader(chromium) as reader:
        reader.page.goto(f"{root}/index.html")
        reader.page.locator(".sidebar-search").fill("outer product")
        reader.page.locator(".sidebar-search").press("Enter")
        results = reader.page.locator("#search-results li a")
        expect(results.filter(has_text="3 · Several outputs").first).to_be_visible()
        results.filter(has_text="3 · Several outputs").first.click()
        expect(reader.page.locator("h1")).to_contain_text("3 · Several outputs")
        expect(reader.page.locator(".highlighted").filter(has_text="outer").first).to_be_attached()
        assert reader.complaints == []


def test_the_reader_s_choice_of_light_or_dark_stays(chromium, address):
    with Reader(chromium) as reader:
        page = reader.page
        page.goto(f"{address}/index.html")
        background = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.locator(".theme-toggle:visible").click()
        chosen = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.goto(f"{address}/{LESSONS[0]}")
        assert background != chosen == page.evaluate("getComputedStyle(document.body).backgroundColor")
