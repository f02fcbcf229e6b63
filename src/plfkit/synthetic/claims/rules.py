"""What the rules of a profile's claims ask of the example, before anybody is made up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from plfkit.model.declared.facts import YEAR_BEFORE, Rule
from plfkit.periods import Period
from plfkit.profiles.profile import GUEST_LEVEL, Profile, find_asked_roles
from plfkit.synthetic.years import WINDOW, YEARS, intersect_periods, span_periods

GUESTS = 6
"""How many guests come in a role if no rule says so."""


@frozen
class Wish:
    """A rule, and the days of the example on which the data are to bear it out."""

    rule: Rule
    period: Period

    def is_about_year(self, year: int) -> bool:
        """Tell whether it is about a year, counted from 0."""
        return self.period.overlaps(YEARS[year].period)


Wishes = Sequence[Wish]
"""The rules that the example is to bear out."""


def list_wishes(profile: Profile) -> tuple[Wish, ...]:
    """Return the rules of claims that the years of the example can bear out."""
    return tuple(_find_wishes(profile))


def _find_wishes(profile: Profile) -> Iterator[Wish]:
    for claim in profile.claims.values():
        if claim.rule is None or claim.rule.counts == "outcomes":
            continue  # what pupils achieve is no matter of a few rows more
        if claim.period is not None:
            period = Period.parse(claim.period)
        elif claim.rule.events or claim.rule.more_than:
            # What takes place, or has grown, is counted where it is newest.
            period = YEARS[-1].period
        else:
            period = WINDOW  # whatever is in force holds in all years
        if period.overlaps(WINDOW) and _has_compared_years(claim.rule, period):
            yield Wish(claim.rule, intersect_periods(period, WINDOW))


def find_compared_period(rule: Rule, period: Period) -> Period | None:
    """Return the period that a rule compares with, if it compares."""
    if rule.more_than is None:
        return None
    if rule.more_than == YEAR_BEFORE:
        return period.year_before()
    return Period.parse(rule.more_than)


def _has_compared_years(rule: Rule, period: Period) -> bool:
    """Tell whether the example has years of what a rule compares with, if it compares."""
    before = find_compared_period(rule, period)
    return rule.more_than is None or (before is not None and before.overlaps(WINDOW))


def is_guest_role(profile: Profile, role: str) -> bool:
    """Tell whether those who hold a role are guests."""
    return profile.vocabulary.roles[role].level == GUEST_LEVEL


def find_invited_roles(
    profile: Profile, further: Sequence[str] = ()
) -> dict[str, tuple[int, Period]]:
    """Return the roles of guests that are asked for: how many of each, and when they are here.

    Args:
        profile: Whose rules ask for them.
        further: Roles of which some come in all years even if no rule speaks of them.
    """
    invited: dict[str, tuple[int, Period]] = {}
    for wish in list_wishes(profile):
        for role in dict.fromkeys(
            (*find_asked_roles(wish.rule, profile.vocabulary)[:1], *wish.rule.roles[:1])
        ):
            if is_guest_role(profile, role):
                there = invited[role][1] if role in invited else wish.period
                invited[role] = (_count_guests(profile, role), span_periods(there, wish.period))
    guests = {role: (GUESTS, WINDOW) for role in further if is_guest_role(profile, role)}
    return guests | invited


def _count_guests(profile: Profile, role: str) -> int:
    """Return how many guests a role has: so many people, or so many days shared by so many each."""
    rules = [
        wish.rule
        for wish in list_wishes(profile)
        if role in find_asked_roles(wish.rule, profile.vocabulary)
    ]
    counts = {rule.counts: rule.count for rule in rules if rule.each_unit is None}
    if "people" in counts:
        return counts["people"]
    if {"days", "person_days"} <= set(counts):
        return max(1, counts["person_days"] // counts["days"])
    return GUESTS


def count_holders_wanted(wishes: Wishes, role: str, default: int) -> tuple[int, bool]:
    """Return how many people hold a role over the whole municipality, and whether so many exactly."""
    rules = [
        wish.rule for wish in wishes if _is_holder_rule(wish.rule) and wish.rule.roles == (role,)
    ]
    exact = [rule.count for rule in rules if rule.exactly is not None]
    if exact:
        return exact[0], True
    return max([default, *(rule.count for rule in rules)]), False


def _is_holder_rule(rule: Rule) -> bool:
    narrowed = rule.events or rule.communities or rule.qualifications or rule.each_unit
    return rule.counts == "people" and not narrowed


def count_members_wanted(wishes: Wishes, kind: str, role: str, default: int) -> int:
    """Return how many holders of a role are in the municipality's community of a kind."""
    rules = [
        wish.rule
        for wish in wishes
        if wish.rule.counts == "people"
        and kind in wish.rule.communities
        and role in (wish.rule.roles or (role,))
    ]
    exact = [rule.count for rule in rules if rule.exactly is not None]
    return exact[0] if exact else max([default, *(rule.count for rule in rules)])


def find_reserved_roles(wishes: Wishes) -> frozenset[str]:
    """Return the roles of which a rule asks for an exact number: nobody else is given one."""
    return frozenset(
        role
        for wish in wishes
        if wish.rule.counts == "people" and wish.rule.exactly is not None and not wish.rule.events
        for role in wish.rule.roles
    )


def find_reserved_communities(wishes: Wishes) -> frozenset[str]:
    """Return the kinds of communities of which, or of whose members, a rule asks for an exact number."""
    return frozenset(
        kind
        for wish in wishes
        if wish.rule.exactly is not None and not wish.rule.events
        for kind in wish.rule.communities
    )


def find_reserved_kinds(wishes: Wishes, year: int) -> frozenset[str]:
    """Return kinds of events of which a rule asks for an exact number in a year."""
    return frozenset(
        kind
        for wish in wishes
        if wish.rule.exactly is not None and wish.is_about_year(year)
        for kind in wish.rule.events
    )


def find_claimed_kinds(wishes: Wishes, year: int) -> frozenset[str]:
    """Return kinds of events that a rule speaks of in a year: their registrations are complete."""
    return frozenset(
        kind for wish in wishes if wish.is_about_year(year) for kind in wish.rule.events
    )


def find_kinds_everywhere(wishes: Wishes) -> frozenset[str]:
    """Return kinds of communities that some unit of every kind is said to have."""
    return frozenset(
        kind for wish in wishes if wish.rule.each_unit is not None for kind in wish.rule.communities
    )
