"""Writing: what was written reads back as it was, in each format."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from searching import search

from plfkit import (
    Event,
    Organisation,
    Outcome,
    Person,
    Position,
    Profile,
    Registration,
    Survey,
    Tie,
    Unit,
    combine,
    load_profile,
    read,
    write,
)
from plfkit.errors import InvalidDataError, MissingExtraError, StoreError
from plfkit.model.words.vocabulary import load_core_vocabulary
from plfkit.sources import find_profile_name
from plfkit.sources.formats import FORMATS, TABLE_FORMATS, WORKBOOK
from plfkit.testing import organisations, vocabularies

PLACES = {name: "book.xlsx" if form is WORKBOOK else name for name, form in FORMATS.items()}
EVERY_FORMAT = pytest.mark.parametrize("form", FORMATS)


@EVERY_FORMAT
@given(organisation=organisations())
def test_what_is_written_reads_back_equal(
    tmp_path_factory: pytest.TempPathFactory, form: str, organisation: Organisation
) -> None:
    """Any organisation, title and example mark included, survives each format."""
    place = tmp_path_factory.mktemp("written") / PLACES[form]
    assert read(write(organisation, place, format=form)) == organisation


@EVERY_FORMAT
@search(15)
@given(organisation=organisations(vocabulary=vocabularies()))
def test_its_words_are_written_with_it(
    tmp_path_factory: pytest.TempPathFactory, form: str, organisation: Organisation
) -> None:
    """Rows in the words of any profile, or of none that exists, read back without one being named."""
    place = tmp_path_factory.mktemp("written") / PLACES[form]
    again = read(write(organisation, place, format=form))
    assert again == organisation
    assert again.vocabulary == organisation.vocabulary


@EVERY_FORMAT
def test_awkward_values_survive(tmp_path: Path, form: str) -> None:
    """Numbers of 17 digits, the first and last days, texts that look like other things."""
    names = [
        "=1+1",
        "+45",
        "-",
        "@x",
        "'quoted'",
        "NA",
        "None",
        "TRUE",
        "1e5",
        "007",
        "_x0041_",
        "a\nb",
    ]
    organisation = Organisation.of(
        units=[Unit("s", "school", name) for name in [None]]
        + [Unit(f"u{n}", "school", name) for n, name in enumerate(names)],
        persons=[Person("007"), Person("=cmd|' /C calc'!A0"), Person("Å")],
        events=[Event(f"e{n}", "workshop", day) for n, day in enumerate(DAYS)],
        outcomes=[
            Outcome("s", f"m{n}", value=value, n=10**15 - 1) for n, value in enumerate(NUMBERS)
        ],
    )
    assert read(write(organisation, tmp_path / PLACES[form], format=form)) == organisation


DAYS = [
    date(1900, 1, 1),
    date(1900, 2, 28),
    date(1900, 3, 1),
    date(2024, 2, 29),
    date(2100, 12, 31),
]
NUMBERS = [0.1 + 0.2, 1e300, 5e-324, -0.0, 1 / 3, 2.0**53 + 2, 123456789.123456789]


def test_a_later_save_leaves_nothing_of_the_earlier(tmp_path: Path) -> None:
    """Tables that are gone are gone in the folder, in whatever format; other files stay."""
    (tmp_path / "notes.txt").write_text("mine")
    full = Organisation.of(persons=[Person("a")], units=[Unit("s", "school")])
    bare = Organisation.of(persons=[Person("b")])
    write(full, tmp_path)
    write(bare, tmp_path, format="parquet")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["datapackage.json", "notes.txt", "persons.parquet"]
    assert read(tmp_path) == bare


@EVERY_FORMAT
def test_the_same_content_is_the_same_bytes(tmp_path: Path, form: str) -> None:
    """Nothing of the clock, and nothing of the order of rows, gets into files."""
    rows = [Person("a"), Person("b", "Bo")]
    written = [
        write(Organisation.of(persons=people), tmp_path / f"{n}{PLACES[form]}", format=form)
        for n, people in enumerate([rows, rows[::-1]])
    ]
    first, second = ([path] if path.is_file() else sorted(path.iterdir()) for path in written)
    assert [file.read_bytes() for file in first] == [file.read_bytes() for file in second]


@pytest.mark.parametrize("form", [form.name for form in TABLE_FORMATS])
def test_another_validator_accepts_the_folder(tmp_path: Path, form: str) -> None:
    """Frictionless reads the descriptor, checks every cell and key, and finds nothing; or what is wrong."""
    good = Organisation.of(
        units=[Unit("k", "municipality"), Unit("nan", "school", "A\nB", "k")],
        persons=[Person("007", "Ada"), Person("NA")],
        positions=[Position("007", "nan", "teacher", fte=0.5), Position("NA", "nan", "teacher")],
        surveys=[Survey("q", "network", "advice", max_ties=3), Survey("r", "scale", linked=True)],
        ties=[Tie("007", "NA", "advice", "q")],
        events=[Event("e", "workshop", DAYS[0], hours=1.5), Event("f", "workshop", DAYS[1])],
        registrations=[Registration("nan", "workshop", complete=True)],
    )
    folder = write(good, tmp_path / "good", format=form)
    report = validated(folder)
    assert report["valid"], report
    others = Organisation.of(persons=[Person(f"other-{row.id}") for row in good.persons])
    (folder / f"persons.{form}").write_bytes(
        (write(others, tmp_path / "bad", format=form) / f"persons.{form}").read_bytes()
    )
    wrong = [error["type"] for task in validated(folder)["tasks"] for error in task["errors"]]
    assert {*wrong} == {"foreign-key"}


def validated(folder: Path) -> dict[str, Any]:
    """What frictionless says of a folder, from a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@given(organisation=organisations())
def test_the_descriptor_names_every_file(
    tmp_path_factory: pytest.TempPathFactory, organisation: Organisation
) -> None:
    """Each file that was written is a resource, with all its columns."""
    folder = write(organisation, tmp_path_factory.mktemp("described"))
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    resources = {resource["path"]: resource for resource in package["resources"]}
    assert set(resources) == {path.name for path in folder.glob("*.csv")}
    for name, resource in resources.items():
        header = (folder / name).read_text(encoding="utf-8").splitlines()[0]
        assert [field["name"] for field in resource["schema"]["fields"]] == header.split(",")


def profile(name: str, level: str, **words: Any) -> Profile:
    """A profile whose vocabulary has a mentor on some level."""
    label = {"da": "Mentor", "en": "Mentor"}
    roles = {"mentor": {"label": label, "level": level}}
    return Profile.from_document(
        {"schema_version": 1, "id": name, "label": label, "vocabulary": {"roles": roles, **words}}
    )


def school(made: Profile) -> Organisation:
    """A school with one mentor."""
    return Organisation.of(
        vocabulary=made.vocabulary,
        units=[Unit("s", "school")],
        persons=[Person("a")],
        positions=[Position("a", "s", "mentor")],
    )


@EVERY_FORMAT
def test_data_in_the_words_of_a_profile_say_so(tmp_path: Path, form: str) -> None:
    """They name it; and with it, without any, or with one that has no words of its own, read back equal."""
    made = profile("p", "resource_persons")
    place = write(school(made), tmp_path / PLACES[form], format=form)
    assert find_profile_name(place) == "p"
    for asked in (made, None, load_profile("generic")):
        assert read(place, profile=asked) == school(made)


@EVERY_FORMAT
def test_another_meaning_is_refused(tmp_path: Path, form: str) -> None:
    """A profile that means something else by a mentor, that calls another role so, or knows none."""
    place = write(school(profile("p", "resource_persons")), tmp_path / PLACES[form], format=form)
    titled = {"label": {"da": "X", "en": "X"}, "level": "administration", "aliases": ["Mentor"]}
    document = profile("q", "administration").to_document()
    document["vocabulary"]["roles"] = {"guide": titled}
    calling = Profile.from_document(document)
    document["vocabulary"]["roles"] = {"guide": {**titled, "aliases": []}}
    ignorant = Profile.from_document(document)
    for other in (profile("q", "administration"), calling, ignorant):
        with pytest.raises(InvalidDataError, match="without naming a profile"):
            read(place, profile=other)


@EVERY_FORMAT
def test_another_profile_that_agrees_reads_the_data(tmp_path: Path, form: str) -> None:
    """Labels and further kinds are no conflict: the rows are in the words of whoever reads them."""
    place = write(school(profile("p", "resource_persons")), tmp_path / PLACES[form], format=form)
    staff = {"pedagogical_staff": {"label": {"da": "Alle", "en": "All"}, "minimum_members": 4}}
    other = profile("q", "resource_persons", levels=staff)
    assert read(place, profile=other) == school(other)


def test_older_data(tmp_path: Path) -> None:
    """Data of before say which profile is needed; with it, they read back equal."""
    made = profile("p", "resource_persons")
    folder = write(school(made), tmp_path / "folder")
    descriptor = folder / "datapackage.json"
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    del package["plfkit"]["vocabulary"]
    descriptor.write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(InvalidDataError, match=r'load_profile\("p"\)'):
        read(folder)
    assert read(folder, profile=made) == school(made)


def test_the_core_is_not_written_down(tmp_path: Path) -> None:
    """Data in the core's words alone go with whatever the core becomes."""
    folder = write(Organisation.of(persons=[Person("a")]), tmp_path / "folder")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert set(package["plfkit"]) == {"synthetic", "schema_version"}


def test_a_broken_vocabulary_is_a_fault(tmp_path: Path) -> None:
    """Whoever edits it by hand is told what is wrong, and where."""
    folder = write(school(profile("p", "resource_persons")), tmp_path / "folder")
    descriptor = folder / "datapackage.json"
    text = descriptor.read_text(encoding="utf-8")
    descriptor.write_text(text.replace('"resource_persons",\n', '"nowhere",\n'), encoding="utf-8")
    with pytest.raises(InvalidDataError, match="nowhere"):
        read(folder)


@EVERY_FORMAT
def test_combined_data_can_be_written_and_read(tmp_path: Path, form: str) -> None:
    """Ids with a name in front are ids like any other, and two sorts of mentor stay two."""
    both = combine(
        {
            "x": school(profile("p", "resource_persons")),
            "y": school(profile("q", "administration")),
        }
    )
    place = write(both, tmp_path / PLACES[form], format=form)
    again = read(place)
    assert again == both
    assert {row.role for row in again.positions} == {"x_mentor", "y_mentor"}
    assert again.vocabulary != load_core_vocabulary()
    assert find_profile_name(place) is None


def test_a_long_vocabulary_fits_into_cells(tmp_path: Path) -> None:
    """A cell of a workbook holds 32,767 letters; titles of ten thousand need several."""
    titles = [f"{letter * 9_990} {letter}" for letter in "abcdefgh"]
    roles = {"mentor": {"label": {"da": "M", "en": "M"}, "aliases": titles}}
    made = Profile.from_document(
        {
            **profile("p", "administration").to_document(),
            "vocabulary": {"roles": roles},
        }
    )
    assert read(write(school(made), tmp_path / "book.xlsx")) == school(made)


@pytest.mark.parametrize(
    ("name", "form", "words"),
    [
        ("book.xlsx", "csv", "ends in .xlsx"),
        ("folder", "xlsx", "ends in .xlsx"),
        ("folder", "json", "use csv, parquet, jsonl, xlsx"),
        ("no/such/folder", "csv", "cannot write"),
        ("nul\0name", "csv", "cannot write"),
        ("no/such/book.xlsx", None, "does not exist"),
    ],
)
def test_impossible_places_are_refused(tmp_path: Path, name: str, form: Any, words: str) -> None:
    """A wrong format, or a place that cannot be, is refused by name."""
    with pytest.raises(StoreError, match=words):
        write(Organisation.of(persons=[Person("a")]), tmp_path / name, format=form)


@pytest.mark.parametrize(
    ("library", "form", "extra"),
    [("pyarrow", "parquet", "frames"), ("xlsxwriter", "xlsx", "excel")],
)
def test_missing_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str, form: str, extra: str
) -> None:
    """The message has the command that installs it, and no file appears."""
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError, match=rf"pip install \"plfkit\[{extra}\]\""):
        write(Organisation.of(persons=[Person("a")]), tmp_path / PLACES[form], format=form)
    assert list(tmp_path.iterdir()) == []
