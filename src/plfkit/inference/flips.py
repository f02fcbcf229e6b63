"""How many of those who did not answer could turn a figure round."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from attrs import evolve, frozen

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.errors import MeasureError, UnknownMeasureError
from plfkit.graph.groups import GroupSpec
from plfkit.graph.layers import Layer
from plfkit.graph.naming import collect_group_names
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.catalogue import describe_measure, hint_at_name
from plfkit.measures.engine.layer_counts import compute_response_rate, compute_shares
from plfkit.measures.engine.layer_parts import cut_layer
from plfkit.measures.engine.options import CheckedOptions
from plfkit.measures.engine.silence import explain_missing
from plfkit.measures.ties.cohesion import density
from plfkit.measures.ties.dyads import (
    RECIPROCITY_VARIANTS,
    compute_reciprocity_terms,
    reciprocity,
    take_dyad_census,
)
from plfkit.model.results.figures import Figure, build_figures
from plfkit.model.results.result import Result
from plfkit.model.words.choices import check_choice
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason
from plfkit.model.words.titles import suggest_word
from plfkit.requiring import require_instance

_FLIP_LABEL = Label(da="Svar, der kan vende tallet", en="Answers that could turn the figure")


def flip_count(
    snapshot: Snapshot,
    measure: str,
    *,
    relation: str,
    target: float | None = None,
    between: tuple[str, str] | None = None,
    by: GroupSpec | None = None,
    survey: str | None = None,
    variant: str = "edgewise",
    minimum_strength: float | None = None,
) -> Result:
    """Return the least number of non-respondents whose answers could turn a figure round.

    With a `target`, the figure lies on one side of it, and with so many more answers it could lie
    on the other side. With `between`, one of two groups of `by` has the greater figure, and with so
    many more answers from the two the other group could have it. The answers are taken to be those
    that move the figure most, while everybody else still does not answer. With a limit on names, or
    people in both groups, the number is a lower bound for reciprocity.

    Args:
        snapshot: The moment.
        measure: ``"density"`` or ``"reciprocity"``.
        relation: Which ties; a directed relation that one survey asked about.
        target: The value that the figure could cross.
        between: Two groups of `by`.
        by: One figure for each of these groups, within it.
        survey: Which survey, if several asked.
        variant: Which reciprocity.
        minimum_strength: From which strength on ties count; from any above 0 if left out.

    Returns:
        One figure for each part, or one for the two groups (``from``, ``to``): ``value`` is the
        number, ``denominator`` how many did not answer, ``before`` the figure as it is (or the
        difference). Undefined where no answers could turn it (``"cannot_turn"``).

    Raises:
        MeasureError: There is no such measure, relation or group; or neither a target nor two groups
            are given; or the ties are undirected, of several surveys, or nobody knows who was asked.
        UnknownGroupError: People cannot be grouped by `by`.
    """
    require_instance(snapshot, Snapshot)
    if not isinstance(measure, str):
        raise UnknownMeasureError(hint_at_name(measure))
    if measure not in _ENDS:
        hint = suggest_word(measure, _ENDS) or f": it knows {' and '.join(_ENDS)}"
        raise MeasureError(f"flip_count does not know how answers turn {measure!r}{hint}")
    if (target is None) == (between is None):
        raise MeasureError("flip_count needs a target, or two groups in between=, and not both")
    check_choice("reciprocity", "variant", variant, RECIPROCITY_VARIANTS)
    how = CheckedOptions(minimum_strength=minimum_strength)
    cut = cut_layer(snapshot, relation, how=how, by=by, survey=survey)
    ends = {part: _find_flip_ends(layer, measure, variant) for part, layer in cut}
    layers = dict(cut)
    if between is None:
        assert target is not None  # noqa: S101 - one of the two
        rows = [
            _build_flip_row(part, layers[part], _mark_turning_counts(end, target), end)
            for part, end in ends.items()
        ]
    else:
        rows = [_compare_flip_groups(between, ends, layers)]
    columns: dict[str, list[Any]] = {
        name: [getattr(row, "from_" if name == "from" else name) for row in rows]
        for name in ("part", "from", "to", "value", "denominator", "n", "before", "reason")
    }
    columns["response_rate"] = [row.response_rate for row in rows]
    about = describe_measure({"density": density, "reciprocity": reciprocity}[measure])
    about |= {"measure": "flip_count", "label": _FLIP_LABEL, "scale": "count", "extreme": True}
    result = cut.build_described_result(build_figures(len(rows), **columns), about, variant=measure)
    asked = {"measure": measure, "relation": relation, "target": target, "between": between}
    asked |= {"by": by if by is None or isinstance(by, str) else "mapping", "survey": survey}
    asked |= {"variant": variant, "minimum_strength": minimum_strength}
    return evolve(result, call=asked, names=collect_group_names(result, [snapshot]))


@frozen(eq=False)
class _FlipEnds:
    """The least and the most a figure can be once 0, 1, 2, … of the silent have answered."""

    least: Floats
    most: Floats

    @property
    def silent(self) -> int:
        """How many did not answer."""
        return len(self.least) - 1

    @property
    def value(self) -> float:
        """The figure as it is."""
        return float(self.least[0])


def _explain_nothing_to_turn(layer: Layer) -> str:
    """Return why there is no figure to turn: nobody to be tied to, no tie, or missing answers."""
    if layer.n < 2:  # noqa: PLR2004 - a pair
        return Reason.TOO_FEW_PEOPLE
    whole = layer.observation is not None and layer.observation.whole
    return Reason.NO_TIES if whole else explain_missing(layer)


def _find_nonrespondents(layer: Layer) -> Numbers:
    """Return the people who did not answer."""
    assert layer.observation is not None  # noqa: S101 - ends are known of such layers only
    return layer.persons[~layer.observation.nodes_answered]


def _find_flip_ends(layer: Layer, measure: str, variant: str) -> _FlipEnds:
    observation = layer.observation
    asked = observation is not None and observation.asked.any() and observation.surveys == 1
    if not layer.directed or not asked:
        raise MeasureError(
            "flip_count needs a directed relation that one survey asked about, with who was asked"
        )
    return _ENDS[measure](layer, variant)


def _bound_density(layer: Layer, _variant: str) -> _FlipEnds:
    observation = layer.observation
    assert observation is not None  # noqa: S101 - the caller has looked
    silent = ~observation.nodes_answered
    counts = layer.count_parts()
    assert counts.seen is not None  # noqa: S101 - the same
    assert counts.ties_seen is not None  # noqa: S101 - the same
    others = layer.n - 1
    # Whoever may name most answers first: limits of 3, 5 and 4 names add up to 0, 5, 9, 12.
    names = np.sort(np.fmin(observation.cap[observation.codes][silent], others))[::-1]
    steps = np.arange(silent.sum() + 1)
    pairs = counts.seen[0] + steps * others
    ties = counts.ties_seen[0]
    most = ties + np.concatenate([[0], np.cumsum(names)])
    return _FlipEnds(compute_shares(np.full(len(steps), ties), pairs), compute_shares(most, pairs))


def _bound_reciprocity(layer: Layer, variant: str) -> _FlipEnds:
    observation = layer.observation
    assert observation is not None  # noqa: S101 - the caller has looked
    answered = observation.nodes_answered
    census = take_dyad_census(layer)
    # What each silent person was told by those who answered, the most-named first.
    named = np.sort(layer.adjacency[answered].sum(axis=0)[~answered])[::-1]
    steps = np.arange(len(named) + 1)
    returned = np.concatenate([[0], np.cumsum(named)])
    # 3 who were silent make 3 pairs among themselves, and 3 with each of those who answered.
    among = steps * (steps - 1) / 2
    pairs = steps * answered.sum()
    # At the least each answer differs from the other side's; at the most it agrees, and those who
    # were silent name each other.
    extremes = (
        (census.mutual, census.one_sided + pairs + among, census.empty),
        (census.mutual + returned + among, census.one_sided, census.empty + pairs - returned),
    )
    sides = [
        compute_shares(
            *(
                np.broadcast_to(side, steps.shape)
                for side in compute_reciprocity_terms(m, a, e, variant)
            )
        )
        for m, a, e in extremes
    ]
    return _FlipEnds(*sides)


_ENDS: dict[str, Callable[[Layer, str], _FlipEnds]] = {
    "density": _bound_density,
    "reciprocity": _bound_reciprocity,
}


def _mark_turning_counts(ends: _FlipEnds, target: float) -> Flags:
    """Tell, for each number of answers, whether the figure could lie on the other side."""
    return ends.least < target if ends.value >= target else ends.most >= target


def _build_flip_row(part: str | None, layer: Layer, turning: Flags, ends: _FlipEnds) -> Figure:
    known = not np.isnan(ends.value)
    # The first True: after so many answers the figure could have turned.
    value = float(np.argmax(turning)) if known and turning.any() else None
    return Figure(
        part=part,
        value=value,
        denominator=float(ends.silent),
        n=layer.n,
        response_rate=compute_response_rate(layer),
        reason=None
        if value is not None
        else Reason.CANNOT_TURN
        if known
        else _explain_nothing_to_turn(layer),
        before=ends.value if known else None,
    )


def _compare_flip_groups(
    between: tuple[str, str], ends: dict[str | None, _FlipEnds], layers: dict[str | None, Layer]
) -> Figure:
    for name in between:
        if name not in ends:
            hint = suggest_word(name, [label for label in ends if label is not None])
            raise MeasureError(f"there is no group {name!r} to compare{hint}")
    first, second = (ends[name] for name in between)
    if first.value < second.value:
        higher, lower = second, first
    else:
        higher, lower = first, second
    # The higher one at its least after i answers, the lower one at its most after j.
    turning = higher.least[:, None] < lower.most[None, :]
    one, other = (_find_nonrespondents(layers[name]) for name in between)
    shared = len(np.intersect1d(one, other))
    of_higher, of_lower = np.ogrid[: higher.silent + 1, : lower.silent + 1]
    # Somebody in both groups answers for both.
    answers = of_higher + of_lower - np.minimum(shared, np.minimum(of_higher, of_lower))
    value = float(answers[turning].min()) if turning.any() else None
    known = not (np.isnan(first.value) or np.isnan(second.value))
    return Figure(
        from_=between[0],
        to=between[1],
        value=value if known else None,
        denominator=float(higher.silent + lower.silent - shared),
        n=len(np.union1d(*(layers[name].persons for name in between))),
        reason=None
        if known and value is not None
        else Reason.CANNOT_TURN
        if known
        else Reason.SOME_DID_NOT_ANSWER,
        before=first.value - second.value if known else None,
    )
