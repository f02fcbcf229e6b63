"""Registered data: what is there of each school's communities and meetings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Unpack

import numpy as np

from plfkit.graph.cases import Cases
from plfkit.graph.communities import gather_communities, locate_communities
from plfkit.graph.events import list_meeting_kinds
from plfkit.graph.logs import look_up_logs
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.staff_list import list_staff
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import build_register_result, check_kinds
from plfkit.measures.logs.log_defaults import measure_meetings
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason

MEMBERS, LOGS = "members", "logs"
"""Figures: of how many communities members are registered, and of how many kinds of meetings all."""


@measure_meetings(
    label=Label(da="Registrerede data", en="Registered data"),
    tells=Label(
        da="Hvor stor en del af en skoles fællesskaber der har registrerede medlemmer, og hvor stor en "
        "del af slagsene af møder der står i en fuldstændig liste.",
        en="How large a part of a school's communities has registered members, and how large a part of "
        "the kinds of meetings stands in a complete log.",
    ),
    beware=Label(
        da="At noget er registreret, viser ikke, at det er rigtigt eller godt.",
        en="That something is registered does not show that it is right, or good.",
    ),
    counts_people=False,
    tables=("units", "communities"),
    example={"by": "school"},
)
def registered_data(
    snapshot: Snapshot, *, by: str = "school", **options: Unpack[Options]
) -> Result:
    """Return what is registered of each unit's communities and meetings.

    Formula:
        ``members``: communities with a registered member / communities of the unit;
        ``logs``: kinds of meetings whose log is said to be complete / kinds of meetings there are

    A community belongs to the nearest unit of the kind at or above its own. A log is complete where the
    unit, or one above it, says so of the whole period and none of them says otherwise.

    Beware:
        A high share does not mean that what is registered is right, nor that much takes place.

    Args:
        snapshot: The moment.
        by: The kind of unit.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        Two figures for each unit. ``members`` is undefined where the unit has no communities; its ``n``
        are the people who work there. ``logs`` is undefined without any kind of meeting.

    Raises:
        UnknownGroupError: There is no such kind of unit.

    Source:
        plfkit's own definition.

    Examples:
        Of the team *t* members are registered, of the team *u* none; all logs are complete.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     complete=["s"],
        ...     communities=["t team unit=s", "u team unit=s"],
        ...     memberships=["t ann,bo,cy"],
        ... )
        >>> [(row.part, row.figure, row.value) for row in registered_data(now)]
        [('s', 'members', 0.5), ('s', 'logs', 1.0)]
    """
    resolve_options(registered_data, options)
    check_kinds(snapshot, "unit_kinds", (by,))
    rows = [*_list_unit_figures(snapshot, by)]
    return build_register_result(snapshot, registered_data, rows, by=by)


def _list_unit_figures(snapshot: Snapshot, kind: str) -> Iterator[Figure]:
    known = gather_communities(snapshot)
    at = locate_communities(snapshot, kind, known.ids)
    complete = look_up_logs(snapshot, list_meeting_kinds(snapshot)).complete
    people = list_staff(snapshot).places.get(kind, {})
    numbers = {name: place for place, name in enumerate(snapshot.units.column("id").categories)}
    for unit in sorted(unit.id for unit in snapshot.units if unit.kind == kind):
        listed = Cases.of_register(known.sizes[at == numbers[unit]] > 0)
        # That no list has a member says of a handful of people that none of them is in these.
        yield listed.compute_share(
            part=unit,
            figure=MEMBERS,
            people=len(people.get(unit, ())),
            empty=Reason.NO_COMMUNITIES,
        )
        yield Cases.of_register(np.asarray(complete[numbers[unit]])).compute_share(
            part=unit, figure=LOGS
        )
