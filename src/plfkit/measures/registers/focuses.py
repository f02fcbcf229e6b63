"""Focuses: whether what communities inquire into hangs together, and in which words."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, combinations
from typing import Unpack

import numpy as np

from plfkit.arrays import Flags
from plfkit.errors import MeasureError
from plfkit.graph.cases import Cases, compute_share_within
from plfkit.graph.communities import (
    NO_PLACE,
    Communities,
    gather_communities,
    locate_communities,
    pick_ids,
)
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.standing import REGISTERED, judge_standing
from plfkit.measures.engine.catalogue import measure
from plfkit.measures.engine.columns import (
    ASSESSMENT_COLUMNS,
    COMMUNITY_COLUMNS,
    EVENT_COLUMNS,
    STAFF_COLUMNS,
    UNIT_COLUMNS,
)
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import build_register_result, check_kinds
from plfkit.model.results.fields import TOTAL
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.vocabulary import normalise_title

FOCUS_TABLES = ("communities", "memberships", "focuses")
FOCUS_COLUMNS = (
    *STAFF_COLUMNS,
    *UNIT_COLUMNS,
    *COMMUNITY_COLUMNS,
    "communities.focus",
    "focuses.id",
)
SEPARATOR = ";"


@measure(
    label=Label(da="Genstandsfelter, der hænger sammen", en="Focuses that are linked"),
    tells=Label(
        da="Hvor stor en del af fællesskaberne der har et genstandsfelt, som hører under skolens, der "
        "igen hører under kommunens.",
        en="How large a part of the communities has a focus that serves the school's, which in turn "
        "serves the municipality's.",
    ),
    beware=Label(
        da="En kæde på papir viser ikke, at fællesskabet arbejder med det.",
        en="A chain on paper does not show that the community works on it.",
    ),
    figure_class="organisational",
    tables=FOCUS_TABLES,
    columns=(*FOCUS_COLUMNS, *EVENT_COLUMNS, *ASSESSMENT_COLUMNS, "focuses.parent"),
    reference="plfkit's own definition",
    example={"links": 1, "basis": "learning"},
    no_null="focuses are registered, and compared with nothing",
    no_interval="a register holds every focus, so nothing is left to chance",
)
def focus_chain(
    snapshot: Snapshot,
    *,
    links: int = 2,
    basis: str = REGISTERED,
    **options: Unpack[Options],
) -> Result:
    """Return the share of communities whose focus serves a wider one, and that a wider one still.

    Communities of which no focus is registered, or not whether they count, have no part in the value,
    and widen the range.

    Args:
        snapshot: The moment.
        links: How many wider focuses there are to be above a community's own.
        basis: What makes a community count, as `plfkit.measures.membership_coverage` says.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure; ``numerator`` and ``denominator`` count communities with enough members and a
        focus. Undefined where no community has a focus.

    Raises:
        MeasureError: `links` is less than 1, or there is no such basis.
    """
    resolve_options(focus_chain, options)
    if links < 1:
        raise MeasureError(f"focus_chain: links is 1 or more, not {links}")
    found = judge_standing(snapshot, basis, "focus_chain")
    known = found.communities
    focuses = _list_community_focuses(snapshot, known)
    parents = {focus.id: focus.parent for focus in snapshot.focuses}
    has = np.array([focus is not None for focus in focuses], np.bool_)
    linked = np.array(
        [_count_wider_focuses(focus, parents) >= links for focus in focuses], np.bool_
    )
    inside = Cases(found.counts, found.maybe, found.known)
    figure = compute_share_within(Cases.of_known(linked, has), inside, empty="no_communities")
    unsaid = () if has[found.maybe].all() else ("communities",)
    return build_register_result(
        snapshot,
        focus_chain,
        [figure],
        variant=basis,
        needs=(*unsaid, *found.needs),
        evidence={
            "communities": int(found.counts.sum()),
            "communities_unknown": int((found.maybe & ~found.counts).sum()),
            "focuses": len({*focuses} - {None}),
        },
        rests_on=pick_ids(known.ids, linked & found.counts),
    )


@measure(
    label=Label(da="Fælles genstandsfelter", en="Focuses in common"),
    tells=Label(
        da="Hvor stor en del af fællesskaberne der arbejder med det samme genstandsfelt, eller under "
        "det samme fælles felt, som et fællesskab et andet sted.",
        en="How large a part of the communities works on the same focus, or under the same wider one, "
        "as a community elsewhere.",
    ),
    beware=Label(
        da="Et felt, der er bredt nok, er alles: det samme ord viser ikke, at man arbejder ens.",
        en="A focus that is wide enough is everybody's: the same word does not show the same work.",
    ),
    figure_class="organisational",
    tables=("units", "communities", "memberships"),
    columns=(
        *FOCUS_COLUMNS,
        *UNIT_COLUMNS,
        *EVENT_COLUMNS,
        *ASSESSMENT_COLUMNS,
        "communities.unit",
        "focuses.parent",
    ),
    reference="plfkit's own definition",
    example={"across": "school", "basis": "learning"},
    no_null="focuses are registered, and compared with nothing",
    no_interval="a register holds every focus, so nothing is left to chance",
)
def shared_focus(
    snapshot: Snapshot,
    *,
    across: str = "school",
    basis: str = REGISTERED,
    **options: Unpack[Options],
) -> Result:
    """Return the share of communities that share a focus with a community of another unit.

    What a community works on is its own focus and all wider ones above it; two share one where any of
    these is the same, whatever its case and spacing. Any community with enough members is company.
    Communities of which no focus is registered, or not whether they count, have no part in the value,
    and widen the range.

    Args:
        snapshot: The moment.
        across: The kind of unit: communities of two different ones are elsewhere from each other, and
            one that belongs to none, such as a network, from those of all.
        basis: What makes a community count, as `plfkit.measures.membership_coverage` says.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure; ``numerator`` and ``denominator`` count communities that count and have a focus.
        Undefined with fewer than two such units, and where no community has a focus.

    Raises:
        MeasureError: There is no such basis.
        UnknownGroupError: There is no such unit kind.
    """
    resolve_options(shared_focus, options)
    check_kinds(snapshot, "unit_kinds", (across,))
    found = judge_standing(snapshot, basis, "shared_focus")
    known = found.communities
    parents = {focus.id: focus.parent for focus in snapshot.focuses}
    topics = [_collect_topics(focus, parents) for focus in _list_community_focuses(snapshot, known)]
    at = locate_communities(snapshot, across, known.ids).tolist()
    has = np.array([bool(one) for one in topics], np.bool_)
    shared = _find_shared_topics(topics, at, known.established)
    blank = known.established & ~has
    cases = Cases(shared, shared | blank.any(), has)
    inside = Cases(found.counts, found.maybe, found.known)
    figure = compute_share_within(cases, inside, empty="no_communities")
    if len({*at} - {NO_PLACE}) < _PAIR:
        figure = Figure(reason="one_unit")
    unsaid = ("communities",) if blank.any() else ()
    return build_register_result(
        snapshot,
        shared_focus,
        [figure],
        variant=f"{across}, {basis}",
        needs=(*unsaid, *found.needs),
        evidence={"communities": int(found.counts.sum()), "focuses": len({*chain(*topics)})},
        rests_on=pick_ids(known.ids, shared & found.counts),
    )


_PAIR = 2


def _collect_topics(focus: str | None, parents: Mapping[str, str | None]) -> frozenset[str]:
    """Return a focus and all wider ones above it."""
    found: set[str] = set()
    while focus is not None and normalise_title(focus) not in found:
        found.add(normalise_title(focus))
        focus = parents.get(focus)
    return frozenset(found)


def _find_shared_topics(topics: list[frozenset[str]], at: list[int], which: Flags) -> Flags:
    """Tell which communities share a topic with one, of some, that is elsewhere."""
    where: dict[str, set[int]] = {}
    for own, place, counts in zip(topics, at, which.tolist(), strict=True):
        for topic in own if counts else ():
            where.setdefault(topic, set()).add(place)
    shared = [
        any(where.get(topic, set()) - {place} for topic in own)
        for own, place in zip(topics, at, strict=True)
    ]
    return np.array(shared, np.bool_)


def _list_community_focuses(snapshot: Snapshot, known: Communities) -> list[str | None]:
    """Return the focus of each community."""
    of_id = {community.id: community.focus for community in snapshot.communities}
    return [of_id[name] for name in known.ids]


def _count_wider_focuses(focus: str | None, parents: Mapping[str, str | None]) -> int:
    """Count the wider focuses above one; a focus that no row tells of has none."""
    count = 0
    while focus is not None and (focus := parents.get(focus)) is not None:
        count += 1
    return count


@measure(
    label=Label(da="Fælles emneord", en="Shared subject words"),
    tells=Label(
        da="Hvor meget to kommuners emneord for genstandsfelter ligner hinanden, i gennemsnit.",
        en="How much the subject words of two municipalities' focuses are alike, on average.",
    ),
    beware=Label(
        da="Tallet afspejler især, hvilke emneord der står på listen.",
        en="The figure mostly mirrors which words are on the list.",
    ),
    figure_class="organisational",
    tables=FOCUS_TABLES,
    columns=(
        *FOCUS_COLUMNS,
        "communities.unit",
        "units.id",
        "units.kind",
        "units.parent",
        "focuses.tags",
    ),
    reference="Jaccard (1912), New Phytologist 11, 37-50, doi:10.1111/j.1469-8137.1912.tb05611.x",
    example={"unit": "school"},
    no_null="which words are on the list is nobody's chance",
    no_interval="a register holds every focus, so nothing is left to chance",
)
def shared_vocabulary(
    snapshot: Snapshot, *, unit: str = "municipality", **options: Unpack[Options]
) -> Result:
    """Return how far units use the same words for what their communities inquire into.

    The words of a unit are the tags of its communities' focuses. Two units are as alike as the words
    they share, over all they use (Jaccard); the figure is the mean over all pairs of units.

    Args:
        snapshot: The moment.
        unit: The kind of unit.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        ``total``, the mean between units, and ``within``, the mean between two communities of one
        unit, to read it by. Undefined with words of fewer than two units.

    Raises:
        UnknownGroupError: There is no such unit kind.

    Source:
        Jaccard (1912).
    """
    resolve_options(shared_vocabulary, options)
    check_kinds(snapshot, "unit_kinds", (unit,))
    known = gather_communities(snapshot)
    at = locate_communities(snapshot, unit, known.ids)
    words = _collect_subject_words(snapshot, known)
    units: dict[int, list[frozenset[str]]] = {}
    for place, own in zip(at.tolist(), words, strict=True):
        if place >= 0 and own:
            units.setdefault(place, []).append(own)
    between = [frozenset[str]().union(*own) for own in units.values()]
    within = [_average_word_overlap(own) for own in units.values() if len(own) > 1]
    rows = [
        _build_vocabulary_figure(
            [_average_word_overlap(between)] if len(between) > 1 else [], TOTAL, "one_unit"
        ),
        _build_vocabulary_figure(within, "within", "no_communities"),
    ]
    evidence = {"units_with_words": len(units), "communities": int(sum(map(bool, words)))}
    return build_register_result(
        snapshot,
        shared_vocabulary,
        rows,
        variant=unit,
        needs=() if len(between) > 1 else ("focuses",),
        evidence=evidence,
    )


def _collect_subject_words(snapshot: Snapshot, known: Communities) -> list[frozenset[str]]:
    tags = {focus.id: focus.tags or "" for focus in snapshot.focuses}
    found = []
    for focus, there in zip(
        _list_community_focuses(snapshot, known), known.established.tolist(), strict=True
    ):
        own = tags.get(focus or "", "").split(SEPARATOR) if there else []
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
