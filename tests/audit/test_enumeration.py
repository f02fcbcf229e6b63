"""The least and the most of every group, against every municipality that there could be."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations, product
from pathlib import Path
from typing import Any

from audit.publishing import publish, tell
from hypothesis import given
from hypothesis import strategies as st
from searching import search

from plfkit import Organisation, Person, Position, Unit, audit

K = 3
LEVELS = {"teacher": "pedagogical_staff", "principal": "school_leadership"}
SCHOOLS = ("a", "b")
Job = tuple[str, str]
People = frozenset[int]
SILENT = -1


def choose(jobs: list[set[Job]], level: str | None, school: str | None) -> People:
    """Return who holds a position of a level at a school."""
    return frozenset(
        person
        for person, own in enumerate(jobs)
        if any(level in {None, LEVELS[role]} and school in {None, at} for at, role in own)
    )


def list_groups(jobs: list[set[Job]], told: set[People]) -> set[People]:
    """Return every group that a staff list names, and published sets without others within them."""
    named = set()
    for school in (None, *SCHOOLS):
        teachers, leaders = (choose(jobs, level, school) for level in LEVELS.values())
        named |= {choose(jobs, None, school), teachers, leaders, teachers & leaders}
    rests = {one - other for one in told for other in told if other < one}
    return {group for group in named | rests if group}


def is_narrow(people: int, counts: set[int]) -> bool:
    """Tell whether a count is known too well, by the rule as it is written."""
    least, most = min(counts), max(counts)
    if people < K:
        return not {0, people} <= counts
    return most - least + 1 < K and not (least >= K and most <= people - K)


def count_states(states: tuple[int, ...], group: People, at: int) -> Mapping[str, int]:
    """Count those of a group who have it for certain, who may have it, and who answered."""
    own = [states[person] for person in group]
    return {
        "surely": sum(state >= at for state in own),
        "possibly": sum(state >= at or state == SILENT for state in own),
        "answered": sum(state != SILENT for state in own),
    }


@st.composite
def publications(draw: st.DrawFn) -> tuple[list[set[Job]], list[dict[str, Any]], int, bool]:
    """Draw a tiny municipality and what it publishes of itself, truly."""
    thresholds, silent = draw(st.integers(1, 2)), draw(st.booleans())
    size = draw(st.integers(1, 5 if thresholds == 2 and silent else 6))
    job = st.tuples(st.sampled_from(SCHOOLS), st.sampled_from(sorted(LEVELS)))
    jobs = draw(st.lists(st.sets(job, min_size=1, max_size=2), min_size=size, max_size=size))
    state = st.integers(SILENT if silent else 0, thresholds)
    truth = tuple(draw(st.lists(state, min_size=size, max_size=size)))
    figures = []
    sets = [(level, school) for level in (None, *LEVELS.values()) for school in (None, *SCHOOLS)]
    for at in range(1, thresholds + 1):
        for level, school in draw(st.lists(st.sampled_from(sets), unique=True, max_size=4)):
            people = choose(jobs, level, school)
            if people:
                counts = count_states(truth, people, at)
                ends = {
                    key: [
                        max(0, counts[key] - draw(st.integers(0, 1))),
                        min(len(people), counts[key] + draw(st.integers(0, 1))),
                    ]
                    for key in ("surely", "possibly")
                }
                if not silent:
                    ends["possibly"] = ends["surely"]
                figure = tell(
                    len(people),
                    ends["surely"],
                    *([level] if level else []),
                    at=[school] if school else [],
                    possibly=ends["possibly"],
                    property=f"p{at}",
                    family="p",
                    threshold=at,
                    own_answers=silent,
                )
                figures.append(figure)
    return jobs, figures, thresholds, silent


def list_possible(
    jobs: list[set[Job]], figures: list[dict[str, Any]], thresholds: int, *, silent: bool
) -> Iterator[tuple[int, ...]]:
    """Yield the states of everybody in every municipality that would have published the same."""
    told = [(set_of(jobs, figure), figure["threshold"], figure) for figure in figures]
    for states in product(range(SILENT if silent else 0, thresholds + 1), repeat=len(jobs)):
        if all(
            figure[key][0] <= count_states(states, people, at)[key] <= figure[key][1]
            for people, at, figure in told
            for key in ("surely", "possibly")
        ):
            yield states


def set_of(jobs: list[set[Job]], figure: dict[str, Any]) -> People:
    """Return the people a figure is about."""
    who = figure["who"]
    return choose(jobs, *(next(iter(who[key]), None) for key in ("of", "at")))


def enumerate_leaks(
    jobs: list[set[Job]], figures: list[dict[str, Any]], thresholds: int, *, silent: bool
) -> Counter[tuple[str, str, int, int, int]]:
    """Return all leaks of counts as an enumeration of municipalities finds them."""
    possible = [*list_possible(jobs, figures, thresholds, silent=silent)]
    found: Counter[tuple[str, str, int, int, int]] = Counter()
    sets = {at: {set_of(jobs, f) for f in figures if f["threshold"] == at} for at in (1, 2)}

    def judge(name: str, what: str, group: People, counts: set[int]) -> None:
        if is_narrow(len(group), counts):
            found[name, what, len(group), min(counts), max(counts)] += 1

    for at in (at for at in sets if sets[at]):
        for group in list_groups(jobs, sets[at]):
            for what in ("surely", "possibly", "answered") if silent else ("surely",):
                counts = {count_states(states, group, at)[what] for states in possible}
                judge(f"p{at}", what, group, counts)
    everybody = frozenset(range(len(jobs)))
    for group in {*(sets[1] & sets[2]), everybody} if sets[1] and sets[2] else ():
        for key in ("surely", "possibly") if silent else ("surely",):
            counts = {
                count_states(s, group, 1)[key] - count_states(s, group, 2)[key] for s in possible
            }
            judge("p1", "exactly", group, counts)
    return found


def employ_each(jobs: list[set[Job]]) -> Organisation:
    """Return the municipality."""
    return Organisation.of(
        units=[Unit("town", "municipality"), *(Unit(s, "school", None, "town") for s in SCHOOLS)],
        persons=[Person(f"person {number}") for number in range(len(jobs))],
        positions=[
            Position(f"person {number}", at, role)
            for number, own in enumerate(jobs)
            for at, role in sorted(own)
        ],
    )


@search(60)
@given(publications())
def test_every_group(drawn: tuple[list[set[Job]], list[dict[str, Any]], int, bool]) -> None:
    """The audit finds the leaks that an enumeration finds, with the same least and most."""
    jobs, figures, thresholds, silent = drawn
    with tempfile.TemporaryDirectory() as folder:
        path = publish(Path(folder), *figures, k=K)
        leaks = audit(path, staff=employ_each(jobs))
    found = Counter((one.property, one.what, one.people, one.least, one.most) for one in leaks)
    assert found == enumerate_leaks(jobs, figures, thresholds, silent=silent)
    assert all(one.sentence("da") and one.sentence("en") for one in leaks)


def test_pairs() -> None:
    """The enumeration itself knows the groups of two schools."""
    jobs = [{("a", "teacher")}, {("a", "principal")}, {("b", "teacher"), ("a", "principal")}]
    groups = list_groups(jobs, set())
    assert all(len(one) and one <= frozenset(range(3)) for one in groups)
    assert {frozenset({0, 2}), frozenset({1, 2}), frozenset({2})} <= groups
    assert len([*combinations(groups, 2)]) == len(groups) * (len(groups) - 1) // 2
