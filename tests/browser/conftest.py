"""One browser for all, and reports that are written once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from browser.reports import FURTHER, LANGUAGES, REPORTS, write_both_languages
from browser.visiting import Visit, start_chromium, visit
from playwright.sync_api import Browser

PAGES = [f"{name}-{language}" for name, language in product(REPORTS, LANGUAGES)]
ALL_PAGES = [*PAGES, *(f"{name}-{language}" for name, language in product(FURTHER, LANGUAGES))]
WIDTHS = (1400, 1000, 390)

FindReport = Callable[[str], Path]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let all pages of the documentation be looked at, where a few are enough every day."""
    parser.addoption("--every-page", action="store_true", help="look at all of the documentation")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser."""
    with start_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def find_report(tmp_path_factory: pytest.TempPathFactory) -> FindReport:
    """Find the file of a report by its name and language, as in `vejle-da`."""
    folder = tmp_path_factory.mktemp("reports")
    write = cache(lambda name: write_both_languages(name, folder))

    def find(page: str) -> Path:
        name, _, language = page.rpartition("-")
        return write(name)[language]

    return find


@pytest.fixture(scope="session", params=product(ALL_PAGES, WIDTHS), ids=lambda p: f"{p[0]}-{p[1]}")
def screen(
    request: pytest.FixtureRequest, chromium: Browser, find_report: FindReport
) -> Iterator[Visit]:
    """Each report, and each further page, on each screen, with everything opened that can be."""
    page, width = request.param
    with visit(chromium, find_report(page), width=width) as seen:
        seen.ask("openDetails")
        yield seen


@pytest.fixture(scope="session", params=PAGES)
def report(request: pytest.FixtureRequest, find_report: FindReport) -> Path:
    """Each report."""
    return find_report(request.param)
