"""Formats of a municipality's own: one file with all tables, read by a function that a profile brings.

A reader says which files are its own and yields their rows as text. Decoding, checking and all faults
stay with plfkit (`plfkit.sources.reader_rows`), so that what a reader brings is held to the same rules as
any file. What plfkit's own formats read is never given to a reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePath

from attrs import field, frozen
from attrs.validators import deep_iterable, instance_of, is_callable, optional

from plfkit.errors import Fault
from plfkit.model.words.kinds import Label
from plfkit.sources.given import GivenFile


@frozen
class TextRow:
    """A row of a native table, as text.

    Attributes:
        table: The table, as ``"persons"``.
        line: The line of the file that it stood on, from 1: faults name it.
        cells: The texts by column; None or no entry where the file says nothing.
    """

    table: str
    line: int
    cells: Mapping[str, str | None]


RowReader = Callable[[GivenFile], Iterable[TextRow | Fault]]
"""From a file to its rows, and to what is wrong with it."""


def _list_words(given: Iterable[object]) -> tuple[object, ...]:
    """Return what was given as a tuple; one word alone is one, not its letters."""
    return (given,) if isinstance(given, str | bytes) else tuple(given)


@frozen(kw_only=True)
class Reader:
    """A format of a municipality's own, such as a payroll export, in one file.

    Attributes:
        name: Its id: lower-case letters, digits and underscores.
        label: What people call it.
        read: Yields the rows of a file, each as a `TextRow`; what is wrong with the file as a `Fault`
            whose place names the line and whose hint is a `plfkit.Label`, to be read in both languages.
            It repeats no cell: it is told to everybody.
        suffixes: What the names of its files end in, as ``".lon"``: one alone, or several in a tuple.
        begins: The bytes that its files begin with, one beginning alone or several in a tuple. If there are
            any they decide, whatever the name.
        owner: The distribution that brings it, with its version; plfkit fills it in.
    """

    name: str = field(validator=instance_of(str))
    label: Label = field(validator=instance_of(Label))
    read: RowReader = field(validator=is_callable())
    suffixes: tuple[str, ...] = field(
        default=(), converter=_list_words, validator=deep_iterable(instance_of(str))
    )
    begins: tuple[bytes, ...] = field(
        default=(), converter=_list_words, validator=deep_iterable(instance_of(bytes))
    )
    owner: str | None = field(default=None, validator=optional(instance_of(str)))

    def match_file(self, file: GivenFile) -> bool:
        """Tell whether a file is of this format: by its first bytes, or where it has none by its name.

        Args:
            file: The file.
        """
        if self.begins:
            return file.data.startswith(self.begins)
        return PurePath(file.name).suffix.lower() in self.suffixes
