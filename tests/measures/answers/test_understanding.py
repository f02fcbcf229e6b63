"""Shared understanding: level beside agreement, against their definitions."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from answering import Told, answers, moment, of, roster, survey
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from plfkit import load_profile, release
from plfkit.errors import MeasureError
from plfkit.measures import scale_statistics, shared_understanding
from plfkit.measures.answers.agreement import compute_greatest_variance
from plfkit.model.declared.standards import Standards
from plfkit.model.records.rows import Position

STEPS = st.integers(1, 4)
SHEETS = st.lists(st.fixed_dictionaries({"one": STEPS, "two": STEPS}), min_size=2, max_size=6)


def told(rows: list[dict[str, int]]) -> dict[str, dict[str, float]]:
    """Rows of answers, one for each code."""
    return {
        f"x{n}": {item: float(value) for item, value in row.items()} for n, row in enumerate(rows)
    }


def test_agreeing_that_little_is_shared_is_no_success() -> None:
    """Everybody answers 1: the share is 0 and agreement 1; half 3 and half 4 are all of them up."""
    low = moment(
        surveys=[survey()], responses=roster(4, 0), answers=answers(told([{"one": 1}] * 4))
    )
    result = shared_understanding(low, items=("one",), agreement="uniform")
    assert [of(result, name).value for name in ("total", "mean", "deviation", "agreement")] == [
        *(0, 1),
        *(0, 1),
    ]
    high = answers(told([{"one": 3}, {"one": 4}] * 2))
    result = shared_understanding(
        moment(surveys=[survey()], responses=roster(4, 0), answers=high), items=("one",)
    )
    assert [of(result, name).value for name in ("total", "mean", "deviation")] == [1, 3.5, 0.5]


@given(rows=SHEETS)
def test_level_and_deviation(rows: list[dict[str, int]]) -> None:
    """A respondent is up whose mean is 3 or more of 4; the deviation is the mean of the items' own."""
    now = moment(surveys=[survey()], answers=answers(told(rows)))
    result = shared_understanding(now, items=("one", "two"))
    scores = [(row["one"] + row["two"]) / 2 for row in rows]
    assert of(result).value == pytest.approx(sum(score >= 3 for score in scores) / len(rows))
    assert of(result, "mean").value == pytest.approx(np.mean(scores))
    away = [
        np.mean([abs(row[item] - np.mean([r[item] for r in rows])) for row in rows])
        for item in ("one", "two")
    ]
    assert of(result, "deviation").value == pytest.approx(np.mean(away))
    for item in ("one", "two"):
        assert of(result, item).value == sum(row[item] >= 3 for row in rows) / len(rows)


@given(rows=SHEETS, silent=st.integers(1, 2))
def test_range_of_the_share(rows: list[dict[str, int]], silent: int) -> None:
    """Who did not answer may lie at either end, and the value among those who did lies between."""
    known = told(rows)
    asked = {"surveys": [survey()], "responses": roster(len(rows), silent)}
    figure = of(shared_understanding(moment(**asked, answers=answers(known)), items=("one", "two")))
    found = [
        of(
            shared_understanding(
                moment(
                    surveys=[survey()],
                    answers=answers(known | told_by_others(ends)),
                ),
                items=("one", "two"),
            )
        ).value
        for ends in product((1.0, 4.0), repeat=silent)
    ]
    assert (figure.lower, figure.upper) == pytest.approx((min(found), max(found)))  # type: ignore[type-var]
    assert (figure.lower or 0) <= (figure.value or 0) <= (figure.upper or 0)


def told_by_others(ends: tuple[float, ...]) -> dict[str, dict[str, float]]:
    """What silent people may have answered."""
    return {f"silent-{n}": {"one": end, "two": end} for n, end in enumerate(ends)}


def test_an_answer_left_out_may_lie_at_either_end() -> None:
    """3 and nothing: 3 on average is up, yet with 1 it would not be."""
    rows: Told = {"x": {"one": 3}, "y": {"one": 4, "two": 4}}
    now = moment(surveys=[survey()], responses=roster(2, 0), answers=answers(rows))
    figure = of(shared_understanding(now, items=("one", "two")))
    assert (figure.value, figure.lower, figure.upper) == (1, 0.5, 1)


def test_a_municipality_may_draw_the_line_elsewhere() -> None:
    """Where clear means half up the scale, 2.5 on a scale from 1 to 4 is enough."""
    rows: Told = {"x": {"one": 2.5}, "y": {"one": 2.0}}
    now = moment(surveys=[survey()], answers=answers(rows))
    assert of(shared_understanding(now, items=("one",))).value == 0
    looser = evolve(now, standards=Standards(clear=0.5))
    assert of(shared_understanding(looser, items=("one",))).value == 0.5


@pytest.mark.parametrize("highest", [4, 7, 9, 10])
def test_two_thirds_up_is_up_whatever_the_scale(highest: int) -> None:
    """Exactly two thirds of the way counts, also where floating point would say otherwise."""
    mark = 1 + (highest - 1) * 2 / 3
    now = moment(surveys=[survey(highest=highest)], answers=answers({"x": {"one": mark}}))
    assert of(shared_understanding(now, items=("one",))).value == 1


def test_agreement_on_items_and_on_all_of_them() -> None:
    """Answers 2 and 3 of 1 to 4 have variance 1/2 of 5/4 at random; 1 and 4 vary more than that."""
    rows: Told = {"x": {"one": 2, "two": 1}, "y": {"one": 3, "two": 4}}
    now = moment(surveys=[survey()], responses=roster(2, 0), answers=answers(rows))
    one = shared_understanding(now, items=("one",), agreement="uniform")
    assert of(one, "agreement").value == pytest.approx(1 - 0.5 / 1.25)
    assert (one.notes, one.range_kind, one.variant) == ({}, "exact", "uniform")
    both = shared_understanding(now, items=("one", "two"), agreement="uniform")
    assert of(both, "agreement").value == 0  # the mean variance is (0.5 + 4.5) / 2 = 2.5
    assert both.notes == {"agreement_below_zero": 1}


def test_agreement_against_dissensus_needs_no_cut() -> None:
    """1 and 4 are as far apart as two can be: 0. 2 and 3 have 1/9 of that variance: 8/9."""
    rows: Told = {"x": {"one": 2, "two": 1}, "y": {"one": 3, "two": 4}}
    now = moment(surveys=[survey()], responses=roster(2, 0), answers=answers(rows))
    found = {
        items: shared_understanding(now, items=items, agreement="dissensus")
        for items in (("one",), ("two",), ("one", "two"))
    }
    values = [of(result, "agreement").value for result in found.values()]
    assert values == pytest.approx([8 / 9, 0, 4 / 9])
    assert not any(result.notes for result in found.values())


@given(values=st.lists(st.floats(1, 4), min_size=2, max_size=7))
def test_no_answers_vary_more_than_half_at_either_end(values: list[float]) -> None:
    """The greatest variance is that of the worst way to fill the scale's two ends."""
    ends = [np.var(way, ddof=1) for way in product((1.0, 4.0), repeat=len(values))]
    assert compute_greatest_variance(len(values), (1, 4)) == pytest.approx(max(ends))
    assert np.var(values, ddof=1) <= compute_greatest_variance(len(values), (1, 4)) + 1e-9


def test_agreement_has_a_range_with_silent_colleagues() -> None:
    """Who did not answer may agree fully with the others, or stand at an end of the scale."""
    rows: Told = {"x": {"one": 2}, "y": {"one": 3}}
    now = moment(surveys=[survey()], responses=roster(2, 1), answers=answers(rows))
    result = shared_understanding(now, items=("one",), agreement="uniform")
    most = max(np.var([2, 3, other], ddof=1) for other in (1, 4))
    assert of(result, "agreement").lower == pytest.approx(max(0, 1 - most / 1.25))
    assert of(result, "agreement").upper == pytest.approx(1 - 0.25 / 1.25)
    assert result.range_kind == "outer_bound"
    assert shared_understanding(now, items=("one",)).range_kind == "exact"


def test_agreement_that_silence_rules_out_is_no_value() -> None:
    """Of 1, 2.5 and 4 a quarter is agreed; whatever a fourth says, it would be five sixteenths or more."""
    rows = {name: {"one": value} for name, value in (("x", 1.0), ("y", 2.5), ("z", 4.0))}
    for silent, value in ((0, 0.25), (1, None)):
        now = moment(surveys=[survey()], responses=roster(3, silent), answers=answers(rows))
        result = shared_understanding(now, items=("one",), agreement="dissensus")
        figure = of(result, "agreement")
        assert figure.value == (None if value is None else pytest.approx(value))
        if value is None:
            assert (figure.lower, figure.reason) == (0.3125, "some_did_not_answer")


@given(
    known=st.lists(STEPS, min_size=2, max_size=5),
    silent=st.integers(0, 3),
    against=st.sampled_from(["uniform", "dissensus"]),
)
def test_agreement_never_lies_outside_its_range(
    known: list[int], silent: int, against: str
) -> None:
    """Where the range rules the value of those who answered out, there is none, and it says why."""
    rows = {f"x{n}": {"one": float(value)} for n, value in enumerate(known)}
    now = moment(surveys=[survey()], responses=roster(len(known), silent), answers=answers(rows))
    figure = of(shared_understanding(now, items=("one",), agreement=against), "agreement")
    assert figure.lower is not None
    assert figure.upper is not None
    if figure.value is None:
        assert figure.reason == "some_did_not_answer"
    else:
        assert figure.lower - 1e-9 <= figure.value <= figure.upper + 1e-9


@pytest.mark.parametrize(
    ("rows", "known", "reasons"),
    [
        ({"x": {"one": 2}}, {}, {"deviation": "too_few_people", "agreement": "too_few_people"}),
        (
            {"x": {"one": 2}, "y": {"one": 2}},
            {"lowest": None, "highest": None},
            {"total": "scale_unknown", "one": "scale_unknown", "agreement": "scale_unknown"},
        ),
        (
            {"x": {"two": 2}},
            {},
            dict.fromkeys(("total", "mean", "deviation", "agreement", "one"), "not_surveyed"),
        ),
    ],
)
def test_what_is_undefined_says_why(
    rows: Told, known: dict[str, Any], reasons: dict[str, str]
) -> None:
    """One answer, a scale without ends, and an item that nobody asked about."""
    now = moment(surveys=[survey(**known)], answers=answers(rows))
    result = shared_understanding(now, items=("one",), agreement="uniform")
    missing = {row.figure: row.reason for row in result if row.value is None}
    assert missing == reasons


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"items": ()}, "some items"),
        ({"items": ("one", "mean")}, "figure 'mean': rename the item"),
        ({"items": ("one",), "agreement": "dissent"}, 'mean "dissensus"'),
    ],
)
def test_what_cannot_be_asked_is_refused(arguments: dict[str, Any], message: str) -> None:
    """There must be an item, under a name of its own, and a spread that is known."""
    with pytest.raises(MeasureError, match=message):
        shared_understanding(moment(surveys=[], answers=[]), **arguments)


def test_spread_as_at_random() -> None:
    """Three 1 and one 2 have the variance 1/4 of answers at random on 1 and 2: agreement is 0."""
    rows = {f"x{n}": {"one": 1.0 + (n == 3)} for n in range(4)}
    now = moment(surveys=[survey(highest=2)], answers=answers(rows))
    result = shared_understanding(now, items=("one",), agreement="uniform")
    assert (of(result, "agreement").value, result.notes) == (0, {})


def test_notes_and_needs() -> None:
    """By school the municipality's survey, silent, unlisted and on another scale, is in no row."""
    now = moment(
        surveys=[survey(unit="s0"), survey("r", unit="m", highest=9, instrument="trivsel")],
        responses=roster(2, 0),
        answers=[
            *answers({"x": {"one": 2}, "y": {"one": 3}}),
            *answers({"z": {"one": 9}}, "r"),
        ],
    )
    result = shared_understanding(now, items=("one",), agreement="uniform", by="school")
    assert result.notes == {"people_in_no_group": 1}
    assert (result.needs, result.questions, result.n) == ((), ("? 1-4",), 2)
    assert (result.range_kind, result.observed) == ("exact", 1)


def test_silence_is_not_called_too_few_people() -> None:
    """One of five answered: there are people enough, and agreement lies where the four could put it."""
    rows: Told = {"x": {"one": 2, "two": 3}}
    now = moment(surveys=[survey()], responses=roster(1, 4), answers=answers(rows))
    result = shared_understanding(now, items=("one",), agreement="uniform")
    figure = of(result, "agreement")
    assert (figure.value, figure.reason) == (None, "some_did_not_answer")
    assert (figure.lower, figure.upper) == (0, 1)
    assert of(result, "deviation").reason == "some_did_not_answer"
    statistics = scale_statistics(now, items=("one", "two"))
    reasons = {name: of(statistics, name).reason for name in ("sd", "alpha", "icc_1")}
    some = "some_did_not_answer"
    assert reasons == {"sd": some, "alpha": some, "icc_1": "too_few_schools"}


def test_mean_and_deviation_leave_beside_the_share() -> None:
    """Twenty answer, eight up: the gate lets share, mean and deviation out; with four up no share."""
    limits = load_profile("langeland").privacy
    for up, shown in ((8, {"total", "one", "mean", "deviation"}), (4, {"mean", "deviation"})):
        rows = told([{"one": 3}] * up + [{"one": 2}] * (20 - up))
        now = moment(
            surveys=[survey()],
            positions=[Position(row.person, "s0", "teacher") for row in roster(20, 0)],
            responses=roster(20, 0),
            answers=answers(rows),
        )
        result = release(shared_understanding(now, items=("one",)), limits).content
        assert {row.figure for row in result if row.value is not None} == shown
        assert result.sentence("da").startswith("Fælles forståelse")
