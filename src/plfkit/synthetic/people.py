"""People: seats at schools and in the administration, and who sits in them year by year.

A seat keeps its role, grade and subject; those who leave are replaced on 1 August.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from plfkit.arrays import Days, Flags, Numbers
from plfkit.model.words.vocabulary import Vocabulary
from plfkit.profiles.profile import GUEST_LEVEL
from plfkit.synthetic.claims.rules import find_reserved_roles
from plfkit.synthetic.draft import RowDraft
from plfkit.synthetic.setting import Setting, StreamPurpose
from plfkit.synthetic.units import SchoolUnits
from plfkit.synthetic.years import YEARS, Runs, find_runs

WordCells = NDArray[np.object_]

TURNOVER = 0.11
PEDAGOGUES = 0.2
PART_TIME, SHORT_WEEK = 0.2, 0.8
SECOND_SHARE = 0.1
AFTER_SCHOOL_SHARE = 0.5
LONGEST_SERVICE = 25
DEPUTY_FROM, STAFF_A_HEAD = 22, 35
COACHES = (3, 8)
TEACHERS_A_TEAM_COORDINATOR = 12
STAFF_A_SUBSTITUTE, STAFF_A_SUPPORTER = 25, 30
DAYCARE_STAFF = 2
SEATS_A_ROLE = 4
"""How many people hold each role that not every example has, at each school or in the municipality."""
USUAL_ROLES = (
    "politician",
    "head_of_education",
    "consultant",
    "principal",
    "deputy_principal",
    "department_head",
    "team_coordinator",
    "learning_centre_coordinator",
    "teacher",
    "pedagogue",
    "substitute",
    "support_staff",
)
PEDAGOGUES_UP_TO = 0.5
"""Pedagogues work in the lower half of the grades."""

SUBJECTS = ("danish", "mathematics", "english", "natural_science", "danish", "mathematics", "arts")


@frozen(eq=False)
class Staff:
    """The seats of one place of work and the people in them; one entry for each seat.

    Attributes:
        number: The number of the school; 0 for the municipality's own people.
        unit: The place: the school, or the municipality.
        people: Who sits there, one row for each year; −1 for nobody.
        roles: As what.
        seconds: The second role, if any.
        grades: The grade they work with, counted from the school's first; −1 for none.
        departments: The number of the department; −1 for none.
        subjects: The subject of teachers.
        leader: Who is on the level of school leadership.
        coach: Who supports colleagues' practice.
        asked: Who is on the roster of surveys.
        away: Who works outside the school itself, in day-care.
    """

    number: int
    unit: int
    people: Numbers
    roles: WordCells
    seconds: WordCells
    grades: Numbers
    departments: Numbers
    subjects: WordCells
    leader: Flags
    coach: Flags
    asked: Flags
    away: Flags

    def __len__(self) -> int:
        return len(self.roles)

    def find_seats(self, *roles: str) -> Numbers:
        """Return the seats with one of some roles."""
        return np.flatnonzero(np.isin(self.roles, roles) | np.isin(self.seconds, roles))

    def find_level_seats(self, vocabulary: Vocabulary, level: str) -> Numbers:
        """Return the seats with a role on a level."""
        roles = vocabulary.roles.items()
        return self.find_seats(*(name for name, role in roles if role.level == level))

    @property
    def stays(self) -> Flags:
        """For each year after the first, whether the same person sits there as the year before."""
        return np.asarray(self.people[1:] == self.people[:-1])


def add_school_staff(draft: RowDraft, setting: Setting, school: SchoolUnits) -> Staff:
    """Add the people of a school and their positions."""
    chance = setting.open_stream(StreamPurpose.PEOPLE, school.plan.number)
    further = list_further_roles(setting, municipal=False)
    roles = _list_main_roles(school.plan.size, further)
    away = np.zeros(len(roles), np.bool_)
    away[len(roles) - DAYCARE_STAFF :] = True
    teaching = ("teacher", *(role for role in further if _is_teaching_role(setting, role)))
    grades = _spread_grades(roles, away, school.plan.grades, teaching)
    seconds = _give_second_roles(setting, chance, roles)
    subjects = np.resize(np.array(list_taught_subjects(setting), object), len(roles))
    subjects[~np.isin(roles, teaching)] = None
    people, jobs = add_persons(draft, chance, len(roles), turnover=TURNOVER)
    jobs["week"] = np.where(chance.random(len(jobs["seat"])) < PART_TIME, SHORT_WEEK, 1.0)
    staff = build_staff(
        setting.vocabulary,
        (school.plan.number, school.unit),
        people,
        roles,
        seconds=seconds,
        grades=grades,
        departments=_find_departments(grades, school),
        subjects=subjects,
        away=away,
    )
    _add_positions(draft, staff, school, jobs)
    return staff


def build_staff(
    vocabulary: Vocabulary, place: tuple[int, int], people: Numbers, roles: WordCells, **known: Any
) -> Staff:
    """Bring together what is known of seats; roles tell who leads, supports and is asked.

    Args:
        vocabulary: What roles mean.
        place: The number of the school, and its unit.
        people: Who sits there, year by year.
        roles: As what.
        **known: What else is known, by the names of `Staff`.
    """
    nothing = np.full(len(roles), None, object)
    nowhere = np.full(len(roles), -1, np.int64)
    seconds = known.get("seconds", nothing)
    main = [vocabulary.roles[role] for role in roles]
    coaches = {name for name, role in vocabulary.roles.items() if role.resource_person}
    return Staff(
        number=place[0],
        unit=place[1],
        people=people,
        roles=roles,
        seconds=seconds,
        grades=known.get("grades", nowhere),
        departments=known.get("departments", nowhere),
        subjects=known.get("subjects", nothing),
        leader=np.array([role.level == "school_leadership" for role in main], np.bool_),
        coach=np.isin(roles, list(coaches)) | np.isin(seconds, list(coaches)),
        asked=np.array([role.staff for role in main], np.bool_),
        away=known.get("away", np.zeros(len(roles), np.bool_)),
    )


def add_persons(
    draft: RowDraft, chance: np.random.Generator, seats: int, *, turnover: float
) -> tuple[Numbers, dict[str, Any]]:
    """Add the people of some seats: those there from the start, and those who replace them.

    Returns:
        Who sits where, year by year; and for each person the seat, their number and their days.
    """
    leaves = chance.random((len(YEARS) - 1, seats)) < turnover
    people = np.vstack([np.arange(seats), np.zeros((len(YEARS) - 1, seats), np.int64)])
    newcomers = seats + np.cumsum(leaves.ravel()).reshape(leaves.shape) - 1
    for year, gone in enumerate(leaves):
        people[year + 1] = np.where(gone, newcomers[year], people[year])
    found = find_runs(people)
    order = np.argsort(found.number)
    days = {"valid_from": _draw_first_days(chance, found)[order], "valid_to": found.ends[order]}
    first = draft.count_rows("persons")
    numbers = draft.add("persons", len(order), **days)
    return people + first, {"seat": found.column[order], "person": numbers, **days}


def _draw_first_days(chance: np.random.Generator, stretches: Runs) -> Days:
    """Return first days: those of the first year have been here for a while."""
    before = chance.integers(0, LONGEST_SERVICE, len(stretches.first))
    first_year = YEARS[0].first - before
    months = (first_year - 1970).astype("datetime64[Y]").astype("datetime64[M]")
    long_ago = (months + np.timedelta64(7, "M")).astype("datetime64[D]")
    return np.where(stretches.first == 0, long_ago, stretches.starts)


def list_further_roles(setting: Setting, *, municipal: bool) -> tuple[str, ...]:
    """Return the roles that are named and that not every example has.

    Args:
        setting: What the example is made from.
        municipal: Whether to return those of the municipality, not those of schools.
    """
    roles, levels = setting.vocabulary.roles, setting.vocabulary.levels
    above = {GUEST_LEVEL, *(name for name, level in levels.items() if level.municipal)}
    usual = {*USUAL_ROLES, *_list_coach_roles(setting), *find_reserved_roles(setting.wishes)}
    further = setting.named.list_further("roles", usual)
    return tuple(
        role
        for role in further
        if roles[role].level != GUEST_LEVEL and (roles[role].level in above) == municipal
    )


def list_taught_subjects(setting: Setting) -> tuple[str, ...]:
    """Return the subjects of teachers, those among them that indicators and claims name."""
    named = setting.named.list_given("subject", "subjects", "teaches")
    return (*SUBJECTS, *(subject for subject in named if subject not in SUBJECTS))


def _is_teaching_role(setting: Setting, role: str) -> bool:
    known = setting.vocabulary.roles[role]
    return known.staff and known.level not in {None, "school_leadership"}


def _list_main_roles(size: int, further: Sequence[str]) -> WordCells:
    """Return the main roles of a school's seats; those of the day-care come last."""
    deputies, heads = int(size >= DEPUTY_FROM), size // STAFF_A_HEAD
    pedagogues = round(PEDAGOGUES * size)
    teachers = size - 1 - deputies - heads - pedagogues
    counts = {
        "principal": 1,
        "deputy_principal": deputies,
        "department_head": heads,
        "teacher": teachers,
        "pedagogue": pedagogues,
        "substitute": 1 + size // STAFF_A_SUBSTITUTE,
        "support_staff": 1 + size // STAFF_A_SUPPORTER,
        **dict.fromkeys(further, SEATS_A_ROLE),
    }
    names = [role for role, count in counts.items() for _ in range(count)]
    return np.array([*names, *["pedagogue"] * DAYCARE_STAFF], object)


def _spread_grades(
    roles: WordCells, away: Flags, limits: tuple[int, int], teaching: Sequence[str]
) -> Numbers:
    """Spread those who teach over all grades of a school, and pedagogues over the lower ones."""
    count = limits[1] - limits[0] + 1
    grades = np.full(len(roles), -1, np.int64)
    for role, share in (*((role, 1.0) for role in teaching), ("pedagogue", PEDAGOGUES_UP_TO)):
        seats = np.flatnonzero((roles == role) & ~away)
        most = max(1, round(count * share))
        grades[seats] = np.arange(len(seats)) * most // max(1, len(seats))
    return grades


def _find_departments(grades: Numbers, school: SchoolUnits) -> Numbers:
    firsts = np.array([first for _, first in school.plan.phases]) - school.plan.grades[0]
    return np.where(grades < 0, -1, np.searchsorted(firsts, grades, side="right") - 1)


def _give_second_roles(
    setting: Setting, chance: np.random.Generator, roles: WordCells
) -> WordCells:
    """Give some teachers a second role: coaches, the learning centre's coordinator, coordinators."""
    pool = _list_coach_roles(setting)
    teachers = chance.permutation(np.flatnonzero(roles == "teacher"))
    coaches = min(int(chance.integers(*COACHES)), len(teachers) // 2, len(pool))
    chosen = [pool[place] for place in chance.permutation(len(pool))[:coaches]]
    centre = ["learning_centre_coordinator"]
    coordinators = ["team_coordinator"] * (1 + len(teachers) // TEACHERS_A_TEAM_COORDINATOR)
    reserved = find_reserved_roles(setting.wishes)
    given = [role for role in (*centre, *chosen, *coordinators) if role not in reserved]
    seconds = np.full(len(roles), None, object)
    seats = teachers[: len(given)]
    seconds[seats] = given[: len(seats)]
    return seconds


def _list_coach_roles(setting: Setting) -> list[str]:
    """Return the roles of resource persons at schools, the profile's own among them."""
    return [
        name
        for name, role in setting.vocabulary.roles.items()
        if role.resource_person
        and role.level == "resource_persons"
        and name != "learning_centre_coordinator"
    ]


def _add_positions(
    draft: RowDraft, staff: Staff, school: SchoolUnits, jobs: dict[str, Any]
) -> None:
    """Add main positions, second roles, and the hours of pedagogues in after-school care."""
    seat = jobs["seat"]
    inside = np.array(school.departments)[staff.departments]
    unit = np.where(staff.departments < 0, school.unit, inside)
    unit = np.where(staff.away, school.daycare, unit)[seat]
    has_second = (staff.seconds != np.array(None))[seat]
    has_after = ((staff.roles == "pedagogue") & ~staff.away)[seat]
    beside = np.where(has_second, SECOND_SHARE, np.where(has_after, AFTER_SCHOOL_SHARE, 0.0))
    roles, seconds, subjects = staff.roles[seat], staff.seconds[seat], staff.subjects[seat]
    everybody = np.ones(len(seat), np.bool_)
    share = np.round(jobs["week"] - beside, 2)
    _add_jobs(draft, jobs, everybody, unit=unit, role=roles, subject=subjects, fte=share)
    _add_jobs(draft, jobs, has_second, unit=unit, role=seconds, subject=subjects, fte=beside)
    after_school = np.full(len(seat), school.after_school)
    _add_jobs(draft, jobs, has_after, unit=after_school, role=roles, fte=beside)


def _add_jobs(draft: RowDraft, jobs: dict[str, Any], which: Flags, **cells: NDArray[Any]) -> None:
    known = {name: jobs[name] for name in ("person", "valid_from", "valid_to")}
    chosen = {name: values[which] for name, values in {**known, **cells}.items()}
    draft.add("positions", int(which.sum()), **chosen)


def add_reporting_ties(draft: RowDraft, staff: Staff, head: Numbers) -> None:
    """Add who reports to whom: staff to their school's leaders, principals to the head of education.

    Args:
        draft: Where.
        staff: The people of a school.
        head: The head of education, year by year.
    """
    leaders = np.flatnonzero(staff.leader)
    others = np.flatnonzero(~staff.leader)
    superior = np.zeros(len(staff), np.int64)
    # Those who lead beside the principal share the staff among them.
    under = leaders[1:] if len(leaders) > 1 else leaders
    superior[others] = under[np.arange(len(others)) * len(under) // max(1, len(others))]
    above = staff.people[:, superior]
    above[:, leaders[0]] = head
    width = int(max(above.max(), staff.people.max())) + 1
    pairs = find_runs(staff.people * width + above)
    draft.add(
        "ties",
        len(pairs.number),
        source=pairs.number // width,
        target=pairs.number % width,
        relation="reports_to",
        valid_from=pairs.starts,
        valid_to=pairs.ends,
    )
