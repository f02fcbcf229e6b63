"""The mapping language: all that is wrong in a mapping at once, each with its line, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from offices import (
    MEETINGS,
    NETWORK,
    SCALE,
    SCHOOL,
    STAFF,
    count_advice,
    drop_line,
    list_problems,
    list_ties,
    take,
)

import plfkit
from plfkit import ImportMapping
from plfkit.errors import DocumentError, ProfileError

WRONG = {
    "version": ("schema_version = 2\n[[take]]\n", 1, "mapping.version"),
    "no version": ("[[take]]\n", None, "document.missing_key"),
    "no take": ("schema_version = 1\n", None, "mapping.no_take"),
    "kind": ('schema_version = 1\n[[take]]\nkind = "stuff"\n', 3, "mapping.kinds"),
    "no table": ("schema_version = 1\ntake = [1]\n", 2, "mapping.table"),
    "row": ("schema_version = 1\n[file]\nheader = 0\n", 3, "mapping.row"),
    "unknown key": (NETWORK + 'askd = "rows"\n', 11, "document.near_key"),
    "key of another kind": (NETWORK + 'columns.fte = "x"\n', 11, "document.unknown_key"),
    "unused shared key": ("[common]\nlast = 1\n" + NETWORK, 2, "document.unknown_key"),
    "asked": (NETWORK.replace('"rows"', '"some"'), 4, "mapping.asked"),
    "asked twice": (NETWORK + 'columns.asked = "Spurgt"\n', 4, "mapping.asked_twice"),
    "relation": (drop_line(NETWORK, "survey.relation"), 5, "mapping.relation"),
    "need": (drop_line(NETWORK, "columns.person"), 2, "mapping.need"),
    "word twice": (NETWORK + 'words.named = { A = "p1", a = "p2" }\n', 2, "mapping.word_twice"),
    "word left open": (NETWORK + 'words.named = { A = "" }\n', 11, "mapping.open_answer"),
    "survey left open": (NETWORK + 'survey.instrument = ""\n', 11, "mapping.open_answer"),
    "shared left open": (NETWORK + '[common.every]\nunit = ""\n', 12, "mapping.open_answer"),
    "unit left open": (
        NETWORK + '[units.a]\nkind = "school"\nname = ""\n',
        13,
        "mapping.open_answer",
    ),
    "texts": (NETWORK + "columns.also = [1]\n", 2, "mapping.texts"),
    "marks": (NETWORK.replace(".named", ".colleagues"), 2, "mapping.marks"),
    "star": (NETWORK.replace('named = "Hvem *"', 'colleagues = "Hvem"'), 10, "mapping.one_star"),
    "item star": (SCALE.replace('"q*"', '"q"'), 8, "mapping.one_star"),
    "ends": (drop_line(SCALE, "survey.lowest"), 4, "mapping.ends_of_scale"),
    "respondents": (
        SCALE + 'columns.person = "a"\ncolumns.respondent = "b"\n',
        8,
        "mapping.one_respondent",
    ),
    "full time": (STAFF + 'columns.hours = "Timer"\n', 6, "mapping.full_time"),
    "meeting id": (drop_line(MEETINGS, "id"), 2, "mapping.need"),
    "every weight": (NETWORK + "every.weight = 2\n", 11, "mapping.only_columns"),
    "column and every": (STAFF + 'columns.unit = "Skole"\n', 6, "mapping.said_twice"),
    "split nothing": (NETWORK + 'split.named = ""\n', 11, "mapping.split"),
    "split in vain": (NETWORK + 'split.also = ";"\n', 11, "mapping.split"),
}


@pytest.mark.parametrize("name", WRONG)
def test_problem(name: str) -> None:
    """A mapping that cannot be applied says on which line, and what to write, in both languages."""
    text, line, key = WRONG[name]
    if text.startswith("[common]"):
        text = "schema_version = 1\n" + text.replace("schema_version = 1\n", "")
        line = 3
    found = {problem.message.key: problem for problem in list_problems(text)}
    assert key in found, list(map(str, found.values()))
    assert found[key].line == line
    danish, english = (found[key].say(language=language) for language in ("da", "en"))
    assert danish != english


def test_all_at_once() -> None:
    """Every take is looked at, whatever is wrong in those before."""
    text = NETWORK.replace('"rows"', '"some"') + '[[take]]\nkind = "stuff"\n'
    problems = list_problems(text)
    assert [(p.path[:2], p.line) for p in problems] == [(("take", "0"), 4), (("take", "1"), 12)]


def test_shared_keys() -> None:
    """Takes share what stands in common, tables key by key; their own keys win."""
    text = """schema_version = 1
[common]
kind = "network"
asked = "rows"
survey.relation = "advice"
survey.date = 2026-11-09
columns.person = "Navn"
[[take]]
survey.id = "a"
columns.named = "Råd"
[[take]]
survey.id = "b"
survey.relation = "coaching"
columns.named = "Vejledning"
"""
    organisation = take(text, "Navn,Råd,Vejledning\nAnne Ahorn,Bo Birk,Dan Drue\n", into=SCHOOL)
    assert [(t.survey, t.relation, t.target) for t in organisation.ties] == [
        ("a", "advice", "p2"),
        ("b", "coaching", "p4"),
    ]
    assert {str(survey.date) for survey in organisation.surveys} == {"2026-11-09"}


def test_shared_keys_of_another_kind() -> None:
    """A take leaves aside what is shared and of no use to its kind; its own keys must be of use."""
    shared = "[common]\nrepeated = 'last'\ncolumns.community = 'Team'\n"
    text = NETWORK.replace("[[take]]", shared + "[[take]]")
    organisation = take(text, "Navn,Hvem 1\nAnne Ahorn,Bo Birk\n", into=SCHOOL)
    assert list_ties(organisation) == [("p1", "p2", None)]


def test_days() -> None:
    """A day of the mapping may stand with quotes or without."""
    plain = NETWORK.replace('"2026-11-09"', "2026-11-09")
    export = "Navn,Hvem 1\nAnne Ahorn,Bo Birk\n"
    assert take(plain, export, into=SCHOOL) == take(NETWORK, export, into=SCHOOL)


def test_older_mapping(tmp_path: Path) -> None:
    """A file without an edition, with a respondent, is a survey mapping of the older kind."""
    (tmp_path / "old.toml").write_text(
        'respondent = "Navn"\nnames = "Hvem *"\n[survey]\nid = "s"\nrelation = "advice"\n'
    )
    export = b"Navn,Hvem 1\nAnne Ahorn,Bo Birk\n"
    organisation = plfkit.import_files(tmp_path / "old.toml", export, into=SCHOOL)
    assert list_ties(organisation) == [("p1", "p2", None)]
    assert [f.code for f in organisation.advice if f.code == "not_said"] == ["not_said"]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe\x00",
        b"schema_version = 1\nx = " + b"[" * 9_000 + b"]" * 9_000,
        b"schema_version = 1\n[" + b".".join([b"a"] * 9_000) + b"]\n",
        b"schema_version = 1\nx = {" * 300,
    ],
    ids=["empty", "bytes", "lists", "tables", "broken"],
)
def test_hostile_mapping(text: bytes) -> None:
    """Whatever a mapping holds, it is read or refused in plfkit's own words."""
    with pytest.raises(ProfileError):
        plfkit.import_files(text, b"a\n")


@pytest.mark.parametrize("day", ["2026", "{ a = 1 }", '"i dag"', "true"])
def test_wrong_day(day: str) -> None:
    """A survey's date that is none is told, however it is written."""
    text = NETWORK.replace('"2026-11-09"', day)
    with pytest.raises(plfkit.errors.PlfkitError, match="date"):
        take(text, "Navn,Hvem 1\nAnne Ahorn,Bo Birk\n", into=SCHOOL)


def test_mapping_read_once(tmp_path: Path) -> None:
    """A mapping that was read serves several files; it finds its lists beside itself."""
    (tmp_path / "m.toml").write_text(NETWORK.replace('"rows"', '["liste.csv"]'))
    (tmp_path / "liste.csv").write_text("Navn\nAnne Ahorn\nBo Birk\n")
    mapping = ImportMapping.read(tmp_path / "m.toml")
    organisation = plfkit.import_files(mapping, b"Navn,Hvem 1\np1,p2\n", into=SCHOOL)
    assert {row.person for row in organisation.responses} == {"p1", "p2"}
    with pytest.raises(DocumentError):
        ImportMapping.parse("schema_version = 3")


def test_counts_of_several_takes() -> None:
    """What two takes of one file leave out is told together."""
    text = NETWORK + 'self = "drop"\nnothing = "answered"\n'
    both = text + text.replace("schema_version = 1\n", "").replace('"s"', '"t"')
    organisation = take(both, "Navn,Hvem 1\nAnne Ahorn,Anne Ahorn\n", into=SCHOOL)
    assert count_advice(organisation) == {"import.dropped_selves": 2}


def test_title() -> None:
    """A mapping gives the data a title; without one they keep theirs, and a blank one is refused."""
    named = take(f'title = "Nordby"\n{STAFF}', "Nr,Navn,Stilling\n1,Anne Ahorn,Lærer\n")
    assert named.title == plfkit.Label("Nordby", "Nordby")
    later = take(NETWORK, "Navn,Hvem 1\nAnne Ahorn,Bo Birk\n", into=SCHOOL)
    assert later.title is None
    (problem,) = list_problems(f'title = " "\n{STAFF}')
    assert problem.path == ("title",)


def test_advice_of_imports_before_is_kept() -> None:
    """What was left out of one file is still told after the next; what rows tell is told once."""
    staff = take(STAFF, "Nr,Navn,Stilling\n1,Anne Ahorn,Lærer\n2,Bo Birk,Lærer\n")
    without = drop_line(NETWORK, "asked")
    first = take(without, "Navn,Hvem 1\nAnne Ahorn,Bo Birk\n", into=staff)
    said = [one for one in first.advice if one.code == "not_said"]
    assert said
    second = take(NETWORK.replace('"s"', '"t"'), "Navn,Hvem 1\nAnne Ahorn,Bo Birk\n", into=first)
    assert [one for one in second.advice if one.code == "not_said"] == said
