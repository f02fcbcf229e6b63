"""The Langeland profile: its goals, what they must not promise, its schools, facts and titles."""

from __future__ import annotations

import plfkit
import pytest

PEOPLE = ("participation", "answers")


@pytest.fixture
def langeland() -> plfkit.Profile:
    """The installed profile."""
    return plfkit.load_profile("langeland")


@pytest.mark.parametrize(
    ("goal", "letters"), [("L0", "ab"), ("L1", "abcde"), ("L2", "abcde"), ("L3", "abcdfgijk")]
)
def test_goals_have_their_indicators(langeland: plfkit.Profile, goal: str, letters: str) -> None:
    """Each goal has its figures; some of them are told by several."""
    named = {name.partition("_")[0] for name in langeland.indicators_of(goal)} - {"L3"}
    assert named == {f"{goal}{letter}" for letter in letters}


def test_three_goals_are_means_to_the_fourth(langeland: plfkit.Profile) -> None:
    """L1 to L3 serve L0, and Langeland names no other goals."""
    assert {name: goal.serves for name, goal in langeland.goals.items()} == {
        "L0": None,
        "L1": "L0",
        "L2": "L0",
        "L3": "L0",
    }
    assert langeland.code == "482"
    assert langeland.goals_complete


def test_the_overall_goal_rests_on_supplied_figures(langeland: plfkit.Profile) -> None:
    """L0 is about performance and social background, from aggregates about pupils; wellbeing is L3's."""
    indicators = langeland.indicators_of("L0")
    assert {indicator.tables for indicator in indicators.values()} == {("outcomes",)}
    assert {name.partition("_")[2] for name in indicators} == {"progression"}
    assert {"L3_wellbeing", "L3_wellbeing_gap"} <= {*langeland.indicators_of("L3")}
    assert all(i.target is None for i in indicators.values())


@pytest.mark.parametrize("name", ["L1c", "L2d", "L3c", "L3d_mixing"])
def test_mixes_have_no_direction(langeland: plfkit.Profile, name: str) -> None:
    """More is not better in a mix of hours, where nearly all are in, or against what is expected."""
    assert langeland.indicators[name].direction is None


def test_no_mark_asks_for_nobody_or_everybody(langeland: plfkit.Profile) -> None:
    """No mark about people is 0 or 100 per cent, and every mark is proposed."""
    targets = {n: i for n, i in langeland.indicators.items() if i.target is not None}
    assert set(targets) == {"L1a_levels", "L1a_members", "L2a"}
    for indicator in targets.values():
        assert indicator.target is not None
        assert indicator.target.source == "proposed"
        assert indicator.figure_class not in PEOPLE or 0 < indicator.target.value < 1


@pytest.mark.parametrize("name", ["L3h_advice", "L3h_hours", "support_one_person"])
def test_spread_only_describes(langeland: plfkit.Profile, name: str) -> None:
    """That colleagues seek those who know most is no fault, and part-timers have fewer meetings."""
    indicator = langeland.indicators[name]
    assert (indicator.goal, indicator.direction, indicator.target) == (None, None, None)


def test_two_schools_send_their_pupils_to_the_third(langeland: plfkit.Profile) -> None:
    """Nordskolen and Humble Skole end with grade 6, and their pupils go on to Ørstedskolen."""
    schools = langeland.schools
    assert {s.name for s in schools.values()} == {"Ørstedskolen", "Nordskolen", "Humble Skole"}
    moves = {s.name: s.moves_to for s in schools.values() if s.moves_to is not None}
    assert set(moves) == {"Nordskolen", "Humble Skole"}
    for name in ("nordskolen", "humble_skole"):
        receiver = schools[schools[name].moves_to or ""]
        assert receiver.name == "Ørstedskolen"
        assert receiver.first_grade <= schools[name].last_grade + 1 <= receiver.last_grade


def test_schools_say_where_they_are_from(langeland: plfkit.Profile) -> None:
    """The schools are known from a public page, and the transitions were worked out from them."""
    for school in langeland.schools.values():
        assert school.certainty == "site"
        assert school.source is not None
    assert langeland.context["two_transitions"].certainty == "inferred"


def test_earlier_years(langeland: plfkit.Profile) -> None:
    """That the whole municipality took part is asked of each school, in each of the two years."""
    claims = [langeland.claims[f"whole_municipality_{year}"] for year in (2015, 2016)]
    assert [claim.period for claim in claims] == ["2015/16", "2016/17"]
    for claim in claims:
        assert (claim.certainty, claim.certainties["period"]) == ("inferred", "stated")
        assert claim.rule is not None
        assert claim.rule.each_unit == "school"


def test_good_results_are_held_against_the_pupils(langeland: plfkit.Profile) -> None:
    """What pupils achieve and how they thrive is compared with the year before the programme."""
    for name in ("results_achievement", "results_wellbeing"):
        claim = langeland.claims[name]
        assert claim.certainty == "stated"
        assert claim.rule is not None
        assert (claim.rule.counts, claim.rule.more_than) == ("outcomes", "2014/15")


def test_one_head_is_inferred(langeland: plfkit.Profile) -> None:
    """That the head takes part was said; that it is one, and when, was worked out."""
    said, one = langeland.claims["head_takes_part"], langeland.claims["one_head"]
    assert (said.certainty, said.certainties["period"]) == ("stated", "inferred")
    assert one.certainty == "inferred"
    assert one.rule is not None
    assert one.rule.exactly == 1


def test_challenges_are_told(langeland: plfkit.Profile) -> None:
    """Three challenges were stated by the municipality."""
    assert [c.certainty for c in langeland.challenges.values()] == ["stated"] * 3


def test_the_continuation_is_with_vejle_only(langeland: plfkit.Profile) -> None:
    """Middelfart is in the joint project and not in what followed it."""
    programmes = langeland.programmes
    assert programmes["videre_med_plf"].municipalities == ("Vejle", "Middelfart")
    assert programmes["styrket_kvalitet"].municipalities == ("Vejle",)
    assert programmes["elevcentreret_laeringsledelse"].period == "2015-08-01/2017-08-01"


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Skole- og dagtilbudschef", "head_of_education"),
        ("Afdelingsleder mellemtrin", "department_head"),
        ("Lærer/ressourceperson", "general_resource_person"),
        ("Ressourceperson i matematik", "maths_coach"),
        ("PLC-medarbejder", "learning_centre_coordinator"),
        ("Dansklærer", "teacher"),
        ("Overgangspædagog", "pedagogue"),
        ("Pedel", "support_staff"),
    ],
)
def test_danish_titles_resolve(langeland: plfkit.Profile, title: str, role: str) -> None:
    """Titles as a school secretary types them are known."""
    assert langeland.vocabulary.resolve("roles", title) == role
