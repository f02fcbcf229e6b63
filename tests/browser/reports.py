"""The reports that are looked at: which there are, and their files, each written once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from plfkit import Organisation, assess, load_profile, read, release, write_report
from plfkit.disclosure import release_comparison
from plfkit.hints import Language
from plfkit.report import write_comparison, write_trend
from plfkit.synthetic import municipality

ROOT = Path(__file__).parents[2]
LANGUAGES: tuple[Language, ...] = ("da", "en")


def make_example(profile: str, schools: int | None = None) -> Organisation:
    """Make the example municipality of a profile."""
    return municipality(load_profile(profile), schools=schools)


def make_half_empty() -> Organisation:
    """Make an example in which every second survey, registration and membership is missing."""
    whole = make_example("vejle")
    asked = {survey.id for survey in [*whole.surveys][::2]}
    return Organisation.of(
        vocabulary=whole.vocabulary,
        title=whole.title,
        synthetic=True,
        **{name: getattr(whole, name) for name in ("units", "persons", "positions")},
        **{name: getattr(whole, name) for name in ("communities", "events", "focuses")},
        memberships=[*whole.memberships][::2],
        registrations=[*whole.registrations][::2],
        **{name: getattr(whole, name) for name in ("participations", "qualifications")},
        surveys=[survey for survey in whole.surveys if survey.id in asked],
        responses=[row for row in whole.responses if row.survey in asked],
        answers=[row for row in whole.answers if row.survey in asked],
        ties=[tie for tie in whole.ties if tie.survey in asked],
    )


REPORTS: dict[str, tuple[str, Callable[[], Organisation]]] = {
    "vejle": ("vejle", lambda: make_example("vejle")),
    "middelfart": ("middelfart", lambda: make_example("middelfart")),
    "langeland": ("langeland", lambda: make_example("langeland")),
    "generic": ("generic", lambda: read(ROOT / "docs/examples/example_municipality")),
    "half_empty": ("vejle", make_half_empty),
    "sixty_schools": ("vejle", lambda: make_example("vejle", schools=60)),
}
"""Names of reports: the profile of each, and what makes its municipality."""


def _write_followed(language: Language, path: Path) -> Path:
    """Write the page of years of the figures that lead Vejle's goals."""
    profile = load_profile("vejle")
    few = profile.keep_indicators({goal.leading for goal in profile.goals.values() if goal.leading})
    card = release(assess(make_example("vejle"), few), profile.privacy)
    return write_trend(card, path, language=language)


def _write_compared(language: Language, path: Path) -> Path:
    """Write two municipalities beside each other."""
    cards = {}
    for name in ("langeland", "middelfart"):
        profile = load_profile(name)
        cards[name] = assess(make_example(name), profile, years_back=0)
    return write_comparison(release_comparison(cards), path, language=language)


FURTHER: dict[str, Callable[[Language, Path], Path]] = {
    "followed": _write_followed,
    "compared": _write_compared,
}
"""Names of pages that are no reports, and what writes each."""


def write_both_languages(name: str, folder: Path) -> dict[str, Path]:
    """Write a report in both languages and return the file of each."""
    if name in FURTHER:
        return {one: FURTHER[name](one, folder / f"{name}-{one}.html") for one in LANGUAGES}
    profile_name, make = REPORTS[name]
    profile = load_profile(profile_name)
    card = release(assess(make(), profile), profile.privacy)
    return {
        language: write_report(card, folder / f"{name}-{language}.html", language=language)
        for language in LANGUAGES
    }
