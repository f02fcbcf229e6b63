"""Silence: what figures become where some did not answer. Nobody's silence is taken for a *no*.

Three kinds of figures have a value all the same. What one's own answers settle is a share, or a mean,
among those who answered. What others tell of somebody is scaled up: ties that were told, over the share
of those who could have told them. Pairs are scaled up likewise. Scaling is done school by school,
because response rates differ between schools and most ties stay within one. All else, what exists or
passes a threshold, has a value only where no answer could change it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import evolve

from plfkit.arrays import Floats, Numbers
from plfkit.graph.groups import number_node_groups, partition_people
from plfkit.graph.layers import Layer
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.estimates import Bounds, Estimate
from plfkit.measures.engine.layer_counts import compute_shares
from plfkit.model.results.figures import CodedTexts
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason

ANSWERED, PATHS, TOLD, PAIRS = "answered", "paths", "told", "pairs"
"""Methods, as `plfkit.Result` names them."""

_SCHOOL_KIND = "school"
_ABSENCES = {Reason.NO_TIES, Reason.NO_TWO_PATHS, Reason.ONE_CONTACT}
"""Reasons that say what there is not."""

PROVEN = (RangeKind.EXACT, RangeKind.OUTER_BOUND)
"""Kinds of ranges that no completion can leave."""


def explain_missing(layer: Layer) -> str:
    """Return why not everything is known: nobody answered, some did not, or not all were asked."""
    # Of several parts as much is known: what holds for the first holds for all.
    rate = np.nan if layer.observation is None else layer.observation.response_rates[0]
    if np.isnan(rate) or rate == 1:
        return Reason.NOT_ALL_ASKED
    return Reason.SOME_DID_NOT_ANSWER if rate else Reason.NOBODY_ANSWERED


def explain_gaps(estimate: Estimate, layer: Layer) -> Estimate:
    """Say that not everything is known where nothing was told: it may be there all the same."""
    if layer.observation is None or layer.observation.whole:
        return estimate
    missing, reasons = explain_missing(layer), estimate.reasons
    texts = [missing if reason in _ABSENCES else reason for reason in reasons.texts]
    return evolve(estimate, reasons=reasons.replace_texts(texts))


def drop_uncertain(estimate: Estimate, bounds: Bounds, layer: Layer) -> Estimate:
    """Leave only values that no answer could change: those of a layer, or a range, without a gap."""
    if layer.observation is None or layer.observation.whole:
        return estimate
    settled = (bounds.lower == bounds.upper) & (bounds.kind in PROVEN)
    reasons, missing = estimate.reasons, explain_missing(layer)
    codes = np.where((reasons.codes < 0) & ~settled, len(reasons.texts), reasons.codes)
    cells: dict[str, Any] = {
        name: np.where(settled, getattr(estimate, name), np.nan)
        for name in ("value", "numerator", "denominator")
        if getattr(estimate, name) is not None
    }
    texts = (*reasons.texts, missing)
    coded = CodedTexts(codes.astype(np.int32), texts).replace_texts(texts)
    return evolve(estimate, reasons=coded, **cells)


def find_node_schools(snapshot: Snapshot, layer: Layer) -> Numbers:
    """Return the school of each node as a number; those without one make a class of their own.

    Numbers ascend with parts, and none stands in two of them.
    """
    codes = number_node_groups(layer, partition_people(snapshot, _SCHOOL_KIND)) + 1
    # The same school in two parts is two: of 9 schools, number 7 of part 3 is 37, and none is 30.
    strata = layer.node_parts * (codes.max(initial=0) + 1) + codes
    return np.unique(strata, return_inverse=True)[1].astype(np.int64)


def scale_up_ties(
    ties: Floats, seen: Floats, pairs: Floats, parts: Numbers | None = None, count: int = 1
) -> Floats:
    """Return how many ties each part has if unobserved pairs are tied as often as observed ones.

    Stratum by stratum ties over observed pairs, times all pairs: 6 ties of 20 observed pairs among 30
    are 9. A stratum of which nothing was observed takes the rate of its whole part.

    Args:
        ties: The ties among the observed pairs of each stratum.
        seen: Its observed pairs.
        pairs: All its pairs.
        parts: The part that each stratum is of; all of the same if left out.
        count: How many parts there are.
    """
    part = np.zeros(len(ties), np.int64) if parts is None else parts
    together = compute_shares(*(np.bincount(part, side, count) for side in (ties, seen)))
    rates = together[part]
    np.divide(ties, seen, out=rates, where=seen > 0)
    # What was wholly observed is counted, not multiplied: no digit of it is lost.
    return np.bincount(part, np.where(seen == pairs, ties, rates * pairs), count).astype(np.float64)


def _sum_by_part(counts: Floats, layer: Layer, schools: Numbers) -> Floats:
    """Sum the counts of schools (rows), each of which stands in one part, by part."""
    part = np.zeros(len(counts), np.int64)
    part[schools] = layer.node_parts
    sums = np.zeros((len(layer.sizes), counts.shape[1]))
    np.add.at(sums, part, counts)
    return sums


def scale_in_ties(layer: Layer, schools: Numbers) -> Floats:
    """Return how many ties each node receives, told ties scaled up school by school of the givers.

    Somebody named by 3 of the 6 who answered at a school of 10 others, and by nobody elsewhere,
    receives 5. NaN for somebody about whom nobody answered.
    """
    observation = layer.observation
    sources, targets = layer.list_observed_arcs()
    received = np.bincount(targets, minlength=layer.n).astype(np.float64)
    if observation is None or observation.whole:
        return received
    codes, seen = observation.codes, observation.seen.astype(np.float64)
    people = np.zeros((int(schools.max(initial=-1)) + 1, len(seen)))
    np.add.at(people, (schools, codes), 1)
    # Of each school, how many there are, and how many would have told of a tie to each class. Of a
    # node's own school the node itself is no other.
    sizes, heard = people.sum(axis=1), people @ seen
    own, at_home = seen.diagonal()[codes], schools[sources] == schools[targets]
    # Ann's school has 4. Of her 3 colleagues 2 answered, and both name her: 2 · 3 / 2 = 3.
    told = heard[schools[sources], codes[targets]] - at_home * own[targets]
    scaled = np.bincount(targets, (sizes[schools[sources]] - at_home) / told, minlength=layer.n)
    # Schools that told nothing of a node have the rate of all others together.
    home = heard[schools, codes]
    # How many people these schools have. A node's own counts among them, without the node, also
    # where nobody but the node answered: of 4 there, 3 told nothing of it.
    parts = layer.node_parts
    silent = _sum_by_part(sizes[:, None] * (heard == 0), layer, schools)[parts, codes]
    silent += np.where(home == own, sizes[schools] - 1, 0) - np.where(home == 0, sizes[schools], 0)
    asked = _sum_by_part(heard, layer, schools)[parts, codes] - own
    rate = np.divide(received, asked, out=np.full(layer.n, np.nan), where=asked > 0)
    return np.asarray(scaled + rate * silent)
