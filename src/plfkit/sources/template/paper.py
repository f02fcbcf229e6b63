"""A question that was asked on paper: who was asked, who answered, and whom they named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from attrs import Factory, evolve, frozen

from plfkit.faults import FaultCode
from plfkit.hints import Hint
from plfkit.model.records.schema import DATE, FLAG, INTEGER, TEXT, ColumnSpec
from plfkit.sources.cells import RawTable, code_cells, list_cells
from plfkit.sources.importing.people import People
from plfkit.sources.template.layout import map_flag_words
from plfkit.sources.template.values import ValueReader, replace_words, spell_id

_RELATION = ColumnSpec("relation", TEXT, "The question.", required=True, kind="relations")
_DATE = ColumnSpec("date", DATE, "The day.")
_LIMIT = ColumnSpec("max_ties", INTEGER, "The room for names.", minimum=1)
_ANSWERED = ColumnSpec("answered", FLAG, "Whether they answered.")
_NAME = "name_"
"""What the ids of the columns begin with that hold those who were named."""


@frozen
class PaperReply:
    """One sheet of paper: what was asked, of whom, and what came back."""

    row: int
    relation: str
    day: date | None
    max_ties: int | None
    person: str
    answered: bool
    named: tuple[str, ...]

    @property
    def survey(self) -> str:
        """The survey it belongs to: one for each relation and day, and one without a date."""
        name = f"survey_{self.relation}"
        return name if self.day is None else f"{name}_{self.day}"


@frozen(eq=False)
class PaperReader:
    """Reads the sheet of what was asked on paper; what cannot be read is added to the faults.

    Attributes:
        raw: The sheet.
        values: What reads its columns.
        people: Who may be meant.
        staff: The sheet in which they are listed.
    """

    raw: RawTable
    values: ValueReader
    people: People
    staff: RawTable
    _limits: dict[str, int | None] = Factory(dict)
    _seen: set[tuple[str, str]] = Factory(set)

    def read_replies(self) -> list[PaperReply]:
        """Return what is in all rows that can be read."""
        raw = replace_words(self.raw, "answered", map_flag_words())
        columns = [
            self.values.read_values(raw, spec) for spec in (_RELATION, _DATE, _LIMIT, _ANSWERED)
        ]
        if not len(self.staff.rows):
            if len(raw.rows):
                hint = Hint("table.no_rows", table=self.staff.file)
                self._refuse_cell(0, "person", "missing_table", hint)
            return []
        replies = (
            self._read_reply(row, *known) for row, known in enumerate(zip(*columns, strict=True))
        )
        return [reply for reply in replies if reply is not None]

    def _read_reply(
        self,
        row: int,
        relation: str | None,
        day: date | None,
        max_ties: int | None,
        answered: bool | None,  # noqa: FBT001 - a cell of the row
    ) -> PaperReply | None:
        person = self._find_person(row, "person")
        named = tuple(self._list_named(row, person))
        wrote = any(cells[row] is not None for cells in self._name_cells.values())
        self._judge_silence(row, answered, wrote=wrote)
        if relation is None or person is None:
            return None
        number = int(self.raw.rows[row])
        reply = PaperReply(number, relation, day, max_ties, person, wrote or bool(answered), named)
        return self._judge_room(row, reply) if self._is_first_reply(row, reply) else None

    @cached_property
    def _name_cells(self) -> Mapping[str, list[Any]]:
        """The cells of each column that holds those who were named."""
        names = [name for name in self.raw.columns if name.startswith(_NAME)]
        return {name: list_cells(self.raw, name) for name in names}

    @cached_property
    def _respondent_cells(self) -> list[Any]:
        return list_cells(self.raw, "person")

    @cached_property
    def _state_cells(self) -> list[Any]:
        return list_cells(self.raw, "answered")

    def _find_person(self, row: int, column: str) -> str | None:
        """Return the id of the one whom a cell means; None, and a fault, if that is not one."""
        cell = self._name_cells.get(column, self._respondent_cells)[row]
        if cell is None:
            self._refuse_cell(row, column, "missing_value", Hint("cell.blank"))
            return None
        found = self.people.find_people(str(spell_id(cell)))
        if len(found) == 1:
            return next(iter(found))
        if found:
            hint = Hint("export.several_people", count=len(found))
            self._refuse_cell(row, column, "ambiguous", hint, cell)
        else:
            hint = Hint("paper.nobody", table=self.staff.file)
            self._refuse_cell(row, column, "dangling_reference", hint, cell)
        return None

    def _list_named(self, row: int, person: str | None) -> Iterator[str]:
        """Yield whom somebody named, each once and never themselves."""
        before: set[str] = set()
        filled = [column for column, cells in self._name_cells.items() if cells[row] is not None]
        for column in filled:
            if (named := self._find_person(row, column)) is None:
                continue
            if named == person:
                self._refuse_cell(row, column, "self_tie", Hint("paper.named_oneself"))
            elif named in before:
                self._refuse_cell(row, column, "duplicate", Hint("export.named_twice"))
            else:
                before.add(named)
                yield named

    def _judge_silence(self, row: int, answered: bool | None, *, wrote: bool) -> None:  # noqa: FBT001
        """Refuse a row of which nobody can tell whether it was answered; one with names was."""
        if self._state_cells[row] is None and not wrote:
            self._refuse_cell(row, "answered", "ambiguous", Hint("paper.unclear_silence"))
        elif answered is False and wrote:
            self._refuse_cell(row, "answered", "contradiction", Hint("export.names_in_silence"))

    def _judge_room(self, row: int, reply: PaperReply) -> PaperReply:
        """Return a reply with no more names than there was room for, as its survey's first row says."""
        room = self._limits.setdefault(reply.survey, reply.max_ties)
        if reply.max_ties != room:
            self._refuse_cell(row, "max_ties", "contradiction", Hint("paper.other_limit"))
        elif room is not None and len(reply.named) > room:
            hint = Hint("paper.too_many_names", limit=room)
            self._refuse_cell(row, "max_ties", "too_many_ties", hint)
        return evolve(reply, named=reply.named[:room])

    def _is_first_reply(self, row: int, reply: PaperReply) -> bool:
        """Tell whether a row is the person's first in its survey; a further one is a fault."""
        if (reply.survey, reply.person) in self._seen:
            self._refuse_cell(row, "person", "duplicate", Hint("paper.duplicate"))
            return False
        self._seen.add((reply.survey, reply.person))
        return True

    def _refuse_cell(
        self, row: int, column: str, code: FaultCode, hint: Hint, value: Any = None
    ) -> None:
        self.values.refuse_cell(self.raw, row, column, code, hint, value)


def list_network_surveys(replies: Sequence[PaperReply]) -> list[dict[str, Any]]:
    """Return the surveys that replies belong to, each as the cells of its row."""
    first = {reply.survey: reply for reply in reversed(replies)}
    return [
        {
            "id": name,
            "kind": "network",
            "relation": reply.relation,
            "date": reply.day,
            "max_ties": reply.max_ties,
        }
        for name, reply in sorted(first.items())
    ]


def build_response_rows(replies: Sequence[PaperReply], raw: RawTable) -> RawTable:
    """Return everybody who was asked, and whether they answered."""
    return _build_paper_table(
        raw,
        [reply.row for reply in replies],
        survey=[reply.survey for reply in replies],
        person=[reply.person for reply in replies],
        answered=["yes" if reply.answered else "no" for reply in replies],
    )


def build_tie_rows(replies: Sequence[PaperReply], raw: RawTable) -> RawTable:
    """Return whom they named."""
    ties = [(reply, named) for reply in replies for named in reply.named]
    return _build_paper_table(
        raw,
        [reply.row for reply, _ in ties],
        survey=[reply.survey for reply, _ in ties],
        source=[reply.person for reply, _ in ties],
        target=[named for _, named in ties],
        relation=[reply.relation for reply, _ in ties],
    )


def _build_paper_table(raw: RawTable, rows: list[int], **cells: list[Any]) -> RawTable:
    return RawTable(
        file=raw.file,
        columns={name: code_cells(values) for name, values in cells.items()},
        rows=np.array(rows, np.int64),
        titles=raw.titles,
    )
