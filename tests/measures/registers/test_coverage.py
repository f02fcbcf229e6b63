"""Who is qualified for what they teach: as supplied in lessons, and as the staff list tells."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfkit import Organisation, Snapshot, snapshot
from plfkit.errors import MeasureError
from plfkit.measures import competence_coverage, qualification_share
from plfkit.model.records.rows import Outcome, Person, Position, Qualification, Unit

SCHOOLS = [Unit("m", "municipality"), *(Unit(f"s{n}", "school", parent="m") for n in range(3))]


def supplied(*rows: tuple[str, str | None, float, int]) -> Snapshot:
    """Schools, and what they supplied: unit, subject, share and lessons."""
    outcomes = [
        Outcome(unit, "competence_coverage", subgroup=subject, value=value, n=n)
        for unit, subject, value, n in rows
    ]
    return snapshot(Organisation.of(units=SCHOOLS, persons=[], outcomes=outcomes))


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 2000)), min_size=3, max_size=3))
def test_it_is_covered_lessons_over_lessons(told: list[tuple[float, int]]) -> None:
    """Schools count by their lessons; all have supplied, so the range is a point."""
    now = supplied(*((f"s{n}", "danish", share, n_) for n, (share, n_) in enumerate(told)))
    (figure,) = competence_coverage(now, subject="danish")
    covered, lessons = sum(share * n for share, n in told), sum(n for _, n in told)
    assert figure.value == figure.lower == figure.upper == pytest.approx(covered / lessons)
    assert (figure.denominator, figure.n) == (lessons, None)


def test_a_subject_is_no_part_of_all_subjects() -> None:
    """The figure of all subjects is the row without one; a school that lacks it leaves no range."""
    now = supplied(("s0", None, 0.5, 100), ("s0", "danish", 1, 40), ("s1", "danish", 0.5, 60))
    (whole,) = competence_coverage(now)
    assert (whole.value, whole.lower, whole.denominator) == (0.5, None, 100)
    (danish,) = competence_coverage(now, subject="danish")
    assert (danish.numerator, danish.denominator) == (70, 100)
    (arts,) = competence_coverage(now, subject="arts")
    assert (arts.value, arts.reason) == (None, "not_supplied")


def test_what_is_no_share_is_refused() -> None:
    """A coverage of 87 is one in per cent: it is told, not divided by."""
    with pytest.raises(MeasureError, match="between 0 and 1"):
        competence_coverage(supplied(("s0", None, 87, 100)))


def staff(positions: list[Position], trained: list[Qualification]) -> Snapshot:
    """People who teach, and what they are qualified in."""
    people = sorted({position.person for position in positions})
    return snapshot(
        Organisation.of(
            units=SCHOOLS,
            persons=[Person(name) for name in people],
            positions=positions,
            qualifications=trained,
        )
    )


DANISH: dict[str, Any] = {
    "kind": "teaching_qualification",
    "subject": "danish",
    "teaches": "danish",
}


def test_teachers_of_a_subject() -> None:
    """Of two who teach Danish one is qualified; who is, and teaches arts, has no part in it."""
    now = staff(
        [
            Position("anna", "s0", "teacher", subject="danish"),
            Position("bo", "s0", "teacher", subject="danish"),
            Position("bo", "s1", "teacher", subject="arts"),
            Position("carl", "s1", "teacher", subject="arts"),
        ],
        [
            Qualification(name, "teaching_qualification", subject="danish")
            for name in ("anna", "carl")
        ],
    )
    (figure,) = qualification_share(now, **DANISH)
    assert (figure.value, figure.numerator, figure.denominator, figure.n) == (0.5, 1, 2, 2)
    by_school = {
        row.part: (row.value, row.n) for row in qualification_share(now, **DANISH, by="school")
    }
    # At s1 bo teaches arts only: nobody there teaches Danish.
    assert by_school["s0"] == (0.5, 2)
    assert by_school.get("s1", (None, 0)) == (None, 0)


def test_without_subjects() -> None:
    """A staff list without subjects says so; it is not a share of 0."""
    now = staff(
        [Position("anna", "s0", "teacher")],
        [Qualification("anna", "teaching_qualification", subject="danish")],
    )
    result = qualification_share(now, **DANISH)
    assert (result.figures[0].value, result.figures[0].reason) == (None, "not_registered")
    assert tuple(map(str, result.needs)) == ("positions",)
