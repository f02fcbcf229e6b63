"""Predictors that are about one of two people, or about how far apart the two are.

A relation may follow from who asks, from who is asked, and from how different the two are. Each of
these is a number of people, laid out over pairs of them.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from numbers import Real
from typing import ClassVar

import numpy as np
from attrs import frozen

from plfkit.arrays import Floats, Numbers
from plfkit.errors import MeasureError, UnknownGroupError
from plfkit.graph.groups import RESOURCE_PERSON, look_up_members
from plfkit.graph.snapshot import Snapshot
from plfkit.hints import Hint
from plfkit.model.words.kinds import Label
from plfkit.model.words.titles import hint_at_word
from plfkit.model.words.vocabulary import Vocabulary
from plfkit.requiring import require_instance

Measured = str | Mapping[str, float]
"""Whom or what a predictor is about: a level, role or community kind, ``"resource_person"``, a number
that the data have of people (``"fte"``, ``"years_employed"``), or a mapping from person id to number."""

_DAYS_A_YEAR = 365.25
_COLON = ":"
_TOO_GREAT = 1e100
"""Numbers from here on are no number of a person: their squares have no place in a float."""


@frozen
class Attribute:
    """A predictor made of one number of each person.

    Attributes:
        of: Whom or what it is about.
    """

    of: Measured
    word: ClassVar[str]
    template: ClassVar[Label]
    directed: ClassVar[bool] = True
    shifts: ClassVar[bool] = False
    """Whether a year more for all people is one more for all pairs: then a middle can be taken off."""

    @property
    def name(self) -> str:
        """What the predictor is called in figures, and on the command line."""
        return f"{self.word}{_COLON}{self.of if isinstance(self.of, str) else 'mapping'}"

    @abstractmethod
    def compare(self, numbers: Floats) -> Floats:
        """Lay the numbers of people out over pairs, from rows to columns."""

    def name_for_readers(self, vocabulary: Vocabulary) -> Label:
        """Return what readers call it."""
        of = _name_measured(vocabulary, self.of)
        return Label(da=self.template.da.format(of=of.da), en=self.template.en.format(of=of.en))


@frozen
class Sender(Attribute):
    """What the person is from whom a tie runs: who seeks advice, who observes.

    Examples:
        >>> Sender("teacher").name
        'sender:teacher'
    """

    word = "sender"
    template = Label(da="afsender: {of}", en="sender: {of}")
    shifts = True

    def compare(self, numbers: Floats) -> Floats:
        """Give every pair the number of the first of the two."""
        return np.repeat(numbers[:, None], len(numbers), axis=1)


@frozen
class Receiver(Attribute):
    """What the person is to whom a tie runs: whose advice is sought, who is observed.

    Examples:
        >>> Receiver("years_employed").name
        'receiver:years_employed'
    """

    word = "receiver"
    template = Label(da="modtager: {of}", en="receiver: {of}")
    shifts = True

    def compare(self, numbers: Floats) -> Floats:
        """Give every pair the number of the second of the two."""
        return np.repeat(numbers[None, :], len(numbers), axis=0)


@frozen
class Difference(Attribute):
    """How far apart two people are, whichever of them has more.

    Examples:
        >>> Difference({"ann": 3.0, "bo": 8.0}).name
        'difference:mapping'
    """

    word = "difference"
    template = Label(da="forskel: {of}", en="difference: {of}")
    directed = False

    def compare(self, numbers: Floats) -> Floats:
        """Give every pair the distance between the two."""
        return np.abs(numbers[:, None] - numbers[None, :])


@frozen
class SignedDifference(Attribute):
    """How much more the person has to whom a tie runs than the one from whom it does.

    Examples:
        >>> SignedDifference("years_employed").name
        'signed_difference:years_employed'
    """

    word = "signed_difference"
    template = Label(da="modtagers forspring: {of}", en="receiver's lead: {of}")

    def compare(self, numbers: Floats) -> Floats:
        """Give every pair the number of the second less that of the first."""
        return numbers[None, :] - numbers[:, None]


_ATTRIBUTES: Mapping[str, Callable[[str], Attribute]] = {
    kind.word: kind for kind in (Sender, Receiver, Difference, SignedDifference)
}
PREFIXES = tuple(f"{word}{_COLON}" for word in _ATTRIBUTES)
"""What the names of such predictors begin with, as texts."""


def read_attribute(text: str) -> Attribute | None:
    """Return the predictor that a text names, as ``"sender:teacher"``; None if it begins otherwise."""
    word, colon, of = text.partition(_COLON)
    return _ATTRIBUTES[word](of) if colon and word in _ATTRIBUTES else None


def list_measured(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return all that a predictor may be about, in one word."""
    kinds = (*vocabulary.levels, *vocabulary.roles, *vocabulary.community_kinds)
    return tuple(dict.fromkeys((*_NUMBERS, RESOURCE_PERSON, *kinds)))


def find_numbers(snapshot: Snapshot, attribute: Attribute, persons: Numbers) -> Floats:
    """Return the number of each of some people; that of a level, role or community is 1 for its people.

    Args:
        snapshot: The moment.
        attribute: The predictor.
        persons: The people.

    Raises:
        MeasureError: Nobody knows the number of somebody, or people have no such number.
        TypeError: What was given is neither text nor a mapping.
    """
    of = attribute.of
    if not isinstance(of, str):
        require_instance(of, Mapping)
        found = np.array([_read_number(of.get(person)) for person in snapshot.person_ids])
    elif of in _NUMBERS:
        found = _NUMBERS[of][0](snapshot)
    else:
        found = np.zeros(len(snapshot.person_ids))
        found[_look_up_holders(snapshot, of)] = 1.0
    numbers = found[persons]
    if unknown := int((~np.isfinite(numbers)).sum()):
        raise MeasureError(
            Hint("measure.number_unknown", name=attribute.name, count=unknown, all=len(persons))
        )
    return numbers


def _read_number(given: object) -> float:
    """Return a number as it is given; NaN for what is none, be it text, and for what cannot be squared."""
    return float(given) if isinstance(given, Real) and abs(given) < _TOO_GREAT else np.nan  # type: ignore[operator]


def count_fewest(numbers: Floats) -> int:
    """Return how many people have another number than most have: with few, the figure is about them."""
    return len(numbers) - int(np.unique(numbers, return_counts=True)[1].max(initial=0))


def find_centre(numbers: Floats) -> float:
    """Return the number of somebody in the middle: whole numbers stay whole when it is taken off.

    Squares of years from 1990 to 2024 are some four million, and all that they differ in is in the
    last digits; of years less 2007 they are 0 to 289.
    """
    return float(np.partition(numbers, len(numbers) // 2)[len(numbers) // 2])


def _look_up_holders(snapshot: Snapshot, of: str) -> Numbers:
    try:
        return look_up_members(snapshot, of)
    except UnknownGroupError:
        known = list_measured(snapshot.vocabulary)
        near = hint_at_word(of, known) or Hint("near.there_are", names=known)
        raise MeasureError(Hint("measure.no_number", name=repr(of), near=near)) from None


def _sum_fte(snapshot: Snapshot) -> Floats:
    """Add up the shares of full time that people's positions have; unknown if one is."""
    fte = snapshot.positions.column("fte")
    shares = np.where(fte.missing, np.nan, fte.values)
    total = np.full(len(snapshot.person_ids), np.nan)
    holders = snapshot.position_persons
    total[holders] = 0.0
    np.add.at(total, holders, shares)
    return total


def _count_years_employed(snapshot: Snapshot) -> Floats:
    """Count the years from people's first day that is known to the reference day."""
    first = np.full(len(snapshot.person_ids), np.datetime64("NaT", "D"))
    for table, column in ((snapshot.persons, "id"), (snapshot.positions, "person")):
        begun = table.column("valid_from")
        # fmin passes over days that nobody knows: somebody's earliest position may be undated.
        days = np.where(begun.missing, np.datetime64("NaT", "D"), begun.values.astype("M8[D]"))
        np.fmin.at(first, snapshot.person_numbers(table, column), days)
    day = np.datetime64("NaT" if snapshot.reference_day is None else snapshot.reference_day, "D")
    years: Floats = (day - first) / np.timedelta64(1, "D") / _DAYS_A_YEAR
    return years


_NUMBERS: Mapping[str, tuple[Callable[[Snapshot], Floats], Label]] = {
    "fte": (_sum_fte, Label(da="beskæftigelsesgrad", en="share of full time")),
    "years_employed": (_count_years_employed, Label(da="års ansættelse", en="years employed")),
}
"""Numbers that the data have of people, and what readers call them."""


def _name_measured(vocabulary: Vocabulary, of: Measured) -> Label:
    if not isinstance(of, str):
        return Label(da="tal", en="number")
    if of in _NUMBERS:
        return _NUMBERS[of][1]
    if of == RESOURCE_PERSON:
        return Label(da="ressourceperson", en="resource person")
    kinds = {**vocabulary.community_kinds, **vocabulary.roles, **vocabulary.levels}
    return kinds[of].label.begin_small() if of in kinds else Label(of, of)
