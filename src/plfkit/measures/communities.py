"""Communities: how many of the staff are in one."""

from __future__ import annotations

from typing import Unpack

import numpy as np
from numpy.typing import NDArray

from plfkit.errors import UnknownGroupError
from plfkit.graph.communities import communities
from plfkit.graph.groups import GroupSpec, grouping
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.catalogue import measure
from plfkit.measures.options import Options, how
from plfkit.measures.parts import share
from plfkit.measures.registered import check_basis, register_result
from plfkit.model.kinds import Label
from plfkit.model.result import Figure, Result
from plfkit.model.vocabulary import did_you_mean


@measure(
    label=Label(da="Andel medarbejdere i et fællesskab", en="Share of staff in a community"),
    tells=Label(
        da="Hvor stor en del af medarbejderne der er med i mindst ét fællesskab med nok medlemmer.",
        en="How large a part of the staff is in at least one community with enough members.",
    ),
    beware=Label(
        da="At stå på en medlemsliste viser ikke, at fællesskabet arbejder som et læringsfællesskab.",
        en="Being on a list of members does not show that the community works as a learning community.",
    ),
    figure_class="participation",
    tables=("persons", "positions", "communities", "memberships"),
    reference="plfkit's own definition",
    no_null="who is in which community is registered, and compared with nothing",
    no_interval="the register counts everybody, so nothing is left to chance",
)
def membership_coverage(
    snapshot: Snapshot,
    *,
    by: GroupSpec | None = None,
    basis: str = "registered",
    kinds: tuple[str, ...] | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the share of staff who are in at least one community.

    Staff are the people there on the reference day in a role that counts as staff. A community
    counts when it is in force and has enough members: as many as a level it stands on asks for, or
    the vocabulary's minimum. The register is taken to be complete, so the range has no width.

    Membership on paper does not show that a community works as a learning community.

    Args:
        snapshot: The moment.
        by: One figure for the staff of each of these groups.
        basis: What makes a community count; ``"registered"`` is the only one so far.
        kinds: The kinds of community that count; all if left out.
        options: What every measure takes; nothing here rests on chance or on missing answers.

    Returns:
        One figure for each part; ``numerator`` counts the staff who are in, ``denominator`` the
        staff. Undefined without staff, and where no memberships are registered.

    Raises:
        MeasureError: There is no such basis, or an option is refused.
        UnknownGroupError: There is no such kind, or people cannot be grouped by `by`.
    """
    check_basis("membership_coverage", basis)
    how(membership_coverage, options)
    _check_kinds(snapshot, kinds)
    known = communities(snapshot)
    wanted = np.array([kinds is None or kind in kinds for kind in known.kinds], np.bool_)
    counting = known.established & wanted
    covered = np.zeros(len(snapshot.person_ids), np.bool_)
    covered[known.persons[counting[known.numbers]]] = True
    groups = None if by is None else grouping(snapshot, by)
    everyone = np.arange(len(snapshot.person_ids))
    rows = [
        _coverage(snapshot, label, persons, covered, registered=bool(len(known.numbers)))
        for label, persons in (groups or [(None, everyone)])
    ]
    evidence = {
        "communities": int(counting.sum()),
        "too_small": int((wanted & ~known.established).sum()),
    }
    return register_result(
        snapshot,
        membership_coverage,
        rows,
        by=None if groups is None else groups.name,
        several=None if groups is None else groups.several,
        evidence=evidence,
    )


def _check_kinds(snapshot: Snapshot, kinds: tuple[str, ...] | None) -> None:
    known = snapshot.vocabulary.community_kinds
    for kind in kinds or ():
        if kind not in known:
            hint = did_you_mean(kind, known) or f": there are {', '.join(known)}"
            raise UnknownGroupError(f"there is no community kind {kind!r}{hint}")


def _coverage(
    snapshot: Snapshot,
    part: str | None,
    persons: NDArray[np.int64],
    covered: NDArray[np.bool_],
    *,
    registered: bool,
) -> Figure:
    staff = persons[snapshot.staff[persons]]
    inside, reason = int(covered[staff].sum()), None
    if not len(staff):
        reason = "no_staff"
    elif not registered:
        reason = "not_registered"
    value = share(inside, len(staff)) if reason is None else None
    return Figure(
        part=part,
        value=value,
        lower=value,
        upper=value,
        numerator=float(inside) if reason is None else None,
        denominator=float(len(staff)) if reason is None else None,
        n=len(staff),
        observed=1.0 if reason is None else None,
        reason=reason,
    )
