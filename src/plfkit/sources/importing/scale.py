"""Questions on a scale: a row for each respondent, or for each answer, into surveys and answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import define, field

from plfkit.errors import Place
from plfkit.hints import Hint
from plfkit.sources.importing.answering import Reply, Round, SurveyTaker
from plfkit.sources.importing.cutting import say_cell


@define
class ScaleTaker:
    """Takes questions on a scale.

    Attributes:
        survey: Who answered.
    """

    survey: SurveyTaker
    _cells: dict[str, Any] = field(factory=dict)

    def take_rows(self) -> None:
        """Take every row."""
        reader = self.survey.reader
        self._refuse_reversed_twice()
        keys = ("respondent", "community", "unit", "date")
        self._cells = {key: reader.list_cells(key) for key in keys}
        self._cells |= {key: reader.list_meanings(key) for key in ("answered", "asked")}
        for row, who in self._yield_respondents():
            of = self._find_round(row)
            answers = list(self._list_answers(row))
            if of is not None:
                self._add_answers(of, who, row, answers)
        self._write_rows()

    def _yield_respondents(self) -> Iterator[tuple[int, str]]:
        """Yield the records that are taken, with whoever answered: a person, a code, a team, a row."""
        reader = self.survey.reader
        if reader.has("person"):
            yield from self.survey.yield_respondents()
            return
        for number, row in enumerate(reader.choose_rows(), 1):
            if reader.has("community"):
                who = self.survey.finder.find_community(row, self._cells["community"][row], None)
            elif reader.has("respondent"):
                who = say_cell(self._cells["respondent"][row]) or None
            else:
                who = f"r{number}"
            if who is not None:
                yield row, who
            elif self._cells[self.survey.respondent_key][row] is None:
                place = reader.make_place(row, self.survey.respondent_key)
                reader.add_fault("missing_value", place, Hint("cell.blank"))

    def _find_round(self, row: int) -> Round | None:
        """Return the round to which a record belongs."""
        reader = self.survey.reader
        unit: str | None = None
        day: date | None = None
        if reader.has("unit"):
            unit = self.survey.finder.find_unit(row, self._cells["unit"][row])
        if reader.has("date"):
            place = reader.make_place(row, "date")
            day = reader.read_day(self._cells["date"][row], place)
            if self._cells["date"][row] is None:
                reader.add_fault("missing_value", place, Hint("cell.blank"))
        if (reader.has("unit") and unit is None) or (reader.has("date") and day is None):
            return None
        return self.survey.name_round(unit, day)

    def _list_answers(self, row: int) -> Iterator[tuple[str, float, Place]]:
        """Yield what was answered in a record: item, number, place."""
        reader = self.survey.reader
        for claim, item in reader.yield_items():
            place = reader.make_column_place(row, claim)
            value = self._read_value(reader.mean_cell("items", row, claim), item, place)
            if value is not None:
                yield item, value, place
        if not reader.has("item"):
            return
        item, place = say_cell(self._mean_cell(row, "item")), reader.make_place(row, "value")
        value = self._read_value(self._mean_cell(row, "value"), item, place)
        if item and value is not None:
            yield item, value, place

    def _mean_cell(self, row: int, key: str) -> Any:
        """Return what the cell of a column says, with the words of the mapping."""
        claim = self.survey.reader.claims.columns[key][0]
        return self.survey.reader.mean_cell(key, row, claim)

    def _read_value(self, meaning: Any, item: str, place: Place) -> float | None:
        """Return a number within the ends of the scale, turned round where the item is reversed."""
        reader, survey = self.survey.reader, self.survey.survey
        if isinstance(meaning, bool):
            meaning = int(meaning)
        value = reader.read_number(meaning, place)
        if value is None or survey.lowest is None or survey.highest is None:
            return None
        if not survey.lowest <= value <= survey.highest:
            hint = Hint("import.beyond_ends", lowest=survey.lowest, highest=survey.highest)
            reader.add_fault("out_of_range", place, hint, meaning)
            return None
        return survey.lowest + survey.highest - value if item in reader.take.reversed else value

    def _refuse_reversed_twice(self) -> None:
        """Refuse to turn round an item that a framework turns round, too."""
        reader, vocabulary = self.survey.reader, self.survey.known.vocabulary
        turned = {item for known in vocabulary.frameworks.values() for item in known.reversed}
        items = {item for _, item in reader.yield_items()}
        for item in reader.take.reversed:
            place = Place(reader.table.file)
            if item in turned:
                reader.add_fault("contradiction", place, Hint("import.reversed_twice", item=item))
            elif items and item not in items:
                reader.add_fault(
                    "missing_column", place, Hint("import.reversed_nowhere", item=item)
                )

    def _add_answers(
        self, of: Round, who: str, row: int, answers: list[tuple[str, float, Place]]
    ) -> None:
        """Add a record; where each answer has one, it is added to what its respondent answered."""
        before = self.survey.replies.get((of, who))
        flags = [self.survey.read_flag(key, row, self._cells[key]) for key in ("answered", "asked")]
        if not self.survey.reader.has("item") or before is None:
            self.survey.add_reply(of, who, Reply(row, [*answers], *flags))
            return
        for item, value, place in answers:
            same = [number for number, one in enumerate(before.answers) if one[0] == item]
            if not same:
                before.answers.append((item, value, place))
                continue
            self.survey.reader.left_out["import.superseded"] += 1
            if self.survey.reader.take.repeated == "refuse":
                self.survey.reader.add_fault("duplicate", place, Hint("import.repeated"))
            elif self.survey.reader.take.repeated == "last":
                before.answers[same[0]] = (item, value, place)

    def _write_rows(self) -> None:
        survey = self.survey
        is_linked, is_team = survey.reader.has("person"), survey.reader.has("community")
        answered = {
            key: survey.settle_answer(reply)
            for key, reply in survey.replies.items()
            if is_linked or reply.answers or reply.marked is not None
        }
        survey.write_surveys()
        if is_linked:
            survey.write_responses(answered)
        for (of, who), reply in survey.replies.items():
            for item, value, place in reply.answers:
                survey.rows.add_row(
                    "answers",
                    place.row,
                    survey=of.survey,
                    respondent=None if is_team else who,
                    community=who if is_team else None,
                    item=item,
                    value=value,
                )
