"""A question about ties: a row for each respondent, into surveys, responses and ties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import define, field

from plfkit.errors import Place
from plfkit.hints import Hint
from plfkit.sources.importing.answering import Reply, Round, SurveyTaker
from plfkit.sources.importing.claiming import Claim


@define
class NetworkTaker:
    """Takes a network question.

    Attributes:
        survey: Who answered.
    """

    survey: SurveyTaker
    _colleagues: list[tuple[Claim, str]] = field(factory=list)
    _strengths: dict[str, Claim] = field(factory=dict)

    def take_rows(self) -> None:
        """Take every row."""
        reader = self.survey.reader
        self._strengths = {claim.star: claim for claim in reader.claims.columns.get("weight", ())}
        self._colleagues = list(self._find_colleagues())
        marks = {key: reader.list_meanings(key) for key in ("answered", "asked")}
        of = self.survey.name_round(None, None)
        for row, person in self.survey.yield_respondents():
            flags = [self.survey.read_flag(key, row, cells) for key, cells in marks.items()]
            before = len(reader.faults)
            named = self._settle_names(person, list(self._list_named(row)))
            if len(reader.faults) > before:
                continue  # who was named is not known, so nothing is said of whether they answered
            self.survey.add_reply(of, person, Reply(row, named, *flags))
        self._write_rows(of)

    def _write_rows(self, of: Round) -> None:
        replies = self.survey.replies
        answered = {key: self.survey.settle_answer(reply) for key, reply in replies.items()}
        self.survey.write_surveys()
        self.survey.write_responses(answered)
        for (_, person), reply in replies.items():
            for target, weight, place in reply.answers:
                self.survey.rows.add_row(
                    "ties",
                    place.row,
                    source=person,
                    target=target,
                    relation=self.survey.survey.relation,
                    survey=of.survey,
                    weight=weight,
                )

    def _find_colleagues(self) -> Iterator[tuple[Claim, str]]:
        """Find whose the columns are that are about one colleague each."""
        table = self.survey.reader.table
        for claim in self.survey.reader.claims.columns.get("colleagues", ()):
            place = Place(table.file, table.header, table.letters[claim.position])
            person = self.survey.finder.find_person(claim.star, place)
            if person is not None:
                yield claim, person

    def _list_named(self, row: int) -> Iterator[tuple[str, float | None, Place]]:
        """Yield who was named in a record, how strongly, and where."""
        reader = self.survey.reader
        for claim in reader.claims.columns.get("named", ()):
            place = reader.make_column_place(row, claim)
            texts = reader.split_cell("named", reader.mean_cell("named", row, claim))
            weight = self._read_strength(row, claim, is_named=bool(texts))
            for text in texts:
                person = self.survey.finder.find_person(text, place)
                if person is not None and weight != 0:
                    yield person, weight, place
        for claim, person in self._colleagues:
            yield from self._read_mark(row, claim, person)

    def _read_strength(self, row: int, named: Claim, *, is_named: bool) -> float | None:
        """Return the strength beside a name; None if there is none."""
        reader = self.survey.reader
        if (claim := self._strengths.get(named.star)) is None:
            return None
        place = reader.make_column_place(row, claim)
        weight = reader.read_number(reader.mean_cell("weight", row, claim), place)
        if weight and not is_named:
            reader.add_fault("missing_value", place, Hint("import.strength_of_nobody"))
        return weight

    def _read_mark(
        self, row: int, claim: Claim, person: str
    ) -> Iterator[tuple[str, float | None, Place]]:
        """Yield a colleague if the cell says that they were named."""
        reader = self.survey.reader
        meaning = reader.mean_cell("colleagues", row, claim)
        place = reader.make_column_place(row, claim)
        if meaning is True:
            yield person, None, place
        elif meaning not in (None, False):
            weight = reader.read_number(meaning, place)
            if weight:
                yield person, weight, place

    def _settle_names(
        self, person: str, named: list[tuple[str, float | None, Place]]
    ) -> list[tuple[Any, Any, Place]]:
        """Return whom somebody named, each once, without themselves where the mapping says so."""
        reader = self.survey.reader
        found: dict[str, tuple[str, float | None, Place]] = {}
        for target, weight, place in named:
            if target == person:
                reader.left_out["import.dropped_selves"] += 1
                if reader.take.naming_oneself == "refuse":
                    reader.add_fault("self_tie", place, Hint("import.self"))
            elif target in found and found[target][1] != weight:
                reader.add_fault("contradiction", place, Hint("import.two_strengths"))
            else:
                found.setdefault(target, (target, weight, place))
        return list(found.values())
