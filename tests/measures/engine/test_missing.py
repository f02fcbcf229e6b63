"""What is missing: ranges against every completion, treatments against their definition, refusals."""

from __future__ import annotations

import multiprocessing
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from itertools import islice
from math import isnan
from typing import Any

import definitions
import pytest
from attrs import asdict, frozen
from definitions import ROLES, Network, View, completions, pairs, within
from hypothesis import given, reject
from hypothesis import strategies as st
from searching import search

from plfkit import (
    Organisation,
    Person,
    Response,
    Survey,
    Tie,
    Unit,
    measures,
    snapshot,
)
from plfkit.errors import MeasureError, MissingDataWarning
from plfkit.measures import CORE
from plfkit.model.results.result import Result
from plfkit.testing import surveyed_networks, twice_surveyed_networks

FEW = search(4)
HARD = search(12)
LIMIT = 3000
"""More completions than that are not tried."""

Row = tuple[float | None, ...]
Groups = Mapping[str, str]


@frozen
class Form:
    """A measure in one of its forms, and its figures by definition.

    Attributes:
        name: The measure's.
        define: The figures of a view of a network, whose people are in groups.
        arguments: How it is asked.
        directed: For which relations: with a direction, without, or both if None.
    """

    name: str
    define: Callable[[View, Groups], Row]
    arguments: Mapping[str, Any] = {}
    directed: bool | None = None

    def __call__(self, organisation: Organisation, groups: Groups, **more: Any) -> Result:
        """Compute the measure."""
        needs = (
            {"groups": groups} if self.name in {"brokerage", "ei_index", "block_density"} else {}
        )
        relation = next(iter(organisation.surveys)).relation
        function: Callable[..., Result] = getattr(measures, self.name)
        return function(
            snapshot(organisation), relation=relation, **self.arguments, **needs, **more
        )

    def __str__(self) -> str:
        return "-".join([self.name, *map(str, self.arguments.values())])


def if_whole(view: View, people: Collection[str], figures: Row) -> Row:
    """Figures that any answer could change: none as long as one among some people is missing."""
    return figures if pairs([*people]) <= view.seen else (None,) * len(figures)


def _density(view: View, _: Groups) -> Row:
    return (definitions.density(view.people, view.ties, view.seen),)


def _blocks(view: View, groups: Groups) -> Row:
    labels = sorted({groups[p] for p in view.people if p in groups})
    members = {name: [p for p in view.people if groups.get(p) == name] for name in labels}
    return tuple(
        definitions.block_density(members[one], members[other], view.ties, view.seen)
        for one in labels
        for other in labels
        if view.directed or one <= other
    )


def _reciprocity(variant: str) -> Callable[[View, Groups], Row]:
    def define(view: View, _: Groups) -> Row:
        return (definitions.reciprocity(view.people, view.ties, variant, view.seen),)

    return define


def _transitivity(variant: str) -> Callable[[View, Groups], Row]:
    def define(view: View, _: Groups) -> Row:
        return (definitions.transitivity(view.people, view.ties, variant, view.seen),)

    return define


def _centralization(variant: str, direction: str) -> Callable[[View, Groups], Row]:
    def define(view: View, _: Groups) -> Row:
        if view.seen < pairs(view.people):
            return (None,)
        return (definitions.centralization(view.people, view.ties, variant, direction),)

    return define


def _ei(scope: str, direction: str) -> Callable[[View, Groups], Row]:
    def define(view: View, groups: Groups) -> Row:
        labels = {p: frozenset({groups[p]}) for p in view.people if p in groups}
        ties = within(view.ties & view.seen, labels)
        ends = {
            "network": [list(labels)],
            "person": [[person] for person in labels],
            "group": [
                [p for p in labels if name in labels[p]]
                for name in sorted(frozenset().union(*labels.values()))
            ],
        }[scope]
        directed = view.directed
        return tuple(
            definitions.ei(definitions.ties_at(ties, people, direction, directed=directed), labels)
            for people in ends
        )

    return define


def _betweenness(view: View, _: Groups) -> Row:
    if len(view.people) < 3:
        return (None,) * len(view.people)
    scale = 1 if view.directed else 2
    raw = definitions.betweenness(view.people, view.ties)
    return if_whole(view, view.people, tuple(score / scale for score in raw))


def _constraint(variant: str) -> Callable[[View, Groups], Row]:
    def define(view: View, _: Groups) -> Row:
        figures = definitions.burt(view.people, view.ties, variant)
        every = tuple(value for name in figures for value in figures[name])
        return if_whole(view, view.people, every)

    return define


def _brokerage(view: View, groups: Groups) -> Row:
    known = {p: groups[p] for p in view.people if p in groups}
    counted = definitions.brokered(view.ties, known, view.seen)
    figures = tuple(
        float(sum(v == person and name in {role, "total"} for v, role in counted))
        for name in [*ROLES, "total"]
        for person in known
    )
    return if_whole(view, known, figures)


def _brokerage_of_network(view: View, groups: Groups) -> Row:
    known = {p: groups[p] for p in view.people if p in groups}
    roles = [role for _, role in definitions.brokered(view.ties, known, view.seen)]
    figures = tuple(
        float(sum(name in {role, "total"} for role in roles)) for name in [*ROLES, "total"]
    )
    return if_whole(view, known, figures)


FORMS = [
    Form("density", _density),
    Form("block_density", _blocks),
    *(
        Form("reciprocity", _reciprocity(variant), {"variant": variant}, directed=True)
        for variant in ("edgewise", "dyadic", "dyadic_nonnull")
    ),
    *(
        Form("transitivity", _transitivity(variant), {"variant": variant})
        for variant in ("weak", "undirected", "strong")
    ),
    *(
        Form("centralization", _centralization("degree", d), {"direction": d}, directed=True)
        for d in ("in", "out", "total", "any")
    ),
    Form("centralization", _centralization("degree", "any"), directed=False),
    Form("centralization", _centralization("betweenness", "in"), {"variant": "betweenness"}),
    *(
        Form("ei_index", _ei(scope, d), {"scope": scope, "direction": d})
        for scope in ("network", "person", "group")
        for d in ("out", "in", "all")
        if (scope, d) not in {("network", "in"), ("network", "all")}
    ),
    Form("betweenness", _betweenness),
    *(
        Form("constraint", _constraint(variant), {"variant": variant})
        for variant in ("directed", "undirected")
    ),
    Form("brokerage", _brokerage),
    Form("brokerage", _brokerage_of_network, {"scope": "network"}),
]
OF_BROKERS = next(form for form in FORMS if form.define is _brokerage)
SIMULATED = [
    form
    for form in FORMS
    if (form.name in {"transitivity", "betweenness", "constraint"})
    or (form.name == "brokerage" and form is not OF_BROKERS)
    or (form.name == "centralization" and form.arguments.get("direction") not in {"in", "out"})
]
BOUNDED = [form for form in FORMS if form not in SIMULATED]
every = pytest.mark.parametrize("form", FORMS, ids=str)


def relations(form: Form) -> st.SearchStrategy[str]:
    """Relations that a form is about."""
    known = {True: "advice", False: "collaboration"}
    return st.sampled_from([known[d] for d in known if form.directed in {None, d}])


def close(expected: float | None) -> Any:
    """Equal but for rounding; None is None."""
    return None if expected is None else pytest.approx(expected, rel=1e-9, abs=1e-9)


def grouped(organisation: Organisation, data: st.DataObject) -> dict[str, str]:
    """Draw a group for everybody; groups of one are common."""
    return {p.id: data.draw(st.sampled_from(["x", "x", "y", "z"])) for p in organisation.persons}


def spanned(
    form: Form, organisation: Organisation, groups: Groups
) -> list[tuple[float, float] | None]:
    """Between what each figure lies over every network that could be; None if it never exists."""
    view = View.of(organisation)
    networks = list(islice(completions(organisation), LIMIT))
    if len(networks) == LIMIT:
        reject()
    rows = [form.define(complete(view, network), groups) for network in set(networks)]
    known = [[cell for cell in column if cell is not None] for column in zip(*rows, strict=True)]
    return [(min(cells), max(cells)) if cells else None for cells in known]


def complete(view: View, network: Network) -> View:
    """Return the view of a network of which everything is known."""
    people = view.people
    return View(people, network, pairs(people), view.directed, frozenset())


def check(result: Result, spans: list[tuple[float, float] | None]) -> None:
    """Assert that ranges are what they are called, and no figure lies beside its range."""
    slack = 1e-9
    for figure, span in zip(result, spans, strict=True):
        numbers = [cell for cell in asdict(figure).values() if isinstance(cell, float)]
        assert not any(map(isnan, numbers))
        assert (figure.value is None) == (figure.reason is not None)
        if span is None:
            assert (figure.value, figure.lower, figure.upper) == (None, None, None)
            continue
        if result.range_kind == "simulated" and figure.lower is None:
            continue
        assert figure.lower is not None
        assert figure.upper is not None
        if figure.value is not None:
            assert figure.lower - slack <= figure.value <= figure.upper + slack
        if result.range_kind in {"exact", "outer_bound"}:
            assert figure.lower <= span[0] + slack
            assert figure.upper >= span[1] - slack
        if result.range_kind in {"exact", "simulated"}:
            assert figure.lower >= span[0] - slack
            assert figure.upper <= span[1] + slack


@pytest.mark.parametrize("form", BOUNDED, ids=str)
@pytest.mark.parametrize("capped", [False, True])
@HARD
@given(st.data())
def test_ranges_by_formula(capped: bool, form: Form, data: st.DataObject) -> None:  # noqa: FBT001
    """An exact range is what all completions span, an outer bound contains them, a limit or not."""
    relation = data.draw(relations(form))
    organisation = data.draw(surveyed_networks(relation=relation, capped=capped))
    groups = grouped(organisation, data)
    result = form(organisation, groups)
    assert result.range_kind in {"exact", "outer_bound"} or len(organisation.persons) == 1
    if not capped:
        assert result.range_kind != "outer_bound"
    check(result, spanned(form, organisation, groups))


@st.composite
def mostly_answered(draw: st.DrawFn) -> Organisation:
    """Draw a survey that one or two of four or five people did not answer, most of it with a limit."""
    people = "abcde"[: draw(st.integers(4, 5))]
    silent = people[: draw(st.integers(1, 2))]
    limit = draw(st.sampled_from([1, 2, 2, 3, None]))
    named = {
        p: draw(st.lists(st.sampled_from(people.replace(p, "")), unique=True, max_size=limit))
        for p in people
        if p not in silent
    }
    return Organisation.of(
        persons=[Person(p) for p in people],
        surveys=[Survey("q", "network", "advice", max_ties=limit)],
        responses=[Response("q", p, answered=p not in silent) for p in people],
        ties=[Tie(p, other, "advice", "q") for p, others in named.items() for other in others],
    )


@pytest.mark.parametrize(
    "form", [form for form in BOUNDED if form.name in {"centralization", "ei_index"}], ids=str
)
@search(25)
@given(st.data())
def test_ranges_of_what_is_no_share_of_ties(form: Form, data: st.DataObject) -> None:
    """Where more ties may mean more or less, the formula still gives what all completions span."""
    organisation = data.draw(mostly_answered())
    groups = grouped(organisation, data)
    check(form(organisation, groups), spanned(form, organisation, groups))


@pytest.mark.parametrize(("limit", "upper"), [(None, (3 - 1) / 4), (2, (2 - 1) / 3), (1, 0)])
def test_a_limit_narrows_the_range_of_mixing(limit: int | None, upper: float) -> None:
    """One tie within is known; a may name three people of other groups, or as many as allowed."""
    organisation = Organisation.of(
        persons=[Person(p) for p in "abcde"],
        surveys=[Survey("q", "network", "advice", max_ties=limit)],
        responses=[Response("q", p, answered=p != "a") for p in "abcde"],
        ties=[Tie("b", "a", "advice", "q")],
    )
    (figure,) = result = measures.ei_index(
        snapshot(organisation), relation="advice", groups=dict(zip("abcde", "xxyyz", strict=True))
    )
    assert (figure.value, figure.lower, result.range_kind) == (-1, -1, "exact")
    assert figure.upper == pytest.approx(upper)


@pytest.mark.parametrize("form", BOUNDED, ids=str)
@FEW
@given(st.data())
def test_ranges_by_formula_of_two_surveys(form: Form, data: st.DataObject) -> None:
    """They hold for people of two rosters, who answered one of them or named people of neither."""
    relation = data.draw(relations(form))
    organisation = data.draw(twice_surveyed_networks(relation=relation))
    groups = grouped(organisation, data)
    check(form(organisation, groups), spanned(form, organisation, groups))


@pytest.mark.parametrize("form", SIMULATED, ids=str)
@search(8)
@given(st.data())
def test_simulated_ranges(form: Form, data: st.DataObject) -> None:
    """They lie inside what all completions span, and the value inside them; all observed, they are it."""
    relation = data.draw(relations(form))
    organisation = data.draw(surveyed_networks(relation=relation))
    groups = grouped(organisation, data)
    result = form(organisation, groups, draws=10)
    assert result.range_kind in {"simulated", "exact"}
    check(result, spanned(form, organisation, groups))


@pytest.mark.parametrize("form", SIMULATED, ids=str)
@search(6)
@given(st.data())
def test_simulated_ranges_of_two_surveys(form: Form, data: st.DataObject) -> None:
    """The same for people of two rosters."""
    relation = data.draw(relations(form))
    organisation = data.draw(twice_surveyed_networks(relation=relation, most=3))
    groups = grouped(organisation, data)
    check(form(organisation, groups, draws=10), spanned(form, organisation, groups))


@pytest.mark.parametrize("form", SIMULATED, ids=str)
@search(5)
@given(st.data())
def test_even_one_draw_knows_the_ends(form: Form, data: st.DataObject) -> None:
    """The completion without any unobserved tie, and the one with all of them, are in every range."""
    relation = data.draw(relations(form))
    organisation = data.draw(surveyed_networks(relation=relation, capped=False))
    groups = grouped(organisation, data)
    view = View.of(organisation)
    result = form(organisation, groups, draws=1)
    if result.range_kind == "exact":
        return
    for network in (view.ties, view.ties | (pairs(view.people) - view.seen)):
        figures = form.define(complete(view, network), groups)
        for figure, value in zip(result, figures, strict=True):
            if value is not None:
                assert figure.lower is not None
                assert figure.upper is not None
                assert figure.lower - 1e-9 <= value <= figure.upper + 1e-9


@pytest.mark.parametrize("limit", [None, 1])
@pytest.mark.parametrize("form", SIMULATED, ids=str)
def test_many_draws_find_the_whole_span(form: Form, limit: int | None) -> None:
    """With a handful of completions 100 draws meet all of them, and the range is what they span."""
    relation = "collaboration" if form.directed is False else "advice"
    organisation = Organisation.of(
        persons=[Person(name) for name in "abcd"],
        surveys=[Survey("q", "network", relation, max_ties=limit)],
        responses=[Response("q", name, answered=name != "a") for name in "abcd"],
        ties=[Tie(a, b, relation, "q") for a, b in ("ba", "cb", "dc")],
    )
    groups = dict(zip("abcd", "xxyz", strict=True))
    result = form(organisation, groups, draws=100)
    spans = spanned(form, organisation, groups)
    found = [(figure.lower, figure.upper) for figure in result]
    assert found == [(None, None) if s is None else (close(s[0]), close(s[1])) for s in spans]
    assert (result.range_kind, result.draws, result.seed) == ("simulated", 100, 0)


ANSWERS = {
    # Of b's pairs none is observed, but whatever they are, more than the path from a over c to d is open.
    "three of four": ("collaboration", None, {"q": "AbCD"}, ("ca", "cb", "cd")),
    # The only triangle there surely is goes over b, and b's pairs are unobserved.
    "a triangle": ("advice", None, {"q": "AbCD"}, ("ab", "ac", "ad", "db")),
    # What a did not tell q was told to r.
    "told elsewhere": ("advice", None, {"q": "aBC", "r": "ABC"}, ("bc", "ca")),
    # a may name one of q's people, and in r there is nobody to name.
    "two limits": ("advice", 1, {"q": "aBCD", "r": "a"}, ("bc", "cd", "db")),
    "alone": ("advice", None, {"q": "a"}, ()),
}
"""Rosters: relation, limit, and by survey its people, those who answered in capitals; ties."""


@pytest.mark.parametrize("answers", ANSWERS)
@pytest.mark.parametrize("form", SIMULATED, ids=str)
def test_odd_answers(form: Form, answers: str) -> None:
    """Half-observed paths, people heard twice or nowhere: values and ranges are what could be."""
    relation, limit, rosters, ties = ANSWERS[answers]
    if form.directed not in {None, relation == "advice"}:
        return
    organisation = Organisation.of(
        units=[Unit(f"of-{survey}", "school") for survey in rosters],
        persons=[Person(p) for p in sorted(set("".join(rosters.values()).lower()))],
        surveys=[
            Survey(survey, "network", relation, unit=f"of-{survey}", max_ties=limit)
            for survey in rosters
        ],
        responses=[
            Response(survey, p.lower(), answered=p.isupper())
            for survey, roster in rosters.items()
            for p in roster
        ],
        ties=[Tie(tie[0], tie[1], relation, "q") for tie in ties],
    )
    groups = {person.id: "x" if person.id in "ab" else "y" for person in organisation.persons}
    check(form(organisation, groups, draws=15), spanned(form, organisation, groups))


@contextmanager
def treating(missing: str) -> Iterator[None]:
    """Expect the warning that reconstruction gives, and no other."""
    if missing == "reconstruct":
        with pytest.warns(MissingDataWarning, match="advise against"):
            yield
    else:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            yield


@every
@pytest.mark.parametrize("missing", ["available", "null", "reconstruct"])
@FEW
@given(st.data())
def test_treatments(missing: str, form: Form, data: st.DataObject) -> None:
    """The value is that of the definition once unobserved ties are left out, absent, or as told back."""
    relation = data.draw(relations(form))
    surveyed = surveyed_networks(relation=relation, capped=False)
    organisation = data.draw(surveyed | twice_surveyed_networks(relation=relation))
    groups = grouped(organisation, data)
    with treating(missing):
        result = form(organisation, groups, missing=missing, draws=0)
    expected = form.define(View.of(organisation).treated(missing), groups)
    assert result.missing == missing
    for figure, value in zip(result, expected, strict=True):
        if form is OF_BROKERS and value is None and figure.lower == figure.upper:
            value = figure.lower  # noqa: PLW2901 - no answer could change it
        if value is not None and None not in {figure.lower, figure.upper}:
            value = min(max(value, figure.lower or 0), figure.upper or 0)  # noqa: PLW2901
        assert figure.value == close(value), figure


@every
@search(4)
@given(st.data())
def test_no_range_depends_on_the_treatment(form: Form, data: st.DataObject) -> None:
    """Whatever enters the value, the range tells what could be."""
    relation = data.draw(relations(form))
    organisation = data.draw(surveyed_networks(relation=relation))
    groups = grouped(organisation, data)
    ranges = []
    for missing in ("available", "null", "reconstruct"):
        with treating(missing):
            result = form(organisation, groups, missing=missing, draws=3)
        found = [(figure.lower, figure.upper) for figure in result]
        ranges.append((result.range_kind, found))
    assert ranges[0] == ranges[1] == ranges[2]


def half_answered(relation: str = "advice", **more: Any) -> Organisation:
    """Four people, of whom one did not answer: b and c name a, and c names b."""
    return Organisation.of(
        persons=[Person(name) for name in "abcd"],
        surveys=[Survey("q", "network", relation)],
        responses=[Response("q", name, answered=name != "a") for name in "abcd"],
        ties=[Tie(a, b, relation, "q") for a, b in ("ba", "ca", "cb")],
        **more,
    )


def test_three_treatments_of_somebody_silent() -> None:
    """Nobody knows whom a would name; left out 3 of 9, absent 3 of 12, told back 3 + 2 of 12."""
    now = snapshot(half_answered())
    found = {}
    for missing in ("available", "null", "reconstruct"):
        with treating(missing):
            (figure,) = measures.density(now, relation="advice", missing=missing)
        found[missing] = (figure.numerator, figure.denominator)
        assert (figure.lower, figure.upper) == (3 / 12, 6 / 12)
    assert found == {"available": (3, 9), "null": (3, 12), "reconstruct": (5, 12)}


def test_centralization_under_non_response_is_a_range() -> None:
    """As long as somebody may still name others there is no value; taken for absent there is."""
    now = snapshot(half_answered())
    (figure,) = measures.centralization(now, relation="advice")
    assert (figure.value, figure.reason) == (None, "some_did_not_answer")
    # a has 2; at least b, c and d get nothing that makes it more even than (2, 2, 1, 1); at most
    # nobody else is named.
    assert figure.lower == pytest.approx((4 * 2 - 6) / 9)
    assert figure.upper == pytest.approx((4 * 2 - 3) / 9)
    (absent,) = measures.centralization(now, relation="advice", missing="null")
    assert absent.value == pytest.approx(5 / 9)


def test_draws_may_be_left_out() -> None:
    """Without draws a range that needs them is unknown, and one with a formula is there."""
    now = snapshot(half_answered())
    (simulated,) = result = measures.transitivity(now, relation="advice", draws=0)
    assert (simulated.lower, simulated.upper, result.range_kind) == (None, None, "unknown")
    assert (result.draws, result.seed) == (None, None)
    (exact,) = measures.density(now, relation="advice", draws=0)
    assert (exact.lower, exact.upper) == (3 / 12, 6 / 12)


def asked(name: str) -> dict[str, Any]:
    """The arguments without which a measure cannot be called."""
    return {
        key: tuple(word) if isinstance(word, list) else word
        for key, word in CORE[name].about.example.items()
        if key not in {"null", "k", "draws"}
    }


@cache
def at(name: str) -> Any:
    """The moment, or the two years, that a measure is called with."""
    now = snapshot(half_answered())
    return (now, now) if CORE[name].about.over_years else now


WITH_INTERVAL = {
    "density",
    "reciprocity",
    "transitivity",
    "ei_index",
    "formal_advice",
    "outcome_gap",
}
OPTIONED = [found.name for found in CORE if "interval" in found.parameters]


@pytest.mark.parametrize("name", sorted({*OPTIONED} - WITH_INTERVAL))
def test_no_interval_where_none_is_valid(name: str) -> None:
    """All measures but six refuse an interval, and say why."""
    reason = CORE[name].about.no_interval
    assert reason
    with pytest.raises(MeasureError, match=f"{name} has no 95% interval: {reason}"):
        CORE[name](at(name), {**asked(name), "interval": True})


@pytest.mark.parametrize("name", ["density", "reciprocity"])
def test_an_interval_needs_eight_people(name: str) -> None:
    """With seven it is refused, with eight given, and it goes around the value within 0 and 1."""
    ids = [f"p{number:02d}" for number in range(8)]

    def town(n: int) -> Organisation:
        ties = [(k, (k + step) % n) for k in range(n) for step in (1, 2) if step == 1 or k % 3]
        ties += [((k + 1) % n, k) for k in range(0, n, 2)]
        return Organisation.of(
            persons=[Person(one) for one in ids[:n]],
            ties=[Tie(ids[a], ids[b], "reports_to") for a, b in ties],
        )

    function: Callable[..., Result] = getattr(measures, name)
    with pytest.raises(MeasureError, match="from 8 people on"):
        function(snapshot(town(7)), relation="reports_to", interval=True)
    (figure,) = result = function(snapshot(town(8)), relation="reports_to", interval=True)
    assert figure.value is not None
    assert figure.interval_lower is not None
    assert figure.interval_upper is not None
    assert 0 <= figure.interval_lower < figure.value < figure.interval_upper <= 1
    assert figure.lower == figure.value == figure.upper
    assert (result.interval, result.draws, result.seed) == ("jackknife", None, None)


@pytest.mark.parametrize("name", OPTIONED)
def test_unknown_null(name: str) -> None:
    """Each says which nulls it has, or why it has none."""
    about = CORE[name].about
    for null in {"size", "mutuals", "degrees", "labels", "chance"} - {*about.nulls}:
        told = repr(about.nulls[0]) if about.nulls else about.no_null
        assert told
        with pytest.raises(MeasureError, match=f"no null '{null}'.*{told}"):
            CORE[name](at(name), {**asked(name), "null": null})


@pytest.mark.parametrize("name", OPTIONED)
@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"drwas": 10}, 'did you mean "draws"'),
        ({"mising": "null"}, 'did you mean "missing"'),
        ({"missing": "nul"}, 'did you mean "null"'),
        ({"within": "school"}, "needs null='labels'"),
        ({"draws": -1}, "0 or more"),
        ({"seed": -1}, "0 or more"),
    ],
)
def test_options_that_there_are_not(name: str, more: dict[str, Any], message: str) -> None:
    """A misspelt option or treatment gets a suggestion, by name and called directly."""
    function: Callable[..., Result] = getattr(measures, name)
    with pytest.raises(MeasureError, match=message):
        function(at(name), **asked(name), **more)
    with pytest.raises(MeasureError, match=message):
        CORE[name](at(name), {**asked(name), **more})


def test_degrees_do_not_change_with_degrees_held_fixed() -> None:
    """The null that holds everybody's degree fixed says nothing of centralization in degree."""
    now = snapshot(half_answered())
    with pytest.raises(MeasureError, match="hold it fixed"):
        measures.centralization(now, relation="advice", null="degrees")


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("transitivity", {"null": "degrees"}),
        ("betweenness", {}),
        ("brokerage", {"null": "labels", "groups": dict.fromkeys("abcd", "x") | {"e": "y"}}),
    ],
)
def test_the_same_seed_gives_the_same(name: str, more: dict[str, Any]) -> None:
    """Two runs from one seed agree in every cell, and another seed draws something else."""
    people = "abcdefgh"
    ring = [(a, people[(place + step) % 8]) for place, a in enumerate(people) for step in (1, 3)]
    organisation = Organisation.of(
        persons=[Person(one) for one in people],
        surveys=[Survey("q", "network", "advice")],
        responses=[Response("q", one, answered=one not in "ah") for one in people],
        ties=[Tie(a, b, "advice", "q") for a, b in ring if a not in "ah"],
    )
    now, function = snapshot(organisation), getattr(measures, name)
    first, second, other = (
        function(now, relation="advice", draws=6, seed=seed, **more) for seed in (1, 1, 7)
    )
    assert first == second
    assert first.rows() != other.rows()


def test_many_processors_give_the_same() -> None:
    """Draws made on two processes are those made here, to the last bit."""
    now = snapshot(half_answered())
    arguments: dict[str, Any] = {"relation": "advice", "draws": 120, "null": "size", "seed": 3}
    here = measures.transitivity(now, **arguments)
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as executor:
        there = measures.transitivity(now, executor=executor, **arguments)
        paths = measures.betweenness(now, relation="advice", draws=60, executor=executor)
    assert there == here
    assert paths == measures.betweenness(now, relation="advice", draws=60)
    assert here.rows()[0]["sd"] is not None
