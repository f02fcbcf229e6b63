"""Pictures: SVG with a heading that says what it shows, a table, and a text for those who listen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from os import PathLike
from pathlib import Path
from typing import overload

from attrs import field, frozen

from plfkit.errors import StoreError
from plfkit.goals.scorecard import Scorecard
from plfkit.hints import Hint
from plfkit.report.pictures.canvas import Canvas
from plfkit.report.pictures.phrases import keep_ranges_together
from plfkit.report.texts import Texts
from plfkit.sources.saving import FilePath, Stream, Target, save_text

_SUFFIX = ".svg"


@frozen
class PictureTable:
    """The same as a picture shows, as a table; the first column names the rows.

    Attributes:
        columns: The headings.
        rows: The cells of each row, in words.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@frozen(kw_only=True)
class Picture:
    """A picture of released figures.

    Attributes:
        kind: What sort of picture it is, as `plfkit.plot` calls it.
        finding: What it shows, as a heading.
        about: What it is of, and in which unit.
        svg: The picture, which needs nothing from elsewhere.
        alt: The picture for those who listen: it says what the table says.
        table: The same as a table.
        example: Whether its data are made up.
    """

    kind: str
    finding: str
    about: str
    svg: str = field(repr=False)
    alt: str = field(repr=False)
    table: PictureTable = field(repr=False)
    example: bool

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        """Show the picture in a notebook, with its heading."""
        heading = f"<strong>{escape(self.finding)}</strong><br>{escape(self.about)}"
        return f"<figure><figcaption>{heading}</figcaption>{self.svg}</figure>"

    @overload
    def save(self, path: FilePath) -> Path: ...
    @overload
    def save(self, path: Stream) -> None: ...
    def save(self, path: Target) -> Path | None:
        """Write the picture to a file of its own.

        Args:
            path: The file, whose name ends in ``.svg``; or a stream of text or bytes.

        Returns:
            The path of the file; None for a stream.

        Raises:
            StoreError: The name ends otherwise, or the file cannot be written.
        """
        if isinstance(path, str | PathLike) and Path(path).suffix.lower() != _SUFFIX:
            raise StoreError(Hint("pictures.suffix", path=str(path)))
        return save_text(path, f"{self.svg}\n")


def build_picture(
    canvas: Canvas,
    table: PictureTable,
    *,
    name: str,
    finding: str,
    about: str,
    card: Scorecard,
    texts: Texts,
) -> Picture:
    """Return what was drawn as a picture.

    Args:
        canvas: What was drawn.
        table: The same as a table.
        name: The kind of picture, and after a hyphen what sets it apart from others of the kind.
        finding: What it shows.
        about: What it is of.
        card: The scorecard its figures are from.
        texts: The words.
    """
    finding, about = keep_ranges_together(finding), keep_ranges_together(about)
    alt = f"{about}. {describe_table(table, texts)}"
    return Picture(
        kind=name.partition("-")[0],
        finding=finding,
        about=about,
        svg=canvas.render_svg(
            re.sub(r"[^A-Za-z0-9_-]+", "-", f"{name}-{texts.language}"),
            title=finding,
            description=alt,
            mark=texts("page.example_mark") if card.example else None,
        ),
        alt=alt,
        table=table,
        example=card.example,
    )


def describe_table(table: PictureTable, texts: Texts) -> str:
    """Say a table row by row; cells in which there is nothing are left out."""
    return " ".join(_describe_row(table.columns, row, texts) for row in table.rows)


def _describe_row(columns: Sequence[str], row: Sequence[str], texts: Texts) -> str:
    cells = [
        texts("listing.cell", column=column, state=cell)
        for column, cell in zip(columns[1:], row[1:], strict=True)
        if cell not in {"", texts("goals.none")}
    ]
    said = "; ".join(cells) or texts("pictures.nothing")
    return texts("listing.row", row=row[0], cells=said)
