"""What an example is called: never by the municipality's own name."""

from __future__ import annotations

from plfkit.model.words.kinds import Label
from plfkit.profiles.profile import Profile

EXAMPLE = Label(da="Eksempelkommune", en="Example municipality")
_ENDINGS = Label(da=" Kommune", en=" Municipality")
_HISSING = ("s", "x", "z")


def name_example(profile: Profile) -> Label:
    """Return what readers should call the example of a profile.

    Examples:
        >>> from plfkit.profiles.profile import Profile
        >>> label = {"da": "Randers Kommune", "en": "Randers Municipality"}
        >>> goal = {"label": label, "text": label}
        >>> document = {"schema_version": 1, "id": "r", "label": label, "goals": {"A": goal}}
        >>> name_example(Profile.from_document(document)).da
        "Eksempelkommune (med Randers' mål)"
    """
    if not profile.goals:
        return EXAMPLE
    return Label(
        da=f"{EXAMPLE.da} (med {_name_danish_goals(profile.label.da)})",
        en=f"{EXAMPLE.en} (with {_name_english_goals(profile.label.en)})",
    )


def _name_danish_goals(label: str) -> str:
    name = label.removesuffix(_ENDINGS.da)
    if name == label:
        return f"mål fra »{label}«"
    ending = "'" if name.casefold().endswith(_HISSING) else "s"
    return f"{name}{ending} mål"


def _name_english_goals(label: str) -> str:
    name = label.removesuffix(_ENDINGS.en)
    return f"goals from “{label}”" if name == label else f"{name}'s goals"
