"""The gate: what leaves of results that do not say of whom they speak, and beside all figures."""

from __future__ import annotations

from typing import Any, get_type_hints

import pytest
from attrs import evolve, fields

from plfkit import (
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
from plfkit.model.words.intervals import IntervalMethod
from plfkit.model.words.kinds import Label
from plfkit.model.words.notes import Note
from plfkit.model.words.reasons import Reason
from plfkit.testing import build_moment

FLOOR = PrivacyFloor()
IMPERSONAL = (
    *("draws_missing", "stopped_early", "paths_from", "tested_together", "too_few_schools"),
    *("years_after_data", "years_before_data"),
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


def test_the_head_of_a_result_is_gated_too() -> None:
    """How many people a withheld figure rests on, and how much was observed, stay inside as well."""
    organisation = Organisation.of(
        persons=[Person(name) for name in "abc"],
        surveys=[Survey("q", "network", "advice")],
        responses=[Response("q", name, answered=name != "c") for name in "abc"],
        ties=[Tie("a", "b", "advice", "q")],
    )
    left = release(measures.density(snapshot(organisation), relation="advice"), FLOOR).content
    assert (left.n, left.observed) == (3, None)


def test_what_leaves_of_a_result() -> None:
    """Each field leaves as it is, of enough people; but for what tells of somebody beside the figures."""
    label = Label("Navn", "Name")
    spread: Any = {"interval_lower": 0.4, "interval_upper": 0.6}
    whole = Result(
        figures=Table.of(Figure, [evolve(share(20, 40), **spread)]),
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
        interval=IntervalMethod.JACKKNIFE,
        sizes={(None, "a"): 30},
        names={"a": Label("Øster", "Øster")},
        weight=2,
        silent=frozenset({"anna"}),
        notes={"paths_from": 1},
        evidence={"events": 1},
        rests_on=("team",),
        needs=("events",),
        questions=("who",),
        reference="somebody",
        call={"relation": "advice"},
    )
    left = release(whole, FLOOR).content
    bare = Result(
        figures=whole.figures, measure="", figure_class=FigureClass.ANSWERS, at="", n=0, observed=0
    )
    stays = {
        "sizes": {},
        "names": {},
        "weight": 1,
        "silent": frozenset(),
        "facts": None,
        "is_released": True,
        "observed": None,
        "rests_on": (),
        "evidence": {},
        "needs": (),
        "figures": Table.of(Figure, [Figure(value=0.5, lower=0.5, upper=0.5, n=40, **spread)]),
    }
    unmarked = {"figures", "facts", "is_released"}
    for field in fields(Result):
        usual = getattr(bare, field.name)
        assert getattr(whole, field.name) != usual or field.name in unmarked
        expected = stays.get(field.name, getattr(whole, field.name))
        assert getattr(left, field.name) == expected, field.name


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
    assert left == Figure(reason=reason, **keys)


def test_a_refusal_leaves() -> None:
    """A measure that refused has looked at nobody: what it says of itself stays whole."""
    refused = Figure(value=None, n=3, reason="refused")
    for figure_class in FigureClass:
        assert released(figure_class, refused) == refused


@pytest.mark.parametrize("ends", [(0.5, 0.95), (0.95, 0.5), (0.5, 0.9), (0.1, 0.5), (0.5, 0.05)])
def test_a_change_from_or_to_a_band(ends: tuple[float, float]) -> None:
    """A change of participation stays inside if it began or ended near all or nobody."""
    figure = Figure(value=ends[1] - ends[0], before=ends[0], after=ends[1], n=20)
    assert released(FigureClass.PARTICIPATION, figure).reason == "withheld"
    assert released(FigureClass.PARTICIPATION, Figure(value=0.5, before=0.5, n=20)).value == 0.5


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


@pytest.mark.parametrize(("n", "shown"), [(4, False), (5, True), (None, True)])
def test_organisational_figures_of_few(n: int | None, *, shown: bool) -> None:
    """Where people stand behind a figure of units there must be five; where none do it passes."""
    left = released(FigureClass.ORGANISATIONAL, Figure(value=1.0, n=n))
    assert (left.value is not None) == shown


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
    ends: Any = {"lower": 0.4, "upper": 0.6, "interval_lower": 0.3, "interval_upper": 0.7}
    figure = Figure(value=0.5, numerator=n / 2, denominator=n, n=n, **ends)
    known = Note.find_word(note)
    sight = Sight.FROM_K if known is None else known.sight
    few = None if known is None else known.few
    for count in (FLOOR.k - 1, FLOOR.k):
        told = result(FigureClass.ANSWERS, figure, notes={note: count})
        leaves = {
            Sight.ANYBODY: True,
            Sight.WITH_FIGURE: n > FLOOR.k,
            Sight.WITH_RANGE: n > FLOOR.k,
            Sight.WITH_INTERVAL: n > FLOOR.k,
            Sight.NOBODY: False,
            Sight.FROM_K: count == FLOOR.k,
        }[sight]
        instead = {} if few is None else {few: FLOOR.k}
        # There is one interval that such a note can be about.
        kept = 1 if sight is Sight.WITH_INTERVAL else count
        assert release(told, FLOOR).content.notes == ({note: kept} if leaves else instead)


@pytest.mark.parametrize(("n", "shown"), [(15, True), (14, False), (None, False)])
@pytest.mark.parametrize("figure_class", [FigureClass.PARTICIPATION, FigureClass.ANSWERS])
def test_whole_of_enough(figure_class: FigureClass, n: int | None, *, shown: bool) -> None:
    """Where nobody says of whom a figure speaks its whole is told, of fifteen people, without counts."""
    left = released(figure_class, evolve(share(7, 15), n=n))
    assert (left.reason is None) == shown
    assert (left.numerator, left.denominator) == (None, None)
    assert released(figure_class, evolve(share(7, 15), part="east")).reason == "withheld"
    assert released(figure_class, evolve(share(7, 15), from_="a", to="b")).reason == "withheld"


@pytest.mark.parametrize(
    ("numerator", "band"), [(20, (0.9, 1)), (18, (0.9, 1)), (0, (0, 0.1)), (2, (0, 0.1))]
)
def test_ends(numerator: int, band: tuple[float, float]) -> None:
    """All, or none, or nearly so, is told as a band."""
    left = released(FigureClass.PARTICIPATION, share(numerator, 20))
    assert (left.value, left.reason) == (None, "band")
    assert (left.lower, left.upper) == band


@pytest.mark.parametrize("reason", ["some_not_registered", "some_did_not_answer"])
def test_range_only(reason: str) -> None:
    """A range without a value leaves, its ends told as the ends of a band where they lie in one."""
    for ends, told in (
        ((0.2, 0.5), (0.2, 0.5)),
        ((0.01, 0.5), (0, 0.5)),
        ((0.5, 0.97), (0.5, 1)),
        ((0.95, 0.97), (0.9, 1)),
    ):
        figure = Figure(lower=ends[0], upper=ends[1], n=20, reason=reason)
        left = released(FigureClass.PARTICIPATION, figure)
        assert (left.lower, left.upper, left.reason) == (*told, reason)


@pytest.mark.parametrize(
    ("notes", "left"),
    [
        (dict.fromkeys(IMPERSONAL, 1), dict.fromkeys(IMPERSONAL, 1)),
        ({"agreement_below_zero": 1, "negative_alpha": 1}, None),
        ({"people_in_no_group": 4, "ties_in_no_group": 9}, {"few_in_no_group": 5}),
        ({"people_in_no_group": 8}, {"people_in_no_group": 5}),
        ({"people_not_asked": 4}, {"few_not_asked": 5}),
        ({"named_not_asked": 1}, {"few_named": 5}),
        ({"repeated_ties": 4}, {}),
        ({"repeated_ties": 14}, {"repeated_ties": 10}),
    ],
)
def test_notes_that_leave(notes: dict[str, int], left: dict[str, int] | None) -> None:
    """What counts no people leaves, people are told in steps of five, and fewer as few."""
    found = release(result(FigureClass.ANSWERS, share(7, 15), notes=notes), FLOOR).content.notes
    assert found == (notes if left is None else left)


def test_double_positions() -> None:
    """How many are in several groups is told in steps, and nothing of a few."""
    for several, told in ((2, None), (5, 5), (12, 10)):
        whole = result(FigureClass.ORGANISATIONAL, Figure(value=1.0), several=several)
        assert release(whole, FLOOR).content.several == told


def test_levels_beside_their_difference() -> None:
    """If one of two levels is hidden, so is the other: it would follow from the difference."""
    rows = [
        Figure(value=0.5, n=20, figure="teachers"),
        Figure(value=0.5, n=4, figure="leaders"),
        Figure(value=0.1, n=20, figure="total"),
    ]
    scales = {"teachers": "share", "leaders": "share"}
    whole = result(FigureClass.ANSWERS, *rows, scale="points", scales=scales)
    told = [one.reason for one in release(whole, FLOOR).content]
    assert told == ["withheld", "withheld", None]


@pytest.mark.parametrize("people", [1, 8])
def test_few_leaders_of_a_school(people: int) -> None:
    """Whether a school's few leaders are in the leaders' network does not show; its own team does."""
    leaders = {school: [f"{school}{n}" for n in range(people)] for school in "ABC"}
    now = build_moment(
        units=["v municipality", *(f"{school} school parent=v" for school in "ABC")],
        positions=[f"{','.join(names)} {school} principal" for school, names in leaders.items()],
        communities=["n network unit=v", "own leadership_team unit=B"],
        memberships=[f"n {','.join(leaders['A'] + leaders['B'])}", f"own {','.join(leaders['B'])}"],
    )
    plain = measures.level_anchoring(now, by="school")
    assert list_leadership(plain) == {"A": 1, "B": 1, "C": 0}
    own = 1.0 if people > 1 else 0.0  # a team of one is none
    assert list_leadership(release(plain, FLOOR).content) == {"A": 0, "B": own, "C": 0}


def list_leadership(result: Result) -> dict[str | None, float | None]:
    """Return whether leaders have a community, school by school."""
    return {row.part: row.value for row in result if row.figure == "school_leadership"}


def test_persons_of_those_who_answered() -> None:
    """Figures that only who answered can have are refused; what others tell goes out for all."""
    people = ",".join(f"p{n}" for n in range(6))
    now = build_moment(
        positions=[f"{people} s teacher"],
        surveys=["q network relation=advice date=2018-11-01"],
        responses=["q p0,p1,p2,p4,p5 yes", "q p3 no"],
        ties=["p0 p1,p2,p3,p4,p5 advice survey=q"],
    )
    with pytest.raises(DisclosureError, match="who did not"):
        release(
            measures.degree(now, relation="advice", direction="out"), FLOOR, identified="a reason"
        )
    told = measures.degree(now, relation="advice", direction="in")
    left = release(told, FLOOR, identified="a reason").content
    assert [row.id for row in left] == [f"p{n}" for n in range(6)]
    assert all(row.lower is row.upper is row.observed is None for row in left)
    assert left.silent == frozenset()


def test_cards_have_no_persons(town: Organisation, profile: Profile) -> None:
    """A scorecard never shows single persons, whatever the purpose."""
    with pytest.raises(DisclosureError, match="never shows single persons"):
        release(assess(town, profile), FLOOR, identified="a reason")


def test_what_is_released() -> None:
    """A release takes things and one threshold; of several things it gives no single content."""
    one = result(FigureClass.ORGANISATIONAL, Figure(value=1.0))
    with pytest.raises(DisclosureError, match="exactly one floor"):
        release(one)
    with pytest.raises(DisclosureError, match="at least one thing"):
        release(floor=FLOOR)
    both = release(one, one, floor=FLOOR)
    assert len(list(both)) == 2
    with pytest.raises(DisclosureError, match="2 things"):
        _ = both.content


def test_few_holders_of_a_role() -> None:
    """What is counted of communities with a role of which there is one person is withheld."""
    now = build_moment(
        positions=["ann,bo,cy,di,ed,fay s teacher", "col s it_coach", "p,q,r,u,w s pedagogue"],
        memberships=["t ann,bo,col,p", "x ann,bo,cy"],
    )
    few, many = (
        release(measures.professional_mix(now, roles=roles), FLOOR).content
        for roles in (("it_coach",), ("teacher", "pedagogue"))
    )
    assert [row.reason for row in few] == ["withheld"]
    assert [row.value for row in many] == [0.5]
    assert few.rests_on == ()
