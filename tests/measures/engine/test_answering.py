"""Whose answers a measure looks at, and what its result says of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from answering import answers, moment, roster, survey

from plfkit import Organisation, Person, Position, Snapshot, snapshot
from plfkit.errors import MeasureError, UnknownGroupError
from plfkit.measures import framework_mean
from plfkit.measures.engine.answering import (
    explain_missing_score,
    find_scale_ends,
    prepare_answer_figure,
    select_answers,
)
from plfkit.model.records.rows import Response

FIRST, SECOND = "plca_r_38", "plca_r_39"
ITEMS = (FIRST, SECOND)
UNTOLD: dict[str, None] = {"lowest": None, "highest": None}
TOLD = {"x": {FIRST: 1.0, SECOND: 3.0}, "y": {FIRST: 4.0}}

ALL = {name: {FIRST: 2.0, SECOND: 2.0} for name in "xy"}


def asked(**known: Any) -> Snapshot:
    """Three people who were asked two items: one answered both, one answered one, one kept silent."""
    return moment(surveys=[survey(**known)], answers=answers(TOLD), responses=roster(2, 1))


def test_who_answered() -> None:
    """Whoever answered one item has answered; of six answers that were asked for three came."""
    sheet = select_answers("mean", asked(), ITEMS).sheet
    figure = prepare_answer_figure(sheet, "s0", "total")
    assert (figure.part, figure.figure, figure.n) == ("s0", "total", 2)
    assert (figure.observed, figure.response_rate) == (3 / 6, 2 / 3)
    unlisted = moment(surveys=[survey()], answers=answers(TOLD))
    figure = prepare_answer_figure(select_answers("mean", unlisted, ITEMS).sheet, None, "total")
    assert (figure.n, figure.observed, figure.response_rate) == (2, None, None)
    alone = moment(surveys=[survey()], answers=answers({"x": TOLD["x"]}), responses=roster(1, 0))
    figure = prepare_answer_figure(select_answers("mean", alone, ITEMS).sheet, None, "total")
    assert (figure.n, figure.observed, figure.response_rate) == (1, 1, 1)
    halves = moment(
        surveys=[survey("q", unit="s0"), survey("r", unit="s1")],
        answers=[*answers(TOLD), *answers({"z": TOLD["x"]}, "r")],
        responses=roster(2, 1),
    )
    figure = prepare_answer_figure(select_answers("mean", halves, ITEMS).sheet, None, "total")
    assert (figure.n, figure.observed, figure.response_rate) == (3, None, None)
    nobody = select_answers("mean", moment(surveys=[]), ITEMS).sheet
    figure = prepare_answer_figure(nobody, None, "total")
    assert (figure.n, figure.observed, figure.response_rate) == (0, None, None)


def two_scales(**known: Any) -> Snapshot:
    """Two schools, each asked by a survey of its own, the second on another scale."""
    surveys = [survey("q", unit="s0"), survey("r", unit="s1", **known)]
    return moment(surveys=surveys, answers=[*answers(TOLD), *answers({"x": {FIRST: 2.0}}, "r")])


@pytest.mark.parametrize(
    ("now", "ends", "reason"),
    [
        (asked(), (1, 4), None),
        (asked(**UNTOLD), None, None),
        (two_scales(), (1, 4), None),
        (two_scales(highest=5), None, "several_scales"),
        (two_scales(**UNTOLD), None, "several_scales"),
        (moment(surveys=[]), None, "not_surveyed"),
        (moment(surveys=[survey()], responses=roster(0, 2)), None, "not_surveyed"),
    ],
)
def test_scales(now: Snapshot, ends: tuple[float, float] | None, reason: str | None) -> None:
    """One that was told has ends; of several, or of one that nobody told, nothing can be computed."""
    sheet = select_answers("mean", now, ITEMS).sheet
    assert (find_scale_ends(sheet), explain_missing_score(sheet)) == (ends, reason)


def test_what_a_result_says_of_its_answers() -> None:
    """How many people, how much of what was asked, by which questions, and what would tell more."""
    wanted = ("plca_r_relationships",)
    result = framework_mean(asked(), framework="plca_r", characteristics=wanted)
    assert (result.n, result.observed, result.range_kind) == (2, 3 / 6, "exact")
    assert (result.questions, result.evidence, result.notes) == (("? 1-4",), {"surveys": 1}, {})
    assert ([*map(str, result.needs)], result.variant) == (["answers"], "plca_r, people")
    half = moment(
        surveys=[survey("q", unit="s0"), survey("r", unit="s1")],
        answers=[*answers({"x": {FIRST: 1.0, SECOND: 2.0}}), *answers({"y": {FIRST: 2.0}}, "r")],
        responses=roster(1, 0),
    )
    result = framework_mean(half, framework="plca_r", characteristics=wanted)
    assert (result.observed, [*map(str, result.needs)]) == (None, ["responses"])
    now = two_scales(**UNTOLD, instrument="plca_r")
    result = framework_mean(now, framework="plca_r", characteristics=wanted)
    assert (result.n, result.observed, result.range_kind) == (3, None, "unknown")
    assert (result.questions, result.evidence) == (("? 1-4", "plca_r ?"), {"surveys": 2})
    assert [*map(str, result.needs)] == ["responses", "answers", "surveys"]
    whole = moment(surveys=[survey()], answers=answers(ALL), responses=roster(2, 0))
    assert framework_mean(whole, framework="plca_r", characteristics=wanted).needs == ()


def test_the_day_of_a_year() -> None:
    """A result of a school year names the day on which people were what they are."""
    now = snapshot(Organisation.of(persons=[Person("a")]), "2018/19")
    result = framework_mean(now)
    assert (result.reference_day, result.at) == ("2019-03-01", "2018/19")


def test_what_is_left_out_is_noted() -> None:
    """An earlier survey of the same unit, and people in no group of those asked for."""
    surveys = [survey("q", date=date(2018, 9, 3)), survey("r", date=date(2019, 2, 4))]
    now = moment(
        surveys=surveys,
        answers=[*answers(TOLD), *answers({"z": {FIRST: 2.0, SECOND: 2.0}}, "r")],
    )
    result = framework_mean(now, framework="plca_r", characteristics=("plca_r_relationships",))
    assert (result.n, result.notes) == (1, {"surveys_left_out": 1})
    result = framework_mean(
        now, framework="plca_r", characteristics=("plca_r_relationships",), by="school"
    )
    assert (result.n, result.by) == (0, "school")
    assert result.notes == {"surveys_left_out": 1, "people_in_no_group": 1}


def of_staff() -> Snapshot:
    """A teacher, a principal and a reading coach, who answered under their own names."""
    roles = {"x": "teacher", "y": "principal", "z": "reading_coach"}
    return moment(
        surveys=[survey(linked=True)],
        responses=[Response("q", name, answered=True) for name in roles],
        positions=[Position(name, "s0", role) for name, role in roles.items()],
        answers=answers({name: {FIRST: 1.0} for name in roles}),
    )


@pytest.mark.parametrize(
    ("level", "people"),
    [
        (None, 3),
        ("pedagogical_staff", 1),
        (["pedagogical_staff", "school_leadership"], 2),
        ("administration", 0),
    ],
)
def test_answers_of_levels(level: str | list[str] | None, people: int) -> None:
    """Those on one level or on any of several."""
    sheet = select_answers("mean", of_staff(), ITEMS, level=level).sheet
    assert sheet.count_heads(np.ones(len(sheet), np.bool_)) == people


def test_parts_of_answers() -> None:
    """Each unit of a kind, where people work if the survey has none; each group; or the whole."""
    now = of_staff()
    whole = select_answers("mean", now, ITEMS)
    assert (whole.by, [part for part, _ in whole.parts]) == (None, [None])
    assert whole.parts[0][1].all()
    units = select_answers("mean", now, ITEMS, by="school")
    told = {part: int(which.sum()) for part, which in units.parts}
    assert (units.by, told) == ("school", {f"s{n}": 3 * (n == 0) for n in range(6)})
    levels = select_answers("mean", now, ITEMS, by="level")
    told = {part: int(which.sum()) for part, which in levels.parts}
    assert levels.by == "level"
    assert told == {"school_leadership": 1, "resource_persons": 1, "pedagogical_staff": 1}


@pytest.mark.parametrize(
    ("asked_for", "error", "message"),
    [
        ({"respondents": "teams"}, MeasureError, "communities"),
        ({"level": "top"}, UnknownGroupError, "there is no level 'top'"),
        ({"respondents": "communities", "by": "level"}, UnknownGroupError, "no unit kind 'level'"),
        ({"level": "pedagogical_staff"}, MeasureError, "respondents="),
        ({"by": "level"}, MeasureError, "respondents="),
    ],
)
def test_answers_that_cannot_be_told_apart(
    asked_for: dict[str, str], error: type[Exception], message: str
) -> None:
    """Respondents, levels and groups that there are not, and codes that lead to nobody."""
    with pytest.raises(error, match=message):
        select_answers("mean", asked(), ITEMS, **asked_for)
