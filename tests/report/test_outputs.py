"""What stands beside a page: the document, the figures as CSV and as a workbook."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import plfkit
from plfkit.disclosure import Released
from plfkit.errors import DisclosureError, StoreError
from plfkit.goals import Scorecard
from plfkit.model.declared.standards import STANDARD_KEYS
from plfkit.report import to_document, write_document, write_figures
from plfkit.report.listings import Listing, build_workbook, format_csv
from plfkit.report.rows import list_released

HOSTILE = ("=cmd()", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "＝1")  # noqa: RUF001 - a wide sign too


@pytest.fixture(scope="module")
def cards() -> dict[str, Scorecard]:
    """Two made-up municipalities, with the goals of Vejle and of Langeland."""
    profiles = {name: plfkit.load_profile(name) for name in ("vejle", "langeland")}
    return {
        name: plfkit.assess(plfkit.synthetic.municipality(one, schools=3), one)
        for name, one in profiles.items()
    }


@pytest.fixture(scope="module")
def released(cards: dict[str, Scorecard]) -> Released[Scorecard]:
    """The card with Vejle's goals, behind the gate."""
    return plfkit.release(cards["vejle"], plfkit.load_profile("vejle").privacy)


def test_what_is_written_is_what_was_released(
    released: Released[Scorecard], tmp_path: Path
) -> None:
    """The document whole; every figure of it in CSV, and in a workbook the same rows."""
    place = write_document(released, tmp_path / "v.json")
    assert json.loads(place.read_text("utf-8")) == json.loads(json.dumps(to_document(released)))
    write_figures(released, tmp_path / "v.csv")
    with (tmp_path / "v.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    assert {row["indicator"] for row in rows} == {one.id for one in released.content.indicators}
    write_figures(released, tmp_path / "v.xlsx", language="en")
    sheet = openpyxl.load_workbook(tmp_path / "v.xlsx")["Figures"]
    assert sheet.max_row == 1 + len(rows)


def test_a_danish_workbook_speaks_danish(released: Released[Scorecard], tmp_path: Path) -> None:
    """Measures, totals, what is missing, standards and how it was judged are told in words, not in codes."""
    write_figures(released, tmp_path / "v.xlsx", language="da")
    book = openpyxl.load_workbook(tmp_path / "v.xlsx")
    cells = {str(c) for sheet in book for row in sheet.iter_rows(values_only=True) for c in row}
    codes = {*released.content.measures, *STANDARD_KEYS, "total", "alone"}
    codes |= {str(need) for one in released.content.indicators for need in one.missing}
    codes |= {str(need) for one in released.content.claims for need in one.missing}
    # A profile may call an indicator what its measure is called.
    assert cells & codes <= {one.id for one in released.content.indicators}
    assert {"I alt", "Forankring på niveauer", "for sig selv"} <= cells
    write_figures(released, tmp_path / "v.csv", language="da")
    assert ",level_anchoring,2018/19,,,,,,,,total," in (tmp_path / "v.csv").read_text("utf-8")


def test_only_what_was_released_is_written(cards: dict[str, Scorecard], tmp_path: Path) -> None:
    """A raw scorecard is refused, and so is a name that does not say what the file holds."""
    for write, name in ((write_document, "v.json"), (write_figures, "v.csv")):
        with pytest.raises(DisclosureError, match="gate"):
            write(cards["vejle"], tmp_path / name)  # type: ignore[call-overload] # what is refused
    released = plfkit.release(cards["vejle"], cards["vejle"].privacy)
    for write, suffixes in ((write_document, ".json"), (write_figures, ".csv or .xlsx")):
        with pytest.raises(StoreError, match=f"must end in {suffixes}"):
            write(released, tmp_path / "v.pdf")


@pytest.mark.parametrize("excel", [False, True])
def test_no_cell_of_csv_is_a_formula(*, excel: bool) -> None:
    """Neither in a heading nor below one; numbers below zero stay numbers."""
    listing = Listing("figures", ("value", *HOSTILE), [(-0.5, *HOSTILE)])
    text = format_csv(listing, excel=excel).lstrip("\ufeff")
    heading, cells = csv.reader(io.StringIO(text, newline=""), delimiter=";" if excel else ",")
    assert all(cell.startswith("'") for cell in [*heading[1:], *cells[1:]])
    assert cells[0] == ("-0,5" if excel else "-0.5")


@pytest.mark.parametrize(
    "text", ["007", "1E5", "2011/12", "3-4", "1.2", "1,5", "10:30", "01-08-2018", "5. maj", "Dec1"]
)
def test_texts_that_excel_would_reread_are_quoted(text: str) -> None:
    """An id or a school year is no number and no date, and stays what it is."""
    told = format_csv(Listing("figures", ("part",), [(text,)]), excel=True)
    [_, [cell]] = csv.reader(io.StringIO(told[1:]), delimiter=";")
    assert cell == f"'{text}"


@pytest.mark.parametrize("text", ["2018/19", "2018-08-01", "7a", "Marie", "631001", "4.-6. klasse"])
def test_texts_that_excel_takes_as_they_are_stay(text: str) -> None:
    """School years of today, days, names and numbers of schools are not touched."""
    told = format_csv(Listing("figures", ("part",), [(text,)]), excel=True)
    assert told.splitlines()[1] == text


def test_figures_for_excel_are_numbers() -> None:
    """Decimal commas and whole numbers, and nothing where there is no figure."""
    told = format_csv(Listing("figures", ("part", "value", "n"), [("a", 0.6, 12)]), excel=True)
    assert told == "\ufeffgruppe;værdi;personer\na;0,6;12\n"


def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path) -> None:
    """Texts are texts, whatever they look like, and stand as they are."""
    listing = Listing("figures", ("value", *HOSTILE), [(-0.5, *HOSTILE)])
    (tmp_path / "w.xlsx").write_bytes(build_workbook([listing], language="en"))
    [heading, cells] = openpyxl.load_workbook(tmp_path / "w.xlsx")["Figures"].iter_rows()
    assert {cell.data_type for cell in [*heading, *cells[1:]]} == {"s"}
    assert (cells[0].value, cells[1].value) == (-0.5, "=cmd()")


def test_groups_told_together_have_a_name(example: Path) -> None:
    """Small levels that are told as one are named as one; CSV has the name in the reader's language."""
    now = plfkit.snapshot(plfkit.read(example), "2018/19")
    coverage = plfkit.measures.membership_coverage(now, by="level")
    released = plfkit.release(coverage, plfkit.load_profile("generic").privacy)
    names = {row["part"]: row["part_name"] for row in _read_rows(released, "en")}
    together = "administration + school_leadership + resource_persons"
    assert names[together] == "Administration, school leadership and resource persons together"


def test_units_have_names_and_people_have_none() -> None:
    """The name of a school stands beside its id; those of a team or of somebody never leave."""
    people = [plfkit.Person(f"p{n}", f"Anna {n}") for n in range(8)]
    town = plfkit.Organisation.of(
        units=[plfkit.Unit("s", "school", "Nord Skole")],
        persons=people,
        positions=[plfkit.Position(one.id, "s", "teacher") for one in people],
        communities=[plfkit.Community("x", "team", "Annas team", "s")],
        memberships=[plfkit.Membership("x", one.id) for one in people],
        ties=[plfkit.Tie("p0", f"p{n}", "reports_to") for n in range(1, 8)],
    )
    now, floor = plfkit.snapshot(town), plfkit.load_profile("generic").privacy
    for by, name in {"school": "Nord Skole", "team": ""}.items():
        sizes = plfkit.measures.density(now, relation="reports_to", by=by)
        rows = _read_rows(plfkit.release(sizes, floor))
        assert [row.get("part_name", "") for row in rows] == [name]
    single = plfkit.measures.degree(now, relation="reports_to")
    released = plfkit.release(single, floor, identified="a check")
    assert "Anna" not in format_csv(list_released(released)[0])


def _read_rows(released: Released[Any], language: Any = "da") -> list[dict[str, str]]:
    """The rows of what was released, as CSV has them."""
    text = format_csv(list_released(released)[0], language=language)
    return [*csv.DictReader(io.StringIO(text))]
