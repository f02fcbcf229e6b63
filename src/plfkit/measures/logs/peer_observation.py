"""Peer observation: who was observed by a colleague, who observed one, by one source at a time."""

from __future__ import annotations

from typing import Any, Unpack

from attrs import evolve

from plfkit.graph.groups import GroupSpec
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine import anchors
from plfkit.measures.engine.answering import ANSWERS_NO_INTERVAL
from plfkit.measures.engine.catalogue import measure
from plfkit.measures.engine.columns import (
    ANSWER_COLUMNS,
    EVENT_COLUMNS,
    LAYER_COLUMNS,
    PARTICIPATION_COLUMNS,
    UNIT_COLUMNS,
)
from plfkit.measures.engine.options import TieOptions, resolve_options
from plfkit.measures.logs.observation_sources import (
    OBSERVED_SIDE,
    OBSERVER_SIDE,
    ObservationQuestion,
    measure_observation,
)
from plfkit.model.results.result import Result
from plfkit.model.words.choices import check_choice
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.kinds import Label

_OBSERVATION_COLUMNS = tuple(
    dict.fromkeys(
        (
            *ANSWER_COLUMNS,
            *LAYER_COLUMNS,
            *EVENT_COLUMNS,
            *PARTICIPATION_COLUMNS,
            "participations.role",
            *UNIT_COLUMNS,
        )
    )
)
_DECLARED: dict[str, Any] = {
    "beware": Label(
        da="Tallet siger, om det er sket, ikke hvad der kom ud af det; nogle underviser slet ikke, og "
        "andre er her kun få timer. Hvor der er spurgt, hvor tit det sker, tæller »en gang om året eller "
        "sjældnere« som et ja.",
        en="The figure says whether it happened, not what came of it; some do not teach at all, and others "
        "are here only a few hours. Where bins of frequency were asked, “once a year or less” counts as a "
        "yes.",
    ),
    "figure_class": FigureClass.ANSWERS,
    "tables": ("persons",),
    "columns": _OBSERVATION_COLUMNS,
    "reference": "plfkit's own definition; bins as in TALIS",
    "no_null": "what people tell, or logs hold, is compared with nothing that chance gives",
    "no_interval": ANSWERS_NO_INTERVAL,
}

_OUTSIDE = Label(
    da="Medarbejdere, der endnu ikke er med i kollegial observation",
    en="Staff who do not take part in peer observation yet",
)


@measure(
    label=Label(
        da="Medarbejdere, hvis undervisning en kollega har set",
        en="Staff whom a colleague observed",
    ),
    tells=Label(
        da="Hvor stor en del der er blevet observeret af en kollega, eller endnu ikke er med i "
        "kollegial observation.",
        en="How large a part was observed by a colleague, or does not take part in peer observation "
        "yet.",
    ),
    **_DECLARED,
    example={"variant": "neither"},
)
def observed_share(
    snapshot: Snapshot,
    *,
    source: str = "answers",
    variant: str | None = None,
    relation: str = "observation",
    by: GroupSpec | None = None,
    at_least: int = 1,
    people: tuple[str, ...] = (),
    **options: Unpack[TieOptions],
) -> Result:
    """Return the share of people who were observed by a colleague.

    Formula:
        people who were observed / people of whom it is known

    The figure comes from one source; sources are never mixed:

    * ``"answers"``: the item ``was_observed`` of scale surveys; any answer above the lowest on the
      scale is a yes, so items with yes and no will do, and so will items on how often. The value is
      the share among those who answered; at the ends of the range none or all of the others on the
      roster were observed.
    * ``"ties"``: people to whom ties of the relation run. Silent colleagues may have observed
      anybody, so where some did not answer there is a value only if no answer could change it.
    * ``"events"``: staff with the part ``observed`` in visits that are registered. The value is the
      share among staff whose units' logs are complete; where what logs with gaps hold rules that out
      there is a range only.

    Colleagues are those who teach side by side: people with a position in the administration, among
    leaders or outside are left out, and a leader's visit is not a colleague's. Answers under codes
    cannot be traced to people, so all of them count; the notes tell how many.

    Beware:
        A high share does not say what came of it, nor how often it happened.

    Args:
        snapshot: The moment.
        source: Which of the three.
        variant: ``"neither"`` for those who neither were observed nor observed anybody.
        relation: The relation from observer to observed, for ties.
        by: One figure for each of these groups; of answers, by the survey's unit.
        at_least: By how many colleagues, or in how many visits; answers do not tell.
        people: Those on these levels or in these roles only, as those who teach; all colleagues if
            left out.
        options: What every measure takes; nothing here rests on chance.

    Returns:
        One figure for each part; ``numerator`` counts those who were, ``denominator`` those of whom it
        is known. Undefined where nobody was asked, nothing is registered, or nobody told the ends of
        the scale.

    Raises:
        MeasureError: There is no such source, variant or relation, or `at_least` does not fit.
        UnknownGroupError: People cannot be grouped by `by`, or there are no such `people`.

    Source:
        plfkit's own definition; bins as in TALIS.

    Examples:
        Ann, Bo and Cy say that they were observed, Di that she was not: 3 of 4.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["ann,bo,cy,di s teacher"],
        ...     surveys=["q scale date=2018-11-01 lowest=0 highest=1 linked=yes"],
        ...     responses=["q ann,bo,cy,di yes"],
        ...     answers=["q was_observed 1 respondent=ann,bo,cy", "q was_observed 0 respondent=di"],
        ... )
        >>> observed_share(now).item()
        0.75
    """
    ways = resolve_options(observed_share, options, TieOptions)
    if variant is not None:
        check_choice("observed_share", "variant", variant, ("neither",))
    if variant is None:
        asked = ObservationQuestion((OBSERVED_SIDE,), relation, by, at_least, ways, people)
        return measure_observation(observed_share, snapshot, source, asked)
    either = ObservationQuestion(
        (OBSERVED_SIDE, OBSERVER_SIDE), relation, by, at_least, ways, people
    )
    return evolve(measure_observation(observed_share, snapshot, source, either), label=_OUTSIDE)


@measure(
    label=Label(
        da="Medarbejdere, der har set en kollega undervise", en="Staff who observed a colleague"
    ),
    tells=Label(
        da="Hvor stor en del der har observeret en kollegas undervisning.",
        en="How large a part has observed a colleague's teaching.",
    ),
    **_DECLARED,
    anchors=anchors.OBSERVER,
    example={"source": "ties", "by": "school"},
)
def observer_share(
    snapshot: Snapshot,
    *,
    source: str = "answers",
    relation: str = "observation",
    by: GroupSpec | None = None,
    at_least: int = 1,
    people: tuple[str, ...] = (),
    **options: Unpack[TieOptions],
) -> Result:
    """Return the share of people who observed a colleague.

    Formula:
        people who observed a colleague / people of whom it is known

    The sources are those of `observed_share`, one at a time: the item ``observed_others``, people from
    whom ties of the relation run, or staff with the part ``observer`` in registered visits. Ties of
    those who did not answer are not known: these have no part in the value.

    Beware:
        A high share does not say what came of it, nor how often it happened.

    Args:
        snapshot: The moment.
        source: ``"answers"``, ``"ties"`` or ``"events"``.
        relation: The relation from observer to observed, for ties.
        by: One figure for each of these groups; of answers, by the survey's unit.
        at_least: How many colleagues, or in how many visits; answers do not tell.
        people: As in `observed_share`.
        options: What every measure takes; nothing here rests on chance.

    Returns:
        One figure for each part, as `observed_share` has them, and undefined where those are.

    Raises:
        MeasureError: There is no such source or relation, or `at_least` does not fit.
        UnknownGroupError: People cannot be grouped by `by`, or there are no such `people`.

    Source:
        plfkit's own definition; bins as in TALIS.

    Examples:
        One visit is registered: Ann observed Bo. Of four teachers one has observed.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["ann,bo,cy,di s teacher"],
        ...     events=["v observation_visit 2018-10-01 unit=s"],
        ...     participations=["v ann role=observer", "v bo role=observed"],
        ...     complete=["s"],
        ... )
        >>> observer_share(now, source="events").item()
        0.25
    """
    ways = resolve_options(observer_share, options, TieOptions)
    asked = ObservationQuestion((OBSERVER_SIDE,), relation, by, at_least, ways, people)
    return measure_observation(observer_share, snapshot, source, asked)
