"""The gate: what may leave, by the class of the figure."""

from __future__ import annotations

from typing import Any, get_type_hints

import pytest
from attrs import fields

from plfkit import (
    Community,
    Membership,
    Organisation,
    Person,
    Position,
    Profile,
    Response,
    Survey,
    Tie,
    Unit,
    assess,
    measures,
    release,
    snapshot,
)
from plfkit.errors import DisclosureError
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.closed import Sight
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.kinds import Label
from plfkit.model.words.notes import Note
from plfkit.model.words.reasons import Reason

FLOOR = PrivacyFloor()


def result(figure_class: FigureClass, *figures: Figure, **about: Any) -> Result:
    """A result of some figures."""
    rows = Table.of(Figure, figures)
    return Result(
        figures=rows,
        measure="m",
        figure_class=figure_class,
        at="2018/19",
        n=99,
        observed=0.98765,
        **about,
    )


def released(figure_class: FigureClass, figure: Figure, **about: Any) -> Figure:
    """A figure after the gate."""
    (left,) = release(result(figure_class, figure, **about), FLOOR).content
    return left


def share(numerator: float, n: int) -> Figure:
    """A share of people, wholly observed."""
    value = numerator / n
    return Figure(value=value, lower=value, upper=value, numerator=numerator, denominator=n, n=n)


def test_organisational_figures_pass_rounded() -> None:
    """Units and communities need no threshold; shares keep a tenth of a per cent."""
    left = released(
        FigureClass.ORGANISATIONAL,
        Figure(value=1 / 3, lower=1 / 3, upper=1 / 3, numerator=1, denominator=3),
    )
    assert (left.value, left.numerator, left.denominator) == (0.333, 1, 3)


@pytest.mark.parametrize(("numerator", "n", "value"), [(2, 5, 0.4), (13, 20, 0.65), (1, 8, 0.125)])
def test_participation_passes_with_enough_people(numerator: int, n: int, value: float) -> None:
    """Five people are enough, whatever their number on either side."""
    left = released(FigureClass.PARTICIPATION, share(numerator, n))
    assert (left.value, left.numerator, left.n) == (value, numerator, n)


@pytest.mark.parametrize(
    ("numerator", "n", "band"),
    [(5, 5, (0.9, 1)), (18, 20, (0.9, 1)), (0, 9, (0, 0.1)), (1, 10, (0, 0.1))],
)
def test_extremes_of_participation_are_bands(
    numerator: int, n: int, band: tuple[float, float]
) -> None:
    """All, or none, or nearly so, is told as a band without counts."""
    left = released(FigureClass.PARTICIPATION, share(numerator, n))
    assert (left.value, left.numerator, left.reason) == (None, None, "band")
    assert (left.lower, left.upper) == band


def test_participation_of_few_people_is_withheld() -> None:
    """With fewer than k nothing is told, not even how many they are."""
    left = released(FigureClass.PARTICIPATION, share(2, 4))
    assert left == Figure(reason="withheld")


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (share(7, 15), True),
        (share(7, 14), False),
        (share(4, 30), False),
        (share(0, 30), False),
        (share(26, 30), False),
        (share(25, 30), True),
        (Figure(value=None, n=20, reason="not_surveyed"), True),
        (Figure(value=None, n=20, reason="not_supplied"), True),
        (Figure(value=None, n=20, reason="no_communities"), True),
        (Figure(value=None, n=20, reason="same_answers"), False),
        (Figure(value=None, n=20, reason="no_ties"), False),
        (Figure(value=None, n=20, reason="nobody_answered"), False),
    ],
)
def test_answers_need_people_on_all_sides(figure: Figure, shown: bool) -> None:  # noqa: FBT001
    """At least 15 people in all and k on each side of a count, or nothing; counts never leave."""
    left = released(FigureClass.ANSWERS, figure)
    assert (left.reason == "withheld") != shown
    assert (left.numerator, left.denominator) == (None, None)


def test_blocks_need_k_people_on_both_sides() -> None:
    """A group of four hides its row and its column, however large the other group."""
    rows = [
        Figure(from_=a, to=b, value=0.5, lower=0.5, upper=0.5, numerator=50, denominator=100, n=30)
        for a in ("few", "many")
        for b in ("few", "many")
    ]
    sizes = {(None, "few"): 4, (None, "many"): 26}
    left = release(result(FigureClass.ANSWERS, *rows, sizes=sizes), FLOOR).content
    assert [f.reason for f in left] == ["withheld", "withheld", "withheld", None]
    assert left.sizes == {}


def test_figures_about_persons_are_withheld_without_their_ids() -> None:
    """One row for each direction says that there were figures; no id leaves."""
    rows = [
        Figure(id=f"person-{n}", figure=name, value=n, n=20)
        for n in range(20)
        for name in ("in", "out")
    ]
    left = release(result(FigureClass.ANSWERS, *rows), FLOOR).content
    assert [(f.id, f.figure, f.value, f.reason) for f in left] == [
        (None, "in", None, "withheld"),
        (None, "out", None, "withheld"),
    ]
    assert "person" not in str(left.rows())


def test_identified_figures_need_a_purpose_and_stay_exact() -> None:
    """With a purpose persons are shown exactly; an empty purpose is none."""
    plain = result(FigureClass.ANSWERS, Figure(id="a", value=1 / 3, n=20))
    left = release(plain, FLOOR, identified="a reason")
    assert left.purpose == "a reason"
    assert left.content == plain
    with pytest.raises(DisclosureError, match="purpose"):
        release(plain, FLOOR, identified="  ")


def test_non_respondents_are_never_listed(profile: Profile, town: Organisation) -> None:
    """Not even identified figures tell who did not answer; a scorecard never shows persons."""
    now = snapshot(town)
    plain = measures.degree(now, relation="advice", direction="out")
    assert "teacher-west-9" in [f.id for f in plain if f.reason == "some_did_not_answer"]
    left = release(plain, FLOOR, identified="a reason").content
    assert "teacher-west-9" not in [figure.id for figure in left]
    assert len(left) == len(plain) - 1
    with pytest.raises(DisclosureError, match="never shows single persons"):
        release(assess(town, profile), FLOOR, identified="a reason")


@pytest.mark.parametrize(
    ("value", "rounded"), [(1234.5, 1230.0), (0.012345, 0.0123), (0.0, 0.0), (7.0, 7.0)]
)
def test_other_figures_have_three_significant_digits(value: float, rounded: float) -> None:
    """Counts and indices keep three digits."""
    left = released(FigureClass.ORGANISATIONAL, Figure(value=value), scale="count")
    assert left.value == rounded


def test_a_withheld_figure_takes_its_verdict_along(manifest: dict[str, Any]) -> None:
    """A verdict on a hidden figure would tell of it, so the goal is left undecided."""
    manifest["indicators"]["density"] |= {
        "goal": "G",
        "direction": "up",
        "target": {"value": 0.1, "source": "decided"},
    }
    del manifest["indicators"]["coverage"]
    people = [f"p{n}" for n in range(8)]
    organisation = Organisation.of(
        persons=[Person(name) for name in people],
        surveys=[Survey("q", "network", "advice")],
        responses=[Response("q", name, answered=True) for name in people],
        ties=[Tie(a, b, "advice", "q") for a in people for b in people if a < b],
    )
    profile = Profile.from_document(manifest)
    card = assess(organisation, profile)
    assert card.goals[0].verdict == "met"
    left = release(card, profile.privacy).content
    outcome = next(o for o in left.indicators if o.id == "density")
    assert (outcome.verdict, outcome.reason) == (None, "withheld")
    assert left.goals[0].verdict == "undecided"
    assert left.goals[0].counts == {"withheld": 1, "not_measured": 1}


def test_small_counts_in_notes_stay_inside() -> None:
    """Notes and double positions of fewer than k are not told."""
    left = release(
        result(
            FigureClass.ANSWERS,
            share(7, 15),
            notes={"repeated_ties": 3, "ties_off_roster": 9},
            several=2,
        ),
        FLOOR,
    ).content
    assert left.notes == {"ties_off_roster": 9}
    assert left.several is None


def test_a_target_group_of_few_people_is_withheld() -> None:
    """How many reach a group of one is that person's popularity: it stays inside."""
    people = [f"p{n}" for n in range(30)]
    organisation = Organisation.of(
        units=[Unit("s", "school")],
        persons=[Person(name) for name in people],
        positions=[
            Position(name, "s", "principal" if n == 0 else "pedagogue" if n < 7 else "teacher")
            for n, name in enumerate(people)
        ],
        ties=[Tie(name, people[n % 3], "reports_to") for n, name in enumerate(people) if n > 8],
    )
    now = snapshot(organisation)
    for target, shown in (("principal", False), ("pedagogue", True)):
        plain = measures.group_reach(now, relation="reports_to", target=target, k=1)
        (left,) = release(plain, FLOOR).content
        assert (left.value is not None) == shown


@pytest.mark.parametrize(
    ("members", "mark", "expected"),
    [
        (19, 1.0, "undecided"),
        (20, 1.0, "undecided"),
        (18, 0.95, "undecided"),
        (20, 0.95, "undecided"),
        (20, 0.9, "met"),
        (18, 0.8, "met"),
        (1, 0.5, "not_met"),
    ],
)
def test_a_verdict_tells_no_more_than_the_band(
    manifest: dict[str, Any], members: int, mark: float, expected: str
) -> None:
    """Whether all or all but one of twenty are in cannot be read from any target."""
    manifest["indicators"]["coverage"]["target"] = {"value": mark, "source": "decided"}
    people = [f"p{n}" for n in range(20)]
    organisation = Organisation.of(
        units=[Unit("s", "school")],
        persons=[Person(name) for name in people],
        positions=[Position(name, "s", "teacher") for name in people],
        communities=[Community("t", "team"), Community("rest", "team")],
        memberships=[Membership("t", name) for name in people[:members]]
        + [Membership("rest", people[0])] * (members > 1)
        + ([] if members > 1 else [Membership("rest", p) for p in people[1:3]]),
    )
    profile = Profile.from_document(manifest)
    left = release(assess(organisation, profile), profile.privacy).content
    outcome = next(o for o in left.indicators if o.id == "coverage")
    assert outcome.figure is not None
    assert outcome.figure.reason == "band"
    assert outcome.verdict == expected


def test_a_unit_whose_figure_rests_on_one_person_is_withheld() -> None:
    """Whether a school's only leader is in the leaders' network is that person's affair."""
    organisation = Organisation.of(
        units=[Unit("town", "municipality"), *(Unit(s, "school", None, "town") for s in "ABC")],
        persons=[Person(f"leader-{s}") for s in "ABC"],
        positions=[Position(f"leader-{s}", s, "principal") for s in "ABC"],
        communities=[Community("network", "network", None, "town")],
        memberships=[Membership("network", f"leader-{s}") for s in "AB"],
    )
    plain = measures.level_anchoring(snapshot(organisation), by="school")
    known = {f.part: f.value for f in plain if f.figure == "school_leadership"}
    assert known == {"A": 1, "B": 1, "C": 0}
    left = release(plain, FLOOR).content
    assert {f.reason for f in left if f.figure in {"school_leadership", "total"}} == {"withheld"}


def test_a_municipality_of_one_school_does_not_tell_of_its_only_leader_either() -> None:
    """Over a single school the whole is that school: the same cell stays inside."""
    organisation = Organisation.of(
        units=[Unit("town", "municipality"), Unit("A", "school", None, "town")],
        persons=[Person("leader"), Person("chief"), Person("other")],
        positions=[
            Position("leader", "A", "principal"),
            Position("chief", "town", "principal"),
            Position("other", "town", "principal"),
        ],
        communities=[Community("network", "network", None, "town")],
        memberships=[Membership("network", name) for name in ("chief", "other")],
    )
    left = release(measures.level_anchoring(snapshot(organisation)), FLOOR).content
    assert {f.figure for f in left if f.reason == "withheld"} == {"school_leadership", "total"}


def test_mutual_pairs_are_counted_once_by_the_gate() -> None:
    """Edgewise reciprocity counts a pair twice; three mutual pairs are three, not six."""
    people = [f"p{n:02d}" for n in range(20)]
    mutual = [(people[n], people[n + 1]) for n in (0, 2, 4)]
    single = [(people[n], people[19 - n]) for n in range(8)]
    organisation = Organisation.of(
        persons=[Person(name) for name in people],
        ties=[Tie(a, b, "reports_to") for a, b in [*mutual, *((b, a) for a, b in mutual), *single]],
    )
    plain = measures.reciprocity(snapshot(organisation), relation="reports_to")
    (left,) = release(plain, FLOOR).content
    assert left.reason == "withheld"


def test_the_head_of_a_result_is_gated_too() -> None:
    """How many people a withheld figure rests on, and how much was observed, stay inside as well."""
    organisation = Organisation.of(
        persons=[Person(name) for name in "abc"],
        surveys=[Survey("q", "network", "advice")],
        responses=[Response("q", name, answered=name != "c") for name in "abc"],
        ties=[Tie("a", "b", "advice", "q")],
    )
    left = release(measures.density(snapshot(organisation), relation="advice"), FLOOR).content
    assert (left.n, left.observed) == (None, None)


EVERYTHING: dict[str, Any] = {
    "scale": "count",
    "scales": {"other": "points"},
    "variant": "registered",
    "relation": "advice",
    "groups": "level",
    "by": "school",
    "reference_day": "2019-03-01",
    "range_kind": "outer_bound",
    "missing": "available",
    "method": "observed",
    "minimum_strength": 2.0,
    "null": "size",
    "draws": 200,
    "seed": 7,
    "extreme": True,
    "counts_people": False,
    "label": Label("Tal", "Figure"),
    "relation_label": Label("Råd", "Advice"),
    "several": 9,
    "sizes": {(None, "east"): 40},
    "weight": 2,
    "silent": frozenset({"p1"}),
    "notes": {"respondents_at_limit": 9},
    "evidence": {"events": 30},
    "rests_on": ("team",),
    "needs": ("surveys",),
    "questions": ("names up to five",),
    "reference": "a book",
}
"""Something in every field of a result that may be left blank."""


def test_every_field_of_a_result_is_released_on_purpose() -> None:
    """A new field of a result leaves only once the gate lets it; what it drops is listed here."""
    whole = result(FigureClass.PARTICIPATION, share(80, 99), **EVERYTHING)
    assert not blank_fields(whole)
    assert blank_fields(release(whole, FLOOR).content) == {"sizes", "weight", "silent"}


def blank_fields(result: Result) -> set[str]:
    """Return the fields of a result that hold what they hold if nobody fills them in."""
    blank = Result(
        figures=result.figures, measure="", figure_class="answers", at="", n=None, observed=None
    )
    return {
        field.name
        for field in fields(Result)
        if field.name != "figures" and getattr(result, field.name) == getattr(blank, field.name)
    }


def test_identified_figures_do_not_betray_who_was_silent() -> None:
    """No range and no row of anybody who did not answer, in whatever direction."""
    people = [f"p{n}" for n in range(6)]
    organisation = Organisation.of(
        persons=[Person(name) for name in people],
        surveys=[Survey("q", "network", "advice")],
        responses=[Response("q", name, answered=name != "p3") for name in people],
        ties=[Tie("p0", name, "advice", "q") for name in people[1:]],
    )
    now = snapshot(organisation)
    for direction in ("in", "out", "total"):
        plain = measures.degree(now, relation="advice", direction=direction)
        left = release(plain, FLOOR, identified="a reason").content
        assert [figure.id for figure in left] == ["p0", "p1", "p2", "p4", "p5"]
        assert all(figure.lower is figure.upper is None for figure in left)
        assert left.silent == frozenset()


def test_statistics_without_counts_need_fifteen_people() -> None:
    """A correlation of fifteen people leaves, one of fourteen does not; its p-values are rounded."""
    figure = Figure(value=0.12345, n=15, p_value=0.012345, z=1.23456)
    left = released(FigureClass.ANSWERS, figure, scale="index")
    assert (left.value, left.p_value, left.z) == (0.123, 0.0123, 1.23)
    assert (
        released(FigureClass.ANSWERS, Figure(value=0.1, n=14), scale="index").reason == "withheld"
    )


def test_what_rests_on_a_maximum_leaves_for_the_whole_only() -> None:
    """A school's centralization tells of the person in front, so it is withheld."""
    whole = released(FigureClass.ANSWERS, Figure(value=0.4, n=40), scale="index", extreme=True)
    assert whole.value == 0.4
    school = Figure(part="school-1", value=0.4, n=40)
    assert released(FigureClass.ANSWERS, school, scale="index", extreme=True).reason == "withheld"
    compared = Figure(from_="a", to="b", value=2, n=40, before=0.1)
    assert released(FigureClass.ANSWERS, compared, scale="count", extreme=True).reason == "withheld"


def test_a_change_leaves_if_both_years_may() -> None:
    """With few people above the line in one year the change is withheld, and so are both figures."""
    shown = Figure(value=0.1, before=0.4, after=0.5, numerator=8, denominator=20, n=20)
    assert released(FigureClass.ANSWERS, shown).before == 0.4
    few = Figure(value=0.1, before=0.1, after=0.2, numerator=2, denominator=20, n=20)
    left = released(FigureClass.ANSWERS, few)
    assert (left.reason, left.before, left.after) == ("withheld", None, None)
    extreme = Figure(value=0.35, before=0.6, after=0.95, numerator=12, denominator=13, n=20)
    assert released(FigureClass.PARTICIPATION, extreme).reason == "withheld"
    middle = Figure(value=-0.1, before=0.6, after=0.5, numerator=10, denominator=22, n=20)
    assert released(FigureClass.PARTICIPATION, middle).value == -0.1


def test_everything_a_figure_may_hold_is_rounded_or_dropped() -> None:
    """No column of a released statistic keeps more than three digits."""
    hints = get_type_hints(Figure)
    numbers = {name: 0.123456 for name, hint in hints.items() if hint == float | None}
    assert len(numbers) > 15
    figure = Figure(n=40, **(numbers | {"numerator": 20.0, "denominator": 40.0}))  # type: ignore[arg-type]
    left = released(FigureClass.ANSWERS, figure)
    for name in numbers:
        value = getattr(left, name)
        assert value is None or value == 0.123, name


@pytest.mark.parametrize("reason", [*Reason, "moon_was_full"])
def test_reasons_leave_as_their_rows_say(reason: str) -> None:
    """Of two people's answers only a reason that tells of nobody leaves; else they are withheld."""
    known = Reason.find_word(reason)
    free = known is not None and known.sight is Sight.ANYBODY
    left = released(FigureClass.ANSWERS, Figure(n=2, reason=reason))
    assert left.reason == (reason if free else "withheld")


@pytest.mark.parametrize("note", [*Note, "moons_seen"])
@pytest.mark.parametrize("n", [2, 40])
def test_notes_leave_as_their_rows_say(note: str, n: int) -> None:
    """A note that counts people leaves from k on, one about values if its figures do."""
    figure = Figure(value=0.5, numerator=n / 2, denominator=n, n=n)
    known = Note.find_word(note)
    sight = Sight.FROM_K if known is None else known.sight
    few = None if known is None else known.few
    for count in (FLOOR.k - 1, FLOOR.k):
        told = result(FigureClass.ANSWERS, figure, notes={note: count})
        leaves = {
            Sight.ANYBODY: True,
            Sight.WITH_FIGURE: n > FLOOR.k,
            Sight.FROM_K: count == FLOOR.k,
        }[sight]
        instead = {} if few is None else {few: FLOOR.k}
        assert release(told, FLOOR).content.notes == ({note: count} if leaves else instead)
