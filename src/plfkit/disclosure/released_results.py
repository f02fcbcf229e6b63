"""Results as they may be seen: taken apart, and put together again from what is told of their figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from plfkit.disclosure.beside import (
    keep_public_evidence,
    keep_public_notes,
    keep_told_doubt,
    keep_told_needs,
    round_down,
)
from plfkit.disclosure.counted import release_counts
from plfkit.disclosure.ends import count_rounded_ends
from plfkit.disclosure.organisational import (
    release_community_counts,
    release_places,
    release_plain,
)
from plfkit.disclosure.publication import Publication, is_of_two_periods
from plfkit.disclosure.recording import record_hidden
from plfkit.disclosure.rounding import round_by_scale
from plfkit.disclosure.rules import hide_level_figures, withhold_persons
from plfkit.disclosure.statistics import release_statistics
from plfkit.errors import DisclosureError
from plfkit.hints import Hint
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.kinds import Label
from plfkit.model.words.notes import Note


def release_result(result: Result, publication: Publication) -> Result:
    """Build the released result; a field that is not named here does not leave."""
    _refuse_chosen_groups(result)
    floor = publication.floor
    rows = _release_rows(result, publication)
    whole = next((row for row in rows if row.part is None), None)
    several = None if result.several is None else round_down(result.several, floor)
    return Result(
        figures=Table.of(Figure, rows),
        measure=result.measure,
        figure_class=result.figure_class,
        scale=result.scale,
        scales=result.scales,
        variant=result.variant,
        relation=result.relation,
        groups=result.groups,
        by=result.by,
        at=result.at,
        reference_day=result.reference_day,
        n=None if whole is None else whole.n,
        observed=_find_told_observed(result, whole),
        **keep_told_doubt(result, rows),
        missing=result.missing,
        minimum_strength=result.minimum_strength,
        null=result.null,
        extreme=result.extreme,
        counts_people=result.counts_people,
        label=result.label,
        relation_label=result.relation_label,
        several=several or None,
        names=_keep_told_names(result, rows, publication),
        notes=keep_public_notes(result.notes, rows, floor) | _note_rounded_ends(result, rows),
        evidence=keep_public_evidence(result),
        # Which communities bear a figure out shows who is in them: of two leaders, that both are.
        rests_on=(),
        needs=keep_told_needs(result, whole, publication),
        questions=result.questions,
        reference=result.reference,
        call=result.call,
        is_released=True,
    )


def _note_rounded_ends(result: Result, rows: Sequence[Figure]) -> dict[str, int]:
    """Note how many ranges reach nothing or all, where the gate moves ends that lie near there."""
    counted = result.facts is not None and result.facts.count is not None
    unmoved = result.figure_class is FigureClass.ORGANISATIONAL or is_of_two_periods(result.at)
    if counted or unmoved:
        return {}
    count = count_rounded_ends(rows, result)
    return {Note.RANGE_ENDS_ROUNDED: count} if count else {}


def _keep_told_names(
    result: Result, rows: Sequence[Figure], publication: Publication
) -> dict[str, Label]:
    """Return the names of the groups that are told of, those that are told together among them."""
    words = result.names if result.by in {"level", "role"} else ()
    names = {**result.names, **name_joined_groups(publication, result.names, words)}
    told = {group for row in rows for group in (row.part, row.from_, row.to, row.figure)}
    return {group: label for group, label in names.items() if group in told}


def _refuse_chosen_groups(result: Result) -> None:
    """Refuse groups of the asker's choice: whom they leave out could be anybody."""
    # A relation is held against groups too: whether two people share one would tell of their tie.
    held = (result.call.get("against"), *(result.call.get("on") or ()))
    # So would a number of each of them: of "sender:mapping" the last word is looked at.
    chosen = {str(one).rpartition(":")[2] for one in held}
    if "mapping" in {result.by, result.groups, *chosen}:
        raise DisclosureError(Hint("disclosure.chosen_groups", measure=result.measure))


def _release_rows(result: Result, publication: Publication) -> list[Figure]:
    """Return what is told of each figure, by what is known of whom it speaks."""
    facts = result.facts
    if not result.figures.column("id").missing.all():
        return list(withhold_persons(result.figures))
    if facts is not None and facts.places is not None:
        return release_places(result, facts, publication)
    if facts is not None and facts.heads is not None:
        return release_community_counts(result, facts.heads, publication)
    if facts is not None and facts.count is not None:
        # What is counted is of the later year: a change of it is of two tables.
        told = None if is_of_two_periods(result.at) else publication.tell_count(result)
        if told is not None:
            return release_counts(result, facts, facts.count.universe, told, publication)
        return [record_hidden(publication, result, figure, None) for figure in result.figures]
    if facts is not None and result.figure_class is not FigureClass.ORGANISATIONAL:
        rows = release_statistics(result, facts, publication)
    else:
        rows = release_plain(result, publication)
    return hide_level_figures(rows, result)


def _find_told_observed(result: Result, whole: Figure | None) -> float | None:
    """Return how much was observed of the whole, where that is told of its figure."""
    if result.figure_class is FigureClass.ORGANISATIONAL:
        return round_by_scale(result.observed, "share")
    return None if whole is None else whole.observed


def name_joined_groups(
    publication: Publication, names: Mapping[str, Label], levels: Collection[str | None]
) -> dict[str, Label]:
    """Return what readers call small groups that are told together."""
    return {
        one.key: Label.join(
            [names[label] for label in one.labels], names=one.labels[0] not in levels
        )
        for told in publication.counts
        for one in told.plan.sets
        if len(one.labels) > 1 and all(label in names for label in one.labels)
    }
