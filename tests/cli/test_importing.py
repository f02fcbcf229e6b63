"""``plfkit import``: exports of survey tools and offices into data, and what is told on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from offices import NETWORK, SCALE, SCHOOL, drop_line, list_answered, list_ties

from plfkit import Organisation, Person, Position, Unit, read, write
from plfkit.cli import main

SVAR = "Navn,Hvem 1\nAnne Ahorn,Bo Birk\nBo Birk,Anne Ahorn\n"
OPEN = "Navn,Hvem 1\nAnne Ahorn,Bo B\nBo Birk,Cai\n"


def run(*arguments: str | Path) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["import", *map(str, arguments)])


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a mapping, an export, one with open names, and the data of a school."""
    (tmp_path / "m.toml").write_text(NETWORK, "utf-8")
    (tmp_path / "svar.csv").write_text(SVAR, "utf-8")
    (tmp_path / "open.csv").write_text(OPEN, "utf-8")
    write(SCHOOL, tmp_path / "data")
    return tmp_path


def list_arguments(desk: Path) -> list[str | Path]:
    """Return what imports the export with open names."""
    return [desk / "m.toml", desk / "open.csv", "--into", desk / "data", "--out", desk / "ny"]


def list_files(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with what it holds."""
    return {str(p): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("out", ["ny", "ny.xlsx"])
def test_into_and_out(desk: Path, out: str) -> None:
    """The files are added to a copy; the data that were named stay as they are."""
    before = list_files(desk / "data")
    done = run(desk / "m.toml", desk / "svar.csv", "--into", desk / "data", "--out", desk / out)
    assert done.exit_code == 0, done.output
    assert done.stdout.strip() == str(desk / out)
    assert list_ties(read(desk / out)) == [("p1", "p2", None), ("p2", "p1", None)]
    assert list_files(desk / "data") == before


def test_replace(desk: Path) -> None:
    """The data are written over if that is said."""
    done = run(desk / "m.toml", desk / "svar.csv", "--into", desk / "data", "--replace")
    assert done.exit_code == 0, done.output
    assert len(read(desk / "data").ties) == 2


def test_made_anew(desk: Path) -> None:
    """After a mapping is corrected the same command, with --replace, makes the same folder anew."""
    asked = (desk / "m.toml", desk / "svar.csv", "--into", desk / "data", "--out", desk / "whole")
    assert run(*asked).exit_code == 0
    refused = run(*asked)
    assert refused.exit_code == 1
    assert "--replace" in refused.stderr
    (desk / "m.toml").write_text((desk / "m.toml").read_text("utf-8") + "\n# right now\n", "utf-8")
    assert run(*asked, "--replace").exit_code == 0
    assert len(read(desk / "whole").ties) == 2


@pytest.mark.parametrize("lang", ["da", "en"])
def test_what_is_refused_is_said_in_one_language(desk: Path, lang: str) -> None:
    """An option that is not enough is named before what to write, without words of another language."""
    done = run(desk / "m.toml", desk / "svar.csv", "--replace", "--lang", lang)
    assert done.exit_code == 2
    assert "Invalid value" not in done.stderr
    assert {"da": "--out: skriv --out", "en": "--out: say with --out"}[lang] in done.stderr


@pytest.mark.parametrize(
    "options",
    [
        ("--into", "data"),
        ("--into", "data", "--out", "data"),
        ("--into", "data", "--out", "svar.csv"),
        ("--into", "data", "--out", "open.csv", "--replace"),
        ("--replace",),
        (),
    ],
)
def test_nothing_written_over(desk: Path, options: tuple[str, ...]) -> None:
    """Nothing is written over that was not named for it, and nothing is written without a place."""
    before = list_files(desk)
    places = [option if option.startswith("--") else desk / option for option in options]
    done = run(desk / "m.toml", desk / "svar.csv", *places)
    assert done.exit_code != 0
    assert isinstance(done.exception, SystemExit)
    assert list_files(desk) == before


@pytest.mark.parametrize(
    ("language", "words"),
    [("da", "skriv i navnetabellen, hvem der menes"), ("en", "say in the table of names")],
)
def test_faults(desk: Path, language: str, words: str) -> None:
    """Faults end with 1, in the reader's language; no cell is shown unless asked for."""
    asked = list_arguments(desk)
    done = run(*asked, "--lang", language)
    assert done.exit_code == 1
    assert words in done.stderr
    assert not (desk / "ny").exists()
    for cell in ("Bo B", "Cai", "Bo Birk"):
        assert cell not in done.output
    shown = run(*asked, "--lang", language, "--show-values")
    assert "Cai" in shown.stderr
    assert "Bo Birk (p2)" in shown.stderr


def test_open_names(desk: Path) -> None:
    """Open names go into a table to fill in, which the mapping then takes; what is decided stays."""
    names = desk / "names.csv"
    asked = list_arguments(desk)
    assert "--open-names" in run(*asked).stderr
    assert run(*asked, "--open-names", names).exit_code == 1
    rows = names.read_text("utf-8-sig").splitlines()
    assert [row.split(";")[0] for row in rows] == ["written", "Bo B", "Cai"]
    (desk / "m.toml").write_text("names = 'names.csv'\n" + NETWORK + 'nothing = "answered"\n')
    assert run(*asked, "--open-names", names).exit_code == 1
    assert names.read_text("utf-8-sig").splitlines() == rows
    filled = (
        names.read_text("utf-8-sig").replace("Bo B;;", "Bo B;p2;").replace("Cai;;", "Cai;nobody;")
    )
    names.write_text(filled, "utf-8-sig")
    done = run(*asked, "--open-names", names)
    assert done.exit_code == 0, done.output
    assert list_ties(read(desk / "ny")) == [("p1", "p2", None)]
    assert names.read_text("utf-8-sig") == filled


def test_no_table_of_names(desk: Path) -> None:
    """A file that is no table of names is not written over with one."""
    asked = list_arguments(desk)
    done = run(*asked, "--open-names", desk / "svar.csv")
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert (desk / "svar.csv").read_text("utf-8") == SVAR


@pytest.mark.parametrize(("language", "words"), [("da", "udeladt"), ("en", "left out")])
def test_advice(desk: Path, language: str, words: str) -> None:
    """What was left out is told, though nothing is wrong."""
    (desk / "m.toml").write_text(NETWORK + 'self = "drop"\n', "utf-8")
    (desk / "svar.csv").write_text("Navn,Hvem 1,Hvem 2\nAnne Ahorn,p2,p1\n", "utf-8")
    done = run(
        *(desk / "m.toml", desk / "svar.csv", "--into", desk / "data", "--out", desk / "ny"),
        *("--lang", language),
    )
    assert done.exit_code == 0
    assert words in done.stderr


@pytest.mark.parametrize("language", ["da", "en"])
def test_wrong_mapping(desk: Path, language: str) -> None:
    """A mapping that cannot be applied is told with its line."""
    (desk / "m.toml").write_text(drop_line(NETWORK, "survey.relation"), "utf-8")
    done = run(desk / "m.toml", desk / "svar.csv", "--out", desk / "ny", "--lang", language)
    assert done.exit_code != 0
    assert {"da": "linje", "en": "line"}[language] in done.stderr
    assert isinstance(done.exception, SystemExit)


class TestTools:
    """Exports as survey tools write them, from the file to the data."""

    @pytest.fixture
    def data(self, tmp_path: Path) -> Path:
        """The data of a school of six."""
        names = ["Ane A", "Bo B", "Cai C", "Dea D", "Eli E", "Fie F"]
        organisation = Organisation.of(
            units=[Unit("by", "municipality"), Unit("nord", "school", parent="by")],
            persons=[Person(str(n), name) for n, name in enumerate(names, 1)],
            positions=[Position(str(n), "nord", "teacher") for n in range(1, 7)],
        )
        return write(organisation, tmp_path / "data")

    def read_import(self, data: Path, mapping: str, export: str) -> Organisation:
        """Import an export on the command line, and read what was written."""
        folder = data.parent
        (folder / "m.toml").write_text(mapping, "utf-8")
        (folder / "svar.csv").write_text(export, "utf-8")
        done = run(folder / "m.toml", folder / "svar.csv", "--into", data, "--out", folder / "ny")
        assert done.exit_code == 0, done.output
        return read(folder / "ny")

    def test_brackets(self, data: Path) -> None:
        """Titles as question[answer], of colleagues and of a note to ignore."""
        mapping = NETWORK.replace('"Navn"', '"token"').replace(
            'named = "Hvem *"', 'colleagues = "net[*]"'
        )
        mapping += (
            'words.colleagues = { Y = true, N = false }\nfile.ignore = ["id", "note[other]"]\n'
        )
        export = "id,token,net[1],net[2],net[3],note[other]\n1,1,,Y,N,x\n2,2,Y,,N,\n"
        assert list_ties(self.read_import(data, mapping, export)) == [
            ("1", "2", None),
            ("2", "1", None),
        ]

    def test_labels(self, data: Path) -> None:
        """Codes, labels and import ids above the answers; a label names the colleague."""
        mapping = NETWORK.replace('"Navn"', '"ExternalReference"').replace(
            'named = "Hvem *"', 'colleagues = "Whom do you ask? - *"'
        )
        mapping += (
            'columns.answered = "Finished"\nwords.answered = { True = true, False = false }\n'
            "words.colleagues = { Yes = true }\n"
            'file = { labels = 2, skip = [3], ignore = ["StartDate"] }\n'
        )
        export = (
            "\ufeffStartDate,Finished,ExternalReference,Q3_1,Q3_2,Q3_3\n"
            "Start Date,Finished,External Data Reference,"
            "Whom do you ask? - Bo B,Whom do you ask? - Ane A,Whom do you ask? - Cai C\n"
            '"{""ImportId"":""a""}","{""ImportId"":""b""}","{""ImportId"":""c""}",x,y,z\n'
            "2026-11-02,True,Ane A,Yes,,\n2026-11-02,True,Bo B,,Yes,Yes\n2026-11-02,False,Cai C,,,\n"
        )
        organisation = self.read_import(data, mapping, export)
        assert list_answered(organisation) == {"1": True, "2": True, "3": False}
        assert [tie[:2] for tie in list_ties(organisation)] == [("1", "2"), ("2", "1"), ("2", "3")]

    def test_names_in_a_cell(self, data: Path) -> None:
        """All who were ticked stand in one cell, with a sign behind each."""
        mapping = NETWORK.replace('"Hvem *"', '"Hvem søger du råd hos?"') + (
            'split.named = ";"\nnothing = "answered"\nfile = { delimiter = ";", ignore = ["ID"] }\n'
        )
        export = (
            'ID;Navn;Hvem søger du råd hos?\n1;Ane A;"Bo B;Cai C;"\n2;Bo B;"Ane A;"\n3;Cai C;\n'
        )
        organisation = self.read_import(data, mapping, export)
        assert list_answered(organisation) == {"1": True, "2": True, "3": True}
        assert [tie[:2] for tie in list_ties(organisation)] == [("1", "2"), ("1", "3"), ("2", "1")]

    def test_scale(self, data: Path) -> None:
        """One row a respondent, one column an item; a blank is no answer."""
        mapping = SCALE + (
            'columns.respondent = "Kode"\ncolumns.answered = "Status"\n'
            'words.answered = { "Gennemført" = true, "Ikke svaret" = false }\n'
            'file.delimiter = ";"\n'
        )
        export = (
            "Kode;Status;q1;q2;q3;q4;q5\na;Gennemført;3;4;3;2;4\nb;Gennemført;2;;3;1;4\n"
            "c;Ikke svaret;;;;;\n"
        )
        organisation = self.read_import(data, mapping, export)
        assert (len(organisation.answers), len(organisation.responses)) == (9, 0)

    def test_those_who_answered(self, data: Path) -> None:
        """An export of those who answered: the staff were asked, and half of them are silent."""
        mapping = NETWORK.replace('"rows"', '"staff"')
        export = "Navn,Hvem 1\nAne A,Dea D\nBo B,Ane A\nCai C,Bo B\n"
        answered = list_answered(self.read_import(data, mapping, export))
        assert answered == {str(n): n <= 3 for n in range(1, 7)}
