"""Fixtures for pytest: name this module in ``pytest_plugins`` of your conftest.

pytest_plugins = ["plfkit.testing.fixtures"]
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from plfkit.model.records.organisation import Organisation
from plfkit.profiles import Profile, load_profile
from plfkit.sources import write
from plfkit.synthetic import municipality

Installer = Callable[..., Path]


@pytest.fixture(scope="session")
def generic_profile() -> Profile:
    """The built-in profile: the core vocabulary and no goals."""
    return load_profile("generic")


@pytest.fixture(scope="session")
def example_organisation(generic_profile: Profile) -> Organisation:
    """A small example municipality, every native table filled, in the words of the core."""
    return municipality(generic_profile, schools=3)


@pytest.fixture(scope="session")
def example_folder(
    example_organisation: Organisation, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The same municipality as a native folder."""
    return write(example_organisation, tmp_path_factory.mktemp("plfkit") / "example")


@pytest.fixture
def install_distribution(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installer:
    """Return a function that puts a distribution with a profile on disk, as an installer would.

    Call it with the distribution's name and the Python text of its module; ``profile`` is the entry
    point's name, ``version`` the distribution's, ``requires`` what it depends on. It returns the
    folder, which is on the path until the test ends.
    """
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))

    def install(
        name: str,
        code: str,
        *,
        profile: str = "fake",
        version: str = "1.0",
        requires: tuple[str, ...] = (),
    ) -> Path:
        # A module of its own for each test: what was imported once is not imported again.
        module = re.sub(r"\W", "_", f"{name}_{profile}_{tmp_path.name}")
        (site / f"{module}.py").write_text(code, encoding="utf-8")
        info = site / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir()
        known = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {r}" for r in requires)]
        text = "\n".join(
            ["Metadata-Version: 2.1", "Summary: A fake.", *known, "", "A fake profile."]
        )
        (info / "METADATA").write_text(text, encoding="utf-8")
        entry = f"[plfkit.profiles]\n{profile} = {module}\n"
        (info / "entry_points.txt").write_text(entry, encoding="utf-8")
        return site

    return install
