"""Tables: sequences of records on the outside, columns of arrays on the inside.

A million ties are twenty arrays, not a million objects. A record is made when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, compress, repeat
from operator import attrgetter, is_not
from typing import Any, ClassVar, Generic, TypeVar, overload

import numpy as np
from attrs import fields, frozen
from numpy.typing import NDArray

from plfkit.arrays import Flags, Numbers
from plfkit.errors import Fault, InvalidDataError, NoDataError, Place
from plfkit.hints import Hint
from plfkit.model.records.frames import Backend, build_frame
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.schema import Codec, ColumnSpec, list_column_specs
from plfkit.model.showing import NO_ARRAY, Explorable, Framed
from plfkit.model.words.titles import hint_at_word
from plfkit.periods import Period

P = TypeVar("P")
_LARGEST_KEY = 2**62
_FIELD_PAIRS: dict[type[Any], list[tuple[str, str]]] = {}
"""Of each row type: a page asks for single rows by the thousand, and `cache` is not typed for types."""


@frozen(eq=False)
class Column(Explorable):
    """One column: an array, which cells are missing, and for text the categories behind the codes.

    Categories are sorted, so the order of codes is the order of the texts; a missing text has code
    −1, any other missing cell the zero of its type.

    Attributes:
        values: The cells; of text their codes.
        missing: Which cells are missing.
        categories: The texts that the codes stand for; empty where the column holds no text.
    """

    values: NDArray[Any]
    missing: Flags
    categories: tuple[str, ...] = ()
    _INNER: ClassVar[frozenset[str]] = frozenset(
        {"fill_missing", "joined", "match_text", "of", "of_codes", "of_missing", "of_sorted_codes"}
        | {"permute_rows", "prefix_texts", "rank_cells", "take"}
        | {"relabel_known_texts", "relabel_texts", "relabel_texts_by"}
    )

    def __attrs_post_init__(self) -> None:
        """Seal the arrays: a table never changes."""
        self.values.flags.writeable = False
        self.missing.flags.writeable = False

    @classmethod
    def of(cls, codec: Codec, values: Sequence[Any]) -> Column:
        """Store Python values that the codec has accepted; None is missing."""
        if codec.is_text:
            return cls.of_codes(*_encode_texts(values))
        missing = np.fromiter((v is None for v in values), np.bool_, len(values))
        zero = date(1970, 1, 1) if codec.dtype.startswith("datetime64") else 0
        return cls(np.array([zero if v is None else v for v in values], codec.dtype), missing)

    @classmethod
    def of_codes(cls, codes: NDArray[np.int32], texts: Sequence[str]) -> Column:
        """Store text given as codes into distinct texts in any order, −1 for missing."""
        used = _mark_used_codes(codes, len(texts))
        order = sorted(np.flatnonzero(used).tolist(), key=texts.__getitem__)
        # A closed word is a text of another type: inside a table it is the text alone.
        rank = np.full(len(texts) + 1, -1, np.int32)
        rank[order] = np.arange(len(order), dtype=np.int32)
        return cls(rank[codes], codes < 0, tuple(str(texts[code]) for code in order))

    @classmethod
    def of_sorted_codes(cls, codes: NDArray[np.int32], texts: tuple[str, ...]) -> Column:
        """Store text given as codes into texts that are the categories of a column, −1 for missing."""
        return _drop_unused_texts(codes, codes < 0, texts)

    @classmethod
    def of_missing(cls, codec: Codec, length: int) -> Column:
        """Return a column in which every cell is missing."""
        missing = np.ones(length, np.bool_)
        if codec.is_text:
            return cls(np.full(length, -1, np.int32), missing)
        return cls(np.zeros(length, codec.dtype), missing)

    def __len__(self) -> int:
        return len(self.values)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Column):
            return NotImplemented
        return (
            self.categories == other.categories
            and np.array_equal(self.missing, other.missing)
            and np.array_equal(self.values, other.values)
        )

    __hash__ = None  # type: ignore[assignment]

    def __getitem__(self, row: int) -> Any:
        if self.missing[row]:
            return None
        if self.values.dtype == np.int32:
            return self.categories[self.values[row]]
        return self.values[row].item()

    def tolist(self) -> list[Any]:
        """Return the values as Python objects, None where missing."""
        if self.values.dtype == np.int32:
            texts = (*self.categories, None)
            return [texts[code] for code in self.values.tolist()]
        pairs = zip(self.values.tolist(), self.missing.tolist(), strict=True)
        return [None if gone else value for value, gone in pairs]

    def rank_cells(self) -> tuple[Numbers, int]:
        """Number the cells in the order of their values, missing first; and say how many numbers."""
        if self.values.dtype == np.int32:
            return self.values.astype(np.int64) + 1, len(self.categories) + 1
        distinct, ranks = np.unique(self.values, return_inverse=True)
        return np.where(self.missing, 0, ranks + 1), len(distinct) + 1

    def match_text(self, text: str) -> Flags:
        """Tell for each row of a text column whether it holds a text."""
        code = self.categories.index(text) if text in self.categories else -2
        return np.asarray(self.values == code)

    def relabel_texts(self, texts: Sequence[str]) -> Column:
        """Return a text column with another text for each category."""
        return Column.of_codes(self.values, texts)

    def prefix_texts(self, prefix: str) -> Column:
        """Return a text column with the same text in front of each: their order stays."""
        return Column(
            self.values, self.missing, tuple(f"{prefix}{text}" for text in self.categories)
        )

    def relabel_known_texts(self, told: Mapping[str, str]) -> Column:
        """Return a text column with what each text is told as; missing where it is told as nothing."""
        codes, texts = _encode_texts([told.get(text) for text in self.categories])
        return Column.of_codes(np.append(codes, np.int32(-1))[self.values], texts)

    def relabel_texts_by(self, other: Column, label: Callable[[str, str], str]) -> Column:
        """Return a text column with each text as another text column of the same rows has it.

        Args:
            other: The column that decides.
            label: What makes of its word, empty where it is missing, and a text the new text.
        """
        pairs, where = np.unique(np.stack([other.values, self.values]), axis=1, return_inverse=True)
        texts, words = (*self.categories, ""), (*other.categories, "")
        said = [label(words[word], texts[text]) for word, text in pairs.T.tolist()]
        distinct = sorted(set(said))
        codes = np.array([distinct.index(text) for text in said], np.int32)[where.reshape(-1)]
        return Column.of_codes(np.where(self.missing, np.int32(-1), codes), distinct)

    def fill_missing(self, text: str) -> Column:
        """Return a text column in which missing cells hold a text."""
        if not self.missing.any():
            return self
        codes = np.where(self.missing, np.int32(len(self.categories)), self.values)
        texts = sorted({*self.categories, text})
        places = [texts.index(known) for known in (*self.categories, text)]
        return Column.of_codes(np.array(places, np.int32)[codes], texts)

    def joined(self, *others: Column) -> Column:
        """Return the rows of several columns, this one's first."""
        columns = (self, *others)
        missing = np.concatenate([column.missing for column in columns])
        if self.values.dtype != np.int32:
            return Column(np.concatenate([column.values for column in columns]), missing)
        # Categories are sorted in each: put one after another they are runs, which sort in one go.
        texts = tuple(dict.fromkeys(sorted(chain.from_iterable(c.categories for c in columns))))
        number = dict(zip(texts, range(len(texts)), strict=True))
        codes = [number_texts(column, number, np.int32) for column in columns]
        return Column(np.concatenate(codes), missing, texts)

    def permute_rows(self, order: NDArray[Any]) -> Column:
        """Return all rows in another order."""
        return Column(self.values[order], self.missing[order], self.categories)

    def take(self, rows: NDArray[Any]) -> Column:
        """Return the chosen rows; categories no longer used are dropped."""
        values, missing = self.values[rows], self.missing[rows]
        if self.values.dtype != np.int32:
            return Column(values, missing)
        return _drop_unused_texts(values, missing, self.categories)


def _mark_used_codes(codes: NDArray[np.int32], count: int) -> Flags:
    """Tell which of so many texts any code stands for."""
    used = np.zeros(count + 1, np.bool_)  # the last is for missing cells, whose code is −1
    used[codes] = True
    return used[:-1]


def _drop_unused_texts(codes: NDArray[np.int32], missing: Flags, texts: tuple[str, ...]) -> Column:
    """Return a text column of codes into sorted texts, without those that no cell holds."""
    used = _mark_used_codes(codes, len(texts))
    if used.all():
        return Column(codes, missing, texts)
    # Of a, b, c only a and c are used: their codes 0 and 2 become 0 and 1.
    kept = np.flatnonzero(used)
    rank = np.full(len(texts) + 1, -1, np.int32)
    rank[kept] = np.arange(len(kept), dtype=np.int32)
    # The ids of a hundred coaches among 60,000 people are picked out; of most people, sieved.
    is_few = 4 * len(kept) < len(texts)
    left = (texts[code] for code in kept.tolist()) if is_few else compress(texts, used)
    return Column(rank[codes], missing, tuple(left))


@frozen(eq=False, repr=False)
class Table(Framed, Explorable, Sequence[P], Generic[P]):
    """The rows of one native table, as an immutable sequence of records.

    Attributes:
        columns: The columns by their headers.

    Examples:
        >>> from plfkit import Person
        >>> people = Table.of(Person, [Person("b"), Person("a", name="Ada")])
        >>> len(people), people[1].name, people.column("id").categories
        (2, 'Ada', ('a', 'b'))
    """

    row_type: type[P]
    columns: Mapping[str, Column]
    _INNER: ClassVar[frozenset[str]] = frozenset(
        {"empty", "from_columns", "in_force", "joined", "ndim", "of", "row_type", "sorted"}
    )

    @property
    def ndim(self) -> int:
        """What pandas asks of what it takes for an array; a table is none."""
        raise TypeError(NO_ARRAY.format(kind="Table"))

    @classmethod
    def of(cls, row_type: type[P], records: Iterable[P]) -> Table[P]:
        """Build a table from records.

        Raises:
            InvalidDataError: A field has a value of the wrong type, or a required one is missing.
            TypeError: A record is of another class.
        """
        rows = list(records)
        specs, always = list_column_specs(row_type), Period()
        for row in rows:
            if not isinstance(row, row_type):
                raise TypeError(f"expected {row_type.__name__}, not {type(row).__name__}")
            if not isinstance(valid := getattr(row, "valid", always), Period):
                raise TypeError(f"valid is a Period, not {type(valid).__name__}")
        table = next(
            (n for n, p in NATIVE_ROWS.items() if p is row_type), row_type.__name__.lower()
        )
        faults: list[Fault] = []
        columns = {
            spec.name: _build_checked_column(spec, cells, table, faults)
            for spec, cells in zip(specs, _gather_field_cells(row_type, rows), strict=True)
            # Most columns of figures are blank throughout.
            if spec.required or any(map(is_not, cells, repeat(None)))
        }
        if faults:
            raise InvalidDataError(sorted(faults, key=lambda fault: fault.place.row or 0))
        return cls.from_columns(row_type, columns, len(rows))

    @classmethod
    def from_columns(
        cls, row_type: type[P], columns: Mapping[str, Column], length: int
    ) -> Table[P]:
        """Build a table from ready columns; those left out are blank throughout."""
        specs = list_column_specs(row_type)
        # Columns never change, so that those of one type can be one.
        codecs = {spec.codec.dtype: spec.codec for spec in specs if spec.name not in columns}
        blank = {dtype: Column.of_missing(codec, length) for dtype, codec in codecs.items()}
        filled = {}
        for spec in specs:
            column = columns[spec.name] if spec.name in columns else blank[spec.codec.dtype]
            filled[spec.name] = _fill_blank_cells(column, spec)
        return cls(row_type, filled)

    @classmethod
    def empty(cls, row_type: type[P]) -> Table[P]:
        """Return a table without rows."""
        return cls.from_columns(row_type, {}, 0)

    def column(self, name: str) -> Column:
        """Return one column by its header.

        Its cells are in `tolist()`; as arrays in `values` and `missing`, for text with the `categories`
        that the values stand for. ``table.columns[…]`` gives the same, and Tab completes the header.

        Raises:
            NoDataError: The table has no such column.
        """
        if name not in self.columns:
            near = hint_at_word(name, self.columns) or Hint(
                "near.there_are", names=(*self.columns,)
            )
            raise NoDataError(Hint("table.no_column", name=str(name), near=near))
        return self.columns[name]

    def take(self, rows: NDArray[Any]) -> Table[P]:
        """Return the chosen rows: a mask or row numbers, counted from 0."""
        if rows.dtype == np.bool_ and rows.all():
            return self
        return Table(self.row_type, {name: c.take(rows) for name, c in self.columns.items()})

    def joined(self, *others: Table[P]) -> Table[P]:
        """Return the rows of several tables, this one's first."""
        columns = {
            name: column.joined(*(other.column(name) for other in others))
            for name, column in self.columns.items()
        }
        return Table(self.row_type, columns)

    def sorted(self) -> Table[P]:
        """Return the rows in the order of their cells, column by column; missing cells first."""
        keys = number_rows(list(self.columns.values()))
        if (keys[1:] >= keys[:-1]).all():
            return self
        order = np.argsort(keys, kind="stable")
        return Table(
            self.row_type, {name: c.permute_rows(order) for name, c in self.columns.items()}
        )

    def in_force(self, period: Period) -> Flags:
        """Tell for each row whether it is in force on at least one day of a period."""
        start, end = self.columns["valid_from"], self.columns["valid_to"]
        mask = np.ones(len(self), np.bool_)
        if period.end is not None:
            mask &= start.missing | (start.values < np.datetime64(period.end))
        if period.start is not None:
            mask &= end.missing | (end.values > np.datetime64(period.start))
        return mask

    def to_frame(self, backend: Backend = "pandas") -> Any:
        """Return the rows as a data frame, with every column of the table, each of one type.

        Args:
            backend: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Raises:
            MeasureError: There is no such backend.
            MissingExtraError: The libraries are not installed.
        """
        return build_frame(self, backend)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return the rows as an Arrow stream, by which other libraries take a table as it is."""
        return build_frame(self, "pyarrow").__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    @overload
    def __getitem__(self, row: int) -> P: ...
    @overload
    def __getitem__(self, row: slice) -> Table[P]: ...
    def __getitem__(self, row: int | slice | str) -> P | Table[P]:
        if isinstance(row, str):
            raise TypeError(
                f"a table is a sequence of rows: take the column as .columns[{row!r}], "
                f"or as a data frame's by .to_frame()[{row!r}]"
            )
        if isinstance(row, slice):
            return self.take(np.arange(len(self))[row])
        cells = {name: column[row] for name, column in self.columns.items()}
        values = {field: cells[column] for field, column in _pair_fields(self.row_type)}
        if "valid_from" in cells:
            values["valid"] = Period(cells["valid_from"], cells["valid_to"])
        return self.row_type(**values)

    def __iter__(self) -> Iterator[P]:
        # Columns that are blank throughout are one, and are read once.
        told = {id(column): column.tolist() for column in self.columns.values()}
        cells = {name: told[id(column)] for name, column in self.columns.items()}
        given: dict[str, Iterable[Any]] = {
            field: cells[name] for field, name in _pair_fields(self.row_type)
        }
        if "valid_from" in cells:
            given["valid"] = map(Period, cells["valid_from"], cells["valid_to"])
        for values in zip(*given.values(), strict=True):
            yield self.row_type(**dict(zip(given, values, strict=True)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return self.row_type is other.row_type and self.columns == other.columns

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<Table of {len(self)} {self.row_type.__name__}>"


def _pair_fields(row_type: type[Any]) -> list[tuple[str, str]]:
    """Return the fields of a row with their columns, but for the period, which has two."""
    if row_type not in _FIELD_PAIRS:
        names = [attribute.name for attribute in fields(row_type)]
        _FIELD_PAIRS[row_type] = [(name, name.rstrip("_")) for name in names if name != "valid"]
    return _FIELD_PAIRS[row_type]


def _encode_texts(values: Sequence[str | None]) -> tuple[NDArray[np.int32], list[str]]:
    texts = [text for text in dict.fromkeys(values) if text is not None]
    index: dict[str | None, int] = {text: code for code, text in enumerate(texts)}
    return np.fromiter((index.get(v, -1) for v in values), np.int32, len(values)), texts


def _gather_field_cells(row_type: type[Any], rows: Sequence[Any]) -> Iterator[list[Any]]:
    """Yield the cells of each column, in the order of columns: the period has two."""
    for attribute in fields(row_type):
        cells = [*map(attrgetter(attribute.name), rows)]
        if attribute.name == "valid":
            yield [period.start for period in cells]
            yield [period.end for period in cells]
        else:
            yield cells


def _build_checked_column(
    spec: ColumnSpec, values: list[Any], table: str, faults: list[Fault]
) -> Column:
    accepted: list[Any] = []
    passed: dict[str, Any] = {}
    for number, value in enumerate(values):
        try:
            accepted.append(_check_cell(value, spec, passed))
        except ValueError as error:
            place = Place(table, number + 1, spec.name)
            faults.append(Fault("invalid_value", place, Hint.of(error), repr(value)))
            accepted.append(None)
    return Column.of(spec.codec, accepted)


def _check_cell(value: Any, spec: ColumnSpec, passed: dict[str, Any]) -> Any:
    """Return a cell as it is stored; a text that has passed in this column need not pass again."""
    if value is None:
        if spec.required:
            raise ValueError(Hint("cell.blank"))
        return None
    if type(value) is not str:  # True and 1.0 equal 1, and are not stored alike
        return spec.codec.check(value)
    if value not in passed:
        passed[value] = spec.codec.check(value)
    return passed[value]


def _fill_blank_cells(column: Column, spec: ColumnSpec) -> Column:
    """Return a column whose blank cells hold what a blank cell means, if it means anything."""
    return column if spec.blank is None else column.fill_missing(spec.blank)


def number_rows(columns: Sequence[Column]) -> Numbers:
    """Number rows so that equal cells give equal numbers, in the order of the cells.

    Missing cells come first.
    """
    keys, size = np.zeros(len(columns[0]), np.int64), 1
    for column in columns:
        if column.missing.all():
            continue
        ranks, count = column.rank_cells()
        # Before a key outgrows its integer, keys are numbered anew by those there are.
        if size * count > _LARGEST_KEY:
            distinct, keys = np.unique(keys, return_inverse=True)
            size = len(distinct)
        # Mixed radix: with 10 roles, unit 3 and role 7 make 37, and 37 sorts as the two cells do.
        keys = keys * count + ranks
        size *= count
    return keys


def recode_column(column: Column, categories: tuple[str, ...]) -> Numbers:
    """Return a text column's codes in terms of other categories; −1 for what they lack."""
    if column.categories == categories:
        return np.asarray(column.values, np.int64)
    return number_texts(column, dict(zip(categories, range(len(categories)), strict=True)))


def number_texts(
    column: Column, number: Mapping[str, int], dtype: type[np.integer[Any]] = np.int64
) -> NDArray[Any]:
    """Return the number of each cell's text; −1 for what has none."""
    count = len(column.categories)
    codes = np.full(count + 1, -1, dtype)  # the last is for missing cells, whose code is −1
    codes[:count] = np.fromiter(map(number.get, column.categories, repeat(-1)), dtype, count)
    return np.asarray(codes[column.values])


def find_rows_meant(column: Column, table: Table[Any]) -> Numbers:
    """Return the row of a table that each id in a column means; −1 for none."""
    ids = table.column("id")
    row_of = np.full(len(ids.categories) + 1, -1, np.int64)
    row_of[ids.values] = np.arange(len(table))
    row_of[-1] = -1
    return np.asarray(row_of[recode_column(column, ids.categories)])
