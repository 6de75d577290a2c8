"""The built website in a real browser: `make test-site`."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import chromium as running_chromium
from tests.support.browser import needs_chromium

SITE = Path(__file__).resolve().parents[1] / "build/site"
PAGES = sorted(str(path.relative_to(SITE)) for path in SITE.rglob("*.html"))
LESSONS = [page for page in PAGES if page.startswith("notebooks/")]
WITH_STRIPS = [page for page in LESSONS if page[len("notebooks/")].isdigit()]
WIDE, NARROW = 1400, 420

pytestmark = needs_chromium


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def address():
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=SITE)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def chromium():
    with running_chromium() as browser:
        yield browser


class Reader:
    """Somebody who reads, and notes what the browser complains of and asks others for."""

    def __init__(self, chromium: Browser, width: int = WIDE, scheme: str = "light"):
        self.context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))
        self.asked: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.context.close()


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


@pytest.mark.parametrize("name", WITH_STRIPS)
def test_a_strip_shows_one_picture_and_the_keyboard_changes_it(chromium, address, name):
    with Reader(chromium) as reader:
        reader.page.goto(f"{address}/{name}", wait_until="networkidle")
        strips = reader.page.locator(".strip")
        assert strips.count() > 0
        for strip in strips.all():
            names, pictures = strip.locator("label"), strip.locator("img")
            titles = [text.strip().split(" alpha: ")[0] for text in names.all_text_contents()]
            assert titles == ["small", "good", "too large"]
            expect(pictures.nth(1)).to_be_visible()
            strip.locator("input").nth(1).focus()
            for key, shown in (("ArrowRight", 2), ("ArrowRight", 0), ("ArrowRight", 1)):
                reader.page.keyboard.press(key)
                for k, picture in enumerate(pictures.all()):
                    expect(picture).to_be_visible(visible=k == shown)


def test_the_menu_leads_to_every_lesson(chromium, address):
    with Reader(chromium) as reader:
        reader.page.goto(f"{address}/index.html")
        links = reader.page.locator(".sidebar-tree a").all()
        assert [link.get_attribute("href") for link in links] == LESSONS


@pytest.mark.parametrize("place", ["server", "folder"])
def test_the_search_finds_what_is_asked_for(chromium, address, place):
    root = {"server": address, "folder": SITE.as_uri()}[place]
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
