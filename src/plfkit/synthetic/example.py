"""An example municipality: everything brought together, and checked as any data are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor

from attrs import frozen

from plfkit.arrays import Flags, Numbers
from plfkit.model.records.organisation import Organisation
from plfkit.pieces import Shared, run_pieces
from plfkit.profiles.profile import Profile
from plfkit.requiring import require_instance
from plfkit.synthetic.claims.planting import plant_claims, plant_named_kinds
from plfkit.synthetic.communities.focuses import add_municipal_focuses
from plfkit.synthetic.communities.groups import add_groups
from plfkit.synthetic.communities.networks import add_networks
from plfkit.synthetic.draft import RowDraft
from plfkit.synthetic.events.gatherings import add_gatherings
from plfkit.synthetic.events.meetings import add_meetings
from plfkit.synthetic.events.practice import add_handovers, add_practice
from plfkit.synthetic.office import (
    HEAD,
    Invited,
    add_guests,
    add_office,
    add_partners,
    find_support_team,
)
from plfkit.synthetic.outcomes import add_coverage, add_outcomes, add_outcomes_above
from plfkit.synthetic.people import Staff, add_reporting_ties, add_school_staff
from plfkit.synthetic.records import add_qualifications, add_registrations
from plfkit.synthetic.setting import Setting
from plfkit.synthetic.surveys.answers import (
    add_framework_answers,
    add_observation_answers,
    add_staff_answers,
    add_team_answers,
)
from plfkit.synthetic.surveys.crossing import add_crossing_ties, add_partner_ties
from plfkit.synthetic.surveys.rounds import Rounds, add_responses, add_surveys
from plfkit.synthetic.surveys.ties import add_told_ties, draw_true_ties
from plfkit.synthetic.titles import name_example
from plfkit.synthetic.units import SchoolUnits, Units, add_units

SCHOOLS_A_PIECE = 25
"""Of how many schools what happens there is drawn at a time."""


def municipality(
    profile: Profile,
    *,
    schools: int | None = None,
    seed: int = 0,
    executor: Executor | None = None,
) -> Organisation:
    """Return an example municipality that fits a profile, made up from a seed.

    It has the schools that the profile declares, with other names, bears out the claims that have a
    rule as far as a municipality of its size can, and fills every native table over three school
    years. Its figures are about nobody: what is measured on it says nothing about a real
    municipality.

    Args:
        profile: What the example is to fit.
        schools: How many schools; as many as the profile declares if left out, or eight.
        seed: What chance begins with: the same seed gives an equal organisation.
        executor: Where schools are made up, some at a time: any `concurrent.futures.Executor`; here if
            left out. The organisation is the same.

    Raises:
        LimitError: There are to be fewer schools than one, or more than 3,000; or the seed is no whole
            number from 0.
    """
    require_instance(profile, Profile)
    setting = Setting.of(profile, schools, seed)
    draft = RowDraft()
    units = add_units(draft, setting)
    cast = _add_cast(draft, setting, units)
    _add_schools(draft, setting, units, cast, executor)
    _add_municipality(draft, setting, units, cast)
    plant_named_kinds(draft, setting, units)
    plant_claims(draft, setting, units, cast.guests)
    add_registrations(draft, setting, units)
    return Organisation.of(
        vocabulary=profile.vocabulary,
        title=name_example(profile),
        synthetic=True,
        **draft.build_tables(),
    )


@frozen(eq=False)
class Cast:
    """Who takes part: the administration, the staffs of the schools, others."""

    office: Staff
    schools: Sequence[Staff]
    partners: Sequence[Staff]
    guests: Invited


def _add_cast(draft: RowDraft, setting: Setting, units: Units) -> Cast:
    office = add_office(draft, setting, units)
    guests = add_guests(draft, setting, units)
    partners = add_partners(draft, setting, units)
    schools = [add_school_staff(draft, setting, school) for school in units.schools]
    return Cast(office, schools, partners, guests)


def _add_schools(
    draft: RowDraft, setting: Setting, units: Units, cast: Cast, executor: Executor | None
) -> None:
    """Add what happens at each school, and what surveys tell of all of them."""
    office = cast.office
    rounds = add_surveys(draft, setting, units)
    common = Shared(_Common(setting, rounds, office, add_municipal_focuses(draft), draft.lengths))
    schools = [*zip(units.schools, cast.schools, strict=True)]
    pieces = [
        _Piece(common, tuple(schools[first : first + SCHOOLS_A_PIECE]))
        for first in range(0, len(schools), SCHOOLS_A_PIECE)
    ]
    heard: list[Flags] = []
    for part, told in run_pieces(_make_schools, pieces, executor):
        draft.add_part(part)
        heard += told
    answered = add_responses(draft, setting, rounds, office, stream=0)
    add_told_ties(draft, setting, rounds, office, draw_true_ties(setting, office, None), answered)
    staffs = (office, cast.schools)
    add_crossing_ties(draft, setting, rounds, staffs, (answered, heard))
    everybody, groups = add_networks(draft, setting, units, office, cast.schools, cast.partners)
    add_partner_ties(draft, setting, rounds, everybody, cast.partners)
    add_team_answers(draft, setting, rounds, groups, stream=0)
    add_meetings(draft, setting, everybody, groups, office.people[0, :0])


@frozen(eq=False)
class _Common:
    """What all schools need: who else there is, what is asked, and from which rows on theirs are numbered."""

    setting: Setting
    rounds: Rounds
    office: Staff
    focuses: Numbers
    begun_at: Mapping[str, int]


@frozen(eq=False)
class _Piece:
    """Some schools."""

    common: Shared[_Common]
    schools: tuple[tuple[SchoolUnits, Staff], ...]


def _make_schools(piece: _Piece) -> tuple[RowDraft, list[Flags]]:
    """Return what happens at some schools, and who answered their surveys."""
    common = piece.common.value
    part = RowDraft(common.begun_at)
    return part, [_add_school(part, common, school, staff) for school, staff in piece.schools]


def _add_school(draft: RowDraft, common: _Common, school: SchoolUnits, staff: Staff) -> Flags:
    """Add what happens at one school; return who answered its surveys, year by year."""
    setting, rounds, office = common.setting, common.rounds, common.office
    groups = add_groups(draft, setting, school, staff, common.focuses)
    truth = draw_true_ties(setting, staff, groups)
    answered = add_responses(draft, setting, rounds, staff, stream=staff.number)
    add_told_ties(draft, setting, rounds, staff, truth, answered)
    add_reporting_ties(draft, staff, office.people[:, office.find_seats(HEAD)[0]])
    add_team_answers(draft, setting, rounds, groups, stream=staff.number)
    add_staff_answers(draft, setting, staff, answered)
    add_observation_answers(draft, setting, staff, truth, answered)
    add_framework_answers(draft, setting, staff, answered)
    consultants = office.people[0, find_support_team(setting, office)]
    add_meetings(draft, setting, staff, groups, consultants)
    add_practice(draft, setting, staff, truth)
    add_qualifications(draft, setting, staff)
    add_outcomes(draft, setting, school)
    add_coverage(draft, setting, school)
    return answered


def _add_municipality(draft: RowDraft, setting: Setting, units: Units, cast: Cast) -> None:
    """Add what brings the schools together, and what is known of the administration and its parts."""
    add_handovers(draft, setting, units, cast.schools)
    add_gatherings(draft, setting, units, cast.office, cast.schools, cast.partners)
    add_qualifications(draft, setting, cast.office)
    add_outcomes_above(draft, setting)
