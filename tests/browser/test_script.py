"""The page without its script, and what its script is allowed and does."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from browser.visiting import Visit, visit
from playwright.sync_api import Browser, Locator

CHOICE = "#organisation select[data-pick=school]"
ALL_CHOICES = "select[data-pick], select[data-filter]"


@pytest.fixture(scope="module")
def wide(chromium: Browser, report: Path) -> Iterator[Visit]:
    """Each report on a wide screen."""
    with visit(chromium, report, width=1400) as seen:
        yield seen


def look(wide: Visit, choice: Locator) -> bytes:
    """Return what is seen of the section in which a choice is made, but for the choice itself."""
    section = choice.locator("xpath=ancestor::section[1]")
    others = wide.page.locator(ALL_CHOICES)
    seen: bytes = section.screenshot(animations="disabled", mask=[others])
    return seen


def test_policy(wide: Visit) -> None:
    """The page may load nothing, and run what it brings: each script by its hash."""
    found = wide.ask("readPolicy")
    sources = dict(re.findall(r"([\w-]+) ([^;]+)", found["policy"]))
    hashes = [b64encode(sha256(script.encode()).digest()).decode() for script in found["scripts"]]
    assert sources["default-src"].strip() == "'none'"
    assert sources.get("script-src", "").split() == [f"'sha256-{code}'" for code in hashes]
    assert not found["handlers"]


def test_reading_without_the_script(chromium: Browser, report: Path) -> None:
    """Everything can be read where no script runs."""
    with visit(chromium, report, width=1400, script=False) as seen:
        assert not seen.ask("findHidden")


def test_nothing_is_brought_by_the_script(chromium: Browser, report: Path, wide: Visit) -> None:
    """The script adds no word: the page says the same without it."""
    with visit(chromium, report, width=1400, script=False) as seen:
        still = [heading["text"] for heading in seen.ask("listHeadings")]
    shown = [heading["text"] for heading in wide.ask("listHeadings")]
    assert not Counter(shown) - Counter(still)


def test_picking_a_school(wide: Visit) -> None:
    """A school can be picked among the organisation's, and the picture then marks another than before."""
    choice = wide.page.locator(CHOICE)
    values = [option.get_attribute("value") for option in choice.locator("option").all()]
    nothing = look(wide, choice)
    choice.select_option(values[1])
    first = look(wide, choice)
    choice.select_option(values[2])
    second = look(wide, choice)
    choice.select_option(values[0])
    assert len({nothing, first, second}) == 3
    assert look(wide, choice) == nothing


def test_choosing_by_keyboard(wide: Visit) -> None:
    """Whatever can be chosen with the mouse can be chosen with the keyboard, and shows the same."""
    choices = wide.page.locator(ALL_CHOICES).all()
    assert choices
    for choice in choices:
        section = choice.locator("xpath=ancestor::section[1]")
        before = section.inner_html()
        choice.select_option(index=1)
        by_mouse = section.inner_html()
        choice.select_option(index=0)
        choice.focus()
        wide.page.keyboard.press("ArrowDown")
        by_keyboard = section.inner_html()
        choice.select_option(index=0)
        assert before != by_mouse
        assert by_keyboard == by_mouse


def test_reaching_choices(wide: Visit) -> None:
    """The tabulator key comes past every choice."""
    wanted = wide.page.locator(ALL_CHOICES).count()
    wide.page.locator("body").click(position={"x": 1, "y": 1})
    reached = set()
    for _ in range(wide.page.locator("a, button, input, select, summary, [tabindex]").count()):
        wide.page.keyboard.press("Tab")
        if place := wide.page.evaluate(
            "(choices) => [...document.querySelectorAll(choices)].indexOf(document.activeElement) + 1",
            ALL_CHOICES,
        ):
            reached.add(place)
    assert wanted
    assert len(reached) == wanted
