"""The page of several municipalities: what may be compared, what may not, and no ranking."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plfkit import assess, load_profile
from plfkit.disclosure import Released, release_comparison
from plfkit.errors import DisclosureError
from plfkit.goals import Comparison
from plfkit.report import write_comparison
from plfkit.report.compared import build_compared_view, render_comparison
from plfkit.report.texts import Texts
from plfkit.synthetic import municipality

ENGLISH = Texts("en")


@pytest.fixture(scope="module")
def three() -> Released[Comparison]:
    """Two examples with Langeland's goals, and one with Middelfart's."""
    profiles = {"beta": "langeland", "alfa": "langeland", "gamma": "middelfart"}
    cards = {}
    for seed, (name, profile_name) in enumerate(profiles.items()):
        profile = load_profile(profile_name)
        cards[name] = assess(municipality(profile, schools=3, seed=seed), profile, years_back=0)
    return release_comparison(cards)


def test_beside_each_other(three: Released[Comparison]) -> None:
    """What two measure alike stands together, in the order they were named, each called an example."""
    view = build_compared_view(three, ENGLISH)
    assert view.names == ["beta (example)", "alfa (example)", "gamma (example)"]
    orders = [[row.name for row in figure.rows] for figure in view.figures]
    assert all(names == [n for n in view.names if n in names] for names in orders)
    assert all(len(names) > 1 for names in orders)


def test_not_compared(three: Released[Comparison]) -> None:
    """What only one measures stands under its reason, in words and not by an id."""
    view = build_compared_view(three, ENGLISH)
    refused = dict(view.refused)
    assert any(one.startswith("gamma: ") for one in refused["Not measured elsewhere"])
    ids = {outcome.indicator for outcome in three.content.refused}
    assert not [one for whose in refused.values() for one in whose if one.split(": ")[1] in ids]


def test_page(three: Released[Comparison], tmp_path: Path) -> None:
    """Both languages tell how many figures may be compared, and that there is no ranking."""
    count = len(three.content.figures)
    danish, english = (render_comparison(three, language=name) for name in ("da", "en"))
    assert f"{count} tal måles på samme måde" in danish
    assert "this is no ranking" in english
    assert "Example: at least one of the municipalities is made up." in english
    assert re.findall("<script.*?>", english)[1:] == ["<script>"]
    with pytest.raises(DisclosureError):
        write_comparison(three.content, tmp_path / "page.html")  # type: ignore[call-overload]
    assert write_comparison(three, tmp_path / "page.html").exists()
