"""Documents of publications, written by hand, and staff lists to read them with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from plfkit import Organisation, Period, Person, Position, Unit

YEAR = "2018/19"


def employ(*rows: tuple[int, str, str], dated: Mapping[str, Period] | None = None) -> Organisation:
    """Return a municipality: so many people at a unit in a role; ``dated`` says when some work there."""
    dates = dated or {}
    units = sorted({unit for _, unit, _ in rows})
    names = [
        (f"{unit}-{role}-{number}", unit, role)
        for count, unit, role in rows
        for number in range(count)
    ]
    return Organisation.of(
        units=[
            Unit("town", "municipality"),
            *(Unit(unit, "school", None, "town") for unit in units),
        ],
        persons=[Person(name) for name, _, _ in names],
        positions=[
            Position(name, unit, role, valid=dates.get(name, Period()))
            for name, unit, role in names
        ],
    )


def tell(
    people: int,
    surely: Sequence[int] | int | None = None,
    *of: str,
    at: Sequence[str] = (),
    **more: Any,
) -> dict[str, Any]:
    """Return a figure: of so many people so many, or between two numbers of them, have a property."""
    ends = [surely, surely] if isinstance(surely, int) else surely
    figure: dict[str, Any] = {
        "measure": "membership_coverage",
        "arguments": {"basis": "registered"},
        "period": YEAR,
        "part": None,
        "figure": None,
        "class": "participation",
        "property": "membership_coverage",
        "family": "membership_coverage",
        "threshold": None,
        "universe": {"of": [], "at": [], "not_of": []},
        "who": {"of": [*of], "at": [*at], "not_of": [], "teaches": []},
        "people": people,
        "kind": "count",
        "surely": ends,
        "possibly": ends,
        "own_answers": False,
    }
    return figure | more


def publish(folder: Path, *figures: dict[str, Any], name: str = "page.json", **more: Any) -> Path:
    """Write a publication's document and return where it is."""
    block = {
        "schema_version": 1,
        "k": 5,
        "statistics": 15,
        "judged": "alone",
        "figures": [*figures],
    }
    text = json.dumps({"title": "T", "publication": block | more})
    if name.endswith(".html"):
        script = f'<script type="application/json" id="publication">{text}</script>'
        text = f"<!doctype html><title>T</title><script>1 < 2</script>{script}"
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
