"""The Middelfart profile: its goals, what they must not promise, and its own facts and titles."""

from __future__ import annotations

import plfkit
import pytest


@pytest.fixture
def middelfart() -> plfkit.Profile:
    """The installed profile."""
    return plfkit.load_profile("middelfart")


@pytest.mark.parametrize(("goal", "letters"), [("M1", "abce"), ("M2", "abdef"), ("M3", "abcde")])
def test_goals_have_their_indicators(middelfart: plfkit.Profile, goal: str, letters: str) -> None:
    """Each goal has its figures, some told by several; what M1 says of support only describes."""
    named = {name.partition("_")[0] for name in middelfart.indicators_of(goal)}
    assert named == {f"{goal}{letter}" for letter in letters}
    assert {name.partition("_")[0] for name in middelfart.indicators_of(None)} == {"M1d", "any"}


def test_the_list_of_goals_is_open(middelfart: plfkit.Profile) -> None:
    """Middelfart names its goals among others."""
    assert middelfart.code == "410"
    assert not middelfart.goals_complete


@pytest.mark.parametrize("name", ["M2e", "M3a", "M3c_mixing", "any_community"])
def test_mixes_have_no_direction(middelfart: plfkit.Profile, name: str) -> None:
    """More is not better in a mix, in shared words, in being alike, or in what is expected."""
    indicator = middelfart.indicators[name]
    assert indicator.direction is None
    assert indicator.target is None
    assert indicator.note is not None


def test_the_only_mark_is_proposed_and_about_schools(middelfart: plfkit.Profile) -> None:
    """All schools with a built-up learning centre is the one mark, and nobody has decided it."""
    targets = {n: i.target for n, i in middelfart.indicators.items() if i.target is not None}
    assert {n: (t.value, t.source) for n, t in targets.items()} == {"M1c": (1.0, "proposed")}
    assert middelfart.indicators["M1c"].figure_class == "organisational"


def test_reach_runs_towards_resource_persons(middelfart: plfkit.Profile) -> None:
    """Colleagues get to a resource person directly or in two steps, beside chance; both only describe."""
    reach, direct, share = (
        middelfart.indicators[name] for name in ("M1d_reach", "M1d_direct", "M1d_share")
    )
    assert reach.arguments == {"relation": "advice", "target": "resource_person", "k": 2}
    assert direct.arguments == {**reach.arguments, "k": 1}
    assert {(i.goal, i.direction) for i in (reach, direct, share)} == {(None, None)}
    assert "by" not in share.arguments


def test_contact_counts_people(middelfart: plfkit.Profile) -> None:
    """M2a is the share with a contact elsewhere, not the balance of ties inside and outside."""
    assert middelfart.indicators["M2a"].measure == "cross_unit_contact"


def test_required_functions_are_roles_that_exist(middelfart: plfkit.Profile) -> None:
    """The functions that a learning centre should have are roles of resource persons."""
    functions = middelfart.indicators["M1c"].arguments["functions"]
    roles = middelfart.vocabulary.roles
    assert functions
    assert all(roles[function].resource_person for function in functions)


def test_one_of_each_is_inferred(middelfart: plfkit.Profile) -> None:
    """That the head and a consultant take part was said; that it is one of each was worked out."""
    certainty = {name: claim.certainty for name, claim in middelfart.claims.items()}
    assert certainty["head_takes_part"] == certainty["consultant_takes_part"] == "stated"
    assert certainty["one_head"] == certainty["one_consultant"] == "inferred"
    rule = middelfart.claims["one_consultant"].rule
    assert rule is not None
    assert rule.exactly == 1


def test_the_earlier_projects_stay_apart(middelfart: plfkit.Profile) -> None:
    """What the municipality said and what a public page says are two entries, and their tie a guess."""
    programmes = middelfart.programmes
    assert programmes["inkluderende_laeringsmiljoeer"].grant is None
    assert programmes["laeringsfaellesskaber_der_virker"].certainty == "site"
    assert middelfart.context["earlier_project_two_names"].certainty == "inferred"


def test_joint_project(middelfart: plfkit.Profile) -> None:
    """The municipality named the project; the grant, the lead and UCL's part are from its site."""
    project = middelfart.programmes["videre_med_plf"]
    assert project.certainty == "stated"
    assert {project.certainties[key] for key in ("grant", "lead", "partners")} == {"site"}
    assert project.municipalities == ("Vejle", "Langeland")


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Skole- og uddannelseschef", "head_of_education"),
        ("Skolefaglig konsulent", "consultant"),
        ("Ressourceperson", "general_resource_person"),
        ("Sprog- og læsevejleder", "reading_coach"),
        ("PLC-vejleder", "learning_centre_coordinator"),
        ("Udskolingsleder", "department_head"),
        ("SFO-pædagog", "pedagogue"),
        ("Lærer", "teacher"),
    ],
)
def test_danish_titles_resolve(middelfart: plfkit.Profile, title: str, role: str) -> None:
    """Titles as a school secretary types them are known."""
    assert middelfart.vocabulary.resolve("roles", title) == role
