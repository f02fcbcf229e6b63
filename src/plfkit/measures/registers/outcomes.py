"""Outcomes: supplied aggregates about pupils, weighted by how many they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot, sqrt
from typing import Any, Unpack

from attrs import evolve

from plfkit.errors import MeasureError
from plfkit.graph.selecting import POOLED_YEARS
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import build_register_result, check_kinds
from plfkit.measures.registers.register_defaults import measure_supplies
from plfkit.measures.registers.supplied import SuppliedFigures, read_supplied_figures
from plfkit.model.records.needs import Need
from plfkit.model.results.fields import TOTAL
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import MeasureFunction, Result
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.intervals import IntervalMethod
from plfkit.model.words.kinds import Label
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason

_WILSON_Z = 1.959963984540054


_SUPPLIED_BEWARE = Label(
    da="Et samlet tal, som kommunen leverer. Det siger ikke, hvad der ligger bag, svinger fra år til år, "
    "hvor eleverne er få, og ser kun, hvem der er over grænsen, ikke hvor langt.",
    en="An aggregate that the municipality supplies. It does not say what lies behind, moves from year to "
    "year where pupils are few, and sees only who is above the threshold, not how far.",
)


@measure_supplies(
    label=Label(da="Elever, der når en grænse", en="Pupils who reach a threshold"),
    tells=Label(
        da="Hvor stor en del af eleverne der ifølge de leverede tal når den valgte grænse.",
        en="How large a part of the pupils reaches the chosen threshold, by the supplied figures.",
    ),
    beware=_SUPPLIED_BEWARE,
    figure_class=FigureClass.ANSWERS,
    reference="plfkit's own definition: supplied aggregates, weighted by pupils",
    no_interval="supplied aggregates do not tell how pupils differ",
    of_cohorts=True,
    example={"measure": "progression_share"},
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

    Formula:
        sum of share · pupils over the schools / sum of pupils

    Schools count by their pupils. Where a school supplied nothing, nobody knows what the whole
    would be, so there is no range.

    Beware:
        A high share does not say what lies behind it, nor how far above the threshold pupils are; where
        they are few it moves from year to year.

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

    Source:
        plfkit's own definition: supplied aggregates, weighted by pupils.

    Examples:
        Half of 20 pupils at one school, eight of ten at the other: (10 + 8)/30.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(outcomes=["s reads 0.5 20", "z reads 0.8 10"])
        >>> outcome_share(now, measure="reads").item()
        0.6
    """
    resolve_options(outcome_share, options)
    check_kinds(snapshot, "unit_kinds", (per,))
    found = read_supplied_figures(snapshot, measure, subgroup, per)
    figure = _build_level_figure(found, measure, None)
    return _build_supplied_result(snapshot, outcome_share, (figure,), (found,), variant=measure)


@measure_supplies(
    label=Label(da="Forskel mellem to elevgrupper", en="Gap between two groups of pupils"),
    tells=Label(
        da="Hvor mange procentpoint den ene gruppe elever ligger over den anden, og hvor hver af dem "
        "ligger.",
        en="By how many percentage points one group of pupils lies above the other, and where each of "
        "them lies.",
    ),
    beware=Label(
        da="En forskel kan også blive mindre, fordi den stærkeste gruppe går tilbage: læs begge gruppers "
        "niveau. Med få elever svinger den af sig selv, og den afhænger af, hvor grænsen er sat.",
        en="A gap may also close because the stronger group falls back: read the levels of both. With few "
        "pupils it swings by itself, and it depends on where the threshold lies.",
    ),
    scale="points",
    figure_class=FigureClass.ANSWERS,
    reference="Newcombe (1998), Statistics in Medicine 17, 873-890, method 10, doi:10.1002/"
    "(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I",
    no_interval=None,
    intervals=(IntervalMethod.NEWCOMBE,),
    of_cohorts=True,
    example={"measure": "progression_share", "subgroups": ["high", "low"]},
)
def outcome_gap(
    snapshot: Snapshot,
    *,
    measure: str,
    subgroups: tuple[str, ...],
    per: str = "school",
    years: int = 1,
    **options: Unpack[Options],
) -> Result:
    """Return the difference of two shares of pupils, the first group's less the second's.

    Formula:
        p − q, the shares of the two groups

    Each is the mean over schools by their pupils, as `outcome_share` gives it. Figures of small
    cohorts swing, so up to three years can be pooled, as the national quality reports do: every
    figure supplied in these years counts by its pupils, and no change is told between pools that
    share a year.

    The interval is Newcombe's hybrid score interval of a difference (1998, method 10): from
    Wilson's intervals l to u of the shares p and q, the ends are p − q − √((p − l₁)² + (u₂ − q)²)
    and p − q + √((u₁ − p)² + (q − l₂)²). It tells how far the gap moves among cohorts of the same
    sort, when nothing but the pupils changes.

    Beware:
        A small gap does not mean that the weaker group gained: it also closes where the stronger falls
        back.

    Args:
        snapshot: The moment.
        measure: The name of the supplied figure, in ``outcomes``.
        subgroups: The two groups of pupils.
        per: The kind of unit that supplies it.
        years: How many years are pooled, the moment's and those before it: 1, 2 or 3.
        options: What every measure takes; nothing here rests on draws or on answers.

    Returns:
        ``total``, the gap from −1 to 1 with its interval, and the level of each group, named as it is;
        ``n`` counts pupils, once for each year. Undefined where nothing was supplied for one of them.

    Raises:
        MeasureError: There are not two groups, a supplied figure is no share, or years cannot be
            pooled so.
        UnknownGroupError: There is no such unit kind.

    Source:
        Newcombe (1998).

    Examples:
        Three quarters of the one group reach the threshold, half of the other: 0.75 − 0.5.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(outcomes=["s reads 0.75 40 subgroup=high", "s reads 0.5 20 subgroup=low"])
        >>> gap = outcome_gap(now, measure="reads", subgroups=("high", "low"))
        >>> {row.figure: row.value for row in gap}
        {'total': 0.25, 'high': 0.75, 'low': 0.5}
    """
    resolve_options(outcome_gap, options)
    if len(subgroups) != 2:  # noqa: PLR2004 - one group less another
        raise MeasureError("outcome_gap: name two subgroups, as high and low")
    if not 1 <= years <= POOLED_YEARS:
        raise MeasureError(f"outcome_gap: years is 1 to {POOLED_YEARS}, not {years}")
    check_kinds(snapshot, "unit_kinds", (per,))
    found = tuple(
        read_supplied_figures(snapshot, measure, group, per, years=years) for group in subgroups
    )
    levels = tuple(
        _build_level_figure(one, measure, name) for one, name in zip(found, subgroups, strict=True)
    )
    # The gate has to know how many pupils are in each group.
    sizes = {(None, g): int(one.n.sum()) for g, one in zip(subgroups, found, strict=True)}
    variant = f"{measure}, {subgroups[0]} – {subgroups[1]}"
    rows = (_build_gap_figure(*levels), *levels)
    about: dict[str, Any] = {"variant": variant, "sizes": sizes}
    if rows[0].interval_lower is not None:
        about["interval"] = IntervalMethod.NEWCOMBE
    return _build_supplied_result(snapshot, outcome_gap, rows, found, years=years, **about)


def _build_level_figure(found: SuppliedFigures, measure: str, name: str | None) -> Figure:
    """Return a share of pupils; its range is a point, or not known where some supplied nothing."""
    if not found.are_shares:
        raise MeasureError(f"{measure} is no share: its figures do not all lie between 0 and 1")
    mean, pupils = found.mean, float(found.n.sum())
    return Figure(
        figure=name,
        value=mean,
        lower=mean if found.whole else None,
        upper=mean if found.whole else None,
        numerator=None if mean is None else mean * pupils,
        denominator=None if mean is None else pupils,
        n=int(pupils),
        observed=found.observed,
        reason=Reason.NOT_SUPPLIED if mean is None else None,
    )


def _build_gap_figure(first: Figure, second: Figure) -> Figure:
    """Return the difference of two levels."""
    n = (first.n or 0) + (second.n or 0)
    observed = min(
        (level.observed for level in (first, second) if level.observed is not None), default=None
    )
    if first.value is None or second.value is None:
        return Figure(figure=TOTAL, n=n, observed=observed, reason=Reason.NOT_SUPPLIED)
    value = first.value - second.value
    # Each level has a range only where every school supplied it; so has their difference.
    whole = first.lower is not None and second.lower is not None
    lower, upper = find_newcombe_interval(first.value, first.n or 0, second.value, second.n or 0)
    return Figure(
        figure=TOTAL,
        value=value,
        lower=value if whole else None,
        upper=value if whole else None,
        n=n,
        observed=observed,
        interval_lower=lower,
        interval_upper=upper,
    )


def find_newcombe_interval(p: float, n: int, q: float, m: int) -> tuple[float, float]:
    """Return the 95 % interval of the difference of two shares, p of n less q of m (Newcombe 1998).

    It is method 10, the hybrid of Wilson's score intervals of the two shares.
    """
    (p_low, p_high), (q_low, q_high) = _find_wilson_interval(p, n), _find_wilson_interval(q, m)
    return p - q - hypot(p - p_low, q_high - q), p - q + hypot(p_high - p, q - q_low)


def _find_wilson_interval(p: float, n: int) -> tuple[float, float]:
    # All of 4 pupils: the middle is (1 + 0.48)/1.96 = 0.76. The fewer there are, the nearer to 1/2 it lies.
    middle = (p + _WILSON_Z**2 / (2 * n)) / (1 + _WILSON_Z**2 / n)
    width = _WILSON_Z * sqrt(p * (1 - p) / n + _WILSON_Z**2 / (4 * n**2)) / (1 + _WILSON_Z**2 / n)
    return middle - width, middle + width


def _build_supplied_result(
    snapshot: Snapshot,
    function: MeasureFunction,
    rows: Sequence[Figure],
    found: Sequence[SuppliedFigures],
    *,
    years: int = 1,
    **about: Any,
) -> Result:
    whole = rows[0].lower is not None  # all schools supplied all that was asked
    pooled = {"years_pooled": years} if years > 1 else {}
    result = build_register_result(
        snapshot,
        function,
        [*rows],
        range_kind=RangeKind.EXACT if whole else RangeKind.UNKNOWN,
        needs=() if whole else (Need("outcomes"),),
        evidence={"places": min(one.places for one in found), **pooled},
        **about,
    )
    return evolve(result, n=rows[0].n)
