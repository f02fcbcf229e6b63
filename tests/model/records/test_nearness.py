"""Which known title somebody may have meant: near ones only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfkit.model.records.checking.nearness import find_near_words
from plfkit.model.words.titles import normalise_title
from plfkit.model.words.vocabulary import load_core_vocabulary

CORE = load_core_vocabulary()


def meant(text: str, section: str = "roles") -> list[str]:
    """The kinds that the nearest words mean."""
    words = CORE.words(section)
    return [words[word] for word in find_near_words(text, words)]


@pytest.mark.parametrize(
    ("title", "roles"),
    [
        ("Læsevejledr", ["reading_coach"]),
        ("Lærrer", ["teacher"]),
        ("Pædagoger", ["pedagogue"]),
        ("IT-vejledere", ["it_coach"]),
        ("Matematik-vejleder", ["maths_coach"]),
        ("Musiklærer", ["teacher"]),
        ("Ressourcepædagog", ["pedagogue"]),
        ("Pæd. leder", ["department_head"]),
        ("Adm. medarb.", ["support_staff"]),
        ("Konst. skoleleder", ["principal"]),
        ("Lærer i indskolingen", ["teacher"]),
        ("Lærer (10. klasse)", ["teacher"]),
        ("Bibliotekar", ["learning_centre_coordinator"]),
        ("Læsevejleder/lærer", ["reading_coach", "teacher"]),
        ("Lærer og matematikvejleder", ["teacher", "maths_coach"]),
        ("Souschef, SFO", ["deputy_principal"]),
    ],
)
def test_a_near_title_is_found(title: str, roles: list[str]) -> None:
    """Misspelt, cut short, compounded, with a place behind it, or two in one cell."""
    assert meant(title) == roles


@pytest.mark.parametrize(
    "title",
    [
        "Pædagogisk tilrettelægger",
        "Viceskolechef",
        "Køkkenchef",
        "Leder af køkkenet",
        "Teamleder",
        "Studievejleder",
        "UU-vejleder",
        "Psykolog",
        "Lærerstuderende",
        "Vicevært",
        "Koordinator",
        "Head teacher",
        "HK'er",
        "",
        "/",
    ],
)
def test_what_only_looks_alike_is_not_near(title: str) -> None:
    """A common beginning, a common ending or a few common letters are no advice."""
    assert meant(title) == []


@pytest.mark.parametrize(
    ("section", "text", "kinds"),
    [
        ("unit_kinds", "Skoel", ["school"]),
        ("unit_kinds", "Folkeskole", ["school"]),
        ("community_kinds", "Matematikteam", ["team"]),
        ("community_kinds", "Fagteams", ["subject_team"]),
        ("relations", "advise", ["advice"]),
        ("qualification_kinds", "Vejlederudd.", ["coach_training"]),
        ("event_kinds", "party", []),
    ],
)
def test_other_words_are_compared_alike(section: str, text: str, kinds: list[str]) -> None:
    """Units, communities, relations, events and qualifications too."""
    assert meant(text, section) == kinds


@given(st.sampled_from(sorted(CORE.words("roles"))), st.data())
def test_one_wrong_letter_is_always_near(word: str, data: st.DataObject) -> None:
    """A known title of some length with one letter left out or changed leads back to something known."""
    if len(word) > len("lærer"):
        at = data.draw(st.integers(0, len(word) - 1))
        letter = data.draw(st.sampled_from(["", "x"]))
        assert find_near_words(word[:at] + letter + word[at + 1 :], CORE.words("roles"))


@given(st.text(max_size=40))
def test_whatever_is_near_is_known(text: str) -> None:
    """Nothing is made up, whatever stands in the cell."""
    words = CORE.words("roles")
    assert set(find_near_words(text, words)) <= set(words)
    assert all(word == normalise_title(word) for word in find_near_words(text, words))
