"""What installed distributions offer: found in their metadata, imported one at a time.

A plug-in that does something wrong is set aside with whose it is, why, and what to do; the others work
as before. That guards against accidents, not against malice: a plug-in's code runs with all your rights.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import Distribution, EntryPoint, distributions, version
from urllib.parse import urlsplit
from urllib.request import url2pathname

from attrs import evolve, frozen
from packaging.requirements import Requirement

from plfkit.errors import SetAside, show_plainly
from plfkit.model.words.titles import is_kind_id
from plfkit.profiles import hooks
from plfkit.profiles.profile import GENERIC

ALLOWED = "PLFKIT_PLUGINS"
"""The environment variable that lists the plug-ins that may be used, by profile or distribution."""

_LONGEST = 200
"""How much of what a distribution's metadata say is passed on."""
_UNKNOWN = "an unknown distribution"


@frozen(order=True)
class ProfileInfo:
    """An installed profile, as its distribution's metadata tell of it."""

    id: str
    distribution: str
    version: str


@frozen
class Offer:
    """A profile that a distribution offers.

    Attributes:
        info: What its metadata tell.
        entry: Where its hook stands.
        made_for: Which plfkit its metadata ask for, as ``"plfkit>=0.2,<0.3"``; blank if any will do.
        needs: The same, if it is not this one.
        problem: Why it cannot be used, if the metadata alone tell so.
        source: The folder in which it is written, where it is installed from there, as authors do.
    """

    info: ProfileInfo
    entry: EntryPoint
    made_for: str = ""
    needs: str | None = None
    problem: SetAside | None = None
    source: str | None = None

    def explain_set_aside(
        self, reason: str, remedy: str | None = None, *, part: str | None = None
    ) -> SetAside:
        """Say why it is not used, and what to do: without another remedy, mend or replace the distribution.

        Args:
            reason: Why.
            remedy: What to do.
            part: What of it is not used; None for the whole profile.
        """
        known = self.info
        return SetAside(
            known.id,
            known.distribution,
            known.version,
            reason,
            remedy or self._suggest_remedy(),
            part,
        )

    def _suggest_remedy(self) -> str:
        """Tell its author where to mend it, and anybody else to replace it."""
        if self.source is not None:
            return f"mend it in {self.source}"
        return f"upgrade or uninstall {self.info.distribution}"


def list_offers() -> tuple[Offer, ...]:
    """Return what is installed and allowed, by id, without importing any of it."""
    found = [_judge_offer(offer) for offer in _find_offers() if _is_allowed(offer.info)]
    claims = Counter(offer.info.id for offer in found if offer.problem is None)
    ordered = sorted(found, key=lambda offer: offer.info)
    return tuple(
        _mark_contested_offer(offer, ordered)
        if offer.problem is None and claims[offer.info.id] > 1
        else offer
        for offer in ordered
    )


def find_owner(module: str) -> str | None:
    """Return the distribution, with its version, whose profile stands in a module's package.

    Args:
        module: The module's name, or that of another one in the package.

    Returns:
        None where no installed distribution offers a profile from there.
    """
    info = find_owner_info(module)
    return None if info is None else f"{info.distribution} {info.version}"


def find_owner_info(module: str) -> ProfileInfo | None:
    """Return what is known of the profile that a distribution offers from a module's package.

    Args:
        module: The module's name, or that of another one in the package.
    """
    package = module.partition(".")[0]
    owners = (o.info for o in list_offers() if o.entry.value.partition(".")[0] == package)
    return next(owners, None)


def is_left_out(name: str) -> bool:
    """Tell whether a profile is installed, but not on the list of those allowed."""
    return any(offer.info.id == name and not _is_allowed(offer.info) for offer in _find_offers())


def _find_offers() -> Iterator[Offer]:
    """Yield every offer on the path; of a distribution that offers something twice, the first."""
    seen: set[str] = set()
    for distribution in distributions():
        if hooks.GROUP not in _read_entry_points(distribution):
            continue
        name, number = _read_identity(distribution)
        if name == _UNKNOWN or _normalise_name(name) not in seen:
            seen.add(_normalise_name(name))
            for entry in _list_profile_entries(distribution):
                info = ProfileInfo(show_plainly(entry.name, _LONGEST), name, number)
                yield Offer(
                    info,
                    entry,
                    *_find_requirements(distribution),
                    source=_find_source_folder(distribution),
                )


def _read_identity(distribution: Distribution) -> tuple[str, str]:
    """Return a distribution's name and version, as far as its metadata can be read."""
    try:
        known = distribution.metadata.json
    except Exception:  # noqa: BLE001 - the metadata of one harm no other
        known = {}
    name, number = known.get("name") or _UNKNOWN, known.get("version") or "?"
    return show_plainly(str(name), _LONGEST), show_plainly(str(number), _LONGEST)


def _read_entry_points(distribution: Distribution) -> str:
    """Return the text that lists a distribution's entry points; what cannot be read lists none."""
    try:
        return distribution.read_text("entry_points.txt") or ""
    except (OSError, ValueError):
        return ""


def _find_source_folder(distribution: Distribution) -> str | None:
    """Return the folder that an editable installation leads to; None for any other."""
    try:
        origin = json.loads(distribution.read_text("direct_url.json") or "{}")
        editable = origin.get("dir_info", {}).get("editable")
        folder = url2pathname(urlsplit(origin["url"]).path) if editable else None
    except Exception:  # noqa: BLE001 - what stands there is an installer's, and may be anything
        return None
    return None if folder is None else show_plainly(folder, _LONGEST)


def _list_profile_entries(distribution: Distribution) -> tuple[EntryPoint, ...]:
    try:
        return tuple(entry for entry in distribution.entry_points if entry.group == hooks.GROUP)
    except Exception:  # noqa: BLE001 - what is raised differs from Python to Python
        return (EntryPoint("?", "", hooks.GROUP),)


def _judge_offer(offer: Offer) -> Offer:
    """Return an offer with what its metadata alone show to be wrong."""
    name = offer.info.id
    if offer.needs is not None:
        reason = f"it needs {offer.needs}, and this is {version(hooks.PROJECT)}"
        remedy = f'pip install --upgrade "{offer.needs}" {offer.info.distribution}'
        return evolve(offer, problem=offer.explain_set_aside(reason, remedy))
    if offer.info.distribution == _UNKNOWN:
        reason = "its metadata cannot be read, or do not say whose they are"
        return evolve(
            offer, problem=offer.explain_set_aside(reason, "find and repair or remove it")
        )
    if not is_kind_id(name):
        reason = "its metadata name no profile in lower-case letters, digits and underscores"
        return evolve(offer, problem=offer.explain_set_aside(reason))
    if name == GENERIC:
        return evolve(
            offer, problem=offer.explain_set_aside("the name is that of the built-in profile")
        )
    return offer


def _mark_contested_offer(offer: Offer, among: list[Offer]) -> Offer:
    owners = [other.info.distribution for other in among if other.info.id == offer.info.id]
    rivals = ", ".join(sorted(set(owners) - {offer.info.distribution}))
    reason = f"{rivals or 'it'} claims the same name{'' if rivals else ' twice'}"
    remedy = f"uninstall all but one, or list one distribution in {ALLOWED}"
    return evolve(offer, problem=offer.explain_set_aside(reason, remedy))


def _is_allowed(info: ProfileInfo) -> bool:
    listed = os.environ.get(ALLOWED)
    if listed is None:
        return True
    words = {_normalise_name(word) for word in listed.split(",")}
    return bool(words & {_normalise_name(info.id), _normalise_name(info.distribution)})


def _normalise_name(name: str) -> str:
    return name.strip().lower().replace("_", "-").replace(".", "-")


def _find_requirements(distribution: Distribution) -> tuple[str, str | None]:
    """Return which plfkit a distribution is made for; and the same, if it is not this one."""
    try:
        needed = [*filter(None, map(_parse_requirement, distribution.requires or ()))]
    except Exception:  # noqa: BLE001 - metadata that cannot be read are told of elsewhere
        return "", None
    made_for = ", ".join(f"{hooks.PROJECT}{one.specifier}" for one in needed)
    here = version(hooks.PROJECT)
    unmet = (one for one in needed if not one.specifier.contains(here, prereleases=True))
    return made_for, next((f"{hooks.PROJECT}{one.specifier}" for one in unmet), None)


def _parse_requirement(text: str) -> Requirement | None:
    """Read a requirement of plfkit; None for another one, and for one that cannot be read."""
    try:
        needed = Requirement(text)
        if _normalise_name(needed.name) != hooks.PROJECT:
            return None
        applies = needed.marker is None or needed.marker.evaluate({"extra": ""})
    except (ValueError, RecursionError):
        return None
    return needed if applies else None
