"""Frameworks: what each recognises a community by, which items measure that, what it answers to."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from plfkit import Answer, Organisation, Profile, Survey, combine, read, write_template
from plfkit.errors import ProfileError
from plfkit.model.vocabulary import Vocabulary, core_vocabulary

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
        }
    },
}


def ours(**changes: Any) -> dict[str, Any]:
    """The additions to the vocabulary, its framework changed."""
    return {**OWN, "frameworks": {"ours": {**OWN["frameworks"]["ours"], **changes}}}


def grown(**changes: Any) -> Vocabulary:
    """The core with a framework of its own."""
    return core_vocabulary().extended(ours(**changes))


def test_the_core_has_five_frameworks() -> None:
    """Each has as many characteristics as its authors name, and no two share one."""
    frameworks = core_vocabulary().frameworks
    sizes = {name: len(framework.characteristics) for name, framework in frameworks.items()}
    assert sizes == {"five_characteristics": 5, "eva": 4, "hord": 5, "plca_r": 6, "dufour": 3}
    named = list(chain.from_iterable(f.characteristics for f in frameworks.values()))
    assert sorted(named) == sorted(core_vocabulary().characteristics)


def test_the_keys_of_plca_r_share_out_its_items() -> None:
    """Fifty-two items in a row: 11, 9, 10, 7, 5 and 10, each in one dimension."""
    framework = core_vocabulary().frameworks["plca_r"]
    items = [framework.items(characteristic) for characteristic in framework.characteristics]
    assert [len(of_one) for of_one in items] == [11, 9, 10, 7, 5, 10]
    assert list(chain.from_iterable(items)) == [f"plca_r_{number:02d}" for number in range(1, 53)]


def test_a_characteristic_without_a_key_is_its_own_item() -> None:
    """What is scored by a key has its items, all else itself."""
    framework = grown().frameworks["ours"]
    assert framework.items("trust") == ("t1", "t2")
    assert framework.items("courage") == ("courage",)


def test_each_framework_but_the_five_says_what_it_answers_to() -> None:
    """The crosswalk has each characteristic, and reaches each of the five from somewhere."""
    core = core_vocabulary()
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
    ],
)
def test_keys_and_crosswalks_name_what_is_there(changes: Any, message: str) -> None:
    """A word that is no characteristic is refused where it stands, with the nearest that is."""
    with pytest.raises(ProfileError, match=message):
        grown(**changes)


def test_additions_carry_keys_and_crosswalk() -> None:
    """What a profile adds can be written down and added again."""
    vocabulary = grown()
    assert vocabulary.additions() == ours()
    assert core_vocabulary().extended(vocabulary.additions()) == vocabulary


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
    assert framework.items("trust") == ("t1", "t2")
    assert framework.items("s_courage") == ("courage",)
    assert dict(framework.crosswalk) == {"trust": ("shared_values",), "s_courage": ()}
    assert set(both.answers.column("item").categories) == {"courage"}


def test_the_template_asks_for_the_five_only(tmp_path: Path) -> None:
    """Characteristics of other frameworks are no columns, whatever the vocabulary has."""
    own = profile("p", ours())
    organisation = read(write_template(tmp_path / "t.xlsx", profile=own), profile=own)
    items = set(organisation.answers.column("item").categories)
    assert items == {*core_vocabulary().five_characteristics, "weeks_between_meetings"}
