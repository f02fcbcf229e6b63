"""Change between two years: by hand, among those who were there in both."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import permutations
from typing import Any

import definitions
import numpy as np
import pytest
from attrs import evolve, frozen
from hypothesis import Phase, given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from searching import search

from plfkit import (
    Community,
    Membership,
    Organisation,
    Person,
    Position,
    Response,
    Survey,
    Tie,
    Unit,
    release,
    snapshot,
)
from plfkit.errors import MeasureError, NotComparableError, PeriodError
from plfkit.inference import change
from plfkit.inference.change import _mix_rows, _subtract_figures
from plfkit.measures import CORE
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.periods import Period
from plfkit.resampling import Work

BEFORE, AFTER = "2017/18", "2018/19"
YEARS = {"q17": date(2017, 10, 1), "q18": date(2018, 10, 1)}
SPANS = {"q17": "2017-08-01/2018-08-01", "q18": "2018-08-01/2019-08-01"}


@frozen
class Year:
    """Who was there in a year, in which school; who of them did not answer; what the others told."""

    people: Mapping[str, str]
    ties: frozenset[tuple[str, str]]
    silent: frozenset[str] = frozenset()

    @classmethod
    def of(cls, people: Mapping[str, str] | str, ties: str, silent: str = "") -> Year:
        """Read people of one letter and ties of two."""
        schools = people if isinstance(people, Mapping) else dict.fromkeys(people, "north")
        found = frozenset((tie[0], tie[1]) for tie in ties.split())
        return cls(schools, found, frozenset(silent))

    @property
    def seen(self) -> frozenset[tuple[str, str]]:
        """The pairs that the first answered about."""
        return frozenset((a, b) for a, b in permutations(self.people, 2) if a not in self.silent)


def both(first: Year, second: Year, relation: str = "advice") -> Organisation:
    """An organisation with a survey in each of two years."""
    years = dict(zip(YEARS, (first, second), strict=True))
    schools = sorted({school for year in years.values() for school in year.people.values()})
    return Organisation.of(
        units=[Unit(school, "school") for school in schools],
        persons=[Person(person) for person in sorted({*first.people, *second.people})],
        positions=[
            Position(person, school, "teacher", valid=Period.parse(SPANS[name]))
            for name, year in years.items()
            for person, school in year.people.items()
        ],
        surveys=[Survey(name, "network", relation, date=day) for name, day in YEARS.items()],
        responses=[
            Response(name, person, answered=person not in year.silent)
            for name, year in years.items()
            for person in year.people
        ],
        ties=[
            Tie(a, b, relation, name) for name, year in years.items() for a, b in sorted(year.ties)
        ],
    )


def changed(organisation: Organisation, measure: str, **arguments: Any) -> Result:
    """The change of a measure of advice between the two years, with few draws."""
    arguments = {"relation": "advice", "draws": 50, **arguments}
    return change(organisation, measure, from_=BEFORE, to=AFTER, **arguments)


def only(result: Result) -> Figure:
    """The one figure of a result."""
    (figure,) = result
    return figure


def number(value: float | None) -> float:
    """A figure that must be there."""
    assert value is not None
    return value


# Of a to d, e left and f came. Among a to d there were ab, bc, cb, da; there are ab, ba, bc, cb, ac, dc.
FIRST = Year.of("abcde", "ab bc cb da ea ae be")
SECOND = Year.of("abcdf", "ab ba bc cb ac dc fa fb af")


@pytest.mark.parametrize(
    ("measure", "before", "after"),
    [("density", 4 / 12, 6 / 12), ("reciprocity", 2 / 4, 4 / 6)],
)
def test_among_those_who_stayed(measure: str, before: float, after: float) -> None:
    """Before, after and difference by hand; nobody who came or left counts, nor a tie with them."""
    result = changed(both(FIRST, SECOND), measure)
    figure = only(result)
    assert figure.before == pytest.approx(before)
    assert figure.after == pytest.approx(after)
    assert figure.value == pytest.approx(after - before)
    assert figure.lower == pytest.approx(after - before)
    assert figure.upper == pytest.approx(after - before)
    assert figure.n == 4
    assert (figure.interval_lower, figure.interval_upper, figure.p_value) == (None, None, None)
    assert (result.at, result.null, result.draws) == ("2017/18 – 2018/19", None, None)
    assert result.range_kind == "exact"


def test_the_smaller_counts_stand() -> None:
    """Above the line and beside it the counts are the smaller ones of the two years."""
    figure = only(changed(both(FIRST, SECOND), "density"))
    assert (figure.numerator, figure.denominator) == (4, 4 + 6)


def test_pairs_observed_in_both_years_only() -> None:
    """Where somebody did not answer in a year their answers of the other do not count either."""
    # d was silent before and a after, so only what b and c told counts: bc cb, and bc cb ba.
    first = Year.of("abcd", "ab bc cb ad", silent="d")
    second = Year.of("abcd", "ba bc cb da dc", silent="a")
    figure = only(changed(both(first, second), "density"))
    assert figure.before == pytest.approx(2 / 6)
    assert figure.after == pytest.approx(3 / 6)
    assert figure.value == pytest.approx(1 / 6)
    # Dyads observed whole in both years: b and c, alone.
    figure = only(changed(both(first, second), "reciprocity"))
    assert (figure.before, figure.after, figure.value) == (1, 1, 0)


@st.composite
def two_years(draw: st.DrawFn) -> tuple[Year, Year]:
    """Two years of a few people, some of them there in one year only, some silent."""
    found = []
    for _ in YEARS:
        people = [p for p in "abcde" if draw(st.integers(0, 4))] or ["a"]
        silent = frozenset(p for p in people if not draw(st.integers(0, 2)))
        cells = [(a, b) for a, b in permutations(people, 2) if a not in silent]
        ties = frozenset(pair for pair in cells if draw(st.booleans()))
        found.append(Year(dict.fromkeys(people, "north"), ties, silent))
    return found[0], found[1]


def figures_of(years: Iterable[Year], people: Sequence[str], measure: str) -> list[float | None]:
    """A figure of each year among the pairs of people observed in all of them."""
    years = list(years)
    seen = definitions.within(frozenset.intersection(*(year.seen for year in years)), people)
    if measure == "density":
        return [definitions.density([*people], year.ties, seen) for year in years]
    return [definitions.reciprocity([*people], year.ties, "edgewise", seen) for year in years]


@pytest.mark.parametrize("measure", ["density", "reciprocity"])
@given(years=two_years())
@search(25)
def test_before_and_after_by_definition(measure: str, years: tuple[Year, Year]) -> None:
    """Figures are those of people and pairs of both years; an impossible change is moved to its end."""
    people = sorted(set(years[0].people) & set(years[1].people))
    if not people:
        with pytest.raises(NotComparableError, match="nobody in common"):
            changed(both(*years), measure)
        return
    before, after = figures_of(years, people, measure)
    figure = only(changed(both(*years), measure, draws=5))
    if before is None or after is None:
        assert figure.value is None
        assert figure.reason is not None
        assert figure.p_value is None
    else:
        assert figure.before == pytest.approx(before)
        assert figure.after == pytest.approx(after)
        assert figure.lower is not None
        assert figure.upper is not None
        possible = min(max(after - before, figure.lower), figure.upper)
        assert figure.value == pytest.approx(possible)


@pytest.mark.parametrize("measure", ["density", "reciprocity"])
@given(years=two_years())
@search(40, phases=[Phase.generate], derandomize=True)
def test_a_change_lies_within_its_bounds(measure: str, years: tuple[Year, Year]) -> None:
    """What is given as the change could be the change, had everybody answered."""
    if not set(years[0].people) & set(years[1].people):
        return
    figure = only(changed(both(*years), measure, draws=0))
    if figure.value is not None and figure.lower is not None and figure.upper is not None:
        assert figure.lower - 1e-9 <= figure.value <= figure.upper + 1e-9


def test_a_change_that_cannot_be_true_is_not_given() -> None:
    """One of two silent people's full year bounds the change, and the change lies within."""
    first, second = Year.of("abc", "ab ac"), Year.of("abc", "", silent="bc")
    # Density was 2/6 whatever happens; now it is between 0 and 4/6: no change below −2/6.
    figure = only(changed(both(first, second), "density", draws=0))
    assert figure.lower == pytest.approx(-2 / 6)
    assert figure.upper == pytest.approx(2 / 6)
    assert figure.value is None or figure.value >= -2 / 6 - 1e-9


def test_movers_are_left_out_of_groups() -> None:
    """With by= only those who were in the same group in both years count."""
    before = dict.fromkeys("abc", "north") | dict.fromkeys("def", "south")
    after = dict.fromkeys("ab", "north") | dict.fromkeys("cdef", "south")
    first = Year.of(before, "ab bc ca ac de ef")
    second = Year.of(after, "ab ba cd dc ec ce de ed ef")
    result = changed(both(first, second), "density", by="school")
    found = {figure.part: figure for figure in result}
    assert set(found) == {"north", "south"}
    assert (found["north"].before, found["north"].after, found["north"].n) == (1 / 2, 1, 2)
    south = found["south"]
    assert [south.before, south.after, south.n] == pytest.approx([2 / 6, 3 / 6, 3])
    assert result.by == "school"
    whole = only(changed(both(first, second), "density"))
    assert [whole.before, whole.after] == pytest.approx([6 / 30, 9 / 30])


def test_nobody_in_the_same_group() -> None:
    """Where everybody moved there is nothing to compare."""
    first = Year.of(dict.fromkeys("abc", "north"), "ab")
    second = Year.of(dict.fromkeys("abc", "south"), "ab")
    with pytest.raises(NotComparableError, match="same group in both"):
        changed(both(first, second), "density", by="school")


PEOPLE = "abcdefghijklmnop"
RING = " ".join(a + PEOPLE[(place + 1) % 16] for place, a in enumerate(PEOPLE))
THICK = " ".join(
    a + PEOPLE[(place + step) % 16] for place, a in enumerate(PEOPLE) for step in (1, 2, 3, 4, 5)
)


def test_no_change_has_a_p_of_one() -> None:
    """Where all answered as the year before, exchanging answers changes nothing."""
    figure = only(changed(both(Year.of(PEOPLE, THICK), Year.of(PEOPLE, THICK)), "transitivity"))
    assert (figure.value, figure.p_value) == (0, 1)


@pytest.mark.parametrize("measure", ["density", "transitivity"])
def test_a_sure_change_has_a_small_p(measure: str) -> None:
    """Where everybody names five where they named one, hardly any chance gives as much."""
    organisation = both(Year.of(PEOPLE, RING), Year.of(PEOPLE, THICK))
    figure = only(changed(organisation, measure, draws=200))
    assert number(figure.p_value) <= 4 / 201


@st.composite
def two_answered_years(draw: st.DrawFn) -> tuple[Year, Year]:
    """Two years of twelve people, of whom some are silent, with more ties in the second or not."""
    rng = np.random.default_rng(draw(st.integers(0, 9999)))
    cells = [*permutations(PEOPLE[:12], 2)]
    schools = {person: ("north", "south")[place % 2] for place, person in enumerate(PEOPLE[:12])}
    found = []
    for share in (0.4, draw(st.sampled_from([0.4, 0.45, 0.5, 0.55, 0.6]))):
        silent = frozenset(draw(st.sets(st.sampled_from(PEOPLE[:12]), max_size=2)))
        ties = frozenset(pair for pair in cells if pair[0] not in silent and rng.random() < share)
        found.append(Year(schools, ties, silent))
    return found[0], found[1]


@pytest.mark.parametrize(
    ("measure", "more"),
    [("density", {}), ("reciprocity", {}), ("ei_index", {"groups": "school"})],
)
@given(years=two_answered_years())
@search(20)
def test_p_and_interval_agree(
    measure: str, more: Mapping[str, Any], years: tuple[Year, Year]
) -> None:
    """A p below .05 stands just where the interval leaves out 0, whatever was drawn."""
    result = changed(both(*years), measure, draws=0, **more)
    figure = only(result)
    apart = number(figure.interval_lower) > 0 or number(figure.interval_upper) < 0
    assert (number(figure.p_value) < 0.05) is apart
    assert (result.interval, result.null, result.draws, result.seed) == ("pairs", None, None, None)
    assert result == changed(both(*years), measure, draws=9, seed=4, **more)


def draw_alike_years() -> tuple[Year, Year]:
    """Two years in which sixteen people have nearly as many ties, anywhere."""
    rng = np.random.default_rng(1)
    homes = dict.fromkeys(PEOPLE, "north")
    early, late = (
        Year(homes, frozenset(pair for pair in permutations(PEOPLE, 2) if rng.random() < share))
        for share in (0.3, 0.34)
    )
    return early, late


@pytest.mark.parametrize(("measure", "near"), [("density", 1e-12), ("transitivity", 0.2)])
def test_opposite_change(measure: str, near: float) -> None:
    """No test knows a direction: p of the years turned round is the same, or differs by chance only."""
    early, late = draw_alike_years()
    there = only(changed(both(early, late), measure, draws=250))
    back = only(changed(both(late, early), measure, draws=250, seed=1))
    assert number(back.value) == pytest.approx(-number(there.value))
    assert number(back.p_value) == pytest.approx(number(there.p_value), abs=near)


def test_p_is_that_of_all_exchanges() -> None:
    """Over all sixteen ways in which four people may exchange their years, p is as often as they say."""
    stay = "abcd"
    first, second = FIRST.ties, SECOND.ties
    pairs = definitions.pairs(stay)
    values = []
    for turned in range(16):
        swap = {person for place, person in enumerate(stay) if turned >> place & 1}
        one = {(a, b) for a, b in pairs if (a, b) in (second if a in swap else first)}
        other = {(a, b) for a, b in pairs if (a, b) in (first if a in swap else second)}
        values.append(
            number(definitions.transitivity([*stay], frozenset(other), "weak"))
            - number(definitions.transitivity([*stay], frozenset(one), "weak"))
        )
    value = np.array(values)
    share = 2 * min(
        (value >= values[0] - 1e-9).mean(),
        (value <= values[0] + 1e-9).mean(),
    )
    figure = only(changed(both(FIRST, SECOND), "transitivity", draws=400))
    assert number(figure.p_value) == pytest.approx(min(share, 1), abs=0.1)


@pytest.mark.parametrize("measure", ["density", "reciprocity"])
@pytest.mark.parametrize("count", [7, 8])
def test_an_interval_from_eight_people_on(measure: str, count: int) -> None:
    """It contains the change, and is given from 8 people on."""
    people = PEOPLE[:count]

    def among(ties: str) -> str:
        return " ".join(tie for tie in ties.split() if set(tie) <= set(people))

    back = " ".join(tie[::-1] for tie in RING.split()[::2])
    first = Year.of(people, among(RING))
    second = Year.of(people, among(f"{THICK} {back}"))
    result = changed(both(first, second), measure, draws=0)
    figure = only(result)
    ends = figure.interval_lower, figure.interval_upper
    if count < 8:
        assert (*ends, figure.p_value) == (None, None, None)
        assert result.notes == {"too_few_for_interval": 1}
    else:
        assert (result.interval, result.notes, result.draws) == ("pairs", {}, None)
        assert -1 <= number(ends[0]) < number(figure.value) < number(ends[1]) <= 1


@pytest.mark.parametrize("schools", ["north", "north south"])
def test_an_interval_over_schools_says_so(schools: str) -> None:
    """Over several schools it rests on people, and does not tell of a school that went its own way."""
    names = schools.split()
    people = {one: names[place % len(names)] for place, one in enumerate(PEOPLE)}
    result = changed(both(Year.of(people, RING), Year.of(people, THICK)), "density", draws=0)
    several = len(names) > 1
    assert result.notes == ({"narrow_where_schools_differ": 1} if several else {})
    assert ("no account of how schools differ" in result.sentence("en")) is several


def test_no_change_has_no_interval() -> None:
    """Where every tie stayed nothing tells how far the figure might have moved, and a note says so."""
    ring = Year.of(PEOPLE, RING)
    result = changed(both(ring, ring), "density")
    figure = only(result)
    assert (figure.value, figure.interval_lower, result.interval) == (0, None, None)
    assert (figure.p_value, result.draws) == (None, None)
    assert result.notes == {"nothing_changed": 1}


def test_without_a_direction_nothing_is_exchanged() -> None:
    """Two people tell of an undirected tie, so neither's answers can be exchanged; pairs move as ever."""
    organisation = both(Year.of(PEOPLE, RING), Year.of(PEOPLE, THICK), relation="collaboration")
    asked: dict[str, Any] = {"relation": "collaboration", "draws": 100}
    closed = only(changed(organisation, "transitivity", variant="undirected", **asked))
    assert closed.value is not None
    assert closed.p_value is None
    figure = only(changed(organisation, "density", **asked))
    assert figure.p_value is not None
    assert number(figure.interval_lower) < number(figure.value) < number(figure.interval_upper)


@pytest.mark.parametrize(
    "more",
    [
        {"measure": "transitivity"},
        {"measure": "transitivity", "variant": "undirected"},
        {"measure": "centralization", "variant": "degree", "direction": "in"},
        {"measure": "ei_index", "groups": "school"},
        {"measure": "reciprocity", "variant": "dyadic"},
        {"measure": "density", "missing": "null"},
        {"measure": "density", "survey": None},
    ],
    ids=str,
)
def test_before_and_after_are_those_of_the_measure(more: Mapping[str, Any]) -> None:
    """Where everybody stayed and answered, both figures are those of the measure in each year."""
    schools = dict.fromkeys(PEOPLE[:8], "north") | dict.fromkeys(PEOPLE[8:], "south")
    organisation = both(Year.of(schools, RING + " ac ca"), Year.of(schools, THICK))
    own = {name: value for name, value in more.items() if name != "measure"}
    measure = more["measure"]
    figure = only(changed(organisation, measure, draws=20, **own))
    found = [
        CORE[measure](snapshot(organisation, at), {"relation": "advice", "draws": 0, **own}).item()
        for at in (BEFORE, AFTER)
    ]
    assert [figure.before, figure.after] == pytest.approx(found)
    assert figure.value == pytest.approx(found[1] - found[0])
    assert figure.p_value is not None


@pytest.mark.parametrize("more", [{"null": "size"}, {"interval": True}, {"nonsense": 1}], ids=str)
def test_keywords_that_are_not_of_a_change(more: dict[str, Any]) -> None:
    """A keyword that a change cannot follow is refused by name, or followed; it never breaks down."""
    organisation = both(Year.of(PEOPLE, RING), Year.of(PEOPLE, THICK))
    try:
        figure = only(changed(organisation, "reciprocity", **more))
    except MeasureError as error:
        assert next(iter(more)) in str(error)  # noqa: PT017 - either is right
    else:
        assert figure.value is not None


def of_registers(members: Mapping[str, Collection[str]]) -> Organisation:
    """Six teachers, and who of them is in the one team in each year."""
    return Organisation.of(
        units=[Unit("north", "school")],
        persons=[Person(person) for person in "abcdef"],
        positions=[Position(person, "north", "teacher") for person in "abcdef"],
        communities=[Community("team", "team", None, "north")],
        memberships=[
            Membership("team", person, valid=Period.parse(SPANS[name]))
            for name, people in members.items()
            for person in people
        ],
    )


def test_a_register_needs_no_test() -> None:
    """Membership coverage changes by what the register says; there is no p and no interval."""
    organisation = of_registers({"q17": "abc", "q18": "abcde"})
    result = change(organisation, "membership_coverage", from_=BEFORE, to=AFTER)
    figure = only(result)
    assert figure.before == pytest.approx(3 / 6)
    assert figure.after == pytest.approx(5 / 6)
    assert figure.value == figure.lower == figure.upper == pytest.approx(2 / 6)
    assert (figure.p_value, figure.interval_lower, figure.interval_upper) == (None,) * 3
    assert (result.null, result.draws) == (None, None)
    # Of 3 and 5 with and 3 and 1 without, the smaller ones.
    assert (figure.numerator, figure.denominator) == (3, 3 + 1)


@pytest.mark.parametrize(
    ("measure", "more", "error", "message"),
    [
        ("density", {"to": "2017-12-01/2018-12-01"}, NotComparableError, "overlap"),
        ("density", {"to": BEFORE}, NotComparableError, "overlap"),
        ("density", {"from_": AFTER, "to": BEFORE}, NotComparableError, "exchange from and to"),
        ("degree", {}, MeasureError, "not about single persons"),
        ("density", {"to": "2019/20"}, NotComparableError, "advice is not known"),
        ("density", {"from_": "2016/17"}, NotComparableError, "advice is not known"),
        ("density", {"relation": "observation"}, NotComparableError, "observation is not known"),
        ("density", {"to": "soon"}, PeriodError, "no period"),
        ("densty", {}, MeasureError, "density"),
        ("density", {"draws": -1}, MeasureError, "0 or more"),
        ("density", {"drwas": 5}, MeasureError, "drwas"),
    ],
)
def test_what_change_refuses(
    measure: str, more: dict[str, Any], error: type[Exception], message: str
) -> None:
    """Overlapping periods, figures of persons, years that nobody surveyed, and what is misspelt."""
    arguments = {"from_": BEFORE, "to": AFTER, "relation": "advice", "draws": 5, **more}
    with pytest.raises(error, match=message):
        change(both(FIRST, SECOND), measure, **arguments)


def test_nobody_in_common() -> None:
    """Two years of different people cannot be compared."""
    organisation = both(Year.of("abc", "ab"), Year.of("def", "de"))
    with pytest.raises(NotComparableError, match="nobody in common"):
        changed(organisation, "density")


def test_the_same_seed_gives_the_same() -> None:
    """Two runs from one seed agree in every cell, and another seed draws something else."""
    organisation = both(*draw_alike_years())
    first, second, other = (changed(organisation, "transitivity", seed=seed) for seed in (1, 1, 2))
    assert first == second
    assert first.rows() != other.rows()


def test_what_a_changed_figure_rests_on() -> None:
    """Of counts, of what was observed and of who answered the lesser of the two years stands."""
    before = Figure(
        value=0.5,
        lower=0.4,
        upper=0.7,
        numerator=5,
        denominator=10,
        observed=0.9,
        response_rate=0.6,
    )
    after = Figure(
        value=0.75,
        lower=0.6,
        upper=0.8,
        numerator=6,
        denominator=8,
        observed=0.8,
        response_rate=0.7,
        part="north",
    )
    found = _subtract_figures(before, after)
    assert (found.part, found.before, found.after, found.value) == ("north", 0.5, 0.75, 0.25)
    assert (found.lower, found.upper) == pytest.approx((0.6 - 0.7, 0.8 - 0.4))
    assert (found.numerator, found.denominator) == (5, 5 + 2)
    assert (found.observed, found.response_rate, found.reason) == (0.8, 0.6, None)
    there = _subtract_figures(Figure(reason="not_registered"), after)
    assert (there.value, there.lower, there.upper, there.numerator) == (None,) * 4
    assert (there.before, there.after, there.observed) == (None, 0.75, 0.8)
    assert (there.denominator, there.response_rate, there.reason) == (None, 0.7, "not_registered")
    gone = _subtract_figures(before, Figure(reason="no_ties", numerator=3))
    assert (gone.reason, gone.before, gone.after, gone.observed) == ("no_ties", 0.5, None, 0.9)
    bare = _subtract_figures(Figure(reason="no_ties"), Figure(reason="not_surveyed"))
    assert (bare.observed, bare.response_rate, bare.reason) == (None, None, "not_surveyed")


def test_what_the_result_says_of_itself() -> None:
    """The measure's own words, both years, what was drawn if anything, and how people were grouped."""
    groups = dict.fromkeys("ab", "x") | dict.fromkeys("cdef", "y")
    result = changed(both(FIRST, SECOND), "density", by=groups, seed=3)
    assert (result.measure, result.by, result.at) == ("density", "mapping", "2017/18 – 2018/19")
    assert (result.null, result.draws, result.seed) == (None, None, None)
    assert result.notes == {"too_few_for_interval": 2}
    assert (result.evidence, result.several, result.range_kind) == ({}, 0, "exact")
    assert [(row.part, row.n) for row in result] == [("x", 2), ("y", 2)]
    drawn = changed(both(FIRST, SECOND), "transitivity", seed=3)
    assert (drawn.null, drawn.draws, drawn.seed) == ("years", 50, 3)
    assert changed(both(FIRST, SECOND), "transitivity", draws=0).draws is None
    assert changed(both(FIRST, SECOND), "density").several is None
    silent = both(FIRST, Year.of("abcdf", "ab", silent="d"))
    assert changed(silent, "density").range_kind == "outer_bound"


@pytest.mark.parametrize("keyword", ["interval", "null", "within"])
def test_tests_of_the_measure_are_refused(keyword: str) -> None:
    """A change has a test of its own, and says so."""
    with pytest.raises(MeasureError, match=f"no argument '{keyword}': it tests the change itself"):
        changed(both(FIRST, SECOND), "density", **{keyword: None})


def test_only_people_of_groups_count() -> None:
    """Between groups those who are in none of them in a year are left out."""
    groups = dict.fromkeys("ab", "x") | dict.fromkeys("c", "y")
    figure = only(changed(both(FIRST, SECOND), "ei_index", groups=groups))
    # Of a to c ab, bc, cb, and ab, ba, bc, cb, ac: 2 of 3 between groups, then 3 of 5.
    assert (figure.before, figure.after, figure.n) == pytest.approx((1 / 3, 1 / 5, 3))


def test_weak_ties_do_not_change() -> None:
    """From a strength on that no tie has, nothing was there in either year."""
    rows: dict[str, Any] = {name: list(table) for name, table in both(FIRST, SECOND).tables.items()}
    weak = Organisation.of(**{**rows, "ties": [evolve(tie, weight=1.0) for tie in rows["ties"]]})
    figure = only(changed(weak, "density", minimum_strength=2))
    assert (figure.before, figure.after) == (0, 0)
    assert only(changed(weak, "density", minimum_strength=1)).before == pytest.approx(4 / 12)


def test_an_interruption_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stops the draws gets a p by those made, and how many are missing in all."""

    def stop(self: Work, task: Any) -> Any:
        object.__setattr__(self, "interrupted", True)
        return task(np.random.default_rng(0), 4)

    monkeypatch.setattr(Work, "draw", stop)
    first, second = Year.of(PEOPLE, RING), Year.of(PEOPLE, THICK)
    result = changed(both(first, second), "transitivity", draws=10)
    assert (result.draws, result.notes) == (4, {"draws_missing": 6})
    assert only(result).p_value is not None


def test_answers_are_exchanged_whole() -> None:
    """Rows that are turned come from the other year, and leave nothing of their own behind."""
    one, other = (
        csr_array(np.array(rows, np.int8)) for rows in ([[0, 1], [1, 0]], [[1, 1], [0, 0]])
    )
    mixed = _mix_rows(one, other, np.array([True, False]))
    assert mixed.toarray().tolist() == [[1, 1], [1, 0]]
    back = _mix_rows(other, one, np.array([True, False]))
    assert (back.toarray().tolist(), back.nnz) == ([[0, 1], [0, 0]], 1)


@pytest.mark.parametrize(("others", "told"), [(0, False), (4, False), (5, True)])
def test_few_who_changed(others: int, told: bool) -> None:  # noqa: FBT001
    """Where fewer than k answered otherwise than before, no p leaves: it would say so of all the others."""
    people = [f"p{place:02}" for place in range(20)]
    ring = {
        (one, people[(place + step) % 20]) for place, one in enumerate(people) for step in (1, 2, 3)
    }
    moved = {(people[place], people[(place + 5) % 20]) for place in range(others)}
    homes = dict.fromkeys(people, "north")
    first, second = (Year(homes, frozenset(ties), frozenset()) for ties in (ring, ring | moved))
    figure = only(release(changed(both(first, second), "transitivity"), PrivacyFloor()).content)
    assert (figure.p_value is not None) == told
    assert figure.value is not None


def test_change_of_a_count_is_not_told() -> None:
    """The gate takes what the later year counts for no change: nothing stands in its place."""
    people = [f"p{place:02}" for place in range(40)]
    ties = frozenset({(people[0], people[1])})
    early, late = (
        Year(dict.fromkeys(people, "north"), ties, frozenset(people[count:])) for count in (20, 25)
    )
    found = change(both(early, late), "response_rate", from_=BEFORE, to=AFTER, relation="advice")
    assert (only(found).before, only(found).after) == (0.5, 0.625)
    told = only(release(found, PrivacyFloor()).content)
    assert (told.value, told.reason) == (None, "withheld")


def test_change_beside_its_years() -> None:
    """A change and the figures of its years are judged together, in whichever order."""
    people = [f"p{place:02}" for place in range(20)]
    ring = frozenset((one, people[(place + 1) % 20]) for place, one in enumerate(people))
    year = Year(dict.fromkeys(people, "north"), ring, frozenset())
    org = both(year, year)
    level = CORE["density"](snapshot(org, AFTER), {"relation": "advice"})
    results = level, changed(org, "density")
    for order in (results, results[::-1]):
        told = {found.at: only(found).value for found in release(*order, floor=PrivacyFloor())}
        assert told == {AFTER: 0.053, f"{BEFORE} – {AFTER}": 0}
