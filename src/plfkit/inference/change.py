"""Change between two years, on the people who were there in both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

import numpy as np
from attrs import evolve, frozen

from plfkit.arrays import Flags, Floats
from plfkit.errors import MeasureError, NotComparableError
from plfkit.graph.adjacency import Adjacency
from plfkit.graph.groups import GroupSpec, partition_people, resolve_grouping
from plfkit.graph.layers import Layer
from plfkit.graph.observation import Observation
from plfkit.graph.snapshot import Snapshot, snapshot
from plfkit.inference.change_intervals import find_change_interval
from plfkit.measures import CORE
from plfkit.measures.engine.catalogue import Catalogue, Measure
from plfkit.measures.engine.estimates import Estimator, compare_with_chance
from plfkit.measures.engine.estimating import find_fewest_draws
from plfkit.measures.engine.intervals import LEAST_PEOPLE, find_school_clusters
from plfkit.measures.engine.leaving_out import PairEstimator
from plfkit.measures.engine.options import build_drawing
from plfkit.model.declared.standards import Standards
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import FIGURE_KEYS, Figure
from plfkit.model.results.result import Result
from plfkit.model.words.intervals import IntervalMethod
from plfkit.model.words.notes import Note
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason
from plfkit.periods import Period
from plfkit.requiring import require_instance
from plfkit.resampling import Drawing, DrawingOptions, Work
from plfkit.resampling.drawing import Draws

PeriodLike = str | date | Period
_REFUSED = frozenset({"interval", "null", "within"})
_DRAWING_KEYWORDS = frozenset(DrawingOptions.__annotations__)
"""Keywords of the draws; all others are the measure's."""


def change(
    organisation: Organisation,
    measure: str,
    *,
    from_: PeriodLike,
    to: PeriodLike,
    catalogue: Catalogue = CORE,
    standards: Standards | None = None,
    **arguments: Any,
) -> Result:
    """Return how much a figure changed, among the people who were there in both periods.

    People who came or left are left out, so that they do not make the change; with `by`, so are
    those who changed groups. For a measure with one figure for a network (density, reciprocity,
    transitivity, centralization, E–I) a pair of people counts if it was observed in both periods.
    Then ``p_value`` tells how often chance gives as great a change if each person's answers might
    as well be those of the other period (they are exchanged as a whole; directed relations only),
    and density, reciprocity and E–I have a 95 % interval from 8 people on, if anything changed: it
    follows from how much each pair of people moved the figure, pairs of one person going together
    (a dyadic-robust variance of the paired difference), without draws. A register needs neither. A
    change does not say what brought it about.

    Args:
        organisation: All its years.
        measure: A measure by name, one whose figures are not about single persons.
        from_: The earlier period.
        to: The later one.
        catalogue: Where the measure is found.
        standards: Where measures draw their lines, as `Profile.standards`; plfkit's own if left out.
        arguments: The measure's own keywords, as data; and ``draws``, ``seed`` and ``executor``: see
            `plfkit.measures.DrawingOptions`.

    Returns:
        The rows of the measure. ``value`` is the difference, ``before`` and ``after`` are the two
        figures, ``lower`` and ``upper`` an outer bound of the difference under non-response; a
        difference that cannot be true is moved to the nearer end. ``numerator`` is the smaller of
        the two periods' numerators, and what ``denominator`` has beyond it is the smaller one too.

    Raises:
        MeasureError: The measure refuses its arguments, or its figures are about single persons.
        NotComparableError: The periods have nobody in common, overlap, or come in the wrong order.
        PeriodError: A text is no period.
    """
    require_instance(organisation, Organisation)
    found = catalogue[measure]
    if refused := _REFUSED & set(arguments):
        raise MeasureError(f"change takes no argument {min(refused)!r}: it tests the change itself")
    own = {name: value for name, value in arguments.items() if name not in _DRAWING_KEYWORDS}
    drawing = build_drawing({n: v for n, v in arguments.items() if n in _DRAWING_KEYWORDS})  # type: ignore[arg-type]
    seen = partial(snapshot, organisation, standards=standards)
    moments = seen(from_), seen(to)
    if moments[0].period.overlaps(moments[1].period):
        raise NotComparableError(f"{moments[0].period} and {moments[1].period} overlap")
    if moments[0].period.starts_after(moments[1].period):
        raise NotComparableError(
            f"{moments[0].period} comes after {moments[1].period}: exchange from and to"
        )
    both = _find_common_people(moments, own)
    groups, several = _group_stayers(moments, own, both)
    kept = [moment.restricted(both if groups is None else list(groups)) for moment in moments]
    if groups is not None:
        own |= {"by": groups}
    # Within units nothing redraws ties, so there the change stands without a test.
    if found.about.estimator is None or own.get("within_units") is not None:
        results = [found(moment, own) for moment in kept]
        rows = list(_subtract_results(*results))
        notes = {**kept[0].notes, **results[1].notes}
        return _build_change_result(
            results, rows, by=arguments.get("by"), several=several, notes=notes
        )
    return _TestedChange(found, own, kept, groups, drawing).compute_result(
        arguments.get("by"), several
    )


def _find_common_people(moments: tuple[Snapshot, Snapshot], own: Mapping[str, Any]) -> list[str]:
    """Return the people there in both periods, and asked in both if it is about ties."""
    relation = own.get("relation")
    masks = []
    for moment in moments:
        mask = moment.present.copy()
        if relation is not None:
            layer = moment.layer(relation)
            if layer.reason is not None:
                raise NotComparableError(f"{relation} is not known in {moment.period}")
            mask &= np.isin(np.arange(len(mask)), layer.persons)
        if own.get("groups") is not None:
            everybody = resolve_grouping(moment, own["groups"]).everybody
            mask &= np.isin(np.arange(len(mask)), everybody)
        masks.append(mask)
    first, second = moments
    both = [first.person_ids[person] for person in np.flatnonzero(masks[0] & masks[1])]
    if not both:
        raise NotComparableError(f"{first.period} and {second.period} have nobody in common")
    return both


def _group_stayers(
    moments: tuple[Snapshot, Snapshot], own: Mapping[str, Any], both: list[str]
) -> tuple[dict[str, str] | None, int | None]:
    """Return the group of those who were in the same one in both periods; None without `by`."""
    spec: GroupSpec | None = own.get("by")
    if spec is None:
        return None, None
    labels = []
    for moment in moments:
        groups = partition_people(moment, spec)
        labels.append({moment.person_ids[p]: label for label, persons in groups for p in persons})
    before, after = labels
    same = {p: after[p] for p in both if p in after and before.get(p) == after[p]}
    if not same:
        raise NotComparableError("nobody was in the same group in both periods")
    return same, resolve_grouping(moments[1], spec).several


def _subtract_results(before: Result, after: Result) -> Iterator[Figure]:
    """Yield what changed between two results, row by row."""
    if not after.figures.column("id").missing.all():
        raise MeasureError("change is about groups and networks, not about single persons")
    earlier = {_make_change_key(figure): figure for figure in before}
    for figure in after:
        yield _subtract_figures(
            earlier.get(_make_change_key(figure), Figure(reason=Reason.NOT_REGISTERED)), figure
        )


def _make_change_key(figure: Figure) -> tuple[str | None, ...]:
    return tuple(getattr(figure, "from_" if key == "from" else key) for key in FIGURE_KEYS)


def _subtract_figures(before: Figure, after: Figure) -> Figure:
    """Return the change between two figures, between the outermost it could be."""

    def less(one: float | None, other: float | None) -> float | None:
        return None if one is None or other is None else one - other

    counts = [
        (f.numerator, f.denominator - f.numerator)
        for f in (before, after)
        if f.numerator is not None and f.denominator is not None
    ]
    both = len(counts) == 2  # noqa: PLR2004 - before and after
    # The fewest on either side in both years, for the gate: 3 and 7, 5 and 4 give 3 and 4.
    over = min(side[0] for side in counts) if both else None
    seen = [f.observed for f in (before, after) if f.observed is not None]
    rates = [f.response_rate for f in (before, after) if f.response_rate is not None]
    return evolve(
        after,
        value=less(after.value, before.value),
        lower=less(after.lower, before.upper),
        upper=less(after.upper, before.lower),
        numerator=over,
        denominator=None if over is None else over + min(side[1] for side in counts),
        observed=min(seen, default=None),
        response_rate=min(rates, default=None),
        reason=after.reason or before.reason,
        before=before.value,
        after=after.value,
    )


def _build_change_result(
    results: list[Result], rows: list[Figure], *, by: Any, several: int | None, **about: Any
) -> Result:
    """Return the change as a result; it takes what it says of itself from the later one."""
    before, after = results
    kinds = {before.range_kind, after.range_kind}
    kind = next(
        (kind for kind in (RangeKind.UNKNOWN, RangeKind.OF_REGISTERED) if kind in kinds),
        RangeKind.OUTER_BOUND,
    )
    width = kind == RangeKind.OF_REGISTERED or any(r.lower != r.upper for r in rows)
    return evolve(
        after,
        figures=Table.of(Figure, rows),
        at=f"{before.at} – {after.at}",
        by=by if by is None or isinstance(by, str) else "mapping",
        several=several,
        range_kind=kind if width or kind == RangeKind.UNKNOWN else RangeKind.EXACT,
        evidence={},
        **about,
    )


@frozen(eq=False)
class _TestedChange:
    """The change of a measure with one figure for a network, and how it is tested."""

    found: Measure
    own: Mapping[str, Any]
    moments: list[Snapshot]
    groups: Mapping[str, str] | None
    drawing: Drawing

    def compute_result(self, by: Any, several: int | None) -> Result:
        """Compute the change of every part."""
        results = [self.found(moment, {**self.own, "draws": 0}) for moment in self.moments]
        with Work(self.drawing, self.found.about.label.en, len(results[1])) as work:
            parts = [self._test_part_change(row, work) for row in _subtract_results(*results)]
        about: dict[str, Any] = {"notes": self._collect_change_notes(results, work, parts)}
        if any(part.row.interval_lower is not None for part in parts):
            about["interval"] = IntervalMethod.PAIRS
        if drawn := [part.drawn for part in parts if part.drawn is not None]:
            about |= {"null": "years", "draws": find_fewest_draws(drawn), "seed": self.drawing.seed}
        rows = [part.row for part in parts]
        if (facts := results[1].facts) is not None:
            changed = {part.row.part: part.changed for part in parts}
            about["facts"] = evolve(facts, changed=changed)
        return _build_change_result(results, rows, by=by, several=several, **about)

    def _collect_change_notes(
        self, results: list[Result], work: Work, parts: list[_TestedPart]
    ) -> dict[str, int]:
        noted = Counter(part.noted for part in parts if part.noted is not None)
        notes: dict[str, int] = {**self.moments[0].notes, **results[1].notes}
        notes |= {str(note): count for note, count in noted.items()}
        if work.interrupted:
            drawn = [part.drawn for part in parts if part.drawn is not None]
            notes[Note.DRAWS_MISSING] = sum(self.drawing.draws - draws for draws in drawn)
        return notes

    def _test_part_change(self, figure: Figure, work: Work) -> _TestedPart:
        years = self._prepare_both_years(figure.part)
        before, after = (e.estimate_figure(layer) for e, layer in years)
        value = after - before
        if np.isnan(value):
            reason = figure.reason or Reason.SOME_DID_NOT_ANSWER
            return _TestedPart(evolve(figure, value=None, before=None, after=None, reason=reason))
        row = evolve(
            figure,
            value=_clip_to_range(value, figure),
            before=before,
            after=after,
            n=years[1][1].n,
            reason=None,
        )
        drawn = None
        if years[0][1].directed and self.drawing.draws:
            draws = work.draw(_ExchangedYears(tuple(years)))
            drawn = len(draws)
            chance = compare_with_chance(np.array([value]), draws)
            if chance.p_value is not None:
                row = evolve(row, p_value=_read_first_cell(chance.p_value))
        changed = _count_changed_people(years[0][1], years[1][1])
        return self._add_interval(_TestedPart(row, drawn, changed=changed), years)

    def _add_interval(
        self, part: _TestedPart, years: list[tuple[_SingleEstimator, Layer]]
    ) -> _TestedPart:
        """Return a part with its interval, noting where it is too narrow, or why there is none."""
        (first, earlier), (second, later) = years
        one, other, value = first.estimator, second.estimator, part.row.value
        if not isinstance(one, PairEstimator) or not isinstance(other, PairEstimator):
            return part
        if value is None:
            return part
        if later.n < LEAST_PEOPLE[IntervalMethod.PAIRS]:
            return evolve(part, noted=Note.TOO_FEW_FOR_INTERVAL)
        width = 2.0 if self.found.about.scale == "index" else 1.0
        before, after = one.split_pairs(earlier), other.split_pairs(later)
        ends = find_change_interval(before, after, value, width=width)
        if ends is None:
            return evolve(part, noted=Note.NOTHING_CHANGED)
        several = find_school_clusters(self.moments[1], later).count > 1
        return evolve(
            part,
            row=evolve(part.row, interval_lower=ends[0], interval_upper=ends[1]),
            noted=Note.NARROW_WHERE_SCHOOLS_DIFFER if several else None,
        )

    def _prepare_both_years(self, part: str | None) -> list[tuple[_SingleEstimator, Layer]]:
        """Return estimator and layer of both periods, with what was observed in both."""
        layers = []
        for moment in self.moments:
            layer = moment.layer(
                self.own["relation"],
                survey=self.own.get("survey"),
                minimum_strength=self.own.get("minimum_strength"),
            )
            if part is not None:
                people = [p for p, label in (self.groups or {}).items() if label == part]
                layer = layer.keep_nodes(layer.find_nodes(moment.numbers_of(people)))
            layers.append(layer.treat_missing(self.own.get("missing", "available")))
        layers = _keep_jointly_observed(layers)
        builder = self.found.about.estimator
        assert builder is not None  # noqa: S101 - the caller has looked
        known = {"relation", "by", "survey", "missing", "minimum_strength"}
        own = {name: value for name, value in self.own.items() if name not in known}
        return [
            (_SingleEstimator(builder(moment, layer, **own)), layer)
            for moment, layer in zip(self.moments, layers, strict=True)
        ]


@frozen(eq=False)
class _TestedPart:
    """The change of one part.

    Attributes:
        row: Its figure.
        drawn: How many draws its p rests on; None without one.
        noted: The note that says where its interval is too narrow, or why it has none; None if there is
            nothing to say, or it never could have one.
        changed: How many people's ties are others than before.
    """

    row: Figure
    drawn: int | None = None
    noted: Note | None = None
    changed: int = 0


@frozen(eq=False)
class _SingleEstimator:
    """An estimator of one figure."""

    estimator: Estimator

    def estimate_figure(self, layer: Layer) -> float:
        """Return the figure of a layer; NaN where it does not exist."""
        return float(self.estimator(layer).value[0])


_BothYears = tuple[tuple[_SingleEstimator, Layer], ...]


@frozen(eq=False)
class _ExchangedYears:
    """Draws the change if some people's answers had been given in the other year."""

    years: _BothYears

    def __call__(self, chance: np.random.Generator, count: int) -> Draws:
        (first, before), (second, after) = self.years
        draws = np.empty((count, 1))
        for row in range(count):
            turned = chance.random(before.n) < 1 / 2
            swapped = _mix_rows(before.adjacency, after.adjacency, turned)
            back = _mix_rows(after.adjacency, before.adjacency, turned)
            draws[row] = second.estimate_figure(
                evolve(after, adjacency=back)
            ) - first.estimate_figure(evolve(before, adjacency=swapped))
        return draws


def _count_changed_people(before: Layer, after: Layer) -> int:
    """Count the people whose ties are others than before."""
    return len(np.unique((before.adjacency - after.adjacency).nonzero()[0]))


def _mix_rows(rows: Adjacency, others: Adjacency, turned: Flags) -> Adjacency:
    """Take some rows of one matrix from another."""
    keep, take = (side.astype(np.int8)[:, None] for side in (~turned, turned))
    # Each row is multiplied by 0 or 1: noughts stay behind, which are no ties.
    mixed = (rows.multiply(keep) + others.multiply(take)).tocsr()
    mixed.eliminate_zeros()
    return mixed


def _keep_jointly_observed(layers: list[Layer]) -> list[Layer]:
    """Count as observed what was observed in both periods, as far as that is known."""
    if any(layer.observation is None for layer in layers):
        return layers
    codes = [layer.observation.codes for layer in layers if layer.observation is not None]
    # A pair of classes, one a year, is a class: (0, 1) and (0, 0) are two.
    kinds, joint = np.unique(np.stack(codes), axis=1, return_inverse=True)
    told = np.ones((kinds.shape[1], kinds.shape[1]), np.bool_)
    for layer, own in zip(layers, kinds, strict=True):
        if layer.observation is not None:
            told &= layer.observation.told[own][:, own]
    observation = Observation(
        codes=joint.ravel(),
        told=told,
        asked=np.ones_like(told),
        cap=np.full(len(told), np.inf),
        directed=layers[0].directed,
    )
    observed = [evolve(layer, recorded=observation) for layer in layers]
    return [evolve(layer, adjacency=layer.keep_observed_ties()) for layer in observed]


def _clip_to_range(value: float, figure: Figure) -> float:
    """Move a change that cannot be the truth to the nearest end of its range."""
    if figure.lower is None or figure.upper is None:
        return value
    return min(max(value, figure.lower), figure.upper)


def _read_first_cell(cells: Floats) -> float | None:
    return None if np.isnan(cells[0]) else float(cells[0])
