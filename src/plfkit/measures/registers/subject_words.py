"""Subject words: whether units use the same words for what their communities inquire into."""

from __future__ import annotations

from itertools import combinations
from typing import Unpack

import numpy as np

from plfkit.graph.communities import (
    Communities,
    gather_communities,
    list_community_focuses,
    locate_communities,
)
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import build_register_result, check_kinds
from plfkit.measures.registers.register_defaults import (
    FOCUS_COLUMNS,
    measure_focuses,
)
from plfkit.model.records.needs import Need
from plfkit.model.results.fields import TOTAL
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason

TAG_SEPARATOR = ";"


@measure_focuses(
    label=Label(da="Fælles emneord", en="Shared subject words"),
    tells=Label(
        da="Hvor meget to kommuners emneord for genstandsfelter ligner hinanden, i gennemsnit.",
        en="How much the subject words of two municipalities' focuses are alike, on average.",
    ),
    beware=Label(
        da="Tallet afspejler især, hvilke emneord der står på listen.",
        en="The figure mostly mirrors which words are on the list.",
    ),
    columns=(*FOCUS_COLUMNS, "focuses.tags"),
    reference="Jaccard (1912), New Phytologist 11, 37-50, doi:10.1111/j.1469-8137.1912.tb05611.x",
    example={"unit": "school"},
    no_null="which words are on the list is nobody's chance",
)
def shared_vocabulary(
    snapshot: Snapshot, *, unit: str = "municipality", **options: Unpack[Options]
) -> Result:
    """Return how far units use the same words for what their communities inquire into.

    Formula:
        mean over pairs of units of |A and B| / |A or B|, A and B being the words of the two

    The words of a unit are the tags of its communities' focuses. How alike two units are is the
    number of words that both use, over the number that either uses (Jaccard); the figure is the
    mean over all pairs of units.

    Beware:
        A high figure does not mean shared work: it mostly mirrors which words are on the list.

    Args:
        snapshot: The moment.
        unit: The kind of unit.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        ``total``, the mean between units, and ``within``, the mean between two communities of one
        unit, beside which to read it. Undefined with words of fewer than two units.

    Raises:
        UnknownGroupError: There is no such unit kind.

    Source:
        Jaccard (1912).

    Examples:
        One school's words are reading and play, the other's reading alone: they share 1 of 2.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     focuses=["f tags=reading;play", "g tags=reading"],
        ...     communities=["t team unit=s focus=f", "u team unit=z focus=g"],
        ...     memberships=["t,u ann,bo,cy"],
        ... )
        >>> {row.figure: row.value for row in shared_vocabulary(now, unit="school")}
        {'total': 0.5, 'within': None}
    """
    resolve_options(shared_vocabulary, options)
    check_kinds(snapshot, "unit_kinds", (unit,))
    known = gather_communities(snapshot)
    at = locate_communities(snapshot, unit, known.ids)
    words = _collect_subject_words(snapshot, known)
    units: dict[int, list[frozenset[str]]] = {}
    for place, own in zip(at.tolist(), words, strict=True):
        # A community above all units, and one without words, tell nothing of a unit.
        if place >= 0 and own:
            units.setdefault(place, []).append(own)
    between = [frozenset[str]().union(*own) for own in units.values()]
    # Two communities make one pair, three make three; one alone makes none.
    within = [_average_word_overlap(own) for own in units.values() if len(own) > 1]
    rows = [
        _build_vocabulary_figure(
            [_average_word_overlap(between)] if len(between) > 1 else [], TOTAL, Reason.ONE_UNIT
        ),
        _build_vocabulary_figure(within, "within", Reason.NO_COMMUNITIES),
    ]
    evidence = {"units_with_words": len(units), "communities": int(sum(map(bool, words)))}
    return build_register_result(
        snapshot,
        shared_vocabulary,
        rows,
        variant=unit,
        needs=() if len(between) > 1 else (Need("focuses"),),
        evidence=evidence,
    )


def _collect_subject_words(snapshot: Snapshot, known: Communities) -> list[frozenset[str]]:
    tags = {focus.id: focus.tags or "" for focus in snapshot.focuses}
    found = []
    for focus, there in zip(
        list_community_focuses(snapshot, known), known.established.tolist(), strict=True
    ):
        own = tags.get(focus or "", "").split(TAG_SEPARATOR) if there else []
        found.append(frozenset(word.strip() for word in own if word.strip()))
    return found


def _average_word_overlap(sets: list[frozenset[str]]) -> float:
    """Return the mean of what pairs of sets share, over what they hold."""
    return float(np.mean([len(a & b) / len(a | b) for a, b in combinations(sets, 2)]))


def _build_vocabulary_figure(values: list[float], figure: str, reason: str) -> Figure:
    if not values:
        return Figure(figure=figure, reason=reason)
    value = float(np.mean(values))
    return Figure(figure=figure, value=value, lower=value, upper=value, observed=1.0)
