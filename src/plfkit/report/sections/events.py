"""What was done when: events of each kind, year by year, as far as the logs say so."""

from __future__ import annotations

from attrs import frozen

from plfkit.goals.scorecard import Scorecard
from plfkit.model.results.figures import Figure
from plfkit.report.texts import Texts


@frozen(kw_only=True)
class EventsView:
    """What was done when.

    Attributes:
        years: The years, the earliest first.
        rows: Each kind of event, and how many were held in each year.
    """

    years: list[str]
    rows: list[tuple[str, list[str]]]


def build_events_view(card: Scorecard, texts: Texts) -> EventsView:
    """Return how many events of each kind were held in each year."""
    years = card.overview.years
    held = [{f.figure: f for f in year.events if f.figure is not None} for year in years]
    kinds = [kind for kind in card.names if any(kind in year for year in held)]
    return EventsView(
        years=[texts.write_period(year.at) for year in years],
        rows=[
            (
                texts.label(card.names[kind]),
                [_write_held(year.get(kind), texts) for year in held],
            )
            for kind in kinds
        ],
    )


def _write_held(figure: Figure | None, texts: Texts) -> str:
    """Write how many were held; where the log has gaps, at least how many."""
    if figure is None or figure.lower is None:
        return texts("goals.none")
    count = texts.write_number(figure.lower)
    return count if figure.value is not None else texts("headline.at_least", value=count)
