"""The page of years tells what moved, what breaks the row, and what was done when."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve
from report.made import exactly, make_card, make_outcome

from plfkit import Event, Organisation, Person, Position, Unit, assess, load_profile, release
from plfkit.disclosure import Released
from plfkit.errors import DisclosureError
from plfkit.goals import Scorecard
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.records.rows import Registration
from plfkit.model.words.breaks import Break
from plfkit.report import write_trend
from plfkit.report.followed import render_trend
from plfkit.report.sections.events import build_events_view
from plfkit.report.texts import Texts

ENGLISH = Texts("en")


def released(card: Scorecard) -> Released[Scorecard]:
    """A card as if it had passed the gate."""
    return evolve(release(make_card(), PrivacyFloor(k=5)), contents=(card,))


def test_years_and_breaks() -> None:
    """One figure rose; of the other the year in which it was asked otherwise is named."""
    risen = make_outcome(exactly(0.7), name="A", before=exactly(0.6))
    asked = make_outcome(
        exactly(0.5), name="B", before=exactly(0.4), breaks=(Break.QUESTION_CHANGED,)
    )
    html = render_trend(released(make_card(risen, asked)), language="en")
    assert "of 2 figures: 1 up, 0 down, 0 unchanged, 1 too uncertain to say." in html
    assert "figure B, 2018/19: break: asked in another way." in html
    assert "▲ up from 60%" in html


def held(*days: str, complete: bool) -> Scorecard:
    """The card of a school with days of training on some dates."""
    school = Organisation.of(
        units=[Unit("s", "school")],
        persons=[Person("p")],
        positions=[Position("p", "s", "teacher")],
        events=[
            Event(f"e{n}", "training_day", date.fromisoformat(day), unit="s")
            for n, day in enumerate(days)
        ],
        registrations=[Registration("s", kind="training_day", complete=True)] if complete else [],
    )
    return assess(school, load_profile("generic"))


@pytest.mark.parametrize(
    ("complete", "told"), [(True, ["1", "2"]), (False, ["at least 1", "at least 2"])]
)
def test_what_was_done_when(told: list[str], *, complete: bool) -> None:
    """Days of training are counted year by year; where the log has gaps there were at least as many."""
    card = held("2017-10-02", "2018-10-02", "2019-03-04", complete=complete)
    view = build_events_view(card, ENGLISH)
    assert view.years == ["2017/18", "2018/19"]
    assert view.rows == [("Training day", told)]


def test_only_released_things_are_written(tmp_path: Path) -> None:
    """A raw scorecard is refused before anything is written."""
    with pytest.raises(DisclosureError, match=r"plfkit\.release"):
        write_trend(make_card(), tmp_path / "page.html")  # type: ignore[call-overload]
    assert list(tmp_path.iterdir()) == []
    path = write_trend(released(make_card()), tmp_path / "page.html", other="page.en.html")
    assert re.search(r'<a href="page.en.html" lang="en"[^>]*>English</a>', path.read_text("utf-8"))
