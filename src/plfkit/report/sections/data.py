"""What the page rests on: which data each school has, and what is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import frozen

from plfkit.disclosure import Released
from plfkit.goals.scorecard import Scorecard
from plfkit.model.results.figures import Figure
from plfkit.model.words.verdicts import Verdict
from plfkit.periods import UNDATED
from plfkit.report.leading import list_figures_told
from plfkit.report.sections.decisions import list_needs
from plfkit.report.sections.heads import choose_title
from plfkit.report.sureness import (
    OPEN_DIRECTIONS,
    Certainty,
    Direction,
    find_direction,
    find_span,
    grade_certainty,
    is_told_as_class,
)
from plfkit.report.texts import Texts
from plfkit.report.units import list_schools

_FULL, _SOME = 0.9, 0.2
"""From which share on a dot is full, and from which on it is half: a convention of the page."""
_DOTS = {"full": "●", "some": "◐", "little": "○", "unknown": "?"}
_MOST_UNKNOWNS = 4


@frozen
class DotView:
    """How much of one kind of data there is: a sign, and the same in words."""

    sign: str
    words: str


@frozen
class SchoolDataView:
    """A school and its data: who answered, whose members are registered, whose logs are complete."""

    name: str
    dots: list[DotView]


def list_school_data(card: Scorecard, texts: Texts) -> list[SchoolDataView]:
    """Return each school with three dots, in the order of names."""
    answered = _find_response_rates(card)
    members, logs = _find_registered(card, "members"), _find_registered(card, "logs")
    return [
        SchoolDataView(
            school.name,
            [
                _make_dot("answered", answered.get(school.id), texts),
                _make_dot("members", members.get(school.id), texts),
                _make_dot("logs", logs.get(school.id), texts),
            ],
        )
        for school in list_schools(card, texts)
    ]


def _find_response_rates(card: Scorecard) -> dict[str, Figure]:
    """Return for each school how many answered the survey that most of its figures rest on."""
    results = card.overview.answered_by_school
    used = Counter(
        o.result.relation for o in card.indicators if o.result is not None and o.result.relation
    )
    chosen = max(results, key=lambda relation: used[relation], default=None)
    return {} if chosen is None else _index_by_part(results[chosen])


def _find_registered(card: Scorecard, name: str) -> dict[str, Figure]:
    return _index_by_part(f for f in card.overview.data_by_school if f.figure == name)


def _index_by_part(figures: Iterable[Figure]) -> dict[str, Figure]:
    """Return figures by school; schools that are told together share one."""
    return {
        part: figure
        for figure in figures
        for part in ([] if figure.part is None else figure.part.split(" + "))
    }


def _make_dot(kind: str, figure: Figure | None, texts: Texts) -> DotView:
    step = _grade_share(figure)
    return DotView(_DOTS[step], texts(f"data.{kind}_{step}"))


def _grade_share(figure: Figure | None) -> str:
    """Return how much there is, by what is told of it alone: the middle of a class counts."""
    span = find_span(figure)
    if figure is None or (span is None and figure.value is None):
        return "unknown"
    share = figure.value if span is None else (span.lower + span.upper) / 2
    if share is None:
        return "unknown"
    return "full" if share >= _FULL else "some" if share > _SOME else "little"


def list_unknowns(released: Released[Scorecard], texts: Texts) -> list[str]:
    """Say in at most four lines what the page does not know, or does not tell."""
    card = released.content
    lines = [
        *_say_not_measured(card, texts),
        *_say_uncertain(card, texts),
        *_say_unsettled_changes(card, texts),
        *_say_hidden(released, texts),
    ]
    agreed = [*_say_not_agreed(card, texts)]
    return [*lines[: _MOST_UNKNOWNS - len(agreed)], *agreed]


def _say_not_measured(card: Scorecard, texts: Texts) -> Iterator[str]:
    absent = [o for o in card.indicators if o.verdict is Verdict.NOT_MEASURED]
    if not absent:
        return
    needs = Counter(need for outcome in absent for need in list_needs(outcome, card))
    most = [need for need, _ in needs.most_common(2)]
    key = "unknown_not_measured" if most else "unknown_cannot"
    listed = texts.write_needs(most, card.names)
    yield texts(f"data.{key}", count=len(absent), all=len(card.indicators), needs=listed)


def _say_uncertain(card: Scorecard, texts: Texts) -> Iterator[str]:
    unsure = [
        outcome
        for outcome in list_figures_told(card)
        if not is_told_as_class(outcome)
        and grade_certainty(outcome, card) in {Certainty.UNSURE, Certainty.NONE}
    ]
    if unsure:
        width = texts.write_number(card.standards.fairly_sure)
        yield texts(
            "data.unknown_uncertain", count=len(unsure), all=len(card.indicators), width=width
        )


def _say_unsettled_changes(card: Scorecard, texts: Texts) -> Iterator[str]:
    moved = [find_direction(outcome, card) for outcome in card.indicators]
    open_ = sum(one in OPEN_DIRECTIONS for one in moved)
    seen = sum(one not in {Direction.FIRST, Direction.UNTOLD} for one in moved)
    if open_:
        yield texts("data.unknown_changes", count=open_, all=seen)
    elif all(one is Direction.FIRST for one in moved):
        key = "no_dates" if card.at == UNDATED else "first_year"
        yield texts(f"data.unknown_{key}", at=card.at)


def _say_hidden(released: Released[Scorecard], texts: Texts) -> Iterator[str]:
    """Say how much is held back, and what is not agreed of the data about colleagues."""
    hidden = released.small + released.others
    classes = sum(is_told_as_class(o) for o in released.content.indicators)
    if hidden or classes:
        yield texts("data.unknown_hidden", hidden=hidden, classes=classes, k=released.floor.k)


def _say_not_agreed(card: Scorecard, texts: Texts) -> Iterator[str]:
    """Say what nobody has agreed on with those whom the data are about."""
    purpose = card.purpose
    if purpose is None or purpose.discussed_on is None or purpose.deleted_by is None:
        yield texts("data.unknown_agreed", title=choose_title(card, texts))
