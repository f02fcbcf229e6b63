"""Response: how many of those who were asked about a relation answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

import numpy as np

from plfkit.arrays import Flags, Numbers
from plfkit.graph.cases import Cases, Part
from plfkit.graph.groups import GroupSpec
from plfkit.graph.layers import Layer
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.staff_list import list_staff
from plfkit.measures.engine.catalogue import OWN_DEFINITION, describe_measure
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import StaffParts, describe_part, split_staff
from plfkit.measures.ties.tie_defaults import measure_ties
from plfkit.model.records.needs import Need
from plfkit.model.records.tables import Table
from plfkit.model.results.facts import Facts, PeopleCount, PeopleSet
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason


@measure_ties(
    label=Label(da="Andel, der har svaret", en="Share who answered"),
    tells=Label(
        da="Hvor stor en del af dem, der blev spurgt om en relation, der har svaret.",
        en="How large a part of those who were asked about a relation answered.",
    ),
    beware=Label(
        da="Mange svar gør ikke svarene rigtige, og de, der ikke svarede, kan ligne hinanden.",
        en="Many answers are not right answers, and those who did not answer may be alike.",
    ),
    tables=("persons", "surveys", "responses"),
    reference=OWN_DEFINITION,
    example={"relation": "advice", "by": "school"},
    no_null="who answers is compared with nothing that chance gives",
    no_interval="who was asked is known, and so is who answered",
)
def response_rate(
    snapshot: Snapshot,
    *,
    relation: str,
    by: GroupSpec | None = None,
    survey: str | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the share of those asked about a relation who answered.

    Formula:
        people who answered all that asked them / people who were asked

    Asked is who stands on the roster of a survey about the relation. Whoever stands on several rosters
    counts as having answered if their answers tell of everybody they were asked about.

    Beware:
        Many answers are not right answers, and those who did not answer may be alike.

    Args:
        snapshot: The moment.
        relation: Which ties people were asked about.
        by: One figure for each of these groups: those of its staff who were asked.
        survey: Which survey, if several asked.
        options: What every measure takes; nothing here rests on chance.

    Returns:
        One figure for each part; ``numerator`` counts those who answered, ``denominator`` those asked.
        Undefined where nobody was asked, and where it was not recorded of everybody who was.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: People cannot be grouped by `by`.

    Source:
        plfkit's own definition.

    Examples:
        Ann, Bo, Cy and Di were asked, and Di did not answer: 3 of 4.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     surveys=["q network relation=advice date=2018-11-01"],
        ...     responses=["q ann,bo,cy yes", "q di no"],
        ...     ties=["ann bo advice survey=q"],
        ... )
        >>> response_rate(now, relation="advice").item()
        0.75
    """
    resolve_options(response_rate, options)
    layer = snapshot.layer(relation, survey=survey)
    asked, answered = _find_asked_people(layer), _mark_answered_people(snapshot, layer)
    parts = split_staff(snapshot, by)
    was_asked = np.zeros(len(snapshot.person_ids), np.bool_)
    was_asked[asked] = True
    # Of the whole everybody counts who was asked, on the staff list or not.
    groups = [(None, asked)] if by is None else [(p, own[was_asked[own]]) for p, own in parts]
    rows = [_compute_response(layer, answered[own], part) for part, own in groups]
    known = len(asked) > 0
    return Result(
        figures=Table.of(Figure, rows),
        **describe_measure(response_rate),
        relation=relation,
        relation_label=snapshot.vocabulary.relations[relation].label,
        by=None if parts.groups is None else parts.groups.name,
        several=None if parts.groups is None else parts.groups.several,
        at=str(snapshot.period),
        reference_day=snapshot.reference_text,
        n=len(asked),
        observed=1.0 if known else None,
        range_kind=RangeKind.EXACT if known else RangeKind.UNKNOWN,
        questions=snapshot.questions(relation),
        notes=snapshot.notes,
        needs=() if known else (Need("responses"),),
        facts=_collect_response_facts(
            snapshot, parts, groups, PeopleSet(asked, {"asked": (relation,)}), answered
        ),
    )


def _find_asked_people(layer: Layer) -> Numbers:
    """Return who was asked about a layer; nobody where it was not recorded of all of its people."""
    observation = layer.observation
    if observation is None:
        return layer.persons[:0]
    return layer.persons[np.asarray(observation.asked.any(axis=1))[observation.codes]]


def _mark_answered_people(snapshot: Snapshot, layer: Layer) -> Flags:
    """Tell of everybody whether they answered all that asked them, where that was recorded."""
    answered = np.zeros(len(snapshot.person_ids), np.bool_)
    if layer.observation is not None:
        answered[layer.persons] = layer.observation.nodes_answered
    return answered


def _compute_response(layer: Layer, answered: Flags, part: str | None) -> Figure:
    """Return the share of some of those asked who answered, or why there is none."""
    if layer.observation is None:
        return Figure(part=part, reason=layer.reason or Reason.NOT_REGISTERED)
    shown = Cases.of_register(answered)
    return shown.compute_share(part=part, people=len(answered), empty=Reason.NOT_SURVEYED)


def _collect_response_facts(
    snapshot: Snapshot,
    parts: StaffParts,
    groups: Sequence[Part],
    everybody: PeopleSet,
    answered: Flags,
) -> Facts:
    """Return of whom figures of response speak, and who answered, where that was recorded."""
    by = None if parts.groups is None else parts.groups.name
    sets = {
        part: PeopleSet(own, words)
        for part, own in groups
        if (words := describe_part(snapshot, by, part, universe=everybody.who)) is not None
    }
    # It is the yes or no that stands beside every figure of these answers, and is told once.
    count = PeopleCount(everybody, answered, answered, complete=True) if len(everybody) else None
    return Facts(staff=list_staff(snapshot), sets=sets, count=count)
