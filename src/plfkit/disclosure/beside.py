"""What leaves beside figures: evidence, needs, notes, and why a measure refuses.

A word or a count beside a figure tells as much as the figure does. Each leaves only as far as it follows
from what is told, or from what is public.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, assert_never

from plfkit.disclosure.publication import Publication
from plfkit.disclosure.rules import is_figure_shown
from plfkit.measures import CORE
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.records.needs import Need
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.closed import Sight
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.notes import Note
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason

_OF_MEMBERS = frozenset({"communities", "too_small"})
"""Evidence of how many communities have members enough to count."""


def keep_public_evidence(result: Result) -> dict[str, int]:
    """Keep what figures rest on, but for how many communities have members enough.

    Of communities that is told: their figures are shares of those that count.
    """
    if not _may_tell_evidence(result):
        return {}
    public = result.figure_class is FigureClass.ORGANISATIONAL
    hidden = {"too_small"} if public else _OF_MEMBERS
    return {name: count for name, count in result.evidence.items() if name not in hidden}


def _may_tell_evidence(result: Result) -> bool:
    """Tell whether what figures rest on is of the whole staff, and not of the few who were chosen."""
    if result.figure_class is FigureClass.ORGANISATIONAL:
        return True
    # What somebody else's measure calls evidence may be of anybody.
    if result.figure_class is FigureClass.ANSWERS or result.measure not in CORE:
        return False
    count = None if result.facts is None else result.facts.count
    chosen = [] if result.facts is None else [one.who for one in result.facts.sets.values()]
    return count is None or not (count.universe.who or any("of" in who for who in chosen))


def keep_told_needs(
    result: Result, whole: Figure | None, publication: Publication
) -> tuple[Need, ...]:
    """Keep what would make figures surer where it is told that they are not sure.

    Else it would say that something is not known of somebody, where a class hides whether it is.
    """
    personal = {"answers", "responses"}
    if result.figure_class is FigureClass.PARTICIPATION:
        return result.needs if _is_told_unsure(result, whole, publication) else ()
    if result.figure_class is not FigureClass.ANSWERS or result.observed is None:
        return result.needs
    told = whole is not None and whole.observed is not None
    return tuple(need for need in result.needs if told or need.table not in personal)


def _is_told_unsure(result: Result, whole: Figure | None, publication: Publication) -> bool:
    """Tell whether what is told of the whole says that it is not known of everybody."""
    facts = result.facts
    if facts is None or facts.count is None:
        if whole is None or whole.reason in {Reason.WITHHELD, Reason.BAND}:
            return False
        return whole.value is None or whole.lower != whole.upper
    told = publication.tell_count(result)
    if told is None:
        return False
    surely, possibly = told.find_spans(told.plan.universe)
    return surely != possibly


def keep_told_doubt(result: Result, rows: Sequence[Figure]) -> dict[str, Any]:
    """Return what is told of how ranges and intervals were found: nothing where none of them is told.

    Of a range that is simulated, or of how values follow from those who answered, it would be known that
    not everybody did; of one that is exact where others are simulated, that everybody did.
    """
    kept: dict[str, Any] = {
        name: getattr(result, name)
        for name in ("range_kind", "method", "interval", "draws", "seed")
    }
    if not any(map(_has_interval, rows)):
        kept["interval"] = None
    if any(map(_has_range, rows)) or not any(map(_has_range, result)):
        return kept
    kept |= {"range_kind": RangeKind.UNKNOWN, "method": None}
    # Draws of what chance gives were there whoever answered.
    return kept if result.null else kept | {"draws": None, "seed": None}


def _has_range(figure: Figure) -> bool:
    return figure.lower is not None or figure.upper is not None


def _has_interval(figure: Figure) -> bool:
    return figure.interval_lower is not None


def keep_public_notes(
    notes: Mapping[str, int], rows: Sequence[Figure], floor: PrivacyFloor
) -> dict[str, int]:
    """Keep notes, those that count people in steps of k; that a few are in no group without number.

    Args:
        notes: The notes of a result.
        rows: What is told of its figures.
        floor: The thresholds.
    """
    kept = {
        name: told
        for name, count in notes.items()
        if (told := _tell_note(name, count, rows, floor))
    }
    for note in Note:
        if note.few is not None and note in notes and note not in kept:
            kept[note.few] = floor.k
    if Note.FEW_IN_NO_GROUP in kept:
        kept.pop(Note.TIES_IN_NO_GROUP, None)
    return kept


def _tell_note(name: str, count: int, rows: Sequence[Figure], floor: PrivacyFloor) -> int:
    """Return what is told of a note, 0 for nothing; one of somebody else's measure counts people."""
    note = Note.find_word(name)
    sight = Sight.FROM_K if note is None else note.sight
    match sight:
        case Sight.ANYBODY:
            return count
        case Sight.WITH_FIGURE:
            return count if all(map(is_figure_shown, rows)) else 0
        case Sight.WITH_RANGE:
            return count if any(_has_range(row) or row.observed is not None for row in rows) else 0
        case Sight.WITH_INTERVAL:
            return min(count, sum(map(_has_interval, rows)))
        case Sight.NOBODY:
            return 0
        case Sight.FROM_K:
            return round_down(count, floor)
        case _:
            assert_never(sight)


def round_down(count: int, floor: PrivacyFloor) -> int:
    """Return a count of people in steps of k: 12 are told as 10 where k is 5."""
    return count // floor.k * floor.k


def tell_refusal(text: str | None, measure: str) -> str | None:
    """Return why a measure refuses; what somebody else's measure says may be anything it has seen."""
    return text if text is None or measure in CORE else Reason.REFUSED.meaning
