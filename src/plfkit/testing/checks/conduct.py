"""Checks of conduct: what loading leaves behind, what is released, what is written down."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve

from plfkit.disclosure import release
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.profiles import Profile
from plfkit.profiles.profile import CODE_FIELDS
from plfkit.report.documents import to_document
from plfkit.testing.checks.advice import refuse_problems
from plfkit.testing.importing import find_traces
from plfkit.testing.subjects import Subject

_WORD = re.compile(r"[\w-]+")


def import_leaves_no_traces(subject: Subject) -> None:
    """Loading the plug-in prints nothing, writes nothing and changes nothing outside itself."""
    refuse_problems(find_traces(subject.profile.id))


def privacy_floor_respected(subject: Subject) -> None:
    """Thresholds are plfkit's own or higher, and nothing that is released names a person."""
    floor, least = subject.profile.privacy, PrivacyFloor()
    problems = [
        f"privacy.{name} is {getattr(floor, name)}, below {getattr(least, name)}: raise it"
        for name in ("k", "statistics")
        if getattr(floor, name) < getattr(least, name)
    ]
    people = set(subject.example.persons.column("id").categories)
    released = to_document(release(subject.card, floor))
    words = {word for text in _walk_document_texts(released) for word in _WORD.findall(text)}
    named = words & people
    if named:
        problems.append(
            f"a released scorecard names {len(named)} persons: put persons in the key id, where the "
            "gate finds them"
        )
    refuse_problems(problems)


def _walk_document_texts(document: Any) -> Iterator[str]:
    if isinstance(document, str):
        yield document
    elif isinstance(document, Mapping):
        for value in document.values():
            yield from _walk_document_texts(value)
    elif isinstance(document, list):
        for value in document:
            yield from _walk_document_texts(value)


def sections_hold(subject: Subject) -> None:
    """Each of the profile's own sections is written from what is told of an example, and twice alike."""
    refuse_problems(str(one.why) for one in subject.sections.left_out)
    if subject.write_sections() != subject.sections:
        raise AssertionError("two readings of one scorecard give other sections: leave chance out")


def round_trip(subject: Subject) -> None:
    """The profile is what its document says: written and read back it is equal."""
    profile = subject.profile
    document = json.loads(json.dumps(profile.to_document(), allow_nan=False))
    read = Profile.from_document(document)
    code = {name: getattr(profile, name) for name in CODE_FIELDS}
    if evolve(read, **code) != profile:
        raise AssertionError("it holds more than its document: use Profile as it is, no subclass")
