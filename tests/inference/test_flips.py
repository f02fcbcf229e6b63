"""How many answers could turn a figure: against every answer that the silent could give."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import chain, combinations, product
from typing import Any

import definitions
import pytest
from attrs import evolve
from definitions import Network, View
from hypothesis import given
from hypothesis import strategies as st
from searching import search

from plfkit import (
    Community,
    Membership,
    Organisation,
    Person,
    Response,
    Survey,
    Tie,
    Unit,
    measures,
    snapshot,
)
from plfkit.errors import MeasureError
from plfkit.inference import flip_count
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.testing import surveyed_networks

VARIANTS = ("edgewise", "dyadic", "dyadic_nonnull")
Value = Callable[[View], float | None]


def network(people: str, ties: str, silent: str, limit: int | None = None) -> Organisation:
    """People of one letter, ties of two, and those who did not answer."""
    return Organisation.of(
        persons=[Person(name) for name in people],
        surveys=[Survey("s", "network", "advice", max_ties=limit)],
        responses=[Response("s", name, answered=name not in silent) for name in people],
        ties=[Tie(tie[0], tie[1], "advice", "s") for tie in ties.split()],
    )


def only(result: Result) -> Figure:
    """The one figure of a result."""
    (figure,) = result
    return figure


def answers(person: str, people: Collection[str], limit: int | None) -> list[Network]:
    """Everything that somebody could answer."""
    others = sorted(set(people) - {person})
    most = len(others) if limit is None else min(limit, len(others))
    chosen = chain.from_iterable(combinations(others, size) for size in range(most + 1))
    return [frozenset((person, other) for other in names) for names in chosen]


def after(view: View, k: int, limit: int | None) -> Iterator[View]:
    """Every view in which k of the silent have answered."""
    for chosen in combinations(sorted(view.silent), k):
        for told in product(*(answers(person, view.people, limit) for person in chosen)):
            yield evolve(
                view,
                ties=view.ties.union(*told),
                heard=view.heard | {(a, b) for a in chosen for b in view.people if a != b},
                silent=view.silent - set(chosen),
            )


def least_turning(view: View, value: Value, target: float, limit: int | None = None) -> int | None:
    """The least number of answers with which a figure that is there lies on the other side."""
    now = value(view)
    assert now is not None
    for k in range(len(view.silent) + 1):
        for other in after(view, k, limit):
            then = value(other)
            if then is not None and (then >= target) != (now >= target):
                return k
    return None


def density(view: View) -> float | None:
    """Density by definition."""
    return definitions.density(view.people, view.ties, view.seen)


def reciprocity(variant: str) -> Value:
    """Reciprocity by definition."""

    def value(view: View) -> float | None:
        return definitions.reciprocity(view.people, view.ties, variant, view.seen)

    return value


def limit_of(organisation: Organisation) -> int | None:
    """How many names the survey allowed."""
    return organisation.surveys[0].max_ties


def why_missing(view: View) -> str:
    """Why there is no figure: nobody to be tied to, no ties, or nobody, or not everybody, answered."""
    if len(view.people) < 2:
        return "too_few_people"
    if not view.silent:
        return "no_ties"
    return "some_did_not_answer" if set(view.people) - view.silent else "nobody_answered"


TARGETS = st.sampled_from([0.0, 0.1, 1 / 4, 1 / 3, 0.5, 0.6, 2 / 3, 0.75, 0.9, 1.0])


@given(surveyed_networks(most=4), TARGETS)
@search(80)
def test_density_round_a_target(organisation: Organisation, target: float) -> None:
    """The number is the least with which any answers at all, within the limit, turn the density."""
    view = View.of(organisation)
    figure = only(flip_count(snapshot(organisation), "density", relation="advice", target=target))
    now = density(view)
    assert figure.denominator == len(view.silent)
    assert figure.before == (None if now is None else pytest.approx(now))
    if now is None:
        assert (figure.value, figure.reason) == (None, why_missing(view))
        return
    expected = least_turning(view, density, target, limit_of(organisation))
    assert figure.value == expected
    assert figure.reason == (None if expected is not None else "cannot_turn")


@pytest.mark.parametrize("variant", VARIANTS)
@given(organisation=surveyed_networks(most=4, capped=False), target=TARGETS)
@search(40)
def test_reciprocity_round_a_target(
    variant: str, organisation: Organisation, target: float
) -> None:
    """Without a limit on names the number is the least that turns the reciprocity."""
    view = View.of(organisation)
    figure = only(
        flip_count(
            snapshot(organisation),
            "reciprocity",
            relation="advice",
            target=target,
            variant=variant,
        )
    )
    value = reciprocity(variant)
    now = value(view)
    assert figure.before == (None if now is None else pytest.approx(now))
    if now is None:
        assert (figure.value, figure.reason) == (None, why_missing(view))
        return
    expected = least_turning(view, value, target)
    assert figure.value == expected
    assert figure.reason == (None if expected is not None else "cannot_turn")


@given(surveyed_networks(most=4, capped=True), TARGETS)
@search(40)
def test_reciprocity_with_a_limit_is_a_lower_bound(
    organisation: Organisation, target: float
) -> None:
    """With a limit on names fewer answers than the number never turn the reciprocity."""
    view, value = View.of(organisation), reciprocity("edgewise")
    figure = only(
        flip_count(snapshot(organisation), "reciprocity", relation="advice", target=target)
    )
    if value(view) is None:
        assert figure.value is None
        return
    expected = least_turning(view, value, target, limit_of(organisation))
    if figure.value is None:
        assert expected is None
    elif expected is not None:
        assert figure.value <= expected


def answered(organisation: Organisation, told: Mapping[str, Network]) -> Organisation:
    """The organisation, had some people answered so."""
    return Organisation.of(
        persons=list(organisation.persons),
        surveys=list(organisation.surveys),
        responses=[
            evolve(response, answered=response.answered or response.person in told)
            for response in organisation.responses
        ],
        ties=[
            *organisation.ties,
            *(Tie(a, b, "advice", "s") for ties in told.values() for a, b in ties),
        ],
    )


def measured(organisation: Organisation, measure: str) -> float:
    """A figure of an organisation by the measure itself."""
    function = {"density": measures.density, "reciprocity": measures.reciprocity}[measure]
    return function(snapshot(organisation), relation="advice", draws=0).item()


@pytest.mark.parametrize("measure", ["density", "reciprocity"])
@pytest.mark.parametrize(
    ("ties", "silent", "limit", "target"),
    [
        ("ab ba bc", "cd", None, 0.6),
        ("ab bc ad bd", "cd", None, 0.5),
        ("ab ba bc cb ac ca", "d", None, 0.9),
        ("ab bc", "cd", 1, 0.45),
    ],
)
def test_the_measure_itself_says_so(
    measure: str, ties: str, silent: str, limit: int | None, target: float
) -> None:
    """Had so many answered, the measure would lie on the other side; with one fewer it never would."""
    organisation = network("abcd", ties, silent, limit)
    now = measured(organisation, measure)
    figure = only(flip_count(snapshot(organisation), measure, relation="advice", target=target))
    assert figure.before == pytest.approx(now)

    def turns(k: int) -> bool:
        return any(
            (
                measured(answered(organisation, dict(zip(people, told, strict=True))), measure)
                >= target
            )
            != (now >= target)
            for people in combinations(silent, k)
            for told in product(*(answers(person, "abcd", limit) for person in people))
        )

    least = next((k for k in range(len(silent) + 1) if turns(k)), None)
    if measure == "reciprocity" and limit is not None:
        assert figure.value is None or least is None or figure.value <= least
    else:
        assert figure.value == least


def split(view: View, group: str, groups: Mapping[str, str]) -> View:
    """The view of one group of people."""
    people = [person for person in view.people if groups[person] == group]
    return View(
        people=people,
        ties=definitions.within(view.ties, people),
        heard=definitions.within(view.heard, people),
        directed=view.directed,
        silent=view.silent & set(people),
    )


@pytest.mark.parametrize("measure", ["density", "reciprocity"])
@given(organisation=surveyed_networks(most=6, responding=None, capped=None), data=st.data())
@search(50)
def test_between_two_groups(measure: str, organisation: Organisation, data: st.DataObject) -> None:
    """The number is the least with which the group with the smaller figure gets the greater one."""
    value: Value = density if measure == "density" else reciprocity("edgewise")
    view = View.of(organisation)
    groups = {person: data.draw(st.sampled_from("xy")) for person in view.people}
    limit = limit_of(organisation) if measure == "density" else None
    if measure == "reciprocity" and limit_of(organisation) is not None:
        return
    if len(set(groups.values())) < 2:
        return
    x, y = (split(view, group, groups) for group in "xy")
    figure = only(
        flip_count(
            snapshot(organisation), measure, relation="advice", between=("x", "y"), by=groups
        )
    )
    first, second = value(x), value(y)
    assert (figure.from_, figure.to) == ("x", "y")
    assert figure.denominator == len(x.silent) + len(y.silent)
    if first is None or second is None:
        assert (figure.value, figure.before) == (None, None)
        return
    assert figure.before == pytest.approx(first - second)
    if first == second:
        return
    reachable = [
        [
            {found for one in after(part, k, limit) if (found := value(one)) is not None}
            for k in range(len(part.silent) + 1)
        ]
        for part in (x, y)
    ]
    turning = [
        i + j
        for i, ours in enumerate(reachable[0])
        for j, theirs in enumerate(reachable[1])
        if any((a < b) if first > second else (a > b) for a in ours for b in theirs)
    ]
    assert figure.value == min(turning, default=None)
    assert figure.reason == (None if turning else "cannot_turn")


def test_somebody_in_both_groups_answers_once() -> None:
    """One silent person in two teams is one answer, and one who did not answer, not two of each."""
    teams = {"t": "abs", "u": "cds"}
    told = "ab ba as cd ds"
    organisation = Organisation.of(
        units=[Unit("north", "school")],
        persons=[Person(name) for name in "abcds"],
        communities=[Community(name, "team", None, "north") for name in teams],
        memberships=[Membership(name, person) for name, them in teams.items() for person in them],
        surveys=[Survey("q", "network", "advice")],
        responses=[Response("q", name, answered=name != "s") for name in "abcds"],
        ties=[Tie(tie[0], tie[1], "advice", "q") for tie in told.split()],
    )
    # Within t 3 of 4 pairs are tied, within u 2 of 4. With what s tells of c and d, and not of a and
    # b, it is 3 of 6 and 4 of 6.
    now = snapshot(organisation)
    found = {row.part: row.value for row in measures.density(now, relation="advice", by="team")}
    assert found == {"t": 3 / 4, "u": 2 / 4}
    figure = only(flip_count(now, "density", relation="advice", between=("t", "u"), by="team"))
    assert figure.before == pytest.approx(1 / 4)
    assert figure.value == 1
    assert figure.denominator == 1


def test_by_hand() -> None:
    """Of four people who are asked and three who answer, one answer more can make 5 of 9 an 8 of 12."""
    organisation = network("abcd", "ab ba ac bc ca", "d")
    now = snapshot(organisation)
    for target, expected in [(5 / 9, 1), (0.6, 1), (8 / 12, 1), (0.7, None), (0.1, None)]:
        figure = only(flip_count(now, "density", relation="advice", target=target))
        assert figure.value == expected
        assert figure.before == pytest.approx(5 / 9)
        assert figure.denominator == 1
        assert figure.response_rate == pytest.approx(3 / 4)
        assert figure.reason == (None if expected else "cannot_turn")


def test_nobody_silent_cannot_turn() -> None:
    """Where everybody answered the figure is what it is."""
    organisation = network("abc", "ab ba", "")
    figure = only(flip_count(snapshot(organisation), "density", relation="advice", target=0.9))
    assert (figure.value, figure.denominator, figure.reason) == (None, 0, "cannot_turn")


def test_one_figure_for_each_group() -> None:
    """With by= each group has its own number."""
    groups = dict(zip("abcdef", "xxxyyy", strict=True))
    organisation = network("abcdef", "ab ba de ad", "cf")
    result = flip_count(snapshot(organisation), "density", relation="advice", target=0.6, by=groups)
    # x: 2 of 4, with c at most 4 of 6; y: 1 of 4, with f at most 3 of 6.
    assert [(row.part, row.value, row.reason) for row in result] == [
        ("x", 1, None),
        ("y", None, "cannot_turn"),
    ]


def test_what_is_refused() -> None:
    """Other measures, no mark or two, ties without direction, registers, and unknown groups."""
    organisation = network("abc", "ab", "c")
    now = snapshot(organisation)
    groups = dict(zip("abc", "xxy", strict=True))
    refused: list[tuple[dict[str, Any], str]] = [
        ({"measure": "transitivity", "target": 0.5}, "transitivity"),
        ({"measure": "denisty", "target": 0.5}, "density"),
        ({}, "needs a target, or two groups"),
        ({"target": 0.5, "between": ("x", "y"), "by": groups}, "not both"),
        ({"between": ("x", "z"), "by": groups}, "no group 'z'"),
        ({"between": ("x", "y")}, "no group 'x'"),
        ({"target": 0.5, "relation": "nothing"}, "no relation 'nothing'"),
    ]
    for more, message in refused:
        arguments = {"measure": "density", "relation": "advice", **more}
        with pytest.raises(MeasureError, match=message):
            flip_count(now, **arguments)
    undirected = Organisation.of(
        persons=[Person(name) for name in "abc"],
        surveys=[Survey("s", "network", "collaboration")],
        responses=[Response("s", name, answered=True) for name in "abc"],
        ties=[Tie("a", "b", "collaboration", "s")],
    )
    with pytest.raises(MeasureError, match="directed relation"):
        flip_count(snapshot(undirected), "density", relation="collaboration", target=0.5)


def test_a_variant_that_there_is_not_is_refused() -> None:
    """A misspelt variant is named, as by the measure itself."""
    now = snapshot(network("abc", "ab", "c"))
    with pytest.raises(MeasureError, match="edgewise"):
        measures.reciprocity(now, relation="advice", variant="edgwise")
    with pytest.raises(MeasureError, match="edgewise"):
        flip_count(now, "reciprocity", relation="advice", target=0.5, variant="edgwise")


def test_a_register_is_refused() -> None:
    """Nobody was asked about a register, so there are no answers that could turn a figure."""
    now = snapshot(
        Organisation.of(
            persons=[Person(name) for name in "abc"], ties=[Tie("a", "b", "reports_to")]
        )
    )
    with pytest.raises(MeasureError, match="directed relation that one survey"):
        flip_count(now, "density", relation="reports_to", target=0.5)


def test_what_is_not_registered_has_no_figure() -> None:
    """Where a register is not there at all, nothing lies on either side of a mark."""
    now = snapshot(network("abc", "ab", "c"))
    assert only(measures.density(now, relation="reports_to")).value is None
    try:
        figure = only(flip_count(now, "density", relation="reports_to", target=0.5))
    except MeasureError:
        return
    assert figure.before is None


def test_what_the_result_says_of_itself() -> None:
    """A count that rests on extremes, of what was measured, with the options asked for."""
    now = snapshot(network("abc", "ab ba ac", "c"))
    for measure in ("density", "reciprocity"):
        result = flip_count(now, measure, relation="advice", target=0.9, minimum_strength=2)
        assert (result.measure, result.variant) == ("flip_count", measure)
        assert (result.scale, result.extreme, result.figure_class) == ("count", True, "answers")
        assert result.label is not None
        assert (result.label.da, result.label.en) == (
            "Svar, der kan vende tallet",
            "Answers that could turn the figure",
        )
        assert (result.minimum_strength, result.n, result.relation) == (2, 3, "advice")
        assert only(result).n == 3


def test_weak_ties_and_other_surveys() -> None:
    """A tie too weak is none, and of two surveys one is named."""
    organisation = Organisation.of(
        persons=[Person(name) for name in "abc"],
        surveys=[Survey(name, "network", "advice") for name in "st"],
        responses=[
            Response(name, person, answered=person != "c") for name in "st" for person in "abc"
        ],
        ties=[Tie("a", "b", "advice", "s", weight=1), Tie("b", "a", "advice", "s", weight=3)],
    )
    now = snapshot(organisation)
    found = [
        only(flip_count(now, "density", relation="advice", target=0.9, **more)).before
        for more in ({"survey": "s"}, {"survey": "s", "minimum_strength": 2}, {"survey": "t"})
    ]
    assert found == [2 / 4, 1 / 4, 0]
    with pytest.raises(MeasureError, match="name one of s, t"):
        flip_count(now, "density", relation="advice", target=0.9)


def test_groups_that_are_equal_or_unknown() -> None:
    """Of groups with equal figures one answer may make either greater; an unknown group is named."""
    groups = dict(zip("abcdef", "xxxyyy", strict=True))
    now = snapshot(network("abcdef", "ab de", "cf"))
    found = only(flip_count(now, "density", relation="advice", between=("x", "y"), by=groups))
    assert (found.before, found.value, found.n, found.denominator) == (0, 1, 6, 2)
    with pytest.raises(MeasureError, match="there is no group 'xx' to compare"):
        flip_count(now, "density", relation="advice", between=("xx", "y"), by=groups)
    with pytest.raises(MeasureError, match="it knows density and reciprocity"):
        flip_count(now, "whatever", relation="advice", target=0.5)
