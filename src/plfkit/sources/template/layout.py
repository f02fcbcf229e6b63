"""How the template is laid out: its sheets and columns, as ``template.toml`` declares them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources

from attrs import evolve, frozen

from plfkit.hints import LANGUAGES, Language
from plfkit.model.documents import parse_toml, structure_document
from plfkit.model.words.kinds import AnswerScale, Label
from plfkit.model.words.titles import normalise_title

SHORTEST = 0.1
"""The least number of weeks from one meeting to the next."""


@frozen(kw_only=True)
class TemplateColumn:
    """A column of a sheet.

    Attributes:
        id: What the reader calls it.
        name: Its header.
        cell: What a cell holds: a section of the vocabulary, a sheet, or a type.
        help: What to write into it.
        required: Whether the sheet needs it.
        scale: The scale of a cell that holds an answer.
        repeated: How many columns like it the sheet has, with a number behind the name; more may be
            added. Without a number there is one.
    """

    id: str
    name: Label
    cell: str
    help: Label
    required: bool = False
    scale: AnswerScale | None = None
    repeated: int | None = None

    def add_number(self, number: int) -> TemplateColumn:
        """Return one of the columns like it."""
        name = Label(f"{self.name.da} {number}", f"{self.name.en} {number}")
        return evolve(self, id=f"{self.id}_{number}", name=name, repeated=None)


@frozen(kw_only=True)
class ExampleRow:
    """A row that shows what to write, in each language."""

    da: tuple[str, ...]
    en: tuple[str, ...]

    def __getitem__(self, language: str) -> tuple[str, ...]:
        return {"da": self.da, "en": self.en}[language]


@frozen(kw_only=True)
class TemplateSheet:
    """A sheet of the template.

    Attributes:
        id: What the reader calls it.
        name: Its name.
        help: What it is for.
        columns: Its columns; those of the questions come last.
        examples: Rows that show what to write.
        asks: Whether teams answer questions here.
    """

    id: str
    name: Label
    help: Label
    columns: tuple[TemplateColumn, ...]
    examples: tuple[ExampleRow, ...]
    asks: bool = False

    def list_columns(
        self, questions: Sequence[TemplateColumn], *, repeating: bool = True
    ) -> tuple[TemplateColumn, ...]:
        """Return all columns as a template has them when it is handed out.

        Args:
            questions: The columns of what teams are asked.
            repeating: Whether all of several that are alike are wanted, or the first of them.
        """
        own: list[TemplateColumn] = []
        for column in self.columns:
            if column.repeated is None:
                own.append(column)
            else:
                last = column.repeated if repeating else 1
                own += map(column.add_number, range(1, last + 1))
        return (*own, *questions) if self.asks else tuple(own)


@frozen(kw_only=True)
class Layout:
    """The whole template.

    Attributes:
        prefix: What the ids of example rows begin with.
        title: What an organisation of example rows alone is called.
        yes: The word for yes.
        no: The word for no.
        registers: What the lists are called that may be said to be complete, by their tables.
        guide: The name of the sheet that explains.
        scale: The scale of frameworks that have none of their own.
        against: What is said of a question that is worded against the others.
        profile: What is said of the profile whose words the template is written in.
        unusual: What is said of a word that is not on a list.
        sheets: The sheets to fill in.
        text: What the guide says.
    """

    prefix: Label
    title: Label
    yes: Label
    no: Label
    registers: Mapping[str, Label]
    guide: Label
    scale: AnswerScale
    against: Label
    profile: Label
    unusual: Label
    sheets: tuple[TemplateSheet, ...]
    text: tuple[Label, ...]

    def find_sheet(self, name: str) -> TemplateSheet:
        """Return a sheet by its id."""
        return next(sheet for sheet in self.sheets if sheet.id == name)


@cache
def load_layout() -> Layout:
    """Return how the template is laid out."""
    file = resources.files("plfkit.sources.template").joinpath("template.toml")
    return structure_document(
        parse_toml(file.read_text(encoding="utf-8"), file.name), Layout, file.name
    )


def find_template_language(sheets: Iterable[str]) -> Language | None:
    """Return the language of a filled-in template by the names of its sheets; None if it is none."""
    there = {normalise_title(name) for name in sheets}
    counts = {
        language: sum(
            normalise_title(sheet.name[language]) in there for sheet in load_layout().sheets
        )
        for language in LANGUAGES
    }
    best = max(counts, key=counts.__getitem__)
    native = {"units", "persons"}
    own = [name for name in there if name in native]
    return best if counts[best] > len(own) else None


def map_register_words() -> Mapping[str, str]:
    """Return the tables that the words for lists mean, in both languages."""
    return {
        normalise_title(word[language]): table
        for table, word in load_layout().registers.items()
        for language in LANGUAGES
    }


def map_allowed_words(language: str) -> Mapping[str, str]:
    """Return the words of a language for what the tables have as yes, no, and names of lists."""
    known = load_layout()
    return {
        "yes": known.yes[language],
        "no": known.no[language],
        **{table: word[language] for table, word in known.registers.items()},
    }


def map_flag_words() -> Mapping[str, str]:
    """Return what the words for yes and no mean, in both languages."""
    known = load_layout()
    return {
        normalise_title(word[language]): meaning
        for word, meaning in ((known.yes, "yes"), (known.no, "no"))
        for language in LANGUAGES
    }
