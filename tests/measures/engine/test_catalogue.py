"""Catalogues: measures found by name and called with data."""

from __future__ import annotations

from inspect import getdoc
from typing import Any

import pytest

from plfkit import Label, Organisation, Person, Result, Snapshot, Tie, snapshot
from plfkit.errors import MeasureError, UnknownMeasureError
from plfkit.measures import CORE, Catalogue, density, measure


@pytest.fixture
def now() -> Snapshot:
    """Three people and a tie."""
    people = [Person(name) for name in "abc"]
    return snapshot(Organisation.of(persons=people, ties=[Tie("a", "b", "reports_to")]))


def test_text_arguments_become_numbers_and_lists(now: Snapshot) -> None:
    """What a command line or a document gives is turned into what the measure takes."""
    result = CORE["k_step_reach"](now, {"relation": "reports_to", "k": "1", "direction": "out"})
    assert [figure.numerator for figure in result] == [1, 0, 0]
    coverage = CORE["membership_coverage"](now, {"kinds": "team,network"})
    assert next(iter(coverage)).reason == "no_staff"


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("density", {}, "needs the argument 'relation'"),
        ("density", {"relation": "reports_to", "bye": "school"}, 'did you mean "by"'),
        ("k_step_reach", {"relation": "reports_to", "k": "two"}, "whole number"),
        ("k_step_reach", {"relation": "reports_to", "k": 1.5}, "whole number"),
        ("k_step_reach", {"relation": "reports_to", "k": True}, "whole number"),
        ("k_step_reach", {"relation": "reports_to", "k": 0}, "at least 1"),
    ],
)
def test_wrong_arguments_are_refused(
    now: Snapshot, name: str, arguments: dict[str, Any], message: str
) -> None:
    """Missing, unknown and wrongly typed arguments are named."""
    with pytest.raises(MeasureError, match=message):
        CORE[name](now, arguments)


def test_an_unknown_measure_gets_a_suggestion() -> None:
    """A misspelt measure is refused with the nearest one."""
    with pytest.raises(UnknownMeasureError, match='did you mean "density"'):
        CORE["desnity"]


def test_names_are_not_taken_twice() -> None:
    """Neither an unmarked function nor a second measure of one name enters a catalogue."""
    with pytest.raises(MeasureError, match="has a measure 'density' already"):
        CORE.extended(density)

    def plain(snapshot: Snapshot) -> Result:
        raise AssertionError(snapshot)

    with pytest.raises(MeasureError, match="decorate it"):
        Catalogue.of(plain)


def test_every_measure_speaks_both_languages() -> None:
    """Labels and cautions differ between Danish and English, and a source is given."""
    for found in CORE:
        about = found.about
        for label in (about.label, about.tells, about.beware):
            assert label.da
            assert label.en
        assert about.tells.da != about.tells.en
        assert about.reference


@pytest.mark.parametrize("section", ["Formula", "Beware", "Args", "Returns", "Source", "Examples"])
def test_sections_of_a_measure(section: str) -> None:
    """Every measure's documentation has its formula, its limits, its source and an example."""
    documents = {found.name: getdoc(found.function) or "" for found in CORE}
    assert [name for name, text in documents.items() if f"\n{section}:\n" not in text] == []


def test_moments_of_a_measure(now: Snapshot) -> None:
    """One is enough, unless two years are compared; then there must be a year before."""
    later = snapshot(Organisation.of(persons=[Person("a")]), "2018/19")
    before = snapshot(Organisation.of(persons=[Person("a")]), "2017/18")
    over_years = next(found for found in CORE if found.about.over_years)
    assert CORE["density"].choose_moments(later, lambda _: before) is later
    found = over_years.choose_moments(later, {before.period: before}.__getitem__)
    assert isinstance(found, tuple)
    assert found[0] is before
    assert found[1] is later
    with pytest.raises(MeasureError, match="compares two years, and undated is none"):
        over_years.choose_moments(now, lambda _: before)
    with pytest.raises(MeasureError, match="takes one snapshot"):
        CORE["density"]((before, later), {"relation": "advice"})
    with pytest.raises(MeasureError, match="takes the snapshots of two years"):
        over_years(later, over_years.about.example)


def test_arguments_that_do_not_fit() -> None:
    """They are told in words, and what fits is told by none."""
    assert CORE["density"].explain_misfit_arguments({"relation": "advice"}) is None
    assert "needs the argument 'relation'" in (CORE["density"].explain_misfit_arguments({}) or "")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"count_people": False}, "there is no 'count_people', did you mean \"counts_people\""),
        ({"nonsense": 1}, "there is no 'nonsense': there are label, tells, beware"),
        ({"label": None}, "it needs label"),
        ({"scale": "shares"}, "scale cannot be 'shares'"),
    ],
)
def test_what_a_measure_may_declare(changes: dict[str, Any], told: str) -> None:
    """A typo gets the nearest name, and what is missing is named."""
    about: dict[str, Any] = {
        "label": Label("Tal", "Figure"),
        "tells": Label("a", "b"),
        "beware": Label("a", "b"),
        "figure_class": "organisational",
        "tables": ("persons",),
        "reference": Label("egen", "own"),
        **changes,
    }
    with pytest.raises(MeasureError) as caught:
        measure(**{name: value for name, value in about.items() if value is not None})
    assert told in str(caught.value)
