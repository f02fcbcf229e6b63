"""What plfkit knows of a format in which every table is a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import IO, Any

from attrs import field, frozen

from plfkit.errors import MissingExtraError
from plfkit.hints import Hint
from plfkit.model.records.schema import ColumnSpec
from plfkit.model.records.tables import Table
from plfkit.sources.cells import RawTable
from plfkit.sources.dialects import Dialect
from plfkit.sources.given import GivenFile
from plfkit.sources.limits import Limits

TableReader = Callable[[GivenFile, type, Dialect, Limits], RawTable]
"""From a file and the part that each row is to its cells; what is wrong is in their faults."""
TableWriter = Callable[[Table[Any], IO[bytes]], None]
"""From a table to the bytes of its file: the same for the same content."""


@frozen(kw_only=True)
class FileFormat:
    """A format of files that plfkit reads and writes.

    Attributes:
        name: What ``format=`` calls it.
        suffix: What the name of a file ends in.
        media_type: What the web calls it.
        doc: What it is, for the page about formats.
        extra: The extra that brings the libraries it needs; None if it needs none.
        libraries: What must be importable to write it.
        purpose: What the libraries are needed for.
    """

    name: str
    suffix: str
    media_type: str
    doc: str
    extra: str | None = None
    libraries: tuple[str, ...] = ()
    purpose: Hint | str = ""

    def require_libraries(self) -> None:
        """Look for the libraries before any work is done.

        Raises:
            MissingExtraError: One is not installed; the message names the extra that brings it.
        """
        try:
            for library in self.libraries:
                import_module(library)
        except ImportError as error:
            raise MissingExtraError(str(self.extra), self.purpose) from error


def _describe_nothing(_spec: ColumnSpec) -> Mapping[str, Any]:
    return {}


@frozen(kw_only=True)
class TableFormat(FileFormat):
    """A format in which every table is a file of its own.

    Attributes:
        read: Reads the file of a table.
        write: Writes the file of a table.
        encoding: That of its text, for the descriptor; None where it has none to tell.
        resource_profile: What the descriptor says such a file is, where the standard has a word.
        missing: How a missing cell is written, for the descriptor; None where nothing stands for it.
        describe_field: What else the descriptor should say of a column, for tools that read the
            format in a way of their own.
    """

    read: TableReader
    write: TableWriter
    encoding: str | None = None
    resource_profile: str | None = None
    missing: tuple[str, ...] | None = None
    describe_field: Callable[[ColumnSpec], Mapping[str, Any]] = field(default=_describe_nothing)
