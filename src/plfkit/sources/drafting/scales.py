"""Questions on a scale: which columns are items, and which number each answer has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

from plfkit.sources.drafting.columns import SeenColumn, TitleFamily, find_families, gather_answers
from plfkit.sources.drafting.items import write_item_words, write_items
from plfkit.sources.drafting.knowing import (
    KnownScale,
    find_scales,
    has_scale_word,
    is_no_answer,
)
from plfkit.sources.drafting.sketching import Sketch
from plfkit.sources.drafting.writing import Page, list_counts

_MOST_ANSWERS = 12
_YES_OR_NO = (0, 1)
_SMALL = re.compile(r"\d{1,3}")
_GAP = 3  # how far a number stands from the others that is no step of the scale


@frozen
class ScaleQuestion:
    """Items that are answered in the same way.

    Attributes:
        columns: The columns, an item each.
        pattern: What their titles have in common, if anything.
        item: The column that says which item it is, where each row is one answer: then the column is
            that of all answers.
    """

    columns: tuple[SeenColumn, ...]
    pattern: str | None = None
    item: SeenColumn | None = None

    @property
    def words(self) -> str:
        """The table of a take that says which number each answer has."""
        return "words.items" if self.item is None else "words.value"


def list_steps(columns: Sequence[SeenColumn]) -> list[str]:
    """Return the answers of some columns that are answers."""
    return [answer for answer in gather_answers(columns) if not is_no_answer(answer)]


def is_scale_like(columns: Sequence[SeenColumn]) -> bool:
    """Tell whether columns hold answers on a scale: known words, or few small numbers."""
    steps = list_steps(columns)
    if not steps or len(steps) > _MOST_ANSWERS:
        return False
    return bool(find_scales(steps)) or all(map(_SMALL.fullmatch, steps))


def _may_be_scale(family: TitleFamily) -> bool:
    """Tell whether columns whose titles belong together may be items: few answers, the same ones."""
    steps = list_steps(family.columns)
    is_coded = all(column.looks_like_codes() for column in family.columns if column.filled)
    is_few = 0 < len(steps) <= _MOST_ANSWERS
    return is_scale_like(family.columns) or (is_few and (is_coded or has_scale_word(steps)))


def find_scale_questions(sketch: Sketch) -> list[ScaleQuestion]:
    """Find items that are answered in the same way, and take them."""
    found = _find_long_questions(sketch)
    for family in find_families(sketch.left):
        if _may_be_scale(family):
            found.append(ScaleQuestion(family.columns, family.pattern))
            sketch.settle(family.columns, "item", "items", is_open=True)
    alone: dict[object, list[SeenColumn]] = {}
    for column in sketch.left:
        steps = list_steps([column])
        if scales := find_scales(steps):
            alone.setdefault(scales[0], []).append(column)
        elif steps and set(steps) <= {"0", "1"}:
            alone.setdefault("0/1", []).append(column)
    for key, columns in alone.items():
        if len(columns) > 1 or key != "0/1":
            found.append(ScaleQuestion(tuple(columns)))
            sketch.settle(columns, "item", "items", is_open=True)
    return sorted(found, key=lambda question: question.columns[0].number)


def _find_long_questions(sketch: Sketch) -> list[ScaleQuestion]:
    """Find the columns of a table with a row for each answer, and take them."""
    items, values = sketch.list_titled("item"), sketch.list_titled("value")
    if len(items) != 1 or len(values) != 1 or not is_scale_like(values):
        return []
    if not len(items[0].answers) < items[0].filled:
        return []
    sketch.settle(items, "question", is_open=True)
    sketch.settle(values, "answer", is_open=True)
    return [ScaleQuestion((values[0],), item=items[0])]


def choose_scale(steps: Sequence[str]) -> KnownScale | None:
    """Return the scale that answers are of, if there is one; every word of it in use tells of several."""
    scales = find_scales(steps)
    if len(scales) == 1:
        return scales[0]
    whole = [scale for scale in scales if len(scale.words) == len(steps)]
    return whole[0] if len(whole) == 1 else None


def write_scale(page: Page, sketch: Sketch, question: ScaleQuestion) -> None:
    """Write the items of a question, the numbers of its answers and the ends of its scale."""
    page.ask(
        "survey", "instrument", "ask.instrument", known=", ".join(sketch.vocabulary.frameworks)
    )
    page.offer("survey", "instrument", "")
    if question.item is None:
        write_items(page, sketch, question.columns, question.pattern)
    else:
        for key, column in (("item", question.item), ("value", question.columns[0])):
            page.ask("columns", key, f"ask.{key}", column=column.title)
            sketch.offer_columns(page, key, [column])
        write_item_words(page, sketch, question.item)
    steps = list_steps(question.columns)
    _write_answer_words(page, sketch, question, steps)
    page.ask("", "reversed", "ask.reversed")
    page.offer("", "reversed", [""])


def _write_answer_words(
    page: Page, sketch: Sketch, question: ScaleQuestion, steps: Sequence[str]
) -> None:
    table = question.words
    for answer in gather_answers(question.columns):
        if is_no_answer(answer):
            page.put(table, answer, "none", sketch.words("tell.no_answer"))
    if steps and all(map(_SMALL.fullmatch, steps)):
        _write_number_ends(page, sketch, sorted(map(int, steps)), table)
    elif (scale := choose_scale(steps)) is not None:
        numbers = scale.give_numbers(steps)
        for answer, number in sorted(numbers.items(), key=lambda found: (found[1], found[0])):
            page.put(table, answer, number)
        _write_scale_ends(page, scale.first, scale.first + len(scale.words) - 1, is_sure=scale.first == 0
                    and len(scale.words) == len(_YES_OR_NO))  # fmt: skip
    else:
        _ask_numbers(page, sketch, question, steps)


def _ask_numbers(page: Page, sketch: Sketch, question: ScaleQuestion, steps: Sequence[str]) -> None:
    table = question.words
    page.ask(table, "", "ask.numbers", count=len(steps))
    is_showable = all(column.looks_like_codes() for column in question.columns if column.filled)
    for answer, count in list_counts(gather_answers(question.columns), _MOST_ANSWERS):
        if answer in steps and (is_showable or has_scale_word([answer]) or sketch.show_values):
            page.offer(table, answer, "", sketch.words("tell.cells", count=count))
    for scale in find_scales(steps):
        shown = "; ".join(f"{a} = {n}" for a, n in scale.give_numbers(steps).items())
        page.say(table, "tell.possible", shown=shown)
    _write_scale_ends(page, 1, max(len(steps), 2), is_sure=False)


def _write_number_ends(page: Page, sketch: Sketch, numbers: list[int], table: str) -> None:
    """Ask for the ends of a scale of numbers; one far above the others may be no answer."""
    top = numbers[-1]
    others = numbers[:-1]
    if others and top - others[-1] >= _GAP:
        page.ask(table, "", "ask.outlier", number=top)
        page.offer(table, str(top), "none", sketch.words("tell.no_answer"))
        numbers = others
    _write_scale_ends(page, numbers[0], numbers[-1], is_sure=False)


def _write_scale_ends(page: Page, lowest: int, highest: int, *, is_sure: bool) -> None:
    write = page.put if is_sure else page.offer
    for key, number in (("lowest", lowest), ("highest", highest)):
        if not is_sure:
            page.ask("survey", key, f"ask.{key}")
        write("survey", key, number)
