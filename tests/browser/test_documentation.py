"""The documentation's pages, as they were built last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Literal

import pytest
from browser.conftest import FindReport
from browser.visiting import Visit, visit
from playwright.sync_api import Browser, expect

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "docs/_build/html"
FEW = (
    "index.html",
    "dansk.html",
    "tutorial/first-report.html",
    "howto/audit-a-publication.html",
    "reference/tables.html",
    "reference/measures/density.html",
    "reference/commands/measure.html",
    "explanation/rooms.html",
    "explanation/for-chefen.html",
)
TALLEST = 15_000
"""Pixels that a person can scroll."""
BY_CODE = {"genindex.html", "search.html"}
"""Pages that Sphinx makes, which nobody scrolls through."""


def list_pages() -> list[str]:
    """Return all pages that were built."""
    return sorted(file.relative_to(BUILT).as_posix() for file in BUILT.rglob("*.html"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Look at a few pages, or at all of them."""
    pages = list_pages() if metafunc.config.getoption("every_page") else FEW
    if "guide" in metafunc.fixturenames:
        metafunc.parametrize("guide", pages, indirect=True, scope="module")


@pytest.fixture(scope="module")
def guide(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Visit]:
    """A page of the documentation on a phone."""
    with visit(chromium, BUILT / request.param, width=390) as seen:
        yield seen


def test_documentation_on_a_phone(guide: Visit) -> None:
    """It says nothing to the console, asks for nothing from elsewhere, and is no wider than the phone."""
    assert not guide.messages
    assert not [address for address in guide.requests if not address.startswith(("file:", "data:"))]
    width = guide.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_barriers_of_the_documentation(guide: Visit, scheme: Literal["light", "dark"]) -> None:
    """Axe-core finds nothing grave, by day and by night."""
    guide.page.emulate_media(color_scheme=scheme)
    assert not guide.find_barriers()


@pytest.mark.parametrize(("name", "language"), [("dansk.html", "da"), ("index.html", "en")])
def test_languages(chromium: Browser, name: str, language: str) -> None:
    """Whoever listens hears a Danish page in Danish, and others in English."""
    with visit(chromium, BUILT / name, width=390) as seen:
        heading = seen.page.locator("h1")
        spoken = heading.evaluate("one => one.closest('[lang]').lang")
    assert spoken == language


def test_heights(chromium: Browser) -> None:
    """No page is taller than a person can scroll; the tallest are named where one is."""
    heights = {}
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    for name in sorted({*list_pages()} - BY_CODE):
        page.goto((BUILT / name).as_uri())
        heights[name] = page.evaluate("document.documentElement.scrollHeight")
    context.close()
    tallest = sorted(heights.items(), key=lambda one: -one[1])[:10]
    assert tallest[0][1] <= TALLEST, tallest


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """The address of the documentation on a server: a search reads the pages it finds."""
    handler = partial(QuietHandler, directory=str(BUILT))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class QuietHandler(SimpleHTTPRequestHandler):
    """A server of files that says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


FOUND = {
    "reciprocity": "reciprocity.html",
    "gensidig forbindelse": "reciprocity.html",
    "densities": "density.html",
    "membership coverage": "membership_coverage.html",
    "skolechefen": "for-chefen.html",
    "tillidsrepræsentant": "til-kolleger.html",
    "pseudonymise": "pseudonymise.html",
    "læsevejledere": "roles.html",
}
"""What a reader looks for, in Danish or English, and a page that is among the first ten found."""


@pytest.mark.parametrize("query", FOUND)
def test_search(chromium: Browser, served: str, query: str) -> None:
    """A word of either language leads to the page that tells of it."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{served}/search.html?q={query}")
    found = page.locator("#search-results ul.search a")
    expect(found.first).to_be_visible(timeout=10_000)
    page.wait_for_timeout(500)
    links = [link.get_attribute("href") or "" for link in found.all()[:10]]
    context.close()
    assert [link for link in links if FOUND[query] in link], links


@pytest.mark.parametrize("file", ["README.md", "docs/index.md", "docs/dansk.md"])
def test_photographs(chromium: Browser, find_report: FindReport, file: str) -> None:
    """Page one says what is written beside its picture; else run `python docs/photograph.py`."""
    text = (ROOT / file).read_text(encoding="utf-8")
    [told] = re.findall(r"(?:an example municipality|en eksempelkommune): (.*?\.)(?:\]|\n)", text)
    report = find_report("vejle-da" if file.endswith("dansk.md") else "vejle-en")
    with visit(chromium, report, width=1280) as seen:
        shown = seen.page.locator("section#page-one").inner_text()
    assert told in " ".join(shown.split())
