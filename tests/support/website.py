"""The built website, and somebody who reads it in a browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, Request

SITE = Path(__file__).resolve().parents[2] / "build/site"
PAGES = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
LESSONS = [page for page in PAGES if page.startswith("notebooks/")]
WIDE, NARROW = 1400, 360
GIVEN_UP = "net::ERR_ABORTED"  # of what a page was still loading when the reader went on to another


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


@contextmanager
def served_site() -> Iterator[str]:
    """The address of a web server that has the website."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=SITE)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class Reader:
    """Somebody who reads, and notes what the browser complains of and asks others for."""

    def __init__(self, chromium: Browser, width: int = WIDE, scheme: str = "light", **options):
        viewport = {"width": width, "height": 900}
        self.context = chromium.new_context(viewport=viewport, color_scheme=scheme, **options)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfailed", self._note_failure)
        self.asked: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))

    def _note_failure(self, request: Request) -> None:
        if request.failure != GIVEN_UP:
            self.complaints.append(f"failed: {request.url}")

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.context.close()
