"""Made-up figures for pictures, and pictures read back: their texts, and the room these take."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import Any
from xml.etree import ElementTree as ET

from attrs import evolve
from hypothesis import strategies as st

from plfkit import Organisation, Profile, assess, release
from plfkit.goals import Scorecard
from plfkit.goals.marks import Mark
from plfkit.goals.scorecard import IndicatorOutcome, OverviewYear, TrendPoint
from plfkit.model.declared.declarations import Indicator, PrivacyFloor, Scale, Target
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.breaks import Break
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason
from plfkit.model.words.verdicts import Verdict
from plfkit.report.pictures import Picture
from plfkit.report.pictures.canvas import SMALL, Box, Look
from plfkit.report.texts import Texts

SVG = "{http://www.w3.org/2000/svg}"
LEVELS = ("administration", "school_leadership", "resource_persons", "pedagogical_staff")
NAMES = st.text(
    "abcdefghijklmnopqrstuvwxyzæøå ABCDEÆØÅ0123456789.()&<>\"'-", min_size=1, max_size=40
)


@cache
def make_card(*, example: bool = True) -> Scorecard:
    """A small scorecard whose figures a test replaces."""
    profile = Profile.from_document(
        {
            "schema_version": 1,
            "id": "fake",
            "label": {"da": "Falsk Kommune", "en": "Fake Municipality"},
            "question": {"da": "Går det godt?", "en": "Does it go well?"},
            "goals_complete": False,
        }
    )
    card = assess(Organisation.of(), profile)
    return evolve(release(card, PrivacyFloor(k=5)).content, example=example)


def make_result(rows: list[Figure], scale: Scale = "share", **more: Any) -> Result:
    """A result of made-up figures."""
    return Result(
        figures=Table.of(Figure, rows),
        measure="made_up",
        figure_class=FigureClass.ORGANISATIONAL,
        scale=scale,
        at="2018/19",
        n=None,
        observed=None,
        **more,
    )


def make_outcome(
    points: list[TrendPoint], mark: Mark | None = None, verdict: Verdict | None = Verdict.SHOWN
) -> IndicatorOutcome:
    """An indicator with a figure for each year, the last being its own."""
    target = (
        None if mark is None else Target(mark.target, "proposed" if mark.proposed else "decided")
    )
    return IndicatorOutcome(
        id="V1",
        indicator=Indicator(
            Label("Et tal om noget", "A figure of something"),
            "made_up",
            direction="up",
            target=target,
        ),
        result=points[-1].result,
        verdict=verdict,
        mark=mark,
        trend=tuple(points),
    )


def draw_ends(scale: Scale) -> st.SearchStrategy[tuple[float, float]]:
    """Two numbers, the lesser first, with the digits that leave the gate; those of a country too."""
    most = {"share": 1000, "points": 1000, "count": 500, "index": 5000}[scale]
    least = -most if scale == "points" else 0
    many = st.integers(most, 9_999_999) if scale in {"count", "index"} else st.nothing()
    numbers = (st.integers(least, most) | many).map(
        lambda n: float(n) if scale == "count" else n / 1000 if scale != "index" else n / 10
    )
    return st.tuples(numbers, numbers).map(lambda pair: (min(pair), max(pair)))


@st.composite
def figures(draw: st.DrawFn, scale: Scale = "share") -> Figure:
    """Any figure that can leave: a value, a range, a class, one that is hidden or does not exist."""
    lower, upper = draw(draw_ends(scale))
    blank = Figure()
    kind = draw(st.sampled_from(["exact", "value", "open", "range", "band", "hidden", "none"]))
    if kind == "exact":
        return evolve(blank, value=lower, lower=lower, upper=lower)
    if kind in {"value", "open"}:
        value = draw(st.sampled_from([lower, upper]))
        expected = draw(st.none() | st.just(upper))
        known = (None, None) if kind == "open" else (lower, upper)
        return evolve(blank, value=value, expected=expected, lower=known[0], upper=known[1])
    if kind in {"range", "band"}:
        reason = Reason.BAND if kind == "band" else Reason.SOME_DID_NOT_ANSWER
        return evolve(blank, lower=lower, upper=upper, reason=reason)
    return evolve(blank, reason=Reason.WITHHELD if kind == "hidden" else Reason.NOT_REGISTERED)


@st.composite
def trends(draw: st.DrawFn, scale: Scale) -> list[TrendPoint]:
    """An indicator over one to twelve years, some of which do not compare."""
    count = draw(st.integers(1, 12))
    return [
        TrendPoint(
            f"20{10 + year}/{11 + year}",
            make_result([draw(figures(scale))], scale),
            draw(st.sampled_from([(), (), (Break.SCHOOLS_CHANGED,), (Break.MORE_ANSWERED,)])),
        )
        for year in range(count)
    ]


@st.composite
def marks(draw: st.DrawFn, scale: Scale) -> Mark | None:
    """A mark, decided or proposed, or none."""
    value = draw(st.none() | draw_ends(scale).map(lambda ends: ends[0]))
    return None if value is None else Mark(target=value, proposed=draw(st.booleans()))


@st.composite
def municipalities(draw: st.DrawFn, most: int = 60) -> Scorecard:
    """A card with any number of schools, and anything told of them: a few sorts that come in turn."""
    return make_municipality(
        draw(st.sampled_from([0, 1, 2, 3, 8, most])),
        draw(st.lists(counts(), min_size=1, max_size=5)),
        names=draw(st.lists(NAMES, min_size=3, max_size=3)),
        shares=draw(st.lists(figures(), min_size=1, max_size=3)),
        ties=draw(contacts()),
        heads=[draw(st.integers(1, 400) | st.integers(400, 999_999)) for _ in LEVELS],
        example=draw(st.booleans()),
    )


def make_municipality(
    count: int,
    numbers: Sequence[Figure],
    *,
    names: Sequence[str] = ("Skole",),
    shares: Sequence[Figure] = (Figure(value=0.6, lower=0.6, upper=0.6),),
    ties: Result | None = None,
    heads: Sequence[int] = (20, 20, 20, 20),
    example: bool = True,
) -> Scorecard:
    """A card with so many schools, whose numbers of communities, names and shares come in turn."""
    card = make_card(example=example)
    schools = [f"s{number}" for number in range(count)]
    labels = {
        school: Label(*[f"{names[place % len(names)]} {place}"] * 2)
        for place, school in enumerate(schools)
    }
    told = [evolve(shares[n % len(shares)], part=school) for n, school in enumerate(schools)]
    places: list[tuple[str | None, str]] = [(None, level) for level in LEVELS]
    places += [(school, level) for school in schools for level in LEVELS[1:]]
    rows = [
        evolve(numbers[n % len(numbers)], part=part, figure=level)
        for n, (part, level) in enumerate(places)
    ]
    coverage = make_result(told)
    year = OverviewYear(
        at="2018/19",
        communities=make_result(rows, "count"),
        coverage_by_school=coverage,
        rhythm_by_school=coverage,
        rhythm=coverage,
        events=make_result([]),
        contacts={} if ties is None else {"advice": ties},
    )
    overview = evolve(
        card.overview,
        coverage_by_school=coverage,
        coverage_by_level=make_result(
            [Figure(part=level, n=head) for level, head in zip(LEVELS, heads, strict=True)]
        ),
        municipal_levels=("administration",),
        years=(year,),
    )
    return evolve(card, overview=overview, names={**card.names, **labels})


def count_at_least(number: float) -> Figure:
    """So many communities, and three that may be more."""
    reason = Reason.SOME_NOT_REGISTERED
    return Figure(lower=number, upper=number + 3, reason=reason)


@st.composite
def counts(draw: st.DrawFn) -> Figure:
    """How many communities there are, as far as it is told."""
    place = Figure()
    number = float(draw(st.sampled_from([0, 1, 2, 8, 40, 123, 1234, 1_234_567])))
    kind = draw(st.sampled_from(["exact", "few", "least", "hidden", "none"]))
    if kind == "exact":
        return evolve(place, value=number, lower=number, upper=number)
    if kind == "few":
        return evolve(place, lower=1.0, reason=Reason.BAND)
    if kind == "least":
        return count_at_least(number)
    return evolve(place, reason=Reason.WITHHELD if kind == "hidden" else Reason.NOT_REGISTERED)


@st.composite
def contacts(draw: st.DrawFn) -> Result:
    """How close the ties between levels are."""
    pairs = [(from_, to) for from_ in LEVELS for to in LEVELS]
    sorts = draw(st.lists(figures(), min_size=1, max_size=5))
    rows = [
        evolve(sorts[n % len(sorts)], from_=from_, to=to) for n, (from_, to) in enumerate(pairs)
    ]
    return make_result(rows, relation="advice")


def read_svg(picture: Picture) -> ET.Element:
    """The picture as XML."""
    return ET.fromstring(picture.svg)  # noqa: S314 - our own


def list_text_boxes(root: ET.Element) -> Iterator[tuple[str, Box]]:
    """The texts of a picture with the room they take, by plfkit's own estimate."""
    yield from _walk_texts(root, Look(size=SMALL), 0.0)


def _walk_texts(element: ET.Element, base: Look, shift: float) -> Iterator[tuple[str, Box]]:
    """The texts inside an element, which look as it says and stand where it is moved to."""
    look = Look(
        size=float(element.get("font-size", base.size)),
        anchor=element.get("text-anchor", base.anchor),  # type: ignore[arg-type]
        bold=element.get("font-weight", "600" if base.bold else "400") == "600",
        turned="rotate(-90" in element.get("transform", ""),
    )
    moved = re.match(r"translate\(([\d.]+)\)", element.get("transform", ""))
    shift += float(moved[1]) if moved else 0.0
    if element.tag == f"{SVG}text":
        assert look.size >= SMALL
        shown = element.text or ""
        place = (float(element.get("x", 0)) + shift, float(element.get("y", 0)))
        yield shown, look.measure_box(shown, place)
        return
    for child in element:
        yield from _walk_texts(child, look, shift)


def check_picture(picture: Picture, texts: Texts) -> None:
    """What holds for every picture: sound, apart, inside, said in words, and safe on any page."""
    root = read_svg(picture)
    _, _, width, height = map(float, root.get("viewBox", "").split())
    boxes = [*list_text_boxes(root)]
    for shown, box in boxes:
        assert -0.1 <= box.left <= box.right <= width + 0.1, shown
        assert -0.1 <= box.top <= box.bottom <= height + 0.1, shown
        assert not re.search(r"\d…$", shown), shown  # 12 of 1,234 is another number
    for (one, first), (other, second) in combinations(boxes, 2):
        assert not first.meets(second), (one, other)
    check_words(picture, texts)
    check_safety(picture, root)


def check_words(picture: Picture, texts: Texts) -> None:
    """The text for those who listen has every cell of the table, in its row, and nothing is left blank."""
    assert picture.finding
    assert picture.about
    assert picture.table.rows
    for row in picture.table.rows:
        assert len(row) == len(picture.table.columns)
        said = picture.alt[picture.alt.index(f"{row[0]} – ") :]
        for column, cell in zip(picture.table.columns[1:], row[1:], strict=True):
            assert cell in {"", texts("goals.none")} or f"{column}: {cell}" in said
    description = next(read_svg(picture).iter(f"{SVG}desc"))
    assert description.text == picture.alt


def check_safety(picture: Picture, root: ET.Element) -> None:
    """No script, no style, no address, and names that nothing else on a page has."""
    names = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(names) == len(set(names))
    assert all(str(name).startswith(f"{picture.kind}-") for name in names)
    assert root.get("role") == "img"
    assert set(root.get("aria-labelledby", "").split()) <= set(names)
    assert not re.search(r"style=|<style|<script|href|url\(|javascript", picture.svg)
    assert ("EXAMPLE" in picture.svg or "EKSEMPEL" in picture.svg) == picture.example


def cells_of(picture: Picture) -> Mapping[str, dict[str, str]]:
    """The cells of a picture's table by row and column."""
    heads = picture.table.columns
    return {row[0]: dict(zip(heads, row, strict=True)) for row in picture.table.rows}
