"""One exported questionnaire, and the indicators of three municipalities that are computed from it."""

from __future__ import annotations

import pytest

import plfkit
from plfkit import Organisation

STAFF_MAPPING = """schema_version = 1
file.delimiter = ";"
units.by.kind = "municipality"
units.nord.kind = "school"
units.nord.name = "Nord Skole"
units.nord.parent = "by"
communities.sol.kind = "team"
communities.sol.name = "Solteam"
communities.sol.unit = "nord"
communities.sky.kind = "team"
communities.sky.name = "Skyteam"
communities.sky.unit = "nord"
[[take]]
kind = "staff"
every.unit = "nord"
columns.person = "Nr"
columns.role = "Stilling"
columns.community = "Team"
"""
STAFF = "Nr;Stilling;Team\n" + "".join(
    f"m{number};Lærer;{'Solteam' if number <= 4 else 'Skyteam'}\n" for number in range(1, 9)
)
TITLES = [
    "Tidsstempel",
    "Nr",
    "Team, hvis du svarer for et",
    "Vi er enige",
    "Vi ser elevernes læring",
    "Vi drøfter",
    "Vi ser hinanden",
    "Vi samarbejder",
    "Fælles værdier",
    "Fælles børnesyn",
    "Fælles syn på læring",
    "Er du blevet set undervise?",
    "Har du set andre undervise?",
]
QUESTIONNAIRE = (
    ";".join(TITLES)
    + """
1;m1;Solteam;4;4;3;3;1;Helt enig;Enig;Helt enig;Ja;Ja
2;m2;;;;;;;Enig;Enig;Enig;Ja;Ja
3;m3;;;;;;;Helt uenig;Uenig;Helt uenig;Nej;Nej
4;m5;Skyteam;2;4;1;1;1;Uenig;Ved ikke;Uenig;Nej;Ja
"""
)
"""Four of eight answered; two of them for their team as well, in the same form."""
MAPPING = """schema_version = 1
file.delimiter = ";"
file.ignore = ["Tidsstempel"]
[common]
kind = "scale"
survey.date = "2026-11-09"

[[take]]                               # the team's own assessment
survey.id = "selvvurdering-2026"
survey.lowest = 1
survey.highest = 4
columns.community = "Team, hvis du svarer for et"
only."Team, hvis du svarer for et" = { "*" = true, "" = false }
[take.columns.items]
"Vi er enige" = "shared_values"
"Vi ser elevernes læring" = "pupil_learning_focus"
"Vi drøfter" = "reflective_dialogues"
"Vi ser hinanden" = "deprivatised_practice"
"Vi samarbejder" = "collaboration"

[[take]]                               # what each finds shared
asked = "staff"
survey.id = "faelles-2026"
survey.lowest = 1
survey.highest = 4
columns.person = "Nr"
[take.columns.items]
"Fælles værdier" = "shared_values"
"Fælles børnesyn" = "view_of_child"
"Fælles syn på læring" = "view_of_learning"
[take.words.items]
"Helt uenig" = 1
"Uenig" = 2
"Enig" = 3
"Helt enig" = 4
"Ved ikke" = "none"

[[take]]                               # who has seen whom, yes or no
asked = "staff"
survey.id = "observation-2026"
survey.lowest = 0
survey.highest = 1
columns.person = "Nr"
[take.columns.items]
"Er du blevet set undervise?" = "was_observed"
"Har du set andre undervise?" = "observed_others"
[take.words.items]
Ja = 1
Nej = 0
"""


@pytest.fixture(scope="module")
def town() -> Organisation:
    """A staff list and a questionnaire, each imported by its mapping."""
    staff = plfkit.import_files(STAFF_MAPPING.encode(), STAFF.encode())
    return plfkit.import_files(MAPPING.encode(), QUESTIONNAIRE.encode(), into=staff)


@pytest.mark.parametrize(
    ("profile", "indicator", "value"),
    [
        ("vejle", "V2_culture_pedagogical_staff", (3.5 + 1.5) / 2),  # 4 and 3; 2 and 1
        ("middelfart", "M1a", 1 / 2),  # four of five at 3 or more: the Solteam
        ("langeland", "L2c", 2 / 4),  # m1 and m2 of the four who answered
        ("langeland", "L3a", 2 / 4),  # m1 and m2 were seen
        ("langeland", "L3b", 3 / 4),  # all but m3 have seen others
    ],
)
def test_one_file_answers_three_profiles(
    town: Organisation, profile: str, indicator: str, value: float
) -> None:
    """What the file says is what the indicator shows, worked out by hand."""
    card = plfkit.assess(town, plfkit.load_profile(profile), at="2026/27")
    found = {one.id: one for goal in card.goals for one in goal.indicators}
    result = found[indicator].result
    assert result is not None
    assert result.main is not None
    assert result.main.value == pytest.approx(value)


def test_who_was_asked(town: Organisation) -> None:
    """All eight were asked, four answered; the team's own answers have no roster."""
    asked = [(row.survey, row.answered) for row in town.responses]
    assert asked.count(("faelles-2026", True)) == asked.count(("faelles-2026", False)) == 4
    assert {row.community for row in town.answers if row.survey == "selvvurdering-2026"} == {
        "sol",
        "sky",
    }
    assert [one.linked for one in town.surveys] == [True, True, None]
