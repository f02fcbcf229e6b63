"""A report on a wide screen, a laptop and a phone."""

from __future__ import annotations

import itertools

from browser.visiting import Visit

PHONE = 400


def test_messages(screen: Visit) -> None:
    """The browser has nothing to say about the page."""
    assert not screen.messages


def test_requests(screen: Visit) -> None:
    """Nothing is loaded but the file itself."""
    assert screen.requests == [screen.file.as_uri()]


def test_barriers(screen: Visit) -> None:
    """The page can be used by those who do not see it, or not well: axe-core finds nothing grave."""
    assert not screen.find_barriers()


def test_sideways(screen: Visit) -> None:
    """The page is no wider than the window; a box that is wider says by its class that it scrolls."""
    assert not screen.ask("findSideways")


def test_overlaps(screen: Visit) -> None:
    """No text lies over other text, in pictures or beside them."""
    assert not screen.ask("findOverlaps")


def test_text_in_pictures(screen: Visit) -> None:
    """No text of a picture leaves it."""
    assert not screen.ask("findTextOutsidePictures")


def test_headings(screen: Visit) -> None:
    """There is one main heading, and no level is left out on the way down."""
    levels = [heading["level"] for heading in screen.ask("listHeadings")]
    skipped = [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert not skipped


def test_order(screen: Visit) -> None:
    """On a phone, what is read first stands first."""
    headings = screen.ask("listHeadings")
    tops = [heading["top"] for heading in headings]
    width = screen.page.viewport_size or {"width": 0}
    assert width["width"] > PHONE or tops == sorted(tops)
