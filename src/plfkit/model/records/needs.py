"""Needs: what would have to be filled in, or said to be complete, for a figure to be had or be surer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from attrs import frozen

from plfkit.model.records.rows import EVENTS_TABLE, REGISTERS

REGISTRATIONS = "registrations"
"""The table that says which lists are complete."""


@frozen
class Need:
    """A native table that is to be filled in, or a list that is to be said to be complete.

    As text it is ``answers``, ``registrations:data_meeting`` for a log of events, or
    ``registrations:positions:teacher`` for another list. ``answers:communities`` are the answers that
    communities give as one, where only people have answered on their own.

    Attributes:
        table: The native table; that of registrations for a list.
        of: The table that the list is of, or whose answers are needed; None where it is the table itself
            that is needed.
        kind: Of which kind the list is; None for all kinds.
    """

    table: str
    of: str | None = None
    kind: str | None = None

    @classmethod
    def of_list(cls, of: str, kind: str | None) -> Self:
        """Return the need of a complete list of a table, of one kind or of all."""
        return cls(REGISTRATIONS, of, kind)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read a need as documents have it."""
        table, *listed = text.split(":", maxsplit=2)
        if not listed:
            return cls(table)
        if listed[0] not in REGISTERS:
            return cls(table, EVENTS_TABLE, ":".join(listed))
        return cls(table, *listed)

    def __str__(self) -> str:
        """Write it as documents have it."""
        listed = (self.kind,) if self.of == EVENTS_TABLE and self.kind else (self.of, self.kind)
        return ":".join(part for part in (self.table, *listed) if part is not None)


COMMUNITY_ANSWERS = Need("answers", "communities")
"""The answers of communities, where there are only answers of people to the same."""

SILENT_ANSWERS = Need("responses")
"""The answers of those who did not answer; or, where nobody wrote down who was asked, a list of them."""


def read_needs(needs: Iterable[Need | str]) -> tuple[Need, ...]:
    """Return needs of which some may be given as text."""
    return tuple(Need.from_text(need) if isinstance(need, str) else need for need in needs)
