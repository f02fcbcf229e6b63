"""The gate: what may leave, by the class of the figure."""

from __future__ import annotations

from typing import Any, get_type_hints

import pytest
from attrs import evolve, fields

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
IMPERSONAL = (
    *("draws_missing", "stopped_early", "paths_from", "tested_together", "too_few_schools"),
    *("too_few_for_interval", "years_after_data", "years_before_data"),
)


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
    whole = evolve(share(numerator, n), observed=0.06543, response_rate=0.04321)
    left = released(FigureClass.PARTICIPATION, whole)
    assert (left.value, left.numerator, left.reason) == (None, None, "band")
    assert (left.denominator, left.observed, left.response_rate) == (n, 0.065, 0.043)
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


def test_persons_are_withheld() -> None:
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


def test_purpose() -> None:
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


def test_unit_of_one_person() -> None:
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


def test_municipality_of_one_school() -> None:
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


def test_what_leaves_of_a_result() -> None:
    """Each field leaves as it is, of enough people; but for who was silent and how large groups are."""
    label = Label("Navn", "Name")
    whole = Result(
        figures=Table.of(Figure, [share(20, 40)]),
        measure="m",
        figure_class=FigureClass.PARTICIPATION,
        scale="count",
        scales={"beside": "share"},
        variant="v",
        relation="advice",
        groups="role",
        by="school",
        at="2018/19",
        reference_day="2019-03-01",
        n=40,
        observed=0.5,
        range_kind="simulated",
        missing="null",
        method="told",
        minimum_strength=2.0,
        null="ties",
        draws=100,
        seed=3,
        extreme=True,
        counts_people=False,
        label=label,
        relation_label=label,
        several=5,
        sizes={(None, "a"): 30},
        weight=2,
        silent=frozenset({"anna"}),
        notes={"paths_from": 1},
        evidence={"events": 1},
        rests_on=("team",),
        needs=("events",),
        questions=("who",),
        reference="somebody",
    )
    left = release(whole, FLOOR).content
    bare = Result(
        figures=whole.figures, measure="", figure_class=FigureClass.ANSWERS, at="", n=0, observed=0
    )
    stays = {"sizes": {}, "weight": 1, "silent": frozenset()}
    for field in fields(Result):
        usual = getattr(bare, field.name)
        assert getattr(whole, field.name) != usual or field.name == "figures"
        expected = stays.get(field.name, getattr(whole, field.name))
        assert getattr(left, field.name) == expected, field.name


def test_what_bears_answers_out() -> None:
    """Which teams answered well never leaves; other evidence does where any figure is shown."""
    told: dict[str, Any] = {"evidence": {"surveys": 2}, "rests_on": ("team",)}
    shown = release(result(FigureClass.ANSWERS, share(7, 15), share(1, 15), **told), FLOOR).content
    assert (shown.evidence, shown.rests_on) == ({"surveys": 2}, ())
    hidden = release(result(FigureClass.ANSWERS, share(1, 15), **told), FLOOR).content
    assert (hidden.evidence, hidden.rests_on) == ({}, ())
    register = release(result(FigureClass.PARTICIPATION, share(1, 4), **told), FLOOR).content
    assert (register.evidence, register.rests_on) == (told["evidence"], told["rests_on"])


@pytest.mark.parametrize(("n", "observed"), [(15, 0.065), (14, None)])
def test_how_much_was_observed(n: int, observed: float | None) -> None:
    """How many of fifteen answered is told, of fewer it is not."""
    whole = evolve(result(FigureClass.ANSWERS, share(7, 15)), n=n, observed=0.06543)
    assert release(whole, FLOOR).content.observed == observed


@pytest.mark.parametrize(
    "reason",
    [
        *("not_surveyed", "survey_undated", "not_registered", "not_supplied", "no_year_before"),
        *("no_communities", "no_units", "no_pathways", "pupils_unknown", "empty_group", "one_unit"),
        *("scale_unknown", "several_scales", "one_item", "too_few_schools"),
    ],
)
def test_reasons_that_tell_of_no_answer(reason: str) -> None:
    """Nobody was asked, or there is nothing to ask about: that leaves, the figure's number too."""
    keys: dict[str, Any] = {"part": "east", "from_": "a", "to": "b", "figure": "total"}
    left = released(FigureClass.ANSWERS, Figure(value=0.5, n=20, reason=reason, **keys))
    assert left == Figure(n=20, reason=reason, **keys)


def test_a_refusal_leaves() -> None:
    """A measure that refused has looked at nobody: what it says of itself stays whole."""
    refused = Figure(value=None, n=3, reason="refused")
    for figure_class in FigureClass:
        assert released(figure_class, refused) == refused


@pytest.mark.parametrize("reason", ["some_did_not_answer", "not_all_asked"])
@pytest.mark.parametrize(
    ("lower", "upper", "shown"),
    [(0.25, 0.75, True), (0.2, 0.75, False), (0.25, 0.8, False), (0.25, None, False)],
)
def test_a_range_of_answers(reason: str, lower: float, upper: float | None, *, shown: bool) -> None:
    """It may leave where five of twenty make each of its ends; no other reason lets it."""
    figure = Figure(lower=lower, upper=upper, n=20, reason=reason)
    assert (released(FigureClass.ANSWERS, figure).reason == reason) == shown
    other = evolve(figure, reason="same_answers")
    assert released(FigureClass.ANSWERS, other).reason == "withheld"
    assert released(FigureClass.ANSWERS, figure, scale="count").reason == "withheld"


@pytest.mark.parametrize("reason", ["some_not_registered", "some_not_assessed"])
@pytest.mark.parametrize(
    ("lower", "upper", "left"),
    [
        (0.2, 0.5, (0.2, 0.5, None)),
        (0.0, 0.5, (0.0, 0.5, None)),
        (0.5, 1.0, (0.5, 1.0, None)),
        (0.0, 0.1, (0.0, 0.1, "band")),
        (0.9, 1.0, (0.9, 1.0, "band")),
        (0.95, 0.97, (0.9, 1.0, "band")),
        (0.01, None, (0.0, 0.1, "band")),
    ],
)
def test_a_range_of_registers(
    reason: str, lower: float, upper: float | None, left: tuple[float, float, str | None]
) -> None:
    """A range that reaches beyond a band leaves; one inside it is the band."""
    figure = released(
        FigureClass.PARTICIPATION, Figure(lower=lower, upper=upper, n=20, reason=reason)
    )
    assert (figure.lower, figure.upper, figure.reason) == (*left[:2], left[2] or reason)
    other = Figure(lower=lower, upper=upper, n=20, reason="no_staff")
    assert released(FigureClass.PARTICIPATION, other) == Figure(n=20, reason="no_staff")


def test_bands_are_of_shares() -> None:
    """Hours, and how many times, have no nearly all: they leave as they are."""
    for value in (0.0, 0.05, 0.95, 12.0):
        left = released(FigureClass.PARTICIPATION, Figure(value=value, n=5), scale="count")
        assert (left.value, left.reason) == (value, None)


@pytest.mark.parametrize("ends", [(0.5, 0.95), (0.95, 0.5), (0.5, 0.9), (0.1, 0.5), (0.5, 0.05)])
def test_a_change_from_or_to_a_band(ends: tuple[float, float]) -> None:
    """A change of participation stays inside if it began or ended near all or nobody."""
    figure = Figure(value=ends[1] - ends[0], before=ends[0], after=ends[1], n=20)
    assert released(FigureClass.PARTICIPATION, figure).reason == "withheld"
    assert released(FigureClass.PARTICIPATION, Figure(value=0.5, before=0.5, n=20)).value == 0.5


def test_half_a_count() -> None:
    """A share of which only one of the two counts is known has no sides to judge."""
    whole = share(10, 20)
    assert released(FigureClass.ANSWERS, whole).value == 0.5
    for lacking in (evolve(whole, numerator=None), evolve(whole, denominator=None)):
        assert released(FigureClass.ANSWERS, lacking).reason == "withheld"


@pytest.mark.parametrize(
    ("scale", "left"), [("points", 0.012), ("share", 0.012), ("index", 0.0123)]
)
def test_points_are_rounded_as_shares(scale: str, left: float) -> None:
    """A difference of shares keeps a tenth of a per cent, as they do."""
    assert released(FigureClass.ORGANISATIONAL, Figure(value=0.01234), scale=scale).value == left


def test_rates_are_shares() -> None:
    """How many answered is told to a tenth of a per cent, whatever the figure is."""
    figure = Figure(value=12.0, n=20, observed=0.06543, response_rate=0.04321)
    left = released(FigureClass.ORGANISATIONAL, figure, scale="count")
    assert (left.observed, left.response_rate) == (0.065, 0.043)


def test_shares_of_few_among_many() -> None:
    """The people below the line count too, not only how many there are in all; meetings may be few."""
    few = Figure(value=0.5, numerator=2, denominator=4, n=20)
    assert released(FigureClass.PARTICIPATION, few) == Figure(n=20, reason="withheld")
    assert released(FigureClass.PARTICIPATION, few, counts_people=False).denominator == 4
    enough = Figure(value=0.4, numerator=2, denominator=5, n=20)
    assert released(FigureClass.PARTICIPATION, enough).denominator == 5


def test_counts_that_are_no_people() -> None:
    """Paths and meetings need enough people in all, and no number on either side."""
    one = Figure(value=0.05, numerator=1, denominator=20, n=15)
    assert released(FigureClass.ANSWERS, one, counts_people=False).value == 0.05
    assert (
        released(FigureClass.ANSWERS, evolve(one, n=14), counts_people=False).reason == "withheld"
    )


def test_groups_of_few_hide_their_part_only() -> None:
    """A small group at one school hides what its ties are in there, and nothing elsewhere."""
    sizes = {("east", "few"): 4, ("west", "few"): 5, ("west", "small"): 4}
    rows = [
        Figure(part=part, from_=a, value=0.5, numerator=50, denominator=100, n=30)
        for part, a in (("east", "few"), ("west", "few"), ("west", "small"), ("west", None))
    ]
    left = release(result(FigureClass.ANSWERS, *rows, sizes=sizes), FLOOR).content
    assert [one.reason == "withheld" for one in left] == [True, False, True, True]


@pytest.mark.parametrize(
    ("notes", "left"),
    [
        (dict.fromkeys(IMPERSONAL, 1), dict.fromkeys(IMPERSONAL, 1)),
        ({"agreement_below_zero": 1, "negative_alpha": 1}, {}),
        ({"people_in_no_group": 4, "ties_in_no_group": 9}, {"few_in_no_group": 5}),
        ({"people_in_no_group": 5, "ties_in_no_group": 9}, None),
        ({"people_not_asked": 4}, {"few_not_asked": 5}),
        ({"named_not_asked": 1}, {"few_named": 5}),
        ({"repeated_ties": 4}, {}),
        ({"repeated_ties": 5}, None),
    ],
)
def test_notes_that_leave(notes: dict[str, int], left: dict[str, int] | None) -> None:
    """What counts no people leaves, what counts five does, of fewer it is told that they are few."""
    found = release(result(FigureClass.ANSWERS, share(1, 20), notes=notes), FLOOR).content.notes
    assert found == (notes if left is None else left)


@pytest.mark.parametrize("name", ["agreement_below_zero", "negative_alpha"])
def test_notes_of_values(name: str) -> None:
    """What a note tells of values leaves where every figure does."""
    for figures, kept in (((share(7, 15),), True), ((share(7, 15), share(1, 15)), False)):
        left = release(result(FigureClass.ANSWERS, *figures, notes={name: 1}), FLOOR).content.notes
        assert (name in left) == kept


def test_levels_beside_their_difference() -> None:
    """If one of two levels is hidden, so is the other: it would follow from the difference."""

    def leave(first: int, **about: Any) -> list[str | None]:
        rows = [
            evolve(share(first, 20), figure="teachers"),
            evolve(share(10, 20), figure="leaders"),
            Figure(value=0.1, n=20, figure="total"),
        ]
        scales = {"teachers": "share", "leaders": "share"}
        whole = result(FigureClass.ANSWERS, *rows, scale="points", scales=scales, **about)
        return [one.reason for one in release(whole, FLOOR).content]

    assert leave(10) == [None, None, None]
    assert leave(3) == ["withheld", "withheld", None]
    assert leave(3, relation="advice") == ["withheld", None, None]


@pytest.mark.parametrize(("n", "shown"), [(4, False), (5, True), (None, True)])
def test_organisational_figures_of_few(n: int | None, *, shown: bool) -> None:
    """Where people stand behind a figure of units there must be five; where none do it passes."""
    left = released(FigureClass.ORGANISATIONAL, Figure(value=1.0, n=n))
    assert (left.value is not None) == shown


def test_identified_without_silent() -> None:
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


def test_a_total_beside_persons() -> None:
    """Who was silent is left out where a total stands beside persons as well."""
    rows = [Figure(figure="total", value=1.0, n=20), Figure(id="anna", value=2.0, lower=1.0, n=20)]
    whole = result(FigureClass.ANSWERS, *rows, Figure(id="bo", n=20), silent=frozenset({"bo"}))
    left = release(whole, FLOOR, identified="a reason").content
    assert [(one.id, one.value, one.lower) for one in left] == [(None, 1, None), ("anna", 2, None)]


def test_persons_beside_a_total() -> None:
    """Where any figure is about a person no id leaves, and nothing beside them."""
    rows = [
        Figure(figure="total", value=1.0, n=20),
        Figure(id="anna", figure="in", value=2.0, n=20),
    ]
    left = release(result(FigureClass.ANSWERS, *rows, scale="index"), FLOOR).content
    assert [(one.id, one.value, one.reason) for one in left] == [(None, None, "withheld")] * 2


def test_statistics_without_counts_need_fifteen_people() -> None:
    """A correlation of fifteen people leaves, one of fourteen does not; its p-values are rounded."""
    figure = Figure(value=0.12345, n=15, p_value=0.012345, z=1.23456)
    left = released(FigureClass.ANSWERS, figure, scale="index")
    assert (left.value, left.p_value, left.z) == (0.123, 0.0123, 1.23)
    assert (
        released(FigureClass.ANSWERS, Figure(value=0.1, n=14), scale="index").reason == "withheld"
    )


def test_maximum() -> None:
    """A school's centralization tells of the person in front, so it is withheld."""
    whole = released(FigureClass.ANSWERS, Figure(value=0.4, n=40), scale="index", extreme=True)
    assert whole.value == 0.4
    school = Figure(part="school-1", value=0.4, n=40)
    assert released(FigureClass.ANSWERS, school, scale="index", extreme=True).reason == "withheld"
    change = Figure(value=2.0, n=40, before=1.0, after=3.0)
    assert released(FigureClass.ANSWERS, change, scale="count", extreme=True).value == 2
    assert released(FigureClass.ANSWERS, change, scale="count").reason == "withheld"
    bare = Figure(value=2.0, n=40)
    assert released(FigureClass.ANSWERS, bare, scale="count", extreme=True).reason == "withheld"
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


def test_all_columns_rounded() -> None:
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
