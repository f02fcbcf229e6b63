"""Write the reference pages that follow from the code, and the pictures that pages show.

    python docs/generate.py

A test compares what this writes with what stands in the documentation.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from reference_pages import (
    data,
    figures,
    flow,
    growth,
    hooks,
    indicators,
    interface,
    pictures,
    profiles,
    public,
    rooms,
    words,
)

from plfkit.profiles import manifest_schema

DOCS = Path(__file__).parent


FOLDERS = ("commands", "indicators", "measures", "vocabulary")
"""Folders of the reference that hold generated pages and nothing else."""


def write_pages() -> dict[str, str]:
    """Return every generated file but the pictures, by its path below docs/."""
    return {
        **figures.describe_measures(),
        **indicators.map_indicators(),
        **interface.print_help(),
        **data.list_kinds(),
        "reference/tables.md": data.describe_tables(),
        "reference/words.md": words.list_closed_words(),
        "reference/errors.md": interface.list_errors(),
        "reference/public.md": public.list_public_names(),
        "reference/profiles.md": profiles.list_keys(),
        "reference/hooks.md": hooks.describe_hooks(),
        "reference/contract.md": profiles.list_checks(),
        "_static/profile.schema.json": json.dumps(manifest_schema(), indent=2) + "\n",
        "_static/rooms.svg": rooms.draw_rooms(),
        "_static/pictures/flow-da.svg": flow.draw_flow("da"),
        "_static/pictures/flow-en.svg": flow.draw_flow("en"),
        "_static/pictures/growth.svg": growth.draw_growth(),
    }


def find_stale(docs: Path, written: Collection[str]) -> list[Path]:
    """Return the pages of generated folders that nothing writes any longer."""
    there = (page for folder in FOLDERS for page in (docs / "reference" / folder).glob("*.md"))
    return [page for page in there if page.relative_to(docs).as_posix() not in written]


if __name__ == "__main__":
    pages = write_pages()
    for path, text in {**pages, **pictures.draw_pictures()}.items():
        (DOCS / path).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / path).write_text(text, encoding="utf-8")
    for page in find_stale(DOCS, pages):
        page.unlink()
