"""The example app in a browser, with its real server: choosing files, faults, goals, the page, two people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from browser.visiting import HEIGHT, PATIENCE, Visit
from playwright.sync_api import Browser
from plf_app.words import WORDS
from serving import Server, serve

EXAMPLES = Path(__file__).parents[2] / "docs/examples"
TOWN = sorted((EXAMPLES / "example_municipality").iterdir())
FAULTY = sorted((EXAMPLES / "faulty_municipality").iterdir())
WIDTHS = (1280, 390)
LONG = 60_000
"""Milliseconds that a scorecard may take on a machine that does much else."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app."""
    with serve(tmp_path_factory.mktemp("app")) as running:
        yield running


@contextmanager
def open_app(browser: Browser, server: Server, language: str, *, width: int) -> Iterator[Visit]:
    """Open the start page in a window of a width, as somebody of their own."""
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, locale=language)
    context.set_default_timeout(PATIENCE)
    context.set_default_navigation_timeout(LONG)
    seen = Visit(context.new_page(), Path())
    seen.page.on("console", lambda message: seen.messages.append(message.text))
    seen.page.on("pageerror", lambda error: seen.messages.append(str(error)))
    seen.page.on("request", lambda request: seen.requests.append(request.url))
    seen.page.goto(server.address)
    yield seen
    context.close()


def send(
    seen: Visit, files: list[Path], button: str, language: str, profile: str = "vejle"
) -> None:
    """Choose files and goals, and press a button."""
    seen.page.get_by_label(WORDS["files"][language]).set_input_files([str(path) for path in files])
    seen.page.get_by_label(WORDS["profile"][language]).select_option(profile)
    with seen.page.expect_navigation():
        seen.page.get_by_role("button", name=WORDS[button][language]).click()


def check_page(seen: Visit, server: Server, *, refused: bool = False) -> None:
    """Nothing keeps anybody from using it, nothing lies sideways, and nothing is loaded from elsewhere."""
    assert seen.find_barriers() == []
    assert not seen.ask("findSideways")
    assert all(url.startswith(server.address) for url in seen.requests)
    told = [text for text in seen.messages if not (refused and "422" in text)]
    assert told == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["da", "en"])
def test_from_files_to_goals(chromium: Browser, server: Server, language: str, width: int) -> None:
    """The form, and the goals that come of it, can be used by anybody, on a phone too."""
    with open_app(chromium, server, language, width=width) as seen:
        check_page(seen, server)
        assert seen.page.url == f"{server.address}/{language}/"
        send(seen, TOWN, "see_goals", language)
        assert seen.page.get_by_role("heading", name=WORDS["goals"][language]).is_visible()
        assert seen.page.get_by_text(WORDS["example"][language]).is_visible()
        assert seen.page.locator("tbody tr").count() > 10
        check_page(seen, server)


@pytest.mark.parametrize("language", ["da", "en"])
def test_faults(chromium: Browser, server: Server, language: str) -> None:
    """Faulty files are answered with a list, from which there is a way back."""
    with open_app(chromium, server, language, width=1280) as seen:
        send(seen, FAULTY, "see_goals", language)
        assert seen.page.get_by_role("heading", name=WORDS["faults"][language]).is_visible()
        assert seen.page.locator("li").count() > 20
        check_page(seen, server, refused=True)
        seen.page.get_by_role("link", name=WORDS["again"][language]).click()
        assert seen.page.get_by_label(WORDS["files"][language]).is_visible()


def test_a_wrong_file(chromium: Browser, server: Server, tmp_path: Path) -> None:
    """Somebody who takes a picture for a workbook is told so in words."""
    wrong = tmp_path / "billede.xlsx"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    with open_app(chromium, server, "da", width=390) as seen:
        send(seen, [wrong], "see_goals", "da", "generic")
        assert seen.page.get_by_text("billede.xlsx").is_visible()
        check_page(seen, server, refused=True)


def test_the_page(chromium: Browser, server: Server) -> None:
    """The page comes as it is when it is opened as a file: its script runs, and it loads nothing."""
    with open_app(chromium, server, "da", width=1280) as seen:
        send(seen, TOWN, "see_page", "da")
        assert seen.page.locator("h1").count() == 1
        assert seen.find_barriers() == []
        assert seen.messages == []
        shown = seen.requests.index(f"{server.address}/da/page")
        assert {url.rpartition("/")[2] for url in seen.requests[shown + 1 :]} <= {"favicon.ico"}


def test_two_people(chromium: Browser, server: Server) -> None:
    """Two at once see each their own."""
    with (
        open_app(chromium, server, "da", width=1280) as one,
        open_app(chromium, server, "en", width=1280) as other,
    ):
        one.page.get_by_label(WORDS["files"]["da"]).set_input_files([str(path) for path in TOWN])
        one.page.get_by_role("button", name=WORDS["see_goals"]["da"]).click(no_wait_after=True)
        send(other, FAULTY, "see_goals", "en")
        assert other.page.get_by_role("heading", name=WORDS["faults"]["en"]).is_visible()
        one.page.wait_for_url("**/da/goals", timeout=LONG)
        assert one.page.get_by_role("heading", name=WORDS["goals"]["da"]).is_visible()
