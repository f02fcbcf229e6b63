"""The ledger: what was published, of whom, and when; so that what is published next is judged beside it.

It holds what was told and never what was counted, and people as pseudonyms that only its own key makes.
It is confidential all the same: whoever has it and a staff list knows of whom each figure was.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from attrs import Factory, asdict, define, evolve, frozen

from plfkit.arrays import Numbers
from plfkit.disclosure.classes import Span
from plfkit.disclosure.plans import Plan, ToldSet
from plfkit.disclosure.properties import Property
from plfkit.disclosure.publication import Publication, ToldProperty, ToldStatistic, overlap_periods
from plfkit.disclosure.tables import ToldCount
from plfkit.errors import DisclosureError, ProfileError, StoreError
from plfkit.hints import Hint
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.documents import parse_json
from plfkit.model.given_paths import name_path
from plfkit.model.results.facts import StaffList
from plfkit.model.results.figures import Figure
from plfkit.model.written_formats import LEDGER_FORMAT
from plfkit.sources.saving import save_text

_KEY_BYTES = 32
_KINDS = re.compile(r" kinds=(\S+)")
"""Where the name of a property says of which kinds it is."""


@frozen
class LedgerEntry:
    """What was told of one yes/no, or one figure.

    Attributes:
        property: What it tells of.
        period: When, as text.
        told_on: The day on which it was told.
        people: How many people it was of.
        part: The group that it was of; None for the whole, and for what is told of several.
    """

    property: str
    period: str
    told_on: str
    people: int
    part: str | None


@define(eq=False)
class Ledger:
    """What was published before; `plfkit.open_ledger` makes these.

    Attributes:
        path: Its file.
        key: What makes the pseudonyms of this ledger.
        groups: The people of whom was told, each group once, as pseudonyms.
        counts: What was told of yes/no questions, as plain values.
        statistics: What was told of other figures.
        text: The file as it was read.
    """

    path: Path
    key: bytes = Factory(lambda: secrets.token_bytes(_KEY_BYTES))
    groups: list[list[str]] = Factory(list)
    counts: list[dict[str, Any]] = Factory(list)
    statistics: list[dict[str, Any]] = Factory(list)
    text: str | None = None

    def __iter__(self) -> Iterator[LedgerEntry]:
        """Yield what was told, in the order in which it was."""
        for one in (*self.counts, *self.statistics):
            part = one["label"][0] if "label" in one else None
            yield LedgerEntry(
                one["property"],
                one["period"],
                one["told_on"],
                len(self.groups[one["people"]]),
                part,
            )

    def open_publication(self, floor: PrivacyFloor) -> Publication:
        """Return a publication that is judged beside all that the ledger holds."""
        return Publication(floor, before=self)

    def find_told_property(self, of: Property, staff: StaffList) -> ToldProperty | None:
        """Return what was told of a yes/no at an overlapping time, of some of the same people."""
        names = self._name_people(staff)
        for entry in self.counts:
            if entry["property"] == of.name and overlap_periods(entry["period"], of.period):
                inside = np.isin(names, self.groups[entry["people"]])
                if inside.any():
                    return self._bind_property(entry, of, names, inside)
        return None

    def find_family(self, of: Property, staff: StaffList) -> list[ToldProperty]:
        """Return what was told of the same with other thresholds, or of other kinds."""
        names = self._name_people(staff)
        found = []
        for entry in self.counts:
            family, _ = _read_family(entry, of)
            if family == of.family and overlap_periods(entry["period"], of.period):
                inside = np.isin(names, self.groups[entry["people"]])
                if inside.any():
                    found.append(self._bind_property(entry, of, names, inside))
        return found

    def list_told_statistics(self, of: Property, staff: StaffList) -> list[ToldStatistic]:
        """Return the figures that were told of a statistic, of some of the same people."""
        names = self._name_people(staff)
        found = []
        for entry in self.statistics:
            if entry["property"] != of.name:
                continue
            inside = np.isin(names, self.groups[entry["people"]])
            if inside.any():
                earlier = evolve(of, period=entry["period"])
                figure = Figure(**entry["figure"])
                gone = len(self.groups[entry["people"]]) - int(inside.sum())
                found.append(
                    ToldStatistic(
                        earlier, tuple(entry["label"]), inside, figure, gone, entry["told_on"]
                    )
                )
        return found

    def _bind_property(
        self, entry: Mapping[str, Any], of: Property, names: Sequence[str], inside: Any
    ) -> ToldProperty:
        """Return what was told, of the people of today's staff list who were among them."""
        sets = [
            ToldSet(
                tuple(one["labels"]), np.flatnonzero(np.isin(names, self.groups[one["people"]]))
            )
            for one in entry["sets"]
        ]
        members = np.zeros((len(sets), len(names)), np.bool_)
        for row, one in zip(members, sets, strict=True):
            row[one.persons] = True
        plan = Plan(inside, tuple(sets), members, entry["width"])
        ends = [_read_told(plan, entry[side]) for side in ("surely", "possibly")]
        family, kinds = _read_family(entry, of)
        earlier = evolve(
            of,
            name=entry["property"],
            family=family,
            threshold=entry["threshold"],
            period=entry["period"],
            kinds=kinds,
        )
        complete = entry["surely"] == entry["possibly"]
        return ToldProperty(
            earlier,
            ends[0],
            ends[0] if complete else ends[1],
            {key: tuple(words) for key, words in entry["who"].items()},
            told_on=entry["told_on"],
            sizes={
                one.labels: len(self.groups[own["people"]])
                for one, own in zip(sets, entry["sets"], strict=True)
            },
            size=len(self.groups[entry["people"]]),
        )

    def record_publication(self, publication: Publication) -> None:
        """Add what a publication told for the first time, before anybody sees it.

        Raises:
            StoreError: The file could not be written, or somebody else wrote it meanwhile.
        """
        today = datetime.now(tz=UTC).date().isoformat()
        counts = [
            self._write_property(one, today) for one in publication.counts if one.told_on is None
        ]
        statistics = [
            self._write_statistic(one, today)
            for one in publication.statistics
            if one.told_on is None
        ]
        if not counts and not statistics and self.text is not None:
            return
        if _read_ledger_text(self.path) != self.text:
            raise StoreError(Hint("disclosure.ledger_changed", path=str(self.path)))
        self.counts += counts
        self.statistics += statistics
        document = {
            "plfkit_ledger": LEDGER_FORMAT.version,
            "key": self.key.hex(),
            "groups": self.groups,
            "counts": self.counts,
            "statistics": self.statistics,
        }
        self.text = json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n"
        save_text(self.path, self.text)
        self.path.chmod(0o600)

    def _write_property(self, told: ToldProperty, today: str) -> dict[str, Any]:
        names = self._name_persons(told.of.persons)
        return {
            "property": told.of.name,
            "family": told.of.family,
            "threshold": told.of.threshold,
            "kinds": None if told.of.kinds is None else sorted(told.of.kinds),
            "period": told.of.period,
            "told_on": today,
            "people": self._number_group(names, np.flatnonzero(told.plan.universe)),
            "width": told.plan.width,
            "who": {key: list(words) for key, words in told.who.items()},
            "sets": [
                {"labels": list(one.labels), "people": self._number_group(names, one.persons)}
                for one in told.plan.sets
            ],
            "surely": _write_told(told.surely),
            "possibly": _write_told(told.possibly),
        }

    def _write_statistic(self, told: ToldStatistic, today: str) -> dict[str, Any]:
        names = self._name_persons(told.of.persons)
        figure = asdict(told.figure, filter=lambda _, value: value is not None)
        return {
            "property": told.of.name,
            "period": told.of.period,
            "told_on": today,
            "label": list(told.label),
            "people": self._number_group(names, np.flatnonzero(told.persons)),
            "figure": figure,
        }

    def _number_group(self, names: Sequence[str], persons: Numbers) -> int:
        """Return the number of a group of people, which is written down once."""
        group = sorted(names[person] for person in persons.tolist())
        if self._numbers is None:
            self._numbers = {tuple(known): place for place, known in enumerate(self.groups)}
        number = self._numbers.setdefault(tuple(group), len(self.groups))
        if number == len(self.groups):
            self.groups.append(group)
        return number

    def _name_people(self, staff: StaffList) -> Sequence[str]:
        return self._name_persons(staff.persons)

    def _name_persons(self, persons: Sequence[str]) -> Sequence[str]:
        """Return the pseudonyms of people in this ledger."""
        if persons not in self._names:
            self._names[tuple(persons)] = [
                hmac.new(self.key, person.encode(), hashlib.sha256).hexdigest()[:24]
                for person in persons
            ]
        return self._names[tuple(persons)]

    _numbers: dict[tuple[str, ...], int] | None = None
    _names: dict[Sequence[str], list[str]] = Factory(dict)


def open_ledger(path: str | PathLike[str]) -> Ledger:
    """Open the ledger of what was published; where there is no such file, a new one.

    Args:
        path: Its file, which is made when something is published first. A path and nothing else: before a
            publication leaves, the ledger is written there anew.

    Raises:
        DisclosureError: The file is no ledger of plfkit's.
    """
    place = Path(path)
    text = _read_ledger_text(place)
    if text is None:
        return Ledger(place)
    try:
        document = parse_json(text, name_path(place))
        if not LEDGER_FORMAT.is_known(written := document["plfkit_ledger"]):
            raise DisclosureError(Hint("disclosure.no_ledger", path=name_path(place)))
        document = LEDGER_FORMAT.update_document(document, written)
        key = bytes.fromhex(document["key"])
        groups, counts, statistics = (document[n] for n in ("groups", "counts", "statistics"))
    except (ProfileError, KeyError, TypeError, ValueError) as error:
        raise DisclosureError(Hint("disclosure.no_ledger", path=name_path(place))) from error
    return Ledger(place, key, groups, counts, statistics, text)


def _read_ledger_text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise DisclosureError(Hint("disclosure.no_ledger", path=name_path(path))) from error


def _read_family(entry: Mapping[str, Any], of: Property) -> tuple[str, frozenset[str] | None]:
    """Return of what family something was told, and of which kinds.

    Ledgers of before kinds were held against each other have no kinds: these stand in the family's name.
    """
    family: str = entry["family"]
    if "kinds" in entry or (named := _KINDS.search(family)) is None or family == of.family:
        kinds = entry.get("kinds")
        return family, None if kinds is None else frozenset(kinds)
    return _KINDS.sub("", family), frozenset(named[1].split(","))


def _write_told(told: ToldCount) -> dict[str, Any]:
    return {"whole": list(told.whole), "classes": [list(span) for span in told.classes]}


def _read_told(plan: Plan, told: Mapping[str, Any]) -> ToldCount:
    classes: list[Span] = [(span[0], span[1]) for span in told["classes"]]
    return ToldCount(plan, tuple(classes), (told["whole"][0], told["whole"][1]))
