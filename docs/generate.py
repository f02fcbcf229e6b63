"""Write the reference pages that follow from the code, and the picture of the rooms.

    python docs/generate.py

A test compares what this writes with what stands in the documentation.
"""

from __future__ import annotations

import json
from pathlib import Path

from reference_pages import data, figures, interface, profiles, public, rooms, words

from plfkit.profiles import manifest_schema

DOCS = Path(__file__).parent


def write_pages() -> dict[str, str]:
    """Return every generated file by its path below docs/."""
    return {
        "reference/tables.md": data.describe_tables(),
        "reference/vocabulary.md": data.list_kinds(),
        "reference/words.md": words.list_closed_words(),
        "reference/measures.md": figures.describe_measures(),
        "reference/indicators.md": figures.map_indicators(),
        "reference/commands.md": interface.print_help(),
        "reference/errors.md": interface.list_errors(),
        "reference/public.md": public.list_public_names(),
        "reference/profiles.md": profiles.list_keys(),
        "reference/contract.md": profiles.list_checks(),
        "_static/profile.schema.json": json.dumps(manifest_schema(), indent=2) + "\n",
        "_static/rooms.svg": rooms.draw_rooms(),
    }


if __name__ == "__main__":
    for path, text in write_pages().items():
        (DOCS / path).write_text(text, encoding="utf-8")
