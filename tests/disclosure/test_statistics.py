"""Figures that are no counts of people: which groups they are told of, and what of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from attrs import evolve
from staffing import Staff, name_people

from plfkit import Result, Snapshot, measures, release
from plfkit.inference import flip_count
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.results.figures import Figure
from plfkit.model.words.intervals import IntervalMethod
from plfkit.testing import build_moment

FLOOR = PrivacyFloor()
STAFF = Staff({"a": (0, 0, 20), "b": (0, 0, 30), "c": (0, 0, 8)}, office=3)


def ask(answered: dict[str, int], staff: Staff = STAFF) -> Snapshot:
    """Return a moment in which so many of each school answered who they seek, each one colleague."""
    asked = {
        school: name_people(school, "t", counts[2]) for school, counts in staff.schools.items()
    }
    told = [person for school, count in answered.items() for person in asked[school][:count]]
    silent = [person for people in asked.values() for person in people if person not in told]
    ties = [
        f"{person} {asked[person[0]][(place + 1) % len(asked[person[0]])]} advice survey=q"
        for school in answered
        for place, person in enumerate(asked[school][: answered[school]])
    ]
    return build_moment(
        units=["v municipality", *(f"{school} school parent=v" for school in staff.schools)],
        positions=staff.positions,
        surveys=["q network relation=advice date=2018-11-01"],
        responses=[f"q {','.join(told)} yes", *([f"q {','.join(silent)} no"] if silent else [])],
        ties=ties,
    )


def list_figures(*results: Result) -> dict[Any, Figure]:
    """Return what is told of each group."""
    return {(r.by, row.part): row for r in release(*results, floor=FLOOR) for row in r}


def measure_density(now: Snapshot, by: str | None = None) -> Result:
    """Return the density of advice."""
    return measures.density(now, relation="advice", by=by)


def test_small_school() -> None:
    """A school of eight is not told of, the others are, and nobody's silence shows."""
    told = list_figures(measure_density(ask({"a": 15, "b": 22, "c": 6}), "school"))
    assert [row.reason for row in told.values()] == ["range_withheld", "range_withheld", "withheld"]
    row = told["school", "a"]
    assert (row.lower, row.upper, row.observed, row.response_rate) == (None, None, None, None)
    assert (row.numerator, row.denominator, row.n) == (None, None, 20)


def test_whole_with_its_range() -> None:
    """The range of the whole stays where the number who answered is told exactly."""
    row = list_figures(measure_density(ask({"a": 15, "b": 17, "c": 6})))[None, None]
    assert row.lower is not None
    assert row.response_rate == round(38 / 58, 3)


def test_nearly_all_answered() -> None:
    """That two did not answer does not show in any range or rate."""
    row = list_figures(measure_density(ask({"a": 20, "b": 28, "c": 8})))[None, None]
    assert row.value is not None
    assert (row.lower, row.upper, row.observed, row.response_rate) == (None, None, None, None)


@pytest.mark.parametrize("first", [None, "school"])
def test_few_beside_the_rest(first: str | None) -> None:
    """Where a whole has four people beside its schools, one of the two is not told."""
    staff = Staff({"a": (0, 0, 20), "b": (0, 0, 30), "c": (0, 0, 4)})
    now = ask({"a": 20, "b": 30, "c": 4}, staff)
    other = "school" if first is None else None
    told = list_figures(measure_density(now, first), measure_density(now, other))
    shown = {part for (_, part), row in told.items() if row.reason != "withheld"}
    assert shown in ({None, "a"}, {"a", "b"})


def replace_figures(result: Result, **columns: Any) -> Result:
    """Return a result whose figures are others."""
    rows = [evolve(row, **columns) for row in result]
    return evolve(result, figures=type(result.figures).of(Figure, rows))


def test_nobody_asks_anybody() -> None:
    """That a school's people seek nobody is told as a band: of each of them it would be known."""
    alone = measure_density(ask({"a": 20, "b": 30, "c": 8}), "school")
    empty = replace_figures(alone, value=0.0, numerator=0.0, lower=None, upper=None)
    row = list_figures(empty)["school", "a"]
    assert (row.value, row.lower, row.reason) == (None, 0, "band")
    assert row.upper is not None
    assert row.upper > 0


def test_nobody_asks_elsewhere() -> None:
    """That nobody has a tie out of their school is a band too: E–I of −1 would say it of each of them."""
    found = measures.ei_index(ask({"a": 15, "b": 17, "c": 6}), relation="advice", groups="school")
    assert list_figures(found)[None, None].reason == "withheld"  # the range is wider than a band
    row = list_figures(replace_figures(found, lower=-1.0, upper=-0.9))[None, None]
    assert (row.value, row.lower, row.reason) == (None, -1, "band")
    seen = found.figures[0].observed or 0.0
    assert row.upper == pytest.approx(-1 + 2 * (5 / 58 + 1 - seen), abs=0.005)


@pytest.mark.parametrize("upper", [0.0, 0.5])
def test_band_beside_silence(upper: float) -> None:
    """Where it is not told exactly who answered no band is: whether the range fits it would say that."""
    alone = measure_density(ask({"a": 15, "b": 22, "c": 8}), "school")
    empty = replace_figures(alone, value=0.0, numerator=0.0, lower=0.0, upper=upper)
    assert list_figures(empty)["school", "a"].reason == "withheld"


@pytest.mark.parametrize("value", [0.0, 0.001])
def test_band_holds_range(value: float) -> None:
    """Where it is told who answered a band is as wide as what is not observed, whatever is in it."""
    alone = measure_density(ask({"a": 15, "b": 17, "c": 6}))
    seen = alone.figures[0].observed or 0.0
    ends = {"lower": value * seen, "upper": value * seen + 1 - seen}
    row = list_figures(replace_figures(alone, value=value, numerator=0.0, **ends))[None, None]
    assert (row.lower, row.reason) == (0, "band")
    assert row.upper == pytest.approx(5 / (58 * 57) + 1 - seen, abs=0.002)
    assert row.upper is not None
    assert row.upper >= ends["upper"]


def test_band_that_denies_range() -> None:
    """A band that does not hold the range, though as wide as what is not observed, is not told."""
    alone = measure_density(ask({"a": 15, "b": 17, "c": 6}))
    far = replace_figures(alone, value=0.0, numerator=0.0, lower=0.0, upper=0.9)
    assert list_figures(far)[None, None].reason == "withheld"


def test_range_that_is_not_told() -> None:
    """A figure whose range is known and not told says so, in its row and in its sentence."""
    (told,) = release(measure_density(ask({"a": 20, "b": 28, "c": 8})), floor=FLOOR)
    (row,) = told
    assert (row.lower, row.reason) == (None, "range_withheld")
    assert row.value is not None
    assert "the range is known, but not shown" in told.sentence("en")
    assert "spændet er kendt, men vises ikke" in told.sentence("da")


@pytest.mark.parametrize(("by", "counts"), [("school", (15, 14)), (None, (30, 28))])
def test_interval_tells_nobody_who_answered(by: str | None, counts: tuple[int, int]) -> None:
    """Of colleagues who name one each, interval and spread of chance would say how many answered."""
    asked: Any = {"relation": "advice", "interval": True, "null": "size", "draws": 200, "by": by}
    moments = [ask({"a": 15 if by is None else n, "b": n, "c": 8}) for n in counts]
    for now in moments:
        told = release(
            measures.density(now, relation="advice", by=by, interval=True),
            measures.transitivity(now, **asked),
            floor=FLOOR,
        )
        assert {one.interval for one in told} == {None}
        assert not {"narrow_where_ties_close", "too_few_for_interval"} & {*told.contents[0].notes}
        for row in (row for one in told for row in one):
            assert (row.interval_lower, row.interval_upper, row.sd, row.z) == (None,) * 4


@pytest.mark.parametrize(
    ("answered", "told"),
    [({"a": 15, "b": 17, "c": 6}, 4), ({"a": 20, "b": 28, "c": 8}, 0)],
)
def test_p_goes_with_interval(answered: dict[str, int], told: int) -> None:
    """Of a change p says how wide its interval is, so both leave together or not at all."""
    ends: Any = {"interval_lower": 0.02, "interval_upper": 0.1, "p_value": 0.004}
    years: Any = {"before": 0.3, "after": 0.36, "value": 0.06, "p_adjusted": 0.01}
    changed = replace_figures(measure_density(ask(answered)), **ends, **years)
    row = list_figures(evolve(changed, interval=IntervalMethod.PAIRS))[None, None]
    cells = row.interval_lower, row.interval_upper, row.p_value, row.p_adjusted
    assert sum(cell is not None for cell in cells) == told
    # A p by draws says nothing of how many answered.
    drawn = list_figures(evolve(changed, interval=None, null="years"))[None, None]
    assert drawn.p_value == 0.004


def test_interval_where_answers_are_told() -> None:
    """Where it is told exactly how many answered the interval leaves, and what is to be known of it."""
    now = ask({"a": 15, "b": 17, "c": 6})
    (told,) = release(measures.density(now, relation="advice", interval=True), floor=FLOOR)
    assert told.figures[0].interval_lower is not None
    assert (told.interval, told.notes["narrow_where_ties_close"]) == ("jackknife", 1)


def test_nothing_beside_says_that_all_answered() -> None:
    """How a range was found, its draws and the method are the same whether two are silent or nobody."""
    left = []
    for answered in (30, 28):
        now = ask({"a": 20, "b": answered, "c": 8})
        (told,) = release(measures.transitivity(now, relation="advice", draws=200), floor=FLOOR)
        left.append((told.range_kind, told.method, told.draws, told.seed, told.notes, told.needs))
    assert left[0] == left[1]


def test_blocks() -> None:
    """A group of four hides its ties, and one more group goes with it, or its own would follow."""
    staff = Staff({"a": (4, 10, 40)})
    now = build_moment(
        units=["v municipality", "a school parent=v"],
        positions=staff.positions,
        ties=["at001,at002,at003 at000 advice", "ac001,ac002 at000 advice", "ap001 ac001 advice"],
    )
    told = release(measures.block_density(now, relation="advice", groups="level"), FLOOR).content
    shown = {(row.from_, row.to) for row in told if row.reason != "withheld"}
    assert all("school_leadership" not in pair for pair in shown)
    assert all("resource_persons" not in pair for pair in shown)


def test_answers_of_few() -> None:
    """Of a group of which hardly anybody answered nothing is told."""
    told = list_figures(measure_density(ask({"a": 2, "b": 25, "c": 6}), "school"))
    assert told["school", "a"].reason == "withheld"
    assert told["school", "b"].reason == "range_withheld"


def test_frame_of_a_result() -> None:
    """The frame of what was released has what the result's own has: intervals, chance, and the reason."""
    now = ask({"a": 20, "b": 28, "c": 8})
    asked: Any = {"relation": "advice", "interval": True, "null": "size", "draws": 1000}
    released = release(measures.reciprocity(now, **asked), floor=FLOOR)
    (own,), (frame,) = (one.to_frame("pyarrow").to_pylist() for one in (released.content, released))
    own.pop("from_name", None)
    assert {name: frame[name] for name in own if name in frame} == {
        name: cell for name, cell in own.items() if name in frame
    }
    assert {*own} <= {*frame} | {"from_name"}


def test_nobody_has_contacts() -> None:
    """A mean of no ties is not told: of each colleague it would be known that they have none."""
    alone = measures.cross_team_contacts(
        ask({"a": 15, "b": 17, "c": 6}), relation="advice", groups="school"
    )
    known = replace_figures(alone, lower=0.0, upper=0.0)
    for value in (0.0, 0.08):  # fewer than five contacts among 58
        row = list_figures(replace_figures(known, value=value))[None, None]
        assert (row.value, row.lower, row.reason) == (None, 0, "band")
        assert row.upper is not None
        assert row.upper >= 5 / 58
    row = list_figures(replace_figures(known, value=0.09))[None, None]
    assert (row.value, row.lower) == (0.09, 0)
    row = list_figures(alone)[None, None]
    assert (row.lower, row.reason) == (0, "band")
    assert (row.upper or 0) >= (alone.figures[0].upper or 0)


def test_nobody_seeks_an_appointed_person() -> None:
    """Four ties to six coaches are as good as none, and twelve are told."""
    staff = Staff({"a": (0, 6, 40)})
    for ties, reason in ((0, "band"), (4, "band"), (12, None)):
        now = build_moment(
            units=["v municipality", "a school parent=v"],
            positions=staff.positions,
            ties=["at000 at001 advice"]
            + [f"{one} ac000 advice" for one in name_people("a", "t", ties)],
        )
        seen = measures.support_load(now, relation="advice", target="resource_persons")
        row = list_figures(seen)[None, None]
        assert (row.reason, row.value) == (reason, None if reason else ties / 6)


@pytest.mark.parametrize(("answer", "reason"), [(1, "band"), (2, None), (4, "band")])
def test_all_answered_the_same_end(answer: int, reason: str | None) -> None:
    """A mean at an end of the scale says of each what they answered; in between it does not."""
    people = name_people("a", "t", 20)
    now = build_moment(
        units=["v municipality", "a school parent=v"],
        positions=Staff({"a": (0, 0, 20)}).positions,
        surveys=["q scale date=2018-11-01 lowest=1 highest=4 linked=yes"],
        answers=[f"q one {answer} respondent={person}" for person in people],
    )
    for found in (
        measures.scale_statistics(now, items=("one",)),
        measures.shared_understanding(now, items=("one",)),
    ):
        (told,) = release(found, floor=FLOOR)
        mean = next(row for row in told if row.figure == "mean")
        assert (mean.reason, mean.value) == (reason, None if reason else answer)


@pytest.mark.parametrize(("before", "after"), [(0.0, 0.3), (0.3, 0.0), (1.0, 0.3)])
def test_change_from_nothing(before: float, after: float) -> None:
    """A change is not told of which the one year lies where a class stands for it."""
    found = measure_density(ask({"a": 15, "b": 17, "c": 6}))
    changed = replace_figures(found, before=before, after=after, value=after - before)
    assert list_figures(changed)[None, None].reason == "withheld"
    inside = replace_figures(found, before=0.2, after=0.3, value=0.1)
    assert list_figures(inside)[None, None].before == 0.2


def test_ends_that_are_rounded() -> None:
    """A reader is told of a range that begins at nothing, alike whether it does or begins a little above."""
    found = measure_density(ask({"a": 15, "b": 17, "c": 6}))
    left = []
    for lower in (0.0, 0.0004, 0.011):
        (told,) = release(replace_figures(found, value=0.1, lower=lower), floor=FLOOR)
        left.append((told.figures[0].lower, told.notes.get("range_ends_rounded")))
        said = "rounded outwards (disclosure control)" in told.sentence("en")
        assert said == ("rundet udad (diskretioneret)" in told.sentence("da")) == (lower < 0.01)
    assert left == [(0, 1), (0, 1), (0.011, None)]


def ask_on_scale(
    answers: Sequence[int], *, silent: int = 0, listed: bool = False, **survey: Any
) -> Snapshot:
    """Return a moment in which the people of a school answered one question on a scale."""
    people = name_people("a", "t", len(answers) + silent)
    said, unsaid = people[: len(answers)], people[len(answers) :]
    asked = {"date": "2018-11-01", "lowest": 1, "highest": 4, "linked": "yes", **survey}
    known = asked["linked"] == "yes"
    names = said if known else [f"code{place}" for place in range(len(said))]
    responses = [f"q {','.join(said)} yes", *([f"q {','.join(unsaid)} no"] if unsaid else [])]
    return build_moment(
        units=["v municipality", "a school parent=v"],
        positions=Staff({"a": (0, 0, len(people))}).positions,
        surveys=[" ".join(["q scale", *(f"{key}={word}" for key, word in asked.items())])],
        responses=responses if listed else [],
        answers=[
            f"q one {answer} respondent={name}" for name, answer in zip(names, answers, strict=True)
        ],
    )


def measure_answers(now: Snapshot) -> list[Result]:
    """Return what is told of a scale in two ways, with all that stands beside the means."""
    return [
        measures.scale_statistics(now, items=("one",)),
        measures.shared_understanding(now, items=("one",), agreement="uniform"),
    ]


@pytest.mark.parametrize("last", [1, 2])
def test_spread_beside_a_class(last: int) -> None:
    """How far answers lie apart would say where in its class a mean lies: 0 that all answered the least."""
    now = ask_on_scale([1] * 19 + [last])
    for found in release(*measure_answers(now), floor=FLOOR):
        rows = {row.figure: row for row in found}
        for name in {*rows} & {"sd", "r_wg", "deviation", "agreement"}:
            assert (rows[name].value, rows[name].reason) == (None, "withheld")
    inside = [
        row
        for one in release(*measure_answers(ask_on_scale([1, 4] * 10)), floor=FLOOR)
        for row in one
    ]
    assert sum(row.value is not None for row in inside) == 8


def test_class_tells_nobody_who_answered() -> None:
    """How wide a class of answers under codes is does not say how many of all answered."""
    for by in (None, "school"):
        told = [
            list(one)
            for count in (18, 19, 20)
            for one in release(
                measures.scale_statistics(
                    ask_on_scale([1] * count, silent=20 - count, linked="no", unit="a"),
                    items=("one",),
                    by=by,
                ),
                floor=FLOOR,
            )
        ]
        assert told[0] == told[1] == told[2]
        assert told[0][0].reason == "band"


def test_spread_tells_nobody_that_all_answered() -> None:
    """That a range is there and not told would say of some figures that nobody is silent."""
    told = [
        [
            (row.figure, row.reason)
            for found in release(
                *measure_answers(ask_on_scale([1, 4] * 9, silent=silent, listed=True)), floor=FLOOR
            )
            for row in found
        ]
        for silent in (0, 1)
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize(("lowest", "highest"), [(-2, 2), (0.00001, 1)])
def test_ends_of_odd_scales(lowest: float, highest: float) -> None:
    """A scale may begin below 0, or very near to it: its ends are ends all the same."""
    now = ask_on_scale([int(highest)] * 20, lowest=lowest, highest=highest)
    (told,) = release(measures.scale_statistics(now, items=("one",)), floor=FLOOR)
    assert (told.figures[0].reason, told.figures[0].upper) == ("band", highest)


def test_two_scales() -> None:
    """Where one school was asked from 1 to 4 and another from 1 to 6, ends are those of either."""
    staff = Staff({"a": (0, 0, 20), "b": (0, 0, 20)})
    now = build_moment(
        units=["v municipality", "a school parent=v", "b school parent=v"],
        positions=staff.positions,
        surveys=[
            f"{at} scale unit={at} date=2018-11-01 lowest=1 highest={most} linked=yes"
            for at, most in (("a", 4), ("b", 6))
        ],
        answers=[
            f"{at} one {answer} respondent={person}"
            for at, answer in (("a", 1), ("b", 3))
            for person in name_people(at, "t", 20)
        ],
    )
    (told,) = release(measures.scale_statistics(now, items=("one",), by="school"), floor=FLOOR)
    means = {row.part: (row.value, row.reason) for row in told if row.figure == "mean"}
    assert means == {"a": (None, "withheld"), "b": (3, None)}


def test_level_beside_a_difference() -> None:
    """How high two schools answer is a mean too: at the end it says of each what they answered."""
    now = build_moment(
        units=["v municipality", "a school parent=v", "b school parent=v"],
        positions=Staff({"a": (0, 0, 20), "b": (0, 0, 20)}).positions,
        surveys=["q scale date=2018-11-01 lowest=1 highest=4 linked=yes"],
        answers=[
            f"q one 1 respondent={person}" for at in "ab" for person in name_people(at, "t", 20)
        ],
    )
    (told,) = release(measures.answer_difference(now, items=("one",), unit="school"), floor=FLOOR)
    assert {row.figure: row.reason for row in told} == {"total": None, "level": "band", "one": None}


@pytest.mark.parametrize(("before", "after"), [(0.0, None), (None, 1.0)])
def test_change_of_one_year(before: float | None, after: float | None) -> None:
    """Where one year has no figure the other one is not told either if a class stands for it."""
    found = measure_density(ask({"a": 15, "b": 17, "c": 6}))
    changed = replace_figures(found, before=before, after=after, value=None, lower=-0.6, upper=0.9)
    assert list_figures(changed)[None, None].reason == "withheld"
    inside = replace_figures(found, before=0.2, after=None, value=None, lower=-0.6, upper=0.9)
    row = list_figures(inside)[None, None]
    assert (row.before, row.lower, row.upper) == (0.2, -0.6, 0.9)


@pytest.mark.parametrize("lower", [-0.6, 0.0])
def test_range_of_a_change(lower: float) -> None:
    """A change has no ends at nothing and all, so that its range is told as it is, and without a note."""
    found = measure_density(ask({"a": 15, "b": 17, "c": 6}))
    ends: dict[str, Any] = {"value": None, "lower": lower, "upper": 0.998}
    changed = evolve(replace_figures(found, **ends), at="2017/18 – 2018/19")
    (told,) = release(changed, floor=FLOOR)
    assert (told.figures[0].lower, told.figures[0].upper) == (lower, 0.998)
    assert "range_ends_rounded" not in told.notes


def test_answers_that_turn_nothing() -> None:
    """How many answers could turn a figure stands beside it, and goes with it near its ends."""
    asked = [person for school in "ab" for person in name_people(school, "t", 20)]
    told = []
    for ties in (0, 1, 100):
        now = build_moment(
            units=["v municipality", "a school parent=v", "b school parent=v"],
            positions=Staff({"a": (0, 0, 20), "b": (0, 0, 20)}).positions,
            surveys=["q network relation=advice date=2018-11-01"],
            responses=[f"q {','.join(asked[:20])} yes", f"q {','.join(asked[20:])} no"],
            ties=[f"{asked[n % 20]} {asked[20 + n // 20]} advice survey=q" for n in range(ties)],
        )
        found = flip_count(now, "density", target=0.3, relation="advice")
        told.append(release(found, floor=FLOOR).content.figures[0])
    assert [(row.before is None, row.reason) for row in told] == [
        (True, "withheld"),
        (True, "withheld"),
        (False, None),
    ]


def ask_nobody(answered: int, ties: int = 0) -> Snapshot:
    """Return a moment in which so many of all answered, and named so many colleagues in all."""
    people = [p for school, n in STAFF.schools.items() for p in name_people(school, "t", n[2])]
    silent = people[answered:]
    return build_moment(
        units=["v municipality", *(f"{school} school parent=v" for school in STAFF.schools)],
        positions=STAFF.positions,
        surveys=["q network relation=advice date=2018-11-01"],
        responses=[
            f"q {','.join(people[:answered])} yes",
            *([f"q {','.join(silent)} no"] if silent else []),
        ],
        ties=[f"at000 at{number:03} advice survey=q" for number in range(1, ties + 1)],
    )


def test_why_there_is_no_figure() -> None:
    """A share of no ties says by its reason that nobody has any, or whether all answered: neither is told."""
    for measure in (measures.reciprocity, measures.transitivity, measures.layer_overlap):
        more: Any = {"against": "advice"} if measure is measures.layer_overlap else {}
        told = [
            release(measure(now, relation="advice", **more), floor=FLOOR).content.figures[0]
            for now in (ask_nobody(58), ask_nobody(57), ask_nobody(40), ask_nobody(58, ties=1))
        ]
        assert {(row.lower, row.reason) for row in told} == {(None, "withheld")}


@pytest.mark.parametrize("answered", [58, 57])
def test_a_figure_only_where_all_answered(answered: int) -> None:
    """Centralization has a value only where nobody is silent, so whether it has is not told then."""
    found = measures.centralization(ask_nobody(answered, ties=9), relation="advice")
    (told,) = release(found, floor=FLOOR)
    assert (told.figures[0].value, told.figures[0].reason) == (None, "withheld")
    found = measures.centralization(ask_nobody(answered, 9), relation="advice", missing="null")
    assert release(found, floor=FLOOR).content.figures[0].value is not None


def test_two_targets() -> None:
    """How many answers could turn a figure to the one and the other side are two figures."""
    now = ask({"a": 20, "b": 14, "c": 4})
    found = [
        flip_count(now, "density", target=target, relation="advice") for target in (0.1, 0.2, 0.05)
    ]
    told = release(*found, floor=FLOOR)
    assert [row.value for one in told for row in one] == [4, 9, 2]
    assert [row.value for one in found for row in one] == [4, 9, 2]


def test_answers_that_turn_nothing_where_all_answered() -> None:
    """That no answers could turn a figure would say that hardly anybody is silent."""
    found = flip_count(ask({"a": 20, "b": 30, "c": 7}), "density", target=0.5, relation="advice")
    assert found.figures[0].reason == "cannot_turn"
    assert list_figures(found)[None, None].reason == "withheld"


@pytest.mark.parametrize("by", [None, "school"])
def test_class_of_those_who_answered(by: str | None) -> None:
    """Where nobody noted who was asked a figure is of those who answered, and its class too."""
    now = ask_on_scale([1] * 16, silent=4)
    (told,) = release(measures.scale_statistics(now, items=("one",), by=by), floor=FLOOR)
    assert (told.figures[0].n, told.figures[0].upper) == (16, 1.312)
