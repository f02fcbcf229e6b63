"""The Vejle profile: found, loaded, true to what it declares."""

from __future__ import annotations

from pathlib import Path

import pytest

import plfkit
from plfkit.measures import CORE


@pytest.fixture
def vejle() -> plfkit.Profile:
    """The installed profile."""
    return plfkit.load_profile("vejle")


def test_it_is_installed_under_its_own_distribution() -> None:
    """The listing names the distribution, without loading the profile."""
    (info,) = [info for info in plfkit.available_profiles() if info.id == "vejle"]
    assert info.distribution == "plfkit-vejle"


def test_goals_v1_and_v2_have_their_indicators(vejle: plfkit.Profile) -> None:
    """V1a to V1e, and structure, culture and reflection in each of four groups beside V2b to V2d."""
    first, second = vejle.indicators_of("V1"), vejle.indicators_of("V2")
    assert {name[:3] for name in first} == {"V1a", "V1b", "V1c", "V1d", "V1e"}
    matrix = {
        f"V2_{aspect}_{group}"
        for aspect in ("structure", "culture", "reflection")
        for group in vejle.vocabulary.required_levels
    }
    assert set(second) == matrix | {"V2b", "V2c", "V2c_internal", "V2d"}


def test_no_target_is_passed_off_as_decided(vejle: plfkit.Profile) -> None:
    """The municipality has set no number: every target is proposed, volume and density have none."""
    targets = [i.target for i in vejle.indicators.values() if i.target is not None]
    assert targets
    assert {target.source for target in targets} == {"proposed"}
    for name in ("V1d_social_density", "V1e"):
        assert vejle.indicators[name].direction is None


def test_indicators_name_measures_that_exist_or_the_tables_they_need(vejle: plfkit.Profile) -> None:
    """What plfkit cannot compute yet says which tables would be needed."""
    for name, indicator in vejle.indicators.items():
        assert indicator.measure in CORE or indicator.tables, name
        if indicator.measure in CORE:
            assert CORE[indicator.measure].about.figure_class == indicator.figure_class, name


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


def test_texts_stand_in_both_languages(vejle: plfkit.Profile) -> None:
    """Goals, indicators and claims differ between Danish and English, and none is empty."""
    labels = [i.label for i in vejle.indicators.values()]
    labels += [text for goal in vejle.goals.values() for text in (goal.label, goal.text)]
    labels += [claim.text for claim in vejle.claims.values()]
    assert all(label.da and label.en and label.da != label.en for label in labels)


def test_claims_carry_their_certainty(vejle: plfkit.Profile) -> None:
    """What the municipality said, what the project's site says and what was worked out stay apart."""
    certainty = {name: claim.certainty for name, claim in vejle.claims.items()}
    assert certainty["canadian_rounds"] == "stated"
    assert certainty["project_grant"] == "site"
    assert certainty["ontario_teacher_days"] == "inferred"
    assert vejle.claims["ontario_teachers"].value == 10


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
