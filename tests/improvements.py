"""What makes things better, by definition: a change of data for each measure that a goal looks up to.

Each takes what is known of a year and returns data in which one thing went as the municipality
wishes: somebody more takes part, is trained or asked, a community has a charter. Which one, chance
chooses. They know rows and definitions only, never a measure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Unpack

from attrs import evolve, frozen

from plfkit import Organisation, Snapshot, snapshot
from plfkit.model.records.native import Records
from plfkit.model.records.rows import (
    NATIVE_ROWS,
    Community,
    Event,
    Focus,
    Membership,
    Participation,
    Qualification,
    Tie,
)
from plfkit.model.records.tables import Table

CROWD = 5
"""As many members as make any community one that counts."""


class NothingToImproveError(Exception):
    """There is no room for such an improvement."""


@frozen
class Year:
    """A year of an organisation, and how chance chooses.

    Attributes:
        organisation: All years.
        now: The year that is measured.
        pick: Chooses one of several things.
    """

    organisation: Organisation
    now: Snapshot
    pick: Callable[[Sequence[Any]], Any]

    def one(self, things: Iterable[Any]) -> Any:
        """Choose one of some things, of which there may be none."""
        found = sorted(things) if isinstance(things, set) else [*things]
        if not found:
            raise NothingToImproveError
        return self.pick(found)

    def person(self) -> str:
        """Choose one of the staff."""
        ids, staff = self.now.person_ids, self.now.staff.tolist()
        return str(self.one(name for name, kept in zip(ids, staff, strict=True) if kept))

    def resource_persons(self) -> list[str]:
        """Return those who are resource persons."""
        roles = self.now.vocabulary.roles
        return [p.person for p in self.now.positions if roles[p.role].resource_person]

    def replace(self, old: Any, new: Any) -> Organisation:
        """Return the organisation with another row in a row's place."""
        name = next(name for name, part in NATIVE_ROWS.items() if part is type(old))
        rows = [new if row == old else row for row in getattr(self.organisation, name)]
        tables = {**self.organisation.tables, name: Table.of(NATIVE_ROWS[name], rows)}
        return evolve(self.organisation, tables=tables).with_()

    def more(self, **rows: Unpack[Records]) -> Organisation:
        """Return the organisation with further rows."""
        return self.organisation.with_(**rows)

    def trained(self, person: str, kind: str) -> Organisation:
        """Let somebody have a qualification, who has none of that kind yet."""
        if any(q.person == person and q.kind == kind for q in self.organisation.qualifications):
            raise NothingToImproveError
        return self.more(qualifications=[Qualification(person, kind)])

    def survey(self, relation: str) -> str:
        """Return the year's survey of a relation."""
        return str(self.one(s.id for s in self.now.surveys if s.relation == relation))

    def told(self, relation: str) -> list[tuple[str, str]]:
        """Return who named whom."""
        survey = self.survey(relation)
        return [(tie.source, tie.target) for tie in self.now.ties if tie.survey == survey]

    def new_tie(
        self, relation: str, fits: Callable[[str, str], bool] = lambda *_: True
    ) -> Organisation:
        """Let somebody who answered name one more, whom no word was said of yet."""
        survey = self.survey(relation)
        asked = [r for r in self.now.responses if r.survey == survey]
        source = self.one(r.person for r in asked if r.answered)
        told = set(self.told(relation))
        taken = (
            told
            if self.now.vocabulary.relations[relation].directed
            else told | {(b, a) for a, b in told}
        )
        others = {r.person for r in asked} - {source}
        target = self.one(
            other
            for other in sorted(others)
            if (source, other) not in taken and fits(source, other)
        )
        return self.more(ties=[Tie(source, target, relation, survey)])

    def new_id(self, table: str) -> str:
        """Return an id that no row of a table has."""
        return f"new-{len(getattr(self.organisation, table))}"

    def after(self, organisation: Organisation) -> Year:
        """Return the same year of an organisation that has changed."""
        return evolve(self, organisation=organisation)

    def events(self, kinds: Iterable[str]) -> list[Event]:
        """Return the year's events of some kinds of which it is noted who was there."""
        named, wanted = {p.event for p in self.now.participations}, {*kinds}
        return [e for e in self.now.events if e.kind in wanted and e.id in named]

    def attend(self, kinds: Iterable[str]) -> Organisation:
        """Let one more take part in an event."""
        event, person = self.one(self.events(kinds)), self.person()
        known = {(p.event, p.person) for p in self.now.participations}
        if (event.id, person) in known:
            raise NothingToImproveError
        if event.headcount is not None:
            counted = evolve(event, headcount=event.headcount + 1)
            return self.after(self.replace(event, counted)).more(
                participations=[Participation(event.id, person, "participant")]
            )
        return self.more(participations=[Participation(event.id, person, "participant")])

    def meetings(self, community: Community, kinds: Sequence[str]) -> list[Event]:
        """Return new meetings of a community, all through the year."""
        start = self.now.period.start
        assert start is not None
        new = self.new_id("events")
        return [
            Event(
                f"{new}-{number}",
                kind,
                start + timedelta(days=28 * number + 5),
                unit=community.unit,
                community=community.id,
                hours=1.0,
            )
            for number, kind in enumerate(kinds)
        ]

    def answer(self, *, communities: bool, items: Iterable[str] | None = None) -> Any:
        """Choose one of the year's answers on a scale."""
        surveys = {s.id for s in self.now.surveys if s.highest is not None}
        wanted = None if items is None else {*items}
        return self.one(
            a
            for a in self.now.answers
            if a.survey in surveys
            and (a.community is not None) == communities
            and (wanted is None or a.item in wanted)
        )

    def highest(self, answer: Any) -> Organisation:
        """Let an answer be the highest on its scale."""
        end = next(s.highest for s in self.now.surveys if s.id == answer.survey)
        return self.replace(answer, evolve(answer, value=end))


Arguments = Mapping[str, Any]
Improvement = Callable[[Year, Arguments], Organisation]


def a_tie(year: Year, arguments: Arguments) -> Organisation:
    """One more tie."""
    return year.new_tie(arguments["relation"])


def a_tie_of_both(year: Year, arguments: Arguments) -> Organisation:
    """Two who are tied in the one way are so in the other."""
    first = {frozenset(pair) for pair in year.told(arguments["relation"])}
    return year.new_tie(arguments["against"], lambda *pair: frozenset(pair) in first)


def schools(year: Year) -> dict[str, str]:
    """Return the school at which each person works, of those who work at one only."""
    units = {unit.id: unit for unit in year.now.units}
    found: dict[str, set[str]] = {}
    for position in year.now.positions:
        unit = units.get(position.unit)
        while unit is not None and unit.kind != "school":
            unit = units.get(unit.parent or "")
        found.setdefault(position.person, set()).add("" if unit is None else unit.id)
    return {person: at for person, (at, *more) in found.items() if at and not more}


def a_member(year: Year, _: Arguments) -> Organisation:
    """One of the staff joins a community."""
    community = year.one(year.now.communities)
    return joined(year, community, year.person())


def a_member_of_a_large_one(year: Year, _: Arguments) -> Organisation:
    """One of the staff joins a community that has members enough already."""
    counts = Counter(m.community for m in year.now.memberships)
    community = year.one(c for c in year.now.communities if counts[c.id] >= CROWD)
    return joined(year, community, year.person())


def joined(year: Year, community: Community, person: str) -> Organisation:
    """Let somebody be in a community, who is not in it yet."""
    if any(m.community == community.id and m.person == person for m in year.now.memberships):
        raise NothingToImproveError
    return year.more(memberships=[Membership(community.id, person)])


def a_community(year: Year, arguments: Arguments) -> Organisation:
    """A new community comes to be, somewhere, among some of the staff."""
    kinds = arguments.get("kinds") or (*year.now.vocabulary.community_kinds,)
    unit = year.one(u for u in year.now.units if u.kind in {"school", "municipality"})
    own = {p.person for p in year.now.positions if p.unit == unit.id}
    people = sorted(own)[:40] or [year.person()]
    community = Community(year.new_id("communities"), year.one(kinds), unit=unit.id)
    return year.more(
        communities=[community],
        memberships=[Membership(community.id, p) for p in {year.one(people) for _ in range(CROWD)}],
    )


def a_year_of_meetings(year: Year, _: Arguments) -> Organisation:
    """A community meets all through the year, reflects and looks at data."""
    community = year.one(year.now.communities)
    kinds = ["dialogue_meeting", "data_meeting"] * 4
    return year.more(events=year.meetings(community, kinds))


def a_better_frame(year: Year, _: Arguments) -> Organisation:
    """A community gets a charter it lacked, a focus, and somebody who answers for it."""
    community = year.one(c for c in year.now.communities if not c.charter)
    framed = year.after(year.replace(community, evolve(community, charter=True)))
    member = year.one(m for m in year.now.memberships if m.community == community.id)
    return framed.replace(member, evolve(member, role="coordinator"))


def a_leader_joins(year: Year, arguments: Arguments) -> Organisation:
    """A leader joins a learning community."""
    roles = year.now.vocabulary.roles
    leaders = {p.person for p in year.now.positions if roles[p.role].level == arguments["level"]}
    kinds = year.now.vocabulary.learning_kinds
    community = year.one(c for c in year.now.communities if c.kind in kinds)
    return joined(year, community, year.one(leaders))


def people_of_both_sides(year: Year, _: Arguments) -> Organisation:
    """A community takes in two people of each side of a transition, if it lacks them."""
    way, community = year.one(year.now.pathways), year.one(year.now.communities)
    inside = {m.person for m in year.now.memberships if m.community == community.id}
    new: list[Membership] = []
    for unit in (way.source, way.target):
        people = {p.person for p in year.now.positions if p.unit == unit} - inside
        new += [Membership(community.id, person) for person in sorted(people)[:2]]
        inside |= people
    return year.more(memberships=new)


def a_charter(year: Year, _: Arguments) -> Organisation:
    """A community gets a charter."""
    community = year.one(c for c in year.now.communities if c.charter is False)
    return year.replace(community, evolve(community, charter=True))


def a_qualification(year: Year, arguments: Arguments) -> Organisation:
    """One of the staff gets the qualification."""
    return year.trained(year.person(), arguments["kind"])


def a_trained_coach(year: Year, _: Arguments) -> Organisation:
    """A resource person is trained."""
    return year.trained(year.one(year.resource_persons()), "coach_training")


def a_member_of_the_centre(year: Year, _: Arguments) -> Organisation:
    """Somebody of a school joins its learning centre; one who is in it is trained."""
    centre, at = (
        year.one(c for c in year.now.communities if c.kind == "learning_centre"),
        schools(year),
    )
    person = year.one(person for person, school in at.items() if school == centre.unit)
    try:
        return joined(year, centre, person)
    except NothingToImproveError:
        return year.trained(person, "coach_training")


def a_meeting_of_the_schools_own(year: Year, _: Arguments) -> Organisation:
    """A community meets, and one of the school's own resource persons facilitates."""
    at = schools(year)
    coach = year.one({*year.resource_persons()} & {*at})
    community = year.one(c for c in year.now.communities if c.unit == at[coach])
    [meeting] = year.meetings(community, ["dialogue_meeting"])
    return year.more(
        events=[meeting], participations=[Participation(meeting.id, coach, "facilitator")]
    )


def a_participant(year: Year, arguments: Arguments) -> Organisation:
    """One more takes part in an event of the kinds asked for."""
    return year.attend(arguments["kinds"])


def a_guest_at_a_joint_event(year: Year, arguments: Arguments) -> Organisation:
    """One more takes part in a network meeting, a conference or what else is asked for."""
    return year.attend(arguments.get("kinds", ("network_meeting", "conference")))


def a_meeting_on_data(year: Year, arguments: Arguments) -> Organisation:
    """A team around a class holds a meeting on its data, and some are there."""
    team = year.one(c for c in year.now.communities if c.kind in arguments["kinds"])
    [meeting] = year.meetings(team, ["data_meeting"])
    there = {year.person() for _ in range(3)}
    return year.more(
        events=[meeting],
        participations=[Participation(meeting.id, p, "participant") for p in there],
    )


def a_linked_focus(year: Year, _: Arguments) -> Organisation:
    """A community takes up a focus that serves the school's, which serves the municipality's."""
    served = {focus.id: focus.parent for focus in year.now.focuses}
    school = year.one(name for name, parent in served.items() if parent in served)
    community = year.one(year.now.communities)
    focus = Focus(year.new_id("focuses"), parent=school)
    richer = year.after(year.more(focuses=[focus]))
    return richer.replace(community, evolve(community, focus=focus.id))


def a_better_assessment(year: Year, arguments: Arguments) -> Organisation:
    """A community sees itself as high up the scale as can be."""
    return year.highest(year.answer(communities=True, items=arguments.get("characteristics")))


def a_better_assessment_of_this_year(year: Year, _: Arguments) -> Organisation:
    """A community sees a core practice in itself as high up the scale as can be, this year."""
    items = ("reflective_dialogues", "pupil_learning_focus")
    return year.highest(year.answer(communities=True, items=items))


def a_higher_score(year: Year, arguments: Arguments) -> Organisation:
    """A community, or somebody, answers a framework's item as high up the scale as can be."""
    framework = arguments.get("framework", "five_characteristics")
    items = year.now.vocabulary.frameworks[framework].characteristics
    communities = arguments.get("respondents") == "communities"
    named = arguments.get("characteristics", items)
    return year.highest(year.answer(communities=communities, items=named))


def an_observation(year: Year, _: Arguments) -> Organisation:
    """Somebody was observed, or observed a colleague, who before was not or had not."""
    return year.highest(year.answer(communities=False, items=("was_observed", "observed_others")))


def a_higher_answer(year: Year, arguments: Arguments) -> Organisation:
    """Somebody answers an item as high up the scale as can be."""
    return year.highest(year.answer(communities=False, items=arguments["items"]))


def more_lessons_covered(year: Year, arguments: Arguments) -> Organisation:
    """At a school somebody qualified gives more of the lessons."""
    outcome = year.one(
        o
        for o in year.now.outcomes
        if (o.measure, o.subgroup) == ("competence_coverage", arguments.get("subject"))
        and o.value < 1
    )
    return year.replace(outcome, evolve(outcome, value=(outcome.value + 1) / 2))


def more_pupils_reach_it(year: Year, arguments: Arguments) -> Organisation:
    """At a school more pupils reach the threshold; of two groups, more of the second."""
    groups = {arguments["subgroups"][1]} if "subgroups" in arguments else {None}
    outcome = year.one(
        o
        for o in year.now.outcomes
        if o.measure == arguments["measure"] and o.subgroup in groups and o.value < 1
    )
    return year.replace(outcome, evolve(outcome, value=(outcome.value + 1) / 2))


IMPROVEMENTS: dict[str, Improvement] = {
    "characteristics_profile": a_better_assessment,
    "community_persistence": a_year_of_meetings,
    "community_transition": a_better_assessment_of_this_year,
    "competence_coverage": more_lessons_covered,
    "cross_team_contacts": a_tie,
    "cross_unit_contact": a_tie,
    "focus_chain": a_linked_focus,
    "framing": a_better_frame,
    "framework_mean": a_higher_score,
    "internal_facilitation": a_meeting_of_the_schools_own,
    "joint_event_exposure": a_guest_at_a_joint_event,
    "layer_overlap": a_tie_of_both,
    "leaders_in_teams": a_leader_joins,
    "learning_centre_build_up": a_member_of_the_centre,
    "level_anchoring": a_community,
    "level_interlock": a_member_of_a_large_one,
    "membership_coverage": a_member,
    "mixed_meetings": a_participant,
    "observed_share": an_observation,
    "observer_share": an_observation,
    "outcome_gap": more_pupils_reach_it,
    "outcome_share": more_pupils_reach_it,
    "practice_participation": a_participant,
    "qualification_share": a_qualification,
    "qualified_facilitation": a_trained_coach,
    "shared_communities_at_transitions": people_of_both_sides,
    "shared_data_follow_up": a_meeting_on_data,
    "shared_focus": a_linked_focus,
    "shared_structure": a_community,
    "shared_understanding": a_higher_answer,
    "structured_membership": a_charter,
    "transition_coverage": a_participant,
}


def improve(
    organisation: Organisation,
    year: str,
    measure: str,
    arguments: Arguments,
    pick: Callable[..., Any],
) -> Organisation:
    """Return an organisation in which one thing went better, if there is room for it."""
    known = Year(organisation, snapshot(organisation, year), pick)
    try:
        return IMPROVEMENTS[measure](known, arguments)
    except NothingToImproveError:
        return organisation
