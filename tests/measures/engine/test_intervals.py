"""Which interval a result has: people or schools, and for how many of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.special import logit
from scipy.stats import t

from plfkit import Organisation, Person, Position, Response, Snapshot, Survey, Tie, Unit, snapshot
from plfkit.errors import MeasureError
from plfkit.measures import density, ei_index, reciprocity, transitivity
from plfkit.measures.engine.intervals import find_school_clusters
from plfkit.measures.ties.triads import TransitivityEstimator


def build_municipality(schools: int, *, staff: int = 15, silent: int = 0) -> Snapshot:
    """Schools of so many people, of whom each seeks some at random; at the first so many are silent."""
    rng = np.random.default_rng(1)
    people = {
        f"s{school:02d}-{k:02d}": f"s{school:02d}"
        for school in range(schools)
        for k in range(staff)
    }
    quiet = [*people][:silent]
    told = [(a, b) for a in people for b in people if a != b and people[a] == people[b]]
    kept = rng.random(len(told)) < 0.25
    return snapshot(
        Organisation.of(
            units=[Unit(school, "school") for school in sorted(set(people.values()))],
            persons=[Person(one) for one in people],
            positions=[Position(one, school, "teacher") for one, school in people.items()],
            surveys=[Survey("q", "network", "advice")],
            responses=[Response("q", one, answered=one not in quiet) for one in people],
            ties=[
                Tie(a, b, "advice", "q")
                for (a, b), here in zip(told, kept, strict=True)
                if here and a not in quiet
            ],
        )
    )


ASKED: dict[str, Any] = {"relation": "advice", "interval": True}


@pytest.mark.parametrize(
    ("schools", "silent", "method"),
    [(10, 0, "schools"), (10, 1, "jackknife"), (9, 0, "jackknife"), (11, 1, "schools")],
)
def test_schools_from_ten_on(schools: int, silent: int, method: str) -> None:
    """Ten schools with fifteen answers each are left out in turn; of fewer each person is."""
    now = build_municipality(schools, silent=silent)
    result = density(now, within_units="school", **ASKED)
    assert result.interval == method
    assert result.notes.get("narrow_where_ties_close") == (1 if method == "jackknife" else None)
    (figure,) = result
    assert figure.interval_lower < figure.value < figure.interval_upper  # type: ignore[operator]
    if method == "jackknife":
        with pytest.raises(MeasureError, match="10 schools or more have 15 answers each"):
            density(now, **{**ASKED, "interval": "schools"})


def test_people_of_several_schools() -> None:
    """An interval of people says where schools differ; of schools, or of a single one, it need not."""
    few, told = build_municipality(3), "narrow_where_schools_differ"
    result = reciprocity(few, **ASKED)
    assert result.notes == {told: 1}
    assert "(it takes no account of how schools differ)" in result.sentence("en")
    assert "(det tager ikke højde for, at skoler er forskellige)" in result.sentence()
    both = "draw in each other's colleagues; it takes no account of how schools differ)"
    assert both in density(few, **ASKED).sentence("en")
    assert reciprocity(few, by="school", **ASKED).notes == {}
    assert reciprocity(build_municipality(1), **ASKED).notes == {}
    assert reciprocity(build_municipality(10), **ASKED).notes == {}
    # Of the first group, all of one school, there are too few; the second is of three schools.
    levels = {one: "ab"[place < 5] for place, one in enumerate(few.person_ids)}
    assert reciprocity(few, by=levels, **ASKED).notes[told] == 1


def test_whole_and_parts() -> None:
    """Of the whole the schools are left out, of each school its people, whoever asks for no name."""
    now = build_municipality(10)
    spread, alone = (
        transitivity(now, **{**ASKED, "interval": asked}) for asked in (True, "jackknife")
    )
    assert (spread.interval, alone.interval) == ("schools", "jackknife")
    (left_out,) = spread
    layer = now.layer("advice")
    schools = find_school_clusters(now, layer)
    without = [
        TransitivityEstimator("weak")(layer.keep_nodes(np.flatnonzero(schools.codes != one)))
        for one in range(10)
    ]
    shares = np.array([float(one.value[0]) for one in without])
    error = t.ppf(0.975, 9) * np.sqrt(9 / 10 * ((shares - shares.mean()) ** 2).sum())
    value = float(left_out.value or 0)
    assert logit(float(left_out.interval_upper or 0)) == pytest.approx(
        logit(value) + error / (value * (1 - value))
    )
    assert left_out.interval_upper != next(iter(alone)).interval_upper
    by_school = reciprocity(now, by="school", **ASKED)
    assert by_school.interval == "jackknife"
    assert all(row.interval_lower is not None for row in by_school)
    assert by_school.notes == {}


def test_groups_and_people_have_none() -> None:
    """E–I has an interval for a network, and refuses one for each group or person."""
    now = build_municipality(1)
    groups = {one: "xy"[place % 2] for place, one in enumerate(now.person_ids)}
    (whole,) = ei_index(now, groups=groups, **ASKED)
    assert -1 <= whole.interval_lower < whole.value < whole.interval_upper <= 1  # type: ignore[operator]
    for scope in ("group", "person"):
        with pytest.raises(MeasureError, match="for a network only"):
            ei_index(now, groups=groups, scope=scope, **ASKED)


def test_what_rests_on_one_person_is_noted() -> None:
    """Where all seek the same colleague there is no tie without them, and so no interval."""
    people = "abcdefgh"
    now = snapshot(
        Organisation.of(
            persons=[Person(one) for one in people],
            ties=[Tie(one, "a", "reports_to") for one in people[1:]],
        )
    )
    result = reciprocity(now, relation="reports_to", interval=True)
    (figure,) = result
    assert (figure.value, figure.interval_lower) == (0, None)
    assert result.notes == {"too_few_for_interval": 1}


def test_closure_is_said_of_large_parts() -> None:
    """Of ties that are returned it is said from 100 people on, part by part; of density at once."""
    now = build_municipality(7)
    parts = {one: "small" if place < 5 else "large" for place, one in enumerate(now.person_ids)}
    parts |= dict.fromkeys(now.person_ids[97:], "eight")
    told = "narrow_where_ties_close"
    assert reciprocity(now, **ASKED).notes[told] == 1
    assert told not in reciprocity(now, by=parts, **ASKED).notes
    parts |= dict.fromkeys(now.person_ids[5:], "large")
    assert reciprocity(now, by=parts, **ASKED).notes[told] == 1
    assert told not in reciprocity(build_municipality(6), **ASKED).notes
    assert density(now, by="school", **ASKED).notes[told] == 7


def test_what_an_interval_says() -> None:
    """The sentence says among whom it is, and of a density where it is too narrow."""
    one, many = build_municipality(1), build_municipality(10)
    assert "95% interval among comparable staffs: " in density(one, **ASKED).sentence("en")
    assert "too narrow where colleagues draw in" in density(one, **ASKED).sentence("en")
    assert "for smalt, hvor kolleger" in density(one, **ASKED).sentence()
    assert "too narrow" not in reciprocity(one, **ASKED).sentence("en")
    assert "among comparable schools: " in density(many, **ASKED).sentence("en")
    assert "too narrow" not in density(many, **ASKED).sentence("en")
