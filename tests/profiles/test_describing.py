"""Descriptions: all that a profile holds, in words that a municipality can review."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from plfkit import Profile, describe
from plfkit.errors import UnknownLanguageError
from plfkit.measures import CORE
from plfkit.testing import profiles


@given(profiles())
def test_nothing_is_left_out(profile: Profile) -> None:
    """Every goal, indicator, fact and title of any profile stands in its description."""
    for language in ("da", "en"):
        text = describe(profile, language=language)
        told = [goal.text for goal in profile.goals.values()]
        told += [indicator.label for indicator in profile.indicators.values()]
        told += [fact.text for fact in (*profile.context.values(), *profile.challenges.values())]
        told += [claim.text for claim in profile.claims.values()]
        told += [programme.label for programme in profile.programmes.values()]
        assert all(label[language] in text for label in told)
        assert all(school.name in text for school in profile.schools.values())


def test_it_tells_what_is_decided_and_what_is_not(manifest: dict[str, Any]) -> None:
    """Targets say who set them, claims how they are settled, and at the end stands what to review."""
    text = describe(Profile.from_document(manifest), language="da")
    assert "talmål 0,5, besluttet af kommunen" in text
    assert "afgøres af: antallet af begivenheder er mindst 1, begivenhed: Workshop" in text
    assert "Profilen siger ikke, hvad data om kolleger bruges til." in text
    assert "Til gennemsyn" in text
    assert "English" not in text


def test_facts_have_their_sources_and_certainties(manifest: dict[str, Any]) -> None:
    """Who vouches for what stands beside it, for single keys of a programme too; and numbers whole."""
    text = {"da": "Noget", "en": "Something"}
    profile = Profile.from_document(
        {
            **manifest,
            "context": {"c": {"text": text, "certainty": "site", "source": "https://a.example/c"}},
            "programmes": {
                "p": {
                    "label": text,
                    "certainty": "stated",
                    "funder": "Fonden",
                    "grant": {"value": 12345678.5, "unit": {"da": "kr.", "en": "DKK"}},
                    "certainties": {"grant": "inferred"},
                }
            },
            "vocabulary": {
                "minimum_members": 4,
                "roles": {"boss": {"label": {"da": "Boss", "en": "Chief"}, "staff": False}},
            },
            "expected_failures": {"purpose_stated": "not decided"},
        }
    )
    told = describe(profile, language="da")
    assert "Noget [fra en hjemmeside; kilde: https://a.example/c]" in told
    assert "støttet af: Fonden\n" in told
    assert "bevilling: 12.345.678,5 kr. [udledt af andre oplysninger]" in told
    assert "mindst 4 medlemmer" in told
    assert "Boss (boss): regnes ikke som personale" in told
    assert "not decided" in told


@pytest.mark.parametrize(
    ("rule", "danish"),
    [
        (
            {"counts": "days", "exactly": 10, "stay": True, "each_person": "visiting_teacher"}
            | {"events": ["workshop"]},
            (
                "antallet af dage i et ophold, fra den første begivenhed til den sidste og med weekender er "
                "præcis 10, begivenhed: Workshop, for hver person: Gæstelærer"
            ),
        ),
        (
            {"counts": "people", "more_than": "year_before", "qualifications": ["coach_training"]}
            | {"subjects": ["dansk"]},
            "antallet af personer er steget siden året før, kvalifikation: Vejlederuddannelse, fag: dansk",
        ),
        (
            {"counts": "outcomes", "more_than": "2014/15", "outcomes": ["laesning"]},
            "elevernes resultat er steget siden 2014/15, målt ved: laesning",
        ),
        (
            {"counts": "days", "at_least": 1, "each_person": "everyone", "within": "school"}
            | {"events": ["training_day"]},
            "for hver person: alle ansatte, også vikarer og teknisk-administrativt personale",
        ),
        (
            {"counts": "communities", "at_least": 1, "communities": ["network"]},
            "antallet af fællesskaber er mindst 1, fællesskab: Netværk",
        ),
    ],
)
def test_each_rule_stands_in_words(
    manifest: dict[str, Any], rule: dict[str, Any], danish: str
) -> None:
    """Beside a claim stands what is counted, how many there should be and for whom."""
    text = {"da": "Noget", "en": "Something"}
    claim = {"text": text, "certainty": "stated", "period": "2016/17", "rule": rule}
    claim["certainties"] = {"period": "inferred", "rule": "inferred"}
    told = describe(Profile.from_document({**manifest, "claims": {"c": claim}}), language="da")
    assert danish in told
    assert "periode: 2016/17 (udledt af andre oplysninger)" in told
    assert told.count("(udledt af andre oplysninger)") == 2
    assert "Udledte oplysninger: 1" in told


def test_languages_share_no_headings(manifest: dict[str, Any]) -> None:
    """The English description has no Danish line in it, and an unknown language is refused."""
    profile = Profile.from_document(manifest)
    danish, english = (set(describe(profile, language=lang).splitlines()) for lang in ("da", "en"))
    shared = {line for line in danish & english if line.strip("-= ")}
    assert not shared, shared
    with pytest.raises(UnknownLanguageError, match="does not speak 'de'"):
        describe(profile, language="de")  # type: ignore[arg-type] # what is refused


def test_what_takes_several_municipalities_is_told(manifest: dict[str, Any]) -> None:
    """The municipality that reviews the profile sees which figures its own data cannot give."""
    name = next(iter(manifest["indicators"]))
    manifest["indicators"][name]["combined"] = True
    text = describe(Profile.from_document(manifest), language="en")
    assert text.count("needs the data of several municipalities, combined") == 1


def test_a_target_is_told_whole(manifest: dict[str, Any]) -> None:
    """By when, for whom, from where and over which steps, in Danish and in English."""
    manifest["indicators"]["coverage"] |= {
        "target": {
            "value": 0.9,
            "source": "decided",
            "by": "2027/28",
            "each": "school",
            "needs": 0.8,
        },
        "baseline": {"value": 0.6, "period": "2024/25"},
        "steps": {"2026/27": 0.8, "2025/26": 0.7},
    }
    profile = Profile.from_document(manifest)
    assert (
        "talmål 0,9, besluttet af kommunen; senest 2027/28; mindst 80 % af dem: school; "
        "udgangspunkt 0,6 i 2024/25; på vejen 0,7 i 2025/26; på vejen 0,8 i 2026/27"
    ) in describe(profile, language="da")
    assert "by 2027/28; at least 80% of them: school; from 0.6 in 2024/25" in describe(
        profile, language="en"
    )


def test_usual_values_are_told_of_measures_in_use(manifest: dict[str, Any]) -> None:
    """Density has one from fifteen schools, with its source; without measures nothing is known."""
    profile = Profile.from_document(manifest)
    known = {measure.name: measure.about for measure in CORE}
    told = describe(profile, language="en", measures=known)
    assert "What is common?" in told
    assert "0.055–0.386 (source: Pitts & Spillane (2009)" in told
    assert "OECD" not in told
    assert "What is common?" not in describe(profile, language="en")
