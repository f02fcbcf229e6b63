"""Drafts as text: what stands active, what is commented out, and what a person is asked."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping

from attrs import Factory, define, evolve, field, frozen

from plfkit.model.words.wording import Wording

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_WIDTH = 100
Value = str | bool | int | float | list[str]


class DraftWords(Wording):
    """What a draft says to whoever finishes it."""

    package = "plfkit.sources.drafting"
    file = "texts.toml"


@frozen
class Question:
    """What a draft leaves to a person.

    Attributes:
        take: The number of the take that it is about, from 1; None where it is about the file.
        key: What is to be written, as in ``"survey.id"``.
        text: The question.
        column: The title of the column that it is about, if it is about one.
    """

    take: int | None
    key: str
    text: str
    column: str | None = None


def write_toml_text(text: str) -> str:
    """Write a text as TOML does, whatever is in it."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    safe = _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", plain.replace("\t", "\\t"))
    return f'"{safe}"'


def write_toml_key(key: str) -> str:
    """Write a key, in quotes where it needs them."""
    return key if _BARE_KEY.fullmatch(key) else write_toml_text(key)


def write_toml_value(value: Value) -> str:
    """Write a value as TOML does."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{value:g}"
    if isinstance(value, list):
        return f"[{', '.join(map(write_toml_text, value))}]"
    return write_toml_text(value)


def clean_comment(text: str) -> str:
    """Return a text without the signs that would end a comment."""
    return _UNSAFE.sub(" ", text)


def write_comment(text: str, *, lead: str = "# ") -> list[str]:
    """Write a text as comments, without the signs that would end one."""
    indent = f"{lead[0]}{'':{len(lead) - 1}}"
    return textwrap.wrap(
        clean_comment(text),
        _WIDTH,
        initial_indent=lead,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


@define
class Page:
    """A part of a draft under one heading: the file, or one thing that is taken from it.

    Attributes:
        heading: Its heading in TOML.
        words: The texts, in the reader's language.
        take: The number of the take, if it is one.
        lines: What is written so far, by table.
        questions: What was asked so far.
    """

    heading: str
    words: DraftWords
    take: int | None = None
    lines: dict[str, list[str]] = Factory(dict)
    questions: list[Question] = Factory(list)
    _order: tuple[str, ...] = field(
        default=("", "file", "survey", "every", "columns", "columns.items", "split"), alias="order"
    )

    def get_lines(self, table: str) -> list[str]:
        """Return the lines of a table of it; the empty text for its own."""
        return self.lines.setdefault(table, [])

    def say(self, table: str, key: str, /, **words: object) -> None:
        """Write an explanation."""
        self.get_lines(table).extend(write_comment(self.words(key, **words)))

    def put(self, table: str, key: str, value: Value, note: str = "") -> None:
        """Write a line that stands: the file says so."""
        self.get_lines(table).append(_write_line(key, value, note))

    def offer(self, table: str, key: str, value: Value, note: str = "") -> None:
        """Write a line that is commented out: it may be so."""
        self.get_lines(table).append(f"#{_write_line(key, value, note)}")

    def ask(
        self, table: str, key: str, text: str, /, *, column: str | None = None, **words: object
    ) -> None:
        """Write a question, whose answers are offered below it.

        Args:
            table: The table of it in which the answer is to stand.
            key: What is to be written there; the empty text for the table as a whole.
            text: The key of the question.
            column: The title of the column that it is about.
            words: What fills the blanks of the question.
        """
        said = self.words(text, column=column, **words)
        self.get_lines(table).extend(write_comment(said, lead="# ? "))
        path = ".".join(filter(None, (table, key)))
        self.questions.append(Question(self.take, path, said, column))

    def join_page(self, other: Page) -> None:
        """Add what stands on another page, and what is asked there."""
        for table, lines in other.lines.items():
            self.get_lines(table).extend(lines)
        self.questions += [evolve(question, take=self.take) for question in other.questions]

    def write(self) -> list[str]:
        """Return all lines, its own first; TOML has them before those of its tables."""
        rest = [table for table in self.lines if table not in self._order]
        written = [self.heading]
        for table in (*self._order, *rest):
            if table in self.lines:
                name = self.heading.strip("[]")
                written += ["", f"[{name}.{_write_path(table)}]"] if table else []
                written += self.lines[table]
        return written


def _write_line(key: str, value: Value, note: str) -> str:
    line = f"{write_toml_key(key)} = {write_toml_value(value)}"
    return f"{line}  # {clean_comment(note)}" if note else line


def _write_path(table: str) -> str:
    """Write the name of a table: what stands behind ``only.`` is a title, dots and all."""
    first, _, rest = table.partition(".")
    return f"{first}.{write_toml_key(rest)}" if rest else first


def list_counts(counts: Mapping[str, int], most: int) -> Iterable[tuple[str, int]]:
    """Return texts with their counts, the most frequent first."""
    return sorted(counts.items(), key=lambda found: (-found[1], found[0]))[:most]
