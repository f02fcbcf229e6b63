"""Answers: what will do, what will not and is said so, and what is read off a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from plfkit.errors import ProfileError
from plfkit.starting import RECORD, answer_by_default
from plfkit.starting.answers import Record, read_record, suggest_name

LONG = b'plfkit = "' + b"9" * 5_000 + b'.0"\n'
"""A version that is a number for no computer."""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Randers", "randers"),
        ("Randers Kommune", "randers"),
        ("Lyngby-Taarbæk", "lyngby_taarbaek"),
        ("Ærø kommune", "aeroe"),
        ("plfkit-randers", "randers"),
        ("2. distrikt", "distrikt"),
        ("generic", ""),
        ("Ringkøbing-Skjern og Ikast-Brande", "ringkoebing_skjern_og_ikast_br"),
        ("!", ""),
    ],
)
def test_an_id_is_suggested(text: str, name: str) -> None:
    """What people call a municipality is refused as an id, with the id that it could have."""
    assert suggest_name(text) == name
    with pytest.raises(ProfileError) as caught:
        answer_by_default(text)
    assert text in str(caught.value)
    assert (f"for example {name}" in str(caught.value)) == bool(name)
    assert "kan ikke være en profils id" in caught.value.say(language="da")


@pytest.mark.parametrize("name", ["../x", "a/b", "a__b", "_a", "a_", "å", "A", "", "a" * 31])
def test_no_other_ids(name: str) -> None:
    """No id leads out of its folder, and none has letters that a module cannot have."""
    with pytest.raises(ProfileError):
        answer_by_default(name)


@pytest.mark.parametrize(
    "text", ["", " a", "a ", "a\nb", 'say "a"', "a\\b", "a\x07", "a\u2028b", "x" * 61]
)
def test_texts_fit_wherever_they_stand(text: str) -> None:
    """What would break TOML, Markdown or a docstring is refused, with what to write."""
    with pytest.raises(ProfileError, match="danish: write 1 to 60 letters"):
        answer_by_default("randers", danish=text)


@pytest.mark.parametrize("code", ["73", "0730", "abc", "٣٣٣"])
def test_a_code_has_three_digits(code: str) -> None:
    """Any other number of the municipality is refused; none at all is not."""
    with pytest.raises(ProfileError, match="three digits"):
        answer_by_default("randers", code=code)
    assert answer_by_default("randers").code == ""


def test_whoever_is_not_named_is_the_municipality() -> None:
    """The author is the municipality as it is called, and names have their spaces."""
    answers = answer_by_default("aarhus_randers", danish="Aarhus og Randers")
    assert (answers.english, answers.author) == ("Aarhus Randers Municipality", "Aarhus og Randers")
    assert answers.distribution == "plfkit-aarhus-randers"


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    """The version and every answer come back."""
    record = Record("0.2", answer_by_default("randers", danish="Ærø's", code="492"))
    (tmp_path / RECORD).write_text(str(record), encoding="utf-8")
    assert read_record(tmp_path) == record


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "has no .plfkit-template.toml"),
        (b"\xff", "has no .plfkit-template.toml"),
        (b"x", "no valid TOML"),
        (b'plfkit = "new"\n[answers]\nname="a"\ndanish="a"\nenglish="a"\nauthor="a"\n', "as 0.2"),
        (b'plfkit = "0.2"\n[answers]\nname="../a"\ndanish="a"\nenglish="a"\nauthor="a"\n', "id"),
        (b'plfkit = "0.2"\n', "answers"),
        (LONG + b'[answers]\nname="a"\ndanish="a"\nenglish="a"\nauthor="a"\n', "as 0.2"),
    ],
)
def test_a_record_that_will_not_do(tmp_path: Path, text: bytes | None, message: str) -> None:
    """It is refused with what is wrong, wherever it came from."""
    if text is not None:
        (tmp_path / RECORD).write_bytes(text)
    with pytest.raises(ProfileError, match=message):
        read_record(tmp_path)


def test_a_record_that_is_elsewhere(tmp_path: Path) -> None:
    """It is written anew by an update, so a link to another file is no record."""
    (tmp_path / "elsewhere").write_text(str(Record("0.2", answer_by_default("randers"))))
    (tmp_path / RECORD).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ProfileError, match="has no"):
        read_record(tmp_path)
