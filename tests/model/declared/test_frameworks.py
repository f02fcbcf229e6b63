"""Frameworks: what each recognises a community by, which items measure that, what it answers to."""

from __future__ import annotations

import inspect
from itertools import chain
from typing import Any

import pytest

from plfkit import (
    Answer,
    Organisation,
    Profile,
    Survey,
    combine,
    describe,
)
from plfkit.errors import InvalidDataError, ProfileError
from plfkit.measures import CORE, Measure
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.profiles.asking import list_team_frameworks

LABEL = {"da": "Vores", "en": "Ours"}
TRUST = {"label": {"da": "Tillid", "en": "Trust"}, "about": {"da": "Vi tør.", "en": "We dare."}}
OWN: dict[str, Any] = {
    "characteristics": {"trust": TRUST, "courage": TRUST},
    "frameworks": {
        "ours": {
            "label": LABEL,
            "characteristics": ["trust", "courage"],
            "reference": "plfkit's tests",
            "keys": {"trust": ["t1", "t2"]},
            "crosswalk": {"trust": ["shared_values"], "courage": []},
            "reversed": ["t2"],
            "scale": {"lowest": 0, "highest": 10, "about": LABEL},
            "wordings": {"t1": LABEL},
        }
    },
}


def ours(**changes: Any) -> dict[str, Any]:
    """The additions to the vocabulary, its framework changed."""
    return {**OWN, "frameworks": {"ours": {**OWN["frameworks"]["ours"], **changes}}}


def grown(**changes: Any) -> Vocabulary:
    """The core with a framework of its own."""
    return load_core_vocabulary().extended(ours(**changes))


def test_the_core_has_seven_frameworks() -> None:
    """Each has as many characteristics as its authors name, and no two share one."""
    frameworks = load_core_vocabulary().frameworks
    sizes = {name: len(framework.characteristics) for name, framework in frameworks.items()}
    assert sizes == {
        "five_characteristics": 5,
        "eva": 4,
        "hord": 5,
        "plca_r": 6,
        "dufour": 3,
        "professional_capital": 6,
        "collective_responsibility": 1,
    }
    named = list(chain.from_iterable(f.characteristics for f in frameworks.values()))
    assert sorted(named) == sorted(load_core_vocabulary().characteristics)


def test_the_keys_of_plca_r_share_out_its_items() -> None:
    """Fifty-two items in a row: 11, 9, 10, 7, 5 and 10, each in one dimension."""
    framework = load_core_vocabulary().frameworks["plca_r"]
    items = [framework.list_items(characteristic) for characteristic in framework.characteristics]
    assert [len(of_one) for of_one in items] == [11, 9, 10, 7, 5, 10]
    assert list(chain.from_iterable(items)) == [f"plca_r_{number:02d}" for number in range(1, 53)]


def test_characteristic_without_key() -> None:
    """What is scored by a key has its items, all else itself."""
    framework = grown().frameworks["ours"]
    assert framework.list_items("trust") == ("t1", "t2")
    assert framework.list_items("courage") == ("courage",)


def test_frameworks_answer_to_something() -> None:
    """The crosswalk has each characteristic, and reaches each of the five from somewhere."""
    core = load_core_vocabulary()
    others = [f for name, f in core.frameworks.items() if name != "five_characteristics"]
    assert all(tuple(f.crosswalk) == f.characteristics for f in others)
    reached = chain.from_iterable(chain.from_iterable(f.crosswalk.values()) for f in others)
    assert set(reached) == set(core.five_characteristics)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"keys": {"turst": ["t1"]}}, r'keys\.turst.*no such characteristic.*mean "trust"'),
        ({"keys": {"trust": []}}, r"keys\.trust.*name an item"),
        ({"keys": {"trust": "t1"}}, "expected a list of texts"),
        ({"crosswalk": {"trsut": []}}, r'crosswalk\.trsut.*did you mean "trust"'),
        ({"crosswalk": {"trust": ["shared_value"]}}, 'did you mean "shared_values"'),
        ({"crosswalk": {"trust": ["courage"]}}, "none of five_characteristics: there are shared"),
        ({"crosswalk": {"trust": ["eva_shared_knowledge"]}}, "none of five_characteristics"),
        ({"reversed": ["courge"]}, r'ours\.reversed.*no such item.*did you mean "courage"'),
        ({"reversed": ["shared_values"]}, "no such item"),
        ({"reversed": "t2"}, "expected a list of texts"),
        ({"wordings": {"courge": LABEL}}, r'ours\.wordings.*no such item.*mean "courage"'),
        ({"scale": {"lowest": 4, "highest": 4, "about": LABEL}}, "lies above the least"),
        ({"scale": {"lowest": 1, "highest": 4}}, "about"),
    ],
)
def test_keys_and_crosswalks_name_what_is_there(changes: Any, message: str) -> None:
    """A word that is no characteristic is refused where it stands, with the nearest that is."""
    with pytest.raises(ProfileError, match=message):
        grown(**changes)


def test_profile_reverses_core_items() -> None:
    """It may reverse items of a framework that is there, once written it reads back, others refuse."""
    turned = {"frameworks": {"plca_r": {"reversed": ["plca_r_02"]}}}
    vocabulary = load_core_vocabulary().extended(turned)
    assert vocabulary.frameworks["plca_r"].reversed == vocabulary.reversed_items == ("plca_r_02",)
    assert load_core_vocabulary().extended(vocabulary.additions()) == vocabulary
    assert load_core_vocabulary().reversed_items == ()
    with pytest.raises(ProfileError, match="reversed"):
        load_core_vocabulary().extended({"levels": {"administration": {"reversed": ["t1"]}}})


def test_an_item_is_worded_one_way() -> None:
    """Two frameworks that list an item must agree; one that is its own item follows."""
    other = {**OWN["frameworks"]["ours"], "keys": {"courage": ["t2"]}, "reversed": []}
    both = {**OWN, "frameworks": {**OWN["frameworks"], "other": other}}
    with pytest.raises(ProfileError, match=r"frameworks\.other\.reversed.*worded one way"):
        load_core_vocabulary().extended(both)
    five = {"characteristics": ["shared_values", "trust"], "keys": {"trust": ["t1", "t2"]}}
    words = grown(**five, crosswalk={}, reversed=["shared_values"])
    assert words.reversed_items == ("shared_values",)


def test_additions_carry_keys_and_crosswalk() -> None:
    """What a profile adds can be written down and added again."""
    vocabulary = grown()
    assert vocabulary.additions() == ours()
    assert load_core_vocabulary().extended(vocabulary.additions()) == vocabulary


def answered(profile: Profile) -> Organisation:
    """One answer to the item that a characteristic is."""
    return Organisation.of(
        vocabulary=profile.vocabulary,
        persons=[],
        surveys=[Survey("q", "scale", lowest=1, highest=4)],
        answers=[Answer("q", "x", item="courage", value=3)],
    )


def profile(name: str, vocabulary: dict[str, Any]) -> Profile:
    """A profile that adds to the vocabulary."""
    document = {"schema_version": 1, "id": name, "label": LABEL, "vocabulary": vocabulary}
    return Profile.from_document(document)


def test_combining_keeps_what_frameworks_measure() -> None:
    """A characteristic that gets another id is still measured by the items it was."""
    other = {**OWN["characteristics"], "courage": {**TRUST, "label": LABEL}}
    changed = {**ours(reference="another"), "characteristics": other}
    both = combine({"n": answered(profile("n", ours())), "s": answered(profile("s", changed))})
    framework = both.vocabulary.frameworks["s_ours"]
    assert framework.characteristics == ("trust", "s_courage")
    assert framework.list_items("trust") == ("t1", "t2")
    assert framework.list_items("s_courage") == ("courage",)
    assert dict(framework.crosswalk) == {"trust": ("shared_values",), "s_courage": ()}
    assert set(both.answers.column("item").categories) == {"courage"}


def worded(*items: str) -> Profile:
    """A profile that words some of the five characteristics against the others."""
    return profile("p", {"frameworks": {"five_characteristics": {"reversed": list(items)}}})


def rated(profile: Profile, **known: Any) -> Organisation:
    """One code who rates two characteristics 1, on a scale from 1 to 4 unless told otherwise."""
    ends = {"lowest": 1, "highest": 4} | known
    return Organisation.of(
        vocabulary=profile.vocabulary,
        persons=[],
        surveys=[Survey("q", "scale", **ends)],
        answers=[Answer("q", "x", item=i, value=1) for i in ("collaboration", "shared_values")],
    )


def test_combining_turns_what_each_profile_reverses() -> None:
    """A 1 to a statement against is a 4 in what is combined, where no item is reversed any more."""
    plain, against = rated(worded()), rated(worded("collaboration"))
    both = combine({"n": plain, "s": against})
    told = {(row.survey, row.item): row.value for row in both.answers}
    assert told == {
        ("n:q", "collaboration"): 1,
        ("n:q", "shared_values"): 1,
        ("s:q", "collaboration"): 4,
        ("s:q", "shared_values"): 1,
    }
    assert both.vocabulary.reversed_items == ()
    assert combine({"n": both, "s": both}).answers.column("value").tolist().count(4) == 2


def test_combined_scales() -> None:
    """Data say their own scale, so frameworks agree however they are asked; nothing is worded against."""
    other = {"lowest": 1, "highest": 5, "about": LABEL}
    south = ours(scale=other, wordings={"t1": LABEL, "t2": LABEL})
    both = combine({"n": answered(profile("n", ours())), "s": answered(profile("s", south))})
    assert "s_ours" not in both.vocabulary.frameworks
    assert set(both.vocabulary.frameworks["ours"].wordings) <= {"t1"}


def test_combined_reversals() -> None:
    """Turned answers have one direction, so the framework keeps its id and its words."""
    north, south = (answered(profile(n, ours(reversed=r))) for n, r in (("n", []), ("s", ["t2"])))
    both = combine({"n": north, "s": south})
    assert both.vocabulary.frameworks["ours"].reversed == ()
    assert "n_ours" not in both.vocabulary.frameworks


def test_unturnable_answers() -> None:
    """A survey without ends is named, and what to fill in."""
    stuck = rated(worded("collaboration"), lowest=None, highest=None)
    with pytest.raises(InvalidDataError, match="ends of the scale of q"):
        combine({"s": stuck})
    assert len(combine({"n": rated(worded(), lowest=None, highest=None)}).answers) == 2


def test_a_profile_describes_what_it_reverses() -> None:
    """Whoever reads what a profile says finds the items whose answers are turned."""
    text = describe(worded("collaboration"), language="en")
    assert "Reversed items, whose answers are turned: collaboration" in text
    assert "Reversed" not in describe(worded(), language="en")


def reading(measure: str, **arguments: Any) -> dict[str, Any]:
    """An indicator that reads the framework of its own."""
    label = {"label": LABEL, "measure": measure, "figure_class": "answers"}
    return {"one": {**label, "arguments": {"framework": "ours", **arguments}}}


@pytest.mark.parametrize(
    ("indicators", "asked"),
    [
        ({}, True),
        (reading("framework_mean", respondents="communities"), True),
        (reading("characteristics_profile", at_least=1), True),
        (reading("framework_mean"), False),
        (reading("characteristics_profile", at_least=1, source="events"), False),
    ],
)
def test_teams_are_asked_what_figures_read(indicators: dict[str, Any], *, asked: bool) -> None:
    """Beside the five a framework of the profile's own, unless its figures ask single people alone."""
    document = {"schema_version": 1, "id": "p", "label": LABEL, "vocabulary": ours()}
    own = Profile.from_document({**document, "indicators": indicators})
    assert list_team_frameworks(own) == ("five_characteristics", *(["ours"] if asked else []))


def test_teams_are_asked_about_a_core_framework_that_figures_read() -> None:
    """EVA's are the core's: nobody is asked about them without a figure that reads their answers."""
    document: dict[str, Any] = {"schema_version": 1, "id": "p", "label": LABEL}
    one = {"label": LABEL, "measure": "framework_mean", "figure_class": "answers"}
    arguments = {"framework": "eva", "respondents": "communities"}
    reads = {"indicators": {"one": {**one, "arguments": arguments}}}
    assert list_team_frameworks(Profile.from_document(document)) == ("five_characteristics",)
    assert list_team_frameworks(Profile.from_document({**document, **reads})) == (
        "five_characteristics",
        "eva",
    )
    alone = Profile.from_document({**document, "framework": "eva"})
    assert list_team_frameworks(alone) == ("eva",)


@pytest.mark.parametrize("found", [*CORE], ids=lambda found: found.name)
def test_teams_are_asked_what_a_measure_reads_by_itself(found: Measure) -> None:
    """What a measure reads of communities where an indicator names nothing is asked in the template too."""
    own = inspect.signature(found.function).parameters
    bases = {"learning", "self_assessed"}
    base = own["basis"].default if "basis" in own else None
    reads = base in bases or found.name in {"characteristics_profile", "community_transition"}
    one = {"label": LABEL, "measure": found.name, "figure_class": "answers"}
    document: dict[str, Any] = {"schema_version": 1, "id": "p", "label": LABEL, "framework": "eva"}

    def ask(**arguments: str) -> bool:
        indicators = {"one": {**one, "arguments": arguments}}
        profile = Profile.from_document({**document, "indicators": indicators})
        return "five_characteristics" in list_team_frameworks(profile)

    assert ask() == reads
    if base in {"registered", *bases}:
        assert ask(basis="learning")
        assert ask(basis="self_assessed")
    if "framework" in own and "respondents" in own:
        assert ask(respondents="communities")
        assert not ask(respondents="communities", framework="hord")
