"""Take the pictures of page one that README and the start pages show.

    python docs/photograph.py

It needs Chromium and what `nox -s browser` needs. Take them anew when the browser's tests say that the
page no longer says what is written beside them.
"""

from __future__ import annotations

import shutil
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

import plfkit
from plfkit.hints import Language

PICTURES: dict[Language, str] = {"en": "report.png", "da": "report-da.png"}
WIDTH, HEIGHT = 1280, 950
COLOURS, MARGIN = 64, 16
END_OF_PAGE_ONE = "document.querySelector('section#page-one').getBoundingClientRect().bottom"


def photograph_page_one(folder: Path) -> None:
    """Write what a window shows of the report on Vejle's example, in each language."""
    profile = plfkit.load_profile("vejle")
    card = plfkit.assess(plfkit.synthetic.municipality(profile), profile)
    released = plfkit.release(card, profile.privacy)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as reports:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for language, name in PICTURES.items():
            report = plfkit.write_report(released, Path(reports) / "page.html", language=language)
            page.goto(Path(report).as_uri())
            end = page.evaluate(END_OF_PAGE_ONE) + MARGIN
            shot = page.screenshot(clip={"x": 0, "y": 0, "width": WIDTH, "height": end})
            Image.open(BytesIO(shot)).quantize(COLOURS).save(folder / name, optimize=True)


if __name__ == "__main__":
    photograph_page_one(Path(__file__).parent / "_static")
