"""A picture, its table and its text for those who listen tell the same."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from browser.visiting import visit
from playwright.sync_api import Browser

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@pytest.fixture(scope="module")
def pictures(chromium: Browser, report: Path) -> list[dict[str, Any]]:
    """Every picture of each report, closed up or not."""
    with visit(chromium, report, width=1400) as seen:
        found: list[dict[str, Any]] = seen.ask("listPictures")
    return found


def test_pictures_are_there(pictures: list[dict[str, Any]]) -> None:
    """A report has pictures, and says of each that it is one."""
    assert pictures
    assert {picture["role"] for picture in pictures} == {"img"}


def test_twins(pictures: list[dict[str, Any]]) -> None:
    """Each picture stands in a figure with a heading and a table."""
    assert not [one["name"] for one in pictures if not one["title"] or not one["cells"]]


def test_alternatives(pictures: list[dict[str, Any]]) -> None:
    """Whoever listens hears every cell of the table, and no number that it lacks."""
    for picture in pictures:
        unheard = [cell for cell in picture["cells"] if cell not in picture["alt"]]
        assert picture["alt"], picture["name"]
        assert not unheard, picture["name"]
        shown = {number for cell in picture["cells"] for number in NUMBER.findall(cell)}
        shown |= set(NUMBER.findall(picture["title"]))
        assert set(NUMBER.findall(picture["alt"])) <= shown, picture["name"]
