"""The goals of the three municipalities, measured: what an example gives, and what each needs."""

from __future__ import annotations

from functools import cache

import pytest
from attrs import evolve
from definitions import golden

from plfkit import Organisation, Profile, assess, combine, load_profile, release
from plfkit.goals import IndicatorOutcome, Scorecard
from plfkit.measures import CORE
from plfkit.model.records.rows import (
    NATIVE_ROWS,
    Community,
    Membership,
    Person,
    Position,
    Response,
    Survey,
    Tie,
    Unit,
)
from plfkit.model.records.schema import list_column_specs
from plfkit.model.records.tables import Column, Table
from plfkit.synthetic import municipality

pytestmark = pytest.mark.slow

NAMES = ("vejle", "middelfart", "langeland")
REMOVABLE = tuple(name for name in NATIVE_ROWS if name != "persons")


@cache
def profile_of(name: str) -> Profile:
    """Return an installed profile."""
    return load_profile(name)


@cache
def example(name: str) -> Organisation:
    """Return the example that fits a profile."""
    return municipality(profile_of(name))


@cache
def card_of(name: str) -> Scorecard:
    """Return the example's scorecard."""
    return assess(example(name), profile_of(name))


def unmeasured(card: Scorecard) -> dict[str, IndicatorOutcome]:
    """Return the indicators of a scorecard that are not measured."""
    return {o.id: o for o in card.indicators if o.verdict == "not_measured"}


def without(organisation: Organisation, name: str) -> tuple[Organisation, set[str]]:
    """Take a table away, and with it what cannot do without it; return what is gone."""
    gone, todo, tables = {name}, [name], dict(organisation.tables)
    while todo:
        removed = todo.pop()
        tables[removed] = Table.empty(NATIVE_ROWS[removed])
        for other, part in NATIVE_ROWS.items():
            for spec in list_column_specs(part):
                if spec.refers_to != removed or other in gone or spec.loose:
                    continue
                if spec.required:
                    gone.add(other)
                    todo.append(other)
                else:
                    blank = Column.of_missing(spec.codec, len(tables[other]))
                    columns = {**tables[other].columns, spec.name: blank}
                    tables[other] = Table(part, columns)
    return evolve(organisation, tables=tables), gone


def needing(profile: Profile, tables: set[str]) -> set[str]:
    """Return the indicators that declare that they need one of some tables."""
    return {
        name
        for name, indicator in profile.indicators.items()
        if {*CORE[indicator.measure].about.tables, *indicator.tables} & tables
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_indicator_names_a_measure_there_is(name: str) -> None:
    """No profile waits for a measure any more."""
    assert {i.measure for i in profile_of(name).indicators.values()} <= {m.name for m in CORE}


@pytest.mark.parametrize("name", NAMES)
def test_example_measures_nearly_all(name: str) -> None:
    """Only indicators whose profile says that they take combined data are not measured."""
    found = unmeasured(card_of(name))
    assert set(found) == {key for key, i in profile_of(name).indicators.items() if i.combined}
    assert {outcome.reason for outcome in found.values()} <= {"needs_combined"}


@pytest.mark.parametrize("table", REMOVABLE)
@pytest.mark.parametrize("name", NAMES)
def test_missing_table(name: str, table: str) -> None:
    """Without a table the indicators that need it are not measured and name it; the others are."""
    profile = profile_of(name)
    poorer, gone = without(example(name), table)
    before = unmeasured(card_of(name))
    found = unmeasured(assess(poorer, profile, at=card_of(name).at, years_back=0))
    assert set(found) - set(before) == needing(profile, gone) - set(before)
    for key in set(found) - set(before):
        assert {need.table for need in found[key].missing} & gone


@pytest.mark.parametrize("name", NAMES)
def test_what_leads_can_be_told(name: str) -> None:
    """Every goal is led by one figure for the whole, which the gate tells of the example, or its range."""
    released = release(card_of(name), profile_of(name).privacy).content
    for goal in released.goals:
        (leading,) = [one for one in goal.indicators if one.id == goal.goal.leading]
        figure = leading.figure
        assert figure is not None, goal.id
        assert figure.value is not None or None not in {figure.lower, figure.upper}, goal.id


def test_every_municipality_asks_something_else() -> None:
    """The heading of a page is of the municipality's own words, in either language."""
    questions = [profile_of(name).question for name in NAMES]
    for language in ("da", "en"):
        asked = {question[language] for question in questions if question is not None}
        assert len(asked) == len(NAMES)
        assert all(words.endswith("?") for words in asked)


def test_the_matrix_of_vejle() -> None:
    """Three aspects of four levels; of culture, leaders and administration are told together."""
    vejle = profile_of("vejle")
    matrix = vejle.goals["V2"].matrix
    assert matrix is not None
    for column, name in zip(matrix.columns, matrix.rows[0].indicators, strict=True):
        assert vejle.indicators[name].label.da.startswith(f"{column.da}: ")
    assert [len(set(row.indicators)) for row in matrix.rows] == [4, 3, 4]
    assert matrix.rows[1].indicators[0] == matrix.rows[1].indicators[1]


def counting_registered(profile: Profile) -> Profile:
    """Leave out of a profile what reads no registrations, as their measures declare, and hold to."""
    reading = {
        key
        for key, indicator in profile.indicators.items()
        if any(c.startswith("registrations.") for c in CORE[indicator.measure].about.columns)
    }
    return evolve(profile.keep_indicators(reading), claims={})


@pytest.mark.parametrize("name", NAMES)
def test_missing_registration(name: str) -> None:
    """Without the word that a kind of event is registered, nothing that counts it is measured.

    Save what is sure all the same: however many more meetings there were, all communities met.
    """
    profile, organisation = counting_registered(profile_of(name)), example(name)
    table = organisation.registrations
    seen: set[str] = set()
    for kind in profile.vocabulary.event_kinds:
        kept = table.take(~table.column("kind").match_text(kind))
        if len(kept) == len(table):
            continue
        poorer = evolve(organisation, tables={**organisation.tables, "registrations": kept})
        found = unmeasured(assess(poorer, profile, at=card_of(name).at, years_back=0))
        new = set(found) - set(unmeasured(card_of(name)))
        named = {key for key in new if f"registrations:{kind}" in map(str, found[key].missing)}
        assert new == named
        seen |= new
    figures = {o.id: o.figure for o in card_of(name).indicators if o.figure is not None}
    sure = {key for key, figure in figures.items() if figure.lower == figure.upper == 1}
    asked = needing(profile, {"registrations"}) - set(unmeasured(card_of(name)))
    assert asked - sure <= seen <= asked


def test_not_supplied() -> None:
    """Without the pupils' progression its indicators say so behind the gate too; the others stand."""
    profile, organisation = profile_of("langeland"), example("langeland")
    table = organisation.outcomes
    kept = table.take(~table.column("measure").match_text("progression_share"))
    poorer = evolve(organisation, tables={**organisation.tables, "outcomes": kept})
    card = release(assess(poorer, profile, years_back=0), profile.privacy).content
    assert {
        o.id: (o.verdict, o.reason, tuple(map(str, o.missing)))
        for o in card.indicators
        if o.id.startswith(("L0", "L3_wellbeing"))
    } == {
        "L0a_progression": ("not_measured", "not_supplied", ("outcomes",)),
        "L0b_progression": ("not_measured", "not_supplied", ("outcomes",)),
        "L3_wellbeing": ("shown", None, ()),
        "L3_wellbeing_gap": ("shown", None, ()),
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_proposed_target_is_never_met(name: str) -> None:
    """No indicator is met or not met while the municipality has decided nothing, and no goal is."""
    card = card_of(name)
    assert not {o.verdict for o in card.indicators} & {"met", "not_met"}
    assert {goal.verdict for goal in card.goals} == {"no_decided_target"}


@pytest.mark.parametrize("name", NAMES)
def test_trend_of_every_indicator(name: str) -> None:
    """The trend ends with this year's figure, and holds the years that the example covers."""
    years = ("2016/17", "2017/18", "2018/19")
    for outcome in card_of(name).indicators:
        if outcome.verdict != "not_measured":
            assert tuple(point.at for point in outcome.trend) == years
            assert outcome.trend[-1].result is outcome.result


def teachers() -> Organisation:
    """Return the advice of a real school's teachers (Pitts & Spillane 2009), with grade teams."""
    known = golden("teacher_advice")["networks"]["S13"]
    people, grades = known["people"], known["groups"]["grade_group"]
    teams = sorted({*grades.values()})
    return Organisation.of(
        units=[Unit("skole", "school")],
        persons=[Person(name) for name in people],
        positions=[Position(name, "skole", "teacher") for name in people],
        communities=[Community(team, "grade_team", unit="skole") for team in teams],
        memberships=[Membership(grades[name], name) for name in people],
        surveys=[Survey("s", "network", "advice")],
        responses=[Response("s", name, answered=True) for name in people],
        ties=[Tie(source, target, "advice", "s") for source, target in known["ties"]],
    )


BY_ADVICE = {
    "vejle": {"V1d_social_density", "V1d_social_reciprocity", "V1d_decisional_beyond_team"},
    "middelfart": {"M3c_advice", "M3c_mixing"},
    "langeland": {"L3h_advice"},
}
"""What an advice survey of teachers alone can tell: nobody among them is a coach or a leader."""

REGISTERED = {
    "vejle": {"any_community", "V1g"},
    "middelfart": {"any_community"},
    "langeland": {"any_community", "L1b"},
}
"""What the lists of teachers and grade teams tell beside it."""


@pytest.mark.parametrize("name", NAMES)
def test_a_real_advice_survey_gives_what_it_can(name: str) -> None:
    """On a real school's advice the figures it supports are computed; the rest is not measured."""
    card = assess(teachers(), profile_of(name))
    measured = {outcome.id for outcome in card.indicators if outcome.verdict != "not_measured"}
    assert measured == BY_ADVICE[name] | REGISTERED[name]
    for outcome in card.indicators:
        if outcome.id not in measured:
            assert outcome.reason is not None
            assert outcome.figure is None or outcome.figure.value is None


def test_figures_of_the_real_survey_are_those_of_peers() -> None:
    """Density, reciprocity and centralization are what R sna gives for the same school."""
    figures = golden("teacher_advice")["networks"]["S13"]["figures"]
    found = {
        outcome.id: outcome.figure.value
        for name in ("vejle", "langeland")
        for outcome in assess(teachers(), profile_of(name)).indicators
        if outcome.figure is not None
    }
    assert found["V1d_social_density"] == pytest.approx(figures["density/sna::gden"])
    edgewise = figures["reciprocity/sna::grecip(measure=edgewise)"]
    assert found["V1d_social_reciprocity"] == pytest.approx(edgewise)
    indegree = figures["centralization/sna::centralization(degree,cmode=indegree)"]
    assert found["L3h_advice"] == pytest.approx(indegree)


def test_combined_measure_more() -> None:
    """With the data of two brought together Middelfart's contacts across have a figure."""
    middelfart = profile_of("middelfart")
    whole = combine({"middelfart": example("middelfart"), "langeland": example("langeland")})
    card = assess(whole, middelfart, years_back=0)
    found = {outcome.id: outcome for outcome in card.indicators}
    assert found["M2a"].figure is not None
    assert found["M2a"].verdict == "shown"
    assert (found["M2a"].figure.lower or 0) > 0


def test_combined_agreement() -> None:
    """How far apart their communities' answers lie is a figure of the combined data, and leaves."""
    middelfart = profile_of("middelfart")
    whole = combine({"middelfart": example("middelfart"), "langeland": example("langeland")})
    card = release(assess(whole, middelfart, years_back=0), middelfart.privacy).content
    (outcome,) = [one for one in card.indicators if one.id == "M2e"]
    assert outcome.result is not None
    found = {row.figure: row for row in outcome.result}
    assert 0 < (found["total"].value or 0) < 1
    assert 2 < (found["level"].value or 0) < 4
    assert outcome.verdict == "shown"
