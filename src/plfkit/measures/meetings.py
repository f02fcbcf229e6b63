"""Meetings: what communities' hours go to, who leads them, and who is there."""

from __future__ import annotations

from typing import Any, Unpack

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from plfkit.errors import MeasureError
from plfkit.graph.communities import community_units
from plfkit.graph.events import Events, events_of
from plfkit.graph.groups import RESOURCE_PERSON, members_of, trained
from plfkit.graph.logs import logs, workplaces
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.cases import Cases
from plfkit.measures.catalogue import Measured, measure
from plfkit.measures.columns import COMMUNITIES, EVENTS, PARTS, QUALIFICATIONS, STAFF, UNITS
from plfkit.measures.options import Options, how
from plfkit.measures.parts import check_choice
from plfkit.measures.practice import NO_INTERVAL, NO_NULL
from plfkit.measures.registered import check_kinds, register_result
from plfkit.measures.standing import REGISTERED, meeting_kinds, standing
from plfkit.model.kinds import Label
from plfkit.model.result import Figure, Result

TABLES = ("communities", "memberships", "events", "registrations")
COLUMNS = (*STAFF, *UNITS, *COMMUNITIES, *EVENTS)
WITH_PARTS = (*COLUMNS, *PARTS, "participations.role")
RESOURCE_LEVEL = "resource_persons"
FACILITATES = ("facilitator",)

Flags = NDArray[np.bool_]


@frozen(eq=False)
class _Meetings:
    """Meetings of communities that count, and the logs that tell of them.

    Attributes:
        events: The events of meeting kinds.
        ours: Which of them are meetings of a community that counts.
        logged: Which took place where the logs of meetings are complete.
        complete: Whether the logs are, wherever a community is.
        needs: What would have to be registered for that.
    """

    events: Events
    ours: Flags
    logged: Flags
    complete: bool
    needs: tuple[str, ...]

    @classmethod
    def of(cls, snapshot: Snapshot, name: str, basis: str = REGISTERED) -> _Meetings:
        """Collect the meetings of communities that count on a basis."""
        found = standing(snapshot, basis, name)
        known, kinds = found.communities, meeting_kinds(snapshot)
        events, asked = events_of(snapshot, kinds), logs(snapshot, kinds)
        whose = events.communities(known.ids)
        at = community_units(snapshot, known.ids)
        where = np.append(at, -1)[whose]
        return cls(
            events=events,
            ours=np.append(found.counts, False)[whose],
            logged=asked.all_of(np.where(whose >= 0, where, events.units)),
            complete=bool(asked.all_of(at[known.established]).all()),
            needs=asked.needs(np.unique(at[known.established])),
        )


def _share(cases: Cases, *, complete: bool, figure: str | None = None) -> Figure:
    """Return a share of meetings; how many are not registered is not known, and so is the range."""
    told = cases.share(figure=figure, empty="no_meetings" if complete else "not_registered")
    return told if complete else evolve(told, lower=None, upper=None, observed=None)


def _of_meetings(
    snapshot: Snapshot, function: Measured, meetings: _Meetings, cases: Cases, **about: Any
) -> Result:
    """Return the result of a measure that is one share of communities' meetings."""
    sure = meetings.complete and bool((cases.yes | ~cases.maybe).all())
    unnoted = () if sure or not meetings.complete else ("participations",)
    return register_result(
        snapshot,
        function,
        [_share(cases, complete=meetings.complete)],
        range_kind="exact" if meetings.complete else "unknown",
        needs=(*meetings.needs, *unnoted),
        evidence={"meetings": len(cases)},
        **about,
    )


@measure(
    label=Label(da="Mødetimer efter indhold", en="Meeting hours by what they are used for"),
    tells=Label(
        da="Hvordan de registrerede mødetimer fordeler sig.",
        en="How the registered meeting hours are spread.",
    ),
    beware=Label(
        da="Ingen fordeling er rigtig for alle: også koordinering skal have tid.",
        en="No mix is right for everybody: coordination needs its time too.",
    ),
    figure_class="organisational",
    tables=TABLES,
    columns=(*COLUMNS, "events.hours"),
    reference="plfkit's own definition",
    no_null=NO_NULL,
    no_interval=NO_INTERVAL,
)
def meeting_mix(
    snapshot: Snapshot,
    *,
    groups: str = "kind",
    basis: str = REGISTERED,
    **options: Unpack[Options],
) -> Result:
    """Return how registered meeting hours are spread.

    Meetings whose length nobody noted, and those where logs of meetings have gaps, are left out; the
    latter leave the figures without a range.

    Args:
        snapshot: The moment.
        groups: ``"kind"`` spreads the hours of communities over kinds of meetings; ``"community"``
            gives the share of all meeting hours that are spent in communities.
        basis: What makes a community count, as `plfkit.measures.membership_coverage` says.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        A share for each kind of meeting, ``figure``; or one share. ``numerator`` and ``denominator``
        are hours. Undefined where no log is complete, and without hours.

    Raises:
        MeasureError: There is no such basis or grouping.
    """
    how(meeting_mix, options)
    check_choice("meeting_mix", "groups", groups, ("kind", "community"))
    meetings = _Meetings.of(snapshot, "meeting_mix", basis)
    known = meetings.logged & ~np.isnan(meetings.events.hours)
    if groups == "community":
        rows = [_hours(meetings, known, meetings.ours, None)]
    else:
        known = known & meetings.ours
        rows = [
            _hours(meetings, known, meetings.events.kind == place, kind)
            for place, kind in enumerate(meetings.events.kinds)
        ]
    unknown = (meetings.ours | (groups == "community")) & meetings.logged & ~known
    return register_result(
        snapshot,
        meeting_mix,
        rows,
        variant=basis,
        groups=groups,
        range_kind="exact" if rows[0].lower is not None else "unknown",
        needs=meetings.needs,
        evidence={"meetings": int(known.sum()), "meetings_without_hours": int(unknown.sum())},
    )


def _hours(meetings: _Meetings, known: Flags, which: Flags, figure: str | None) -> Figure:
    """Return the share of known hours that some meetings have."""
    hours = meetings.events.hours
    over, under = float(hours[known & which].sum()), float(hours[known].sum())
    if not under:
        reason = "no_meetings" if meetings.complete else "not_registered"
        return Figure(figure=figure, reason=reason)
    value = over / under
    end = value if meetings.complete else None
    return Figure(
        figure=figure, value=value, lower=end, upper=end, numerator=over, denominator=under
    )


@measure(
    label=Label(da="Møder, der bygger på data", en="Meetings that build on data"),
    tells=Label(
        da="Hvor stor en del af fællesskabernes møder der handler om data eller har et dataark.",
        en="How large a part of the communities' meetings is about data or has a data sheet.",
    ),
    beware=Label(
        da="Et dataark på bordet viser ikke, at nogen blev klogere af det.",
        en="A data sheet on the table does not show that anybody learnt from it.",
    ),
    figure_class="organisational",
    tables=TABLES,
    columns=(*COLUMNS, "events.artefact"),
    reference="plfkit's own definition",
    no_null=NO_NULL,
    no_interval=NO_INTERVAL,
)
def data_meeting_share(
    snapshot: Snapshot,
    *,
    kinds: tuple[str, ...] = ("data_meeting",),
    artefacts: tuple[str, ...] = (),
    **options: Unpack[Options],
) -> Result:
    """Return the share of communities' meetings that build on data.

    Args:
        snapshot: The moment.
        kinds: The kinds of meetings that do.
        artefacts: What may have come of a meeting that did, as ``"data sheet"``.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure; ``numerator`` and ``denominator`` count meetings. Without a range where logs of
        meetings have gaps. Undefined without meetings, and where no log is complete.

    Raises:
        UnknownGroupError: There is no such kind of event.
    """
    how(data_meeting_share, options)
    check_kinds(snapshot, "event_kinds", kinds)
    meetings = _Meetings.of(snapshot, "data_meeting_share")
    events = meetings.events
    of_kind = np.array([kind in kinds for kind in events.kinds], np.bool_)[events.kind]
    column = events.table.column("artefact")
    named = np.array([*(text in artefacts for text in column.categories), False], np.bool_)
    yes = of_kind | named[column.values]
    cases = Cases(yes, yes, meetings.logged).take(meetings.ours)
    return _of_meetings(snapshot, data_meeting_share, meetings, cases)


@measure(
    label=Label(
        da="Møder, der faciliteres af en uddannet ressourceperson",
        en="Meetings facilitated by a trained resource person",
    ),
    tells=Label(
        da="Hvor stor en del af fællesskabernes møder, hvor det er noteret, hvem der faciliterede, "
        "der blev faciliteret af en ressourceperson med uddannelse til det.",
        en="How large a part of the communities' meetings, where it was noted who facilitated, was "
        "facilitated by a resource person who is trained for it.",
    ),
    beware=Label(
        da="Uddannelse er ikke det samme som god facilitering.",
        en="Training is not the same as good facilitation.",
    ),
    figure_class="organisational",
    tables=(*TABLES, "participations", "positions", "qualifications"),
    columns=(*WITH_PARTS, *QUALIFICATIONS),
    reference="plfkit's own definition",
    no_null=NO_NULL,
    no_interval=NO_INTERVAL,
)
def qualified_facilitation(
    snapshot: Snapshot,
    *,
    qualifications: tuple[str, ...] = ("coach_training", "facilitator_training"),
    **options: Unpack[Options],
) -> Result:
    """Return the share of communities' meetings that a trained resource person facilitated.

    Meetings of which nobody noted who facilitated have no part in the value, and widen the range.

    Args:
        snapshot: The moment.
        qualifications: What a resource person is to be trained in: any of these.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure; ``numerator`` and ``denominator`` count meetings. Without a range where logs of
        meetings have gaps. Undefined without meetings, where no log is complete, where nobody noted
        who facilitated, and where nobody's training is registered.

    Raises:
        UnknownGroupError: There is no such qualification.
    """
    how(qualified_facilitation, options)
    able = trained(snapshot, qualifications)
    supports = np.zeros(len(able), np.bool_)
    supports[members_of(snapshot, RESOURCE_PERSON)] = True
    meetings = _Meetings.of(snapshot, "qualified_facilitation")
    cases = _facilitated(meetings, able & supports)
    if not able.any():
        meetings = evolve(meetings, needs=(*meetings.needs, "qualifications"))
        cases = Cases(cases.yes, np.ones_like(cases.yes), np.zeros_like(cases.yes))
    return _of_meetings(snapshot, qualified_facilitation, meetings, cases)


@measure(
    label=Label(
        da="Møder, der faciliteres af skolens egne ressourcepersoner",
        en="Meetings facilitated by the schools' own resource persons",
    ),
    tells=Label(
        da="Hvor stor en del af fællesskabernes møder, hvor det er noteret, hvem der faciliterede, "
        "der blev faciliteret af skolernes egne ressourcepersoner og ikke af nogen udefra.",
        en="How large a part of the communities' meetings, where it was noted who facilitated, was "
        "facilitated by the schools' own resource persons, not by somebody from outside.",
    ),
    beware=Label(
        da="Hjælp udefra kan være et godt valg; tallet siger, om skolerne kan bære det selv.",
        en="Help from outside may be a good choice; the figure says whether schools can carry it.",
    ),
    figure_class="organisational",
    tables=(*TABLES, "participations", "positions"),
    columns=WITH_PARTS,
    reference="plfkit's own definition",
    no_null=NO_NULL,
    no_interval=NO_INTERVAL,
)
def internal_facilitation(snapshot: Snapshot, **options: Unpack[Options]) -> Result:
    """Return the share of communities' meetings that resource persons of the schools facilitated.

    Consultants of the administration and guests are resource persons from outside. Meetings of which
    nobody noted who facilitated have no part in the value, and widen the range.

    Args:
        snapshot: The moment.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure; ``numerator`` and ``denominator`` count meetings. Without a range where logs of
        meetings have gaps. Undefined without meetings, where no log is complete, and where nobody
        noted who facilitated.
    """
    how(internal_facilitation, options)
    ours = np.zeros(len(snapshot.person_ids), np.bool_)
    ours[members_of(snapshot, RESOURCE_LEVEL)] = True
    meetings = _Meetings.of(snapshot, "internal_facilitation")
    cases = _facilitated(meetings, ours)
    return _of_meetings(snapshot, internal_facilitation, meetings, cases)


def _facilitated(meetings: _Meetings, people: Flags) -> Cases:
    """Tell which of communities' meetings somebody among some people facilitated."""
    events = meetings.events
    leads = events.people_as(FACILITATES)
    led = np.bincount(events.events[leads], minlength=len(events)) > 0
    by = leads & people[events.persons]
    yes = np.bincount(events.events[by], minlength=len(events)) > 0
    return Cases(yes, yes | ~led, led & meetings.logged).take(meetings.ours)


@measure(
    label=Label(da="Møder på tværs af faggrupper", en="Meetings of several professions"),
    tells=Label(
        da="Hvor stor en del af møderne der havde deltagere fra hver af de valgte faggrupper.",
        en="How large a part of the meetings had people of each of the chosen professions.",
    ),
    beware=Label(
        da="At være til stede er ikke det samme som at blive hørt.",
        en="Being there is not the same as being heard.",
    ),
    figure_class="organisational",
    tables=("positions", "events", "participations", "registrations"),
    columns=(*STAFF, *UNITS, *EVENTS, *PARTS),
    reference="plfkit's own definition",
    no_null=NO_NULL,
    no_interval=NO_INTERVAL,
)
def mixed_meetings(
    snapshot: Snapshot,
    *,
    roles: tuple[str, ...],
    kinds: tuple[str, ...],
    **options: Unpack[Options],
) -> Result:
    """Return the share of meetings that people of each of some roles took part in.

    Meetings of which nobody noted who was there have no part in the value, and widen the range.

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
    """
    how(mixed_meetings, options)
    if not roles:
        raise MeasureError("mixed_meetings: name the roles that are to be there")
    events, asked = events_of(snapshot, kinds), logs(snapshot, kinds)
    places = workplaces(snapshot)
    meetings = _Meetings(
        events=events,
        ours=np.ones(len(events), np.bool_),
        logged=asked.all_of(events.units),
        complete=bool(asked.all_of(places).all()),
        needs=asked.needs(places),
    )
    yes = np.ones(len(events), np.bool_)
    for role in roles:
        there = np.isin(events.persons, members_of(snapshot, role))
        yes &= np.bincount(events.events[there], minlength=len(events)) > 0
    cases = Cases(yes, yes | ~events.named, meetings.logged & events.named)
    return _of_meetings(snapshot, mixed_meetings, meetings, cases, variant=", ".join(roles))
