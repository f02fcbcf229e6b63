"""The probes find what is planted, and nothing in a page that is as it should be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.sheets import print_sheets, read_letters, read_lowest_heading
from browser.visiting import Visit, visit
from playwright.sync_api import Browser

LONG = "wide " * 80
FINE = f"""<!DOCTYPE html><html lang="en"><title>A page</title><meta charset="utf-8">
<style>@page {{ margin: 20mm }} .scroll {{ overflow-x: auto; white-space: nowrap }}</style>
<h1>One</h1><p>Some text.</p><p>More text.</p><div class="scroll" tabindex="0">{LONG}</div>
<details><summary>More</summary><p>Closed up.</p></details>
<figure><figcaption>Seven</figcaption>
<svg role="img" aria-label="Seven: East 7" width="90" height="40"><text x="5" y="20">East 7</text></svg>
<table><tr><th>East</th><td>7</td></tr></table></figure>
"""
PLANTED = {
    "findOverlaps": "<p style='margin:-2.4em 0 0 3em'>Over.</p>",
    "findTextOutsidePictures": "<svg width='20' height='20'><text x='5' y='15'>Too long</text></svg>",
    "findSideways": f"<p style='white-space:nowrap'>{LONG}</p>",
    "findHidden": "<p style='visibility:hidden'>Gone.</p>",
}
BOXES = {
    "scrolls sideways": f"<div style='overflow-x:auto;white-space:nowrap'>{LONG}</div>",
    "is cut off": f"<div style='overflow:hidden;white-space:nowrap'>{LONG}</div>",
}


@pytest.fixture
def window(chromium: Browser, tmp_path: Path) -> Iterator[Visit]:
    """A page that is as it should be."""
    file = tmp_path / "page.html"
    file.write_text(FINE, encoding="utf-8")
    with visit(chromium, file, width=800) as seen:
        yield seen


@pytest.mark.parametrize("probe", PLANTED)
def test_planted(window: Visit, probe: str) -> None:
    """A probe finds its fault once it is there, and not before."""
    assert not window.ask(probe)
    window.page.set_content(FINE + PLANTED[probe])
    assert window.ask(probe)


@pytest.mark.parametrize("complaint", BOXES)
def test_boxes(window: Visit, complaint: str) -> None:
    """A box that scrolls without saying so is found, and so is one that cuts its text off."""
    window.page.set_content(FINE + BOXES[complaint])
    [found] = window.ask("findSideways")
    assert complaint in found


def test_reading_pictures(window: Visit) -> None:
    """A picture is read with its title, its text for those who listen, and the cells of its table."""
    [picture] = window.ask("listPictures")
    assert (picture["role"], picture["title"]) == ("img", "Seven")
    assert picture["alt"] == "Seven: East 7"
    assert picture["cells"] == ["East", "7"]


def test_closed_up(window: Visit) -> None:
    """What is closed up is no fault, can be opened, and is then laid out with the rest."""
    closed = window.page.get_by_text("Closed up.")
    assert not closed.is_visible()
    window.ask("openDetails")
    assert closed.is_visible()


def test_barrier(window: Visit) -> None:
    """Axe-core is there: it finds a picture that is nothing to those who listen."""
    assert not window.find_barriers()
    window.page.set_content(FINE + "<svg role='img' width='9' height='9'></svg>")
    [found] = window.find_barriers()
    assert "svg-img-alt" in found


def test_hearing_and_asking(window: Visit) -> None:
    """A message and a request do not go unnoticed, not even one that the page's policy refuses."""
    window.page.set_content(
        FINE + "<script>console.log('hi')</script><img alt='' src='http://x.test/y'>"
    )
    assert "hi" in window.messages
    assert "http://x.test/y" in window.requests


def test_reading_sheets(window: Visit, tmp_path: Path) -> None:
    """A sheet is read with the size its letters have on paper, scaled pictures among them."""
    shrunk = (
        "<svg viewBox='0 0 400 40' width='200'><text x='5' y='30' font-size='16'>Small</text></svg>"
    )
    break_ = "<div style='break-before:page'>Second <b>sheet</b></div>"
    window.page.set_content(FINE + f"<p style='font-size:10pt'>Ten</p>{shrunk}{break_}")
    first, second = print_sheets(window.page, tmp_path / "page.pdf")
    sizes = {piece.text.strip(): piece.size for piece in first}
    assert sizes["Ten"] == pytest.approx(10, abs=0.1)
    assert sizes["Small"] == pytest.approx(6, abs=0.1)
    assert "Closed" not in read_letters(first)
    assert read_letters(second) == read_lowest_heading(second, 0, larger_than=5) == "Secondsheet"
    assert read_lowest_heading(second, 0, larger_than=50) == ""


def test_measuring_sheets(window: Visit) -> None:
    """What can be printed on is A4 but for the margins that the page asks for."""
    foot = pytest.approx(2 / 2.54 * 72)
    assert window.ask("measureSheet") == {"width": 643, "height": 971, "foot": foot}
