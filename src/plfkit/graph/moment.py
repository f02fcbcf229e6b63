"""What layers are built from: the part of a snapshot that tells of ties, surveys and people."""

from __future__ import annotations

from typing import Protocol

from plfkit.arrays import Flags, Numbers
from plfkit.model.records.rows import Response, Survey, Tie
from plfkit.model.records.tables import Table
from plfkit.model.words.vocabulary import Vocabulary
from plfkit.periods import Period


class Moment(Protocol):
    """What a layer is built from; a snapshot is one."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The kinds in use."""

    @property
    def period(self) -> Period:
        """The period."""

    @property
    def person_ids(self) -> tuple[str, ...]:
        """Everybody the organisation knows."""

    def number_people(self, table: str, column: str, /) -> Numbers:
        """Return the number of the person that each row of a table names."""

    @property
    def present(self) -> Flags:
        """Who was there in the period."""

    @property
    def surveys(self) -> Table[Survey]:
        """Surveys held in the period."""

    @property
    def responses(self) -> Table[Response]:
        """Their rosters."""

    @property
    def ties(self) -> Table[Tie]:
        """Ties that hold in the period."""

    @property
    def undated_surveys(self) -> frozenset[str]:
        """Relations that a survey without a date asks about."""
