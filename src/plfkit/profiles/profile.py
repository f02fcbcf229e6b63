"""Profiles: what one municipality adds to the core, as a value read from ``profile.toml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from attrs import Factory, fields, frozen

from plfkit.errors import IncompatibleProfileError, ProfileError
from plfkit.model.declarations import Claim, Goal, Indicator, PrivacyFloor, Purpose
from plfkit.model.documents import mapping_of, parse_toml, structure
from plfkit.model.vocabulary import (
    Label,
    Vocabulary,
    core_vocabulary,
    did_you_mean,
    is_kind_id,
)

SCHEMA_VERSION = 1


@frozen(kw_only=True)
class Profile:
    """A municipality's vocabulary, goals, indicators, claims, purpose and privacy floor.

    Attributes:
        id: The profile's id, which is also its entry point's name.
        label: The municipality's name.
        vocabulary: The core vocabulary and what the profile adds to it.
        goals: What the municipality wants to reach, by id.
        indicators: The figures that tell of it, by id, in the order they are shown.
        claims: What has been said about the municipality, by id.
        privacy: The thresholds of the gate.
        purpose: Why the data are used; None if nobody has said so.
    """

    id: str
    label: Label
    vocabulary: Vocabulary
    goals: Mapping[str, Goal] = Factory(dict)
    indicators: Mapping[str, Indicator] = Factory(dict)
    claims: Mapping[str, Claim] = Factory(dict)
    privacy: PrivacyFloor = Factory(PrivacyFloor)
    purpose: Purpose | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a profile that contradicts itself."""
        if problems := list(_problems(self)):
            raise ProfileError(f"profile {self.id!r}: " + "; ".join(problems))

    @classmethod
    def read(cls, path: str | Path | Traversable) -> Profile:
        """Read ``profile.toml``.

        Args:
            path: The file; inside a package, ``importlib.resources.files(__package__) / "profile.toml"``.

        Raises:
            ProfileError: The file is missing, no TOML, or does not say what a profile must.
            IncompatibleProfileError: It was written for a newer plfkit.
        """
        file = Path(path) if isinstance(path, str) else path
        try:
            if not file.is_file():
                raise FileNotFoundError("there is no such file")
            text = file.read_text(encoding="utf-8")
        except OSError as error:
            raise ProfileError(f"{file} cannot be read: {error.strerror or error}") from error
        except (UnicodeDecodeError, ValueError) as error:
            raise ProfileError(f"{file} cannot be read as UTF-8 text: {error}") from error
        return cls.from_document(parse_toml(text, str(file)), str(file))

    @classmethod
    def from_document(cls, document: Mapping[str, Any], where: str = "profile.toml") -> Profile:
        """Build a profile from a document.

        Args:
            document: What ``profile.toml`` holds.
            where: What the document is called in messages.

        Raises:
            ProfileError: Unknown keys, wrong types, or a contradiction; each with its path.
            IncompatibleProfileError: It was written for a newer plfkit.
        """
        own = dict(document)
        version = own.pop("schema_version", None)
        if type(version) is not int or version < 1:
            raise ProfileError(f"{where}: add schema_version = {SCHEMA_VERSION} at the top")
        if version > SCHEMA_VERSION:
            raise IncompatibleProfileError(
                f"{where} is written in version {version} of the format, this plfkit reads "
                f"{SCHEMA_VERSION}: upgrade plfkit"
            )
        additions = mapping_of(own, "vocabulary", where)
        own.pop("vocabulary", None)
        written = structure(own, _Written, where)
        vocabulary = core_vocabulary()
        if additions:
            vocabulary = vocabulary.extended({**additions, "profile": written.id})
        values = {
            attribute.name: getattr(written, attribute.name) for attribute in fields(_Written)
        }
        return cls(vocabulary=vocabulary, **values)

    def indicators_of(self, goal: str | None) -> Mapping[str, Indicator]:
        """Return the indicators of one goal, or those that only describe."""
        return {name: i for name, i in self.indicators.items() if i.goal == goal}


@frozen(kw_only=True)
class _Written:
    """What ``profile.toml`` holds beside the vocabulary, as cattrs structures it."""

    id: str
    label: Label
    goals: Mapping[str, Goal] = Factory(dict)
    indicators: Mapping[str, Indicator] = Factory(dict)
    claims: Mapping[str, Claim] = Factory(dict)
    privacy: PrivacyFloor = Factory(PrivacyFloor)
    purpose: Purpose | None = None


def _problems(profile: Profile) -> Iterator[str]:
    if not is_kind_id(profile.id):
        yield f"the id {profile.id!r} is not lower-case letters, digits and underscores"
    for name, indicator in profile.indicators.items():
        if indicator.goal is not None and indicator.goal not in profile.goals:
            hint = did_you_mean(indicator.goal, profile.goals)
            yield f"indicators.{name} belongs to the goal {indicator.goal!r}, which is not here{hint}"
