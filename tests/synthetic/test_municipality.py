from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from searching import search
from synthetic.examples import TEXT, example, profile, profile_of

from plfkit import (
    Organisation,
    Period,
    SchoolYear,
    assess,
    load_profile,
    read,
    snapshot,
    write,
)
from plfkit.errors import LimitError
from plfkit.measures import level_anchoring, membership_coverage
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.synthetic import YEARS, municipality, name_example
from plfkit.synthetic import example as making
from plfkit.synthetic.setting import Setting

NAMES = ("generic", "vejle", "tiny")
SURVEYED = ("advice", "collaboration", "observation", "reflective_dialogue")
DIGEST = """
import hashlib
from plfkit import load_profile
from plfkit.synthetic import municipality
organisation = municipality(load_profile("vejle"), schools=2, seed=5)
text = "".join(repr(list(table)) for table in organisation.tables.values())
print(hashlib.sha256(text.encode()).hexdigest())
"""


@pytest.mark.parametrize("name", NAMES)
def test_every_table(name: str) -> None:
    """Every native table has rows, whatever the profile."""
    organisation = example(name)
    assert [table for table in NATIVE_ROWS if not len(organisation.tables[table])] == []
    assert organisation.synthetic
    assert organisation.title == name_example(profile(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_of_event(name: str) -> None:
    """Every kind of event of the vocabulary occurs, the profile's own among them."""
    organisation = example(name)
    kinds = set(organisation.vocabulary.event_kinds)
    assert set(organisation.events.column("kind").categories) == kinds


def test_own_roles() -> None:
    """A resource person's role that the profile adds is held by somebody."""
    assert "play_coach" in example("tiny").positions.column("role").categories


def test_schools_of_the_profile() -> None:
    """Schools have the profile's grades and pathways, and names of their own."""
    organisation = example("tiny")
    schools = {unit.id: unit.name for unit in organisation.units if unit.kind == "school"}
    assert schools == {
        "skole-01": "Eksempelskole 1 (0.–9. klasse)",
        "skole-02": "Eksempelskole 2 (0.–6. klasse)",
        "skole-03": "Eksempelskole 3 (7.–10. klasse)",
    }
    ways = [(p.source, p.target, p.grade) for p in organisation.pathways]
    assert ("skole-02", "skole-01", "7") in ways
    assert ("skole-03-dagtilbud", "skole-03", "0") not in ways


def test_no_names() -> None:
    """Nobody has a name, and nothing of the profile's schools is told."""
    organisation = example("tiny")
    assert organisation.persons.column("name").missing.all()
    names = " ".join(organisation.units.column("name").categories)
    assert "Storskolen" not in names
    assert "Lilleby" not in names


def test_partners() -> None:
    """Each other municipality of a programme is a unit and meets ours."""
    organisation = example("vejle")
    partners = [u.id for u in organisation.units if u.id.startswith("nabokommune")]
    assert len(partners) == 2
    people = {p.person for p in organisation.positions if p.unit in partners}
    assert len(people) >= 6
    assert people & {m.person for m in organisation.memberships}
    assert not people & {row.person for row in organisation.responses}


def test_schools_do_not_all_move_on() -> None:
    """Some schools move on, some stand still and some go back; so do the meetings they hold."""
    setting = Setting.of(load_profile("generic"), 60, 0)
    ways = {np.sign(setting.compute_progress(school, 2)) for school in range(1, 61)}
    assert ways == {-1.0, 0.0, 1.0}
    shares = _dialogue_shares(municipality(load_profile("generic"), schools=20))
    assert any(first > last for first, last in shares)
    assert sum(first < last for first, last in shares) > len(shares) / 2


def _dialogue_shares(organisation: Organisation) -> list[tuple[float, float]]:
    """The share of each school's meetings that are dialogues or about data, in two years."""
    held: dict[tuple[str, int], list[bool]] = {}
    for event in organisation.events:
        if event.unit is not None and event.kind in {*MEETINGS, "dialogue_meeting", "data_meeting"}:
            year = SchoolYear.of(event.date).first
            held.setdefault((event.unit, year), []).append(event.kind not in MEETINGS)
    share = {key: sum(kinds) / len(kinds) for key, kinds in held.items()}
    return [(share[unit, 2016], share[unit, 2018]) for unit, year in share if year == 2016]


MEETINGS = ("coordination_meeting", "planning_meeting")


def test_partners_are_asked() -> None:
    """Only where a figure looks at other municipalities are their people on the roster of advice."""
    organisation = example("middelfart")
    partners = {u.id for u in organisation.units if u.id.startswith("nabokommune")}
    people = {p.person for p in organisation.positions if p.unit in partners}
    assert people & {tie.source for tie in organisation.ties}
    joint = {e.id for e in organisation.events if e.kind == "conference"}
    assert people & {p.person for p in organisation.participations if p.event in joint}


@given(schools=st.integers(1, 4), seed=st.integers(0, 2**40))
@search(10)
def test_same_seed(schools: int, seed: int) -> None:
    """The same seed gives an equal organisation, another seed another one."""
    made = municipality(profile("tiny"), schools=schools, seed=seed)
    assert made == municipality(profile("tiny"), schools=schools, seed=seed)
    assert made != municipality(profile("tiny"), schools=schools, seed=seed + 1)


def test_hash_seeds() -> None:
    """The order in which Python walks through sets changes nothing."""
    digests = {
        subprocess.run(  # noqa: S603 - our own interpreter on a text above
            [sys.executable, "-c", DIGEST],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(digests) == 1


def test_more_schools() -> None:
    """A school's units and positions stay as they are when another school is added."""
    few, more = (example("generic", schools) for schools in (3, 4))
    assert _staffing(few) == {key: n for key, n in _staffing(more).items() if key in _staffing(few)}


def _staffing(organisation: Organisation) -> dict[tuple[str, str], int]:
    counts: dict[tuple[str, str], int] = {}
    for position in organisation.positions:
        key = position.unit, position.role
        counts[key] = counts.get(key, 0) + 1
    return counts


@pytest.mark.parametrize("name", NAMES)
def test_no_indicator_is_refused(name: str) -> None:
    """Each year can be looked at and assessed, and no measure refuses what the profile asks."""
    organisation, declared = example(name), profile(name)
    for year in YEARS:
        assert snapshot(organisation, str(year)).counted.any()
        card = assess(organisation, declared, at=str(year), years_back=0)
        outcomes = [*card.description, *(o for goal in card.goals for o in goal.indicators)]
        assert [o.detail for o in outcomes if o.reason == "refused"] == []


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_coverage_and_anchoring(seed: int) -> None:
    """Most of the staff and most places have a community in the last year, but not all of them."""
    now = snapshot(example("generic", None, seed))
    covered, anchored = membership_coverage(now).item(), level_anchoring(now).main
    assert 0.82 < covered < 0.95
    assert anchored is not None
    assert 0.75 < (anchored.value or 0) < 1


def test_growth() -> None:
    """Coverage, observation, and charters among the new communities grow over the years."""
    organisation = example("generic")
    moments = [snapshot(organisation, str(year)) for year in YEARS]
    covered = [membership_coverage(moment).item() for moment in moments]
    assert covered == sorted(covered)
    seen = [moment.layer("observation").adjacency.nnz for moment in moments]
    assert seen == sorted(seen)
    founded = [_charters(organisation, year.first) for year in (YEARS[0], YEARS[-1])]
    assert founded[0] < founded[1]


def _charters(organisation: Organisation, first: int) -> float:
    found = [
        bool(community.charter)
        for community in organisation.communities
        if community.valid.start is not None and community.valid.start.year == first
    ]
    return sum(found) / len(found)


@pytest.mark.parametrize("relation", SURVEYED)
def test_who_answered(relation: str) -> None:
    """In each survey between 60 and 95 per cent answered, and schools differ."""
    for year in YEARS:
        layer = snapshot(example("generic"), str(year)).layer(relation)
        assert layer.recorded is not None
        assert 0.6 < (layer.recorded.response_rate or 0) < 0.95


def test_scales() -> None:
    """Every scale survey says where its scale begins and ends, and both ends are used."""
    organisation = example("generic")
    asked = [survey for survey in organisation.surveys if survey.relation is None]
    scales = [survey for survey in asked if survey.lowest is not None]
    ends = {survey.id: (survey.lowest, survey.highest) for survey in scales}
    assert set(ends.values()) == {(1, 4), (0, 1)}
    for pair in ((1.0, 4.0), (0.0, 1.0)):
        told = {a.value for a in organisation.answers if ends.get(a.survey) == pair}
        assert set(pair) <= told


def test_frameworks_are_asked_on_their_own_scales() -> None:
    """Professional capital from 0 to 100 and collective responsibility from 1 to 5, where asked for."""
    for name, framework, ends in (
        ("vejle", "professional_capital", (0, 100)),
        ("langeland", "collective_responsibility", (1, 5)),
    ):
        known = example(name)
        items = known.vocabulary.frameworks[framework].characteristics
        asked = {answer.survey for answer in known.answers if answer.item in items}
        scales = {(s.lowest, s.highest) for s in known.surveys if s.id in asked}
        assert scales == {ends}
        assert len(asked) == 3 * sum(unit.kind == "school" for unit in known.units)
        values = [answer.value for answer in known.answers if answer.item in items]
        assert all(ends[0] <= value <= ends[1] and value == int(value) for value in values)


def test_administration_is_not_asked() -> None:
    """Leadership teams and the support team assess themselves, but not on open practice."""
    known = example("vejle")
    kinds = {community.id: community.kind for community in known.communities}
    asked = {(kinds[a.community], a.item) for a in known.answers if a.community is not None}
    for kind in ("leadership_team", "support_team"):
        assert (kind, "shared_values") in asked
        assert (kind, "deprivatised_practice") not in asked
    assert ("grade_team", "deprivatised_practice") in asked


def test_staff_surveys_have_rosters() -> None:
    """As many codes answered each survey of a school's staff as its roster says answered."""
    organisation = example("generic", 3)
    codes: dict[str, set[str]] = {}
    for answer in organisation.answers:
        if answer.respondent is not None:
            codes.setdefault(answer.survey, set()).add(answer.respondent)
    answered = {name: len(_answered(organisation, name)) for name in codes}
    assert len(codes) == 2 * 3 * len(YEARS)
    assert answered == {name: len(found) for name, found in codes.items()}
    assert sum(map(len, codes.values())) == len(set.union(*codes.values()))


def test_observation_is_told_as_the_ties_have_it() -> None:
    """The share who say that they were observed is near that of the ties, and grows like it."""
    organisation = example("generic", 12)
    told = [_told_observed(organisation, year.first) for year in YEARS]
    seen = [_seen_observed(organisation, year.first) for year in YEARS]
    assert told == sorted(told)
    assert seen == sorted(seen)
    assert all(abs(one - other) < 0.1 for one, other in zip(told, seen, strict=True))


def _told_observed(organisation: Organisation, first: int) -> float:
    told = [
        answer.value
        for answer in organisation.answers
        if answer.item == "was_observed" and answer.survey.endswith(str(first))
    ]
    return sum(told) / len(told)


def _seen_observed(organisation: Organisation, first: int) -> float:
    survey = f"observation-{first}"
    roster = {row.person for row in organisation.responses if row.survey == survey}
    return len({tie.target for tie in organisation.ties if tie.survey == survey}) / len(roster)


@pytest.mark.parametrize("relation", ["advice", "collaboration", "reflective_dialogue"])
def test_homophily(relation: str) -> None:
    """Two of one team are far likelier to have a tie than others of a school, and those of several."""
    organisation = example("generic")
    now = snapshot(organisation)
    node = {now.person_ids[p]: n for n, p in enumerate(now.layer(relation).persons.tolist())}
    ties = now.layer(relation).adjacency.toarray() > 0
    team, school = np.zeros_like(ties), np.full(len(node), "", object)
    for community in organisation.communities:
        if community.kind == "grade_team":
            rows = _members(organisation, community.id, node)
            team[np.ix_(rows, rows)] = True
    for position in now.positions:
        if position.person in node:
            school[node[position.person]] = position.unit[:8]
    np.fill_diagonal(team, val=False)
    elsewhere = school[:, None] != school
    beside = ~elsewhere & ~team
    assert ties[team].mean() > 2.5 * ties[beside].mean()
    assert ties[beside].mean() > 5 * ties[elsewhere].mean() > 0


def _members(organisation: Organisation, community: str, node: dict[str, int]) -> list[int]:
    return [
        node[row.person]
        for row in organisation.memberships
        if row.community == community and row.valid.end is None and row.person in node
    ]


def test_kept_ties() -> None:
    """Of the advice ties of people who answered twice, a good third stays from year to year."""
    organisation = example("generic")
    answered = [_answered(organisation, f"advice-{year.first}") for year in YEARS]
    for year, both in zip(YEARS[1:], map(set.intersection, answered, answered[1:]), strict=True):
        before, after = (_told(organisation, n, both) for n in (year.first - 1, year.first))
        assert 0.3 < len(before & after) / len(before | after) < 0.55


def _answered(organisation: Organisation, survey: str) -> set[str]:
    return {row.person for row in organisation.responses if row.survey == survey and row.answered}


def _told(organisation: Organisation, first: int, people: set[str]) -> set[tuple[str, str]]:
    return {
        (tie.source, tie.target)
        for tie in organisation.ties
        if tie.survey == f"advice-{first}" and {tie.source, tie.target} <= people
    }


def test_turnover() -> None:
    """About a tenth of the people leave from year to year, and as many come."""
    organisation = example("generic")
    there = [
        {person.id for person in organisation.persons if person.valid.overlaps(year.period)}
        for year in YEARS
    ]
    for before, after in pairwise(there):
        assert 0.05 < len(before - after) / len(before) < 0.17
        assert len(after) == len(before)


def test_meetings_change() -> None:
    """Meetings move from coordination to dialogue and data."""
    shares = [_share(example("generic"), year.period) for year in YEARS]
    assert shares == sorted(shares)
    assert shares[-1] > shares[0] + 0.1


def _share(organisation: Organisation, period: Period) -> float:
    kinds = [e.kind for e in organisation.events if e.community is not None and e.date in period]
    return sum(kind in {"dialogue_meeting", "data_meeting"} for kind in kinds) / len(kinds)


def test_coaches_trained() -> None:
    """About two thirds of the resource persons at schools have coach training."""
    organisation = example("generic", 40)
    roles = organisation.vocabulary.roles
    coaches = {p.person for p in organisation.positions if roles[p.role].resource_person}
    trained = {q.person for q in organisation.qualifications if q.kind == "coach_training"}
    assert 0.55 < len(coaches & trained) / len(coaches) < 0.77


def test_some_logs_are_incomplete() -> None:
    """Most registrations are complete, and some are not."""
    complete = [row.complete for row in example("generic").registrations]
    assert 0.8 < sum(complete) / len(complete) < 1


def test_outcomes_are_aggregates() -> None:
    """Every outcome rests on at least twenty pupils, and groups add up to the school."""
    outcomes = list(example("generic").outcomes)
    assert min(row.n for row in outcomes) >= 20
    for row in outcomes:
        if row.subgroup is None:
            same = (row.unit, row.measure, row.valid)
            parts = [o.n for o in outcomes if (o.unit, o.measure, o.valid) == same and o.subgroup]
            assert sum(parts) == row.n


def test_words_of_indicators() -> None:
    """What the profile's indicators look for in answers and outcomes is there under its name."""
    asked = {"measure": "x", "tables": ["answers"], "label": TEXT}
    supplied = {"measure": "y", "tables": ["outcomes"], "label": TEXT}
    indicators = {
        "a": {**asked, "arguments": {"items": ["view_of_child"]}, "figure_class": "answers"},
        "b": {**supplied, "arguments": {"measure": "joy_share"}, "figure_class": "answers"},
    }
    organisation = municipality(profile_of(indicators=indicators))
    assert "view_of_child" in organisation.answers.column("item").categories
    shares = [row.value for row in organisation.outcomes if row.measure == "joy_share"]
    assert shares
    assert all(0 < share < 1 for share in shares)


def test_large() -> None:
    """Sixty schools have some 2,600 staff in 1,500 communities, and every table."""
    organisation = example("generic", 60)
    assert [table for table in NATIVE_ROWS if not len(organisation.tables[table])] == []
    assert 2_000 < int(snapshot(organisation).staff.sum()) < 3_500
    assert 1_000 < len(snapshot(organisation).communities) < 2_500


def test_written_and_read(tmp_path: Path) -> None:
    """What is written is read back equal."""
    write(example("vejle"), tmp_path / "example")
    assert read(tmp_path / "example", profile=profile("vejle")) == example("vejle")


@pytest.mark.parametrize(
    "arguments",
    [
        {"schools": 0},
        {"schools": 3_001},
        {"schools": True},
        {"seed": -1},
        {"seed": 1.5},
        {"seed": "1"},
    ],
)
def test_bad_arguments(arguments: dict[str, Any]) -> None:
    """A number of schools or a seed that cannot be is refused, by name."""
    with pytest.raises(LimitError, match=rf"municipality\({next(iter(arguments))}=…\)"):
        municipality(profile("tiny"), **arguments)


@pytest.mark.parametrize(
    ("label", "danish", "english"),
    [
        ("Vejle", "Eksempelkommune (med Vejles mål)", "Example municipality (with Vejle's goals)"),
        (
            "Randers",
            "Eksempelkommune (med Randers' mål)",
            "Example municipality (with Randers's goals)",
        ),
    ],
)
def test_title(label: str, danish: str, english: str) -> None:
    """A title has the genitive of the municipality's name."""
    named = {"da": f"{label} Kommune", "en": f"{label} Municipality"}
    given_title = name_example(profile_of(label=named))
    assert (given_title.da, given_title.en) == (danish, english)


def test_title_of_another_name() -> None:
    """A name that is no municipality's is quoted; without goals no name is needed."""
    named = {"da": "Region Syd", "en": "South Region"}
    quoted = name_example(profile_of(label=named))
    assert quoted.da == "Eksempelkommune (med mål fra »Region Syd«)"
    assert quoted.en == "Example municipality (with goals from “South Region”)"
    assert name_example(profile("generic")).da == "Eksempelkommune"


def test_schools_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many schools are made at a time, rows refer to the same rows."""
    whole = municipality(load_profile("generic"), schools=5, seed=4)
    monkeypatch.setattr(making, "SCHOOLS_A_PIECE", 2)
    assert municipality(load_profile("generic"), schools=5, seed=4) == whole
