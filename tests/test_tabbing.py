"""Tab shows what there is for people, in IPython and so in Jupyter, with Jedi and without."""

from __future__ import annotations

import inspect
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import fields, has

import plfkit
from plfkit.graph import Snapshot
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.tables import Column, Table

SHOWN = {
    "plfkit.": {"read", "snapshot", "assess", "measures", "Organisation"},
    "plfkit.measures.": {"density", "reciprocity", "membership_coverage"},
    "plfkit.inference.": {"qap", "mrqap", "change", "flip_count", "adjusted"},
    "org.": {"persons", "ties", "span", "with_", "to_frames"},
    "org.persons.": {"column", "columns", "take", "to_frame"},
    "now.": {"persons", "period", "layer", "to_networkx", "to_frames"},
    "result.": {"item", "main", "rows", "sentence", "to_frame", "needs"},
    "card.": {"goals", "indicators", "claims", "overview", "to_frame"},
    "outcome.": {"figure", "trend", "verdict", "to_frame"},
    "profile.": {"goals", "indicators", "privacy", "label"},
    "released.": {"content", "figures", "to_frame"},
    "picture.": {"alt", "finding", "save", "svg", "table"},
    'org.tables["': set(NATIVE_ROWS),
    'now.tables["': set(NATIVE_ROWS),
    'org.persons.columns["': {"id", "name", "valid_from", "valid_to"},
    'org.vocabulary.relations["': {"advice", "reports_to"},
    'card["': {"membership_coverage", "advice_density"},
    'card.overview.answered["': {"advice"},
    'profile.indicators["': {"membership_coverage"},
    'catalogue["': {"density"},
    'label["': {"da", "en"},
    'released.content["': {"membership_coverage", "advice_density"},
    "plfkit.measures.density(now, ": {"relation=", "by=", "interval=", "null=", "draws=", "seed="},
    "plfkit.inference.qap(now, ": {"against=", "within=", "draws="},
}
"""Some of what must follow a text."""
MACHINERY = {
    *("of_checked", "lifetimes", "codes", "position_ranks", "from_columns", "facts", "silent"),
    *("row_type", "is_told", "relabel_texts", "numbers_of"),
}


@pytest.fixture(scope="module")
def tabbed() -> dict[str, list[list[str]]]:
    """What a fresh IPython shows after each text."""
    script = Path(__file__).parent / "tabbing.py"
    asked = [*SHOWN, "column."]
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, str(script), *asked],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "IPYTHONDIR": os.devnull},
    )
    found: dict[str, list[list[str]]] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("text", SHOWN)
def test_tab_shows(text: str, tabbed: dict[str, list[list[str]]]) -> None:
    """What people look for follows; what only plfkit needs does not, but where Jedi is switched off."""
    with_jedi, without = map(set, tabbed[text])
    assert SHOWN[text] <= with_jedi & without
    assert not MACHINERY & with_jedi


def test_cells_of_a_column(tabbed: dict[str, list[list[str]]]) -> None:
    """A column shows its cells, and nothing of how a table is built."""
    with_jedi, _ = tabbed["column."]
    assert set(with_jedi) == {"categories", "missing", "tolist", "values"}


KINDS = [
    *(plfkit.Organisation, Snapshot, Table, Column, plfkit.Result, plfkit.Scorecard),
    *(plfkit.goals.IndicatorOutcome, plfkit.Released, plfkit.Picture, plfkit.Profile),
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_what_is_shown_is_documented(kind: type, root: Path) -> None:
    """Each name that Tab shows has its meaning on a page about Python, and each of the page is shown."""
    pages = (root / "docs/reference/python").glob("*.md")
    page = "".join(page.read_text(encoding="utf-8") for page in pages)
    listed = re.search(rf"autoclass:: plfkit\S*\.{kind.__name__}\n   :members: (.*)", page)
    members = set(listed[1].split(", ")) if listed else set()
    shown = set(list_shown(kind))
    usual = {*NATIVE_ROWS, "count", "index", "tolist"}
    assert shown - members - set(list_attributes(kind)) <= usual
    assert members <= shown


def list_shown(kind: type) -> Iterator[str]:
    """Yield the names that Tab shows of a value of a class."""
    inner: set[str] = set(getattr(kind, "_INNER", ()))
    names = {*dir(kind), *(one.name for one in fields(kind) if has(kind))}
    yield from (name for name in names if not name.startswith("_") and name not in inner)


def list_attributes(kind: type) -> Iterator[str]:
    """Yield the attributes that the docstrings of a class and of those above it tell of."""
    for each in kind.__mro__:
        _, _, told = (inspect.getdoc(each) or "").partition("Attributes:")
        yield from re.findall(r"^    (\w+): ", told, re.MULTILINE)
