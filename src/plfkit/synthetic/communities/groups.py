"""Communities of a school: teams, leadership, the learning centre, and learning communities that grow.

A slot is a place for a community. Now and then it is reorganised: its community ends and a new one,
more often with a charter, takes its place.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags, Numbers
from plfkit.synthetic.claims.rules import find_kinds_everywhere
from plfkit.synthetic.communities.focuses import add_focuses
from plfkit.synthetic.communities.further import plan_school_slots
from plfkit.synthetic.communities.slots import TEAM_SIZE, Slot
from plfkit.synthetic.draft import RowDraft
from plfkit.synthetic.named_words import spread_words
from plfkit.synthetic.people import Staff, WordCells, list_taught_subjects
from plfkit.synthetic.setting import Setting, StreamPurpose
from plfkit.synthetic.units import SchoolUnits
from plfkit.synthetic.years import YEARS, find_end_day, find_runs, find_start_day

JOINING = (0.82, 0.88, 0.94)
"""The share of staff who are in communities, year by year."""
CHARTERS = (0.3, 0.55, 0.8)
"""The share of communities with a charter, by the year they begin in."""
REORGANISED = 0.08
CENTRES = 0.85
STAFF_A_LEARNING_COMMUNITY = 8
LEARNING_COMMUNITY_SIZE = (4, 8)
LARGE_GRADE = 5
LACKING_EVERY, LACKING_PLACE = 4, 2
"""One in four schools, the second first, has no leadership team."""
SUBJECT_NAMES = {
    "danish": "dansk",
    "mathematics": "matematik",
    "english": "engelsk",
    "natural_science": "naturfag",
    "arts": "praktisk-musiske fag",
}
_TEAM_KINDS = (
    "team",
    "grade_team",
    "class_team",
    "subject_team",
    "learning_community",
    "leadership_team",
)


@frozen(eq=False)
class Groups:
    """The communities of one place of work; one entry for each community.

    Attributes:
        numbers: Their rows in the draft.
        kinds: Their kinds.
        focuses: Their focuses, as rows of the draft; −1 for none.
        members: Which seats (columns) belong to each.
        first: The first of the years in which it exists.
        last: The last of them.
        present: For each year, community and seat, whether the seat takes part.
        facilitators: The seat that facilitates.
    """

    numbers: Numbers
    kinds: WordCells
    focuses: Numbers
    first: Numbers
    last: Numbers
    present: Flags
    facilitators: Numbers

    def mark_existing(self, year: int) -> Flags:
        """Tell which communities exist in a year."""
        return (self.first <= year) & (year <= self.last)

    def mark_team_pairs(self, year: int) -> Flags:
        """Tell for each pair of seats whether they share a team in a year."""
        small = np.isin(self.kinds, _TEAM_KINDS)
        seats = self.present[year][small].astype(np.int64)
        return np.asarray(seats.T @ seats > 0)


def add_groups(
    draft: RowDraft, setting: Setting, school: SchoolUnits, staff: Staff, focuses: Numbers
) -> Groups:
    """Add the communities of a school, with their members and what they inquire into."""
    chance = setting.open_stream(StreamPurpose.COMMUNITIES, staff.number)
    slots = list(_plan_slots(setting, chance, school, staff))
    place, first, last = _draw_community_lives(chance, slots)
    kinds = np.array([slot.kind for slot in slots], object)[place]
    names = np.array([f"{slot.name} ({school.plan.id})" for slot in slots], object)[place]
    own = add_focuses(draft, setting, school, kinds, focuses)
    charter = chance.random(len(place)) < np.array(CHARTERS)[first]
    numbers = draft.add(
        "communities",
        len(place),
        kind=kinds,
        name=names,
        unit=school.unit,
        focus=own,
        charter=charter,
        valid_from=find_start_day(first),
        valid_to=find_end_day(last),
    )
    members = _mark_slot_members(slots, len(staff))[place]
    present = _draw_presence(chance, staff, members, first, last)
    facilitators = _choose_facilitators(chance, staff, members)
    groups = Groups(numbers, kinds, own, first, last, present, facilitators)
    add_memberships(draft, setting, groups, staff)
    return groups


def _plan_slots(
    setting: Setting, chance: np.random.Generator, school: SchoolUnits, staff: Staff
) -> Iterator[Slot]:
    """Yield the places for communities at a school."""
    wanted = find_kinds_everywhere(setting.wishes)
    lacks = school.plan.number % LACKING_EVERY == LACKING_PLACE
    leaders = np.flatnonzero(staff.leader)
    if "leadership_team" in wanted or (len(leaders) > 1 and not lacks):
        yield Slot("leadership_team", "Ledelsesteam", leaders)
    if "learning_centre" in wanted or chance.random() < CENTRES:
        coaches = np.flatnonzero(staff.coach)
        yield Slot("learning_centre", "Læringscenter", np.append(coaches, leaders[-1]))
    for number, (name, _) in enumerate(school.plan.phases):
        yield Slot("department_team", name, np.flatnonzero(staff.departments == number))
    yield from _plan_grade_slots(school, staff)
    teachers = np.flatnonzero(staff.roles == "teacher")
    for subject in dict.fromkeys(list_taught_subjects(setting)):
        name = SUBJECT_NAMES.get(subject, subject)
        seats = teachers[staff.subjects[teachers] == subject]
        if len(seats) >= LEARNING_COMMUNITY_SIZE[0]:
            yield Slot("subject_team", f"Fagteam i {name}", seats)
    yield from _plan_learning_slots(chance, staff)
    yield from _plan_team_slots(staff)
    yield from plan_school_slots(setting, staff)


def _plan_team_slots(staff: Staff) -> Iterator[Slot]:
    """Yield the teams that everyday work takes place in: each teacher and pedagogue is in one."""
    seats = np.flatnonzero(staff.grades >= 0)
    seats = seats[np.argsort(staff.grades[seats], kind="stable")]
    count = max(1, round(len(seats) / TEAM_SIZE))
    for number, members in enumerate(np.array_split(seats, count)):
        yield Slot("team", f"Team {number + 1}", members)


def _plan_grade_slots(school: SchoolUnits, staff: Staff) -> Iterator[Slot]:
    low, high = school.plan.grades
    for place in range(high - low + 1):
        seats = np.flatnonzero(staff.grades == place)
        if len(seats) > 1:
            yield Slot("grade_team", f"Årgangsteam {place + low}. klasse", seats)
        if len(seats) >= LARGE_GRADE:
            for letter, half in (("A", seats[::2]), ("B", seats[1::2])):
                yield Slot("class_team", f"Klasseteam {place + low}.{letter}", half)


def _plan_learning_slots(chance: np.random.Generator, staff: Staff) -> Iterator[Slot]:
    """Yield learning communities: a few in the first year, more from year to year."""
    seats = chance.permutation(np.flatnonzero(~staff.away & (staff.grades >= 0)))
    coaches = np.flatnonzero(staff.coach)
    count = max(len(YEARS), len(staff) // STAFF_A_LEARNING_COMMUNITY)
    for number in range(count):
        size = int(chance.integers(*LEARNING_COMMUNITY_SIZE))
        chosen = np.roll(seats, -number * size)[:size]
        chosen = np.union1d(chosen, coaches[number % max(1, len(coaches)) :][:1])
        yield Slot("learning_community", f"Læringsfællesskab {number + 1}", chosen, number % 3)


def _draw_community_lives(
    chance: np.random.Generator, slots: list[Slot]
) -> tuple[Numbers, Numbers, Numbers]:
    """Return for each community its slot, and its first and last year."""
    firsts = np.array([slot.first for slot in slots])
    again = chance.random((len(YEARS), len(slots))) < REORGANISED
    years = np.arange(len(YEARS))[:, None]
    generation = np.cumsum(again & (years > firsts), axis=0)
    found = find_runs(np.where(years >= firsts, generation, -1))
    return found.column, found.first, found.last


def _mark_slot_members(slots: list[Slot], seats: int) -> Flags:
    """Tell which seats (columns) belong to each slot."""
    members = np.zeros((len(slots), seats), np.bool_)
    for row, slot in enumerate(slots):
        members[row, slot.seats] = True
    return members


def _draw_presence(
    chance: np.random.Generator, staff: Staff, members: Flags, first: Numbers, last: Numbers
) -> Flags:
    """Tell for each year who takes part: some of the staff are in no community, fewer each year."""
    willing = chance.random(len(staff)) < np.array(JOINING)[:, None]
    willing |= staff.leader
    years = np.arange(len(YEARS))[:, None]
    exists = (first <= years) & (years <= last)
    return np.asarray(exists[:, :, None] & willing[:, None, :] & members)


def _choose_facilitators(chance: np.random.Generator, staff: Staff, members: Flags) -> Numbers:
    """Choose a seat for each community: a resource person's where there is one."""
    weight = members * (1 + 2 * staff.coach) * chance.random(members.shape)
    return np.asarray(weight.argmax(axis=1))


def add_memberships(draft: RowDraft, setting: Setting, groups: Groups, staff: Staff) -> None:
    """Add who is in which community, and as what."""
    count, seats = groups.present.shape[1:]
    people = np.where(groups.present, staff.people[:, None, :], -1)
    found = find_runs(people.reshape(len(YEARS), count * seats))
    community, seat = np.divmod(found.column, seats)
    draft.add(
        "memberships",
        len(found.number),
        community=groups.numbers[community],
        person=found.number,
        role=_assign_membership_roles(setting, groups, staff, (community, seat)),
        valid_from=found.starts,
        valid_to=found.ends,
    )


def _assign_membership_roles(
    setting: Setting, groups: Groups, staff: Staff, row: tuple[Numbers, Numbers]
) -> WordCells:
    community, seat = row
    leads = staff.leader[seat] & (groups.kinds[community] == "leadership_team")
    coordinates = (staff.seconds[seat] == "team_coordinator") & (
        groups.kinds[community] != "learning_community"
    )
    roles = np.where(coordinates, "coordinator", "member").astype(object)
    roles[seat == groups.facilitators[community]] = "facilitator"
    roles[leads & (staff.roles[seat] == "principal")] = "chair"
    own = setting.named.list_own("membership_roles")
    return spread_words(roles, "member", own)
