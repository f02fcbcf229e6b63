"""Units of the example: the municipality, its schools, and who is beside them."""

from __future__ import annotations

from string import ascii_uppercase

from attrs import frozen

from plfkit.periods import Period
from plfkit.synthetic.draft import RowDraft
from plfkit.synthetic.setting import SchoolPlan, Setting, StreamPurpose
from plfkit.synthetic.titles import EXAMPLE
from plfkit.synthetic.years import YEARS, find_start_day

PUPILS = (12, 60)
DAYCARE_PUPILS = (15, 50)
MUNICIPALITY = "municipality"
PARTS = 2
"""How many units of a further kind there are between the schools and what holds them."""


@frozen
class SchoolUnits:
    """A school's units, as rows of the draft.

    Attributes:
        plan: What it is to be like.
        unit: The school itself.
        departments: Its departments, one for each phase.
        after_school: Its after-school care.
        daycare: The day-care whose children begin here.
    """

    plan: SchoolPlan
    unit: int
    departments: tuple[int, ...]
    after_school: int
    daycare: int


@frozen
class Units:
    """The units of the example, as rows of the draft.

    Attributes:
        municipality: The municipality.
        administration: Its administration.
        support: Its support service.
        schools: Its schools.
        partners: Other municipalities in its programmes, each with the first of its years.
        guests: Where guests come from; None if nobody is invited.
    """

    municipality: int
    administration: int
    support: int
    schools: tuple[SchoolUnits, ...]
    partners: tuple[tuple[int, int], ...]
    guests: int | None


def add_units(draft: RowDraft, setting: Setting) -> Units:
    """Add the units, and the pathways between them."""
    top = draft.add_one("units", id="kommune", kind="municipality", name=EXAMPLE.da)
    office = _add_unit(draft, "forvaltning", "administration_unit", "Forvaltningen (eksempel)", top)
    support = _add_unit(draft, "ppr", "support_service", "PPR (eksempel)", top)
    parts = _add_parts(draft, setting, top)
    schools = tuple(
        _add_school_units(draft, plan, (top, parts[place * len(parts) // len(setting.schools)]))
        for place, plan in enumerate(setting.schools)
    )
    guests = None
    if setting.invited:
        guests = draft.add_one(
            "units", id="gaester", kind="external_organisation", name="Gæster udefra (eksempel)"
        )
    units = Units(top, office, support, schools, tuple(_add_partner_units(draft, setting)), guests)
    _add_pathways(draft, setting, units)
    return units


def _add_parts(draft: RowDraft, setting: Setting, top: int) -> list[int]:
    """Add units of the kinds that the profile adds, and return those that hold the schools.

    Nobody can tell where such a kind belongs: they stand between the municipality and its schools, each
    kind within the one before, so that schools and whoever works there are of all of them.
    """
    parts = [top] * PARTS if len(setting.schools) >= PARTS else [top]
    for kind in setting.named.list_own("unit_kinds"):
        label = setting.vocabulary.unit_kinds[kind].label.da
        parts = [
            _add_unit(draft, f"{kind}-{n}", kind, f"{label} {n} (eksempel)", above)
            for n, above in enumerate(parts, start=1)
        ]
    return parts


def _add_unit(draft: RowDraft, name: str, kind: str, title: str, parent: int) -> int:
    return draft.add_one("units", id=name, kind=kind, name=title, parent=parent)


def _add_school_units(draft: RowDraft, plan: SchoolPlan, above: tuple[int, int]) -> SchoolUnits:
    """Add a school's units: the school below the part that it is in, its day-care below the whole."""
    top, part = above
    school = _add_unit(draft, plan.id, "school", plan.name, part)
    own = f"(eksempelskole {plan.number})"
    departments = tuple(
        _add_unit(draft, f"{plan.id}-{name.lower()}", "school_department", f"{name} {own}", school)
        for name, _ in plan.phases
    )
    after = _add_unit(draft, f"{plan.id}-sfo", "after_school", f"SFO {own}", school)
    daycare = _add_unit(draft, f"{plan.id}-dagtilbud", "daycare", f"Dagtilbud {own}", top)
    return SchoolUnits(plan, school, departments, after, daycare)


def _add_partner_units(draft: RowDraft, setting: Setting) -> list[tuple[int, int]]:
    """Add the other municipalities of the programmes, each from the first year they share.

    Where an indicator looks across municipalities and no programme has any, there is one beside ours.
    """
    first: dict[str, int] = {}
    for programme in setting.profile.programmes.values():
        year = _find_first_shared_year(programme.period)
        for name in programme.municipalities:
            first[name] = min(first.get(name, year), year)
    if not first and _looks_across(setting):
        first[MUNICIPALITY] = 0
    added = []
    for place, year in enumerate(first.values()):
        letter = f"{ascii_uppercase[place % 26]}{place // 26 or ''}"
        name = f"Nabokommune {letter} (eksempel)"
        unit = draft.add_one(
            "units",
            id=f"nabokommune-{letter.lower()}",
            kind="municipality",
            name=name,
            valid_from=find_start_day(year),
        )
        added.append((unit, year))
    return added


def _looks_across(setting: Setting) -> bool:
    """Tell whether an indicator compares municipalities, of which its data hold more than one."""
    return any(
        indicator.arguments.get("unit") == MUNICIPALITY and not indicator.combined
        for indicator in setting.profile.indicators.values()
    )


def _find_first_shared_year(period: str | None) -> int:
    """Return the first year of a programme; one that runs at another time is as new as can be."""
    if period is None:
        return 0
    shared = [n for n, year in enumerate(YEARS) if Period.parse(period).overlaps(year.period)]
    return min(shared, default=len(YEARS) - 1)


def _add_pathways(draft: RowDraft, setting: Setting, units: Units) -> None:
    """Add the ways of pupils: from day-care, from phase to phase, and on to another school."""
    schools = {school.plan.number: school for school in units.schools}
    for number, school in schools.items():
        chance = setting.open_stream(StreamPurpose.PATHWAYS, number)
        low, high = school.plan.grades
        begins = [(school.daycare, school.unit, low, DAYCARE_PUPILS)] if low == 0 else []
        grades = [grade for _, grade in school.plan.phases]
        phases = [
            (here, there, grade, PUPILS)
            for here, there, grade in zip(
                school.departments, school.departments[1:], grades[1:], strict=False
            )
        ]
        onward = school.plan.moves_to
        leaves = [] if onward is None else [(school.unit, schools[onward].unit, high + 1, PUPILS)]
        for source, target, grade, pupils in (*begins, *phases, *leaves):
            draft.add(
                "pathways",
                1,
                source=source,
                target=target,
                grade=str(grade),
                pupils=int(chance.integers(*pupils)),
            )
