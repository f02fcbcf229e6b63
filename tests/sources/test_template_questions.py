"""The template's self-assessment, as the frameworks of a profile ask for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from templates import faults_of, fill

from plfkit import Answer, Profile, load_profile, read, snapshot, write_template
from plfkit.hints import Language
from plfkit.measures import characteristics_profile, framework_mean

DAY = date(2019, 3, 1)
LABEL = {"da": "Mod og tillid", "en": "Courage and trust"}


def characteristic(da: str, en: str) -> dict[str, Any]:
    """A characteristic, and what it means."""
    return {"label": {"da": da, "en": en}, "about": {"da": f"Om {da}.", "en": f"On {en}."}}


WORDED = {"da": "Vi skjuler det, vi ikke kan.", "en": "We hide what we cannot do."}
OURS: dict[str, Any] = {
    "characteristics": {
        "courage": characteristic("Mod", "Courage"),
        "trust": characteristic("Tillid", "Trust"),
        "working_together": characteristic("Samarbejde", "Working together"),
    },
    "frameworks": {
        "ours": {
            "label": LABEL,
            "characteristics": ["courage", "trust", "working_together"],
            "reference": "plfkit's tests",
            "keys": {"courage": ["c1", "c2"]},
            "reversed": ["c1"],
            "scale": {
                "lowest": 0,
                "highest": 10,
                "about": {"da": "0 = aldrig, 10 = altid.", "en": "0 = never, 10 = always."},
            },
            "wordings": {"c1": WORDED},
        }
    },
}
TITLES = {
    "da": [WORDED["da"], "Mod: c2", "Tillid", "Samarbejde: working_together"],
    "en": [WORDED["en"], "Courage: c2", "Trust", "Working together: working_together"],
}


def extend(base: str, **changes: Any) -> Profile:
    """Extend a municipality's profile by a framework of its own."""
    document = {"schema_version": 1, "id": "own", "extends": base, "label": LABEL}
    return Profile.from_document(
        {**document, "vocabulary": OURS, **changes}, base=load_profile(base)
    )


def staffed(*answers: list[Any], language: str = "da") -> dict[str, list[list[Any]]]:
    """A school with two teams, and what they say."""
    own = {
        "da": ("Enheder", "Medarbejdere", "Teams", "Teammedlemmer", "Selvvurdering"),
        "en": ("Units", "Employees", "Teams", "Team members", "Self-assessment"),
    }[language]
    people = [[name, None, "s", "teacher"] for name in ("ann", "bo", "cy")]
    teams = [[team, None, "team", "s"] for team in ("t", "u")]
    members = [[team, name] for team in ("t", "u") for name in ("ann", "bo", "cy")]
    rows = ([["s", None, "school", None]], people, teams, members, [*answers])
    return dict(zip(own, rows, strict=True))


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("base", ["vejle", "middelfart", "langeland"])
def test_a_framework_of_its_own_beside_the_five(
    tmp_path: Path, base: str, language: Language
) -> None:
    """Each framework has a survey with its own scale, and answers stand as they were given."""
    profile = extend(base)
    row = ["t", DAY, 3, None, 2, 1, 4, 0, 10, 7, 5]
    path = fill(
        tmp_path / "t.xlsx", staffed(row, language=language), language=language, profile=profile
    )
    sheet = openpyxl.load_workbook(path)[{"da": "Selvvurdering", "en": "Self-assessment"}[language]]
    assert [cell.value for cell in sheet[1]][-4:] == TITLES[language]
    organisation = read(path, profile=profile)
    assert {(s.id, s.instrument, s.lowest, s.highest) for s in organisation.surveys} == {
        ("self_assessment_2019-03-01", "five_characteristics", 1, 4),
        ("self_assessment_ours_2019-03-01", "ours", 0, 10),
    }
    assert [a for a in organisation.answers if "ours" in a.survey] == [
        Answer("self_assessment_ours_2019-03-01", None, "t", item=item, value=value)
        for item, value in (("c1", 0), ("c2", 10), ("trust", 7), ("working_together", 5))
    ]


def test_reversed_answers_are_turned(tmp_path: Path) -> None:
    """A 0 to a sentence against courage is as much of it as a 10 to one for it."""
    profile = extend("vejle")
    path = fill(
        tmp_path / "t.xlsx",
        staffed(*(["tu"[row], DAY, *[None] * 5, 0, 10, 7, 5] for row in range(2))),
        profile=profile,
    )
    result = framework_mean(
        snapshot(read(path, profile=profile), "2018/19"),
        framework="ours",
        respondents="communities",
    )
    assert {row.figure: row.value for row in result}["courage"] == 10


def test_answers_off_the_scale(tmp_path: Path) -> None:
    """Each question has its own ends, in the words of the sheet."""
    rows = [["t", DAY, 5, *[None] * 4, 11, -1], ["u", DAY, 4, *[None] * 4, 10, 0]]
    profile = extend("vejle")
    found = faults_of(fill(tmp_path / "t.xlsx", staffed(*rows), profile=profile), profile)
    assert [(fault.code, str(fault.place)) for fault in found] == [
        ("out_of_range", "Selvvurdering, row 2, column Fælles værdier og visioner"),
        ("out_of_range", "Selvvurdering, row 2, column Mod: c2"),
        ("out_of_range", "Selvvurdering, row 2, column Vi skjuler det, vi ikke kan."),
    ]
    assert "højst 10" in found[2].remedy.say(language="da")


def test_excel_keeps_each_question_on_its_scale(tmp_path: Path) -> None:
    """What Excel lets through is what is read; the note tells the scale and what is turned."""
    book = openpyxl.load_workbook(write_template(tmp_path / "t.xlsx", profile=extend("vejle")))
    sheet = book["Selvvurdering"]
    ends = {
        str(rule.sqref)[0]: (rule.formula1, rule.formula2)
        for rule in sheet.data_validations.dataValidation
    }
    assert (ends["C"], ends["H"]) == (("1", "4"), ("0", "10"))
    note = sheet["H1"].comment.text
    assert "0 = aldrig, 10 = altid." in note
    assert "plfkit vender svaret" in note
    assert "plfkit vender svaret" not in sheet["I1"].comment.text


def test_example_rows_are_answers_on_the_scale(tmp_path: Path) -> None:
    """As it comes the workbook is a sound example, whatever is asked."""
    organisation = read(write_template(tmp_path / "t.xlsx", profile=extend("langeland")))
    assert organisation.synthetic
    ours = [answer.value for answer in organisation.answers if "ours" in answer.survey]
    assert len(ours) == 8
    assert max(ours) > 4


def test_a_framework_in_place_of_the_five(tmp_path: Path) -> None:
    """A profile whose communities are recognised by EVA's four is asked about those alone."""
    profile = Profile.from_document(
        {"schema_version": 1, "id": "p", "label": LABEL, "framework": "eva"}
    )
    path = fill(tmp_path / "t.xlsx", staffed(["t", DAY, 1, 2, 3, 4]), profile=profile)
    organisation = read(path, profile=profile)
    assert {answer.item: answer.value for answer in organisation.answers} == {
        "eva_develop_together": 1,
        "eva_shared_knowledge": 2,
        "eva_shared_responsibility": 3,
        "eva_gain_experience": 4,
    }
    assert read(path) == organisation


def test_answers_stay_on_the_scale_they_were_given_on(tmp_path: Path) -> None:
    """A profile that asks otherwise today does not change what was asked: the workbook keeps that."""
    then, now = extend("vejle"), extend("vejle", vocabulary=rescaled(1, 5))
    path = fill(tmp_path / "t.xlsx", staffed(["t", DAY, *[None] * 5, 9]), profile=then)
    (survey,) = (one for one in read(path, profile=now).surveys if one.instrument == "ours")
    assert (survey.lowest, survey.highest) == (0, 10)


def rescaled(lowest: int, highest: int) -> dict[str, Any]:
    """The framework on another scale."""
    scale = {**OURS["frameworks"]["ours"]["scale"], "lowest": lowest, "highest": highest}
    return {**OURS, "frameworks": {"ours": {**OURS["frameworks"]["ours"], "scale": scale}}}


def test_another_profile_that_reads_answers_otherwise(tmp_path: Path) -> None:
    """Read with the profile that was extended, reversed answers would count the wrong way: refused."""
    own = extend("vejle")
    path = fill(tmp_path / "t.xlsx", staffed(["t", DAY, *[None] * 5, 9]), profile=own)
    (fault,) = faults_of(path, load_profile("vejle"))
    assert fault.code == "other_profile"
    assert "--profile own" in fault.remedy.say(language="da", audience="command_line")
    turned = {"frameworks": {"five_characteristics": {"reversed": ["collaboration"]}}}
    against = extend("vejle", vocabulary=turned)
    path = fill(tmp_path / "u.xlsx", staffed(["t", DAY, 1]), profile=against)
    assert [fault.code for fault in faults_of(path, load_profile("vejle"))] == ["other_profile"]
    assert len(read(path).answers) == 1


@pytest.mark.parametrize("courage", [10, 1])
def test_what_a_template_asked_is_measured(tmp_path: Path, courage: int) -> None:
    """A filled-in template settles what several items measure, the reversed one turned."""
    own = extend("vejle")
    row = ["t", DAY, *[None] * 5, 10 - courage, courage, 7, 5]
    path = fill(tmp_path / "t.xlsx", staffed(row, ["u", *row[1:]]), profile=own)
    now = snapshot(read(path, profile=own), "2018/19")
    shown = characteristics_profile(now, framework="ours", characteristics=("courage",), at_least=1)
    assert shown.item() == float(courage == 10)
