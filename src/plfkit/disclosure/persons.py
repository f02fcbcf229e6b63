"""Figures about single persons, where somebody asked for them by name and said why."""

from __future__ import annotations

from attrs import evolve

from plfkit.errors import DisclosureError
from plfkit.hints import Hint
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result


def release_persons(result: Result) -> Result:
    """Return a result with its persons, such that it neither lists nor implies who did not answer.

    What others tell of somebody goes out for all. What only those who answered can have is refused
    unless everybody answered: whoever is missing, or has a range, did not.

    Raises:
        DisclosureError: Some did not answer, and the figures are of those who did.
    """
    result = evolve(result, facts=None, is_released=True)
    if result.figures.column("id").missing.all():
        return result
    lacking = any(row.value is None for row in result if row.id in result.silent)
    if lacking or (result.silent and any(row.value is None for row in result)):
        raise DisclosureError(Hint("disclosure.silent_persons", measure=result.measure))
    rows = [
        evolve(row, lower=None, upper=None, observed=None, response_rate=None) for row in result
    ]
    return evolve(result, figures=Table.of(Figure, rows), silent=frozenset())
