"""What a profile says of its page: the question, the figure seen first, the matrix of a goal."""

from __future__ import annotations

from typing import Any

import pytest

from plfkit import Organisation, Person, Profile, assess, describe
from plfkit.errors import DocumentError, NoDataError
from plfkit.hints import Language

QUESTION = {"da": "Er alle med?", "en": "Is everybody in?"}
COLUMNS = [{"da": "Ledere", "en": "Leaders"}, {"da": "Personale", "en": "Staff"}]
ROW = {"da": "Struktur", "en": "Structure"}


def shape_goal(manifest: dict[str, Any], **goal: Any) -> Profile:
    """Build the fake profile with more said of its goal."""
    goals = {"G": {**manifest["goals"]["G"], **goal}}
    return Profile.from_document({**manifest, "question": QUESTION, "goals": goals})


def lay_out(*rows: tuple[str, ...]) -> dict[str, Any]:
    """Write a matrix of two columns."""
    return {"columns": COLUMNS, "rows": [{"label": ROW, "indicators": [*row]} for row in rows]}


def test_one_indicator_spans_columns(manifest: dict[str, Any]) -> None:
    """The same id may stand side by side, and the profile is still what its document says."""
    matrix = lay_out(("coverage", "coverage"), ("later", "later"))
    profile = shape_goal(manifest, leading="coverage", matrix=matrix)
    goal = profile.goals["G"]
    assert goal.leading == "coverage"
    assert goal.matrix is not None
    assert [row.indicators for row in goal.matrix.rows] == [
        ("coverage", "coverage"),
        ("later", "later"),
    ]
    assert Profile.from_document(profile.to_document()) == profile


@pytest.mark.parametrize(
    ("goal", "message"),
    [
        ({"leading": "coverag"}, "goals.G.leading: there is no 'coverag' here, did you mean"),
        ({"leading": "density"}, "goals.G.leading: there is no 'density' here; there are coverage"),
        ({"matrix": lay_out(("coverage", "latr"))}, "goals.G.matrix.rows: there is no 'latr' here"),
        ({"matrix": lay_out(("coverage",))}, "names 1 indicators for 2 columns: name one for each"),
        ({"matrix": lay_out(("coverage", "later"), ("later", "coverage"))}, "in several places"),
        ({"matrix": {"columns": [], "rows": []}}, "a matrix has columns and rows"),
    ],
)
def test_other_indicators_are_refused(
    manifest: dict[str, Any], goal: dict[str, Any], message: str
) -> None:
    """A goal shows first, and lays out, its own indicators; the message says which there are."""
    with pytest.raises(DocumentError, match=message):
        shape_goal(manifest, **goal)


def test_a_profile_that_extends_asks_and_leads_otherwise(manifest: dict[str, Any]) -> None:
    """Question, leading figure and matrix are a municipality's to choose anew; the goal stays."""
    base = shape_goal(manifest, leading="coverage")
    other = {"da": "Holder det?", "en": "Does it last?"}
    own = {"schema_version": 1, "id": "mine", "extends": "fake", "question": other}
    mine = Profile.from_document({**own, "goals": {"G": {"leading": "later"}}}, base=base)
    assert mine.question is not None
    assert mine.question.da == "Holder det?"
    assert (mine.goals["G"].leading, mine.goals["G"].text) == ("later", base.goals["G"].text)
    assert Profile.from_document(own, base=base).goals["G"].leading == "coverage"


def test_fewer_indicators_lead_nowhere_else(manifest: dict[str, Any]) -> None:
    """With some indicators kept, a goal names none that is gone."""
    profile = shape_goal(manifest, leading="coverage", matrix=lay_out(("coverage", "later")))
    few = profile.keep_indicators(["later"])
    assert list(few.indicators) == ["later"]
    assert (few.goals["G"].leading, few.goals["G"].matrix) == (None, None)
    assert profile.keep_indicators(profile.indicators) == profile


def test_indicators_that_there_are_not_cannot_be_kept(manifest: dict[str, Any]) -> None:
    """An unknown id is answered with those there are, and one text is not taken for several ids."""
    profile = shape_goal(manifest)
    with pytest.raises(NoDataError, match="no indicator 'covrage', did you mean"):
        profile.keep_indicators({"covrage"})
    with pytest.raises(TypeError, match="several ids are needed, as"):
        profile.keep_indicators("coverage")
    none = assess(Organisation.of(persons=[Person("a")]), profile.keep_indicators(()))
    with pytest.raises(NoDataError, match="'coverage'; there are none"):
        none["coverage"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("da", ["Sidens spørgsmål: Er alle med?", "Det tal, der ses først: coverage", "Ledere |"]),
        ("en", ["The page's question: Is everybody in?", "seen first: coverage", "Leaders |"]),
    ],
)
def test_they_are_described(manifest: dict[str, Any], language: Language, told: list[str]) -> None:
    """Whoever reviews the profile reads them, in either language; what leads is asked for where it lacks."""
    whole = shape_goal(manifest, leading="coverage", matrix=lay_out(("coverage", "later")))
    text = describe(whole, language=language)
    assert all(words in text for words in told)
    lacking = {"da": "Mål uden et tal, der ses først: 1", "en": "Goals without a figure that is"}
    assert lacking[language] not in text
    assert lacking[language] in describe(shape_goal(manifest), language=language)


def test_the_scorecard_carries_the_question(manifest: dict[str, Any], town: Organisation) -> None:
    """What pages ask is there where they are made; a profile without one asks nothing."""
    card = assess(town, shape_goal(manifest))
    assert card.question is not None
    assert card.question.en == "Is everybody in?"
    assert assess(town, Profile.from_document(manifest)).question is None
