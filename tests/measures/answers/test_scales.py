"""Means, agreement and consistency of answers on scales, against their definitions."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import numpy as np
import pytest
from answering import UNITS, answers, moment, of, roster, survey
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from searching import search

from plfkit import Organisation, Snapshot, load_profile, measures, release, snapshot
from plfkit.errors import MeasureError, UnknownGroupError
from plfkit.measures import (
    characteristics_profile,
    framework_mean,
    membership_coverage,
    observed_share,
    scale_statistics,
    shared_understanding,
)
from plfkit.measures.answers.agreement import (
    ValueOrReason,
    compute_alpha,
    compute_icc,
    compute_r_wg,
    find_variance_limits,
)
from plfkit.model.records.needs import Need
from plfkit.model.records.rows import (
    Answer,
    Community,
    Membership,
    Person,
    Position,
    Response,
)
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.testing import build_moment

FIVE = (
    "shared_values",
    "pupil_learning_focus",
    "reflective_dialogues",
    "deprivatised_practice",
    "collaboration",
)


def defined(found: ValueOrReason) -> float:
    """A number that is there."""
    value, reason = found
    assert value is not None
    assert reason is None
    return value


def test_scores_and_total() -> None:
    """Two items count half each in their characteristic, and the characteristic as one of several."""
    now = moment(
        surveys=[survey()],
        answers=answers(
            {
                "x": {"plca_r_38": 1, "plca_r_39": 3, "plca_r_43": 4},
                "y": {"plca_r_38": 4, "plca_r_43": 1},
            }
        ),
    )
    wanted = ("plca_r_relationships", "plca_r_structures")
    result = framework_mean(now, framework="plca_r", characteristics=wanted)
    # x scores (1 + 3) / 2 = 2 on relationships, y 4: the mean is 3. Structures: (4 + 1) / 2 = 2.5.
    assert of(result, "plca_r_relationships").value == 3
    assert of(result, "plca_r_structures").value == 2.5
    assert of(result).value == (3 + 2.5) / 2
    assert of(result).n == 2


def test_range_of_silence() -> None:
    """With one of three silent, the mean lies where that one answers 1 or 4."""
    now = moment(
        surveys=[survey()],
        responses=roster(2, 1),
        answers=answers({"x": {"collaboration": 2}, "y": {"collaboration": 3}}),
    )
    result = framework_mean(now, characteristics=("collaboration",))
    figure = of(result, "collaboration")
    assert (figure.lower, figure.value, figure.upper) == (2, 2.5, 3)
    assert (figure.n, figure.response_rate, figure.observed) == (2, 2 / 3, 2 / 3)
    assert tuple(map(str, result.needs)) == ("answers",)
    assert result.questions == ("? 1-4",)


@given(
    st.lists(
        st.dictionaries(st.sampled_from(FIVE[:3]), st.sampled_from([1.0, 2, 3]), min_size=1),
        min_size=1,
        max_size=2,
    ),
    st.integers(0, 1),
)
def test_the_range_is_that_of_all_completions(told: list[dict[str, float]], silent: int) -> None:
    """Filling in every missing answer in every way, the means reach both ends and lie between."""
    wanted = FIVE[:2]
    rows = [row for row in told if set(row) & set(wanted)]
    assume(all(any(item in row for row in rows) for item in wanted))
    sheet = {f"x{n}": row for n, row in enumerate(rows)}
    now = moment(
        surveys=[survey(highest=3)], responses=roster(len(rows), silent), answers=answers(sheet)
    )
    figure = of(framework_mean(now, characteristics=wanted))
    cells = [row.get(item) for row in [*rows, *[{}] * silent] for item in wanted]
    gaps = [place for place, cell in enumerate(cells) if cell is None]
    means = []
    for filled in product((1, 3), repeat=len(gaps)):
        complete = dict(enumerate(cells)) | dict(zip(gaps, filled, strict=True))
        means.append(float(np.mean(list(complete.values()))))
    assert (figure.lower, figure.upper) == pytest.approx((min(means), max(means)))
    assert figure.value is not None
    assert min(means) - 1e-9 <= figure.value <= max(means) + 1e-9


@pytest.mark.parametrize(
    ("known", "responses", "needs"),
    [
        ({}, [], ("responses",)),
        ({"lowest": None, "highest": None}, roster(1, 0), ("surveys",)),
    ],
)
def test_unknown_range(
    known: dict[str, Any], responses: list[Response], needs: tuple[str, ...]
) -> None:
    """There is a mean, no range, and the result says what is missing."""
    told = answers({"x": {"collaboration": 2}})
    now = moment(surveys=[survey(**known)], responses=responses, answers=told)
    result = framework_mean(now, characteristics=("collaboration",))
    figure = of(result)
    assert (figure.value, figure.lower, figure.upper) == (2, None, None)
    assert result.range_kind == "unknown"
    assert tuple(map(str, result.needs)) == needs


def test_who_was_asked_fewer_items_is_scored_on_those() -> None:
    """An item that a school's survey does not have is no missing answer there."""
    now = moment(
        surveys=[survey(unit="s0"), survey("r", unit="s1")],
        responses=[*roster(1, 0), *roster(1, 0, "r")],
        answers=[
            *answers({"x": {"plca_r_38": 1, "plca_r_39": 3}}),
            *answers({"x": {"plca_r_38": 4}}, "r"),
        ],
    )
    wanted = ("plca_r_relationships",)
    figure = of(framework_mean(now, framework="plca_r", characteristics=wanted))
    assert (figure.lower, figure.value, figure.upper) == (3, 3, 3)


def test_total_lacks_range() -> None:
    """Of two surveys one has no roster: its range is unknown, and so is that of the mean of both."""
    now = moment(
        surveys=[survey(unit="s0"), survey("r", unit="s1")],
        responses=roster(1, 1),
        answers=[
            *answers({"x": {"collaboration": 2}}),
            *answers({"x": {"shared_values": 2}}, "r"),
        ],
    )
    result = framework_mean(now, characteristics=("collaboration", "shared_values"))
    assert of(result, "collaboration").upper == 3
    assert (of(result).value, of(result).lower, of(result).upper) == (2, None, None)


def test_total_needs_all() -> None:
    """The mean of five is not that of the one that was asked."""
    now = moment(surveys=[survey()], answers=answers({"x": {"collaboration": 2}}))
    result = framework_mean(now)
    assert of(result, "collaboration").value == 2
    assert of(result, "shared_values").reason == "not_surveyed"
    assert (of(result).value, of(result).reason) == (None, "not_surveyed")


def test_answers_on_different_scales_have_no_mean() -> None:
    """A 4 of 4 is not a 4 of 5: there is no figure of both, one of each unit, and both are told."""
    now = moment(
        surveys=[survey(unit="s0"), survey("r", unit="s1", highest=5, instrument="trivsel")],
        answers=[
            *answers({"x": {"collaboration": 4}}),
            *answers({"x": {"collaboration": 4}}, "r"),
        ],
    )
    wanted: dict[str, Any] = {"characteristics": ("collaboration",)}
    assert of(framework_mean(now, **wanted)).reason == "several_scales"
    by_school = framework_mean(now, **wanted, by="school")
    assert of(by_school, part="s0").value == of(by_school, part="s1").value == 4
    assert of(by_school, part="s2").reason == "not_surveyed"
    assert by_school.questions == ("? 1-4", "trivsel 1-5")


def test_the_latest_survey_of_each_unit_counts() -> None:
    """An earlier round of the same unit is left out and noted; another unit's stays."""
    year: dict[str, Any] = {"positions": [Position("p", "s0", "teacher")], "persons": [Person("p")]}
    organisation = Organisation.of(
        units=UNITS,
        **year,
        surveys=[
            survey("q", unit="s0", date=date(2018, 9, 1)),
            survey("r", unit="s0", date=date(2019, 2, 1)),
            survey("t", unit="s1", date=date(2018, 9, 1)),
        ],
        answers=[
            *answers({"x": {"collaboration": 1, "shared_values": 1}}, "q"),
            *answers({"x": {"collaboration": 3}}, "r"),
            *answers({"x": {"collaboration": 4}}, "t"),
        ],
    )
    result = framework_mean(
        snapshot(organisation), characteristics=("shared_values", "collaboration")
    )
    assert of(result, "collaboration").value == 3.5
    # The earlier round is the latest that asked about values.
    assert of(result, "shared_values").value == 1
    only = framework_mean(snapshot(organisation), characteristics=("collaboration",))
    assert only.notes == {"surveys_left_out": 1}


def test_a_survey_of_a_department_is_its_schools() -> None:
    """By school an answer counts at the nearest school at or above the survey's unit; others do not."""
    now = moment(
        surveys=[survey(unit="s0-a"), survey("r", unit="m")],
        answers=[
            *answers({"x": {"collaboration": 2}}),
            *answers({"y": {"collaboration": 4}}, "r"),
        ],
    )
    result = framework_mean(now, characteristics=("collaboration",), by="school")
    assert of(result, part="s0").value == 2
    assert result.notes == {"people_in_no_group": 1}


LINKED: dict[str, Any] = {
    "persons": [Person(name) for name in "abc"],
    "positions": [
        Position("a", "s0", "teacher"),
        Position("b", "s0", "principal"),
        Position("c", "s0", "teacher"),
    ],
    "responses": [Response("q", p, answered=p != "c") for p in "abc"],
    "answers": answers({"a": {"collaboration": 2}, "b": {"collaboration": 4}}),
}


def test_linked_answers_can_be_told_apart_by_level() -> None:
    """Each level has its people's answers, and its silent ones widen its own range only."""
    now = snapshot(Organisation.of(units=UNITS, surveys=[survey(linked=True)], **LINKED))
    wanted: dict[str, Any] = {"characteristics": ("collaboration",)}
    by_level = framework_mean(now, **wanted, by="level")
    leaders, staff = (of(by_level, part=p) for p in ("school_leadership", "pedagogical_staff"))
    assert (leaders.lower, leaders.value, leaders.upper) == (4, 4, 4)
    assert (staff.lower, staff.value, staff.upper) == (1.5, 2, 3)
    alone = of(framework_mean(now, **wanted, level="pedagogical_staff"))
    assert (alone.lower, alone.value, alone.upper, alone.n) == (1.5, 2, 3, 1)


@pytest.mark.parametrize("asked", [{"level": "pedagogical_staff"}, {"by": "level"}])
def test_codes_cannot_be_told_apart_by_level(asked: dict[str, Any]) -> None:
    """Nobody knows the level of a code, and the refusal says what to ask for in its place."""
    now = moment(surveys=[survey()], answers=answers({"x": {"collaboration": 2}}))
    with pytest.raises(MeasureError, match="respondents='communities'"):
        framework_mean(now, **asked)


TEAMS: dict[str, Any] = {
    "persons": [Person(f"p{n}") for n in range(9)],
    "positions": [Position(f"p{n}", "s0" if n < 6 else "s1", "teacher") for n in range(9)],
    "communities": [
        Community("t", "team", unit="s0"),
        Community("u", "team", unit="s0"),
        Community("v", "team", unit="s1"),
        Community("w", "team", unit="s1"),
    ],
    "memberships": [
        *(Membership("t", f"p{n}") for n in range(3)),
        *(Membership("u", f"p{n}") for n in range(2, 6)),
        *(Membership("v", f"p{n}") for n in range(6, 9)),
        Membership("w", "p6"),
    ],
}


def self_assessed(**told: float) -> Snapshot:
    """Teams that assess their collaboration; the one called w has too few members to count."""
    return snapshot(
        Organisation.of(
            units=UNITS,
            **TEAMS,
            surveys=[survey(instrument="five_characteristics")],
            answers=[
                Answer("q", None, team, item="collaboration", value=value)
                for team, value in told.items()
            ],
        )
    )


def test_communities_widen_range() -> None:
    """Of three teams that count two answered; n counts their members, one of whom is in both."""
    wanted: dict[str, Any] = {"respondents": "communities", "characteristics": ("collaboration",)}
    result = framework_mean(self_assessed(t=2, u=3, w=4), **wanted)
    figure = of(result)
    assert (figure.lower, figure.value, figure.upper) == pytest.approx((2, 2.5, 3))
    assert (figure.n, figure.response_rate) == (6, 2 / 3)
    assert result.questions == ("five_characteristics 1-4",)
    assert result.variant == "five_characteristics, communities"
    by_school = framework_mean(self_assessed(t=2, u=3, w=4), **wanted, by="school")
    assert of(by_school, part="s0").value == 2.5
    assert (of(by_school, part="s1").value, of(by_school, part="s1").reason) == (
        None,
        "nobody_answered",
    )


def test_small_communities() -> None:
    """Where only such a community answered, the others were not asked."""
    wanted: dict[str, Any] = {"respondents": "communities", "characteristics": ("collaboration",)}
    figure = of(framework_mean(self_assessed(w=4), **wanted))
    assert (figure.value, figure.reason) == (None, "not_surveyed")


def test_communities_by_level() -> None:
    """Teams of teachers stand on the level of pedagogical staff and on no other."""
    wanted: dict[str, Any] = {"respondents": "communities", "characteristics": ("collaboration",)}
    now = self_assessed(t=2, u=3, v=4)
    assert of(framework_mean(now, **wanted, level="pedagogical_staff")).value == 3
    other = of(framework_mean(now, **wanted, level="administration"))
    assert (other.value, other.reason) == (None, "not_surveyed")


def test_levels_taken_together() -> None:
    """Communities on either level count once, and people of either level too."""
    now = snapshot(
        Organisation.of(
            units=UNITS,
            persons=[Person(name) for name in "abcdefgh"],
            positions=[
                *(Position(name, "m", "consultant") for name in "abc"),
                *(Position(name, "s0", "principal") for name in "de"),
                *(Position(name, "s0", "teacher") for name in "fgh"),
            ],
            communities=[
                Community("k", "support_team", unit="m"),
                Community("l", "leadership_team", unit="s0"),
                Community("t", "team", unit="s0"),
            ],
            memberships=[
                *(Membership("k", name) for name in "abc"),
                *(Membership("l", name) for name in "de"),
                *(Membership("t", name) for name in "fgh"),
            ],
            surveys=[survey(linked=True)],
            answers=[
                *answers({"a": {FIVE[0]: 1}, "d": {FIVE[0]: 2}, "f": {FIVE[0]: 4}}),
                *(
                    Answer("q", community=name, item=FIVE[0], value=value)
                    for name, value in (("k", 4), ("l", 2), ("t", 1))
                ),
            ],
        )
    )
    both = ("administration", "school_leadership")
    about: dict[str, Any] = {"characteristics": FIVE[:1], "level": both}
    together = of(framework_mean(now, **about, respondents="communities"))
    assert (together.value, together.n) == (3, 5)
    assert of(framework_mean(now, **about)).value == 1.5
    with pytest.raises(UnknownGroupError, match="school_leadership"):
        framework_mean(now, level=("administration", "school_leaders"))


@pytest.mark.parametrize(
    ("asked", "error", "message"),
    [
        ({"framework": "plcar"}, UnknownGroupError, "did you mean"),
        ({"characteristics": ("colaboration",)}, MeasureError, 'did you mean "collaboration"'),
        ({"characteristics": ("hord_leadership",)}, MeasureError, "no characteristic"),
        ({"respondents": "peopel"}, MeasureError, 'did you mean "people"'),
        ({"level": "pedagogical"}, UnknownGroupError, "no level 'pedagogical'"),
        ({"respondents": "communities", "by": "level"}, UnknownGroupError, "no unit kind"),
        ({"by": "skole"}, UnknownGroupError, "grouped by 'skole'"),
    ],
)
def test_what_is_not_there_is_refused(
    asked: dict[str, Any], error: type[Exception], message: str
) -> None:
    """A framework, characteristic, respondent, level or grouping that is not there is named."""
    with pytest.raises(error, match=message):
        framework_mean(moment(surveys=[], answers=[]), **asked)


GRIDS = st.integers(2, 6).flatmap(
    lambda n: st.lists(
        st.lists(st.sampled_from([1.0, 2, 3, 4]), min_size=3, max_size=3), min_size=n, max_size=n
    )
)


@given(GRIDS)
def test_alpha_is_that_of_the_covariances(grid: list[list[float]]) -> None:
    """Alpha is k/(k−1) times what lies off the diagonal of the covariances, over their whole sum."""
    values = np.array(grid)
    covariances = np.cov(values, rowvar=False)
    assume(covariances.sum() > 1e-9)
    off = covariances.sum() - np.trace(covariances)
    assert defined(compute_alpha(values)) == pytest.approx(3 / 2 * off / covariances.sum())


def test_alpha_of_a_worked_example() -> None:
    """Items 1 2 3, 1 2 3 and 3 2 1 have variances 1, sums 5 6 7 and so alpha 3/2 · (1 − 3/1) = −3."""
    assert defined(compute_alpha(np.array([[1.0, 1, 3], [2, 2, 2], [3, 3, 1]]))) == pytest.approx(
        -3
    )


def test_alpha_needs_items_people_and_differences() -> None:
    """Who skipped an item does not count, and every undefined case says which it is."""
    nan = np.nan
    assert compute_alpha(np.array([[1.0], [2]])) == (None, "one_item")
    assert compute_alpha(np.array([[1.0, 2], [2, nan]])) == (None, "too_few_people")
    assert compute_alpha(np.array([[1.0, 2], [1, 2]])) == (None, "same_answers")
    assert compute_alpha(np.array([[1.0, 2], [2, 4], [9, nan]])) == compute_alpha(
        np.array([[1.0, 2], [2, 4]])
    )


@given(
    st.lists(
        st.lists(st.sampled_from([1.0, 2, 3, 4]), min_size=1, max_size=3), min_size=4, max_size=6
    )
)
def test_icc_is_that_of_the_table_of_variance(groups: list[list[float]]) -> None:
    """Sums of squares between and within schools, written out, give both coefficients."""
    everyone = [score for group in groups for score in group]
    assume(len(everyone) > len(groups))
    grand = sum(everyone) / len(everyone)
    means = [sum(group) / len(group) for group in groups]
    between = sum(len(g) * (m - grand) ** 2 for g, m in zip(groups, means, strict=True))
    within = sum((x - m) ** 2 for g, m in zip(groups, means, strict=True) for x in g)
    msb, msw = between / (len(groups) - 1), within / (len(everyone) - len(groups))
    assume(msb > 1e-9)
    squares = sum(len(group) ** 2 for group in groups)
    size = (len(everyone) - squares / len(everyone)) / (len(groups) - 1)
    schools = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    first, second = compute_icc(np.array(everyone), schools)
    assert defined(first) == pytest.approx((msb - msw) / (msb + (size - 1) * msw))
    assert defined(second) == pytest.approx((msb - msw) / msb)


def test_icc_of_a_worked_example() -> None:
    """Four schools of two: 1 3, 3 5, 5 7, 7 9 have MSB 40/3 and MSW 2: 17/23 and 17/20."""
    scores, schools = np.array([1.0, 3, 3, 5, 5, 7, 7, 9]), np.repeat(np.arange(4), 2)
    first, second = compute_icc(scores, schools)
    assert defined(first) == pytest.approx(17 / 23)
    assert defined(second) == pytest.approx(17 / 20)


def test_icc_needs_four_schools_and_two_at_one_of_them() -> None:
    """Three schools are too few to tell schools from chance, and one respondent each is no school."""
    assert compute_icc(np.arange(6.0), np.repeat(np.arange(3), 2))[0] == (None, "too_few_schools")
    assert compute_icc(np.arange(7.0), np.array([0, 0, 1, 1, 2, 2, -1]))[1] == (
        None,
        "too_few_schools",
    )
    assert compute_icc(np.arange(4.0), np.arange(4))[0] == (None, "too_few_people")
    assert compute_icc(np.ones(8), np.repeat(np.arange(4), 2)) == ((None, "same_answers"),) * 2


def test_r_wg_of_worked_examples() -> None:
    """On five options the variance at random is 2: variance 0.5 leaves 0.75, and 10/11 on three."""
    assert compute_r_wg(0.5, 1, (1, 5)) == pytest.approx(0.75)
    # 3 · 0.75 / (3 · 0.75 + 0.25) = 2.25 / 2.5
    assert compute_r_wg(0.5, 3, (1, 5)) == pytest.approx(0.9)
    assert compute_r_wg(0, 10, (1, 4)) == 1
    assert compute_r_wg(2.5, 3, (1, 5)) < 0


@given(
    st.lists(st.sampled_from([1.0, 2, 3, 4]), max_size=4),
    st.integers(0, 3),
    st.lists(st.floats(1, 4), min_size=3, max_size=3),
)
def test_variance_limits(known: list[float], missing: int, other: list[float]) -> None:
    """Answers at the ends reach the greatest, answers at the mean the least, and none lie outside."""
    assume(len(known) + missing > 1)
    least, most = find_variance_limits(np.array(known), missing, (1, 4))
    filled: list[tuple[float, ...]] = list(product((1.0, 4.0), repeat=missing))
    assert most == pytest.approx(max(np.var([*known, *ends], ddof=1) for ends in filled))
    middle = float(np.mean(known)) if known else 2.5
    assert least == pytest.approx(np.var([*known, *[middle] * missing], ddof=1))
    any_other = np.var([*known, *other[:missing]], ddof=1)
    assert least - 1e-9 <= any_other <= most + 1e-9


def spread_out() -> Snapshot:
    """Four schools of two, as in the worked example, who answer two items alike, on 1 to 9."""
    scores = [(1, 3), (3, 5), (5, 7), (7, 9)]
    return moment(
        surveys=[survey(f"q{n}", unit=f"s{n}", highest=9) for n in range(4)],
        responses=[row for n in range(4) for row in roster(2, 0, f"q{n}")],
        answers=[
            Answer(f"q{n}", f"x{place}", item=item, value=value)
            for n, pair in enumerate(scores)
            for place, value in enumerate(pair)
            for item in ("one", "two")
        ],
    )


def test_statistics_of_a_scale() -> None:
    """Mean, spread, alpha and ICC of the worked example; all are known as everybody answered."""
    result = scale_statistics(spread_out(), items=("one", "two"))
    scores = [1, 3, 3, 5, 5, 7, 7, 9]
    expected = {
        "mean": 5,
        "sd": float(np.std(scores, ddof=1)),
        "alpha": 1,
        "icc_1": 17 / 23,
        "icc_2": 17 / 20,
    }
    assert {n: of(result, n).value for n in expected} == pytest.approx(expected)
    # The variance is 48/7 of 80/12 at random: they agree less than that.
    assert of(result, "r_wg").value == 0
    assert all(row.lower == row.upper == row.value for row in result)


def test_a_school_alone_has_no_share_between_schools() -> None:
    """By school the last two are undefined, the others are the school's own."""
    result = scale_statistics(spread_out(), items=("one", "two"), by="school")
    assert of(result, "mean", "s1").value == 4
    assert of(result, "icc_1", "s1").reason == "too_few_schools"
    assert of(result, "sd", "s5").reason == "not_surveyed"


def test_statistics_without_range() -> None:
    """With a silent colleague only mean and agreement have a range."""
    told = {"x": {"one": 2, "two": 2}, "y": {"one": 3, "two": 4}}
    now = moment(surveys=[survey()], responses=roster(2, 1), answers=answers(told))
    rows = scale_statistics(now, items=("one", "two"))
    ranged = {row.figure for row in rows if row.lower is not None}
    assert ranged == {"mean", "r_wg"}


def rewording(*items: str, **scored: Any) -> Vocabulary:
    """The core's words, some items of the five reversed; `scored` adds a framework of its own."""
    frameworks: dict[str, Any] = {"five_characteristics": {"reversed": list(items)}}
    return load_core_vocabulary().extended({"frameworks": frameworks | scored})


def mixed_statements(vocabulary: Vocabulary) -> Snapshot:
    """Twenty who answer five statements on 1 to 4, the second and fourth of them put negatively."""
    told = {
        f"r{n}": {
            FIVE[0]: n % 4 + 1,
            FIVE[1]: 4 - n % 4,
            FIVE[2]: n % 4 + 1,
            FIVE[3]: 4 - n % 4,
            FIVE[4]: 2 + n % 2,
        }
        for n in range(20)
    }
    organisation = Organisation.of(
        vocabulary=vocabulary,
        units=UNITS,
        persons=[Person(f"p{n}") for n in range(20)],
        positions=[Position(f"p{n}", "s0", "teacher") for n in range(20)],
        surveys=[survey(unit="s0")],
        answers=answers(told),
    )
    return snapshot(organisation)


def test_reversed_first() -> None:
    """Read as they stand five items give an alpha of −25, with items 2 and 4 turned one of 0.9551."""
    turned = scale_statistics(mixed_statements(rewording(FIVE[1], FIVE[3])))
    assert of(turned, "alpha").value == pytest.approx(0.9551, abs=5e-5)
    assert "negative_alpha" not in turned.notes
    means = framework_mean(mixed_statements(rewording(FIVE[1])))
    # The second item is 4 3 2 1 as it stands and 1 2 3 4 turned: both have the mean 2.5.
    assert of(means, FIVE[1]).value == of(means, FIVE[3]).value == 2.5
    assert of(turned, "sd").value > 9 * of(scale_statistics(PLAIN), "sd").value  # type: ignore[operator]


PLAIN = mixed_statements(load_core_vocabulary())


def test_negative_alpha() -> None:
    """One figure runs below 0; where a school's few answers are hidden no note tells of them."""
    result = scale_statistics(PLAIN)
    assert of(result, "alpha").value == pytest.approx(-25)
    assert result.notes == {"negative_alpha": 1}
    floor = load_profile("generic").privacy
    assert release(result, floor).content.notes == {"negative_alpha": 1}
    few = answers({"x": {"one": 1, "two": 4}, "y": {"one": 2, "two": 2}})
    hidden = scale_statistics(moment(surveys=[survey()], answers=few), items=("one", "two"))
    assert hidden.notes["negative_alpha"] == 1
    assert "negative_alpha" not in release(hidden, floor).content.notes


ASKED = ("reflective_dialogues", "pupil_learning_focus", "was_observed")
DRAWN = st.lists(
    st.lists(st.sampled_from([1.0, 2, 3, 4]), min_size=3, max_size=3), min_size=7, max_size=7
)


def answered_twice(rows: list[list[float]], vocabulary: Vocabulary) -> Snapshot:
    """Four people at two schools, who answer on 1 to 4 and on 0 to 9, and three teams."""
    ends = {"q": (1, 4), "r": (0, 9), "t": (1, 4)}
    told = [
        Answer(
            name,
            f"x{n}" if name != "t" else None,
            "tuv"[n - 4] if name == "t" else None,
            item=item,
            value=value,
        )
        for n, row in enumerate(rows)
        for name in ("q" if n < 2 else "r" if n < 4 else "t")
        for item, value in zip(ASKED, row, strict=True)
    ]
    reverses = vocabulary.reversed_items
    surveys = [
        survey(name, unit=unit, lowest=ends[name][0], highest=ends[name][1])
        for name, unit in (("q", "s0"), ("r", "s1"), ("t", None))
    ]
    if not reverses:
        told = [
            evolve(a, value=sum(ends[a.survey]) - a.value)
            if a.item in {"pupil_learning_focus", "was_observed"}
            else a
            for a in told
        ]
    return snapshot(
        Organisation.of(vocabulary=vocabulary, units=UNITS, surveys=surveys, answers=told, **TEAMS)
    )


@search(12)
@given(DRAWN)
def test_reversed_by_hand(rows: list[list[float]]) -> None:
    """Whatever reads answers, of people or communities, on two scales, gives the same for both."""
    own = {
        "label": {"da": "Vores", "en": "Ours"},
        "characteristics": ["collaboration"],
        "reference": "a test",
        "keys": {"collaboration": ["was_observed"]},
        "reversed": ["was_observed"],
    }
    declared = answered_twice(rows, rewording("pupil_learning_focus", ours=own))
    by_hand = answered_twice(rows, load_core_vocabulary())
    two: dict[str, Any] = {"characteristics": ASKED[:2]}
    for compute in (
        lambda now: framework_mean(now, **two, by="school"),
        lambda now: framework_mean(now, **two, respondents="communities"),
        lambda now: scale_statistics(now, items=ASKED, by="school"),
        lambda now: shared_understanding(now, items=ASKED, agreement="uniform", by="school"),
        observed_share,
        lambda now: characteristics_profile(now, at_least=2),
        lambda now: membership_coverage(now, basis="self_assessed"),
    ):
        assert compute(declared).rows() == compute(by_hand).rows()


def test_reversed_without_ends() -> None:
    """It cannot be turned, so nothing rests on it as it stands; what else was asked has its mean."""
    told = {"x": {FIVE[0]: 2, FIVE[1]: 1}, "y": {FIVE[0]: 4, FIVE[1]: 3}}
    organisation = Organisation.of(
        vocabulary=rewording(FIVE[1]),
        units=UNITS,
        persons=[],
        surveys=[survey(lowest=None, highest=None)],
        answers=answers(told),
    )
    now = snapshot(organisation)
    means = framework_mean(now, characteristics=FIVE[:2])
    assert of(means, FIVE[0]).value == 3
    for figure in (of(means, FIVE[1]), of(means), *scale_statistics(now, items=FIVE[:2])):
        assert (figure.value, figure.reason, figure.n) == (None, "scale_unknown", 2)
    assert tuple(map(str, means.needs)) == ("responses", "surveys")


def test_perfect_agreement() -> None:
    """All answer 3: agreement is 1, the spread 0, and neither stands for less than 0."""
    told = {f"x{n}": {"sd": 3, "mean": 3} for n in range(4)}
    now = moment(surveys=[survey()], responses=roster(4, 0), answers=answers(told))
    result = scale_statistics(now, items=("sd", "mean"))
    assert (result.notes, result.range_kind, of(result, "sd").value) == ({}, "exact", 0)
    # 1 and 4 vary more than at random, whatever the item is called.
    apart = answers({"x": {"mean": 1}, "y": {"mean": 4}})
    noted = scale_statistics(moment(surveys=[survey()], answers=apart), items=("mean",))
    assert noted.notes == {"agreement_below_zero": 1}


def test_outer_bounds() -> None:
    """A school whose agreement has no range lends its silence to no other school's."""
    now = moment(
        surveys=[survey(unit="s0"), survey("r", unit="s1", lowest=None, highest=None)],
        responses=[*roster(2, 0), *roster(2, 1, "r")],
        answers=[
            *answers({"x": {"one": 2}, "y": {"one": 3}}),
            *answers({"x": {"one": 2}, "y": {"one": 3}}, "r"),
        ],
    )
    assert scale_statistics(now, items=("one",), by="school").range_kind == "exact"


def test_nobody_answered_is_told_from_some_did_not() -> None:
    """Of two characteristics one has no answer on a level: the total has its range, and says why."""
    people = LINKED | {
        "answers": answers({"a": {"collaboration": 2}, "b": {"shared_values": 4}}),
    }
    now = snapshot(Organisation.of(units=UNITS, surveys=[survey(linked=True)], **people))
    result = framework_mean(now, characteristics=("collaboration", "shared_values"), by="level")
    staff = {name: of(result, name, "pedagogical_staff") for name in ("shared_values", "total")}
    assert staff["shared_values"].reason == "nobody_answered"
    assert (staff["total"].value, staff["total"].reason) == (None, "some_did_not_answer")
    # Collaboration: a says 2, c anything from 1 to 4. Values: both anything.
    assert staff["total"].lower == ((2 + 1) / 2 + 1) / 2
    assert staff["total"].upper == ((2 + 4) / 2 + 4) / 2


def test_one_answer_from_each() -> None:
    """Four schools of two, one silent at each, tell nothing of what lies between schools."""
    names = [f"q{n}" for n in range(4)]
    now = moment(
        surveys=[survey(name, unit=f"s{n}") for n, name in enumerate(names)],
        responses=[row for name in names for row in roster(1, 1, name)],
        answers=[row for name in names for row in answers({"x": {"one": 2}}, name)],
    )
    assert of(scale_statistics(now, items=("one",)), "icc_2").reason == "some_did_not_answer"


def test_people_at_no_school() -> None:
    """They are counted in a note, and then nobody vouches for the share between schools."""
    scores = {f"s{n}": (n + 1, n + 3) for n in range(4)} | {"m": (9, 9)}
    now = moment(
        surveys=[survey(f"q-{unit}", unit=unit, highest=9) for unit in scores],
        responses=[row for unit in scores for row in roster(2, 0, f"q-{unit}")],
        answers=[
            Answer(f"q-{unit}", f"x{place}", item="one", value=value)
            for unit, pair in scores.items()
            for place, value in enumerate(pair)
        ],
    )
    result = scale_statistics(now, items=("one",))
    share, mean = of(result, "icc_1"), of(result, "mean")
    assert (share.n, share.lower, share.upper) == (8, None, None)
    assert (mean.n, mean.lower) == (10, mean.value)
    assert result.notes["people_in_no_group"] == 2


def test_asked_twice() -> None:
    """The latest round of each counts, and a round that no figure rests on is left out."""
    organisation = Organisation.of(
        units=UNITS,
        **TEAMS,
        surveys=[survey("q", date=date(2018, 9, 1)), survey("r", date=date(2019, 2, 1))],
        answers=[
            Answer(name, None, team, item="collaboration", value=value)
            for name, value in (("q", 1), ("r", 3))
            for team in "tuv"
        ],
    )
    result = framework_mean(
        snapshot(organisation, "2018/19"),
        characteristics=("collaboration",),
        respondents="communities",
    )
    assert (of(result).value, result.notes) == (3, {"surveys_left_out": 1})


@pytest.mark.parametrize(
    ("survey", "by_school"),
    [
        ("q scale date=2018-11-01 linked=yes", {"s": (3.5, None), "z": (2.0, None)}),
        (
            "q scale date=2018-11-01 linked=yes unit=z",
            {"s": (None, "not_surveyed"), "z": (3.0, None)},
        ),
        ("q scale date=2018-11-01", dict.fromkeys("sz", (None, "answers_without_place"))),
        ("q scale date=2018-11-01 unit=z", {"s": (None, "not_surveyed"), "z": (3.0, None)}),
    ],
)
def test_a_survey_of_no_unit_by_school(
    survey: str, by_school: dict[str, tuple[float | None, str | None]]
) -> None:
    """People who can be told are at their schools; codes are at none, and the reason says so."""
    now = build_moment(
        positions=["ann,bo s teacher", "cy z teacher"],
        surveys=[survey],
        responses=["q ann,bo,cy yes"],
        answers=[
            f"q collaboration {value} respondent={name if 'linked' in survey else name[::-1] + '1'}"
            for name, value in {"ann": 4, "bo": 3, "cy": 2}.items()
        ],
    )
    asked: dict[str, Any] = {"characteristics": ("collaboration",), "by": "school"}
    totals = [row for row in measures.framework_mean(now, **asked) if row.figure == "total"]
    assert {row.part: (row.value, row.reason) for row in totals} == by_school


@pytest.mark.parametrize(
    ("own", "reason", "need"),
    [
        ([], "not_surveyed", "answers"),
        (["q collaboration 3 respondent=ann"], "communities_not_asked", "answers:communities"),
        (["q other 3 respondent=ann"], "not_surveyed", "answers"),
    ],
)
def test_answers_of_people_are_not_those_of_communities(
    own: list[str], reason: str, need: str
) -> None:
    """Where only people answered the items of a community's own figure, reason and need say so."""
    now = build_moment(
        positions=["ann,bo,cy s teacher"],
        memberships=["t ann,bo,cy"],
        surveys=["q scale date=2018-11-01 lowest=1 highest=4 linked=yes"],
        answers=own,
    )
    asked: dict[str, Any] = {"characteristics": ("collaboration",), "respondents": "communities"}
    result = measures.framework_mean(now, **asked)
    assert {row.reason for row in result} == {reason}
    assert [*map(str, result.needs)] == [need]


def test_what_communities_are_rests_on_their_own_answers() -> None:
    """Coverage by learning communities, rhythm and profiles name the same need, text and value alike."""
    items = "reflective_dialogues,pupil_learning_focus,weeks_between_meetings"
    now = build_moment(
        positions=["ann,bo,cy s teacher"],
        memberships=["t ann,bo,cy"],
        surveys=["q scale date=2018-11-01 lowest=1 highest=4 linked=yes"],
        answers=[f"q {items} 3 respondent=ann"],
    )
    for result in (
        measures.membership_coverage(now, basis="learning"),
        measures.steady_rhythm(now, basis="self_assessed"),
        measures.characteristics_profile(now, source="answers"),
    ):
        assert Need.from_text("answers:communities") in result.needs
        assert Need("answers") not in result.needs
