"""A hypothesis strategy for tables in which one thing is wrong, and what it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen
from hypothesis import strategies as st

from plfkit.model.records.native import Records
from plfkit.model.records.rows import (
    Community,
    Membership,
    Person,
    Position,
    Response,
    Survey,
    Tie,
    Unit,
)
from plfkit.periods import Period
from plfkit.testing.strategies import organisations

_A, _B = Person("wrong-a"), Person("wrong-b")
_YEAR, _NEXT = Period.parse("2018/19"), Period.parse("2019/20")
_SURVEY = Survey("wrong-survey", "network", "advice")
_TIE = Tie("wrong-a", "wrong-b", "advice", "wrong-survey")

_WRONG: Mapping[str, Mapping[str, Iterable[object]]] = {
    "duplicate": {"persons": [_A, _A]},
    "dangling_reference": {"units": [Unit("wrong", "school", parent="nowhere")]},
    "unknown_kind": {"units": [Unit("wrong", "castle")]},
    "cycle": {
        "units": [
            Unit("wrong-1", "school", parent="wrong-2"),
            Unit("wrong-2", "school", parent="wrong-1"),
        ]
    },
    "over_full_time": {
        "units": [Unit("wrong", "school")],
        "persons": [_A],
        "positions": [
            Position("wrong-a", "wrong", "teacher", 0.7),
            Position("wrong-a", "wrong", "pedagogue", 0.7),
        ],
    },
    "outside": {
        "persons": [_A],
        "communities": [Community("wrong", "team", valid=_YEAR)],
        "memberships": [Membership("wrong", "wrong-a", valid=_NEXT)],
    },
    "self_tie": {"persons": [_A], "ties": [Tie("wrong-a", "wrong-a", "collaboration")]},
    "not_asked": {
        "persons": [_A, _B],
        "surveys": [_SURVEY],
        "responses": [Response("wrong-survey", "wrong-b", answered=True)],
        "ties": [_TIE],
    },
    "not_answered": {
        "persons": [_A, _B],
        "surveys": [_SURVEY],
        "responses": [
            Response("wrong-survey", name, answered=False) for name in ("wrong-a", "wrong-b")
        ],
        "ties": [_TIE],
    },
}
"""The rows that make each fault, the last table holding it."""


@frozen
class FaultyTables:
    """Records that `Organisation.of` refuses.

    Attributes:
        records: The records of each native table, as `plfkit.Organisation.of` takes them.
        code: The code of the fault that was put in.
        table: The table that it was put in.
    """

    records: Records
    code: str
    table: str


@st.composite
def faulty_tables(draw: st.DrawFn) -> FaultyTables:
    """Draw an organisation's records with one fault put in."""
    organisation = draw(organisations())
    code = draw(st.sampled_from(sorted(_WRONG)))
    wrong = _WRONG[code]
    records = {name: [*table, *wrong.get(name, ())] for name, table in organisation.tables.items()}
    return FaultyTables(records, code, list(wrong)[-1])  # type: ignore[arg-type]
