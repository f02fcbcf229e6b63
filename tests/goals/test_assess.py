"""Scorecards: what a profile declares, held against data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from plfkit import (
    Event,
    Organisation,
    Person,
    Position,
    Profile,
    Result,
    Snapshot,
    assess,
    release,
    to_document,
)
from plfkit.errors import ProfileError
from plfkit.goals import IndicatorOutcome, Scorecard
from plfkit.measures import CORE, measure
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure
from plfkit.model.words.kinds import Label
from plfkit.report.page import render_report

TEXT = {"da": "Dansk", "en": "English"}


def outcomes(card: Scorecard) -> dict[str, IndicatorOutcome]:
    """The outcomes by indicator."""
    return {outcome.id: outcome for outcome in card.indicators}


def test_each_indicator(town: Organisation, profile: Profile) -> None:
    """Half the staff are covered, the survey is there, the third measure does not exist."""
    card = assess(town, profile)
    found = outcomes(card)
    assert found["coverage"].figure is not None
    assert found["coverage"].figure.value == 0.5
    assert found["coverage"].verdict == "met"
    assert found["density"].verdict == "shown"
    assert (found["later"].verdict, tuple(map(str, found["later"].missing))) == (
        "not_measured",
        ("events",),
    )
    assert (card.goals[0].verdict, card.goals[0].counts) == ("met", {"met": 1, "not_measured": 1})
    assert [(c.verdict, tuple(map(str, c.missing))) for c in card.claims] == [("open", ("events",))]
    assert (card.at, card.example) == ("undated", False)


def test_removing_a_table_takes_its_indicators_away(town: Organisation, profile: Profile) -> None:
    """Without memberships coverage is not measured, and the table is named; density stays."""
    tables: dict[str, Any] = {**town.tables, "memberships": []}
    found = outcomes(assess(Organisation.of(**tables), profile))
    assert (found["coverage"].verdict, tuple(map(str, found["coverage"].missing))) == (
        "not_measured",
        ("memberships",),
    )
    assert found["density"].verdict == "shown"


def test_an_empty_organisation_measures_nothing(profile: Profile) -> None:
    """People alone give a scorecard on which everything is not measured."""
    card = assess(Organisation.of(persons=[Person("a")]), profile)
    assert {outcome.verdict for outcome in card.indicators} == {"not_measured"}
    assert card.goals[0].verdict == "undecided"


def test_a_survey_of_another_year_is_named_as_missing(town: Organisation, profile: Profile) -> None:
    """The tables are there, but nobody was asked in the year looked at."""
    outcome = outcomes(assess(town, profile, at="2018/19"))["density"]
    assert (outcome.verdict, outcome.reason) == ("not_measured", "survey_undated")
    assert tuple(map(str, outcome.missing)) == ("surveys",)


def test_a_measure_that_refuses_is_reported_not_raised(
    town: Organisation, manifest: dict[str, Any]
) -> None:
    """One indicator with wrong arguments does not take the scorecard down."""
    manifest["indicators"]["density"]["arguments"] = {"relation": "advise"}
    outcome = outcomes(assess(town, Profile.from_document(manifest)))["density"]
    assert (outcome.verdict, outcome.reason) == ("not_measured", "refused")
    assert 'did you mean "advice"' in (outcome.detail or "")


def test_a_script_adds_a_measure_of_its_own(town: Organisation, profile: Profile) -> None:
    """A catalogue is a value: the caller's measure is found by the name the profile gives."""
    words = Label("Dansk", "English")

    @measure(
        label=words,
        tells=words,
        beware=words,
        figure_class="organisational",
        tables=(),
        reference="ours",
    )
    def not_written_yet(snapshot: Snapshot) -> Result:
        return Result(
            figures=Table.of(Figure, [Figure(value=0.25, lower=0.25, upper=0.25)]),
            measure="not_written_yet",
            figure_class="organisational",
            at=str(snapshot.period),
            n=1,
            observed=1,
        )

    changed = evolve(profile.indicators["later"], tables=())
    indicators: Mapping[str, Any] = {**profile.indicators, "later": changed}
    card = assess(
        town, evolve(profile, indicators=indicators), catalogue=CORE.extended(not_written_yet)
    )
    figure = outcomes(card)["later"].figure
    assert figure is not None
    assert figure.value == 0.25
    assert "not_written_yet" not in CORE


VALUES: tuple[Any, ...] = (3, 1.5, True, "x", "", ["a"], [])


@pytest.mark.parametrize("measure_name", [found.name for found in CORE])
def test_arguments_of_any_type_are_used_or_refused(
    town: Organisation, manifest: dict[str, Any], measure_name: str
) -> None:
    """Whatever a profile gives a measure, the scorecard comes out, and the page with it."""
    parameters = CORE[measure_name].parameters
    usual = {"relation": "advice", **({"draws": 20} if "draws" in parameters else {})}
    manifest["indicators"] = {
        f"i_{name}_{place}": {
            "label": TEXT,
            "measure": measure_name,
            "arguments": {**usual, name: value},
        }
        for name in parameters
        for place, value in enumerate(VALUES)
    }
    profile = Profile.from_document(manifest)
    released = release(assess(town, profile), profile.privacy)
    assert json.dumps(to_document(released), allow_nan=False)
    assert render_report(released, language="en")


@pytest.mark.parametrize(
    "value", [{"a": "b"}, float("nan"), float("inf"), date(2018, 8, 1), [1], None]
)
def test_arguments_of_no_plain_data(manifest: dict[str, Any], value: Any) -> None:
    """Mappings of persons, dates and numbers that are none do not get into a profile."""
    manifest["indicators"]["density"]["arguments"] = {"by": value}
    with pytest.raises(ProfileError, match="argument by"):
        Profile.from_document(manifest)


def test_a_misspelt_measure_gets_a_hint(town: Organisation, manifest: dict[str, Any]) -> None:
    """It is not measured, as one that plfkit lacks is, but the near miss is told."""
    manifest["indicators"]["density"]["measure"] = "densty"
    outcome = outcomes(assess(town, Profile.from_document(manifest)))["density"]
    assert (outcome.verdict, outcome.reason) == ("not_measured", "no_measure")
    assert 'did you mean "density"' in (outcome.detail or "")


def test_figure_by_school_counts(town: Organisation, manifest: dict[str, Any]) -> None:
    """A decided target for figures school by school is judged school by school, and never denied."""
    manifest["indicators"]["rows"] = {
        **manifest["indicators"]["coverage"],
        "arguments": {"by": "school"},
    }
    card = assess(town, Profile.from_document(manifest))
    assert outcomes(card)["rows"].part_verdicts
    assert card.goals[0].verdict == outcomes(card)["rows"].verdict == "not_met"


def test_target_for_several_figures(town: Organisation, manifest: dict[str, Any]) -> None:
    """Where a measure gives several figures and no parts, nothing says which of them is meant."""
    manifest["indicators"]["rows"] = {
        **manifest["indicators"]["coverage"],
        "measure": "block_density",
        "arguments": {"relation": "advice", "groups": "role"},
    }
    card = assess(town, Profile.from_document(manifest))
    found = outcomes(card)["rows"]
    assert (found.verdict, found.reason) == ("undecided", "several_figures")
    assert card.goals[0].verdict == "undecided"


def test_a_measure_that_knows_no_parts_says_so(
    town: Organisation, manifest: dict[str, Any]
) -> None:
    """The figure of the whole stands; what the target is for cannot be judged, and why is told."""
    manifest["indicators"]["coverage"] |= {
        "measure": "shared_structure",
        "arguments": {"kinds": ["team"]},
        "target": {"value": 0.5, "source": "decided", "each": "school"},
    }
    found = outcomes(assess(town, Profile.from_document(manifest)))["coverage"]
    assert found.figure is not None
    assert found.figure.value is not None
    assert (found.verdict, found.reason) == ("undecided", "refused")
    assert "each school: shared_structure takes no argument 'by'" in (found.detail or "")


def test_levels_and_communities_at_a_glance(town: Organisation, profile: Profile) -> None:
    """Beside the indicators stands what is asked first: who is in a community, and which there are."""
    substitutes = town.with_(
        persons=[Person("guest"), Person("pia")],
        positions=[Position("guest", "west", "substitute"), Position("pia", "town", "politician")],
    )
    found = assess(substitutes, profile).overview
    assert found.coverage.main is not None
    assert found.coverage.main.value == 0.5
    assert found.learning.main is not None
    assert found.learning.main.reason == "not_registered"  # nobody said what the communities do
    by_level = {row.part: row.value for row in found.coverage_by_level}
    assert by_level == {"school_leadership": 0.5, "pedagogical_staff": 0.5}
    assert {row.part: row.value for row in found.coverage_by_school} == {"east": 1.0, "west": 0.0}
    anchored = {row.part for row in found.anchoring_by_school}
    assert (found.anchoring_by_school.measure, anchored) == ("level_anchoring", {"east", "west"})
    assert found.municipal_levels == ("political_level", "administration")
    assert found.communities == {"leadership_team": 1, "team": 2}  # of one team too few are members


def test_what_a_card_says_of_itself(town: Organisation, manifest: dict[str, Any]) -> None:
    """Whose it is, of which data, why they are used, how heads were counted, and what things are called."""
    manifest |= {"privacy": {"k": 7, "statistics": 20}, "standards": {"meetings": 8}}
    profile = Profile.from_document(manifest)
    title = Label("Byen", "The town")
    card = assess(evolve(town, title=title, synthetic=True), profile, at="2018/19")
    assert (card.profile, card.label, card.title) == ("fake", profile.label, title)
    assert (card.example, card.at, card.reference_day) == (True, "2018/19", "2019-03-01")
    assert (card.privacy, card.standards) == (profile.privacy, profile.standards)
    assert card.counting["meetings"] == "8"
    assert card.counting["reference_day"] == "03-01"
    assert card.counting["minimum_members"] == "3"
    assert card.counting["required_levels"].startswith("administration, school_leadership")
    assert card.counting["minimum_by_level"].startswith("administration 3, school_leadership 2")
    assert [(goal.id, goal.goal) for goal in card.goals] == [("G", profile.goals["G"])]
    assert [one.id for one in card.goals[0].indicators] == ["coverage", "later"]
    assert [one.id for one in card.description] == ["density"]
    assert {one.id: one.indicator for one in card.indicators} == dict(profile.indicators)
    assert set(assess(town, profile).measures) == {"membership_coverage", "density"}


def test_names_for_readers(town: Organisation, profile: Profile) -> None:
    """Units by their names, or else by their ids; kinds of every sort by their labels."""
    names, words = assess(town, profile).names, town.vocabulary
    assert names["east"] == Label("east school", "east school")
    assert names["town"] == Label("town", "town")
    for kinds in (
        *(words.levels, words.roles, words.unit_kinds, words.community_kinds, words.relations),
        *(words.event_kinds, words.qualification_kinds, words.characteristics),
    ):
        assert {name: names.get(name) for name in kinds} == {n: k.label for n, k in kinds.items()}


def test_how_far_back_a_trend_goes(town: Organisation, profile: Profile) -> None:
    """Four years before the one looked at, if nobody asks for more or fewer."""
    held = town.with_(events=[Event("e", "workshop", date(2000, 9, 1))])
    counts = [
        len(outcomes(card)["coverage"].trend)
        for card in (
            assess(held, profile, at="2018/19"),
            assess(held, profile, at="2018/19", years_back=6),
            assess(held, profile, at="2018/19", years_back=0),
        )
    ]
    assert counts == [5, 7, 1]
