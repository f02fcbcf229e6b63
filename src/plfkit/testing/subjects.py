"""What a check looks at: a profile, how it is loaded again, and an example that fits it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cached_property, partial
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from attrs import frozen

from plfkit.disclosure import release
from plfkit.errors import SectionWarning
from plfkit.goals import Scorecard, assess
from plfkit.graph import Snapshot, snapshot
from plfkit.hints import Hint
from plfkit.measures import CORE, Catalogue
from plfkit.measures.engine.brought import add_profile_measures
from plfkit.model.declared.declarations import Indicator
from plfkit.model.documents import find_path_lines
from plfkit.model.records.organisation import Organisation
from plfkit.model.results.result import Result
from plfkit.profiles import GENERIC, Profile, load_profile
from plfkit.profiles.plugins import list_offers
from plfkit.report.own_sections import OwnSections, collect_own_sections
from plfkit.synthetic import municipality

MANIFEST = "profile.toml"


@frozen
class Subject:
    """A profile that is checked against the contract.

    Attributes:
        name: What it is called in reports.
        load: Loads it anew.
        distribution: The distribution that offers it; None for a file or a value.
        manifest: The ``profile.toml``, where there is one to look into.
        package: The folder of the distribution's code, where there is one to look into.
    """

    name: str
    load: Callable[[], Profile]
    distribution: str | None = None
    manifest: Traversable | None = None
    package: Traversable | None = None

    @classmethod
    def of(cls, source: Profile | str | Path) -> Subject:
        """Return the subject that a source is: a profile, the name of an installed one, or a file.

        Raises:
            ProfileError: It cannot be loaded.
        """
        if isinstance(source, Profile):
            return cls(source.id, lambda: source)
        profile = load_profile(source)
        owners = [o for o in list_offers() if o.info.id == source and not o.problem]
        if source != GENERIC and not owners:
            name, file = f"{profile.id} ({source})", Path(source)
            return cls(name, lambda: load_profile(source), manifest=_find_manifest(file))
        if not owners:
            return cls(profile.id, lambda: load_profile(source))
        (owner, *_), package = owners, _find_package(owners[0].entry.module)
        return cls(
            profile.id,
            lambda: load_profile(source),
            owner.info.distribution,
            None if package is None else _find_manifest(package),
            package,
        )

    def locate(self, *path: str) -> Hint:
        """Say where in ``profile.toml`` something stands: in which line, if that can be told.

        Args:
            path: The keys that lead to it.
        """
        line = self._lines_by_path.get(path)
        known = Hint.of(".".join(path))
        if line is None:
            return known
        return Hint("contract.place", file=MANIFEST, line=line, path=known)

    @cached_property
    def _lines_by_path(self) -> Mapping[tuple[str, ...], int]:
        if self.manifest is None:
            return {}
        return find_path_lines(self.manifest.read_text(encoding="utf-8-sig"))

    @cached_property
    def profile(self) -> Profile:
        """The profile."""
        return self.load()

    @cached_property
    def catalogue(self) -> Catalogue:
        """The measures that its indicators may name."""
        return add_profile_measures(CORE, self.profile)

    @cached_property
    def example(self) -> Organisation:
        """An example municipality that fits the profile."""
        return municipality(self.profile)

    @cached_property
    def now(self) -> Snapshot:
        """The example's latest school year."""
        return snapshot(self.example, standards=self.profile.standards)

    def compute_measure(self, measure: str, arguments: Mapping[str, Any]) -> Result:
        """Compute a measure of the example's latest school year.

        Raises:
            PlfkitError: The measure refuses.
        """
        found = self.catalogue[measure]
        earlier = partial(snapshot, self.example, standards=self.profile.standards)
        return found(found.choose_moments(self.now, earlier), arguments)

    @cached_property
    def card(self) -> Scorecard:
        """The example's scorecard, of the indicators that can be computed."""
        return self.assess_example()

    @cached_property
    def sections(self) -> OwnSections:
        """Its own sections of the page, written from what is told of the example."""
        return self.write_sections()

    def write_sections(self) -> OwnSections:
        """Let its functions write their sections anew; without any, nothing is assessed for it."""
        if not self.profile.sections:
            return OwnSections()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SectionWarning)  # what is left out is told by a check
            return collect_own_sections(release(self.card, self.profile.privacy))

    def assess_example(self) -> Scorecard:
        """Compute the example's scorecard anew."""
        return assess(self.example, self.profile.keep_indicators(self.usable_indicators))

    @property
    def usable_indicators(self) -> Mapping[str, Indicator]:
        """The indicators whose measure exists and takes their arguments."""
        return {
            name: indicator
            for name, indicator in self.profile.indicators.items()
            if indicator.measure in self.catalogue
            and self.catalogue[indicator.measure].explain_misfit_arguments(indicator.arguments)
            is None
        }


def _find_package(module: str) -> Traversable | None:
    """Return the folder of the package that a module is; None where it is no package."""
    with suppress(ImportError, TypeError):
        return resources.files(module)
    return None


def _find_manifest(place: Traversable) -> Traversable | None:
    """Return the ``profile.toml`` that a file is, or that lies in a folder; None if there is none."""
    with suppress(OSError, ValueError):
        file = place / MANIFEST if place.is_dir() else place
        return file if file.is_file() else None
    return None
