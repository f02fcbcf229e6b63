"""A headless Chromium, and what a page does and looks like in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from attrs import Factory, frozen
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
)
"""No sandbox: its pages are ours, and root may not have one. The rest: no calls of its own."""
PROBES = (Path(__file__).parent / "probes.js").read_text(encoding="utf-8")
GRAVE = {"serious", "critical"}
HEIGHT = 900
PATIENCE = 5_000
"""Milliseconds until something that is not there is called missing."""


@frozen
class Visit:
    """A page in the browser, with what it said and asked for from its first byte on."""

    page: Page
    file: Path
    messages: list[str] = Factory(list)
    requests: list[str] = Factory(list)

    def ask(self, probe: str) -> Any:
        """Ask the page one of the probes."""
        return self.page.evaluate(f"{PROBES}.{probe}()")

    def find_barriers(self) -> list[str]:
        """Return what axe-core finds that is serious or critical, each with its first places."""
        found = Axe().run(self.page, options={"resultTypes": ["violations"]}).response
        return [
            f"{one['id']} ({one['impact']}): {one['help']}; {len(one['nodes'])} times: "
            + " ".join(node["html"][:160] for node in one["nodes"][:3])
            for one in found["violations"]
            if one["impact"] in GRAVE
        ]


@contextmanager
def start_chromium() -> Iterator[Browser]:
    """Start the Chromium of the system."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.exit("there is no chromium: apt-get install chromium fonts-liberation", 1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield browser
        browser.close()


@contextmanager
def visit(browser: Browser, file: Path, *, width: int, script: bool = True) -> Iterator[Visit]:
    """Open a file in a window of a width, and close it afterwards."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT}, java_script_enabled=script
    )
    context.set_default_timeout(PATIENCE)
    seen = Visit(context.new_page(), file)
    seen.page.on("console", lambda message: seen.messages.append(message.text))
    seen.page.on("pageerror", lambda error: seen.messages.append(str(error)))
    seen.page.on("request", lambda request: seen.requests.append(request.url))
    seen.page.goto(file.as_uri())
    yield seen
    context.close()
