"""One browser and one web server for all tests of the website."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.browser import chromium as running_chromium
from tests.support.website import SITE, served_site


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with running_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with served_site() as address:
        yield address


@pytest.fixture(params=["server", "folder"])
def root(request: pytest.FixtureRequest, address: str) -> str:
    """Where the pages are read: from a web server, or opened as files."""
    return {"server": address, "folder": SITE.as_uri()}[request.param]
