"""What becomes of each column of a table, kept while the takes of a draft are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from attrs import Factory, define, frozen

from plfkit.model.records.organisation import Organisation
from plfkit.model.words.core import FIVE_CHARACTERISTICS
from plfkit.model.words.vocabulary import Vocabulary
from plfkit.sources.drafting.columns import SeenColumn, name_columns
from plfkit.sources.drafting.knowing import has_title
from plfkit.sources.drafting.people import Acquaintance, looks_like_name
from plfkit.sources.drafting.tables import SeenTable
from plfkit.sources.drafting.writing import DraftWords, Page
from plfkit.sources.importing.titles import fold_word

UNKNOWN = "unknown"
_FEW_ROWS = 5


@frozen
class FrameworkUse:
    """Which frameworks the figures of a profile read.

    Attributes:
        asked: Those whose items may be asked about.
        from_teams: Those of them that figures read from what teams answer as one.
    """

    asked: tuple[str, ...] = (FIVE_CHARACTERISTICS,)
    from_teams: tuple[str, ...] = ()


@frozen
class Fate:
    """What becomes of a column.

    Attributes:
        is_open: Whether a person decides.
        what: The key of what it is called in the list of columns.
        key: What it says, if it is taken.
    """

    is_open: bool
    what: str
    key: str = ""

    @property
    def is_ignored(self) -> bool:
        """Whether it is of no concern, or may be."""
        return not self.key


@define(eq=False)
class Sketch:
    """A table while its draft is made.

    Attributes:
        table: The table.
        people: Who is known.
        organisation: What is known beside people; None if nothing is.
        vocabulary: Whose words cells may be.
        words: The texts of the draft.
        show_values: Whether cells that may be personal are shown.
        frameworks: Which frameworks figures read.
        has_periods: Whether a person may write until when something holds.
        left: Columns of which nothing has become yet.
        fates: What has become of the others.
        stars: What patterns of titles stand for whose star may be somebody's name, by column.
        proposed: Columns that a proposal takes, if a person takes it up.
        told: What is explained once for a table, as far as it is.
    """

    table: SeenTable
    people: Acquaintance
    organisation: Organisation | None
    vocabulary: Vocabulary
    words: DraftWords
    show_values: bool
    frameworks: FrameworkUse
    has_periods: bool = False
    left: list[SeenColumn] = Factory(list)
    fates: dict[SeenColumn, Fate] = Factory(dict)
    stars: dict[SeenColumn, str] = Factory(dict)
    proposed: set[SeenColumn] = Factory(set)
    told: set[str] = Factory(set)

    def __attrs_post_init__(self) -> None:
        """Begin with all columns."""
        self.left = list(self.table.columns)

    def list_titled(self, *meanings: str) -> list[SeenColumn]:
        """Return the columns left whose titles have a meaning."""
        return [column for column in self.left if is_titled(column, *meanings)]

    def settle(
        self, columns: Iterable[SeenColumn], what: str, key: str = "", *, is_open: bool = False
    ) -> None:
        """Note what becomes of some columns."""
        for column in columns:
            self.fates[column] = Fate(is_open, what, key)
            if column in self.left:
                self.left.remove(column)

    def ignore_if(self, is_so: Callable[[SeenColumn], bool], what: str) -> None:
        """Ignore the columns of which something holds."""
        self.settle([column for column in self.left if is_so(column)], what)

    def offer_columns(
        self, page: Page, key: str, columns: Sequence[SeenColumn], note: str = ""
    ) -> None:
        """Offer that some columns, joined, say something; of several offers the first is the likely one."""
        if not page.has_entry("columns", key):
            self.proposed.update(columns)
        page.offer("columns", key, name_columns(columns), note)

    def label_words(self, section: str) -> dict[str, str]:
        """Return what each word of a section of the vocabulary is called."""
        kinds = self.vocabulary.section(section)
        return {name: kind.label[self.words.language] for name, kind in kinds.items()}

    def may_show(self, text: str) -> bool:
        """Tell whether a text may stand in the draft: it is nobody's name, or names are shown."""
        return self.show_values or not (looks_like_name(text) or self.people.has_person(text))

    def find_rows(self, column: SeenColumn, sign: str | None = None) -> dict[str, list[int]]:
        """Return the words of a column with the rows that they stand in, whatever their case.

        Args:
            column: The column.
            sign: What parts several words in one cell.
        """
        found: dict[str, tuple[str, list[int]]] = {}
        for (number, _), text in zip(self.table.rows, column.texts, strict=True):
            for word in text.split(sign) if sign else [text]:
                if plain := word.strip():
                    found.setdefault(fold_word(plain), (plain, []))[1].append(number)
        return dict(found.values())

    def start_page(self, take: int | None, heading: str = "[[take]]") -> Page:
        """Start a page of the draft."""
        return Page(heading, self.words, take)


def show_rows(rows: list[int]) -> str:
    """Return the numbers of rows, the first of them where there are many."""
    shown = ", ".join(map(str, rows[:_FEW_ROWS]))
    return shown if len(rows) <= _FEW_ROWS else f"{shown} … ({len(rows)})"


def is_titled(column: SeenColumn, *meanings: str) -> bool:
    """Tell whether the title of a column, or its second one, has one of some meanings."""
    return any(has_title(title, *meanings) for title in (column.title, column.label) if title)
