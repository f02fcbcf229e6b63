"""The documentation's pages, as they were built last."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.visiting import Visit, visit
from playwright.sync_api import Browser

BUILT = Path(__file__).parents[2] / "docs/_build/html"
FEW = (
    "index.html",
    "tutorial/first-report.html",
    "howto/audit-a-publication.html",
    "reference/tables.html",
    "reference/indicators.html",
    "explanation/rooms.html",
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Look at a few pages, or at all of them."""
    every = metafunc.config.getoption("every_page")
    pages = sorted(str(file.relative_to(BUILT)) for file in BUILT.rglob("*.html")) if every else FEW
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


def test_barriers_of_the_documentation(guide: Visit) -> None:
    """Axe-core finds nothing grave."""
    assert not guide.find_barriers()
