"""A list of ties: a row for each, into ties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define, field

from plfkit.hints import Hint
from plfkit.sources.importing.answering import RespondentReply, Round, SurveyTaker
from plfkit.sources.importing.cutting import say_cell
from plfkit.sources.importing.gathering import GatheredRows
from plfkit.sources.importing.known import KnownOrganisation
from plfkit.sources.importing.looking import Finder
from plfkit.sources.importing.reading import TakeReader

_TEXTS = ("subject", "initiative", "formality")


@define
class EdgeTaker:
    """Takes a list of ties.

    Attributes:
        reader: The cells.
        known: Whom they can refer to, and who answered.
        finder: Finds what they refer to.
        rows: Where native rows are gathered.
        survey: Who was asked, if the ties are a survey's.
    """

    reader: TakeReader
    known: KnownOrganisation
    finder: Finder
    rows: GatheredRows
    survey: SurveyTaker | None
    _ties: dict[tuple[Any, ...], tuple[int, dict[str, Any]]] = field(factory=dict)

    def take_rows(self) -> None:
        """Take every row."""
        of = None if self.survey is None else self.survey.name_round(None, None)
        reader = self.reader
        columns = {key: reader.list_words(key) for key in ("source", "target")}
        columns |= {key: reader.list_meanings(key) for key in ("relation", *_TEXTS)}
        columns["weight"] = reader.list_numbers("weight")
        columns["valid_from"] = reader.list_days("valid_from")
        columns["valid_to"] = reader.list_days("valid_to", is_end=True)
        for row in reader.chosen:
            cells = {key: column[row] for key, column in columns.items()}
            self._take_tie(row, cells, of)
        if self.survey is not None and of is not None:
            self._write_survey(self.survey, of)
        for row, tie in self._ties.values():
            self.rows.add_row("ties", self.reader.table.rows[row], **tie)

    def _take_tie(self, row: int, cells: Mapping[str, Any], of: Round | None) -> None:
        ends = {key: self._find_end(row, key, cells[key]) for key in ("source", "target")}
        if None in ends.values() or cells["weight"] == 0:
            return
        if ends["source"] == ends["target"]:
            self._drop_self_tie(row)
            return
        if of is not None and self._is_silent(row, of, ends["source"]):
            return
        self._keep_tie(row, {**ends, **self._read_rest(row, cells, of)})

    def _find_end(self, row: int, key: str, cell: Any) -> str | None:
        place = self.reader.make_place(row, key)
        if cell is None:
            self.reader.add_fault("missing_value", place, Hint("cell.blank"))
        return self.finder.find_person(cell, place)

    def _drop_self_tie(self, row: int) -> None:
        self.reader.left_out["import.dropped_selves"] += 1
        if self.reader.take.naming_oneself == "refuse":
            place = self.reader.make_place(row, "target")
            self.reader.add_fault("self_tie", place, Hint("import.self"))

    def _is_silent(self, row: int, of: Round, source: str | None) -> bool:
        """Tell whether a tie is left out because its source has not answered."""
        if self.known.answered.get((of.survey, str(source))) is not False:
            return False
        if self.reader.take.half == "silent":
            self.reader.drop_row("import.silenced", row)
            return True
        place = self.reader.make_place(row, "source")
        self.reader.add_fault("ambiguous", place, Hint("import.half_tie"))
        return False

    def _read_rest(self, row: int, cells: Mapping[str, Any], of: Round | None) -> dict[str, Any]:
        reader = self.reader
        survey = None if self.survey is None else self.survey.survey
        relation = say_cell(cells["relation"]) or (None if survey is None else survey.relation)
        if relation is None:
            place = reader.make_place(row, "relation")
            reader.add_fault("missing_value", place, Hint("import.no_relation"))
        return {
            "relation": relation,
            "survey": None if of is None else of.survey,
            **{key: say_cell(cells[key]) or None for key in _TEXTS},
            **{key: cells[key] for key in ("weight", "valid_from", "valid_to")},
        }

    def _keep_tie(self, row: int, tie: dict[str, Any]) -> None:
        """Keep a tie; of the same one twice that counts which the mapping says."""
        key = tuple(value for name, value in tie.items() if name != "weight")
        if key in self._ties:
            lost = self._ties[key][0] if self.reader.take.repeated == "last" else row
            self.reader.drop_row("import.superseded", lost)
            if self.reader.take.repeated == "refuse":
                place = self.reader.make_place(row, "source")
                self.reader.add_fault("duplicate", place, Hint("import.same_tie"))
            if self.reader.take.repeated != "last":
                return
        self._ties[key] = row, tie

    def _write_survey(self, survey: SurveyTaker, of: Round) -> None:
        """Write the survey, and who was asked where the mapping says so."""
        survey.write_surveys()
        if self.reader.take.asked is None:
            return
        for row, tie in self._ties.values():
            survey.replies.setdefault((of, tie["source"]), RespondentReply(row, [], marked=True))
        survey.write_responses(dict.fromkeys(survey.replies, True))
