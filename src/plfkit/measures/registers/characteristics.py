"""Characteristics: which of a framework's characteristics communities show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Unpack

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags, Numbers
from plfkit.errors import MeasureError
from plfkit.graph.answers import name_community_need
from plfkit.graph.assessments import gather_characteristic_scores
from plfkit.graph.cases import Cases
from plfkit.graph.communities import (
    Communities,
    find_community_units,
    locate_communities,
)
from plfkit.graph.events import find_evidence_events, list_evidence_kinds, select_events
from plfkit.graph.logs import look_up_logs
from plfkit.graph.picking import list_distinct_pairs
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.standing import SCORE_ROUNDING
from plfkit.graph.teaching import TeachingTime
from plfkit.graph.unit_trees import find_units_of_kind
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import (
    build_register_result,
    check_kinds,
    choose_characteristics,
    choose_communities,
)
from plfkit.measures.registers.register_defaults import STANDING_COLUMNS, measure_communities
from plfkit.model.records.needs import Need
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.choices import check_choice
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason

BY_ANSWERS = "answers"
BY_EVENTS = "events"
BY_EITHER = "either"
SOURCES = (BY_ANSWERS, BY_EVENTS, BY_EITHER)
"""What communities are known by: what they say, what they held, or the first that is known."""


@measure_communities(
    label=Label(
        da="Fællesskaber, der har kendetegnene", en="Communities that show the characteristics"
    ),
    tells=Label(
        da="Hvor stor en del af fællesskaberne der har mindst så mange af de valgte kendetegn, efter "
        "deres egen vurdering eller efter de møder, de har registreret.",
        en="How large a part of the communities shows at least so many of the chosen characteristics, "
        "by their own assessment or by the meetings they registered.",
    ),
    beware=Label(
        da="Et fællesskabs vurdering af sig selv er tit mild i begyndelsen og strengere, når det ved "
        "mere: et fald er ikke altid et tilbageskridt. Møder viser, at noget er holdt, ikke hvordan.",
        en="Communities often rate themselves mildly at first and more strictly once they know more: a "
        "fall is not always a step back. Meetings show that something was held, not how.",
    ),
    figure_class=FigureClass.ANSWERS,
    tables=("communities", "memberships"),
    columns=STANDING_COLUMNS,
    counts_people=False,
    reference="plfkit's own definition, on the characteristics of the framework",
    example={"source": "either", "kinds": ["team"], "at_least": 3},
    no_null="what communities say and do is compared with nothing",
    no_interval="every community is asked, so nothing is left to chance",
)
def characteristics_profile(
    snapshot: Snapshot,
    *,
    framework: str = "five_characteristics",
    source: str = BY_ANSWERS,
    characteristics: tuple[str, ...] | None = None,
    kinds: tuple[str, ...] | None = None,
    at_least: int = 4,
    threshold: float | None = None,
    by: str | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the share of communities that show at least a certain number of some characteristics.

    Formula:
        communities that show at least so many of the characteristics / communities of which it is
        known

    By its answers a community shows a characteristic when it sees itself at least `threshold` of
        the way up the scale: by the mean of the items that the framework's `keys` name for it, those
    that are reversed turned, and by the characteristic's own id where it names none. By events it
    shows one when it held at least six that are evidence for it, in at least four of the school
    year's five stretches of two months (a *convention*,
        `plfkit.model.declared.standards.Standards`). The two are different things and never mixed: what
    a community says of one characteristic is not added to what its meetings show of another. A
    community that did not answer every item of the characteristics, or whose log of such events has
    gaps, has no part in the value, and widens the range.

    Beware:
        A high share does not mean that the work is good: communities may judge themselves mildly, and a
        meeting that was held does not show how.

    Args:
        snapshot: The moment.
        framework: Whose characteristics.
        source: ``"answers"``, ``"events"``, or ``"either"``: a community's answers where it answered
            every item of the characteristics, and else its events.
        characteristics: Those that count; all of the framework if left out.
        kinds: The kinds of community that count, with their sorts; all if left out.
        at_least: How many of the characteristics.
        threshold: How far up the scale, from 0 to 1; the standard `clear` if left out, two thirds or
            3 on a scale from 1 to 4.
        by: One figure for each of these units, a unit kind.
        options: What every measure takes; nothing here rests on chance.

    Returns:
        One figure for each part; ``numerator`` and ``denominator`` count communities of which it is
        known, ``n`` their people. Undefined without communities, and where it is known of none.

    Raises:
        MeasureError: There are fewer characteristics than `at_least`, the framework lacks one of them,
            or there is no such threshold or source.
        UnknownGroupError: There is no such framework, kind of community or unit kind.

    Source:
        plfkit's own definition, on the characteristics of the framework.

    Examples:
        On a scale from 1 to 4 two thirds up is 3. The team *t* sees itself there on collaboration, the team
        *u* on neither: 1 of 2 shows at least one.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     memberships=["t,u ann,bo,cy"],
        ...     surveys=["q scale date=2018-11-01 lowest=1 highest=4"],
        ...     answers=[
        ...         "q collaboration 3 community=t",
        ...         "q shared_values 2 community=t",
        ...         "q collaboration,shared_values 2 community=u",
        ...     ],
        ... )
        >>> two = ("collaboration", "shared_values")
        >>> characteristics_profile(now, characteristics=two, at_least=1).item()
        0.5
    """
    resolve_options(characteristics_profile, options)
    check_choice("characteristics_profile", "source", source, SOURCES)
    wanted = choose_characteristics(snapshot, framework, characteristics)
    if not 1 <= at_least <= len(wanted):
        raise MeasureError(f"{len(wanted)} characteristics are asked for: at_least is among them")
    clear = snapshot.standards.clear if threshold is None else threshold
    if not 0 < clear <= 1:
        raise MeasureError(f"a threshold lies between 0 and 1, not at {clear:g}")
    known, counting = choose_communities(snapshot, kinds)
    listing = snapshot.vocabulary.frameworks[framework].list_items
    keys = {name: listing(name) for name in wanted}
    shown = _find_shown_characteristics(snapshot, known.ids, keys, source=source, threshold=clear)
    # Shown for certain 3 of 5, perhaps 4: not at least 4 for certain, but possibly.
    surely, possibly = (mask.sum(axis=1) >= at_least for mask in (shown.yes, shown.maybe))
    rows = list(
        _compute_unit_shares(snapshot, known, Cases(surely, possibly, shown.whole), counting, by)
    )
    return build_register_result(
        snapshot,
        characteristics_profile,
        rows,
        variant=f"{framework}, {source}, at least {at_least} of {len(wanted)}",
        by=by,
        needs=_name_profile_needs(snapshot, known.ids, keys, source, counting),
        questions=() if source == BY_EVENTS else (f"{framework}, {clear:.3g}",),
        evidence={"communities": int(counting.sum())},
    )


@frozen(eq=False)
class _ShownCharacteristics:
    """Which characteristics (columns) communities (rows) show.

    Attributes:
        yes: Those they show for certain.
        maybe: Those they may show.
        whole: Of which communities everything is known.
    """

    yes: Flags
    maybe: Flags
    whole: Flags

    def fill_from(self, other: _ShownCharacteristics) -> _ShownCharacteristics:
        """Return what this source says of the communities it knows all of, and the other of the rest."""
        # Row by row, never cell by cell: two sources are not mixed within one community.
        first = self.whole[:, None]
        return _ShownCharacteristics(
            np.where(first, self.yes, other.yes),
            np.where(first, self.maybe, other.maybe),
            self.whole | other.whole,
        )


def _find_shown_characteristics(
    snapshot: Snapshot,
    ids: tuple[str, ...],
    keys: Mapping[str, tuple[str, ...]],
    *,
    source: str,
    threshold: float,
) -> _ShownCharacteristics:
    if source == BY_EVENTS:
        return _read_event_evidence(snapshot, ids, tuple(keys))
    said = _read_self_assessments(snapshot, ids, keys, threshold)
    return (
        said
        if source == BY_ANSWERS
        else said.fill_from(_read_event_evidence(snapshot, ids, tuple(keys)))
    )


def _read_self_assessments(
    snapshot: Snapshot, ids: tuple[str, ...], keys: Mapping[str, tuple[str, ...]], threshold: float
) -> _ShownCharacteristics:
    """Read characteristics from what communities say of themselves."""
    scores = gather_characteristic_scores(snapshot, ids, keys)
    # Of two items one was answered 4 of 1 to 4: the score lies between 0.5 and 1, and 2/3 may be reached.
    yes, maybe = (ends >= threshold - SCORE_ROUNDING for ends in (scores.least, scores.most))
    return _ShownCharacteristics(yes, maybe, np.asarray(scores.known.all(axis=1)))


def _read_event_evidence(
    snapshot: Snapshot, ids: tuple[str, ...], wanted: tuple[str, ...]
) -> _ShownCharacteristics:
    """Read them from the log of what communities held."""
    events, time = select_events(snapshot), TeachingTime.of(snapshot, ids)
    whose = events.match_communities(ids)
    # Events that are no evidence for the characteristic belong to no community (−1), and fall out.
    kept_up = [
        time.is_kept_up(
            np.where(find_evidence_events(snapshot, events, one), whose, -1), events.dates
        )
        for one in wanted
    ]
    logs = look_up_logs(snapshot, list_evidence_kinds(snapshot, wanted))
    complete = logs.mark_complete_units(find_community_units(snapshot, ids)) & time.tells
    yes = np.stack(kept_up, axis=1)
    return _ShownCharacteristics(yes, yes | ~complete[:, None], complete)


def _name_profile_needs(
    snapshot: Snapshot,
    ids: tuple[str, ...],
    keys: Mapping[str, tuple[str, ...]],
    source: str,
    counting: Flags,
) -> tuple[Need, ...]:
    """Name what would have to be filled in for all to be known of the communities that count."""
    untold = counting & ~gather_characteristic_scores(snapshot, ids, keys).known.all(axis=1)
    if source == BY_ANSWERS:
        items = [item for own in keys.values() for item in own]
        return (name_community_need(snapshot, items),) if untold.any() else ()
    logs = look_up_logs(snapshot, list_evidence_kinds(snapshot, tuple(keys)))
    # Where either source will do, the log matters only for those who did not tell.
    left = untold if source == BY_EITHER else counting
    return logs.name_missing_logs(np.unique(find_community_units(snapshot, ids)[left]))


def _compute_unit_shares(
    snapshot: Snapshot, known: Communities, cases: Cases, counting: Flags, by: str | None
) -> Iterator[Figure]:
    """Yield the share of communities that count, of each unit or of all."""
    labels, at = _locate_in_parts(snapshot, known, by)
    at = np.where(counting, at, -1)
    # Somebody in two of a unit's communities is one of the people behind its figure.
    whose = at[known.numbers]
    parts, _ = list_distinct_pairs(whose[whose >= 0], known.persons[whose >= 0])
    people = np.bincount(parts, minlength=len(labels)).tolist()
    # Communities in the order of their parts: those of part 1 begin where those of part 0 end.
    order = np.argsort(at, kind="stable")
    starts = np.searchsorted(at[order], np.arange(len(labels) + 1))
    for number, label in enumerate(labels):
        here = cases.take(order[starts[number] : starts[number + 1]])
        yield here.compute_share(part=label, people=people[number], empty=Reason.NO_COMMUNITIES)


def _locate_in_parts(
    snapshot: Snapshot, known: Communities, by: str | None
) -> tuple[tuple[str | None, ...], Numbers]:
    """Return the units of a kind, None for the whole, and in which of them each community is; −1 for none."""
    if by is None:
        return (None,), np.zeros(len(known.ids), np.int64)
    check_kinds(snapshot, "unit_kinds", (by,))
    ids, units = snapshot.units.column("id").categories, find_units_of_kind(snapshot, by)
    at = locate_communities(snapshot, by, known.ids)
    parts = np.where(at >= 0, np.searchsorted(units, at), -1)
    return tuple(ids[unit] for unit in units.tolist()), parts
