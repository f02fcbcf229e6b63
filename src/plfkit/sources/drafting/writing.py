"""Drafts as text: what stands active, what is commented out, and what a person is asked."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping

from attrs import Factory, define, evolve, field, frozen

from plfkit.model.words.wording import Wording

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_WIDTH = 100
_INSET = "#   "
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


@frozen
class Entry:
    """A line that says something: as the file proves it, or as it may be.

    Attributes:
        key: The key.
        value: Its value.
        note: What is said beside it.
        is_sure: Whether it stands; else it is commented out.
    """

    key: str
    value: Value
    note: str
    is_sure: bool

    def write(self, lead: str = "") -> str:
        """Write it as TOML does, with its note."""
        line = f"{lead}{write_toml_key(self.key)} = {write_toml_value(self.value)}"
        return f"{line}  # {clean_comment(self.note)}" if self.note else line


@define
class Page:
    """A part of a draft under one heading: the file, or one thing that is taken from it.

    Attributes:
        heading: Its heading in TOML.
        words: The texts, in the reader's language.
        take: The number of the take, if it is one.
        lines: What is written so far, by table.
        questions: What was asked so far.
        offered: The tables that are commented out as a whole.
    """

    heading: str
    words: DraftWords
    take: int | None = None
    lines: dict[str, list[str | Entry]] = Factory(dict)
    questions: list[Question] = Factory(list)
    offered: set[str] = Factory(set)
    _order: tuple[str, ...] = field(
        default=("", "file", "survey", "every", "columns", "columns.items", "split"), alias="order"
    )

    def get_lines(self, table: str) -> list[str | Entry]:
        """Return the lines of a table of it; the empty text for its own."""
        return self.lines.setdefault(table, [])

    def say(self, table: str, key: str, /, **words: object) -> None:
        """Write an explanation."""
        self.get_lines(table).extend(write_comment(self.words(key, **words)))

    def put(self, table: str, key: str, value: Value, note: str = "") -> None:
        """Write a line that stands: the file says so."""
        self.get_lines(table).append(Entry(key, value, note, is_sure=True))

    def offer(self, table: str, key: str, value: Value, note: str = "") -> None:
        """Write a line that is commented out: it may be so.

        Of several for one key the first is the proposal; the others stand in an explanation, so that
        a draft is TOML whatever is taken up.
        """
        self.get_lines(table).append(Entry(key, value, note, is_sure=False))

    def offer_other(self, table: str, key: str, value: Value, note: str = "") -> None:
        """Write what may be said instead of the line above, under another key."""
        self.get_lines(table).append(self._write_other(Entry(key, value, note, is_sure=False)))

    def write_example(self, table: str, key: str, value: Value, note: str = "") -> None:
        """Write a line as an example, in an explanation."""
        self.get_lines(table).append(Entry(key, value, note, is_sure=False).write(_INSET))

    def offer_table(self, table: str, values: Mapping[str, Value]) -> None:
        """Write a table that is commented out as a whole."""
        self.offered.add(table)
        for key, value in values.items():
            self.offer(table, key, value)

    def list_choices(self, table: str, choices: Mapping[str, str]) -> None:
        """Write the words from which one is chosen, each with what it is called."""
        for word, label in choices.items():
            self.get_lines(table).append(f"{_INSET}{clean_comment(f'{word}: {label}')}")

    def has_entry(self, table: str, key: str) -> bool:
        """Tell whether a key has a line already, sure or not."""
        lines = self.lines.get(table, ())
        return any(isinstance(line, Entry) and line.key == key for line in lines)

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
        self.offered |= other.offered
        self.questions += [evolve(question, take=self.take) for question in other.questions]

    def write(self) -> list[str]:
        """Return all lines, its own first; TOML has them before those of its tables."""
        rest = [table for table in self.lines if table not in self._order]
        written = [self.heading]
        for table in (*self._order, *rest):
            if table in self.lines:
                written += self._write_heading(table) if table else []
                written += self._write_lines(table)
        return written

    def _write_heading(self, table: str) -> list[str]:
        lead = "#" if table in self.offered else ""
        return ["", f"{lead}[{self.heading.strip('[]')}.{_write_path(table)}]"]

    def _write_lines(self, table: str) -> Iterator[str]:
        """Yield the lines of a table: of several proposals for a key one, and the others beside it."""
        entries = [line for line in self.lines[table] if isinstance(line, Entry)]
        taken = {entry.key: entry for entry in reversed(entries) if not entry.is_sure}
        taken |= {entry.key: entry for entry in entries if entry.is_sure}
        for line in self.lines[table]:
            if isinstance(line, str):
                yield line
            elif line is taken[line.key]:
                yield line.write("" if line.is_sure else "#")
            elif line.value != taken[line.key].value:
                yield self._write_other(line)

    def _write_other(self, entry: Entry) -> str:
        return entry.write(f"# {self.words('choice.other')} ")


def _write_path(table: str) -> str:
    """Write the name of a table: what stands behind ``only.`` is a title, dots and all."""
    first, _, rest = table.partition(".")
    return f"{first}.{write_toml_key(rest)}" if rest else first


def list_counts(counts: Mapping[str, int], most: int) -> Iterable[tuple[str, int]]:
    """Return texts with their counts, the most frequent first."""
    return sorted(counts.items(), key=lambda found: (-found[1], found[0]))[:most]
