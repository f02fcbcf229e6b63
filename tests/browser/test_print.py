"""A report on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import frozen
from browser.sheets import (
    Sheet,
    print_sheets,
    read_letters,
    read_lowest_heading,
    squeeze_letters,
)
from browser.visiting import HEIGHT, Visit, visit
from playwright.sync_api import Browser

SMALLEST = 9
_TEXT = 9.6
"""No text but headings is larger, in points."""
WORDS = {"da": "eksempel", "en": "example"}


@frozen
class Print:
    """A report laid out for paper, its sheets, and how far up their lower margin goes, in points."""

    visit: Visit
    sheets: list[Sheet]
    foot: float


@pytest.fixture(scope="module")
def printed(
    chromium: Browser, report: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Print]:
    """Each report, printed, and laid out in a window as wide as what is printed on."""
    with visit(chromium, report, width=1000) as seen:
        sheets = print_sheets(seen.page, tmp_path_factory.mktemp("print") / "report.pdf")
        seen.page.emulate_media(media="print")
        paper = seen.ask("measureSheet")
        seen.page.set_viewport_size({"width": paper["width"], "height": HEIGHT})
        yield Print(seen, sheets, paper["foot"])


def test_width(printed: Print) -> None:
    """Nothing is wider than a sheet: the browser would make everything smaller."""
    assert not printed.visit.ask("findSideways")


def test_overlaps_on_paper(printed: Print) -> None:
    """No text lies over other text."""
    assert not printed.visit.ask("findOverlaps")
    assert not printed.visit.ask("findTextOutsidePictures")


_READ_PAGE_ONE = """() => {
    const one = document.querySelector("section#page-one");
    one.querySelectorAll(".aside").forEach((element) => element.remove());
    return one.innerText;
}"""
"""Words for those who listen are not printed; dots stand for them."""


def test_page_one(printed: Print) -> None:
    """Page one is all that stands on the first sheet, and stands there wholly."""
    page = printed.visit.page
    lines = page.evaluate(_READ_PAGE_ONE).splitlines()
    first, *others = map(read_letters, printed.sheets)
    assert not [line for line in lines if squeeze_letters(line) not in first]
    following = page.locator("section#page-one ~ section h2").all_inner_texts()
    assert following
    assert not [heading for heading in following if squeeze_letters(heading) in first]
    assert squeeze_letters(following[0]) in others[0]


def test_size_of_letters(printed: Print) -> None:
    """Nothing is printed smaller than nine points."""
    pieces = [piece for sheet in printed.sheets for piece in sheet]
    small = {piece.text for piece in pieces if piece.size < SMALLEST - 0.05}
    assert not small


def test_numbers_of_sheets(printed: Print) -> None:
    """Each sheet has its number in the margin."""
    for number, sheet in enumerate(printed.sheets, 1):
        foot = "".join(piece.text for piece in sheet if piece.bottom < printed.foot)
        assert str(number) in foot.replace("/", " ").split()


def test_examples_on_paper(printed: Print) -> None:
    """Each sheet of an example says that it is one."""
    word = WORDS[printed.visit.page.locator("html").get_attribute("lang") or ""]
    assert not [
        n for n, sheet in enumerate(printed.sheets, 1) if word not in read_letters(sheet).lower()
    ]


def test_lonely_headings(printed: Print) -> None:
    """No heading stands alone at the end of a sheet."""
    headings = [squeeze_letters(one["text"]) for one in printed.visit.ask("listHeadings")]
    # Sheet one ends with the list of schools, whose names are headings further on.
    lowest = [
        read_lowest_heading(sheet, printed.foot, larger_than=_TEXT) for sheet in printed.sheets[1:]
    ]
    assert not [line for line in lowest if line and any(one.endswith(line) for one in headings)]
