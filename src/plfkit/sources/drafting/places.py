"""Places and teams that a staff list names: offered as units and communities that are to be there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Self

from attrs import frozen

from plfkit.model.records.organisation import Organisation
from plfkit.sources.drafting.columns import SeenColumn, gather_answers
from plfkit.sources.drafting.sketching import Sketch
from plfkit.sources.drafting.writing import Page
from plfkit.sources.importing.titles import fold_word

MOST_WORDS = 400
"""How many places, teams or titles are written out."""
TOWN = "kommune"
"""The id that is offered for the municipality."""
ONLY_SCHOOL = "skole"
"""The id that is offered where no column says where."""
_TOP_KIND = "municipality"
_NEAR = 0.8  # how alike names are of which a reader is told: all schools end alike


@frozen
class SeenPlaces:
    """The places of a column: spellings that differ in capitals and spaces only are one.

    Attributes:
        ids: The id of each, known or offered, by its folded name.
        new: The names of those that nobody knows, by the id that is offered for them.
    """

    ids: Mapping[str, str]
    new: Mapping[str, str]

    @classmethod
    def of(cls, sketch: Sketch, column: SeenColumn | None) -> Self:
        """Return the places of a column; without one, a school to be named where none is known."""
        known = list_known_places(sketch.organisation)
        if column is None:
            return cls(known, {} if known else {ONLY_SCHOOL: ""})
        names = [name for name in gather_answers([column]) if fold_word(name) not in known]
        new = give_ids(names[:MOST_WORDS], {TOWN, *known.values()})
        return cls(known | {fold_word(name): one for one, name in new.items()}, new)

    def find_near(self, word: str, names: Iterable[str] | None = None) -> str | None:
        """Return the id of a place whose name is near a word, or goes on where the word ends.

        Args:
            word: The word, which may end in a full stop.
            names: The folded names that are looked at; all of them if left out.
        """
        own = fold_word(word)
        others = [name for name in (self.ids if names is None else names) if name != own]
        longer = [name for name in others if name.startswith(own.rstrip("."))]
        near = longer or get_close_matches(own, others, n=1, cutoff=_NEAR)
        return self.ids[near[0]] if near else None


def list_known_places(organisation: Organisation | None) -> dict[str, str]:
    """Return the id of each unit that is known, by its folded id and name."""
    if organisation is None:
        return {}
    return {
        fold_word(word): unit.id
        for unit in organisation.units
        for word in (unit.name, unit.id)
        if word
    }


def offer_units(sketch: Sketch, places: SeenPlaces) -> list[Page]:
    """Offer a unit for each place that is none yet; its kind is for a person to say."""
    if not places.new:
        return []
    page = sketch.start_page(None, "[units]")
    page.ask("", "units", "ask.units")
    page.list_choices("", sketch.label_words("unit_kinds"))
    parent = _find_town(sketch.organisation)
    if parent is None:
        page.offer_table(TOWN, {"kind": _TOP_KIND, "name": ""})
    for one, name in places.new.items():
        page.offer_table(
            one, {"kind": "", "name": name, "parent": TOWN if parent is None else parent}
        )
    return [page]


def _find_town(organisation: Organisation | None) -> str | None:
    """Return the id of the municipality; the empty text where there are several, None without one."""
    units = () if organisation is None else organisation.units
    towns = [unit.id for unit in units if unit.kind == _TOP_KIND]
    return None if not towns else towns[0] if len(towns) == 1 else ""


def offer_communities(
    sketch: Sketch, places: SeenPlaces, units: SeenColumn | None, teams: SeenColumn | None
) -> list[Page]:
    """Offer a community for each team of a place, however both are spelled, that is none yet."""
    if teams is None:
        return []
    wheres = teams.texts if units is None else units.texts
    found: dict[tuple[str, str], str] = {}
    for where, team in zip(wheres, teams.texts, strict=True):
        unit = ONLY_SCHOOL if units is None else places.ids.get(fold_word(where))
        if team and unit is not None:
            found.setdefault((unit, fold_word(team)), team)
    known = _list_known_teams(sketch.organisation)
    new = {key: team for key, team in found.items() if key not in known}
    if not new:
        return []
    page = sketch.start_page(None, "[communities]")
    page.ask("", "communities", "ask.communities")
    page.list_choices("", sketch.label_words("community_kinds"))
    by_unit = sorted(new.items(), key=lambda found: list(places.ids.values()).index(found[0][0]))
    ids = give_ids([f"{unit} {team}" for (unit, _), team in by_unit], known.values())
    for one, ((unit, _), team) in list(zip(ids, by_unit, strict=True))[:MOST_WORDS]:
        page.offer_table(one, {"kind": "", "name": team, "unit": unit})
    return [page]


def _list_known_teams(organisation: Organisation | None) -> dict[tuple[str, str], str]:
    teams = () if organisation is None else organisation.communities
    return {(str(team.unit), fold_word(team.name or team.id)): team.id for team in teams}


def give_ids(names: Iterable[str], taken: Collection[str]) -> dict[str, str]:
    """Give each name an id that no other has, and return the names by id.

    >>> give_ids(["Åmosens Skole", "Aamosens Skole"], set())
    {'aamosens_skole': 'Åmosens Skole', 'aamosens_skole_2': 'Aamosens Skole'}
    """
    given: dict[str, str] = {}
    used = set(taken)
    for name in names:
        plain = make_id(name)
        one, number = plain, 2
        while one in used:
            one, number = f"{plain}_{number}", number + 1
        used.add(one)
        given[one] = name
    return given


def make_id(text: str) -> str:
    """Make an id of a name: lower-case letters, digits and underscores."""
    danish = text.casefold().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    plain = unicodedata.normalize("NFKD", danish).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or "x"
