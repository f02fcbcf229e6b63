"""Questions on a scale: a row for each respondent, or for each answer, into surveys and answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from attrs import define

from plfkit.errors import Place
from plfkit.hints import Hint
from plfkit.sources.importing.answering import RespondentReply, Round, SurveyTaker
from plfkit.sources.importing.claiming import ColumnClaim
from plfkit.sources.importing.cutting import say_cell
from plfkit.sources.importing.values import parse_number


@define
class ScaleTaker:
    """Takes questions on a scale.

    Attributes:
        survey: Who answered.
    """

    survey: SurveyTaker

    def take_rows(self) -> None:
        """Take every row."""
        reader = self.survey.reader
        units = self.survey.finder.list_units()
        days = reader.list_days("date")
        flags = {key: reader.list_meanings(key) for key in ("answered", "asked")}
        columns = [
            (claim, item, reader.list_claim_numbers("items", claim))
            for claim, item in reader.yield_items()
        ]
        decimal = reader.take.file.decimal
        reader.refuse_labels("items", lambda label: parse_number(label, decimal) is not None)
        items, values = reader.list_meanings("item"), reader.list_numbers("value")
        self._refuse_reversed([item for _, item, _ in columns], items)
        for row, who in self._yield_respondents():
            of = self._find_round(row, units[row], days[row])
            answers = list(self._list_wide_answers(row, columns))
            answers += self._list_long_answers(row, items[row], values[row])
            marks = [self.survey.read_flag(key, row, cells) for key, cells in flags.items()]
            if of is not None and who is not None:
                self._add_answers(of, who, RespondentReply(row, answers, *marks))
        self._write_rows()

    def _yield_respondents(self) -> Iterator[tuple[int, str | None]]:
        """Yield the records that are taken, with whoever answered: a person, a code, a team, a row."""
        reader, key = self.survey.reader, self.survey.respondent_key
        if reader.has("person"):
            yield from self.survey.list_respondents()
            return
        texts = reader.list_texts(key) if key == "community" else reader.list_words(key)
        teams = self.survey.finder.list_communities([None] * len(texts))
        for number, row in enumerate(reader.chosen, 1):
            if not reader.has(key):
                yield row, f"r{number}"
            elif texts[row] is None:
                reader.refuse_blank(row, key)
            elif (who := teams[row] if key == "community" else texts[row]) is not None:
                yield row, who

    def _find_round(self, row: int, unit: str | None, day: date | None) -> Round | None:
        """Return the round to which a record belongs."""
        reader = self.survey.reader
        for key, found in {"unit": unit, "date": day}.items():
            if not reader.has(key) or found is not None:
                continue
            if key in reader.take.every or reader.list_texts(key)[row] is None:
                reader.add_fault("missing_value", reader.make_place(row, key), Hint("cell.blank"))
            return None
        return self.survey.name_round(unit, day)

    def _list_wide_answers(
        self, row: int, columns: Sequence[tuple[ColumnClaim, str, Sequence[Any]]]
    ) -> Iterator[tuple[str, float, Place]]:
        """Yield what was answered in a record whose questions have a column each."""
        for claim, item, numbers in columns:
            if numbers[row] is not None:
                place = self.survey.reader.make_column_place(row, claim)
                value = self._settle_value(numbers[row], item, place)
                if value is not None:
                    yield item, value, place

    def _list_long_answers(
        self, row: int, item: Any, number: float | None
    ) -> Iterator[tuple[str, float, Place]]:
        """Yield what was answered in a record that is one answer."""
        reader = self.survey.reader
        if number is not None and reader.list_texts("item")[row] is None:
            reader.refuse_blank(row, "item")
        if item is not None and number is not None:
            place = self.survey.reader.make_place(row, "value")
            value = self._settle_value(number, say_cell(item), place)
            if value is not None:
                yield say_cell(item), value, place

    def _settle_value(self, value: float, item: str, place: Place) -> float | None:
        """Return a number within the ends of the scale, turned round where the item is reversed."""
        reader, survey = self.survey.reader, self.survey.survey
        if survey.lowest is None or survey.highest is None:
            return None
        if not survey.lowest <= value <= survey.highest:
            hint = Hint("import.beyond_ends", lowest=survey.lowest, highest=survey.highest)
            reader.add_fault("out_of_range", place, hint, value)
            return None
        return survey.lowest + survey.highest - value if item in reader.take.reversed else value

    def _refuse_reversed(self, wide: Sequence[str], long: Sequence[Any]) -> None:
        """Refuse to turn round an item that a framework turns round too, and one that there is not."""
        reader, vocabulary = self.survey.reader, self.survey.known.vocabulary
        turned = {item for known in vocabulary.frameworks.values() for item in known.reversed}
        items = {*wide, *(say_cell(long[row]) for row in reader.chosen)}
        for item in reader.take.reversed:
            place = Place(reader.table.file)
            if item in turned:
                reader.add_fault("contradiction", place, Hint("import.reversed_twice", item=item))
            elif item not in items:
                reader.add_fault(
                    "missing_column", place, Hint("import.reversed_nowhere", item=item)
                )

    def _add_answers(self, of: Round, who: str, reply: RespondentReply) -> None:
        """Add a record; where each answer has one, it is added to what its respondent answered."""
        before = self.survey.replies.get((of, who))
        if not self.survey.reader.has("item") or before is None:
            self.survey.add_reply(of, who, reply)
            return
        if (before.marked, before.is_asked) != (reply.marked, reply.is_asked):
            place = self.survey.reader.make_place(reply.row, self.survey.respondent_key)
            self.survey.reader.add_fault("contradiction", place, Hint("import.other_marks"))
        for item, value, place in reply.answers:
            same = [number for number, one in enumerate(before.answers) if one[0] == item]
            if not same:
                before.answers.append((item, value, place))
                continue
            self.survey.reader.drop_row("import.superseded", reply.row)
            if self.survey.reader.take.repeated == "refuse":
                self.survey.reader.add_fault("duplicate", place, Hint("import.repeated"))
            elif self.survey.reader.take.repeated == "last":
                before.answers[same[0]] = (item, value, place)

    def _write_rows(self) -> None:
        survey = self.survey
        is_linked, is_team = survey.reader.has("person"), survey.reader.has("community")
        answered = survey.settle_answers(
            key
            for key, reply in survey.replies.items()
            if is_linked or reply.answers or reply.marked is not None
        )
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
