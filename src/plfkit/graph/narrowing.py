"""What is known of a relation from the wider ones that it is a sort of: who is not tied there is not here.

Nobody seeks advice on reading from somebody whom they do not seek for advice. Who was asked about advice
alone thereby tells of the sort: of those they did not name, that there is no tie; of those they named,
nothing. Only ranges may use that. Among pairs of which just the noes are known there is no share to
estimate: it would always be 0.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import evolve

from plfkit.arrays import Flags, Numbers
from plfkit.graph.layers import Layer
from plfkit.graph.observation import Observation

MOST_APART = 2_000
"""How many people may be told apart one by one; beyond, ranges do without the wider relation."""


def narrow_observation(layer: Layer, wider: Sequence[Layer]) -> Observation | None:
    """Return what was observed of a layer when noes to wider relations count; None if nothing more.

    Args:
        layer: The layer of a relation.
        wider: Those of the relations that it is a sort of.
    """
    own = layer.observation
    told = [one for one in wider if one.observation is not None]
    if own is None or own.whole or not told:
        return None
    places = [_find_nodes(one, layer.persons) for one in told]
    open_ties = [_list_open_ties(layer, own, *pair) for pair in zip(told, places, strict=True)]
    apart = np.unique(np.concatenate([ends for pair in open_ties for ends in pair]))
    if len(apart) > MOST_APART:
        return None
    # Whoever has an open tie is a class alone; all others who are alike in every layer share one.
    alone = np.zeros(layer.n, np.int64)
    alone[apart] = 1 + apart
    codes = [_code_nodes(one, nodes) for one, nodes in zip(told, places, strict=True)]
    patterns, first, classes = np.unique(
        np.stack([own.codes, alone, *codes]), axis=1, return_index=True, return_inverse=True
    )
    classes, of = classes.ravel(), own.codes[first]
    seen = own.told[np.ix_(of, of)]
    for one, code, (sources, targets) in zip(told, patterns[2:], open_ties, strict=True):
        noes = _spread_seen_pairs(one, code)
        noes[classes[sources], classes[targets]] = False
        seen |= noes
    return evolve(
        own,
        codes=classes,
        told=seen,
        asked=own.asked[np.ix_(of, of)],
        cap=own.cap[of],
        rosters=own.rosters[of],
        unanswered=own.unanswered[of],
    )


def _find_nodes(layer: Layer, persons: Numbers) -> Numbers:
    """Return the node of each of some people in another layer; −1 for whom it lacks."""
    places = np.searchsorted(layer.persons, persons)
    return np.where(np.isin(persons, layer.persons), places, -1)


def _code_nodes(layer: Layer, nodes: Numbers) -> Numbers:
    """Return the class of each of some nodes of a layer; −1 for those it lacks."""
    assert layer.observation is not None  # noqa: S101 - the caller has looked
    # The last entry is for the node −1.
    return np.append(layer.observation.codes, -1)[nodes]


def _spread_seen_pairs(layer: Layer, codes: Numbers) -> Flags:
    """Tell which pairs of some classes a layer knows; nothing of the class −1."""
    assert layer.observation is not None  # noqa: S101 - the caller has looked
    return np.pad(layer.observation.seen, (0, 1))[np.ix_(codes, codes)]


def _list_open_ties(
    layer: Layer, own: Observation, wider: Layer, nodes: Numbers
) -> tuple[Numbers, Numbers]:
    """Return the ties of a wider layer that leave open whether they are of the sort, by own nodes."""
    back = np.full(wider.n + 1, -1, np.int64)
    back[nodes] = np.arange(layer.n)
    back[-1] = -1
    sources, targets = (back[side] for side in wider.list_arcs())
    here = (sources >= 0) & (targets >= 0)
    sources, targets = sources[here], targets[here]
    unseen = ~own.seen[own.codes[sources], own.codes[targets]]
    return sources[unseen], targets[unseen]
