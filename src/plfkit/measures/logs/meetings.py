"""Meetings: what they build on, and who is there."""

from __future__ import annotations

from typing import Any, Unpack

import numpy as np

from plfkit.errors import MeasureError
from plfkit.graph.cases import Cases
from plfkit.graph.events import select_events
from plfkit.graph.groups import (
    look_up_members,
)
from plfkit.graph.logs import find_staffed_units
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.columns import (
    EVENT_COLUMNS,
    PARTICIPATION_COLUMNS,
    STAFF_COLUMNS,
    UNIT_COLUMNS,
)
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import (
    build_register_result,
    check_kinds,
    count_fewest_holders,
)
from plfkit.measures.logs.log_defaults import MEETING_COLUMNS, measure_meetings
from plfkit.measures.logs.meeting_logs import LoggedMeetings
from plfkit.model.records.needs import Need
from plfkit.model.results.result import MeasureFunction, Result
from plfkit.model.words.kinds import Label


def _build_meeting_result(
    snapshot: Snapshot,
    function: MeasureFunction,
    meetings: LoggedMeetings,
    cases: Cases,
    *,
    people: int | None = None,
    noted_in: str = "participations",
    **about: Any,
) -> Result:
    """Return the result of a measure that is one share of meetings.

    How many meetings a log with gaps lacks nobody knows, and so there is no range.

    Args:
        snapshot: The moment.
        function: The measure.
        meetings: The meetings.
        cases: Which of them show what is asked about.
        people: How many people it rests on; None for what is not about people.
        noted_in: The table in which it stands whether a meeting shows it.
        **about: What else is said of the result.
    """
    ours = cases.take(meetings.ours)
    # Known of each meeting, either way: then complete logs need nothing more.
    sure = bool((ours.yes | ~ours.maybe).all())
    unnoted = (Need(noted_in),) if meetings.complete and not sure else ()
    return build_register_result(
        snapshot,
        function,
        [
            ours.compute_share(
                people=people, empty=meetings.empty_reason, complete=meetings.complete
            )
        ],
        needs=(*meetings.needs, *unnoted),
        evidence={"meetings": len(ours)},
        **about,
    )


@measure_meetings(
    label=Label(da="Møder, der bygger på data", en="Meetings that build on data"),
    tells=Label(
        da="Hvor stor en del af fællesskabernes møder der handler om data eller har et dataark.",
        en="How large a part of the communities' meetings is about data or has a data sheet.",
    ),
    beware=Label(
        da="Et dataark på bordet viser ikke, at nogen blev klogere af det.",
        en="A data sheet on the table does not show that anybody learnt from it.",
    ),
    columns=(*MEETING_COLUMNS, "events.artefact"),
    example={"artefacts": ["referat"]},
)
def data_meeting_share(
    snapshot: Snapshot,
    *,
    kinds: tuple[str, ...] = ("data_meeting",),
    artefacts: tuple[str, ...] = (),
    **options: Unpack[Options],
) -> Result:
    """Return the share of communities' meetings that build on data.

    Formula:
        meetings of such a kind, or with such an artefact / meetings of communities

    Beware:
        A high share does not mean that anybody learnt from the data on the table.

    Args:
        snapshot: The moment.
        kinds: The kinds of meetings that do.
        artefacts: What may have come of a meeting that did, as ``"data sheet"``.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure; ``numerator`` and ``denominator`` count meetings. Without a range where logs of
        meetings have gaps. Undefined without meetings, where no log is complete, and where artefacts
        are asked for and no meeting has one noted.

    Raises:
        UnknownGroupError: There is no such kind of event.

    Source:
        plfkit's own definition.

    Examples:
        The team met once about data and once to coordinate: 1 of 2.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     communities=["t team unit=s"],
        ...     memberships=["t ann,bo,cy"],
        ...     events=[
        ...         "d data_meeting 2018-10-01 community=t",
        ...         "c coordination_meeting 2018-11-01 community=t",
        ...     ],
        ...     complete=["s"],
        ... )
        >>> data_meeting_share(now).item()
        0.5
    """
    resolve_options(data_meeting_share, options)
    check_kinds(snapshot, "event_kinds", kinds)
    meetings = LoggedMeetings.of_communities(snapshot)
    events = meetings.events
    of_kind = np.array([kind in kinds for kind in events.kinds], np.bool_)[events.kind]
    column = events.table.column("artefact")
    # A meeting without an artefact has the number −1, for which the entry behind the last is False.
    named = np.array([*(text in artefacts for text in column.categories), False], np.bool_)
    yes = of_kind | named[column.values]
    # While nobody noted what came of any meeting, all those without a note may have had one.
    noted = not artefacts or not column.missing.all()
    cases = Cases(yes, yes | (not noted), meetings.logged & noted)
    return _build_meeting_result(snapshot, data_meeting_share, meetings, cases, noted_in="events")


@measure_meetings(
    label=Label(da="Møder på tværs af faggrupper", en="Meetings of several professions"),
    tells=Label(
        da="Hvor stor en del af møderne der havde deltagere fra hver af de valgte faggrupper.",
        en="How large a part of the meetings had people of each of the chosen professions.",
    ),
    beware=Label(
        da="At være til stede er ikke det samme som at blive hørt.",
        en="Being there is not the same as being heard.",
    ),
    tables=("positions", "events", "participations", "registrations"),
    columns=(*STAFF_COLUMNS, *UNIT_COLUMNS, *EVENT_COLUMNS, *PARTICIPATION_COLUMNS),
    example={"roles": ["teacher", "pedagogue"], "kinds": ["planning_meeting"]},
)
def mixed_meetings(
    snapshot: Snapshot,
    *,
    roles: tuple[str, ...],
    kinds: tuple[str, ...],
    **options: Unpack[Options],
) -> Result:
    """Return the share of meetings that people of each of some roles took part in.

    Formula:
        meetings with somebody in each of the roles / meetings of which it was noted who was there

    Meetings of which nobody noted who was there have no part in the value, and widen the range.

    Beware:
        A high share does not mean that all who were there were heard.

    Args:
        snapshot: The moment.
        roles: The roles, or levels, that are to be there.
        kinds: The kinds of events.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure; ``numerator`` and ``denominator`` count meetings. Without a range where logs have
        gaps. Undefined without such meetings, and where no log is complete.

    Raises:
        MeasureError: There is no such kind of event, or no role is named.
        UnknownGroupError: There is no such role.

    Source:
        plfkit's own definition.

    Examples:
        A pedagogue was at one of two meetings: 1 of 2.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["ann,bo s teacher", "di s pedagogue"],
        ...     events=["a,b planning_meeting 2018-10-01 unit=s"],
        ...     participations=["a ann,bo", "b ann,di"],
        ...     complete=["s"],
        ... )
        >>> mixed_meetings(now, roles=("teacher", "pedagogue"), kinds=("planning_meeting",)).item()
        0.5
    """
    resolve_options(mixed_meetings, options)
    if not roles:
        raise MeasureError("mixed_meetings: name the roles that are to be there")
    events = select_events(snapshot, kinds)
    everything = np.ones(len(events), np.bool_)
    meetings = LoggedMeetings.of(snapshot, events, everything, find_staffed_units(snapshot))
    yes = np.ones(len(events), np.bool_)
    for role in roles:
        there = np.isin(events.persons, look_up_members(snapshot, role))
        yes &= np.bincount(events.events[there], minlength=len(events)) > 0
    cases = Cases(yes, yes | ~events.named, meetings.logged & events.named)
    return _build_meeting_result(
        snapshot,
        mixed_meetings,
        meetings,
        cases,
        people=count_fewest_holders(snapshot, roles),
        variant=", ".join(roles),
    )
