"""Events of a period: where and whose they were, and who took part as far as that was noted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from attrs import frozen

from plfkit.arrays import Days, Flags, Floats, Numbers
from plfkit.errors import MeasureError
from plfkit.graph.snapshot import Snapshot
from plfkit.hints import Hint, quote_word
from plfkit.model.caching import work_out_once
from plfkit.model.records.rows import Event
from plfkit.model.records.tables import Table, find_rows_meant, recode_column
from plfkit.model.words.titles import hint_at_choice


@frozen(eq=False)
class Events:
    """The events of some kinds, one entry each, and who took part in them.

    Attributes:
        kinds: The kinds asked for.
        table: The events.
        kind: The number of each event's kind among `kinds`.
        units: The number of each event's unit, by the sorted order of ids; −1 for none.
        events: The event of each participation.
        persons: Whose it was.
        roles: As what; −1 if nobody noted it.
        role_names: What the numbers of roles stand for.
    """

    kinds: tuple[str, ...]
    table: Table[Event]
    kind: Numbers
    units: Numbers
    events: Numbers
    persons: Numbers
    roles: Numbers
    role_names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.table)

    @cached_property
    def named(self) -> Flags:
        """Whether it was noted who took part in each event."""
        return np.bincount(self.events, minlength=len(self)) > 0

    @cached_property
    def hours(self) -> Floats:
        """How long each event lasted; NaN where nobody noted it."""
        column = self.table.column("hours")
        return np.where(column.missing, np.nan, column.values)

    @property
    def dates(self) -> Days:
        """When each event took place."""
        return np.asarray(self.table.column("date").values.astype("datetime64[D]"))

    def match_communities(self, ids: tuple[str, ...]) -> Numbers:
        """Return the place of each event's community among some ids; −1 for none of them."""
        return recode_column(self.table.column("community"), ids)

    def match_participation_roles(self, roles: Sequence[str]) -> Flags:
        """Tell which participations were in one of some roles."""
        # The entry behind the last is for −1, where nobody noted the role.
        wanted = [name in roles for name in self.role_names]
        return np.array([*wanted, False], np.bool_)[self.roles]


def select_events(snapshot: Snapshot, kinds: Sequence[str] | None = None) -> Events:
    """Return the events of some kinds that took place in a snapshot's period; of all if left out.

    Raises:
        MeasureError: There is no such kind of event.
    """
    known = snapshot.vocabulary.event_kinds
    for name in kinds or ():
        if name not in known:
            near = hint_at_choice(name, known)
            raise MeasureError(Hint("measure.no_event_kind", name=quote_word(name), near=near))
    wanted = tuple(known if kinds is None else dict.fromkeys(kinds))
    codes = recode_column(snapshot.events.column("kind"), wanted)
    table = snapshot.events.take(codes >= 0)
    # Of the events 0, 1 and 2 the second is of no such kind: the others are now 0 and 1.
    place = np.append(np.where(codes >= 0, np.cumsum(codes >= 0) - 1, -1), -1)
    event = place[_find_attended_events(snapshot)]
    kept = event >= 0
    role = snapshot.participations.column("role")
    return Events(
        kinds=wanted,
        table=table,
        kind=codes[codes >= 0],
        units=recode_column(table.column("unit"), snapshot.units.column("id").categories),
        events=event[kept],
        persons=snapshot.number_people("participations", "person")[kept],
        roles=np.asarray(role.values[kept], np.int64),
        role_names=role.categories,
    )


@work_out_once
def _find_attended_events(snapshot: Snapshot) -> Numbers:
    """Return the row of the event that each participation is in; −1 for none."""
    return find_rows_meant(snapshot.participations.column("event"), snapshot.events)


def list_meeting_kinds(snapshot: Snapshot, *, pedagogical: bool = False) -> tuple[str, ...]:
    """Return the kinds of events that are meetings.

    Args:
        snapshot: The moment.
        pedagogical: Only those that are evidence for some characteristic.
    """
    kinds = snapshot.vocabulary.event_kinds
    return tuple(
        name
        for name, kind in kinds.items()
        if kind.meeting and (kind.characteristics or not pedagogical)
    )


def list_evidence_kinds(snapshot: Snapshot, characteristics: Sequence[str]) -> tuple[str, ...]:
    """Return the kinds of events, meetings or not, that are evidence for some characteristics."""
    kinds = snapshot.vocabulary.event_kinds
    return tuple(n for n, kind in kinds.items() if {*kind.characteristics} & {*characteristics})


def find_evidence_events(snapshot: Snapshot, events: Events, characteristic: str) -> Flags:
    """Tell which events are evidence for a characteristic."""
    kinds = snapshot.vocabulary.event_kinds
    shown = [characteristic in kinds[name].characteristics for name in events.kinds]
    return np.array([*shown, False], np.bool_)[events.kind]
