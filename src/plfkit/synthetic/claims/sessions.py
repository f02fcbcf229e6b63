"""Events planted for claims: on which days, where, and with whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

import numpy as np
from attrs import frozen

from plfkit.arrays import Days, Numbers
from plfkit.model.declared.facts import Rule
from plfkit.periods import Period
from plfkit.synthetic.claims.holders import (
    NOBODY,
    Holders,
    find_kind_members,
    find_nearest_units,
    find_position_holders,
    list_units_of_kind,
)
from plfkit.synthetic.claims.occasions import FEW, Occasion, collect_occasions, may_add_colleagues
from plfkit.synthetic.draft import RowDraft
from plfkit.synthetic.office import Invited
from plfkit.synthetic.schooldays import choose_different_days, choose_stay_days, spread_days
from plfkit.synthetic.setting import Setting
from plfkit.synthetic.units import Units
from plfkit.synthetic.years import YEARS, find_period_bounds, intersect_periods

SESSION_HOURS = 5.0
COLLEAGUES = 4
"""How many teachers of a school are there when guests come."""
ROUND_BEGINS, ROUND_LENGTH = 0.3, timedelta(days=14)
"""Where in its share of a period a round of visits begins, and how long it takes."""
PLACE_KIND = "school"


@frozen(eq=False)
class Session:
    """An event to plant: when, where, and who takes part."""

    day: np.datetime64
    unit: int
    people: Numbers


Planted = list[tuple[int, np.datetime64, tuple[str, ...]]]
"""Events that were planted, with their days and the roles of those who take part."""


def plant_events(draft: RowDraft, setting: Setting, units: Units, guests: Invited) -> None:
    """Plant the events that rules speak of."""
    planted: dict[str, Planted] = {}
    wishes = [wish for wish in setting.wishes if wish.rule.events]
    for occasion in collect_occasions(setting.profile, wishes):
        people = _find_occasion_people(draft, occasion, guests)
        before = planted.setdefault(occasion.kinds[0], [])
        if occasion.events_for_each:
            before += _plant_for_each_person(draft, units, occasion, people, before, guests)
        sessions = [*_plan_unit_sessions(draft, occasion, people)]
        sessions += _plan_municipal_sessions(draft, units, occasion, people.persons, len(sessions))
        added = [
            (_add_session(draft, occasion, session), session.day, occasion.roles)
            for session in sessions
        ]
        before += added
        if occasion.teams and occasion.outside:
            _add_team_members(draft, occasion, added)
        if occasion.outside and may_add_colleagues(wishes, occasion, setting.profile):
            _add_colleagues(draft, occasion, sessions, added)


def _find_occasion_people(draft: RowDraft, occasion: Occasion, guests: Invited) -> Holders:
    """Return whom an occasion is about."""
    if occasion.outside:
        invited = np.concatenate([guests.get(role, NOBODY) for role in occasion.roles])
        return Holders(invited, np.full(len(invited), -1))
    people = find_position_holders(draft, occasion.period, occasion.roles)
    if not occasion.teams:
        return people
    chosen = np.isin(
        people.people, find_kind_members(draft, occasion.period, occasion.teams).persons
    )
    return Holders(people.people[chosen], people.units[chosen])


def _add_team_members(draft: RowDraft, occasion: Occasion, planted: Planted) -> None:
    """Have the members of a team be there when guests come."""
    team = find_kind_members(draft, occasion.period, occasion.teams).persons
    for event, _, _ in planted:
        draft.add("participations", len(team), event=event, person=team, role="participant")


def _choose_session_days(occasion: Occasion, period: Period, count: int, people: int) -> Days:
    """Return the days of events: those of a stay, or as many different ones as are wanted."""
    stay = occasion.count_stay_days(people)
    return choose_stay_days(period, stay) if stay else choose_different_days(period, count)


def _add_session(draft: RowDraft, occasion: Occasion, session: Session) -> int:
    event = draft.add_one(
        "events", kind=occasion.kinds[0], date=session.day, unit=session.unit, hours=SESSION_HOURS
    )
    role = "visitor" if occasion.outside else "participant"
    draft.add("participations", len(session.people), event=event, person=session.people, role=role)
    return event


def _plan_municipal_sessions(
    draft: RowDraft, units: Units, occasion: Occasion, people: Numbers, before: int
) -> Iterator[Session]:
    """Yield the events of rules about the municipality as a whole: at one school after another."""
    taking = people[: occasion.count_people_wanted(len(people))]
    wanted = occasion.count_events_wanted(len(taking))
    if not (occasion.roles or occasion.teams):
        before += _count_events_held(
            draft, occasion, by_day=occasion.find_greatest_count("days") is not None
        )
        taking = taking if occasion.find_greatest_count("people", "person_days") else NOBODY
    days = _choose_session_days(
        occasion, occasion.period, occasion.count_days_wanted(len(taking)), len(taking)
    )
    left = occasion.find_greatest_count("person_days") or wanted * len(taking)
    if occasion.count_stay_days(len(taking)):
        wanted = max(len(days), occasion.find_greatest_count("events", "rounds") or 0)
        left = wanted * len(taking)
    for number in range(before, wanted):
        day = days[min(number, len(days) - 1)]
        school = units.schools[number % len(units.schools)].unit
        yield Session(day, school, taking[: max(0, left - number * len(taking))])


def _count_events_held(draft: RowDraft, occasion: Occasion, *, by_day: bool) -> int:
    """Count the events that took place anyway, or the days on which there were any."""
    dates = draft.read_cells("events", "date")[_find_occasion_events(draft, occasion)]
    return len(np.unique(dates)) if by_day else len(dates)


def _find_occasion_events(draft: RowDraft, occasion: Occasion) -> Numbers:
    """Return the events of an occasion's kinds on its days."""
    dates, (start, end) = draft.read_cells("events", "date"), find_period_bounds(occasion.period)
    rows = draft.is_word("events", "kind", occasion.kinds)
    rows &= (dates >= np.datetime64(start, "D")) & (dates < np.datetime64(end, "D"))
    return np.flatnonzero(rows)


def _plan_unit_sessions(draft: RowDraft, occasion: Occasion, people: Holders) -> Iterator[Session]:
    """Yield the events of rules that hold for each unit, in rounds over all of them."""
    for rule in occasion.unit_rules:
        kind = rule.each_unit or PLACE_KIND
        close, places = find_nearest_units(draft, kind), list_units_of_kind(draft, kind)
        have = np.zeros(len(close), np.int64)
        if not occasion.roles:
            at = draft.read_cells("events", "unit")[_find_occasion_events(draft, occasion)]
            have = np.bincount(close[at[at >= 0]] + 1, minlength=len(close) + 1)[1:]
        own = people.group_by_unit(np.append(close, -1))
        rounds = 1 if rule.counts == "people" else rule.count
        for number in range(rounds):
            days = spread_days(_cut_round_period(occasion.period, number, rounds), len(places))
            for unit, day in zip(places.tolist(), days, strict=True):
                if have[unit] <= number:
                    yield Session(
                        day,
                        unit,
                        _choose_participants(occasion, rule, people, own.get(unit, NOBODY)),
                    )


def _cut_round_period(period: Period, number: int, count: int) -> Period:
    """Return the days of one of several rounds in a period."""
    start, end = find_period_bounds(period)
    share = (end - start) / count
    begins = start + share * (number + ROUND_BEGINS)
    return Period(begins, begins + max(min(share / 2, ROUND_LENGTH), timedelta(days=1)))


def _choose_participants(occasion: Occasion, rule: Rule, people: Holders, own: Numbers) -> Numbers:
    """Return who takes part at a unit: all guests, or those who work there before others."""
    if occasion.outside:
        return people.persons
    if not occasion.roles and rule.counts != "people":
        return NOBODY
    others = people.persons[~np.isin(people.persons, own)]
    return np.concatenate([own, others])[: rule.count if rule.counts == "people" else FEW]


def _plant_for_each_person(
    draft: RowDraft,
    units: Units,
    occasion: Occasion,
    people: Holders,
    before: Planted,
    guests: Invited,
) -> Planted:
    """Have each person take part in as many events as a rule says.

    They join what was planted for those whom the rule wants beside them, if that is enough; else
    there are events of their own.
    """
    beside = occasion.roles_beside
    days = {day: event for event, day, roles in before if not beside or set(roles) & set(beside)}
    if len(days) < occasion.events_for_each or not occasion.roles or len(occasion.roles) > 1:
        company = _choose_companion(draft, occasion, guests)
        return [
            (_add_session(draft, occasion, session), session.day, (*occasion.roles, *beside))
            for session in _plan_own_sessions(draft, units, occasion, company)
        ]
    events = np.array(list(days.values()))
    each = occasion.events_for_each
    # With 3 events each, participation 7 is the second one of person 2.
    person, nth = np.divmod(np.arange(len(people.persons) * each), each)
    joined = events[(person + nth) % len(events)]
    draft.add(
        "participations",
        len(joined),
        event=joined,
        person=people.persons[person],
        role="coordinator",
    )
    return []


def _choose_companion(draft: RowDraft, occasion: Occasion, guests: Invited) -> Numbers:
    """Return one of those whom a rule wants beside each person, if it wants anybody."""
    there = [guests.get(role, NOBODY) for role in occasion.roles_beside]
    there.append(
        find_position_holders(draft, occasion.period, occasion.roles_beside).persons
        if occasion.roles_beside
        else NOBODY
    )
    return np.concatenate(there)[:1]


def _plan_own_sessions(
    draft: RowDraft, units: Units, occasion: Occasion, company: Numbers
) -> Iterator[Session]:
    """Yield events at each place of work for its people; newcomers of later years get theirs."""
    done: Numbers = NOBODY
    close = find_nearest_units(draft, PLACE_KIND)
    for year in YEARS:
        if not year.period.overlaps(occasion.period):
            continue
        period = intersect_periods(year.period, occasion.period)
        there = find_position_holders(draft, period, occasion.roles)
        days = _choose_session_days(occasion, period, occasion.events_for_each, len(there.persons))
        for unit, people in _group_by_school(there, close, units).items():
            new = np.setdiff1d(people, done)
            whole = np.union1d(new, company)
            yield from (Session(day, unit, whole) for day in days if len(new))
        done = np.union1d(done, there.people)


def _group_by_school(there: Holders, close: Numbers, units: Units) -> dict[int, Numbers]:
    """Return the people of each school, and the others as the municipality's; each person once."""
    placed: dict[int, Numbers] = {}
    seen: Numbers = NOBODY
    for unit, people in sorted(there.group_by_unit(close).items(), reverse=True):
        placed[units.municipality if unit < 0 else unit] = np.setdiff1d(people, seen)
        seen = np.union1d(seen, people)
    return placed


def _add_colleagues(
    draft: RowDraft, occasion: Occasion, sessions: Sequence[Session], planted: Planted
) -> None:
    """Add hosts and a few teachers of the schools that guests come to."""
    close = find_nearest_units(draft, PLACE_KIND)
    leads = find_position_holders(draft, occasion.period, ("principal",)).group_by_unit(close)
    teaches = find_position_holders(draft, occasion.period, ("teacher",)).group_by_unit(close)
    for session, (event, _, _) in zip(sessions, planted, strict=True):
        for role, people in (
            ("host", leads.get(session.unit, NOBODY)[:1]),
            ("participant", teaches.get(session.unit, NOBODY)[:COLLEAGUES]),
        ):
            draft.add("participations", len(people), event=event, person=people, role=role)
