"""The Vejle profile: found, loaded, true to what it declares."""

from __future__ import annotations

from pathlib import Path

import plfkit
import pytest


@pytest.fixture
def vejle() -> plfkit.Profile:
    """The installed profile."""
    return plfkit.load_profile("vejle")


def test_goals_v1_and_v2_have_their_indicators(vejle: plfkit.Profile) -> None:
    """V1a to V1g; training, structure, culture and reflection in each of four groups.

    Leaders and administration are too few to be asked each alone, so their culture is told together.
    """
    first, second = vejle.indicators_of("V1"), vejle.indicators_of("V2")
    assert {name[:3] for name in first} == {"V1a", "V1b", "V1c", "V1d", "V1e", "V1f", "V1g"}
    matrix = {
        f"{aspect}_{group}"
        for aspect in ("V2b", "V2_structure", "V2_culture", "V2_reflection")
        for group in vejle.vocabulary.required_levels
    }
    matrix -= {"V2_culture_administration", "V2_culture_school_leadership"}
    matrix |= {"V2_culture_leadership_and_administration"}
    assert set(second) == matrix | {"V2c", "V2c_internal", "V2d"}


def test_no_target_is_passed_off_as_decided(vejle: plfkit.Profile) -> None:
    """The municipality has set no number: every target is proposed, volume and density have none."""
    targets = [i.target for i in vejle.indicators.values() if i.target is not None]
    assert targets
    assert {target.source for target in targets} == {"proposed"}
    for name in ("V1d_social_density", "V1e"):
        assert vejle.indicators[name].direction is None


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Chef for Uddannelse & Læring", "head_of_education"),
        ("co-flies-konsulent", "consultant"),
        ("Danskvejleder", "subject_coach"),
        ("Lærer", "teacher"),
    ],
)
def test_danish_titles_resolve(vejle: plfkit.Profile, title: str, role: str) -> None:
    """Vejle's own titles and the core's are known."""
    assert vejle.vocabulary.resolve("roles", title) == role


def test_claims_carry_their_certainty(vejle: plfkit.Profile) -> None:
    """What the municipality said, what the project's site says and what was worked out stay apart."""
    certainty = {name: claim.certainty for name, claim in vejle.claims.items()}
    assert certainty["canadian_rounds"] == "stated"
    assert certainty["ontario_teacher_days"] == "inferred"
    team = vejle.claims["support_team"]
    assert (team.certainty, dict(team.certainties)) == ("stated", {"period": "inferred"})
    project = vejle.programmes["videre_med_plf"]
    assert (project.certainty, project.certainties["grant"]) == ("stated", "site")
    assert project.grant is not None
    assert project.grant.value == 13.7


def test_claims_say_what_would_be_counted(vejle: plfkit.Profile) -> None:
    """Two rounds everywhere, a day for everyone at a school, ten teachers' stay of ten days, ten co-flies."""
    rules = {name: claim.rule for name, claim in vejle.claims.items() if claim.rule is not None}
    counted = {name: (rule.count, rule.counts) for name, rule in rules.items()}
    assert counted["canadian_rounds"] == (2, "rounds")
    assert rules["canadian_rounds"].each_unit == "school"
    assert (rules["training_day"].each_person, rules["training_day"].within) == (
        "everyone",
        "school",
    )
    assert counted["ontario_teachers"] == (10, "people")
    assert (counted["ontario_days"], rules["ontario_days"].stay) == ((10, "days"), True)
    assert counted["ontario_teacher_days"] == (100, "person_days")
    assert rules["support_team_visits"].each_person is None
    assert {rules[n].more_than for n in rules if n.startswith("support_system")} == {"year_before"}
    assert (rules["support_team"].exactly, rules["support_team"].communities) == (
        10,
        ("support_team",),
    )


def test_its_list_of_goals_is_open(vejle: plfkit.Profile) -> None:
    """Vejle names V1 and V2 among others."""
    assert list(vejle.goals) == ["V1", "V2"]
    assert not vejle.goals_complete


def test_it_has_a_floor_and_a_purpose(vejle: plfkit.Profile) -> None:
    """The threshold is 5, the purpose is there, and the date in MED is the municipality's to fill in."""
    assert vejle.privacy.k == 5
    assert vejle.purpose is not None
    assert vejle.purpose.discussed_on is None


def test_a_small_municipality_can_be_assessed(vejle: plfkit.Profile, tmp_path: Path) -> None:
    """From a few rows to a page in Danish, with the goals neither met nor missed."""
    people = [f"person-{n}" for n in range(20)]
    organisation = plfkit.Organisation.of(
        vocabulary=vejle.vocabulary,
        units=[plfkit.Unit("k", "municipality"), plfkit.Unit("s", "school", "Skolen", "k")],
        persons=[plfkit.Person(name) for name in people],
        positions=[plfkit.Position(name, "s", "teacher") for name in people],
        communities=[plfkit.Community("t", "learning_community", None, "s")],
        memberships=[plfkit.Membership("t", name) for name in people[:14]],
    )
    card = plfkit.assess(organisation, vejle)
    verdicts = {outcome.id: outcome.verdict for outcome in card.indicators}
    assert verdicts["V1b"] == "below_proposed"
    assert verdicts["V1a"] == "undecided"
    assert {goal.verdict for goal in card.goals} == {"no_decided_target"}
    page = plfkit.write_report(plfkit.release(card, vejle.privacy), tmp_path / "vejle.html")
    assert "Vejle Kommune" in page.read_text(encoding="utf-8")
