"""What a profile names is in its example: kinds of its own, and words of columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import chain
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from searching import search
from synthetic.own_kinds import TEXT, VOCABULARY, build_profile, list_calls

from plfkit import Organisation, Profile, assess
from plfkit.goals import IndicatorOutcome
from plfkit.graph import Snapshot
from plfkit.measures import CORE, measure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.synthetic import municipality

COLUMNS = {
    "unit_kinds": [("units", "kind")],
    "roles": [("positions", "role")],
    "community_kinds": [("communities", "kind")],
    "membership_roles": [("memberships", "role")],
    "relations": [("ties", "relation")],
    "event_kinds": [("events", "kind"), ("registrations", "kind")],
    "participation_roles": [("participations", "role")],
    "qualification_kinds": [("qualifications", "kind")],
}
"""Where the kinds of a section stand in data."""

FOUNDATIONS = ("levels", "characteristics")
"""Sections whose kinds others name."""

ABOUT: dict[str, Any] = {
    "label": Label("Fotos", "Photos"),
    "tells": Label("Hvor mange fotos", "How many photos"),
    "beware": Label("Intet", "Nothing"),
    "tables": ("events",),
    "reference": "the test's own definition",
}

TRUE_REASONS = {
    ("cross_unit_contact", "district"): "one_unit",  # of two schools each has one
    ("cross_unit_contact", "cluster"): "one_unit",
    ("mixed_membership", "deputy_head"): "no_staff",  # none of the administration is at a school
    ("reciprocity", "pairing"): "refused",  # what has no direction cannot be returned
    ("reciprocity", "room_sharing"): "refused",
    ("response_rate", "assigned"): "not_surveyed",  # nobody is asked about a register
    ("response_rate", "room_sharing"): "not_surveyed",
}
"""What no municipality would have a figure of, by the measure and the word that is given to it."""


@cache
def whole() -> tuple[Profile, Organisation]:
    """A profile that names every own kind wherever it can be named, and its example."""
    calls = [(m.name, call) for m in CORE for _, call in list_calls(m, VOCABULARY)]
    profile = build_profile(VOCABULARY, calls)
    return profile, municipality(profile, schools=2)


@pytest.mark.parametrize("section", COLUMNS)
def test_own_kinds(section: str) -> None:
    """Every kind that a profile adds stands in the tables, even if nothing names it."""
    organisation = municipality(build_profile(VOCABULARY, []), schools=2)
    for table, column in COLUMNS[section]:
        words = organisation.tables[table].column(column).categories
        assert set(VOCABULARY[section]) <= set(words), table


@pytest.mark.parametrize("measure", [m.name for m in CORE])
def test_every_argument(measure: str) -> None:
    """Each measure has a figure for each own kind in each argument that takes one."""
    profile, example = whole()
    mine = {n: i for n, i in profile.indicators.items() if i.measure == measure}
    card = assess(example, profile.keep_indicators(mine), years_back=0)
    unmeasured = [
        (*_find_true_reason(one), one.reason)
        for one in card.indicators
        if one.verdict == "not_measured"
    ]
    assert [found for found in unmeasured if found[1] != found[2]] == []


def _find_true_reason(outcome: IndicatorOutcome) -> tuple[Mapping[str, Any], str | None]:
    """Return what an indicator asks for, and why there can be no figure of it, if there cannot."""
    arguments = outcome.indicator.arguments
    words = [word for word in arguments.values() if isinstance(word, str)]
    keys = [(outcome.indicator.measure, word) for word in words]
    return arguments, next((TRUE_REASONS[key] for key in keys if key in TRUE_REASONS), None)


@st.composite
def vocabularies_with_calls(draw: st.DrawFn) -> tuple[dict[str, Any], list[tuple[str, Any]]]:
    """Draw a few of the own kinds of each section, and calls of any measures with their words."""
    vocabulary = {
        section: {
            name: kinds[name]
            for name in draw(st.lists(st.sampled_from(sorted(kinds)), unique=True))
            if section not in FOUNDATIONS
        }
        for section, kinds in VOCABULARY.items()
    }
    vocabulary |= {section: dict(VOCABULARY[section]) for section in FOUNDATIONS}
    calls = []
    for one in draw(st.lists(st.sampled_from([*CORE]), max_size=4)):
        ways = list_calls(one, vocabulary)
        calls += [(one.name, draw(st.sampled_from(ways))[1])] if ways else []
    return vocabulary, calls


@given(drawn=vocabularies_with_calls(), seed=st.integers(0, 99))
@search(15)
def test_any_profile(drawn: tuple[dict[str, Any], list[tuple[str, Any]]], seed: int) -> None:
    """Whatever kinds a profile has and whatever measures it gives them to, the example has a figure."""
    profile = build_profile(*drawn)
    card = assess(municipality(profile, schools=2, seed=seed), profile, years_back=0)
    unmeasured = [
        (*_find_true_reason(one), one.reason)
        for one in card.indicators
        if one.verdict == "not_measured" and not _is_unmeasurable(one, profile)
    ]
    assert [found for found in unmeasured if found[1] != found[2]] == []


def _is_unmeasurable(outcome: IndicatorOutcome, profile: Profile) -> bool:
    """Tell whether there can be no figure in so small an example, or in any.

    In a few small groups nobody may ask anybody; the few communities of a kind may all be silent; and
    where a level has no roles nobody is there to be in a community of it.
    """
    given = outcome.indicator.arguments
    if outcome.reason == "no_ties":
        return "groups" in given
    if outcome.reason == "not_registered":
        return "kinds" in given and given.get("source") == "answers"
    words = profile.vocabulary
    peopled = {None, *(role.level for role in words.roles.values())}
    named = chain.from_iterable(
        value if isinstance(value, tuple | list) else [value] for value in given.values()
    )
    levels = {
        word if word in words.levels else words.level_of(word)
        for word in named
        if word in words.levels or word in words.community_kinds
    }
    return outcome.reason in {"no_communities", "no_staff", "empty_group"} and not levels <= peopled


def test_case_of_a_relation() -> None:
    """A relation that the profile adds is asked each year, of the same people as the others."""
    profile = build_profile(
        {"relations": {"mentoring": VOCABULARY["relations"]["mentoring"]}},
        [("density", {"relation": "mentoring"})],
    )
    organisation = municipality(profile, schools=2)
    surveys = [s.id for s in organisation.surveys if s.relation == "mentoring"]
    assert surveys == ["mentoring-2016", "mentoring-2017", "mentoring-2018"]
    rosters = [
        {row.person for row in organisation.responses if row.survey == f"{relation}-2018"}
        for relation in ("mentoring", "advice")
    ]
    assert rosters[0] == rosters[1]
    (outcome,) = assess(organisation, profile).indicators
    assert outcome.figure is not None
    assert outcome.figure.value is not None


def test_registers_are_not_asked() -> None:
    """Ties of a register have days and no survey; those of one without direction stand once."""
    organisation = municipality(build_profile(VOCABULARY, []), schools=2)
    ties = [tie for tie in organisation.ties if tie.relation in {"assigned", "room_sharing"}]
    assert {tie.survey for tie in ties} == {None}
    assert all(tie.valid.start is not None for tie in ties)
    pairs = [
        (frozenset((tie.source, tie.target)), tie.valid.start)
        for tie in ties
        if tie.relation == "room_sharing"
    ]
    assert len(pairs) == len(set(pairs))


def test_reversed_items_and_scales() -> None:
    """A framework of one's own is asked on its scale; what is worded against it is answered low."""
    organisation = municipality(build_profile(VOCABULARY, []), schools=4)
    asked = {a.survey for a in organisation.answers if a.item == "trust_1"}
    ends = {(s.lowest, s.highest) for s in organisation.surveys if s.id in asked}
    assert ends == {(0.0, 10.0)}
    told = {
        item: {(a.survey, a.respondent): a.value for a in organisation.answers if a.item == item}
        for item in ("trust_1", "trust_2", "craft_1")
    }
    people = [key for key in told["trust_1"] if key[1] is not None]
    values = np.array([[told[item][key] for key in people] for item in told])
    against, along = np.corrcoef(values)[0, 1:]
    assert against < -0.2
    assert along > 0.2


def test_own_measures() -> None:
    """What a measure of one's own takes by default is in the example as if an indicator named it."""

    @measure(figure_class="organisational", scale="count", **ABOUT)
    def count_photos(moment: Snapshot, *, artefacts: tuple[str, ...] = ("photo",)) -> Result:
        """Count the events of which there is a photo."""
        raise AssertionError(moment, artefacts)

    profile = evolve(build_profile({}, [("count_photos", {})]), measures=(count_photos,))
    words = municipality(profile, schools=2).events.column("artefact").categories
    assert "photo" in words


@pytest.mark.parametrize(
    "rule",
    [
        {"counts": "communities", "at_least": 1, "communities": ["steering_group"]},
        {"counts": "people", "at_least": 3, "communities": ["reading_team"]},
        {"counts": "people", "exactly": 2, "roles": ["assistant"]},
        {"counts": "people", "at_least": 9, "qualifications": ["mentor_training"]},
        {"counts": "events", "at_least": 2, "events": ["book_circle"]},
        {"counts": "people", "at_least": 1, "roles": ["speech_therapist"]},
    ],
)
@pytest.mark.parametrize("each", [{}, {"each_unit": "school"}, {"each_unit": "district"}])
def test_claims_of_own_kinds(rule: dict[str, Any], each: dict[str, str]) -> None:
    """A rule about own kinds is true of the example, of the whole and of each unit."""
    claim = {"text": TEXT, "certainty": "stated", "rule": {**rule, **each}}
    document = build_profile(VOCABULARY, []).to_document()
    profile = Profile.from_document({**document, "claims": {"c": claim}})
    (outcome,) = assess(municipality(profile, schools=4), profile).claims
    assert outcome.verdict == "supported"
