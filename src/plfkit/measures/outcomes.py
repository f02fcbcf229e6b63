"""Outcomes: supplied aggregates about pupils, weighted by how many they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Unpack

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from plfkit.errors import MeasureError
from plfkit.graph.groups import nearest_unit
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.catalogue import Measured, measure
from plfkit.measures.columns import UNITS
from plfkit.measures.options import Options, how
from plfkit.measures.registered import check_kinds, register_result
from plfkit.model.kinds import Label
from plfkit.model.result import Figure, Result
from plfkit.model.tables import recode

PAIR = 2


@frozen(eq=False)
class _Supplied:
    """Supplied aggregates of one measure and subgroup, one for each unit of a kind that has it.

    Attributes:
        units: The numbers of the units.
        values: The figures.
        n: How many pupils each rests on.
        asked: How many units of the kind there are.
    """

    units: NDArray[np.int64]
    values: NDArray[np.float64]
    n: NDArray[np.float64]
    asked: int

    @property
    def mean(self) -> float | None:
        """The mean over all pupils."""
        return float(self.values @ self.n / self.n.sum()) if self.n.sum() else None

    @property
    def observed(self) -> float | None:
        """The share of units that supplied it."""
        return len(self.units) / self.asked if self.asked else None

    @property
    def whole(self) -> bool:
        """Whether all units supplied it."""
        return len(self.units) == self.asked


def _supplied(snapshot: Snapshot, measure: str, subgroup: str | None, per: str) -> _Supplied:
    ids = snapshot.units.column("id").categories
    of_kind = nearest_unit(snapshot.units, per) == np.arange(len(ids))
    table = snapshot.outcomes
    unit = recode(table.column("unit"), ids)
    group = table.column("subgroup")
    rows = table.column("measure").equals(measure) & (unit >= 0) & np.append(of_kind, False)[unit]
    rows &= group.missing if subgroup is None else group.equals(subgroup)
    return _Supplied(
        units=unit[rows],
        values=table.column("value").values[rows],
        n=table.column("n").values[rows].astype(np.float64),
        asked=int(of_kind.sum()),
    )


OUTCOMES = (
    "outcomes.unit",
    "outcomes.measure",
    "outcomes.subgroup",
    "outcomes.value",
    "outcomes.n",
)
_SUPPLIED: dict[str, Any] = {
    "figure_class": "answers",
    "tables": ("units", "outcomes"),
    "columns": (*UNITS, *OUTCOMES),
    "reference": "plfkit's own definition: supplied aggregates, weighted by pupils",
    "no_null": "supplied aggregates do not tell what chance would give",
    "no_interval": "supplied aggregates do not tell how pupils differ",
}
_SUPPLIED_BEWARE = Label(
    da="Et samlet tal, som kommunen leverer. Det siger ikke, hvad der ligger bag, svinger fra år til år, "
    "hvor eleverne er få, og ser kun, hvem der er over grænsen, ikke hvor langt.",
    en="An aggregate that the municipality supplies. It does not say what lies behind, moves from year to "
    "year where pupils are few, and sees only who is above the threshold, not how far.",
)


@measure(
    label=Label(da="Elever, der når en grænse", en="Pupils who reach a threshold"),
    tells=Label(
        da="Hvor stor en del af eleverne der ifølge de leverede tal når den valgte grænse.",
        en="How large a part of the pupils reaches the chosen threshold, by the supplied figures.",
    ),
    beware=_SUPPLIED_BEWARE,
    **_SUPPLIED,
)
def outcome_share(
    snapshot: Snapshot,
    *,
    measure: str,
    subgroup: str | None = None,
    per: str = "school",
    **options: Unpack[Options],
) -> Result:
    """Return a share of pupils over all schools, from the shares that each of them supplied.

    Schools count by their pupils. Where a school supplied nothing, what the whole would be is not
    known, so there is no range.

    Args:
        snapshot: The moment.
        measure: The name of the supplied figure, in ``outcomes``.
        subgroup: The pupils that it is about; all if left out.
        per: The kind of unit that supplies it.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure; ``numerator`` and ``denominator`` count pupils, and so does ``n``. Undefined where
        nothing was supplied.

    Raises:
        MeasureError: A supplied figure is no share.
        UnknownGroupError: There is no such unit kind.
    """
    how(outcome_share, options)
    check_kinds(snapshot, "unit_kinds", (per,))
    found = _supplied(snapshot, measure, subgroup, per)
    if ((found.values < 0) | (found.values > 1)).any():
        raise MeasureError(f"{measure} is no share: its figures do not all lie between 0 and 1")
    mean, pupils = found.mean, float(found.n.sum())
    figure = Figure(
        value=mean,
        lower=mean if found.whole else None,
        upper=mean if found.whole else None,
        numerator=None if mean is None else mean * pupils,
        denominator=None if mean is None else pupils,
        n=int(pupils),
        observed=found.observed,
        reason="not_supplied" if mean is None else None,
    )
    return _supplied_result(snapshot, outcome_share, figure, (found,), variant=measure)


@measure(
    label=Label(da="Forskel mellem to elevgrupper", en="Gap between two groups of pupils"),
    tells=Label(
        da="Hvor mange procentpoint den ene gruppe elever ligger over den anden.",
        en="By how many percentage points one group of pupils lies above the other.",
    ),
    beware=Label(
        da="Forskellen bliver også mindre, når den øverste gruppe går tilbage: se begge gruppers niveau. Med "
        "få elever svinger den meget af sig selv, og en anden grænse kan give en anden forskel.",
        en="The gap also closes when the upper group falls back: look at both levels. With few pupils it "
        "moves much by itself, and another threshold may give another gap.",
    ),
    scale="points",
    **_SUPPLIED,
)
def outcome_gap(
    snapshot: Snapshot,
    *,
    measure: str,
    subgroups: tuple[str, ...],
    per: str = "school",
    **options: Unpack[Options],
) -> Result:
    """Return the difference of two shares of pupils, the first group's less the second's.

    Each is the mean over schools by their pupils, as `outcome_share` gives it.

    Args:
        snapshot: The moment.
        measure: The name of the supplied figure, in ``outcomes``.
        subgroups: The two groups of pupils.
        per: The kind of unit that supplies it.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure, from −1 to 1; ``n`` counts the pupils of both groups. Undefined where nothing was
        supplied for one of them.

    Raises:
        MeasureError: There are not two groups, or a supplied figure is no share.
        UnknownGroupError: There is no such unit kind.
    """
    how(outcome_gap, options)
    if len(subgroups) != PAIR:
        raise MeasureError("outcome_gap: name two subgroups, as high and low")
    ends = [
        outcome_share(snapshot, measure=measure, subgroup=group, per=per) for group in subgroups
    ]
    first, second = (end.figures[0] for end in ends)
    known = first.value is not None and second.value is not None
    value = None if first.value is None or second.value is None else first.value - second.value
    whole = known and first.lower is not None and second.lower is not None
    figure = Figure(
        value=value,
        lower=value if whole else None,
        upper=value if whole else None,
        n=(first.n or 0) + (second.n or 0),
        observed=min((f.observed for f in (first, second) if f.observed is not None), default=None),
        reason=None if known else "not_supplied",
    )
    found = tuple(_supplied(snapshot, measure, group, per) for group in subgroups)
    sizes = {(None, g): int(one.n.sum()) for g, one in zip(subgroups, found, strict=True)}
    variant = f"{measure}, {subgroups[0]} – {subgroups[1]}"
    return _supplied_result(snapshot, outcome_gap, figure, found, variant=variant, sizes=sizes)


def _supplied_result(
    snapshot: Snapshot,
    function: Measured,
    figure: Figure,
    found: Sequence[_Supplied],
    **about: Any,
) -> Result:
    whole = figure.lower is not None
    result = register_result(
        snapshot,
        function,
        [figure],
        range_kind="exact" if whole else "unknown",
        needs=() if whole else ("outcomes",),
        evidence={"places": min(len(one.units) for one in found)},
        **about,
    )
    return evolve(result, n=figure.n)
