"""Pictures by name: any picture of a released scorecard, for a notebook or an article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from attrs import frozen

from plfkit.disclosure import Released
from plfkit.errors import DisclosureError, NoDataError
from plfkit.goals.scorecard import GoalOutcome, IndicatorOutcome, Scorecard
from plfkit.hints import Hint, Language, quote_word
from plfkit.renamed_keywords import take_old_names
from plfkit.report.pictures.contacts import draw_contacts
from plfkit.report.pictures.coverage import draw_coverage
from plfkit.report.pictures.hours import draw_hours
from plfkit.report.pictures.matrices import draw_matrix
from plfkit.report.pictures.organisation import draw_organisation
from plfkit.report.pictures.picture import Picture
from plfkit.report.pictures.rows import draw_figures
from plfkit.report.pictures.transitions import draw_transitions
from plfkit.report.pictures.trends import draw_trend
from plfkit.report.texts import Texts


@frozen(kw_only=True)
class _Wish:
    """What a picture is to be drawn of."""

    kind: str
    card: Scorecard
    texts: Texts
    indicator: str | None
    goal: str | None
    relation: str | None
    year: str | None

    def find_indicator(self) -> IndicatorOutcome:
        """Return the indicator that was named."""
        known = {outcome.id: outcome for outcome in self.card.indicators}
        return known[_check_name(self.kind, "indicator", self.indicator, known)]

    def find_goal(self) -> GoalOutcome:
        """Return the goal that was named."""
        known = {goal.id: goal for goal in self.card.goals}
        return known[_check_name(self.kind, "goal", self.goal, known)]

    def list_outcomes(self) -> tuple[IndicatorOutcome, ...]:
        """Return the indicators of the goal that was named, or all of them."""
        return self.card.indicators if self.goal is None else self.find_goal().indicators

    def check_year(self) -> str | None:
        """Return the year that was named, if the overview has it."""
        years = [one.at for one in self.card.overview.years]
        return None if self.year is None else _check_name(self.kind, "at", self.year, years)

    def check_relation(self) -> str | None:
        """Return the relation that was named, if a survey asked about it."""
        asked = self.card.overview.years[-1].contacts
        if self.relation is None:
            return next(iter(asked), None)
        return _check_name(self.kind, "relation", self.relation, asked)


def _check_name(kind: str, argument: str, name: str | None, known: Iterable[str]) -> str:
    names = list(known)
    what = Hint(f"pictures.{argument}")
    named: dict[str, Any] = {"argument": argument, "what": what, "known": ", ".join(names)}
    if name is None:
        raise NoDataError(Hint("pictures.name_needed", kind=kind, **named))
    if name not in names:
        raise NoDataError(Hint("pictures.unknown_name", name=quote_word(name), **named))
    return name


def _draw_wished_contacts(wish: _Wish) -> Picture | None:
    relation = wish.check_relation()
    if relation is None:
        return None
    return draw_contacts(wish.card.overview.years[-1].contacts[relation], wish.card, wish.texts)


def _draw_wished_organisation(wish: _Wish) -> Picture | None:
    year, relation = wish.check_year(), wish.check_relation()
    return draw_organisation(wish.card, wish.texts, year=year, relation=relation)


PictureKind = Literal[
    "trend", "figures", "contacts", "organisation", "coverage", "matrix", "hours", "transitions"
]
"""Which picture `plfkit.plot` draws."""
KINDS: Mapping[PictureKind, Callable[[_Wish], Picture | None]] = {
    "trend": lambda wish: draw_trend(wish.find_indicator(), wish.card, wish.texts),
    "figures": lambda wish: draw_figures(wish.list_outcomes(), wish.card, wish.texts),
    "contacts": _draw_wished_contacts,
    "organisation": _draw_wished_organisation,
    "coverage": lambda wish: draw_coverage(wish.card, wish.texts),
    "matrix": lambda wish: draw_matrix(wish.find_goal(), wish.card, wish.texts),
    "hours": lambda wish: draw_hours(wish.find_indicator(), wish.card, wish.texts),
    "transitions": lambda wish: draw_transitions(wish.find_indicator(), wish.card, wish.texts),
}
"""The kinds of pictures, each with what draws it."""


@take_old_names(lang="language", year="at")
def plot(
    released: Released[Scorecard],
    kind: PictureKind,
    *,
    language: Language = "da",
    indicator: str | None = None,
    goal: str | None = None,
    relation: str | None = None,
    at: str | None = None,
) -> Picture:
    """Draw a picture of a released scorecard.

    In a notebook the picture shows itself; `Picture.save` writes it to a file.

    Args:
        released: A scorecard that has passed the gate.
        kind: ``"trend"`` (an indicator over the years), ``"figures"`` (indicators with their ranges),
            ``"contacts"`` (who asks whom, level by level), ``"organisation"`` (schools, levels and their
            communities), ``"coverage"`` (school by school), ``"matrix"`` (a goal's aspects by levels),
            ``"hours"`` (parts that add up) or ``"transitions"`` (what became of communities).
        language: ``"da"`` or ``"en"``.
        indicator: The id of an indicator, for a trend, hours and transitions.
        goal: The id of a goal, for a matrix; figures are those of all goals without it.
        relation: What a survey asked about, for contacts and the organisation; the first if left out.
        at: The year of the organisation; the scorecard's own if left out.

    Raises:
        DisclosureError: It has not passed the gate, or is no scorecard.
        NoDataError: There is no such kind, indicator, goal, relation or year, or nothing to draw.
        UnknownLanguageError: Pictures are not worded in that language.
    """
    if not isinstance(released, Released):
        raise DisclosureError(Hint("disclosure.not_released"))
    card = released.content
    if not isinstance(card, Scorecard):
        raise DisclosureError(Hint("pictures.no_scorecard"))
    if kind not in KINDS:
        raise NoDataError(
            Hint("pictures.unknown_kind", kind=quote_word(kind), known=", ".join(KINDS))
        )
    picture = KINDS[kind](
        _Wish(
            kind=kind,
            card=card,
            texts=Texts.of(language),
            indicator=indicator,
            goal=goal,
            relation=relation,
            year=at,
        )
    )
    if picture is None:
        raise NoDataError(Hint("pictures.nothing", kind=kind))
    return picture
