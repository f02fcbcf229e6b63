"""What teams say of themselves in the template: self-assessments and rhythm, as scale surveys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
from attrs import frozen

from plfkit.errors import Fault, Place
from plfkit.hints import Hint
from plfkit.model.records.checking.columns import find_out_of_range
from plfkit.model.records.schema import DATE, ID, INTEGER, NUMBER, ColumnSpec
from plfkit.model.words.vocabulary import FIVE_CHARACTERISTICS, Vocabulary
from plfkit.sources.cells import RawTable, code_cells, list_cells, read_column
from plfkit.sources.dialects import Dialect
from plfkit.sources.template.layout import HIGHEST, LOWEST, SHORTEST

RHYTHM = "weeks_between_meetings"
"""The item under which a team's rhythm is kept, beside the characteristics."""
_SURVEYS = {FIVE_CHARACTERISTICS: "self_assessment", RHYTHM: "rhythm"}
"""What the surveys are called, by their instrument: weeks are no answer on a scale from 1 to 4."""
_TEAM = ColumnSpec("community", ID, "Whose it is.", required=True)
_DATE = ColumnSpec("date", DATE, "The day.", required=True)
_WEEKS = ColumnSpec("weeks", NUMBER, "The rhythm.", minimum=SHORTEST)


@frozen
class TeamStatement:
    """One thing that a team said of itself: where it stands, when, what, and how much."""

    file: str
    row: int
    day: date | None
    team: Any
    item: str
    value: float

    @property
    def instrument(self) -> str:
        """The questions it answers."""
        return RHYTHM if self.item == RHYTHM else FIVE_CHARACTERISTICS

    @property
    def survey(self) -> str:
        """The survey it belongs to: one for each instrument and day, and one without a date."""
        name = _SURVEYS[self.instrument]
        return name if self.day is None else f"{name}_{self.day}"


@frozen
class StatementReader:
    """Reads what teams said in two sheets; what cannot be read is added to the faults."""

    vocabulary: Vocabulary
    dialect: Dialect
    faults: list[Fault]

    def read_statements(self, assessments: RawTable, teams: RawTable) -> list[TeamStatement]:
        """Return everything that teams said of themselves.

        A team's rhythm has the day of its latest self-assessment. One that gave its rhythm without
        ever assessing itself is in a survey without a date: nobody knows when it said so.
        """
        days = self._read_values(assessments, _DATE)
        self._read_values(assessments, _TEAM)  # for its faults: what is no team's is nobody's
        whose = [_normalise_team_id(cell) for cell in list_cells(assessments, "community")]
        repeated = self._refuse_repeated_days(assessments, zip(whose, days, strict=True))
        found = [
            TeamStatement(assessments.file, int(row), day, team, item, value)
            for item in self.vocabulary.five_characteristics
            for row, day, team, value in zip(
                assessments.rows,
                days,
                whose,
                self._read_values(assessments, _make_scale_spec(item)),
                strict=True,
            )
            if None not in {day, team, value} and row not in repeated
        ]
        known = [pair for pair in zip(days, whose, strict=True) if None not in pair]
        # In the order of days, so that a team's last one stays.
        latest = {team: day for day, team in sorted(known, key=lambda pair: pair[0])}
        weeks: dict[Any, tuple[int, float]] = {}
        for row, team, value in zip(
            teams.rows, list_cells(teams, "id"), self._read_values(teams, _WEEKS), strict=True
        ):
            if team is not None and value is not None:
                weeks.setdefault(_normalise_team_id(team), (int(row), value))
        return found + [
            TeamStatement(teams.file, row, latest.get(team), team, RHYTHM, value)
            for team, (row, value) in weeks.items()
        ]

    def _refuse_repeated_days(self, raw: RawTable, rows: Iterable[tuple[Any, Any]]) -> set[int]:
        """Refuse a team's further rows for one day, and return which rows of the sheet those are."""
        seen: set[tuple[Any, Any]] = set()
        repeated: set[int] = set()
        for number, row in zip(raw.rows, rows, strict=True):
            if row in seen and None not in row:
                place = Place(raw.file, int(number), raw.titles.get("community"))
                self.faults.append(Fault("duplicate", place, Hint("row.other_day")))
                repeated.add(int(number))
            seen.add(row)
        return repeated

    def _read_values(self, raw: RawTable, spec: ColumnSpec) -> list[Any]:
        """Return the values of a column; one that is refused is None, and is judged no further."""
        column = read_column(raw, spec, self.vocabulary, self.dialect, self.faults)
        title = raw.titles.get(spec.name, spec.name)
        values = column.tolist()
        for found in find_out_of_range("", column, spec):
            for row in found.rows.tolist():
                place = Place(raw.file, int(raw.rows[row]), title)
                self.faults.append(Fault(found.code, place, found.hint))
                values[row] = None
        return values


def _normalise_team_id(cell: Any) -> Any:
    """Return a team's id as it is compared: the number 12 and the text 12 are one team."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else cell


def _make_scale_spec(item: str) -> ColumnSpec:
    return ColumnSpec(item, INTEGER, "A self-assessment.", minimum=LOWEST, maximum=HIGHEST)


def build_survey_rows(statements: Sequence[TeamStatement]) -> RawTable:
    """Return the surveys that what was said belongs to."""
    first = {one.survey: one for one in reversed(statements)}
    rounds = [first[name] for name in sorted(first)]
    ends = {FIVE_CHARACTERISTICS: (LOWEST, HIGHEST), RHYTHM: (None, None)}
    cells: dict[str, list[Any]] = {
        "id": [one.survey for one in rounds],
        "kind": ["scale"] * len(rounds),
        "instrument": [one.instrument for one in rounds],
        "date": [one.day for one in rounds],
        "lowest": [ends[one.instrument][0] for one in rounds],
        "highest": [ends[one.instrument][1] for one in rounds],
    }
    return _build_statement_table(rounds, cells)


def build_answer_rows(statements: Sequence[TeamStatement]) -> RawTable:
    """Return what was said as answers of communities."""
    cells: dict[str, list[Any]] = {
        "survey": [one.survey for one in statements],
        "community": [one.team for one in statements],
        "item": [one.item for one in statements],
        "value": [one.value for one in statements],
    }
    return _build_statement_table(statements, cells)


def _build_statement_table(
    statements: Sequence[TeamStatement], cells: dict[str, list[Any]]
) -> RawTable:
    return RawTable(
        file=statements[0].file if statements else _SURVEYS[FIVE_CHARACTERISTICS],
        columns={name: code_cells(values) for name, values in cells.items()},
        rows=np.array([one.row for one in statements], np.int64),
        titles={"community": "Team", "item": "Team"},
        numbers_are_ids=True,
    )
