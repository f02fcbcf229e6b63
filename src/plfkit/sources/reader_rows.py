"""What a reader yields becomes tables: decoded, checked, and its faults told as those of any file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NoReturn, get_args

from attrs import Factory, frozen

from plfkit.errors import Fault, InvalidDataError, LimitError, Place, locate_error
from plfkit.faults import FaultCode
from plfkit.hints import Hint
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.rows import NATIVE_ROWS, REQUIRED_TABLES
from plfkit.model.words.kinds import Label
from plfkit.model.words.titles import is_kind_id
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.sources.assembling import assemble_organisation
from plfkit.sources.cells import hint_at_table, read_table
from plfkit.sources.collecting import RowCollector
from plfkit.sources.descriptor import About
from plfkit.sources.dialects import Dialect
from plfkit.sources.formats import FORMATS
from plfkit.sources.given import GivenFile
from plfkit.sources.grid import pause_collection
from plfkit.sources.limits import Limits
from plfkit.sources.readers import Reader, TextRow

_BLOCK_ROWS = 512
_LAST_LINE = 10**15
_END = object()
"""What stands behind the last row."""
_PROFILE = Label("profilen", "the profile")
"""Whose a reader is that no installed distribution brings."""


def find_reader_problem(reader: Reader) -> str | None:
    """Say why a reader cannot be used beside plfkit's own formats; None if it can."""
    taken = {one.suffix for one in FORMATS.values()}
    if not is_kind_id(reader.name):
        return f"its name {reader.name!r} is not lower-case letters, digits and underscores"
    if reader.name in FORMATS:
        return "that is the name of one of plfkit's own formats"
    if not (reader.begins or reader.suffixes) or b"" in reader.begins:
        return "it does not say which files are its own: give suffixes, or begins"
    for suffix in reader.suffixes:
        if not suffix.startswith(".") or suffix != suffix.lower():
            return f"the suffix {suffix!r} is not written as '.lon'"
        if suffix in taken and not reader.begins:
            return f"files that end in {suffix} are plfkit's own: say how these begin, in begins"
    return None


def find_reader(file: GivenFile, readers: Sequence[Reader]) -> Reader | None:
    """Return the reader whose file this is; None if it is nobody's.

    Args:
        file: A file that none of plfkit's own formats reads.
        readers: The readers that there are.

    Raises:
        InvalidDataError: It may be of several.
    """
    found = [reader for reader in readers if reader.match_file(file)]
    if len(found) > 1:
        names = tuple(_name_reader(reader) for reader in found)
        _refuse_rows(file, "ambiguous", Hint("reader.several", names=names))
    return found[0] if found else None


def read_with_reader(
    reader: Reader,
    file: GivenFile,
    vocabulary: Vocabulary | None,
    dialect: Dialect,
    limits: Limits,
) -> Organisation:
    """Read an organisation from a file of a municipality's own format.

    Args:
        reader: Its format.
        file: The file.
        vocabulary: The kinds that rows may name; the core's if None.
        dialect: How numbers and dates are written.
        limits: How much is read.

    Raises:
        InvalidDataError: The file or its rows have faults, or the reader fails.
        LimitError: There is too much of it.
    """
    words = vocabulary or load_core_vocabulary()
    gathered = _GatheredRows(reader, file, limits)
    with pause_collection():
        gathered.add_rows(_take_rows(reader, file))
    faults = gathered.faults
    for table in REQUIRED_TABLES:
        if table not in gathered.tables:
            hint = Hint("reader.no_rows", reader=_name_reader(reader), table=table)
            faults.append(Fault("missing_table", Place(file.name), hint))
    reads = {
        name: read_table(gathered.tables[name].build_raw_table(part), part, words, dialect)
        for name, part in NATIVE_ROWS.items()
        if name in gathered.tables
    }
    return assemble_organisation(reads, About(), words, faults)


@frozen(eq=False)
class _GatheredRows:
    """Rows of one file, gathered table by table."""

    reader: Reader
    file: GivenFile
    limits: Limits
    tables: dict[str, RowCollector] = Factory(dict)
    faults: list[Fault] = Factory(list)
    _waiting: dict[str, list[TextRow]] = Factory(dict)

    def add_rows(self, rows: Iterable[object]) -> None:
        """Add rows and faults; anything else ends the reading."""
        for row in rows:
            if type(row) is Fault:
                self.faults.append(_check_fault(row, self.reader, self.file))
                self.limits.hold("rows", len(self.faults), self.file.name)
            else:
                self._add_row(self._check_row(row))
        for table in self._waiting:
            self._collect_waiting(table)

    def _add_row(self, row: TextRow) -> None:
        waiting = self._waiting.setdefault(row.table, [])
        waiting.append(row)
        if len(waiting) >= _BLOCK_ROWS:
            self._collect_waiting(row.table)

    def _collect_waiting(self, table: str) -> None:
        rows, self._waiting[table] = self._waiting[table], []
        collector = self.tables.setdefault(table, RowCollector(self.file.name, self.limits))
        collector.add_rows([row.line for row in rows], [row.cells for row in rows])

    def _check_row(self, row: object) -> TextRow:
        named = {"reader": _name_reader(self.reader)}
        if type(row) is not TextRow:
            given = type(row).__name__
            _refuse_rows(self.file, "bad_reader", Hint("reader.no_row", given=given, **named))
        if row.table not in tuple(NATIVE_ROWS):  # which asks for no hash: it may be anything
            near = hint_at_table(str(row.table))
            _refuse_rows(self.file, "bad_reader", Hint("reader.no_table", near=near, **named))
        if not _is_text_row(row):
            _refuse_rows(self.file, "bad_reader", Hint("reader.no_text", table=row.table, **named))
        return row


def _is_text_row(row: TextRow) -> bool:
    """Tell whether a row has a line, and nothing but text in its cells."""
    line: object = row.line
    cells: object = row.cells
    return (
        type(line) is int
        and 0 < line <= _LAST_LINE
        and type(cells) is dict
        and all(type(key) is str for key in cells)
        and all(cell is None or type(cell) is str for cell in cells.values())
    )


def _check_fault(fault: Fault, reader: Reader, file: GivenFile) -> Fault:
    """Return a fault that a reader found, if it is made as faults are."""
    place: object = fault.place
    is_fault = (
        fault.code in get_args(FaultCode)
        and type(place) is Place
        and type(place.file) is str
        and (place.row is None or (type(place.row) is int and 0 < place.row <= _LAST_LINE))
        and (place.column is None or type(place.column) is str)
        and type(fault.remedy) is Hint
        and (fault.value is None or type(fault.value) is str)
        and type(fault.nearest) is tuple
        and all(type(one) is str for one in fault.nearest)
    )
    if not is_fault:
        _refuse_rows(file, "bad_reader", Hint("reader.no_fault", reader=_name_reader(reader)))
    return fault


def _take_rows(reader: Reader, file: GivenFile) -> Iterator[object]:
    """Yield what a reader yields; what it raises becomes a fault that says whose it is."""
    # Row by row: a generator around the reader could not tell its GeneratorExit from our own.
    rows = _yield_rows(reader, file)
    while (row := _take_row(rows, reader, file)) is not _END:
        yield row


def _yield_rows(reader: Reader, file: GivenFile) -> Iterator[object]:
    """Call a reader only when its first row is taken: it may fail before it yields any.

    Cells are copied here, where a failure is known to be the reader's: it may go on with a mapping that
    it has given.
    """
    for row in reader.read(file):
        if type(row) is TextRow and isinstance(row.cells, Mapping):
            yield TextRow(row.table, row.line, dict(row.cells))
        else:
            yield row


def _take_row(rows: Iterator[object], reader: Reader, file: GivenFile) -> object:
    try:
        return next(rows, _END)
    except InvalidDataError as error:  # the reader stands on plfkit's own, and tells its faults
        faults = [_check_fault(fault, reader, file) for fault in error.faults]
        raise InvalidDataError(faults) from error
    except (KeyboardInterrupt, LimitError):
        raise  # the user ends the program, or there is too much
    except BaseException as error:  # whatever somebody else's code does
        # Its message may hold a cell, as of a name that is no number: the place says enough.
        values = {"reader": _name_reader(reader), "error": type(error).__name__}
        hint = Hint("reader.fails", place=locate_error(error, reader.read), **values)
        raise InvalidDataError([Fault("bad_reader", Place(file.name), hint)]) from error


def _name_reader(reader: Reader) -> Hint:
    return Hint("reader.name", label=reader.label, owner=reader.owner or _PROFILE)


def _refuse_rows(file: GivenFile, code: FaultCode, hint: Hint) -> NoReturn:
    raise InvalidDataError([Fault(code, Place(file.name), hint)])
