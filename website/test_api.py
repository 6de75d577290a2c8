"""The page for authors: a link leads to each function, and so does the search."""

from playwright.sync_api import expect

from tests.support.browser import needs_chromium
from tests.support.website import Reader

pytestmark = needs_chromium


def test_a_function_has_a_place_and_is_found(chromium, address):
    with Reader(chromium) as reader:
        page = reader.page
        page.goto(f"{address}/api.html#helpers.gradient_descent")
        expect(page.locator("dt").filter(has_text="helpers.gradient_descent(")).to_be_in_viewport()
        page.locator(".sidebar-search").fill("largest_stable_alpha")
        page.locator(".sidebar-search").press("Enter")
        found = page.locator('#search-results a[href*="#helpers.largest_stable_alpha"]').first
        expect(found).to_be_visible()
        assert reader.complaints == []
