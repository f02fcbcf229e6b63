"""Standards: named, settable within bounds, and told with their source or as a convention."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import fields

from plfkit import Organisation, Profile, assess, describe, release, snapshot
from plfkit.errors import DocumentError
from plfkit.goals import compare
from plfkit.measures import group_reach, membership_coverage, structured_membership
from plfkit.model.declared.standards import STANDARD_KEYS, Standards, StandardWords
from plfkit.model.records.rows import (
    Answer,
    Community,
    Event,
    Membership,
    Person,
    Position,
    Registration,
    Survey,
    Unit,
)
from plfkit.model.words.vocabulary import load_core_vocabulary
from plfkit.report.page import render_report


def test_every_standard_is_told_in_both_languages() -> None:
    """Nine sentences in each, the numbers in them; nobody has drawn these lines but convention."""
    assert len(STANDARD_KEYS) == len(fields(Standards)) - 1
    danish, english = (
        StandardWords.of(language).tell_standards(Standards()) for language in ("da", "en")
    )
    assert len(danish) == len(english) == len(STANDARD_KEYS)
    assert not set(danish) & set(english)
    assert danish[0] == (
        "Et fællesskab er aktivt, når det holder mindst 6 møder på et skoleår. [konvention]"
    )
    assert any("som regel højst er 6 uger imellem" in line for line in danish)
    assert any("66,7 % oppe ad skalaen. [kilde: Olivier & Hipp (2010)" in line for line in danish)
    assert sum(line.endswith("[convention]") for line in english) == len(STANDARD_KEYS) - 1


def test_a_source_stands_with_its_number() -> None:
    """A number that is set anew has the source that is given with it, or is a convention."""
    assert Standards(clear=0.5).find_source("clear") is None
    assert Standards(clear=0.5, sources={"clear": "a study"}).find_source("clear") == "a study"
    assert Standards().find_source("clear") is not None


@pytest.mark.parametrize(
    ("text", "days"), [("6 weeks", 42), ("1 week", 7), ("45 days", 45), ("1 day", 1)]
)
def test_gaps_are_in_days_or_weeks(text: str, days: int) -> None:
    """A gap is written as people say it."""
    assert Standards(longest_gap=text).gap_days == days


def test_all_that_no_standard_can_be_is_told_at_once() -> None:
    """Too few, too many, no length of time, certainty upside down, and a source of nothing."""
    with pytest.raises(DocumentError) as caught:
        Standards(
            meetings=0,
            longest_gap="six weeks",
            clear=1.2,
            windows=6,
            answers=14,
            sure=30,
            sources={"meeting": "x"},
        )
    paths = {".".join(problem.path) for problem in caught.value.problems}
    assert paths == {
        *("meetings", "longest_gap", "clear", "windows", "answers"),
        *("fairly_sure", "sources.meeting"),
    }


def test_profile_sets_standards(manifest: dict[str, Any]) -> None:
    """What stands under standards or privacy is one floor: the higher of the two."""
    manifest["standards"] = {"answers": 20, "meetings": 10, "sources": {"meetings": "byrådet"}}
    profile = Profile.from_document(manifest)
    assert profile.privacy.statistics == profile.standards.answers == 20
    assert Profile.from_document(profile.to_document()) == profile
    assert "mindst 10 møder på et skoleår. [kilde: byrådet]" in describe(profile)
    manifest["privacy"] = {"statistics": 30}
    assert Profile.from_document(manifest).standards.answers == 30


def test_measures_draw_their_lines_where_standards_say(town: Organisation) -> None:
    """One tie more and more people are reached; the keyword of a call is stronger."""
    one, two = (snapshot(town, standards=Standards(steps=steps)) for steps in (1, 2))
    call: dict[str, Any] = {"relation": "advice", "target": "school_leadership"}
    near, far = group_reach(one, **call), group_reach(two, **call)
    assert near.item() < far.item()
    assert group_reach(one, **call, k=2).item() == far.item()


def test_assess_gives_measures_the_profiles_standards(
    town: Organisation, manifest: dict[str, Any]
) -> None:
    """An indicator without `k` takes the profile's; so does the page, and other rules do not compare."""
    manifest["indicators"]["reach"] = {
        "label": {"da": "Når en leder", "en": "Reaches a leader"},
        "measure": "group_reach",
        "arguments": {"relation": "advice", "target": "school_leadership"},
    }
    cards = {}
    for steps in (1, 2):
        profile = Profile.from_document({**manifest, "standards": {"steps": steps}})
        cards[str(steps)] = assess(town, profile)
    values = [card.indicators[-1].figure for card in cards.values()]
    assert values[0] is not None
    assert values[1] is not None
    assert (values[0].value or 0) < (values[1].value or 0)
    page = render_report(release(cards["1"], profile.privacy), language="da")
    assert "når der højst er 1 led mellem dem. [konvention]" in page
    with pytest.raises(Exception, match="counts by other rules"):
        compare(cards)


def community(weeks: float, rating: float, meetings: int) -> Organisation:
    """A team of three with a charter: what it says of itself, and so many meetings, all logged."""
    people = ("anna", "bo", "carl")
    told = dict.fromkeys(("reflective_dialogues", "pupil_learning_focus"), rating)
    start = date(2018, 8, 20)
    kinds = load_core_vocabulary().event_kinds
    return Organisation.of(
        units=[Unit("nord", "school")],
        persons=[Person(name) for name in people],
        positions=[Position(name, "nord", "teacher") for name in people],
        communities=[Community("team", "team", unit="nord", charter=True)],
        memberships=[Membership("team", name) for name in people],
        surveys=[
            Survey("s", "scale", date=date(2018, 11, 1), lowest=1, highest=4),
            Survey("w", "scale", date=date(2018, 11, 1)),
        ],
        answers=[
            *(Answer("s", None, "team", item=item, value=value) for item, value in told.items()),
            Answer("w", None, "team", item="weeks_between_meetings", value=weeks),
        ],
        events=[
            Event(f"e{n}", "data_meeting", start + timedelta(days=60 * n), "nord", "team")
            for n in range(meetings)
        ],
        registrations=[Registration("nord", kind, complete=True) for kind in kinds],
    )


@pytest.mark.parametrize(
    ("standards", "expected"), [(Standards(), 0.0), (Standards(longest_gap="8 weeks"), 1.0)]
)
def test_a_rhythm_is_as_close_as_is_asked(standards: Standards, expected: float) -> None:
    """A team that says it meets every eight weeks has a steady rhythm where eight weeks are enough."""
    now = snapshot(community(8, 4, 0), "2018/19", standards=standards)
    assert structured_membership(now, basis="self_assessed").item() == expected


@pytest.mark.parametrize(
    ("standards", "expected"), [(Standards(), 0.0), (Standards(clear=0.3), 1.0)]
)
def test_a_view_is_as_clear_as_is_asked(standards: Standards, expected: float) -> None:
    """2 on a scale from 1 to 4 is a third of the way up: too little for two thirds."""
    now = snapshot(community(8, 2, 0), "2018/19", standards=standards)
    assert membership_coverage(now, basis="self_assessed").item() == expected


@pytest.mark.parametrize(
    ("standards", "expected"), [(Standards(), 0.0), (Standards(meetings=5), 1.0)]
)
def test_active_after_meetings(standards: Standards, expected: float) -> None:
    """Five data meetings, sixty days apart, are one too few for six, and enough for five."""
    now = snapshot(community(8, 4, 5), "2018/19", standards=standards)
    assert membership_coverage(now, basis="active").item() == expected
