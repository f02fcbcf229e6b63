"""What teams say of themselves in the template: self-assessments and rhythm, as scale surveys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
from attrs import frozen

from plfkit.hints import Hint
from plfkit.model.records.schema import DATE, ID, INTEGER, NUMBER, ColumnSpec
from plfkit.model.words.core import FIVE_CHARACTERISTICS
from plfkit.model.words.kinds import AnswerScale
from plfkit.sources.cells import RawTable, code_cells, list_cells
from plfkit.sources.template.layout import SHORTEST
from plfkit.sources.template.questions import TeamQuestion
from plfkit.sources.template.values import ValueReader, spell_id

RHYTHM = "weeks_between_meetings"
"""The item under which a team's rhythm is kept, beside the characteristics."""
_SURVEYS = {FIVE_CHARACTERISTICS: "self_assessment", RHYTHM: "rhythm"}
"""What surveys are called, by their instrument: weeks are no answer on a scale from 1 to 4."""
_TEAM = ColumnSpec("community", ID, "Whose it is.", required=True)
_DATE = ColumnSpec("date", DATE, "The day.", required=True)
_WEEKS = ColumnSpec("weeks", NUMBER, "The rhythm.", minimum=SHORTEST)


@frozen
class TeamStatement:
    """One thing that a team said of itself: where it stands, when, what, how much, on which scale."""

    file: str
    row: int
    day: date | None
    team: Any
    instrument: str
    item: str
    value: float
    scale: AnswerScale | None

    @property
    def survey(self) -> str:
        """The survey it belongs to: one for each instrument and day, and one without a date."""
        name = _SURVEYS.get(self.instrument, f"{_SURVEYS[FIVE_CHARACTERISTICS]}_{self.instrument}")
        return name if self.day is None else f"{name}_{self.day}"


@frozen
class StatementReader:
    """Reads what teams said in two sheets; what cannot be read is added to the faults."""

    values: ValueReader
    questions: Sequence[TeamQuestion]

    def read_statements(self, assessments: RawTable, teams: RawTable) -> list[TeamStatement]:
        """Return everything that teams said of themselves.

        A team's rhythm has the day of its latest self-assessment. One that gave its rhythm without
        ever assessing itself is in a survey without a date: nobody knows when it said so.
        """
        days = self.values.read_values(assessments, _DATE)
        self.values.read_values(assessments, _TEAM)  # for its faults: what is no team's is nobody's
        whose = [spell_id(cell) for cell in list_cells(assessments, "community")]
        rows = list(zip(whose, days, strict=True))
        repeated = self._refuse_repeated_days(assessments, rows)
        known = [row for row in rows if None not in row]
        # In the order of days, so that a team's last one stays.
        latest: dict[Any, date] = dict(sorted(known, key=lambda row: row[1]))
        return [
            *self._list_assessments(assessments, rows, repeated),
            *self._list_rhythms(teams, latest),
        ]

    def _list_assessments(
        self, raw: RawTable, rows: Sequence[tuple[Any, date | None]], repeated: set[int]
    ) -> Iterator[TeamStatement]:
        for asked in self.questions:
            values = self.values.read_values(raw, _make_answer_spec(asked))
            for row, (team, day), value in zip(raw.rows.tolist(), rows, values, strict=True):
                if None not in {day, team, value} and row not in repeated:
                    yield TeamStatement(
                        raw.file, row, day, team, asked.framework, asked.item, value, asked.scale
                    )

    def _list_rhythms(self, teams: RawTable, latest: dict[Any, date]) -> Iterator[TeamStatement]:
        """Yield each team's rhythm once, of the first row that gives it."""
        weeks: dict[Any, tuple[int, float]] = {}
        ids, values = list_cells(teams, "id"), self.values.read_values(teams, _WEEKS)
        for row, team, value in zip(teams.rows.tolist(), ids, values, strict=True):
            if team is not None and value is not None:
                weeks.setdefault(spell_id(team), (row, value))
        for team, (row, value) in weeks.items():
            yield TeamStatement(
                teams.file, row, latest.get(team), team, RHYTHM, RHYTHM, value, None
            )

    def _refuse_repeated_days(self, raw: RawTable, rows: Iterable[tuple[Any, Any]]) -> set[int]:
        """Refuse a team's further rows for one day, and return which rows of the sheet those are."""
        seen: set[tuple[Any, Any]] = set()
        repeated: set[int] = set()
        for number, row in enumerate(rows):
            if row in seen and None not in row:
                self.values.refuse_cell(
                    raw, number, "community", "duplicate", Hint("row.other_day")
                )
                repeated.add(int(raw.rows[number]))
            seen.add(row)
        return repeated


def _make_answer_spec(asked: TeamQuestion) -> ColumnSpec:
    lowest, highest = asked.scale.lowest, asked.scale.highest
    return ColumnSpec(asked.item, INTEGER, "A self-assessment.", minimum=lowest, maximum=highest)


def list_scale_surveys(statements: Sequence[TeamStatement]) -> list[dict[str, Any]]:
    """Return the surveys that what was said belongs to, each as the cells of its row."""
    first = {one.survey: one for one in reversed(statements)}
    return [
        {
            "id": name,
            "kind": "scale",
            "instrument": one.instrument,
            "date": one.day,
            "lowest": None if one.scale is None else one.scale.lowest,
            "highest": None if one.scale is None else one.scale.highest,
        }
        for name, one in sorted(first.items())
    ]


def build_answer_rows(statements: Sequence[TeamStatement]) -> RawTable:
    """Return what was said as answers of communities."""
    cells: dict[str, list[Any]] = {
        "survey": [one.survey for one in statements],
        "community": [one.team for one in statements],
        "item": [one.item for one in statements],
        "value": [one.value for one in statements],
    }
    return RawTable(
        file=statements[0].file if statements else _SURVEYS[FIVE_CHARACTERISTICS],
        columns={name: code_cells(values) for name, values in cells.items()},
        rows=np.array([one.row for one in statements], np.int64),
        titles={"community": "Team", "item": "Team"},
        numbers_are_ids=True,
    )
