"""`plfkit.plot`: any picture of a released scorecard, and of nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree as ET

import pytest
from drawing import (
    SVG,
    cells_of,
    check_picture,
    list_text_boxes,
    make_card,
    make_outcome,
    make_result,
    read_svg,
)

import plfkit
from plfkit import Picture, assess, load_profile, plot, release
from plfkit.disclosure import Released
from plfkit.errors import DisclosureError, NoDataError, StoreError, UnknownLanguageError
from plfkit.goals import Scorecard
from plfkit.goals.scorecard import TrendPoint
from plfkit.hints import Language
from plfkit.model.results.figures import Figure
from plfkit.model.words.reasons import Reason
from plfkit.report import figures
from plfkit.report.pictures import draw_figures, draw_transitions, draw_trend
from plfkit.report.pictures.plotting import KINDS, PictureKind
from plfkit.report.texts import Texts
from plfkit.synthetic import municipality

ARGUMENTS = {
    "trend": {"indicator": "M1a"},
    "hours": {"indicator": "M3a"},
    "transitions": {"indicator": "M3b"},
}
HERE: dict[str, Released[Scorecard]] = {}


def released(name: str) -> Released[Scorecard]:
    """The example of a profile with three schools, released."""
    if name not in HERE:
        profile = load_profile(name)
        card = assess(municipality(profile, schools=3), profile)
        HERE[name] = release(card, profile.privacy)
    return HERE[name]


@pytest.mark.parametrize("lang", ["da", "en"])
@pytest.mark.parametrize(
    "kind", ["trend", "figures", "contacts", "organisation", "coverage", "hours", "transitions"]
)
def test_kinds(kind: PictureKind, lang: Language) -> None:
    """Every kind is drawn of an example, and says so."""
    card = released("middelfart")
    arguments = dict(ARGUMENTS.get(kind, {}))
    if kind == "trend":
        arguments = {
            "indicator": next(o.id for o in card.content.indicators if o.figure is not None)
        }
    picture = plot(card, kind, language=lang, **arguments)
    assert picture.kind == kind
    check_picture(picture, Texts.of(lang))
    assert picture.example


def test_matrix() -> None:
    """A matrix is drawn where a goal declares one."""
    check_picture(plot(released("vejle"), "matrix", goal="V2"), Texts.of("da"))


def test_table_and_figures() -> None:
    """The table of a trend holds each year's released figure as the page writes it."""
    card, texts = released("vejle"), Texts.of("en")
    picture = plot(card, "trend", indicator="any_community", language="en")
    outcome = next(o for o in card.content.indicators if o.id == "any_community")
    cells = cells_of(picture)
    assert [*cells] == [point.at for point in outcome.trend]
    for point in outcome.trend:
        written = figures.write_value(point.result.main, point.result.scale, texts)
        assert cells[point.at]["Value"] == written


def test_only_what_is_released() -> None:
    """A scorecard that has not passed the gate is refused, and so is what is none."""
    card = released("vejle")
    with pytest.raises(DisclosureError, match="passed the gate"):
        plot(card.content, "coverage")  # type: ignore[arg-type]
    outcome = next(o for o in card.content.indicators if o.result is not None)
    with pytest.raises(DisclosureError, match="scorecard"):
        plot(release(outcome, card.floor), "trend")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"kind": "pie"}, "no kind of picture called 'pie': use trend, figures"),
        ({"kind": "trend"}, "trend needs indicator: name V1a"),
        ({"kind": "trend", "indicator": "V9"}, "no indicator='V9': use V1a"),
        ({"kind": "matrix", "goal": "V1"}, "no released figures to draw"),
        ({"kind": "contacts", "relation": "love"}, "no relation='love': use advice"),
        ({"kind": "organisation", "at": "1999/00"}, "no at='1999/00': use 2016/17"),
    ],
)
def test_what_there_is_not(arguments: dict[str, Any], said: str) -> None:
    """A wrong name is answered with the names there are."""
    with pytest.raises(NoDataError) as caught:
        plot(released("vejle"), **arguments)
    assert said in caught.value.say(language="en")


def test_every_kind_is_named() -> None:
    """What editors complete as a kind is what can be drawn."""
    assert get_args(PictureKind) == tuple(KINDS)


def test_unknown_language() -> None:
    """There are no pictures in a third language."""
    with pytest.raises(UnknownLanguageError):
        plot(released("vejle"), "coverage", language="sv")  # type: ignore[arg-type] # what is refused


def test_file(tmp_path: Path) -> None:
    """A saved picture is a whole file of its own, and has its own letters and colours."""
    picture = plot(released("vejle"), "coverage")
    path = picture.save(tmp_path / "coverage.svg")
    root = ET.parse(path).getroot()  # noqa: S314 - our own
    assert root.get("font-family")
    assert [text for text, _ in list_text_boxes(root)] == [
        text for text, _ in list_text_boxes(read_svg(picture))
    ]
    with pytest.raises(StoreError, match="svg"):
        picture.save(tmp_path / "coverage.png")


def test_notebook() -> None:
    """A notebook gets the picture, and its heading with it."""
    picture = plot(released("vejle"), "coverage")
    assert picture._repr_svg_() == picture.svg
    assert picture.finding in picture._repr_html_()
    assert isinstance(picture, Picture)
    assert "plot" in plfkit.__all__


def draw_absent(kind: str, reason: Reason) -> Picture | None:
    """A picture of a figure that is there, beside one that is not."""
    value = Figure(from_="a", to="b", value=0.5, lower=0.5, upper=0.5)
    rows = [Figure(from_="a", to="a", reason=reason), value]
    years = [TrendPoint(f"201{n}/1{n + 1}", make_result([row])) for n, row in enumerate(rows)]
    card, texts = make_card(), Texts.of("en")
    if kind == "transitions":
        both = TrendPoint("2018/19", make_result(rows))
        return draw_transitions(make_outcome([both]), card, texts)
    if kind == "trend":
        return draw_trend(make_outcome(years), card, texts)
    return draw_figures([make_outcome([year]) for year in years], card, texts)


@pytest.mark.parametrize("kind", ["transitions", "trend", "figures"])
def test_hidden_and_empty_differ(kind: str) -> None:
    """What is not shown is hatched, in the picture and in its legend; what does not exist never is."""
    hidden, empty = (draw_absent(kind, why) for why in (Reason.WITHHELD, Reason.NOT_REGISTERED))
    assert hidden is not None
    assert empty is not None
    assert hidden.svg.count("<path") == 2
    assert empty.svg.count("<path") == 0


def test_other_years() -> None:
    """An earlier year of the organisation has no links: its head counts are not known."""
    card = released("vejle")
    years = [one.at for one in card.content.overview.years]
    first, last = (
        plot(card, "organisation", at=year, language="en") for year in (years[0], years[-1])
    )
    assert "Contacts per ten" in last.alt
    assert "Contacts per ten" not in first.alt
    assert f"{SVG}g" in {element.tag for element in read_svg(first).iter()}


def test_weight() -> None:
    """Five pictures together stay small."""
    card = released("vejle")
    names = [o.id for o in card.content.indicators if o.figure is not None][:2]
    pictures = [plot(card, "trend", indicator=name) for name in names]
    pictures += [plot(card, kind) for kind in ("coverage", "contacts", "organisation")]
    assert sum(len(picture.svg.encode()) for picture in pictures) < 44_000
