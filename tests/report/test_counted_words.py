"""Sentences with counts: one is not written as many, in either language."""

from __future__ import annotations

import re

import pytest

from plfkit.model.words.kinds import Label
from plfkit.report.texts import Texts

LANGUAGES = ("da", "en")
MANY = {
    "da": "fællesskaber skoler medarbejdere personer overgange oplysninger år tal par",
    "en": "communities schools members people transitions pieces years figures pairs points are have "
    "lie reach do",
}
ALIKE = {"år", "tal", "par"}
"""Danish words that are the same for one and for many."""
COUNTS = {
    *("all", "back", "classes", "count", "down", "fewer", "hidden", "more", "on", "open"),
    *("same", "small", "stayed", "up", "wanted", "width"),
}
"""The blanks that hold how many there are of something."""
TEXTS = sorted(
    (f"{section}.{name}", language)
    for section, texts in Texts.read_texts().items()
    for name in texts
    for language in LANGUAGES
)


def fill(key: str, language: str, count: int) -> str:
    """Return a text of the page with the same count wherever something is counted."""
    texts = Texts.of(language)
    section, _, name = key.partition(".")
    blanks = re.findall(r"{(\w+)", texts.label(Texts.read_texts()[section][name]))
    return texts(key, **{blank: count if blank in COUNTS else 0.5 for blank in blanks})


@pytest.mark.parametrize(("key", "language"), TEXTS)
def test_one_is_not_many(key: str, language: str) -> None:
    """Whatever is counted, of one the sentence speaks as of one."""
    said = fill(key, language, 1)
    many = [word for word in MANY[language].split() if word not in ALIKE]
    assert not re.search(rf"\b1 ({'|'.join(many)})\b", said), said
    assert not re.search(
        r"\b([Dd]e|[Aa]lle|the|[Aa]ll|none of|any of|ingen af|nogen af) 1 \w", said
    ), said


@pytest.mark.parametrize("count", [0, 2])
@pytest.mark.parametrize(("key", "language"), TEXTS)
def test_others_are_not_one(key: str, language: str, count: int) -> None:
    """Of none and of two the sentence speaks as of many."""
    one = "fællesskab skole medarbejder overgang community school member figure pair transition"
    said = fill(key, language, count)
    assert not re.search(rf"\b{count} ({'|'.join(one.split())})\b", said), said
    assert "det ene" not in said


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 teams meet"), (1, "1 team meets"), (2, "2 teams meet"), ("1", "1 team meets")],
)
def test_words_fit_a_count(count: object, said: str) -> None:
    """The words before the bar are for one, also for a count that is written already."""
    label = Label("", "{count} {count:team meets|teams meet}")
    assert Texts.of("en").fill_in(label, count=count) == said
