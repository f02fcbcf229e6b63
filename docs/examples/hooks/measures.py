from collections.abc import Sequence

import plfkit
from plfkit.measures import build_figures, measure
from plfkit.profiles import MeasureFunction, MeasuresContext


@measure(
    label=plfkit.Label(da="Alle byens fællesskaber", en="All communities of the town"),
    tells=plfkit.Label(da="Hvor mange fællesskaber der er.", en="How many communities there are."),
    beware=plfkit.Label(da="Ikke, om de mødes.", en="Not whether they meet."),
    figure_class="organisational",
    scale="count",
    tables=("communities",),
    reference=plfkit.Label(da="vores egen definition", en="our own definition"),
)
def community_count(snapshot: plfkit.Snapshot) -> plfkit.Result:
    """Return how many communities there are; it is always defined."""
    return plfkit.Result(
        figures=build_figures(1, value=[len(snapshot.communities)]),
        measure="community_count",
        figure_class="organisational",
        scale="count",
        at=str(snapshot.period),
        n=None,
        observed=1.0,
    )


@plfkit.hookimpl
def plfkit_measures(context: MeasuresContext) -> Sequence[MeasureFunction]:
    return [community_count]
