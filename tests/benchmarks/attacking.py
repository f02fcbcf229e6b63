"""Publish many made-up municipalities and audit all of it: ``python tests/benchmarks/attacking.py``.

Each is published three years one after the other, as a report, with each measure that counts people whole,
by level, by school and by role, all with one ledger; then all documents are read together by the audit.
With ``--questions`` some hundred questions are asked one by one in random order instead, and what was told
of them is audited in the end.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from plfkit import (
    Leak,
    Organisation,
    Profile,
    assess,
    audit,
    load_profile,
    open_ledger,
    release,
    snapshot,
    to_document,
)
from plfkit.errors import DisclosureError, MeasureError
from plfkit.measures import CORE
from plfkit.synthetic import YEARS, municipality

PROFILES = ("vejle", "middelfart", "langeland")
SIZES = (2, 3, 5, 8, 12, 20)
GROUPINGS = (None, "level", "school", "role")
ASKED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("membership_coverage", {"basis": "registered"}),
    ("membership_coverage", {"basis": "learning"}),
    ("membership_coverage", {"basis": "self_assessed"}),
    ("membership_coverage", {"kinds": ("team",)}),
    ("qualification_share", {"kind": "coach_training"}),
    ("qualification_share", {"kind": "programme_element"}),
    ("practice_participation", {"kinds": ("dialogue_meeting", "data_meeting"), "at_least": 5}),
    ("practice_participation", {"kinds": ("dialogue_meeting", "data_meeting"), "at_least": 6}),
    ("structured_membership", {"of": "staff", "basis": "either"}),
    ("observed_share", {"source": "events"}),
    ("leaders_in_teams", {}),
    ("density", {"relation": "advice"}),
    ("framework_mean", {"framework": "five_characteristics"}),
)


def choose_municipality(seed: int) -> tuple[Profile, Organisation]:
    """Return a profile and a municipality of its own: of each size and profile as many."""
    profile = load_profile(PROFILES[seed % len(PROFILES)])
    schools = SIZES[seed // len(PROFILES) % len(SIZES)]
    return profile, municipality(profile, schools=schools, seed=seed)


def list_questions() -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield measures with arguments, and the year that they are asked about."""
    for year in YEARS:
        for name, arguments in ASKED:
            for by in GROUPINGS:
                yield name, {**arguments, **({} if by is None else {"by": by})}, str(year)


def answer_question(
    organisation: Organisation, profile: Profile, question: tuple[str, dict[str, Any], str]
) -> Any:
    """Return the result of one question; None where the measure refuses it."""
    name, arguments, year = question
    try:
        return CORE[name](snapshot(organisation, year, standards=profile.standards), arguments)
    except (MeasureError, DisclosureError):
        return None


def publish_years(organisation: Organisation, profile: Profile, folder: Path) -> Iterator[Path]:
    """Yield the documents of three years, each published with the ledger of those before."""
    place = folder / "ledger.json"
    questions = list(list_questions())
    for year in YEARS:
        own = [
            answer_question(organisation, profile, one) for one in questions if one[2] == str(year)
        ]
        things = [
            assess(organisation, profile, at=str(year)),
            *(one for one in own if one is not None),
        ]
        released = release(*things, floor=profile.privacy, ledger=open_ledger(place))
        yield write_document(to_document(released), folder, str(year))


def ask_day(
    organisation: Organisation, profile: Profile, folder: Path, seed: int
) -> Iterator[Path]:
    """Yield the documents of all questions, asked one by one in random order."""
    place = folder / "ledger.json"
    questions = list(list_questions())
    random.Random(seed).shuffle(questions)  # noqa: S311 - no secret
    for number, question in enumerate(questions):
        result = answer_question(organisation, profile, question)
        if result is not None:
            released = release(result, floor=profile.privacy, ledger=open_ledger(place))
            yield write_document(to_document(released), folder, f"question{number}")


def write_document(document: dict[str, Any], folder: Path, name: str) -> Path:
    """Write a publication's document as JSON."""
    path = folder / f"{name.replace('/', '-')}.json"
    path.write_text(json.dumps(document, allow_nan=False), encoding="utf-8")
    return path


def attack_municipality(seed: int, *, questions: bool) -> tuple[Leak, ...]:
    """Publish one municipality, and return what the audit finds."""
    profile, organisation = choose_municipality(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = list(
            ask_day(organisation, profile, folder, seed)
            if questions
            else publish_years(organisation, profile, folder)
        )
        return audit(*paths, staff=organisation)


def run_attacks() -> None:
    """Attack as many municipalities as asked for, and say which leak."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--questions", action="store_true")
    given = parser.parse_args()
    began, leaking = time.monotonic(), 0
    for seed in range(given.first, given.first + given.count):
        leaks = attack_municipality(seed, questions=given.questions)
        leaking += bool(leaks)
        for leak in leaks[:3]:
            print(f"municipality {seed}: {leak.sentence('en')}", flush=True)
        if leaks or seed % 10 == 9:
            minutes = (time.monotonic() - began) / 60
            print(
                f"{seed + 1 - given.first} published, {leaking} leak; {minutes:.1f} min", flush=True
            )
    if leaking:
        raise SystemExit(1)


if __name__ == "__main__":
    run_attacks()
