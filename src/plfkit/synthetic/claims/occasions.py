"""What claims say about events: rules on the same events and people, brought together."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from plfkit.model.declared.facts import Rule
from plfkit.periods import Period
from plfkit.profiles.profile import Profile, find_asked_roles
from plfkit.synthetic.claims.rules import Wish, is_guest_role

FEW = 6
"""How many people take part where a rule does not say."""
_BY_DAY = ("days", "person_days")
_BY_EVENT = ("events", "rounds")


@frozen
class Occasion:
    """What several rules say about the same events and the same people.

    Attributes:
        kinds: The kinds of events; those planted are of the first.
        roles: The roles of the people; none for anybody.
        period: The days.
        teams: Kinds of communities whose members are to be there.
        rules: The rules.
        outside: Whether the people are guests.
    """

    kinds: tuple[str, ...]
    roles: tuple[str, ...]
    period: Period
    teams: tuple[str, ...]
    rules: tuple[Rule, ...]
    outside: bool

    @property
    def events_for_each(self) -> int:
        """How many events each of the people takes part in, where they are our own; else 0."""
        counts = [rule.count for rule in self.rules if rule.each_person is not None]
        return 0 if self.outside else max(counts, default=0)

    @property
    def roles_beside(self) -> tuple[str, ...]:
        """The roles of those who are to be there beside each person."""
        wanted = [
            role for rule in self.rules if rule.each_person is not None for role in rule.roles
        ]
        return tuple(dict.fromkeys(role for role in wanted if role not in self.roles))

    def count_stay_days(self, people: int) -> int:
        """Return how many days so many people stay, from the first to the last; 0 if no rule says."""
        stays = {rule.counts: rule.count for rule in self.rules if rule.stay}
        return stays.get("days", stays.get("person_days", 0) // max(1, people))

    @property
    def unit_rules(self) -> tuple[Rule, ...]:
        """The rules that hold for each unit."""
        return tuple(rule for rule in self.rules if rule.each_unit is not None)

    @property
    def municipal_rules(self) -> tuple[Rule, ...]:
        """The rules about the municipality as a whole; each guest's too, for guests come together."""
        return tuple(
            rule
            for rule in self.rules
            if rule.each_unit is None and (self.outside or rule.each_person is None)
        )

    def find_greatest_count(self, *counts: str) -> int | None:
        """Return the greatest count of some sorts that a rule asks of the whole municipality."""
        return max((r.count for r in self.municipal_rules if r.counts in counts), default=None)

    def count_people_wanted(self, there: int) -> int:
        """Return how many of the people there take part."""
        if self.outside:
            return there
        days, person_days = (self.find_greatest_count(counts) for counts in _BY_DAY)
        shared = None if person_days is None else -(-person_days // (days or 1))
        return min(there, self.find_greatest_count("people") or shared or FEW)

    def count_days_wanted(self, people: int) -> int:
        """Return on how many days there are events."""
        person_days = self.find_greatest_count("person_days")
        shared = 1 if person_days is None else -(-person_days // max(1, people))
        return self.find_greatest_count("days") or max(
            shared, self.find_greatest_count(*_BY_EVENT) or 1
        )

    def count_events_wanted(self, people: int) -> int:
        """Return how many events there are."""
        return (
            max(self.count_days_wanted(people), self.find_greatest_count(*_BY_EVENT) or 1)
            if self.municipal_rules
            else 0
        )


def collect_occasions(profile: Profile, wishes: Sequence[Wish]) -> list[Occasion]:
    """Bring together the rules about the same events, people and days.

    Those of guests come first, so that others can join them; those about anybody come last, when it
    is known what took place anyway.
    """
    together: list[Occasion] = []
    for wish in wishes:
        own = _build_occasion(wish, profile)
        for place, other in enumerate(together):
            if (joint := _merge_occasions(own, other)) is not None:
                together[place] = joint
                break
        else:
            together.append(own)
    return sorted(together, key=lambda o: (not o.outside, not o.roles, o.events_for_each > 0))


def _build_occasion(wish: Wish, profile: Profile) -> Occasion:
    rule, roles = wish.rule, find_asked_roles(wish.rule, profile.vocabulary)
    teams = rule.communities if rule.each_person is None else ()
    outside = any(is_guest_role(profile, role) for role in roles)
    return Occasion(rule.events, roles, wish.period, teams, (rule,), outside)


def _merge_occasions(own: Occasion, other: Occasion) -> Occasion | None:
    """Return what two rules say of the same events: guests come once, whatever is said of them."""
    if (own.roles, own.period) != (other.roles, other.period):
        return None
    kinds = tuple(kind for kind in own.kinds if kind in other.kinds)
    same = (own.kinds, own.teams) == (other.kinds, other.teams)
    if not (same or (own.outside and kinds)):
        return None
    teams = tuple(dict.fromkeys((*own.teams, *other.teams)))
    return evolve(other, kinds=kinds, teams=teams, rules=(*other.rules, *own.rules))


def may_add_colleagues(wishes: Sequence[Wish], occasion: Occasion, profile: Profile) -> bool:
    """Tell whether others can be at an event without upsetting a rule that counts exactly."""
    exact = [
        wish.rule
        for wish in wishes
        if wish.rule.exactly is not None and set(wish.rule.events) & set(occasion.kinds)
    ]
    counted = [find_asked_roles(rule, profile.vocabulary) for rule in exact]
    return all(roles and all(is_guest_role(profile, r) for r in roles) for roles in counted)
