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
    if not wider:
        return None
    own = layer.observation
    told = [one for one in wider if one.observation is not None]
    if own is None or own.whole or not told:
        return None
    places = [_find_nodes(one, layer.persons) for one in told]
    open_ties = [_list_open_ties(layer, own, *pair) for pair in zip(told, places, strict=True)]
    apart = np.unique(np.concatenate([ends for pair in open_ties for ends in pair]))
    if len(apart) > MOST_APART:
        return None
    codes = [_code_nodes(one, nodes) for one, nodes in zip(told, places, strict=True)]
    patterns, first, classes = _split_classes(own.codes, apart, codes)
    split = own.replace_classes(classes, own.codes[first])
    seen = split.told.copy()
    for one, code, (sources, targets) in zip(told, patterns, open_ties, strict=True):
        noes = _spread_seen_pairs(one, code)
        # Of those whom somebody did name there, it stays open whether they are of the sort.
        noes[classes[sources], classes[targets]] = False
        seen |= noes
    return evolve(split, told=seen)


def _split_classes(
    own: Numbers, apart: Numbers, codes: Sequence[Numbers]
) -> tuple[list[Numbers], Numbers, Numbers]:
    """Split nodes into classes: whoever has an open tie alone, all others by what they are in each layer.

    Of four nodes of the classes 0 0 0 1, of which the second is apart, and which are 5 5 5 5 in the one
    wider layer, the columns (0, 0, 5), (0, 2, 5), (0, 0, 5), (1, 0, 5) make the classes 0 1 0 2.

    Args:
        own: The class of each node so far.
        apart: The nodes with open ties.
        codes: For each wider layer the class that each node has there.

    Returns:
        For each wider layer the class there of each new class; the first node of each new class; and the
        new class of each node.
    """
    alone = np.zeros(len(own), np.int64)
    alone[apart] = 1 + apart  # 0 is for the others
    classes = np.zeros(len(own), np.int64)
    for column in (own, alone, *codes):
        # Column by column: of the codes −1 to 5 class 2 and code 3 make the key 2·7 + 4 = 18, and equal
        # keys are one class, in the order of the keys.
        least = column.min(initial=0)
        keys = classes * (column.max(initial=0) - least + 1) + column - least
        classes = np.searchsorted(np.unique(keys), keys)
    first = np.unique(classes, return_index=True)[1]
    return [one[first] for one in codes], first, classes


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
