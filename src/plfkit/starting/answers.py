"""What an author is asked before a distribution is made, and the record of it that the distribution keeps."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from attrs import asdict, field, frozen

from plfkit.errors import ProfileError
from plfkit.hints import Hint
from plfkit.model.documents import parse_toml, structure_document

RECORD = ".plfkit-template.toml"
"""The file of a distribution that says how it was made."""

LONGEST_ANSWER, LONGEST_NAME = 60, 30
"""With longer ones lines of what is made would be too long for the rules that it brings."""
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_CODE = re.compile(r"[0-9]{3}")
_VERSION = re.compile(r"[0-9]{1,4}\.[0-9]{1,4}")
_BUILT_IN = "generic"
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue"})
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+|\bkommune\b|\bmunicipality\b|\bplfkit\b")


def _refuse_bad_name(_answers: Any, _attribute: Any, name: str) -> None:
    if _NAME.fullmatch(name) is None or name == _BUILT_IN or len(name) > LONGEST_NAME:
        near = suggest_name(name)
        hint = Hint("starting.like_this", name=near) if near else ""
        raise ProfileError(Hint("starting.bad_name", name=name, most=LONGEST_NAME, near=hint))


def _refuse_bad_text(_answers: Any, attribute: Any, text: str) -> None:
    """Refuse what could not stand in TOML, Markdown and a docstring as it is."""
    sound = text.isprintable() and text.strip() == text and not set(text) & set('"\\')
    if not (sound and 0 < len(text) <= LONGEST_ANSWER):
        raise ProfileError(
            Hint("starting.bad_text", what=attribute.name, text=text, most=LONGEST_ANSWER)
        )


def _refuse_bad_code(_answers: Any, _attribute: Any, code: str) -> None:
    if code and _CODE.fullmatch(code) is None:
        raise ProfileError(Hint("starting.bad_code", code=code))


def _refuse_bad_version(_record: Any, _attribute: Any, version: str) -> None:
    if _VERSION.fullmatch(version) is None:
        raise ProfileError(Hint("starting.bad_version", version=version))


@frozen(kw_only=True)
class Answers:
    """What an author says of a municipality before its distribution is made.

    Attributes:
        name: The profile's id, as ``"randers"``; the distribution is called after it.
        danish: The municipality's name in Danish.
        english: Its name in English.
        code: Its official number of three digits; blank if it is not known.
        author: Who writes the distribution.
    """

    name: str = field(validator=_refuse_bad_name)
    danish: str = field(validator=_refuse_bad_text)
    english: str = field(validator=_refuse_bad_text)
    code: str = field(default="", validator=_refuse_bad_code)
    author: str = field(validator=_refuse_bad_text)

    @property
    def dashed(self) -> str:
        """The name as it stands in that of the distribution."""
        return self.name.replace("_", "-")

    @property
    def distribution(self) -> str:
        """The distribution's name."""
        return f"plfkit-{self.dashed}"


def answer_by_default(name: str, **said: str) -> Answers:
    """Return answers of which those that nobody gave are read off a profile's id.

    Args:
        name: The id.
        said: Answers that somebody gave, by what is asked.

    Returns:
        Answers: The municipality is called after the id and writes its profile itself; its number is open.

    Raises:
        ProfileError: An answer will not do; the message says what would.

    Examples:
        >>> answer_by_default("randers", code="730").danish
        'Randers Kommune'
    """
    called = " ".join(word.capitalize() for word in name.split("_"))
    danish = said.get("danish", f"{called} Kommune")
    known = {"danish": danish, "english": f"{called} Municipality", "author": danish}
    return Answers(name=name, **{**known, **said})


def suggest_name(text: str) -> str:
    """Return the id that a text is probably meant to be; blank if there is none in it."""
    words = _NOT_IN_NAMES.sub(" ", text.lower().translate(_LETTERS)).split()
    name = "_".join(words).lstrip("0123456789_")[:LONGEST_NAME].rstrip("_")
    return "" if name == _BUILT_IN else name


@frozen
class Record:
    """How a distribution was made.

    Attributes:
        plfkit: The version of plfkit, as ``"0.2"``.
        answers: What its author answered.
    """

    plfkit: str = field(validator=_refuse_bad_version)
    answers: Answers

    def __str__(self) -> str:
        # No answer holds a quotation mark or a backslash, so each is TOML as it stands.
        answers = [f'{name} = "{text}"' for name, text in asdict(self.answers).items()]
        return "\n".join(
            [
                "# How this distribution was made. `plfkit new --update .` reads it, and writes it anew.",
                f'plfkit = "{self.plfkit}"',
                "",
                "[answers]",
                *answers,
                "",
            ]
        )


def read_record(folder: Path) -> Record:
    """Read how a distribution was made.

    Raises:
        ProfileError: There is no record, or it says what it must not.
    """
    place = folder / RECORD
    try:
        if (
            place.is_symlink() or not place.is_file()
        ):  # it is written anew: not where a link leads to
            raise FileNotFoundError
        text = place.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(Hint("starting.no_record", folder=str(folder), file=RECORD)) from error
    return structure_document(parse_toml(text, str(place)), Record, str(place))
