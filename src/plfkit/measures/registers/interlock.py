"""Where levels meet: communities that people of adjacent levels share, and leaders who are in them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Unpack

import numpy as np
from attrs import frozen
from scipy import sparse

from plfkit.arrays import Flags, Numbers
from plfkit.graph.cases import Cases, compute_people_shares
from plfkit.graph.communities import (
    Communities,
    gather_communities,
    match_community_kinds,
    pick_ids,
)
from plfkit.graph.groups import GroupSpec, code_positions
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.standing import LEARNING, judge_standing
from plfkit.graph.unit_trees import find_units_of_kind
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import (
    build_register_result,
    build_staff_result,
    check_kinds,
    collect_people_facts,
    find_staff_among,
    split_staff,
)
from plfkit.measures.registers.communities import (
    blank_unregistered,
    count_community_evidence,
    judge_coverage,
)
from plfkit.measures.registers.register_defaults import MEMBER_COLUMNS, measure_members
from plfkit.model.results.facts import PeopleSet
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason

_Matrix = sparse.csr_array[Any]
"""Cells with 1, and counts of them."""

LEADERS_ALONE = ("leadership_team",)
"""Communities in which leaders are among themselves."""


@measure_members(
    label=Label(da="Naboniveauer, der mødes", en="Adjacent levels that meet"),
    tells=Label(
        da="Hvor stor en del af parrene af naboniveauer på skolerne der har mindst ét fællesskab, hvor "
        "folk fra begge niveauer er med.",
        en="In how large a part of the pairs of adjacent levels at the schools there is a community "
        "with people of both in it.",
    ),
    beware=Label(
        da="Ét fælles fællesskab er nok, og en medlemsliste viser ikke, om man mødes. "
        "Skolernes ledelsesteam tæller ikke med.",
        en="One shared community is enough, and a list of members does not show whether they meet. The "
        "schools' leadership teams do not count.",
    ),
    figure_class=FigureClass.ORGANISATIONAL,
    columns=MEMBER_COLUMNS,
)
def level_interlock(
    snapshot: Snapshot,
    *,
    by: str | None = None,
    per: str = "school",
    without: tuple[str, ...] = LEADERS_ALONE,
    **options: Unpack[Options],
) -> Result:
    """Return the share of pairs of adjacent levels that share a community, school by school.

    Formula:
        pairs of adjacent levels that share a community / pairs of adjacent levels at the schools

    The levels are those on which communities must exist, top first. A pair counts at a school that
    has people of both, two different ones at least: people are on the levels of the positions they
    hold there, and a level of the municipality is the same people for every school. Two levels
    share a community if it has enough members, with somebody of the one level and somebody else of
    the other among them.

    Beware:
        A high share does not mean that levels often meet: one community is enough for a pair.

    Args:
        snapshot: The moment.
        by: A unit kind: one figure for each of these units.
        per: The kind of unit at which levels are asked about.
        without: The kinds of community that do not count, with their sorts: those in which one level is
            among itself.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure for each part; ``numerator`` and ``denominator`` count pairs of levels. Of a single
        unit ``n`` is the number of people on the smallest level that is in a pair there. Undefined
        where no memberships are registered, and without such pairs.

    Raises:
        UnknownGroupError: There is no such unit kind or kind of community.

    Source:
        plfkit's own definition.

    Examples:
        The school has leaders, a coach and teachers, so two pairs of adjacent levels. The coach and two
        teachers are in a team; leaders and the coach share nothing: 1 of 2.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["pia s principal", "col s reading_coach", "ann,bo s teacher"],
        ...     memberships=["t col,ann,bo"],
        ... )
        >>> level_interlock(now).item()
        0.5
    """
    resolve_options(level_interlock, options)
    kind = by or per
    check_kinds(snapshot, "unit_kinds", (kind,))
    check_kinds(snapshot, "community_kinds", without)
    known = gather_communities(snapshot)
    counting = known.established & ~match_community_kinds(snapshot, known, without)
    units, ids = find_units_of_kind(snapshot, kind), snapshot.units.column("id").categories
    pairs = [*_list_level_pairs(snapshot, kind, known, counting)] if len(units) else []
    # Beside all pairs a row of none, so that there is something to join where there is no pair.
    bearing = np.logical_or.reduce([np.zeros_like(counting), *(pair.where for pair in pairs)])
    parts = [(ids[at], np.array([at])) for at in units.tolist()] if by else [(None, units)]
    rows = [_compute_pair_share(snapshot, pairs, *part) for part in parts]
    return build_register_result(
        snapshot,
        level_interlock,
        rows,
        variant=kind,
        by=by,
        evidence={
            "communities": int(bearing.sum()),
            "too_small": int((~known.established).sum()),
        },
        rests_on=pick_ids(known.ids, bearing),
    )


@frozen(eq=False)
class _LevelPair:
    """Two adjacent levels at each unit.

    Attributes:
        people: How many people the smaller of the two has there; 0 where too few are there to meet.
        met: Whether a community holds people of both.
        where: Which communities hold people of both, at any unit.
    """

    people: Numbers
    met: Flags
    where: Flags

    @classmethod
    def of(cls, members: _Matrix, upper: _Matrix, lower: _Matrix) -> _LevelPair:
        """Look who could meet, and where they do.

        Args:
            members: The communities (rows) that people (columns) are in.
            upper: At which units (columns) people (rows) are on the one level; a single column where
                they are the same people for all units.
            lower: The same of the other level.
        """
        # A level of the municipality, a single column, is held against each column of the other, of
        # which there is none where no unit is known.
        wide, narrow = sorted((upper, lower), key=lambda on: on.shape[1] == 1)
        on_both = wide.multiply(narrow).tocsr()
        heads, others, twice = (np.asarray(on.sum(axis=0)) for on in (wide, narrow, on_both))
        # A single person on both levels is no pair that could meet: 1 and 1, of whom 1 is on both.
        people = np.where(heads + others - twice > 1, np.minimum(heads, others), 0)
        some = members @ wide
        more = some.astype(np.bool_).multiply(members @ narrow).tocsr()
        # Two teachers and no leader have met nobody; nor has one person who is both: 1 and 1, less 1.
        either = some + more - members @ on_both
        shared = more.astype(np.bool_).multiply(either > 1).tocoo()
        met, where = np.zeros(len(people), np.bool_), np.zeros(members.shape[0], np.bool_)
        met[shared.col], where[shared.row] = True, True
        return cls(people, met, where)


def _list_level_pairs(
    snapshot: Snapshot, kind: str, known: Communities, counting: Flags
) -> Iterator[_LevelPair]:
    """Yield the pairs of adjacent levels, with the communities that count."""
    there = counting[known.numbers]
    shape = (len(known.ids), len(snapshot.person_ids))
    members = _mark_cells(known.numbers[there], known.persons[there], shape)
    levels = [
        _locate_level_people(snapshot, kind, name) for name in snapshot.vocabulary.required_levels
    ]
    for upper, lower in pairwise(levels):
        yield _LevelPair.of(members, upper, lower)


def _locate_level_people(snapshot: Snapshot, kind: str, level: str) -> _Matrix:
    """Return at which units of a kind (columns) people (rows) are on a level.

    Those of the municipality are the same people for every unit: one column.
    """
    place, people = list(snapshot.vocabulary.levels).index(level), len(snapshot.person_ids)
    persons, units = snapshot.position_persons, code_positions(snapshot, kind)[1]
    there = (snapshot.position_levels == place) & snapshot.counted[persons]
    if snapshot.vocabulary.levels[level].municipal:
        return _mark_cells(persons[there], np.zeros(there.sum(), np.int64), (people, 1))
    there &= units >= 0
    return _mark_cells(persons[there], units[there], (people, len(snapshot.units)))


def _mark_cells(rows: Numbers, columns: Numbers, shape: tuple[int, int]) -> _Matrix:
    """Return a matrix with a 1 in some cells, those named twice too."""
    cells = sparse.coo_array((np.ones(len(rows), np.bool_), (rows, columns)), shape=shape)
    return cells.tocsr().astype(np.int32)


def _compute_pair_share(
    snapshot: Snapshot, pairs: list[_LevelPair], unit: str | None, places: Numbers
) -> Figure:
    """Return the share of pairs that meet at some units: one, or all of them together."""
    if not len(snapshot.memberships):
        return Figure(part=unit, reason=Reason.NOT_REGISTERED)
    # What holds for the municipality, a single entry, holds for each of its units.
    people = np.array(
        [np.broadcast_to(pair.people, len(snapshot.units))[places] for pair in pairs], np.int64
    )
    met = np.array([pair.met[places] for pair in pairs], np.bool_)[people > 0]
    # At one school the figure may tell of the few people on the smaller level, so it is told how many.
    n = None if unit is None else min(people[people > 0].tolist(), default=None)
    return Cases.of_register(met).compute_share(part=unit, people=n, empty=Reason.EMPTY_GROUP)


@measure_members(
    label=Label(da="Ledere i læringsfællesskaber", en="Leaders in learning communities"),
    tells=Label(
        da="Hvor stor en del af lederne der er med i mindst ét læringsfællesskab ud over ledelsesteamet.",
        en="How large a part of the leaders is in at least one learning community besides the "
        "leadership team.",
    ),
    beware=Label(
        da="At stå på medlemslisten er ikke det samme som at lære sammen med medarbejderne; og en "
        "leder skal ikke være med i alt.",
        en="Being on the list of members is not the same as learning together with the staff; nor "
        "should a leader be in everything.",
    ),
    reference="plfkit's own definition, after Robinson, Lloyd & Rowe (2008), Educational "
    "Administration Quarterly 44, 635-674, doi:10.1177/0013161X08321509",
    example={"basis": "registered"},
)
def leaders_in_teams(
    snapshot: Snapshot,
    *,
    level: str = "school_leadership",
    basis: str = LEARNING,
    without: tuple[str, ...] = LEADERS_ALONE,
    by: GroupSpec | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the share of leaders who are in at least one learning community with their colleagues.

    Formula:
        leaders in a learning community besides the leadership team / leaders of whom it is known

    Of what leaders do, taking part in teachers' learning goes most closely with pupils' learning
    (Robinson, Lloyd & Rowe 2008). Communities in which leaders are among themselves do not count.

    Beware:
        A high share does not mean that leaders learn together with the staff, nor is it best that they
        are in everything.

    Args:
        snapshot: The moment.
        level: Whose members are asked about.
        basis: What makes a community count, as `plfkit.measures.membership_coverage` says.
        without: The kinds of community that do not count, with their sorts.
        by: One figure for the leaders of each of these groups.
        options: What every measure takes; nothing here rests on chance.

    Returns:
        One figure for each part; ``numerator`` and ``denominator`` count leaders. There is only a
        range where communities that did not assess themselves could decide it. Undefined where
        nobody is on the level, and where no memberships are registered.

    Raises:
        MeasureError: There is no such basis.
        UnknownGroupError: There is no such level or kind, or people cannot be grouped by `by`.

    Source:
        Robinson, Lloyd & Rowe (2008).

    Examples:
        Pia is in a learning community with two teachers, Per in none: 1 of 2.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["pia,per s principal", "ann,bo s teacher"],
        ...     communities=["c learning_community"],
        ...     memberships=["c pia,ann,bo"],
        ... )
        >>> leaders_in_teams(now).item()
        0.5
    """
    resolve_options(leaders_in_teams, options)
    check_kinds(snapshot, "community_kinds", without)
    found = judge_standing(snapshot, basis, "leaders_in_teams")
    wanted = ~match_community_kinds(snapshot, found.communities, without)
    parts = split_staff(snapshot, by, level)
    cases = judge_coverage(snapshot, found, wanted)
    rows = compute_people_shares(cases, snapshot.staff, parts)
    leaders = PeopleSet(np.flatnonzero(find_staff_among(snapshot, level)), {"of": (level,)})
    return build_staff_result(
        snapshot,
        leaders_in_teams,
        blank_unregistered(snapshot, rows),
        parts,
        facts=collect_people_facts(snapshot, cases, parts, selecting=("level",), universe=leaders),
        variant=f"{basis}, {level}",
        needs=found.needs,
        evidence=count_community_evidence(found, wanted),
    )
