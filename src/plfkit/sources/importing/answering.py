"""Who was asked, who answered, and which of several rows counts: the same for ties and for scales."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import define, field, frozen

from plfkit.errors import Place
from plfkit.hints import Hint
from plfkit.model.records.schema import DATE
from plfkit.sources.importing.gathering import GatheredRows
from plfkit.sources.importing.known import KnownOrganisation
from plfkit.sources.importing.looking import Finder
from plfkit.sources.importing.reading import TakeReader
from plfkit.sources.importing.take import RESPONDENTS, MappedSurvey

_STAFF = "staff"


@frozen
class Round:
    """One round of a survey: the whole of it, or that of one unit, or of one day.

    Attributes:
        survey: The id of its row in surveys.
        unit: The unit it was held in.
        date: The day.
    """

    survey: str
    unit: str | None
    date: date | None


@define
class RespondentReply:
    """What one row, or several of one respondent, answered.

    Attributes:
        row: The record it was read from, counted from 0.
        answers: What was answered, each with its place.
        marked: What a column says of whether they answered; None if none does.
        is_asked: What a column says of whether they were asked; None if none does.
    """

    row: int
    answers: list[tuple[Any, Any, Place]]
    marked: bool | None
    is_asked: bool | None = None


@define
class SurveyTaker:
    """Settles who answered in the rounds of a survey, and writes surveys and responses.

    Attributes:
        reader: The cells.
        known: Whom and what they can refer to.
        finder: Finds what they refer to.
        rows: Where native rows are gathered.
        declared: Where those are gathered that are the mapping's own.
        survey: What the mapping says of the survey.
        kind: What sort of survey it is.
        lists: The people of each file that says who was asked.
    """

    reader: TakeReader
    known: KnownOrganisation
    finder: Finder
    rows: GatheredRows
    declared: GatheredRows
    survey: MappedSurvey
    kind: str
    lists: Mapping[str, Sequence[str]]
    replies: dict[tuple[Round, str], RespondentReply] = field(factory=dict)

    def add_reply(self, of: Round, who: str, reply: RespondentReply) -> None:
        """Add what somebody answered; of several rows the one counts that the mapping says."""
        before = self.replies.get((of, who))
        rule = self.reader.take.repeated
        if before is not None:
            lost = before if rule == "last" else reply
            self.reader.drop_row("import.superseded", lost.row)
            if rule == "refuse":
                place = self.reader.make_place(reply.row, self.respondent_key)
                self.reader.add_fault("duplicate", place, Hint("import.repeated"))
            if rule != "last":
                return
        self.replies[of, who] = reply

    @property
    def respondent_key(self) -> str:
        """Which key says who answered."""
        return next((key for key in RESPONDENTS if self.reader.has(key)), RESPONDENTS[0])

    def read_flag(self, key: str, row: int, cells: Sequence[Any]) -> bool | None:
        """Return what a column says of a row; None without such a column. Blank is no."""
        if not self.reader.has(key):
            return None
        cell = cells[row]
        if cell is None or isinstance(cell, bool):
            return cell is True
        place = self.reader.make_place(row, key)
        self.reader.add_fault("unknown_mark", place, Hint("import.unknown_word", name=key), cell)
        return False

    def settle_answers(self, keys: Iterable[tuple[Round, str]]) -> dict[tuple[Round, str], bool]:
        """Tell who answered; answers that are not to count are taken out of their replies.

        Args:
            keys: Whose replies are looked at, in which round.
        """
        table = self.reader.table
        wrong = {f.place.row for f in self.reader.faults if f.place.file == table.file}
        settled: dict[tuple[Round, str], bool] = {}
        for key in keys:
            reply = self.replies[key]
            # What a row answered is not known where a cell of it, or a title, cannot be read.
            is_clear = wrong.isdisjoint((table.header, table.rows[reply.row]))
            settled[key] = self._settle_answer(reply) if is_clear else False
        return settled

    def _settle_answer(self, reply: RespondentReply) -> bool:
        take = self.reader.take
        place = self.reader.make_place(reply.row, "answered")
        if reply.marked is True:
            return True
        if reply.answers and reply.marked is None:
            return True
        if not reply.answers and reply.marked is not None:
            return False
        rule, hint = (take.half, "half") if reply.answers else (take.nothing, "nothing")
        if rule == "refuse":
            self.reader.add_fault("ambiguous", place, Hint(f"import.{hint}"))
        if rule == "silent" and reply.answers:
            self.reader.drop_row("import.silenced", reply.row)
            reply.answers.clear()
        return rule == "answered"

    def write_surveys(self) -> None:
        """Write the rows of the surveys that are new."""
        rounds = dict.fromkeys(of for of, _ in self.replies) or [self.name_round(None, None)]
        for of in rounds:
            row = self._describe_survey(of)
            if of.survey in self.known.surveys_in_data:
                self._refuse_survey_in_data()
            elif self.known.surveys.setdefault(of.survey, row) is row:
                self.declared.add_row("surveys", None, id=of.survey, **row)
            else:
                self._compare_survey(row, self.known.surveys[of.survey])

    def _describe_survey(self, of: Round) -> dict[str, Any]:
        """Return the cells of a row of surveys, but for its id."""
        survey = self.survey
        names = ("relation", "instrument", "max_ties", "lowest", "highest")
        is_linked = True if self.kind == "scale" and self.reader.has("person") else None
        return {
            "kind": self.kind,
            "date": of.date,
            "unit": of.unit,
            "linked": is_linked,
            **{name: getattr(survey, name) for name in names},
        }

    def _compare_survey(self, row: Mapping[str, Any], before: Mapping[str, Any]) -> None:
        """Refuse takes that fill one survey, and say different things of it."""
        for name, value in row.items():
            if value is not None and value != before[name]:
                place = Place(self.declared.file, None, f"survey.{name}")
                self.reader.add_fault("contradiction", place, Hint("import.other_survey"))

    def _refuse_survey_in_data(self) -> None:
        """Refuse to fill a survey that was there before; ties alone may be added to one."""
        if self.reader.take.kind != "edges" or self.reader.take.asked is not None:
            place = Place(self.declared.file, None, "survey.id")
            self.reader.add_fault("duplicate", place, Hint("import.survey_in_data"))

    def name_round(self, unit: str | None, day: date | None) -> Round:
        """Return the round of a unit and a day, where rows have them, else of the whole survey."""
        parts = [self.survey.id, *([unit] if unit else []), *([day.isoformat()] if day else [])]
        return Round("-".join(parts), unit or self.survey.unit, day or self._read_survey_day())

    def _read_survey_day(self) -> date | None:
        if self.survey.date is None:
            return None
        try:
            return DATE.decode(str(self.survey.date))  # type: ignore[no-any-return]
        except ValueError as error:
            place = Place(self.reader.table.file)
            hint = Hint("export.date", error=Hint.of(error))
            self.reader.add_fault("invalid_value", place, hint, self.survey.date)
            return None

    def write_responses(self, answered: Mapping[tuple[Round, str], bool]) -> None:
        """Write who was asked in each round, and whether they answered.

        Args:
            answered: Who has a reply in which round, and whether it is an answer.
        """
        rounds = dict.fromkeys(of for of, _ in answered) or [self.name_round(None, None)]
        for of in rounds:
            roster = self._list_asked(of, [who for other, who in answered if other == of])
            self._refuse_strays(of, roster, answered)
            for person in roster:
                reply = self.replies.get((of, person))
                did = answered.get((of, person), False)
                self.known.answered[of.survey, person] = did
                row = None if reply is None else self.reader.table.rows[reply.row]
                self.rows.add_row("responses", row, survey=of.survey, person=person, answered=did)

    def _list_asked(self, of: Round, with_rows: Sequence[str]) -> list[str]:
        """Return who was asked, as the mapping says."""
        asked = self.reader.take.asked
        if asked == _STAFF:
            return self._list_staff(of)
        if isinstance(asked, list):
            return list(self.lists[asked[0]])
        if self.reader.has("asked"):
            return [who for who in with_rows if self.replies[of, who].is_asked]
        return list(with_rows)

    def _list_staff(self, of: Round) -> list[str]:
        if of.date is None:
            place = Place(self.reader.table.file)
            self.reader.add_fault("missing_value", place, Hint("import.staff_on_no_day"))
            return []
        staff, others = self.known.list_employed(of.date, of.unit)
        self.reader.not_staff |= others
        if not staff:
            place = Place(self.reader.table.file)
            self.reader.add_fault("missing_value", place, Hint("import.no_staff"))
        return staff

    def _refuse_strays(
        self, of: Round, roster: Sequence[str], answered: Mapping[tuple[Round, str], bool]
    ) -> None:
        """Refuse answers of people who were not asked."""
        asked = set(roster)
        for (other, who), did in answered.items():
            if other == of and did and who not in asked:
                place = self.reader.make_place(self.replies[of, who].row, self.respondent_key)
                self.reader.add_fault("not_asked", place, Hint("import.not_asked"))

    def _refuse_labels_of_people(self) -> None:
        """Refuse a second row of titles in which a respondent stands: their row would be lost."""
        is_person = self.known.people.find_people
        self.reader.refuse_labels("person", lambda label: bool(is_person(label)))

    def list_respondents(self) -> list[tuple[int, str | None]]:
        """Return the records that are taken, with the person each is about; None if that is not clear.

        Whoever is nobody is passed over; what else is wrong in a record of somebody is told all the same.
        """
        self._refuse_labels_of_people()
        persons, others = (self.reader.list_words(key) for key in ("person", "also"))
        found: list[tuple[int, str | None]] = []
        for row in self.reader.chosen:
            place = self.reader.make_place(row, "person")
            before = len(self.reader.faults)
            if persons[row] is None:
                self.reader.refuse_blank(row, "person")
            person = self.finder.find_person(persons[row], place)
            if person is not None and others[row] is not None:
                self.known.people.add_other_name(others[row], person)
            if person is not None or len(self.reader.faults) > before:
                found.append((row, person))
        return found
