"""The page of indicators: all that a profile wants to reach, and fresh or refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from plfkit import Profile
from plfkit.cli import main
from plfkit.hints import Language
from plfkit.profiles.indicator_page import write_indicator_page
from plfkit.testing import check_indicator_page


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_indicator_has_its_row(manifest: dict[str, Any], language: Language) -> None:
    """Goals are headings, indicators rows of four cells, and those of no goal stand last."""
    manifest["indicators"]["coverage"]["label"] = {"da": "En | to", "en": "One | two"}
    profile = Profile.from_document(manifest)
    page = write_indicator_page(profile, language=language)
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == ["coverage", "later", "density"]
    assert {row.count(" | ") for row in rows} == {3}
    assert f"# G: {profile.goals['G'].label[language]}\n" in page
    assert "`density(relation=advice)`" in page


def test_a_stale_page_is_refused(manifest: dict[str, Any], tmp_path: Path) -> None:
    """A page that is missing, or of another profile, is refused with the command that writes it."""
    profile, page = Profile.from_document(manifest), tmp_path / "page.md"
    for text in (None, "# Old\n"):
        if text is not None:
            page.write_text(text)
        with pytest.raises(
            AssertionError, match=r"plfkit describe fake --indicators --lang da --out"
        ):
            check_indicator_page(profile, page)
    page.write_text(write_indicator_page(profile), encoding="utf-8")
    check_indicator_page(profile, page)


def test_the_command_writes_it_again(tmp_path: Path) -> None:
    """It is written over what was there, in the language that was asked for."""
    page = tmp_path / "page.md"
    page.write_text("old")
    command = ["describe", "vejle", "--indicators", "--lang", "en", "--out", str(page)]
    assert CliRunner().invoke(main, command).stdout == f"{page}\n"
    assert page.read_text(encoding="utf-8").startswith("# Goals and figures: Vejle Municipality\n")
