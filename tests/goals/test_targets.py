"""Decided targets with a year, a baseline, steps and parts: judged, released, and told on the page."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from plfkit import Organisation, Profile, Unit, assess, release, to_document
from plfkit.disclosure import Released
from plfkit.goals import IndicatorOutcome, Scorecard, Verdict
from plfkit.hints import Language
from plfkit.model.records.rows import Community, Membership, Person, Position
from plfkit.periods import Period
from plfkit.report.page import render_report

TEXT = {"da": "Alle er med", "en": "All are in"}


def municipality(members: dict[str, int], staff: int = 40) -> Organisation:
    """Schools of so many teachers each, of whom so many are in a team, since August 2024."""
    since = Period(date(2024, 8, 1))
    ids = {school: [f"{school}{n}" for n in range(staff)] for school in members}
    return Organisation.of(
        units=[Unit(school, "school", f"Skole {school.upper()}") for school in members],
        persons=[Person(name) for own in ids.values() for name in own],
        positions=[Position(n, s, "teacher") for s, own in ids.items() for n in own],
        communities=[Community(f"team-{s}", "team", unit=s, valid=since) for s in members],
        memberships=[
            Membership(f"team-{school}", name, valid=since)
            for school, count in members.items()
            for name in ids[school][:count]
        ],
    )


def profile(target: dict[str, Any], **more: Any) -> Profile:
    """A profile whose only goal has one figure: the share of staff in a community."""
    return Profile.from_document(
        {
            "schema_version": 1,
            "id": "x",
            "label": {"da": "X-by", "en": "X-town"},
            "goals": {"G": {"label": TEXT, "text": {"da": "Alle skal med.", "en": "All shall."}}},
            "indicators": {
                "I": {
                    "goal": "G",
                    "label": {"da": "Med i fællesskab", "en": "In a community"},
                    "measure": "membership_coverage",
                    "direction": "up",
                    "target": {"value": 0.8, "source": "decided", **target},
                    **more,
                }
            },
        }
    )


def released(org: Organisation, wanted: Profile, at: str = "2024/25") -> Released[Scorecard]:
    """The scorecard of a year, as it may be seen."""
    return release(assess(org, wanted, at=at), wanted.privacy)


def outcome(org: Organisation, wanted: Profile, at: str = "2024/25") -> IndicatorOutcome:
    """The one indicator as it may be seen."""
    return released(org, wanted, at).content.indicators[0]


def plain(page: str) -> str:
    """The text of a page without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("\u00a0", " ")


@pytest.mark.parametrize("parts", [{"arguments": {"by": "school"}}, {}])
def test_target_for_each_school(parts: dict[str, Any]) -> None:
    """21 of 40 at A, 36 at B, 80 % decided: A lies below as it is told, B above; the goal is missed."""
    each = {} if parts else {"each": "school"}
    card = released(municipality({"a": 21, "b": 36}), profile(each, **parts))
    found = card.content.indicators[0]
    assert dict(found.part_verdicts) == {"a": Verdict.NOT_MET, "b": Verdict.MET}
    assert (found.verdict, card.content.goals[0].verdict) == ("not_met", "not_met")
    decided: dict[Language, str] = {"da": "80,0 % (besluttet)", "en": "80.0% (decided)"}
    for language, words in decided.items():
        text = plain(render_report(card, language=language))
        assert words in text
        told = {"da": "Skole A 42–60 % – Ikke nået", "en": "Skole A 42–60% – Not reached"}
        assert told[language] in text
        assert not re.search("har ikke sat tal|no numeric target|pejlemærke, |marks on this", text)
    document = json.loads(json.dumps(to_document(card)))["goals"][0]["indicators"][0]
    told_parts = [(p["part"], p["lower"], p["upper"], p["verdict"]) for p in document["parts"]]
    assert told_parts == [("a", 0.425, 0.6, "not_met"), ("b", 0.825, 1.0, "met")]
    assert (document["target_each"], document["target_needs"]) == ("school", "all")


@pytest.mark.parametrize(
    ("needs", "expected"),
    [("all", "not_met"), (0.75, "not_met"), (0.5, "met"), (0.51, "not_met"), (0.01, "met")],
)
def test_a_share_of_the_schools_may_suffice(needs: float | str, expected: str) -> None:
    """Two of four schools reach the mark: half is enough, half and a little is not."""
    org = municipality({"a": 21, "b": 36, "c": 40, "d": 20})
    assert outcome(org, profile({"each": "school", "needs": needs})).verdict == expected


def test_a_share_of_schools_is_counted_as_people_count() -> None:
    """0.28 times 25 is a hair more than seven in a computer, and seven schools at a table."""
    org = municipality({f"s{n:02}": 5 if n < 7 else 2 for n in range(25)}, staff=5)
    for needs, expected in ((0.28, "met"), (0.3, "not_met")):
        card = assess(org, profile({"each": "school", "needs": needs}), at="2024/25")
        assert card.indicators[0].verdict == expected


def test_each_level_is_a_part_too() -> None:
    """The levels on which staff work are judged one by one."""
    found = outcome(municipality({"a": 21, "b": 36}), profile({"each": "level"}))
    assert dict(found.part_verdicts) == {"pedagogical_staff": Verdict.NOT_MET}


def test_schools_without_staff() -> None:
    """A school that has a substitute and no staff neither reaches a target nor stands in its way."""
    org = municipality({"a": 32})
    rows: dict[str, Any] = {**org.tables, "units": [*org.units, Unit("empty", "school")]}
    rows["persons"] = [*org.persons, Person("guest")]
    rows["positions"] = [*org.positions, Position("guest", "empty", "substitute")]
    found = outcome(Organisation.of(**rows), profile({"each": "school"}))
    assert (found.verdict, dict(found.part_verdicts)) == ("met", {"a": Verdict.MET})


def test_a_hidden_school_decides_nothing_that_is_seen() -> None:
    """Whether the four at the small school reach the mark cannot be told from the verdict."""
    seen = set()
    for count in range(5):
        org = municipality({"a": 40, "b": 40})
        small = [f"t{n}" for n in range(4)]
        rows: dict[str, Any] = dict(org.tables)
        rows["units"] = [*org.units, Unit("tiny", "school")]
        rows["persons"] = [*org.persons, *(Person(name) for name in small)]
        rows["positions"] = [*org.positions, *(Position(n, "tiny", "teacher") for n in small)]
        rows["memberships"] = [
            *org.memberships,
            *(Membership("team-a", n, valid=Period(date(2024, 8, 1))) for n in small[:count]),
        ]
        found = outcome(Organisation.of(**rows), profile({"each": "school"}))
        seen.add((found.verdict, *found.part_verdicts.items()))
    parts = (("a", Verdict.MET), ("b", Verdict.MET), ("tiny", None))
    assert seen == {(Verdict.UNDECIDED, *parts)}


def test_hidden_school_on_the_way() -> None:
    """Before any step is due every school is on the way or there: that tells nothing of it."""
    tiny = municipality({"a": 12})
    rows: dict[str, Any] = dict(tiny.tables)
    rows["units"] = [*tiny.units, Unit("tiny", "school")]
    rows["persons"] = [*tiny.persons, Person("t")]
    rows["positions"] = [*tiny.positions, Position("t", "tiny", "teacher")]
    found = outcome(Organisation.of(**rows), profile({"each": "school", "by": "2027/28"}))
    assert (found.verdict, found.part_verdicts["tiny"]) == (Verdict.ON_THE_WAY, None)


def test_baseline_and_steps() -> None:
    """90 % by 2027/28, from 60 %, over 70 and 80 %: 57 of 80 is on the way, then behind, then missed."""
    wanted = profile(
        {"value": 0.9, "by": "2027/28"},
        baseline={"value": 0.6, "period": "2023/24"},
        steps={"2025/26": 0.7, "2026/27": 0.8},
    )
    org = municipality({"a": 21, "b": 36})
    years = {"2024/25": "on_the_way", "2025/26": "on_the_way", "2026/27": "behind"}
    for year, expected in {**years, "2027/28": "not_met"}.items():
        card = released(org, wanted, year)
        assert (card.content.indicators[0].verdict, card.content.goals[0].verdict) == (
            expected,
            expected,
        )
    text = plain(render_report(released(org, wanted, "2025/26"), language="da"))
    for words in (
        "På vej",
        "90,0 % (besluttet), senest 2027/28",
        "udgangspunkt: 60,0 % i 2023/24",
        "70,0 % i 2025/26 og 80,0 % i 2026/27",
    ):
        assert words in text, words
    assert "Ikke nået" not in text
    document = to_document(released(org, wanted, "2026/27"))["goals"][0]["indicators"][0]
    wanted_keys = {
        "target": 0.9,
        "target_source": "decided",
        "target_by": "2027/28",
        "target_due": False,
        "baseline": 0.6,
        "baseline_period": "2023/24",
        "steps": {"2025/26": 0.7, "2026/27": 0.8},
        "step_due": 0.8,
        "verdict": "behind",
    }
    assert {key: document[key] for key in wanted_keys} == wanted_keys


def test_schools_on_the_way_and_behind_add_up() -> None:
    """70 % at each school is due: A with 21 of 40 is behind, B is there before its year."""
    wanted = profile({"by": "2027/28", "each": "school"}, steps={"2024/25": 0.7})
    org = municipality({"a": 21, "b": 36})
    found = outcome(org, wanted)
    assert dict(found.part_verdicts) == {"a": Verdict.BEHIND, "b": Verdict.MET}
    assert found.verdict == "behind"
    half = profile({"by": "2027/28", "each": "school", "needs": 0.5}, steps={"2024/25": 0.7})
    assert outcome(org, half).verdict == "met"


def test_dated_target_undated_data() -> None:
    """Nobody knows whether its year has come: the verdict is open, and the page tells why."""
    org = municipality({"a": 21, "b": 36})
    card = released(org, profile({"by": "2027/28"}), "undated")
    found = card.content.indicators[0]
    assert (found.verdict, found.reason) == ("undecided", "undated")
    assert "The data have no date" in plain(render_report(card, language="en"))


def test_decided_and_proposed() -> None:
    """Beside a decided target the page calls only the others proposed, in both languages."""
    wanted = profile({})
    second = profile({"source": "proposed"}).indicators["I"]
    both = evolve(wanted, indicators={**wanted.indicators, "J": second})
    text = plain(render_report(released(municipality({"a": 21, "b": 36}), both), language="en"))
    assert "Furthest from its target (80%) lies" in text
    assert "80.0% (decided)" in text
    assert "80.0% (proposal)" in text
    assert "A proposal comes from the profile&#39;s authors and never decides" in text


def test_usual_values_stand_on_the_page_as_context(town: Organisation, manifest: Any) -> None:
    """What density is elsewhere is told with its source; the figure's verdict has nothing of it."""
    card = release(
        assess(town, Profile.from_document(manifest)), Profile.from_document(manifest).privacy
    )
    text = plain(render_report(card, language="da"))
    assert "Hvad er almindeligt?" in text
    assert "5,5 % – 38,6 % (Pitts" in text
    assert next(o for o in card.content.indicators if o.id == "density").verdict == "shown"
