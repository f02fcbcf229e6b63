"""Who was observed, who observed, and who is outside: by answers, by ties or by visits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plfkit import Organisation, Snapshot, snapshot
from plfkit.errors import MeasureError
from plfkit.measures import observed_share, observer_share
from plfkit.model.records.rows import (
    Answer,
    Event,
    Participation,
    Person,
    Position,
    Registration,
    Response,
    Survey,
    Tie,
    Unit,
)
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.testing import surveyed_networks

DAY = date(2018, 11, 15)
STAFF: dict[str, Any] = {
    "units": [Unit("s", "school"), Unit("t", "school")],
    "persons": [Person(name) for name in "abcd"],
    "positions": [Position(name, "t" if name == "d" else "s", "teacher") for name in "abcd"],
}
Said = dict[str, tuple[float | None, float | None]]
"""For each code: whether they were observed, and whether they observed others."""


def answered(said: Said, *, silent: int | None = 0, **known: Any) -> Snapshot:
    """A survey of one school; without a roster if `silent` is None."""
    responses = [
        Response("q", f"r{number}", answered=number < len(said))
        for number in range(len(said) + (silent or 0) if silent is not None else 0)
    ]
    answers = [
        Answer("q", code, item=item, value=value)
        for code, values in said.items()
        for item, value in zip(("was_observed", "observed_others"), values, strict=True)
        if value is not None
    ]
    return snapshot(
        Organisation.of(
            units=STAFF["units"],
            persons=[Person(row.person) for row in responses],
            surveys=[Survey("q", "scale", unit="s", **{"lowest": 0, "highest": 1, **known})],
            responses=responses,
            answers=answers,
        )
    )


def only(result: Result) -> Figure:
    """The one figure."""
    (figure,) = result
    return figure


def ends(figure: Figure) -> tuple[float | None, ...]:
    """Its range, with the value between."""
    return figure.lower, figure.value, figure.upper


def test_answers_are_counted_among_those_who_answered() -> None:
    """Of four who answered one was observed and two observed; one more was silent."""
    said: Said = {"w": (1, 1), "x": (0, 1), "y": (0, 0), "z": (0, 0)}
    now = answered(said, silent=1)
    observed, observer = only(observed_share(now)), only(observer_share(now))
    assert ends(observed) == pytest.approx((1 / 5, 1 / 4, 2 / 5))
    assert ends(observer) == pytest.approx((2 / 5, 2 / 4, 3 / 5))
    assert (observed.numerator, observed.denominator, observed.n) == (1, 4, 4)
    neither = observed_share(now, variant="neither")
    assert ends(only(neither)) == pytest.approx((2 / 5, 2 / 4, 3 / 5))
    assert (only(neither).numerator, only(neither).denominator) == (2, 4)
    assert neither.variant == "answers, neither"
    assert tuple(map(str, neither.needs)) == ("answers",)


def test_who_told_one_side_only_may_still_be_outside() -> None:
    """Somebody who was not observed, and did not say whether they observed, has no part in the value."""
    figure = only(observed_share(answered({"x": (0, None), "y": (1, 1)}), variant="neither"))
    assert ends(figure) == (0, 0, 1 / 2)
    assert figure.denominator == 1


SAID = st.sampled_from([None, 0.0, 1.0])
PAIRS = st.tuples(SAID, SAID).filter(lambda pair: pair != (None, None))


@given(st.lists(PAIRS, min_size=1, max_size=3), st.integers(0, 1))
def test_range_over_completions(
    pairs: list[tuple[float | None, float | None]], silent: int
) -> None:
    """Filling in every missing answer, the share that is outside reaches both ends."""
    assume(all(any(pair[side] is not None for pair in pairs) for side in (0, 1)))
    now = answered({f"x{n}": pair for n, pair in enumerate(pairs)}, silent=silent)
    figure = only(observed_share(now, variant="neither"))
    cells = [cell for pair in [*pairs, *[(None, None)] * silent] for cell in pair]
    gaps = [place for place, cell in enumerate(cells) if cell is None]
    shares = []
    for filled in product((0, 1), repeat=len(gaps)):
        complete = list((dict(enumerate(cells)) | dict(zip(gaps, filled, strict=True))).values())
        outside = [not complete[n] and not complete[n + 1] for n in range(0, len(complete), 2)]
        shares.append(sum(outside) / len(outside))
    assert (figure.lower, figure.upper) == pytest.approx((min(shares), max(shares)))


@pytest.mark.parametrize(
    ("values", "known"),
    [((1, 2, 3, 4), {"lowest": 1, "highest": 4}), ((0, 0.5, 1, 1), {})],
)
def test_a_yes_is_any_answer_above_the_lowest(
    values: tuple[float, ...], known: dict[str, Any]
) -> None:
    """Never, and three bins of frequency above it; no, and anything more than no."""
    said: Said = {f"x{n}": (value, None) for n, value in enumerate(values)}
    assert only(observed_share(answered(said, **known))).value == 3 / 4


def test_what_nobody_told_is_not_guessed() -> None:
    """Without ends of the scale no answer is a yes; without a roster nobody knows the range."""
    said: Said = {"x": (1, 1), "y": (0, 1)}
    unknown = observed_share(answered(said, lowest=None, highest=None))
    assert (only(unknown).value, only(unknown).reason) == (None, "scale_unknown")
    assert tuple(map(str, unknown.needs)) == ("surveys",)
    loose = observed_share(answered(said, silent=None))
    assert ends(only(loose)) == (None, 0.5, None)
    assert (loose.observed, loose.range_kind, tuple(map(str, loose.needs))) == (
        None,
        "unknown",
        ("responses",),
    )


def test_school_of_the_survey() -> None:
    """The other school was not asked, which is not zero."""
    result = observed_share(answered({"x": (1, 1), "y": (0, 1)}), by="school")
    assert [(row.part, row.value, row.reason) for row in result] == [
        ("s", 0.5, None),
        ("t", None, "not_surveyed"),
    ]


def test_ties_do_not_answer_for_answers() -> None:
    """One source, never another in its place: with ties alone the answers are not there."""
    tie = [Tie("a", "b", "observation")]
    now = snapshot(Organisation.of(**STAFF, ties=tie))
    assert only(observed_share(now)).reason == "not_surveyed"
    assert only(observed_share(now, source="ties")).value == 1 / 4


def completions(organisation: Organisation) -> Iterable[set[tuple[str, str]]]:
    """Every way in which those who did not answer could have named others."""
    people = [person.id for person in organisation.persons]
    told = {(tie.source, tie.target) for tie in organisation.ties}
    silent = [row.person for row in organisation.responses if not row.answered]
    unseen = [(source, target) for source in silent for target in people if source != target]
    for there in product((False, True), repeat=len(unseen)):
        yield told | {pair for pair, present in zip(unseen, there, strict=True) if present}


@given(
    surveyed_networks(most=3, relation="observation", capped=False),
    st.integers(1, 2),
    st.sampled_from(["observed", "observer", "neither"]),
)
def test_the_range_of_ties_is_that_of_all_completions(
    organisation: Organisation, at_least: int, wanted: str
) -> None:
    """Whoever did not answer may have observed anybody: both ends are reached."""
    now = snapshot(organisation)
    people = [person.id for person in organisation.persons]

    def share(ties: set[tuple[str, str]]) -> float:
        seen = {p for p in people if sum(t == p for _, t in ties) >= at_least}
        saw = {p for p in people if sum(s == p for s, _ in ties) >= at_least}
        yes = {"observed": seen, "observer": saw, "neither": {*people} - seen - saw}[wanted]
        return len(yes) / len(people)

    asked: dict[str, Any] = {"source": "ties", "at_least": at_least}
    if wanted == "observer":
        figure = only(observer_share(now, **asked))
    else:
        variant = "neither" if wanted == "neither" else None
        figure = only(observed_share(now, **asked, variant=variant))
    shares = [share(ties) for ties in completions(organisation)]
    assume(figure.lower is not None)
    assert (figure.lower, figure.upper) == pytest.approx((min(shares), max(shares)))
    if figure.value is not None:
        assert min(shares) - 1e-9 <= figure.value <= max(shares) + 1e-9


def test_observers_who_answered() -> None:
    """Who did not answer may have observed: they have no part in the value, and widen the range."""
    now = snapshot(
        Organisation.of(
            **STAFF,
            surveys=[Survey("q", "network", "observation")],
            responses=[Response("q", name, answered=name != "d") for name in "abcd"],
            ties=[Tie("a", "b", "observation", "q")],
        )
    )
    observer, observed = (
        f(now, source="ties", by="school") for f in (observer_share, observed_share)
    )
    assert [ends(row) for row in observer] == [(1 / 3, 1 / 3, 1 / 3), (0, None, 1)]
    assert [row.reason for row in observer] == [None, "some_did_not_answer"]
    # Who is silent may have observed each of the three; everybody else has told that they did not see d.
    assert [ends(row) for row in observed] == [(1 / 3, None, 1), (0, 0, 0)]


def visits(*pairs: tuple[str, str], complete: bool = True, unnamed: bool = False) -> Snapshot:
    """Visits in which the first observed the second, at a school whose log is complete or not."""
    events = [Event(f"e{n}", "observation_visit", DAY, "s") for n in range(len(pairs))]
    parts = [
        Participation(f"e{n}", person, role)
        for n, pair in enumerate(pairs)
        for person, role in zip(pair, ("observer", "observed"), strict=True)
    ]
    more = [Event("x", "observation_visit", DAY, "s")] if unnamed else []
    year = snapshot(Organisation.of(**STAFF, events=events)).period if events else None
    registered = [Registration("s", "observation_visit", complete=complete)]
    return snapshot(
        Organisation.of(
            **STAFF,
            events=[*events, *more],
            participations=parts,
            registrations=[*registered, Registration("t", "observation_visit", complete=True)],
        ),
        year,
    )


def test_visits_count_by_the_part_that_staff_had() -> None:
    """With b visited twice and c once, two visits are b's alone, and three the observer's."""
    now = visits(("a", "b"), ("a", "b"), ("a", "c"))
    assert only(observed_share(now, source="events")).value == 2 / 4
    assert only(observed_share(now, source="events", at_least=2)).value == 1 / 4
    assert only(observer_share(now, source="events", at_least=3)).value == 1 / 4
    neither = observed_share(now, source="events", variant="neither")
    assert ends(only(neither)) == (1 / 4, 1 / 4, 1 / 4)
    assert neither.evidence == {"events": 3}


def test_what_is_not_registered_is_not_zero() -> None:
    """At a school whose log has gaps, those of whom there is no visit may have been observed."""
    figure = only(observed_share(visits(("a", "b"), complete=False), source="events"))
    # Only d works where the log is complete, and would say 0; b, who surely was, rules that out.
    assert ends(figure) == (1 / 4, None, 3 / 4)
    assert figure.reason == "some_not_registered"
    by_school = observed_share(visits(("a", "b"), complete=False), source="events", by="school")
    assert [ends(row) for row in by_school] == [(1 / 3, None, 1), (0, 0, 0)]
    assert tuple(map(str, by_school.needs)) == ("registrations:observation_visit",)


def test_visit_without_names() -> None:
    """Nobody noted who was there: those of its school may have been, the others not."""
    figure = only(observed_share(visits(("a", "b"), unnamed=True), source="events"))
    assert ends(figure) == (1 / 4, 1 / 4, 3 / 4)


def test_a_part_without_a_role_is_neither_yes_nor_no() -> None:
    """Somebody noted at a visit, nobody knows as what, may have been observed."""
    base = visits(("a", "b"))
    rows = [*base.participations, Participation("e0", "c")]
    now = snapshot(
        Organisation.of(
            **STAFF,
            events=list(base.events),
            participations=rows,
            registrations=list(base.registrations),
        ),
        base.period,
    )
    assert ends(only(observed_share(now, source="events"))) == (1 / 4, 1 / 4, 2 / 4)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"source": "event"}, 'did you mean "events"'),
        ({"variant": "nether"}, 'did you mean "neither"'),
        ({"at_least": 0}, "1 or more"),
        ({"at_least": 2}, "not how often"),
        ({"source": "ties", "relation": "collaboration"}, "has no direction"),
        ({"source": "ties", "relation": "observaton"}, 'did you mean "observation"'),
        ({"by": "level"}, "lead to nobody"),
    ],
)
def test_what_makes_no_sense_is_refused(asked: dict[str, Any], message: str) -> None:
    """Sources, variants and counts that there are not, and levels of codes."""
    with pytest.raises(MeasureError, match=message):
        observed_share(answered({"x": (1, 1)}), **asked)


def test_those_outside_have_a_name_of_their_own() -> None:
    """A share of people outside is not called a share of people observed."""
    now = answered({"x": (1, 1), "y": (0, 0)})
    inside, outside = observed_share(now), observed_share(now, variant="neither")
    assert inside.label is not None
    assert outside.label is not None
    assert "not take part" in outside.label.en
    assert "endnu ikke" in outside.label.da
    assert inside.label != outside.label


def test_without_roster() -> None:
    """X said yes to one question and nothing to the other: it is y's 0 of 1 that is counted, unmoved."""
    loose = answered({"x": (1, None), "y": (0, 0)}, silent=None)
    figure = only(observed_share(loose, variant="neither"))
    assert (figure.value, figure.numerator, figure.denominator) == (1, 1, 1)
    assert (figure.lower, figure.upper) == (None, None)


def test_a_share_that_others_rule_out_is_none() -> None:
    """Two said yes to one question and nothing to the other; of who told both nobody did."""
    known = answered({"x": (1, None), "z": (None, 1), "y": (0, 0)})
    figure = only(observed_share(known, variant="neither"))
    # Whoever is not known to be outside surely is not: of three one is, and nothing is open.
    assert ends(figure) == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    assert (figure.numerator, figure.denominator) == (1, 3)
    silent = answered({"x": (1, None), "z": (None, 1), "y": (0, 0)}, silent=1)
    figure = only(observed_share(silent, variant="neither"))
    assert ends(figure) == (1 / 4, None, 2 / 4)
    assert figure.reason == "some_did_not_answer"


def school_with_a_leader(source: str) -> Snapshot:
    """The principal p visits a, and teacher b visits c; all are told of, by ties or in a full log."""
    people = [*"abc", "p"]
    visits = {"v1": ("p", "a"), "v2": ("b", "c")}
    events = source == "events"
    return snapshot(
        Organisation.of(
            units=[Unit("s", "school")],
            persons=[Person(name) for name in people],
            positions=[
                Position(name, "s", "principal" if name == "p" else "teacher") for name in people
            ],
            ties=[] if events else [Tie(*pair, "observation") for pair in visits.values()],
            events=[Event(name, "observation_visit", DAY, "s") for name in visits if events],
            participations=[
                Participation(visit, person, role)
                for visit, pair in visits.items()
                for person, role in zip(pair, ("observer", "observed"), strict=True)
                if events
            ],
            registrations=[Registration("s", "observation_visit", complete=True)],
        ),
        "2018/19" if events else None,
    )


@pytest.mark.parametrize("source", ["ties", "events"])
def test_a_leaders_visit_is_no_colleagues(source: str) -> None:
    """Of three teachers c was seen by a colleague; a was seen by the principal, who is left out."""
    now = school_with_a_leader(source)
    for share in (observed_share, observer_share):
        figure = only(share(now, source=source))
        assert (figure.value, figure.n) == (1 / 3, 3)
    assert only(observed_share(now, source=source, people=("reading_coach",))).n == 0


def test_those_who_teach() -> None:
    """The principal's yes is left out of linked answers; under codes all count, and a note says so."""
    people = ("a", "b", "p")
    linked = [True, False]
    found = []
    for known in linked:
        org = Organisation.of(
            units=[Unit("s", "school")],
            persons=[Person(name) for name in people],
            positions=[
                Position(name, "s", "principal" if name == "p" else "teacher") for name in people
            ],
            surveys=[Survey("q", "scale", unit="s", lowest=0, highest=1, linked=known)],
            responses=[Response("q", name, answered=True) for name in people],
            answers=[
                Answer("q", name if known else f"code-{name}", item="was_observed", value=value)
                for name, value in zip(people, (0, 1, 1), strict=True)
            ],
        )
        result = observed_share(snapshot(org), people=("teacher",))
        found.append((only(result).value, result.notes.get("answers_under_codes")))
    assert found == [(1 / 2, None), (2 / 3, 3)]
