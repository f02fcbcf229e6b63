"""Publications as their documents tell of them: which figures, of whom, and what is told.

A document is a JSON file, or a page that carries it in ``<script type="application/json"
id="publication">``, there with what several figures share written once, as ``series``. Keys of a figure that
are not known are refused: they may tell something.
"""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from os import PathLike
from pathlib import Path
from typing import Any

from attrs import field, frozen
from attrs.validators import ge

from plfkit.errors import DocumentError, Fault, InvalidDataError, Place, ProfileError
from plfkit.hints import Hint
from plfkit.model.documents import parse_json, structure_document
from plfkit.model.given_paths import name_path
from plfkit.model.validators import OneOf, check_period_text
from plfkit.model.written_formats import PUBLICATION_FORMAT
from plfkit.sources.given import Given, read_given_file
from plfkit.sources.limits import Limits

KINDS = ("count", "statistic", "claim", "organisational", "standing", "withheld")
COUNTED = frozenset({"count", "claim"})
"""Kinds that tell how many people have something."""
_BLOCK = "publication"
_UNNAMED = "publication"
_TABLES = {".csv", ".xlsx"}
"""Figures that do not say of whom they are: the document that was released with them does."""
Ends = tuple[int, int]
"""The least and the most that a count can be, as it was told."""


def _check_ends(_instance: object, attribute: Any, ends: Ends | None) -> None:
    if ends is not None and not 0 <= ends[0] <= ends[1]:
        raise ValueError(f"{attribute.name} goes from a least to a most, from 0 on, not {ends}")


def _check_period(instance: object, attribute: Any, text: str) -> None:
    check_period_text(instance, attribute, text)


@frozen(kw_only=True)
class PeopleQuery:
    """Which people are meant: staff who hold a position of which all of these are true.

    Attributes:
        of: It is of one of these levels or roles.
        at: It is at one of these units, or below one.
        not_of: They hold no position of these levels or roles.
        teaches: It names one of these subjects.
        asked: They were asked about one of these: who was, the data of a survey say and no staff list.
    """

    of: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    not_of: tuple[str, ...] = ()
    teaches: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


@frozen(kw_only=True)
class PublishedFigure:
    """One figure of a publication.

    Attributes:
        measure: The measure.
        period: The period, as text.
        property: The yes or no that people have; figures with the same speak of the same.
        family: The same without its threshold and its kinds.
        people: How many people the figure is about; None where it is about units.
        kind: Whether it is a count, a statistic that counts nothing, a claim about each person, about
            units, standing as it was told before of other people, or withheld.
        who: The people it is about.
        universe: Who can have the property at all.
        threshold: Within a family a higher threshold is within a lower one; None for none.
        kinds: Within a family some of these kinds are within all of them; None for whatever kind.
        arguments: With which arguments it was measured.
        part: The group of ``by=``.
        figure: Which of several figures it is.
        figure_class: Its figure class, the key ``class`` of the document.
        surely: Between how many and how many have the property for certain.
        possibly: Between how many and how many may have it.
        own_answers: Whether it is known only of those who answered.
        value: A statistic's value.
        lower: The lower end of its range.
        upper: The upper end.
        answered: Between how many and how many answered.
        ends: Between what a statistic can lie at all; None for no most.
        from_: The group that ties run from, the key ``from`` of the document.
        to: The group that they run to.
        told_on: The day on which it was told, where it stands as it was told before.
        municipality: Whose it is, where municipalities stand beside each other.
    """

    measure: str
    period: str = field(validator=_check_period)
    property: str
    kind: str = field(validator=OneOf(KINDS))
    family: str = ""
    people: int | None = None
    who: PeopleQuery = PeopleQuery()
    universe: PeopleQuery = PeopleQuery()
    threshold: float | None = None
    kinds: tuple[str, ...] | None = None
    arguments: dict[str, Any] = field(factory=dict)
    part: str | None = None
    figure: str | None = None
    figure_class: str | None = None
    surely: Ends | None = field(default=None, validator=_check_ends)
    possibly: Ends | None = field(default=None, validator=_check_ends)
    own_answers: bool = False
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    answered: Ends | None = field(default=None, validator=_check_ends)
    ends: tuple[float, float | None] | None = None
    from_: str | None = None
    to: str | None = None
    told_on: str | None = None
    municipality: str | None = None

    def name_family(self) -> str:
        """Return the family; the property itself where nothing is said of another."""
        return self.family or self.property

    def is_about_people(self) -> bool:
        """Tell whether it tells of people that a staff list can name."""
        return self.kind in {*COUNTED, "statistic"} and self.people is not None

    def __attrs_post_init__(self) -> None:
        """Refuse a count that does not say how many, and more people than there are."""
        if self.kind in COUNTED and (self.surely is None or self.possibly is None):
            raise ValueError("a count needs the keys 'surely' and 'possibly'")
        for ends in (self.surely, self.possibly, self.answered):
            if ends is not None and ends[1] > (self.people or 0):
                raise ValueError(f"{ends[1]} are more than the {self.people} people")


@frozen(kw_only=True)
class PublishedFigures:
    """What left together.

    Attributes:
        k: Groups of fewer people are small.
        statistics: The fewest people of whom a statistic is told.
        figures: The figures.
    """

    k: int = field(validator=ge(1))
    statistics: int = field(validator=ge(1))
    figures: tuple[PublishedFigure, ...]


def read_publication(given: Given) -> PublishedFigures:
    """Read what a document says that was published.

    Raises:
        InvalidDataError: It cannot be read, or holds no publication that is understood.
        LimitError: The file is too large.
    """
    named = given if isinstance(given, str | PathLike) else ""
    where = name_path(named, _UNNAMED) or _UNNAMED
    if Path(named).suffix.lower() in _TABLES:
        raise _make_error("missing_value", where, Hint("audit.table"))
    text = _read_published_text(given, where)
    if text.lstrip().startswith("<"):
        text = _cut_out_document(text, where)
    try:
        document = parse_json(text, where)
    except ProfileError as error:
        raise _make_error("unreadable", where, Hint.of(str(error))) from error
    block = document.get(_BLOCK)
    if not isinstance(block, Mapping):
        raise _make_error("missing_value", where, Hint("audit.no_publication"))
    written: Any = block.get("schema_version")
    if not PUBLICATION_FORMAT.is_known(written):
        hint = Hint("audit.other_version", known=PUBLICATION_FORMAT.version)
        raise _make_error("invalid_value", where, hint)
    return _structure_publication(PUBLICATION_FORMAT.update_document(block, written), where)


def _structure_publication(block: Mapping[str, Any], where: str) -> PublishedFigures:
    known = {key: block[key] for key in ("k", "statistics", "figures") if key in block}
    if "series" in block:
        known["figures"] = _spread_series(block["series"])
    if isinstance(known.get("figures"), list):
        known["figures"] = [_rename_class(figure) for figure in known["figures"]]
    try:
        return structure_document(known, PublishedFigures, where)
    except DocumentError as error:
        hints = (
            Hint("audit.problem", path=".".join(p.path) or _BLOCK, problem=p.message)
            for p in error.problems
        )
        place = Place(where)
        raise InvalidDataError(Fault("invalid_value", place, hint) for hint in hints) from error


def _spread_series(series: Any) -> Any:
    """Give each figure what it shares with others; what is no list of series is left to be refused."""
    if not isinstance(series, list) or not all(_is_series(one) for one in series):
        return series
    return [
        {**{key: value for key, value in one.items() if key != "told"}, **told}
        for one in series
        for told in one["told"]
    ]


def _is_series(one: Any) -> bool:
    told = one.get("told") if isinstance(one, Mapping) else None
    return isinstance(told, list) and all(isinstance(figure, Mapping) for figure in told)


def _rename_class(figure: Any) -> Any:
    """Give the keys ``class`` and ``from``, which are words of Python's, other names."""
    if not isinstance(figure, Mapping):
        return figure
    names = {"class": "figure_class", "from": "from_"}
    return {names.get(key, key): value for key, value in figure.items()}


def _read_published_text(given: Given, where: str) -> str:
    try:
        return read_given_file(given, Limits(), name=where).data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = Hint("file.other_encoding", encoding="UTF-8")
        raise _make_error("encoding", where, hint) from error


def _make_error(code: Any, where: str, hint: Hint) -> InvalidDataError:
    return InvalidDataError([Fault(code, Place(where), hint)])


class _DocumentFinder(HTMLParser):
    """Finds what stands in the script of a page that carries its document."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag == "script" and ("id", _BLOCK) in attrs

    def handle_endtag(self, _tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found.append(data)


def _cut_out_document(page: str, where: str) -> str:
    finder = _DocumentFinder()
    finder.feed(page)
    if not finder.found:
        raise _make_error("missing_value", where, Hint("audit.no_publication"))
    return "".join(finder.found)
