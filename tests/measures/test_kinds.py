"""A sort of a kind is that kind, in every argument that names kinds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from searching import search

from plfkit import (
    Community,
    Membership,
    Organisation,
    Person,
    Position,
    Profile,
    Qualification,
    Snapshot,
    Tie,
    Unit,
    assess,
    measures,
    snapshot,
)
from plfkit.errors import DocumentError
from plfkit.measures import CORE
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.testing import snapshots

LABEL = {"da": "x", "en": "x"}
OWN = {
    "maths_team": {"label": LABEL, "sort_of": "subject_team"},
    "maths_centre": {"label": LABEL, "sort_of": "learning_centre"},
}


def vocabulary(kinds: Mapping[str, Any]) -> Vocabulary:
    """The core's words with kinds of community of a municipality's own."""
    return load_core_vocabulary().extended({"community_kinds": kinds})


def school(kind: str) -> Organisation:
    """A school with one community of three teachers, one of whom leads and one of whom is trained."""
    people = ["a1", "a2", "a3"]
    return Organisation.of(
        vocabulary=vocabulary(OWN),
        units=[Unit("K", "municipality"), Unit("A", "school", None, "K")],
        persons=[Person(p) for p in [*people, "x"]],
        positions=[
            *(Position(p, "A", "teacher") for p in [*people, "x"]),
            Position("a1", "A", "principal"),
            Position("a2", "A", "reading_coach"),
        ],
        qualifications=[Qualification("a2", "coach_training")],
        communities=[Community("c", kind, None, "A")],
        memberships=[Membership("c", p) for p in people],
        ties=[Tie("x", "a1", "reports_to")],
    )


@pytest.mark.parametrize("kind", ["team", "subject_team", "maths_team"])
def test_a_team_of_whatever_sort_is_a_team(kind: str) -> None:
    """Structure, coverage, mix, groups and targets see it alike, over as many steps as there are."""
    now, kinds = snapshot(school(kind)), ("team",)
    assert measures.shared_structure(now, kinds=kinds).item() == 1
    assert measures.membership_coverage(now, kinds=kinds).item() == 0.75
    assert measures.professional_mix(now, roles=("teacher",), kinds=kinds).item() == 1
    assert [row["part"] for row in measures.membership_coverage(now, by="team").rows()] == ["c"]
    reached = measures.group_reach(now, relation="reports_to", target="team", k=1)
    assert reached.item() == 1
    follow_up = measures.shared_data_follow_up(now, kinds=kinds)
    assert follow_up.evidence["communities"] == 1


@pytest.mark.parametrize("kind", ["learning_centre", "maths_centre"])
def test_sort_of_learning_centre(kind: str) -> None:
    """It counts as the school's centre, among resource persons, though it does not say so itself."""
    now = snapshot(school(kind))
    built = measures.learning_centre_build_up(now, functions=("reading_coach",))
    assert built.item() == 1
    anchored = {f.figure: f.value for f in measures.level_anchoring(now)}
    assert (anchored["resource_persons"], anchored["pedagogical_staff"]) == (1, 0)


@pytest.mark.parametrize("kind", ["team", "maths_team", "network"])
def test_claims_about_a_kind_are_about_its_sorts(kind: str, manifest: dict[str, Any]) -> None:
    """A rule that names teams counts the members of maths teams, and not those of networks."""
    rule = {"counts": "people", "at_least": 3, "communities": ["team"]}
    manifest["claims"] = {"C": {"text": LABEL, "certainty": "stated", "rule": rule}}
    card = assess(school(kind), Profile.from_document(manifest))
    assert card.claims[0].verdict == ("open" if kind == "network" else "supported")


def test_circular_sorts() -> None:
    """A circle has no kind that they are all a sort of."""
    circle = {name: {"label": LABEL, "sort_of": other} for name, other in ("ab", "ba")}
    with pytest.raises(DocumentError, match="sort of itself"):
        vocabulary(circle)


@search(20)
@pytest.mark.parametrize(
    "measure",
    ["membership_coverage", "professional_mix", "shared_data_follow_up", "shared_structure"],
)
@given(now=snapshots(), kind=st.sampled_from(sorted(load_core_vocabulary().community_kinds)))
def test_naming_a_kind_names_all_its_sorts(measure: str, now: Snapshot, kind: str) -> None:
    """Each measure gives the same for a kind as for the kind and its sorts together."""
    example = CORE[measure].about.example
    arguments = {name: value for name, value in example.items() if name != "kinds"}
    one, together = (
        CORE[measure](now, {**arguments, "kinds": kinds})
        for kinds in ((kind,), now.vocabulary.sorts_of(kind))
    )
    assert one.evidence == together.evidence
    if measure != "shared_structure":  # its figure counts the kinds named
        assert one.rows() == together.rows()
