"""A question about ties: a row for each respondent, into surveys, responses and ties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import define, field

from plfkit.errors import Place
from plfkit.hints import Hint
from plfkit.sources.importing.answering import RespondentReply, Round, SurveyTaker
from plfkit.sources.importing.claiming import ColumnClaim
from plfkit.sources.importing.values import parse_number


@define
class NetworkTaker:
    """Takes a network question.

    Attributes:
        survey: Who answered.
    """

    survey: SurveyTaker
    _named_cells: list[tuple[ColumnClaim, list[Any]]] = field(factory=list)
    _strengths: dict[str, tuple[ColumnClaim, list[Any]]] = field(factory=dict)
    _colleagues: list[tuple[ColumnClaim, str, list[Any]]] = field(factory=list)

    def take_rows(self) -> None:
        """Take every row."""
        reader = self.survey.reader
        respondents = self.survey.list_respondents()
        self._read_columns()
        marks = {key: reader.list_meanings(key) for key in ("answered", "asked")}
        of = self.survey.name_round(None, None)
        for row, person in respondents:
            flags = [self.survey.read_flag(key, row, cells) for key, cells in marks.items()]
            before = len(reader.faults)
            named = self._settle_names(person, list(self._list_named(row)))
            if person is None or len(reader.faults) > before:
                continue  # who was named is not known, so nothing is said of whether they answered
            self.survey.add_reply(of, person, RespondentReply(row, named, *flags))
        self._write_rows(of)

    def _write_rows(self, of: Round) -> None:
        replies = self.survey.replies
        answered = self.survey.settle_answers(replies)
        self.survey.write_surveys()
        self.survey.write_responses(answered)
        for (_, person), reply in replies.items():
            for target, weight, place in reply.answers:
                if (of.survey, target) not in self.survey.known.answered:
                    self.survey.reader.unasked.add(target)
                self.survey.rows.add_row(
                    "ties",
                    place.row,
                    source=person,
                    target=target,
                    relation=self.survey.survey.relation,
                    survey=of.survey,
                    weight=weight,
                )

    def _read_columns(self) -> None:
        """Read the columns that hold names, and the strengths beside them."""
        reader = self.survey.reader
        for claim in reader.claims.columns.get("named", ()):
            self._named_cells.append((claim, reader.list_claim_meanings("named", claim)))
        for claim in reader.claims.columns.get("weight", ()):
            self._strengths[claim.star] = (claim, reader.list_claim_numbers("weight", claim))
        if self._strengths:
            self._refuse_unpaired({claim.star for claim, _ in self._named_cells})
        for claim, person in self.survey.finder.find_colleagues():
            marks = reader.list_claim_meanings("colleagues", claim)
            self._colleagues.append((claim, person, marks))

    def _refuse_unpaired(self, stars: set[str]) -> None:
        """Refuse columns of strengths and of names that have no other half."""
        table = self.survey.reader.table
        columns = [
            *(claim for claim, _ in self._named_cells),
            *(c for c, _ in self._strengths.values()),
        ]
        for claim in columns:
            if claim.star not in stars.intersection(self._strengths):
                place = Place(table.file, table.header, table.name_column(claim.position))
                self.survey.reader.add_fault("ambiguous", place, Hint("import.unpaired"))

    def _list_named(self, row: int) -> Iterator[tuple[str, float | None, Place]]:
        """Yield who was named in a record, how strongly, and where."""
        reader = self.survey.reader
        for claim, cells in self._named_cells:
            place = reader.make_column_place(row, claim)
            texts = reader.meanings.split_cell("named", cells[row])
            weight = self._get_strength(row, claim, is_named=bool(texts))
            for text in texts:
                person = self.survey.finder.find_person(text, place)
                if person is not None and weight != 0:
                    yield person, weight, place
        for claim, person, marks in self._colleagues:
            if marks[row] is not None:
                yield from self._read_mark(row, claim, person, marks[row])

    def _get_strength(self, row: int, named: ColumnClaim, *, is_named: bool) -> float | None:
        """Return the strength beside a name; None if there is none."""
        if named.star not in self._strengths:
            return None
        claim, numbers = self._strengths[named.star]
        weight: float | None = numbers[row]
        if weight and not is_named:
            place = self.survey.reader.make_column_place(row, claim)
            self.survey.reader.add_fault("missing_value", place, Hint("import.strength_of_nobody"))
        return weight

    def _read_mark(
        self, row: int, claim: ColumnClaim, person: str, mark: Any
    ) -> Iterator[tuple[str, float | None, Place]]:
        """Yield a colleague if a mark says that they were named."""
        reader = self.survey.reader
        place = reader.make_column_place(row, claim)
        if mark is True:
            yield person, None, place
        elif mark is not False:
            weight = parse_number(mark, reader.take.file.decimal)
            if weight is None:
                reader.add_fault("invalid_value", place, Hint("import.number"), mark)
            elif weight:
                yield person, weight, place

    def _settle_names(
        self, person: str | None, named: list[tuple[str, float | None, Place]]
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
