"""What teams are asked in the template: the items of frameworks, in their words and on their scales."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from plfkit.hints import LANGUAGES
from plfkit.model.words.kinds import AnswerScale, Label
from plfkit.model.words.titles import normalise_title
from plfkit.model.words.vocabulary import Vocabulary
from plfkit.sources.template.layout import TemplateColumn, load_layout


@frozen(kw_only=True)
class TeamQuestion:
    """One item that teams answer.

    Attributes:
        framework: The framework that asks.
        item: Its id.
        scale: The scale on which it is answered.
        column: Its column.
    """

    framework: str
    item: str
    scale: AnswerScale
    column: TemplateColumn


def list_questions(vocabulary: Vocabulary, frameworks: Sequence[str]) -> tuple[TeamQuestion, ...]:
    """Return what teams are asked, each item once: the first framework that has it asks.

    Args:
        vocabulary: The words they are asked in.
        frameworks: The frameworks that are asked about.
    """
    first: dict[str, TeamQuestion] = {}
    for name in frameworks:
        for question in _list_framework_questions(vocabulary, name):
            first.setdefault(question.item, question)
    return tuple(_rename_equal_titles(list(first.values())))


def _list_framework_questions(vocabulary: Vocabulary, name: str) -> Iterator[TeamQuestion]:
    framework = vocabulary.frameworks[name]
    scale = framework.scale or load_layout().scale
    for characteristic in framework.characteristics:
        known = vocabulary.characteristics[characteristic]
        items = framework.list_items(characteristic)
        for item in items:
            wording = framework.wordings.get(item)
            own = known.label if items == (characteristic,) else _add_item(known.label, item)
            against = load_layout().against if item in framework.reversed else None
            about = _join_texts(known.about, scale.about, against)
            column = TemplateColumn(
                id=item, name=wording or own, cell="scale", help=about, scale=scale
            )
            yield TeamQuestion(framework=name, item=item, scale=scale, column=column)


def _add_item(label: Label, item: str) -> Label:
    """Return a characteristic's label with an item of it that nobody worded."""
    return Label(f"{label.da}: {item}", f"{label.en}: {item}")


def _join_texts(*texts: Label | None) -> Label:
    told = [text for text in texts if text is not None]
    return Label(" ".join(text.da for text in told), " ".join(text.en for text in told))


def _rename_equal_titles(questions: Sequence[TeamQuestion]) -> Iterator[TeamQuestion]:
    """Add the item to titles that are taken, by a column of the sheet or a question before."""
    sheets = (sheet for sheet in load_layout().sheets if sheet.asks)
    names = [column.name for sheet in sheets for column in sheet.columns]
    taken = {normalise_title(name[language]) for name in names for language in LANGUAGES}
    for question in questions:
        column = question.column
        titles = {normalise_title(column.name[language]) for language in LANGUAGES}
        if titles & taken:
            column = evolve(column, name=_add_item(column.name, question.item))
        taken |= titles
        yield evolve(question, column=column)
